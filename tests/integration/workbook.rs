//! Workbooks opened and changed as a clerk would: one cell, everything else as it was.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The parts of a workbook, in their order.
pub(crate) fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut part = archive.by_index(place).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (part.name().unwrap().to_string(), bytes)
        })
        .collect()
}

/// A part as text.
#[track_caller]
pub(crate) fn part(bytes: &[u8], name: &str) -> String {
    let found = parts(bytes).into_iter().find(|(path, _)| path == name).unwrap_or_else(|| panic!("no {name}"));
    String::from_utf8(found.1).unwrap()
}

/// The workbook with texts typed into cells of a sheet, counted from 1.
#[track_caller]
pub(crate) fn with_cells(bytes: &[u8], sheet: usize, cells: &[(&str, &str)]) -> Vec<u8> {
    let path = format!("xl/worksheets/sheet{sheet}.xml");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts(bytes) {
        writer.start_file(name.clone(), SimpleFileOptions::default()).unwrap();
        if name == path {
            let text =
                cells.iter().fold(String::from_utf8(bytes).unwrap(), |text, (at, typed)| typed_in(&text, at, typed));
            writer.write_all(text.as_bytes()).unwrap();
        } else {
            writer.write_all(&bytes).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

/// A sheet with one cell typed into; the cell must be there, be it blank.
#[track_caller]
fn typed_in(sheet: &str, at: &str, typed: &str) -> String {
    let start = sheet.find(&format!("<c r=\"{at}\"")).unwrap_or_else(|| panic!("no cell {at}"));
    let tag_end = start + sheet[start..].find('>').unwrap();
    let is_blank = sheet[..tag_end].ends_with('/');
    let end = if is_blank { tag_end + 1 } else { start + sheet[start..].find("</c>").unwrap() + "</c>".len() };
    let style = sheet[start..tag_end].split_once(" s=\"").map(|(_, rest)| rest.split_once('"').unwrap().0);
    let style = style.map_or_else(String::new, |style| format!(" s=\"{style}\""));
    let typed = typed.replace('&', "&amp;").replace('<', "&lt;");
    let cell = format!("<c r=\"{at}\"{style} t=\"inlineStr\"><is><t>{typed}</t></is></c>");
    format!("{}{cell}{}", &sheet[..start], &sheet[end..])
}
