//! Rules of a profile, compiled for one frame of cases: what a rule says of a whole stretch of rows at once.
//!
//! Words are looked up once for each distinct name, not once a row; texts are read only where a rule has words and nothing
//! else has decided the row. Three-valued by Kleene (S. C. Kleene, *Introduction to Metamathematics*, 1952, § 64): unknown is
//! what a bound gives on a number that the case does not tell.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use polars::prelude::{DataFrame, PolarsResult, StringChunked};
use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::cases::{codes, said};
use super::names::names_of;
use super::words::Words;
use crate::clock::working_time::WorkingTime;
use crate::metrics::runner::Setting;
use crate::moment::{DAY, Moment};
use crate::normalise::label::{is_simplified, simplified};
use crate::profile::schema::Rule;
use crate::profile::target::Bound;
use crate::records::columns as c;
use crate::step::Step;

/// Whether a condition holds. The order is that of truth: *and* is the lesser, *or* the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::metrics) enum Truth {
    /// It does not hold.
    No,
    /// Nobody can tell.
    Unknown,
    /// It holds.
    Yes,
}

impl Truth {
    fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }
}

/// What a rule may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Reading {
    /// Names only: what the text would say is unknown where there is one.
    Names,
    /// Names and texts.
    Texts,
}

/// Rows per task of the parallel loops.
pub(in crate::metrics) const STRETCH: usize = 8_192;

/// A rule, ready to be asked about the rows of one frame.
#[derive(Debug, Clone, Default)]
pub(in crate::metrics) struct Compiled {
    /// Cheap parts first.
    parts: Vec<Part>,
}

#[derive(Debug, Clone)]
enum Part {
    /// The name of the row has one of the words.
    Named {
        codes: Arc<Vec<u32>>,
        has_word: Vec<bool>,
    },
    /// The row's code is one of these.
    OneOf {
        codes: Arc<Vec<u32>>,
        wanted: Vec<u32>,
    },
    /// A mark, or what else is yes or no for every row.
    Flag {
        set: Arc<Vec<bool>>,
        wanted: bool,
    },
    /// Received on duty.
    OnDuty {
        on_duty: Arc<Vec<Truth>>,
        wanted: bool,
    },
    /// These moments are told.
    Has(Arc<Vec<bool>>),
    /// A bound on a number.
    Amount {
        numbers: Numbers,
        unit: f64,
        bound: Bound,
    },
    /// A bound on one number by another.
    Ratio {
        over: Arc<Vec<Option<i64>>>,
        under: Arc<Vec<Option<i64>>>,
        bound: Bound,
    },
    /// A number that no record tells.
    Untold,
    /// Nothing that could hold: a column that no table has.
    Never,
    Any(Vec<Compiled>),
    All(Vec<Compiled>),
    Not(Box<Compiled>),
    /// The category or the text has one of the words.
    Words {
        codes: Arc<Vec<u32>>,
        has_word: Vec<bool>,
        texts: StringChunked,
        words: Words,
    },
}

impl Compiled {
    /// Lessens each truth to what the rule says of its row; rows that are `No` already are not looked at. `first` is the row of
    /// the first.
    pub(in crate::metrics) fn narrow(&self, first: usize, truths: &mut [Truth], reading: Reading) {
        for part in &self.parts {
            part.narrow(first, truths, reading);
        }
    }

    /// What the rule says of every row.
    pub(in crate::metrics) fn column(&self, rows: usize) -> Vec<Truth> {
        self.narrowed(vec![Truth::Yes; rows])
    }

    /// The truths of all rows, each lessened to what the rule says.
    pub(in crate::metrics) fn narrowed(&self, mut truths: Vec<Truth>) -> Vec<Truth> {
        if !self.parts.is_empty() {
            truths.par_chunks_mut(STRETCH).enumerate().for_each(|(stretch, truths)| {
                self.narrow(stretch * STRETCH, truths, Reading::Texts);
            });
        }
        truths
    }

    /// Whether the rule holds for each row.
    pub(in crate::metrics) fn holds(&self, rows: usize) -> Vec<bool> {
        self.column(rows).into_iter().map(|truth| truth == Truth::Yes).collect()
    }

    /// Whether the rule asks for nothing.
    pub(in crate::metrics) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
}

