//! Small steps over XML that the readers of documents share.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Why a document cannot be read on: damage, or a declaration that no spreadsheet needs and bombs are made of.
pub(super) const DOCTYPE: &str = "含有 DOCTYPE 声明，可能是恶意文件 / a DOCTYPE, as in entity bombs";

/// A reader of a document that is not trusted.
pub(super) fn reader<R: BufRead>(input: R) -> Reader<R> {
    let mut reader = Reader::from_reader(input);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    reader
}

/// The next event; a document type declaration is an error.
pub(super) fn next<'b, R: BufRead>(reader: &mut Reader<R>, buffer: &'b mut Vec<u8>) -> Result<Event<'b>, String> {
    buffer.clear();
    match reader.read_event_into(buffer) {
        Ok(Event::DocType(_)) => Err(DOCTYPE.to_owned()),
        Ok(event) => Ok(event),
        Err(error) => Err(error.to_string()),
    }
}

/// The value of an attribute by its local name, whatever the prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let mut found = attributes.with_checks(false).filter_map(Result::ok);
    let attribute = found.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(match attribute.normalized_value(XmlVersion::Implicit1_0) {
        Ok(value) => value.into_owned(),
        Err(_) => attribute.value.into_owned(),
    })
}

/// A number in an attribute.
pub(super) fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}

/// The character that a reference such as `&amp;` or `&#20013;` stands for; others stand for nothing.
pub(super) fn referred(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character);
    }
    match &*reference.xml10_content() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
