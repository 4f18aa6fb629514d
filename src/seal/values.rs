//! The columns of a record frame as words: what a print is made of.

use polars::prelude::PolarsResult;
use polars::prelude::{
    AnyValue, BooleanChunked, DataFrame, DataType, Float64Chunked, Int64Chunked, StringChunked, UInt32Chunked,
};

use crate::moment::written;
use crate::normalise::place::comparable;
use crate::records::assemble::Records;
use crate::records::cases::Further;
use crate::records::columns as c;
use crate::records::frames::NameList;
use crate::step::Step;

/// Columns that enter no print by themselves: where the row stands and how others are read; who was concerned, which no metric
/// reads; and what a print has in places of its own.
const NOT_SAID: [&str; 15] = [
    c::SOURCE,
    c::ROW,
    c::LINE,
    c::MONTH,
    c::PERIOD,
    c::COMMUNITY,
    c::DEPARTMENT,
    c::DATE_ONLY,
    c::UNREADABLE,
    c::PERSON,
    c::PHONE,
    c::RECEIVER,
    c::HANDLER,
    c::CALLBACK_PERSON,
    c::FORM,
];

/// Place and text are hashed together.
const WORDED: [&str; 2] = [c::PLACE, c::TEXT];

/// Field of place and text together.
const PLACE_AND_TEXT: &str = "place_text";

