//! An input that tries to break a page: names of 200 characters, emoji, text from right to left, markup, formulas and template
//! syntax in every cell that a page may show; forty categories and one; a month without a case between two that have some; one
//! point, and no points.

use std::fs;
use std::path::Path;

/// Communities: each a way to break a layout.
const LONG: &str = "滨江一号国际花园城市广场东区";
const MARKUP: &str = "<script>alert(1)</script><b>粗体</b>&amp;\"'花园";
const RIGHT_TO_LEFT: &str = "حديقة السلام الكبرى\u{202e}بيت";
const EMOJI: &str = "🏠👨‍👩‍👧‍👦👍🏽小区🇨🇳";
const TEMPLATE: &str = "{{ 7 * 7 }}{% include \"base.html\" %}{# 小区 #}";
const FORMULA: &str = "=HYPERLINK(\"https://example.invalid\";\"点我\")";
const UNBROKEN: &str = "LlanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochResidence";
/// Questions of the survey.
const ITEMS: usize = 37;
/// Has one complaint and nothing else.
const ONE_POINT: &str = "一";

/// A name of 200 characters.
fn long() -> String {
    LONG.chars().cycle().take(200).collect()
}

fn communities() -> Vec<String> {
    let mut all: Vec<String> = [MARKUP, RIGHT_TO_LEFT, EMOJI, TEMPLATE, FORMULA, UNBROKEN].map(str::to_owned).into();
    all.push(long());
    all
}

/// Forty names of 2 to 60 characters, with some that are more than characters.
fn categories() -> Vec<String> {
    let odd = [MARKUP, RIGHT_TO_LEFT, EMOJI, TEMPLATE, FORMULA, UNBROKEN].map(str::to_owned);
    let plain = (odd.len()..40).map(|place| {
        let length = 2 + place * 58 / 39;
        let name =
            "电梯故障与房屋渗漏（含外墙、屋面及地下室）、停车管理和道闸，以及其他公共设施".chars().cycle().skip(place);
        name.take(length).collect()
    });
    odd.into_iter().chain(plain).collect()
}

/// Writes the folder of spreadsheets.
pub(crate) fn write(input: &Path) {
    fs::create_dir_all(input).unwrap();
    let tables = [
        ("投诉登记.csv", complaints()),
        ("报修登记.csv", repairs()),
        ("回访登记.csv", callbacks()),
        ("2025年上半年满意度调查表.csv", answers()),
        ("满意度调查统计表.csv", rounds()),
        ("承诺事项台账.csv", promises()),
        ("纠正预防措施台账.csv", measures()),
    ];
    for (name, rows) in tables {
        let mut writer = csv::Writer::from_path(input.join(name)).unwrap();
        for row in rows {
            writer.write_record(row).unwrap();
        }
        writer.flush().unwrap();
    }
    fs::write(input.join("manyi.toml"), config()).unwrap();
}

/// Names of the company, the procedures of the demonstration, and the columns of the survey, whose names nobody would know.
fn config() -> String {
    let items = answers().remove(0).into_iter().skip(3).take(ITEMS).map(|item| (item, "item".into()));
    let mut source = toml::toml! {
        path = "2025年上半年满意度调查表.csv"
        kind = "survey-response"
        header_row = 1
    };
    let mut config = toml::toml! {
        as_of = "2025-07-31"
        [use]
        complaint = "complaint-classes"
        repair = "service-center"
        callback = "service-center"
        survey = "survey-procedure"
        schedule = "survey-procedure"
        further = ["service-center"]
    };
    let known = [("问卷编号", "respondent"), ("小区", "community"), ("调查期", "round"), ("意见和建议", "suggestion")];
    let known = known.map(|(header, field)| (header.to_owned(), field.into()));
    source.insert("columns".to_owned(), known.into_iter().chain(items).collect::<toml::Table>().into());
    config.insert("source".to_owned(), vec![toml::Value::Table(source)].into());
    let names = [("name", TEMPLATE.repeat(2)), ("name_en", UNBROKEN.repeat(2))];
    let names = names.map(|(key, name)| (key.to_owned(), name.into()));
    config.insert("organisation".to_owned(), names.into_iter().collect::<toml::Table>().into());
    toml::to_string(&config).unwrap()
}

type Rows = Vec<Vec<String>>;

fn table(header: &str) -> Rows {
    vec![words(header)]
}

