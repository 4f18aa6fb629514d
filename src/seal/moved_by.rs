//! Which rows moved a fact: of its subject, its scope and its breakdown.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::compare::{MovedRow, What};
use super::fact::SealedFact;
use super::print::Print;
use super::records::{CALLBACK, COMMUNITY, COMPLAINT, FORM, REPAIR, ROUND};

/// The rows that moved, by kind and by whose they are: facts of one community do not look at the rows of the others.
pub(super) struct RowIndex<'a> {
    rows: &'a [MovedRow],
    kinds: BTreeMap<&'a str, OfKind<'a>>,
    /// Rows by what they are asked by: facts that differ in their metric's end alone have the same.
    found: HashMap<Asked, Rc<Vec<usize>>>,
}

#[derive(Default)]
struct OfKind<'a> {
    all: Vec<usize>,
    communities: HashMap<&'a str, Vec<usize>>,
    departments: HashMap<&'a str, Vec<usize>>,
}

/// All of a fact by which rows are chosen.
#[derive(PartialEq, Eq, Hash)]
struct Asked {
    kinds: Vec<String>,
    profile: String,
    scope: String,
    scope_id: String,
    dimensions: [(String, String); 2],
}

impl<'a> RowIndex<'a> {
    pub(super) fn of(rows: &'a [MovedRow]) -> Self {
        let mut kinds: BTreeMap<&str, OfKind<'_>> = BTreeMap::new();
        // A row that went from one community to another is of both, and once in each list.
        let put = |list: &mut Vec<usize>, at: usize| {
            if list.last() != Some(&at) {
                list.push(at);
            }
        };
        for (at, row) in rows.iter().enumerate() {
            for print in [&row.sealed, &row.now].into_iter().flatten() {
                let of = kinds.entry(print.kind.as_str()).or_default();
                put(&mut of.all, at);
                put(of.communities.entry(&*print.community).or_default(), at);
                put(of.departments.entry(&*print.department).or_default(), at);
            }
        }
        Self { rows, kinds, found: HashMap::new() }
    }

    /// The rows that moved a fact: of its subject and scope and, where given, its breakdown. Of a rate on a deadline those whose
    /// outcome moved.
    pub(super) fn rows_of(&mut self, fact: &SealedFact) -> Vec<usize> {
        let rows = self.rows;
        let concerned = self.concerned(fact);
        let of = |choose: &dyn Fn(&MovedRow) -> bool| -> Vec<usize> {
            concerned.iter().copied().filter(|at| rows.get(*at).is_some_and(choose)).collect()
        };
        let mut parts = fact.metric.splitn(3, '.').skip(1);
        let deadline = format!("{}/{}", fact.profile, parts.next().unwrap_or(""));
        if parts.next().is_some_and(|what| ["on_time", "on_time_finished", "done_share"].contains(&what)) {
            let by_outcome = of(&|row| row.codes.iter().any(|(name, then, now)| *name == deadline && then != now));
            if !by_outcome.is_empty() {
                return by_outcome;
            }
        }
        // That a table has one more column says less than any other change.
        let told = of(&|row| row.what != What::Changed || row.fields != ["present"] || !row.codes.is_empty());
        if told.is_empty() { concerned.to_vec() } else { told }
    }

    /// The rows of a fact's subject, scope and breakdown, in order.
    fn concerned(&mut self, fact: &SealedFact) -> Rc<Vec<usize>> {
        let kinds: Vec<&str> = self.kinds.keys().copied().filter(|kind| is_kind(fact, kind)).collect();
        let asked = Asked {
            kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
            profile: fact.profile.clone(),
            scope: fact.scope.clone(),
            scope_id: fact.scope_id.clone(),
            dimensions: fact.dimensions.clone(),
        };
        if let Some(found) = self.found.get(&asked) {
            return Rc::clone(found);
        }
        let lists = kinds.iter().filter_map(|kind| self.kinds.get(kind)).filter_map(|of| match fact.scope.as_str() {
            "community" => of.communities.get(fact.scope_id.as_str()),
            "department" => of.departments.get(fact.scope_id.as_str()),
            _ => Some(&of.all),
        });
        let mut places: Vec<usize> = lists.flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places.retain(|at| self.rows.get(*at).is_some_and(|row| concerns(fact, row)));
        let places = Rc::new(places);
        self.found.insert(asked, Rc::clone(&places));
        places
    }
}

fn concerns(fact: &SealedFact, row: &MovedRow) -> bool {
    [&row.sealed, &row.now].into_iter().flatten().any(|print| is_of(fact, print))
}

fn is_of(fact: &SealedFact, print: &Print) -> bool {
    let is_scope = match fact.scope.as_str() {
        "community" => *print.community == *fact.scope_id,
        "department" => *print.department == *fact.scope_id,
        _ => true,
    };
    is_kind(fact, &print.kind)
        && is_scope
        && fact.dimensions.iter().all(|(dimension, value)| has(fact, print, dimension, value))
}

