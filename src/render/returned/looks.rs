//! What cells look like.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use unicode_width::UnicodeWidthStr;

use crate::moment::{DAY, Moment};
use crate::read::sheet::Value;

/// A font that every Chinese Windows, macOS and WPS has or replaces by its like.
pub(in crate::render) const FONT: &str = "宋体";

/// Fill of what is to be mended.
const FAULTY: Color = Color::RGB(0x00FF_E699);
const GRID: Color = Color::RGB(0x00BF_BFBF);

/// The formats of one workbook.
pub(super) struct Looks {
    pub(super) text: Format,
    pub(super) title: Format,
    pub(super) mark: Format,
    pub(super) words: Format,
    pub(super) heading: Format,
    pub(super) listed: Format,
    pub(super) link: Format,
    pub(super) error: Format,
    plain: Shown,
    faulty: Shown,
}

/// Formats by what a cell holds.
struct Shown {
    text: Format,
    long_number: Format,
    number: Format,
    date: Format,
    moment: Format,
    second: Format,
    merged: Format,
}

impl Shown {
    fn new(base: &Format) -> Self {
        let base = base.clone().set_align(FormatAlign::VerticalCenter);
        let numbered = |format: &str| base.clone().set_num_format(format);
        Self {
            text: base.clone().set_text_wrap(),
            long_number: numbered("0"),
            number: base.clone(),
            date: numbered("yyyy-mm-dd"),
            moment: numbered("yyyy-mm-dd hh:mm"),
            second: numbered("yyyy-mm-dd hh:mm:ss"),
            merged: base.clone().set_text_wrap().set_align(FormatAlign::Center),
        }
    }

    fn of(&self, value: Value<'_>) -> &Format {
        match value {
            Value::Number(number) if number.abs() >= 1e11 && number.fract() == 0.0 => &self.long_number,
            Value::Number(_) | Value::Bool(_) => &self.number,
            Value::Moment(Moment { date_only: true, .. }) => &self.date,
            Value::Moment(moment) if moment.seconds % 60 == 0 => &self.moment,
            Value::Moment(_) => &self.second,
            Value::Text(_) | Value::Error(_) => &self.text,
        }
    }
}

impl Looks {
    pub(super) fn new() -> Self {
        let text = Format::new().set_font_name(FONT).set_font_size(11);
        let grid = text.clone().set_border(FormatBorder::Thin).set_border_color(GRID);
        let listed = grid.clone().set_text_wrap().set_align(FormatAlign::Top);
        Self {
            title: text.clone().set_font_size(16).set_bold(),
            mark: text.clone().set_font_size(9).set_font_color(Color::RGB(0x0070_7070)),
            words: text.clone().set_text_wrap().set_align(FormatAlign::Top),
            heading: grid
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0x00DD_EBF7)),
            link: listed
                .clone()
                .set_font_color(Color::RGB(0x0005_63C1))
                .set_underline(rust_xlsxwriter::FormatUnderline::Single),
            error: listed.clone().set_font_color(Color::RGB(0x00C0_0000)).set_bold(),
            plain: Shown::new(&grid),
            faulty: Shown::new(&grid.clone().set_background_color(FAULTY)),
            listed,
            text,
        }
    }

    /// The format of a cell.
    pub(super) fn of(&self, value: Value<'_>, is_faulty: bool, is_merged: bool) -> &Format {
        let shown = if is_faulty { &self.faulty } else { &self.plain };
        if is_merged && matches!(value, Value::Text(_)) { &shown.merged } else { shown.of(value) }
    }

    /// The format of merged cells, and of a cell that holds nothing.
    pub(super) fn empty(&self, is_faulty: bool) -> &Format {
        if is_faulty { &self.faulty.merged } else { &self.plain.merged }
    }
}

/// Lines that a text takes in a column of a width in characters.
pub(super) fn lines(text: &str, width: f64) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "widths are at most 255 characters")]
    let fits = (width - 1.0).clamp(1.0, 255.0) as usize;
    let lines: usize = text.lines().map(|line| line.width().div_ceil(fits).max(1)).sum();
    u32::try_from(lines).unwrap_or(u32::MAX).clamp(1, 29)
}

/// Height of a row of so many lines, in points; the format allows 409.
pub(super) fn height(lines: u32) -> u32 {
    lines * 14 + 2
}

/// Serial number of a moment in the epoch of 1900; none before it begins.
pub(super) fn serial(moment: Moment) -> Option<f64> {
    #[allow(clippy::cast_precision_loss, reason = "seconds of a date stay far below 2^53")]
    let serial = moment.seconds as f64 / DAY as f64 + 25_569.0;
    // Before March 1900 the epoch counts a day that never was.
    let serial = if serial < 61.0 { serial - 1.0 } else { serial };
    (1.0..2_958_466.0).contains(&serial).then_some(serial)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_is_what_spreadsheets_count() {
        let date = |seconds| serial(Moment { seconds, date_only: true });
        assert_eq!(date(1_741_132_800), Some(45_721.0));
        assert_eq!(date(-2_208_988_800), Some(1.0));
        assert_eq!(date(-4_000_000_000), None);
    }
}
