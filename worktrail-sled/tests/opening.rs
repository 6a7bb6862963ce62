//! What stands at a path is looked at before anything is written, and what is no store of ours is left as it was.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use common::{copy, fresh, given, in_a_process, kind_of, lying_in, names, open, saving};
use tokio::sync::Barrier;
use worktrail_core::store::{Store as _, StoreErrorKind};
use worktrail_sled::SledStore;

/// Both ways of opening are refused so, and leave everything as it was.
async fn refused(path: &Path, kind: StoreErrorKind, what: &str) {
    let around = path.parent().unwrap();
    let before = lying_in(around);
    assert_eq!(kind_of(&open(path).await), Some(kind), "{what}: open");
    assert_eq!(kind_of(&SledStore::open_or_create(path).await), Some(kind), "{what}: open or create");
    assert_eq!(lying_in(around), before, "{what}: something was written");
}

#[tokio::test]
async fn a_missing_directory_is_made_only_when_asked_for() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store");
    assert_eq!(kind_of(&open(&path).await), Some(StoreErrorKind::Unavailable));
    assert!(!path.exists());
    let deeper = path.join("store");
    assert_eq!(kind_of(&open(&deeper).await), Some(StoreErrorKind::Unavailable));
    assert_eq!(kind_of(&SledStore::open_or_create(&deeper).await), Some(StoreErrorKind::Unavailable));
    assert!(!path.exists());
}

#[tokio::test]
async fn an_empty_directory_is_taken() {
    let directory = tempfile::tempdir().unwrap();
    assert_eq!(kind_of(&open(directory.path()).await), Some(StoreErrorKind::Unavailable));
    SledStore::open_or_create(directory.path()).await.unwrap().close().await;
    open(directory.path()).await.unwrap().close().await;
}

#[tokio::test]
async fn what_belongs_to_another_is_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    fs::write(&file, "a letter").unwrap();
    refused(&file, StoreErrorKind::Unavailable, "a file").await;
    let letters = directory.path().join("letters");
    fs::create_dir(&letters).unwrap();
    fs::write(letters.join("letter"), "a letter").unwrap();
    refused(&letters, StoreErrorKind::Misuse, "letters").await;
    let theirs = directory.path().join("theirs");
    drop(sled::open(&theirs).unwrap());
    refused(&theirs, StoreErrorKind::Misuse, "another program's sled").await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_directory_that_cannot_be_written_is_read_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let (directory, path, store) = fresh().await;
    store.close().await;
    let may = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    may(&path, 0o500);
    refused(&path, StoreErrorKind::ReadOnly, "the store's directory").await;
    may(&path, 0o700);
    may(directory.path(), 0o500);
    let other = directory.path().join("other");
    assert_eq!(kind_of(&SledStore::open_or_create(&other).await), Some(StoreErrorKind::ReadOnly));
    assert!(!other.exists());
    may(directory.path(), 0o700);
}

