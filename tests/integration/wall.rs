//! What hangs on the wall, read as a resident reads it: from the finished pages.

use std::collections::{BTreeMap, BTreeSet};

use manyi::pipeline::Extent;
use roxmltree::{Document, ParsingOptions};

use crate::case::{Case, Cell, rows_of};
use crate::demo_run::demo;

/// Communities with their forms: how many, and how many of them are dissatisfied with the first item.
const ROUND: [(&str, usize, usize); 4] = [("柳岸", 3, 1), ("梅园", 26, 6), ("松庭", 60, 8), ("竹里", 90, 9)];

const ITEMS: [&str; 3] = ["治安工作", "清洁绿化", "服务态度"];

/// A survey round of all communities, in one sheet.
fn round() -> Vec<Vec<Cell>> {
    let mut rows = rows_of(&[&["2025年上半年满意度调查汇总"], &["问卷编号", "小区", ITEMS[0], ITEMS[1], ITEMS[2]]]);
    for (community, forms, bad) in ROUND {
        for form in 0..forms {
            let answer = |bad: usize| if form < bad { "不满意" } else { "满意" };
            let number = format!("{community}-{form}");
            rows.extend(rows_of(&[&[&number, community, answer(bad), answer(bad / 2), answer(bad - 1)]]));
        }
    }
    rows
}

/// The texts of a page.
fn texts(page: &[u8]) -> Vec<String> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let page = std::str::from_utf8(page).unwrap();
    let document = Document::parse_with_options(page, options).unwrap();
    let body = document.descendants().find(|node| node.has_tag_name("body")).unwrap();
    let texts = body.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text());
    texts.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// Items and their rates, as a notice prints them.
fn printed(page: &[u8]) -> BTreeMap<String, String> {
    let texts = texts(page);
    ITEMS
        .iter()
        .filter_map(|item| {
            let at = texts.iter().position(|text| text == item)?;
            Some(((*item).to_owned(), texts[at + 1].clone()))
        })
        .collect()
}

#[test]
fn no_difference_of_notices_tells_what_three_households_answered() {
    let case = Case::new().with_book("调查.xlsx", &round());
    case.run(&["--quiet"]).expect(0);
    let files = case.output();
    let facts = case.data("facts.csv");
    let named: BTreeMap<String, String> =
        facts.rows().map(|fact| (fact.get("scope_name").to_owned(), fact.get("scope_id").to_owned())).collect();
    let notice = |community: &str| {
        let folder = named.get(community).map(|id| format!("{id}/")).unwrap_or_default();
        &files[&format!("public/2025-H1/{folder}survey-notice.html")]
    };
    let group = &files["public/2025-H1/survey-notice.html"];
    let rows: Vec<BTreeMap<String, String>> = ROUND.iter().map(|(community, ..)| printed(notice(community))).collect();
    assert!(rows[0].is_empty() && rows[1].is_empty(), "the smallest and the one that shields it: {rows:?}");
    assert_eq!((rows[2].len(), rows[3].len(), printed(group).len()), (3, 3, 3));
    for hidden in [notice("柳岸"), notice("梅园")] {
        let page = texts(hidden).join("\n");
        assert!(
            page.contains("为保护答卷人") && page.contains("总体满意率不单独公布") && !page.contains('%'),
            "{page}"
        );
    }
    // The number of forms of three households is told neither by their notice nor by the others'.
    assert!(!texts(notice("柳岸")).join("").contains("收回3份"));
    assert!(!texts(group).join("").contains("收回179份"));
    assert!(texts(notice("竹里")).join("").contains("收回90份"));
}

#[test]
fn a_page_that_would_name_a_room_is_not_written_and_the_run_says_where_it_stands() {
    let mut rows =
        rows_of(&[&["翠湖花园2025年上半年满意度调查汇总"], &["问卷编号", "治安工作", "三栋二单元501的意见"]]);
    for form in 0..40 {
        rows.extend(rows_of(&[&[&format!("A{form}"), "满意", if form < 9 { "不满意" } else { "满意" }]]));
    }
    let case = Case::new().with_book("调查.xlsx", &rows);
    let outcome = case.run_library(Extent::Pages).unwrap_or_else(|error| panic!("{error}"));
    let files = case.output();
    assert!(!files.keys().any(|path| path.starts_with("public/") && path.ends_with("survey-notice.html")));
    let told = outcome.summary.withheld.join("\n");
    assert!(told.contains("survey-notice.html") && told.contains("房号") && told.contains("· /notes/0"), "{told}");
    let text = outcome.summary.text(manyi::problem::Language::En);
    assert!(text.contains("Page withheld from the wall: public/2025-H1/"), "{text}");
}

