//! View structs that all pages share: finished strings and links, nothing to reckon with.

use std::fmt::Write;

use serde::Serialize;

use super::chart::ChartFigure;
use super::chart::text::shortened;
use super::format;
pub(crate) use super::format::ABSENT;
use super::lens::{state, value_text};
use super::pages::path_of;
use super::parts::control;
use super::printed::{Control, PrintedForm};
use super::wall::WallBreach;
use super::words::Words;
use super::{PageTask, ReportInput};
use crate::metrics::fact::{Fact, Scope, Unit};
use crate::problem::Language;

/// Name of the page of number cards of a period and scope.
pub(crate) const CARDS: &str = "numbers.html";

/// A link; without `href` plain text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Link {
    pub(crate) text: String,
    pub(crate) href: String,
}

/// What stands around every page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Frame {
    /// Language of the page, as HTML names it.
    pub(crate) lang: &'static str,
    /// Title of the window.
    pub(crate) title: String,
    /// Main heading.
    pub(crate) heading: String,
    /// Organisation.
    pub(crate) organisation: String,
    /// Period and scope.
    pub(crate) subtitle: String,
    /// As-of date in words.
    pub(crate) as_of: String,
    /// Way back, from the first page on.
    pub(crate) crumbs: Vec<Link>,
    /// Sections of this page.
    pub(crate) contents: Vec<Link>,
    /// Heading of the contents, for screen readers.
    pub(crate) contents_title: String,
    /// Heading of the way back, for screen readers.
    pub(crate) crumbs_title: String,
    /// Last line.
    pub(crate) footer: String,
    /// File of the workbook beside the page, and what the link to it says; [`super::compose`] fills it in where there is one.
    pub(crate) workbook: String,
    pub(crate) workbook_label: String,
    /// What the first link of the page, for keyboards and screen readers, says: it leads past all this.
    pub(crate) skip: String,
    /// Head of each printed page from the second on, escaped for a style sheet.
    pub(crate) running: String,
    /// Foot of each printed page, likewise.
    pub(crate) running_foot: String,
    /// What stands around and between page number and number of pages, likewise.
    pub(crate) page_before: String,
    pub(crate) page_between: String,
    pub(crate) page_after: String,
    /// Number, version and signatures of the document that the page is, where a procedure asks for it.
    pub(crate) control: Option<Control>,
}

/// A section: a heading and what stands under it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Section {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) blocks: Vec<Block>,
}

impl Section {
    /// An empty section.
    pub(crate) fn new(id: &str, title: String) -> Self {
        Self { id: id.to_owned(), title, blocks: Vec::new() }
    }

    /// Adds a paragraph; an empty text adds none.
    pub(crate) fn text(&mut self, text: String) {
        if !text.is_empty() {
            self.blocks.push(Block::Text { text });
        }
    }

    /// Adds a table.
    pub(crate) fn table(&mut self, table: Table) {
        self.blocks.push(Block::Table { table });
    }

    /// Adds a chart, or a sentence in its place where there is nothing to draw; an empty one adds none.
    pub(crate) fn chart(&mut self, chart: Option<ChartFigure>, otherwise: String) {
        match chart {
            Some(chart) => self.blocks.push(Block::Chart { chart: Box::new(chart) }),
            None => self.text(otherwise),
        }
    }

    /// The section's entry in the contents.
    pub(crate) fn link(&self) -> Link {
        Link { text: self.title.clone(), href: format!("#{}", self.id) }
    }
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Block {
    /// A paragraph.
    Text { text: String },
    /// Key figures side by side.
    Figures { figures: Vec<Figure> },
    /// A table.
    Table { table: Table },
    /// A printed form.
    Printed { form: Box<PrintedForm> },
    /// A chart with its data.
    Chart { chart: Box<ChartFigure> },
}

/// A number as a workbook takes it; its text is what the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Number {
    /// The value: a ratio for a share, minutes for a duration.
    pub value: f64,
    /// How it is written.
    pub form: Form,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A whole number.
    Count,
    /// A difference of whole numbers, with its sign.
    Change,
    /// A share of one, written in per cent.
    Share,
    /// Minutes.
    Minutes,
    /// Whole days.
    Days,
    /// An amount of money.
    Yuan,
    /// A number with two decimals.
    Score,
}

