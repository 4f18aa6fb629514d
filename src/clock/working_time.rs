//! Time on a calendar's clocks in constant time: duty seconds and working days before each day are summed once.
//!
//! The sums run over the years that differ from the plain week (published years, own days, pauses). Before and after them every
//! week is as the other, so that moments of any year are counted by whole weeks.

use std::collections::BTreeMap;

use super::calendar::published_days;
use super::stops::Stops;
use super::week::WorkingWeek;
use crate::moment::{DAY, Seconds};

/// Days summed before the first and after the last day that differs from the plain week: a whole week, and room for a night's rest.
const MARGIN: i64 = 14;

/// A calendar with its sums.
#[derive(Debug, Clone)]
pub struct WorkingTime {
    week: WorkingWeek,
    /// Number of the first day of the sums; they begin and end with a plain week.
    first: i64,
    days: Vec<Day>,
    patterns: Vec<Pattern>,
    /// Duty seconds and working days of a plain week.
    a_week: Sums,
    /// Calendar days whose end lies in a pause.
    lost_days: Stops,
}

/// Duty seconds and working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sums {
    seconds: i64,
    days: i64,
}

/// A day of the sums: what lies before it, and the place of its pattern.
#[derive(Debug, Clone, Copy)]
struct Day {
    before: Sums,
    pattern: u32,
}

/// What a day's duty looks like.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Pattern {
    /// Start and end of each stretch between 00:00 and 24:00, the rest of the night before among them, pauses cut out.
    stretches: Vec<(i64, i64)>,
    /// The end of the day's own duty, 24:00 at the latest; none where the day does not count as a working day.
    end_of_duty: Option<i64>,
}

impl Pattern {
    fn of(week: &WorkingWeek, day: i64) -> Self {
        let nights = week.duty_of(day - 1).iter().map(|(start, end)| (start - DAY, end - DAY));
        let own = week.duty_of(day);
        let mut stretches: Vec<(i64, i64)> = Vec::new();
        for (start, end) in nights.chain(own.iter().copied()) {
            let (start, end) = (start.max(0), end.min(DAY));
            match stretches.last_mut() {
                _ if start >= end => {}
                // A night may run into a morning of other hours: nobody is on duty twice.
                Some(last) if last.1 >= start => last.1 = last.1.max(end),
                _ => stretches.push((start, end)),
            }
        }
        let end_of_duty = own.last().map(|(_, end)| (*end).min(DAY));
        let midnight = day * DAY;
        Self {
            stretches: without(stretches, week.stops(), midnight),
            end_of_duty: end_of_duty.filter(|end| !week.stops().has_end(midnight + end)),
        }
    }

    fn seconds(&self) -> i64 {
        self.stretches.iter().map(|(start, end)| end - start).sum()
    }

    fn sums(&self) -> Sums {
        Sums { seconds: self.seconds(), days: i64::from(self.end_of_duty.is_some()) }
    }
}

/// The stretches of a day without what lies in pauses.
fn without(mut stretches: Vec<(i64, i64)>, stops: &Stops, midnight: Seconds) -> Vec<(i64, i64)> {
    for (start, end) in stops.ranges() {
        let (start, end) = (start - midnight, end - midnight);
        if start >= DAY || end <= 0 {
            continue;
        }
        stretches = stretches
            .into_iter()
            .flat_map(|(from, to)| [(from, to.min(start)), (from.max(end), to)])
            .filter(|(from, to)| from < to)
            .collect();
    }
    stretches
}

