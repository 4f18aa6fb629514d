//! Every kind of chart in its common and its extreme cases: tests measure them, and a test of `render` draws them on one page.

use super::ageing::Age;
use super::columns::Column;
use super::diverging::{Item, LevelOf, Side};
use super::multiples::Panel;
use super::pareto::Part;
use super::ranked::Rank;
use super::timeline::Step;
use super::trend::Month;
use super::{ChartFigure, ageing, columns, diverging, heat, multiples, number, pareto, ranked, timeline, trend};
use crate::moment::{DAY, Period, Seconds};
use crate::report::view::{Cell, Section};
use crate::report::words::Words;

/// Names as they come: common ones, long ones, and what nobody expects.
pub(crate) const COMMON: [&str; 8] = [
    "公共设施维修（电梯、门禁）",
    "装修噪音",
    "清洁卫生",
    "停车管理",
    "服务态度",
    "绿化养护",
    "安保秩序",
    "Elevator maintenance",
];

/// A name of sixty characters.
pub(crate) fn long() -> String {
    "关于三期地下车库出入口道闸（含车牌识别、岗亭）反复故障，物业迟迟不修的意见".chars().cycle().take(60).collect()
}

/// Names that are hard to set.
pub(crate) const ODD: [&str; 6] = [
    "👩\u{200D}👩\u{200D}👧家庭🇨🇳",
    "شكوى من الضوضاء",
    "Donaudampfschifffahrtsgesellschaft",
    "<b>&amp;{{ x }}",
    "e\u{301}e\u{301}e\u{301}，。）",
    "甲",
];

/// So many names of a kind.
pub(crate) fn names(n: usize, kind: &str) -> Vec<String> {
    let of = |place: usize| match kind {
        "long" => format!("{}{place}", long()),
        "odd" => ODD[place % ODD.len()].to_owned(),
        "short" => format!("小区{place}"),
        _ => format!(
            "{}{}",
            COMMON[place % COMMON.len()],
            if place < COMMON.len() { String::new() } else { place.to_string() }
        ),
    };
    (0..n).map(of).collect()
}

/// Numbers that look like chance and are always the same.
pub(crate) fn dice(place: usize, below: f64) -> f64 {
    let mut state = (place as u64).wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    state ^= state >> 29;
    state = state.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (f64::from(u32::try_from(state >> 40).unwrap_or(0)) / f64::from(1 << 24) * below).floor()
}

pub(crate) fn pareto_of(words: &Words, id: &str, names: &[String], factor: f64) -> Option<ChartFigure> {
    let of = pareto::Of { id, name: "投诉来源", head: "事由", count: "件数", unit: "件" };
    let mut count = 60.0 * factor;
    let part = |label: &String| {
        count = (count * 0.72).max(1.0).ceil();
        Part { label: label.clone(), count, unnamed: false }
    };
    pareto::figure(words, of, &names.iter().map(part).collect::<Vec<_>>())
}

pub(crate) fn columns_of(words: &Words, id: &str, names: &[String], factor: f64) -> Option<ChartFigure> {
    let of = columns::Of { id, name: "按接到的钟点", head: "钟点", count: "件数", note: "" };
    let column = |(place, label): (usize, &String)| Column { label: label.clone(), count: dice(place, 40.0) * factor };
    columns::figure(words, of, &names.iter().enumerate().map(column).collect::<Vec<_>>())
}

pub(crate) fn diverging_of(words: &Words, id: &str, names: &[String], neutral: bool, factor: f64) -> Vec<ChartFigure> {
    let level = |label: &str, side| LevelOf { label: label.to_owned(), side: Some(side) };
    let middle = if neutral { Side::Middle } else { Side::Left };
    let mut levels = vec![
        level("非常满意", Side::Right),
        level("满意", Side::Right),
        level("基本满意", Side::Right),
        level("一般", middle),
        level("不满意", Side::Left),
        level("很不满意", Side::Left),
    ];
    levels.push(LevelOf { label: "未表态".to_owned(), side: None });
    let items: Vec<Item> = names
        .iter()
        .enumerate()
        .map(|(place, label)| {
            let at = |level: usize, below: f64| (dice(place * 7 + level, below) + 1.0) * factor;
            let counts =
                vec![at(0, 200.0), at(1, 150.0), at(2, 60.0), at(3, 30.0), at(4, 20.0), at(5, 6.0), at(6, 9.0)];
            Item { label: label.clone(), counts }
        })
        .collect();
    diverging::figures(words, diverging::Of { id, name: "各项评价的分布", head: "项目", levels: &levels }, &items)
}

