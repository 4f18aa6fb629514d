//! What calendars of the config change in the facts.

use std::fs;

use manyi::metrics::fact::{Fact, Scope};
use manyi::moment::Period;
use manyi::pipeline::{Extent, Outcome};

use crate::case::{Case, rows_of};

fn done(case: &Case) -> Outcome {
    case.run_library(Extent::Data).unwrap_or_else(|error| panic!("{error}"))
}

/// First response of complaint-classes 4.3.2: 8 working hours, or 24 h where received outside them.
fn response<'a>(outcome: &'a Outcome, period: Period, scope: &Scope) -> &'a Fact {
    outcome.facts.get("complaint-classes", "complaint.response.on_time", period, scope).expect("there are responses")
}

fn with_config(case: Case, config: &str) -> Case {
    fs::write(case.path("input/manyi.toml"), format!("as_of = \"2025-03-31\"\n{config}")).unwrap();
    case
}

const MARCH: Period = Period::Month(2025, 3);

#[test]
fn each_community_is_judged_by_its_own_week() {
    // Saturday 8 March 2025 10:00 to Monday 10 March 10:00.
    let rows = rows_of(&[
        &["小区", "投诉编号", "投诉时间", "投诉内容", "首次响应时间"],
        &["翠湖花园", "T-1", "2025-03-08 10:00", "门坏了", "2025-03-10 10:00"],
        &["金桂苑", "T-2", "2025-03-08 10:00", "灯不亮", "2025-03-10 10:00"],
    ]);
    let case = with_config(
        Case::new().with_csv("投诉登记表.csv", &rows),
        "[[community]]\nid = \"cuihu\"\nname = \"翠湖花园\"\n[community.calendar]\nweekdays = [1, 2, 3, 4, 5, 6]\n\
         [[community]]\nid = \"jingui\"\nname = \"金桂苑\"\n",
    );
    let outcome = done(&case);
    // Saturday gives 2 h and 4 h 30, Monday the last 1 h 30: due at 10:00.
    assert_eq!(response(&outcome, MARCH, &Scope::Community("cuihu".into())).value, Some(1.0));
    // Off on Saturdays: 24 h, due on Sunday at 10:00.
    assert_eq!(response(&outcome, MARCH, &Scope::Community("jingui".into())).value, Some(0.0));
    assert_eq!(response(&outcome, MARCH, &Scope::Group).value, Some(0.5));
}

#[test]
fn a_pause_of_the_company_stops_the_clocks_of_all_communities() {
    let rows = rows_of(&[
        &["小区", "投诉编号", "投诉时间", "投诉内容", "首次响应时间", "处理完成时间"],
        &["翠湖花园", "T-1", "2025-03-05 17:00", "门坏了", "2025-03-07 16:00", "2025-03-07 17:00"],
    ]);
    let case = || Case::new().with_csv("投诉登记表.csv", &rows);
    assert_eq!(response(&done(&with_config(case(), "")), MARCH, &Scope::Group).value, Some(0.0));
    let paused = "[[calendar.pause]]\nfrom = \"2025-03-06 08:00\"\nto = \"2025-03-06 20:00\"\nreason = \"停电\"\n\
                  [[community]]\nid = \"cuihu\"\nname = \"翠湖花园\"\n[community.calendar]\nweekdays = [1, 2, 3, 4, 5, 6]\n";
    let outcome = done(&with_config(case(), paused));
    assert_eq!(response(&outcome, MARCH, &Scope::Group).value, Some(1.0));
    let median = outcome.facts.get("complaint-classes", "complaint.resolution.median", MARCH, &Scope::Group).unwrap();
    assert_eq!(median.value, Some(36.0 * 60.0), "48 h of which 12 were paused");
}

#[test]
fn facts_that_used_a_year_without_a_published_calendar_say_so_and_pages_tell_it() {
    let rows = rows_of(&[
        &["小区", "投诉编号", "投诉时间", "投诉内容", "首次响应时间"],
        &["翠湖花园", "T-1", "2026-12-30 10:00", "门坏了", "2026-12-30 10:30"],
        &["翠湖花园", "T-2", "2027-01-05 10:00", "灯不亮", "2027-01-05 10:30"],
        &["金桂苑", "T-3", "2026-12-30 11:00", "灯不亮", "2026-12-30 11:30"],
    ]);
    let case = Case::new().with_csv("投诉登记表.csv", &rows);
    case.run(&["--as-of", "2027-01-31", "--quiet"]).expect(0);
    let facts = case.data("facts.csv");
    let mut noted = 0;
    for fact in facts.rows().filter(|fact| fact.get("profile") == "complaint-classes") {
        let says = fact.get("note").split(' ').any(|code| code == "plain_week");
        let is_rate = fact.get("metric").starts_with("complaint.response.on_time");
        let may = (is_rate || fact.get("metric") == "complaint.overdue") && fact.get("period").starts_with("2027");
        assert!(may || !says, "{}", fact.text());
        if is_rate && may {
            assert!(says, "{}", fact.text());
        }
        noted += usize::from(says);
    }
    assert!(noted >= 12, "{noted} facts say so");
    let page = String::from_utf8(case.output().remove("2027-01/complaint-analysis.html").unwrap()).unwrap();
    assert!(page.contains("没有公布放假安排的年份"), "the page of January 2027 does not tell it");
    let page = String::from_utf8(case.output().remove("2026-12/complaint-analysis.html").unwrap()).unwrap();
    assert!(!page.contains("没有公布放假安排的年份"), "the page of December 2026 tells it");
}
