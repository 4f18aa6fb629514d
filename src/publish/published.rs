//! An output as it stands, for those who read it: nothing but what its manifest lists.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{MANIFEST, Manifest};

/// An output.
#[derive(Debug, Clone)]
pub struct Published {
    /// Its folder by its one path.
    folder: PathBuf,
    paths: BTreeSet<String>,
    print: String,
}

impl Published {
    /// The output in a folder; none where none bears a manifest of ours.
    #[must_use]
    pub fn of(folder: &Path) -> Option<Self> {
        let folder = folder.canonicalize().ok()?;
        let bytes = fs::read(folder.join(MANIFEST)).ok()?;
        let manifest: Manifest = serde_json::from_slice(&bytes).ok()?;
        let listed = manifest.files.into_iter().map(|file| file.path);
        let paths = listed.chain([MANIFEST.to_owned()]).collect();
        (manifest.program == "manyi").then(|| Self { folder, paths, print: blake3::hash(&bytes).to_hex().to_string() })
    }

    /// Differs between outputs that differ in any byte: a hash of the manifest, which has the hash of every file.
    #[must_use]
    pub fn print(&self) -> &str {
        &self.print
    }

    /// Whether a path, with `/`, is that of a file of the output.
    #[must_use]
    pub fn lists(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// The bytes of a file of the output; none where no such file is listed, or where a link leads elsewhere.
    ///
    /// # Errors
    /// When it cannot be read: another output takes its place just now.
    pub fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        if !self.lists(path) {
            return Ok(None);
        }
        let file = self.folder.join(path);
        // A path on which a link or `..` stands is not its own one path.
        if file.canonicalize()? != file {
            return Ok(None);
        }
        fs::read(file).map(Some)
    }
}
