//! `manyi seal`: fixes the numbers of a published period.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::{Exit, Format, Lang, date, period, start_threads, this_program};
use crate::config::ConfigError;
use crate::moment::Period;
use crate::pipeline::seal::{Sealed, seal};
use crate::pipeline::{Extent, RunError, Settings, Silent};
use crate::problem::Language;

/// What is printed under the help.
pub(super) const AFTER_HELP: &str = "\
封存文件写在 manyi.toml 旁边的 seals/（没有配置时在输入文件夹里），请随配置一起备份或提交。此后每次运行都按封存时的截止时间重新\n\
计算，列出哪个数字变了、由哪些行引起。\n\
Seals are written to seals/ beside manyi.toml (in the input folder where there is none); keep them with the config. From then on\n\
each run measures sealed periods again and lists which number moved, and the rows that moved it.";

#[derive(Debug, Args)]
pub(super) struct SealArgs {
    /// 要封存的时期：2025-06、2025-Q2、2025-H1、2025 / period to seal
    #[arg(value_name = "PERIOD", value_parser = period)]
    period: Period,
    /// 表格所在的文件夹 / folder of the spreadsheets
    #[arg(long, value_name = "DIR", default_value = "input")]
    input: PathBuf,
    /// 配置文件；不写则在输入文件夹和当前文件夹找 manyi.toml / config; else manyi.toml in the input or working folder
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// 采用的规程，可写多次，替换配置中的全部规程 / profile, repeatable; replaces those of the config
    #[arg(long = "profile", value_name = "NAME")]
    profiles: Vec<String>,
    /// 统计截止日（含当天）；写了就允许封存还没结束的时期 / as-of date, included; with it a period may be sealed before its end
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<chrono::NaiveDate>,
    /// 替换已有的封存 / replace a seal that is there
    #[arg(long)]
    force: bool,
    /// 语言 / language
    #[arg(long, value_enum, default_value_t = Lang::Zh)]
    lang: Lang,
    /// 并行线程数 / number of threads
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// 小结的格式 / format of the summary
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// 只输出错误 / print errors only
    #[arg(short, long)]
    quiet: bool,
}

pub(super) fn work(args: &SealArgs) -> anyhow::Result<Exit> {
    start_threads(args.jobs)?;
    let settings = Settings {
        input: args.input.clone(),
        // Nothing is written there.
        output: PathBuf::new(),
        config: args.config.clone(),
        profiles: args.profiles.clone(),
        periods: Vec::new(),
        as_of: args.as_of,
        language: args.lang.language(),
        templates: None,
        records: false,
        extent: Extent::Data,
        worker: this_program(),
    };
    let sealed = match seal(&settings, args.period, args.force, &Silent) {
        Ok(sealed) => sealed,
        Err(error @ RunError::Config(ConfigError::UnknownProfile { .. })) if !args.profiles.is_empty() => {
            writeln!(std::io::stderr(), "{error}")?;
            return Ok(Exit::Usage);
        }
        Err(error) => return Err(error.into()),
    };
    let mut out = std::io::stdout().lock();
    match args.format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &sealed)?;
            writeln!(out)?;
        }
        Format::Text if !args.quiet => writeln!(out, "{}", text(&sealed, settings.language))?,
        Format::Text => {}
    }
    Ok(Exit::Published)
}

fn text(sealed: &Sealed, language: Language) -> String {
    let Sealed { period, as_of, facts, records, written, .. } = sealed;
    let path = sealed.path.display();
    match (language, written) {
        (Language::Zh, true) => {
            format!("已封存 {period}：截止 {as_of} 24:00，{facts} 个数字、{records} 条记录 → {path}")
        }
        (Language::En, true) => {
            format!("Sealed {period} as of {as_of} 24:00: {facts} numbers, {records} records → {path}")
        }
        (Language::Zh, false) => format!("{period} 早已封存，内容相同，没有改动：{path}"),
        (Language::En, false) => format!("{period} was sealed before with the same contents; nothing changed: {path}"),
    }
}
