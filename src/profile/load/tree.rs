//! TOML as written, each key and value with its place among the sources.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::source::{Finding, Sources};
use super::wording::understood;

/// A value with its place.
pub(crate) type Value<'t> = Spanned<DeValue<'t>>;

/// A table with its place.
pub(crate) type Table<'t> = Spanned<DeTable<'t>>;

/// A part of the way to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// By its key.
    Key(String),
    /// By its number in a list, from 0.
    Entry(usize),
}

impl From<&str> for Part {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<usize> for Part {
    fn from(entry: usize) -> Self {
        Self::Entry(entry)
    }
}

/// Reads each text.
pub(crate) fn parse(sources: &Sources) -> Result<Vec<Table<'_>>, Finding> {
    sources.iter().map(|(start, text)| parse_one(start, text)).collect()
}

/// Reads one text whose first byte bears a number.
pub(crate) fn parse_one(start: usize, text: &str) -> Result<Table<'_>, Finding> {
    let table = DeTable::parse(text).map_err(|error| {
        let span = error.span().map(|span| span.start + start..span.end + start);
        understood(error.message(), span)
    })?;
    let span = moved(table.span(), start);
    Ok(Spanned::new(span, table_moved(table.into_inner(), start)))
}

fn moved(span: Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}

fn table_moved(table: DeTable<'_>, by: usize) -> DeTable<'_> {
    table
        .into_iter()
        .map(|(key, value)| (Spanned::new(moved(key.span(), by), key.into_inner()), value_moved(value, by)))
        .collect()
}

fn value_moved(value: Value<'_>, by: usize) -> Value<'_> {
    let span = moved(value.span(), by);
    let value = match value.into_inner() {
        DeValue::Table(table) => DeValue::Table(table_moved(table, by)),
        DeValue::Array(list) => DeValue::Array(list_of(list.into_iter().map(|value| value_moved(value, by)))),
        plain => plain,
    };
    Spanned::new(span, value)
}

/// A list of values.
pub(crate) fn list_of<'t>(values: impl IntoIterator<Item = Value<'t>>) -> DeArray<'t> {
    let mut list = DeArray::new();
    values.into_iter().for_each(|value| list.push(value));
    list
}

/// The place of a value, or of the last on the way to it that is written.
pub(crate) fn place_of(table: &Table<'_>, path: &[Part]) -> Range<usize> {
    let Some((first, rest)) = path.split_first() else { return table.span() };
    let Part::Key(key) = first else { return table.span() };
    match table.get_ref().get(key.as_str()) {
        Some(value) => place_below(value, rest),
        None => table.span(),
    }
}

fn place_below(value: &Value<'_>, path: &[Part]) -> Range<usize> {
    let Some((first, rest)) = path.split_first() else { return value.span() };
    let below = match (value.get_ref(), first) {
        (DeValue::Table(table), Part::Key(key)) => table.get(key.as_str()),
        (DeValue::Array(list), Part::Entry(entry)) => list.get(*entry),
        _ => None,
    };
    below.map_or_else(|| value.span(), |value| place_below(value, rest))
}

/// The place of a key of the table at a path, else that of the table.
pub(crate) fn place_of_key(table: &Table<'_>, path: &[Part], key: &str) -> Option<Range<usize>> {
    let mut at = table.get_ref();
    let mut steps = path.iter();
    while let Some(step) = steps.next() {
        let Part::Key(name) = step else { return None };
        at = match at.get(name.as_str())?.get_ref() {
            DeValue::Table(table) => table,
            DeValue::Array(list) => match steps.next()? {
                Part::Entry(entry) => list.get(*entry)?.get_ref().as_table()?,
                Part::Key(_) => return None,
            },
            _ => return None,
        };
    }
    at.get_key_value(key).map(|(key, _)| key.span())
}

/// Calls for each table of a tree, the outermost first.
pub(crate) fn each_table<'a, 't>(table: &'a DeTable<'t>, visit: &mut impl FnMut(&'a DeTable<'t>)) {
    visit(table);
    for value in table.values() {
        each_table_below(value, visit);
    }
}

fn each_table_below<'a, 't>(value: &'a Value<'t>, visit: &mut impl FnMut(&'a DeTable<'t>)) {
    match value.get_ref() {
        DeValue::Table(table) => each_table(table, visit),
        DeValue::Array(list) => list.iter().for_each(|value| each_table_below(value, visit)),
        _ => {}
    }
}
