//! Answers of questionnaires: questions that were not asked, several choices in one cell, and marks under options.

/// Whether a cell says that the question was not asked or not answered.
#[must_use]
pub fn is_unasked(text: &str) -> bool {
    matches!(
        text.trim(),
        "" | "(跳过)"
            | "（跳过）"
            | "(跳過)"
            | "（跳過）"
            | "(空)"
            | "（空）"
            | "跳过"
            | "跳過"
            | "(未答)"
            | "（未答）"
            | "未答"
            | "(未填)"
            | "（未填）"
            | "未填"
            | "(skipped)"
            | "(empty)"
    )
}

/// Separators that questionnaire services put between several choices of one cell.
const BETWEEN_CHOICES: [char; 2] = ['┋', '\u{1f}'];

/// Whether a cell holds several choices.
#[must_use]
pub fn holds_choices(text: &str) -> bool {
    text.contains(BETWEEN_CHOICES)
}

/// The choices of a cell.
pub fn choices(text: &str) -> impl Iterator<Item = &str> {
    text.split(BETWEEN_CHOICES).map(str::trim).filter(|choice| !is_unasked(choice))
}

/// What a cell under one option says: chosen, not chosen, or something else.
#[must_use]
pub fn mark(text: &str) -> Option<bool> {
    match text.trim() {
        "1" | "选中" | "選中" | "已选" | "已選" | "√" | "✓" | "✔" | "☑" | "■" | "是" | "Y" | "y" | "yes" | "Yes"
        | "TRUE" | "True" | "true" => Some(true),
        "0" | "未选中" | "未選中" | "未选" | "未選" | "□" | "☐" | "否" | "N" | "n" | "no" | "No" | "FALSE"
        | "False" | "false" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_told_apart_and_what_was_not_asked_is_no_choice() {
        assert_eq!(choices("安保┋保洁┋(空)").collect::<Vec<_>>(), ["安保", "保洁"]);
        assert_eq!(choices("(跳过)").count(), 0);
        assert_eq!((mark("选中"), mark("0"), mark("同意")), (Some(true), Some(false), None));
    }
}
