//! What the further entries of a profile give: assignments, warranty, windows, numbering, retention, reopening, joins.

use super::bench::Bench;
use crate::metrics::ratio;
use crate::metrics::taker::{Maker, Taker};

const HEAD: &str = "title = { zh = \"题\", en = \"title\" }\nclause = \"1\"\nsubject = \"complaint\"\n";

#[test]
fn of_each_kind_the_first_assignment_that_holds_is_taken() {
    let entry = |kind: &str, id: &str, when: &str| {
        format!("[[assign]]\nid = \"{id}\"\nkind = \"{kind}\"\n{HEAD}when = {{ {when} }}\n")
    };
    let profile = [
        entry("approval", "small", "cost = \"<50000\""),
        entry("approval", "large", "cost = \">=50000\""),
        entry("demand", "return", "demand = [\"退\"]"),
        entry("demand", "other", ""),
    ];
    let bench = Bench::new(
        &profile.concat(),
        &[
            "received=2025-03-01; cost=49999.99; demand=退货",
            "received=2025-03-02; cost=50000; demand=退换",
            "received=2025-03-03; demand=减价",
            "received=2025-04-03; cost=1",
        ],
    );
    let of = |metric: &str| bench.value(&format!("complaint.{metric}"), "2025-03");
    assert_eq!((of("approval.small"), of("approval.large")), (Some(1.0), Some(1.0)));
    assert_eq!((of("demand.return"), of("demand.other")), (Some(2.0), Some(1.0)));
    assert_eq!((of("demand.none"), bench.value("complaint.demand.return", "2025-04")), (None, Some(0.0)));
    assert_eq!(bench.value("complaint.approval.small", "2025-Q2"), Some(1.0));
}

fn warranty(more: &str, terms: &[&str]) -> String {
    let term = |term: &&str| {
        format!(
            "[[warranty.term]]\ntitle = {{ zh = \"题\", en = \"t\" }}\nclause = \"2\"\nfrom = \"warranty_from\"\n{term}\n"
        )
    };
    let terms: String = terms.iter().map(term).collect();
    format!("[warranty]\nclause = \"1\"\nsubject = \"complaint\"\nreplaced_by = \"warranty_until\"\n{more}\n{terms}")
}

const LEAK: &str = "id = \"leak\"\nwords = [\"渗\", \"漏\"]\nwithin = \"5 years\"";
const HEAT: &str =
    "id = \"heat\"\nwords = [\"供热\", \"暖\"]\nseasons = { number = 2, from = \"11-15\", to = \"03-15\" }";
const BASE: &str = "id = \"base\"\nwords = [\"基础\"]\ndesign_life = true";

fn covers(profile: &str, cases: &[&str]) -> Vec<&'static str> {
    const WORDS: [&str; 8] = ["in", "out", "no_start", "no_part", "unknown", "uncertain", "impossible", "not_ruled"];
    Bench::new(profile, cases).codes("warranty").into_iter().map(|code| WORDS[code as usize]).collect()
}

#[test]
fn a_part_is_in_warranty_to_the_end_of_the_last_day_of_its_term() {
    let cases = [
        "part=屋面渗漏; received=2025-06-01 23:59:59; warranty_from=2020-06-01",
        "part=屋面渗漏; received=2025-06-02 00:00:01; warranty_from=2020-06-01",
        "text=天花漏水; received=2025-06-01; warranty_from=2020-06-01",
        "part=屋面渗漏; received=2025-06-01",
        "part=门铃; received=2025-06-01; warranty_from=2020-06-01",
        "part=基础下沉; received=2025-06-01",
        "part=屋面渗漏; received=2020-05-31; warranty_from=2020-06-01",
        "part=门铃; received=2025-06-01; warranty_until=2025-06-01",
        "part=屋面渗漏; received=2025-06-02; warranty_from=2024-06-01; warranty_until=2025-06-01",
        "part=屋面渗漏; received=2025-06-01; warranty_from=2024-06-01; urgent=yes",
    ];
    let profile = warranty("not = { urgent = true }", &[BASE, HEAT, LEAK]);
    let expected = ["in", "out", "in", "no_start", "no_part", "in", "impossible", "in", "out", "out"];
    assert_eq!(covers(&profile, &cases), expected);
    let bench = Bench::new(&profile, &cases);
    assert_eq!(bench.share("complaint.in_warranty_share", "2025-06"), Some((4.0, 7.0, 2)));
}

