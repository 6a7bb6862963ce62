//! An office: one tenant at the store under test, with the handles that the checks need.

use std::collections::BTreeSet;

use super::failure::{Failure, holds, same, there};
use crate::record::SCHEMA;
use crate::store::{
    Batch, BatchBuilder, CommandId, Digest, Entry, Expect, Grouping, IndexRange, JournalRange, Key, Limit, PageRequest,
    Position, Receipt, Record, RecordKey, Store, StoreError, Stored, StoredPage, StoredRecord, StoredStamp, Tally,
    Tenant, UniqueKey,
};

/// A walk that takes more pages than this goes round in circles.
const MOST_PAGES: usize = 20_000;

/// A tenant at a store.
#[derive(Debug, Clone)]
pub(crate) struct Office<'s> {
    pub(crate) store: &'s dyn Store,
    pub(crate) tenant: Tenant,
}

impl<'s> Office<'s> {
    /// The office of the tenant that need not be named.
    pub(crate) fn main(store: &'s dyn Store) -> Self {
        Self { store, tenant: Tenant::default() }
    }

    /// The office of a tenant.
    pub(crate) fn of(store: &'s dyn Store, name: &str) -> Result<Self, Failure> {
        Ok(Self { store, tenant: Tenant::parse(name)? })
    }

    /// Begins a batch.
    pub(crate) fn batch(&self) -> BatchBuilder {
        Batch::of(self.tenant.clone())
    }

    /// Commits what was built.
    pub(crate) async fn commit(&self, batch: BatchBuilder) -> Result<Receipt, StoreError> {
        self.store.commit(batch.build()?).await
    }

    /// Saves records, whatever was there.
    pub(crate) async fn save(&self, records: impl IntoIterator<Item = Record>) -> Result<Receipt, StoreError> {
        let batch = records.into_iter().fold(self.batch(), |batch, record| batch.put(record, Expect::Any));
        self.commit(batch).await
    }

    /// The answers to keys, as many as the keys.
    pub(crate) async fn get(&self, keys: &[Key]) -> Result<Vec<Option<Stored>>, Failure> {
        let found = self.store.get(&self.tenant, keys).await?;
        same("the number of answers to a get", found.len(), keys.len())?;
        Ok(found)
    }

    async fn one(&self, key: Key) -> Result<Option<Stored>, Failure> {
        Ok(self.get(&[key]).await?.into_iter().next().flatten())
    }

    /// A record.
    pub(crate) async fn record(&self, key: RecordKey) -> Result<Option<StoredRecord>, Failure> {
        Ok(self.one(Key::Record(key)).await?.and_then(Stored::into_record))
    }

    /// A record that must be there.
    pub(crate) async fn present(&self, key: RecordKey) -> Result<StoredRecord, Failure> {
        there("a record that was saved", self.record(key).await?)
    }

    /// The holder of a unique value.
    pub(crate) async fn holder(&self, unique: UniqueKey) -> Result<Option<RecordKey>, Failure> {
        let found = self.one(Key::Unique(unique)).await?.and_then(Stored::into_record);
        Ok(found.map(|stored| stored.record().key()))
    }

    /// A stamp.
    pub(crate) async fn stamp(&self, id: CommandId) -> Result<Option<StoredStamp>, Failure> {
        Ok(self.one(Key::Stamp(id)).await?.and_then(Stored::into_stamp))
    }

    /// A page.
    pub(crate) async fn page(&self, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        self.store.scan(&self.tenant, range, page).await
    }

    /// A range, page by page, each page looked at on the way.
    pub(crate) async fn walk(&self, range: &IndexRange, limit: u16) -> Result<Vec<StoredRecord>, Failure> {
        let limit = Limit::new(limit);
        let mut request = PageRequest::first(limit);
        let mut records = Vec::new();
        for _ in 0..MOST_PAGES {
            let page = self.page(range, &request).await?;
            holds("a page is no longer than its limit", page.records.len() <= limit.get())?;
            records.extend(page.records.iter().cloned());
            let Some(next) = page.next else { return Ok(records) };
            same("the length of a page that is not the last", page.records.len(), limit.get())?;
            request = PageRequest::after(limit, next);
        }
        Err(Failure::new("a walk over a range", "an end", format!("{MOST_PAGES} pages and no end")))
    }

    /// The ids of a range.
    pub(crate) async fn ids(&self, range: &IndexRange) -> Result<Vec<uuid::Uuid>, Failure> {
        Ok(self.walk(range, 1_000).await?.iter().map(|stored| stored.record().key().id()).collect())
    }

    /// Tallies.
    pub(crate) async fn count(&self, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        self.store.count(&self.tenant, range, by).await
    }

