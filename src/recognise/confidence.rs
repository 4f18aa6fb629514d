//! How sure a table was understood, in one number that is defined here and nowhere else.
//!
//! *Understood* is the mean, over all columns that bear a header or hold something, of how sure each column's field is: 100 for
//! a known label, an alias or a mapping, the likeness for a label that is only near, 0 for a column that was not understood.
//!
//! *Nearness* is the score of the kind that fits next best, in percent of the score of the kind taken: 10 points for each
//! meaning found among the headers, and points for words of the kind in title, sheet name and path.
//!
//! *Confidence* is understood as long as the next kind lies 20 percent behind or more; nearer ones reduce it, down to half of it
//! where both kinds fit the same.

use super::Table;
use super::header::Header;
use super::kinds::{KINDS, Kind, KindId};

/// The kind that fits next best.
#[derive(Debug, Clone, Copy)]
pub struct RunnerUp {
    /// The kind.
    pub kind: &'static Kind,
    /// Its score in percent of that of the kind taken.
    pub nearness: u8,
}

/// From this nearness on the next kind casts doubt.
const FAR: u32 = 80;

impl RunnerUp {
    /// The next best of the scores that all kinds reached, in the order of [`KINDS`].
    pub(super) fn of(header: &Header, scores: &[u32]) -> Option<Self> {
        let others = KINDS.iter().zip(scores).filter(|(kind, score)| kind.id != header.kind.id && **score > 0);
        // Of equal ones the first is named.
        let (kind, score) = others.rev().max_by_key(|(_, score)| **score)?;
        let nearness = score.saturating_mul(100).checked_div(header.score).unwrap_or(100).min(100);
        Some(Self { kind, nearness: u8::try_from(nearness).unwrap_or(100) })
    }

    /// Whether it fits nearly as well.
    #[must_use]
    pub fn is_near(self) -> bool {
        u32::from(self.nearness) > FAR
    }
}

/// How sure a table was understood, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confidence {
    /// Mean of the columns.
    pub understood: u8,
    /// The same, less where another kind fits nearly as well.
    pub confidence: u8,
    /// That other kind and its nearness.
    pub near: Option<(KindId, u8)>,
}

impl Confidence {
    /// Of a table.
    #[must_use]
    pub fn of(table: &Table) -> Self {
        let known: usize = table.columns.iter().map(|column| usize::from(column.score)).sum();
        let columns = table.columns.len() + table.unknown.len();
        let understood = known.checked_div(columns).unwrap_or(0);
        let near = table.runner_up.filter(|next| next.is_near());
        let doubt = near.map_or(0, |next| usize::from(next.nearness) - FAR as usize);
        // 20 percent ahead keep all of it, none keeps half.
        let confidence = understood * (40 - doubt.min(20)) / 40;
        let percent = |number: usize| u8::try_from(number.min(100)).unwrap_or(100);
        Self {
            understood: percent(understood),
            confidence: percent(confidence),
            near: near.map(|next| (next.kind.id, next.nearness)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::CellAt;
    use crate::read::sheet::{Sheet, Value};
    use crate::recognise::{Vocabulary, recognise};

    fn confidence(headers: &[&str], path: &str) -> Confidence {
        let mut sheet = Sheet::named("表");
        for (row, cells) in (0..).zip([headers, &["2025-03-05 14:30", "1-101", "灯不亮", "已修好"]]) {
            for (col, text) in (0..).zip(cells) {
                sheet.push(CellAt { row, col }, Value::Text(text));
            }
        }
        Confidence::of(&recognise(&sheet, path, &Vocabulary::default()).tables[0])
    }

    #[test]
    fn a_kind_that_fits_as_well_halves_the_confidence() {
        let headers = ["登记时间", "房号", "内容", "处理结果"];
        let unsure = confidence(&headers, "3月.xlsx");
        assert!(unsure.near.is_some(), "{unsure:?}");
        assert!((50..100).contains(&unsure.confidence) && unsure.understood == 100, "{unsure:?}");
        let sure = confidence(&headers, "3月报修登记表.xlsx");
        assert!(sure.confidence > unsure.confidence, "{sure:?}");
    }

    #[test]
    fn a_column_that_is_not_understood_counts_as_nothing() {
        let sure = confidence(&["投诉时间", "投诉地点", "投诉内容", "某某某"], "投诉.xlsx");
        assert_eq!((sure.understood, sure.confidence, sure.near), (75, 75, None));
    }
}
