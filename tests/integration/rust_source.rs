//! The program's own source: its code without comments, texts and tests, and which modules it uses.

use std::collections::BTreeSet;

use crate::demo_run::root;
use crate::tree;

/// A file of the source.
pub(crate) struct Source {
    /// Path below `src/`.
    pub(crate) path: String,
    /// Number of lines.
    pub(crate) lines: usize,
    /// Code without comments, texts and parts for tests only.
    pub(crate) code: String,
}

/// All files, without those for tests only.
pub(crate) fn sources() -> Vec<Source> {
    let files = tree::files_of(&root().join("src"));
    let texts: Vec<(String, String)> = files
        .into_iter()
        .filter(|(path, _)| path.ends_with(".rs"))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect();
    let for_tests: BTreeSet<String> = texts.iter().flat_map(|(path, text)| test_files(path, &plain(text))).collect();
    texts
        .into_iter()
        .filter(|(path, _)| !for_tests.contains(path))
        .map(|(path, text)| Source { lines: text.lines().count(), code: without_tests(&plain(&text)), path })
        .collect()
}

impl Source {
    /// The stage or base module: `read` for `read/mod.rs` and for `read.rs`.
    pub(crate) fn stage(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap()
    }

    /// Paths below the crate's root that the code names, however it gets there: `read::sheet::Row`.
    pub(crate) fn used(&self) -> BTreeSet<String> {
        let mut used = BTreeSet::new();
        let code: String = self.code.split_whitespace().collect::<Vec<_>>().join(" ");
        for root in ["crate::".to_owned(), "super::".repeat(self.depth())] {
            for (at, _) in code.match_indices(&root) {
                let before = code[..at].chars().next_back();
                // `$crate::`, `not_crate::`, or more supers than this: the longer match finds those.
                if !before.is_some_and(|c| c.is_alphanumeric() || "_$:".contains(c)) {
                    expand("", &code[at + root.len()..], &mut used);
                }
            }
        }
        used
    }

    /// How many `super::` lead to the root of the crate.
    fn depth(&self) -> usize {
        let parts = self.path.trim_end_matches(".rs").split('/').filter(|part| *part != "mod");
        parts.count()
    }
}

/// Adds what a path names; of `a::{b, c::d}` both `a::b` and `a::c::d`. Gives what follows the path.
fn expand<'a>(before: &str, path: &'a str, found: &mut BTreeSet<String>) -> &'a str {
    let path = path.trim_start();
    if let Some(mut rest) = path.strip_prefix('{') {
        loop {
            rest = expand(before, rest, found).trim_start();
            match rest.strip_prefix(',') {
                Some(next) if !next.trim_start().starts_with('}') => rest = next,
                Some(next) => return &next.trim_start()[1..],
                None => return rest.strip_prefix('}').unwrap_or(rest),
            }
        }
    }
    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(path.len());
    let name = if before.is_empty() { path[..end].to_owned() } else { format!("{before}::{}", &path[..end]) };
    match path[end..].strip_prefix("::") {
        Some(rest) if !rest.starts_with('<') => expand(&name, rest, found),
        _ => {
            found.insert(name);
            &path[end..]
        }
    }
}

/// Code with comments left out and the contents of texts blanked; characters such as `'{'` too.
fn plain(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::new();
    let mut at = 0;
    let starts = |at: usize, what: &str| what.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c));
    while at < chars.len() {
        if starts(at, "//") {
            while at < chars.len() && chars[at] != '\n' {
                at += 1;
            }
        } else if starts(at, "/*") {
            while at < chars.len() && !starts(at, "*/") {
                at += 1;
            }
            at += 2;
        } else if let Some(end) = text_end(&chars, at) {
            code.push_str("\"\"");
            at = end;
        } else {
            code.push(chars[at]);
            at += 1;
        }
    }
    code
}

/// Where a text or character that begins here ends.
fn text_end(chars: &[char], at: usize) -> Option<usize> {
    let in_word = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
    if chars[at] == 'r' && !in_word {
        let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
        if chars.get(at + 1 + hashes) == Some(&'"') {
            let from = at + 2 + hashes;
            let closes = |end: usize| chars[end] == '"' && chars[end + 1..].iter().take(hashes).all(|c| *c == '#');
            return (from..chars.len()).find(|end| closes(*end)).map(|end| end + 1 + hashes);
        }
    }
    let quote = chars[at];
    let is_char = quote == '\'' && (chars.get(at + 1) == Some(&'\\') || chars.get(at + 2) == Some(&'\''));
    if quote != '"' && !is_char {
        return None;
    }
    let mut end = at + 1;
    while end < chars.len() && chars[end] != quote {
        end += if chars[end] == '\\' { 2 } else { 1 };
    }
    Some(end + 1)
}

const FOR_TESTS: &str = "#[cfg(test)]";

/// Files that a `#[cfg(test)] mod name;` takes in.
fn test_files(path: &str, code: &str) -> Vec<String> {
    let folder =
        path.strip_suffix("mod.rs").map_or_else(|| format!("{}/", path.trim_end_matches(".rs")), str::to_owned);
    let modules = code.split(FOR_TESTS).skip(1).filter_map(|after| {
        let (item, _) = after.split_once([';', '{'])?;
        let name = item.split_whitespace().skip_while(|word| *word != "mod").nth(1)?;
        after[item.len()..].starts_with(';').then(|| format!("{folder}{name}.rs"))
    });
    modules.collect()
}

/// Code without the items marked `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    let mut parts = code.split(FOR_TESTS);
    let mut kept = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let mut depth = 0_i32;
        let end = part.char_indices().find_map(|(at, c)| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            (depth == 0 && matches!(c, '}' | ';')).then_some(at + 1)
        });
        kept.push_str(&part[end.unwrap_or(part.len())..]);
    }
    kept
}

#[test]
fn comments_texts_and_tests_are_no_code() {
    let text = "use crate::a::b; // crate::c\nfn f() { g(\"crate::d\", 'x', '\"', r#\"crate::e\"#) }\n/* crate::h */\n\
        #[cfg(test)]\nmod tests { use crate::i; fn k() { if x {} } }\nuse crate::{j::{k, l::n,}, m, self};";
    let source = Source { path: "x/y.rs".into(), lines: 0, code: without_tests(&plain(text)) };
    assert_eq!(source.used().into_iter().collect::<Vec<_>>(), ["a::b", "j::k", "j::l::n", "m", "self"]);
    let up = Source { path: "x/y.rs".into(), lines: 0, code: "use super::super::n; use super::o;".into() };
    assert_eq!(up.used().into_iter().collect::<Vec<_>>(), ["n"]);
    let top = Source { path: "x/mod.rs".into(), lines: 0, code: "use super::p::q;".into() };
    assert_eq!(top.used().into_iter().collect::<Vec<_>>(), ["p::q"]);
    assert_eq!(test_files("x/mod.rs", "#[cfg(test)]\npub(crate) mod sample;\nmod view;"), ["x/sample.rs"]);
    assert_eq!(test_files("x.rs", "#[cfg(test)] mod tests;"), ["x/tests.rs"]);
    assert!(test_files("x.rs", "#[cfg(test)] mod tests { fn a() {} }").is_empty());
}
