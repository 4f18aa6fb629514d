//! What a monthly publication may say of complaints without telling whose they are.
//!
//! How many were received, settled and are open tells of the company and is what the procedure wants published; it is printed as it
//! is. What they were about tells of a household where few complained of it: matters of fewer than [`FEWEST`] complaints are taken
//! together, and so is the smallest of the others where they would still be so few. The matters are published of each community by
//! itself, never of all together, so that no difference of two publications tells more.

use super::protect::FEWEST;

/// The matters that may be printed, the most first, and how many complaints the others make.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Matters {
    pub(crate) shown: Vec<(String, f64)>,
    pub(crate) rest: f64,
}

/// Takes together what few complained of; `unnamed` are complaints of no matter.
pub(crate) fn matters(mut all: Vec<(String, f64)>, unnamed: f64) -> Matters {
    #[allow(clippy::cast_precision_loss, reason = "a small constant")]
    let fewest = FEWEST as f64;
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let large = all.partition_point(|(_, n)| *n >= fewest);
    let mut rest = unnamed + all.drain(large..).map(|(_, n)| n).sum::<f64>();
    while rest > 0.0 && rest < fewest {
        let Some((_, n)) = all.pop() else { break };
        rest += n;
    }
    Matters { shown: all, rest }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(counts: &[(&str, f64)], unnamed: f64) -> (Vec<f64>, f64) {
        let matters = matters(counts.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect(), unnamed);
        (matters.shown.into_iter().map(|(_, n)| n).collect(), matters.rest)
    }

    #[test]
    fn matters_of_few_are_taken_together_until_they_are_many() {
        assert_eq!(of(&[("a", 9.0), ("b", 3.0), ("c", 2.0)], 0.0), (vec![9.0], 5.0));
        assert_eq!(of(&[("a", 9.0), ("b", 6.0), ("c", 2.0)], 0.0), (vec![9.0], 8.0));
        assert_eq!(of(&[("a", 9.0), ("b", 6.0)], 1.0), (vec![9.0], 7.0));
        assert_eq!(of(&[("a", 2.0), ("b", 1.0)], 0.0), (vec![], 3.0));
        assert_eq!(of(&[("a", 5.0), ("b", 7.0)], 0.0), (vec![7.0, 5.0], 0.0));
    }

    proptest! {
        #[test]
        fn nothing_printed_and_no_difference_is_below_five(counts in prop::collection::vec(0..20_u32, 0..9), unnamed in 0..9_u32) {
            let total: f64 = f64::from(counts.iter().sum::<u32>() + unnamed);
            let all = counts.iter().enumerate().map(|(at, n)| (at.to_string(), f64::from(*n))).collect();
            let matters = matters(all, f64::from(unnamed));
            let printed: f64 = matters.shown.iter().map(|(_, n)| n).sum();
            prop_assert_eq!(printed + matters.rest, total);
            prop_assert!(matters.shown.iter().all(|(_, n)| *n >= 5.0));
            prop_assert!(matters.rest == 0.0 || matters.rest >= 5.0 || matters.shown.is_empty());
        }
    }
}
