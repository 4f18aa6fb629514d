//! Outcomes at the exact limit and around it, for every way in which a deadline can be set.

use proptest::prelude::*;

use super::bench::Bench;

/// A deadline for complaints from receipt, with what else it says.
fn deadline(id: &str, to: &str, more: &str) -> String {
    format!(
        "[[deadline]]\nid = \"{id}\"\ntitle = {{ zh = \"限\", en = \"limit\" }}\nclause = \"1\"\nsubject = \"complaint\"\n\
         from = \"received\"\nto = {to}\n{more}\n"
    )
}

fn judged(to: &str, more: &str, cases: &[&str]) -> Vec<&'static str> {
    Bench::new(&deadline("d", to, more), cases).outcomes("d")
}

#[test]
fn a_case_for_which_no_limit_holds_is_not_ruled() {
    let limits = "[[deadline.limit]]\nwhen = { urgent = true }\nwithin = \"1 h\"\n\
                  [[deadline.limit]]\nwhen = { channel = [\"电话\"] }\nwithin = \"2 h\"\n";
    let cases = [
        "received=2025-03-05 09:00; responded=2025-03-05 10:00; urgent=yes",
        "received=2025-03-05 09:00; responded=2025-03-05 10:00:01; urgent=yes; channel=电话",
        "received=2025-03-05 09:00; responded=2025-03-05 11:00; channel=电话",
        "received=2025-03-05 09:00; responded=2025-03-05 09:01; channel=来访",
        "channel=来访",
    ];
    assert_eq!(judged("\"responded\"", limits, &cases), ["on_time", "late", "on_time", "not_ruled", "not_ruled"]);
}

#[test]
fn the_first_limit_that_holds_is_taken_and_within_serves_the_rest() {
    let limits = "within = \"24 h\"\n[[deadline.limit]]\nwhen = { urgent = true }\nwithin = \"1 h\"\n";
    let cases = [
        "received=2025-03-05 09:00; responded=2025-03-06 09:00",
        "received=2025-03-05 09:00; responded=2025-03-06 09:00; urgent=yes",
    ];
    assert_eq!(judged("\"responded\"", limits, &cases), ["on_time", "late"]);
}

#[test]
fn a_condition_that_nobody_can_tell_leaves_the_outcome_uncertain() {
    let when = "when = { distance = \"<=100\" }\nwithin = \"24 h\"";
    let cases = [
        "received=2025-03-05 09:00; arrived=2025-03-06 09:00:01; distance=100",
        "received=2025-03-05 09:00; arrived=2025-03-06 09:00:01; distance=101",
        "received=2025-03-05 09:00; arrived=2025-03-06 08:00; distance=",
    ];
    assert_eq!(judged("\"arrived\"", when, &cases), ["late", "not_ruled", "uncertain"]);
    let limit = "[[deadline.limit]]\nwhen = { distance = \"<=100\" }\nwithin = \"24 h\"";
    assert_eq!(judged("\"arrived\"", limit, &cases), ["late", "not_ruled", "uncertain"]);
}

#[test]
fn where_all_limits_that_may_hold_agree_the_outcome_is_certain() {
    let limits =
        "within = \"24 h\"\n[[deadline.limit]]\nwhen = { received_in_working_hours = true }\nwithin = \"8 wh\"\n";
    let cases = [
        "received=2025-03-05; responded=2025-03-05 18:00",
        "received=2025-03-05; responded=2025-03-06 07:00",
        "received=2025-03-05; responded=2025-03-07 08:00",
        // On a Saturday nobody is on duty, whatever the time: 24 h from some moment of it.
        "received=2025-03-08; responded=2025-03-09 00:00",
        "received=2025-03-08; responded=2025-03-10 00:00:01",
    ];
    let expected = ["on_time", "uncertain", "late", "on_time", "late"];
    assert_eq!(judged("\"responded\"", limits, &cases), expected);
}

#[test]
fn the_earliest_of_several_ends_counts() {
    let cases = [
        "received=2025-03-05 09:00; responded=2025-03-05 10:00:01; visited=2025-03-05 10:00",
        "received=2025-03-05 09:00; responded=2025-03-05 10:00:01; visited=",
        "received=2025-03-05 09:00; responded=; visited=",
        "received=2025-03-05 09:00; responded=; visited=2025-03-05 11:00",
    ];
    let ends = "[\"responded\", \"visited\"]";
    assert_eq!(judged(ends, "within = \"1 h\"", &cases), ["on_time", "late", "late_open", "late"]);
}

