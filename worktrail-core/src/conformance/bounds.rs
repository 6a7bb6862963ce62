//! Sentence 11: the bounds of the contract, kept by every store; and look-ups of every size.

use chrono::{DateTime, NaiveDate};

use super::failure::{Failure, refused, same};
use super::office::Office;
use super::specimen::{Cast, command, extremes, id, key, saying, specimen, stamp, told};
use crate::store::{
    Batch, BatchBuilder, Body, Capacity, Expect, FieldType, Guard, Happening, IndexRange, Key, Record, Store,
    StoreErrorKind, Stored, UniqueKey, Value,
};

/// As many writes as a batch may hold, in one: made, changed and removed.
pub(super) async fn the_greatest_batch_is_written(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    let most = u64::try_from(Batch::MAX_WRITES).unwrap_or_default();
    let every = |write: fn(BatchBuilder, Record) -> BatchBuilder| {
        (1..=most).map(|n| specimen(person, n)).fold(office.batch(), write)
    };
    let all = IndexRange::all(person);
    office.commit(every(|batch, record| batch.put(record, Expect::Absent))).await?;
    same("the records of the greatest batch", office.total(&all).await?, most)?;
    let changed = every(|batch, record| batch.put(saying(&record, b"changed"), Expect::Any));
    let revision = office.commit(changed).await?.revision();
    let found = office.walk(&all, 1_000).await?;
    let moved = found.iter().filter(|it| it.revision() == revision && it.record().body().bytes() == b"changed");
    same("the records that it changed", moved.count(), Batch::MAX_WRITES)?;
    office.commit(every(|batch, record| batch.remove(record.key(), None, Expect::Any))).await?;
    same("the records that it left", office.total(&all).await?, 0)
}

/// As many guards as a batch may carry, each looked at.
pub(super) async fn the_most_guards_are_looked_at(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    let most = u64::try_from(Batch::MAX_GUARDS).unwrap_or_default();
    let guarded = || {
        let keys = (1..=most).map(|n| key(person, n));
        keys.fold(office.batch(), |batch, key| batch.guard(Guard::Record(key, Expect::Absent)))
    };
    office.commit(guarded()).await?;
    office.save([specimen(person, most)]).await?;
    refused(StoreErrorKind::Conflict, "the last of the most guards fails", office.commit(guarded()).await)
}

/// What is beyond the bounds is refused when the batch is made, so that no store sees it: U+0000, too long a text, a
/// day or an instant out of range, a field of another type, too long a body, a record written twice.
pub(super) async fn what_is_beyond_the_bounds_is_misuse(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    let person = |value: Value| super::specimen::at(specimen(cast.person, 1), cast.number, [value]);
    let put = |record: Record| office.batch().put(record, Expect::Any);
    let beyond = DateTime::from_timestamp(253_402_300_800, 0).unwrap_or_default();
    let too_fine = DateTime::from_timestamp(0, 1).unwrap_or_default();
    let leap = DateTime::from_timestamp(59, 1_500_000_000).unwrap_or(too_fine);
    let told_for = |capacity| office.batch().tell(told(key(cast.person, 1), 1).acting(capacity));
    let told_at = |at| office.batch().tell(Happening::new("x", key(cast.person, 1), id(1), at));
    let most = u64::try_from(Batch::MAX_WRITES).unwrap_or_default();
    let misuses: Vec<(&str, BatchBuilder)> = vec![
        ("a text with U+0000", put(person(Value::from("a\0b")))),
        ("a text that is too long", put(person(Value::from("x".repeat(Value::MAX_TEXT + 1))))),
        ("a value of another type", put(person(Value::from(7)))),
        ("a field that is not there", put(specimen(cast.person, 1).with("no such field", 7))),
        ("a body that is too long", put(Record::new(key(cast.person, 1), Body::new(1, vec![0; Body::MAX_BYTES + 1])))),
        ("a root with a parent", put(specimen(cast.person, 1).under(id(2)))),
        ("a child without parent", put(specimen(cast.trail, 1).under(None))),
        ("a record twice", put(specimen(cast.person, 1)).put(specimen(cast.person, 1), Expect::Any)),
        ("a record saved and removed", put(specimen(cast.person, 1)).remove(key(cast.person, 1), None, Expect::Any)),
        ("a removal of what is absent", office.batch().remove(key(cast.person, 1), None, Expect::Absent)),
        ("a purpose without a code", told_for(Capacity::new(""))),
        ("a purpose that is too long", told_for(Capacity::new("x".repeat(Capacity::MAX_CODE + 1)))),
        ("a role with U+0000", told_for(Capacity::new("x").in_role("\0"))),
        ("an instant past the year 9999", told_at(beyond)),
        ("an instant finer than a microsecond", told_at(too_fine)),
        ("an instant within a leap second", told_at(leap)),
        (
            "too many writes",
            (0..=most).fold(office.batch(), |batch, n| batch.put(specimen(cast.person, n), Expect::Any)),
        ),
    ];
    for (what, batch) in misuses {
        refused(StoreErrorKind::Misuse, what, batch.build())?;
    }
    let day = NaiveDate::from_ymd_opt(0, 12, 31).unwrap_or_default();
    let range = IndexRange::new(cast.number, vec![Value::from("\0")]);
    refused(StoreErrorKind::Misuse, "a range by a text with U+0000", range)?;
    let unique = UniqueKey::new(cast.number, vec![Value::Day(day)]);
    refused(StoreErrorKind::Misuse, "a unique value of another type", unique)
}

