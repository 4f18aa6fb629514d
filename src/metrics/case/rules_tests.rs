//! What rules say of cases, part by part.

use proptest::prelude::*;

use super::bench::Bench;
use super::rules::{Compiler, Truth};
use crate::profile::schema::Rule;
use crate::step::Step;

/// What a rule says of each case: `y`, `n`, or `?`.
fn says(rule: &str, cases: &[&str]) -> String {
    let bench = Bench::new("", cases);
    let rule: Rule = toml::from_str(rule).unwrap();
    let setting = bench.setting();
    let known = super::cases::Cases::of(&bench.frame, setting.as_of).unwrap();
    let moments = |step: Step, row: usize| known.moment(step, row);
    let truths = Compiler::new(&bench.frame, &moments, &setting).compile(&rule).unwrap().column(cases.len());
    truths.into_iter().map(|truth| ["n", "?", "y"][truth as usize]).collect()
}

#[test]
fn a_word_holds_wherever_it_stands_in_the_name_and_a_missing_name_has_none() {
    for key in ["category", "channel", "demand", "outcome", "part", "grade", "result", "cause"] {
        let rule = format!("{key} = [\"漏\", \"换\"]");
        let cases = [format!("{key}=屋面渗漏"), format!("{key}=换货"), format!("{key}=其他"), String::new()];
        let cases: Vec<&str> = cases.iter().map(String::as_str).collect();
        assert_eq!(says(&rule, &cases), "yynn", "{key}");
    }
    assert_eq!(says("level = [\"集团\"]", &["complaint_level=集团公司", "complaint_level=政府", ""]), "ynn");
    assert_eq!(says("class = [\"一类\"]", &["class_written=第一类", "class_written=第二类"]), "yn");
    assert_eq!(says("category = [\"质量\"]", &["category=產品質量"]), "y", "the script does not matter");
    assert_eq!(says("demand = [\"退\"]", &["category=退"]), "n", "a column that no table has");
}

#[test]
fn words_stand_in_the_category_or_in_the_text() {
    let cases = ["category=装修噪声", "text=楼上装修太吵", "category=服务; text=无", ""];
    assert_eq!(says("words = [\"装修\", \"装潢\"]", &cases), "yynn");
}

#[test]
fn a_word_is_found_in_either_script_and_in_small_and_capital_letters() {
    let cases = ["text=樓道衛生很差", "text=楼道卫生很差", "category=衛生", "text=樓道很髒", "text=請答覆"];
    assert_eq!(says("words = [\"卫生\"]", &cases), "yyynn");
    assert_eq!(says("words = [\"衛生\"]", &cases), "yyynn");
    assert_eq!(says("words = [\"答复\"]", &cases), "nnnny");
    let cases = ["text=rohs超标", "text=RoHS超标", "category=ROHS", "text=ro hs"];
    assert_eq!(says("words = [\"RoHS\"]", &cases), "yyyn");
    assert_eq!(says("category = [\"vip\"]", &["category=VIP客户"]), "y");
}

#[test]
fn a_single_letter_or_digit_is_no_word_within_a_number_or_a_foreign_word() {
    let cases = ["2类", "第2类", "2", "12345热线", "1类（2025）", "类别2", "2、房屋", "V2", "12", "2与12"];
    let cases: Vec<String> = cases.iter().map(|class| format!("class_written={class}")).collect();
    let cases: Vec<&str> = cases.iter().map(String::as_str).collect();
    assert_eq!(says("class = [\"2\", \"二类\"]", &cases), "yyynnyynny");
    assert_eq!(says("grade = [\"A\"]", &["grade=A级", "grade=a", "grade=VIPA", "grade=AA"]), "yynn");
    assert_eq!(says("words = [\"A\"]", &["text=A座漏水", "text=WIFI差 APP", "text=在A 座"]), "yny");
}

#[test]
fn an_unmarked_flag_is_not_set_and_an_unmarked_case_is_valid() {
    let cases = ["major=yes; urgent=yes; repeat=yes; forwarded=yes", "major=no; urgent=no", ""];
    for flag in ["major", "urgent", "repeat", "forwarded"] {
        assert_eq!(says(&format!("{flag} = true"), &cases), "ynn", "{flag}");
        assert_eq!(says(&format!("{flag} = false"), &cases), "nyy", "{flag}");
    }
    assert_eq!(says("valid = true", &["valid_written=yes", "valid_written=no", ""]), "yny");
}

