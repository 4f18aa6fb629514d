//! Facts do not depend on order, split or format of the rows, and no row is ever lost.

use manyi::pipeline::{Extent, Outcome};
use proptest::prelude::{Just, Strategy, any, prop, prop_oneof};
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

use crate::case::{Case, Cell, REGISTER, rows_of};

/// The same cases on every run, unless `PROPTEST_RNG_SEED` asks for others; nothing is written beside the source.
fn runner(cases: u32) -> TestRunner {
    let mut config = Config { cases, failure_persistence: None, ..Config::default() };
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(20_250_305);
    }
    TestRunner::new(config)
}

#[track_caller]
pub(crate) fn for_all<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value)) {
    let outcome = runner(cases).run(strategy, |value| {
        test(value);
        Ok::<(), TestCaseError>(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

const HEADERS: [&str; 10] = [
    "投诉编号",
    "小区",
    "投诉时间",
    "房号",
    "投诉类型",
    "投诉内容",
    "责任部门",
    "首次响应时间",
    "处理完成时间",
    "是否有效",
];

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = Cell> {
    prop::sample::select(words).prop_map(Cell::from)
}

/// A minute of the first half of 2025. Not midnight: a date cell without a time is a whole day, a text `00:00` is a moment.
fn moment() -> impl Strategy<Value = Cell> {
    (1..=6_u8, 1..=28_u8, 0..=23_u8, 1..=59_u8)
        .prop_map(|(month, day, hour, minute)| Cell::Moment(2025, month, day, hour, minute))
}

fn maybe(cell: impl Strategy<Value = Cell>) -> impl Strategy<Value = Cell> {
    prop_oneof![3 => cell, 1 => Just(Cell::Blank)]
}

/// A row without its number. Ends may lie before beginnings. A blank community would take the one above it, so order would count.
fn complaint() -> impl Strategy<Value = Vec<Cell>> {
    let place = (1..=4_u8, 1..=2_u8, 101..=110_u16).prop_map(|(b, u, r)| Cell::Text(format!("{b}-{u}-{r}")));
    (
        one_of(&["翠湖花园", "云栖苑", "兰亭小筑"]),
        moment(),
        place,
        maybe(one_of(&["装修噪音", "停车管理", "电梯故障"])),
        one_of(&["楼上装修", "车位被占", "电梯停在半路，第二次了"]),
        maybe(one_of(&["工程部", "秩序维护部"])),
        maybe(moment()),
        maybe(moment()),
        maybe(one_of(&["是", "否"])),
    )
        .prop_map(|(a, b, c, d, e, f, g, h, i)| vec![a, b, c, d, e, f, g, h, i])
}

/// A register: every case has a number of its own, and some were sent twice.
pub(crate) fn register() -> impl Strategy<Value = Vec<Vec<Cell>>> {
    (prop::collection::vec(complaint(), 1..25), prop::collection::vec(any::<prop::sample::Index>(), 0..4)).prop_map(
        |(rows, again)| {
            let numbered = (1..).zip(rows).map(|(number, row)| {
                let mut cells = vec![Cell::Text(format!("T-{number:04}"))];
                cells.extend(row);
                cells
            });
            let mut rows: Vec<Vec<Cell>> = numbered.collect();
            rows.extend(again.iter().map(|index| index.get(&rows).clone()).collect::<Vec<_>>());
            rows
        },
    )
}

pub(crate) fn with_header(rows: &[Vec<Cell>]) -> Vec<Vec<Cell>> {
    let header = HEADERS.iter().map(|text| Cell::from(*text)).collect();
    std::iter::once(header).chain(rows.iter().cloned()).collect()
}

fn facts(case: &Case) -> String {
    case.run_library(Extent::Data).unwrap_or_else(|error| panic!("{error}"));
    std::fs::read_to_string(case.path("output/data/facts.csv")).unwrap()
}

/// The lines that differ, a few of them.
#[track_caller]
fn assert_same_facts(left: &str, right: &str, what: &str) {
    if left != right {
        let only = |these: &str, those: &str| {
            let those: std::collections::BTreeSet<&str> = those.lines().collect();
            these.lines().filter(|line| !those.contains(line)).take(5).collect::<Vec<_>>().join("\n")
        };
        panic!("{what}\n<<\n{}\n>>\n{}", only(left, right), only(right, left));
    }
}

fn as_one_book(rows: &[Vec<Cell>]) -> String {
    facts(&Case::new().with_book("登记.xlsx", &with_header(rows)))
}

#[test]
fn rows_in_another_order_give_the_same_facts() {
    let two_orders = register().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()));
    for_all(16, &two_orders, |(rows, shuffled)| {
        assert_same_facts(&as_one_book(&rows), &as_one_book(&shuffled), "in another order");
    });
}

#[test]
fn rows_in_two_files_give_the_same_facts() {
    for_all(16, &(register(), any::<prop::sample::Index>()), |(rows, at)| {
        let (first, second) = rows.split_at(at.index(rows.len() + 1));
        let case = Case::new().with_book("甲.xlsx", &with_header(first)).with_book("乙/丙.xlsx", &with_header(second));
        assert_same_facts(&as_one_book(&rows), &facts(&case), "in two files");
    });
}

#[test]
fn rows_in_a_text_file_give_the_same_facts_as_in_a_workbook() {
    for_all(16, &register(), |rows| {
        let case = Case::new().with_csv("登记.csv", &with_header(&rows));
        assert_same_facts(&as_one_book(&rows), &facts(&case), "as text");
    });
}

#[test]
fn the_count_of_the_facts_is_the_count_of_the_different_rows() {
    for_all(16, &register(), |rows| {
        let different: std::collections::BTreeSet<String> = rows.iter().map(|row| format!("{:?}", row[0])).collect();
        let case = Case::new().with_book("登记.xlsx", &with_header(&rows));
        case.run_library(Extent::Data).unwrap();
        let facts = case.data("facts.csv");
        let received: f64 = facts
            .rows()
            .filter(|fact| {
                fact.key(["profile", "metric", "scope", "dimension"])
                    == ["complaint-classes", "complaint.received", "group", ""]
            })
            .filter(|fact| fact.get("period") == "2025")
            .filter_map(|fact| fact.number("value"))
            .sum();
        #[allow(clippy::cast_precision_loss, reason = "a few rows")]
        let expected = different.len() as f64;
        assert!((received - expected).abs() < 0.5, "{received} of {expected}");
    });
}

/// Any cell: labels, words of totals, dates good and bad, numbers of any size, and plain noise.
fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        3 => Just(Cell::Blank),
        2 => one_of(&HEADERS),
        2 => one_of(&["合计", "小计", "序号", "制表人：", "以下空白", "〃", "同上", "√", "满意", "N/A", "单位：翠湖花园", "2025年3月投诉登记表"]),
        1 => one_of(&["2025-03-05", "3月5日", "05/03/2025", "2025-02-30 25:61", "45721.5", "9999-12-31", "1900-01-00"]),
        1 => "[ -~]{0,12}".prop_map(|text| Cell::from(text.trim())),
        1 => "\\PC{0,6}".prop_map(|text| Cell::from(text.trim())),
        1 => any::<i32>().prop_map(|number| Cell::Number(f64::from(number))),
        1 => prop_oneof![Just(1e300), Just(-1e300), Just(1e-300), Just(45_721.604_166), Just(2_958_466.0), Just(-1.0)].prop_map(Cell::Number),
        1 => moment(),
    ]
}

