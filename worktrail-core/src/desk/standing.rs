//! What is looked up again and again about the standing of the staff who act, kept as keys from one time to the next.
//!
//! A decision finds out what there is to look up of its actor while it runs: the trail names the team, the team the
//! membership, the office the appointment. Next time the same keys are asked for in the first load. They are guesses: one
//! too many costs little, one too few a second load. What is decided over was always just read.
//!
//! Kept are ids of staff, teams and offices, and of nobody else: nothing here has to be forgotten with a participant.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::access::{Actor, Right};
use crate::command::{Lacking, Look, Picture};
use crate::domain::{ActorId, Appointment, Conflict, Membership, Office, Staff, StaffId, Team};
use crate::record::{Decoder, Recorded, decode, key_of};
use crate::store::{Key, Kind, Revision, Tenant, UniqueKey, Value};

/// How many standings are kept, about half a kilobyte each: of what was asked for longest ago, half of them go together.
/// A county with ten thousand staff who act and look is within it.
const MOST_STANDINGS: usize = 32_768;
/// How many keys of each.
const MOST_KEYS: usize = 16;

/// The standings that a desk keeps, shared by its clones.
#[derive(Debug, Clone, Default)]
pub(super) struct Standings {
    kept: Arc<Mutex<Kept>>,
    extent: Extent,
}

/// How much of what is kept counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Extent {
    /// All: it was learnt from this very store.
    #[default]
    All,
    /// The keys: what a transaction shows may be rolled back, and a revision be given anew.
    Keys,
}

/// Whose standing, and for which right: other rights are borne out by other things.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Whose {
    actor: ActorId,
    right: Right,
    tenant: Tenant,
}

/// Standings in two generations: whichever is asked for is young, and when half of all that may be kept are young, they
/// become old in place of those that were. So none has to be searched for to make room.
#[derive(Debug, Default)]
struct Kept {
    young: BTreeMap<Whose, Standing>,
    old: BTreeMap<Whose, Standing>,
}

#[derive(Debug, Default)]
struct Standing {
    keys: Vec<(Key, Decoder)>,
    impartial: Option<Revision>,
}

/// What was guessed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Guess {
    /// How many keys.
    pub(super) keys: usize,
    /// The revision of the actor's own record as of which they had never declared a conflict of interest.
    pub(super) impartial: Option<Revision>,
}

/// What a standing is learnt from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lesson {
    /// From an answer.
    Answer,
    /// From a decision, which guards what it looked at; and as of which revision the actor had declared no conflict.
    Decision(Option<Revision>),
}

impl Whose {
    pub(super) fn of(tenant: &Tenant, actor: &Actor, right: Right) -> Self {
        Self { actor: actor.id(), right, tenant: tenant.clone() }
    }

    fn staff(&self) -> StaffId {
        StaffId::new(self.actor.as_uuid())
    }
}

impl Standings {
    /// The same keys, for a store that shows what may never have been.
    pub(super) fn keys_only(&self) -> Self {
        Self { kept: Arc::clone(&self.kept), extent: Extent::Keys }
    }

    /// Adds to what is lacking what was looked up the last time.
    pub(super) fn guess(&self, whose: &Whose, lacking: &mut Lacking) -> Guess {
        let mut kept = self.kept();
        let Some(standing) = kept.asked_for(whose) else { return Guess::default() };
        for (key, decoder) in &standing.keys {
            if !lacking.keys.contains_key(key) {
                lacking.keys.insert(key.clone(), *decoder);
            }
        }
        let impartial = standing.impartial.filter(|_| self.extent == Extent::All);
        Guess { keys: standing.keys.len(), impartial }
    }

    /// As of which revision of the actor's own record it is worth finding out whether they have no conflict of interest:
    /// when one is about to be looked for, and that record was seen before. Whatever is declared since saves it anew.
    pub(super) fn may_be_impartial(&self, whose: &Whose, picture: &Picture, lacking: &Lacking) -> Option<Revision> {
        let own = picture.record(key_of::<Staff>(whose.staff())).there().filter(|_| self.extent == Extent::All)?;
        let is_conflict = |key: &Key| matches!(key, Key::Unique(unique) if is_conflict(unique, whose.staff()));
        lacking.keys.keys().any(is_conflict).then_some(own.revision)
    }

