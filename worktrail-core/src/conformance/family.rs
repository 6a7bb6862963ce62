//! Sentence 10: a child needs its parent.

use super::failure::{Failure, refused, same};
use super::office::Office;
use super::specimen::{Cast, id, key, lineage, saying, specimen, subject};
use crate::record::SCHEMA;
use crate::store::{Expect, Guard, Revision, Store, StoreErrorKind};

/// A record whose parent is not there is refused, in every kind.
pub(super) async fn a_child_without_parent_is_refused(store: &dyn Store) -> Result<(), Failure> {
    for kind in SCHEMA.kinds().filter(|kind| kind.parent().is_some()) {
        let office = Office::of(store, kind.name())?;
        let outcome = office.save([specimen(kind, 1)]).await;
        refused(StoreErrorKind::Conflict, &format!("a {} without parent", kind.name()), outcome)?;
        same("the refused child", office.record(key(kind, 1)).await?, None)?;
        office.save(lineage(kind, 1)).await?;
        let elsewhere = office.save([specimen(kind, 2).under(id(3))]).await;
        refused(StoreErrorKind::Conflict, &format!("a {} under another id", kind.name()), elsewhere)?;
    }
    Ok(())
}

/// Parent and child may be made in one batch.
pub(super) async fn a_parent_may_come_with_its_child(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, trail, job, .. }) = (Office::main(store), Cast::new()?);
    let batch = office.batch().put(specimen(job, 1), Expect::Absent).put(specimen(trail, 1), Expect::Absent);
    let revision = office.commit(batch.put(specimen(person, 1), Expect::Absent)).await?.revision();
    for (kind, children) in [(person, revision), (trail, revision), (job, Revision::default())] {
        let found = office.present(key(kind, 1)).await?;
        same("a revision", found.revision(), revision)?;
        same("a child revision", found.children(), children)?;
    }
    Ok(())
}

/// A child is not saved in the batch that removes its parent.
pub(super) async fn a_parent_may_not_go_with_its_child_coming(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, trail, .. }) = (Office::main(store), Cast::new()?);
    office.save([specimen(person, 1)]).await?;
    let batch = office.batch().put(specimen(trail, 1), Expect::Absent).remove(key(person, 1), None, Expect::Any);
    refused(StoreErrorKind::Conflict, "a child of what the batch removes", office.commit(batch).await)?;
    office.save([specimen(trail, 1)]).await?;
    let batch = office.batch().put(specimen(trail, 1), Expect::Any).remove(key(person, 1), None, Expect::Any);
    refused(StoreErrorKind::Conflict, "a changed child of what the batch removes", office.commit(batch).await)
}

/// A parent and its child may leave in one batch.
pub(super) async fn a_parent_may_go_with_its_child(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, trail, .. }) = (Office::main(store), Cast::new()?);
    office.save([specimen(person, 1), specimen(trail, 1)]).await?;
    let batch = office.batch().remove(key(person, 1), None, Expect::Any);
    office.commit(batch.remove(key(trail, 1), Some(id(1)), Expect::Any)).await?;
    same("the parent", office.record(key(person, 1)).await?, None)?;
    same("the child", office.record(key(trail, 1)).await?, None)?;
    let back = office.save([specimen(person, 1)]).await?.revision();
    let found = office.present(key(person, 1)).await?;
    same("a parent made again", (found.revision(), found.children()), (back, Revision::default()))
}

/// Saving a child, new or changed, moves its parent's child revision, and nothing else of it.
pub(super) async fn a_saved_child_moves_the_child_revision(store: &dyn Store) -> Result<(), Failure> {
    for kind in SCHEMA.kinds() {
        let Some(parent) = kind.parent() else { continue };
        let office = Office::of(store, kind.name())?;
        let made = office.save(lineage(parent, 1).into_iter().chain(lineage(parent, 2))).await?.revision();
        let before = office.present(key(parent, 1)).await?;
        same("the child revision of a parent without child", before.children(), Revision::default())?;
        let what = format!("the parent of a {}", kind.name());
        for record in [specimen(kind, 1), saying(&specimen(kind, 1), b"changed"), specimen(kind, 3).under(id(1))] {
            let saved = office.save([record]).await?.revision();
            let found = office.present(key(parent, 1)).await?;
            same(&what, &found, &before.clone().bumped(saved))?;
            same("its revision", found.revision(), made)?;
        }
        let other = office.present(key(parent, 2)).await?;
        same("the child revision of another parent", other.children(), Revision::default())?;
    }
    Ok(())
}

/// Removing a child moves its parent's child revision; removing what is not there does not.
pub(super) async fn a_removed_child_moves_the_child_revision(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, trail, .. }) = (Office::main(store), Cast::new()?);
    office.save([specimen(person, 1)]).await?;
    office.save([specimen(trail, 1)]).await?;
    let remove = || office.batch().remove(key(trail, 1), Some(id(1)), Expect::Any);
    let removed = office.commit(remove()).await?.revision();
    same("the child revision", office.present(key(person, 1)).await?.children(), removed)?;
    office.commit(remove()).await?;
    same("the child revision, nothing removed", office.present(key(person, 1)).await?.children(), removed)
}

