//! Finding the header: which rows hold it, and which field each column means.

use std::collections::{BTreeMap, BTreeSet};

use super::confidence::RunnerUp;
use super::field::Field;
use super::heading::Heading;
use super::kinds::{KINDS, Kind, beside};
use super::meaning::{Meaning, Path, meaning};
use super::near::{Near, nearest_field};
use super::questions::{Question, asked};
use super::unit::Unit;
use crate::normalise::label::{numbered, tidy};
use crate::normalise::moment;
use crate::normalise::rating::Level;
use crate::origin::{CellRange, column_letters};
use crate::problem::Code;
use crate::read::sheet::{Sheet, Value};

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Column of the sheet, from zero.
    pub col: u32,
    /// What it means.
    pub field: Field,
    /// A tick in it stands for this answer (`意见 / 满意`).
    pub option: Option<Level>,
    /// The header as written, parts joined by `/`.
    pub label: String,
    /// How sure the field is, in percent: 100 for a known label, an alias or a mapping.
    pub score: u8,
    /// Unit of the bare numbers in it, as the header says.
    pub unit: Option<Unit>,
    /// Highest score of its scale, as the header says.
    pub scale: Option<u16>,
    /// Answers by the code that stands for them, as the header says.
    pub codes: Vec<(String, String)>,
    /// The question, in a questionnaire.
    pub question: Option<Question>,
}

impl Column {
    /// A column whose field is sure.
    #[must_use]
    pub fn sure(col: u32, field: Field, label: String) -> Self {
        Self { col, field, option: None, label, score: 100, unit: None, scale: None, codes: Vec::new(), question: None }
    }

    /// The answer that a code in a cell stands for, where the header lists codes.
    #[must_use]
    pub fn answer(&self, value: Value<'_>) -> Option<&str> {
        if self.codes.is_empty() {
            return None;
        }
        let written = value.written();
        self.codes.iter().find(|(code, _)| *code == written).map(|(_, answer)| answer.as_str())
    }

    /// What an item or question is called: without its number and stem, and without the option that the column is for.
    #[must_use]
    pub fn item_name(&self) -> String {
        let item = || match (self.option, self.label.rsplit_once('/')) {
            (Some(_), Some((item, _))) => item.to_owned(),
            _ => self.label.clone(),
        };
        self.question.as_ref().map_or_else(item, Question::name)
    }

    /// A column of a meaning.
    pub(super) fn meant(col: u32, meaning: Meaning, label: String) -> Self {
        let Meaning { field, option, unit, scale, codes, question } = meaning;
        Self { option, unit, scale, codes, question, ..Self::sure(col, field, label) }
    }
}

/// What there is to say about the header of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderNote {
    /// The column.
    pub col: u32,
    /// What kind of problem.
    pub code: Code,
    /// The header as written.
    pub found: String,
    /// What it was taken for, or what it could be.
    pub detail: String,
}

/// A header as found.
#[derive(Debug, Clone)]
pub struct Header {
    /// Kind of table.
    pub kind: &'static Kind,
    /// Places among the sheet's filled rows, first and one past the last.
    pub places: (usize, usize),
    /// The columns that mean something.
    pub columns: Vec<Column>,
    /// Columns whose header is unknown, with the header as written.
    pub unknown: Vec<(u32, String)>,
    /// What there is to say about single columns.
    pub notes: Vec<HeaderNote>,
    /// How sure it is: larger is surer.
    pub score: u32,
    /// The kind that fits next best.
    pub runner_up: Option<RunnerUp>,
}

/// Most rows of one header.
pub(super) const TALLEST: usize = 4;

/// Longest label, in characters.
const LONGEST_LABEL: usize = 60;

/// Longest question that stands as a label, in characters.
const LONGEST_QUESTION: usize = 300;

/// Rows of data that are looked at to tell a column of times.
const SAMPLE: usize = 60;