#[test]
fn of_several_ends_a_date_without_a_time_hides_none_that_is_surely_in_time() {
    let cases = [
        "received=2025-01-01 10:00; agreed=2025-01-02 12:00; told=2025-01-02 10:00; answered=2025-01-02",
        "received=2025-01-01 10:00; agreed=2025-01-02 12:00; told=2025-01-02 12:01; answered=2025-01-02",
        "received=2025-01-01 10:00; agreed=2025-01-02 12:00; told=2025-01-02 12:01; answered=2025-01-03",
        "received=2025-01-01 10:00; agreed=2025-01-02 12:00; told=2025-01-02 12:00; answered=2025-01-03",
        "received=2025-01-01 10:00; agreed=2025-01-02 12:00; told=; answered=2025-01-02",
    ];
    let outcomes = judged("[\"told\", \"answered\"]", "within = \"24 h\"\nreplaced_by = \"agreed\"", &cases);
    assert_eq!(outcomes, ["on_time", "uncertain", "late", "on_time", "uncertain"]);
}

#[test]
fn a_register_without_a_column_for_the_closing_closes_a_case_by_resolving_it() {
    let cases = [
        "received=2025-03-05 09:00; resolved=2025-03-12 20:00; without=closed",
        "received=2025-03-05 09:00; resolved=2025-03-12 20:00; closed=2025-03-13 09:00",
        "received=2025-03-05 09:00; resolved=2025-03-12 20:00; closed=",
        "received=2025-03-05 09:00; resolved=; without=closed",
        "received=2025-03-05 09:00; resolved=2025-03-08 09:00; reopened=2025-03-09 09:00; resolved_again=2025-03-13 10:00; without=closed",
        "received=2025-03-05 09:00; resolved=2025-03-08 09:00; reopened=2025-03-09 09:00; resolved_again=; without=closed",
    ];
    let expected = ["on_time", "late", "no_end", "late_open", "late", "late_open"];
    assert_eq!(judged("\"closed\"", "within = \"7 d\"", &cases), expected);
}

#[test]
fn a_limit_set_for_the_case_is_due_at_that_moment() {
    let cases = [
        "received=2025-03-05 09:00; resolved=2025-03-07 12:00; case_limit=2025-03-07 12:00",
        "received=2025-03-05 09:00; resolved=2025-03-07 12:00:01; case_limit=2025-03-07 12:00",
        "received=2025-03-05 09:00; resolved=2025-03-07 23:59:59; case_limit=2025-03-07",
        "received=2025-03-05 09:00; resolved=2025-03-08 00:00:01; case_limit=2025-03-07",
        "received=2025-03-05 09:00; resolved=2025-03-07; case_limit=2025-03-07",
        "received=2025-03-05 09:00; resolved=2025-03-07 12:00",
        "received=2025-03-05 09:00; case_limit=2026-03-07 12:00",
        "received=2025-03-05 09:00; case_limit=2025-12-31",
        "received=2025-03-05 09:00; case_limit=2025-12-30",
        "received=2025-03-05 09:00; resolved=2025-03-06; case_limit=2025-03-04 12:00",
    ];
    let expected =
        ["on_time", "late", "on_time", "late", "on_time", "no_start", "not_due", "not_due", "late_open", "impossible"];
    assert_eq!(judged("\"resolved\"", "by = \"case_limit\"", &cases), expected);
}

#[test]
fn what_was_agreed_with_the_customer_replaces_the_limit() {
    let cases = [
        "received=2025-03-05 09:00; resolved=2025-03-07 12:00; agreed=2025-03-07 12:00",
        "received=2025-03-05 09:00; resolved=2025-03-05 12:00; agreed=2025-03-05 11:00",
        "received=2025-03-05 09:00; resolved=2025-03-05 21:00; agreed=",
        "received=2025-03-05 09:00; resolved=2025-03-05 21:00:01; agreed=",
        "received=2025-03-05 09:00; agreed=2026-05-01",
        "received=2025-03-05 09:00; resolved=2025-03-07 12:00; agreed=2024-03-07 12:00",
    ];
    let expected = ["on_time", "late", "on_time", "late", "not_due", "late"];
    assert_eq!(judged("\"resolved\"", "within = \"12 h\"\nreplaced_by = \"agreed\"", &cases), expected);
}

