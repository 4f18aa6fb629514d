//! Batches of all files → [`Records`]: names get codes, duplicates are set aside, frames are built.

use std::collections::BTreeMap;

use polars::prelude::{Column, DataFrame, PolarsResult};

use super::block::{Batch, TableRecords};
use super::callbacks::CallbackRows;
use super::cases::CaseRows;
use super::columns as c;
use super::directory::Directory;
use super::frames::{Gather, Kept, NameList, column, frame, origin_columns};
use super::responses::ResponseRows;
use super::rounds::Round;
use super::store::{NO_MOMENT, NO_NAME, NameColumn};
use crate::config::Config;
use crate::moment::{Period, Seconds};
use crate::origin::{CellAt, SourceId};
use crate::problem::{Code, Problem};
use crate::profile::schema::{RoundStep, Step};

/// All records of a run.
#[derive(Debug, Default)]
pub struct Records {
    /// Complaints; columns of [`super::columns`].
    pub complaints: DataFrame,
    /// Repairs, the same columns.
    pub repairs: DataFrame,
    /// Callbacks, those noted in registers of cases too.
    pub callbacks: DataFrame,
    /// Survey forms.
    pub forms: DataFrame,
    /// Answers, one a row, with the columns of their form.
    pub answers: DataFrame,
    /// Survey rounds.
    pub rounds: Vec<RoundRecord>,
    /// Communities and departments.
    pub directory: Directory,
    /// Names by code.
    pub names: Names,
    /// Duplicates by sheet and ledger line of the sheet.
    pub duplicates: BTreeMap<(SourceId, usize), u64>,
    /// Problems found while putting the records together.
    pub problems: Vec<Problem>,
    /// Column that holds the moment of receipt, by sheet.
    pub received_cols: BTreeMap<SourceId, u32>,
    /// The latest received moment by date and the row that set it, for the as-of date.
    pub received_days: BTreeMap<i64, ReceivedDay>,
}

/// A date on which something was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceivedDay {
    /// How many records.
    pub records: u64,
    /// The first of them.
    pub source: SourceId,
    /// Its row, from zero.
    pub row: u32,
}

/// Names by code.
#[derive(Debug, Default)]
pub struct Names {
    /// Categories.
    pub category: NameList,
    /// Classes as written.
    pub class: NameList,
    /// Channels.
    pub channel: NameList,
    /// Buildings.
    pub building: NameList,
    /// Who took or handled cases.
    pub staff: NameList,
    /// Topics of monthly matrices.
    pub topic: NameList,
    /// Methods.
    pub method: NameList,
    /// Items of surveys.
    pub item: NameList,
}

/// A survey round of one community, in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct RoundRecord {
    /// The sheet.
    pub source: SourceId,
    /// Row, from zero.
    pub row: u32,
    /// Community code.
    pub community: u32,
    /// Half year or year.
    pub period: Period,
    /// Occupied households.
    pub occupied: Option<u32>,
    /// Forms issued.
    pub issued: Option<u32>,
    /// Forms returned.
    pub returned: Option<u32>,
    /// Dates.
    pub dates: Vec<(RoundStep, crate::moment::Moment)>,
}

/// A batch with what places it.
struct Placed<R> {
    source: SourceId,
    line: usize,
    around: u32,
    rows: R,
}

impl<R> Placed<R> {
    /// Community of a row: its own, else that of the surroundings.
    fn community(&self, own: &[u32], codes: &NameColumn, row: usize) -> u32 {
        match codes.codes().get(row) {
            Some(&code) if code != NO_NAME => own[code as usize],
            _ => self.around,
        }
    }
}