pub(crate) fn trend_of(words: &Words, id: &str, n: i32, factor: f64, target: &str) -> Option<ChartFigure> {
    let of = trend::Of {
        id, name: "投诉走势", count: "接到的投诉（件）", share: "首次响应及时率", target
    };
    let first = Period::Month(2024, 6).first_month();
    let months: Vec<Month> = (0..n)
        .map(|m| {
            let place = usize::try_from(m).unwrap_or(0);
            let count = dice(place, 90.0) * factor;
            let share = (m != 4).then(|| 1.0 - dice(place + 99, 14.0) / 100.0);
            let cells = [Cell::count(count), share.map_or_else(Cell::absent, Cell::share)];
            Month {
                period: Period::of_month_number(first + m),
                count: Some(count),
                share,
                unfinished: m + 1 == n,
                cells,
            }
        })
        .collect();
    trend::figure(words, of, &months)
}

pub(crate) fn heat_of(words: &Words, id: &str, most: f64, hours: std::ops::Range<usize>) -> Option<ChartFigure> {
    let weekdays: Vec<String> = (1..=7).map(|day| words.say(&format!("weekday.d{day}"), &[])).collect();
    let mut counts = [[0.0; 24]; 7];
    for (day, of_day) in counts.iter_mut().enumerate() {
        for (hour, count) in of_day.iter_mut().enumerate().filter(|(hour, _)| hours.contains(hour)) {
            *count = (dice(day * 24 + hour, most + 1.0) * if day > 4 { 0.4 } else { 1.0 }).floor();
        }
    }
    let of = heat::Of {
        id,
        name: "接到的时间",
        weekdays: &weekdays,
        counts: &counts,
        note: "另有3件没有写明钟点，未画出。",
    };
    heat::figure(words, &of)
}

pub(crate) fn ageing_of(words: &Words, id: &str, names: &[String], factor: f64) -> Option<ChartFigure> {
    let of = ageing::Of { id, name: "未办结的已开天数", head: "已开天数", note: "" };
    let age = |(place, label): (usize, &String)| {
        let open = dice(place + 5, 30.0) * factor;
        Age { label: label.clone(), open, overdue: Some((open * number(place) / 6.0).floor().min(open)) }
    };
    ageing::figure(words, of, &names.iter().enumerate().map(age).collect::<Vec<_>>())
}

pub(crate) fn multiples_of(
    words: &Words,
    id: &str,
    names: &[String],
    months: i32,
    target: &str,
) -> Option<ChartFigure> {
    let first = Period::Month(2024, 6).first_month();
    let periods: Vec<Period> = (0..months).map(|m| Period::of_month_number(first + m)).collect();
    let panels: Vec<Panel> = names
        .iter()
        .enumerate()
        .map(|(place, label)| {
            let share = |m: usize| (place + m) % 11 != 3;
            let shares: Vec<Option<f64>> =
                (0..periods.len()).map(|m| share(m).then(|| 1.0 - dice(place * 31 + m, 16.0) / 100.0)).collect();
            let share = shares.iter().rev().find_map(|share| *share);
            Panel {
                label: label.clone(),
                href: String::new(),
                share,
                cell: share.map_or_else(Cell::absent, Cell::share),
                shares,
            }
        })
        .collect();
    let of = multiples::Of { id, name: "首次响应及时率", head: "小区", periods: &periods, target };
    multiples::figure(words, of, &panels)
}

