//! What happened on a trail.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{Answered, Question, View};
use crate::access::{Purpose, Right};
use crate::domain::{
    ActorId, Attestation, CapacityAssessment, Confirmed, Consent, Fact, FactCode, Guardianship, HeldNumber,
    Participant, Role, Trail, TrailId, Wishes,
};
use crate::record::Recorded;
use crate::store::{Capacity, Entry, Position};

/// Reads what happened on a trail, and to its participant while no other trail was open, from the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrailHistory {
    /// The trail.
    pub trail: TrailId,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HistoryEntry {
    /// Its place in the journal.
    pub position: Position,
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub actor: ActorId,
    /// What for (S13); none for what was told before it was recorded, or by a newer program.
    pub purpose: Option<Purpose>,
    /// In which role.
    pub role: Option<Role>,
    /// What; none for a fact that this program does not know yet.
    pub code: Option<FactCode>,
    /// The details; none when they were forgotten, or are of a newer form.
    pub fact: Option<Fact>,
}

impl Question for TrailHistory {
    type Answer = Vec<HistoryEntry>;

    const RIGHT: Right = Right::ReadTrail;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let trail = view.get::<Trail>(self.trail)?;
        let permit = view.may(trail)?;
        let entries = concerning(view.history(trail.participant())?, self.trail);
        Ok(permit.answer(entries.filter(|entry| is_for(entry, permit.role())).map(read).collect()))
    }
}

/// The trail that an entry's details name, if they name one.
#[derive(Deserialize)]
struct Named {
    trail: Option<TrailId>,
}

/// The entries about a person that concern one of their trails: those that name it, and those that name none and were
/// not told while another trail was open. What belongs to another trail of the same person is not told here, nor that
/// there is one (`DA3`): an attestation says as much.
pub(super) fn concerning(entries: &[Entry], trail: TrailId) -> impl Iterator<Item = &Entry> {
    let mut open: Option<TrailId> = None;
    entries.iter().filter(move |entry| {
        let named = entry.details().and_then(|details| serde_json::from_slice::<Named>(details.bytes()).ok());
        match named {
            None => false,
            Some(Named { trail: Some(named) }) => {
                match FactCode::parse(entry.code()) {
                    Some(FactCode::TrailOpened | FactCode::TrailReopened) => open = Some(named),
                    Some(FactCode::TrailEnded) => open = None,
                    _ => {}
                }
                named == trail
            }
            Some(Named { trail: None }) => is_of_the_person(entry) && open.is_none_or(|open| open == trail),
        }
    })
}

/// Whether an entry is about a record that belongs to the person and to no trail. Whatever else names no trail is not
/// told, in case a newer program names it otherwise.
fn is_of_the_person(entry: &Entry) -> bool {
    [
        Participant::KIND,
        HeldNumber::KIND,
        Attestation::KIND,
        Consent::KIND,
        Wishes::KIND,
        CapacityAssessment::KIND,
        Guardianship::KIND,
    ]
    .contains(&entry.about().kind())
}

/// Whether the reader belongs to the audience: that there is a text on a topic is told to those who may read it.
pub(super) fn is_for(entry: &Entry, role: Option<Role>) -> bool {
    match fact(entry) {
        Some(
            Fact::NarrativeWritten { topic, .. } | Fact::ConfirmationMade { of: Confirmed::Text { topic, .. }, .. },
        ) => role.is_some_and(|role| topic.audience().includes(role)),
        _ => true,
    }
}

fn fact(entry: &Entry) -> Option<Fact> {
    entry.details().and_then(|details| serde_json::from_slice(details.bytes()).ok())
}

fn read(entry: &Entry) -> HistoryEntry {
    HistoryEntry {
        position: entry.position(),
        at: entry.at(),
        actor: ActorId::new(entry.actor()),
        purpose: entry.capacity().and_then(|capacity| Purpose::from_code(capacity.purpose())),
        role: entry.capacity().and_then(Capacity::role).and_then(Role::from_code),
        code: FactCode::parse(entry.code()),
        fact: fact(entry),
    }
}