/// Puts the batches together. They come in the order of their files, sheets and tables.
///
/// # Errors
/// When a frame cannot be built.
pub fn assemble(tables: Vec<TableRecords>, config: &Config) -> PolarsResult<Records> {
    let listed: Vec<_> = tables
        .iter()
        .filter_map(|table| match &table.batch {
            Batch::Communities(rows) => Some(rows.clone()),
            _ => None,
        })
        .flatten()
        .collect();
    let mut records = Records { directory: Directory::new(config, &listed), ..Records::default() };
    let (mut complaints, mut repairs, mut callbacks, mut responses) = (vec![], vec![], vec![], vec![]);
    for table in tables {
        let (around, source, line) = (records.around(&table), table.source, table.line);
        match table.batch {
            Batch::Complaints(rows) => complaints.push(Placed { source, line, around, rows }),
            Batch::Repairs(rows) => repairs.push(Placed { source, line, around, rows }),
            Batch::Callbacks(rows) => callbacks.push(Placed { source, line, around, rows }),
            Batch::Responses(rows) => responses.push(Placed { source, line, around, rows }),
            Batch::Rounds(rows) => records.add_rounds(source, around, rows),
            Batch::Communities(_) => {}
        }
    }
    let mut callback_parts = Vec::new();
    records.complaints = records.cases(complaints, &mut callback_parts)?;
    records.repairs = records.cases(repairs, &mut callback_parts)?;
    records.callbacks(callbacks, callback_parts)?;
    records.responses(responses)?;
    records.problems.sort_by_key(Problem::place);
    Ok(records)
}

impl Records {
    /// Community of a table's surroundings; rows may name their own.
    fn around(&mut self, table: &TableRecords) -> u32 {
        let has_own = match &table.batch {
            Batch::Complaints(rows) | Batch::Repairs(rows) => !rows.community.names().is_empty(),
            Batch::Callbacks(rows) => !rows.community.names().is_empty(),
            Batch::Responses(rows) => !rows.community.names().is_empty(),
            Batch::Rounds(_) | Batch::Communities(_) => true,
        };
        let (code, unlisted) = match &table.community {
            Some(name) => self.directory.community(name),
            None if has_own => (NO_NAME, false),
            None => self.directory.community_around(&table.meta),
        };
        if code == NO_NAME && !has_own {
            self.problems.push(Problem::about(
                table.source,
                Code::CommunityMissing,
                table.meta.places.first().map_or("", String::as_str),
            ));
        } else if unlisted {
            self.note_unlisted(table.source, code);
        }
        code
    }

    fn note_unlisted(&mut self, source: SourceId, code: u32) {
        if self.directory.lists_communities() {
            let name = self.directory.communities[code as usize].name.to_string();
            self.problems.push(Problem::about(source, Code::CommunityUnknown, &name));
        }
    }

    /// Codes of the communities that a batch's rows name.
    fn own_communities(&mut self, source: SourceId, names: &[String]) -> Vec<u32> {
        let mut codes = Vec::with_capacity(names.len());
        for name in names {
            let (code, unlisted) = self.directory.community(name);
            if unlisted {
                self.note_unlisted(source, code);
            }
            codes.push(code);
        }
        codes
    }

    fn add_rounds(&mut self, source: SourceId, around: u32, rounds: Vec<Round>) {
        for round in rounds {
            let community =
                if round.community.is_empty() { around } else { self.directory.community(&round.community).0 };
            let Some(period) = round.period else { continue };
            if let Some(known) = self.directory.communities.get_mut(community as usize) {
                known.households = known.households.or(round.households);
                known.occupied = known.occupied.or(round.occupied);
            }
            self.rounds.push(RoundRecord {
                source,
                row: round.row,
                community,
                period,
                occupied: round.occupied,
                issued: round.issued,
                returned: round.returned,
                dates: round.dates,
            });
        }
    }

    fn set_aside(&mut self, source: SourceId, line: usize, row: u32, first: (SourceId, u32)) {
        *self.duplicates.entry((source, line)).or_default() += 1;
        let at = CellAt { row, col: 0 };
        let problem = Problem::at(source, at, Code::DuplicateRow, "").repeating(first.0, first.1);
        self.problems.push(problem);
    }

    /// Notes on which days something was received.
    fn note_received(&mut self, at: Seconds, source: SourceId, row: u32) {
        let day = at.div_euclid(crate::moment::DAY);
        self.received_days.entry(day).or_insert(ReceivedDay { records: 0, source, row }).records += 1;
    }

    fn cases(&mut self, placed: Vec<Placed<CaseRows>>, callbacks: &mut Vec<Vec<Column>>) -> PolarsResult<DataFrame> {
        let mut batches: Vec<(CaseBatch, Kept)> = Vec::with_capacity(placed.len());
        let mut seen = Seen::default();
        for placed in placed {
            if let Some(col) = placed.rows.received_col {
                self.received_cols.insert(placed.source, col);
            }
            let batch = self.case_batch(placed);
            let kept = self.kept_cases(&batch, &batches, &mut seen);
            batches.push((batch, kept));
        }
        drop(seen);
        callbacks.push(callbacks_in_cases(&batches));
        case_frame(&batches)
    }

