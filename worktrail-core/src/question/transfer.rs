//! Transfers: what waits for an answer, and what became of those of a trail.

use chrono::NaiveDate;

use super::view::Page;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::Stop;
use crate::domain::{
    ActorId, Method, Ownership, Participant, ParticipantId, PersonName, StaffId, TeamId, Trail, TrailId, Transfer,
    TransferId, TransferKind,
};
use crate::store::PageRequest;

/// What waits for one's own answer in a team, the most urgent first. What nobody answered in time is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingTransfers {
    /// The team.
    pub team: TeamId,
    /// Which page.
    pub page: PageRequest,
}

/// What waits for an answer in a team, or about its trails, for its supervisors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamTransfers {
    /// The team.
    pub team: TeamId,
    /// Which way.
    pub way: TransferWay,
    /// Which page.
    pub page: PageRequest,
}

/// Which way transfers go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransferWay {
    /// To the team.
    Incoming,
    /// From the team.
    Outgoing,
}

/// All transfers of a trail, by id, with their notes and reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrailTransfers {
    /// The trail.
    pub trail: TrailId,
}

/// A transfer that waits for an answer: what somebody has to know who is asked to take over, and nothing of the mapping, the
/// note or any other text, which come with the trail (I21).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WaitingTransfer {
    /// The transfer.
    pub transfer: TransferId,
    /// What is asked.
    pub kind: TransferKind,
    /// Its trail.
    pub trail: TrailId,
    /// Whose it is.
    pub participant: ParticipantId,
    /// Their name.
    pub name: PersonName,
    /// The trail's method.
    pub method: Method,
    /// From whom.
    pub from: Ownership,
    /// To whom.
    pub to: Ownership,
    /// Who proposed it.
    pub proposed_by: ActorId,
    /// On which day.
    pub proposed_on: NaiveDate,
    /// The last day on which it can be answered.
    pub answer_by: NaiveDate,
}

impl Question for WaitingTransfers {
    type Answer = Page<WaitingTransfer>;

    const RIGHT: Right = Right::SeePortfolio;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let themself = StaffId::new(view.actor().as_uuid());
        let page = view.page(Transfer::waiting_for(at, themself, view.today()), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(waiting(view, page?)?))
    }
}

impl Question for TeamTransfers {
    type Answer = Page<WaitingTransfer>;

    const RIGHT: Right = Right::SeeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let range = match self.way {
            TransferWay::Incoming => Transfer::waiting_in(at, view.today()),
            TransferWay::Outgoing => Transfer::waiting_from(at, view.today()),
        };
        let page = view.page(range, &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(waiting(view, page?)?))
    }
}

impl Question for TrailTransfers {
    type Answer = Vec<Transfer>;

    const RIGHT: Right = Right::ReadTrail;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let trail = view.get::<Trail>(self.trail)?;
        let right = view.may(trail);
        let transfers = view.children::<Transfer, Trail>(self.trail);
        let permit = right?;
        Ok(permit.answer(transfers?.into_iter().cloned().collect()))
    }
}

fn waiting(view: &View<'_>, page: Page<&Transfer>) -> Result<Page<WaitingTransfer>, Stop> {
    // All are asked for before the first is needed, so that they come in one load.
    let persons: Vec<_> = page.items.iter().map(|it| view.get::<Participant>(it.participant())).collect();
    let trails: Vec<_> = page.items.iter().map(|it| view.get::<Trail>(it.trail())).collect();
    let mut items = Vec::with_capacity(page.items.len());
    for ((transfer, person), trail) in page.items.into_iter().zip(persons).zip(trails) {
        items.push(WaitingTransfer::of(transfer, person?, trail?));
    }
    Ok(Page { items, next: page.next })
}

impl WaitingTransfer {
    fn of(transfer: &Transfer, person: &Participant, trail: &Trail) -> Self {
        Self {
            transfer: transfer.id(),
            kind: transfer.kind(),
            trail: transfer.trail(),
            participant: person.id(),
            name: person.name().clone(),
            method: trail.method(),
            from: transfer.from(),
            to: transfer.to(),
            proposed_by: transfer.proposed().by(),
            proposed_on: transfer.proposed().day(),
            answer_by: transfer.terms().answer_by,
        }
    }
}
