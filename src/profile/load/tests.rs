//! Tests of reading profiles.

use std::path::Path;

use super::*;
use crate::config::Config;
use crate::profile::schema::{Profile, Subject};

/// A small profile that is right.
const RIGHT: &str = r#"name = "ours"
title = { zh = "自家", en = "Ours" }
subjects = ["complaint", "callback"]

[[class]]
id = "a"
title = { zh = "甲", en = "A" }
clause = "1"
when = { words = ["噪音"] }

[[class]]
id = "b"
title = { zh = "乙", en = "B" }
clause = "2"

[[deadline]]
id = "response"
title = { zh = "响应", en = "Response" }
clause = "3"
subject = "complaint"
from = "received"
to = "responded"
within = "24 h"
"#;

/// What is said of a text.
fn said(text: &str) -> String {
    one::standing(text).err().map(|error| error.to_string()).unwrap_or_default()
}

/// That a text added to the small profile is wrong at a line (from the text's first) and column, and what is said of it.
#[track_caller]
fn wrong(added: &str, line: usize, column: usize, words: &[&str]) {
    let text = format!("{RIGHT}{added}");
    let line = RIGHT.lines().count() + line;
    let said = said(&text);
    assert!(
        said.contains(&format!("line {line}, column {column}\n")),
        "line {line}, column {column} of {added}\n{said}"
    );
    for word in words {
        assert!(said.contains(word), "{word}\n{said}");
    }
}

/// The same where text of the small profile is replaced by another.
#[track_caller]
fn wrong_where(old: &str, new: &str, line: usize, column: usize, words: &[&str]) {
    assert!(RIGHT.contains(old), "{old}");
    let said = said(&RIGHT.replacen(old, new, 1));
    assert!(said.contains(&format!("line {line}, column {column}\n")), "{new}\n{said}");
    for word in words {
        assert!(said.contains(word), "{word}\n{said}");
    }
}

#[test]
fn every_built_in_profile_is_right_and_bears_its_name() {
    for (name, text) in BUILT_IN {
        let profile = one::standing(text).unwrap_or_else(|error| unreachable!("{name}: {error}"));
        assert_eq!(&profile.name, name);
    }
    assert_eq!(said(RIGHT), "");
}

#[test]
fn every_built_in_profile_written_and_read_again_is_the_same() {
    for (name, _) in BUILT_IN {
        let config = Config::default();
        let written = effective(name, &config).unwrap_or_default();
        let again: Result<Profile, _> = toml::from_str(&written);
        assert_eq!(again.ok(), one(name, &config).ok(), "{name}");
        assert!(written.contains("clause = "), "{name}");
    }
}

#[test]
fn an_unknown_key_is_told_at_any_depth_with_the_nearest() {
    wrong_where(
        "within = \"24 h\"",
        "wthin = \"24 h\"",
        23,
        1,
        &["不认得的键「wthin」", "是不是「within」", "did you mean \"within\""],
    );
    wrong_where("{ words =", "{ word =", 9, 10, &["不认得的键「word」", "「words」"]);
    wrong("[repeat]\nclause = \"4\"\nwithin_days = 3\nfrom_day = 1\n", 4, 1, &["from_day", "within_days"]);
}

#[test]
fn a_word_that_is_none_is_told_with_the_nearest() {
    wrong_where("to = \"responded\"", "to = \"responed\"", 22, 6, &["不认得「responed」", "是不是「responded」"]);
    wrong_where("to = \"responded\"", "to = [\"told\", \"resolvd\"]", 22, 15, &["是不是「resolved」"]);
    wrong_where("subject = \"complaint\"", "subject = \"complain\"", 20, 11, &["did you mean \"complaint\""]);
}

#[test]
fn a_value_of_the_wrong_type_is_told_with_what_was_found_and_expected() {
    wrong_where("{ words = [\"噪音\"] }", "{ words = \"噪音\" }", 9, 18, &["列表", "a list such as"]);
    wrong_where("within = \"24 h\"", "within = 24", 23, 10, &["24", "double quotes"]);
    wrong("[repeat]\nclause = \"4\"\nwithin_days = -3\n", 3, 15, &["-3", "65535"]);
}

