//! The stages, one after the other: the only place that calls them all.

mod as_of;
pub mod explain;
mod gather;
pub mod grouped;
pub mod inspect;
mod pages;
pub mod read_by;
mod restated;
mod returned;
pub mod seal;
mod sources;
mod summary;

use std::path::{Path, PathBuf};

pub use as_of::AsOf;
pub use summary::Summary;

use gather::Gathered;
use restated::Measuring;

use crate::clock::clocks::Clocks;
use crate::config::{Config, ConfigError};
use crate::ledger::Ledger;
use crate::metrics;
use crate::moment::{Period, Seconds, date_of};
use crate::origin::{FileId, SourceSheet};
use crate::problem::{Language, Problem, Wording};
use crate::profile;
use crate::publish::{Entry, Manifest, PublishError, Publisher};
use crate::read::worker::Workers;
use crate::records::assemble::{Records, assemble};
use crate::render::{self, RenderError, Renderer, data};
use crate::report::wall::{Guard, Wall};
use crate::report::{Plan, ReportInput, cards};

/// What a run is asked to do.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Folder of the spreadsheets.
    pub input: PathBuf,
    /// Folder of the reports.
    pub output: PathBuf,
    /// Config file; none: looked for.
    pub config: Option<PathBuf>,
    /// Profiles that replace those of the config.
    pub profiles: Vec<String>,
    /// Periods to make pages for; none: all.
    pub periods: Vec<Period>,
    /// As-of date; none: that of the config, else the latest date of receipt.
    pub as_of: Option<chrono::NaiveDate>,
    /// Language of pages and messages.
    pub language: Language,
    /// Folder whose templates replace the embedded ones.
    pub templates: Option<PathBuf>,
    /// Also write the records.
    pub records: bool,
    /// How far to go.
    pub extent: Extent,
    /// The program that serves as a worker process for files that must be loaded whole: this one. None: they are read in
    /// this process, where memory is not capped.
    pub worker: Option<PathBuf>,
}

/// How far a run goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Read and recognise; nothing is written.
    Check,
    /// Facts, ledger and problems; no pages.
    Data,
    /// Everything.
    Pages,
}

/// Why a run published nothing.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The config is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The input folder cannot be read.
    #[error(
        "读不了输入文件夹 {path}：{source}；请检查 --input 的路径与权限 / cannot read the input folder {path}: {source}; check the path \
         given to --input and its permissions"
    )]
    Input {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// There is nothing to read.
    #[error(
        "输入文件夹 {0} 里没有表格；请把服务中心的 .xlsx、.xls、.ods 或 .csv 放进去再运行 / the input folder {0} holds no spreadsheet; put \
         .xlsx, .xls, .ods or .csv files into it and run again"
    )]
    NoInput(PathBuf),
    /// A file to be inspected is not there.
    #[error(
        "找不到 {path}：当前文件夹和输入文件夹 {input} 里都没有；请检查路径，或用 --input 指明输入文件夹 / cannot find {path}, neither here nor below \
         the input folder {input}; check the path, or name the input folder by --input"
    )]
    NoSuchFile {
        /// As the user wrote it.
        path: PathBuf,
        /// The input folder.
        input: PathBuf,
    },
    /// No table was recognised.
    #[error(
        "{files} 个文件里没有认出任何记录，没有生成报告；原因如下 / nothing in {files} files was recognised and nothing was published:\n{reasons}"
    )]
    NoRecords {
        /// Number of files.
        files: usize,
        /// The first problems.
        reasons: String,
    },
    /// A query failed: a defect of the program.
    #[error("内部查询出错，请把输入交给开发者 / a query failed, which is a defect of the program: {0}")]
    Query(#[from] polars::error::PolarsError),
    /// A template is wrong.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The output cannot be written.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// The period was not sealed.
    #[error(transparent)]
    Seal(#[from] crate::seal::folder::SealError),
    /// It was asked to stop before anything was published.
    #[error("已停止，原来的输出没有改动 / stopped; the previous output is as it was")]
    Stopped,
    /// A row ended in no place or in two: a defect of the program.
    #[error(
        "台账不平：{0}；这是程序的错误，没有发布 / the ledger does not balance at {0}: a defect of the program, nothing was published"
    )]
    Unbalanced(String),
}

