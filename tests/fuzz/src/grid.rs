//! An arbitrary small sheet from text, and what must hold for it.
//!
//! The first line is the path and, after a tab, the name of the sheet. Each line below is a row, cells parted by tabs; `#` begins a
//! number, `@` the seconds of a date cell, `?` a truth value, `!` an error, `$` and a letter a word of [`WORDS`]. A line that begins
//! with `~` holds the corners of a merged range, counted from the first row: `~0,0,2,3`.

use manyi::config::Config;
use manyi::moment::Moment;
use manyi::origin::{CellAt, CellRange};
use manyi::read::sheet::{Sheet, Value};
use manyi::recognise::{Vocabulary, recognise};
use manyi::records::assemble::assemble;
use manyi::records::block::{Batch, records_of};

/// Words that sheets are made of, so that one byte says what would take the fuzzer many.
const WORDS: [&str; 64] = [
    "序号",
    "投诉编号",
    "小区",
    "投诉时间",
    "房号",
    "投诉类型",
    "投诉内容",
    "责任部门",
    "处理完成时间",
    "回访结果",
    "报修时间",
    "报修地点",
    "维修项目",
    "维修结果",
    "业主姓名",
    "联络电话",
    "接待人",
    "备注",
    "地点",
    "日期",
    "回访内容及处理结果",
    "回访情况",
    "守时",
    "态度",
    "质量",
    "意见",
    "满意",
    "较满意",
    "不满意",
    "期望及提议",
    "治安工作",
    "清洁绿化",
    "消杀清运",
    "噪声影响",
    "工程维修",
    "服务态度",
    "1月",
    "2月",
    "3月",
    "合计",
    "小计",
    "制表人：王",
    "说明：本表一式两份",
    "同上",
    "〃",
    "√",
    "3-2-1501",
    "翠湖花园",
    "云栖苑",
    "2025-03-05 14:30",
    "3月5日",
    "03/04/2025",
    "特别满意",
    "基本满意",
    "不满意率",
    "发放份数",
    "回收份数",
    "调查期",
    "2025上半年",
    "问卷编号",
    "小区：",
    "单位：翠湖花园 2025 年 3 月",
    "总户数",
    "入住户数",
];

/// Rows and columns that a grid may have: enough for four header rows and two tables side by side.
const ROWS: usize = 48;
const COLUMNS: usize = 24;

/// The sheet of some bytes, and the path it is said to come from.
fn grid(bytes: &[u8]) -> (String, Sheet) {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.split('\n');
    let (path, name) = lines.next().unwrap_or("").split_once('\t').unwrap_or(("投诉.xlsx", "3月"));
    let mut sheet = Sheet::named(name);
    let mut row = 0;
    for line in lines.take(ROWS) {
        if let Some(corners) = line.strip_prefix('~') {
            sheet.merges.extend(range(corners));
            continue;
        }
        for (col, cell) in (0..).zip(line.split('\t').take(COLUMNS)) {
            push(&mut sheet, CellAt { row, col }, cell);
        }
        row += 1;
    }
    (path.to_owned(), sheet)
}

fn range(corners: &str) -> Option<CellRange> {
    let mut numbers = corners.split(',').map(|number| number.trim().parse::<u32>().ok().filter(|number| *number < 64));
    let mut next = || numbers.next().flatten();
    let first = CellAt { row: next()?, col: next()? };
    let last = CellAt { row: next()?, col: next()? };
    (first.row <= last.row && first.col <= last.col).then_some(CellRange { first, last })
}

fn push(sheet: &mut Sheet, at: CellAt, cell: &str) {
    let (mark, rest) = cell.split_at(usize::from(cell.starts_with(['#', '@', '?', '!', '$'])));
    let seconds = |text: &str| text.parse::<i64>().ok().filter(|seconds| seconds.abs() < 1 << 40);
    match (mark, seconds(rest)) {
        ("#", _) if rest.parse::<f64>().is_ok() => sheet.push(at, Value::Number(rest.parse().unwrap_or(0.0))),
        ("@", Some(seconds)) => sheet.push(at, Value::Moment(Moment { seconds, date_only: seconds % 86_400 == 0 })),
        ("?", _) => sheet.push(at, Value::Bool(rest.is_empty())),
        ("!", _) => sheet.push(at, Value::Error("#N/A")),
        ("$", _) if !rest.is_empty() => {
            let word = usize::from(rest.as_bytes()[0]) % WORDS.len();
            sheet.push(at, Value::Text(WORDS[word]))
        }
        _ => sheet.push(at, Value::Text(cell)),
    };
}

/// Any sheet is understood or not, but each of its rows ends in one place, and what the ledger says was made was made.
pub(crate) fn check(bytes: &[u8]) {
    let (path, sheet) = grid(bytes);
    let recognised = recognise(&sheet, &path, &Vocabulary::default());
    let made = records_of(&sheet, &recognised, 0, None);
    for line in &made.lines {
        assert!(line.rows.balances(), "{line:?}");
    }
    let rows: u64 = made.lines.iter().map(|line| line.rows.rows).sum();
    let last = sheet.rows().next_back().map_or(0, |row| u64::from(row.number) + 1);
    assert!(rows >= last, "{rows} rows are told of {last}");
    for table in &made.tables {
        let yielded = made.lines[table.line].yielded;
        let records = match &table.batch {
            Batch::Complaints(rows) | Batch::Repairs(rows) => rows.len(),
            Batch::Callbacks(rows) => rows.len(),
            Batch::Responses(rows) => rows.form.len(),
            Batch::Rounds(rows) => rows.len(),
            Batch::Communities(rows) => rows.len(),
            Batch::Register(rows) => rows.len(),
            Batch::ComplaintTallies(tallies) | Batch::RepairTallies(tallies) => {
                tallies.rows.iter().map(|tally| tally.count as usize).sum()
            }
            Batch::AnswerTallies(tallies) => tallies.iter().map(|tally| tally.count as usize).sum(),
        };
        assert_eq!(records as u64, yielded, "{:?}", made.lines[table.line]);
    }
    assemble(made.tables, &Config::default()).expect("frames of records are built");
}
