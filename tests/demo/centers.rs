//! Who sends what: the files of the six centers, with the names people give to files.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::callback_forms::{Manner, qr_003, qr_004};
use crate::callbacks::Callback;
use crate::case::{Case, Kind};
use crate::company::{BAIYANG, CUIHU, JINXIU, LANTING, XINGLAN, YUNQI, communities};
use crate::dice::Dice;
use crate::forms::{qr_001, qr_002};
use crate::layout::{Dates, Layout};
use crate::layouts::{complaints, jinxiu_repairs_by_hand, repairs};
use crate::plants::Copies;
use crate::register::{Quirks, sheet};
use crate::sheet::{File, Format, Sheet};
use crate::survey::Round;
use crate::survey_sheets;

const QUARTERS: [&str; 4] = ["一季度", "二季度", "三季度", "四季度"];

/// Everything that happened, as the centers look at it.
pub(crate) struct Year<'a> {
    /// Complaints and repairs.
    pub(crate) cases: &'a [Case],
    /// Callbacks on forms.
    pub(crate) callbacks: &'a [Callback],
    /// Rounds of the survey.
    pub(crate) rounds: &'a [Round],
    /// Rows sent twice.
    pub(crate) copies: &'a Copies,
}

/// First and last month of a list.
type Months = std::ops::RangeInclusive<u32>;

impl Year<'_> {
    /// The cases of these months; with `resent`, headed by rows of the months before that are sent once more.
    fn of(&self, community: usize, kind: Kind, months: &Months, resent: bool) -> Vec<&Case> {
        let ours = |case: &&Case| (case.community, case.kind) == (community, kind);
        let again =
            |case: &&Case| self.copies.resent.contains(&case.key) && case.nominal.month() + 1 == *months.start();
        let mut cases: Vec<&Case> = Vec::new();
        if resent {
            cases.extend(self.cases.iter().filter(ours).filter(again));
        }
        cases.extend(self.cases.iter().filter(ours).filter(|case| months.contains(&case.nominal.month())));
        cases
    }

    /// A register of these months.
    fn list(
        &self,
        community: usize,
        layout: &Layout,
        months: Months,
        name: &str,
        title: &str,
        quirks: Quirks,
    ) -> Sheet {
        let cases = self.of(community, layout.kind, &months, true);
        sheet(name, (!title.is_empty()).then_some(title), layout, &cases, self.copies, quirks)
    }

    /// QR-003FW of these months, a sheet each.
    fn callback_sheets(&self, community: usize, manner: Manner) -> Vec<Sheet> {
        let unit = format!("{}服务中心", communities()[community].name);
        let of_month = |month: u32| {
            let chosen = |callback: &&Callback| callback.community == community && callback.date.month() == month;
            qr_003(&unit, month, manner, &self.callbacks.iter().filter(chosen).collect::<Vec<_>>())
        };
        (1..=12).filter(|month| self.has_callbacks(community, *month)).map(of_month).collect()
    }

    fn has_callbacks(&self, community: usize, month: u32) -> bool {
        self.callbacks.iter().any(|callback| callback.community == community && callback.date.month() == month)
    }

    /// The forms of the second half, in a file of the center's own.
    fn second_survey(&self, community: usize) -> Sheet {
        let found = self.rounds.iter().find(|round| (round.community, round.half) == (community, 2));
        let round = found.expect("every community has two rounds");
        survey_sheets::responses("汇总", &communities()[community], round)
    }
}

/// The layout by which a case is written, as far as its columns go.
pub(crate) fn layouts() -> BTreeMap<(usize, Kind), Layout> {
    let both = |community| {
        [((community, Kind::Complaint), complaints(community)), ((community, Kind::Repair), repairs(community))]
    };
    (0..6).flat_map(both).collect()
}

fn file(path: impl Into<String>, format: Format, sheets: Vec<Sheet>) -> File {
    File { path: path.into(), format, sheets }
}

fn book(path: impl Into<String>, sheets: Vec<Sheet>) -> File {
    file(path, Format::Xlsx, sheets)
}

