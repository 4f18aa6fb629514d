//! What a finished page shows in tables, printed forms and key figures, in the order of the page.

use roxmltree::{Document, Node, ParsingOptions};

/// A page.
pub(crate) struct Page {
    pub(crate) title: String,
    pub(crate) heading: String,
    /// Everything that can be read on it.
    pub(crate) text: String,
    pub(crate) parts: Vec<Part>,
    pub(crate) figures: Vec<Figure>,
}

/// A table or a printed form.
pub(crate) enum Part {
    Table(Table),
    Form(Form),
}

/// A table.
pub(crate) struct Table {
    pub(crate) caption: String,
    /// Title of the section that it stands in.
    pub(crate) section: String,
    /// The kind of the chart whose data it is; empty for none.
    pub(crate) chart: String,
    pub(crate) columns: Vec<String>,
    /// Last rows too.
    pub(crate) rows: Vec<Vec<Cell>>,
    pub(crate) foot: usize,
    pub(crate) remark: String,
}

/// A cell of a table.
#[derive(Default)]
pub(crate) struct Cell {
    pub(crate) text: String,
    /// Its second, smaller line.
    pub(crate) detail: String,
    pub(crate) numeric: bool,
}

/// A printed form.
pub(crate) struct Form {
    /// Title of the section that it stands in.
    pub(crate) section: String,
    /// Empty where it is a part of the page without a name of its own.
    pub(crate) title: String,
    pub(crate) part: String,
    pub(crate) landscape: bool,
    pub(crate) columns: usize,
    /// What stands on lines of their own above the grid, and under it.
    pub(crate) above: Vec<Vec<String>>,
    pub(crate) below: Vec<String>,
    /// Rows of headings and of values, part by part.
    pub(crate) bands: Vec<[Vec<Vec<FormCell>>; 2]>,
}

/// A cell of a printed form.
pub(crate) struct FormCell {
    pub(crate) text: String,
    pub(crate) detail: String,
    /// It names the row.
    pub(crate) is_label: bool,
    pub(crate) across: u32,
    pub(crate) down: u32,
}

/// A key figure.
pub(crate) struct Figure {
    pub(crate) label: String,
    pub(crate) value: String,
    pub(crate) detail: String,
    pub(crate) verdict: String,
    pub(crate) changes: Vec<String>,
}

fn has_class(node: &Node<'_, '_>, class: &str) -> bool {
    node.attribute("class").is_some_and(|classes| classes.split_whitespace().any(|one| one == class))
}

fn all<'a, 'i: 'a>(node: Node<'a, 'i>, tag: &'static str, class: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |node| node.has_tag_name(tag) && (class.is_empty() || has_class(node, class)))
}

fn text_of(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(Node::is_text).filter_map(|text| text.text());
    texts.collect::<String>().trim().to_owned()
}

fn texts<'a, 'i: 'a>(node: Node<'a, 'i>, tag: &'static str, class: &'static str) -> impl Iterator<Item = String> + 'a {
    all(node, tag, class).map(text_of)
}

/// The first of that tag and class; empty for none.
fn first(node: Node<'_, '_>, tag: &'static str, class: &'static str) -> String {
    texts(node, tag, class).next().unwrap_or_default()
}

/// The text of a cell without its second line, and the second line.
fn lines(cell: Node<'_, '_>) -> (String, String) {
    let is_main = |node: &Node<'_, '_>| node.is_text() && !node.ancestors().any(|above| above.has_tag_name("small"));
    let main: String = cell.descendants().filter(is_main).filter_map(|node| node.text()).collect();
    (main.trim().to_owned(), first(cell, "small", ""))
}

/// The title of the section that something stands in.
fn section_of(node: Node<'_, '_>) -> String {
    let section = node.ancestors().find(|above| above.has_tag_name("section"));
    section.map(|section| first(section, "h2", "")).unwrap_or_default()
}

fn cells_of<'a, 'i>(row: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    row.children().filter(|node| node.has_tag_name("th") || node.has_tag_name("td"))
}

