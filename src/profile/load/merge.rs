//! Laying one text over another: tables key by key, lists of entries by what identifies an entry, everything else replaced.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::source::Finding;
use super::tree::{Table, Value, list_of};
use super::wording::did_you_mean;

/// Lists of entries, and the key that identifies an entry of each.
const LISTS: [(&str, &str); 14] = [
    ("class", "id"),
    ("major", "id"),
    ("deadline", "id"),
    ("assign", "id"),
    ("window", "id"),
    ("duty", "id"),
    ("grade", "id"),
    ("visit", "id"),
    ("ratio", "id"),
    ("target", "id"),
    ("document", "id"),
    ("term", "id"),
    ("clause", "metric"),
    ("score", "highest"),
];

/// Entries of one id that differ in one of these are different entries; where an overriding entry gives it, it must agree.
const QUALIFIERS: [&str; 2] = ["subject", "kind"];

/// Tables that say one thing and are replaced as a whole: half of an old condition under half of a new one says neither.
const WHOLE: [&str; 4] = ["when", "not", "unless", "seasons"];

/// Keys that say one thing in different ways: where the first is given, the others that stood before fall away.
const INSTEAD: [(&str, &[&str]); 9] = [
    ("within", &["limit", "by", "owed", "seasons", "design_life"]),
    ("limit", &["by", "owed"]),
    ("by", &["within", "limit", "owed"]),
    ("owed", &["within", "limit", "by", "replaced_by", "shortened_by", "stopped_by_pause"]),
    ("seasons", &["within", "design_life"]),
    ("design_life", &["within", "seasons"]),
    ("every", &["from", "to", "within"]),
    ("from", &["every", "by_day", "within_period", "by_time"]),
    ("to", &["every", "by_day", "within_period", "by_time"]),
];

/// What is seen while texts are laid over each other.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// What cannot be done.
    pub(crate) findings: Vec<Finding>,
    /// Ids of entries that were removed, and where that is said.
    pub(crate) removed: Vec<(String, Range<usize>)>,
}

/// Lays a table over another.
pub(crate) fn lay<'t>(base: &mut DeTable<'t>, over: DeTable<'t>, notes: &mut Notes) {
    for (key, value) in over {
        let name = key.get_ref().to_string();
        if let Some(at) = removal(&value) {
            if base.remove(name.as_str()).is_none() {
                notes.findings.push(nothing_to_remove(&name, at, &keys(base)));
            }
            continue;
        }
        let span = value.span();
        match (base.get_mut(name.as_str()).map(Spanned::get_mut), value.into_inner(), id_key(&name)) {
            (Some(DeValue::Table(base)), DeValue::Table(over), _) if !WHOLE.contains(&name.as_str()) => {
                lay(base, over, notes);
            }
            (Some(DeValue::Array(base)), DeValue::Array(over), Some(id))
                if over.iter().all(|entry| entry.get_ref().is_table()) =>
            {
                let entries = std::mem::replace(base, DeArray::new()).into_iter().collect();
                *base = list_of(lay_entries(entries, over, id, notes));
            }
            (None, DeValue::Array(over), Some(id)) if over.iter().all(|entry| entry.get_ref().is_table()) => {
                let entries = lay_entries(Vec::new(), over, id, notes);
                base.insert(key, Spanned::new(span, DeValue::Array(list_of(entries))));
            }
            (_, value, _) => {
                // The key is taken anew too: its place is now here.
                base.remove(name.as_str());
                base.insert(key, Spanned::new(span, value));
            }
        }
    }
}

fn id_key(list: &str) -> Option<&'static str> {
    LISTS.iter().find(|(name, _)| *name == list).map(|(_, id)| *id)
}

fn keys(table: &DeTable<'_>) -> Vec<String> {
    table.keys().map(|key| key.get_ref().to_string()).collect()
}

/// Where a table says that something is removed.
fn removal(value: &Value<'_>) -> Option<Range<usize>> {
    let remove = value.get_ref().as_table()?.get("remove")?;
    (remove.get_ref().as_bool() == Some(true)).then(|| remove.span())
}

fn nothing_to_remove(id: &str, at: Range<usize>, known: &[String]) -> Finding {
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let (zh, en) = did_you_mean(id, &known);
    Finding::new(Some(at), format!("没有「{id}」可以删去{zh}"), format!("there is no \"{id}\" to be removed{en}"))
}

/// What identifies an entry, as text.
fn identity(entry: &Value<'_>, id: &str) -> Option<String> {
    let value = entry.get_ref().as_table()?.get(id)?;
    let text = |value: &DeValue<'_>| match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        _ => None,
    };
    text(value.get_ref())
}

/// Whether an entry is meant by one that is laid over it.
fn is_meant(known: &Value<'_>, over: &Value<'_>, id: &str) -> bool {
    let word = |entry: &Value<'_>, key: &str| {
        entry.get_ref().as_table().and_then(|table| Some(table.get(key)?.get_ref().as_str()?.to_owned()))
    };
    identity(known, id) == identity(over, id)
        && QUALIFIERS
            .iter()
            .all(|key| word(over, key).is_none_or(|wanted| word(known, key).is_none_or(|is| is == wanted)))
}

