//! What · Share of cases received within the warranty of the part they are about.
//! Formula · in warranty ÷ (in warranty + out of it); the term runs from the moment that the profile names for the part; an end set by the contract prevails; misuse and own alterations are out of warranty
//! Denominator · cases that the warranty rules and of which it can be told
//! Unit · ratio
//! Missing values · excluded by reason: no start (the start of the term is missing), no part (the part is in no term), unknown (whether the warranty rules it, or when it came in), uncertain (a date without a time on the last day), impossible (received before the start)
//! Clause · that of the profile's warranty, e.g. developer-complaint: warranty terms
//! Example · 3 leaks 1, 4 and 6 years after acceptance under 5 years: 2 ÷ 3 = 0.666667
//!
//! 口径 · 登记时所涉部位仍在保修期内的案件占比
//! 公式 · 保修期内 ÷（保修期内 + 保修期外）；期限自规程为该部位规定的时间起算；合同另有约定的从合同；使用不当、自行改动的不保修
//! 分母 · 归保修管且能判断的案件
//! 单位 · 比率
//! 缺失值 · 按原因剔除：缺起算日期、部位不在任何期限内、说不清是否归保修管，或登记时间不明、末日只有日期、登记早于起算
//! 条款 · 规程保修条款，如 developer-complaint 的保修期限
//! 举例 · 期限 5 年，验收后 1、4、6 年各漏水一件：2 ÷ 3 = 0.666667

use super::warranty::{COLUMN, Cover};
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, is_code};
use crate::profile::schema::Warranty;

pub(super) fn metric(case: &str, warranty: &Warranty) -> Metric {
    let is = |cover: Cover| is_code(COLUMN, cover as u32);
    let measure = Measure::Share {
        part: is(Cover::In),
        whole: is(Cover::In).or(is(Cover::Out)),
        excluded: vec![
            ("no_start", is(Cover::NoStart)),
            ("no_part", is(Cover::NoPart)),
            ("unknown", is(Cover::Unknown)),
            ("uncertain", is(Cover::Uncertain)),
            ("impossible", is(Cover::Impossible)),
        ],
    };
    Metric::new(format!("{case}.in_warranty_share"), Unit::Ratio, measure, include_str!("in_warranty_share.rs"))
        .under(&warranty.clause)
}
