//! Real input that nobody here wrote: public records and surveys, each read with a `manyi.toml` of its own.
//!
//! The data lies in `$MANYI_SHARED/data` (default `../shared/data`) and is not part of the repository. Where the default folder
//! is absent a test says so and passes; where `MANYI_SHARED` is set and the data is missing it fails. The expected numbers were
//! computed independently (pandas) or published by others; see the notes beside the data.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};

use manyi::metrics::fact::{Dimension, Fact, FactTable, Scope};
use manyi::moment::Period;
use manyi::pipeline::{Extent, Outcome, Settings, Silent, run};
use manyi::problem::{Code, Language};

type Tested = Result<(), Box<dyn Error>>;

/// Runs the program on one file of the data with the config of a case; none where the data is absent.
fn run_on(case: &str, file: &str) -> Result<Option<Outcome>, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (shared, is_set) = match std::env::var_os("MANYI_SHARED") {
        Some(path) => (PathBuf::from(path), true),
        None => (root.join("../shared"), false),
    };
    let data = shared.join("data").join(file);
    if !data.is_file() {
        if is_set {
            return Err(format!("MANYI_SHARED is set and {} is missing", data.display()).into());
        }
        writeln!(std::io::stderr(), "{case}: {} is absent, not tested", data.display())?;
        return Ok(None);
    }
    let folder = tempfile::tempdir()?;
    let input = folder.path().join("input");
    std::fs::create_dir(&input)?;
    let name = data.file_name().ok_or("a file has a name")?;
    std::fs::copy(&data, input.join(name))?;
    std::fs::copy(root.join("tests/real").join(case).join("manyi.toml"), input.join("manyi.toml"))?;
    let settings = Settings {
        input,
        output: folder.path().join("output"),
        config: None,
        profiles: Vec::new(),
        periods: Vec::new(),
        as_of: None,
        language: Language::Zh,
        templates: None,
        records: false,
        extent: Extent::Data,
        worker: None,
    };
    let outcome = run(&settings, &Silent)?;
    if let Some(line) = outcome.ledger.unbalanced() {
        return Err(format!("the ledger does not balance: {line:?}").into());
    }
    Ok(Some(outcome))
}

fn fact<'a>(facts: &'a FactTable, metric: &str, period: Period, scope: &Scope) -> Result<&'a Fact, String> {
    let profile = if metric.starts_with("survey") { "survey-procedure" } else { "complaint-classes" };
    facts.get(profile, metric, period, scope).ok_or_else(|| format!("no fact {metric} {period} {scope:?}"))
}

fn value(facts: &FactTable, metric: &str, period: Period, scope: &Scope) -> Result<f64, String> {
    fact(facts, metric, period, scope)?.value.ok_or_else(|| format!("{metric} {period} has no value"))
}

/// The fact of one value of a breakdown, over the group.
fn part<'a>(
    facts: &'a FactTable,
    metric: &str,
    period: Period,
    dimension: Dimension,
    name: &str,
) -> Result<&'a Fact, String> {
    let profile = if metric.starts_with("survey") { "survey-procedure" } else { "complaint-classes" };
    facts
        .by(profile, metric, period, &Scope::Group, dimension)
        .into_iter()
        .find(|fact| {
            fact.key.dimension2.is_none() && fact.key.dimension.as_ref().is_some_and(|(_, value)| &**value == name)
        })
        .ok_or_else(|| format!("no fact {metric} {period} {name}"))
}

/// Scope of the community or department of a name.
fn named(facts: &FactTable, name: &str, department: bool) -> Result<Scope, String> {
    facts
        .scopes()
        .find(|scope| facts.scope_name(scope) == name && matches!(scope, Scope::Department(_)) == department)
        .cloned()
        .ok_or_else(|| format!("nobody is called {name}"))
}

/// Equal to as many decimals as the expected number was given with.
fn close(found: f64, expected: f64, decimals: i32) -> bool {
    (found - expected).abs() <= 0.5 * 10_f64.powi(-decimals) + 1e-9
}

