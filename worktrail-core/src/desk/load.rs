//! Loading what a world lacked.

use super::Desk;
use crate::command::{Family, Lacking, Look, Picture};
use crate::record::Decoder;
use crate::store::{
    CommandId, IndexRange, Key, Limit, PageRequest, RecordKey, Revision, StoreError, Stored, StoredRecord, StoredStamp,
    UniqueKey,
};

/// The most children of one record that a decision may look at.
const MOST_CHILDREN: usize = 10_000;

impl Desk<'_> {
    /// Loads what is lacking, and a command's stamp with it when asked: all keys in one call.
    pub(super) async fn load(
        &self,
        picture: &mut Picture,
        lacking: Lacking,
        stamp: Option<CommandId>,
    ) -> Result<Option<StoredStamp>, StoreError> {
        let wanted: Vec<(Key, Decoder)> = lacking.keys.into_iter().collect();
        let keys: Vec<Key> = wanted.iter().map(|(key, _)| key.clone()).chain(stamp.map(Key::Stamp)).collect();
        let mut found = if keys.is_empty() { Vec::new() } else { self.store.get(&self.tenant, &keys).await? };
        if found.len() != keys.len() {
            return Err(StoreError::corrupt("a store gave another number of answers than it was asked for"));
        }
        let stamp = stamp.and_then(|_| found.pop()).flatten().and_then(Stored::into_stamp);
        for ((key, decoder), stored) in wanted.into_iter().zip(found) {
            let record = stored.and_then(Stored::into_record);
            match key {
                Key::Record(key) => picture.learn(key, record, decoder)?,
                Key::Unique(unique) => picture.learn_holder(unique, record, decoder)?,
                Key::Stamp(_) => {}
            }
        }
        for (family, decoder) in lacking.families {
            let children = self.children(family).await?;
            picture.learn_family(family, children, decoder)?;
        }
        Ok(stamp)
    }

    pub(super) async fn children(&self, family: Family) -> Result<Vec<StoredRecord>, StoreError> {
        let range = IndexRange::children(family.kind, family.parent.id())?;
        let mut request = PageRequest::first(Limit::MAX);
        let mut children = Vec::new();
        loop {
            let page = self.store.scan(&self.tenant, &range, &request).await?;
            children.extend(page.records);
            match page.next {
                None => return Ok(children),
                Some(_) if children.len() >= MOST_CHILDREN => {
                    return Err(StoreError::misuse("a record has more children than a decision may look at"));
                }
                Some(cursor) => request = PageRequest::after(Limit::MAX, cursor),
            }
        }
    }

    /// Whether everything that was looked at is still as it was, and the command has not been done meanwhile: an
    /// earlier sending of it may have arrived between two loads, and would be refused by its own effect.
    pub(super) async fn still_so(
        &self,
        picture: &Picture,
        looked: &[Look],
        command: CommandId,
    ) -> Result<bool, StoreError> {
        let keys: Vec<Key> = looked
            .iter()
            .map(|look| match look {
                Look::Record(key) | Look::Children(key) => Key::Record(*key),
                Look::Unique(unique) => Key::Unique(unique.clone()),
            })
            .chain([Key::Stamp(command)])
            .collect();
        let mut found = self.store.get(&self.tenant, &keys).await?;
        if found.pop().flatten().is_some() {
            return Ok(false);
        }
        let mut answers = found.into_iter().map(|stored| stored.and_then(Stored::into_record));
        Ok(looked.iter().all(|look| {
            let now = answers.next().flatten();
            match look {
                Look::Record(key) => revision(picture, *key) == now.map(|it| it.revision()),
                Look::Children(key) => children(picture, *key) == now.map(|it| it.children()),
                Look::Unique(unique) => holder(picture, unique) == now.map(|it| it.record().key()),
            }
        }))
    }
}

fn revision(picture: &Picture, key: RecordKey) -> Option<Revision> {
    picture.record(key).there().map(|known| known.revision)
}

fn children(picture: &Picture, key: RecordKey) -> Option<Revision> {
    picture.record(key).there().map(|known| known.children)
}

fn holder(picture: &Picture, unique: &UniqueKey) -> Option<RecordKey> {
    picture.holder(unique).there()
}
