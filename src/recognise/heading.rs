//! One header text, taken apart: number of the question, stem, label, unit, answers and scale that stand beside the label.

use super::unit::Unit;
use crate::normalise::label::{fold, numbered, tidy, without_brackets};

/// A header text as a person reads it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heading {
    /// Tidy text without the question's number.
    pub text: String,
    /// Number of the question, as written.
    pub number: Option<String>,
    /// Question and item, where one stands before the other (`题干—条目`).
    pub parts: Option<(String, String)>,
    /// Unit of the numbers below.
    pub unit: Option<Unit>,
    /// Answers by the code that stands for them (`1-紧急,2-普通`).
    pub codes: Vec<(String, String)>,
    /// Highest score of the scale.
    pub scale: Option<u16>,
    /// Folded readings, the most literal first: all of it, without brackets, without its number, without hints.
    pub readings: Vec<String>,
}

/// Longest text that is taken apart, in bytes.
const LONGEST: usize = 2_000;

impl Heading {
    /// Takes a header text apart. What is longer than any question is no header and has no reading.
    #[must_use]
    pub fn of(text: &str) -> Self {
        if text.len() > LONGEST {
            return Self { text: text.to_owned(), ..Self::default() };
        }
        let tidy = tidy(text);
        let (number, rest) = numbered(&tidy);
        let mut heading = Self { number: number.map(str::to_owned), text: rest.to_owned(), ..Self::default() };
        heading.parts = parts_of(rest, number.is_some());
        for hint in hints_of(rest) {
            heading.take_hint(hint);
        }
        let core = without_options(rest);
        // Most labels are all of these at once.
        let mut readings = vec![tidy.as_str(), rest, core, head_of(core)];
        readings.dedup();
        for reading in readings {
            let folded = fold(reading);
            let bare = folded.contains(['(', '[', '【', '〔', '{']).then(|| without_brackets(&folded));
            heading.add_reading(folded);
            heading.add_reading(bare.unwrap_or_default());
        }
        // Questionnaires speak to the customer: 您的年龄, 请填写联系电话.
        let mut shorter: Vec<String> = heading.readings.iter().filter_map(|reading| without_address(reading)).collect();
        // English plurals.
        shorter.extend(
            heading.readings.iter().filter(|reading| reading.is_ascii()).filter_map(|reading| {
                reading.strip_suffix('s').filter(|singular| singular.len() > 2).map(str::to_owned)
            }),
        );
        for reading in shorter {
            heading.add_reading(reading);
        }
        heading
    }

    /// The folded label without brackets, hints and numbers: what is compared with labels that are only near.
    #[must_use]
    pub fn core(&self) -> String {
        without_brackets(&fold(without_options(&self.text)))
    }

    /// Adds a reading, and the same without the unit behind it (`处理时长/小时`).
    fn add_reading(&mut self, folded: String) {
        if let Some((label, unit)) = folded.rsplit_once('/')
            && let Some(unit) = Unit::named(unit)
        {
            self.unit = self.unit.or(Some(unit));
            if !label.is_empty() && !self.readings.iter().any(|known| known == label) {
                self.readings.push(label.to_owned());
            }
        }
        if !folded.is_empty() && !self.readings.contains(&folded) {
            self.readings.push(folded);
        }
    }

    fn take_hint(&mut self, hint: &str) {
        self.unit = self.unit.or_else(|| Unit::named(&fold(hint)));
        self.scale = self.scale.or_else(|| scale_of(hint));
        if self.codes.is_empty() {
            self.codes = codes_of(hint);
        }
    }
}

/// What stands in brackets, or as a list behind the label.
fn hints_of(text: &str) -> Vec<&str> {
    let mut hints: Vec<&str> =
        text.split(['(', '[', '【']).skip(1).filter_map(|rest| rest.split([')', ']', '】']).next()).collect();
    let core = without_options(text);
    hints
        .extend(text.get(core.len()..).map(|list| list.trim_start_matches([' ', ':'])).filter(|list| !list.is_empty()));
    hints
}

