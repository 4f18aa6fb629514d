//! Duties reckoned by hand.

use super::*;
use crate::clock::clocks::Clocks;
use crate::config::Config;
use crate::metrics::runner::{Labels as FactLabels, ScopeCode};
use crate::metrics::taker::Maker;
use crate::moment::{Moment, Period, Seconds, date_of, month_number, written};
use crate::normalise::moment::{DateContext, Reading, parse};
use crate::origin::NO_LINE;
use crate::records::assemble::Names;
use crate::records::columns as c;
use crate::records::directory::Directory;
use crate::records::frames::{column, frame};
use crate::records::registers::{DutyDone, Entry, Visit};
use crate::records::rounds::ListedCommunity;
use crate::records::store::{NO_NAME, State};
use crate::step::Step;

/// Communities of these names and numbers of households.
pub(in crate::metrics) fn directory(config: &Config, names: &[&str], households: &[Option<u32>]) -> Directory {
    let listed: Vec<ListedCommunity> = names
        .iter()
        .zip(households)
        .map(|(name, households)| ListedCommunity {
            name: (*name).to_owned(),
            households: *households,
            ..ListedCommunity::default()
        })
        .collect();
    Directory::new(config, &listed)
}

pub(in crate::metrics) fn at(text: &str) -> Option<Moment> {
    match parse(text, DateContext::default()) {
        Reading::Moment(moment) => Some(moment),
        _ => None,
    }
}

fn seconds(text: &str) -> Seconds {
    at(text).map_or(0, |moment| moment.seconds)
}

/// A complaint: community, department, received, resolved.
pub(in crate::metrics) type Case = (u32, u32, &'static str, &'static str);

/// Records of these cases in two communities and one department.
pub(in crate::metrics) fn records(cases: &[Case]) -> Records {
    let mut records = Records::default();
    records.directory = directory(&Config::default(), &["甲", "乙"], &[None, None]);
    let department = records.directory.department(Some("工程部"), None);
    assert_eq!(department, 0);
    let received: Vec<Option<i64>> = cases.iter().map(|case| at(case.2).map(|at| at.seconds)).collect();
    let resolved: Vec<Option<i64>> = cases.iter().map(|case| at(case.3).map(|at| at.seconds)).collect();
    let months: Vec<i32> = received.iter().map(|at| month_number(date_of(at.unwrap_or(0)))).collect();
    let state = |resolved: &Option<i64>| if resolved.is_some() { State::Closed } else { State::Open } as u32;
    let states: Vec<u32> = resolved.iter().map(state).collect();
    let columns = vec![
        column(c::MONTH, months),
        column(c::COMMUNITY, cases.iter().map(|case| case.0).collect::<Vec<u32>>()),
        column(c::DEPARTMENT, cases.iter().map(|case| case.1).collect::<Vec<u32>>()),
        column(Step::Received.column(), received),
        column(Step::Resolved.column(), resolved),
        column(c::STATE, states),
    ];
    records.complaints = frame(cases.len(), columns).unwrap_or_default();
    records
}

fn done(community: u32, department: u32, duty: &str, period: &str, done_on: &str) -> Entry<DutyDone> {
    let done_on = at(done_on);
    let month = |moment: Moment| Period::of_month_number(month_number(date_of(moment.seconds)));
    let of = DutyDone {
        period: Period::parse(period).or_else(|| done_on.map(month)),
        period_told: Period::parse(period),
        duty: duty.to_owned(),
        done_on,
        ..DutyDone::default()
    };
    Entry { source: 7, row: 3, line: NO_LINE, community, department, of }
}

/// A profile with one duty, written as it stands in TOML.
fn profile(duty: &str) -> Profile {
    let text = format!(
        "name = \"p\"\ntitle = {{ zh = \"规程\", en = \"P\" }}\nsubjects = [\"schedule\"]\n[[duty]]\nid = \"d\"\n\
         title = {{ zh = \"投诉公布\", en = \"Publication\" }}\nclause = \"4.3.10\"\n{duty}\n"
    );
    toml::from_str(&text).unwrap_or_else(|error| unreachable!("{error}"))
}

