//! Sheets in words; those of one file that are laid out alike are told once.

use super::super::aligned::{LINE, columns, cut, rows};
use super::doubt;
use super::words::{Words, severity};
use crate::pipeline::inspect::{ColumnSeen, ProblemSeen, Said, SheetSeen, State, TableSeen};

/// Most columns of a table that are listed.
const COLUMNS: usize = 60;

/// Most rows above and below the tables that are quoted.
const OUTSIDE: usize = 3;

/// How sure a table is below which somebody should look at it.
const SURE: u8 = 80;

/// Whether somebody should look at how a table was understood.
fn is_doubtful(table: &TableSeen) -> bool {
    table.records == 0
        || !table.mapped && (table.confidence < SURE || table.unknown.iter().any(|column| !column.could_be.is_empty()))
}

/// Runs of sheets that are laid out alike.
pub(super) fn alike(sheets: &[SheetSeen]) -> Vec<&[SheetSeen]> {
    sheets.chunk_by(is_alike).collect()
}

fn is_alike(one: &SheetSeen, other: &SheetSeen) -> bool {
    let ([a], [b]) = (one.tables.as_slice(), other.tables.as_slice()) else { return false };
    let of = |column: &ColumnSeen| (column.at.clone(), column.header.clone(), column.field);
    let same = |a: &[ColumnSeen], b: &[ColumnSeen]| a.iter().map(of).eq(b.iter().map(of));
    (a.kind, a.layout, a.header, a.mapped) == (b.kind, b.layout, b.header, b.mapped)
        && same(&a.columns, &b.columns)
        && same(&a.unknown, &b.unknown)
        && one.hidden == other.hidden
}

/// Sheets that are alike, in words.
pub(super) fn lines(sheets: &[SheetSeen], words: Words) -> Vec<String> {
    let Some(first) = sheets.first() else { return Vec::new() };
    let mut lines = Vec::new();
    match first.state {
        State::Tables => {
            for (place, table) in first.tables.iter().enumerate() {
                let number = if first.tables.len() > 1 { Some(place + 1) } else { None };
                let mark = doubt(sheets.iter().flat_map(|sheet| &sheet.tables).any(is_doubtful));
                lines.push(cut(
                    &format!("{mark} {}{}", name(sheets, number, words), verdict(sheets, table, words)),
                    LINE,
                ));
                lines.extend(of_table(sheets, table, words));
            }
            lines.extend(outside(first, words));
        }
        state => lines.extend(without_tables(first, state, &name(sheets, None, words), words)),
    }
    lines.extend(problems(sheets, words));
    lines
}

fn name(sheets: &[SheetSeen], number: Option<usize>, words: Words) -> String {
    let Some(first) = sheets.first() else { return String::new() };
    let last = sheets.last().map_or("", |sheet| sheet.name.as_str());
    let mut name = match sheets.len() {
        1 if first.name.is_empty() => words.pick("表", "table").to_owned(),
        1 => first.name.clone(),
        2 => format!("{}{}{last}", first.name, words.comma()),
        many => format!(
            "{} … {last}{}",
            first.name,
            words.in_brackets(&format!("{many} {}", words.pick("张相同的表", "sheets alike")))
        ),
    };
    if first.hidden {
        name += &words.in_brackets(words.pick("隐藏", "hidden"));
    }
    number.map_or_else(|| name.clone(), |number| format!("{name} #{number}"))
}

/// The first thing to be judged: kind and confidence.
fn verdict(sheets: &[SheetSeen], table: &TableSeen, words: Words) -> String {
    let least = sheets.iter().flat_map(|sheet| &sheet.tables).map(|table| table.confidence).min().unwrap_or(0);
    let least = if sheets.len() > 1 { least } else { table.confidence };
    let sure = if table.mapped {
        words.pick("按 manyi.toml 的 [[source]]", "by [[source]] of manyi.toml").to_owned()
    } else {
        format!("{} {least} %", words.pick("把握", "confidence"))
    };
    let near = table.near.filter(|_| !table.mapped).map_or_else(String::new, |(kind, nearness)| {
        let text = words.pick("也像", "could be");
        words.in_brackets(&format!("{text} {} {nearness} %", words.kind(kind)))
    });
    format!("{}{} · {sure}{near}", words.pick(" → ", " → "), words.kind(table.kind))
}

