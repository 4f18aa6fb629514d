//! Number cards: every figure that a page links to has its card, the card says what the fact says, and the rows add up.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node, ParsingOptions};

use crate::case::{Case, rows_of};
use crate::demo_run::demo;
use crate::table::Row;

/// What a card says.
struct Card {
    title: String,
    worth: String,
    terms: BTreeMap<String, String>,
    parts: Vec<String>,
    text: String,
}

fn text_of(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect()
}

fn find<'a, 'i>(node: Node<'a, 'i>, tag: &str, class: &str) -> Vec<Node<'a, 'i>> {
    let is_one = |node: &Node<'_, '_>| {
        node.has_tag_name(tag) && (class.is_empty() || node.attribute("class").is_some_and(|of| of == class))
    };
    node.descendants().filter(is_one).collect()
}

fn parsed(page: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(page, options).unwrap()
}

/// The cards of all pages of cards, by the id of the fact.
fn cards(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Card> {
    let mut cards = BTreeMap::new();
    for (_, bytes) in files.iter().filter(|(path, _)| is_cards(path)) {
        let document = parsed(std::str::from_utf8(bytes).unwrap());
        for card in find(document.root(), "article", "card") {
            let terms = find(card, "dl", "").into_iter().flat_map(|list| list.children()).filter_map(|term| {
                let name = find(term, "dt", "").first().map(|name| text_of(*name))?;
                Some((name, find(term, "dd", "").first().map(|text| text_of(*text))?))
            });
            let made = Card {
                title: text_of(find(card, "h3", "")[0]),
                worth: text_of(find(card, "p", "worth")[0]),
                terms: terms.collect(),
                parts: find(card, "p", "part").into_iter().map(text_of).collect(),
                text: text_of(card),
            };
            let id = card.attribute("id").unwrap().strip_prefix("f-").unwrap().to_owned();
            assert!(cards.insert(id.clone(), made).is_none(), "two cards of {id}");
        }
    }
    cards
}

fn is_cards(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|file| file.starts_with("numbers") && file.ends_with(".html"))
}

/// The numbers of a text, without the commas of thousands.
fn numbers(text: &str) -> Vec<f64> {
    let text = text.replace(',', "");
    let parts = text.split(|c: char| !(c.is_ascii_digit() || c == '.'));
    parts.filter_map(|part| part.trim_matches('.').parse().ok()).collect()
}

fn facts_by_id<'t>(rows: impl Iterator<Item = Row<'t>>) -> BTreeMap<String, Row<'t>> {
    rows.map(|row| (row.get("fact").to_owned(), row)).collect()
}

#[test]
fn every_figure_that_a_page_cites_has_its_card_and_no_other_card_is_made() {
    let mut cited = BTreeSet::new();
    for (path, bytes) in demo().files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = std::str::from_utf8(bytes).unwrap();
        let document = parsed(page);
        let links = find(document.root(), "a", "open");
        if path.starts_with("public/") {
            assert!(links.is_empty() && !page.contains("numbers.html"), "{path} hangs on the wall and opens figures");
        }
        if !is_cards(path) {
            let ids = links.iter().filter_map(|link| link.attribute("href")?.split_once("#f-"));
            cited.extend(ids.map(|(_, id)| id.to_owned()));
        }
    }
    let cards = cards(&demo().files);
    assert!(cited.len() > 1_000, "{} figures open", cited.len());
    assert_eq!(cited, cards.keys().cloned().collect());
    assert!(!demo().files.keys().any(|path| path.starts_with("public/") && is_cards(path)));
}

