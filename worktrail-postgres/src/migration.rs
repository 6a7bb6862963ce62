//! Migrations: on request, one transaction a step, safe when several processes start at once.
//!
//! A ledger, the table `worktrail_migration`, says which steps were done, with the checksum of each; a step that
//! was edited since, or one from a newer version of the library, is refused.

mod reproject;
#[cfg(test)]
mod tests;

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Executor as _, Row as _};
use worktrail_core::store::{Record, StoreError};

use crate::columns::{Cell, Columns, present};
use crate::connect::disconnect;
use crate::connections::reach;
use crate::error::Fault;
use crate::home::{Home, Sending, Statement};
use crate::options::PostgresOptions;
use crate::transaction::is_open;

/// The steps from an empty schema to the present one, in order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ladder {
    pub(crate) steps: &'static [Step],
}

/// A step: applied once, never changed afterwards.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub(crate) name: &'static str,
    /// The SHA-256 of its text, or any fixed text for one without.
    pub(crate) checksum: &'static str,
    pub(crate) work: Work,
}

/// What a step does.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Work {
    /// Runs statements. Their tables are named without the schema.
    Sql(&'static str),
    /// Makes the fields of every record of a kind anew from its body.
    #[cfg_attr(not(test), expect(dead_code, reason = "the first step that needs it is yet to come"))]
    Reproject { kind: &'static str, with: fn(&Record) -> Result<Record, StoreError> },
}

/// The steps of this version of the library.
pub(crate) static LADDER: Ladder = Ladder { steps: &[FOUNDATION, GUIDANCE, APPOINTMENT_BY_OFFICE] };

const FOUNDATION: Step = Step {
    name: "foundation",
    checksum: include_str!("../migrations/0001_foundation.sha256"),
    work: Work::Sql(include_str!("../migrations/0001_foundation.sql")),
};

const GUIDANCE: Step = Step {
    name: "guidance",
    checksum: include_str!("../migrations/0002_guidance.sha256"),
    work: Work::Sql(include_str!("../migrations/0002_guidance.sql")),
};

const APPOINTMENT_BY_OFFICE: Step = Step {
    name: "appointment_by_office",
    checksum: include_str!("../migrations/0003_appointment_by_office.sha256"),
    work: Work::Sql(include_str!("../migrations/0003_appointment_by_office.sql")),
};

/// How a schema stands to a ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Every step was done.
    Current,
    /// Steps are left to do.
    Behind,
    /// It has steps that the ladder does not know.
    Ahead,
    /// A step was done that reads differently on the ladder.
    Edited,
}

/// What the ledger of a schema says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ledger {
    rows: Vec<Row>,
}

#[derive(Debug, Clone)]
struct Row {
    step: u64,
    checksum: String,
    done: bool,
}

const LEDGER: &str = "CREATE TABLE IF NOT EXISTS worktrail_migration (
    step bigint NOT NULL PRIMARY KEY,
    name text NOT NULL,
    checksum text NOT NULL,
    done boolean NOT NULL,
    tenant text COLLATE \"C\",
    id uuid
);
COMMENT ON TABLE worktrail_migration IS 'Which steps made these tables. Worktrail''s own: never write to it.'";

impl Ledger {
    /// Reads it; none when there is none.
    pub(crate) async fn read(home: &Home, connection: &mut PgConnection) -> Result<Option<Self>, Fault> {
        let mut there = Statement::default();
        let name = there.bind(Cell::Text(Some(home.named("worktrail_migration"))));
        there.push(format!("SELECT to_regclass({name}) IS NOT NULL"));
        if !there.fetch_one(home, connection).await?.try_get::<bool, _>(0)? {
            return Ok(None);
        }
        let ledger = home.named("worktrail_migration");
        let rows = Statement::new(format!("SELECT step, checksum, done FROM {ledger} ORDER BY step"));
        let rows = rows.fetch_all(home, connection).await?;
        let row = |row| {
            let mut columns = Columns::from(row, 0);
            let step = present(columns.number()?)?;
            Ok::<_, Fault>(Row { step, checksum: present(columns.take()?)?, done: present(columns.take()?)? })
        };
        Ok(Some(Self { rows: rows.iter().map(row).collect::<Result<_, _>>()? }))
    }