/// The best header that begins at a place, over all kinds and heights.
#[must_use]
pub fn best_at(sheet: &Sheet, place: usize, title: &str, aliases: &[(Field, String)]) -> Option<Header> {
    // One filled cell is a title, however wide it is merged.
    if place >= sheet.filled_rows() || sheet.at(place).filled() < 2 {
        return None;
    }
    let mut best: Option<Header> = None;
    let mut scores = [0_u32; KINDS.len()];
    let merges = touching(sheet, place, TALLEST);
    for height in 1..=TALLEST {
        if place + height > sheet.filled_rows() || !is_header_like(sheet, place + height - 1) {
            break;
        }
        let paths: Vec<Path> = paths_within(sheet, place, height, &merges).into_iter().map(Path::new).collect();
        // Kinds that labels tell come first: where one of them understands every column, nothing need be guessed from cells.
        let by_labels = KINDS.iter().zip(0..).filter(|(kind, _)| !kind.takes_items);
        let by_cells = KINDS.iter().zip(0..).filter(|(kind, _)| kind.takes_items);
        for (kind, nth) in by_labels.chain(by_cells) {
            let is_clear =
                best.as_ref().is_some_and(|found| found.unknown.is_empty() && found.places.1 == place + height);
            let Some(header) = judge(sheet, kind, place, height, &paths, title, aliases, !is_clear) else { continue };
            let best_score: &mut u32 = &mut scores[nth];
            *best_score = header.score.max(*best_score);
            if best.as_ref().is_none_or(|found| header.score > found.score) {
                best = Some(header);
            }
        }
    }
    if let Some(header) = &mut best {
        header.runner_up = RunnerUp::of(header, &scores);
        complete(sheet, header, aliases);
    }
    best
}

/// A header row holds texts only, and none of them long.
fn is_header_like(sheet: &Sheet, place: usize) -> bool {
    let row = sheet.at(place);
    row.filled() > 0
        && row.cells().all(|(_, value)| match value {
            Value::Text(text) => {
                let length = text.chars().count();
                // Questions are longer than labels, and numbered.
                length <= LONGEST_LABEL || length <= LONGEST_QUESTION && numbered(&tidy(text)).0.is_some()
            }
            _ => false,
        })
}

/// The labels above each column, from the top, with merged cells spread out and repetitions dropped.
pub(super) fn label_paths(sheet: &Sheet, place: usize, height: usize) -> Vec<(u32, Vec<String>)> {
    paths_within(sheet, place, height, &touching(sheet, place, height))
}

/// The merged ranges that touch the rows of a header, in their order.
fn touching(sheet: &Sheet, place: usize, height: usize) -> Vec<CellRange> {
    let end = (place + height).min(sheet.filled_rows());
    if sheet.merges.is_empty() || place >= end {
        return Vec::new();
    }
    let (first, last) = (sheet.at(place).number, sheet.at(end - 1).number);
    sheet.merges.iter().filter(|range| range.first.row <= last && range.last.row >= first).copied().collect()
}

fn paths_within(sheet: &Sheet, place: usize, height: usize, merges: &[CellRange]) -> Vec<(u32, Vec<String>)> {
    let last = sheet.at(place + height - 1).number;
    let mut cols: Vec<u32> = Vec::new();
    for row in place..place + height {
        cols.extend(sheet.at(row).cells().map(|(col, _)| col));
    }
    cols.sort_unstable();
    cols.dedup();
    let spans: Vec<Vec<Option<CellRange>>> =
        (place..place + height).map(|at| merged_in(sheet.at(at).number, &cols, merges)).collect();
    let mut paths = Vec::new();
    for (nth, col) in cols.into_iter().enumerate() {
        let mut path: Vec<String> = Vec::new();
        for row_place in place..place + height {
            let number = sheet.at(row_place).number;
            let is_last = number == last;
            let around = spans[row_place - place][nth];
            if let Some(text) = text_over(sheet, place, row_place, (col, around), is_last)
                && path.last() != Some(&text)
            {
                path.push(text);
            }
        }
        if !path.is_empty() {
            paths.push((col, path));
        }
    }
    paths
}

