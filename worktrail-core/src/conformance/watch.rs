//! Sentence 14: a watcher is told.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use super::concurrency::commit;
use super::failure::{Failure, holds, refused, same};
use super::office::Office;
use super::specimen::{Cast, key, specimen, stamp, told};
use super::together::{Pending, pause, together};
use crate::store::{BatchBuilder, Expect, JournalRange, Limit, Position, Receipt, Store, StoreError, StoreErrorKind};

/// For so many readings of the journal a watcher is given time to be woken, or what it left behind to go.
const PATIENCE: usize = 50_000;
/// For so many readings of the journal it is looked whether a watcher that must wait does.
const QUIET: usize = 40;

/// Somebody who watches. The store is asked again only when it woke them: one that forgets to is found out.
pub(super) struct Watcher<'s> {
    watching: Pending<'s, Result<Position, StoreError>>,
    ear: Arc<Ear>,
    answer: Option<Result<Position, StoreError>>,
}

/// What a store wakes.
struct Ear {
    woken: AtomicBool,
    task: Mutex<Waker>,
}

impl Wake for Ear {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::SeqCst);
        self.task.lock().unwrap_or_else(PoisonError::into_inner).wake_by_ref();
    }
}

impl<'s> Watcher<'s> {
    pub(super) fn of(office: &Office<'s>, after: u64) -> Self {
        let (store, tenant) = (office.store, office.tenant.clone());
        let ear = Ear { woken: AtomicBool::new(true), task: Mutex::new(Waker::noop().clone()) };
        let watching = Box::pin(async move { store.watch(&tenant, Position::new(after)).await });
        Self { watching, ear: Arc::new(ear), answer: None }
    }

    /// Asks, if the store said that it is worth it.
    fn turn(&mut self, context: &Context<'_>) {
        self.ear.task.lock().unwrap_or_else(PoisonError::into_inner).clone_from(context.waker());
        if self.answer.is_none() && self.ear.woken.swap(false, Ordering::SeqCst) {
            let waker = Waker::from(Arc::clone(&self.ear));
            if let Poll::Ready(answer) = self.watching.as_mut().poll(&mut Context::from_waker(&waker)) {
                self.answer = Some(answer);
            }
        }
    }

    /// That it waits, however long the others take.
    async fn waits(&mut self, office: &Office<'_>, why: &str) -> Result<(), Failure> {
        for _ in 0..QUIET {
            beside([&mut *self], head(office)).await?;
        }
        match &self.answer {
            None => Ok(()),
            Some(answer) => Err(Failure::new(why, "that a watcher waits on", format!("{answer:?}"))),
        }
    }

    /// That it is told, and where the journal is.
    pub(super) async fn told(mut self, office: &Office<'_>) -> Result<Position, Failure> {
        for _ in 0..PATIENCE {
            beside([&mut self], head(office)).await?;
            if let Some(answer) = self.answer.take() {
                return Ok(answer?);
            }
        }
        Err(Failure::new("a watcher, after the journal has gone on", "an answer", "none"))
    }
}

/// Does something while others watch. Whoever is not asked again cannot give way, so all have their turn at each poll.
async fn beside<'w, 's: 'w, F: Future>(watchers: impl IntoIterator<Item = &'w mut Watcher<'s>>, doing: F) -> F::Output {
    let mut watchers: Vec<_> = watchers.into_iter().collect();
    let mut doing = pin!(doing);
    poll_fn(|context| {
        let done = doing.as_mut().poll(context);
        for watcher in &mut watchers {
            watcher.turn(context);
        }
        done
    })
    .await
}

/// Where the journal is: a call that goes all the way to the engine, and gives others their turn.
async fn head(office: &Office<'_>) -> Result<Position, Failure> {
    pause().await;
    let page = office.store.journal(&office.tenant, JournalRange::Everything, Position::START, Limit::new(1));
    Ok(page.await?.head)
}

/// A commit that tells of something.
fn news(office: &Office<'_>, cast: &Cast, n: u64) -> BatchBuilder {
    office.batch().put(specimen(cast.person, n), Expect::Any).tell(told(key(cast.person, n), n))
}

pub(super) async fn tell(office: &Office<'_>, cast: &Cast, n: u64) -> Result<Receipt, Failure> {
    Ok(commit(office, news(office, cast, n)).await?)
}

/// What is beyond the position already is told at once, with where the journal is.
pub(super) async fn a_watcher_hears_at_once_of_what_is_there(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    for n in 1..=3 {
        tell(&office, &cast, n).await?;
        for after in 0..n {
            same("where the journal is", Watcher::of(&office, after).told(&office).await?, Position::new(n))?;
        }
    }
    Ok(())
}

/// Who waits is woken by the next commit that tells something, whether the journal was empty or not.
pub(super) async fn a_watcher_is_woken_by_a_commit(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    for n in 1..=10 {
        let mut watcher = Watcher::of(&office, n - 1);
        watcher.waits(&office, "a journal that has nothing new").await?;
        beside([&mut watcher], tell(&office, &cast, n)).await?;
        same("where the journal is", watcher.told(&office).await?, Position::new(n))?;
    }
    Ok(())
}

