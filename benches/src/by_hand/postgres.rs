//! By hand on PostgreSQL: one pool, a transaction for each act, every statement prepared once for a connection.

use std::fmt::Write as _;
use std::ops::Range;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgRow};
use sqlx::{AssertSqlSafe, Executor as _, Postgres, Row as _, Transaction};
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

/// The schema in which the tables are made.
const SCHEMA: &str = "by_hand";

/// How many connections the pool has: the driver's own number.
const CONNECTIONS: u32 = 10;

/// Tables with the same typed columns and indexes as ours, and nothing else of ours.
#[derive(Debug, Clone)]
pub struct ByHand {
    pool: PgPool,
    office: Office,
    acts: Turns,
    looks: Turns,
}

impl ByHand {
    /// Makes the tables in a schema of their own.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn create(server: &PgConnectOptions, office: Office) -> Outcome<Self> {
        let pool = connect(server).await?;
        pool.execute(AssertSqlSafe(format!("CREATE SCHEMA {SCHEMA}"))).await?;
        for kind in [Participant::KIND, Trail::KIND] {
            pool.execute(AssertSqlSafe(tables_of(kind))).await?;
        }
        pool.execute(TABLES).await?;
        Ok(Self { pool, office, acts: Turns::default(), looks: Turns::default() })
    }

    /// The same tables by another way to the server.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn by_way_of(&self, server: &PgConnectOptions) -> Outcome<Self> {
        Ok(Self { pool: connect(server).await?, ..self.clone() })
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
        let mut transaction = self.pool.begin().await?;
        let row = sqlx::query("SELECT revision, body FROM trail WHERE id = $1")
            .bind(trail)
            .fetch_one(&mut *transaction)
            .await?;
        let revision: i64 = row.try_get(0)?;
        let Moved { phase, body, code, details, .. } = moved(&self.office, turn, row.try_get(1)?)?;
        let updated =
            sqlx::query("UPDATE trail SET revision = $1, phase = $2, body = $3 WHERE id = $4 AND revision = $5")
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
        let (command, at) = (new_id(), self.office.now().instant());
        sqlx::query(
            "INSERT INTO fact (command, code, about, subject, actor, at, details) VALUES ($1, $2, $3, $4, $5, $6, $7)",
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
        sqlx::query("INSERT INTO command (id, at, reply) VALUES ($1, $2, $3)")
            .bind(command)
            .bind(at)
            .bind("null")
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    async fn open(&self, turn: u64) -> Outcome {
        let case = self.office.case_at(turn);
        let row = sqlx::query(
            "SELECT t.body, p.body FROM trail t JOIN participant p ON p.id = t.parent WHERE t.id = $1 \
             AND EXISTS (SELECT 1 FROM membership m WHERE m.team = t.team AND m.staff = $2) \
             AND NOT EXISTS (SELECT 1 FROM conflict c WHERE c.staff = $2 AND c.participant = t.parent)",
        )
        .bind(case.trail().as_uuid())
        .bind(case.owner().as_uuid())
        .fetch_one(&self.pool)
        .await?;
        decoded(&row)?;
        Ok(())
    }

    async fn portfolio(&self, turn: u64) -> Outcome {
        let case = self.office.case_at(turn);
        let rows = sqlx::query(
            "SELECT t.body, p.body FROM trail t JOIN participant p ON p.id = t.parent \
             WHERE t.audience = 'team' AND t.team = $1 AND t.owner = $2 AND t.phase IS NOT NULL AND t.opened_at IS NOT NULL \
             AND EXISTS (SELECT 1 FROM membership m WHERE m.team = $1 AND m.staff = $2) \
             AND NOT EXISTS (SELECT 1 FROM conflict c WHERE c.staff = $2 AND c.participant = t.parent) \
             ORDER BY t.phase, t.opened_at, t.id LIMIT 21",
        )
        .bind(case.team().as_uuid())
        .bind(case.owner().as_uuid())
        .fetch_all(&self.pool)
        .await?;
        let lines = rows.iter().take(20).map(decoded).collect::<Outcome<Vec<_>>>()?;
        shown(lines.len(), case, &self.office)
    }

    async fn counts(&self, turn: u64) -> Outcome {
        let case = self.office.case_at(turn);
        let rows = sqlx::query(
            "SELECT phase, count(*) FROM trail WHERE audience = 'team' AND team = $1 \
             AND phase IS NOT NULL AND opened_at IS NOT NULL \
             AND EXISTS (SELECT 1 FROM membership m WHERE m.team = $1 AND m.staff = $2) GROUP BY phase",
        )
        .bind(case.team().as_uuid())
        .bind(case.owner().as_uuid())
        .fetch_all(&self.pool)
        .await?;
        if rows.is_empty() { Err("a team without trails".into()) } else { Ok(()) }
    }

    async fn follow(&self, turn: u64) -> Outcome {
        let after = i64::try_from((turn * 100) % (2 * self.office.trails()))?;
        let text = "SELECT position, code, about, actor, at, command FROM fact WHERE position > $1 ORDER BY position LIMIT 100";
        sqlx::query(text).bind(after).fetch_all(&self.pool).await?;
        Ok(())
    }
}

