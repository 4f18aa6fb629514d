//! What · Share of cases that were followed to the end by the first person asked.
//! Formula · cases whose receiver is also the one who followed them to the end ÷ cases that name both; the one who called back last, in the register or in a table of callbacks joined to it, or where the procedure says so the handler
//! Denominator · cases that name who took them and who followed them to the end
//! Unit · ratio
//! Missing values · excluded by reason: not due (open, and nobody has called back yet), unknown (the record does not name one of both)
//! Clause · that of the profile's `[first_asked]`, e.g. service-center 009
//! Example · taken by 王 and 李, both called back by 王, a third one without a callback: 1 ÷ 2 = 0.5
//!
//! 口径 · 由首问人跟到底的案件占比
//! 公式 · 接待人也是最后跟进人的案件 ÷ 两者都写明的案件；最后跟进人是登记表或对得上的回访表里最后一次的回访人，规程写明的也可以是处理人
//! 分母 · 写明接待人和最后跟进人的案件
//! 单位 · 比率
//! 缺失值 · 按原因剔除：未办结，还没有人回访、没有写明其中一人
//! 条款 · 规程 `[first_asked]` 的条款，如 service-center 009
//! 举例 · 王、李各接待一件，都由王回访，第三件没有回访：1 ÷ 2 = 0.5

use std::collections::BTreeMap;
use std::sync::Arc;

use polars::prelude::{Column, DataFrame, PolarsResult};

use super::cases::{Cases, codes};
use super::followed::Rounds;
use crate::metrics::fact::{Dimension as D, Unit};
use crate::metrics::metric::{Measure, Metric, is_code};
use crate::metrics::rows::elsewhere;
use crate::metrics::runner::Setting;
use crate::moment::Seconds;
use crate::normalise::blank::is_blank_mark;
use crate::normalise::label::fold;
use crate::origin::RecordAt;
use crate::profile::schema::{FirstAsked, Follower};
use crate::records::columns as c;
use crate::records::followed::{CaseRow, Followed};
use crate::records::frames::{NameList, Places, column};
use crate::records::store::NO_NAME;
use crate::step::Step;

/// Column: a number of [`Asked`].
pub(super) const COLUMN: &str = "first_asked";

/// Whether the first person asked followed a case to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Same,
    Other,
    /// It is open, and nobody followed it yet.
    NotDue,
    /// The record does not name one of both.
    Unknown,
}

pub(super) fn metric(case: &str, first_asked: &FirstAsked) -> Metric {
    let is = |asked: Asked| is_code(COLUMN, asked as u32);
    let measure = Measure::Share {
        part: is(Asked::Same),
        whole: is(Asked::Same).or(is(Asked::Other)),
        excluded: vec![("not_due", is(Asked::NotDue)), ("unknown", is(Asked::Unknown))],
    };
    Metric::new(format!("{case}.first_asked_share"), Unit::Ratio, measure, include_str!("first_asked_share.rs"))
        .by(&[D::Class])
        .under(&first_asked.clause)
}

/// The words of the codes, where a frame has them: names are kept in no seal, but who followed a case up may change.
pub(super) fn word_of(frame: &DataFrame) -> Option<impl Fn(u32) -> Option<Arc<str>>> {
    frame.column(COLUMN).ok()?;
    Some(|code: u32| ["same", "other"].get(code as usize).map(|word| Arc::from(*word)))
}

/// Columns of the records that are looked at.
pub(super) fn reads(first_asked: &FirstAsked) -> Vec<&'static str> {
    let by = first_asked.by.iter().map(|follower| match follower {
        Follower::CallbackPerson => c::CALLBACK_PERSON,
        Follower::Handler => c::HANDLER,
    });
    std::iter::once(c::RECEIVER).chain(by).collect()
}

