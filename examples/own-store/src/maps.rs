//! Step 3: what one tenant has, in plain maps. They change by effects alone, and answer every question.

use std::collections::{BTreeMap, BTreeSet};

use worktrail_core::store::judge::Effect;
use worktrail_core::store::{
    CommandId, Entry, Head, Index, IndexRange, Key, Order, Place, RecordKey, StoreError, Stored, StoredRecord,
    StoredStamp, Subject, Tenant,
};

#[derive(Debug, Default)]
pub(crate) struct Maps {
    pub(crate) head: Head,
    pub(crate) journal: Vec<Entry>,
    records: BTreeMap<RecordKey, StoredRecord>,
    stamps: BTreeMap<CommandId, StoredStamp>,
    /// Where records stand in each index. A unique value is the same thing: a place with one record.
    places: BTreeMap<Index, BTreeSet<Place>>,
}

/// Changing.
impl Maps {
    /// Does what the judge said. The order is that of [`Effect`]'s fields.
    pub(crate) fn apply(&mut self, effect: Effect) {
        for key in effect.removed {
            self.take(key);
        }
        for (key, stored) in effect.saved {
            self.take(key);
            for (index, place) in places_of(&stored) {
                self.places.entry(index).or_default().insert(place);
            }
            self.records.insert(key, stored);
        }
        for (key, revision) in effect.bumped {
            if let Some(stored) = self.records.remove(&key) {
                self.records.insert(key, stored.bumped(revision));
            }
        }
        if let Some(subject) = effect.forgotten {
            forget(subject, &mut self.journal, self.stamps.values_mut());
        }
        self.journal.extend(effect.entries);
        self.stamps.extend(effect.stamps.into_iter().map(|stamp| (stamp.id(), stamp)));
        self.head = effect.head.unwrap_or_default();
    }

    fn take(&mut self, key: RecordKey) {
        let Some(stored) = self.records.remove(&key) else { return };
        for (index, place) in places_of(&stored) {
            self.places.entry(index).or_default().remove(&place);
        }
    }
}

/// Takes what is personal of `subject` out of entries and the stamps of their commands. The judge has seen to the
/// records.
pub(crate) fn forget<'s>(
    subject: Subject,
    entries: &mut [Entry],
    stamps: impl IntoIterator<Item = &'s mut StoredStamp>,
) {
    let mut commands = BTreeSet::new();
    for entry in entries.iter_mut().filter(|entry| entry.subject() == Some(subject)) {
        commands.extend(entry.command());
        *entry = entry.clone().forgotten();
    }
    for stamp in stamps.into_iter().filter(|stamp| commands.contains(&stamp.id())) {
        *stamp = stamp.clone().forgotten();
    }
}

fn places_of(stored: &StoredRecord) -> impl Iterator<Item = (Index, Place)> {
    let record = stored.record();
    let kind = record.key().kind();
    let indexes = [kind.all(), kind.children()].into_iter().chain(kind.indexes());
    indexes.filter_map(|index| Some((index, Place { values: index.values_of(record)?, id: record.key().id() })))
}

/// Answering.
impl Maps {
    pub(crate) fn find(&self, key: &Key) -> Option<Stored> {
        match key {
            Key::Record(key) => self.records.get(key).cloned().map(Stored::Record),
            Key::Stamp(id) => self.stamps.get(id).cloned().map(Stored::Stamp),
            Key::Unique(unique) => {
                let range = IndexRange::new(unique.index(), unique.values().to_vec()).ok()?;
                self.walk(&range, None).next().cloned().map(Stored::Record)
            }
        }
    }

    /// The records of a range after a place, in order.
    pub(crate) fn walk<'s>(
        &'s self,
        range: &'s IndexRange,
        after: Option<&'s Place>,
    ) -> Box<dyn Iterator<Item = &'s StoredRecord> + 's> {
        let Some(places) = self.places.get(&range.index()) else { return Box::new([].into_iter()) };
        let inside = places
            .iter()
            .filter(move |place| range.contains(&place.values))
            .filter(move |place| after.is_none_or(|after| place.comes_after(after, range.order())))
            .filter_map(move |place| self.records.get(&RecordKey::new(range.index().kind(), place.id)));
        match range.order() {
            Order::Ascending => Box::new(inside),
            Order::Descending => Box::new(inside.rev()),
        }
    }

    pub(crate) fn about(&self, subject: Subject) -> Vec<StoredRecord> {
        self.records.values().filter(|stored| stored.record().subject() == Some(subject)).cloned().collect()
    }

    /// Whether an effect read from a file continues this history: the chain, and the head that came with it.
    pub(crate) fn is_continued_by(&self, tenant: &Tenant, effect: &Effect) -> Result<(), StoreError> {
        let mut head = self.head.clone();
        head.revision = head.revision.next();
        for entry in &effect.entries {
            if entry.position() != head.position.next() || entry.previous() != head.hash {
                return Err(StoreError::corrupt("a file does not continue the journal"));
            }
            head.position = entry.position();
            head.hash = entry.hash(tenant);
        }
        if effect.head == Some(head) {
            Ok(())
        } else {
            Err(StoreError::corrupt("a file does not continue the history"))
        }
    }
}
