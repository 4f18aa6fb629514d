//! Batches → polars frames.

use std::sync::Arc;

use polars::prelude::{
    BooleanChunked, Column, DataFrame, Int64Chunked, IntoColumn, NamedFrom, NewChunkedArray, PolarsResult, Series,
    StringChunked, UInt32Chunked,
};

use super::columns as c;
use super::store::{Codes, NO_MOMENT, NO_NAME, NameColumn, Said, TextColumn};
use crate::origin::{NO_LINE, RecordAt};

/// Rows of a batch that are kept, in order.
pub type Kept = Vec<u32>;

/// Names over all batches, by code.
#[derive(Debug, Default)]
pub struct NameList {
    names: Vec<Arc<str>>,
    codes: Codes,
}

impl NameList {
    /// The code of a name.
    pub fn code(&mut self, name: &str) -> u32 {
        if let Some(code) = self.codes.get(name) {
            return *code;
        }
        self.added(name.into())
    }

    fn added(&mut self, name: Arc<str>) -> u32 {
        let code = u32::try_from(self.names.len()).unwrap_or(NO_NAME);
        self.names.push(Arc::clone(&name));
        self.codes.insert(name, code);
        code
    }

    /// The name of a code.
    #[must_use]
    pub fn name(&self, code: u32) -> Option<&str> {
        self.names.get(code as usize).map(|name| &**name)
    }

    /// All names, by code.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }

    /// The name of a code, shared.
    #[must_use]
    pub fn shared(&self, code: u32) -> Option<Arc<str>> {
        self.names.get(code as usize).cloned()
    }

    /// Codes of a batch's own names.
    pub fn codes_of(&mut self, names: &[Arc<str>]) -> Vec<u32> {
        let known = |list: &mut Self, name: &Arc<str>| list.codes.get(name).copied();
        names.iter().map(|name| known(self, name).unwrap_or_else(|| self.added(Arc::clone(name)))).collect()
    }
}

/// Gathers one column over batches.
pub struct Gather<'a, B> {
    batches: &'a [(B, Kept)],
    rows: usize,
}

impl<'a, B> Gather<'a, B> {
    /// Over these batches, of which the kept rows are taken.
    #[must_use]
    pub fn over(batches: &'a [(B, Kept)]) -> Self {
        Self { batches, rows: batches.iter().map(|(_, kept)| kept.len()).sum() }
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// A plain column.
    pub fn plain<T: Copy>(&self, value: impl Fn(&B, usize) -> T) -> Vec<T> {
        let mut values = Vec::with_capacity(self.rows);
        for (batch, kept) in self.batches {
            values.extend(kept.iter().map(|row| value(batch, *row as usize)));
        }
        values
    }

    /// A column of seconds or amounts, null for [`NO_MOMENT`].
    pub fn moments(&self, name: &str, value: impl Fn(&B, usize) -> i64) -> Column {
        let values = self.batches.iter().flat_map(|(batch, kept)| {
            kept.iter()
                .map(|row| Some(value(batch, *row as usize)).filter(|seconds| *seconds != NO_MOMENT))
                .collect::<Vec<_>>()
        });
        Int64Chunked::from_iter_options(name.into(), values).into_column()
    }

    /// A column of texts.
    pub fn texts(&self, name: &str, column: impl Fn(&B) -> &TextColumn) -> Column {
        let values = self.batches.iter().flat_map(|(batch, kept)| {
            let column = column(batch);
            kept.iter().map(move |row| column.get(*row as usize))
        });
        StringChunked::from_iter_options(name.into(), values).into_column()
    }

    /// A column of yes and no.
    pub fn said(&self, name: &str, value: impl Fn(&B, usize) -> Said) -> Column {
        let values: Vec<Option<bool>> = self.plain(|batch, row| value(batch, row).value());
        BooleanChunked::from_iter_options(name.into(), values.into_iter()).into_column()
    }
}

/// A column of a plain vector.
pub fn column<V, T: ?Sized>(name: &str, values: V) -> Column
where
    Series: NamedFrom<V, T>,
{
    Series::new(name.into(), values).into_column()
}

/// A frame of columns that all have `rows` rows.
///
/// # Errors
/// When the columns differ in length, which a slip in the caller would cause.
pub fn frame(rows: usize, columns: Vec<Column>) -> PolarsResult<DataFrame> {
    DataFrame::new(rows, columns)
}

/// An empty list of the columns that every record has.
#[must_use]
pub fn origin_columns(source: Vec<u32>, row: Vec<u32>) -> Vec<Column> {
    vec![Series::new(c::SOURCE.into(), source).into_column(), Series::new(c::ROW.into(), row).into_column()]
}

/// Where the records of a frame stand.
#[derive(Debug)]
pub struct Places<'a> {
    source: &'a UInt32Chunked,
    row: &'a UInt32Chunked,
    line: Option<&'a UInt32Chunked>,
}

impl<'a> Places<'a> {
    /// Of a frame of records.
    ///
    /// # Errors
    /// When the frame does not tell where its records stand.
    pub fn of(frame: &'a DataFrame) -> PolarsResult<Self> {
        let line = frame.column(c::LINE).ok().and_then(|lines| lines.u32().ok());
        Ok(Self { source: frame.column(c::SOURCE)?.u32()?, row: frame.column(c::ROW)?.u32()?, line })
    }

    /// Where a record stands, by its place in the frame.
    #[must_use]
    pub fn at(&self, place: usize) -> RecordAt {
        let of = |codes: &UInt32Chunked| codes.get(place).unwrap_or(0);
        let line = self.line.and_then(|lines| lines.get(place)).unwrap_or(NO_LINE);
        RecordAt { source: of(self.source), row: of(self.row), line }
    }
}

/// The column of the lines; none where all records were read as they stand.
#[must_use]
pub fn line_column(lines: Vec<u32>) -> Option<Column> {
    lines.iter().any(|line| *line != NO_LINE).then(|| column(c::LINE, lines))
}

/// Whether a column of codes, or of lines, says anything.
#[must_use]
pub fn has_codes(column: &Column) -> bool {
    column.u32().is_ok_and(|codes| codes.iter().any(|code| code.is_some_and(|code| code != NO_NAME)))
}

/// The code over all batches of a row's name.
#[must_use]
pub fn code_at(codes: &[u32], column: &NameColumn, row: usize) -> u32 {
    column.codes().get(row).and_then(|own| codes.get(*own as usize)).copied().unwrap_or(NO_NAME)
}
