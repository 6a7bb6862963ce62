//! Writers: a process that commits numbered batches until it is stopped, and those who start and stop it.

use std::io::{self, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;

use worktrail_core::store::{Receipt, Store, StoreError};

use crate::candidate::{Candidate, Opening};
use crate::numbered::batch;
use crate::promises::{Failed, Promises, Said};

/// How many batches a writer has under way at once.
const AT_ONCE: u64 = 4;

/// What a writer is to do.
#[derive(Debug, Clone)]
pub struct Task {
    /// The directory of the store.
    pub home: PathBuf,
    /// The first number.
    pub first: u64,
    /// How many batches; without end unless it is said.
    pub count: Option<u64>,
}

/// Writes: what the process does that is killed. Every word of it goes to standard output at once. It ends when it has
/// written all, and when the store fails.
///
/// # Errors
/// What opening the store gave.
pub async fn write(candidate: &dyn Candidate, task: &Task) -> Result<(), StoreError> {
    let store = Arc::new(candidate.open(&task.home, Opening::Create).await?);
    say(Said::Open);
    let next = Arc::new(AtomicU64::new(task.first));
    let end = task.count.map_or(u64::MAX, |count| task.first.saturating_add(count));
    let mut tasks = Vec::new();
    for _ in 0..AT_ONCE {
        let (store, next) = (Arc::clone(&store), Arc::clone(&next));
        tasks.push(tokio::spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::SeqCst);
                if number >= end {
                    return;
                }
                say(Said::Sent(number));
                match commit(&**store, number).await {
                    Ok(receipt) => say(Said::Done(number, receipt.revision().number())),
                    Err(error) => {
                        let failed = Failed::of(error.kind());
                        say(Said::Failed(number, failed));
                        if failed != Failed::Busy {
                            return;
                        }
                    }
                }
            }
        }));
    }
    for task in tasks {
        // A panic in a task has said so on standard error; what it sent stays open.
        let _ = task.await;
    }
    store.close().await;
    Ok(())
}

/// Commits the batch of a number.
///
/// # Errors
/// As the store's commit.
pub async fn commit<S: Store + ?Sized>(store: &S, number: u64) -> Result<Receipt, StoreError> {
    store.commit(batch(number)?).await
}

fn say(said: Said) {
    // Whoever listened may be gone: then nobody counts any more.
    let _ = writeln!(io::stdout().lock(), "{said}");
}

/// A process that writes.
#[derive(Debug)]
pub struct Writer {
    child: Child,
    cut: Arc<AtomicBool>,
    heard: JoinHandle<Promises>,
}

impl Writer {
    /// Starts one.
    ///
    /// # Errors
    /// What the system says against it.
    pub fn start(program: &Path, candidate: &dyn Candidate, task: &Task) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.args(["child", "write", candidate.name()]).arg(&task.home).arg(task.first.to_string());
        command.args(task.count.map(|count| count.to_string()));
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let output: ChildStdout = child.stdout.take().ok_or_else(|| io::Error::other("a pipe that was asked for"))?;
        let cut = Arc::new(AtomicBool::new(false));
        let listening = Arc::clone(&cut);
        let heard = std::thread::spawn(move || Promises::listen(BufReader::new(output), &listening));
        Ok(Self { child, cut, heard })
    }

    /// From now on acknowledgements come too late.
    pub fn power_goes(&self) {
        self.cut.store(true, Ordering::SeqCst);
    }

    /// Kills it, and gives what it had said. It should have been alive: one that had ended by itself is an error.
    ///
    /// # Errors
    /// What the system says; that the writer had ended.
    pub fn kill(mut self) -> io::Result<Promises> {
        match self.child.try_wait()? {
            None => self.stop(),
            Some(status) => Err(io::Error::other(format!("the writer had ended by itself: {status}"))),
        }
    }

    /// Kills it, or finds that it has ended, and gives what it had said.
    ///
    /// # Errors
    /// What the system says.
    pub fn stop(mut self) -> io::Result<Promises> {
        self.child.kill()?;
        self.child.wait()?;
        self.heard.join().map_err(|_| io::Error::other("the listener panicked"))
    }

    /// Waits until it ends by itself, and gives what it said.
    ///
    /// # Errors
    /// What the system says; that the writer failed.
    pub fn finish(mut self) -> io::Result<Promises> {
        let status = self.child.wait()?;
        let heard = self.heard.join().map_err(|_| io::Error::other("the listener panicked"))?;
        if status.success() { Ok(heard) } else { Err(io::Error::other(format!("the writer failed: {status}"))) }
    }
}
