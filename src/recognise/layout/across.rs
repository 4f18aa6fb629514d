//! Months or answers as columns: `小区 | 1月 | 2月 | 3月` and `调查项目 | 满意 | 基本满意 | 不满意` with counts or ratings in the cells.
//!
//! Each filled cell becomes a row of its own, with the month or answer that its header names.

use std::collections::BTreeMap;

use crate::normalise::label::{fold, tidy};
use crate::normalise::number;
use crate::normalise::period::{self, Part};
use crate::normalise::rating::Level;
use crate::origin::CellAt;
use crate::read::sheet::{Row, Sheet, Value};
use crate::recognise::header::label_paths;
use crate::recognise::kinds;
use crate::recognise::meta::likely_name;

/// A column whose header is a value.
struct Spread {
    col: u32,
    month: Option<String>,
    level: Option<String>,
    /// What the header says besides.
    topic: String,
}

/// A header of which some columns are values.
pub(in super::super) struct Across {
    /// Rows of the header.
    pub(in super::super) height: usize,
    /// The columns are months, and perhaps answers within them.
    pub(in super::super) has_months: bool,
    spreads: Vec<Spread>,
    /// Columns that are the same for all, with the label each gets.
    ids: Vec<(u32, String, CellAt)>,
    /// Columns under the months that count something else, with their header: they are left out, and that is said.
    pub(in super::super) left_out: Vec<(u32, String)>,
    /// The first column that is free for what the headers say.
    base: u32,
    /// What the cells hold.
    value_label: String,
}

/// Fewest months side by side; a quarter has three.
const FEWEST_MONTHS: usize = 3;

/// Tallest header.
const TALLEST: usize = 3;

/// Most columns that are the same for all values, and most columns of values: each row is set out as often as it has values.
const MOST_IDS: usize = 24;
const MOST_SPREADS: usize = 200;

/// Rows of data that are looked at to tell what the cells hold.
const SAMPLE: usize = 40;

/// The header at a place, if months or answers are its columns. `title` tells what is counted: what stands above the header and
/// the name of the sheet; folders name all that they hold, and say nothing of one table.
#[must_use]
pub(in super::super) fn header_at(sheet: &Sheet, place: usize, title: &str) -> Option<Across> {
    let speaks = |at: usize| {
        let says = |(_, value): &(u32, Value<'_>)| match value {
            Value::Text(text) => is_month(text) || Level::parse(text).is_some(),
            value => is_month_cell(*value),
        };
        sheet.at(at).cells().filter(says).count() >= 2
    };
    let top = sheet.at(place);
    // `小区：翠湖花园 | 发放：20份` stands above a header and is none.
    let is_told = top.cells().any(|(_, value)| matches!(value, Value::Text(text) if text.contains(['：', ':'])));
    if top.filled() < 3 || is_told || !(place..sheet.filled_rows().min(place + TALLEST)).any(speaks) {
        return None;
    }
    (1..=TALLEST)
        .take_while(|height| place + height < sheet.filled_rows() && heads(&sheet.at(place + height - 1)))
        .find_map(|height| header_of(sheet, place, height, title))
}

/// Whether a row can be one of a header: texts and months. Numbers written as text, as in all text files, are data.
fn heads(row: &Row<'_>) -> bool {
    let is_number = |text: &str| {
        let number = text.trim();
        number.starts_with(|c: char| c.is_ascii_digit()) && !is_month(number) && number::parse(number).is_some()
    };
    row.cells().all(|(_, value)| matches!(value, Value::Text(_)) || is_month_cell(value))
        && row.cells().filter(|(_, value)| matches!(value, Value::Text(text) if is_number(text))).count() < 2
}

