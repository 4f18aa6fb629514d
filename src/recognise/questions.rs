//! Columns of a questionnaire that no label names: items that residents rate, and questions that are no rating.
//!
//! An item shows itself by worded ratings in its cells, or by scores under a header that asks for an evaluation. A choice shows
//! itself by a numbered question, several choices in one cell, or marks under one option. What shows neither stays unknown.

use std::collections::{BTreeMap, BTreeSet};

use super::field::Field;
use super::heading::Heading;
use crate::normalise::answer::{holds_choices, is_unasked, mark};
use crate::normalise::number;
use crate::normalise::rating::Level;
use crate::read::sheet::{Sheet, Value};

/// A question as a column holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    /// The question without its number; of several items the part they share.
    pub stem: String,
    /// The item or option, where the header names one behind the stem.
    pub part: Option<String>,
    /// Cells are marks: chosen or not.
    pub is_option: bool,
}

impl Question {
    /// The name of the item, or of the whole question.
    #[must_use]
    pub fn name(&self) -> String {
        match (&self.part, self.is_option) {
            (Some(part), false) => part.clone(),
            _ => self.stem.clone(),
        }
    }

    /// Stem and item together.
    #[must_use]
    pub fn full(&self) -> String {
        self.part.as_ref().map_or_else(|| self.stem.clone(), |part| format!("{}—{part}", self.stem))
    }
}

/// What a column of a questionnaire is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Item, choice or suggestion.
    pub field: Field,
    /// The question.
    pub question: Question,
    /// Highest score of the scale, where the cells hold scores.
    pub scale: Option<u16>,
}

/// Rows of data that are looked at.
const SAMPLE: usize = 60;

/// Scales that surveys are scored on.
const SCALES: [u16; 3] = [5, 10, 100];

/// Words of headers that ask for an evaluation.
const EVALUATES: [&str; 10] = ["满意", "评分", "打分", "评价", "得分", "满分", "评级", "satisf", "rating", "score"];

/// Words of headers whose numbers are no evaluation of the service.
const COUNTS: [&str; 32] = [
    "同意",
    "赞同",
    "认同",
    "重要",
    "频率",
    "频次",
    "次数",
    "年龄",
    "年限",
    "年数",
    "多久",
    "多少",
    "几",
    "收入",
    "金额",
    "费用",
    "户数",
    "人数",
    "人口",
    "数量",
    "面积",
    "编号",
    "序号",
    "联系电话",
    "手机号",
    "日期",
    "时间",
    "时长",
    "总分",
    "占比",
    "age",
    "count",
];

/// What the cells of a column hold.
#[derive(Debug, Default)]
struct Cells {
    filled: usize,
    rated: usize,
    marked: usize,
    joined: usize,
    scores: Vec<f64>,
}

impl Cells {
    fn of(sheet: &Sheet, from: usize, col: u32) -> Self {
        let mut cells = Self::default();
        for place in from..sheet.filled_rows().min(from + SAMPLE) {
            let written;
            let text = match sheet.at(place).get(col) {
                Some(Value::Text(text)) => text,
                Some(Value::Error(_)) | None => continue,
                Some(value) => {
                    written = value.written();
                    written.as_str()
                }
            };
            if is_unasked(text) || matches!(text.trim(), "/" | "-" | "—" | "无") {
                continue;
            }
            cells.filled += 1;
            cells.rated += usize::from(Level::parse(text).is_some());
            cells.marked += usize::from(mark(text).is_some());
            cells.joined += usize::from(holds_choices(text));
            cells.scores.extend(number::parse(text));
        }
        cells.scores.sort_unstable_by(f64::total_cmp);
        cells
    }

    fn are_rated(&self) -> bool {
        self.filled > 0 && self.rated * 2 >= self.filled
    }

    fn are_marks(&self) -> bool {
        self.filled > 0 && self.marked == self.filled
    }

