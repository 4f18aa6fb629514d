//! Facts of survey rounds in, sentences out, in both languages.

use super::*;
use crate::metrics::fact::Scope;
use crate::metrics::lists::suggestions::{Made, Suggestion};
use crate::moment::Period;
use crate::problem::Language;
use crate::records::store::NO_NAME;
use crate::report::bench::Bench;

const ROUND: Period = Period::Half(2025, 2);
const LAST: Period = Period::Half(2025, 1);

type Part = fn(&Lens<'_>) -> Vec<String>;

const CHANGES: Part = changes::sentences;
const ITEMS: Part = pulls::items;
const COMMUNITIES: Part = pulls::communities;
const REACH: Part = reach::sentences;
const SUGGESTIONS: Part = suggestions::sentences;
const KEPT: Part = kept::sentences;
const TODO: Part = |lens| todo::said(lens).iter().map(|row| row.join(" / ") + "\n").collect();

#[track_caller]
fn says(mut bench: Bench, part: Part, zh: &str, en: &str) {
    for (language, expected) in [(Language::Zh, zh), (Language::En, en)] {
        let said = bench.with_round(language, |lens| lens.words.sentences(&part(lens)));
        assert_eq!(said.as_deref(), Some(expected));
    }
}

fn community(id: &str) -> Scope {
    Scope::Community(id.into())
}

/// The overall rate of both rounds, each within two points.
fn overall(now: f64, then: f64) -> Bench {
    let around = |value: f64| (value - 0.02, value, value + 0.02);
    Bench::of(ROUND).overall(ROUND, Scope::Group, around(now)).overall(LAST, Scope::Group, around(then))
}

#[test]
fn a_change_of_the_overall_rate_is_held_against_the_sampling_error() {
    says(
        overall(0.96, 0.95),
        CHANGES,
        "总体满意率比上次（2025年上半年）升1.0个百分点，在抽样误差范围内。",
        "Overall satisfaction: up 1.0 points on the last round (first half of 2025), within the sampling error.",
    );
    says(
        overall(0.85, 0.95),
        CHANGES,
        "总体满意率比上次（2025年上半年）降10.0个百分点，超出抽样误差。",
        "Overall satisfaction: down 10.0 points on the last round (first half of 2025), beyond the sampling error.",
    );
    says(
        overall(0.95, 0.95),
        CHANGES,
        "总体满意率与上次（2025年上半年）持平。",
        "Overall satisfaction: unchanged against the last round (first half of 2025).",
    );
}

#[test]
fn the_first_round_is_compared_with_nothing() {
    let first = Bench::of(ROUND).overall(ROUND, Scope::Group, (0.9, 0.95, 0.97));
    says(
        first,
        CHANGES,
        "资料中没有上次（2025年上半年）的调查，不作比较。",
        "The data hold nothing of the last round (first half of 2025), so there is no comparison.",
    );
    says(Bench::of(ROUND), CHANGES, "", "");
}

#[test]
fn items_that_changed_beyond_the_sampling_error_are_named() {
    let bench = overall(0.96, 0.95).item(ROUND, "保洁", (900.0, 1_000.0)).item(LAST, "保洁", (980.0, 1_000.0));
    let bench = bench.item(ROUND, "绿化", (950.0, 1_000.0)).item(LAST, "绿化", (951.0, 1_000.0));
    says(
        bench,
        CHANGES,
        "总体满意率比上次（2025年上半年）升1.0个百分点，在抽样误差范围内。各项中明显下降的有1项：“保洁”（−8.0个百分点）。其余各项的变化在抽样误差范围内。",
        "Overall satisfaction: up 1.0 points on the last round (first half of 2025), within the sampling error. 1 item clearly fell: “保洁” (−8.0 points). The other changes are within the sampling error.",
    );
    let bench = overall(0.96, 0.95).item(ROUND, "保洁", (90.0, 100.0)).item(LAST, "保洁", (92.0, 100.0));
    says(
        bench.item(ROUND, "绿化", (95.0, 100.0)).item(LAST, "绿化", (93.0, 100.0)),
        CHANGES,
        "总体满意率比上次（2025年上半年）升1.0个百分点，在抽样误差范围内。2项的变化都在抽样误差范围内。",
        "Overall satisfaction: up 1.0 points on the last round (first half of 2025), within the sampling error. The changes of all 2 items are within the sampling error.",
    );
}

#[test]
fn the_return_is_a_full_count_and_has_no_sampling_error() {
    let bench = overall(0.95, 0.95).share(ROUND, "survey.return_rate", (420.0, 500.0), ">=0.6");
    says(
        bench.share(LAST, "survey.return_rate", (300.0, 500.0), ">=0.6"),
        CHANGES,
        "总体满意率与上次（2025年上半年）持平。回收率比上次（2025年上半年）升24.0个百分点。",
        "Overall satisfaction: unchanged against the last round (first half of 2025). Return rate: up 24.0 points on the last round (first half of 2025).",
    );
}

#[test]
fn the_lowest_items_are_named_with_those_below_the_target() {
    let rate = || Bench::of(ROUND).overall(ROUND, Scope::Group, (0.9, 0.95, 0.97));
    let many = rate()
        .item(ROUND, "保洁", (90.0, 100.0))
        .item(ROUND, "绿化", (94.0, 100.0))
        .item(ROUND, "维修", (97.0, 100.0))
        .item(ROUND, "秩序", (99.0, 100.0));
    says(
        many,
        ITEMS,
        "满意率最低的是“保洁”（90.0%）、“绿化”（94.0%）、“维修”（97.0%）。4项中有2项低于总体的目标（不低于96%）。",
        "Lowest: “保洁” (90.0%), “绿化” (94.0%), “维修” (97.0%). Of 4 items, 2 lie below the target of the whole (at least 96%).",
    );
    says(
        rate().item(ROUND, "保洁", (19.0, 20.0)).item(ROUND, "绿化", (99.0, 100.0)),
        ITEMS,
        "满意率最低的是“保洁”（95.0%，回答只有20份）。2项中有1项低于总体的目标（不低于96%）。",
        "Lowest: “保洁” (95.0%, 20 answers only). Of 2 items, 1 lies below the target of the whole (at least 96%).",
    );
    says(
        rate().item(ROUND, "保洁", (99.0, 100.0)).item(ROUND, "绿化", (98.0, 100.0)),
        ITEMS,
        "满意率最低的是“绿化”（98.0%）。各项都达到总体的目标（不低于96%）。",
        "Lowest: “绿化” (98.0%). Every item reaches the target of the whole (at least 96%).",
    );
    says(
        rate().item(ROUND, "保洁", (98.0, 100.0)).item(ROUND, "绿化", (49.0, 50.0)),
        ITEMS,
        "2项的满意率相同，都是98.0%。",
        "All 2 items have the same rate, 98.0%.",
    );
    says(
        rate().item(ROUND, "保洁", (98.0, 100.0)),
        ITEMS,
        "只有一项：“保洁”，满意率98.0%。",
        "One item only: “保洁”, 98.0%.",
    );
}

#[test]
fn the_ends_of_the_communities_are_told_with_their_difference() {
    let of = |low: f64, high: f64| {
        let around = |value: f64| (value - 0.02, value, value + 0.01);
        Bench::of(ROUND)
            .community("c1", "翠园")
            .community("c2", "海棠湾")
            .overall(ROUND, community("c1"), around(low))
            .overall(ROUND, community("c2"), around(high))
    };
    says(
        of(0.965, 0.975),
        COMMUNITIES,
        "各小区中，总体满意率最低的是翠园（96.5%），最高的是海棠湾（97.5%），相差在抽样误差范围内。",
        "By community, the overall rate is lowest in 翠园 (96.5%) and highest in 海棠湾 (97.5%), a difference within the sampling error.",
    );
    says(
        of(0.90, 0.975),
        COMMUNITIES,
        "各小区中，总体满意率最低的是翠园（90.0%），最高的是海棠湾（97.5%），相差超出抽样误差。2个小区中有1个没有达到不低于96%的目标：翠园。",
        "By community, the overall rate is lowest in 翠园 (90.0%) and highest in 海棠湾 (97.5%), a difference beyond the sampling error. 1 of 2 communities missed the target of at least 96%: 翠园.",
    );
    says(
        of(0.975, 0.975),
        COMMUNITIES,
        "2个小区的总体满意率相同，都是97.5%。",
        "All 2 communities have the same overall rate, 97.5%.",
    );
}

#[test]
fn the_reach_is_held_against_what_the_clauses_ask_for() {
    let bench = Bench::of(ROUND).community("c1", "翠园").community("c2", "海棠湾");
    let bench = bench
        .share(ROUND, "survey.issue_rate", (500.0, 560.0), ">=0.85")
        .share(ROUND, "survey.return_rate", (200.0, 500.0), ">=0.6")
        .share_of(ROUND, community("c1"), "survey.return_rate", (50.0, 300.0), ">=0.6")
        .share_of(ROUND, community("c2"), "survey.return_rate", (150.0, 200.0), ">=0.6")
        .count(ROUND, "survey.issued", 500.0)
        .count(ROUND, "survey.returned", 200.0);
    says(
        bench,
        REACH,
        "发放率89.3%（500/560），达到不低于85%的要求。回收率40.0%（200/500），没有达到不低于60%的要求；没有达到的小区是翠园。没有收回的300份，住户怎样看无从知道；回收率越低，结果越可能偏。",
        "Issue rate: 89.3% (500/560), asked for at least 85%: met. Return rate: 40.0% (200/500), asked for at least 60%: missed; the community that missed it is 翠园. 300 forms did not come back: nobody knows what those households think, and the lower the return, the more the result may lean to one side.",
    );
    says(
        Bench::of(ROUND).count(ROUND, "survey.issued", 5.0).count(ROUND, "survey.returned", 4.0),
        REACH,
        "没有收回的1份，住户怎样看无从知道；回收率越低，结果越可能偏。",
        "1 form did not come back: nobody knows what that household thinks.",
    );
}

fn suggestion(department: u32) -> Suggestion {
    Suggestion {
        made: Made::Survey,
        period: ROUND,
        community: NO_NAME,
        department,
        text: "多种树".into(),
        source: 0,
        row: 4,
    }
}

#[test]
fn suggestions_are_told_by_department() {
    let of = |departments: &[u32]| {
        let mut bench = Bench::of(ROUND).department("eng", "工程部").department("sec", "秩序部");
        bench.lists.suggestions = departments.iter().map(|code| suggestion(*code)).collect();
        bench
    };
    says(of(&[]), SUGGESTIONS, "没有收到意见和建议。", "No opinions or suggestions came in.");
    says(of(&[0]), SUGGESTIONS, "收到意见和建议1条。归工程部。", "1 opinion or suggestion came in. It is for 工程部.");
    says(
        of(&[0, 0, 1, NO_NAME]),
        SUGGESTIONS,
        "收到意见和建议4条。最多的是工程部的，2条。有1条认不出归哪个部门，须先分派。",
        "4 opinions and suggestions came in. Most are for 工程部: 2. 1 tells no department and has to be assigned first.",
    );
    says(of(&[0, 1]), SUGGESTIONS, "收到意见和建议2条。", "2 opinions and suggestions came in.");
    says(
        of(&[NO_NAME, NO_NAME]),
        SUGGESTIONS,
        "收到意见和建议2条。都认不出归哪个部门，须先分派。",
        "2 opinions and suggestions came in. None tells its department; they have to be assigned first.",
    );
}

#[test]
fn promises_since_the_last_round_are_told_with_what_was_due() {
    let of = |kept| Bench::of(ROUND).count(LAST, "promise.made", 6.0).share(LAST, "promise.kept_share", kept, "");
    says(
        of((4.0, 5.0)),
        KEPT,
        "上次（2025年上半年）调查之后：承诺6项，应完成5项，已完成4项（80.0%）。",
        "After the last round (first half of 2025): 6 promises: 5 due, 4 done (80.0%).",
    );
    says(
        Bench::of(ROUND),
        KEPT,
        "资料中没有上次（2025年上半年）调查之后的承诺和措施。",
        "The data hold no promises or measures that followed the last round (first half of 2025).",
    );
}

#[test]
fn items_below_the_target_go_to_their_departments() {
    let mut bench = Bench::of(ROUND)
        .department("eng", "工程部")
        .overall(ROUND, Scope::Group, (0.9, 0.94, 0.97))
        .share(ROUND, "survey.return_rate", (200.0, 500.0), ">=0.6")
        .item(ROUND, "维修", (180.0, 200.0))
        .item(ROUND, "绿化", (198.0, 200.0))
        .item(ROUND, "社区活动", (150.0, 200.0));
    bench.lists.item_departments.insert("维修".into(), 0);
    bench.lists.suggestions = vec![suggestion(0), suggestion(0)];
    says(
        bench,
        TODO,
        "总体满意率94.0%，目标不低于96%：按最低的各项定出措施 / ____ / ____\n回收率40.0%，要求不低于60%：查明原因，下次改进 / ____ / ____\n“社区活动”满意率75.0%（150/200），不满意50份：查明原因，定出措施 / ____ / ____\n“维修”满意率90.0%（180/200），不满意20份：查明原因，定出措施 / 工程部 / ____\n逐条答复2条意见和建议 / 工程部 / ____\n",
        "Overall satisfaction 94.0%, target at least 96%: set measures for the lowest items / ____ / ____\n Return rate 40.0%, asked for at least 60%: find the cause and do better next time / ____ / ____\n “社区活动”: 75.0% satisfied (150/200), 50 dissatisfied: find the cause and set a measure / ____ / ____\n “维修”: 90.0% satisfied (180/200), 20 dissatisfied: find the cause and set a measure / 工程部 / ____\n Answer 2 opinions and suggestions one by one / 工程部 / ____\n",
    );
}
