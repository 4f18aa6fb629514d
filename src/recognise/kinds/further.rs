//! Labels of what few registers tell: further moments of a case, amounts, names. Folded; the same in every register of cases.

use super::Field as F;

type Labels = (F, &'static [&'static str]);

/// When those above learned of it.
pub(super) const INFORMED: Labels = (
    F::Informed,
    &[
        "通知品质部时间",
        "通知质管部时间",
        "通知品质管理部时间",
        "通知品管部时间",
        "知会品质部时间",
        "告知品质部时间",
        "报品质部时间",
        "知会时间",
        "通知主管时间",
        "通知经理时间",
        "通知上级时间",
        "通报时间",
        "qualityinformedon",
        "qualityinformedat",
        "qualitydepartmentinformed",
        "managementinformed",
        "managementinformedon",
    ],
);

/// When it was handed up.
pub(super) const ESCALATED: Labels = (
    F::Escalated,
    &[
        "升级时间",
        "升级日期",
        "升级上报时间",
        "投诉升级时间",
        "上报品质部时间",
        "上报主管时间",
        "上报经理时间",
        "上报公司时间",
        "上报领导时间",
        "上报上级时间",
        "逾期上报时间",
        "escalated",
        "escalatedon",
        "escalatedat",
        "escalationdate",
        "escalationtime",
    ],
);

/// By when this case is to be done. A column of 时限 alone often holds a duration, and is none.
pub(super) const CASE_LIMIT: Labels = (
    F::CaseLimit,
    &[
        "限定完成时间",
        "限定完成日期",
        "限定处理时间",
        "限定办结时间",
        "限期完成时间",
        "限期完成日期",
        "规定完成时间",
        "规定完成日期",
        "要求处理完成时间",
        "办理截止时间",
        "处理截止时间",
        "客户要求答复期限",
        "客户要求答复时间",
        "客户要求回复时间",
        "客户限定时间",
        "caselimit",
        "casedeadline",
    ],
);

/// When the state of it was reported.
pub(super) const PROGRESS: Labels = (
    F::Progress,
    &[
        "进度反馈时间",
        "进展反馈时间",
        "进度汇报时间",
        "进展汇报时间",
        "进度告知时间",
        "进展告知时间",
        "处理进度反馈时间",
        "过程反馈时间",
        "进度时间",
        "进展时间",
        "progressdate",
        "progressreportedon",
        "progressreportedat",
    ],
);

/// When cause and solution were proposed.
pub(super) const PROPOSED: Labels = (
    F::Proposed,
    &[
        "方案提出时间",
        "提出方案时间",
        "处理方案时间",
        "方案提交时间",
        "方案制定时间",
        "解决方案时间",
        "原因及方案提出时间",
        "提出原因与方案时间",
        "原因通知时间",
        "原因通知客户时间",
        "原因告知时间",
        "proposed",
        "proposedon",
        "proposedat",
        "proposaldate",
        "solutionproposedon",
    ],
);

/// When emergency containment was in place.
pub(super) const CONTAINED: Labels = (
    F::Contained,
    &[
        "应急处理时间",
        "应急措施时间",
        "应急围堵时间",
        "围堵时间",
        "围堵措施时间",
        "遏制时间",
        "遏制措施时间",
        "临时措施时间",
        "contained",
        "containedon",
        "containedat",
        "containmentdate",
        "containmenttime",
    ],
);

/// When the formal answer went out.
pub(super) const ANSWERED: Labels = (
    F::Answered,
    &[
        "书面答复时间",
        "书面答复日期",
        "书面回复时间",
        "书面回复日期",
        "正式答复时间",
        "正式答复日期",
        "正式回复时间",
        "正式回复日期",
        "措施反馈时间",
        "措施反馈日期",
        "回函时间",
        "回函日期",
        "复函时间",
        "复函日期",
        "书面联系时间",
        "书面联系日期",
        "answered",
        "answeredon",
        "answeredat",
        "writtenreplydate",
        "writtenreplyon",
        "writtenanswerdate",
        "formalreplydate",
    ],
);

/// When the slip came back to the desk.
pub(super) const SLIP_BACK: Labels = (
    F::SlipBack,
    &[
        "派工单返回时间",
        "工单返回时间",
        "派工单交回时间",
        "派单返回时间",
        "返单时间",
        "返回前台时间",
        "派工单返回前台时间",
        "slipback",
        "slipreturned",
        "slipreturnedon",
        "slipreturnedat",
    ],
);

