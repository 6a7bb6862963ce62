//! How a broken store keeps those who watch.

use std::future::{pending, poll_fn};
use std::sync::Mutex;
use std::task::{Poll, Waker};

use worktrail_core::store::{Bell, JournalRange, Limit, Position, Store, StoreError, Tenant};

use crate::store::{Broken, Fault, held, pause};

/// What a store with a fault in its watching needs.
#[derive(Debug, Default)]
pub(crate) struct Watching {
    pub(crate) bell: Bell,
    /// Wakers that nobody gives up again.
    left: Mutex<Vec<Waker>>,
    /// The last who waits, where there is room for one only.
    last: Mutex<Option<Waker>>,
}

impl Watching {
    /// What the store rings after a commit.
    pub(crate) fn ring(&self, tenant: &Tenant) {
        self.bell.ring(tenant);
        if let Some(waker) = held(&self.last).take() {
            waker.wake();
        }
    }
}

impl Broken {
    async fn head(&self, tenant: &Tenant) -> Result<Position, StoreError> {
        Ok(self.inner.journal(tenant, JournalRange::Everything, Position::START, Limit::new(1)).await?.head)
    }

    /// Watches in the manner of the fault.
    pub(crate) async fn watch_badly(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        let watching = &self.watching;
        match self.fault {
            Fault::WatcherNeverWoken => match self.head(tenant).await? {
                head if head > after => Ok(head),
                _ => pending().await,
            },
            Fault::WatcherLooksTooEarly => loop {
                let head = self.head(tenant).await?;
                if head > after {
                    return Ok(head);
                }
                pause().await;
                watching.bell.rung(tenant, watching.bell.strokes()).await;
            },
            Fault::WatcherWokenByAnything => {
                let (strokes, head) = (watching.bell.strokes(), self.head(tenant).await?);
                if head <= after {
                    watching.bell.rung(tenant, strokes).await;
                }
                self.head(tenant).await
            }
            Fault::WatcherLeavesItsWaker => {
                let mut waiting = self.inner.watch(tenant, after);
                poll_fn(|context| {
                    let answer = waiting.as_mut().poll(context);
                    if answer.is_pending() {
                        held(&watching.left).push(context.waker().clone());
                    }
                    answer
                })
                .await
            }
            Fault::OneWatcherOnly => loop {
                let head = self.head(tenant).await?;
                if head > after {
                    return Ok(head);
                }
                let mut waited = false;
                poll_fn(|context| {
                    if std::mem::replace(&mut waited, true) {
                        return Poll::Ready(());
                    }
                    *held(&watching.last) = Some(context.waker().clone());
                    Poll::Pending
                })
                .await;
            },
            Fault::WatcherToldOfOneOnly => Ok(self.inner.watch(tenant, after).await.map(|_| after.next())?),
            _ => self.inner.watch(tenant, after).await,
        }
    }
}
