//! Ratings: the wordings in which residents answer, and the marks that stand for them.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::number;

/// An answer, from most to least satisfied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 特别满意.
    ExtremelySatisfied,
    /// 非常满意, 很满意.
    VerySatisfied,
    /// 满意.
    Satisfied,
    /// 较满意, 比较满意.
    FairlySatisfied,
    /// 基本满意.
    BasicallySatisfied,
    /// 一般.
    Neutral,
    /// 不满意, 不太满意.
    Dissatisfied,
    /// 很不满意, 非常不满意.
    VeryDissatisfied,
    /// 未表态: not an answer.
    NoOpinion,
}

impl Level {
    /// All levels, from most to least satisfied.
    pub const ALL: [Self; 9] = [
        Self::ExtremelySatisfied,
        Self::VerySatisfied,
        Self::Satisfied,
        Self::FairlySatisfied,
        Self::BasicallySatisfied,
        Self::Neutral,
        Self::Dissatisfied,
        Self::VeryDissatisfied,
        Self::NoOpinion,
    ];

    /// The code in records and facts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ExtremelySatisfied => "extremely_satisfied",
            Self::VerySatisfied => "very_satisfied",
            Self::Satisfied => "satisfied",
            Self::FairlySatisfied => "fairly_satisfied",
            Self::BasicallySatisfied => "basically_satisfied",
            Self::Neutral => "neutral",
            Self::Dissatisfied => "dissatisfied",
            Self::VeryDissatisfied => "very_dissatisfied",
            Self::NoOpinion => "no_opinion",
        }
    }

    /// The level's number in records: its place in [`Level::ALL`].
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The answer that a score of five stands for.
    #[must_use]
    pub fn of_five(score: f64) -> Option<Self> {
        let levels = [Self::VeryDissatisfied, Self::Dissatisfied, Self::Neutral, Self::Satisfied, Self::VerySatisfied];
        let scored = levels.into_iter().zip([1.0_f64, 2.0, 3.0, 4.0, 5.0]);
        scored.into_iter().find(|(_, points)| score.total_cmp(points).is_eq()).map(|(level, _)| level)
    }

    /// Reads a wording, simplified or traditional; blanks around it, a final punctuation mark, the letter or number of the answer in
    /// front of it (`A.满意`) and what stands in brackets behind it (`满意(4分)`) do not matter.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || "。.、,，；;！!√✓✔☑".contains(c));
        Self::of_words(text).or_else(|| {
            // What people write around a wording is rare: most texts never come here.
            let normal: String = text.nfkc().map(simplified).flat_map(char::to_lowercase).collect();
            let bare = bare(&normal);
            Self::of_words(bare).or_else(|| Self::of_spaced(bare)).or_else(|| Self::of_clauses(bare))
        })
    }

    /// `满 意`: blanks within a wording, as people write two characters to fill a column.
    fn of_spaced(text: &str) -> Option<Self> {
        let is_chinese = |c: char| c.is_whitespace() || ('\u{4e00}'..='\u{9fff}').contains(&c);
        if !text.contains(char::is_whitespace) || !text.chars().all(is_chinese) {
            return None;
        }
        let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        Self::of_words(&joined)
    }

    /// `已解决,业主满意`: one clause says who is satisfied and how far, the others that the matter is done. Text that says anything
    /// else is left to people.
    fn of_clauses(text: &str) -> Option<Self> {
        let mut found = None;
        for clause in text.split([',', '。', ';', '、']).map(str::trim).filter(|clause| !clause.is_empty()) {
            if DONE.contains(&clause) {
                continue;
            }
            let said = WHO.iter().find_map(|who| clause.strip_prefix(who)).unwrap_or(clause);
            let said =
                ["表示", "反馈", "对处理结果", "评价"].iter().find_map(|word| said.strip_prefix(word)).unwrap_or(said);
            let level = Self::of_words(said)?;
            if found.replace(level).is_some() {
                return None;
            }
        }
        found
    }

    fn of_words(text: &str) -> Option<Self> {
        let level = match text {
            "特别满意" | "十分满意" | "极满意" | "极其满意" | "extremely satisfied" => {
                Self::ExtremelySatisfied
            }
            "非常满意" | "很满意" | "很好" | "非常好" | "优" | "优秀" | "very satisfied" => {
                Self::VerySatisfied
            }
            "满意" | "satisfied" | "好评" | "好" | "良" | "良好" => Self::Satisfied,
            "较满意" | "比较满意" | "较好" | "较为满意" | "somewhat satisfied" | "fairly satisfied" => {
                Self::FairlySatisfied
            }
            "基本满意" => Self::BasicallySatisfied,
            "一般" | "一般般" | "一般满意" | "中立" | "尚可" | "普通" | "中" | "中等" | "neutral" => {
                Self::Neutral
            }
            "不满意" | "不太满意" | "较不满意" | "比较不满意" | "不满" | "差" | "较差" | "dissatisfied"
            | "unsatisfied" | "not satisfied" | "差评" => Self::Dissatisfied,
            "很不满意" | "非常不满意" | "很差" | "非常差" | "极差" | "极不满意" | "十分不满意" | "特别不满意"
            | "very dissatisfied" => Self::VeryDissatisfied,
            "未表态" | "无意见" | "不清楚" | "不了解" | "弃权" | "未作答" | "不适用" | "n/a" | "no opinion" => {
                Self::NoOpinion
            }
            _ => return None,
        };
        Some(level)
    }
}

