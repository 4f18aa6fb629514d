//! Months or answers as columns: `小区 | 1月 | 2月 | 3月` and `调查项目 | 满意 | 基本满意 | 不满意` with counts or ratings in the cells.
//!
//! Each filled cell becomes a row of its own, with the month or answer that its header names.

use crate::normalise::label::{fold, tidy};
use crate::normalise::period::{self, Part};
use crate::normalise::rating::Level;
use crate::origin::CellAt;
use crate::read::sheet::{Row, Sheet, Value};
use crate::recognise::header::label_paths;
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
    /// What the cells hold.
    value_label: String,
}

/// Fewest months side by side; a quarter has three.
const FEWEST_MONTHS: usize = 3;

/// Tallest header.
const TALLEST: usize = 3;

/// Rows of data that are looked at to tell what the cells hold.
const SAMPLE: usize = 40;

/// The header at a place, if months or answers are its columns. `title` tells what is counted.
#[must_use]
pub(in super::super) fn header_at(sheet: &Sheet, place: usize, title: &str) -> Option<Across> {
    let speaks = |at: usize| {
        let says = |(_, value): &(u32, Value<'_>)| match value {
            Value::Text(text) => is_month(text) || Level::parse(text).is_some(),
            value => is_month_cell(*value),
        };
        sheet.at(at).cells().filter(says).count() >= 2
    };
    if sheet.at(place).filled() < 3 || !(place..sheet.filled_rows().min(place + TALLEST)).any(speaks) {
        return None;
    }
    (1..=TALLEST).take_while(|height| place + height < sheet.filled_rows()).find_map(|height| {
        let lowest = sheet.at(place + height - 1);
        let texts_only = lowest.cells().all(|(_, value)| matches!(value, Value::Text(_)) || is_month_cell(value));
        if texts_only { header_of(sheet, place, height, title) } else { None }
    })
}

fn header_of(sheet: &Sheet, place: usize, height: usize, title: &str) -> Option<Across> {
    let mut paths = label_paths(sheet, place, height);
    with_month_cells(sheet, place + height - 1, &mut paths);
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
    // Columns behind the first value are sums and shares of what stands beside them.
    rest.retain(|(col, path)| *col < first && !is_sum(&path.concat()));
    let holds = contents(sheet, place + height, &spreads);
    let value_label = match holds {
        Contents::Counts if has_levels => "份数".to_owned(),
        Contents::Counts => format!("{}件数", counted_by(title)?),
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
    Some(Across { height, has_months, spreads, ids, value_label })
}

/// What the counts of a title are of.
fn counted_by(title: &str) -> Option<&'static str> {
    let at = |words: &[&str]| words.iter().filter_map(|word| title.find(word)).min();
    match (at(&["投诉", "complaint", "Complaint"]), at(&["报修", "维修", "repair", "Repair"])) {
        (Some(complaint), Some(repair)) => Some(if complaint <= repair { "投诉" } else { "报修" }),
        (Some(_), None) => Some("投诉"),
        (None, Some(_)) => Some("报修"),
        (None, None) => None,
    }
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
    label.chars().count() <= 10
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
fn contents(sheet: &Sheet, from: usize, spreads: &[Spread]) -> Contents {
    let (mut counts, mut ratings, mut others) = (0, 0, 0);
    for place in from..sheet.filled_rows().min(from + SAMPLE) {
        let row = sheet.at(place);
        for value in spreads.iter().filter_map(|spread| row.get(spread.col)) {
            match value {
                Value::Number(number) if number.fract() == 0.0 && number >= 0.0 => counts += 1,
                Value::Text(text) if is_blank(text) => {}
                Value::Text(text) if Level::parse(text).is_some() => ratings += 1,
                Value::Text(text)
                    if crate::normalise::number::parse(text)
                        .is_some_and(|number| number.fract() == 0.0 && !text.contains('%')) =>
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
    let (mut all, mut places) = (0, 0);
    for name in names {
        all += 1;
        places += usize::from(likely_name(name).is_some());
    }
    match (all > 0 && places * 2 >= all, is_survey) {
        (true, _) => "小区".to_owned(),
        (false, true) => "调查项目".to_owned(),
        (false, false) => "类型".to_owned(),
    }
}

impl Across {
    /// The rows from the header's place to the end as a plain table.
    #[must_use]
    pub(in super::super) fn view(&self, sheet: &Sheet, place: usize, end: usize) -> Sheet {
        let mut view = Sheet::view_of(sheet);
        let base = self.spreads.iter().map(|spread| spread.col + 1).max().unwrap_or(0);
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
        for place in place + self.height..end {
            let row = sheet.at(place);
            if is_repeated(&row, &header) {
                headings(&mut view, row.number, 1);
                continue;
            }
            self.unfold_row(&mut view, &row, base);
        }
        view.ended()
    }

    fn unfold_row(&self, view: &mut Sheet, row: &Row<'_>, base: u32) {
        let mut covers = 1;
        for spread in &self.spreads {
            let Some(value) = row.get(spread.col) else { continue };
            if matches!(value, Value::Text(text) if is_blank(text)) {
                continue;
            }
            view.begin_row(row.number, covers);
            covers = 0;
            for (col, _, _) in &self.ids {
                if let Some(id) = row.get(*col) {
                    view.place(*col, id, row.origin(*col));
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

/// Whether a row is the header printed again.
fn is_repeated(row: &Row<'_>, header: &Row<'_>) -> bool {
    let same = row.cells().filter(|(col, value)| header.get(*col) == Some(*value)).count();
    same >= 3 && same * 10 >= row.filled() * 8
}
