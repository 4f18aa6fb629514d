//! Sheets → tables: what kind, where the header is, what each column means, and what the surroundings say.

pub mod confidence;
pub mod field;
mod find;
pub mod header;
pub mod heading;
pub mod kinds;
pub mod layout;
mod mapped;
pub mod mapping;
pub mod marks;
pub mod meaning;
pub mod meta;
pub mod near;
pub mod questions;
pub mod rows;
pub mod unit;

use confidence::RunnerUp;
use field::Field;
use header::{Column, Header, HeaderNote};
use kinds::Kind;
use layout::{Layout, key_value, merged_down};
use mapping::Mapping;
use meta::Meta;

use crate::normalise::label::{fold, tidy};
use crate::origin::CellAt;
use crate::problem::Code;
use crate::read::sheet::{Sheet, Value};

/// A table as recognised.
#[derive(Debug, Clone)]
pub struct Table {
    /// Kind.
    pub kind: &'static Kind,
    /// How it was laid out.
    pub layout: Layout,
    /// The view that it is read from: its place in [`Recognised::views`]; none for the sheet itself.
    pub view: Option<usize>,
    /// Rows of the sheet that it takes: first and one past the last.
    pub rows: (u32, u32),
    /// Places among the filled rows of what it is read from: of the block, first and one past the last.
    pub places: (usize, usize),
    /// Places of the header within them.
    pub header: (usize, usize),
    /// The columns that mean something.
    pub columns: Vec<Column>,
    /// Columns whose header is unknown.
    pub unknown: Vec<(u32, String)>,
    /// What there is to say about how it was understood.
    pub notes: Vec<Note>,
    /// What the surroundings say.
    pub meta: Meta,
    /// Texts of each header row, by column.
    pub header_texts: Vec<Vec<(u32, String)>>,
    /// The kind that fits next best.
    pub runner_up: Option<RunnerUp>,
    /// Role of each column, by column number.
    roles: Vec<Option<Role>>,
}

/// Something to say about how a table was understood.
#[derive(Debug, Clone)]
pub struct Note {
    /// The cell it is about.
    pub at: CellAt,
    /// What kind of problem.
    pub code: Code,
    /// What was found.
    pub found: String,
    /// What it was taken for, or what it could be; empty where the code says it.
    pub detail: String,
}

/// What a column means, and what a filled cell in it says about its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// The field.
    pub field: Field,
    /// A filled cell makes the row a record.
    pub is_key: bool,
    /// Its text may run on in the row below.
    pub is_text: bool,
}

impl Table {
    /// The field of a column.
    #[must_use]
    pub fn field_at(&self, col: u32) -> Option<Field> {
        self.role_at(col).map(|role| role.field)
    }

    /// The role of a column.
    #[must_use]
    pub fn role_at(&self, col: u32) -> Option<Role> {
        self.roles.get(col as usize).copied().flatten()
    }

    /// Whether a column of the field is there.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.columns.iter().any(|column| column.field == field)
    }
}

/// A sheet as understood.
#[derive(Debug, Default)]
pub struct Recognised {
    /// Its tables, from the top.
    pub tables: Vec<Table>,
    /// Views from which tables are read that are not laid out plainly.
    pub views: Vec<Sheet>,
    /// Headers of the row that looks most like a header, where no table was found.
    pub nearest_headers: Vec<String>,
    /// The sheet explains, and bears the mark that says so: it holds nothing to count.
    pub explains: bool,
}

impl Recognised {
    /// What a table is read from: the sheet, or a view of it.
    #[must_use]
    pub fn read_from<'a>(&'a self, table: &Table, sheet: &'a Sheet) -> &'a Sheet {
        table.view.and_then(|place| self.views.get(place)).unwrap_or(sheet)
    }

    fn add(&mut self, table: Table, view: Option<Sheet>) {
        let view = view.map(|view| {
            self.views.push(view);
            self.views.len() - 1
        });
        self.tables.push(Table { view, ..table });
    }
}

/// What recognition needs to know besides the sheet.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Header labels that the user added, folded.
    pub aliases: Vec<(Field, String)>,
    /// `[[source]]` entries.
    pub mappings: Vec<Mapping>,
}

impl Vocabulary {
    /// The mapping for a file and sheet.
    #[must_use]
    pub fn mapping(&self, path: &str, sheet: Option<&str>) -> Option<&Mapping> {
        self.mappings.iter().find(|mapping| {
            mapping.matches(path) && sheet.is_none_or(|name| mapping.sheet.as_deref().is_none_or(|only| only == name))
        })
    }
}

/// Filled rows at the top of a sheet among which its first header is looked for.
const TOP: usize = 40;

/// Recognises the tables of a sheet.
#[must_use]
pub fn recognise(sheet: &Sheet, path: &str, vocabulary: &Vocabulary) -> Recognised {
    let mut found = recognised(sheet, path, vocabulary);
    let mut lines = 0_u32;
    for view in &mut found.views {
        view.number_lines(lines);
        lines = lines.saturating_add(u32::try_from(view.filled_rows()).unwrap_or(u32::MAX));
    }
    found
}