    fn distinct(&self) -> usize {
        let mut values = self.scores.clone();
        values.dedup();
        values.len()
    }

    /// The scale that the cells can be scores on: the one the header names, else the shortest usual one that holds them.
    fn scale(&self, named: Option<u16>) -> Option<u16> {
        let mostly = self.filled > 0 && self.scores.len() * 10 >= self.filled * 9;
        let (low, top) = (self.scores.first()?, self.scores[self.scores.len() - 1 - self.scores.len() / 20]);
        let is_whole = |scale: u16| scale > 10 || self.scores.iter().all(|score| (score * 2.0).fract() == 0.0);
        let is_within = |scale: u16| top <= f64::from(scale) && is_whole(scale);
        if !mostly || *low < 0.0 {
            return None;
        }
        named.filter(|scale| is_within(*scale)).or_else(|| SCALES.into_iter().find(|scale| is_within(*scale)))
    }
}

/// Tells what the columns that no label names are. `headings` are those of all columns, by column, the lowest label of each.
#[must_use]
pub fn asked(
    sheet: &Sheet,
    from: usize,
    headings: &[(u32, &Heading)],
    unknown: &BTreeSet<u32>,
) -> BTreeMap<u32, Asked> {
    let stems = stems_by_number(headings);
    let mut found: BTreeMap<u32, Asked> = BTreeMap::new();
    for (col, heading) in headings.iter().filter(|(col, _)| unknown.contains(col)) {
        let question = question_of(heading, &stems);
        let cells = Cells::of(sheet, from, *col);
        let beside = col.checked_sub(1).and_then(|left| found.get(&left)).and_then(|left| left.scale);
        if let Some(asked) = one(heading, question, &cells, beside) {
            found.insert(*col, asked);
        }
    }
    found
}

fn one(heading: &Heading, mut question: Question, cells: &Cells, beside: Option<u16>) -> Option<Asked> {
    let is_question = heading.number.is_some() || question.part.is_some();
    let is_multiple = heading.text.contains("多选") || question.stem.contains("多选");
    let is_evaluated = EVALUATES.iter().any(|word| question.stem.contains(word));
    let is_option = question.part.is_some() && cells.are_marks() && (is_multiple || !is_evaluated);
    if cells.joined > 0 || is_multiple || is_option {
        question.is_option = is_option;
        return Some(Asked { field: Field::Choice, question, scale: None });
    }
    if cells.are_rated() {
        return Some(Asked { field: Field::Item, question, scale: None });
    }
    if let Some(scale) = scored(heading, &question, cells, beside) {
        return Some(Asked { field: Field::Item, question, scale: Some(scale) });
    }
    if !is_question {
        return None;
    }
    let text = heading.core();
    let is_open = heading.parts.is_none() && (text.ends_with("建议") || text.ends_with("意见"));
    let field = if is_open { Field::Suggestion } else { Field::Choice };
    Some(Asked { field, question, scale: None })
}

/// The scale of a column of scores: the header asks for an evaluation or names an item, or the column stands beside scores on the
/// same scale; and the cells fit a scale.
fn scored(heading: &Heading, question: &Question, cells: &Cells, beside: Option<u16>) -> Option<u16> {
    let text = format!("{} {}", question.full(), heading.text).to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let scale = cells.scale(heading.scale)?;
    if has(&COUNTS) && !has(&["满意", "satisf"]) {
        return None;
    }
    let is_named = has(&EVALUATES) || heading.scale.is_some() || question.part.is_some() && scale <= 10;
    let is_beside = beside == Some(scale)
        && heading.number.is_none()
        && cells.distinct() >= 3
        && cells.scores.last() == Some(&f64::from(scale));
    // Nothing but 1 and 2 is a choice that somebody coded, but for a handful of forms.
    let is_spread = cells.scores.last().is_some_and(|top| *top > 2.0) || cells.filled < 10 || heading.scale.is_some();
    (is_spread && (is_named || is_beside)).then_some(scale)
}

