//! Which rows of a survey round are withheld, so that no answers of few can be read off the wall or worked out from it.
//!
//! A **row** is what a notice prints of an item: how many answered and which share of them is satisfied, so both counts are known
//! to a reader. Rows that are printed add up: the group's are the sums of the communities'. Whatever a reader can work out by
//! subtraction is therefore one row more for each item: the group's less the communities' that are printed, the answers of those
//! withheld together. That row, the **rest**, has to stand what a printed row has to stand.
//!
//! - A row may be printed where nobody answered, or at least [`FEWEST`] did; below [`SMALL_BASE`] answers, only where at least
//!   [`FEWEST`] answered either way: in a small circle one who differs is known, and so is everybody where all agree.
//! - The rest must be such a row too.
//! - Where all of the rest are satisfied, or all dissatisfied, so is each part of it. And counts of forms that are printed bound
//!   what a community's answers can be. Within these bounds, the satisfied and the dissatisfied answers of a row that may not be
//!   printed must be able to take two values each at least, and their number, where it is below [`FEWEST`], at least [`FEWEST`].
//!
//! Where the rest does not stand it, one community's row is withheld with it: of those that suffice, one whose notice lacks a row
//! already, else the one of the fewest answers. Where no single one suffices the group's row is withheld, and with it the sum.
//!
//! Of forms returned, fewer than [`FEWEST`] are not printed, and the group's number is not where it would tell them.
//!
//! The overall rate of a scope is the mean of its rows: it is withheld where one of them is (see [`super::Round::overall`]).

/// Fewest answers that are printed.
pub(crate) const FEWEST: i64 = 5;

/// Below so many answers either side of a row must have at least [`FEWEST`].
pub(crate) const SMALL_BASE: i64 = 20;

/// Answers to an item, and how many of them are satisfied; forms are counted as satisfied and dissatisfied alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Row {
    pub(crate) answers: i64,
    pub(crate) satisfied: i64,
}

impl Row {
    pub(crate) fn dissatisfied(self) -> i64 {
        self.answers - self.satisfied
    }

    fn less(self, other: Self) -> Self {
        Self { answers: self.answers - other.answers, satisfied: self.satisfied - other.satisfied }
    }

    /// Whether the row may be printed.
    pub(crate) fn is_safe(self) -> bool {
        let few_on_a_side = self.satisfied < FEWEST || self.dissatisfied() < FEWEST;
        self.answers == 0 || self.answers >= FEWEST && (self.answers >= SMALL_BASE || !few_on_a_side)
    }
}

/// What a round's notices would print.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// Which communities have a notice; what others answered is in the group's rows only.
    pub(crate) published: Vec<bool>,
    /// Forms issued, by community, where that is known: it is always printed.
    pub(crate) issued: Vec<Option<i64>>,
    /// Forms returned, of the group and by community.
    pub(crate) returned: Line<i64>,
    /// Answers, by item.
    pub(crate) items: Vec<Line<Row>>,
}

/// A value of the group, where it has one, and of each community.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Line<T> {
    pub(crate) group: Option<T>,
    pub(crate) parts: Vec<T>,
}

/// What is withheld.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Withheld {
    /// Forms returned.
    pub(crate) returned: Line<bool>,
    /// Rows, by item.
    pub(crate) items: Vec<Line<bool>>,
}

/// Decides for a whole round.
pub(crate) fn decide(table: &Table) -> Withheld {
    let mut is_short = vec![false; table.published.len()];
    let returned = counted(table);
    let caps = Caps::of(table, &returned);
    // Items in which most is withheld come first: what they withhold decides which notices lack a row already.
    let mut order: Vec<usize> = (0..table.items.len()).collect();
    let unsafe_rows = |item: usize| table.items[item].parts.iter().filter(|row| !row.is_safe()).count();
    order.sort_by_key(|item| std::cmp::Reverse(unsafe_rows(*item)));
    for item in &order {
        for (part, row) in table.items[*item].parts.iter().enumerate() {
            is_short[part] |= !row.is_safe();
        }
    }
    let mut items = vec![Line::default(); table.items.len()];
    for item in order {
        items[item] = decided(&table.items[item], &table.published, &caps, &mut is_short, Kind::Answers);
    }
    Withheld { returned, items }
}

/// The forms returned: too few are withheld, and no difference tells them.
fn counted(table: &Table) -> Line<bool> {
    let forms = |n: i64| Row { answers: n, satisfied: 0 };
    let line = Line {
        group: table.returned.group.map(forms),
        parts: table.returned.parts.iter().copied().map(forms).collect(),
    };
    let caps = Caps { each: table.issued.clone(), is_printed: vec![true; table.issued.len()], others: None };
    decided(&line, &table.published, &caps, &mut vec![false; table.published.len()], Kind::Forms)
}

