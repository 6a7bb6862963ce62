//! Tests: a command that asks its right over one person and changes another is stopped at the desk.

use pollster::block_on;
use serde::{Deserialize, Serialize};

use super::Error;
use super::spy::desk;
use crate::access::Right;
use crate::command::samples::{fresh_trail_id, trail_id};
use crate::command::scene::{everyday, specialist};
use crate::command::{Command, Decided, World};
use crate::domain::samples::right_person;
use crate::domain::{Attestation, AttestationId, Trail};
use crate::record::samples::id;
use crate::store::{CommandId, StoreErrorKind};

/// Asks over one trail, and attests something of the participant of another.
#[derive(Debug, Serialize, Deserialize)]
struct AttestElsewhere;

impl Command for AttestElsewhere {
    type Reply = ();

    const NAME: &'static str = "attest_elsewhere";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(world.get::<Trail>(trail_id())?)?;
        let other = world.get::<Trail>(fresh_trail_id())?.participant();
        let attestation = AttestationId::new(id(0x1F1));
        let (attestation, fact) = Attestation::make(attestation, other, right_person(), &world.authorship());
        Ok(permit.reply(()).tell(&attestation, fact).save(attestation))
    }
}

#[test]
fn a_right_over_one_person_changes_nothing_about_another() {
    match block_on(desk(everyday().store()).run(&specialist(), CommandId::new(id(0xD0)), &AttestElsewhere)) {
        Err(Error::Store(error)) => assert_eq!(error.kind(), StoreErrorKind::Misuse),
        other => panic!("{other:?}"),
    }
}
