//! A second try at an Excel archive that the spreadsheet crate refuses as a whole although people can open it.
//!
//! A plain archive is put together of what can be read: the worksheets, the shared strings and the styles, in UTF-8. Sheets that
//! hold no table, or whose part is missing, are left out and reported.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::package::{Archive, Listed, Package, Relation};
use super::{ReadError, binary, encoding};

/// An archive put together anew.
pub(super) struct Repaired {
    pub bytes: Vec<u8>,
    /// Sheets that were left out, with the reason.
    pub dropped: Vec<(String, String)>,
}

/// Most bytes of an archive that is put together anew, in memory.
const MOST: u64 = 256 << 20;

/// Puts an .xlsx archive together anew.
pub(super) fn xlsx(bytes: &[u8]) -> Result<Repaired, ReadError> {
    anew(bytes, "xml")
}

/// Puts an .xlsb archive together anew.
pub(super) fn xlsb(bytes: &[u8]) -> Result<Repaired, ReadError> {
    anew(bytes, "bin")
}

fn anew(bytes: &[u8], ending: &str) -> Result<Repaired, ReadError> {
    let mut archive = Archive::open(bytes)?;
    let package = archive.package();
    if package.sheets.is_empty() {
        return Err(ReadError::Corrupt("找不到工作表清单 / the list of sheets cannot be found".to_owned()));
    }
    let mut writer = Writer { zip: ZipWriter::new(Cursor::new(Vec::new())), left: MOST };
    let (mut dropped, mut kept) = (Vec::new(), Vec::new());
    for sheet in &package.sheets {
        let content = usable(&archive, &package, sheet).and_then(|relation| match relation {
            Some(relation) => {
                let content = archive.bytes(&relation.part, MOST);
                content.map(Some).ok_or_else(|| "内容为空 / its part is empty".to_owned())
            }
            None => Ok(None),
        });
        match content {
            Ok(Some(content)) => {
                kept.push(sheet);
                writer.part(&format!("xl/worksheets/sheet{}.{ending}", kept.len()), &narrow(content, ending))?;
            }
            Ok(None) => {}
            Err(why) => dropped.push((sheet.name.clone(), why)),
        }
    }
    let mut relations = relations(kept.len(), ending);
    for kind in ["sharedStrings", "styles"] {
        let found = package.relations.iter().find(|relation| relation.kind == kind);
        if let Some(content) = found.and_then(|relation| archive.bytes(&relation.part, MOST)) {
            let target = format!("{kind}.{ending}");
            let _ = write!(relations, "<Relationship Id=\"{kind}\" Type=\"{RELATION}{kind}\" Target=\"{target}\"/>");
            writer.part(&format!("xl/{target}"), &narrow(content, ending))?;
        }
    }
    relations.push_str("</Relationships>");
    let workbook = match ending {
        "bin" => {
            let original = archive.bytes(&package.main, MOST).unwrap_or_default();
            binary::workbook(&original, &kept.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>())
        }
        _ => workbook(&kept, package.from_1904).into_bytes(),
    };
    writer.part("[Content_Types].xml", TYPES.as_bytes())?;
    writer.part("_rels/.rels", ROOT.replace("workbook.xml", &format!("workbook.{ending}")).as_bytes())?;
    writer.part(&format!("xl/workbook.{ending}"), &workbook)?;
    writer.part(&format!("xl/_rels/workbook.{ending}.rels"), relations.as_bytes())?;
    let done = writer.zip.finish().map_err(|error| ReadError::Corrupt(error.to_string()))?;
    Ok(Repaired { bytes: done.into_inner(), dropped })
}

const NAMESPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const TYPES: &str =
    "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
const ROOT: &str = "<?xml version=\"1.0\"?><Relationships \
    xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"main\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
    Target=\"xl/workbook.xml\"/></Relationships>";

/// The part of a sheet that holds a table, or why it cannot be read; charts and dialogs hold none.
fn usable<'p>(archive: &Archive<'_>, package: &'p Package, sheet: &Listed) -> Result<Option<&'p Relation>, String> {
    let relation = package
        .relation(sheet)
        .ok_or("文件里没有它的内容（可能是宏模块） / the file has no part for it; it may be a macro module")?;
    match relation.kind.as_str() {
        "worksheet" => {}
        "chartsheet" | "dialogsheet" => return Ok(None),
        kind if kind.to_ascii_lowercase().contains("macrosheet") => {
            return Err("宏表，没有数据 / a macro sheet, which holds no table".to_owned());
        }
        kind => return Err(format!("不认得的工作表种类 / a sheet of an unknown kind: {kind}")),
    }
    if archive.holds(&relation.part) {
        Ok(Some(relation))
    } else {
        Err(format!("文件里缺少 {} / the file lacks this part", relation.part))
    }
}

/// The workbook part of an .xlsx archive.
fn workbook(kept: &[&Listed], from_1904: bool) -> String {
    let mut workbook = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><workbook xmlns=\"{NAMESPACE}\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><workbookPr date1904=\"{}\"/><sheets>",
        u8::from(from_1904)
    );
    for (place, sheet) in (1..).zip(kept) {
        // A state that nobody knows is not shown to people either.
        let state = if sheet.state.is_empty() || sheet.state == "visible" { "visible" } else { "hidden" };
        let name = quick_xml::escape::escape(sheet.name.as_str());
        let _ = write!(workbook, "<sheet name=\"{name}\" sheetId=\"{place}\" state=\"{state}\" r:id=\"s{place}\"/>");
    }
    workbook.push_str("</sheets></workbook>");
    workbook
}

/// The beginning of the workbook's relationships: its sheets.
fn relations(sheets: usize, ending: &str) -> String {
    let mut relations = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships \
                         xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        .to_owned();
    for place in 1..=sheets {
        let target = format!("worksheets/sheet{place}.{ending}");
        let _ = write!(relations, "<Relationship Id=\"s{place}\" Type=\"{RELATION}worksheet\" Target=\"{target}\"/>");
    }
    relations
}

struct Writer {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    left: u64,
}

impl Writer {
    fn part(&mut self, name: &str, content: &[u8]) -> Result<(), ReadError> {
        self.left = self
            .left
            .checked_sub(content.len() as u64)
            .ok_or_else(|| ReadError::TooLarge(format!("> {MOST} bytes to repair")))?;
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        self.zip.start_file(name, options).map_err(|error| ReadError::Corrupt(error.to_string()))?;
        Ok(self.zip.write_all(content)?)
    }
}

/// XML in UTF-8 whatever it was in.
fn narrow(content: Vec<u8>, ending: &str) -> Vec<u8> {
    if ending != "xml" {
        return content;
    }
    let is_wide = matches!(content.as_slice(), [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, b'<', ..] | [b'<', 0, ..]);
    if !is_wide && std::str::from_utf8(&content).is_ok() {
        return content;
    }
    let Ok(decoded) = encoding::decode(&content, None) else { return content };
    // What the document says of its encoding is true no longer.
    let text = decoded.text;
    let body = text.find("?>").filter(|_| text.trim_start().starts_with("<?xml")).map_or(0, |at| at + 2);
    text.as_bytes()[body..].to_vec()
}
