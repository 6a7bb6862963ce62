//! Tests: a decision is never accepted over a picture that mixes two moments, and a store that answers something else
//! than it was asked is not believed.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use pollster::block_on;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Error;
use super::spy::desk;
use crate::access::Right;
use crate::command::samples::{fresh_trail_id, trail_id};
use crate::command::scene::{everyday, specialist};
use crate::command::{Command, Decided, World};
use crate::domain::samples::{by_spurv, participant_id, right_person, team};
use crate::domain::{Attestation, AttestationId, NationalId, Participant, Team, Trail};
use crate::question::{Portfolio, ReadTrail};
use crate::record::Recorded;
use crate::record::samples::id;
use crate::record::{key_of, to_record};
use crate::store::{
    Batch, CommandId, Expect, Grouping, IndexRange, JournalPage, JournalRange, Key, Limit, MemoryStore, PageRequest,
    Position, Receipt, RecordKey, Store, StoreError, StoreErrorKind, StoreInfo, Stored, StoredPage, Subject, Tally,
    Tenant, Value,
};

/// A store in which somebody else commits between two of the reads.
#[derive(Debug)]
struct Meanwhile {
    inner: MemoryStore,
    reads: AtomicUsize,
    after: usize,
    batch: Batch,
}

impl Meanwhile {
    /// Does a batch after a number of reads.
    fn after(after: usize, batch: Batch, inner: MemoryStore) -> Self {
        Self { inner, reads: AtomicUsize::new(0), after, batch }
    }

    async fn read(&self) -> Result<(), StoreError> {
        if self.reads.fetch_add(1, Ordering::SeqCst) + 1 == self.after {
            self.inner.commit(self.batch.clone()).await?;
        }
        Ok(())
    }
}

#[async_trait]
impl Store for Meanwhile {
    fn info(&self) -> StoreInfo {
        self.inner.info()
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        self.inner.commit(batch).await
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        let found = self.inner.get(tenant, keys).await;
        self.read().await?;
        found
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        let found = self.inner.scan(tenant, range, page).await;
        self.read().await?;
        found
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        self.inner.count(tenant, range, by).await
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        self.inner.journal(tenant, range, after, limit).await
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        self.inner.watch(tenant, after).await
    }
}

/// Counts a participant's attestations, and then finds the same participant by number.
#[derive(Debug, Serialize, Deserialize)]
struct CountThenFind;

impl Command for CountThenFind {
    type Reply = usize;

    const NAME: &'static str = "count_then_find";
    const RIGHT: Right = Right::RegisterParticipant;

    fn decide(&self, world: &World<'_>) -> Decided<usize> {
        let permit = world.may(world.get::<Team>(team())?)?;
        let attestations = world.children::<Attestation, Participant>(participant_id())?.len();
        world.find_by(&Participant::by_national_id(&NationalId::DEMONSTRATION))?;
        Ok(permit.reply(attestations))
    }
}

fn one_more() -> Batch {
    let attestation = AttestationId::new(id(0x1F1));
    let (one, _) = Attestation::make(attestation, participant_id(), right_person(), &by_spurv("2022-08-31"));
    Batch::of(Tenant::default()).put(to_record(&one).unwrap(), Expect::Absent).build().unwrap()
}

#[test]
fn children_that_were_overtaken_are_not_vouched_for_by_a_later_sight_of_their_parent() {
    // Given a participant without attestations, and one that comes between any two reads.
    let mut overtaken = 0;
    for after in 1..=6 {
        let inner = everyday().store();
        let store = Meanwhile::after(after, one_more(), inner.clone());
        // When a decision counts them and looks at the participant again by another way.
        let done = block_on(desk(store).run(&specialist(), CommandId::new(id(0xD0)), &CountThenFind)).unwrap();
        // Then what was accepted is the count at the moment of acceptance.
        let came = block_on(
            inner.get(&Tenant::default(), &[Key::Record(key_of::<Attestation>(AttestationId::new(id(0x1F1))))]),
        );
        if came.unwrap()[0].is_some() {
            overtaken += 1;
            assert_eq!(done.reply, 1, "after read {after}");
        } else {
            assert_eq!(done.reply, 0, "after read {after}");
        }
    }
    assert!(overtaken > 2, "the other commit came between the reads");
}

#[test]
fn a_portfolio_is_not_refused_because_somebody_was_forgotten_meanwhile() {
    // Given somebody in a portfolio who is forgotten between any two reads.
    let subject = Subject::new(id(0x104));
    let page = PageRequest::first(Limit::MAX);
    let mut lengths = BTreeSet::new();
    for after in 1..=5 {
        let forget = Batch::of(Tenant::default()).forget(subject).build().unwrap();
        let store = Meanwhile::after(after, forget, everyday().store());
        // When the portfolio is asked for, then it is answered, with them or without.
        let asked = Portfolio { team: team(), phase: None, page: page.clone() };
        lengths.insert(block_on(desk(store).ask(&specialist(), &asked)).unwrap().items.len());
    }
    assert_eq!(lengths, BTreeSet::from([4, 5]));
}

/// A store that answers for one record when it is asked for another.
#[derive(Debug)]
struct Liar {
    inner: MemoryStore,
    key: fn(RecordKey) -> RecordKey,
    parent: fn(Uuid) -> Uuid,
}

#[async_trait]
impl Store for Liar {
    fn info(&self) -> StoreInfo {
        self.inner.info()
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        self.inner.commit(batch).await
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        let lie = |key: &Key| match key {
            Key::Record(key) => Key::Record((self.key)(*key)),
            other => other.clone(),
        };
        self.inner.get(tenant, &keys.iter().map(lie).collect::<Vec<_>>()).await
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        let equal = range.equal().iter().map(|value| match value {
            Value::Id(parent) => Value::Id((self.parent)(*parent)),
            other => other.clone(),
        });
        self.inner.scan(tenant, &IndexRange::new(range.index(), equal.collect())?, page).await
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        self.inner.count(tenant, range, by).await
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        self.inner.journal(tenant, range, after, limit).await
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        self.inner.watch(tenant, after).await
    }
}

fn another_trail(key: RecordKey) -> RecordKey {
    if key.kind() == Trail::KIND { key_of::<Trail>(fresh_trail_id()) } else { key }
}

#[test]
fn a_store_that_answers_for_another_record_is_not_believed() {
    // Given stores that give somebody else's trail, and the children of somebody else's.
    let liars = [
        Liar { inner: everyday().store(), key: another_trail, parent: |parent| parent },
        Liar { inner: everyday().store(), key: |key| key, parent: |_| trail_id().as_uuid() },
    ];
    // When the trail is read, then nothing is answered.
    for (liar, trail) in liars.into_iter().zip([trail_id(), fresh_trail_id()]) {
        match block_on(desk(liar).ask(&specialist(), &ReadTrail { trail })) {
            Err(Error::Store(error)) => assert_eq!(error.kind(), StoreErrorKind::Corrupt),
            other => panic!("{other:?}"),
        }
    }
}
