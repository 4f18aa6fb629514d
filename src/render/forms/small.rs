//! The smaller registers: communities, duties, promises, measures, visits, customers.

use super::Form;
use super::column::{Entry, RATINGS, YES_NO, amount, choice, counted, date, long, text};
use crate::recognise::field::Field as F;
use crate::recognise::kinds::KindId;

const STATES: Entry = Entry::Choice(&["未开始", "进行中", "已完成", "未完成"]);
const VERIFIED: Entry = Entry::Choice(&["合格", "不合格", "待验证"]);
const GRADES: Entry = Entry::Choice(&["A", "B", "C"]);

pub(super) const COMMUNITIES: Form = Form {
    name: "小区台账",
    kind: KindId::Community,
    sheet: "小区台账",
    titles: &["小区台账"],
    columns: &[
        text(F::Community, &["小区名称"], "翠湖花园").needed(),
        text(F::Aliases, &["别名"], "翠湖"),
        counted(F::Households, &["总户数"], "620").needed(),
        counted(F::Occupied, &["入住户数"], "560").needed(),
        date(F::MovedIn, &["入住时间"], "2018-06-01"),
        text(F::Department, &["管理处"], "翠湖花园服务中心"),
        text(F::Remark, &["备注"], "二期在建"),
    ],
    rows: 40,
    hint: ("一个小区一行；别名有几个的用“、”隔开。", "A row a community; several other names are separated by 、."),
};

pub(super) const DUTIES_DONE: Form = Form {
    name: "事项完成登记表",
    kind: KindId::DutyDone,
    sheet: "事项完成登记",
    titles: &["事项完成登记表"],
    columns: &[
        text(F::Duty, &["应办事项"], "公布上月投诉处理情况").needed(),
        text(F::Round, &["所属期"], "2025年3月").needed(),
        text(F::Community, &["小区"], "翠湖花园"),
        text(F::Department, &["责任部门"], "客服部"),
        text(F::Handler, &["完成人"], "李"),
        date(F::DueOn, &["应完成日期"], "2025-04-05"),
        date(F::DoneOn, &["完成日期"], "2025-04-03").needed(),
        long(F::Resolution, &["完成情况"], "已张贴公示栏"),
        text(F::Remark, &["备注"], "附照片"),
    ],
    rows: 60,
    hint: (
        "一件事一行，所属期写成“2025年3月”或“2025年上半年”。",
        "A row a duty; write the period as 2025年3月 or 2025年上半年.",
    ),
};

pub(super) const PROMISES: Form = Form {
    name: "承诺事项台账",
    kind: KindId::Promise,
    sheet: "承诺事项台账",
    titles: &["公开信承诺事项台账"],
    columns: &[
        text(F::Community, &["小区"], "翠湖花园").needed(),
        text(F::Round, &["调查期"], "2025年上半年"),
        long(F::Duty, &["承诺事项"], "六月底前更换东门道闸").needed(),
        text(F::Department, &["责任部门"], "工程部"),
        text(F::Handler, &["责任人"], "孙"),
        date(F::DueOn, &["承诺完成日期"], "2025-06-30").needed(),
        date(F::DoneOn, &["完成日期"], "2025-06-25"),
        choice(F::Status, &["完成状态"], STATES, "已完成"),
        choice(F::Method, &["验证方式"], Entry::Choice(&["电话", "走访", "现场"]), "现场"),
        date(F::VerifiedOn, &["验证日期"], "2025-07-02"),
        text(F::VerifiedBy, &["验证人"], "赵"),
        choice(F::Verification, &["验证结果"], VERIFIED, "合格"),
        text(F::Remark, &["备注"], "已公示"),
    ],
    rows: 60,
    hint: ("一项承诺一行。", "A row a promise."),
};

