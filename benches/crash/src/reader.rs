//! C14: somebody else reads one state of the file for a long time, or always somebody does, while commits go on. SQLite
//! only: of the engines here it is the one whose log cannot be brought home past a reader.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};
use worktrail_core::store::StoreError;

use crate::candidate::{Candidate, Opened, Opening};
use crate::figures::Figures;
use crate::setting::{Obstacle, Setting, run};
use crate::sqlite::Sqlite;
use crate::writer::commit;

/// Where there is always somebody reading, the log stays below this: 32 MiB, and what comes until it is looked at.
const BOUND: u64 = 40 << 20;
/// Once nobody reads any more, it is brought below this within [`AFTERWARDS`] commits.
const SHORT: u64 = 17 << 20;
const AFTERWARDS: u64 = 100;

/// Commits so often beside readers who take turns, and again beside one who stays.
///
/// # Errors
/// What keeps the trials from being made.
pub fn long_readers(setting: &Setting, commits: u64) -> Result<Figures, Obstacle> {
    let mut figures = Figures::default();
    for staying in [Staying::InTurns, Staying::Throughout] {
        let directory = setting.directory()?;
        figures.add(run(beside(directory.path(), staying, commits))?);
    }
    Ok(figures)
}

/// How long the readers stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Staying {
    /// The next one comes before the last one goes.
    InTurns,
    /// One from before the first commit until after the last.
    Throughout,
}

impl fmt::Display for Staying {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InTurns => "each coming before the last one goes",
            Self::Throughout => "staying throughout",
        })
    }
}

async fn beside(home: &Path, staying: Staying, commits: u64) -> Result<Figures, Obstacle> {
    let mut figures = Figures { trials: 1, acknowledged: commits, ..Figures::default() };
    let store = Sqlite::FULL.open(home, Opening::Create).await?;
    commit(&*store, 0).await?;
    let over = Arc::new(AtomicBool::new(false));
    let reading = tokio::spawn(read(home.to_owned(), staying, Arc::clone(&over), reader(home).await?));
    let mut longest = 0;
    for number in 1..=commits {
        commit(&*store, number).await?;
        longest = longest.max(log(home));
    }
    over.store(true, Ordering::SeqCst);
    let readers = reading.await.map_err(|_| std::io::Error::other("a reader panicked"))??;
    let kilobytes = longest >> 10;
    figures.note(format!("{readers} readers, {staying}: the log grew to {kilobytes} KiB in {commits} commits"));
    if staying == Staying::InTurns && longest > BOUND {
        figures.fault(format!("the log grew to {kilobytes} KiB"));
    }
    shortened(&*store, home, commits, &mut figures).await?;
    store.check().await?;
    store.close().await;
    Ok(figures)
}

/// Reads until it is over, and gives how many did.
async fn read(
    home: PathBuf,
    staying: Staying,
    over: Arc<AtomicBool>,
    first: SqliteConnection,
) -> Result<u64, Obstacle> {
    const TURN: Duration = Duration::from_millis(100);
    let (mut readers, mut last) = (1, first);
    while !over.load(Ordering::SeqCst) {
        tokio::time::sleep(TURN).await;
        if staying == Staying::InTurns {
            // The next comes before the last one goes.
            let next = reader(&home).await?;
            readers += 1;
            let _ = std::mem::replace(&mut last, next).close().await;
        }
    }
    let _ = last.close().await;
    Ok(readers)
}

/// Once the readers are gone, some commits more bring the log home.
async fn shortened(store: &dyn Opened, home: &Path, commits: u64, figures: &mut Figures) -> Result<(), StoreError> {
    for number in commits + 1..=commits + AFTERWARDS {
        commit(store, number).await?;
    }
    let left = log(home);
    if left > SHORT {
        figures.fault(format!("with no reader left the log is still {} KiB long", left >> 10));
    }
    Ok(())
}

/// Somebody in the middle of reading, with a connection of their own.
async fn reader(home: &Path) -> Result<SqliteConnection, Obstacle> {
    let reading = async {
        let options = SqliteConnectOptions::new().filename(home.join("store.db")).read_only(true);
        let mut reader = options.connect().await?;
        reader.execute("BEGIN; SELECT count(*) FROM worktrail_team").await?;
        Ok::<_, sqlx::Error>(reader)
    };
    Ok(reading.await.map_err(std::io::Error::other)?)
}

fn log(home: &Path) -> u64 {
    std::fs::metadata(home.join("store.db-wal")).map_or(0, |file| file.len())
}