impl Number {
    /// The number of a fact; none where it has no value.
    pub(crate) fn of(fact: &Fact) -> Option<Self> {
        let form = match fact.unit {
            Unit::Ratio => Form::Share,
            Unit::Minutes => Form::Minutes,
            Unit::Days => Form::Days,
            Unit::Yuan => Form::Yuan,
            Unit::Score | Unit::Per1000 => Form::Score,
            Unit::Count => Form::Count,
        };
        Some(Self { value: fact.value?, form })
    }
}

/// Where a fact's number card is: the path of the page below the output folder, and the anchor. [`super::compose`] makes it a link
/// from the page it stands on, and takes it off pages for the wall.
pub(crate) fn card(fact: &Fact) -> String {
    format!("{}#f-{}", path_of("", fact.key.period, &fact.key.scope, CARDS), fact.key.id())
}

/// A key figure.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub(crate) struct Figure {
    pub(crate) label: String,
    pub(crate) value: String,
    /// The number, for a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) number: Option<Number>,
    /// Its number card.
    pub(crate) card: String,
    /// Numerator and denominator, or why there is no value.
    pub(crate) detail: String,
    /// `met`, `missed` or empty.
    pub(crate) state: &'static str,
    /// The same in words, with the target.
    pub(crate) verdict: String,
    pub(crate) changes: Vec<Change>,
}

/// A change against another period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Change {
    pub(crate) against: String,
    pub(crate) value: String,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Table {
    pub(crate) id: String,
    pub(crate) caption: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Last rows, such as a total.
    pub(crate) foot: Vec<Vec<Cell>>,
    /// What stands instead of a table without rows.
    pub(crate) empty: String,
    /// Remark under the table.
    pub(crate) remark: String,
    /// How a workbook draws it.
    #[serde(skip)]
    pub(crate) drawn: Option<Drawn>,
}

/// How a workbook draws a table, by the numbers of its columns.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Drawn {
    /// Bars by category, and the running share.
    Pareto { label: usize, count: usize, cumulative: usize },
    /// Bars by period, and a rate as a line where there is one.
    Trend { label: usize, count: usize, rate: Option<Rate> },
}

/// A rate beside bars: its column, and name and value of its target.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rate {
    pub(crate) column: usize,
    pub(crate) target: Option<(String, f64)>,
}

/// A column's heading.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Column {
    pub(crate) label: String,
    pub(crate) numeric: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub(crate) struct Cell {
    pub(crate) text: String,
    /// Second, smaller line.
    pub(crate) detail: String,
    /// `met`, `missed` or empty.
    pub(crate) state: &'static str,
    pub(crate) href: String,
    /// Number card of the fact that the cell shows.
    pub(crate) card: String,
    pub(crate) numeric: bool,
    /// The number, for a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) number: Option<Number>,
}

impl Cell {
    /// What a fact says, with its number card; absent where it has no value.
    pub(crate) fn fact(words: &Words, fact: Option<&Fact>) -> Self {
        let cell = Self::text(value_text(words, fact)).state(state(fact));
        match fact {
            Some(fact) => Self { card: card(fact), number: Number::of(fact), ..cell },
            None => cell,
        }
    }

    /// A count.
    pub(crate) fn count(n: f64) -> Self {
        Self { number: Some(Number { value: n, form: Form::Count }), ..Self::text(format::count(n)) }
    }

    /// A difference of counts, with its sign.
    pub(crate) fn change(words: &Words, difference: f64) -> Self {
        Self {
            number: Some(Number { value: difference, form: Form::Change }),
            ..Self::text(format::difference(words, format::Difference::Count, difference))
        }
    }

    /// A share of one.
    pub(crate) fn share(share: f64) -> Self {
        Self { number: Some(Number { value: share, form: Form::Share }), ..Self::text(format::share(share, None)) }
    }

    /// A plain cell.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A cell for what there is no figure of.
    pub(crate) fn absent() -> Self {
        Self::text(format::ABSENT)
    }

