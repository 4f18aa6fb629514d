//! The files of a seal: a head in JSON, the facts and the prints of the records as CSV, a line each, so that people and version
//! control read them. The same facts give the same bytes.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::fact::{Numbers, SealedFact};
use super::print::{Place, Print};
use crate::metrics::written::guarded;
use crate::moment::{DAY, Period, Seconds, date_of, day_number};

/// The form of the files that this program writes and reads.
pub const FORM: u32 = 1;

/// A sealed period.
#[derive(Debug, Clone, PartialEq)]
pub struct Seal {
    /// The period.
    pub period: Period,
    /// Up to when events counted.
    pub as_of: Seconds,
    /// Version of the program that sealed it.
    pub version: String,
    /// The procedures in force, with the company's overrides.
    pub procedures: Vec<Procedure>,
    /// Hashes of the parts of the config that numbers hang on.
    pub settings: BTreeMap<String, String>,
    /// The facts of the period, by id.
    pub facts: Vec<SealedFact>,
    /// The prints of its records.
    pub prints: Vec<Print>,
}

/// A procedure as it was in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Name of the profile.
    pub name: String,
    /// BLAKE3 hash of what it says.
    pub blake3: String,
    /// All that it says.
    pub says: serde_json::Value,
}

/// The head of a seal.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    program: String,
    form: u32,
    version: String,
    period: String,
    as_of: chrono::NaiveDate,
    facts: Part,
    records: Part,
    settings: BTreeMap<String, String>,
    procedures: Vec<Procedure>,
    /// Hash of the head without this line.
    blake3: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    lines: usize,
    blake3: String,
}

/// Only what says which form a file has.
#[derive(Deserialize)]
struct Form {
    form: u32,
}

/// The bytes of a seal's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// The head, JSON.
    pub head: Vec<u8>,
    /// The facts, CSV.
    pub facts: Vec<u8>,
    /// The records, CSV.
    pub records: Vec<u8>,
}

/// Why a seal cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A file is missing or cannot be read.
    #[error(
        "读不了 {file}：{why}；请从备份或版本库恢复 / cannot read {file}: {why}; restore it from a backup or version control"
    )]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        why: String,
    },
    /// It is not what a seal looks like.
    #[error(
        "{file} 不是封存文件：{why}；请从备份恢复，或删去后重新封存 / {file} is no seal: {why}; restore it from a backup, or delete it and \
         seal again"
    )]
    Malformed {
        /// The file.
        file: String,
        /// Why.
        why: String,
    },
    /// A newer program wrote it.
    #[error(
        "{file} 的格式是第 {form} 版，本程序只读第 {FORM} 版；请用新版程序 / {file} has form {form}, this program reads {FORM}; use a newer one"
    )]
    Newer {
        /// The file.
        file: String,
        /// Its form.
        form: u32,
    },
    /// Somebody changed it by hand.
    #[error(
        "{file} 封存后被手工改过（校验和不符）；请从备份或版本库恢复，或用 manyi seal --force 重新封存 / {file} was edited by hand after it was \
         sealed (its hash does not fit); restore it from a backup or version control, or seal again with manyi seal --force"
    )]
    Edited {
        /// The file.
        file: String,
    },
}

const FACT_COLUMNS: [&str; 16] = [
    "fact",
    "profile",
    "metric",
    "scope",
    "scope_id",
    "dimension",
    "dimension_value",
    "dimension2",
    "dimension2_value",
    "numerator",
    "denominator",
    "value",
    "unit",
    "target",
    "verdict",
    "excluded",
];

const PRINT_COLUMNS: [&str; 11] =
    ["kind", "identity", "content", "community", "department", "period", "file", "sheet", "row", "fields", "codes"];

impl Seal {
    /// Name of the head's file.
    #[must_use]
    pub fn name(period: Period) -> String {
        format!("{period}.json")
    }

    /// The files.
    ///
    /// # Errors
    /// When memory cannot be written, which does not happen.
    pub fn files(&self) -> io::Result<Files> {
        let (facts, records) = (self.facts_csv()?, self.records_csv()?);
        let part = |lines: usize, bytes: &[u8]| Part { lines, blake3: hash(bytes) };
        let mut head = Head {
            program: "manyi".to_owned(),
            form: FORM,
            version: self.version.clone(),
            period: self.period.to_string(),
            as_of: date_of(self.as_of - 1),
            facts: part(self.facts.len(), &facts),
            records: part(self.prints.len(), &records),
            settings: self.settings.clone(),
            procedures: self.procedures.clone(),
            blake3: String::new(),
        };
        head.blake3 = hash(&serde_json::to_vec(&head)?);
        let mut bytes = serde_json::to_vec_pretty(&head)?;
        bytes.push(b'\n');
        Ok(Files { head: bytes, facts, records })
    }

    fn facts_csv(&self) -> io::Result<Vec<u8>> {
        let mut csv = writer();
        csv.write_record(FACT_COLUMNS)?;
        for fact in &self.facts {
            let [(first, first_value), (second, second_value)] = &fact.dimensions;
            let of = &fact.numbers;
            csv.write_record([
                &fact.id,
                &fact.profile,
                &fact.metric,
                &fact.scope,
                &fact.scope_id,
                first,
                first_value,
                second,
                second_value,
                &of.numerator,
                &of.denominator,
                &of.value,
                &of.unit,
                &of.target,
                &of.verdict,
                &of.excluded,
            ])?;
        }
        csv.into_inner().map_err(|error| io::Error::other(error.to_string()))
    }