    /// Keeps what was looked up of the actor, if they were found to be on the staff.
    pub(super) fn learn(&self, whose: &Whose, picture: &Picture, looked: &BTreeSet<Look>, lesson: Lesson) {
        let own = whose.staff();
        // Where conflicts of interest were looked for, the next decision looks at their own record instead, as does the one
        // after it.
        let own_record = Look::Record(key_of::<Staff>(own));
        let is_conflict = |look: &Look| matches!(look, Look::Unique(unique) if is_conflict(unique, own));
        let is_impartial = lesson != Lesson::Answer && looked.iter().any(|it| *it == own_record || is_conflict(it));
        let own_record = is_impartial.then_some(&own_record);
        let looked = looked.iter().filter(|look| is_of_standing(look, own)).chain(own_record).take(MOST_KEYS);
        let is_found = |look: &Look| matches!(look, Look::Unique(key) if picture.holder(key).there().is_some());
        if !looked.clone().any(is_found) {
            return;
        }
        let mut kept = self.kept();
        let standing = kept.asked_for_or_new(whose);
        let is_known = |(look, (key, _)): (&Look, &(Key, Decoder))| match (look, key) {
            (Look::Record(look), Key::Record(key)) => look == key,
            (Look::Unique(look), Key::Unique(key)) => look == key,
            _ => false,
        };
        if looked.clone().count() != standing.keys.len() || !looked.clone().zip(&standing.keys).all(is_known) {
            standing.keys = looked.filter_map(guessed).collect();
        }
        if let (Extent::All, Lesson::Decision(impartial)) = (self.extent, lesson) {
            standing.impartial = impartial;
        }
    }

    /// Guesses nothing for this standing until it is learnt anew.
    pub(super) fn forget(&self, whose: &Whose) {
        self.kept().remove(whose);
    }

    /// Nothing that is kept can be torn: a guess is as good as any other.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn asked_for(&mut self, whose: &Whose) -> Option<&Standing> {
        if let Some((whose, standing)) = self.old.remove_entry(whose) {
            self.make_room();
            self.young.insert(whose, standing);
        }
        self.young.get(whose)
    }

    fn asked_for_or_new(&mut self, whose: &Whose) -> &mut Standing {
        if self.asked_for(whose).is_none() {
            self.make_room();
        }
        self.young.entry(whose.clone()).or_default()
    }

    fn make_room(&mut self) {
        if self.young.len() >= MOST_STANDINGS / 2 {
            self.old = std::mem::take(&mut self.young);
        }
    }

    fn remove(&mut self, whose: &Whose) {
        self.young.remove(whose);
        self.old.remove(whose);
    }
}

/// Whether something that was looked at says what an actor is on the staff, and of nobody else anything: memberships and
/// appointments of theirs, and teams and offices.
fn is_of_standing(look: &Look, own: StaffId) -> bool {
    match look {
        Look::Record(key) => [Team::KIND, Office::KIND].contains(&key.kind()),
        Look::Unique(unique) => {
            [Membership::KIND, Appointment::KIND].contains(&unique.index().kind()) && names(unique, own)
        }
        Look::Children(_) => false,
    }
}

fn is_conflict(unique: &UniqueKey, own: StaffId) -> bool {
    unique.index().kind() == Conflict::KIND && names(unique, own)
}

fn names(unique: &UniqueKey, own: StaffId) -> bool {
    unique.values().contains(&Value::Id(own.as_uuid()))
}

/// The key of something that was looked at, and how it is read.
fn guessed(look: &Look) -> Option<(Key, Decoder)> {
    let (key, kind) = match look {
        Look::Record(key) => (Key::Record(*key), key.kind()),
        Look::Unique(unique) => (Key::Unique(unique.clone()), unique.index().kind()),
        Look::Children(_) => return None,
    };
    decoder(kind).map(|decoder| (key, decoder))
}

fn decoder(kind: Kind) -> Option<Decoder> {
    let decoders: [(Kind, Decoder); 5] = [
        (Membership::KIND, decode::<Membership>),
        (Team::KIND, decode::<Team>),
        (Staff::KIND, decode::<Staff>),
        (Office::KIND, decode::<Office>),
        (Appointment::KIND, decode::<Appointment>),
    ];
    decoders.into_iter().find(|(of, _)| *of == kind).map(|(_, decoder)| decoder)
}

#[cfg(test)]
mod tests;
