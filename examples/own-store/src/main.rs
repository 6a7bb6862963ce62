//! The store at work: a record is written, the folder looked at, and the record read from a second opening.

use std::io::{Write as _, stdout};
use std::pin::pin;
use std::process::ExitCode;
use std::task::{Context, Poll, Waker};

use own_store::FolderStore;
use uuid::Uuid;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{Batch, Body, Expect, Happening, Key, Record, RecordKey, Store as _, Stored, Tenant};

fn main() -> ExitCode {
    match show() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where that cannot be said either, the exit code still tells.
            let _ = writeln!(std::io::stderr(), "own-store: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Shows it, in a folder that stays.
fn show() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::temp_dir().join("worktrail-own-store");
    let mut out = stdout();
    let tenant = Tenant::default();
    let team = RecordKey::new(SCHEMA.kind("team").ok_or("no teams")?, Uuid::from_u128(1));

    let store = FolderStore::open(&path, SCHEMA)?;
    let record = Record::new(team, Body::new(1, *br#"{"name":"Team West"}"#));
    let told = Happening::new("team_saved", team, Uuid::from_u128(2), chrono::DateTime::UNIX_EPOCH);
    let receipt = ready(store.commit(Batch::of(tenant.clone()).put(record, Expect::Any).tell(told).build()?))?;
    writeln!(out, "Committed as number {} of the history. In {}:", receipt.revision().number(), path.display())?;
    drop(store); // lets go of the folder

    let mut files: Vec<_> = std::fs::read_dir(&path)?.collect::<Result<_, _>>()?;
    files.sort_by_key(std::fs::DirEntry::file_name);
    for file in &files {
        writeln!(out, "  {:>6} bytes  {}", file.metadata()?.len(), file.file_name().display())?;
    }

    let store = FolderStore::open(&path, SCHEMA)?;
    let found = ready(store.get(&tenant, &[Key::Record(team)]))?;
    let stored = found.into_iter().flatten().find_map(Stored::into_record).ok_or("the team is gone")?;
    let body = String::from_utf8_lossy(stored.record().body().bytes());
    writeln!(out, "Opened again, the team reads {body} at revision {}.", stored.revision().number())?;
    Ok(())
}

/// The answer of a future that never waits, as those of this store. A host awaits it on its own runtime instead.
fn ready<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(answer) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return answer;
        }
    }
}
