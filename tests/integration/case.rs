//! The case builder: a temporary folder with an input and an output, and the program run on them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use manyi::pipeline::{Extent, Outcome, RunError, Settings, Silent};
use manyi::problem::Language;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use tempfile::TempDir;

use crate::table::Table;
use crate::tree;

/// A cell to be written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Blank,
    Text(String),
    Number(f64),
    /// Year, month, day, hour, minute: a true date cell in a workbook, `2025-03-05 14:30` in a text file.
    Moment(u16, u8, u8, u8, u8),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text.to_owned()) }
    }
}

/// Rows of texts.
pub(crate) fn rows_of(rows: &[&[&str]]) -> Vec<Vec<Cell>> {
    rows.iter().map(|row| row.iter().map(|text| Cell::from(*text)).collect()).collect()
}

/// A small register of complaints that reads without a problem.
pub(crate) const REGISTER: &[&[&str]] = &[
    &["投诉编号", "小区", "投诉时间", "房号", "投诉类型", "投诉内容", "责任部门", "处理完成时间"],
    &["T-1", "翠湖花园", "2025-03-05 14:30", "3-2-1501", "装修噪音", "楼上装修", "工程部", "2025-03-06 09:00"],
    &["T-2", "翠湖花园", "2025-03-07 08:00", "3-2-1502", "停车管理", "车位被占", "工程部", "2025-03-07 18:00"],
    &["T-3", "云栖苑", "2025-03-31 10:00", "1-1-101", "停车管理", "道闸不起", "工程部", ""],
];

/// A sheet of no known kind.
pub(crate) const UNKNOWN: &[&[&str]] =
    &[&["车牌", "车位", "月租"], &["某牌一", "A-17", "300"], &["某牌二", "A-18", "300"]];

/// A folder with `input/`, and with `output/` once the program has run.
pub(crate) struct Case {
    folder: TempDir,
}

/// How a run of the program ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Case {
    /// An empty input folder.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("input")).unwrap();
        Self { folder }
    }

    /// An input that reads without a problem.
    pub(crate) fn good() -> Self {
        Self::new().with_book("投诉登记.xlsx", &rows_of(REGISTER))
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    /// A file of the input.
    pub(crate) fn with_file(self, name: &str, bytes: &[u8]) -> Self {
        tree::write(&self.path("input").join(name), bytes);
        self
    }

    /// A workbook of one sheet.
    pub(crate) fn with_book(self, name: &str, rows: &[Vec<Cell>]) -> Self {
        let bytes = book(rows);
        self.with_file(name, &bytes)
    }

    /// A text file.
    pub(crate) fn with_csv(self, name: &str, rows: &[Vec<Cell>]) -> Self {
        let bytes = csv_text(rows);
        self.with_file(name, &bytes)
    }

    /// The program on `input/` and `output/`, with further arguments, in the case's folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        let mut all = vec!["--input", "input", "--output", "output"];
        all.extend(arguments);
        self.program(&all)
    }

    /// The program with nothing but these arguments.
    pub(crate) fn program(&self, arguments: &[&str]) -> Ended {
        program_in(self.folder.path(), arguments)
    }

    /// The library on `input/` and `output/`, which is quicker than the program.
    pub(crate) fn run_library(&self, extent: Extent) -> Result<Outcome, RunError> {
        let settings = Settings { extent, ..self.settings() };
        manyi::pipeline::run(&settings, &Silent)
    }

    /// The settings of a whole run on `input/` and `output/`.
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            input: self.path("input"),
            output: self.path("output"),
            config: None,
            profiles: Vec::new(),
            periods: Vec::new(),
            as_of: None,
            language: Language::Zh,
            templates: None,
            records: false,
            extent: Extent::Pages,
            worker: Some(PathBuf::from(env!("CARGO_BIN_EXE_manyi"))),
        }
    }

    pub(crate) fn output(&self) -> BTreeMap<String, Vec<u8>> {
        tree::files_of(&self.path("output"))
    }

    /// A data file of the output.
    pub(crate) fn data(&self, name: &str) -> Table {
        let path = self.path("output/data").join(name);
        Table::of(&std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
    }
}

/// Runs the program in a folder.
pub(crate) fn program_in(folder: &Path, arguments: &[&str]) -> Ended {
    let output = Command::new(env!("CARGO_BIN_EXE_manyi"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("RUST_BACKTRACE")
        .output()
        .expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program speaks UTF-8");
    Ended { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

impl Ended {
    /// The exit code, no panic, and in case of failure nothing said but on stderr.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        let Self { out, err, .. } = &self;
        for text in ["panicked", "RUST_BACKTRACE", "stack backtrace", "unwrap()"] {
            assert!(!err.contains(text) && !out.contains(text), "a panic shows through:\n{err}{out}");
        }
        assert_eq!(self.code, Some(code), "\nstdout: {out}\nstderr: {err}");
        self
    }

    /// What stderr says: all of these, in Chinese and English.
    #[track_caller]
    pub(crate) fn says(&self, texts: &[&str]) -> &Self {
        for text in texts {
            assert!(self.err.contains(text), "「{text}」 is not in what was said:\n{}", self.err);
        }
        let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        assert!(self.err.chars().any(is_chinese), "nothing in Chinese:\n{}", self.err);
        let english = self.err.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() >= 2).count();
        assert!(english >= 4, "nothing in English:\n{}", self.err);
        self
    }
}

/// A workbook of one sheet.
pub(crate) fn book(rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let dated = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0_u32..).zip(rows) {
        for (col, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Blank => {}
                Cell::Text(text) => sheet.write_string(row, col, text).map(|_| ()).unwrap(),
                Cell::Number(number) => sheet.write_number(row, col, *number).map(|_| ()).unwrap(),
                Cell::Moment(year, month, day, hour, minute) => {
                    let at =
                        ExcelDateTime::from_ymd(*year, *month, *day).unwrap().and_hms(u16::from(*hour), *minute, 0);
                    sheet.write_datetime_with_format(row, col, at.unwrap(), &dated).map(|_| ()).unwrap();
                }
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// The same as text.
pub(crate) fn csv_text(rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for cells in rows {
        let texts = cells.iter().map(|cell| match cell {
            Cell::Blank => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Moment(year, month, day, hour, minute) => {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
            }
        });
        writer.write_record(texts).unwrap();
    }
    writer.into_inner().unwrap()
}