fn of_table(sheets: &[SheetSeen], table: &TableSeen, words: Words) -> Vec<String> {
    let mut lines = if sheets.len() == 1 {
        let place = format!("{}{}", layout(table, words), place(table, words));
        let around = [community(table, words), period(table, words)].into_iter().flatten().collect::<Vec<_>>();
        let around = (!around.is_empty()).then(|| around.join(words.pick("　", "   ")));
        std::iter::once(place).chain(around).map(|text| cut(&format!("    {text}"), LINE)).collect()
    } else {
        of_each(sheets, table, words)
    };
    let head = [
        words.pick("列", "at").to_owned(),
        words.pick("表头", "header").to_owned(),
        words.pick("认作", "taken for").to_owned(),
        words.pick("说明", "remark").to_owned(),
        words.pick("样例", "samples").to_owned(),
    ];
    let listed = table.columns.iter().chain(&table.unknown).map(|column| cells_of(column, words));
    let mut listed: Vec<(String, [String; 5])> = listed.collect();
    listed.sort_by_key(|(at, _)| (at.len(), at.clone()));
    let more = listed.len().saturating_sub(COLUMNS);
    let mut all: Vec<[String; 5]> =
        std::iter::once(head).chain(listed.into_iter().take(COLUMNS).map(|(_, cells)| cells)).collect();
    if all.iter().skip(1).all(|cells| cells[REMARK].is_empty()) {
        all[0][REMARK].clear();
    }
    lines.extend(columns(4, [6, 22, 24, 20, 40], &all));
    if more > 0 {
        lines.push(format!("    … {more} {}", words.pick("列见 --format json", "more columns: --format json")));
    }
    let left = aside(table, words);
    if sheets.len() == 1 && !left.is_empty() {
        let title = words.pick("不是记录的行", "rows that are no records");
        lines.push(cut(&format!("    {title}{}{left}", words.colon()), LINE));
    }
    lines
}

/// What is the same in all sheets on one line, what differs on a line for each.
fn of_each(sheets: &[SheetSeen], table: &TableSeen, words: Words) -> Vec<String> {
    let tables: Vec<&TableSeen> = sheets.iter().filter_map(|sheet| sheet.tables.first()).collect();
    let shared = community(table, words);
    let is_shared = tables.iter().all(|table| community(table, words) == shared);
    let header = header(table, words);
    let first = [header, shared.clone().filter(|_| is_shared)].into_iter().flatten().collect::<Vec<_>>();
    let first = format!("    {}{}", layout(table, words), first.join(words.pick("　", "   ")));
    let each = sheets.iter().zip(&tables).take(SHEETS).map(|(sheet, table)| {
        let community = community(table, words).filter(|_| !is_shared).unwrap_or_default();
        let rows = format!("{} {}", table.records, words.pick("条记录", "records"));
        let period = table.period.as_ref().map_or_else(String::new, |period| period.value.clone());
        [sheet.name.clone(), table.range.clone(), period, rows, community, aside(table, words)]
    });
    let mut lines = if first.trim().is_empty() { Vec::new() } else { vec![cut(&first, LINE)] };
    lines.extend(columns(4, [16, 14, 8, 16, 30, 60], &each.collect::<Vec<_>>()));
    if sheets.len() > SHEETS {
        lines.push(format!("    … {} {}", sheets.len() - SHEETS, words.pick("张", "more sheets")));
    }
    lines
}

/// Most sheets alike that are listed.
const SHEETS: usize = 31;

/// Place of the remarks among the cells of a column.
const REMARK: usize = 3;

fn layout(table: &TableSeen, words: Words) -> String {
    match words.layout(table.layout) {
        "" => String::new(),
        layout => format!("{layout} · "),
    }
}

