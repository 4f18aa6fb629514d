//! What · Cases that are major for one reason of the profile.
//! Formula · number of records for which the reason's rule holds; one case may be major for several reasons
//! Denominator · none
//! Unit · count
//! Missing values · a record that does not tell what the rule asks for is not counted; not given where no record tells it
//! Clause · that of the reason, e.g. developer-complaint: cost above 35,000 yuan
//! Example · 2 cases of 36,000 and 40,000 yuan under `cost = ">35000"`: 2
//!
//! 口径 · 按规程某一条成为重大的案件数
//! 公式 · 符合该条规则的记录数；同一案件可因几条而重大
//! 分母 · 无
//! 单位 · 件
//! 缺失值 · 没写明规则所问内容的记录不计；没有一条写明的，不给此数
//! 条款 · 该条的条款，如 developer-complaint：费用超过 35000 元
//! 举例 · 规则为 `cost = ">35000"`，费用 36000 元和 40000 元各一件：2

use super::classes::major_column;
use super::rules::Truth;
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, is_code};
use crate::profile::schema::Major;

pub(super) fn metric(case: &str, reason: &Major) -> Metric {
    let column = major_column(&reason.id);
    let measure = Measure::Count {
        of: is_code(&column, Truth::Yes as u32),
        told: is_code(&column, Truth::Unknown as u32).not(),
        excluded: Vec::new(),
    };
    Metric::new(format!("{case}.major.{}", reason.id), Unit::Count, measure, include_str!("major_reason.rs"))
        .under(&reason.clause)
}
