//! The values that engines treat differently, type by type: each is kept everywhere as it is, or refused everywhere.

use chrono::{DateTime, NaiveDate, Utc};
use one_meaning::{Chorus, subjects};
use uuid::Uuid;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    Batch, Body, Expect, FieldType, Grouping, Index, IndexRange, Key, Kind, Limit, PageRequest, Path, Record,
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
        text("composed, no blanks around", "\u{c5}se", Kept),
        text("small letters", "åse", Kept),
        text("capitals", "ÅSE", Kept),
        text("without accents", "Ase", Kept),
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

/// A place in a declared index: records stand there by one value, those before it being alike.
#[derive(Debug, Clone, Copy)]
struct Spot {
    index: Index,
    fields: &'static [&'static str],
    place: usize,
}

/// So many spots of a type are tried.
const SPOTS: usize = 4;

/// The first spots of a type, no two of them of one kind.
fn spots(holds: FieldType) -> Vec<Spot> {
    let of_kind = |kind: Kind| {
        let spots = kind.indexes().filter_map(|index| match index.path() {
            Path::Declared(schema) => {
                let place = index.types().iter().position(|it| *it == holds)?;
                Some(Spot { index, fields: schema.fields(), place })
            }
            _ => None,
        });
        spots.collect::<Vec<_>>().into_iter().next()
    };
    SCHEMA.kinds().filter_map(of_kind).take(SPOTS).collect()
}

/// A value of a type, by number.
fn numbered(holds: FieldType, n: u32) -> Value {
    match holds {
        FieldType::Text => Value::Text(format!("{n:09}")),
        FieldType::Integer => Value::Integer(i64::from(n)),
        FieldType::Day => Value::Day(NaiveDate::default() + chrono::Days::new(u64::from(n))),
        FieldType::Instant => Value::Instant(DateTime::from_timestamp(i64::from(n), 0).expect("an instant")),
        FieldType::Id => Value::Id(Uuid::from_u128(u128::from(n))),
    }
}

impl Spot {
    /// What comes before the value: the same for all.
    fn before(&self) -> Vec<Value> {
        self.index.types().into_iter().take(self.place).map(|holds| numbered(holds, 0)).collect()
    }

    /// A record that stands there by a value, with a number of its own everywhere else.
    fn record(&self, n: u32, value: &Value) -> Record {
        let kind = self.index.kind();
        let key = RecordKey::new(kind, Uuid::from_u128(u128::from(n)));
        let record = Record::new(key, Body::new(1, *b"{}")).under(kind.parent().map(|_| PARENT));
        let fields = kind.fields().iter();
        let record = fields.fold(record, |it, field| it.with(field.name(), numbered(field.field_type(), n)));
        let standing = self.fields.iter().zip(self.before().into_iter().chain([value.clone()]));
        standing.fold(record, |record, (field, value)| record.with(field, value))
    }

    /// The records that such a record needs above it.
    fn parents(&self, tenant: &Tenant) -> Batch {
        let kinds = std::iter::successors(self.index.kind().parent(), |kind| kind.parent());
        let parents = kinds.map(|kind| {
            let record = Record::new(RecordKey::new(kind, PARENT), Body::new(1, *b"{}"));
            record.under(kind.parent().map(|_| PARENT))
        });
        parents.fold(Batch::of(tenant.clone()), |batch, it| batch.put(it, Expect::Absent)).build().expect("a batch")
    }
}

const PARENT: Uuid = Uuid::from_u128(0xFA);

#[tokio::test]
async fn each_value_is_kept_everywhere_or_refused_everywhere() {
    let subjects = subjects();
    let all = Chorus::of_new(&subjects).await.expect("a chorus");
    for holds in TYPES {
        let (mut kept, mut refused) = (0, 0);
        for spot in spots(holds) {
            let name = format!("{holds:?}-{}", spot.index.kind().name()).to_lowercase().replace('_', "-");
            let tenant = Tenant::parse(&name).expect("a tenant");
            all.commit(spot.parents(&tenant)).await.expect("parents");
            for (n, (name, value, fate)) in (1..).zip(tried(holds)) {
                let what = format!("{:?} by {name}", spot.index);
                let record = spot.record(n, &value);
                let batch = Batch::of(tenant.clone()).put(record.clone(), Expect::Absent).build();
                match (batch, fate) {
                    (Err(error), Refused) => {
                        assert_eq!(error.kind(), StoreErrorKind::Misuse, "{what}");
                        refused += 1;
                    }
                    (Ok(batch), Kept) => {
                        all.commit(batch).await.unwrap_or_else(|error| panic!("{what}: {error}"));
                        is_found(&all, &tenant, spot, &record, &value, &what).await;
                        kept += 1;
                    }
                    (built, fate) => panic!("{what}: {:?}, to be {fate:?}", built.map(drop)),
                }
            }
            in_order(&all, &tenant, spot).await;
        }
        println!("{holds:?}: {kept} kept, {refused} refused");
        assert!(kept >= 3, "{holds:?}");
    }
}

/// By key, by its value in the index and by nobody else's, and by unique value.
async fn is_found(all: &Chorus, tenant: &Tenant, spot: Spot, record: &Record, value: &Value, what: &str) {
    let found = all.get(tenant, &[Key::Record(record.key())]).await.expect(what);
    let found = found.into_iter().flatten().find_map(Stored::into_record).expect(what);
    assert_eq!(found.record(), record, "{what}");
    let equal = spot.before().into_iter().chain([value.clone()]).collect();
    let range = IndexRange::new(spot.index, equal).expect(what);
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
async fn in_order(all: &Chorus, tenant: &Tenant, spot: Spot) {
    let index = spot.index;
    let whole = IndexRange::new(index, spot.before()).expect("a range");
    let page = all.scan(tenant, &whole, &PageRequest::first(Limit::MAX)).await.expect("a page");
    let values: Vec<_> = page.records.iter().filter_map(|stored| index.values_of(stored.record())).collect();
    assert!(values.is_sorted(), "{index:?}");
    assert_eq!(values.len(), page.records.len(), "{index:?}");
    let tallies = all.count(tenant, &whole, Grouping::NextField).await.expect("tallies");
    assert_eq!(tallies.len(), values.len(), "{index:?}: no two values are one");
}
