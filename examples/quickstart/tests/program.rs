//! The program: what it says when it is called in another way, and what it ends with.

use std::process::{Command, Output};

fn called(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_quickstart")).args(words).output().expect("the program")
}

fn complaint(words: &[&str]) -> String {
    let output = called(words);
    assert_eq!(output.status.code(), Some(1), "{words:?}");
    assert!(output.stdout.is_empty(), "{words:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn help_is_no_failure() {
    for word in ["--help", "-h"] {
        let output = called(&[word]);
        assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stdout).starts_with("usage: quickstart [--store "));
    }
}

#[test]
fn what_went_wrong_is_said_in_words() {
    assert_eq!(
        complaint(&["--store", "oracle:x"]),
        "quickstart: that names no store: it is sqlite:PATH, postgres://…, sled:PATH or memory\n"
    );
    assert!(complaint(&["--store", "sqlite:"]).starts_with("quickstart: a path is missing"));
    assert!(complaint(&["more"]).starts_with("quickstart: usage: quickstart [--store "));
    let folder = tempfile::tempdir().expect("a folder");
    let place = format!("sqlite:{}", folder.path().display());
    let of_the_store = complaint(&["--store", &place]);
    assert!(of_the_store.starts_with("quickstart: unavailable: "), "{of_the_store}");
    assert!(!of_the_store.contains("StoreError"), "{of_the_store}");
}
