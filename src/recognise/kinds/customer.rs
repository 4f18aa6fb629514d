//! List of customers with their grades.

use super::{Field as F, Kind, KindId, any};

pub(super) const KIND: Kind = Kind {
    id: KindId::Customer,
    title_words: &["客户台账", "客户名册", "客户分级", "租户台账"],
    labels: &[
        (F::Serial, &["序号", "no"]),
        (F::Community, &["小区", "项目", "小区名称", "项目名称", "所属小区", "管理处", "服务中心"]),
        (F::Number, &["客户编号", "租户编号"]),
        (F::Person, &["客户名称", "客户姓名", "租户名称"]),
        (F::Grade, &["客户等级", "客户级别", "客户分级"]),
        (F::Building, &["楼栋", "楼号", "栋号"]),
        (F::Place, &["房号", "住址", "地址", "单元房号"]),
        (F::Receiver, &["联系人"]),
        (F::Phone, &["联系电话", "联络电话", "电话"]),
        (F::Volume, &["年业务量", "年销售额", "年收入", "年采购额"]),
        (F::Remote, &["是否外地", "是否偏远", "是否外地客户", "外地客户", "是否异地", "本地/外地"]),
        (F::Handler, &["客户经理", "服务人员", "负责人"]),
        (F::MovedIn, &["入住日期", "入驻日期", "签约日期", "合作日期", "起租日期", "租赁起始日期", "租约起始日期"]),
        (F::VisitedOn, &["走访日期", "走访时间", "拜访日期", "拜访时间"]),
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
        any(found, &[F::Person, F::Number])
            // Who rents bears no grade: since when they do tells the list.
            && any(found, &[F::Grade, F::MovedIn])
            && !any(found, &[F::Received, F::Text, F::VisitedOn])
    },
    takes_items: false,
    key: &[F::Person, F::Number],
    text: &[F::Remark],
};
