//! Repairs counted by month: what a service center sends where it keeps no register, or beside one.

use super::{Field as F, Kind, KindId, any};

pub(super) const KIND: Kind = Kind {
    id: KindId::RepairTally,
    title_words: &["报修统计", "维修统计", "报修汇总", "报修", "维修"],
    labels: &[
        (F::Serial, &["序号", "no"]),
        (F::Community, &["小区", "项目", "小区名称", "项目名称", "所属小区", "所属项目", "管理处", "服务中心"]),
        (F::Category, &["报修类型", "维修类型", "报修项目", "维修项目", "类型", "类别", "分类"]),
        (F::Department, &["责任部门", "部门", "处理部门"]),
        (F::Month, &["月份", "统计月份", "所属月份"]),
        (
            F::Count,
            &["报修件数", "报修数量", "报修量", "报修数", "报修次数", "维修件数", "维修数量", "维修量", "报修宗数"],
        ),
        (F::Remark, &["备注"]),
    ],
    is_enough: |found| any(found, &[F::Count]) && any(found, &[F::Month, F::Community, F::Category]),
    takes_items: false,
    key: &[F::Count],
    text: &[F::Remark],
};
