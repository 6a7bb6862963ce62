//! Running a command: load, decide, commit.

use futures_util::future::join;
use serde::de::DeserializeOwned;

use super::Desk;
use super::batch::{Circumstances, fingerprint};
use super::error::{Error, stopped};
use super::standing::{Lesson, Whose};
use crate::access::Actor;
use crate::command::{Command, Decided, Notes, Picture, World};
use crate::domain::Moment;
use crate::store::{CommandId, Digest, Receipt, Retry, Revision, StoreError, StoreErrorKind};

/// How often a command is decided anew because others were first.
const MOST_ATTEMPTS: usize = 64;
/// How many loads one attempt may take.
pub(super) const MOST_LOADS: usize = 32;
/// How often a commit with an unknown outcome is settled by sending the command again.
const MOST_UNKNOWN: usize = 4;

/// A command that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Done<R> {
    /// What the command answers.
    pub reply: R,
    /// Where in the tenant's history it stands, and whether it was done now or had been done before.
    pub receipt: Receipt,
}

/// What one attempt came to, when it did not fail.
enum Attempt<R> {
    Done(Done<R>),
    /// Somebody else was first.
    Overtaken,
    /// The answer to the commit was lost.
    Unsettled(StoreError),
}

impl Desk<'_> {
    /// Runs a command for an actor, once: the same id again is answered from its stamp.
    ///
    /// It returns after the commit is durable. When others change the same records at the same time it decides anew, a
    /// bounded number of times; when the answer to a commit is lost it settles the matter by sending the same command
    /// again. A question asked after it returns sees what it did.
    ///
    /// # Errors
    /// [`Error::Rejected`] when a rule refuses it, [`Error::Conflict`] when others were always first, [`Error::Store`]
    /// when the store fails. After [`StoreErrorKind::Unknown`] send the same command with the same id again.
    pub async fn run<C: Command>(&self, actor: &Actor, id: CommandId, command: &C) -> Result<Done<C::Reply>, Error> {
        actor.may_use(C::RIGHT)?;
        let fingerprint = fingerprint(&self.tenant, actor, id, command)?;
        let mut unsettled = Vec::new();
        for _ in 0..MOST_ATTEMPTS {
            match self.attempt(actor, id, fingerprint, command).await {
                Ok(Attempt::Done(done)) => return Ok(done),
                Ok(Attempt::Overtaken) => {}
                Ok(Attempt::Unsettled(error)) => {
                    unsettled.push(error);
                    if unsettled.len() == MOST_UNKNOWN {
                        break;
                    }
                }
                // A commit whose outcome is unknown may have been done, or be done yet: no later failure or refusal
                // says that it was not.
                Err(error) => return Err(unsettled.pop().map_or(error, Error::from)),
            }
        }
        Err(unsettled.pop().map_or(Error::Conflict, Error::from))
    }

    async fn attempt<C: Command>(
        &self,
        actor: &Actor,
        id: CommandId,
        fingerprint: Digest,
        command: &C,
    ) -> Result<Attempt<C::Reply>, Error> {
        let (now, whose) = (self.clock.now(), Whose::of(&self.tenant, actor, C::RIGHT));
        let mut picture = Picture::default();
        let (mut outcome, mut notes) = decide(command, &picture, actor, now, None);
        let guess = self.standings.guess(&whose, &mut notes.lacking);
        let mut impartial = guess.impartial;
        let mut loads = 0;
        // The first load always comes: it brings the stamp.
        while loads == 0 || !notes.lacking.is_empty() {
            if loads == MOST_LOADS {
                return Err(StoreError::misuse("a decision asks for more and more").into());
            }
            let own = self.standings.may_be_impartial(&whose, &picture, &notes.lacking);
            let load = self.load(&mut picture, notes.lacking, (loads == 0).then_some(id));
            let (stamp, has_none) = match own {
                Some(_) => join(load, self.has_no_conflict(actor)).await,
                None => (load.await, Ok(false)),
            };
            let stamp = match stamp {
                // What nobody would have asked for must not stand in the way of the decision.
                Err(error) if loads == 0 && guess.keys > 0 && error.kind() == StoreErrorKind::Corrupt => {
                    self.standings.forget(&whose);
                    return Ok(Attempt::Overtaken);
                }
                stamp => stamp?,
            };
            if let Some(stamp) = stamp {
                return Ok(Attempt::Done(done(stamp.answer(fingerprint)?)?));
            }
            if matches!(has_none, Ok(true)) {
                impartial = own;
            }
            loads += 1;
            (outcome, notes) = decide(command, &picture, actor, now, guess.impartial);
        }
        let decision = match outcome {
            Ok(decision) => decision,
            Err(stop) => {
                let looked: Vec<_> = notes.looked.into_iter().collect();
                if loads > 1 && !self.still_so(&picture, &looked, id).await? {
                    return Ok(Attempt::Overtaken);
                }
                return Err(stopped(stop));
            }
        };
        let circumstances =
            Circumstances { picture: &picture, looked: &notes.looked, actor, now, command: id, fingerprint };
        let batch = self.batch(&decision, &circumstances)?;
        let committed = self.store.commit(batch).await;
        // Of what did not hold, only the keys are kept: the next attempt looks for conflicts of interest itself.
        let impartial = impartial.filter(|_| committed.is_ok());
        self.standings.learn(&whose, &picture, &notes.looked, Lesson::Decision(impartial));
        match committed {
            Ok(receipt) => Ok(Attempt::Done(done(receipt)?)),
            Err(error) if error.retry() == Retry::AfterReload => Ok(Attempt::Overtaken),
            Err(error) if error.kind() == StoreErrorKind::Unknown => Ok(Attempt::Unsettled(error)),
            Err(error) => Err(error.into()),
        }
    }
}

/// Decides over a picture. Not a future: a world never lives across an await.
pub(super) fn decide<C: Command>(
    command: &C,
    picture: &Picture,
    actor: &Actor,
    now: Moment,
    impartial: Option<Revision>,
) -> (Decided<C::Reply>, Notes) {
    let world = World::new(picture, actor, C::RIGHT, now).impartial_as_of(impartial);
    let outcome = command.decide(&world);
    (outcome, world.into_notes())
}

/// A reply is always read from its receipt, so that the first answer and a repeated one are the same.
fn done<R: DeserializeOwned>(receipt: Receipt) -> Result<Done<R>, StoreError> {
    let reply = serde_json::from_slice(receipt.reply())
        .map_err(|_| StoreError::corrupt("the reply in a stamp cannot be read"))?;
    Ok(Done { reply, receipt })
}
