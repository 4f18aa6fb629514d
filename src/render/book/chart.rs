//! Native charts beside the tables they are drawn from.

use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType,
    ChartSolidFill, ChartType, Color, Worksheet, XlsxError,
};

use super::looks::{Looks, number_format};
use super::table::{ABOVE, Columns, width};
use crate::report::Form;
use crate::report::view::{Drawn, Rate, Table};

const DATA: Color = Color::RGB(0x001D_4C78);
const LINE: Color = Color::RGB(0x0017_212B);
const TARGET: Color = Color::RGB(0x00A8_321C);
const GRID: Color = Color::RGB(0x00D6_DCE1);
const SIZE: (u32, u32) = (760, 380);

/// The rows of a table and where it is drawn from.
struct Source<'s> {
    sheet: &'s str,
    first: u32,
    last: u32,
}

impl Source<'_> {
    fn range(&self, col: u16) -> (&str, u32, u16, u32, u16) {
        (self.sheet, self.first, col, self.last, col)
    }
}

/// Draws a table as it says it is to be drawn, below its rows.
pub(super) fn insert(
    page: &mut Worksheet,
    below: u32,
    sheet: &str,
    table: &Table,
    columns: &Columns<'_>,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let (Some(drawn), Ok(rows)) = (&table.drawn, u32::try_from(table.rows.len())) else { return Ok(()) };
    let source = Source { sheet, first: ABOVE + 1, last: ABOVE + rows };
    let label = |column: usize| table.columns.get(column).map_or("", |column| column.label.as_str());
    let right = columns.last() + 1;
    let mut chart = match drawn {
        Drawn::Pareto { label: names, count, cumulative } => {
            let mut chart = bars(&source, columns.at(*names), columns.at(*count), label(*count));
            let line = line(&source, columns.at(*names), columns.at(*cumulative), label(*cumulative));
            chart.y2_axis().set_min(0.0).set_max(1.0).set_num_format("0%");
            chart.combine(&line);
            chart
        }
        Drawn::Trend { label: names, count, rate: None } => {
            bars(&source, columns.at(*names), columns.at(*count), label(*count))
        }
        Drawn::Trend { label: names, count, rate: Some(Rate { column: rate, target }) } => {
            let mut chart = bars(&source, columns.at(*names), columns.at(*count), label(*count));
            let mut line = line(&source, columns.at(*names), columns.at(*rate), label(*rate));
            chart.y2_axis().set_max(1.0).set_num_format("0%");
            if let Some((name, value)) = target {
                page.set_column_width(right, width(name))?;
                page.write_string_with_format(ABOVE, right, name, &looks.heading_of_numbers)?;
                let share = looks.cell(Some(&number_format(Form::Share, "")), "", false);
                for row in source.first..=source.last {
                    page.write_number_with_format(row, right, *value, &share)?;
                }
                let mut dashed = ChartLine::new();
                dashed.set_color(TARGET).set_dash_type(ChartLineDashType::Dash);
                line.add_series()
                    .set_name(name)
                    .set_categories(source.range(columns.at(*names)))
                    .set_values(source.range(right))
                    .set_secondary_axis(true)
                    .set_marker(ChartMarker::new().set_none())
                    .set_format(ChartFormat::new().set_line(&dashed));
            }
            chart.combine(&line);
            chart
        }
    };
    chart.title().set_name(&table.caption);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.set_width(SIZE.0).set_height(SIZE.1).set_alt_text(&table.caption);
    page.insert_chart(below, 0, &chart)?;
    Ok(())
}

/// Bars of counts.
fn bars(source: &Source<'_>, names: u16, values: u16, label: &str) -> Chart {
    let mut chart = Chart::new(ChartType::Column);
    chart
        .add_series()
        .set_name(label)
        .set_categories(source.range(names))
        .set_values(source.range(values))
        .set_gap(60)
        .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(DATA)));
    let grid = ChartLine::new().set_color(GRID).clone();
    chart.y_axis().set_min(0.0).set_num_format("#,##0").set_major_gridlines_line(&grid);
    chart
}

/// A line of shares, on an axis of its own.
fn line(source: &Source<'_>, names: u16, values: u16, label: &str) -> Chart {
    let mut chart = Chart::new(ChartType::Line);
    let marker = ChartMarker::new().set_type(ChartMarkerType::Circle).set_size(6).clone();
    chart
        .add_series()
        .set_name(label)
        .set_categories(source.range(names))
        .set_values(source.range(values))
        .set_secondary_axis(true)
        .set_marker(&marker)
        .set_format(ChartFormat::new().set_line(ChartLine::new().set_color(LINE).set_width(1.75)));
    chart
}
