//! `manyi init`: a new working folder that works as it is.

use manyi::render::forms;

use crate::case::Case;
use crate::forms::filled;
use crate::tree;

#[test]
fn a_new_folder_works_once_forms_are_filled_in() {
    let case = Case::new();
    let said = case.program(&["init", "工作"]).expect(0).out;
    assert!(said.contains("工作/input") && said.contains("manyi --input"), "{said}");
    for form in forms::ALL {
        assert!(case.path("工作/forms").join(form.file()).is_file(), "{}", form.name);
    }
    // Before anything is filled in there is nothing to publish, which is said.
    case.program(&["--input", "工作/input", "--output", "工作/output"])
        .expect(1)
        .says(&["里没有表格", "no spreadsheet"]);
    for form in forms::ALL.iter().filter(|form| !form.is_printed()) {
        tree::write(&case.path("工作/input").join(form.file()), &filled(form));
    }
    case.program(&["check", "--input", "工作/input"]).expect(0);
    case.program(&["--input", "工作/input", "--output", "工作/output", "--strict"]).expect(0);
    assert!(case.path("工作/output/index.html").is_file());
}

#[test]
fn the_profile_to_change_is_listed_and_can_be_used() {
    let case = Case::new();
    case.program(&["init", "工作"]).expect(0);
    let listed = case.program(&["profiles", "--input", "工作/input"]).expect(0).out;
    assert!(listed.lines().any(|line| line.starts_with("our-complaints ") && !line.contains("有误")), "{listed}");
    let config = case.path("工作/input/manyi.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    assert!(text.contains("#complaint = \"complaint-classes\"\n"));
    let text = text.replace("#[use]\n#complaint = \"complaint-classes\"", "[use]\ncomplaint = \"our-complaints\"");
    std::fs::write(&config, text).unwrap();
    // With its examples put in force too.
    let profile = case.path("工作/input/profiles/our-complaints.toml");
    let text = std::fs::read_to_string(&profile).unwrap();
    let shown = |line: &str| match line.strip_prefix('#') {
        Some(setting) if !setting.is_empty() && !setting.starts_with(' ') => format!("{setting}\n"),
        _ => format!("{line}\n"),
    };
    std::fs::write(&profile, text.lines().map(shown).collect::<String>()).unwrap();
    let printed = case.program(&["profiles", "our-complaints", "--effective", "--input", "工作/input"]).expect(0).out;
    assert!(printed.contains("12 h") && printed.contains("within_days = 60"), "{printed}");
    let form = forms::ALL.iter().find(|form| form.kind.word() == "complaint" && !form.is_printed()).unwrap();
    tree::write(&case.path("工作/input").join(form.file()), &filled(form));
    case.program(&["--input", "工作/input", "--output", "工作/output"]).expect(0);
    let facts = std::fs::read_to_string(case.path("工作/output/data/facts.csv")).unwrap();
    assert!(facts.contains(",our-complaints,"));
}

#[test]
fn a_folder_that_holds_anything_is_refused_and_untouched() {
    let case = Case::good();
    let before = tree::files_of(&case.path("input"));
    case.program(&["init", "input"]).expect(1).says(&["不是空文件夹", "not an empty folder", "input"]);
    tree::assert_same(&before, &tree::files_of(&case.path("input")), "the folder");
    // A second time is refused as well: nothing that was written since is lost.
    case.program(&["init", "工作"]).expect(0);
    case.program(&["init", "工作"]).expect(1).says(&["不是空文件夹"]);
    // An empty folder will do.
    std::fs::create_dir(case.path("空")).unwrap();
    case.program(&["init", "空"]).expect(0);
    case.program(&["init"]).expect(2);
}
