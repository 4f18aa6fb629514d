//! The command line: what may be asked, in Chinese and English.

mod aligned;
mod explain;
mod init;
mod inspect;
mod listing;
mod preview;
mod profiles;
mod progress;
mod seal;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Parser, Subcommand, ValueEnum};
use progress::Bars;

use crate::config::ConfigError;
use crate::moment::Period;
use crate::pipeline::{Extent, Outcome, Progress, RunError, Settings, Silent, run};
use crate::problem::Language;
use crate::publish::write_new;
use crate::render::{RenderError, forms};

/// 满意：把服务中心的表格变成分析、行动单和公示 / turns service centers' spreadsheets into analyses, action sheets and notices
#[derive(Debug, Parser)]
#[command(name = "manyi", version, about, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: RunArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 读取表格、生成报告（不写子命令时也是它） / read the spreadsheets and make the reports (the default)
    Run(RunArgs),
    /// 只读取和辨认，列出问题，不生成任何文件 / read and recognise only; list the problems, write nothing
    Check(RunArgs),
    /// 看每张表是怎样认的：种类、表头、各列含义、略过了什么 / how each sheet was understood: kind, header, columns, what was left out
    #[command(after_help = inspect::AFTER_HELP)]
    Inspect(inspect::InspectArgs),
    /// 说明一个数的来历：口径、条款、分子分母、剔除的原因和背后的行 / explain a fact: formula, clause, exclusions and the rows behind it
    #[command(after_help = explain::AFTER_HELP)]
    Explain(explain::ExplainArgs),
    /// 封存已发布时期的数字，以后的运行列出哪个变了、由哪些行引起 / fix the numbers of a published period; later runs list what moved
    #[command(after_help = seal::AFTER_HELP)]
    Seal(seal::SealArgs),
    /// 新建工作文件夹：设置、供修改的规程、空白表格 / make a new working folder: config, a profile to change, blank forms
    #[command(after_help = init::AFTER_HELP)]
    Init {
        /// 新的或空的文件夹 / a new or empty folder
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// 在浏览器里预览，文件一改就重新生成 / show the output in the browser; build again when a file changes
    #[command(after_help = preview::AFTER_HELP)]
    Preview(preview::PreviewArgs),
    /// 写出空白表格：每种记录和每种印制表单一个，填好放进输入文件夹即可 / write blank workbooks to fill in
    Forms {
        /// 写入的文件夹；已有的文件不覆盖 / folder; existing files are not overwritten
        #[arg(value_name = "DIR", default_value = "forms")]
        folder: PathBuf,
    },
    /// 列出规程，或打印一个供复制修改 / list the profiles, or print one to copy and change
    Profiles(profiles::ProfilesArgs),
    /// 供程序自己调用：读取必须整本装入的文件 / for the program itself: reads files that must be loaded whole
    #[command(name = crate::read::worker::SUBCOMMAND, hide = true)]
    ReadWhole {
        /// 内存上限（字节） / cap of memory in bytes
        memory: u64,
    },
}

#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Debug, Args, Clone)]
struct RunArgs {
    #[command(flatten)]
    measured: MeasuredArgs,
    /// 报告写入的文件夹 / folder of the reports
    #[arg(long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// 只为这些时期生成页面：2025-06、2025-Q2、2025-H1、2025 / make pages for these periods only
    #[arg(long = "period", value_name = "P", value_parser = period)]
    periods: Vec<Period>,
    /// 页面语言 / language of the pages
    #[arg(long, value_enum, default_value_t = Lang::Zh)]
    lang: Lang,
    /// 用这个文件夹里的同名模板替换内置模板 / folder whose templates replace the embedded ones
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// 另把全部记录写成 CSV，按时期分文件 / also write the records as CSV, a file a period
    #[arg(long)]
    records: bool,
    /// 有行、文件或页面未计入时以 3 退出 / exit with 3 when rows, files or pages were set aside
    #[arg(long)]
    strict: bool,
    /// 并行线程数 / number of threads
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// 结尾小结的格式 / format of the summary
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// 只输出错误 / print errors only
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// 列出每个问题 / list every problem
    #[arg(short, long)]
    verbose: bool,
}

/// What is measured, by which procedures, up to when.
#[derive(Debug, Args, Clone)]
struct MeasuredArgs {
    /// 表格所在的文件夹 / folder of the spreadsheets
    #[arg(long, value_name = "DIR", default_value = "input")]
    input: PathBuf,
    /// 配置文件；不写则在输入文件夹和当前文件夹找 manyi.toml / config; else manyi.toml in the input or working folder
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// 采用的规程（名称或 .toml 文件），可写多次，替换配置中的全部规程 / profile (name or .toml file), repeatable; replaces those of the config
    #[arg(long = "profile", value_name = "NAME")]
    profiles: Vec<String>,
    /// 统计截止日（含当天）；不写则取最晚的登记日 / as-of date, included; else the latest date of receipt
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<chrono::NaiveDate>,
}

