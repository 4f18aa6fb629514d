//! The programs that the tests need and the program itself does not: a browser, a Chinese font, two checkers. `.ci/run`
//! installs them; where `CI=true` a test fails without them, elsewhere it says so and passes.

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::devtools::{self, Browser};

/// What `.ci/run` installs as packages of node, below the folder of the build.
const PACKAGES: &str = "browser-tools/node_modules";

/// A tool that is there, or none where it need not be.
///
/// Panics on the machine that must have it.
fn required<T>(found: Option<T>, what: &str) -> Option<T> {
    if found.is_none() {
        let needed = std::env::var_os("CI").is_some_and(|value| value == "true");
        assert!(!needed, "{what} is missing; .ci/run installs it");
        // A test that passes has its prints withheld; this is to be seen.
        let _ = writeln!(std::io::stderr(), "{what} is missing (.ci/run installs it): not tested");
    }
    found
}

/// The browser of all tests and the folder for what they make; it ends with this process and takes the folder with it.
pub(crate) fn browser() -> Option<&'static (Browser, PathBuf)> {
    static BROWSER: OnceLock<Option<(Browser, PathBuf)>> = OnceLock::new();
    let found = BROWSER.get_or_init(|| {
        let chromium = devtools::find().filter(|_| has_chinese_font())?;
        let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap().keep();
        Some((Browser::start(&chromium, &folder), folder))
    });
    required(found.as_ref(), "Chromium with a Chinese font")
}

/// Without one, boxes of missing characters would be measured.
fn has_chinese_font() -> bool {
    let listed = Command::new("fc-list").arg(":lang=zh-cn").output();
    listed.is_ok_and(|listed| !listed.stdout.is_empty())
}

/// A file of a package of node.
fn packaged(file: &str) -> Option<PathBuf> {
    let built = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    Some(built.parent()?.join(PACKAGES).join(file)).filter(|path| path.is_file())
}

/// The source of axe-core.
pub(crate) fn axe() -> Option<String> {
    let path = required(packaged("axe-core/axe.min.js"), "axe-core")?;
    Some(std::fs::read_to_string(path).unwrap())
}

/// The checker of markup, ready for arguments.
pub(crate) fn markup_checker() -> Option<Command> {
    let has_java = Command::new("java").arg("-version").output().is_ok();
    let jar = packaged("vnu-jar/build/dist/vnu.jar").filter(|_| has_java);
    let jar = required(jar, "the Nu checker of markup (and java)")?;
    let mut checker = Command::new("java");
    checker.arg("-jar").arg(jar);
    Some(checker)
}
