//! The workbook beside each page, held against what the page shows: cell by cell, sheet by sheet.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use crate::case::{Case, rows_of};
use crate::demo_run::{demo, input};
use crate::opened_book::{Area, Book, Cell as Held, Chart, Sheet, Value, place};
use crate::shown_number::{disagrees, is_number, shown};
use crate::shown_page::{Cell, Figure, Form, Page, Part, Table};
use crate::tree;

type Tree = BTreeMap<String, Vec<u8>>;

/// Row of a table's header.
const HEADER: u32 = 3;

/// Widest column that is wide enough whatever its texts, in characters; an upright sheet of A4 holds three of them.
const WIDEST: f64 = 32.0;
const UPRIGHT: f64 = 96.0;

/// Points of a line of text, and the size of what stands small beside it.
const LINE: f64 = 13.5;
const SMALL: f64 = 9.0 / 11.0;

/// What stands for "there is no figure" on pages.
const ABSENT: [&str; 2] = ["", "—"];

/// What is wrong with the workbooks; each line names file, sheet and cell.
#[derive(Default)]
struct Wrong(Vec<String>);

/// A sheet of which cells are looked at; what nobody asked for stands in no page.
struct Read<'b> {
    file: &'b str,
    sheet: &'b Sheet,
    seen: BTreeSet<(u32, u32)>,
    wrong: &'b mut Wrong,
}

impl Read<'_> {
    fn tell(&mut self, at: (u32, u32), what: &str) {
        self.wrong.0.push(format!("{} 「{}」 {}: {what}", self.file, self.sheet.name, place(at)));
    }

    fn hold(&mut self, is_right: bool, at: (u32, u32), what: impl FnOnce() -> String) {
        if !is_right {
            self.tell(at, &what());
        }
    }

    /// The cell says this text and nothing else.
    fn text(&mut self, at: (u32, u32), expected: &str) {
        self.seen.insert(at);
        let found = self.sheet.text(at).trim();
        let same = found == expected.trim();
        self.hold(same, at, || format!("「{found}」 stands for 「{expected}」"));
    }

    /// The cell says something that the page says too.
    fn said(&mut self, at: (u32, u32), page: &Page) {
        self.seen.insert(at);
        let found = self.sheet.text(at).trim();
        self.hold(page.text.contains(found), at, || format!("「{found}」 is not on the page"));
    }

    /// The cell holds what the page shows: the number with its format, nothing for a dash, the same text otherwise.
    fn value(&mut self, at: (u32, u32), text: &str, detail: &str) {
        self.seen.insert(at);
        let whole = if detail.is_empty() { text.to_owned() } else { format!("{text}\n{detail}") };
        let empty = Held { value: Value::Empty, format: String::new(), wraps: true };
        let held = self.sheet.cells.get(&at).unwrap_or(&empty);
        let told = match &held.value {
            Value::Empty => (!ABSENT.contains(&whole.as_str())).then(|| format!("empty, the page says 「{whole}」")),
            Value::Number(number) => disagrees(*number, &held.format, &whole),
            Value::Text(found) if is_number(found) => Some(format!("{found} is kept as a text")),
            Value::Text(found) if ABSENT.contains(&found.as_str()) => Some("a dash is kept as a text".to_owned()),
            Value::Text(found) => (found.trim() != whole.trim()).then(|| format!("「{found}」 stands for 「{whole}」")),
        };
        if let Some(told) = told {
            self.tell(at, &told);
        }
    }

    /// Nothing stands on the sheet that was not looked at.
    fn nothing_else(mut self) {
        let cells = self.sheet.cells.iter().filter(|(_, cell)| cell.value != Value::Empty);
        let others: Vec<(u32, u32)> = cells.map(|(at, _)| *at).filter(|at| !self.seen.contains(at)).collect();
        for at in others {
            let found = format!("{:?} is not on the page", self.sheet.value(at));
            self.tell(at, &found);
        }
    }
}