/// Who followed each case to the end, and whether that is who took it; with the cells of those who called back elsewhere.
pub(super) fn columns(
    first_asked: &FirstAsked,
    frame: &DataFrame,
    (rounds, cases): (&Rounds, &Cases),
    setting: &Setting<'_>,
) -> PolarsResult<Vec<Column>> {
    let mut people = People::of(&setting.names.staff);
    let (receivers, handlers) = (codes(frame, c::RECEIVER)?, codes(frame, c::HANDLER)?);
    let noted = if frame.column(c::CALLBACK_PERSON).is_ok() { codes(frame, c::CALLBACK_PERSON)? } else { Vec::new() };
    let callers = Callers::of(setting)?;
    let (mut asked, mut at) = (Vec::with_capacity(cases.rows), Vec::with_capacity(cases.rows));
    for row in 0..cases.rows {
        let called_later = cases.written(Step::CalledBack, row).is_some_and(|called| called.seconds >= setting.as_of);
        let own = noted.get(row).copied().filter(|_| !called_later).unwrap_or(NO_NAME);
        let last = callers.last_of(rounds.case(row), &mut people);
        let caller = || last.map_or((own, None), |(person, at)| (person, Some(at)));
        let named = first_asked.by.iter().map(|follower| match follower {
            Follower::CallbackPerson => caller(),
            Follower::Handler => (handlers[row], None),
        });
        let follower = named.into_iter().find(|(person, _)| people.is_named(*person));
        at.push(follower.and_then(|(_, at)| at));
        asked.push(match follower {
            Some((person, _)) if people.is_named(receivers[row]) => {
                if people.are_same(receivers[row], person) {
                    Asked::Same
                } else {
                    Asked::Other
                }
            }
            None if cases.is_open(row) => Asked::NotDue,
            _ => Asked::Unknown,
        } as u32);
    }
    let mut columns = vec![column(COLUMN, asked)];
    if at.iter().any(Option::is_some) {
        columns.extend(elsewhere(c::CALLBACK_PERSON, &at));
    }
    Ok(columns)
}

/// Who made the callbacks.
struct Callers<'a> {
    followed: &'a Followed,
    as_of: Seconds,
    /// By row of the callbacks, and where they stand; none where no row names anybody.
    callbacks: Option<(Vec<u32>, Places<'a>)>,
}

impl<'a> Callers<'a> {
    fn of(setting: &Setting<'a>) -> PolarsResult<Self> {
        let frame = &setting.records.callbacks;
        let callbacks = match frame.column(c::CALLBACK_PERSON) {
            Ok(_) => Some((codes(frame, c::CALLBACK_PERSON)?, Places::of(frame)?)),
            Err(_) => None,
        };
        Ok(Self { followed: setting.records.followed()?, as_of: setting.as_of, callbacks })
    }

    /// Who made the last callback to a case that had been made by the as-of moment and names somebody, and where that stands.
    fn last_of(&self, case: Option<CaseRow>, people: &mut People<'_>) -> Option<(u32, RecordAt)> {
        let (persons, places) = self.callbacks.as_ref()?;
        let made = self.followed.callbacks_of(case?).iter().rev().map(|callback| *callback as usize);
        let mut happened = made.filter(|at| self.followed.called[*at].is_none_or(|called| called.seconds < self.as_of));
        let last = happened.find(|at| people.is_named(persons[*at]))?;
        Some((persons[last], places.at(last)))
    }
}

/// Names of the staff, compared once a pair.
struct People<'a> {
    names: &'a NameList,
    same: BTreeMap<(u32, u32), bool>,
    named: BTreeMap<u32, bool>,
}

impl<'a> People<'a> {
    fn of(names: &'a NameList) -> Self {
        Self { names, same: BTreeMap::new(), named: BTreeMap::new() }
    }

    /// Whether a code stands for somebody, and not for a stroke in the cell.
    fn is_named(&mut self, code: u32) -> bool {
        let names = self.names;
        *self.named.entry(code).or_insert_with(|| names.name(code).is_some_and(|name| !is_blank_mark(name)))
    }

    /// Whether one of those whom a cell names is among those whom another names: `李、王` and `王`.
    fn are_same(&mut self, a: u32, b: u32) -> bool {
        let names = self.names;
        *self.same.entry((a, b)).or_insert_with(|| {
            let of = |code: u32| names.name(code).map(each).unwrap_or_default();
            let others = of(b);
            of(a).iter().any(|name| others.contains(name))
        })
    }
}

/// The names in a cell.
fn each(cell: &str) -> Vec<String> {
    cell.split(['、', '，', ',', '；', ';', '/', '\\', '+', '&', '\n'])
        .map(fold)
        .filter(|name| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_several_names_in_a_cell_is_enough() {
        let mut names = NameList::default();
        let codes = ["李、王", "王", "王小", "/", "Li / Wang", "wang"].map(|name| names.code(name));
        let mut people = People::of(&names);
        assert!(people.are_same(codes[0], codes[1]) && people.are_same(codes[4], codes[5]));
        assert!(!people.are_same(codes[0], codes[2]), "another name that begins alike");
        assert!(people.is_named(codes[1]) && !people.is_named(codes[3]) && !people.is_named(NO_NAME));
    }

    #[test]
    fn the_metric_is_documented_under_the_seven_headings() {
        let first_asked = FirstAsked { clause: "1".to_owned(), by: vec![Follower::CallbackPerson] };
        crate::metrics::metric::assert_documented(&[metric("complaint", &first_asked)]);
    }
}
