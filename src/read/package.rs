//! What an Excel archive says of itself: its main part, its sheets and where they lie.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::events::Event;
use zip::ZipArchive;

use super::{ReadError, encoding, markup};

/// Longest part that is read as a whole for what it says of the others.
const LONGEST: u64 = 16 << 20;

/// An archive whose parts are found by name whatever the case and the slashes in it.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    places: BTreeMap<String, usize>,
    /// Parts by their names as they stand, which go before.
    exact: BTreeMap<String, usize>,
}

/// A relationship of the main part.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    pub id: String,
    /// The last word of its type, such as `worksheet`.
    pub kind: String,
    /// The part, from the root of the archive.
    pub part: String,
}

/// A sheet as the main part lists it.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    pub name: String,
    pub state: String,
    pub relation: String,
}

/// What an archive says of itself.
#[derive(Debug, Default)]
pub(super) struct Package {
    pub main: String,
    pub sheets: Vec<Listed>,
    pub relations: Vec<Relation>,
    pub from_1904: bool,
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| ReadError::Corrupt(error.to_string()))?;
        let names = zip.file_names().enumerate();
        // The first of two parts of one name is the one that other programs take.
        let (mut places, mut exact) = (BTreeMap::new(), BTreeMap::new());
        for (place, name) in names {
            if let Ok(name) = name {
                places.entry(folded(&name)).or_insert(place);
                exact.entry(name.into_owned()).or_insert(place);
            }
        }
        Ok(Self { zip, places, exact })
    }

    /// The bytes of a part, as far as they can be unpacked.
    pub(super) fn bytes(&mut self, name: &str, most: u64) -> Option<Vec<u8>> {
        let place = *self.exact.get(name).or_else(|| self.places.get(&folded(name)))?;
        let mut bytes = Vec::new();
        // A wrong checksum is found after the last byte was given: what there is counts.
        let _ = self.zip.by_index(place).ok()?.take(most).read_to_end(&mut bytes);
        (!bytes.is_empty()).then_some(bytes)
    }

    /// A part that is XML, in whatever encoding.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let bytes = self.bytes(name, LONGEST)?;
        encoding::decode(&bytes, None).ok().map(|decoded| decoded.text)
    }

    /// Names of the parts that are text.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// Whether two parts have names that differ in case or slashes alone.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.exact.len() > self.places.len()
    }

    pub(super) fn holds(&self, name: &str) -> bool {
        self.places.contains_key(&folded(name))
    }

    /// Relationships that a part has, by its `.rels` part.
    fn relations(&mut self, part: &str) -> Vec<Relation> {
        let (folder, file) = part.rsplit_once('/').map_or(("", part), |(folder, file)| (folder, file));
        let below = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let Some(text) = self.text(&format!("{below}_rels/{file}.rels")) else { return Vec::new() };
        let (mut reader, mut buffer) = (markup::reader(text.as_bytes()), Vec::new());
        let mut relations = Vec::new();
        loop {
            match markup::next(&mut reader, &mut buffer) {
                Ok(Event::Start(element)) if element.local_name().as_ref() == "Relationship" => {
                    let value = |name| markup::attribute(&element, name).unwrap_or_default();
                    let kind = value("Type").rsplit('/').next().unwrap_or_default().to_owned();
                    relations.push(Relation { id: value("Id"), kind, part: resolved(folder, &value("Target")) });
                }
                Ok(Event::Eof) | Err(_) => return relations,
                Ok(_) => {}
            }
        }
    }

    /// What the archive says of itself; what it does not say is empty.
    pub(super) fn package(&mut self) -> Package {
        let told = self.relations("").into_iter().find(|relation| relation.kind == "officeDocument");
        let usual = ["xl/workbook.xml", "xl/workbook.bin"];
        let main = told.map(|relation| relation.part).filter(|part| self.holds(part));
        let main = main.or_else(|| usual.into_iter().find(|part| self.holds(part)).map(str::to_owned));
        let Some(main) = main else { return Package::default() };
        let relations = self.relations(&main);
        let mut package = Package { main, relations, ..Package::default() };
        if has_ending(&folded(&package.main), ".bin") {
            let bytes = self.bytes(&package.main, LONGEST).unwrap_or_default();
            package.sheets = super::binary::sheets(&bytes);
        } else if let Some(text) = self.text(&package.main) {
            list_sheets(&text, &mut package);
        }
        package
    }
}

impl Package {
    /// The relationship of a sheet.
    pub(super) fn relation(&self, sheet: &Listed) -> Option<&Relation> {
        self.relations.iter().find(|relation| relation.id == sheet.relation)
    }
}

fn list_sheets(text: &str, package: &mut Package) {
    let (mut reader, mut buffer) = (markup::reader(text.as_bytes()), Vec::new());
    loop {
        match markup::next(&mut reader, &mut buffer) {
            Ok(Event::Start(element)) => {
                let value = |name| markup::attribute(&element, name);
                match element.local_name().as_ref() {
                    "sheet" => package.sheets.push(Listed {
                        name: value("name").unwrap_or_default(),
                        state: value("state").unwrap_or_default(),
                        relation: value("id").unwrap_or_default(),
                    }),
                    "workbookPr" => {
                        package.from_1904 |= value("date1904").is_some_and(|told| told == "1" || told == "true");
                    }
                    _ => {}
                }
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// A part's name as it is compared.
pub(super) fn folded(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// Whether a folded name has an ending.
pub(super) fn has_ending(folded: &str, ending: &str) -> bool {
    folded.ends_with(ending)
}

/// A target relative to a folder, or from the root.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => {
                steps.pop();
            }
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_from_the_folder_of_their_part() {
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl/a", "..\\b/./c.xml"), "xl/b/c.xml");
    }
}
