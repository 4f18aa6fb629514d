//! A sheet for the wall: one A4 page that is read from two metres, body 22 points, headline 44.
//!
//! What does not fit is not made smaller: rows are left off from the end, and their number is said. Heights are reckoned in points
//! as `notices.css` sets them.

use serde::Serialize;

use super::super::chart::text::{shortened, width, wrapped};
use super::super::view::Frame;
use super::super::words::Words;
use super::super::{chart, format};

/// A sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Sheet {
    pub(crate) frame: Frame,
    pub(crate) organisation: String,
    pub(crate) headline: String,
    /// Community and period.
    pub(crate) place: String,
    /// The number in the largest type; empty where there is none to show.
    pub(crate) figure: String,
    pub(crate) figure_label: String,
    pub(crate) figure_sentence: String,
    /// Paragraphs above the rows.
    pub(crate) said: Vec<String>,
    pub(crate) rows_title: String,
    pub(crate) row_heading: String,
    pub(crate) value_heading: String,
    pub(crate) rows: Vec<SheetRow>,
    /// Width of their labels, as a length in style sheets.
    pub(crate) label_width: String,
    /// How many rows are left off; empty for none.
    pub(crate) more: String,
    /// What is not shown and why; what happens next.
    pub(crate) notes: Vec<String>,
    /// Lines to fill in: whom to ask.
    pub(crate) questions: Vec<String>,
    /// Lines to fill in: who issued it, with place for the seal, and when.
    pub(crate) signature: Signature,
}

/// A row: a bar and its value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct SheetRow {
    /// What the row is about, a line or two; broken here, so that the height is known.
    pub(crate) label: Vec<String>,
    /// Length of the bar in per cent.
    pub(crate) length: String,
    pub(crate) value: String,
}

/// The last lines.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Signature {
    pub(crate) unit: String,
    pub(crate) date: String,
    /// Year, month and day, each behind its blank.
    pub(crate) date_parts: Vec<String>,
}

/// Width and height of what is printed, in points: A4 less the margins of `@page notice`, and a little for the estimate.
const PAGE: (f64, f64) = (515.0, 768.0);

/// Body text: size and height of a line.
const BODY: (f64, f64) = (22.0, 28.0);

/// The line of community and period.
const PLACE: (f64, f64) = (27.0, 35.0);

/// Most that the company's name, and community and period, may take, in em of their own size.
const LONGEST: (f64, f64) = (44.0, 36.0);

/// Width of a row's label in em; a longer one takes two lines.
const LABEL: f64 = 9.6;

/// Part of a line that counts as its length: the faces of some machines are wider than the estimate.
const ROOM: f64 = 0.94;

/// Lines that a text takes in a width, broken as the page breaks it: Chinese between characters, other scripts between words.
fn lines(text: &str, size: f64, across: f64) -> f64 {
    let most = across / size * ROOM;
    if text.is_empty() { 0.0 } else { chart::number(wrapped(text, most, usize::MAX).len()) }
}

fn paragraphs(texts: &[String]) -> f64 {
    texts.iter().map(|text| lines(text, BODY.0, PAGE.0) * BODY.1 + 5.0).sum()
}

impl Sheet {
    /// The sheet with as many of its rows as one page takes. `more` is the text that counts those left off.
    pub(crate) fn fitted(mut self, words: &Words, more: &str) -> Self {
        self.organisation = shortened(&self.organisation, LONGEST.0);
        self.place = shortened(&self.place, LONGEST.1);
        let widest = self.rows.iter().flat_map(|row| &row.label).map(|line| width(line)).fold(4.0, f64::max);
        self.label_width = format!("{:.1}em", widest.min(LABEL) + 0.2);
        // Long names in the sentences are the last to give way, and do so with a mark.
        let mut most = 160.0;
        while self.height_without_rows() > PAGE.1 && most > 20.0 {
            for text in self.notes.iter_mut().chain(&mut self.said) {
                *text = shortened(text, most);
            }
            most *= 0.8;
        }
        let mut left = PAGE.1 - self.height_without_rows();
        let counted = BODY.1 + 4.0;
        let mut taken = 0;
        for (place, row) in self.rows.iter().enumerate() {
            let height = chart::number(row.label.len()) * BODY.1 + 5.0;
            let is_last = place + 1 == self.rows.len();
            if left < height + if is_last { 0.0 } else { counted } {
                break;
            }
            left -= height;
            taken += 1;
        }
        let rest = self.rows.len() - taken;
        self.rows.truncate(taken);
        if rest > 0 {
            self.more = words.number(more, chart::number(rest), &[]);
        }
        self
    }

