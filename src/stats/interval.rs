//! Intervals of a proportion.
//!
//! Agresti–Coull with finite population correction, as in `ci.prop.fpc` of the R package statpsych (Bonett): two successes and
//! two failures are added, p = (f + 2) / (n + 4), SE² = p (1 − p) / (n + 4) · (N − n) / (N − 1). The correction says that a
//! survey that everybody answered leaves nothing to guess. The shift of the estimate towards one half does not shrink with it: where
//! nearly everybody answered, the interval of the formula may end short of the share that was counted; it then reaches to it.

/// 97.5 % quantile of the normal distribution.
pub const Z: f64 = 1.959_963_984_540_054;

/// The 95 % interval of `successes` of `n` in a population of `population` (none: without end), within 0 and 1; none of no answers.
#[must_use]
pub fn proportion(successes: f64, n: f64, population: Option<f64>) -> Option<(f64, f64)> {
    if n <= 0.0 {
        return None;
    }
    let exact = (successes / n).clamp(0.0, 1.0);
    let share = (successes + 2.0) / (n + 4.0);
    let correction = match population {
        Some(population) if population > 1.0 => ((population - n) / (population - 1.0)).max(0.0),
        _ => 1.0,
    };
    let error = (share * (1.0 - share) / (n + 4.0) * correction).sqrt();
    // Everybody answered: the share itself is the interval.
    if correction == 0.0 {
        return Some((exact, exact));
    }
    // What was answered stands: those who were satisfied are at least so many of the population, likewise the dissatisfied.
    let (least, most) = match population {
        Some(population) if population >= n => (successes / population, (population - (n - successes)) / population),
        _ => (0.0, 1.0),
    };
    Some(((share - Z * error).max(least).min(exact), (share + Z * error).min(most).max(exact)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_that_of_statpsych() {
        // Documented outputs of ci.prop.fpc(.05, 12, 100, 400) and (.05, 61, 75, 415).
        for (f, n, population, low, high) in
            [(12.0, 100.0, 400.0, 0.077_735_65, 0.191_495_1), (61.0, 75.0, 415.0, 0.717_157, 0.877_779_7)]
        {
            let (found_low, found_high) = proportion(f, n, Some(population)).unwrap_or_default();
            assert!((found_low - low).abs() < 1e-6 && (found_high - high).abs() < 1e-6, "{found_low} {found_high}");
        }
    }

    #[test]
    fn one_dissatisfied_answer_keeps_the_bound_below_one() {
        let (low, high) = proportion(247.0, 248.0, Some(2_000.0)).unwrap_or_default();
        assert!(low > 0.9 && high == 1_999.0 / 2_000.0, "{low} {high}");
    }

    #[test]
    fn everybody_answered_leaves_nothing_to_guess() {
        assert_eq!(proportion(90.0, 100.0, Some(100.0)), Some((0.9, 0.9)));
        assert_eq!(proportion(0.0, 0.0, None), None);
    }

    #[test]
    fn of_nearly_everybody_the_interval_still_holds_what_was_counted() {
        // All of 95 of 100 satisfied: the formula alone ends at 0.9952.
        let (low, high) = proportion(95.0, 95.0, Some(100.0)).unwrap_or_default();
        assert!(low > 0.9 && low < 1.0 && high == 1.0, "{low} {high}");
        let (low, high) = proportion(0.0, 95.0, Some(100.0)).unwrap_or_default();
        assert!(low == 0.0 && high > 0.0 && high < 0.1, "{low} {high}");
    }

    proptest::proptest! {
        #[test]
        fn an_interval_holds_its_estimate_and_lies_within_nought_and_one(
            n in 1_u32..2_000,
            part in 0.0..=1.0_f64,
            population in proptest::option::of(1_u32..4_000),
        ) {
            let successes = (f64::from(n) * part).round();
            let (low, high) = proportion(successes, f64::from(n), population.map(f64::from)).unwrap_or((2.0, -1.0));
            let exact = successes / f64::from(n);
            proptest::prop_assert!(0.0 <= low && low <= exact && exact <= high && high <= 1.0, "{low} {exact} {high}");
        }
    }
}
