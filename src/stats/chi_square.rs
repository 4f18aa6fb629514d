//! Whether several counts fall as their shares would have them: Pearson's test, for one question about all of them at once.
//!
//! Given their sum, Poisson counts that come at one rate for each household (day, …) are multinomial with the households' shares
//! (K. Pearson, *Philosophical Magazine* 50, 1900, 157–175; R. A. Fisher, *Biometrics* 6, 1950, 17–24, for Poisson counts). The
//! chi-square distribution is near enough where every count is expected to be 5 at least (W. G. Cochran, *Biometrics* 10, 1954,
//! 417–451): those with the least shares are taken together until it is, whatever was counted. Nothing is drawn at random.

use super::normal;

/// From this expected count on, the distribution is near enough.
const LEAST_EXPECTED: f64 = 5.0;

/// Probability of a chi-square number of so many degrees of freedom being `x` or more.
#[must_use]
pub fn upper_tail(x: f64, freedom: u32) -> f64 {
    if x <= 0.0 || freedom == 0 {
        return 1.0;
    }
    // Q(a + 1, y) = Q(a, y) + yᵃ e⁻ʸ ÷ Γ(a + 1), from a = 1/2 or 1 upwards (Abramowitz and Stegun, 26.4.4 and 26.4.5). The terms are
    // kept as logarithms: the first may be too small to hold.
    let y = x / 2.0;
    let (mut sum, mut a, mut term) = if freedom.is_multiple_of(2) {
        ((-y).exp(), 1.0, y.ln() - y)
    } else {
        (normal::two_tails(x.sqrt()), 0.5, 0.5 * y.ln() - y - (std::f64::consts::PI.sqrt() / 2.0).ln())
    };
    while a < f64::from(freedom) / 2.0 {
        sum += term.exp();
        a += 1.0;
        term += y.ln() - a.ln();
    }
    sum.min(1.0)
}

/// Probability of counts at least so far from what their weights (households, days) give them; none where fewer than two groups can
/// be made that each expect enough.
#[must_use]
pub fn of_weights(loads: &[(f64, f64)]) -> Option<f64> {
    let (all, weight) = loads.iter().fold((0.0, 0.0), |(all, weight), (n, own)| (all + n, weight + own));
    if weight <= 0.0 {
        return None;
    }
    let mut cells: Vec<(f64, f64)> = loads.iter().map(|(n, own)| (*n, all * own / weight)).collect();
    // The least expected first; the order of equal ones is that given, so that the same counts make the same groups.
    cells.sort_by(|a, b| a.1.total_cmp(&b.1));
    let (mut groups, mut open): (Vec<(f64, f64)>, (f64, f64)) = (Vec::new(), (0.0, 0.0));
    for (n, expected) in cells {
        open = (open.0 + n, open.1 + expected);
        if open.1 >= LEAST_EXPECTED {
            groups.push(std::mem::take(&mut open));
        }
    }
    if let Some(last) = groups.last_mut() {
        *last = (last.0 + open.0, last.1 + open.1);
    }
    let freedom = u32::try_from(groups.len()).ok()?.checked_sub(1).filter(|freedom| *freedom > 0)?;
    let square = groups.iter().map(|(n, expected)| (n - expected).powi(2) / expected).sum();
    Some(upper_tail(square, freedom))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tails_are_those_of_the_tables() {
        // R: pchisq(x, df, lower.tail = FALSE).
        for (x, freedom, expected) in [
            (3.841_459, 1, 0.05),
            (6.634_897, 1, 0.01),
            (5.991_465, 2, 0.05),
            (7.814_728, 3, 0.05),
            (11.070_498, 5, 0.05),
            (23.209_251, 10, 0.01),
            (124.342_113, 100, 0.05),
            (0.0, 4, 1.0),
        ] {
            let found = upper_tail(x, freedom);
            assert!((found - expected).abs() < 1e-6, "{x} {freedom}: {found}");
        }
        // A first term too small to hold does not lose the sum.
        assert!((upper_tail(2_000.0, 2_000) - 0.5).abs() < 0.01, "{}", upper_tail(2_000.0, 2_000));
    }

    #[test]
    fn counts_are_tested_as_pearson_did() {
        // R, the example of its manual: chisq.test(c(89, 37, 30, 28, 2), p = c(40, 20, 20, 15, 5), rescale.p = TRUE)
        // gives X-squared = 9.9901, df = 4, p-value = 0.04059.
        let loads = [(89.0, 40.0), (37.0, 20.0), (30.0, 20.0), (28.0, 15.0), (2.0, 5.0)];
        let found = of_weights(&loads).unwrap_or_default();
        assert!((found - 0.040_59).abs() < 1e-5, "{found}");
        // R: chisq.test(c(60, 60), p = c(600, 200), rescale.p = TRUE): X-squared = 40, df = 1, p-value = 2.54e-10.
        assert!(of_weights(&[(60.0, 600.0), (60.0, 200.0)]).is_some_and(|p| p < 1e-6));
        assert!(of_weights(&[(60.0, 600.0), (20.0, 200.0)]).is_some_and(|p| p > 0.999));
    }

    #[test]
    fn groups_that_expect_too_little_are_taken_together_or_nothing_is_said() {
        // Expected 1, 2, 3 and 94: the first three together.
        let joined = of_weights(&[(1.0, 1.0), (0.0, 2.0), (9.0, 3.0), (90.0, 94.0)]);
        let expected = of_weights(&[(10.0, 6.0), (90.0, 94.0)]);
        assert!(joined.is_some());
        assert_eq!(joined, expected);
        // Expected 3, 3, 3 and 3: two and two; of five, the last joins the group before.
        assert_eq!(
            of_weights(&[(6.0, 1.0), (2.0, 1.0), (1.0, 1.0), (3.0, 1.0)]),
            of_weights(&[(8.0, 1.0), (4.0, 1.0)])
        );
        assert_eq!(
            of_weights(&[(6.0, 1.0), (2.0, 1.0), (1.0, 1.0), (3.0, 1.0), (3.0, 1.0)]),
            of_weights(&[(8.0, 2.0), (7.0, 3.0)])
        );
        assert_eq!(of_weights(&[(3.0, 50.0), (4.0, 50.0)]), None);
        assert_eq!(of_weights(&[(3.0, 0.0), (4.0, 0.0)]), None);
        assert_eq!(of_weights(&[]), None);
        assert_eq!(of_weights(&[(80.0, 1.0)]), None);
    }
}
