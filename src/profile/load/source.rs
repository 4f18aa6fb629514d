//! Texts of profiles side by side under one numbering of bytes: a place in a merged profile tells its file, line and column.

use std::fmt::Write;
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

/// The texts of which a profile is made, in the order in which they are laid over each other.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    texts: Vec<Source>,
}

/// One text.
#[derive(Debug)]
struct Source {
    /// How it is named to people.
    label: String,
    text: String,
    /// Number of its first byte.
    start: usize,
}

/// What is wrong at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Bytes of the sources; none: of no text that is known.
    pub(crate) at: Option<Range<usize>>,
    /// In Chinese: what was found, what was expected, what to do.
    pub(crate) zh: String,
    /// The same in English.
    pub(crate) en: String,
}

impl Finding {
    pub(crate) fn new(at: Option<Range<usize>>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { at, zh: zh.into(), en: en.into() }
    }
}

impl Sources {
    /// Adds a text and gives the number of its first byte.
    pub(crate) fn add(&mut self, label: String, text: String) -> usize {
        let start = self.texts.last().map_or(0, |last| last.start + last.text.len() + 1);
        self.texts.push(Source { label, text, start });
        start
    }

    /// The texts with the numbers of their first bytes.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &str)> {
        self.texts.iter().map(|source| (source.start, source.text.as_str()))
    }

    /// Which text a place lies in, counted from the first; later ones are laid over earlier ones.
    pub(crate) fn layer(&self, at: usize) -> usize {
        self.texts.partition_point(|source| source.start <= at).saturating_sub(1)
    }

    /// The findings with file, line, column and the line itself.
    pub(crate) fn tell(&self, findings: &[Finding]) -> String {
        findings.iter().map(|finding| self.told(finding)).collect::<Vec<_>>().join("\n")
    }

    fn told(&self, finding: &Finding) -> String {
        let mut said = String::new();
        if let Some((source, at)) =
            finding.at.as_ref().and_then(|at| self.texts.get(self.layer(at.start)).zip(Some(at)))
        {
            let (line, column, content) = place(&source.text, at.start - source.start);
            let length = at.end.saturating_sub(at.start);
            let marked: String = content
                .chars()
                .skip(column - 1)
                .scan(0, |bytes, c| {
                    *bytes += c.len_utf8();
                    (*bytes <= length).then_some(c)
                })
                .collect();
            let before: String = content.chars().take(column - 1).collect();
            let gutter = " ".repeat(line.to_string().len());
            let _ = writeln!(said, "{}，第 {line} 行第 {column} 列 / line {line}, column {column}", source.label);
            let _ = writeln!(said, "  {line} | {content}");
            let _ = writeln!(said, "  {gutter} | {}{}", " ".repeat(before.width()), "^".repeat(marked.width().max(1)));
        }
        let _ = write!(said, "  {}\n  {}", finding.zh, finding.en);
        said
    }
}

/// Line and column from 1, in characters, of a byte of a text, and the line.
fn place(text: &str, at: usize) -> (usize, usize, &str) {
    let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[..start].matches('\n').count() + 1;
    let content = text[start..].split('\n').next().unwrap_or("").trim_end_matches('\r');
    (line, text[start..at].chars().count() + 1, content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_in_the_text_in_which_it_lies() {
        let mut sources = Sources::default();
        sources.add("甲.toml".to_owned(), "a = 1\nb = 2\n".to_owned());
        let second = sources.add("乙.toml".to_owned(), "# 注\nname = \"x\"".to_owned());
        let at = second + "# 注\nname = ".len();
        let told = sources.tell(&[Finding::new(Some(at..at + 3), "错", "wrong")]);
        assert_eq!(
            told,
            "乙.toml，第 2 行第 8 列 / line 2, column 8\n  2 | name = \"x\"\n    |        ^^^\n  错\n  wrong"
        );
        assert_eq!((sources.layer(3), sources.layer(at)), (0, 1));
        let end = second + "# 注\nname = \"x\"".len();
        assert!(sources.tell(&[Finding::new(Some(end..end), "完", "end")]).contains("line 2, column 11"));
    }
}
