//! The names that codes of a column stand for.

use crate::metrics::runner::Setting;
use crate::records::cases::Further;
use crate::records::columns as c;
use crate::records::frames::NameList;

/// The names of a column, by code.
pub(super) fn names_of<'a>(column: &str, setting: &Setting<'a>) -> Box<dyn Iterator<Item = &'a str> + 'a> {
    if column == c::DEPARTMENT {
        return Box::new(setting.directory.departments.iter().map(|department| &*department.name));
    }
    let names = setting.names;
    let list: &NameList = match column {
        c::CLASS => &names.class,
        c::CATEGORY => &names.category,
        c::CHANNEL => &names.channel,
        _ => match Further::of_column(column) {
            Some(further) => names.further(further),
            None => return Box::new(std::iter::empty()),
        },
    };
    Box::new((0..).map_while(|code| list.name(code)))
}
