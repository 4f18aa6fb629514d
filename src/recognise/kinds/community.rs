//! List of communities: names, households, moving-in date.

use super::{Field as F, Kind, KindId, any};

pub(super) const KIND: Kind = Kind {
    id: KindId::Community,
    title_words: &["小区台账", "项目台账", "小区名册", "项目一览", "小区一览"],
    labels: &[
        (F::Serial, &["序号", "no"]),
        (F::Community, &["小区名称", "小区", "项目名称", "项目", "名称"]),
        (F::Aliases, &["别名", "简称", "曾用名", "其他名称"]),
        (F::Households, &["总户数", "户数"]),
        (F::Occupied, &["入住户数", "实际入住户数", "入住数"]),
        (F::MovedIn, &["入住时间", "入伙时间", "交付时间", "入住日期", "交付日期", "入伙日期"]),
        (F::Department, &["管理处", "服务中心", "所属管理处", "负责部门"]),
        (F::Remark, &["备注"]),
    ],
    is_enough: |found| {
        any(found, &[F::Community])
            && any(found, &[F::Households, F::Occupied])
            && !any(found, &[F::Issued, F::Returned])
    },
    takes_items: false,
    key: &[F::Community],
    text: &[F::Remark],
};