    /// Gives the batch's names their codes.
    fn case_batch(&mut self, placed: Placed<CaseRows>) -> CaseBatch {
        let rows = &placed.rows;
        let own = self.own_communities(placed.source, rows.community.names());
        let community = (0..rows.len()).map(|row| placed.community(&own, &rows.community, row)).collect();
        let category = self.names.category.codes_of(rows.category.names());
        let class = self.names.class.codes_of(rows.class.names());
        let channel = self.names.channel.codes_of(rows.channel.names());
        let building = self.names.building.codes_of(rows.building.names());
        let receiver = self.names.staff.codes_of(rows.receiver.names());
        let handler = self.names.staff.codes_of(rows.handler.names());
        let department = self.departments(rows);
        CaseBatch { placed, community, department, category, class, channel, building, receiver, handler }
    }

    /// The department of each row, by the few pairs of department and category that occur.
    fn departments(&mut self, rows: &CaseRows) -> Vec<u32> {
        let mut known: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        (0..rows.len())
            .map(|row| {
                let pair = (rows.department.codes()[row], rows.category.codes()[row]);
                *known
                    .entry(pair)
                    .or_insert_with(|| self.directory.department(rows.department.get(row), rows.category.get(row)))
            })
            .collect()
    }

    /// Rows that stand nowhere before. Only a record with identity can be a duplicate: its number, or moment + place + text.
    fn kept_cases(&mut self, batch: &CaseBatch, before: &[(CaseBatch, Kept)], seen: &mut Seen) -> Kept {
        let rows = &batch.placed.rows;
        let mut kept = Vec::with_capacity(rows.len());
        let number_of_batch = u32::try_from(before.len()).unwrap_or(u32::MAX);
        for row in 0..rows.len() {
            let this = u32::try_from(row).unwrap_or(u32::MAX);
            if let Some(hash) = batch.identity(row) {
                if let Some(&(at, earlier)) = seen.get(&hash) {
                    let first = before.get(at as usize).map_or(batch, |(first, _)| first);
                    if batch.is_same(row, first, earlier as usize) {
                        let origin = (first.placed.source, first.placed.rows.row[earlier as usize]);
                        self.set_aside(batch.placed.source, batch.placed.line, rows.row[row], origin);
                        continue;
                    }
                    if rows.number.get(row).is_some() {
                        let at = CellAt { row: rows.row[row], col: 0 };
                        self.problems.push(Problem::at(
                            batch.placed.source,
                            at,
                            Code::NumberReused,
                            rows.number.get(row).unwrap_or(""),
                        ));
                    }
                } else {
                    seen.insert(hash, (number_of_batch, this));
                }
            }
            let received = rows.moment(Step::Received, row);
            if received != NO_MOMENT {
                self.note_received(received, batch.placed.source, rows.row[row]);
            }
            kept.push(this);
        }
        kept
    }

    fn callbacks(&mut self, placed: Vec<Placed<CallbackRows>>, in_cases: Vec<Vec<Column>>) -> PolarsResult<()> {
        let mut batches: Vec<(CallbackBatch, Kept)> = Vec::new();
        let mut seen: BTreeMap<CallbackIdentity, (SourceId, u32)> = BTreeMap::new();
        for placed in placed {
            let rows = &placed.rows;
            let own = self.own_communities(placed.source, rows.community.names());
            let community: Vec<u32> = (0..rows.len()).map(|row| placed.community(&own, &rows.community, row)).collect();
            let building = self.names.building.codes_of(rows.building.names());
            let topic = self.names.topic.codes_of(rows.topic.names());
            let method = self.names.method.codes_of(rows.method.names());
            let department =
                (0..rows.len()).map(|row| self.directory.department(rows.department.get(row), None)).collect();
            let batch = CallbackBatch { placed, community, department, building, topic, method };
            let mut kept = Vec::new();
            for row in 0..batch.placed.rows.len() {
                let origin = (batch.placed.source, batch.placed.rows.row[row]);
                match batch.identity(row).map(|identity| seen.entry(identity).or_insert(origin)) {
                    Some(first) if *first != origin => {
                        let first = *first;
                        self.set_aside(batch.placed.source, batch.placed.line, origin.1, first);
                    }
                    _ => kept.push(u32::try_from(row).unwrap_or(u32::MAX)),
                }
            }
            batches.push((batch, kept));
        }
        let mut all = callback_columns(&batches);
        for part in in_cases {
            for (column, more) in all.iter_mut().zip(part) {
                column.append(&more)?;
            }
        }
        let rows = all.first().map_or(0, Column::len);
        self.callbacks = frame(rows, all)?;
        self.callbacks.rechunk_mut();
        Ok(())
    }

