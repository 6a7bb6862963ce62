use chrono::{TimeDelta, Utc};
use proptest::prelude::*;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::Path;

use super::*;
use crate::engine::LONGEST_KEY;

fn text() -> impl Strategy<Value = String> {
    let odd = "[\u{1}-\u{7f}æøåéA\u{301}\u{10ffff}\u{d7ff}\u{e000}🙂👩‍🔧]";
    prop_oneof![
        Just(String::new()),
        Just("x".repeat(Value::MAX_TEXT)),
        Just(format!("{}y", "x".repeat(Value::MAX_TEXT - 1))),
        proptest::string::string_regex(&format!("{odd}{{0,4}}")).unwrap(),
    ]
}

fn integer() -> impl Strategy<Value = i64> {
    prop_oneof![Just(i64::MIN), Just(-1), Just(0), Just(1), Just(i64::MAX), any::<i64>(), -300..300_i64]
}

fn day() -> impl Strategy<Value = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(1, 1, 1).unwrap();
    let last = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();
    let days = (last - first).num_days();
    prop_oneof![Just(first), Just(last), (0..=days).prop_map(move |days| first + TimeDelta::days(days))]
}

fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    let end = |year, micros| {
        NaiveDate::from_ymd_opt(year, if micros == 0 { 1 } else { 12 }, if micros == 0 { 1 } else { 31 })
            .unwrap()
            .and_hms_micro_opt(if micros == 0 { 0 } else { 23 }, 59, 59, micros)
            .unwrap()
            .and_utc()
    };
    let (first, last) = (end(1, 0), end(9999, 999_999));
    let micros = first.timestamp_micros()..=last.timestamp_micros();
    prop_oneof![
        Just(first),
        Just(last),
        Just(DateTime::UNIX_EPOCH - TimeDelta::microseconds(1)),
        micros.prop_map(|micros| DateTime::from_timestamp_micros(micros).unwrap()),
    ]
}

fn value(holds: FieldType) -> BoxedStrategy<Value> {
    match holds {
        FieldType::Text => text().prop_map(Value::Text).boxed(),
        FieldType::Integer => integer().prop_map(Value::Integer).boxed(),
        FieldType::Day => day().prop_map(Value::Day).boxed(),
        FieldType::Instant => instant().prop_map(Value::Instant).boxed(),
        FieldType::Id => prop_oneof![Just(0), Just(u128::MAX), any::<u128>(), 0..3_u128]
            .prop_map(|id| Value::Id(Uuid::from_u128(id)))
            .boxed(),
    }
}

const TYPES: [FieldType; 5] = [FieldType::Text, FieldType::Integer, FieldType::Day, FieldType::Instant, FieldType::Id];

/// Two places of one index over up to three fields, which often share their first values.
fn two_places() -> impl Strategy<Value = (Vec<FieldType>, Place, Place)> {
    let types = proptest::collection::vec(proptest::sample::select(TYPES.to_vec()), 0..=3);
    types.prop_flat_map(|types| {
        let values = || types.iter().map(|holds| value(*holds)).collect::<Vec<_>>();
        let shared = 0..=types.len();
        (Just(types.clone()), values(), values(), any::<u128>(), any::<u128>(), shared).prop_map(
            |(types, one, mut other, id, other_id, shared)| {
                other[..shared].clone_from_slice(&one[..shared]);
                let place = |values, id| Place { values, id: Uuid::from_u128(id) };
                (types, place(one, id), place(other, other_id))
            },
        )
    })
}

fn bytes(place: &Place) -> KeyBytes {
    let tenant = Tenant::default();
    KeyBytes::of(&tenant, Space::Index).name("kind").name("index").values(&place.values).id(place.id)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn the_order_of_keys_is_the_order_of_the_contract((_, one, other) in two_places()) {
        prop_assert_eq!(bytes(&one).cmp(&bytes(&other)), one.cmp(&other));
    }

    #[test]
    fn what_was_written_is_read((types, place, _) in two_places()) {
        let key = bytes(&place);
        let (tenant, space, mut reader) = KeyReader::new(key.as_ref()).unwrap();
        prop_assert_eq!((tenant, space), (Tenant::default(), Space::Index));
        prop_assert_eq!((reader.name(), reader.name()), (Some("kind"), Some("index")));
        prop_assert_eq!(reader.last_id(), Some(place.id));
        let values: Option<Vec<_>> = types.iter().map(|holds| reader.value(*holds)).collect();
        prop_assert_eq!(values, Some(place.values));
        prop_assert_eq!(reader.id(), Some(place.id));
        prop_assert!(reader.is_read());
    }

    #[test]
    fn no_values_are_the_beginning_of_others((_, one, other) in two_places()) {
        let beginning = |place: &Place| KeyBytes::of(&Tenant::default(), Space::Index).values(&place.values);
        let (first, second) = (beginning(&one), beginning(&other));
        prop_assert_eq!(first.as_ref().starts_with(second.as_ref()), one.values == other.values);
        prop_assert!(first < first.clone().next() && first.clone().next() < first.clone().after_all());
        prop_assert_eq!(bytes(&one) < bytes(&other).after_all(), one <= other);
    }
}

#[test]
fn a_zero_byte_never_comes_into_a_key() {
    let index = SCHEMA.kind("team").and_then(|kind| kind.index("by_name")).unwrap_or_else(|| {
        SCHEMA
            .kinds()
            .flat_map(Kind::indexes)
            .find(|index| index.types() == [FieldType::Text])
            .expect("an index of text")
    });
    assert!(worktrail_core::store::IndexRange::new(index, vec!["a\0b".into()]).is_err());
}

#[test]
fn no_tenant_stands_within_another() {
    let of = |name| KeyBytes::head(&Tenant::parse(name).unwrap());
    let names = ["a", "a-", "a0", "aa", "a_", "b"];
    for name in names {
        for other in names.into_iter().filter(|other| *other != name) {
            let (all, other) = (KeyBytes(format!("{name}\0").into_bytes()), of(other));
            assert!(!other.as_ref().starts_with(all.as_ref()));
            assert!(other < all || other >= all.clone().after_all());
        }
        assert!(SELF < of(name).as_ref());
    }
}

/// The longest key of every index, with texts of the greatest length, in the longest tenant.
#[test]
fn no_key_of_the_schema_is_too_long() {
    let tenant = Tenant::parse(&"t".repeat(64)).unwrap();
    let mut longest = 0;
    for kind in SCHEMA.kinds() {
        for index in [kind.all(), kind.children()].into_iter().chain(kind.indexes()) {
            let values = index.types().into_iter().map(|holds| match holds {
                FieldType::Text => Value::Text("x".repeat(Value::MAX_TEXT)),
                FieldType::Integer => Value::Integer(0),
                FieldType::Day => Value::Day(NaiveDate::MIN),
                FieldType::Instant => Value::Instant(DateTime::UNIX_EPOCH),
                FieldType::Id => Value::Id(Uuid::nil()),
            });
            let place = Place { values: values.collect(), id: Uuid::nil() };
            let key = KeyBytes::place(&tenant, index, &place);
            assert!(key.as_ref().len() <= LONGEST_KEY, "{index:?}: {}", key.as_ref().len());
            longest = longest.max(key.as_ref().len());
            assert!(!matches!(index.path(), Path::All) || place.values.is_empty());
        }
    }
    assert!(longest > Value::MAX_TEXT, "an index over text was measured");
}
