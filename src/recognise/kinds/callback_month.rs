//! Monthly matrix of callbacks, QR-004FW: a row a place, a column a topic, the customers' ratings in the cells.

use super::{Field as F, Kind, KindId, any};

pub(super) const KIND: Kind = Kind {
    id: KindId::CallbackMonth,
    title_words: &["回访统计月统计表", "月统计表", "回访月统计"],
    labels: &[
        (F::Serial, &["序号", "no"]),
        (F::Community, &["小区", "项目", "小区名称", "项目名称"]),
        (F::Place, &["地点", "楼栋", "房号"]),
        (
            F::Item,
            &[
                "治安工作",
                "清洁绿化",
                "消杀清运",
                "噪声影响",
                "噪音影响",
                "工程维修",
                "投诉处理",
                "服务态度",
                "工作效率",
            ],
        ),
        // Months as columns: one rating in each of their cells.
        (F::Month, &["月份"]),
        (F::Topic, &["调查项目", "回访项目", "类型"]),
        (F::Opinion, &["意见"]),
        (F::Remark, &["备注"]),
    ],
    is_enough: |found| {
        any(found, &[F::Place]) && found.iter().filter(|field| **field == F::Item).count() >= 2
            || any(found, &[F::Place, F::Community, F::Topic]) && any(found, &[F::Month]) && any(found, &[F::Opinion])
    },
    takes_items: true,
    key: &[F::Item, F::Opinion],
    text: &[F::Remark],
};
