//! Tests: what is kept of somebody's standing is never trusted, and is about nobody but staff.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use pollster::block_on;

use super::*;
use crate::command::samples::{Over, Visit, every_command, trail_id};
use crate::command::scene::{
    Relation, changed, everyday, free, member, now, other_team, our_team, scene, specialist, supervisor,
};
use crate::command::{Command, DeclareConflict, LiftConflict, MoveTo};
use crate::desk::spy::desk;
use crate::desk::{Desk, Error};
use crate::domain::samples::{by_spurv, day, participant_id, spurv, team};
use crate::domain::{ConflictId, Period, Phase, Rejection, Role, Thing, Tie};
use crate::question::{PortfolioPhases, ReadTrail};
use crate::record::samples::{self, id};
use crate::store::{
    Batch, CommandId, Grouping, IndexRange, JournalPage, JournalRange, Limit, MemoryStore, PageRequest, Position,
    Receipt, Store, StoreError, StoreInfo, Stored, StoredPage, Tally,
};

fn act(number: u128) -> MoveTo {
    let phase = if number.is_multiple_of(2) { Phase::StepDown } else { Phase::JobDevelopment };
    MoveTo { trail: trail_id(), phase, on: now().day() }
}

fn run<C: Command>(desk: &Desk<'_>, actor: &Actor, number: u128, command: &C) -> Result<(), Rejection> {
    match block_on(desk.run(actor, CommandId::new(id(number)), command)) {
        Ok(_) => Ok(()),
        Err(Error::Rejected(rejection)) => Err(rejection),
        Err(other) => panic!("{other:?}"),
    }
}

/// A desk at which the specialist has acted often enough for all that can be kept to be kept.
fn practised(store: &MemoryStore) -> Desk<'_> {
    let desk = desk(store);
    for number in 0xA0..0xA3 {
        run(&desk, &specialist(), number, &act(number)).unwrap();
    }
    let whose = Whose::of(desk.tenant(), &specialist(), MoveTo::RIGHT);
    assert!(desk.standings.guess(&whose, &mut Lacking::default()).impartial.is_some());
    desk
}

fn world() -> MemoryStore {
    everyday().store()
}

fn missing() -> Result<(), Rejection> {
    Err(Rejection::NotFound { what: Thing::Trail })
}

fn declare() -> DeclareConflict {
    DeclareConflict { conflict: ConflictId::new(id(0xF12)), participant: participant_id(), tie: Tie::Friend }
}

#[test]
fn whoever_declares_a_conflict_is_shut_out_by_every_desk_at_once() {
    let store = world();
    let (here, elsewhere) = (practised(&store), desk(&store));
    // when the conflict is declared at a desk that shares nothing with this one
    run(&elsewhere, &specialist(), 0xB0, &declare()).unwrap();
    // then the case is not there
    assert_eq!(run(&here, &specialist(), 0xB1, &act(0xB1)), missing());
    assert_eq!(run(&elsewhere, &specialist(), 0xB2, &act(0xB2)), missing());
    // and when it is lifted, the case is there again, at each
    let lift = LiftConflict { participant: participant_id(), staff: spurv(), team: team(), reason: samples::text() };
    run(&elsewhere, &supervisor(), 0xB3, &lift).unwrap();
    for number in 0xB5..0xB8 {
        run(&here, &specialist(), number, &act(number)).unwrap();
    }
    // and when it is declared again, it is not
    run(&here, &specialist(), 0xB8, &declare()).unwrap();
    assert_eq!(run(&here, &specialist(), 0xB9, &act(0xB9)), missing());
}

#[test]
fn a_conflict_with_whom_the_person_was_merged_into_counts_just_so() {
    // given a trail of somebody for whom another one was merged
    let (kept, merged, _) = samples::participant()
        .merge(crate::command::scene::person(free()), samples::line(), &by_spurv("2022-06-10"))
        .unwrap();
    let store = everyday().with(&kept).with(&merged).store();
    let (here, elsewhere) = (practised(&store), desk(&store));
    // when a conflict with the other is declared
    run(&elsewhere, &specialist(), 0xB0, &DeclareConflict { participant: free(), ..declare() }).unwrap();
    assert_eq!(run(&here, &specialist(), 0xB1, &act(0xB1)), missing());
}

