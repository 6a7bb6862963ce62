//! Story 1, its figures, and what must fail in it.

use std::collections::BTreeSet;

use worktrail_core::command::{AdmitMember, Attested, EndTrail, FoundTeam, OpenTrail, RegisterStaff};
use worktrail_core::desk;
use worktrail_core::domain::{
    AttestationKind, ContactTiming, DayOf, EmployerContactClock, EndReason, Method, Narrative, NationalId, NewStaff,
    NewTeam, OpennessPart, Period, PersonName, Phase, Referral, ReferralSource, Rejection, Role, Topic, WorkEnding,
};
use worktrail_core::label::Language;
use worktrail_core::question::{FindParticipant, PhaseCount, PortfolioPhases, ReadTrail, TrailHistory};
use worktrail_core::store::{Limit, MemoryStore};

use crate::address::Address;
use crate::print::{Printer, Shown};
use crate::profile::PROFILE;
use crate::stage::{Stage, id};
use crate::story;

/// How many acts the story has.
const ACTS: u32 = 36;

fn stage() -> Stage {
    Stage::new(MemoryStore::new()).expect("a stage")
}

async fn phases(stage: &Stage) -> Vec<(Phase, u64)> {
    let counts = stage.ask(&PortfolioPhases { team: stage.ids.team }).await.expect("a portfolio");
    counts.iter().map(|PhaseCount { phase, count }| (*phase, *count)).collect()
}

fn only(standing: Phase) -> Vec<(Phase, u64)> {
    Method::Ips.phases().iter().map(|phase| (*phase, u64::from(*phase == standing))).collect()
}

async fn shown(stage: &Stage) -> Shown {
    let (team, trail) = (stage.ids.team, stage.ids.trail);
    Shown {
        found: stage.ask(&FindParticipant { team, number: story::NUMBER.into() }).await.expect("an answer"),
        case: stage.ask(&ReadTrail { trail }).await.expect("a case file"),
        phases: stage.ask(&PortfolioPhases { team }).await.expect("a portfolio"),
        history: stage.ask(&TrailHistory::first(trail, Limit::MAX)).await.expect("a history").entries,
    }
}

fn refusal<R: std::fmt::Debug>(outcome: Result<R, desk::Error>) -> Rejection {
    outcome.expect_err("refused").rejection().expect("by a rule").clone()
}

#[tokio::test]
async fn on_the_day_of_the_opening_one_trail_is_referred_and_every_other_phase_shows_its_zero() {
    let mut stage = stage();
    story::found_the_team(&mut stage).await.expect("founded");
    assert!(phases(&stage).await.iter().all(|(_, count)| *count == 0));
    story::open_the_trail(&mut stage).await.expect("opened");
    assert_eq!(phases(&stage).await, only(Phase::Referred));
    story::map(&mut stage).await.expect("mapped");
    assert_eq!(phases(&stage).await, only(Phase::JobDevelopment));
}

#[tokio::test]
async fn the_employer_is_met_after_nineteen_days_and_the_case_is_complete() {
    let mut stage = stage();
    story::play(&mut stage).await.expect("played");
    let shown = shown(&stage).await;
    let met = EmployerContactClock::Met { days: 19, timing: ContactTiming::AfterStart };
    assert_eq!(shown.case.clock, met);
    assert!(shown.case.clock.within_thirty());
    assert_eq!(shown.case.trail.owner(), stage.ids.spurv, "the owner was left out: it is whoever opened the trail");
    assert_eq!(shown.case.trail.ending().map(|it| it.reason), Some(EndReason::Work(WorkEnding::WithoutWageSubsidy)));
    let topics: BTreeSet<Topic> = shown.case.narratives.iter().map(Narrative::topic).collect();
    assert_eq!(topics, PROFILE.iter().map(|(topic, _)| *topic).collect());
    assert_eq!(topics.len(), 15);
    assert_eq!(shown.case.openness.first().map(|it| it.terms().parts().len()), Some(OpennessPart::ALL.len()));
    assert_eq!(phases(&stage).await, only(Phase::Ended));
}

#[tokio::test]
async fn the_second_run_does_nothing_twice_and_tells_the_same() {
    let store = MemoryStore::new();
    let mut first = Stage::new(store.clone()).expect("a stage");
    story::play(&mut first).await.expect("played");
    assert_eq!((first.done_now, first.done_before), (ACTS, 0));
    let before = shown(&first).await;

    let mut second = Stage::new(store).expect("a stage");
    story::play(&mut second).await.expect("played");
    assert_eq!((second.done_now, second.done_before), (0, ACTS));
    let after = shown(&second).await;
    assert_eq!((before.case, before.history), (after.case, after.history));
}