fn header_of(sheet: &Sheet, place: usize, height: usize, title: &str) -> Option<Across> {
    let mut paths = label_paths(sheet, place, height);
    with_month_cells(sheet, place + height - 1, &mut paths);
    let base = paths.iter().map(|(col, _)| col + 1).max().unwrap_or(0);
    let mut spreads = Vec::new();
    let mut rest = Vec::new();
    for (col, path) in paths {
        match spread_of(col, &path) {
            Some(spread) => spreads.push(spread),
            None => rest.push((col, path)),
        }
    }
    let different = |of: &dyn Fn(&Spread) -> Option<String>| {
        let mut values: Vec<String> = spreads.iter().filter_map(of).collect();
        values.sort_unstable();
        values.dedup();
        values.len()
    };
    let months = different(&|spread| spread.month.clone());
    let levels = different(&|spread| spread.level.clone());
    let has_months = months >= FEWEST_MONTHS && spreads.iter().all(|spread| spread.month.is_some());
    let has_levels = levels >= 2 && spreads.iter().all(|spread| spread.level.is_some());
    if !has_months && !has_levels {
        return None;
    }
    let first = spreads.first().map_or(0, |spread| spread.col);
    // Sums and shares of the values are worked out from them.
    rest.retain(|(_, path)| !is_sum(&path.concat()));
    if rest.len() > MOST_IDS || spreads.len() > MOST_SPREADS {
        return None;
    }
    let holds = contents(sheet, (place, place + height), &spreads);
    let mut left_out = Vec::new();
    let value_label = match holds {
        Contents::Counts if has_levels => "份数".to_owned(),
        Contents::Counts => {
            let labels: Vec<&str> = rest.iter().flat_map(|(_, path)| path.iter().map(String::as_str)).collect();
            let counted = counted_by(title, &labels)?;
            left_out = keep_received(&mut spreads, counted)?;
            format!("{counted}件数")
        }
        // Ticks under answers are read where they stand.
        Contents::Ratings if has_months && !has_levels => "意见".to_owned(),
        Contents::Ratings | Contents::Other => return None,
    };
    let header_cell = |col: u32| CellAt { row: sheet.at(place).number, col };
    let mut ids: Vec<(u32, String, CellAt)> = rest
        .iter()
        .map(|(col, path)| (*col, id_label(sheet, place + height, *col, path, has_levels), header_cell(*col)))
        .collect();
    if ids.is_empty() && first > 0 {
        // The corner above the row labels is often left blank.
        ids.push((first - 1, id_label(sheet, place + height, first - 1, &[], has_levels), header_cell(first - 1)));
    }
    Some(Across { height, has_months, spreads, ids, left_out, base, value_label })
}

/// What a table of months measures that counts no cases.
const MEASURES: [&str; 17] = [
    "率",
    "%",
    "％",
    "金额",
    "费",
    "（元",
    "(元",
    "万元",
    "时长",
    "用时",
    "平均",
    "得分",
    "评分",
    "分钟",
    "小时",
    "满意",
    "单位：元",
];

/// What the counts under a title are of; none where the title or a label says that they are no counts of cases.
fn counted_by(title: &str, labels: &[&str]) -> Option<&'static str> {
    let measures = |text: &str| MEASURES.iter().any(|word| text.contains(word));
    if measures(title) || labels.iter().any(|label| measures(label)) {
        return None;
    }
    let text = format!("{title} {}", labels.join(" "));
    let at = |words: &[&str]| words.iter().filter_map(|word| text.find(word)).min();
    match (at(&["投诉", "complaint", "Complaint"]), at(&["报修", "维修", "repair", "Repair"])) {
        (Some(complaint), Some(repair)) => Some(if complaint <= repair { "投诉" } else { "报修" }),
        (Some(_), None) => Some("投诉"),
        (None, Some(_)) => Some("报修"),
        (None, None) => None,
    }
}

/// Words for cases that came in, and words for what became of them.
const RECEIVED: [&str; 15] = [
    "受理", "件数", "数量", "投诉", "报修", "维修", "登记", "接待", "接诉", "接报", "收到", "新增", "发生", "宗数",
    "次数",
];
const HANDLED: [&str; 10] = ["办结", "已", "未", "完成", "解决", "关闭", "回访", "及时", "超时", "逾期"];