/// Clauses that say that a matter is done, and nothing of what the resident thinks.
const DONE: [&str; 13] = [
    "已解决",
    "问题已解决",
    "已处理",
    "已处理完",
    "已处理完毕",
    "处理完毕",
    "已修好",
    "已修复",
    "已维修",
    "已完成",
    "已办结",
    "已整改",
    "已回访",
];

/// Who is satisfied.
const WHO: [&str; 6] = ["业主", "住户", "客户", "顾客", "租户", "回访"];

/// The simplified form of a traditional character that occurs in ratings.
fn simplified(c: char) -> char {
    match c {
        '滿' => '满',
        '較' => '较',
        '極' => '极',
        '別' => '别',
        '無' => '无',
        '見' => '见',
        '態' => '态',
        '棄' => '弃',
        '權' => '权',
        '適' => '适',
        '優' => '优',
        '評' => '评',
        '為' | '爲' => '为',
        other => other,
    }
}

/// A wording without the letter or number of the answer in front of it and without what stands in brackets behind it.
fn bare(text: &str) -> &str {
    let text = text.split(['(', '[', '【']).next().unwrap_or(text).trim();
    let mut rest = text.chars();
    let text = match (rest.next(), rest.next()) {
        (Some(first), Some('.' | '、' | '-' | ':' | ')')) if first.is_ascii_alphanumeric() => rest.as_str(),
        _ => text,
    };
    text.trim_matches(|c: char| c.is_whitespace() || "。.、,;!√✓✔☑".contains(c))
}

/// Reads a score: `4`, `92分`, `5星`, `★★★★☆`, `4/5`. The scale is told by the column, not by one cell.
#[must_use]
pub fn score(text: &str) -> Option<f64> {
    let normal: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let stars = normal.chars().filter(|c| *c == '★').count();
    if stars > 0 && normal.chars().all(|c| matches!(c, '★' | '☆')) {
        return u32::try_from(stars).ok().map(f64::from);
    }
    if let Some((score, highest)) = normal.split_once('/')
        && matches!(highest, "5" | "10" | "100" | "5分" | "10分" | "100分")
    {
        return number::parse(score);
    }
    let body = ["星级", "颗星", "星"].iter().find_map(|word| normal.strip_suffix(word)).unwrap_or(&normal);
    number::parse(body)
}

/// Whether a score says itself that it is one of five: stars, `4/5`.
#[must_use]
pub fn is_of_five(text: &str) -> bool {
    let normal: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    normal.contains(['星', '★']) || normal.ends_with("/5") || normal.ends_with("/5分")
}

/// A mark in a cell for ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Yes, whatever stands in the other cells: `√ ☑ ● ■`.
    Tick,
    /// `×`, `X` or 0: "no" beside ticks, and perhaps a tick where nothing else stands.
    Cross,
    /// `○`: yes beside crosses, left open beside filled marks.
    Circle,
    /// `□`: left open.
    Box,
}

