//! Callbacks, from the forms QR-003FW and from the registers that give both the date and the answer.

use chrono::NaiveDate;

use crate::callbacks::Callback;
use crate::case::Case;
use crate::layout::Field;
use crate::period::{Scope, periods};
use crate::truth::{About, Layouts, Truth};

/// One answer to one question.
struct Said {
    metric: &'static str,
    community: usize,
    date: NaiveDate,
    satisfied: bool,
}

/// Adds all of it.
pub(crate) fn add(truth: &mut Truth, cases: &[Case], layouts: &Layouts, callbacks: &[Callback]) {
    let mut all: Vec<Said> = callbacks.iter().flat_map(on_form).collect();
    let in_register =
        |case: &&Case| layouts[&(case.community, case.kind)].has(Field::CallbackTime) && case.answer.is_some();
    all.extend(cases.iter().filter(in_register).filter_map(by_register));
    for metric in ["callback.satisfied_share", "callback.punctuality", "callback.attitude", "callback.quality"] {
        for period in &periods() {
            for scope in Scope::places() {
                let here = all
                    .iter()
                    .filter(|said| said.metric == metric && period.holds(said.date) && scope.holds(said.community));
                let answers: Vec<bool> = here.map(|said| said.satisfied).collect();
                let satisfied = answers.iter().filter(|answer| **answer).count();
                let about =
                    About { profile: "service-center", metric: metric.to_owned(), period, scope, dimension: None };
                truth.rate(&about, satisfied, answers.len());
            }
        }
    }
}

/// Up to four answers of a line.
fn on_form(callback: &Callback) -> Vec<Said> {
    let [punctual, attitude, quality] = callback.dimensions;
    [
        ("callback.satisfied_share", callback.overall),
        ("callback.punctuality", punctual),
        ("callback.attitude", attitude),
        ("callback.quality", quality),
    ]
    .into_iter()
    .filter_map(|(metric, mark)| {
        let satisfied = mark.is_satisfied()?;
        Some(Said { metric, community: callback.community, date: callback.date, satisfied })
    })
    .collect()
}

/// The answer in a register, where it is a word of a scale.
fn by_register(case: &Case) -> Option<Said> {
    let answer = case.answer.as_ref()?;
    let satisfied = match answer.word {
        "非常满意" | "满意" | "较满意" | "基本满意" => true,
        "一般" | "不满意" | "很不满意" => false,
        _ => return None,
    };
    let date = answer.moment.date();
    Some(Said { metric: "callback.satisfied_share", community: case.community, date, satisfied })
}