fn recognised(sheet: &Sheet, path: &str, vocabulary: &Vocabulary) -> Recognised {
    if marks::bears(sheet, marks::PASSED_OVER) {
        return Recognised { explains: true, ..Recognised::default() };
    }
    if marks::bears(sheet, marks::EXCERPT) {
        return Recognised { nearest_headers: vec![marks::EXCERPT.to_owned()], ..Recognised::default() };
    }
    if let Some(mapping) = vocabulary.mapping(path, Some(&sheet.name)) {
        return mapped::mapped(sheet, path, mapping);
    }
    let around = Around { path, outer: &[], vocabulary };
    let mut found = Recognised::default();
    find::tables(sheet, &around, &mut found);
    if found.tables.is_empty() {
        forms(sheet, &around, &mut found);
    } else if labels_among_data(sheet, &found) {
        // A form whose first labels look like a header: the reading that understands more labels is right.
        let mut as_form = Recognised::default();
        forms(sheet, &around, &mut as_form);
        let understood = |found: &Recognised| {
            let known = |column: &Column| column.field != Field::Item;
            found.tables.iter().map(|table| table.columns.iter().filter(|column| known(column)).count()).max()
        };
        if understood(&as_form) > understood(&found) {
            found = as_form;
        }
    }
    if found.tables.is_empty() {
        found.nearest_headers = widest_row(sheet);
    }
    found
}

/// Filled rows of the longest form.
const LONGEST_FORM: usize = 80;

/// Whether labels stand among the data of a short sheet, as they do in a form and not in a table.
fn labels_among_data(sheet: &Sheet, found: &Recognised) -> bool {
    if sheet.filled_rows() > LONGEST_FORM || found.tables.iter().any(|table| table.layout != Layout::Plain) {
        return false;
    }
    let is_label = |(_, value): (u32, Value<'_>)| matches!(value, Value::Text(text) if kinds::is_label(&fold(text)));
    let data = found.tables.iter().flat_map(|table| table.header.1..table.places.1);
    data.filter(|place| sheet.at(*place).cells().any(is_label)).count() >= 2
}

/// What stands around the tables of a sheet or strip.
struct Around<'a> {
    path: &'a str,
    /// Title rows above all strips of the sheet.
    outer: &'a [&'a str],
    vocabulary: &'a Vocabulary,
}

/// The forms of a sheet that has no table: labels with their values beside them.
fn forms(sheet: &Sheet, around: &Around<'_>, found: &mut Recognised) {
    let Some(view) = key_value::unfold(sheet) else { return };
    let first = view.at(0).number;
    let titles: Vec<&str> = (0..sheet.filled_rows())
        .take_while(|at| sheet.at(*at).number < first)
        .flat_map(|at| row_texts(sheet, at))
        .collect();
    let title = format!("{} {} {}", titles.join(" "), sheet.name, around.path);
    let Some(header) = header::best_at(&view, 0, &title, &around.vocabulary.aliases) else { return };
    if header.places.1 >= view.filled_rows() || header.places.1 != 1 {
        return;
    }
    let last = sheet.at(sheet.filled_rows() - 1).number;
    let meta = Meta::of(titles.into_iter().rev(), &sheet.name, around.path);
    let mut table = Table {
        layout: Layout::KeyValue,
        rows: (first, last + 1),
        ..table_of(&view, header, view.filled_rows(), meta)
    };
    // A label that is left blank on every form (签名) hides nothing.
    table.unknown.retain(|(col, _)| (1..view.filled_rows()).any(|at| view.at(at).get(*col).is_some()));
    found.add(table, Some(view));
}

/// The table read from a view in which values that hold for several rows stand in each of them, where there are such.
fn with_carried(sheet: &Sheet, mut table: Table) -> (Table, Option<Sheet>) {
    let carried = merged_down::carried(sheet, &table);
    if carried.is_empty() {
        return (table, None);
    }
    if let Some(at) = carried.inferred {
        let (found, detail) = (String::new(), String::new());
        table.notes.push(Note { at, code: Code::CommunityCarriedDown, found, detail });
    }
    let view = merged_down::filled_in(sheet, &carried);
    (Table { layout: Layout::MergedDown, ..table }, Some(view))
}

fn row_texts(sheet: &Sheet, place: usize) -> Vec<&str> {
    sheet
        .at(place)
        .cells()
        .filter_map(|(_, value)| match value {
            Value::Text(text) => Some(text),
            _ => None,
        })
        .collect()
}

/// The texts of the fullest row near the top: most likely the headers of a table that is not known.
fn widest_row(sheet: &Sheet) -> Vec<String> {
    (0..sheet.filled_rows().min(TOP))
        .map(|place| row_texts(sheet, place))
        .rev()
        .max_by_key(Vec::len)
        .unwrap_or_default()
        .into_iter()
        .map(tidy)
        .collect()
}

