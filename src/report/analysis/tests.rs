//! Facts in, sentences out, in both languages.

use super::*;
use crate::metrics::fact::Dimension;
use crate::metrics::lists::owed::{Owed, What};
use crate::metrics::outcome::Outcome;
use crate::metrics::register::{Commitment, Kind};
use crate::moment::{DAY, Moment};
use crate::problem::Language;
use crate::records::store::NO_NAME;
use crate::report::bench::{Bench, JUNE, LAST_JUNE, MAY};

/// A part of the analysis as one text.
type Part = fn(&Analysis<'_>) -> String;

fn joined(of: &Analysis<'_>, said: &[String]) -> String {
    of.lens.words.sentences(said)
}

const VERDICT: Part = |of| verdict::sentence(of);
const CHANGES: Part = |of| joined(of, &changes::sentences(of));
const MOVERS: Part =
    |of| causes::moved(of).map_or_else(String::new, |moved| joined(of, &causes::sentences(of, &moved)));
const COMMUNITIES: Part = |of| joined(of, &places::of_communities(of));
const DEPARTMENTS: Part = |of| joined(of, &places::of_departments(of));
const BUILDINGS: Part = |of| joined(of, &places::of_buildings(of));
const TIMES: Part = |of| joined(of, &times::sentences(of));
const STANDING: Part = |of| joined(of, &standing::sentences(of));
const KEPT: Part = |of| joined(of, &kept::sentences(of));
const TODO: Part = |of| todo::said(of).iter().map(|row| row.join(" / ")).collect::<Vec<_>>().join("\n");

#[track_caller]
fn says_of(kind: &'static CaseKind, mut bench: Bench, part: Part, zh: &str, en: &str) {
    for (language, expected) in [(Language::Zh, zh), (Language::En, en)] {
        let said = bench.with(language, |input, task| Analysis::of(input, task, kind).map(|of| part(&of)));
        assert_eq!(said.as_deref(), Some(expected));
    }
}

#[track_caller]
fn says(bench: Bench, part: Part, zh: &str, en: &str) {
    says_of(&COMPLAINTS, bench, part, zh, en);
}

const RECEIVED: &str = "complaint.received";
const ON_TIME: &str = "complaint.response.on_time";

fn community(id: &str) -> Scope {
    Scope::Community(id.into())
}

fn department(id: &str) -> Scope {
    Scope::Department(id.into())
}

// The verdict.

#[test]
fn a_period_without_a_case_says_so() {
    says(
        Bench::june().count(JUNE, RECEIVED, 0.0),
        VERDICT,
        "2025年6月没有接到投诉。",
        "No complaints were received in June 2025.",
    );
    let early = Bench::june().up_to(JUNE.end() - 10 * DAY).count(JUNE, RECEIVED, 0.0);
    says(
        early,
        VERDICT,
        "2025年6月到2025年6月20日还没有接到投诉，本期尚未结束。",
        "No complaints were received in June 2025 up to 20 June 2025; the period is not over.",
    );
    says_of(
        &REPAIRS,
        Bench::june().count(JUNE, "repair.received", 0.0),
        VERDICT,
        "2025年6月没有接到报修。",
        "No repairs were received in June 2025.",
    );
}

#[test]
fn one_case_is_one_case() {
    says(
        Bench::june().count(JUNE, RECEIVED, 1.0),
        VERDICT,
        "2025年6月接到1件投诉。",
        "1 complaint was received in June 2025.",
    );
    says_of(
        &REPAIRS,
        Bench::june().count(JUNE, "repair.received", 1.0),
        VERDICT,
        "2025年6月接到1件报修。",
        "1 repair was received in June 2025.",
    );
}

#[test]
fn a_rate_is_held_against_its_target_and_few_cases_are_called_few() {
    let of = |part, all| Bench::june().count(JUNE, RECEIVED, all).share(JUNE, ON_TIME, (part, all), ">=1");
    says(
        of(2.0, 2.0),
        VERDICT,
        "2025年6月接到2件投诉；首次响应及时率100%（2/2，基数小），达到100%的目标。",
        "2 complaints were received in June 2025; first response on time: 100% (2/2, few cases), which meets the target of 100%.",
    );
    says(
        of(57.0, 60.0),
        VERDICT,
        "2025年6月接到60件投诉；首次响应及时率95.0%（57/60），没有达到100%的目标。",
        "60 complaints were received in June 2025; first response on time: 95.0% (57/60), which misses the target of 100%.",
    );
    // All late.
    says(
        of(0.0, 40.0),
        VERDICT,
        "2025年6月接到40件投诉；首次响应及时率0%（0/40），没有达到100%的目标。",
        "40 complaints were received in June 2025; first response on time: 0% (0/40), which misses the target of 100%.",
    );
    let untargeted = Bench::june().count(JUNE, RECEIVED, 40.0).share(JUNE, ON_TIME, (38.0, 40.0), "");
    says(
        untargeted,
        VERDICT,
        "2025年6月接到40件投诉；首次响应及时率为95.0%（38/40）。",
        "40 complaints were received in June 2025; first response on time: 95.0% (38/40).",
    );
}

#[test]
fn as_many_as_before_is_no_change_and_twice_as_many_of_a_hundred_is_no_chance() {
    let of = |now, then| Bench::june().count(JUNE, RECEIVED, now).count(MAY, RECEIVED, then);
    says(
        of(12.0, 12.0),
        VERDICT,
        "2025年6月接到12件投诉，与上月持平。",
        "12 complaints were received in June 2025, as many as in the previous month.",
    );
    says(
        of(13.0, 12.0),
        VERDICT,
        "2025年6月接到13件投诉，比上月多1件，在偶然波动范围内。",
        "13 complaints were received in June 2025, 1 more than in the previous month, within chance variation.",
    );
    says(
        of(200.0, 100.0),
        VERDICT,
        "2025年6月接到200件投诉，比上月多100件（+100%），超出偶然波动。",
        "200 complaints were received in June 2025, 100 more than in the previous month (+100%), beyond chance variation.",
    );
    says(
        of(1.0, 2.0),
        VERDICT,
        "2025年6月接到1件投诉，比上月少1件，在偶然波动范围内。",
        "1 complaint was received in June 2025, 1 fewer than in the previous month, within chance variation.",
    );
}

#[test]
fn what_is_valid_and_what_is_overdue_stands_in_the_verdict() {
    let of = |overdue| {
        Bench::june()
            .count(JUNE, RECEIVED, 40.0)
            .count(JUNE, "complaint.valid", 30.0)
            .share(JUNE, "complaint.valid_share", (30.0, 40.0), "")
            .count(JUNE, "complaint.overdue", overdue)
    };
    says(
        of(0.0),
        VERDICT,
        "2025年6月接到40件投诉；其中有效30件（75.0%）；到2025年6月30日没有逾期未办结的。",
        "40 complaints were received in June 2025; 30 of them are valid (75.0%); none was overdue on 30 June 2025.",
    );
    says(
        of(1.0),
        VERDICT,
        "2025年6月接到40件投诉；其中有效30件（75.0%）；到2025年6月30日有1件逾期未办结。",
        "40 complaints were received in June 2025; 30 of them are valid (75.0%); 1 was overdue on 30 June 2025.",
    );
    says(
        of(2.0),
        VERDICT,
        "2025年6月接到40件投诉；其中有效30件（75.0%）；到2025年6月30日有2件逾期未办结。",
        "40 complaints were received in June 2025; 30 of them are valid (75.0%); 2 were overdue on 30 June 2025.",
    );
}

#[test]
fn a_period_that_is_not_over_is_not_compared() {
    let early = Bench::june().up_to(JUNE.end() - 10 * DAY);
    says(
        early.count(JUNE, RECEIVED, 20.0).count(MAY, RECEIVED, 45.0),
        VERDICT,
        "2025年6月到2025年6月20日已接到20件投诉，本期尚未结束。",
        "20 complaints were received in June 2025 up to 20 June 2025, the period not being over.",
    );
    let early = Bench::june().up_to(JUNE.end() - 10 * DAY);
    let early = early.count(JUNE, RECEIVED, 20.0).count(MAY, RECEIVED, 45.0);
    let early = early.share(JUNE, ON_TIME, (19.0, 20.0), ">=1").share(MAY, ON_TIME, (45.0, 45.0), ">=1");
    says(
        early,
        CHANGES,
        "本期到2025年6月20日尚未结束，件数不与整期相比，比率只算到这一天。首次响应及时率与上月相比，变化在偶然波动范围内。资料中没有去年同期的数字，不作比较。",
        "The period was not over on 20 June 2025: its counts are not compared with whole periods, and its rates run up to that day. First response on time: the change since the previous month is within chance variation. The data hold no figures of the same period a year ago, so there is no comparison.",
    );
}

// What changed.

#[test]
fn without_earlier_periods_nothing_is_compared() {
    says(
        Bench::june().count(JUNE, RECEIVED, 20.0),
        CHANGES,
        "资料中没有上月和去年同期的数字，不作比较。",
        "The data hold no figures of the previous month or of the same period a year ago, so there is no comparison.",
    );
    says(
        Bench::june().count(JUNE, RECEIVED, 20.0).count(MAY, RECEIVED, 18.0),
        CHANGES,
        "接到的投诉比上月多2件，在偶然波动范围内。资料中没有去年同期的数字，不作比较。",
        "Complaints received: 2 more than in the previous month, within chance variation. The data hold no figures of the same period a year ago, so there is no comparison.",
    );
    let year = Period::Year(2025);
    says(
        Bench::of(year).count(year, RECEIVED, 20.0),
        CHANGES,
        "资料中没有上年的数字，不作比较。",
        "The data hold no figures of the previous year, so there is no comparison.",
    );
}

#[test]
fn every_length_of_period_names_the_one_before() {
    for (period, zh, en) in [
        (
            Period::Quarter(2025, 2),
            "接到的投诉比上季度多20件（+50.0%），在偶然波动范围内；比去年同期多20件（+50.0%），在偶然波动范围内。",
            "Complaints received: 20 more than in the previous quarter (+50.0%), within chance variation; 20 more than in the same period a year ago (+50.0%), within chance variation.",
        ),
        (
            Period::Half(2025, 1),
            "接到的投诉比2024年下半年多20件（+50.0%），超出偶然波动；比去年同期多20件（+50.0%），在偶然波动范围内。",
            "Complaints received: 20 more than in the second half of 2024 (+50.0%), beyond chance variation; 20 more than in the same period a year ago (+50.0%), within chance variation.",
        ),
        (
            Period::Year(2025),
            "接到的投诉比上年多20件（+50.0%），在偶然波动范围内。",
            "Complaints received: 20 more than in the previous year (+50.0%), within chance variation.",
        ),
    ] {
        let bench = Bench::of(period).count(period, RECEIVED, 60.0).count(period.previous(), RECEIVED, 40.0);
        says(bench.count(period.year_before(), RECEIVED, 40.0), CHANGES, zh, en);
    }
}

#[test]
fn shares_within_chance_are_told_together_and_those_beyond_alone() {
    let bench =
        Bench::june().count(JUNE, RECEIVED, 400.0).count(MAY, RECEIVED, 400.0).count(LAST_JUNE, RECEIVED, 400.0);
    let bench = bench
        .share(JUNE, ON_TIME, (300.0, 400.0), ">=1")
        .share(MAY, ON_TIME, (380.0, 400.0), ">=1")
        .share(JUNE, "complaint.valid_share", (200.0, 400.0), "")
        .share(MAY, "complaint.valid_share", (198.0, 400.0), "")
        .share(JUNE, "complaint.resolved_share", (399.0, 400.0), "")
        .share(MAY, "complaint.resolved_share", (398.0, 400.0), "");
    says(
        bench,
        CHANGES,
        "接到的投诉与上月持平；与去年同期持平。首次响应及时率比上月降20.0个百分点，超出偶然波动。有效率与上月相比，变化在偶然波动范围内。办结率不与前期相比：前期的案件到2025年6月30日有更长的时间办理。",
        "Complaints received: as many as in the previous month; as many as in the same period a year ago. First response on time: 20.0 points below the previous month, beyond chance variation. Share of valid: the change since the previous month is within chance variation. Resolved: not compared, since by 30 June 2025 the cases of earlier periods had longer to be dealt with.",
    );
}

#[test]
fn a_community_without_earlier_figures_is_part_of_the_change() {
    let bench = Bench::june().community("c1", "翠园").community("c2", "海棠湾");
    let bench = bench.count(JUNE, RECEIVED, 40.0).count(MAY, RECEIVED, 30.0);
    let bench = bench.count_of(community("c1"), RECEIVED, 30.0).count_of(community("c2"), RECEIVED, 10.0);
    says(
        bench,
        CHANGES,
        "接到的投诉比上月多10件（+33.3%），在偶然波动范围内。翠园、海棠湾上月没有资料，件数的变化含这一差别。资料中没有去年同期的数字，不作比较。",
        "Complaints received: 10 more than in the previous month (+33.3%), within chance variation. 翠园, 海棠湾 have no figures of the previous month; that is part of the change. The data hold no figures of the same period a year ago, so there is no comparison.",
    );
}

// What drives it.

fn categories(now: &[(&str, f64)], then: &[(&str, f64)]) -> Bench {
    let sum = |list: &[(&str, f64)]| list.iter().map(|(_, n)| n).sum();
    Bench::june()
        .count(JUNE, RECEIVED, sum(now))
        .count(MAY, RECEIVED, sum(then))
        .by(JUNE, RECEIVED, Dimension::Category, now)
        .by(MAY, RECEIVED, Dimension::Category, then)
}

#[test]
fn categories_that_rose_or_fell_beyond_chance_are_named() {
    says(
        categories(&[("噪音", 30.0), ("停车", 20.0)], &[("噪音", 5.0), ("停车", 21.0)]),
        MOVERS,
        "与上月相比明显增多的是“噪音”（5→30件）。其余各类的增减在偶然波动范围内。",
        "Clearly more than in the previous month: “噪音” (5 → 30). The other changes are within chance variation.",
    );
    says(
        categories(&[("噪音", 2.0), ("停车", 20.0)], &[("噪音", 25.0), ("停车", 21.0)]),
        MOVERS,
        "与上月相比明显减少的是“噪音”（25→2件）。其余各类的增减在偶然波动范围内。",
        "Clearly fewer than in the previous month: “噪音” (25 → 2). The other changes are within chance variation.",
    );
    says(
        categories(&[("噪音", 4.0), ("停车", 20.0)], &[("噪音", 2.0), ("停车", 20.0)]),
        MOVERS,
        "与上月相比，各类的增减都在偶然波动范围内。",
        "Against the previous month no category moved beyond chance variation.",
    );
    says(
        categories(&[("噪音", 9.0), ("停车", 20.0)], &[("噪音", 6.0), ("停车", 20.0)]),
        MOVERS,
        "与上月相比，各类的增减都在偶然波动范围内，变动最大的是“噪音”（6→9件）。",
        "Against the previous month no category moved beyond chance variation; the largest change is “噪音” (6 → 9).",
    );
    says(
        categories(&[("噪音", 4.0), ("停车", 20.0)], &[("噪音", 4.0), ("停车", 20.0)]),
        MOVERS,
        "各类件数都与上月相同。",
        "Every category has as many cases as in the previous month.",
    );
    let few = [("甲", 1.0), ("乙", 1.0), ("丙", 1.0), ("丁", 1.0), ("戊", 30.0)];
    let many = [("甲", 34.0), ("乙", 33.0), ("丙", 32.0), ("丁", 31.0), ("戊", 31.0)];
    says(
        categories(&few, &many),
        MOVERS,
        "与上月相比明显减少的是“甲”（34→1件）、“乙”（33→1件）、“丙”（32→1件）等4类。其余各类的增减在偶然波动范围内。",
        "Clearly fewer than in the previous month: “甲” (34 → 1), “乙” (33 → 1), “丙” (32 → 1) and others (4 in all). The other changes are within chance variation.",
    );
    // One category says no more than the total; too many unnamed cases forbid the comparison.
    says(categories(&[("噪音", 40.0)], &[("噪音", 4.0)]), MOVERS, "", "");
    says(categories(&[("噪音", 40.0), ("停车", 9.0), ("none", 40.0)], &[("噪音", 4.0)]), MOVERS, "", "");
}

fn places(loads: &[(&'static str, &'static str, f64, f64)]) -> Bench {
    let all = loads.iter().map(|(_, _, n, _)| n).sum();
    let mut bench = Bench::june().count(JUNE, RECEIVED, all);
    for (id, name, n, households) in loads {
        bench = bench.community(id, name).count_of(community(id), RECEIVED, *n);
        bench = bench.density(community(id), "complaint.per_1000_households", (*n, *households));
    }
    bench
}

#[test]
fn a_large_community_has_most_and_a_dense_one_too_many() {
    says(
        places(&[("c1", "翠园", 60.0, 600.0), ("c2", "海棠湾", 20.0, 200.0)]),
        COMMUNITIES,
        "各小区中，翠园最多，60件，占75.0%。按户数摊，各小区之间的差别在偶然波动范围内。",
        "By community, 翠园 has most: 60 cases, 75.0%. For their households, the differences between communities are within chance variation.",
    );
    says(
        places(&[("c1", "翠园", 60.0, 600.0), ("c2", "海棠湾", 60.0, 200.0)]),
        COMMUNITIES,
        "各小区中，翠园、海棠湾并列最多，各60件。按户数摊，海棠湾的件数偏多，超出偶然波动。按户数摊，翠园的件数偏少，超出偶然波动。每千户件数最高的是海棠湾，300.00件；最低的是翠园，100.00件。",
        "By community, 翠园, 海棠湾 have most, 60 cases each. More cases than their households account for, beyond chance: 海棠湾. Fewer cases than their households account for, beyond chance: 翠园. Cases per 1,000 households: most in 海棠湾, 300.00, fewest in 翠园, 100.00.",
    );
    says(places(&[("c1", "翠园", 60.0, 600.0)]), COMMUNITIES, "", "");
}

#[test]
fn communities_that_differ_only_when_looked_at_together_are_not_called_alike() {
    let names = [
        ("c1", "甲"),
        ("c2", "乙"),
        ("c3", "丙"),
        ("c4", "丁"),
        ("c5", "戊"),
        ("c6", "己"),
        ("c7", "庚"),
        ("c8", "辛"),
    ];
    let counts = [62.0, 38.0, 61.0, 39.0, 60.0, 40.0, 60.0, 40.0];
    let loads: Vec<_> = names.iter().zip(counts).map(|((id, name), n)| (*id, *name, n, 1_000.0)).collect();
    says(
        places(&loads),
        COMMUNITIES,
        "各小区中，甲最多，62件，占15.5%。按户数摊，各小区之间的差别合起来看超出偶然波动。每千户件数最高的是甲，62.00件；最低的是乙，38.00件。",
        "By community, 甲 has most: 62 cases, 15.5%. For their households, the communities differ beyond chance when all are looked at together. Cases per 1,000 households: most in 甲, 62.00, fewest in 乙, 38.00.",
    );
}

#[test]
fn where_most_communities_lie_above_the_few_below_are_named() {
    says(
        places(&[("c1", "甲", 100.0, 1_000.0), ("c2", "乙", 100.0, 1_000.0), ("c3", "丙", 10.0, 1_000.0)]),
        COMMUNITIES,
        "各小区中，甲、乙并列最多，各100件。按户数摊，丙的件数偏少，超出偶然波动。每千户件数最高的是甲，100.00件；最低的是丙，10.00件。",
        "By community, 甲, 乙 have most, 100 cases each. Fewer cases than their households account for, beyond chance: 丙. Cases per 1,000 households: most in 甲, 100.00, fewest in 丙, 10.00.",
    );
}

#[test]
fn of_a_handful_of_cases_nobody_says_that_communities_are_alike() {
    says(
        places(&[("c1", "甲", 3.0, 1_000.0), ("c2", "乙", 2.0, 1_000.0)]),
        COMMUNITIES,
        "各小区中，没有哪一个突出。",
        "By community, none stands out.",
    );
}

#[test]
fn departments_are_told_by_number_and_by_rate_and_where_there_are_none_nothing_is() {
    let bench = Bench::june().count(JUNE, RECEIVED, 50.0).department("eng", "工程部").department("sec", "秩序部");
    let bench = bench.count_of(department("eng"), RECEIVED, 30.0).count_of(department("sec"), RECEIVED, 15.0);
    let bench = bench.count_of(department("none"), RECEIVED, 5.0);
    let bench = bench.share_of(JUNE, department("eng"), ON_TIME, (30.0, 30.0), ">=1").share_of(
        JUNE,
        department("sec"),
        ON_TIME,
        (12.0, 15.0),
        ">=1",
    );
    says(
        bench,
        DEPARTMENTS,
        "各责任部门中，工程部最多，30件，占60.0%。另有5件没有责任部门。首次响应及时率最低的是秩序部，80.0%（12/15，基数小）。",
        "By department, 工程部 has most: 30 cases, 60.0%. 5 more cases have no department. First response on time: lowest in 秩序部, 80.0% (12/15, few cases).",
    );
    says(Bench::june().count(JUNE, RECEIVED, 50.0), DEPARTMENTS, "", "");
}

#[test]
fn departments_with_a_handful_of_cases_are_named_neither_as_highest_nor_as_lowest() {
    let of = |rates: [(f64, f64); 3]| {
        let bench = Bench::june().department("eng", "工程部").department("sec", "秩序部").department("cln", "环境部");
        let bench = bench.count(JUNE, RECEIVED, rates.iter().map(|(_, all)| all).sum());
        ["eng", "sec", "cln"].into_iter().zip(rates).fold(bench, |bench, (id, of)| {
            let bench = bench.count_of(department(id), RECEIVED, of.1);
            bench.share_of(JUNE, department(id), ON_TIME, of, ">=1")
        })
    };
    says(
        of([(4.0, 4.0), (3.0, 4.0), (0.0, 1.0)]),
        DEPARTMENTS,
        "各责任部门中，没有哪一个突出。",
        "By department, none stands out.",
    );
    // The one case that was late is no lowest rate.
    says(
        of([(20.0, 20.0), (9.0, 10.0), (0.0, 1.0)]),
        DEPARTMENTS,
        "各责任部门中，工程部最多，20件，占64.5%。首次响应及时率最低的是秩序部，90.0%（9/10，基数小）。",
        "By department, 工程部 has most: 20 cases, 64.5%. First response on time: lowest in 秩序部, 90.0% (9/10, few cases).",
    );
    says(
        of([(20.0, 20.0), (9.0, 10.0), (9.0, 10.0)]),
        DEPARTMENTS,
        "各责任部门中，工程部最多，20件，占50.0%。首次响应及时率最低的是环境部、秩序部，都是90.0%。",
        "By department, 工程部 has most: 20 cases, 50.0%. First response on time: lowest in 环境部, 秩序部, 90.0% each.",
    );
}

#[test]
fn buildings_with_a_few_cases_do_not_stand_out() {
    let of = |counts: &[(&str, f64)]| {
        let all = counts.iter().map(|(_, n)| n).sum();
        let bench = Bench::june().community("c1", "翠园").in_community("c1").count(JUNE, RECEIVED, all);
        bench.by(JUNE, RECEIVED, Dimension::Building, counts)
    };
    says(
        of(&[("1", 7.0), ("2", 6.0), ("3", 5.0)]),
        BUILDINGS,
        "各楼栋中，1栋最多，7件，占38.9%，没有超出各楼栋均摊时的偶然波动。",
        "By building, building 1 has most: 7 cases, 38.9%, no more than chance gives to buildings that are alike.",
    );
    says(
        of(&[("1", 20.0), ("2", 2.0), ("3", 1.0), ("none", 1.0)]),
        BUILDINGS,
        "各楼栋中，1栋最多，20件，占83.3%，超出各楼栋均摊时的偶然波动。另有1件没有写明楼栋。",
        "By building, building 1 has most: 20 cases, 83.3%, beyond what chance gives to buildings that are alike. 1 more case names no building.",
    );
    says(
        of(&[("1", 6.0), ("2", 6.0), ("3", 5.0)]),
        BUILDINGS,
        "各楼栋中，1栋、2栋并列最多，各6件，没有超出各楼栋均摊时的偶然波动。",
        "By building, building 1, building 2 have most, 6 cases each, no more than chance gives to buildings that are alike.",
    );
    says(
        of(&[("1", 4.0), ("2", 1.0)]),
        BUILDINGS,
        "各楼栋件数都少，没有突出的。",
        "No building stands out: all have few cases.",
    );
}

#[test]
fn the_week_and_the_day_have_a_pattern_only_where_there_are_enough_cases() {
    let of = |days: &[(&str, f64)], hours: &[(&str, f64)]| {
        Bench::june().count(JUNE, RECEIVED, 70.0).by(JUNE, RECEIVED, Dimension::Weekday, days).by(
            JUNE,
            RECEIVED,
            Dimension::Hour,
            hours,
        )
    };
    let even: Vec<(&str, f64)> = ["1", "2", "3", "4", "5", "6", "7"].iter().map(|day| (*day, 10.0)).collect();
    says(
        of(&even, &[("09", 30.0), ("10", 5.0), ("20", 10.0)]),
        TIMES,
        "一周之中各天件数差不多，没有突出的。周六、周日共20件，占28.6%。写明钟点的45件中，9时至12时最多，35件，占77.8%。",
        "Over the week no day stands out. 20 came at the weekend, 28.6%. Of 45 cases that tell their hour, most came between 9 and 12 o’clock: 35, 77.8%.",
    );
    says(
        of(&[("1", 40.0), ("6", 5.0), ("7", 5.0)], &[("09", 3.0)]),
        TIMES,
        "一周之中，周一最多，40件，占80.0%，各天的差别超出偶然波动。周六、周日共10件，占20.0%。写明钟点的只有3件，看不出一天中的规律。",
        "Over the week, Mon has most: 40 cases, 80.0%; the differences between days are beyond chance variation. 10 came at the weekend, 20.0%. Only 3 cases tell their hour, which shows no pattern over the day.",
    );
    says(of(&[("1", 2.0)], &[]), TIMES, "只有2件，看不出一周中的规律。", "2 cases show no pattern over the week.");
}

#[test]
fn beside_a_heat_map_the_week_is_told_of_the_cases_that_it_shows() {
    // By date Monday leads, by date and hour Tuesday; three stretches of hours hold as many.
    let bench = Bench::june().count(JUNE, RECEIVED, 69.0).by(
        JUNE,
        RECEIVED,
        Dimension::Weekday,
        &[("1", 26.0), ("2", 23.0), ("6", 20.0)],
    );
    let bench = bench.by(JUNE, RECEIVED, Dimension::Hour, &[("13", 22.0), ("15", 21.0), ("17", 22.0)]);
    let shown = [("1", "13", 22.0), ("2", "15", 21.0), ("2", "17", 2.0), ("6", "17", 20.0)];
    says(
        bench.by_day_and_hour(JUNE, RECEIVED, &shown),
        TIMES,
        "本节按写明接到钟点的65件说，共接到69件。一周之中，周二最多，23件，占35.4%，各天的差别超出偶然波动。周六、周日共20件，占30.8%。写明钟点的65件中，13时至16时最多，43件，占66.2%。",
        "This section speaks of the 65 cases of 69 that tell their hour. Over the week, Tue has most: 23 cases, 35.4%; the differences between days are beyond chance variation. 20 came at the weekend, 30.8%. Of 65 cases that tell their hour, most came between 13 and 16 o’clock: 43, 66.2%.",
    );
}

// What is late or open.

fn open(open: f64, overdue: f64, ages: &[(&str, f64)]) -> Bench {
    Bench::june()
        .count(JUNE, RECEIVED, 40.0)
        .count(JUNE, "complaint.open", open)
        .count(JUNE, "complaint.overdue", overdue)
        .under("service-center")
        .count(JUNE, "complaint.open_at_end", open)
        .by(JUNE, "complaint.open", Dimension::Age, ages)
}

#[test]
fn open_cases_are_told_with_their_age_and_what_is_overdue() {
    says(
        open(0.0, 0.0, &[]),
        STANDING,
        "本期接到的到2025年6月30日都已办结。连同以前各期，2025年6月30日24时没有未办结的。",
        "All cases of the period were closed by 30 June 2025. With earlier periods, no case is open at 24:00 on 30 June 2025.",
    );
    says(
        open(1.0, 0.0, &[("3_to_7_days", 1.0)]),
        STANDING,
        "本期接到的，到2025年6月30日还有1件没有办结，已开3至7天。按《服务中心工作手册》的时限，没有逾期的。连同以前各期，2025年6月30日24时共有1件未办结。",
        "Of the cases of the period 1 is still open on 30 June 2025, for 3 to 7 days. By the limits of the Service centre manual none is overdue. With earlier periods, 1 case is open at 24:00 on 30 June 2025.",
    );
    says(
        open(1.0, 1.0, &[("7_to_15_days", 1.0)]),
        STANDING,
        "本期接到的，到2025年6月30日还有1件没有办结，已开7至15天。按《服务中心工作手册》的时限，这件已经逾期。连同以前各期，2025年6月30日24时共有1件未办结。",
        "Of the cases of the period 1 is still open on 30 June 2025, for 7 to 15 days. By the limits of the Service centre manual it is overdue. With earlier periods, 1 case is open at 24:00 on 30 June 2025.",
    );
    says(
        open(5.0, 2.0, &[("under_3_days", 3.0), ("over_30_days", 2.0)]),
        STANDING,
        "本期接到的，到2025年6月30日还有5件没有办结，其中已开7天以上的2件。按《服务中心工作手册》的时限，其中2件已经逾期。连同以前各期，2025年6月30日24时共有5件未办结。",
        "Of the cases of the period 5 are still open on 30 June 2025, 2 of them for over 7 days. By the limits of the Service centre manual 2 of them are overdue. With earlier periods, 5 cases are open at 24:00 on 30 June 2025.",
    );
    says(
        open(5.0, 5.0, &[("15_to_30_days", 5.0)]),
        STANDING,
        "本期接到的，到2025年6月30日还有5件没有办结，已开15至30天。按《服务中心工作手册》的时限，这5件都已逾期。连同以前各期，2025年6月30日24时共有5件未办结。",
        "Of the cases of the period 5 are still open on 30 June 2025, all for 15 to 30 days. By the limits of the Service centre manual all 5 of them are overdue. With earlier periods, 5 cases are open at 24:00 on 30 June 2025.",
    );
    says(Bench::june().count(JUNE, RECEIVED, 4.0), STANDING, "", "");
}

// What was promised and kept.

#[test]
fn promises_are_told_as_far_as_they_were_due() {
    let of = |made, kept| {
        Bench::june().count(JUNE, RECEIVED, 4.0).count(JUNE, "promise.made", made).share(
            JUNE,
            "promise.kept_share",
            kept,
            "",
        )
    };
    says(of(1.0, (0.0, 0.0)), KEPT, "承诺1项，还没有到期。", "1 promise: not due yet.");
    says(of(3.0, (3.0, 3.0)), KEPT, "承诺3项，应完成3项，都已完成。", "3 promises: 3 due, all done.");
    says(of(3.0, (0.0, 2.0)), KEPT, "承诺3项，应完成2项，没有一项完成。", "3 promises: 2 due, none done.");
    says(of(6.0, (4.0, 5.0)), KEPT, "承诺6项，应完成5项，已完成4项（80.0%）。", "6 promises: 5 due, 4 done (80.0%).");
    says(Bench::june().count(JUNE, RECEIVED, 4.0), KEPT, "", "");
}

#[test]
fn duties_not_done_in_time_are_named() {
    let of = |monthly| {
        let bench = Bench::june().count(JUNE, RECEIVED, 4.0);
        bench.share(JUNE, "schedule.monthly_publication", monthly, "").under("complaint-classes")
    };
    says(of((1.0, 1.0)), KEPT, "到期的事务1次，按时完成。", "1 duty fell due and was done in time.");
    says(
        of((3.0, 5.0)),
        KEPT,
        "到期的事务5次，按时完成3次；没有按时的：“公布上月投诉和建议及处理情况”2次。",
        "5 duties fell due, 3 done in time; not in time: Last month's complaints and suggestions published with their handling (2).",
    );
}

// What to do.

fn owed(department: u32, row: u32, days: i64) -> Owed {
    Owed {
        what: What::Complaint,
        is_overdue: days > 0,
        due: JUNE.end() - days * DAY,
        profile: "complaint-classes".into(),
        id: "response".into(),
        clause: "4.3.2".into(),
        community: NO_NAME,
        department,
        number: None,
        place: None,
        about: "".into(),
        source: Some((0, row)),
    }
}

#[test]
fn overdue_cases_go_to_their_departments_and_without_one_the_line_is_left_to_fill_in() {
    let mut bench = Bench::june().count(JUNE, RECEIVED, 9.0).department("eng", "工程部");
    bench.lists.owed = vec![owed(0, 1, 9), owed(0, 1, 8), owed(0, 2, 3), owed(NO_NAME, 3, 1), owed(0, 4, -1)];
    says(
        bench,
        TODO,
        "办理已过期限的2件投诉 最早2025年6月21日到期，最久已过9 天 / 工程部 / 立即\n办理已过期限的1件投诉 2025年6月29日到期，已过1 天 / ____ / 立即\n按期办理即将到期的1件投诉 首次响应 / 工程部 / 最早2025年7月1日",
        "Deal with 2 complaints past their limit earliest due 21 June 2025, the longest 9 d past / 工程部 / at once\nDeal with 1 complaint past its limit due 29 June 2025, 1 d past / ____ / at once\nDeal in time with 1 complaint due soon First response / 工程部 / from 1 July 2025 on",
    );
}

#[test]
fn a_missed_target_names_where_most_are_late_and_leaves_who_and_when_open() {
    let bench = Bench::june().community("c1", "翠园").community("c2", "海棠湾").count(JUNE, RECEIVED, 100.0);
    let bench = bench
        .share(JUNE, ON_TIME, (90.0, 100.0), ">=1")
        .share_of(JUNE, community("c1"), ON_TIME, (40.0, 48.0), ">=1")
        .share_of(JUNE, community("c2"), ON_TIME, (50.0, 52.0), ">=1");
    says(
        bench,
        TODO,
        "首次响应及时率90.0%（90/100），目标100%：查明原因，定出措施 超时10件，翠园最多（8件） / ____ / ____",
        "First response in time: 90.0% (90/100), target 100%: find the cause and set a measure 10 late, most in 翠园 (8) / ____ / ____",
    );
}

#[test]
fn a_category_that_rose_goes_to_its_department_with_the_measure_on_record() {
    let risen = || {
        let mut bench = categories(&[("噪音", 30.0), ("停车", 20.0)], &[("噪音", 5.0), ("停车", 21.0)]);
        bench = bench.department("sec", "秩序部");
        bench.lists.category_departments.insert("噪音".into(), 0);
        bench
    };
    says(
        risen(),
        TODO,
        "查明“噪音”（5→30件）增多的原因，定出措施 措施登记中没有针对它的措施 / 秩序部 / ____",
        "Find out why “噪音” (5 → 30) rose, and set a measure no measure on record against it / 秩序部 / ____",
    );
    let mut bench = risen();
    bench.lists.commitments = vec![measure("噪音", Some(JUNE.end() + 4 * DAY))];
    says(
        bench,
        TODO,
        "查明“噪音”（5→30件）增多的原因，定出措施 已登记的措施：装修只许在工作日 / 秩序部 / 2025年7月5日",
        "Find out why “噪音” (5 → 30) rose, and set a measure Measure on record: 装修只许在工作日 / 秩序部 / 5 July 2025",
    );
}

fn measure(category: &str, due: Option<i64>) -> Commitment {
    Commitment {
        kind: Kind::Measure,
        period: Some(JUNE),
        community: NO_NAME,
        department: 0,
        category: category.into(),
        text: "装修只许在工作日".into(),
        due: due.map(|seconds| Moment { seconds, date_only: true }),
        done: None,
        is_done: false,
        is_verified: false,
        outcome: Outcome::NotDue,
        source: 0,
        row: 3,
        line: 3,
    }
}

#[test]
fn where_nothing_is_to_do_the_page_says_so() {
    let mut bench = Bench::june().count(JUNE, RECEIVED, 4.0);
    for (language, expected) in
        [(Language::Zh, "从现有资料看不出要办的事项。"), (Language::En, "The data show nothing that is to be done.")]
    {
        let section = bench.with(language, |input, task| {
            Analysis::of(input, task, &COMPLAINTS).map(|of| format!("{:?}", todo::section(&of).blocks))
        });
        assert!(section.unwrap_or_default().contains(expected), "{expected}");
    }
}

#[test]
fn past_periods_name_what_is_overdue_to_this_day() {
    let later = Bench::june().up_to(JUNE.end() + 40 * DAY).count(JUNE, RECEIVED, 40.0);
    says(
        later.count(JUNE, "complaint.overdue", 3.0).under("service-center"),
        TODO,
        "办结本期接到、至今逾期的3件投诉 / ____ / ____",
        "Close 3 complaints of this period that are overdue to this day / ____ / ____",
    );
}
