//! Small frames for tests: a profile as TOML, cases as lines such as `received=2025-03-05 09:00; category=渗漏; cost=36000`.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{Column, DataFrame};

use super::derive::{Derived, derive};
use super::measure;
use crate::clock::clocks::Clocks;
use crate::config::Config;
use crate::metrics::fact::{Fact, Scope};
use crate::metrics::runner::{Labels, Setting};
use crate::metrics::taker::Maker;
use crate::moment::{Moment, Period, date_of, month_number};
use crate::normalise::moment::{DateContext, Reading, parse};
use crate::normalise::rating::Level;
use crate::profile::schema::{Profile, Subject};
use crate::records::assemble::{Names, Records, RoundRecord, period_code};
use crate::records::cases::Further;
use crate::records::columns as c;
use crate::records::directory::Directory;
use crate::records::frames::column;
use crate::records::store::NO_NAME;
use crate::step::{RoundStep, Step};

/// Cases with what a run knows beside them.
pub(super) struct Bench {
    pub(super) profile: Profile,
    pub(super) names: Names,
    directory: Directory,
    clocks: Clocks,
    as_of: i64,
    pub(super) frame: DataFrame,
    pub(super) records: Records,
}

pub(super) fn at(text: &str) -> Moment {
    match parse(text, DateContext::default()) {
        Reading::Moment(moment) => moment,
        other => unreachable!("{text}: {other:?}"),
    }
}

impl Bench {
    /// A profile for complaints, of which `entries` is what it says beside its name, and its cases as of the end of 2025.
    pub(super) fn new(entries: &str, cases: &[&str]) -> Self {
        let head = "name = \"test\"\nsubjects = [\"complaint\"]\ntitle = { zh = \"试\", en = \"test\" }\n";
        let profile = toml::from_str(&format!("{head}{entries}")).unwrap_or_else(|error| unreachable!("{error}"));
        let clocks = Clocks::new(&Config::default()).unwrap_or_else(|_| unreachable!("the default is right"));
        let mut names = Names::default();
        let frame = frame_of(cases, &mut names);
        let as_of = at("2026-01-01 00:00").seconds;
        Self { profile, names, directory: Directory::default(), clocks, as_of, frame, records: Records::default() }
    }

    /// The same with a table of callbacks (`place=1-101; called_back=2025-03-08; opinion=satisfied; number=T1`), beside what the
    /// cases themselves note (`called_back`, `opinion`).
    pub(super) fn with_callbacks(mut self, cases: &[&str], table: &[&str]) -> Self {
        self.records.complaints = self.frame.clone();
        self.records.callbacks = callbacks_of(cases, table);
        self
    }

    /// The same with survey forms of the first half of 2025 (`place=1-101; surveyed=2025-03-10; answers=satisfied neutral`), of a
    /// round that was collected until `collected`, where it says so.
    pub(super) fn with_forms(mut self, forms: &[&str], collected: &str) -> Self {
        self.records.complaints = self.frame.clone();
        let round = RoundRecord {
            source: 3,
            row: 0,
            line: crate::origin::NO_LINE,
            community: 0,
            period: Period::Half(2025, 1),
            occupied: None,
            issued: None,
            returned: None,
            dates: Some(collected)
                .filter(|text| !text.is_empty())
                .map(|text| (RoundStep::CollectedUntil, at(text)))
                .into_iter()
                .collect(),
            untold: Vec::new(),
        };
        self.records.rounds = vec![round];
        (self.records.forms, self.records.answers) = forms_of(forms);
        self
    }

    /// The facts of the callbacks: value of a metric for the group in a period.
    pub(super) fn of_callbacks(&self, metric: &str, period: &str) -> Option<Fact> {
        let mut maker = Maker::default();
        let (frame, setting) = (&self.records.callbacks, self.setting());
        crate::metrics::callback::measure(frame, &self.profile, &setting, &mut maker).unwrap();
        let is_meant = |fact: &Fact| &*fact.key.metric == metric && fact.key.period.to_string() == period;
        maker
            .facts
            .into_iter()
            .find(|fact| is_meant(fact) && fact.key.scope == Scope::Group && fact.key.dimension.is_none())
    }

    /// How many callbacks are overdue or fall due soon.
    pub(super) fn owed_callbacks(&self) -> usize {
        let (frame, setting) = (&self.records.callbacks, self.setting());
        crate::metrics::callback::measure(frame, &self.profile, &setting, &mut Maker::default()).unwrap().len()
    }

    pub(super) fn seen_at(mut self, text: &str) -> Self {
        self.as_of = at(text).seconds;
        self
    }

