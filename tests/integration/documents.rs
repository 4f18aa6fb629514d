//! The procedures' own forms, with numbers counted by hand.

use roxmltree::{Document, Node, ParsingOptions};

use crate::case::{Case, rows_of};

const CONFIG: &str = "[organisation]\nname = \"安居物业\"\n[use]\ncomplaint = \"complaint-handling\"\n\
    callback = \"service-center\"\nsurvey = \"survey-procedure\"\n\
    [[department]]\nid = \"gc\"\nname = \"工程部\"\n";

/// C1 done within the day, C2 after two days and went up, C3 still open and never went up, C4 dates without times: nobody can tell.
/// C2 and C4 are of the same category; C5 falls into April by the window from the 26th.
const CASES: &[&[&str]] = &[
    &["投诉编号", "小区", "投诉时间", "房号", "投诉人", "投诉类型", "投诉内容", "责任部门", "升级时间", "处理完成时间"],
    &["C1", "翠湖花园", "2025-03-03 09:00", "3-1-501", "李四光", "停车", "车位被占", "工程部", "", "2025-03-03 18:00"],
    &[
        "C2",
        "翠湖花园",
        "2025-03-04 09:00",
        "3-1-502",
        "李四光",
        "漏水",
        "李四光家3栋1单元502漏水",
        "工程部",
        "2025-03-05 10:00",
        "2025-03-06 09:00",
    ],
    &["C3", "云栖苑", "2025-03-10 08:00", "1-2-301", "王小虎", "电梯", "电梯停运", "工程部", "", ""],
    &["C4", "翠湖花园", "2025-03-11", "2-1-101", "赵铁柱", "漏水", "屋顶渗水", "工程部", "", "2025-03-12"],
    &["C5", "云栖苑", "2025-03-28 10:00", "1-2-302", "王小虎", "电梯", "电梯异响", "工程部", "", "2025-03-28 12:00"],
];

/// Two ratings of building 12, one of building 3; a stroke says that nobody was asked.
const MATRIX: &[&[&str]] = &[
    &["翠湖花园2025年3月回访统计月统计表"],
    &["地点", "治安工作", "清洁绿化", "消杀清运", "噪声影响", "工程维修", "投诉处理", "服务态度", "工作效率"],
    &["12栋", "满意", "较满意", "满意", "不满意", "满意", "/", "满意", "满意"],
    &["12栋", "满意", "不满意", "满意", "不满意", "满意", "", "满意", "满意"],
    &["3栋", "较满意", "满意", "满意", "满意", "满意", "满意", "满意", "满意"],
];

/// Single callbacks of a community that hands in no table.
const SINGLE: &[&[&str]] = &[
    &["小区", "回访日期", "地点", "回访内容及处理结果", "守时", "态度", "质量", "意见"],
    &["云栖苑", "2025-03-12", "1-1-101", "电梯已修", "满意", "满意", "满意", "满意"],
    &["云栖苑", "2025-03-13", "1-1-102", "路灯已修", "满意", "不满意", "满意", "满意"],
];

/// Cleaning: 3 satisfied of 4 that answer; safety: 2 of 2, two say nothing.
const SURVEY: &[&[&str]] = &[
    &["翠湖花园2025年上半年满意度调查"],
    &["序号", "清洁卫生", "安全秩序"],
    &["1", "特别满意", "满意"],
    &["2", "满意", "基本满意"],
    &["3", "满意", "未表态"],
    &["4", "不满意", ""],
];

fn case(language: &str) -> Case {
    let case = Case::new()
        .with_csv("投诉登记.csv", &rows_of(CASES))
        .with_csv("月统计.csv", &rows_of(MATRIX))
        .with_csv("回访记录.csv", &rows_of(SINGLE))
        .with_csv("调查.csv", &rows_of(SURVEY))
        .with_file("manyi.toml", CONFIG.as_bytes());
    case.run(&["--quiet", "--as-of", "2025-03-31", "--lang", language]).expect(0);
    case
}

/// The page of that name in a folder, of a community named, or of the group.
fn page(case: &Case, period: &str, named: &str, file: &str) -> String {
    let output = case.output();
    let own = |path: &str| path.starts_with(&format!("{period}/")) && path.ends_with(&format!("/{file}"));
    let pages = output.into_iter().filter(|(path, _)| own(path));
    let mut pages = pages.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()));
    let heads = ["单位：", "Unit: ", "Unit: <span lang=\"zh-CN\">"];
    let found = pages.find(|(_, page)| heads.iter().any(|head| page.contains(&format!("{head}{named}<"))));
    found.unwrap_or_else(|| panic!("{period} {named} {file} is not there")).1
}

