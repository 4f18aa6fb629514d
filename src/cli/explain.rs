//! `manyi explain`: a fact taken apart, in words, as JSON or as a list of its rows.

mod text;
mod words;

use std::io::{self, Write};

use anyhow::Context;
use clap::Args;

use super::{Exit, Format, Lang, MeasuredArgs};
use crate::config::ConfigError;
use crate::metrics::explain::explanation::FactSaid;
use crate::pipeline::explain::query::Query;
use crate::pipeline::explain::{Answer, measured};
use crate::pipeline::{RunError, Silent};
use crate::render::data::row_list;
use words::Words;

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// 数据的编号（facts.csv 第一栏），或 键=值 / id of the fact (first column of facts.csv), or key=value
    #[arg(value_name = "FACT", required = true)]
    fact: Vec<String>,
    #[command(flatten)]
    measured: MeasuredArgs,
    /// 每一部分逐行列出的行数，其余写成范围 / rows of each part that are listed; the others stand as ranges
    #[arg(long, value_name = "N", default_value_t = 50)]
    rows: usize,
    /// 只输出全部的行，CSV / print all rows, as CSV, and nothing else
    #[arg(long, conflicts_with = "format")]
    csv: bool,
    /// 文字的语言 / language
    #[arg(long, value_enum, default_value_t = Lang::Zh)]
    lang: Lang,
    /// 格式 / format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What `--help` says below the options.
pub(super) const AFTER_HELP: &str = "\
键：metric profile period scope dimension dimension2。例：manyi explain metric=complaint.response.on_time period=2025-03 scope=community:cuihu dimension=class:1
scope 写 group、community:小区、department:部门，小区与部门可写代号或名称；不写 dimension 时先取不分类的数。符合的不止一个时，列出各自的编号。
退出码：0 已说明或已列出；1 读不出输入；2 没有这个数，或命令写错。

Keys: metric profile period scope dimension dimension2. Example: manyi explain metric=complaint.response.on_time period=2025-03 \
scope=community:cuihu dimension=class:1
A scope is group, community:NAME or department:NAME, by id or name. Without a dimension, facts that are not broken down go first. \
Where several facts are meant they are listed with their ids.
Exit codes: 0 explained or listed; 1 the input cannot be read; 2 no such fact, or usage.";

/// Does what is asked.
pub(super) fn work(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let words = Words { language: args.lang.language() };
    let query = match Query::parse(&args.fact) {
        Ok(query) => query,
        Err(error) => return usage(&error.to_string()),
    };
    let measured = match measured(&args.measured.settings(words.language), &Silent) {
        Ok(measured) => measured,
        Err(error @ RunError::Config(ConfigError::UnknownProfile { .. })) if !args.measured.profiles.is_empty() => {
            return usage(&error.to_string());
        }
        Err(error) => return Err(error.into()),
    };
    let rows = if args.csv { usize::MAX } else { args.rows };
    let mut out = io::stdout().lock();
    match measured.answer(&query, rows)? {
        Answer::One(explanation) if args.csv => row_list(&mut out, &explanation).context("写不出 / cannot write")?,
        Answer::One(explanation) if args.format == Format::Json => json(&mut out, &explanation)?,
        Answer::One(explanation) => write!(out, "{}", text::explanation(&explanation, words))?,
        Answer::Several(facts, all) if args.format == Format::Json => {
            json(&mut out, &serde_json::json!({ "several": all, "facts": facts }))?;
        }
        Answer::Several(facts, all) => write!(out, "{}", text::several(&facts, all, words))?,
        Answer::None { metrics, facts } => return usage(&none(&metrics, &facts)),
    }
    Ok(Exit::Published)
}

fn json(out: &mut dyn Write, value: &impl serde::Serialize) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)?;
    Ok(())
}

fn usage(message: &str) -> anyhow::Result<Exit> {
    writeln!(io::stderr(), "{}", message.trim_end())?;
    Ok(Exit::Usage)
}

/// That there is no such fact, and what is near.
fn none(metrics: &[String], facts: &[FactSaid]) -> String {
    let mut lines = vec![
        "没有这个数。编号见 data/facts.csv 的第一栏；换了输入、规程或统计截止日，那里的数现在可能没有了".to_owned(),
        "No such fact. Ids stand in the first column of data/facts.csv; another input, profile or as-of date may not have it".to_owned(),
    ];
    if !metrics.is_empty() {
        lines.push(format!("名称相近的指标 / metrics of a similar name: {}", metrics.join(", ")));
    }
    if !facts.is_empty() {
        lines.push("最接近的数 / the nearest facts:".to_owned());
        lines.extend(text::fact_lines(facts));
    }
    lines.join("\n")
}
