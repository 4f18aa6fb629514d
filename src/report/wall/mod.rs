//! The wall guard: nothing that hangs on a wall names a person, a phone, a room, a plate or an identity number.
//!
//! The guard reads a page twice: the strings of its model and of its workbook, each by itself, and then what the finished HTML
//! shows, line by line, so that it does not matter by which way a text came in or whether it was cut in two. It would rather stop a
//! harmless page than let a name pass.

pub(crate) mod disclosure;
mod markup;
mod names;
mod numbers;
mod plain;
mod plates;
mod rooms;
#[cfg(test)]
mod tests;

pub(super) use names::name;
pub(super) use numbers::{is_phone, parts_digits};
pub(super) use plates::plate_end;
pub(super) use rooms::room_at;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

use super::words::Words;
use super::{Page, ReportInput};
use crate::moment::Period;
use disclosure::Round;
use names::Names;

/// What a run knows of its walls: whom no page may name, and what each survey round may print.
#[derive(Debug, Default)]
pub struct Wall {
    /// Looks for what may not hang there.
    pub guard: Guard,
    rounds: OnceLock<BTreeMap<Period, Round>>,
}

impl Wall {
    /// A wall with this guard.
    #[must_use]
    pub fn new(guard: Guard) -> Self {
        Self { guard, rounds: OnceLock::new() }
    }

    /// What a survey round may print; decided once for all rounds of the run.
    pub(crate) fn round(&self, input: &ReportInput<'_>, period: Period) -> Option<&Round> {
        self.rounds.get_or_init(|| disclosure::rounds(input.facts, input.profiles)).get(&period)
    }
}

/// What a page for the wall must not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WallRule {
    /// A phone number.
    Phone,
    /// An identity card number.
    Identity,
    /// A car plate.
    Plate,
    /// A room.
    Room,
    /// The name of a person.
    Name,
    /// A mail address, or a WeChat or QQ number.
    Contact,
}

impl WallRule {
    /// Every rule.
    pub const ALL: [Self; 6] = [Self::Phone, Self::Identity, Self::Plate, Self::Room, Self::Name, Self::Contact];

    /// The rule's name.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Identity => "identity",
            Self::Plate => "plate",
            Self::Room => "room",
            Self::Name => "name",
            Self::Contact => "contact",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Phone => "电话号码 / a phone number",
            Self::Identity => "身份证号 / an identity number",
            Self::Plate => "车牌号 / a car plate",
            Self::Room => "房号 / a room",
            Self::Name => "人名 / the name of a person",
            Self::Contact => "邮箱、微信或QQ号 / a mail address, or a WeChat or QQ number",
        }
    }
}

/// A page that may not hang on the wall, and why; or a text that was left out of one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}：{} · {place} · 「{found}」", rule.title())]
pub struct WallBreach {
    /// The page.
    pub path: String,
    /// The rule that stopped it.
    pub rule: WallRule,
    /// Where: in the page's model, as `/items/3/label`, in its workbook or in the finished page, behind the id `#items`.
    pub place: String,
    /// What was found.
    pub found: String,
}

/// Looks for what may not hang on a wall; made once a run.
#[derive(Debug, Default)]
pub struct Guard {
    names: Names,
}