/// The rows of a page's tables, as texts; the lines of a cell are joined by a stroke.
fn grid(page: &str) -> Vec<Vec<String>> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(page, options).unwrap();
    let texts = |cell: Node<'_, '_>| {
        let texts = cell.descendants().filter(Node::is_text).filter_map(|node| node.text());
        texts.map(|text| text.trim().replace('\n', "/")).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("|")
    };
    let rows = document.descendants().filter(|node| node.has_tag_name("tr"));
    rows.map(|row| row.children().filter(Node::is_element).map(texts).collect()).collect()
}

#[test]
fn the_table_of_satisfaction_rates_counts_items_by_level() {
    let page = page(&case("zh"), "2025-H1", "翠湖花园", "satisfaction-table.html");
    assert!(page.contains("顾客满意率统计表") && page.contains("2025年上半年"));
    let grid = grid(&page);
    // Nobody told how many forms were issued: blank, not 0.
    assert_eq!(grid[0][..2], ["发出份数", ""]);
    let levels = ["特别满意", "满意", "基本满意", "不满意", "未表态"];
    assert!(grid.contains(&levels.map(str::to_owned).to_vec()), "{grid:?}");
    assert!(
        grid.contains(&["1", "清洁卫生", "1", "2", "0", "1", "0", "3", "1", "4", "75.0%"].map(str::to_owned).to_vec())
    );
    assert!(
        grid.contains(&["2", "安全秩序", "0", "1", "1", "0", "1", "2", "0", "2", "100%"].map(str::to_owned).to_vec())
    );
    let overall = grid.last().unwrap();
    assert_eq!(
        overall[..],
        ["总体满意率", "87.5%", "目标", "不低于96%", "结果", "未达标"],
        "the mean of 75 % and 100 %"
    );
}

#[test]
fn the_check_sheet_bears_its_number_and_the_shares_of_a_pareto_chart() {
    let page = page(&case("zh"), "2025-H1", "翠湖花园", "survey-tally.html");
    assert!(page.contains("调查统计表") && page.contains("编号：JL/WI-KF-019/002"));
    let grid = grid(&page);
    assert!(
        grid.contains(&["1", "清洁卫生", "4", "3", "1", "", "100%", "100%"].map(str::to_owned).to_vec()),
        "{grid:?}"
    );
    assert!(
        grid.contains(&["2", "安全秩序", "2", "2", "0", "1", "0%", "100%"].map(str::to_owned).to_vec()),
        "{grid:?}"
    );
}

#[test]
fn the_monthly_table_of_callbacks_has_the_columns_of_qr_004_in_their_order() {
    let case = case("zh");
    let own = page(&case, "2025-03", "翠湖花园", "callback-table.html");
    assert!(own.contains("编号：QR-004FW") && own.contains("版号/状态：A/0") && own.contains("回访统计月统计表"));
    let rows = grid(&own);
    let printed =
        ["地点", "治安工作", "清洁绿化", "消杀清运", "噪声影响", "工程维修", "投诉处理", "服务态度", "工作效率"];
    assert_eq!(rows[0], printed);
    assert_eq!(rows[1], ["3栋", "较满意", "满意", "满意", "满意", "满意", "满意", "满意", "满意"]);
    let twelve = ["12栋", "满意 2", "较满意 1/不满意 1", "满意 2", "不满意 2", "满意 2", "", "满意 2", "满意 2"];
    assert_eq!(rows[2], twelve);
    assert_eq!(rows[3], ["满意率", "100%", "66.7%", "100%", "33.3%", "100%", "100%", "100%", "100%"]);
}

#[test]
fn a_month_without_the_table_is_compiled_from_single_callbacks_and_the_rest_stays_blank() {
    let case = case("zh");
    let own = page(&case, "2025-03", "云栖苑", "callback-table.html");
    let rows = grid(&own);
    assert_eq!(rows[1], ["1", "", "", "", "", "", "", "满意 1/不满意 1", ""]);
    assert_eq!(rows.len(), 2, "no facts by topic: no row of rates");
    assert!(own.contains("没有报送本表"));
    let group = page(&case, "2025-03", "安居物业", "callback-table.html");
    assert!(grid(&group).iter().any(|row| row[0].starts_with("满意率") && row[0].contains("只计报送本表")));
}

#[test]
fn the_statistics_of_complaints_count_the_window_of_the_month() {
    let case = case("zh");
    let page = page(&case, "2025-03", "安居物业", "complaint-table.html");
    assert!(page.contains("客户投诉统计分析表") && page.contains("上月26日至本月25日"));
    let rows = grid(&page);
    // No mark of major cases, no grade of customers: blank, not 0.
    assert_eq!(rows[0], ["小区", "件数", "二次投诉", "重大投诉", "重要业主投诉"]);
    assert!(rows.contains(&["翠湖花园", "3", "0", "", ""].map(str::to_owned).to_vec()), "{rows:?}");
    assert!(rows.contains(&["云栖苑", "1", "0", "", ""].map(str::to_owned).to_vec()), "C5 is April's: {rows:?}");
    assert!(rows.contains(&["1", "漏水", "2", "50.0%", "50.0%", "", ""].map(str::to_owned).to_vec()), "{rows:?}");
    assert!(page.contains("主要原因分析") && page.contains("class=\"approvals\""));
}

