//! Sentence 3: the tenant leads everything.

use super::failure::{Failure, holds, refused, same, there};
use super::office::Office;
use super::specimen::{Cast, command, details, id, key, saying, specimen, stamp, subject, told};
use crate::store::{
    Expect, Guard, IndexRange, JournalRange, Limit, PageRequest, Position, Replay, Revision, Store, StoreErrorKind,
    UniqueKey, Value,
};

/// Two tenants; the names differ only in what an engine might make alike.
fn pair(store: &dyn Store) -> Result<(Office<'_>, Office<'_>), Failure> {
    Ok((Office::of(store, "a-b")?, Office::of(store, "a_b")?))
}

/// Two tenants hold records of the same ids and unique values, and neither sees the other's.
pub(super) async fn tenants_share_ids_and_unique_values(store: &dyn Store) -> Result<(), Failure> {
    let (one, other) = pair(store)?;
    let cast = Cast::new()?;
    let unique = UniqueKey::new(cast.number, vec![Value::from("a")])?;
    one.save([cast.person(1, "a"), specimen(cast.trail, 1)]).await?;
    same("another tenant's record by key", other.record(key(cast.person, 1)).await?, None)?;
    same("another tenant's unique value", other.holder(unique.clone()).await?, None)?;
    same("another tenant's records by range", other.walk(&IndexRange::all(cast.person), 10).await?, Vec::new())?;
    same("another tenant's children", other.walk(&IndexRange::children(cast.trail, id(1))?, 10).await?, Vec::new())?;
    same("another tenant's count", other.total(&IndexRange::all(cast.person)).await?, 0)?;
    other.save([saying(&cast.person(2, "a"), b"other"), saying(&cast.person(1, "b"), b"other")]).await?;
    same("the holder here", one.holder(unique.clone()).await?, Some(key(cast.person, 1)))?;
    same("the holder there", other.holder(unique).await?, Some(key(cast.person, 2)))?;
    same("the record here", one.present(key(cast.person, 1)).await?.record(), &cast.person(1, "a"))?;
    one.commit(one.batch().remove(key(cast.person, 1), None, Expect::Any)).await?;
    same("the record there", other.present(key(cast.person, 1)).await?.record().body().bytes(), b"other".as_slice())
}

/// Guards and parents are looked for in the batch's own tenant.
pub(super) async fn guards_do_not_look_at_another_tenant(store: &dyn Store) -> Result<(), Failure> {
    let (one, other) = pair(store)?;
    let cast = Cast::new()?;
    let revision = one.save([cast.person(1, "a")]).await?.revision();
    let free = Guard::Free(UniqueKey::new(cast.number, vec![Value::from("a")])?);
    let absent = Guard::Record(key(cast.person, 1), Expect::Absent);
    other.commit(other.batch().guard(free).guard(absent)).await?;
    let conflict = StoreErrorKind::Conflict;
    let at = other.batch().guard(Guard::Record(key(cast.person, 1), Expect::At(revision)));
    refused(conflict, "a guard on another tenant's record", other.commit(at).await)?;
    refused(conflict, "a child of another tenant's record", other.save([specimen(cast.trail, 1)]).await)?;
    let children = one.present(key(cast.person, 1)).await?.children();
    same("the child revision of another tenant's record", children, Revision::default())
}

/// Each tenant has its own revisions, journal positions and chain.
pub(super) async fn tenants_have_their_own_history(store: &dyn Store) -> Result<(), Failure> {
    let (one, other) = pair(store)?;
    let Cast { person, .. } = Cast::new()?;
    for n in 1..=3 {
        let receipt = one.commit(one.batch().tell(told(key(person, 1), n))).await?;
        same("a revision of one tenant", receipt.revision(), Revision::new(n))?;
        let receipt = other.commit(other.batch().tell(told(key(person, 2), n)).tell(told(key(person, 3), n))).await?;
        same("a revision of the other", receipt.revision(), Revision::new(n))?;
        let last = receipt.entries().map(|entries| entries.last);
        same("a position of the other", last, Some(Position::new(2 * n)))?;
    }
    let journal = one.journal().await?;
    same("the entries of one", journal.len(), 3)?;
    holds("one tenant's journal tells of its own", journal.iter().all(|entry| entry.about() == key(person, 1)))?;
    same("the entries of the other", other.journal().await?.len(), 6)?;
    let third = Office::of(store, "third")?;
    same("the journal of a tenant that never wrote", third.journal().await?, Vec::new())?;
    let page = third.store.journal(&third.tenant, JournalRange::Everything, Position::START, Limit::MAX).await?;
    same("the last position of a tenant that never wrote", page.head, Position::START)
}

/// A command's id in one tenant means nothing in another.
pub(super) async fn stamps_belong_to_a_tenant(store: &dyn Store) -> Result<(), Failure> {
    let (one, other) = pair(store)?;
    one.commit(one.batch().stamp(stamp(1, "here"))).await?;
    same("another tenant's stamp", other.stamp(command(1)).await?, None)?;
    let receipt = other.commit(other.batch().stamp(stamp(1, "there"))).await?;
    same("the same command id in another tenant", receipt.replay(), Replay::First)
}

/// A cursor of one tenant is refused in another.
pub(super) async fn a_cursor_belongs_to_a_tenant(store: &dyn Store) -> Result<(), Failure> {
    let (one, other) = pair(store)?;
    let Cast { person, .. } = Cast::new()?;
    let range = IndexRange::all(person);
    for office in [&one, &other] {
        office.save((1..=4).map(|n| specimen(person, n))).await?;
    }
    let page = one.page(&range, &PageRequest::first(Limit::new(2))).await?;
    let cursor = there("the cursor of a page that is not the last", page.next)?;
    let request = PageRequest::after(Limit::new(2), cursor);
    one.page(&range, &request).await?;
    refused(StoreErrorKind::InvalidCursor, "a cursor of another tenant", other.page(&range, &request).await)
}

/// Forgetting a person in one tenant leaves the same person in another.
pub(super) async fn forgetting_stays_in_its_tenant(store: &dyn Store) -> Result<(), Failure> {
    let (one, other) = pair(store)?;
    let Cast { person, trail, .. } = Cast::new()?;
    for office in [&one, &other] {
        let about = |kind| specimen(kind, 1).about(subject(1));
        let batch = office.batch().put(about(person), Expect::Absent).put(about(trail), Expect::Absent);
        let told = told(key(person, 1), 1).of(subject(1)).with(details("personal"));
        office.commit(batch.tell(told).stamp(stamp(1, "made"))).await?;
    }
    let before = other.dump(&[command(1)]).await?;
    one.commit(one.batch().forget(subject(1))).await?;
    other.dump(&[command(1)]).await?.same_as(&before, "of another tenant after forgetting")?;
    same("the record in the tenant that forgot", one.record(key(person, 1)).await?, None)
}