/// The text of a header cell: its own, that of the merged range around it, or (where merges are not told) of the cell to its left.
fn text_over(
    sheet: &Sheet,
    first: usize,
    place: usize,
    (at, around): (u32, Option<CellRange>),
    is_last: bool,
) -> Option<String> {
    let row = sheet.at(place);
    let own = |col: u32| match row.get(col) {
        Some(Value::Text(text)) => Some(tidy(text)),
        _ => None,
    };
    if let Some(text) = own(at) {
        return Some(text);
    }
    if let Some(range) = around {
        return merged_text(sheet, &range);
    }
    if sheet.merges.is_empty() && !is_last {
        // A label that spans columns stands over the first of them, and ends where a row above it begins another one.
        let (from, _) = row.cells().take_while(|(col, _)| *col < at).last()?;
        let begins = |above: usize| sheet.at(above).cells().any(|(col, _)| col > from && col <= at);
        return if (first..place).any(begins) { None } else { own(from) };
    }
    None
}

/// The first merged range around each of the columns in a row. Each column is taken once and then leapt over, however many ranges
/// lie over one another.
fn merged_in(row: u32, cols: &[u32], merges: &[CellRange]) -> Vec<Option<CellRange>> {
    let mut around = vec![None; cols.len()];
    // The next column from here on that has no range yet.
    let mut next: Vec<usize> = (0..=cols.len()).collect();
    for range in merges.iter().filter(|range| (range.first.row..=range.last.row).contains(&row)) {
        let mut at = free_from(&mut next, cols.partition_point(|col| *col < range.first.col));
        while cols.get(at).is_some_and(|col| *col <= range.last.col) {
            around[at] = Some(*range);
            next[at] = at + 1;
            at = free_from(&mut next, at);
        }
    }
    around
}

fn free_from(next: &mut [usize], from: usize) -> usize {
    let mut at = from;
    while next[at] != at {
        next[at] = next[next[at]];
        at = next[at];
    }
    at
}

fn merged_text(sheet: &Sheet, range: &CellRange) -> Option<String> {
    let row = sheet.numbered(range.first.row)?;
    match row.get(range.first.col) {
        Some(Value::Text(text)) => Some(tidy(text)),
        _ => None,
    }
}

#[allow(clippy::too_many_arguments, reason = "what a header is judged by; one call")]
fn judge(
    sheet: &Sheet,
    kind: &'static Kind,
    place: usize,
    height: usize,
    paths: &[Path],
    title: &str,
    aliases: &[(Field, String)],
    may_guess: bool,
) -> Option<Header> {
    let mut columns: Vec<Column> = Vec::new();
    let mut unknown = Vec::new();
    for path in paths {
        let label = path.label();
        match meaning(kind, path, aliases) {
            Some(meaning) => columns.push(Column::meant(path.col, meaning, label)),
            None => unknown.push((path.col, label)),
        }
    }
    if kind.takes_items && kind.has(Field::Choice) {
        take_options(&mut columns, &mut unknown, paths);
    }
    let mut header = Header {
        kind,
        places: (place, place + height),
        columns,
        unknown,
        notes: Vec::new(),
        score: 0,
        runner_up: None,
    };
    if may_guess && kind.takes_items && header.columns.iter().any(|column| column.field != Field::Ignored) {
        take_questions(sheet, &mut header, paths);
    }
    if !(is_enough(&header) || may_guess && complete_by_one(&mut header, paths)) {
        return None;
    }
    // A shorter header wins a tie: a first row of data adds no field.
    let height_cost = u32::try_from(height).unwrap_or(0);
    header.score =
        u32::try_from(distinct(&header.columns) * 10).unwrap_or(0) + title_score(kind, title, paths) - height_cost;
    Some(header)
}

/// Takes columns that stand for the answers of an item, whatever the item is called: at least two different ones under one label.
fn take_options(columns: &mut Vec<Column>, unknown: &mut Vec<(u32, String)>, paths: &[Path]) {
    let mut options: BTreeMap<&[String], BTreeMap<Level, u32>> = BTreeMap::new();
    for path in paths {
        if let [item @ .., last] = path.labels.as_slice()
            && !item.is_empty()
            && unknown.iter().any(|(col, _)| *col == path.col)
            && let Some(level) = Level::parse(last)
        {
            options.entry(item).or_default().insert(level, path.col);
        }
    }
    for answers in options.values().filter(|answers| answers.len() >= 2) {
        for (level, col) in answers {
            if let Some(place) = unknown.iter().position(|(at, _)| at == col) {
                let (col, label) = unknown.remove(place);
                columns.push(Column { option: Some(*level), ..Column::sure(col, Field::Item, label) });
            }
        }
    }
    columns.sort_by_key(|column| column.col);
}