fn lay_entries<'t>(
    mut entries: Vec<Value<'t>>,
    over: impl IntoIterator<Item = Value<'t>>,
    id: &str,
    notes: &mut Notes,
) -> Vec<Value<'t>> {
    let mut left: Vec<Value<'t>> = over.into_iter().collect();
    while !left.is_empty() {
        let first = left.remove(0);
        let Some(name) = identity(&first, id) else {
            let zh = format!("这一条没有 {id}，不知道是哪一条");
            notes.findings.push(Finding::new(
                Some(first.span()),
                zh,
                format!("this entry bears no `{id}`: which one is meant?"),
            ));
            continue;
        };
        if let Some(at) = removal(&first) {
            let before = entries.len();
            let known: Vec<String> = entries.iter().filter_map(|entry| identity(entry, id)).collect();
            entries.retain(|entry| !is_meant(entry, &first, id));
            if entries.len() == before {
                notes.findings.push(nothing_to_remove(&name, at, &known));
            }
            notes.removed.push((name, first.span()));
            continue;
        }
        // Several entries of one id are one sequence.
        let mut given = vec![first];
        for at in (0..left.len()).rev() {
            if removal(&left[at]).is_none() && is_meant(&left[at], &given[0], id) && is_meant(&given[0], &left[at], id)
            {
                given.insert(1, left.remove(at));
            }
        }
        place(&mut entries, given, id, notes);
    }
    entries
}

/// Puts entries of one id where those stand that they mean.
fn place<'t>(entries: &mut Vec<Value<'t>>, mut given: Vec<Value<'t>>, id: &str, notes: &mut Notes) {
    let before = given.iter_mut().rev().filter_map(|entry| take(entry, "before")).last();
    let added =
        given.iter_mut().filter_map(|entry| take(entry, "add")).any(|add| add.get_ref().as_bool() == Some(true));
    let meant: Vec<usize> = (0..entries.len()).filter(|at| is_meant(&entries[*at], &given[0], id)).collect();
    let has_rule = given[0].get_ref().as_table().is_some_and(|table| table.contains_key("when"));
    let is_sequence = given.len() > 1 || meant.len() > 1 && has_rule;
    let mut at = meant.first().copied().unwrap_or(entries.len());
    if meant.is_empty() {
        // A new entry stands as it is written.
    } else if added || is_sequence || before.is_some() && meant.len() == 1 {
        let model = entries[at].clone();
        given = given.into_iter().map(|over| laid(model.clone(), over, notes)).collect();
        if added {
            at = entries.len();
        } else {
            meant.iter().rev().for_each(|at| drop(entries.remove(*at)));
        }
    } else {
        for at in meant {
            entries[at] = laid(entries[at].clone(), given[0].clone(), notes);
        }
        return;
    }
    if let Some(before) = before {
        let wanted = before.get_ref().as_str().unwrap_or("");
        let known: Vec<String> = entries.iter().filter_map(|entry| identity(entry, id)).collect();
        if let Some(place) = known.iter().position(|known| known == wanted) {
            at = place;
        } else {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let (zh, en) = did_you_mean(wanted, &known);
            let zh = format!("before：没有「{wanted}」{zh}");
            notes.findings.push(Finding::new(Some(before.span()), zh, format!("before: there is no \"{wanted}\"{en}")));
        }
    }
    entries.splice(at..at, given);
}

fn take<'t>(entry: &mut Value<'t>, key: &str) -> Option<Value<'t>> {
    match entry.get_mut() {
        DeValue::Table(table) => table.remove(key),
        _ => None,
    }
}

/// An entry under another one.
fn laid<'t>(known: Value<'t>, over: Value<'t>, notes: &mut Notes) -> Value<'t> {
    let span = over.span();
    match (known.into_inner(), over.into_inner()) {
        (DeValue::Table(mut known), DeValue::Table(over)) => {
            for (key, others) in INSTEAD {
                if over.get(key).is_some_and(|value| value.get_ref().as_bool() != Some(false)) {
                    for other in others.iter().filter(|other| !over.contains_key(**other)) {
                        known.remove(*other);
                    }
                }
            }
            lay(&mut known, over, notes);
            Spanned::new(span, DeValue::Table(known))
        }
        (_, over) => Spanned::new(span, over),
    }
}

/// Lays all texts over the first.
pub(crate) fn lay_all<'t>(mut tables: Vec<Table<'t>>, notes: &mut Notes) -> Option<Table<'t>> {
    let mut rest = tables.split_off(tables.len().min(1)).into_iter();
    let mut base = tables.pop()?;
    for over in &mut rest {
        lay(base.get_mut(), over.into_inner(), notes);
    }
    Some(base)
}
