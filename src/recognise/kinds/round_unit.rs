//! Whom a survey form was issued to, a unit a row: what coverage over a year is counted from.

use super::{Field as F, Kind, KindId, any};

pub(super) const KIND: Kind = Kind {
    id: KindId::RoundUnit,
    title_words: &["发放名单", "发放登记", "发放清单", "发放记录"],
    labels: &[
        (F::Serial, &["序号", "no"]),
        (F::Community, &["小区", "项目", "小区名称", "项目名称", "所属小区", "管理处", "服务中心"]),
        (F::Round, &["调查期", "调查轮次", "期次", "轮次"]),
        (F::Building, &["楼栋", "楼号", "栋号", "楼宇"]),
        (F::Place, &["房号", "单元房号", "住址", "户号", "门牌号", "地址"]),
        (F::Person, &["业主姓名", "住户姓名", "姓名", "领表人"]),
        (F::IssuedOn, &["发放日期", "发放时间", "派发日期", "派发时间"]),
        (F::Method, &["发放方式", "调查方式"]),
        (F::Handler, &["发放人", "派发人", "发放人员"]),
        (F::ReturnedOn, &["回收日期", "回收时间", "收回日期"]),
        (F::Status, &["是否回收", "回收情况", "是否收回"]),
        (F::Issued, &["发放份数", "发放数", "发出份数", "发放数量"]),
        (F::Returned, &["回收份数", "回收数", "收回份数", "回收数量"]),
        (F::Remark, &["备注"]),
    ],
    is_enough: |found| any(found, &[F::Place]) && any(found, &[F::IssuedOn]) && !any(found, &[F::Issued, F::Returned]),
    takes_items: false,
    key: &[F::Place, F::IssuedOn],
    text: &[F::Remark],
};
