//! Progress on a terminal.

use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};

use crate::pipeline::{Phase, Progress};
use crate::problem::Language;

/// One bar a phase.
pub(super) struct Bars {
    language: Language,
    bar: Mutex<ProgressBar>,
}

impl Bars {
    pub(super) fn new(language: Language) -> Self {
        Self { language, bar: Mutex::new(ProgressBar::hidden()) }
    }

    /// Takes the bar off the screen.
    pub(super) fn finish(&self) {
        if let Ok(bar) = self.bar.lock() {
            bar.finish_and_clear();
        }
    }
}

impl Progress for Bars {
    fn phase(&self, name: Phase, steps: usize) {
        let (zh, en) = match name {
            Phase::Reading => ("读取", "Reading"),
            Phase::Measuring => ("计算", "Measuring"),
            Phase::Rendering => ("制页", "Rendering"),
        };
        let title = if self.language == Language::Zh { zh } else { en };
        if let Ok(mut bar) = self.bar.lock() {
            bar.finish_and_clear();
            let style = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len}")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            *bar = ProgressBar::new(steps as u64).with_style(style).with_message(title);
        }
    }

    fn step(&self) {
        if let Ok(bar) = self.bar.lock() {
            bar.inc(1);
        }
    }
}
