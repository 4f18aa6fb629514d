//! Tallies: a row stands for so many cases or answers. Where the records themselves are there too, a tally is only compared.

use std::collections::{BTreeMap, BTreeSet};

use super::assemble::{Placed, ReceivedDay, Records, period_code, period_of_code};
use super::case_frame::CaseBatch;
use super::cases::CaseRows;
use super::cells::CellReader;
use super::frames::Kept;
use super::store::{NO_NAME, NameColumn};
use crate::moment::Period;
use crate::normalise::label::tidy;
use crate::normalise::rating::Level;
use crate::origin::{CellAt, SourceId};
use crate::problem::{Code, Problem};
use crate::read::sheet::Row;
use crate::recognise::Table;
use crate::recognise::field::Field;

/// Most records that one cell can stand for; a larger number is a slip of the pen or an amount.
const MOST: f64 = 10_000.0;

/// Cases counted by month.
#[derive(Debug, Default)]
pub struct CaseTallies {
    /// The counts.
    pub rows: Vec<CaseTally>,
    /// Communities as the rows name them.
    pub community: NameColumn,
    /// Categories.
    pub category: NameColumn,
    /// Departments.
    pub department: NameColumn,
}

/// One count of cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseTally {
    /// Where the count stands.
    pub at: CellAt,
    /// Line of the views of the sheet.
    pub line: u32,
    /// Number of the month.
    pub month: i32,
    /// How many.
    pub count: u32,
}

/// One count of answers.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerTally {
    /// Where the count stands.
    pub at: CellAt,
    /// Line of the views of the sheet.
    pub line: u32,
    /// Community as the row names it; empty where only the surroundings do.
    pub community: String,
    /// Half year or year.
    pub period: Period,
    /// Item.
    pub item: String,
    /// Answer.
    pub level: Level,
    /// How many.
    pub count: u32,
}

/// How many a cell says; none with a problem noted where it is no count, zero where it is blank.
fn count_of(row: &Row<'_>, table: &Table, reader: &mut CellReader<'_>) -> Option<(CellAt, u32)> {
    let column = table.columns.iter().find(|column| column.field == Field::Count)?;
    let value = row.get(column.col)?;
    let at = row.origin(column.col);
    let number = reader.number(at, value)?;
    if number.fract() != 0.0 || !(0.0..=MOST).contains(&number) {
        reader.note(at, Code::NumberUnreadable, &value.written());
        return None;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range was checked just above")]
    Some((at, number as u32))
}

/// The text of a field; a ditto mark stands for what is above it.
fn text_of<'a>(row: &Row<'a>, table: &Table, field: Field, reader: &mut CellReader<'a>) -> String {
    let column = table.columns.iter().find(|column| column.field == field);
    let Some((col, value)) = column.and_then(|column| row.get(column.col).map(|value| (column.col, value))) else {
        return String::new();
    };
    reader.said(row.origin(col), value).map_or_else(String::new, |value| tidy(&value.written()))
}

impl CaseTallies {
    /// Adds the count of a row: how many cases, or none when it belongs to no month.
    pub fn push<'a>(&mut self, row: &Row<'a>, table: &Table, reader: &mut CellReader<'a>) -> Option<u64> {
        let said = table.columns.iter().find(|column| column.field == Field::Month);
        let titled = match table.meta.period.period() {
            Some(period @ Period::Month(..)) => Some(period.first_month()),
            _ => None,
        };
        let month = said.and_then(|column| row.get(column.col)).and_then(|value| reader.month(value)).or(titled)?;
        let (at, count) = count_of(row, table, reader)?;
        self.rows.push(CaseTally { at, line: row.line, month, count });
        self.community.push(&text_of(row, table, Field::Community, reader));
        self.category.push(&text_of(row, table, Field::Category, reader));
        self.department.push(&text_of(row, table, Field::Department, reader));
        Some(u64::from(count))
    }
}

