//! What happened on a trail.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::elsewhere::Elsewhere;
use super::view::following;
use super::{Answered, Question, View};
use crate::access::{Purpose, Right};
use crate::command::all_of_person;
use crate::domain::{
    ActorId, Attestation, CapacityAssessment, Confirmed, Consent, Fact, FactCode, Guardianship, HeldNumber,
    Participant, Role, Trail, TrailId, Wishes,
};
use crate::record::Recorded;
use crate::store::{Capacity, Entry, Limit, Position};

/// Reads what happened on a trail, and to its participant while no other trail was open, from the journal: a page at a
/// time, the first first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrailHistory {
    /// The trail.
    pub trail: TrailId,
    /// After which place in the journal; [`Position::START`] for the first page.
    pub after: Position,
    /// How long a page.
    pub limit: Limit,
}

impl TrailHistory {
    /// The first page.
    #[must_use]
    pub const fn first(trail: TrailId, limit: Limit) -> Self {
        Self { trail, after: Position::START, limit }
    }
}

/// A page of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HistoryPage {
    /// What happened, in order.
    pub entries: Vec<HistoryEntry>,
    /// After which place the next page begins; none when this was the last.
    pub next: Option<Position>,
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
    type Answer = HistoryPage;

    const RIGHT: Right = Right::ReadTrail;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let trail = view.get::<Trail>(self.trail)?;
        let permit = view.may(trail)?;
        let elsewhere = Elsewhere::than(trail, all_of_person::<Trail>(view, trail.participant())?, permit.role());
        let told = |entry: &&Entry| concerns(entry, self.trail, &elsewhere) && is_for(entry, permit.role());
        let (mut found, mut after) = (Vec::new(), Some(self.after));
        // What is not told takes no place on the page, and one more is looked for: a page is full, and the last one is known.
        while let Some(from) = after.filter(|_| found.len() <= self.limit.get()) {
            let entries = view.history(trail.participant(), from)?;
            found.extend(entries.iter().filter(told).map(read));
            after = following(entries);
        }
        let has_more = found.len() > self.limit.get();
        found.truncate(self.limit.get());
        let next = found.last().filter(|_| has_more).map(|entry| entry.position);
        Ok(permit.answer(HistoryPage { entries: found, next }))
    }
}

/// The trail that an entry's details name, if they name one.
#[derive(Deserialize)]
struct Named {
    trail: Option<TrailId>,
}

/// The entries about a person that concern one of their trails: those that name it, and those that name none and were
/// told while it was theirs to know. What belongs to another trail of the same person is not told here, nor that
/// there is one (`DA3`): an attestation says as much.
pub(super) fn concerns(entry: &Entry, trail: TrailId, elsewhere: &Elsewhere<'_>) -> bool {
    let named = entry.details().and_then(|details| serde_json::from_slice::<Named>(details.bytes()).ok());
    match named {
        None => false,
        Some(Named { trail: Some(named) }) => named == trail,
        Some(Named { trail: None }) => is_of_the_person(entry) && elsewhere.has_in_history(entry.at()),
    }
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
            Fact::NarrativeWritten { topic, .. }
            | Fact::ConfirmationMade { of: Confirmed::Text { topic, .. }, .. }
            | Fact::DocumentFiled { topic: Some(topic), .. },
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
