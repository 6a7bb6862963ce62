//! Sentence 8: counts say what a walk would find.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::failure::{Failure, refused, same};
use super::office::Office;
use super::specimen::{Cast, at, lineage, specimen, value, without};
use crate::record::SCHEMA;
use crate::store::{Expect, FieldType, Grouping, Index, IndexRange, Order, Path, Store, StoreErrorKind, Tally, Value};

/// Twelve records in an index: at each place, values of few numbers.
async fn filled(office: &Office<'_>, index: Index) -> Result<(), Failure> {
    for n in 0..12_u64 {
        let parents = lineage(index.kind(), n).into_iter().filter(|record| record.key().kind() != index.kind());
        let types = index.types();
        let alone = types.len() == 1;
        let values: Vec<Value> = (0_u64..)
            .zip(types)
            .map(|(place, holds)| {
                let number = if alone || place == 2 { n } else { n / 3_u64.pow(u32::try_from(place).unwrap_or(0)) % 3 };
                value(holds, number)
            })
            .collect();
        let record = at(specimen(index.kind(), n), index, values);
        let _taken = office.save(parents.chain([record])).await;
    }
    Ok(())
}

/// What the tallies must be: from a walk.
async fn by_walk(office: &Office<'_>, range: &IndexRange) -> Result<Vec<Tally>, Failure> {
    let place = range.equal().len();
    let mut tallies: BTreeMap<Value, u64> = BTreeMap::new();
    for stored in office.walk(range, 1_000).await? {
        let values = range.index().values_of(stored.record()).unwrap_or_default();
        if let Some(value) = values.into_iter().nth(place) {
            *tallies.entry(value).or_default() += 1;
        }
    }
    Ok(tallies.into_iter().map(|(value, count)| Tally { value: Some(value), count }).collect())
}

/// The count of a whole range is the length of its walk.
pub(super) async fn a_count_is_the_length_of_the_walk(store: &dyn Store) -> Result<(), Failure> {
    for kind in SCHEMA.kinds() {
        let indexes = kind.indexes().chain([kind.all()]).chain(kind.parent().map(|_| kind.children()));
        for index in indexes {
            let office = Office::of(store, &format!("{}-{}", kind.name(), index.name()))?;
            same("the count of nothing", office.total(&IndexRange::new(index, Vec::new())?).await?, 0)?;
            filled(&office, index).await?;
            for length in 0..=index.types().len() {
                let equal: Vec<Value> = index.types().into_iter().take(length).map(|it| value(it, 1)).collect();
                for order in [Order::Ascending, Order::Descending] {
                    let range = IndexRange::new(index, equal.clone())?.ordered(order);
                    let walked = u64::try_from(office.walk(&range, 1_000).await?.len()).unwrap_or_default();
                    same(&format!("the count of {index:?} by {length}"), office.total(&range).await?, walked)?;
                }
            }
        }
    }
    Ok(())
}

/// The tallies of a range are those of its walk, from the least value up, none for a value that nobody has.
pub(super) async fn tallies_are_those_of_the_walk(store: &dyn Store) -> Result<(), Failure> {
    for index in SCHEMA.kinds().flat_map(|kind| kind.indexes().collect::<Vec<_>>()) {
        let office = Office::of(store, &format!("{}-{}", index.kind().name(), index.name()))?;
        filled(&office, index).await?;
        for length in 0..index.types().len() {
            let equal: Vec<Value> = index.types().into_iter().take(length).map(|it| value(it, 1)).collect();
            for order in [Order::Ascending, Order::Descending] {
                let range = IndexRange::new(index, equal.clone())?.ordered(order);
                let tallies = office.count(&range, Grouping::NextField).await?;
                same(&format!("the tallies of {index:?} by value {length}"), tallies, by_walk(&office, &range).await?)?;
            }
            let nobody: Vec<Value> = index.types().into_iter().take(length).map(|it| value(it, 99)).collect();
            if length > 0 {
                let tallies = office.count(&IndexRange::new(index, nobody)?, Grouping::NextField).await?;
                same("the tallies of a range that nobody is in", tallies, Vec::new())?;
            }
        }
    }
    Ok(())
}

/// A count keeps to the bounds of its range.
pub(super) async fn a_count_keeps_to_its_bounds(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    office.save((1..=9).map(|n| cast.person(n, &n.to_string()))).await?;
    let whole = IndexRange::new(cast.number, Vec::new())?;
    let range = whole.between(Bound::Excluded(Value::from("2")), Bound::Included(Value::from("6")))?;
    same("the count between bounds", office.total(&range).await?, 4)?;
    let tallies = office.count(&range, Grouping::NextField).await?;
    same("the tallies between bounds", tallies, by_walk(&office, &range).await?)
}

/// A record that lacks a value of the index is not counted.
pub(super) async fn absent_values_are_not_counted(store: &dyn Store) -> Result<(), Failure> {
    for index in SCHEMA.kinds().flat_map(|kind| kind.indexes().collect::<Vec<_>>()) {
        let Path::Declared(schema) = index.path() else { continue };
        let office = Office::of(store, &format!("{}-{}", index.kind().name(), index.name()))?;
        for n in 1..=2 {
            office.save(lineage(index.kind(), n)).await?;
        }
        let field = schema.fields().last().copied().unwrap_or_default();
        office.save([without(&specimen(index.kind(), 1), field)]).await?;
        let range = IndexRange::new(index, Vec::new())?;
        same(&format!("the count of {index:?}"), office.total(&range).await?, 1)?;
        let first = index.types().first().copied().unwrap_or(FieldType::Text);
        let tallies = office.count(&range, Grouping::NextField).await?;
        same(&format!("the tallies of {index:?}"), tallies, vec![Tally { value: Some(value(first, 2)), count: 1 }])?;
    }
    Ok(())
}

/// Counting by a value that the index does not have is a misuse.
pub(super) async fn a_count_by_nothing_is_misuse(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    office.save([cast.person(1, "a")]).await?;
    let exact = IndexRange::new(cast.number, vec![Value::from("a")])?;
    for range in [exact, IndexRange::all(cast.person)] {
        let outcome = office.count(&range, Grouping::NextField).await;
        refused(StoreErrorKind::Misuse, "a count by a value that the index does not have", outcome)?;
    }
    Ok(())
}

/// Texts that a collation holds to be the same are counted apart.
pub(super) async fn texts_are_counted_apart(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    let texts = ["A", "a", "a ", "å", "a\u{030a}", "Å", "é", "e\u{0301}"];
    office.save((1..).zip(texts).map(|(n, text)| cast.person(n, text))).await?;
    let range = IndexRange::new(cast.number, Vec::new())?;
    let tallies = office.count(&range, Grouping::NextField).await?;
    let mut expected: Vec<Tally> =
        texts.iter().map(|text| Tally { value: Some(Value::from(*text)), count: 1 }).collect();
    expected.sort_by(|one, other| one.value.cmp(&other.value));
    same("the tallies of texts that look alike", tallies, expected)
}

/// Counts follow changes and removals.
pub(super) async fn a_count_follows_changes(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    let range = IndexRange::new(cast.number, vec![Value::from("a")])?;
    let count = || office.total(&range);
    office.save([cast.person(1, "a")]).await?;
    same("the count after a record was saved", count().await?, 1)?;
    office.save([cast.person(1, "b")]).await?;
    same("the count after its value changed", count().await?, 0)?;
    office.save([cast.person(1, "a")]).await?;
    office.commit(office.batch().remove(cast.person(1, "a").key(), None, Expect::Any)).await?;
    same("the count after it was removed", count().await?, 0)
}
