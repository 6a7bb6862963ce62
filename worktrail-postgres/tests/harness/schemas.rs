//! Schemas that are used again: to empty one costs a fiftieth of making one, and the suite wants hundreds.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Executor as _};
use worktrail_core::conformance::HarnessError;
use worktrail_postgres::migrate;

use crate::common::{connection, fresh_schema, options, others};

/// Those that nobody uses.
static SPARE: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// A schema with empty tables, for one store after the other. It comes to be spare when it is given back, or when the
/// runtime ends on which it was taken: then nothing is begun there any more.
#[derive(Debug)]
pub(crate) struct Schema {
    name: String,
    taken: Arc<Use>,
}

/// The use of a schema; empty when that was given up.
#[derive(Debug)]
struct Use(Mutex<Option<String>>);

impl Schema {
    pub(crate) async fn take() -> Result<Self, HarnessError> {
        let spare = locked(&SPARE).pop();
        let name = if let Some(name) = spare {
            empty(&name).await?;
            name
        } else {
            let name = fresh_schema();
            migrate(&options(&name)).await?;
            name
        };
        let taken = Arc::new(Use(Mutex::new(Some(name.clone()))));
        let until_the_runtime_ends = Arc::clone(&taken);
        tokio::spawn(async move {
            std::future::pending::<()>().await;
            drop(until_the_runtime_ends);
        });
        Ok(Self { name, taken })
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// How to connect to it, so that the server knows whose connections are its.
    pub(crate) fn connecting(&self) -> PgConnectOptions {
        others().application_name(&self.name)
    }

    /// Lets the next one have it. Nothing may be begun there any more.
    pub(crate) fn give_back(self) {
        self.taken.end();
    }
}

impl Use {
    fn end(&self) {
        if let Some(name) = locked(&self.0).take() {
            locked(&SPARE).push(name);
        }
    }
}

impl Drop for Use {
    fn drop(&mut self) {
        self.end();
    }
}

/// Removes what lies in it, when the server has ended what was under way there.
async fn empty(name: &str) -> Result<(), HarnessError> {
    let mut connection = connection(name).await;
    let under_way = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = $1";
    while 0 < sqlx::query_scalar::<_, i64>(under_way).bind(name).fetch_one(&mut connection).await? {}
    let tables = "SELECT string_agg(format('DELETE FROM %I', relname), '; ') FROM pg_class \
        WHERE relnamespace = to_regnamespace($1) AND relkind = 'r' AND relname <> 'worktrail_migration'";
    let deletes: String = sqlx::query_scalar(tables).bind(name).fetch_one(&mut connection).await?;
    connection.execute(AssertSqlSafe(deletes)).await?;
    Ok(())
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