impl Page {
    pub(crate) fn read(page: &str) -> Self {
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let document = Document::parse_with_options(page, options).unwrap();
        let root = document.root();
        let body = all(root, "body", "").next().unwrap();
        let part = |node: Node<'_, '_>| match node.tag_name().name() {
            "div" if has_class(&node, "table") => Table::read(node).map(Part::Table),
            "div" if has_class(&node, "printed") => Some(Part::Form(Form::read(node))),
            _ => None,
        };
        Self {
            title: first(root, "title", ""),
            heading: first(body, "h1", ""),
            text: text_of(body),
            parts: body.descendants().filter_map(part).collect(),
            figures: all(body, "dl", "figures").flat_map(|list| all(list, "div", "figure")).map(Figure::read).collect(),
        }
    }
}

impl Table {
    /// None for a caption alone, which stands where there are no rows.
    fn read(node: Node<'_, '_>) -> Option<Self> {
        let table = all(node, "table", "").next()?;
        let rows = |tag| all(table, tag, "").flat_map(|part| all(part, "tr", "")).map(row).collect::<Vec<_>>();
        let row_of_foot = rows("tfoot");
        let chart = node
            .ancestors()
            .find(|above| above.has_tag_name("figure"))
            .and_then(|figure| figure.attribute("class"))
            .unwrap_or_default();
        Some(Self {
            caption: first(table, "caption", ""),
            section: section_of(node),
            chart: chart.trim_start_matches("chart").trim().to_owned(),
            columns: all(table, "thead", "").flat_map(|head| texts(head, "th", "")).collect(),
            foot: row_of_foot.len(),
            rows: rows("tbody").into_iter().chain(row_of_foot).collect(),
            remark: first(node, "p", "remark"),
        })
    }
}

fn row(row: Node<'_, '_>) -> Vec<Cell> {
    let cell = |cell: Node<'_, '_>| {
        let (text, detail) = lines(cell);
        Cell { text, detail, numeric: has_class(&cell, "num") }
    };
    cells_of(row).map(cell).collect()
}

impl Form {
    fn read(node: Node<'_, '_>) -> Self {
        let head = all(node, "header", "").next();
        let above = |class| -> Vec<String> {
            let line = head.and_then(|head| all(head, "p", class).next());
            // A word in another language has a mark of its own within.
            let spans =
                |line: Node<'_, '_>| line.children().filter(|node| node.has_tag_name("span")).map(text_of).collect();
            let mut spans: Vec<String> = line.map(spans).unwrap_or_default();
            spans.retain(|text| !text.is_empty());
            spans
        };
        let (title, part) = match all(node, "h1", "printed-title").chain(all(node, "h2", "printed-title")).next() {
            Some(title) => lines(title),
            None => (String::new(), String::new()),
        };
        let rows = |table: Node<'_, '_>, tag| {
            let rows = all(table, tag, "").flat_map(|part| all(part, "tr", ""));
            rows.map(|row| cells_of(row).map(FormCell::read).collect()).collect()
        };
        let mut below: Vec<String> =
            all(node, "ol", "printed-remarks").flat_map(|list| texts(list, "li", "")).collect();
        for approval in all(node, "p", "approval") {
            below.extend([first(approval, "span", "role"), first(approval, "span", "day")]);
        }
        below.extend(texts(node, "p", "seal"));
        below.retain(|text| !text.is_empty());
        Self {
            section: section_of(node),
            title,
            part,
            landscape: has_class(&node, "landscape"),
            columns: all(node, "colgroup", "").next().map_or(0, |group| all(group, "col", "").count()),
            above: [above("control-number"), above("printed-unit")]
                .into_iter()
                .filter(|line| !line.is_empty())
                .collect(),
            below,
            bands: all(node, "table", "").map(|table| [rows(table, "thead"), rows(table, "tbody")]).collect(),
        }
    }
}

impl FormCell {
    fn read(cell: Node<'_, '_>) -> Self {
        let (text, detail) = lines(cell);
        let span = |name| cell.attribute(name).and_then(|span| span.parse().ok()).unwrap_or(1);
        Self {
            text,
            detail,
            is_label: cell.attribute("scope") == Some("row"),
            across: span("colspan"),
            down: span("rowspan"),
        }
    }
}

impl Figure {
    fn read(node: Node<'_, '_>) -> Self {
        let change = |change: Node<'_, '_>| format!("{} {}", first(change, "span", ""), first(change, "b", ""));
        Self {
            label: first(node, "dt", ""),
            value: first(node, "dd", "value"),
            detail: first(node, "dd", "detail"),
            verdict: first(node, "dd", "against"),
            changes: all(node, "dd", "change").map(change).collect(),
        }
    }
}
