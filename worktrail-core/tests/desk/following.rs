//! The journal as an outbox.

use std::pin::pin;
use std::task::{Context, Waker};

use pollster::block_on;
use worktrail_core::access::{Actor, Purpose};
use worktrail_core::command::{AppointStaff, EndAppointment};
use worktrail_core::desk::Error;
use worktrail_core::domain::{AppointmentId, FactCode, Period, Rejection, Role};
use worktrail_core::store::{Limit, Position};

use crate::cast::{
    command, day, desk, done, id, office, office_with_a_trail, program, ravn, spurv, spurv_id, to_working, trail,
};

#[test]
fn notices_come_in_order_without_gaps_and_say_what_record_to_look_at() {
    let store = office_with_a_trail();
    let desk = desk(&store);
    let receipt = done(&desk, &spurv(), command(1), &to_working(1)).receipt;
    let mut notices = Vec::new();
    loop {
        let after = notices.last().map_or(Position::START, |last: &worktrail_core::desk::Notice| last.position);
        let page = block_on(desk.follow(&program(), after, Limit::new(2))).unwrap();
        if page.is_empty() {
            break;
        }
        notices.extend(page);
    }
    let positions: Vec<_> = notices.iter().map(|notice| notice.position.number()).collect();
    assert_eq!(positions, (1..=notices.len() as u64).collect::<Vec<_>>());
    let last = notices.last().unwrap();
    assert_eq!(Some(last.position), receipt.entries().map(|entries| entries.last));
    assert_eq!((last.fact, last.kind, last.id), (Some(FactCode::PhaseChanged), "trail", trail(1).as_uuid()));
    assert_eq!((last.actor, last.command), (spurv().id(), Some(command(1))));
    // S13: what for, and in which role the right was granted.
    assert_eq!((last.purpose, last.role), (Some(Purpose::FollowUp), Some(Role::Specialist)));
    let first = notices.first().unwrap();
    assert_eq!((first.purpose, first.role), (Some(Purpose::Supervision), Some(Role::Supervisor)));
    // There are no details in a notice: every name in the office would show here.
    let shown = format!("{notices:?}");
    assert!(!shown.contains("BRANNHYDRANT") && !shown.contains("KAFE") && !shown.contains("Salesforce"), "{shown}");
}

#[test]
fn people_do_not_follow_the_journal() {
    let desk = desk(office_with_a_trail());
    for actor in [spurv(), ravn()] {
        let refused = block_on(desk.follow(&actor, Position::START, Limit::MAX)).unwrap_err();
        assert!(matches!(refused, Error::Rejected(Rejection::NotAllowed { right: "follow_journal" })), "{refused:?}");
    }
}

#[test]
fn a_program_that_watches_is_told_when_there_is_something_to_follow() {
    let store = office_with_a_trail();
    let (desk, program) = (desk(&store), program());
    let last = block_on(desk.watch(&program, Position::START)).unwrap();
    let mut watching = pin!(desk.watch(&program, last));
    assert!(watching.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    done(&desk, &spurv(), command(1), &to_working(1));
    let head = block_on(watching).unwrap();
    let notices = block_on(desk.follow(&program, last, Limit::MAX)).unwrap();
    assert_eq!(notices.last().map(|notice| notice.position), Some(head));
    assert_eq!(notices.first().map(|notice| notice.position), Some(last.next()));
}

#[test]
fn people_do_not_watch_the_journal() {
    let desk = desk(office_with_a_trail());
    for actor in [spurv(), ravn()] {
        let refused = block_on(desk.watch(&actor, Position::START)).unwrap_err();
        assert!(matches!(refused, Error::Rejected(Rejection::NotAllowed { right: "follow_journal" })), "{refused:?}");
    }
}

#[test]
fn whose_right_ends_while_they_watch_is_told_nothing() {
    // Given an auditor who watches.
    let store = office();
    let desk = desk(&store);
    let appointment = AppointmentId::new(id(0x90));
    let period = Period::from(day("2022-01-01")).unwrap();
    let appoint = AppointStaff { appointment, staff: spurv_id(), role: Role::Auditor, office: None, period };
    done(&desk, &program(), command(1), &appoint);
    let auditor = Actor::staff(spurv_id(), [Role::Auditor], Purpose::Administration);
    let last = block_on(desk.watch(&auditor, Position::START)).unwrap();
    let mut watching = pin!(desk.watch(&auditor, last));
    assert!(watching.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    // When the appointment ends.
    done(&desk, &program(), command(2), &EndAppointment { appointment, on: day("2022-08-31") });
    // Then that is not for them to hear.
    let refused = block_on(watching).unwrap_err();
    assert!(matches!(refused, Error::Rejected(_)), "{refused:?}");
}
