//! Thirty days: the one clock.

use std::sync::Mutex;

use chrono::NaiveDate;
use worktrail_core::command::{HoldStartUpMeeting, OpenTrail, RegisterEmployerContact};
use worktrail_core::domain::{
    ContactAbout, ContactHeldBy, ContactTiming, ContactWay, EmployerContactClock, EmployerContactId, EmployerId,
    Method, Moment, NewEmployerContact, ParticipantId, Referral, ReferralSource, TrailId,
};
use worktrail_core::question::{Portfolio, ReadTrail, WithoutStart};
use worktrail_core::store::Store;

use crate::stage::{Stage, asker, attested, employer, id, line, met, register, spurv, whole};

/// Whose trail is which, and the day of the referral.
const CASES: [(&str, &str, &str, &str, &str); 5] = [
    ("SEDAT", "MULDVARP", "15819010029", "1990-01-15", "2026-03-01"),
    ("RASK", "TREFNING", "15419010046", "1990-01-15", "2026-03-01"),
    ("GLAD", "KANELBOLLE", "15619010032", "1990-01-15", "2026-03-01"),
    ("STILLE", "FJORDHEST", "29820050043", "2000-02-29", "2026-03-01"),
    ("TAPPER", "BLYANT", "04839810046", "1998-03-04", "2026-02-01"),
];

const A: u128 = 0x200;
const B: u128 = 0x201;
const C: u128 = 0x202;
const D: u128 = 0x203;
const E: u128 = 0x204;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn trail(number: u128) -> TrailId {
    TrailId::new(id(number))
}

fn contact(number: u128, of: u128, new: NewEmployerContact) -> RegisterEmployerContact {
    RegisterEmployerContact {
        employer_contact: EmployerContactId::new(id(number)),
        trail: trail(of),
        employer: EmployerId::new(id(0x900)),
        contact_person: None,
        new,
    }
}

/// Plays the story over a store.
pub(crate) async fn play(store: &dyn Store) {
    let now = Mutex::new(Moment::parse("2026-03-01T10:00:00+01:00").unwrap());
    let stage = Stage::over(store, &now);
    stage.offices("2026-01-01").await;
    opened(&stage).await;
    held(&stage).await;
    read(&stage).await;
    stage.desk.verify().await.unwrap();
}

async fn opened(stage: &Stage<'_>) {
    stage.done(&spurv(), &employer(0x900, "311002007", "FJELLVIK BAKERI AS")).await;
    for ((given, family, number, born, referred_on), place) in CASES.into_iter().zip(0..) {
        stage.done(&spurv(), &register(0x100 + place, asker(), (given, family), number, born)).await;
        let open = OpenTrail {
            trail: trail(A + place),
            participant: ParticipantId::new(id(0x100 + place)),
            team: asker(),
            owner: None,
            method: Method::Ips,
            referral: Referral {
                referred_on: day(referred_on),
                unit: Some(line("DPS Kanari")),
                counsellor: None,
                source: ReferralSource::TreatmentTeam,
                wish: None,
            },
            attestations: attested(A + place, "v2026-01"),
            by_referral: None,
            returns: None,
            source_entry: None,
        };
        stage.done(&spurv(), &open).await;
    }
}

/// What happened: the meetings on a Tuesday, and the contacts, over the change to summer time.
async fn held(stage: &Stage<'_>) {
    // D met an employer alone before the start, and nobody refuses to write it down.
    stage.at("2026-03-02T16:00:00+01:00");
    stage.done(&spurv(), &contact(0x910, D, met("2026-03-02", ContactHeldBy::Participant))).await;
    stage.at("2026-03-10T10:00:00+01:00");
    for started in [A, B, C, D] {
        stage.done(&spurv(), &HoldStartUpMeeting { trail: trail(started), on: day("2026-03-10") }).await;
    }
    // C visits a school and calls an employer: neither is a meeting with an employer.
    stage.at("2026-03-25T14:00:00+01:00");
    let school = NewEmployerContact { about: ContactAbout::Education, ..met("2026-03-20", ContactHeldBy::Both) };
    stage.done(&spurv(), &contact(0x911, C, school)).await;
    let call = NewEmployerContact { way: ContactWay::Phone, ..met("2026-03-25", ContactHeldBy::Specialist) };
    stage.done(&spurv(), &contact(0x912, C, call)).await;
    stage.at("2026-04-09T11:30:00+02:00");
    stage.done(&spurv(), &contact(0x913, A, met("2026-04-09", ContactHeldBy::Both))).await;
    stage.at("2026-04-10T11:30:00+02:00");
    stage.done(&spurv(), &contact(0x914, B, met("2026-04-10", ContactHeldBy::Both))).await;
}

/// What the clock shows on 24 April; and what it showed on the first, read anew.
async fn read(stage: &Stage<'_>) {
    stage.at("2026-04-24T12:00:00+02:00");
    let after = |days| EmployerContactClock::Met { days, timing: ContactTiming::AfterStart };
    let before = EmployerContactClock::Met { days: 0, timing: ContactTiming::BeforeStart };
    let portfolio = Portfolio { team: asker(), phase: None, page: whole() };
    let lines = stage.desk.ask(&spurv(), &portfolio).await.unwrap().items;
    let clock = |of| lines.iter().find(|line| line.trail == trail(of)).map(|line| line.clock);
    assert_eq!(clock(A), Some(after(30)));
    assert_eq!(clock(B), Some(after(31)));
    assert_eq!(clock(C), Some(EmployerContactClock::Counting { days: 45 }));
    assert_eq!(clock(D), Some(before));
    assert_eq!(clock(E), Some(EmployerContactClock::NotStarted { waited: 82 }));
    // Within thirty days: A, at exactly thirty, and D. Who never started is not in the clock.
    let in_clock = lines.iter().filter(|line| !matches!(line.clock, EmployerContactClock::NotStarted { .. }));
    let within: Vec<_> = in_clock.map(|line| line.clock.within_thirty()).collect();
    assert_eq!((within.iter().filter(|it| **it).count(), within.len()), (2, 4));
    let waiting = stage.desk.ask(&spurv(), &WithoutStart { team: asker(), page: whole() }).await.unwrap().items;
    assert_eq!(waiting.iter().map(|line| line.trail).collect::<Vec<_>>(), [trail(E)]);

    for (of, expected) in [
        (A, EmployerContactClock::Counting { days: 22 }),
        (B, EmployerContactClock::Counting { days: 22 }),
        (C, EmployerContactClock::Counting { days: 22 }),
        (D, before),
    ] {
        let file = stage.desk.ask(&spurv(), &ReadTrail { trail: trail(of) }).await.unwrap();
        assert_eq!(file.trail.clock(day("2026-04-01")), expected);
    }
}
