//! Specimens: made-up records of any kind, filled from its schema line.

use chrono::{DateTime, Days, NaiveDate, Utc};
use uuid::Uuid;

use super::failure::{Failure, there};
use crate::record::SCHEMA;
use crate::store::{
    Body, Capacity, CommandId, Details, Digest, DigestWriter, FieldType, Happening, Index, Kind, Path, Record,
    RecordKey, Salt, Stamp, Subject, Value,
};

/// The id of this number.
pub(crate) fn id(n: u64) -> Uuid {
    Uuid::from_u128(u128::from(n))
}

/// The value of this number in a type; greater numbers give greater values.
pub(crate) fn value(holds: FieldType, n: u64) -> Value {
    let number = i64::try_from(n).unwrap_or(i64::MAX);
    match holds {
        FieldType::Text => Value::Text(format!("text {n:012}")),
        FieldType::Integer => Value::Integer(number),
        FieldType::Day => {
            Value::Day(NaiveDate::default().checked_add_days(Days::new(n.min(2_000_000))).unwrap_or_default())
        }
        FieldType::Instant => Value::Instant(instant(n)),
        FieldType::Id => Value::Id(id(n)),
    }
}

/// The instant of this number.
pub(crate) fn instant(n: u64) -> DateTime<Utc> {
    DateTime::from_timestamp(i64::try_from(n.min(100_000_000_000)).unwrap_or_default(), 0).unwrap_or_default()
}

/// The specimen of a kind with this number: every field filled, its id and its parent's id those of the number,
/// about nobody.
pub(crate) fn specimen(kind: Kind, n: u64) -> Record {
    let fields = kind.fields().iter();
    fields.fold(bare(kind, n), |record, field| record.with(field.name(), value(field.field_type(), n)))
}

/// The same without a field.
pub(crate) fn bare(kind: Kind, n: u64) -> Record {
    let body = Body::new(1, format!("{} {n}", kind.name()).into_bytes());
    Record::new(key(kind, n), body).under(kind.parent().map(|_| id(n)))
}

/// The key of a specimen.
pub(crate) fn key(kind: Kind, n: u64) -> RecordKey {
    RecordKey::new(kind, id(n))
}

/// The specimen of a kind, with those that it belongs to before it.
pub(crate) fn lineage(kind: Kind, n: u64) -> Vec<Record> {
    let mut records: Vec<Record> =
        std::iter::successors(Some(kind), |kind| kind.parent()).map(|kind| specimen(kind, n)).collect();
    records.reverse();
    records
}

/// The same record with the first values of a declared index set.
pub(crate) fn at(record: Record, index: Index, values: impl IntoIterator<Item = Value>) -> Record {
    let fields = match index.path() {
        Path::Declared(schema) => schema.fields(),
        Path::All | Path::Children => &[],
    };
    fields.iter().zip(values).fold(record, |record, (field, value)| record.with(field, value))
}

/// The same record with another body.
pub(crate) fn saying(record: &Record, bytes: &[u8]) -> Record {
    let fields = record.fields().to_vec();
    Record::from_parts(record.key(), record.subject(), record.parent(), fields, Body::new(2, bytes))
}

/// The same record without a field.
pub(crate) fn without(record: &Record, field: &str) -> Record {
    let place = record.key().kind().field(field);
    let mut fields = record.fields().to_vec();
    if let Some(slot) = place.and_then(|place| fields.get_mut(place)) {
        *slot = None;
    }
    Record::from_parts(record.key(), record.subject(), record.parent(), fields, record.body().clone())
}

/// The person of this number.
pub(crate) fn subject(n: u64) -> Subject {
    Subject::new(id(1_000_000 + n))
}

/// Something told about a record: of each three one says what for and in which role, one what for, one neither.
pub(crate) fn told(about: RecordKey, n: u64) -> Happening {
    let capacity = match n % 3 {
        0 => None,
        1 => Some(Capacity::new("specimen")),
        _ => Some(Capacity::new(format!("specimen.{n}")).in_role("keeper")),
    };
    Happening::new(format!("specimen.{n}"), about, id(7), instant(n)).acting(capacity)
}

/// Details that say this.
pub(crate) fn details(text: &str) -> Details {
    let mut salt = [0x5a; 16];
    salt.iter_mut().zip(text.bytes()).for_each(|(salt, byte)| *salt ^= byte);
    Details::new(Salt::new(salt), text.as_bytes())
}

/// The id of a command.
pub(crate) fn command(n: u64) -> CommandId {
    CommandId::new(id(2_000_000 + n))
}

/// The fingerprint of a command that says this.
pub(crate) fn fingerprint(text: &str) -> Digest {
    DigestWriter::new("worktrail conformance command").bytes(text.as_bytes()).finish()
}

/// The stamp of a command that says this, with a reply of its own.
pub(crate) fn stamp(n: u64, text: &str) -> Stamp {
    Stamp::new(command(n), fingerprint(text), format!("reply {n}").into_bytes(), instant(n))
}

/// The kinds that play the parts in the checks, found in the schema by what they must be able to do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cast {
    /// A kind without parent that has a unique text.
    pub(crate) person: Kind,
    /// The unique text.
    pub(crate) number: Index,
    /// A child of it that has children itself.
    pub(crate) trail: Kind,
    /// A child of that one.
    pub(crate) job: Kind,
}

