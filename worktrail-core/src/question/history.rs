//! What happened on a trail.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{Answered, Question, View};
use crate::access::Right;
use crate::domain::{ActorId, Fact, FactCode, Trail, TrailId};
use crate::store::{Entry, Position};

/// Reads what happened on a trail, and to its participant, from the journal.
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
        let entries = view.history(trail.participant())?;
        Ok(permit.answer(entries.iter().filter(|entry| concerns(entry, self.trail)).map(read).collect()))
    }
}

/// The trail that an entry's details name, if they name one.
#[derive(Deserialize)]
struct Named {
    trail: Option<TrailId>,
}

/// Whether an entry concerns this trail, or the participant and no trail in particular. What another trail of the same
/// person went through is not told here.
fn concerns(entry: &Entry, trail: TrailId) -> bool {
    let named = entry.details().and_then(|details| serde_json::from_slice::<Named>(details.bytes()).ok());
    named.is_some_and(|named| named.trail.is_none_or(|named| named == trail))
}

fn read(entry: &Entry) -> HistoryEntry {
    HistoryEntry {
        position: entry.position(),
        at: entry.at(),
        actor: ActorId::new(entry.actor()),
        code: FactCode::parse(entry.code()),
        fact: entry.details().and_then(|details| serde_json::from_slice(details.bytes()).ok()),
    }
}
