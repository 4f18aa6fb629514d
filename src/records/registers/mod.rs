//! The smaller registers: whom forms were issued to, duties, promises, measures, visits, customers. Few rows, kept as structs.

mod customer;
mod duty_done;
mod measure;
mod promise;
mod round_unit;
mod told;
mod visit;

pub use customer::Customer;
pub use duty_done::DutyDone;
pub use measure::Measure;
pub use promise::Promise;
pub use round_unit::RoundUnit;
pub use told::Told;
pub use visit::Visit;

use std::collections::BTreeSet;

use super::assemble::Records;
use super::cells::CellReader;
use crate::moment::{Moment, Period, date_of, month_number};
use crate::origin::{RecordAt, SourceId};
use crate::read::sheet::Row;
use crate::recognise::Table;
use crate::recognise::field::Field;

/// A row of a register.
pub trait Registered: Sized {
    /// Names of the columns in the records, without file, sheet, row, community and period.
    const COLUMNS: &'static [&'static str];

    /// Reads a row; none where what makes the record is missing.
    fn of(told: &mut Told<'_, '_>) -> Option<Self>;

    /// Adds a text that runs on in the row below.
    fn continue_text(&mut self, _field: Field, _text: &str) {}

    /// The period to which it belongs, where it says one.
    fn period(&self) -> Option<Period>;

    /// The department that answers for it, and its category, by which the config may name one.
    fn department(&self) -> [&str; 2] {
        [""; 2]
    }

    /// Its values, by [`Registered::COLUMNS`].
    fn values(&self) -> Vec<String>;
}

/// A row as read, with its place in the sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Read<T> {
    /// Row of the sheet, from zero.
    pub row: u32,
    /// Line of the views of the sheet.
    pub line: u32,
    /// Community as the row names it; empty where it does not.
    pub community: String,
    /// What it says.
    pub of: T,
}

/// A row in its place among all records.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<T> {
    /// The sheet.
    pub source: SourceId,
    /// Row of the sheet, from zero.
    pub row: u32,
    /// Line of the views of the sheet.
    pub line: u32,
    /// Community code.
    pub community: u32,
    /// Code of the department that answers for it.
    pub department: u32,
    /// What it says.
    pub of: T,
}

impl<T> Entry<T> {
    /// Where it stands.
    #[must_use]
    pub fn at(&self) -> RecordAt {
        RecordAt { source: self.source, row: self.row, line: self.line }
    }
}

