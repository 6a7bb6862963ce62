//! What the library itself costs, without a database, in time and in memory asked for. Ratios and growth are worth
//! something; absolute numbers are noise.

use divan::{AllocProfiler, Bencher, black_box};
use pollster::block_on;
use uuid::Uuid;
use worktrail_benches::decide::Decisions;
use worktrail_core::access::{Actor, Purpose};
use worktrail_core::command::{FoundTeam, RegisterEmployer, RegisterStaff};
use worktrail_core::desk::Desk;
use worktrail_core::domain::{
    Attestation, AttestationKind, Authorship, BirthDate, Channel, Clearance, EmployerDetails, Method, Moment,
    NationalId, NewParticipant, NewStaff, NewTeam, Opening, OrganisationNumber, Participant, PersonName, Phase,
    Protection, Referral, ReferralSource, Role, StaffId, TeamId, Trail,
};
use worktrail_core::label::Language;
use worktrail_core::store::{CommandId, MemoryStore};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// A decision of a command: may this actor, and does the trail move.
#[divan::bench]
fn deciding(bencher: Bencher<'_, '_>) {
    let desk = Decisions::new().expect("a desk");
    bencher.bench(|| desk.decide().expect("decided"));
}

/// The same with a trail read from its bytes and written down again, and the fact written down.
#[divan::bench]
fn deciding_and_writing_down(bencher: Bencher<'_, '_>) {
    let desk = Decisions::new().expect("a desk");
    bencher.bench(|| desk.decide_and_write_down().expect("decided"));
}

#[expect(clippy::disallowed_methods, reason = "this is the host's side of the port")]
fn new_id() -> Uuid {
    Uuid::now_v7()
}

fn now() -> Moment {
    Moment::parse("2026-03-10T09:00:00+01:00").expect("a moment")
}

/// Reading eleven digits, with both check digits.
#[divan::bench]
fn reading_a_national_id() -> NationalId {
    NationalId::parse(black_box("158190 10037")).expect("a number")
}

/// A pure decision: a trail moves to another phase.
#[divan::bench]
fn moving_a_trail(bencher: Bencher<'_, '_>) {
    let by = Authorship::new(StaffId::new(new_id()), now());
    bencher
        .with_inputs(|| started(&by))
        .bench_values(|trail| trail.move_to(Phase::JobDevelopment, by.day(), &by).expect("moved"));
}

/// An act at the desk over the memory store: load, decide, commit, with so many records there already.
#[divan::bench(args = [10, 1_000, 10_000], sample_count = 20)]
fn registering_an_employer(bencher: Bencher<'_, '_>, there: u32) {
    let office = Office::with(there);
    let next = std::cell::Cell::new(there);
    bencher
        .with_inputs(|| {
            next.set(next.get() + 1);
            office.register(next.get())
        })
        .bench_local_values(|command| office.run(&command));
}

fn started(by: &Authorship) -> Trail {
    let person = NewParticipant {
        name: PersonName::new("RASK", "TREFNING").expect("a name"),
        national_id: None,
        birth_date: Some(BirthDate::parse("1990-01-15").expect("a date")),
        phone: None,
        email: None,
        protection: Protection::default(),
    };
    let (person, _) = Participant::register(new_id().into(), person, by).expect("registered");
    let informed = AttestationKind::RightsInformation {
        notice: "rights".parse().expect("a notice"),
        version: "v2026-01".parse().expect("a version"),
        language: Language::Norwegian,
        channel: Channel::InPerson,
    };
    let attested = |kind| Attestation::make(new_id().into(), person.id(), kind, by).0;
    let (right, informed) = (attested(AttestationKind::RightPerson), attested(informed));
    let referral = Referral {
        referred_on: by.day(),
        unit: "Team Nordlys".parse().ok(),
        counsellor: None,
        source: ReferralSource::TreatmentTeam,
        wish: None,
    };
    let owner = StaffId::new(new_id());
    let (team, clearance) = (TeamId::new(new_id()), Clearance::Ordinary);
    let opening = Opening { method: Method::Ips, referral, team, clearance, owner };
    let (trail, _) = Trail::open(new_id().into(), opening, &person, &[&right, &informed], by).expect("opened");
    trail.hold_start_up_meeting(by.day(), by).expect("started").0
}

/// KLOK RAVN and a team that registers employers.
struct Office {
    desk: Desk<'static>,
    ravn: Actor,
    team: TeamId,
    numbers: Vec<OrganisationNumber>,
}

impl Office {
    fn with(employers: u32) -> Self {
        let staff = StaffId::new(new_id());
        let ravn = Actor::staff(staff, [Role::Supervisor], Purpose::Supervision);
        let desk = Desk::new(MemoryStore::new(), now, new_id);
        let numbers = (31_000_000..).map(with_check_digit).filter_map(|text| OrganisationNumber::parse(&text).ok());
        let numbers = numbers.take(40_000).collect();
        let office = Self { desk, ravn, team: TeamId::new(new_id()), numbers };
        let name = PersonName::new("KLOK", "RAVN").expect("a name");
        let new = NewStaff { name, host_identity: "klok.ravn".parse().expect("an identity") };
        office.run(&RegisterStaff { staff, new });
        let new = NewTeam { name: "IPS Nordlys".parse().expect("a name"), method: Method::Ips };
        office.run(&FoundTeam { team: office.team, membership: new_id().into(), new });
        for number in 0..employers {
            office.run(&office.register(number));
        }
        office
    }

    fn run<C: worktrail_core::command::Command>(&self, command: &C) {
        block_on(self.desk.run(&self.ravn, CommandId::new(new_id()), command)).expect("done");
    }

    fn register(&self, number: u32) -> RegisterEmployer {
        let place = usize::try_from(number).expect("a place");
        let organisation_number = self.numbers.get(place).cloned();
        let name = "FJELLVIK BAKERI AS".parse().expect("a name");
        let details = EmployerDetails::named(name);
        RegisterEmployer { employer: new_id().into(), team: self.team, organisation_number, details }
    }
}

/// Eight digits with the ninth that checks them, where there is one.
fn with_check_digit(digits: u32) -> String {
    let text = digits.to_string();
    let weights = [3, 2, 7, 6, 5, 4, 3, 2];
    let sum: u32 = text.chars().zip(weights).filter_map(|(digit, weight)| Some(digit.to_digit(10)? * weight)).sum();
    format!("{text}{}", (11 - sum % 11) % 11)
}
