//! The print of a record: what a seal keeps of it, so that a later run can tell whether it is still there and what changed.
//!
//! A print names nobody and holds no text: hashes, codes, and the place where the row stood. Names, phones and staff enter no
//! hash at all, as no metric reads them; place and text of a case are hashed together, and the hash of a single field is so short
//! (16 bits) that many values share it. Rows are compared by these hashes, never by their place.

use std::sync::Arc;

/// Where a row stands; no file for what stands in no sheet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// Path of the file below the input folder.
    pub file: String,
    /// Sheet.
    pub sheet: String,
    /// Row from one; 0 for none.
    pub row: u64,
}

/// The print of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// Kind of record, as the folders of `data/records` are named.
    pub kind: String,
    /// Hash of what tells the record from others: its number, or moment, place and text; else of its whole content.
    pub identity: u64,
    /// Hash of all that metrics read.
    pub content: u64,
    /// Community id, `none` without one.
    pub community: Arc<str>,
    /// Department id, `none` without one.
    pub department: Arc<str>,
    /// Period to which the record belongs; empty for none.
    pub period: String,
    /// Where the row stands.
    pub place: Place,
    /// Fields that say something, each with a short hash of what it says.
    pub fields: Vec<(String, u16)>,
    /// What the procedures make of it: outcome by deadline, class.
    pub codes: Vec<(String, Arc<str>)>,
}

impl Print {
    /// Whether a field says a value.
    #[must_use]
    pub fn says(&self, field: &str, value: &str) -> bool {
        let hash = short(self.identity, field, value);
        self.fields.iter().any(|(name, found)| name == field && *found == hash)
    }

    /// Whether a field says anything.
    #[must_use]
    pub fn tells(&self, field: &str) -> bool {
        self.fields.iter().any(|(name, _)| name == field)
    }

    /// What a procedure makes of it.
    #[must_use]
    pub fn code(&self, name: &str) -> Option<&str> {
        self.codes.iter().find(|(found, _)| found == name).map(|(_, word)| &**word)
    }
}

/// A record before it is hashed.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) kind: &'static str,
    /// What tells it from others; none: its content does.
    pub(super) identity: Option<Vec<String>>,
    pub(super) community: Arc<str>,
    pub(super) department: Arc<str>,
    pub(super) period: String,
    pub(super) place: Place,
    /// Fields with what they say; empty ones are left out, so that a column that appears empty changes nothing.
    pub(super) fields: Vec<(String, String)>,
}

impl Draft {
    /// Hashes it.
    pub(super) fn print(mut self) -> Print {
        self.fields.retain(|(_, value)| !value.is_empty());
        self.fields.sort_unstable();
        let parts = [self.kind, &*self.community, &*self.department, &*self.period].into_iter();
        let fields = self.fields.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]);
        let content = hash(parts.chain(fields));
        let identity = match &self.identity {
            Some(parts) => identity_of(self.kind, parts),
            None => content,
        };
        let fields = self.fields.into_iter().map(|(name, value)| {
            let hash = short(identity, &name, &value);
            (name, hash)
        });
        Print {
            kind: self.kind.to_owned(),
            identity,
            content,
            fields: fields.collect(),
            community: self.community,
            department: self.department,
            period: self.period,
            place: self.place,
            codes: Vec::new(),
        }
    }
}

/// Hash of what tells a record of a kind from others.
pub(super) fn identity_of(kind: &str, parts: &[String]) -> u64 {
    hash(std::iter::once(kind).chain(parts.iter().map(String::as_str)))
}

fn hash<'a>(parts: impl Iterator<Item = &'a str>) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        // The length goes before, so that no two lists of parts read alike.
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_be_bytes(bytes)
}

/// The short hash of a field: 16 bits, bound to the record, so that equal values of two records do not look alike.
fn short(identity: u64, field: &str, value: &str) -> u16 {
    let hash = hash([identity.to_string().as_str(), field, value].into_iter());
    u16::try_from(hash >> 48).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(fields: &[(&str, &str)]) -> Print {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Draft { kind: "complaint", identity: Some(vec!["T-1".to_owned()]), fields, ..Draft::default() }.print()
    }

    #[test]
    fn a_field_that_says_nothing_and_the_order_of_the_fields_change_nothing() {
        let one = draft(&[("resolved", "2025-06-03 10:00:00"), ("category", "停车管理")]);
        let other = draft(&[("category", "停车管理"), ("told", ""), ("resolved", "2025-06-03 10:00:00")]);
        assert_eq!(one, other);
        assert!(one.says("category", "停车管理") && !one.says("category", "装修噪音") && !one.tells("told"));
    }

    #[test]
    fn a_changed_field_changes_the_content_and_not_the_identity() {
        let (one, other) = (draft(&[("resolved", "a")]), draft(&[("resolved", "b")]));
        assert_eq!(one.identity, other.identity);
        assert_ne!(one.content, other.content);
    }
}
