//! Pure decisions: no store, no runtime, one core.

use std::hint::black_box;
use std::time::Duration;

use worktrail_core::access::Actor;
use worktrail_core::command::{Command, MoveTo, Picture, World};
use worktrail_core::domain::{
    Authorship, Membership, MembershipId, Method, NewStaff, NewTeam, Period, PersonName, Role, Staff, Team, Trail,
};
use worktrail_core::record::{from_record, to_record};
use worktrail_core::store::Record;

use crate::Outcome;
use crate::import::somebody;
use crate::office::{Case, Office, id};
use crate::stopwatch::Stopwatch;
use crate::subject::Rate;

/// A specialist with a trail that is to move.
#[derive(Debug)]
pub struct Decisions {
    picture: Picture,
    actor: Actor,
    act: MoveTo,
    trail: Record,
    office: Office,
}

impl Decisions {
    /// All that the decision looks at, painted by hand.
    ///
    /// # Errors
    /// None, as long as the domain takes the people of the office.
    pub fn new() -> Outcome<Self> {
        let (office, case) = (Office::with(1)?, Case::new(0));
        let by = Authorship::new(case.owner(), office.now());
        let (participant, trail) = somebody(&office, case)?;
        let (team, _) = Team::register(case.team(), NewTeam { name: "IPS NORDLYS".parse()?, method: Method::Ips }, &by);
        let new = NewStaff { name: PersonName::new("KVIKK", "SPURV")?, host_identity: "kvikk.spurv".parse()? };
        let (spurv, _) = Staff::register(case.owner(), new, &by);
        let (period, membership) = (Period::from(by.day())?, MembershipId::new(id(5, 0)));
        let (membership, _) = Membership::begin(membership, &team, &spurv, Role::Specialist, period, &by)?;
        let picture = Picture::whole().with(&participant)?.with(&trail)?.with(&team)?.with(&membership)?;
        let (actor, act, trail) = (case.specialist(), office.move_at(0), to_record(&trail)?);
        Ok(Self { picture, actor, act, trail, office })
    }

    /// Decides once.
    ///
    /// # Errors
    /// When the decision is refused.
    pub fn decide(&self) -> Outcome {
        let world = World::new(&self.picture, &self.actor, MoveTo::RIGHT, self.office.now());
        let decision = black_box(&self.act).decide(&world);
        black_box(decision).map(drop).map_err(|_| "the decision was refused".into())
    }

    /// Reads a trail from its bytes, decides, and writes down a trail and the fact.
    ///
    /// # Errors
    /// When the decision is refused.
    pub fn decide_and_write_down(&self) -> Outcome {
        let trail: Trail = from_record(black_box(&self.trail))?;
        let world = World::new(&self.picture, &self.actor, MoveTo::RIGHT, self.office.now());
        let decision = black_box(&self.act).decide(&world).map_err(|_| "the decision was refused")?;
        for fact in decision.facts() {
            black_box(serde_json::to_vec(fact)?);
        }
        black_box(to_record(&trail)?);
        Ok(())
    }

    /// How often one core does something in a while.
    ///
    /// # Errors
    /// When the decision is refused.
    pub fn slice(length: Duration, piece: impl Fn() -> Outcome) -> Outcome<Rate> {
        let watch = Stopwatch::start();
        let mut pieces = 0;
        while watch.passed() < length {
            for _ in 0..100 {
                piece()?;
            }
            pieces += 100;
        }
        Ok(Rate { pieces, took: watch.passed() })
    }
}
