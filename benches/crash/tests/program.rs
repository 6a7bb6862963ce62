//! The program: what it runs, says and ends with.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

use std::process::{Command, Output};

fn crash(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_crash")).args(words).output().unwrap()
}

#[test]
fn a_test_that_was_chosen_is_run_and_told() {
    let output = crash(&["short", "--test", "C9", "--seed", "3"]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    assert!(said.starts_with("seed 3\n") && said.contains("clock jumps: ok"), "{said}");
}

#[test]
fn figures_come_as_json_too() {
    let output = crash(&["short", "--test", "R2", "--store", "the check", "--json"]);
    let lines: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(lines[0]["outcome"]["ran"]["faults"], serde_json::json!([]));
    assert!(lines[0]["outcome"]["ran"]["trials"].as_u64() >= Some(20));
}

#[test]
fn what_is_not_there_is_no_success() {
    assert!(!crash(&["short", "--test", "C99"]).status.success());
    assert!(!crash(&["shorter"]).status.success());
    assert!(!crash(&["child", "write", "no-such-store", "/nowhere", "1"]).status.success());
}
