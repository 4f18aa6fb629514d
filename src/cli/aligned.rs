//! Text in columns that stand one below the other on a terminal, Chinese characters counted as two.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Widest line.
pub(super) const LINE: usize = 100;

/// Rows of cells set out below each other: each column as wide as its widest cell, up to its limit; the last one takes what is
/// left of the line. Longer cells are cut with a mark. Columns in which nothing stands are left out.
pub(super) fn columns<const N: usize>(indent: usize, limits: [usize; N], rows: &[[String; N]]) -> Vec<String> {
    let mut widths = [0; N];
    for row in rows {
        for ((width, cell), limit) in widths.iter_mut().zip(row).zip(limits) {
            *width = cell.width().min(limit).max(*width);
        }
    }
    rows.iter()
        .map(|row| {
            let mut line = " ".repeat(indent);
            let mut taken = indent;
            for (place, (cell, width)) in row.iter().zip(widths).enumerate() {
                let room = if place + 1 == N { LINE.saturating_sub(taken) } else { width };
                let cell = cut(cell, room);
                line.push_str(&cell);
                if width > 0 && place + 1 < N {
                    line.push_str(&" ".repeat(width - cell.width().min(width) + 2));
                    taken += width + 2;
                }
            }
            line.trim_end().to_owned()
        })
        .collect()
}

/// A text that takes no more than a width, cut with a mark where it is longer.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut left = width.saturating_sub(1);
    let kept = text.chars().take_while(|c| {
        let wide = c.width().unwrap_or(0);
        let fits = wide <= left;
        left = left.saturating_sub(wide);
        fits
    });
    let mut made: String = kept.collect();
    made.push('…');
    made
}

/// Numbers of rows, those that follow each other as ranges: `1–3, 7`. Of many only the first are named, and how many they are.
pub(super) fn rows(numbers: &[u64], is_chinese: bool) -> String {
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    for &number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    let text = |(first, last): &(u64, u64)| if first == last { first.to_string() } else { format!("{first}–{last}") };
    let (comma, most) = (if is_chinese { "、" } else { ", " }, 5);
    let named = ranges.iter().take(most).map(text).collect::<Vec<_>>().join(comma);
    match (ranges.len() > most, is_chinese) {
        (false, _) => named,
        (true, true) => format!("{named} 等 {} 行", numbers.len()),
        (true, false) => format!("{named} and others, {} rows", numbers.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_below_each_other_whatever_their_script() {
        let rows = [["投诉时间".to_owned(), "x".to_owned()], ["ab".to_owned(), "y".to_owned()]];
        assert_eq!(columns(1, [20, 20], &rows), [" 投诉时间  x", " ab        y"]);
    }

    #[test]
    fn a_long_cell_is_cut_at_its_limit() {
        assert_eq!(cut("投诉时间", 7), "投诉时…");
        assert_eq!(cut("投诉时间", 8), "投诉时间");
    }

    #[test]
    fn rows_that_follow_each_other_are_a_range() {
        assert_eq!(super::rows(&[1, 2, 3, 7], true), "1–3、7");
        assert_eq!(super::rows(&[1, 3, 5, 7, 9, 11], false), "1, 3, 5, 7, 9 and others, 6 rows");
    }
}
