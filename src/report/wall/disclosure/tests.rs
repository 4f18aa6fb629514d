//! Against the mechanism stands an attacker that shares nothing with it: it reads what is printed and narrows down the rest.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::protect::{Line, Row, Table, Withheld, decide};

fn row(answers: i64, satisfied: i64) -> Row {
    Row { answers, satisfied }
}

/// A round of communities, each with forms issued and returned and a row for each item, and the group's sums.
fn table(communities: &[(i64, i64, Vec<Row>)], unnamed: Option<&[Row]>) -> Table {
    let items = communities.first().map_or(0, |(_, _, rows)| rows.len());
    let mut table = Table::default();
    for (issued, returned, _) in communities {
        table.published.push(true);
        table.issued.push(Some(*issued));
        table.returned.parts.push(*returned);
    }
    if let Some(rows) = unnamed {
        table.published.push(false);
        table.issued.push(None);
        table.returned.parts.push(rows.iter().map(|row| row.answers).max().unwrap_or(0));
    }
    table.returned.group = Some(table.returned.parts.iter().sum());
    for item in 0..items {
        let parts: Vec<Row> =
            communities.iter().map(|(_, _, rows)| rows[item]).chain(unnamed.map(|rows| rows[item])).collect();
        let sum =
            parts.iter().fold(row(0, 0), |sum, part| row(sum.answers + part.answers, sum.satisfied + part.satisfied));
        table.items.push(Line { group: Some(sum), parts });
    }
    table
}

/// What an attacker knows of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Known {
    low: i64,
    high: i64,
}

const UNBOUNDED: i64 = 1_000_000;

impl Known {
    fn exactly(n: i64) -> Self {
        Self { low: n, high: n }
    }

    fn width(self) -> i64 {
        self.high - self.low
    }
}

/// `whole` = the sum of `parts`: narrows them all until nothing moves any more.
fn narrow(numbers: &mut [Known], sums: &[(usize, Vec<usize>)]) {
    loop {
        let before = numbers.to_vec();
        for (whole, parts) in sums {
            let low: i64 = parts.iter().map(|part| numbers[*part].low).sum();
            let high: i64 = parts.iter().map(|part| numbers[*part].high).sum();
            let total = &mut numbers[*whole];
            (total.low, total.high) = (total.low.max(low), total.high.min(high));
            let total = *total;
            for part in parts {
                let own = numbers[*part];
                let (low_of_others, high_of_others) = (low - own.low, high - own.high);
                numbers[*part].low = own.low.max(total.low - high_of_others);
                numbers[*part].high = own.high.min(total.high - low_of_others);
            }
        }
        if numbers == before.as_slice() {
            return;
        }
    }
}

/// What is known of the answers, satisfied and dissatisfied ones of each community to an item, and of the forms returned.
fn attack(table: &Table, withheld: &Withheld, item: usize) -> Vec<[Known; 4]> {
    let n = table.published.len();
    let line = &table.items[item];
    let mut numbers = Vec::new();
    // Per community: answers, satisfied, dissatisfied, forms, and forms without an answer; then the group's.
    for part in 0..n {
        let printed = |hidden: bool, n: i64| {
            if hidden { Known { low: 0, high: table.issued[part].unwrap_or(UNBOUNDED) } } else { Known::exactly(n) }
        };
        let hidden = withheld.items[item].parts[part] && line.parts[part].answers > 0;
        let row = line.parts[part];
        numbers.extend([
            printed(hidden, row.answers),
            printed(hidden, row.satisfied),
            printed(hidden, row.answers - row.satisfied),
            printed(withheld.returned.parts[part], table.returned.parts[part]),
            Known { low: 0, high: UNBOUNDED },
        ]);
    }
    let group = line.group.filter(|_| withheld.items[item].group == Some(false));
    let of_group = |n: Option<i64>| n.map_or(Known { low: 0, high: UNBOUNDED }, Known::exactly);
    let forms = table.returned.group.filter(|_| withheld.returned.group == Some(false));
    numbers.extend([
        of_group(group.map(|row| row.answers)),
        of_group(group.map(|row| row.satisfied)),
        of_group(group.map(|row| row.answers - row.satisfied)),
        of_group(forms),
    ]);
    let mut sums: Vec<(usize, Vec<usize>)> =
        (0..4).map(|kind| (5 * n + kind, (0..n).map(|part| 5 * part + kind).collect())).collect();
    for part in 0..n {
        sums.push((5 * part, vec![5 * part + 1, 5 * part + 2]));
        sums.push((5 * part + 3, vec![5 * part, 5 * part + 4]));
    }
    narrow(&mut numbers, &sums);
    (0..n).map(|part| std::array::from_fn(|kind| numbers[5 * part + kind])).collect()
}

