//! Committing a group of batches.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection as _, Executor as _};
use worktrail_core::store::judge::{Judge, needs};
use worktrail_core::store::{Batch, Receipt, StoreError, StoreErrorKind, Tenant};

use super::{Stage, Waiting, Writer};
use crate::error::Fault;
use crate::fetch::{Fetch, Found};
use crate::save::Script;

type Answers = Vec<Result<Receipt, StoreError>>;

impl Writer {
    /// Commits batches of one group, and answers them.
    pub(super) async fn commit(&mut self, mut members: Vec<Waiting>) {
        match self.attempt(&mut members).await {
            Ok(answers) => answer(members, answers),
            Err(fault) if members.len() > 1 && fault.is_about_one() => {
                // One of them met damage, or the engine's objection: the others shall not suffer for it.
                for member in members {
                    let mut alone = vec![member];
                    match self.attempt(&mut alone).await {
                        Ok(answers) => answer(alone, answers),
                        Err(fault) => refuse(alone, &fault),
                    }
                }
            }
            Err(fault) => refuse(members, &fault),
        }
    }

    /// One transaction. An error means that nothing was done, unless it is `Unknown`.
    async fn attempt(&mut self, members: &mut [Waiting]) -> Result<Answers, Fault> {
        let connection = self.connection().await?;
        let mut by_tenant: BTreeMap<Tenant, Vec<usize>> = BTreeMap::new();
        for (place, member) in members.iter().enumerate() {
            by_tenant.entry(member.batch.tenant().clone()).or_default().push(place);
        }
        let judged = judge(connection, members, by_tenant).await;
        let (script, answers) = match judged {
            Ok(judged) => judged,
            // Somebody else holds the file. As a rule it was not even begun, and there is nothing to roll back.
            Err(fault) if fault.kind() == StoreErrorKind::Busy => {
                let _ = self.connection().await?.execute("ROLLBACK").await;
                return Err(fault);
            }
            Err(fault) => {
                self.roll_back().await;
                return Err(fault);
            }
        };
        if script.is_empty() {
            self.roll_back().await;
            return Ok(answers);
        }
        for member in &mut *members {
            member.reply.stage = Stage::Sent;
        }
        let committed = match self.connection().await {
            Ok(connection) => script.run(connection, "COMMIT").await,
            Err(fault) => Err(fault),
        };
        match committed {
            Ok(()) => {
                self.announce(members);
                Ok(answers)
            }
            Err(fault) => {
                let fault = self.settle(fault).await;
                if fault.kind() == StoreErrorKind::Unknown {
                    self.announce(members);
                } else {
                    for member in members {
                        member.reply.stage = Stage::Waiting;
                    }
                }
                Err(fault)
            }
        }
    }

    /// Wakes those who watch the journals that may have something new.
    fn announce(&self, members: &[Waiting]) {
        let telling = members.iter().map(|member| &member.batch).filter(|batch| !batch.happenings().is_empty());
        for tenant in telling.map(Batch::tenant).collect::<BTreeSet<_>>() {
            self.bell.ring(tenant);
        }
    }

    /// What a fault after the commit was sent means.
    ///
    /// If the engine can still roll back, nothing was committed. If it has no transaction any more, it rolled back by
    /// itself, as it does when the disk is full; but when the file system failed while the log was written, what lies
    /// on the disk may yet be found whole after a crash.
    async fn settle(&mut self, fault: Fault) -> Fault {
        let rolled_back = self.roll_back().await;
        if rolled_back || fault.undoes_a_commit() { fault } else { Fault::unknown() }
    }

    /// Rolls back. A connection of which that is not certain is closed, to be opened anew.
    async fn roll_back(&mut self) -> bool {
        let Some(mut connection) = self.connection.take() else { return false };
        if connection.execute("ROLLBACK").await.is_ok() {
            self.connection = Some(connection);
            return true;
        }
        // Its transaction, should there be one, ends with it.
        let _ = connection.close().await;
        false
    }
}

async fn judge(
    connection: &mut SqliteConnection,
    members: &[Waiting],
    by_tenant: BTreeMap<Tenant, Vec<usize>>,
) -> Result<(Script, Answers), Fault> {
    let mut script = Script::default();
    let mut answers: BTreeMap<usize, Result<Receipt, StoreError>> = BTreeMap::new();
    let mut before = "BEGIN IMMEDIATE; ";
    for (tenant, places) in by_tenant {
        let batches: Vec<_> = places.iter().filter_map(|place| members.get(*place)).map(|it| &it.batch).collect();
        let mut needs = needs(batches.iter().copied());
        let parents = needs.take_parents();
        let fetch = Fetch::of(&tenant, &needs.keys).with_parents(parents).with_head().about(needs.subject);
        let Found { keys, parents, head, about } = fetch.run(connection, before).await?;
        before = "";
        let judge = Judge::new(tenant.clone(), head, needs.keys.into_iter().zip(keys), about);
        let mut judge = judge.with_parents(parents);
        for (place, batch) in places.iter().zip(&batches) {
            answers.insert(*place, judge.judge(batch));
        }
        script.add(&tenant, judge.into_effect());
    }
    Ok((script, answers.into_values().collect()))
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