/// The mark that a cell holds, if it holds nothing else.
#[must_use]
pub fn mark(text: &str) -> Option<Mark> {
    let text = text.trim();
    if text.len() > 6 {
        return None;
    }
    Some(match text {
        "√" | "✓" | "✔" | "☑" | "✅" | "●" | "■" | "◆" | "v" | "V" | "Ｖ" | "是" | "1" | "Y" | "y" | "对" | "＊"
        | "*" | "☒" | "[√]" | "(√)" | "（√）" | "[x]" | "[X]" | "[v]" | "[V]" => Mark::Tick,
        "×" | "✕" | "✖" | "✗" | "✘" | "╳" | "x" | "X" | "ｘ" | "Ｘ" | "0" | "否" | "N" | "n" => {
            Mark::Cross
        }
        "○" | "◯" | "〇" | "O" | "o" => Mark::Circle,
        "□" | "☐" | "◇" | "[ ]" | "[]" | "( )" | "()" | "（ ）" | "（）" | "（　）" => Mark::Box,
        _ => return None,
    })
}

/// What a list of answers printed within one cell says: `☑满意 □不满意`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ticked {
    /// Nothing is ticked.
    Nothing,
    /// One answer is.
    One(Level),
    /// Several are.
    Several,
}

const FILLED: [char; 7] = ['☑', '√', '✓', '✔', '■', '●', '☒'];
const HOLLOW: [char; 4] = ['□', '☐', '○', '◯'];

/// Reads a list of answers with marks before or behind each; none where the text is no such list.
#[must_use]
pub fn option_list(text: &str) -> Option<Ticked> {
    let marked = text
        .replace("[√]", "☑")
        .replace("[x]", "☑")
        .replace("[X]", "☑")
        .replace("(√)", "☑")
        .replace("（√）", "☑")
        .replace("[ ]", "□")
        .replace("[]", "□")
        .replace("( )", "□")
        .replace("()", "□")
        .replace("（ ）", "□")
        .replace("（　）", "□")
        .replace("（）", "□");
    let is_mark = |c: char| FILLED.contains(&c) || HOLLOW.contains(&c);
    let marked = marked.trim();
    let is_in_front = marked.starts_with(is_mark);
    let mut answers: Vec<(bool, Level)> = Vec::new();
    let mut rest = marked;
    let mut before: Option<char> = None;
    while let Some(at) = rest.find(is_mark) {
        let (label, after) = rest.split_at(at);
        let found = after.chars().next()?;
        rest = &after[found.len_utf8()..];
        let mark = if is_in_front { before.replace(found) } else { Some(found) };
        if let Some(mark) = mark {
            take_answers(&mut answers, label, mark, is_in_front)?;
        }
    }
    if is_in_front {
        take_answers(&mut answers, rest, before?, true)?;
    } else if !rest.trim().is_empty() {
        take_answers(&mut answers, rest, ' ', false)?;
    }
    // One wording with a tick is an answer, not a list.
    if answers.len() < 2 {
        return None;
    }
    let mut ticked = answers.iter().filter(|(is_ticked, _)| *is_ticked);
    Some(match (ticked.next(), ticked.next()) {
        (None, _) => Ticked::Nothing,
        (Some((_, level)), None) => Ticked::One(*level),
        _ => Ticked::Several,
    })
}

/// The answers of one stretch; the mark is for the nearest of them.
fn take_answers(answers: &mut Vec<(bool, Level)>, label: &str, mark: char, is_in_front: bool) -> Option<()> {
    let words = label.split(|c: char| c.is_whitespace() || "/、,，;；|".contains(c)).filter(|word| !word.is_empty());
    let levels: Vec<Level> = words.map(Level::parse).collect::<Option<_>>()?;
    let nearest = if is_in_front { 0 } else { levels.len().checked_sub(1)? };
    levels.get(nearest)?;
    for (place, level) in levels.into_iter().enumerate() {
        answers.push((place == nearest && FILLED.contains(&mark), level));
    }
    Some(())
}

