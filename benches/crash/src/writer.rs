//! Writers: a process that commits numbered batches until it is stopped, and those who start and stop it.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::Duration;

use worktrail_core::store::{Receipt, Store, StoreError, StoreErrorKind};

use crate::candidate::{Candidate, Opening, open_patiently};
use crate::numbered::batch;
use crate::promises::{Admission, Failed, Promises, Said};

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
/// written all, when the store fails, and when somebody else has it.
///
/// # Errors
/// What opening the store gave.
pub async fn write(candidate: &dyn Candidate, task: &Task) -> Result<(), StoreError> {
    let store = match open_patiently(candidate, &task.home, Opening::Create).await {
        Err(error) if error.kind() == StoreErrorKind::AlreadyOpen => {
            say(Said::AlreadyOpen);
            return Ok(());
        }
        opened => Arc::new(opened?),
    };
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
    process: Process,
    cut: Arc<AtomicBool>,
    admission: Receiver<Admission>,
    heard: JoinHandle<Promises>,
    /// The first line of what it complained of.
    complaint: JoinHandle<String>,
}

/// A process that nobody leaves behind: it is killed when it is dropped.
#[derive(Debug)]
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // One that has ended is not there to be killed.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
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
        let mut process = Process(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?);
        let output: ChildStdout =
            process.0.stdout.take().ok_or_else(|| io::Error::other("a pipe that was asked for"))?;
        let cut = Arc::new(AtomicBool::new(false));
        let listening = Arc::clone(&cut);
        let complaints = process.0.stderr.take().ok_or_else(|| io::Error::other("a pipe that was asked for"))?;
        let complaint = std::thread::spawn(move || {
            let mut lines = BufReader::new(complaints).lines().map_while(Result::ok);
            let first = lines.next().unwrap_or_default();
            lines.for_each(drop);
            first
        });
        let (admitted, admission) = std::sync::mpsc::channel();
        let heard = std::thread::spawn(move || {
            Promises::listen(BufReader::new(output), &listening, |said| {
                // Nobody may be waiting for it.
                let _ = admitted.send(said);
            })
        });
        Ok(Self { process, cut, admission, heard, complaint })
    }

    /// Waits until it has its store open.
    ///
    /// # Errors
    /// That it did not come to that.
    pub fn wait_until_open(self) -> io::Result<Self> {
        match self.wait_for_admission()? {
            (writer, Admission::Admitted) => Ok(writer),
            (_, Admission::AlreadyOpen) => Err(io::Error::other("somebody else has the writer's store")),
        }
    }

    /// Waits until it has its store open, or was told that somebody else has it.
    ///
    /// # Errors
    /// That it came to neither.
    pub fn wait_for_admission(self) -> io::Result<(Self, Admission)> {
        const LIMIT: Duration = Duration::from_secs(30);
        match self.admission.recv_timeout(LIMIT) {
            Ok(admission) => Ok((self, admission)),
            Err(RecvTimeoutError::Timeout) => Err(io::Error::other("the writer was half a minute opening its store")),
            Err(RecvTimeoutError::Disconnected) => Err(self.complain("the writer did not open its store")),
        }
    }

    /// What is told of a writer that has ended.
    fn complain(self, what: &str) -> io::Error {
        let complaint = self.complaint.join().unwrap_or_default();
        io::Error::other(format!("{what}: {complaint}"))
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
        match self.process.0.try_wait()? {
            None => self.stop(),
            Some(status) => Err(self.complain(&format!("the writer had ended by itself, {status}"))),
        }
    }

    /// Kills it, or finds that it has ended, and gives what it had said.
    ///
    /// # Errors
    /// What the system says.
    pub fn stop(mut self) -> io::Result<Promises> {
        self.process.0.kill()?;
        self.process.0.wait()?;
        self.heard.join().map_err(|_| io::Error::other("the listener panicked"))
    }

    /// Waits until it ends by itself, and gives what it said.
    ///
    /// # Errors
    /// What the system says; that the writer failed.
    pub fn finish(mut self) -> io::Result<Promises> {
        let status = self.process.0.wait()?;
        if !status.success() {
            return Err(self.complain(&format!("the writer failed, {status}")));
        }
        self.heard.join().map_err(|_| io::Error::other("the listener panicked"))
    }
}
