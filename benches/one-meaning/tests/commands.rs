//! Random commands and questions through the desk, on all stores at once.

mod off_key;

// The town of the core's simulation: what its people may want next.
#[path = "../../../worktrail-core/tests/simulation/acts.rs"]
mod acts;
#[path = "../../../worktrail-core/tests/simulation/town.rs"]
mod town;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use acts::Act;
use chrono::DateTime;
use off_key::{OffKey, Slip};
use one_meaning::{Chorus, Voice, subjects};
use town::Town;
use uuid::Uuid;
use worktrail_core::access::Actor;
use worktrail_core::desk::{Desk, Error};
use worktrail_core::domain::{Moment, NameBeginning, TeamId, TrailId};
use worktrail_core::question::{
    DueUntil, FindByName, HeldAbout, OngoingJobs, OwnTeams, Page, PausedInTeam, PortfolioPhases, Question, ReadTrail,
    TeamDueUntil, TeamFigures, TeamMembers, TeamPhases, TeamPortfolio, TrailHistory, WithoutStart,
};
use worktrail_core::simulation::{Dice, SimClock};
use worktrail_core::store::{Limit, MemoryStore, PageRequest, Position, Store, StoreErrorKind};

const RUNS: u64 = 5;
const COMMANDS: u64 = 120;

/// What the runs begin with: `WORKTRAIL_SIM_SEED`, or always the same.
fn first_seed() -> u64 {
    std::env::var("WORKTRAIL_SIM_SEED").map_or(20_260_310, |text| text.parse().expect("a number"))
}

/// What a run came to.
#[derive(Debug, Default)]
struct Tally {
    done: BTreeSet<&'static str>,
    refused: BTreeMap<&'static str, u64>,
    replayed: u64,
    answered: u64,
    entries: u64,
}

#[tokio::test]
async fn all_stores_answer_the_same_through_the_desk() {
    let first = first_seed();
    println!("WORKTRAIL_SIM_SEED={first}");
    let mut tally = Tally::default();
    let subjects = subjects();
    for seed in (0..RUNS).map(|run| first.wrapping_add(run)) {
        let chorus = Chorus::of_new(&subjects).await.expect("a chorus");
        play(Arc::new(chorus), seed, &mut tally).await.unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    }
    println!("{tally:#?}");
    assert!(tally.done.len() > Act::KINDS / 2 && tally.refused.len() > 10, "{tally:#?}");
    assert!(tally.answered > 500 && tally.replayed > 10 && tally.entries > 300, "{tally:#?}");
}

#[tokio::test]
async fn a_store_that_means_something_else_is_heard_through_the_desk() {
    // With nobody else at work no commit of a desk is refused by the store: that slip is heard by batches.
    for slip in Slip::ALL.into_iter().filter(|slip| *slip != Slip::Reason) {
        let sound = Voice { name: "sound", store: Arc::new(MemoryStore::new()) };
        let spoiled = Voice { name: "spoiled", store: Arc::new(OffKey::new(slip)) };
        let chorus = Arc::new(Chorus::of([sound, spoiled]));
        let heard = play(chorus, first_seed(), &mut Tally::default()).await.expect_err("heard");
        println!("{slip:?}: {heard}");
        assert!(heard.contains("is answered otherwise by spoiled"), "{slip:?}: {heard}");
    }
}

/// Plays a run, and reads everything in the end.
async fn play(store: Arc<dyn Store>, seed: u64, tally: &mut Tally) -> Result<(), String> {
    let mut dice = Dice::new(seed);
    let start = DateTime::from_timestamp(1_773_144_000, 0).expect("noon on 10 March 2026");
    let clock = SimClock::new(dice.roll(), start);
    let ids = Mutex::new(Dice::new(dice.roll()));
    let desk = Desk::new(
        store,
        || Moment::new(clock.now().fixed_offset()).expect("a moment"),
        || Uuid::from_u128(ids.lock().unwrap_or_else(PoisonError::into_inner).wide()),
    );
    let mut town = Town::new(Dice::new(dice.roll()), clock.clone());
    let mut acts = town.foundation();
    for step in 0..COMMANDS {
        let (act, actor) = if acts.is_empty() { town.next() } else { acts.remove(0) };
        let id = worktrail_core::store::CommandId::new(Uuid::from_u128(dice.wide()));
        // Now and then a command is sent twice: the second time it is answered from its stamp.
        for again in 0..=u64::from(dice.happens(100)) {
            match act.run(&desk, &actor, id).await {
                Ok(_) if again > 0 => tally.replayed += 1,
                Ok(_) => {
                    tally.done.insert(act.name());
                    town.learn(&act, &actor);
                }
                Err(Error::Rejected(rejection)) => *tally.refused.entry(rejection.code()).or_default() += 1,
                Err(error) => return Err(format!("step {step}, {}: {error}", act.name())),
            }
        }
        if step % 10 == 9 {
            tally.answered += ask_around(&desk, &mut town).await.map_err(|error| format!("step {step}: {error}"))?;
        }
    }
    let verified = desk.verify().await.map_err(|error| error.to_string())?;
    tally.entries += verified.entries;
    let head = desk.store().watch(desk.tenant(), Position::START).await.map_err(|error| error.to_string())?;
    if head.number() == verified.entries { Ok(()) } else { Err("the journal does not end at its head".to_owned()) }
}