    pub(crate) fn standing(&self, ladder: &Ladder) -> Standing {
        if self.rows.len() > ladder.steps.len() {
            return Standing::Ahead;
        }
        let steps = (1..).zip(ladder.steps);
        for (row, (number, step)) in self.rows.iter().zip(steps) {
            if row.step != number || row.checksum != step.checksum.trim() {
                return Standing::Edited;
            }
        }
        if self.rows.len() == ladder.steps.len() && self.rows.iter().all(|row| row.done) {
            Standing::Current
        } else {
            Standing::Behind
        }
    }
}

impl Standing {
    /// That every step was done.
    pub(crate) fn current(self) -> Result<(), Fault> {
        match self {
            Self::Current => Ok(()),
            Self::Behind => Err(Fault::outdated("the tables are of an older version, or none: call `migrate` first")),
            Self::Ahead | Self::Edited => self.climbable(),
        }
    }

    /// That no step was done that the ladder does not know as it was done.
    fn climbable(self) -> Result<(), Fault> {
        match self {
            Self::Current | Self::Behind => Ok(()),
            Self::Ahead => Err(Fault::outdated("the tables are of a newer version of this library")),
            Self::Edited => Err(Fault::outdated("a migration that was done differs from this library's")),
        }
    }
}

/// Makes the schema and its tables, or brings them up to this version. Several processes may do this at once: each step is
/// done by one of them, in a transaction of its own, while the others wait.
///
/// The user of the connection becomes the tables' owner; who else may read and write is for `roles.sql` to say.
///
/// # Errors
/// `SchemaOutdated` when the tables are of a newer version, or a step that was done differs from this library's;
/// `Misuse` when the options are not usable, or the database keeps its text in another encoding than UTF-8; `Unavailable`
/// when the server does not answer within the options' patience, or the user may not make tables; `ReadOnly`, `Busy`, `Full`.
pub async fn migrate(options: &PostgresOptions) -> Result<(), StoreError> {
    Ok(climb(options, &LADDER).await?)
}

/// Makes the tables in a schema, or brings them up to this version, inside the host's open transaction: they are there
/// when the host commits.
///
/// # Errors
/// As [`migrate`]; `Misuse` when the connection is not in a transaction. After an error the host must roll back.
pub async fn migrate_within(connection: &mut PgConnection, schema: &str) -> Result<(), StoreError> {
    let home = Home::new(schema, Sending::Unnamed);
    home.check()?;
    if !is_open(connection).await? {
        return Err(StoreError::misuse("the connection is not in a transaction"));
    }
    while let Progress::More = turn(&home, connection, &LADDER).await? {}
    Ok(())
}

pub(crate) async fn climb(options: &PostgresOptions, ladder: &Ladder) -> Result<(), Fault> {
    options.home().check()?;
    let mut connection = reach(options).await?;
    let done = climb_all(options, &mut connection, ladder).await;
    disconnect(connection).await;
    done
}

async fn climb_all(options: &PostgresOptions, connection: &mut PgConnection, ladder: &Ladder) -> Result<(), Fault> {
    // Another process's step may take its time; a table that the host's transactions hold is waited for no longer than
    // the options say.
    let begin = format!(
        "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL client_min_messages = 'error'; \
         {}; SET LOCAL lock_timeout = {}",
        taking_turns(options.home()),
        options.waits().as_millis(),
    );
    loop {
        connection.execute(AssertSqlSafe(begin.clone())).await?;
        match turn(options.home(), connection, ladder).await {
            Ok(progress) => {
                connection.execute("COMMIT").await?;
                if progress == Progress::Done {
                    return Ok(());
                }
            }
            Err(fault) => {
                // The connection is closed next, which rolls back what this could not.
                let _ = connection.execute("ROLLBACK").await;
                return Err(fault);
            }
        }
    }
}