/// Boxes that are printed before answers to tick.
const BOXES: [char; 9] = ['□', '☐', '○', '◯', '▢', '◇', '口', '■', '☑'];

/// The label without a list of answers (`□满意□不满意`, `1满意,2一般`) or a limit (`≤16`) behind it.
fn without_options(text: &str) -> &str {
    if let Some(at) = text.find(['≤', '≥', '<', '>', '＜', '＞'])
        && at > 0
        && text[at..].chars().skip(1).all(|c| c.is_ascii_digit() || "=.%天小时分钟 ".contains(c))
    {
        return text[..at].trim_end();
    }
    if let Some(at) = text.find(BOXES)
        && at > 0
        && text[at..].matches(BOXES).count() >= 2
    {
        return text[..at].trim_end_matches([' ', ':']);
    }
    let list = text.char_indices().find(|(at, c)| *at > 0 && c.is_ascii_digit() && !codes_of(&text[*at..]).is_empty());
    match list {
        Some((at, _)) if !text[..at].contains('(') => text[..at].trim_end_matches([' ', ':']),
        _ => text,
    }
}

/// What stands before a colon or a dash: the label, where an explanation follows.
fn head_of(text: &str) -> &str {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = chars.iter().enumerate().find(|(place, (_, c))| match c {
        ':' | '—' | '–' => true,
        // A hyphen between letters or digits belongs to the word.
        '-' => *place > 0 && !chars[place - 1].1.is_ascii_alphanumeric(),
        _ => false,
    });
    at.map_or(text, |(_, (at, _))| text[..*at].trim_end())
}

/// Question and item: a dash or colon stands between them; without a number only a long dash is sure.
fn parts_of(text: &str, is_numbered: bool) -> Option<(String, String)> {
    let (stem, part) = match text.split_once('—') {
        Some((stem, part)) => (stem, part),
        None if is_numbered => {
            let at = text.char_indices().zip(text.chars().skip(1)).find_map(|((at, c), next)| {
                let is_between = c == ':' || c == '-' && !next.is_ascii_digit();
                (is_between && at > 0).then_some(at)
            })?;
            (&text[..at], &text[at + 1..])
        }
        None => return None,
    };
    let part = part.trim_matches(|c: char| c.is_whitespace() || "—-:".contains(c));
    let stem = stem.trim_end_matches([' ', ':', '-']);
    (stem.chars().count() >= 2 && !part.is_empty()).then(|| (stem.to_owned(), part.to_owned()))
}

/// The label without the words that address the customer.
fn without_address(folded: &str) -> Option<String> {
    let mut text = folded;
    for lead in ["请问", "请填写", "请输入", "请选择", "请您", "请", "您的", "你的", "您", "你", "贵户"]
    {
        text = text.strip_prefix(lead).unwrap_or(text);
    }
    for tail in ["是什么", "是多少", "是", "为"] {
        text = text.strip_suffix(tail).unwrap_or(text);
    }
    (text.len() < folded.len() && !text.is_empty()).then(|| text.to_owned())
}

/// Answers by code: `1-紧急,2-普通,3-一般`, `1满意,2一般`; empty where the text is no such list.
fn codes_of(text: &str) -> Vec<(String, String)> {
    let mut codes = Vec::new();
    for part in text.split([',', ';', '、', '/', ' ']).map(str::trim).filter(|part| !part.is_empty()) {
        let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        let (code, answer) = part.split_at(end);
        let answer = answer.trim_start_matches(['-', '=', '.', ':', '—']);
        let is_word = answer.chars().next().is_some_and(|c| !c.is_ascii_digit()) && !answer.contains(['-', '~', '(']);
        if code.is_empty() || code.len() > 2 || !is_word {
            return Vec::new();
        }
        codes.push((code.to_owned(), answer.to_owned()));
    }
    if codes.len() >= 2 { codes } else { Vec::new() }
}

