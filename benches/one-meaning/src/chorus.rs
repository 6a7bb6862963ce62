//! Several stores as one.

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;
use futures_util::future::join_all;
use worktrail_core::conformance::{Harness, HarnessError};
use worktrail_core::store::{
    Batch, Durability, Grouping, IndexRange, JournalPage, JournalRange, Key, Limit, PageRequest, Position, Receipt,
    Store, StoreError, StoreErrorKind, StoreInfo, Stored, StoredPage, Tally, Tenant,
};

use crate::subject::Subject;

/// A store of a chorus, with its name.
#[derive(Debug, Clone)]
pub struct Voice {
    /// Its name.
    pub name: &'static str,
    /// The store.
    pub store: Arc<dyn Store>,
}

/// Several stores as one: each call is made at each of them, and answered if they agree.
///
/// Answers agree when they are equal to the last byte (receipts, records, cursors, hashes), and refusals when they are
/// of one kind. Where they do not, the call fails as `Other`, and says who answered what.
#[derive(Debug)]
pub struct Chorus {
    voices: Vec<Voice>,
}

impl Chorus {
    /// A chorus of these stores. The first one leads: the others are compared with it.
    #[must_use]
    pub fn of(voices: impl IntoIterator<Item = Voice>) -> Self {
        Self { voices: voices.into_iter().collect() }
    }

    /// A chorus of new stores, one of each subject. What a store lies in goes with its subject: keep them.
    ///
    /// # Errors
    /// What keeps a harness from making one.
    pub async fn of_new(subjects: &[Subject]) -> Result<Self, HarnessError> {
        let mut voices = Vec::new();
        for Subject { name, harness } in subjects {
            voices.push(Voice { name, store: harness.fresh().await? });
        }
        Ok(Self { voices })
    }

    /// The store that leads; none in a chorus of nobody.
    #[must_use]
    pub fn leader(&self) -> Option<&dyn Store> {
        self.voices.first().map(|voice| &*voice.store as &dyn Store)
    }
}

/// What all answered.
fn agreed<T: PartialEq + Debug>(
    call: &impl Debug,
    answers: Vec<(&'static str, Result<T, StoreError>)>,
) -> Result<T, StoreError> {
    let mut answers = answers.into_iter();
    let Some((leader, lead)) = answers.next() else { return Err(StoreError::misuse("a chorus of nobody")) };
    for (name, answer) in answers {
        let same = match (&lead, &answer) {
            (Ok(lead), Ok(answer)) => lead == answer,
            (Err(lead), Err(answer)) => lead.kind() == answer.kind(),
            _ => false,
        };
        if !same {
            let text = format!("{call:?} is answered otherwise by {name}: {answer:?}; by {leader}: {lead:?}");
            return Err(StoreError::new(StoreErrorKind::Other, text));
        }
    }
    lead
}

/// Makes a call at each, at the same time.
macro_rules! each {
    ($self:ident, $call:ident($($argument:expr),*), $shown:expr) => {{
        let each = $self.voices.iter().map(async |Voice { name, store }| (*name, store.$call($($argument),*).await));
        agreed(&(stringify!($call), $shown), join_all(each).await)
    }};
}

#[async_trait]
impl Store for Chorus {
    fn info(&self) -> StoreInfo {
        let least = self.voices.iter().map(|voice| voice.store.info().durability).min();
        let info = StoreInfo::new("a chorus", least.unwrap_or(Durability::Volatile));
        self.voices.iter().fold(info, |info, voice| info.setting(voice.name, voice.store.info().engine))
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        each!(self, commit(batch.clone()), &batch)
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        each!(self, get(tenant, keys), keys)
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        each!(self, scan(tenant, range, page), (range, page))
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        each!(self, count(tenant, range, by), (range, by))
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        each!(self, journal(tenant, range, after, limit), (range, after, limit))
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        each!(self, watch(tenant, after), after)
    }
}

/// Makes choruses of new stores, one of each subject.
#[derive(Debug)]
pub struct Choruses(pub Vec<Subject>);

#[async_trait]
impl Harness for Choruses {
    async fn fresh(&self) -> Result<Arc<dyn Store>, HarnessError> {
        Ok(Arc::new(Chorus::of_new(&self.0).await?))
    }

    async fn reopen(&self, _: Arc<dyn Store>) -> Result<Arc<dyn Store>, HarnessError> {
        Err("a chorus is not opened again".into())
    }
}
