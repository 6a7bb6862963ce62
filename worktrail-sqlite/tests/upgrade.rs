//! A file that was made with the first step of the ladder is brought up to the present one, and everything in it is
//! still there.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;
mod old;

use std::path::Path;

use common::kind;
use old::{ROWS, old_file};
use uuid::Uuid;
use worktrail_core::access::{Actor, Purpose};
use worktrail_core::desk::Desk;
use worktrail_core::domain::{Moment, Phase, Role, Trail};
use worktrail_core::question::{OwnTeams, PortfolioPhases, ReadTrail};
use worktrail_core::record::from_record;
use worktrail_core::store::{IndexRange, Limit, PageRequest, Store as _, StoreErrorKind, Tenant};
use worktrail_sqlite::{SqliteOptions, SqliteStore, migrate};

fn noon() -> Moment {
    Moment::parse("2026-11-02T12:00:00+01:00").unwrap()
}

async fn upgraded(file: &Path) -> SqliteStore {
    let options = SqliteOptions::file(file);
    let early = SqliteStore::open(options.clone()).await;
    assert_eq!(early.unwrap_err().kind(), StoreErrorKind::SchemaOutdated, "it is not opened as it is");
    migrate(&options).await.unwrap();
    SqliteStore::open(options).await.unwrap()
}

#[tokio::test]
async fn every_record_and_entry_of_an_old_file_is_there_and_whole() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("old.db");
    old_file(&file).await;
    let store = upgraded(&file).await;
    // Each record against its digest, and its fields against what this version makes of its body.
    let verified = Desk::new(&store, noon, Uuid::nil).verify().await.unwrap();
    let rows = |table: &str| ROWS.matches(&format!("INSERT INTO worktrail_{table} ")).count() as u64;
    let all = ROWS.matches("INSERT INTO worktrail_").count() as u64;
    assert_eq!(verified.entries, rows("journal"));
    assert_eq!(verified.records, all - rows("journal") - rows("stamp") - rows("head"));
    assert!(verified.records > 25);
}

#[tokio::test]
async fn an_old_trail_is_read_and_gone_on_with() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("old.db");
    old_file(&file).await;
    let store = upgraded(&file).await;
    let desk = Desk::new(&store, noon, Uuid::nil);
    let (tenant, all, first) = (Tenant::default(), IndexRange::all(kind("trail")), PageRequest::first(Limit::MAX));
    let trails = store.scan(&tenant, &all, &first).await.unwrap();
    let trail: Trail = from_record(trails.records[0].record()).unwrap();
    let owner = Actor::staff(trail.owner(), [Role::Specialist], Purpose::FollowUp);
    let own = OwnTeams { page: PageRequest::first(Limit::MAX) };
    assert_eq!(desk.ask(&owner, &own).await.unwrap().items.len(), 1);
    let read = desk.ask(&owner, &ReadTrail { trail: trail.id() }).await.unwrap();
    assert_eq!((&read.trail, read.narratives.len(), read.jobs.len()), (&trail, 15, 1));
    let counts = desk.ask(&owner, &PortfolioPhases { team: trail.team() }).await.unwrap();
    assert_eq!(counts.iter().find(|count| count.phase == Phase::Ended).map(|count| count.count), Some(1));
}
