//! The floor of PostgreSQL: the same rows in the same tables, one connection, one statement with lists for each group.

use std::time::Duration;

use async_trait::async_trait;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _, Row as _};
use tokio::sync::Mutex;
use uuid::Uuid;
use worktrail_core::domain::Authorship;
use worktrail_core::record::{SCHEMA, to_record};
use worktrail_core::store::{Kind, Tenant};
use worktrail_postgres::{PostgresOptions, migrate};

use crate::Outcome;
use crate::import::somebody;
use crate::office::{Case, Office, new_id};
use crate::stopwatch::Stopwatch;
use crate::subject::{Rate, Subject, Turns, Work};

/// The schema of our own tables, and that of their copy.
const OURS: &str = "worktrail";
const COPY: &str = "floor";

/// Bare statements on a copy of our tables.
#[derive(Debug)]
pub struct Floor {
    connection: Mutex<PgConnection>,
    office: Office,
    turns: Turns,
    group: usize,
    body: Vec<u8>,
    details: Vec<u8>,
}

/// Copies our tables, as they stand now, into a schema of their own.
///
/// # Errors
/// What the engine says.
pub async fn copy(server: &PgConnectOptions) -> Outcome {
    migrate(&PostgresOptions::from(server.clone()).schema(COPY)).await?;
    let mut connection = server.connect().await?;
    let records = SCHEMA.kinds().map(Kind::name);
    for table in records.chain(["head", "journal", "stamp"]) {
        let text = format!("INSERT INTO {COPY}.worktrail_{table} SELECT * FROM {OURS}.worktrail_{table}");
        connection.execute(AssertSqlSafe(text)).await?;
    }
    connection.execute("VACUUM ANALYZE").await?;
    Ok(())
}

/// How many transactions wrote the journal's entries after a position, and how many entries those are.
///
/// # Errors
/// What the engine says.
pub async fn transactions(connection: &mut PgConnection, after: i64) -> Outcome<(i64, i64)> {
    let text = format!("SELECT count(DISTINCT xmin::text), count(*) FROM {OURS}.worktrail_journal WHERE position > $1");
    let row = sqlx::query(AssertSqlSafe(text)).bind(after).fetch_one(connection).await?;
    Ok((row.try_get(0)?, row.try_get(1)?))
}

/// The last position of a journal.
///
/// # Errors
/// What the engine says.
pub async fn last_position(connection: &mut PgConnection) -> Outcome<i64> {
    let text = format!("SELECT position FROM {OURS}.worktrail_head");
    Ok(sqlx::query(AssertSqlSafe(text)).fetch_one(connection).await?.try_get(0)?)
}

impl Floor {
    /// On the copy of our tables, in groups of this size.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn open(server: &PgConnectOptions, office: Office, group: usize) -> Outcome<Self> {
        // Plans as ours are: made once, and by indexes.
        let plans = [
            ("search_path", COPY),
            ("plan_cache_mode", "force_generic_plan"),
            ("enable_seqscan", "off"),
            ("enable_bitmapscan", "off"),
            ("enable_hashjoin", "off"),
            ("enable_mergejoin", "off"),
            ("jit", "off"),
        ];
        let connection = Mutex::new(server.clone().options(plans).connect().await?);
        let (_, trail) = somebody(&office, Case::new(0))?;
        let by = Authorship::new(trail.owner(), office.now());
        let act = office.move_at(0);
        let (trail, fact) = trail.move_to(act.phase, act.on, &by)?;
        let (body, details) = (to_record(&trail)?.body().bytes().to_vec(), serde_json::to_vec(&fact)?);
        Ok(Self { connection, office, turns: Turns::default(), group, body, details })
    }

    async fn write(&self, connection: &mut PgConnection) -> Outcome {
        let turns: Vec<u64> = (0..self.group).map(|_| self.turns.next()).collect();
        let cases: Vec<_> = turns.iter().map(|turn| self.office.case_at(*turn)).collect();
        let ids = |id: fn(&Case) -> Uuid| cases.iter().map(id).collect::<Vec<_>>();
        let phases: Vec<&str> = turns.iter().map(|turn| self.office.phase_at(*turn).code()).collect();
        let commands: Vec<Uuid> = turns.iter().map(|_| new_id()).collect();
        let [digests, salts, bodies, details] =
            [DIGEST, &DIGEST[..16], &self.body, &self.details].map(|bytes| vec![bytes; self.group]);
        sqlx::query(WRITE)
            .bind(Tenant::default().as_str())
            .bind(i64::try_from(self.group)?)
            .bind(DIGEST)
            .bind(ids(|case| case.trail().as_uuid()))
            .bind(ids(|case| case.participant().as_uuid()))
            .bind(ids(|case| case.owner().as_uuid()))
            .bind(phases)
            .bind(commands)
            .bind(bodies)
            .bind(details)
            .bind(digests)
            .bind(salts)
            .bind(self.office.now().instant())
            .execute(connection)
            .await?;
        Ok(())
    }
}

/// The head; the trails, and the participants that they hang on; the journal; the stamps.
const WRITE: &str = "WITH \
    head AS (UPDATE worktrail_head SET revision = revision + $2, position = position + $2, hash = $3 \
        WHERE tenant = $1 RETURNING position - $2 AS before), \
    act AS (SELECT a.*, head.before + a.place AS number FROM head, \
        unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::uuid[], $9::bytea[], $10::bytea[], $11::bytea[], \
            $12::bytea[]) WITH ORDINALITY \
        AS a (trail, participant, owner, phase, command, body, details, digest, salt, place)), \
    trails AS (UPDATE worktrail_trail AS r SET revision = act.number, body_version = 1, body = act.body, \
        digest = act.digest, phase = act.phase FROM act WHERE r.tenant = $1 AND r.id = act.trail RETURNING 1), \
    participants AS (UPDATE worktrail_participant AS r SET children = act.number FROM act \
        WHERE r.tenant = $1 AND r.id = act.participant RETURNING 1), \
    told AS (INSERT INTO worktrail_journal (tenant, position, previous, command, code, kind, id, subject, actor, at, \
        purpose, role, seal, salt, details, hash) \
        SELECT $1, number, digest, command, 'phase_changed', 'trail', trail, participant, owner, $13, \
        'follow_up', 'specialist', digest, salt, details, digest FROM act RETURNING 1) \
    INSERT INTO worktrail_stamp (tenant, id, revision, first_entry, last_entry, at, fingerprint, reply, digest) \
        SELECT $1, command, number, number, number, $13, digest, 'null'::bytea, digest FROM act";

/// As long as a digest, and as hard to compress.
const DIGEST: &[u8] = b"0123456789abcdef0123456789ABCDEF";

#[async_trait]
impl Subject for Floor {
    fn name(&self) -> String {
        format!("PostgreSQL's floor, {} together", self.group)
    }

    fn durability(&self) -> String {
        "survives a power cut (synchronous_commit=on)".to_owned()
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