macro_rules! registers {
    ($( $variant:ident $field:ident $row:ident $kind:literal $what:literal ; )*) => {
        /// Rows of one table of a smaller register.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Register { $( #[doc = $what] $variant(Vec<Read<$row>>), )* }

        /// All rows of the smaller registers.
        #[derive(Debug, Default)]
        pub struct Registers { $( #[doc = $what] pub $field: Vec<Entry<$row>>, )* }

        impl Register {
            /// Number of rows.
            #[must_use]
            pub fn len(&self) -> usize {
                match self { $( Self::$variant(rows) => rows.len(), )* }
            }

            /// Whether there are none.
            #[must_use]
            pub fn is_empty(&self) -> bool {
                self.len() == 0
            }

            /// Adds a row; `false` where what makes the record is missing.
            pub fn push<'r>(&mut self, row: &Row<'r>, table: &Table, named: Option<Period>, reader: &mut CellReader<'r>) -> bool {
                let mut told = Told::new(row, table, named, reader);
                let community = told.community();
                match self { $( Self::$variant(rows) => match $row::of(&mut told) {
                    Some(of) => rows.push(Read { row: row.number, line: row.line, community, of }),
                    None => return false,
                }, )* }
                true
            }

            /// Adds the text of a row to the row above.
            pub fn continue_last(&mut self, field: Field, text: &str) {
                match self { $( Self::$variant(rows) => {
                    if let Some(last) = rows.last_mut() {
                        last.of.continue_text(field, text);
                    }
                } )* }
            }

            /// Communities that the rows name.
            pub fn communities(&self) -> Box<dyn Iterator<Item = &str> + '_> {
                match self { $( Self::$variant(rows) => Box::new(rows.iter().map(|read| read.community.as_str())), )* }
            }
        }

        impl Registers {
            /// Puts the rows of a table in their place; `community` and `department` give the code of a name.
            pub fn add(
                &mut self,
                source: SourceId,
                register: Register,
                mut community: impl FnMut(&str) -> u32,
                mut department: impl FnMut([&str; 2]) -> u32,
            ) {
                match register { $( Register::$variant(rows) => self.$field.extend(rows.into_iter().map(|read| Entry {
                    source,
                    row: read.row,
                    line: read.line,
                    community: community(&read.community),
                    department: department(read.of.department()),
                    of: read.of,
                })), )* }
            }

            /// The rows of the communities for whose code this holds.
            #[must_use]
            pub fn of_communities(&self, keep: impl Fn(u32) -> bool) -> Self {
                Self { $( $field: self.$field.iter().filter(|entry| keep(entry.community)).cloned().collect(), )* }
            }

            /// Customers whom the rows name.
            #[must_use]
            pub fn persons(&self) -> BTreeSet<String> {
                let mut persons = BTreeSet::new();
                for register in self.written() {
                    let named = register.columns.iter().enumerate();
                    let places: Vec<usize> =
                        named.filter(|(_, column)| matches!(**column, "person" | "contact")).map(|(at, _)| at).collect();
                    let values = register.rows.iter().flat_map(|row| places.iter().filter_map(|at| row.values.get(*at)));
                    persons.extend(values.cloned());
                }
                persons
            }

            /// All rows as values, by kind: the columns, then the rows.
            #[must_use]
            pub fn written(&self) -> Vec<WrittenRegister> {
                vec![ $( WrittenRegister {
                    kind: $kind,
                    columns: $row::COLUMNS,
                    rows: self.$field.iter().map(|entry| WrittenRow {
                        source: entry.source,
                        row: entry.row,
                        community: entry.community,
                        period: entry.of.period(),
                        values: entry.of.values(),
                    }).collect(),
                }, )* ]
            }
        }
    };
}

registers! {
    RoundUnits round_units RoundUnit "round-unit" "Units that a survey form was issued to.";
    DutiesDone duties_done DutyDone "duty-done" "Duties and when they were done.";
    Promises promises Promise "promise" "Promises of open letters.";
    Measures measures Measure "measure" "Corrective and preventive measures.";
    Visits visits Visit "visit" "Visits to customers.";
    Customers customers Customer "customer" "Customers with their grades.";
}

impl Records {
    /// Puts the rows of a table in their place; rows that name no community are of the one around.
    pub(super) fn add_register(&mut self, source: SourceId, around: u32, rows: Register) {
        let names: std::collections::BTreeSet<String> =
            rows.communities().filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let names: Vec<String> = names.into_iter().collect();
        let codes = self.own_communities(source, &names);
        let community = |name: &str| match names.binary_search_by(|known| known.as_str().cmp(name)) {
            Ok(place) => codes[place],
            Err(_) => around,
        };
        let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let directory = &mut self.directory;
        let department =
            |[name, category]: [&str; 2]| directory.department(said(name).as_deref(), said(category).as_deref());
        self.registers.add(source, rows, community, department);
    }
}

/// A register as values.
#[derive(Debug)]
pub struct WrittenRegister {
    /// Its kind, as in the ledger.
    pub kind: &'static str,
    /// Names of the columns.
    pub columns: &'static [&'static str],
    /// The rows.
    pub rows: Vec<WrittenRow>,
}

/// A row as values.
#[derive(Debug)]
pub struct WrittenRow {
    /// The sheet.
    pub source: SourceId,
    /// Row of the sheet, from zero.
    pub row: u32,
    /// Community code.
    pub community: u32,
    /// Period.
    pub period: Option<Period>,
    /// Values, by column.
    pub values: Vec<String>,
}

/// A moment as people write it; nothing where there is none.
fn written(moment: Option<Moment>) -> String {
    moment.map_or_else(String::new, |moment| crate::read::sheet::Value::Moment(moment).written())
}

/// The month of a moment.
fn month_of(moment: Option<Moment>) -> Option<Period> {
    moment.map(|moment| Period::of_month_number(month_number(date_of(moment.seconds))))
}
