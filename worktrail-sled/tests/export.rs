//! An export is whole, is read again before it is a store, and holds nothing that was forgotten.

mod common;

use std::fs;
use std::path::Path;

use common::{
    batch, blobs, details, find, fresh, id, kind_of, lying_in, names, open, participant, saving, stamp, team, team_key,
    told,
};
use worktrail_core::store::{Expect, Replay, Store as _, StoreErrorKind, Subject};
use worktrail_sled::{Remains, SledStore};

#[tokio::test]
async fn rule_8_an_export_opens_as_a_store_and_restores() {
    let (directory, path, store) = fresh().await;
    let told = told(team_key(1)).with(details("Nord was founded"));
    let whole = batch().put(team(1, "Nord"), Expect::Absent).tell(told).stamp(stamp(1, 1)).build().unwrap();
    store.commit(whole.clone()).await.unwrap();
    store.commit(saving((2..700).map(|number| (number, format!("{number}"))))).await.unwrap();
    let long = participant(9, "long", &vec![9; 300_000]);
    store.commit(batch().put(long.clone(), Expect::Absent).build().unwrap()).await.unwrap();
    let copy = directory.path().join("copy");
    let export = store.export(&copy).await.unwrap();
    assert_eq!((export.records, export.entries), (700, 1));
    // What comes later is not in it.
    store.commit(saving([(999, "later".to_owned())])).await.unwrap();
    store.close().await;

    let copied = open(&copy).await.unwrap();
    assert_eq!(names(&copied).await.len(), 699);
    assert_eq!(find(&copied, long.key()).await.unwrap().unwrap().record(), &long);
    assert_eq!(copied.commit(whole.clone()).await.unwrap().replay(), Replay::Again);
    copied.check().await.unwrap();
    // Restoring: the copy takes the place of the original.
    fs::remove_dir_all(&path).unwrap();
    copied.export(&path).await.unwrap();
    let restored = open(&path).await.unwrap();
    assert_eq!(names(&restored).await.len(), 699);
    assert_eq!(restored.commit(whole).await.unwrap().replay(), Replay::Again);
    restored.commit(saving([(998, "another history".to_owned())])).await.unwrap();
    assert_eq!((blobs(&copy), blobs(&path)), (0, 0));
}

#[tokio::test]
async fn what_is_there_is_left_alone() {
    let (directory, _path, store) = fresh().await;
    let other = directory.path().join("other");
    SledStore::open_or_create(&other).await.unwrap().close().await;
    let letters = directory.path().join("letters");
    fs::create_dir(&letters).unwrap();
    fs::write(letters.join("letter"), "a letter").unwrap();
    for there in [&other, &letters] {
        let before = lying_in(there);
        assert_eq!(kind_of(&store.export(there).await), Some(StoreErrorKind::Misuse));
        assert_eq!(lying_in(there), before);
    }
    let nowhere = directory.path().join("nowhere").join("copy");
    assert_eq!(kind_of(&store.export(nowhere).await), Some(StoreErrorKind::Unavailable));
    store.commit(saving([(1, "it goes on".to_owned())])).await.unwrap();
}

/// Whether a file in a directory holds these bytes.
fn holds(directory: &Path, bytes: &[u8]) -> bool {
    let files = lying_in(directory).into_iter().filter_map(|(_, content)| content);
    files.into_iter().any(|content| content.windows(bytes.len()).any(|window| window == bytes))
}

#[tokio::test]
async fn what_was_forgotten_is_not_in_an_export() {
    const CANARY: &str = "KLOKKESLETT";
    let (directory, path, store) = fresh().await;
    let subject = Subject::new(id(1));
    let body = CANARY.repeat(20_000);
    let record = participant(1, CANARY, body.as_bytes());
    let told = told(record.key()).of(subject).with(details(CANARY));
    let other = participant(2, "other", b"SOMEBODY ELSE");
    let batch_of_both = batch().put(record, Expect::Absent).put(other, Expect::Absent).tell(told).stamp(stamp(1, 0xEE));
    store.commit(batch_of_both.build().unwrap()).await.unwrap();
    assert!(holds(&path, CANARY.as_bytes()) && holds(&path, &[0xEE; 32]), "the search finds what is there");
    store.commit(batch().forget(subject).build().unwrap()).await.unwrap();
    assert_eq!(store.scrub().await.unwrap().remains, Remains::UnusedPartsOfTheLog);
    let copy = directory.path().join("copy");
    store.export(&copy).await.unwrap();
    assert!(holds(&path, CANARY.as_bytes()), "as the documentation says, the original still has it");
    assert!(holds(&copy, b"SOMEBODY ELSE"));
    assert!(!holds(&copy, CANARY.as_bytes()) && !holds(&copy, &[0xEE; 32]));
    open(&copy).await.unwrap().check().await.unwrap();
}
