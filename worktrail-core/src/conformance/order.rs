//! Sentence 8: queries walk declared indexes, in bytewise order.

use std::ops::Bound;

use super::failure::{Failure, holds, same};
use super::office::Office;
use super::specimen::{Cast, at, extremes, id, key, lineage, specimen, value, without};
use crate::record::SCHEMA;
use crate::store::{Expect, FieldType, Index, IndexRange, Kind, Order, Path, Record, Store, StoredRecord, Value};

/// The names of an index's fields.
fn fields(index: Index) -> &'static [&'static str] {
    match index.path() {
        Path::Declared(schema) => schema.fields(),
        Path::All | Path::Children => &[],
    }
}

fn all_indexes() -> impl Iterator<Item = Index> {
    SCHEMA.kinds().flat_map(|kind| kind.indexes().collect::<Vec<_>>())
}

/// Saves, for one place of an index, a record with each extreme of its type there, the values before it alike.
async fn spread(office: &Office<'_>, index: Index, place: usize) -> Result<(Vec<Value>, Vec<Record>), Failure> {
    let types = index.types();
    let holds = types.get(place).copied().unwrap_or(FieldType::Text);
    let equal: Vec<Value> = types.iter().take(place).map(|holds| value(*holds, 1)).collect();
    let (mut records, mut parents) = (Vec::new(), Vec::new());
    let values = extremes(holds);
    let many = u64::try_from(values.len()).unwrap_or_default();
    for (n, extreme) in (1..).zip(values) {
        // Ids run against the values, so that an order by id alone is found out.
        let record = at(specimen(index.kind(), many - n), index, equal.iter().cloned().chain([extreme]));
        parents.extend(lineage(index.kind(), many - n).into_iter().filter(|it| it.key() != record.key()));
        records.push(record);
    }
    office.save(parents.into_iter().chain(records.iter().cloned())).await?;
    Ok((equal, records))
}

fn keys(found: &[StoredRecord]) -> Vec<uuid::Uuid> {
    found.iter().map(|stored| stored.record().key().id()).collect()
}

/// Every declared index, at every place, gives its records in the order of the values, up and down.
pub(super) async fn every_index_is_in_order(store: &dyn Store) -> Result<(), Failure> {
    for index in all_indexes() {
        for place in 0..index.types().len() {
            let office = Office::of(store, &format!("{}-{}-{place}", index.kind().name(), index.name()))?;
            let (equal, records) = spread(&office, index, place).await?;
            let mut expected: Vec<_> = records.iter().map(|record| record.key().id()).collect();
            let range = IndexRange::new(index, equal)?;
            let found = office.walk(&range, 1_000).await?;
            same(&format!("{index:?} by value {place}, up"), keys(&found), expected.clone())?;
            expected.reverse();
            let found = office.walk(&range.ordered(Order::Descending), 1_000).await?;
            same(&format!("{index:?} by value {place}, down"), keys(&found), expected)?;
        }
    }
    Ok(())
}

/// Every declared index finds a record by each of its leading values, and by no other value.
pub(super) async fn every_index_finds_by_its_first_values(store: &dyn Store) -> Result<(), Failure> {
    for index in all_indexes() {
        let office = Office::of(store, &format!("{}-{}", index.kind().name(), index.name()))?;
        for n in 1..=3 {
            office.save(lineage(index.kind(), n)).await?;
        }
        for length in 1..=index.types().len() {
            for n in 0..=4 {
                let equal = index.types().into_iter().take(length).map(|holds| value(holds, n)).collect();
                let found = office.ids(&IndexRange::new(index, equal)?).await?;
                let expected = if (1..=3).contains(&n) { vec![id(n)] } else { Vec::new() };
                same(&format!("{index:?} by {length} values of number {n}"), found, expected)?;
            }
        }
    }
    Ok(())
}

