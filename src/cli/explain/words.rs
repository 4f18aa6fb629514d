//! The words of an explanation in both languages.

use crate::problem::Language;
use crate::profile::schema::Text;

/// The language in which an explanation is worded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    pub(super) language: Language,
}

impl Words {
    pub(super) fn pick(self, zh: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    pub(super) fn text(self, text: &Text) -> &str {
        text.in_language(self.language)
    }

    pub(super) fn colon(self) -> &'static str {
        self.pick("：", ": ")
    }

    pub(super) fn comma(self) -> &'static str {
        self.pick("、", ", ")
    }

    pub(super) fn semicolon(self) -> &'static str {
        self.pick("；", "; ")
    }

    pub(super) fn group(self) -> &'static str {
        self.pick("全公司", "all communities")
    }

    pub(super) fn scope(self, word: &str) -> &'static str {
        if word == "community" { self.pick("小区", "community") } else { self.pick("部门", "department") }
    }

    pub(super) fn title(self, title: &str, name: &str) -> String {
        match self.language {
            Language::Zh => format!("《{title}》({name})"),
            Language::En => format!("{title} ({name})"),
        }
    }

    pub(super) fn clause(self) -> &'static str {
        self.pick("，条款 ", ", clause ")
    }

    pub(super) fn rounded(self, shown: &str) -> String {
        match self.language {
            Language::Zh => format!("（页面上写作 {shown}）"),
            Language::En => format!(" (on pages: {shown})"),
        }
    }

    pub(super) fn verdict(self, word: &str) -> &'static str {
        match word {
            "met" => self.pick("达标", "met"),
            "missed" => self.pick("未达标", "missed"),
            "no_data" => self.pick("无数据", "no data"),
            _ => "",
        }
    }

    pub(super) fn note(self, code: &str) -> String {
        match code {
            "unfinished" => self.pick("时期未完", "the period is unfinished").to_owned(),
            "plain_week" => self
                .pick("有的年份没有公布的节假日表，按平常的周计算", "a year without a published calendar")
                .to_owned(),
            "partial" => self.pick("只含部分小区", "some communities only").to_owned(),
            other => other.to_owned(),
        }
    }

    pub(super) fn reason(self, code: &str) -> String {
        match code {
            "open" => self.pick("未结", "open"),
            "not_due" => self.pick("未到期", "not due"),
            "no_start" => self.pick("缺开始时间", "no start"),
            "no_end" => self.pick("缺结束时间", "no end"),
            "impossible" => self.pick("时间先后颠倒", "impossible"),
            "uncertain" => self.pick("只有日期无法判定", "uncertain"),
            "unknown" => self.pick("不明", "unknown"),
            "no_opinion" => self.pick("未表态", "no opinion"),
            other => return other.to_owned(),
        }
        .to_owned()
    }

    pub(super) fn part(self, code: &str) -> String {
        if let Some(reason) = code.strip_prefix("excluded:") {
            return format!("{}{}{}", self.pick("剔除", "excluded"), self.colon(), self.reason(reason));
        }
        match code {
            "counted" => self.pick("计入的行", "rows counted"),
            "numerator" => self.pick("分子的行", "rows of the numerator"),
            "rest_of_denominator" => self.pick("分母中其余的行", "other rows of the denominator"),
            "denominator" => self.pick("分母的行", "rows of the denominator"),
            "measured" => self.pick("有数的行", "rows that tell an amount"),
            other => return other.to_owned(),
        }
        .to_owned()
    }

    pub(super) fn rule(self, kind: &str) -> &'static str {
        match kind {
            "deadline" => self.pick("规程中的时限", "deadline of the procedure"),
            "duty" => self.pick("规程中的事务", "duty of the procedure"),
            "callback" => self.pick("规程中的回访规定", "callback rule of the procedure"),
            "first_asked" => self.pick("规程中的首问负责", "rule of the procedure on the first person asked"),
            "repeat" => self.pick("规程中的重复规定", "rule of the procedure on repeats"),
            _ => self.pick("规程中的评价等级", "scale of the procedure"),
        }
    }

    pub(super) fn rows(self, count: usize) -> String {
        match self.language {
            Language::Zh => format!("{count} 条"),
            Language::En if count == 1 => "1 record".to_owned(),
            Language::En => format!("{count} records"),
        }
    }

    pub(super) fn adding(self) -> &'static str {
        self.pick("，合计 ", ", together ")
    }

    pub(super) fn row(self, row: u32) -> String {
        match self.language {
            Language::Zh => format!("第 {row} 行"),
            Language::En => format!("row {row}"),
        }
    }

    pub(super) fn further(self) -> &'static str {
        self.pick("其余的行（逐行列出见 --rows 或 --csv）：", "other rows (--rows or --csv lists them singly):")
    }

    pub(super) fn made_of(self, count: usize) -> String {
        match self.language {
            Language::Zh => format!("由 {count} 个数算成；各数背后的行见 manyi explain 编号"),
            Language::En => format!("made of {count} facts; manyi explain ID shows the rows behind each"),
        }
    }

    pub(super) fn several(self, count: usize) -> String {
        match self.language {
            Language::Zh => format!("符合的有 {count} 个，请写编号或补充条件："),
            Language::En => format!("{count} facts are meant; name one by its id, or add conditions:"),
        }
    }
}
