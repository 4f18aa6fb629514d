//! Part of the records: those of some communities.

use polars::prelude::{BooleanChunked, DataFrame, NewChunkedArray, PolarsResult};

use super::assemble::Records;
use super::columns as c;
use super::store::NO_NAME;

impl Records {
    /// The records of the communities for whose code this holds; [`NO_NAME`] stands for those of none. Directory and names
    /// stay with the whole.
    ///
    /// # Errors
    /// When a frame lacks its communities.
    pub fn of_communities(&self, keep: impl Fn(u32) -> bool) -> PolarsResult<Self> {
        Ok(Self {
            complaints: part(&self.complaints, &keep)?,
            repairs: part(&self.repairs, &keep)?,
            callbacks: part(&self.callbacks, &keep)?,
            forms: part(&self.forms, &keep)?,
            answers: part(&self.answers, &keep)?,
            choices: part(&self.choices, &keep)?,
            rounds: self.rounds.iter().filter(|round| keep(round.community)).cloned().collect(),
            registers: self.registers.of_communities(&keep),
            ..Self::default()
        })
    }
}

fn part(frame: &DataFrame, keep: &impl Fn(u32) -> bool) -> PolarsResult<DataFrame> {
    if frame.height() == 0 {
        return Ok(frame.clone());
    }
    let codes = frame.column(c::COMMUNITY)?.u32()?;
    frame.filter(&BooleanChunked::from_iter_values(
        "kept".into(),
        codes.iter().map(|code| keep(code.unwrap_or(NO_NAME))),
    ))
}
