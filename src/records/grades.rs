//! Grades of customers, joined to their cases from the list of customers.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, PolarsResult};

use super::assemble::Records;
use super::columns as c;
use super::frames::{column, frame};
use super::store::NO_NAME;
use crate::normalise::label::tidy;
use crate::normalise::place::comparable;

/// Grade of a customer by what tells them: community and place, or community and name; the list of a company may name none. Where
/// two rows of it disagree nobody knows.
#[derive(Default)]
struct Graded {
    by_place: BTreeMap<(u32, String), Option<u32>>,
    by_person: BTreeMap<(u32, String), Option<u32>>,
}

impl Records {
    /// Gives cases that bear no grade that of their customer: by community and place, else by name.
    pub(super) fn join_grades(&mut self) -> PolarsResult<()> {
        let mut graded = Graded::default();
        for entry in &self.registers.customers {
            let customer = &entry.of;
            let grade = tidy(&customer.grade);
            if grade.is_empty() {
                continue;
            }
            let code = self.names.grade.code(&grade);
            if !customer.place.is_empty() {
                note(&mut graded.by_place, (entry.community, comparable(&customer.place).into_owned()), code);
            }
            if !customer.person.is_empty() {
                note(&mut graded.by_person, (entry.community, tidy(&customer.person)), code);
            }
        }
        if graded.by_place.is_empty() && graded.by_person.is_empty() {
            return Ok(());
        }
        self.complaints = graded.joined(&self.complaints)?;
        self.repairs = graded.joined(&self.repairs)?;
        Ok(())
    }
}

/// Notes the grade of a customer; two that disagree are none.
fn note<K: Ord>(known: &mut BTreeMap<K, Option<u32>>, key: K, code: u32) {
    known.entry(key).and_modify(|before| *before = before.filter(|grade| *grade == code)).or_insert(Some(code));
}

impl Graded {
    /// The frame with the grades of its customers; as it was where none of them is on the list.
    fn joined(&self, cases: &DataFrame) -> PolarsResult<DataFrame> {
        if cases.height() == 0 {
            return Ok(cases.clone());
        }
        let community = cases.column(c::COMMUNITY)?.u32()?;
        let (place, person) = (cases.column(c::PLACE)?.str()?, cases.column(c::PERSON)?.str()?);
        let own = cases.column(c::GRADE).ok().map(|column| column.u32()).transpose()?;
        let grade = |row: usize| {
            let known = own.and_then(|own| own.get(row)).filter(|grade| *grade != NO_NAME);
            known.unwrap_or_else(|| {
                self.of(community.get(row).unwrap_or(NO_NAME), place.get(row), person.get(row)).unwrap_or(NO_NAME)
            })
        };
        let grades: Vec<u32> = (0..cases.height()).map(grade).collect();
        if own.is_none() && grades.iter().all(|grade| *grade == NO_NAME) {
            return Ok(cases.clone());
        }
        let kept = cases.columns().iter().filter(|column| column.name() != c::GRADE).cloned();
        frame(cases.height(), kept.chain([column(c::GRADE, grades)]).collect())
    }

    fn of(&self, community: u32, place: Option<&str>, person: Option<&str>) -> Option<u32> {
        let by_place = place.and_then(|place| self.by_place.get(&(community, comparable(place).into_owned())));
        let by_person = |community: u32| self.by_person.get(&(community, tidy(person?)));
        by_place.or_else(|| by_person(community)).or_else(|| by_person(NO_NAME)).copied().flatten()
    }
}
