//! Targets, ratios and clauses: they name metrics that the profile gives.

use std::collections::BTreeMap;

use super::{Found, way};
use crate::profile::given::{Kind, given};
use crate::profile::schema::{Every, Profile, Ratio, Target, Where};

/// Checks what names metrics.
pub(super) fn check(profile: &Profile, found: &mut Found) {
    let metrics = given(profile);
    let known: Vec<&str> = metrics.keys().map(String::as_str).collect();
    let ids: Vec<_> = profile.targets.iter().map(|target| (target.id.as_str(), ())).collect();
    found.ids("target", &ids);
    for (at, target) in profile.targets.iter().enumerate() {
        of_target(profile, at, target, metrics.get(&target.metric), &known, found);
    }
    let without_ratios = given(&Profile { ratios: Vec::new(), ..profile.clone() });
    ratios(profile, &without_ratios, found);
    for (at, entry) in profile.clauses.iter().enumerate() {
        let place = way!["clause", at, "metric"];
        let is_given = match entry.metric.strip_suffix('*') {
            Some(start) => known.iter().any(|metric| metric.starts_with(start)),
            None => metrics.contains_key(&entry.metric),
        };
        if !is_given {
            found.unknown(place.clone(), METRIC, &entry.metric, &known);
        }
        if profile.clauses[..at].iter().any(|known| known.metric == entry.metric) {
            let metric = &entry.metric;
            found.at(place, format!("指标 {metric} 的条款写了两次"), format!("the clause of {metric} stands twice"));
        }
    }
}

const METRIC: (&str, &str) = ("指标", "metric");

fn of_target(profile: &Profile, at: usize, target: &Target, kind: Option<&Kind>, known: &[&str], found: &mut Found) {
    match kind {
        None => found.unknown(way!["target", at, "metric"], METRIC, &target.metric, known),
        Some(Kind::Share) => {
            let (one, none) = (target.at.is_met_by(1.0), target.at.is_met_by(0.0));
            // Beyond 0 and 1 a bound is met by all shares or by none.
            let number = target.at.number();
            if !(0.0..=1.0).contains(&number) || one == none {
                found.at(
                    way!["target", at, "at"],
                    format!("at = \"{}\"：比率在 0 与 1 之间，这个目标总是达到或总是达不到；96 % 写成 0.96", target.at),
                    format!(
                        "at = \"{}\": shares run from 0 to 1, so this is always met or never; write 96 % as 0.96",
                        target.at
                    ),
                );
            }
        }
        Some(_) => {}
    }
    place(&target.when, at, found);
    // The first whose conditions hold is taken.
    let earlier = profile.targets[..at].iter().position(|other| {
        other.metric == target.metric && (other.when == Where::default() || other.when == target.when)
    });
    if let Some(first) = earlier {
        found.among(
            vec![way!["target", at, "id"], way!["target", first, "id"]],
            format!(
                "永远轮不到这个目标：前面的「{}」对同一指标已经成立；请把无条件的放在最后",
                profile.targets[first].id
            ),
            format!(
                "this target is never reached: \"{}\" before it holds already; put the one without conditions last",
                profile.targets[first].id
            ),
        );
    }
}

/// Where a target holds.
fn place(place: &Where, at: usize, found: &mut Found) {
    let within = |key: &str| way!["target", at, "when", key];
    if let (Some(most), Some(above)) = (place.households_at_most, place.households_above)
        && most <= above
    {
        found.among(
            vec![within("households_at_most"), within("households_above")],
            format!("没有户数既不超过 {most} 又超过 {above}"),
            format!("no community has {most} households at most and more than {above}"),
        );
    }
    if let (Some(below), Some(least)) = (place.years_below, place.years_at_least)
        && below <= least
    {
        found.among(
            vec![within("years_below"), within("years_at_least")],
            format!("没有年数既不足 {below} 又满 {least}"),
            format!("no community is below {below} years old and at least {least}"),
        );
    }
    if place.households_at_most == Some(0) {
        found.not_nought(within("households_at_most"), 0);
    }
    if place.years_below == Some(0) {
        found.not_nought(within("years_below"), 0);
    }
    if matches!(place.period, Some(Every::WorkingDay | Every::Day | Every::Week | Every::HalfMonth)) {
        found.at(
            within("period"),
            "报告按 month、quarter、half、year 计，没有更短的时期",
            "facts are of a month, quarter, half or year; there are no shorter periods",
        );
    }
}

fn ratios(profile: &Profile, metrics: &BTreeMap<String, Kind>, found: &mut Found) {
    let ids: Vec<_> = profile.ratios.iter().map(|ratio| (ratio.id.as_str(), ())).collect();
    found.ids("ratio", &ids);
    for (at, ratio) in profile.ratios.iter().enumerate() {
        let place = way!["ratio", at, "metric"];
        let is_named = ratio.metric.split_once('.').is_some_and(|(subject, name)| {
            profile.subjects.iter().any(|known| known.word() == subject) && !name.is_empty()
        });
        if !is_named {
            let starts: Vec<String> = profile.subjects.iter().map(|subject| format!("{}.…", subject.word())).collect();
            found.at(
                place.clone(),
                format!("指标名「{}」要以所管的事开头：{}", ratio.metric, starts.join("、")),
                format!(
                    "the metric \"{}\" must begin with a subject of the profile: {}",
                    ratio.metric,
                    starts.join(", ")
                ),
            );
        }
        let again = profile.ratios[..at].iter().any(|known| known.metric == ratio.metric);
        if again || metrics.contains_key(&ratio.metric) {
            found.at(
                place,
                format!("指标「{}」已经有了，请另取名", ratio.metric),
                format!("the metric \"{}\" is given already; choose another name", ratio.metric),
            );
        }
        parts(ratio, at, metrics, found);
    }
}

/// The parts of a ratio: counts over counts, or shares.
fn parts(ratio: &Ratio, at: usize, metrics: &BTreeMap<String, Kind>, found: &mut Found) {
    let known: Vec<&str> = metrics.keys().map(String::as_str).collect();
    if ratio.part.is_empty() {
        found.at(way!["ratio", at, "part"], "part 是空的", "`part` is empty");
    }
    let (wanted, zh, en) = if ratio.whole.is_empty() {
        (
            Kind::Share,
            "没有 whole 时 part 应为比率（合计其分子与分母）",
            "without `whole`, `part` names shares, whose parts are added up",
        )
    } else {
        (Kind::Count, "有 whole 时两边都应为件数", "with `whole`, both sides are counts")
    };
    for (key, names) in [("part", &ratio.part), ("whole", &ratio.whole)] {
        for (number, name) in names.iter().enumerate() {
            let place = way!["ratio", at, key, number];
            match metrics.get(name) {
                None => found.unknown(place, METRIC, name, &known),
                Some(kind) if *kind != wanted => {
                    found.at(place, format!("「{name}」：{zh}"), format!("\"{name}\": {en}"));
                }
                Some(_) => {}
            }
        }
    }
}