    pub(super) fn setting(&self) -> Setting<'_> {
        Setting {
            clocks: &self.clocks,
            as_of: self.as_of,
            directory: &self.directory,
            names: &self.names,
            records: &self.records,
            ruled: None,
            labels: Labels::of(std::slice::from_ref(&self.profile)),
        }
    }

    pub(super) fn derived(&self) -> Derived<'_> {
        derive(&self.frame, &self.profile, Subject::Complaint, &self.setting()).unwrap()
    }

    /// Outcomes on a deadline, as the words of facts.
    pub(super) fn outcomes(&self, deadline: &str) -> Vec<&'static str> {
        const WORDS: [&str; 9] =
            ["on_time", "late", "late_open", "not_due", "no_start", "no_end", "impossible", "uncertain", "not_ruled"];
        self.codes(&format!("outcome:{deadline}")).into_iter().map(|code| WORDS[code as usize]).collect()
    }

    pub(super) fn codes(&self, name: &str) -> Vec<u32> {
        self.derived().frame.column(name).unwrap().u32().unwrap().iter().flatten().collect()
    }

    /// Ids of the classes; empty where no rule gives one.
    pub(super) fn classes(&self) -> Vec<String> {
        let ids = self.derived().class_ids;
        let id = |code: u32| ids.get(code as usize).map_or_else(String::new, ToString::to_string);
        self.codes("class").into_iter().map(id).collect()
    }

    /// All facts.
    pub(super) fn facts(&self) -> Vec<Fact> {
        let mut maker = Maker::default();
        measure(&self.frame, &self.profile, Subject::Complaint, &self.setting(), &mut maker).unwrap();
        maker.facts
    }

    /// The fact of the group in a period, without a breakdown.
    pub(super) fn fact(&self, metric: &str, period: &str) -> Option<Fact> {
        let period = Period::parse(period);
        self.facts().into_iter().find(|fact| {
            &*fact.key.metric == metric
                && Some(fact.key.period) == period
                && fact.key.scope == Scope::Group
                && fact.key.dimension.is_none()
        })
    }

    /// Numerator, denominator and number of excluded cases of a share.
    pub(super) fn share(&self, metric: &str, period: &str) -> Option<(f64, f64, i64)> {
        self.fact(metric, period)
            .map(|fact| (fact.numerator.unwrap_or(f64::NAN), fact.denominator.unwrap_or(f64::NAN), fact.excluded))
    }

    pub(super) fn value(&self, metric: &str, period: &str) -> Option<f64> {
        self.fact(metric, period).and_then(|fact| fact.value)
    }

    /// Excluded cases by reason.
    pub(super) fn excluded(&self, metric: &str, period: &str) -> BTreeMap<String, f64> {
        let (period, mut reasons) = (Period::parse(period), BTreeMap::new());
        for fact in self.facts() {
            let is_meant =
                &*fact.key.metric == metric && Some(fact.key.period) == period && fact.key.scope == Scope::Group;
            if let (true, Some((crate::metrics::fact::Dimension::Excluded, reason))) = (is_meant, &fact.key.dimension) {
                reasons.insert(reason.to_string(), fact.value.unwrap_or(f64::NAN));
            }
        }
        reasons
    }
}

fn told(line: &str) -> BTreeMap<&str, &str> {
    let parts = line.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| part.split_once('=').map_or((part, ""), |(key, value)| (key.trim(), value.trim()))).collect()
}

