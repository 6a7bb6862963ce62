//! Committing a group of batches of one tenant.
//!
//! As a rule that is one round trip and no open transaction: the group is judged over what its commands looked up before
//! (see [`crate::known`]), and one statement writes, if the head still stands there. When something that is needed was not
//! looked up, or a batch is not accepted, it is two: one statement reads the head and all that the batches touch, one
//! writes. When somebody else moved the head after that was read, the group is judged again, this time over a head that
//! is locked first: four round trips. Reading and locking are never one statement, since that would answer with the state
//! before the wait.
//!
//! Behind a transaction pooler the head is always locked first; there statements are prepared anew each time, which makes
//! six round trips.

use std::collections::BTreeSet;
use std::time::Duration;

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Executor as _};
use tokio::time::timeout;
use worktrail_core::store::judge::{Effect, Judge, Needs, needs};
use worktrail_core::store::{Key, Receipt, RecordKey, Replay, StoreError, StoreErrorKind, Tenant};

use super::{Stage, Waiting, Writer};
use crate::connect::opening;
use crate::connections::{Lease, Used};
use crate::error::Fault;
use crate::fetch::{Fetch, Found};
use crate::home::{Home, Sending};
use crate::pauses::Pauses;
use crate::save::{Saved, Seen, save};

type Answers = Vec<Result<Receipt, StoreError>>;

/// How often a group is judged, at most. With the head locked it is not moved any more, so a second miss has a reason of
/// its own, such as two programs that make the same tenant's first commit.
const TRIES: u32 = 6;
/// Between two tries after somebody else's transaction was in the way: at first, and at most.
const FIRST_PAUSE: Duration = Duration::from_millis(5);
const LONGEST_PAUSE: Duration = Duration::from_millis(80);

/// How a group is committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Over what is known, without a transaction, if the head stands where it was known.
    Known,
    /// Over what is looked up, without a transaction, if the head does not move.
    LookedUp,
    /// In a transaction that locks the head first.
    Locked,
}

/// What one try came to.
enum Tried {
    Done(Answers),
    /// Something else was there, and nothing was written.
    Missed {
        /// How to go on.
        next: Way,
    },
}

/// What batches were found to be.
struct Ruled {
    /// What they were judged over.
    over: Seen,
    effect: Effect,
    answers: Answers,
}

impl Writer {
    /// Commits batches of one group, and answers them.
    pub(super) async fn commit(&self, tenant: &Tenant, mut members: Vec<Waiting>) {
        match self.attempt(tenant, &mut members).await {
            Ok(answers) => answer(members, answers),
            Err(fault) if members.len() > 1 && fault.is_about_one() => {
                // One of them met damage, or the engine's objection: the others shall not suffer for it.
                for member in members {
                    let mut alone = vec![member];
                    match self.attempt(tenant, &mut alone).await {
                        Ok(answers) => answer(alone, answers),
                        Err(fault) => refuse(alone, &fault),
                    }
                }
            }
            Err(fault) => refuse(members, &fault),
        }
    }

    /// An error means that nothing was done, unless it is `Unknown`.
    async fn attempt(&self, tenant: &Tenant, members: &mut [Waiting]) -> Result<Answers, Fault> {
        let mut way = match self.options.home().sending {
            Sending::Prepared => Way::Known,
            Sending::Unnamed => Way::Locked,
        };
        let mut lease = self.writers.lease().await?;
        let mut pauses = Pauses::new(FIRST_PAUSE, LONGEST_PAUSE);
        let forgets = members.iter().any(|member| member.batch.forget().is_some());
        for _ in 0..TRIES {
            let tried = self.attempt_on(&mut lease, tenant, members, way).await;
            match &tried {
                Ok(Tried::Done(_)) => {}
                Err(_) if forgets => self.known.let_go_and_forget(tenant),
                Ok(Tried::Missed { .. }) | Err(_) => self.known.let_go(tenant),
            }
            match tried {
                Ok(Tried::Done(answers)) => {
                    lease.give_back();
                    self.announce(tenant, members);
                    return Ok(answers);
                }
                Ok(Tried::Missed { next }) => way = next,
                Err(fault) if fault.is_passing() => tokio::time::sleep(pauses.next()).await,
                // It had died while nobody used it: the server went down and came up, or another one took its place.
                Err(fault) if lease.used != Used::Never && lost_before_sending(&fault, members) => {
                    drop(lease);
                    lease = self.writers.lease_anew().await?;
                }
                Err(fault) => {
                    if fault.kind() == StoreErrorKind::Unknown {
                        self.announce(tenant, members);
                    } else if !fault.is_lost() {
                        lease.give_back();
                    }
                    return Err(fault);
                }
            }
        }
        lease.give_back();
        Err(Fault::new(StoreErrorKind::Busy, "others were always quicker"))
    }

