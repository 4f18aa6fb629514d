//! Registers of complaints and repairs with all moments, and of callbacks.

use super::Form;
use super::column::{Entry, RATINGS, YES_NO, amount, choice, date, long, moment, text};
use crate::recognise::field::Field as F;
use crate::recognise::kinds::KindId;

pub(super) const CHANNELS: Entry = Entry::Choice(&["电话", "前台", "上门", "微信", "信函", "邮件", "意见箱", "其他"]);
const STATES: Entry = Entry::Choice(&["待处理", "处理中", "已办结"]);
pub(super) const URGENT: Entry = Entry::Choice(&["一般", "紧急"]);

const HINT: (&str, &str) = (
    "一件一行。时间写到分钟，如 2025-03-05 14:30；还没有发生的留空。有了各个时间才能算响应、到场、办结是否及时。",
    "A row a case. Moments to the minute, such as 2025-03-05 14:30; leave blank what has not happened. On-time shares need the \
     moments.",
);

pub(super) const COMPLAINTS: Form = Form {
    name: "投诉登记表",
    kind: KindId::Complaint,
    sheet: "投诉登记表",
    titles: &["投诉登记表"],
    columns: &[
        text(F::Number, &["投诉编号"], "TS-2025-001"),
        text(F::Community, &["小区"], "翠湖花园").needed(),
        text(F::Building, &["楼栋"], "3"),
        text(F::Place, &["房号"], "3-2-1501"),
        text(F::Person, &["投诉人"], "王先生"),
        text(F::Phone, &["联系电话"], "13800000000"),
        choice(F::Channel, &["投诉渠道"], CHANNELS, "电话"),
        moment(F::Received, &["投诉时间"], "2025-03-05 14:30").needed(),
        text(F::Category, &["投诉类型"], "装修噪音").needed(),
        choice(F::Class, &["类别"], Entry::Choice(&["一类", "二类", "三类"]), "一类"),
        long(F::Text, &["投诉内容"], "楼上装修噪音").needed(),
        choice(F::Urgent, &["紧急程度"], URGENT, "一般"),
        choice(F::Major, &["是否重大"], YES_NO, "否"),
        choice(F::Repeat, &["是否二次投诉"], YES_NO, "否"),
        choice(F::Valid, &["是否有效"], YES_NO, "是"),
        text(F::Receiver, &["登记人"], "李"),
        text(F::Department, &["责任部门"], "工程部"),
        moment(F::Dispatched, &["派工时间"], "2025-03-05 14:40"),
        moment(F::Responded, &["首次响应时间"], "2025-03-05 15:00"),
        moment(F::Arrived, &["到场时间"], "2025-03-05 15:20"),
        moment(F::Agreed, &["约定时间"], "2025-03-06 18:00"),
        text(F::Handler, &["处理人"], "孙"),
        choice(F::Status, &["处理状态"], STATES, "已办结"),
        long(F::Resolution, &["处理结果"], "已劝停并约定施工时段"),
        moment(F::Resolved, &["处理完成时间"], "2025-03-06 09:00"),
        moment(F::Told, &["告知时间"], "2025-03-06 09:30"),
        amount(F::Compensation, &["赔偿金额"], "200"),
        moment(F::CalledBack, &["回访时间"], "2025-03-07 10:00"),
        text(F::CallbackPerson, &["回访人"], "赵"),
        choice(F::Opinion, &["回访结果"], RATINGS, "满意"),
        text(F::Remark, &["备注"], "装修已报备"),
    ],
    rows: 100,
    hint: HINT,
};

