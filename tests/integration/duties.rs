//! Duties, promises and what is overdue, from registers to data files and pages.

use crate::case::{Case, rows_of};

const CASES: &[&[&str]] = &[
    &[
        "小区",
        "投诉编号",
        "投诉时间",
        "投诉人",
        "房号",
        "投诉内容",
        "投诉类别",
        "责任部门",
        "响应时间",
        "完成时间",
        "状态",
    ],
    &[
        "翠湖花园",
        "TS001",
        "2025-05-03 09:10:00",
        "张三",
        "3-1-501",
        "楼道灯不亮",
        "公共设施",
        "工程部",
        "2025-05-03 10:00:00",
        "2025-05-04 10:00:00",
        "已完成",
    ],
    &[
        "翠湖花园",
        "TS002",
        "2025-06-10 09:10:00",
        "李四光",
        "3-1-502 李四光 13812345678",
        "电梯异响",
        "公共设施",
        "工程部",
        "",
        "",
        "处理中",
    ],
    &[
        "云栖苑",
        "TS004",
        "2025-06-30 16:10:00",
        "赵六七",
        "1-2-302",
        "垃圾",
        "保洁",
        "环境部",
        "2025-06-30 17:00:00",
        "",
        "处理中",
    ],
];

const PROMISES: &[&[&str]] = &[
    &["小区", "调查期", "承诺事项", "责任部门", "承诺完成日期", "完成日期", "完成状态", "验证日期", "验证结果"],
    &[
        "翠湖花园",
        "2024年下半年",
        "3栋电梯更换控制板",
        "工程部",
        "2025-03-31",
        "2025-03-28",
        "已完成",
        "2025-04-02",
        "合格",
    ],
    &["翠湖花园", "2024年下半年", "增设路灯10盏，联系李四光13812345678", "工程部", "2025-05-31", "", "未完成", "", ""],
    &["云栖苑", "2024年下半年", "每周清洗垃圾桶", "环境部", "2025-07-02", "", "进行中", "", ""],
];

const DONE: &[&[&str]] = &[
    &["应办事项", "所属期", "责任部门", "应完成日期", "完成日期", "完成情况"],
    &["月度公布", "2025-05", "工程部", "2025-06-05", "2025-06-09", "已公布"],
];

const CALLBACKS: &[&[&str]] = &[
    &["小区", "回访日期", "地点", "回访内容及处理结果", "守时", "态度", "质量", "意见", "期望及提议", "责任部门"],
    &[
        "翠湖花园",
        "2025-06-12",
        "3-1-501",
        "路灯已修",
        "满意",
        "满意",
        "不满意",
        "不满意",
        "希望李四光多来3栋1单元501检修，电话13812345678",
        "工程部",
    ],
    &["云栖苑", "2025-06-15", "1-2-301", "清扫", "满意", "满意", "满意", "满意", "保洁增加次数", ""],
];

const CONFIG: &str = "[use]\ncomplaint = \"complaint-classes\"\nschedule = \"complaint-classes\"\n\
    [category_department]\n\"保洁\" = \"环境部\"\n\
    [[department]]\nid = \"gc\"\nname = \"工程部\"\n[[department]]\nid = \"hj\"\nname = \"环境部\"\n";

fn case() -> Case {
    let case = Case::new()
        .with_csv("投诉登记.csv", &rows_of(CASES))
        .with_csv("承诺台账.csv", &rows_of(PROMISES))
        .with_csv("工作完成情况.csv", &rows_of(DONE))
        .with_csv("回访记录.csv", &rows_of(CALLBACKS))
        .with_file("manyi.toml", CONFIG.as_bytes());
    case.run(&["--quiet"]).expect(0);
    case
}

fn page(case: &Case, path: &str) -> String {
    String::from_utf8(case.output().remove(path).unwrap_or_else(|| panic!("{path} is not there"))).unwrap()
}

