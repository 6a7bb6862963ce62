//! From a decision to a batch: the one place where guards are made.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Desk;
use crate::access::Actor;
use crate::command::{Decision, Look, Picture};
use crate::domain::Moment;
use crate::store::{
    Batch, Capacity, Details, Digest, DigestWriter, Expect, Guard, Happening, Record, RecordKey, Salt, Stamp,
    StoreError, StoreErrorKind, Subject,
};

/// What a batch is made from, beside the decision.
pub(super) struct Circumstances<'a> {
    pub(super) picture: &'a Picture,
    pub(super) looked: &'a BTreeSet<Look>,
    pub(super) actor: &'a Actor,
    pub(super) now: Moment,
    pub(super) command: crate::store::CommandId,
    pub(super) fingerprint: Digest,
}

impl Desk<'_> {
    /// The batch of an accepted decision: everything it looked at is guarded, everything it saves expects what it saw.
    pub(super) fn batch<R: Serialize>(
        &self,
        decision: &Decision<R>,
        circumstances: &Circumstances<'_>,
    ) -> Result<Batch, StoreError> {
        let saved = records(decision)?;
        if decision.removed().iter().any(|removed| saved.contains_key(&removed.key)) {
            return Err(StoreError::misuse("a decision saves a record that it removes"));
        }
        check_told(decision, &saved)?;
        check_person(decision, &saved)?;
        let touched = saved.keys().copied().chain(decision.removed().iter().map(|removed| removed.key)).collect();
        let mut batch = Batch::of(self.tenant.clone());
        for look in circumstances.looked {
            if let Some(guard) = guard(circumstances, look, &touched) {
                batch = batch.guard(guard);
            }
        }
        for (key, record) in saved {
            batch = batch.put(record, expectation(circumstances.picture, key));
        }
        for removed in decision.removed() {
            batch = batch.remove(removed.key, removed.parent, expectation(circumstances.picture, removed.key));
        }
        let forgotten = decision.forgotten();
        // The purpose and the role in which the right was granted stand in each entry (S13).
        let purpose = Capacity::new(circumstances.actor.purpose().code());
        let capacity = decision.role().map_or(purpose.clone(), |role| purpose.in_role(role.code()));
        for told in decision.told() {
            let at = circumstances.now.instant();
            let happening = Happening::new(told.fact.code(), told.about, circumstances.actor.id().as_uuid(), at);
            let happening = happening.of(told.subject).acting(capacity.clone());
            batch = batch.tell(if forgotten.is_some() && told.subject == forgotten {
                happening
            } else {
                happening.with(self.details(&told.fact)?)
            });
        }
        if let Some(subject) = forgotten {
            batch = batch.forget(subject);
        }
        let reply = written(decision.reply())?;
        let stamp = Stamp::new(circumstances.command, circumstances.fingerprint, reply, circumstances.now.instant());
        batch.stamp(stamp).build()
    }

    fn details(&self, fact: &impl Serialize) -> Result<Details, StoreError> {
        Ok(Details::new(self.salt(), written(fact)?))
    }

    /// Sixteen bytes that nobody can guess, from two new ids.
    fn salt(&self) -> Salt {
        let digest = DigestWriter::new("worktrail salt 1")
            .bytes(self.ids.next().as_bytes())
            .bytes(self.ids.next().as_bytes())
            .finish();
        let mut salt = [0; 16];
        salt.copy_from_slice(&digest.as_bytes()[..16]);
        Salt::new(salt)
    }
}

/// What a command says, as a digest: the same command again gives the same one. The command's id is its salt.
pub(super) fn fingerprint<C: crate::command::Command>(
    tenant: &crate::store::Tenant,
    actor: &Actor,
    id: crate::store::CommandId,
    command: &C,
) -> Result<Digest, StoreError> {
    Ok(DigestWriter::new("worktrail command 1")
        .bytes(id.id().as_bytes())
        .bytes(tenant.as_str().as_bytes())
        .bytes(actor.id().as_uuid().as_bytes())
        .bytes(C::NAME.as_bytes())
        .bytes(&written(command)?)
        .finish())
}

fn written(value: &impl Serialize) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(value).map_err(|_| StoreError::new(StoreErrorKind::Other, "a value could not be written down"))
}

fn records<R>(decision: &Decision<R>) -> Result<BTreeMap<RecordKey, Record>, StoreError> {
    let mut records = BTreeMap::new();
    for saved in decision.saved() {
        let record = saved.to_record()?;
        if records.insert(record.key(), record).is_some() {
            return Err(StoreError::misuse("a decision saves a record twice"));
        }
    }
    Ok(records)
}

/// Nothing changes about a person without an entry that says so: forgetting finds a command's stamp by it.
fn check_told<R>(decision: &Decision<R>, saved: &BTreeMap<RecordKey, Record>) -> Result<(), StoreError> {
    let told: BTreeSet<_> = decision.told().iter().filter_map(|told| told.subject).collect();
    if written_about(decision, saved).all(|subject| told.contains(&subject)) {
        Ok(())
    } else {
        Err(StoreError::misuse("a decision changes something about a person and does not tell it"))
    }
}

/// A right over one person's case changes nothing about another person: a command that asks over one trail and saves
/// under another is stopped here.
fn check_person<R>(decision: &Decision<R>, saved: &BTreeMap<RecordKey, Record>) -> Result<(), StoreError> {
    let Some(person) = decision.person().map(|person| Subject::new(person.as_uuid())) else { return Ok(()) };
    if written_about(decision, saved).chain(decision.forgotten()).all(|subject| subject == person) {
        Ok(())
    } else {
        Err(StoreError::misuse("a decision changes something about another person than the one it asked a right over"))
    }
}

/// About whom something is saved or removed.
fn written_about<R>(decision: &Decision<R>, saved: &BTreeMap<RecordKey, Record>) -> impl Iterator<Item = Subject> {
    saved.values().filter_map(Record::subject).chain(decision.removed().iter().filter_map(|removed| removed.subject))
}

fn guard(circumstances: &Circumstances<'_>, look: &Look, touched: &BTreeSet<RecordKey>) -> Option<Guard> {
    let Circumstances { picture, looked, .. } = circumstances;
    match look {
        // What is saved or removed expects what was seen of it.
        Look::Record(key) if touched.contains(key) => None,
        Look::Record(key) => Some(Guard::Record(*key, expectation(picture, *key))),
        Look::Unique(unique) => match picture.holder(unique).there() {
            // A record at the revision that was seen holds the values that were seen.
            Some(holder) if looked.contains(&Look::Record(holder)) => None,
            Some(holder) => Some(Guard::HeldBy(unique.clone(), holder)),
            None => Some(Guard::Free(unique.clone())),
        },
        Look::Children(parent) => Some(match picture.record(*parent).there() {
            Some(known) => Guard::Children(*parent, known.children),
            None => Guard::Record(*parent, Expect::Absent),
        }),
    }
}

fn expectation(picture: &Picture, key: RecordKey) -> Expect {
    picture.record(key).there().map_or(Expect::Absent, |known| Expect::At(known.revision))
}
