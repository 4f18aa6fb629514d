//! Pages, side by side: each is composed, rendered and written to staging, and gives only its entry of the manifest.

use std::collections::BTreeSet;

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use super::{Phase, Progress, RunError};
use crate::publish::{Entry, Publisher};
use crate::render::Renderer;
use crate::report::{Page, PageTask, ReportInput, compose, drop_links, page_plan, wall};

/// Makes all pages; the entries, and why pages were withheld. Pages for the wall that name a person, a phone, a room, a plate or an identity number are withheld.
pub(super) fn make(
    input: &ReportInput<'_>,
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
            let outcome = walled_page(input, task, renderer, publisher);
            progress.step();
            outcome
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
    let made: Vec<Result<Entry, RunError>> = inner
        .par_iter()
        .map(|task| {
            let mut page = compose(input, task);
            drop_links(&mut page, &withheld.paths);
            let entry = write(&page, renderer, publisher);
            progress.step();
            entry
        })
        .collect();
    for page in made {
        entries.push(page?);
    }
    Ok((entries, withheld.reasons))
}

/// Makes a page for the wall: judged by what it would say, then by what it shows, and only then written.
fn walled_page(
    input: &ReportInput<'_>,
    task: &PageTask,
    renderer: &Renderer,
    publisher: &Publisher,
) -> Result<Result<Entry, wall::WallBreach>, RunError> {
    let guard = &input.wall.guard;
    let page = compose(input, task);
    if let Err(breach) = guard.page(&page) {
        return Ok(Err(breach));
    }
    let html = renderer.render(&page)?;
    if let Err(breach) = guard.html(&page, &html) {
        return Ok(Err(breach));
    }
    Ok(Ok(publisher.write(&page.path, |out| out.write_all(html.as_bytes()))?))
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
