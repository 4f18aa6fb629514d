//! What the preview shows: the output that stands, and why the last build failed.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

use crate::publish::Published;

/// What is shown, and who waits for it to change.
#[derive(Debug)]
pub(super) struct Shown {
    now: Mutex<Now>,
    changed: Condvar,
}

/// What is shown at a moment.
#[derive(Debug, Clone)]
pub(super) struct Now {
    /// The output; none before the first build.
    pub(super) output: Option<Arc<Published>>,
    /// Why the last build failed.
    pub(super) error: Option<Arc<str>>,
    is_building: bool,
    is_over: bool,
}

/// What a page is told.
#[derive(Debug, Serialize)]
pub(super) struct State<'n> {
    /// Differs between outputs.
    output: &'n str,
    /// Differs between errors; empty where there is none.
    error: String,
    /// The error.
    text: &'n str,
}

impl Now {
    /// Differs between outputs; empty where there is none.
    pub(super) fn output_print(&self) -> &str {
        self.output.as_deref().map_or("", Published::print)
    }

    /// Differs between errors; empty where there is none.
    pub(super) fn error_print(&self) -> String {
        self.error.as_deref().map_or_else(String::new, |text| blake3::hash(text.as_bytes()).to_hex()[..16].to_owned())
    }

    /// For a page.
    pub(super) fn state(&self) -> State<'_> {
        State { output: self.output_print(), error: self.error_print(), text: self.error.as_deref().unwrap_or("") }
    }
}

impl Shown {
    pub(super) fn new(output: Option<Published>) -> Self {
        let now = Now { output: output.map(Arc::new), error: None, is_building: false, is_over: false };
        Self { now: Mutex::new(now), changed: Condvar::new() }
    }

    /// What is shown now.
    pub(super) fn now(&self) -> Now {
        self.lock().clone()
    }

    /// What is shown once it differs from an output and an error that a page knows, or when the time is over.
    pub(super) fn once_not(&self, output: &str, error: &str, limit: Duration) -> Now {
        self.wait_while(limit, |now| !now.is_over && now.output_print() == output && now.error_print() == error)
    }

    /// What is shown once no build is under way, or when the time is over.
    pub(super) fn once_built(&self, limit: Duration) -> Now {
        self.wait_while(limit, |now| now.is_building && !now.is_over)
    }

    /// A build begins.
    pub(super) fn building(&self) {
        self.set(|now| now.is_building = true);
    }

    /// A build was published.
    pub(super) fn built(&self, output: Option<Published>) {
        self.set(|now| {
            now.output = output.map(Arc::new);
            now.error = None;
            now.is_building = false;
        });
    }

    /// A build was not published.
    pub(super) fn failed(&self, error: &str) {
        self.set(|now| {
            now.error = Some(error.into());
            now.is_building = false;
        });
    }

    /// Nothing more will change.
    pub(super) fn end(&self) {
        self.set(|now| now.is_over = true);
    }

    fn set(&self, change: impl FnOnce(&mut Now)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    fn wait_while(&self, limit: Duration, waits: impl Fn(&Now) -> bool) -> Now {
        let waited = self.changed.wait_timeout_while(self.lock(), limit, |now| waits(now));
        waited.unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    /// A thread that panicked holding it left it whole: each change is one assignment after the other.
    fn lock(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