/// Characters of the longest line, a Chinese one counted as two.
fn width(text: &str) -> f64 {
    let of_line = |line: &str| line.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum::<f64>();
    text.lines().map(of_line).fold(0.0, f64::max)
}

/// What a cell shows.
fn look(cell: &Held) -> String {
    match &cell.value {
        Value::Empty => String::new(),
        Value::Text(text) => text.clone(),
        Value::Number(number) => shown(*number, &cell.format).unwrap_or_default(),
    }
}

/// All that holds of every sheet.
fn any_sheet(read: &mut Read<'_>, landscape: bool) {
    let sheet = read.sheet;
    let print = &sheet.print;
    read.hold(print.paper == "9", (0, 0), || format!("prints on paper {:?}, not A4", print.paper));
    let fits = print.fits && ["", "1"].contains(&print.across.as_str()) && print.down == "0";
    read.hold(fits, (0, 0), || "is not made to fit the width of the paper".to_owned());
    let expected = if landscape { "landscape" } else { "portrait" };
    read.hold(print.orientation == expected, (0, 0), || format!("prints {}, not {expected}", print.orientation));
    read.hold(!sheet.has_formula, (0, 0), || "a cell reckons".to_owned());
    for (&at, cell) in &sheet.cells {
        let form = matches!(cell.value, Value::Number(_)).then(|| shown(0.5, &cell.format));
        read.hold(form != Some(None), at, || format!("a number without a format of ours: {}", cell.format));
    }
}

/// The first sheet: key figures, and the way to every other.
fn overview(read: &mut Read<'_>, page: &Page, others: &[Sheet]) {
    let sheet = read.sheet;
    read.text((0, 0), &page.heading);
    let last = sheet.cells.keys().map(|at| at.0).max().unwrap_or(0);
    let full = |row: u32| (0..5).all(|col| !sheet.text((row, col)).is_empty());
    let head = (1..last).find(|row| full(*row)).map(|row| (0..5).map(|col| sheet.text((row, col))).collect::<Vec<_>>());
    let (mut figures, mut links) = (page.figures.iter(), Vec::new());
    let mut row = 1;
    while row <= last {
        let is_head = head.is_some() && head == Some((0..5).map(|col| sheet.text((row, col))).collect());
        if is_head {
            read.seen.extend((0..5).map(|col| (row, col)));
            while let (false, Some(figure)) = (sheet.text((row + 1, 0)).is_empty(), figures.as_slice().first()) {
                row += 1;
                figures.next();
                key_figure(read, row, figure);
            }
        } else if let Some(target) = sheet.links.get(&(row, 0)) {
            links.push(target.clone());
            read.said((row, 0), page);
            read.said((row, 1), page);
        } else if sheet.links.contains_key(&(row + 1, 0)) {
            // The heading of the list of tables is the workbook's own.
            read.seen.insert((row, 0));
        } else {
            read.said((row, 0), page);
        }
        row += 1;
    }
    let left = figures.len();
    read.hold(left == 0, (last, 0), || format!("{left} key figures of the page are missing"));
    let names: Vec<&String> = others.iter().map(|sheet| &sheet.name).collect();
    read.hold(links.iter().collect::<Vec<_>>() == names, (last, 0), || format!("{links:?} do not lead to {names:?}"));
    for (&at, cell) in &sheet.cells {
        let is_wide = at.1 == 0 || width(&look(cell)) <= read.sheet.widths.get(&at.1).copied().unwrap_or(0.0);
        let is_small = at.1 == 1 && sheet.links.contains_key(&(at.0, 0));
        read.hold(is_wide || is_small || cell.wraps, at, || "is cut off".to_owned());
    }
}

fn key_figure(read: &mut Read<'_>, row: u32, figure: &Figure) {
    read.text((row, 0), &figure.label);
    read.value((row, 1), &figure.value, "");
    read.text((row, 2), &figure.detail);
    read.text((row, 3), &figure.verdict);
    read.text((row, 4), &figure.changes.join("\n"));
}

