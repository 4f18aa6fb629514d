//! The tables of detail: deadlines, classes and channels, callbacks.

use super::super::parts::{breakdown, callbacks, deadlines};
use super::super::view::Section;
use super::Analysis;
use crate::metrics::fact::Dimension;

/// Each deadline with its rate, its target and what is left out.
pub(super) fn deadlines(of: &Analysis<'_>) -> Section {
    let mut section = of.titled("deadlines");
    deadlines::add(&mut section, &of.lens, of.cases());
    section
}

/// By class and by channel; none where the facts have neither.
pub(super) fn breakdowns(of: &Analysis<'_>) -> Option<Section> {
    let mut section = of.titled("detail");
    for dimension in [Dimension::Class, Dimension::Channel] {
        breakdown::by(&mut section, &of.lens, of.cases(), dimension);
    }
    (!section.blocks.is_empty()).then_some(section)
}

/// Callbacks of the period: they are of no one kind of case.
pub(super) fn callbacks(of: &Analysis<'_>) -> Option<Section> {
    if !of.bears_all() {
        return None;
    }
    callbacks::section(of.lens.input, of.lens.period, of.lens.scope)
}