/// The count of answers in a row; none when it belongs to no survey period or names no answer.
#[must_use]
pub fn answers_of<'a>(
    row: &Row<'a>,
    table: &Table,
    round: Option<Period>,
    reader: &mut CellReader<'a>,
) -> Option<AnswerTally> {
    let said = text_of(row, table, Field::Round, reader);
    let period = crate::normalise::period::find(&said).or(table.meta.period);
    let period = if said.is_empty() { round } else { period.period().or(round) };
    let level = Level::parse(&text_of(row, table, Field::Opinion, reader))?;
    let (at, count) = count_of(row, table, reader)?;
    let community = text_of(row, table, Field::Community, reader);
    let item = text_of(row, table, Field::Topic, reader);
    Some(AnswerTally { at, line: row.line, community, period: period?, item, level, count })
}

/// Rows and records that a ledger line counts and that are only compared: by sheet and place of the line.
pub type Compared = BTreeMap<(SourceId, usize), (u64, u64)>;

/// What is counted of one thing so far, by community and period: what registers and forms hold, and earlier tallies.
///
/// A tally without a community stands for all communities: it is held against what all of them have in that time, and the other
/// way round.
#[derive(Debug, Default)]
pub(super) struct Counted(BTreeMap<i32, BTreeMap<u32, BTreeMap<String, u64>>>);

impl Counted {
    /// What the registers hold.
    pub(super) fn of_cases(batches: &[(CaseBatch, Kept)]) -> Self {
        let mut months: BTreeMap<(u32, i32), u64> = BTreeMap::new();
        for (batch, kept) in batches {
            for row in kept {
                let row = *row as usize;
                *months.entry((batch.community[row], batch.placed.rows.month[row])).or_default() += 1;
            }
        }
        let mut counted = Self::default();
        for ((community, month), records) in months {
            counted.add(community, period_code(Period::of_month_number(month)), "", records);
        }
        counted
    }

    /// Adds records of a community and the code of a period; `item` is empty for cases.
    pub(super) fn add(&mut self, community: u32, period: i32, item: &str, records: u64) {
        let items = self.0.entry(period).or_default().entry(community).or_default();
        match items.get_mut(item) {
            Some(sum) => *sum = sum.saturating_add(records),
            None => drop(items.insert(item.to_owned(), records)),
        }
    }

    /// The entries that speak of the same community, or of all, in a time that overlaps.
    fn beside(&self, community: u32, period: i32) -> impl Iterator<Item = (u32, &BTreeMap<String, u64>)> {
        let span = |code: i32| {
            let period = period_of_code(code);
            (period.first_month(), period.first_month() + period.months())
        };
        let (first, end) = span(period);
        let overlapping = self.0.iter().filter(move |(other, _)| {
            let (other_first, other_end) = span(**other);
            other_first < end && first < other_end
        });
        let named = if community == NO_NAME { 0..=NO_NAME } else { community..=community };
        overlapping.flat_map(move |(_, communities)| {
            let of_all = if community == NO_NAME { None } else { communities.get_key_value(&NO_NAME) };
            communities.range(named.clone()).chain(of_all).map(|(other, items)| (*other, items))
        })
    }

    fn holds(&self, community: u32, period: i32) -> bool {
        self.beside(community, period).next().is_some()
    }

    /// How many records there are of an item, and whether some of them belong to no community: then they stand for all.
    fn sum(&self, community: u32, period: i32, item: &str) -> (u64, bool) {
        self.beside(community, period).fold((0_u64, false), |(sum, is_of_all), (other, items)| {
            (sum.saturating_add(items.get(item).copied().unwrap_or(0)), is_of_all || other == NO_NAME)
        })
    }

    /// The communities and periods of a table of which something is counted.
    fn held(&self, told: &BTreeMap<Told, (u64, CellAt)>) -> BTreeSet<(u32, i32)> {
        let keys: BTreeSet<(u32, i32)> = told.keys().map(|(community, period, _)| (*community, *period)).collect();
        keys.into_iter().filter(|(community, period)| self.holds(*community, *period)).collect()
    }

