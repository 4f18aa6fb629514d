//! Problems: what a sheet holds that the program could not take as it stands.
//!
//! A problem is data, not an error: it names file, sheet and cell, says what was found, what was expected and what was used
//! instead, and which metrics it touches. The wording of each [`Code`] stands in one table, in Chinese and English.

use crate::origin::{CellAt, SourceId, SourceSheet};

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was set aside: a row, a sheet or a file is missing from the figures.
    Error,
    /// A value is missing from the figures; the row is counted.
    Warning,
    /// Nothing is missing; somebody should know.
    Note,
}

impl Severity {
    /// The word in `problems.csv`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A text in the two languages of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bilingual {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Bilingual {
    /// The text in the language asked for.
    #[must_use]
    pub fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        }
    }
}

/// Language of pages and messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Language {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// What there is to say about a code of problem.
#[derive(Debug, Clone, Copy)]
pub struct Wording {
    /// The code's name in `problems.csv`.
    pub name: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// A short title for people.
    pub title: Bilingual,
    /// What was expected.
    pub expected: Bilingual,
    /// What was used instead, where a problem does not say so itself.
    pub used: Bilingual,
    /// Metrics that it touches, separated by blanks; `*` stands for any ending.
    pub affects: &'static str,
}

macro_rules! codes {
    ($( $code:ident $name:literal $severity:ident
        title $title_zh:literal / $title_en:literal
        expected $expected_zh:literal / $expected_en:literal
        used $used_zh:literal / $used_en:literal
        affects $affects:literal ; )*) => {
        /// The kinds of problem.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $( #[doc = $title_en] $code, )* }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Code] = &[ $( Code::$code, )* ];

            /// The wording of the code.
            #[must_use]
            pub fn wording(self) -> Wording {
                match self { $( Code::$code => Wording {
                    name: $name,
                    severity: Severity::$severity,
                    title: Bilingual { zh: $title_zh, en: $title_en },
                    expected: Bilingual { zh: $expected_zh, en: $expected_en },
                    used: Bilingual { zh: $used_zh, en: $used_en },
                    affects: $affects,
                }, )* }
            }
        }
    };
}

