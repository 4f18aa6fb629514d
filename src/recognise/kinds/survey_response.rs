//! Answers to a survey, one form a row, one column an item.

use super::{Field as F, Kind, KindId, any};

pub(super) const KIND: Kind = Kind {
    id: KindId::SurveyResponse,
    title_words: &["满意度调查", "问卷", "调查表", "满意率", "survey"],
    labels: &[
        (F::Serial, &["序号", "no"]),
        (F::Respondent, &["问卷编号", "答卷编号", "表号", "用户id", "调查表编号", "respondent"]),
        (F::Community, &["小区", "项目", "小区名称", "项目名称", "所属小区", "管理处"]),
        (F::Building, &["楼栋", "楼号", "栋号", "楼宇"]),
        (F::Place, &["房号", "住址", "地址"]),
        (F::Person, &["姓名", "业主姓名", "被访人"]),
        (F::Phone, &["电话", "联系电话"]),
        (F::Method, &["调查方式", "回收方式", "方式", "发放方式"]),
        (F::Received, &["日期", "调查日期", "填写日期", "提交时间", "回收日期"]),
        (F::Round, &["调查期", "调查轮次", "期次", "轮次"]),
        (
            F::Item,
            &[
                "治安工作",
                "清洁绿化",
                "消杀清运",
                "噪声影响",
                "噪音影响",
                "工程维修",
                "投诉处理",
                "服务态度",
                "工作效率",
                "总体满意度",
            ],
        ),
        (F::Suggestion, &["意见和建议", "建议", "意见建议", "意见", "其他意见"]),
        (F::Remark, &["备注"]),
    ],
    is_enough: |found| {
        found.iter().filter(|field| **field == F::Item).count() >= 2
            && any(found, &[F::Serial, F::Respondent, F::Building, F::Method, F::Round, F::Suggestion, F::Received])
    },
    takes_items: true,
    key: &[F::Item, F::Suggestion, F::Respondent, F::Building, F::Method],
    text: &[F::Suggestion, F::Remark],
};
