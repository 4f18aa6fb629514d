//! Two rounds of the satisfaction survey: what was issued and returned, and every form.

use chrono::NaiveDate;

use crate::clock::day;
use crate::company::{Address, Community, communities};
use crate::dice::Dice;
use crate::words::OPINIONS;

/// The eight items of the form.
pub(crate) const ITEMS: [&str; 8] =
    ["治安工作", "清洁绿化", "消杀清运", "噪声影响", "工程维修", "投诉处理", "服务态度", "工作效率"];

/// An answer to one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reply {
    /// Not filled in.
    Blank,
    /// 未表态
    NotStated,
    /// One of the words of the form; true where it counts as satisfied.
    Level(&'static str, bool),
    /// A word that is not on the form.
    Unknown(&'static str),
}

impl Reply {
    /// As written.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Blank => "",
            Self::NotStated => "未表态",
            Self::Level(word, _) | Self::Unknown(word) => word,
        }
    }

    /// Satisfied or not, where there is an answer.
    pub(crate) fn is_satisfied(self) -> Option<bool> {
        match self {
            Self::Level(_, satisfied) => Some(satisfied),
            _ => None,
        }
    }
}

/// A returned form.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    /// Building.
    pub(crate) building: String,
    /// How it came back.
    pub(crate) method: &'static str,
    /// One reply for each item.
    pub(crate) replies: [Reply; 8],
    /// 意见和建议
    pub(crate) opinion: &'static str,
}

/// A round in one community.
#[derive(Clone, Debug)]
pub(crate) struct Round {
    /// Index of the community.
    pub(crate) community: usize,
    /// 1 or 2: which half of the year.
    pub(crate) half: u32,
    /// Households moved in.
    pub(crate) occupied: u32,
    /// Forms handed out.
    pub(crate) issued: u32,
    /// Forms that came back.
    pub(crate) forms: Vec<Form>,
    /// 发放开始, 发放截止, 回收截止, 统计完成, 公示
    pub(crate) dates: [NaiveDate; 5],
}

/// Forms issued and returned, and thousandths satisfied, for each half and community. 翠湖花园 fails its target in the
/// first half and meets it in the second; 锦绣天城 hardly gets its forms back.
const PLAN: [[(u32, u32, u32); 6]; 2] = [
    [(590, 286, 960), (345, 214, 979), (1320, 262, 969), (212, 118, 976), (284, 208, 985), (284, 176, 968)],
    [(594, 362, 976), (348, 218, 983), (1879, 402, 972), (301, 188, 978), (284, 221, 988), (286, 181, 971)],
];

/// Both rounds, by half and community.
pub(crate) fn rounds() -> Vec<Round> {
    let mut rounds = Vec::new();
    for (half, plan) in (1..).zip(PLAN) {
        for (index, community) in communities().iter().enumerate() {
            let mut dice = Dice::stream(60 + u64::from(half) * 10 + index as u64);
            let (issued, returned, satisfied) = plan[index];
            let forms = (0..returned).map(|_| form(&mut dice, community, index, half, satisfied)).collect();
            let dates = dates(&mut dice, half);
            rounds.push(Round { community: index, half, occupied: community.occupied, issued, forms, dates });
        }
    }
    plant(&mut rounds);
    rounds
}

/// Words on no scale, in three forms.
fn plant(rounds: &mut [Round]) {
    for (round, form, item, word) in [(0, 17, 3, "还行吧"), (2, 41, 5, "凑合"), (7, 8, 0, "还行吧")] {
        rounds[round].forms[form].replies[item] = Reply::Unknown(word);
    }
}

fn form(dice: &mut Dice, community: &Community, index: usize, half: u32, satisfied: u32) -> Form {
    let sign = match community.address {
        Address::Dong | Address::Dashes => "栋",
        Address::Haolou => "号楼",
        Address::Zhuang => "幢",
    };
    let building = format!("{}{sign}", dice.between(1, community.buildings));
    let method = ["上门", "岗亭回收", "电话", "邮寄"][dice.weighted(&[70, 14, 12, 4])];
    let nothing_said = dice.per_mille(9);
    let replies = std::array::from_fn(|item| {
        let reply = reply(dice, satisfied - weakness(index, half, item) + 12);
        if nothing_said { Reply::Blank } else { reply }
    });
    Form { building, method, replies, opinion: if dice.per_mille(150) { dice.word(&OPINIONS) } else { "" } }
}

/// What each community does badly, in thousandths below its other items.
fn weakness(community: usize, half: u32, item: usize) -> u32 {
    match (community, half, item) {
        (0, 1, 3) => 70,
        (0, 1, 5) => 50,
        (2, 2, 5) => 45,
        (3, _, 4) => 40,
        (_, _, 2 | 3) => 25,
        (_, _, 5) => 15,
        _ => 5,
    }
}

fn reply(dice: &mut Dice, satisfied: u32) -> Reply {
    let content = dice.per_mille(satisfied.min(995));
    let good = [("特别满意", true), ("满意", true), ("基本满意", true)][dice.weighted(&[34, 46, 20])];
    let bad = [("一般", false), ("不满意", false), ("很不满意", false)][dice.weighted(&[64, 29, 7])];
    let (word, counts) = if content { good } else { bad };
    match dice.below(1000) {
        0..22 => Reply::Blank,
        22..34 => Reply::NotStated,
        _ => Reply::Level(word, counts),
    }
}

fn dates(dice: &mut Dice, half: u32) -> [NaiveDate; 5] {
    let begin = if half == 1 { day(2025, 5, 12) } else { day(2025, 11, 3) };
    let mut date = begin + chrono::Days::new(u64::try_from(dice.between(0, 4)).unwrap_or(0));
    let mut dates = [date; 5];
    for (position, (low, high)) in (1..).zip([(5, 8), (7, 11), (2, 5), (5, 16)]) {
        date = date + chrono::Days::new(u64::try_from(dice.between(low, high)).unwrap_or(0));
        dates[position] = date;
    }
    dates
}
