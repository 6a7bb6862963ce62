//! Any command as JSON: the first byte says which, the rest is its body.
#![no_main]

use libfuzzer_sys::fuzz_target;
use worktrail_core::command::{COMMANDS, Command, CommandVisitor, command_named};

struct Read<'b>(&'b [u8]);

impl CommandVisitor for Read<'_> {
    type Output = ();

    fn visit<C: Command>(self) {
        match serde_json::from_slice::<C>(self.0) {
            Err(error) => assert!(error.to_string().len() < 2_000),
            Ok(command) => {
                let written = serde_json::to_vec(&command).expect("what was read can be written");
                let again: C = serde_json::from_slice(&written).expect("what was written can be read");
                assert_eq!(serde_json::to_vec(&again).ok(), Some(written));
            }
        }
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((which, body)) = data.split_first() else { return };
    let (name, _) = COMMANDS[usize::from(*which) % COMMANDS.len()];
    command_named(name, Read(body)).expect("every command is in the list");
});
