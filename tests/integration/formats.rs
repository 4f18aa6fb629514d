//! What a service center may send: the same register in every format and encoding gives the same records.

use std::path::PathBuf;

use encoding_rs::{BIG5, GB18030};
use manyi::config::Budget;
use manyi::read::sheet::Sheet;
use manyi::read::worker::Workers;
use manyi::read::{self, Book, Opened, TextOptions};

use crate::case::{Case, REGISTER, csv_text, rows_of};
use crate::tree;

/// The folder of the files that other programs wrote.
fn folder() -> PathBuf {
    crate::demo_run::root().join("tests/formats")
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Reads bytes as the program does.
pub(crate) fn opened(name: &str, bytes: &[u8]) -> Opened {
    let folder = tempfile::tempdir().unwrap();
    tree::write(&folder.path().join(name), bytes);
    let workers = Workers::of(env!("CARGO_BIN_EXE_manyi").into());
    read::read_file(&folder.path().join(name), &Budget::default(), TextOptions::default(), Some(&workers))
}

#[track_caller]
fn book(name: &str, bytes: &[u8]) -> Book {
    opened(name, bytes).book.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The cells of a sheet, as people would write them; moments to the minute.
fn cells(sheet: &Sheet) -> Vec<String> {
    let rows = sheet.rows().flat_map(|row| {
        let written = row.cells().map(|(col, value)| {
            let text = value.written();
            format!(
                "{}/{col} {}",
                row.number,
                text.strip_suffix(":00").filter(|text| text.len() == 16).unwrap_or(&text)
            )
        });
        written.collect::<Vec<_>>()
    });
    rows.collect()
}

/// The formats that hold the register with a title, a hidden row and a hidden column.
const WORKBOOKS: [&str; 11] = [
    "register.xlsx",
    "register.xlsb",
    "register.xls",
    "biff5.xls",
    "wps.et",
    "register.ods",
    "pretty.ods",
    "register.fods",
    "excel-2003-xml.xls",
    "epoch-1904.xlsx",
    "epoch-1904.xls",
];

#[test]
fn every_format_gives_the_same_cells_merges_and_hidden_rows_and_columns() {
    let first = book(WORKBOOKS[0], &fixture(WORKBOOKS[0]));
    let expected = cells(first.sheets[0].as_ref().unwrap());
    assert!(expected.contains(&"2/2 2025-03-05 14:30".to_owned()), "{expected:?}");
    for name in WORKBOOKS {
        let book = book(name, &fixture(name));
        let sheet = book.sheets[0].as_ref().unwrap_or_else(|(_, why)| panic!("{name}: {why}"));
        assert_eq!((sheet.name.as_str(), sheet.hidden), ("投诉", false), "{name}");
        assert_eq!(cells(sheet), expected, "{name}");
        let merges: Vec<String> = sheet.merges.iter().map(ToString::to_string).collect();
        assert_eq!(merges, ["A1:H1"], "{name}");
        let fourth = vec![std::ops::Range { start: 3, end: 4 }];
        assert_eq!((&sheet.hidden_rows, &sheet.hidden_cols), (&fourth, &fourth), "{name}");
        assert!(!sheet.widths.is_empty() && sheet.widths.iter().all(|(_, width)| *width > 1.0), "{name}");
        assert!(book.encoding.is_none() && book.repaired.is_none(), "{name}");
    }
}

#[test]
fn hidden_sheets_are_read_and_known_as_hidden() {
    for name in ["register.xlsx", "register.xls", "register.ods", "register.fods", "epoch-1904.xlsx"] {
        let book = book(name, &fixture(name));
        let states: Vec<(&str, bool)> =
            book.sheets.iter().flatten().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect();
        assert_eq!(states, [("投诉", false), ("备用", true)], "{name}");
    }
}

/// The facts of a run on one file.
#[track_caller]
fn facts(name: &str, bytes: &[u8]) -> String {
    let case = Case::new().with_file(name, bytes);
    case.run(&["--quiet"]).expect(0);
    String::from_utf8(case.output()["data/facts.csv"].clone()).unwrap()
}

#[test]
fn every_format_gives_the_same_facts() {
    let expected = facts("a.xlsx", &fixture("register.xlsx"));
    assert!(expected.contains("complaint.received"), "{expected}");
    for name in WORKBOOKS.into_iter().chain(["export.xls"]) {
        assert!(facts(name, &fixture(name)) == expected, "{name} gives other facts");
    }
}

#[test]
fn every_encoding_and_separator_gives_the_same_facts() {
    let text = String::from_utf8(csv_text(&rows_of(REGISTER))).unwrap();
    let expected = facts("a.csv", text.as_bytes());
    let wide = |text: &str, order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let widest: Vec<u8> = format!("\u{FEFF}{text}").chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    let semicolons = format!("sep=;\r\n{}", text.replace(',', ";"));
    for (what, bytes) in [
        ("UTF-8 with a mark", format!("\u{FEFF}{text}").into_bytes()),
        ("GB18030", GB18030.encode(&text).0.into_owned()),
        ("UTF-16LE", wide(&text, u16::to_le_bytes)),
        ("UTF-16BE with a mark", wide(&format!("\u{FEFF}{text}"), u16::to_be_bytes)),
        ("UTF-32LE", widest),
        ("carriage returns alone", text.replace('\n', "\r").into_bytes()),
        ("tabs", text.replace(',', "\t").into_bytes()),
        ("bars", text.replace(',', "|").into_bytes()),
        ("a sep= line", semicolons.into_bytes()),
    ] {
        assert!(facts("a.txt", &bytes) == expected, "{what} gives other facts");
    }
}

#[test]
fn traditional_text_in_big5_reads_as_in_unicode_and_the_guess_is_told() {
    let text =
        "投訴編號,小區,投訴時間,房號,投訴內容,責任部門\nT-1,翠湖花園,2025-03-05 14:30,3-2-1501,樓上裝修,工程部\n";
    let big5 = book("a.csv", &BIG5.encode(text).0);
    assert_eq!(big5.encoding.as_deref(), Some("Big5"));
    assert_eq!(
        cells(big5.sheets[0].as_ref().unwrap()),
        cells(book("b.csv", text.as_bytes()).sheets[0].as_ref().unwrap())
    );
    let case = Case::good().with_file("b5.csv", &BIG5.encode(text).0);
    case.run(&["--quiet"]).expect(0);
    let told: Vec<String> = case
        .data("problems.csv")
        .rows()
        .filter(|problem| problem.get("file") == "b5.csv" && problem.get("code") == "encoding_guessed")
        .map(|problem| problem.get("found").to_owned())
        .collect();
    assert_eq!(told, ["Big5"]);
}

#[test]
fn the_encoding_that_the_config_states_goes_before_the_guess() {
    let text = "投诉时间\n";
    let bytes = GB18030.encode(text).0.into_owned();
    let folder = tempfile::tempdir().unwrap();
    tree::write(&folder.path().join("a.csv"), &bytes);
    let options = TextOptions { encoding: Some("big5") };
    let opened = read::read_file(&folder.path().join("a.csv"), &Budget::default(), options, None);
    let book = opened.book.unwrap();
    assert_eq!(book.encoding, None);
    assert_ne!(cells(book.sheets[0].as_ref().unwrap()), ["0/0 投诉时间"]);
}

#[test]
fn number_formats_of_chinese_excel_arrive_as_moments() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let mut row = 0;
    for index in (27..=36).chain(50..=58) {
        let format = rust_xlsxwriter::Format::new().set_num_format_index(index);
        sheet.write_number_with_format(row, 0, 45_721.5, &format).unwrap();
        row += 1;
    }
    for written in [
        "yyyy\"年\"m\"月\"d\"日\"",
        "[$-804]yyyy\"年\"m\"月\"d\"日\" dddd",
        "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"",
        "yyyy/m/d 上午/下午h:mm",
        "[$-F800]dddd, mmmm dd, yyyy",
        "m\"月\"d\"日\";@",
    ] {
        let format = rust_xlsxwriter::Format::new().set_num_format(written);
        sheet.write_number_with_format(row, 0, 45_721.5, &format).unwrap();
        row += 1;
    }
    let book = book("a.xlsx", &workbook.save_to_buffer().unwrap());
    let read = cells(book.sheets[0].as_ref().unwrap());
    assert_eq!(read.len(), row as usize);
    for cell in read {
        assert!(cell.ends_with(" 2025-03-05 12:00"), "{cell}");
    }
}

#[test]
fn rows_that_a_filter_hides_are_known_as_hidden() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..6 {
        sheet.write_string(row, 0, format!("行{row}")).unwrap();
    }
    sheet.autofilter(0, 0, 5, 0).unwrap();
    sheet.filter_column(0, &rust_xlsxwriter::FilterCondition::new().add_list_filter("行2")).unwrap();
    let book = book("a.xlsx", &workbook.save_to_buffer().unwrap());
    let sheet = book.sheets[0].as_ref().unwrap();
    assert_eq!((sheet.filled_rows(), sheet.hidden_rows.clone()), (6, vec![1..2, 3..6]));
}
