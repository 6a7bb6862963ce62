//! Records, entries, stamps and heads as bytes, each with the digest that is checked when it is read.

use chrono::{DateTime, NaiveDate, Utc};
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    Body, Capacity, CommandId, Details, Digest, Entries, Entry, Happening, Head, Position, Receipt, Record, RecordKey,
    Revision, Salt, StoredRecord, StoredStamp, Subject, Tenant, Value,
};

use crate::bytes::{Reader, Writer};
use crate::error::Fault;
use crate::long::{self, Long};

/// About how long a record is beside its body, and an entry beside its details.
const BESIDE_A_BODY: usize = 1_024;
const BESIDE_DETAILS: usize = 320;

const RECORD: u8 = 1;
const ENTRY: u8 = 2;
const STAMP: u8 = 3;
const HEAD: u8 = 4;

fn torn() -> Fault {
    Fault::corrupt("something stored is not in the form in which it was written")
}

fn instant(reader: &mut Reader<'_>) -> Option<DateTime<Utc>> {
    reader.signed().and_then(DateTime::from_timestamp_micros)
}

pub(crate) fn write_record(tenant: &Tenant, stored: &StoredRecord) -> Vec<u8> {
    let record = stored.record();
    // The child revision stands first: it moves alone.
    let head = long::writer(RECORD, BESIDE_A_BODY + record.body().bytes().len())
        .number(stored.children().number())
        .number(stored.revision().number())
        .raw(stored.digest(tenant).as_bytes())
        .optional(record.subject(), |writer, subject| writer.id(subject.id()))
        .optional(record.parent(), Writer::id)
        .number(record.body().version().into())
        .bytes(record.body().bytes());
    let fields = record.key().kind().fields().iter().zip(record.fields());
    let present = fields.filter_map(|(field, value)| Some((field, value.as_ref()?)));
    present.fold(head, |writer, (field, value)| write_value(writer.bytes(field.name().as_bytes()), value)).finish()
}

pub(crate) fn read_record(tenant: &Tenant, key: RecordKey, bytes: &[u8]) -> Result<StoredRecord, Fault> {
    let mut reader = Reader::new(bytes, RECORD).ok_or_else(torn)?;
    let parts = |reader: &mut Reader<'_>| {
        let (children, revision) = (Revision::new(reader.number()?), Revision::new(reader.number()?));
        let digest = reader.digest()?;
        let subject = reader.optional(Reader::id)?.map(Subject::new);
        let parent = reader.optional(Reader::id)?;
        let version = u16::try_from(reader.number()?).ok()?;
        let body = Body::new(version, reader.bytes()?);
        Some((subject, parent, body, revision, children, digest))
    };
    let (subject, parent, body, revision, children, digest) = parts(&mut reader).ok_or_else(torn)?;
    let mut fields = vec![None; key.kind().fields().len()];
    while let Some(name) = reader.text() {
        let field = key.kind().field(name).and_then(|place| fields.get_mut(place));
        let unknown = || Fault::outdated("a record has a field that this version does not know");
        *field.ok_or_else(unknown)? = Some(read_value(&mut reader).ok_or_else(torn)?);
    }
    reader.finish(()).ok_or_else(torn)?;
    let record = Record::from_parts(key, subject, parent, fields, body);
    Ok(StoredRecord::read(tenant, record, revision, children, digest.as_bytes())?)
}

/// A record that is written so, with another child revision.
pub(crate) fn bumped(record: &Long, children: Revision) -> Result<Vec<u8>, Fault> {
    record.with(1, &children.number().to_be_bytes()).ok_or_else(torn)
}

fn write_value(writer: Writer, value: &Value) -> Writer {
    match value {
        Value::Text(text) => writer.raw(&[1]).bytes(text.as_bytes()),
        Value::Integer(number) => writer.raw(&[2]).signed(*number),
        Value::Day(day) => writer.raw(&[3]).signed(chrono::Datelike::num_days_from_ce(day).into()),
        Value::Instant(at) => writer.raw(&[4]).signed(at.timestamp_micros()),
        Value::Id(id) => writer.raw(&[5]).id(*id),
    }
}

fn read_value(reader: &mut Reader<'_>) -> Option<Value> {
    Some(match reader.byte()? {
        1 => Value::Text(reader.text()?.to_owned()),
        2 => Value::Integer(reader.signed()?),
        3 => Value::Day(NaiveDate::from_num_days_from_ce_opt(reader.signed()?.try_into().ok()?)?),
        4 => Value::Instant(instant(reader)?),
        5 => Value::Id(reader.id()?),
        _ => return None,
    })
}

