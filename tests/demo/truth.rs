//! `truth.csv`: the numbers a program should find, from what the generator knows and never from the files.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use crate::callbacks::Callback;
use crate::case::{Case, Kind};
use crate::layout::Layout;
use crate::period::{Period, Scope};
use crate::survey::Round;
use crate::{truth_callbacks, truth_cases, truth_survey};

/// Layouts by community and kind.
pub(crate) type Layouts = BTreeMap<(usize, Kind), Layout>;

/// Collects the lines.
pub(crate) struct Truth {
    lines: Vec<[String; 10]>,
}

/// What a line is about.
pub(crate) struct About<'a> {
    /// Profile, or nothing where any will do.
    pub(crate) profile: &'static str,
    /// Metric.
    pub(crate) metric: String,
    /// Period.
    pub(crate) period: &'a Period,
    /// Place.
    pub(crate) scope: Scope,
    /// Dimension and its value.
    pub(crate) dimension: Option<(&'static str, &'a str)>,
}

impl Truth {
    fn line(&mut self, about: &About, numbers: [String; 3]) {
        let (scope, scope_name) = about.scope.names();
        let (dimension, value) = about.dimension.unwrap_or_default();
        let [numerator, denominator, result] = numbers;
        self.lines.push([
            about.profile.to_owned(),
            about.metric.clone(),
            about.period.name.clone(),
            scope.to_owned(),
            scope_name.to_owned(),
            dimension.to_owned(),
            value.to_owned(),
            numerator,
            denominator,
            result,
        ]);
    }

    /// A count.
    pub(crate) fn count(&mut self, about: &About, count: usize) {
        self.line(about, [String::new(), String::new(), count.to_string()]);
    }

    /// A rate by its parts; none where nothing was counted.
    pub(crate) fn rate(&mut self, about: &About, part: usize, whole: usize) {
        if whole > 0 {
            self.line(about, [part.to_string(), whole.to_string(), String::new()]);
        }
    }

    /// A number that is not a quotient of two counts.
    pub(crate) fn value(&mut self, about: &About, value: f64) {
        self.line(about, [String::new(), String::new(), format!("{value:.6}")]);
    }
}

/// Writes the file.
pub(crate) fn write(
    cases: &[Case],
    layouts: &Layouts,
    callbacks: &[Callback],
    rounds: &[Round],
    folder: &Path,
) -> Result<(), Box<dyn Error>> {
    let mut truth = Truth { lines: Vec::new() };
    truth_cases::add(&mut truth, cases, layouts);
    truth_callbacks::add(&mut truth, cases, layouts, callbacks);
    truth_survey::add(&mut truth, rounds);
    let mut writer = csv::Writer::from_path(folder.join("truth.csv"))?;
    writer.write_record([
        "profile",
        "metric",
        "period",
        "scope",
        "scope_name",
        "dimension",
        "dimension_value",
        "numerator",
        "denominator",
        "value",
    ])?;
    for line in &truth.lines {
        writer.write_record(line)?;
    }
    writer.flush()?;
    Ok(())
}
