//! What must hold for any bytes, one function for each parser of ours. The fuzz targets call them with what the fuzzer finds;
//! an ordinary test of the program (`tests/integration/fuzz_corpus.rs`) calls them with every file of the corpora.

mod grid;

use manyi::clock::clocks::Clocks;
use manyi::config::Config;
use manyi::moment::{DAY, DateOrder, Period, written};
use manyi::normalise::label::{fold, tidy, without_brackets};
use manyi::normalise::moment::{DateContext, Reading, is_ditto, parse, parse_number, parse_time};
use manyi::normalise::rating::{Level, is_unreached, mark, option_list, score};
use manyi::normalise::{number as numbers, period as periods, place};
use manyi::profile::schema::Profile;
use manyi::read::sheet::{Sheet, Value};
use manyi::recognise::mapping::Mapping;

/// A check by the name of its target and of the folder of its corpus.
pub type Target = (&'static str, fn(&[u8]));

/// All checks.
pub const TARGETS: [Target; 11] = [
    ("moment", moment),
    ("number", number),
    ("period", period),
    ("place_rating", place_rating),
    ("text_file", text_file),
    ("html", html),
    ("markup", markup),
    ("compound", compound),
    ("sheet", sheet),
    ("config", config),
    ("profile", profile),
];

/// The bytes as text; what is no UTF-8 is replaced, as a reader of text files does.
fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A text, or the eight bytes of a number, as a moment: within the years of a register, and unchanged when read again.
pub fn moment(bytes: &[u8]) {
    let text = text_of(bytes);
    let _ = is_ditto(&text);
    if let Some(seconds) = parse_time(&text) {
        assert!((0..DAY).contains(&seconds), "{text:?}: {seconds}");
    }
    // Years that a title can name.
    for year in [None, Some(1990), Some(2025), Some(2100)] {
        for order in [None, Some(DateOrder::Mdy), Some(DateOrder::Dmy)] {
            read_again(parse(&text, DateContext { year, month: None, order }), &text);
        }
    }
    if let Ok(bytes) = <[u8; 8]>::try_from(bytes) {
        read_again(parse_number(f64::from_le_bytes(bytes), DateContext::default()), "a number");
    }
    if let Ok(number) = text.trim().parse::<f64>() {
        read_again(parse_number(number, DateContext::default()), &text);
    }
}

fn read_again(reading: Reading, of: &str) {
    let (Reading::Moment(moment) | Reading::Ambiguous(moment)) = reading else { return };
    let printed = Value::Moment(moment).written();
    assert_eq!(printed.get(..10), written(moment.seconds).get(..10));
    assert_eq!(parse(&printed, DateContext::default()), Reading::Moment(moment), "{of:?} → {printed}");
}

/// A number: finite, and unchanged when it is printed and read again.
pub fn number(bytes: &[u8]) {
    let text = text_of(bytes);
    if let Some(number) = numbers::parse(&text) {
        assert!(number.is_finite(), "{text:?}: {number}");
        assert_eq!(numbers::parse(&format!("{number}")), Some(number), "{text:?}");
    }
}

/// A period named in a text: unchanged when it is printed and read again.
pub fn period(bytes: &[u8]) {
    let text = text_of(bytes);
    if let Some(period) = periods::find(&text).period() {
        let printed = period.to_string();
        assert_eq!(Period::parse(&printed), Some(period), "{text:?}");
        assert_eq!(periods::find(&printed).period(), Some(period), "{text:?} → {printed}");
        assert!(period.first_month() <= period.last_month() && period.start() < period.end(), "{text:?}");
    }
    if let Some(period) = Period::parse(&text) {
        assert_eq!(Period::parse(&period.to_string()), Some(period), "{text:?}");
    }
}

/// Rooms, labels and ratings: the building is a part of the room; a tidied name, and a rating without its marks, stay the same.
pub fn place_rating(bytes: &[u8]) {
    let text = text_of(bytes);
    if let Some(building) = place::building(&text) {
        assert!(!building.is_empty() && text.contains(building), "{text:?}: {building:?}");
    }
    let tidied = tidy(&text);
    assert_eq!(tidy(&tidied), tidied, "{text:?}");
    let _ = (without_brackets(&fold(&text)), mark(&text), option_list(&text), score(&text), is_unreached(&text));
    if let Some(level) = Level::parse(&text) {
        assert_eq!(Level::parse(&format!(" {text}。")), Some(level), "{text:?}");
    }
}

/// A text file: rows in order, no blank cells, and the same sheet on a second reading.
pub fn text_file(bytes: &[u8]) {
    // Archives and containers are the business of other readers.
    if bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF]) {
        return;
    }
    file(bytes);
}

/// An HTML file that calls itself .xls.
pub fn html(bytes: &[u8]) {
    file(&[b"<html>", bytes].concat());
}

/// A document in XML that calls itself .xls or .ods.
pub fn markup(bytes: &[u8]) {
    file(&[b"<?xml version=\"1.0\"?>", bytes].concat());
}

/// A file of sectors (.xls, .et, an encrypted .xlsx): its chains, and what its workbook says of hidden rows and columns.
pub fn compound(bytes: &[u8]) {
    let _ = manyi::fuzzing::container(bytes);
}

fn file(bytes: &[u8]) {
    let Ok(book) = manyi::fuzzing::book(bytes) else { return };
    for sheet in book.sheets.iter().flatten() {
        in_order(sheet);
    }
}

fn in_order(sheet: &Sheet) {
    let mut before = None;
    for row in sheet.rows() {
        assert!(before < Some(row.number), "row {} after {before:?}", row.number);
        before = Some(row.number);
        assert!(row.filled() > 0);
        for (_, value) in row.cells() {
            assert!(!matches!(value, Value::Text(text) if text.trim().is_empty()), "a blank cell is kept");
        }
    }
}

/// A sheet as [`grid`] describes it: understood or not, each of its rows ends in one place.
pub fn sheet(bytes: &[u8]) {
    grid::check(bytes);
}

/// A config file: what it says of sources, calendar and profiles is checked, never a panic.
pub fn config(bytes: &[u8]) {
    let Ok(config) = Config::parse(&text_of(bytes)) else { return };
    let _ = Mapping::compile(&config.source);
    let _ = Clocks::new(&config);
    let _ = manyi::profile::load::load(&config, &[]);
    let _ = manyi::profile::load::load(&config, &["complaint-classes".to_owned()]);
}

/// A profile: what was understood is the same when it is written and read again.
pub fn profile(bytes: &[u8]) {
    let Ok(profile) = toml::from_str::<Profile>(&text_of(bytes)) else { return };
    let written = toml::to_string(&profile).expect("a profile that was read can be written");
    let again = toml::from_str::<Profile>(&written).unwrap_or_else(|error| panic!("{error}\n{written}"));
    assert_eq!(toml::to_string(&again).ok(), Some(written));
}
