//! Texts that must say something: clauses, titles, and words that are looked for.

use toml::de::{DeTable, DeValue};

use crate::profile::load::source::Finding;
use crate::profile::load::tree::{Table, each_table};

/// Keys whose text is a clause.
const CLAUSES: [&str; 2] = ["clause", "even_clause"];

/// Blank clauses, titles and words, anywhere in a profile.
#[must_use]
pub(crate) fn check_texts(table: &Table<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    each_table(table.get_ref(), &mut |table| of_table(table, &mut found));
    found.sort_by_key(|finding| finding.at.as_ref().map(|at| at.start));
    found
}

fn of_table(table: &DeTable<'_>, found: &mut Vec<Finding>) {
    for (key, value) in table {
        let key = key.get_ref().as_ref();
        let at = Some(value.span());
        match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() && CLAUSES.contains(&key) => found.push(Finding::new(
                at,
                format!("{key} 是空的：每一条都要写明出自哪一条款"),
                format!("`{key}` is blank: every entry names the clause it comes from"),
            )),
            DeValue::String(text) if text.trim().is_empty() && ["zh", "en"].contains(&key) => found.push(Finding::new(
                at,
                format!("{key} 是空的：标题要有中文和英文"),
                format!("`{key}` is blank: titles are in Chinese and English"),
            )),
            DeValue::Array(list) => {
                let blank = |value: &&toml::Spanned<DeValue<'_>>| {
                    value.get_ref().as_str().is_some_and(|text| text.trim().is_empty())
                };
                found.extend(list.iter().filter(blank).map(|value| {
                    Finding::new(
                        Some(value.span()),
                        format!("{key} 里有空白的词，它会匹配一切，请删去"),
                        format!("a blank word in `{key}` would stand in every text; take it out"),
                    )
                }));
            }
            _ => {}
        }
    }
}