/// Nothing small is printed, and nothing small is narrowed down.
fn assert_protected(table: &Table, withheld: &Withheld) -> Result<(), TestCaseError> {
    for (item, line) in table.items.iter().enumerate() {
        let hidden = &withheld.items[item];
        for (part, row) in line.parts.iter().enumerate() {
            prop_assert!(row.is_safe() || hidden.parts[part], "printed: {:?}", row);
        }
        prop_assert!(line.group.is_none_or(Row::is_safe) || hidden.group == Some(true));
        for (part, known) in attack(table, withheld, item).into_iter().enumerate() {
            let row = line.parts[part];
            if row.is_safe() {
                continue;
            }
            let [answers, satisfied, dissatisfied, _] = known;
            // Where fewer than five forms went out, everybody knows that no more came back.
            let widest = table.issued[part].unwrap_or(UNBOUNDED).min(4);
            prop_assert!(
                row.answers >= 5 || answers.width() >= widest,
                "answers {:?} of {:?} in {:?}",
                answers,
                row,
                line
            );
            prop_assert!(satisfied.width() >= 1, "satisfied {:?} of {:?} in {:?}", satisfied, row, line);
            prop_assert!(dissatisfied.width() >= 1, "dissatisfied {:?} of {:?} in {:?}", dissatisfied, row, line);
        }
        for (part, forms) in table.returned.parts.iter().enumerate() {
            let is_few = (1..5).contains(forms) && table.published[part];
            let known = attack(table, withheld, item)[part][3];
            prop_assert!(!is_few || known.width() >= 1, "forms {} known as {:?}", forms, known);
        }
    }
    Ok(())
}

/// Every pair of counts that a community may have, by trying all: slow and exact, for small numbers.
fn possible(table: &Table, withheld: &Withheld, item: usize, part: usize) -> BTreeSet<(i64, i64)> {
    let line = &table.items[item];
    let group = line.group.unwrap_or_default();
    let is_hidden = |other: usize| withheld.items[item].parts[other] && line.parts[other].answers > 0;
    let printed = (0..line.parts.len()).filter(|other| !is_hidden(*other)).map(|other| line.parts[other]);
    let rest = printed.fold(group, |rest, row| Row {
        answers: rest.answers - row.answers,
        satisfied: rest.satisfied - row.satisfied,
    });
    let rows = |of: usize| {
        let is_returned = table.published[of] && !withheld.returned.parts[of];
        let cap = if is_returned { table.returned.parts[of] } else { table.issued[of].unwrap_or(rest.answers) };
        let cap = cap.min(rest.answers);
        (0..=cap).flat_map(|answers| (0..=answers.min(rest.satisfied)).map(move |satisfied| (answers, satisfied)))
    };
    let mut others: BTreeSet<(i64, i64)> = [(0, 0)].into();
    for other in (0..line.parts.len()).filter(|other| *other != part && is_hidden(*other)) {
        let sums = others.iter().flat_map(|(n, a)| rows(other).map(move |(more, satisfied)| (n + more, a + satisfied)));
        others =
            sums.filter(|(n, a)| *n <= rest.answers && *a <= rest.satisfied && n - a <= rest.dissatisfied()).collect();
    }
    rows(part).filter(|(n, a)| others.contains(&(rest.answers - n, rest.satisfied - a))).collect()
}

