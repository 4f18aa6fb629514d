//! Pages, side by side: each is composed, rendered and written to staging, and gives only its entry of the manifest and the number
//! cards that it cites. The cards come last: only those that are cited are made.

use std::collections::BTreeSet;

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use super::{Phase, Progress, RunError};
use crate::metrics::explain::find;
use crate::publish::{Entry, Publisher};
use crate::records::assemble::Records;
use crate::render::Renderer;
use crate::report::cards::{Citations, Deck};
use crate::report::{Page, PageTask, ReportInput, compose, drop_links, page_plan, wall};

/// Makes all pages; the entries, and why pages were withheld. Pages for the wall that name a person, a phone, a room, a plate or an identity number are withheld.
pub(super) fn make(
    input: &ReportInput<'_>,
    records: &Records,
    renderer: &Renderer,
    publisher: &Publisher,
    progress: &dyn Progress,
) -> Result<(Vec<Entry>, Vec<String>), RunError> {
    let plan = page_plan(input);
    progress.phase(Phase::Rendering, plan.len());
    // Pages for the wall are judged first, so that no page links to one that is withheld.
    let (walled, inner): (Vec<_>, Vec<_>) = plan.into_iter().partition(PageTask::is_public);
    let mut entries = Vec::new();
    let mut withheld = Withheld::default();
    let judged: Vec<Result<Result<Entry, wall::WallBreach>, RunError>> = walled
        .par_iter()
        .map(|task| {
            let page = compose(input, task);
            let outcome = match wall::guard(&page, input.persons) {
                Ok(()) => Ok(write(&page, renderer, publisher)?),
                Err(breach) => Err(breach),
            };
            progress.step();
            Ok(outcome)
        })
        .collect();
    for page in judged {
        match page? {
            Ok(entry) => entries.push(entry),
            Err(breach) => {
                withheld.reasons.push(breach.to_string());
                withheld.paths.insert(breach.path);
            }
        }
    }
    let made: Vec<Result<(Entry, Citations), RunError>> = inner
        .par_iter()
        .map(|task| {
            let mut page = compose(input, task);
            drop_links(&mut page, &withheld.paths);
            let entry = write(&page, renderer, publisher)?;
            progress.step();
            Ok((entry, Citations::of(&page)))
        })
        .collect();
    let mut citations = Citations::default();
    for page in made {
        let (entry, cited) = page?;
        entries.push(entry);
        citations.add(cited);
    }
    entries.extend(cards(input, records, citations, (renderer, publisher), progress)?);
    Ok((entries, withheld.reasons))
}

/// Makes the pages of the number cards that are cited.
fn cards(
    input: &ReportInput<'_>,
    records: &Records,
    citations: Citations,
    (renderer, publisher): (&Renderer, &Publisher),
    progress: &dyn Progress,
) -> Result<Vec<Entry>, RunError> {
    let deck = Deck::of(input, citations);
    progress.phase(Phase::Rendering, deck.pages().len());
    let wanted = (deck.wanted(), deck.limits());
    let found = find(records, input.profiles, input.clocks, input.as_of, input.facts, wanted)?;
    let made: Vec<Result<Vec<Entry>, RunError>> = deck
        .pages()
        .par_iter()
        .map(|cards| {
            let pages = deck.compose(input, &found, cards);
            progress.step();
            pages.iter().map(|page| write(page, renderer, publisher)).collect()
        })
        .collect();
    let mut entries = Vec::new();
    for pages in made {
        entries.extend(pages?);
    }
    Ok(entries)
}

/// Pages that were not written.
#[derive(Default)]
struct Withheld {
    paths: BTreeSet<String>,
    reasons: Vec<String>,
}

fn write(page: &Page, renderer: &Renderer, publisher: &Publisher) -> Result<Entry, RunError> {
    let html = renderer.render(page)?;
    Ok(publisher.write(&page.path, |out| out.write_all(html.as_bytes()))?)
}
