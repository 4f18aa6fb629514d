//! The printed forms of the service centers' manual, in their printed layout.

use super::Form;
use super::column::{THREE, choice, date, long, moment, serial, text, tick};
use crate::recognise::field::Field as F;
use crate::recognise::kinds::KindId;

const UNIT: &str = "单位：　　　　　　　　服务中心　　　　　　年　　月";

pub(super) const QR_001: Form = Form {
    name: "QR-001FW 业主住户报修记录表",
    kind: KindId::Repair,
    sheet: "QR-001FW",
    titles: &["业主/住户报修记录表", "编号：QR-001FW　　版号/状态：A/0", UNIT],
    columns: &[
        serial(),
        moment(F::Received, &["报修时间"], "2025-03-05 14:30").needed(),
        text(F::Place, &["报修地点"], "3-2-1501").needed(),
        text(F::Person, &["业主姓名"], "王先生"),
        text(F::Phone, &["联络电话"], "13800000000"),
        long(F::Text, &["维修项目"], "厨房水管漏水").needed(),
        text(F::Agreed, &["预约维修时间"], "2025-03-06 09:00"),
        text(F::Receiver, &["接待人"], "李"),
        text(F::Resolution, &["维修结果"], "已修好"),
        text(F::CallbackPerson, &["回访人"], "赵"),
        choice(F::Opinion, &["回访结果"], THREE, "满意"),
        text(F::Remark, &["备注"], "无"),
    ],
    rows: 20,
    hint: (
        "“单位”一行写明小区和年月，如“单位：翠湖花园服务中心　2025年3月”。没有完成时间一栏：要算维修及时率请用报修登记表。",
        "Write community and month into the 单位 line. There is no column for the time of completion: use the register of repairs \
         where on-time shares are wanted.",
    ),
};

pub(super) const QR_002: Form = Form {
    name: "QR-002FW 业主住户投诉记录表",
    kind: KindId::Complaint,
    sheet: "QR-002FW",
    titles: &["业主/住户投诉记录表", "编号：QR-002FW　　版号/状态：A/0", UNIT],
    columns: &[
        serial(),
        moment(F::Received, &["日期 时间"], "2025-03-05 14:30").needed(),
        text(F::Person, &["投诉人姓名"], "王先生"),
        text(F::Place, &["住址"], "3-2-1501").needed(),
        text(F::Phone, &["联络电话"], "13800000000"),
        long(F::Text, &["投诉事由及要求"], "楼上装修噪音").needed(),
        text(F::Receiver, &["接待人"], "李"),
        text(F::CallbackPerson, &["回访人"], "赵"),
        choice(F::Opinion, &["回访结果"], THREE, "满意"),
    ],
    rows: 20,
    hint: (
        "“单位”一行写明小区和年月。本表没有处理结果和完成时间，与回访统计表（QR-003FW）配合使用；要算及时率请用投诉登记表。",
        "Write community and month into the 单位 line. The form has neither result nor completion and goes with QR-003FW; use the \
         register of complaints where on-time shares are wanted.",
    ),
};

const CALLBACK_HINT: (&str, &str) = (
    "“单位”一行写明小区和年月。“意见”在符合的一栏打“√”，只打一个；不满意的在“期望及提议”写明原因。",
    "Write community and month into the 单位 line. Tick (√) one opinion only; where dissatisfied say why under 期望及提议.",
);

pub(super) const QR_003: Form = Form {
    name: "QR-003FW 回访统计表",
    kind: KindId::Callback,
    sheet: "QR-003FW",
    titles: &["回访统计表", "编号：QR-003FW　　版号/状态：A/0", UNIT],
    columns: &[
        serial(),
        text(F::Place, &["地点"], "3-2-1501").needed(),
        long(F::Text, &["回访内容及处理结果"], "水管已修好").needed(),
        choice(F::Punctuality, &["回访情况", "守时"], THREE, "满意"),
        choice(F::Attitude, &["回访情况", "态度"], THREE, "满意"),
        choice(F::Quality, &["回访情况", "质量"], THREE, "较满意"),
        tick(F::Opinion, &["意见", "满意"], "√"),
        tick(F::Opinion, &["意见", "较满意"], ""),
        tick(F::Opinion, &["意见", "不满意"], ""),
        long(F::Suggestion, &["期望及提议"], "请定期检修"),
        text(F::Signature, &["业主/住户签名"], "王先生"),
        date(F::CalledBack, &["日期"], "2025-03-06").needed(),
    ],
    rows: 20,
    hint: CALLBACK_HINT,
};

pub(super) const QR_003_LEVELS: Form = Form {
    name: "QR-003FW 回访统计表（分项打勾）",
    kind: KindId::Callback,
    sheet: "QR-003FW",
    titles: &["回访统计表", "编号：QR-003FW　　版号/状态：A/0", UNIT],
    columns: &[
        serial(),
        text(F::Place, &["地点"], "3-2-1501").needed(),
        long(F::Text, &["回访内容及处理结果"], "水管已修好").needed(),
        tick(F::Punctuality, &["回访情况", "守时", "满意"], "√"),
        tick(F::Punctuality, &["回访情况", "守时", "较满意"], ""),
        tick(F::Punctuality, &["回访情况", "守时", "不满意"], ""),
        tick(F::Attitude, &["回访情况", "态度", "满意"], ""),
        tick(F::Attitude, &["回访情况", "态度", "较满意"], "√"),
        tick(F::Attitude, &["回访情况", "态度", "不满意"], ""),
        tick(F::Quality, &["回访情况", "质量", "满意"], "√"),
        tick(F::Quality, &["回访情况", "质量", "较满意"], ""),
        tick(F::Quality, &["回访情况", "质量", "不满意"], ""),
        tick(F::Opinion, &["意见", "满意"], "√"),
        tick(F::Opinion, &["意见", "较满意"], ""),
        tick(F::Opinion, &["意见", "不满意"], ""),
        long(F::Suggestion, &["期望及提议"], "请定期检修"),
        text(F::Signature, &["业主/住户签名"], "王先生"),
        date(F::CalledBack, &["日期"], "2025-03-06").needed(),
    ],
    rows: 20,
    hint: CALLBACK_HINT,
};

pub(super) const QR_004: Form = Form {
    name: "QR-004FW 回访统计月统计表",
    kind: KindId::CallbackMonth,
    sheet: "QR-004FW",
    titles: &["回访统计月统计表", "编号：QR-004FW　　版号/状态：A/0"],
    columns: &[
        text(F::Place, &["地点"], "3栋").needed(),
        choice(F::Item, &["治安工作"], THREE, "满意"),
        choice(F::Item, &["清洁绿化"], THREE, "较满意"),
        choice(F::Item, &["消杀清运"], THREE, "满意"),
        choice(F::Item, &["噪声影响"], THREE, "不满意"),
        choice(F::Item, &["工程维修"], THREE, "满意"),
        choice(F::Item, &["投诉处理"], THREE, "满意"),
        choice(F::Item, &["服务态度"], THREE, "满意"),
        choice(F::Item, &["工作效率"], THREE, "满意"),
    ],
    rows: 25,
    hint: (
        "本表没有单位一行：请把小区和年月写进表名，如“翠湖花园2025年3月回访统计月统计表”，或写进文件名。一行一栋楼，格内填顾客评价。",
        "The form has no 单位 line: write community and month into its title or the file's name, such as \
         翠湖花园2025年3月回访统计月统计表. A row a building; the cells hold the customers' ratings.",
    ),
};
