//! `manyi init`: a new working folder.

use std::io::Write;
use std::path::Path;

use super::{Exit, form_files};
use crate::config;
use crate::profile;
use crate::publish::write_into_empty;

/// What `--help` says below the options.
pub(super) const AFTER_HELP: &str = "\
写入 DIR/input/manyi.toml（每一项设置及其默认值，都加了注释）、DIR/input/profiles/our-complaints.toml（以内置规程为基础、只写不同之处的\
一个规程）和 DIR/forms/（空白表格）。文件夹里已有任何东西时拒绝写入。

Writes DIR/input/manyi.toml (every setting with its default, commented), DIR/input/profiles/our-complaints.toml (a profile that extends \
a built-in one and says only what differs) and DIR/forms/ (blank forms). A folder that holds anything is refused.";

/// Writes the folder.
pub(super) fn work(folder: &Path) -> anyhow::Result<Exit> {
    let mut files = vec![
        ("input/manyi.toml".to_owned(), config::TEMPLATE.as_bytes().to_vec()),
        ("input/profiles/our-complaints.toml".to_owned(), profile::TEMPLATE.as_bytes().to_vec()),
    ];
    files.extend(form_files()?.into_iter().map(|(name, bytes)| (format!("forms/{name}"), bytes)));
    write_into_empty(folder, &files)?;
    let folder = folder.display();
    writeln!(
        std::io::stdout(),
        "\
已新建 {folder}
  input/                  把填好的表格放在这里
  input/manyi.toml        设置：先写公司和小区的名称
  input/profiles/         自家的规程
  forms/                  空白表格，填好后放进 input/
然后运行 manyi --input {folder}/input --output {folder}/output ，或用 manyi preview 加同样的选项边改边看

Made {folder}
  input/                  put the filled-in spreadsheets here
  input/manyi.toml        settings: begin with the names of company and communities
  input/profiles/         profiles of your own
  forms/                  blank forms; filled in, they go into input/
Then run manyi --input {folder}/input --output {folder}/output , or manyi preview with the same options to watch it while you work"
    )?;
    Ok(Exit::Published)
}
