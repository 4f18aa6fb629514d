//! Duties that recur, and when they were done.

use super::{Field as F, Kind, KindId, any};

pub(super) const KIND: Kind = Kind {
    id: KindId::DutyDone,
    title_words: &["工作完成", "职责完成", "事项完成", "工作事项"],
    labels: &[
        (F::Serial, &["序号", "no"]),
        (F::Community, &["小区", "项目", "小区名称", "项目名称", "所属小区", "管理处", "服务中心"]),
        (F::Duty, &["应办事项", "工作事项", "职责事项", "规定事项"]),
        (F::Round, &["所属期", "所属时期", "所属月份"]),
        (F::Department, &["责任部门", "部门", "处理部门"]),
        (F::Handler, &["完成人", "经办人", "责任人", "负责人"]),
        (F::DueOn, &["应完成日期", "规定日期", "完成期限", "截止日期"]),
        (F::DoneOn, &["完成日期", "实际完成日期", "完成时间"]),
        (F::Resolution, &["完成情况", "办理情况"]),
        // A register of cases may have such columns too: what only cases have tells it apart.
        (
            F::Received,
            &[
                "投诉时间",
                "投诉日期",
                "报修时间",
                "报修日期",
                "受理时间",
                "受理日期",
                "登记时间",
                "登记日期",
                "日期",
                "时间",
            ],
        ),
        (F::Text, &["投诉内容", "报修内容", "投诉事由及要求", "维修项目", "内容"]),
        (F::Remark, &["备注"]),
    ],
    is_enough: |found| any(found, &[F::Duty]) && any(found, &[F::DoneOn]) && !any(found, &[F::Received, F::Text]),
    takes_items: false,
    key: &[F::Duty],
    text: &[F::Resolution, F::Remark],
};
