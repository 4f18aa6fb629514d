//! Pages, side by side: each is composed, rendered and written to staging, and gives only its entry of the manifest.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use super::{Phase, Progress, RunError, goes_on};
use crate::moment::date_of;
use crate::publish::{Entry, Publisher};
use crate::render::{Renderer, book};
use crate::report::{Page, PageTask, ReportInput, compose, drop_links, wall};

/// Makes all pages; the entries, and why pages were withheld. Pages for the wall that name a person, a phone, a room, a plate or an identity number are withheld.
pub(super) fn make(
    input: &ReportInput<'_>,
    renderer: &Renderer,
    publisher: &Publisher,
    progress: &dyn Progress,
) -> Result<(Vec<Entry>, Vec<String>), RunError> {
    goes_on(progress)?;
    let making = Making { renderer, publisher, dated: date_of(input.as_of - 1) };
    let plan = input.pages();
    progress.phase(Phase::Rendering, plan.len());
    // Pages for the wall are judged first, so that no page links to one that is withheld.
    let (walled, inner): (Vec<_>, Vec<_>) = plan.iter().partition(|task| task.is_public());
    let mut entries = Vec::new();
    let mut withheld = Withheld::default();
    let judged: Vec<Result<Result<Vec<Entry>, wall::WallBreach>, RunError>> = walled
        .par_iter()
        .map(|task| {
            let outcome = walled_page(input, task, making);
            progress.step();
            outcome
        })
        .collect();
    for page in judged {
        match page? {
            Ok(made) => entries.extend(made),
            Err(breach) => {
                withheld.reasons.push(breach.to_string());
                withheld.paths.insert(breach.path);
            }
        }
    }
    let made: Vec<Result<Vec<Entry>, RunError>> = inner
        .par_iter()
        .map(|task| {
            let mut page = compose(input, task);
            drop_links(&mut page, &withheld.paths);
            let made =
                making.renderer.render(&page).map_err(RunError::from).and_then(|html| write(&page, &html, making));
            progress.step();
            made
        })
        .collect();
    for page in made {
        entries.extend(page?);
    }
    Ok((entries, withheld.reasons))
}

/// Makes a page for the wall: judged by what it would say, then by what it shows, and only then written.
fn walled_page(
    input: &ReportInput<'_>,
    task: &PageTask,
    making: Making<'_>,
) -> Result<Result<Vec<Entry>, wall::WallBreach>, RunError> {
    let guard = &input.wall.guard;
    let page = compose(input, task);
    if let Err(breach) = guard.page(&page) {
        return Ok(Err(breach));
    }
    let html = making.renderer.render(&page)?;
    if let Err(breach) = guard.html(&page, &html) {
        return Ok(Err(breach));
    }
    Ok(Ok(write(&page, &html, making)?))
}

/// Pages that were not written.
#[derive(Default)]
struct Withheld {
    paths: BTreeSet<String>,
    reasons: Vec<String>,
}

/// Writes a page, and beside it the workbook of its tables where it has one.
fn write(page: &Page, html: &str, making: Making<'_>) -> Result<Vec<Entry>, RunError> {
    let mut entries = vec![making.publisher.write(&page.path, |out| out.write_all(html.as_bytes()))?];
    if let Some(book) = &page.book {
        let bytes = book::workbook(book, making.dated)?;
        entries.push(making.publisher.write(&book::path_of(page), |out| out.write_all(&bytes))?);
    }
    Ok(entries)
}

/// What every page is made with.
#[derive(Clone, Copy)]
struct Making<'a> {
    renderer: &'a Renderer,
    publisher: &'a Publisher,
    /// The date of workbooks: the as-of date.
    dated: NaiveDate,
}
