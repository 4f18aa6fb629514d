//! QR-003FW in its two printed variants, and the month table QR-004FW.

use chrono::{Datelike, NaiveDate};

use crate::callbacks::{Callback, Mark};
use crate::dice::Dice;
use crate::forms::{letterhead, number};
use crate::sheet::{Cell, Sheet, TableKind};

const LEVELS: [&str; 3] = ["满意", "较满意", "不满意"];
const DIMENSIONS: [&str; 3] = ["守时", "态度", "质量"];

/// How a center fills the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Words everywhere, two header rows.
    Words,
    /// Ticks where there is nothing to say against, two header rows.
    Ticks,
    /// A tick under one of three levels of each question, three header rows.
    Levels,
}

/// QR-003FW for a month.
pub(crate) fn qr_003(unit: &str, month: u32, manner: Manner, callbacks: &[&Callback]) -> Sheet {
    let mut sheet = Sheet::new(format!("{month}月"), TableKind::Callback);
    let width = if manner == Manner::Levels { 18 } else { 12 };
    letterhead(&mut sheet, "回访统计表", "QR-003FW", unit, month, width);
    if manner == Manner::Levels {
        three_headers(&mut sheet);
    } else {
        two_headers(&mut sheet);
    }
    for (index, callback) in callbacks.iter().enumerate() {
        let mut cells = vec![number(index), Cell::from(callback.place.as_str()), Cell::from(callback.content.as_str())];
        for mark in callback.dimensions {
            match manner {
                Manner::Words => cells.push(Cell::from(mark.word())),
                Manner::Ticks => cells.push(Cell::from(tick_or_word(mark))),
                Manner::Levels => cells.extend(three(mark, "√")),
            }
        }
        let sign = if manner == Manner::Words { callback.overall.word() } else { "√" };
        cells.extend(three(callback.overall, sign));
        cells.extend([
            Cell::from(callback.wish),
            Cell::from(callback.person.as_str()),
            date(callback.date, manner, unit),
        ]);
        let row = sheet.record(cells);
        for (position, mark) in callback.dimensions.iter().enumerate() {
            if *mark == Mark::Unknown {
                sheet.plant(row, 3 + position, "rating_unknown");
            }
        }
    }
    sheet.note("注：“√”表示认可；不满意的须在“期望及提议”栏注明原因。");
    sheet.note("填表人：        审核：        日期：        ");
    sheet
}

/// A tick where satisfied.
fn tick_or_word(mark: Mark) -> &'static str {
    match mark {
        Mark::Satisfied | Mark::Rather => "√",
        other => other.word(),
    }
}

/// Three cells, the sign in one of them.
fn three(mark: Mark, sign: &str) -> Vec<Cell> {
    (0..3).map(|column| Cell::from(if mark.column() == Some(column) { sign } else { "" })).collect()
}

/// Each center writes the date in its own way.
fn date(date: NaiveDate, manner: Manner, unit: &str) -> Cell {
    match manner {
        Manner::Words => Cell::Date(date),
        Manner::Ticks => Cell::from(date.format("%Y-%m-%d").to_string()),
        Manner::Levels if unit.starts_with("柏杨") => Cell::from(format!("{}月{}日", date.month(), date.day())),
        Manner::Levels => Cell::from(date.format("%Y.%-m.%-d").to_string()),
    }
}

/// Merges a cell of the first header row down to the last.
fn down(sheet: &mut Sheet, top: usize, columns: &[usize], rows: usize) {
    for column in columns {
        sheet.merges.push((top, *column, top + rows - 1, *column));
    }
}

fn two_headers(sheet: &mut Sheet) {
    let top = sheet.rows.len();
    sheet.heading(&[
        "序号",
        "地点",
        "回访内容及处理结果",
        "回访情况",
        "",
        "",
        "意见",
        "",
        "",
        "期望及提议",
        "业主/住户签名",
        "日期",
    ]);
    sheet.heading(&[vec![""; 3], DIMENSIONS.to_vec(), LEVELS.to_vec()].concat());
    down(sheet, top, &[0, 1, 2, 9, 10, 11], 2);
    sheet.merges.push((top, 3, top, 5));
    sheet.merges.push((top, 6, top, 8));
}

fn three_headers(sheet: &mut Sheet) {
    let top = sheet.rows.len();
    let first = [
        vec!["序号", "地点", "回访内容及处理结果", "回访情况"],
        vec![""; 8],
        vec!["意见", "", "", "期望及提议", "业主/住户签名", "日期"],
    ];
    sheet.heading(&first.concat());
    let second = [vec![""; 3], vec!["守时", "", "", "态度", "", "", "质量", "", ""], LEVELS.to_vec()];
    sheet.heading(&second.concat());
    sheet.heading(&[vec![""; 3], LEVELS.repeat(3)].concat());
    down(sheet, top, &[0, 1, 2, 15, 16, 17], 3);
    down(sheet, top + 1, &[12, 13, 14], 2);
    sheet.merges.push((top, 3, top, 11));
    sheet.merges.push((top, 12, top, 14));
    for left in [3, 6, 9] {
        sheet.merges.push((top + 1, left, top + 1, left + 2));
    }
}

/// QR-004FW for a month: a row for each building, a word for each item.
pub(crate) fn qr_004(dice: &mut Dice, month: u32, buildings: i64) -> Sheet {
    let items = ["治安工作", "清洁绿化", "消杀清运", "噪声影响", "工程维修", "投诉处理", "服务态度", "工作效率"];
    let mut sheet = Sheet::new(format!("{month}月"), TableKind::CallbackMonth);
    sheet.banner("回访统计月统计表", items.len() + 1);
    sheet.banner("编号：QR-004FW        版号/状态：A/0", items.len() + 1);
    sheet.heading(&[vec!["地点"], items.to_vec()].concat());
    for building in 1..=buildings {
        let mut cells = vec![Cell::from(format!("{building}栋"))];
        for _ in items {
            cells.push(Cell::from(["满意", "较满意", "不满意", ""][dice.weighted(&[70, 22, 5, 3])]));
        }
        sheet.record(cells);
    }
    sheet.note("填表人：        审核：        ");
    sheet
}