pub(crate) fn write_entry(tenant: &Tenant, entry: &Entry) -> Vec<u8> {
    let details = entry.details().map_or(0, |details| details.bytes().len());
    long::writer(ENTRY, BESIDE_DETAILS + details)
        .raw(entry.hash(tenant).as_bytes())
        .raw(entry.previous().as_bytes())
        .optional(entry.command(), |writer, command| writer.id(command.id()))
        .optional(entry.seal(), |writer, seal| writer.raw(seal.as_bytes()))
        .bytes(entry.code().as_bytes())
        .bytes(entry.about().kind().name().as_bytes())
        .id(entry.about().id())
        .optional(entry.subject(), |writer, subject| writer.id(subject.id()))
        .id(entry.actor())
        .optional(entry.capacity(), |writer, capacity| {
            let purpose = writer.bytes(capacity.purpose().as_bytes());
            purpose.optional(capacity.role(), |writer, role| writer.bytes(role.as_bytes()))
        })
        .signed(entry.at().timestamp_micros())
        .optional(entry.details(), |writer, details| writer.raw(details.salt().as_bytes()).bytes(details.bytes()))
        .finish()
}

pub(crate) fn read_entry(tenant: &Tenant, position: Position, bytes: &[u8]) -> Result<Entry, Fault> {
    let mut reader = Reader::new(bytes, ENTRY).ok_or_else(torn)?;
    let parts = |reader: &mut Reader<'_>| {
        let (hash, previous) = (reader.digest()?, reader.digest()?);
        let command = reader.optional(Reader::id)?.map(CommandId::new);
        let seal = reader.optional(Reader::digest)?;
        Some((hash, previous, command, seal, reader.text()?.to_owned(), reader.text()?.to_owned(), reader.id()?))
    };
    let (hash, previous, command, seal, code, kind, id) = parts(&mut reader).ok_or_else(torn)?;
    let kind = SCHEMA.kind(&kind);
    let kind = kind.ok_or_else(|| Fault::outdated("an entry is about a kind that this version does not know"))?;
    let rest = |mut reader: Reader<'_>| {
        let subject = reader.optional(Reader::id)?.map(Subject::new);
        let actor = reader.id()?;
        let capacity = reader.optional(|reader| {
            let capacity = Capacity::new(reader.text()?);
            let role = reader.optional(Reader::text)?;
            Some(role.into_iter().fold(capacity, Capacity::in_role))
        })?;
        let at = instant(&mut reader)?;
        let details = reader.optional(|reader| Some(Details::new(Salt::new(reader.array()?), reader.bytes()?)))?;
        let told = Happening::new(code, RecordKey::new(kind, id), actor, at).of(subject).acting(capacity);
        reader.finish(details.into_iter().fold(told, Happening::with))
    };
    let told = rest(reader).ok_or_else(torn)?;
    Ok(Entry::read(tenant, position, previous, command, seal, told, hash.as_bytes())?)
}

pub(crate) fn write_stamp(tenant: &Tenant, stamp: &StoredStamp) -> Vec<u8> {
    let receipt = stamp.receipt();
    Writer::new(STAMP)
        .raw(stamp.digest(tenant).as_bytes())
        .optional(stamp.fingerprint(), |writer, fingerprint| writer.raw(fingerprint.as_bytes()))
        .number(receipt.revision().number())
        .optional(receipt.entries(), |writer, Entries { first, last }| {
            writer.number(first.number()).number(last.number())
        })
        .bytes(receipt.reply())
        .signed(stamp.at().timestamp_micros())
        .finish()
}

pub(crate) fn read_stamp(tenant: &Tenant, id: CommandId, bytes: &[u8]) -> Result<StoredStamp, Fault> {
    let mut reader = Reader::new(bytes, STAMP).ok_or_else(torn)?;
    let parts = |reader: &mut Reader<'_>| {
        let (digest, fingerprint) = (reader.digest()?, reader.optional(Reader::digest)?);
        let revision = Revision::new(reader.number()?);
        let entries = reader.optional(|reader| {
            Some(Entries { first: Position::new(reader.number()?), last: Position::new(reader.number()?) })
        })?;
        let receipt = Receipt::new(revision, entries, reader.bytes()?.into());
        Some((digest, fingerprint, receipt, instant(reader)?))
    };
    let (digest, fingerprint, receipt, at) = parts(&mut reader).ok_or_else(torn)?;
    reader.finish(()).ok_or_else(torn)?;
    Ok(StoredStamp::read(tenant, id, fingerprint, receipt, at, digest.as_bytes())?)
}

pub(crate) fn write_head(head: &Head) -> Vec<u8> {
    let place = Writer::new(HEAD).number(head.revision.number()).number(head.position.number());
    place.raw(head.hash.as_bytes()).finish()
}

pub(crate) fn read_head(bytes: &[u8]) -> Result<Head, Fault> {
    let read = |mut reader: Reader<'_>| {
        let (revision, position) = (Revision::new(reader.number()?), Position::new(reader.number()?));
        let hash: Digest = reader.digest()?;
        reader.finish(Head { revision, position, hash })
    };
    Reader::new(bytes, HEAD).and_then(read).ok_or_else(torn)
}
