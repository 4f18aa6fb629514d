//! Files put into a folder of the user: what stands there already is never overwritten.

use std::fs;
use std::io;
use std::path::Path;

use super::{PublishError, failed};

/// Writes files into a folder, making it where it is missing; gives how many were written. Files that are there already with
/// the same bytes stay.
///
/// # Errors
/// When a file of one of the names is there with other bytes (then nothing is written), or a file cannot be written.
pub fn write_new(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<usize, PublishError> {
    let mut missing = Vec::new();
    for (name, bytes) in files {
        let path = folder.join(name);
        match fs::read(&path) {
            Ok(there) if there == *bytes => {}
            Ok(_) => return Err(PublishError::Exists(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => missing.push((path, bytes)),
            Err(source) => return Err(PublishError::Io { path, source }),
        }
    }
    fs::create_dir_all(folder).map_err(failed(folder))?;
    for (path, bytes) in &missing {
        fs::write(path, bytes).map_err(failed(path))?;
    }
    Ok(missing.len())
}

/// Writes files into a folder of their own, making it and those above and below it; a name may have folders, with `/`.
///
/// # Errors
/// When the folder holds anything (then nothing is written), or a file cannot be written.
pub fn write_into_empty(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), PublishError> {
    fs::create_dir_all(folder).map_err(failed(folder))?;
    if fs::read_dir(folder).map_err(failed(folder))?.next().is_some() {
        return Err(PublishError::NotEmpty(folder.to_path_buf()));
    }
    for (name, bytes) in files {
        let path = folder.join(name);
        let below = path.parent().unwrap_or(folder);
        fs::create_dir_all(below).map_err(failed(below))?;
        fs::write(&path, bytes).map_err(failed(&path))?;
    }
    Ok(())
}
