//! The monthly table of callbacks, QR-004FW: how customers rated what, place by place.
//!
//! Where a community hands in the table, its cells stand as they were written. Where it does not, the month's single callbacks say as
//! much as they can: a callback noted in the register of complaints rates 投诉处理, one in the register of repairs 工程维修, and the
//! attitude on the form of single callbacks 服务态度; of the other columns there is no record.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use polars::prelude::{DataFrame, PolarsResult};

use crate::metrics::runner::Setting;
use crate::normalise::rating::Level;
use crate::records::assemble::Records;
use crate::records::columns as c;
use crate::records::store::NO_NAME;
use crate::step::Step;

/// The columns of the printed table.
pub const PRINTED: [&str; 8] =
    ["治安工作", "清洁绿化", "消杀清运", "噪声影响", "工程维修", "投诉处理", "服务态度", "工作效率"];

/// Topics that centers write under another name.
const ALSO: [(&str, &str); 5] = [
    ("安保工作", "治安工作"),
    ("秩序维护", "治安工作"),
    ("环境卫生", "清洁绿化"),
    ("绿化养护", "清洁绿化"),
    ("噪音影响", "噪声影响"),
];

/// Columns that single callbacks fill.
const REPAIRS: &str = PRINTED[4];
const COMPLAINTS: &str = PRINTED[5];
const ATTITUDE: &str = PRINTED[6];

/// Number of levels, from 特别满意 to 未表态.
pub const LEVELS: usize = Level::ALL.len();

/// The table of a community and month.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CallbackTable {
    /// Month number.
    pub month: i32,
    /// Community code.
    pub community: u32,
    /// Whether the community handed the table in; else it was compiled from single callbacks.
    pub is_written: bool,
    /// Answers by place as written (empty: none told) and topic; a number for each of [`Level::ALL`].
    pub cells: BTreeMap<(Arc<str>, Arc<str>), [u32; LEVELS]>,
}

/// The tables, by month and community.
pub(super) fn all(records: &Records, setting: &Setting<'_>) -> PolarsResult<Vec<CallbackTable>> {
    let frame = &records.callbacks;
    if frame.height() == 0 {
        return Ok(Vec::new());
    }
    let code = |name: &str| -> PolarsResult<Vec<u32>> {
        Ok(frame.column(name)?.u32()?.iter().map(|code| code.unwrap_or(NO_NAME)).collect())
    };
    let (source, community, topic, building) =
        (code(c::SOURCE)?, code(c::COMMUNITY)?, code(c::TOPIC)?, code(c::BUILDING)?);
    let (opinion, attitude) = (code(c::OPINION)?, code(c::ATTITUDE)?);
    let months = frame.column(c::MONTH)?.i32()?;
    let called = frame.column(Step::CalledBack.column())?.i64()?;
    let places = frame.column(c::PLACE)?.str()?;
    let built = |code: u32| setting.names.building.shared(code).unwrap_or_else(|| "".into());
    let (complaints, repairs) = (sheets(&records.complaints)?, sheets(&records.repairs)?);
    let mut tables: BTreeMap<Key, CallbackTable> = BTreeMap::new();
    // By codes: of single callbacks there may be many.
    let mut single: BTreeMap<(Key, u32, &str), [u32; LEVELS]> = BTreeMap::new();
    for row in 0..frame.height() {
        let month = months.get(row).unwrap_or(0);
        let happened = called.get(row).map_or(month <= setting.last_month(), |at| at < setting.as_of);
        if !happened {
            continue;
        }
        let key = (month, community[row]);
        if topic[row] != NO_NAME {
            let Some((topic, level)) = setting.names.topic.name(topic[row]).zip(rated(opinion[row])) else { continue };
            let place = places.get(row).map_or_else(|| built(building[row]), Into::into);
            let table = tables.entry(key).or_insert_with(|| CallbackTable::new(key, true));
            table.cells.entry((place, printed(topic).into())).or_default()[level] += 1;
            continue;
        }
        let rates = [
            (COMPLAINTS, if complaints.contains(&source[row]) { opinion[row] } else { NO_NAME }),
            (REPAIRS, if repairs.contains(&source[row]) { opinion[row] } else { NO_NAME }),
            (ATTITUDE, attitude[row]),
        ];
        for (name, level) in rates {
            if let Some(level) = rated(level) {
                single.entry((key, building[row], name)).or_default()[level] += 1;
            }
        }
    }
    for ((key, building, topic), counts) in single {
        let table = tables.entry(key).or_insert_with(|| CallbackTable::new(key, false));
        // What a community wrote itself stands as it is.
        if !table.is_written {
            table.cells.insert((built(building), topic.into()), counts);
        }
    }
    Ok(tables.into_values().collect())
}

/// Month number and community code.
type Key = (i32, u32);

impl CallbackTable {
    fn new((month, community): Key, is_written: bool) -> Self {
        Self { month, community, is_written, cells: BTreeMap::new() }
    }
}

/// The place of a level among all, where one was given.
fn rated(level: u32) -> Option<usize> {
    usize::try_from(level).ok().filter(|level| *level < LEVELS)
}

/// The sheets of a frame.
fn sheets(frame: &DataFrame) -> PolarsResult<BTreeSet<u32>> {
    if frame.height() == 0 {
        return Ok(BTreeSet::new());
    }
    Ok(frame.column(c::SOURCE)?.u32()?.iter().flatten().collect())
}

/// The printed column of a topic; one that the form does not have keeps its own name.
fn printed(topic: &str) -> &str {
    ALSO.iter().find(|(also, _)| *also == topic).map_or(topic, |(_, printed)| printed)
}