#[test]
fn a_card_says_what_the_fact_says_and_its_rows_add_up_to_it() {
    let facts = facts_by_id(demo().facts.rows());
    let (mut quotients, mut sums, mut excluded) = (0, 0, 0);
    for (id, card) in &cards(&demo().files) {
        let fact = facts.get(id).unwrap_or_else(|| panic!("{id} is no fact"));
        let name = || format!("{id} {}", card.title);
        let worth = numbers(&card.worth);
        let (numerator, denominator) = (fact.number("numerator"), fact.number("denominator"));
        if let (Some(numerator), Some(denominator), "ratio" | "per_1000") = (numerator, denominator, fact.get("unit")) {
            quotients += 1;
            // The overall rate is a mean of rates.
            let of = if fact.get("metric") == "survey.overall_satisfied" { "合计" } else { "分子" };
            let shown = card.worth.split_once(of).map(|(_, rest)| numbers(rest)).unwrap_or_default();
            assert!((shown[0] - numerator).abs() < 0.01 && (shown[1] - denominator).abs() < 0.01, "{}", name());
        } else if let (Some(value), "count") = (fact.number("value"), fact.get("unit")) {
            assert_eq!(worth.first(), Some(&value), "{}", name());
        }
        for (verdict, word) in [("met", "达标（"), ("missed", "未达标（")] {
            assert!(fact.get("verdict") != verdict || card.worth.contains(word), "{}", name());
        }
        let clause = card.terms.get("条款").unwrap_or_else(|| panic!("{} has no clause", name()));
        assert!(clause.contains(fact.get("clause")), "{}: {clause}", name());
        if fact.count("excluded") > 0 {
            excluded += 1;
            let said: f64 = card.terms.get("未计入").map(|text| numbers(text).iter().sum()).unwrap_or_default();
            assert_eq!(Some(said), fact.number("excluded"), "{}", name());
        }
        // Rows of a rate of cases or answers: a part each, `分子：27行`.
        let rows = |part: &str| {
            let found = card.parts.iter().find_map(|title| title.strip_prefix(&format!("{part}：")));
            found.map(|rest| numbers(rest)[0])
        };
        let is_of_rows = ["complaint.", "repair.", "callback."].iter().any(|kind| fact.get("metric").starts_with(kind));
        if let (true, "ratio", Some(part), Some(rest)) =
            (is_of_rows, fact.get("unit"), rows("分子"), rows("分母中其余的"))
        {
            sums += 1;
            assert_eq!((Some(part), Some(part + rest)), (numerator, denominator), "{}", name());
        }
    }
    assert!(quotients > 500 && sums > 500 && excluded > 100, "{quotients} {sums} {excluded}");
}

#[test]
fn a_card_names_the_rows_by_file_sheet_row_and_column_and_lists_them_one_by_one() {
    let case = Case::good();
    case.run(&["--quiet"]).expect(0);
    let cards = cards(&case.output());
    let facts = case.data("facts.csv");
    let median = facts
        .rows()
        .find(|fact| {
            fact.key(["metric", "period", "scope", "dimension"])
                == ["complaint.resolution.median", "2025-03", "group", ""]
        })
        .unwrap();
    let Some(card) = cards.get(median.get("fact")) else { panic!("the median is on no page") };
    for text in [
        "投诉登记.xlsx · Sheet1",
        "第2–3行 · C、H列",
        "逐行看（2行）",
        "第2行  18 小时 30 分  接到 C2：2025-03-05 14:30  办结 H2：2025-03-06 09:00",
    ] {
        assert!(card.text.contains(text), "「{text}」 is not in\n{}", card.text);
    }
}

#[test]
fn a_card_shows_no_person_whatever_file_or_category_is_named_after_one() {
    let rows = rows_of(&[
        &["投诉编号", "小区", "投诉时间", "房号", "姓名", "电话", "投诉类型", "责任部门", "处理完成时间"],
        &[
            "T-1",
            "翠湖花园",
            "2025-03-05 14:30",
            "1-101",
            "欧阳小明",
            "13812345678",
            "欧阳小明反映",
            "工程部",
            "2025-03-06 09:00",
        ],
        &[
            "T-2",
            "翠湖花园",
            "2025-03-07 08:00",
            "1-102",
            "诸葛大为",
            "13912345678",
            "噪音",
            "工程部",
            "2025-03-07 18:00",
        ],
    ]);
    let case = Case::new().with_book("诸葛大为3月投诉登记.xlsx", &rows);
    case.run(&["--quiet"]).expect(0);
    let cards = cards(&case.output());
    assert!(cards.len() > 10, "{} cards", cards.len());
    for card in cards.values() {
        for private in ["欧阳小明", "诸葛大为", "13812345678", "13912345678"] {
            assert!(!card.text.contains(private), "{} names {private}", card.title);
        }
    }
    assert!(cards.values().any(|card| card.text.contains("诸***3月投诉登记.xlsx")), "the file can still be found");
}