fn is_enough(header: &Header) -> bool {
    let found: Vec<Field> = header.columns.iter().map(|column| column.field).collect();
    (header.kind.is_enough)(&found)
}

/// Takes the columns that no label names and that hold answers of a questionnaire.
fn take_questions(sheet: &Sheet, header: &mut Header, paths: &[Path]) {
    let headings: Vec<(u32, &Heading)> =
        paths.iter().filter_map(|path| Some((path.col, path.headings.last()?))).collect();
    let mut asked = asked(sheet, header.places.1, &headings, &unknown_cols(header));
    if !header.kind.has(Field::Choice) {
        // The monthly matrix of callbacks holds worded ratings and nothing else.
        asked.retain(|_, asked| asked.field == Field::Item && asked.scale.is_none());
    }
    let by_col: BTreeMap<u32, &Path> = paths.iter().map(|path| (path.col, path)).collect();
    for (col, label) in std::mem::take(&mut header.unknown) {
        let Some(asked) = asked.remove(&col) else {
            header.unknown.push((col, label));
            continue;
        };
        if let Some(scale) = asked.scale {
            let detail = format!("{} 1–{scale}", Field::Item.word());
            header.notes.push(HeaderNote { col, code: Code::ColumnScored, found: label.clone(), detail });
        }
        let headings = by_col.get(&col).map_or(&[][..], |path| &path.headings);
        let mut column = Column::sure(col, asked.field, label);
        column.scale = headings.last().and_then(|heading| heading.scale);
        // A header of several rows keeps all of them in the item's name.
        column.question = (headings.len() == 1).then_some(asked.question);
        header.columns.push(column);
    }
    header.columns.sort_by_key(|column| column.col);
    tell_apart(&mut header.columns);
}

fn unknown_cols(header: &Header) -> BTreeSet<u32> {
    header.unknown.iter().map(|(col, _)| *col).collect()
}

/// Items of the same name in two questions bear the question's name too.
fn tell_apart(columns: &mut [Column]) {
    let mut named: BTreeMap<String, u32> = BTreeMap::new();
    for column in columns.iter().filter(|column| column.field == Field::Item) {
        *named.entry(column.item_name()).or_default() += 1;
    }
    for column in columns.iter_mut().filter(|column| column.field == Field::Item) {
        let is_shared = named.get(&column.item_name()).is_some_and(|columns| *columns > 1);
        if let Some(question) = column.question.as_mut().filter(|question| is_shared && question.part.is_some()) {
            question.part = Some(question.full());
        }
    }
}

/// One header that is only near may complete a table, where at least two others are sure.
fn complete_by_one(header: &mut Header, paths: &[Path]) -> bool {
    if distinct(&header.columns) < 2 {
        return false;
    }
    let mut found: Vec<Field> = header.columns.iter().map(|column| column.field).collect();
    let completing = near_columns(header, paths).find(|(_, field, ..)| {
        found.push(*field);
        let is_enough = (header.kind.is_enough)(&found);
        found.pop();
        is_enough
    });
    let Some(near) = completing else { return false };
    take_near(header, near);
    true
}

/// An unknown column whose header is near to one label: what stands above it, the field, the label, and how near.
type NearColumn<'a> = (&'a Path, Field, &'static str, u8);

/// Unknown columns that are near to a field which no column has yet.
fn near_columns<'a>(header: &Header, paths: &'a [Path]) -> impl Iterator<Item = NearColumn<'a>> + use<'a> {
    let unknown = unknown_cols(header);
    let taken: BTreeSet<Field> = header.columns.iter().map(|column| column.field).collect();
    let kind = header.kind;
    let open = paths.iter().filter(move |path| path.headings.len() == 1 && unknown.contains(&path.col));
    open.filter_map(move |path| match nearest_field(kind, &path.headings.first()?.core()) {
        Near::One(field, label, score) if !taken.contains(&field) => Some((path, field, label, score)),
        _ => None,
    })
}