    fn height_without_rows(&self) -> f64 {
        let figure = width(&self.figure) * 84.0;
        let beside = PAGE.0 - figure - 20.0;
        let label = lines(&self.figure_label, 30.0, beside) * 38.0;
        let sentence = lines(&self.figure_sentence, BODY.0, beside) * BODY.1;
        let result = if self.figure.is_empty() { label + sentence } else { (label + sentence).max(92.0) };
        lines(&self.organisation, BODY.0, PAGE.0) * BODY.1
            + lines(&self.headline, 44.0, PAGE.0) * 54.0
            + lines(&self.place, PLACE.0, PAGE.0) * PLACE.1
            + result
            + paragraphs(&self.said)
            + paragraphs(&self.notes)
            // Gaps between the parts, whom to ask, and the last lines.
            + 40.0
            + self.questions_height()
            // A date of three blanks takes a line of its own.
            + if self.signature.date_parts.is_empty() { 61.0 } else { 92.0 }
    }

    fn questions_height(&self) -> f64 {
        let one_line: f64 = self.questions.iter().map(|label| width(label) * BODY.0 + 128.0).sum();
        if one_line <= PAGE.0 { 36.0 } else { 36.0 * chart::number(self.questions.len()) }
    }
}

impl SheetRow {
    /// A row with its bar: a share of one.
    pub(crate) fn new(label: &str, share: f64, value: String) -> Self {
        Self { label: wrapped(label, LABEL, 2), length: format!("{:.1}%", (share * 100.0).clamp(0.0, 100.0)), value }
    }
}

/// The lines to fill in that every sheet has.
pub(crate) fn questions(words: &Words) -> Vec<String> {
    vec![words.say("sheet.questions_place", &[]), words.say("sheet.questions_phone", &[])]
}

/// The last lines that every sheet has.
pub(crate) fn signature(words: &Words) -> Signature {
    let parts = words.say("sheet.date_blanks", &[]);
    Signature {
        unit: words.say("sheet.issued_by", &[]),
        date: words.say("sheet.date", &[]),
        date_parts: parts.split_whitespace().map(str::to_owned).collect(),
    }
}

/// `翠湖花园 · 2025年下半年`; a name that is too long is cut before the period.
pub(crate) fn place(words: &Words, scope: &str, period: &str) -> String {
    let room = LONGEST.1 - width(period) - 3.0;
    words.opening(&words.say("sheet.place", &[("scope", &shortened(scope, room)), ("period", period)]))
}

/// The as-of date in words, for the end of a paragraph.
pub(crate) fn as_of(words: &Words, moment: crate::moment::Seconds) -> String {
    words.say("sheet.as_of", &[("date", &format::date_until(words, moment))])
}

#[cfg(test)]
mod tests {
    use super::super::super::sample::Sample;
    use super::super::super::{compose, page_plan};
    use crate::problem::Language;

    /// The rows of the notice of the first community, and the text that counts those left off.
    fn notice(items: usize, name: &str, language: Language) -> (usize, String) {
        let items = (0..items).map(|n| format!("{n}{name}")).collect();
        let world = Sample { items, ..Sample::default() }.world();
        let input = world.input(language);
        let task =
            page_plan(&input).into_iter().find(|task| task.path == "public/2025-H1/c1/survey-notice.html").unwrap();
        let model = compose(&input, &task).model;
        (model["rows"].as_array().unwrap().len(), model["more"].as_str().unwrap().to_owned())
    }

    #[test]
    fn as_many_rows_are_shown_as_one_page_takes_and_the_rest_is_counted() {
        assert_eq!(notice(7, "项", Language::Zh), (7, String::new()));
        let (rows, more) = notice(40, "项", Language::Zh);
        assert!((7..12).contains(&rows), "{rows}");
        assert_eq!(more, format!("另有{}项满意率更高，没有列出。", 40 - rows));
        let long = "公共设施（含电梯、门禁与照明）维修".repeat(4);
        let (rows, more) = notice(12, &long, Language::Zh);
        assert!((2..8).contains(&rows), "{rows}");
        assert_eq!(more, format!("另有{}项满意率更高，没有列出。", 12 - rows));
        assert!(notice(12, "A matter of some length", Language::En).0 >= 3);
    }
}
