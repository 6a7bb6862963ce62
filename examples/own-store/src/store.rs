//! Steps 4 to 6: the store itself. Judge, write, answer.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard};

use async_trait::async_trait;
use worktrail_core::store::judge::{Judge, needs};
use worktrail_core::store::{
    Batch, Bell, Durability, Grouping, IndexRange, JournalPage, JournalRange, Key, Limit, PageRequest, Position,
    Receipt, Schema, Store, StoreError, StoreErrorKind, StoreInfo, Stored, StoredPage, Subject, Tally, Tenant, Value,
};

use crate::folder::Folder;
use crate::form;
use crate::maps::{Maps, forget};

/// A store in a folder: one file for each commit that was accepted, and all of it in memory while it is open.
#[derive(Debug)]
pub struct FolderStore {
    schema: Schema,
    folder: Folder,
    state: Mutex<State>,
    bell: Bell,
}

#[derive(Debug, Default)]
struct State {
    tenants: BTreeMap<Tenant, Maps>,
    files: u64,
    health: Health,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Health {
    #[default]
    Well,
    /// The folder may be ahead of the maps. Opening it again settles that.
    Stopped,
}

/// Opening.
impl FolderStore {
    /// Opens a folder, and makes it if it is not there.
    ///
    /// # Errors
    /// `AlreadyOpen`; `Corrupt` when a file is damaged, cut short or missing; `SchemaOutdated` when one was written
    /// in another form, or holds a kind that `schema` does not list; `Misuse` when the folder holds something else.
    /// Nothing in the folder has changed then.
    pub fn open(path: &Path, schema: Schema) -> Result<Self, StoreError> {
        let folder = Folder::open(path)?;
        let mut state = State { files: folder.last()?, ..State::default() };
        let mut forgotten = Vec::new();
        for number in 1..=state.files {
            let (tenant, effect) = form::read(&folder.read(number)?, schema)?;
            let maps = state.tenants.entry(tenant.clone()).or_default();
            maps.is_continued_by(&tenant, &effect)?;
            forgotten.extend(effect.forgotten.map(|subject| (number, tenant, subject)));
            maps.apply(effect);
        }
        let store = Self { schema, folder, state: Mutex::new(state), bell: Bell::new() };
        store.folder.sweep()?;
        for (number, tenant, subject) in forgotten {
            store.scrub(number, &tenant, subject)?;
        }
        Ok(store)
    }

    /// Writes the files before `number` again, without what is personal of `subject`. Done twice it does no more
    /// than once, so one that was cut short is finished when the folder is next opened.
    fn scrub(&self, number: u64, tenant: &Tenant, subject: Subject) -> Result<(), StoreError> {
        for number in 1..number {
            let bytes = self.folder.read(number)?;
            let (owner, mut effect) = form::read(&bytes, self.schema)?;
            effect.saved.retain(|_, stored| stored.record().subject() != Some(subject));
            forget(subject, &mut effect.entries, &mut effect.stamps);
            let left = form::write(&owner, &effect)?;
            if owner == *tenant && left != bytes {
                self.folder.write(number, &left)?;
            }
        }
        Ok(())
    }

    fn state(&self) -> Result<MutexGuard<'_, State>, StoreError> {
        let stopped = || StoreError::new(StoreErrorKind::Poisoned, "the store has stopped: open it again");
        self.state.lock().ok().filter(|state| state.health == Health::Well).ok_or_else(stopped)
    }

    fn read<T>(&self, tenant: &Tenant, question: impl FnOnce(&Maps) -> T) -> Result<T, StoreError> {
        let nothing = Maps::default();
        Ok(question(self.state()?.tenants.get(tenant).unwrap_or(&nothing)))
    }
}

/// Committing.
impl FolderStore {
    fn write(&self, batch: &Batch) -> Result<Receipt, StoreError> {
        let mut state = self.state()?;
        let State { tenants, files, health } = &mut *state;
        let (tenant, number) = (batch.tenant(), *files + 1);

        // Step 4: show the judge what the batch touches, and let it rule.
        let maps = tenants.entry(tenant.clone()).or_default();
        let needs = needs([batch]);
        let about = needs.subject.map_or_else(Vec::new, |subject| maps.about(subject));
        let found = needs.keys.into_iter().map(|key| (key.clone(), maps.find(&key)));
        let mut judge = Judge::new(tenant.clone(), maps.head.clone(), found, about);
        let receipt = judge.judge(batch)?;
        let effect = judge.into_effect();
        if effect.head.is_none() {
            return Ok(receipt); // a repetition, answered from its stamp
        }

        // Step 5: the file first, then the maps, then the answer.
        let written = self.folder.write(number, &form::write(tenant, &effect)?);
        if let Err(error) = written {
            if error.kind() == StoreErrorKind::Unknown {
                *health = Health::Stopped;
            }
            return Err(error);
        }
        *files = number;
        maps.apply(effect);

        // Step 6: the commit stands; what it forgets must leave the older files as well.
        if let Some(subject) = batch.forget()
            && let Err(cause) = self.scrub(number, tenant, subject)
        {
            *health = Health::Stopped;
            let message = "forgetting is done, but not in every file: open the store again to finish it";
            return Err(StoreError::new(StoreErrorKind::Unknown, message).caused_by(cause));
        }
        Ok(receipt)
    }
}

#[async_trait]
impl Store for FolderStore {
    fn info(&self) -> StoreInfo {
        StoreInfo::new("a folder of files", Durability::PowerSafe)
    }

    /// Nothing here awaits, so nobody can drop it half-way.
    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        let outcome = self.write(&batch);
        self.bell.ring_all(); // whoever watches looks, and waits on if there is nothing new for them
        outcome
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        self.read(tenant, |maps| keys.iter().map(|key| maps.find(key)).collect())
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        let after = page.place(tenant, range)?;
        let most = page.limit().get() + 1; // one more than asked for tells whether there is a next page
        let records = self.read(tenant, |maps| maps.walk(range, after.as_ref()).take(most).cloned().collect())?;
        Ok(StoredPage::cut(tenant, range, page.limit(), records))
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        let next = range.equal().len();
        if by == Grouping::NextField && next >= range.index().types().len() {
            return Err(StoreError::misuse("no value of the index follows the equal ones"));
        }
        self.read(tenant, |maps| {
            if by == Grouping::Whole {
                return vec![Tally { value: None, count: maps.walk(range, None).count() as u64 }];
            }
            let mut tallies: BTreeMap<Value, u64> = BTreeMap::new();
            let values = maps.walk(range, None).filter_map(|stored| range.index().values_of(stored.record()));
            for value in values.filter_map(|values| values.into_iter().nth(next)) {
                *tallies.entry(value).or_default() += 1;
            }
            tallies.into_iter().map(|(value, count)| Tally { value: Some(value), count }).collect()
        })
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        self.read(tenant, |maps| {
            let later = maps.journal.iter().filter(|entry| entry.position() > after);
            let wanted = later.filter(|entry| match range {
                JournalRange::Everything => true,
                JournalRange::About(subject) => entry.subject() == Some(subject),
            });
            JournalPage { entries: wanted.take(limit.get()).cloned().collect(), head: maps.head.position }
        })
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        loop {
            let strokes = self.bell.strokes();
            let head = self.read(tenant, |maps| maps.head.position)?;
            if head > after {
                return Ok(head);
            }
            self.bell.rung(tenant, strokes).await;
        }
    }
}