fn take_near(header: &mut Header, (path, field, label, score): NearColumn<'_>) {
    let Some(place) = header.unknown.iter().position(|(col, _)| *col == path.col) else { return };
    let (col, written) = header.unknown.remove(place);
    let detail = format!("{label}（{}）{score} %", field.name());
    header.notes.push(HeaderNote { col, code: Code::ColumnFuzzy, found: written.clone(), detail });
    let unit = path.headings.first().and_then(|heading| heading.unit);
    header.columns.push(Column { score, unit, ..Column::sure(col, field, written) });
    header.columns.sort_by_key(|column| column.col);
}

/// What only the chosen header is asked: near labels, ties, columns that mean the same.
fn complete(sheet: &Sheet, header: &mut Header, aliases: &[(Field, String)]) {
    let paths: Vec<Path> =
        label_paths(sheet, header.places.0, header.places.1 - header.places.0).into_iter().map(Path::new).collect();
    let mut taken = BTreeSet::new();
    for near in near_columns(header, &paths) {
        // Of two headers near to one field the one further left is taken.
        if taken.insert(near.1) {
            take_near(header, near);
        }
    }
    let by_col: BTreeMap<u32, &Path> = paths.iter().map(|path| (path.col, path)).collect();
    for (col, label) in &header.unknown {
        let Some(path) = by_col.get(col).filter(|path| path.headings.len() == 1) else { continue };
        if let Near::Tie(fields) = nearest_field(header.kind, &path.headings[0].core()) {
            let either: Vec<String> =
                fields.iter().map(|(field, label)| format!("{label}（{}）", field.name())).collect();
            let first = fields.first().map_or("", |(field, _)| field.name());
            let quoted = label.replace(['"', '\\'], "");
            let detail = format!("{}; [alias] {first} = [\"{quoted}\"]", either.join(" / "));
            header.notes.push(HeaderNote { col: *col, code: Code::ColumnTie, found: label.clone(), detail });
        }
    }
    take_beside(header, &by_col, aliases);
    note_repeated(sheet, header);
    header.notes.sort_by_key(|note| (note.col, note.code));
}

/// Takes columns for what they mean beside the others; what the user said of a label holds whatever stands beside it.
fn take_beside(header: &mut Header, by_col: &BTreeMap<u32, &Path>, aliases: &[(Field, String)]) {
    let readings =
        |col: u32| by_col.get(&col).and_then(|path| path.headings.last()).map_or(&[][..], |own| &own.readings);
    let is_own = |col: u32| aliases.iter().any(|(_, label)| readings(col).contains(label));
    let before: Vec<(u32, Field)> = header.columns.iter().map(|column| (column.col, column.field)).collect();
    let meant = |col: u32, field: Option<Field>| {
        let others = before.iter().filter(|(other, _)| *other != col).map(|(other, field)| (*field, readings(*other)));
        if is_own(col) { field } else { beside(header.kind.id, field, readings(col), &others) }
    };
    let known: Vec<Option<Field>> = before.iter().map(|(col, field)| meant(*col, Some(*field))).collect();
    let found: Vec<Option<Field>> = header.unknown.iter().map(|(col, _)| meant(*col, None)).collect();
    for (column, field) in header.columns.iter_mut().zip(known) {
        column.field = field.unwrap_or(column.field);
    }
    for ((col, label), field) in std::mem::take(&mut header.unknown).into_iter().zip(found) {
        match field {
            Some(field) => header.columns.push(Column::sure(col, field, label)),
            None => header.unknown.push((col, label)),
        }
    }
    header.columns.sort_by_key(|column| column.col);
}

/// Fields that may stand in several columns.
const SEVERAL: [Field; 6] =
    [Field::Item, Field::Choice, Field::Ignored, Field::Remark, Field::Signature, Field::Suggestion];

