//! What · Share of cases numbered as the procedure says.
//! Formula · numbered by the pattern ÷ cases that bear a number; the date in the number is that of receipt
//! Denominator · cases with a number
//! Unit · ratio
//! Missing values · excluded by reason: no number
//! Clause · that of the numbering, e.g. quality-returns: 8D reports
//! Example · 8D20170331001 and 17-05, both received on 2017-03-31, and one without a number: 1 ÷ 2 = 0.5
//!
//! 口径 · 按规程编号的案件占比
//! 公式 · 符合编号规则的 ÷ 有编号的案件；编号里的日期须为登记日期
//! 分母 · 有编号的案件
//! 单位 · 比率
//! 缺失值 · 按原因剔除：没有编号
//! 条款 · 编号条款，如 quality-returns 的 8D 报告编号
//! 举例 · 2017-03-31 登记的两件编号为 8D20170331001 和 17-05，另一件没有编号：1 ÷ 2 = 0.5

use polars::prelude::{Column, DataFrame, PolarsResult};

use super::cases::Cases;
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, is_code};
use crate::moment::date_of;
use crate::profile::schema::Numbering;
use crate::records::columns as c;
use crate::records::frames::column;
use crate::step::Step;

const COLUMN: &str = "numbered";
const OTHERWISE: u32 = 0;
const NUMBERED: u32 = 1;
const NO_NUMBER: u32 = 2;

pub(super) fn metric(case: &str, numbering: &Numbering) -> Metric {
    let measure = Measure::Share {
        part: is_code(COLUMN, NUMBERED),
        whole: is_code(COLUMN, NUMBERED).or(is_code(COLUMN, OTHERWISE)),
        excluded: vec![("no_number", is_code(COLUMN, NO_NUMBER))],
    };
    Metric::new(format!("{case}.numbered_share"), Unit::Ratio, measure, include_str!("numbered_share.rs"))
        .under(&numbering.clause)
}

/// Whether each case is numbered as the profile says.
pub(super) fn columns(numbering: &Numbering, frame: &DataFrame, cases: &Cases) -> PolarsResult<Vec<Column>> {
    let numbers = frame.column(c::NUMBER)?.str()?;
    let codes = numbers.iter().enumerate().map(|(row, number)| {
        let received = cases.moment(Step::Received, row).map(|moment| date_of(moment.seconds));
        match number {
            None => NO_NUMBER,
            Some(number) if is_numbered(&numbering.pattern, number.trim(), received) => NUMBERED,
            Some(_) => OTHERWISE,
        }
    });
    Ok(vec![column(COLUMN, codes.collect::<Vec<u32>>())])
}

/// Whether a number follows a pattern: letters as they stand, `{date}` as 20170331, `{serial}` as three digits or more.
fn is_numbered(pattern: &str, number: &str, received: Option<chrono::NaiveDate>) -> bool {
    let (mut pattern, mut rest) = (pattern, number);
    while !pattern.is_empty() {
        if let Some(after) = pattern.strip_prefix("{date}") {
            let Some((digits, behind)) = rest.split_at_checked(8) else { return false };
            let Ok(date) = chrono::NaiveDate::parse_from_str(digits, "%Y%m%d") else { return false };
            if received.is_some_and(|received| received != date) {
                return false;
            }
            (pattern, rest) = (after, behind);
        } else if let Some(after) = pattern.strip_prefix("{serial}") {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            if digits < 3 {
                return false;
            }
            (pattern, rest) = (after, &rest[digits..]);
        } else {
            let (mut letters, mut found) = (pattern.chars(), rest.chars());
            if letters.next() != found.next() {
                return false;
            }
            (pattern, rest) = (letters.as_str(), found.as_str());
        }
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_date_and_serial_must_stand_as_the_pattern_says() {
        let day = chrono::NaiveDate::from_ymd_opt(2017, 3, 31);
        let of = |number| is_numbered("8D{date}{serial}", number, day);
        assert!(of("8D20170331001") && of("8D201703311234"));
        for wrong in
            ["8D2017033101", "8D20170330001", "8d20170331001", "8D20170331001A", "8D20171331001", "", "8D编号二〇一七"]
        {
            assert!(!of(wrong), "{wrong}");
        }
        assert!(is_numbered("投-{date}-{serial}", "投-20170330-001", None));
    }
}
