//! Quantiles of type 7 (Hyndman and Fan 1996, "Sample quantiles in statistical packages"; the default of R, `NumPy` and pandas).

/// The quantile of numbers, which are reordered; none of no numbers. `share` lies between 0 and 1.
#[must_use]
pub fn quantile(numbers: &mut [i64], share: f64) -> Option<f64> {
    let last = numbers.len().checked_sub(1)?;
    #[allow(clippy::cast_precision_loss, reason = "fewer than 2^52 numbers, durations far below 2^52 seconds")]
    let position = share.clamp(0.0, 1.0) * last as f64;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and last")]
    let below = position.floor() as usize;
    let (_, low, rest) = numbers.select_nth_unstable(below);
    let low = *low;
    let high = rest.iter().min().copied().unwrap_or(low);
    #[allow(clippy::cast_precision_loss, reason = "durations are far below 2^52 seconds")]
    let (low, high) = (low as f64, high as f64);
    Some(low + (position - position.floor()) * (high - low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_type_7() {
        // R: quantile(c(1, 2, 3, 4, 10), c(0, .25, .5, .9, 1)) gives 1, 2, 3, 7.6, 10.
        for (share, expected) in [(0.0, 1.0), (0.25, 2.0), (0.5, 3.0), (0.9, 7.6), (1.0, 10.0)] {
            let found = quantile(&mut [10, 4, 1, 3, 2], share).unwrap_or(f64::NAN);
            assert!((found - expected).abs() < 1e-9, "{share}: {found}");
        }
        assert_eq!(quantile(&mut [], 0.5), None);
        assert_eq!(quantile(&mut [7], 0.9), Some(7.0));
    }
}
