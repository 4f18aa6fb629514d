//! A workbook read part by part, as a spreadsheet program takes it in.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use crate::workbook::parts;

type Parts = BTreeMap<String, Vec<u8>>;

/// A workbook.
pub(crate) struct Book {
    pub(crate) title: String,
    pub(crate) sheets: Vec<Sheet>,
}

/// A sheet; rows and columns are counted from zero.
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) cells: BTreeMap<(u32, u32), Cell>,
    /// Widths in characters, of the columns that have one of their own.
    pub(crate) widths: BTreeMap<u32, f64>,
    /// Heights in points, of the rows that have one of their own.
    pub(crate) heights: BTreeMap<u32, f64>,
    /// Rows and columns that stay in sight.
    pub(crate) frozen: (u32, u32),
    pub(crate) merged: Vec<Area>,
    /// Cells that lead to other sheets, and where to.
    pub(crate) links: BTreeMap<(u32, u32), String>,
    pub(crate) print: Print,
    pub(crate) charts: Vec<Chart>,
    /// Whether any cell reckons.
    pub(crate) has_formula: bool,
}

/// A cell.
pub(crate) struct Cell {
    pub(crate) value: Value,
    /// How a number is shown: the code of its format.
    pub(crate) format: String,
    pub(crate) wraps: bool,
}

/// What a cell holds.
#[derive(Debug, PartialEq)]
pub(crate) enum Value {
    Empty,
    Text(String),
    Number(f64),
}

/// From the first cell to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) first: (u32, u32),
    pub(crate) last: (u32, u32),
}

/// How a sheet prints.
#[derive(Default)]
pub(crate) struct Print {
    /// 9 is A4.
    pub(crate) paper: String,
    pub(crate) orientation: String,
    /// Whether it is made to fit, and to how many sheets across and down; none down: as many as it takes.
    pub(crate) fits: bool,
    pub(crate) across: String,
    pub(crate) down: String,
    /// Rows that every sheet repeats, as the workbook names them: `$4:$4`.
    pub(crate) repeated: Option<(u32, u32)>,
    pub(crate) area: Option<Area>,
}

/// A chart.
pub(crate) struct Chart {
    pub(crate) title: String,
    pub(crate) series: Vec<Series>,
}

/// What is drawn of a chart: the sheets and cells it is drawn from, and what was kept of them.
pub(crate) struct Series {
    pub(crate) name: String,
    pub(crate) labels: (String, Area),
    pub(crate) values: (String, Area),
    pub(crate) kept_labels: BTreeMap<usize, String>,
    pub(crate) kept_values: BTreeMap<usize, String>,
}

