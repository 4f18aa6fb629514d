//! A community's list of documents, with its latest figures.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::view::{Composed, Frame, frame, model, scope_name};
use super::super::{PageTask, ReportInput};
use super::index::documents::{self, YearOfDocuments};
use super::index::latest::{self, LatestFigures};
use super::{PageKind, Place};
use crate::metrics::fact::Scope;

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: "community.html", public: false, plan, compose };

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct CommunityPage {
    frame: Frame,
    figures_title: String,
    figures: Vec<LatestFigures>,
    pages_title: String,
    years: Vec<YearOfDocuments>,
}

/// Its pages hang on those of the other kinds: see [`places`].
fn plan(_: &ReportInput<'_>) -> Vec<Place> {
    Vec::new()
}

/// One for each community that has a document.
pub(crate) fn places(tasks: &[PageTask]) -> Vec<Place> {
    let scopes: BTreeSet<&Scope> =
        tasks.iter().map(|task| &task.scope).filter(|scope| matches!(scope, Scope::Community(_))).collect();
    let place =
        |scope: &Scope| Place { path: format!("communities/{}.html", scope.id()), period: None, scope: scope.clone() };
    scopes.into_iter().map(place).collect()
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let words = input.words;
    let say = |key| words.say(key, &[]);
    model(&CommunityPage {
        frame: frame(input, task, scope_name(input, &task.scope), &say("index.subtitle")),
        figures_title: say("index.figures_title"),
        figures: latest::figures(input, task, &task.scope),
        pages_title: say("index.pages_of_community"),
        years: documents::years(input, (task, "y"), input.pages_of(&task.scope)),
    })
}
