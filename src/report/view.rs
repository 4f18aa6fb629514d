//! View structs that all pages share: finished strings and links, nothing to reckon with.

use serde::Serialize;

use super::chart::columns::ColumnsChart;
use super::chart::diverging::DivergingChart;
use super::chart::pareto::ParetoChart;
use super::chart::trend::TrendChart;
use super::format;
use super::words::Words;
use super::{PageTask, ReportInput};
use crate::metrics::fact::Scope;
use crate::problem::Language;

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
    /// A Pareto chart.
    Pareto { chart: Box<ParetoChart> },
    /// Columns with their numbers.
    Columns { chart: Box<ColumnsChart> },
    /// Diverging bars.
    Diverging { chart: Box<DivergingChart> },
    /// Columns and a line over months.
    Trend { chart: Box<TrendChart> },
}

/// A key figure.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub(crate) struct Figure {
    pub(crate) label: String,
    pub(crate) value: String,
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
    pub(crate) numeric: bool,
}

impl Cell {
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
    let words = Words::of(input.language);
    let subtitle = words.opening(subtitle);
    let title = [heading.as_str(), subtitle.as_str(), input.organisation]
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
        as_of: words.say("frame.as_of", &[("date", &format::date_until(words, input.as_of))]),
        crumbs,
        contents: Vec::new(),
        contents_title: words.say("frame.contents", &[]),
        crumbs_title: words.say("frame.crumbs", &[]),
        footer: words.say("frame.footer", &[]),
    }
}

/// Name of a scope on pages.
pub(crate) fn scope_name(input: &ReportInput<'_>, scope: &Scope) -> String {
    let words = Words::of(input.language);
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

/// A model as the templates read it. A view struct always can be written as JSON.
pub(crate) fn model<T: Serialize>(view: &T) -> serde_json::Value {
    serde_json::to_value(view).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_go_by_the_shortest_way() {
        assert_eq!(relative("index.html", "2025-06/a.html"), "2025-06/a.html");
        assert_eq!(relative("2025-06/c1/a.html", "2025-06/a.html"), "../a.html");
        assert_eq!(relative("public/2025-H1/c1/n.html", "index.html"), "../../../index.html");
        assert_eq!(relative("2025-06/a.html", "2025-06/a.html"), "a.html");
    }
}
