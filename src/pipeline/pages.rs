//! Pages, side by side: each is composed, rendered and written to staging, and gives only its entry of the manifest.

use std::collections::BTreeSet;

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use super::{Phase, Progress, RunError};
use crate::publish::{Entry, Publisher};
use crate::render::Renderer;
use crate::report::{Page, PageTask, ReportInput, compose, drop_links, page_plan, wall};

/// The pages that were made.
#[derive(Default)]
pub(super) struct Made {
    /// Entries of the manifest.
    pub(super) entries: Vec<Entry>,
    /// Why pages for the wall were withheld: they name a person, a phone, a room, a plate or an identity number.
    pub(super) withheld: Vec<String>,
    /// Texts that were left out of pages for the wall for the same reasons.
    pub(super) left_out: Vec<String>,
}

/// Makes all pages.
pub(super) fn make(
    input: &ReportInput<'_>,
    renderer: &Renderer,
    publisher: &Publisher,
    progress: &dyn Progress,
) -> Result<Made, RunError> {
    let plan = page_plan(input);
    progress.phase(Phase::Rendering, plan.len());
    // Pages for the wall are judged first, so that no page links to one that is withheld.
    let (walled, inner): (Vec<_>, Vec<_>) = plan.into_iter().partition(PageTask::is_public);
    let mut made = Made::default();
    let mut withheld = BTreeSet::new();
    let judged: Vec<Result<Walled, RunError>> = walled
        .par_iter()
        .map(|task| {
            let outcome = walled_page(input, task, renderer, publisher);
            progress.step();
            outcome
        })
        .collect();
    for page in judged {
        let page = page?;
        made.left_out.extend(page.left_out.iter().map(ToString::to_string));
        match page.entry {
            Ok(entry) => made.entries.push(entry),
            Err(breach) => {
                made.withheld.push(breach.to_string());
                withheld.insert(breach.path);
            }
        }
    }
    let inner: Vec<Result<Entry, RunError>> = inner
        .par_iter()
        .map(|task| {
            let mut page = compose(input, task);
            drop_links(&mut page, &withheld);
            let entry = write(&page, renderer, publisher);
            progress.step();
            entry
        })
        .collect();
    for page in inner {
        made.entries.push(page?);
    }
    Ok(made)
}

/// A page for the wall: written, or why not.
struct Walled {
    entry: Result<Entry, wall::WallBreach>,
    left_out: Vec<wall::WallBreach>,
}

/// Makes a page for the wall: judged by what it would say, then by what it shows, and only then written.
fn walled_page(
    input: &ReportInput<'_>,
    task: &PageTask,
    renderer: &Renderer,
    publisher: &Publisher,
) -> Result<Walled, RunError> {
    let guard = &input.wall.guard;
    let mut page = compose(input, task);
    let left_out = std::mem::take(&mut page.left_out);
    let stopped = |breach| Walled { entry: Err(breach), left_out: Vec::new() };
    if let Err(breach) = guard.page(&page) {
        return Ok(stopped(breach));
    }
    let html = renderer.render(&page)?;
    if let Err(breach) = guard.html(&page, &html) {
        return Ok(stopped(breach));
    }
    let entry = publisher.write(&page.path, |out| out.write_all(html.as_bytes()))?;
    Ok(Walled { entry: Ok(entry), left_out })
}

fn write(page: &Page, renderer: &Renderer, publisher: &Publisher) -> Result<Entry, RunError> {
    let html = renderer.render(page)?;
    Ok(publisher.write(&page.path, |out| out.write_all(html.as_bytes()))?)
}