    /// Wakes those who watch the journal, if it may have something new.
    fn announce(&self, tenant: &Tenant, members: &[Waiting]) {
        if members.iter().any(|member| !member.batch.happenings().is_empty()) {
            self.news.spread(tenant);
        }
    }

    async fn attempt_on(
        &self,
        connection: &mut Lease,
        tenant: &Tenant,
        members: &mut [Waiting],
        way: Way,
    ) -> Result<Tried, Fault> {
        match way {
            Way::Known | Way::LookedUp => self.unlocked(connection, tenant, members, way).await,
            Way::Locked => {
                let tried = self.locked(connection, tenant, members).await;
                match tried {
                    Err(fault) if !fault.is_lost() && fault.kind() != StoreErrorKind::Unknown => {
                        // Should that fail too, the connection is of no use any more, and the fault says so.
                        self.in_time(send(connection, "ROLLBACK")).await?;
                        Err(fault)
                    }
                    tried => tried,
                }
            }
        }
    }

    async fn unlocked(
        &self,
        connection: &mut Lease,
        tenant: &Tenant,
        members: &mut [Waiting],
        way: Way,
    ) -> Result<Tried, Fault> {
        let mut needs = needs(members.iter().map(|member| &member.batch));
        let parents = needs.take_parents();
        if way == Way::Known
            && connection.used != Used::Before
            && let Some(ruled) = self.known_well(tenant, &needs, &parents, members)
        {
            let next = Way::LookedUp;
            return match self.write(connection, tenant, members, ruled, next).await {
                // The objection may be to what is known no better.
                Err(fault) if fault.is_passing() || fault.is_about_one() => Ok(Tried::Missed { next }),
                tried => tried,
            };
        }
        let ruled = self.in_time(looked_up(self.options.home(), connection, tenant, needs, &parents, members)).await?;
        self.write(connection, tenant, members, ruled, Way::Locked).await
    }

    /// What batches come to over what is known, if that is enough: a batch that is not accepted is nothing to the head, so
    /// nobody would notice if it stood elsewhere by now.
    fn known_well(
        &self,
        tenant: &Tenant,
        needs: &Needs,
        parents: &BTreeSet<RecordKey>,
        members: &[Waiting],
    ) -> Option<Ruled> {
        let found = if needs.subject.is_none() { self.known.all_of(tenant, &needs.keys, parents) } else { None };
        let ruled = ruled(tenant, needs.keys.iter().cloned(), found?, members);
        let is_done = |answer: &Result<Receipt, StoreError>| {
            answer.as_ref().is_ok_and(|receipt| receipt.replay() == Replay::First)
        };
        ruled.answers.iter().all(is_done).then_some(ruled)
    }

    /// Writes what batches come to, in one statement that is a transaction.
    async fn write(
        &self,
        connection: &mut PgConnection,
        tenant: &Tenant,
        members: &mut [Waiting],
        Ruled { over, effect, answers }: Ruled,
        next: Way,
    ) -> Result<Tried, Fault> {
        if effect.head.is_none() {
            return Ok(Tried::Done(answers));
        }
        mark(members, Stage::Sent);
        let saved = self.in_time(save(self.options.home(), connection, tenant, &over, &effect)).await;
        match settle(saved, members)? {
            Saved::All => {
                self.known.follow(tenant, &over.head, effect);
                Ok(Tried::Done(answers))
            }
            Saved::Nothing => Ok(Tried::Missed { next }),
        }
    }