impl Part {
    fn narrow(&self, first: usize, truths: &mut [Truth], reading: Reading) {
        let each = |truths: &mut [Truth], says: &dyn Fn(usize) -> Truth| {
            for (at, truth) in truths.iter_mut().enumerate() {
                if *truth != Truth::No {
                    *truth = (*truth).min(says(first + at));
                }
            }
        };
        let has = |has_word: &[bool], code: u32| has_word.get(code as usize).copied().unwrap_or(false);
        match self {
            Self::Named { codes, has_word } => each(truths, &|row| Truth::of(has(has_word, codes[row]))),
            Self::OneOf { codes, wanted } => each(truths, &|row| Truth::of(wanted.contains(&codes[row]))),
            Self::Flag { set, wanted } => each(truths, &|row| Truth::of(set[row] == *wanted)),
            Self::OnDuty { on_duty, wanted } => {
                each(truths, &|row| if *wanted { on_duty[row] } else { on_duty[row].not() });
            }
            Self::Has(told) => each(truths, &|row| Truth::of(told[row])),
            Self::Amount { numbers, unit, bound } => each(truths, &|row| {
                numbers[row].map_or(Truth::Unknown, |number| Truth::of(bound.is_met_by(as_number(number) / unit)))
            }),
            Self::Ratio { over, under, bound } => each(truths, &|row| match (over[row], under[row]) {
                (Some(over), Some(under)) if under > 0 => {
                    Truth::of(bound.is_met_by(as_number(over) / as_number(under)))
                }
                _ => Truth::Unknown,
            }),
            Self::Untold => each(truths, &|_| Truth::Unknown),
            Self::Never => truths.fill(Truth::No),
            Self::Any(rules) => {
                let mut any = vec![Truth::No; truths.len()];
                for rule in rules {
                    let mut one = truths.to_vec();
                    rule.narrow(first, &mut one, reading);
                    for (any, one) in any.iter_mut().zip(one) {
                        *any = (*any).max(one);
                    }
                }
                truths.copy_from_slice(&any);
            }
            Self::All(rules) => rules.iter().for_each(|rule| rule.narrow(first, truths, reading)),
            Self::Not(rule) => {
                let mut one: Vec<Truth> = truths.iter().map(|truth| Truth::of(*truth != Truth::No)).collect();
                rule.narrow(first, &mut one, reading);
                for (truth, one) in truths.iter_mut().zip(one) {
                    *truth = (*truth).min(one.not());
                }
            }
            Self::Words { codes, has_word, texts, words } => each(truths, &|row| {
                if has(has_word, codes[row]) {
                    return Truth::Yes;
                }
                match (texts.get(row), reading) {
                    (None, _) => Truth::No,
                    (Some(_), Reading::Names) => Truth::Unknown,
                    (Some(text), Reading::Texts) => Truth::of(words.are_in(text)),
                }
            }),
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "fen and metres stay far below 2^52")]
fn as_number(number: i64) -> f64 {
    number as f64
}

/// Compiles rules for one frame; each column is taken from it once.
pub(in crate::metrics) struct Compiler<'a> {
    frame: &'a DataFrame,
    setting: &'a Setting<'a>,
    moments: Moments<'a>,
    codes: RefCell<BTreeMap<&'static str, Arc<Vec<u32>>>>,
    flags: RefCell<BTreeMap<&'static str, Arc<Vec<bool>>>>,
    amounts: RefCell<BTreeMap<&'static str, Option<Numbers>>>,
    texts: RefCell<Option<StringChunked>>,
    on_duty: RefCell<Option<Arc<Vec<Truth>>>>,
    classes: Option<Coded>,
}

/// Numbers, one a row, where the row tells one.
type Numbers = Arc<Vec<Option<i64>>>;
/// Codes, one a row, with their names.
type Coded = (Arc<Vec<u32>>, Vec<Arc<str>>);

/// The moments of a frame's rows: of cases, or of callbacks, which know few.
pub(in crate::metrics) type Moments<'a> = &'a (dyn Fn(Step, usize) -> Option<Moment> + Sync);

impl<'a> Compiler<'a> {
    /// For a frame of cases or callbacks.
    pub(in crate::metrics) fn new(frame: &'a DataFrame, moments: Moments<'a>, setting: &'a Setting<'a>) -> Self {
        Self {
            frame,
            setting,
            moments,
            codes: RefCell::default(),
            flags: RefCell::default(),
            amounts: RefCell::default(),
            texts: RefCell::default(),
            on_duty: RefCell::default(),
            classes: None,
        }
    }

