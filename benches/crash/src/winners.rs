//! Of many writers who change the same revision exactly one wins, round after round; the others are told `Conflict`.

use std::sync::Arc;

use worktrail_core::store::{
    Batch, Body, Expect, Happening, Key, Record, RecordKey, Revision, StoreError, StoreErrorKind, Stored, Tenant,
};

use crate::candidate::{Candidate, Opened, Opening, Sharing};
use crate::figures::Figures;
use crate::numbered::{instant, kinds};
use crate::setting::{Obstacle, Setting, run};

/// Runs so many rounds with so many writers. Where an engine admits it, they come through two stores, so that no queue
/// of one store's own decides.
///
/// # Errors
/// What keeps the rounds from being run; what the store says where nothing may go wrong.
pub fn rounds(setting: &Setting, candidate: &dyn Candidate, writers: u64, rounds: u64) -> Result<Figures, Obstacle> {
    let directory = setting.home(candidate)?;
    run(async {
        let mut stores: Vec<Arc<dyn Opened>> = vec![candidate.open(directory.path(), Opening::Create).await?.into()];
        if candidate.sharing() == Sharing::Processes {
            stores.push(candidate.open(directory.path(), Opening::Existing).await?.into());
        }
        let race = Race::new(stores)?;
        let mut figures = Figures { trials: rounds, ..Figures::default() };
        let mut revision = race.begin().await?;
        for round in 1..=rounds {
            revision = race.round(round, writers, revision, &mut figures).await?;
        }
        race.end(rounds, &mut figures).await?;
        Ok(figures)
    })
}

struct Race {
    stores: Vec<Arc<dyn Opened>>,
    tenant: Tenant,
    key: RecordKey,
}

impl Race {
    fn new(stores: Vec<Arc<dyn Opened>>) -> Result<Self, StoreError> {
        let [team, ..] = kinds()?;
        Ok(Self { stores, tenant: Tenant::default(), key: RecordKey::new(team, uuid::Uuid::from_u128(1)) })
    }

    fn store(&self, writer: u64) -> Result<Arc<dyn Opened>, StoreError> {
        let place = usize::try_from(writer).unwrap_or_default() % self.stores.len().max(1);
        self.stores.get(place).cloned().ok_or_else(|| StoreError::misuse("a race without a store"))
    }

    fn batch(&self, text: &str, expect: Expect) -> Result<Batch, StoreError> {
        let record = Record::new(self.key, Body::new(1, text.as_bytes()));
        let told = Happening::new("race.won", self.key, uuid::Uuid::nil(), instant(0));
        Batch::of(self.tenant.clone()).put(record, expect).tell(told).build()
    }

    async fn begin(&self) -> Result<Revision, StoreError> {
        Ok(self.store(0)?.commit(self.batch("begin", Expect::Absent)?).await?.revision())
    }

    async fn round(
        &self,
        round: u64,
        writers: u64,
        revision: Revision,
        figures: &mut Figures,
    ) -> Result<Revision, Obstacle> {
        let mut tasks = Vec::new();
        for writer in 0..writers {
            let batch = self.batch(&format!("{round} {writer}"), Expect::At(revision))?;
            let store = self.store(writer)?;
            tasks.push(tokio::spawn(async move { store.commit(batch).await }));
        }
        let mut winners = Vec::new();
        for (writer, task) in tasks.into_iter().enumerate() {
            match task.await.map_err(|_| std::io::Error::other("a writer panicked"))? {
                Ok(receipt) => winners.push((writer, receipt.revision())),
                Err(error) if error.kind() == StoreErrorKind::Conflict => {}
                Err(error) => figures.fault(format!("round {round}: a loser was told {error}")),
            }
        }
        figures.acknowledged += u64::try_from(winners.len()).unwrap_or_default();
        let stored = self.store(round)?.get(&self.tenant, &[Key::Record(self.key)]).await?;
        let found = stored.into_iter().flatten().next().and_then(Stored::into_record);
        let found = found.ok_or_else(|| StoreError::misuse("the record of a race is gone"))?;
        match winners.as_slice() {
            [(writer, won)] => {
                let text = format!("{round} {writer}");
                if found.revision() != *won || found.record().body().bytes() != text.as_bytes() {
                    figures.lost += 1;
                }
            }
            [] => figures.fault(format!("round {round}: nobody won")),
            many => {
                figures.doubled += 1;
                figures.note(format!("round {round}: {} won", many.len()));
            }
        }
        Ok(found.revision())
    }

    async fn end(&self, rounds: u64, figures: &mut Figures) -> Result<(), StoreError> {
        use worktrail_core::store::{JournalRange, Limit, Position};
        let store = self.store(0)?;
        let page = store.journal(&self.tenant, JournalRange::Everything, Position::START, Limit::new(1)).await?;
        if page.head.number() != rounds + 1 {
            figures.fault(format!("{} wins are told, and there were {}", page.head.number(), rounds + 1));
        }
        for store in &self.stores {
            store.check().await?;
            store.close().await;
        }
        Ok(())
    }
}
