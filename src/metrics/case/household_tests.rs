//! Cases, callbacks and survey forms of one household.

use super::bench::Bench;

const FOLLOW: &str = "[follow_up]\nclause = \"9\"\nagain_within_days = 30\n";
const SCALE: &str = "[scale]\nclause = \"4\"\nsatisfied = [\"satisfied\"]\ndissatisfied = [\"neutral\", \"dissatisfied\"]\n\
                     [[scale.score]]\nhighest = 10\nsatisfied_from = 7.0\n";
const AGAIN: &str = "complaint.again_after_satisfied_share";
const CALLED: &str = "complaint.closed_without_callback_share";

/// Complaints of 1 March, resolved on the 2nd, of rooms 101 … n; `more` are further cases.
fn cases(rooms: u32, more: &[&str]) -> Vec<String> {
    let of = |room: u32| format!("received=2025-03-01; resolved=2025-03-02; place=1-{}", 100 + room);
    (1..=rooms).map(of).chain(more.iter().map(ToString::to_string)).collect()
}

fn bench(profile: &str, cases: &[String]) -> Bench {
    let cases: Vec<&str> = cases.iter().map(String::as_str).collect();
    Bench::new(profile, &cases)
}

#[test]
fn a_survey_form_says_that_its_household_is_satisfied() {
    let cases = cases(
        3,
        &[
            "received=2025-04-09 23:59; place=1-101; resolved=2025-04-10",
            "received=2025-04-10 00:00:01; place=1-102; resolved=2025-04-10",
        ],
    );
    let forms = [
        "place=1栋101; surveyed=2025-03-10; answers=satisfied satisfied",
        "place=1-102; surveyed=2025-03-10; answers=satisfied",
        "place=1-109; surveyed=2025-03-10; answers=satisfied",
    ];
    let bench = bench(FOLLOW, &cases).with_forms(&forms, "");
    assert_eq!(bench.share(AGAIN, "2025-03"), Some((1.0, 2.0, 0)), "the third household had answered no form");
}

#[test]
fn one_dissatisfied_answer_makes_a_form_a_dissatisfied_one_and_without_a_satisfied_one_it_says_nothing() {
    let forms = [
        "place=1-101; surveyed=2025-03-10; answers=satisfied satisfied dissatisfied",
        "place=1-102; surveyed=2025-03-10; answers=no_opinion",
        "place=1-103; surveyed=2025-03-10; answers=satisfied no_opinion",
    ];
    assert_eq!(bench(FOLLOW, &cases(3, &[])).with_forms(&forms, "").share(AGAIN, "2025-03"), Some((0.0, 1.0, 0)));
}

#[test]
fn the_scale_of_the_profile_judges_words_and_scores_of_a_form() {
    let forms = [
        "place=1-101; surveyed=2025-03-10; answers=7 10",
        "place=1-102; surveyed=2025-03-10; answers=6.9 10",
        "place=1-103; surveyed=2025-03-10; answers=satisfied neutral",
    ];
    let with = bench(&format!("{SCALE}{FOLLOW}"), &cases(3, &[])).with_forms(&forms, "");
    assert_eq!(with.share(AGAIN, "2025-03"), Some((0.0, 1.0, 0)));
}

#[test]
fn a_form_without_a_date_was_filled_in_by_the_end_of_the_collection() {
    let cases = cases(1, &["received=2025-06-19; place=1-101"]);
    let forms = ["place=1-101; answers=satisfied"];
    let share = |collected: &str| bench(FOLLOW, &cases).with_forms(&forms, collected).share(AGAIN, "2025-03");
    assert_eq!(share("2025-05-20"), Some((1.0, 1.0, 0)), "30 days after the 20th of May are the 19th of June");
    assert_eq!(share("2025-05-19"), Some((0.0, 1.0, 0)));
    assert_eq!(share("").map(|(_, whole, _)| whole), None, "without either date the form is of no case");
}