    /// Compares what a table counts with what is there; the differences, by the cell they are about.
    fn differences(&self, told: &BTreeMap<Told, (u64, CellAt)>) -> Vec<(CellAt, Code, String)> {
        let mut sums: BTreeMap<Told, (u64, u64, CellAt)> = BTreeMap::new();
        for ((community, period, item), (count, at)) in told.iter().filter(|(key, _)| self.holds(key.0, key.1)) {
            let (there, is_of_all) = self.sum(*community, *period, item);
            // Against a figure for all, the communities of the table count together.
            let community = if is_of_all { NO_NAME } else { *community };
            let sum = sums.entry((community, *period, item.clone())).or_insert((0, there, *at));
            (sum.0, sum.1) = (sum.0.saturating_add(*count), sum.1.max(there));
        }
        let differing = sums.into_iter().filter(|(_, (told, there, _))| told != there);
        let described = differing.map(|((_, period, item), (told, there, at))| {
            let of = if item.is_empty() { period_of_code(period).to_string() } else { item };
            let code = if there.saturating_mul(2) < told { Code::TallyFarAbove } else { Code::TallyDiffers };
            (at, code, format!("{of}：汇总 {told}，已计 {there}"))
        });
        described.collect()
    }
}

/// Community, code of the period and item that a count is about.
type Told = (u32, i32, String);

/// How many more records the tallies of a run may stand for, and what they say of days of receipt.
#[derive(Debug)]
pub(super) struct Tallying {
    left: u64,
    /// Months in which cases came in, with the row that says so.
    received: BTreeMap<i32, (SourceId, u32, u64)>,
}

impl Tallying {
    /// Tallies that may stand for so many records.
    pub(super) fn within(left: u64) -> Self {
        Self { left, received: BTreeMap::new() }
    }
}

impl Records {
    /// The cases for which counts stand: those of communities and months of which no register and no earlier table tells. Where
    /// one does the counts are compared with it, and set aside.
    pub(super) fn counted_cases(
        &mut self,
        tallies: Vec<Placed<CaseTallies>>,
        counted: &mut Counted,
        tallying: &mut Tallying,
    ) -> Vec<Placed<CaseRows>> {
        let mut made = Vec::new();
        for placed in tallies {
            let own = self.own_communities(placed.source, placed.rows.community.names());
            let community: Vec<u32> =
                (0..placed.rows.rows.len()).map(|row| placed.community(&own, &placed.rows.community, row)).collect();
            let mut told: BTreeMap<Told, (u64, CellAt)> = BTreeMap::new();
            for (tally, community) in placed.rows.rows.iter().zip(&community) {
                let key = (*community, period_code(Period::of_month_number(tally.month)), String::new());
                let sum = told.entry(key).or_insert((0, tally.at));
                sum.0 = sum.0.saturating_add(u64::from(tally.count));
            }
            self.note_differences(placed.source, counted.differences(&told));
            let held = counted.held(&told);
            let mut cases = CaseRows::default();
            let mut rows = Compare::default();
            for (place, (tally, community)) in placed.rows.rows.iter().zip(&community).enumerate() {
                let is_compared = held.contains(&(*community, period_code(Period::of_month_number(tally.month))))
                    || !self.is_within(tallying, placed.source, tally.at, tally.count);
                rows.add(tally.at.row, tally.count, is_compared);
                if !is_compared {
                    let name = |column: &NameColumn| column.get(place).unwrap_or("").to_owned();
                    let names =
                        [name(&placed.rows.community), name(&placed.rows.category), name(&placed.rows.department)];
                    if tally.count > 0 {
                        let first = tallying.received.entry(tally.month);
                        first.or_insert((placed.source, tally.at.row, 0)).2 += u64::from(tally.count);
                    }
                    (0..tally.count).for_each(|_| cases.push_counted((tally.at.row, tally.line), tally.month, &names));
                }
            }
            for ((community, period, item), (sum, _)) in told {
                counted.add(community, period, &item, sum);
            }
            self.compared.insert((placed.source, placed.line), rows.ended());
            made.push(Placed { source: placed.source, line: placed.line, around: placed.around, rows: cases });
        }
        made
    }

