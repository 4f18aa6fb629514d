//! `manyi forms`: blank workbooks that read back without a problem, and give a record when they are filled in.

use manyi::origin::CellAt;
use manyi::pipeline::Extent;
use manyi::recognise::field::Field;
use manyi::recognise::heading::Heading;
use manyi::recognise::kinds::{KINDS, KindId, beside};
use manyi::render::forms::{self, Column, Entry, Form};

use crate::case::Case;
use crate::table::Table;
use crate::tree;
use crate::workbook::{part, with_cells};

/// A case whose input is what `manyi forms` writes.
fn blank() -> Case {
    let case = Case::new();
    case.program(&["forms", "input"]).expect(0);
    case
}

/// The form with its example typed into the first row.
pub(crate) fn filled(form: &Form) -> Vec<u8> {
    let typed: Vec<(String, &str)> = (0..)
        .zip(form.columns)
        .filter(|(_, column)| !column.example.is_empty())
        .map(|(col, column)| (CellAt { row: form.first_row(), col }.to_string(), column.example))
        .collect();
    let cells: Vec<(&str, &str)> = typed.iter().map(|(at, text)| (at.as_str(), *text)).collect();
    let bytes = with_cells(&forms::workbook(form).unwrap(), 1, &cells);
    // The printed forms name community and month above the table.
    let above: &[(&str, &str)] = match form.titles {
        [_, _, _] => &[("A3", "单位：翠湖花园服务中心　2025年3月")],
        [_, _] => &[("A1", "翠湖花园2025年3月回访统计月统计表")],
        _ => &[],
    };
    with_cells(&bytes, 1, above)
}

#[test]
fn every_header_of_a_form_is_recognised_as_its_field() {
    for form in forms::ALL {
        let kind = KINDS.iter().find(|kind| kind.id == form.kind).unwrap();
        let readings: Vec<Vec<String>> =
            form.columns.iter().map(|column| Heading::of(label(column)).readings).collect();
        let named: Vec<_> =
            readings.iter().map(|readings| readings.iter().find_map(|label| kind.field_of(label))).collect();
        for (place, column) in form.columns.iter().enumerate() {
            let others = (0..named.len()).filter(|other| *other != place);
            let others = others.filter_map(|other| Some((named[other]?, readings[other].as_slice())));
            let found = beside(kind.id, named[place], &readings[place], &others);
            assert_eq!(found, Some(column.field), "{} {}", form.name, label(column));
        }
    }
}

/// The label that names a column: below a question stand its answers.
fn label(column: &Column) -> &'static str {
    column.path[column.path.len() - 1 - usize::from(matches!(column.entry, Entry::Tick))]
}

#[test]
fn every_kind_of_record_has_a_form() {
    // A tally is what others counted: the records themselves are asked for.
    for kind in KINDS.iter().filter(|kind| !kind.id.word().ends_with("-tally")) {
        assert!(forms::ALL.iter().any(|form| form.kind == kind.id), "{:?}", kind.id);
    }
}

#[test]
fn blank_forms_are_recognised_and_read_without_a_problem() {
    let case = blank();
    let outcome = case.run_library(Extent::Check).unwrap();
    assert!(outcome.problems.is_empty(), "{:?}", outcome.problems);
    assert_eq!(outcome.ledger.unbalanced(), None);
    for form in forms::ALL {
        let file = outcome.files.iter().position(|path| *path == form.file()).unwrap();
        let kinds: Vec<&str> = outcome
            .ledger
            .lines
            .iter()
            .filter(|line| outcome.sources[line.source as usize].file as usize == file && line.block > 0)
            .map(|line| line.kind)
            .collect();
        assert_eq!(kinds, [form.kind.word()], "{}", form.name);
    }
    case.program(&["check", "--input", "input"]).expect(0);
}

#[test]
fn a_filled_form_gives_one_record_with_all_its_fields_and_no_problem() {
    for form in forms::ALL {
        let case = Case::new().with_file(&form.file(), &filled(form));
        let outcome = case.run_library(Extent::Check).unwrap();
        assert!(outcome.problems.is_empty(), "{}: {:?}", form.name, outcome.problems);
        let records: u64 = outcome.ledger.lines.iter().map(|line| line.rows.record_rows).sum();
        assert_eq!(records, 1, "{}", form.name);
    }
}