impl MeasuredArgs {
    /// The settings of a command that writes nothing.
    fn settings(&self, language: Language) -> Settings {
        Settings {
            input: self.input.clone(),
            output: PathBuf::new(),
            config: self.config.clone(),
            profiles: self.profiles.clone(),
            periods: Vec::new(),
            as_of: self.as_of,
            language,
            templates: None,
            records: false,
            extent: Extent::Check,
            // Where the program cannot find itself, it reads everything itself, uncapped.
            worker: this_program(),
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Lang {
    /// 中文
    Zh,
    /// English
    En,
}

impl Lang {
    fn language(self) -> Language {
        match self {
            Self::Zh => Language::Zh,
            Self::En => Language::En,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// 文字 / text
    Text,
    /// JSON
    Json,
}

fn period(text: &str) -> Result<Period, String> {
    Period::parse(text).ok_or_else(|| "应写成 2025-06、2025-Q2、2025-H1 或 2025 / write it as one of these".to_owned())
}

fn date(text: &str) -> Result<chrono::NaiveDate, String> {
    chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map_err(|_| "应写成 2025-12-31 / write it as 2025-12-31".to_owned())
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Published, also when rows, files or pages were set aside.
    Published = 0,
    /// Nothing published.
    Nothing = 1,
    /// The command line is wrong.
    Usage = 2,
    /// Published, and under `--strict` something was set aside.
    SetAside = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Does what the command line asks.
///
/// # Errors
/// When nothing could be published or printed.
pub fn main() -> anyhow::Result<Exit> {
    crate::read::word_panics();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            error.print().context("终端写不出 / cannot write to the terminal")?;
            return Ok(if error.use_stderr() { Exit::Usage } else { Exit::Published });
        }
    };
    match cli.command {
        Some(Command::Profiles(args)) => profiles::work(&args),
        Some(Command::Forms { folder }) => blank_forms(&folder),
        Some(Command::Init { folder }) => init::work(&folder),
        Some(Command::Preview(args)) => preview::work(&args),
        Some(Command::ReadWhole { memory }) => {
            crate::read::worker::serve(memory).context("管道断了 / a pipe broke")?;
            Ok(Exit::Published)
        }
        Some(Command::Inspect(args)) => inspect::work(&args),
        Some(Command::Explain(args)) => explain::work(&args),
        Some(Command::Seal(args)) => seal::work(&args),
        Some(Command::Check(args)) => work(&args, Extent::Check),
        Some(Command::Run(args)) => work(&args, Extent::Pages),
        None => work(&cli.run, Extent::Pages),
    }
}

/// Starts as many threads as asked for.
fn start_threads(jobs: Option<u16>) -> anyhow::Result<()> {
    let Some(jobs) = jobs else { return Ok(()) };
    let threads = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs));
    threads.build_global().context("线程建不起来 / cannot start threads")
}

impl RunArgs {
    fn settings(&self, extent: Extent) -> Settings {
        Settings {
            output: self.output.clone(),
            periods: self.periods.clone(),
            templates: self.templates.clone(),
            records: self.records,
            extent,
            ..self.measured.settings(self.lang.language())
        }
    }

    fn shows_progress(&self) -> bool {
        !self.quiet && self.format == Format::Text && std::io::stderr().is_terminal()
    }
}

fn work(args: &RunArgs, extent: Extent) -> anyhow::Result<Exit> {
    start_threads(args.jobs)?;
    let settings = args.settings(extent);
    let outcome = if args.shows_progress() {
        let bars = Bars::new(settings.language);
        let outcome = run(&settings, &bars as &dyn Progress);
        bars.finish();
        outcome
    } else {
        run(&settings, &Silent)
    };
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(error @ RunError::Config(ConfigError::UnknownProfile { .. })) if !args.measured.profiles.is_empty() => {
            let mut out = std::io::stderr().lock();
            writeln!(out, "{error}")?;
            return Ok(Exit::Usage);
        }
        Err(error) => return Err(error.into()),
    };
    tell(args, &settings, &outcome)?;
    let strict = args.strict && outcome.summary.sets_aside();
    Ok(if strict { Exit::SetAside } else { Exit::Published })
}

fn tell(args: &RunArgs, settings: &Settings, outcome: &Outcome) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    if args.format == Format::Json {
        serde_json::to_writer_pretty(&mut out, &outcome.summary)?;
        writeln!(out)?;
        return Ok(());
    }
    if args.verbose || settings.extent == Extent::Check && !args.quiet {
        let length = if args.verbose { listing::Length::All } else { listing::Length::Bounded };
        write!(out, "{}", listing::text(outcome, length, settings.language))?;
    }
    if !args.quiet {
        write!(out, "{}", outcome.summary.text(settings.language))?;
    }
    Ok(())
}

/// The program that runs. Where the system shows it by a name of its own, a newer version that was put in its place meanwhile is
/// not what is started.
fn this_program() -> Option<PathBuf> {
    let shown = PathBuf::from("/proc/self/exe");
    if shown.exists() { Some(shown) } else { std::env::current_exe().ok() }
}

/// All blank forms: name and bytes.
fn form_files() -> Result<Vec<(String, Vec<u8>)>, RenderError> {
    forms::ALL.iter().map(|form| Ok((form.file(), forms::workbook(form)?))).collect()
}

fn blank_forms(folder: &Path) -> anyhow::Result<Exit> {
    let files = form_files()?;
    let written = write_new(folder, &files)?;
    let (all, folder) = (files.len(), folder.display());
    writeln!(
        std::io::stdout(),
        "{folder} 里有 {all} 个空白表格，新写入 {written} 个\n{all} blank forms in {folder}, {written} of them new"
    )?;
    Ok(Exit::Published)
}
