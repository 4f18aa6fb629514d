//! What stands behind facts, put into plain texts and numbers: for `explain`, the number cards and the methods page.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::ReportInput;
use crate::clock::clocks::Clocks;
use crate::clock::words::{described, precedence};
use crate::clock::working_time::WorkingTime;
use crate::metrics::behind::{Cell, CellValue, Part, Row, Rows};
use crate::metrics::explain::Found;
use crate::metrics::explain::explanation::{
    CellSaid, ClockSaid, Explanation, FactSaid, IntervalSaid, PartSaid, RangeSaid, Reason, RowSaid, RuleSaid, Said,
};
use crate::metrics::fact::{Dimension, Fact, FactKey, FactTable, Scope, Unit};
use crate::metrics::metric::{DOC_HEADINGS, Heading, Interval, Metric, said_under};
use crate::moment::{Seconds, date_of};
use crate::normalise::rating::Level;
use crate::origin::{CellAt, CellRange, RecordAt, SourceId, SourceSheet};
use crate::problem::Language;
use crate::profile::Profiles;
use crate::profile::schema::{Profile, Subject, Text};
use crate::read::sheet::Value;
use crate::records::cell_map::{CellMap, Cells};
use crate::records::columns as c;
use crate::records::community::Community;

/// All that an explanation is made of besides what stands behind the fact.
#[derive(Debug, Clone, Copy)]
pub struct Teller<'a> {
    /// Every number.
    pub facts: &'a FactTable,
    /// The procedures in force.
    pub profiles: &'a Profiles,
    /// The clock of each community.
    pub clocks: &'a Clocks,
    /// The communities, by code.
    pub communities: &'a [Community],
    /// In which cells the values of records stand.
    pub cells: &'a CellMap,
    /// Path of each input file below the input folder, by its number.
    pub files: &'a [String],
    /// Each sheet, by its number.
    pub sources: &'a [SourceSheet],
    /// The moment up to which events are counted.
    pub as_of: Seconds,
    /// Language of the values as shown.
    pub language: Language,
}

impl<'a> Teller<'a> {
    /// Of what pages are made of.
    pub(crate) fn of(input: &ReportInput<'a>) -> Self {
        Self {
            facts: input.facts,
            profiles: input.profiles,
            clocks: input.clocks,
            communities: input.communities,
            cells: input.cells,
            files: input.files,
            sources: input.sources,
            as_of: input.as_of,
            language: input.language,
        }
    }

    /// A fact explained; none where the key is no fact.
    #[must_use]
    pub fn say(&self, key: &FactKey, found: &Found, rows: usize) -> Option<Explanation> {
        let fact = self.facts.fact(key)?;
        let mut said = self.fact_said(fact);
        said.interval =
            fact.interval.map(|(low, high)| IntervalSaid { low, high, formula: interval(found.metric.interval) });
        let rule = self.profiles.named(&key.profile).and_then(|profile| rule(profile, &key.metric));
        Some(Explanation {
            fact: said,
            doc: doc(&found.metric),
            clock: rule.as_ref().filter(|rule| runs_on_working_time(rule)).map(|_| self.clock_said(&key.scope)),
            rule,
            as_of: format!("{} 24:00", date_of(self.as_of - 1).format("%Y-%m-%d")),
            excluded: reasons(fact, found),
            parts: found.rows.iter().filter_map(|part| self.part_said(part, rows)).collect(),
            made_of: Vec::new(),
        })
    }

    /// A fact as it stands in the table of facts.
    #[must_use]
    pub fn fact_said(&self, fact: &Fact) -> FactSaid {
        let key = &fact.key;
        let title = self.profiles.named(&key.profile).map(|profile| profile.title.clone()).unwrap_or_default();
        let dimensions = [&key.dimension, &key.dimension2].into_iter().flatten();
        FactSaid {
            id: key.id(),
            profile: key.profile.to_string(),
            profile_title: title,
            metric: key.metric.to_string(),
            clause: fact.clause.to_string(),
            period: key.period.to_string(),
            scope: key.scope.word(),
            scope_id: key.scope.id().to_owned(),
            scope_name: self.facts.scope_name(&key.scope).to_owned(),
            dimensions: dimensions.map(|(dimension, value)| (dimension.word(), value.to_string())).collect(),
            numerator: fact.numerator,
            denominator: fact.denominator,
            value: fact.value,
            shown: super::shown(fact, self.language),
            unit: fact.unit.word(),
            target: fact.target.to_string(),
            verdict: fact.verdict.word(),
            interval: None,
            excluded: fact.excluded,
            note: fact.note.to_string(),
        }
    }

