//! Random commands through the desk: what must hold holds after each.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::Days;
use pollster::block_on;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{RngAlgorithm, TestCaseError, TestRng, TestRunner};
use worktrail_core::access::Actor;
use worktrail_core::command::{
    ChangeProtection, Command, EndTrail, ForgetParticipant, HoldStartUpMeeting, MoveTo, OpenTrail, RegisterJob,
    ReleaseTrails,
};
use worktrail_core::desk::{Desk, Error};
use worktrail_core::domain::{
    AddressProtection, JobId, Period, Phase, PhaseChange, Protection, StaffShielding, Trail, TrailId,
};
use worktrail_core::record::{SCHEMA, from_record};
use worktrail_core::store::{IndexRange, Limit, MemoryStore, PageRequest, Receipt, Store, Tenant};

use crate::cast::{command, day, desk, end, id, job, office, open, person, ravn, spurv, team, to_working, trail};

/// Something that somebody does; trails and participants by number, days counted from the referral.
#[derive(Debug, Clone)]
enum Act {
    Open(u128, u128),
    Start(u128, u64),
    Move(u128, Phase, u64),
    Job(u128, u128, u64),
    End(u128, u64),
    Protect(u128, AddressProtection),
    Release(u128),
    Forget(u128),
    /// The act before, once more with the same id.
    Again,
}

const TRAILS: std::ops::RangeInclusive<u128> = 1..=4;

fn act() -> impl Strategy<Value = Act> {
    let on = 0_u64..110;
    prop_oneof![
        4 => (TRAILS, 1_u128..=2).prop_map(|(trail, person)| Act::Open(trail, person)),
        3 => (TRAILS, on.clone()).prop_map(|(trail, on)| Act::Start(trail, on)),
        6 => (TRAILS, select(Phase::ALL.as_slice()), on.clone()).prop_map(|(trail, to, on)| Act::Move(trail, to, on)),
        3 => (TRAILS, 1_u128..=6, on.clone()).prop_map(|(trail, job, on)| Act::Job(trail, job, on)),
        4 => (TRAILS, on).prop_map(|(trail, on)| Act::End(trail, on)),
        1 => (1_u128..=2, select(AddressProtection::ALL.as_slice())).prop_map(|(who, to)| Act::Protect(who, to)),
        1 => (1_u128..=2).prop_map(Act::Release),
        1 => (1_u128..=2).prop_map(Act::Forget),
        2 => Just(Act::Again),
    ]
}

/// Does an act; the receipt when it was accepted.
fn attempt(desk: &Desk<'_>, number: u128, act: &Act) -> Option<Receipt> {
    let on = |days: u64| day("2022-05-27") + Days::new(days);
    match act {
        Act::Open(number_of, who) => {
            // Attestations have ids of their own for each attempt.
            let mut open: OpenTrail = open(*number_of, person(*who));
            for (place, attested) in (0..).zip(&mut open.attestations) {
                attested.attestation = id(0x7_0000 + number * 2 + place).into();
            }
            run(desk, &spurv(), number, &open)
        }
        Act::Start(of, days) => run(desk, &spurv(), number, &HoldStartUpMeeting { trail: trail(*of), on: on(*days) }),
        Act::Move(of, phase, days) => {
            run(desk, &spurv(), number, &MoveTo { phase: *phase, on: on(*days), ..to_working(*of) })
        }
        Act::Job(of, number_of, days) => {
            let period = Period::from(on(*days)).unwrap();
            let job = RegisterJob { job: JobId::new(id(0x50 + number_of)), period, ..job(*of, "2022-06-01") };
            run(desk, &spurv(), number, &job)
        }
        Act::End(of, days) => run(desk, &spurv(), number, &EndTrail { on: on(*days), ..end(*of, "2022-06-01") }),
        Act::Protect(who, address) => {
            let protection = Protection::new(*address, StaffShielding::None);
            run(desk, &ravn(), number, &ChangeProtection { participant: person(*who), team: team(), protection })
        }
        Act::Release(who) => run(desk, &ravn(), number, &ReleaseTrails { participant: person(*who), team: team() }),
        Act::Forget(who) => run(desk, &ravn(), number, &ForgetParticipant { participant: person(*who), team: team() }),
        Act::Again => None,
    }
}

fn run<C: Command>(desk: &Desk<'_>, actor: &Actor, number: u128, it: &C) -> Option<Receipt> {
    match block_on(desk.run(actor, command(number), it)) {
        Ok(done) => Some(done.receipt),
        Err(Error::Rejected(_)) => None,
        Err(error) => panic!("{}: {error:?}", C::NAME),
    }
}

