//! Names of persons: those that stand in a register, and what is written as a name is.

use std::collections::{BTreeSet, HashSet};

use super::plain::{close, plain};
use crate::normalise::han::is_han;

/// Most characters of a Chinese name, by surname or not.
const LONGEST: usize = 4;

/// The commonest surnames.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔\
    钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易\
    文乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍\
    华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和\
    仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊\
    仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修\
    邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由";

/// Surnames of two characters.
const COMPOUND: [&str; 12] =
    ["欧阳", "上官", "司马", "诸葛", "司徒", "夏侯", "皇甫", "尉迟", "东方", "慕容", "令狐", "端木"];

/// How many of the surnames, from the commonest, are told by a title behind them alone.
const COMMONEST: usize = 150;

/// What follows a name.
const TITLES: [&str; 13] =
    ["先生", "女士", "小姐", "太太", "师傅", "业主", "阿姨", "大爷", "大妈", "大姐", "大哥", "奶奶", "爷爷"];

/// What follows a surname of a customer in any place.
const PERSONAL: [&str; 10] = ["先生", "女士", "小姐", "太太", "阿姨", "大爷", "大妈", "大姐", "奶奶", "爷爷"];

/// What follows a surname of a member of the staff, where nothing else stands before it.
const OFFICES: [&str; 9] = ["师傅", "经理", "主任", "主管", "队长", "班长", "老师", "医生", "工程师"];

/// Behind these and a colon stands a name.
const LABELS: [&str; 20] = [
    "联系人",
    "负责人",
    "经办人",
    "投诉人",
    "报修人",
    "反映人",
    "姓名",
    "业主",
    "户主",
    "住户",
    "租户",
    "回访人",
    "接待人",
    "处理人",
    "责任人",
    "承办人",
    "经手人",
    "签名",
    "签字",
    "记录人",
];

/// What no person is called, though it begins like a name.
const NO_NAMES: [&str; 12] = ["部", "科", "室", "组", "处", "中心", "公司", "队", "班", "站", "会", "岗"];

/// What is written where a name should stand.
const FILLERS: [&str; 24] = [
    "匿名",
    "不详",
    "未知",
    "无名",
    "业主",
    "住户",
    "租户",
    "租客",
    "家属",
    "访客",
    "保安",
    "客服",
    "前台",
    "物业",
    "管理处",
    "居民",
    "客户",
    "顾客",
    "先生",
    "女士",
    "本人",
    "某某",
    "多人",
    "无",
];

/// The names to look for, in the form in which texts are compared.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Chinese ones that begin with a surname: found anywhere.
    known: HashSet<String>,
    /// Others: found where they stand by themselves or before a title.
    alone: HashSet<String>,
    /// Those that are also words of the pages: found before a title only.
    common: HashSet<String>,
    /// What is no name though a name is part of it: communities, departments, the company.
    allowed: Vec<Vec<char>>,
}