#[test]
fn a_letter_prints_recorded_promises_and_lines_for_what_is_not_promised_or_names_somebody() {
    let promises = rows_of(&[
        &["小区", "调查期", "承诺事项", "责任部门", "承诺完成日期", "完成日期", "完成状态"],
        &["竹里", "2025年上半年", "治安工作：东门增加夜班一岗", "秩序部", "2025-09-30", "", "未完成"],
        &["竹里", "2025年上半年", "请三栋张先生领取赔偿，电话13812345678", "客服部", "2025-09-30", "", "未完成"],
        &["松庭", "2025年上半年", "每周清洗垃圾桶", "环境部", "2025-08-31", "", "未完成"],
    ]);
    let case = Case::new().with_book("调查.xlsx", &round()).with_book("承诺.xlsx", &promises);
    let outcome = case.run_library(Extent::Pages).unwrap_or_else(|error| panic!("{error}"));
    let letters: Vec<String> = case
        .output()
        .into_iter()
        .filter(|(path, _)| path.starts_with("public/") && path.ends_with("open-letter.html"))
        .map(|(_, page)| texts(&page).join("\n"))
        .collect();
    assert_eq!(letters.len(), 4);
    let of = |community: &str| letters.iter().find(|letter| letter.contains(community)).unwrap();
    assert!(of("竹里").contains("东门增加夜班一岗") && of("竹里").contains("完成期限：2025年9月30日"));
    assert!(!of("竹里").contains("张先生") && of("松庭").contains("每周清洗垃圾桶"));
    assert!(!of("松庭").contains("东门") && of("柳岸").contains("答复："));
    assert!(!of("柳岸").contains('%') && !of("竹里").contains("审批"));
    let told = outcome.summary.left_out.join("\n");
    assert!(told.contains("电话号码") && told.contains("承诺.xlsx") && told.contains("#3"), "{told}");
    assert_eq!(outcome.summary.left_out.len(), 1);
    assert!(outcome.summary.sets_aside());
}

#[test]
fn where_a_procedure_asks_for_approval_the_copy_for_management_has_the_line() {
    let case = Case::new().with_book("调查.xlsx", &round());
    case.run(&["--quiet", "--profile", "community-opinion"]).expect(0);
    let files = case.output();
    let (path, copy) = files.iter().find(|(path, _)| path.ends_with("open-letter-copy.html")).unwrap();
    assert!(!path.starts_with("public/"), "{path}");
    let text = texts(copy).join("\n");
    assert!(text.contains("审批（管理者代表）") && text.contains("(2)D"), "{text}");
}

/// The notices of complaints of a month, by community; the group's is under an empty name.
fn published(rows: &[Vec<Cell>], arguments: &[&str]) -> Vec<String> {
    let case = Case::new().with_book("投诉登记.xlsx", rows);
    case.run(arguments).expect(0);
    let notices = case.output().into_iter();
    notices
        .filter(|(path, _)| path.starts_with("public/2025-05/") && path.ends_with("complaint-publication.html"))
        .map(|(_, page)| texts(&page).join("\n"))
        .collect()
}

