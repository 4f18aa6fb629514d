//! The registers of the centers. Words differ from center to center as they do in life; columns are missing where a
//! center does not keep them.

use crate::case::Kind;
use crate::company::{BAIYANG, CUIHU, JINXIU, LANTING, XINGLAN, YUNQI};
use crate::layout::{Dates, Field, Layout, Phones};

const BEGUN: [&str; 2] = ["处理中", "待处理"];

/// The register of complaints of a community, in its first form of the year.
pub(crate) fn complaints(community: usize) -> Layout {
    let (columns, dates, phones, done) = match community {
        CUIHU => (cuihu_complaints(), Dates::Cells, Phones::Text, "已完成"),
        YUNQI => (yunqi_complaints(), Dates::IsoText, Phones::Spaced, "已办结"),
        JINXIU => (jinxiu_complaints(), Dates::HanCells, Phones::Number, "已办结"),
        XINGLAN => (xinglan_complaints(), Dates::Cells, Phones::Text, "已关闭"),
        LANTING => (lanting_complaints(), Dates::Days, Phones::Number, "已完成"),
        BAIYANG => (qr_002(), Dates::HanText, Phones::Text, ""),
        other => panic!("no community {other}"),
    };
    Layout { kind: Kind::Complaint, columns, dates, callback_days: false, phones, states: (done, BEGUN) }
}

/// The register of repairs of a community, in its first form of the year.
pub(crate) fn repairs(community: usize) -> Layout {
    let (columns, dates, phones, done) = match community {
        CUIHU => (cuihu_repairs(), Dates::Cells, Phones::Text, "已完成"),
        YUNQI => (yunqi_repairs(), Dates::IsoText, Phones::Spaced, "已完成"),
        JINXIU => (jinxiu_repairs_export(), Dates::Cells, Phones::Text, "已完成"),
        XINGLAN => (xinglan_repairs(), Dates::IsoText, Phones::Text, "已关闭"),
        LANTING => (lanting_repairs(), Dates::Days, Phones::Text, ""),
        BAIYANG => (qr_001(), Dates::Cells, Phones::Text, "已修好"),
        other => panic!("no community {other}"),
    };
    Layout { kind: Kind::Repair, columns, dates, callback_days: true, phones, states: (done, BEGUN) }
}

fn cuihu_complaints() -> Vec<(Field, &'static str)> {
    vec![
        (Field::Number, "投诉编号"),
        (Field::Received, "投诉时间"),
        (Field::Person, "投诉人"),
        (Field::Place, "房号"),
        (Field::Phone, "联系电话"),
        (Field::Channel, "投诉渠道"),
        (Field::Category, "投诉类型"),
        (Field::Content, "投诉内容"),
        (Field::Department, "责任部门"),
        (Field::Responded, "首次响应时间"),
        (Field::Completed, "处理完成时间"),
        (Field::Told, "告知时间"),
        (Field::Result, "处理结果"),
        (Field::Status, "状态"),
        (Field::Major, "是否重大"),
        (Field::Repeat, "是否二次投诉"),
        (Field::Compensation, "赔偿金额"),
    ]
}

fn yunqi_complaints() -> Vec<(Field, &'static str)> {
    vec![
        (Field::Number, "投诉编号"),
        (Field::Received, "受理时间"),
        (Field::Receiver, "受理人"),
        (Field::Person, "联系人"),
        (Field::Place, "地址"),
        (Field::Phone, "电话"),
        (Field::Channel, "来源"),
        (Field::Category, "分类"),
        (Field::Content, "投诉内容"),
        (Field::Department, "处理部门"),
        (Field::Responded, "首次响应时间"),
        (Field::Completed, "办结时间"),
        (Field::Result, "处理情况"),
        (Field::Status, "处理状态"),
    ]
}

fn jinxiu_complaints() -> Vec<(Field, &'static str)> {
    vec![
        (Field::Number, "工单编号"),
        (Field::Received, "投诉时间"),
        (Field::Person, "投诉人姓名"),
        (Field::Place, "地址"),
        (Field::Phone, "手机号码"),
        (Field::Channel, "受理渠道"),
        (Field::Category, "投诉类型"),
        (Field::Content, "投诉内容"),
        (Field::Department, "责任部门"),
        (Field::Handler, "处理人"),
        (Field::Responded, "首次响应时间"),
        (Field::Completed, "完成时间"),
        (Field::Told, "告知时间"),
        (Field::Result, "处理结果"),
        (Field::Status, "工单状态"),
        (Field::Major, "是否重大"),
        (Field::CallbackTime, "回访时间"),
        (Field::CallbackResult, "回访结果"),
    ]
}

fn xinglan_complaints() -> Vec<(Field, &'static str)> {
    vec![
        (Field::Number, "记录编号"),
        (Field::Received, "投诉接待时间"),
        (Field::Person, "投诉人"),
        (Field::Place, "房号"),
        (Field::Phone, "联系方式"),
        (Field::Channel, "投诉方式"),
        (Field::Category, "性质"),
        (Field::Content, "投诉内容"),
        (Field::Department, "责任部门"),
        (Field::Responded, "首次响应时间"),
        (Field::Completed, "处理完成时间"),
        (Field::Told, "告知时间"),
        (Field::Result, "处理结果"),
        (Field::Status, "投诉状态"),
        (Field::Repeat, "是否二次投诉"),
        (Field::Compensation, "赔偿金额"),
        (Field::CallbackTime, "回访日期"),
        (Field::CallbackResult, "回访结果"),
    ]
}