#[test]
fn a_term_of_two_seasons_ends_with_the_second_that_begins_after_the_start() {
    let of = |received: &str, from: &str| {
        covers(&warranty("", &[HEAT]), &[&format!("part=供暖; received={received}; warranty_from={from}")])[0]
    };
    assert_eq!(of("2025-03-15", "2023-06-01"), "in");
    assert_eq!(of("2025-03-16 00:00:01", "2023-06-01"), "out");
    // Accepted on the first day of a season: that one had begun.
    assert_eq!(of("2025-12-01", "2023-11-15"), "in");
    assert_eq!(of("2025-12-01", "2023-11-14"), "out");
}

#[test]
fn cases_of_the_last_days_of_a_month_count_in_the_next_one_of_the_window() {
    let bench = Bench::new(
        &format!("[[window]]\nid = \"monthly\"\n{HEAD}from_day = 26\nto_day = 25\n"),
        &[
            "received=2025-03-25 23:59; repeat=yes; major=no",
            "received=2025-03-26 00:00; repeat=no; major=yes",
            "received=2025-12-26; repeat=yes; major=yes",
            "received=2025-02-26; repeat=yes; major=yes",
        ],
    );
    let of = |what: &str, period: &str| bench.value(&format!("complaint.monthly.{what}"), period);
    assert_eq!(
        (of("received", "2025-03"), of("received", "2025-04"), of("received", "2025-02")),
        (Some(2.0), Some(1.0), None)
    );
    assert_eq!((of("repeat", "2025-03"), of("repeat", "2025-04")), (Some(2.0), Some(0.0)));
    assert_eq!(
        (of("major", "2025-03"), of("received", "2026-01"), of("received", "2025")),
        (Some(1.0), Some(1.0), Some(3.0))
    );
    assert_eq!(bench.value("complaint.received", "2025-03"), Some(2.0), "the plain month stays as it is");
}

#[test]
fn numbers_and_time_to_be_kept_are_counted_with_what_nobody_tells() {
    let profile = "[numbering]\nclause = \"1\"\nsubject = \"complaint\"\npattern = \"8D{date}{serial}\"\n\
                   [retention]\nclause = \"2\"\nsubject = \"complaint\"\nafter = \"expires\"\nkeep = \"1 year\"\n";
    let bench = Bench::new(
        profile,
        &[
            "received=2025-03-31; number=8D20250331001; expires=2024-12-30; resolved=2025-04-01",
            "received=2025-03-31; number=8D20250330001; expires=2024-12-31; resolved=2025-04-01",
            "received=2025-03-31; expires=2026-05-01; resolved=2025-04-01",
            "received=2025-03-31; expires=; resolved=2025-04-01",
        ],
    );
    assert_eq!(bench.share("complaint.numbered_share", "2025-03"), Some((1.0, 2.0, 2)));
    let kept = bench.fact("complaint.to_keep", "2025-03").unwrap();
    assert_eq!((kept.value, kept.excluded), (Some(2.0), 1), "as of the end of 2025 the first may go");
}

const UNTIL: &str = "[callback]\nclause = \"7\"\nuntil_satisfied = true\n";

#[test]
fn a_case_that_was_opened_again_keeps_its_first_and_its_total_resolution() {
    let cases = [
        "received=2025-03-01 08:00; resolved=2025-03-01 09:00; reopened=2025-03-02 08:00; resolved_again=2025-03-03 08:00",
        "received=2025-03-01 08:00; resolved=2025-03-01 10:00; reopened=",
        "received=2025-03-01 08:00; resolved=2025-03-01 09:00; reopened=2025-03-02 08:00; resolved_again=",
        "received=2025-03-01 08:00; resolved=; reopened=",
    ];
    let bench = Bench::new("", &cases);
    assert_eq!(bench.share("complaint.resolution.mean", "2025-03"), Some((240.0, 3.0, 1)));
    assert_eq!(bench.share("complaint.total_resolution.mean", "2025-03"), Some((3_000.0, 2.0, 2)));
    assert_eq!(bench.share("complaint.reopened_share", "2025-03"), Some((2.0, 3.0, 0)));
    assert_eq!(bench.value("complaint.open", "2025-03"), Some(2.0), "opened again and not resolved again");
    assert_eq!(bench.value("complaint.open_at_end", "2025-12"), Some(2.0));
    assert_eq!(Bench::new("", &["received=2025-03-01"]).value("complaint.reopened_share", "2025-03"), None);
}