#[test]
fn what_was_agreed_before_the_start_is_void_and_the_limit_holds() {
    let cases = [
        "received=2025-03-05 09:00; resolved=2025-03-05 21:00; agreed=2025-03-05 08:59",
        "received=2025-03-05 09:00; resolved=2025-03-05 21:00:01; agreed=2025-03-04",
        "received=2025-03-05 09:00; resolved=2025-03-05 21:00:01; agreed=2025-03-05",
        "received=2025-03-05 09:00; resolved=2025-03-05 08:00; agreed=2025-03-04",
        "received=2025-03-05 09:00; agreed=2025-03-04",
    ];
    let expected = ["on_time", "late", "on_time", "impossible", "late_open"];
    assert_eq!(judged("\"resolved\"", "within = \"12 h\"\nreplaced_by = \"agreed\"", &cases), expected);
}

#[test]
fn a_moment_stands_for_an_end_of_which_the_table_has_no_column() {
    let more = "within = \"24 h\"\nor_else = \"resolved\"";
    let without = ["received=2025-03-05 09:00; resolved=2025-03-06 09:00", "received=2025-03-05 09:00; resolved="];
    assert_eq!(judged("\"answered\"", more, &without), ["on_time", "late_open"]);
    let with = [
        "received=2025-03-05 09:00; resolved=2025-03-05 12:00; answered=2025-03-06 09:00:01",
        "received=2025-03-05 09:00; resolved=2025-03-05 12:00; answered=",
    ];
    assert_eq!(judged("\"answered\"", more, &with), ["late", "no_end"], "what the table has a column for counts");
}

#[test]
fn a_shorter_limit_of_the_customer_goes_before_and_a_longer_one_does_not() {
    let cases = [
        "received=2025-03-05 09:00; answered=2025-03-05 15:00; case_limit=2025-03-05 15:00",
        "received=2025-03-05 09:00; answered=2025-03-05 15:00:01; case_limit=2025-03-05 15:00",
        "received=2025-03-05 09:00; answered=2025-03-06 09:00; case_limit=2025-03-09",
        "received=2025-03-05 09:00; answered=2025-03-06 09:00:01; case_limit=2025-03-09",
        "received=2025-03-05 09:00; answered=2025-03-06 09:00",
    ];
    let expected = ["on_time", "late", "on_time", "late", "on_time"];
    assert_eq!(judged("\"answered\"", "within = \"24 h\"\nshortened_by = \"case_limit\"", &cases), expected);
}

#[test]
fn the_clock_stands_still_while_the_case_is_paused() {
    let cases = [
        "received=2025-03-05 09:00; resolved=2025-03-06 11:00; paused=2025-03-05 10:00; resumed=2025-03-05 12:00",
        "received=2025-03-05 09:00; resolved=2025-03-06 11:00:01; paused=2025-03-05 10:00; resumed=2025-03-05 12:00",
        // Paused after it was due: too late.
        "received=2025-03-05 09:00; resolved=2025-03-06 09:00:01; paused=2025-03-06 09:00; resumed=2025-03-06 12:00",
        // Still paused as of the as-of moment.
        "received=2025-12-01 09:00; paused=2025-12-01 10:00",
        "received=2025-12-01 09:00; paused=2025-12-03 10:00",
        "received=2025-03-05 09:00; resolved=2025-03-06 09:00:01; paused=; resumed=",
        // A pause of some hours of a day, or of all of it: both are possible.
        "received=2025-03-05 09:00; resolved=2025-03-06 10:00; paused=2025-03-05; resumed=2025-03-05 12:00",
    ];
    let expected = ["on_time", "late", "late", "not_due", "late_open", "late", "uncertain"];
    assert_eq!(judged("\"resolved\"", "within = \"24 h\"\nstopped_by_pause = true", &cases), expected);
}

#[test]
fn what_was_done_early_lets_the_deadline_fall_away() {
    let more = "within = \"24 h\"\nreplaced_by = \"agreed\"\nunless = { to = \"resolved\", within = \"12 h\" }";
    let cases = [
        "received=2025-03-05 09:00; resolved=2025-03-05 21:00; progress=",
        "received=2025-03-05 09:00; resolved=2025-03-05 21:00:01; progress=2025-03-06 09:00",
        "received=2025-03-05 09:00; resolved=2025-03-06 21:00; progress=2025-03-06 09:00:01",
        "received=2025-03-05 09:00; progress=",
        "received=2025-12-31 20:00; progress=",
        "received=2025-12-31 20:00; progress=2025-12-31 22:00",
        // Both possible: resolved some time on the day.
        "received=2025-03-05 09:00; resolved=2025-03-05; progress=2025-03-07",
        // Agreed for the third day, and done then.
        "received=2025-03-05 09:00; resolved=2025-03-07 12:00; agreed=2025-03-07 12:00; progress=",
    ];
    let expected = ["not_ruled", "on_time", "late", "late_open", "not_due", "not_due", "uncertain", "not_ruled"];
    assert_eq!(judged("\"progress\"", more, &cases), expected);
}

