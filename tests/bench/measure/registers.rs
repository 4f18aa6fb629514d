//! The registers of the benchmark: complaints with every moment that the heaviest procedure looks at, as CSV.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use chrono::{Duration, NaiveDate, NaiveDateTime};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use rayon::prelude::{IntoParallelIterator, ParallelIterator};

/// Rows of a file.
const ROWS: usize = 50_000;
/// Communities that the rows are spread over.
const COMMUNITIES: usize = 500;

const HEADERS: &str = "投诉编号,投诉时间,小区,楼栋,房号,投诉渠道,投诉类型,投诉内容,责任部门,派单时间,首次响应时间,到场时间,进度反馈时间,\
                       处理完成时间,告知时间,回访时间,回访结果,预约时间,上报时间,通知品质部时间,限定完成时间,书面答复时间,是否重大,紧急程度,赔偿金额,状态";
const CHANNELS: [&str; 5] = ["电话", "来访", "微信", "业主群", "意见箱"];
const CATEGORIES: [&str; 10] = [
    "装修噪音",
    "公共设施",
    "清洁绿化",
    "消杀虫害",
    "服务态度",
    "停车管理",
    "电梯故障",
    "房屋渗漏",
    "周边环境",
    "治安秩序",
];
const DEPARTMENTS: [&str; 5] = ["工程部", "秩序维护部", "环境部", "客户服务部", "综合部"];
const TEXTS: [&str; 3] = ["楼上装修早上七点开始电钻，多次反映没有人管", "门禁坏了一个星期", "垃圾桶满了两天没有清运"];
const ANSWERS: [&str; 4] = ["满意", "基本满意", "不满意", ""];

/// Makes registers of so many rows in a folder of their own, unless they are there.
pub(crate) fn make(folder: &Path, rows: usize) -> Result<(), Box<dyn Error>> {
    let files = rows.div_ceil(ROWS);
    std::fs::create_dir_all(folder)?;
    if std::fs::read_dir(folder)?.count() == files {
        return Ok(());
    }
    let made: Result<Vec<()>, String> =
        (0..files).into_par_iter().map(|file| one(folder, file).map_err(|error| error.to_string())).collect();
    made?;
    Ok(())
}

fn one(folder: &Path, file: usize) -> Result<(), Box<dyn Error>> {
    let mut rng = ChaCha20Rng::seed_from_u64(u64::try_from(file)?);
    let first = NaiveDate::from_ymd_opt(2025, 1, 1).and_then(|day| day.and_hms_opt(0, 0, 0)).unwrap_or_default();
    let mut text = String::from(HEADERS);
    text.push('\n');
    for row in 0..ROWS {
        let received = first + Duration::minutes(rng.random_range(0..365 * 24 * 60));
        let number = file * ROWS + row;
        write!(
            text,
            "TS-{number},{received},{:03}号小区,{},{}-{},{},{},{},{}",
            rng.random_range(0..COMMUNITIES),
            rng.random_range(1..13),
            rng.random_range(1..30),
            rng.random_range(101..2_800),
            any(&mut rng, &CHANNELS),
            any(&mut rng, &CATEGORIES),
            any(&mut rng, &TEXTS),
            any(&mut rng, &DEPARTMENTS)
        )?;
        // The chain: each moment some minutes or days after receipt, some not told.
        for (share, minutes) in
            [(0.98, 20), (0.9, 700), (0.6, 2_000), (0.2, 2_000), (0.93, 6_000), (0.8, 7_000), (0.5, 12_000)]
        {
            moment(&mut text, &mut rng, received, share, minutes)?;
        }
        write!(text, ",{}", any(&mut rng, &ANSWERS))?;
        for (share, minutes) in [(0.1, 9_000), (0.1, 3_000), (0.3, 600), (0.1, 6_000), (0.2, 6_000)] {
            moment(&mut text, &mut rng, received, share, minutes)?;
        }
        let (major, urgent) =
            (if rng.random_bool(0.03) { "是" } else { "否" }, if rng.random_bool(0.1) { "紧急" } else { "一般" });
        let amount = if rng.random_bool(0.02) { "350" } else { "" };
        writeln!(text, ",{major},{urgent},{amount},已办结")?;
    }
    std::fs::write(folder.join(format!("投诉台账{file:03}.csv")), text)?;
    Ok(())
}

fn any<'a>(rng: &mut impl Rng, words: &[&'a str]) -> &'a str {
    words[rng.random_range(0..words.len())]
}

fn moment(
    text: &mut String,
    rng: &mut impl Rng,
    received: NaiveDateTime,
    share: f64,
    minutes: i64,
) -> Result<(), std::fmt::Error> {
    text.push(',');
    if rng.random_bool(share) {
        write!(text, "{}", received + Duration::minutes(rng.random_range(1..minutes)))?;
    }
    Ok(())
}
