//! Loading what a world lacked.

use std::collections::BTreeMap;

use futures_util::future::{join, join_all};

use super::Desk;
use crate::command::{Family, Lacking, Look, Picture};
use crate::record::Decoder;
use crate::store::{
    CommandId, IndexRange, Key, Limit, PageRequest, RecordKey, Revision, StoreError, Stored, StoredRecord, StoredStamp,
    UniqueKey,
};

/// The most children of one record that a decision may look at.
const MOST_CHILDREN: usize = 10_000;
/// How many ranges are read side by side for one caller.
pub(super) const SIDE_BY_SIDE: usize = 8;

/// The children of one kind that a record has, and how they are read.
type Children = (Family, Decoder, Result<Vec<StoredRecord>, StoreError>);

impl Desk<'_> {
    /// Loads what is lacking, and a command's stamp with it when asked: all keys in one call, children beside it.
    pub(super) async fn load(
        &self,
        picture: &mut Picture,
        lacking: Lacking,
        stamp: Option<CommandId>,
    ) -> Result<Option<StoredStamp>, StoreError> {
        let Lacking { keys, families } = lacking;
        let (mut keys, decoders): (Vec<Key>, Vec<Decoder>) = keys.into_iter().unzip();
        keys.extend(stamp.map(Key::Stamp));
        let (found, families) = join(self.found(&keys), self.families(families)).await;
        let mut found = found?;
        let stamp = stamp.and_then(|_| found.pop()).flatten().and_then(Stored::into_stamp);
        for ((key, decoder), stored) in keys.into_iter().zip(decoders).zip(found) {
            let record = stored.and_then(Stored::into_record);
            match key {
                Key::Record(key) => picture.learn(key, record, decoder)?,
                Key::Unique(unique) => picture.learn_holder(unique, record, decoder)?,
                Key::Stamp(_) => {}
            }
        }
        for (family, decoder, children) in families {
            picture.learn_family(family, children?, decoder)?;
        }
        Ok(stamp)
    }

    async fn found(&self, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        let found = if keys.is_empty() { Vec::new() } else { self.store.get(&self.tenant, keys).await? };
        if found.len() == keys.len() {
            Ok(found)
        } else {
            Err(StoreError::corrupt("a store gave another number of answers than it was asked for"))
        }
    }

    /// The children of several records, side by side. None is given up for the fault of another, so that no store is left
    /// in the middle of a read.
    async fn families(&self, families: BTreeMap<Family, Decoder>) -> Vec<Children> {
        let families: Vec<_> = families.into_iter().collect();
        let mut found = Vec::with_capacity(families.len());
        for some in families.chunks(SIDE_BY_SIDE) {
            let children = join_all(some.iter().map(|(family, _)| self.children(*family))).await;
            found.extend(some.iter().zip(children).map(|((family, decoder), children)| (*family, *decoder, children)));
        }
        found
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
