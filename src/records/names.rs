//! Names over all records, by code.

use super::cases::Further;
use super::frames::NameList;

/// Names by code.
#[derive(Debug, Default)]
pub struct Names {
    /// Categories.
    pub category: NameList,
    /// Classes as written.
    pub class: NameList,
    /// Channels.
    pub channel: NameList,
    /// Buildings.
    pub building: NameList,
    /// Who took or handled cases, or called back.
    pub staff: NameList,
    /// Demands of customers.
    pub demand: NameList,
    /// What cases were settled by.
    pub outcome: NameList,
    /// Parts of buildings and products.
    pub part: NameList,
    /// Grades of customers.
    pub grade: NameList,
    /// Results of the handling, as written.
    pub result: NameList,
    /// Whom complaints went to.
    pub upper_level: NameList,
    /// Products.
    pub product: NameList,
    /// Batches of products.
    pub batch: NameList,
    /// Causes as found.
    pub cause: NameList,
    /// Topics of monthly matrices.
    pub topic: NameList,
    /// Methods.
    pub method: NameList,
    /// Items of surveys.
    pub item: NameList,
    /// Questions of surveys that are no rating.
    pub question: NameList,
    /// Options of these questions.
    pub option: NameList,
}

impl Names {
    /// The names of a column that few registers tell.
    #[must_use]
    pub fn further(&self, further: Further) -> &NameList {
        match further {
            Further::Demand => &self.demand,
            Further::Outcome => &self.outcome,
            Further::Part => &self.part,
            Further::Grade => &self.grade,
            Further::Result => &self.result,
            Further::UpperLevel => &self.upper_level,
            Further::Product => &self.product,
            Further::Batch => &self.batch,
            Further::Cause => &self.cause,
            Further::CallbackPerson => &self.staff,
        }
    }

    /// The same, to add to.
    pub(crate) fn further_mut(&mut self, further: Further) -> &mut NameList {
        match further {
            Further::Demand => &mut self.demand,
            Further::Outcome => &mut self.outcome,
            Further::Part => &mut self.part,
            Further::Grade => &mut self.grade,
            Further::Result => &mut self.result,
            Further::UpperLevel => &mut self.upper_level,
            Further::Product => &mut self.product,
            Further::Batch => &mut self.batch,
            Further::Cause => &mut self.cause,
            Further::CallbackPerson => &mut self.staff,
        }
    }
}
