//! Callbacks, one a row: QR-003FW in both printed variants, plain lists.

use super::{Field as F, Kind, KindId, any};

pub(super) const KIND: Kind = Kind {
    id: KindId::Callback,
    title_words: &["回访统计表", "回访记录", "回访"],
    labels: &[
        (F::Serial, &["序号", "no"]),
        (F::Number, &["回访编号", "工单编号", "工单号", "编号", "投诉编号", "报修单号", "id"]),
        (F::Community, &["小区", "项目", "小区名称", "项目名称", "所属小区", "管理处", "服务中心"]),
        (F::Building, &["楼栋", "楼号", "栋号"]),
        (F::Place, &["地点", "房号", "地址", "住址", "回访地点", "业主房号"]),
        (F::Person, &["业主姓名", "被回访人", "客户姓名", "姓名", "业主"]),
        (F::Phone, &["联系电话", "联络电话", "电话", "回访电话"]),
        (F::Text, &["回访内容及处理结果", "回访内容", "内容", "处理结果"]),
        (F::Department, &["责任部门", "部门", "处理部门"]),
        (F::Category, &["回访类型", "类型", "分类", "回访事项"]),
        (F::Punctuality, &["守时", "回访情况守时", "及时", "及时性"]),
        (F::Attitude, &["态度", "回访情况态度", "服务态度"]),
        (F::Quality, &["质量", "回访情况质量", "维修质量", "服务质量"]),
        (F::Opinion, &["意见", "回访结果", "满意度", "回访意见", "总体评价", "是否满意", "回访满意度"]),
        (F::Suggestion, &["期望及提议", "意见和建议", "建议", "意见建议"]),
        (F::Signature, &["业主/住户签名", "业主签名", "住户签名", "签名"]),
        (F::CalledBack, &["日期", "回访日期", "回访时间", "时间"]),
        (F::CallbackPerson, &["回访人", "回访人员"]),
        (F::Method, &["回访方式", "方式"]),
        (F::Status, &["回访状态", "是否已回访", "是否接通"]),
        (F::Remark, &["备注"]),
    ],
    is_enough: |found| {
        any(found, &[F::Opinion, F::Punctuality, F::Attitude, F::Quality])
            && any(found, &[F::Text, F::CalledBack, F::CallbackPerson])
            && found.len() >= 3
    },
    takes_items: false,
    key: &[F::Place, F::Text, F::CalledBack, F::Number, F::Opinion],
    text: &[F::Text, F::Suggestion, F::Remark],
};