#[test]
fn a_bound_on_a_number_that_is_not_told_is_unknown() {
    assert_eq!(says("cost = \">35000\"", &["cost=35000", "cost=35000.01", "cost="]), "ny?");
    assert_eq!(says("cost = \">=35000\"", &["cost=35000", "cost=34999.99"]), "yn");
    assert_eq!(says("compensation = \"<100\"", &["compensation=99.99", "compensation=100", ""]), "yn?");
    assert_eq!(says("distance = \"<=100\"", &["distance=100", "distance=100.001", "distance="]), "yn?");
    assert_eq!(says("claim = \">0\"", &["category=x"]), "?", "no table has such a column");
}

#[test]
fn a_claim_is_held_against_the_solution_and_a_solution_worth_nothing_tells_nothing() {
    let cases = ["claim=20000; solution=10000", "claim=19999.99; solution=10000", "claim=5; solution=0", "claim=5", ""];
    assert_eq!(says("claim_to_solution = \">=2\"", &cases), "yn???");
}

#[test]
fn working_hours_are_known_to_the_minute_or_where_the_day_has_none() {
    let cases = [
        "received=2025-03-05 08:30",
        "received=2025-03-05 12:00",
        "received=2025-03-05",
        "received=2025-03-08",
        "received=2025-05-01",
        "category=x",
    ];
    assert_eq!(says("received_in_working_hours = true", &cases), "yn?nn?");
    assert_eq!(says("received_in_working_hours = false", &cases), "ny?yy?");
}

#[test]
fn moments_are_told_where_all_of_them_stand() {
    let cases = ["received=2025-03-05 09:00; agreed=2026-05-01", "agreed=2025-03-05", "received=2025-03-05; agreed="];
    assert_eq!(says("has = [\"received\", \"agreed\"]", &cases), "ynn");
}

#[test]
fn combinations_follow_kleene() {
    let cases =
        ["cost=9; category=a", "cost=9; category=b", "cost=; category=a", "cost=; category=b", "cost=1; category=a"];
    assert_eq!(says("any = [{ cost = \">5\" }, { category = [\"a\"] }]", &cases), "yyy?y");
    assert_eq!(says("all = [{ cost = \">5\" }, { category = [\"a\"] }]", &cases), "yn?nn");
    assert_eq!(says("not = { cost = \">5\" }", &cases), "nn??y");
    assert_eq!(says("category = [\"a\"]\nnot = { any = [{ cost = \">5\" }] }", &cases), "nn?ny");
    assert_eq!(says("not = { words = [\"q\"] }", &["text=q", "text=r"]), "ny");
    assert_eq!(says("", &cases), "yyyyy", "an empty rule holds");
}

fn some_rule() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("{ cost = \">5\" }".to_owned()),
        Just("{ category = [\"a\"] }".to_owned()),
        Just("{ words = [\"q\"] }".to_owned()),
        Just("{ urgent = true }".to_owned()),
        Just("{ distance = \"<2\" }".to_owned()),
        Just("{ received_in_working_hours = true }".to_owned()),
    ];
    leaf.prop_recursive(3, 12, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{{ any = [{a}, {b}] }}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{{ all = [{a}, {b}] }}")),
            inner.prop_map(|a| format!("{{ not = {a} }}")),
        ]
    })
}

const CASES: [&str; 6] = [
    "cost=9; category=a; text=q; received=2025-03-05; urgent=yes; distance=1",
    "cost=; category=b; received=2025-03-05 09:00; distance=",
    "cost=1; text=r; distance=5; received=2025-03-08",
    "category=qa; urgent=no; cost=7",
    "text=aq; received=2025-03-05 23:00; distance=",
    "",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_laws_of_kleene_hold_for_any_two_rules(a in some_rule(), b in some_rule()) {
        let of = |rule: &str| says(&format!("all = [{rule}]"), &CASES);
        let both = |kind: &str| format!("{{ {kind} = [{a}, {b}] }}");
        let not = |rule: &str| format!("{{ not = {rule} }}");
        prop_assert_eq!(of(&not(&not(&a))), of(&a));
        prop_assert_eq!(of(&not(&both("any"))), of(&format!("{{ all = [{}, {}] }}", not(&a), not(&b))));
        prop_assert_eq!(of(&format!("{{ any = [{b}, {a}] }}")), of(&both("any")));
        prop_assert_eq!(of(&format!("{{ any = [{a}, {}] }}", both("all"))), of(&a));
        let (one, other) = (of(&a), of(&b));
        let least = one.chars().zip(other.chars()).map(|(x, y)| {
            let of = |c| match c { 'n' => Truth::No, '?' => Truth::Unknown, _ => Truth::Yes };
            if of(x) < of(y) { x } else { y }
        }).collect::<String>();
        prop_assert_eq!(of(&both("all")), least);
    }
}
