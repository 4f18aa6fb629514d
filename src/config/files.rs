//! Files that belong to a config: the profiles that a company writes itself.

use std::path::{Path, PathBuf};

use super::ConfigError;

/// Folder beside the config in which profiles are looked for, besides the config's own.
const FOLDER: &str = "profiles";

/// Reads a text file.
///
/// # Errors
/// When it cannot be read, or is no UTF-8.
pub fn read_text(path: &Path) -> Result<String, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Io { path: path.to_path_buf(), source })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The one path of a file that has several, so that a file is known again.
#[must_use]
pub fn one_path(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// The file `<name>.toml` in a folder or in `profiles/` below it.
#[must_use]
pub fn named_beside(folder: &Path, name: &str) -> Option<PathBuf> {
    let file = format!("{name}.toml");
    [folder.join(&file), folder.join(FOLDER).join(&file)].into_iter().find(|path| path.is_file())
}

/// The TOML files in a folder and in `profiles/` below it, sorted; the config is none of them.
#[must_use]
pub fn files_beside(folder: &Path) -> Vec<PathBuf> {
    names_beside(folder)
        .iter()
        .flat_map(|name| [folder.join(format!("{name}.toml")), folder.join(FOLDER).join(format!("{name}.toml"))])
        .filter(|path| path.is_file())
        .collect()
}

/// Names of the TOML files in a folder and in `profiles/` below it, sorted; the config is none of them.
#[must_use]
pub fn names_beside(folder: &Path) -> Vec<String> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut names: Vec<String> = [here.to_path_buf(), here.join(FOLDER)]
        .iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flat_map(|entries| entries.filter_map(Result::ok))
        .filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".toml").map(str::to_owned))
        .filter(|name| name != "manyi")
        .collect();
    names.sort();
    names.dedup();
    names
}
