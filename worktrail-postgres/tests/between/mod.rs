//! Between a store and the server: counts what the store waits for, and lets something happen before one of its trips.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use sqlx::postgres::PgConnectOptions;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot::{Receiver, Sender, channel};
use worktrail_postgres::{PostgresOptions, PostgresStore, migrate};

use crate::common::{fresh_schema, options, others};

/// Passes messages on, and counts.
pub(crate) struct Between {
    port: u16,
    road: Arc<Road>,
}

#[derive(Default)]
struct Road {
    trips: AtomicUsize,
    hints: AtomicUsize,
    barrier: Mutex<Option<Barrier>>,
}

/// Closed before a trip, until somebody opens it.
struct Barrier {
    before: usize,
    reached: Sender<()>,
    open: Receiver<()>,
}

impl Between {
    /// A store of a schema of its own, with one connection that writes and one that reads.
    pub(crate) async fn opened(with: fn(PostgresOptions) -> PostgresOptions) -> (String, Self, PostgresStore) {
        let (schema, between) = (fresh_schema(), Self::open().await);
        migrate(&options(&schema)).await.unwrap();
        let connect: PgConnectOptions = others().port(between.port).options([("search_path", "public")]);
        let options = PostgresOptions::from(connect).schema(&schema).connections(1, 1);
        let store = PostgresStore::connect(with(options)).await.unwrap();
        (schema, between, store)
    }

    async fn open() -> Self {
        let (listener, road) = (TcpListener::bind(("127.0.0.1", 0)).await.unwrap(), Arc::<Road>::default());
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::clone(&road);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect((others().get_host(), others().get_port())).await.unwrap();
                let (from_client, mut to_client) = client.into_split();
                let (mut from_server, to_server) = server.into_split();
                let road = Arc::clone(&taken);
                tokio::spawn(async move { road.carry(from_client, to_server).await });
                tokio::spawn(async move { tokio::io::copy(&mut from_server, &mut to_client).await });
            }
        });
        Self { port, road }
    }

    /// How often the server was waited for since this was last asked.
    pub(crate) fn trips(&self) -> usize {
        self.road.trips.swap(0, Ordering::SeqCst)
    }

    /// How many hints were sent to other processes, in trips of their own that no call waits for.
    pub(crate) fn hints(&self) -> usize {
        self.road.hints.load(Ordering::SeqCst)
    }

    /// Does something when the store is about to make its n-th trip from now on, and then lets it.
    pub(crate) fn before_trip<F: Future>(
        &self,
        number: usize,
        act: impl FnOnce() -> F,
    ) -> impl Future<Output = F::Output> {
        let ((reached, arrival), (opening, open)) = (channel(), channel());
        let before = self.road.trips.load(Ordering::SeqCst) + number;
        *self.road.barrier.lock().unwrap() = Some(Barrier { before, reached, open });
        async move {
            arrival.await.unwrap();
            let output = act().await;
            opening.send(()).unwrap();
            output
        }
    }
}

impl Road {
    /// Messages that ask for an answer are `Sync` and `Query`, after the one that opens the connection.
    async fn carry(&self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf) -> std::io::Result<()> {
        let opening = body(&mut from).await?;
        pass(&mut to, &opening).await?;
        let mut begins = true;
        loop {
            let kind = from.read_u8().await?;
            let body = body(&mut from).await?;
            let is_hint = body.windows(6).any(|bytes| bytes == b"NOTIFY");
            if begins && !is_hint {
                // The engine works on a message when it comes, and does not wait for the last one of a trip.
                self.stop_before(self.trips.load(Ordering::SeqCst) + 1).await;
            }
            begins = [b'S', b'Q'].contains(&kind);
            if begins {
                if is_hint { &self.hints } else { &self.trips }.fetch_add(1, Ordering::SeqCst);
            }
            to.write_u8(kind).await?;
            pass(&mut to, &body).await?;
        }
    }

    async fn stop_before(&self, trip: usize) {
        let barrier = self.barrier.lock().unwrap().take_if(|barrier| barrier.before == trip);
        if let Some(Barrier { reached, open, .. }) = barrier {
            reached.send(()).unwrap();
            open.await.unwrap();
        }
    }
}

async fn body(from: &mut OwnedReadHalf) -> std::io::Result<Vec<u8>> {
    let length = from.read_i32().await?;
    let mut body = vec![0; usize::try_from(length).unwrap() - 4];
    from.read_exact(&mut body).await?;
    Ok(body)
}

async fn pass(to: &mut OwnedWriteHalf, body: &[u8]) -> std::io::Result<()> {
    to.write_i32(i32::try_from(body.len()).unwrap() + 4).await?;
    to.write_all(body).await
}
