//! Random commands in random states, one after the other and with nothing wrong: each is refused and changes nothing, or
//! is done and leaves a state that every rule of state holds for.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use futures_util::future::BoxFuture;
use serde_json::Value as Json;
use uuid::Uuid;
use worktrail_core::access::Actor;
use worktrail_core::command::{COMMANDS, Command, CommandVisitor, command_named};
use worktrail_core::desk::{Desk, Error};
use worktrail_core::domain::Moment;
use worktrail_core::question::QUESTIONS;
use worktrail_core::record::SCHEMA;
use worktrail_core::simulation::Dice;
use worktrail_core::store::{
    CommandId, IndexRange, JournalRange, Limit, PageRequest, Position, Receipt, RecordKey, Store, StoreError,
    StoredRecord, Tenant,
};

use crate::asked::{self, Answer};
use crate::drawn::{self, Drawn, Offer};
use crate::rules::Everything;
use crate::tally::{Tally, count};

/// How many commands a walk sends: all that is there is looked at after each.
pub(crate) const WALK: u64 = 800;

/// What a walk begins with: so many of each are done before anything may happen, in this order.
const FOUNDATION: [(&str, u64); 35] = [
    ("register_staff", 6),
    ("found_team", 3),
    ("admit_member", 10),
    ("appoint_staff", 4),
    ("found_office", 2),
    ("place_team", 2),
    ("appoint_staff", 4),
    ("register_absence", 2),
    ("register_employer", 4),
    ("register_contact_person", 3),
    ("register_participant", 8),
    ("receive_referral", 2),
    ("declare_conflict", 1),
    ("open_trail", 6),
    ("hold_start_up_meeting", 2),
    ("enter_programme", 1),
    ("leave_programme", 1),
    ("register_job", 2),
    ("register_education", 1),
    ("write_narrative", 3),
    ("agree_openness", 2),
    ("agree_with_employer", 1),
    ("give_consent", 1),
    ("pause_trail", 2),
    ("give_cover", 2),
    ("propose_transfer", 3),
    ("withdraw_transfer", 1),
    ("accept_transfer", 1),
    ("return_transfer", 1),
    ("end_trail", 1),
    ("correct_ending", 1),
    ("reopen_trail", 1),
    ("end_trail", 1),
    ("open_trail", 2),
    ("change_protection", 2),
];

/// How often a command of the foundation is drawn before it is given up.
const PATIENCE: u64 = 40;

/// All records, by key.
pub(crate) type Records = BTreeMap<RecordKey, StoredRecord>;

/// What is told when something goes wrong.
type Story = String;

/// Sends so many commands to a store and looks after each; gives what is there in the end, and what was counted. What is
/// there is read from the engine: the store itself, or one that answers as the store does.
///
/// # Errors
/// A command that was refused and changed something, a rule that does not hold, an error that nobody caused.
pub(crate) async fn walk(
    seed: u64,
    commands: u64,
    store: &dyn Store,
    engine: &dyn Store,
) -> Result<(Records, Tally), Story> {
    let mut walk = Walk::new(seed, commands, store, engine);
    let walked = match walk.found().await {
        Ok(()) => walk.wander().await,
        Err(fault) => Err(fault),
    };
    walked.map_err(|fault| format!("seed {seed}, {fault}"))?;
    walk.desk.verify().await.map_err(|error| format!("seed {seed}: {error}"))?;
    for method in walk.kept.methods() {
        count(&mut walk.tally.trails, method.code());
    }
    Ok((walk.records, walk.tally))
}

/// Every record.
pub(crate) async fn records(engine: &dyn Store) -> Result<Records, StoreError> {
    let mut records = Records::new();
    for kind in SCHEMA.kinds() {
        let mut page = PageRequest::first(Limit::MAX);
        loop {
            let found = engine.scan(&Tenant::default(), &IndexRange::all(kind), &page).await?;
            records.extend(found.records.into_iter().map(|stored| (stored.record().key(), stored)));
            let Some(next) = found.next else { break };
            page = PageRequest::after(Limit::MAX, next);
        }
    }
    Ok(records)
}

/// The last position of the journal.
pub(crate) async fn head(engine: &dyn Store) -> Result<Position, StoreError> {
    let page = engine.journal(&Tenant::default(), JournalRange::Everything, Position::START, Limit::new(1)).await?;
    Ok(page.head)
}