fn lanting_complaints() -> Vec<(Field, &'static str)> {
    vec![
        (Field::Number, "投诉编号"),
        (Field::Received, "登记日期"),
        (Field::Person, "投诉人"),
        (Field::Place, "房号"),
        (Field::Phone, "手机号"),
        (Field::Category, "投诉类型"),
        (Field::Content, "投诉内容"),
        (Field::Completed, "完结时间"),
        (Field::Result, "处理结果"),
        (Field::Status, "处理状态"),
    ]
}

fn cuihu_repairs() -> Vec<(Field, &'static str)> {
    vec![
        (Field::Number, "报修单号"),
        (Field::Received, "报修时间"),
        (Field::Person, "报修人"),
        (Field::Place, "报修地址"),
        (Field::Phone, "联系电话"),
        (Field::Category, "报修类型"),
        (Field::Content, "报修内容"),
        (Field::Department, "处理部门"),
        (Field::Handler, "维修人员"),
        (Field::Completed, "完工时间"),
        (Field::Result, "维修结果"),
        (Field::Status, "维修状态"),
    ]
}

fn yunqi_repairs() -> Vec<(Field, &'static str)> {
    vec![
        (Field::Number, "报修编号"),
        (Field::Received, "报修时间"),
        (Field::Person, "姓名"),
        (Field::Place, "地址"),
        (Field::Phone, "报修电话"),
        (Field::Category, "报修项目"),
        (Field::Content, "报修描述"),
        (Field::Dispatched, "接单时间"),
        (Field::Handler, "维修人"),
        (Field::Completed, "完成时间"),
        (Field::Status, "报修状态"),
    ]
}

/// What the work-order system of 锦绣天城 exported until June.
fn jinxiu_repairs_export() -> Vec<(Field, &'static str)> {
    vec![
        (Field::Number, "工单号"),
        (Field::Received, "报修时间"),
        (Field::Person, "联系人"),
        (Field::Place, "报修地址"),
        (Field::Phone, "联系人电话"),
        (Field::Category, "故障类型"),
        (Field::Content, "故障描述"),
        (Field::Department, "责任部门"),
        (Field::Dispatched, "派工时间"),
        (Field::Completed, "结单时间"),
        (Field::Status, "工单状态"),
        (Field::CallbackTime, "回访日期"),
        (Field::CallbackResult, "回访结果"),
    ]
}

/// What its staff kept by hand from July: the same columns under other words.
pub(crate) fn jinxiu_repairs_by_hand() -> Layout {
    let columns = vec![
        (Field::Number, "工单编号"),
        (Field::Received, "报修日期"),
        (Field::Person, "报修人"),
        (Field::Place, "地址"),
        (Field::Phone, "手机号"),
        (Field::Category, "报修类型"),
        (Field::Content, "报修内容"),
        (Field::Department, "责任部门"),
        (Field::Dispatched, "派单时间"),
        (Field::Completed, "完工时间"),
        (Field::Status, "状态"),
        (Field::CallbackTime, "回访日期"),
        (Field::CallbackResult, "满意度"),
    ];
    Layout { columns, phones: Phones::Number, ..repairs(JINXIU) }
}

fn xinglan_repairs() -> Vec<(Field, &'static str)> {
    vec![
        (Field::Number, "工单编号"),
        (Field::Received, "创建时间"),
        (Field::Person, "报修人"),
        (Field::Phone, "报修人手机号"),
        (Field::Place, "报修地址"),
        (Field::Category, "报修类型"),
        (Field::Content, "报修内容"),
        (Field::Department, "处理部门"),
        (Field::Dispatched, "派单时间"),
        (Field::Completed, "完成时间"),
        (Field::Status, "工单状态"),
        (Field::Result, "处理结果"),
    ]
}

fn lanting_repairs() -> Vec<(Field, &'static str)> {
    vec![
        (Field::Number, "报修单号"),
        (Field::Received, "报修日期"),
        (Field::Person, "报修人"),
        (Field::Place, "房号"),
        (Field::Phone, "联系方式"),
        (Field::Content, "报修内容"),
        (Field::Handler, "维修人员"),
        (Field::Completed, "完工时间"),
    ]
}

/// QR-001FW: `forms.rs` prints it; the columns are those that say something about a case.
fn qr_001() -> Vec<(Field, &'static str)> {
    vec![
        (Field::Received, "报修时间"),
        (Field::Place, "报修地点"),
        (Field::Person, "业主姓名"),
        (Field::Phone, "联络电话"),
        (Field::Content, "维修项目"),
        (Field::Receiver, "接待人"),
        (Field::Result, "维修结果"),
    ]
}

/// QR-002FW: likewise.
fn qr_002() -> Vec<(Field, &'static str)> {
    vec![
        (Field::Received, "日期 时间"),
        (Field::Person, "投诉人姓名"),
        (Field::Place, "住址"),
        (Field::Phone, "联络电话"),
        (Field::Content, "投诉事由及要求"),
        (Field::Receiver, "接待人"),
    ]
}