/// Where several things are counted under each month, the counts of what came in stay; the columns left out, with their headers.
fn keep_received(spreads: &mut Vec<Spread>, counted: &str) -> Option<Vec<(u32, String)>> {
    let measures = |topic: &str| HANDLED.iter().chain(&MEASURES).any(|word| topic.contains(word));
    let is_received = |topic: &str| !measures(topic) && RECEIVED.iter().any(|word| topic.contains(word));
    let mut topics: Vec<&str> = spreads.iter().map(|spread| spread.topic.as_str()).collect();
    topics.dedup();
    let chosen = match topics.as_slice() {
        [] => return None,
        // One heading over all of them is none of theirs.
        [only] => (!measures(only)).then_some(*only),
        several => {
            let received = || several.iter().filter(|topic| is_received(topic));
            received().find(|topic| topic.contains(counted)).or_else(|| received().next()).copied()
        }
    };
    let chosen = chosen?.to_owned();
    let said = |spread: &Spread| (spread.col, format!("{}/{}", spread.month.as_deref().unwrap_or(""), spread.topic));
    let left_out = spreads.iter().filter(|spread| spread.topic != chosen).map(said).collect();
    spreads.retain(|spread| spread.topic == chosen);
    // What is counted is named by the column of counts.
    for spread in spreads.iter_mut() {
        spread.topic.clear();
    }
    Some(left_out)
}

fn spread_of(col: u32, path: &[String]) -> Option<Spread> {
    let month_at = path.iter().position(|label| is_month(label));
    let level_at = path.iter().rposition(|label| Level::parse(label).is_some());
    if month_at.is_none() && level_at.is_none() {
        return None;
    }
    let month = month_at.map(|at| {
        // A year may stand in the row above the months.
        let year = path.iter().take(at).find(|label| period::find(label).year.is_some());
        format!("{}{}", year.map_or("", String::as_str), path[at])
    });
    let topic = path
        .iter()
        .enumerate()
        .filter(|(at, label)| Some(*at) != month_at && Some(*at) != level_at && period::find(label).year.is_none());
    Some(Spread {
        col,
        level: level_at.map(|at| path[at].clone()),
        topic: topic.map(|(_, label)| label.as_str()).collect::<Vec<_>>().join("/"),
        month,
    })
}

/// Whether a label is a month and nothing else.
fn is_month(label: &str) -> bool {
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let mut numbers = label.split(|c| !is_numeral(c)).filter(|part| !part.is_empty());
    // `1-3月` is a quarter; of two numbers the first is a year.
    let first = numbers.next().unwrap_or("");
    let is_one = numbers.next().is_none() || first.len() == 4 || label.trim_start().starts_with(&format!("{first}年"));
    is_one
        && numbers.next().is_none()
        && label.chars().count() <= 10
        && label.chars().all(|c| c.is_ascii_digit() || "年月份-./ 一二三四五六七八九十".contains(c))
        && matches!(period::find(label).part, Some(Part::Month(_)))
}

/// A date on the first of a month in a header stands for the month.
fn is_month_cell(value: Value<'_>) -> bool {
    matches!(value, Value::Moment(moment) if moment.date_only && crate::moment::written(moment.seconds).get(8..10) == Some("01"))
}

fn with_month_cells(sheet: &Sheet, place: usize, paths: &mut Vec<(u32, Vec<String>)>) {
    for (col, value) in sheet.at(place).cells() {
        if let (true, Value::Moment(moment)) = (is_month_cell(value), value) {
            let month = crate::moment::written(moment.seconds)[..7].to_owned();
            match paths.iter_mut().find(|(at, _)| *at == col) {
                Some((_, path)) => path.push(month),
                None => paths.push((col, vec![month])),
            }
        }
    }
    paths.sort_by_key(|(col, _)| *col);
}

/// A column that sums up others or is a share of them.
fn is_sum(label: &str) -> bool {
    let folded = fold(label);
    ["合计", "小计", "总计", "共计", "累计", "平均", "占比", "比例", "比率", "满意率", "全年", "同比", "环比", "total"]
        .iter()
        .any(|word| folded.contains(word))
}

enum Contents {
    Counts,
    Ratings,
    Other,
}

