//! Making a connection, with its settings set and read back.

use std::fmt::Write as _;

use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, Row as _};
use worktrail_core::store::{Durability, StoreErrorKind, StoreInfo};

use crate::error::Fault;
use crate::home::{Home, Sending, Statement};
use crate::options::PostgresOptions;

/// What is set in every connection, beside what the options say.
///
/// Plans are made once for a text and not for its values, so they may not hang on what a table held when they were made:
/// the ways of reading a whole table, or of sorting what an index has in order, are switched off.
const SETTINGS: [(&str, &str); 11] = [
    ("plan_cache_mode", "force_generic_plan"),
    ("enable_seqscan", "off"),
    ("enable_bitmapscan", "off"),
    ("enable_hashjoin", "off"),
    ("enable_mergejoin", "off"),
    ("enable_hashagg", "off"),
    ("enable_sort", "off"),
    ("jit", "off"),
    ("max_parallel_workers_per_gather", "0"),
    ("default_transaction_isolation", "read committed"),
    // The driver would log what the server remarks.
    ("client_min_messages", "error"),
];

/// The settings that bear on safety, as they are read back.
const READ_BACK: [&str; 8] = [
    "server_version",
    "fsync",
    "full_page_writes",
    "synchronous_commit",
    "synchronous_standby_names",
    "statement_timeout",
    "lock_timeout",
    "idle_in_transaction_session_timeout",
];

/// How long settings are to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// As long as the connection.
    Session,
    /// As long as the transaction.
    Transaction,
}

/// Makes a connection.
pub(crate) async fn connect(options: &PostgresOptions) -> Result<PgConnection, Fault> {
    let mut connection = options.connecting().connect().await?;
    if options.home().sending == Sending::Prepared {
        connection.execute(AssertSqlSafe(settings(options, Scope::Session))).await?;
    }
    Ok(connection)
}

/// What a transaction begins with: where nothing is kept in a connection, with all settings, in the same round trip.
pub(crate) fn opening(options: &PostgresOptions) -> String {
    match options.home().sending {
        Sending::Prepared => "BEGIN".to_owned(),
        // The level is the one setting that comes too late once a transaction has begun.
        Sending::Unnamed => {
            format!("BEGIN ISOLATION LEVEL READ COMMITTED; {}", settings(options, Scope::Transaction))
        }
    }
}

/// All settings, as statements in one text.
fn settings(options: &PostgresOptions, scope: Scope) -> String {
    let (set, local) = match scope {
        Scope::Session => ("SET", false),
        Scope::Transaction => ("SET LOCAL", true),
    };
    let mut text = String::new();
    for (name, value) in SETTINGS {
        let _ = write!(text, "{set} {name} = '{value}'; ");
    }
    for (name, duration) in [
        ("lock_timeout", options.waits()),
        ("statement_timeout", options.longest_statement()),
        ("idle_in_transaction_session_timeout", options.longest_statement()),
    ] {
        let _ = write!(text, "{set} {name} = {}; ", duration.as_millis());
    }
    // Weakened for this role or this database, it is not so here. Made stronger than `on`, it stays as it is.
    let (if_it_is, then) = match options.wanted_durability() {
        Durability::PowerSafe => ("= 'off'", "on"),
        Durability::ProcessSafe | Durability::Volatile => ("<> 'off'", "off"),
    };
    let _ = write!(
        text,
        "SELECT set_config('synchronous_commit', '{then}', {local}) \
         WHERE current_setting('synchronous_commit') {if_it_is}"
    );
    text
}

/// Says what the server is and promises.
pub(crate) async fn inform(home: &Home, connection: &mut PgConnection) -> Result<StoreInfo, Fault> {
    let mut statement = Statement::new("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'");
    for name in READ_BACK {
        statement.push(format!(", current_setting('{name}')"));
    }
    let row = statement.fetch_one(home, connection).await?;
    if row.try_get(0)? {
        return Err(Fault::new(StoreErrorKind::ReadOnly, "the server takes no writes"));
    }
    read(&row)
}

fn read(row: &PgRow) -> Result<StoreInfo, Fault> {
    let mut settings = Vec::new();
    for (place, name) in READ_BACK.into_iter().enumerate() {
        settings.push((name, row.try_get::<String, _>(place + 1)?));
    }
    let is = |name: &str, value: &str| settings.iter().any(|(it, found)| *it == name && found == value);
    let durability = if is("fsync", "on") && is("full_page_writes", "on") && !is("synchronous_commit", "off") {
        Durability::PowerSafe
    } else {
        Durability::ProcessSafe
    };
    let version = settings.iter().find(|(name, _)| *name == "server_version").map_or("", |(_, value)| value.as_str());
    let info = StoreInfo::new(format!("PostgreSQL {version}"), durability);
    Ok(settings.iter().skip(1).fold(info, |info, (name, value)| info.setting(*name, value.clone())))
}

/// Ends a connection, as far as that can be told.
pub(crate) async fn disconnect(connection: PgConnection) {
    // One that cannot be told that it ends notices it.
    let _ = connection.close().await;
}
