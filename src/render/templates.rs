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
    "complaint-analysis.html",
    "duties.html",
    "index.html",
    "methods.html",
    "numbers.html",
    "overdue.html",
    "parts/columns.html",
    "parts/diverging.html",
    "parts/figures.html",
    "parts/pareto.html",
    "parts/section.html",
    "parts/style.html",
    "parts/style/cards.css",
    "parts/table.html",
    "parts/trend.html",
    "quality.html",
    "restated.html",
    "survey-notice.html",
    "survey-report.html",
];