/// A grandchild moves its parent's child revision and not its grandparent's.
pub(super) async fn a_grandchild_moves_only_its_parent(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, trail, job, .. }) = (Office::main(store), Cast::new()?);
    let first = office.save([specimen(person, 1), specimen(trail, 1)]).await?.revision();
    let second = office.save([specimen(job, 1)]).await?.revision();
    same("the parent", office.present(key(trail, 1)).await?.children(), second)?;
    same("the grandparent", office.present(key(person, 1)).await?.children(), first)
}

/// A parent that is saved again keeps its child revision.
pub(super) async fn a_saved_parent_keeps_its_child_revision(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, trail, .. }) = (Office::main(store), Cast::new()?);
    office.save([specimen(person, 1)]).await?;
    let bumped = office.save([specimen(trail, 1)]).await?.revision();
    let saved = office.save([saying(&specimen(person, 1), b"changed")]).await?.revision();
    let found = office.present(key(person, 1)).await?;
    same("a parent saved again", (found.revision(), found.children()), (saved, bumped))?;
    let both = office.save([specimen(person, 1), specimen(trail, 1)]).await?.revision();
    let found = office.present(key(person, 1)).await?;
    same("a parent saved with its child", (found.revision(), found.children()), (both, both))
}

/// A record's parent never changes, neither by a change nor in what a removal says.
pub(super) async fn a_record_keeps_its_parent(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, trail, .. }) = (Office::main(store), Cast::new()?);
    office.save([specimen(person, 1), specimen(person, 2), specimen(trail, 1)]).await?;
    let before = office.dump(&[]).await?;
    let moved = office.save([specimen(trail, 1).under(id(2))]).await;
    refused(StoreErrorKind::Misuse, "a record under another parent", moved)?;
    let removal = office.batch().remove(key(trail, 1), Some(id(2)), Expect::Any);
    refused(StoreErrorKind::Misuse, "a removal under another parent", office.commit(removal).await)?;
    office.dump(&[]).await?.same_as(&before, "after a record was to be moved")?;
    office.commit(office.batch().remove(key(trail, 1), Some(id(1)), Expect::Any)).await?;
    office.save([specimen(trail, 1).under(id(2))]).await?;
    Ok(())
}

/// A record's subject never changes: not to another, not to nobody, not from nobody.
pub(super) async fn a_record_keeps_its_subject(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    let about = |n: Option<u64>| specimen(person, if n.is_some() { 1 } else { 2 }).about(n.map(subject));
    office.save([about(Some(1)), about(None)]).await?;
    let before = office.dump(&[]).await?;
    let changes = [
        ("a record about another", about(Some(2))),
        ("a record about nobody any more", specimen(person, 1)),
        ("a record about somebody now", specimen(person, 2).about(subject(1))),
    ];
    for (what, record) in changes {
        refused(StoreErrorKind::Misuse, what, office.save([record]).await)?;
    }
    office.dump(&[]).await?.same_as(&before, "after a subject was to be changed")
}

/// The phantom: a decision that looked at all children loses against a child that is saved in between.
pub(super) async fn a_look_at_children_loses_to_a_new_child(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, trail, job, .. }) = (Office::main(store), Cast::new()?);
    office.save([specimen(person, 1), specimen(trail, 1)]).await?;
    let seen = office.present(key(trail, 1)).await?;
    let ended = saying(&specimen(trail, 1), b"ended, there being no job");
    let ends = office.batch().put(ended, Expect::At(seen.revision()));
    let ends = ends.guard(Guard::Children(key(trail, 1), seen.children()));
    office.save([specimen(job, 1)]).await?;
    refused(StoreErrorKind::Conflict, "a trail that ends while a job comes", office.commit(ends).await)?;
    same("the trail", office.present(key(trail, 1)).await?.record(), &specimen(trail, 1))
}

/// The phantom, the other way round: a child decided on while its parent was as it was loses against the change.
pub(super) async fn a_new_child_loses_to_a_changed_parent(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, trail, job, .. }) = (Office::main(store), Cast::new()?);
    office.save([specimen(person, 1), specimen(trail, 1)]).await?;
    let seen = office.present(key(trail, 1)).await?;
    let child = office.batch().put(specimen(job, 1), Expect::Absent);
    let child = child.guard(Guard::Record(key(trail, 1), Expect::At(seen.revision())));
    let ends = office.batch().put(saying(&specimen(trail, 1), b"ended"), Expect::At(seen.revision()));
    office.commit(ends.guard(Guard::Children(key(trail, 1), seen.children()))).await?;
    refused(StoreErrorKind::Conflict, "a job that comes to a trail that ended", office.commit(child).await)?;
    same("the job", office.record(key(job, 1)).await?, None)
}