/// A sheet of a table: title, way back, caption, header, rows, remark and date.
fn table(read: &mut Read<'_>, page: &Page, table: &Table, overview: &str) {
    let sheet = read.sheet;
    let caption = if table.caption.is_empty() { &table.section } else { &table.caption };
    page_title(read, (0, 0), page);
    read.seen.insert((1, 0));
    read.hold(sheet.links.get(&(1, 0)).map(String::as_str) == Some(overview), (1, 0), || "leads not back".to_owned());
    read.text((2, 0), caption);
    let start: String = caption.chars().take(10).map(|c| if "[]:*?/\\".contains(c) { '_' } else { c }).collect();
    read.hold(sheet.name.starts_with(&start), (2, 0), || format!("the sheet is not called {start}"));
    let mut at = 0;
    let mut places = Vec::new();
    for (number, column) in table.columns.iter().enumerate() {
        read.text((HEADER, at), column);
        let has_detail = table.rows.iter().any(|row| row.get(number).is_some_and(|cell| !cell.detail.is_empty()));
        places.push((at, has_detail));
        if has_detail {
            let heading = sheet.text((HEADER, at + 1));
            read.hold(heading.contains(column.as_str()), (HEADER, at + 1), || {
                format!("「{heading}」 is not of {column}")
            });
            read.seen.insert((HEADER, at + 1));
        }
        at += if has_detail { 2 } else { 1 };
    }
    for (row, cells) in (HEADER + 1..).zip(&table.rows) {
        read.hold(cells.len() == places.len(), (row, 0), || {
            format!("{} cells in {} columns", cells.len(), places.len())
        });
        for (cell, (col, has_detail)) in cells.iter().zip(&places) {
            table_cell(read, (row, *col), cell, *has_detail);
        }
    }
    let rows = u32::try_from(table.rows.len()).unwrap();
    charts(read, table, rows, at);
    let mut foot = HEADER + 1 + rows;
    if !table.remark.is_empty() {
        foot += 1;
        read.text((foot, 0), &table.remark);
        sentence(read, (foot, 0));
    }
    read.said((foot + 1, 0), page);
    sentence(read, (foot + 1, 0));
    set_up(read, at, HEADER + rows);
}

/// Heading and subtitle of the page.
fn page_title(read: &mut Read<'_>, at: (u32, u32), page: &Page) {
    read.seen.insert(at);
    let rest = read.sheet.text(at).strip_prefix(&page.heading).map(str::trim);
    read.hold(rest.is_some_and(|rest| page.text.contains(rest)), at, || "is not the title of the page".to_owned());
}

fn table_cell(read: &mut Read<'_>, at: (u32, u32), cell: &Cell, has_detail: bool) {
    // A number that counts or names something, such as a building, stays what it is: only columns of numbers are held to it.
    let is_name = !cell.numeric && is_number(&cell.text) && read.sheet.text(at) == cell.text;
    if is_name {
        read.seen.insert(at);
    } else {
        read.value(at, &cell.text, "");
    }
    if has_detail {
        read.text((at.0, at.1 + 1), &cell.detail);
    }
}

/// Native charts, of Pareto and trend and of nothing else, drawn from the rows of the table.
fn charts(read: &mut Read<'_>, table: &Table, rows: u32, columns: u32) {
    let sheet = read.sheet;
    let rows = rows - u32::try_from(table.foot).unwrap();
    let is_drawn = ["pareto", "trend"].contains(&table.chart.as_str());
    let found = sheet.charts.len();
    read.hold(found == usize::from(is_drawn), (HEADER, 0), || format!("{found} charts of a {:?} table", table.chart));
    for chart in &sheet.charts {
        let caption = sheet.text((2, 0));
        read.hold(chart.title == caption, (2, 0), || format!("the chart is called {}", chart.title));
        let expected = if table.chart == "pareto" { 2..=2 } else { 1..=3 };
        let drawn = chart.series.len();
        read.hold(expected.contains(&drawn), (HEADER, 0), || format!("{drawn} series"));
        series(read, chart, rows, columns);
    }
}