fn words(row: &str) -> Vec<String> {
    row.split(' ').map(str::to_owned).collect()
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

/// The day and hour of the `n`-th case: January and March, so that February stays empty.
fn day(n: usize) -> String {
    format!("2025-0{}-{:02} {:02}:30", 1 + n % 2 * 2, 2 + n % 25, 8 + n % 12)
}

/// The same some days later.
fn later(n: usize, days: usize) -> String {
    format!("2025-0{}-{:02} {:02}:45", 1 + n % 2 * 2, 2 + n % 25 + days, 8 + n % 12)
}

fn complaints() -> Rows {
    let header =
        "投诉编号 小区 投诉时间 房号 投诉人 联系电话 投诉类型 投诉内容 责任部门 首次响应时间 处理完成时间 处理结果";
    let mut rows = table(header);
    let texts = communities();
    let long = long();
    for (n, category) in categories().iter().cycle().take(200).enumerate() {
        let other = &texts[n % texts.len()];
        // The long name has all categories; another has one.
        let community = if n % 3 == 0 { &texts[n / 3 % 6] } else { &long };
        let category = if *community == texts[1] { "噪音" } else { category };
        let number = format!("T{n}");
        let (received, answered, done) = (day(n), later(n, 0), later(n, n % 3));
        let done = if n % 7 == 0 { "" } else { &done };
        rows.push(row(&[
            &number,
            community,
            &received,
            "1-1-101",
            other,
            "19900000001",
            category,
            other,
            other,
            &answered,
            done,
            other,
        ]));
    }
    let only = ["T-1", ONE_POINT, "2025-07-02 10:00", "1-1-101", "", "", "噪音", "", "", "", "", ""];
    rows.push(row(&only));
    rows
}

fn repairs() -> Rows {
    let mut rows = table("报修编号 小区 报修地点 报修时间 报修类型 报修内容 责任部门 到场时间 完成时间");
    let texts = communities();
    for (n, category) in categories().iter().cycle().take(120).enumerate() {
        let (community, other) = (&texts[n % texts.len()], &texts[(n + 1) % texts.len()]);
        let (number, received) = (format!("R{n}"), day(n));
        let done = if n % 9 == 0 { String::new() } else { later(n, n % 4) };
        rows.push(row(&[&number, community, "1-1-101", &received, category, other, other, &later(n, 0), &done]));
    }
    rows
}

fn callbacks() -> Rows {
    let mut rows = table("工单编号 小区 房号 回访内容 责任部门 回访日期 守时 态度 质量 总体评价 意见建议");
    let texts = communities();
    let opinions = ["满意", "较满意", "不满意"];
    for n in 0..90 {
        let (community, other) = (&texts[n % texts.len()], &texts[(n + 2) % texts.len()]);
        let opinion = opinions[n * n % 3];
        let (number, at) = (format!("R{n}"), later(n, 2));
        rows.push(row(&[&number, community, "1-1-101", other, other, &at, opinion, opinion, opinion, opinion, other]));
    }
    rows
}

fn answers() -> Rows {
    let mut rows = vec![row(&["问卷编号", "小区", "调查期", "治安工作", "清洁绿化", "服务态度"])];
    rows[0].extend(categories().into_iter().skip(6).map(|category| format!("对{category}的评价")));
    rows[0].push("意见和建议".to_owned());
    let texts = communities();
    let levels = ["特别满意", "满意", "基本满意", "不满意", "特别不满意"];
    for n in 0..140 {
        let mut cells = row(&[&format!("Q{n}"), &texts[n % texts.len()], "2025上半年"]);
        cells.extend((0..ITEMS).map(|item| levels[(n * n + item * 3) % 5].to_owned()));
        cells.push(texts[(n + 3) % texts.len()].clone());
        rows.push(cells);
    }
    rows
}

/// Rounds with all their dates, and one for which nobody sent a form back.
fn rounds() -> Rows {
    let mut rows = table(
        "小区 调查期 总户数 入住户数 发放份数 回收份数 发放开始日期 发放截止日期 回收截止日期 统计完成日期 公示日期",
    );
    for community in communities() {
        rows.push(row(&[
            &community,
            "2025上半年",
            "300",
            "260",
            "130",
            "20",
            "2025-05-12",
            "2025-05-17",
            "2025-05-24",
            "2025-05-29",
            "2025-06-11",
        ]));
    }
    rows.push(row(&[
        ONE_POINT,
        "2025上半年",
        "300",
        "260",
        "130",
        "0",
        "2025-05-12",
        "2025-05-17",
        "2025-05-24",
        "",
        "",
    ]));
    rows
}

fn promises() -> Rows {
    let mut rows = table("小区 调查期 承诺事项 责任部门 责任人 承诺完成日期 完成日期 完成状态");
    for (n, community) in communities().iter().enumerate() {
        let done = if n % 2 == 0 { "2025-03-20" } else { "" };
        rows.push(row(&[community, "2025上半年", community, community, "", "2025-03-25", done, ""]));
    }
    rows
}

fn measures() -> Rows {
    let mut rows = table("小区 问题类别 存在问题 原因分析 措施类别 纠正预防措施 责任部门 责任人 完成期限 完成日期");
    for (n, community) in communities().iter().enumerate() {
        let done = if n % 2 == 0 { "2025-03-20" } else { "" };
        rows.push(row(&[
            community,
            "噪音",
            community,
            community,
            "纠正措施",
            community,
            community,
            "",
            "2025-03-25",
            done,
        ]));
    }
    rows
}
