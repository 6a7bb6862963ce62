//! Looking keys up together: whoever would wait for others shares a statement with all who do.
//!
//! A lone caller reads at once. While [`AT_ONCE`] loads are under way, those who come wait; when one of the loads ends,
//! the first who waits reads for all of them in one statement. It is done in that caller's future, and when that goes
//! away in the middle, the next one's.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;
use worktrail_core::store::{Key, Stored, Tenant};

use crate::error::Fault;
use crate::fetch::Fetch;
use crate::readers::Readers;

/// How many statements that look keys up are under way at most: few, so that those who come meanwhile share the next.
const AT_ONCE: usize = 2;
/// From how many keys on no more callers are taken into one statement.
const KEYS: usize = 512;

type Answer = Result<Vec<Option<Stored>>, Fault>;

/// The loads of a store.
#[derive(Debug, Clone)]
pub(crate) struct Loads {
    readers: Readers,
    queue: Arc<Mutex<Queue>>,
}

#[derive(Debug, Default)]
struct Queue {
    waiting: VecDeque<Load>,
    under_way: usize,
}

/// What somebody waits for.
#[derive(Debug)]
struct Load {
    tenant: Tenant,
    keys: Vec<Key>,
    caller: oneshot::Sender<Word>,
}

/// What somebody who waits is told.
#[derive(Debug)]
enum Word {
    Answer(Answer),
    /// That it is their turn to read, for themselves and all others.
    Read(Turn),
}

/// One of the loads under way, with those whom it reads for. When it ends, or its caller goes away, the next one who
/// waits gets it; those who have no answer yet wait again.
#[derive(Debug)]
struct Turn {
    loads: Loads,
    others: Vec<Load>,
}

impl Loads {
    pub(crate) fn new(readers: Readers) -> Self {
        Self { readers, queue: Arc::default() }
    }

    /// Looks keys up, as of one moment.
    pub(crate) async fn load(&self, tenant: &Tenant, keys: &[Key]) -> Answer {
        let turn = match self.turn(tenant, keys) {
            Ok(turn) => turn,
            Err(word) => match word.await {
                Ok(Word::Read(turn)) => turn,
                Ok(Word::Answer(answer)) => return answer,
                Err(_) => return Err(Fault::closed()),
            },
        };
        turn.read(tenant, keys).await
    }

    /// A turn at once, or the way to be told.
    fn turn(&self, tenant: &Tenant, keys: &[Key]) -> Result<Turn, oneshot::Receiver<Word>> {
        let mut queue = self.queue();
        if queue.under_way < AT_ONCE {
            queue.under_way += 1;
            return Ok(Turn { loads: self.clone(), others: Vec::new() });
        }
        let (caller, word) = oneshot::channel();
        queue.waiting.push_back(Load { tenant: tenant.clone(), keys: keys.to_vec(), caller });
        Err(word)
    }