    /// Tells what later rules may ask for: a flag that was worked out.
    pub(in crate::metrics) fn tell_flag(&self, column: &'static str, set: Vec<bool>) {
        self.flags.borrow_mut().insert(column, Arc::new(set));
    }

    /// Tells the class of each row.
    pub(in crate::metrics) fn tell_classes(&mut self, classes: Vec<u32>, ids: Vec<Arc<str>>) {
        self.classes = Some((Arc::new(classes), ids));
    }

    /// Compiles a rule.
    ///
    /// # Errors
    /// When a column has another type than it should.
    pub(in crate::metrics) fn compile(&self, rule: &Rule) -> PolarsResult<Compiled> {
        let mut parts = Vec::new();
        for (column, words) in [
            (c::CLASS, &rule.class),
            (c::CATEGORY, &rule.category),
            (c::CHANNEL, &rule.channel),
            (c::DEMAND, &rule.demand),
            (c::OUTCOME, &rule.outcome),
            (c::PART, &rule.part),
            (c::GRADE, &rule.grade),
            (c::RESULT, &rule.result),
            (c::CAUSE, &rule.cause),
            (c::UPPER_LEVEL, &rule.level),
            (c::DEPARTMENT, &rule.department),
        ] {
            if !words.is_empty() {
                parts.push(self.named(column, words)?);
            }
        }
        for (column, wanted) in [
            (c::MAJOR, rule.major),
            (c::URGENT, rule.urgent),
            (c::REPEAT, rule.repeat),
            (c::VALID, rule.valid),
            (c::FORWARDED, rule.forwarded),
        ] {
            if let Some(wanted) = wanted {
                parts.push(Part::Flag { set: self.flag(column)?, wanted });
            }
        }
        if let Some(wanted) = rule.received_in_working_hours {
            parts.push(Part::OnDuty { on_duty: self.on_duty()?, wanted });
        }
        if !rule.of_class.is_empty() {
            parts.push(self.of_class(&rule.of_class));
        }
        if !rule.has.is_empty() {
            let told = |row| rule.has.iter().all(|step| (self.moments)(*step, row).is_some());
            parts.push(Part::Has(Arc::new((0..self.frame.height()).map(told).collect())));
        }
        for (column, unit, bound) in [
            (c::COST, 100.0, rule.cost),
            (c::CLAIM, 100.0, rule.claim),
            (c::SOLUTION, 100.0, rule.solution),
            (c::COMPENSATION, 100.0, rule.compensation),
            (c::DISTANCE, 1_000.0, rule.distance),
        ] {
            if let Some(bound) = bound {
                let numbers = self.amount(column)?;
                parts.push(numbers.map_or(Part::Untold, |numbers| Part::Amount { numbers, unit, bound }));
            }
        }
        if let Some(bound) = rule.claim_to_solution {
            let numbers = (self.amount(c::CLAIM)?, self.amount(c::SOLUTION)?);
            parts.push(match numbers {
                (Some(over), Some(under)) => Part::Ratio { over, under, bound },
                _ => Part::Untold,
            });
        }
        if !rule.any.is_empty() {
            parts.push(Part::Any(self.all(&rule.any)?));
        }
        if !rule.all.is_empty() {
            parts.push(Part::All(self.all(&rule.all)?));
        }
        if let Some(not) = &rule.not {
            parts.push(Part::Not(Box::new(self.compile(not)?)));
        }
        if !rule.words.is_empty() {
            parts.push(self.words(&rule.words)?);
        }
        Ok(Compiled { parts })
    }

    /// Compiles several rules.
    ///
    /// # Errors
    /// When a column has another type than it should.
    pub(in crate::metrics) fn all(&self, rules: &[Rule]) -> PolarsResult<Vec<Compiled>> {
        rules.iter().map(|rule| self.compile(rule)).collect()
    }

    fn has(&self, column: &str) -> bool {
        self.frame.column(column).is_ok()
    }

    fn codes(&self, column: &'static str) -> PolarsResult<Arc<Vec<u32>>> {
        if let Some(known) = self.codes.borrow().get(column) {
            return Ok(Arc::clone(known));
        }
        let taken = Arc::new(codes(self.frame, column)?);
        self.codes.borrow_mut().insert(column, Arc::clone(&taken));
        Ok(taken)
    }