codes! {
    FileUnreadable "file_unreadable" Error
        title "文件读不出来" / "The file cannot be read"
        expected "能用 Excel 或 WPS 打开的表格；请打开后另存为 .xlsx 再放回" / "a spreadsheet that Excel or WPS opens; open it, save it as .xlsx and put it back"
        used "整个文件未计入" / "the whole file is left out"
        affects "*";
    FileEncrypted "file_encrypted" Error
        title "文件有打开密码" / "The file is protected by a password"
        expected "没有打开密码的文件；请取消密码后再放回" / "a file without a password; remove the password and put it back"
        used "整个文件未计入" / "the whole file is left out"
        affects "*";
    FileUnsupported "file_unsupported" Error
        title "不是表格文件" / "The file is not a spreadsheet"
        expected ".xlsx .xls .xlsb .ods .csv 表格" / "a spreadsheet: .xlsx .xls .xlsb .ods .csv"
        used "整个文件未计入" / "the whole file is left out"
        affects "*";
    FileEmpty "file_empty" Note
        title "文件里没有内容" / "The file holds nothing"
        expected "至少一行表头和一行数据" / "a header row and a row of data at least"
        used "未计入" / "left out"
        affects "";
    FileTooLarge "file_too_large" Error
        title "文件展开后过大" / "The file unpacks to more than the limit"
        expected "在限额之内的文件；请拆成几个文件" / "a file within the limits; split it into several"
        used "整个文件未计入" / "the whole file is left out"
        affects "*";
    FileTooSlow "file_too_slow" Error
        title "读取用时超过限额" / "Reading the file took longer than the limit"
        expected "能在限时内读完的文件；请另存为 .xlsx 再放回" / "a file that is read within the limit; save it as .xlsx and put it back"
        used "整个文件未计入" / "the whole file is left out"
        affects "*";
    FileRepaired "file_repaired" Note
        title "文件有毛病，修复后读取" / "The file had a fault and was read after repair"
        expected "完好的文件；请打开核对后另存为 .xlsx" / "a sound file; open it, check it and save it as .xlsx"
        used "读出了能读的工作表" / "the sheets that could be read were used"
        affects "";
    ReturnFailed "return_failed" Note
        title "退回修改的工作簿写不出来" / "The workbook to return could not be written"
        expected "能写出的工作簿；请按 problems.csv 在原文件里修改" / "a workbook that can be written; mend the original by problems.csv"
        used "没有退回的工作簿，其余照常" / "there is no workbook to return; all else is as usual"
        affects "";
    SheetFailed "sheet_failed" Error
        title "工作表读不出来" / "The sheet cannot be read"
        expected "能打开的工作表" / "a sheet that opens"
        used "该工作表未计入，其余工作表照常" / "the sheet is left out, the others are read"
        affects "*";
    SheetCut "sheet_cut" Warning
        title "工作表没有读全" / "The sheet was not read in full"
        expected "没有一直填充到底的列，也没有成千上万处合并；请删去多余的行与合并" / "no column filled down to the end of the sheet and no thousands of merged ranges; remove what is too much"
        used "读到的部分照常计入" / "what was read counts as usual"
        affects "*";
    SheetUnknown "sheet_unknown" Error
        title "认不出是什么表" / "The sheet is of no known kind"
        expected "投诉、报修、回访、满意度调查等登记表的表头；也可在 manyi.toml 里用 [[source]] 指明" / "the headers of a complaint, repair, callback or survey table; or name it in manyi.toml with [[source]]"
        used "该工作表未计入" / "the sheet is left out"
        affects "*";
    EncodingGuessed "encoding_guessed" Note
        title "文字编码由内容推断" / "The text encoding was inferred"
        expected "UTF-8" / "UTF-8"
        used "按推断的编码读取" / "read in the inferred encoding"
        affects "";
    ColumnUnknown "column_unknown" Note
        title "有一列没有用上" / "A column was not used"
        expected "认得的列名；需要时在 manyi.toml 的 [alias] 中补充" / "a known header; add it under [alias] in manyi.toml where needed"
        used "该列未使用" / "the column is not used"
        affects "";
    ColumnRepeated "column_repeated" Note
        title "两列含义相同" / "Two columns mean the same"
        expected "每种含义一列" / "one column for each meaning"
        used "用靠左的一列，它空白时用这一列" / "the one further left is used, this one where that is blank"
        affects "";
    ColumnFuzzy "column_fuzzy" Note
        title "列名只是相近" / "The header is only near to a known one"
        expected "认得的列名；用错了请在 manyi.toml 的 [alias] 中写明" / "a known header; where it was taken wrongly, state it under [alias] in manyi.toml"
        used "按最相近的列名使用" / "taken as the nearest known header"
        affects "";
    ColumnTie "column_tie" Warning
        title "列名与几种含义同样相近" / "The header is equally near to several meanings"
        expected "认得的列名；请在 manyi.toml 的 [alias] 中写明是哪一种" / "a known header; say under [alias] in manyi.toml which it is"
        used "该列未使用；可能是" / "the column is not used; it could be"
        affects "";
    ColumnScored "column_scored" Note
        title "一列数字按评分使用" / "A column of numbers was taken as scores"
        expected "评价用语，或写明满分的评分" / "worded ratings, or scores whose scale the header states"
        used "按评分使用" / "taken as scores"
        affects "survey.mean_score survey.item_satisfied";
    MomentDerived "moment_derived" Note
        title "完成时间由时长推算" / "The moment of resolution was derived"
        expected "完成时间一列" / "a column of the moment of resolution"
        used "登记时间加上这一列的时长" / "the moment of receipt plus the duration in this column"
        affects "{case}.resolved {case}.resolution.*";
    DateUnreadable "date_unreadable" Warning
        title "日期看不懂" / "The date cannot be read"
        expected "一个具体的日期，如 2025-03-05 14:30；不写“昨天”“月底”或一段时间" / "one date, such as 2025-03-05 14:30; not \"yesterday\", \"end of the month\" or a range"
        used "视为没有这个时间，记录照常计数" / "taken as missing; the record is counted"
        affects "{case}.*.on_time {case}.*.median {case}.*.mean";
    DittoAlone "ditto_alone" Warning
        title "“同上”上面没有内容" / "A ditto mark has nothing above it"
        expected "要写的内容本身" / "the value itself"
        used "视为空白" / "taken as blank"
        affects "*";
    DateSentinel "date_sentinel" Warning
        title "占位日期" / "A placeholder instead of a date"
        expected "真实的日期" / "the real date"
        used "视为没有这个时间，记录照常计数" / "taken as missing; the record is counted"
        affects "{case}.*.on_time {case}.*.median {case}.*.mean";
    DateAmbiguous "date_ambiguous" Warning
        title "日与月分不清" / "Day and month cannot be told apart"
        expected "如 2025-03-05；或在 manyi.toml 里写明 date_order" / "a date such as 2025-03-05; or state date_order in manyi.toml"
        used "按月在前读取" / "read with the month first"
        affects "{case}.received {case}.*.on_time";
    PeriodFromTitle "period_from_title" Warning
        title "没有登记时间，月份取自表名" / "No date of receipt: the month was taken from the title"
        expected "登记时间" / "a date of receipt"
        used "计入表名所示的月份" / "counted in the month that the title names"
        affects "{case}.*.on_time {case}.*.median";
    Future "future" Warning
        title "未来的日期" / "A date in the future"
        expected "不晚于其余数据的日期" / "a date not beyond the rest of the data"
        used "截至统计日尚未发生：保留记录，不计入任何月份" / "has not happened as of the as-of date: the record is kept and counted in no month"
        affects "{case}.received";
    FutureStep "future_step" Warning
        title "处理时间在未来" / "A moment of the handling lies in the future"
        expected "不晚于其余数据的日期" / "a date not beyond the rest of the data"
        used "截至统计日尚未发生：这一步视为未做，记录照常计数" / "has not happened as of the as-of date: the step is taken as not done; the record is counted"
        affects "{case}.*.on_time {case}.resolved {case}.open callback.on_time";
    ImpossibleOrder "impossible_order" Warning
        title "时间先后颠倒" / "The moments are in an impossible order"
        expected "不早于登记时间" / "a moment not before the receipt"
        used "这一段时长不计，记录照常计数" / "this interval is left out; the record is counted"
        affects "{case}.*.on_time {case}.*.median {case}.*.mean";
    StepOrder "step_order" Warning
        title "环节先后颠倒" / "Two steps are in an impossible order"
        expected "不早于括号中那一格的时间" / "a moment not before that of the cell in brackets"
        used "这两步之间的时长不计，其余照常" / "the interval between the two is left out; the rest is counted"
        affects "{case}.*.on_time {case}.*.median {case}.*.mean";
    NumberUnreadable "number_unreadable" Warning
        title "数字看不懂" / "The number cannot be read"
        expected "数字" / "a number"
        used "视为空白" / "taken as blank"
        affects "{case}.compensation survey.*";
    RatingUnknown "rating_unknown" Warning
        title "评价用语不认得" / "The rating is not a known wording"
        expected "特别满意、满意、基本满意、一般、不满意等，或分数" / "a rating such as 满意 or 不满意, or a score"
        used "不计入满意与不满意" / "counted neither as satisfied nor as dissatisfied"
        affects "callback.satisfied_share survey.item_satisfied";
    RatingCross "rating_cross" Note
        title "用叉号勾选" / "Answers are marked with crosses"
        expected "用 √ 勾选；叉号容易看成“否”" / "ticks; a cross may be taken for a \"no\""
        used "这些栏里没有勾，叉号都按勾计" / "no ticks stand in these columns: the crosses count as ticks"
        affects "callback.satisfied_share survey.item_satisfied";
    RatingScored "rating_scored" Note
        title "用分数评价" / "Ratings are given as scores"
        expected "满意、基本满意、不满意等用语" / "a wording such as 满意 or 不满意"
        used "五分制折算：5 非常满意、4 满意、3 一般、2 不满意、1 很不满意" / "points of five: 5 very satisfied, 4 satisfied, 3 neutral, 2 dissatisfied, 1 very dissatisfied"
        affects "callback.satisfied_share callback.punctuality callback.attitude callback.quality";
    RatingConflict "rating_conflict" Warning
        title "一题勾了几个答案" / "Several answers are ticked for one question"
        expected "一题一个答案" / "one answer for each question"
        used "不计入满意与不满意" / "counted neither as satisfied nor as dissatisfied"
        affects "callback.satisfied_share survey.item_satisfied";
    ScoreOutOfRange "score_out_of_range" Warning
        title "分数超出范围" / "The score is out of range"
        expected "量表之内的分数" / "a score on the scale"
        used "视为没有回答" / "taken as not answered"
        affects "survey.item_satisfied survey.mean_score";
    DuplicateRow "duplicate_row" Warning
        title "重复的记录" / "The record was sent before"
        expected "每件事登记一次" / "each case once"
        used "只计第一次" / "only the first is counted"
        affects "*.received";
    DuplicateDiffers "duplicate_differs" Warning
        title "再次报送的记录，内容有改动" / "The record was sent before and says something else now"
        expected "每件事登记一次；要更正请改原来那一行" / "each case once; correct the row that was sent first"
        used "只计第一次，改动未采用" / "only the first is counted; the change is not used"
        affects "*";
    RowsRepeated "rows_repeated" Warning
        title "整批记录重复报送" / "A whole set of records was sent before"
        expected "每件事登记一次" / "each case once"
        used "这些行只计第一次，已见于" / "only the first of these rows are counted; they stand in"
        affects "*.received";
    NearDuplicate "near_duplicate" Note
        title "疑似重复的记录" / "The record looks like another one"
        expected "每件事登记一次；若是两件事，请写明区别" / "each case once; where they are two, say what differs"
        used "都计入；请核对" / "both are counted; please compare with"
        affects "*.received";
    OtherMonth "other_month" Note
        title "不是表名所示时期的记录" / "The record is not of the period that the title names"
        expected "登记时间在表名所示的时期之内" / "a date of receipt within the period of the title"
        used "按登记时间计入所属月份" / "counted in the month of its receipt"
        affects "*.received";
    TitleDisagrees "title_disagrees" Note
        title "表名所示时期与多数记录不符" / "The title names another period than most of its records"
        expected "表名、工作表名或文件名与登记时间一致" / "a title, sheet name or file name that agrees with the dates of receipt"
        used "按登记时间计入所属月份" / "the records are counted in the months of their receipt"
        affects "*.received";
    SameMoment "same_moment" Note
        title "许多记录的时间一秒不差" / "Many records share the very same moment"
        expected "各自发生的时间；是否一次补填，请核对" / "the moment at which each happened; were they filled in at one sitting?"
        used "照写的时间计算" / "used as written"
        affects "{case}.*.on_time {case}.*.median {case}.*.mean";
    AgreedBefore "agreed_before" Note
        title "约定的时间早于时限的起点" / "A time was agreed before the deadline starts"
        expected "不早于括号中那一格的时间" / "a moment not before that of the cell in brackets"
        used "约定不算，照规程的时限" / "the agreement is void; the limit of the procedure holds"
        affects "{case}.*.on_time";
    PileUp "pile_up" Note
        title "时长集中在时限之前" / "Durations pile up just below the limit"
        expected "时限前后的件数大致平顺；请抽查这些记录" / "about as many just above the limit as below it; look at some of these cases"
        used "照写的时间计算" / "used as written"
        affects "{case}.*.on_time";
    NumberReused "number_reused" Note
        title "编号相同、内容不同" / "The same number stands for different cases"
        expected "每件事一个编号" / "a number of its own for each case"
        used "都计入；另见" / "both are counted; see also"
        affects "";
    CommunityUnknown "community_unknown" Note
        title "小区不在名册里" / "The community is not on the list"
        expected "名册或 manyi.toml 中的小区名" / "a name from the list of communities or from manyi.toml"
        used "按所写的名称单列" / "shown under the name as written"
        affects "*";
    CommunityVariant "community_variant" Note
        title "小区名与名册略有出入" / "The community is written otherwise than on the list"
        expected "名册或 manyi.toml 中的小区名；两个名称都在用时请加为别名" / "the name on the list or in manyi.toml; where both are in use, add an alias"
        used "计入箭头后的小区" / "counted for the community behind the arrow"
        affects "*";
    CommunityMissing "community_missing" Warning
        title "看不出是哪个小区" / "The community cannot be told"
        expected "小区一列、单位一行，或文件夹、文件名中的小区名" / "a community column, a 单位 line, or the name in the folder or file name"
        used "归入“未注明小区”" / "counted under \"no community\""
        affects "*";
    HiddenSheet "hidden_sheet" Note
        title "隐藏的工作表" / "A hidden sheet"
        expected "看得见的工作表" / "a sheet that can be seen"
        used "照样计入" / "read as any other"
        affects "*";
    HiddenSheetUnknown "hidden_sheet_unknown" Note
        title "隐藏的工作表，认不出是什么表" / "A hidden sheet of no known kind"
        expected "看得见的工作表；下拉选项等不用管" / "a sheet that can be seen; lists for drop-downs need no care"
        used "该工作表未计入" / "the sheet is left out"
        affects "*";
    HiddenRows "hidden_rows" Note
        title "隐藏的行" / "Hidden rows"
        expected "看得见的行；筛选后请取消筛选" / "rows that can be seen; lift a filter before sending"
        used "照样计入" / "read as any other"
        affects "*";
    HiddenColumns "hidden_columns" Note
        title "隐藏的列" / "Hidden columns"
        expected "看得见的列" / "columns that can be seen"
        used "照样计入" / "read as any other"
        affects "";
    CommunityCarriedDown "community_carried_down" Note
        title "小区只写了一次" / "The community is written once for several rows"
        expected "每一行都写小区" / "the community on each row"
        used "空白处沿用上面一行的小区" / "blanks take the community above them"
        affects "*";
    TallyDiffers "tally_differs" Warning
        title "汇总与明细不符" / "The tally differs from the records"
        expected "汇总数与明细一致" / "a tally that agrees with the records"
        used "按明细计，汇总只作核对" / "the records are counted; the tally is only compared"
        affects "{case}.received survey.answers";
    TallyFarAbove "tally_far_above" Error
        title "明细不到汇总的一半" / "The records are fewer than half of the tally"
        expected "补全明细，或改正汇总" / "the missing records, or a tally that is right"
        used "按明细计，缺的未计入" / "the records are counted; what is missing is not"
        affects "{case}.received survey.answers";
    TallyTooLarge "tally_too_large" Error
        title "统计数超过限额" / "The tallies stand for too many records"
        expected "统计表合计不超过 [budget] 的 records" / "tallies within `records` of [budget]"
        used "未计入" / "left out"
        affects "{case}.received survey.answers";
    RowRejected "row_rejected" Error
        title "这一行无法计入" / "The row cannot be counted"
        expected "登记时间，或表名中的年月" / "a date of receipt, or year and month in the title"
        used "未计入" / "left out"
        affects "*.received";
    RowUnrecognised "row_unrecognised" Warning
        title "这一行不像记录" / "The row does not look like a record"
        expected "与表头对应的内容" / "values under the headers"
        used "未计入" / "left out"
        affects "*.received";
}

