//! Complaints counted by month: what a service center sends where it keeps no register, or beside one.

use super::{Field as F, Kind, KindId, any};

pub(super) const KIND: Kind = Kind {
    id: KindId::ComplaintTally,
    title_words: &["投诉统计", "投诉汇总", "投诉情况", "投诉"],
    labels: &[
        (F::Serial, &["序号", "no"]),
        (F::Community, &["小区", "项目", "小区名称", "项目名称", "所属小区", "所属项目", "管理处", "服务中心"]),
        (F::Category, &["投诉类型", "投诉类别", "投诉分类", "类型", "类别", "分类", "事项"]),
        (F::Department, &["责任部门", "部门", "处理部门"]),
        (F::Month, &["月份", "统计月份", "所属月份"]),
        (F::Count, &["投诉件数", "投诉数量", "投诉量", "投诉数", "投诉次数", "投诉宗数"]),
        (F::Remark, &["备注"]),
    ],
    is_enough: |found| any(found, &[F::Count]) && any(found, &[F::Month, F::Community, F::Category]),
    takes_items: false,
    key: &[F::Count],
    text: &[F::Remark],
};
