//! Facts + ledger → page models: what a page says. The only place that rounds.
//!
//! [`page_plan`] lists the pages, cheaply; [`compose`] makes one page's model and may run on any thread. All wording comes
//! from the two dictionaries in `words/`, all numbers from the facts, all drawing is left to the templates.

mod analysis;
#[cfg(test)]
mod bench;
pub mod cards;
mod chart;
pub mod explained;
mod format;
mod lens;
pub mod length;
pub mod mask;
mod naming;
mod pages;
mod parts;
pub(crate) mod printed;
mod procedure;
#[cfg(test)]
pub(crate) mod sample;
mod survey;
pub(crate) mod view;
pub mod wall;
pub mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::OnceLock;

use crate::clock::clocks::Clocks;
use crate::ledger::Ledger;
use crate::metrics::fact::{Fact, FactTable, Scope};
use crate::metrics::lists::Lists;
use crate::metrics::metric::Descriptions;
use crate::moment::{Period, Seconds};
use crate::origin::{FileId, SourceSheet};
use crate::problem::{Language, Problem};
use crate::profile::Profiles;
use crate::records::cell_map::CellMap;
use crate::records::community::Community;
use crate::records::directory::Department;
use crate::seal::compare::Restated;
#[cfg(test)]
pub(crate) use chart::gallery::sections as gallery_sections;
use pages::PageKind;
pub use view::{Book, Form, Number};
use view::{BookLabels, Composed};
use words::Words;

/// A fact's value as a page shows it.
#[must_use]
pub fn shown(fact: &Fact, language: Language) -> String {
    lens::value_text(Words::of(language), Some(fact))
}

/// All that pages are made of.
#[derive(Debug, Clone, Copy)]
pub struct ReportInput<'a> {
    /// Name of the company.
    pub organisation: &'a str,
    /// Every number.
    pub facts: &'a FactTable,
    /// The metrics of which there are facts.
    pub metrics: &'a Descriptions,
    /// What moved in sealed periods.
    pub restated: &'a Restated,
    /// Where every row went.
    pub ledger: &'a Ledger,
    /// What could not be taken as it stands, in the order of `problems.csv`.
    pub problems: &'a [Problem],
    /// Path of each input file below the input folder, by its number.
    pub files: &'a [String],
    /// Each sheet, by its number.
    pub sources: &'a [SourceSheet],
    /// Where the workbooks lie that go back to who sent them, by file.
    pub returned: &'a BTreeMap<FileId, String>,
    /// The procedures in force.
    pub profiles: &'a Profiles,
    /// The clock of each community.
    pub clocks: &'a Clocks,
    /// In which cells the values of records stand.
    pub cells: &'a CellMap,
    /// The communities, by code.
    pub communities: &'a [Community],
    /// The departments, by code.
    pub departments: &'a [Department],
    /// Duties, promises, measures, what is overdue, and suggestions, one by one.
    pub lists: &'a Lists,
    /// Names of persons in the input, to be masked.
    pub persons: &'a BTreeSet<String>,
    /// What pages for the wall may show.
    pub wall: &'a wall::Wall,
    /// The moment up to which events are counted (24:00 of a date).
    pub as_of: Seconds,
    /// Periods to make pages for; none: all.
    pub periods: Option<&'a [Period]>,
    /// The pages to make; empty until they are first asked for.
    pub plan: &'a Plan,
    /// Language of the pages.
    pub language: Language,
    /// The texts of the pages, in that language.
    pub words: &'a Words,
}

/// A page to make.
#[derive(Clone)]
pub struct PageTask {
    /// Path below the output folder, with `/`.
    pub path: String,
    /// Period, where the page is about one.
    pub period: Option<Period>,
    /// Whom the page is about.
    pub scope: Scope,
    kind: &'static PageKind,
}

impl PageTask {
    /// Name of the template that draws the page.
    #[must_use]
    pub fn template(&self) -> &'static str {
        self.kind.template
    }

    /// Whether the page may hang on the wall.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.kind.public
    }
}

impl fmt::Debug for PageTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageTask")
            .field("path", &self.path)
            .field("template", &self.kind.template)
            .finish_non_exhaustive()
    }
}

/// A page: where it goes, which template draws it, and what it says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// Path below the output folder, with `/`.
    pub path: String,
    /// Name of the template.
    pub template: &'static str,
    /// Whether it may hang on the wall: everything under `public/`.
    pub public: bool,
    /// Finished strings, chart geometry, links.
    pub model: serde_json::Value,
    /// Its tables and charts, for a workbook beside it.
    pub book: Option<Book>,
    /// The number cards it links to, each as path of a page below the output folder and anchor.
    pub cited: BTreeSet<String>,
    /// Texts that were left out of it because they may not hang on a wall.
    pub left_out: Vec<wall::WallBreach>,
}

/// The pages there are to make, planned once: the first page and the communities' lists name all others.
#[derive(Debug, Default)]
pub struct Plan(OnceLock<Planned>);

#[derive(Debug)]
struct Planned {
    tasks: Vec<PageTask>,
    /// Places in `tasks`, by whom the page is about.
    of_scope: BTreeMap<Scope, Vec<usize>>,
}