/// One problem, as found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The sheet; a file that could not be opened counts as one sheet without a name.
    pub source: SourceId,
    /// The cell, where it is about one.
    pub cell: Option<CellAt>,
    /// The kind of problem.
    pub code: Code,
    /// What was found, as text.
    pub found: Box<str>,
    /// The record that stood before, where this one repeats it: its sheet and row.
    pub repeats: Option<(SourceId, u32)>,
    /// What was used instead, in addition to the words of the code.
    pub detail: Option<Box<str>>,
}

impl Problem {
    /// A problem about one cell.
    #[must_use]
    pub fn at(source: SourceId, cell: CellAt, code: Code, found: &str) -> Self {
        Self { source, cell: Some(cell), code, found: shortened(found), repeats: None, detail: None }
    }

    /// A problem about a whole sheet or file.
    #[must_use]
    pub fn about(source: SourceId, code: Code, found: &str) -> Self {
        Self { source, cell: None, code, found: shortened(found), repeats: None, detail: None }
    }

    /// The same problem, naming the record that stood before.
    #[must_use]
    pub fn repeating(mut self, source: SourceId, row: u32) -> Self {
        self.repeats = Some((source, row));
        self
    }

    /// The same problem, saying more about what was used instead.
    #[must_use]
    pub fn taking(mut self, detail: &str) -> Self {
        self.detail = (!detail.is_empty()).then(|| detail.into());
        self
    }

