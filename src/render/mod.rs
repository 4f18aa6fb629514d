//! Page models → HTML. Templates only: no arithmetic, no wording.

pub mod book;
pub mod data;
pub mod forms;
mod language;
pub mod lists;
pub mod records;
pub mod restated;
pub mod returned;
mod sheet_names;
mod templates;

use std::path::{Path, PathBuf};

use tera::{Context, ErrorKind, Tera};

use crate::problem::Language;
use crate::report::Page;
use crate::report::words::{Words, WordsError};
use templates::EMBEDDED;

/// Why a page could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template has a fault, or wants what the page's model does not give.
    #[error(
        "模板「{template}」有误。\n{detail}\n请改正箭头所指之处；不用 --templates 则使用内置模板。\n\
         The template {template} has a fault. Mend what the caret points at; without --templates the built-in ones are used."
    )]
    Template {
        /// Name of the template.
        template: String,
        /// What is wrong, with line and caret.
        detail: String,
    },
    /// The folder of templates cannot be read.
    #[error(
        "模板文件夹读不出来：{}（{source}）。请检查路径与权限。\n\
         The template folder cannot be read: {}. Check the path and its permissions.", path.display(), path.display()
    )]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The workbook crate refused something: a defect of the program.
    #[error(
        "工作簿写不出来：{0}；这是程序的错误 / a workbook cannot be written, which is a defect of the program: {0}"
    )]
    Workbook(String),
    /// A file of texts is wrong.
    #[error("用语文件 {}：{source} / the file of texts {}: {source}", path.display(), path.display())]
    Words {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: WordsError,
    },
    /// A file in the folder replaces no template.
    #[error(
        "「{name}」不对应任何模板。可替换的有：{known}。请改正文件名或删去该文件。\n\
         {name} replaces no template. Those that can be replaced: {known}. Correct the file's name or remove it."
    )]
    UnknownTemplate {
        /// The file's name below the folder.
        name: String,
        /// The names of all templates.
        known: String,
    },
}

/// Draws pages.
#[derive(Debug)]
pub struct Renderer {
    tera: Tera,
}

impl Renderer {
    /// Takes the embedded templates, each replaced by the file of the same name in the folder where there is one.
    ///
    /// # Errors
    /// A folder that cannot be read, a file that replaces nothing, or a template with a fault.
    pub fn new(templates_dir: Option<&Path>) -> Result<Self, RenderError> {
        let mut sources: Vec<(String, String)> =
            EMBEDDED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        if let Some(folder) = templates_dir {
            replace(&mut sources, folder)?;
        }
        let mut tera = Tera::default();
        tera.add_raw_templates(sources).map_err(|error| fault(&error, ""))?;
        Ok(Self { tera })
    }

    /// Draws one page.
    ///
    /// # Errors
    /// A template that wants what the model does not give.
    pub fn render(&self, page: &Page) -> Result<String, RenderError> {
        let context = Context::from_serialize(&page.model).map_err(|error| fault(&error, page.template))?;
        let html = self.tera.render(page.template, &context).map_err(|error| fault(&error, page.template))?;
        let language = page.model.pointer("/frame/lang").and_then(serde_json::Value::as_str).unwrap_or_default();
        Ok(language::marked(html, language))
    }
}

/// The texts of the pages: the built-in ones, those in `words/zh.toml` or `words/en.toml` of the folder in place of theirs.
///
/// # Errors
/// A file that cannot be read, is no TOML, or has a key or placeholder that is not known.
pub fn words(templates_dir: Option<&Path>, language: Language) -> Result<Words, RenderError> {
    let file = match language {
        Language::Zh => "words/zh.toml",
        Language::En => "words/en.toml",
    };
    let Some(path) = templates_dir.map(|folder| folder.join(file)).filter(|path| path.is_file()) else {
        return Ok(Words::of(language).clone());
    };
    let text = std::fs::read_to_string(&path).map_err(|source| RenderError::Folder { path: path.clone(), source })?;
    Words::replaced(language, &text).map_err(|source| RenderError::Words { path, source })
}

/// Reads the `.html` and `.css` files of the folder, of its `parts` and `parts/style` in place of the embedded ones.
fn replace(sources: &mut [(String, String)], folder: &Path) -> Result<(), RenderError> {
    let mut files = listed(folder)?;
    for parts in [folder.join("parts"), folder.join("parts/style")] {
        if parts.is_dir() {
            files.extend(listed(&parts)?);
        }
    }
    files.sort();
    let is_template = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "html" || ending == "css");
    for path in files.into_iter().filter(is_template) {
        let below = path.strip_prefix(folder).unwrap_or(&path);
        let name = below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        let Some(entry) = sources.iter_mut().find(|(known, _)| *known == name) else {
            let known = sources.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
            return Err(RenderError::UnknownTemplate { name, known });
        };
        entry.1 = std::fs::read_to_string(&path).map_err(|source| RenderError::Folder { path, source })?;
    }
    Ok(())
}

fn listed(folder: &Path) -> Result<Vec<PathBuf>, RenderError> {
    let unreadable = |source| RenderError::Folder { path: folder.to_owned(), source };
    std::fs::read_dir(folder).map_err(unreadable)?.map(|entry| Ok(entry.map_err(unreadable)?.path())).collect()
}

/// Names the template and keeps line and caret.
fn fault(error: &tera::Error, page_template: &str) -> RenderError {
    let template = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => report.filename().to_owned(),
        ErrorKind::MissingParent { current, .. } => current.clone(),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => tpl.clone(),
        _ => page_template.to_owned(),
    };
    RenderError::Template { template, detail: error.to_string() }
}

#[cfg(test)]
mod expected;
#[cfg(test)]
mod gallery;
#[cfg(test)]
mod tests;
