//! What stands around a table: title rows, sheet name, file name and folders name the community and the period.

use crate::normalise::label::tidy;
use crate::normalise::period::{self, NamedPeriod};

/// What the surroundings of a table say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    /// The period named, the nearest surrounding first.
    pub period: NamedPeriod,
    /// Texts that may name the community, the nearest first.
    pub places: Vec<String>,
    /// The community as the `单位:` line names it.
    pub unit: Option<String>,
}

impl Meta {
    /// Gathers from title rows (the lowest first), the sheet's name and the path below the input folder.
    #[must_use]
    pub fn of<'a>(titles: impl Iterator<Item = &'a str>, sheet: &str, path: &str) -> Self {
        let mut meta = Self::default();
        let mut written_on = NamedPeriod::default();
        let mut take = |text: &str| {
            let text = tidy(text);
            if !text.is_empty() {
                // When a sheet was filled in or printed says nothing of what it is about, unless nothing else does.
                let about = WRITTEN_ON.iter().filter_map(|word| text.find(word)).min();
                meta.period = meta.period.or(period::find(&text[..about.unwrap_or(text.len())]));
                written_on = written_on.or(about.map_or_else(NamedPeriod::default, |at| period::find(&text[at..])));
                meta.unit = meta.unit.take().or_else(|| unit_of(&text));
                meta.places.push(text);
            }
        };
        titles.for_each(&mut take);
        take(sheet);
        let mut parts: Vec<&str> = path.split('/').collect();
        if let Some(file) = parts.last_mut() {
            *file = file.rsplit_once('.').map_or(*file, |(stem, _)| stem);
        }
        parts.iter().rev().for_each(|part| take(part));
        meta.period = meta.period.or(written_on);
        meta
    }

    /// Whether these surroundings name another community or period than those.
    #[must_use]
    pub fn differs(&self, from: &Self) -> bool {
        let named = |meta: &Self| meta.unit.clone().or_else(|| meta.places.iter().find_map(|text| likely_name(text)));
        let part = self.period.part.is_some() && self.period.part != from.period.part;
        part || named(self).is_some_and(|name| named(from).as_ref() != Some(&name))
    }
}

/// Words before the date on which a sheet was filled in, printed or exported.
const WRITTEN_ON: [&str; 10] = ["制表", "填表", "填报", "制单", "打印", "导出", "报送", "上报日期", "编制", "统计日期"];

/// The name after `单位:`, without the words for a service center and without the date behind it.
fn unit_of(text: &str) -> Option<String> {
    let (_, rest) = ["单位:", "单位：", "單位:", "單位："].iter().find_map(|mark| text.split_once(mark))?;
    let name: String = rest
        .trim_start()
        .chars()
        .take_while(|c| !c.is_whitespace() && !c.is_ascii_digit() && !"_＿—".contains(*c))
        .collect();
    let mut name = name.as_str();
    let endings = [
        "服务中心",
        "物业",
        "管理处",
        "客服中心",
        "项目部",
        "物业服务",
        "服務中心",
        "物業",
        "管理處",
        "客服中心",
        "物業服務",
    ];
    for ending in endings {
        name = name.strip_suffix(ending).unwrap_or(name);
    }
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// Words of titles, file names and folders that name a kind of table, not a community.
const KIND_WORDS: [&str; 62] = [
    "投诉",
    "报修",
    "维修",
    "回访",
    "满意度",
    "满意率",
    "调查",
    "问卷",
    "记录",
    "登记",
    "统计",
    "汇总",
    "台账",
    "明细",
    "清单",
    "数据",
    "表格",
    "上半年",
    "下半年",
    "季度",
    "年度",
    "一季",
    "二季",
    "三季",
    "四季",
    "服务中心",
    "管理处",
    "物业",
    "客服",
    "业主",
    "住户",
    "处理",
    "意见",
    "月报",
    "发放",
    "回收",
    "全年",
    "小区",
    "投訴",
    "報修",
    "維修",
    "回訪",
    "滿意度",
    "滿意率",
    "調查",
    "問卷",
    "記錄",
    "登記",
    "統計",
    "匯總",
    "台賬",
    "清單",
    "數據",
    "服務中心",
    "管理處",
    "物業",
    "業主",
    "住戶",
    "處理",
    "意見",
    "月報",
    "發放",
];

/// Endings by which names of communities are known.
const ENDINGS: [&str; 36] = [
    "花园", "家园", "小区", "社区", "公寓", "广场", "大厦", "中心", "名苑", "雅苑", "新城", "华庭", "苑", "园", "城",
    "府", "里", "庭", "湾", "郡", "居", "邸", "轩", "阁", "村", "墅", "花園", "家園", "小區", "社區", "廣場", "大廈",
    "園", "裡", "灣", "閣",
];

/// A community's name in a text that nobody listed: what remains without dates and words of kinds, if it ends like such a name.
#[must_use]
pub fn likely_name(text: &str) -> Option<String> {
    text.split(|c: char| {
        c.is_whitespace() || c.is_ascii_punctuation() || c.is_ascii_alphanumeric() || "（）【】—－·、，".contains(c)
    })
    .filter_map(|word| {
        let mut word = word.trim_matches(|c: char| "年月日号第份".contains(c)).to_owned();
        for kind in KIND_WORDS {
            if kind != "小区" || word != kind {
                word = word.replace(kind, "");
            }
        }
        let word = word.trim_matches(|c: char| "年月日的表".contains(c)).to_owned();
        let length = word.chars().count();
        ((2..=12).contains(&length) && ENDINGS.iter().any(|ending| word.ends_with(ending))).then_some(word)
    })
    .max_by_key(|word| word.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment::Period;

    #[test]
    fn the_nearest_surrounding_names_period_and_community() {
        let meta = Meta::of(
            ["单位: 翠湖花园服务中心    2025 年", "业主/住户报修记录表"].into_iter(),
            "3月",
            "翠湖/2024年报修.xlsx",
        );
        assert_eq!(meta.period.period(), Some(Period::Month(2025, 3)));
        assert_eq!(meta.unit.as_deref(), Some("翠湖花园"));
    }

    #[test]
    fn a_name_that_nobody_listed_is_found_by_its_ending() {
        for (text, name) in [
            ("云栖苑2025年3月投诉记录", Some("云栖苑")),
            ("2025年3月_翠湖花园_报修登记表", Some("翠湖花园")),
            ("2025年3月投诉记录", None),
            ("Sheet1", None),
            ("投诉", None),
        ] {
            assert_eq!(likely_name(text).as_deref(), name, "{text}");
        }
    }
}