fn series(read: &mut Read<'_>, chart: &Chart, rows: u32, columns: u32) {
    let sheet = read.sheet;
    for series in &chart.series {
        for (of, area) in [&series.labels, &series.values] {
            let whole = Area { first: (HEADER + 1, area.first.1), last: (HEADER + rows, area.first.1) };
            let is_whole = of == &sheet.name && *area == whole;
            read.hold(is_whole, area.first, || format!("{} is drawn from {of} {area:?}, not {whole:?}", series.name));
        }
        let col = series.values.1.first.1;
        let heading = sheet.text((HEADER, col)).to_owned();
        read.hold(heading == series.name, (HEADER, col), || format!("the series is called {}", series.name));
        // The column of a target stands on no page but in its chart: the same number in every row.
        if col == columns {
            read.seen.extend((HEADER..=HEADER + rows).map(|row| (row, col)));
            let same = (1..rows).all(|row| sheet.value((HEADER + 1, col)) == sheet.value((HEADER + 1 + row, col)));
            read.hold(same, (HEADER + 1, col), || "the target changes".to_owned());
        }
        for point in 0..rows {
            let (at, index) = ((HEADER + 1 + point, col), point as usize);
            let kept = series.kept_values.get(&index).and_then(|kept| kept.parse().ok());
            let is_kept = match sheet.value(at) {
                Value::Number(number) => kept == Some(*number),
                Value::Empty => kept.is_none(),
                Value::Text(_) => false,
            };
            read.hold(is_kept, at, || format!("the chart keeps {kept:?} of {:?}", sheet.value(at)));
            let label = (at.0, series.labels.1.first.1);
            let kept = series.kept_labels.get(&index).map(String::as_str).unwrap_or_default();
            read.hold(kept == sheet.text(label), label, || format!("the chart keeps 「{kept}」"));
        }
    }
}

/// A sentence under a table has room over several columns and in several lines.
fn sentence(read: &mut Read<'_>, at: (u32, u32)) {
    let sheet = read.sheet;
    let last = sheet.merged.iter().find(|area| area.first == at).map_or(at, |area| area.last);
    let wide: f64 = (at.1..=last.1).map(|col| sheet.widths.get(&col).copied().unwrap_or(8.0)).sum();
    let lines = (width(sheet.text(at)) * SMALL / wide).ceil();
    let high = sheet.heights.get(&at.0).copied().unwrap_or(LINE);
    let fits = lines * LINE * SMALL <= high && (lines <= 1.0 || sheet.cells[&at].wraps);
    read.hold(fits, at, || format!("{lines} small lines of {wide} do not fit into {high} points"));
}

/// Header in sight and on each sheet of paper; columns as wide as their texts.
fn set_up(read: &mut Read<'_>, columns: u32, last: u32) {
    let sheet = read.sheet;
    read.hold(sheet.frozen == (HEADER + 1, 1), (HEADER, 0), || format!("{:?} is frozen", sheet.frozen));
    read.hold(sheet.print.repeated == Some((HEADER, HEADER)), (HEADER, 0), || "is not repeated".to_owned());
    for (&at, cell) in sheet.cells.range((HEADER, 0)..(last + 1, 0)) {
        let (wide, needed) = (sheet.widths.get(&at.1).copied().unwrap_or(0.0), width(&look(cell)));
        let is_number = matches!(cell.value, Value::Number(_));
        let is_enough = wide >= needed || (!is_number && cell.wraps && wide >= WIDEST);
        read.hold(is_enough, at, || format!("takes {needed} characters, the column has {wide}"));
    }
    // A kept width has room of less than a character besides what was asked for.
    let total: f64 = (0..columns).filter_map(|col| sheet.widths.get(&col)).sum();
    let is_either = (UPRIGHT..UPRIGHT + f64::from(columns)).contains(&total);
    any_sheet(read, if is_either { sheet.print.orientation == "landscape" } else { total > UPRIGHT });
}

