//! Language marks: what stands in Chinese on an English page says so, that it is read aloud in Chinese and set in Chinese glyphs (WCAG
//! 2.2, 3.1.2 Language of Parts). Names, categories and answers come from the cells of the input and are not translated.

use crate::normalise::han::is_han;

/// Elements whose text is no content of its own, or cannot hold an element.
const BARE: [&str; 5] = ["style", "script", "title", "option", "textarea"];

/// An English page with its Chinese texts marked; a page of another language as it is.
pub(super) fn marked(html: String, lang: &str) -> String {
    if !lang.starts_with("en") || !html.contains(is_han) {
        return html;
    }
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let (mut rest, mut in_drawing) = (html.as_str(), false);
    while let Some(open) = rest.find('<') {
        mark(&mut out, &rest[..open], in_drawing);
        let end = tag_end(&rest[open..]).map_or(rest.len(), |end| open + end);
        let tag = &rest[open..end];
        out.push_str(tag);
        rest = &rest[end..];
        let name = name_of(tag);
        match name {
            "svg" => in_drawing = true,
            "/svg" => in_drawing = false,
            _ => {}
        }
        if BARE.contains(&name) {
            let close = rest.find(&format!("</{name}")).unwrap_or(rest.len());
            out.push_str(&rest[..close]);
            rest = &rest[close..];
        }
    }
    mark(&mut out, rest, in_drawing);
    out
}

/// Where a tag ends, its `>` included; one in an attribute's value ends nothing.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// `td` of `<td class="num">`, `/td` of its end.
fn name_of(tag: &str) -> &str {
    let inner = tag.trim_start_matches('<');
    let end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '/')).unwrap_or(inner.len());
    let name = &inner[..end];
    if name.len() > 1 { name.trim_end_matches('/') } else { name }
}

/// Adds a text, each Chinese run of it in an element with its language.
fn mark(out: &mut String, text: &str, in_drawing: bool) {
    let (open, close) =
        if in_drawing { (r#"<tspan lang="zh-CN">"#, "</tspan>") } else { (r#"<span lang="zh-CN">"#, "</span>") };
    let mut rest = text;
    while let Some(start) = rest.find(is_chinese) {
        let run = run_length(&rest[start..]);
        out.push_str(&rest[..start]);
        if rest[start..start + run].contains(is_han) {
            out.push_str(open);
            out.push_str(&rest[start..start + run]);
            out.push_str(close);
        } else {
            out.push_str(&rest[start..start + run]);
        }
        rest = &rest[start + run..];
    }
    out.push_str(rest);
}

/// Bytes of a Chinese run: to the last Chinese character that only letters and digits without a blank part from the one before it.
fn run_length(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if is_chinese(c) {
            end = at + c.len_utf8();
        } else if !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/' | '(' | ')')) {
            break;
        }
    }
    end
}

/// A Chinese character or a punctuation mark or form of Chinese typesetting.
fn is_chinese(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3001}'..='\u{301F}' | '\u{FF01}'..='\u{FF5E}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(html: &str) -> String {
        marked(html.to_owned(), "en")
    }

    #[test]
    fn chinese_on_an_english_page_is_marked_and_nothing_else() {
        let html = english("<p>Most are of 公共设施 (45 of 50), in 翠湖 3号楼.</p>");
        let expected = "<p>Most are of <span lang=\"zh-CN\">公共设施</span> (45 of 50), in <span lang=\"zh-CN\">翠湖</span> \
                        3<span lang=\"zh-CN\">号楼</span>.</p>";
        assert_eq!(html, expected);
        assert_eq!(english("<p>No “quoted” · dash —</p>"), "<p>No “quoted” · dash —</p>");
        assert_eq!(marked("<p>公共设施</p>".to_owned(), "zh-CN"), "<p>公共设施</p>");
    }

    #[test]
    fn attributes_styles_and_titles_are_left_and_drawings_take_their_own_element() {
        let html = "<style>p{content:\"中\"}</style><a title=\"设施>\" href=\"中.html\">设施</a><svg><title>设施</title><text>设施</text></svg>";
        let expected = "<style>p{content:\"中\"}</style><a title=\"设施>\" href=\"中.html\"><span lang=\"zh-CN\">设施</span></a>\
                        <svg><title>设施</title><text><tspan lang=\"zh-CN\">设施</tspan></text></svg>";
        assert_eq!(english(html), expected);
    }

    #[test]
    fn a_run_goes_on_over_letters_and_digits_without_a_blank() {
        assert_eq!(english("a（QR-001FW表）b"), "a<span lang=\"zh-CN\">（QR-001FW表）</span>b");
        assert_eq!(english("，"), "，", "punctuation alone has no language");
    }
}
