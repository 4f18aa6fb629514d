//! A wrong command line, config or template: told where and what to write instead, before anything is touched.

use std::fs;

use crate::case::{Case, Ended};
use crate::tree::{self, assert_same};

/// Runs a good case that was published before; the output must stay.
#[track_caller]
fn refused(code: i32, prepare: impl FnOnce(&Case), arguments: &[&str]) -> Ended {
    let case = Case::good();
    case.run(&["--quiet"]).expect(0);
    let before = case.output();
    prepare(&case);
    let ended = case.run(arguments).expect(code);
    assert_same(&before, &case.output(), "the previous output");
    ended
}

fn nothing(_: &Case) {}

#[test]
fn an_unknown_flag_is_wrong_usage() {
    let ended = refused(2, nothing, &["--imput", "x"]);
    assert!(ended.err.contains("--imput") && ended.err.contains("--input"), "{}", ended.err);
}

#[test]
fn a_period_that_is_none_is_told_how_to_be_written() {
    for period in ["2025-13", "June", "2025-6", ""] {
        refused(2, nothing, &["--period", period]).says(&["应写成", "2025-06", "2025-Q2", "write it as"]);
    }
}

#[test]
fn an_as_of_date_that_is_none_is_told_how_to_be_written() {
    for date in ["2025-02-30", "yesterday", "2025/12/31"] {
        refused(2, nothing, &["--as-of", date]).says(&["应写成", "2025-12-31", "write it as"]);
    }
}

#[test]
fn an_unknown_profile_is_wrong_usage_and_the_nearest_is_named() {
    let ended = refused(2, nothing, &["--profile", "complaint-clases"]);
    ended.says(&["complaint-clases", "是不是「complaint-classes」", "did you mean \"complaint-classes\""]);
    let case = Case::new();
    case.program(&["profiles", "service-centre"]).expect(2).says(&["service-centre", "service-center"]);
}

#[test]
fn no_threads_are_no_number_of_threads() {
    refused(2, nothing, &["--jobs", "0"]);
    refused(2, nothing, &["--lang", "de"]);
    refused(2, nothing, &["--quiet", "--verbose"]);
}

/// With this config in the input folder.
#[track_caller]
fn with_config(text: &str) -> Ended {
    refused(1, |case| fs::write(case.path("input/manyi.toml"), text).unwrap(), &[])
}

#[test]
fn an_unknown_key_is_told_with_its_line_and_the_nearest_known_key() {
    with_config("[organisation]\nname = \"甲\"\n\n[[community]]\nid = \"a\"\nname = \"甲苑\"\nhousehold = 3\n")
        .says(&["input/manyi.toml", "line 7", "household", "是不是「households」", "did you mean \"households\""]);
    with_config("[organization]\n").says(&["line 1", "是不是「organisation」"]);
}

#[test]
fn a_value_of_the_wrong_type_is_told_with_its_line() {
    with_config("[[community]]\nid = \"a\"\nname = \"甲苑\"\nhouseholds = \"三百\"\n")
        .says(&["input/manyi.toml", "line 4"]);
}

#[test]
fn text_that_is_no_toml_is_told_with_its_line() {
    with_config("[organisation]\nname = 甲\n").says(&["input/manyi.toml", "line 2"]);
}

#[test]
fn an_id_that_would_not_do_as_a_path_is_refused() {
    for id in ["../out", "翠湖", "none", ""] {
        with_config(&format!("[[community]]\nid = \"{id}\"\nname = \"甲苑\"\n")).says(&["[[community]]", "小写字母"]);
    }
}

#[test]
fn an_unknown_field_of_a_source_is_told_with_the_nearest() {
    let ended =
        with_config("[[source]]\npath = \"*.xlsx\"\nkind = \"complaint\"\ncolumns = { \"时间\" = \"recieved\" }\n");
    ended.says(&["[[source]]", "*.xlsx", "recieved", "是不是 \"received\"", "did you mean \"received\""]);
}

#[test]
fn an_unknown_kind_of_a_source_is_told_with_the_nearest() {
    let ended = with_config("[[source]]\npath = \"*.xlsx\"\nkind = \"complain\"\n");
    ended.says(&["[[source]]", "complain", "是不是 \"complaint\"", "unknown kind"]);
}