#[test]
fn whose_membership_is_over_acts_no_more() {
    let store = world();
    let here = practised(&store);
    let over = Period::between(day("2022-01-01"), day("2022-08-30")).unwrap();
    changed(store.clone(), &member(spurv(), &our_team(), Role::Specialist, over));
    assert_eq!(run(&here, &specialist(), 0xB1, &act(0xB1)), missing());
    let phases = block_on(here.ask(&specialist(), &PortfolioPhases { team: team() })).unwrap_err();
    assert_eq!(phases.rejection(), Some(&Rejection::NotFound { what: Thing::Team }));
}

/// A store in which somebody declares a conflict of interest just before the next commit.
#[derive(Debug, Clone)]
struct Declaring {
    inner: MemoryStore,
    now: Arc<AtomicBool>,
}

#[async_trait]
impl Store for Declaring {
    fn info(&self) -> StoreInfo {
        self.inner.info()
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        if self.now.swap(false, Ordering::SeqCst) {
            let other = desk(&self.inner);
            other.run(&specialist(), CommandId::new(id(0xBF)), &declare()).await.expect("declared");
        }
        self.inner.commit(batch).await
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        self.inner.get(tenant, keys).await
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        self.inner.scan(tenant, range, page).await
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        self.inner.count(tenant, range, by).await
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        self.inner.journal(tenant, range, after, limit).await
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        self.inner.watch(tenant, after).await
    }
}

#[test]
fn a_conflict_that_is_declared_between_the_load_and_the_commit_counts() {
    for practice in 0..4_u128 {
        let store = Declaring { inner: world(), now: Arc::default() };
        let here = desk(store.clone());
        for number in 0..practice {
            run(&here, &specialist(), 0xA0 + number, &act(number)).unwrap();
        }
        store.now.store(true, Ordering::SeqCst);
        assert_eq!(run(&here, &specialist(), 0xB1, &act(practice)), missing(), "after {practice} acts");
    }
}

/// Does every command at a desk of its own, and looks at what is kept afterwards.
#[derive(Default)]
struct Kept {
    standings: usize,
}

impl Visit for Kept {
    fn visit<C: Command + std::fmt::Debug>(&mut self, _: Over, command: &C) {
        let actors = [(Some(Role::Specialist), Relation::Owner), (Some(Role::Supervisor), Relation::Colleague)];
        let actors =
            actors.into_iter().chain([(Some(Role::UserSupport), Relation::Appointed), (None, Relation::Themself)]);
        for (role, relation) in actors {
            let store = scene(role, relation).store();
            let desk = desk(&store);
            let _ = block_on(desk.run(&relation.actor(role), CommandId::new(id(0xC0)), command));
            let kept = desk.standings.kept();
            for (whose, standing) in kept.young.iter().chain(&kept.old) {
                assert!(role.is_some(), "{}: of a participant who acts nothing is kept", C::NAME);
                for (key, _) in &standing.keys {
                    let (kind, names_own) = match key {
                        Key::Record(key) => (key.kind(), key.id() == whose.actor.as_uuid()),
                        Key::Unique(unique) => (unique.index().kind(), names(unique, whose.staff())),
                        Key::Stamp(_) => panic!("a stamp"),
                    };
                    let of_no_person = [Team::KIND, Office::KIND].contains(&kind);
                    let own = [Staff::KIND, Membership::KIND, Appointment::KIND].contains(&kind) && names_own;
                    assert!(of_no_person || own, "{}: {key:?}", C::NAME);
                }
                self.standings += 1;
            }
        }
    }
}

#[test]
fn what_is_kept_is_about_nobody_but_the_staff_who_act() {
    let mut kept = Kept::default();
    every_command(&mut kept);
    assert!(kept.standings > 50, "{}", kept.standings);
}

#[test]
fn a_transaction_of_the_host_shares_the_keys_and_no_revision() {
    let store = world();
    let here = practised(&store);
    let whose = Whose::of(here.tenant(), &specialist(), MoveTo::RIGHT);
    let within = here.within(store.clone());
    let mut lacking = Lacking::default();
    let guess = within.standings.guess(&whose, &mut lacking);
    assert!(guess.keys > 0 && lacking.keys.len() == guess.keys && guess.impartial.is_none(), "{guess:?}");
    // Nor does it say one.
    within.standings.learn(&whose, &Picture::default(), &BTreeSet::new(), Lesson::Decision(Some(Revision::new(9))));
    run(&within, &specialist(), 0xB1, &act(0xB1)).unwrap();
    let impartial = here.standings.guess(&whose, &mut Lacking::default()).impartial;
    assert!(impartial.is_some_and(|revision| revision != Revision::new(9)), "{impartial:?}");
    // Another tenant and another layer have nothing of it.
    let elsewhere = here.of(Tenant::parse("another").unwrap());
    let whose = Whose::of(elsewhere.tenant(), &specialist(), MoveTo::RIGHT);
    assert_eq!(elsewhere.standings.guess(&whose, &mut Lacking::default()).keys, 0);
}

