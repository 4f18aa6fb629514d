//! The prints of all records that the facts of a period are made of.

use std::collections::BTreeMap;
use std::sync::Arc;

use polars::prelude::{BooleanChunked, DataFrame, NewChunkedArray, PolarsResult};

use super::print::{Draft, Place, Print, identity_of};
use super::values::Columns;
use crate::clock::clocks::Clocks;
use crate::metrics::case_codes;
use crate::moment::{Period, Seconds, date_of, month_number, written};
use crate::normalise::place::comparable;
use crate::origin::SourceSheet;
use crate::profile::Profiles;
use crate::profile::schema::Subject;
use crate::records::assemble::{Records, period_of_code};
use crate::records::columns as c;
use crate::step::Step;

/// Code of a closed case.
const CLOSED: u32 = 2;

/// Months before a period whose registers its facts may still look at, such as those of a year's coverage.
const MONTHS_BACK: i32 = 12;

/// The records with what names their places, and by what they are judged.
#[derive(Clone, Copy)]
pub struct Held<'a> {
    /// The records.
    pub records: &'a Records,
    /// Paths of the input files, by number.
    pub files: &'a [String],
    /// Sheets, by number.
    pub sources: &'a [SourceSheet],
    /// The procedures in force.
    pub profiles: &'a Profiles,
    /// Working time of each community.
    pub clocks: &'a Clocks,
}