/// All files of all centers and of the company.
pub(crate) fn files(year: &Year) -> Vec<File> {
    let mut files =
        [cuihu(year), yunqi(year), jinxiu(year), xinglan(year), lanting(year), baiyang(year), company(year)].concat();
    files.sort_by(|one, other| one.path.as_bytes().cmp(other.path.as_bytes()));
    files
}

/// A file of complaints each month, repairs in one workbook with a sheet for each month.
fn cuihu(year: &Year) -> Vec<File> {
    let layout = complaints(CUIHU);
    let mut files: Vec<File> = (1..=12)
        .map(|month| {
            let quirks = Quirks {
                total: month % 4 == 0,
                signed: month % 3 == 0,
                blank_after: (month == 9).then_some(6),
                ..Quirks::default()
            };
            let title = format!("翠湖花园2025年{month}月投诉记录");
            let list = year.list(CUIHU, &layout, month..=month, "投诉记录", &title, quirks);
            book(format!("翠湖花园/2025年{month}月投诉记录.xlsx"), vec![list])
        })
        .collect();
    let months = (1..=12).map(|month| {
        let quirks = Quirks { blank_after: (month == 3).then_some(10), ..Quirks::default() };
        year.list(CUIHU, &repairs(CUIHU), month..=month, &format!("{month}月"), "", quirks)
    });
    files.push(book("翠湖花园/2025年报修登记.xlsx", months.collect()));
    files.push(book("翠湖花园/回访/2025年回访统计表.xlsx", year.callback_sheets(CUIHU, Manner::Words)));
    let mut dice = Dice::stream(50);
    let tables = (1..=12).map(|month| qr_004(&mut dice, month, communities()[CUIHU].buildings));
    files.push(book("翠湖花园/回访/2025年回访统计月统计表.xlsx", tables.collect()));
    files.push(book("翠湖花园/2025年下半年满意度调查表.xlsx", vec![year.second_survey(CUIHU)]));
    files
}

/// A file each quarter.
fn yunqi(year: &Year) -> Vec<File> {
    let mut files = Vec::new();
    for (months, quarter) in [1..=3, 4..=6, 7..=9, 10..=12].into_iter().zip(QUARTERS) {
        let quirks = Quirks { total: true, ..Quirks::default() };
        let title = format!("云栖苑2025年{quarter}投诉登记表");
        let list = year.list(YUNQI, &complaints(YUNQI), months.clone(), "Sheet1", &title, quirks);
        files.push(book(format!("云栖苑/投诉/2025年{quarter}投诉登记.xlsx"), vec![list]));
        let quirks = Quirks { blank_after: (*months.start() == 4).then_some(20), ..Quirks::default() };
        let list = year.list(YUNQI, &repairs(YUNQI), months, "Sheet1", "", quirks);
        files.push(book(format!("云栖苑/报修/2025年{quarter}报修登记.xlsx"), vec![list]));
    }
    files.push(book("云栖苑/回访/2025年回访统计表.xlsx", year.callback_sheets(YUNQI, Manner::Ticks)));
    files.push(book("云栖苑/满意度调查/2025年下半年调查表.xlsx", vec![year.second_survey(YUNQI)]));
    files
}

/// The largest: one workbook of complaints, an export of repairs for half a year and a long list by hand for the other.
fn jinxiu(year: &Year) -> Vec<File> {
    let months = (1..=12).map(|month| {
        let quirks = Quirks { signed: true, ..Quirks::default() };
        let title = format!("锦绣天城投诉台账（{month}月）");
        year.list(JINXIU, &complaints(JINXIU), month..=month, &format!("{month}月"), &title, quirks)
    });
    let quirks = Quirks { header_every: Some(120), total: true, signed: true, ..Quirks::default() };
    let title = "锦绣天城2025年下半年报修台账";
    let by_hand = year.list(JINXIU, &jinxiu_repairs_by_hand(), 7..=12, "报修台账", title, quirks);
    let export = year.list(JINXIU, &repairs(JINXIU), 1..=6, "", "", Quirks::default());
    vec![
        book("锦绣天城/锦绣天城2025年投诉台账.xlsx", months.collect()),
        file("锦绣天城/2025年上半年报修导出.csv", Format::Gb18030, vec![export]),
        book("锦绣天城/2025年下半年报修台账.xlsx", vec![by_hand]),
        book("锦绣天城/锦绣天城下半年满意度调查.xlsx", vec![year.second_survey(JINXIU)]),
    ]
}

