//! What the program makes of the demonstration input in both languages and of a nasty one, and which pages a test takes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::devtools::Tab;
use crate::{nasty, tools};

/// Tabs in which the pages of one test are open at a time; the tests themselves run side by side.
const TABS: usize = 2;

/// Sorts of findings of which a failure prints an example; all findings are in a file.
const PRINTED: usize = 40;

/// One output folder.
pub(crate) struct Site {
    /// `zh`, `en`, `nasty`.
    pub(crate) name: &'static str,
    folder: PathBuf,
    /// Every file by its path below the folder.
    files: BTreeMap<String, u64>,
}

/// A page of a site.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a> {
    pub(crate) site: &'a Site,
    pub(crate) path: &'a str,
    pub(crate) bytes: u64,
}

impl Site {
    /// Runs the program.
    fn make(name: &'static str, input: &Path, language: &str) -> Self {
        let (_, work) = tools::browser().expect("asked for by who has one");
        let folder = work.join(name);
        let program = Command::new(env!("CARGO_BIN_EXE_manyi"))
            .args(["--quiet", "--lang", language, "--input"])
            .arg(input)
            .arg("--output")
            .arg(&folder)
            .output()
            .expect("the program starts");
        assert!(program.status.success(), "{name}: {}", String::from_utf8_lossy(&program.stderr));
        Self::of(name, folder)
    }

    /// A folder of pages.
    pub(crate) fn of(name: &'static str, folder: PathBuf) -> Self {
        let mut files = BTreeMap::new();
        list(&folder, "", &mut files);
        Self { name, folder, files }
    }

    pub(crate) fn pages(&self) -> impl Iterator<Item = Page<'_>> {
        let pages = self.files.iter().filter(|(path, _)| path.ends_with(".html"));
        pages.map(|(path, bytes)| Page { site: self, path, bytes: *bytes })
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }
}

fn list(folder: &Path, below: &str, files: &mut BTreeMap<String, u64>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = format!("{below}{}", entry.file_name().to_str().expect("the program writes names in UTF-8"));
        let metadata = entry.metadata().unwrap();
        if metadata.is_dir() {
            list(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, metadata.len());
        }
    }
}

impl Page<'_> {
    pub(crate) fn file(self) -> PathBuf {
        self.site.folder.join(self.path)
    }

    /// What messages call it.
    pub(crate) fn name(self) -> String {
        format!("{}/{}", self.site.name, self.path)
    }

    /// Hangs on a wall.
    pub(crate) fn is_public(self) -> bool {
        self.path.starts_with("public/")
    }

    /// Its file, the length of its period and whether it is about a part of the company: pages of one kind are composed by the
    /// same code of the same sort of facts.
    pub(crate) fn kind(self) -> String {
        let mut parts: Vec<&str> = self.path.split('/').collect();
        let file = parts.pop().unwrap_or_default();
        let wall = if self.is_public() { "public/" } else { "" };
        let folders = &parts[usize::from(self.is_public()).min(parts.len())..];
        let period = folders.first().map_or("", |period| match period.split_once('-') {
            Some((_, rest)) if rest.starts_with('H') => "half/",
            Some((_, rest)) if rest.starts_with('Q') => "quarter/",
            Some(_) => "month/",
            None if period.bytes().all(|byte| byte.is_ascii_digit()) => "year/",
            None => period,
        });
        let part = if folders.len() > 1 { "part/" } else { "" };
        // Number cards are the same whatever the period, and go on from page to page.
        if file.starts_with("numbers") {
            return format!("{part}numbers.html");
        }
        format!("{wall}{period}{part}{file}")
    }
}

/// The sites; none where there is no browser to look at them.
pub(crate) fn sites() -> Option<&'static [Site]> {
    static SITES: OnceLock<Vec<Site>> = OnceLock::new();
    let (_, work) = tools::browser()?;
    let sites = SITES.get_or_init(|| {
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
        let bad = work.join("nasty-input");
        nasty::write(&bad);
        let makings = [("zh", &demo, "zh"), ("en", &demo, "en"), ("nasty", &bad, "zh")];
        std::thread::scope(|scope| {
            let makings = makings.map(|(name, input, language)| scope.spawn(move || Site::make(name, input, language)));
            makings.map(|making| making.join().expect("the program runs")).into()
        })
    });
    Some(sites)
}