/// Asks whatever can be asked of a team and of a trail; says how many answers there were.
async fn ask_around(desk: &Desk<'_>, town: &mut Town) -> Result<u64, Error> {
    let (team, actor) = town.asker();
    let mut answered = ask_about_team(desk, &actor, team).await?;
    if let Some((trail, owner)) = town.some_trail() {
        answered += ask_about_trail(desk, &owner, trail).await?;
    }
    Ok(answered)
}

async fn ask_about_team(desk: &Desk<'_>, actor: &Actor, team: TeamId) -> Result<u64, Error> {
    let day = "2026-06-01".parse().expect("a day");
    let notice = || "rights".parse().expect("a notice");
    let beginning = || NameBeginning::parse("ABSURD").expect("the beginning of a name");
    let mut answered = 0;
    answered += one(desk, actor, &TeamPhases { team }).await?;
    answered += one(desk, actor, &PortfolioPhases { team }).await?;
    answered += one(desk, actor, &TeamFigures { team }).await?;
    answered += pages(desk, actor, |page| TeamPortfolio { team, phase: None, page }).await?;
    answered += pages(desk, actor, |page| TeamMembers { team, page }).await?;
    answered += pages(desk, actor, |page| OwnTeams { page }).await?;
    answered += pages(desk, actor, |page| OngoingJobs { team, on: day, page }).await?;
    answered += pages(desk, actor, |page| WithoutStart { team, page }).await?;
    answered += pages(desk, actor, |page| PausedInTeam { team, page }).await?;
    answered += pages(desk, actor, |page| FindByName { team, beginning: beginning(), page }).await?;
    answered += pages(desk, actor, |page| DueUntil { team, until: day, notice: notice(), page }).await?;
    answered += pages(desk, actor, |page| TeamDueUntil { team, until: day, notice: notice(), page }).await?;
    Ok(answered)
}

async fn ask_about_trail(desk: &Desk<'_>, actor: &Actor, trail: TrailId) -> Result<u64, Error> {
    Ok(one(desk, actor, &ReadTrail { trail }).await?
        + one(desk, actor, &TrailHistory::first(trail, Limit::MAX)).await?
        + one(desk, actor, &HeldAbout { trail }).await?)
}

/// One question; a refusal is an answer too.
async fn one<Q: Question>(desk: &Desk<'_>, actor: &Actor, question: &Q) -> Result<u64, Error> {
    match desk.ask(actor, question).await {
        Ok(_) => Ok(1),
        Err(Error::Store(error)) => Err(Error::Store(error)),
        Err(_) => Ok(0),
    }
}

/// A question by short pages, from the first to the last.
async fn pages<Q: Question<Answer = Page<T>>, T>(
    desk: &Desk<'_>,
    actor: &Actor,
    question: impl Fn(PageRequest) -> Q,
) -> Result<u64, Error> {
    let limit = Limit::new(2);
    let (mut page, mut answered) = (PageRequest::first(limit), 0);
    loop {
        match desk.ask(actor, &question(page)).await {
            Ok(answer) => {
                answered += 1;
                let Some(cursor) = answer.next else { return Ok(answered) };
                page = PageRequest::after(limit, cursor);
            }
            // Midnight went by between two pages of a question that is about today.
            Err(Error::Store(error)) if error.kind() == StoreErrorKind::InvalidCursor => return Ok(answered),
            Err(Error::Store(error)) => return Err(Error::Store(error)),
            Err(_) => return Ok(answered),
        }
    }
}
