//! Rendered files → `output/`, whole or not at all.
//!
//! Files are written to a staging folder inside the output folder as they are made. [`Publisher::commit`] writes the manifest,
//! moves what was there aside, moves the new files in, and only then removes the old ones; whatever fails before leaves the
//! previous output as it was.

mod new_files;
mod published;

use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

pub use new_files::{write_into_empty, write_new};
pub use published::Published;
use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

/// Names in the output folder that are not ours to move: the placeholder of the repository.
const KEPT: [&str; 1] = [".gitkeep"];
const STAGING: &str = ".manyi-staging";
const PREVIOUS: &str = ".manyi-previous";
const DONE: &str = ".manyi-done";
const LOCK: &str = ".manyi-lock";
const MANIFEST: &str = "data/manifest.json";

/// Why nothing was published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// A file operation failed.
    #[error(
        "写不了 {path}：{source}；请检查权限和磁盘空间 / cannot write {path}: {source}; check permissions and free space"
    )]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The folder holds something else.
    #[error(
        "输出文件夹 {0} 里有别的文件，且没有满意的清单；为免误删，请换一个空文件夹 / the output folder {0} is not empty and bears no \
         manifest of manyi; choose an empty folder, so that nothing of yours is lost"
    )]
    NotOurs(PathBuf),
    /// A file of the user's stands there.
    #[error(
        "{0} 已经存在，且内容不同；没有写入任何文件，请换一个文件夹或先移走它 / {0} is there already and differs; nothing was written: \
         choose another folder, or move it away"
    )]
    Exists(PathBuf),
    /// What goes into a new folder goes into no other.
    #[error(
        "{0} 不是空文件夹；没有写入任何文件，请换一个名字或先清空它 / {0} is not an empty folder; nothing was written: choose another name, \
         or empty it"
    )]
    NotEmpty(PathBuf),
    /// Another run is at work.
    #[error("另一个满意正在写 {0}，请等它结束 / another run of manyi is writing to {0}; wait until it has finished")]
    Locked(PathBuf),
}

/// A file as published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Path below the folder, with `/`.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// BLAKE3 hash of the bytes.
    pub blake3: String,
}

/// What was published from what; says nothing of when or by which machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// `manyi`.
    pub program: String,
    /// Version of the program.
    pub version: String,
    /// The as-of date: everything up to its 24:00 was counted.
    pub as_of: String,
    /// Language of the pages.
    pub language: String,
    /// Profiles in use.
    pub profiles: Vec<String>,
    /// Input files.
    pub input: Vec<Entry>,
    /// Published files, without this one.
    pub files: Vec<Entry>,
}

/// Writes one output.
#[derive(Debug)]
pub struct Publisher {
    output: PathBuf,
    /// Held until the publisher is dropped.
    _lock: File,
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> PublishError + '_ {
    move |source| PublishError::Io { path: path.to_path_buf(), source }
}

impl Publisher {
    /// Takes the output folder, making it where it is missing.
    ///
    /// # Errors
    /// When the folder cannot be written, is another's, or another run is at work.
    pub fn open(output: &Path) -> Result<Self, PublishError> {
        fs::create_dir_all(output).map_err(failed(output))?;
        let lock_path = output.join(LOCK);
        let lock = File::create(&lock_path).map_err(failed(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(PublishError::Locked(output.to_path_buf())),
            Err(TryLockError::Error(source)) => return Err(PublishError::Io { path: lock_path, source }),
        }
        // Only who holds the lock may put back what a killed run moved out.
        let publisher = Self { output: output.to_path_buf(), _lock: lock };
        recover(output)?;
        refuse_foreign(output)?;
        remove(&publisher.staging())?;
        remove(&publisher.output.join(DONE))?;
        fs::create_dir_all(publisher.staging()).map_err(failed(&publisher.staging()))?;
        Ok(publisher)
    }

    fn staging(&self) -> PathBuf {
        self.output.join(STAGING)
    }

    /// Writes a file of the new output. Files of different paths may be written side by side.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(
        &self,
        path: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Entry, PublishError> {
        let target = self.staging().join(path);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(failed(folder))?;
        }
        let file = File::create(&target).map_err(failed(&target))?;
        let mut hashing =
            Hashing { inner: BufWriter::with_capacity(1 << 16, file), hasher: blake3::Hasher::new(), bytes: 0 };
        write(&mut hashing).and_then(|()| hashing.inner.flush()).map_err(failed(&target))?;
        Ok(Entry {
            path: path.to_owned(),
            bytes: hashing.bytes,
            blake3: hashing.hasher.finalize().to_hex().to_string(),
        })
    }

