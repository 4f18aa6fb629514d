//! Fields: what a column of a table can mean.

macro_rules! fields {
    ($( $field:ident $name:literal $what:literal ; )*) => {
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

            /// The field of a name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                match name { $( $name => Some(Field::$field), )* _ => None }
            }
        }
    };
}

fields! {
    Serial "serial" "Running number within the sheet (序号).";
    Number "number" "Number of the record or case (编号).";
    Community "community" "Community (小区).";
    Building "building" "Building (楼栋).";
    Place "place" "Room or place (房号, 地点).";
    Person "person" "Customer's name.";
    Phone "phone" "Customer's phone.";
    Channel "channel" "Channel by which the case came in.";
    Category "category" "Category as the service center wrote it.";
    Class "class" "Class as the service center wrote it.";
    Text "text" "What the customer said.";
    Department "department" "Department responsible.";
    Receiver "receiver" "Who took the case.";
    Handler "handler" "Who handled it.";
    Urgent "urgent" "Whether the case is urgent.";
    Major "major" "Whether the case is major.";
    Repeat "repeat" "Whether it is a repeated complaint.";
    Valid "valid" "Whether the complaint is valid.";
    Status "status" "State of the case.";
    Resolution "resolution" "Result of the handling.";
    Compensation "compensation" "Compensation in yuan.";
    Received "received" "When the case came in.";
    Dispatched "dispatched" "When it was handed to the department.";
    Responded "responded" "When the customer had a first response.";
    Arrived "arrived" "When somebody was on site.";
    Resolved "resolved" "When it was resolved.";
    Told "told" "When the outcome was told to the customer.";
    CalledBack "called_back" "When the customer was called back.";
    Agreed "agreed" "Moment agreed with the customer.";
    CallbackPerson "callback_person" "Who called back.";
    Opinion "opinion" "Satisfaction as said in a callback.";
    Punctuality "punctuality" "Rating of punctuality (守时).";
    Attitude "attitude" "Rating of attitude (态度).";
    Quality "quality" "Rating of quality (质量).";
    Suggestion "suggestion" "Expectations and suggestions.";
    Signature "signature" "Signature.";
    Method "method" "Method of a survey or callback.";
    Respondent "respondent" "Id of the respondent.";
    Item "item" "Answer to one item of a survey; the header is the item.";
    Month "month" "Month to which the row belongs (月份).";
    Topic "topic" "Item or topic that the row is about, where it stands in a column of its own.";
    Count "count" "How many cases or answers the row stands for.";
    Round "round" "Survey round (2025上半年).";
    Households "households" "All households.";
    Occupied "occupied" "Occupied households.";
    Issued "issued" "Forms issued.";
    Returned "returned" "Forms returned.";
    HandedOver "handed_over" "When the forms were handed to the service center.";
    IssuedFrom "issued_from" "When the first form was issued.";
    IssuedUntil "issued_until" "When the last form was issued.";
    CollectedUntil "collected_until" "When collection closed.";
    StatisticsDone "statistics_done" "When the statistics were finished.";
    OpenLetter "open_letter" "When the open letter was posted.";
    Submitted "submitted" "When the results were handed to the quality department.";
    Published "published" "When the results were published.";
    Aliases "aliases" "Other names of a community.";
    MovedIn "moved_in" "When people moved in.";
    IssuedOn "issued_on" "When a form was issued to a unit.";
    ReturnedOn "returned_on" "When the unit's form came back.";
    Duty "duty" "What has to be done: a duty, a promise.";
    DueOn "due_on" "By when it is to be done.";
    DoneOn "done_on" "When it was done.";
    Cause "cause" "Cause of a problem.";
    Measure "measure" "Corrective or preventive measure.";
    MeasureKind "measure_kind" "Whether a measure corrects or prevents.";
    VerifiedOn "verified_on" "When somebody verified it.";
    VerifiedBy "verified_by" "Who verified it.";
    Verification "verification" "What the verification found.";
    VisitedOn "visited_on" "When a customer was visited.";
    Grade "grade" "Grade of a customer (A, B, C).";
    Volume "volume" "A customer's volume of business in a year.";
    Remark "remark" "Remarks.";
    Ignored "ignored" "Not used.";
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