/// When the customer is to be visited, as agreed.
pub(super) const VISIT_AGREED: Labels = (
    F::VisitAgreed,
    &[
        "约定上门回访时间",
        "约定上门回访日期",
        "约定回访时间",
        "约定回访日期",
        "约定走访时间",
        "约定拜访时间",
        "预约上门回访时间",
        "预约回访时间",
        "预约走访时间",
        "上门回访约定时间",
        "visitagreed",
        "agreedvisit",
        "agreedvisittime",
        "visitappointment",
    ],
);

/// When the customer was visited about the case.
pub(super) const VISITED: Labels = (
    F::Visited,
    &[
        "上门回访时间",
        "上门回访日期",
        "走访时间",
        "走访日期",
        "拜访时间",
        "拜访日期",
        "探访时间",
        "visited",
        "visitedon",
        "visitedat",
        "visitdate",
    ],
);

/// When it was opened again.
pub(super) const REOPENED: Labels = (
    F::Reopened,
    &[
        "重新受理时间",
        "重新受理日期",
        "重新打开时间",
        "重开时间",
        "再次受理时间",
        "二次受理时间",
        "重新派工时间",
        "重新派单时间",
        "二次派工时间",
        "返工派单时间",
        "reopened",
        "reopenedon",
        "reopenedat",
        "reopendate",
    ],
);

/// When it was resolved after it had been opened again.
pub(super) const RESOLVED_AGAIN: Labels = (
    F::ResolvedAgain,
    &[
        "再次完成时间",
        "再次处理完成时间",
        "再次解决时间",
        "二次完成时间",
        "二次处理完成时间",
        "重新处理完成时间",
        "返工完成时间",
        "resolvedagain",
        "resolvedagainon",
    ],
);

/// When it was closed. What is closed is resolved: beside a column for that these labels are the closing, else the resolution.
pub(super) const CLOSED: Labels = (F::Closed, &["结案确认时间", "确认关闭时间", "closedafterconfirmation"]);

/// When the customer was asked how satisfied they are.
pub(super) const SURVEYED: Labels = (
    F::Surveyed,
    &["满意度调查时间", "满意度调查日期", "surveyed", "surveyedon", "surveyedat", "satisfactionsurveydate"],
);

/// When somebody verified the effect.
pub(super) const VERIFIED: Labels = (
    F::Verified,
    &[
        "效果验证时间",
        "效果验证日期",
        "效果确认时间",
        "效果确认日期",
        "验证时间",
        "验证日期",
        "verified",
        "verifiedon",
        "verifiedat",
        "verificationdate",
    ],
);

/// When the clock was stopped.
pub(super) const PAUSED: Labels = (
    F::Paused,
    &[
        "暂停时间",
        "暂停开始时间",
        "挂起时间",
        "挂起开始时间",
        "中止时间",
        "paused",
        "pausedon",
        "pausedat",
        "suspendedon",
        "suspendedat",
        "holdstart",
    ],
);

/// When the clock ran on.
pub(super) const RESUMED: Labels = (
    F::Resumed,
    &[
        "恢复计时时间",
        "恢复处理时间",
        "暂停结束时间",
        "挂起结束时间",
        "解挂时间",
        "解除挂起时间",
        "resumed",
        "resumedon",
        "resumedat",
        "holdend",
    ],
);

/// When the term of the warranty began.
pub(super) const WARRANTY_FROM: Labels = (
    F::WarrantyFrom,
    &[
        "保修起算日期",
        "保修起算时间",
        "保修开始日期",
        "保修起始日期",
        "验收合格日期",
        "验收合格时间",
        "竣工验收日期",
        "质保书签发日期",
        "质量保证书签发日期",
        "交付日期",
        "交房日期",
        "交房时间",
        "购买日期",
        "购车日期",
        "warrantyfrom",
        "warrantystart",
        "warrantystartdate",
        "acceptancedate",
        "handoverdate",
        "purchasedate",
    ],
);