pub(crate) fn ranked_of(
    words: &Words,
    id: &str,
    names: &[String],
    target: &str,
    interval: bool,
) -> Option<ChartFigure> {
    let of = ranked::Of { id, name: "各小区总体满意率", head: "小区", rate: "总体满意率", target };
    let rank = |(place, label): (usize, &String)| {
        let share = 1.0 - dice(place + 3, 12.0) / 100.0;
        let interval = interval.then(|| ((share - 0.03).max(0.0), (share + 0.02).min(1.0)));
        Rank { label: label.clone(), share: Some(share), interval, detail: "480/500".to_owned(), card: String::new() }
    };
    ranked::figure(words, of, &names.iter().enumerate().map(rank).collect::<Vec<_>>())
}

pub(crate) fn timeline_of(words: &Words, id: &str, names: &[String], length: Seconds) -> Option<ChartFigure> {
    let first = Period::Month(2025, 6).start();
    let steps: Vec<Step> = names
        .iter()
        .enumerate()
        .map(|(place, label)| {
            let at =
                |share: f64| first + (number(place) + share).to_string().parse::<f64>().map_or(0, |n| days(n, length));
            let (start, due) = (at(0.0), at(1.2));
            let (done, late) = match place % 4 {
                0 | 1 => (Some(at(0.9)), None),
                2 => (Some(due + 4 * DAY), Some(4.0)),
                _ => (None, Some(12.0)),
            };
            Step {
                label: label.clone(),
                start: Some(start),
                due: Some(due),
                done,
                late,
                state: Cell::text("按时").state("met"),
            }
        })
        .collect();
    let of = timeline::Of { id, name: "调查各步骤与时限", until: first + length * DAY * 8 };
    timeline::figure(words, of, &steps)
}

#[allow(clippy::cast_possible_truncation, reason = "days of a made-up round")]
#[allow(clippy::cast_precision_loss, reason = "days of a made-up round")]
fn days(steps: f64, length: Seconds) -> Seconds {
    (steps * length as f64) as Seconds * DAY
}

