//! Names of sheets: as they were, as far as the format of the workbook allows them, and each once.

/// Longest name of a sheet, in UTF-16 units.
const LONGEST: usize = 31;

/// A name for each sheet, each once and none that is taken already.
pub(super) fn unique<'n>(wanted: impl IntoIterator<Item = &'n str>, taken: &[&str]) -> Vec<String> {
    let mut known: std::collections::BTreeSet<String> = taken.iter().map(|name| name.to_lowercase()).collect();
    let mut names = Vec::new();
    for wanted in wanted {
        let name = allowed(wanted);
        let mut free = name.clone();
        let mut number = 2;
        while !known.insert(free.to_lowercase()) {
            let ending = format!(" ({number})");
            free = format!("{}{ending}", cut(&name, LONGEST - ending.len()));
            number += 1;
        }
        names.push(free);
    }
    names
}

fn allowed(name: &str) -> String {
    let name: String = name.chars().map(|c| if c.is_control() || "[]:*?/\\".contains(c) { '_' } else { c }).collect();
    let name = cut(name.trim_matches('\''), LONGEST);
    let name = name.trim_matches('\'');
    // Formats without sheets have none; `History` is taken by spreadsheets themselves.
    if name.trim().is_empty() {
        "Sheet1".to_owned()
    } else if name.eq_ignore_ascii_case("history") {
        format!("Sheet1{name}")
    } else {
        name.to_owned()
    }
}

fn cut(name: &str, longest: usize) -> String {
    let mut units = 0;
    name.chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= longest
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_a_workbook_refuses_are_mended_and_stay_different() {
        let long = "长".repeat(40);
        let names = unique(["3月", "a/b", "A_B", "", "目录", &long, &long, "'引'", "History"], &["目录"]);
        assert_eq!(names[..5], ["3月", "a_b", "A_B (2)", "Sheet1", "目录 (2)"]);
        assert_eq!(names[5].chars().count(), LONGEST);
        assert!(names[6].ends_with(" (2)") && names[6].chars().count() == LONGEST);
        assert_eq!(names[7..], ["引", "Sheet1History"]);
    }

    #[test]
    fn a_name_of_blanks_alone_is_replaced_however_long_it_is() {
        assert_eq!(unique([" ".repeat(30).as_str(), &"\u{3000}".repeat(31)], &[]), ["Sheet1", "Sheet1 (2)"]);
    }
}
