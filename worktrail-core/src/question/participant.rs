//! Finding participants.

use std::fmt;

use chrono::Datelike;

use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::may_be_found;
use crate::domain::{NationalId, Participant, ParticipantId, PersonName, Team, TeamId};

/// Finds a participant by national id. Not found is who is strictly protected or has trails that were not released since
/// (`DA4`), and who has an open trail in another team (`DA3`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindParticipant {
    /// The team that asks.
    pub team: TeamId,
    /// The number.
    pub number: NationalId,
}

/// What a hit shows: enough to tell whether it is the right person (S78).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParticipantCard {
    /// The id.
    pub id: ParticipantId,
    /// The name.
    pub name: PersonName,
    /// The year of birth, where it is known.
    pub birth_year: Option<i32>,
    /// The national id, masked.
    pub masked_number: Option<String>,
}

/// Shows the id; everything else tells who it is, the masked number and the year of birth too.
impl fmt::Debug for ParticipantCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ParticipantCard").field("id", &self.id).finish_non_exhaustive()
    }
}

impl ParticipantCard {
    pub(super) fn of(participant: &Participant) -> Self {
        Self {
            id: participant.id(),
            name: participant.name().clone(),
            birth_year: participant.birth_date().map(|birth| birth.reveal().year()),
            masked_number: participant.national_id().map(NationalId::masked),
        }
    }
}

impl Question for FindParticipant {
    type Answer = Option<ParticipantCard>;

    const RIGHT: Right = Right::RegisterParticipant;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let team = view.get::<Team>(self.team)?;
        let permit = view.may(team)?;
        let shown = match view.find_by(&Participant::by_national_id(&self.number))? {
            Some(participant) if may_be_found(view, team, participant)? => Some(ParticipantCard::of(participant)),
            _ => None,
        };
        Ok(permit.answer(shown))
    }
}