/// What a run did.
#[derive(Debug)]
pub struct Outcome {
    /// For the user.
    pub summary: Summary,
    /// Every number.
    pub facts: metrics::fact::FactTable,
    /// Where every row went.
    pub ledger: Ledger,
    /// What could not be taken as it stands.
    pub problems: Vec<Problem>,
    /// Paths of the input files, by number.
    pub files: Vec<String>,
    /// Sheets, by number.
    pub sources: Vec<SourceSheet>,
}

/// Says how far a run has come.
pub trait Progress: Sync {
    /// A phase with a number of steps begins.
    fn phase(&self, name: Phase, steps: usize);
    /// A step is done.
    fn step(&self);
    /// Whether the run is to end before it publishes anything.
    fn is_stopped(&self) -> bool {
        false
    }
}

/// Ends a run that is to stop.
fn goes_on(progress: &dyn Progress) -> Result<(), RunError> {
    if progress.is_stopped() { Err(RunError::Stopped) } else { Ok(()) }
}

/// A phase of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Files are read and recognised.
    Reading,
    /// Facts are computed.
    Measuring,
    /// Pages are made.
    Rendering,
}

/// Runs the pipeline.
///
/// # Errors
/// When nothing could be published; the previous output is then untouched.
pub fn run(settings: &Settings, progress: &dyn Progress) -> Result<Outcome, RunError> {
    let (config, config_path) = Config::find(settings.config.as_deref(), &settings.input)?;
    let profiles = profile::load::load(&config, &settings.profiles)?;
    let clocks = Clocks::new(&config)?;
    let renderer = Renderer::new(settings.templates.as_deref())?;
    let words = render::words(settings.templates.as_deref(), settings.language)?;
    let files = sources::list(&settings.input)?;
    // Taking the output comes before the work: nobody waits for a run that cannot be published.
    let publisher = match settings.extent {
        Extent::Check => None,
        _ => Some(Publisher::open(&settings.output)?),
    };
    let workers = settings.worker.clone().map(Workers::of);
    let Understood { gathered, mut problems, mut records, as_of } =
        understood(settings, &config, files, workers.as_ref(), progress)?;
    let ledger = &gathered.ledger;
    let Some(publisher) = publisher else {
        let summary = Summary::of(&gathered.files, &gathered.sources, ledger, &problems, &as_of);
        return Ok(gathered.into_outcome(summary, metrics::fact::FactTable::default(), problems));
    };
    progress.phase(Phase::Measuring, 1);
    let clocks = clocks.of_communities(&records.directory);
    // The ledger stands already, and what is found in cells: they are written while the facts are computed.
    let (measured, written) = std::thread::scope(|scope| {
        let writing =
            scope.spawn(|| early_files(settings, &config, workers.as_ref(), &gathered, &problems, &as_of, &publisher));
        (metrics::measure(&records, &profiles, &clocks, as_of.moment), writing.join())
    });
    let metrics::Measured { mut facts, problems: found, lists, metrics: described } = measured?;
    problems.extend(found);
    let seals = crate::seal::folder::of(config_path.as_deref(), &settings.input);
    let by = Measuring { config: &config, profiles: &profiles, clocks: &clocks, as_of: as_of.moment, facts: &facts };
    let restated = restated::of(&seals, &mut records, &gathered, by)?;
    for period in &restated.periods {
        facts.note(period.period, &period.ids(), "restated");
    }
    let returned::Made { entries: written, paths: returned, problems: failed } = finished(written)?;
    problems.extend(failed);
    problems.sort_by_key(Problem::place);
    progress.step();
    let organisation = organisation(settings, &config);
    let periods = (!settings.periods.is_empty()).then_some(settings.periods.as_slice());
    let persons = known_names(&records)?;
    let wall = wall_of(&records, &persons, organisation, &words);
    let report = |problems: &[Problem]| -> Result<pages::Made, RunError> {
        let plan = Plan::default();
        let input = ReportInput {
            organisation,
            facts: &facts,
            metrics: &described,
            restated: &restated,
            ledger,
            problems,
            files: &gathered.files,
            sources: &gathered.sources,
            returned: &returned,
            profiles: &profiles,
            clocks: &clocks,
            cells: &records.cells,
            communities: &records.directory.communities,
            departments: &records.directory.departments,
            lists: &lists,
            persons: &persons,
            wall: &wall,
            as_of: as_of.moment,
            periods,
            plan: &plan,
            language: settings.language,
            words: &words,
        };
        pages::make(&input, &records, &renderer, &publisher, progress)
    };
    // The problems stand now: they are written while the pages are made.
    let (reported, problems_written) = std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            publisher.write("data/problems.csv", |out| {
                data::problems(out, &problems, &gathered.files, &gathered.sources, settings.language)
            })
        });
        let reported = match settings.extent {
            Extent::Pages => report(&problems),
            _ => Ok(pages::Made::default()),
        };
        (reported, writing.join())
    });
    let pages::Made { mut entries, withheld, left_out } = reported?;
    entries.push(publisher.write("data/facts.csv", |out| data::facts(out, &facts))?);
    entries.extend(list_files(&lists, &records, &persons, &gathered, &as_of, &publisher)?);
    entries.push(finished(problems_written)?);
    if !restated.is_empty() {
        entries.push(publisher.write("data/restated.csv", |out| render::restated::write(out, &restated))?);
    }
    entries.extend(written);
    entries.extend(record_files(settings, &records, &gathered, &publisher)?);
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    let mut summary = Summary::of(&gathered.files, &gathered.sources, ledger, &problems, &as_of);
    (summary.pages, summary.facts) = (page_count(&entries), facts.all().len());
    summary.without_page = without_page(settings, &entries);
    (summary.withheld, summary.left_out) = (withheld, left_out);
    summary.tell_seals(&restated);
    summary.index = (settings.extent == Extent::Pages).then(|| settings.output.join("index.html"));
    // A reader process that was stopped with the run lacks a file: nothing of such a run is published.
    goes_on(progress)?;
    publisher.commit(&manifest(settings, &as_of, &profiles, gathered.entries.clone(), entries))?;
    Ok(gathered.into_outcome(summary, facts, problems))
}