    /// Counts of answers of communities and periods of which no forms and no earlier table tell; where one does the counts are
    /// compared with it.
    pub(super) fn counted_answers(
        &mut self,
        tallies: Vec<Placed<Vec<AnswerTally>>>,
        counted: &mut Counted,
        tallying: &mut Tallying,
    ) -> Vec<(SourceId, u32, AnswerTally)> {
        let mut kept = Vec::new();
        for placed in tallies {
            let mut rows = Compare::default();
            let mut told: BTreeMap<Told, (u64, CellAt)> = BTreeMap::new();
            let names: BTreeSet<String> = placed.rows.iter().map(|tally| tally.community.clone()).collect();
            let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
            let codes = self.own_communities(placed.source, &names);
            let community_of = |tally: &AnswerTally| {
                names.iter().position(|name| *name == tally.community).map_or(placed.around, |place| codes[place])
            };
            let rows_of: Vec<u32> = placed.rows.iter().map(community_of).collect();
            for (tally, community) in placed.rows.iter().zip(&rows_of) {
                let key = (*community, period_code(tally.period), tally.item.clone());
                let sum = told.entry(key).or_insert((0, tally.at));
                sum.0 = sum.0.saturating_add(u64::from(tally.count));
            }
            let held = counted.held(&told);
            for (tally, community) in placed.rows.into_iter().zip(rows_of) {
                let is_compared = held.contains(&(community, period_code(tally.period)))
                    || !self.is_within(tallying, placed.source, tally.at, tally.count);
                rows.add(tally.at.row, tally.count, is_compared);
                if !is_compared {
                    kept.push((placed.source, community, tally));
                }
            }
            self.note_differences(placed.source, counted.differences(&told));
            for ((community, period, item), (sum, _)) in told {
                counted.add(community, period, &item, sum);
            }
            self.compared.insert((placed.source, placed.line), rows.ended());
        }
        kept
    }

    fn note_differences(&mut self, source: SourceId, differences: Vec<(CellAt, Code, String)>) {
        let problems = differences.into_iter().map(|(at, code, found)| Problem::at(source, at, code, &found));
        self.problems.extend(problems);
    }

    /// Whether a count is within what the tallies of a run may stand for; one that is not is told.
    fn is_within(&mut self, tallying: &mut Tallying, source: SourceId, at: CellAt, count: u32) -> bool {
        let left = tallying.left.checked_sub(u64::from(count));
        match left {
            Some(left) => tallying.left = left,
            None => self.problems.push(Problem::at(source, at, Code::TallyTooLarge, &count.to_string())),
        }
        left.is_some()
    }

    /// Counted by the month, cases came in by its end: that is news only of months after the last one with a dated receipt.
    pub(super) fn note_tallied_months(&mut self, tallying: &Tallying) {
        let dated = self.received_days.last_key_value().map(|(day, _)| day * crate::moment::DAY);
        for (month, (source, row, records)) in &tallying.received {
            let last = crate::moment::month_start(month + 1) - 1;
            if dated.is_none_or(|dated| dated < crate::moment::month_start(*month)) {
                let day = last.div_euclid(crate::moment::DAY);
                let first = ReceivedDay { records: 0, source: *source, row: *row };
                let told = self.received_days.entry(day).or_insert(first);
                told.records = told.records.saturating_add(*records);
            }
        }
    }
}

/// Which rows of a table are only compared: those of which no count is taken.
#[derive(Default)]
struct Compare {
    taken: BTreeSet<u32>,
    compared: BTreeSet<u32>,
    records: u64,
}

impl Compare {
    fn add(&mut self, row: u32, count: u32, is_compared: bool) {
        if is_compared {
            self.compared.insert(row);
            self.records = self.records.saturating_add(u64::from(count));
        } else {
            self.taken.insert(row);
        }
    }

    fn ended(&self) -> (u64, u64) {
        (self.compared.difference(&self.taken).count() as u64, self.records)
    }
}
