//! Visits to customers.

use super::{Field as F, Kind, KindId, any};

pub(super) const KIND: Kind = Kind {
    id: KindId::Visit,
    title_words: &["走访", "拜访", "座谈", "恳谈", "访谈"],
    labels: &[
        (F::Serial, &["序号", "no"]),
        (F::Community, &["小区", "项目", "小区名称", "项目名称", "所属小区", "管理处", "服务中心"]),
        (F::Number, &["客户编号", "租户编号"]),
        (F::Person, &["客户名称", "客户姓名", "业主姓名", "租户名称", "租户", "参会租户", "受访人", "被访人", "姓名"]),
        (F::Grade, &["客户等级", "客户级别"]),
        (F::Place, &["房号", "住址", "地址", "走访地点"]),
        (F::Phone, &["联系电话", "联络电话", "电话"]),
        (
            F::VisitedOn,
            &[
                "走访日期",
                "走访时间",
                "拜访日期",
                "拜访时间",
                "会议日期",
                "会议时间",
                "座谈日期",
                "座谈时间",
                "访谈日期",
                "访谈时间",
            ],
        ),
        (F::Method, &["走访方式", "拜访方式", "访谈方式", "会议类型", "会议名称"]),
        // An invitation is no visit: who was invited to a meeting and did not come was not spoken with.
        (F::Status, &["是否参会", "是否到会", "是否访谈", "参会情况", "是否见面", "走访状态"]),
        (F::Handler, &["走访人", "走访人员", "拜访人", "拜访人员", "访谈人", "主持人"]),
        (F::Text, &["走访内容", "走访记录", "拜访内容", "拜访记录", "访谈内容", "座谈内容"]),
        (F::Opinion, &["满意度", "总体评价"]),
        (F::Suggestion, &["意见和建议", "意见建议", "客户意见", "建议"]),
        (F::Remark, &["备注"]),
    ],
    is_enough: |found| any(found, &[F::VisitedOn]) && any(found, &[F::Person, F::Place, F::Number]) && found.len() >= 3,
    takes_items: false,
    key: &[F::VisitedOn, F::Person],
    text: &[F::Text, F::Suggestion, F::Remark],
};