/// A sheet of a printed form, in its own layout.
fn form(read: &mut Read<'_>, page: &Page, form: &Form) {
    let sheet = read.sheet;
    let mut row = 1;
    if form.title.is_empty() {
        read.text((0, 0), &form.section);
        page_title(read, (1, 0), page);
        read.said((1, (cols(form) - 1) / 2 + 1), page);
        row += 1;
    } else {
        read.text((0, 0), format!("{} {}", form.title, form.part).trim());
    }
    for line in &form.above {
        let found: Vec<&str> = (0..cols(form)).flat_map(|col| sheet.text((row, col)).split('　')).collect();
        let found: Vec<&str> = found.into_iter().filter(|text| !text.is_empty()).collect();
        read.hold(found == *line, (row, 0), || format!("{found:?} stands for {line:?}"));
        read.seen.extend((0..cols(form)).map(|col| (row, col)));
        row += 1;
    }
    let (mut heads, first) = (Vec::new(), row);
    for [head, rows] in &form.bands {
        if !head.is_empty() {
            heads.push((row, row + u32::try_from(head.len()).unwrap() - 1));
        }
        for part in [head, rows] {
            grid(read, form, row, part);
            row += u32::try_from(part.len()).unwrap();
        }
    }
    let mut below: Vec<((u32, u32), &str)> = Vec::new();
    for (at, cell) in sheet.cells.range((row, 0)..) {
        if let Value::Text(text) = &cell.value {
            below.push((*at, text.trim()));
        }
    }
    let texts: Vec<&str> = below.iter().map(|(_, text)| *text).collect();
    read.hold(texts == form.below, (row, 0), || format!("{texts:?} stands for {:?}", form.below));
    read.seen.extend(below.iter().map(|(at, _)| *at));
    let last = sheet.cells.keys().max().copied().unwrap_or((0, 0)).0;
    let area = Area { first: (0, 0), last: (last, cols(form) - 1) };
    read.hold(sheet.print.area == Some(area), (last, 0), || format!("{:?} is printed, not {area:?}", sheet.print.area));
    let repeated = if let [head] = heads.as_slice() { Some(*head) } else { None };
    read.hold(sheet.print.repeated == repeated, (row, 0), || format!("{:?}, not {repeated:?}", sheet.print.repeated));
    let frozen = repeated.filter(|head| head.0 == first).map_or((0, 0), |head| (head.1 + 1, 0));
    read.hold(sheet.frozen == frozen, (first, 0), || format!("{:?} is frozen, not {frozen:?}", sheet.frozen));
    any_sheet(read, form.landscape);
}

fn cols(form: &Form) -> u32 {
    u32::try_from(form.columns).unwrap()
}

/// Rows of a form from a row of the sheet on: each cell where the page has it, merged as there, and high enough for its lines.
fn grid(read: &mut Read<'_>, form: &Form, first: u32, rows: &[Vec<crate::shown_page::FormCell>]) {
    let sheet = read.sheet;
    let mut taken = BTreeSet::new();
    for (row, cells) in (first..).zip(rows) {
        let mut col = 0;
        for cell in cells {
            while taken.contains(&(row, col)) {
                col += 1;
            }
            let area = Area { first: (row, col), last: (row + cell.down - 1, col + cell.across - 1) };
            for down in area.first.0..=area.last.0 {
                taken.extend((area.first.1..=area.last.1).map(|col| (down, col)));
            }
            let is_merged = area.first == area.last || sheet.merged.contains(&area);
            read.hold(is_merged, area.first, || format!("{area:?} is not one cell"));
            let whole = format!("{}\n{}", cell.text, cell.detail);
            if cell.is_label && is_number(&cell.text) {
                read.text(area.first, &whole);
            } else {
                read.value(area.first, &cell.text, &cell.detail);
            }
            let wide: f64 = (col..=area.last.1).filter_map(|col| sheet.widths.get(&col)).sum();
            let high: f64 = (row..=area.last.0).filter_map(|row| sheet.heights.get(&row)).sum();
            let lines: f64 = whole.trim_end().lines().map(|line| (width(line) / wide).ceil().max(1.0)).sum();
            read.hold(lines * LINE <= high, area.first, || format!("{lines} lines do not fit into {high} points"));
            col = area.last.1 + 1;
        }
        read.hold(col <= cols(form), (row, 0), || format!("{col} columns of {}", form.columns));
    }
}