/// Pairs of bounds of every sort, at some of these values.
fn bounds(values: &[Value]) -> Vec<(Bound<Value>, Bound<Value>)> {
    let some = values.iter().step_by((values.len() / 4).max(1));
    let sides = some.flat_map(|value| [Bound::Included(value.clone()), Bound::Excluded(value.clone())]);
    let sides: Vec<Bound<Value>> = sides.chain([Bound::Unbounded]).collect();
    sides.iter().flat_map(|from| sides.iter().map(move |to| (from.clone(), to.clone()))).collect()
}

/// Bounds of every sort, on every declared index, on the value that follows the equal ones.
pub(super) async fn bounds_are_kept_to(store: &dyn Store) -> Result<(), Failure> {
    for index in all_indexes() {
        let place = index.types().len() - 1;
        let office = Office::of(store, &format!("{}-{}", index.kind().name(), index.name()))?;
        let (equal, records) = spread(&office, index, place).await?;
        let field = fields(index).get(place).copied().unwrap_or_default();
        let values: Vec<Value> = records.iter().filter_map(|record| record.field(field).cloned()).collect();
        for (from, to) in bounds(&values) {
            let range = IndexRange::new(index, equal.clone())?.between(from, to)?;
            let inside = |record: &&Record| index.values_of(record).is_some_and(|it| range.contains(&it));
            let mut expected: Vec<_> = records.iter().filter(inside).map(|record| record.key().id()).collect();
            let what = format!("{index:?} between {:?} and {:?}", range.from(), range.to());
            same(&format!("{what}, up"), office.ids(&range).await?, expected.clone())?;
            expected.reverse();
            same(&format!("{what}, down"), office.ids(&range.ordered(Order::Descending)).await?, expected)?;
        }
    }
    Ok(())
}

/// A range whose bounds leave nothing is empty, and no fault.
pub(super) async fn a_range_between_reversed_bounds_is_empty(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    office.save((1..=3).map(|n| cast.person(n, &format!("{n}")))).await?;
    let between = |from, to| IndexRange::new(cast.number, Vec::new())?.between(from, to);
    let (low, high) = (Value::from("1"), Value::from("3"));
    let empty = [
        between(Bound::Included(high.clone()), Bound::Included(low.clone()))?,
        between(Bound::Excluded(high.clone()), Bound::Excluded(low.clone()))?,
        between(Bound::Excluded(low.clone()), Bound::Excluded(low.clone()))?,
        between(Bound::Included(low.clone()), Bound::Excluded(low))?,
        between(Bound::Excluded(high.clone()), Bound::Included(high))?,
    ];
    for range in empty {
        for order in [Order::Ascending, Order::Descending] {
            let range = range.clone().ordered(order);
            same("a range that leaves nothing", office.ids(&range).await?, Vec::new())?;
            same("its count", office.total(&range).await?, 0)?;
        }
    }
    Ok(())
}

/// Text is ordered by its bytes: capitals before small letters, letters beyond ASCII after both.
pub(super) async fn text_is_ordered_by_its_bytes(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    let names = ["", "A", "Z", "a", "ab", "b", "z", "~", "Å", "Æ", "Ø", "å", "æ", "ø", "\u{ffff}", "😀"];
    let numbered = || (1..).zip(names);
    office.save(numbered().map(|(n, name)| cast.person(100 - n, name))).await?;
    let whole = IndexRange::new(cast.number, Vec::new())?;
    let expected: Vec<_> = numbered().map(|(n, _)| id(100 - n)).collect();
    same("texts in bytewise order", office.ids(&whole).await?, expected)?;
    let prefixed = whole.between(Bound::Included(Value::from("a")), Bound::Excluded(Value::from("b")))?;
    same("the texts that begin with a small a", office.ids(&prefixed).await?, vec![id(100 - 4), id(100 - 5)])
}