/// What most cells under the values hold: whole numbers, ratings, or neither.
fn contents(sheet: &Sheet, (head, from): (usize, usize), spreads: &[Spread]) -> Contents {
    let (mut counts, mut ratings, mut others) = (0, 0, 0);
    for place in from..sheet.filled_rows().min(from + SAMPLE) {
        let row = sheet.at(place);
        if (head..from).any(|head| is_repeated(&row, &sheet.at(head))) {
            continue;
        }
        for value in spreads.iter().filter_map(|spread| row.get(spread.col)) {
            match value {
                Value::Number(number) if number.fract() == 0.0 && number >= 0.0 => counts += 1,
                Value::Text(text) if is_blank(text) => {}
                Value::Text(text) if Level::parse(text).is_some() => ratings += 1,
                Value::Text(text)
                    if number::parse(text).is_some_and(|number| number.fract() == 0.0 && !text.contains('%')) =>
                {
                    counts += 1;
                }
                _ => others += 1,
            }
        }
    }
    if counts > 0 && counts >= 4 * (ratings + others) {
        Contents::Counts
    } else if ratings > 0 && ratings >= 2 * (counts + others) {
        Contents::Ratings
    } else {
        Contents::Other
    }
}

fn is_blank(text: &str) -> bool {
    matches!(text.trim(), "" | "/" | "-" | "—" | "--" | "无")
}

/// The label of a column that is the same for all values: as written, but where it is a word of many meanings or none, as its
/// cells tell.
fn id_label(sheet: &Sheet, from: usize, col: u32, path: &[String], is_survey: bool) -> String {
    let written = path.last().map_or("", String::as_str);
    let folded = fold(written);
    if !["", "项目", "名称", "内容", "类别", "分类", "类型", "月份"].contains(&folded.as_str()) {
        return tidy(written);
    }
    let names = (from..sheet.filled_rows().min(from + SAMPLE)).filter_map(|place| match sheet.at(place).get(col) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    });
    let (mut all, mut places, mut topics) = (0, 0, 0);
    for name in names {
        all += 1;
        places += usize::from(likely_name(name).is_some());
        topics += usize::from(kinds::is_label(&fold(name)));
    }
    match (all > 0 && places * 2 >= all, is_survey) {
        (true, _) => "小区".to_owned(),
        // Rows of nothing that people are usually asked about may be persons: their names would hang on the wall as items.
        (false, true) if topics == 0 && !["项目", "内容"].contains(&folded.as_str()) => tidy(written),
        (false, true) => "调查项目".to_owned(),
        (false, false) => "类型".to_owned(),
    }
}

impl Across {
    /// The rows from the header's place to the end as a plain table.
    #[must_use]
    pub(in super::super) fn view(&self, sheet: &Sheet, place: usize, end: usize) -> Sheet {
        let mut view = Sheet::view_of(sheet);
        let base = self.base;
        let has = |of: &dyn Fn(&Spread) -> bool| self.spreads.iter().any(of);
        let (months, levels) = (has(&|spread| spread.month.is_some()), has(&|spread| spread.level.is_some()));
        let topics = has(&|spread| !spread.topic.is_empty());
        let header = sheet.at(place);
        let corner = self
            .spreads
            .first()
            .map_or(CellAt { row: header.number, col: 0 }, |spread| CellAt { row: header.number, col: spread.col });
        let headings = |view: &mut Sheet, number: u32, covers: u32| {
            view.begin_row(number, covers);
            for (col, label, at) in &self.ids {
                view.place(*col, Value::Text(label), CellAt { row: number, ..*at });
            }
            let at = CellAt { row: number, ..corner };
            for (offset, (shown, label)) in
                (0..).zip([(months, "月份"), (topics, "调查项目"), (levels, "评价"), (true, self.value_label.as_str())])
            {
                if shown {
                    view.place(base + offset, Value::Text(label), at);
                }
            }
        };
        headings(&mut view, header.number, u32::try_from(self.height).unwrap_or(1));
        let mut held = Held::of(sheet, self);
        let has_parts = (place + self.height..end).any(|at| self.sums(&sheet.at(at)).is_none());
        for at in place + self.height..end {
            let row = sheet.at(at);
            held.follow(&row);
            if (place..place + self.height).any(|head| is_repeated(&row, &sheet.at(head))) {
                headings(&mut view, row.number, 1);
                continue;
            }
            match self.sums(&row) {
                // A sum of other rows: only what it is called is kept, as a remark.
                Some(sum) if has_parts || !sum.is_all => {
                    view.begin_row(row.number, 1);
                    view.place(sum.col, Value::Text(sum.text), row.origin(sum.col));
                }
                _ => self.unfold_row(&mut view, &row, &held, base),
            }
        }
        view.ended()
    }

