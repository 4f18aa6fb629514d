//! The pages in a real browser, as a reader has them: headless Chromium, driven over the pipe of its `DevTools` protocol.
//!
//! - [`opens`]: every page opens with no message, asks for nothing but itself, and its links and ids resolve.
//! - [`room`]: no text overlaps another, leaves its chart or is cut, at three widths and in print.
//! - [`paper`]: a notice is one A4 page in large letters; on other pages nothing is cut between two sheets.
//! - [`access`]: axe-core finds nothing, in light and dark, on a phone and on a screen.
//! - [`markup`]: the Nu checker finds no error.
//! - [`planted`]: each check finds the faults of a page that is made to have them.
//! - [`pictures`]: with `MANYI_PICTURES=1`, pictures of each kind of page under `tests/pictures/`.
//!
//! The pages are made by the program from the demonstration input in both languages, and from an input that is [`nasty`].
//! The dear checks take some pages of each kind. `MANYI_PAGES=2025-03/cuihu cargo test --test browser room` looks at all pages
//! with that in their name, and only at their room; `MANYI_PAGES=/` is every page.
//! Where a tool is missing a test says so and passes, unless `CI=true`; see [`tools`].
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic that says why")]
#![allow(clippy::print_stderr, reason = "a test without its tool says so")]
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "the files of the program are written in small letters"
)]

mod access;
mod devtools;
mod markup;
mod nasty;
mod opens;
mod paper;
mod pdf;
mod pictures;
mod planted;
mod room;
mod site;
mod tools;