/// A1, as a clerk says it.
pub(crate) fn place((row, col): (u32, u32)) -> String {
    let mut letters = String::new();
    let mut left = col + 1;
    while left > 0 {
        letters.insert(0, char::from(b'A' + u8::try_from((left - 1) % 26).unwrap()));
        left = (left - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}

/// `$A$5` or `A5`, from zero.
fn cell_at(text: &str) -> (u32, u32) {
    let text = text.replace('$', "");
    let digits = text.find(|c: char| c.is_ascii_digit()).unwrap_or_else(|| panic!("{text} is no cell"));
    let col = text[..digits].bytes().fold(0, |col, letter| col * 26 + u32::from(letter - b'A') + 1);
    (text[digits..].parse::<u32>().unwrap() - 1, col - 1)
}

fn area_of(text: &str) -> Area {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    Area { first: cell_at(first), last: cell_at(last) }
}

/// `'A sheet'!$A$5:$A$10`: the sheet and the cells.
fn reference(text: &str) -> (String, &str) {
    let (sheet, cells) = text.rsplit_once('!').unwrap_or_else(|| panic!("{text} names no sheet"));
    let quoted = sheet.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    (quoted.map_or_else(|| sheet.to_owned(), |name| name.replace("''", "'")), cells)
}

fn parsed<'p>(parts: &'p Parts, name: &str) -> Document<'p> {
    let bytes = parts.get(name).unwrap_or_else(|| panic!("no part {name}"));
    Document::parse(std::str::from_utf8(bytes).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn all<'a, 'i: 'a>(node: Node<'a, 'i>, tag: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |node| node.is_element() && node.tag_name().name() == tag)
}

fn text_of(node: Node<'_, '_>) -> String {
    all(node, "t").filter_map(|text| text.text()).collect()
}

/// An attribute, whatever the namespace before its name.
fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

fn number<T: std::str::FromStr>(node: Node<'_, '_>, name: &str) -> Option<T> {
    attribute(node, name)?.parse().ok()
}

/// What a part leads to, by id: paths from the root of the workbook.
fn led_to(parts: &Parts, part: &str) -> BTreeMap<String, String> {
    let (folder, file) = part.rsplit_once('/').unwrap();
    let relations = format!("{folder}/_rels/{file}.rels");
    if !parts.contains_key(&relations) {
        return BTreeMap::new();
    }
    let document = parsed(parts, &relations);
    let target = |relation: Node<'_, '_>| {
        let target = attribute(relation, "Target")?;
        let path = match target.strip_prefix("../") {
            Some(rest) => format!("{}/{rest}", folder.rsplit_once('/').unwrap().0),
            None => format!("{folder}/{target}"),
        };
        Some((attribute(relation, "Id")?.to_owned(), path))
    };
    all(document.root(), "Relationship").filter_map(target).collect()
}

impl Book {
    pub(crate) fn open(bytes: &[u8]) -> Self {
        let parts: Parts = parts(bytes).into_iter().collect();
        let core = parsed(&parts, "docProps/core.xml");
        let title = all(core.root(), "title").find_map(|node| node.text()).unwrap_or_default().to_owned();
        let shared: Vec<String> = if parts.contains_key("xl/sharedStrings.xml") {
            all(parsed(&parts, "xl/sharedStrings.xml").root(), "si").map(text_of).collect()
        } else {
            Vec::new()
        };
        let styles = styles(&parts);
        let book = parsed(&parts, "xl/workbook.xml");
        let leads = led_to(&parts, "xl/workbook.xml");
        let mut sheets: Vec<Sheet> = all(book.root(), "sheet")
            .map(|sheet| {
                let path = &leads[attribute(sheet, "id").unwrap()];
                Sheet::read(&parts, path, attribute(sheet, "name").unwrap(), &shared, &styles)
            })
            .collect();
        for named in all(book.root(), "definedName") {
            let at: usize = number(named, "localSheetId").unwrap();
            let (of, cells) = reference(named.text().unwrap_or_default());
            assert_eq!(of, sheets[at].name, "a name of one sheet leads to another");
            match attribute(named, "name") {
                Some("_xlnm.Print_Titles") => {
                    let rows: Vec<u32> = cells.replace('$', "").split(':').map(|row| row.parse().unwrap()).collect();
                    sheets[at].print.repeated = Some((rows[0] - 1, rows[1] - 1));
                }
                Some("_xlnm.Print_Area") => sheets[at].print.area = Some(area_of(cells)),
                other => panic!("{other:?} is named"),
            }
        }
        Self { title, sheets }
    }
}

/// Format codes and whether texts wrap, by the number of the style.
fn styles(parts: &Parts) -> Vec<(String, bool)> {
    let document = parsed(parts, "xl/styles.xml");
    let codes: BTreeMap<&str, &str> = all(document.root(), "numFmt")
        .filter_map(|format| Some((attribute(format, "numFmtId")?, attribute(format, "formatCode")?)))
        .collect();
    let cells = all(document.root(), "cellXfs").next().unwrap();
    let style = |style: Node<'_, '_>| {
        let code = match attribute(style, "numFmtId").unwrap_or("0") {
            "0" => "General",
            "1" => "0",
            "2" => "0.00",
            "3" => "#,##0",
            "4" => "#,##0.00",
            "9" => "0%",
            "10" => "0.00%",
            id => codes.get(id).unwrap_or_else(|| panic!("no format {id}")),
        };
        let wraps = all(style, "alignment").any(|alignment| attribute(alignment, "wrapText") == Some("1"));
        (code.to_owned(), wraps)
    };
    cells.children().filter(Node::is_element).map(style).collect()
}

impl Sheet {
    fn read(parts: &Parts, path: &str, name: &str, shared: &[String], styles: &[(String, bool)]) -> Self {
        let document = parsed(parts, path);
        let root = document.root();
        let first = |tag| all(root, tag).next();
        let cell = |cell: Node<'_, '_>| {
            let held = all(cell, "v").find_map(|value| value.text());
            let value = match (attribute(cell, "t"), held) {
                (_, None) if text_of(cell).is_empty() => Value::Empty,
                (Some("s"), Some(at)) => Value::Text(shared[at.parse::<usize>().unwrap()].clone()),
                (None | Some("n"), Some(number)) => Value::Number(number.parse().unwrap()),
                (_, held) => Value::Text(held.map_or_else(|| text_of(cell), str::to_owned)),
            };
            let (format, wraps) = styles[number::<usize>(cell, "s").unwrap_or(0)].clone();
            (cell_at(attribute(cell, "r").unwrap()), Cell { value, format, wraps })
        };
        let mut widths = BTreeMap::new();
        for columns in all(root, "col") {
            let (from, to): (u32, u32) = (number(columns, "min").unwrap(), number(columns, "max").unwrap());
            widths.extend((from..=to).map(|col| (col - 1, number(columns, "width").unwrap())));
        }
        let heights = all(root, "row").filter_map(|row| Some((number::<u32>(row, "r")? - 1, number(row, "ht")?)));
        let pane = first("pane").filter(|pane| attribute(*pane, "state") == Some("frozen"));
        let setup = |name| first("pageSetup").and_then(|setup| attribute(setup, name)).unwrap_or_default().to_owned();
        let leads = led_to(parts, path);
        let drawings = all(root, "drawing").map(|drawing| leads[attribute(drawing, "id").unwrap()].clone());
        let charts = drawings.flat_map(|drawing| {
            let leads = led_to(parts, &drawing);
            let document = parsed(parts, &drawing);
            let ids: Vec<String> =
                all(document.root(), "chart").map(|chart| leads[attribute(chart, "id").unwrap()].clone()).collect();
            ids
        });
        Self {
            name: name.to_owned(),
            cells: all(root, "c").map(cell).collect(),
            widths,
            heights: heights.collect(),
            frozen: pane
                .map(|pane| (number(pane, "ySplit").unwrap_or(0), number(pane, "xSplit").unwrap_or(0)))
                .unwrap_or_default(),
            merged: all(root, "mergeCell").map(|merged| area_of(attribute(merged, "ref").unwrap())).collect(),
            links: all(root, "hyperlink")
                .map(|link| {
                    let location = attribute(link, "location").unwrap_or_default();
                    (cell_at(attribute(link, "ref").unwrap()), reference(location).0)
                })
                .collect(),
            print: Print {
                paper: setup("paperSize"),
                orientation: setup("orientation"),
                fits: first("pageSetUpPr").is_some_and(|fit| attribute(fit, "fitToPage") == Some("1")),
                across: setup("fitToWidth"),
                down: setup("fitToHeight"),
                repeated: None,
                area: None,
            },
            charts: charts.map(|path| Chart::read(parts, &path)).collect(),
            has_formula: all(root, "f").next().is_some(),
        }
    }

    /// What a cell holds.
    pub(crate) fn value(&self, at: (u32, u32)) -> &Value {
        self.cells.get(&at).map_or(&Value::Empty, |cell| &cell.value)
    }

    /// The text of a cell; none for an empty one or a number.
    pub(crate) fn text(&self, at: (u32, u32)) -> &str {
        match self.value(at) {
            Value::Text(text) => text,
            _ => "",
        }
    }
}

impl Chart {
    fn read(parts: &Parts, path: &str) -> Self {
        let document = parsed(parts, path);
        let root = document.root();
        let series = all(root, "ser").map(|series| {
            let source = |tag| {
                let node = all(series, tag).next().unwrap_or_else(|| panic!("{path}: a series without {tag}"));
                let (sheet, cells) = reference(all(node, "f").find_map(|source| source.text()).unwrap());
                let kept = all(node, "pt")
                    .filter_map(|point| Some((number(point, "idx")?, all(point, "v").next()?.text()?.to_owned())));
                ((sheet, area_of(cells)), kept.collect())
            };
            let ((labels, kept_labels), (values, kept_values)) = (source("cat"), source("val"));
            let name = all(series, "tx").next().and_then(|name| all(name, "v").find_map(|name| name.text()));
            Series { name: name.unwrap_or_default().to_owned(), labels, values, kept_labels, kept_values }
        });
        let title = all(root, "title").next();
        Self { title: title.map(text_of).unwrap_or_default(), series: series.collect() }
    }
}
