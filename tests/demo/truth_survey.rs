//! The survey of each half year: forms, rates and satisfaction item by item.

use crate::period::{Scope, periods};
use crate::survey::{ITEMS, Round};
use crate::truth::{About, Truth};

/// Adds all of it.
pub(crate) fn add(truth: &mut Truth, rounds: &[Round]) {
    for half in [1, 2] {
        for scope in Scope::places() {
            let here: Vec<&Round> =
                rounds.iter().filter(|round| round.half == half && scope.holds(round.community)).collect();
            one(truth, half, scope, &here);
        }
    }
}

fn one(truth: &mut Truth, half: u32, scope: Scope, here: &[&Round]) {
    let periods = periods();
    let name = format!("2025-H{half}");
    let period = periods.iter().find(|period| period.name == name).expect("a year has two halves");
    let about = |metric: &str, dimension| About {
        profile: "survey-procedure",
        metric: format!("survey.{metric}"),
        period,
        scope,
        dimension,
    };
    let sum = |part: fn(&Round) -> usize| here.iter().map(|round| part(round)).sum::<usize>();
    let issued = sum(|round| round.issued as usize);
    let returned = sum(|round| round.forms.len());
    truth.count(&about("issued", None), issued);
    truth.count(&about("returned", None), returned);
    truth.rate(&about("issue_rate", None), issued, sum(|round| round.occupied as usize));
    truth.rate(&about("return_rate", None), returned, issued);
    let forms: Vec<_> = here.iter().flat_map(|round| &round.forms).collect();
    let valid = forms.iter().filter(|form| form.replies.iter().any(|reply| reply.is_satisfied().is_some())).count();
    truth.count(&about("valid_forms", None), valid);
    let mut rates = Vec::new();
    for (item, name) in ITEMS.iter().enumerate() {
        let answers: Vec<bool> = forms.iter().filter_map(|form| form.replies[item].is_satisfied()).collect();
        let satisfied = answers.iter().filter(|answer| **answer).count();
        truth.rate(&about("item_satisfied", Some(("item", name))), satisfied, answers.len());
        rates.push(share(satisfied, answers.len()));
    }
    let items = f64::from(u32::try_from(rates.len()).unwrap_or(1));
    truth.value(&about("overall_satisfied", None), rates.iter().sum::<f64>() / items);
}

/// One count over another.
fn share(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(0));
    number(part) / number(whole)
}