/// A frame as the records make it. A moment that one case names has a column for all; `told=` names it without telling it, and
/// `told=?` is unreadable.
pub(super) fn frame_of(cases: &[&str], names: &mut Names) -> DataFrame {
    let rows: Vec<BTreeMap<&str, &str>> = cases.iter().map(|line| told(line)).collect();
    let keys: BTreeSet<&str> = rows.iter().flat_map(|row| row.keys().copied()).collect();
    let steps: Vec<Step> = Step::ALL.into_iter().filter(|step| keys.contains(step.column())).collect();
    let value = |row: &BTreeMap<&str, &str>, key: &str| {
        row.get(key).copied().filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let moment = |row: &BTreeMap<&str, &str>, step: Step| {
        value(row, step.column()).filter(|text| text != "?").map(|text| at(&text))
    };
    let bits = |of: &dyn Fn(&BTreeMap<&str, &str>, Step) -> bool| -> Vec<u32> {
        let of_row = |row| steps.iter().filter(|step| of(row, **step)).map(|step| step.bit()).sum();
        rows.iter().map(of_row).collect()
    };
    let count = u32::try_from(rows.len()).unwrap();
    let month = |row: &BTreeMap<&str, &str>| {
        moment(row, Step::Received).map_or(2025 * 12 + 2, |at| month_number(date_of(at.seconds)))
    };
    let state = |row: &BTreeMap<&str, &str>| match row.get("state").copied() {
        Some("closed") => 2,
        Some("open") => 1,
        Some(_) => 0,
        None if moment(row, Step::Resolved).is_some() => 2,
        None => u32::from(steps.contains(&Step::Resolved)),
    };
    let mut columns: Vec<Column> = vec![
        column(c::SOURCE, vec![0_u32; rows.len()]),
        column(c::ROW, (0..count).collect::<Vec<u32>>()),
        column(c::MONTH, rows.iter().map(month).collect::<Vec<i32>>()),
        column(c::COMMUNITY, vec![0_u32; rows.len()]),
        column(c::DEPARTMENT, vec![NO_NAME; rows.len()]),
        column(c::BUILDING, vec![NO_NAME; rows.len()]),
        column(c::DATE_ONLY, bits(&|row, step| moment(row, step).is_some_and(|moment| moment.date_only))),
        column(c::UNREADABLE, bits(&|row, step| row.get(step.column()) == Some(&"?"))),
        column(c::PRESENT, bits(&|row, step| row.get("without").is_none_or(|none| *none != step.column()))),
        column(c::STATE, rows.iter().map(state).collect::<Vec<u32>>()),
    ];
    for step in Step::ALL.into_iter().filter(|step| step.is_common() || steps.contains(step)) {
        let seconds: Vec<Option<i64>> = rows.iter().map(|row| moment(row, step).map(|at| at.seconds)).collect();
        columns.push(column(step.column(), seconds));
    }
    for name in [c::MAJOR, c::URGENT, c::REPEAT, c::VALID, c::FORWARDED] {
        let said: Vec<Option<bool>> = rows.iter().map(|row| value(row, name).map(|text| text == "yes")).collect();
        columns.push(column(name, said));
    }
    for name in [c::COMPENSATION, c::COST, c::CLAIM, c::SOLUTION, c::DISTANCE] {
        let unit = if name == c::DISTANCE { 1_000.0 } else { 100.0 };
        #[allow(clippy::cast_possible_truncation, reason = "numbers of tests are small")]
        let of = |text: String| (text.parse::<f64>().unwrap() * unit).round() as i64;
        if keys.contains(name) || name == c::COMPENSATION {
            columns.push(column(name, rows.iter().map(|row| value(row, name).map(of)).collect::<Vec<_>>()));
        }
    }
    for name in [c::NUMBER, c::PLACE, c::PERSON, c::PHONE, c::TEXT] {
        columns.push(column(name, rows.iter().map(|row| value(row, name)).collect::<Vec<_>>()));
    }
    let mut coded = |name: &'static str, list: &mut crate::records::frames::NameList| {
        let codes = rows.iter().map(|row| value(row, name).map_or(NO_NAME, |text| list.code(&text)));
        columns.push(column(name, codes.collect::<Vec<u32>>()));
    };
    coded(c::CLASS, &mut names.class);
    coded(c::CATEGORY, &mut names.category);
    coded(c::CHANNEL, &mut names.channel);
    for further in Further::ALL.into_iter().filter(|further| keys.contains(further.column())) {
        coded(further.column(), names.further_mut(further));
    }
    DataFrame::new(rows.len(), columns).unwrap()
}

/// Source, row, whether it was made, and what it says.
type CallbackLine<'a> = (u32, u32, bool, &'a BTreeMap<&'a str, &'a str>);

