//! What the fuzzer found worth keeping, replayed: every file of every corpus under `tests/fuzz/corpus/`.

#[path = "../fuzz/src/lib.rs"]
#[allow(unreachable_pub, reason = "the fuzz targets are crates of their own and see these functions")]
mod checks;

use crate::demo_run::root;
use crate::tree;

/// Most files and bytes of one corpus: it is read by people and cloned by everybody.
const FILES: usize = 200;
const BYTES: usize = 300_000;

#[test]
fn nothing_in_the_corpora_breaks_a_parser() {
    let corpora = root().join("tests/fuzz/corpus");
    for (name, check) in checks::TARGETS {
        let folder = corpora.join(name);
        assert!(folder.is_dir(), "no corpus of {name}");
        let files = tree::files_of(&folder);
        for (file, bytes) in &files {
            let outcome = std::panic::catch_unwind(|| check(bytes));
            assert!(outcome.is_ok(), "tests/fuzz/corpus/{name}/{file}");
        }
    }
}

#[test]
fn the_corpora_stay_small_and_belong_to_a_target() {
    let mut sizes: std::collections::BTreeMap<String, (usize, usize)> = std::collections::BTreeMap::new();
    for (path, bytes) in tree::files_of(&root().join("tests/fuzz/corpus")) {
        let size = sizes.entry(path.split('/').next().unwrap().to_owned()).or_default();
        *size = (size.0 + 1, size.1 + bytes.len());
    }
    for (name, (files, bytes)) in sizes {
        assert!(checks::TARGETS.iter().any(|(target, _)| *target == name), "no target {name}");
        assert!(files <= FILES && bytes <= BYTES, "{name}: {files} files, {bytes} bytes");
    }
}
