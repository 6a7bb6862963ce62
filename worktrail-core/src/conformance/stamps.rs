//! Sentence 4: a stamp makes a command once.

use super::failure::{Failure, refused, same, there};
use super::office::Office;
use super::specimen::{Cast, command, fingerprint, instant, key, saying, specimen, stamp, told};
use crate::store::{BatchBuilder, Expect, Guard, Position, Replay, Stamp, Store, StoreErrorKind};

/// A command that makes a person and tells of it.
fn registering(office: &Office<'_>, cast: &Cast) -> BatchBuilder {
    let about = key(cast.person, 1);
    let batch = office.batch().guard(Guard::Record(about, Expect::Absent));
    batch.put(specimen(cast.person, 1), Expect::Absent).tell(told(about, 1)).stamp(stamp(1, "register"))
}

/// A repeated command is answered with its first receipt, marked as a repetition, though its own effect would refuse
/// it now.
pub(super) async fn a_repeated_command_gives_its_first_receipt(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    let first = office.commit(registering(&office, &cast)).await?;
    same("the mark of a command that is done", first.replay(), Replay::First)?;
    same("its reply", first.reply(), b"reply 1".as_slice())?;
    let again = office.commit(registering(&office, &cast)).await?;
    same("the mark of a repetition", again.replay(), Replay::Again)?;
    same("the receipt of a repetition", &again, &first.clone().replayed())?;
    office.save([saying(&specimen(cast.person, 1), b"changed since")]).await?;
    office.commit(office.batch().tell(told(key(cast.person, 1), 2))).await?;
    same("the receipt of a late repetition", office.commit(registering(&office, &cast)).await?, first.replayed())
}

/// A repeated command writes nothing, and uses no revision and no position, even if the batch around the stamp is
/// another one.
pub(super) async fn a_repeated_command_writes_nothing(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    let first = office.commit(registering(&office, &cast)).await?;
    let before = office.dump(&[command(1)]).await?;
    office.commit(registering(&office, &cast)).await?;
    let other = office.batch().put(specimen(cast.person, 2), Expect::Any).tell(told(key(cast.person, 2), 2));
    office.commit(other.stamp(stamp(1, "register"))).await?;
    office.dump(&[command(1)]).await?.same_as(&before, "after repetitions")?;
    let next = office.commit(office.batch().tell(told(key(cast.person, 1), 3))).await?;
    same("the revision after repetitions", next.revision(), first.revision().next())?;
    same("the position after repetitions", next.entries().map(|entries| entries.first), Some(Position::new(2)))
}

/// The same id for a command that says something else is refused.
pub(super) async fn a_reused_command_id_is_refused(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    office.commit(registering(&office, &cast)).await?;
    let before = office.dump(&[command(1)]).await?;
    let other = || office.batch().put(specimen(cast.person, 2), Expect::Any).stamp(stamp(1, "something else"));
    refused(StoreErrorKind::CommandReused, "a command's id for something else", office.commit(other()).await)?;
    let guarded = other().guard(Guard::Record(key(cast.person, 1), Expect::Absent));
    refused(StoreErrorKind::CommandReused, "the same, with a guard that fails", office.commit(guarded).await)?;
    office.dump(&[command(1)]).await?.same_as(&before, "after a reused id")
}

/// A refused command leaves no stamp: it may be sent again, changed or not.
pub(super) async fn a_refused_command_leaves_no_stamp(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    office.save([specimen(cast.person, 1)]).await?;
    refused(StoreErrorKind::Conflict, "a command before its time", office.commit(registering(&office, &cast)).await)?;
    same("the stamp of a refused command", office.stamp(command(1)).await?, None)?;
    let receipt = office.commit(office.batch().stamp(stamp(1, "something else"))).await?;
    same("the id of a refused command, used again", receipt.replay(), Replay::First)
}

/// A stamp is read like a record.
pub(super) async fn a_stamp_can_be_read(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    same("a stamp before its command", office.stamp(command(1)).await?, None)?;
    let first = office.commit(registering(&office, &cast)).await?;
    let found = there("the stamp of a command", office.stamp(command(1)).await?)?;
    same("its id", found.id(), command(1))?;
    same("its fingerprint", found.fingerprint(), Some(fingerprint("register")))?;
    same("its receipt", found.receipt(), &first.replayed())?;
    same("when it was accepted", found.at(), instant(1))?;
    same("the stamp of another command", office.stamp(command(2)).await?, None)
}

/// A command's effect may be nothing at all: its stamp answers all the same.
pub(super) async fn a_command_without_effect_is_stamped(store: &dyn Store) -> Result<(), Failure> {
    let office = Office::main(store);
    let bare = || Stamp::new(command(1), fingerprint("nothing"), Vec::new(), instant(1));
    let first = office.commit(office.batch().stamp(bare())).await?;
    same("its positions", first.entries(), None)?;
    same("its empty reply", first.reply(), &[])?;
    same("its repetition", office.commit(office.batch().stamp(bare())).await?, first.replayed())
}

/// A reply comes back byte for byte, from the shortest to the longest.
pub(super) async fn a_reply_comes_back_whole(store: &dyn Store) -> Result<(), Failure> {
    let office = Office::main(store);
    let every: Vec<u8> = (0..=u8::MAX).collect();
    let longest: Vec<u8> = every.iter().copied().cycle().take(Stamp::MAX_REPLY).collect();
    for (n, reply) in (1..).zip([vec![0], every, longest]) {
        let stamp = || Stamp::new(command(n), fingerprint("reply"), reply.clone(), instant(n));
        let first = office.commit(office.batch().stamp(stamp())).await?;
        same("a reply", first.reply(), reply.as_slice())?;
        let again = office.commit(office.batch().stamp(stamp())).await?;
        same("a repeated reply", again.reply(), reply.as_slice())?;
        let found = there("the stamp", office.stamp(command(n)).await?)?;
        same("a reply that was read", found.receipt().reply(), reply.as_slice())?;
    }
    Ok(())
}

/// The entries of a command name it, so that forgetting finds its stamp.
pub(super) async fn an_entry_names_its_command(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    office.commit(registering(&office, &cast)).await?;
    office.commit(office.batch().tell(told(key(cast.person, 1), 2))).await?;
    let commands: Vec<_> = office.journal().await?.iter().map(crate::store::Entry::command).collect();
    same("the commands of two entries", commands, vec![Some(command(1)), None])
}
