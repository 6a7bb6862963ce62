//! Tests: in how many rounds the store is asked, and that what is kept to save one is never trusted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;

use async_trait::async_trait;
use pollster::block_on;

use super::Desk;
use super::spy::desk;
use crate::access::{Actor, Purpose};
use crate::command::samples::{Over, open, trail_id};
use crate::command::scene::{appointed, everyday, now, region, specialist, supervisor, user_support};
use crate::command::{Command, MoveTo};
use crate::domain::samples::{day, participant_id};
use crate::domain::{Period, Phase, Role, StaffId};
use crate::question::Question;
use crate::question::samples::{Visit, every_question};
use crate::record::samples::id;
use crate::store::judge::needs;
use crate::store::{
    Batch, CommandId, Grouping, IndexRange, JournalPage, JournalRange, Key, Limit, MemoryStore, PageRequest, Position,
    Receipt, Store, StoreError, StoreInfo, Stored, StoredPage, Tally, Tenant, UniqueKey,
};

/// A store that counts in how many rounds it is asked: what is asked while something else is waited for is the same round.
#[derive(Debug, Clone)]
pub(crate) struct Rounds {
    inner: MemoryStore,
    waiting: Arc<AtomicUsize>,
    counted: Arc<AtomicUsize>,
    seen: Arc<Mutex<Seen>>,
}

/// What was looked up, and what a commit needed beside it: a store would have to look for that by itself.
#[derive(Debug, Default)]
struct Seen {
    keys: BTreeSet<Key>,
    beside: BTreeSet<Key>,
}