#[test]
fn a_form_is_of_the_last_case_that_was_resolved_before_it_within_its_half_year() {
    let cases = [
        // The last case was open when the form was filled in.
        "received=2025-03-01; resolved=2025-03-02; place=1-101",
        "received=2025-03-05; resolved=2025-03-20; place=1-101",
        // Resolved in the half year before that of the form.
        "received=2024-12-01; resolved=2024-12-31; place=1-102",
        // Received in the year before and resolved in that of the form.
        "received=2024-12-01; resolved=2025-01-02; place=1-103",
    ];
    let forms =
        ["1-101", "1-102", "1-103"].map(|place| format!("place={place}; surveyed=2025-03-10; answers=satisfied"));
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
    let bench = Bench::new(FOLLOW, &cases).with_forms(&forms, "");
    assert_eq!(bench.share(AGAIN, "2025-03"), None);
    assert_eq!(bench.share(AGAIN, "2024-12"), Some((0.0, 1.0, 0)));
}

#[test]
fn the_days_run_from_the_last_time_that_callback_or_form_said_so() {
    let cases = [
        "received=2025-03-01; resolved=2025-03-02; place=1-101; opinion=satisfied; called_back=2025-03-05",
        "received=2025-04-09; place=1-101; resolved=2025-04-10",
    ];
    let form = |at: &str| format!("place=1-101; surveyed={at}; answers=satisfied");
    let share = |at: &str| {
        Bench::new(FOLLOW, &cases).with_callbacks(&cases, &[]).with_forms(&[&form(at)], "").share(AGAIN, "2025-03")
    };
    assert_eq!(share("2025-03-04"), Some((0.0, 1.0, 0)), "35 days after the callback");
    assert_eq!(share("2025-03-10"), Some((1.0, 1.0, 0)), "30 days after the form");
}

#[test]
fn a_form_that_had_not_been_filled_in_by_the_as_of_moment_says_nothing() {
    let forms = ["place=1-101; surveyed=2025-03-10; answers=satisfied"];
    let seen = |at: &str| {
        let bench = bench(FOLLOW, &cases(1, &[])).with_forms(&forms, "").seen_at(at);
        (bench.share(AGAIN, "2025-03"), bench.excluded(AGAIN, "2025-03").get("not_due").copied())
    };
    assert_eq!(seen("2025-03-10"), (None, None));
    assert_eq!(seen("2025-03-20").1, Some(1.0), "the 30 days are not over");
}

#[test]
fn a_callback_joins_by_phone_where_number_and_place_do_not_decide() {
    let cases = [
        // No place at all; the room without its entrance; a landline without its area code.
        "received=2025-03-01; resolved=2025-03-02; phone=138 0013 8001",
        "received=2025-03-01; resolved=2025-03-02; place=3-2-1501; phone=13800138002",
        "received=2025-03-01; resolved=2025-03-02; place=3-2-1502; phone=0571-87654321",
        // Another room of the same owner.
        "received=2025-03-01; resolved=2025-03-02; place=1-101; phone=13800138004",
        // Nobody called.
        "received=2025-03-01; resolved=2025-03-02; phone=13800138005",
    ];
    let table = [
        "phone=13800138001; called_back=2025-03-04",
        "place=3栋1501; phone=13800138002; called_back=2025-03-04",
        "phone=87654321/13900139000; called_back=2025-03-04",
        "place=1-102; phone=13800138004; called_back=2025-03-04",
    ];
    let bench = Bench::new(FOLLOW, &cases).with_callbacks(&cases, &table);
    assert_eq!(bench.share(CALLED, "2025-03"), Some((2.0, 5.0, 0)), "the owner's other room and the last");
}

#[test]
fn number_and_place_go_before_the_phone() {
    let cases = [
        "received=2025-03-01; resolved=2025-03-02; place=1-101; number=1; phone=13800138001",
        "received=2025-03-02; resolved=2025-03-03; place=1-101; number=2; phone=13800138001",
        "received=2025-03-03; resolved=2025-03-04; place=1-102; number=3; phone=13800138001",
    ];
    let table = [
        "number=1; phone=13800138001; called_back=2025-03-08",
        "place=1-101; phone=13800138001; called_back=2025-03-09",
    ];
    let bench = Bench::new(FOLLOW, &cases).with_callbacks(&cases, &table);
    assert_eq!(bench.share(CALLED, "2025-03"), Some((1.0, 3.0, 0)), "the last case of the phone is the third");
}

