//! The roles of `roles.sql`: each may what it is for, and no more.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;

use std::process::Command;

use common::{connection, fresh, kind_of, others, saving};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _};
use worktrail_core::store::{Store as _, StoreErrorKind};
use worktrail_postgres::{PostgresOptions, PostgresStore, migrate};

/// How somebody connects who has a role of this schema's.
async fn who(schema: &str, role: &str) -> PgConnectOptions {
    let name = format!("{schema}_{role}");
    let mut administrator = connection(schema).await;
    let login = AssertSqlSafe(format!("ALTER ROLE {name} LOGIN PASSWORD 'secret'"));
    administrator.execute(login).await.unwrap();
    others().username(&name).password("secret")
}

#[tokio::test]
async fn each_role_may_what_it_is_for() {
    let (schema, store) = fresh().await;
    store.close().await;
    for _ in 0..2 {
        let mut psql = Command::new(postgres_server::program("psql").unwrap());
        psql.arg(postgres_server::of_the_run()).args(["-q", "-v", &format!("schema={schema}")]);
        for role in ["owner", "writer", "reader"] {
            psql.args(["-v", &format!("{role}={schema}_{role}")]);
        }
        let output = psql.args(["-f", concat!(env!("CARGO_MANIFEST_DIR"), "/roles.sql")]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    let writer = PostgresOptions::from(who(&schema, "writer").await).schema(&schema);
    let store = PostgresStore::connect(writer.clone()).await.unwrap();
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    assert_eq!(kind_of(&store.scrub().await), Some(StoreErrorKind::Unavailable));
    migrate(&writer).await.unwrap();

    let mut reader = who(&schema, "reader").await.options([("search_path", &schema)]).connect().await.unwrap();
    let names: Vec<String> =
        sqlx::query_scalar("SELECT name FROM worktrail_v_team").fetch_all(&mut reader).await.unwrap();
    assert_eq!(names, ["Nord"]);
    for refused in ["SELECT body FROM worktrail_team", "DELETE FROM worktrail_v_team", "CREATE TABLE theirs (x bigint)"]
    {
        assert!(reader.execute(refused).await.is_err(), "{refused}");
    }

    let owner = PostgresOptions::from(who(&schema, "owner").await).schema(&schema);
    migrate(&owner).await.unwrap();
    PostgresStore::connect(owner).await.unwrap().scrub().await.unwrap();
}
