//! The sheet to fill in.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, FormatAlign,
    FormatBorder, ProtectionOptions, Worksheet, XlsxError,
};

use super::{Column, Entry, FONT, Form};

/// Rows in which what is filled in is checked.
const CHECKED: u32 = 5_000;

/// Characters that an upright page of A4 holds.
const PORTRAIT: f64 = 110.0;

/// Characters that a page across holds before its print becomes too small to read.
const LEGIBLE: f64 = 260.0;

/// Draws the sheet.
pub(super) fn form(page: &mut Worksheet, form: &Form) -> Result<(), XlsxError> {
    let looks = Looks::new();
    page.set_name(form.sheet)?;
    let mut total = 0.0;
    for (col, column) in (0..).zip(form.columns) {
        page.set_column_width(col, column.width())?;
        page.set_column_format(col, &looks.open(column.entry, false))?;
        total += column.width();
    }
    titles(page, form, &looks)?;
    header(page, form, &looks)?;
    rows(page, form, &looks)?;
    for (col, column) in (0..).zip(form.columns) {
        if let Some(checked) = check(column)? {
            page.add_data_validation(form.first_row(), col, form.first_row() + CHECKED, col, &checked)?;
        }
    }
    let first_row = form.first_row();
    page.set_freeze_panes(first_row, 0)?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a form is a few pages wide")]
    let pages = (total / LEGIBLE).ceil() as u16;
    page.set_paper_size(9).set_print_fit_to_pages(pages, 0).set_footer("&C&P / &N");
    page.set_print_area(0, 0, first_row + form.rows - 1, last_col(form))?;
    page.set_repeat_rows(first_row - form.header_rows(), first_row - 1)?;
    if total > PORTRAIT {
        page.set_landscape();
    }
    // Without a password: it keeps the headers from slips of the hand, not from people.
    page.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        insert_rows: true,
        delete_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    });
    Ok(())
}

struct Looks {
    base: Format,
    title: Format,
    line: Format,
    heading: Format,
}

impl Looks {
    fn new() -> Self {
        let base = Format::new().set_font_name(FONT).set_font_size(11).set_align(FormatAlign::VerticalCenter);
        Self {
            title: base.clone().set_font_size(16).set_bold().set_align(FormatAlign::Center).set_unlocked(),
            line: base.clone().set_unlocked(),
            heading: base
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_border(FormatBorder::Thin)
                .set_background_color(Color::RGB(0x00E2_EFDA)),
            base,
        }
    }

    /// The format of cells to fill in.
    fn open(&self, entry: Entry, is_ruled: bool) -> Format {
        let format = self.base.clone().set_unlocked();
        let format = if is_ruled { format.set_border(FormatBorder::Thin) } else { format };
        match entry {
            Entry::Moment => format.set_num_format("yyyy-mm-dd hh:mm").set_align(FormatAlign::Center),
            Entry::Date => format.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
            Entry::Amount => format.set_num_format("0.00"),
            Entry::Count => format.set_num_format("0"),
            // Phones, numbers and rooms such as 3-2 stay what was typed.
            Entry::Text => format.set_num_format("@").set_text_wrap(),
            Entry::Long => format.set_text_wrap(),
            Entry::Serial | Entry::Tick | Entry::Choice(_) => format.set_align(FormatAlign::Center),
        }
    }
}

fn titles(page: &mut Worksheet, form: &Form, looks: &Looks) -> Result<(), XlsxError> {
    let last = last_col(form);
    for (row, title) in (0..).zip(form.titles) {
        let format = match row {
            0 if form.is_printed() => &looks.title,
            // A register is wider than a page: its title stands on the first.
            0 => &looks.title.clone().set_align(FormatAlign::Left),
            _ => &looks.line,
        };
        page.merge_range(row, 0, row, last, title, format)?;
        page.set_row_height(row, if row == 0 { 28 } else { 20 })?;
    }
    Ok(())
}

fn last_col(form: &Form) -> u16 {
    u16::try_from(form.columns.len()).unwrap_or(1).saturating_sub(1)
}

/// Labels of the same path stand once over their columns; the last one reaches down to the data.
fn header(page: &mut Worksheet, form: &Form, looks: &Looks) -> Result<(), XlsxError> {
    let height = form.header_rows();
    let top = form.first_row() - height;
    for level in 0..height {
        page.set_row_height(top + level, if height == 1 { 32 } else { 22 })?;
        let depth = usize::try_from(level).unwrap_or(0);
        let mut from = 0;
        while from < form.columns.len() {
            let path = form.columns[from].path;
            let same = |column: &&Column| column.path.len() > depth && column.path[..=depth] == path[..=depth];
            let Some(label) = path.get(depth) else {
                from += 1;
                continue;
            };
            let width = form.columns[from..].iter().take_while(same).count();
            let bottom = if path.len() == depth + 1 { top + height - 1 } else { top + level };
            let (first, last) = (col(from), col(from + width - 1));
            if first == last && bottom == top + level {
                page.write_string_with_format(top + level, first, *label, &looks.heading)?;
            } else {
                page.merge_range(top + level, first, bottom, last, label, &looks.heading)?;
            }
            from += width;
        }
    }
    Ok(())
}

fn col(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

/// Ruled rows; a printed running number where the form has one.
fn rows(page: &mut Worksheet, form: &Form, looks: &Looks) -> Result<(), XlsxError> {
    for (at, column) in (0..).zip(form.columns) {
        let format = looks.open(column.entry, true);
        for number in 1..=form.rows {
            let row = form.first_row() + number - 1;
            if column.entry == Entry::Serial {
                page.write_number_with_format(row, at, number, &format)?;
            } else {
                page.write_blank(row, at, &format)?;
            }
        }
    }
    for row in form.first_row()..form.first_row() + form.rows {
        page.set_row_height(row, if form.is_printed() { 26 } else { 20 })?;
    }
    Ok(())
}

/// What may be filled in, with a word to whom it is not clear.
fn check(column: &Column) -> Result<Option<DataValidation>, XlsxError> {
    let dates = || -> Result<DataValidation, XlsxError> {
        let (first, last) = (ExcelDateTime::from_ymd(2000, 1, 1)?, ExcelDateTime::from_ymd(2099, 12, 31)?);
        Ok(DataValidation::new().allow_date(DataValidationRule::Between(first, last)))
    };
    let number = DataValidationRule::GreaterThanOrEqualTo(0.0);
    let (checked, title, words) = match column.entry {
        Entry::Serial | Entry::Text | Entry::Long => return Ok(None),
        Entry::Moment => (dates()?, "日期和时间 / date and time", "如 / such as 2025-03-05 14:30"),
        Entry::Date => (dates()?, "日期 / date", "如 / such as 2025-03-05"),
        Entry::Count => (
            DataValidation::new().allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)),
            "整数 / whole number",
            "如 / such as 500",
        ),
        Entry::Amount => (DataValidation::new().allow_decimal_number(number), "数字 / number", "如 / such as 200"),
        Entry::Choice(of) => (DataValidation::new().allow_list_strings(of)?, "请选一个 / choose one", ""),
        Entry::Tick => (DataValidation::new().allow_list_strings(&["√"])?, "打勾 / tick", "√"),
    };
    let checked = checked.set_error_title("请核对 / please check")?.set_error_message(format!("{title}：{words}"))?;
    Ok(Some(match column.entry {
        Entry::Choice(_) | Entry::Tick => checked.set_error_style(DataValidationErrorStyle::Warning),
        _ => checked.set_input_title(title)?.set_input_message(words)?,
    }))
}