#[test]
fn a_case_with_a_phone_alone_is_unknown_where_a_row_of_the_table_bears_none() {
    let cases = ["received=2025-03-01; resolved=2025-03-02; phone=13800138005"];
    let known = ["phone=13800138001; called_back=2025-03-04"];
    let mixed = ["phone=13800138001; called_back=2025-03-04", "place=1-101; called_back=2025-03-04"];
    let bench = |table: &[&str]| Bench::new(FOLLOW, &cases).with_callbacks(&cases, table);
    assert_eq!(bench(&known).share(CALLED, "2025-03"), Some((1.0, 1.0, 0)));
    assert_eq!(bench(&mixed).excluded(CALLED, "2025-03").get("unknown"), Some(&1.0));
}

#[test]
fn a_table_of_callbacks_tells_nothing_before_its_first_callback() {
    let cases = ["received=2025-03-01; resolved=2025-03-02; place=1-101", "received=2025-03-01; place=1-102"];
    let table = ["place=1-102; called_back=2025-05-10 09:00", "place=9-901; called_back=2025-05-12"];
    let seen = |at: &str| {
        let bench = Bench::new(FOLLOW, &cases).with_callbacks(&cases, &table).seen_at(at);
        (bench.share(CALLED, "2025-03"), bench.excluded(CALLED, "2025-03").get("unknown").copied())
    };
    assert_eq!(seen("2025-04-01").1, Some(1.0), "nobody kept one yet");
    assert_eq!(seen("2025-05-10 09:00").1, Some(1.0), "the first had not happened by then");
    assert_eq!(seen("2025-05-10 09:01"), (Some((1.0, 1.0, 0)), None));
    // A row without a phone leaves cases of a phone alone untold, once it is written.
    let cases = ["received=2025-03-01; resolved=2025-03-02; phone=13800138005"];
    let table = ["phone=13800138001; called_back=2025-03-04", "place=1-101; called_back=2025-05-10"];
    let seen = |at: &str| {
        let bench = Bench::new(FOLLOW, &cases).with_callbacks(&cases, &table).seen_at(at);
        (bench.share(CALLED, "2025-03"), bench.excluded(CALLED, "2025-03").get("unknown").copied())
    };
    assert_eq!(seen("2025-05-10"), (Some((1.0, 1.0, 0)), None));
    assert_eq!(seen("2025-05-11").1, Some(1.0));
}

#[test]
fn a_callback_that_a_register_dates_after_the_as_of_moment_was_owed_by_then() {
    let cases = [
        "received=2025-03-01; resolved=2025-03-02; place=1-101; called_back=2025-03-20; opinion=satisfied",
        "received=2025-03-01; resolved=2025-03-02; place=1-102; called_back=2025-03-04; opinion=satisfied",
        "received=2025-03-01; resolved=2025-03-18; place=1-103; called_back=2025-03-20",
    ];
    let profile = "[callback]\nclause = \"7\"\nwithin = \"7 d\"\n[scale]\nclause = \"7\"\nsatisfied = [\"satisfied\"]\ndissatisfied = []\n";
    let seen = |at: &str, table: &[&str]| {
        let bench = Bench::new(profile, &cases).with_callbacks(&cases, table).seen_at(at);
        ["callback.done_share", "callback.on_time", "callback.satisfied_share"].map(|metric| {
            bench.of_callbacks(metric, "2025-03").map(|fact| (fact.numerator, fact.denominator, fact.excluded))
        })
    };
    let share = |part: f64, whole: f64, excluded: i64| Some((Some(part), Some(whole), excluded));
    // Due by 9 March: the first is owed and not done, the third case was still open.
    let [done, on_time, satisfied] = seen("2025-03-15", &[]);
    assert_eq!((done, on_time, satisfied), (share(1.0, 2.0, 0), share(1.0, 2.0, 0), share(1.0, 1.0, 0)));
    let [done, on_time, _] = seen("2025-03-05", &[]);
    assert_eq!((done, on_time), (share(1.0, 1.0, 1), share(1.0, 1.0, 1)), "its limit is not over");
    let [done, on_time, _] = seen("2025-03-21", &[]);
    assert_eq!((done, on_time), (share(3.0, 3.0, 0), share(2.0, 3.0, 0)));
    // A table that shows an earlier callback to the case: it was made.
    let [done, _, _] = seen("2025-03-15", &["place=1-101; called_back=2025-03-08"]);
    assert_eq!(done, share(2.0, 2.0, 0));
}
