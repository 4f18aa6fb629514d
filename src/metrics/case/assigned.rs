//! What · Cases that the profile assigns to something; kinds: approval, route, authority, outcome, demand, cause, level.
//! Formula · number of records for which the entry is the first of its kind whose rule holds
//! Denominator · none
//! Unit · count
//! Missing values · a record that does not tell what the rule asks for is not counted; not given where no record tells it
//! Clause · that of the entry, e.g. developer-complaint: approval of a cost of 50,000 yuan and more
//! Example · costs of 49,999 and 50,000 yuan, one without a cost: 1 of each of two approvals
//!
//! 口径 · 规程归给某一去向的案件数；种类：审批、流转、权限、处理方式、诉求、原因、层级
//! 公式 · 同一种类中最先符合该条规则的记录数
//! 分母 · 无
//! 单位 · 件
//! 缺失值 · 没写明规则所问内容的记录不计；没有一条写明的，不给此数
//! 条款 · 该条的条款，如 developer-complaint：费用 50000 元及以上的审批
//! 举例 · 费用 49999 元和 50000 元各一件，另一件没写费用：两条审批各 1 件

use std::collections::BTreeMap;

use polars::prelude::{Column, PolarsResult};

use super::rules::{Compiler, Truth};
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, is_code};
use crate::profile::schema::{Assignment, Profile, Subject};
use crate::records::frames::column;

/// The assignments of a subject's cases.
pub(super) fn entries(profile: &Profile, subject: Subject) -> impl Iterator<Item = &Assignment> {
    profile.assignments.iter().filter(move |entry| entry.subject == subject)
}

fn name(entry: &Assignment) -> String {
    format!("assign:{}:{}", entry.kind.word(), entry.id)
}

/// For each entry what its rule says of each case, as a number of [`Truth`]: yes only for the first of its kind.
pub(super) fn columns(
    profile: &Profile,
    subject: Subject,
    compiler: &Compiler<'_>,
    rows: usize,
) -> PolarsResult<Vec<Column>> {
    let mut taken: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
    let mut columns = Vec::new();
    for entry in entries(profile, subject) {
        let taken = taken.entry(entry.kind.word()).or_insert_with(|| vec![false; rows]);
        let truths = compiler.compile(&entry.when)?.column(rows);
        let codes = truths.iter().zip(taken.iter_mut()).map(|(truth, taken)| {
            let own = if *taken { Truth::No } else { *truth };
            *taken |= own == Truth::Yes;
            own as u32
        });
        columns.push(column(&name(entry), codes.collect::<Vec<u32>>()));
    }
    Ok(columns)
}

/// The cases for which an entry is the first of its kind.
pub(super) fn measure(entry: &Assignment) -> Measure {
    let column = name(entry);
    Measure::Count {
        of: is_code(&column, Truth::Yes as u32),
        told: is_code(&column, Truth::Unknown as u32).not(),
        excluded: Vec::new(),
    }
}

pub(super) fn metric(case: &str, entry: &Assignment) -> Metric {
    let id = format!("{case}.{}", entry.path());
    Metric::new(id, Unit::Count, measure(entry), include_str!("assigned.rs")).under(&entry.clause)
}