#[test]
fn the_statistics_of_complaints_call_overdue_what_the_analysis_of_the_month_calls_so_and_name_the_procedure() {
    let demo = crate::demo_run::demo();
    let page = std::str::from_utf8(&demo.files["2025-12/complaint-table.html"]).unwrap();
    let rows = grid(page);
    let at = rows[0].iter().position(|label| label == "逾期").unwrap();
    let whole = rows.iter().find(|row| row[0] == "全公司").unwrap()[at].clone();
    assert_ne!(whole, "0", "of the limit of a first answer none is overdue");
    let of_communities =
        rows[1..].iter().take_while(|row| row[0] != "全公司").filter_map(|row| row[at].parse::<u32>().ok());
    assert_eq!(of_communities.sum::<u32>().to_string(), whole);
    assert!(page.contains("逾期按《服务中心工作手册》"));
    let analysis = std::str::from_utf8(&demo.files["2025-12/complaint-analysis.html"]).unwrap();
    assert!(analysis.contains(&format!("按《服务中心工作手册》的时限，其中{whole}件已经逾期")), "{whole}");
}

#[test]
fn callbacks_on_complaints_and_repairs_are_not_headed_as_those_of_complaints_alone() {
    let demo = crate::demo_run::demo();
    for page in ["2025-12/complaint-analysis.html", "2025-12/gongcheng/actions.html"] {
        let page = std::str::from_utf8(&demo.files[page]).unwrap();
        assert!(page.contains("回访（投诉与报修合计）</h2>"));
    }
}

#[test]
fn what_was_not_done_within_a_day_stands_in_the_register_of_escalated_complaints_without_names_and_rooms() {
    let case = case("zh");
    let group = page(&case, "2025-03", "安居物业", "escalated-cases.html");
    let rows = grid(&group);
    let numbers: Vec<&str> = rows[1..].iter().map(|row| &row[1][..2]).collect();
    assert_eq!(numbers, ["C2", "C3"], "by community; C4's dates cannot tell, C1 and C5 were done in time");
    let second = &rows[1];
    assert_eq!(second[1], "C2|投诉登记.csv、A3");
    assert_eq!(second[2..5], ["2025年3月4日 09:00", "翠湖花园|3栋", "漏水"]);
    assert_eq!(second[6..], ["工程部", "2025年3月5日 10:00", "2025年3月6日 09:00", ""]);
    assert_eq!(rows[2][8], "未办结");
    for hidden in ["李四光", "王小虎", "502", "301"] {
        assert!(!group.contains(hidden), "{hidden}");
    }
    assert!(page(&case, "2025-03", "云栖苑", "escalated-cases.html").contains("电梯停运"));
}

#[test]
fn the_forms_stand_in_english() {
    let case = case("en");
    let page = page(&case, "2025-03", "翠湖花园", "callback-table.html");
    assert!(
        page.contains("Monthly table of callbacks") && page.contains("No. QR-004FW") && page.contains("Public order")
    );
    assert!(page.contains("Fairly satisfied: 1") || page.contains("fairly satisfied: 1"), "{page}");
}

#[test]
fn a_company_changes_number_version_and_signatures_of_a_form() {
    let own = "[[override.service-center.document]]\nid = \"callback_table\"\nversion = \"B/1\"\nseal = true\n\
        approvals = [{ zh = \"制表人\", en = \"Made by\" }]\n";
    let case = Case::new()
        .with_csv("月统计.csv", &rows_of(MATRIX))
        .with_file("manyi.toml", format!("{CONFIG}{own}").as_bytes());
    case.run(&["--quiet", "--as-of", "2025-03-31"]).expect(0);
    let page = page(&case, "2025-03", "翠湖花园", "callback-table.html");
    assert!(page.contains("编号：QR-004FW") && page.contains("版号/状态：B/1") && page.contains("（盖章）"));
    assert!(page.contains("制表人") && !page.contains(">批准<"));
}

#[test]
fn a_document_that_no_page_is_and_a_list_without_its_deadline_are_told() {
    let refused = |own: &str| {
        let case = Case::good()
            .with_file("manyi.toml", format!("[use]\ncomplaint = \"complaint-handling\"\n{own}").as_bytes());
        case.run(&[]).expect(1)
    };
    let entry = "title = { zh = \"表\", en = \"Table\" }\nclause = \"1\"\n";
    refused(&format!("[[override.complaint-handling.document]]\nid = \"complaint_tabel\"\n{entry}"))
        .says(&["complaint_tabel", "complaint_table"]);
    refused("[[override.complaint-handling.document]]\nid = \"escalated_cases\"\ndeadline = \"escalations\"\n")
        .says(&["escalations", "escalation"]);
    refused("[[override.complaint-handling.document]]\nid = \"complaint_table\"\nevery = [\"week\"]\n")
        .says(&["month、quarter"]);
}

