//! A disk that is full while a store is made, and while a copy of one is: there is no half of either, and nothing is in
//! the way when there is room again.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{batch, fresh, kind_of, names, saving, team_key};
use worktrail_core::store::{Body, Expect, Record, Store as _, StoreErrorKind};
use worktrail_sled::SledStore;

const SMALL_DISK: &str = "WORKTRAIL_TEST_SMALL_DISK";

/// Runs a test of this file with a disk of its own, in a mount namespace, where the system allows one.
#[expect(clippy::print_stdout, reason = "so that a test that could not be run is seen")]
fn with_a_disk(test: &str, says: &str) {
    let directory = tempfile::tempdir().unwrap();
    let child = std::env::current_exe().unwrap();
    let mount = "mount -t tmpfs -o size=64m tmpfs \"$0\"";
    let namespace = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script]).arg(directory.path()).arg(&child);
        command.env(SMALL_DISK, directory.path());
        command
    };
    if !namespace(mount).output().is_ok_and(|it| it.status.success()) {
        println!("NOT RUN: this system allows no mount namespace, so no real disk was full");
        return;
    }
    let output = namespace(&format!("{mount} && exec \"$1\" --exact {test} --nocapture")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains(says), "{said}");
}

fn disk() -> Option<PathBuf> {
    std::env::var_os(SMALL_DISK).map(PathBuf::from)
}

/// Gives the disk another size.
fn has_room_for(disk: &Path, kilobytes: u32) {
    let size = format!("remount,size={kilobytes}k");
    assert!(Command::new("mount").args(["-o", &size]).arg(disk).status().unwrap().success());
}

#[test]
fn a_store_is_made_whole_or_not_at_all() {
    with_a_disk("makes_stores", "made stores");
}

/// What [`a_store_is_made_whole_or_not_at_all`] runs in a process of its own.
#[tokio::test]
async fn makes_stores() {
    let Some(disk) = disk() else { return };
    let (mut refused, mut made) = (0, 0);
    for kilobytes in [4, 8, 12, 16, 24, 32, 48, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192] {
        let home = disk.join(format!("of-{kilobytes}"));
        has_room_for(&disk, kilobytes);
        match SledStore::open_or_create(&home).await {
            Ok(store) => {
                made += 1;
                store.close().await;
            }
            Err(error) => {
                refused += 1;
                assert_eq!(error.kind(), StoreErrorKind::Full, "with {kilobytes} KiB: {error}");
            }
        }
        // Whatever came of it: with room there is a store in that place.
        has_room_for(&disk, 65_536);
        let store = SledStore::open_or_create(&home).await.unwrap();
        store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
        assert_eq!(names(&store).await, ["Nord"]);
        store.close().await;
        std::fs::remove_dir_all(&home).unwrap();
    }
    assert!(refused > 2 && made > 0, "refused {refused}, made {made}");
    println!("made stores: {made}, refused {refused}");
}

#[test]
fn a_copy_is_made_whole_or_not_at_all() {
    with_a_disk("exports", "exported");
}

/// What [`a_copy_is_made_whole_or_not_at_all`] runs in a process of its own.
#[tokio::test]
async fn exports() {
    let Some(disk) = disk() else { return };
    let (_directory, _path, store) = fresh().await;
    for number in 0..40 {
        let record = Record::new(team_key(number), Body::new(1, vec![7; 20_000]));
        store.commit(batch().put(record, Expect::Any).build().unwrap()).await.unwrap();
    }
    let (mut refused, mut made) = (0, 0);
    for kilobytes in [4, 16, 64, 128, 256, 512, 700, 800, 900, 1_400, 2_048, 4_096, 8_192, 16_384, 32_768] {
        let copy = disk.join("copy");
        has_room_for(&disk, kilobytes);
        match store.export(&copy).await {
            Ok(export) => {
                made += 1;
                assert_eq!(export.records, 40);
                std::fs::remove_dir_all(&copy).unwrap();
            }
            Err(error) => {
                refused += 1;
                assert_eq!(error.kind(), StoreErrorKind::Full, "with {kilobytes} KiB: {error}");
                assert!(!copy.exists(), "something was left with {kilobytes} KiB");
            }
        }
        // The store itself is none the worse.
        assert_eq!(kind_of(&store.check().await), None);
    }
    assert!(refused > 2 && made > 0, "refused {refused}, made {made}");
    println!("exported {made}, refused {refused}");
}