#[tokio::test]
async fn the_number_is_told_once_and_masked_afterwards() {
    let mut stage = stage();
    story::play(&mut stage).await.expect("played");
    let shown = shown(&stage).await;
    for language in [Language::Norwegian, Language::English] {
        let told = Printer(language).show(&shown, &stage);
        assert_eq!(told.matches(story::NUMBER.as_str()).count(), 1, "{told}");
        assert!(told.contains("*********18"), "{told}");
    }
}

#[test]
fn the_number_with_any_one_digit_changed_is_refused() {
    let right = story::NUMBER.as_str();
    let variants: BTreeSet<String> = (0..right.len())
        .flat_map(|place| ('0'..='9').map(move |digit| (place, digit)))
        .map(|(place, digit)| right.chars().enumerate().map(|(at, c)| if at == place { digit } else { c }).collect())
        .filter(|variant: &String| variant != right)
        .collect();
    assert_eq!(variants.len(), 99);
    for variant in variants {
        assert!(NationalId::parse(&variant).is_err(), "{variant} was accepted");
    }
}

#[tokio::test]
async fn an_ending_before_the_start_is_refused() {
    let mut stage = stage();
    story::found_the_team(&mut stage).await.expect("founded");
    story::open_the_trail(&mut stage).await.expect("opened");
    story::map(&mut stage).await.expect("mapped");
    let (trail, reason) = (stage.ids.trail, EndReason::Work(WorkEnding::WithoutWageSubsidy));
    let on = "2022-06-01".parse().expect("a day");
    let refused = refusal(stage.spurv(EndTrail { trail, on, reason, exclusion: None, entry: None }).await);
    assert!(matches!(refused, Rejection::DateBefore { day: DayOf::Ending, .. }), "{refused:?}");
    assert_eq!(phases(&stage).await, only(Phase::JobDevelopment));
}

#[tokio::test]
async fn a_second_open_trail_is_refused_from_a_second_office_too() {
    // given a trail in one team, and a second team
    let mut stage = stage();
    story::found_the_team(&mut stage).await.expect("founded");
    story::open_the_trail(&mut stage).await.expect("opened");
    let (spurv, participant) = (stage.ids.spurv, stage.ids.participant);
    let (team, today) = (id("second team"), stage.on("2022-06-01").expect("a day"));
    let name = PersonName::new("SINDIG", "ELG").expect("a name");
    let new = NewStaff { name, host_identity: "sindig.elg".parse().expect("an identity") };
    let elg = id("staff SINDIG ELG");
    stage.ravn(RegisterStaff { staff: elg, new }).await.expect("registered");
    let new = NewTeam { name: "IPS Nordlys".parse().expect("a name"), method: Method::Ips };
    stage.ravn(FoundTeam { team, membership: id("RAVN there"), new }).await.expect("founded");
    for (staff, membership) in [(elg, id("ELG there")), (spurv, id("SPURV there"))] {
        let period = Period::from(today).expect("a period");
        let admit = AdmitMember { membership, team, staff, role: Role::Specialist, period };
        stage.ravn(admit).await.expect("admitted");
    }
    // when it opens one for the same person
    let referral = Referral {
        referred_on: today,
        unit: "Team Nordlys".parse().ok(),
        counsellor: None,
        source: ReferralSource::Own,
        wish: None,
    };
    let attestations = vec![Attested { attestation: id("right person there"), kind: AttestationKind::RightPerson }];
    let (trail, method) = (id("second trail"), Method::Ips);
    let open = OpenTrail {
        trail,
        participant,
        team,
        owner: Some(elg),
        method,
        referral,
        attestations,
        by_referral: None,
        returns: None,
        source_entry: None,
    };
    // then it is told only that none can be opened there
    assert_eq!(refusal(stage.spurv(open).await), Rejection::CannotOpenHere);
}

/// Every store that the program can be called with.
fn every_store(folder: &std::path::Path) -> Vec<Address> {
    vec![
        Address::Memory,
        Address::Sqlite(folder.join("story.db")),
        Address::Sled(folder.join("story.sled")),
        Address::on_the_server_of_the_run(),
    ]
}

#[tokio::test]
async fn every_store_tells_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    for language in [Language::Norwegian, Language::English] {
        let mut tellings = Vec::new();
        for address in every_store(&folder.path().join(format!("{language:?}"))) {
            std::fs::create_dir_all(folder.path().join(format!("{language:?}"))).expect("a folder");
            let opened = address.open().await.expect("a store");
            let stage = crate::play(opened.store()).await.expect("played");
            assert_eq!((stage.done_now, stage.done_before), (ACTS, 0), "{address}");
            tellings.push((address, crate::tell(Printer(language), &stage).await.expect("told")));
            opened.close().await;
        }
        let (_, first) = &tellings[0];
        assert!(first.lines().count() > 40, "{first}");
        for (address, telling) in &tellings {
            assert_eq!(telling, first, "{address}");
        }
    }
}