#[test]
fn a_notice_says_that_the_register_tells_neither_outcome_nor_matter_and_claims_nothing_of_other_months() {
    let head = &["小区", "投诉时间", "房号", "投诉内容"];
    let untold = [&["竹里", "2025-05-03 09:00", "1-1-101", "门坏了"], &["竹里", "2025-06-03 09:00", "1-1-102", "漏水"]];
    let notices = published(&rows_of(&[head, untold[0], untold[1]]), &["--quiet"]);
    let own = notices.iter().find(|page| page.contains("竹里 · 2025年5月")).unwrap();
    assert!(own.contains("没有记办理结果") && own.contains("登记表没有分事由"), "{own}");
    let head = &["小区", "投诉时间", "房号", "投诉内容", "投诉类别", "响应时间", "处理完成时间", "状态"];
    // Open since April; that of May was received the day before the list was made.
    let rows = rows_of(&[
        head,
        &["竹里", "2025-04-03 09:00", "1-1-101", "门坏了", "公共设施", "2025-04-03 10:00", "", "处理中"],
        &["竹里", "2025-05-30 09:00", "1-1-102", "漏水", "房屋渗漏", "2025-05-30 10:00", "", "处理中"],
        &["竹里", "2025-05-31 09:00", "1-1-103", "灯坏", "公共设施", "2025-05-31 10:00", "2025-05-31 15:00", "已完成"],
    ]);
    let notices = published(&rows, &["--quiet"]);
    let own = notices.iter().find(|page| page.contains("竹里 · 2025年5月")).unwrap();
    assert!(own.contains("本月接到、未办结的都没有逾期"), "{own}");
    assert!(!own.contains("，没有逾期"), "{own}");
}

#[test]
fn rows_of_a_notice_sum_up_to_its_number_in_either_language() {
    let head: &[&str] = &["小区", "投诉时间", "房号", "投诉内容", "投诉类别", "响应时间", "处理完成时间", "状态"];
    let done = ["2025-05-03 10:00", "2025-05-04 09:00", "已完成"];
    for (communities, is_whole) in [(6, true), (30, false)] {
        let mut rows = rows_of(&[head]);
        for community in 0..communities {
            let name = format!("第{community}小区");
            let one = [&name, "2025-05-03 09:00", "1-1-101", "门坏了", "公共设施", done[0], done[1], done[2]];
            rows.extend(rows_of(&[&one]));
        }
        let later = ["第0小区", "2025-06-03 09:00", "1-1-101", "门坏了", "公共设施", "2025-06-03 10:00", "", "处理中"];
        rows.extend(rows_of(&[&later]));
        for (language, unit, rest) in [("zh", "件", "其余"), ("en", " case", " others")] {
            let notices = published(&rows, &["--quiet", "--lang", language]);
            let of_all = notices.iter().find(|page| page.contains("All communities") || page.contains("各小区合计"));
            let lines: Vec<&str> = of_all.unwrap().lines().collect();
            let first = lines.iter().position(|line| ["件数", "Number"].contains(line)).unwrap();
            let counted =
                lines[first + 1..].chunks(2).map_while(|row| row.get(1)?.split(unit).next()?.parse::<u32>().ok());
            assert_eq!(counted.sum::<u32>(), communities, "{lines:?}");
            assert_eq!(!lines.iter().any(|line| line.contains(rest)), is_whole, "{lines:?}");
        }
    }
}

#[test]
fn complaints_are_published_for_months_that_are_over_and_matters_of_few_are_taken_together() {
    let files = &demo().files;
    let published: BTreeSet<&str> = files
        .keys()
        .filter_map(|path| path.strip_prefix("public/")?.strip_suffix("complaint-publication.html"))
        .collect();
    assert!(published.contains("2025-06/") && published.contains("2025-06/jinxiu/"));
    assert_eq!(published.iter().filter(|folder| folder.ends_with("jinxiu/")).count(), 12);
    let facts = demo().facts.rows().filter(|fact| {
        fact.get("metric") == "complaint.received"
            && fact.get("period") == "2025-06"
            && fact.get("scope_id") == "jinxiu"
            && fact.get("profile") == "complaint-classes"
    });
    let all: Vec<_> = facts.collect();
    let page = texts(&files["public/2025-06/jinxiu/complaint-publication.html"]);
    let after = |label: &str| page.iter().position(|text| text == label).map(|at| page[at + 1].clone());
    let mut rest = 0;
    for fact in all.iter().filter(|fact| fact.get("dimension") == "category") {
        let (name, n) = (fact.get("dimension_value"), fact.count("value"));
        match after(name) {
            Some(shown) => assert!(n >= 5 && shown == format!("{n}件"), "{name}: {shown}"),
            None => rest += n,
        }
    }
    let total = all.iter().find(|fact| fact.get("dimension").is_empty()).unwrap().count("value");
    assert!(page.contains(&format!("{total}件")));
    assert!(rest >= 5 && after("其他各类") == Some(format!("{rest}件")), "{rest} of {total}: {page:?}");
}
