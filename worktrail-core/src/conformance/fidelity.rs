//! Sentence 7: what is read is what was written.

use uuid::Uuid;

use super::failure::{Failure, same};
use super::office::Office;
use super::specimen::{Cast, bare, extremes, id, key, lineage, specimen, subject};
use crate::record::SCHEMA;
use crate::store::{
    Body, FieldType, IndexRange, Key, Kind, Limit, PageRequest, Record, RecordKey, Revision, Store, Stored,
    StoredRecord, Subject,
};

/// Saves a record with all that it belongs to, and reads it by key and by range.
async fn kept(office: &Office<'_>, record: &Record, what: &str) -> Result<(), Failure> {
    let receipt = office.save([record.clone()]).await.map_err(|error| Failure::from(error).during(what))?;
    let found = office.present(record.key()).await?;
    let expected = StoredRecord::new(record.clone(), receipt.revision(), found.children());
    same(&format!("{what}, by key"), &found, &expected)?;
    let by_range = office.walk(&IndexRange::all(record.key().kind()), 1_000).await?;
    let found = by_range.into_iter().find(|stored| stored.record().key() == record.key());
    same(&format!("{what}, by range"), found, Some(expected))
}

/// Saves what a record of a kind and number belongs to.
async fn with_parents(office: &Office<'_>, kind: Kind, n: u64) -> Result<(), Failure> {
    let parents = lineage(kind, n).into_iter().filter(|record| record.key().kind() != kind);
    office.save(parents).await?;
    Ok(())
}

/// A record of every kind comes back as it was saved, with all of its fields and with none, about somebody and about
/// nobody.
pub(super) async fn every_kind_is_kept(store: &dyn Store) -> Result<(), Failure> {
    for kind in SCHEMA.kinds() {
        let office = Office::of(store, kind.name())?;
        for n in 1..=3 {
            with_parents(&office, kind, n).await?;
        }
        kept(&office, &specimen(kind, 1), &format!("a {} with every field", kind.name())).await?;
        kept(&office, &bare(kind, 2), &format!("a {} without fields", kind.name())).await?;
        kept(&office, &specimen(kind, 3).about(subject(3)), &format!("a {} about somebody", kind.name())).await?;
    }
    Ok(())
}

/// A field that is there in one revision may be absent in the next, and the other way round.
pub(super) async fn a_field_comes_and_goes(store: &dyn Store) -> Result<(), Failure> {
    for kind in SCHEMA.kinds() {
        let office = Office::of(store, kind.name())?;
        with_parents(&office, kind, 1).await?;
        for record in [specimen(kind, 1), bare(kind, 1), specimen(kind, 1)] {
            kept(&office, &record, &format!("a {} whose fields come and go", kind.name())).await?;
        }
    }
    Ok(())
}

/// Each extreme of a type, in every field that has the type.
async fn extremes_are_kept(store: &dyn Store, holds: FieldType) -> Result<(), Failure> {
    for kind in SCHEMA.kinds() {
        let office = Office::of(store, kind.name())?;
        with_parents(&office, kind, 1).await?;
        for field in kind.fields().iter().filter(|field| field.field_type() == holds) {
            let parent = kind.parent().map(|_| id(1));
            let with = |(n, value)| bare(kind, n).under(parent).with(field.name(), value);
            let records: Vec<Record> = (1..).zip(extremes(holds)).map(with).collect();
            let revision = office.save(records.clone()).await?.revision();
            let expected: Vec<StoredRecord> =
                records.into_iter().map(|it| StoredRecord::new(it, revision, Revision::default())).collect();
            let keys: Vec<Key> = expected.iter().map(|it| Key::Record(it.record().key())).collect();
            let found = office.get(&keys).await?.into_iter().map(|it| it.and_then(Stored::into_record));
            for ((place, found), expected) in found.enumerate().zip(&expected) {
                let what = format!("{}.{} with extreme {place} of {holds:?}", kind.name(), field.name());
                same(&what, found.as_ref(), Some(expected))?;
            }
            let by_range = office.walk(&IndexRange::all(kind), 1_000).await?;
            same(&format!("{}.{} by range", kind.name(), field.name()), by_range, expected)?;
        }
    }
    Ok(())
}

/// Texts of every sort: empty, longest, case and accent twins, both normal forms, spaces, quotes, emoji.
pub(super) async fn texts_are_kept(store: &dyn Store) -> Result<(), Failure> {
    extremes_are_kept(store, FieldType::Text).await
}

