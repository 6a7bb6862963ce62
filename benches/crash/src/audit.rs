//! The audit after a crash: what is there is compared, byte for byte, with what the numbers say must be there.

use std::collections::{BTreeMap, BTreeSet};

use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    Digest, Entry, Head, IndexRange, JournalRange, Key, Kind, Limit, PageRequest, Position, Record, RecordKey, Replay,
    Store, StoreError, Stored, StoredRecord, StoredStamp, Tenant,
};

use crate::figures::Figures;
use crate::numbered::{
    self, TENANTS, command, happenings, instant, number_of, own_records, read_slot, reply, slot_record, tenant,
};
use crate::promises::Promises;
use crate::writer::commit;

/// How many keys are looked up at once.
const KEYS: usize = 200;

/// Everything that a tenant has.
#[derive(Debug, Default)]
struct Holdings {
    records: BTreeMap<RecordKey, StoredRecord>,
    entries: BTreeMap<u64, Vec<Entry>>,
    stamps: BTreeMap<u64, StoredStamp>,
}

/// Audits a store against what it has promised; then sends again every command whose outcome is open, and looks that
/// the stamp said the truth. Afterwards all that was sent and not refused is done, and promised.
///
/// # Errors
/// What the store says when it is read: after a crash that is a fault in itself.
pub async fn audit(store: &dyn Store, promises: &mut Promises) -> Result<Figures, StoreError> {
    let mut figures =
        Figures { acknowledged: u64::try_from(promises.done.len()).unwrap_or_default(), ..Figures::default() };
    for lane in 0..TENANTS {
        let tenant = tenant(lane)?;
        let numbers: BTreeSet<u64> = promises.sent.iter().copied().filter(|number| number % TENANTS == lane).collect();
        let holdings = Holdings::read(store, &tenant, &numbers, &mut figures).await?;
        holdings.compare(&numbers, promises, &mut figures)?;
        settle(store, &holdings, &numbers, promises, &mut figures).await?;
    }
    figures.trials_with_loss = u64::from(figures.lost > 0);
    Ok(figures)
}

/// Sends again what is open: it is answered from its stamp exactly when it was found.
async fn settle(
    store: &dyn Store,
    holdings: &Holdings,
    numbers: &BTreeSet<u64>,
    promises: &mut Promises,
    figures: &mut Figures,
) -> Result<(), StoreError> {
    let open: Vec<u64> = promises.open().filter(|number| numbers.contains(number)).collect();
    for number in open {
        let receipt = commit(store, number).await?;
        let was_there = holdings.stamps.contains_key(&number);
        if (receipt.replay() == Replay::Again) != was_there {
            figures.fault(format!("batch {number}: its repetition was answered {:?}", receipt.replay()));
        }
        promises.done.insert(number, receipt.revision().number());
        figures.settled += 1;
    }
    Ok(())
}

impl Holdings {
    async fn read(
        store: &dyn Store,
        tenant: &Tenant,
        numbers: &BTreeSet<u64>,
        figures: &mut Figures,
    ) -> Result<Self, StoreError> {
        let mut holdings = Self::default();
        for kind in numbered::kinds()? {
            for stored in all_of(store, tenant, kind).await? {
                if holdings.records.insert(stored.record().key(), stored).is_some() {
                    figures.fault("a record that a walk gives twice");
                }
            }
        }
        for entry in whole_journal(store, tenant, figures).await? {
            match entry.command().and_then(number_of) {
                Some(number) => holdings.entries.entry(number).or_default().push(entry),
                None => figures.fault("an entry of a command that nobody sent"),
            }
        }
        let numbers: Vec<u64> = numbers.iter().copied().collect();
        for some in numbers.chunks(KEYS) {
            let keys: Vec<Key> = some.iter().map(|number| Key::Stamp(command(*number))).collect();
            let found = store.get(tenant, &keys).await?.into_iter().map(|found| found.and_then(Stored::into_stamp));
            holdings.stamps.extend(some.iter().zip(found).filter_map(|(number, stamp)| Some((*number, stamp?))));
        }
        Ok(holdings)
    }

    fn compare(&self, numbers: &BTreeSet<u64>, promises: &Promises, figures: &mut Figures) -> Result<(), StoreError> {
        let mut slots: BTreeMap<RecordKey, (u64, u64)> = BTreeMap::new();
        let mut expected = 0;
        for number in numbers.iter().copied() {
            let Some(stamp) = self.stamps.get(&number) else {
                if self.has_anything(number)? {
                    figures.torn += 1;
                    figures.note(format!("batch {number}: something is there, and not its stamp"));
                } else if promises.done.contains_key(&number) {
                    figures.lost += 1;
                }
                continue;
            };
            expected += own_records(number)?.len();
            if let Some(fault) = self.fault_of(number, stamp)? {
                figures.torn += 1;
                figures.note(format!("batch {number}: {fault}"));
            }
            if self.entries.get(&number).is_some_and(|entries| entries.len() > 2) {
                figures.doubled += 1;
            }
            if promises.refused.contains(&number) {
                figures.fault(format!("batch {number} was refused, and is there"));
            }
            let revision = stamp.receipt().revision().number();
            if promises.done.get(&number).is_some_and(|acknowledged| *acknowledged != revision) {
                figures.fault(format!("batch {number} has another revision than it was acknowledged with"));
            }
            let last = slots.entry(slot_record(number)?.key()).or_insert((revision, number));
            *last = (*last).max((revision, number));
        }
        for (key, (revision, number)) in &slots {
            let found = self.records.get(key);
            let right = found.is_some_and(|found| {
                found.revision().number() == *revision && read_slot(found.record()) == Some(*number)
            });
            if !right {
                figures.torn += 1;
                figures.note(format!("batch {number} was the last to write over a record, and is not in it"));
            }
        }
        if self.records.len() != expected + slots.len() {
            figures.fault(format!("{} records, and {} were written", self.records.len(), expected + slots.len()));
        }
        if let Some(stranger) = self.entries.keys().find(|number| !numbers.contains(number)) {
            figures.fault(format!("entries of batch {stranger}, which nobody sent"));
        }
        Ok(())
    }