/// One process at a time, for as long as its transaction lasts. The first number is `IPSw` in ASCII.
fn taking_turns(home: &Home) -> String {
    format!("SELECT pg_advisory_xact_lock(1229345655, hashtext('{}'))", home.schema())
}

/// Whether there is more to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    Done,
    More,
}

/// Does what comes next, inside an open transaction: the first step that the ledger lacks, or else a page of the
/// first that it has begun.
///
/// Records are re-projected after all statements were run, since that is done by this version's code, which needs
/// this version's columns.
async fn turn(home: &Home, connection: &mut PgConnection, ladder: &Ladder) -> Result<Progress, Fault> {
    connection.execute(AssertSqlSafe(taking_turns(home))).await?;
    let ledger = Ledger::read(home, connection).await?.unwrap_or_default();
    ledger.standing(ladder).climbable()?;
    if let Some(step) = ladder.steps.get(ledger.rows.len()) {
        let before = enter_schema(home, connection).await?;
        take_step(home, connection, ledger.rows.len() as u64 + 1, step).await?;
        search_path(home, connection, before).await?;
        return Ok(Progress::More);
    }
    let begun = ledger.rows.iter().zip(ladder.steps).find(|(row, _)| !row.done);
    match begun {
        None => Ok(Progress::Done),
        Some((row, Step { work: Work::Reproject { kind, with }, .. })) => {
            reproject::page(home, connection, row.step, kind, *with).await?;
            Ok(Progress::More)
        }
        Some((_, Step { work: Work::Sql(_), .. })) => Err(Fault::outdated("a migration was begun and not finished")),
    }
}

async fn take_step(home: &Home, connection: &mut PgConnection, number: u64, step: &Step) -> Result<(), Fault> {
    connection.execute(LEDGER).await?;
    let done = match step.work {
        Work::Sql(text) => {
            connection.execute(text).await?;
            true
        }
        Work::Reproject { .. } => false,
    };
    let mut enter = Statement::default();
    let number = enter.bind(number);
    let [name, checksum] = [step.name, step.checksum.trim()].map(|text| enter.bind(Cell::Text(Some(text.to_owned()))));
    enter.push(format!(
        "INSERT INTO worktrail_migration (step, name, checksum, done) VALUES ({number}, {name}, {checksum}, {done})"
    ));
    enter.fetch_all(home, connection).await?;
    Ok(())
}

/// Makes the schema if there is none, and lets names without a schema mean it for the rest of the transaction. Gives what
/// they meant before.
async fn enter_schema(home: &Home, connection: &mut PgConnection) -> Result<String, Fault> {
    let mut look = Statement::default();
    let schema = look.bind(Cell::Text(Some(home.schema().to_owned())));
    look.push(format!(
        "SELECT current_setting('server_encoding') = 'UTF8', \
         EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = {schema}), current_setting('search_path')"
    ));
    let row = look.fetch_one(home, connection).await?;
    if !row.try_get::<bool, _>(0)? {
        return Err(Fault::misuse("the database keeps its text in another encoding than UTF-8"));
    }
    if !row.try_get::<bool, _>(1)? {
        connection.execute(AssertSqlSafe(format!("CREATE SCHEMA \"{}\"", home.schema()))).await?;
    }
    search_path(home, connection, format!("\"{}\"", home.schema())).await?;
    Ok(row.try_get(2)?)
}

async fn search_path(home: &Home, connection: &mut PgConnection, path: String) -> Result<(), Fault> {
    let mut set = Statement::default();
    let path = set.bind(Cell::Text(Some(path)));
    set.push(format!("SELECT set_config('search_path', {path}, true)"));
    set.fetch_one(home, connection).await?;
    Ok(())
}
