//! Promises made in open letters, and what became of them.

use super::{Field as F, Kind, KindId, any};

pub(super) const KIND: Kind = Kind {
    id: KindId::Promise,
    title_words: &["承诺事项", "承诺台账", "承诺"],
    labels: &[
        (F::Serial, &["序号", "no"]),
        (F::Community, &["小区", "项目", "小区名称", "项目名称", "所属小区", "管理处", "服务中心"]),
        (F::Round, &["调查期", "调查轮次", "期次", "所属期"]),
        (F::Duty, &["承诺事项", "承诺内容"]),
        (F::Department, &["责任部门", "部门", "处理部门"]),
        (F::Handler, &["责任人", "负责人"]),
        (F::DueOn, &["承诺完成日期", "承诺期限", "完成期限"]),
        (F::DoneOn, &["完成日期", "实际完成日期", "兑现日期"]),
        (F::Status, &["完成状态", "兑现情况", "是否兑现", "状态"]),
        (F::Method, &["验证方式", "核实方式"]),
        (F::VerifiedOn, &["验证日期", "核实日期", "检查日期", "验证时间"]),
        (F::VerifiedBy, &["验证人", "核实人", "检查人"]),
        (F::Verification, &["验证结果", "核实结果", "检查结果", "验证情况"]),
        (F::Remark, &["备注"]),
    ],
    is_enough: |found| any(found, &[F::Duty]) && any(found, &[F::DueOn, F::DoneOn, F::Status]),
    takes_items: false,
    key: &[F::Duty],
    text: &[F::Duty, F::Remark],
};
