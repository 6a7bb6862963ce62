//! Sentence 1: a batch is atomic.

use super::failure::{Failure, holds, refused, same, there};
use super::office::{Dump, Office};
use super::specimen::{Cast, command, details, id, key, saying, specimen, stamp, subject, told};
use crate::store::{
    BatchBuilder, Expect, Guard, IndexRange, Position, Receipt, Revision, Store, StoreErrorKind, UniqueKey, Value,
};

/// What is there before, and the means to do everything that a batch can do.
struct Scene<'s> {
    office: Office<'s>,
    cast: Cast,
    last: Receipt,
}

impl<'s> Scene<'s> {
    /// Person 1 with trail and job, to be forgotten; persons 2 and 3 with theirs, about nobody.
    async fn set(store: &'s dyn Store) -> Result<Self, Failure> {
        let (office, cast) = (Office::main(store), Cast::new()?);
        let mut batch = office.batch().stamp(stamp(1, "first"));
        for n in 1..=3 {
            let about = (n == 1).then(|| subject(1));
            for kind in [cast.person, cast.trail, cast.job] {
                batch = batch.put(specimen(kind, n).about(about), Expect::Absent);
            }
            batch = batch.tell(told(key(cast.person, n), n).of(about).with(details("personal")));
        }
        let last = office.commit(batch).await?;
        Ok(Self { office, cast, last })
    }

    /// A batch that does everything: saves, changes, removes, moves a child revision, tells, stamps and forgets.
    fn everything(&self) -> BatchBuilder {
        let Cast { person, trail, job, .. } = self.cast;
        let changed = saying(&specimen(person, 2), b"changed");
        self.office
            .batch()
            .put(specimen(person, 4), Expect::Absent)
            .put(changed, Expect::At(self.last.revision()))
            .put(specimen(job, 5).under(id(3)), Expect::Absent)
            .remove(key(job, 2), Some(id(2)), Expect::At(self.last.revision()))
            .tell(told(key(trail, 2), 20))
            .tell(told(key(person, 1), 21).of(subject(1)))
            .stamp(stamp(2, "everything"))
            .forget(subject(1))
    }

    /// The same batch, each with another reason to be refused.
    fn spoiled(&self) -> Result<Vec<(&'static str, StoreErrorKind, BatchBuilder)>, Failure> {
        use StoreErrorKind::{CommandReused, Conflict, Misuse, NotUnique};
        let Cast { person, trail, number, .. } = self.cast;
        let batch = || self.everything();
        let never = Revision::new(u64::from(u32::MAX));
        let values = number.values_of(&specimen(person, 3));
        let taken = UniqueKey::new(number, there("the unique value of a specimen", values)?)?;
        let nobody = UniqueKey::new(number, vec![Value::from("nobody has this")])?;
        let twin = specimen(person, 3);
        let twin = specimen(person, 9)
            .with(self.number_field()?, there("its value", twin.field(self.number_field()?).cloned())?);
        Ok(vec![
            ("a guard that a record is absent", Conflict, batch().guard(Guard::Record(key(person, 3), Expect::Absent))),
            ("a guard on a revision", Conflict, batch().guard(Guard::Record(key(person, 3), Expect::At(never)))),
            ("a guard on a child revision", Conflict, batch().guard(Guard::Children(key(trail, 3), never))),
            ("a guard on a holder", Conflict, batch().guard(Guard::HeldBy(nobody, key(person, 3)))),
            ("a guard on a free value", Conflict, batch().guard(Guard::Free(taken))),
            ("an expectation of a revision", Conflict, batch().put(specimen(person, 3), Expect::At(never))),
            ("an expectation of absence", Conflict, batch().put(specimen(person, 3), Expect::Absent)),
            ("a parent that is not there", Conflict, batch().put(specimen(trail, 8), Expect::Any)),
            ("another parent", Misuse, batch().put(specimen(trail, 3).under(id(2)), Expect::Any)),
            ("a taken unique value", NotUnique, batch().put(twin, Expect::Any)),
            ("a command's id that was used", CommandReused, batch().stamp(stamp(1, "something else"))),
        ])
    }

    fn number_field(&self) -> Result<&'static str, Failure> {
        let field = match self.cast.number.path() {
            crate::store::Path::Declared(schema) => schema.fields().first().copied(),
            _ => None,
        };
        there("the field of the unique value", field)
    }

    async fn dump(&self) -> Result<Dump, Failure> {
        self.office.dump(&[command(1), command(2)]).await
    }

    /// Sends each spoiled batch, and compares a part of what is there before and after.
    async fn refuse<P: PartialEq + std::fmt::Debug>(&self, what: &str, part: fn(Dump) -> P) -> Result<(), Failure> {
        let before = part(self.dump().await?);
        for (reason, kind, batch) in self.spoiled()? {
            refused(kind, reason, self.office.commit(batch).await)?;
            let after = part(self.dump().await?);
            same(what, &after, &before).map_err(|failure| failure.during(&format!("refused by {reason}")))?;
        }
        Ok(())
    }
}