/// Records that share all values of an index stand there by id.
pub(super) async fn equal_values_are_ordered_by_id(store: &dyn Store) -> Result<(), Failure> {
    let index = super::specimen::widest()?;
    let office = Office::main(store);
    let values: Vec<Value> = index.types().into_iter().map(|holds| value(holds, 1)).collect();
    for n in [5, 2, 9, 1, 7] {
        let parents = lineage(index.kind(), n).into_iter().filter(|record| record.key().kind() != index.kind());
        office.save(parents.chain([at(specimen(index.kind(), n), index, values.clone())])).await?;
    }
    let range = IndexRange::new(index, values)?;
    same("equal values, up", office.ids(&range).await?, [1, 2, 5, 7, 9].map(id).to_vec())?;
    let down = range.ordered(Order::Descending);
    same("equal values, down", office.ids(&down).await?, [9, 7, 5, 2, 1].map(id).to_vec())
}

/// A record stands in an index exactly when it has all of the index's values.
pub(super) async fn an_index_leaves_out_absent_values(store: &dyn Store) -> Result<(), Failure> {
    for index in all_indexes() {
        let office = Office::of(store, &format!("{}-{}", index.kind().name(), index.name()))?;
        let range = IndexRange::new(index, Vec::new())?;
        office.save(lineage(index.kind(), 1)).await?;
        same(&format!("a whole record in {index:?}"), office.ids(&range).await?, vec![id(1)])?;
        for field in fields(index) {
            office.save([without(&specimen(index.kind(), 1), field)]).await?;
            let what = format!("a record without {field} in {index:?}");
            same(&what, office.ids(&range).await?, Vec::new())?;
            same(&what, office.total(&range).await?, 0)?;
            office.save([specimen(index.kind(), 1)]).await?;
            same(&format!("the record with {field} again"), office.ids(&range).await?, vec![id(1)])?;
        }
    }
    Ok(())
}

/// The children of a record are those under it, by id, and no others.
pub(super) async fn children_are_found_by_their_parent(store: &dyn Store) -> Result<(), Failure> {
    for kind in SCHEMA.kinds().filter(|kind| kind.parent().is_some()) {
        let office = Office::of(store, kind.name())?;
        let parent = |kind: Kind, n| lineage(kind, n).into_iter().filter(move |record| record.key().kind() != kind);
        office.save(parent(kind, 1).chain(parent(kind, 2))).await?;
        for n in [8, 3, 5] {
            office.save([specimen(kind, n).under(id(1))]).await?;
        }
        office.save([specimen(kind, 4).under(id(2))]).await?;
        let children = |n| IndexRange::children(kind, id(n));
        let what = format!("the children of a kind's parent, {}", kind.name());
        same(&what, office.ids(&children(1)?).await?, vec![id(3), id(5), id(8)])?;
        let down = children(1)?.ordered(Order::Descending);
        same(&what, office.ids(&down).await?, vec![id(8), id(5), id(3)])?;
        same(&what, office.ids(&children(2)?).await?, vec![id(4)])?;
        same(&what, office.ids(&children(9)?).await?, Vec::new())?;
        office.commit(office.batch().remove(key(kind, 5), Some(id(1)), Expect::Any)).await?;
        same(&what, office.ids(&children(1)?).await?, vec![id(3), id(8)])?;
        let every = office.ids(&IndexRange::new(kind.children(), Vec::new())?).await?;
        same("all children, by parent and id", every, vec![id(3), id(8), id(4)])?;
    }
    Ok(())
}

/// A range over a kind has its own records only.
pub(super) async fn a_range_keeps_to_its_kind(store: &dyn Store) -> Result<(), Failure> {
    let office = Office::main(store);
    for kind in SCHEMA.kinds() {
        office.save(lineage(kind, 1)).await?;
    }
    for kind in SCHEMA.kinds() {
        let found = office.walk(&IndexRange::all(kind), 10).await?;
        holds("a range has records of its kind", found.iter().all(|it| it.record().key().kind() == kind))?;
        same("the one record of the kind", found.len(), 1)?;
    }
    Ok(())
}
