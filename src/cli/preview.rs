//! `manyi preview`: the output in the browser, built again when a file changes.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use anyhow::Context;
use clap::Args;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::progress::Bars;
use super::{Exit, RunArgs, start_threads, tell};
use crate::pipeline::{Extent, Outcome, Progress, RunError, Settings, Silent};
use crate::preview::{Preview, Told};
use crate::problem::Language;

#[derive(Debug, Args)]
pub(super) struct PreviewArgs {
    #[command(flatten)]
    run: RunArgs,
    /// 端口；被占用时改用下一个空闲的，0 为任意 / port; where it is taken the next free one is used, 0 is any
    #[arg(long, value_name = "N", default_value_t = 8321)]
    port: u16,
}

/// What `--help` says below the options.
pub(super) const AFTER_HELP: &str = "\
只在本机（127.0.0.1）提供；表格、设置、规程、模板或用语一改就重新生成，打开的页面自动重新载入。生成失败时保留上一次的输出，并在页面上说明\
原因。Excel、WPS 的锁定文件和临时文件不算改动。按 Ctrl-C 结束，输出文件夹里是最后一次完整的输出；再按一次立即结束。
退出码：0 最后一次生成已发布（加 --strict 而有未计入的为 3）；1 一次也没有发布。

Served on this machine only (127.0.0.1). When a spreadsheet, the config, a profile, a template or a text changes, all is built again \
and open pages reload. Where that fails the last output stays and the page says why. Lock files and temporary files of Excel and WPS \
are no change. Ctrl-C ends it and leaves the last complete output; pressed again it ends at once.
Exit codes: 0 the last build was published (3 under --strict where something was set aside); 1 none was.";

/// Serves until Ctrl-C.
pub(super) fn work(args: &PreviewArgs) -> anyhow::Result<Exit> {
    start_threads(args.run.jobs)?;
    let settings = args.run.settings(Extent::Pages);
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // In this order: the second signal finds the flag set by the first, and ends the program as it would without us.
        flag::register_conditional_default(signal, Arc::clone(&stop))
            .and_then(|_| flag::register(signal, Arc::clone(&stop)))
            .context("不能接收 Ctrl-C / cannot listen for Ctrl-C")?;
    }
    let preview = Preview::open(settings.clone(), args.port)?;
    let terminal = Terminal::of(&args.run, &settings);
    terminal.listening(args.port, preview.address().port());
    preview.run(&stop, &terminal);
    terminal.ended();
    Ok(terminal.exit())
}

/// Tells on the terminal.
struct Terminal<'a> {
    run: &'a RunArgs,
    settings: &'a Settings,
    bars: Option<Bars>,
    /// How the program is to exit.
    exit: AtomicU8,
}

impl<'a> Terminal<'a> {
    fn of(run: &'a RunArgs, settings: &'a Settings) -> Self {
        let bars = run.shows_progress().then(|| Bars::new(settings.language));
        Self { run, settings, bars, exit: AtomicU8::new(Exit::Nothing as u8) }
    }

    /// Where there is no terminal any more there is nobody to tell.
    fn say(&self, zh: &str, en: &str) {
        let text = if self.settings.language == Language::Zh { zh } else { en };
        let _ = writeln!(io::stderr(), "{text}");
    }

    fn listening(&self, asked: u16, port: u16) {
        if asked != 0 && asked != port {
            self.say(
                &format!("端口 {asked} 已被占用，改用 {port}"),
                &format!("Port {asked} is taken; {port} is used instead"),
            );
        }
        let address = format!("http://127.0.0.1:{port}/");
        self.say(
            &format!("请在浏览器里打开 {address} （按 Ctrl-C 结束）"),
            &format!("Open {address} in the browser (Ctrl-C ends the preview)"),
        );
    }

    fn ended(&self) {
        if self.exit() == Exit::Nothing {
            self.say("预览已结束，没有发布过", "The preview has ended; nothing was published");
        } else {
            let output = self.settings.output.display();
            self.say(
                &format!("预览已结束，{output} 里是最后一次完整的输出"),
                &format!("The preview has ended; {output} holds the last complete output"),
            );
        }
    }

    fn exit(&self) -> Exit {
        match self.exit.load(Ordering::Relaxed) {
            0 => Exit::Published,
            3 => Exit::SetAside,
            _ => Exit::Nothing,
        }
    }

    /// Takes the bar of the progress off the screen before something is told.
    fn clear(&self) {
        if let Some(bars) = &self.bars {
            bars.finish();
        }
    }
}

impl Told for Terminal<'_> {
    fn progress(&self) -> &dyn Progress {
        self.bars.as_ref().map_or(&Silent, |bars| bars as &dyn Progress)
    }

    fn changed(&self, files: &[PathBuf]) {
        if self.run.quiet {
            return;
        }
        let first = files.first().map(|path| path.display().to_string()).unwrap_or_default();
        match files.len() {
            0 | 1 => self.say(&format!("\n有变动：{first}"), &format!("\nChanged: {first}")),
            all => self.say(
                &format!("\n有变动：{first} 等 {all} 个文件"),
                &format!("\nChanged: {first} and others, {all} files"),
            ),
        }
    }

    fn built(&self, outcome: &Outcome) {
        self.clear();
        // Where stdout is closed the pages are there all the same.
        let _ = tell(self.run, self.settings, outcome);
        let exit = if self.run.strict && outcome.summary.sets_aside() { Exit::SetAside } else { Exit::Published };
        self.exit.store(exit as u8, Ordering::Relaxed);
    }

    fn failed(&self, error: &RunError) {
        self.clear();
        let _ = writeln!(io::stderr(), "{error}");
        self.say("没有生成；改好之后会自动再试", "Nothing was built; it is tried again when something changes");
    }
}
