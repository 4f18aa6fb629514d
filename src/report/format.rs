//! The only place that rounds: unrounded values → what stands on the page.

use super::words::Words;
use crate::moment::{Period, Seconds, date_of};
use crate::profile::limit::Limit;
use crate::profile::target::Bound;
use chrono::Datelike;

/// What stands where there is no figure.
pub(crate) const ABSENT: &str = "—";

/// Most decimals of a percentage before it is printed in full.
const MOST_DECIMALS: usize = 6;

/// The least difference of shares that is told in numbers, in percentage points.
const LEAST_POINTS: f64 = 0.1;

/// Minutes in an hour and in a day.
const HOUR: f64 = 60.0;
const DAY: f64 = 1_440.0;

/// A count with thousands separators; what is no whole number keeps two decimals.
pub(crate) fn count(number: f64) -> String {
    let whole = number.fract().abs() < 1e-9;
    let text = if whole { format!("{number:.0}") } else { format!("{number:.2}") };
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("−", rest));
    let (integer, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::from(sign);
    for (place, digit) in integer.chars().enumerate() {
        if place > 0 && (integer.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A share in per cent. One decimal, and more where rounding would show 100 % or 0 % that it is not, or would put the
/// value on the other side of its bound: 95.96 % against at least 96 % is not 96.0 %.
pub(crate) fn share(value: f64, bound: Option<&Bound>) -> String {
    if value == 0.0 {
        return "0%".to_owned();
    }
    if (value - 1.0).abs() < f64::EPSILON {
        return "100%".to_owned();
    }
    for decimals in 1..=MOST_DECIMALS {
        let text = format!("{:.*}", decimals, value * 100.0);
        // The decimal point is moved in the text: a division could put the shown value on the wrong side of the bound.
        let shown: f64 = format!("{text}e-2").parse().unwrap_or(f64::NAN);
        let truthful = shown != 0.0 && (shown - 1.0).abs() >= f64::EPSILON;
        if truthful && bound.is_none_or(|bound| bound.is_met_by(shown) == bound.is_met_by(value)) {
            return format!("{text}%");
        }
    }
    format!("{}%", value * 100.0)
}

/// A bound's share without idle decimals: `96%`, `99.5%`.
pub(crate) fn plain_share(value: f64) -> String {
    let text = format!("{:.4}", value * 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// A score, with two decimals.
pub(crate) fn score(value: f64) -> String {
    format!("{value:.2}")
}

/// A duration in words: minutes, hours and minutes below two days, days and hours above.
pub(crate) fn duration(words: &Words, minutes: f64) -> String {
    in_units(words, minutes, 2.0 * DAY)
}

/// How long something is past its limit or before it: hours and minutes below one day, days and hours from there on.
pub(crate) fn time_past(words: &Words, minutes: f64) -> String {
    in_units(words, minutes, DAY)
}

fn in_units(words: &Words, minutes: f64, days_from: f64) -> String {
    let whole = minutes.round();
    if whole < 1.0 {
        return words.say(if minutes > 0.0 { "duration.under_a_minute" } else { "duration.none" }, &[]);
    }
    let (large, large_key, small, small_key) = if whole < days_from {
        ((whole / HOUR).floor(), "duration.hours", whole % HOUR, "duration.minutes")
    } else {
        let hours = (minutes / HOUR).round();
        ((hours / 24.0).floor(), "duration.days", hours % 24.0, "duration.hours")
    };
    let part = |number: f64, key| (number > 0.0).then(|| words.say(key, &[("n", &count(number))]));
    [part(large, large_key), part(small, small_key)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What a difference is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Difference {
    /// Of counts.
    Count,
    /// Of shares, in percentage points.
    Points,
    /// Of durations in minutes.
    Minutes,
    /// Of scores.
    Score,
}

/// A difference with its sign; "unchanged" only where it is nought.
pub(crate) fn difference(words: &Words, of: Difference, delta: f64) -> String {
    if delta.abs() < 1e-12 {
        return words.say("change.none", &[]);
    }
    let sign = if delta > 0.0 { "+" } else { "−" };
    let size = delta.abs();
    match of {
        Difference::Count => format!("{sign}{}", count(size)),
        Difference::Minutes => format!("{sign}{}", duration(words, size)),
        Difference::Score => format!("{sign}{}", enough_decimals(size, 2)),
        // More decimals would claim more than a rate of some hundred answers tells.
        Difference::Points if size * 100.0 < LEAST_POINTS / 2.0 => {
            let key = if delta > 0.0 { "change.points_up" } else { "change.points_down" };
            words.say(key, &[("n", &format!("{LEAST_POINTS:.1}"))])
        }
        Difference::Points => {
            words.say("change.points", &[("n", &format!("{sign}{}", enough_decimals(size * 100.0, 1)))])
        }
    }
}

/// The size of a difference of shares in percentage points, without a sign: `1.2`.
pub(crate) fn points(words: &Words, size: f64) -> String {
    if size * 100.0 < LEAST_POINTS / 2.0 {
        return words.say("versus.under", &[("n", &format!("{LEAST_POINTS:.1}"))]);
    }
    enough_decimals(size * 100.0, 1)
}

/// As many decimals as it takes to show that a number is not nought.
fn enough_decimals(size: f64, least: usize) -> String {
    (least..=MOST_DECIMALS)
        .map(|decimals| format!("{size:.decimals$}"))
        .find(|text| text.chars().any(|c| ('1'..='9').contains(&c)))
        .unwrap_or_else(|| size.to_string())
}

/// A limit in words.
pub(crate) fn limit(words: &Words, limit: Limit) -> String {
    let (key, number) = match limit {
        Limit::Minutes(n) => ("limit.minutes", n),
        Limit::Hours(n) => ("limit.hours", n),
        Limit::WorkingHours(n) => ("limit.working_hours", n),
        Limit::HalfWorkingDay => ("limit.half_working_day", 1),
        Limit::SameDay => ("limit.same_day", 1),
        Limit::Days(n) => ("limit.days", n),
        Limit::WorkingDays(n) => ("limit.working_days", n),
        Limit::Months(n) => ("limit.months", n),
        Limit::Years(n) => ("limit.years", n),
    };
    words.number(key, f64::from(number), &[])
}

/// A target such as `>=0.96` in words; empty for none.
pub(crate) fn target(words: &Words, text: &str) -> String {
    let Ok(bound) = text.parse::<Bound>() else { return String::new() };
    let sign: String = text.trim().chars().take_while(|c| "<>=".contains(*c)).collect();
    let key = match sign.as_str() {
        // Nothing lies above the whole: "at least 100 %" says no more than "100 %".
        ">=" if bound.number() >= 1.0 => "target.whole",
        ">=" => "target.at_least",
        ">" => "target.above",
        "<=" => "target.at_most",
        _ => "target.below",
    };
    words.say(key, &[("n", &plain_share(bound.number()))])
}

/// A period in words.
pub(crate) fn period(words: &Words, period: Period) -> String {
    let year = period.year().to_string();
    match period {
        Period::Month(_, month) => {
            let name = words.say(&format!("month.m{month}"), &[]);
            words.say("period.month", &[("year", &year), ("month", &name)])
        }
        Period::Quarter(_, quarter) => words.say("period.quarter", &[("year", &year), ("n", &quarter.to_string())]),
        Period::Half(_, 1) => words.say("period.first_half", &[("year", &year)]),
        Period::Half(..) => words.say("period.second_half", &[("year", &year)]),
        Period::Year(_) => words.say("period.year", &[("year", &year)]),
    }
}

/// The date whose 24:00 a moment is, in words.
pub(crate) fn date_until(words: &Words, end: Seconds) -> String {
    let day = date_of(end - 1);
    let month = words.say(&format!("month.m{}", day.month()), &[]);
    words.say("date", &[("year", &day.year().to_string()), ("month", &month), ("day", &day.day().to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Language;

    fn zh() -> &'static Words {
        Words::of(Language::Zh)
    }

    #[test]
    fn a_share_never_reaches_a_bound_or_an_end_by_rounding() -> Result<(), String> {
        let floor: Bound = ">=0.96".parse()?;
        assert_eq!(share(0.9596, Some(&floor)), "95.96%");
        assert_eq!(share(0.95996, Some(&floor)), "95.996%");
        assert_eq!(share(0.96, Some(&floor)), "96.0%");
        assert_eq!(share(0.9601, Some(&floor)), "96.0%");
        assert_eq!(share(0.9596, None), "96.0%");
        let ceiling: Bound = "<0.03".parse()?;
        assert_eq!(share(0.029_96, Some(&ceiling)), "2.996%");
        assert_eq!(share(0.999_6, None), "99.96%");
        assert_eq!(share(0.000_4, None), "0.04%");
        assert_eq!((share(1.0, None), share(0.0, None)), ("100%".to_owned(), "0%".to_owned()));
        assert_eq!(share(0.5, None), "50.0%");
        Ok(())
    }

    #[test]
    fn counts_are_grouped_by_thousands() {
        let texts: Vec<String> = [0.0, 999.0, 1_000.0, 1_234_567.0, -12_000.0, 1_234.5].map(count).to_vec();
        assert_eq!(texts, ["0", "999", "1,000", "1,234,567", "−12,000", "1,234.50"]);
    }

    #[test]
    fn durations_are_put_in_words() {
        let say = |minutes| duration(zh(), minutes);
        assert_eq!(say(200.0), "3 小时 20 分");
        assert_eq!(say(59.6), "1 小时");
        assert_eq!(say(0.2), "不到 1 分");
        assert_eq!(say(4_560.0), "3 天 4 小时");
        assert_eq!(say(2_880.0), "2 天");
        assert_eq!(duration(Words::of(Language::En), 200.0), "3 h 20 min");
    }

    #[test]
    fn what_is_past_its_limit_is_told_in_days_from_the_first_day_on() {
        let say = |minutes| time_past(zh(), minutes);
        assert_eq!([say(1_440.0), say(1_500.0), say(4_320.0)], ["1 天", "1 天 1 小时", "3 天"]);
        assert_eq!([say(1_439.0), say(45.0)], ["23 小时 59 分", "45 分"]);
    }

    #[test]
    fn a_difference_shows_that_it_is_not_nought() {
        assert_eq!(difference(zh(), Difference::Points, 0.000_04), "升不到0.1个百分点");
        assert_eq!(difference(zh(), Difference::Points, -0.012), "−1.2个百分点");
        assert_eq!(difference(zh(), Difference::Count, 0.0), "持平");
        assert_eq!(difference(zh(), Difference::Count, -1_200.0), "−1,200");
    }

    #[test]
    fn targets_and_periods_are_put_in_words() {
        assert_eq!(target(zh(), ">=0.96"), "不低于96%");
        assert_eq!(target(zh(), "<0.03"), "低于3%");
        assert_eq!(target(zh(), ">=1"), "100%");
        assert_eq!(target(zh(), ""), "");
        assert_eq!(period(zh(), Period::Half(2025, 1)), "2025年上半年");
        assert_eq!(period(Words::of(Language::En), Period::Month(2025, 6)), "June 2025");
        assert_eq!(date_until(zh(), Period::Month(2025, 6).end()), "2025年6月30日");
    }
}