#[test]
fn a_dissatisfied_callback_opens_a_case_again_where_the_procedure_says_so() {
    let cases = [
        "received=2025-03-01; resolved=2025-03-02; place=1-101; opinion=dissatisfied; called_back=2025-03-03",
        "received=2025-03-01; resolved=2025-03-02; place=1-102; opinion=satisfied; called_back=2025-03-03",
        "received=2025-03-01; resolved=2025-03-02; place=1-103",
    ];
    let bench =
        Bench::new(UNTIL, &cases).with_callbacks(&cases, &["place=1栋101; called_back=2025-03-09; opinion=satisfied"]);
    assert_eq!(bench.share("complaint.reopened_share", "2025-03"), Some((1.0, 2.0, 1)));
    let rounds = bench.of_callbacks("callback.rounds", "2025-03").unwrap();
    assert_eq!((rounds.numerator, rounds.denominator, rounds.excluded), (Some(3.0), Some(2.0), 0));
}

const FOLLOW: &str = "[follow_up]\nclause = \"9\"\nagain_within_days = 30\n";

#[test]
fn a_callback_belongs_to_the_last_resolved_case_of_its_household() {
    let deadline =
        format!("[[deadline]]\nid = \"back\"\nfrom = \"resolved\"\nto = \"called_back\"\nwithin = \"3 d\"\n{HEAD}");
    let cases = [
        "received=2025-03-01; resolved=2025-03-02; place=3栋2单元1501",
        "received=2025-03-10; resolved=2025-03-12; place=3-2-1501",
        "received=2025-03-01; resolved=2025-03-02; place=3-2-1502; number=T9",
        "received=2025-03-01; place=3-2-1503; resolved=",
        "received=2025-03-01; resolved=2025-03-02; place=3-2-1504",
    ];
    let table = [
        "place=3-2-1501; called_back=2025-03-05",
        "place=3#2-1501; called_back=2025-03-11",
        "place=3-2-1501; called_back=2025-03-16",
        "number=T9; called_back=2025-03-03",
        "place=3-2-1503; called_back=2025-03-05",
    ];
    let bench = Bench::new(&format!("{deadline}{FOLLOW}"), &cases).with_callbacks(&cases, &table);
    // The one of 11 March came while the second case was still open: it is nobody's.
    assert_eq!(bench.outcomes("back"), ["on_time", "late", "on_time", "no_start", "no_end"]);
    assert_eq!(bench.share("complaint.closed_without_callback_share", "2025-03"), Some((1.0, 4.0, 0)));
}

#[test]
fn a_number_does_not_join_what_the_places_tell_apart() {
    let cases = ["received=2025-03-01; resolved=2025-03-02; place=1-101; number=1"];
    let bench = Bench::new(FOLLOW, &cases).with_callbacks(&cases, &["place=1-102; number=1; called_back=2025-03-04"]);
    assert_eq!(bench.share("complaint.closed_without_callback_share", "2025-03"), Some((1.0, 1.0, 0)));
}