#[test]
fn cards_in_english_have_no_word_of_the_dictionary_left_untranslated() {
    let case = Case::good();
    case.run(&["--quiet", "--lang", "en"]).expect(0);
    for (path, bytes) in case.output().iter().filter(|(path, _)| is_cards(path) || path.starts_with("methods")) {
        let document = parsed(std::str::from_utf8(bytes).unwrap());
        let text = text_of(find(document.root(), "main", "")[0]);
        for key in ["card.", "card_", "metric_", "method.", "method_", "excluded.", "{n}", "{name}"] {
            assert!(!text.contains(key), "{path}: {key} in {text}");
        }
    }
}

#[test]
fn cards_stay_bounded_where_one_figure_rests_on_hundreds_of_sheets() {
    const COMMUNITIES: usize = 500;
    let mut case = Case::new();
    for community in 0..COMMUNITIES {
        let name = format!("小区{community:03}");
        let mut rows = vec![vec!["小区", "投诉时间", "房号", "投诉类型", "处理完成时间"]];
        rows.extend((0..4).map(|_| vec![name.as_str(), "2025-03-05 14:30", "", "噪音", "2025-03-06 09:00"]));
        let places: Vec<String> = (0..rows.len()).map(|place| format!("1-{}", 100 + place)).collect();
        for (row, place) in rows.iter_mut().zip(&places).skip(1) {
            row[2] = place;
        }
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        case = case.with_csv(&format!("{name}.csv"), &rows_of(&rows));
    }
    case.run(&["--quiet", "--period", "2025-03"]).expect(0);
    let output = case.output();
    for (path, bytes) in output.iter().filter(|(path, _)| is_cards(path)) {
        assert!(bytes.len() < 400_000, "{path} weighs {} bytes", bytes.len());
    }
    let facts = case.data("facts.csv");
    let received = facts.rows().find(|fact| {
        fact.key(["metric", "period", "scope", "dimension"]) == ["complaint.received", "2025-03", "group", ""]
    });
    let card = &cards(&output)[received.unwrap().get("fact")];
    assert_eq!(card.parts, ["计入：2,000行"]);
    assert!(
        card.text.contains("逐行看（前50行）") && card.text.contains("另有1,952行在488个工作表里"),
        "{}",
        card.text
    );
    assert_eq!(card.text.matches("14:30").count(), 50);
}

#[test]
fn the_methods_page_says_every_formula_clause_limit_and_reason_of_the_run() {
    let page = std::str::from_utf8(&demo().files["methods.html"]).unwrap();
    assert!(page.len() < 400_000);
    let document = parsed(page);
    let text = text_of(find(document.root(), "main", "")[0]);
    let metrics: BTreeSet<&str> = demo().facts.rows().map(|fact| fact.get("metric")).collect();
    let ids: BTreeSet<String> = find(document.root(), "code", "").into_iter().map(text_of).collect();
    assert_eq!(ids, metrics.into_iter().map(str::to_owned).collect(), "formulas");
    for text_of_it in [
        "统计到2025年12月31日24时",
        "工作时间内接到的，8个工作小时；其余24小时",
        "满意 ÷（满意 + 不满意）",
        "不低于96%",
        "Agresti–Coull",
        "2025年调休上班",
        "停钟 > 自定排班",
        "只写日期没有写时刻，按时与超时都有可能",
        "编号相同，或时间、地点、内容都相同的行只算一次",
    ] {
        assert!(text.contains(text_of_it), "「{text_of_it}」 is not in\n{text}");
    }
}
