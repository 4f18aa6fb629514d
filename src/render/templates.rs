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
    "complaint-analysis.html",
    "complaint-table.html",
    "document.html",
    "duties.html",
    "escalated-cases.html",
    "index.html",
    "overdue.html",
    "parts/columns.html",
    "parts/control.html",
    "parts/diverging.html",
    "parts/figures.html",
    "parts/form.html",
    "parts/pareto.html",
    "parts/section.html",
    "parts/style.html",
    "parts/style/forms.css",
    "parts/table.html",
    "parts/trend.html",
    "quality.html",
    "restated.html",
    "satisfaction-table.html",
    "survey-notice.html",
    "survey-report.html",
    "survey-tally.html",
];
