//! Tests: the readers of one trail do not learn of another trail of the same person (`DA3`), nor of texts that are not
//! for them.

use std::sync::atomic::{AtomicU32, Ordering};

use pollster::block_on;

use super::{Actor, Purpose};
use crate::command::samples::{attested, end_trail, give_consent, open, trail_id};
use crate::command::scene::{everyday, other_team, specialist, supervisor};
use crate::command::{Attested, Command, GiveConsent, OpenTrail, WriteNarrative};
use crate::desk::Desk;
use crate::desk::spy::desk;
use crate::domain::samples::participant_id;
use crate::domain::{
    AttestationId, ConsentId, Fact, FactCode, NarrativeId, NarrativeRevisionId, Role, StaffId, Topic, TrailId,
};
use crate::question::{CaseFile, HistoryEntry, ReadTrail, TrailHistory};
use crate::record::samples::{self, id};
use crate::store::CommandId;

/// A specialist of the other team, to whom the person comes later.
fn next_specialist() -> Actor {
    Actor::staff(StaffId::new(id(0x5E1)), [Role::Specialist], Purpose::FollowUp)
}

fn run<C: Command>(desk: &Desk<'_>, actor: &Actor, number: u128, command: &C) {
    block_on(desk.run(actor, CommandId::new(id(number)), command)).expect(C::NAME);
}

fn next_trail() -> TrailId {
    TrailId::new(id(0x3E1))
}

fn read(desk: &Desk<'_>, actor: &Actor, trail: TrailId) -> (CaseFile, Vec<HistoryEntry>) {
    let file = block_on(desk.ask(actor, &ReadTrail { trail })).expect("read");
    (file, block_on(desk.ask(actor, &TrailHistory { trail })).expect("read"))
}

fn codes(history: &[HistoryEntry]) -> Vec<FactCode> {
    history.iter().filter_map(|entry| entry.code).collect()
}

#[test]
fn the_staff_of_an_ended_trail_do_not_learn_of_the_next_one() {
    // Given a trail that has ended, and a new one of the same person in another team, with attestations and a consent.
    let next = StaffId::new(id(0x5E1));
    let world = everyday().with_member(next, &other_team(), Role::Specialist).store();
    // Each act is an hour after the one before.
    let (hour, next_id) = (AtomicU32::new(10), AtomicU32::new(1));
    let clock = move || {
        let hour = hour.fetch_add(1, Ordering::Relaxed);
        crate::domain::Moment::parse(&format!("2022-09-01T{hour:02}:00:00+02:00")).unwrap()
    };
    let desk = Desk::new(world, clock, move || id(0x1_0000 + u128::from(next_id.fetch_add(1, Ordering::Relaxed))));
    run(&desk, &specialist(), 0xF0, &end_trail());
    let before = read(&desk, &specialist(), trail_id());
    let attestations: Vec<_> = attested()
        .into_iter()
        .zip(0x1_E1..)
        .map(|(it, number)| Attested { attestation: AttestationId::new(id(number)), ..it })
        .collect();
    let reopen = OpenTrail {
        trail: next_trail(),
        participant: participant_id(),
        team: other_team().id(),
        owner: Some(next),
        attestations,
        ..open()
    };
    run(&desk, &next_specialist(), 0xF1, &reopen);
    let consent = GiveConsent { consent: ConsentId::new(id(0x2E1)), trail: next_trail(), ..give_consent() };
    run(&desk, &next_specialist(), 0xF2, &consent);
    // Then the staff of the first one read what they read before.
    let after = read(&desk, &specialist(), trail_id());
    assert_eq!(after.0.attestations, before.0.attestations);
    assert_eq!(after.0.consents, before.0.consents);
    assert_eq!(codes(&after.1), codes(&before.1));
    // S13: each says what for, and in which role.
    assert!(after.1.iter().all(|it| (it.purpose, it.role) == (Some(Purpose::FollowUp), Some(Role::Specialist))));
    // And the new ones read their own, and the consents that were given before.
    let (file, history) = read(&desk, &next_specialist(), next_trail());
    assert_eq!(file.attestations.len(), before.0.attestations.len() + 3);
    assert_eq!(file.consents.len(), before.0.consents.len() + 1);
    let own = [FactCode::TrailOpened, FactCode::Attested, FactCode::Attested, FactCode::Attested];
    assert_eq!(codes(&history), [&own[..], &[FactCode::ConsentGiven]].concat());
    // And the participant reads everything.
    let (file, _) = read(&desk, &Actor::participant(participant_id()), trail_id());
    assert_eq!(file.consents.len(), before.0.consents.len() + 1);
}

#[test]
fn that_there_is_a_text_is_told_to_those_who_may_read_it() {
    // Given a text about health, and one that is for staff.
    let desk = desk(everyday().store());
    for (number, topic) in [(0xF3, Topic::Health), (0xF4, Topic::NoShowPlan)] {
        let write = WriteNarrative {
            narrative: NarrativeId::new(id(0x6_000 + number)),
            former: NarrativeRevisionId::new(id(0x7_000 + number)),
            trail: trail_id(),
            topic,
            text: samples::text(),
            entry: None,
        };
        run(&desk, &specialist(), number, &write);
    }
    let topics = |actor: &Actor| -> Vec<Topic> {
        let (file, history) = read(&desk, actor, trail_id());
        let told = history.into_iter().filter_map(|entry| match entry.fact {
            Some(Fact::NarrativeWritten { topic, .. }) => Some(topic),
            _ => None,
        });
        let told: Vec<_> = told.collect();
        let readable: Vec<_> = file.narratives.iter().map(crate::domain::Narrative::topic).collect();
        assert!(told.iter().all(|topic| readable.contains(topic)));
        told
    };
    assert_eq!(topics(&specialist()), [Topic::Health, Topic::NoShowPlan]);
    assert_eq!(topics(&supervisor()), [Topic::NoShowPlan]);
    assert_eq!(topics(&Actor::participant(participant_id())), [Topic::Health]);
}