fn rows(most: i64, items: usize) -> impl Strategy<Value = (i64, i64, Vec<Row>)> {
    let forms = prop_oneof![2 => 0..8_i64, 1 => 8..25_i64, 3 => 8..most];
    (forms, 0..most / 3).prop_flat_map(move |(returned, more)| {
        let row = (0..=returned, 0..=returned, 0..4_u8).prop_map(move |(blank, satisfied, kind)| {
            let answers = if kind == 0 { returned - blank } else { returned };
            Row {
                answers,
                satisfied: if kind < 2 { answers } else { answers - (answers - satisfied.min(answers)) / 3 },
            }
        });
        prop::collection::vec(row, items).prop_map(move |rows| (returned + more, returned, rows))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_attacker_narrows_down_what_few_answered(
        communities in prop::collection::vec(rows(120, 3), 1..7),
        unnamed in prop::option::of(rows(40, 3)),
    ) {
        let table = table(&communities, unnamed.as_ref().map(|(_, _, rows)| rows.as_slice()));
        assert_protected(&table, &decide(&table))?;
    }

    #[test]
    fn where_every_row_is_safe_nothing_is_withheld(
        communities in prop::collection::vec((20..200_i64, 0..20_i64), 1..6),
    ) {
        let communities: Vec<_> = communities.iter().map(|(n, bad)| (n + 5, *n, vec![row(*n, n - bad)])).collect();
        let table = table(&communities, None);
        let withheld = decide(&table);
        prop_assert!(withheld.items[0].parts.iter().all(|hidden| !hidden));
        prop_assert_eq!(withheld.items[0].group, Some(false));
        prop_assert!(withheld.returned.parts.iter().all(|hidden| !hidden));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn trying_all_counts_finds_no_more_than_narrowing(communities in prop::collection::vec(rows(22, 1), 2..4)) {
        let table = table(&communities, None);
        let withheld = decide(&table);
        if withheld.items[0].group != Some(false) {
            return Ok(());
        }
        for (part, row) in table.items[0].parts.iter().enumerate().filter(|(_, row)| !row.is_safe()) {
            let possible = possible(&table, &withheld, 0, part);
            prop_assert!(possible.contains(&(row.answers, row.satisfied)));
            let values = |of: fn(&(i64, i64)) -> i64| possible.iter().map(of).collect::<BTreeSet<i64>>().len();
            prop_assert!(row.answers >= 5 || values(|(n, _)| *n) >= 5);
            prop_assert!(values(|(_, a)| *a) >= 2 && values(|(n, a)| n - a) >= 2);
        }
    }
}

#[test]
fn the_attacker_does_find_what_is_not_protected() {
    let communities = [(10, 3, vec![row(3, 0)]), (60, 50, vec![row(50, 48)]), (300, 200, vec![row(200, 190)])];
    let table = table(&communities, None);
    let mut withheld = decide(&table);
    assert_eq!(withheld.items[0].parts, [true, true, false], "the smallest of the others stands with it");
    withheld.items[0].parts[1] = false;
    let [answers, _, dissatisfied, _] = attack(&table, &withheld, 0)[0];
    assert_eq!((answers, dissatisfied), (Known::exactly(3), Known::exactly(3)));
    assert!(assert_protected(&table, &withheld).is_err());
}

#[test]
fn few_answers_and_few_who_differ_in_a_small_circle_are_withheld() {
    for (answers, satisfied, safe) in [
        (0, 0, true),
        (1, 1, false),
        (4, 2, false),
        (5, 5, false),
        (9, 5, false),
        (10, 5, true),
        (19, 18, false),
        (19, 14, true),
        (20, 19, true),
        (20, 20, true),
        (400, 398, true),
    ] {
        assert_eq!(row(answers, satisfied).is_safe(), safe, "{satisfied} of {answers}");
    }
}

#[test]
fn the_fewest_rows_are_withheld_and_the_smallest() {
    // Two small communities shield each other: nothing else is withheld.
    let two = table(&[(30, 12, vec![row(12, 10)]), (30, 14, vec![row(14, 11)]), (300, 200, vec![row(200, 190)])], None);
    assert_eq!(decide(&two).items[0], Line { group: Some(false), parts: vec![true, true, false] });
    // A notice that lacks a row already lacks the next one too, rather than another's.
    let rows = |first: Row, second: Row| vec![first, second];
    let again = table(
        &[
            (30, 4, rows(row(4, 4), row(4, 3))),
            (99, 80, rows(row(30, 28), row(80, 70))),
            (99, 70, rows(row(70, 60), row(60, 50))),
        ],
        None,
    );
    let withheld = decide(&again);
    assert_eq!(withheld.items[0].parts, withheld.items[1].parts);
    // Where no other community can shield it, the group's row is withheld.
    let alone = table(&[(30, 4, vec![row(4, 4)])], None);
    assert_eq!(decide(&alone).items[0], Line { group: Some(true), parts: vec![true] });
    let unanimous = table(&[(30, 4, vec![row(4, 4)]), (99, 80, vec![row(80, 80)]), (99, 90, vec![row(90, 90)])], None);
    assert_eq!(decide(&unanimous).items[0], Line { group: Some(true), parts: vec![true, false, false] });
    // Full forms bound the shield from below: what is left of the sum is the small community's.
    let full = table(&[(4, 4, vec![row(4, 1)]), (80, 80, vec![row(80, 70)]), (99, 90, vec![row(80, 70)])], None);
    assert_eq!(decide(&full).items[0].parts, [true, false, true]);
}

#[test]
fn answers_without_a_community_are_told_by_no_difference() {
    let table = table(&[(99, 80, vec![row(80, 70)]), (99, 90, vec![row(90, 80)])], Some(&[row(2, 0)]));
    let withheld = decide(&table);
    assert_eq!(withheld.items[0], Line { group: Some(false), parts: vec![true, false, true] });
}

#[test]
fn a_round_of_five_hundred_communities_is_decided_at_once() {
    let communities: Vec<_> = (0..500)
        .map(|n| {
            let answers = if n % 7 == 0 { n % 5 } else { 20 + n % 90 };
            (answers + 30, answers, vec![row(answers, answers - answers / 9); 10])
        })
        .collect();
    let table = table(&communities, None);
    let withheld = decide(&table);
    assert!(withheld.items.iter().all(|line| line.group == Some(false)));
    let hidden: usize = withheld.items.iter().map(|line| line.parts.iter().filter(|hidden| **hidden).count()).sum();
    let small = communities.iter().filter(|(_, _, rows)| !rows[0].is_safe()).count() * 10;
    assert!(hidden <= small + 10, "{hidden} rows withheld for {small}");
}
