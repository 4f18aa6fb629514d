//! The first sheet: what the workbook is, and the list of what is to be mended.

use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::looks::{self, Looks};
use super::{FEW_ROWS, MOST, Placed, ReturnedFile, both};
use crate::problem::{Bilingual, Language, Problem, Severity};
use crate::recognise::marks;

/// Name of the sheet.
pub(super) const NAME: &str = "要修改的地方";

/// Widths of the columns.
const WIDTHS: [f64; 9] = [6.0, 14.0, 9.0, 8.0, 26.0, 28.0, 40.0, 34.0, 30.0];

const LAST: u16 = 8;

/// Headings of the columns.
const HEADINGS: [(&str, &str); 9] = [
    ("序号", "No."),
    ("工作表", "Sheet"),
    ("单元格", "Cell"),
    ("程度", "Weight"),
    ("问题", "Problem"),
    ("发现", "Found"),
    ("应为", "Expected"),
    ("现用", "Used instead"),
    ("影响的指标", "Metrics touched"),
];

pub(super) fn write(
    page: &mut Worksheet,
    file: &ReturnedFile<'_>,
    placed: &[Placed<'_, '_>],
    looks: &Looks,
) -> Result<(), XlsxError> {
    page.set_name(NAME)?;
    for (col, width) in (0..).zip(WIDTHS) {
        page.set_column_width(col, width)?;
    }
    let title = both(file.language, "要修改的地方", "To mend", " / ");
    page.write_string_with_format(0, 0, &title, &looks.title)?;
    page.write_string_with_format(1, 0, marks::PASSED_OVER, &looks.mark)?;
    let mut row = 2;
    let listed = listed(file, placed);
    for words in words(file, placed, listed.len()) {
        page.merge_range(row, 0, row, LAST, &words, &looks.words)?;
        let lines = u32::try_from(words.lines().count()).unwrap_or(1);
        page.set_row_height(row, 15 * lines + 3)?;
        row += 1;
    }
    row += 1;
    page.set_row_height(row, 32)?;
    for (col, (zh, en)) in (0..).zip(HEADINGS) {
        page.write_string_with_format(row, col, both(file.language, zh, en, "\n"), &looks.heading)?;
    }
    page.set_freeze_panes(row + 1, 0)?;
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(row, row)?;
    for (number, problem) in (1_u32..).zip(listed) {
        problem_row(page, row + number, number, file, problem, placed, looks)?;
    }
    Ok(())
}

/// What the workbook is and what to do with it.
fn words(file: &ReturnedFile<'_>, placed: &[Placed<'_, '_>], listed: usize) -> Vec<String> {
    let say = |zh: &str, en: &str| both(file.language, zh, en, "\n");
    let mut words = vec![
        say(&format!("原文件：{}", file.path), &format!("Original file: {}", file.path)),
        say(
            "下面每行是一处要修改的地方；点“单元格”一栏跳到那里，带底色的单元格有批注，写明怎样改。",
            "Each row below is a place to mend; the column “Cell” leads there. Filled cells bear a comment that says what to mend.",
        ),
    ];
    if !file.is_whole {
        let cells = super::WHOLE_OF_A_RUN;
        words.push(say(
            &format!(
                "本次退回的内容已满 {cells} 格：本文件只节选表头和前 {FEW_ROWS} 个有问题的行，首列是原行号；全部问题见 data/problems.csv。\
                 请在原文件里修改，不要用本文件替换。"
            ),
            &format!(
                "This run returns {cells} cells already: here are only headers and the first {FEW_ROWS} faulty rows, with their row \
                 numbers in front; data/problems.csv lists all. Mend the original, do not replace it by this file."
            ),
        ));
    } else if placed.iter().any(|placed| placed.excerpt.is_some()) {
        let (rows, cells) = (super::WHOLE, super::MOST_CELLS);
        words.push(say(
            &format!("超过 {rows} 行（或 {cells} 格）的工作表只节选表头和有问题的行，首列是原行号：请在原文件里修改，不要用本文件替换。"),
            &format!(
                "Of sheets with more than {rows} rows (or {cells} cells) only headers and faulty rows are shown, with their row numbers in front: mend the \
                 original, do not replace it by this file."
            ),
        ));
    } else {
        words.push(say(
            "在本文件里改完后存盘，改用原文件的名字（扩展名 .xlsx），放回原处替换原文件，再运行一次。本页不用删。",
            "Mend this file, save it under the original's name (ending .xlsx) in place of the original, and run again. This sheet \
             may stay.",
        ));
    }
    if file.problems.len() > listed {
        let more = file.problems.len() - listed;
        words.push(say(
            &format!("只列出 {listed} 处，另有 {more} 处，见 data/problems.csv。"),
            &format!("{listed} are listed; for {more} more see data/problems.csv."),
        ));
    }
    words
}

