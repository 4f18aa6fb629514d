//! What the TOML reader says, in Chinese and English, with the nearest key or word that would have been understood.

use std::ops::Range;

use super::source::Finding;
use crate::config::nearest;

/// What was not understood, at its place.
pub(crate) fn understood(message: &str, at: Option<Range<usize>>) -> Finding {
    let message = message.trim_end();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let (first, rest) = quoted.split_first().map_or(("", &[][..]), |(first, rest)| (*first, rest));
    let (zh, en) = if message.starts_with("unknown field") {
        let (near_zh, near_en) = did_you_mean(first, rest);
        (
            format!("不认得的键「{first}」{near_zh}；这里可以写：{}", rest.join("、")),
            format!("unknown key \"{first}\"{near_en}; keys known here: {}", rest.join(", ")),
        )
    } else if message.starts_with("unknown variant") {
        let (near_zh, near_en) = did_you_mean(first, rest);
        (
            format!("不认得「{first}」{near_zh}；可以写：{}", rest.join("、")),
            format!("unknown word \"{first}\"{near_en}; words known here: {}", rest.join(", ")),
        )
    } else if message.starts_with("missing field") && matches!(first, "clause") {
        (
            "缺少 clause：每一条都要写明出自哪一条款".to_owned(),
            "`clause` is missing: every entry names the clause it comes from".to_owned(),
        )
    } else if message.starts_with("missing field") {
        (format!("缺少 {first}"), format!("`{first}` is missing"))
    } else if message.starts_with("duplicate") {
        (format!("同一个键写了两次 / {message}"), "the same key stands twice; keep one".to_owned())
    } else if let Some((found, expected)) = message
        .strip_prefix("invalid type: ")
        .or_else(|| message.strip_prefix("invalid value: "))
        .and_then(|rest| rest.split_once(", expected "))
    {
        (
            format!("类型或大小不对：写的是 {found}，应为{}", kind_in_chinese(expected)),
            format!("wrong type or size: found {found}, expected {}", kind_in_english(expected)),
        )
    } else if let Some((zh, en)) = message.split_once(" / ") {
        (zh.to_owned(), en.to_owned())
    } else {
        (format!("不合 TOML 的写法：{message}"), format!("this is no TOML: {message}"))
    };
    Finding::new(at, zh, en)
}

/// `（是不是「x」？）` and its English, where one is near enough.
pub(crate) fn did_you_mean(unknown: &str, known: &[&str]) -> (String, String) {
    match nearest(unknown, known) {
        Some(near) => (format!("（是不是「{near}」？）"), format!(" (did you mean \"{near}\"?)")),
        None => (String::new(), String::new()),
    }
}

fn kind_in_chinese(expected: &str) -> String {
    match expected {
        "a string" => "文字，用英文双引号括起".to_owned(),
        "a sequence" => "列表，如 [\"甲\", \"乙\"]".to_owned(),
        "a boolean" => "true 或 false".to_owned(),
        "u8" => " 0 到 255 的整数".to_owned(),
        "u16" => " 0 到 65535 的整数".to_owned(),
        "u32" | "u64" => "不小于 0 的整数".to_owned(),
        "f64" => "数字".to_owned(),
        expected if expected.starts_with("struct Text") => "中英文各一，如 { zh = \"…\", en = \"…\" }".to_owned(),
        expected if expected.starts_with("struct") || expected == "a map" => "一张表，如 { 键 = 值 }".to_owned(),
        other => format!(" {other}"),
    }
}

fn kind_in_english(expected: &str) -> String {
    match expected {
        "a string" => "a text in double quotes".to_owned(),
        "u8" => "a whole number from 0 to 255".to_owned(),
        "u16" => "a whole number from 0 to 65535".to_owned(),
        "u32" | "u64" => "a whole number of 0 or more".to_owned(),
        "f64" => "a number".to_owned(),
        "a sequence" => "a list such as [\"a\", \"b\"]".to_owned(),
        expected if expected.starts_with("struct Text") => {
            "a text in both languages, { zh = \"…\", en = \"…\" }".to_owned()
        }
        expected if expected.starts_with("struct") || expected == "a map" => {
            "a table such as { key = value }".to_owned()
        }
        other => other.to_owned(),
    }
}
