//! Pages, side by side: each is composed, rendered and written to staging, and gives only its entry of the manifest and the number
//! cards that it cites. The cards come last: only those that are cited are made.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use super::{Phase, Progress, RunError, goes_on};
use crate::metrics::explain::find;
use crate::moment::date_of;
use crate::publish::{Entry, Publisher};
use crate::records::assemble::Records;
use crate::render::{Renderer, book};
use crate::report::cards::{Citations, Deck};
use crate::report::length;
use crate::report::words::Words;
use crate::report::{Page, PageTask, ReportInput, compose, drop_links, wall};

/// The pages that were made.
#[derive(Default)]
pub(super) struct Made {
    /// Entries of the manifest, of workbooks too.
    pub(super) entries: Vec<Entry>,
    /// Why pages for the wall were withheld: they name a person, a phone, a room, a plate or an identity number.
    pub(super) withheld: Vec<String>,
    /// Texts that were left out of pages for the wall for the same reasons.
    pub(super) left_out: Vec<String>,
}

/// Makes all pages.
pub(super) fn make(
    input: &ReportInput<'_>,
    records: &Records,
    renderer: &Renderer,
    publisher: &Publisher,
    progress: &dyn Progress,
) -> Result<Made, RunError> {
    goes_on(progress)?;
    let making = Making { renderer, publisher, dated: date_of(input.as_of - 1), words: input.words };
    let plan = input.pages();
    progress.phase(Phase::Rendering, plan.len());
    // Pages for the wall are judged first, so that no page links to one that is withheld.
    let (walled, inner): (Vec<_>, Vec<_>) = plan.iter().partition(|task| task.is_public());
    let mut made = Made::default();
    let mut withheld = BTreeSet::new();
    let judged: Vec<Result<Walled, RunError>> = walled
        .par_iter()
        .map(|task| {
            let outcome = walled_page(input, task, making);
            progress.step();
            outcome
        })
        .collect();
    for page in judged {
        let page = page?;
        made.left_out.extend(page.left_out.iter().map(ToString::to_string));
        match page.entries {
            Ok(entries) => made.entries.extend(entries),
            Err(breach) => {
                made.withheld.push(breach.to_string());
                withheld.insert(breach.path);
            }
        }
    }
    let inner: Vec<Result<(Vec<Entry>, Citations), RunError>> = inner
        .par_iter()
        .map(|task| {
            let mut page = compose(input, task);
            drop_links(&mut page, &withheld);
            let entries = drawn(&mut page, making)?;
            progress.step();
            Ok((entries, Citations::of(&page)))
        })
        .collect();
    let mut citations = Citations::default();
    for page in inner {
        let (entries, cited) = page?;
        made.entries.extend(entries);
        citations.add(cited);
    }
    made.entries.extend(cards(input, records, citations, making, progress)?);
    Ok(made)
}

/// Draws a page and writes it. Where it is too heavy to be sent by phone its long tables are cut: the workbook beside it has all rows.
fn drawn(page: &mut Page, making: Making<'_>) -> Result<Vec<Entry>, RunError> {
    let mut html = making.renderer.render(page)?;
    for rows in length::TRIES {
        if html.len() <= length::MOST_BYTES || page.book.is_none() {
            break;
        }
        if length::cut(&mut page.model, rows, making.words) {
            html = making.renderer.render(page)?;
        }
    }
    write(page, &html, making)
}

/// Makes the pages of the number cards that are cited.
fn cards(
    input: &ReportInput<'_>,
    records: &Records,
    citations: Citations,
    making: Making<'_>,
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
            let mut pages = deck.compose(input, &found, cards);
            progress.step();
            let mut entries = Vec::new();
            for page in &mut pages {
                entries.extend(drawn(page, making)?);
            }
            Ok(entries)
        })
        .collect();
    let mut entries = Vec::new();
    for pages in made {
        entries.extend(pages?);
    }
    Ok(entries)
}

/// A page for the wall: written, or why not.
struct Walled {
    entries: Result<Vec<Entry>, wall::WallBreach>,
    left_out: Vec<wall::WallBreach>,
}

/// Makes a page for the wall: judged by what it would say, then by what it shows, and only then written.
fn walled_page(input: &ReportInput<'_>, task: &PageTask, making: Making<'_>) -> Result<Walled, RunError> {
    let guard = &input.wall.guard;
    let mut page = compose(input, task);
    let left_out = std::mem::take(&mut page.left_out);
    let stopped = |breach| Walled { entries: Err(breach), left_out: Vec::new() };
    if let Err(breach) = guard.page(&page) {
        return Ok(stopped(breach));
    }
    let html = making.renderer.render(&page)?;
    if let Err(breach) = guard.html(&page, &html) {
        return Ok(stopped(breach));
    }
    Ok(Walled { entries: Ok(write(&page, &html, making)?), left_out })
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
    words: &'a Words,
}