impl Names {
    /// `persons` as the registers have them; `allowed` names of communities and departments; `wording` what pages say anyway.
    pub(super) fn new<'a>(
        persons: impl Iterator<Item = &'a str>,
        allowed: impl Iterator<Item = &'a str>,
        wording: impl Iterator<Item = &'a str>,
    ) -> Self {
        let allowed = allowed.map(|name| close(&plain(name))).filter(|name| name.len() >= 2).collect();
        let mut names = Self { allowed, ..Self::default() };
        names.allowed.sort_by_key(|name| std::cmp::Reverse(name.len()));
        for person in persons {
            names.add(person);
        }
        // Nobody's secret: what every page says is a word, though somebody may be called so.
        for text in wording {
            let text = close(&plain(text));
            for at in 0..text.len() {
                for length in 2..=LONGEST.min(text.len() - at) {
                    let piece: String = text[at..at + length].iter().collect();
                    if names.known.remove(&piece) || names.alone.remove(&piece) {
                        names.common.insert(piece);
                    }
                }
            }
            for token in tokens(&text) {
                names.alone.remove(&token);
            }
        }
        names
    }

    /// A register may say `张三先生`, `张三/李四` or `Mary Lee`.
    fn add(&mut self, person: &str) {
        let text = close(&plain(person));
        if text.iter().copied().any(is_han) {
            for token in text.split(|c| !is_han(*c)).filter(|token| token.len() >= 2) {
                let token: String = token.iter().collect();
                let bare = TITLES.iter().find_map(|title| token.strip_suffix(title)).unwrap_or(&token);
                if bare.chars().count() < 2 || FILLERS.contains(&bare) {
                    continue;
                }
                let is_name = bare.chars().count() <= LONGEST && surname(&bare.chars().collect::<Vec<_>>()).is_some();
                if is_name { &mut self.known } else { &mut self.alone }.insert(bare.to_owned());
            }
        } else {
            let words = tokens(&text).join(" ");
            if words.chars().filter(|c| c.is_alphabetic()).count() >= 2 {
                self.alone.insert(words);
            }
        }
    }

    /// The first name of a text.
    pub(super) fn find(&self, text: &str) -> Option<String> {
        let text = self.without_allowed(close(&plain(text)));
        self.known_in(&text).or_else(|| self.alone_in(&text)).or_else(|| titled(&text)).or_else(|| labelled(&text))
    }

    /// Each allowed name becomes a blank: `云栖苑` names no 云栖.
    fn without_allowed(&self, mut text: Vec<char>) -> Vec<char> {
        for name in &self.allowed {
            while let Some(at) = text.windows(name.len()).position(|piece| piece == &name[..]) {
                text.splice(at..at + name.len(), [' ']);
            }
        }
        text
    }

    fn known_in(&self, text: &[char]) -> Option<String> {
        (0..text.len()).filter(|at| is_han(text[*at])).find_map(|at| {
            let run = text[at..].iter().take(LONGEST).take_while(|c| is_han(**c)).count();
            (2..=run)
                .rev()
                .map(|length| text[at..at + length].iter().collect())
                .find(|piece| self.known.contains(piece))
        })
    }

    fn alone_in(&self, text: &[char]) -> Option<String> {
        let tokens = tokens(text);
        (0..tokens.len()).find_map(|at| {
            let token = &tokens[at];
            let bare = TITLES.iter().find_map(|title| token.strip_suffix(title));
            if bare.is_some_and(|bare| self.common.contains(bare)) {
                return Some(token.clone());
            }
            let joined = (2..=3).filter_map(|length| tokens.get(at..at + length).map(|words| words.join(" ")));
            let mut whole = std::iter::once(token.clone()).chain(bare.map(str::to_owned)).chain(joined);
            whole.find(|words| self.alone.contains(words))
        })
    }
}

