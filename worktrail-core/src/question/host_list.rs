//! What an organisation offers to choose from.

use super::{Answered, Question, View};
use crate::access::Right;
use crate::domain::{HostList, HostListId, ListChoice, ListName, TeamId};

/// What the organisation offers of a list today, in the order in which it is shown: its own entries among the values
/// (`DA9`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfferedChoices {
    /// The team that asks.
    pub team: TeamId,
    /// Which list.
    pub list: ListName,
}

impl Question for OfferedChoices {
    type Answer = Vec<ListChoice>;

    const RIGHT: Right = Right::RegisterParticipant;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, _) = view.over_team(self.team);
        let list = view.find::<HostList>(HostListId::of(self.list));
        let (_, permit) = right?;
        Ok(permit.answer(HostList::offered(list?, self.list)))
    }
}
