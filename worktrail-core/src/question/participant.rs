//! Finding participants.

use std::fmt;

use chrono::Datelike;

use super::{Answered, Page, Question, View};
use crate::access::Right;
use crate::command::{Stop, may_be_found, who_has};
use crate::domain::{
    Line, Municipality, NameBeginning, NameEntry, NationalId, Participant, ParticipantId, PersonName, PersonNumber,
    Rejection, TeamId, Thing, TrailAudience,
};
use crate::store::{Limit, PageRequest};

/// Finds a participant by any of their numbers: the present national id, a former one, another country's. Not found is
/// who is strictly protected or has trails that were not released since (`DA4`), and who has an open trail in another
/// team (`DA3`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindParticipant {
    /// The team that asks.
    pub team: TeamId,
    /// The number.
    pub number: PersonNumber,
}

/// Finds the participants of a team's open trails by the beginning of any of their names (S77).
///
/// Somebody who is withheld has no place in the list of names, and neither has somebody without an open trail: they are
/// found by number, or not at all (`DA3`, `DA4`). Whose names begin alike comes once a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindByName {
    /// The team that asks.
    pub team: TeamId,
    /// How one of the names begins.
    pub beginning: NameBeginning,
    /// Which page.
    pub page: PageRequest,
}

/// Who is probably the same person as a participant: has the same birth date and the same name, as names are compared
/// (S30). Whom the team may not find by number is not told (`DA3`, `DA4`): a cleared team finds the strictly protected too.
/// A hundred are told at most, of the first thousand who are alike: more namesakes born on one day there are not.
///
/// No two participants have a number in common, present or former, so that is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProbableDuplicates {
    /// The team that asks.
    pub team: TeamId,
    /// The participant.
    pub participant: ParticipantId,
}

/// The most duplicates that are told.
const MOST_ALIKE: usize = 100;

/// What a hit shows: enough to tell whether it is the right person, and to tell namesakes apart (S78).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParticipantCard {
    /// The id.
    pub id: ParticipantId,
    /// The name.
    pub name: PersonName,
    /// The year of birth, where it is known.
    pub birth_year: Option<i32>,
    /// The postal place, where it is known and not withheld.
    pub place: Option<Line<80>>,
    /// The municipality, where it is known and not withheld.
    pub municipality: Option<Municipality>,
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
        let residence = participant.residence();
        Self {
            id: participant.id(),
            name: participant.name().clone(),
            birth_year: participant.birth_date().map(|birth| birth.reveal().year()),
            place: residence.and_then(|residence| residence.place.clone()),
            municipality: residence.and_then(|residence| residence.municipality),
            masked_number: participant.national_id().map(NationalId::masked),
        }
    }
}

impl Question for FindParticipant {
    type Answer = Option<ParticipantCard>;

    const RIGHT: Right = Right::RegisterParticipant;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, _) = view.over_team(self.team);
        let held = who_has(view, &self.number);
        let (team, permit) = right?;
        let shown = match held? {
            Some(participant) if may_be_found(view, team, participant)? => Some(ParticipantCard::of(participant)),
            _ => None,
        };
        Ok(permit.answer(shown))
    }
}

impl Question for FindByName {
    type Answer = Page<ParticipantCard>;

    const RIGHT: Right = Right::RegisterParticipant;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, _) = view.over_team(self.team);
        let page = view.page::<NameEntry>(NameEntry::of_team(self.team, &self.beginning), &self.page);
        let (_, permit) = right?;
        let page = page?;
        // All participants are asked for before the first is needed, so that they come in one load.
        let found: Vec<_> = page.items.iter().map(|entry| view.get::<Participant>(entry.participant())).collect();
        let mut items: Vec<ParticipantCard> = Vec::with_capacity(found.len());
        for participant in found {
            let participant = participant?;
            if items.iter().all(|card| card.id != participant.id()) {
                items.push(ParticipantCard::of(participant));
            }
        }
        Ok(permit.answer(Page { items, next: page.next }))
    }
}

impl Question for ProbableDuplicates {
    type Answer = Vec<ParticipantCard>;

    const RIGHT: Right = Right::CorrectIdentity;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, _) = view.over_team(self.team);
        let participant = view.get::<Participant>(self.participant);
        let (team, permit) = right?;
        let participant = participant?;
        if !may_be_found(view, team, participant)? {
            return Err(Rejection::NotFound { what: Thing::Participant }.into());
        }
        let Some(born) = participant.birth_date() else { return Ok(permit.answer(Vec::new())) };
        let page = PageRequest::first(Limit::MAX);
        let all = [TrailAudience::Team, TrailAudience::Withheld];
        let among = all.into_iter().filter(|it| *it == TrailAudience::Team || !team.clearance().is_ordinary());
        let pages: Vec<_> = among
            .map(|audience| view.page::<Participant>(Participant::alike(audience, born, participant.name()), &page))
            .collect();
        let mut alike = Vec::new();
        for page in pages {
            alike.extend(page?.items.into_iter().filter(|other| other.id() != participant.id()));
        }
        // Each is asked for as by number, and all of them before the first answer is needed.
        let found: Vec<_> = alike.iter().map(|other| may_be_found(view, team, other)).collect();
        let found = found.into_iter().collect::<Result<Vec<bool>, Stop>>()?;
        let told = alike.iter().zip(found).filter(|(_, is_found)| *is_found).take(MOST_ALIKE);
        Ok(permit.answer(told.map(|(other, _)| ParticipantCard::of(other)).collect()))
    }
}

#[cfg(test)]
mod tests;
