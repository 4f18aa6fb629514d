//! The exact sign test.
//!
//! Of `n` things each falls on one side or the other with probability one half; the upper tail is the probability of `k` or more on
//! one side (W. J. Conover, *Practical Nonparametric Statistics*, 3rd ed. 1999, section 3.4). Summed in logarithms, so that it is
//! exact for any `n`.

/// Probability of `k` or more of `n` on one side.
#[must_use]
pub fn upper_tail(n: u32, k: u32) -> f64 {
    if k == 0 {
        return 1.0;
    }
    // From the last term down: each is the one above it × i ÷ (n − i + 1).
    let mut term = -f64::from(n) * std::f64::consts::LN_2;
    let mut sum = 0.0;
    for i in (k..=n).rev() {
        sum += term.exp();
        term += f64::from(i).ln() - f64::from(n - i + 1).ln();
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_that_of_the_tables() {
        for (n, k, expected) in [(10, 8, 56.0 / 1024.0), (10, 0, 1.0), (10, 10, 1.0 / 1024.0), (3, 2, 0.5), (1, 2, 0.0)]
        {
            assert!((upper_tail(n, k) - expected).abs() < 1e-12, "{n} {k} {}", upper_tail(n, k));
        }
        // 1,000 throws: 600 heads, from a table of the binomial distribution.
        assert!((upper_tail(1_000, 600) - 1.364_232e-10).abs() < 1e-15, "{}", upper_tail(1_000, 600));
    }
}
