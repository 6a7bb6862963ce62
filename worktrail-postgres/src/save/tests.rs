//! What plain SQL did between reading and writing.

use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnection;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::judge::Judge;
use worktrail_core::store::{
    Batch, Body, Expect, Head, Key, Record, RecordKey, Revision, StoreErrorKind, Stored, StoredRecord, Tenant,
};

use super::*;
use crate::connect::connect;
use crate::migration::migrate;
use crate::testing::{fresh_schema, options};

/// A child whose parent was read, and is not there any more.
fn orphan() -> Effect {
    let [child, parent] = ["trail", "participant"].map(|name| RecordKey::new(SCHEMA.kind(name).unwrap(), Uuid::nil()));
    let tenant = Tenant::default();
    let read = StoredRecord::new(
        Record::new(parent, Body::new(1, b"KARI".as_slice())).about(Subject::new(Uuid::nil())),
        Revision::default().next(),
        Revision::default(),
    );
    let record = Record::new(child, Body::new(1, b"x".as_slice())).about(Subject::new(Uuid::nil())).under(Uuid::nil());
    let read = [(Key::Record(parent), Some(Stored::Record(read)))];
    let mut judge = Judge::new(tenant.clone(), Head::default(), read, Vec::new());
    judge.judge(&Batch::of(tenant).put(record, Expect::Any).build().unwrap()).unwrap();
    judge.into_effect()
}

async fn rows(connection: &mut PgConnection, table: String) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("SELECT count(*) FROM {table}"))).fetch_one(connection).await.unwrap()
}

#[tokio::test]
async fn a_parent_that_went_after_it_was_read_is_missed_and_nothing_is_written() {
    let options = options(&fresh_schema());
    migrate(&options).await.unwrap();
    let (mut connection, home) = (connect(&options).await.unwrap(), options.home());
    let fault = save(home, &mut connection, &Tenant::default(), &Head::default(), orphan()).await.unwrap_err();
    assert_eq!((fault.kind(), fault.is_passing()), (StoreErrorKind::Busy, true), "{fault:?}");
    for table in ["worktrail_head", "worktrail_trail"] {
        assert_eq!(rows(&mut connection, home.named(table)).await, 0, "{table}");
    }
}
