//! C11: the connection to the server is cut at the first message of a commit and at the one that writes, in each way; the
//! same command settles what came of it, and the store's connections go on.

use std::time::Duration;

use worktrail_core::store::{StoreError, StoreErrorKind};
use worktrail_postgres::{PostgresStore, migrate};

use crate::audit::audit;
use crate::candidate::{Candidate, Opening};
use crate::figures::Figures;
use crate::numbered::reply;
use crate::postgres::{Postgres, lead, options};
use crate::promises::{Failed, Promises, Said};
use crate::proxy::{Cut, Message, Proxy};
use crate::server::start;
use crate::setting::{Obstacle, Setting, run};
use crate::writer::commit;

/// Where a commit is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Its first message, whatever that is: what is looked up, if anything has to be.
    First,
    /// The message that writes. Nothing is known of the commit until its answer is there.
    Writing,
}

/// So many connections a store has; with every silent cut one is occupied, unless it is given up.
const CONNECTIONS: usize = 2;

/// Cuts loudly so often at each of two messages in each of three ways, and silently so often at each in each of two.
///
/// # Errors
/// What keeps the trials from being made.
pub fn network_cuts(setting: &Setting, loud: u64, silent: u64) -> Result<Figures, Obstacle> {
    let server = start()?;
    let proxy = Proxy::start(server.port())?;
    let directory = setting.directory()?;
    lead(directory.path(), &server.url())?;
    let port = |port: u16| format!(":{port}/");
    let through = server.url().replace(&port(server.port()), &port(proxy.port()));
    run(async {
        migrate(&options(directory.path(), &server.url())?).await?;
        // Few connections and little patience, so that a place that is not given up is missed at once.
        let options = options(directory.path(), &through)?;
        let options = options.connections(CONNECTIONS, 1).statement_timeout(Duration::from_millis(200));
        // What is sent beside a commit is not to be cut in its place.
        let options = options.without_hints();
        let store = PostgresStore::connect(options).await?;
        let mut cutting = Cutting { proxy: &proxy, store, promises: Promises::default(), figures: Figures::default() };
        let loudly = [Cut::Before, Cut::Within, Cut::After];
        let silently = [Cut::SilentBefore, Cut::SilentAfter];
        for (cuts, times) in [(&loudly[..], loud), (&silently, silent)] {
            for _ in 0..times {
                for cut in cuts {
                    for at in [At::First, At::Writing] {
                        cutting.one(at, *cut).await?;
                    }
                }
            }
        }
        let Cutting { mut promises, mut figures, store, .. } = cutting;
        store.close().await;
        let beside = Postgres::SYNCED.open(directory.path(), Opening::Existing).await?;
        let trials = figures.trials;
        figures.add(audit(&*beside, &mut promises).await?);
        figures.trials = trials;
        beside.close().await;
        Ok(figures)
    })
}

struct Cutting<'c> {
    proxy: &'c Proxy,
    store: PostgresStore,
    promises: Promises,
    figures: Figures,
}

impl Cutting<'_> {
    async fn one(&mut self, at: At, cut: Cut) -> Result<(), Obstacle> {
        // A connection that has done this before: no message but those of the commit.
        let warm = self.promises.next();
        self.send(warm).await?;
        let number = warm + 1;
        let message = match at {
            At::First => Message::Next,
            // Nothing but what is written tells of the reply.
            At::Writing => Message::With(reply(number)),
        };
        self.proxy.cut_at(message, cut);
        let outcome = self.send(number).await;
        self.figures.trials += 1;
        if !self.proxy.relent() {
            self.figures.fault(format!("{cut:?} at {at:?}: there was no such message"));
        }
        let kind = outcome.as_ref().err().map(StoreError::kind);
        // What was not written may be looked up anew, on another connection.
        let is_expected = kind == Some(StoreErrorKind::Unknown)
            || at == At::First && matches!(kind, None | Some(StoreErrorKind::Unavailable | StoreErrorKind::Busy));
        if !is_expected {
            self.figures.fault(format!("{cut:?} at {at:?}: {outcome:?}"));
        }
        Ok(())
    }

    async fn send(&mut self, number: u64) -> Result<(), StoreError> {
        self.promises.hear(Said::Sent(number));
        match commit(&self.store, number).await {
            Ok(receipt) => self.promises.hear(Said::Done(number, receipt.revision().number())),
            Err(error) => {
                self.promises.hear(Said::Failed(number, Failed::of(error.kind())));
                return Err(error);
            }
        }
        Ok(())
    }
}
