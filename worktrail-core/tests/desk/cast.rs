//! The invented cast, and an office in which a trail is open.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::NaiveDate;
use pollster::block_on;
use uuid::Uuid;
use worktrail_core::access::{Actor, Purpose};
use worktrail_core::command::{
    AdmitMember, Attested, Command, EndTrail, FoundTeam, HoldStartUpMeeting, MoveTo, OpenTrail, RegisterEmployer,
    RegisterJob, RegisterParticipant, RegisterStaff, Workplace,
};
use worktrail_core::desk::{Desk, Done, Error};
use worktrail_core::domain::{
    ActorId, AttestationId, AttestationKind, BirthDate, Channel, EmployerDetails, EmployerId, EmploymentForm,
    EndReason, FactSource, JobDetails, JobId, Line, MembershipId, Method, Moment, NationalId, NewParticipant, NewStaff,
    NewTeam, OrganisationNumber, ParticipantId, Period, PersonName, Phase, Protection, Referral, ReferralSource,
    Rejection, Role, StaffId, TeamId, TrailId, WorkEnding,
};
use worktrail_core::label::Language;
use worktrail_core::store::{CommandId, MemoryStore, Store};

pub(crate) fn id(number: u128) -> Uuid {
    Uuid::from_u128(0xC0DE_0000_0000_4000_8000_0000_0000_0000 + number)
}

pub(crate) fn command(number: u128) -> CommandId {
    CommandId::new(id(0x1000 + number))
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The present: 1 September 2022.
pub(crate) fn now() -> Moment {
    Moment::parse("2022-09-01T09:00:00+02:00").unwrap()
}

pub(crate) fn line<const MAX: usize>(text: &str) -> Line<MAX> {
    Line::parse(text).unwrap()
}

/// A desk over a store, in the present, with ids that count up.
pub(crate) fn desk<'s>(store: impl Store + 's) -> Desk<'s> {
    let next = AtomicU64::new(1);
    Desk::new(store, now, move || id(0x10_0000 + u128::from(next.fetch_add(1, Ordering::Relaxed))))
}

/// KLOK RAVN, supervisor.
pub(crate) fn ravn() -> Actor {
    Actor::staff(StaffId::new(id(1)), [Role::Supervisor], Purpose::Supervision)
}

/// KVIKK SPURV, specialist.
pub(crate) fn spurv() -> Actor {
    Actor::staff(spurv_id(), [Role::Specialist], Purpose::FollowUp)
}

pub(crate) fn spurv_id() -> StaffId {
    StaffId::new(id(2))
}

/// The host program.
pub(crate) fn program() -> Actor {
    Actor::program(ActorId::new(id(3)))
}

pub(crate) fn team() -> TeamId {
    TeamId::new(id(10))
}

/// Participants 1, 2 …
pub(crate) fn person(number: u128) -> ParticipantId {
    ParticipantId::new(id(0x20 + number))
}

/// Trails 1, 2 …; the first is open in the prepared office.
pub(crate) fn trail(number: u128) -> TrailId {
    TrailId::new(id(0x30 + number))
}

pub(crate) fn employer() -> EmployerId {
    EmployerId::new(id(0x40))
}

pub(crate) fn register_person(number: u128) -> RegisterParticipant {
    RegisterParticipant {
        participant: person(number),
        team: team(),
        new: NewParticipant {
            name: PersonName::new("ABSURD", "BRANNHYDRANT").unwrap(),
            national_id: (number == 1).then_some(NationalId::DEMONSTRATION),
            birth_date: BirthDate::parse("1985-12-08").ok(),
            phone: None,
            email: None,
            protection: Protection::default(),
        },
        source: FactSource::Other,
    }
}