/// How many of these files are pages.
fn page_count(entries: &[Entry]) -> usize {
    entries.iter().filter(|entry| Path::new(&entry.path).extension().is_some_and(|ending| ending == "html")).count()
}

/// The periods that were asked for and have no page. Pages of other periods may cite number cards of such a one.
fn without_page(settings: &Settings, entries: &[Entry]) -> Vec<String> {
    let has_page = |period: &&Period| {
        let folder = format!("{period}/");
        entries.iter().any(|entry| entry.path.starts_with(&folder) && !cards::is_page(&entry.path))
    };
    let asked = settings.periods.iter().filter(|_| settings.extent == Extent::Pages);
    asked.filter(|period| !has_page(period)).map(ToString::to_string).collect()
}

/// The company's name in the language of the pages.
fn organisation<'c>(settings: &Settings, config: &'c Config) -> &'c str {
    match settings.language {
        Language::En if !config.organisation.name_en.is_empty() => &config.organisation.name_en,
        _ => &config.organisation.name,
    }
}

/// The input as understood: files and ledger, problems by place, records and up to when events count.
struct Understood {
    gathered: Gathered,
    problems: Vec<Problem>,
    records: Records,
    as_of: AsOf,
}

/// Reads all files and makes their records.
fn understood(
    settings: &Settings,
    config: &Config,
    files: Vec<String>,
    workers: Option<&Workers>,
    progress: &dyn Progress,
) -> Result<Understood, RunError> {
    progress.phase(Phase::Reading, files.len());
    let mut gathered = gather::gather(&settings.input, files, config, workers, progress, |_| ())?;
    goes_on(progress)?;
    let mut problems = std::mem::take(&mut gathered.problems);
    let mut records = assemble(std::mem::take(&mut gathered.tables), config)?;
    if settings.profiles.is_empty() {
        let ids: Vec<String> = records.directory.communities.iter().map(|community| community.id.to_string()).collect();
        profile::load::check_communities(config, &ids)?;
    }
    let ledger = &mut gathered.ledger;
    ledger.set_aside_duplicates(&records.duplicates);
    ledger.set_aside_compared(&records.compared);
    problems.append(&mut records.problems);
    let recorded: u64 = ledger.lines.iter().map(|line| line.rows.record_rows).sum();
    // Blank forms are nothing to complain of where nothing is to be published.
    let is_blank = settings.extent == Extent::Check && !problems.iter().any(render::returned::is_to_mend);
    if recorded == 0 && !is_blank {
        problems.sort_by_key(Problem::place);
        return Err(no_records(&gathered.files, &gathered.sources, &problems));
    }
    let asked = settings.as_of.or(config.as_of);
    let as_of = AsOf::of(asked, &records);
    problems.extend(as_of.future_rows(&records, asked.is_some())?);
    problems.sort_by_key(Problem::place);
    if let Some(line) = gathered.ledger.unbalanced() {
        let sheet = &gathered.sources[line.source as usize];
        return Err(RunError::Unbalanced(format!("{}#{}", gathered.files[sheet.file as usize], sheet.sheet)));
    }
    Ok(Understood { gathered, problems, records, as_of })
}