#[test]
fn a_limit_or_bound_that_is_none_is_told_how_to_be_written() {
    wrong_where("\"24 h\"", "\"24 hours\"", 23, 10, &["「24 hours」不是时限", "not a limit"]);
    wrong_where("{ words = [\"噪音\"] }", "{ cost = \"35000\" }", 9, 17, &["35000", "not a target"]);
    wrong_where("{ words = [\"噪音\"] }", "{ cost = \">=0\" }", 9, 17, &["都成立", "or for none"]);
}

#[test]
fn an_entry_without_a_clause_is_told() {
    wrong_where("clause = \"3\"\n", "", 16, 1, &["缺少 clause", "`clause` is missing"]);
    wrong_where("clause = \"3\"", "clause = \" \"", 19, 10, &["clause 是空的", "`clause` is blank"]);
    wrong_where("\"噪音\"", "\"噪音\", \"\"", 9, 25, &["空白的词", "blank word"]);
}

#[test]
fn an_id_that_stands_twice_is_told() {
    let again = RIGHT.split_once("[[deadline]]").map(|(_, rest)| format!("[[deadline]]{rest}")).unwrap_or_default();
    wrong(&again, 2, 6, &["「response」出现了两次", "stands twice"]);
    wrong_where("id = \"response\"", "id = \"first response\"", 17, 6, &["letters, digits"]);
}

#[test]
fn a_class_behind_one_that_always_holds_is_never_reached() {
    wrong_where("when = { words = [\"噪音\"] }\n", "", 11, 6, &["轮不到", "never reached"]);
}

#[test]
fn classes_that_nobody_knows_and_conditions_that_go_in_circles_are_told() {
    wrong_where(
        "within = \"24 h\"",
        "within = \"24 h\"\nwhen = { any = [{ of_class = [\"c\"] }] }",
        24,
        31,
        &["没有分类「c」", "a, b"],
    );
    wrong_where("{ words = [\"噪音\"] }", "{ of_class = [\"b\"] }", 9, 21, &["分类的条件不能用 of_class"]);
    wrong(
        "[[major]]\nid = \"x\"\ntitle = { zh = \"x\", en = \"x\" }\nclause = \"9\"\nwhen = { major = true }\n",
        5,
        18,
        &["[[major]]"],
    );
    wrong("[callback]\nclause = \"5\"\nwhen = { any = [{}] }\n", 3, 17, &["永远成立", "always holds"]);
}

#[test]
fn a_deadline_that_cannot_be_is_told() {
    wrong_where("to = \"responded\"", "to = \"received\"", 22, 6, &["起点和终点都是 received"]);
    wrong_where("to = \"responded\"", "to = []", 22, 6, &["to 是空的"]);
    wrong_where(
        "from = \"received\"\nto = \"responded\"",
        "from = \"resolved\"\nto = [\"dispatched\", \"received\"]",
        22,
        6,
        &["必在起点 resolved 之前"],
    );
    wrong("by = \"agreed\"\n", 1, 6, &["`by` and `within` exclude each other"]);
    wrong("owed = true\n", 1, 8, &["`owed` and `within` exclude each other"]);
    wrong("replaced_by = \"responded\"\n", 1, 15, &["cannot be when it is due"]);
    wrong("or_else = \"responded\"\n", 1, 11, &["已经是这一条的起点或终点"]);
    wrong_where("within = \"24 h\"\n", "stopped_by_pause = true\n", 23, 20, &["there is no limit"]);
    assert_eq!(said(&RIGHT.replace("within = \"24 h\"\n", "")), "", "a deadline without a limit measures");
}