#[test]
fn a_callback_noted_in_register_and_table_on_the_same_day_is_one() {
    let cases = [
        "received=2025-03-01; resolved=2025-03-02; place=1-101; called_back=2025-03-04 10:00; opinion=satisfied",
        "received=2025-03-01; resolved=2025-03-02; place=1-102; called_back=2025-03-04",
        "received=2025-03-01; resolved=2025-03-02; place=1-103; called_back=",
        "received=2025-03-01; resolved=2025-03-02; place=1-104; called_back=",
    ];
    let table = [
        "place=1-101; called_back=2025-03-04",
        "place=1-102; called_back=2025-03-05",
        "place=1-103; called_back=2025-03-10",
    ];
    let callback = "[callback]\nclause = \"7\"\nwithin = \"7 d\"\n";
    let bench = Bench::new(&format!("{callback}{FOLLOW}"), &cases).with_callbacks(&cases, &table);
    // Two of the second household, one of each other, the last not made.
    assert_eq!(bench.of_callbacks("callback.due", "2025-03").unwrap().value, Some(5.0));
    let done = bench.of_callbacks("callback.done_share", "2025-03").unwrap();
    assert_eq!((done.numerator, done.denominator), (Some(4.0), Some(5.0)));
    let on_time = bench.of_callbacks("callback.on_time", "2025-03").unwrap();
    assert_eq!((on_time.numerator, on_time.denominator), (Some(3.0), Some(5.0)));
    assert_eq!(bench.share("complaint.closed_without_callback_share", "2025-03"), Some((1.0, 4.0, 0)));
}

#[test]
fn who_said_satisfied_and_complained_again_within_the_days_is_counted() {
    let cases = [
        "received=2025-03-01; resolved=2025-03-02; place=1-101; opinion=satisfied; called_back=2025-03-05",
        "received=2025-04-04 23:59; resolved=2025-04-05; place=1-101",
        "received=2025-03-01; resolved=2025-03-02; place=1-102; opinion=satisfied; called_back=2025-03-05",
        "received=2025-04-05 00:00:01; resolved=2025-04-05; place=1-102",
        "received=2025-03-01; resolved=2025-03-02; place=1-103; opinion=dissatisfied; called_back=2025-03-05",
        "received=2025-12-01; resolved=2025-12-10; place=1-104; opinion=satisfied; called_back=2025-12-20",
        "received=2025-03-01; resolved=2025-03-02; opinion=satisfied; called_back=2025-03-05",
    ];
    let bench = Bench::new(FOLLOW, &cases).with_callbacks(&cases, &[]);
    assert_eq!(bench.share("complaint.again_after_satisfied_share", "2025-03"), Some((1.0, 2.0, 1)));
    assert_eq!(bench.excluded("complaint.again_after_satisfied_share", "2025-12").get("not_due"), Some(&1.0));
}

#[test]
fn a_callback_date_without_a_time_is_neither_on_time_nor_late_where_both_are_possible() {
    let cases = [
        "received=2025-03-01; resolved=2025-03-05 10:00; called_back=2025-03-06",
        "received=2025-03-01; resolved=2025-03-05 10:00; called_back=2025-03-05",
        "received=2025-03-01; resolved=2025-03-05 10:00; called_back=2025-03-07",
    ];
    let bench = Bench::new("[callback]\nclause = \"7\"\nwithin = \"24 h\"\n", &cases).with_callbacks(&cases, &[]);
    let on_time = bench.of_callbacks("callback.on_time", "2025-03").unwrap();
    assert_eq!((on_time.numerator, on_time.denominator, on_time.excluded), (Some(1.0), Some(2.0), 1));
}

#[test]
fn the_limit_of_a_callback_may_run_from_another_moment_of_its_case() {
    let cases = [
        "received=2025-03-01; resolved=2025-03-02; slip_back=2025-03-04 09:00; place=1-101; called_back=2025-03-04 20:00",
        "received=2025-03-01; resolved=2025-03-02; slip_back=2025-03-04 09:00; place=1-102",
        "received=2025-03-01; resolved=2025-03-02; place=1-103",
    ];
    let table = ["place=1-102; called_back=2025-03-05 00:00:01", "place=1-103; called_back=2025-03-05"];
    let profile = "[callback]\nclause = \"7\"\nfrom = \"slip_back\"\nwithin = \"same day\"\n";
    let bench = Bench::new(profile, &cases).with_callbacks(&cases, &table);
    let on_time = bench.of_callbacks("callback.on_time", "2025-03").unwrap();
    assert_eq!((on_time.numerator, on_time.denominator, on_time.excluded), (Some(1.0), Some(2.0), 1));
}