pub(super) const REPAIRS: Form = Form {
    name: "报修登记表",
    kind: KindId::Repair,
    sheet: "报修登记表",
    titles: &["报修登记表"],
    columns: &[
        text(F::Number, &["报修编号"], "BX-2025-001"),
        text(F::Community, &["小区"], "翠湖花园").needed(),
        text(F::Building, &["楼栋"], "3"),
        text(F::Place, &["报修地点"], "3-2-1501").needed(),
        text(F::Person, &["业主姓名"], "王先生"),
        text(F::Phone, &["联系电话"], "13800000000"),
        choice(F::Channel, &["报修渠道"], CHANNELS, "电话"),
        moment(F::Received, &["报修时间"], "2025-03-05 14:30").needed(),
        text(F::Category, &["报修类型"], "给排水").needed(),
        long(F::Text, &["报修内容"], "厨房水管漏水").needed(),
        choice(F::Urgent, &["紧急程度"], URGENT, "紧急"),
        choice(F::Repeat, &["是否返修"], YES_NO, "否"),
        text(F::Receiver, &["登记人"], "李"),
        text(F::Department, &["责任部门"], "工程部"),
        moment(F::Dispatched, &["派工时间"], "2025-03-05 14:35"),
        moment(F::Responded, &["首次响应时间"], "2025-03-05 14:40"),
        moment(F::Agreed, &["预约维修时间"], "2025-03-05 15:30"),
        moment(F::Arrived, &["到场时间"], "2025-03-05 15:20"),
        text(F::Handler, &["维修人"], "孙"),
        choice(F::Status, &["维修状态"], STATES, "已办结"),
        long(F::Resolution, &["维修结果"], "已更换软管"),
        moment(F::Resolved, &["完成时间"], "2025-03-05 16:10"),
        moment(F::Told, &["告知时间"], "2025-03-05 16:20"),
        amount(F::Compensation, &["赔偿金额"], "50"),
        moment(F::CalledBack, &["回访时间"], "2025-03-06 10:00"),
        text(F::CallbackPerson, &["回访人"], "赵"),
        choice(F::Opinion, &["回访结果"], RATINGS, "满意"),
        text(F::Remark, &["备注"], "保修期外"),
    ],
    rows: 100,
    hint: HINT,
};

pub(super) const CALLBACKS: Form = Form {
    name: "回访登记表",
    kind: KindId::Callback,
    sheet: "回访登记表",
    titles: &["回访登记表"],
    columns: &[
        text(F::Number, &["工单编号"], "TS-2025-001"),
        text(F::Community, &["小区"], "翠湖花园").needed(),
        text(F::Building, &["楼栋"], "3"),
        text(F::Place, &["房号"], "3-2-1501"),
        text(F::Person, &["被回访人"], "王先生"),
        text(F::Phone, &["联系电话"], "13800000000"),
        choice(F::Category, &["回访事项"], Entry::Choice(&["投诉", "报修", "调查", "其他"]), "报修"),
        long(F::Text, &["回访内容"], "水管维修").needed(),
        text(F::Department, &["责任部门"], "工程部"),
        date(F::CalledBack, &["回访日期"], "2025-03-06").needed(),
        choice(F::Method, &["回访方式"], Entry::Choice(&["电话", "上门", "微信", "短信"]), "电话"),
        choice(F::Status, &["回访状态"], Entry::Choice(&["已接通", "未接通"]), "已接通"),
        choice(F::Punctuality, &["守时"], RATINGS, "满意"),
        choice(F::Attitude, &["态度"], RATINGS, "满意"),
        choice(F::Quality, &["质量"], RATINGS, "基本满意"),
        choice(F::Opinion, &["总体评价"], RATINGS, "满意").needed(),
        long(F::Suggestion, &["意见建议"], "请定期检修"),
        text(F::CallbackPerson, &["回访人"], "赵"),
        text(F::Remark, &["备注"], "已转工程部"),
    ],
    rows: 100,
    hint: (
        "一次回访一行。打不通的写“未接通”，评价留空。工单编号与投诉、报修登记表的编号一致。",
        "A row a callback. Where nobody was reached choose 未接通 and leave the ratings blank. The number is that of the case.",
    ),
};