/// The stem by question number, and how many columns have the number: exports print the stem before the first item only.
fn stems_by_number<'a>(headings: &[(u32, &'a Heading)]) -> BTreeMap<&'a str, (&'a str, usize)> {
    let mut stems: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    for (_, heading) in headings {
        let Some(number) = heading.number.as_deref() else { continue };
        let stem = heading.parts.as_ref().map_or("", |(stem, _)| stem.as_str());
        let known = stems.entry(number).or_insert((stem, 0));
        known.1 += 1;
    }
    stems
}

fn question_of(heading: &Heading, stems: &BTreeMap<&str, (&str, usize)>) -> Question {
    let shared = heading.number.as_deref().and_then(|number| stems.get(number));
    let (stem, part) = match (&heading.parts, shared) {
        // A colon within a later item of a question is no stem of its own.
        (Some((own, _)), Some((stem, columns))) if *columns >= 2 && own != stem && !heading.text.contains('—') => {
            ((*stem).to_owned(), Some(heading.text.clone()))
        }
        (Some((stem, part)), _) => (stem.clone(), Some(part.clone())),
        (None, Some((stem, columns))) if *columns >= 2 && !stem.is_empty() => {
            ((*stem).to_owned(), Some(heading.text.clone()))
        }
        (None, _) => (heading.text.clone(), None),
    };
    let closed = |text: String| text.trim_end_matches([':', ' ']).to_owned();
    Question { stem: closed(stem), part: part.map(closed).filter(|part| !part.is_empty()), is_option: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::CellAt;

    fn found(columns: &[(&str, &[&str])]) -> Vec<Option<(Field, String)>> {
        let mut sheet = Sheet::default();
        let headings: Vec<Heading> = columns.iter().map(|(header, _)| Heading::of(header)).collect();
        for row in 0..columns.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0) {
            for (col, (_, cells)) in (0..).zip(columns) {
                let at = CellAt { row: u32::try_from(row).unwrap(), col };
                sheet.push(at, Value::Text(cells.get(row).copied().unwrap_or("")));
            }
        }
        let headings: Vec<(u32, &Heading)> = (0..).zip(&headings).collect();
        let unknown: BTreeSet<u32> = headings.iter().map(|(col, _)| *col).collect();
        let asked = asked(&sheet, 0, &headings, &unknown);
        unknown.iter().map(|col| asked.get(col).map(|asked| (asked.field, asked.question.full()))).collect()
    }

    #[test]
    fn later_items_of_a_question_share_the_stem_of_the_first() {
        let found = found(&[
            ("7、请评价以下服务：—安保:门岗", &["满意", "一般"]),
            ("7、保洁:楼道", &["满意", "不满意"]),
            ("7、绿化", &["满意", "满意"]),
        ]);
        let names: Vec<String> = found.into_iter().flatten().map(|(_, name)| name).collect();
        assert_eq!(names, ["请评价以下服务—安保:门岗", "请评价以下服务—保洁:楼道", "请评价以下服务—绿化"]);
    }

    #[test]
    fn scores_need_a_header_that_asks_for_an_evaluation() {
        let scores: &[&str] = &["5", "3", "4"];
        let item = |name: &str| Some((Field::Item, name.to_owned()));
        let choice = |name: &str| Some((Field::Choice, name.to_owned()));
        assert_eq!(
            found(&[
                ("安保评分", scores),
                ("3、您的学历", scores),
                ("车辆", scores),
                ("4、您同意涨价吗—同意程度评分", scores),
                ("5、请打分—保洁", &["11", "40", "87"]),
                ("满意度(1-10分)", &["5", "4", "3"]),
            ]),
            [
                item("安保评分"),
                choice("您的学历"),
                None,
                choice("您同意涨价吗—同意程度评分"),
                item("请打分—保洁"),
                item("满意度(1-10分)")
            ]
        );
    }
}
