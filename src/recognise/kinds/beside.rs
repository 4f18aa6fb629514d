//! Labels that mean something else beside another column: a register with 结案时间 alone says when a case was resolved, one with
//! 完成时间 too says when it was closed.

use super::{Field as F, KindId};

/// A label by the company it keeps.
struct Beside {
    /// What the labels mean by themselves; nothing where they mean something only beside the other column.
    alone: Option<F>,
    /// What the other column means, by a label that is none of these.
    other: F,
    /// What the labels mean beside it.
    then: F,
    /// The labels, folded.
    labels: &'static [&'static str],
}

/// Of registers of cases; the first that fits counts.
const OF_CASES: &[Beside] = &[
    Beside {
        alone: Some(F::Resolved),
        other: F::Resolved,
        then: F::Closed,
        labels: &[
            "结案时间",
            "结案日期",
            "关闭时间",
            "关闭日期",
            "归档时间",
            "闭环时间",
            "销单时间",
            "closed",
            "closedon",
            "closedat",
            "closeddate",
            "closedate",
            "dateclosed",
            "closingdate",
            "closuredate",
        ],
    },
    Beside {
        alone: Some(F::Resolved),
        other: F::Resolved,
        then: F::ResolvedAgain,
        labels: &["最终完成时间", "最终处理完成时间", "最终解决时间"],
    },
    Beside {
        alone: Some(F::Resolved),
        other: F::Resolved,
        then: F::Answered,
        labels: &["答复时间", "答复日期", "回复时间", "回复日期"],
    },
    Beside { alone: Some(F::Resolved), other: F::Resolved, then: F::SlipBack, labels: &["回单时间"] },
    Beside { alone: Some(F::Resolved), other: F::Paused, then: F::Resumed, labels: &["恢复时间"] },
    Beside {
        alone: Some(F::Received), other: F::Received, then: F::Escalated, labels: &["上报时间", "上报日期"]
    },
    Beside {
        alone: Some(F::Text),
        other: F::Text,
        then: F::Demand,
        labels: &["客户要求", "客户诉求", "顾客诉求", "业主诉求", "用户诉求", "诉求", "需求", "客户需求", "诉求(需求)"],
    },
    Beside {
        alone: Some(F::Resolution),
        other: F::Resolution,
        then: F::Outcome,
        labels: &["处理方式", "处理方法", "outcome"],
    },
    Beside {
        alone: None,
        other: F::Product,
        then: F::Ignored,
        labels: &["规格", "型号", "规格型号", "产品型号", "数量"],
    },
];

/// Whether a folded label says when a case was answered. As the only end of a register it says when it was resolved, too.
#[must_use]
pub fn is_answer(label: &str) -> bool {
    OF_CASES.iter().any(|rule| rule.then == F::Answered && rule.labels.contains(&label))
}

/// What a column means beside the others: its own field, unless the others say otherwise. `readings` are those of its label,
/// `others` the fields of the other columns with the readings of theirs.
#[must_use]
pub fn beside<'a>(
    kind: KindId,
    field: Option<F>,
    readings: &[String],
    others: &(impl Iterator<Item = (F, &'a [String])> + Clone),
) -> Option<F> {
    if !matches!(kind, KindId::Complaint | KindId::Repair) {
        return field;
    }
    let says = |rule: &Beside, readings: &[String]| readings.iter().any(|label| rule.labels.contains(&label.as_str()));
    let mut rules = OF_CASES.iter().filter(|rule| rule.alone == field && says(rule, readings));
    let rule = rules.find(|rule| {
        let mut others = others.clone();
        others.any(|(other, readings)| other == rule.other && !says(rule, readings))
    });
    rule.map_or(field, |rule| Some(rule.then))
}
