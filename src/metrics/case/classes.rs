//! Class of each case, whether it is valid, and whether it is major.
//!
//! In this order, each on what those before it found: class → valid → major. A class's own rule sees the marks of the record
//! only. What the names of a case decide goes before what its text says: a category is chosen, a word in a text may stand there
//! by chance.

use std::collections::BTreeMap;
use std::sync::Arc;

use polars::prelude::{Column, PolarsResult};
use rayon::prelude::{IndexedParallelIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::rules::{Compiled, Compiler, Reading, STRETCH, Truth};
use crate::profile::schema::{Class, Profile, Subject};
use crate::records::frames::column;
use crate::records::store::NO_NAME;

/// The classes of a profile for one subject.
pub(super) struct Classes {
    /// Rule, code and validity of each entry with a rule, in order.
    ruled: Vec<(Compiled, u32, bool)>,
    /// Code and validity of the entry without a rule, for what no rule decides.
    otherwise: Option<(u32, bool)>,
    /// Ids, each once, by code.
    pub ids: Vec<Arc<str>>,
    uses_text: bool,
}

impl Classes {
    /// Compiles the classes of a profile for one subject.
    pub(super) fn of(profile: &Profile, subject: Subject, compiler: &Compiler<'_>) -> PolarsResult<Self> {
        let classes: Vec<&Class> = profile.classes_of(subject).collect();
        let mut ids: Vec<Arc<str>> = Vec::new();
        let mut codes: BTreeMap<&str, u32> = BTreeMap::new();
        let (mut ruled, mut otherwise) = (Vec::new(), None);
        for class in &classes {
            let code = *codes.entry(class.id.as_str()).or_insert_with(|| {
                ids.push(class.id.as_str().into());
                u32::try_from(ids.len() - 1).unwrap_or(NO_NAME)
            });
            let rule = compiler.compile(&class.when)?;
            if rule.is_empty() {
                otherwise = otherwise.or(Some((code, class.valid)));
            } else {
                ruled.push((rule, code, class.valid));
            }
        }
        let uses_text = classes.iter().flat_map(|class| class.when.parts()).any(|rule| !rule.words.is_empty());
        Ok(Self { ruled, otherwise, ids, uses_text })
    }

    /// Code of each row's class, and whether cases of it are valid; a case that no rule classifies is.
    pub(super) fn assigned(&self, rows: usize) -> Vec<(u32, bool)> {
        const NONE: (u32, bool) = (NO_NAME, true);
        let mut classes = vec![NONE; rows];
        classes.par_chunks_mut(STRETCH).enumerate().for_each(|(stretch, classes)| {
            let mut open = vec![true; classes.len()];
            let readings: &[Reading] =
                if self.uses_text { &[Reading::Names, Reading::Texts] } else { &[Reading::Texts] };
            for reading in readings {
                for (rule, code, valid) in &self.ruled {
                    let mut truths: Vec<Truth> =
                        open.iter().map(|open| if *open { Truth::Yes } else { Truth::No }).collect();
                    rule.narrow(stretch * STRETCH, &mut truths, *reading);
                    for (at, truth) in truths.into_iter().enumerate() {
                        if truth == Truth::Yes {
                            (classes[at], open[at]) = ((*code, *valid), false);
                        }
                    }
                }
            }
            if let Some(otherwise) = self.otherwise {
                for (class, open) in classes.iter_mut().zip(&open) {
                    if *open {
                        *class = otherwise;
                    }
                }
            }
        });
        classes
    }
}

/// Column of the cases that are major for a reason of the profile.
pub(super) fn major_column(id: &str) -> String {
    format!("major:{id}")
}

/// For each reason of the profile which cases it makes major, and which are major by mark or any reason.
pub(super) fn majors(
    profile: &Profile,
    subject: Subject,
    compiler: &Compiler<'_>,
    marked: &[Option<bool>],
) -> PolarsResult<(Vec<Column>, Vec<bool>)> {
    let mut is_major: Vec<bool> = marked.iter().map(|mark| *mark == Some(true)).collect();
    let mut columns = Vec::new();
    for reason in profile.majors_of(subject) {
        let truths = compiler.compile(&reason.when)?.column(marked.len());
        for (is_major, truth) in is_major.iter_mut().zip(&truths) {
            *is_major |= *truth == Truth::Yes;
        }
        let codes: Vec<u32> = truths.into_iter().map(|truth| truth as u32).collect();
        columns.push(column(&major_column(&reason.id), codes));
    }
    Ok((columns, is_major))
}
