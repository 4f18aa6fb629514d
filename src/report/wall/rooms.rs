//! Rooms: `3-2-1501`, `3栋1501`, `3栋2单元501`, `A座2201`, `1501室`, `1-103`, `Room 1501`, `3栋5楼东户`.

/// What is counted by a number: what stands before it is no room.
const COUNTERS: &str = "份件户元人次个条项天分秒小时日周月年岁米吨度台部辆盏名位%‰平方公里万千百亿点";

/// Dashes of one building, unit and room.
const DASHES: &str = "-‐–−/—";

/// The first room of a text.
pub(super) fn find(text: &[char]) -> Option<String> {
    (0..text.len()).find_map(|at| {
        let starts = text[at].is_ascii_digit() && (at == 0 || !text[at - 1].is_ascii_digit());
        let end = if starts { room_at(text, at) } else { lettered(text, at).or_else(|| in_english(text, at)) };
        end.map(|end| text[at..end].iter().collect())
    })
}

fn digits(text: &[char], from: usize) -> usize {
    text[from.min(text.len())..].iter().take_while(|c| c.is_ascii_digit()).count()
}

/// Length of the first of some words with which a text goes on.
fn word(text: &[char], from: usize, words: &[&str]) -> Option<usize> {
    words.iter().find_map(|word| {
        let length = word.chars().count();
        text.get(from..from + length).is_some_and(|found| found.iter().copied().eq(word.chars())).then_some(length)
    })
}

fn past_marks(text: &[char], at: usize) -> usize {
    at + text[at.min(text.len())..]
        .iter()
        .take(2)
        .take_while(|c| matches!(c, ' ' | '-' | ',' | '、' | '.' | '/'))
        .count()
}

/// Where a room that begins at a digit ends.
pub(in crate::report) fn room_at(text: &[char], start: usize) -> Option<usize> {
    let first = digits(text, start);
    let after = start + first;
    if (3..=4).contains(&first)
        && let Some(mark) = word(text, past_blank(text, after), &["室", "房", "号房"])
        && word(text, past_blank(text, after), &["室内", "室外", "房屋", "房间", "房产"]).is_none()
    {
        return Some(past_blank(text, after) + mark);
    }
    if (3..=4).contains(&first) && is_floor_and_door(&text[start..after], 30) && is_of_somebody(text, after) {
        return Some(after);
    }
    if first > 3 {
        return None;
    }
    if text.get(after).is_some_and(|c| DASHES.contains(*c)) {
        return dashed(text, start, after);
    }
    let building = word(text, past_blank(text, after), &["号楼", "#楼", "栋", "幢", "座", "#", "号", "单元"])?;
    let mark = text[past_blank(text, after)];
    // The day of a month: 6月30号.
    if mark == '号' && building == 1 && start > 0 && matches!(text[start - 1], '月' | '第' | '-') {
        return None;
    }
    behind_building(text, past_blank(text, after) + building)
}

fn past_blank(text: &[char], at: usize) -> usize {
    at + usize::from(text.get(at) == Some(&' '))
}

/// Building-unit-room, or building-room where it looks like one. A date such as 2025-06-30 begins with four digits; a document's
/// number stands behind letters.
fn dashed(text: &[char], start: usize, after: usize) -> Option<usize> {
    let dash = text[after];
    let second = digits(text, after + 1);
    let next = after + 1 + second;
    if (1..=2).contains(&second) && text.get(next) == Some(&dash) {
        let last = digits(text, next + 1);
        let end = next + 1 + last;
        let year: String = text[next + 1..end].iter().collect();
        // 6/30/2025 is a date.
        let is_date = dash == '/' && year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
        return ((3..=4).contains(&last) && !is_date).then_some(end);
    }
    let stands_alone = start == 0 || !(text[start - 1].is_ascii_alphanumeric() || "-./‐–§~".contains(text[start - 1]));
    let end = after + 1 + second;
    let is_room = (3..=4).contains(&second)
        && dash != '/'
        && stands_alone
        && is_floor_and_door(&text[after + 1..end], 20)
        && !text.get(end).is_some_and(|c| ".-:/".contains(*c))
        && !is_counted(text, end);
    is_room.then_some(end)
}

