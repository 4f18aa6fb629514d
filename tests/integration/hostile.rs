//! Files made to do harm: each costs itself, within the stated budgets, and is told with the reason.

use std::io::Write;

use manyi::config::Budget;
use manyi::read::worker::Workers;
use manyi::read::{ReadError, TextOptions, read_file};
use rust_xlsxwriter::Workbook;

use crate::case::{Case, REGISTER, book, rows_of};
use crate::formats::opened;
use crate::table::Table;

/// An .xls workbook as other programs write it, for tests that damage it.
fn xls() -> Vec<u8> {
    std::fs::read(crate::demo_run::root().join("tests/formats/biff5.xls")).unwrap()
}

/// Where bytes stand.
fn find(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).position(|window| window == wanted).expect("the bytes are there")
}

/// An archive of parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with the parts of another one, each as it is changed.
fn changed(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let parts: Vec<(String, String)> = (0..zip.len())
        .map(|place| {
            let mut part = zip.by_index(place).unwrap();
            let (name, mut text) = (part.name().unwrap().into_owned(), String::new());
            std::io::Read::read_to_string(&mut part, &mut text).unwrap();
            let text = change(&name, text);
            (name, text)
        })
        .collect();
    archive(&parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect::<Vec<_>>())
}

/// Problems of a file beside a good one; the good one is read whatever the other holds.
#[track_caller]
fn problems_of(name: &str, bytes: &[u8], config: &str) -> Table {
    let case = Case::good().with_file(name, bytes).with_file("manyi.toml", config.as_bytes());
    case.run(&["--quiet"]).expect(0);
    let facts = String::from_utf8(case.output()["data/facts.csv"].clone()).unwrap();
    assert!(facts.contains("complaint.received"));
    case.data("problems.csv")
}

#[track_caller]
fn code_of(name: &str, bytes: &[u8], config: &str) -> String {
    let problems = problems_of(name, bytes, config);
    let codes: Vec<&str> =
        problems.rows().filter(|problem| problem.get("file") == name).map(|problem| problem.get("code")).collect();
    codes.join(" ")
}

#[test]
fn each_budget_is_obeyed_and_told() {
    let workbook = book(&rows_of(REGISTER));
    for limit in ["file_bytes = 3000", "unpacked_bytes = 8000", "parts = 5"] {
        let config = format!("[budget]\n{limit}\n");
        // The limit holds for every file: the good one must pass it to be read at all.
        let case = Case::new().with_file("a.xlsx", &workbook).with_file("manyi.toml", config.as_bytes());
        case.run(&[]).expect(1).says(&["a.xlsx", "超过限额", "over the limit"]);
    }
    for limit in ["cells = 20", "rows = 3", "text_bytes = 100"] {
        let config = format!("[budget]\n{limit}\n");
        let case = Case::new().with_file("a.xlsx", &workbook).with_file("manyi.toml", config.as_bytes());
        case.run(&[]).expect(1).says(&["a.xlsx", "超过限额"]);
    }
}

#[test]
fn a_zip_bomb_is_refused_while_it_is_measured() {
    let zeros = vec![b' '; 12 << 20];
    let bomb = archive(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", &zeros), ("xl/a.xml", &zeros)]);
    assert!(bomb.len() < 100_000);
    assert_eq!(code_of("弹.xlsx", &bomb, "[budget]\nunpacked_bytes = 20000000\n"), "file_too_large");
}

#[test]
fn entities_that_multiply_are_refused() {
    let laughs = "<!DOCTYPE sst [<!ENTITY a \"哈哈\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    let bomb = changed(&book(&rows_of(REGISTER)), |name, text| {
        if name.ends_with("sharedStrings.xml") { text.replace("<sst", &format!("{laughs}<sst")) } else { text }
    });
    let problems = problems_of("笑.xlsx", &bomb, "");
    let problem = problems.rows().find(|problem| problem.get("file") == "笑.xlsx").unwrap();
    assert_eq!(problem.get("code"), "file_unreadable");
    assert!(problem.get("found").contains("DOCTYPE"), "{}", problem.text());
    let flat =
        format!("<?xml version=\"1.0\"?>{laughs}<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>");
    assert_eq!(code_of("笑.xml", flat.as_bytes(), ""), "file_unreadable");
}

#[test]
fn two_cells_in_opposite_corners_cost_two_cells() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, "左上").unwrap();
    sheet.write_number(1_048_575, 16_383, 1.0).unwrap();
    let read = opened("角.xlsx", &workbook.save_to_buffer().unwrap()).book.unwrap();
    assert_eq!(read.sheets[0].as_ref().unwrap().cell_count(), 2);
}