/// Words between marks and blanks.
fn tokens(text: &[char]) -> Vec<String> {
    let words = text.split(|c| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(|word| word.iter().collect()).collect()
}

/// Length of the surname with which a text begins.
fn surname(text: &[char]) -> Option<usize> {
    let pair: String = text.iter().take(2).collect();
    if COMPOUND.contains(&pair.as_str()) {
        return Some(2);
    }
    text.first().filter(|c| SURNAMES.contains(**c)).map(|_| 1)
}

fn is_common_surname(c: char) -> bool {
    SURNAMES.chars().filter(|c| !c.is_whitespace()).take(COMMONEST).any(|known| known == c)
}

/// `张先生`, `陈国强女士`; `王经理` where nothing stands before it that could be part of another word.
fn titled(text: &[char]) -> Option<String> {
    for at in 1..text.len() {
        let goes_on = |titles: &[&str]| {
            titles.iter().map(|title| title.chars().count()).zip(titles).find_map(|(length, title)| {
                text.get(at..at + length).is_some_and(|piece| piece.iter().copied().eq(title.chars())).then_some(length)
            })
        };
        if let Some(length) = goes_on(&PERSONAL) {
            let found = (1..=3.min(at)).find(|back| {
                let start = at - back;
                let is_name = text[start..at].iter().copied().all(is_han);
                is_name && if *back == 1 { is_common_surname(text[start]) } else { surname_of(&text[start..at]) }
            });
            if let Some(back) = found {
                return Some(text[at - back..at + length].iter().collect());
            }
        }
        if let Some(length) = goes_on(&OFFICES) {
            let found = (1..=3.min(at)).find(|back| {
                let start = at - back;
                let is_name = text[start..at].iter().copied().all(is_han);
                let begins = start == 0 || !is_han(text[start - 1]) || "由请找和与及向对为经".contains(text[start - 1]);
                is_name
                    && begins
                    && is_common_surname(text[start])
                    && !NOT_STAFF.contains(&text[start..at].iter().collect::<String>().as_str())
            });
            if let Some(back) = found {
                return Some(text[at - back..at + length].iter().collect());
            }
        }
    }
    let words: String = text.iter().collect();
    let words: Vec<&str> = words.split(' ').collect();
    words.windows(2).find_map(|pair| {
        let is_title = matches!(pair[0].trim_end_matches('.'), "MR" | "MRS" | "MS" | "DR");
        let name: String = pair[1].chars().take_while(char::is_ascii_alphabetic).collect();
        (is_title && name.len() >= 2).then(|| format!("{} {name}", pair[0]))
    })
}

/// Two or three characters before a title that make a whole name: they begin with one of the commonest surnames.
fn surname_of(name: &[char]) -> bool {
    COMPOUND.iter().any(|pair| pair.chars().eq(name.iter().copied().take(2))) || is_common_surname(name[0])
}

/// Words before an office that begin like a surname.
const NOT_STAFF: [&str; 16] = [
    "安全", "安保", "高级", "管理", "维修", "石材", "万能", "白班", "向导", "常驻", "方案", "文明", "文员", "金牌",
    "许可", "程序",
];

/// `联系人：陈国强`.
fn labelled(text: &[char]) -> Option<String> {
    (0..text.len()).filter(|at| text[*at] == ':').find_map(|colon| {
        let before: String = text[..colon].iter().filter(|c| **c != ' ').collect();
        if !LABELS.iter().any(|label| before.ends_with(label)) {
            return None;
        }
        let start = colon + 1 + text[colon + 1..].iter().take_while(|c| **c == ' ').count();
        let name: Vec<char> = text[start..].iter().copied().take_while(|c| is_han(*c)).collect();
        let written: String = name.iter().collect();
        let is_name = (2..=LONGEST).contains(&name.len())
            && surname(&name).is_some()
            && !NO_NAMES.iter().any(|ending| written.ends_with(ending));
        is_name.then_some(written)
    })
}

/// The name that a text holds, as masks look for one: it stands by itself, with or without a title behind it.
pub(in crate::report) fn name(text: &str, names: &BTreeSet<String>) -> Option<String> {
    const TITLES: [&str; 6] = ["先生", "女士", "小姐", "太太", "师傅", "业主"];
    let known = |token: &str| token.chars().count() >= 2 && names.contains(token);
    if known(text.trim()) {
        return Some(text.trim().to_owned());
    }
    let tokens: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty()).collect();
    for (at, token) in tokens.iter().enumerate() {
        let bare = TITLES.iter().find_map(|title| token.strip_suffix(title)).unwrap_or(token);
        if known(token) || known(bare) {
            return Some((*token).to_owned());
        }
        // Names of two or three words, such as `Mary Ann Lee`.
        for length in 2..=3 {
            if let Some(joined) = tokens.get(at..at + length).map(|words| words.join(" ")).filter(|words| known(words))
            {
                return Some(joined);
            }
        }
    }
    None
}
