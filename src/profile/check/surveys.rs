//! Answers that count as satisfied, and rounds of surveys.

use super::{Found, way};
use crate::profile::schema::{Every, Profile};

/// Checks scale and rounds.
pub(super) fn check(profile: &Profile, found: &mut Found) {
    if let Some(survey) = &profile.survey
        && matches!(survey.every, Every::WorkingDay | Every::Day | Every::Week | Every::HalfMonth)
    {
        found.at(
            way!["survey", "every"],
            "调查每月一次以上没有意义；可以写 month、quarter、half、year",
            "rounds of a survey come every month, quarter, half or year",
        );
    }
    let Some(scale) = &profile.scale else { return };
    for (key, levels) in [("satisfied", &scale.satisfied), ("dissatisfied", &scale.dissatisfied)] {
        if levels.is_empty() {
            found.at(way!["scale", key], format!("{key} 是空的"), format!("`{key}` is empty"));
        }
    }
    for (at, level) in scale.dissatisfied.iter().enumerate() {
        if let Some(other) = scale.satisfied.iter().position(|satisfied| satisfied == level) {
            let code = level.code();
            found.among(
                vec![way!["scale", "dissatisfied", at], way!["scale", "satisfied", other]],
                format!("「{code}」既算满意又算不满意，请只留一处"),
                format!("\"{code}\" counts both as satisfied and as dissatisfied; keep one"),
            );
        }
    }
    for (at, score) in scale.scores.iter().enumerate() {
        if scale.scores[..at].iter().any(|known| known.highest == score.highest) {
            let highest = score.highest;
            found.at(
                way!["scale", "score", at, "highest"],
                format!("{highest} 分制出现了两次"),
                format!("the scale to {highest} stands twice"),
            );
        }
        if !(score.satisfied_from > 0.0 && score.satisfied_from <= f64::from(score.highest)) {
            found.at(
                way!["scale", "score", at, "satisfied_from"],
                format!("satisfied_from = {} 不在 0 与最高分 {} 之间", score.satisfied_from, score.highest),
                format!(
                    "satisfied_from = {} does not lie between 0 and the highest score, {}",
                    score.satisfied_from, score.highest
                ),
            );
        }
    }
}
