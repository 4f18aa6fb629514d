//! Batches of all files → [`Records`]: names get codes, duplicates are set aside, frames are built.

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;

use polars::prelude::{Column, DataFrame, PolarsResult};

use super::block::{Batch, TableRecords};
use super::callback_frame::{CallbackBatch, CallbackIdentity, callback_columns, callbacks_in_cases};
use super::callbacks::CallbackRows;
use super::case_frame::{CaseBatch, case_frame};
use super::cases::{CaseRows, Further};
use super::cell_map::CellMap;
use super::checks;
use super::columns as c;
use super::directory::{Directory, Known};
use super::form_frame::FormColumns;
use super::frames::{Kept, frame, has_codes};
pub use super::names::Names;
use super::registers::Registers;
use super::responses::ResponseRows;
use super::rounds::{ListedCommunity, Round};
use super::store::{NO_MOMENT, NO_NAME, NameColumn, line_of};
use super::tallies::{AnswerTally, CaseTallies, Compared, Counted, Tallying};
use crate::config::Config;
use crate::moment::{Period, Seconds};
use crate::origin::{CellAt, RecordAt, SourceId};
use crate::problem::{Code, Problem};
use crate::step::{RoundStep, Step};

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
    /// What was chosen in questions that are no rating, one choice a row, with the columns of its form.
    pub choices: DataFrame,
    /// Survey rounds.
    pub rounds: Vec<RoundRecord>,
    /// The smaller registers.
    pub registers: Registers,
    /// Communities and departments.
    pub directory: Directory,
    /// Names by code.
    pub names: Names,
    /// Respondents of surveys who gave their names.
    pub respondents: std::collections::BTreeSet<String>,
    /// Duplicates by sheet and ledger line of the sheet.
    pub duplicates: BTreeMap<(SourceId, usize), u64>,
    /// Rows of tallies that are only compared, with the records they stand for.
    pub compared: Compared,
    /// Which callback belongs to which case, once somebody asked.
    pub(super) joined: std::sync::OnceLock<super::followed::Followed>,
    /// Problems found while putting the records together.
    pub problems: Vec<Problem>,
    /// In which cells the values of records stand.
    pub cells: CellMap,
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

/// A survey round of one community, in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct RoundRecord {
    /// The sheet.
    pub source: SourceId,
    /// Row, from zero.
    pub row: u32,
    /// Line of the views of the sheet.
    pub line: u32,
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
    /// Dates that nobody can tell.
    pub untold: Vec<RoundStep>,
}

impl RoundRecord {
    /// Where it stands.
    #[must_use]
    pub fn at(&self) -> RecordAt {
        RecordAt { source: self.source, row: self.row, line: self.line }
    }
}

/// A row that stood before.
struct Again {
    row: u32,
    first: u32,
}

/// Rows of one sheet that all stand in another, from which they are told as one set: nobody reads three hundred lines.
const WHOLE_SET: usize = 10;

/// A batch with what places it.
pub(super) struct Placed<R> {
    pub(super) source: SourceId,
    pub(super) line: usize,
    pub(super) around: u32,
    pub(super) rows: R,
}

impl<R> Placed<R> {
    /// Community of a row: its own, else that of the surroundings.
    pub(super) fn community(&self, own: &[u32], codes: &NameColumn, row: usize) -> u32 {
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
            Batch::Communities(rows) => Some(rows.iter().map(|row| {
                let at = row.at.map(|at| RecordAt { source: table.source, ..at });
                ListedCommunity { at, ..row.clone() }
            })),
            _ => None,
        })
        .flatten()
        .collect();
    let mut records = Records { directory: Directory::new(config, &listed), ..Records::default() };
    let (mut complaints, mut repairs, mut callbacks, mut responses) = (vec![], vec![], vec![], vec![]);
    let (mut complaint_tallies, mut repair_tallies, mut answer_tallies) = (vec![], vec![], vec![]);
    for table in tables {
        let (around, source, line) = (records.around(&table), table.source, table.line);
        records.cells.add(source, table.cells);
        match table.batch {
            Batch::Complaints(rows) => complaints.push(Placed { source, line, around, rows }),
            Batch::Repairs(rows) => repairs.push(Placed { source, line, around, rows }),
            Batch::Callbacks(rows) => callbacks.push(Placed { source, line, around, rows }),
            Batch::Responses(rows) => responses.push(Placed { source, line, around, rows }),
            Batch::ComplaintTallies(rows) => complaint_tallies.push(Placed { source, line, around, rows }),
            Batch::RepairTallies(rows) => repair_tallies.push(Placed { source, line, around, rows }),
            Batch::AnswerTallies(rows) => answer_tallies.push(Placed { source, line, around, rows }),
            Batch::Rounds(rows) => records.add_rounds(source, line, around, rows),
            Batch::Communities(_) => {}
            Batch::Register(rows) => records.add_register(source, around, rows),
        }
    }
    let (mut callback_parts, mut tallying) = (Vec::new(), Tallying::within(config.budget.records));
    records.complaints = records.cases(complaints, complaint_tallies, &mut tallying, &mut callback_parts)?;
    records.repairs = records.cases(repairs, repair_tallies, &mut tallying, &mut callback_parts)?;
    records.callbacks(callbacks, callback_parts)?;
    records.join_grades()?;
    records.responses(responses, answer_tallies, &mut tallying)?;
    records.note_tallied_months(&tallying);
    records.problems.sort_by_key(Problem::place);
    Ok(records)
}