#[test]
fn an_unknown_field_of_an_alias_is_told_with_the_nearest() {
    with_config("[alias]\nrecieved = [\"来访时刻\"]\n").says(&["[alias]", "recieved", "received"]);
}

#[test]
fn clock_hours_that_are_none_are_told_how_to_be_written() {
    for hours in ["8am-5pm", "08:30-08:30", "08:30-25:00", "08:30"] {
        with_config(&format!("[calendar]\nhours = [\"{hours}\"]\n")).says(&[
            "[calendar]",
            hours,
            "08:30-12:00",
            "write it as",
        ]);
    }
    with_config("[calendar]\nhours = [\"08:00-12:00\", \"11:00-18:00\"]\n").says(&["[calendar]", "重叠", "overlap"]);
    // An end before the start lies on the next day: this night runs into the morning.
    with_config("[calendar]\nhours = [\"08:00-12:00\", \"18:00-13:30\"]\n").says(&["18:00-13:30", "重叠"]);
    with_config("[calendar]\nweekdays = [0]\n").says(&["[calendar]", "weekdays"]);
}

#[test]
fn a_calendar_that_is_not_understood_is_told_with_what_was_found_and_expected() {
    with_config("[[calendar.roster]]\nfrom = \"2025-02-30\"\nto = \"2025-03-01\"\nhours = []\n").says(&[
        "input/manyi.toml",
        "line 2",
        "2025-02-30",
        "2025-01-28",
    ]);
    with_config("[[calendar.pause]]\nfrom = \"2025-07-02\"\nto = \"2025-07-01\"\n")
        .says(&["[[calendar.pause]]", "2025-07-02"]);
    with_config("[[calendar.day]]\nweekday = [6]\nhours = []\n").says(&["line 2", "是不是「weekdays」"]);
    let of_community = "[[community]]\nid = \"a\"\nname = \"甲苑\"\n[community.calendar]\nhours = [\"9-5\"]\n";
    with_config(of_community).says(&["[[community]] id = \"a\"", "9-5", "08:30-12:00"]);
}

#[test]
fn an_unknown_profile_in_the_config_is_told_with_the_nearest() {
    with_config("[use]\ncomplaint = \"complaint-class\"\n").says(&["complaint-class", "是不是「complaint-classes」"]);
}

#[test]
fn a_config_that_is_not_there_is_named() {
    refused(1, nothing, &["--config", "nowhere.toml"]).says(&[
        "nowhere.toml",
        "读不了",
        "请检查",
        "cannot read",
        "check the path",
    ]);
}

#[test]
fn an_error_in_a_template_is_told_with_name_line_and_caret() {
    let broken = |case: &Case| tree::write(&case.path("mine/index.html"), b"<p>ok</p>\n<p>{% if %}</p>\n");
    let ended = refused(1, broken, &["--templates", "mine"]);
    ended.says(&["index.html:2", "^", "请改正", "Mend"]);
}

#[test]
fn a_template_that_wants_what_is_not_there_is_told_with_name_line_and_caret() {
    let broken = |case: &Case| tree::write(&case.path("mine/quality.html"), b"<p>\n\n{{ frame.nothing }}</p>");
    refused(1, broken, &["--templates", "mine"]).says(&["quality.html:3", "^", "请改正", "Mend"]);
}

#[test]
fn a_template_that_replaces_none_is_told_with_those_that_can_be_replaced() {
    let unknown = |case: &Case| tree::write(&case.path("mine/indx.html"), b"<p></p>");
    refused(1, unknown, &["--templates", "mine"]).says(&["indx.html", "survey-notice.html", "replaces no template"]);
}

#[test]
fn a_folder_of_templates_that_is_not_there_is_named() {
    refused(1, nothing, &["--templates", "nowhere"]).says(&["nowhere", "模板文件夹", "cannot be read"]);
}

#[test]
fn what_the_system_said_is_quoted_once_in_each_language() {
    let ended = refused(1, nothing, &["--config", "nowhere.toml"]);
    assert_eq!(ended.err.matches("os error").count(), 2, "{}", ended.err);
}
