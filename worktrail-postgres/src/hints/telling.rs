//! Sending hints.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _};
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use worktrail_core::store::Tenant;

use super::{Hints, channel};
use crate::connect::disconnect;
use crate::options::PostgresOptions;

/// After a hint was sent, what comes within this time goes together in the next one.
const BETWEEN: Duration = Duration::from_millis(20);

/// Tells other processes of news, one hint after the other, on a connection of its own: nothing waits for it, and a hint
/// that cannot be sent is given up.
#[derive(Debug)]
pub(crate) struct Telling {
    options: PostgresOptions,
    runtime: Handle,
    state: Mutex<State>,
    closing: Notify,
}

#[derive(Debug, Default)]
struct State {
    /// Those whose news were not told yet.
    news: BTreeSet<Tenant>,
    /// Sends them, while there are any.
    task: Option<JoinHandle<()>>,
    /// Kept for the next hint.
    connection: Option<PgConnection>,
}

impl Telling {
    pub(crate) fn new(options: &PostgresOptions, runtime: Handle) -> Arc<Self> {
        Arc::new(Self { options: options.clone(), runtime, state: Mutex::default(), closing: Notify::new() })
    }

    /// Lets other processes know, soon, that a journal may have something new.
    pub(crate) fn tell(self: &Arc<Self>, tenant: &Tenant) {
        if self.options.hints() == Hints::Unused {
            return;
        }
        let mut state = self.state();
        state.news.insert(tenant.clone());
        if state.task.is_none() {
            state.task = Some(self.runtime.spawn(Arc::clone(self).work_off()));
        }
    }

    async fn work_off(self: Arc<Self>) {
        loop {
            let news = {
                let mut state = self.state();
                if state.news.is_empty() {
                    state.task = None;
                    return;
                }
                std::mem::take(&mut state.news)
            };
            let _ = timeout(self.options.waits(), self.send(&self.text(&news))).await;
            let _ = timeout(BETWEEN, self.closing.notified()).await;
        }
    }

    /// A transaction of its own. It does not wait for the disk: while it ends, no other notification of the whole server
    /// can be sent.
    fn text(&self, news: &BTreeSet<Tenant>) -> String {
        let channel = channel(self.options.home());
        let mut text = format!(
            "BEGIN; SET LOCAL synchronous_commit = off; SET LOCAL lock_timeout = {}; ",
            self.options.waits().as_millis()
        );
        for tenant in news {
            let _ = write!(text, "NOTIFY \"{channel}\", '{tenant}'; ");
        }
        text.push_str("COMMIT");
        text
    }

    async fn send(&self, text: &str) {
        let kept = self.state().connection.take();
        if let Some(connection) = kept
            && self.send_on(connection, text).await
        {
            return;
        }
        // There was none, or it had died while nobody used it.
        if let Ok(connection) = self.options.connecting().connect().await {
            self.send_on(connection, text).await;
        }
    }

    /// Whether it was sent; then the connection is kept.
    async fn send_on(&self, mut connection: PgConnection, text: &str) -> bool {
        let sent = connection.execute(AssertSqlSafe(text.to_owned())).await.is_ok();
        if sent {
            self.state().connection = Some(connection);
        }
        sent
    }

    /// Sends what is not sent yet, and ends the connection.
    pub(crate) async fn close(&self) {
        self.closing.notify_one();
        let task = self.state().task.take();
        if let Some(task) = task {
            // Gone with its runtime, it has nothing left to send.
            let _ = task.await;
        }
        let connection = self.state().connection.take();
        if let Some(connection) = connection {
            let _ = timeout(self.options.waits(), disconnect(connection)).await;
        }
    }

    /// The state is whole at every moment, whoever panicked while holding it.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