    /// The number of records of a range.
    pub(crate) async fn total(&self, range: &IndexRange) -> Result<u64, Failure> {
        let tallies = self.count(range, Grouping::Whole).await?;
        match tallies.as_slice() {
            [Tally { value: None, count }] => Ok(*count),
            other => Err(Failure::new("the count of a whole range", "one tally without value", format!("{other:?}"))),
        }
    }

    /// The journal, page by page.
    pub(crate) async fn entries(&self, range: JournalRange, limit: u16) -> Result<Vec<Entry>, Failure> {
        let limit = Limit::new(limit);
        let mut entries: Vec<Entry> = Vec::new();
        let mut after = Position::START;
        for _ in 0..MOST_PAGES {
            let page = self.store.journal(&self.tenant, range, after, limit).await?;
            holds("a page of the journal is no longer than its limit", page.entries.len() <= limit.get())?;
            let last = page.entries.last().map(Entry::position);
            holds(
                "a page of the journal begins after the position it was asked for",
                last.is_none_or(|it| it > after),
            )?;
            let done = page.entries.len() < limit.get();
            entries.extend(page.entries);
            after = last.unwrap_or(after);
            if done {
                return Ok(entries);
            }
        }
        Err(Failure::new("a walk over the journal", "an end", format!("{MOST_PAGES} pages and no end")))
    }

    /// The whole journal, with its positions and its chain looked at.
    pub(crate) async fn journal(&self) -> Result<Vec<Entry>, Failure> {
        let entries = self.entries(JournalRange::Everything, 1_000).await?;
        let mut previous = Digest::default();
        for (place, entry) in (1..).zip(&entries) {
            same("a journal position", entry.position(), Position::new(place))?;
            same("the hash of the entry before", entry.previous(), previous)?;
            previous = entry.hash(&self.tenant);
        }
        Ok(entries)
    }

    /// All that the calls give of a tenant.
    pub(crate) async fn dump(&self, commands: &[CommandId]) -> Result<Dump, Failure> {
        let mut dump = Dump { journal: self.journal().await?, ..Dump::default() };
        for kind in SCHEMA.kinds() {
            let records = self.walk(&IndexRange::all(kind), 1_000).await?;
            for index in kind.indexes().chain(kind.parent().map(|_| kind.children())) {
                let range = IndexRange::new(index, Vec::new())?;
                dump.indexes.push((format!("{index:?}"), self.ids(&range).await?));
            }
            let keys: BTreeSet<UniqueKey> = records.iter().flat_map(|it| UniqueKey::held_by(it.record())).collect();
            let keys: Vec<Key> = keys.into_iter().map(Key::Unique).collect();
            for found in self.get(&keys).await? {
                dump.holders.push(found.and_then(Stored::into_record).map(|stored| stored.record().key()));
            }
            let keys: Vec<Key> = records.iter().map(|stored| Key::Record(stored.record().key())).collect();
            let found = self.get(&keys).await?.into_iter().filter_map(|found| found.and_then(Stored::into_record));
            same("records by key beside the same by range", found.collect::<Vec<_>>(), records.clone())?;
            dump.records.extend(records);
        }
        for command in commands {
            dump.stamps.push(self.stamp(*command).await?);
        }
        Ok(dump)
    }
}

/// All that the calls give of a tenant, part by part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Dump {
    /// Every record.
    pub(crate) records: Vec<StoredRecord>,
    /// Every index, with the ids in its order.
    pub(crate) indexes: Vec<(String, Vec<uuid::Uuid>)>,
    /// The holders of the unique values.
    pub(crate) holders: Vec<Option<RecordKey>>,
    /// The journal.
    pub(crate) journal: Vec<Entry>,
    /// The stamps that were asked for.
    pub(crate) stamps: Vec<Option<StoredStamp>>,
}

impl Dump {
    /// Compares it part by part, so that a difference has a name.
    #[track_caller]
    pub(crate) fn same_as(&self, expected: &Self, when: &str) -> Result<(), Failure> {
        same(&format!("the number of records {when}"), self.records.len(), expected.records.len())?;
        for (found, expected) in self.records.iter().zip(&expected.records) {
            same(&format!("a record {when}"), found, expected)?;
        }
        for (found, expected) in self.indexes.iter().zip(&expected.indexes) {
            same(&format!("an index {when}"), found, expected)?;
        }
        same(&format!("the holders of unique values {when}"), &self.holders, &expected.holders)?;
        same(&format!("the number of journal entries {when}"), self.journal.len(), expected.journal.len())?;
        for (found, expected) in self.journal.iter().zip(&expected.journal) {
            same(&format!("a journal entry {when}"), found, expected)?;
        }
        same(&format!("the stamps {when}"), &self.stamps, &expected.stamps)
    }
}