async fn connect(server: &PgConnectOptions) -> Outcome<PgPool> {
    let options = server.clone().options([("search_path", SCHEMA)]);
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(Duration::from_mins(1))
        .test_before_acquire(false);
    Ok(pool.connect_with(options).await?)
}

fn decoded(row: &PgRow) -> Outcome<(Trail, Participant)> {
    let (trail, participant): (&[u8], &[u8]) = (row.try_get(0)?, row.try_get(1)?);
    Ok((serde_json::from_slice(trail)?, serde_json::from_slice(participant)?))
}

#[async_trait]
impl Intake for ByHand {
    async fn teams(&self) -> Outcome {
        let mut transaction = self.pool.begin().await?;
        for member in 0..self.office.staff() {
            let membership = sqlx::query("INSERT INTO membership (team, staff) VALUES ($1, $2)");
            let (team, staff) = (team_of_staff(member).as_uuid(), staff(member).as_uuid());
            membership.bind(team).bind(staff).execute(&mut *transaction).await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn trails(&self, numbers: Range<u64>) -> Outcome {
        let mut first = numbers.start;
        while first < numbers.end {
            let next = (first + TOGETHER).min(numbers.end);
            let mut transaction = self.pool.begin().await?;
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
        "by hand on PostgreSQL".to_owned()
    }

    fn durability(&self) -> String {
        "survives a power cut (synchronous_commit=on)".to_owned()
    }

    async fn slice(&self, work: Work, callers: usize, length: Duration) -> Outcome<Rate> {
        let theirs = self.clone();
        together(callers, length, move || theirs.clone().piece(work)).await
    }
}

const TABLES: &str = "
    CREATE TABLE membership (team uuid NOT NULL, staff uuid NOT NULL, PRIMARY KEY (team, staff));
    CREATE TABLE conflict (staff uuid NOT NULL, participant uuid NOT NULL, PRIMARY KEY (staff, participant));
    CREATE TABLE fact (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, command uuid, code text NOT NULL,
        about uuid NOT NULL, subject uuid, actor uuid NOT NULL, at timestamptz NOT NULL, details bytea);
    CREATE INDEX fact_subject ON fact (subject, position) WHERE subject IS NOT NULL;
    CREATE TABLE command (id uuid NOT NULL PRIMARY KEY, at timestamptz NOT NULL, reply text NOT NULL)";

/// A table with a kind's typed columns, and its indexes.
fn tables_of(kind: Kind) -> String {
    let name = kind.name();
    let mut text = format!("CREATE TABLE {name} (id uuid NOT NULL PRIMARY KEY, revision bigint NOT NULL, parent uuid");
    for field in kind.fields() {
        let of = match field.field_type() {
            FieldType::Text => "text",
            FieldType::Integer => "bigint",
            FieldType::Day => "date",
            FieldType::Instant => "timestamptz",
            FieldType::Id => "uuid",
        };
        let _ = write!(text, ", \"{}\" {of}", field.name());
    }
    text.push_str(", body bytea NOT NULL); ");
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

async fn insert(transaction: &mut Transaction<'_, Postgres>, record: &Record) -> Outcome {
    let fields = record.key().kind().fields();
    let columns = fields.iter().fold(String::new(), |named, field| named + ", \"" + field.name() + "\"");
    let places = (4..4 + fields.len()).fold(String::new(), |places, place| places + "$" + &place.to_string() + ", ");
    let text = format!(
        "INSERT INTO {} (id, revision, parent{columns}, body) VALUES ($1, $2, $3, {places}${})",
        record.key().kind().name(),
        4 + fields.len()
    );
    let mut query = sqlx::query(AssertSqlSafe(text)).bind(record.key().id()).bind(1_i64).bind(record.parent());
    for (field, value) in fields.iter().zip(record.fields()) {
        query = match (field.field_type(), value) {
            (FieldType::Text, None) => query.bind(None::<String>),
            (FieldType::Integer, None) => query.bind(None::<i64>),
            (FieldType::Day, None) => query.bind(None::<chrono::NaiveDate>),
            (FieldType::Instant, None) => query.bind(None::<chrono::DateTime<chrono::Utc>>),
            (FieldType::Id, None) => query.bind(None::<uuid::Uuid>),
            (_, Some(Value::Text(text))) => query.bind(text.clone()),
            (_, Some(Value::Integer(number))) => query.bind(*number),
            (_, Some(Value::Day(day))) => query.bind(*day),
            (_, Some(Value::Instant(at))) => query.bind(*at),
            (_, Some(Value::Id(id))) => query.bind(*id),
        };
    }
    query.bind(record.body().bytes().to_vec()).execute(&mut **transaction).await?;
    Ok(())
}
