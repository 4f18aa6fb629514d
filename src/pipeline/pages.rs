//! Pages, side by side: each is composed, rendered and written to staging, and gives only its entry of the manifest.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use super::{Phase, Progress, RunError, goes_on};
use crate::moment::date_of;
use crate::publish::{Entry, Publisher};
use crate::render::{Renderer, book};
use crate::report::{Page, ReportInput, compose, drop_links, wall};

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
            let page = compose(input, task);
            let outcome = match wall::guard(&page, input.persons) {
                Ok(()) => Ok(write(&page, making)?),
                Err(breach) => Err(breach),
            };
            progress.step();
            Ok(outcome)
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
            let made = write(&page, making);
            progress.step();
            made
        })
        .collect();
    for page in made {
        entries.extend(page?);
    }
    Ok((entries, withheld.reasons))
}

/// Pages that were not written.
#[derive(Default)]
struct Withheld {
    paths: BTreeSet<String>,
    reasons: Vec<String>,
}

/// Writes a page, and beside it the workbook of its tables where it has one.
fn write(page: &Page, making: Making<'_>) -> Result<Vec<Entry>, RunError> {
    let html = making.renderer.render(page)?;
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
