//! Monthly matrix of callbacks, QR-004FW: a row a place, a column a topic, the customers' ratings in the cells.

use super::{Field as F, Kind, KindId, any, shared};

/// What residents are asked about: the columns of QR-004FW, and their usual other names.
pub(super) const TOPICS: &[&str] = &[
    "治安工作",
    "安保工作",
    "秩序维护",
    "清洁绿化",
    "环境卫生",
    "绿化养护",
    "消杀清运",
    "噪声影响",
    "噪音影响",
    "工程维修",
    "投诉处理",
    "服务态度",
    "工作效率",
];

pub(super) const KIND: Kind = Kind {
    id: KindId::CallbackMonth,
    title_words: &["回访统计月统计表", "月统计表", "回访月统计"],
    labels: &[
        shared::SERIAL,
        shared::COMMUNITY,
        shared::PLACE,
        (F::Place, &["楼栋", "楼号", "栋号", "building"]),
        (F::Item, TOPICS),
        // Months as columns: one rating in each of their cells.
        shared::MONTH,
        (F::Topic, &["调查项目", "回访项目", "类型"]),
        (F::Opinion, &["意见"]),
        shared::REMARK,
    ],
    is_enough: |found| {
        any(found, &[F::Place]) && found.iter().filter(|field| **field == F::Item).count() >= 2
            || any(found, &[F::Place, F::Community, F::Topic]) && any(found, &[F::Month]) && any(found, &[F::Opinion])
    },
    takes_items: true,
    key: &[F::Item, F::Opinion],
    text: &[F::Remark],
};
