//! What pages cost once the facts stand: registers of complaints and repairs of so many communities over a year.
//!
//! `cargo bench --bench pages` prints, for each size, the pages made, the seconds from the first to the last, what 2,000 of them
//! cost, and peak memory. Arguments after `--`: numbers of communities (20 60 180).

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

use manyi::pipeline::{Extent, Phase, Progress, Settings, run};
use manyi::problem::Language;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;

type Done<T> = Result<T, Box<dyn Error>>;

const CATEGORIES: [&str; 11] = [
    "公共设施",
    "装修噪音",
    "清洁卫生",
    "停车管理",
    "服务态度",
    "绿化养护",
    "安保秩序",
    "房屋渗漏",
    "电梯故障",
    "收费争议",
    "消杀虫害",
];
const DEPARTMENTS: [&str; 5] = ["工程部", "客户服务部", "环境部", "秩序维护部", "综合管理部"];

/// Cases of a kind of a community in a month.
const CASES: u32 = 20;

fn main() -> Done<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [mode, input, output] = arguments.as_slice()
        && mode == "child"
    {
        return child(Path::new(input), Path::new(output));
    }
    let sizes: Vec<u32> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![20, 60, 180] } else { sizes };
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pages");
    let mut out = std::io::stdout().lock();
    for communities in sizes {
        let input = folder.join(format!("input-{communities}"));
        registers(&input, communities)?;
        let told =
            Command::new(std::env::current_exe()?).arg("child").arg(&input).arg(folder.join("output")).output()?;
        if !told.status.success() {
            return Err(String::from_utf8_lossy(&told.stderr).into());
        }
        write!(out, "{communities:>4} communities: {}", String::from_utf8(told.stdout)?)?;
    }
    Ok(())
}

/// The registers, a file a kind of case.
fn registers(folder: &Path, communities: u32) -> Done<()> {
    std::fs::create_dir_all(folder)?;
    let mut dice = ChaCha20Rng::seed_from_u64(20_250_630);
    for (name, title) in [("投诉登记", "投诉时间"), ("报修登记", "报修时间")] {
        let mut text = format!("编号,小区,{title},首次响应时间,完成时间,事由类别,责任部门,渠道,房号\n");
        let mut number = 0;
        for community in 0..communities {
            for month in 1..=12 {
                for _ in 0..CASES {
                    number += 1;
                    let (day, hour) = (dice.random_range(1..=28), dice.random_range(7..=21));
                    let (answered, done) = (hour + dice.random_range(0..=2), (day + dice.random_range(0..=4)).min(30));
                    let category = CATEGORIES[dice.random_range(0..CATEGORIES.len())];
                    let department = DEPARTMENTS[dice.random_range(0..DEPARTMENTS.len())];
                    let building = dice.random_range(1..=9);
                    let day_done = if month == 2 { done.min(28) } else { done };
                    writeln!(
                        text,
                        "{name}{number},第{community}小区,2025-{month:02}-{day:02} {hour:02}:10,2025-{month:02}-{day:02} \
                         {answered:02}:40,2025-{month:02}-{day_done:02} 23:50,{category},{department},电话,{building}-1-{}",
                        dice.random_range(101..=1899)
                    )?;
                }
            }
        }
        std::fs::write(folder.join(format!("{name}.csv")), text)?;
    }
    Ok(())
}

/// Counts the pages, takes the time from the first on, and the memory that stands before it.
#[derive(Default)]
struct Clock {
    began: Mutex<Option<Instant>>,
    peak_before: AtomicU64,
    pages: AtomicUsize,
}

impl Progress for Clock {
    fn phase(&self, name: Phase, steps: usize) {
        if name == Phase::Rendering {
            // Pages come first, the number cards that they cite after them.
            let _ = self.peak_before.compare_exchange(0, peak_kb(), Ordering::Relaxed, Ordering::Relaxed);
            self.began.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get_or_insert_with(Instant::now);
            self.pages.fetch_add(steps, Ordering::Relaxed);
        }
    }

    fn step(&self) {}
}

fn child(input: &Path, output: &Path) -> Done<()> {
    let settings = Settings {
        input: input.to_path_buf(),
        output: output.to_path_buf(),
        config: None,
        profiles: Vec::new(),
        periods: Vec::new(),
        as_of: None,
        language: Language::Zh,
        templates: None,
        records: false,
        extent: Extent::Pages,
        worker: None,
    };
    let clock = Clock::default();
    let start = Instant::now();
    let outcome = run(&settings, &clock)?;
    let all = start.elapsed().as_secs_f64();
    let began = clock.began.lock().map_err(|_| "poisoned")?.ok_or("no page was made")?;
    let seconds = began.elapsed().as_secs_f64();
    let pages = outcome.summary.pages;
    #[allow(clippy::cast_precision_loss, reason = "pages are few")]
    let each = seconds / pages as f64 * 2_000.0;
    writeln!(
        std::io::stdout(),
        "{pages} pages in {seconds:.2} s ({each:.2} s for 2,000), the whole run {all:.2} s, peak {} MB, before the first page {} MB",
        peak_kb() / 1_024,
        clock.peak_before.load(Ordering::Relaxed) / 1_024
    )?;
    Ok(())
}

/// The largest memory of this process, where the system tells it.
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