/// The problems that are listed: where the file's rows are few by the bound of the run, those in rows that are shown.
fn listed<'a>(file: &ReturnedFile<'a>, placed: &[Placed<'_, 'a>]) -> Vec<&'a Problem> {
    let is_shown =
        |problem: &&&Problem| file.is_whole || problem.cell.is_none() || target(file, problem, placed).is_some();
    file.problems.iter().filter(is_shown).take(MOST).copied().collect()
}

fn problem_row(
    page: &mut Worksheet,
    row: u32,
    number: u32,
    file: &ReturnedFile<'_>,
    problem: &Problem,
    placed: &[Placed<'_, '_>],
    looks: &Looks,
) -> Result<(), XlsxError> {
    let wording = problem.code.wording();
    let sheet = file.sources.get(problem.source as usize).map_or("", |source| source.sheet.as_str());
    page.write_number_with_format(row, 0, number, &looks.listed)?;
    page.write_string_with_format(row, 1, sheet, &looks.listed)?;
    let cell = problem.cell.map_or_else(|| both(file.language, "整张表", "whole", "\n"), |at| at.to_string());
    match target(file, problem, placed) {
        Some(target) => {
            page.write_url_with_options(row, 2, Url::new(target), &cell, "", Some(&looks.link))?;
        }
        None => {
            page.write_string_with_format(row, 2, &cell, &looks.listed)?;
        }
    }
    let severity = match wording.severity {
        Severity::Error => ("错误", "error"),
        Severity::Warning => ("警告", "warning"),
        Severity::Note => ("提示", "note"),
    };
    let weight = if wording.severity == Severity::Error { &looks.error } else { &looks.listed };
    page.write_string_with_format(row, 3, both(file.language, severity.0, severity.1, "\n"), weight)?;
    let pair = |words: Bilingual| both(file.language, words.zh, words.en, "\n");
    let used = |language| problem.used(file.files, file.sources, language);
    let texts = [
        pair(wording.title),
        problem.found.to_string(),
        pair(wording.expected),
        both(file.language, &used(Language::Zh), &used(Language::En), "\n"),
        metrics(wording.affects, file.language),
    ];
    let lines = WIDTHS[4..].iter().zip(&texts).map(|(width, text)| looks::lines(text, *width)).max().unwrap_or(1);
    page.set_row_height(row, looks::height(lines.max(2)))?;
    for (col, text) in (4..).zip(texts) {
        page.write_string_with_format(row, col, text, &looks.listed)?;
    }
    Ok(())
}

/// The cell in this workbook to which a problem leads.
fn target(file: &ReturnedFile<'_>, problem: &Problem, placed: &[Placed<'_, '_>]) -> Option<String> {
    let sheet = file.sources.get(problem.source as usize)?;
    let placed = placed.iter().find(|placed| placed.returned.sheet.name == sheet.sheet)?;
    let at = match problem.cell {
        None => "A1".to_owned(),
        Some(at) => placed.place(at)?.to_string(),
    };
    Some(format!("internal:'{}'!{at}", placed.name.replace('\'', "''")))
}

/// Endings of metrics in words; what is not listed is shown as it is named in `facts.csv`.
const METRICS: [(&str, &str, &str); 9] = [
    ("*", "全部指标", "all metrics"),
    (".received", "件数", "numbers received"),
    (".on_time", "及时率", "on-time shares"),
    (".median", "用时中位数", "median times"),
    (".mean", "平均用时", "mean times"),
    (".compensation", "赔偿金额", "compensation"),
    (".satisfied_share", "回访满意率", "satisfaction in callbacks"),
    (".item_satisfied", "单项满意率", "item satisfaction rates"),
    (".mean_score", "平均分", "mean scores"),
];

fn metrics(affects: &str, language: Language) -> String {
    let words = |place: fn(&(&'static str, &'static str, &'static str)) -> &'static str| {
        let named = affects.split_whitespace().map(|metric| {
            METRICS
                .iter()
                .find(|(ending, ..)| if *ending == "*" { metric == "*" } else { metric.ends_with(ending) })
                .map_or(metric, place)
        });
        named.collect::<Vec<_>>()
    };
    both(language, &words(|known| known.1).join("、"), &words(|known| known.2).join(", "), "\n")
}