/// A walk, and what was there after the last command.
struct Walk<'w> {
    time: Arc<Mutex<DateTime<Utc>>>,
    engine: &'w dyn Store,
    desk: Desk<'w>,
    dice: Dice,
    left: u64,
    tally: Tally,
    kept: Everything,
    offer: Offer,
    records: Records,
    head: Position,
}

/// What came of a command.
#[derive(Debug, PartialEq, Eq)]
enum Sent {
    Done,
    Refused,
    Unreadable,
}

impl<'w> Walk<'w> {
    fn new(seed: u64, commands: u64, store: &'w dyn Store, engine: &'w dyn Store) -> Self {
        let mut dice = Dice::new(seed);
        let noon = DateTime::from_timestamp(1_767_264_000, 0).expect("noon on 1 January 2026");
        let time = Arc::new(Mutex::new(noon));
        let ids = Mutex::new(Dice::new(dice.roll()));
        let clock = Arc::clone(&time);
        let desk = Desk::new(
            store,
            move || Moment::new(lock(&clock).fixed_offset()).expect("a moment"),
            move || Uuid::from_u128(lock(&ids).wide()),
        );
        Self {
            time,
            engine,
            desk,
            dice,
            left: commands,
            tally: Tally::default(),
            kept: Everything::default(),
            offer: Offer::default(),
            records: Records::new(),
            head: Position::START,
        }
    }

    /// Lays the foundation.
    async fn found(&mut self) -> Result<(), Story> {
        for (name, times) in FOUNDATION {
            let mut done = 0;
            for _ in 0..PATIENCE {
                let today = self.today();
                let is_likely = drawn::is_offered(name, today, &self.offer) || self.dice.happens(300);
                if done < times && self.left > 0 && is_likely {
                    let drawn = drawn::named(name, &mut self.dice, today, &self.offer);
                    done += u64::from(self.send(drawn).await? == Sent::Done);
                }
            }
        }
        Ok(())
    }

    /// Does anything and asks anything, and often what it has not seen yet.
    async fn wander(&mut self) -> Result<(), Story> {
        while self.left > 0 {
            let (today, dice, tally) = (lock(&self.time).date_naive(), &mut self.dice, &self.tally);
            let is_offered = |name: &str| drawn::is_offered(name, today, &self.offer);
            let is_new = |name: &str| !tally.done.contains_key(name) && is_offered(name) || !tally.was_refused(name);
            let unseen = COMMANDS.iter().filter(|(name, _)| is_new(name));
            let unseen = if dice.happens(500) { dice.pick(&unseen.collect::<Vec<_>>()).copied() } else { None };
            let drawn = match unseen {
                Some((name, _)) => drawn::named(name, dice, today, &self.offer),
                None => drawn::any(dice, today, &self.offer),
            };
            self.send(drawn).await?;
            if self.dice.happens(200) {
                self.ask().await?;
            }
        }
        Ok(())
    }

    /// Asks a question, mostly one that was not answered yet.
    async fn ask(&mut self) -> Result<(), Story> {
        let tally = &mut self.tally;
        let unanswered: Vec<_> = QUESTIONS.iter().filter(|(name, _)| !tally.answered.contains_key(name)).collect();
        let unanswered = if self.dice.happens(800) { self.dice.pick(&unanswered).copied() } else { None };
        let Some((name, right)) = unanswered.or_else(|| self.dice.pick(QUESTIONS)).copied() else { return Ok(()) };
        let today = lock(&self.time).date_naive();
        let asked = asked::ask(name, right, &self.desk, &mut self.dice, today, &self.offer).await?;
        count(&mut tally.asked_by, asked.role);
        match asked.answer {
            Answer::Pages(pages) => {
                count(&mut tally.answered, name);
                count(&mut tally.answered_by, asked.role);
                *tally.turned.entry(name).or_default() += pages - 1;
            }
            Answer::Refused(code) => count(&mut tally.declined, (name, code)),
        }
        self.is_unchanged().await.map_err(|fault| format!("{name}: {fault}"))
    }

    fn today(&self) -> NaiveDate {
        lock(&self.time).date_naive()
    }