impl WorkingTime {
    /// Sums a calendar up.
    #[must_use]
    pub fn new(week: WorkingWeek) -> Self {
        let published = published_days();
        let (own_first, own_last) = week.own_days().unwrap_or((*published.start(), *published.end()));
        let (first, last) = (own_first.min(*published.start()) - MARGIN, own_last.max(*published.end()) + MARGIN);
        let (mut days, mut before) = (Vec::new(), Sums::default());
        // Few patterns occur: each is kept once.
        let mut places: BTreeMap<Pattern, u32> = BTreeMap::new();
        for day in first..=last {
            let pattern = Pattern::of(&week, day);
            let sums = pattern.sums();
            let next = u32::try_from(places.len()).unwrap_or(u32::MAX);
            days.push(Day { before, pattern: *places.entry(pattern).or_insert(next) });
            before = Sums { seconds: before.seconds + sums.seconds, days: before.days + sums.days };
        }
        let start_of_last_week = days[days.len() - 7].before;
        let a_week =
            Sums { seconds: before.seconds - start_of_last_week.seconds, days: before.days - start_of_last_week.days };
        let mut patterns: Vec<(u32, Pattern)> = places.into_iter().map(|(pattern, place)| (place, pattern)).collect();
        patterns.sort_unstable_by_key(|(place, _)| *place);
        let days_lost = week.stops().ranges().iter().map(|(start, end)| (start.div_euclid(DAY), end.div_euclid(DAY)));
        let lost_days = Stops::new(days_lost.collect());
        let patterns = patterns.into_iter().map(|(_, pattern)| pattern).collect();
        Self { week, first, days, patterns, a_week, lost_days }
    }

    /// The calendar.
    #[must_use]
    pub fn week(&self) -> &WorkingWeek {
        &self.week
    }

    /// Where a day stands in the sums, and how many weeks it lies away from there.
    fn locate(&self, day: i64) -> (usize, i64) {
        let place = day.saturating_sub(self.first);
        let count = i64::try_from(self.days.len()).unwrap_or(i64::MAX);
        let weeks = if place < 0 {
            place.div_euclid(7)
        } else if place >= count {
            (place - count).div_euclid(7) + 1
        } else {
            0
        };
        (usize::try_from(place - weeks * 7).unwrap_or(0), weeks)
    }

    /// What lies before a day, and its pattern.
    fn day(&self, day: i64) -> (Sums, &Pattern) {
        let (place, weeks) = self.locate(day);
        let Day { before, pattern } = self.days[place];
        let before = Sums {
            seconds: before.seconds + weeks * self.a_week.seconds,
            days: before.days + weeks * self.a_week.days,
        };
        (before, &self.patterns[pattern as usize])
    }

    /// The last day before which less than a target lies.
    fn day_reaching(&self, target: i64, of: impl Fn(Sums) -> i64) -> i64 {
        let a_week = of(self.a_week).max(1);
        // The target is brought into the sums by whole weeks.
        let all = self.days.last().map_or(0, |last| of(last.before) + of(self.patterns[last.pattern as usize].sums()));
        let weeks = if target <= 0 {
            (target - 1).div_euclid(a_week)
        } else if target > all {
            (target - all - 1).div_euclid(a_week) + 1
        } else {
            0
        };
        let target = target - weeks * a_week;
        let place = self.days.partition_point(|day| of(day.before) < target).saturating_sub(1);
        self.first + i64::try_from(place).unwrap_or(0) + weeks * 7
    }

    /// Duty seconds since the first day of the sums.
    fn position(&self, at: Seconds) -> i64 {
        let (day, second) = (at.div_euclid(DAY), at.rem_euclid(DAY));
        let (before, pattern) = self.day(day);
        pattern.stretches.iter().fold(before.seconds, |sum, (start, end)| sum + (second.min(*end) - start).max(0))
    }

    /// Whether a moment lies within duty hours and no pause; the end of a stretch no longer does.
    #[must_use]
    pub fn is_on_duty(&self, at: Seconds) -> bool {
        let second = at.rem_euclid(DAY);
        let (_, pattern) = self.day(at.div_euclid(DAY));
        pattern.stretches.iter().any(|(start, end)| (*start..*end).contains(&second))
    }

    /// The moments of a day number at which a stretch of duty ends.
    pub fn ends_of_duty(&self, day: i64) -> impl Iterator<Item = Seconds> {
        self.day(day).1.stretches.iter().map(move |(_, end)| day * DAY + end)
    }