/// `1501` is the first door of floor 15; `1500` and `0815` are nobody's.
fn is_floor_and_door(room: &[char], most_doors: u32) -> bool {
    let number = room.iter().filter_map(|c| c.to_digit(10)).fold(0, |sum, digit| sum * 10 + digit);
    let (floor, door) = (number / 100, number % 100);
    room.first() != Some(&'0') && (1..=60).contains(&floor) && (1..=most_doors).contains(&door)
}

fn is_counted(text: &[char], end: usize) -> bool {
    let at = past_blank(text, end);
    text.get(at).is_some_and(|c| COUNTERS.contains(*c))
        || text.get(end) == Some(&',') && text.get(end + 1).is_some_and(char::is_ascii_digit)
        || text.get(end) == Some(&'.') && text.get(end + 1).is_some_and(char::is_ascii_digit)
}

/// `1501业主`, `1501的住户`.
fn is_of_somebody(text: &[char], end: usize) -> bool {
    let at = past_blank(text, end);
    let at = at + usize::from(text.get(at) == Some(&'的'));
    word(text, at, &["业主", "住户", "先生", "女士", "太太", "小姐", "邻居", "家里", "人家"]).is_some()
}

/// Behind the mark of a building or unit: a room, or a floor with its side.
fn behind_building(text: &[char], at: usize) -> Option<usize> {
    let mut at = past_marks(text, at);
    let mut units = 0;
    while units < 2 {
        let unit = digits(text, at);
        let mark = (1..=2)
            .contains(&unit)
            .then(|| word(text, past_blank(text, at + unit), &["单元", "门", "梯", "号楼", "栋"]));
        let Some(mark) = mark.flatten() else { break };
        at = past_marks(text, past_blank(text, at + unit) + mark);
        units += 1;
    }
    let room = digits(text, at);
    let end = at + room;
    if (3..=4).contains(&room) {
        return (!is_counted(text, end)).then_some(end);
    }
    let floor = (1..=2).contains(&room).then(|| word(text, past_blank(text, end), &["层", "楼", "F"])).flatten()?;
    let end = past_marks(text, past_blank(text, end) + floor);
    // A floor of a unit is two to four households; of a building, only with the side.
    let side = text.get(end).is_some_and(|c| "东西南北左右中".contains(*c))
        && text.get(end + 1).is_some_and(|c| "户门边手侧".contains(*c));
    let door = digits(text, end);
    let named = (1..=2).contains(&door) && word(text, end + door, &["室", "号", "户"]).is_some();
    if side || units > 0 || named { Some(end + if side { 2 } else { 0 }) } else { None }
}

/// `A座2201`, `B栋1单元301`.
fn lettered(text: &[char], at: usize) -> Option<usize> {
    let starts = text[at].is_ascii_uppercase() && (at == 0 || !text[at - 1].is_ascii_alphanumeric());
    let mark = word(text, past_blank(text, at + 1), &["栋", "座", "幢", "号楼", "楼"]).filter(|_| starts)?;
    behind_building(text, past_blank(text, at + 1) + mark)
}

/// `ROOM 1501`, `FLAT 12B`.
fn in_english(text: &[char], at: usize) -> Option<usize> {
    if at > 0 && text[at - 1].is_ascii_alphanumeric() {
        return None;
    }
    let length = word(text, at, &["ROOM", "RM", "FLAT", "APARTMENT", "APT", "房号", "门牌", "室号"])?;
    let from = at + length + text[at + length..].iter().take(3).take_while(|c| " .#:号".contains(**c)).count();
    let room = digits(text, from);
    let letter = text.get(from + room).is_some_and(char::is_ascii_uppercase)
        && !text.get(from + room + 1).is_some_and(char::is_ascii_alphanumeric);
    ((3..=4).contains(&room) && !is_counted(text, from + room) || (1..=2).contains(&room) && letter)
        .then_some(from + room + usize::from(letter))
}