    /// The clocks of the communities of a scope: their own, or each that any community has.
    fn clock_said(&self, scope: &Scope) -> ClockSaid {
        let clocks = self.clocks_of(scope);
        let text = |say: &dyn Fn(Language) -> String| Text { zh: say(Language::Zh), en: say(Language::En) };
        let calendar = |clock: &&WorkingTime| text(&|language| described(clock.week(), language).join("\n"));
        ClockSaid {
            calendars: clocks.iter().map(calendar).collect(),
            precedence: text(&|language| precedence(language).to_owned()),
        }
    }

    /// The clocks of the communities of a scope.
    pub(crate) fn clocks_of(&self, scope: &Scope) -> Vec<&'a WorkingTime> {
        let own = match scope {
            Scope::Community(id) => self.communities.iter().zip(0..).find(|(community, _)| community.id == *id),
            _ => None,
        };
        own.map_or_else(|| self.clocks.all().iter().collect(), |(_, code)| vec![self.clocks.of(code)])
    }

    /// The rows of a part; none where nothing is left out for a reason.
    fn part_said(&self, rows: &Rows, most: usize) -> Option<PartSaid> {
        if rows.count() == 0 && matches!(rows.part, Part::Excluded(_)) {
            return None;
        }
        let mut by_row: BTreeMap<(SourceId, u32), Vec<&Row>> = BTreeMap::new();
        for row in &rows.list {
            by_row.entry((row.at.source, row.at.row)).or_default().push(row);
        }
        let by_row: Vec<((SourceId, u32), Vec<&Row>)> = by_row.into_iter().collect();
        let (first, further) = by_row.split_at(most.min(by_row.len()));
        let amount = |seen: i64| rows.amounts.map(|(_, divisor)| number(seen) / divisor);
        Some(PartSaid {
            part: rows.part.code(),
            count: rows.count(),
            sum: amount(rows.sum()),
            unit: rows.amounts.map(|(unit, _)| unit.word()),
            rows: first.iter().map(|(at, same)| self.row_said(*at, same, &amount)).collect(),
            further: self.ranges(further.iter().map(|(at, _)| *at)),
        })
    }

    fn row_said(&self, (source, row): (SourceId, u32), same: &[&Row], amount: &dyn Fn(i64) -> Option<f64>) -> RowSaid {
        let (file, sheet) = self.named(source);
        let mut found: Vec<(CellSaid, usize)> = Vec::new();
        // Several records of one row differ in a cell; the many of a tally stand in the same one.
        for cell in same.iter().flat_map(|row| &row.cells) {
            let Some(said) = self.cell_said(source, cell) else { continue };
            match found.iter_mut().find(|(known, _)| *known == said) {
                Some((_, records)) => *records += 1,
                None => found.push((said, 1)),
            }
        }
        // A count says how many records it stands for.
        let mut cells: Vec<CellSaid> = (found.into_iter())
            .map(|(said, records)| match said.column {
                "count" => CellSaid { value: records.to_string(), ..said },
                _ => said,
            })
            .collect();
        if cells.iter().all(|cell| cell.cell.is_empty()) {
            let records: BTreeSet<RecordAt> = same.iter().map(|row| row.at).collect();
            cells.extend(records.into_iter().filter_map(|at| self.record_said(at)));
        }
        RowSaid {
            file: file.to_owned(),
            sheet: sheet.to_owned(),
            row: row.saturating_add(1),
            times: same.len(),
            amount: amount(same.iter().map(|row| row.amount).sum()),
            cells,
        }
    }

    /// A cell that counts; none where the table has no such column and the records hold nothing of it. `around` is the sheet of the
    /// row: a cell of another one names its own.
    fn cell_said(&self, around: SourceId, cell: &Cell) -> Option<CellSaid> {
        let found = self.cells_of(cell);
        let value = written(cell.column, cell.value);
        if found.is_none() && value.is_empty() {
            return None;
        }
        let (file, sheet) = if cell.at.source == around { ("", "") } else { self.named(cell.at.source) };
        let (file, sheet) = (file.to_owned(), sheet.to_owned());
        let at = |found: &Cells| found.at.iter().map(ToString::to_string).collect::<Vec<_>>().join("+");
        Some(CellSaid {
            file,
            sheet,
            column: found.as_ref().map_or(cell.column, |found| found.field),
            cell: found.as_ref().map_or_else(String::new, at),
            // What is told by a cell of another field is not what stands in it.
            value: if found.is_some_and(|found| found.field != cell.column) { String::new() } else { value },
        })
    }

    /// Where a cell that counts stands; none where its table has no such column.
    pub(crate) fn cells_of(&self, cell: &Cell) -> Option<Cells> {
        let level = match cell.value {
            CellValue::Number(level) if LEVELS.contains(&cell.column) => level_of(level),
            _ => None,
        };
        self.cells.cells(cell.at, cell.column, cell.heading.as_deref(), level)
    }

    /// All cells of a record, where no single one tells what counts.
    fn record_said(&self, at: RecordAt) -> Option<CellSaid> {
        let cell = self.cells.record(at)?.to_string();
        Some(CellSaid { file: String::new(), sheet: String::new(), column: "record", cell, value: String::new() })
    }

    /// Rows in order as ranges, sheet by sheet.
    fn ranges(&self, rows: impl Iterator<Item = (SourceId, u32)>) -> Vec<RangeSaid> {
        let mut by_sheet: BTreeMap<SourceId, Vec<(u32, u32)>> = BTreeMap::new();
        for (source, row) in rows {
            let ranges = by_sheet.entry(source).or_default();
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == row => *last = row,
                _ => ranges.push((row, row)),
            }
        }
        let text = |(first, last): &(u32, u32)| {
            let at = |row: u32| CellAt { row, col: 0 };
            if first == last {
                at(*first).to_string()
            } else {
                CellRange { first: at(*first), last: at(*last) }.to_string()
            }
        };
        by_sheet
            .iter()
            .map(|(source, ranges)| {
                let (file, sheet) = self.named(*source);
                let (file, sheet) = (file.to_owned(), sheet.to_owned());
                RangeSaid { file, sheet, ranges: ranges.iter().map(text).collect() }
            })
            .collect()
    }

    /// File and name of a sheet.
    pub(crate) fn named(&self, source: SourceId) -> (&'a str, &'a str) {
        let Some(sheet) = self.sources.get(source as usize) else { return ("", "") };
        (self.files.get(sheet.file as usize).map_or("", String::as_str), &sheet.sheet)
    }
}

