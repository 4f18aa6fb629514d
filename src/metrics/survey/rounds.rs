//! What · Forms issued and returned.
//! Formula · issue rate = issued ÷ occupied households (all households where the profile says so); return rate = returned ÷ issued
//! Denominator · occupied households of the round, forms issued
//! Unit · count, ratio
//! Missing values · a round that does not say a number is left out of what needs it; without any rounds the forms themselves count as returned
//! Clause · survey-procedure 4.3.2, 4.3.3, 4.3.4
//! Example · occupied 500, issued 450, returned 300: 0.9 and 0.666667
//!
//! 口径 · 发放与回收：发放份数、回收份数、发放率、回收率
//! 公式 · 发放率 = 发放 ÷ 入住户数（规程另有规定的按全部户数）；回收率 = 回收 ÷ 发放
//! 分母 · 该次调查的入住户数；发放份数
//! 单位 · 份，比率
//! 缺失值 · 没有写明某个数的调查，不参加需要它的计算；没有调查记录的，以问卷本身计回收份数
//! 条款 · survey-procedure 4.3.2、4.3.3、4.3.4
//! 举例 · 入住 500，发放 450，回收 300：0.9 与 0.666667

use std::collections::BTreeMap;

use polars::prelude::PolarsResult;

use crate::metrics::behind::{Cell, CellValue, Decisive, Part, Rows};
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Metric, count, every_row};
use crate::metrics::rows::Chosen;
use crate::metrics::runner::{Run, ScopeCode, Setting, blank_fact, judge};
use crate::metrics::taker::Taker;
use crate::moment::Period;
use crate::origin::RecordAt;
use crate::profile::schema::{IssueBase, Profile};
use crate::records::assemble::{RoundRecord, period_of_code};
use crate::records::columns as c;

fn metric(id: &str, unit: Unit) -> Metric {
    // The expression is never run: rounds are few and not in a frame.
    Metric::new(id.to_owned(), unit, count(every_row()), include_str!("rounds.rs"))
}

/// What rounds tell of one period and scope, with the row of each; pairs stand only where both numbers are told.
#[derive(Default)]
struct Told {
    issued: Vec<Number>,
    returned: Vec<Number>,
    issue: Vec<(Number, Number)>,
    back: Vec<(Number, Number)>,
    /// Forms that are counted themselves, by their own period and community, and how many there are.
    forms: Vec<(Period, ScopeCode)>,
    form_count: u32,
}

/// Forms of each community's own period.
pub(super) type FormCounts = BTreeMap<(Period, ScopeCode), i64>;

/// A number of a round, and where it stands.
#[derive(Clone, Copy)]
struct Number {
    round: RecordAt,
    /// The round itself, or the row of a list of communities that tells the number; none where the config does.
    told: Option<RecordAt>,
    count: u32,
}

fn sum<'a>(numbers: impl IntoIterator<Item = &'a Number>) -> u32 {
    numbers.into_iter().map(|told| told.count).sum()
}

/// The rows of rounds that tell a number in a column.
fn rows<'a>(part: Part, column: &'static str, numbers: impl IntoIterator<Item = &'a Number>) -> Rows {
    let row = |number: &Number| {
        let value = CellValue::Number(i64::from(number.count));
        let cell = number.told.map(|at| Cell { at, column, heading: None, value });
        // What the config says stands in no cell; the round is known by its period.
        let own = cell.is_none().then_some(("round", CellValue::None));
        (Decisive::of(number.round, own).with(cell), i64::from(number.count))
    };
    Rows::of(part, numbers.into_iter().map(row)).in_unit(Some((Unit::Count, 1.0)))
}

