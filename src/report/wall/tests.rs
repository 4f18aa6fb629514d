use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::problem::Language;
use crate::report::Page;

static GUARD: LazyLock<Guard> = LazyLock::new(|| {
    let persons = ["张三", "欧阳小明", "Mary Lee", "李", "文明", "阿强", "云栖", "业主", "匿名"];
    let wording = Words::replaced(Language::Zh, "[notice]\ntitle = \"文明社区满意度公示\"").unwrap();
    Guard::new(persons.into_iter(), ["云栖苑", "工程部"].into_iter(), &wording)
});

fn rule_of(text: &str) -> Option<WallRule> {
    GUARD.breach(text).map(|(rule, _)| rule)
}

fn page(path: &str, model: serde_json::Value) -> Page {
    Page { path: path.into(), template: "x", public: path.starts_with("public/"), model, ..Page::default() }
}

#[test]
fn every_example_is_stopped_by_its_rule_or_passes() {
    let mut reader = csv::Reader::from_reader(include_str!("../../../tests/wall/examples.csv").as_bytes());
    let examples: Vec<(String, String)> = reader
        .records()
        .map(|record| record.map(|record| (record[0].to_owned(), record[1].to_owned())).unwrap())
        .collect();
    assert!(examples.len() >= 150, "{}", examples.len());
    let wrong: Vec<String> = examples
        .iter()
        .map(|(rule, text)| (rule, text, rule_of(text).map_or("pass", WallRule::word)))
        .filter(|(rule, _, found)| rule != found)
        .map(|(rule, text, found)| format!("{text}: {found}, not {rule}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for rule in WallRule::ALL {
        assert!(examples.iter().filter(|(of, _)| of == rule.word()).count() >= 7, "{rule:?}");
    }
}

#[test]
fn what_the_pages_say_themselves_passes_in_both_languages() {
    for language in [Language::Zh, Language::En] {
        for text in Words::of(language).texts() {
            assert_eq!(GUARD.breach(text), None, "{text}");
        }
    }
}

#[test]
fn a_breach_says_which_page_where_and_what() {
    let breach = GUARD.page(&page("public/x.html", json!({"a": [{"b": "请联系张三"}]}))).unwrap_err();
    assert_eq!((breach.rule, breach.place.as_str(), breach.found.as_str()), (WallRule::Name, "/a/0/b", "张三"));
    assert_eq!(breach.to_string(), "public/x.html：人名 / the name of a person · /a/0/b · 「张三」");
}

#[test]
fn pages_for_management_pass() {
    let inner = page("2025-06/x.html", json!("13812345678"));
    assert_eq!(GUARD.page(&inner), Ok(()));
    assert_eq!(GUARD.html(&inner, "<p>13812345678</p>"), Ok(()));
}

#[test]
fn what_only_the_finished_page_shows_is_stopped() {
    let walled = page("public/x.html", json!({}));
    for (html, rule) in [
        ("<p>138<b>1234</b>5678</p>", WallRule::Phone),
        ("<p>138<br/>12345678</p>", WallRule::Phone),
        ("<td>13812</td><td>345678</td>", WallRule::Phone),
        ("<td>138</td><td>1234</td><td>5678</td>", WallRule::Phone),
        ("<p>&#49;3812345678</p>", WallRule::Phone),
        ("<p id=\"a\">张<i>三</i></p>", WallRule::Name),
        ("<svg><text><tspan>欧阳</tspan><tspan>小明</tspan></text></svg>", WallRule::Name),
        ("<img alt=\"粤B12345\"/>", WallRule::Plate),
        ("<!-- 110101199003078515 -->", WallRule::Identity),
        ("<th>3栋</th><td>1501</td>", WallRule::Room),
        ("<a href=\"mailto:a@b.cn\">信</a>", WallRule::Contact),
    ] {
        assert_eq!(GUARD.html(&walled, html).map_err(|breach| breach.rule), Err(rule), "{html}");
    }
    for html in [
        "<style>.a { width: 13812345678px }</style><path d=\"M138 1234 5678\"/>",
        "<td>138</td><td>97.1%</td><td>205</td>",
        "<td>205</td><td>138</td><td>123</td><td>456</td>",
        "<th>第3号</th><td>205份</td>",
        "<p>张</p><p>三</p>",
    ] {
        assert_eq!(GUARD.html(&walled, html), Ok(()), "{html}");
    }
}

#[test]
fn names_are_found_beside_a_long_register() {
    let names: Vec<String> =
        (0..50_000).map(|n| format!("王{}", char::from_u32(0x4E00 + n % 20_000).unwrap_or('一'))).collect();
    let guard = Guard::new(names.iter().map(String::as_str), std::iter::empty(), Words::of(Language::Zh));
    assert_eq!(guard.breach("感谢王丰的建议").map(|(rule, _)| rule), Some(WallRule::Name));
    assert_eq!(guard.breach("满意率96.5%"), None);
}

/// Ways to write a digit.
fn digit() -> impl Strategy<Value = fn(char) -> char> {
    let wide = |c: char| char::from_u32(c as u32 + 0xFEE0).unwrap_or(c);
    let han = |c: char| "〇一二三四五六七八九".chars().nth(c as usize - '0' as usize).unwrap_or(c);
    let money = |c: char| "零壹贰叁肆伍陆柒捌玖".chars().nth(c as usize - '0' as usize).unwrap_or(c);
    prop_oneof![4 => Just((|c| c) as fn(char) -> char), 1 => Just(wide as _), 1 => Just(han as _), 1 => Just(money as _)]
}

/// A number with its digits written and parted in several ways.
fn written(digits: &str) -> impl Strategy<Value = String> + use<> {
    let parts =
        prop_oneof![6 => Just(""), 1 => Just(" "), 1 => Just("-"), 1 => Just("\u{3000}"), 1 => Just("\u{200B}")];
    let digits: Vec<char> = digits.chars().collect();
    prop::collection::vec((digit(), parts), digits.len()).prop_map(move |how| {
        let pieces = digits.iter().zip(how).enumerate();
        pieces.fold(String::new(), |mut text, (at, (c, (write, part)))| {
            text.push_str(if at > 0 { part } else { "" });
            text.push(write(*c));
            text
        })
    })
}

fn around() -> impl Strategy<Value = String> {
    prop_oneof!["", "请联系", "，", "满意度", "（", "反映：", "x "].prop_map(String::from)
}

proptest! {
    #[test]
    fn no_way_of_writing_hides_a_phone((before, after) in (around(), around()), phone in "1[3-9][0-9]{9}".prop_flat_map(|phone| written(&phone))) {
        let text = format!("{before}{phone}{after}");
        prop_assert!(rule_of(&text).is_some(), "{}", text);
    }

    #[test]
    fn no_way_of_writing_hides_an_identity_number(number in "[1-6][1-5][0-9]{4}19[5-9][0-9](0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{4}".prop_flat_map(|number| written(&number))) {
        prop_assert!(rule_of(&number).is_some(), "{}", number);
    }

    #[test]
    fn no_way_of_writing_hides_a_room(
        (building, unit) in (1..40_u32, 1..9_u32), (floor, door) in (1..34_u32, 1..12_u32),
        mark in prop_oneof![Just("栋"), Just("幢"), Just("座"), Just("号楼"), Just("棟")], blank in prop_oneof![Just(""), Just(" ")], wide in any::<bool>(),
    ) {
        for text in [
            format!("{building}{mark}{blank}{unit}单元{blank}{floor}{door:02}"),
            format!("{building}{mark}{blank}{floor}{door:02}"),
            format!("{building}-{unit}-{floor}{door:02}"),
            format!("住{floor}{door:02}室的"),
        ] {
            let text: String = text.chars().map(|c| if wide && c.is_ascii_digit() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c }).collect();
            prop_assert_eq!(rule_of(&text), Some(WallRule::Room), "{}", text);
        }
    }

    #[test]
    fn a_known_name_is_found_in_any_text(before in "[的了在和就不人都]{0,6}", after in "[的了在和就不人都]{0,6}", blank in prop_oneof![Just(""), Just(" "), Just("\u{3000}"), Just("\u{200B}")]) {
        let text = format!("{before}欧{blank}阳小明{after}");
        prop_assert_eq!(rule_of(&text), Some(WallRule::Name));
    }

    #[test]
    fn amounts_dates_rates_and_counts_pass(n in 0..100_000_000_u64, rate in 0.0..1.0_f64, (year, month, day) in (1990..2040_u32, 1..13_u32, 1..29_u32)) {
        let count = crate::report::format::count(f64::from(u32::try_from(n).unwrap_or(0)));
        let share = crate::report::format::share(rate, None);
        for text in [
            format!("{count}份"),
            format!("发出{count}份，收回{count}份，回收率{share}。"),
            share.clone(),
            format!("{year}-{month:02}-{day:02}"),
            format!("{year}年{month}月{day}日24时"),
            format!("{year}{month:02}{day:02}"),
            format!("{count}元"),
            format!("{month}.{day}.{month}"),
        ] {
            prop_assert_eq!(rule_of(&text), None, "{}", text);
        }
    }

    #[test]
    fn no_text_makes_the_guard_panic(text in "\\PC{0,60}", html in "[<>/a-z =\"&#;0-9张三栋座-]{0,80}") {
        let _ = GUARD.breach(&text);
        let _ = GUARD.html(&page("public/x.html", json!({})), &html);
    }
}