/// What forms, as far as they are printed or can be worked out, allow of answers.
struct Caps {
    /// Most that a community can have answered.
    each: Vec<Option<i64>>,
    /// Whether the number of forms is printed of the community itself.
    is_printed: Vec<bool>,
    /// Most that all others together can have answered.
    others: Option<i64>,
}

impl Caps {
    fn of(table: &Table, returned: &Line<bool>) -> Self {
        let forms = &table.returned;
        let is_printed: Vec<bool> =
            returned.parts.iter().zip(&table.published).map(|(hidden, published)| *published && !hidden).collect();
        let printed: i64 = forms.parts.iter().zip(&is_printed).filter(|(_, printed)| **printed).map(|(n, _)| n).sum();
        let others = forms.group.filter(|_| returned.group == Some(false)).map(|all| (all - printed).max(0));
        let least = |a: Option<i64>, b: Option<i64>| a.into_iter().chain(b).min();
        let cap = |part: usize| {
            if is_printed[part] { Some(forms.parts[part]) } else { least(table.issued[part], others) }
        };
        Self { each: (0..is_printed.len()).map(cap).collect(), is_printed, others }
    }
}

/// Whether a line counts answers with their sides, or forms.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Answers,
    Forms,
}

impl Kind {
    fn is_safe(self, row: Row) -> bool {
        match self {
            Self::Answers => row.is_safe(),
            Self::Forms => row.answers == 0 || row.answers >= FEWEST,
        }
    }
}

fn decided(rows: &Line<Row>, published: &[bool], caps: &Caps, is_short: &mut [bool], kind: Kind) -> Line<bool> {
    let mut withheld: Vec<bool> =
        rows.parts.iter().zip(published).map(|(row, published)| !published || !kind.is_safe(*row)).collect();
    let Some(group) = rows.group else { return Line { group: None, parts: withheld } };
    let stands = |withheld: &[bool]| stands(group, rows, withheld, caps, kind);
    // Sources that contradict each other: nobody can tell what a difference of their numbers would tell.
    let differs = rows.parts.iter().fold(group, |rest, row| rest.less(*row)) != Row::default();
    if !kind.is_safe(group) || differs {
        return Line { group: Some(true), parts: withheld };
    }
    if stands(&withheld) {
        return Line { group: Some(false), parts: withheld };
    }
    // Rows of a community that are printed tell how many forms there are at least: to withhold their number shields none.
    let mut candidates: Vec<usize> =
        (0..withheld.len()).filter(|part| kind == Kind::Answers && !withheld[*part]).collect();
    candidates.retain(|part| rows.parts[*part].answers > 0);
    candidates.sort_by_key(|part| (!is_short[*part], rows.parts[*part].answers, *part));
    let companion = candidates.into_iter().find(|part| {
        withheld[*part] = true;
        let suffices = stands(&withheld);
        withheld[*part] = suffices;
        suffices
    });
    if let Some(part) = companion {
        is_short[part] = true;
    }
    Line { group: Some(companion.is_none()), parts: withheld }
}

/// Whether nothing can be worked out of a printed group row and the printed ones of the communities.
fn stands(group: Row, rows: &Line<Row>, withheld: &[bool], caps: &Caps, kind: Kind) -> bool {
    let printed = rows.parts.iter().zip(withheld).filter(|(_, withheld)| !**withheld);
    let rest = printed.fold(group, |rest, (row, _)| rest.less(*row));
    if rest.answers == 0 {
        return true;
    }
    if !kind.is_safe(rest) {
        return false;
    }
    let hidden: Vec<usize> =
        (0..withheld.len()).filter(|part| withheld[*part] && rows.parts[*part].answers > 0).collect();
    let cap = |part: usize| {
        let least = rows.parts[part].answers;
        caps.each[part].map_or(rest.answers, |cap| cap.max(least).min(rest.answers))
    };
    hidden.iter().filter(|part| !kind.is_safe(rows.parts[**part])).all(|part| {
        let room = |printed: bool| -> i64 {
            let others = hidden.iter().filter(|other| *other != part && caps.is_printed[**other] == printed);
            others.map(|other| cap(*other)).sum()
        };
        let others = room(true) + caps.others.map_or(room(false), |most| most.min(room(false)));
        let width = |total: i64| total.min(cap(*part)) - (total - others).max(0);
        let sides = kind == Kind::Forms || width(rest.satisfied) >= 1 && width(rest.dissatisfied()) >= 1;
        // How many answered is told by the forms where these are printed; of few it is not to be told.
        sides && (rows.parts[*part].answers >= FEWEST || width(rest.answers) >= FEWEST - 1)
    })
}
