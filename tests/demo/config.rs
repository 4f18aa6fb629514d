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
further = ["complaint-handling", "service-center"]
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
