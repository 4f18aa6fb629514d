//! Which entry of the register of duties done is about which of the periods for which a duty was owed.

use super::periods::OwedPeriod;
use crate::moment::{DAY, Moment, Period, Seconds, date_of, month_number};
use crate::normalise::label::fold;
use crate::profile::schema::{Duty, Profile};
use crate::records::registers::{DutyDone, Entry};

/// The entries that name each of a profile's duties. A cell names the duty whose id, title or word it contains, the longest one
/// where several do. What was done after the as-of moment, or is about a period that had not begun, was not written down by then.
pub(super) fn by_duty<'r>(
    profile: &Profile,
    entries: &'r [Entry<DutyDone>],
    as_of: Seconds,
) -> Vec<Vec<&'r Entry<DutyDone>>> {
    let words: Vec<Vec<String>> = profile.duties.iter().map(words).collect();
    let mut named = vec![Vec::new(); words.len()];
    let is_past = |of: &DutyDone| match of.done_on {
        Some(done) => done.seconds < as_of,
        None => of.period_told.is_none_or(|period| period.start() < as_of),
    };
    for entry in entries.iter().filter(|entry| is_past(&entry.of)) {
        let cell = fold(&entry.of.duty);
        let length = |words: &Vec<String>| {
            words.iter().filter(|word| cell.contains(word.as_str())).map(|word| word.chars().count()).max().unwrap_or(0)
        };
        let lengths: Vec<usize> = words.iter().map(length).collect();
        let longest = lengths.iter().copied().max().unwrap_or(0);
        for (duty, length) in lengths.into_iter().enumerate() {
            if length > 0 && length == longest {
                named[duty].push(entry);
            }
        }
    }
    named
}

fn words(duty: &Duty) -> Vec<String> {
    let own = [duty.id.as_str(), &duty.title.zh, &duty.title.en];
    let all = own.into_iter().chain(duty.words.iter().map(String::as_str));
    all.map(fold).filter(|word| !word.is_empty()).collect()
}

/// The entry of each period, the earliest done where there are several.
///
/// An entry that says by when it was due is about the period with the nearest due moment. One that names a period is about that
/// period. One that tells only when it was done is about the period before, unless another entry is about that already or it must
/// be done within the period: a report on a month is written when the month is over.
pub(super) fn of_periods<'r>(
    entries: &[&'r Entry<DutyDone>],
    periods: &[OwedPeriod],
    within: bool,
) -> Vec<Option<&'r Entry<DutyDone>>> {
    let mut found: Vec<Option<&'r Entry<DutyDone>>> = vec![None; periods.len()];
    let put = |place: usize, entry: &'r Entry<DutyDone>, found: &mut Vec<Option<&'r Entry<DutyDone>>>| {
        let done = |entry: &Entry<DutyDone>| entry.of.done_on.map_or(i64::MAX, Moment::latest);
        if found[place].is_none_or(|before| done(entry) < done(before)) {
            found[place] = Some(entry);
        }
    };
    let mut unsure = Vec::new();
    for entry in entries {
        match surely(&entry.of, periods) {
            Some(place) => put(place, entry, &mut found),
            None => unsure.push(*entry),
        }
    }
    unsure.sort_by_key(|entry| (entry.of.done_on, entry.source, entry.row));
    for entry in unsure {
        let Some(done) = entry.of.done_on else { continue };
        let Some(own) = containing(periods, done.seconds / DAY) else {
            // What was done after the last period that had begun is about that.
            let last = periods.last().filter(|last| !within && done.seconds >= last.until);
            if last.is_some() && found[periods.len() - 1].is_none() {
                found[periods.len() - 1] = Some(entry);
            }
            continue;
        };
        let is_day = periods[own].first_day() == periods[own].last_day();
        let before = own.checked_sub(1).filter(|before| !within && !is_day && found[*before].is_none());
        put(before.unwrap_or(own), entry, &mut found);
    }
    found
}

/// The period that an entry is about by its due date or by a period that it names.
fn surely(entry: &DutyDone, periods: &[OwedPeriod]) -> Option<usize> {
    if let Some(due_on) = entry.due_on {
        let (place, distance) = nearest(periods, due_on.seconds.div_euclid(DAY))?;
        let length = periods[place].last_day() - periods[place].first_day();
        return (distance <= length / 2).then_some(place);
    }
    // A register headed by the month in which it is kept does not say what its entries are about.
    let month_done = entry.done_on.map(|done| Period::of_month_number(month_number(date_of(done.seconds))));
    let told = entry.period_told.or(entry.period.filter(|period| Some(*period) != month_done))?;
    let place = containing(periods, told.start().div_euclid(DAY))?;
    (told.end() <= periods[place].until).then_some(place)
}

/// The first of the periods whose due day is nearest to a day, and how many days lie between. Due days rise with the periods.
fn nearest(periods: &[OwedPeriod], day: i64) -> Option<(usize, i64)> {
    let due = |period: &OwedPeriod| (period.due - 1).div_euclid(DAY);
    let after = periods.partition_point(|period| due(period) < day);
    let before = after.checked_sub(1).map(|last| {
        let day = due(&periods[last]);
        periods.partition_point(|period| due(period) < day)
    });
    let places = before.into_iter().chain((after < periods.len()).then_some(after));
    places.map(|place| (place, (due(&periods[place]) - day).abs())).min_by_key(|(_, distance)| *distance)
}

