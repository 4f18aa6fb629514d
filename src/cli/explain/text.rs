//! An explanation as lines of text.

use super::super::aligned::columns;
use super::words::Words;
use crate::metrics::explain::explanation::{Explanation, FactSaid};
use crate::metrics::explain::explanation::{PartSaid, RowSaid};
use crate::render::data::decimal;

/// The explanation of a fact.
pub(super) fn explanation(said: &Explanation, words: Words) -> String {
    let mut lines = head(&said.fact, words);
    lines.extend(numbers(said, words));
    lines.push(String::new());
    for entry in &said.doc {
        lines.push(format!("{}{}{}", words.text(&entry.heading), words.colon(), words.text(&entry.text)));
    }
    lines.extend(rule(said, words));
    for part in &said.parts {
        lines.push(String::new());
        lines.extend(part_lines(part, words, said.made_of.is_empty()));
    }
    if !said.made_of.is_empty() {
        lines.push(String::new());
        lines.push(words.made_of(said.made_of.len()));
        for of in &said.made_of {
            lines.extend(fact_lines(std::slice::from_ref(&of.fact)));
            let parts = of.parts.iter().map(|part| format!("{} {}", words.part(&part.part), part.count));
            lines.push(format!("      {}", parts.collect::<Vec<_>>().join(words.comma())));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Several facts that are meant.
pub(super) fn several(facts: &[FactSaid], all: usize, words: Words) -> String {
    let mut lines = vec![words.several(all)];
    lines.extend(fact_lines(facts));
    if facts.len() < all {
        lines.push(format!("  … {}", all - facts.len()));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Facts below each other, with their ids.
pub(super) fn fact_lines(facts: &[FactSaid]) -> Vec<String> {
    let rows: Vec<[String; 6]> = facts
        .iter()
        .map(|fact| {
            let breakdown: Vec<String> =
                fact.dimensions.iter().map(|(name, value)| format!("{name}:{value}")).collect();
            let place = if fact.scope_name.is_empty() { fact.scope } else { &fact.scope_name };
            let [id, metric, period] = [&fact.id, &fact.metric, &fact.period].map(Clone::clone);
            [id, metric, period, place.to_owned(), breakdown.join(" "), fact.shown.clone()]
        })
        .collect();
    columns(2, [12, 40, 8, 24, 40, 20], &rows)
}

fn head(fact: &FactSaid, words: Words) -> Vec<String> {
    let breakdown: Vec<String> =
        fact.dimensions.iter().map(|(name, value)| format!("{name}{}{value}", words.colon())).collect();
    let place = match (fact.scope, fact.scope_name.as_str()) {
        ("group", _) => words.group().to_owned(),
        (_, "") => format!("{}{}{}", words.scope(fact.scope), words.colon(), fact.scope_id),
        (_, name) => format!("{}{}{name} ({})", words.scope(fact.scope), words.colon(), fact.scope_id),
    };
    let first = [fact.metric.clone(), fact.period.clone(), place].into_iter().chain(breakdown);
    vec![
        first.collect::<Vec<_>>().join("  "),
        format!("{}{}{}", words.pick("编号", "fact"), words.colon(), fact.id),
        format!(
            "{}{}{}{}",
            words.pick("规程", "procedure"),
            words.colon(),
            words.title(words.text(&fact.profile_title), &fact.profile),
            if fact.clause.is_empty() { String::new() } else { format!("{}{}", words.clause(), fact.clause) },
        ),
    ]
}

fn numbers(said: &Explanation, words: Words) -> Vec<String> {
    let fact = &said.fact;
    let entry = |name: &str, text: String| format!("{name}{}{text}", words.colon());
    let unrounded = |number: f64| number.to_string();
    let mut lines = Vec::new();
    if let Some(numerator) = fact.numerator {
        lines.push(entry(words.pick("分子", "numerator"), unrounded(numerator)));
    }
    if let Some(denominator) = fact.denominator {
        lines.push(entry(words.pick("分母", "denominator"), unrounded(denominator)));
    }
    let value = fact.value.map_or_else(
        || words.pick("无", "none").to_owned(),
        |value| format!("{} {}{}", unrounded(value), fact.unit, words.rounded(&fact.shown)),
    );
    lines.push(entry(words.pick("数值", "value"), value));
    if !fact.target.is_empty() {
        lines.push(entry(words.pick("目标", "target"), format!("{}  {}", fact.target, words.verdict(fact.verdict))));
    }
    if let Some(interval) = &fact.interval {
        lines.push(entry(words.pick("区间", "interval"), format!("{} – {}", interval.low, interval.high)));
        lines.push(format!("  {}", words.text(&interval.formula)));
    }
    if !said.excluded.is_empty() {
        let reasons = said.excluded.iter().map(|reason| format!("{} {}", words.reason(&reason.reason), reason.count));
        lines.push(entry(words.pick("剔除", "excluded"), reasons.collect::<Vec<_>>().join(words.comma())));
    }
    lines.push(entry(words.pick("统计截止", "as of"), said.as_of.clone()));
    if !fact.note.is_empty() {
        let notes = fact.note.split(' ').map(|note| words.note(note));
        lines.push(entry(words.pick("附注", "note"), notes.collect::<Vec<_>>().join(words.comma())));
    }
    lines
}

fn rule(said: &Explanation, words: Words) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(rule) = &said.rule {
        lines.push(String::new());
        lines.push(format!("{}{}{}", words.rule(rule.kind), words.colon(), words.text(&rule.title)));
        lines.extend(rule.toml.lines().map(|line| format!("    {line}").trim_end().to_owned()));
    }
    if let Some(clock) = &said.clock {
        for calendar in &clock.calendars {
            lines.push(format!("{}{}", words.pick("日历", "calendar"), words.colon()));
            lines.extend(words.text(calendar).lines().map(|line| format!("    {line}")));
        }
        let name = words.pick("先后", "what goes first");
        lines.push(format!("{name}{}{}", words.colon(), words.text(&clock.precedence)));
    }
    lines
}

fn part_lines(part: &PartSaid, words: Words, lists: bool) -> Vec<String> {
    let sum = match (part.sum, part.unit) {
        (Some(sum), Some(unit)) => format!("{}{} {unit}", words.adding(), decimal(sum)),
        _ => String::new(),
    };
    let mut lines = vec![format!("{}{}{}{sum}", words.part(&part.part), words.colon(), words.rows(part.count))];
    if !lists {
        return lines;
    }
    let mut above = String::new();
    for row in &part.rows {
        let sheet = sheet(&row.file, &row.sheet);
        if sheet != above {
            lines.push(format!("  {sheet}"));
            above = sheet;
        }
        lines.push(format!("    {}", row_text(row, part.unit, words)));
    }
    if !part.further.is_empty() {
        lines.push(format!("  {}", words.further()));
        for range in &part.further {
            let ranges = range.ranges.join(words.comma());
            lines.push(format!("    {}{}{ranges}", sheet(&range.file, &range.sheet), words.colon()));
        }
    }
    lines
}

fn sheet(file: &str, sheet: &str) -> String {
    if sheet.is_empty() { file.to_owned() } else { format!("{file} · {sheet}") }
}

fn row_text(row: &RowSaid, unit: Option<&str>, words: Words) -> String {
    let cells = row.cells.iter().map(|cell| {
        let sheet = if cell.file.is_empty() { String::new() } else { sheet(&cell.file, &cell.sheet) };
        let at = [cell.column, &sheet, &cell.cell].into_iter().filter(|text| !text.is_empty());
        let at = at.collect::<Vec<_>>().join(" ");
        if cell.value.is_empty() { at } else { format!("{at} = {}", cell.value) }
    });
    let amount = row.amount.map(|amount| format!("{} {}", decimal(amount), unit.unwrap_or("")));
    let times = (row.times > 1).then(|| format!("× {}", row.times));
    let rest = amount.into_iter().chain(times).chain(cells).collect::<Vec<_>>().join(words.semicolon());
    format!("{} {rest}", words.row(row.row)).trim_end().to_owned()
}