impl Held<'_> {
    fn place(&self, source: u32, row: u32) -> Place {
        let sheet = self.sources.get(source as usize);
        let file = sheet.and_then(|sheet| self.files.get(sheet.file as usize));
        match (sheet, file) {
            (Some(sheet), Some(file)) => {
                Place { file: file.clone(), sheet: sheet.sheet.clone(), row: u64::from(row) + 1 }
            }
            _ => Place::default(),
        }
    }

    fn community(&self, code: u32) -> Arc<str> {
        self.records.directory.communities.get(code as usize).map_or_else(|| "none".into(), |of| of.id.clone())
    }

    fn department(&self, code: u32) -> Arc<str> {
        self.records.directory.departments.get(code as usize).map_or_else(|| "none".into(), |of| of.id.clone())
    }

    /// The prints of all that the facts of a period are made of, sorted by kind and identity.
    ///
    /// # Errors
    /// When a query fails.
    pub fn prints(&self, period: Period, as_of: Seconds) -> PolarsResult<Vec<Print>> {
        let records = self.records;
        let mut prints = self.case_prints(&records.complaints, Subject::Complaint, period, as_of)?;
        prints.extend(self.case_prints(&records.repairs, Subject::Repair, period, as_of)?);
        prints.extend(self.callback_prints(period, as_of)?);
        prints.extend(self.form_prints(period)?);
        prints.extend(self.round_prints(period, as_of));
        prints.extend(self.register_prints(period, as_of));
        prints.extend(self.community_prints());
        prints.sort_by(|a, b| {
            (&a.kind, a.identity, a.content, &a.place).cmp(&(&b.kind, b.identity, b.content, &b.place))
        });
        Ok(prints)
    }

    fn case_prints(
        &self,
        frame: &DataFrame,
        subject: Subject,
        period: Period,
        as_of: Seconds,
    ) -> PolarsResult<Vec<Print>> {
        let kept = if frame.height() == 0 { Vec::new() } else { cases_of(frame, period, as_of)? };
        if !kept.contains(&true) {
            return Ok(Vec::new());
        }
        let frame = frame.filter(&BooleanChunked::from_slice("kept".into(), &kept))?;
        let columns = Columns::of(&frame, self.records)?;
        let codes = case_codes((self.records, &frame), subject, self.profiles, self.clocks, as_of)?;
        let prints = (0..frame.height()).map(|row| {
            let mut print = self.draft(case_kind(subject), &columns, row).print();
            let told = codes.iter().filter_map(|code| Some((code.name.clone(), code.words.get(row)?.clone()?)));
            print.codes.extend(told);
            print
        });
        Ok(prints.collect())
    }

    fn callback_prints(&self, period: Period, as_of: Seconds) -> PolarsResult<Vec<Print>> {
        let frame = &self.records.callbacks;
        if frame.height() == 0 {
            return Ok(Vec::new());
        }
        let columns = Columns::of(frame, self.records)?;
        let moment = |step: Step, row| columns.number(step.column(), row);
        let rows = (0..frame.height()).filter(|row| {
            let month = columns.number(c::MONTH, *row).unwrap_or(0);
            let (called, resolved) = (moment(Step::CalledBack, *row), moment(Step::Resolved, *row));
            // One that fell due in the period may be dated before or after it.
            let months = resolved.map_or(month, |at| i64::from(month_number(date_of(at)))).min(month)..=month + 1;
            let of_period = i64::from(period.first_month())..=i64::from(period.last_month());
            let meets = months.start() <= of_period.end() && months.end() >= of_period.start();
            meets && (called.is_none_or(|at| at < as_of) || resolved.is_some_and(|at| at < as_of))
        });
        Ok(rows.map(|row| self.draft(CALLBACK, &columns, row).print()).collect())
    }

    /// A row of a frame of cases or callbacks.
    fn draft(&self, kind: &'static str, columns: &Columns<'_>, row: usize) -> Draft {
        let month = columns.number(c::MONTH, row).and_then(|month| i32::try_from(month).ok());
        Draft {
            kind,
            identity: self.identity(kind, columns, row),
            community: self.community(columns.code(c::COMMUNITY, row)),
            department: self.department(columns.code(c::DEPARTMENT, row)),
            period: month.map_or_else(String::new, |month| Period::of_month_number(month).to_string()),
            place: self.place(columns.code(c::SOURCE, row), columns.code(c::ROW, row)),
            fields: columns.row(row),
        }
    }

    /// What tells a case or callback from others: its number, or moment, place and text.
    fn identity(&self, kind: &str, columns: &Columns<'_>, row: usize) -> Option<Vec<String>> {
        let community = self.community(columns.code(c::COMMUNITY, row)).to_string();
        if let Some(number) = columns.text(c::NUMBER, row) {
            return Some(vec!["number".to_owned(), community, number.to_owned()]);
        }
        let place = comparable(columns.text(c::PLACE, row)?).into_owned();
        if kind == CALLBACK {
            let at = columns.number(Step::Resolved.column(), row).or(columns.number(Step::CalledBack.column(), row))?;
            return Some(vec!["moment".to_owned(), community, at.to_string(), place]);
        }
        let (received, text) = (columns.number(Step::Received.column(), row)?, columns.text(c::TEXT, row)?);
        Some(vec!["moment".to_owned(), community, received.to_string(), place, text.to_owned()])
    }

    /// The identity and place of each row of a frame of cases or callbacks, for those that have one.
    pub(super) fn identities(&self, kind: &'static str) -> PolarsResult<Vec<(u64, Place)>> {
        let frame = self.frame(kind);
        if frame.height() == 0 {
            return Ok(Vec::new());
        }
        let columns = Columns::of(frame, self.records)?;
        let rows = (0..frame.height()).filter_map(|row| {
            let identity = identity_of(kind, &self.identity(kind, &columns, row)?);
            Some((identity, self.place(columns.code(c::SOURCE, row), columns.code(c::ROW, row))))
        });
        Ok(rows.collect())
    }

    /// The identity of one row.
    pub(super) fn identity_at(&self, kind: &'static str, columns: &Columns<'_>, row: usize) -> Option<u64> {
        Some(identity_of(kind, &self.identity(kind, columns, row)?))
    }

    pub(super) fn frame(&self, kind: &str) -> &DataFrame {
        match kind {
            COMPLAINT => &self.records.complaints,
            REPAIR => &self.records.repairs,
            _ => &self.records.callbacks,
        }
    }

    /// One print a survey form, with its answers; answers that stand on no form have a print of their own.
    fn form_prints(&self, period: Period) -> PolarsResult<Vec<Print>> {
        let (forms, answers) = (&self.records.forms, &self.records.answers);
        let mut drafts: BTreeMap<(u32, usize), Draft> = BTreeMap::new();
        for (frame, is_answers) in [(forms, false), (answers, true)] {
            if frame.height() == 0 {
                continue;
            }
            let columns = Columns::of(frame, self.records)?;
            for row in 0..frame.height() {
                let code = columns.number(c::PERIOD, row).and_then(|code| i32::try_from(code).ok()).unwrap_or(0);
                let of = period_of_code(code);
                if !of.with_containing().contains(&period) {
                    continue;
                }
                let form = if is_answers { columns.code(c::FORM, row) } else { u32::try_from(row).unwrap_or(u32::MAX) };
                let tallied = if form == u32::MAX { row } else { 0 };
                let draft = drafts.entry((form, tallied)).or_insert_with(|| Draft {
                    kind: FORM,
                    community: self.community(columns.code(c::COMMUNITY, row)),
                    department: "none".into(),
                    period: of.to_string(),
                    place: self.place(columns.code(c::SOURCE, row), columns.code(c::ROW, row)),
                    ..Draft::default()
                });
                if is_answers {
                    let said = columns.row(row);
                    let told = |name: &str| said.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value);
                    let answer = [c::LEVEL, c::SCORE, c::SCORE_HIGHEST].map(told).join("\u{1f}");
                    draft.fields.push((c::ITEM.to_owned(), told(c::ITEM).to_owned()));
                    draft.fields.push(("answer".to_owned(), format!("{}\u{1f}{answer}", told(c::ITEM))));
                    if form != u32::MAX {
                        continue;
                    }
                    draft
                        .fields
                        .extend(said.into_iter().filter(|(name, _)| *name == c::BUILDING || *name == c::METHOD));
                } else {
                    draft.fields.extend(columns.row(row));
                }
            }
        }
        Ok(drafts.into_values().map(Draft::print).collect())
    }

    fn round_prints(&self, period: Period, as_of: Seconds) -> Vec<Print> {
        let rounds = self.records.rounds.iter().filter(|round| is_near(round.period, period));
        let prints = rounds.map(|round| {
            let number = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
            let mut fields = vec![
                ("occupied".to_owned(), number(round.occupied)),
                ("issued".to_owned(), number(round.issued)),
                ("returned".to_owned(), number(round.returned)),
                ("untold".to_owned(), format!("{:?}", round.untold)),
            ];
            let dates = round.dates.iter().filter(|(_, moment)| moment.seconds < as_of);
            fields.extend(dates.map(|(step, moment)| (format!("{step:?}"), written(moment.seconds))));
            let community = self.community(round.community);
            Draft {
                kind: ROUND,
                identity: Some(vec![community.to_string(), round.period.to_string()]),
                community,
                department: "none".into(),
                period: round.period.to_string(),
                place: self.place(round.source, round.row),
                fields,
            }
        });
        prints.map(Draft::print).collect()
    }

    /// The smaller registers: what was done after the as-of moment has not happened. Who is named enters no hash.
    fn register_prints(&self, period: Period, as_of: Seconds) -> Vec<Print> {
        let mut prints = Vec::new();
        for register in self.records.registers.written() {
            // Whom forms were issued to are many rows, and only whole rounds are counted.
            let counts = register.kind != "round-unit" || period.months() >= 6;
            let rows =
                register.rows.into_iter().filter(|row| counts && row.period.is_none_or(|of| is_near(of, period)));
            prints.extend(rows.map(|row| {
                let said = register.columns.iter().zip(row.values).filter(|(column, _)| !NAMES.contains(column));
                let happened = said.filter(|(column, value)| **column == "due_on" || !is_later(value, as_of));
                let draft = Draft {
                    kind: register.kind,
                    identity: None,
                    community: self.community(row.community),
                    department: "none".into(),
                    period: row.period.map_or_else(String::new, |of| of.to_string()),
                    place: self.place(row.source, row.row),
                    fields: happened.map(|(column, value)| ((*column).to_owned(), value)).collect(),
                };
                draft.print()
            }));
        }
        prints
    }

    /// What is known of each community: rates per household and targets hang on it.
    fn community_prints(&self) -> Vec<Print> {
        let number = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
        let communities = self.records.directory.communities.iter().map(|community| Draft {
            kind: COMMUNITY,
            identity: Some(vec![community.id.to_string()]),
            community: community.id.clone(),
            department: "none".into(),
            fields: vec![
                ("households".to_owned(), number(community.households)),
                ("occupied".to_owned(), number(community.occupied)),
                ("moved_in".to_owned(), community.moved_in.map_or_else(String::new, written)),
            ],
            ..Draft::default()
        });
        communities.map(Draft::print).collect()
    }
}