/// The workbook against its page.
fn held_against(file: &str, bytes: &[u8], page: &str) -> (Wrong, [usize; 2]) {
    let (book, page) = (Book::open(bytes), Page::read(page));
    let mut wrong = Wrong::default();
    let names: BTreeSet<String> = book.sheets.iter().map(|sheet| sheet.name.to_lowercase()).collect();
    if names.len() != book.sheets.len() {
        wrong.0.push(format!("{file}: two sheets of one name among {names:?}"));
    }
    if book.title != page.title {
        wrong.0.push(format!("{file}: is called {}, the page {}", book.title, page.title));
    }
    let is_form = matches!(page.parts.as_slice(), [Part::Form(_)]);
    let (first, sheets) = if is_form { (None, &book.sheets[..]) } else { (book.sheets.first(), &book.sheets[1..]) };
    if sheets.len() != page.parts.len() {
        wrong.0.push(format!("{file}: {} sheets for {} tables", sheets.len(), page.parts.len()));
    }
    for sheet in &book.sheets {
        let long = sheet.name.encode_utf16().count();
        if long > 31 {
            wrong.0.push(format!("{file} 「{}」: a name of {long} characters", sheet.name));
        }
    }
    let overview_name = first.map(|sheet| sheet.name.clone()).unwrap_or_default();
    if let Some(sheet) = first {
        let mut read = Read { file, sheet, seen: BTreeSet::new(), wrong: &mut wrong };
        overview(&mut read, &page, sheets);
        any_sheet(&mut read, true);
        read.nothing_else();
    }
    for (sheet, part) in sheets.iter().zip(&page.parts) {
        let mut read = Read { file, sheet, seen: BTreeSet::new(), wrong: &mut wrong };
        match part {
            Part::Table(shown) => table(&mut read, &page, shown, &overview_name),
            Part::Form(shown) => form(&mut read, &page, shown),
        }
        read.nothing_else();
    }
    (wrong, [sheets.len(), sheets.iter().map(|sheet| sheet.charts.len()).sum()])
}

/// Holds the workbooks of some paths against the pages beside them; gives how many sheets and native charts there were.
#[track_caller]
fn check(files: &Tree, is_of: impl Fn(&str) -> bool) -> [usize; 2] {
    let books: Vec<(&String, &Vec<u8>)> =
        files.iter().filter(|(path, _)| path.ends_with(".xlsx") && is_of(path)).collect();
    let held: Vec<(Wrong, [usize; 2])> = books
        .into_par_iter()
        .map(|(path, bytes)| {
            let page = &files[&path.replace(".xlsx", ".html")];
            held_against(path, bytes, std::str::from_utf8(page).unwrap())
        })
        .collect();
    let counted = [0, 1].map(|what| held.iter().map(|(_, counts)| counts[what]).sum());
    let wrong: Vec<String> = held.into_iter().flat_map(|(wrong, _)| wrong.0).collect();
    assert!(wrong.is_empty(), "{} slips, such as\n{}", wrong.len(), wrong[..wrong.len().min(100)].join("\n"));
    counted
}

#[test]
fn every_workbook_of_every_period_says_what_the_page_beside_it_says() {
    // What goes back to be mended stands beside no page.
    let [sheets, charts] = check(&demo().files, |path| !path.starts_with("quality/"));
    assert!(sheets > 2_500 && charts > 400, "{sheets} sheets, {charts} charts");
}

