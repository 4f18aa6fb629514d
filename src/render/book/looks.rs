//! What cells of a workbook of tables look like.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};
use unicode_width::UnicodeWidthStr;

use crate::render::returned::FONT;
use crate::report::view::ABSENT;
use crate::report::{Form, Number};

const RULE: Color = Color::RGB(0x00BF_C7CF);
const INK: Color = Color::RGB(0x0017_212B);
const MET: Color = Color::RGB(0x0019_663F);
const MISSED: Color = Color::RGB(0x00A8_321C);
const FAINT: Color = Color::RGB(0x004D_5B69);

/// Points of the title of a printed form, of texts, and of what stands small.
pub(super) const TITLE: f64 = 18.0;
pub(super) const TEXT: f64 = 11.0;
pub(super) const SMALL: f64 = 9.0;

/// The formats of a workbook.
pub(super) struct Looks {
    pub(super) text: Format,
    pub(super) title: Format,
    pub(super) caption: Format,
    pub(super) small: Format,
    /// The same for sentences under a table or form.
    pub(super) remark: Format,
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
        let text = Format::new().set_font_name(FONT).set_font_size(TEXT);
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
            form_title: text.clone().set_font_size(TITLE).set_bold().set_text_wrap().set_align(FormatAlign::Center),
            form_number: text.clone().set_font_size(SMALL).set_text_wrap().set_align(FormatAlign::Right),
            form_sign: text.clone().set_text_wrap().set_align(FormatAlign::Bottom),
            remark: text.clone().set_font_size(SMALL).set_font_color(FAINT).set_text_wrap().set_align(FormatAlign::Top),
            ruled: text
                .clone()
                .set_text_wrap()
                .set_border(FormatBorder::Thin)
                .set_border_color(INK)
                .set_align(FormatAlign::VerticalCenter),
            title: text.clone().set_font_size(16).set_bold(),
            caption: text.clone().set_font_size(12).set_bold(),
            small: text.clone().set_font_size(SMALL).set_font_color(FAINT),
            heading_of_numbers: heading.clone().set_align(FormatAlign::Right),
            heading,
            link: text.clone().set_font_color(Color::RGB(0x001D_4C78)).set_underline(FormatUnderline::Single),
            cell,
            text,
        }
    }

    /// The format of a cell of a printed form.
    pub(super) fn form_cell(&self, number: Option<&str>, state: &str, is_heading: bool, is_start: bool) -> Format {
        let align = if is_start { FormatAlign::Left } else { FormatAlign::Center };
        let mut format = self.ruled.clone().set_align(align);
        if let Some(code) = number {
            format = format.set_num_format(code);
        }
        if is_heading || state == "missed" { format.set_bold() } else { format }
    }

    /// The format of a text in a column of numbers.
    pub(super) fn text_among_numbers(&self, state: &str, is_foot: bool) -> Format {
        self.cell(None, state, is_foot).set_align(FormatAlign::Right)
    }

    /// The format of a cell: `number` is the code of a number's format, `state` is `met`, `missed` or empty.
    pub(super) fn cell(&self, number: Option<&str>, state: &str, is_foot: bool) -> Format {
        let mut format = self.cell.clone();
        if let Some(code) = number {
            format = format.set_num_format(code).set_align(FormatAlign::Right);
        }
        format = match state {
            "met" => format.set_font_color(MET),
            "missed" => format.set_font_color(MISSED).set_bold(),
            _ => format,
        };
        if is_foot { format.set_bold().set_border_top(FormatBorder::Thin).set_border_top_color(INK) } else { format }
    }
}

/// How a spreadsheet writes a number that the page writes as this text: with as many decimals, for the page gives more where
/// fewer would put the value on the other side of its target.
pub(super) fn number_format(form: Form, text: &str) -> String {
    let decimals = decimals(text);
    match form {
        Form::Count if decimals == 0 => "#,##0".to_owned(),
        Form::Count | Form::Yuan => "#,##0.00".to_owned(),
        Form::Change => "+#,##0;-#,##0;0".to_owned(),
        Form::Share => format!("0.{}%", "0".repeat(decimals.max(1))),
        Form::Minutes => "[h]:mm".to_owned(),
        Form::Days => "0".to_owned(),
        Form::Score => "0.00".to_owned(),
    }
}

fn decimals(text: &str) -> usize {
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    fraction.bytes().take_while(u8::is_ascii_digit).count()
}

/// A number as a spreadsheet counts it: durations are parts of a day.
pub(super) fn counted(number: Number) -> f64 {
    const MINUTES_OF_A_DAY: f64 = 1440.0;
    if number.form == Form::Minutes { number.value / MINUTES_OF_A_DAY } else { number.value }
}

/// A text of the page as a cell holds it: a dash would be drawn as nought and counted as something, so the cell stays empty.
pub(super) fn held(text: &str) -> &str {
    if text == ABSENT { "" } else { text }
}

/// Characters of the widest line; what is as wide as a Chinese character counts as two.
pub(super) fn breadth(text: &str) -> f64 {
    let widest = text.lines().map(UnicodeWidthStr::width_cjk).max().unwrap_or(0);
    f64::from(u32::try_from(widest).unwrap_or(u32::MAX))
}

/// Points that a text in a font of so many points takes in columns that are so many characters wide.
pub(super) fn height(text: &str, font: f64, width: f64) -> f64 {
    const LEADING: f64 = 14.0 / TEXT;
    let fits = ((width - 1.0) * TEXT / font).max(1.0);
    let lines: f64 = text.lines().map(|line| (breadth(line) / fits).ceil().max(1.0)).sum();
    lines.max(1.0) * font * LEADING + ROOM
}

/// Points above and below the lines of a row.
const ROOM: f64 = 4.0;
