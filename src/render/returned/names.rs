//! Names of the sheets: as they were, as far as the format of the workbook allows them.

use super::ReturnedSheet;

/// Longest name of a sheet, in UTF-16 units.
const LONGEST: usize = 31;

/// Name of the first sheet.
pub(super) const LIST: &str = "要修改的地方";

/// A name for each sheet, each once and none that of the list.
pub(super) fn of(sheets: &[ReturnedSheet<'_>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(sheets.len());
    for returned in sheets {
        let name = allowed(&returned.sheet.name);
        let taken = |name: &str| {
            let folded = name.to_lowercase();
            folded == LIST || names.iter().any(|known| known.to_lowercase() == folded)
        };
        let mut free = name.clone();
        let mut number = 2;
        while taken(&free) {
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
    use crate::read::sheet::Sheet;

    #[test]
    fn names_that_a_workbook_refuses_are_mended_and_stay_different() {
        let long = "长".repeat(40);
        let sheets: Vec<Sheet> =
            ["3月", "a/b", "A_B", "", LIST, &long, &long, "'引'", "History"].map(Sheet::named).into_iter().collect();
        let returned: Vec<ReturnedSheet<'_>> =
            sheets.iter().map(|sheet| ReturnedSheet { sheet, problems: vec![], headers: vec![] }).collect();
        let names = of(&returned);
        assert_eq!(names[..5], ["3月", "a_b", "A_B (2)", "Sheet1", "要修改的地方 (2)"]);
        assert_eq!(names[5].chars().count(), LONGEST);
        assert!(names[6].ends_with(" (2)") && names[6].chars().count() == LONGEST);
        assert_eq!(names[7..], ["引", "Sheet1History"]);
    }

    #[test]
    fn a_name_of_blanks_alone_is_replaced_however_long_it_is() {
        let sheets = [Sheet::named(&" ".repeat(30)), Sheet::named(&"\u{3000}".repeat(31))];
        let returned: Vec<ReturnedSheet<'_>> =
            sheets.iter().map(|sheet| ReturnedSheet { sheet, problems: vec![], headers: vec![] }).collect();
        assert_eq!(of(&returned), ["Sheet1", "Sheet1 (2)"]);
    }
}