impl Guard {
    /// A guard that knows the names of `persons`, customers and staff, as the registers have them.
    ///
    /// `allowed` are names in which that of a person may be a part: communities, departments, the company. A name that the pages'
    /// own `wording` has as a word, such as 文明, is looked for before a title only.
    #[must_use]
    pub fn new<'a>(
        persons: impl Iterator<Item = &'a str>,
        allowed: impl Iterator<Item = &'a str>,
        wording: &'a Words,
    ) -> Self {
        Self { names: Names::new(persons, allowed, wording.texts()) }
    }

    /// Reads the strings of a page under `public/`, and of its workbook; other pages pass.
    ///
    /// # Errors
    /// The first string that a rule forbids.
    pub fn page(&self, page: &Page) -> Result<(), WallBreach> {
        if !is_walled(page) {
            return Ok(());
        }
        self.walk(&page.model, "", &page.path)?;
        match &page.book {
            Some(book) => self.walk(&serde_json::to_value(&book.sections).unwrap_or_default(), ".xlsx ", &page.path),
            None => Ok(()),
        }
    }

    /// Reads what a finished page under `public/` shows, beyond its model: the template's own texts, and texts cut in two.
    ///
    /// # Errors
    /// The first text that a rule forbids.
    pub fn html(&self, page: &Page, html: &str) -> Result<(), WallBreach> {
        if !is_walled(page) {
            return Ok(());
        }
        let shown = markup::shown(html);
        let breach = |(rule, found), place: &str| {
            Err(WallBreach { path: page.path.clone(), rule, place: format!("HTML {place}"), found })
        };
        for text in &shown {
            if let Some(found) = self.breach(&text.text) {
                return breach(found, &text.place);
            }
        }
        for at in 0..shown.len() {
            let beside: Vec<&str> = shown[at..].iter().take(WIDEST_CUT).map(|shown| shown.text.as_str()).collect();
            if let Some(found) = cut(&beside) {
                return breach(found, &shown[at].place);
            }
        }
        Ok(())
    }

    /// What a text must not say on a wall, and the rule that forbids it.
    #[must_use]
    pub fn breach(&self, text: &str) -> Option<(WallRule, String)> {
        let plain = plain::plain(text);
        let in_figures = |text: &[char]| {
            numbers::find(text)
                .or_else(|| plates::find(text).map(|found| (WallRule::Plate, found)))
                .or_else(|| rooms::find(text).map(|found| (WallRule::Room, found)))
        };
        in_figures(&plain)
            .or_else(|| plain::with_digits(&plain).and_then(|digits| in_figures(&digits)))
            .or_else(|| self.names.find(text).map(|found| (WallRule::Name, found)))
    }

    fn walk(&self, value: &Value, place: &str, path: &str) -> Result<(), WallBreach> {
        match value {
            Value::String(text) => match self.breach(text) {
                Some((rule, found)) => Err(WallBreach { path: path.to_owned(), rule, place: place.to_owned(), found }),
                None => Ok(()),
            },
            Value::Array(items) => {
                items.iter().enumerate().try_for_each(|(i, item)| self.walk(item, &format!("{place}/{i}"), path))
            }
            Value::Object(fields) => {
                fields.iter().try_for_each(|(key, field)| self.walk(field, &format!("{place}/{key}"), path))
            }
            _ => Ok(()),
        }
    }
}

fn is_walled(page: &Page) -> bool {
    page.public || page.path.starts_with("public/")
}

/// Most neighbouring texts over which a number is looked for.
const WIDEST_CUT: usize = 4;

/// A number over neighbouring texts that are nothing but digits, or a room of which the building ends the first: counts have their
/// thousands marked, so that digits in a row are no counts.
fn cut(texts: &[&str]) -> Option<(WallRule, String)> {
    let first = plain::plain(texts.first()?);
    let is_piece = |text: &[char]| {
        text.iter().all(|c| c.is_ascii_digit() || matches!(c, '-' | ' ' | '(' | ')' | 'X'))
            && text.iter().any(char::is_ascii_digit)
    };
    let pieces: Vec<Vec<char>> =
        texts.iter().map(|text| plain::plain(text)).take_while(|text| is_piece(text)).collect();
    if pieces.iter().any(|piece| piece.iter().filter(|c| c.is_ascii_digit()).count() >= 4) {
        for length in 2..=pieces.len() {
            let joined = pieces[..length].join(&' ');
            if let Some(found) = numbers::find(&joined) {
                return Some(found);
            }
        }
    }
    let ends = ["栋", "幢", "座", "号楼", "单元"].iter().any(|mark| first.ends_with(&mark.chars().collect::<Vec<_>>()));
    let second = plain::plain(texts.get(1)?);
    let joined: Vec<char> = first.iter().chain(&second).copied().collect();
    let room = rooms::find(&joined).filter(|_| ends && second.first().is_some_and(char::is_ascii_digit))?;
    Some((WallRule::Room, room))
}
