//! Reading: each a single statement, run to its end whoever waits for it.

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Executor as _};
use tokio::time::timeout;
use worktrail_core::store::{
    Grouping, IndexRange, JournalPage, JournalRange, Key, Limit, PageRequest, Place, Position, StoredPage, Tally,
    Tenant,
};

use crate::connect::opening;
use crate::connections::{Connections, Used};
use crate::error::Fault;
use crate::fetch::{Fetch, Found};
use crate::home::{Home, Sending};
use crate::options::PostgresOptions;
use crate::{journal, walk};

/// Something to read, as often as needed.
pub(crate) trait Reading: Send + Sync {
    /// What it gives.
    type Answer: Send;

    fn read(
        &self,
        home: &Home,
        connection: &mut PgConnection,
    ) -> impl Future<Output = Result<Self::Answer, Fault>> + Send;
}

/// Reads on one of the connections. Where a connection had died since it was last used, a new one is made.
pub(crate) async fn read<R: Reading>(
    options: &PostgresOptions,
    connections: &Connections,
    reading: &R,
) -> Result<R::Answer, Fault> {
    let mut lease = connections.lease().await?;
    let mut outcome = once(options, &mut lease, reading).await;
    if lease.used != Used::Never && outcome.as_ref().is_err_and(Fault::is_lost) {
        drop(lease);
        lease = connections.lease_anew().await?;
        outcome = once(options, &mut lease, reading).await;
    }
    // Behind a pooler a reading that failed has left its transaction open.
    let is_clean = match &outcome {
        Ok(_) => true,
        Err(fault) => !fault.is_lost() && options.home().sending == Sending::Prepared,
    };
    if is_clean {
        lease.give_back();
    }
    outcome
}

async fn once<R: Reading>(
    options: &PostgresOptions,
    connection: &mut PgConnection,
    reading: &R,
) -> Result<R::Answer, Fault> {
    let home = options.home();
    let work = async {
        if home.sending == Sending::Prepared {
            return reading.read(home, connection).await;
        }
        connection.execute(AssertSqlSafe(opening(options))).await?;
        let answer = reading.read(home, connection).await?;
        connection.execute("COMMIT").await?;
        Ok(answer)
    };
    timeout(options.deadline(), work).await.unwrap_or_else(|_| Err(Fault::silent()))
}

/// Keys to look up.
#[derive(Debug)]
pub(crate) struct Load {
    pub(crate) tenant: Tenant,
    pub(crate) keys: Vec<Key>,
    pub(crate) head: WithHead,
}

/// Whether a look-up says at which head it found what it found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WithHead {
    Yes,
    No,
}

impl Reading for Load {
    type Answer = Found;

    async fn read(&self, home: &Home, connection: &mut PgConnection) -> Result<Found, Fault> {
        let fetch = Fetch::of(&self.tenant, &self.keys);
        let fetch = if self.head == WithHead::Yes { fetch.with_place_of_head() } else { fetch };
        fetch.run(home, connection).await
    }
}

/// A page of a range.
#[derive(Debug)]
pub(crate) struct Scan {
    pub(crate) tenant: Tenant,
    pub(crate) range: IndexRange,
    pub(crate) page: PageRequest,
    pub(crate) after: Option<Place>,
}

impl Reading for Scan {
    type Answer = StoredPage;

    async fn read(&self, home: &Home, connection: &mut PgConnection) -> Result<StoredPage, Fault> {
        walk::scan(home, connection, &self.tenant, &self.range, &self.page, self.after.as_ref()).await
    }
}

/// How many records a range has.
#[derive(Debug)]
pub(crate) struct Count {
    pub(crate) tenant: Tenant,
    pub(crate) range: IndexRange,
    pub(crate) by: Grouping,
}

impl Reading for Count {
    type Answer = Vec<Tally>;

    async fn read(&self, home: &Home, connection: &mut PgConnection) -> Result<Vec<Tally>, Fault> {
        walk::count(home, connection, &self.tenant, &self.range, self.by).await
    }
}

/// A page of the journal.
#[derive(Debug)]
pub(crate) struct Journal {
    pub(crate) tenant: Tenant,
    pub(crate) range: JournalRange,
    pub(crate) after: Position,
    pub(crate) limit: Limit,
}

impl Reading for Journal {
    type Answer = JournalPage;

    async fn read(&self, home: &Home, connection: &mut PgConnection) -> Result<JournalPage, Fault> {
        journal::journal(home, connection, &self.tenant, self.range, self.after, self.limit).await
    }
}

/// Where a journal is.
#[derive(Debug)]
pub(crate) struct HeadOf(pub(crate) Tenant);

impl Reading for HeadOf {
    type Answer = Position;

    async fn read(&self, home: &Home, connection: &mut PgConnection) -> Result<Position, Fault> {
        journal::head(home, connection, &self.0).await
    }
}
