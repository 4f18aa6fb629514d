//! List of communities: names, households, moving-in date.

use super::{Field as F, Kind, KindId, any, shared};

pub(super) const KIND: Kind = Kind {
    id: KindId::Community,
    title_words: &["小区台账", "项目台账", "小区名册", "项目一览", "小区一览"],
    labels: &[
        shared::SERIAL,
        shared::AREA,
        shared::REMARK,
        (
            F::Community,
            &[
                "小区名称",
                "小区",
                "小区名",
                "项目名称",
                "项目",
                "项目名",
                "名称",
                "楼盘",
                "楼盘名称",
                "屋苑",
                "屋苑名称",
                "community",
                "communityname",
                "estate",
                "property",
                "name",
            ],
        ),
        (F::Aliases, &["别名", "简称", "曾用名", "其他名称", "又名", "推广名", "案名", "aliase", "alias", "othername"]),
        (F::Households, &["总户数", "户数", "规划户数", "household", "totalhousehold", "unit", "totalunit"]),
        (
            F::Occupied,
            &["入住户数", "实际入住户数", "已入住户数", "入住数", "occupied", "occupiedhousehold", "occupiedunit"],
        ),
        (
            F::MovedIn,
            &[
                "入住时间",
                "入住日期",
                "入伙时间",
                "入伙日期",
                "交付时间",
                "交付日期",
                "交房时间",
                "交房日期",
                "集中交付时间",
                "movedin",
                "movein",
                "moveindate",
                "handoverdate",
            ],
        ),
        (F::Department, &["管理处", "服务中心", "所属管理处", "负责部门", "department", "team"]),
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
