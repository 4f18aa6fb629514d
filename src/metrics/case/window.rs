//! What · Cases received in a window of the month that is counted as that month, such as the 26th to the 25th: received, repeated, major, and those that the profile assigns to what the window counts, such as `.type.important_owner`.
//! Formula · number of records received from the first day of the window in the month before to its last day; repeated, major and assigned ones likewise
//! Denominator · none
//! Unit · count
//! Missing values · a record without a readable date of receipt counts in the month to which it belongs; of the month of a window that runs beyond the as-of date there are facts, marked `unfinished`, of longer periods that have not begun there are none; where nothing tells whether cases repeat (or are major, or what an assignment asks) there is no such count
//! Clause · that of the window, e.g. complaint-handling 4.3.2
//! Example · received on 25 and 26 March: one in March, one in April
//!
//! 口径 · 按跨月统计期（如上月 26 日至本月 25 日）计入该月的案件数，以及该统计期所列的归属
//! 公式 · 登记时间在上月起日至本月止日之间的记录数；重复、重大、归属的同样
//! 分母 · 无
//! 单位 · 件
//! 缺失值 · 登记日期不可读的计入其所属月份；截止日之后的月份，其统计期已开始的给出该月（注明未完），尚未开始的季、半年、年不给；看不出是否重复（重大，或归属所问）的，没有该数
//! 条款 · 该统计期的条款，如 complaint-handling 4.3.2
//! 举例 · 3 月 25 日、26 日各登记一件：3 月一件，4 月一件

use chrono::Datelike;

use super::assigned;
use super::cases::Cases;
use crate::metrics::fact::{Dimension as D, Unit};
use crate::metrics::metric::{Measure, Metric, count, every_row, flag};
use crate::moment::{date_of, month_number};
use crate::profile::schema::{Profile, Window};
use crate::step::Step;

/// `knows_grades`: some case tells the customer's grade; of grades that nobody tells there is no count, not even 0.
pub(super) fn metrics(case: &str, window: &Window, profile: &Profile, knows_grades: bool) -> Vec<Metric> {
    let metric = |what: &str, measure: Measure| {
        let id = format!("{case}.{}.{what}", window.id);
        Metric::new(id, Unit::Count, measure, include_str!("window.rs")).under(&window.clause)
    };
    let repeat = Measure::Count {
        of: flag("is_repeat"),
        told: flag("is_repeat_known"),
        excluded: vec![("unknown", flag("is_repeat_unknown"))],
    };
    let major = Measure::Count { of: flag("is_major"), told: flag("is_major_told"), excluded: Vec::new() };
    let mut metrics = vec![
        metric("received", count(every_row())).by(&[D::Class, D::Category]),
        metric("repeat", repeat),
        metric("major", major),
    ];
    let entries = assigned::entries(profile, window.subject)
        .filter(|entry| knows_grades || entry.when.parts().iter().all(|rule| rule.grade.is_empty()));
    let counted = entries.map(|entry| (entry.path(), entry)).filter(|(path, _)| window.counts.contains(path));
    metrics.extend(counted.map(|(path, entry)| metric(&path, assigned::measure(entry))));
    metrics
}

/// The month to which the window gives each case: that in which the window ends.
pub(super) fn months(window: &Window, cases: &Cases, months: &[i32]) -> Vec<i32> {
    let of = |(row, month): (usize, &i32)| match cases.moment(Step::Received, row) {
        Some(received) => month_of(window, date_of(received.seconds)),
        None => *month,
    };
    months.iter().enumerate().map(of).collect()
}

fn month_of(window: &Window, day: chrono::NaiveDate) -> i32 {
    month_number(day) + i32::from(day.day() >= u32::from(window.from_day))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::moment::day_from_number;
    use crate::profile::schema::{Subject, Text};

    fn window(to_day: u8) -> Window {
        Window {
            id: "w".to_owned(),
            title: Text::default(),
            clause: "1".to_owned(),
            subject: Subject::Complaint,
            from_day: to_day + 1,
            to_day,
            counts: Vec::new(),
        }
    }

    proptest! {
        #[test]
        fn the_months_of_a_window_cover_each_day_once(day in 10_000_i64..30_000, to_day in 1_u8..28) {
            let (window, date) = (window(to_day), day_from_number(day));
            let month = month_of(&window, date);
            // Within the month before from its first day on, or within the month itself to its last day.
            let own = month_number(date);
            let is_within = |wanted: i32| {
                (own == wanted - 1 && date.day() > u32::from(to_day)) || (own == wanted && date.day() <= u32::from(to_day))
            };
            let found: Vec<i32> = (month - 2..=month + 2).filter(|month| is_within(*month)).collect();
            prop_assert_eq!(found, vec![month]);
            let next = month_of(&window, day_from_number(day + 1));
            prop_assert_eq!(next - month, i32::from(date.day() == u32::from(to_day)));
        }
    }
}
