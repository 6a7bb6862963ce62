//! Migrations: on request, one transaction a step, safe when several processes start at once.
//!
//! A ledger, the table `worktrail_migration`, says which steps were done, with the checksum of each; a step that
//! was edited since, or one from a newer version of the library, is refused.

mod reproject;
#[cfg(test)]
mod tests;

use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};
use worktrail_core::record::reproject;
use worktrail_core::store::{Record, StoreError};

use crate::columns::{Cell, Columns, present, statement};
use crate::error::Fault;
use crate::opening::{APPLICATION_ID, Sight, create_for_owner, judge, look};
use crate::options::{Home, SqliteOptions};
use crate::transaction::is_open;

/// The steps from an empty file to the present schema, in order.
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
    /// Runs statements.
    Sql(&'static str),
    /// Makes the fields of every record of a kind anew from its body.
    Reproject { kind: &'static str, with: fn(&Record) -> Result<Record, StoreError> },
}

/// The steps of this version of the library.
pub(crate) static LADDER: Ladder = Ladder {
    steps: &[
        FOUNDATION,
        HEAD_AND_PURPOSE,
        CASE,
        again("participant_2", "participant"),
        again("trail_2", "trail"),
        again("employer_2", "employer"),
        again("contact_person_2", "contact_person"),
        again("team_2", "team"),
        LISTS_AND_GUARDIANS,
        GUIDANCE,
        APPOINTMENT_BY_OFFICE,
    ],
};

/// A step that makes the fields of a kind anew: those that the step of statements before it brought, or that follow
/// otherwise from the body than they did.
const fn again(name: &'static str, kind: &'static str) -> Step {
    Step { name, checksum: name, work: Work::Reproject { kind, with: reproject } }
}

const FOUNDATION: Step = Step {
    name: "foundation",
    checksum: include_str!("../migrations/0001_foundation.sha256"),
    work: Work::Sql(include_str!("../migrations/0001_foundation.sql")),
};

const HEAD_AND_PURPOSE: Step = Step {
    name: "head_and_purpose",
    checksum: include_str!("../migrations/0002_head_and_purpose.sha256"),
    work: Work::Sql(include_str!("../migrations/0002_head_and_purpose.sql")),
};

const CASE: Step = Step {
    name: "case",
    checksum: include_str!("../migrations/0003_case.sha256"),
    work: Work::Sql(include_str!("../migrations/0003_case.sql")),
};

const LISTS_AND_GUARDIANS: Step = Step {
    name: "lists_and_guardians",
    checksum: include_str!("../migrations/0004_lists_and_guardians.sha256"),
    work: Work::Sql(include_str!("../migrations/0004_lists_and_guardians.sql")),
};

const GUIDANCE: Step = Step {
    name: "guidance",
    checksum: include_str!("../migrations/0005_guidance.sha256"),
    work: Work::Sql(include_str!("../migrations/0005_guidance.sql")),
};

const APPOINTMENT_BY_OFFICE: Step = Step {
    name: "appointment_by_office",
    checksum: include_str!("../migrations/0006_appointment_by_office.sha256"),
    work: Work::Sql(include_str!("../migrations/0006_appointment_by_office.sql")),
};

/// How a file stands to a ladder.
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

/// What the ledger of a file says.
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
    step INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    done INTEGER NOT NULL CHECK (done IN (0, 1)),
    tenant TEXT,
    id BLOB
) STRICT";

const ENTER: &str = "INSERT INTO worktrail_migration (step, name, checksum, done) VALUES (?, ?, ?, ?)";