#[test]
fn a_limit_behind_one_that_always_holds_is_never_reached() {
    let limits = "[[deadline.limit]]\nwhen = {}\nwithin = \"1 h\"\n[[deadline.limit]]\nwhen = { urgent = true }\nwithin = \"2 h\"\n";
    wrong(limits, 6, 10, &["轮不到", "number 1 before it"]);
    wrong("[[deadline.limit]]\nwhen = {}\nwithin = \"1 h\"\n", 2, 8, &["`within` is never reached"]);
}

#[test]
fn a_subject_that_the_profile_does_not_rule_is_told() {
    wrong_where(
        "subject = \"complaint\"",
        "subject = \"repair\"",
        20,
        11,
        &["subjects 里没有它", "does not stand in `subjects`"],
    );
    wrong_where("subject = \"complaint\"", "subject = \"survey\"", 20, 11, &["没有逐件的登记"]);
    wrong(
        "[[duty]]\nid = \"x\"\ntitle = { zh = \"x\", en = \"x\" }\nclause = \"9\"\nevery = \"month\"\n",
        2,
        6,
        &["没有 schedule"],
    );
}

/// A duty of a profile that rules dates.
#[track_caller]
fn wrong_duty(keys: &str, line: usize, column: usize, words: &[&str]) {
    let text = "name = \"ours\"\ntitle = { zh = \"x\", en = \"x\" }\nsubjects = [\"schedule\"]\n[[duty]]\nid = \"d\"\ntitle = { zh = \"x\", en = \"x\" }\nclause = \"1\"\n";
    let said = said(&format!("{text}{keys}\n"));
    assert!(said.contains(&format!("line {line}, column {column}\n")), "{keys}\n{said}");
    for word in words {
        assert!(said.contains(word), "{word}\n{said}");
    }
}

#[test]
fn a_duty_is_of_a_round_or_recurs() {
    wrong_duty("", 5, 6, &["neither of a survey round"]);
    wrong_duty(
        "from = \"collected_until\"\nto = \"published\"\nwithin = \"1 month\"\nevery = \"half\"",
        11,
        9,
        &["exclude each other"],
    );
    wrong_duty("from = \"collected_until\"", 5, 6, &["missing: to, within"]);
    wrong_duty("every = \"month\"\nby_day = 32", 9, 10, &["1 到 31"]);
    wrong_duty("every = \"week\"\nby_day = 3", 9, 10, &["day of the month"]);
    wrong_duty("by_time = \"17:00\"", 8, 11, &["`by_time` needs `every`"]);
    wrong_duty("every = \"working_day\"\nby_time = \"5pm\"", 9, 11, &["「5pm」不是时刻"]);
    wrong_duty("every = \"month\"\nmethod = [\"电话\"]", 9, 10, &["method 只用于"]);
}

#[test]
fn a_window_has_no_gap_and_a_warranty_one_term() {
    let window = "[[window]]\nid = \"w\"\ntitle = { zh = \"x\", en = \"x\" }\nclause = \"9\"\nsubject = \"complaint\"\nfrom_day = 26\nto_day = 26\n";
    wrong(window, 7, 10, &["不相接", "day before"]);
    // The largest number that can be typed has no day after it.
    wrong(&window.replace("to_day = 26", "to_day = 255"), 7, 10, &["不相接", "day before"]);
    let counting = format!("{}counts = [\"type.vip\"]\n", window.replace("to_day = 26", "to_day = 25"));
    wrong(&counting, 8, 11, &["没有归属「type.vip」", "there is no [[assign]]"]);
    let term = "[warranty]\nclause = \"9\"\nsubject = \"complaint\"\n[[warranty.term]]\nid = \"roof\"\ntitle = { zh = \"x\", en = \"x\" }\nclause = \"9\"\nwords = [\"屋面\"]\nfrom = \"received\"\n";
    wrong(term, 4, 1, &["有且只有一个", "exactly one"]);
    wrong(&format!("{term}within = \"1 month\"\ndesign_life = true\n"), 10, 10, &["exactly one"]);
    wrong(
        &format!("{term}seasons = {{ number = 2, from = \"11-31\", to = \"03-15\" }}\n"),
        10,
        32,
        &["「11-31」不是日子"],
    );
}