    fn flag(&self, column: &'static str) -> PolarsResult<Arc<Vec<bool>>> {
        if let Some(known) = self.flags.borrow().get(column) {
            return Ok(Arc::clone(known));
        }
        // What nobody marked is not set, except that a case is valid until somebody says otherwise.
        let unmarked = column == c::VALID;
        let set = if self.has(column) {
            said(self.frame, column)?.into_iter().map(|said| said.unwrap_or(unmarked)).collect()
        } else {
            vec![unmarked; self.frame.height()]
        };
        self.tell_flag(column, set);
        self.flag(column)
    }

    fn amount(&self, column: &'static str) -> PolarsResult<Option<Numbers>> {
        if let Some(known) = self.amounts.borrow().get(column) {
            return Ok(known.clone());
        }
        let taken = match self.frame.column(column) {
            Ok(numbers) => Some(Arc::new(numbers.i64()?.iter().collect())),
            Err(_) => None,
        };
        self.amounts.borrow_mut().insert(column, taken.clone());
        Ok(taken)
    }

    fn named(&self, column: &'static str, words: &[String]) -> PolarsResult<Part> {
        if !self.has(column) {
            return Ok(Part::Never);
        }
        Ok(Part::Named { codes: self.codes(column)?, has_word: self.names_with(column, &Words::of(words)?) })
    }

    /// By code, whether the name has one of the words.
    fn names_with(&self, column: &str, words: &Words) -> Vec<bool> {
        names_of(column, self.setting).map(|name| words.are_in(&simplified(name))).collect()
    }

    fn words(&self, words: &[String]) -> PolarsResult<Part> {
        if !self.has(c::TEXT) {
            return self.named(c::CATEGORY, words);
        }
        let (words, texts) = (Words::of(words)?, self.texts()?);
        let has_word = self.names_with(c::CATEGORY, &words);
        Ok(Part::Words { codes: self.codes(c::CATEGORY)?, has_word, texts, words })
    }

    /// The texts in simplified characters, in one chunk.
    fn texts(&self) -> PolarsResult<StringChunked> {
        if let Some(known) = &*self.texts.borrow() {
            return Ok(known.clone());
        }
        let written = self.frame.column(c::TEXT)?.str()?.rechunk().into_owned();
        let is_other = |row: usize| written.get(row).is_some_and(|text| !is_simplified(text));
        // Most registers are in simplified characters: nothing is copied.
        let has_other = (0..written.len()).into_par_iter().with_min_len(STRETCH).any(is_other);
        let taken = if has_other { written.iter().map(|text| text.map(simplified)).collect() } else { written };
        Ok(self.texts.borrow_mut().insert(taken).clone())
    }

    fn of_class(&self, wanted: &[String]) -> Part {
        let Some((codes, ids)) = &self.classes else { return Part::Never };
        let wanted = ids.iter().zip(0..).filter(|(id, _)| wanted.iter().any(|wanted| **wanted == ***id));
        Part::OneOf { codes: Arc::clone(codes), wanted: wanted.map(|(_, code)| code).collect() }
    }

    /// Whether each case came in on duty; a date without a time tells it only where that day has duty at all times or none.
    fn on_duty(&self) -> PolarsResult<Arc<Vec<Truth>>> {
        if let Some(known) = &*self.on_duty.borrow() {
            return Ok(Arc::clone(known));
        }
        let (community, rows) = (self.codes(c::COMMUNITY)?, self.frame.height());
        let of = |row: usize| {
            let clock = self.setting.clocks.of(community[row]);
            (self.moments)(Step::Received, row).map_or(Truth::Unknown, |moment| on_duty(clock, moment))
        };
        let taken: Arc<Vec<Truth>> = Arc::new((0..rows).into_par_iter().with_min_len(STRETCH).map(of).collect());
        *self.on_duty.borrow_mut() = Some(Arc::clone(&taken));
        Ok(taken)
    }
}

fn on_duty(clock: &WorkingTime, moment: Moment) -> Truth {
    if !moment.date_only {
        return Truth::of(clock.is_on_duty(moment.seconds));
    }
    match clock.between(moment.seconds, moment.latest()) {
        0 => Truth::No,
        DAY => Truth::Yes,
        _ => Truth::Unknown,
    }
}
