//! A backup is whole, is read again before it has its name, and opens as a store.

mod common;

use common::{batch, details, fresh, kind_of, lying_in, names, run, saving, stamp, team, team_key, told};
use worktrail_core::store::{Expect, Replay, Store as _, StoreErrorKind};
use worktrail_sqlite::{SqliteOptions, SqliteStore};

#[tokio::test]
async fn a_backup_opens_as_a_store() {
    let (directory, store) = fresh().await;
    let told = told(team_key(1)).with(details("Nord was founded"));
    let whole = batch().put(team(1, "Nord"), Expect::Absent).tell(told).stamp(stamp(1, 1)).build().unwrap();
    store.commit(whole.clone()).await.unwrap();
    store.commit(saving((2..700).map(|number| (number, format!("{number}"))))).await.unwrap();
    let copy = directory.path().join("copy.db");
    let backup = store.backup(&copy).await.unwrap();
    assert_eq!((backup.records, backup.entries), (699, 1));
    // What comes later is not in it.
    store.commit(saving([(999, "later".to_owned())])).await.unwrap();

    let copied = SqliteStore::open(SqliteOptions::file(&copy)).await.unwrap();
    assert_eq!(names(&copied).await.len(), 699);
    assert_eq!(copied.commit(whole).await.unwrap().replay(), Replay::Again);
    copied.commit(saving([(998, "another history".to_owned())])).await.unwrap();
    copied.check().await.unwrap();
}

#[tokio::test]
async fn a_file_that_is_there_is_left_alone() {
    let (directory, store) = fresh().await;
    let copy = directory.path().join("copy.db");
    std::fs::write(&copy, "a letter").unwrap();
    assert_eq!(kind_of(&store.backup(&copy).await), Some(StoreErrorKind::Misuse));
    assert_eq!(std::fs::read(&copy).unwrap(), b"a letter");
    let nowhere = directory.path().join("nowhere").join("copy.db");
    assert_eq!(kind_of(&store.backup(nowhere).await), Some(StoreErrorKind::Unavailable));
}

#[tokio::test]
async fn a_backup_of_damage_is_no_backup() {
    let damages = [
        "UPDATE worktrail_team SET body = x'00' WHERE name = '450'",
        "UPDATE worktrail_stamp SET reply = x'00'",
        "DELETE FROM worktrail_journal WHERE position = 2",
        "DELETE FROM worktrail_journal WHERE position = 3",
        "UPDATE worktrail_journal SET actor = zeroblob(16) WHERE position = 2",
        "UPDATE worktrail_head SET position = 2",
        "UPDATE worktrail_head SET revision = revision - 1",
        "UPDATE worktrail_head SET tenant = 'mbin'",
        "DELETE FROM worktrail_head",
    ];
    for damage in damages {
        let (directory, store) = fresh().await;
        store.commit(saving((1..700).map(|number| (number, format!("{number}"))))).await.unwrap();
        for number in 1..=3 {
            let told = batch().tell(told(team_key(number))).stamp(stamp(number, 1));
            store.commit(told.build().unwrap()).await.unwrap();
        }
        run(&directory.path().join("store.db"), damage).await;
        let backup = store.backup(directory.path().join("copy.db")).await;
        assert_eq!(kind_of(&backup), Some(StoreErrorKind::Corrupt), "{damage}");
        let names: Vec<_> = lying_in(directory.path()).into_iter().map(|(name, _)| name).collect();
        assert!(names.iter().all(|name| name.starts_with("store.db")), "{names:?}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn the_files_are_their_owners() {
    use std::os::unix::fs::PermissionsExt as _;
    let (directory, store) = fresh().await;
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    store.backup(directory.path().join("copy.db")).await.unwrap();
    let mut names = Vec::new();
    for entry in std::fs::read_dir(directory.path()).unwrap() {
        let entry = entry.unwrap();
        names.push(entry.file_name().into_string().unwrap());
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o077, 0, "{names:?}");
    }
    names.sort();
    assert_eq!(names, ["copy.db", "store.db", "store.db-shm", "store.db-wal"]);
}

#[tokio::test]
async fn an_unfinished_backup_is_replaced() {
    let (directory, store) = fresh().await;
    let copy = directory.path().join("copy.db");
    std::fs::write(directory.path().join("copy.db.partial"), "the half of a file").unwrap();
    store.backup(&copy).await.unwrap();
    assert!(copy.exists() && !directory.path().join("copy.db.partial").exists());
}
