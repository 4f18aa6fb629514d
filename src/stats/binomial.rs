//! Tails of the binomial distribution.

/// Probability of `k` or more of `n`, each with probability `p`.
#[must_use]
pub fn upper_tail(n: u32, k: u32, p: f64) -> f64 {
    if k == 0 {
        return 1.0;
    }
    if k > n || p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    // The terms of the tail away from the mean fall off, so that their sum loses nothing.
    if f64::from(k) > f64::from(n) * p { falling(n, k, p) } else { 1.0 - falling(n, n - k + 1, 1.0 - p) }
}

/// The upper tail from a `k` above the mean: the first term by its logarithm, each further one from the one before.
fn falling(n: u32, k: u32, p: f64) -> f64 {
    let odds = p / (1.0 - p);
    let mut term = (1..=k).map(|i| f64::from(n - k + i).ln() - f64::from(i).ln()).sum::<f64>();
    term = (term + f64::from(k) * p.ln() + f64::from(n - k) * (1.0 - p).ln()).exp();
    let mut sum = 0.0;
    for i in k..=n {
        sum += term;
        term *= f64::from(n - i) / f64::from(i + 1) * odds;
        if term < sum * f64::EPSILON {
            break;
        }
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tails_are_those_of_the_tables() {
        // R: pbinom(k - 1, n, p, lower.tail = FALSE).
        for (n, k, p, expected) in [
            (10, 8, 0.5, 56.0 / 1024.0),
            (10, 0, 0.3, 1.0),
            (10, 11, 0.3, 0.0),
            (5, 5, 0.2, 0.000_32),
            (20, 3, 0.25, 0.908_739_6),
            (1_000, 600, 0.5, 1.364_232e-10),
        ] {
            let found = upper_tail(n, k, p);
            assert!((found - expected).abs() < 1e-7 * expected.max(1e-9) + 1e-9, "{n} {k} {p}: {found}");
        }
    }

    #[test]
    fn large_numbers_neither_overflow_nor_vanish() {
        assert!((upper_tail(200_000, 100_000, 0.5) - 0.5).abs() < 1e-2);
        assert!((upper_tail(200_000, 1, 0.5) - 1.0).abs() < 1e-12);
        assert!(upper_tail(200_000, 110_000, 0.5) < 1e-12);
    }
}