enum Values<'a> {
    Moment(Step, &'a Int64Chunked),
    Amount(&'a Int64Chunked),
    Code(&'a UInt32Chunked, &'a NameList),
    Level(&'a UInt32Chunked),
    State(&'a UInt32Chunked),
    Present(&'a UInt32Chunked),
    Number(&'a UInt32Chunked),
    Said(&'a BooleanChunked),
    Text(&'a StringChunked),
    Score(&'a Float64Chunked),
}

/// The columns of a frame.
pub(super) struct Columns<'a> {
    frame: &'a DataFrame,
    said: Vec<(&'a str, Values<'a>)>,
    date_only: Option<&'a UInt32Chunked>,
    unreadable: Option<&'a UInt32Chunked>,
}

impl<'a> Columns<'a> {
    /// The columns of a frame of records.
    pub(super) fn of(frame: &'a DataFrame, records: &'a Records) -> PolarsResult<Self> {
        let mut said = Vec::new();
        for column in frame.columns() {
            let name = column.name().as_str();
            if NOT_SAID.contains(&name) || WORDED.contains(&name) {
                continue;
            }
            let step = Step::ALL.into_iter().find(|step| step.column() == name);
            let values = match (column.dtype(), step) {
                (DataType::Int64, Some(step)) => Values::Moment(step, column.i64()?),
                (DataType::Int64, None) => Values::Amount(column.i64()?),
                (DataType::UInt32, _) => of_codes(name, column.u32()?, records),
                (DataType::Boolean, _) => Values::Said(column.bool()?),
                (DataType::String, _) => Values::Text(column.str()?),
                (DataType::Float64, _) => Values::Score(column.f64()?),
                _ => continue,
            };
            said.push((name, values));
        }
        let bits = |name: &str| frame.column(name).ok().and_then(|column| column.u32().ok());
        Ok(Self { frame, said, date_only: bits(c::DATE_ONLY), unreadable: bits(c::UNREADABLE) })
    }

    /// What a row says, by column.
    pub(super) fn row(&self, row: usize) -> Vec<(String, String)> {
        let mut said: Vec<(String, String)> =
            self.said.iter().map(|(name, values)| ((*name).to_owned(), self.value(values, row))).collect();
        let words = WORDED.map(|name| self.text(name, row));
        if words.iter().any(Option::is_some) {
            let [place, text] = words.map(Option::unwrap_or_default);
            said.push((PLACE_AND_TEXT.to_owned(), format!("{}\u{1f}{text}", comparable(place))));
        }
        said
    }

    fn value(&self, values: &Values<'_>, row: usize) -> String {
        let bit = |bits: Option<&UInt32Chunked>, step: Step| {
            bits.and_then(|bits| bits.get(row)).is_some_and(|bits| bits & step.bit() != 0)
        };
        match values {
            Values::Moment(step, moments) => match moments.get(row) {
                Some(at) => {
                    let text = written(at);
                    if bit(self.date_only, *step) { text[..10].to_owned() } else { text }
                }
                None if bit(self.unreadable, *step) => "unreadable".to_owned(),
                None => String::new(),
            },
            Values::Amount(amounts) => amounts.get(row).map_or_else(String::new, |amount| amount.to_string()),
            Values::Code(codes, names) => codes.get(row).and_then(|code| names.name(code)).unwrap_or("").to_owned(),
            Values::Level(levels) => {
                levels.get(row).filter(|level| *level != 255).map_or_else(String::new, |level| level.to_string())
            }
            Values::State(states) => state_word(states.get(row).unwrap_or(0)).to_owned(),
            Values::Present(present) => {
                let present = present.get(row).unwrap_or(0);
                let steps = Step::ALL.into_iter().filter(|step| present & step.bit() != 0);
                steps.map(Step::column).collect::<Vec<_>>().join(" ")
            }
            Values::Number(numbers) => numbers.get(row).map_or_else(String::new, |number| number.to_string()),
            Values::Said(said) => said.get(row).map_or("", |said| if said { "yes" } else { "no" }).to_owned(),
            Values::Text(texts) => texts.get(row).unwrap_or("").to_owned(),
            Values::Score(scores) => {
                scores.get(row).filter(|score| !score.is_nan()).map_or_else(String::new, |score| score.to_string())
            }
        }
    }

    /// The text of a column; none where there is no such column.
    pub(super) fn text(&self, name: &str, row: usize) -> Option<&'a str> {
        self.frame.column(name).ok()?.str().ok()?.get(row)
    }

    /// The number of a column.
    pub(super) fn number(&self, name: &str, row: usize) -> Option<i64> {
        match self.frame.column(name).ok()?.get(row).ok()? {
            AnyValue::Int64(number) => Some(number),
            AnyValue::Int32(number) => Some(i64::from(number)),
            AnyValue::UInt32(number) => Some(i64::from(number)),
            _ => None,
        }
    }

    /// The code of a column.
    pub(super) fn code(&self, name: &str, row: usize) -> u32 {
        self.number(name, row).and_then(|code| u32::try_from(code).ok()).unwrap_or(u32::MAX)
    }
}

/// The word of a state's code; nothing where the record does not tell.
pub(super) fn state_word(code: u32) -> &'static str {
    ["", "open", "closed"].get(code as usize).copied().unwrap_or("")
}

fn of_codes<'a>(name: &str, codes: &'a UInt32Chunked, records: &'a Records) -> Values<'a> {
    match name {
        c::STATE => Values::State(codes),
        c::PRESENT => Values::Present(codes),
        c::OPINION | c::PUNCTUALITY | c::ATTITUDE | c::QUALITY | c::LEVEL => Values::Level(codes),
        _ => names_of(name, records).map_or(Values::Number(codes), |names| Values::Code(codes, names)),
    }
}

/// The names behind a column of codes; none for numbers that stand for themselves.
fn names_of<'a>(column: &str, records: &'a Records) -> Option<&'a NameList> {
    let names = &records.names;
    Some(match column {
        c::CATEGORY => &names.category,
        c::CLASS => &names.class,
        c::CHANNEL => &names.channel,
        c::BUILDING => &names.building,
        c::TOPIC => &names.topic,
        c::METHOD => &names.method,
        c::ITEM => &names.item,
        c::QUESTION => &names.question,
        c::OPTION => &names.option,
        _ => names.further(Further::of_column(column)?),
    })
}