#[test]
fn what_is_owed_without_a_limit_is_done_or_not_once_the_case_is_closed() {
    let profile = deadline("told", "\"told\"", "owed = true\nwhen = { category = [\"一\"] }");
    let bench = Bench::new(
        &profile,
        &[
            "received=2025-03-05; resolved=2025-03-06; told=2025-03-07; category=一",
            "received=2025-03-05; resolved=2025-03-06; told=; category=一",
            "received=2025-03-05; told=; category=一",
            "received=2025-03-05; resolved=2025-03-06; told=?; category=一",
            "received=2025-03-05; resolved=2025-03-06; category=一; without=told",
            "received=2025-03-05; state=unknown; category=一",
            "received=2025-03-05; resolved=2025-03-06; category=二",
        ],
    );
    assert_eq!(bench.share("complaint.told.done_share", "2025-03"), Some((1.0, 2.0, 4)));
    let reasons: Vec<(String, f64)> = bench.excluded("complaint.told.done_share", "2025").into_iter().collect();
    let expected = [("no_end", 2.0), ("not_due", 1.0), ("unknown", 1.0)];
    assert_eq!(reasons, expected.map(|(reason, count)| (reason.to_owned(), count)));
    assert_eq!(bench.value("complaint.told.on_time", "2025-03"), None, "nothing says by when");
}

#[test]
fn what_is_owed_unless_the_case_was_resolved_in_time_is_owed_once_that_time_is_over() {
    let profile = deadline("up", "\"escalated\"", "owed = true\nunless = { to = \"resolved\", within = \"24 h\" }");
    let bench = Bench::new(
        &profile,
        &[
            "received=2025-03-05 09:00; resolved=2025-03-06 09:00; escalated=",
            "received=2025-03-05 09:00; resolved=2025-03-06 09:00:01; escalated=",
            "received=2025-03-05 09:00; resolved=2025-03-07 09:00; escalated=2025-03-06 10:00",
            // Open for more than 24 h, and nobody was told.
            "received=2025-03-05 09:00; escalated=",
            // Some time on the day after: nobody can tell.
            "received=2025-03-05 09:00; resolved=2025-03-06; escalated=",
        ],
    );
    assert_eq!(bench.share("complaint.up.done_share", "2025-03"), Some((1.0, 3.0, 1)));
}

#[test]
fn a_deadline_may_ask_for_the_class_and_for_what_makes_a_case_major() {
    let profile = format!(
        "{}{}",
        "[[class]]\nid = \"1\"\ntitle = { zh = \"一\", en = \"1\" }\nclause = \"1\"\nwhen = { words = [\"漏\"] }\n\
         [[major]]\nid = \"dear\"\ntitle = { zh = \"费\", en = \"cost\" }\nclause = \"2\"\nwhen = { cost = \">100\" }\n\
         [[major]]\nid = \"again\"\ntitle = { zh = \"再\", en = \"again\" }\nclause = \"3\"\nwhen = { repeat = true, of_class = [\"1\"] }\n",
        deadline("up", "\"escalated\"", "within = \"24 h\"\nwhen = { major = true, of_class = [\"1\"] }")
    );
    let bench = Bench::new(
        &profile,
        &[
            "received=2025-03-05 09:00; escalated=2025-03-06 09:00; cost=101; text=漏水",
            "received=2025-03-05 09:00; escalated=2025-03-06 09:00:01; cost=100; repeat=yes; category=渗漏",
            "received=2025-03-05 09:00; escalated=2025-03-06 09:00; cost=101; repeat=yes",
            "received=2025-03-05 09:00; escalated=2025-03-06 09:00; major=yes; category=渗漏",
            "received=2025-03-05 09:00; escalated=2025-03-06 09:00; category=渗漏",
        ],
    );
    assert_eq!(bench.outcomes("up"), ["on_time", "late", "not_ruled", "on_time", "not_ruled"]);
    assert_eq!(bench.value("complaint.major", "2025-03"), Some(4.0));
    assert_eq!(bench.value("complaint.major.dear", "2025-03"), Some(2.0));
    assert_eq!(bench.value("complaint.major.again", "2025-Q1"), Some(1.0));
}

