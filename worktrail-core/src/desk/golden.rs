//! Tests: a command that was sent before an upgrade is the same after it.
//!
//! A command that is sent again is known by the fingerprint in its stamp, which is over what is written of it.
//! `tests/golden-commands.txt` has a line for each command: its name, the fingerprint, and what was written. That must be
//! read, and written back byte for byte, for as long as there is the command. A line is never changed; `UPDATE_GOLDEN=1`
//! writes those that are missing, for a new command.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};

use super::batch::fingerprint;
use crate::command::Command;
use crate::command::samples::{Over, Visit, every_command};
use crate::command::scene::specialist;
use crate::record::samples::id;
use crate::store::{CommandId, Tenant};

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden-commands.txt")
}

fn fingerprint_of<C: Command>(command: &C) -> String {
    fingerprint(&Tenant::default(), &specialist(), CommandId::new(id(0xC0)), command).unwrap().to_string()
}

/// The lines of the file by the name of their command, and what is wrong with them.
struct Golden {
    lines: BTreeMap<String, String>,
    commands: BTreeSet<&'static str>,
    faults: Vec<String>,
}

impl Golden {
    fn check<C: Command>(&self) -> Result<(), &'static str> {
        let line = self.lines.get(C::NAME).ok_or("has no line; UPDATE_GOLDEN=1 writes it")?;
        let (mark, text) = line.split_once(' ').ok_or("its line has no fingerprint")?;
        let command: C = serde_json::from_str(text).map_err(|_| "what was written is not read")?;
        let again = serde_json::to_string(&command).map_err(|_| "is not written")?;
        if again == text && fingerprint_of(&command) == mark {
            Ok(())
        } else {
            Err("is written otherwise, and not known again")
        }
    }
}

impl Visit for Golden {
    fn visit<C: Command + Debug>(&mut self, _: Over, command: &C) {
        if std::env::var_os("UPDATE_GOLDEN").is_some() && !self.lines.contains_key(C::NAME) {
            let line = format!("{} {}", fingerprint_of(command), serde_json::to_string(command).unwrap());
            self.lines.insert(C::NAME.to_owned(), line);
        }
        self.commands.insert(C::NAME);
        if let Err(fault) = self.check::<C>() {
            self.faults.push(format!("{}: {fault}", C::NAME));
        }
    }
}

#[test]
fn a_command_that_was_sent_before_is_known_again_by_what_is_written_of_it() {
    let written = fs::read_to_string(file()).unwrap_or_default();
    let lines = written.lines().filter_map(|line| line.split_once(' '));
    let lines = lines.map(|(name, line)| (name.to_owned(), line.to_owned())).collect();
    let mut golden = Golden { lines, commands: BTreeSet::new(), faults: Vec::new() };
    every_command(&mut golden);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let lines = golden.lines.iter().map(|(name, line)| format!("{name} {line}\n"));
        fs::write(file(), lines.collect::<String>()).unwrap();
    }
    let strangers = golden.lines.keys().filter(|name| !golden.commands.contains(name.as_str()));
    let strangers: Vec<_> = strangers.map(|name| format!("{name}: is the line of no command")).collect();
    golden.faults.extend(strangers);
    assert!(golden.faults.is_empty(), "{}", golden.faults.join("\n"));
}