    /// The same cell with a second line.
    pub(crate) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// The same cell as a link.
    pub(crate) fn href(mut self, href: impl Into<String>) -> Self {
        self.href = href.into();
        self
    }

    /// The same cell with a verdict.
    pub(crate) fn state(mut self, state: &'static str) -> Self {
        self.state = state;
        self
    }
}

impl Table {
    /// A table without rows.
    pub(crate) fn new(words: &Words, id: &str, caption: String) -> Self {
        Self {
            id: id.to_owned(),
            caption,
            columns: Vec::new(),
            rows: Vec::new(),
            foot: Vec::new(),
            empty: words.say("table.empty", &[]),
            remark: String::new(),
            drawn: None,
        }
    }

    /// Adds a column of words.
    pub(crate) fn words(mut self, label: String) -> Self {
        self.columns.push(Column { label, numeric: false });
        self
    }

    /// Adds a column of numbers.
    pub(crate) fn numbers(mut self, label: String) -> Self {
        self.columns.push(Column { label, numeric: true });
        self
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: Vec<Cell>) {
        let cells = self.aligned(cells);
        self.rows.push(cells);
    }

    /// Adds a last row.
    pub(crate) fn foot(&mut self, cells: Vec<Cell>) {
        let cells = self.aligned(cells);
        self.foot.push(cells);
    }

    fn aligned(&self, mut cells: Vec<Cell>) -> Vec<Cell> {
        debug_assert_eq!(cells.len(), self.columns.len(), "{}", self.id);
        for (cell, column) in cells.iter_mut().zip(&self.columns) {
            cell.numeric = column.numeric;
        }
        cells
    }
}

/// What stands around a page.
pub(crate) fn frame(input: &ReportInput<'_>, task: &PageTask, heading: String, subtitle: &str) -> Frame {
    let words = input.words;
    let subtitle = words.opening(subtitle);
    let title = [heading.as_str(), subtitle.as_str(), input.organisation]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(&words.say("join.title", &[]));
    let as_of = words.say("frame.as_of", &[("date", &format::date_until(words, input.as_of))]);
    let running = [input.organisation, heading.as_str(), subtitle.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(&words.say("join.title", &[]));
    let crumbs = if task.path == "index.html" {
        Vec::new()
    } else {
        vec![Link { text: words.say("index.heading", &[]), href: relative(&task.path, "index.html") }]
    };
    Frame {
        lang: match input.language {
            Language::Zh => "zh-CN",
            Language::En => "en",
        },
        title,
        heading,
        organisation: input.organisation.to_owned(),
        subtitle,
        crumbs,
        contents: Vec::new(),
        contents_title: words.say("frame.contents", &[]),
        crumbs_title: words.say("frame.crumbs", &[]),
        footer: words.say("frame.footer", &[]),
        workbook: String::new(),
        workbook_label: words.say("workbook.link", &[]),
        skip: words.say("frame.skip", &[]),
        running: css_text(&running),
        running_foot: css_text(&as_of),
        page_before: css_text(&words.say("frame.page_before", &[])),
        page_between: css_text(&words.say("frame.page_between", &[])),
        page_after: css_text(&words.say("frame.page_after", &[])),
        as_of,
        control: control::of_page(input, task),
    }
}

/// A text as it may stand between quotation marks in a style sheet of a page: whatever is no letter or digit is written by its number.
fn css_text(text: &str) -> String {
    const LONGEST: f64 = 60.0;
    let mut out = String::new();
    for c in shortened(text, LONGEST).chars() {
        if c.is_alphanumeric() {
            out.push(c);
        } else {
            let _ = write!(out, "\\{:06x}", u32::from(c));
        }
    }
    out
}

/// Name of a scope on pages.
pub(crate) fn scope_name(input: &ReportInput<'_>, scope: &Scope) -> String {
    let words = input.words;
    let name = input.facts.scope_name(scope);
    match scope {
        Scope::Group => words.say("scope.group", &[]),
        Scope::Community(id) if name.is_empty() => match input.communities.iter().find(|c| c.id == *id) {
            Some(community) => community.name.to_string(),
            None if &**id == "none" => words.say("scope.no_community", &[]),
            None => id.to_string(),
        },
        Scope::Department(id) if name.is_empty() && &**id == "none" => words.say("scope.no_department", &[]),
        Scope::Department(id) if name.is_empty() => id.to_string(),
        _ => name.to_owned(),
    }
}

/// The way from one page to another, both below the output folder.
pub(crate) fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = from.len() - 1;
    let shared = from[..folders].iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut steps = vec![".."; folders - shared];
    steps.extend(&to[shared..]);
    steps.join("/")
}