/// Kind of complaints.
pub(super) const COMPLAINT: &str = "complaint";
/// Kind of repairs.
pub(super) const REPAIR: &str = "repair";
/// Kind of callbacks.
pub(super) const CALLBACK: &str = "callback";
/// Kind of survey forms.
pub(super) const FORM: &str = "survey-form";
/// Kind of survey rounds.
pub(super) const ROUND: &str = "survey-round";
/// Kind of communities.
pub(super) const COMMUNITY: &str = "community";

/// Columns of registers that name persons or places.
const NAMES: [&str; 6] = ["person", "contact", "phone", "handler", "verified_by", "visitor"];

fn case_kind(subject: Subject) -> &'static str {
    if subject == Subject::Complaint { COMPLAINT } else { REPAIR }
}

/// Whether a text is a moment that had not come.
fn is_later(text: &str, as_of: Seconds) -> bool {
    let shape = text.as_bytes();
    let is_moment = shape.len() >= 10 && shape[4] == b'-' && shape[7] == b'-' && shape[0].is_ascii_digit();
    is_moment && *text >= *written(as_of)
}

/// Whether a period lies in another or in the months before it.
fn is_near(of: Period, period: Period) -> bool {
    of.first_month() <= period.last_month() && of.last_month() >= period.first_month() - MONTHS_BACK
}

/// The cases that the facts of a period are made of: received in it, or before it and not resolved when it began.
fn cases_of(frame: &DataFrame, period: Period, as_of: Seconds) -> PolarsResult<Vec<bool>> {
    let received = frame.column(Step::Received.column())?.i64()?;
    let resolved = frame.column(Step::Resolved.column())?.i64()?;
    let (months, states) = (frame.column(c::MONTH)?.i32()?, frame.column(c::STATE)?.u32()?);
    let last = month_number(date_of(as_of - 1));
    let kept = (0..frame.height()).map(|row| {
        let month = months.get(row).unwrap_or(0);
        let happened = received.get(row).map_or(month <= last, |at| at < as_of);
        let in_stock = match resolved.get(row) {
            Some(at) => at >= period.start(),
            None => states.get(row) != Some(CLOSED),
        };
        happened && month <= period.last_month() && (month >= period.first_month() || in_stock)
    });
    Ok(kept.collect())
}