fn trails(store: &MemoryStore) -> BTreeMap<TrailId, Trail> {
    let range = IndexRange::all(SCHEMA.kind("trail").unwrap());
    let page = block_on(store.scan(&Tenant::default(), &range, &PageRequest::first(Limit::MAX))).unwrap();
    page.records.iter().map(|it| from_record::<Trail>(it.record()).unwrap()).map(|it| (it.id(), it)).collect()
}

/// What of an ended trail is frozen: everything but whom it is shown to. And how many jobs it has.
fn frozen(store: &MemoryStore, trail: &Trail) -> (String, usize) {
    let mut json = serde_json::to_value(trail).unwrap();
    json["audience"] = "left out".into();
    let jobs = IndexRange::children(SCHEMA.kind("job").unwrap(), trail.id().as_uuid()).unwrap();
    let page = block_on(store.scan(&Tenant::default(), &jobs, &PageRequest::first(Limit::MAX))).unwrap();
    (json.to_string(), page.records.len())
}

/// What the runs went through: a test that only saw refusals would show nothing.
#[derive(Debug, Default)]
struct Seen {
    opened_again: usize,
    ended: usize,
    ended_with_jobs: usize,
    withheld: usize,
    forgotten: usize,
    repeated: usize,
}

/// Runs the acts, and looks after each.
fn run_through(acts: &[Act], seen: &RefCell<Seen>) -> Result<(), TestCaseError> {
    let store = office();
    let desk = desk(&store);
    let mut told = crate::runs::told(&store);
    let mut last: Option<(u128, Act, Option<Receipt>)> = None;
    let mut ended: BTreeMap<TrailId, (String, usize)> = BTreeMap::new();
    for (number, act) in (0..).zip(acts) {
        if let (Act::Again, Some((number, act, receipt))) = (act, &last) {
            // A repeated command says the same and does nothing; a refused one is refused again.
            let again = attempt(&desk, *number, act);
            seen.borrow_mut().repeated += usize::from(again.is_some());
            prop_assert_eq!(again, receipt.clone().map(Receipt::replayed));
        } else {
            let receipt = attempt(&desk, number, act);
            // Every fact told has its entry, and a refusal has none.
            if let Some(entries) = receipt.as_ref().and_then(Receipt::entries) {
                prop_assert_eq!(entries.first.number(), told + 1);
                told = entries.last.number();
            }
            seen.borrow_mut().forgotten += usize::from(matches!(act, Act::Forget(_)) && receipt.is_some());
            last = Some((number, act.clone(), receipt));
        }
        prop_assert_eq!(crate::runs::told(&store), told);

        let now = trails(&store);
        for who in 1..=2 {
            let theirs = || now.values().filter(|it| it.participant() == person(who));
            let open = theirs().filter(|it| !it.is_ended()).count();
            prop_assert!(open <= 1, "I2: two open trails of one participant");
            seen.borrow_mut().opened_again += usize::from(open == 1 && theirs().count() > 1);
        }
        // What was forgotten may be opened again under its number: it is another trail then.
        ended.retain(|id, _| now.contains_key(id));
        for trail in now.values() {
            holds_of(trail)?;
            seen.borrow_mut().withheld += usize::from(trail.is_withheld());
            if trail.is_ended() {
                let now = frozen(&store, trail);
                let then = ended.entry(trail.id()).or_insert_with(|| now.clone());
                prop_assert_eq!(&now, then, "I10: an ended trail was changed");
                seen.borrow_mut().ended += 1;
                seen.borrow_mut().ended_with_jobs += usize::from(now.1 > 0);
            }
        }
    }
    Ok(())
}

/// What must hold of a trail by itself.
fn holds_of(trail: &Trail) -> Result<(), TestCaseError> {
    let history = trail.phase_history();
    prop_assert!(history.iter().all(|step| trail.method().has_phase(step.to())), "I5");
    prop_assert_eq!(history.first().map(PhaseChange::to), Some(trail.method().first_phase()), "I5");
    prop_assert_eq!(trail.phase() == Phase::Ended, trail.ending().is_some(), "I9");
    Ok(())
}

#[test]
fn what_must_hold_holds_after_any_commands() {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(192) };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let seen = RefCell::new(Seen::default());
    TestRunner::new_with_rng(config, rng)
        .run(&proptest::collection::vec(act(), 1..40), |acts| run_through(&acts, &seen))
        .unwrap_or_else(|failed| panic!("{failed}"));
    let Seen { opened_again, ended, ended_with_jobs, withheld, forgotten, repeated } = seen.into_inner();
    let all = [opened_again, ended, ended_with_jobs, withheld, forgotten, repeated];
    assert!(all.iter().all(|times| *times > 20), "hardly seen: {all:?}");
}
