//! Targets: a bound on a metric's unrounded value, written as `>=0.96` or `<0.03`.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A bound. 以上, 以下, 不低于, ≤ and ≥ include the number itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    comparison: Comparison,
    number: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    AtLeast,
    Above,
    AtMost,
    Below,
}

impl Bound {
    /// Whether an unrounded value meets the bound.
    #[must_use]
    pub fn is_met_by(&self, value: f64) -> bool {
        match self.comparison {
            Comparison::AtLeast => value >= self.number,
            Comparison::Above => value > self.number,
            Comparison::AtMost => value <= self.number,
            Comparison::Below => value < self.number,
        }
    }

    /// The number of the bound.
    #[must_use]
    pub fn number(&self) -> f64 {
        self.number
    }

    /// Whether larger values are better.
    #[must_use]
    pub fn is_floor(&self) -> bool {
        matches!(self.comparison, Comparison::AtLeast | Comparison::Above)
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.comparison {
            Comparison::AtLeast => ">=",
            Comparison::Above => ">",
            Comparison::AtMost => "<=",
            Comparison::Below => "<",
        };
        write!(f, "{sign}{}", self.number)
    }
}

impl FromStr for Bound {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("「{text}」不是目标 / not a target; write e.g. \">=0.96\" or \"<0.03\"");
        let text = text.trim();
        let (comparison, number) = [
            (">=", Comparison::AtLeast),
            ("<=", Comparison::AtMost),
            (">", Comparison::Above),
            ("<", Comparison::Below),
        ]
        .into_iter()
        .find_map(|(sign, comparison)| text.strip_prefix(sign).map(|rest| (comparison, rest)))
        .ok_or_else(wrong)?;
        let number: f64 = number.trim().parse().ok().filter(|n: &f64| n.is_finite()).ok_or_else(wrong)?;
        Ok(Self { comparison, number })
    }
}

impl Serialize for Bound {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Bound {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_itself_meets_at_least_and_nothing_is_rounded() -> Result<(), String> {
        let target: Bound = ">=0.96".parse()?;
        assert!(target.is_met_by(0.96));
        assert!(!target.is_met_by(0.9596), "95.96 % fails 96 %");
        let below: Bound = "<0.03".parse()?;
        assert!(!below.is_met_by(0.03));
        assert_eq!((target.to_string(), below.to_string()), (">=0.96".to_owned(), "<0.03".to_owned()));
        assert!("0.96".parse::<Bound>().is_err());
        Ok(())
    }
}