#[test]
fn targets_ratios_and_clauses_name_metrics_that_there_are() {
    let target = |metric: &str, at: &str| {
        format!("[[target]]\nid = \"t\"\nmetric = \"{metric}\"\nclause = \"9\"\nat = \"{at}\"\n")
    };
    wrong(&target("complaint.respons.on_time", ">=0.9"), 3, 10, &["是不是「complaint.response.on_time」"]);
    wrong(&target("complaint.response.on_time", ">=96"), 5, 6, &["96 % 写成 0.96"]);
    wrong("[[clause]]\nmetric = \"repair.*\"\nclause = \"9\"\n", 2, 10, &["没有指标「repair.*」"]);
    let ratio = |part: &str, whole: &str| {
        format!(
            "[[ratio]]\nid = \"r\"\nmetric = \"complaint.r_share\"\ntitle = {{ zh = \"x\", en = \"x\" }}\nclause = \"9\"\npart = [\"{part}\"]\n{whole}"
        )
    };
    wrong(&ratio("complaint.receivd", ""), 6, 9, &["是不是「complaint.received」"]);
    wrong(&ratio("complaint.received", ""), 6, 9, &["without `whole`"]);
    wrong(&ratio("complaint.valid", "whole = [\"complaint.valid_share\"]\n"), 7, 10, &["both sides are counts"]);
    assert_eq!(said(&format!("{RIGHT}{}", ratio("complaint.valid", "whole = [\"complaint.received\"]\n"))), "");
}

#[test]
fn an_answer_is_satisfied_or_dissatisfied_and_quotas_ask_for_something() {
    wrong(
        "[scale]\nclause = \"9\"\nsatisfied = [\"satisfied\", \"neutral\"]\ndissatisfied = [\"neutral\"]\n",
        4,
        17,
        &["既算满意又算不满意"],
    );
    wrong(
        "[[visit]]\nid = \"v\"\ntitle = { zh = \"x\", en = \"x\" }\nclause = \"9\"\nat_least = 0\nevery = \"year\"\n",
        5,
        12,
        &["不能是 0"],
    );
    let grades = "[[grade]]\nid = \"A\"\ntitle = { zh = \"x\", en = \"x\" }\nclause = \"9\"\n[[visit]]\nid = \"v\"\ntitle = { zh = \"x\", en = \"x\" }\nclause = \"9\"\ngrade = [\"C\"]\nat_least = 1\nevery = \"year\"\n";
    wrong(grades, 9, 10, &["没有客户等级「C」"]);
}

#[test]
fn all_mistakes_are_told_at_once() {
    let said = said(
        &RIGHT.replace("to = \"responded\"", "to = \"received\"").replace("words = [\"噪音\"]", "of_class = [\"b\"]"),
    );
    assert_eq!(said.matches(", column ").count(), 2, "{said}");
}

/// A config in a folder with further files.
struct Company {
    folder: tempfile::TempDir,
}

impl Company {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap_or_else(|error| unreachable!("{error}"));
        for (name, text) in files {
            let path = folder.path().join(name);
            let written = path.parent().map(std::fs::create_dir_all).map(|_| std::fs::write(&path, text));
            assert!(written.is_some_and(|written| written.is_ok()), "{name}");
        }
        Self { folder }
    }

    fn config(&self) -> Config {
        Config::load(&self.folder.path().join("manyi.toml")).unwrap_or_else(|error| unreachable!("{error}"))
    }

    fn profiles(&self) -> Result<crate::profile::Profiles, String> {
        load(&self.config(), &[]).map_err(|error| error.to_string())
    }

    #[track_caller]
    fn complaint(&self) -> Profile {
        let profiles = self.profiles().unwrap_or_else(|error| unreachable!("{error}"));
        profiles.head(Subject::Complaint).cloned().unwrap_or_else(|| unreachable!("no head"))
    }

    #[track_caller]
    fn is_refused(&self, words: &[&str]) {
        let said = self.profiles().err().unwrap_or_default();
        for word in words {
            assert!(said.contains(word), "{word}\n{said}");
        }
    }
}

