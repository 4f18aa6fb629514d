//! Corrective and preventive measures.

use super::{Field as F, Kind, KindId, any};

pub(super) const KIND: Kind = Kind {
    id: KindId::Measure,
    title_words: &["纠正", "预防措施", "整改措施", "改进措施"],
    labels: &[
        (F::Serial, &["序号", "no"]),
        (F::Community, &["小区", "项目", "小区名称", "项目名称", "所属小区", "管理处", "服务中心"]),
        (F::Category, &["问题类别", "投诉类别"]),
        (F::Duty, &["存在问题", "问题描述", "主要问题", "不合格事实"]),
        (F::Cause, &["原因分析", "产生原因", "原因"]),
        (F::MeasureKind, &["措施类别", "措施类型"]),
        (
            F::Measure,
            &[
                "纠正措施",
                "预防措施",
                "纠正预防措施",
                "纠正和预防措施",
                "纠正/预防措施",
                "整改措施",
                "改进措施",
                "措施内容",
            ],
        ),
        (F::Department, &["责任部门", "部门", "处理部门"]),
        (F::Handler, &["责任人", "负责人"]),
        (F::DueOn, &["完成期限", "整改期限", "计划完成日期", "要求完成日期"]),
        (F::DoneOn, &["完成日期", "实际完成日期", "整改完成日期"]),
        (F::Status, &["完成状态", "整改状态", "状态"]),
        (F::VerifiedOn, &["验证日期", "核实日期", "检查日期", "验证时间"]),
        (F::VerifiedBy, &["验证人", "核实人", "检查人"]),
        (F::Verification, &["验证结果", "核实结果", "检查结果", "验证情况"]),
        (F::Number, &["投诉编号", "工单编号", "工单号", "报修单号", "编号"]),
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
    is_enough: |found| {
        any(found, &[F::Measure])
            && any(found, &[F::DueOn, F::DoneOn, F::VerifiedOn])
            && !any(found, &[F::Received, F::Text, F::Number])
    },
    takes_items: false,
    key: &[F::Measure],
    text: &[F::Measure, F::Remark],
};