impl Records {
    /// Community of a table's surroundings; rows may name their own.
    fn around(&mut self, table: &TableRecords) -> u32 {
        if table.batch.is_empty() {
            return NO_NAME;
        }
        let has_own = match &table.batch {
            Batch::Complaints(rows) | Batch::Repairs(rows) => !rows.community.names().is_empty(),
            Batch::Callbacks(rows) => !rows.community.names().is_empty(),
            Batch::Responses(rows) => !rows.community.names().is_empty(),
            Batch::ComplaintTallies(rows) | Batch::RepairTallies(rows) => !rows.community.names().is_empty(),
            Batch::AnswerTallies(rows) => rows.iter().any(|tally| !tally.community.is_empty()),
            Batch::Rounds(_) | Batch::Communities(_) => true,
            Batch::Register(rows) => rows.communities().any(|name| !name.is_empty()),
        };
        let (code, known) = match &table.community {
            Some(name) => self.directory.community(name),
            None if has_own => (NO_NAME, Known::Listed),
            None => self.directory.community_around(&table.meta),
        };
        if code == NO_NAME && !has_own {
            self.problems.push(Problem::about(
                table.source,
                Code::CommunityMissing,
                table.meta.places.first().map_or("", String::as_str),
            ));
        } else {
            let around = table.meta.unit.as_ref().or_else(|| table.meta.places.first());
            let named = table.community.as_ref().or(around).cloned();
            self.note_community(table.source, named.as_deref(), code, known);
        }
        code
    }

    /// Says of a name that it is on no list, or there with another ending.
    fn note_community(&mut self, source: SourceId, named: Option<&str>, code: u32, known: Known) {
        let Some(community) = self.directory.communities.get(code as usize) else { return };
        let problem = match known {
            Known::Unlisted if self.directory.lists_communities() => {
                Problem::about(source, Code::CommunityUnknown, &community.name)
            }
            Known::Variant => {
                let found = format!("{} → {}", named.unwrap_or(""), community.name);
                Problem::about(source, Code::CommunityVariant, &found)
            }
            _ => return,
        };
        self.problems.push(problem);
    }

    /// Codes of the communities that a batch's rows name.
    pub(super) fn own_communities(&mut self, source: SourceId, names: &[impl AsRef<str>]) -> Vec<u32> {
        let mut codes = Vec::with_capacity(names.len());
        for name in names.iter().map(AsRef::as_ref) {
            let (code, known) = self.directory.community(name);
            self.note_community(source, Some(name), code, known);
            codes.push(code);
        }
        codes
    }