fn within(profile: &Profile, id: &str) -> Option<String> {
    profile.deadlines.iter().find(|deadline| deadline.id == id)?.within.map(|limit| limit.to_string())
}

#[test]
fn a_company_overrides_a_single_number_by_its_id() {
    let company = Company::new(&[(
        "manyi.toml",
        "[[override.complaint-classes.deadline]]\nid = \"response\"\nwithin = \"12 h\"\n",
    )]);
    let profile = company.complaint();
    assert_eq!(within(&profile, "response").as_deref(), Some("12 h"));
    assert_eq!(profile.deadlines[0].limits.len(), 0, "one limit given alone is for all cases");
    assert_eq!(profile.name, "complaint-classes");
}

#[test]
fn a_file_that_extends_holds_only_what_differs() {
    let ours = "extends = \"complaint-classes\"\ntitle = { zh = \"自家\", en = \"Ours\" }\n[repeat]\nwithin_days = 30\n[[deadline]]\nid = \"response\"\nwithin = \"4 h\"\n";
    for (named, at) in [("ours", "ours.toml"), ("ours", "profiles/ours.toml"), ("rules/ours.toml", "rules/ours.toml")] {
        let company = Company::new(&[("manyi.toml", &format!("[use]\ncomplaint = \"{named}\"\n")), (at, ours)]);
        let profile = company.complaint();
        let built_in = one("complaint-classes", &Config::default()).unwrap_or_else(|error| unreachable!("{error}"));
        assert_eq!((profile.name.as_str(), profile.title.zh.as_str()), ("ours", "自家"));
        assert_eq!(
            profile.repeat.as_ref().map(|repeat| (repeat.within_days, repeat.clause.as_str())),
            Some((30, "4.2.4"))
        );
        assert_eq!(within(&profile, "response").as_deref(), Some("4 h"));
        assert_eq!((profile.classes, profile.scale), (built_in.classes, built_in.scale));
    }
}

#[test]
fn files_extend_files_and_the_config_overrides_them() {
    let company = Company::new(&[
        (
            "manyi.toml",
            "[use]\ncomplaint = \"city\"\n[[override.city.deadline]]\nid = \"response\"\nwithin = \"1 h\"\n",
        ),
        ("profiles/city.toml", "extends = \"region.toml\"\n[[deadline]]\nid = \"response\"\nwithin = \"2 h\"\n"),
        ("profiles/region.toml", "extends = \"complaint-classes\"\n[repeat]\nwithin_days = 60\n"),
    ]);
    let profile = company.complaint();
    assert_eq!(within(&profile, "response").as_deref(), Some("1 h"));
    assert_eq!(profile.repeat.map(|repeat| repeat.within_days), Some(60));
}

#[test]
fn entries_tables_and_conditions_are_removed_replaced_and_put_in_their_place() {
    let ours = r#"extends = "complaint-classes"
target = [{ id = "response", remove = true }]
repeat = { remove = true }
class = [
    { id = "2", when = { words = ["开发商"] } },
    { id = "4", before = "1", title = { zh = "四", en = "Four" }, clause = "9", when = { words = ["四"] } },
]
[callback]
when = {}
[[clause]]
metric = "complaint.major"
clause = "自 1"
"#
    .replace("[[clause]]", "[[clause]]\nmetric = \"complaint.repeat_share\"\nremove = true\n[[clause]]");
    let ours = ours.replace("[[clause]]\nmetric = \"complaint.repeat_share\"\nremove = true\n", "");
    let company = Company::new(&[("manyi.toml", "[use]\ncomplaint = \"ours\"\n"), ("ours.toml", &ours)]);
    let profile = company.complaint();
    assert_eq!((profile.targets.len(), profile.repeat), (0, None));
    let ids: Vec<&str> = profile.classes.iter().map(|class| class.id.as_str()).collect();
    // The two entries of class 2 became one, at the place of the first; the new one stands before the first of class 1.
    assert_eq!(ids, ["2", "3", "4", "1", "3", "1"]);
    assert_eq!(
        (profile.classes[0].when.words.as_slice(), profile.classes[0].when.class.len()),
        (&["开发商".to_owned()][..], 0)
    );
    assert!(profile.callback.is_some_and(|callback| callback.when.is_empty()));
    assert_eq!(
        profile.clauses.iter().find(|entry| entry.metric == "complaint.major").map(|entry| entry.clause.as_str()),
        Some("自 1")
    );
}