/// The period that holds a day; periods follow each other in time.
fn containing(periods: &[OwedPeriod], day: i64) -> Option<usize> {
    let place = periods.partition_point(|period| period.first_day() <= day).checked_sub(1)?;
    (day <= periods[place].last_day()).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment::month_start;
    use crate::normalise::moment::{DateContext, Reading, parse};
    use crate::origin::NO_LINE;

    fn at(text: &str) -> Option<Moment> {
        match parse(text, DateContext::default()) {
            Reading::Moment(moment) => Some(moment),
            _ => None,
        }
    }

    fn entry(period: &str, due: &str, done: &str) -> Entry<DutyDone> {
        let done_on = at(done);
        let month = |moment: Moment| Period::of_month_number(month_number(date_of(moment.seconds)));
        let of = DutyDone {
            period: Period::parse(period).or_else(|| at(due).or(done_on).map(month)),
            period_told: Period::parse(period),
            duty: "投诉公布".to_owned(),
            due_on: at(due),
            done_on,
            ..DutyDone::default()
        };
        Entry { source: 0, row: 0, line: NO_LINE, community: 0, department: 0, of }
    }

    /// Months of 2025, each due on the 5th of the next.
    fn months() -> Vec<OwedPeriod> {
        (2025 * 12..2025 * 12 + 6)
            .map(|month| OwedPeriod {
                from: month_start(month),
                until: month_start(month + 1),
                due: month_start(month + 1) + 5 * DAY,
            })
            .collect()
    }

    fn places(entries: &[Entry<DutyDone>], within: bool) -> Vec<usize> {
        let entries: Vec<&Entry<DutyDone>> = entries.iter().collect();
        let found = of_periods(&entries, &months(), within);
        (0..found.len()).filter(|place| found[*place].is_some()).collect()
    }

    #[test]
    fn an_entry_is_about_the_period_of_its_due_date_of_its_name_or_the_one_before_it_was_done() {
        assert_eq!(places(&[entry("", "2025-03-05", "2025-03-04")], false), [1]);
        assert_eq!(places(&[entry("2025-02", "", "2025-03-09")], false), [1]);
        assert_eq!(places(&[entry("", "", "2025-03-04")], false), [1]);
        assert_eq!(places(&[entry("", "", "2025-03-04")], true), [2]);
        assert_eq!(places(&[entry("", "", "2025-07-04")], false), [5], "the as-of month has ended");
        assert_eq!(places(&[entry("", "", "2025-01-20")], false), [0], "there is none before");
        assert_eq!(places(&[entry("2025-01", "", "2025-03-04"), entry("", "", "2025-03-04")], false), [0, 1]);
        assert_eq!(places(&[entry("2025-01", "", ""), entry("2024", "", "2024-06-03")], false), [0]);
    }

    #[test]
    fn a_period_that_an_entry_names_is_meant_even_if_it_was_done_in_it() {
        assert_eq!(places(&[entry("2025-06", "", "2025-06-28")], false), [5]);
        let mut headed = entry("2025-06", "", "2025-06-28");
        headed.of.period_told = None;
        assert_eq!(places(&[headed], false), [4], "the heading of the register names no period of the entry");
    }

    #[test]
    fn the_nearest_due_day_is_the_one_that_a_look_at_every_period_finds() {
        let mut periods = months();
        let due = periods[2].due;
        periods[3].due = due;
        for day in periods[0].first_day() - 40..periods[5].last_day() + 60 {
            let all = periods.iter().enumerate().map(|(place, period)| (place, ((period.due - 1) / DAY - day).abs()));
            assert_eq!(nearest(&periods, day), all.min_by_key(|(_, distance)| *distance), "{day}");
        }
        assert_eq!(nearest(&[], 1), None);
    }

    #[test]
    fn a_cell_names_the_duty_with_the_longest_word_in_it() -> Result<(), String> {
        let text = crate::profile::load::BUILT_IN[0].1;
        let mut profile: Profile = toml::from_str(text).map_err(|error| error.to_string())?;
        let first = profile.duties.first().cloned().ok_or("the built-in profile has a duty")?;
        let duty = |id: &str, word: &str| Duty { id: id.to_owned(), words: vec![word.to_owned()], ..first.clone() };
        profile.duties = vec![duty("a", "分析"), duty("b", "季度分析")];
        let named = |text: &str| {
            let mut entry = entry("2025-01", "", "");
            text.clone_into(&mut entry.of.duty);
            by_duty(&profile, &[entry], Seconds::MAX).iter().map(Vec::len).collect::<Vec<_>>()
        };
        assert_eq!((named("月度分析"), named("季度分析報告"), named("巡查")), (vec![1, 0], vec![0, 1], vec![0, 0]));
        Ok(())
    }
}
