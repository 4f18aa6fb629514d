//! Promises and measures in a sentence.

use super::super::format;
use super::super::lens::Lens;

/// `承诺6项，应完成5项，已完成4项（80.0%）`; none where there are none. `made` and `share` are the metrics of the register, `key` its
/// wording.
pub(crate) fn kept(lens: &Lens<'_>, made: &str, share: &str, key: &str) -> Option<String> {
    let words = lens.words;
    let made = lens.value(made).filter(|n| *n >= 1.0)?;
    let judged = lens.fact(share).and_then(|fact| Some((fact.numerator?, fact.denominator?, fact.value?)));
    let state = match judged {
        None => words.say("kept.none_due", &[]),
        Some((kept, due, _)) if kept >= due => words.number("kept.all", due, &[]),
        Some((kept, due, _)) if kept < 1.0 => words.number("kept.not_one", due, &[]),
        Some((kept, due, share)) => {
            let (kept, share) = (format::count(kept), format::share(share, None));
            words.number("kept.some", due, &[("kept", &kept), ("share", &share)])
        }
    };
    Some(words.number(key, made, &[("state", &state)]))
}