#[test]
fn what_names_decide_goes_before_what_the_text_says() {
    let class = |id: &str, when: &str| {
        format!("[[class]]\nid = \"{id}\"\ntitle = {{ zh = \"类\", en = \"class\" }}\nclause = \"1\"\n{when}\n")
    };
    let classes = [
        class("noise", "when = { words = [\"吵\", \"噪\"] }"),
        class("service", "when = { words = [\"服务\"] }"),
        class("dear", "when = { cost = \">5\" }"),
        class("calm", "when = { not = { words = [\"急\"] }, urgent = true }"),
        class("other", ""),
    ];
    let bench = Bench::new(
        &classes.concat(),
        &[
            "category=服务; text=太吵",
            "text=服务太吵",
            "text=别的; cost=6",
            "text=别的; cost=",
            "text=急; urgent=yes",
            "text=慢; urgent=yes",
        ],
    );
    assert_eq!(bench.classes(), ["service", "noise", "dear", "other", "other", "calm"]);
}

fn some_case() -> impl Strategy<Value = String> {
    let moment = |key: &'static str| {
        prop_oneof![
            1 => Just(String::new()),
            1 => Just(format!("{key}=; ")),
            2 => (1_u32..6, 0_u32..24, 0_u32..60).prop_map(move |(d, h, m)| format!("{key}=2025-03-{d:02} {h:02}:{m:02}; ")),
            1 => (1_u32..6).prop_map(move |d| format!("{key}=2025-03-{d:02}; ")),
        ]
    };
    let parts = (moment("received"), moment("resolved"), moment("agreed"), moment("paused"), moment("progress"));
    (parts, any::<bool>())
        .prop_map(|((a, b, c, d, e), urgent)| format!("{a}{b}{c}{d}{e}{}", if urgent { "urgent=yes" } else { "" }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn outcomes_share_out_the_cases_and_nothing_agreed_gives_the_plain_outcome(
        cases in proptest::collection::vec(some_case(), 1..40),
    ) {
        let limits = "within = \"24 h\"\n[[deadline.limit]]\nwhen = { urgent = true }\nwithin = \"4 wh\"\n";
        let profile = [
            deadline("plain", "\"resolved\"", limits),
            deadline("agreed", "\"resolved\"", &format!("replaced_by = \"agreed\"\n{limits}")),
            deadline("paused", "\"resolved\"", &format!("stopped_by_pause = true\n{limits}")),
            deadline("some", "\"progress\"", "within = \"1 d\"\nwhen = { urgent = true }\nunless = { to = \"resolved\", within = \"4 h\" }"),
        ];
        let cases: Vec<&str> = cases.iter().map(String::as_str).collect();
        let bench = Bench::new(&profile.concat(), &cases).seen_at("2025-03-05 12:00");
        let derived = bench.derived().frame.height();
        let (plain, agreed, paused) = (bench.outcomes("plain"), bench.outcomes("agreed"), bench.outcomes("paused"));
        let happened: Vec<&&str> = cases.iter().filter(|case| {
            let received = case.split("received=").nth(1).and_then(|rest| rest.split(';').next()).unwrap_or("");
            received.trim() < "2025-03-05 12:00"
        }).collect();
        prop_assert_eq!(happened.len(), derived);
        for (row, case) in happened.iter().enumerate() {
            if !case.contains("agreed=2") {
                prop_assert_eq!(agreed[row], plain[row], "{}", case);
            }
            if !case.contains("paused=2") {
                prop_assert_eq!(paused[row], plain[row], "{}", case);
            } else if plain[row] == "on_time" {
                prop_assert_eq!(paused[row], "on_time", "a pause makes nobody late: {}", case);
            }
        }
        for id in ["plain", "agreed", "some"] {
            let ruled = bench.outcomes(id).iter().filter(|outcome| **outcome != "not_ruled").count();
            let share = bench.share(&format!("complaint.{id}.on_time"), "2025");
            let counted = share.map_or(0.0, |(_, whole, _)| whole);
            let excluded = share.map_or(0, |(_, _, excluded)| excluded);
            #[allow(clippy::cast_precision_loss, reason = "a test has few cases")]
            let (excluded, ruled) = (excluded as f64, ruled as f64);
            prop_assert_eq!(counted + excluded, ruled, "{}", id);
        }
    }
}