    fn responses(&mut self, placed: Vec<Placed<ResponseRows>>) -> PolarsResult<()> {
        let mut seen: BTreeMap<(i32, u32, String), (SourceId, u32)> = BTreeMap::new();
        let mut forms = FormColumns::default();
        for placed in placed {
            let rows = &placed.rows;
            let own = self.own_communities(placed.source, rows.community.names());
            let building = self.names.building.codes_of(rows.building.names());
            let method = self.names.method.codes_of(rows.method.names());
            let items = self.names.item.codes_of(&rows.items);
            let mut answers_of: Vec<Vec<usize>> = vec![Vec::new(); rows.row.len()];
            for (place, form) in rows.form.iter().enumerate() {
                answers_of[*form as usize].push(place);
            }
            for (row, answers) in answers_of.iter().enumerate() {
                let community = placed.community(&own, &rows.community, row);
                let period = period_code(rows.period[row]);
                if let Some(respondent) = rows.respondent.get(row) {
                    let origin = (placed.source, rows.row[row]);
                    let first = *seen.entry((period, community, respondent.to_owned())).or_insert(origin);
                    if first != origin {
                        self.set_aside(placed.source, placed.line, rows.row[row], first);
                        continue;
                    }
                }
                let code_of = |own: &[u32], column: &NameColumn| {
                    own.get(column.codes()[row] as usize).copied().unwrap_or(NO_NAME)
                };
                forms.source.push(placed.source);
                forms.row.push(rows.row[row]);
                forms.community.push(community);
                forms.period.push(period);
                forms.building.push(code_of(&building, &rows.building));
                forms.method.push(code_of(&method, &rows.method));
                forms.answers.push(u32::try_from(answers.len()).unwrap_or(0));
                for &answer in answers {
                    forms.answer_form.push(u32::try_from(forms.row.len() - 1).unwrap_or(u32::MAX));
                    forms.item.push(items[rows.item[answer] as usize]);
                    forms.level.push(rows.level[answer]);
                    forms.score.push(rows.score[answer]);
                    forms.score_highest.push(u32::from(rows.score_highest.unwrap_or(0)));
                }
            }
        }
        forms.build(self)
    }
}

/// A survey period as one number: first month × 16 + months.
#[must_use]
pub fn period_code(period: Period) -> i32 {
    period.first_month() * 16 + period.months()
}

/// The period of such a number.
#[must_use]
pub fn period_of_code(code: i32) -> Period {
    let first = code.div_euclid(16);
    let (year, month) = (first.div_euclid(12), u8::try_from(first.rem_euclid(12)).unwrap_or(0));
    match code.rem_euclid(16) {
        12 => Period::Year(year),
        6 => Period::Half(year, month / 6 + 1),
        3 => Period::Quarter(year, month / 3 + 1),
        _ => Period::Month(year, month + 1),
    }
}

#[derive(Default)]
struct FormColumns {
    source: Vec<u32>,
    row: Vec<u32>,
    community: Vec<u32>,
    period: Vec<i32>,
    building: Vec<u32>,
    method: Vec<u32>,
    answers: Vec<u32>,
    answer_form: Vec<u32>,
    item: Vec<u32>,
    level: Vec<u8>,
    score: Vec<f64>,
    score_highest: Vec<u32>,
}

impl FormColumns {
    fn build(self, records: &mut Records) -> PolarsResult<()> {
        let of_form = |values: &[u32]| self.answer_form.iter().map(|form| values[*form as usize]).collect::<Vec<u32>>();
        let period: Vec<i32> = self.answer_form.iter().map(|form| self.period[*form as usize]).collect();
        let level: Vec<u32> = self.level.iter().map(|level| u32::from(*level)).collect();
        records.answers = frame(
            self.item.len(),
            vec![
                column(c::COMMUNITY, of_form(&self.community)),
                column(c::PERIOD, period),
                column(c::BUILDING, of_form(&self.building)),
                column(c::METHOD, of_form(&self.method)),
                column(c::ITEM, self.item),
                column(c::LEVEL, level),
                column(c::SCORE, self.score),
                column(c::SCORE_HIGHEST, self.score_highest),
                column(c::FORM, self.answer_form),
            ],
        )?;
        let mut columns = origin_columns(self.source, self.row);
        columns.extend([
            column(c::COMMUNITY, self.community),
            column(c::PERIOD, self.period),
            column(c::BUILDING, self.building),
            column(c::METHOD, self.method),
            column(c::ANSWERS, self.answers),
        ]);
        records.forms = frame(columns[0].len(), columns)?;
        Ok(())
    }
}