/// Highest score of a scale as a header says it: `1-5分`, `5星制`, `百分制`, `满分10分`.
fn scale_of(hint: &str) -> Option<u16> {
    let folded: String = hint.chars().filter(|c| !c.is_whitespace()).collect();
    for (word, highest) in [("百分制", 100), ("十分制", 10), ("五分制", 5), ("五星", 5)] {
        if folded.contains(word) {
            return Some(highest);
        }
    }
    let numbers: Vec<u16> =
        folded.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect();
    let is_known = |highest: &u16| matches!(highest, 5 | 10 | 100);
    match numbers.as_slice() {
        [lowest, highest] if *lowest <= 1 && is_known(highest) && folded.contains(['-', '~', '至', '到', '—']) => {
            Some(*highest)
        }
        [highest] if is_known(highest) && ["分制", "星制", "满分", "级制"].iter().any(|word| folded.contains(word)) => {
            Some(*highest)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str, label: &str) {
        let heading = Heading::of(text);
        assert!(heading.readings.iter().any(|reading| reading == label), "{text}: {:?}", heading.readings);
    }

    #[test]
    fn hints_units_and_lists_of_answers_are_split_off() {
        for (text, label) in [
            ("满意度（如：非常满意/满意/一般/不满意，或 5星制）", "满意度"),
            ("紧急程度(1-紧急,2-普通,3-一般)", "紧急程度"),
            ("回访情况：□满意□不满意", "回访情况"),
            ("评级 1满意，2一般，3不满意", "评级"),
            ("全流程处理时长\n≤16", "全流程处理时长"),
            ("诉求时间—到某一天", "诉求时间"),
            ("最终回复-投诉事件", "最终回复"),
            ("处理时长/小时", "处理时长"),
            ("1、您的性别：", "性别"),
            ("*3. 请填写联系电话", "联系电话"),
            ("Complaint Types", "complainttype"),
        ] {
            reads(text, label);
        }
        assert!(!Heading::of("联系人(e-mail)").readings.contains(&"联系人(e".to_owned()));
    }

    #[test]
    fn units_scales_and_codes_are_read() {
        for (text, unit) in [
            ("回复时长(天)", Some(Unit::Days)),
            ("处理时长（分钟）", Some(Unit::Minutes)),
            ("赔偿金额(单位：万元)", Some(Unit::TenThousandYuan)),
            ("处理时长/小时", Some(Unit::Hours)),
            ("满意度(%)", Some(Unit::Percent)),
            ("投诉时间(年月日)", None),
            ("处理时长(工作日)", None),
        ] {
            assert_eq!(Heading::of(text).unit, unit, "{text}");
        }
        for (text, scale) in [
            ("满意度评分（1-5分）", Some(5)),
            ("客户满意度（1-5星）", Some(5)),
            ("服务评分(百分制)", Some(100)),
            ("评分(满分10分)", Some(10)),
            ("投诉时间(5日内)", None),
        ] {
            assert_eq!(Heading::of(text).scale, scale, "{text}");
        }
        let codes = Heading::of("评级 1满意，2一般，3不满意").codes;
        assert_eq!(codes[2], ("3".to_owned(), "不满意".to_owned()));
        assert_eq!(Heading::of("紧急程度(1-紧急,2-普通,3-一般)").codes.len(), 3);
        assert!(Heading::of("满意度评分（1-5分）").codes.is_empty());
    }

    #[test]
    fn stem_and_item_are_told_apart() {
        let heading = Heading::of("7、请根据您的实际感受，对以下陈述进行评分：—物业服务");
        assert_eq!(heading.number.as_deref(), Some("7"));
        assert_eq!(heading.parts, Some(("请根据您的实际感受,对以下陈述进行评分".to_owned(), "物业服务".to_owned())));
        assert_eq!(Heading::of("5、满意度评价-保洁").parts.map(|parts| parts.1).as_deref(), Some("保洁"));
        assert_eq!(Heading::of("T-1").parts, None);
        assert_eq!(Heading::of("6、每周1-3次").parts, None);
        assert_eq!(Heading::of("2、您的年龄段：").parts, None);
    }
}
