//! Rule 7: over a damaged store there is a typed error or the truth, and an end, whatever sled does.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;

use std::fs;
use std::path::Path;
use std::time::Duration;

use common::{batch, copy, details, find, fresh, given, id, in_a_process, kind, open, participant, stamp, told};
use worktrail_core::simulation::Dice;
use worktrail_core::store::{
    Expect, IndexRange, JournalRange, Limit, PageRequest, Position, RecordKey, Store as _, StoreErrorKind, Subject,
    Tenant,
};
use worktrail_sled::{SledOptions, SledStore};

/// How long a process has, and how long a call of sled: a damaged store of this size is read in a moment.
const AT_MOST: Duration = Duration::from_secs(30);
const PATIENCE: Duration = Duration::from_secs(4);
const RECORDS: u128 = 120;

fn body(number: u128) -> Vec<u8> {
    format!("record {number} ").repeat(40).into_bytes()
}

/// Alters one thing of a store, and says what.
fn alter(path: &Path, seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let snapshots = fs::read_dir(path).unwrap().map(|it| it.unwrap().path());
    let snapshot = snapshots.into_iter().find(|it| it.file_name().unwrap().to_str().unwrap().starts_with("snap."));
    let file = match snapshot {
        Some(snapshot) if dice.below(5) == 0 => snapshot,
        _ => path.join("db"),
    };
    let mut bytes = fs::read(&file).unwrap();
    // What is written in; behind it there is nothing but zeros.
    let end = bytes.iter().rposition(|byte| *byte != 0).unwrap() as u64;
    let place = dice.below(end);
    let at = usize::try_from(place).unwrap();
    let what = match dice.below(3) {
        0 => {
            bytes[at] ^= 1 << dice.below(8);
            "a bit"
        }
        1 => {
            let until = bytes.len().min(at + 4_096);
            bytes[at..until].fill(0);
            "4096 bytes"
        }
        _ => {
            bytes.truncate(at);
            "all from here on"
        }
    };
    fs::write(&file, bytes).unwrap();
    format!("seed {seed}: {what} of {} at {place}", file.file_name().unwrap().display())
}

/// Alters every page that a snapshot points at.
fn alter_everything(path: &Path) -> String {
    let mut bytes = fs::read(path.join("db")).unwrap();
    bytes.iter_mut().skip(4_096).step_by(64).for_each(|byte| *byte = !*byte);
    fs::write(path.join("db"), bytes).unwrap();
    "every 64th byte".to_owned()
}

#[tokio::test]
async fn rule_7_damage_is_an_error_or_the_truth_and_never_a_hang() {
    let (directory, path, store) = fresh().await;
    for number in 1..=RECORDS {
        let record = participant(number, &number.to_string(), &body(number));
        let told = told(record.key()).of(Subject::new(id(number))).with(details("told"));
        let whole = batch().put(record, Expect::Absent).tell(told).stamp(stamp(number, 1));
        store.commit(whole.build().unwrap()).await.unwrap();
    }
    store.close().await;
    // sled reads its log when it opens, and what a snapshot covers only when it is asked for.
    let covered = directory.path().join("covered");
    copy(&path, &covered);
    open(&covered).await.unwrap().close().await;
    let (mut errors, mut unharmed) = (0, 0);
    for seed in 0..=24 {
        let damaged = directory.path().join(format!("damaged-{seed}"));
        copy(if seed % 2 == 0 { &covered } else { &path }, &damaged);
        let what = if seed == 24 { alter_everything(&damaged) } else { alter(&damaged, seed) };
        let output = in_a_process("reads_everything", &damaged, AT_MOST);
        let said = String::from_utf8_lossy(&output.stdout);
        println!("{what}: {}", said.lines().filter(|line| line.contains(": ")).collect::<Vec<_>>().join("; "));
        let wrong = format!("{what}: {said}{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{wrong}");
        match said.lines().find_map(|line| line.strip_prefix("outcome: ")) {
            Some("truth") if seed < 24 => unharmed += 1,
            Some("error") => errors += 1,
            _ => panic!("{wrong}"),
        }
        fs::remove_dir_all(&damaged).unwrap();
    }
    println!("{errors} errors, {unharmed} times nothing that is still used was altered");
    assert!(errors > 0, "no alteration did any damage");
}

/// What each damaged store is put through, in a process of its own.
#[tokio::test]
async fn reads_everything() {
    let Some(path) = given() else { return };
    let outcome = match SledStore::open(SledOptions::directory(&path).patience(PATIENCE)).await {
        Ok(store) => {
            let read = read(&store).await;
            println!("reading: {read:?}");
            let known = [StoreErrorKind::Corrupt, StoreErrorKind::Poisoned, StoreErrorKind::SchemaOutdated];
            assert!(read.as_ref().map_or_else(|kind| known.contains(kind), |()| true), "{read:?}");
            store.close().await;
            read.is_ok()
        }
        Err(error) => {
            println!("opening: {error}");
            false
        }
    };
    println!("outcome: {}", if outcome { "truth" } else { "error" });
}

/// Reads all that was acknowledged, and that it is what was written.
async fn read(store: &SledStore) -> Result<(), StoreErrorKind> {
    let (tenant, everything) = (Tenant::default(), JournalRange::Everything);
    let told = store.journal(&tenant, everything, Position::START, Limit::MAX).await.map_err(|it| it.kind())?;
    assert_eq!(told.entries.len() as u128, RECORDS, "an older state was given as the present one");
    for number in 1..=RECORDS {
        let key = RecordKey::new(kind("participant"), id(number));
        let found = find(store, key).await.map_err(|error| error.kind())?;
        let wanted = participant(number, &number.to_string(), &body(number));
        assert_eq!(found.map(|found| found.record().clone()), Some(wanted));
    }
    let range = IndexRange::all(kind("participant"));
    let page = store.scan(&tenant, &range, &PageRequest::first(Limit::MAX)).await.map_err(|error| error.kind())?;
    assert_eq!(page.records.len() as u128, RECORDS);
    store.check().await.map_err(|error| error.kind())
}