#[test]
fn a_share_is_made_of_counts_or_of_pooled_shares() {
    let deadline = |id: &str, to: &str| {
        format!("[[deadline]]\nid = \"{id}\"\nfrom = \"received\"\nto = \"{to}\"\nwithin = \"1 h\"\n{HEAD}")
    };
    let ratio = |id: &str, more: &str| {
        format!(
            "[[ratio]]\nid = \"{id}\"\nmetric = \"complaint.{id}\"\ntitle = {{ zh = \"率\", en = \"r\" }}\nclause = \"5\"\n{more}\n"
        )
    };
    let profile = [
        deadline("a", "responded"),
        deadline("b", "arrived"),
        ratio("timely", "part = [\"complaint.a.on_time\", \"complaint.b.on_time\"]"),
        ratio("heavy", "part = [\"complaint.major\"]\nwhole = [\"complaint.received\"]"),
        ratio("empty", "part = [\"complaint.major\"]\nwhole = [\"repair.received\"]"),
    ];
    let bench = Bench::new(
        &profile.concat(),
        &[
            "received=2025-03-01 08:00; responded=2025-03-01 09:00; arrived=2025-03-01 09:01; major=yes",
            "received=2025-03-01 08:00; responded=2025-03-01 08:30; arrived=; major=no",
            "received=2025-03-01 08:00; responded=?; arrived=2025-03-01 08:30; major=no",
        ],
    );
    let setting = bench.setting();
    let mut maker = Maker::with(bench.facts(), crate::metrics::metric::Descriptions::new());
    ratio::measure(&bench.profile, &setting, &mut maker);
    let of = |metric: &str| {
        let facts = maker.taken("test", metric);
        let march =
            facts.iter().find(|fact| fact.key.period.to_string() == "2025-03" && fact.key.scope.id().is_empty());
        march.map(|fact| (fact.numerator.unwrap(), fact.denominator.unwrap(), fact.excluded))
    };
    assert_eq!(of("complaint.timely"), Some((3.0, 5.0, 1)));
    assert_eq!(of("complaint.heavy"), Some((1.0, 3.0, 0)));
    assert_eq!(of("complaint.empty"), None, "no repair was received");
}

#[test]
fn a_callback_is_owed_to_what_the_profile_calls_major_and_of_a_class() {
    let class =
        "[[class]]\nid = \"1\"\ntitle = { zh = \"一\", en = \"1\" }\nclause = \"1\"\nwhen = { category = [\"漏\"] }\n";
    let major = "[[major]]\nid = \"dear\"\ntitle = { zh = \"费\", en = \"cost\" }\nclause = \"2\"\nwhen = { cost = \">100\" }\n";
    let callback = "[callback]\nclause = \"7\"\nwhen = { major = true, of_class = [\"1\"] }\n";
    let cases = [
        "received=2025-03-01; resolved=2025-03-02; called_back=; cost=101; category=漏水",
        "received=2025-03-01; resolved=2025-03-02; called_back=; cost=100; category=漏水",
        "received=2025-03-01; resolved=2025-03-02; called_back=; cost=101; category=灯",
        "received=2025-03-01; resolved=2025-03-02; called_back=2025-03-03; category=灯",
    ];
    let bench = Bench::new(&format!("{class}{major}{callback}"), &cases).with_callbacks(&cases, &[]);
    let done = bench.of_callbacks("callback.done_share", "2025-03").unwrap();
    assert_eq!((done.numerator, done.denominator), (Some(0.0), Some(1.0)), "the one that was made was not asked for");
}

