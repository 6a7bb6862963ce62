//! Decisions: what is saved and told when a command is accepted.

use std::fmt::Debug;

use uuid::Uuid;

use super::stop::Stop;
use crate::access::Right;
use crate::domain::{Fact, Participant, ParticipantId, Role};
use crate::record::{Recorded, to_record};
use crate::store::{Record, RecordKey, StoreError, Subject};

/// What a command comes to: a decision, or why not.
pub type Decided<R> = Result<Decision<R>, Stop>;

/// The proof that a right was asked for and granted: only the world makes one.
#[derive(Debug, Clone, Copy)]
pub struct Permit {
    right: Right,
    role: Option<Role>,
    person: Option<ParticipantId>,
}

impl Permit {
    pub(crate) const fn new(right: Right, role: Option<Role>, person: Option<ParticipantId>) -> Self {
        Self { right, role, person }
    }

    /// The right that was granted.
    #[must_use]
    pub const fn right(self) -> Right {
        self.right
    }

    /// The role that carried it; none for the host program.
    #[must_use]
    pub const fn role(self) -> Option<Role> {
        self.role
    }

    /// The same for a person into whom another was merged: something may have to be done about both, since the one person is
    /// two subjects.
    #[must_use]
    pub(super) fn of_one_person(self, person: &Participant) -> Self {
        let is_two = self.person == Some(person.id()) && !person.merged().is_empty();
        Self { person: self.person.filter(|_| !is_two), ..self }
    }

    /// Begins a decision with its reply.
    pub fn reply<R>(self, reply: R) -> Decision<R> {
        Decision {
            reply,
            role: self.role,
            person: self.person,
            told: Vec::new(),
            saved: Vec::new(),
            removed: Vec::new(),
            forgotten: None,
        }
    }
}

/// What an accepted command saves and tells.
#[derive(Debug)]
#[must_use]
pub struct Decision<R> {
    reply: R,
    role: Option<Role>,
    person: Option<ParticipantId>,
    told: Vec<Told>,
    saved: Vec<Box<dyn Saved>>,
    removed: Vec<Removed>,
    forgotten: Option<Subject>,
}

/// A fact on its way into the journal.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) about: RecordKey,
    pub(crate) subject: Option<Subject>,
    pub(crate) fact: Fact,
}

/// A record on its way out of the store.
#[derive(Debug)]
pub(crate) struct Removed {
    pub(crate) key: RecordKey,
    pub(crate) parent: Option<Uuid>,
    pub(crate) subject: Option<Subject>,
}

/// A value on its way into the store. It is written down only when the command is accepted.
pub(crate) trait Saved: Debug + Send {
    fn key(&self) -> RecordKey;
    fn to_record(&self) -> Result<Record, StoreError>;
}

impl<T: Recorded> Saved for T {
    fn key(&self) -> RecordKey {
        Recorded::key(self)
    }

    fn to_record(&self) -> Result<Record, StoreError> {
        to_record(self)
    }
}

impl<R> Decision<R> {
    /// Tells what happened to a record. Whatever is saved about a person must be told.
    pub fn tell<T: Recorded>(mut self, about: &T, fact: Fact) -> Self {
        let subject = crate::record::subject_of(about);
        self.told.push(Told { about: about.key(), subject, fact });
        self
    }

    /// Saves a value, new or changed.
    pub fn save<T: Recorded>(mut self, value: T) -> Self {
        self.saved.push(Box::new(value));
        self
    }

    /// Removes a value that holds nothing of its own, such as an entry of a list. What was removed about a person must be
    /// told, like what is saved.
    pub fn remove<T: Recorded>(mut self, value: &T) -> Self {
        let (parent, subject) = crate::record::belonging_of(value);
        self.removed.push(Removed { key: value.key(), parent, subject });
        self
    }

    /// Forgets a data subject, a participant or a contact person, by their own record: all records about them go, and
    /// what the journal tells of them loses its personal part.
    pub fn forget<T: Recorded>(mut self, whom: &T, fact: Fact) -> Self {
        let subject = crate::record::subject_of(whom);
        self.told.push(Told { about: whom.key(), subject, fact });
        self.forgotten = subject;
        self
    }

    /// Whether it saves the record of a value.
    pub(crate) fn saves<T: Recorded>(&self, value: &T) -> bool {
        self.saved.iter().any(|saved| saved.key() == value.key())
    }

    /// The reply.
    pub const fn reply(&self) -> &R {
        &self.reply
    }

    /// What is told, in order.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.told.iter().map(|told| &told.fact)
    }

    /// The role that carried the right; none for the host program.
    pub(crate) const fn role(&self) -> Option<Role> {
        self.role
    }

    /// The participant over whom the right was asked for, when it was over one.
    pub(crate) const fn person(&self) -> Option<ParticipantId> {
        self.person
    }

    pub(crate) fn told(&self) -> &[Told] {
        &self.told
    }

    pub(crate) fn saved(&self) -> &[Box<dyn Saved>] {
        &self.saved
    }

    pub(crate) fn removed(&self) -> &[Removed] {
        &self.removed
    }

    pub(crate) const fn forgotten(&self) -> Option<Subject> {
        self.forgotten
    }
}
