//! Ten megabytes in the place of something: refused in bounded time and memory.

use std::fmt::Debug;
use std::time::{Duration, Instant};

use super::document::Document;
use crate::command::Command;
use crate::command::samples::{self as commands, Over, every_command};
use crate::domain::{
    BirthDate, EmailAddress, HoursPerWeek, LanguageTag, Line, Moment, Municipality, NameBeginning, NationalId,
    NumberScheme, OrganisationNumber, PersonName, PhoneNumber, Text, TextHash, TimeOfDay,
};
use crate::record::samples::{self as records, every_kind};
use crate::record::{Recorded, from_record, to_record};
use crate::store::{Body, Record, Tenant};

const LENGTH: usize = 10_000_000;

/// How long a refusal may take on a slow and busy machine; it takes some milliseconds.
const PATIENCE: Duration = Duration::from_secs(10);

/// What ten megabytes may be: a text, a number, brackets that are never closed.
const FRAGMENTS: [fn() -> String; 3] =
    [|| format!("\"{}\"", "7".repeat(LENGTH)), || "7".repeat(LENGTH), || "[".repeat(LENGTH)];

/// Does something, and says how long it took.
#[expect(clippy::disallowed_methods, reason = "the time that a refusal really takes is what is measured")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let done = work();
    (done, begun.elapsed())
}

/// Reads each document with a long fragment in one of its places, each time in another.
struct Long {
    fragment: String,
    read: usize,
    slowest: Duration,
}

impl Long {
    fn of(fragment: String) -> Self {
        Self { fragment, read: 0, slowest: Duration::ZERO }
    }

    fn read(&mut self, what: &str, document: &Document, read: impl Fn(String) -> Option<String>) {
        let text = document.with(self.read, &self.fragment);
        self.read += 1;
        let (said, took) = timed(|| read(text).unwrap_or_default());
        self.slowest = self.slowest.max(took);
        assert!((1..2_000).contains(&said.len()), "{what} said {} bytes", said.len());
    }
}

impl commands::Visit for Long {
    fn visit<C: Command + Debug>(&mut self, _: Over, command: &C) {
        let document = Document::of(&serde_json::to_value(command).expect("written"));
        self.read(C::NAME, &document, |text| serde_json::from_str::<C>(&text).err().map(|error| error.to_string()));
    }
}

impl records::Visit for Long {
    fn visit<T: Recorded>(&mut self, value: &T) {
        let key = to_record(value).expect("written").key();
        let document = Document::of(&serde_json::to_value(value).expect("written"));
        let read = |text: String| from_record::<T>(&Record::new(key, Body::new(T::FORM, text.into_bytes())));
        self.read(T::KIND.name(), &document, |text| read(text).err().map(|error| error.to_string()));
    }
}

#[test]
fn no_parser_takes_ten_megabytes() {
    let long = "7".repeat(LENGTH);
    let parse_all = || {
        [
            BirthDate::parse(&long).is_err(),
            EmailAddress::parse(&long).is_err(),
            HoursPerWeek::parse(&long).is_err(),
            LanguageTag::parse(&long).is_err(),
            Moment::parse(&long).is_err(),
            Municipality::parse(&long).is_err(),
            NameBeginning::parse(&long).is_err(),
            NationalId::parse(&long).is_err(),
            NumberScheme::parse(&long).is_err(),
            OrganisationNumber::parse(&long).is_err(),
            PhoneNumber::parse(&long).is_err(),
            Line::<40>::parse(&long).is_err(),
            Text::<10_000>::parse(&long).is_err(),
            TextHash::parse(&long).is_err(),
            Tenant::parse(&long).is_err(),
            TimeOfDay::parse(&long).is_err(),
            PersonName::new(&long, &long).is_err(),
        ]
    };
    let (refused, took) = timed(parse_all);
    assert_eq!(refused, [true; 17]);
    assert!(took < PATIENCE, "{took:?}");
}

/// Set where the next test runs by itself.
#[cfg(target_os = "linux")]
const ALONE: &str = "WORKTRAIL_HOSTILE_ALONE";

#[test]
fn no_command_and_no_stored_form_takes_ten_megabytes() {
    for fragment in FRAGMENTS {
        let mut long = Long::of(fragment());
        every_command(&mut long);
        every_kind(&mut long);
        assert!(long.slowest < PATIENCE, "{:?}", long.slowest);
    }
    #[cfg(target_os = "linux")]
    if std::env::var_os(ALONE).is_some() {
        let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
        println!("{}", status.lines().find(|line| line.starts_with("VmHWM:")).expect("the most memory that was held"));
    }
}

/// There is no allocator to count with, since none is written without `unsafe`; so the test before this one is run again
/// in a process of its own, which says how much memory it held at most.
#[test]
#[cfg(target_os = "linux")]
fn ten_megabytes_are_refused_in_less_than_ten_times_as_much_memory() {
    let this = std::env::current_exe().expect("a program");
    let one = "hostile::long::no_command_and_no_stored_form_takes_ten_megabytes";
    let output = std::process::Command::new(this).args([one, "--exact", "--nocapture"]).env(ALONE, "1").output();
    let output = String::from_utf8(output.expect("run").stdout).expect("text");
    let most = output.lines().find_map(|line| line.split_once("VmHWM:")).map(|(_, most)| most).expect("said");
    let kilobytes: usize = most.trim().trim_end_matches(" kB").parse().expect("a number");
    assert!(kilobytes < 10 * LENGTH / 1_000, "{kilobytes} kB");
}
