//! The input files: all below the input folder, by the byte order of their paths.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::{RunError, relative};

/// Folders within folders; deeper ones are not looked into.
const DEEPEST: usize = 32;

/// Lists the input files: path below the folder, with `/`. Hidden files, outputs and seals of this program, lock files of open
/// workbooks (`~$…`) and what is written in their place while they are saved (`….tmp`), config and profiles, and what systems
/// leave behind are passed over.
pub(super) fn list(input: &Path) -> Result<Vec<String>, RunError> {
    let mut files = Vec::new();
    walk(input, input, 0, &is_passed_over, &mut files)?;
    files.sort_unstable();
    if files.is_empty() {
        return Err(RunError::NoInput(input.to_path_buf()));
    }
    Ok(files)
}

/// All files of a folder of templates and texts; none where there is no such folder.
pub(super) fn templates(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    // What cannot be listed is told by the run itself.
    let _ = walk(folder, folder, 0, &is_left_behind, &mut files);
    files.iter().map(|file| folder.join(file)).collect()
}

/// The files that paths name, by the folder below which they are told: the input folder, or the one in which they lie. A
/// folder stands for all files in it; a path that is not there is looked for below the input folder.
pub(super) fn asked(paths: &[PathBuf], input: &Path) -> Result<Vec<(PathBuf, Vec<String>)>, RunError> {
    let mut found: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
    for asked in paths {
        let path = [asked.clone(), input.join(asked)].into_iter().find(|path| path.exists());
        let Some(path) = path else {
            return Err(RunError::NoSuchFile { path: asked.clone(), input: input.to_path_buf() });
        };
        let real =
            |path: &Path| path.canonicalize().map_err(|source| RunError::Input { path: path.to_path_buf(), source });
        let (own, root) = (real(&path)?, input.canonicalize().unwrap_or_else(|_| input.to_path_buf()));
        let is_below = own.starts_with(&root);
        if path.is_dir() {
            let files = list(&path)?;
            let (folder, prefix) = if is_below { (root.clone(), relative(&own, &root)) } else { (own, String::new()) };
            let below = |file: String| if prefix.is_empty() { file } else { format!("{prefix}/{file}") };
            found.entry(folder).or_default().extend(files.into_iter().map(below));
        } else {
            let folder = if is_below { root } else { own.parent().unwrap_or(Path::new("")).to_path_buf() };
            let file = relative(&own, &folder);
            found.entry(folder).or_default().insert(file);
        }
    }
    Ok(found.into_iter().map(|(folder, files)| (folder, files.into_iter().collect())).collect())
}

fn walk(
    folder: &Path,
    input: &Path,
    depth: usize,
    is_passed_over: &dyn Fn(&str) -> bool,
    files: &mut Vec<String>,
) -> Result<(), RunError> {
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source| RunError::Input { path, source }
    };
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let path: PathBuf = entry.map_err(failed(folder))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if is_passed_over(&name) {
            continue;
        }
        if path.is_dir() {
            if depth < DEEPEST && !crate::publish::is_published(&path) && !crate::seal::folder::holds_seals(&path) {
                walk(&path, input, depth + 1, is_passed_over, files)?;
            }
        } else if path.is_file() {
            files.push(relative(&path, input));
        }
    }
    Ok(())
}

fn is_passed_over(name: &str) -> bool {
    is_left_behind(name) || has_ending(name, "toml")
}

/// Whether other programs left it there.
fn is_left_behind(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || has_ending(name, "tmp")
        || name.eq_ignore_ascii_case("thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
        || name == "__MACOSX"
}

fn has_ending(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lock_files_and_hidden_files_are_passed_over() {
        for name in
            ["~$2025年3月投诉.xlsx", ".~2025年3月投诉.et", "8D2F1C00.tmp", ".gitkeep", "manyi.toml", "Thumbs.db"]
        {
            assert!(is_passed_over(name), "{name}");
        }
        assert!(!is_passed_over("2025年3月投诉.xlsx"));
    }
}