/// Whether the result of a callback says that nobody was reached.
#[must_use]
pub fn is_unreached(text: &str) -> bool {
    [
        "未接通",
        "无人接听",
        "电话未接",
        "未接电话",
        "无人接",
        "没人接",
        "打不通",
        "未打通",
        "不接电话",
        "未能接通",
        "未接听",
        "无法接通",
        "未联系上",
        "联系不上",
        "空号",
        "关机",
        "停机",
        "拒接",
        "占线",
    ]
    .iter()
    .any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wording_of_the_procedures_is_known() {
        let words = [
            "特别满意",
            "非常满意",
            "很满意",
            "满意",
            "基本满意",
            "较满意",
            "一般",
            "不满意",
            "很不满意",
            "非常不满意",
            "未表态",
        ];
        for word in words {
            assert!(Level::parse(word).is_some(), "{word}");
        }
        assert_eq!(Level::parse(" 满意。"), Some(Level::Satisfied));
        assert_eq!(Level::parse("√满意"), Some(Level::Satisfied));
        assert_eq!(Level::parse("√"), None);
        assert_eq!(Level::parse("还行吧"), None);
    }

    #[test]
    fn a_wording_is_known_in_traditional_characters_and_with_what_stands_around_it() {
        for (text, level) in [
            ("特別滿意", Level::ExtremelySatisfied),
            ("非常滿意", Level::VerySatisfied),
            ("較滿意", Level::FairlySatisfied),
            ("比較滿意", Level::FairlySatisfied),
            ("基本滿意", Level::BasicallySatisfied),
            ("很不滿意", Level::VeryDissatisfied),
            ("未表態", Level::NoOpinion),
            ("A.满意", Level::Satisfied),
            ("B、不满意", Level::Dissatisfied),
            ("满意（4分）", Level::Satisfied),
            ("5-非常满意", Level::VerySatisfied),
            ("Very Satisfied", Level::VerySatisfied),
            ("优", Level::VerySatisfied),
            ("良", Level::Satisfied),
            ("中", Level::Neutral),
            ("差", Level::Dissatisfied),
        ] {
            assert_eq!(Level::parse(text), Some(level), "{text}");
        }
        for (text, level) in [
            ("满 意", Level::Satisfied),
            ("不　满　意", Level::Dissatisfied),
            ("已解决，业主满意", Level::Satisfied),
            ("已处理，业主表示不满意", Level::Dissatisfied),
            ("一般般", Level::Neutral),
        ] {
            assert_eq!(Level::parse(text), Some(level), "{text}");
        }
        for text in ["满意，但楼道灯还没修", "满意，不满意", "已解决", "业主要求满意为止"] {
            assert_eq!(Level::parse(text), None, "{text}");
        }
        // Nobody can say on which side of the line these fall.
        for text in ["A", "B", "C", "合格", "满意/不满意", "可以"] {
            assert_eq!(Level::parse(text), None, "{text}");
        }
    }

    #[test]
    fn scores_are_read_with_what_is_written_around_them() {
        for (text, number) in [
            ("4", 4.0),
            ("92分", 92.0),
            ("９２分", 92.0),
            ("5星", 5.0),
            ("★★★★☆", 4.0),
            ("★★★", 3.0),
            ("4/5", 4.0),
            ("8/10分", 8.0),
            ("9.5", 9.5),
            ("四星", 4.0),
        ] {
            assert_eq!(score(text), Some(number), "{text}");
        }
        for text in ["☆☆", "4/7", "满意", ""] {
            assert_eq!(score(text), None, "{text}");
        }
    }

    #[test]
    fn of_a_list_of_answers_in_one_cell_the_ticked_one_is_read() {
        let one = |level| Some(Ticked::One(level));
        for (text, expected) in [
            ("☑满意 □不满意", one(Level::Satisfied)),
            ("□满意 ☑不满意", one(Level::Dissatisfied)),
            ("□满意□较满意■不满意", one(Level::Dissatisfied)),
            ("[x]满意 [ ]不满意", one(Level::Satisfied)),
            ("( )满意 (√)较满意 ( )不满意", one(Level::FairlySatisfied)),
            ("满意☑ 不满意□", one(Level::Satisfied)),
            ("满意 不满意√", one(Level::Dissatisfied)),
            ("√满意 不满意", one(Level::Satisfied)),
            ("满意√ 不满意", one(Level::Satisfied)),
            ("○满意 ●不满意", one(Level::Dissatisfied)),
            ("□满意 □不满意", Some(Ticked::Nothing)),
            ("☑满意 ☑不满意", Some(Ticked::Several)),
            ("√满意", None),
            ("□", None),
            ("门坏了√", None),
            ("", None),
        ] {
            assert_eq!(option_list(text), expected, "{text}");
        }
    }

    #[test]
    fn marks_are_told_apart() {
        for (text, expected) in [
            ("√", Some(Mark::Tick)),
            ("[x]", Some(Mark::Tick)),
            (" ● ", Some(Mark::Tick)),
            ("×", Some(Mark::Cross)),
            ("X", Some(Mark::Cross)),
            ("□", Some(Mark::Box)),
            ("○", Some(Mark::Circle)),
            ("满意", None),
            ("2", None),
        ] {
            assert_eq!(mark(text), expected, "{text}");
        }
    }
}
