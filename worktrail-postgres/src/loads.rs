//! Look-ups that wait together share a statement.
//!
//! While one that brings commands' stamps is under way for a tenant, or [`AT_ONCE`] of the others, those that come wait, and
//! go together in the next. The lone caller waits for nobody.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::oneshot;
use worktrail_core::store::{Key, StoreErrorKind, Stored, Tenant};

use crate::connections::Connections;
use crate::error::Fault;
use crate::fetch::Found;
use crate::home::Sending;
use crate::known::Known;
use crate::lanes::{Lane, Lanes};
use crate::options::PostgresOptions;
use crate::reading::{Load, WithHead, read};

/// The callers' side.
#[derive(Debug)]
pub(crate) struct Loads {
    with_stamps: Lanes<Waiting>,
    others: Lanes<Waiting>,
    loader: Arc<Loader>,
    runtime: Handle,
}

#[derive(Debug)]
struct Loader {
    options: PostgresOptions,
    readers: Connections,
    /// Learns what commands look up.
    known: Known,
}

type Answer = Result<Vec<Option<Stored>>, Fault>;

/// Keys with the way back to their caller.
#[derive(Debug)]
struct Waiting {
    keys: Vec<Key>,
    caller: oneshot::Sender<Answer>,
}

/// How many statements that look keys up for a tenant, without stamps, are under way at most: few, so that those who come
/// meanwhile share the next; and more than one, so that the server works on one while the answers of another are read,
/// which gives 64 callers two fifths more. Beside a command's first look-up it has commits to work on.
const AT_ONCE: usize = 2;

/// The most keys that are looked up together, unless a single caller asks for more.
const KEYS: usize = 4_096;

impl Loads {
    pub(crate) fn new(options: &PostgresOptions, readers: Connections, runtime: Handle, known: Known) -> Self {
        let loader = Arc::new(Loader { options: options.clone(), readers, known });
        Self { with_stamps: Lanes::new(1), others: Lanes::new(AT_ONCE), loader, runtime }
    }

    pub(crate) async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Answer {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let (caller, answer) = oneshot::channel();
        let has_stamp = keys.iter().any(|key| matches!(key, Key::Stamp(_)));
        let lanes = if has_stamp { &self.with_stamps } else { &self.others };
        if let Some(lane) = lanes.add(tenant, Waiting { keys: keys.to_vec(), caller }) {
            self.runtime.spawn(Arc::clone(&self.loader).work_off(lane));
        }
        answer.await.unwrap_or_else(|_| Err(gone()))
    }
}

/// What a caller is told whose task went with its runtime.
pub(crate) fn gone() -> Fault {
    Fault::new(StoreErrorKind::Unavailable, "the runtime that opened the store has ended")
}

impl Loader {
    async fn work_off(self: Arc<Self>, mut lane: Lane<Waiting>) {
        loop {
            let waiting = lane.take(those_that_fit);
            if waiting.is_empty() {
                return;
            }
            self.answer(lane.tenant(), waiting).await;
        }
    }

    async fn answer(&self, tenant: &Tenant, mut waiting: Vec<Waiting>) {
        // Whoever went away wants no answer.
        waiting.retain(|it| !it.caller.is_closed());
        if waiting.is_empty() {
            return;
        }
        let places: BTreeMap<Key, usize> = {
            let mut keys: Vec<&Key> = waiting.iter().flat_map(|it| &it.keys).collect();
            keys.sort_unstable();
            keys.dedup();
            keys.into_iter().cloned().zip(0..).collect()
        };
        let is_remembered = self.options.home().sending == Sending::Prepared && self.known.wants(tenant, &places);
        let head = if is_remembered { WithHead::Yes } else { WithHead::No };
        let era = self.known.era();
        let together = Load { tenant: tenant.clone(), keys: places.keys().cloned().collect(), head };
        match read(&self.options, &self.readers, &together).await {
            Ok(Found { keys: found, parents, head: at, .. }) => {
                if is_remembered {
                    self.known.learn(tenant, &at, era, places.keys().zip(&found), parents);
                }
                for Waiting { keys, caller } in waiting {
                    let answers = keys.iter().map(|key| places.get(key).and_then(|place| found.get(*place)?.clone()));
                    // A caller that went away wants no answer.
                    let _ = caller.send(Ok(answers.collect()));
                }
            }
            Err(fault) if waiting.len() > 1 && fault.is_about_one() => {
                // One of them met damage: the others shall not suffer for it.
                for Waiting { keys, caller } in waiting {
                    let alone = Load { tenant: tenant.clone(), keys, head: WithHead::No };
                    let answer = read(&self.options, &self.readers, &alone).await;
                    let _ = caller.send(answer.map(|found| found.keys));
                }
            }
            Err(fault) => {
                for Waiting { caller, .. } in waiting {
                    let _ = caller.send(Err(fault.clone()));
                }
            }
        }
    }
}

fn those_that_fit(waiting: &VecDeque<Waiting>) -> usize {
    let mut keys = 0;
    let fits = |load: &&Waiting| {
        keys += load.keys.len();
        keys <= KEYS
    };
    waiting.iter().take_while(fits).count()
}
