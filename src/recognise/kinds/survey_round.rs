//! Survey rounds: forms issued and returned by community, and the dates of the round.

use super::{Field as F, Kind, KindId, any};

pub(super) const KIND: Kind = Kind {
    id: KindId::SurveyRound,
    title_words: &["调查统计", "发放回收", "调查轮次", "发放"],
    labels: &[
        (F::Serial, &["序号", "no"]),
        (F::Community, &["小区", "项目", "小区名称", "项目名称", "所属小区", "管理处", "服务中心"]),
        (F::Round, &["调查期", "调查轮次", "期次", "轮次", "调查期次"]),
        (F::Households, &["总户数", "户数"]),
        (F::Occupied, &["入住户数", "实际入住户数", "入住数"]),
        (F::Issued, &["发放份数", "发放数", "发出份数", "发放数量"]),
        (F::Returned, &["回收份数", "回收数", "收回份数", "回收数量"]),
        (F::HandedOver, &["移交日期", "交付日期", "领表日期"]),
        (F::IssuedFrom, &["发放开始日期", "发放日期", "开始发放日期", "发放开始"]),
        (F::IssuedUntil, &["发放截止日期", "发放完成日期", "发放结束日期", "发放截止"]),
        (F::CollectedUntil, &["回收截止日期", "回收完成日期", "收集截止日期", "回收日期", "回收截止"]),
        (F::StatisticsDone, &["统计完成日期", "统计日期"]),
        (F::OpenLetter, &["公开信日期", "公开信张贴日期"]),
        (F::Submitted, &["上交日期", "上报日期"]),
        (F::Published, &["公示日期", "公布日期", "公布时间", "公示时间"]),
        (F::Remark, &["备注"]),
    ],
    is_enough: |found| any(found, &[F::Issued, F::Returned]) && found.len() >= 3,
    takes_items: false,
    key: &[F::Issued, F::Returned],
    text: &[F::Remark],
};