#[test]
fn what_is_filled_in_stands_in_the_records() {
    let mut case = Case::new();
    for form in forms::ALL {
        // The printed ones repeat what the registers hold.
        if !form.is_printed() {
            case = case.with_file(&form.file(), &filled(form));
        }
    }
    case.run(&["--records", "--as-of", "2025-12-31"]).expect(0);
    let files = case.output();
    for form in forms::ALL.iter().filter(|form| !form.is_printed()) {
        let folder = format!("data/records/{}/", form.kind.word());
        let written: Vec<(&String, &Vec<u8>)> = files.iter().filter(|(path, _)| path.starts_with(&folder)).collect();
        let text: String = written.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect();
        let is_small =
            ["round-unit", "duty-done", "promise", "measure", "visit", "customer"].contains(&form.kind.word());
        if !is_small {
            continue;
        }
        let table = Table::of(written[0].1);
        assert_eq!((written.len(), table.len()), (1, 1), "{}", form.name);
        for column in form.columns {
            let held = match column.path[0] {
                // Kept as a code, as the period, or not at all.
                "小区" | "调查期" | "所属期" | "备注" | "发放人" | "是否外地" => continue,
                "满意度" => "satisfied",
                _ => column.example,
            };
            assert!(text.contains(held), "{} {:?} is not in\n{text}", form.name, column.path);
        }
    }
}

#[test]
fn what_procedures_ask_for_beyond_the_common_columns_stands_in_the_records() {
    for form in forms::ALL.iter().filter(|form| !form.is_printed()) {
        let folder = match form.kind {
            KindId::Complaint => "data/records/complaint/2025-03.csv",
            KindId::Repair => "data/records/repair/2025-03.csv",
            _ => continue,
        };
        let case = Case::new().with_file(&form.file(), &filled(form));
        case.run(&["--records", "--as-of", "2025-12-31"]).expect(0);
        let table = Table::of(&case.output()[folder]);
        let row = table.rows().next().unwrap();
        for column in form.columns {
            let is_yes = ["是", "紧急"].contains(&column.example);
            let (name, held) = match column.field {
                // Kept as a code, among the callbacks, or not at all.
                Field::Community | Field::Department | Field::Remark | Field::Ignored | Field::CallbackPerson => {
                    continue;
                }
                Field::Opinion => continue,
                Field::Class => ("class_written", column.example),
                Field::Resolution => ("result", column.example),
                Field::Status => ("state", "closed"),
                Field::Valid => ("valid_written", if is_yes { "yes" } else { "no" }),
                Field::Urgent | Field::Major | Field::Repeat | Field::Forwarded => {
                    (column.field.name(), if is_yes { "yes" } else { "no" })
                }
                // In metres.
                Field::Distance if column.example == "120" => ("distance", "120000"),
                Field::Distance => ("distance", "85500"),
                Field::Received => ("received", column.example.trim_end_matches(" KS-2025-007")),
                _ => (column.field.name(), column.example),
            };
            let found = row.get(name);
            let found = found.strip_suffix(":00").filter(|found| found.len() == 16).unwrap_or(found);
            assert_eq!(found, held, "{} {:?}", form.name, column.path);
        }
        if form.columns.iter().any(|column| column.example.ends_with("KS-2025-007")) {
            assert_eq!(row.get("number"), "KS-2025-007");
        }
    }
}

#[test]
fn forms_are_never_overwritten_unless_they_are_the_same() {
    let case = Case::new();
    case.program(&["forms"]).expect(0);
    let first = tree::files_of(&case.path("forms"));
    assert_eq!(first.len(), forms::ALL.len());
    case.program(&["forms"]).expect(0);
    assert!(first == tree::files_of(&case.path("forms")), "a second time gives other bytes");
    tree::write(&case.path("forms").join(forms::ALL[0].file()), b"filled in");
    std::fs::remove_file(case.path("forms").join(forms::ALL[1].file())).unwrap();
    case.program(&["forms"]).expect(1).says(&[forms::ALL[0].name]);
    assert!(!case.path("forms").join(forms::ALL[1].file()).exists(), "something was written all the same");
}

#[test]
fn headers_are_locked_and_cells_are_checked() {
    for form in forms::ALL {
        let bytes = forms::workbook(form).unwrap();
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        assert!(sheet.contains("<sheetProtection ") && !sheet.contains("password"), "{}", form.name);
        assert!(sheet.contains("formatColumns=\"0\"") && sheet.contains("insertRows=\"0\""), "{}", form.name);
        assert!(sheet.contains("<pane ySplit="), "{}: the header is not frozen", form.name);
        let has = |entry: fn(&Entry) -> bool| form.columns.iter().any(|column| entry(&column.entry));
        for (kind, is_there) in [
            ("list", has(|entry| matches!(entry, Entry::Choice(_) | Entry::Tick))),
            ("date", has(|entry| matches!(entry, Entry::Moment | Entry::Date))),
            ("whole", has(|entry| matches!(entry, Entry::Count))),
            ("decimal", has(|entry| matches!(entry, Entry::Amount))),
        ] {
            assert_eq!(sheet.contains(&format!("type=\"{kind}\"")), is_there, "{} {kind}", form.name);
        }
    }
}
