//! `manyi profiles`: what procedures there are, and one of them as TOML.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::Exit;
use super::aligned::columns;
use crate::config::files::names_beside;
use crate::config::{Config, ConfigError};
use crate::profile::load::{BUILT_IN, effective, one, text_of};
use crate::profile::schema::Profile;

#[derive(Debug, Args)]
pub(super) struct ProfilesArgs {
    /// 规程名，或自家规程文件的路径 / name of a profile, or path of a file of your own
    name: Option<String>,
    /// 打印生效的规程：并入所依据的规程和 manyi.toml 的改动 / print it as in force: extended, and with the overrides of manyi.toml
    #[arg(long, requires = "name")]
    effective: bool,
    /// 配置文件所在的输入文件夹 / input folder, in which manyi.toml is looked for
    #[arg(long, value_name = "DIR", default_value = "input")]
    input: PathBuf,
    /// 配置文件；不写则在输入文件夹和当前文件夹找 manyi.toml / config; else manyi.toml in the input or working folder
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Lists the profiles, or prints one.
///
/// # Errors
/// When a profile is wrong or cannot be printed.
pub(super) fn work(args: &ProfilesArgs) -> anyhow::Result<Exit> {
    let (config, _) = Config::find(args.config.as_deref(), &args.input)?;
    let mut out = std::io::stdout().lock();
    let Some(name) = &args.name else {
        write!(out, "{}", list(&config))?;
        return Ok(Exit::Published);
    };
    let printed = if args.effective { effective(name, &config) } else { text_of(name, &config) };
    match printed {
        Ok(text) => {
            write!(out, "{text}")?;
            Ok(Exit::Published)
        }
        Err(error @ ConfigError::UnknownProfile { .. }) => {
            writeln!(std::io::stderr(), "{error}")?;
            Ok(Exit::Usage)
        }
        Err(error) => Err(error.into()),
    }
}

/// What is listed of each profile, under its title.
const HEAD: [&str; 6] =
    ["规程 profile", "管什么 subjects", "分类 classes", "时限 deadlines", "事项 duties", "目标 targets"];

/// Two lines a profile: those built in by name, then the company's own.
fn list(config: &Config) -> String {
    let mut names: Vec<String> = BUILT_IN.iter().map(|(name, _)| (*name).to_owned()).collect();
    names.sort();
    names.extend(names_beside(config.written.folder()).into_iter().filter(|name| is_profile(name, config)));
    let read: Vec<(&String, Option<Profile>)> = names.iter().map(|name| (name, one(name, config).ok())).collect();
    let mut rows = vec![HEAD.map(str::to_owned)];
    rows.extend(read.iter().map(|(name, profile)| profile.as_ref().map_or_else(|| wrong(name), |of| row(name, of))));
    let mut lines = columns(0, [40, 42, 12, 14, 11, 12], &rows).into_iter();
    let mut text = lines.next().unwrap_or_default() + "\n";
    for (line, (_, profile)) in lines.zip(&read) {
        let title = profile.as_ref().map_or_else(String::new, |of| format!("    {} / {}\n", of.title.zh, of.title.en));
        text.extend([&line, "\n", &title]);
    }
    text
}

/// A profile that is wrong keeps its line; `--effective` tells what is wrong.
fn wrong(name: &str) -> [String; 6] {
    [name, "有误 / wrong: see --effective", "", "", "", ""].map(str::to_owned)
}

/// Whether a TOML file looks like a profile: other programs have theirs in the working folder.
fn is_profile(name: &str, config: &Config) -> bool {
    let text = text_of(name, config).unwrap_or_default();
    let table: toml::Table = text.parse().unwrap_or_default();
    table.contains_key("extends") || table.contains_key("subjects")
}

fn row(name: &str, profile: &Profile) -> [String; 6] {
    let subjects: Vec<&str> = profile.subjects.iter().map(|subject| subject.word()).collect();
    let classes: BTreeSet<&str> = profile.classes.iter().map(|class| class.id.as_str()).collect();
    let counts = [classes.len(), profile.deadlines.len(), profile.duties.len(), profile.targets.len()];
    let [classes, deadlines, duties, targets] = counts.map(|count| count.to_string());
    [name.to_owned(), subjects.join(" "), classes, deadlines, duties, targets]
}
