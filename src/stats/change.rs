//! Whether two numbers differ by more than chance, at a level of 5 %.
//!
//! - Counts: given their sum, one of two Poisson counts is binomial; the exact test doubles the smaller tail (J. Przyborowski and
//!   H. Wilenski, *Biometrika* 31, 1940, 313–323). Cases that come in bunches vary by more than that.
//! - Shares: the interval of a difference from the intervals of its two parts (R. G. Newcombe, *Statistics in Medicine* 17, 1998,
//!   873–890, method 10; G. Y. Zou and A. Donner, *Statistics in Medicine* 27, 2008, 1693–1702). What is known of the population
//!   is in the intervals already.
//! - Several at once: the step-down procedure of S. Holm (*Scandinavian Journal of Statistics* 6, 1979, 65–70), so that one in twenty
//!   times *any* of them is called a change where there is none.
//! - The largest of several: that one of `k` places, all alike, holds so many of `n`, by the binomial tail times `k` (Bonferroni).

use super::binomial;
use super::interval::Z;
use super::normal;

/// Level of the tests.
pub const LEVEL: f64 = 0.05;

/// Probability of two counts at least so far apart, where both come at the same rate; the spans are the lengths of time that
/// they were gathered in.
#[must_use]
pub fn counts(now: u32, then: u32, spans: (f64, f64)) -> f64 {
    let n = now.saturating_add(then);
    let p = spans.0 / (spans.0 + spans.1);
    if n == 0 || !p.is_finite() {
        return 1.0;
    }
    let above = binomial::upper_tail(n, now, p);
    let below = 1.0 - binomial::upper_tail(n, now + 1, p);
    (2.0 * above.min(below)).min(1.0)
}

/// An estimate and its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The interval of the difference of two independent estimates.
#[must_use]
pub fn difference(now: Estimate, then: Estimate) -> (f64, f64) {
    let below = |of: Estimate| (of.value - of.low).max(0.0);
    let above = |of: Estimate| (of.high - of.value).max(0.0);
    let difference = now.value - then.value;
    (difference - below(now).hypot(above(then)), difference + above(now).hypot(below(then)))
}

/// Probability of two estimates at least so far apart where both estimate the same: the difference measured by its distance to the end
/// of its interval that lies towards zero.
#[must_use]
pub fn shares(now: Estimate, then: Estimate) -> f64 {
    let (low, high) = difference(now, then);
    let apart = now.value - then.value;
    let width = if apart > 0.0 { apart - low } else { high - apart };
    if apart == 0.0 {
        1.0
    } else if width <= 0.0 {
        0.0
    } else {
        normal::two_tails(Z * apart / width)
    }
}

/// Which of several tests stand when they are looked at together.
#[must_use]
pub fn standing(probabilities: &[f64]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]).then(a.cmp(b)));
    let mut stands = vec![false; probabilities.len()];
    for (left, place) in (1..=probabilities.len()).rev().zip(order) {
        if probabilities[place] * f64::from(u32::try_from(left).unwrap_or(u32::MAX)) > LEVEL {
            break;
        }
        stands[place] = true;
    }
    stands
}

/// Whether the largest of `places` alike holds more of `n` than chance would give it.
#[must_use]
pub fn stands_out(largest: u32, n: u32, places: u32) -> bool {
    places > 1 && binomial::upper_tail(n, largest, 1.0 / f64::from(places)) * f64::from(places) <= LEVEL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_tested_exactly() {
        // R: 2 * min(pbinom(a, a + b, 0.5), pbinom(a - 1, a + b, 0.5, lower.tail = FALSE)).
        for (now, then, expected) in [(10, 0, 2.0 / 1024.0), (8, 2, 112.0 / 1024.0), (5, 5, 1.0), (0, 0, 1.0)] {
            assert!((counts(now, then, (30.0, 30.0)) - expected).abs() < 1e-9, "{now} {then}");
        }
        // 5 against 5 in half the time.
        assert!(counts(5, 5, (10.0, 20.0)) < 1.0);
        assert!(counts(0, 6, (30.0, 30.0)) < LEVEL && counts(0, 5, (30.0, 30.0)) > LEVEL);
    }

    #[test]
    fn the_interval_of_a_difference_is_newcombes() {
        // Newcombe 1998, table II, example (a): 56/70 and 48/80 with Wilson's intervals give 0.0524 to 0.3339.
        let now = Estimate { value: 0.8, low: 0.691_8, high: 0.876_9 };
        let then = Estimate { value: 0.6, low: 0.490_4, high: 0.700_4 };
        let (low, high) = difference(now, then);
        assert!((low - 0.052_4).abs() < 2e-4 && (high - 0.333_9).abs() < 2e-4, "{low} {high}");
        // An interval that just touches zero has a probability of 5 %.
        let (now, then) = (Estimate { value: 0.6, low: 0.5, high: 0.7 }, Estimate { value: 0.5, low: 0.5, high: 0.5 });
        assert!((shares(now, then) - LEVEL).abs() < 1e-6);
        let known = |value| Estimate { value, low: value, high: value };
        assert!(shares(known(0.6), known(0.5)) < LEVEL && shares(known(0.6), known(0.6)) > LEVEL);
    }

    #[test]
    fn of_several_tests_the_smallest_has_to_bear_all() {
        assert_eq!(standing(&[0.04, 0.01, 0.5]), [false, true, false]);
        assert_eq!(standing(&[0.03, 0.02]), [true, true]);
        assert_eq!(standing(&[0.03, 0.03]), [false, false]);
        assert_eq!(standing(&[]), [false; 0]);
    }

    #[test]
    fn the_largest_of_many_small_ones_does_not_stand_out() {
        assert!(!stands_out(3, 12, 10));
        assert!(stands_out(9, 12, 10));
        assert!(!stands_out(12, 12, 1));
    }
}
