//! Listening to hints, while somebody watches.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::Executor as _;
use sqlx::postgres::{PgListener, PgPool, PgPoolOptions};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout, timeout_at};
use worktrail_core::store::{Bell, Tenant};

use super::{Hints, channel};
use crate::home::Sending;
use crate::options::PostgresOptions;
use crate::pauses::Pauses;

/// So often is looked whether anybody watches still.
const CHECK: Duration = Duration::from_secs(30);
/// Between two attempts to listen: at first, and at most.
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Rings the store's bell for hints, on a connection that is there while somebody watches and a little longer.
#[derive(Debug)]
pub(crate) struct Hearing {
    ear: Arc<Ear>,
    runtime: Handle,
    task: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Debug)]
struct Ear {
    options: PostgresOptions,
    bell: Arc<Bell>,
    /// How often is looked whether anybody watches still, and whether the connection lives.
    check: Duration,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    phase: Phase,
    /// How many watch.
    watchers: usize,
    /// How many began to since the last check.
    came: usize,
    /// The driver listens by way of a pool only; this one has a single connection.
    pool: Option<PgPool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Phase {
    /// Nobody watches.
    #[default]
    Idle,
    /// Somebody watches, and no hint would be heard.
    Deaf,
    /// Hints are heard.
    Listening,
    /// The store was closed.
    Closed,
}

/// Somebody who watches, for as long as it is held.
#[derive(Debug)]
pub(crate) struct Watching<'h>(&'h Ear);

impl Hearing {
    pub(crate) fn new(options: &PostgresOptions, runtime: Handle, bell: Arc<Bell>) -> Self {
        Self::checking(options, runtime, bell, CHECK)
    }

    fn checking(options: &PostgresOptions, runtime: Handle, bell: Arc<Bell>, check: Duration) -> Self {
        let ear = Ear { options: options.clone(), bell, check, state: Mutex::default() };
        Self { ear: Arc::new(ear), runtime, task: Mutex::default() }
    }

    /// Begins to listen, if nobody did.
    pub(crate) fn watching(&self) -> Watching<'_> {
        let options = &self.ear.options;
        let mut state = self.ear.state();
        state.watchers += 1;
        state.came += 1;
        // A pooler would lend the connection that listens to somebody else.
        let may_listen = options.hints() == Hints::Used && options.home().sending == Sending::Prepared;
        if may_listen && state.phase == Phase::Idle {
            state.phase = Phase::Deaf;
            *self.task() = Some(self.runtime.spawn(Arc::clone(&self.ear).listen()));
        }
        Watching(&self.ear)
    }

    /// How long somebody who watches waits before they look without a hint.
    pub(crate) fn looks_every(&self) -> Duration {
        match self.ear.state().phase {
            Phase::Listening => self.ear.options.looks_every_while_listening(),
            Phase::Idle | Phase::Deaf | Phase::Closed => self.ear.options.looks_every(),
        }
    }

    /// Stops listening, and ends the connection.
    pub(crate) async fn close(&self) {
        self.ear.state().phase = Phase::Closed;
        let task = self.task().take();
        if let Some(task) = task {
            task.abort();
            let _ = task.await;
        }
        let pool = self.ear.state().pool.take();
        if let Some(pool) = pool {
            let _ = timeout(self.ear.options.waits(), pool.close()).await;
        }
    }

    fn task(&self) -> MutexGuard<'_, Option<JoinHandle<()>>> {
        self.task.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A store that was dropped listens no longer.
impl Drop for Hearing {
    fn drop(&mut self) {
        if let Some(task) = self.task().take() {
            task.abort();
        }
    }
}

impl Drop for Watching<'_> {
    fn drop(&mut self) {
        self.0.state().watchers -= 1;
    }
}

impl Ear {
    /// Listens until nobody watches any more, on one connection after the other.
    async fn listen(self: Arc<Self>) {
        let pauses = || Pauses::new(FIRST_PAUSE, LONGEST_PAUSE);
        let mut before_next = pauses();
        loop {
            let pool = self.pool();
            self.state().pool = Some(pool.clone());
            let outcome = match self.begin(&pool).await {
                Ok(mut listener) => {
                    before_next = pauses();
                    self.turn(Phase::Listening);
                    let outcome = self.hear(&mut listener).await;
                    // First, so that the listener's connection ends when it is let go of.
                    let closing = pool.close();
                    drop(listener);
                    let _ = timeout(self.options.waits(), closing).await;
                    outcome
                }
                Err(_) => Heard::Nothing,
            };
            if outcome == Heard::Enough {
                return;
            }
            self.turn(Phase::Deaf);
            sleep(before_next.next()).await;
            if self.is_over() {
                return;
            }
        }
    }

