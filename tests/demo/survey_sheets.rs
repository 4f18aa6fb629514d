//! The survey and the communities as sheets.

use crate::company::{Community, communities};
use crate::forms::number;
use crate::sheet::{Cell, Sheet, TableKind};
use crate::survey::{ITEMS, Reply, Round};

/// 上半年 or 下半年
pub(crate) fn half_name(half: u32) -> &'static str {
    if half == 1 { "上半年" } else { "下半年" }
}

/// A row for each form.
pub(crate) fn responses(name: &str, community: &Community, round: &Round) -> Sheet {
    let mut sheet = Sheet::new(name, TableKind::SurveyResponse);
    let headers = [vec!["序号", "楼栋", "调查方式"], ITEMS.to_vec(), vec!["意见和建议"]].concat();
    sheet.banner(&format!("{}2025{}顾客满意度调查表汇总", community.name, half_name(round.half)), headers.len());
    sheet.heading(&headers);
    for (index, form) in round.forms.iter().enumerate() {
        let mut cells = vec![number(index), Cell::from(form.building.as_str()), Cell::from(form.method)];
        cells.extend(form.replies.iter().map(|reply| Cell::from(reply.word())));
        cells.push(Cell::from(form.opinion));
        let row = sheet.record(cells);
        for (item, reply) in form.replies.iter().enumerate() {
            if matches!(reply, Reply::Unknown(_)) {
                sheet.plant(row, 3 + item, "rating_unknown");
            }
        }
    }
    sheet.note("统计人：        复核：        ");
    sheet
}

/// 调查统计表: a row for each community and round. The second half uses the short names.
pub(crate) fn rounds(rounds: &[Round]) -> Sheet {
    let mut sheet = Sheet::new("调查统计", TableKind::SurveyRound);
    let headers = [
        "小区",
        "调查期",
        "总户数",
        "入住户数",
        "发放份数",
        "回收份数",
        "发放开始日期",
        "发放截止日期",
        "回收截止日期",
        "统计完成日期",
        "公示日期",
    ];
    sheet.banner("2025年顾客满意度调查统计表", headers.len());
    sheet.heading(&headers);
    let communities = communities();
    for round in rounds {
        let community = &communities[round.community];
        let name = if round.half == 1 { community.name } else { community.alias };
        let mut cells = vec![
            Cell::from(name),
            Cell::from(format!("2025{}", half_name(round.half))),
            Cell::from(community.households),
            Cell::from(round.occupied),
            Cell::from(round.issued),
            Cell::from(u32::try_from(round.forms.len()).unwrap_or(0)),
        ];
        cells.extend(round.dates.map(Cell::Date));
        sheet.record(cells);
    }
    sheet
}

/// 小区台账
pub(crate) fn community_list() -> Sheet {
    let mut sheet = Sheet::new("小区台账", TableKind::Community);
    sheet.banner("和悦物业服务有限公司小区台账", 6);
    sheet.heading(&["小区名称", "别名", "总户数", "入住户数", "入住时间", "管理处"]);
    for community in communities() {
        sheet.record(vec![
            Cell::from(community.name),
            Cell::from(community.alias),
            Cell::from(community.households),
            Cell::from(community.occupied),
            Cell::Date(community.moved_in),
            Cell::from(community.office),
        ]);
    }
    sheet
}