/// The register of [`CASES`] under two limits, with a promise that is past its date and one that is kept.
fn worked_through(language: &str) -> Case {
    const PROMISES: &[&[&str]] = &[
        &["小区", "调查期间", "承诺内容", "责任部门", "承诺完成日期", "完成日期", "完成状态"],
        &["翠湖花园", "2025年上半年", "更换门禁", "工程部", "2025-03-10", "2025-03-09", "已完成"],
        &["翠湖花园", "2025年上半年", "增设路灯", "工程部", "2025-03-15", "", ""],
    ];
    let config = "[use]\ncomplaint = \"service-center\"\nschedule = \"community-opinion\"\nsurvey = \"survey-procedure\"\n\
        [[department]]\nid = \"gc\"\nname = \"工程部\"\n";
    let case = Case::new()
        .with_csv("投诉登记.csv", &rows_of(CASES))
        .with_csv("承诺台账.csv", &rows_of(PROMISES))
        .with_file("manyi.toml", config.as_bytes());
    case.run(&["--quiet", "--as-of", "2025-03-31", "--lang", language]).expect(0);
    case
}

fn file(case: &Case, path: &str) -> String {
    String::from_utf8(case.output().remove(path).unwrap_or_else(|| panic!("{path} is not there"))).unwrap()
}

#[test]
fn an_action_sheet_has_a_row_a_matter_room_to_fill_in_and_lines_to_sign() {
    let sheet = file(&worked_through("zh"), "2025-03/gc/actions.html");
    let rows = grid(&sheet);
    let to_fill_in = ["原因", "措施", "责任人", "完成日期", "验证"];
    let head = rows.iter().find(|row| row[0] == "事项").unwrap();
    assert_eq!(head[5..], to_fill_in);
    // C3 has passed the limits of closing and of telling: one matter, one row.
    let of_c3: Vec<_> = rows.iter().filter(|row| row.len() > 1 && row[1].starts_with("C3")).collect();
    assert_eq!(of_c3.len(), 1, "{rows:?}");
    assert!(of_c3[0][0].contains("投诉办结"), "{of_c3:?}");
    assert_eq!(of_c3[0][1], "C3|投诉登记.csv A4");
    assert_eq!(of_c3[0][3..5], ["2025年3月13日", "18 天"]);
    assert!(of_c3[0][5..].iter().all(String::is_empty));
    // What is due and not done stands before what was kept.
    let promises: Vec<&str> =
        rows.iter().map(|row| row[0].as_str()).filter(|text| text.contains("增设") || text.contains("更换")).collect();
    assert_eq!(promises, ["增设路灯", "更换门禁"]);
    assert!(sheet.contains("class=\"approvals\"") && sheet.contains("责任部门负责人"));
    assert!(sheet.contains("已超期"), "the summary");
}

#[test]
fn the_lists_that_people_work_through_stand_in_english() {
    let case = worked_through("en");
    let sheet = file(&case, "2025-03/gc/actions.html");
    assert!(sheet.contains("Head of the department") && sheet.contains("matters overdue"), "{sheet}");
    let overdue = file(&case, "2025-03/overdue.html");
    assert!(overdue.contains("Reminded by") && overdue.contains("Reminders"));
    assert!(file(&case, "2025-03/duties.html").contains("Prepared by"));
}

#[test]
fn a_list_of_six_hundred_matters_stays_a_page_that_opens_and_says_what_it_leaves_out() {
    let mut rows = rows_of(&CASES[..1]);
    for n in 0..600 {
        let (number, at) = (format!("C{n}"), format!("2025-03-{:02} 09:00", n % 20 + 1));
        rows.extend(rows_of(&[&[&number, "翠湖花园", &at, "3-1-501", "", "停车", "车位被占", "工程部", "", ""]]));
    }
    let config = "[use]\ncomplaint = \"service-center\"\n[[department]]\nid = \"gc\"\nname = \"工程部\"\n";
    let case = Case::new().with_csv("投诉登记.csv", &rows).with_file("manyi.toml", config.as_bytes());
    case.run(&["--quiet", "--as-of", "2025-03-31"]).expect(0);
    for path in ["2025-03/overdue.html", "2025-03/gc/actions.html"] {
        let page = file(&case, path);
        assert!(page.len() < 400_000, "{path}: {} bytes", page.len());
        assert!(page.contains("另有100项没有列出"), "{path}");
        assert_eq!(page.matches("<thead>").count(), 1, "{path}: the head that each sheet repeats");
    }
}
