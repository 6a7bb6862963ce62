//! What a host program brings along: the time, the ids, and who is at the keyboard.

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use uuid::Uuid;
use worktrail_core::access::{Actor, Purpose};
use worktrail_core::command::Command;
use worktrail_core::desk::{self, Clock, Desk};
use worktrail_core::domain::{
    ActorId, ContactPersonId, EmployerId, JobId, Moment, ParticipantId, Role, StaffId, TeamId, TrailId,
};
use worktrail_core::question::Question;
use worktrail_core::store::{CommandId, Replay, Store};

/// What an act of the story comes to.
pub(crate) type Told<T = ()> = Result<T, Box<dyn Error>>;

/// The desk with a clock that the story sets, and a count of what was done and what had been done before.
pub(crate) struct Stage {
    desk: Desk<'static>,
    clock: StoryClock,
    pub(crate) ids: Ids,
    acts: u32,
    pub(crate) done_now: u32,
    pub(crate) done_before: u32,
}

/// The ids of the story. A host draws its ids, and keeps what it sent; here they have names instead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ids {
    pub(crate) ravn: StaffId,
    pub(crate) spurv: StaffId,
    pub(crate) team: TeamId,
    pub(crate) participant: ParticipantId,
    pub(crate) trail: TrailId,
    pub(crate) bakery: EmployerId,
    pub(crate) manager: ContactPersonId,
    pub(crate) job: JobId,
}

/// A clock that stands where the story set it. A real host reads its own.
#[derive(Debug, Clone)]
struct StoryClock(Arc<Mutex<Moment>>);

impl Clock for StoryClock {
    fn now(&self) -> Moment {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stage {
    /// Over a store, before the story begins.
    pub(crate) fn new(store: impl Store + 'static) -> Told<Self> {
        let clock = StoryClock(Arc::new(Mutex::new(Moment::parse("2022-05-30T09:00:00+02:00")?)));
        let desk = Desk::new(store, clock.clone(), new_id);
        let ids = Ids {
            ravn: id("staff KLOK RAVN"),
            spurv: id("staff KVIKK SPURV"),
            team: id("team"),
            participant: id("participant"),
            trail: id("trail"),
            bakery: id("employer FJELLVIK BAKERI"),
            manager: id("contact person BLID SURDEIG"),
            job: id("job"),
        };
        Ok(Self { desk, clock, ids, acts: 0, done_now: 0, done_before: 0 })
    }

    /// Nine o'clock on a day.
    pub(crate) fn on(&mut self, day: &str) -> Told<NaiveDate> {
        let moment = Moment::parse(&format!("{day}T09:00:00+02:00"))?;
        *self.clock.0.lock().unwrap_or_else(PoisonError::into_inner) = moment;
        Ok(moment.day())
    }

    /// KLOK RAVN, supervisor, does something.
    pub(crate) async fn ravn<C: Command>(&mut self, command: C) -> Result<C::Reply, desk::Error> {
        let ravn = Actor::staff(self.ids.ravn, [Role::Supervisor], Purpose::Supervision);
        self.act(&ravn, command).await
    }

    /// KVIKK SPURV, specialist, does something.
    pub(crate) async fn spurv<C: Command>(&mut self, command: C) -> Result<C::Reply, desk::Error> {
        self.act(&self.specialist(), command).await
    }

    /// KVIKK SPURV wants to know something.
    pub(crate) async fn ask<Q: Question>(&self, question: &Q) -> Result<Q::Answer, desk::Error> {
        self.desk.ask(&self.specialist(), question).await
    }

    /// Runs a command. Its id comes from its place in the story: the second run sends the same one again, and is
    /// answered from the stamp that the first one left.
    pub(crate) async fn act<C: Command>(&mut self, actor: &Actor, command: C) -> Result<C::Reply, desk::Error> {
        self.acts += 1;
        let command_id = CommandId::new(id(&format!("act {}", self.acts)));
        let done = self.desk.run(actor, command_id, &command).await?;
        match done.receipt.replay() {
            Replay::First => self.done_now += 1,
            Replay::Again => self.done_before += 1,
        }
        Ok(done.reply)
    }

    /// The name of somebody who acts.
    pub(crate) fn name_of(&self, actor: ActorId) -> &'static str {
        if actor == self.ids.ravn.into() {
            "KLOK RAVN"
        } else if actor == self.ids.spurv.into() {
            "KVIKK SPURV"
        } else {
            "?"
        }
    }

    fn specialist(&self) -> Actor {
        Actor::staff(self.ids.spurv, [Role::Specialist], Purpose::FollowUp)
    }
}

/// An id by its name, the same in every run.
pub(crate) fn id<T: From<Uuid>>(name: &str) -> T {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("urn:worktrail:quickstart:{name}").as_bytes()).into()
}

/// Where the desk takes chance from: the salts of the journal are made of it.
#[expect(clippy::disallowed_methods, reason = "this is the host's side of the port")]
fn new_id() -> Uuid {
    Uuid::now_v7()
}