/// Until when the contract warrants.
pub(super) const WARRANTY_UNTIL: Labels = (
    F::WarrantyUntil,
    &[
        "保修期至",
        "合同保修期至",
        "保修到期日",
        "保修到期日期",
        "保修截止日期",
        "质保期至",
        "质保到期日",
        "质保到期日期",
        "warrantyuntil",
        "warrantyend",
        "warrantyenddate",
        "warrantyexpiry",
        "warrantyexpires",
    ],
);

/// When the shelf life ends.
pub(super) const EXPIRES: Labels = (F::Expires, &["有效期至", "失效日期", "expirydate", "expirationdate", "expireson"]);

/// What the handling cost.
pub(super) const COST: Labels = (
    F::Cost,
    &[
        "处理费用",
        "处理成本",
        "整改费用",
        "整改成本",
        "维修费用",
        "维修成本",
        "发生费用",
        "cost",
        "handlingcost",
        "repaircost",
        "totalcost",
    ],
);

/// What the customer claims.
pub(super) const CLAIM: Labels = (
    F::Claim,
    &[
        "索赔金额",
        "索赔额",
        "客户索赔金额",
        "客户要求金额",
        "要求赔偿金额",
        "要求金额",
        "诉求金额",
        "claim",
        "claimamount",
        "amountclaimed",
    ],
);

/// What the proposed solution is worth.
pub(super) const SOLUTION: Labels = (
    F::Solution,
    &[
        "解决方案金额",
        "处理方案金额",
        "方案金额",
        "拟赔偿金额",
        "拟补偿金额",
        "solutionamount",
        "proposedamount",
        "offeredamount",
    ],
);

/// How far the customer is.
pub(super) const DISTANCE: Labels = (F::Distance, &["距离", "客户距离", "服务距离", "路程", "距离公里数", "distance"]);

/// What the customer demands.
pub(super) const DEMAND: Labels = (
    F::Demand,
    &[
        "要求处理方式",
        "期望处理方式",
        "客户要求处理方式",
        "处理要求",
        "解决要求",
        "索赔要求",
        "退换要求",
        "demand",
        "customerdemand",
        "desiredoutcome",
        "remedysought",
    ],
);

/// By what it was settled.
pub(super) const OUTCOME: Labels = (
    F::Outcome,
    &[
        "处理结果类别",
        "处理结果类型",
        "结果类别",
        "处理方式类别",
        "处理类型",
        "处理类别",
        "最终处理方式",
        "处置方式",
        "解决方式",
        "outcometype",
        "outcomecategory",
        "settlement",
        "remedy",
    ],
);

/// Part of the building or product.
pub(super) const PART: Labels = (
    F::Part,
    &[
        "部位",
        "报修部位",
        "维修部位",
        "保修部位",
        "故障部位",
        "问题部位",
        "质量部位",
        "配件",
        "配件名称",
        "部件",
        "部件名称",
        "零件名称",
        "part",
        "partname",
        "component",
    ],
);

/// The product.
pub(super) const PRODUCT: Labels = (
    F::Product,
    &[
        "品名",
        "产品名称",
        "产品",
        "商品名称",
        "商品",
        "药品名称",
        "设备名称",
        "仪器名称",
        "车型",
        "product",
        "productname",
    ],
);

/// Batch of the product.
pub(super) const BATCH: Labels = (
    F::Batch,
    &[
        "批号",
        "产品批号",
        "生产批号",
        "批次",
        "批次号",
        "生产批次",
        "batch",
        "batchno",
        "batchnumber",
        "lotno",
        "lotnumber",
    ],
);

/// Grade of the customer.
pub(super) const GRADE: Labels =
    (F::Grade, &["客户等级", "客户级别", "客户分级", "业主等级", "customergrade", "customerlevel"]);

/// Whom the complaint went to.
pub(super) const UPPER_LEVEL: Labels =
    (F::UpperLevel, &["投诉层级", "投诉层面", "受理层级", "接收层级", "受理投诉层级", "addressedto", "upperlevel"]);

/// Whether it was handed on by others.
pub(super) const FORWARDED: Labels = (
    F::Forwarded,
    &[
        "转办",
        "转办件",
        "是否转办",
        "是否转办件",
        "是否上级转办",
        "上级转办",
        "转来单位",
        "转来部门",
        "来文单位",
        "forwarded",
        "isforwarded",
        "forwardedby",
        "forwardedfrom",
    ],
);