#[test]
fn an_opendocument_of_billions_of_repeated_cells_costs_none_of_them() {
    let content = "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body>\
        <office:spreadsheet><table:table table:name=\"空\"><table:table-row table:number-rows-repeated=\"4000000000\">\
        <table:table-cell table:number-columns-repeated=\"4000000000\"/></table:table-row></table:table>\
        <table:table table:name=\"满\"><table:table-row table:number-rows-repeated=\"4000000000\">\
        <table:table-cell table:number-columns-repeated=\"4000000000\"><text:p>x</text:p></table:table-cell>\
        </table:table-row></table:table><table:table table:name=\"后\"><table:table-row><table:table-cell>\
        <text:p>读到</text:p></table:table-cell></table:table-row></table:table>\
        </office:spreadsheet></office:body></office:document-content>";
    let read = opened("多.ods", &archive(&[("content.xml", content.as_bytes())])).book.unwrap();
    assert_eq!(read.sheets[0].as_ref().unwrap().cell_count(), 0);
    assert!(read.sheets[1].as_ref().is_err_and(|(name, why)| name == "满" && why.contains("越界")));
    assert_eq!(read.sheets[2].as_ref().unwrap().cell_count(), 1);
}

#[test]
fn a_small_document_cannot_claim_millions_of_cells() {
    let repeated = |rows: u32| {
        let row = format!(
            "<table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell \
             table:number-columns-repeated=\"100\"><text:p>x</text:p></table:table-cell></table:table-row>"
        );
        let content = format!(
            "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body>\
             <office:spreadsheet><table:table table:name=\"满\">{row}</table:table></office:spreadsheet></office:body>\
             </office:document-content>"
        );
        opened("多.ods", &archive(&[("content.xml", content.as_bytes())])).book.unwrap().sheets.remove(0)
    };
    assert_eq!(repeated(2_000).unwrap().cell_count(), 200_000);
    assert!(repeated(2_001).is_err_and(|(_, why)| why.contains("单元格数超过限额")));
}

#[test]
fn a_shared_text_in_many_cells_is_counted_as_often_as_it_stands() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let long = "长".repeat(10_000);
    for row in 0..200 {
        sheet.write_string(row, 0, &long).unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    assert_eq!(code_of("文.xlsx", &bytes, "[budget]\ntext_bytes = 1000000\n"), "sheet_failed");
}

#[test]
fn sectors_in_a_circle_are_told_before_anything_follows_them() {
    let mut bytes = xls();
    // The third sector of the stream leads back to the second.
    bytes[512 + 4 * 4..512 + 4 * 5].copy_from_slice(&3_u32.to_le_bytes());
    assert!(matches!(opened("环.xls", &bytes).book, Err(ReadError::Corrupt(why)) if why.contains("成环")));
}

#[test]
fn sizes_that_lie_cost_the_file_at_most() {
    let whole = book(&rows_of(REGISTER));
    for size in [0_u32, 1, 0x7FFF_FFFF, 0xFFFF_FFFE] {
        let mut bytes = whole.clone();
        let mut from = 0;
        while let Some(found) = bytes[from..].windows(4).position(|window| window == b"PK\x01\x02") {
            let at = from + found;
            bytes[at + 24..at + 28].copy_from_slice(&size.to_le_bytes());
            from = at + 4;
        }
        let code = code_of("谎.xlsx", &bytes, "");
        assert!(
            ["", "file_unreadable", "file_repaired", "duplicate_row duplicate_row duplicate_row"].contains(&&*code),
            "{size}: {code}"
        );
    }
}

#[test]
fn entries_that_share_their_bytes_are_each_counted() {
    let zeros = vec![b' '; 1 << 20];
    let bytes = archive(&[("[Content_Types].xml", b"<Types/>"), ("xl/a.xml", &zeros)]);
    let directory = find(&bytes, b"PK\x01\x02");
    let last = directory + 4 + find(&bytes[directory + 4..], b"PK\x01\x02");
    let end = find(&bytes, b"PK\x05\x06");
    let (mut bomb, mut entry) = (bytes[..end].to_vec(), bytes[last..end].to_vec());
    let name = find(&entry, b"xl/a.xml");
    for letter in b'b'..=b'z' {
        entry[name + 3] = letter;
        bomb.extend_from_slice(&entry);
    }
    let size = u32::try_from(bomb.len() - directory).unwrap();
    let mut tail = bytes[end..].to_vec();
    for at in [8, 10] {
        tail[at..at + 2].copy_from_slice(&27_u16.to_le_bytes());
    }
    tail[12..16].copy_from_slice(&size.to_le_bytes());
    bomb.extend_from_slice(&tail);
    assert_eq!(code_of("叠.xlsx", &bomb, "[budget]\nunpacked_bytes = 10000000\n"), "file_too_large");
}

