//! The config to begin with says what the config knows.

use std::collections::BTreeSet;

use super::{Config, TEMPLATE};

/// The template with all that is commented out put in force.
fn put_in_force() -> String {
    let shown = |line: &str| match line.strip_prefix('#') {
        Some(setting) if !setting.is_empty() && !setting.starts_with(' ') => setting.to_owned(),
        _ => line.to_owned(),
    };
    TEMPLATE.lines().map(shown).collect::<Vec<_>>().join("\n")
}

#[test]
fn as_it_stands_the_template_is_the_default() {
    let config = Config::parse(TEMPLATE).unwrap();
    assert_eq!(
        format!("{:?}", Config { written: Config::default().written, ..config }),
        format!("{:?}", Config::default())
    );
}

#[test]
fn the_template_shows_every_key_that_the_config_knows() {
    let whole: toml::Value = toml::from_str(&put_in_force()).unwrap();
    Config::parse(&put_in_force()).unwrap();
    let mut checked = 0;
    keys_of(&whole, &whole, &mut Vec::new(), &mut checked);
    assert!(checked > 12, "only {checked} tables were looked at");
}

/// A step into a value: a key, or the first entry of a list.
#[derive(Clone)]
enum Step {
    Key(String),
    First,
}

/// Looks at a table and all below it: a key that nobody knows has the config list those that it knows.
fn keys_of(whole: &toml::Value, part: &toml::Value, at: &mut Vec<Step>, checked: &mut usize) {
    if let toml::Value::Array(entries) = part {
        if let Some(first) = entries.first().filter(|entry| entry.is_table()) {
            at.push(Step::First);
            keys_of(whole, first, at, checked);
            at.pop();
        }
        return;
    }
    let toml::Value::Table(table) = part else { return };
    let mut changed = whole.clone();
    let target = at.iter().fold(&mut changed, |value, step| match step {
        Step::Key(key) => value.get_mut(key).unwrap(),
        Step::First => value.get_mut(0).unwrap(),
    });
    target.as_table_mut().unwrap().insert("of-nobody".to_owned(), toml::Value::Boolean(true));
    let message = Config::parse(&toml::to_string(&changed).unwrap()).err().unwrap_or_default();
    // Tables whose keys are names of the user's own refuse the value, or take it.
    if message.contains("unknown field") {
        let list = message.split("expected").nth(1).unwrap().lines().next().unwrap();
        let known: BTreeSet<&str> = list.split('`').skip(1).step_by(2).collect();
        let shown: BTreeSet<&str> = table.keys().map(String::as_str).collect();
        let missing: Vec<_> = known.difference(&shown).collect();
        assert!(
            !known.is_empty() && missing.is_empty(),
            "src/config/template.toml does not show {missing:?}: {message}"
        );
        *checked += 1;
    }
    for (key, value) in table {
        at.push(Step::Key(key.clone()));
        keys_of(whole, value, at, checked);
        at.pop();
    }
}

#[test]
fn the_defaults_in_the_template_are_the_defaults() {
    let (shown, default) = (Config::parse(&put_in_force()).unwrap(), Config::default());
    assert_eq!(shown.budget, default.budget);
    assert_eq!(
        (&shown.calendar.weekdays, &shown.calendar.hours),
        (&default.calendar.weekdays, &default.calendar.hours)
    );
    let (shown, default) = (shown.profiles, default.profiles);
    assert_eq!(
        [&shown.complaint, &shown.repair, &shown.callback, &shown.survey, &shown.schedule],
        [&default.complaint, &default.repair, &default.callback, &default.survey, &default.schedule]
    );
    assert_eq!(shown.further, default.further);
}