#[test]
fn vancouver_2023_comes_to_the_numbers_of_the_notes() -> Tested {
    let Some(outcome) = run_on("vancouver-311", "vancouver-311/3-1-1-service-requests 2023.xlsx")? else {
        return Ok(());
    };
    let (facts, year) = (&outcome.facts, Period::Year(2023));
    assert_eq!(value(facts, "complaint.received", year, &Scope::Group)?, 7_062.0);
    assert_eq!(value(facts, "complaint.resolved", year, &Scope::Group)?, 6_834.0);
    assert_eq!(value(facts, "complaint.open", year, &Scope::Group)?, 228.0);
    let months = [812.0, 560.0, 649.0, 471.0, 658.0, 650.0, 719.0, 574.0, 482.0, 452.0, 544.0, 491.0];
    for (month, expected) in (1..).zip(months) {
        assert_eq!(
            value(facts, "complaint.received", Period::Month(2023, month), &Scope::Group)?,
            expected,
            "month {month}"
        );
    }
    for (channel, expected) in
        [("Phone", 6_740.0), ("Chat", 202.0), ("E-mail", 71.0), ("Social Media", 48.0), ("Mail Out", 1.0)]
    {
        let found = part(facts, "complaint.received", year, Dimension::Channel, channel)?.value;
        assert_eq!(found, Some(expected), "{channel}");
    }
    for (area, expected) in [("Downtown", 554.0), ("Kitsilano", 497.0)] {
        assert_eq!(value(facts, "complaint.received", year, &named(facts, area, false)?)?, expected, "{area}");
    }
    assert_eq!(value(facts, "complaint.received", year, &Scope::Community("none".into()))?, 1_227.0);
    let impossible = outcome.problems.iter().filter(|problem| problem.code == Code::ImpossibleOrder).count();
    assert_eq!(impossible, 899);
    // Dates without a time measure no minutes: what can be said of the rest is why it was left out.
    let excluded = part(facts, "complaint.resolution.median", year, Dimension::Excluded, "impossible")?;
    assert_eq!(excluded.value, Some(899.0));
    Ok(())
}

#[test]
fn new_york_june_2018_comes_to_the_numbers_of_the_notes() -> Tested {
    let Some(outcome) = run_on("nyc-311-june-2018", "nyc-311/june-2018.csv")? else { return Ok(()) };
    let (facts, year) = (&outcome.facts, Period::Year(2018));
    assert_eq!(value(facts, "complaint.received", year, &Scope::Group)?, 1_000.0);
    assert_eq!(value(facts, "complaint.resolved", year, &Scope::Group)?, 986.0);
    let mean = fact(facts, "complaint.resolution.mean", year, &Scope::Group)?;
    assert_eq!(mean.denominator, Some(976.0));
    assert!(close(mean.value.unwrap_or(f64::NAN), 13_274.910_1, 4), "{mean:?}");
    let median = value(facts, "complaint.resolution.median", year, &Scope::Group)?;
    assert!(close(median, 718.366_7, 4), "{median}");
    let impossible = part(facts, "complaint.resolution.mean", year, Dimension::Excluded, "impossible")?;
    assert_eq!(impossible.value, Some(10.0));
    for (agency, received, resolved, median) in [
        ("NYPD", 347.0, None, 131.883_3),
        ("HPD", 159.0, Some(157.0), 17_414.166_7),
        ("DSNY", 135.0, Some(131.0), 4_543.0),
    ] {
        let scope = named(facts, agency, true)?;
        assert_eq!(value(facts, "complaint.received", year, &scope)?, received, "{agency}");
        if let Some(resolved) = resolved {
            assert_eq!(value(facts, "complaint.resolved", year, &scope)?, resolved, "{agency}");
        }
        let found = value(facts, "complaint.resolution.median", year, &scope)?;
        assert!(close(found, median, 4), "{agency} {found}");
    }
    Ok(())
}

