//! Made-up facts for tests: a year of complaints, repairs and callbacks, and two survey rounds.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ReportInput;
use crate::ledger::{Ledger, LedgerLine, RowCounts};
use crate::metrics::fact::{Dimension, Fact, FactKey, FactTable, Scope, Unit, Verdict};
use crate::moment::{Period, Seconds};
use crate::origin::{CellAt, SourceSheet};
use crate::problem::{Code, Language, Problem};
use crate::profile::Profiles;
use crate::profile::schema::Subject;
use crate::profile::target::Bound;
use crate::records::community::Community;

/// What the made-up company looks like.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    pub(crate) categories: Vec<String>,
    pub(crate) items: Vec<String>,
    pub(crate) community: String,
    /// No complaint in the last month.
    pub(crate) empty_month: bool,
    pub(crate) as_of: Seconds,
    /// Answers to the first item, in the community.
    pub(crate) fewest_answers: f64,
}

impl Default for Sample {
    fn default() -> Self {
        let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        Self {
            categories: texts(&[
                "公共设施维修",
                "装修噪音",
                "清洁卫生",
                "停车管理",
                "服务态度",
                "绿化养护",
                "安保秩序",
            ]),
            items: texts(&["工程维修", "保洁服务", "秩序维护", "绿化养护", "服务态度", "投诉处理", "社区活动"]),
            community: "翠园一期".to_owned(),
            empty_month: false,
            as_of: Period::Month(2025, 6).end(),
            fewest_answers: 60.0,
        }
    }
}

/// The company, to borrow an input from.
pub(crate) struct World {
    facts: FactTable,
    metrics: crate::metrics::metric::Descriptions,
    restated: crate::seal::compare::Restated,
    plan: super::Plan,
    ledger: Ledger,
    problems: Vec<Problem>,
    files: Vec<String>,
    sources: Vec<SourceSheet>,
    profiles: Profiles,
    clocks: crate::clock::clocks::Clocks,
    cells: crate::records::cell_map::CellMap,
    communities: Vec<Community>,
    departments: Vec<crate::records::directory::Department>,
    pub(crate) lists: crate::metrics::lists::Lists,
    persons: std::collections::BTreeSet<String>,
    wall: super::wall::Wall,
    as_of: Seconds,
    returned: std::collections::BTreeMap<crate::origin::FileId, String>,
}

impl World {
    /// The same company with facts of a test's own.
    pub(crate) fn with_facts(self, facts: Vec<Fact>, names: BTreeMap<Scope, Arc<str>>, as_of: Seconds) -> Self {
        Self { facts: FactTable::new(facts, names), as_of, ..self }
    }

    /// The same company with communities and departments, each by id and name, in the order of their codes.
    pub(crate) fn with_names(self, communities: &[(&str, &str)], departments: &[(&str, &str)]) -> Self {
        let community = |(id, name): &(&str, &str)| Community {
            id: (*id).into(),
            name: (*name).into(),
            aliases: Vec::new(),
            households: None,
            occupied: None,
            moved_in: None,
            listed: crate::records::community::Listed::default(),
        };
        let department = |(id, name): &(&str, &str)| crate::records::directory::Department {
            id: (*id).into(),
            name: (*name).into(),
        };
        let (communities, departments) =
            (communities.iter().map(community).collect(), departments.iter().map(department).collect());
        Self { communities, departments, ..self }
    }

    pub(crate) fn input(&self, language: Language) -> ReportInput<'_> {
        ReportInput {
            organisation: "安居物业服务有限公司",
            facts: &self.facts,
            metrics: &self.metrics,
            restated: &self.restated,
            ledger: &self.ledger,
            problems: &self.problems,
            files: &self.files,
            sources: &self.sources,
            returned: &self.returned,
            profiles: &self.profiles,
            clocks: &self.clocks,
            cells: &self.cells,
            communities: &self.communities,
            departments: &self.departments,
            lists: &self.lists,
            persons: &self.persons,
            wall: &self.wall,
            as_of: self.as_of,
            periods: None,
            plan: &self.plan,
            language,
            words: super::words::Words::of(language),
        }
    }
}

/// Gathers facts.
struct Facts(Vec<Fact>);