/// Whether records of a kind move a fact.
fn is_kind(fact: &SealedFact, kind: &str) -> bool {
    let kinds: &[&str] = match fact.metric.split('.').next().unwrap_or("") {
        // What is counted per household hangs on the community as well, and what joins cases and callbacks on both.
        "complaint" => &[COMPLAINT, CALLBACK, COMMUNITY],
        "repair" => &[REPAIR, CALLBACK, COMMUNITY],
        "callback" => &[CALLBACK],
        "survey" => &[FORM, ROUND, "round-unit", COMMUNITY],
        "schedule" => &[ROUND, "duty-done", COMPLAINT, REPAIR],
        _ => &[],
    };
    let joins = fact.metric.contains("callback") || fact.metric.contains("satisfied");
    match kind {
        COMMUNITY => kinds.contains(&COMMUNITY) && (fact.metric.contains("household") || kinds.contains(&FORM)),
        CALLBACK => kinds == [CALLBACK] || kinds.contains(&CALLBACK) && joins,
        kind if kinds.is_empty() => ![COMPLAINT, REPAIR, FORM].contains(&kind),
        kind => kinds.contains(&kind),
    }
}

/// Whether a record is of a value of a breakdown, as far as its print tells.
fn has(fact: &SealedFact, print: &Print, dimension: &str, value: &str) -> bool {
    let value = value.strip_prefix('\'').unwrap_or(value);
    match dimension {
        "category" | "channel" | "building" | "method" | "topic" | "item" => {
            if value == "none" {
                !print.tells(dimension)
            } else {
                print.says(dimension, value)
            }
        }
        "class" | "severity" | "hour" | "weekday" => {
            let code = print.code(&format!("{}:{dimension}", fact.profile));
            code.is_none_or(|code| code == value.replace(' ', "_")) && (code.is_some() || value == "none")
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::fact::Numbers;
    use crate::seal::print::Place;

    fn row(kind: &str, communities: [Option<&str>; 2], department: &str, outcome: [&str; 2]) -> MovedRow {
        let print = |community: &str, word: &str| Print {
            kind: kind.to_owned(),
            identity: 1,
            content: 2,
            community: community.into(),
            department: department.into(),
            period: String::new(),
            place: Place::default(),
            fields: Vec::new(),
            codes: vec![("p/response".to_owned(), word.into())],
        };
        let [sealed, now] = [0, 1].map(|at| communities[at].map(|community| print(community, outcome[at])));
        let codes = vec![("p/response".to_owned(), outcome[0].to_owned(), outcome[1].to_owned())];
        let codes = if outcome[0] == outcome[1] { Vec::new() } else { codes };
        MovedRow { what: What::Changed, sealed, now, place: Place::default(), fields: Vec::new(), codes }
    }

    fn fact(metric: &str, scope: [&str; 2]) -> SealedFact {
        SealedFact {
            profile: "p".to_owned(),
            metric: metric.to_owned(),
            scope: scope[0].to_owned(),
            scope_id: scope[1].to_owned(),
            dimensions: Default::default(),
            id: String::new(),
            numbers: Numbers::default(),
        }
    }

    #[test]
    fn a_fact_names_the_rows_of_its_own_subject_and_scope_and_a_row_that_changed_hands_is_of_both() {
        let rows = [
            row(COMPLAINT, [Some("a"), Some("b")], "x", ["late", "late"]),
            row(COMPLAINT, [Some("a"), Some("a")], "y", ["late", "on_time"]),
            row(REPAIR, [Some("a"), Some("a")], "x", ["late", "late"]),
            row(CALLBACK, [None, Some("b")], "x", ["late", "late"]),
            row(COMPLAINT, [Some("c"), None], "x", ["late", "late"]),
        ];
        let mut index = RowIndex::of(&rows);
        let mut of = |metric: &str, scope: [&str; 2]| index.rows_of(&fact(metric, scope));
        assert_eq!(of("complaint.received", ["group", ""]), [0, 1, 4]);
        assert_eq!(of("complaint.received", ["community", "a"]), [0, 1]);
        assert_eq!(of("complaint.received", ["community", "b"]), [0]);
        assert_eq!(of("complaint.received", ["department", "x"]), [0, 4]);
        assert_eq!(of("complaint.received", ["community", "nobody's"]), [0; 0]);
        assert_eq!(of("complaint.response.on_time", ["community", "a"]), [1], "whose outcome moved");
        assert_eq!(of("repair.received", ["community", "a"]), [2]);
        // A share of the satisfied joins cases and callbacks; the facts before it do not.
        assert_eq!(of("complaint.again_after_satisfied_share", ["community", "b"]), [0, 3]);
        assert_eq!(of("callback.satisfied_share", ["community", "b"]), [3]);
    }

    #[test]
    fn what_a_fact_looks_at_grows_with_its_own_rows_and_not_with_those_of_all_communities() {
        let names: Vec<String> = (0..400).map(|number| format!("c{number}")).collect();
        let rows: Vec<MovedRow> = (0..8_000)
            .map(|at| row(COMPLAINT, [Some(&names[at % 400]), Some(&names[at % 400])], "x", ["late", "late"]))
            .collect();
        let mut index = RowIndex::of(&rows);
        for name in &names {
            for metric in 0..10 {
                assert_eq!(index.rows_of(&fact(&format!("complaint.m{metric}"), ["community", name])).len(), 20);
            }
        }
        // Ten facts of a community share one look at its rows.
        assert_eq!(index.found.len(), 400);
        assert_eq!(index.found.values().map(|rows| rows.len()).sum::<usize>(), 8_000);
    }
}
