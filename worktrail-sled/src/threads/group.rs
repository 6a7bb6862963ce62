//! Committing a group of batches.

use std::collections::BTreeMap;

use worktrail_core::store::judge::{Judge, needs};
use worktrail_core::store::{Bell, Receipt, Replay, StoreError, Tenant};

use super::Waiting;
use crate::engine::{Changes, Engine};
use crate::error::Fault;
use crate::fetch::{Picture, picture};
use crate::save::save;

type Answers = Vec<Result<Receipt, StoreError>>;

/// Commits batches of one group, and answers them.
pub(super) fn commit(engine: &Engine, bell: &Bell, members: Vec<Waiting>) {
    match attempt(engine, &members) {
        Ok(answers) => {
            for (member, answer) in members.into_iter().zip(answers) {
                let news = |receipt: &Receipt| receipt.entries().is_some() && receipt.replay() == Replay::First;
                if answer.as_ref().is_ok_and(news) {
                    bell.ring(member.batch.tenant());
                }
                member.answer(answer);
            }
        }
        Err(_) if members.len() > 1 && !engine.is_broken() => {
            // One of them met damage in a record: the others shall not suffer for it.
            for member in members {
                commit(engine, bell, vec![member]);
            }
        }
        Err(fault) => {
            for member in members {
                member.answer(Err(fault.clone().into()));
            }
        }
    }
}

/// One set of changes, one flush, one fsync. An error means that nothing was done, unless it is `Unknown`.
fn attempt(engine: &Engine, members: &[Waiting]) -> Result<Answers, Fault> {
    let mut by_tenant: BTreeMap<&Tenant, Vec<usize>> = BTreeMap::new();
    for (place, member) in members.iter().enumerate() {
        by_tenant.entry(member.batch.tenant()).or_default().push(place);
    }
    let mut answers = BTreeMap::new();
    let mut changes = Changes::default();
    for (tenant, places) in by_tenant {
        let batches: Vec<_> = places.iter().filter_map(|place| members.get(*place)).map(|it| &it.batch).collect();
        let Picture { head, keys, about, before } = picture(engine, tenant, needs(batches.iter().copied()))?;
        let mut judge = Judge::new(tenant.clone(), head, keys, about);
        for (place, batch) in places.into_iter().zip(batches) {
            answers.insert(place, judge.judge(batch));
        }
        save(engine, tenant, judge.into_effect(), &before, &mut changes)?;
    }
    if !changes.is_empty() {
        engine.commit(changes)?;
    }
    Ok(answers.into_values().collect())
}
