//! Ratings: the wordings in which residents answer, and the marks that stand for them.

use serde::{Deserialize, Serialize};

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

    /// Reads a wording; blanks around it and a final punctuation mark do not matter.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || "。.、,，；;！!√✓✔☑".contains(c));
        let level = match text {
            "特别满意" | "十分满意" | "极满意" | "特別滿意" | "extremely satisfied" => {
                Self::ExtremelySatisfied
            }
            "非常满意" | "很满意" | "很好" | "非常滿意" | "很滿意" | "Very satisfied" | "very satisfied"
            | "Very Satisfied" => Self::VerySatisfied,
            "满意" | "滿意" | "Satisfied" | "satisfied" | "好评" | "好" => Self::Satisfied,
            "较满意" | "比较满意" | "较好" | "較滿意" | "比較滿意" | "Somewhat satisfied" | "somewhat satisfied" => {
                Self::FairlySatisfied
            }
            "基本满意" | "基本滿意" => Self::BasicallySatisfied,
            "一般" | "一般满意" | "中立" | "尚可" | "普通" | "Neutral" | "neutral" => Self::Neutral,
            "不满意" | "不太满意" | "较不满意" | "不满" | "差" | "较差" | "不滿意" | "Dissatisfied"
            | "dissatisfied" | "差评" => Self::Dissatisfied,
            "很不满意" | "非常不满意" | "很差" | "极不满意" | "特别不满意" | "很不滿意" | "非常不滿意"
            | "Very dissatisfied" | "very dissatisfied" => Self::VeryDissatisfied,
            "未表态" | "无意见" | "不清楚" | "不了解" | "弃权" | "未作答" | "不适用" | "未表態" | "N/A" | "n/a" => {
                Self::NoOpinion
            }
            _ => return None,
        };
        Some(level)
    }
}

/// Whether the result of a callback says that nobody was reached.
#[must_use]
pub fn is_unreached(text: &str) -> bool {
    ["未接通", "无人接听", "未接听", "无法接通", "未联系上", "联系不上", "空号", "关机", "停机", "拒接", "占线"]
        .iter()
        .any(|word| text.contains(word))
}

/// Whether a cell holds a tick.
#[must_use]
pub fn is_tick(text: &str) -> bool {
    matches!(
        text.trim(),
        "√" | "✓"
            | "✔"
            | "☑"
            | "●"
            | "v"
            | "V"
            | "是"
            | "1"
            | "Y"
            | "y"
            | "对"
            | "■"
            | "○"
            | "＊"
            | "*"
            | "x"
            | "X"
    )
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
}