/// Where an identity was first seen: number of the batch and row in it.
type Seen = std::collections::HashMap<u64, (u32, u32), std::hash::BuildHasherDefault<Identity>>;

/// Identities are hashes already.
#[derive(Default)]
struct Identity(u64);

impl std::hash::Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// Hash of the parts of an identity.
fn identity_hash(parts: &[&[u8]]) -> u64 {
    // FNV-1a, 64 bits: a collision costs a comparison, never a row.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.iter().chain(&[0x1f]) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash ^ (hash >> 29)
}

struct CaseBatch {
    placed: Placed<CaseRows>,
    community: Vec<u32>,
    department: Vec<u32>,
    category: Vec<u32>,
    class: Vec<u32>,
    channel: Vec<u32>,
    building: Vec<u32>,
    receiver: Vec<u32>,
    handler: Vec<u32>,
}

impl CaseBatch {
    fn identity(&self, row: usize) -> Option<u64> {
        let rows = &self.placed.rows;
        let community = self.community[row].to_le_bytes();
        if let Some(number) = rows.number.get(row) {
            return Some(identity_hash(&[b"n", &community, number.as_bytes()]));
        }
        let received = rows.moment(Step::Received, row);
        match (received, rows.place.get(row), rows.text.get(row)) {
            (NO_MOMENT, _, _) => None,
            (_, Some(place), Some(text)) => {
                Some(identity_hash(&[b"m", &community, &received.to_le_bytes(), place.as_bytes(), text.as_bytes()]))
            }
            _ => None,
        }
    }

    /// Whether two rows with the same identity are the same case: same moment of receipt, and the same place and text where
    /// both say one.
    fn is_same(&self, row: usize, other: &Self, at: usize) -> bool {
        let (a, b) = (&self.placed.rows, &other.placed.rows);
        let agree = |x: Option<&str>, y: Option<&str>| x.is_none() || y.is_none() || x == y;
        self.community[row] == other.community[at]
            && a.moment(Step::Received, row) == b.moment(Step::Received, at)
            && a.number.get(row) == b.number.get(at)
            && agree(a.place.get(row), b.place.get(at))
            && agree(a.text.get(row), b.text.get(at))
    }
}

fn code_at(codes: &[u32], column: &NameColumn, row: usize) -> u32 {
    codes.get(column.codes()[row] as usize).copied().unwrap_or(NO_NAME)
}

fn case_frame(batches: &[(CaseBatch, Kept)]) -> PolarsResult<DataFrame> {
    let gather = Gather::over(batches);
    // Columns are copied together side by side; none of this asks polars' own pool for anything.
    let ((mut columns, said), (moments, texts)) = rayon::join(
        || rayon::join(|| name_columns(&gather), || said_columns(&gather)),
        || rayon::join(|| moment_columns(&gather), || text_columns(&gather)),
    );
    columns.extend(moments);
    columns.extend(said);
    columns.extend(texts);
    frame(gather.rows(), columns)
}

type CaseGather<'a> = Gather<'a, CaseBatch>;

fn name_columns(gather: &CaseGather<'_>) -> Vec<Column> {
    let mut columns = origin_columns(
        gather.plain(|batch, _| batch.placed.source),
        gather.plain(|batch, row| batch.placed.rows.row[row]),
    );
    columns.push(column(c::MONTH, gather.plain(|batch, row| batch.placed.rows.month[row])));
    columns.push(column(c::COMMUNITY, gather.plain(|batch, row| batch.community[row])));
    columns.push(column(c::DEPARTMENT, gather.plain(|batch, row| batch.department[row])));
    columns.push(column(c::CATEGORY, gather.plain(|b, row| code_at(&b.category, &b.placed.rows.category, row))));
    columns.push(column(c::CLASS, gather.plain(|b, row| code_at(&b.class, &b.placed.rows.class, row))));
    columns.push(column(c::CHANNEL, gather.plain(|b, row| code_at(&b.channel, &b.placed.rows.channel, row))));
    columns.push(column(c::BUILDING, gather.plain(|b, row| code_at(&b.building, &b.placed.rows.building, row))));
    columns.push(column(c::RECEIVER, gather.plain(|b, row| code_at(&b.receiver, &b.placed.rows.receiver, row))));
    columns.push(column(c::HANDLER, gather.plain(|b, row| code_at(&b.handler, &b.placed.rows.handler, row))));
    columns
}