    async fn locked(
        &self,
        connection: &mut PgConnection,
        tenant: &Tenant,
        members: &mut [Waiting],
    ) -> Result<Tried, Fault> {
        let home = self.options.home();
        self.in_time(lock(home, connection, tenant, &opening(&self.options))).await?;
        let mut needs = needs(members.iter().map(|member| &member.batch));
        let parents = needs.take_parents();
        let looked_up = self.in_time(looked_up(home, connection, tenant, needs, &parents, members)).await?;
        let Ruled { over, effect, answers } = looked_up;
        let is_nothing = effect.head.is_none();
        if is_nothing || self.in_time(save(home, connection, tenant, &over, &effect)).await? == Saved::Nothing {
            self.in_time(send(connection, "ROLLBACK")).await?;
            return Ok(if is_nothing { Tried::Done(answers) } else { Tried::Missed { next: Way::Locked } });
        }
        mark(members, Stage::Sent);
        let committed = self.in_time(send(connection, "COMMIT")).await;
        settle(committed, members)?;
        self.known.follow(tenant, &over.head, effect);
        Ok(Tried::Done(answers))
    }

    /// What a server that fell silent does not end.
    async fn in_time<T>(&self, work: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
        timeout(self.options.deadline(), work).await.unwrap_or_else(|_| Err(Fault::silent()))
    }
}

/// Begins a transaction, and waits until the tenant's head is nobody else's. The tenant's name stands in the text, so that
/// both are one round trip: it is nothing but letters, digits, `-` and `_`.
async fn lock(home: &Home, connection: &mut PgConnection, tenant: &Tenant, opening: &str) -> Result<(), Fault> {
    let head = home.named("worktrail_head");
    let text = format!("{opening}; SELECT FROM {head} WHERE tenant = '{tenant}' FOR UPDATE");
    connection.execute(AssertSqlSafe(text)).await?;
    Ok(())
}

async fn send(connection: &mut PgConnection, text: &'static str) -> Result<(), Fault> {
    connection.execute(text).await?;
    Ok(())
}

/// Reads all that the members touch, and rules on them.
async fn looked_up(
    home: &Home,
    connection: &mut PgConnection,
    tenant: &Tenant,
    needs: Needs,
    parents: &BTreeSet<RecordKey>,
    members: &[Waiting],
) -> Result<Ruled, Fault> {
    let fetch = Fetch::of(tenant, &needs.keys).with_parents(parents).with_head().about(needs.subject);
    let found = fetch.run(home, connection).await?;
    Ok(ruled(tenant, needs.keys, found, members))
}

fn ruled(tenant: &Tenant, keys: impl IntoIterator<Item = Key>, found: Found, members: &[Waiting]) -> Ruled {
    let over = Seen::from(&found);
    let Found { keys: answers, parents, head, about } = found;
    let judge = Judge::new(tenant.clone(), head, keys.into_iter().zip(answers), about);
    let mut judge = judge.with_parents(parents.into_keys());
    let answers = members.iter().map(|member| judge.judge(&member.batch)).collect();
    Ruled { over, effect: judge.into_effect(), answers }
}

/// What the answer to a commit means: when none came, nobody knows; any other fault says that nothing was done.
fn settle<T>(outcome: Result<T, Fault>, members: &mut [Waiting]) -> Result<T, Fault> {
    match outcome {
        Err(fault) if fault.is_lost() => Err(Fault::unknown()),
        known => {
            mark(members, Stage::Waiting);
            known
        }
    }
}

fn lost_before_sending(fault: &Fault, members: &[Waiting]) -> bool {
    fault.is_lost() && members.iter().all(|member| member.reply.stage == Stage::Waiting)
}

fn mark(members: &mut [Waiting], stage: Stage) {
    for member in members {
        member.reply.stage = stage;
    }
}

fn answer(members: Vec<Waiting>, answers: Answers) {
    for (member, answer) in members.into_iter().zip(answers) {
        member.reply.answer(answer);
    }
}

fn refuse(members: Vec<Waiting>, fault: &Fault) {
    for member in members {
        member.reply.answer(Err(fault.clone().into()));
    }
}