/// Whether a rule runs on working time: limits in it, and rules on them, name it in the entry.
pub(crate) fn runs_on_working_time(rule: &RuleSaid) -> bool {
    [" wh\"", " wd\"", "working_hours"].iter().any(|words| rule.toml.contains(words))
}

/// Reasons of exclusion with their counts; none of a fact that is itself about a reason.
pub(crate) fn reasons(fact: &Fact, found: &Found) -> Vec<Reason> {
    if matches!(fact.key.dimension, Some((Dimension::Excluded, _))) {
        return Vec::new();
    }
    let counted = found.rows.iter().filter_map(|rows| match &rows.part {
        Part::Excluded(reason) => Some(Reason { reason: reason.to_string(), count: rows.sum() }),
        _ => None,
    });
    counted.filter(|reason| reason.count > 0).collect()
}

/// What the metric's own file says, in both languages.
fn doc(metric: &Metric) -> Vec<Said> {
    let said = |heading: &Heading, language| doc_under(metric.doc, heading, language);
    let of = |heading: &Heading| Said {
        heading: Text { zh: heading.zh.to_owned(), en: heading.en.to_owned() },
        text: Text { zh: said(heading, Language::Zh), en: said(heading, Language::En) },
    };
    DOC_HEADINGS.iter().map(of).collect()
}

/// What the metric's own file says under a heading.
pub(crate) fn doc_under(doc: &str, heading: &Heading, language: Language) -> String {
    let heading = if language == Language::Zh { heading.zh } else { heading.en };
    said_under(doc, heading).unwrap_or("").replace('`', "")
}