    /// What was used instead, in words; `files` and `sources` name the record that stood before.
    #[must_use]
    pub fn used(&self, files: &[String], sources: &[SourceSheet], language: Language) -> String {
        let used = self.code.wording().used.in_language(language);
        let first = self.repeats.and_then(|(source, row)| {
            let sheet = sources.get(source as usize)?;
            let file = files.get(sheet.file as usize)?;
            let mark = if sheet.sheet.is_empty() { "" } else { "!" };
            Some(match language {
                Language::Zh => format!("{used}：{file}{mark}{} 第{}行", sheet.sheet, u64::from(row) + 1),
                Language::En => format!("{used}: {file}{mark}{}, row {}", sheet.sheet, u64::from(row) + 1),
            })
        });
        match (first, &self.detail, language) {
            (Some(first), ..) => first,
            (None, Some(detail), Language::Zh) => format!("{used}：{detail}"),
            (None, Some(detail), Language::En) => format!("{used}: {detail}"),
            (None, None, _) => used.to_owned(),
        }
    }

    /// The order of `problems.csv`: by sheet, row, column, code.
    #[must_use]
    pub fn place(&self) -> (SourceId, Option<CellAt>, Code) {
        (self.source, self.cell, self.code)
    }
}

/// Longest text quoted from a cell, in characters: enough to find it again, too short to copy a letter of complaint.
const QUOTED: usize = 80;

/// Cuts a long text, with a mark that it was cut.
fn shortened(text: &str) -> Box<str> {
    match text.char_indices().nth(QUOTED) {
        Some((at, _)) => format!("{}…", &text[..at]).into(),
        None => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_a_name_of_its_own() {
        let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.wording().name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }

    #[test]
    fn a_long_quotation_is_cut_with_a_mark() {
        let long = "长".repeat(100);
        let problem = Problem::about(0, Code::SheetUnknown, &long);
        assert_eq!(problem.found.chars().count(), QUOTED + 1);
        assert!(problem.found.ends_with('…'));
    }
}