/// Answers stand in the order of the keys, a key asked twice is answered twice, an unknown one is answered by nothing.
pub(super) async fn answers_stand_in_the_order_of_the_keys(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    same("the answers to no keys, in an empty store", office.get(&[]).await?, Vec::new())?;
    let records = [cast.person(1, "a"), cast.person(2, "b"), specimen(cast.trail, 1)];
    let batch = records.iter().cloned().fold(office.batch(), |batch, record| batch.put(record, Expect::Absent));
    office.commit(batch.tell(told(key(cast.person, 1), 1)).stamp(stamp(1, "make"))).await?;
    same("the answers to no keys", office.get(&[]).await?, Vec::new())?;
    let record = |kind, n| Key::Record(key(kind, n));
    let unique = |text: &str| UniqueKey::new(cast.number, vec![Value::from(text)]).map(Key::Unique);
    let keys = vec![
        unique("b")?,
        record(cast.trail, 1),
        record(cast.person, 9),
        Key::Stamp(command(1)),
        record(cast.person, 2),
        unique("z")?,
        record(cast.person, 1),
        record(cast.person, 2),
        Key::Stamp(command(2)),
        unique("a")?,
        record(cast.job, 1),
        record(cast.trail, 1),
        Key::Stamp(command(1)),
    ];
    let name = |stored: Stored| match stored {
        Stored::Record(stored) => format!("{:?}", stored.record().key()),
        Stored::Stamp(stamp) => format!("{:?}", stamp.id()),
    };
    let of = |kind, n| Some(format!("{:?}", key(kind, n)));
    let (p1, p2, t1) = (of(cast.person, 1), of(cast.person, 2), of(cast.trail, 1));
    let s1 = Some(format!("{:?}", command(1)));
    let expected =
        vec![p2.clone(), t1.clone(), None, s1.clone(), p2.clone(), None, p1.clone(), p2, None, p1, None, t1, s1];
    let found: Vec<Option<String>> = office.get(&keys).await?.into_iter().map(|found| found.map(name)).collect();
    same("the answers to many sorts of keys", found, expected)?;
    let reversed: Vec<Key> = keys.iter().rev().cloned().collect();
    let mut backwards = office.get(&reversed).await?;
    backwards.reverse();
    same("the same, asked backwards", backwards, office.get(&keys).await?)
}

/// Thousands of keys in one look-up.
pub(super) async fn thousands_of_keys_are_looked_up(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    for hundred in 0..5 {
        office.save((1..=200).map(|n| specimen(cast.person, hundred * 200 + n))).await?;
    }
    let keys: Vec<Key> = (1..=5_000).rev().map(|n| Key::Record(key(cast.person, n))).collect();
    let found = office.get(&keys).await?;
    let present = found.into_iter().flatten().filter_map(Stored::into_record).map(|it| it.record().key());
    let expected: Vec<_> = (1..=1_000).rev().map(|n| key(cast.person, n)).collect();
    same("the records among thousands of keys", present.collect(), expected)?;
    let mut keys = Vec::new();
    for n in 1..=3_000 {
        let values = cast.number.values_of(&specimen(cast.person, n)).unwrap_or_default();
        keys.push(Key::Unique(UniqueKey::new(cast.number, values)?));
        keys.push(Key::Stamp(command(n)));
    }
    let found = office.get(&keys).await?;
    same("the records among thousands of unique values", found.iter().flatten().count(), 1_000)
}

/// The extremes of text are found by their unique value in one look-up, however they would have to be quoted.
pub(super) async fn values_need_no_quoting(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    let texts = extremes(FieldType::Text);
    let record = |(n, text): (u64, &Value)| super::specimen::at(specimen(cast.person, n), cast.number, [text.clone()]);
    office.save((1..).zip(&texts).map(record)).await?;
    let mut keys = Vec::new();
    for text in &texts {
        keys.push(Key::Unique(UniqueKey::new(cast.number, vec![text.clone()])?));
    }
    let found = office.get(&keys).await?.into_iter().map(|it| it.and_then(Stored::into_record));
    let found: Vec<_> = found.map(|it| it.map(|stored| stored.record().key())).collect();
    same("the holders of extreme texts", found, (1..).zip(&texts).map(|(n, _)| Some(key(cast.person, n))).collect())
}