/// How the interval of a metric is computed.
pub(crate) fn interval(of: Interval) -> Text {
    let (zh, en) = match of {
        Interval::OfParts => {
            return Text {
                zh: "95% 区间：各项目区间的平均（同一批住户回答各项，误差按完全相关计，只会偏宽）".to_owned(),
                en: "95 % interval: the mean of the items' intervals (the same households answer all items; errors are taken as fully \
                     alike, so that it is if anything too wide)"
                    .to_owned(),
            };
        }
        Interval::Households => (
            "，总体为入住户数 × 合并的调查次数（户数已知时作有限总体修正）；算出的区间够不到所算比率的，延伸到该比率",
            ", the population being the occupied households times the rounds pooled, where their number is known (finite population \
             correction); an interval that ends short of the rate itself is extended to it",
        ),
        _ => ("，总体无限", ", of an endless population"),
    };
    Text {
        zh: format!("95% 区间，Agresti–Coull：p = (分子 + 2) ÷ (分母 + 4)，p ± 1.96 × √(p (1 − p) ÷ (分母 + 4)){zh}"),
        en: format!(
            "95 % interval of Agresti–Coull: p = (numerator + 2) ÷ (denominator + 4), p ± 1.96 × √(p (1 − p) ÷ (denominator + 4)){en}"
        ),
    }
}

/// The rule of a profile that a metric follows.
pub(crate) fn rule(profile: &Profile, metric: &str) -> Option<RuleSaid> {
    let mut names = metric.split('.');
    let (subject, name) = (names.next()?, names.next()?);
    let cases = match subject {
        "complaint" => Some(Subject::Complaint),
        "repair" => Some(Subject::Repair),
        _ => None,
    };
    let deadline = cases.and_then(|cases| profile.deadlines_of(cases).find(|deadline| deadline.id == name));
    let duty = profile.duties.iter().find(|duty| subject == "schedule" && duty.id == name);
    match (deadline, duty) {
        (Some(deadline), _) => said("deadline", &deadline.title, deadline),
        (_, Some(duty)) => said("duty", &duty.title, duty),
        _ => match (subject, name) {
            ("callback", "due" | "on_time" | "done_share") => {
                profile.callback.as_ref().and_then(|rule| said("callback", &Text::default(), rule))
            }
            ("callback", "satisfied_share" | "punctuality" | "attitude" | "quality")
            | ("survey", "item_satisfied" | "overall_satisfied" | "mean_score") => {
                profile.scale.as_ref().and_then(|scale| said("scale", &Text::default(), scale))
            }
            (_, "first_asked_share") => {
                profile.first_asked.as_ref().and_then(|rule| said("first_asked", &Text::default(), rule))
            }
            (_, "repeat_share") => profile.repeat.as_ref().and_then(|rule| said("repeat", &Text::default(), rule)),
            _ => None,
        },
    }
}

fn said(kind: &'static str, title: &Text, entry: &impl Serialize) -> Option<RuleSaid> {
    toml::to_string(entry).ok().map(|toml| RuleSaid { kind, title: title.clone(), toml })
}

/// Columns of worded answers.
const LEVELS: [&str; 5] = [c::LEVEL, c::OPINION, c::PUNCTUALITY, c::ATTITUDE, c::QUALITY];

fn level_of(number: i64) -> Option<Level> {
    usize::try_from(number).ok().and_then(|number| Level::ALL.get(number)).copied()
}

/// What the records hold of a cell, as people write it.
pub(crate) fn written(column: &str, value: CellValue) -> String {
    match value {
        CellValue::None => String::new(),
        CellValue::Moment(moment) => Value::Moment(moment).written(),
        CellValue::Said(said) => said.to_string(),
        CellValue::Number(fen) if [c::COMPENSATION, c::COST, c::CLAIM, c::SOLUTION].contains(&column) => {
            format!("{} {}", number(fen) / 100.0, Unit::Yuan.word())
        }
        CellValue::Number(level) if LEVELS.contains(&column) => {
            level_of(level).map_or_else(String::new, |level| level.code().to_owned())
        }
        CellValue::Real(number) => number.to_string(),
        CellValue::Number(number) => number.to_string(),
    }
}

#[allow(clippy::cast_precision_loss, reason = "sums of a company's records stay far below 2^52")]
fn number(sum: i64) -> f64 {
    sum as f64
}
