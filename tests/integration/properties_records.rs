//! Records do not depend on how the rows were sent, and rows of any noise, merged as it may be, are all accounted for.

use std::collections::BTreeMap;

use manyi::pipeline::{Extent, Silent};
use proptest::prelude::{Just, Strategy, any, prop};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use crate::case::{Case, Cell, csv_text};
use crate::cases::settings;
use crate::properties::{filled_rows, for_all, garbage, register, rows_told, with_header};
use crate::tree;

/// How a part of the rows is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Carrier {
    /// A workbook of its own.
    Book,
    /// A sheet of a workbook that the parts share.
    Sheet,
    /// Text in UTF-8, with or without its mark.
    Csv,
    MarkedCsv,
    /// Text in GB18030.
    Gb18030,
    /// Text with tabs.
    Tsv,
    /// A table for browsers, named .xls.
    Html,
}

const CARRIERS: [Carrier; 7] =
    [Carrier::Book, Carrier::Sheet, Carrier::Csv, Carrier::MarkedCsv, Carrier::Gb18030, Carrier::Tsv, Carrier::Html];

type Rows = Vec<Vec<Cell>>;

/// The rows in another order, cut into parts, each sent in its way.
fn sendings(rows: Rows) -> impl Strategy<Value = Vec<(Carrier, Rows)>> {
    let cuts = prop::collection::vec(any::<prop::sample::Index>(), 0..4);
    let carriers = prop::collection::vec(prop::sample::select(CARRIERS.to_vec()), 5);
    (Just(rows).prop_shuffle(), cuts, carriers).prop_map(|(rows, cuts, carriers)| {
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(rows.len() + 1)).collect();
        cuts.extend([0, rows.len()]);
        cuts.sort_unstable();
        cuts.windows(2).zip(carriers).map(|(cut, carrier)| (carrier, rows[cut[0]..cut[1]].to_vec())).collect()
    })
}

/// Files of the parts by name.
fn files_of(parts: &[(Carrier, Rows)]) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut shared = Vec::new();
    for (number, (carrier, rows)) in parts.iter().enumerate() {
        let rows = with_header(rows);
        let text = || String::from_utf8(csv_text(&rows)).unwrap();
        let (ending, bytes) = match carrier {
            Carrier::Sheet => {
                shared.push((rows, Vec::new()));
                continue;
            }
            Carrier::Book => ("xlsx", book_of(&[(rows, Vec::new())])),
            Carrier::Csv => ("csv", csv_text(&rows)),
            Carrier::MarkedCsv => ("csv", format!("\u{feff}{}", text()).into_bytes()),
            Carrier::Gb18030 => ("txt", encoding_rs::GB18030.encode(&text()).0.into_owned()),
            Carrier::Tsv => ("tsv", text().replace(',', "\t").into_bytes()),
            Carrier::Html => ("xls", html(&text()).into_bytes()),
        };
        files.insert(format!("{number}/登记.{ending}"), bytes);
    }
    if !shared.is_empty() {
        files.insert("共/登记.xlsx".to_owned(), book_of(&shared));
    }
    files
}

/// A table for browsers from lines whose cells hold no comma.
fn html(text: &str) -> String {
    let rows = text.lines().map(|line| {
        let cells: Vec<String> = line.split(',').map(|cell| format!("<td>{cell}</td>")).collect();
        format!("<tr>{}</tr>\n", cells.concat())
    });
    format!("<html><body><table>\n{}</table></body></html>\n", rows.collect::<String>())
}

/// Rows and columns of merged ranges, first and last.
type Merge = (u32, u16, u32, u16);

