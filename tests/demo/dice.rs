//! Chance, always the same. Every part of the generator has its own numbered stream of one seed, so that a change in
//! one part does not shift the draws of all others. Only raw words are taken from the generator: what is built from
//! them is written here, and cannot change with a release of `rand`.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;

/// The one seed of the demonstration.
const SEED: u64 = 20_250_101;

/// A source of draws.
pub(crate) struct Dice(ChaCha20Rng);

impl Dice {
    /// The stream with this number.
    pub(crate) fn stream(number: u64) -> Self {
        let mut generator = ChaCha20Rng::seed_from_u64(SEED);
        generator.set_stream(number);
        Self(generator)
    }

    /// An integer in `0..bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        // The upper half of the product is uniform enough: the bounds are tiny beside 2^64.
        let wide = u128::from(self.0.next_u64()) * bound as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// An integer in `low..=high`.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = usize::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// True in this many of a thousand draws.
    pub(crate) fn per_mille(&mut self, share: u32) -> bool {
        self.below(1000) < share as usize
    }

    /// One of the items, all equally likely.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// One of the words.
    pub(crate) fn word(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }

    /// The index of one of the weights, in proportion to them.
    pub(crate) fn weighted(&mut self, weights: &[u32]) -> usize {
        let total: u32 = weights.iter().sum();
        let mut left = self.below(total as usize);
        for (index, weight) in weights.iter().enumerate() {
            if left < *weight as usize {
                return index;
            }
            left -= *weight as usize;
        }
        weights.len() - 1
    }
}