pub(super) const MEASURES: Form = Form {
    name: "纠正预防措施台账",
    kind: KindId::Measure,
    sheet: "纠正预防措施",
    titles: &["纠正和预防措施台账"],
    columns: &[
        text(F::Community, &["小区"], "翠湖花园").needed(),
        text(F::Category, &["问题类别"], "停车管理"),
        long(F::Duty, &["存在问题"], "访客车辆占用业主车位").needed(),
        long(F::Cause, &["原因分析"], "岗亭未核对登记"),
        choice(F::MeasureKind, &["措施类别"], Entry::Choice(&["纠正", "预防"]), "纠正"),
        long(F::Measure, &["纠正预防措施"], "入口逐车登记").needed(),
        text(F::Department, &["责任部门"], "秩序部"),
        text(F::Handler, &["责任人"], "周"),
        date(F::DueOn, &["完成期限"], "2025-04-30").needed(),
        date(F::DoneOn, &["完成日期"], "2025-04-20"),
        choice(F::Status, &["完成状态"], STATES, "已完成"),
        date(F::VerifiedOn, &["验证日期"], "2025-05-06"),
        text(F::VerifiedBy, &["验证人"], "赵"),
        choice(F::Verification, &["验证结果"], VERIFIED, "合格"),
        text(F::Remark, &["备注"], "下月复查"),
    ],
    rows: 60,
    hint: ("一项措施一行。", "A row a measure."),
};

pub(super) const VISITS: Form = Form {
    name: "走访记录表",
    kind: KindId::Visit,
    sheet: "走访记录",
    titles: &["客户走访记录表"],
    columns: &[
        text(F::Community, &["小区"], "翠湖花园").needed(),
        text(F::Number, &["客户编号"], "KH-001"),
        text(F::Person, &["客户名称"], "王先生").needed(),
        choice(F::Grade, &["客户等级"], GRADES, "A"),
        text(F::Place, &["房号"], "3-2-1501"),
        text(F::Phone, &["联系电话"], "13800000000"),
        date(F::VisitedOn, &["走访日期"], "2025-03-18").needed(),
        choice(F::Method, &["走访方式"], Entry::Choice(&["上门", "电话", "座谈", "会议"]), "上门"),
        text(F::Handler, &["走访人"], "李"),
        choice(F::Status, &["是否见面"], YES_NO, "是"),
        long(F::Text, &["走访内容"], "了解停车情况"),
        choice(F::Opinion, &["满意度"], RATINGS, "满意"),
        long(F::Suggestion, &["意见和建议"], "增加充电桩"),
        text(F::Remark, &["备注"], "已转工程部"),
    ],
    rows: 60,
    hint: (
        "一次走访一行；租户会议一户一行，方式选“会议”，没有到会的“是否见面”选“否”。走访人写上职务，如“王总经理”。",
        "A row a visit; of a meeting a row a tenant, by 会议, with 否 for who did not come. Write the visitor with the position.",
    ),
};

pub(super) const CUSTOMERS: Form = Form {
    name: "客户台账",
    kind: KindId::Customer,
    sheet: "客户台账",
    titles: &["客户台账"],
    columns: &[
        text(F::Number, &["客户编号"], "KH-001").needed(),
        text(F::Person, &["客户名称"], "王先生").needed(),
        choice(F::Grade, &["客户等级"], GRADES, "A").needed(),
        text(F::Community, &["小区"], "翠湖花园"),
        text(F::Building, &["楼栋"], "3"),
        text(F::Place, &["房号"], "3-2-1501"),
        text(F::Receiver, &["联系人"], "王先生"),
        text(F::Phone, &["联系电话"], "13800000000"),
        amount(F::Volume, &["年业务量"], "120000"),
        choice(F::Remote, &["是否外地"], YES_NO, "否"),
        text(F::Handler, &["客户经理"], "李"),
        date(F::MovedIn, &["签约日期"], "2020-01-01"),
        text(F::Remark, &["备注"], "租户"),
    ],
    rows: 100,
    hint: ("一个客户一行；等级每年评定一次。", "A row a customer; grades are given once a year."),
};