/// Measures the rounds; `run` has the forms and `forms` counts them, for rounds nobody wrote down.
pub(super) fn measure(
    rounds: &[RoundRecord],
    (run, forms): (&Run<'_>, &FormCounts),
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<()> {
    let mut told =
        told_by(rounds, profile.survey.as_ref().map_or(IssueBase::Occupied, |rules| rules.issue_base), setting);
    // Where no round says how many forms of a community came back, the forms themselves are counted, each place on its own.
    for ((period, scope), count) in forms {
        let says = |round: &RoundRecord| {
            round.period == *period && ScopeCode::Community(round.community) == *scope && round.returned.is_some()
        };
        if rounds.iter().any(says) {
            continue;
        }
        for containing in period.with_containing() {
            for wider in [ScopeCode::Group, *scope] {
                let told = told.entry((containing, wider)).or_default();
                told.forms.push((*period, *scope));
                told.form_count += u32::try_from(*count).unwrap_or(0);
            }
        }
    }
    let own_forms = Chosen::new(run, c::PERIOD, every_row());
    for ((period, scope), told) in &told {
        let fact = |metric: &Metric, ratio: Option<(u32, u32)>, value: f64| {
            let mut fact = blank_fact(metric, profile, setting, *period, setting.scope(*scope));
            fact.numerator = ratio.map(|(part, _)| f64::from(part));
            fact.denominator = ratio.map(|(_, whole)| f64::from(whole));
            fact.value = Some(value);
            judge(&mut fact, profile, setting, &metric.id, *scope);
            fact
        };
        if !told.issued.is_empty() {
            let metric = metric("survey.issued", Unit::Count).in_profile(profile);
            let fact = fact(&metric, None, f64::from(sum(&told.issued)));
            taker.counted(&metric, fact, &|| Ok(vec![rows(Part::Counted, "issued", &told.issued)]))?;
        }
        if !told.returned.is_empty() || !told.forms.is_empty() {
            let metric = metric("survey.returned", Unit::Count).in_profile(profile);
            let fact = fact(&metric, None, f64::from(sum(&told.returned) + told.form_count));
            taker.counted(&metric, fact, &|| {
                let mut parts = vec![rows(Part::Counted, "returned", &told.returned)];
                for (period, scope) in &told.forms {
                    let own = |code: i32| period_of_code(code) == *period;
                    parts.push(own_forms.rows(Part::Counted, (own, &|_| true), *scope)?);
                }
                Ok(parts)
            })?;
        }
        for (id, pairs, [of, among]) in [
            ("survey.issue_rate", &told.issue, ["issued", "occupied"]),
            ("survey.return_rate", &told.back, ["returned", "issued"]),
        ] {
            let (parts, wholes) = (|| pairs.iter().map(|(part, _)| part), || pairs.iter().map(|(_, whole)| whole));
            let (part, whole) = (sum(parts()), sum(wholes()));
            if whole > 0 {
                let metric = metric(id, Unit::Ratio).in_profile(profile);
                let fact = fact(&metric, Some((part, whole)), f64::from(part) / f64::from(whole));
                let rows = || Ok(vec![rows(Part::Numerator, of, parts()), rows(Part::Denominator, among, wholes())]);
                taker.counted(&metric, fact, &rows)?;
            }
        }
    }
    Ok(())
}

/// What the rounds tell, by period and scope.
fn told_by(rounds: &[RoundRecord], base: IssueBase, setting: &Setting<'_>) -> BTreeMap<(Period, ScopeCode), Told> {
    let mut by_scope: BTreeMap<(Period, ScopeCode), Told> = BTreeMap::new();
    for round in rounds.iter().filter(|round| round.period.start() < setting.as_of) {
        let known = setting.directory.communities.get(round.community as usize);
        let listed = |number: Option<u32>, told: Option<RecordAt>| number.map(|number| (number, told));
        let own = |number: Option<u32>| listed(number, Some(round.at()));
        let occupied = match base {
            IssueBase::Occupied => own(round.occupied).or_else(|| listed(known?.occupied, known?.listed.occupied)),
            IssueBase::Households => known.and_then(|known| listed(known.households, known.listed.households)),
        };
        let number =
            |of: Option<(u32, Option<RecordAt>)>| of.map(|(count, told)| Number { round: round.at(), told, count });
        let (occupied, issued, returned) = (number(occupied), number(own(round.issued)), number(own(round.returned)));
        for period in round.period.with_containing() {
            for scope in [ScopeCode::Group, ScopeCode::Community(round.community)] {
                let told = by_scope.entry((period, scope)).or_default();
                told.issued.extend(issued);
                told.returned.extend(returned);
                told.issue.extend(issued.zip(occupied));
                told.back.extend(returned.zip(issued));
            }
        }
    }
    by_scope
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_metrics_are_documented_under_the_seven_headings() {
        crate::metrics::metric::assert_documented(&[super::metric("survey.issued", super::Unit::Count)]);
    }
}
