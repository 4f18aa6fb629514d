//! Tails of the normal distribution.

/// Probability of a standard normal number at least so far from zero on either side: by the rational approximation 26.2.17 of
/// M. Abramowitz and I. Stegun, *Handbook of Mathematical Functions*, 1964, whose error is below 1.5e-7.
#[must_use]
pub fn two_tails(z: f64) -> f64 {
    const P: f64 = 0.231_641_9;
    const B: [f64; 5] = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let z = z.abs();
    let t = 1.0 / (1.0 + P * z);
    let sum = B.iter().rev().fold(0.0, |sum, b| (sum + b) * t);
    let density = (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    (2.0 * density * sum).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tails_are_those_of_the_tables() {
        for (z, expected) in [(0.0, 1.0), (1.0, 0.317_310_5), (-1.959_964, 0.05), (2.575_829, 0.01), (40.0, 0.0)] {
            assert!((two_tails(z) - expected).abs() < 3e-7, "{z}: {}", two_tails(z));
        }
    }
}