/// A workbook, a sheet for each list of rows.
fn book_of(sheets: &[(Rows, Vec<Merge>)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (rows, merges) in sheets {
        let sheet = workbook.add_worksheet();
        for (row, col, last_row, last_col) in merges {
            sheet.merge_range(*row, *col, *last_row, *last_col, "", &Format::new()).unwrap();
        }
        for (row, cells) in (0..).zip(rows) {
            for (col, cell) in (0..).zip(cells) {
                write(sheet, row, col, cell);
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn write(sheet: &mut Worksheet, row: u32, col: u16, cell: &Cell) {
    match cell {
        Cell::Blank => {}
        Cell::Text(text) => _ = sheet.write_string(row, col, text).unwrap(),
        Cell::Number(number) => _ = sheet.write_number(row, col, *number).unwrap(),
        Cell::Moment(year, month, day, hour, minute) => {
            let day = ExcelDateTime::from_ymd(*year, *month, *day).unwrap();
            let at = day.and_hms(u16::from(*hour), *minute, 0).unwrap();
            let shown = Format::new().set_num_format("yyyy/m/d hh:mm");
            sheet.write_datetime_with_format(row, col, at, &shown).unwrap();
        }
    }
}

/// All records without their origin, sorted.
fn records(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut case = Case::new();
    for (name, bytes) in files {
        case = case.with_file(name, bytes);
    }
    let settings = settings(case.path("input"), case.path("output"));
    manyi::pipeline::run(&settings, &Silent).unwrap_or_else(|error| panic!("{error}"));
    let mut lines = Vec::new();
    for (name, bytes) in tree::files_of(&case.path("output/data/records")) {
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let columns = reader.headers().unwrap().clone();
        for record in reader.records() {
            let record = record.unwrap();
            let said = columns.iter().zip(&record).filter(|(column, _)| !["file", "sheet", "row"].contains(column));
            lines.push(format!("{name}: {}", said.map(|(_, cell)| cell).collect::<Vec<_>>().join(",")));
        }
    }
    lines.sort_unstable();
    lines
}

#[test]
fn rows_in_any_order_files_sheets_and_formats_give_the_same_records() {
    let sent = register().prop_flat_map(|rows| (Just(rows.clone()), sendings(rows)));
    for_all(24, &sent, |(rows, parts)| {
        let together = records(&files_of(&[(Carrier::Book, rows.clone())]));
        let apart = records(&files_of(&parts));
        let carriers: Vec<_> = parts.iter().map(|(carrier, rows)| (carrier, rows.len())).collect();
        let only = |these: &[String], those: &[String]| {
            these.iter().filter(|line| !those.contains(line)).take(5).cloned().collect::<Vec<_>>().join("\n")
        };
        let (left, right) = (only(&together, &apart), only(&apart, &together));
        assert!(together == apart, "{carriers:?}\n<<\n{left}\n>>\n{right}");
    });
}

/// A sheet of noise with merged ranges.
fn merged_noise() -> impl Strategy<Value = (Rows, Vec<Merge>)> {
    let merge = (0..12_u32, 0..8_u16, 0..4_u32, 0..4_u16);
    let merge = merge.prop_map(|(row, col, down, right)| (row, col, row + down, col + right));
    (garbage(), prop::collection::vec(merge, 0..8)).prop_map(|(rows, merges)| (rows, apart(merges)))
}

/// Ranges of more than one cell that do not overlap those before them.
fn apart(merges: Vec<Merge>) -> Vec<Merge> {
    let mut kept: Vec<Merge> = Vec::new();
    for (row, col, last_row, last_col) in merges {
        let overlaps = |other: &Merge| row <= other.2 && other.0 <= last_row && col <= other.3 && other.1 <= last_col;
        if (row, col) != (last_row, last_col) && !kept.iter().any(overlaps) {
            kept.push((row, col, last_row, last_col));
        }
    }
    kept
}

#[test]
fn every_row_of_merged_noise_ends_in_exactly_one_place_of_its_block() {
    let sheets = prop::collection::vec(merged_noise(), 1..3);
    for_all(96, &sheets, |sheets| {
        let good = [(crate::case::rows_of(crate::case::REGISTER), Vec::new())];
        let case = Case::new().with_file("好.xlsx", &book_of(&good)).with_file("噪.xlsx", &book_of(&sheets));
        let outcome = case.run_library(Extent::Check).unwrap_or_else(|error| panic!("{error}"));
        for (number, (rows, _)) in sheets.iter().enumerate() {
            let name = format!("Sheet{}", number + 1);
            assert_eq!(rows_told(&outcome, "噪.xlsx", &name), filled_rows(rows), "{name}");
        }
    });
}
