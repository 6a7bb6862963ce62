//! A peer in a program of its own, which does the same work and says how much.

use std::process::Stdio;
use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Mutex;

use crate::Outcome;
use crate::subject::{Rate, Subject, Work};

/// The program `worktrail-peers`, at work in a place of its own.
#[derive(Debug)]
pub struct Peer {
    introduction: Introduction,
    line: Mutex<Line>,
    /// Ends with the run.
    _child: Child,
}

#[derive(Debug)]
struct Line {
    to: ChildStdin,
    from: Lines<BufReader<ChildStdout>>,
}

#[derive(Debug, Deserialize)]
struct Introduction {
    name: String,
    durability: String,
}

#[derive(Serialize)]
struct Request {
    callers: usize,
    milliseconds: u128,
}

#[derive(Deserialize)]
struct Done {
    pieces: u64,
    nanoseconds: u64,
}

impl Peer {
    /// Builds the program, if need be, and lets it open so many trails where it is told.
    ///
    /// # Errors
    /// When it cannot be built or does not start.
    pub async fn start(place: &[&str], trails: u64) -> Outcome<Self> {
        let mut command = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
        command.args(["run", "--release", "--quiet", "--locked", "--manifest-path"]);
        command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/peers/Cargo.toml")).arg("--").args(place);
        command.arg(trails.to_string()).stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn()?;
        let (to, from) = child.stdin.take().zip(child.stdout.take()).ok_or("a program without stdin and stdout")?;
        let mut from = BufReader::new(from).lines();
        let introduction = from.next_line().await?.ok_or("the peer did not start")?;
        let introduction = serde_json::from_str(&introduction)?;
        Ok(Self { introduction, line: Mutex::new(Line { to, from }), _child: child })
    }
}

#[async_trait]
impl Subject for Peer {
    fn name(&self) -> String {
        self.introduction.name.clone()
    }

    fn durability(&self) -> String {
        self.introduction.durability.clone()
    }

    async fn slice(&self, work: Work, callers: usize, length: Duration) -> Outcome<Rate> {
        if work != Work::Act {
            return Err("a peer acts only".into());
        }
        let mut line = self.line.lock().await;
        let mut request = serde_json::to_vec(&Request { callers, milliseconds: length.as_millis() })?;
        request.push(b'\n');
        line.to.write_all(&request).await?;
        line.to.flush().await?;
        let done = line.from.next_line().await?.ok_or("the peer went away")?;
        let done: Done = serde_json::from_str(&done)?;
        Ok(Rate { pieces: done.pieces, took: Duration::from_nanos(done.nanoseconds) })
    }
}