#[test]
fn a_callback_that_the_rule_does_not_ask_for_is_not_due_and_its_answer_counts_all_the_same() {
    let profile = "[callback]\nclause = \"7\"\nwhen = { major = true }\nwithin = \"7 d\"\n[scale]\nclause = \"7\"\n\
                   satisfied = [\"satisfied\"]\ndissatisfied = [\"dissatisfied\"]\n";
    let cases = [
        "received=2025-03-01; resolved=2025-03-02; called_back=; major=yes; place=1-101",
        "received=2025-03-01; resolved=2025-03-02; called_back=2025-03-03; opinion=satisfied; place=1-102",
        "received=2025-03-01; resolved=2025-03-02; called_back=2025-03-03; opinion=satisfied; place=1-103",
        "received=2025-03-01; resolved=2025-03-02; called_back=2025-03-12; opinion=dissatisfied; major=yes; place=1-104",
    ];
    let table = ["place=9-999; called_back=2025-03-05; opinion=satisfied"];
    let bench = Bench::new(profile, &cases).with_callbacks(&cases, &table);
    let of = |metric: &str| {
        let fact = bench.of_callbacks(metric, "2025-03").unwrap();
        (fact.numerator, fact.denominator, fact.excluded)
    };
    // Owed: the first and the fourth. The one of the table is of no case: nobody knows.
    assert_eq!(of("callback.done_share"), (Some(1.0), Some(2.0), 1));
    assert_eq!(bench.of_callbacks("callback.due", "2025-03").unwrap().value, Some(2.0));
    assert_eq!(of("callback.on_time"), (Some(0.0), Some(2.0), 1));
    assert_eq!(of("callback.satisfied_share"), (Some(3.0), Some(4.0), 0));
}

#[test]
fn a_callback_is_due_only_when_its_limit_is_over_and_in_no_month_that_has_not_begun() {
    let profile = "[callback]\nclause = \"7\"\nwithin = \"3 wd\"\n";
    // 19 June 2025 is a Thursday: due at the end of Tuesday the 24th.
    let cases = ["received=2025-06-18; resolved=2025-06-19 10:00; called_back="];
    let seen = |as_of: &str| Bench::new(profile, &cases).with_callbacks(&cases, &[]).seen_at(as_of);
    for (as_of, done, due) in [
        ("2025-06-21 00:00", (Some(0.0), Some(0.0), 1), Some(0.0)),
        ("2025-06-25 00:00", (Some(0.0), Some(0.0), 1), Some(0.0)),
        ("2025-06-25 00:00:01", (Some(0.0), Some(1.0), 0), Some(1.0)),
    ] {
        let fact = |metric: &str| seen(as_of).of_callbacks(metric, "2025-06");
        let of = |metric: &str| fact(metric).map(|fact| (fact.numerator, fact.denominator, fact.excluded)).unwrap();
        assert_eq!(of("callback.done_share"), done, "{as_of}");
        assert_eq!(of("callback.on_time"), done, "{as_of}");
        assert_eq!(fact("callback.due").unwrap().value, due, "{as_of}");
    }
    let cases = [
        "received=2025-06-18; resolved=2025-06-30 10:00; called_back=",
        "received=2025-06-18; resolved=2025-06-30 10:00; called_back=2025-06-30 11:00",
    ];
    let bench = Bench::new(profile, &cases).with_callbacks(&cases, &[]).seen_at("2025-07-01 00:00");
    for period in ["2025-06", "2025-07", "2025-Q3", "2025-H2"] {
        assert_eq!(bench.of_callbacks("callback.done_share", period), None, "{period}");
    }
}

#[test]
fn a_callback_is_not_owed_before_the_moment_from_which_its_limit_runs_has_happened() {
    let profile = "[callback]\nclause = \"7\"\nfrom = \"slip_back\"\nwithin = \"same day\"\n";
    let cases = [
        "received=2025-06-28; resolved=2025-06-29; slip_back=2025-07-02; called_back=; place=1-101",
        "received=2025-06-28; resolved=2025-06-29; slip_back=; called_back=; place=1-102",
        "received=2025-06-27; resolved=2025-06-28; slip_back=2025-06-28; called_back=; place=1-103",
    ];
    let bench = Bench::new(profile, &cases).with_callbacks(&cases, &[]).seen_at("2025-07-01 00:00");
    let of = |metric: &str, period: &str| {
        bench.of_callbacks(metric, period).map(|fact| (fact.numerator, fact.denominator, fact.excluded))
    };
    assert_eq!(of("callback.done_share", "2025-06"), Some((Some(0.0), Some(1.0), 0)));
    assert_eq!(of("callback.on_time", "2025-06"), Some((Some(0.0), Some(1.0), 0)));
    assert_eq!(of("callback.done_share", "2025-07"), None);
    assert_eq!(bench.owed_callbacks(), 1, "nothing of July is listed");
}
