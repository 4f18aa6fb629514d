//! `manyi inspect`: how sheets were understood, in words.

mod sheet;
mod words;

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::aligned::{LINE, cut};
use super::{Exit, Format, Lang};
use crate::pipeline::RunError;
use crate::pipeline::inspect::{Inspection, ProblemSeen, Request, inspect};
use crate::problem::Language;
use words::{Words, severity};

/// Most lines of an entry that are shown below a file.
const PASTED: usize = 60;

#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    /// 表格文件或文件夹；不写则看整个输入文件夹 / spreadsheets or folders; none: all of the input folder
    #[arg(value_name = "FILE")]
    paths: Vec<PathBuf>,
    /// 表格所在的文件夹：其下的文件按相对路径显示 / folder of the spreadsheets; files below it are told by their path in it
    #[arg(long, value_name = "DIR", default_value = "input")]
    input: PathBuf,
    /// 配置文件；不写则在输入文件夹和当前文件夹找 manyi.toml / config; else manyi.toml in the input or working folder
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// 文字的语言 / language
    #[arg(long, value_enum, default_value_t = Lang::Zh)]
    lang: Lang,
    /// 格式 / format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// 只输出可粘贴到 manyi.toml 的内容 / print only what can be pasted into manyi.toml
    #[arg(long, conflicts_with = "format")]
    toml: bool,
}

/// What `--help` says below the options.
pub(super) const AFTER_HELP: &str = "\
行首的 ? 请看一眼：认不出、把握不足 80 %、有列名含义两可，或一条记录也没有。
把握：各列把握的平均（列名认得、由 [alias] 或 [[source]] 写明为 100，只是相近的为相似度，没看懂的为 0）；另一种表的得分超过本表的 80 % 时\
按比例扣减，同分时减半。
样例中的姓名与电话已遮盖。退出码：0 认出了表；1 一张也没认出；2 命令写错或文件不存在。

A ? in front asks for a look: of no known kind, confidence below 80 %, a header between two meanings, or no record at all.
Confidence: the mean over all columns (100 for a known header, an alias or a mapping, the likeness for one that is only near, 0 for \
one not understood), less where another kind of table scores over 80 % of this one, down to half at an equal score.
Names and phones among the samples are masked. Exit codes: 0 a table was recognised; 1 none was; 2 usage, or a file that is not there.";

/// Does what is asked.
pub(super) fn work(args: &InspectArgs) -> anyhow::Result<Exit> {
    let language = args.lang.language();
    let request = Request {
        paths: if args.paths.is_empty() { vec![args.input.clone()] } else { args.paths.clone() },
        input: args.input.clone(),
        config: args.config.clone(),
        language,
        worker: std::env::current_exe().ok(),
    };
    let inspection = match inspect(&request) {
        Ok(inspection) => inspection,
        Err(error @ RunError::NoSuchFile { .. }) => {
            writeln!(std::io::stderr(), "{error}")?;
            return Ok(Exit::Usage);
        }
        Err(error) => return Err(error.into()),
    };
    let mut out = std::io::stdout().lock();
    if args.format == Format::Json {
        serde_json::to_writer_pretty(&mut out, &inspection)?;
        writeln!(out)?;
    } else if args.toml {
        let pastes = inspection.files.iter().map(|file| file.paste.as_str()).filter(|paste| !paste.is_empty());
        write!(out, "{}", pastes.collect::<Vec<_>>().join("\n"))?;
    } else {
        write!(out, "{}", text(&inspection, language))?;
    }
    Ok(if inspection.has_tables() { Exit::Published } else { Exit::Nothing })
}

/// The inspection in words.
fn text(inspection: &Inspection, language: Language) -> String {
    let words = Words { language };
    let mut lines = Vec::new();
    let mut is_hinted = false;
    for file in &inspection.files {
        lines.push(cut(&file.path, LINE));
        lines.extend(file.problems.iter().flat_map(|problem| of_file(problem, words)));
        for group in sheet::alike(&file.sheets) {
            lines.extend(sheet::lines(group, words));
        }
        let pasted = file.paste.lines().count();
        if inspection.files.len() == 1 && (1..=PASTED).contains(&pasted) {
            lines.push(words.paste_here());
            lines.extend(file.paste.trim_end().lines().map(|line| format!("    {line}").trim_end().to_owned()));
        } else {
            is_hinted |= pasted > 0;
        }
        lines.push(String::new());
    }
    if is_hinted {
        lines.push(words.paste_by_option());
    } else {
        lines.pop();
    }
    lines.push(String::new());
    lines.join("\n")
}

/// What there is to say of a whole file.
fn of_file(problem: &ProblemSeen, words: Words) -> Vec<String> {
    let mark = format!("{} {}", doubt(problem.severity == "error"), severity(problem.severity, words.language));
    let (arrow, expected) = (words.pick("应为", "expected"), problem.expected);
    vec![
        cut(&format!("{mark} {} [{}]{}{}", problem.title, problem.code, words.colon(), problem.found), LINE),
        cut(&format!("    {}{}{arrow} {expected}", problem.used, words.semicolon()), LINE),
    ]
}

/// What stands in front of a line that somebody should look at.
fn doubt(is_doubtful: bool) -> &'static str {
    if is_doubtful { "?" } else { " " }
}