    /// Whether a day number counts as a working day.
    #[must_use]
    pub fn is_working_day(&self, day: i64) -> bool {
        self.day(day).1.end_of_duty.is_some()
    }

    /// Duty seconds from one moment to a later one; negative the other way round.
    #[must_use]
    pub fn between(&self, from: Seconds, to: Seconds) -> i64 {
        self.position(to) - self.position(from)
    }

    /// The earliest moment by which a number of duty seconds has passed.
    #[must_use]
    pub fn after(&self, from: Seconds, seconds: i64) -> Seconds {
        if seconds <= 0 {
            return from;
        }
        let target = self.position(from).saturating_add(seconds);
        let day = self.day_reaching(target, |sums| sums.seconds);
        let (before, pattern) = self.day(day);
        let mut left = target - before.seconds;
        for (start, end) in &pattern.stretches {
            if left <= end - start {
                return day * DAY + start + left;
            }
            left -= end - start;
        }
        (day + 1) * DAY
    }

    /// Elapsed seconds from one moment to a later one outside the pauses; negative the other way round.
    #[must_use]
    pub fn elapsed_between(&self, from: Seconds, to: Seconds) -> i64 {
        self.week.stops().position(to) - self.week.stops().position(from)
    }

    /// The earliest moment by which a number of elapsed seconds has passed outside the pauses.
    #[must_use]
    pub fn elapsed_after(&self, from: Seconds, seconds: i64) -> Seconds {
        self.week.stops().after(from, seconds)
    }

    /// Calendar days that ended outside the pauses, from one moment to a later one.
    #[must_use]
    pub fn days_between(&self, from: Seconds, to: Seconds) -> i64 {
        self.lost_days.position(to.div_euclid(DAY)) - self.lost_days.position(from.div_euclid(DAY))
    }

    /// The earliest moment by which so many calendar days have ended outside the pauses; a moment at 24:00 has seen that day's end.
    #[must_use]
    pub fn end_of_day_after(&self, from: Seconds, days: i64) -> Seconds {
        if days <= 0 {
            return from;
        }
        self.lost_days.after(from.div_euclid(DAY), days).saturating_mul(DAY)
    }

    /// Working days whose duty ended outside the pauses, from one moment to a later one.
    #[must_use]
    pub fn working_days_between(&self, from: Seconds, to: Seconds) -> i64 {
        self.working_days_until(to) - self.working_days_until(from)
    }

    /// Working days that have ended since the first day of the sums.
    fn working_days_until(&self, at: Seconds) -> i64 {
        let (before, pattern) = self.day(at.div_euclid(DAY));
        before.days + i64::from(pattern.end_of_duty.is_some_and(|end| end <= at.rem_euclid(DAY)))
    }

    /// 24:00 of the day on which so many more working days have ended their duty outside the pauses.
    #[must_use]
    pub fn end_of_working_day_after(&self, from: Seconds, days: i64) -> Seconds {
        if days <= 0 {
            return from;
        }
        let target = self.working_days_until(from).saturating_add(days);
        (self.day_reaching(target, |sums| sums.days) + 1) * DAY
    }

    /// Duty seconds of the day on whose duty a clock that starts at a moment first runs.
    #[must_use]
    pub fn duty_of_first_day(&self, from: Seconds) -> i64 {
        let first = self.after(from, 1) - 1;
        let of = |day: i64| self.week.duty_of(day);
        let day = first.div_euclid(DAY);
        let is_own = of(day).iter().any(|(start, end)| (*start..*end).contains(&(first - day * DAY)));
        // What is not the day's own duty is the rest of the night before.
        of(if is_own { day } else { day - 1 }).iter().map(|(start, end)| end - start).sum()
    }

    /// Whether a stretch of time touches a year without a published calendar, for which the plain week stands.
    #[must_use]
    pub fn used_plain_week(&self, from: Seconds, to: Seconds) -> bool {
        let published = published_days();
        from < published.start() * DAY || to.max(from + 1) > (published.end() + 1) * DAY
    }
}
