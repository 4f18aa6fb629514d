//! The printed forms QR-001FW and QR-002FW, as the oldest community keeps them: a sheet a month, the year and month in
//! the line of the unit.

use chrono::{Datelike, Days};

use crate::case::{Case, Moment};
use crate::layout::{Field, Layout};
use crate::register::note_errors;
use crate::sheet::{Cell, Sheet, TableKind};

/// Headers of QR-001FW.
const QR_001: [&str; 12] = [
    "序号",
    "报修时间",
    "报修地点",
    "业主姓名",
    "联络电话",
    "维修项目",
    "预约维修时间",
    "接待人",
    "维修结果",
    "回访人",
    "回访结果",
    "备注",
];
/// Headers of QR-002FW.
const QR_002: [&str; 9] =
    ["序号", "日期 时间", "投诉人姓名", "住址", "联络电话", "投诉事由及要求", "接待人", "回访人", "回访结果"];
/// Words under 维修结果.
const REPAIRED: [&str; 4] = ["已修好", "已完成", "完成", "已修好"];

/// Name, number, version and unit above the header, as printed.
pub(crate) fn letterhead(sheet: &mut Sheet, name: &str, number: &str, unit: &str, month: u32, width: usize) {
    sheet.banner(name, width);
    sheet.banner(&format!("编号：{number}        版号/状态：A/0"), width);
    sheet.banner(&format!("单位: {unit}    2025 年 {month} 月"), width);
}

/// QR-001FW for a month.
pub(crate) fn qr_001(unit: &str, month: u32, layout: &Layout, cases: &[&Case]) -> Sheet {
    let mut sheet = Sheet::new(format!("{month}月"), TableKind::Repair);
    letterhead(&mut sheet, "业主/住户报修记录表", "QR-001FW", unit, month, QR_001.len());
    sheet.heading(&QR_001);
    for (index, case) in cases.iter().enumerate() {
        let visit = case.nominal + Days::new(1);
        let row = sheet.record(vec![
            number(index),
            layout.moment(&case.received),
            Cell::from(case.place.as_str()),
            Cell::from(case.person.as_str()),
            Cell::from(case.phone.to_string()),
            Cell::from(case.content.as_str()),
            Cell::from(if index % 4 == 1 {
                format!("{}月{}日上午", visit.month(), visit.day())
            } else {
                String::new()
            }),
            Cell::from(case.receiver),
            Cell::from(REPAIRED[index % REPAIRED.len()]),
        ]);
        sheet.cases.push((row, case.key));
    }
    sheet.note("填表人：        审核：        ");
    sheet
}

/// QR-002FW for a month; `continued` are records whose text goes on in the line below.
pub(crate) fn qr_002(unit: &str, month: u32, layout: &Layout, cases: &[&Case], continued: &[usize]) -> Sheet {
    let mut sheet = Sheet::new(format!("{month}月"), TableKind::Complaint);
    letterhead(&mut sheet, "业主/住户投诉记录表", "QR-002FW", unit, month, QR_002.len());
    sheet.heading(&QR_002);
    for (index, case) in cases.iter().enumerate() {
        let row = sheet.record(vec![
            number(index),
            Cell::from(without_year(&case.received)),
            Cell::from(case.person.as_str()),
            Cell::from(case.place.as_str()),
            Cell::from(case.phone.to_string()),
            Cell::from(case.content.as_str()),
            Cell::from(case.receiver),
        ]);
        sheet.cases.push((row, case.key));
        note_errors(&mut sheet, row, layout, case);
        if continued.contains(&index) {
            let mut line = vec![Cell::Empty; 5];
            line.push(Cell::from("（接上行）并要求管理处三日内书面答复"));
            sheet.rows.push(line);
            sheet.tally.continuation += 1;
        }
    }
    sheet.note("注：本表与《回访统计表》（QR-003FW）配合使用。");
    sheet.note("填表人：        审核：        ");
    debug_assert!(!layout.has(Field::Completed));
    sheet
}

/// 序号 begins again on every sheet: it is no number of a case.
pub(crate) fn number(index: usize) -> Cell {
    Cell::from(u32::try_from(index + 1).unwrap_or(0))
}

/// 3月5日 14:30
fn without_year(moment: &Moment) -> String {
    moment.at().map_or_else(String::new, |at| format!("{}月{}日 {}", at.month(), at.day(), at.format("%H:%M")))
}