/// Notes columns that mean what one further left means; a date and its time in two columns are one moment.
fn note_repeated(sheet: &Sheet, header: &mut Header) {
    let mut firsts: BTreeMap<Field, &Column> = BTreeMap::new();
    let single = header.columns.iter().filter(|column| column.option.is_none() && !SEVERAL.contains(&column.field));
    for column in single {
        let first = *firsts.entry(column.field).or_insert(column);
        let is_time = |column: &Column| holds_times(sheet, header.places.1, column.col);
        if first.col != column.col && !is_time(column) && !is_time(first) {
            let (found, detail) = (column.label.clone(), first.label.clone());
            header.notes.push(HeaderNote { col: column.col, code: Code::ColumnRepeated, found, detail });
        }
    }
}

/// Whether a column holds times of day and no dates.
fn holds_times(sheet: &Sheet, from: usize, col: u32) -> bool {
    let (mut filled, mut times) = (0_u32, 0_u32);
    for place in from..sheet.filled_rows().min(from + SAMPLE) {
        let Some(value) = sheet.at(place).get(col) else { continue };
        filled += 1;
        times += u32::from(match value {
            Value::Text(text) => moment::parse_time(text).is_some(),
            Value::Number(share) => share > 0.0 && share < 1.0,
            Value::Moment(moment) => moment.seconds < FIRST_DAY,
            _ => false,
        });
    }
    filled > 0 && times * 2 >= filled
}

/// Before this the epoch of spreadsheets has times of day only: 1900-01-02.
const FIRST_DAY: i64 = -2_208_902_400;

/// Columns below the header that hold something in its records and bear no header at all.
#[must_use]
pub fn unlabelled(sheet: &Sheet, header: &Header, end: usize) -> Vec<(u32, String)> {
    let labelled: BTreeSet<u32> =
        header.columns.iter().map(|column| column.col).chain(header.unknown.iter().map(|(col, _)| *col)).collect();
    let width = labelled.last().map_or(0, |last| *last as usize + 1);
    let mut is_labelled = vec![false; width];
    for col in &labelled {
        is_labelled[*col as usize] = true;
    }
    let mut found = BTreeSet::new();
    // Where the labels stand side by side, cells between the first and the last of them all have one.
    let between =
        labelled.first().zip(labelled.last()).filter(|(first, last)| (*last - *first) as usize + 1 == labelled.len());
    for place in header.places.1..end {
        let row = sheet.at(place);
        if let (Some((first, last)), Some((left, right))) = (between, row.ends())
            && left >= *first
            && right <= *last
        {
            continue;
        }
        // Notes and signatures below a table fill few of its columns.
        let beside = || row.cells().filter(|(col, _)| labelled.contains(col)).count();
        let mut is_record = None;
        for (col, value) in row.cells() {
            let is_known = is_labelled.get(col as usize).copied().unwrap_or(false);
            if !is_known
                && !matches!(value, Value::Error(_))
                && !found.contains(&col)
                && *is_record.get_or_insert_with(|| beside() >= 2)
            {
                found.insert(col);
            }
        }
    }
    found.into_iter().map(|col| (col, format!("(无表头) {}", column_letters(col)))).collect()
}

/// Number of different meanings: items and options each count, a field named twice counts once.
fn distinct(columns: &[Column]) -> usize {
    let mut meanings: Vec<(Field, Option<Level>, &str)> = columns
        .iter()
        .map(|column| {
            (column.field, column.option, if column.field == Field::Item { column.label.as_str() } else { "" })
        })
        .collect();
    meanings.sort_unstable();
    meanings.dedup();
    meanings.len()
}

/// Words of the title count twice, words in the headers themselves once.
fn title_score(kind: &Kind, title: &str, paths: &[Path]) -> u32 {
    let longest = |text: &str| {
        kind.title_words.iter().filter(|word| text.contains(**word)).map(|word| word.chars().count()).max()
    };
    let in_title = longest(title).map_or(0, |length| 12 + u32::try_from(length).unwrap_or(0) * 2);
    let in_headers =
        paths.iter().filter(|path| path.labels.last().is_some_and(|label| longest(label).is_some())).count();
    in_title + u32::try_from(in_headers.min(4)).unwrap_or(0) * 3
}
