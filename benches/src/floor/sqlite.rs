//! The floor of SQLite: the same rows in the same tables, one connection, a transaction for each group.

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Executor as _, Row as _};
use tokio::sync::Mutex;
use worktrail_core::domain::Authorship;
use worktrail_core::store::Tenant;

use crate::Outcome;
use crate::import::somebody;
use crate::office::{Case, Office, new_id};
use crate::stopwatch::Stopwatch;
use crate::subject::{Rate, Subject, Turns, Work};

/// Bare statements on a copy of our file. Its log is brought home as the engine does by itself: what is written must come
/// home at some time, on every side.
#[derive(Debug)]
pub struct Floor {
    connection: Mutex<SqliteConnection>,
    office: Office,
    turns: Turns,
    /// The last position of the journal when it was opened.
    last: i64,
    group: usize,
    body: Vec<u8>,
    details: Vec<u8>,
}

impl Floor {
    /// On a copy of a file that the office was imported into, in groups of this size.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn open(file: &Path, office: Office, group: usize) -> Outcome<Self> {
        let mut connection = SqliteConnectOptions::new()
            .filename(file)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("secure_delete", "ON")
            .connect()
            .await?;
        let last = sqlx::query("SELECT max(position) FROM worktrail_journal").fetch_one(&mut connection).await?;
        let last: i64 = last.try_get(0)?;
        let (_, trail) = somebody(&office, Case::new(0))?;
        let by = Authorship::new(trail.owner(), office.now());
        let act = office.move_at(0);
        let (trail, fact) = trail.move_to(act.phase, act.on, &by)?;
        let (body, details) = (serde_json::to_vec(&trail)?, serde_json::to_vec(&fact)?);
        Ok(Self { connection: Mutex::new(connection), office, turns: Turns::default(), last, group, body, details })
    }

    async fn write(&self, connection: &mut SqliteConnection) -> Outcome {
        let tenant = Tenant::default();
        let tenant = tenant.as_str();
        let at = self.office.now().instant().timestamp_micros();
        connection.execute("BEGIN IMMEDIATE").await?;
        let mut last = 0;
        for _ in 0..self.group {
            let turn = self.turns.next();
            let case = self.office.case_at(turn);
            let (trail, participant, owner) =
                (case.trail().as_uuid(), case.participant().as_uuid(), case.owner().as_uuid());
            let (command, number) = (new_id(), self.last + 1 + i64::try_from(turn)?);
            last = number;
            sqlx::query(
                "UPDATE worktrail_trail SET revision = ?, body_version = 1, body = ?, digest = ?, phase = ? \
                 WHERE tenant = ? AND id = ?",
            )
            .bind(number)
            .bind(self.body.as_slice())
            .bind(DIGEST)
            .bind(self.office.phase_at(turn).code())
            .bind(tenant)
            .bind(trail)
            .execute(&mut *connection)
            .await?;
            sqlx::query("UPDATE worktrail_participant SET children = ? WHERE tenant = ? AND id = ?")
                .bind(number)
                .bind(tenant)
                .bind(participant)
                .execute(&mut *connection)
                .await?;
            sqlx::query(
                "INSERT INTO worktrail_journal (tenant, position, previous, command, code, kind, id, subject, actor, at, \
                 purpose, role, seal, salt, details, hash) \
                 VALUES (?, ?, ?, ?, 'phase_changed', 'trail', ?, ?, ?, ?, 'follow_up', 'specialist', ?, ?, ?, ?)",
            )
            .bind(tenant)
            .bind(number)
            .bind(DIGEST)
            .bind(command)
            .bind(trail)
            .bind(participant)
            .bind(owner)
            .bind(at)
            .bind(DIGEST)
            .bind(command)
            .bind(self.details.as_slice())
            .bind(DIGEST)
            .execute(&mut *connection)
            .await?;
            sqlx::query(
                "INSERT INTO worktrail_stamp (tenant, id, revision, first_entry, last_entry, at, fingerprint, reply, \
                 digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )
            .bind(tenant)
            .bind(command)
            .bind(number)
            .bind(number)
            .bind(number)
            .bind(at)
            .bind(DIGEST)
            .bind(b"null".as_slice())
            .bind(DIGEST)
            .execute(&mut *connection)
            .await?;
        }
        sqlx::query("UPDATE worktrail_head SET revision = ?, position = ?, hash = ? WHERE tenant = ?")
            .bind(last)
            .bind(last)
            .bind(DIGEST)
            .bind(tenant)
            .execute(&mut *connection)
            .await?;
        connection.execute("COMMIT").await?;
        Ok(())
    }
}

/// As long as a digest, and as hard to compress.
const DIGEST: &[u8] = b"0123456789abcdef0123456789ABCDEF";

#[async_trait]
impl Subject for Floor {
    fn name(&self) -> String {
        format!("SQLite's floor, {} together", self.group)
    }

    fn durability(&self) -> String {
        "survives a power cut (synchronous=2)".to_owned()
    }

    async fn slice(&self, work: Work, _callers: usize, length: Duration) -> Outcome<Rate> {
        if work != Work::Act {
            return Err("a floor is under acts only".into());
        }
        let mut connection = self.connection.lock().await;
        let watch = Stopwatch::start();
        let mut pieces = 0;
        while watch.passed() < length {
            self.write(&mut connection).await?;
            pieces += self.group as u64;
        }
        Ok(Rate { pieces, took: watch.passed() })
    }
}
