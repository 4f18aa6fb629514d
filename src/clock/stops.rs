//! Stretches in which a clock stands still, with their sums: how far it has run, and when it will have run so far.

/// Stretches in which a clock stands still, in order and apart, on any scale: seconds or days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Stops {
    /// Start and end of each.
    ranges: Vec<(i64, i64)>,
    /// Length of all before each, and of all.
    before: Vec<i64>,
}

impl Stops {
    /// Sorts and joins stretches; empty ones do not stop anything.
    pub(super) fn new(mut ranges: Vec<(i64, i64)>) -> Self {
        ranges.retain(|(start, end)| start < end);
        ranges.sort_unstable();
        let mut joined: Vec<(i64, i64)> = Vec::with_capacity(ranges.len());
        for (start, end) in ranges {
            match joined.last_mut() {
                Some(last) if last.1 >= start => last.1 = last.1.max(end),
                _ => joined.push((start, end)),
            }
        }
        let lengths = joined.iter().scan(0, |sum, (start, end)| {
            *sum += end - start;
            Some(*sum)
        });
        let before = std::iter::once(0).chain(lengths).collect();
        Self { ranges: joined, before }
    }

    /// The stretches, in order and apart.
    pub(super) fn ranges(&self) -> &[(i64, i64)] {
        &self.ranges
    }

    /// How far the clock has run at a moment, from a start of its own.
    pub(super) fn position(&self, at: i64) -> i64 {
        let begun = self.ranges.partition_point(|(start, _)| *start < at);
        match begun.checked_sub(1).and_then(|last| self.ranges.get(last)) {
            Some((start, end)) => at - self.before[begun - 1] - (at.min(*end) - start),
            None => at,
        }
    }

    /// The earliest moment by which the clock has run so much further.
    pub(super) fn after(&self, from: i64, amount: i64) -> i64 {
        if amount <= 0 {
            return from;
        }
        let target = self.position(from).saturating_add(amount);
        // The stretches that begin before the target is reached.
        let begun = self.begun_before(target);
        target.saturating_add(self.before[begun])
    }

    fn begun_before(&self, target: i64) -> usize {
        let (mut low, mut high) = (0, self.ranges.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.ranges[middle].0 - self.before[middle] < target { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Whether a moment lies in a stretch, its start left out and its end included.
    pub(super) fn has_end(&self, at: i64) -> bool {
        let begun = self.ranges.partition_point(|(start, _)| *start < at);
        begun.checked_sub(1).is_some_and(|last| at <= self.ranges[last].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_runs_only_outside_its_stops() {
        let stops = Stops::new(vec![(20, 30), (5, 10), (8, 12), (40, 40)]);
        assert_eq!(stops.ranges(), [(5, 12), (20, 30)]);
        for from in 0..40 {
            let running = |at: &i64| !((5..12).contains(at) || (20..30).contains(at));
            for to in from..40 {
                let counted = (from..to).filter(running).count();
                assert_eq!(stops.position(to) - stops.position(from), i64::try_from(counted).unwrap(), "{from}–{to}");
            }
            for amount in 1..30 {
                let due = stops.after(from, amount);
                assert_eq!(stops.position(due) - stops.position(from), amount);
                assert!(stops.position(due - 1) - stops.position(from) < amount);
            }
            assert_eq!(stops.after(from, 0), from);
        }
        assert!(stops.has_end(12) && stops.has_end(6) && !stops.has_end(5) && !stops.has_end(13));
    }
}