/// What is done to a store, and how it is answered.
type Damage = (&'static str, StoreErrorKind, fn(&Path));

#[tokio::test]
async fn a_damaged_or_missing_part_is_noticed() {
    use StoreErrorKind as Kind;
    let (directory, path, store) = fresh().await;
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    store.close().await;
    let empty = directory.path().join("empty");
    SledStore::open_or_create(&empty).await.unwrap().close().await;
    let damages: [Damage; 9] = [
        ("marker", Kind::Misuse, |path| fs::remove_file(path.join("worktrail")).unwrap()),
        ("marker's text", Kind::Corrupt, |path| fs::write(path.join("worktrail"), "worktrail-sled 1 \n").unwrap()),
        ("marker is no text", Kind::Corrupt, |path| fs::write(path.join("worktrail"), [0xff; 40]).unwrap()),
        ("settings", Kind::Corrupt, |path| fs::remove_file(path.join("conf")).unwrap()),
        ("settings, as a power cut leaves them", Kind::Corrupt, |path| fs::write(path.join("conf"), "").unwrap()),
        ("log", Kind::Corrupt, |path| fs::remove_file(path.join("db")).unwrap()),
        ("count", Kind::Corrupt, |path| fs::remove_file(path.join("worktrail.mark")).unwrap()),
        ("blobs", Kind::Corrupt, |path| fs::remove_dir(path.join("blobs")).unwrap()),
        ("a blob", Kind::Corrupt, |path| fs::write(path.join("blobs").join("77"), "long").unwrap()),
    ];
    for (number, (what, kind, damage)) in damages.into_iter().enumerate() {
        let altered = directory.path().join(number.to_string());
        copy(&path, &altered);
        damage(&altered);
        refused(&altered, kind, what).await;
    }
}

/// sled takes damage for an unfinished write, opens with what was before it, and says nothing.
#[tokio::test]
async fn an_older_state_is_not_taken_for_the_present() {
    let (directory, path, store) = fresh().await;
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    store.close().await;
    let older = directory.path().join("older");
    copy(&path, &older);
    let store = open(&path).await.unwrap();
    store.commit(saving([(2, "Sør".to_owned())])).await.unwrap();
    store.close().await;
    fs::copy(path.join("worktrail.mark"), older.join("worktrail.mark")).unwrap();
    assert_eq!(kind_of(&open(&older).await), Some(StoreErrorKind::Corrupt));
    assert_eq!(names(&open(&path).await.unwrap()).await, ["Nord", "Sør"]);
}

/// sled opens an empty database when its log and its snapshot are gone, and says nothing.
#[tokio::test]
async fn a_log_that_was_emptied_is_not_taken_for_a_new_store() {
    let (_directory, path, store) = fresh().await;
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    store.close().await;
    for entry in fs::read_dir(&path).unwrap() {
        let file = entry.unwrap().path();
        if file.file_name().unwrap().to_str().unwrap().starts_with("snap.") {
            fs::remove_file(file).unwrap();
        }
    }
    fs::write(path.join("db"), "").unwrap();
    assert_eq!(kind_of(&open(&path).await), Some(StoreErrorKind::Corrupt));
    assert_eq!(kind_of(&SledStore::open_or_create(&path).await), Some(StoreErrorKind::Corrupt));
}

/// A snapshot that was half written when the power went would keep sled from opening.
#[tokio::test]
async fn an_unfinished_snapshot_is_no_obstacle() {
    let (_directory, path, store) = fresh().await;
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    store.close().await;
    fs::write(path.join("snap.FFFFFFFFFFFFFFFF.generating"), "the half of it").unwrap();
    let store = open(&path).await.unwrap();
    assert_eq!(names(&store).await, ["Nord"]);
}

#[tokio::test]
async fn rule_2_a_store_that_was_not_wholly_made_is_none() {
    let (directory, path, store) = fresh().await;
    store.close().await;
    // What is left when the power goes just before the store is whole.
    fs::rename(path.join("worktrail"), path.join("worktrail.new")).unwrap();
    fs::write(path.join("conf"), "").unwrap();
    let before = lying_in(directory.path());
    assert_eq!(kind_of(&open(&path).await), Some(StoreErrorKind::Unavailable));
    assert_eq!(lying_in(directory.path()), before);
    let store = SledStore::open_or_create(&path).await.unwrap();
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    store.close().await;
    assert!(!path.join("worktrail.new").exists());
    assert_eq!(names(&open(&path).await.unwrap()).await, ["Nord"]);
}

#[tokio::test]
async fn rule_5_one_at_a_time() {
    let (_directory, path, store) = fresh().await;
    assert_eq!(kind_of(&open(&path).await), Some(StoreErrorKind::AlreadyOpen));
    assert_eq!(kind_of(&SledStore::open_or_create(&path).await), Some(StoreErrorKind::AlreadyOpen));
    let output = in_a_process("another_process_opens_it", &path, Duration::from_mins(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("Some(AlreadyOpen)"), "{output:?}");
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    store.close().await;
    let theirs = sled::Config::new().path(&path).segment_size(1 << 24).open().unwrap();
    assert_eq!(kind_of(&open(&path).await), Some(StoreErrorKind::AlreadyOpen), "somebody who uses sled directly");
    drop(theirs);
    assert_eq!(names(&open(&path).await.unwrap()).await, ["Nord"]);
}

/// Eight who find nothing and make it at once: one has it, nobody takes it apart, and nothing of it is lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn rule_5_of_eight_who_make_it_at_once_one_has_it() {
    let directory = tempfile::tempdir().unwrap();
    for round in 0..10 {
        let path = directory.path().join(round.to_string());
        let start = Arc::new(Barrier::new(8));
        let opened = |_| {
            let (path, start) = (path.clone(), Arc::clone(&start));
            tokio::spawn(async move {
                start.wait().await;
                SledStore::open_or_create(path).await
            })
        };
        let tasks: Vec<_> = (0..8).map(opened).collect();
        let mut stores = Vec::new();
        for task in tasks {
            match task.await.unwrap() {
                Ok(store) => stores.push(store),
                Err(error) => assert_eq!(error.kind(), StoreErrorKind::AlreadyOpen, "round {round}: {error}"),
            }
        }
        let [store] = &stores[..] else { panic!("round {round}: {} have it", stores.len()) };
        store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
        store.close().await;
        let store = open(&path).await.unwrap();
        assert_eq!(names(&store).await, ["Nord"], "round {round}");
        store.close().await;
    }
}

/// The other of [`rule_5_one_at_a_time`].
#[tokio::test]
async fn another_process_opens_it() {
    let Some(path) = given() else { return };
    println!("{:?}", kind_of(&open(&path).await));
}

#[cfg(unix)]
#[tokio::test]
async fn the_directory_is_its_owners() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_directory, path, store) = fresh().await;
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
}
