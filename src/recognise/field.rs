//! Fields: what a column of a table can mean.

macro_rules! fields {
    ($( $field:ident $name:literal $word:literal $what:literal ; )*) => {
        /// What a column means.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $( #[doc = $what] $field, )* }

        impl Field {
            /// Every field.
            pub const ALL: &'static [Field] = &[ $( Field::$field, )* ];

            /// The name by which a config refers to the field.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $( Field::$field => $name, )* }
            }

            /// The field in a word that a clerk knows.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $( Field::$field => $word, )* }
            }

            /// The field of a name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                match name { $( $name => Some(Field::$field), )* _ => None }
            }
        }
    };
}

fields! {
    Serial "serial" "序号" "Running number within the sheet (序号).";
    Number "number" "编号" "Number of the record or case (编号).";
    Community "community" "小区" "Community (小区).";
    Building "building" "楼栋" "Building (楼栋).";
    Place "place" "房号或地点" "Room or place (房号, 地点).";
    Person "person" "姓名" "Customer's name.";
    Phone "phone" "电话" "Customer's phone.";
    Channel "channel" "渠道" "Channel by which the case came in.";
    Category "category" "类型" "Category as the service center wrote it.";
    Class "class" "类别" "Class as the service center wrote it.";
    Text "text" "内容" "What the customer said.";
    Area "area" "区域" "Area above the community: district, street, grid.";
    Subject "subject" "标题" "Subject line of what the customer said.";
    Cause "cause" "原因" "Cause as found.";
    Department "department" "责任部门" "Department responsible.";
    Receiver "receiver" "接待人" "Who took the case.";
    Handler "handler" "处理人" "Who handled it.";
    Urgent "urgent" "紧急程度" "Whether the case is urgent.";
    Major "major" "是否重大" "Whether the case is major.";
    Repeat "repeat" "是否重复" "Whether it is a repeated complaint.";
    Valid "valid" "是否有效" "Whether the complaint is valid.";
    Status "status" "状态" "State of the case.";
    Resolution "resolution" "处理结果" "Result of the handling.";
    Compensation "compensation" "赔偿金额" "Compensation in yuan.";
    Received "received" "登记时间" "When the case came in.";
    Dispatched "dispatched" "派单时间" "When it was handed to the department.";
    Responded "responded" "首次响应时间" "When the customer had a first response.";
    Arrived "arrived" "到场时间" "When somebody was on site.";
    Resolved "resolved" "完成时间" "When it was resolved.";
    Told "told" "告知时间" "When the outcome was told to the customer.";
    CalledBack "called_back" "回访时间" "When the customer was called back.";
    Agreed "agreed" "约定时间" "Moment agreed with the customer.";
    CallbackPerson "callback_person" "回访人" "Who called back.";
    Opinion "opinion" "满意度" "Satisfaction as said in a callback.";
    Punctuality "punctuality" "守时" "Rating of punctuality (守时).";
    Attitude "attitude" "态度" "Rating of attitude (态度).";
    Quality "quality" "质量" "Rating of quality (质量).";
    Suggestion "suggestion" "意见和建议" "Expectations and suggestions.";
    Signature "signature" "签名" "Signature.";
    Method "method" "方式" "Method of a survey or callback.";
    Respondent "respondent" "问卷编号" "Id of the respondent.";
    Item "item" "调查项目" "Answer to one item of a survey; the header is the item.";
    Month "month" "月份" "Month to which the row belongs (月份).";
    Topic "topic" "回访或调查的项目" "Item or topic that the row is about, where it stands in a column of its own.";
    Count "count" "数量" "How many cases or answers the row stands for.";
    Round "round" "调查期" "Survey round (2025上半年).";
    Households "households" "总户数" "All households.";
    Occupied "occupied" "入住户数" "Occupied households.";
    Issued "issued" "发放份数" "Forms issued.";
    Returned "returned" "回收份数" "Forms returned.";
    HandedOver "handed_over" "移交日期" "When the forms were handed to the service center.";
    IssuedFrom "issued_from" "发放开始日期" "When the first form was issued.";
    IssuedUntil "issued_until" "发放截止日期" "When the last form was issued.";
    CollectedUntil "collected_until" "回收截止日期" "When collection closed.";
    StatisticsDone "statistics_done" "统计完成日期" "When the statistics were finished.";
    OpenLetter "open_letter" "公开信日期" "When the open letter was posted.";
    Submitted "submitted" "上交日期" "When the results were handed to the quality department.";
    Published "published" "公示日期" "When the results were published.";
    Aliases "aliases" "别名" "Other names of a community.";
    MovedIn "moved_in" "入住时间" "When people moved in.";
    ResponseTime "response_time" "响应时长" "Time to the first response, as computed by the source.";
    HandlingTime "handling_time" "处理时长" "Time to the resolution, as computed by the source.";
    Choice "choice" "选择题" "Answer to a question that is no rating: a choice, several choices, or one option with a mark.";
    IssuedOn "issued_on" "发放日期" "When a form was issued to a unit.";
    ReturnedOn "returned_on" "回收日期" "When the unit's form came back.";
    Duty "duty" "应做事项" "What has to be done: a duty, a promise.";
    DueOn "due_on" "应完成日期" "By when it is to be done.";
    DoneOn "done_on" "实际完成日期" "When it was done.";
    Measure "measure" "措施" "Corrective or preventive measure.";
    MeasureKind "measure_kind" "措施类别" "Whether a measure corrects or prevents.";
    VerifiedOn "verified_on" "验证日期" "When somebody verified it.";
    VerifiedBy "verified_by" "验证人" "Who verified it.";
    Verification "verification" "验证结果" "What the verification found.";
    VisitedOn "visited_on" "走访日期" "When a customer was visited.";
    Grade "grade" "客户等级" "Grade of a customer (A, B, C).";
    Volume "volume" "年业务量" "A customer's volume of business in a year.";
    Informed "informed" "通知品质部时间" "When those above learned of it.";
    Escalated "escalated" "上报时间" "When it was handed up.";
    CaseLimit "case_limit" "限定完成时间" "By when this case is to be done.";
    Progress "progress" "进度反馈时间" "When the state of it was reported.";
    Proposed "proposed" "方案提出时间" "When cause and solution were proposed.";
    Contained "contained" "应急处理时间" "When emergency containment was in place.";
    Answered "answered" "书面答复时间" "When the formal answer went out.";
    SlipBack "slip_back" "回单时间" "When the slip came back to the desk.";
    VisitAgreed "visit_agreed" "约定上门回访时间" "When the customer is to be visited, as agreed.";
    Visited "visited" "上门回访时间" "When the customer was visited about the case.";
    Reopened "reopened" "重新受理时间" "When it was opened again.";
    ResolvedAgain "resolved_again" "再次完成时间" "When it was resolved after it had been opened again.";
    Closed "closed" "结案时间" "When it was closed, after the outcome was told.";
    Surveyed "surveyed" "满意度调查时间" "When the customer was asked how satisfied they are with the outcome.";
    Verified "verified" "效果验证时间" "When somebody verified the effect on the case.";
    Paused "paused" "暂停时间" "When the clock was stopped.";
    Resumed "resumed" "恢复计时时间" "When the clock ran on.";
    WarrantyFrom "warranty_from" "保修起算日期" "When the term of the warranty began.";
    WarrantyUntil "warranty_until" "保修期至" "Until when the contract warrants.";
    Expires "expires" "有效期至" "When the shelf life ends.";
    Cost "cost" "处理费用" "Cost of the handling in yuan.";
    Claim "claim" "索赔金额" "What the customer claims, in yuan.";
    Solution "solution" "解决方案金额" "What the proposed solution is worth, in yuan.";
    Distance "distance" "距离" "How far the customer is, in kilometres unless the header or the cell says otherwise.";
    Demand "demand" "客户诉求" "What the customer demands: a return, an exchange, a repair.";
    Outcome "outcome" "处理方式" "By what the case was settled: a repair, an exchange, a payment.";
    Part "part" "部位" "Part of the building or the product that the case is about.";
    Product "product" "品名" "Product that the case is about.";
    Batch "batch" "批号" "Batch of the product.";
    UpperLevel "complaint_level" "投诉层级" "Whom the complaint went to: the company, the group, the government.";
    Forwarded "forwarded" "是否转办" "Whether the case was handed on by others.";
    Remote "remote" "是否外地" "Whether a customer is far away.";
    Remark "remark" "备注" "Remarks.";
    Ignored "ignored" "不使用" "Not used.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_is_found_by_its_name() {
        for field in Field::ALL {
            assert_eq!(Field::named(field.name()), Some(*field));
        }
    }
}
