//! What · Customers of a grade.
//! Formula · customers whose record names the grade; where it names none, those whose volume of a year is the first to meet a grade's bound
//! Denominator · none
//! Unit · count
//! Missing values · a customer without a grade and without a volume that meets a bound is of none
//! Clause · that of the grade, e.g. customer-grading
//! Example · three customers are written as A, one has no grade and a volume of 600,000 with A from 500,000 on: 4, in the year for which the list gives the grades, else that of the as-of date
//!
//! 口径 · 某一等级的客户数
//! 公式 · 记录写明该等级的客户；没有写明的，以全年业务量最先符合的等级为准
//! 分母 · 无
//! 单位 · 户
//! 缺失值 · 没有等级、业务量也不符合任何等级的，不计
//! 条款 · 该等级的条款，如 customer-grading
//! 举例 · 三户写明 A，一户没有等级、业务量 600,000，A 从 500,000 起：4，计入名单所属年，名单没有写明的计入截止日所在年

use chrono::Datelike;
use polars::prelude::PolarsResult;

use crate::metrics::behind::{CellValue, Decisive};
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Metric, count, every_row};
use crate::metrics::runner::Setting;
use crate::metrics::taker::Taker;
use crate::metrics::tally::{self, Counted, How, Role};
use crate::moment::{Period, Seconds, date_of};
use crate::normalise::label::fold;
use crate::profile::schema::{Grade, Profile};
use crate::records::registers::{Customer, Entry};

fn metric(grade: &Grade) -> Metric {
    // The expression is never run: customers are few and not in a frame.
    let id = format!("customer.grade.{}", grade.id);
    Metric::new(id, Unit::Count, count(every_row()), include_str!("grade.rs")).under(&grade.clause)
}

/// The grade of a customer under a profile, by its id.
pub(in crate::metrics::register) fn grade_of<'p>(customer: &Customer, profile: &'p Profile) -> Option<&'p str> {
    let written = fold(&customer.grade);
    let found = if written.is_empty() {
        let volume = customer.volume?;
        profile.grades.iter().find(|grade| grade.volume.as_ref().is_some_and(|bound| bound.is_met_by(volume)))
    } else {
        // `A`, `A级`, `A 类客户`: a grade written out begins with it; a title may stand for it.
        let is = |grade: &&Grade| {
            [grade.id.as_str(), &grade.title.zh, &grade.title.en].iter().any(|name| fold(name) == written)
        };
        let begins = |grade: &&Grade| {
            let rest = written.strip_prefix(&fold(&grade.id));
            rest.is_some_and(|rest| ["级", "类", "等"].iter().any(|word| rest.starts_with(word)))
        };
        profile.grades.iter().find(is).or_else(|| profile.grades.iter().find(begins))
    };
    found.map(|grade| grade.id.as_str())
}

/// What tells the grade of a customer.
pub(in crate::metrics::register) fn graded_by(customer: &Customer) -> [(&'static str, CellValue); 1] {
    let volume = customer.volume.filter(|_| customer.grade.is_empty());
    [volume.map_or(("grade", CellValue::None), |volume| ("volume", CellValue::Real(volume)))]
}

/// The year for which a list gives a customer's grade: the one that it names, else that of the as-of moment. None of a year that had
/// not begun.
pub(in crate::metrics::register) fn year_of(customer: &Customer, as_of: Seconds) -> Option<Period> {
    let day = customer.period.map_or(as_of - 1, |period| period.end() - 1);
    Some(Period::Year(date_of(day).year())).filter(|year| year.start() < as_of)
}

/// Measures each grade, in the years of the lists.
pub(super) fn measure(
    customers: &[Entry<Customer>],
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<()> {
    for grade in &profile.grades {
        let own = customers.iter().filter(|entry| grade_of(&entry.of, profile) == Some(grade.id.as_str()));
        let rows = own.filter_map(|entry| {
            let source = Some(Decisive::of(entry.at(), graded_by(&entry.of)));
            let year = year_of(&entry.of, setting.as_of)?;
            Some(Counted::of(year, (entry.community, entry.department), Role::Part, source))
        });
        tally::measure(metric(grade), How::Count, rows, profile, setting, taker)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::schema::Text;

    #[test]
    fn the_lists_of_two_years_count_in_a_year_each() {
        let of = |period: Option<Period>| {
            year_of(&Customer { period, ..Customer::default() }, Period::Month(2025, 6).end())
                .map(|year| year.to_string())
        };
        assert_eq!(of(None).as_deref(), Some("2025"));
        assert_eq!(of(Some(Period::Year(2024))).as_deref(), Some("2024"));
        assert_eq!(of(Some(Period::Month(2024, 12))).as_deref(), Some("2024"));
        assert_eq!(of(Some(Period::Year(2026))), None, "it has not begun");
    }

    #[test]
    fn a_grade_is_what_is_written_else_what_the_volume_meets() -> Result<(), String> {
        let text = crate::profile::load::BUILT_IN[0].1;
        let mut profile: Profile = toml::from_str(text).map_err(|error| error.to_string())?;
        let grade = |id: &str, volume: &str| -> Result<Grade, String> {
            let volume = if volume.is_empty() { None } else { Some(volume.parse()?) };
            Ok(Grade { id: id.to_owned(), title: Text::default(), clause: "1".to_owned(), volume })
        };
        profile.grades = vec![grade("A", ">=500000")?, grade("B", ">=100000")?, grade("C", "")?];
        let of = |grade: &str, volume: Option<f64>| {
            grade_of(&Customer { grade: grade.to_owned(), volume, ..Customer::default() }, &profile)
        };
        assert_eq!(of("A", Some(1.0)), Some("A"), "what is written prevails");
        assert_eq!((of("b级", None), of("Ａ", None), of("特", None)), (Some("B"), Some("A"), None));
        assert_eq!((of("", Some(500_000.0)), of("", Some(499_999.0)), of("", Some(1.0))), (Some("A"), Some("B"), None));
        assert_eq!(of("", None), None);
        crate::metrics::metric::assert_documented(&[metric(&profile.grades[0])]);
        Ok(())
    }
}
