//! A CSV file as rows that are asked by the name of the column.

use std::collections::BTreeMap;

/// A CSV file.
#[derive(Debug)]
pub(crate) struct Table {
    places: BTreeMap<String, usize>,
    records: Vec<csv::StringRecord>,
}

/// A row of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    table: &'a Table,
    record: &'a csv::StringRecord,
}

impl Table {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut reader = csv::Reader::from_reader(bytes);
        let places = reader.headers().unwrap().iter().map(str::to_owned).zip(0..).collect();
        let records = reader.records().map(|record| record.expect("as many fields as headers")).collect();
        Self { places, records }
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.records.iter().map(|record| Row { table: self, record })
    }

    pub(crate) fn len(&self) -> usize {
        self.records.len()
    }
}

impl<'a> Row<'a> {
    /// The text of a column.
    #[track_caller]
    pub(crate) fn get(&self, column: &str) -> &'a str {
        let place = self.table.places.get(column).unwrap_or_else(|| panic!("no column {column}"));
        &self.record[*place]
    }

    /// The texts of some columns.
    pub(crate) fn key<const N: usize>(&self, columns: [&str; N]) -> [&'a str; N] {
        columns.map(|column| self.get(column))
    }

    /// A whole number.
    #[track_caller]
    pub(crate) fn count(&self, column: &str) -> u64 {
        let text = self.get(column);
        text.parse().unwrap_or_else(|_| panic!("{column}: {text} is no count"))
    }

    /// A number, where there is one.
    #[track_caller]
    pub(crate) fn number(&self, column: &str) -> Option<f64> {
        let text = self.get(column);
        (!text.is_empty()).then(|| text.parse().unwrap_or_else(|_| panic!("{column}: {text} is no number")))
    }

    /// The whole row, for messages.
    pub(crate) fn text(&self) -> String {
        self.record.iter().collect::<Vec<_>>().join(",")
    }
}