/// A year of three communities, told in English.
#[test]
fn workbooks_in_english_say_what_their_pages_say() {
    let files = tree::files_of(&input());
    let own = ["manyi.toml", "服务中心报送/", "品质部/", "兰亭小筑/"];
    let files = files.iter().filter(|(path, _)| own.iter().any(|own| path.starts_with(own)));
    let case = files.fold(Case::new(), |case, (path, bytes)| case.with_file(path, bytes));
    case.run(&["--quiet", "--lang", "en", "--period", "2025-H1", "--period", "2025-06"]).expect(0);
    let [sheets, charts] = check(&case.output(), |path| path.starts_with("2025-"));
    assert!(sheets > 100 && charts > 5, "{sheets} sheets, {charts} charts");
}

/// A register with what a spreadsheet would reckon, run or shorten, and with the names of those who complain.
const CASES: &[&[&str]] = &[
    &["投诉编号", "小区", "投诉时间", "房号", "投诉人", "投诉类型", "投诉内容", "责任部门", "升级时间", "处理完成时间"],
    &[
        "=1+1",
        "翠湖花园",
        "2025-03-03 09:00",
        "3-1-501",
        "李四光",
        "=HYPERLINK(\"http://x\")",
        "+86-10",
        "工程部",
        "",
        "",
    ],
    &[
        "+2",
        "翠湖花园",
        "2025-03-04 09:00",
        "3-1-502",
        "李四光",
        "@SUM(A1)",
        "-2号井盖",
        "工程部",
        "2025-03-05 10:00",
        "2025-03-06 09:00",
    ],
    &[
        "-3",
        "翠湖花园",
        "2025-03-04 10:00",
        "3-1-502",
        "李四光",
        "-2+3",
        "李四光家漏水",
        "工程部",
        "",
        "2025-03-07 09:00",
    ],
    &[
        "4",
        "翠湖花园",
        "2025-03-04 11:00",
        "3-1-503",
        "李四光",
        "[a]:*?/\\'b'",
        "=A1",
        "=工程部",
        "",
        "2025-03-07 09:00",
    ],
];

const CONFIG: &str = "[organisation]\nname = \"=安居物业\"\n[use]\ncomplaint = \"complaint-handling\"\n\
    survey = \"survey-procedure\"\n[[department]]\nid = \"gc\"\nname = \"工程部\"\n";

#[test]
fn cells_that_look_like_formulas_names_and_rates_just_under_their_target_stand_as_on_the_page() {
    let mut round = rows_of(&[&["翠湖花园2025年上半年满意度调查"], &["序号", "=清洁卫生", "安全秩序"]]);
    // 95 of 99: 95.96 %, which one decimal would show as the 96 % that it is not.
    for form in 0..99 {
        let answer = if form < 95 { "满意" } else { "不满意" };
        round.extend(rows_of(&[&[&form.to_string(), answer, answer]]));
    }
    let case = Case::new()
        .with_csv("投诉登记.csv", &rows_of(CASES))
        .with_csv("调查.csv", &round)
        .with_file("manyi.toml", CONFIG.as_bytes());
    case.run(&["--quiet", "--as-of", "2025-06-30"]).expect(0);
    let files = case.output();
    check(&files, |path| path.starts_with("2025"));
    let books: Vec<&Vec<u8>> = files
        .iter()
        .filter(|(path, _)| path.starts_with("2025") && path.ends_with(".xlsx"))
        .map(|(_, book)| book)
        .collect();
    let cells = books.iter().flat_map(|bytes| Book::open(bytes).sheets).flat_map(|sheet| sheet.cells.into_values());
    let (mut texts, mut just_under) = (BTreeSet::new(), 0);
    for cell in cells {
        just_under += usize::from(cell.format == "0.00%" && look(&cell) == "95.96%");
        if let Value::Text(text) = cell.value {
            texts.insert(text);
        }
    }
    for text in ["=HYPERLINK(\"http://x\")", "@SUM(A1)", "-2+3", "=清洁卫生"] {
        assert!(texts.contains(text), "{text} stands in no cell");
    }
    assert!(just_under > 3, "{just_under} cells of 95.96%");
    let masked: Vec<&String> = texts.iter().filter(|text| text.contains("家漏水")).collect();
    assert!(!masked.is_empty() && !texts.iter().any(|text| text.contains("李四光")), "{masked:?}");
}