impl Facts {
    fn push(&mut self, key: FactKey, unit: Unit, numbers: (Option<f64>, Option<f64>, Option<f64>), target: &str) {
        let (numerator, denominator, value) = numbers;
        let verdict = match (target.parse::<Bound>(), value) {
            (Ok(bound), Some(value)) if bound.is_met_by(value) => Verdict::Met,
            (Ok(_), Some(_)) => Verdict::Missed,
            (Ok(_), None) => Verdict::NoData,
            (Err(_), _) => Verdict::None,
        };
        let interval = value.filter(|_| key.metric.starts_with("survey.") && unit == Unit::Ratio);
        self.0.push(Fact {
            key,
            clause: "4.3.2".into(),
            numerator,
            denominator,
            value,
            unit,
            target: target.into(),
            verdict,
            interval: interval.map(|v| ((v - 0.03).max(0.0), (v + 0.02).min(1.0))),
            excluded: 0,
            note: "".into(),
        });
    }

    fn count(&mut self, at: &At<'_>, metric: &str, dimension: Option<(Dimension, &str)>, value: f64) {
        self.push(at.key(metric, dimension), Unit::Count, (None, None, Some(value)), "");
    }

    fn rate(&mut self, at: &At<'_>, metric: &str, dimension: Option<(Dimension, &str)>, of: (f64, f64), target: &str) {
        let value = (of.1 > 0.0).then(|| of.0 / of.1);
        self.push(at.key(metric, dimension), Unit::Ratio, (Some(of.0), Some(of.1), value), target);
    }

    fn minutes(&mut self, at: &At<'_>, metric: &str, value: f64, n: f64) {
        let value = (n > 0.0).then_some(value);
        self.push(at.key(metric, None), Unit::Minutes, (None, Some(n), value), "");
    }
}

struct At<'a> {
    profile: &'a str,
    period: Period,
    scope: Scope,
}

impl At<'_> {
    fn key(&self, metric: &str, dimension: Option<(Dimension, &str)>) -> FactKey {
        FactKey {
            profile: self.profile.into(),
            metric: metric.into(),
            period: self.period,
            scope: self.scope.clone(),
            dimension: dimension.map(|(dimension, value)| (dimension, Arc::from(value))),
            dimension2: None,
        }
    }
}

impl Sample {
    /// Makes the company.
    pub(crate) fn world(&self) -> World {
        let mut facts = Facts(Vec::new());
        let last = Period::Month(2025, 6).first_month();
        for number in last - 12..=last {
            let scale = f64::from(3 + (number * 7) % 5);
            let scale = if self.empty_month && number == last { 0.0 } else { scale };
            for (scope, part) in [
                (Scope::Group, 40.0),
                (Scope::Community("c1".into()), 28.0),
                (Scope::Community("c2".into()), 8.0),
                (Scope::Community("none".into()), 4.0),
            ] {
                self.month(&mut facts, Period::of_month_number(number), &scope, (scale * part).round());
            }
            for (department, part) in [("eng", 24.0), ("sec", 16.0)] {
                let at = At {
                    profile: "complaint-classes",
                    period: Period::of_month_number(number),
                    scope: Scope::Department(department.into()),
                };
                let n = scale * part;
                facts.count(&at, "complaint.received", None, n);
                facts.rate(&at, "complaint.response.on_time", None, ((n * 0.9).floor(), n), ">=1");
            }
        }
        for period in [Period::Half(2024, 2), Period::Half(2025, 1)] {
            for scope in [Scope::Group, Scope::Community("c1".into()), Scope::Community("c2".into())] {
                self.round(&mut facts, period, &scope);
            }
        }
        for fact in facts.0.iter_mut().filter(|fact| fact.key.period.end() > self.as_of) {
            fact.note = crate::metrics::fact::UNFINISHED.into();
        }
        World {
            plan: super::Plan::default(),
            restated: crate::seal::compare::Restated::default(),
            facts: FactTable::new(facts.0, self.names()),
            metrics: crate::metrics::metric::Descriptions::new(),
            ledger: ledger(),
            problems: problems(),
            files: vec!["翠园/投诉登记 2025.xlsx".to_owned(), "海棠湾/tousu.csv".to_owned()],
            sources: vec![
                SourceSheet { file: 0, sheet: "6月".to_owned() },
                SourceSheet { file: 1, sheet: String::new() },
            ],
            profiles: profiles(),
            clocks: crate::clock::clocks::Clocks::new(&crate::config::Config::default()).unwrap(),
            cells: crate::records::cell_map::CellMap::default(),
            communities: Vec::new(),
            departments: Vec::new(),
            lists: crate::metrics::lists::Lists::default(),
            persons: ["张三".to_owned()].into_iter().collect(),
            wall: self.wall(),
            as_of: self.as_of,
            returned: std::collections::BTreeMap::new(),
        }
    }

    /// A wall that knows the only person and the names of communities and departments.
    fn wall(&self) -> super::wall::Wall {
        let names = self.names();
        let words = super::words::Words::of(Language::Zh);
        super::wall::Wall::new(super::wall::Guard::new(["张三"].into_iter(), names.values().map(|name| &**name), words))
    }

