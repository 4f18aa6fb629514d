//! Problems put together by what they are, for people who read a list of them.

use std::collections::BTreeMap;

use crate::problem::{Code, Problem, Severity};

/// All problems of one code.
#[derive(Debug)]
pub struct Group<'a> {
    /// The code.
    pub code: Code,
    /// The problems, in the order in which they came.
    pub problems: Vec<&'a Problem>,
}

/// Puts problems together by code: errors first, then warnings, then notes; among these the order of the table of codes.
#[must_use]
pub fn grouped<'a>(problems: impl IntoIterator<Item = &'a Problem>) -> Vec<Group<'a>> {
    let mut groups: BTreeMap<(Severity, Code), Vec<&Problem>> = BTreeMap::new();
    for problem in problems {
        groups.entry((problem.code.wording().severity, problem.code)).or_default().push(problem);
    }
    groups.into_iter().map(|((_, code), problems)| Group { code, problems }).collect()
}