impl Cast {
    pub(crate) fn new() -> Result<Self, Failure> {
        let text = |kind: Kind| kind.unique_indexes().find(|index| index.types() == [FieldType::Text]);
        let found = SCHEMA.kinds().find_map(|job| {
            let trail = job.parent()?;
            let person = trail.parent()?;
            let number = text(person).filter(|_| person.parent().is_none())?;
            Some(Self { person, number, trail, job })
        });
        there("three kinds in the schema, each the parent of the next, the first with a unique text", found)
    }

    /// A person with this unique text.
    pub(crate) fn person(&self, n: u64, number: &str) -> Record {
        at(specimen(self.person, n), self.number, [Value::from(number)])
    }
}

/// The index of the schema with the most leading values, among those that records may share.
pub(crate) fn widest() -> Result<Index, Failure> {
    let shared = SCHEMA.kinds().flat_map(|kind| kind.indexes().collect::<Vec<_>>());
    let shared = shared.filter(|index| index.uniqueness() == crate::store::Uniqueness::Shared);
    there("a shared index in the schema", shared.max_by_key(|index| index.types().len()))
}

/// Values of a type that are hard to keep or to order, from the least up.
pub(crate) fn extremes(holds: FieldType) -> Vec<Value> {
    let mut values: Vec<Value> = match holds {
        FieldType::Text => texts().into_iter().map(Value::Text).collect(),
        FieldType::Integer => {
            [i64::MIN, i64::MIN + 1, -1_000, -1, 0, 1, 9, 10, 255, 256, i64::MAX - 1, i64::MAX].map(Value::from).into()
        }
        FieldType::Day => {
            [(1, 1, 1), (999, 12, 31), (1582, 10, 10), (1969, 12, 31), (1970, 1, 1), (2024, 2, 29), (9999, 12, 31)]
                .into_iter()
                .filter_map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day))
                .map(Value::Day)
                .collect()
        }
        FieldType::Instant => [
            "0001-01-01T00:00:00Z",
            "0999-12-31T23:59:59.999999Z",
            "1969-12-31T23:59:59.999999Z",
            "1970-01-01T00:00:00Z",
            "1970-01-01T00:00:00.000001Z",
            "2024-02-29T12:00:00.1Z",
            "2024-02-29T12:00:00.100001Z",
            "9999-12-31T23:59:59.999999Z",
        ]
        .into_iter()
        .filter_map(|text| DateTime::parse_from_rfc3339(text).ok())
        .map(|at| Value::Instant(at.to_utc()))
        .collect(),
        FieldType::Id => [0, 1, 0xff, 1 << 63, 1 << 64, u128::MAX >> 1, 1 << 127, u128::MAX - 1, u128::MAX]
            .map(|number| Value::Id(Uuid::from_u128(number)))
            .into(),
    };
    values.sort();
    values
}

/// Texts that collations, trimming, escaping and normalising go wrong on.
fn texts() -> Vec<String> {
    let plain = [
        "",
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\u{1}",
        "\u{7f}",
        "'",
        "\"",
        "%",
        "_",
        "\\",
        "\\0",
        "NULL",
        "null",
        "0",
        "10",
        "9",
        "-1",
        "1e3",
        "A",
        "Z",
        "Zz",
        "[",
        "a",
        "a ",
        " a",
        "a\u{0301}",
        "aa",
        "ab",
        "b",
        "z",
        "zz",
        "{",
        "AB",
        "Ab",
        "aB",
        "\u{80}",
        "\u{a0}",
        "ß",
        "ss",
        "SS",
        "æ",
        "Æ",
        "ø",
        "Ø",
        "å",
        "Å",
        "A\u{030a}",
        "a\u{030a}",
        "\u{212b}",
        "é",
        "e\u{0301}",
        "ı",
        "İ",
        "i",
        "I",
        "ﬁ",
        "fi",
        "\u{200b}",
        "\u{feff}",
        "\u{fffd}",
        "\u{d7ff}",
        "\u{e000}",
        "\u{ffff}",
        "\u{10000}",
        "😀",
        "👩‍👩‍👧",
        "\u{10ffff}",
        "שלום",
        "日本",
    ];
    let long = ["x".repeat(Value::MAX_TEXT), "x".repeat(Value::MAX_TEXT - 1), "å".repeat(Value::MAX_TEXT / 2)];
    plain.into_iter().map(str::to_owned).chain(long).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_specimens_that_a_batch_admits() {
        for kind in SCHEMA.kinds() {
            for record in lineage(kind, 3) {
                record.check().unwrap();
            }
            bare(kind, 3).check().unwrap();
        }
    }

    #[test]
    fn extremes_are_distinct_and_within_the_bounds() {
        for holds in [FieldType::Text, FieldType::Integer, FieldType::Day, FieldType::Instant, FieldType::Id] {
            let values = extremes(holds);
            assert!(values.len() >= 7 && values.is_sorted_by(|one, next| one < next), "{holds:?}");
            assert!(values.iter().all(|value| value.check().is_ok()), "{holds:?}");
        }
    }

    #[test]
    fn greater_numbers_give_greater_values() {
        for holds in [FieldType::Text, FieldType::Integer, FieldType::Day, FieldType::Instant, FieldType::Id] {
            assert!((0..300).all(|n| value(holds, n) < value(holds, n + 1)), "{holds:?}");
        }
    }
}