fn callbacks_of(cases: &[&str], table: &[&str]) -> DataFrame {
    let cases: Vec<BTreeMap<&str, &str>> = cases.iter().map(|line| told(line)).collect();
    let has_column = cases.iter().any(|case| case.contains_key("called_back"));
    let noted = |case: &BTreeMap<&str, &str>| {
        let is_made = ["called_back", "opinion"].iter().any(|key| case.get(key).is_some_and(|text| !text.is_empty()));
        (is_made, is_made || has_column && case.get("resolved").is_some_and(|text| !text.is_empty()))
    };
    let table: Vec<BTreeMap<&str, &str>> = table.iter().map(|line| told(line)).collect();
    // Tables come first, as in the records.
    let mut rows: Vec<CallbackLine<'_>> = Vec::new();
    rows.extend(table.iter().zip(0..).map(|(row, at)| (1, at, true, row)));
    rows.extend(cases.iter().zip(0..).filter(|(case, _)| noted(case).1).map(|(case, at)| (0, at, noted(case).0, case)));
    let moment = |row: &BTreeMap<&str, &str>, key: &str| {
        row.get(key).filter(|text| !text.is_empty() && **text != "?").map(|text| at(text))
    };
    let level = |row: &BTreeMap<&str, &str>, key: &str| {
        let level =
            |word: &&str| Level::ALL.iter().find(|level| level.code() == *word).map(|level| u32::from(level.number()));
        row.get(key).and_then(level).unwrap_or(255)
    };
    let codes = |of: &dyn Fn(&CallbackLine<'_>) -> u32| rows.iter().map(of).collect::<Vec<u32>>();
    let seconds =
        |key: &str| rows.iter().map(|row| moment(row.3, key).map(|at| at.seconds)).collect::<Vec<Option<i64>>>();
    let texts = |key: &str| rows.iter().map(|row| row.3.get(key).map(|text| (*text).to_owned())).collect::<Vec<_>>();
    let date_only = |row: &BTreeMap<&str, &str>| {
        let steps = [Step::Resolved, Step::CalledBack].into_iter();
        steps.filter(|step| moment(row, step.column()).is_some_and(|at| at.date_only)).map(Step::bit).sum()
    };
    let month = |row: &BTreeMap<&str, &str>| {
        let at = moment(row, "called_back").or(moment(row, "resolved"));
        at.map_or(2025 * 12 + 2, |at| month_number(date_of(at.seconds)))
    };
    let mut columns = vec![
        column(c::SOURCE, codes(&|row| row.0)),
        column(c::ROW, codes(&|row| row.1)),
        column(c::MONTH, rows.iter().map(|row| month(row.3)).collect::<Vec<i32>>()),
        column(c::COMMUNITY, codes(&|_| 0)),
        column(c::DATE_ONLY, codes(&|row| date_only(row.3))),
        column(c::MADE, rows.iter().map(|row| row.2).collect::<Vec<bool>>()),
        column(c::REACHED, rows.iter().map(|row| row.2).collect::<Vec<bool>>()),
        column(c::MAJOR, vec![None::<bool>; rows.len()]),
        column(Step::CalledBack.column(), seconds("called_back")),
        column(Step::Resolved.column(), seconds("resolved")),
        column(c::NUMBER, texts("number")),
        column(c::PLACE, texts("place")),
        column(
            c::PHONE,
            rows.iter()
                .map(|row| row.3.get("phone").filter(|_| row.0 == 1).map(|text| (*text).to_owned()))
                .collect::<Vec<_>>(),
        ),
    ];
    for name in [c::OPINION, c::PUNCTUALITY, c::ATTITUDE, c::QUALITY] {
        columns.push(column(name, codes(&|row| level(row.3, name))));
    }
    for name in [c::DEPARTMENT, c::BUILDING, c::TOPIC, c::CATEGORY, c::CHANNEL, c::CLASS] {
        columns.push(column(name, codes(&|_| NO_NAME)));
    }
    DataFrame::new(rows.len(), columns).unwrap()
}

/// Forms and their answers: words of the scale, or scores of ten.
fn forms_of(forms: &[&str]) -> (DataFrame, DataFrame) {
    let forms: Vec<BTreeMap<&str, &str>> = forms.iter().map(|line| told(line)).collect();
    let surveyed: Vec<Option<Moment>> = forms.iter().map(|form| form.get("surveyed").map(|text| at(text))).collect();
    let bits = |moment: &Option<Moment>| if moment.is_some_and(|at| at.date_only) { Step::Surveyed.bit() } else { 0 };
    let count = u32::try_from(forms.len()).unwrap();
    let place = |form: &BTreeMap<&str, &str>| form.get("place").map(|place| (*place).to_owned());
    let answers =
        forms.iter().zip(0_u32..).flat_map(|(form, at)| form["answers"].split(' ').map(move |word| (at, word)));
    let answers: Vec<(u32, &str)> = answers.collect();
    let level = |word: &str| {
        Level::ALL.iter().find(|level| level.code() == word).map_or(255, |level| u32::from(level.number()))
    };
    let columns = vec![
        column(c::SOURCE, vec![2_u32; forms.len()]),
        column(c::ROW, (0..count).collect::<Vec<u32>>()),
        column(c::COMMUNITY, vec![0_u32; forms.len()]),
        column(c::PERIOD, vec![period_code(Period::Half(2025, 1)); forms.len()]),
        column(c::PLACE, forms.iter().map(place).collect::<Vec<_>>()),
        column(Step::Surveyed.column(), surveyed.iter().map(|at| at.map(|at| at.seconds)).collect::<Vec<_>>()),
        column(c::DATE_ONLY, surveyed.iter().map(bits).collect::<Vec<u32>>()),
    ];
    let of_answers = vec![
        column(c::FORM, answers.iter().map(|(form, _)| *form).collect::<Vec<u32>>()),
        column(c::LEVEL, answers.iter().map(|(_, word)| level(word)).collect::<Vec<u32>>()),
        column(c::SCORE, answers.iter().map(|(_, word)| word.parse().unwrap_or(f64::NAN)).collect::<Vec<f64>>()),
        column(c::SCORE_HIGHEST, vec![10_u32; answers.len()]),
    ];
    (DataFrame::new(forms.len(), columns).unwrap(), DataFrame::new(answers.len(), of_answers).unwrap())
}