#[test]
fn every_duty_stands_in_the_list_with_its_due_moment_outcome_and_source() {
    let case = case();
    let table = case.data("duties.csv");
    let published: Vec<[&str; 8]> = table
        .rows()
        .filter(|row| row.get("duty") == "monthly_publication")
        .map(|row| row.key(["owed_by_id", "period", "due", "done", "outcome", "days_late", "file", "cell"]))
        .collect();
    assert_eq!(
        published,
        [
            ["gc", "2025-05", "2025-06-06 00:00:00", "2025-06-09", "late", "4", "工作完成情况.csv", "A2"],
            ["gc", "2025-06", "2025-07-06 00:00:00", "", "not_due", "", "", ""],
            ["hj", "2025-06", "2025-07-06 00:00:00", "", "not_due", "", "", ""],
        ]
    );
    // Nothing names the quarterly analysis: nobody can tell.
    let quarterly: Vec<&str> =
        table.rows().filter(|row| row.get("duty") == "quarterly_analysis").map(|row| row.get("outcome")).collect();
    assert_eq!(quarterly, ["no_end", "no_end"]);
}

#[test]
fn what_is_overdue_and_due_soon_is_listed_with_its_due_moment_and_without_names() {
    let case = case();
    let table = case.data("overdue.csv");
    let of = |kind: &str, id: &str| {
        let own = table.rows().filter(move |row| row.key(["kind", "id", "profile"])[..2] == [kind, id]);
        own.map(|row| row.key(["state", "number", "department_id", "due", "seconds"])).collect::<Vec<_>>()
    };
    assert_eq!(of("complaint", "response"), [["overdue", "TS002", "gc", "2025-06-11 09:10:00", "1695000"]]);
    assert_eq!(
        of("promise", ""),
        [
            ["overdue", "", "gc", "2025-06-01 00:00:00", "2592000"],
            ["due_soon", "", "hj", "2025-07-03 00:00:00", "172800"]
        ]
    );
    let text = String::from_utf8(case.output().remove("data/overdue.csv").unwrap_or_default()).unwrap();
    assert!(!text.contains("李四光") && !text.contains("13812345678"));
    assert!(text.contains("3-1-502 李*** ***"), "the room stays:\n{text}");
}

#[test]
fn promises_are_counted_kept_late_and_verified() {
    let case = case();
    let table = case.data("facts.csv");
    let of = |metric: &str, period: &str| {
        let mut own = table.rows().filter(|row| {
            row.key(["profile", "metric", "period", "scope", "dimension"])
                == ["complaint-classes", metric, period, "group", ""]
        });
        own.next().map(|row| row.key(["numerator", "denominator", "value", "excluded"]))
    };
    assert_eq!(of("promise.made", "2024-H2"), Some(["", "", "3", "0"]));
    assert_eq!(of("promise.kept_share", "2024-H2"), Some(["1", "2", "0.5", "1"]));
    assert_eq!(of("promise.verified_share", "2024-H2"), Some(["1", "3", "0.333333", "0"]));
    assert_eq!(of("promise.on_time", "2025-05"), Some(["0", "1", "0", "0"]));
    assert_eq!(of("promise.on_time", "2025-03"), Some(["1", "1", "1", "0"]));
}

#[test]
fn pages_show_duties_actions_and_what_is_overdue_with_persons_masked() {
    let case = case();
    let duties = page(&case, "2025-06/duties.html");
    assert!(duties.contains("超时完成") && duties.contains("迟4天") && duties.contains("增设路灯10盏"));
    let actions = page(&case, "2025-06/gc/actions.html");
    assert!(
        actions.contains("一、回访</h2>") && actions.contains("二、意见与建议") && actions.contains("检修，电话***")
    );
    assert!(!actions.contains("不合格项"), "a rate without a target is none");
    assert!(page(&case, "2025-06/hj/actions.html").contains("保洁增加次数"), "by the words of the config's category");
    let overdue = page(&case, "2025-06/overdue.html");
    assert!(overdue.contains("TS002") && overdue.contains("即将到期"));
    assert!(overdue.contains("投诉：首次响应<small>《顾客投诉处理程序》4.3.2</small>"), "{overdue}");
    for page in [&duties, &actions, &overdue] {
        for hidden in ["李四光", "13812345678", "3栋1单元501", "3-1-502"] {
            assert!(!page.contains(hidden), "{hidden}");
        }
    }
    let index = page(&case, "index.html");
    for link in ["2025-06/duties.html", "2025-06/gc/actions.html", "2025-06/overdue.html"] {
        assert!(index.contains(link), "{link}");
    }
}