    fn names(&self) -> BTreeMap<Scope, Arc<str>> {
        BTreeMap::from([
            (Scope::Community("c1".into()), Arc::from(self.community.as_str())),
            (Scope::Community("c2".into()), Arc::from("海棠湾")),
            (Scope::Department("eng".into()), Arc::from("工程部")),
            (Scope::Department("sec".into()), Arc::from("秩序部")),
        ])
    }

    fn month(&self, facts: &mut Facts, period: Period, scope: &Scope, received: f64) {
        let at = At { profile: "complaint-classes", period, scope: scope.clone() };
        let valid = (received * 0.7).floor();
        facts.count(&at, "complaint.received", None, received);
        facts.count(&at, "complaint.valid", None, valid);
        facts.rate(&at, "complaint.valid_share", None, (valid, received), "");
        facts.rate(&at, "complaint.resolved_share", None, ((received * 0.93).floor(), received), "");
        facts.count(&at, "complaint.open", None, (received * 0.07).ceil());
        facts.count(&at, "complaint.overdue", None, (received * 0.04).floor());
        facts.count(&at, "complaint.open_at_end", None, (received * 0.1).ceil());
        facts.rate(&at, "complaint.response.on_time", None, ((received * 0.95).floor(), received), ">=1");
        facts.rate(&at, "complaint.response.on_time_finished", None, ((received * 0.95).floor(), received * 0.98), "");
        facts.count(
            &at,
            "complaint.response.on_time",
            Some((Dimension::Excluded, "uncertain")),
            (received * 0.02).floor(),
        );
        facts.count(
            &at,
            "complaint.response.on_time",
            Some((Dimension::Excluded, "no_start")),
            (received * 0.05).floor(),
        );
        facts.minutes(&at, "complaint.response.median", 200.0 + received, received);
        facts.minutes(&at, "complaint.response.p90", 1_900.0, received);
        let mut rest = received;
        for (place, category) in self.categories.iter().enumerate() {
            // A long list of categories is scattered, a short one concentrated.
            let part = if self.categories.len() > 20 { 0.05 } else { 0.4 };
            let n = if place + 1 == self.categories.len() { rest } else { (rest * part).ceil().min(rest) };
            rest -= n;
            if n > 0.0 {
                facts.count(&at, "complaint.received", Some((Dimension::Category, category)), n);
            }
        }
        for (class, part) in [("1", 0.7), ("2", 0.2), ("3", 0.1)] {
            facts.count(&at, "complaint.received", Some((Dimension::Class, class)), (received * part).round());
        }
        for (channel, part) in [("电话", 0.6), ("前台", 0.3), ("微信", 0.1)] {
            facts.count(&at, "complaint.received", Some((Dimension::Channel, channel)), (received * part).round());
        }
        Self::ages(facts, &at, (received * 0.07).ceil(), (received * 0.04).floor());
        Self::times(facts, &at, received);
        let manual = At { profile: "service-center", period, scope: scope.clone() };
        for deadline in ["told", "closing", "department"] {
            facts.rate(
                &manual,
                &format!("complaint.{deadline}.on_time"),
                None,
                ((received * 0.9).floor(), received),
                "",
            );
        }
        facts.count(&manual, "repair.received", None, received * 3.0);
        facts.rate(&manual, "repair.resolved_share", None, (received * 2.9, received * 3.0), "");
        facts.rate(&manual, "repair.closing.on_time", None, ((received * 2.7).floor(), received * 3.0), "");
        facts.count(&at, "callback.due", None, valid);
        facts.rate(&at, "callback.satisfied_share", None, (valid - 1.0, valid), "");
    }

    /// How old what is open is: the overdue cases are the oldest.
    fn ages(facts: &mut Facts, at: &At<'_>, open: f64, overdue: f64) {
        let overdue = overdue.min(open);
        let ages = [("under_3_days", open - overdue, 0.0), ("over_30_days", overdue, overdue)];
        for (age, open, overdue) in ages.into_iter().filter(|(_, open, _)| *open > 0.0) {
            facts.count(at, "complaint.open", Some((Dimension::Age, age)), open);
            facts.count(at, "complaint.overdue", Some((Dimension::Age, age)), overdue);
        }
    }

