//! The values that engines treat differently, type by type: each is kept everywhere as it is, or refused everywhere.

use chrono::{DateTime, NaiveDate, Utc};
use one_meaning::{Chorus, subjects};
use uuid::Uuid;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    Batch, BatchBuilder, Body, Expect, FieldType, Grouping, Index, IndexRange, Key, Limit, PageRequest, Path, Record,
    RecordKey, Store, StoreErrorKind, Stored, Tenant, UniqueKey, Value,
};

/// What becomes of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    Refused,
}
use Fate::{Kept, Refused};

fn texts() -> Vec<(&'static str, String, Fate)> {
    let text = |name, text: &str, fate| (name, text.to_owned(), fate);
    vec![
        text("nothing", "", Kept),
        text("a blank", " ", Kept),
        text("blanks around", "  Åse ", Kept),
        text("no blanks around", "Åse", Kept),
        text("small letters", "åse", Kept),
        text("capitals", "ÅSE", Kept),
        text("without accents", "Ase", Kept),
        text("composed", "\u{c5}se", Kept),
        text("decomposed", "A\u{30a}se", Kept),
        text("a ligature", "\u{fb01}n", Kept),
        text("its letters", "fin", Kept),
        text("sharp s", "straße", Kept),
        text("two s", "strasse", Kept),
        text("a dotless i", "ılık", Kept),
        text("a dotted capital i", "İLIK", Kept),
        text("an emoji", "👩🏽\u{200d}🦽", Kept),
        text("the same emoji, in parts", "👩🏽🦽", Kept),
        text("right to left", "שלום\u{202e}", Kept),
        text("a byte order mark", "\u{feff}Åse", Kept),
        text("the last character", "\u{10ffff}", Kept),
        text("what is no character", "\u{ffff}", Kept),
        text("a line end", "a\r\nb", Kept),
        text("quotes", "'\"`\\", Kept),
        text("a pattern", "%_*?", Kept),
        text("the word null", "NULL", Kept),
        text("a number", "1e3", Kept),
        text("the same number", "1000", Kept),
        text("a delete", "\u{7f}", Kept),
        text("a control character", "\u{1}", Kept),
        text("NUL", "\0", Refused),
        text("NUL within", "a\0b", Refused),
        text("NUL at the end", "a\0", Refused),
        ("the longest", "a".repeat(Value::MAX_TEXT), Kept),
        ("the longest, of wide characters", "😀".repeat(Value::MAX_TEXT / 4), Kept),
        ("one too many", "a".repeat(Value::MAX_TEXT + 1), Refused),
        ("one wide character too many", "😀".repeat(Value::MAX_TEXT / 4 + 1), Refused),
    ]
}

fn day(year: i32, month: u32, day: u32) -> Value {
    Value::Day(NaiveDate::from_ymd_opt(year, month, day).expect("a day"))
}

fn instant(text: &str) -> Value {
    Value::Instant(text.parse::<DateTime<Utc>>().expect("an instant"))
}

/// What there is to try of a type.
fn tried(holds: FieldType) -> Vec<(&'static str, Value, Fate)> {
    match holds {
        FieldType::Text => texts().into_iter().map(|(name, text, fate)| (name, Value::Text(text), fate)).collect(),
        FieldType::Integer => vec![
            ("the least", Value::Integer(i64::MIN), Kept),
            ("minus one", Value::Integer(-1), Kept),
            ("nought", Value::Integer(0), Kept),
            ("beyond what a double holds", Value::Integer((1 << 53) + 1), Kept),
            ("the greatest", Value::Integer(i64::MAX), Kept),
        ],
        FieldType::Day => vec![
            ("before Christ", day(0, 12, 31), Refused),
            ("the first", day(1, 1, 1), Kept),
            ("before the calendar", day(1582, 10, 10), Kept),
            ("a leap day", day(2024, 2, 29), Kept),
            ("the last", day(9999, 12, 31), Kept),
            ("of five digits", day(10_000, 1, 1), Refused),
        ],
        FieldType::Instant => vec![
            ("before Christ", instant("0000-12-31T23:59:59Z"), Refused),
            ("the first", instant("0001-01-01T00:00:00Z"), Kept),
            ("before the epoch", instant("1969-12-31T23:59:59.999999Z"), Kept),
            ("a microsecond", instant("2026-03-10T12:00:00.000001Z"), Kept),
            ("a nanosecond", instant("2026-03-10T12:00:00.000000001Z"), Refused),
            ("a leap second", instant("2016-12-31T23:59:60Z"), Refused),
            ("the last", instant("9999-12-31T23:59:59.999999Z"), Kept),
            ("of five digits", instant("+10000-01-01T00:00:00Z"), Refused),
        ],
        FieldType::Id => vec![
            ("nil", Value::Id(Uuid::nil()), Kept),
            ("as a signed number below nought", Value::Id(Uuid::from_u128(1 << 127)), Kept),
            ("the greatest", Value::Id(Uuid::max()), Kept),
        ],
    }
}

const TYPES: [FieldType; 5] = [FieldType::Text, FieldType::Integer, FieldType::Day, FieldType::Instant, FieldType::Id];

