//! Numbered batches: what a batch of a number holds is known from the number alone, so that whoever comes after a crash
//! can say what must be there, byte for byte.

use chrono::{DateTime, Utc};
use fastrand::Rng;
use uuid::Uuid;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    Batch, BatchBuilder, Body, CommandId, Details, DigestWriter, Expect, Happening, Kind, Record, RecordKey, Salt,
    Stamp, StoreError, Subject, Tenant, Value,
};

/// How many tenants the numbers are spread over.
pub const TENANTS: u64 = 2;
/// How many records of a tenant are written over and over.
pub const SLOTS: u64 = 8;

/// The tenant of a batch.
///
/// # Errors
/// None in practice: the names are plain.
pub fn tenant(number: u64) -> Result<Tenant, StoreError> {
    Tenant::parse(&format!("tenant-{}", number % TENANTS)).map_err(|_| StoreError::misuse("a tenant's name"))
}

/// The slot that a batch writes over.
#[must_use]
pub const fn slot(number: u64) -> u64 {
    number / TENANTS % SLOTS
}

/// The kinds that the batches write.
///
/// # Errors
/// `Misuse` when the schema has no such kind any more.
pub fn kinds() -> Result<[Kind; 3], StoreError> {
    let kind = |name| SCHEMA.kind(name).ok_or_else(|| StoreError::misuse("the schema has lost a kind"));
    Ok([kind("team")?, kind("participant")?, kind("trail")?])
}

/// The command of a batch.
#[must_use]
pub fn command(number: u64) -> CommandId {
    CommandId::new(id(0xc0, number))
}

/// The number of a command.
#[must_use]
pub fn number_of(command: CommandId) -> Option<u64> {
    let number = u64::try_from(command.id().as_u128() & u128::from(u64::MAX)).ok()?;
    (self::command(number) == command).then_some(number)
}

/// The records that only the batch of this number writes: a team with a unique name, a participant, and a trail under
/// it. Some are small, some fill several pages of an engine.
///
/// # Errors
/// `Misuse` when the schema has lost a kind.
pub fn own_records(number: u64) -> Result<[Record; 3], StoreError> {
    let [team, participant, trail] = kinds()?;
    let person = Subject::new(id(0x50, number));
    let record = |kind: Kind| Record::new(RecordKey::new(kind, id(0, number)), body(kind, number));
    Ok([
        record(team).with("name", Value::from(format!("team {number:012}"))),
        record(participant).about(person),
        record(trail).under(id(0, number)).about(person),
    ])
}

/// The record that the batch of this number writes over.
///
/// # Errors
/// `Misuse` when the schema has lost a kind.
pub fn slot_record(number: u64) -> Result<Record, StoreError> {
    let [team, ..] = kinds()?;
    let slot = slot(number);
    let record = Record::new(RecordKey::new(team, id(0x51, slot)), Body::new(1, number.to_string().into_bytes()));
    Ok(record.with("name", Value::from(format!("slot {slot}"))))
}

/// The slot and the number that a record says, if it is one that is written over.
#[must_use]
pub fn read_slot(record: &Record) -> Option<u64> {
    let number = std::str::from_utf8(record.body().bytes()).ok()?.parse().ok()?;
    (slot_record(number).ok()?.key() == record.key()).then_some(number)
}

/// What the batch of this number tells, in order.
///
/// # Errors
/// `Misuse` when the schema has lost a kind.
pub fn happenings(number: u64, at: DateTime<Utc>) -> Result<[Happening; 2], StoreError> {
    let [_, participant, trail] = kinds()?;
    let person = Subject::new(id(0x50, number));
    let told = |code: &str, kind: Kind| {
        let happening = Happening::new(format!("crash.{code}"), RecordKey::new(kind, id(0, number)), id(0xac, 1), at);
        let salt = Salt::new(id(0x5a, number).into_bytes());
        happening.of(person).with(Details::new(salt, format!("{code} {number}").into_bytes()))
    };
    Ok([told("registered", participant), told("begun", trail)])
}

/// The instant of a batch, when nobody plays with the clock.
#[must_use]
pub fn instant(number: u64) -> DateTime<Utc> {
    let seconds = i64::try_from(number).unwrap_or_default().saturating_add(1_700_000_000);
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

/// What a batch's stamp answers; nothing else of it says so.
#[must_use]
pub fn reply(number: u64) -> Vec<u8> {
    format!("reply {number}").into_bytes()
}

/// The batch of a number.
///
/// # Errors
/// `Misuse` when the schema has lost a kind.
pub fn batch(number: u64) -> Result<Batch, StoreError> {
    batch_at(number, instant(number))
}

/// The batch of a number, at an instant of the caller's choice.
///
/// # Errors
/// `Misuse` when the schema has lost a kind, or no store can hold the instant.
pub fn batch_at(number: u64, at: DateTime<Utc>) -> Result<Batch, StoreError> {
    let fingerprint = DigestWriter::new("worktrail crash").number(number).finish();
    let stamp = Stamp::new(command(number), fingerprint, reply(number), at);
    let batch = own_records(number)?
        .into_iter()
        .fold(Batch::of(tenant(number)?), |batch, record| batch.put(record, Expect::Absent));
    let batch = happenings(number, at)?.into_iter().fold(batch, BatchBuilder::tell);
    batch.put(slot_record(number)?, Expect::Any).stamp(stamp).build()
}

fn id(space: u8, number: u64) -> Uuid {
    Uuid::from_u128(u128::from(space) << 120 | u128::from(number))
}

/// Bytes of a length and content that follow from the number: most are short, one in sixteen is long.
fn body(kind: Kind, number: u64) -> Body {
    let seed = kind.name().bytes().fold(number, |seed, byte| seed.wrapping_mul(0x0100_0000_01b3) ^ u64::from(byte));
    let mut random = Rng::with_seed(seed);
    let length = if random.u8(..16) == 0 { random.usize(4_000..24_000) } else { random.usize(16..600) };
    Body::new(1, std::iter::repeat_with(|| random.u8(..)).take(length).collect::<Vec<u8>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_known_from_its_number() {
        for number in [0, 1, 7, 1_000, u64::MAX >> 20] {
            assert_eq!(batch(number).unwrap(), batch(number).unwrap());
            assert_eq!(number_of(command(number)), Some(number));
            assert_eq!(read_slot(&slot_record(number).unwrap()), Some(number));
            assert_eq!(read_slot(&own_records(number).unwrap()[0]), None);
        }
        assert_ne!(own_records(1).unwrap()[0].body(), own_records(2).unwrap()[0].body());
        assert_eq!(number_of(CommandId::new(Uuid::from_u128(3))), None);
    }
}
