//! Trails for tests, opened and led through the real acts.

use uuid::Uuid;

use super::{Ending, Opening, Referral, ReferralSource, Trail};
use crate::domain::attestation::Attestation;
use crate::domain::birth_date::BirthDate;
use crate::domain::end_reason::{EndReason, WorkEnding};
use crate::domain::id::{AttestationId, ParticipantId, TrailId};
use crate::domain::method::Method;
use crate::domain::participant::{NewParticipant, Participant};
use crate::domain::protection::Protection;
use crate::domain::samples::{
    brannhydrant, by_spurv, day, guardian_consent, participant_id, right_person, rights_information, spurv, team,
};
use crate::domain::team::Clearance;
use crate::domain::text::Line;

/// The id of the trail under test.
pub(crate) fn trail_id() -> TrailId {
    TrailId::new(Uuid::from_u128(0x3_0001))
}

/// ABSURD BRANNHYDRANT, with a birth date and a protection of the test's choice.
pub(crate) fn person_born(born: Option<&str>, protection: Protection) -> Participant {
    person(participant_id(), born, protection)
}

/// Somebody else, born in 1990.
pub(crate) fn somebody_else() -> Participant {
    person(ParticipantId::new(Uuid::from_u128(0x1_0002)), Some("1990-01-15"), Protection::default())
}

fn person(id: ParticipantId, born: Option<&str>, protection: Protection) -> Participant {
    let birth_date = born.map(|born| BirthDate::parse(born).expect("a birth date"));
    let new = NewParticipant { birth_date, protection, ..brannhydrant() };
    Participant::register(id, new, &by_spurv("2022-05-31")).expect("registered").0
}

/// The three attestations about a participant: right person, rights information, guardian's consent.
pub(crate) fn attested(participant: &Participant) -> [Attestation; 3] {
    [right_person(), rights_information(), guardian_consent()].map(|kind| {
        let id = AttestationId::new(Uuid::from_u128(0xA_0001));
        Attestation::make(id, participant.id(), kind, &by_spurv("2022-05-31")).0
    })
}

/// An opening by "Team Salesforce", referred on a day.
pub(crate) fn opening(referred_on: &str) -> Opening {
    let referral = Referral {
        referred_on: day(referred_on),
        unit: Line::parse("Team Salesforce").expect("a unit"),
        counsellor: Line::parse("MILD ORRE").ok(),
        source: ReferralSource::TreatmentTeam,
        wish: None,
    };
    Opening { method: Method::Ips, referral, team: team(), clearance: Clearance::Ordinary, owner: spurv() }
}

/// A trail opened on the day of its referral.
pub(crate) fn referred(on: &str) -> Trail {
    opened_as(trail_id(), on)
}

/// A trail whose start-up meeting was held.
pub(crate) fn started(referred_on: &str, on: &str) -> Trail {
    referred(referred_on).hold_start_up_meeting(day(on), &by_spurv(on)).expect("started").0
}

/// A trail of another method, opened on the day of its referral.
pub(crate) fn referred_by_method(method: Method, on: &str) -> Trail {
    let person = person_born(Some("1985-12-08"), Protection::default());
    let [right, informed, _] = attested(&person);
    let opening = Opening { method, ..opening(on) };
    Trail::open(trail_id(), opening, &person, &[&right, &informed], &by_spurv(on)).expect("opened").0
}

/// A trail of another method whose start-up meeting was held.
pub(crate) fn started_by_method(method: Method, referred_on: &str, on: &str) -> Trail {
    referred_by_method(method, referred_on).hold_start_up_meeting(day(on), &by_spurv(on)).expect("started").0
}

/// Another trail, started.
pub(crate) fn other_trail() -> Trail {
    opened_as(TrailId::new(Uuid::from_u128(0x3_0002)), "2022-05-27")
}

/// A trail that ended in work on 28 February 2023.
pub(crate) fn ended() -> Trail {
    let ending = Ending { on: day("2023-02-28"), reason: EndReason::Work(WorkEnding::WithoutWageSubsidy) };
    started("2022-05-27", "2022-06-02").end(ending, &[], &by_spurv("2023-02-28")).expect("ended").0
}

fn opened_as(id: TrailId, referred_on: &str) -> Trail {
    let person = person_born(Some("1985-12-08"), Protection::default());
    let [right, informed, _] = attested(&person);
    Trail::open(id, opening(referred_on), &person, &[&right, &informed], &by_spurv(referred_on)).expect("opened").0
}
