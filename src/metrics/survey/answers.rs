//! What · Answers of an item by level.
//! Formula · number of answers
//! Denominator · none
//! Unit · count
//! Missing values · a blank is no answer
//! Clause · survey-procedure 4.6.1
//! Example · 治安工作: 满意 482, 不满意 95

use crate::metrics::fact::{Dimension as D, Unit};
use crate::metrics::metric::{Metric, count, every_row};

pub(super) fn metric() -> Metric {
    Metric::new("survey.answers".to_owned(), Unit::Count, count(every_row()), include_str!("answers.rs"))
        .by(&[D::Level])
}