/// Numbers from the least to the greatest.
pub(super) async fn numbers_are_kept(store: &dyn Store) -> Result<(), Failure> {
    extremes_are_kept(store, FieldType::Integer).await
}

/// Days from the year 1 to the year 9999.
pub(super) async fn days_are_kept(store: &dyn Store) -> Result<(), Failure> {
    extremes_are_kept(store, FieldType::Day).await
}

/// Instants to the microsecond, before and after 1970.
pub(super) async fn instants_are_kept(store: &dyn Store) -> Result<(), Failure> {
    extremes_are_kept(store, FieldType::Instant).await
}

/// Ids of every shape in a field.
pub(super) async fn ids_are_kept(store: &dyn Store) -> Result<(), Failure> {
    extremes_are_kept(store, FieldType::Id).await
}

/// Ids of every shape as a record's own, its parent's and its subject's.
pub(super) async fn keys_of_every_shape_are_kept(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, trail, .. }) = (Office::main(store), Cast::new()?);
    let shapes = [0, 1, u128::MAX >> 1, 1 << 127, u128::MAX].map(Uuid::from_u128);
    for shape in shapes {
        let body = || Body::new(1, shape.as_bytes().as_slice());
        let parent = Record::new(RecordKey::new(person, shape), body()).about(Subject::new(shape));
        kept(&office, &parent, "a record with an id of some shape").await?;
        let child = Record::new(RecordKey::new(trail, shape), body()).under(shape).about(Subject::new(shape));
        kept(&office, &child, "a child with ids of some shape").await?;
        let found = office.ids(&IndexRange::children(trail, shape)?).await?;
        same("the children of a parent with an id of some shape", found, vec![shape])?;
    }
    let mut sorted = shapes;
    sorted.sort_unstable();
    same("the ids in their order", office.ids(&IndexRange::all(person)).await?, sorted.to_vec())
}

/// Bodies of every length to the longest, every byte, every version.
pub(super) async fn bodies_are_kept(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    let every: Vec<u8> = (0..=u8::MAX).collect();
    let longest: Vec<u8> = every.iter().rev().copied().cycle().take(Body::MAX_BYTES).collect();
    let bodies = [
        (0, Vec::new()),
        (1, vec![0]),
        (u16::MAX, every),
        (i16::MAX.unsigned_abs() + 1, vec![0xff; 70_000]),
        (3, longest),
        (4, b"short again".to_vec()),
    ];
    for (version, bytes) in bodies {
        let what = format!("a body of {} bytes in version {version}", bytes.len());
        kept(&office, &Record::new(key(person, 1), Body::new(version, bytes)), &what).await?;
    }
    Ok(())
}

/// Several long bodies in one batch and in one page.
pub(super) async fn long_bodies_come_together(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    let long = |n: u8| Record::new(key(person, n.into()), Body::new(1, vec![n; Body::MAX_BYTES]));
    office.save((1..=4).map(long)).await?;
    let page = office.page(&IndexRange::all(person), &PageRequest::first(Limit::MAX)).await?;
    let found: Vec<&Record> = page.records.iter().map(StoredRecord::record).collect();
    same("a page of long bodies", found, (1..=4).map(long).collect::<Vec<_>>().iter().collect())
}

/// A record that is saved again is replaced whole: nothing of its former state is left.
pub(super) async fn a_record_is_replaced_whole(store: &dyn Store) -> Result<(), Failure> {
    for kind in SCHEMA.kinds() {
        let office = Office::of(store, kind.name())?;
        for n in 1..=2 {
            with_parents(&office, kind, n).await?;
        }
        kept(&office, &specimen(kind, 1), &format!("a {}", kind.name())).await?;
        let other = specimen(kind, 2);
        let parent = kind.parent().map(|_| id(1));
        let changed = Record::from_parts(key(kind, 1), None, parent, other.fields().to_vec(), other.body().clone());
        kept(&office, &changed, &format!("a {} replaced", kind.name())).await?;
        for index in kind.indexes() {
            let former = index.values_of(&specimen(kind, 1)).unwrap_or_default();
            let found = office.ids(&IndexRange::new(index, former)?).await?;
            same(&format!("its former place in {index:?}"), found, Vec::new())?;
        }
    }
    Ok(())
}