/// A commit comes after each of the first polls of a watch: between its reading and its waiting as well.
pub(super) async fn a_watcher_misses_nothing_on_its_way_to_waiting(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    for (n, polls) in (1..).zip(0..12) {
        let mut watcher = Watcher::of(&office, n - 1);
        for _ in 0..polls {
            beside([&mut watcher], async {}).await;
            pause().await;
        }
        holds("a watcher waits until there is something new", watcher.answer.is_none())?;
        beside([&mut watcher], tell(&office, &cast, n)).await?;
        same("where the journal is", watcher.told(&office).await?, Position::new(n))?;
    }
    Ok(())
}

/// All who wait are woken by one commit.
pub(super) async fn every_watcher_is_woken(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    let mut watchers: Vec<_> = (0..8).map(|_| Watcher::of(&office, 0)).collect();
    for _ in 0..QUIET {
        beside(&mut watchers, head(&office)).await?;
    }
    holds("all wait", watchers.iter().all(|watcher| watcher.answer.is_none()))?;
    beside(&mut watchers, tell(&office, &cast, 1)).await?;
    let answers = watchers.into_iter().map(|watcher| watcher.told(&office));
    let answers: Vec<Position> = together(answers).await.into_iter().collect::<Result<_, _>>()?;
    same("where the journal is", answers, vec![Position::new(1); 8])
}

/// Who waits for a position that is still to come waits through all that comes before.
pub(super) async fn a_watcher_waits_for_its_own_position(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    let mut watcher = Watcher::of(&office, 3);
    for n in 1..=3 {
        beside([&mut watcher], tell(&office, &cast, n)).await?;
        watcher.waits(&office, "a journal that is not beyond the position").await?;
    }
    beside([&mut watcher], tell(&office, &cast, 4)).await?;
    same("where the journal is", watcher.told(&office).await?, Position::new(4))
}

/// What adds no entry to the journal is no news: a batch that tells nothing, one that is refused, a repetition.
pub(super) async fn a_watcher_is_not_answered_before_its_time(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    commit(&office, news(&office, &cast, 1).stamp(stamp(1, "make"))).await?;
    let mut watcher = Watcher::of(&office, 1);
    beside([&mut watcher], office.save([specimen(cast.person, 2)])).await?;
    watcher.waits(&office, "a batch that tells nothing").await?;
    let second = office.batch().put(specimen(cast.person, 1), Expect::Absent).tell(told(key(cast.person, 1), 2));
    let outcome = beside([&mut watcher], office.commit(second)).await;
    refused(StoreErrorKind::Conflict, "a batch that is refused", outcome)?;
    watcher.waits(&office, "a batch that is refused").await?;
    beside([&mut watcher], commit(&office, news(&office, &cast, 1).stamp(stamp(1, "make")))).await?;
    watcher.waits(&office, "a command that is repeated").await?;
    beside([&mut watcher], tell(&office, &cast, 3)).await?;
    same("where the journal is", watcher.told(&office).await?, Position::new(2))
}

/// What happens at one tenant is no news at another, however much it is.
pub(super) async fn a_watcher_of_another_tenant_waits_on(store: &dyn Store) -> Result<(), Failure> {
    let (office, other, cast) = (Office::of(store, "one")?, Office::of(store, "other")?, Cast::new()?);
    let mut watcher = Watcher::of(&office, 0);
    for n in 1..=20 {
        beside([&mut watcher], tell(&other, &cast, n)).await?;
    }
    watcher.waits(&office, "news at another tenant").await?;
    beside([&mut watcher], tell(&office, &cast, 1)).await?;
    same("where the journal is", watcher.told(&office).await?, Position::new(1))
}

/// Nothing holds on to a watcher that went away, at whichever of its polls; the others are woken as before.
pub(super) async fn a_dropped_watcher_leaves_nothing(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    for (n, polls) in (1..).zip(0..12) {
        let mut stays = Watcher::of(&office, n - 1);
        let mut goes = Watcher::of(&office, n - 1);
        for _ in 0..polls {
            beside([&mut stays, &mut goes], async {}).await;
            pause().await;
        }
        let ear = Arc::clone(&goes.ear);
        drop(goes);
        let mut rounds = 0;
        while Arc::strong_count(&ear) > 1 && rounds < PATIENCE {
            beside([&mut stays], head(&office)).await?;
            rounds += 1;
        }
        let during = |failure: Failure| failure.during(&format!("a watcher dropped after {polls} polls"));
        same("what still holds on to a watcher", Arc::strong_count(&ear) - 1, 0).map_err(during)?;
        beside([&mut stays], tell(&office, &cast, n)).await?;
        same("where the journal is", stays.told(&office).await.map_err(during)?, Position::new(n))?;
    }
    Ok(())
}