    fn records_csv(&self) -> io::Result<Vec<u8>> {
        let mut csv = writer();
        csv.write_record(PRINT_COLUMNS)?;
        for print in &self.prints {
            let fields = print.fields.iter().map(|(name, hash)| format!("{name}:{hash:04x}"));
            let codes = print.codes.iter().map(|(name, word)| format!("{name}={}", word.replace(' ', "_")));
            csv.write_record([
                &print.kind,
                &format!("{:016x}", print.identity),
                &format!("{:016x}", print.content),
                &*print.community,
                &*print.department,
                &print.period,
                &guarded(&print.place.file),
                &guarded(&print.place.sheet),
                &print.place.row.to_string(),
                &fields.collect::<Vec<_>>().join(" "),
                &codes.collect::<Vec<_>>().join(" "),
            ])?;
        }
        csv.into_inner().map_err(|error| io::Error::other(error.to_string()))
    }

    /// Reads a seal; `name` is the name of its head, for what is said of it.
    ///
    /// # Errors
    /// When it is no seal, a newer program's, or was changed by hand.
    pub fn read(name: &str, files: &Files) -> Result<Self, Fault> {
        let file = || name.to_owned();
        let malformed = |why: &dyn std::fmt::Display| Fault::Malformed { file: file(), why: why.to_string() };
        let form: Form = serde_json::from_slice(&files.head).map_err(|error| malformed(&error))?;
        if form.form != FORM {
            return Err(Fault::Newer { file: file(), form: form.form });
        }
        let mut head: Head = serde_json::from_slice(&files.head).map_err(|error| malformed(&error))?;
        let sealed = std::mem::take(&mut head.blake3);
        if serde_json::to_vec(&head).map(|bytes| hash(&bytes)).ok().as_ref() != Some(&sealed) {
            return Err(Fault::Edited { file: file() });
        }
        let period = Period::parse(&head.period).filter(|period| Self::name(*period) == name);
        let period = period.ok_or_else(|| malformed(&format!("period = \"{}\"", head.period)))?;
        for (part, bytes, name) in
            [(&head.facts, &files.facts, facts_name(period)), (&head.records, &files.records, records_name(period))]
        {
            if hash(bytes) != part.blake3 {
                return Err(Fault::Edited { file: name });
            }
        }
        let facts = lines(&files.facts, FACT_COLUMNS.len(), fact_of)
            .ok_or_else(|| Fault::Malformed { file: facts_name(period), why: "columns".to_owned() })?;
        let prints = lines(&files.records, PRINT_COLUMNS.len(), print_of)
            .ok_or_else(|| Fault::Malformed { file: records_name(period), why: "columns".to_owned() })?;
        Ok(Self {
            period,
            as_of: (day_number(head.as_of) + 1) * DAY,
            version: head.version,
            procedures: head.procedures,
            settings: head.settings,
            facts,
            prints,
        })
    }
}

/// Name of the facts' file.
#[must_use]
pub fn facts_name(period: Period) -> String {
    format!("{period}-facts.csv")
}

/// Name of the records' file.
#[must_use]
pub fn records_name(period: Period) -> String {
    format!("{period}-records.csv")
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

fn writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new())
}

/// The lines of a CSV file below its header; none where one of them is not what it should be.
fn lines<T>(bytes: &[u8], columns: usize, of: fn(&csv::StringRecord) -> Option<T>) -> Option<Vec<T>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let mut all = Vec::new();
    for line in reader.records() {
        all.push(line.ok().filter(|line| line.len() == columns).and_then(|line| of(&line))?);
    }
    Some(all)
}

fn fact_of(line: &csv::StringRecord) -> Option<SealedFact> {
    let text = |at: usize| line.get(at).map(str::to_owned);
    Some(SealedFact {
        id: text(0)?,
        profile: text(1)?,
        metric: text(2)?,
        scope: text(3)?,
        scope_id: text(4)?,
        dimensions: [(text(5)?, text(6)?), (text(7)?, text(8)?)],
        numbers: Numbers {
            numerator: text(9)?,
            denominator: text(10)?,
            value: text(11)?,
            unit: text(12)?,
            target: text(13)?,
            verdict: text(14)?,
            excluded: text(15)?,
        },
    })
}

fn print_of(line: &csv::StringRecord) -> Option<Print> {
    let text = |at: usize| line.get(at).map(str::to_owned);
    let hex = |at: usize| u64::from_str_radix(line.get(at)?, 16).ok();
    let parts = |at: usize| line.get(at).unwrap_or("").split(' ').filter(|part| !part.is_empty());
    // A file whose name a spreadsheet would take for a formula was written with a quote before it.
    let name = |at: usize| {
        let text = line.get(at)?;
        let bare = text.strip_prefix('\'').filter(|bare| bare.starts_with(['=', '+', '-', '@']));
        Some(bare.unwrap_or(text).to_owned())
    };
    let fields = parts(9).map(|field| {
        let (name, hash) = field.rsplit_once(':')?;
        Some((name.to_owned(), u16::from_str_radix(hash, 16).ok()?))
    });
    let codes = parts(10).map(|code| {
        let (name, word) = code.split_once('=')?;
        Some((name.to_owned(), Arc::from(word)))
    });
    Some(Print {
        kind: text(0)?,
        identity: hex(1)?,
        content: hex(2)?,
        community: line.get(3)?.into(),
        department: line.get(4)?.into(),
        period: text(5)?,
        place: Place { file: name(6)?, sheet: name(7)?, row: line.get(8)?.parse().ok()? },
        fields: fields.collect::<Option<Vec<_>>>()?,
        codes: codes.collect::<Option<Vec<_>>>()?,
    })
}
