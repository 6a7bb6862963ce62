//! Sentence 2: uniqueness is judged after the batch.

use super::failure::{Failure, refused, same};
use super::office::Office;
use super::specimen::{Cast, at, bare, extremes, key, lineage, specimen, value};
use crate::record::SCHEMA;
use crate::store::{BatchBuilder, Expect, FieldType, IndexRange, Limit, Store, StoreErrorKind, UniqueKey, Value};

/// Who holds these unique texts.
async fn holders(office: &Office<'_>, cast: &Cast, expected: &[(&str, Option<u64>)]) -> Result<(), Failure> {
    for (text, holder) in expected {
        let unique = UniqueKey::new(cast.number, vec![Value::from(*text)])?;
        let found = office.holder(unique).await?;
        same(&format!("who holds {text:?}"), found, holder.map(|n| key(cast.person, n)))?;
    }
    let mut sorted: Vec<_> = expected.iter().filter_map(|(text, holder)| Some((*text, (*holder)?))).collect();
    sorted.sort_unstable();
    let expected: Vec<_> = sorted.into_iter().map(|(_, n)| key(cast.person, n).id()).collect();
    same("the unique index", office.ids(&IndexRange::new(cast.number, Vec::new())?).await?, expected)
}

/// Two records swap their unique values in one batch.
pub(super) async fn two_records_swap_a_unique_value(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    office.save([cast.person(1, "a"), cast.person(2, "b")]).await?;
    office.save([cast.person(1, "b"), cast.person(2, "a")]).await?;
    holders(&office, &cast, &[("a", Some(2)), ("b", Some(1))]).await?;
    office.save([cast.person(2, "b"), cast.person(1, "a")]).await?;
    holders(&office, &cast, &[("a", Some(1)), ("b", Some(2))]).await
}

/// Several records pass their unique values round in one batch.
pub(super) async fn records_pass_unique_values_round(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    office.save([cast.person(1, "a"), cast.person(2, "b"), cast.person(3, "c"), cast.person(4, "d")]).await?;
    office.save([cast.person(1, "b"), cast.person(2, "c"), cast.person(3, "a")]).await?;
    holders(&office, &cast, &[("a", Some(3)), ("b", Some(1)), ("c", Some(2)), ("d", Some(4))]).await?;
    office.save([cast.person(3, "e"), cast.person(1, "a"), cast.person(4, "b"), cast.person(5, "d")]).await?;
    let after = [("a", Some(1)), ("b", Some(4)), ("c", Some(2)), ("d", Some(5)), ("e", Some(3))];
    holders(&office, &cast, &after).await
}

/// A unique value is freed, by a change or by a removal, and taken by another record in the same batch.
pub(super) async fn a_unique_value_is_freed_and_taken_in_one_batch(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    office.save([cast.person(1, "a"), cast.person(2, "b")]).await?;
    office.save([cast.person(3, "a"), cast.person(1, "c")]).await?;
    holders(&office, &cast, &[("a", Some(3)), ("b", Some(2)), ("c", Some(1))]).await?;
    let batch = office.batch().put(cast.person(4, "b"), Expect::Absent);
    office.commit(batch.remove(key(cast.person, 2), None, Expect::Any)).await?;
    holders(&office, &cast, &[("a", Some(3)), ("b", Some(4)), ("c", Some(1))]).await?;
    let batch = office.batch().remove(key(cast.person, 3), None, Expect::Any);
    office.commit(batch.put(cast.person(5, "a"), Expect::Absent)).await?;
    holders(&office, &cast, &[("a", Some(5)), ("b", Some(4)), ("c", Some(1))]).await?;
    let left = |batch: BatchBuilder, gone| batch.remove(key(cast.person, gone), None, Expect::Any);
    let batch = [4, 5].into_iter().fold(office.batch(), left);
    let batch = batch.put(cast.person(6, "a"), Expect::Absent).put(cast.person(7, "b"), Expect::Absent);
    office.commit(batch.put(cast.person(1, "d"), Expect::Any)).await?;
    holders(&office, &cast, &[("a", Some(6)), ("b", Some(7)), ("c", None), ("d", Some(1))]).await
}