    /// Publishes: the manifest is written, what was there goes, what was written comes.
    ///
    /// # Errors
    /// When a file cannot be written or moved; the previous output is then put back.
    pub fn commit(self, manifest: &Manifest) -> Result<(), PublishError> {
        self.write(MANIFEST, |out| {
            serde_json::to_writer_pretty(&mut *out, manifest)?;
            out.write_all(b"\n")
        })?;
        let previous = self.output.join(PREVIOUS);
        fs::create_dir_all(&previous).map_err(failed(&previous))?;
        let outcome = move_all(&self.output, &previous).and_then(|()| move_all(&self.staging(), &self.output));
        if let Err(error) = outcome {
            // The new files go back to staging, so that only the previous output is left standing.
            let _ = move_all(&self.output, &self.staging());
            let _ = move_all(&previous, &self.output);
            return Err(error);
        }
        // Renamed before it is removed: a run killed while removing must not have half of it put back.
        let done = self.output.join(DONE);
        remove(&done)?;
        fs::rename(&previous, &done).map_err(failed(&previous))?;
        // Each period has a folder: thousands of files are removed side by side.
        names(&done)?.into_par_iter().filter(|path| path.is_dir()).try_for_each(|folder| remove(&folder))?;
        remove(&done)?;
        remove(&self.staging())
    }
}

impl Drop for Publisher {
    /// What was not published leaves nothing behind.
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.staging());
        let _ = fs::remove_file(self.output.join(LOCK));
    }
}

struct Hashing<W> {
    inner: W,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write_all(bytes)?;
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Names in a folder, in order.
fn names(folder: &Path) -> Result<Vec<PathBuf>, PublishError> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        paths.push(entry.map_err(failed(folder))?.path());
    }
    paths.sort();
    Ok(paths)
}

fn is_ours_to_move(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
    !KEPT.contains(&name) && ![STAGING, PREVIOUS, DONE, LOCK].contains(&name)
}

fn move_all(from: &Path, to: &Path) -> Result<(), PublishError> {
    for path in names(from)?.iter().filter(|path| is_ours_to_move(path)) {
        let Some(name) = path.file_name() else { continue };
        fs::rename(path, to.join(name)).map_err(failed(path))?;
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<(), PublishError> {
    match fs::remove_dir_all(folder) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(PublishError::Io { path: folder.to_path_buf(), source: error }),
    }
}

/// A run that was killed between moving out and moving in: what it moved out is put back.
fn recover(output: &Path) -> Result<(), PublishError> {
    let previous = output.join(PREVIOUS);
    if !previous.is_dir() {
        return Ok(());
    }
    for path in names(&previous)? {
        let Some(name) = path.file_name() else { continue };
        let target = output.join(name);
        if target.is_dir() {
            remove(&target)?;
        }
        fs::rename(&path, &target).map_err(failed(&path))?;
    }
    remove(&previous)
}

/// A folder that holds something but bears no manifest of ours is another's.
fn refuse_foreign(output: &Path) -> Result<(), PublishError> {
    let holds_something = names(output)?.iter().any(|path| is_ours_to_move(path));
    if !holds_something {
        return Ok(());
    }
    if is_published(output) { Ok(()) } else { Err(PublishError::NotOurs(output.to_path_buf())) }
}

/// Whether a folder is an output of this program: it bears a manifest of ours.
#[must_use]
pub fn is_published(folder: &Path) -> bool {
    Published::of(folder).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        Manifest {
            program: "manyi".into(),
            version: "0".into(),
            as_of: "2025-12-31".into(),
            language: "zh".into(),
            profiles: vec![],
            input: vec![],
            files: vec![],
        }
    }

    fn publish(output: &Path, text: &str) -> Result<(), PublishError> {
        let publisher = Publisher::open(output)?;
        publisher.write("index.html", |out| out.write_all(text.as_bytes()))?;
        publisher.commit(&manifest())
    }

    #[test]
    fn what_is_not_committed_leaves_the_previous_output_as_it_was() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join(".gitkeep"), "")?;
        publish(folder.path(), "first")?;
        {
            let publisher = Publisher::open(folder.path())?;
            publisher.write("index.html", |out| out.write_all(b"second"))?;
        }
        assert_eq!(fs::read_to_string(folder.path().join("index.html"))?, "first");
        publish(folder.path(), "third")?;
        assert_eq!(fs::read_to_string(folder.path().join("index.html"))?, "third");
        let left: Vec<_> =
            names(folder.path())?.iter().filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect();
        assert_eq!(left, [".gitkeep", "data", "index.html"]);
        Ok(())
    }

    #[test]
    fn a_folder_of_somebody_else_is_refused_and_untouched() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("家庭照片.jpg"), "x")?;
        assert!(matches!(publish(folder.path(), "x"), Err(PublishError::NotOurs(_))));
        assert_eq!(names(folder.path())?.len(), 1);
        Ok(())
    }

    #[test]
    fn a_second_run_at_the_same_time_is_refused() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let first = Publisher::open(folder.path())?;
        assert!(matches!(Publisher::open(folder.path()), Err(PublishError::Locked(_))));
        drop(first);
        assert!(Publisher::open(folder.path()).is_ok());
        Ok(())
    }

    #[test]
    fn a_run_that_was_killed_while_moving_is_undone() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        publish(folder.path(), "first")?;
        fs::create_dir(folder.path().join(PREVIOUS))?;
        fs::rename(folder.path().join("index.html"), folder.path().join(PREVIOUS).join("index.html"))?;
        publish(folder.path(), "second")?;
        assert_eq!(fs::read_to_string(folder.path().join("index.html"))?, "second");
        Ok(())
    }
}
