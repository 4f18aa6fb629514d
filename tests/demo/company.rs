//! The invented company: its communities, departments and categories, and the year it had.

use chrono::NaiveDate;

use crate::case::Kind;
use crate::clock::day;

/// 翠湖花园
pub(crate) const CUIHU: usize = 0;
/// 云栖苑
pub(crate) const YUNQI: usize = 1;
/// 锦绣天城, the largest
pub(crate) const JINXIU: usize = 2;
/// 星澜湾, moved into less than five years ago
pub(crate) const XINGLAN: usize = 3;
/// 兰亭小筑, under 300 households
pub(crate) const LANTING: usize = 4;
/// 柏杨新村, the oldest, on paper forms
pub(crate) const BAIYANG: usize = 5;

/// How a center writes an address.
#[derive(Clone, Copy)]
pub(crate) enum Address {
    /// 3栋2单元1502
    Dong,
    /// 5-1-802
    Dashes,
    /// 12号楼1单元602室
    Haolou,
    /// 6幢1103
    Zhuang,
}

/// One community.
pub(crate) struct Community {
    /// Stands in paths of the output.
    pub(crate) id: &'static str,
    /// Full name.
    pub(crate) name: &'static str,
    /// What people call it.
    pub(crate) alias: &'static str,
    /// The office in charge.
    pub(crate) office: &'static str,
    /// All households.
    pub(crate) households: u32,
    /// Those moved in.
    pub(crate) occupied: u32,
    /// When the first moved in.
    pub(crate) moved_in: NaiveDate,
    /// Number of buildings.
    pub(crate) buildings: i64,
    /// How addresses are written.
    pub(crate) address: Address,
    /// Complaints in the year.
    pub(crate) complaints: u32,
    /// Repairs in the year.
    pub(crate) repairs: u32,
    /// Prefix of complaint and repair numbers.
    pub(crate) prefixes: (&'static str, &'static str),
    /// Categories of complaint not in use there.
    pub(crate) without: &'static [&'static str],
}

/// All six, in the order of the constants.
pub(crate) fn communities() -> [Community; 6] {
    let community = |id, name, alias, office, (households, occupied), moved_in, (buildings, address)| Community {
        id,
        name,
        alias,
        office,
        households,
        occupied,
        moved_in,
        buildings,
        address,
        complaints: 0,
        repairs: 0,
        prefixes: ("", ""),
        without: &[],
    };
    let with = |base: Community, (complaints, repairs), prefixes, without| Community {
        complaints,
        repairs,
        prefixes,
        without,
        ..base
    };
    let cuihu = community("cuihu", "翠湖花园", "翠湖", "翠湖管理处", (742, 689), day(2012, 9, 28), (12, Address::Dong));
    let yunqi = community("yunqi", "云栖苑", "云栖", "云栖管理处", (428, 401), day(2016, 5, 20), (6, Address::Dashes));
    let jinxiu =
        community("jinxiu", "锦绣天城", "锦绣", "锦绣管理处", (2386, 2204), day(2008, 12, 18), (26, Address::Haolou));
    let xinglan =
        community("xinglan", "星澜湾", "星澜", "星澜管理处", (586, 352), day(2022, 6, 30), (8, Address::Zhuang));
    let lanting =
        community("lanting", "兰亭小筑", "兰亭", "云栖管理处", (296, 284), day(2018, 4, 16), (4, Address::Dong));
    let baiyang =
        community("baiyang", "柏杨新村", "柏杨", "翠湖管理处", (352, 331), day(2003, 10, 8), (9, Address::Haolou));
    [
        with(cuihu, (272, 520), ("CH-TS-", "CH-BX-"), &["房屋渗漏", "报刊信件"]),
        with(yunqi, (146, 310), ("YQ", "YQBX"), &["房屋渗漏", "报刊信件", "收费争议", "周边环境"]),
        with(jinxiu, (438, 880), ("JXTS2025-", "JXWX2025-"), &["报刊信件"]),
        with(xinglan, (232, 420), ("XL-K", "XL-W"), &["报刊信件", "治安秩序"]),
        with(lanting, (84, 160), ("LT-", "LTB-"), &["房屋渗漏", "收费争议", "停车管理", "周边环境"]),
        with(baiyang, (128, 310), ("", ""), &["房屋渗漏"]),
    ]
}

/// A category and who answers for it; the weights are months, January first.
pub(crate) struct Category {
    /// Name in the registers.
    pub(crate) name: &'static str,
    /// The department by default.
    pub(crate) department: &'static str,
    /// How often, by month.
    pub(crate) season: [u32; 12],
}

