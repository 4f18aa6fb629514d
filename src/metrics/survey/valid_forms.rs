//! What · Returned forms with at least one answer.
//! Formula · number of forms with an answer
//! Denominator · none
//! Unit · count
//! Missing values · a form without any answer is no valid form
//! Clause · survey-procedure 4.6.2
//! Example · 600 forms, 3 of them empty: 597

use crate::metrics::fact::Unit;
use crate::metrics::metric::{Metric, count, flag};

pub(super) fn metric() -> Metric {
    Metric::new(
        "survey.valid_forms".to_owned(),
        Unit::Count,
        count(flag("is_valid_form")),
        include_str!("valid_forms.rs"),
    )
}