    /// Cases by weekday, by hour, and for the group by both, spread over the week and the day.
    fn times(facts: &mut Facts, at: &At<'_>, received: f64) {
        let mut cells: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for case in (0_u32..).take_while(|case| f64::from(*case) < received) {
            *cells.entry((1 + case * 3 % 7, 8 + case * 5 % 11)).or_default() += 1.0;
        }
        let (mut by_day, mut by_hour) = (BTreeMap::new(), BTreeMap::new());
        for ((day, hour), cases) in cells {
            *by_day.entry(day).or_insert(0.0) += cases;
            *by_hour.entry(hour).or_insert(0.0) += cases;
            if at.scope == Scope::Group {
                let mut key = at.key("complaint.received", Some((Dimension::Weekday, &day.to_string())));
                key.dimension2 = Some((Dimension::Hour, format!("{hour:02}").into()));
                facts.push(key, Unit::Count, (None, None, Some(cases)), "");
            }
        }
        for (day, cases) in by_day {
            facts.count(at, "complaint.received", Some((Dimension::Weekday, &day.to_string())), cases);
        }
        for (hour, cases) in by_hour {
            facts.count(at, "complaint.received", Some((Dimension::Hour, &format!("{hour:02}"))), cases);
        }
    }

    fn round(&self, facts: &mut Facts, period: Period, scope: &Scope) {
        let at = At { profile: "survey-procedure", period, scope: scope.clone() };
        facts.count(&at, "survey.issued", None, 500.0);
        facts.count(&at, "survey.returned", None, 420.0);
        facts.count(&at, "survey.valid_forms", None, 415.0);
        facts.rate(&at, "survey.issue_rate", None, (500.0, 560.0), ">=0.85");
        facts.rate(&at, "survey.return_rate", None, (420.0, 500.0), ">=0.6");
        let mut sum = 0.0;
        for (place, item) in self.items.iter().enumerate() {
            let place = f64::from(u32::try_from(place).unwrap_or(0));
            let n = if place < 1.0 { self.fewest_answers } else { 400.0 - place };
            let bad = (n * (0.02 + 0.013 * (place % 7.0))).floor();
            facts.rate(&at, "survey.item_satisfied", Some((Dimension::Item, item)), (n - bad, n), "");
            sum += (n - bad) / n;
            let good = n - bad;
            let levels = [
                ("extremely_satisfied", (good * 0.3).floor()),
                ("satisfied", (good * 0.5).floor()),
                ("basically_satisfied", good - (good * 0.3).floor() - (good * 0.5).floor()),
                ("neutral", (bad * 0.5).floor()),
                ("dissatisfied", bad - (bad * 0.5).floor()),
                ("no_opinion", 3.0),
            ];
            for (level, n) in levels {
                let mut key = at.key("survey.answers", Some((Dimension::Item, item)));
                key.dimension2 = Some((Dimension::Level, level.into()));
                facts.push(key, Unit::Count, (None, None, Some(n)), "");
            }
        }
        facts.count(&at, "survey.item_satisfied", Some((Dimension::Excluded, "no_opinion")), 21.0);
        let items = f64::from(u32::try_from(self.items.len()).unwrap_or(1));
        facts.rate(&at, "survey.overall_satisfied", None, (sum, items), ">=0.96");
    }
}

fn ledger() -> Ledger {
    let rows = RowCounts {
        rows: 1_250,
        record_rows: 1_200,
        continuation: 10,
        rejected: 5,
        duplicates: 8,
        headings: 12,
        totals: 5,
        notes: 6,
        blanks: 3,
        unrecognised: 1,
    };
    let line = |source| LedgerLine { source, block: 1, range: None, kind: "complaint", rows, yielded: 1_200 };
    Ledger { lines: vec![line(0), line(1)] }
}

fn problems() -> Vec<Problem> {
    let mut problems = vec![
        Problem::at(0, CellAt { row: 4, col: 1 }, Code::DateUnreadable, "2025.13.45 <b>13812345678</b>"),
        Problem::about(0, Code::EncodingGuessed, "GB18030"),
    ];
    problems.extend((0..230).map(|row| Problem::at(1, CellAt { row, col: 2 }, Code::RowRejected, "张三")));
    problems
}

fn profiles() -> Profiles {
    let texts = [
        include_str!("../profile/builtin/complaint-classes.toml"),
        include_str!("../profile/builtin/service-center.toml"),
        include_str!("../profile/builtin/survey-procedure.toml"),
    ];
    let head = |subject, name: &str| (subject, name.to_owned());
    Profiles {
        all: texts.iter().filter_map(|text| toml::from_str(text).ok()).collect(),
        heads: BTreeMap::from([
            head(Subject::Complaint, "complaint-classes"),
            head(Subject::Repair, "service-center"),
            head(Subject::Callback, "complaint-classes"),
            head(Subject::Survey, "survey-procedure"),
            head(Subject::Schedule, "survey-procedure"),
        ]),
        further: vec!["service-center".to_owned()],
        ..Profiles::default()
    }
}
