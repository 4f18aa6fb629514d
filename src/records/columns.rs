//! Names of the columns of the record frames. Types stand beside them; every column may hold nulls unless it says otherwise.

/// `u32`, never null: number of the sheet.
pub const SOURCE: &str = "source";
/// `u32`, never null: row of the sheet, from zero.
pub const ROW: &str = "row";
/// `u32`, never null: line of the views of the sheet, `u32::MAX` where the record was read from the sheet as it stands. Absent where
/// that is so of all records.
pub const LINE: &str = "line";
/// `i32`, never null: month number (year × 12 + month − 1) of the period to which the record belongs.
pub const MONTH: &str = "month";
/// `str`: number of the case.
pub const NUMBER: &str = "number";
/// `u32`, never null: code of the community, `u32::MAX` for none.
pub const COMMUNITY: &str = "community";
/// `u32`, never null: code of the department, `u32::MAX` for none.
pub const DEPARTMENT: &str = "department";
/// `u32`, never null: code of the building.
pub const BUILDING: &str = "building";
/// `u32`, never null: code of the category.
pub const CATEGORY: &str = "category";
/// `u32`, never null: code of the class as written.
pub const CLASS: &str = "class_written";
/// `u32`, never null: code of the channel.
pub const CHANNEL: &str = "channel";
/// `u32`, never null: code of who took the case.
pub const RECEIVER: &str = "receiver";
/// `u32`, never null: code of who handled it.
pub const HANDLER: &str = "handler";
/// `u32`, never null: code of who called back. In cases and callbacks alike it is absent where no row names anybody.
pub const CALLBACK_PERSON: &str = "callback_person";
/// `str`: room or place. In the frame of forms it is absent where no form bears one, as is the moment of their answers.
pub const PLACE: &str = "place";
/// `str`: customer.
pub const PERSON: &str = "person";
/// `str`: phone.
pub const PHONE: &str = "phone";
/// `str`: what the customer said.
pub const TEXT: &str = "text";
/// `u32`, never null: bit by step, the moment is a date without a time.
pub const DATE_ONLY: &str = "date_only";
/// `u32`, never null: bit by step, something stood there that is no date.
pub const UNREADABLE: &str = "unreadable";
/// `u32`, never null: bit by step, the table has such a column.
pub const PRESENT: &str = "present";
/// `u32`, never null: 0 unknown, 1 open, 2 closed, as the record says it.
pub const STATE: &str = "state";
/// `bool`: marked as major.
pub const MAJOR: &str = "major";
/// `bool`: marked as urgent.
pub const URGENT: &str = "urgent";
/// `bool`: marked as repeated.
pub const REPEAT: &str = "repeat";
/// `bool`: marked as valid.
pub const VALID: &str = "valid_written";
/// `i64`: compensation in fen.
pub const COMPENSATION: &str = "compensation";
/// `i64`: cost of the handling in fen. As all columns down to [`CAUSE`], and the moments that are not
/// [common](crate::step::Step::is_common), it is absent from the frame of cases where no row says anything.
pub const COST: &str = "cost";
/// `i64`: what the customer claims, in fen.
pub const CLAIM: &str = "claim";
/// `i64`: what the proposed solution is worth, in fen.
pub const SOLUTION: &str = "solution";
/// `i64`: how far the customer is, in metres.
pub const DISTANCE: &str = "distance";
/// `bool`: handed on by others.
pub const FORWARDED: &str = "forwarded";
/// `u32`, never null: code of what the customer demands.
pub const DEMAND: &str = "demand";
/// `u32`, never null: code of what the case was settled by.
pub const OUTCOME: &str = "outcome";
/// `u32`, never null: code of the part of the building or product.
pub const PART: &str = "part";
/// `u32`, never null: code of the customer's grade: of the case, else of the list of customers.
pub const GRADE: &str = "grade";
/// `u32`, never null: code of the result of the handling, as written.
pub const RESULT: &str = "result";
/// `u32`, never null: code of whom the complaint went to: company, group, government.
pub const UPPER_LEVEL: &str = "complaint_level";
/// `u32`, never null: code of the product.
pub const PRODUCT: &str = "product";
/// `u32`, never null: code of the batch of the product.
pub const BATCH: &str = "batch";
/// `u32`, never null: code of the cause as found.
pub const CAUSE: &str = "cause";
/// `u32`, never null: level of satisfaction, 255 for none.
pub const OPINION: &str = "opinion";
/// `u32`, never null: level of punctuality, 255 for none.
pub const PUNCTUALITY: &str = "punctuality";
/// `u32`, never null: level of attitude, 255 for none.
pub const ATTITUDE: &str = "attitude";
/// `u32`, never null: level of quality, 255 for none.
pub const QUALITY: &str = "quality";
/// `bool`, never null: the customer was reached.
pub const REACHED: &str = "reached";
/// `u32`, never null: code of the topic of a monthly matrix, `u32::MAX` for a callback of its own.
pub const TOPIC: &str = "topic";
/// `u32`, never null: code of the method.
pub const METHOD: &str = "method";
/// `i32`, never null: survey period as (first month × 16 + months).
pub const PERIOD: &str = "period";
/// `u32`, never null: place of the form among all forms, `u32::MAX` for an answer that was counted in a tally.
pub const FORM: &str = "form";
/// `u32`, never null: number of answers of a form.
pub const ANSWERS: &str = "answers";
/// `u32`, never null: code of the item.
pub const ITEM: &str = "item";
/// `u32`, never null: worded answer, 255 for a score.
pub const LEVEL: &str = "level";
/// `f64`: scored answer.
pub const SCORE: &str = "score";
/// `str`: what the customer suggested; absent from the frames of callbacks and forms where no row has one.
pub const SUGGESTION: &str = "suggestion";
/// `u32`, never null: highest score of the scale, 0 where nobody says it.
pub const SCORE_HIGHEST: &str = "score_highest";
/// `bool`, never null: the callback was made.
pub const MADE: &str = "made";
/// `u32`, never null: code of the question, in choices.
pub const QUESTION: &str = "question";
/// `u32`, never null: code of the option that was chosen.
pub const OPTION: &str = "option";