/// A unique value that another record holds, or that two records of one batch want, is refused.
pub(super) async fn a_taken_unique_value_is_refused(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    let refusal = StoreErrorKind::NotUnique;
    office.save([cast.person(1, "a"), cast.person(2, "b")]).await?;
    refused(refusal, "a new record with a taken value", office.save([cast.person(3, "a")]).await)?;
    refused(refusal, "a changed record with a taken value", office.save([cast.person(2, "a")]).await)?;
    let both = office.save([cast.person(3, "c"), cast.person(4, "c")]).await;
    refused(refusal, "two records of one batch with one value", both)?;
    let both = office.save([cast.person(1, "x"), cast.person(3, "a"), cast.person(2, "a")]).await;
    refused(refusal, "two records of one batch with a value that is freed", both)?;
    holders(&office, &cast, &[("a", Some(1)), ("b", Some(2)), ("c", None), ("x", None)]).await
}

/// A record that is saved again keeps its unique value.
pub(super) async fn a_record_keeps_its_unique_value(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    office.save([cast.person(1, "a")]).await?;
    office.save([cast.person(1, "a"), cast.person(2, "b")]).await?;
    holders(&office, &cast, &[("a", Some(1)), ("b", Some(2))]).await
}

/// A removed record holds nothing.
pub(super) async fn a_removed_record_frees_its_unique_value(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    office.save([cast.person(1, "a")]).await?;
    office.commit(office.batch().remove(key(cast.person, 1), None, Expect::Any)).await?;
    holders(&office, &cast, &[("a", None)]).await?;
    office.save([cast.person(2, "a")]).await?;
    holders(&office, &cast, &[("a", Some(2))]).await
}

/// Any number of records may lack a unique value.
pub(super) async fn absent_values_are_never_taken(store: &dyn Store) -> Result<(), Failure> {
    for kind in SCHEMA.kinds() {
        let office = Office::of(store, kind.name())?;
        for n in 1..=3 {
            let parents = lineage(kind, n).into_iter().filter(|record| record.key().kind() != kind);
            office.save(parents.chain([bare(kind, n)])).await?;
        }
        same("records without values", office.total(&IndexRange::all(kind)).await?, 3)?;
        for index in kind.indexes() {
            let found = office.total(&IndexRange::new(index, Vec::new())?).await?;
            same(&format!("records without values in {index:?}"), found, 0)?;
        }
    }
    Ok(())
}

/// Each unique index of the schema is enforced, over all of its values and not over some.
pub(super) async fn every_unique_index_is_enforced(store: &dyn Store) -> Result<(), Failure> {
    for index in SCHEMA.kinds().flat_map(|kind| kind.unique_indexes().collect::<Vec<_>>()) {
        let office = Office::of(store, &format!("{}-{}", index.kind().name(), index.name()))?;
        let (kind, types) = (index.kind(), index.types());
        office.save(lineage(kind, 1)).await?;
        office.save(lineage(kind, 2)).await?;
        let twin = at(specimen(kind, 2), index, types.iter().map(|holds| value(*holds, 1)));
        let outcome = office.save([twin.clone()]).await;
        refused(StoreErrorKind::NotUnique, &format!("a twin in {index:?}"), outcome)?;
        for differs in 0..types.len() {
            let values = types.iter().enumerate();
            let values = values.map(|(place, holds)| value(*holds, if place == differs { 50 } else { 1 }));
            let outcome = office.save([at(twin.clone(), index, values)]).await;
            outcome.map_err(|error| Failure::from(error).during(&format!("all but one value alike in {index:?}")))?;
        }
    }
    Ok(())
}

/// Texts that look alike, or that a collation holds to be the same, are different values.
pub(super) async fn texts_that_look_alike_are_different(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    let texts: Vec<Value> = extremes(FieldType::Text);
    for (n, text) in (1..).zip(&texts) {
        let outcome = office.save([at(specimen(cast.person, n), cast.number, [text.clone()])]).await;
        outcome.map_err(|error| Failure::from(error).during(&format!("text {n} of those that look alike")))?;
    }
    for (n, text) in (1..).zip(&texts) {
        let found = office.holder(UniqueKey::new(cast.number, vec![text.clone()])?).await?;
        same(&format!("who holds text {n}"), found, Some(key(cast.person, n)))?;
        let range = IndexRange::new(cast.number, vec![text.clone()])?;
        let page = office.page(&range, &crate::store::PageRequest::first(Limit::MAX)).await?;
        same(&format!("the range of text {n}"), page.records.len(), 1)?;
    }
    Ok(())
}