#[test]
fn an_action_sheet_says_which_cases_its_numbers_count() {
    let sheet = page(&case(), "2025-06/gc/actions.html");
    // The complaint of June and the promise of May: the summary counts the rows of the table.
    assert!(sheet.contains("截至2025年6月30日不论何时接到，已超期2件"), "{sheet}");
    assert!(sheet.contains("全部事项，不论何时接到"));
    assert!(sheet.contains("本期接到的投诉，已超期") && sheet.contains("以下只计2025年6月接到的投诉与报修"));
    let half = page(&case(), "2025-H1/gc/actions.html");
    assert!(half.contains("以下只计2025年上半年接到的投诉与报修"));
}

#[test]
fn parts_of_an_action_sheet_are_numbered_as_they_stand_and_praise_is_not_to_be_answered() {
    let mut callbacks = rows_of(CALLBACKS);
    let said = [("2025-06-16", "感谢师傅"), ("2025-06-17", "感谢师傅，希望下次准时")];
    for (date, text) in said {
        callbacks.extend(rows_of(&[&["云栖苑", date, "1-2-302", "", "满意", "满意", "满意", "满意", text, ""]]));
    }
    let case = Case::new().with_csv("回访记录.csv", &callbacks).with_file("manyi.toml", CONFIG.as_bytes());
    case.run(&["--quiet"]).expect(0);
    let sheet = page(&case, "2025-06/none/actions.html");
    assert!(sheet.contains("要答复的意见与建议1条"), "{sheet}");
    let at = |text: &str| sheet.find(text).unwrap_or_else(|| panic!("{text} is not there: {sheet}"));
    let answered = at("感谢师傅，希望下次准时");
    let praise = sheet.rfind("感谢师傅").unwrap_or_default();
    let (first, second) = (sheet.rfind("一、意见与建议").unwrap(), sheet.rfind("二、表扬").unwrap());
    assert!(first < answered && answered < second && second < praise);
}

#[test]
fn what_is_due_with_the_as_of_moment_is_due_that_day_and_a_day_is_no_24_hours() {
    let rows: &[&[&str]] = &[
        PROMISES[0],
        &["云栖苑", "2024年下半年", "冲洗地面", "环境部", "2025-06-30", "", "进行中", "", ""],
        &["云栖苑", "2024年下半年", "修剪绿篱", "环境部", "2025-06-29", "", "进行中", "", ""],
    ];
    let case = Case::new()
        .with_csv("投诉登记.csv", &rows_of(CASES))
        .with_csv("承诺台账.csv", &rows_of(rows))
        .with_file("manyi.toml", CONFIG.as_bytes());
    case.run(&["--quiet"]).expect(0);
    for path in ["2025-06/overdue.html", "2025-06/hj/actions.html"] {
        let page = page(&case, path);
        assert!(page.contains("本日到期") && page.contains("1 天") && !page.contains("24 小时"), "{path}: {page}");
        assert!(!page.contains("0 分"), "{path}");
    }
    assert!(page(&case, "2025-06/overdue.html").contains("2025年6月30日到期、或之后三个工作日内到期的事项"));
}

#[test]
fn the_calendar_of_duties_says_what_the_data_do_not_hold() {
    let case = Case::new()
        .with_csv("投诉登记.csv", &rows_of(CASES))
        .with_csv("工作完成情况.csv", &rows_of(DONE))
        .with_file("manyi.toml", CONFIG.as_bytes());
    case.run(&["--quiet"]).expect(0);
    let duties = page(&case, "2025-06/duties.html");
    assert!(duties.contains("资料中没有承诺与措施的登记"), "{duties}");
    // A register is there, and all of it is done.
    let case = case.with_csv("承诺台账.csv", &rows_of(&PROMISES[..2]));
    case.run(&["--quiet"]).expect(0);
    assert!(!page(&case, "2025-06/duties.html").contains("资料中没有承诺与措施的登记"));
}
