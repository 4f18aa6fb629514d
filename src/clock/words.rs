//! A calendar in words, for readers of the methods page and of explanations.

use super::calendar::published_years;
use super::week::{DutyHours, WorkingWeek};
use crate::moment::{DAY, day_from_number, written};
use crate::problem::Language;

/// What goes before what when a calendar says several things of one moment.
#[must_use]
pub fn precedence(language: Language) -> &'static str {
    match language {
        Language::Zh => {
            "停钟 > 自定排班（排班表，其次自定上班日，再次自定休息日）> 调休上班日 > 法定节假日 > 每周工作日。停钟期间一切时钟都不走；\
             按天数的时限不计其终点（日历天为 24:00，工作日为当天下班，至迟 24:00）落在停钟内的那些天。跨零点的班次属于开始的那一天，\
             次日休息时其余时间照计。调休上班日与自定上班日按通用工作时段。"
        }
        Language::En => {
            "Pause > own roster (rosters, then own work days, then own days off) > make-up day > public holiday > week. In a pause \
             every clock stands still; limits in days do not count the days whose end (24:00; of a working day the end of its \
             duty, 24:00 at the latest) lies in a pause. Duty over midnight belongs to the day on which it begins, and its rest \
             counts even where the next day is off. Make-up days and own work days have the common hours."
        }
    }
}

/// A calendar in sentences: its week, the published years, and its own days and pauses.
#[must_use]
pub fn described(week: &WorkingWeek, language: Language) -> Vec<String> {
    let say = |zh: String, en: String| match language {
        Language::Zh => zh,
        Language::En => en,
    };
    let stretches = |hours: &[(i64, i64)]| hours_in_words(hours, language);
    let mut lines = weekdays_in_words(week, language);
    let years = published_years();
    let (first, last) = (years.start(), years.end());
    lines.push(say(
        format!("法定节假日与调休：{first}–{last} 年按国务院办公厅公布的安排；其余年份没有公布的历法，按平常周计算。"),
        format!(
            "Public holidays and make-up days: as published by the General Office of the State Council for {first}–{last}; other \
             years have no published calendar and follow the plain week."
        ),
    ));
    let common = stretches(week.hours());
    lines
        .push(say(format!("调休上班日与自定上班日：{common}。"), format!("Make-up days and own work days: {common}.")));
    for (first, last, hours) in week.rosters() {
        let (first, last, hours) = (day_from_number(*first), day_from_number(*last), stretches(hours));
        lines.push(say(
            format!("排班 {first} 至 {last}：{hours}。"),
            format!("Roster from {first} to {last}: {hours}."),
        ));
    }
    for (days, zh, en) in
        [(week.workdays(), "自定上班日", "Own work days"), (week.holidays(), "自定休息日", "Own days off")]
    {
        if !days.is_empty() {
            let dates: Vec<String> = days.iter().map(|day| day_from_number(*day).to_string()).collect();
            lines.push(say(format!("{zh}：{}。", dates.join("、")), format!("{en}: {}.", dates.join(", "))));
        }
    }
    for (start, end, reason) in week.pauses() {
        let (start, end) = (written(*start), written(*end));
        let (zh, en) = if reason.is_empty() {
            (String::new(), String::new())
        } else {
            (format!("（{reason}）"), format!(" ({reason})"))
        };
        lines.push(say(format!("停钟 {start} 至 {end}{zh}。"), format!("Pause from {start} to {end}{en}.")));
    }
    lines
}

const NAMES: [(&str, &str); 7] = [
    ("周一", "Monday"),
    ("周二", "Tuesday"),
    ("周三", "Wednesday"),
    ("周四", "Thursday"),
    ("周五", "Friday"),
    ("周六", "Saturday"),
    ("周日", "Sunday"),
];

/// The weekdays with their hours, those of the same hours together.
fn weekdays_in_words(week: &WorkingWeek, language: Language) -> Vec<String> {
    let mut told: Vec<(&DutyHours, Vec<&str>)> = Vec::new();
    for ((zh, en), hours) in NAMES.iter().zip(week.weekdays()) {
        let name = if language == Language::Zh { zh } else { en };
        match told.iter_mut().find(|(known, _)| *known == hours) {
            Some((_, names)) => names.push(name),
            None => told.push((hours, vec![name])),
        }
    }
    told.into_iter()
        .map(|(hours, names)| {
            let hours = hours_in_words(hours, language);
            match language {
                Language::Zh => format!("{}：{hours}。", names.join("、")),
                Language::En => format!("{}: {hours}.", names.join(", ")),
            }
        })
        .collect()
}

fn hours_in_words(hours: &[(i64, i64)], language: Language) -> String {
    if hours.is_empty() {
        return if language == Language::Zh { "休息" } else { "off" }.to_owned();
    }
    let clock = |second: i64| format!("{:02}:{:02}", second / 3600, second / 60 % 60);
    let next_day = if language == Language::Zh { "次日 " } else { "next day " };
    let stretch = |(start, end): &(i64, i64)| match end - DAY {
        over if over > 0 => format!("{}–{next_day}{}", clock(*start), clock(over)),
        _ => format!("{}–{}", clock(*start), clock(*end)),
    };
    let stretches: Vec<String> = hours.iter().map(stretch).collect();
    stretches.join(if language == Language::Zh { "、" } else { ", " })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn a_calendar_is_described_with_all_that_differs_from_the_plain_week() {
        let config = Config::parse(
            "[calendar]\nweekdays = [1, 2, 3, 4, 5]\nhours = [\"08:30-12:00\", \"13:30-18:00\"]\nholidays = [\"2025-03-05\"]\n\
             [[calendar.day]]\nweekdays = [6]\nhours = [\"22:00-06:00\"]\n\
             [[calendar.roster]]\nfrom = \"2025-01-28\"\nto = \"2025-02-04\"\nhours = []\n\
             [[calendar.pause]]\nfrom = \"2025-07-01 08:00\"\nto = \"2025-07-02\"\nreason = \"台风\"\n",
        )
        .unwrap();
        let week = WorkingWeek::new(&config.calendar).unwrap();
        assert_eq!(
            described(&week, Language::Zh),
            [
                "周一、周二、周三、周四、周五：08:30–12:00、13:30–18:00。",
                "周六：22:00–次日 06:00。",
                "周日：休息。",
                "法定节假日与调休：2007–2026 年按国务院办公厅公布的安排；其余年份没有公布的历法，按平常周计算。",
                "调休上班日与自定上班日：08:30–12:00、13:30–18:00。",
                "排班 2025-01-28 至 2025-02-04：休息。",
                "自定休息日：2025-03-05。",
                "停钟 2025-07-01 08:00:00 至 2025-07-03 00:00:00（台风）。",
            ]
        );
        assert_eq!(described(&week, Language::En)[1], "Saturday: 22:00–next day 06:00.");
        assert!(precedence(Language::En).starts_with("Pause > own roster"));
    }
}
