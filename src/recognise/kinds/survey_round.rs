//! Survey rounds: forms issued and returned by community, and the dates of the round.

use super::{Field as F, Kind, KindId, any, shared};

pub(super) const KIND: Kind = Kind {
    id: KindId::SurveyRound,
    title_words: &["调查统计", "发放回收", "调查轮次", "发放"],
    labels: &[
        shared::SERIAL,
        shared::COMMUNITY,
        shared::AREA,
        shared::REMARK,
        (F::Round, &["调查期", "调查轮次", "期次", "轮次", "调查期次", "round", "surveyround", "wave", "period"]),
        (F::Households, &["总户数", "户数", "household", "totalhousehold"]),
        (F::Occupied, &["入住户数", "实际入住户数", "已入住户数", "入住数", "occupied", "occupiedhousehold", "occupiedunit"]),
        (
            F::Issued,
            &["发放份数", "发放数", "发放量", "发出份数", "发放数量", "应发份数", "发放问卷数", "发放表数", "issued", "formsissued", "formissued"],
        ),
        (
            F::Returned,
            &["回收份数", "回收数", "回收量", "收回份数", "回收数量", "实收份数", "回收问卷数", "回收表数", "returned", "formsreturned", "formreturned"],
        ),
        (F::HandedOver, &["移交日期", "交付日期", "领表日期", "移交时间", "领取日期", "handedover", "handedoveron"]),
        (F::IssuedFrom, &["发放开始日期", "发放日期", "开始发放日期", "发放开始", "发放时间", "发放开始时间", "issuedfrom", "issuedon", "issuedate"]),
        (F::IssuedUntil, &["发放截止日期", "发放完成日期", "发放结束日期", "发放截止", "发放完成时间", "发放截止时间", "issueduntil"]),
        (
            F::CollectedUntil,
            &["回收截止日期", "回收完成日期", "收集截止日期", "回收日期", "回收截止", "回收时间", "回收完成时间", "回收截止时间", "collecteduntil", "collectedon"],
        ),
        (F::StatisticsDone, &["统计完成日期", "统计日期", "统计完成时间", "statisticsdone", "statisticson"]),
        (F::OpenLetter, &["公开信日期", "公开信张贴日期", "公开信时间", "openletter", "openletteron"]),
        (F::Submitted, &["上交日期", "上报日期", "上交时间", "上报时间", "报送日期", "submitted", "submittedon"]),
        (F::Published, &["公示日期", "公布日期", "公布时间", "公示时间", "张贴日期", "published", "publishedon"]),
    ],
    is_enough: |found| any(found, &[F::Issued, F::Returned]) && found.len() >= 3,
    takes_items: false,
    key: &[F::Issued, F::Returned],
    text: &[F::Remark],
};
