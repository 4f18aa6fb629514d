//! Tallies: a row stands for so many cases or answers. Where the records themselves are there too, a tally is only compared.

use std::collections::{BTreeMap, BTreeSet};

use super::assemble::{Placed, Records};
use super::cases::CaseRows;
use super::cells::CellReader;
use super::store::NameColumn;
use crate::moment::Period;
use crate::normalise::label::tidy;
use crate::normalise::rating::Level;
use crate::origin::{CellAt, SourceId};
use crate::problem::{Code, Problem};
use crate::read::sheet::Row;
use crate::recognise::Table;
use crate::recognise::field::Field;

/// Most records that one cell can stand for; a larger number is a slip of the pen or an amount.
const MOST: f64 = 100_000.0;

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

fn text_of(row: &Row<'_>, table: &Table, field: Field) -> String {
    let column = table.columns.iter().find(|column| column.field == field);
    column.and_then(|column| row.get(column.col)).map_or_else(String::new, |value| tidy(&value.written()))
}

impl CaseTallies {
    /// Adds the count of a row: how many cases, or none when it belongs to no month.
    pub fn push(&mut self, row: &Row<'_>, table: &Table, reader: &mut CellReader<'_>) -> Option<u64> {
        let said = table.columns.iter().find(|column| column.field == Field::Month);
        let titled = match table.meta.period.period() {
            Some(period @ Period::Month(..)) => Some(period.first_month()),
            _ => None,
        };
        let month = said.and_then(|column| row.get(column.col)).and_then(|value| reader.month(value)).or(titled)?;
        let (at, count) = count_of(row, table, reader)?;
        self.rows.push(CaseTally { at, month, count });
        self.community.push(&text_of(row, table, Field::Community));
        self.category.push(&text_of(row, table, Field::Category));
        self.department.push(&text_of(row, table, Field::Department));
        Some(u64::from(count))
    }
}

/// The count of answers in a row; none when it belongs to no survey period or names no answer.
#[must_use]
pub fn answers_of(
    row: &Row<'_>,
    table: &Table,
    round: Option<Period>,
    reader: &mut CellReader<'_>,
) -> Option<AnswerTally> {
    let said = text_of(row, table, Field::Round);
    let period = crate::normalise::period::find(&said).or(table.meta.period);
    let period = if said.is_empty() { round } else { period.period().or(round) };
    let level = Level::parse(&text_of(row, table, Field::Opinion))?;
    let (at, count) = count_of(row, table, reader)?;
    let community = text_of(row, table, Field::Community);
    Some(AnswerTally { at, community, period: period?, item: text_of(row, table, Field::Topic), level, count })
}

/// Rows and records that a ledger line counts and that are only compared: by sheet and place of the line.
pub type Compared = BTreeMap<(SourceId, usize), (u64, u64)>;

impl Records {
    /// The cases for which counts stand: those of communities and months of which no register tells. Where one does the counts
    /// are compared with it, and set aside.
    pub(super) fn counted_cases(
        &mut self,
        tallies: Vec<Placed<CaseTallies>>,
        registered: &BTreeMap<(u32, i32), u32>,
    ) -> Vec<Placed<CaseRows>> {
        let mut made = Vec::new();
        for placed in tallies {
            let own = self.own_communities(placed.source, placed.rows.community.names());
            let community: Vec<u32> =
                (0..placed.rows.rows.len()).map(|row| placed.community(&own, &placed.rows.community, row)).collect();
            let mut sums: BTreeMap<(u32, i32), (u32, CellAt)> = BTreeMap::new();
            for (tally, community) in placed.rows.rows.iter().zip(&community) {
                sums.entry((*community, tally.month)).or_insert((0, tally.at)).0 += tally.count;
            }
            for (key, (sum, at)) in &sums {
                if let Some(there) = registered.get(key).filter(|there| *there != sum) {
                    let month = Period::of_month_number(key.1);
                    let found = format!("{month}：汇总 {sum}，明细 {there}");
                    self.problems.push(Problem::at(placed.source, *at, Code::TallyDiffers, &found));
                }
            }
            let mut cases = CaseRows::default();
            let mut rows = Compare::default();
            for (place, (tally, community)) in placed.rows.rows.iter().zip(&community).enumerate() {
                let is_compared = registered.contains_key(&(*community, tally.month));
                rows.add(tally.at.row, tally.count, is_compared);
                if !is_compared {
                    let name = |column: &NameColumn| column.get(place).unwrap_or("").to_owned();
                    let names =
                        [name(&placed.rows.community), name(&placed.rows.category), name(&placed.rows.department)];
                    if tally.count > 0 {
                        // Counted by the month, they came in by its end.
                        let last = crate::moment::month_start(tally.month + 1) - 1;
                        self.note_received(last, placed.source, tally.at.row);
                    }
                    (0..tally.count).for_each(|_| cases.push_counted(tally.at.row, tally.month, &names));
                }
            }
            self.compared.insert((placed.source, placed.line), rows.ended());
            made.push(Placed { source: placed.source, line: placed.line, around: placed.around, rows: cases });
        }
        made
    }

    /// Counts of answers of communities and periods of which no forms tell; where forms do the counts are compared with them.
    pub(super) fn counted_answers(
        &mut self,
        tallies: Vec<Placed<Vec<AnswerTally>>>,
        answered: &BTreeMap<(u32, i32), BTreeMap<String, u32>>,
    ) -> Vec<(SourceId, u32, AnswerTally)> {
        let mut kept = Vec::new();
        for placed in tallies {
            let mut rows = Compare::default();
            let mut sums: BTreeMap<(u32, i32, String), (u32, CellAt)> = BTreeMap::new();
            let names: BTreeSet<String> = placed.rows.iter().map(|tally| tally.community.clone()).collect();
            let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
            let codes = self.own_communities(placed.source, &names);
            for tally in placed.rows {
                let own = names.iter().position(|name| *name == tally.community);
                let community = own.map_or(placed.around, |place| codes[place]);
                let key = (community, super::assemble::period_code(tally.period));
                let is_compared = answered.contains_key(&key);
                rows.add(tally.at.row, tally.count, is_compared);
                if is_compared {
                    sums.entry((key.0, key.1, tally.item)).or_insert((0, tally.at)).0 += tally.count;
                } else {
                    kept.push((placed.source, community, tally));
                }
            }
            for ((community, period, item), (sum, at)) in sums {
                let there = answered.get(&(community, period)).and_then(|items| items.get(&item)).copied().unwrap_or(0);
                if there != sum {
                    let found = format!("{item}：汇总 {sum}，明细 {there}");
                    self.problems.push(Problem::at(placed.source, at, Code::TallyDiffers, &found));
                }
            }
            self.compared.insert((placed.source, placed.line), rows.ended());
        }
        kept
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
            self.records += u64::from(count);
        } else {
            self.taken.insert(row);
        }
    }

    fn ended(&self) -> (u64, u64) {
        (self.compared.difference(&self.taken).count() as u64, self.records)
    }
}