/// The departments: id and name.
pub(crate) const DEPARTMENTS: [(&str, &str); 6] = [
    ("gongcheng", "工程部"),
    ("zhixu", "秩序维护部"),
    ("huanjing", "环境部"),
    ("kefu", "客户服务部"),
    ("zonghe", "综合管理部"),
    ("dichan", "地产协调组"),
];

const fn category(name: &'static str, department: &'static str, season: [u32; 12]) -> Category {
    Category { name, department, season }
}

/// What people complain about.
pub(crate) const COMPLAINTS: [Category; 12] = [
    category("装修噪音", "秩序维护部", [6, 5, 22, 30, 28, 16, 12, 14, 20, 22, 14, 8]),
    category("公共设施", "工程部", [10, 8, 10, 10, 12, 12, 14, 14, 10, 10, 9, 9]),
    category("清洁绿化", "环境部", [6, 6, 8, 10, 12, 16, 18, 18, 12, 10, 8, 6]),
    category("消杀虫害", "环境部", [1, 1, 3, 6, 10, 16, 18, 16, 10, 5, 2, 1]),
    category("服务态度", "客户服务部", [5, 4, 5, 5, 6, 9, 11, 10, 6, 4, 4, 4]),
    category("停车管理", "秩序维护部", [10, 12, 9, 9, 9, 9, 10, 10, 9, 10, 9, 9]),
    category("电梯故障", "工程部", [6, 5, 6, 6, 8, 14, 20, 18, 9, 6, 6, 6]),
    category("房屋渗漏", "地产协调组", [3, 3, 6, 10, 14, 20, 20, 14, 8, 5, 4, 3]),
    category("周边环境", "客户服务部", [3, 3, 4, 5, 6, 8, 8, 8, 5, 4, 4, 3]),
    category("治安秩序", "秩序维护部", [5, 6, 4, 4, 4, 5, 6, 6, 5, 4, 4, 5]),
    category("收费争议", "综合管理部", [6, 3, 4, 3, 3, 4, 6, 3, 3, 4, 3, 6]),
    category("报刊信件", "综合管理部", [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
];

/// What breaks.
pub(crate) const REPAIRS: [Category; 9] = [
    category("给排水", "工程部", [24, 20, 18, 18, 20, 24, 26, 26, 20, 18, 18, 24]),
    category("电气照明", "工程部", [16, 14, 14, 14, 16, 20, 24, 24, 16, 14, 14, 16]),
    category("门窗五金", "工程部", [10, 10, 10, 10, 10, 10, 12, 12, 10, 10, 10, 10]),
    category("门禁对讲", "工程部", [9, 9, 9, 9, 9, 10, 12, 12, 9, 9, 9, 9]),
    category("管道疏通", "环境部", [12, 14, 10, 10, 10, 12, 14, 14, 10, 12, 10, 12]),
    category("墙面渗漏", "地产协调组", [2, 2, 4, 6, 8, 12, 12, 8, 5, 3, 2, 2]),
    category("公共照明", "工程部", [7, 6, 6, 6, 6, 6, 7, 7, 7, 8, 8, 8]),
    category("道闸停车", "秩序维护部", [5, 5, 5, 5, 5, 6, 7, 7, 5, 6, 5, 5]),
    category("公共保洁", "环境部", [4, 5, 4, 4, 5, 6, 7, 7, 5, 5, 4, 4]),
];

/// The categories of a kind of case.
pub(crate) fn categories(kind: Kind) -> &'static [Category] {
    match kind {
        Kind::Complaint => &COMPLAINTS,
        Kind::Repair => &REPAIRS,
    }
}

/// How well a center did in a month, in thousandths.
pub(crate) struct Pace {
    /// Responses meant to be in time.
    pub(crate) responded: u32,
    /// Cases meant to be done within three days.
    pub(crate) completed: u32,
}

/// The story of the year: the largest community is overwhelmed in summer; after September everybody is better.
pub(crate) fn pace(community: usize, month: u32, kind: Kind) -> Pace {
    let base = match community {
        CUIHU => 915,
        YUNQI => 945,
        JINXIU => 900,
        XINGLAN => 905,
        _ => 930,
    };
    let summer = match (community, month) {
        (JINXIU, 6) => 170,
        (JINXIU, 7) => 330,
        (JINXIU, 8) => 290,
        (JINXIU, 9) => 120,
        (_, 7 | 8) => 25,
        _ => 0,
    };
    let better = if month > 9 { 45 } else { 0 };
    let completed = match kind {
        Kind::Complaint => base - 50 + better - summer * 3 / 4,
        Kind::Repair => base + 10 + better - summer / 2,
    };
    Pace { responded: base + better - summer, completed }
}
