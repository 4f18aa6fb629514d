//! Near duplicates: the same place, the same day, nearly the same words.

use rayon::slice::ParallelSliceMut;

use super::Checked;
use crate::moment::DAY;
use crate::normalise::{phone, place};
use crate::origin::CellAt;
use crate::problem::{Code, Problem};
use crate::records::assemble::identity_hash;
use crate::records::case_frame::CaseBatch;
use crate::records::store::NO_MOMENT;
use crate::step::Step;

/// Rows before it with which a row of the same place and day is compared: a lobby may have thousands in a storm.
const COMPARED: usize = 24;
/// Longest text that is compared letter by letter, in characters.
const LONGEST: usize = 200;
/// Shortest text of which a letter may differ.
const SHORTEST: usize = 8;
/// One letter in so many may differ.
const ONE_IN: usize = 10;

/// Rows that say nearly what another row of the same place and day says. A sort by a hash of community, place and day; only
/// rows with the same hash are compared, each with [`COMPARED`] before it at most.
pub(super) fn near_duplicates(batches: &[Checked]) -> Vec<Problem> {
    let mut visits: Vec<(u64, u32, u32)> = Vec::new();
    for (number, (batch, kept)) in (0_u32..).zip(batches) {
        visits.extend(kept.iter().filter_map(|row| Some((household_day(batch, *row as usize)?, number, *row))));
    }
    visits.par_sort_unstable();
    let mut problems = Vec::new();
    for group in visits.chunk_by(|a, b| a.0 == b.0) {
        for (place, (_, at, row)) in group.iter().enumerate() {
            let (batch, row) = (&batches[*at as usize].0, *row as usize);
            let before = &group[place.saturating_sub(COMPARED)..place];
            let like =
                before.iter().find(|(_, at, other)| is_like(batch, row, &batches[*at as usize].0, *other as usize));
            if let Some((_, at, other)) = like {
                let first = &batches[*at as usize].0.placed;
                let cell = CellAt { row: batch.placed.rows.row[row], col: 0 };
                let text = batch.placed.rows.text.get(row).unwrap_or("");
                problems.push(
                    Problem::at(batch.placed.source, cell, Code::NearDuplicate, text)
                        .repeating(first.source, first.rows.row[*other as usize]),
                );
            }
        }
    }
    problems
}

/// Hash of community, place and day of receipt; none where one of them, or the text, is missing.
fn household_day(batch: &CaseBatch, row: usize) -> Option<u64> {
    let rows = &batch.placed.rows;
    let received = rows.moment(Step::Received, row);
    rows.text.get(row)?;
    let place = rows.place.get(row).filter(|_| received != NO_MOMENT)?;
    let day = received.div_euclid(DAY);
    Some(identity_hash(&[&batch.community[row].to_le_bytes(), &day.to_le_bytes(), place::comparable(place).as_bytes()]))
}

/// The same place and day, nearly the same words, and nobody else who says them.
fn is_like(batch: &CaseBatch, row: usize, other: &CaseBatch, at: usize) -> bool {
    let (a, b) = (&batch.placed.rows, &other.placed.rows);
    let same_place = match (a.place.get(row), b.place.get(at)) {
        (Some(a), Some(b)) => place::comparable(a) == place::comparable(b),
        _ => false,
    };
    let differs = |a: Option<&str>, b: Option<&str>| matches!((a, b), (Some(a), Some(b)) if a != b);
    let is_other_phone = match (a.phone.get(row), b.phone.get(at)) {
        (Some(a), Some(b)) => phone::agree(a, b) == Some(false),
        _ => false,
    };
    same_place
        && batch.community[row] == other.community[at]
        && !differs(a.person.get(row), b.person.get(at))
        && !is_other_phone
        && !differs(a.category.get(row), b.category.get(at))
        && is_nearly(a.text.get(row).unwrap_or(""), b.text.get(at).unwrap_or(""))
}

/// Whether two texts are the same but for marks, blanks and one letter in ten.
fn is_nearly(a: &str, b: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).take(LONGEST).collect::<Vec<char>>();
    let (a, b) = (letters(a), letters(b));
    if a == b {
        return !a.is_empty();
    }
    let most = a.len().max(b.len()) / ONE_IN;
    a.len().min(b.len()) >= SHORTEST && a.len().abs_diff(b.len()) <= most && distance(&a, &b) <= most
}

/// Letters to be put in, taken out or changed to make one text the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (place, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = row[place + 1];
            row[place + 1] = changed.min(diagonal + 1).min(row[place] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_nearly_the_same_but_for_a_letter_in_ten() {
        for (a, b, expected) in [
            ("楼上漏水", "楼上漏水。", true),
            ("楼上漏水", "楼下漏水", false),
            ("三单元电梯困人，请尽快处理", "三单元电梯困人请尽快处里", true),
            ("三单元电梯困人，请尽快处理", "二单元门禁失灵，请尽快处理", false),
            ("", "", false),
        ] {
            assert_eq!(is_nearly(a, b), expected, "{a} {b}");
        }
        assert_eq!(distance(&['a', 'b', 'c'], &['a', 'c']), 1);
    }
}