    fn pool(&self) -> PgPool {
        let options = PgPoolOptions::new().max_connections(1).acquire_timeout(self.options.waits());
        // What would end connections now and then, or be logged, is switched off.
        let options = options.max_lifetime(None).idle_timeout(None).acquire_slow_threshold(Duration::MAX);
        options.connect_lazy_with(self.options.connecting())
    }

    async fn begin(&self, pool: &PgPool) -> Result<PgListener, sqlx::Error> {
        let listening = async {
            let mut listener = PgListener::connect_with(pool).await?;
            listener.eager_reconnect(false);
            listener.listen(&channel(self.options.home())).await?;
            Ok(listener)
        };
        timeout(self.options.waits(), listening).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))
    }

    /// Rings for what is heard, until the connection is lost or nobody watches.
    async fn hear(&self, listener: &mut PgListener) -> Heard {
        let mut check = Instant::now() + self.check;
        loop {
            match timeout_at(check, listener.try_recv()).await {
                Ok(Ok(Some(hint))) => match Tenant::parse(hint.payload()) {
                    Ok(tenant) => self.bell.ring(&tenant),
                    // Somebody else's words on our channel.
                    Err(_) => self.bell.ring_all(),
                },
                Ok(Ok(None) | Err(_)) => return Heard::Nothing,
                Err(_) if self.is_over() => return Heard::Enough,
                Err(_) => {
                    // A server that went silently would never be missed.
                    let alive = timeout(self.options.waits(), listener.execute("SELECT 1")).await;
                    if !matches!(alive, Ok(Ok(_))) {
                        return Heard::Nothing;
                    }
                    check = Instant::now() + self.check;
                }
            }
        }
    }

    /// Those who wait look once more: before it was listened, news may have come; and afterwards they look oftener.
    fn turn(&self, phase: Phase) {
        {
            let mut state = self.state();
            if state.phase != Phase::Closed {
                state.phase = phase;
            }
        }
        self.bell.ring_all();
    }

    /// Whether nobody watches, nor has since this was last asked. Then whoever comes next begins anew.
    fn is_over(&self) -> bool {
        let mut state = self.state();
        let over = state.watchers == 0 && std::mem::take(&mut state.came) == 0;
        if over && state.phase != Phase::Closed {
            state.phase = Phase::Idle;
        }
        over
    }

    /// The state is whole at every moment, whoever panicked while holding it.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why listening on a connection came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heard {
    /// The connection is lost.
    Nothing,
    /// Nobody watches any more.
    Enough,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{fresh_schema, options};

    /// So often is looked here.
    const CHECK: Duration = Duration::from_millis(20);

    async fn until(hearing: &Hearing, is_so: impl Fn(&State) -> bool + Send + Sync) {
        let looking = async {
            while !is_so(&hearing.ear.state()) {
                sleep(Duration::from_millis(1)).await;
            }
        };
        timeout(Duration::from_mins(1), looking).await.expect("it never came to be so");
    }

    #[tokio::test]
    async fn it_listens_while_somebody_watches_and_begins_anew_for_the_next() {
        let (options, bell) = (options(&fresh_schema()), Arc::new(Bell::new()));
        let hearing = Hearing::checking(&options, Handle::current(), bell, CHECK);
        for _ in 0..2 {
            let watching = hearing.watching();
            until(&hearing, |state| state.phase == Phase::Listening).await;
            let connection = hearing.ear.state().pool.clone().expect("a connection");
            // It is looked a few times, and somebody watches still.
            sleep(CHECK * 5).await;
            assert_eq!(hearing.ear.state().phase, Phase::Listening);
            assert!(!connection.is_closed());
            drop(watching);
            until(&hearing, |state| state.phase == Phase::Idle).await;
            until(&hearing, |_| connection.is_closed()).await;
        }
        hearing.close().await;
        drop(hearing.watching());
        assert_eq!(hearing.ear.state().phase, Phase::Closed, "a store that was closed listens no more");
    }
}
