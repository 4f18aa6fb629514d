//! Callbacks recorded on QR-003FW: whom four of the centers called back, and what was said.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};

use crate::case::{Case, Kind};
use crate::clock::day;
use crate::company::{BAIYANG, CUIHU, LANTING, YUNQI};
use crate::dice::Dice;
use crate::plants::UNKNOWN_WORD;
use crate::words::WISHES;

/// What was ticked or written for one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Nothing.
    Blank,
    /// 满意
    Satisfied,
    /// 较满意
    Rather,
    /// 不满意
    Dissatisfied,
    /// A word of no scale.
    Unknown,
}

impl Mark {
    /// Satisfied or not, where there is an answer.
    pub(crate) fn is_satisfied(self) -> Option<bool> {
        match self {
            Self::Satisfied | Self::Rather => Some(true),
            Self::Dissatisfied => Some(false),
            Self::Blank | Self::Unknown => None,
        }
    }

    /// As a word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Blank => "",
            Self::Satisfied => "满意",
            Self::Rather => "较满意",
            Self::Dissatisfied => "不满意",
            Self::Unknown => UNKNOWN_WORD,
        }
    }

    /// Which of three columns carries the tick.
    pub(crate) fn column(self) -> Option<usize> {
        match self {
            Self::Satisfied => Some(0),
            Self::Rather => Some(1),
            Self::Dissatisfied => Some(2),
            Self::Blank | Self::Unknown => None,
        }
    }
}

/// One line of a form.
#[derive(Clone, Debug)]
pub(crate) struct Callback {
    /// Index of the community.
    pub(crate) community: usize,
    /// Building and room.
    pub(crate) place: String,
    /// What was done.
    pub(crate) content: String,
    /// When the call was made.
    pub(crate) date: NaiveDate,
    /// 守时, 态度, 质量
    pub(crate) dimensions: [Mark; 3],
    /// 意见
    pub(crate) overall: Mark,
    /// 期望及提议
    pub(crate) wish: &'static str,
    /// Who signed.
    pub(crate) person: String,
}

/// How many of a thousand cases a center calls back on the form.
fn share(community: usize) -> u32 {
    match community {
        CUIHU => 340,
        YUNQI => 390,
        BAIYANG => 410,
        LANTING => 430,
        _ => 0,
    }
}

/// All callbacks on forms, by community and date.
pub(crate) fn all(cases: &[Case]) -> Vec<Callback> {
    let mut dice = Dice::stream(40);
    let mut taken = BTreeSet::new();
    let mut callbacks = Vec::new();
    for case in cases {
        let chosen = dice.per_mille(share(case.community));
        let done = case.completed.date().unwrap_or(case.nominal.date() + Days::new(2));
        let date = done.max(case.nominal.date()) + Days::new(u64::try_from(dice.between(1, 7)).unwrap_or(1));
        let callback = one(&mut dice, case, date);
        let in_the_year = date < day(2026, 1, 1);
        // The forms have no number: place and date must tell two lines apart.
        if chosen && case.closed && in_the_year && taken.insert((case.community, date, case.place.clone())) {
            callbacks.push(callback);
        }
    }
    callbacks
        .sort_by(|one, other| (one.community, one.date, &one.place).cmp(&(other.community, other.date, &other.place)));
    for (community, month, dimension) in [(CUIHU, 3, 1), (CUIHU, 7, 2), (YUNQI, 9, 0)] {
        let chosen = |callback: &&mut Callback| callback.community == community && callback.date.month() == month;
        let callback = callbacks.iter_mut().filter(chosen).nth(3).expect("a month has more than three callbacks");
        callback.dimensions[dimension] = Mark::Unknown;
    }
    callbacks
}

/// One line.
fn one(dice: &mut Dice, case: &Case, date: NaiveDate) -> Callback {
    // After September the centers do better; in a hot July they do worse.
    let (rather, poor) = match date.month() {
        7 | 8 => (260, 95),
        10.. => (200, 30),
        _ => (230, 60),
    };
    let mark = |dice: &mut Dice| match dice.below(1000) {
        draw if draw < 25 => Mark::Blank,
        draw if draw < 25 + poor => Mark::Dissatisfied,
        draw if draw < 25 + poor + rather => Mark::Rather,
        _ => Mark::Satisfied,
    };
    let dimensions = [mark(dice), mark(dice), mark(dice)];
    let troubled = dimensions.contains(&Mark::Dissatisfied);
    let overall = if troubled && dice.per_mille(450) { Mark::Dissatisfied } else { mark(dice) };
    let done = if case.kind == Kind::Repair { "报修" } else { "投诉" };
    Callback {
        community: case.community,
        place: case.place.clone(),
        content: format!("{}{done}：{}", case.category, case.result),
        date,
        dimensions,
        overall,
        wish: if dice.per_mille(200) { dice.word(&WISHES) } else { "" },
        person: case.person.clone(),
    }
}