/// All of them, by kind.
pub(crate) fn sections(words: &Words) -> Vec<Section> {
    let part = |title: &str, charts: Vec<Option<ChartFigure>>| {
        let mut section = Section::new(&format!("s-{title}"), title.to_owned());
        for chart in charts {
            section.chart(chart, "没有可以画的。".to_owned());
        }
        section
    };
    let hours: Vec<String> = (0..24).map(|hour| hour.to_string()).collect();
    let weekdays: Vec<String> = (1..=7).map(|day| words.say(&format!("weekday.d{day}"), &[])).collect();
    let ages = ["3天以内", "3至7天", "7至15天", "15至30天", "30天以上"].map(str::to_owned);
    let steps = ["发放调查表", "回收调查表", "统计满意率", "公开信", "统计表和公开信交质管部", "公布调查结果"]
        .map(str::to_owned);
    let mut all = vec![
        part(
            "pareto",
            vec![
                pareto_of(words, "p-8", &names(8, ""), 1.0),
                pareto_of(words, "p-1", &names(1, ""), 1.0),
                pareto_of(words, "p-2", &names(2, "long"), 1_000.0),
                pareto_of(words, "p-40", &names(40, "long"), 1_000_000.0),
                pareto_of(words, "p-odd", &names(6, "odd"), 1.0),
            ],
        ),
        part(
            "columns",
            vec![
                columns_of(words, "c-24", &hours, 1.0),
                columns_of(words, "c-7", &weekdays, 1.0),
                columns_of(words, "c-24m", &hours, 25_641.0),
                columns_of(words, "c-1", &hours[..1], 1.0),
                columns_of(words, "c-2", &names(2, "long"), 1.0),
                columns_of(words, "c-40", &names(40, ""), 1.0),
            ],
        ),
        part(
            "trend",
            vec![
                trend_of(words, "t-13", 13, 1.0, ">=0.95"),
                trend_of(words, "t-2", 2, 1.0, ">=0.95"),
                trend_of(words, "t-1", 1, 1.0, ">=0.95"),
                trend_of(words, "t-40", 40, 11_111.0, "<0.03"),
            ],
        ),
        part(
            "heat",
            vec![
                heat_of(words, "h-9", 9.0, 7..22),
                heat_of(words, "h-120", 120.0, 0..24),
                heat_of(words, "h-m", 1_000_000.0, 0..24),
                heat_of(words, "h-1", 1.0, 9..10),
            ],
        ),
        part(
            "ageing",
            vec![
                ageing_of(words, "a-5", &ages, 1.0),
                ageing_of(words, "a-m", &ages, 37_037.0),
                ageing_of(words, "a-1", &ages[4..], 1.0),
                ageing_of(words, "a-long", &names(3, "long"), 1.0),
            ],
        ),
        part(
            "multiples",
            vec![
                multiples_of(words, "m-6", &names(6, ""), 13, ">=0.95"),
                multiples_of(words, "m-2", &names(2, "long"), 1, ""),
                multiples_of(words, "m-45", &names(45, "short"), 13, ">=0.95"),
            ],
        ),
        part(
            "ranked",
            vec![
                ranked_of(words, "r-8", &names(8, ""), ">=0.95", true),
                ranked_of(words, "r-45", &names(45, "short"), ">=0.95", false),
                ranked_of(words, "r-long", &names(3, "long"), "", false),
                ranked_of(words, "r-1", &names(1, ""), ">=0.95", true),
            ],
        ),
        part(
            "timeline",
            vec![
                timeline_of(words, "l-6", &steps, 9),
                timeline_of(words, "l-days", &steps[..3], 2),
                timeline_of(words, "l-long", &names(6, "long"), 60),
            ],
        ),
    ];
    let mut section = part("diverging", Vec::new());
    for (id, count, kind, neutral, factor) in [
        ("d-7", 7, "", false, 1.0),
        ("d-n", 8, "", true, 1.0),
        ("d-1", 1, "long", true, 4_000.0),
        ("d-40", 40, "odd", false, 1.0),
    ] {
        for chart in diverging_of(words, id, &names(count, kind), neutral, factor) {
            section.chart(Some(chart), String::new());
        }
    }
    all.push(section);
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::drawing::tests::assert_sound;
    use super::*;
    use crate::problem::Language;

    fn sound(figure: &ChartFigure) {
        assert_sound(&figure.wide);
        assert_sound(&figure.narrow);
        assert!(!figure.title.is_empty() && !figure.description.is_empty() && !figure.table.rows.is_empty());
    }

    /// A name of up to sixty characters of any script, or none at all.
    fn name() -> impl Strategy<Value = String> {
        prop_oneof![
            Just(String::new()),
            "[一-龥（），。]{1,60}",
            "[a-zA-Z0-9 ,.()%-]{1,60}",
            "[\\PC]{1,30}",
            (0..ODD.len()).prop_map(|place| ODD[place].to_owned()),
        ]
    }

    fn named() -> impl Strategy<Value = Vec<String>> {
        prop_oneof![prop::collection::vec(name(), 1..8), prop::collection::vec(name(), 40..44)]
    }

    fn count() -> impl Strategy<Value = f64> {
        prop_oneof![Just(0.0), Just(1.0), Just(1_000_000.0), (0..2_000_u32).prop_map(f64::from)]
    }

    fn share() -> impl Strategy<Value = Option<f64>> {
        prop_oneof![Just(None), Just(Some(0.0)), Just(Some(1.0)), (0.0..=1.0f64).prop_map(Some)]
    }

    fn target() -> impl Strategy<Value = &'static str> {
        prop_oneof![Just(""), Just(">=0.95"), Just(">=1"), Just("<0.03"), Just("<=0")]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

        #[test]
        fn texts_never_overlap_nor_leave_the_drawing(
            names in named(), counts in prop::collection::vec(count(), 44), shares in prop::collection::vec(share(), 44),
            target in target(), chinese in any::<bool>(),
        ) {
            let words = Words::of(if chinese { Language::Zh } else { Language::En });
            let with = |place: usize| counts[place % counts.len()];
            let all = || names.iter().enumerate();
            let parts: Vec<Part> = all().map(|(place, label)| Part { label: label.clone(), count: with(place), unnamed: place == 3 }).collect();
            let of = pareto::Of { id: "p", name: "投诉来源", head: "事由", count: "件数", unit: "件" };
            pareto::figure(words, of, &parts).iter().for_each(sound);

            let made: Vec<Column> = all().map(|(place, label)| Column { label: label.clone(), count: with(place) }).collect();
            let of = columns::Of { id: "c", name: "钟点", head: "钟点", count: "件数", note: "" };
            columns::figure(words, of, &made).iter().for_each(sound);

            let ages: Vec<Age> = all().map(|(place, label)| Age {
                label: label.clone(), open: with(place), overdue: shares[place].map(|share| (share * with(place)).floor()),
            }).collect();
            ageing::figure(words, ageing::Of { id: "a", name: "天数", head: "天数", note: "" }, &ages).iter().for_each(sound);

            let ranks: Vec<Rank> = all().map(|(place, label)| Rank {
                label: label.clone(), share: shares[place], interval: shares[place].map(|share| (share * 0.9, share)), ..Rank::default()
            }).collect();
            let of = ranked::Of { id: "r", name: "满意率", head: "小区", rate: "满意率", target };
            ranked::figure(words, of, &ranks).iter().for_each(sound);

            let first = Period::Month(2024, 9).first_month();
            let months: Vec<Month> = (first..).zip(all()).map(|(month, (place, _))| Month {
                period: Period::of_month_number(month), count: Some(with(place)).filter(|_| place % 7 != 5), share: shares[place],
                unfinished: place == 6, cells: [Cell::count(with(place)), Cell::absent()],
            }).collect();
            let share_name = names[0].as_str();
            trend::figure(words, trend::Of { id: "t", name: "走势", count: share_name, share: share_name, target }, &months).iter().for_each(sound);

            let periods: Vec<Period> = months.iter().take(13).map(|month| month.period).collect();
            let panels: Vec<Panel> = all().map(|(place, label)| Panel {
                label: label.clone(), href: String::new(), share: shares[place % shares.len()], cell: Cell::absent(),
                shares: (0..periods.len()).map(|m| shares[(place * 3 + m) % shares.len()]).collect(),
            }).collect();
            let of = multiples::Of { id: "m", name: "及时率", head: "小区", periods: &periods, target };
            multiples::figure(words, of, &panels).iter().for_each(sound);

            let start = Period::Month(2025, 6).start();
            #[allow(clippy::cast_possible_truncation, reason = "days of a made-up round")]
            let day = |place: usize| start + (with(place) as Seconds) * DAY / 100;
            let steps: Vec<Step> = all().map(|(place, label)| Step {
                label: label.clone(), start: shares[place].map(|_| day(place)), due: (place % 5 != 4).then(|| day(place + 1)),
                done: shares[(place + 1) % 44].map(|_| day(place + 2)), late: Some(with(place)), state: Cell::text("按时"),
            }).collect();
            timeline::figure(words, timeline::Of { id: "l", name: "步骤", until: day(5) }, &steps).iter().for_each(sound);

            let weekdays: Vec<String> = names.iter().cycle().take(7).cloned().collect();
            let mut grid = [[0.0; 24]; 7];
            grid.iter_mut().flatten().enumerate().for_each(|(place, cell)| *cell = counts[(place * 5) % counts.len()]);
            heat::figure(words, &heat::Of { id: "h", name: "时间", weekdays: &weekdays, counts: &grid, note: "" }).iter().for_each(sound);

            let sides = [Some(Side::Right), Some(Side::Right), Some(Side::Middle), Some(Side::Left), None];
            let levels: Vec<LevelOf> = sides.iter().zip(names.iter().cycle()).map(|(side, label)| LevelOf { label: label.clone(), side: *side }).collect();
            let items: Vec<Item> = all().map(|(place, label)| Item {
                label: label.clone(), counts: (0..5).map(|level| with(place * 5 + level)).collect(),
            }).collect();
            let of = diverging::Of { id: "d", name: "评价", head: "项目", levels: &levels };
            diverging::figures(words, of, &items).iter().for_each(sound);
        }
    }
}