/// A store in which a membership in the other team cannot be read.
#[derive(Debug, Clone)]
struct Damaged(MemoryStore);

fn is_damaged(key: &Key) -> bool {
    matches!(key, Key::Unique(unique) if unique.values().contains(&Value::Id(other_team().id().as_uuid())))
}

#[async_trait]
impl Store for Damaged {
    fn info(&self) -> StoreInfo {
        self.0.info()
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        self.0.commit(batch).await
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        if keys.iter().any(is_damaged) {
            return Err(StoreError::corrupt("a record is damaged"));
        }
        self.0.get(tenant, keys).await
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        self.0.scan(tenant, range, page).await
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        self.0.count(tenant, range, by).await
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        self.0.journal(tenant, range, after, limit).await
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        self.0.watch(tenant, after).await
    }
}

#[test]
fn a_guess_that_cannot_be_read_stands_in_nobodys_way() {
    // given somebody who worked in the other team the last time
    let store = everyday().with_member(spurv(), &other_team(), Role::Specialist).store();
    let elsewhere = PortfolioPhases { team: other_team().id() };
    let (read, here) = (ReadTrail { trail: trail_id() }, PortfolioPhases { team: team() });
    let guessing = |desk: &Desk<'_>| block_on(desk.ask(&specialist(), &elsewhere)).unwrap();
    let sound = desk(&store);
    guessing(&sound);
    // when their membership there can be read no more
    let damaged = sound.within(Damaged(store.clone()));
    block_on(damaged.ask(&specialist(), &elsewhere)).unwrap_err();
    guessing(&sound);
    // then what is asked elsewhere is answered
    block_on(damaged.ask(&specialist(), &here)).unwrap();
    block_on(damaged.ask(&specialist(), &read)).unwrap();
    // and done, after an act there
    let whose = Whose::of(sound.tenant(), &specialist(), MoveTo::RIGHT);
    let there = Membership::by_team_and_staff(other_team().id(), spurv());
    let standing =
        Standing { keys: vec![guessed(&Look::Unique(there.key().unwrap().clone())).unwrap()], ..Standing::default() };
    sound.standings.kept().young.insert(whose, standing);
    run(&damaged, &specialist(), 0xB1, &act(0xB1)).unwrap();
}

#[test]
fn whoever_was_not_asked_for_while_half_as_many_were_goes_with_the_next_half() {
    let standings = Standings::default();
    let store = world();
    let desk = Desk { standings: standings.clone(), ..desk(&store) };
    run(&desk, &specialist(), 0xB1, &act(0xB1)).unwrap();
    let whose = |number: u128| Whose {
        actor: StaffId::new(id(number)).into(),
        right: MoveTo::RIGHT,
        tenant: Tenant::default(),
    };
    let specialist = Whose::of(&Tenant::default(), &specialist(), MoveTo::RIGHT);
    let half = MOST_STANDINGS as u128 / 2;
    let others_act = |numbers: Range<u128>| {
        for number in numbers {
            standings.kept().asked_for_or_new(&whose(0x10_0000 + number));
        }
    };
    // given somebody who acts while half of all that are kept are others, then theirs stays
    others_act(0..half);
    assert!(standings.kept().old.contains_key(&specialist));
    assert!(standings.kept().asked_for(&specialist).is_some());
    others_act(half..2 * half - 1);
    assert!(standings.kept().asked_for(&specialist).is_some());
    // and when they do not for as long, then it goes, with those who came before, and not those who came after
    others_act(2 * half..4 * half);
    let mut kept = standings.kept();
    assert!(kept.young.len() + kept.old.len() <= MOST_STANDINGS);
    assert!(kept.asked_for(&specialist).is_none() && kept.asked_for(&whose(0x10_0000)).is_none());
    assert!(kept.asked_for(&whose(0x10_0000 + 4 * half - 1)).is_some());
    assert!(kept.asked_for(&whose(0x10_0000 + 3 * half + 1)).is_some());
}
