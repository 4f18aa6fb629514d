//! Answers of a survey counted by item and level: a form filled in once for all respondents.

use super::{Field as F, Kind, KindId, any};

pub(super) const KIND: Kind = Kind {
    id: KindId::SurveyTally,
    title_words: &["满意率统计", "满意度统计", "调查统计", "满意率", "满意度", "调查"],
    labels: &[
        (F::Serial, &["序号", "no"]),
        (F::Community, &["小区", "小区名称", "项目名称", "所属小区", "管理处", "服务中心"]),
        (F::Topic, &["调查项目", "调查内容", "评价项目", "评价内容", "服务项目", "题目", "问题", "指标", "item"]),
        (F::Opinion, &["评价", "选项", "答案", "满意程度", "评价等级", "level"]),
        (F::Count, &["份数", "人数", "票数", "答卷数", "回答数", "count"]),
        (F::Round, &["调查期", "调查轮次", "期次", "轮次"]),
        (F::Remark, &["备注"]),
    ],
    is_enough: |found| any(found, &[F::Count]) && any(found, &[F::Opinion]) && any(found, &[F::Topic]),
    takes_items: false,
    key: &[F::Count],
    text: &[F::Remark],
};