fn header(table: &TableSeen, words: Words) -> Option<String> {
    if !table.layout_has_header() {
        return None;
    }
    let zh = words.is_chinese();
    Some(match table.header {
        None => words.pick("没有表头", "no header").to_owned(),
        Some((first, last)) if first == last && zh => format!("表头第 {first} 行"),
        Some((first, last)) if zh => format!("表头第 {first}–{last} 行"),
        Some((first, last)) if first == last => format!("header in row {first}"),
        Some((first, last)) => format!("header in rows {first}–{last}"),
    })
}

/// Where the table lies, and what it gives.
fn place(table: &TableSeen, words: Words) -> String {
    let header = header(table, words).map_or_else(String::new, |header| format!("{}{header}", words.pick("，", ", ")));
    let (rows, records) = (table.record_rows, table.records);
    if words.is_chinese() {
        format!("{}{header}；{rows} 行计入，得 {records} 条记录", table.range)
    } else {
        format!("{}{header}; {rows} rows counted, {records} records", table.range)
    }
}

/// The community of all rows, or that each row names its own.
fn community(table: &TableSeen, words: Words) -> Option<String> {
    match &table.community {
        Some(community) => {
            let origin = words.in_brackets(words.origin(community.origin));
            Some(format!("{}{}{}{origin}", words.pick("小区", "community"), words.colon(), community.value))
        }
        None if table.has_communities => Some(words.pick("小区：逐行写明", "community: on each row").to_owned()),
        None => None,
    }
}

/// The period that the surroundings name.
fn period(table: &TableSeen, words: Words) -> Option<String> {
    let period = table.period.as_ref()?;
    let origin = words.in_brackets(words.origin(period.origin));
    Some(format!("{}{}{}{origin}", words.pick("时期", "period"), words.colon(), period.value))
}

fn cells_of(column: &ColumnSeen, words: Words) -> (String, [String; 5]) {
    let mut remarks: Vec<String> = Vec::new();
    if !column.could_be.is_empty() {
        remarks.push(format!("{}?", column.could_be.join(" / ")));
    }
    if column.field.is_some() && column.score < 100 {
        remarks.push(format!("{} {} %", words.pick("相近", "near"), column.score));
    }
    remarks.extend(column.says.iter().map(|said| match said {
        Said::Unit(unit) => format!("{}{unit}", words.pick("单位 ", "unit ")),
        Said::Scale(highest) => format!("{}{highest}", words.pick("满分 ", "scale to ")),
        Said::Tick(answer) => format!("{}{answer}", words.pick("勾选=", "tick=")),
        Said::Question(question) => question.clone(),
    }));
    let header = column.header.replace('\n', " ");
    let header = match header.strip_prefix("(无表头)") {
        Some(_) => words.pick("（无表头）", "(no header)").to_owned(),
        None => header,
    };
    let cells =
        [column.at.clone(), header, words.field(column.field), remarks.join(words.comma()), column.samples.join(" · ")];
    (column.at.clone(), cells)
}

/// Rows that became no record; empty where there are none.
fn aside(table: &TableSeen, words: Words) -> String {
    let aside = &table.aside;
    let parts = [
        (words.pick("续行", "continued"), &aside.continuations),
        (words.pick("重印的表头", "header again"), &aside.headings),
        (words.pick("合计", "totals"), &aside.totals),
        (words.pick("备注签名", "notes"), &aside.notes),
        (words.pick("无法计入", "rejected"), &aside.rejected),
        (words.pick("不像记录", "unrecognised"), &aside.unrecognised),
    ];
    let mut told: Vec<String> = parts
        .iter()
        .filter(|(_, numbers)| !numbers.is_empty())
        .map(|(word, numbers)| format!("{word} {}", rows(numbers, words.is_chinese())))
        .collect();
    if aside.blanks > 0 {
        told.push(format!("{} {}", words.pick("空行数", "blank rows:"), aside.blanks));
    }
    told.join(words.semicolon())
}