fn moment_columns(gather: &CaseGather<'_>) -> Vec<Column> {
    Step::ALL
        .into_iter()
        .map(|step| gather.moments(step.column(), |batch, row| batch.placed.rows.moment(step, row)))
        .collect()
}

fn said_columns(gather: &CaseGather<'_>) -> Vec<Column> {
    vec![
        column(c::DATE_ONLY, gather.plain(|b, row| u32::from(b.placed.rows.date_only[row]))),
        column(c::UNREADABLE, gather.plain(|b, row| u32::from(b.placed.rows.unreadable[row]))),
        column(c::PRESENT, gather.plain(|b, _| u32::from(b.placed.rows.present))),
        column(c::STATE, gather.plain(|b, row| b.placed.rows.state[row] as u32)),
        gather.said(c::MAJOR, |b, row| b.placed.rows.major[row]),
        gather.said(c::URGENT, |b, row| b.placed.rows.urgent[row]),
        gather.said(c::REPEAT, |b, row| b.placed.rows.repeat[row]),
        gather.said(c::VALID, |b, row| b.placed.rows.valid[row]),
        gather.moments(c::COMPENSATION, |b, row| b.placed.rows.compensation[row]),
    ]
}

fn text_columns(gather: &CaseGather<'_>) -> Vec<Column> {
    vec![
        gather.texts(c::NUMBER, |b| &b.placed.rows.number),
        gather.texts(c::PLACE, |b| &b.placed.rows.place),
        gather.texts(c::PERSON, |b| &b.placed.rows.person),
        gather.texts(c::PHONE, |b| &b.placed.rows.phone),
        gather.texts(c::TEXT, |b| &b.placed.rows.text),
    ]
}

struct CallbackBatch {
    placed: Placed<CallbackRows>,
    community: Vec<u32>,
    department: Vec<u32>,
    building: Vec<u32>,
    topic: Vec<u32>,
    method: Vec<u32>,
}

/// Community, number or nothing, moment, place, text.
type CallbackIdentity = (u32, String, i64, String, String);

impl CallbackBatch {
    fn identity(&self, row: usize) -> Option<CallbackIdentity> {
        let rows = &self.placed.rows;
        let at = rows.called_back[row];
        let text = |text: Option<&str>| text.unwrap_or("").to_owned();
        let has_identity = at != NO_MOMENT
            && (rows.number.get(row).is_some() || rows.place.get(row).is_some() && rows.text.get(row).is_some());
        has_identity.then(|| {
            (self.community[row], text(rows.number.get(row)), at, text(rows.place.get(row)), text(rows.text.get(row)))
        })
    }
}

/// Columns of the callback frame, from callback tables.
fn callback_columns(batches: &[(CallbackBatch, Kept)]) -> Vec<Column> {
    let gather = Gather::over(batches);
    let level = |which: usize| gather.plain(move |b: &CallbackBatch, row| u32::from(b.placed.rows.levels[which][row]));
    vec![
        column(c::SOURCE, gather.plain(|b, _| b.placed.source)),
        column(c::ROW, gather.plain(|b, row| b.placed.rows.row[row])),
        column(c::MONTH, gather.plain(|b, row| b.placed.rows.month[row])),
        column(c::COMMUNITY, gather.plain(|b, row| b.community[row])),
        column(c::DEPARTMENT, gather.plain(|b, row| b.department[row])),
        column(c::BUILDING, gather.plain(|b, row| code_at(&b.building, &b.placed.rows.building, row))),
        column(c::TOPIC, gather.plain(|b, row| code_at(&b.topic, &b.placed.rows.topic, row))),
        column(c::METHOD, gather.plain(|b, row| code_at(&b.method, &b.placed.rows.method, row))),
        gather.moments(Step::CalledBack.column(), |b, row| b.placed.rows.called_back[row]),
        gather.moments(Step::Resolved.column(), |_, _| NO_MOMENT),
        column(c::MADE, vec![true; gather.rows()]),
        column(c::REACHED, gather.plain(|b, row| b.placed.rows.reached[row])),
        column(c::OPINION, level(0)),
        column(c::PUNCTUALITY, level(1)),
        column(c::ATTITUDE, level(2)),
        column(c::QUALITY, level(3)),
        gather.texts(c::NUMBER, |b| &b.placed.rows.number),
        gather.texts(c::PLACE, |b| &b.placed.rows.place),
        gather.texts(c::PERSON, |b| &b.placed.rows.person),
    ]
}

