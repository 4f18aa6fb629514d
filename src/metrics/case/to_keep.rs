//! What · Records that are still to be kept as of the as-of moment.
//! Formula · number of records whose time to be kept is not over
//! Denominator · none
//! Unit · count
//! Missing values · a record without the moment from which the time runs is excluded: no start; one that still can get that moment is to be kept
//! Clause · that of the retention, e.g. drug-complaint: one year after expiry
//! Example · shelf lives to 2024-05 and 2025-05, kept one year more, as of 2025-12-31: 1
//!
//! 口径 · 到统计截止时仍须保存的记录数
//! 公式 · 保存期未满的记录数
//! 分母 · 无
//! 单位 · 件
//! 缺失值 · 缺保存期起点的剔除；起点还可能出现的，仍须保存
//! 条款 · 保存条款，如 drug-complaint：有效期后一年
//! 举例 · 有效期到 2024-05 和 2025-05，各多存一年，截至 2025-12-31：1

use polars::prelude::Column;

use super::cases::Cases;
use crate::clock::due::due;
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, every_row, is_code};
use crate::metrics::outcome::End;
use crate::metrics::runner::Setting;
use crate::profile::schema::Retention;
use crate::records::frames::column;

const COLUMN: &str = "kept";
const OVER: u32 = 0;
const TO_KEEP: u32 = 1;
const NO_START: u32 = 2;

pub(super) fn metric(case: &str, retention: &Retention) -> Metric {
    let measure = Measure::Count {
        of: is_code(COLUMN, TO_KEEP),
        told: every_row(),
        excluded: vec![("no_start", is_code(COLUMN, NO_START))],
    };
    Metric::new(format!("{case}.to_keep"), Unit::Count, measure, include_str!("to_keep.rs")).under(&retention.clause)
}

/// Whether each record is to be kept.
pub(super) fn columns(retention: &Retention, cases: &Cases, setting: &Setting<'_>) -> Vec<Column> {
    let span = retention.keep.span();
    let codes = (0..cases.rows).map(|row| match cases.written(retention.after, row) {
        Some(after) if due(cases.clock(setting, row), after.seconds, span) < setting.as_of => OVER,
        Some(_) => TO_KEEP,
        None if cases.end(retention.after, row) == End::Open => TO_KEEP,
        None => NO_START,
    });
    vec![column(COLUMN, codes.collect::<Vec<u32>>())]
}