/// Opens a trail for a participant, with attestations of its own ids.
pub(crate) fn open(number: u128, participant: ParticipantId) -> OpenTrail {
    let informed = AttestationKind::RightsInformation {
        notice: line("rights"),
        version: line("v2022-05"),
        language: Language::Norwegian,
        channel: Channel::InPerson,
    };
    let attested = |place: u128, kind| Attested { attestation: AttestationId::new(id(number * 0x100 + place)), kind };
    OpenTrail {
        trail: trail(number),
        participant,
        team: team(),
        owner: Some(spurv_id()),
        method: Method::Ips,
        referral: Referral {
            referred_on: day("2022-05-27"),
            unit: Some(line("Team Salesforce")),
            counsellor: None,
            source: ReferralSource::TreatmentTeam,
            wish: None,
        },
        attestations: vec![attested(1, AttestationKind::RightPerson), attested(2, informed)],
        by_referral: None,
        returns: None,
        source_entry: None,
    }
}

pub(crate) fn start(number: u128) -> HoldStartUpMeeting {
    HoldStartUpMeeting { trail: trail(number), on: day("2022-06-02") }
}

pub(crate) fn to_working(number: u128) -> MoveTo {
    MoveTo { trail: trail(number), phase: Phase::Working, on: day("2022-08-15") }
}

pub(crate) fn end(number: u128, on: &str) -> EndTrail {
    EndTrail {
        trail: trail(number),
        on: day(on),
        reason: EndReason::Work(WorkEnding::LighterSupport),
        exclusion: None,
        entry: None,
    }
}

pub(crate) fn job(number: u128, from: &str) -> RegisterJob {
    RegisterJob {
        job: JobId::new(id(0x50)),
        trail: trail(number),
        workplace: Workplace::Employer { employer: employer(), contact_person: None },
        title: line("Lagermedarbeider"),
        form: EmploymentForm::Permanent,
        hours: None,
        period: Period::from(day(from)).unwrap(),
        training_reason: None,
        education: None,
        details: JobDetails::default(),
    }
}

/// Runs a command and expects it to be accepted.
#[track_caller]
pub(crate) fn done<C: Command>(desk: &Desk<'_>, actor: &Actor, id: CommandId, command: &C) -> Done<C::Reply> {
    block_on(desk.run(actor, id, command)).unwrap_or_else(|error| panic!("{}: {error:?}", C::NAME))
}

/// The refusal of a command that was refused.
#[track_caller]
pub(crate) fn refusal<R>(outcome: Result<R, Error>) -> Rejection {
    match outcome {
        Err(Error::Rejected(rejection)) => rejection,
        Err(error) => panic!("not refused: {error:?}"),
        Ok(_) => panic!("accepted"),
    }
}

/// A team with its supervisor, a specialist, an employer and two participants.
pub(crate) fn office() -> MemoryStore {
    let store = MemoryStore::new();
    let desk = desk(store.clone());
    let staff = |number, identity: &str| RegisterStaff {
        staff: StaffId::new(id(number)),
        new: NewStaff { name: PersonName::new("KLOK", "RAVN").unwrap(), host_identity: line(identity) },
    };
    done(&desk, &ravn(), command(0xF01), &staff(1, "ravn"));
    done(&desk, &ravn(), command(0xF02), &staff(2, "spurv"));
    let new = NewTeam { name: line("Bærum"), method: Method::Ips };
    done(&desk, &ravn(), command(0xF03), &FoundTeam { team: team(), membership: MembershipId::new(id(0x11)), new });
    let admit = AdmitMember {
        membership: MembershipId::new(id(0x12)),
        team: team(),
        staff: spurv_id(),
        role: Role::Specialist,
        period: Period::from(day("2022-01-01")).unwrap(),
    };
    done(&desk, &ravn(), command(0xF04), &admit);
    let employer = RegisterEmployer {
        employer: employer(),
        team: team(),
        organisation_number: OrganisationNumber::parse("311002007").ok(),
        details: EmployerDetails::named(line("LUN KAFE")),
    };
    done(&desk, &ravn(), command(0xF05), &employer);
    done(&desk, &ravn(), command(0xF06), &register_person(1));
    done(&desk, &ravn(), command(0xF07), &register_person(2));
    store
}

/// The office with a started trail of the first participant.
pub(crate) fn office_with_a_trail() -> MemoryStore {
    let store = office();
    let desk = desk(store.clone());
    done(&desk, &spurv(), command(0xF10), &open(1, person(1)));
    done(&desk, &spurv(), command(0xF11), &start(1));
    store
}
