//! Words of `manyi inspect`.

use crate::pipeline::inspect::Origin;
use crate::problem::Language;
use crate::recognise::field::Field;
use crate::recognise::kinds::KindId;
use crate::recognise::layout::Layout;

/// The language in which it speaks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    pub(super) language: Language,
}

impl Words {
    /// One of two.
    pub(super) fn pick(self, zh: &'static str, en: &'static str) -> &'static str {
        if self.is_chinese() { zh } else { en }
    }

    pub(super) fn is_chinese(self) -> bool {
        self.language == Language::Zh
    }

    pub(super) fn colon(self) -> &'static str {
        self.pick("：", ": ")
    }

    pub(super) fn semicolon(self) -> &'static str {
        self.pick("；", "; ")
    }

    pub(super) fn comma(self) -> &'static str {
        self.pick("、", ", ")
    }

    /// Text in brackets.
    pub(super) fn in_brackets(self, text: &str) -> String {
        if self.is_chinese() { format!("（{text}）") } else { format!(" ({text})") }
    }

    pub(super) fn paste_here(self) -> String {
        self.pick(
            "  认错了？把下面的内容粘贴到 manyi.toml 再改：",
            "  Wrong? Paste this into manyi.toml and change it:",
        )
        .to_owned()
    }

    pub(super) fn paste_by_option(self) -> String {
        self.pick(
            "认错了？manyi inspect --toml 文件 给出可粘贴到 manyi.toml 的内容。",
            "Wrong? manyi inspect --toml FILE prints what can be pasted into manyi.toml.",
        )
        .to_owned()
    }

    /// A kind of table: its word, and the name in the config.
    pub(super) fn kind(self, kind: KindId) -> String {
        let title = match kind {
            KindId::Complaint => "投诉登记",
            KindId::Repair => "报修登记",
            KindId::Callback => "回访记录",
            KindId::CallbackMonth => "回访月度矩阵",
            KindId::SurveyResponse => "满意度问卷",
            KindId::SurveyRound => "调查发放与回收",
            KindId::Community => "小区台账",
            KindId::RoundUnit => "调查表发放名单",
            KindId::DutyDone => "事项完成",
            KindId::Promise => "承诺事项",
            KindId::Measure => "纠正预防措施",
            KindId::Visit => "走访",
            KindId::Customer => "客户台账",
            KindId::ComplaintTally => "投诉汇总",
            KindId::RepairTally => "报修汇总",
            KindId::SurveyTally => "调查汇总",
        };
        if self.is_chinese() { format!("{title} {}", kind.word()) } else { kind.word().to_owned() }
    }

    /// A layout; empty for the plain one.
    pub(super) fn layout(self, layout: Layout) -> &'static str {
        match layout {
            Layout::Plain => "",
            Layout::SideBySide => self.pick("并排的表", "side by side"),
            Layout::MergedDown => self.pick("纵向合并", "merged downwards"),
            Layout::Across => self.pick("月份或答案横排", "months or answers across"),
            Layout::KeyValue => self.pick("填写单（标签与内容）", "a form, labels with values"),
        }
    }

    /// A field: its word, and the name in the config.
    pub(super) fn field(self, field: Option<Field>) -> String {
        match field {
            None => self.pick("？没看懂", "? not understood").to_owned(),
            Some(field) if self.is_chinese() => format!("{} {}", field.word(), field.name()),
            Some(field) => field.name().to_owned(),
        }
    }

    pub(super) fn origin(self, origin: Origin) -> &'static str {
        match origin {
            Origin::Title => self.pick("见标题", "from the title"),
            Origin::Sheet => self.pick("见工作表名", "from the sheet's name"),
            Origin::Path => self.pick("见文件名或文件夹", "from file or folder name"),
            Origin::Config => "manyi.toml",
        }
    }
}

/// A severity by its name in `problems.csv`.
pub(super) fn severity(word: &str, language: Language) -> &'static str {
    match (word, language) {
        ("error", Language::Zh) => "错误",
        ("warning", Language::Zh) => "警告",
        (_, Language::Zh) => "提示",
        ("error", Language::En) => "error",
        ("warning", Language::En) => "warning",
        (_, Language::En) => "note",
    }
}
