//! Forms of surveys: answers, rounds, and whom forms were issued to.

use super::Form;
use super::column::{Entry, RATINGS, YES_NO, choice, counted, date, long, text};
use crate::recognise::field::Field as F;
use crate::recognise::kinds::KindId;

const METHODS: Entry = Entry::Choice(&["上门", "电话", "信函", "网络", "门岗"]);

pub(super) const RESPONSES: Form = Form {
    name: "满意度调查答卷汇总表",
    kind: KindId::SurveyResponse,
    sheet: "满意度调查",
    titles: &["顾客满意度调查答卷汇总表"],
    columns: &[
        text(F::Respondent, &["问卷编号"], "CH-0001").needed(),
        text(F::Community, &["小区"], "翠湖花园").needed(),
        text(F::Building, &["楼栋"], "3"),
        text(F::Place, &["房号"], "3-2-1501"),
        choice(F::Method, &["调查方式"], METHODS, "上门"),
        text(F::Round, &["调查期"], "2025年上半年").needed(),
        date(F::Received, &["填写日期"], "2025-05-12"),
        choice(F::Item, &["治安工作"], RATINGS, "满意"),
        choice(F::Item, &["清洁绿化"], RATINGS, "基本满意"),
        choice(F::Item, &["消杀清运"], RATINGS, "满意"),
        choice(F::Item, &["噪声影响"], RATINGS, "不满意"),
        choice(F::Item, &["工程维修"], RATINGS, "特别满意"),
        choice(F::Item, &["投诉处理"], RATINGS, "满意"),
        choice(F::Item, &["服务态度"], RATINGS, "满意"),
        choice(F::Item, &["工作效率"], RATINGS, "满意"),
        long(F::Suggestion, &["意见和建议"], "希望增加路灯"),
        text(F::Remark, &["备注"], "补交"),
    ],
    rows: 200,
    hint: (
        "一份答卷一行；没有回答的格留空。项目可以改名或增减，填评价用语或分数均可。调查期写成“2025年上半年”。写了房号的与该户的投诉、回访对得上；匿名调查留空。",
        "A row a form; leave blank what was not answered. Items may be renamed, added or removed. Write the round as 2025年上半年. A form with its room is seen beside the complaints and callbacks of the household; leave the room blank in an anonymous survey.",
    ),
};

pub(super) const ROUNDS: Form = Form {
    name: "调查统计表",
    kind: KindId::SurveyRound,
    sheet: "调查统计",
    titles: &["顾客满意度调查统计表"],
    columns: &[
        text(F::Community, &["小区"], "翠湖花园").needed(),
        text(F::Round, &["调查期"], "2025年上半年").needed(),
        counted(F::Households, &["总户数"], "620"),
        counted(F::Occupied, &["入住户数"], "560").needed(),
        counted(F::Issued, &["发放份数"], "500").needed(),
        counted(F::Returned, &["回收份数"], "420").needed(),
        date(F::HandedOver, &["移交日期"], "2025-05-06"),
        date(F::IssuedFrom, &["发放开始日期"], "2025-05-08"),
        date(F::IssuedUntil, &["发放截止日期"], "2025-05-12"),
        date(F::CollectedUntil, &["回收截止日期"], "2025-05-20"),
        date(F::StatisticsDone, &["统计完成日期"], "2025-05-22"),
        date(F::OpenLetter, &["公开信日期"], "2025-05-30"),
        date(F::Submitted, &["上交日期"], "2025-06-03"),
        date(F::Published, &["公示日期"], "2025-06-10"),
        text(F::Remark, &["备注"], "含补发"),
    ],
    rows: 60,
    hint: (
        "一个小区一期一行；还没有发生的日期留空。",
        "A row for each community and round; leave blank the dates that have not come.",
    ),
};

pub(super) const ROUND_UNITS: Form = Form {
    name: "调查表发放名单",
    kind: KindId::RoundUnit,
    sheet: "发放名单",
    titles: &["顾客满意度调查表发放名单"],
    columns: &[
        text(F::Community, &["小区"], "翠湖花园").needed(),
        text(F::Round, &["调查期"], "2025年上半年").needed(),
        text(F::Building, &["楼栋"], "3"),
        text(F::Place, &["房号"], "3-2-1501").needed(),
        date(F::IssuedOn, &["发放日期"], "2025-05-08").needed(),
        choice(F::Method, &["发放方式"], METHODS, "上门"),
        text(F::Handler, &["发放人"], "李"),
        choice(F::Status, &["是否回收"], YES_NO, "是"),
        date(F::ReturnedOn, &["回收日期"], "2025-05-18"),
        text(F::Remark, &["备注"], "业主不在，电话调查"),
    ],
    rows: 200,
    hint: (
        "一户一行，上下半年各一份：全年覆盖率由两份名单算出。同一户两次的写法要一致。",
        "A row a unit, a list for each half year: coverage over the year is counted from both. Write a unit the same way in both.",
    ),
};
