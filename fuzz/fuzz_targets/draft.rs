//! Any command as a draft: the first byte says which, the rest is what has been filled in so far.
#![no_main]

use std::task::{Context, Poll, Waker};

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use uuid::Uuid;
use worktrail_core::access::{Actor, purposes};
use worktrail_core::command::{COMMANDS, Command, CommandVisitor, command_named};
use worktrail_core::desk::Desk;
use worktrail_core::domain::{Moment, Role, StaffId};
use worktrail_core::store::MemoryStore;

struct Check(Value);

impl CommandVisitor for Check {
    type Output = ();

    fn visit<C: Command>(self) {
        let now = || Moment::parse("2026-03-10T12:00:00Z").expect("a moment");
        let desk = Desk::new(MemoryStore::new(), now, Uuid::nil);
        let purpose = *purposes(C::RIGHT).first().expect("a purpose");
        let actor = Actor::staff(StaffId::new(Uuid::nil()), Role::ALL, purpose);
        let checked = std::pin::pin!(desk.check::<C>(&actor, &self.0)).poll(&mut Context::from_waker(Waker::noop()));
        let Poll::Ready(checked) = checked else { panic!("a store in memory never waits") };
        // A draft with nothing missing or unreadable can be read as the command.
        if checked.is_ok_and(|checked| checked.missing.is_empty() && checked.unreadable.is_empty()) {
            assert!(serde_json::from_value::<C>(self.0).is_ok());
        }
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((which, body)) = data.split_first() else { return };
    let Ok(draft) = serde_json::from_slice(body) else { return };
    let (name, _) = COMMANDS[usize::from(*which) % COMMANDS.len()];
    command_named(name, Check(draft)).expect("every command is in the list");
});