/// What stands before any fact: the ledger, and the workbooks for the senders with where they lie.
fn early_files(
    settings: &Settings,
    config: &Config,
    workers: Option<&Workers>,
    gathered: &Gathered,
    problems: &[Problem],
    as_of: &AsOf,
    publisher: &Publisher,
) -> Result<returned::Made, RunError> {
    let ledger = publisher
        .write("data/ledger.csv", |out| data::ledger(out, &gathered.ledger, &gathered.files, &gathered.sources))?;
    let mut made = returned::Made::default();
    if settings.extent == Extent::Pages {
        let dated = date_of(as_of.moment - 1);
        made = returned::make(settings, config, workers, gathered, problems, dated, publisher)?;
    }
    made.entries.push(ledger);
    Ok(made)
}

/// The lists of single duties, and of what is overdue or falls due soon.
fn list_files(
    lists: &metrics::lists::Lists,
    records: &Records,
    persons: &std::collections::BTreeSet<String>,
    gathered: &Gathered,
    as_of: &AsOf,
    publisher: &Publisher,
) -> Result<Vec<Entry>, RunError> {
    let named = render::lists::Named {
        directory: &records.directory,
        files: &gathered.files,
        sources: &gathered.sources,
        persons,
        as_of: as_of.moment,
    };
    Ok(vec![
        publisher.write("data/duties.csv", |out| render::lists::duties(out, lists, named))?,
        publisher.write("data/overdue.csv", |out| render::lists::overdue(out, lists, named))?,
    ])
}