/// Every declared index that begins with a field of the type, of a kind that stands by itself.
fn led_by(holds: FieldType) -> Vec<(Index, &'static str)> {
    let kinds = SCHEMA.kinds().filter(|kind| kind.parent().is_none());
    let indexes = kinds.flat_map(|kind| kind.indexes().collect::<Vec<_>>());
    let led = indexes.filter(|index| index.types().first() == Some(&holds));
    led.filter_map(|index| match index.path() {
        Path::Declared(schema) => Some((index, *schema.fields().first()?)),
        _ => None,
    })
    .collect()
}

/// A record that stands in an index by this value, the values after it its own.
fn record(index: Index, number: u128, leading: &'static str, value: &Value) -> Record {
    let kind = index.kind();
    let record = Record::new(RecordKey::new(kind, Uuid::from_u128(number)), Body::new(1, *b"{}"));
    let n = u32::try_from(number).expect("a small number");
    let fields = kind.fields().iter().filter(|field| field.name() != leading);
    let record = fields.fold(record, |record, field| {
        record.with(
            field.name(),
            match field.field_type() {
                FieldType::Text => Value::Text(format!("{n:09}")),
                FieldType::Integer => Value::Integer(i64::from(n)),
                FieldType::Day => day(2000, 1, 1 + n % 28),
                FieldType::Instant => Value::Instant(DateTime::from_timestamp(i64::from(n), 0).expect("an instant")),
                FieldType::Id => Value::Id(Uuid::from_u128(number)),
            },
        )
    });
    record.with(leading, value.clone())
}

fn saving(tenant: &Tenant, record: Record) -> BatchBuilder {
    Batch::of(tenant.clone()).put(record, Expect::Absent)
}

#[tokio::test]
async fn each_value_is_kept_everywhere_or_refused_everywhere() {
    let all = Chorus::of_new(&subjects()).await.expect("a chorus");
    let (mut kept, mut refused) = (0, 0);
    for holds in TYPES {
        let indexes = led_by(holds);
        for (place, (index, leading)) in indexes.iter().enumerate() {
            let tenant = Tenant::parse(&format!("{holds:?}-{place}").to_lowercase()).expect("a tenant");
            // The first few are searched by; no more is learnt from the others.
            if place == 3 {
                break;
            }
            for (number, (name, value, fate)) in (1..).zip(tried(holds)) {
                let what = format!("{index:?} by {name}");
                let record = record(*index, number, leading, &value);
                match (saving(&tenant, record.clone()).build(), fate) {
                    (Err(error), Refused) => {
                        assert_eq!(error.kind(), StoreErrorKind::Misuse, "{what}");
                        refused += 1;
                    }
                    (Ok(batch), Kept) => {
                        all.commit(batch).await.unwrap_or_else(|error| panic!("{what}: {error}"));
                        is_found(&all, &tenant, *index, &record, &value, &what).await;
                        kept += 1;
                    }
                    (built, fate) => panic!("{what}: {:?}, to be {fate:?}", built.map(drop)),
                }
            }
            in_order(&all, &tenant, *index).await;
        }
    }
    println!("{kept} kept, {refused} refused");
    assert!(kept > 60 && refused > 10);
}

/// By key, by its value in the index and by nobody else's, and by unique value.
async fn is_found(all: &Chorus, tenant: &Tenant, index: Index, record: &Record, value: &Value, what: &str) {
    let found = all.get(tenant, &[Key::Record(record.key())]).await.expect(what);
    let found = found.into_iter().flatten().find_map(Stored::into_record).expect(what);
    assert_eq!(found.record(), record, "{what}");
    let range = IndexRange::new(index, vec![value.clone()]).expect(what);
    let page = all.scan(tenant, &range, &PageRequest::first(Limit::MAX)).await.expect(what);
    let keys: Vec<_> = page.records.iter().map(|stored| stored.record().key()).collect();
    assert_eq!(keys, [record.key()], "{what}: by its value, and nobody else");
    let tallies = all.count(tenant, &range, Grouping::Whole).await.expect(what);
    assert_eq!(tallies.iter().map(|tally| tally.count).sum::<u64>(), 1, "{what}");
    for unique in UniqueKey::held_by(record) {
        let holder = all.get(tenant, &[Key::Unique(unique)]).await.expect(what);
        assert_eq!(holder.len(), 1, "{what}");
        assert!(holder.iter().flatten().count() == 1, "{what}: the holder of its unique value");
    }
}

/// The whole index, up and down, in the order of the values' bytes, and the tallies by value.
async fn in_order(all: &Chorus, tenant: &Tenant, index: Index) {
    let whole = IndexRange::new(index, Vec::new()).expect("a range");
    let page = all.scan(tenant, &whole, &PageRequest::first(Limit::MAX)).await.expect("a page");
    let values: Vec<_> = page.records.iter().filter_map(|stored| index.values_of(stored.record())).collect();
    assert!(values.is_sorted(), "{index:?}");
    assert_eq!(values.len(), page.records.len(), "{index:?}");
    let tallies = all.count(tenant, &whole, Grouping::NextField).await.expect("tallies");
    assert_eq!(tallies.len(), values.len(), "{index:?}: no two values are one");
}