pub(crate) fn garbage() -> impl Strategy<Value = Vec<Vec<Cell>>> {
    let rows = prop::collection::vec(prop::collection::vec(any_cell(), 0..9), 0..25);
    // Half of the time a true header stands somewhere above, so that the noise is read as a table.
    (rows, any::<bool>(), 0..4_usize).prop_map(|(mut rows, headed, at)| {
        if headed {
            let at = at.min(rows.len());
            rows.insert(at, HEADERS.iter().map(|text| Cell::from(*text)).collect());
        }
        rows
    })
}

pub(crate) fn filled_rows(rows: &[Vec<Cell>]) -> u64 {
    let last = rows.iter().rposition(|row| row.iter().any(|cell| *cell != Cell::Blank));
    last.map_or(0, |last| last as u64 + 1)
}

/// Rows of a sheet that the ledger speaks of: those outside all blocks, and those of the blocks, which may stand side by side.
pub(crate) fn rows_told(outcome: &Outcome, file: &str, sheet: &str) -> u64 {
    let mut within = std::collections::BTreeSet::new();
    let lines = outcome.ledger.lines.iter().filter(|line| {
        let source = &outcome.sources[line.source as usize];
        outcome.files[source.file as usize] == file && source.sheet == sheet
    });
    let mut outside = 0;
    for line in lines {
        assert!(line.rows.balances(), "{line:?}");
        match line.range {
            None => outside += line.rows.rows,
            Some(range) => {
                assert_eq!(u64::from(range.last.row - range.first.row + 1), line.rows.rows, "{line:?}");
                within.extend(range.first.row..=range.last.row);
            }
        }
    }
    outside + within.len() as u64
}

#[test]
fn every_row_of_a_sheet_of_noise_ends_in_exactly_one_place() {
    for_all(96, &garbage(), |rows| {
        let case =
            Case::new().with_book("好.xlsx", &rows_of(REGISTER)).with_book("噪.xlsx", &rows).with_csv("噪.csv", &rows);
        let outcome = case.run_library(Extent::Check).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(rows_told(&outcome, "好.xlsx", "Sheet1"), REGISTER.len() as u64);
        assert_eq!(rows_told(&outcome, "噪.xlsx", "Sheet1"), filled_rows(&rows), "in a workbook");
        assert_eq!(rows_told(&outcome, "噪.csv", ""), filled_rows(&rows), "in a text file");
    });
}

#[test]
fn noise_beside_a_register_never_stops_the_reports() {
    for_all(12, &garbage(), |rows| {
        let case = Case::new().with_book("好.xlsx", &rows_of(REGISTER)).with_book("噪.xlsx", &rows);
        case.run_library(Extent::Pages).unwrap_or_else(|error| panic!("{error}"));
        assert!(case.path("output/index.html").is_file());
    });
}