/// The newest: an old program's .xls, then a workbook with dates as text; repairs exported as UTF-8.
fn xinglan(year: &Year) -> Vec<File> {
    let first = complaints(XINGLAN);
    let second = Layout { dates: Dates::HanText, ..first.clone() };
    let quirks = Quirks { total: true, ..Quirks::default() };
    let title = "星澜湾客服投诉登记表";
    let early = year.list(XINGLAN, &first, 1..=6, "上半年", title, Quirks::default());
    let late = year.list(XINGLAN, &second, 7..=12, "下半年", title, quirks);
    let blank = Quirks { blank_after: Some(33), ..Quirks::default() };
    let export = year.list(XINGLAN, &repairs(XINGLAN), 1..=12, "", "", blank);
    vec![
        file("星澜湾/客服投诉登记表（上半年）.xls", Format::Converted, vec![early]),
        book("星澜湾/客服投诉登记表（下半年）.xlsx", vec![late]),
        file("星澜湾/报修工单_2025.csv", Format::Utf8Bom, vec![export]),
        book("星澜湾/星澜湾2025下半年调查.xlsx", vec![year.second_survey(XINGLAN)]),
    ]
}

/// The smallest: one list for the year, dates without times.
fn lanting(year: &Year) -> Vec<File> {
    let list = year.list(LANTING, &complaints(LANTING), 1..=12, "2025", "", Quirks::default());
    let mended = year.list(LANTING, &repairs(LANTING), 1..=12, "报修", "兰亭小筑2025年报修登记", Quirks::default());
    vec![
        book("兰亭小筑/2025年投诉登记.xlsx", vec![list]),
        file("兰亭小筑/2025年报修登记.ods", Format::Converted, vec![mended]),
        book("兰亭小筑/回访统计表2025.xlsx", year.callback_sheets(LANTING, Manner::Levels)),
        book("兰亭小筑/调查表2025下半年.xlsx", vec![year.second_survey(LANTING)]),
    ]
}

/// The oldest, on printed forms: no path names it, only the line of the unit in the form.
fn baiyang(year: &Year) -> Vec<File> {
    let unit = "柏杨新村服务中心";
    let mended =
        |month| qr_001(unit, month, &repairs(BAIYANG), &year.of(BAIYANG, Kind::Repair, &(month..=month), false));
    let heard = |month| {
        let continued: &[usize] = match month {
            5 => &[2],
            9 => &[1],
            _ => &[],
        };
        let cases = year.of(BAIYANG, Kind::Complaint, &(month..=month), false);
        qr_002(unit, month, &complaints(BAIYANG), &cases, continued)
    };
    vec![
        book("服务中心报送/报修记录表2025上半年.xlsx", (1..=6).map(mended).collect()),
        book("服务中心报送/报修记录表2025下半年.xlsx", (7..=12).map(mended).collect()),
        book("服务中心报送/投诉记录表2025.xlsx", (1..=12).map(heard).collect()),
        book("服务中心报送/回访统计表2025.xlsx", year.callback_sheets(BAIYANG, Manner::Levels)),
        book("服务中心报送/调查表汇总.xlsx", vec![year.second_survey(BAIYANG)]),
    ]
}

/// What the quality department keeps itself; it entered the forms of the first half.
fn company(year: &Year) -> Vec<File> {
    let communities = communities();
    let first = year.rounds.iter().filter(|round| round.half == 1).map(|round| {
        let community = &communities[round.community];
        survey_sheets::responses(community.name, community, round)
    });
    vec![
        book("品质部/小区台账.xlsx", vec![survey_sheets::community_list()]),
        book("品质部/2025年满意度调查统计表.xlsx", vec![survey_sheets::rounds(year.rounds)]),
        book("品质部/2025年上半年满意度调查表汇总.xlsx", first.collect()),
    ]
}
