//! By what a period was measured: the procedures with the company's overrides, and the parts of the config that numbers hang on.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::file::Procedure;
use crate::config::Config;
use crate::profile::Profiles;

/// The procedures in force, in the order in which they were named.
#[must_use]
pub fn procedures(profiles: &Profiles) -> Vec<Procedure> {
    let all = profiles.all.iter().map(|profile| {
        // A profile was read from data and can be written as such.
        let says = serde_json::to_value(profile).unwrap_or_default();
        Procedure { name: profile.name.clone(), blake3: hash(&says.to_string()), says }
    });
    all.collect()
}

/// Hashes of the parts of the config that numbers hang on.
#[must_use]
pub fn settings(config: &Config) -> BTreeMap<String, String> {
    let parts = [
        ("use", format!("{:?}", config.profiles)),
        ("calendar", format!("{:?}", config.calendar)),
        ("community", format!("{:?}", config.community)),
        ("department", format!("{:?} {:?}", config.department, config.category_department)),
        ("alias", format!("{:?}", config.alias)),
        ("source", format!("{:?}", config.source)),
    ];
    parts.into_iter().map(|(name, said)| (name.to_owned(), hash(&said)[..16].to_owned())).collect()
}

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

/// What two versions of a procedure say otherwise, such as `deadlines/response/within: "24 h" → "12 h"`.
#[must_use]
pub fn differences(before: &Value, now: &Value) -> Vec<String> {
    let mut found = Vec::new();
    differ("", before, now, &mut found);
    found
}

fn differ(path: &str, before: &Value, now: &Value, found: &mut Vec<String>) {
    match (before, now) {
        _ if before == now => {}
        (Value::Object(_), Value::Object(_)) | (Value::Array(_), Value::Array(_))
            if named(before).is_some() && named(now).is_some() =>
        {
            let (before, now) = (named(before).unwrap_or_default(), named(now).unwrap_or_default());
            let names: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
            for name in names {
                let path = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
                let of = |parts: &BTreeMap<String, Value>| parts.get(name).cloned().unwrap_or(Value::Null);
                differ(&path, &of(&before), &of(&now), found);
            }
        }
        _ => {
            let word = |value: &Value| if value.is_null() { "—".to_owned() } else { value.to_string() };
            found.push(format!("{path}: {} → {}", word(before), word(now)));
        }
    }
}

/// The parts of a table by key, or of a list of entries by id.
fn named(value: &Value) -> Option<BTreeMap<String, Value>> {
    match value {
        Value::Object(parts) => Some(parts.iter().map(|(name, part)| (name.clone(), part.clone())).collect()),
        Value::Array(entries) => {
            let parts = entries.iter().map(|entry| Some((entry.get("id")?.as_str()?.to_owned(), entry.clone())));
            parts.collect()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_number_is_named_by_its_entry() {
        let of = |within: &str| serde_json::json!({ "name": "p", "deadlines": [{ "id": "response", "within": within }, { "id": "told" }] });
        assert_eq!(differences(&of("24 h"), &of("12 h")), ["deadlines/response/within: \"24 h\" → \"12 h\""]);
        assert!(differences(&of("24 h"), &of("24 h")).is_empty());
    }
}