#[test]
fn new_york_december_2023_comes_to_the_numbers_of_the_notes() -> Tested {
    let Some(outcome) = run_on("nyc-311-api", "nyc-311/api-december-2023.csv")? else { return Ok(()) };
    let (facts, year) = (&outcome.facts, Period::Year(2023));
    assert_eq!(value(facts, "complaint.received", year, &Scope::Group)?, 500.0);
    assert_eq!(value(facts, "complaint.resolved", year, &Scope::Group)?, 232.0);
    let (median, mean) = (
        value(facts, "complaint.resolution.median", year, &Scope::Group)?,
        value(facts, "complaint.resolution.mean", year, &Scope::Group)?,
    );
    assert!(close(median, 16.416_667, 6) && close(mean, 19.303_807, 6), "{median} {mean}");
    Ok(())
}

#[test]
fn messages_to_a_city_come_to_the_numbers_of_the_notes() -> Tested {
    let Some(outcome) = run_on("city-messages-zh", "city-messages-zh/附件4.xlsx")? else { return Ok(()) };
    let (facts, year) = (&outcome.facts, Period::Year(2020));
    assert_eq!(value(facts, "complaint.received", year, &Scope::Group)?, 2_816.0);
    assert_eq!(value(facts, "complaint.resolved", year, &Scope::Group)?, 2_816.0);
    let days = |metric: &str| value(facts, metric, year, &Scope::Group).map(|minutes| minutes / 1_440.0);
    let (mean, median) = (days("complaint.resolution.mean")?, days("complaint.resolution.median")?);
    assert!(close(mean, 20.341_759, 6) && close(median, 11.208_229, 6), "{mean} {median}");
    Ok(())
}

#[test]
fn somerville_2015_comes_to_the_numbers_of_the_notes_with_and_without_a_byte_order_mark() -> Tested {
    for file in ["SomervilleHappinessSurvey2015.csv", "bom/SomervilleHappinessSurvey2015.csv"] {
        let Some(outcome) = run_on("somerville-2015", &format!("somerville-2015/{file}"))? else { return Ok(()) };
        let (facts, year) = (&outcome.facts, Period::Year(2015));
        let expected = [
            ("X1", 4.314_685, 118.0),
            ("X2", 2.538_462, 27.0),
            ("X3", 3.265_734, 53.0),
            ("X4", 3.699_301, 86.0),
            ("X5", 3.615_385, 90.0),
            ("X6", 4.216_783, 116.0),
        ];
        for (item, mean, satisfied) in expected {
            let found = part(facts, "survey.mean_score", year, Dimension::Item, item)?.value.unwrap_or(f64::NAN);
            assert!(close(found, mean, 6), "{item} {found}");
            let rate = part(facts, "survey.item_satisfied", year, Dimension::Item, item)?;
            assert_eq!((rate.numerator, rate.denominator), (Some(satisfied), Some(143.0)), "{item}");
        }
    }
    Ok(())
}

#[test]
fn telephone_users_come_to_the_numbers_of_the_notes() -> Tested {
    let file = "mobile-satisfaction-zh/附件1语音业务用户满意度数据.xlsx";
    let Some(outcome) = run_on("mobile-satisfaction-zh", file)? else { return Ok(()) };
    let (facts, year) = (&outcome.facts, Period::Year(2022));
    let expected = [
        ("语音通话整体满意度", 8.679_919, 0.865_452),
        ("网络覆盖与信号强度", 8.339_591, 0.823_118),
        ("语音通话清晰度", 8.632_984, 0.864_532),
        ("语音通话稳定性", 8.428_308, 0.837_291),
    ];
    for (item, mean, satisfied) in expected {
        let score = part(facts, "survey.mean_score", year, Dimension::Item, item)?;
        assert_eq!(score.denominator, Some(5_433.0));
        assert!(close(score.value.unwrap_or(f64::NAN), mean, 6), "{item} {score:?}");
        let rate = part(facts, "survey.item_satisfied", year, Dimension::Item, item)?.value.unwrap_or(f64::NAN);
        assert!(close(rate, satisfied, 6), "{item} {rate}");
    }
    Ok(())
}
