//! The desk inside the host's own transaction: a command and a row of the host's are done together, or not at all.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;
#[expect(dead_code, reason = "the stories use all of it")]
#[path = "../../worktrail-core/tests/stories/stage.rs"]
mod stage;

use std::sync::Mutex;

use common::{connection, fresh};
use sqlx::Executor as _;
use sqlx::postgres::PgConnection;
use worktrail_core::command::RegisterStaff;
use worktrail_core::desk::Error;
use worktrail_core::domain::{Moment, NewStaff, PersonName, StaffId};
use worktrail_postgres::{PostgresStore, PostgresTx};

use crate::stage::{Stage, id, line, ravn};

/// A schema with a table of the host's in it, and the store that everything else goes by.
async fn hosts() -> (String, PgConnection, PostgresStore) {
    let (schema, pooled) = fresh().await;
    let mut host = connection(&schema).await;
    host.execute("CREATE TABLE theirs (x bigint)").await.unwrap();
    (schema, host, pooled)
}

fn noon() -> Mutex<Moment> {
    Mutex::new(Moment::parse("2026-03-10T12:00:00+01:00").unwrap())
}

fn register(number: u128, given: &str, family: &str) -> RegisterStaff {
    let new = NewStaff { name: PersonName::new(given, family).unwrap(), host_identity: line(family) };
    RegisterStaff { staff: StaffId::new(id(number)), new }
}

/// The rows of the host's, and the people who are registered.
async fn there(host: &mut PgConnection) -> (i64, i64) {
    let both = "SELECT (SELECT count(*) FROM theirs), (SELECT count(*) FROM worktrail_v_staff)";
    sqlx::query_as(both).fetch_one(host).await.unwrap()
}

#[tokio::test]
async fn a_command_and_a_hosts_row_are_committed_or_rolled_back_together() {
    let ((schema, mut host, pooled), now) = (hosts().await, noon());
    let stage = Stage::over(&pooled, &now);
    for (ending, wanted) in [("ROLLBACK", (0, 0)), ("COMMIT", (1, 1))] {
        host.execute("BEGIN; INSERT INTO theirs VALUES (1)").await.unwrap();
        let enlisted = PostgresTx::new(&mut host).in_schema(&schema);
        let command = register(1, "KLOK", "RAVN");
        stage.desk.within(&enlisted).run(&ravn(), stage.command(), &command).await.unwrap();
        enlisted.finish().await.unwrap();
        host.execute(ending).await.unwrap();
        assert_eq!(there(&mut host).await, wanted, "{ending}");
    }
    // The desk outside goes on from there.
    stage.done(&ravn(), &register(2, "KVIKK", "SPURV")).await;
    assert_eq!(there(&mut host).await, (1, 2));
}

#[tokio::test]
async fn a_refused_command_leaves_the_hosts_transaction_usable() {
    let ((schema, mut host, pooled), now) = (hosts().await, noon());
    let stage = Stage::over(&pooled, &now);
    host.execute("BEGIN").await.unwrap();
    let enlisted = PostgresTx::new(&mut host).in_schema(&schema);
    {
        let desk = stage.desk.within(&enlisted);
        desk.run(&ravn(), stage.command(), &register(1, "KLOK", "RAVN")).await.unwrap();
        let refused = desk.run(&ravn(), stage.command(), &register(2, "KLOKERE", "RAVN")).await;
        assert!(matches!(refused, Err(Error::Rejected(_))), "{refused:?}");
        desk.run(&ravn(), stage.command(), &register(3, "KVIKK", "SPURV")).await.unwrap();
    }
    enlisted.finish().await.unwrap();
    host.execute("INSERT INTO theirs VALUES (1); COMMIT").await.unwrap();
    assert_eq!(there(&mut host).await, (1, 2));
}