/// All pages, or those whose name contains `$MANYI_PAGES`; none where there is no browser.
pub(crate) fn pages() -> Option<Vec<Page<'static>>> {
    let wanted = std::env::var("MANYI_PAGES").unwrap_or_default();
    let pages: Vec<Page> = sites()?.iter().flat_map(Site::pages).filter(|page| page.name().contains(&wanted)).collect();
    assert!(!pages.is_empty(), "no name of a page contains {wanted}");
    Some(pages)
}

/// Of each kind the largest page, the smallest, and some between: at most so many of the Chinese demonstration, half as many of
/// each other site. Where `$MANYI_PAGES` is set, all that it names: `MANYI_PAGES=/` is every page.
pub(crate) fn samples(most: usize) -> Option<Vec<Page<'static>>> {
    let pages = pages()?;
    if std::env::var_os("MANYI_PAGES").is_some() {
        return Some(pages);
    }
    let mut kinds: BTreeMap<(&str, String), Vec<Page>> = BTreeMap::new();
    for page in pages {
        kinds.entry((page.site.name, page.kind())).or_default().push(page);
    }
    let samples = kinds.into_iter().flat_map(|((site, _), mut pages)| {
        pages.sort_by_key(|page| std::cmp::Reverse(page.bytes));
        let most = if site == "zh" { most } else { most.div_ceil(2) }.min(pages.len());
        let last = pages.len() - 1;
        (0..most).map(|place| pages[place * last / (most - 1).max(1)]).collect::<Vec<_>>()
    });
    Some(samples.collect())
}

/// Looks at each page in a tab and gives what is wrong, in the order of the pages.
pub(crate) fn look(pages: &[Page], check: impl Fn(&Tab, Page) -> Vec<String> + Sync) -> Vec<String> {
    let (browser, _) = tools::browser().expect("there are pages only where there is a browser");
    let next = AtomicUsize::new(0);
    let work = || {
        let tab = browser.tab();
        let mut found = Vec::new();
        while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
            found.extend(check(&tab, *page).into_iter().map(|what| (page.name(), what)));
        }
        found
    };
    let mut found: Vec<(String, String)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..TABS).map(|_| scope.spawn(work)).collect();
        let ended =
            workers.into_iter().map(|worker| worker.join().unwrap_or_else(|why| std::panic::resume_unwind(why)));
        ended.flatten().collect()
    });
    // The sort keeps the order of what was found of one page.
    found.sort_by(|(left, _), (right, _)| left.cmp(right));
    found.into_iter().map(|(page, what)| format!("{page}: {what}")).collect()
}

/// Fails where something was found: prints an example of each sort of finding and writes all to a file.
#[track_caller]
pub(crate) fn assert_none(found: &[String], what: &str) {
    if found.is_empty() {
        return;
    }
    let all = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}.txt", what.replace(' ', "-")));
    fs::write(&all, found.join("\n")).unwrap();
    let mut sorts: BTreeMap<String, (usize, &String)> = BTreeMap::new();
    for finding in found {
        sorts.entry(sort_of(finding)).or_insert((0, finding)).0 += 1;
    }
    let mut sorts: Vec<(usize, &String)> = sorts.into_values().collect();
    sorts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let more = sorts.len().saturating_sub(PRINTED);
    let printed: Vec<String> =
        sorts.iter().take(PRINTED).map(|(count, example)| format!("{count:>6} × {example}")).collect();
    let count = found.len();
    panic!(
        "{what}: {count} findings, all in {}; an example of each sort, {more} sorts more:\n{}",
        all.display(),
        printed.join("\n")
    );
}

/// A finding without its page, numbers and quoted texts: the same fault on another page is of the same sort.
fn sort_of(finding: &str) -> String {
    let finding = finding.split_once(": ").map_or(finding, |(_, finding)| finding);
    let mut quoted = false;
    let plain = finding.chars().filter(|c| {
        quoted = (quoted || *c == '「') && *c != '」';
        !quoted && !c.is_ascii_digit()
    });
    plain.collect()
}