impl Rounds {
    pub(crate) fn of(inner: MemoryStore) -> Self {
        Self { inner, waiting: Arc::default(), counted: Arc::default(), seen: Arc::default() }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the commits since the last time needed that had not been looked up before.
    fn take_beside(&self) -> BTreeSet<Key> {
        std::mem::take(&mut *self.seen()).beside
    }

    /// How many there were since the last time.
    pub(crate) fn take(&self) -> usize {
        self.counted.swap(0, Ordering::SeqCst)
    }

    async fn ask<T>(&self, answer: impl Future<Output = T> + Send) -> T {
        if self.waiting.fetch_add(1, Ordering::SeqCst) == 0 {
            self.counted.fetch_add(1, Ordering::SeqCst);
        }
        let mut is_asked = false;
        std::future::poll_fn(|context| {
            context.waker().wake_by_ref();
            if std::mem::replace(&mut is_asked, true) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
        let answer = answer.await;
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        answer
    }
}

#[async_trait]
impl Store for Rounds {
    fn info(&self) -> StoreInfo {
        self.inner.info()
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        {
            let (mut needs, mut seen) = (needs([&batch]), self.seen());
            // Whether a parent is there comes with the look-up of its child.
            let _parents = needs.take_parents();
            let beside: Vec<Key> = needs.keys.difference(&seen.keys).cloned().collect();
            seen.beside.extend(beside);
        }
        self.ask(self.inner.commit(batch)).await
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        let found = self.ask(self.inner.get(tenant, keys)).await?;
        let mut seen = self.seen();
        seen.keys.extend(keys.iter().cloned());
        for record in found.iter().flatten().cloned().filter_map(Stored::into_record) {
            seen.keys.insert(Key::Record(record.record().key()));
            seen.keys.extend(UniqueKey::held_by(record.record()).into_iter().map(Key::Unique));
        }
        Ok(found)
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        self.ask(self.inner.scan(tenant, range, page)).await
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        self.ask(self.inner.count(tenant, range, by)).await
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        self.ask(self.inner.journal(tenant, range, after, limit)).await
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        self.ask(self.inner.watch(tenant, after)).await
    }
}

/// Asks a question of every kind twice at one desk, and counts the rounds.
#[derive(Default)]
struct Twice {
    rounds: BTreeMap<&'static str, (usize, usize)>,
}

impl Visit for Twice {
    fn question<Q: Question>(&mut self, name: &'static str, _: Over, there: &Q, _: &Q)
    where
        Q::Answer: PartialEq + Debug,
    {
        let lead = StaffId::new(id(0x5F3));
        let leads =
            appointed(lead, Role::ProfessionalLead, Some(&region()), Period::from(day("2022-01-01")).unwrap()).unwrap();
        for actor in [
            specialist(),
            supervisor(),
            Actor::staff(lead, [Role::ProfessionalLead], Purpose::Supervision),
            user_support(),
            Actor::participant(participant_id()),
        ] {
            let store = Rounds::of(everyday().with(&leads).store());
            let desk = desk(store.clone());
            if block_on(desk.ask(&actor, there)).is_ok() {
                let first = store.take();
                block_on(desk.ask(&actor, there)).unwrap();
                self.rounds.insert(name, (first, store.take()));
                return;
            }
        }
    }
}

/// In how many rounds a question is answered to somebody who asks for the first time, and then.
type Row = ((usize, usize), &'static [&'static str]);

/// What fills a page comes beside the right, what hangs on its lines in a second round; of a case, what hangs on the trail
/// comes beside the right, what hangs on the person in a third. Who leads an office finds out once which office that is.
const ROUNDS: &[Row] = &[
    (
        (1, 1),
        &[
            "contact_persons_to_inform",
            "covered_trails",
            "due_for_retention",
            "find_employers",
            "find_staff",
            "general_contacts",
            "left_trails",
            "offered_choices",
            "own_conflicts",
            "portfolio_phases",
            "present_notice",
            "read_guidance",
            "team_figures",
            "team_phases",
        ],
    ),
    (
        (2, 2),
        &[
            "before_contact",
            "educations_started_since",
            "employer_contacts",
            "employer_duplicates",
            "excluded_referrals",
            "find_by_name",
            "find_employer",
            "find_participant",
            "jobs_at_employer",
            "jobs_started_since",
            "ongoing_educations",
            "ongoing_jobs",
            "own_educations_started_since",
            "own_jobs_started_since",
            "own_ongoing_educations",
            "own_ongoing_jobs",
            "own_teams",
            "own_trails",
            "own_wishes",
            "paused_in_portfolio",
            "paused_in_team",
            "portfolio",
            "read_career_profile",
            "read_employer",
            "team_employer_contacts",
            "team_members",
            "team_portfolio",
            "team_transfers",
            "team_without_start",
            "trail_covers",
            "trail_transfers",
            "waiting_list",
            "waiting_transfers",
            "without_start",
            "zero_exclusion_flags",
        ],
    ),
    ((3, 1), &["office_teams"]),
    ((3, 2), &["read_membership"]),
    ((3, 3), &["appointments", "ending_checklist", "narrative_revisions", "read_consent_standing"]),
    ((4, 2), &["offices_below"]),
    ((4, 3), &["owner_portfolio"]),
    ((4, 4), &["read_trail", "trail_history"]),
    ((5, 5), &["due_until", "probable_duplicates", "team_due_until"]),
    ((6, 5), &["member_conflicts"]),
    ((13, 13), &["held_about"]),
];

#[test]
fn each_question_takes_so_many_rounds() {
    let mut asked = Twice::default();
    every_question(&mut asked);
    let expected = ROUNDS.iter().flat_map(|(rounds, names)| names.iter().map(|name| (*name, *rounds)));
    // `read_shared` is not among them: in this world no consent names anybody as a recipient.
    assert_eq!(asked.rounds, expected.collect());
}

/// Does a command with an id of its own, and says in how many rounds.
fn rounds<C: Command>(desk: &Desk<'_>, store: &Rounds, number: u128, command: &C) -> usize {
    store.take();
    block_on(desk.run(&specialist(), CommandId::new(id(number)), command)).unwrap();
    store.take()
}

#[test]
fn an_act_is_one_load_and_the_commit_once_the_standing_of_who_acts_is_known() {
    let store = Rounds::of(everyday().store());
    let desk = desk(store.clone());
    let phases = [Phase::StepDown, Phase::JobDevelopment, Phase::StepDown, Phase::JobDevelopment];
    let acts = phases.map(|phase| MoveTo { trail: trail_id(), phase, on: now().day() });
    let took: Vec<_> = (0xD0..).zip(&acts).map(|(number, act)| rounds(&desk, &store, number, act)).collect();
    // The trail with the stamp, what the actor may do, and the commit; then the same, now that their own record has been
    // seen, and whether they declared a conflict of interest; then nothing of it is left to find out.
    assert_eq!(took, [3, 3, 2, 2]);
    // And the commit needs nothing that was not looked up, but for whether the parent is there.
    store.take_beside();
    assert_eq!(rounds(&desk, &store, 0xD8, &acts[0]), 2);
    assert_eq!(store.take_beside(), BTreeSet::new());
    // And what a command knows by itself it looks up beside.
    assert_eq!(rounds(&desk, &store, 0xDF, &open()), 3);
}