    fn add_rounds(&mut self, source: SourceId, line: usize, around: u32, rounds: Vec<Round>) {
        for round in rounds {
            let community =
                if round.community.is_empty() { around } else { self.directory.community(&round.community).0 };
            let Some(period) = round.period else { continue };
            let mut before = self.rounds.iter();
            if let Some(first) = before.find(|first| (first.community, first.period) == (community, period)) {
                let first = (first.source, first.row);
                self.set_aside(source, line, round.row, first);
                continue;
            }
            if let Some(known) = self.directory.communities.get_mut(community as usize) {
                let at = RecordAt { source, row: round.row, line: round.line };
                known.add_numbers((round.households, round.occupied), Some(at));
            }
            self.rounds.push(RoundRecord {
                source,
                row: round.row,
                line: round.line,
                community,
                period,
                occupied: round.occupied,
                issued: round.issued,
                returned: round.returned,
                dates: round.dates,
                untold: round.untold,
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
    pub(super) fn note_received(&mut self, at: Seconds, source: SourceId, row: u32) {
        let day = at.div_euclid(crate::moment::DAY);
        self.received_days.entry(day).or_insert(ReceivedDay { records: 0, source, row }).records += 1;
    }

    fn cases(
        &mut self,
        placed: Vec<Placed<CaseRows>>,
        tallies: Vec<Placed<CaseTallies>>,
        tallying: &mut Tallying,
        callbacks: &mut Vec<Vec<Column>>,
    ) -> PolarsResult<DataFrame> {
        let mut batches: Vec<(CaseBatch, Kept)> = Vec::with_capacity(placed.len());
        let rows = placed.iter().map(|placed| placed.rows.len()).sum();
        let mut seen = Seen::with_capacity_and_hasher(rows, std::hash::BuildHasherDefault::default());
        for placed in placed {
            let batch = self.case_batch(placed);
            let kept = self.kept_cases(&batch, &batches, &mut seen);
            batches.push((batch, kept));
        }
        drop(seen);
        if !tallies.is_empty() {
            let mut counted = Counted::of_cases(&batches);
            for placed in self.counted_cases(tallies, &mut counted, tallying) {
                let kept = (0..u32::try_from(placed.rows.len()).unwrap_or(u32::MAX)).collect();
                batches.push((self.case_batch(placed), kept));
            }
        }
        callbacks.push(callbacks_in_cases(&batches));
        let (frame, problems) = rayon::join(|| case_frame(&batches), || checks::of_cases(&batches));
        self.problems.extend(problems);
        frame
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
        let further =
            Further::ALL.map(|further| self.names.further_mut(further).codes_of(rows.further(further).names()));
        let department = self.departments(rows);
        CaseBatch { placed, community, department, category, class, channel, building, receiver, handler, further }
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
        let mut again: BTreeMap<SourceId, Vec<Again>> = BTreeMap::new();
        let number_of_batch = u32::try_from(before.len()).unwrap_or(u32::MAX);
        let batch_at = |at: u32| before.get(at as usize).map_or(batch, |(first, _)| first);
        for row in 0..rows.len() {
            let this = u32::try_from(row).unwrap_or(u32::MAX);
            if let Some(hash) = batch.identity(row) {
                // Where a number stands for several cases, each of them is known by all that identifies it.
                let full = if seen.contains_key(&hash) { batch.full_identity(row) } else { hash };
                let known = [hash, full]
                    .into_iter()
                    .filter_map(|hash| seen.get(&hash).copied())
                    .find(|(at, earlier)| batch.is_same(row, batch_at(*at), *earlier as usize));
                if let Some((at, earlier)) = known {
                    let first = batch_at(at);
                    let origin = (first.placed.source, first.placed.rows.row[earlier as usize]);
                    *self.duplicates.entry((batch.placed.source, batch.placed.line)).or_default() += 1;
                    match batch.change(row, first, earlier as usize) {
                        Some((cell, found)) => self.problems.push(
                            Problem::at(batch.placed.source, cell, Code::DuplicateDiffers, &found)
                                .repeating(origin.0, origin.1),
                        ),
                        None => again.entry(origin.0).or_default().push(Again { row: rows.row[row], first: origin.1 }),
                    }
                    continue;
                }
                match seen.entry(hash) {
                    Entry::Vacant(first) => {
                        first.insert((number_of_batch, this));
                    }
                    Entry::Occupied(first) => {
                        let (at, earlier) = *first.get();
                        if let Some(number) = rows.number.get(row) {
                            self.note_number(batch, (row, number), batch_at(at), earlier as usize);
                        }
                        seen.entry(full).or_insert((number_of_batch, this));
                    }
                }
            }
            let received = rows.moment(Step::Received, row);
            if received != NO_MOMENT {
                self.note_received(received, batch.placed.source, rows.row[row]);
            }
            kept.push(this);
        }
        self.note_again(batch.placed.source, &again);
        kept
    }

    /// A number that stood for another case before; where place and words agree, it is more likely the same case with another
    /// date of receipt.
    fn note_number(&mut self, batch: &CaseBatch, (row, number): (usize, &str), first: &CaseBatch, earlier: usize) {
        let code = if batch.says_the_same(row, first, earlier) { Code::NearDuplicate } else { Code::NumberReused };
        let cell = CellAt { row: batch.placed.rows.row[row], col: 0 };
        let problem = Problem::at(batch.placed.source, cell, code, number);
        self.problems.push(problem.repeating(first.placed.source, first.placed.rows.row[earlier]));
    }

    /// Rows set aside because they stand in another sheet, or further up: one by one, or, where a whole set was sent again, once.
    fn note_again(&mut self, source: SourceId, again: &BTreeMap<SourceId, Vec<Again>>) {
        for (first_source, rows) in again {
            let at = |row: u32| CellAt { row, col: 0 };
            if let [Again { row, first }, .., last] = rows.as_slice()
                && rows.len() >= WHOLE_SET
            {
                let found = format!("{}:{}（{}）", at(*row), at(last.row), rows.len());
                let problem = Problem::at(source, at(*row), Code::RowsRepeated, &found);
                self.problems.push(problem.repeating(*first_source, *first));
                continue;
            }
            self.problems.extend(rows.iter().map(|again| {
                Problem::at(source, at(again.row), Code::DuplicateRow, "").repeating(*first_source, again.first)
            }));
        }
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
            let person_calling = self.names.staff.codes_of(rows.person_calling.names());
            let department =
                (0..rows.len()).map(|row| self.directory.department(rows.department.get(row), None)).collect();
            let batch = CallbackBatch { placed, community, department, building, topic, method, person_calling };
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
        all.retain(|column| column.name() != c::SUGGESTION || column.null_count() < rows);
        // What no row says has no column: a line, and who called back.
        all.retain(|column| ![c::LINE, c::CALLBACK_PERSON].contains(&column.name().as_str()) || has_codes(column));
        self.callbacks = frame(rows, all)?;
        self.callbacks.rechunk_mut();
        Ok(())
    }

    fn responses(
        &mut self,
        placed: Vec<Placed<ResponseRows>>,
        tallies: Vec<Placed<Vec<AnswerTally>>>,
        tallying: &mut Tallying,
    ) -> PolarsResult<()> {
        let mut seen: BTreeMap<(i32, u32, String), (SourceId, u32)> = BTreeMap::new();
        let mut forms = FormColumns::default();
        for placed in placed {
            let rows = &placed.rows;
            self.respondents.extend((0..rows.row.len()).filter_map(|row| rows.person.get(row)).map(str::to_owned));
            let own = self.own_communities(placed.source, rows.community.names());
            let building = self.names.building.codes_of(rows.building.names());
            let method = self.names.method.codes_of(rows.method.names());
            let items: Vec<u32> = rows.items.iter().map(|item| self.names.item.code(item)).collect();
            let question = self.names.question.codes_of(rows.question.names());
            let option = self.names.option.codes_of(rows.choice.names());
            let scale = rows.scale();
            let answers_of = places_by_form(&rows.form, rows.row.len());
            let choices_of = places_by_form(&rows.choice_form, rows.row.len());
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
                forms.line.push(line_of(&rows.line, row));
                forms.community.push(community);
                forms.period.push(period);
                forms.building.push(code_of(&building, &rows.building));
                forms.method.push(code_of(&method, &rows.method));
                forms.answers.push(u32::try_from(answers.len()).unwrap_or(0));
                forms.suggestion.push(rows.suggestion.get(row).map(str::to_owned));
                forms.push_household(rows, row);
                let form = u32::try_from(forms.row.len() - 1).unwrap_or(u32::MAX);
                for &choice in &choices_of[row] {
                    let code = |own: &[u32], column: &NameColumn| {
                        own.get(column.codes()[choice] as usize).copied().unwrap_or(NO_NAME)
                    };
                    forms.choice_form.push(form);
                    forms.question.push(code(&question, &rows.question));
                    forms.option.push(code(&option, &rows.choice));
                }
                for &answer in answers {
                    forms.answer_form.push(form);
                    forms.item.push(items[rows.item[answer] as usize]);
                    forms.level.push(rows.level[answer]);
                    forms.score.push(rows.score[answer]);
                    forms.score_highest.push(u32::from(scale));
                }
            }
        }
        if !tallies.is_empty() {
            let mut answered = forms.answered(&self.names.item);
            for (source, community, tally) in self.counted_answers(tallies, &mut answered, tallying) {
                let item = self.names.item.code(&tally.item);
                forms.push_tally(source, community, period_code(tally.period), item, &tally);
            }
        }
        forms.build(self)
    }
}

/// Places of answers or choices by the form that gave them.
fn places_by_form(form: &[u32], forms: usize) -> Vec<Vec<usize>> {
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); forms];
    for (place, form) in form.iter().enumerate() {
        places[*form as usize].push(place);
    }
    places
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

/// Where an identity was first seen: number of the batch and row in it. Never walked, so its order reaches nothing.
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
pub(super) fn identity_hash(parts: &[&[u8]]) -> u64 {
    // FNV-1a, 64 bits: a collision costs a comparison, never a row.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.iter().chain(&[0x1f]) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash ^ (hash >> 29)
}
