//! By hand on SQLite: one connection that writes, a pool that reads, write-ahead log, `synchronous=FULL`.

use std::fmt::Write as _;
use std::ops::Range;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, Executor as _, Row as _, Sqlite, Transaction};
use worktrail_core::domain::{Participant, Trail};
use worktrail_core::record::Recorded;
use worktrail_core::store::{FieldType, Kind, Path, Record, Uniqueness, Value};

use super::{Moved, moved, rows};
use crate::Outcome;
use crate::desk::shown;
use crate::import::TOGETHER;
use crate::intake::Intake;
use crate::office::{Office, new_id, staff, team_of_staff};
use crate::subject::{Rate, Subject, Turns, Work, together};

/// Tables with the same typed columns and indexes as ours, and nothing else of ours.
#[derive(Debug, Clone)]
pub struct ByHand {
    writer: SqlitePool,
    readers: SqlitePool,
    office: Office,
    acts: Turns,
    looks: Turns,
}

impl ByHand {
    /// Makes the tables in a new file.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn create(file: &std::path::Path, office: Office) -> Outcome<Self> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_mins(1))
            .test_before_acquire(false)
            .connect_with(options.clone())
            .await?;
        for kind in [Participant::KIND, Trail::KIND] {
            writer.execute(AssertSqlSafe(tables_of(kind))).await?;
        }
        writer.execute(TABLES).await?;
        let readers = SqlitePoolOptions::new().max_connections(4).test_before_acquire(false);
        let readers = readers.connect_with(options.read_only(true)).await?;
        Ok(Self { writer, readers, office, acts: Turns::default(), looks: Turns::default() })
    }

    /// Lets go of the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    async fn piece(self, work: Work) -> Outcome {
        let turn = if work == Work::Act { self.acts.next() } else { self.looks.next() };
        match work {
            Work::Act => self.act(turn).await,
            Work::Open => self.open(turn).await,
            Work::Portfolio => self.portfolio(turn).await,
            Work::Counts => self.counts(turn).await,
            Work::Follow => self.follow(turn).await,
        }
    }

    async fn act(&self, turn: u64) -> Outcome {
        let case = self.office.case_at(turn);
        let trail = case.trail().as_uuid();
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let row = sqlx::query("SELECT revision, body FROM trail WHERE id = ?")
            .bind(trail)
            .fetch_one(&mut *transaction)
            .await?;
        let revision: i64 = row.try_get(0)?;
        let Moved { phase, body, code, details, .. } = moved(&self.office, turn, row.try_get(1)?)?;
        let updated = sqlx::query("UPDATE trail SET revision = ?, phase = ?, body = ? WHERE id = ? AND revision = ?")
            .bind(revision + 1)
            .bind(phase.code())
            .bind(body)
            .bind(trail)
            .bind(revision)
            .execute(&mut *transaction)
            .await?;
        if updated.rows_affected() != 1 {
            return Err("somebody else was first".into());
        }
        let (command, at) = (new_id(), self.office.now().instant().timestamp_micros());
        sqlx::query(
            "INSERT INTO fact (command, code, about, subject, actor, at, details) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(command)
        .bind(code)
        .bind(trail)
        .bind(case.participant().as_uuid())
        .bind(case.owner().as_uuid())
        .bind(at)
        .bind(details)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("INSERT INTO command (id, at, reply) VALUES (?, ?, ?)")
            .bind(command)
            .bind(at)
            .bind("null")
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn open(&self, turn: u64) -> Outcome {
        let case = self.office.case_at(turn);
        let row = sqlx::query(
            "SELECT t.body, p.body FROM trail t JOIN participant p ON p.id = t.parent WHERE t.id = ?1 \
             AND EXISTS (SELECT 1 FROM membership m WHERE m.team = t.team AND m.staff = ?2) \
             AND NOT EXISTS (SELECT 1 FROM conflict c WHERE c.staff = ?2 AND c.participant = t.parent)",
        )
        .bind(case.trail().as_uuid())
        .bind(case.owner().as_uuid())
        .fetch_one(&self.readers)
        .await?;
        decoded(&row)?;
        Ok(())
    }

    async fn portfolio(&self, turn: u64) -> Outcome {
        let case = self.office.case_at(turn);
        let rows = sqlx::query(
            "SELECT t.body, p.body FROM trail t JOIN participant p ON p.id = t.parent \
             WHERE t.audience = 'team' AND t.team = ?1 AND t.owner = ?2 AND t.phase IS NOT NULL AND t.opened_at IS NOT NULL \
             AND EXISTS (SELECT 1 FROM membership m WHERE m.team = ?1 AND m.staff = ?2) \
             AND NOT EXISTS (SELECT 1 FROM conflict c WHERE c.staff = ?2 AND c.participant = t.parent) \
             ORDER BY t.phase, t.opened_at, t.id LIMIT 21",
        )
        .bind(case.team().as_uuid())
        .bind(case.owner().as_uuid())
        .fetch_all(&self.readers)
        .await?;
        let lines = rows.iter().take(20).map(decoded).collect::<Outcome<Vec<_>>>()?;
        shown(lines.len(), case, &self.office)
    }

    async fn counts(&self, turn: u64) -> Outcome {
        let case = self.office.case_at(turn);
        let rows = sqlx::query(
            "SELECT phase, count(*) FROM trail WHERE audience = 'team' AND team = ?1 \
             AND phase IS NOT NULL AND opened_at IS NOT NULL \
             AND EXISTS (SELECT 1 FROM membership m WHERE m.team = ?1 AND m.staff = ?2) GROUP BY phase",
        )
        .bind(case.team().as_uuid())
        .bind(case.owner().as_uuid())
        .fetch_all(&self.readers)
        .await?;
        if rows.is_empty() { Err("a team without trails".into()) } else { Ok(()) }
    }

    async fn follow(&self, turn: u64) -> Outcome {
        let after = i64::try_from((turn * 100) % (2 * self.office.trails()))?;
        let text =
            "SELECT position, code, about, actor, at, command FROM fact WHERE position > ? ORDER BY position LIMIT 100";
        sqlx::query(text).bind(after).fetch_all(&self.readers).await?;
        Ok(())
    }
}

fn decoded(row: &SqliteRow) -> Outcome<(Trail, Participant)> {
    let (trail, participant): (&[u8], &[u8]) = (row.try_get(0)?, row.try_get(1)?);
    Ok((serde_json::from_slice(trail)?, serde_json::from_slice(participant)?))
}

#[async_trait]
impl Intake for ByHand {
    async fn teams(&self) -> Outcome {
        let mut transaction = self.writer.begin().await?;
        for member in 0..self.office.staff() {
            let membership = sqlx::query("INSERT INTO membership (team, staff) VALUES (?, ?)");
            let (team, staff) = (team_of_staff(member).as_uuid(), staff(member).as_uuid());
            membership.bind(team).bind(staff).execute(&mut *transaction).await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn trails(&self, numbers: Range<u64>) -> Outcome {
        let mut first = numbers.start;
        while first < numbers.end {
            let next = (first + TOGETHER).min(numbers.end);
            let mut transaction = self.writer.begin().await?;
            for number in first..next {
                for record in rows(&self.office, number)? {
                    insert(&mut transaction, &record).await?;
                }
            }
            transaction.commit().await?;
            first = next;
        }
        Ok(())
    }
}

#[async_trait]
impl Subject for ByHand {
    fn name(&self) -> String {
        "by hand on SQLite".to_owned()
    }

    fn durability(&self) -> String {
        "survives a power cut (synchronous=2)".to_owned()
    }

    async fn slice(&self, work: Work, callers: usize, length: Duration) -> Outcome<Rate> {
        let theirs = self.clone();
        together(callers, length, move || theirs.clone().piece(work)).await
    }
}

const TABLES: &str = "
    CREATE TABLE membership (team BLOB NOT NULL, staff BLOB NOT NULL, PRIMARY KEY (team, staff)) STRICT, WITHOUT ROWID;
    CREATE TABLE conflict (staff BLOB NOT NULL, participant BLOB NOT NULL, PRIMARY KEY (staff, participant)) STRICT;
    CREATE TABLE fact (position INTEGER PRIMARY KEY AUTOINCREMENT, command BLOB, code TEXT NOT NULL, about BLOB NOT NULL,
        subject BLOB, actor BLOB NOT NULL, at INTEGER NOT NULL, details BLOB) STRICT;
    CREATE INDEX fact_subject ON fact (subject, position) WHERE subject IS NOT NULL;
    CREATE TABLE command (id BLOB NOT NULL PRIMARY KEY, at INTEGER NOT NULL, reply TEXT NOT NULL) STRICT, WITHOUT ROWID";

/// A table with a kind's typed columns, and its indexes.
fn tables_of(kind: Kind) -> String {
    let name = kind.name();
    let mut text = format!("CREATE TABLE {name} (id BLOB NOT NULL PRIMARY KEY, revision INTEGER NOT NULL, parent BLOB");
    for field in kind.fields() {
        let of = match field.field_type() {
            FieldType::Text | FieldType::Day => "TEXT",
            FieldType::Integer | FieldType::Instant => "INTEGER",
            FieldType::Id => "BLOB",
        };
        let _ = write!(text, ", \"{}\" {of}", field.name());
    }
    text.push_str(", body BLOB NOT NULL) STRICT; ");
    if kind.parent().is_some() {
        let _ = write!(text, "CREATE INDEX {name}_parent ON {name} (parent, id); ");
    }
    for index in kind.indexes() {
        let Path::Declared(schema) = index.path() else { continue };
        let fields = schema.fields();
        let unique = if index.uniqueness() == Uniqueness::Unique { "UNIQUE " } else { "" };
        let terms: Vec<_> = fields.iter().map(|field| format!("\"{field}\" IS NOT NULL")).collect();
        let columns = fields.join("\", \"");
        let id = if unique.is_empty() { ", id" } else { "" };
        let _ = write!(
            text,
            "CREATE {unique}INDEX {name}_{} ON {name} (\"{columns}\"{id}) WHERE {}; ",
            index.name(),
            terms.join(" AND "),
        );
    }
    text
}

async fn insert(transaction: &mut Transaction<'_, Sqlite>, record: &Record) -> Outcome {
    let kind = record.key().kind();
    let columns = kind.fields().iter().fold(String::new(), |named, field| named + ", \"" + field.name() + "\"");
    let places = ", ?".repeat(kind.fields().len());
    let text = format!("INSERT INTO {} (id, revision, parent{columns}, body) VALUES (?, 1, ?{places}, ?)", kind.name());
    let mut query = sqlx::query(AssertSqlSafe(text)).bind(record.key().id()).bind(record.parent());
    for value in record.fields() {
        query = match value {
            None => query.bind(None::<i64>),
            Some(Value::Text(text)) => query.bind(text.clone()),
            Some(Value::Integer(number)) => query.bind(*number),
            Some(Value::Day(day)) => query.bind(day.to_string()),
            Some(Value::Instant(at)) => query.bind(at.timestamp_micros()),
            Some(Value::Id(id)) => query.bind(*id),
        };
    }
    query.bind(record.body().bytes().to_vec()).execute(&mut **transaction).await?;
    Ok(())
}