/// A refused batch leaves every record as it was, with its revision and its child revision.
pub(super) async fn a_refused_batch_changes_no_record(store: &dyn Store) -> Result<(), Failure> {
    Scene::set(store).await?.refuse("the records", |dump| dump.records).await
}

/// A refused batch leaves every index and every unique value as it was.
pub(super) async fn a_refused_batch_changes_no_index(store: &dyn Store) -> Result<(), Failure> {
    Scene::set(store).await?.refuse("the indexes and unique values", |dump| (dump.indexes, dump.holders)).await
}

/// A refused batch tells the journal nothing, and takes no details from it.
pub(super) async fn a_refused_batch_changes_no_entry(store: &dyn Store) -> Result<(), Failure> {
    Scene::set(store).await?.refuse("the journal", |dump| dump.journal).await
}

/// A refused batch leaves no stamp, and takes no fingerprint from another.
pub(super) async fn a_refused_batch_changes_no_stamp(store: &dyn Store) -> Result<(), Failure> {
    Scene::set(store).await?.refuse("the stamps", |dump| dump.stamps).await
}

/// A refused batch uses no revision and no journal position.
pub(super) async fn a_refused_batch_uses_no_number(store: &dyn Store) -> Result<(), Failure> {
    let scene = Scene::set(store).await?;
    for (reason, kind, batch) in scene.spoiled()? {
        refused(kind, reason, scene.office.commit(batch).await)?;
    }
    let next = scene.office.batch().tell(told(key(scene.cast.person, 3), 30));
    let receipt = scene.office.commit(next).await?;
    same("the revision after refused batches", receipt.revision(), scene.last.revision().next())?;
    let first = receipt.entries().map(|entries| entries.first);
    same("the position after refused batches", first, Some(Position::new(4)))
}

/// A batch that is refused can be sent again when the reason is gone, and is done whole then.
pub(super) async fn a_refused_batch_can_be_sent_again(store: &dyn Store) -> Result<(), Failure> {
    let scene = Scene::set(store).await?;
    let person = specimen(scene.cast.person, 3).key();
    let waiting = || scene.everything().guard(Guard::Record(person, Expect::Absent));
    refused(StoreErrorKind::Conflict, "a batch before its time", scene.office.commit(waiting()).await)?;
    let Cast { trail, job, .. } = scene.cast;
    let clear = scene.office.batch().remove(person, None, Expect::Any);
    scene.office.commit(clear).await?;
    let receipt = scene.office.commit(waiting()).await?;
    same("its revision", receipt.revision(), scene.last.revision().next().next())?;
    same("the child that it saved", scene.office.present(key(job, 5)).await?.revision(), receipt.revision())?;
    same("its parent's child revision", scene.office.present(key(trail, 3)).await?.children(), receipt.revision())
}

/// An accepted batch does all that it says.
pub(super) async fn an_accepted_batch_does_all_of_it(store: &dyn Store) -> Result<(), Failure> {
    let scene = Scene::set(store).await?;
    let Cast { person, trail, job, .. } = scene.cast;
    let office = &scene.office;
    let receipt = office.commit(scene.everything()).await?;
    let revision = receipt.revision();
    same("its revision", revision, scene.last.revision().next())?;
    same("the new record", office.present(key(person, 4)).await?.record(), &specimen(person, 4))?;
    let changed = office.present(key(person, 2)).await?;
    same(
        "the changed record",
        (changed.record().body().bytes(), changed.revision()),
        (b"changed".as_slice(), revision),
    )?;
    same("the removed record", office.record(key(job, 2)).await?, None)?;
    same("the child revision by a removed child", office.present(key(trail, 2)).await?.children(), revision)?;
    same("the child revision by a saved child", office.present(key(trail, 3)).await?.children(), revision)?;
    for kind in [person, trail, job] {
        same("a record of the forgotten person", office.record(key(kind, 1)).await?, None)?;
    }
    same("the persons in their range", office.ids(&IndexRange::all(person)).await?, vec![id(2), id(3), id(4)])?;
    let journal = office.journal().await?;
    same("the length of the journal", journal.len(), 5)?;
    let told = receipt.entries().map(|entries| (entries.first, entries.last));
    same("its positions", told, Some((Position::new(4), Position::new(5))))?;
    holds("the details of the forgotten person are gone", journal.iter().take(1).all(|it| it.details().is_none()))?;
    let stamp = there("its stamp", office.stamp(command(2)).await?)?;
    same("the stamp's receipt", stamp.receipt(), &receipt.replayed())?;
    let earlier = there("the stamp of the earlier command", office.stamp(command(1)).await?)?;
    same("the fingerprint of a command that told of the forgotten person", earlier.fingerprint(), None)
}
