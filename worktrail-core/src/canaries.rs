//! Tests: no personal value in any `Debug`, any `Display`, any error.
//!
//! The samples carry a mark in everything personal. What the library shows of them is searched for the marks.

mod errors;
mod exits;
pub(crate) mod facts;
mod kinds;
mod reading;

use std::error::Error;
use std::fmt::Debug;

use crate::record::samples::{CODED, MARKS};

/// What `Debug` shows, on one line and on many.
fn shown(value: &impl Debug) -> String {
    format!("{value:?}\n{value:#?}")
}

/// What an error shows: `Debug`, `Display`, and both of every cause.
fn told(error: &(dyn Error + 'static)) -> String {
    let mut text = format!("{error:?}\n{error:#?}\n{error}\n");
    if let Some(cause) = error.source() {
        text.push_str(&told(cause));
    }
    text
}

/// The first mark that a text repeats.
fn mark_in(text: &str) -> Option<&'static str> {
    let text = without_digests(text);
    MARKS.into_iter().chain(CODED).find(|mark| text.contains(mark))
}

/// A text without its digests: 64 hexadecimal digits may spell a number.
fn without_digests(text: &str) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_hexdigit() {
            run.push(c);
        } else {
            if run.len() != 64 {
                rest.push_str(&run);
            }
            run.clear();
            rest.push(c);
        }
    }
    rest
}

/// Fails when a text repeats a mark.
#[track_caller]
fn assert_silent(what: &str, text: &str) {
    if let Some(mark) = mark_in(text) {
        let place = text.find(mark).unwrap_or_default();
        let near: String = text.chars().skip(text[..place].chars().count().saturating_sub(120)).take(240).collect();
        panic!("{what} repeats {mark}: …{near}…");
    }
}

#[test]
fn a_mark_is_found_where_there_is_one() {
    #[derive(Debug)]
    #[expect(dead_code, reason = "it is there to be shown")]
    struct Loud<'a>(&'a str);

    for mark in MARKS.into_iter().chain(CODED) {
        assert_eq!(mark_in(&shown(&Loud(mark))), Some(mark));
    }
    assert_eq!(mark_in(&"1985".repeat(16)), None, "a digest");
    assert_eq!(mark_in(&"1985".repeat(15)), Some("1985"));
    let cause = std::io::Error::other(std::io::Error::other("KANARI"));
    assert!(mark_in(&told(&crate::store::StoreError::misuse("a").caused_by(cause))).is_some());
}
