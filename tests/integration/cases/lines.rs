//! Lines that a clerk wrote by hand, each of which must be found once in a table that the program gave.

use super::compare::Grid;

/// Columns that say which line is meant; the others say what it should hold.
const NAMING: [&str; 9] = ["metric", "profile", "period", "scope", "dimension", "duty", "case", "deadline", "due"];

/// The lines that are missing, or stand there more than once, in words. Only the columns that are named are compared; an empty
/// cell means an empty cell. Columns of `aside` are for the reader.
pub(super) fn not_once(name: &str, expected: &Grid, found: &Grid, aside: &[&str]) -> Vec<String> {
    let matching = Matching::of(name, expected, found, aside);
    let wrong = expected.rows.iter().zip(2..).filter_map(|(row, line)| {
        let fitting = matching.fitting(row);
        match fitting.len() {
            1 => None,
            0 => Some(format!("{name}:{line} is not there: {}\n    {}", matching.written(row), matching.nearest(row))),
            several => Some(format!("{name}:{line} is there {several} times: {}", matching.written(row))),
        }
    });
    matching.missing_columns.iter().cloned().chain(wrong).collect()
}

/// The lines that must not be there but are, in words.
pub(super) fn there_at_all(name: &str, unwanted: &Grid, found: &Grid, aside: &[&str]) -> Vec<String> {
    let matching = Matching::of(name, unwanted, found, aside);
    let wrong = unwanted.rows.iter().zip(2..).filter(|(row, _)| !matching.fitting(row).is_empty());
    let wrong = wrong.map(|(row, line)| format!("{name}:{line} should not be there: {}", matching.written(row)));
    matching.missing_columns.iter().cloned().chain(wrong).collect()
}

/// Expected columns and where they stand in both tables.
struct Matching<'a> {
    /// Column, place in the expected table, place in the found one.
    columns: Vec<(&'a str, usize, usize)>,
    found: &'a Grid,
    missing_columns: Vec<String>,
}

impl<'a> Matching<'a> {
    fn of(name: &str, expected: &'a Grid, found: &'a Grid, aside: &[&str]) -> Self {
        let (mut columns, mut missing_columns) = (Vec::new(), Vec::new());
        for (at, column) in expected.columns.iter().enumerate().filter(|(_, column)| !aside.contains(&column.as_str()))
        {
            match found.columns.iter().position(|known| known == column) {
                Some(place) => columns.push((column.as_str(), at, place)),
                None => missing_columns.push(format!("{name}: the program gives no column {column}")),
            }
        }
        Self { columns, found, missing_columns }
    }

    fn fitting(&self, row: &[String]) -> Vec<&Vec<String>> {
        let fits = |found: &&Vec<String>| self.columns.iter().all(|(_, at, place)| agrees(row, found, *at, *place));
        self.found.rows.iter().filter(fits).collect()
    }

    fn written(&self, row: &[String]) -> String {
        let cells = self.columns.iter().map(|(column, at, _)| format!("{column}={}", row[*at]));
        cells.collect::<Vec<_>>().join(" ")
    }

    /// The line that comes nearest, by where it differs.
    fn nearest(&self, row: &[String]) -> String {
        let likeness = |found: &Vec<String>| -> usize {
            let agreeing = self.columns.iter().filter(|(_, at, place)| agrees(row, found, *at, *place));
            agreeing.map(|(column, ..)| if NAMING.contains(column) { 100 } else { 1 }).sum()
        };
        let Some(nearest) = self.found.rows.iter().max_by_key(|found| likeness(found)) else {
            return "the table is empty".to_owned();
        };
        let differing = self.columns.iter().filter(|(_, at, place)| !agrees(row, nearest, *at, *place));
        let differing = differing.map(|(column, _, place)| format!("{column}={}", nearest[*place]));
        format!("the nearest line has {}", differing.collect::<Vec<_>>().join(" "))
    }
}

fn agrees(row: &[String], found: &[String], at: usize, place: usize) -> bool {
    row.get(at).map_or("", String::as_str) == found[place]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(text: &str) -> Grid {
        let mut rows = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        Grid { columns: rows.next().unwrap(), rows: rows.collect() }
    }

    #[test]
    fn a_line_is_looked_for_in_the_columns_that_it_names() {
        let found = grid("metric,period,value,target\na,2025-01,1,\na,2025-02,2,>=1\nb,2025-01,3,");
        assert!(not_once("facts.csv", &grid("metric,value\nb,3\na,2"), &found, &[]).is_empty());
        let wrong = not_once("facts.csv", &grid("metric,period,value\na,2025-02,9"), &found, &[]);
        assert_eq!(
            wrong,
            ["facts.csv:2 is not there: metric=a period=2025-02 value=9\n    the nearest line has value=2"]
        );
        assert_eq!(
            not_once("facts.csv", &grid("metric\na"), &found, &[]),
            ["facts.csv:2 is there 2 times: metric=a"],
            "a line that does not say which is meant shows nothing"
        );
        let wrong = not_once("facts.csv", &grid("metric,target\na,"), &found, &[]);
        assert!(wrong.is_empty(), "an empty cell means an empty cell");
        assert_eq!(
            not_once("facts.csv", &grid("metric,verdikt\nb,met"), &found, &[]),
            ["facts.csv: the program gives no column verdikt"]
        );
        assert!(not_once("facts.csv", &grid("shows,metric\n4.3,b"), &found, &["shows"]).is_empty());
    }

    #[test]
    fn what_must_not_be_there_is_told_where_it_is() {
        let found = grid("metric,period\na,2025-01");
        assert!(there_at_all("absent.csv", &grid("metric\nb"), &found, &[]).is_empty());
        assert_eq!(there_at_all("absent.csv", &grid("metric\na"), &found, &[]).len(), 1);
    }
}
