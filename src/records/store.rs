//! Columns while they grow: texts in one store, names as codes.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::sync::Arc;

use crate::normalise::label::tidy;
use crate::origin::NO_LINE;

/// A column of texts; an empty text stands for none.
#[derive(Debug, Default)]
pub struct TextColumn {
    store: String,
    ends: Vec<usize>,
}

impl TextColumn {
    /// Adds a text.
    pub fn push(&mut self, text: &str) {
        self.store.push_str(text.trim());
        self.ends.push(self.store.len());
    }

    /// Appends to the last text, after a line break.
    pub fn continue_last(&mut self, text: &str) {
        if let Some(end) = self.ends.last_mut() {
            self.store.push('\n');
            self.store.push_str(text.trim());
            *end = self.store.len();
        }
    }

    /// The text of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        let end = *self.ends.get(row)?;
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        let text = &self.store[start..end];
        (!text.is_empty()).then_some(text)
    }
}

/// Code for no name.
pub const NO_NAME: u32 = u32::MAX;

/// A column of names as codes into a list of its own.
#[derive(Debug, Default)]
pub struct NameColumn {
    codes: Vec<u32>,
    names: Vec<Arc<str>>,
    by_raw: Codes,
    by_name: Codes,
}

/// Codes by name. Never walked, so its order reaches nothing; a name is kept once, however many lists hold it.
pub(super) type Codes = HashMap<Arc<str>, u32, BuildHasherDefault<DefaultHasher>>;

impl NameColumn {
    /// Adds a name; blank stands for none.
    pub fn push(&mut self, raw: &str) {
        let code = self.code(raw);
        self.codes.push(code);
    }

    /// Adds the name of a row, where a row before or this one has one; rows without a name before the first cost nothing.
    pub fn push_at(&mut self, row: usize, raw: &str) {
        let code = self.code(raw);
        if code != NO_NAME {
            self.codes.resize(row, NO_NAME);
            self.codes.push(code);
        }
    }

    fn code(&mut self, raw: &str) -> u32 {
        if raw.is_empty() {
            return NO_NAME;
        }
        if let Some(code) = self.by_raw.get(raw) {
            return *code;
        }
        let name = tidy(raw);
        let is_tidy = name == raw;
        let name: Arc<str> = name.into();
        let code = if name.is_empty() || matches!(&*name, "/" | "-" | "无" | "—") {
            NO_NAME
        } else if let Some(code) = self.by_name.get(&name) {
            *code
        } else {
            let code = u32::try_from(self.names.len()).unwrap_or(NO_NAME);
            self.names.push(Arc::clone(&name));
            self.by_name.insert(Arc::clone(&name), code);
            code
        };
        self.by_raw.insert(if is_tidy { name } else { raw.into() }, code);
        code
    }

    /// The codes, one a row; rows at the end that nobody named may be missing where they were added by [`NameColumn::push_at`].
    #[must_use]
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The names, by code.
    #[must_use]
    pub fn names(&self) -> &[Arc<str>] {
        &self.names
    }

    /// The name of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        let code = *self.codes.get(row)?;
        self.names.get(code as usize).map(|name| &**name)
    }
}

/// No moment.
pub const NO_MOMENT: i64 = i64::MIN;

/// Adds the line of a record. A table is read from a view or as it stands, so either all records have one or none.
pub fn push_line(lines: &mut Vec<u32>, line: u32) {
    if line != NO_LINE {
        lines.push(line);
    }
}

/// The line of a record.
#[must_use]
pub fn line_of(lines: &[u32], record: usize) -> u32 {
    lines.get(record).copied().unwrap_or(NO_LINE)
}

/// Yes, no, or not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Said {
    /// Nothing, or nothing that is understood.
    #[default]
    Nothing,
    /// No.
    No,
    /// Yes.
    Yes,
}

impl Said {
    /// Reads a cell of a yes-or-no column.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        match text {
            "" => Self::Nothing,
            "否" | "无" | "不" | "×" | "N" | "n" | "No" | "no" | "FALSE" | "False" | "false" | "0" | "一般"
            | "普通" | "非" | "未" => Self::No,
            "是" | "有" | "√" | "✓" | "Y" | "y" | "Yes" | "yes" | "TRUE" | "True" | "true" | "1" | "重大" | "重要"
            | "紧急" | "加急" | "特急" | "严重" => Self::Yes,
            _ if text.starts_with(['无', '非', '不', '否']) => Self::No,
            _ if text.starts_with(['有', '是']) || text.contains("重大") || text.contains("紧急") => Self::Yes,
            _ => Self::Nothing,
        }
    }

    /// The value of a nullable column.
    #[must_use]
    pub fn value(self) -> Option<bool> {
        match self {
            Self::Nothing => None,
            Self::No => Some(false),
            Self::Yes => Some(true),
        }
    }
}

/// State of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum State {
    /// The table does not tell.
    #[default]
    Unknown = 0,
    /// Open.
    Open = 1,
    /// Closed.
    Closed = 2,
}

impl State {
    /// Reads the state as written: 处理中, 已完成, Closed, 是 (of 是否结案).
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            return Self::Unknown;
        }
        let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
        if any(&[
            "未",
            "待",
            "处理中",
            "进行",
            "跟进",
            "办理中",
            "维修中",
            "open",
            "pending",
            "progress",
            "started",
            "assigned",
        ]) || text == "否"
        {
            Self::Open
        } else if any(&[
            "已", "完成", "办结", "结案", "归档", "关闭", "完结", "修好", "解决", "完毕", "close", "resolved", "done",
            "正常",
        ]) || text == "是"
        {
            Self::Closed
        } else {
            Self::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_read_as_written_negations_first() {
        for (text, state) in [
            ("已完成", State::Closed),
            ("未完成", State::Open),
            ("处理中", State::Open),
            ("Closed", State::Closed),
            ("Open", State::Open),
            ("待定", State::Open),
            ("", State::Unknown),
        ] {
            assert_eq!(State::parse(text), state, "{text}");
        }
    }

    #[test]
    fn the_same_name_written_with_blanks_has_one_code() {
        let mut column = NameColumn::default();
        for name in ["工程部", " 工程部", "工程部　", "", "环境部"] {
            column.push(name);
        }
        assert_eq!(column.codes(), [0, 0, 0, NO_NAME, 1]);
        assert_eq!(column.get(4), Some("环境部"));
    }

    #[test]
    fn a_text_can_run_on() {
        let mut column = TextColumn::default();
        column.push("第一行");
        column.continue_last("第二行");
        column.push("");
        assert_eq!((column.get(0), column.get(1), column.get(2)), (Some("第一行\n第二行"), None, None));
    }
}