    /// Sends a command, and looks what came of it; now and then it is sent again.
    async fn send(&mut self, drawn: Drawn) -> Result<Sent, Story> {
        let Drawn { name, form, role, actor } = drawn;
        let story = |fault: String| format!("{name} {form} by {actor:?}: {fault}");
        let id = CommandId::new(Uuid::from_u128(self.dice.wide()));
        let answer = command_named(name, Run { desk: &self.desk, actor: &actor, id, form: &form });
        let Some(answer) = answer.expect("a command") else {
            count(&mut self.tally.unreadable, name);
            return Ok(Sent::Unreadable);
        };
        let answer = answer.await;
        self.left -= 1;
        count(&mut self.tally.sent, name);
        count(&mut self.tally.sent_by, role);
        let sent = match answer {
            Ok(receipt) => {
                self.look(&receipt).await.and_then(|()| self.kept.keeps_the_rules()).map_err(story)?;
                self.offer.see(&self.records);
                count(&mut self.tally.done, name);
                count(&mut self.tally.done_by, role);
                if self.dice.happens(50) {
                    let again = command_named(name, Run { desk: &self.desk, actor: &actor, id, form: &form });
                    let again = again.flatten().expect("it was read before").await;
                    self.is_the_same(&receipt, again).await.map_err(story)?;
                    count(&mut self.tally.replayed, name);
                }
                Sent::Done
            }
            Err(Error::Rejected(rejection)) => {
                self.is_unchanged().await.map_err(story)?;
                count(&mut self.tally.refused, (name, rejection.code()));
                Sent::Refused
            }
            Err(error) => return Err(story(format!("an error that nobody caused: {error}"))),
        };
        self.pass_time();
        Ok(sent)
    }

    /// Mostly minutes, now and then days.
    fn pass_time(&mut self) {
        let most = if self.dice.happens(150) { 4 * 24 * 60 } else { 20 };
        let minutes = i64::try_from(self.dice.below(most)).expect("few");
        *lock(&self.time) += TimeDelta::minutes(minutes);
    }

    /// That nothing has changed: the journal each time, and everything now and then, since what changes without being
    /// told is noticed after the next command that is done, too.
    async fn is_unchanged(&mut self) -> Result<(), Story> {
        let same = head(self.engine).await.map_err(|error| error.to_string())? == self.head;
        let same = same
            && (self.dice.happens(900)
                || records(self.engine).await.map_err(|error| error.to_string())? == self.records);
        if same { Ok(()) } else { Err("it was refused or only asked, and changed something".to_owned()) }
    }

    /// That what was done is answered again and not done again.
    async fn is_the_same(&mut self, first: &Receipt, again: Result<Receipt, Error>) -> Result<(), Story> {
        self.is_unchanged().await?;
        match again {
            Ok(again) if again == first.clone().replayed() => Ok(()),
            again => Err(format!("it was done with {first:?}, and answered again with {again:?}")),
        }
    }

    /// Takes in what has changed, all of it by the one command.
    async fn look(&mut self, receipt: &Receipt) -> Result<(), Story> {
        let before =
            std::mem::replace(&mut self.records, records(self.engine).await.map_err(|error| error.to_string())?);
        self.head = head(self.engine).await.map_err(|error| error.to_string())?;
        let changed = |(key, now): &(&RecordKey, &StoredRecord)| before.get(key) != Some(now);
        let revision = receipt.revision();
        if self.records.iter().filter(changed).any(|(_, now)| now.revision().max(now.children()) != revision) {
            return Err("something else has changed before".to_owned());
        }
        self.kept.see(&self.records)
    }
}

/// Reads a form as a command, and runs it at a desk; nothing when it cannot be read.
struct Run<'r> {
    desk: &'r Desk<'r>,
    actor: &'r Actor,
    id: CommandId,
    form: &'r Json,
}

impl<'r> CommandVisitor for Run<'r> {
    type Output = Option<BoxFuture<'r, Result<Receipt, Error>>>;

    fn visit<C: Command>(self) -> Self::Output {
        let command = C::deserialize(self.form).ok()?;
        Some(Box::pin(async move { self.desk.run(self.actor, self.id, &command).await.map(|done| done.receipt) }))
    }
}

fn lock<T>(what: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}
