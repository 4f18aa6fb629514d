//! Pages, side by side: each is composed, rendered and written to staging, and gives only its entry of the manifest.

use std::collections::BTreeSet;

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use super::{Phase, Progress, RunError};
use crate::problem::{Code, Problem};
use crate::publish::{Entry, Publisher};
use crate::render::Renderer;
use crate::report::{ReportInput, compose, page_plan, wall};

/// Makes all pages. Pages for the wall that name a person, a phone, a room, a plate or an identity number are withheld.
pub(super) fn make(
    input: &ReportInput<'_>,
    renderer: &Renderer,
    publisher: &Publisher,
    known_names: &BTreeSet<String>,
    progress: &dyn Progress,
) -> Result<(Vec<Entry>, Vec<Problem>), RunError> {
    let plan = page_plan(input);
    progress.phase(Phase::Rendering, plan.len());
    let made: Vec<Result<Result<Entry, Problem>, RunError>> = plan
        .par_iter()
        .map(|task| {
            let page = compose(input, task);
            let outcome = match wall::guard(&page, known_names) {
                Ok(()) => {
                    let html = renderer.render(&page)?;
                    Ok(publisher.write(&page.path, |out| out.write_all(html.as_bytes()))?)
                }
                Err(breach) => Err(Problem::about(0, Code::PageWithheld, &breach.to_string())),
            };
            progress.step();
            Ok(outcome)
        })
        .collect();
    let (mut entries, mut withheld) = (Vec::new(), Vec::new());
    for page in made {
        match page? {
            Ok(entry) => entries.push(entry),
            Err(problem) => withheld.push(problem),
        }
    }
    Ok((entries, withheld))
}