/// The same columns, from registers of cases that have a column for the callback: those made, and those owed because the case
/// is closed.
fn callbacks_in_cases(batches: &[(CaseBatch, Kept)]) -> Vec<Column> {
    let made = |b: &CaseBatch, row: usize| b.placed.rows.moment(Step::CalledBack, row) != NO_MOMENT;
    let owed = |b: &CaseBatch, row: usize| {
        let told = b.placed.rows.present & (1 << Step::CalledBack as u8) != 0;
        told && b.placed.rows.state[row] == super::store::State::Closed
    };
    let called: Vec<(&CaseBatch, usize)> = batches
        .iter()
        .flat_map(|(batch, kept)| kept.iter().map(move |row| (batch, *row as usize)))
        .filter(|(batch, row)| made(batch, *row) || owed(batch, *row))
        .collect();
    let plain =
        |value: &dyn Fn(&CaseBatch, usize) -> u32| called.iter().map(|(b, row)| value(b, *row)).collect::<Vec<u32>>();
    let month: Vec<i32> = called
        .iter()
        .map(|(b, row)| {
            let rows = &b.placed.rows;
            let at = [Step::CalledBack, Step::Resolved].map(|step| rows.moment(step, *row));
            let at = at.into_iter().find(|at| *at != NO_MOMENT);
            at.map_or(rows.month[*row], |at| crate::moment::month_number(crate::moment::date_of(at)))
        })
        .collect();
    let moments = |step: Step| -> Vec<Option<i64>> {
        called.iter().map(|(b, row)| Some(b.placed.rows.moment(step, *row)).filter(|at| *at != NO_MOMENT)).collect()
    };
    let texts = |of: &dyn Fn(&CaseBatch, usize) -> Option<String>| {
        called.iter().map(|(b, row)| of(b, *row)).collect::<Vec<_>>()
    };
    let none = vec![NO_NAME; called.len()];
    let no_level = vec![u32::from(super::cases::NO_LEVEL); called.len()];
    vec![
        column(c::SOURCE, plain(&|b, _| b.placed.source)),
        column(c::ROW, plain(&|b, row| b.placed.rows.row[row])),
        column(c::MONTH, month),
        column(c::COMMUNITY, plain(&|b, row| b.community[row])),
        column(c::DEPARTMENT, plain(&|b, row| b.department[row])),
        column(c::BUILDING, plain(&|b, row| code_at(&b.building, &b.placed.rows.building, row))),
        column(c::TOPIC, none.clone()),
        column(c::METHOD, none),
        column(Step::CalledBack.column(), moments(Step::CalledBack)),
        column(Step::Resolved.column(), moments(Step::Resolved)),
        column(c::MADE, called.iter().map(|(b, row)| made(b, *row)).collect::<Vec<bool>>()),
        column(c::REACHED, called.iter().map(|(b, row)| made(b, *row)).collect::<Vec<bool>>()),
        // An opinion without the date of the callback is counted nowhere: nobody could say when it was given.
        column(
            c::OPINION,
            plain(&|b, row| {
                if made(b, row) { u32::from(b.placed.rows.opinion[row]) } else { u32::from(super::cases::NO_LEVEL) }
            }),
        ),
        column(c::PUNCTUALITY, no_level.clone()),
        column(c::ATTITUDE, no_level.clone()),
        column(c::QUALITY, no_level),
        column(c::NUMBER, texts(&|b, row| b.placed.rows.number.get(row).map(str::to_owned))),
        column(c::PLACE, texts(&|b, row| b.placed.rows.place.get(row).map(str::to_owned))),
        column(c::PERSON, texts(&|b, row| b.placed.rows.person.get(row).map(str::to_owned))),
    ]
}
