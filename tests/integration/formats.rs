//! What a service center may send: every format and encoding, and files that are broken or hostile.

use manyi::config::Budget;
use manyi::read::{self, TextOptions};

#[test]
fn corpus_listing() {
    let folder = std::path::Path::new("/work/shared/corpus");
    let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    for path in names {
        let begun = std::time::Instant::now();
        let opened = read::read_file(&path, &Budget::default(), TextOptions::default(), None);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let ms = begun.elapsed().as_millis();
        match opened.book {
            Ok(book) => {
                let sheets: Vec<String> = book.sheets.iter().map(|s| match s {
                    Ok(s) => format!("{}:{}r{}c{}m", s.name, s.filled_rows(), s.cell_count(), s.merges.len()),
                    Err((n, e)) => format!("{n}!{e}"),
                }).collect();
                eprintln!("{name}\tread\t{ms}ms\t{:?}\t{}", book.encoding, sheets.join(" | "));
            }
            Err(e) => eprintln!("{name}\trefused\t{ms}ms\t{e:?}"),
        }
    }
}