/// The workbook with one of its numbers moved to the last cell of a sheet: loaded whole, it takes hundreds of megabytes.
fn far_cell() -> Vec<u8> {
    let mut bytes = xls();
    let last = bytes.windows(4).rposition(|window| window == [0x03, 0x02, 0x0E, 0x00]).unwrap();
    bytes[last + 4..last + 6].copy_from_slice(&0xFFFF_u16.to_le_bytes());
    bytes[last + 6..last + 8].copy_from_slice(&255_u16.to_le_bytes());
    bytes
}

#[test]
fn a_stray_cell_far_away_is_read_within_the_default_budget() {
    let read = opened("远.xls", &far_cell()).book.unwrap();
    assert_eq!(read.sheets[0].as_ref().unwrap().at(4).get(0).map(|value| value.written()).as_deref(), Some("T-3"));
    assert_eq!(read.sheets[0].as_ref().unwrap().rows().last().map(|row| row.number), Some(65_535));
}

#[test]
fn a_worker_that_runs_out_of_memory_costs_its_file_and_is_replaced() {
    let case = Case::new()
        .with_file("a.xls", &xls())
        .with_file("b.xls", &far_cell())
        .with_file("c.xls", &far_cell())
        .with_file("d.xls", &std::fs::read(crate::demo_run::root().join("tests/formats/register.xls")).unwrap())
        .with_file("manyi.toml", b"[budget]\nworker_bytes = 300000000\n");
    case.run(&["--quiet", "--jobs", "1"]).expect(0);
    let problems = case.data("problems.csv");
    let codes: Vec<(&str, &str)> = problems
        .rows()
        .map(|problem| (problem.get("file"), problem.get("code")))
        .filter(|(_, code)| code.starts_with("file_"))
        .collect();
    assert_eq!(codes, [("b.xls", "file_too_large"), ("c.xls", "file_too_large")]);
    let ledger = case.data("ledger.csv");
    for name in ["a.xls", "d.xls"] {
        assert!(ledger.rows().any(|line| line.get("file") == name && line.get("kind") == "complaint"), "{name}");
    }
}

#[test]
fn a_file_that_takes_too_long_is_told_so() {
    let case = Case::good().with_file("a.xls", &xls()).with_file("manyi.toml", b"[budget]\nworker_seconds = 0\n");
    case.run(&["--quiet"]).expect(0);
    let problems = case.data("problems.csv");
    let problem = problems.rows().find(|problem| problem.get("file") == "a.xls").unwrap();
    assert_eq!(problem.get("code"), "file_too_slow", "{}", problem.text());
}

#[test]
fn no_flipped_byte_of_an_xls_file_stops_a_run() {
    let whole = xls();
    let mut case = Case::good();
    for (place, at) in (0..whole.len()).step_by(97).enumerate() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xFF;
        case = case.with_file(&format!("z/{place}.xls"), &bytes);
    }
    let ended = case.run(&["--quiet"]).expect(0);
    assert_eq!(ended.err, "");
}

#[test]
fn no_change_of_a_byte_makes_a_reader_of_ours_panic() {
    let folder = crate::demo_run::root().join("tests/formats");
    for name in ["register.fods", "excel-2003-xml.xls", "export.xls", "register.xlsb", "biff5.xls"] {
        let whole = std::fs::read(folder.join(name)).unwrap();
        for at in (0..whole.len()).step_by(whole.len() / 60) {
            for byte in [0, b'<', b'"', 0xFF] {
                let mut bytes = whole.clone();
                bytes[at] = byte;
                // A panic that was contained is told as a fault of the inner structure; only the crate may have one.
                let inner =
                    matches!(opened(name, &bytes).book, Err(ReadError::Corrupt(why)) if why.contains("内部结构"));
                assert!(!inner || name.ends_with("xlsb") || name == "biff5.xls", "{name}: {byte} at {at}");
            }
        }
    }
}

#[test]
fn the_help_does_not_speak_of_what_the_program_calls_itself() {
    let help = Case::new().program(&["--help"]).expect(0);
    assert!(help.out.contains("check") && !help.out.contains("read-whole"), "{}", help.out);
}