/// What a page is made of: what its template reads, and the sections that go into its workbook.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Composed {
    pub(crate) model: serde_json::Value,
    pub(crate) book: Option<Book>,
    /// Texts that may not hang on a wall and were left out.
    pub(crate) left_out: Vec<WallBreach>,
}

/// The tables and charts of a page, for a workbook of the same name.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    pub(crate) frame: Frame,
    pub(crate) sections: Vec<Section>,
    pub(crate) labels: BookLabels,
}

impl Book {
    /// Whether there is a table with rows, a printed form or a key figure; without any there is nothing to open.
    pub(crate) fn has_numbers(&self) -> bool {
        self.sections.iter().flat_map(|section| &section.blocks).any(|block| match block {
            Block::Text { .. } => false,
            Block::Figures { figures } => !figures.is_empty(),
            Block::Table { table } => !table.rows.is_empty(),
            Block::Chart { chart } => !chart.table.rows.is_empty(),
            Block::Printed { .. } => true,
        })
    }
}

/// What a workbook says of itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct BookLabels {
    /// Name of the first sheet.
    pub(crate) overview: String,
    /// Heading of the list of tables.
    pub(crate) tables: String,
    /// The way from a table to the first sheet.
    pub(crate) back: String,
    /// Headings of the columns of key figures.
    pub(crate) figure: String,
    pub(crate) value: String,
    pub(crate) made_of: String,
    pub(crate) against_target: String,
    pub(crate) changes: String,
    /// Heading of the second lines of a column; `{column}` is filled in.
    detail: String,
}

impl BookLabels {
    pub(crate) fn of(words: &Words) -> Self {
        let say = |key| words.say(key, &[]);
        Self {
            overview: say("workbook.overview"),
            tables: say("workbook.tables"),
            back: say("workbook.back"),
            figure: say("workbook.figure"),
            value: say("workbook.value"),
            made_of: say("workbook.made_of"),
            against_target: say("workbook.against_target"),
            changes: say("workbook.changes"),
            detail: say("workbook.detail"),
        }
    }

    /// Heading of the second lines of a column.
    pub(crate) fn detail_of(&self, column: &str) -> String {
        self.detail.replace("{column}", column)
    }
}

impl Composed {
    /// A page with a workbook of these sections.
    pub(crate) fn with_book<'s, T: Serialize>(
        view: &T,
        frame: &Frame,
        sections: impl IntoIterator<Item = &'s Section>,
    ) -> Self {
        let sections = sections.into_iter().cloned().collect();
        Self { book: Some(Book { frame: frame.clone(), sections, labels: BookLabels::default() }), ..model(view) }
    }
}

/// A page without a workbook, its model as the templates read it. A view struct always can be written as JSON.
pub(crate) fn model<T: Serialize>(view: &T) -> Composed {
    Composed { model: serde_json::to_value(view).unwrap_or_default(), ..Composed::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_leave_its_quotation_marks_in_a_style_sheet() {
        let text = css_text("翠园\"; } </style><script>\\\n");
        assert!(text.chars().all(|c| c.is_alphanumeric() || c == '\\'));
        assert!(text.starts_with("翠园\\000022\\00003b"));
    }

    #[test]
    fn links_go_by_the_shortest_way() {
        assert_eq!(relative("index.html", "2025-06/a.html"), "2025-06/a.html");
        assert_eq!(relative("2025-06/c1/a.html", "2025-06/a.html"), "../a.html");
        assert_eq!(relative("public/2025-H1/c1/n.html", "index.html"), "../../../index.html");
        assert_eq!(relative("2025-06/a.html", "2025-06/a.html"), "a.html");
    }
}