    async fn fetch(&self, tenant: Tenant, keys: Vec<Key>) -> Answer {
        let reading = self.readers.read(move |connection| {
            Box::pin(async move { Ok(Fetch::of(&tenant, &keys).run(connection, "").await?.keys) })
        });
        reading.await
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// Reads for oneself and for all who wait for the same tenant.
    async fn read(mut self, tenant: &Tenant, keys: &[Key]) -> Answer {
        self.others = self.loads.queue().take(tenant, keys.len());
        let others = self.others.iter().flat_map(|load| &load.keys);
        let all = keys.iter().chain(others).cloned().collect();
        match self.loads.fetch(tenant.clone(), all).await {
            Ok(mut found) => {
                let mut rest = found.split_off(keys.len().min(found.len())).into_iter();
                for load in std::mem::take(&mut self.others) {
                    let answer = rest.by_ref().take(load.keys.len()).collect();
                    load.answer(Ok(answer));
                }
                Ok(found)
            }
            Err(fault) if !self.others.is_empty() && fault.is_about_one() => {
                // One of them met damage: the others shall not suffer for it.
                while let Some(Load { keys, .. }) = self.others.last() {
                    let answer = self.loads.fetch(tenant.clone(), keys.clone()).await;
                    if let Some(load) = self.others.pop() {
                        load.answer(answer);
                    }
                }
                self.loads.fetch(tenant.clone(), keys.to_vec()).await
            }
            Err(fault) => {
                for load in std::mem::take(&mut self.others) {
                    load.answer(Err(fault.clone()));
                }
                Err(fault)
            }
        }
    }
}

impl Queue {
    /// Takes those who wait for a tenant, up to the bound on keys.
    fn take(&mut self, tenant: &Tenant, mut keys: usize) -> Vec<Load> {
        let (taken, left) = std::mem::take(&mut self.waiting).into_iter().partition(|load: &Load| {
            let fits = load.tenant == *tenant && keys + load.keys.len() <= KEYS;
            keys += if fits { load.keys.len() } else { 0 };
            fits
        });
        self.waiting = left;
        Vec::from(taken)
    }
}

impl Load {
    fn answer(self, answer: Answer) {
        // A caller that went away wants no answer.
        let _ = self.caller.send(Word::Answer(answer));
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut queue = self.loads.queue();
        for load in std::mem::take(&mut self.others) {
            queue.waiting.push_front(load);
        }
        while queue.waiting.front().is_some_and(|load| load.caller.is_closed()) {
            queue.waiting.pop_front();
        }
        let next = queue.waiting.pop_front();
        if next.is_none() {
            queue.under_way -= 1;
        }
        drop(queue);
        if let Some(load) = next {
            // Whoever goes away unheard drops the turn, and so passes it on.
            let _ = load.caller.send(Word::Read(Self { loads: self.loads.clone(), others: Vec::new() }));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::pin::pin;
    use std::task::Poll;
    use std::time::Duration;

    use tempfile::TempDir;
    use uuid::Uuid;
    use worktrail_core::store::CommandId;

    use super::*;
    use crate::SqliteOptions;

    async fn loads() -> (TempDir, Loads) {
        let directory = tempfile::tempdir().unwrap();
        let options = SqliteOptions::file(directory.path().join("store.db")).readers(2);
        crate::migrate(&options).await.unwrap();
        (directory, Loads::new(Readers::new(&options)))
    }

    fn keys(many: u128) -> Vec<Key> {
        (0..many).map(|number| Key::Stamp(CommandId::new(Uuid::from_u128(number)))).collect()
    }

    #[tokio::test]
    async fn whoever_waits_gets_an_answer_although_those_who_read_go_away() {
        let (_directory, loads) = loads().await;
        let (one, other) = (Tenant::default(), Tenant::parse("other").unwrap());
        for polls in 0..12 {
            let (three, four, five) = (keys(3), keys(4), keys(5));
            // Given two who have the turns to read, and others who came after them.
            let turns = [loads.turn(&one, &three).unwrap(), loads.turn(&one, &three).unwrap()];
            let mut waiting = Box::pin(loads.load(&one, &four));
            let (mut same, mut another) = (pin!(loads.load(&one, &five)), pin!(loads.load(&other, &five)));
            poll_fn(|context| {
                assert!(waiting.as_mut().poll(context).is_pending());
                assert!(same.as_mut().poll(context).is_pending() && another.as_mut().poll(context).is_pending());
                Poll::Ready(())
            })
            .await;
            // When the two get so far, and go away, as far as they have no answer yet.
            let mut reading = turns.map(|turn| Some(Box::pin(turn.read(&one, &three))));
            let mut done = 0;
            poll_fn(|context| {
                for one in &mut reading {
                    if one.as_mut().is_some_and(|one| one.as_mut().poll(context).is_ready()) {
                        *one = None;
                    }
                }
                done += 1;
                context.waker().wake_by_ref();
                if done > polls { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
            drop(reading);
            // Then whoever waits, and does not go away too, is answered.
            if polls % 2 == 0 {
                drop(waiting);
            } else {
                assert_eq!(waiting.await.unwrap(), [None, None, None, None]);
            }
            let in_time = Duration::from_secs(20);
            assert_eq!(tokio::time::timeout(in_time, same).await.unwrap().unwrap().len(), 5);
            assert_eq!(tokio::time::timeout(in_time, another).await.unwrap().unwrap().len(), 5);
            let queue = loads.queue();
            assert_eq!((queue.under_way, queue.waiting.len()), (0, 0));
        }
    }

    #[tokio::test]
    async fn those_who_come_meanwhile_share_a_statement_up_to_a_bound() {
        let mut queue = Queue::default();
        let (one, other) = (Tenant::default(), Tenant::parse("other").unwrap());
        for (tenant, many) in [(&one, 500), (&other, 1), (&one, 12), (&one, 1)] {
            queue.waiting.push_back(Load { tenant: tenant.clone(), keys: keys(many), caller: oneshot::channel().0 });
        }
        let taken: Vec<_> = queue.take(&one, 0).iter().map(|load| load.keys.len()).collect();
        assert_eq!(taken, [500, 12]);
        assert_eq!(queue.waiting.len(), 2);
    }
}
