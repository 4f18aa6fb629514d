//! Documents: each once, for periods that have a report, and a list of cases names the deadline whose cases it lists.

use super::{Found, way};
use crate::profile::schema::{DocumentId, Every, Profile, Subject};

/// Lines to sign for which a sheet has room.
const MOST_APPROVALS: usize = 5;

/// Checks the documents.
pub(super) fn check(profile: &Profile, found: &mut Found) {
    let ids: Vec<_> = profile.documents.iter().map(|document| (document.id.word(), ())).collect();
    found.ids("document", &ids);
    for (at, document) in profile.documents.iter().enumerate() {
        for (number, every) in document.every.iter().enumerate() {
            if !matches!(every, Every::Month | Every::Quarter | Every::Half | Every::Year) {
                found.at(
                    way!["document", at, "every", number],
                    "文件按月、季、半年或年编制：month、quarter、half、year",
                    "a document is of a month, quarter, half year or year: month, quarter, half, year",
                );
            }
        }
        if document.approvals.len() > MOST_APPROVALS {
            found.at(
                way!["document", at, "approvals"],
                format!("签署栏最多 {MOST_APPROVALS} 个，再多纸上放不下"),
                format!("at most {MOST_APPROVALS} approvals: a sheet has no room for more"),
            );
        }
        let lists_cases = document.id == DocumentId::EscalatedCases;
        match &document.deadline {
            Some(deadline) if lists_cases => {
                let known: Vec<&str> =
                    profile.deadlines_of(Subject::Complaint).map(|known| known.id.as_str()).collect();
                if !known.contains(&deadline.as_str()) {
                    found.unknown(
                        way!["document", at, "deadline"],
                        ("投诉的时限", "deadline on complaints"),
                        deadline,
                        &known,
                    );
                }
            }
            Some(_) => found.at(
                way!["document", at, "deadline"],
                "deadline 只用于 id = \"escalated_cases\"",
                "`deadline` is for id = \"escalated_cases\" only",
            ),
            None if lists_cases => found.at(
                way!["document", at, "id"],
                "escalated_cases 要写 deadline：汇总哪一条时限的投诉",
                "`escalated_cases` says by `deadline` which deadline's cases it lists",
            ),
            None => {}
        }
    }
}
