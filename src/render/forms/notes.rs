//! The sheet that explains: what each column is for. It bears the mark by which it is passed over when read.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::{Column, Entry, FONT, Form};
use crate::recognise::marks;

const WIDTHS: [f64; 4] = [26.0, 44.0, 24.0, 60.0];

/// Writes the sheet.
pub(super) fn write(page: &mut Worksheet, form: &Form) -> Result<(), XlsxError> {
    let base = Format::new().set_font_name(FONT).set_font_size(11);
    let small = base.clone().set_font_size(9).set_font_color(Color::RGB(0x0070_7070));
    let cell = base.clone().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    let heading = cell.clone().set_bold().set_background_color(Color::RGB(0x00E2_EFDA));
    let words = base.clone().set_text_wrap().set_align(FormatAlign::Top);
    page.set_name("填写说明")?;
    for (col, width) in (0..).zip(WIDTHS) {
        page.set_column_width(col, width)?;
    }
    let title = format!("填写说明 / How to fill in：{}", form.name);
    page.write_string_with_format(0, 0, title, &base.clone().set_font_size(16).set_bold())?;
    page.write_string_with_format(1, 0, marks::PASSED_OVER, &small)?;
    page.merge_range(2, 0, 2, 3, &format!("{}\n{}", form.hint.0, form.hint.1), &words)?;
    page.set_row_height(2, 50)?;
    let general = "表头请勿改动；可以插入行、加宽列，也可以在右边另加自己的列。工作表保护没有密码。\n\
                   Leave the headers as they are; rows may be inserted, columns widened, columns of your own added on the right. \
                   The protection has no password.";
    page.merge_range(3, 0, 3, 3, general, &words)?;
    page.set_row_height(3, 50)?;
    for (col, label) in (0..).zip(["栏目 / Column", "怎样填 / What to write", "示例 / Example", "可选 / Choices"])
    {
        page.write_string_with_format(5, col, label, &heading)?;
    }
    for (row, column) in (6..).zip(form.columns) {
        let choices = if let Entry::Choice(of) = column.entry { of.join("、") } else { String::new() };
        let texts = [column.path.join(" / "), what(column), column.example.to_owned(), choices];
        for (col, text) in (0..).zip(texts) {
            page.write_string_with_format(row, col, text, &cell)?;
        }
        page.set_row_height(row, 32)?;
    }
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(5, 5)?;
    Ok(())
}

fn what(column: &Column) -> String {
    let (zh, en) = match column.entry {
        Entry::Serial => ("序号", "running number"),
        Entry::Text | Entry::Long => ("文字", "text"),
        Entry::Moment => ("日期和时间", "date and time"),
        Entry::Date => ("日期", "date"),
        Entry::Count => ("整数", "whole number"),
        Entry::Amount => ("数字", "number"),
        Entry::Choice(_) => ("从下拉列表选一个", "choose from the list"),
        Entry::Tick => ("符合的打“√”", "a tick where it holds"),
    };
    let (needed_zh, needed_en) = if column.needed { ("（必填）", " (needed)") } else { ("", "") };
    format!("{zh}{needed_zh}\n{en}{needed_en}")
}
