//! The folder of the seals: `seals/` beside the config, or in the input folder where there is none.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::file::{Fault, Files, Seal, facts_name, records_name};
use crate::moment::Period;

/// Name of the folder.
const NAME: &str = "seals";

/// Why a period was not sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The period is not over.
    #[error(
        "{period} 到统计截止 {as_of} 24:00 还没有结束，没有封存；等到它结束，或用 --as-of 写明截止日 / {period} is not over as of {as_of} \
         24:00 and was not sealed; wait until it is, or say up to when by --as-of"
    )]
    Unfinished {
        /// The period.
        period: Period,
        /// The as-of date.
        as_of: String,
    },
    /// There is nothing to seal.
    #[error(
        "{period} 没有任何数字，没有封存；请检查时期和输入文件夹 / there is no number for {period}, and nothing was sealed; check the period and \
         the input folder"
    )]
    Nothing {
        /// The period.
        period: Period,
    },
    /// It was sealed before, with other contents.
    #[error(
        "{path} 已经封存过，内容不同；没有改动，确要重新封存请加 --force / {path} was sealed before and differs; nothing was changed: \
         add --force to seal it anew"
    )]
    Exists {
        /// The head of the seal.
        path: PathBuf,
    },
    /// A file cannot be written.
    #[error(
        "写不了 {path}：{source}；请检查权限和磁盘空间 / cannot write {path}: {source}; check permissions and free space"
    )]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Where the seals lie.
#[must_use]
pub fn of(config: Option<&Path>, input: &Path) -> PathBuf {
    config.and_then(Path::parent).unwrap_or(input).join(NAME)
}

/// Whether a folder holds seals, and so no input.
#[must_use]
pub fn holds_seals(folder: &Path) -> bool {
    folder.file_name().is_some_and(|name| name == NAME) && !periods(folder).is_empty()
}

/// The periods that files of a folder are named after, in order.
fn periods(folder: &Path) -> Vec<Period> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut periods: Vec<Period> = entries
        .filter_map(|entry| {
            let name = entry.file_name();
            let name = name.to_str()?;
            Period::parse(name.strip_suffix(".json")?).filter(|period| Seal::name(*period) == name)
        })
        .collect();
    periods.sort_unstable();
    periods
}

/// The files of all seals of a folder.
#[must_use]
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let names = |period| [Seal::name(period), facts_name(period), records_name(period)];
    periods(folder).into_iter().flat_map(names).map(|name| folder.join(name)).collect()
}

/// All seals of a folder in the order of their periods, and why some cannot be used.
#[must_use]
pub fn read_all(folder: &Path) -> Vec<(Period, Result<Seal, Fault>)> {
    periods(folder).into_iter().map(|period| (period, read(folder, period))).collect()
}

fn read(folder: &Path, period: Period) -> Result<Seal, Fault> {
    let bytes = |name: &str| {
        fs::read(folder.join(name)).map_err(|error| Fault::Unreadable { file: name.to_owned(), why: error.to_string() })
    };
    let name = Seal::name(period);
    let files =
        Files { head: bytes(&name)?, facts: bytes(&facts_name(period))?, records: bytes(&records_name(period))? };
    Seal::read(&name, &files)
}

/// Writes a seal; gives the path of its head, and whether anything was written: the same seal again is none.
///
/// # Errors
/// When another one is there and `force` is not said, or a file cannot be written.
pub fn write(folder: &Path, period: Period, files: &Files, force: bool) -> Result<(PathBuf, bool), SealError> {
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source| SealError::Io { path, source }
    };
    let head = folder.join(Seal::name(period));
    // The head goes last: until it is there the others do not fit, and the seal is said to be unusable.
    let all = [
        (folder.join(facts_name(period)), &files.facts),
        (folder.join(records_name(period)), &files.records),
        (head.clone(), &files.head),
    ];
    let is_there = |(path, bytes): &(PathBuf, &Vec<u8>)| fs::read(path).is_ok_and(|there| there == **bytes);
    if all.iter().all(is_there) {
        return Ok((head, false));
    }
    if !force && all.iter().any(|(path, _)| path.exists()) {
        return Err(SealError::Exists { path: head });
    }
    fs::create_dir_all(folder).map_err(failed(folder))?;
    for (path, bytes) in &all {
        let new = path.with_extension("new");
        fs::write(&new, bytes).map_err(failed(&new))?;
        fs::rename(&new, path).map_err(failed(path))?;
    }
    Ok((head, true))
}
