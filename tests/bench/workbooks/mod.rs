//! The workbooks of the benchmark: registers of complaints as a system exports them, four quarters of 50 communities.

use std::error::Error;
use std::path::Path;

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use rust_xlsxwriter::{Format, Workbook};

/// Number of workbooks.
pub(crate) const FILES: usize = 200;
const ROWS: u32 = 5_000;
const COMMUNITIES: usize = 50;

const HEADERS: [&str; 12] = [
    "投诉编号",
    "投诉时间",
    "小区",
    "房号",
    "投诉渠道",
    "投诉类型",
    "投诉内容",
    "责任部门",
    "首次响应时间",
    "处理完成时间",
    "告知时间",
    "状态",
];
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
const TEXTS: [&str; 6] = [
    "楼上装修早上七点开始电钻，多次反映没有人管，希望按规定时间施工",
    "单元门禁坏了一个星期，晚上陌生人可以随便进出，要求尽快修好",
    "垃圾桶满了两天没有清运，夏天味道很大",
    "地下车库灯不亮，停车时看不清，差点撞到柱子",
    "电梯经常停在十二楼，老人小孩上下楼困难",
    "门岗态度不好，拿快递也要登记半天",
];
const FAULTS: [&str; 5] = ["3月中旬", "2025-02-30", "待补", "？", "同前"];

/// Whether the workbooks have to be made.
pub(crate) fn are_missing(folder: &Path) -> bool {
    std::fs::read_dir(folder).map_or(true, |entries| entries.count() < FILES)
}

/// Makes the workbooks.
pub(crate) fn make(folder: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    let made: Result<Vec<()>, String> =
        (0..FILES).into_par_iter().map(|file| one(folder, file).map_err(|error| error.to_string())).collect();
    made?;
    Ok(())
}

fn one(folder: &Path, file: usize) -> Result<(), Box<dyn Error>> {
    let mut rng = ChaCha20Rng::seed_from_u64(u64::try_from(file)?);
    let (community, quarter) = (file % COMMUNITIES, file / COMMUNITIES);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    for (col, header) in (0..).zip(HEADERS) {
        sheet.write(0, col, header)?;
    }
    // 2025-01-01 is serial 45,658; a quarter has 90 days and a bit.
    let first = 45_658.0 + 91.0 * f64::from(u32::try_from(quarter)?);
    for row in 1..=ROWS {
        let received = first + 90.0 * f64::from(row) / f64::from(ROWS) + rng.random_range(0.0..0.9);
        let texts = [
            (0, format!("TS-{community:02}-{quarter}-{row:05}")),
            (2, format!("第{community:02}花园")),
            (
                3,
                format!(
                    "{}-{}-{:02}0{}",
                    rng.random_range(1..13),
                    rng.random_range(1..4),
                    rng.random_range(1..28),
                    rng.random_range(1..5)
                ),
            ),
            (4, pick(&mut rng, &CHANNELS)),
            (5, pick(&mut rng, &CATEGORIES)),
            (6, pick(&mut rng, &TEXTS)),
            (7, pick(&mut rng, &DEPARTMENTS)),
            (11, if rng.random_range(0..100) < 97 { "已完成" } else { "处理中" }.to_owned()),
        ];
        for (col, text) in texts {
            if rng.random_range(0..100) < 2 {
                sheet.write(row, col, pick(&mut rng, &FAULTS))?;
            } else {
                sheet.write(row, col, text)?;
            }
        }
        for (col, from, to) in [(1, 0.0, 0.001), (8, 0.01, 1.2), (9, 0.1, 4.0), (10, 0.2, 4.5)] {
            if rng.random_range(0..100) < 2 {
                sheet.write(row, col, pick(&mut rng, &FAULTS))?;
            } else {
                let minute = 1.0 / 1_440.0;
                let serial = ((received + rng.random_range(from..to)) / minute).round() * minute;
                sheet.write_number_with_format(row, col, serial, &moment)?;
            }
        }
    }
    book.save(folder.join(format!("第{community:02}花园2025年{}季度投诉.xlsx", quarter + 1)))?;
    Ok(())
}

fn pick(rng: &mut impl Rng, words: &[&str]) -> String {
    words[rng.random_range(0..words.len())].to_owned()
}