    fn has_anything(&self, number: u64) -> Result<bool, StoreError> {
        let record = own_records(number)?.iter().any(|record| self.records.contains_key(&record.key()));
        Ok(record || self.entries.contains_key(&number))
    }

    /// What is not as the batch wrote it.
    fn fault_of(&self, number: u64, stamp: &StoredStamp) -> Result<Option<&'static str>, StoreError> {
        let revision = stamp.receipt().revision();
        let as_written = |record: &Record| {
            self.records
                .get(&record.key())
                .is_some_and(|found| found.record() == record && found.revision() == revision)
        };
        if !own_records(number)?.iter().all(as_written) {
            return Ok(Some("a record is missing, or not as it was written"));
        }
        if stamp.receipt().reply() != reply(number) || stamp.at() != instant(number) {
            return Ok(Some("the stamp is not as it was written"));
        }
        let entries = self.entries.get(&number).map(Vec::as_slice).unwrap_or_default();
        let told = happenings(number, instant(number))?;
        let positions = stamp.receipt().entries().map(|entries| (entries.first, entries.last));
        let found = entries.first().zip(entries.last()).map(|(first, last)| (first.position(), last.position()));
        if positions.is_none() || positions != found || entries.len() != told.len() {
            return Ok(Some("its entries are not where its receipt says"));
        }
        let as_told = entries.iter().zip(told).all(|(entry, told)| {
            let anew = Entry::after(&Head::default(), entry.command(), told);
            (entry.code(), entry.about(), entry.subject(), entry.details(), entry.at())
                == (anew.code(), anew.about(), anew.subject(), anew.details(), anew.at())
        });
        Ok((!as_told).then_some("an entry does not say what was told"))
    }
}

/// Reads everything of a store that does not do so itself: every record against its digest, every index against the
/// records, the journal's chain up to its head.
///
/// # Errors
/// `Corrupt` when something does not fit; what the store says.
pub async fn read_everything(store: &dyn Store) -> Result<(), StoreError> {
    let of_lanes = (0..TENANTS).map(tenant).collect::<Result<Vec<_>, _>>()?;
    for tenant in of_lanes.into_iter().chain([Tenant::default()]) {
        let mut figures = Figures::default();
        whole_journal(store, &tenant, &mut figures).await?;
        if !figures.is_clean() {
            return Err(StoreError::corrupt("the journal's chain does not hold up to its head"));
        }
        for kind in SCHEMA.kinds() {
            let records = all_of(store, &tenant, kind).await?;
            for index in kind.indexes().chain(kind.parent().map(|_| kind.children())) {
                let wanted = records.iter().filter(|it| index.values_of(it.record()).is_some());
                let wanted: BTreeSet<RecordKey> = wanted.map(|stored| stored.record().key()).collect();
                let found = walk(store, &tenant, IndexRange::new(index, Vec::new())?).await?;
                if found.len() != wanted.len() || found.iter().any(|it| !wanted.contains(&it.record().key())) {
                    return Err(StoreError::corrupt("an index does not hold the records that stand in it"));
                }
            }
        }
    }
    Ok(())
}

/// Every record of a kind, page by page.
///
/// # Errors
/// What the store says.
pub async fn all_of(store: &dyn Store, tenant: &Tenant, kind: Kind) -> Result<Vec<StoredRecord>, StoreError> {
    walk(store, tenant, IndexRange::all(kind)).await
}

async fn walk(store: &dyn Store, tenant: &Tenant, range: IndexRange) -> Result<Vec<StoredRecord>, StoreError> {
    let mut request = PageRequest::first(Limit::MAX);
    let mut records = Vec::new();
    loop {
        let page = store.scan(tenant, &range, &request).await?;
        records.extend(page.records);
        match page.next {
            Some(next) => request = PageRequest::after(Limit::MAX, next),
            None => return Ok(records),
        }
    }
}

/// The journal of a tenant, with its positions and its chain looked at.
async fn whole_journal(store: &dyn Store, tenant: &Tenant, figures: &mut Figures) -> Result<Vec<Entry>, StoreError> {
    let (mut entries, mut hash) = (Vec::new(), Digest::default());
    let mut after = Position::START;
    loop {
        let page = store.journal(tenant, JournalRange::Everything, after, Limit::MAX).await?;
        let last = page.entries.len() < Limit::MAX.get();
        for entry in page.entries {
            if entry.position() != after.next() {
                figures.fault(format!("the journal has a gap after {}", after.number()));
            }
            if entry.previous() != hash {
                figures.fault(format!("the chain is broken after {}", after.number()));
            }
            after = entry.position();
            hash = entry.hash(tenant);
            entries.push(entry);
        }
        if last {
            if page.head != after {
                figures.fault("the journal does not end at its head");
            }
            return Ok(entries);
        }
    }
}
