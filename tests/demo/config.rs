//! `manyi.toml` of the invented company.

use std::fmt::Write;

use crate::company::{COMPLAINTS, DEPARTMENTS, REPAIRS, communities};

const HEAD: &str = r#"# 和悦物业的设置。公司、小区和部门均为虚构。
[organisation]
name = "和悦物业服务有限公司"
name_en = "Heyue Property Services"

[use]
complaint = "complaint-classes"
repair = "service-center"
callback = "service-center"
survey = "survey-procedure"
schedule = "survey-procedure"
further = ["service-center"]

# 公司用投诉程序的数字填这两张表。 / The company fills these two tables from its complaint procedure.
[[override.complaint-classes.document]]
id = "complaint_table"
title = { zh = "客户投诉统计分析表", en = "Statistics and analysis of complaints" }
clause = "4.3.11"
every = ["month", "quarter"]
approvals = [{ zh = "编制", en = "Prepared by" }, { zh = "审核", en = "Reviewed by" }, { zh = "批准", en = "Approved by" }]

[[override.complaint-classes.document]]
id = "escalated_cases"
title = { zh = "业主投诉汇总表", en = "Register of escalated complaints" }
clause = "4.3.4"
deadline = "escalation"
every = ["month"]
paper = "landscape"
approvals = [{ zh = "编制", en = "Prepared by" }, { zh = "品质管理部审核", en = "Reviewed by quality management" }, { zh = "总经理助理批示", en = "Instructed by the assistant general manager" }]
seal = true
"#;

/// The whole text.
pub(crate) fn text() -> Result<String, std::fmt::Error> {
    let mut text = String::from(HEAD);
    for community in communities() {
        let (id, name, alias) = (community.id, community.name, community.alias);
        write!(text, "\n[[community]]\nid = \"{id}\"\nname = \"{name}\"\naliases = [\"{alias}\"]\n")?;
    }
    for (id, name) in DEPARTMENTS {
        write!(text, "\n[[department]]\nid = \"{id}\"\nname = \"{name}\"\n")?;
    }
    text.push_str("\n[category_department]\n");
    for category in COMPLAINTS.iter().chain(&REPAIRS) {
        writeln!(text, "\"{}\" = \"{}\"", category.name, category.department)?;
    }
    Ok(text)
}