impl<'a> ReportInput<'a> {
    fn planned(&self) -> &'a Planned {
        self.plan.0.get_or_init(|| {
            let tasks = page_plan(self);
            let mut of_scope: BTreeMap<Scope, Vec<usize>> = BTreeMap::new();
            for (at, task) in tasks.iter().enumerate() {
                of_scope.entry(task.scope.clone()).or_default().push(at);
            }
            Planned { tasks, of_scope }
        })
    }

    /// The pages to make, as [`page_plan`] has them, planned once.
    #[must_use]
    pub fn pages(&self) -> &'a [PageTask] {
        &self.planned().tasks
    }

    /// Those about a scope.
    pub(crate) fn pages_of(&self, scope: &Scope) -> impl Iterator<Item = &'a PageTask> + use<'a> {
        let planned = self.planned();
        planned.of_scope.get(scope).into_iter().flatten().map(|at| &planned.tasks[*at])
    }
}

/// The pages to make, by path. Every path stands once.
#[must_use]
pub fn page_plan(input: &ReportInput<'_>) -> Vec<PageTask> {
    let task =
        |kind, place: pages::Place| PageTask { path: place.path, period: place.period, scope: place.scope, kind };
    let mut tasks: Vec<PageTask> = pages::KINDS
        .iter()
        .copied()
        .flat_map(|kind| (kind.plan)(input).into_iter().map(move |place| task(kind, place)))
        .collect();
    let lists = pages::community::places(&tasks);
    tasks.extend(lists.into_iter().map(|place| task(&pages::community::KIND, place)));
    tasks.sort_by(|a, b| a.path.cmp(&b.path));
    tasks.dedup_by(|a, b| a.path == b.path);
    tasks
}

/// Makes the model of one page.
#[must_use]
pub fn compose(input: &ReportInput<'_>, task: &PageTask) -> Page {
    let Composed { mut model, mut book, left_out } = (task.kind.compose)(input, task);
    book = book.filter(Book::has_numbers);
    if let Some(book) = &mut book {
        book.labels = BookLabels::of(input.words);
        if let Some(file) = model.pointer_mut("/frame/workbook") {
            let name = task.path.rsplit('/').next().unwrap_or_default();
            *file = serde_json::Value::String(format!("{}.xlsx", name.trim_end_matches(".html")));
        }
    }
    drop_control_characters(&mut model);
    let mut cited = BTreeSet::new();
    let asked = input.periods.map(|periods| periods.iter().map(|period| format!("{period}/")).collect::<Vec<_>>());
    let has_card = |card: &str| {
        !task.is_public() && asked.as_ref().is_none_or(|folders| folders.iter().any(|folder| card.starts_with(folder)))
    };
    link_cards(&mut model, &task.path, &has_card, &mut cited);
    Page {
        path: task.path.clone(),
        template: task.kind.template,
        public: task.kind.public,
        model,
        book,
        cited,
        left_out,
    }
}

/// Makes the number cards links from the page they are named on, and gathers which there are. Pages for the wall have none; where
/// periods were asked for, figures of others have none.
fn link_cards(
    model: &mut serde_json::Value,
    path: &str,
    has_card: &dyn Fn(&str) -> bool,
    cited: &mut BTreeSet<String>,
) {
    use serde_json::Value;
    match model {
        Value::Array(items) => items.iter_mut().for_each(|item| link_cards(item, path, has_card, cited)),
        Value::Object(fields) => {
            for (key, field) in fields {
                match field {
                    Value::String(card) if key == "card" && !card.is_empty() => {
                        let href = if has_card(card) { view::relative(path, card) } else { String::new() };
                        if !href.is_empty() {
                            cited.insert(std::mem::take(card));
                        }
                        *card = href;
                    }
                    _ => link_cards(field, path, has_card, cited),
                }
            }
        }
        _ => {}
    }
}

/// Takes the links to pages that are not published, such as those the wall guard stopped, out of a page.
pub fn drop_links(page: &mut Page, withheld: &BTreeSet<String>) {
    if !withheld.is_empty() {
        let paths: BTreeSet<String> = withheld.iter().map(|path| view::relative(&page.path, path)).collect();
        drop_links_in(&mut page.model, &paths);
    }
}

fn drop_links_in(model: &mut serde_json::Value, paths: &BTreeSet<String>) {
    use serde_json::Value;
    let leads_there =
        |value: &Value| value.get("href").and_then(Value::as_str).is_some_and(|href| paths.contains(href));
    match model {
        Value::Array(items) => {
            // A link is nothing but its text and target; a table's cell stays and loses its target.
            items.retain(|item| !(leads_there(item) && item.as_object().is_some_and(|fields| fields.len() == 2)));
            for item in items {
                drop_links_in(item, paths);
            }
        }
        Value::Object(_) => {
            let dead = leads_there(model);
            for (key, field) in model.as_object_mut().into_iter().flatten() {
                if dead && key == "href" {
                    *field = Value::String(String::new());
                } else {
                    drop_links_in(field, paths);
                }
            }
        }
        _ => {}
    }
}

/// Control characters and direction marks of cells would make a page ill-formed, or show it in another order than it reads.
fn drop_control_characters(model: &mut serde_json::Value) {
    use serde_json::Value;
    match model {
        Value::String(text) if text.chars().any(is_unprintable) => text.retain(|c| !is_unprintable(c)),
        Value::Array(items) => items.iter_mut().for_each(drop_control_characters),
        Value::Object(fields) => fields.values_mut().for_each(drop_control_characters),
        _ => {}
    }
}

fn is_unprintable(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}')
}