/// What is found: who, period, due, outcome, days late.
type Found = (ScopeCode, String, String, &'static str, Option<i64>);

fn found(records: &Records, duty: &str, as_of: &str) -> Vec<Found> {
    with_setting(records, as_of, |setting| {
        let list = instances(records, &profile(duty), setting).unwrap_or_default();
        list.iter()
            .map(|one| {
                let due = one.due.map(written).unwrap_or_default();
                (one.owner, one.label(), due, one.outcome.word(), one.days_late(setting.as_of))
            })
            .collect()
    })
}

pub(in crate::metrics) fn with_setting<T>(records: &Records, as_of: &str, then: impl FnOnce(&Setting<'_>) -> T) -> T {
    let clocks = Clocks::new(&Config::default()).unwrap_or_else(|_| unreachable!("the default is right"));
    let names = Names::default();
    let labels = FactLabels::of(&[]);
    then(&Setting {
        clocks: &clocks,
        as_of: seconds(as_of),
        directory: &records.directory,
        names: &names,
        records,
        ruled: None,
        labels,
    })
}

const MONTHLY: &str = "every = \"month\"\nby_day = 5";
const FIRST: ScopeCode = ScopeCode::Community(0);
const SECOND: ScopeCode = ScopeCode::Community(1);

fn outcomes(found: &[Found], who: ScopeCode) -> Vec<(&str, &str, Option<i64>)> {
    found.iter().filter(|one| one.0 == who).map(|one| (one.1.as_str(), one.3, one.4)).collect()
}

#[test]
fn a_monthly_duty_is_in_time_at_its_limit_and_late_a_second_after_it() {
    let mut records = records(&[(0, 0, "2025-01-10 09:00:00", "2025-01-11 09:00:00")]);
    records.registers.duties_done = vec![
        done(0, NO_NAME, "投诉公布", "2025-01", "2025-02-05"),
        done(0, NO_NAME, "1月投诉公布补", "2025-02", "2025-03-06 00:00:00"),
        done(0, NO_NAME, "投诉公布", "2025-03", "2025-04-06 00:00:01"),
        done(0, NO_NAME, "投诉公布", "2025-04", "2025-05-06"),
    ];
    let found = found(&records, MONTHLY, "2025-06-06 00:00:01");
    assert_eq!(found[0].2, "2025-02-06 00:00:00");
    assert_eq!(
        outcomes(&found, FIRST),
        [
            ("2025-01", "on_time", None),
            ("2025-02", "on_time", None),
            ("2025-03", "late", Some(1)),
            ("2025-04", "late", Some(1)),
            ("2025-05", "late", Some(1)),
            ("2025-06", "not_due", None),
        ]
    );
}

#[test]
fn what_is_not_done_is_late_only_after_the_due_moment() {
    let mut records = records(&[(0, 0, "2025-05-10 09:00:00", "2025-05-11 09:00:00")]);
    records.registers.duties_done = vec![done(1, NO_NAME, "投诉公布", "2025-05", "2025-06-01")];
    let at = |as_of: &str| outcomes(&found(&records, MONTHLY, as_of), FIRST)[0].1.to_owned();
    assert_eq!((at("2025-06-06 00:00:00"), at("2025-06-06 00:00:01")), ("not_due".to_owned(), "late".to_owned()));
}

#[test]
fn what_was_done_after_the_as_of_moment_changes_nothing_of_before() {
    let mut records = records(&[(0, 0, "2025-01-10 09:00:00", "2025-01-11")]);
    let as_of = "2025-04-20 00:00:00";
    records.registers.duties_done = vec![done(0, NO_NAME, "投诉公布", "2025-01", "2025-04-21")];
    let after = with_evidence(&records, as_of);
    assert!(after.iter().all(|one| one == &("no_end", None)), "{after:?}");
    records.registers.duties_done = vec![
        done(0, NO_NAME, "投诉公布", "2025-01", "2025-02-01"),
        done(0, NO_NAME, "投诉公布", "2025-02", "2025-04-21"),
    ];
    let known = Some((7, 3));
    assert_eq!(
        with_evidence(&records, as_of),
        [("on_time", known), ("late", None), ("late", None), ("not_due", None)],
        "the second row is no evidence yet"
    );
}

/// Outcome and evidence of a monthly duty's instances.
fn with_evidence(records: &Records, as_of: &str) -> Vec<(&'static str, Option<(u32, u32)>)> {
    with_setting(records, as_of, |setting| {
        let list = instances(records, &profile(MONTHLY), setting).unwrap_or_default();
        list.iter()
            .map(|one| (one.outcome.word(), one.evidence.as_ref().map(crate::metrics::behind::Decisive::place)))
            .collect()
    })
}

#[test]
fn a_row_that_says_not_done_is_late_and_one_without_a_date_nobody_can_judge() {
    let mut records = records(&[(0, 0, "2025-01-10 09:00:00", "2025-01-11")]);
    let mut rows = vec![done(0, NO_NAME, "投诉公布", "2025-01", ""), done(0, NO_NAME, "投诉公布", "2025-02", "")];
    (rows[0].of.result, rows[1].of.result) = ("未完成".to_owned(), "已公布".to_owned());
    records.registers.duties_done = rows;
    let found = found(&records, MONTHLY, "2025-03-20 00:00:00");
    let words: Vec<&str> = found.iter().map(|one| one.3).collect();
    assert_eq!(words, ["late", "no_end", "not_due"]);
}

#[test]
fn a_year_mistyped_in_a_small_community_owes_nothing_before_the_company_began() {
    // 1 of 301 cases of the company, and 1 of 3 of the community: too few there to call it a slip.
    let mut cases: Vec<Case> = vec![(1, 0, "2025-01-10 09:00:00", "2025-01-11"); 298];
    cases.extend([(0, 0, "2015-01-10 09:00:00", ""), (0, 0, "2025-02-10 09:00:00", "2025-02-11")]);
    cases.push((0, 0, "2025-03-10 09:00:00", "2025-03-11"));
    let mut records = records(&cases);
    records.registers.duties_done = vec![done(1, NO_NAME, "投诉公布", "2025-01", "2025-02-01")];
    let found = found(&records, MONTHLY, "2025-03-20 00:00:00");
    assert_eq!(outcomes(&found, FIRST).iter().map(|one| one.0).collect::<Vec<_>>(), ["2025-02", "2025-03"]);
}

#[test]
fn nothing_is_owed_before_the_first_records_of_a_community() {
    let mut records =
        records(&[(0, 0, "2025-01-10 09:00:00", "2025-01-11"), (1, 0, "2025-03-10 09:00:00", "2025-03-11")]);
    records.registers.duties_done = vec![done(0, NO_NAME, "投诉公布", "2025-01", "2025-02-01")];
    let found = found(&records, MONTHLY, "2025-04-20 00:00:00");
    let months = |who| outcomes(&found, who).iter().map(|one| one.0.to_owned()).collect::<Vec<_>>();
    assert_eq!(months(FIRST), ["2025-01", "2025-02", "2025-03", "2025-04"]);
    assert_eq!(months(SECOND), ["2025-03", "2025-04"]);
    assert_eq!(outcomes(&found, SECOND)[0].1, "late", "the register names the duty, if only of another community");
}

#[test]
fn without_any_register_nothing_is_called_late_and_the_group_says_so_once() {
    let records = records(&[(0, 0, "2025-01-10 09:00:00", "2025-01-11"), (1, 0, "2025-01-10 09:00:00", "2025-01-11")]);
    let found = found(&records, MONTHLY, "2025-06-30 00:00:00");
    assert!(found.iter().all(|one| one.3 == "no_end"), "{found:?}");
    let facts = with_setting(&records, "2025-06-30 00:00:00", |setting| {
        let profile = profile(MONTHLY);
        let list = instances(&records, &profile, setting).unwrap_or_default();
        let mut maker = Maker::default();
        measure(&list, &profile, setting, &mut maker).map(|()| maker.facts).unwrap_or_default()
    });
    assert!(facts.iter().all(|fact| fact.key.scope.word() == "group"));
    let year = facts.iter().find(|fact| fact.key.period == Period::Year(2025) && fact.key.dimension.is_none());
    // Due in February to June; what falls due in July is not counted yet.
    assert_eq!(year.map(|fact| (fact.value, fact.excluded)), Some((None, 10)));
}

#[test]
fn departments_owe_a_day_only_while_they_have_open_cases() {
    // Thursday to Monday; the weekend is no working day.
    let mut records = records(&[(0, 0, "2025-06-05 10:00:00", "2025-06-09 11:00:00")]);
    let duty = "every = \"working_day\"\nby_time = \"17:00\"\nowed_by = \"department\"\nonly_with = \"complaint\"";
    records.registers.duties_done = vec![
        done(NO_NAME, 0, "投诉公布", "", "2025-06-05 17:00:00"),
        done(NO_NAME, 0, "投诉公布", "", "2025-06-06 17:00:01"),
        done(NO_NAME, 0, "投诉公布", "", "2025-06-09"),
    ];
    let found = found(&records, duty, "2025-06-30 00:00:00");
    assert_eq!(
        outcomes(&found, ScopeCode::Department(0)),
        [("2025-06-05", "on_time", None), ("2025-06-06", "late", Some(0)), ("2025-06-09", "uncertain", None)]
    );
    let late = records_at("2025-06-05 17:00:01");
    let found = self::found(&late, duty, "2025-06-07 00:00:00");
    assert_eq!(found.iter().map(|one| one.1.as_str()).collect::<Vec<_>>(), ["2025-06-06"], "it came in after the hour");
}

fn records_at(received: &'static str) -> Records {
    records(&[(0, 0, received, "")])
}

#[test]
fn a_visit_within_the_period_shows_that_it_was_made() {
    let mut records = records(&[(0, 0, "2024-12-10 09:00:00", "2024-12-11")]);
    let visit = |day: &str, method: &str| Entry {
        source: 1,
        line: NO_LINE,
        row: 2,
        community: 0,
        department: NO_NAME,
        of: Visit { visited_on: at(day), method: method.to_owned(), ..Visit::default() },
    };
    records.registers.visits =
        vec![visit("2025-01-31", "租户大会"), visit("2025-02-28", "上门"), visit("2025-04-01", "大会")];
    let duty = "every = \"quarter\"\nowed_by = \"group\"\nevidence = \"visit\"\nmethod = [\"大会\"]";
    let found = found(&records, duty, "2025-06-30 00:00:00");
    assert_eq!(
        outcomes(&found, ScopeCode::Group),
        [("2024-Q4", "late", Some(180)), ("2025-Q1", "on_time", None), ("2025-Q2", "on_time", None)]
    );
}

#[test]
fn facts_count_the_duty_in_the_month_in_which_it_fell_due() {
    let mut records = records(&[(0, 0, "2025-01-10 09:00:00", "2025-01-11 09:00:00")]);
    records.registers.duties_done = vec![
        done(0, NO_NAME, "投诉公布", "2025-01", "2025-02-05"),
        done(0, NO_NAME, "投诉公布", "2025-02", "2025-03-08"),
        done(0, NO_NAME, "投诉公布", "2025-03", "2025-04-09"),
    ];
    let facts = with_setting(&records, "2025-04-30 00:00:00", |setting| {
        let profile = profile(MONTHLY);
        let list = instances(&records, &profile, setting).unwrap_or_default();
        let mut maker = Maker::default();
        measure(&list, &profile, setting, &mut maker).map(|()| maker.facts).unwrap_or_default()
    });
    let value = |metric: &str, period: Period| {
        let mut own = facts.iter().filter(|fact| &*fact.key.metric == metric && fact.key.period == period);
        own.find(|fact| fact.key.scope.word() == "community" && fact.key.dimension.is_none())
            .map(|fact| (fact.numerator, fact.denominator, fact.value))
    };
    let half = Period::Half(2025, 1);
    assert_eq!(value("schedule.d", half), Some((Some(1.0), Some(3.0), Some(1.0 / 3.0))));
    assert_eq!(value("schedule.d.late_days", half), Some((Some(7.0), Some(2.0), Some(3.5))));
    assert_eq!(value("schedule.d", Period::Month(2025, 2)), Some((Some(1.0), Some(1.0), Some(1.0))));
    assert!(facts.iter().all(|fact| &*fact.clause == "4.3.10"));
}

#[test]
fn the_metrics_are_documented_under_the_seven_headings() {
    let profile = profile(MONTHLY);
    let metrics: Vec<_> =
        profile.duties.iter().flat_map(|duty| [on_time::metric(duty), late_days::metric(duty)]).collect();
    assert_eq!(metrics.len(), 2);
    crate::metrics::metric::assert_documented(&metrics);
}
