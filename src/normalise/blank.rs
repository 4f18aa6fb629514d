//! What says that there is nothing: marks in a cell, and words in a row.

use unicode_normalization::UnicodeNormalization;

use super::label::simplified;

/// Marks that people put into a cell to say that there is nothing.
#[must_use]
pub fn is_blank_mark(text: &str) -> bool {
    // Most texts are told by their length.
    text.len() <= 24
        && matches!(
            text.trim(),
            "" | "/"
                | "-"
                | "—"
                | "--"
                | "——"
                | "无"
                | "無"
                | "暂无"
                | "N/A"
                | "n/a"
                | "#N/A"
                | "NULL"
                | "null"
                | "\\"
                | "／"
        )
}

/// For which time nothing is reported.
const WHEN: [&str; 9] = ["本月份", "本月", "当月", "本季度", "本周", "本期", "本年度", "本年", "今日"];
/// That there is nothing.
const NONE: [&str; 10] =
    ["暂时没有", "没有接到", "没有收到", "没有发生", "没有", "未发生", "未接到", "未收到", "暂无", "无"];
/// What there is none of.
const WHAT: [&str; 30] = [
    "任何", "有效", "新增", "此类", "此项", "业主", "住户", "客户", "物业", "接到", "收到", "发生", "投诉", "报修",
    "维修", "回访", "走访", "拜访", "整改", "登记", "记录", "事项", "事件", "情况", "单", "件", "案件", "数据", "及",
    "和",
];

/// Whether a text says that in a time there was none of what the table lists: `本月无投诉`, `本月无`, `无投诉记录`. A complaint
/// such as `无热水` says something else.
#[must_use]
pub fn says_none(text: &str) -> bool {
    if text.len() > 60 || !text.contains(['无', '無', '没', '沒', '未']) {
        return false;
    }
    let plain = |c: &char| !c.is_whitespace() && !"。.,，、!()（）".contains(*c);
    let folded = simplified(&text.nfkc().filter(plain).collect::<String>());
    let mut rest = folded.as_str();
    if let Some((month, behind)) = rest.split_once('月')
        && (1..=8).contains(&month.len())
        && month.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十年".contains(c))
    {
        rest = behind.strip_prefix('份').unwrap_or(behind);
    }
    if let Some(behind) = WHEN.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = behind;
    }
    let Some(mut rest) = NONE.iter().find_map(|word| rest.strip_prefix(word)) else { return false };
    while let Some(behind) = WHAT.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = behind;
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_of_nothing_is_told_from_a_complaint_about_something_missing() {
        for text in
            ["本月无投诉", "本月无", "本月 无 投诉。", "无投诉记录", "3月份没有报修", "未接到业主投诉", "當月無投訴"]
        {
            assert!(says_none(text), "{text}");
        }
        for text in ["无热水", "无人处理投诉", "没有电", "未回访", "本月停水", ""] {
            assert!(!says_none(text), "{text}");
        }
    }
}
