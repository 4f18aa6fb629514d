//! What cells of a workbook of tables look like.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::render::returned::FONT;
use crate::report::Form;

const RULE: Color = Color::RGB(0x00BF_C7CF);
const INK: Color = Color::RGB(0x0017_212B);
const MET: Color = Color::RGB(0x0019_663F);
const MISSED: Color = Color::RGB(0x00A8_321C);

/// The formats of a workbook.
pub(super) struct Looks {
    pub(super) text: Format,
    pub(super) title: Format,
    pub(super) caption: Format,
    pub(super) small: Format,
    pub(super) heading: Format,
    pub(super) heading_of_numbers: Format,
    pub(super) link: Format,
    /// Title of a printed form, its number, and a line to sign.
    pub(super) form_title: Format,
    pub(super) form_number: Format,
    pub(super) form_sign: Format,
    ruled: Format,
    cell: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let text = Format::new().set_font_name(FONT).set_font_size(11);
        let cell = text
            .clone()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_border_bottom(FormatBorder::Hair)
            .set_border_bottom_color(RULE);
        let heading = text
            .clone()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Bottom)
            .set_border_bottom(FormatBorder::Medium)
            .set_border_bottom_color(INK);
        Self {
            form_title: text.clone().set_font_size(18).set_bold().set_align(FormatAlign::Center),
            form_number: text.clone().set_font_size(9).set_align(FormatAlign::Right),
            form_sign: text.clone().set_align(FormatAlign::Bottom),
            ruled: text
                .clone()
                .set_text_wrap()
                .set_border(FormatBorder::Thin)
                .set_border_color(INK)
                .set_align(FormatAlign::VerticalCenter),
            title: text.clone().set_font_size(16).set_bold(),
            caption: text.clone().set_font_size(12).set_bold(),
            small: text.clone().set_font_size(9).set_font_color(Color::RGB(0x004D_5B69)),
            heading_of_numbers: heading.clone().set_align(FormatAlign::Right),
            heading,
            link: text.clone().set_font_color(Color::RGB(0x001D_4C78)).set_underline(FormatUnderline::Single),
            cell,
            text,
        }
    }

    /// The format of a cell of a printed form.
    pub(super) fn form_cell(&self, form: Option<Form>, state: &str, is_heading: bool, is_start: bool) -> Format {
        let align = if is_start { FormatAlign::Left } else { FormatAlign::Center };
        let mut format = self.ruled.clone().set_align(align);
        if let Some(form) = form {
            format = format.set_num_format(number_format(form));
        }
        if is_heading || state == "missed" { format.set_bold() } else { format }
    }

    /// The format of a text in a column of numbers.
    pub(super) fn text_among_numbers(&self, state: &str, is_foot: bool) -> Format {
        self.cell(None, state, is_foot).set_align(FormatAlign::Right)
    }

    /// The format of a cell: `state` is `met`, `missed` or empty.
    pub(super) fn cell(&self, form: Option<Form>, state: &str, is_foot: bool) -> Format {
        let mut format = self.cell.clone();
        if let Some(form) = form {
            format = format.set_num_format(number_format(form)).set_align(FormatAlign::Right);
        }
        format = match state {
            "met" => format.set_font_color(MET),
            "missed" => format.set_font_color(MISSED).set_bold(),
            _ => format,
        };
        if is_foot { format.set_bold().set_border_top(FormatBorder::Thin).set_border_top_color(INK) } else { format }
    }
}

/// How a spreadsheet writes a number.
pub(super) fn number_format(form: Form) -> &'static str {
    match form {
        Form::Count => "#,##0",
        Form::Share => "0.0%",
        Form::Minutes => "[h]:mm",
        Form::Days => "0",
        Form::Yuan => "#,##0.00",
        Form::Score => "0.00",
    }
}

/// A number as a spreadsheet counts it: durations are parts of a day.
pub(super) fn counted(value: f64, form: Form) -> f64 {
    const MINUTES_OF_A_DAY: f64 = 1440.0;
    if form == Form::Minutes { value / MINUTES_OF_A_DAY } else { value }
}