#[test]
fn three_hundred_sheets_over_one_part_are_read_once() {
    let bytes = changed(&book(&rows_of(REGISTER)), |name, text| {
        if name != "xl/workbook.xml" {
            return text;
        }
        let start = text.find("<sheet ").unwrap();
        let end = start + text[start..].find("/>").unwrap() + 2;
        let sheet = &text[start..end];
        let name = &sheet[sheet.find("name=\"").unwrap() + 6..];
        let name = &name[..name.find('"').unwrap()];
        let named = |number: usize| sheet.replace(&format!("name=\"{name}\""), &format!("name=\"s{number}\""));
        text.replace(sheet, &(0..300).map(named).collect::<String>())
    });
    let sheets = opened("同.xlsx", &bytes).book.unwrap().sheets;
    assert_eq!(sheets.len(), 300);
    assert!(sheets[0].as_ref().is_ok_and(|sheet| sheet.filled_rows() == REGISTER.len()));
    assert!(sheets[1..].iter().all(|sheet| sheet.as_ref().is_err_and(|(_, why)| why.contains("共用一个部件"))));
}

/// A document of tables, each given by its rows.
fn ods(tables: &[&str]) -> Vec<u8> {
    let named = |(number, rows): (usize, &&str)| format!("<table:table table:name=\"t{number}\">{rows}</table:table>");
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body>\
         <office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>",
        tables.iter().enumerate().map(named).collect::<String>()
    );
    archive(&[("content.xml", content.as_bytes())])
}

#[test]
fn blanks_written_as_a_number_cost_the_sheet_and_no_memory() {
    let row = |cell: &str| format!("<table:table-row><table:table-cell>{cell}</table:table-cell></table:table-row>");
    let blanks = "<text:s text:c=\"1000\"/>".repeat(2_000);
    let tables = [row(&format!("<text:p>x{blanks}</text:p>")), row("<text:p>读到</text:p>")];
    let sheets = opened("空.ods", &ods(&[&tables[0], &tables[1]])).book.unwrap().sheets;
    assert!(sheets[0].as_ref().is_err_and(|(_, why)| why.contains("文字总量超过限额")));
    assert_eq!(sheets[1].as_ref().unwrap().cell_count(), 1);
}

#[test]
fn a_column_filled_down_to_the_end_of_the_sheet_keeps_the_rows_above_it() {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let mut rows = String::new();
    for row in REGISTER {
        rows.push_str("<table:table-row>");
        row.iter().for_each(|text| rows.push_str(&cell(text)));
        rows.push_str("</table:table-row>");
    }
    rows += "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell/>";
    rows.push_str(&cell("翠湖花园"));
    rows.push_str("</table:table-row>");
    let bytes = ods(&[&rows]);
    let sheets = opened("满.ods", &bytes).book.unwrap().sheets;
    let sheet = sheets[0].as_ref().unwrap();
    assert_eq!(sheet.filled_rows(), REGISTER.len() + 1);
    assert!(sheet.cut.as_ref().is_some_and(|cut| cut.contains("1048000")), "{:?}", sheet.cut);
    assert!(code_of("满.ods", &bytes, "").contains("sheet_cut"));
}

#[test]
fn of_more_than_a_hundred_thousand_merged_ranges_the_first_are_used_and_that_is_said() {
    let bytes = changed(&book(&rows_of(REGISTER)), |name, text| {
        let merges = "<mergeCell ref=\"K1:L1\"/>".repeat(100_001);
        if name.ends_with("sheet1.xml") {
            text.replace("</sheetData>", &format!("</sheetData><mergeCells>{merges}</mergeCells>"))
        } else {
            text
        }
    });
    let sheets = opened("并.xlsx", &bytes).book.unwrap().sheets;
    let sheet = sheets[0].as_ref().unwrap();
    assert_eq!(sheet.merges.len(), 100_000);
    assert!(sheet.cut.as_ref().is_some_and(|cut| cut.contains("100001")), "{:?}", sheet.cut);
}

#[test]
fn where_no_process_can_be_started_an_xls_file_is_refused_with_the_reason() {
    let case = Case::new().with_file("a.xls", &xls());
    let workers = Workers::of("/no/such/program".into());
    let read = read_file(&case.path("input/a.xls"), &Budget::default(), TextOptions::default(), Some(&workers));
    assert!(matches!(read.book, Err(ReadError::Io(why)) if why.to_string().contains("启动不了")));
}