/// The records, a file a kind and period, where they are asked for.
fn record_files(
    settings: &Settings,
    records: &Records,
    gathered: &Gathered,
    publisher: &Publisher,
) -> Result<Vec<Entry>, RunError> {
    let mut entries = Vec::new();
    if !settings.records {
        return Ok(entries);
    }
    let (files, sources) = (gathered.files.as_slice(), gathered.sources.as_slice());
    for partition in render::records::partitions(records)? {
        let path = format!("data/records/{}/{}.csv", partition.kind, partition.period);
        entries.push(publisher.write(&path, |out| render::records::write(out, &partition, records, files, sources))?);
    }
    for part in render::records::register_parts(records) {
        let path = format!("data/records/{}/{}.csv", part.kind, part.period);
        entries
            .push(publisher.write(&path, |out| render::records::write_register(out, &part, records, files, sources))?);
    }
    Ok(entries)
}

/// What a writing thread gave; a panic in it is a defect of ours and goes on as one.
fn finished<T>(joined: std::thread::Result<T>) -> T {
    joined.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn manifest(
    settings: &Settings,
    as_of: &AsOf,
    profiles: &profile::Profiles,
    input: Vec<Entry>,
    files: Vec<Entry>,
) -> Manifest {
    Manifest {
        program: "manyi".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        as_of: as_of_date(as_of.moment),
        language: if settings.language == Language::Zh { "zh" } else { "en" }.to_owned(),
        profiles: profiles.all.iter().map(|profile| profile.name.clone()).collect(),
        input,
        files,
    }
}

/// The date whose 24:00 is the as-of moment.
#[must_use]
pub fn as_of_date(moment: Seconds) -> String {
    date_of(moment - 1).format("%Y-%m-%d").to_string()
}

/// Persons in the input: what the wall guard looks for.
fn known_names(records: &Records) -> Result<std::collections::BTreeSet<String>, polars::error::PolarsError> {
    let mut names = std::collections::BTreeSet::new();
    for frame in [&records.complaints, &records.repairs, &records.callbacks] {
        if frame.height() == 0 {
            continue;
        }
        for name in frame.column(crate::records::columns::PERSON)?.str()?.iter().flatten() {
            if name.chars().count() >= 2 && !names.contains(name) {
                names.insert(name.to_owned());
            }
        }
    }
    let registered = records.registers.persons().into_iter().chain(records.respondents.iter().cloned());
    names.extend(registered.filter(|name| name.chars().count() >= 2));
    for community in &records.directory.communities {
        names.remove(&*community.name);
    }
    for department in &records.directory.departments {
        names.remove(&*department.name);
    }
    Ok(names)
}

/// The wall: customers, and staff who took or handled cases, are not named on it.
fn wall_of(
    records: &Records,
    persons: &std::collections::BTreeSet<String>,
    organisation: &str,
    words: &crate::report::words::Words,
) -> Wall {
    let directory = &records.directory;
    let communities = directory.communities.iter().map(|community| &*community.name);
    let departments = directory.departments.iter().map(|department| &*department.name);
    let allowed = communities.chain(departments).chain([organisation]);
    let named = persons.iter().map(String::as_str).chain(records.names.staff.names());
    Wall::new(Guard::new(named, allowed, words))
}

fn no_records(files: &[String], sources: &[SourceSheet], problems: &[Problem]) -> RunError {
    let reasons = problems.iter().take(10).map(|problem| {
        let sheet = &sources[problem.source as usize];
        let file = &files[sheet.file as usize];
        let Wording { title, expected, .. } = problem.code.wording();
        format!(
            "  {file} {}：{} / {}（{}）→ {} / {}",
            sheet.sheet, title.zh, title.en, problem.found, expected.zh, expected.en
        )
    });
    RunError::NoRecords { files: files.len(), reasons: reasons.collect::<Vec<_>>().join("\n") }
}

/// Number of a file, for stages that count files in order.
fn file_id(place: usize) -> FileId {
    FileId::try_from(place).unwrap_or(FileId::MAX)
}

/// A progress that says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn phase(&self, _: Phase, _: usize) {}
    fn step(&self) {}
}

/// A path below a folder, with `/` whatever the system writes.
fn relative(path: &Path, folder: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path);
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