fn table_of(sheet: &Sheet, header: Header, end: usize, meta: Meta) -> Table {
    let header_texts = (header.places.0..header.places.1)
        .map(|place| {
            sheet
                .at(place)
                .cells()
                .filter_map(|(col, value)| match value {
                    Value::Text(text) => Some((col, text.trim().to_owned())),
                    _ => None,
                })
                .collect()
        })
        .collect();
    let first = if header.places.0 == header.places.1 { 0 } else { sheet.at(header.places.0).number };
    let mut unknown = header.unknown.clone();
    unknown.extend(header::unlabelled(sheet, &header, end));
    let head = sheet.at(header.places.1.saturating_sub(1));
    let of_header =
        |note: HeaderNote| Note { at: head.origin(note.col), code: note.code, found: note.found, detail: note.detail };
    let notes = header.notes.into_iter().map(of_header).collect();
    Table {
        kind: header.kind,
        layout: Layout::Plain,
        view: None,
        rows: (first, row_after(sheet, end)),
        places: (header.places.0, end),
        header: header.places,
        roles: roles_by_column(header.kind, &header.columns),
        columns: header.columns,
        unknown,
        notes,
        meta,
        header_texts,
        runner_up: header.runner_up,
    }
}

/// The first row that a table does not take that ends before a place: the next table's first one, else the one below the sheet.
fn row_after(sheet: &Sheet, end: usize) -> u32 {
    if end < sheet.filled_rows() {
        return sheet.at(end).number;
    }
    end.checked_sub(1).map_or(0, |last| sheet.at(last).number + 1)
}

fn roles_by_column(kind: &Kind, columns: &[Column]) -> Vec<Option<Role>> {
    let width = columns.iter().map(|column| column.col as usize + 1).max().unwrap_or(0);
    let mut roles = vec![None; width];
    for Column { col, field, .. } in columns {
        let (is_key, is_text) = (kind.key.contains(field), kind.text.contains(field));
        roles[*col as usize] = Some(Role { field: *field, is_key, is_text });
    }
    roles
}

#[cfg(test)]
mod tests {
    use super::kinds::KindId;
    use super::*;
    use crate::normalise::rating::Level;
    use crate::origin::{CellAt, CellRange};

    fn sheet(rows: &[&[&str]]) -> Sheet {
        let mut sheet = Sheet::named("3月");
        for (row, cells) in rows.iter().enumerate() {
            for (col, text) in cells.iter().enumerate() {
                let at = CellAt { row: u32::try_from(row).unwrap_or(0), col: u32::try_from(col).unwrap_or(0) };
                sheet.push(at, Value::Text(text));
            }
        }
        sheet
    }

    #[test]
    fn a_plain_register_is_recognised_by_its_headers() {
        let sheet = sheet(&[
            &["翠湖花园2025年3月投诉登记表"],
            &["投诉编号", "投诉时间", "房号", "投诉类型", "投诉内容", "责任部门", "处理完成时间"],
            &["TS-1", "2025-03-05 14:30", "3-2-1501", "装修噪音", "楼上装修", "工程部", ""],
        ]);
        let found = recognise(&sheet, "翠湖花园/投诉.xlsx", &Vocabulary::default());
        assert_eq!(found.tables.len(), 1);
        let table = &found.tables[0];
        assert_eq!((table.kind.id, table.header), (KindId::Complaint, (1, 2)));
        assert_eq!(table.columns.len(), 7);
        assert_eq!(table.meta.period.period().map(|p| p.to_string()).as_deref(), Some("2025-03"));
    }

    #[test]
    fn both_printed_variants_of_the_callback_form_are_recognised() {
        let mut two = sheet(&[
            &["QR-003FW 回访统计表"],
            &[
                "序号",
                "地点",
                "回访内容及处理结果",
                "回访情况",
                "",
                "",
                "意见",
                "",
                "",
                "期望及提议",
                "业主/住户签名",
                "日期",
            ],
            &["", "", "", "守时", "态度", "质量", "满意", "较满意", "不满意", "", "", ""],
            &["1", "3-2-1501", "修水管", "√", "√", "√", "√", "", "", "", "", "2025-03-06"],
        ]);
        let merge = |row: u32, first: u32, last: u32| CellRange {
            first: CellAt { row, col: first },
            last: CellAt { row, col: last },
        };
        two.merges = vec![merge(1, 3, 5), merge(1, 6, 8)];
        let found = recognise(&two, "回访.xlsx", &Vocabulary::default());
        let table = &found.tables[0];
        assert_eq!((table.kind.id, table.header), (KindId::Callback, (1, 3)));
        let options: Vec<_> =
            table.columns.iter().filter(|column| column.field == Field::Opinion).map(|column| column.option).collect();
        assert_eq!(options, [Some(Level::Satisfied), Some(Level::FairlySatisfied), Some(Level::Dissatisfied)]);
        assert!(table.columns.iter().any(|column| column.field == Field::Punctuality && column.option.is_none()));
    }

    #[test]
    fn a_sheet_of_another_kind_is_not_ours_and_its_headers_are_told() {
        let sheet = sheet(&[&["车牌", "车位", "月租"], &["x", "y", "z"]]);
        let found = recognise(&sheet, "停车.xlsx", &Vocabulary::default());
        assert!(found.tables.is_empty());
        assert_eq!(found.nearest_headers, ["车牌", "车位", "月租"]);
    }
}
