//! The verdict: what came in, how the headline rate stands, and what is overdue, in one sentence.

use super::super::format;
use super::super::lens::{bound, fraction, is_small};
use super::{Analysis, versus};
use crate::metrics::fact::{Fact, Verdict};

/// The sentence.
pub(super) fn sentence(of: &Analysis<'_>) -> String {
    let words = of.lens.words;
    let period = versus::within(words, of.lens.period);
    let now = format::date_until(words, of.lens.input.as_of);
    let received = of.value("received").unwrap_or(0.0);
    if received < 1.0 {
        let key = if of.lens.is_unfinished() { "verdict.nothing_yet" } else { "verdict.nothing" };
        return words.opening(&words.say(key, &[("period", &period), ("cases", &of.case()), ("date", &now)]));
    }
    let change = against_before(of).map(|text| words.say("verdict.change", &[("change", &text)])).unwrap_or_default();
    let amount = of.amount(received);
    let fill = [("period", period.as_str()), ("amount", &amount), ("change", &change), ("date", &now)];
    let key = if of.lens.is_unfinished() { "verdict.received_so_far" } else { "verdict.received" };
    let mut clauses = vec![words.number(key, received, &fill)];
    clauses.extend(valid(of));
    clauses.extend(rate(of));
    clauses.extend(overdue(of, &now));
    let said = clauses.join(&words.say("join.semicolon", &[])) + &words.say("join.stop", &[]);
    words.opening(&said)
}

/// How many more or fewer than in the period before; nothing where either is not over.
fn against_before(of: &Analysis<'_>) -> Option<String> {
    let words = of.lens.words;
    let period = of.lens.period;
    let compared = versus::beside(of.lens.input.facts, of.fact("received")?, period.previous())?;
    Some(versus::count(words, &versus::before(words, period), &compared))
}

fn valid(of: &Analysis<'_>) -> Option<String> {
    if !of.kind.figures.contains(&"valid") {
        return None;
    }
    let (valid, share) = (of.value("valid")?, of.value("valid_share")?);
    Some(of.lens.words.number("verdict.valid", valid, &[("share", &format::share(share, None))]))
}

/// The headline rate against its target.
fn rate(of: &Analysis<'_>) -> Option<String> {
    let words = of.lens.words;
    let fact = of.lens.fact(&of.rate)?;
    let share = format::share(fact.value?, bound(fact).as_ref());
    let key = match fact.verdict {
        Verdict::Met => "verdict.rate_met",
        Verdict::Missed => "verdict.rate_missed",
        _ => "verdict.rate",
    };
    let fill = [
        ("name", words.inside(&of.rate_title)),
        ("share", share),
        ("fraction", parts(of, fact)),
        ("target", format::target(words, &fact.target)),
    ];
    Some(words.say(key, &fill.each_ref().map(|(name, text)| (*name, text.as_str()))))
}

/// `54/57`, with a word where that is few.
fn parts(of: &Analysis<'_>, fact: &Fact) -> String {
    let fraction = fraction(fact);
    if is_small(fact) { of.lens.words.say("figure.small", &[("fraction", &fraction)]) } else { fraction }
}

/// What is open past its limit now, of the cases of the period.
fn overdue(of: &Analysis<'_>, now: &str) -> Option<String> {
    let words = of.lens.words;
    let metric = of.metric("overdue");
    Some(match of.lens.on_resolution(of.kind.subject, &metric).value(&metric)? {
        n if n >= 1.0 => words.number("verdict.overdue", n, &[("date", now)]),
        _ => words.say("verdict.none_overdue", &[("date", now)]),
    })
}