/// What stands above and beside the tables.
fn outside(sheet: &SheetSeen, words: Words) -> Option<String> {
    let quoted = |(row, text): &(u64, String)| {
        if words.is_chinese() {
            format!("第 {row} 行「{}」", cut(text, 40))
        } else {
            format!("row {row} \"{}\"", cut(text, 40))
        }
    };
    let mut told: Vec<String> = sheet.outside.iter().take(OUTSIDE).map(quoted).collect();
    if sheet.outside.len() > OUTSIDE {
        told.push(format!("… {} {}", sheet.outside.len(), words.pick("行", "rows")));
    }
    let title = words.pick("表外", "outside the table");
    (!told.is_empty()).then(|| cut(&format!("    {title}{}{}", words.colon(), told.join(words.comma())), LINE))
}

fn without_tables(sheet: &SheetSeen, state: State, name: &str, words: Words) -> Vec<String> {
    let says = match state {
        State::Unknown => words.pick("认不出是什么表", "of no known kind"),
        State::Explains => words.pick("说明页，不计", "explains; nothing to count"),
        State::Failed => words.pick("读不出来", "cannot be read"),
        _ => words.pick("空表", "empty"),
    };
    let mark = doubt(matches!(state, State::Unknown | State::Failed));
    let mut lines = vec![cut(&format!("{mark} {name} → {says}"), LINE)];
    if let (State::Unknown, Some((row, headers))) = (state, &sheet.nearest) {
        let headers = headers.join(" · ");
        let text = if words.is_chinese() {
            format!("    {} 行未计入；最像表头的是第 {row} 行：{headers}", sheet.filled_rows)
        } else {
            format!("    {} rows left out; row {row} looks most like a header: {headers}", sheet.filled_rows)
        };
        lines.push(cut(&text, LINE));
    }
    lines
}

/// Problems of all sheets that are alike, by code. Columns that were not used stand in the list of columns already, and so does
/// what is said of a sheet of no known kind.
fn problems(sheets: &[SheetSeen], words: Words) -> Vec<String> {
    let mut merged: Vec<ProblemSeen> = Vec::new();
    for sheet in sheets {
        for problem in &sheet.problems {
            if matches!(problem.code, "column_unknown" | "sheet_unknown" | "hidden_sheet") {
                continue;
            }
            let mark = if sheets.len() > 1 { format!("{}!", sheet.name) } else { String::new() };
            let cells = problem.cells.iter().map(|cell| format!("{mark}{cell}"));
            match merged.iter_mut().find(|known| known.code == problem.code) {
                Some(known) => {
                    known.count += problem.count;
                    known.cells.extend(cells);
                }
                None => merged.push(ProblemSeen { cells: cells.collect(), ..problem.clone() }),
            }
        }
    }
    merged.sort_by_key(|problem| ["error", "warning", "note"].iter().position(|word| *word == problem.severity));
    merged.iter().flat_map(|problem| of_problem(problem, words)).collect()
}

/// Most cells of one line.
const CELLS: usize = 3;

fn of_problem(problem: &ProblemSeen, words: Words) -> Vec<String> {
    let mark = severity(problem.severity, words.language);
    let mut cells: Vec<&str> = problem.cells.iter().take(CELLS).map(String::as_str).collect();
    if problem.count > CELLS && !cells.is_empty() {
        cells.push("…");
    }
    let count = if problem.count > 1 { format!(" ×{}", problem.count) } else { String::new() };
    let at = if cells.is_empty() { String::new() } else { format!(" {}", cells.join(words.comma())) };
    let found = if problem.found.is_empty() { String::new() } else { format!("{}{}", words.colon(), problem.found) };
    let line = cut(&format!("    {mark} {}{count}{at}{found} → {}", problem.title, problem.used), LINE);
    // What is left out is worth a word on how to mend it.
    let expected = (problem.severity == "error")
        .then(|| cut(&format!("      {} {}", words.pick("应为", "expected"), problem.expected), LINE));
    std::iter::once(line).chain(expected).collect()
}