#[test]
fn what_a_class_is_called_is_overridden_in_all_of_its_entries() {
    let company = Company::new(&[("manyi.toml", "[[override.complaint-classes.class]]\nid = \"2\"\nvalid = true\n")]);
    let profile = company.complaint();
    assert_eq!(profile.classes.iter().filter(|class| class.id == "2" && class.valid).count(), 2);
}

#[test]
fn an_entry_of_two_subjects_is_overridden_in_both_or_in_the_one_that_is_named() {
    let closing = |over: &str| {
        let config = format!("[[override.service-center.deadline]]\nid = \"closing\"\n{over}within = \"2 d\"\n");
        let company = Company::new(&[("manyi.toml", &config)]);
        let profile = company.profiles().unwrap_or_default().head(Subject::Repair).cloned();
        let deadlines = profile.map(|profile| profile.deadlines).unwrap_or_default();
        deadlines
            .iter()
            .filter(|entry| entry.id == "closing")
            .filter_map(|entry| entry.within)
            .map(|limit| limit.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(closing(""), ["2 d", "2 d"]);
    assert_eq!(closing("subject = \"repair\"\n"), ["3 d", "2 d"]);
}

#[test]
fn an_override_that_leaves_a_wrong_profile_is_told_at_its_own_line() {
    let refused = |over: &str, words: &[&str]| {
        Company::new(&[("manyi.toml", &format!("# 本公司\n\n{over}"))])
            .is_refused(&[&["manyi.toml，第"], words].concat());
    };
    refused("[[override.complaint-classes.deadline]]\nid = \"response\"\nto = \"received\"\n", &["line 5, column 6"]);
    refused(
        "[[override.complaint-classes.deadline]]\nid = \"response\"\nwithin = \"12 hours\"\n",
        &["line 5, column 10"],
    );
    refused("[[override.complaint-classes.deadlin]]\nid = \"response\"\n", &["line 3, column 30", "「deadline」"]);
    refused("[[override.complaint-classes.deadline]]\nwithin = \"12 h\"\n", &["line 3, column 1", "没有 id"]);
    refused(
        "[[override.complaint-classes.deadline]]\nid = \"respond\"\nremove = true\n",
        &["line 5, column 10", "是不是「response」"],
    );
    refused(
        "[[override.complaint-classes.deadline]]\nid = \"response\"\nremove = true\n",
        &["line 3, column 1", "complaint.response.on_time"],
    );
    refused("[override.complaint-classes]\nname = \"x\"\n", &["line 4, column 1", "不能改 name"]);
    refused("[override.complaint-class]\nname = \"x\"\n", &["line 3, column 11", "是不是「complaint-classes」"]);
}

#[test]
fn a_circle_of_files_and_a_file_that_is_not_there_are_told_where_they_are_named() {
    let of = |files: &[(&str, &str)]| {
        let mut all = vec![("manyi.toml", "[use]\ncomplaint = \"a\"\n")];
        all.extend(files);
        Company::new(&all)
    };
    of(&[("a.toml", "extends = \"b\"\n"), ("b.toml", "# b\nextends = \"a\"\n")])
        .is_refused(&["b.toml，第 2 行第 11 列", "绕成了圈"]);
    of(&[("a.toml", "extends = \"a.toml\"\n")]).is_refused(&["a.toml，第 1 行第 11 列", "a circle"]);
    of(&[("a.toml", "extends = \"no/such.toml\"\n")]).is_refused(&["line 1, column 11", "没有文件"]);
    of(&[("a.toml", "extends = \"complaint-clases\"\n")])
        .is_refused(&["line 1, column 11", "是不是「complaint-classes」"]);
    of(&[("a.toml", "extends = 3\n")]).is_refused(&["line 1, column 11"]);
    of(&[("a.toml", "name = \"service-center\"\nextends = \"complaint-classes\"\n")])
        .is_refused(&["line 1, column 8", "内置规程的名称"]);
    of(&[("a.toml", "extends = \"complaint-classes\"\n"), ("complaint-classes.toml", "")]).is_refused(&["同名"]);
}

#[test]
fn a_profile_that_does_not_rule_a_subject_cannot_head_it() {
    Company::new(&[("manyi.toml", "[use]\nsurvey = \"complaint-classes\"\n")])
        .is_refused(&["line 2, column 1", "不管 survey"]);
}

#[test]
fn communities_that_nobody_knows_are_told_with_the_nearest() {
    let company = Company::new(&[("manyi.toml", "[use.community.ciuhu]\ncomplaint = \"service-center\"\n")]);
    let ids = ["cuihu".to_owned(), "yunqi".to_owned()];
    let said = check_communities(&company.config(), &ids).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(said.contains("line 1, column 16") && said.contains("是不是「cuihu」"), "{said}");
    let profiles = company.profiles().unwrap_or_default();
    let head = |community| profiles.head_in(Subject::Complaint, community).map(|profile| profile.name.as_str());
    assert_eq!(
        (head(None), head(Some("ciuhu")), head(Some("yunqi"))),
        (Some("complaint-classes"), Some("service-center"), Some("complaint-classes"))
    );
}

#[test]
fn a_profile_named_by_its_path_is_found_from_the_working_folder() {
    let company = Company::new(&[("mine.toml", "extends = \"complaint-classes\"\n")]);
    let path = company.folder.path().join("mine.toml").display().to_string();
    let profiles = load(&Config::default(), &[path]).unwrap_or_default();
    assert_eq!(profiles.head(Subject::Complaint).map(|profile| profile.name.as_str()), Some("mine"));
    let missing = load(&Config::default(), &["nowhere/mine.toml".to_owned()]).err().map(|error| error.to_string());
    assert!(missing.is_some_and(|said| said.contains(&Path::new("nowhere/mine.toml").display().to_string())));
    let unknown = load(&Config::default(), &["complaint-clases".to_owned()]).err().map(|error| error.to_string());
    assert!(unknown.is_some_and(|said| said.contains("是不是「complaint-classes」")));
}

#[test]
fn the_complete_example_of_the_reference_is_right() {
    let reference = include_str!("../LANGUAGE.md");
    let example = reference.rsplit("```toml").next().and_then(|rest| rest.split("```").next()).unwrap_or_default();
    let profile = one::standing(example).unwrap_or_else(|error| unreachable!("{error}"));
    assert_eq!((profile.name.as_str(), profile.deadlines[0].to.len()), ("hospital", 2));
}

#[test]
fn every_table_of_the_language_stands_in_the_reference() {
    let reference = include_str!("../LANGUAGE.md");
    let said = said(&format!("nothing = 1\n{RIGHT}"));
    let (_, known) = said.split_once("keys known here: ").unwrap_or_default();
    let tables: Vec<&str> = known.trim().split(", ").collect();
    assert!(tables.len() > 15, "{said}");
    for table in tables {
        let is_told = [format!("`{table}`"), format!("`[{table}]`"), format!("`[[{table}]]`")];
        assert!(is_told.iter().any(|told| reference.contains(told)), "{table}");
    }
}
