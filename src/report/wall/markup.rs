//! What a finished page shows: its texts as a reader sees them, whatever the template made of the model.

use html5gum::emitters::default::{DefaultEmitter, StartTag};
use html5gum::{Token, Tokenizer};

/// A text of a page, and the last id before it.
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) place: String,
}

/// Elements within a line: what stands on both sides of their tags is read as one.
const INLINE: [&[u8]; 23] = [
    b"a", b"abbr", b"b", b"bdi", b"bdo", b"cite", b"code", b"data", b"em", b"i", b"kbd", b"mark", b"q", b"ruby", b"s",
    b"small", b"span", b"strong", b"sub", b"sup", b"time", b"tspan", b"wbr",
];

/// Attributes that hold geometry and style, never words.
const GEOMETRY: [&[u8]; 25] = [
    b"d",
    b"points",
    b"viewbox",
    b"viewBox",
    b"transform",
    b"x",
    b"y",
    b"x1",
    b"x2",
    b"y1",
    b"y2",
    b"cx",
    b"cy",
    b"r",
    b"rx",
    b"ry",
    b"width",
    b"height",
    b"dx",
    b"dy",
    b"fill",
    b"stroke",
    b"class",
    b"style",
    b"xmlns",
];

/// The texts of a page in their order, each attribute as one of its own.
pub(super) fn shown(html: &str) -> Vec<Shown> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = Page::default();
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) => page.start(&tag),
            Token::EndTag(tag) => page.end(&tag.name),
            Token::String(text) if !page.in_style => page.text.push_str(&String::from_utf8_lossy(&text)),
            Token::Comment(comment) => page.add(&String::from_utf8_lossy(&comment)),
            _ => {}
        }
    }
    page.finish();
    page.all
}

#[derive(Default)]
struct Page {
    all: Vec<Shown>,
    /// The text since the last element that is no part of a line.
    text: String,
    place: String,
    in_style: bool,
}

impl Page {
    fn start(&mut self, tag: &StartTag<()>) {
        let name: &[u8] = &tag.name;
        if name == b"br" {
            self.text.push(' ');
        } else if !INLINE.contains(&name) {
            self.finish();
        }
        self.in_style = name == b"style";
        for (key, value) in &tag.attributes {
            let value = String::from_utf8_lossy(value);
            if **key == *b"id" {
                self.place = format!("#{value}");
            }
            if !GEOMETRY.contains(&&key[..]) {
                self.add(&value);
            }
        }
    }

    fn end(&mut self, name: &[u8]) {
        if !INLINE.contains(&name) {
            self.finish();
        }
        self.in_style = false;
    }

    fn finish(&mut self) {
        let text = std::mem::take(&mut self.text);
        self.add(&text);
    }

    fn add(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.all.push(Shown { text: text.to_owned(), place: self.place.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_one_and_cells_apart() {
        let html = "<style>a { color: #138 }</style><table id=\"t\"><tr><td>张<b>三</b></td><td title=\"甲&#38;乙\">1&#51;8</td></tr></table>\
            <svg><path d=\"M 13812345678\"/><text><tspan>一</tspan><tspan>二</tspan></text></svg><!-- 丙 -->";
        let texts: Vec<String> = shown(html).into_iter().map(|shown| shown.text).collect();
        assert_eq!(texts, ["t", "张三", "甲&乙", "138", "一二", "丙"]);
    }
}