impl Ledger {
    /// Reads it; none when there is none.
    pub(crate) async fn read(connection: &mut SqliteConnection) -> Result<Option<Self>, Fault> {
        const THERE: &str = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'worktrail_migration'";
        let there: i64 = sqlx::query_scalar(THERE).fetch_one(&mut *connection).await?;
        if there == 0 {
            return Ok(None);
        }
        let rows = sqlx::query("SELECT step, checksum, done FROM worktrail_migration ORDER BY step")
            .fetch_all(connection)
            .await?;
        let row = |row| {
            let mut columns = Columns::from(row, 0);
            let step = present(columns.number()?)?;
            Ok::<_, Fault>(Row { step, checksum: present(columns.text()?)?, done: present(columns.integer()?)? == 1 })
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
    pub(crate) fn is_current(self) -> bool {
        self == Self::Current
    }

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

/// Makes the tables in a file, or brings them up to this version; a file of Worktrail's own is created when there is
/// none. Several processes may do this at once: each step is done by one of them, in a transaction of its own.
///
/// # Errors
/// `SchemaOutdated` when the tables are of a newer version, or a step that was done differs from this library's;
/// `Misuse` when the file belongs to another program; `Corrupt`, `ReadOnly`, `Unavailable`, `Busy`, `Full`. Another
/// program's file, a newer one and a damaged one are left as they are.
pub async fn migrate(options: &SqliteOptions) -> Result<(), StoreError> {
    Ok(climb(options, &LADDER).await?)
}

/// Makes the tables in the host's own file, or brings them up to this version, inside the host's open transaction:
/// they are there when the host commits. The file's `application_id` and `user_version` stay the host's.
///
/// # Errors
/// As [`migrate`]; `Misuse` when the connection is not in a transaction. After an error the host must roll back.
pub async fn migrate_within(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    if !is_open(connection).await? {
        return Err(StoreError::misuse("the connection is not in a transaction"));
    }
    while let Progress::More = turn(connection, &LADDER, Home::Host).await? {}
    Ok(())
}

pub(crate) async fn climb(options: &SqliteOptions, ladder: &Ladder) -> Result<(), Fault> {
    if let Sight::Worktrail(standing) = look(options, ladder).await? {
        standing.climbable()?;
        if standing == Standing::Current {
            return Ok(());
        }
    }
    if options.home() == Home::Own {
        create_for_owner(&options.path())?;
    }
    let mut connection = options.writing().connect().await?;
    let done = climb_all(&mut connection, ladder, options.home()).await;
    let closed = connection.close().await;
    done?;
    Ok(closed?)
}

async fn climb_all(connection: &mut SqliteConnection, ladder: &Ladder, home: Home) -> Result<(), Fault> {
    loop {
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *connection).await?;
        let turned = match judge(connection, home, ladder).await {
            // Looked at again, now that nobody else can make it theirs.
            Ok(_) => turn(connection, ladder, home).await,
            Err(fault) => Err(fault),
        };
        match turned {
            Ok(progress) => {
                sqlx::query("COMMIT").execute(&mut *connection).await?;
                if progress == Progress::Done {
                    return Ok(());
                }
            }
            Err(fault) => {
                // The connection is closed next, which rolls back what this could not.
                let _ = sqlx::query("ROLLBACK").execute(&mut *connection).await;
                return Err(fault);
            }
        }
    }
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
async fn turn(connection: &mut SqliteConnection, ladder: &Ladder, home: Home) -> Result<Progress, Fault> {
    let ledger = Ledger::read(connection).await?.unwrap_or_default();
    ledger.standing(ladder).climbable()?;
    if let Some(step) = ladder.steps.get(ledger.rows.len()) {
        // Set when the file was made, for good.
        let encoding: String = sqlx::query_scalar("PRAGMA encoding").fetch_one(&mut *connection).await?;
        if encoding != "UTF-8" {
            return Err(Fault::misuse(
                "the file keeps text as UTF-16, in another order and length than the contract has",
            ));
        }
        let number = ledger.rows.len() as u64 + 1;
        sqlx::raw_sql(LEDGER).execute(&mut *connection).await?;
        let done = match step.work {
            Work::Sql(text) => {
                sqlx::raw_sql(text).execute(&mut *connection).await?;
                1
            }
            Work::Reproject { .. } => 0,
        };
        let cells = [number.into(), Cell::text(step.name), Cell::text(step.checksum.trim()), Cell::Integer(done)];
        statement(ENTER, cells).execute(&mut *connection).await?;
        if home == Home::Own {
            let marks = format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {number}");
            sqlx::raw_sql(AssertSqlSafe(marks)).execute(connection).await?;
        }
        return Ok(Progress::More);
    }
    let begun = ledger.rows.iter().zip(ladder.steps).find(|(row, _)| !row.done);
    match begun {
        None => Ok(Progress::Done),
        Some((row, Step { work: Work::Reproject { kind, with }, .. })) => {
            reproject::page(connection, row.step, kind, *with).await?;
            Ok(Progress::More)
        }
        Some((_, Step { work: Work::Sql(_), .. })) => Err(Fault::outdated("a migration was begun and not finished")),
    }
}