    /// What a row of counts is called, where it sums up others or says what became of their cases.
    fn sums<'a>(&self, row: &Row<'a>) -> Option<Sum<'a>> {
        if !self.has_months || self.value_label == "意见" {
            return None;
        }
        self.ids.iter().find_map(|(col, _, _)| {
            let Some(Value::Text(text)) = row.get(*col) else { return None };
            let is_all = ALL.iter().any(|word| text.contains(word));
            (is_all || PARTS.iter().any(|word| text.trim().starts_with(word))).then_some(Sum {
                col: *col,
                text,
                is_all,
            })
        })
    }

    fn unfold_row(&self, view: &mut Sheet, row: &Row<'_>, held: &Held<'_>, base: u32) {
        let mut covers = 1;
        for spread in &self.spreads {
            let Some(value) = row.get(spread.col) else { continue };
            if matches!(value, Value::Text(text) if is_blank(text)) {
                continue;
            }
            view.begin_row(row.number, covers);
            covers = 0;
            for (col, _, _) in &self.ids {
                let own = row.get(*col).map(|id| (id, row.origin(*col)));
                if let Some((id, origin)) = own.or_else(|| held.at(row.number, *col)) {
                    view.place(*col, id, origin);
                }
            }
            let at = row.origin(spread.col);
            let texts = [spread.month.as_deref(), Some(spread.topic.as_str()), spread.level.as_deref()];
            for (offset, text) in (0..).zip(texts) {
                if let Some(text) = text.filter(|text| !text.is_empty()) {
                    view.place(base + offset, Value::Text(text), at);
                }
            }
            view.place(base + 3, value, at);
        }
        if covers == 1 {
            // Nothing under any value: a heading of a section, a note, or a row to be filled in.
            view.begin_row(row.number, 1);
            for (col, value) in row.cells() {
                view.place(col, value, row.origin(col));
            }
        }
    }
}

/// Rows that are the sum of others, and rows for what became of the cases.
const ALL: [&str; 4] = ["全公司", "总量", "总数", "总件数"];
const PARTS: [&str; 14] = [
    "平均",
    "其中",
    "已处理",
    "已办结",
    "已完成",
    "已解决",
    "已回复",
    "已关闭",
    "未处理",
    "未办结",
    "未完成",
    "未解决",
    "处理中",
    "办结",
];

/// A row that sums up others.
struct Sum<'a> {
    col: u32,
    text: &'a str,
    /// The sum of all, which counts where nothing else does.
    is_all: bool,
}

/// What vertically merged cells hold for the rows below their first.
struct Held<'a> {
    /// Last row of a merged cell by its first row and column.
    last: BTreeMap<(u32, u32), u32>,
    /// By column: the last row, the value and where it stands.
    cells: BTreeMap<u32, (u32, Value<'a>, CellAt)>,
}

impl<'a> Held<'a> {
    fn of(sheet: &'a Sheet, across: &Across) -> Self {
        let is_id = |at: u32| across.ids.iter().any(|(col, _, _)| *col == at);
        let tall = sheet.merges.iter().filter(|range| range.last.row > range.first.row && is_id(range.first.col));
        let last = tall.map(|range| ((range.first.row, range.first.col), range.last.row)).collect();
        Self { last, cells: BTreeMap::new() }
    }

    /// Takes note of the merged cells that begin in a row.
    fn follow(&mut self, row: &Row<'a>) {
        for ((_, col), last) in self.last.range((row.number, 0)..=(row.number, u32::MAX)) {
            if let Some(value) = row.get(*col) {
                self.cells.insert(*col, (*last, value, row.origin(*col)));
            }
        }
    }

    fn at(&self, row: u32, col: u32) -> Option<(Value<'a>, CellAt)> {
        self.cells.get(&col).filter(|(last, _, _)| row <= *last).map(|(_, value, origin)| (*value, *origin))
    }
}

/// Whether a row is the header printed again.
fn is_repeated(row: &Row<'_>, header: &Row<'_>) -> bool {
    let same = row.cells().filter(|(col, value)| header.get(*col) == Some(*value)).count();
    same >= 3 && same * 10 >= row.filled() * 8
}
