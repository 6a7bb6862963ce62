//! What is shared with somebody whom a consent names.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Answered, Question, View};
use crate::access::Right;
use crate::domain::{
    BirthDate, ConsentClass, ConsentPurpose, EmailAddress, MainGoal, Narrative, NarrativeText, Participant,
    ParticipantId, PersonName, Phase, PhoneNumber, Rejection, Thing, Topic, Trail, TrailId,
};

/// Reads of an open trail exactly what a consent in force names for whoever asks (S4): the recipient that the host knows
/// them as. Without one the trail is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadShared {
    /// Of which trail.
    pub of: SharedOf,
}

/// How a trail is asked for by somebody outside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SharedOf {
    /// By its own id.
    Trail(TrailId),
    /// As the open one of a participant.
    Participant(ParticipantId),
}

/// What is shared: everything that no consent names is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SharedCase {
    /// The trail.
    pub trail: TrailId,
    /// What is shared, and for what: it may be used for nothing else.
    pub granted: BTreeSet<(ConsentPurpose, ConsentClass)>,
    /// The name.
    pub name: Option<PersonName>,
    /// The phone number.
    pub phone: Option<PhoneNumber>,
    /// The e-mail address.
    pub email: Option<EmailAddress>,
    /// The birth date.
    pub birth_date: Option<BirthDate>,
    /// How far it has come.
    pub participation: Option<SharedParticipation>,
    /// The main goal, with the wishes.
    pub main_goal: Option<MainGoal>,
    /// The texts as they stand.
    pub texts: Vec<SharedText>,
}

/// How far a trail has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SharedParticipation {
    /// Its phase.
    pub phase: Phase,
    /// The day of the start-up meeting.
    pub started_on: Option<NaiveDate>,
}

/// A text that is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedText {
    /// What it is about.
    pub topic: Topic,
    /// Which revision.
    pub revision: u32,
    /// The words.
    pub text: NarrativeText,
    /// On which day they were written.
    pub written_on: NaiveDate,
}

impl Question for ReadShared {
    type Answer = SharedCase;

    const RIGHT: Right = Right::ReadShared;

    fn answer(&self, view: &View<'_>) -> Answered<SharedCase> {
        let missing = Rejection::NotFound { what: Thing::Trail };
        let trail = match self.of {
            SharedOf::Trail(trail) => view.get::<Trail>(trail)?,
            SharedOf::Participant(person) => view.find_by(&Trail::open_of(person))?.ok_or_else(|| missing.clone())?,
        };
        let permit = view.may(trail)?;
        // Sharing ends with the trail (I22).
        if trail.is_ended() {
            return Err(missing.into());
        }
        let participant = view.get::<Participant>(trail.participant());
        let texts = view.children::<Narrative, Trail>(trail.id());
        let granted = view.granted(trail.participant())?;
        let (participant, texts) = (participant?, texts?);
        let classes: BTreeSet<_> = granted.iter().map(|(_, class)| *class).collect();
        let shares = |class| classes.contains(&class);
        let shown = texts.into_iter().filter(|text| text.topic().shared_as().is_some_and(shares));
        Ok(permit.answer(SharedCase {
            trail: trail.id(),
            name: shares(ConsentClass::Name).then(|| participant.name().clone()),
            phone: participant.phone().filter(|_| shares(ConsentClass::Phone)).cloned(),
            email: participant.email().filter(|_| shares(ConsentClass::Email)).cloned(),
            birth_date: participant.birth_date().filter(|_| shares(ConsentClass::BirthDate)),
            participation: shares(ConsentClass::Participation)
                .then(|| SharedParticipation { phase: trail.phase(), started_on: trail.started_on() }),
            main_goal: trail.main_goal().filter(|_| shares(ConsentClass::Wishes)).cloned(),
            texts: shown.map(SharedText::of).collect(),
            granted,
        }))
    }
}

impl SharedText {
    fn of(text: &Narrative) -> Self {
        Self {
            topic: text.topic(),
            revision: text.number(),
            text: text.text().clone(),
            written_on: text.authorship().day(),
        }
    }
}

#[cfg(test)]
mod tests;
