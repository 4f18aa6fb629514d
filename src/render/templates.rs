//! The templates that come with the program. A new one is a file and a line here.

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        /// Name and text of each template.
        pub(super) const EMBEDDED: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../templates/", $name)))),*];
    };
}

embedded![
    "actions.html",
    "base.html",
    "callback-table.html",
    "community.html",
    "complaint-analysis.html",
    "complaint-publication.html",
    "complaint-table.html",
    "document.html",
    "duties.html",
    "escalated-cases.html",
    "index.html",
    "open-letter-copy.html",
    "open-letter.html",
    "overdue.html",
    "parts/chart.html",
    "parts/control.html",
    "parts/documents.html",
    "parts/figures.html",
    "parts/form.html",
    "parts/section.html",
    "parts/style.html",
    "parts/style/analysis.css",
    "parts/style/cards.css",
    "parts/style/charts.css",
    "parts/style/forms.css",
    "parts/style/index.css",
    "parts/style/notices.css",
    "parts/style/page.css",
    "parts/style/parts.css",
    "parts/style/print.css",
    "parts/style/quality.css",
    "parts/style/tables.css",
    "parts/style/tokens.css",
    "parts/table.html",
    "quality.html",
    "repair-analysis.html",
    "restated.html",
    "satisfaction-table.html",
    "survey-notice.html",
    "survey-report.html",
    "survey-tally.html",
    "wall-sheet.html",
];
