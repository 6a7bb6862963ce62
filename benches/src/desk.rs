//! Our side: a desk over any store.

use std::time::Duration;

use async_trait::async_trait;
use worktrail_core::access::{Actor, Right};
use worktrail_core::desk::Desk;
use worktrail_core::domain::{ActorId, Membership, Participant, ParticipantId, StaffId, TeamId, Trail, TrailId};
use worktrail_core::question::{Answered, Portfolio, Question, TeamPhases, View};
use worktrail_core::store::{CommandId, Durability, Limit, PageRequest, Position, Store};

use crate::Outcome;
use crate::office::{Case, Office, new_id};
use crate::subject::{Rate, Subject, Turns, Work, together};

/// A desk over a store that holds an office.
#[derive(Debug, Clone)]
pub struct Ours {
    name: String,
    durability: String,
    desk: Desk<'static>,
    office: Office,
    acts: Turns,
    looks: Turns,
}

impl Ours {
    /// A desk over a store that the office was imported into.
    pub fn new(name: &str, store: impl Store + 'static, office: Office) -> Self {
        let info = store.info();
        let kept = match info.durability {
            Durability::PowerSafe => "survives a power cut",
            Durability::ProcessSafe => "survives the process",
            Durability::Volatile => "survives nothing",
        };
        let set = |beginning: &str| info.settings.iter().find(|(name, _)| name.starts_with(beginning));
        let synchronous = set("synchronous").or_else(|| set("fsync"));
        let durability = synchronous.map_or(kept.to_owned(), |(name, value)| format!("{kept} ({name}={value})"));
        let desk = Desk::new(store, move || office.now(), new_id);
        Self { name: name.to_owned(), durability, desk, office, acts: Turns::default(), looks: Turns::default() }
    }

    /// How many members of staff act.
    pub(crate) const fn staff(&self) -> u64 {
        self.office.staff()
    }

    /// The same organisation, by another way to it.
    #[must_use]
    pub fn by_way_of(&self, store: impl Store + 'static) -> Self {
        let (acts, looks) = (self.acts.clone(), self.looks.clone());
        Self { acts, looks, ..Self::new(&self.name, store, self.office) }
    }

    /// Does one piece of work.
    ///
    /// # Errors
    /// What the desk says.
    pub async fn piece(&self, work: Work) -> Outcome {
        // Whoever only looks takes no act's turn: each trail has its act once a lap.
        let turn = if work == Work::Act { self.acts.next() } else { self.looks.next() };
        let case = self.office.case_at(turn);
        match work {
            Work::Act => {
                let id = CommandId::new(new_id());
                self.desk.run(&case.specialist(), id, &self.office.move_at(turn)).await?;
            }
            Work::Open => {
                let question = OpenCase { team: case.team(), trail: case.trail(), participant: case.participant() };
                self.desk.ask(&case.specialist(), &question).await?;
            }
            Work::Portfolio => {
                let page = PageRequest::first(Limit::new(20));
                let question = Portfolio { team: case.team(), phase: None, page };
                let lines = self.desk.ask(&case.specialist(), &question).await?;
                shown(lines.items.len(), case, &self.office)?;
            }
            Work::Counts => {
                self.desk.ask(&case.specialist(), &TeamPhases { team: case.team() }).await?;
            }
            Work::Follow => {
                let program = Actor::program(ActorId::new(new_id()));
                let entries = self.office.trails() * 2;
                let after = Position::new((turn * 100) % entries);
                self.desk.follow(&program, after, Limit::new(100)).await?;
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Subject for Ours {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn durability(&self) -> String {
        self.durability.clone()
    }

    async fn slice(&self, work: Work, callers: usize, length: Duration) -> Outcome<Rate> {
        let ours = self.clone();
        let piece = move || {
            let ours = ours.clone();
            async move { ours.piece(work).await }
        };
        together(callers, length, piece).await
    }
}

/// That a page is as full as it must be: a comparison of empty pages would be none.
pub(crate) fn shown(lines: usize, case: Case, office: &Office) -> Outcome {
    let wanted = crate::office::owned_in(case, office).min(20);
    if lines as u64 == wanted { Ok(()) } else { Err(format!("a page of {lines} instead of {wanted}").into()) }
}

/// A trail with its participant: what a host shows when a line of a team's portfolio is opened.
struct OpenCase {
    team: TeamId,
    trail: TrailId,
    participant: ParticipantId,
}

impl Question for OpenCase {
    type Answer = (Trail, Participant);

    const RIGHT: Right = Right::ReadTrail;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (trail, participant) = (view.get::<Trail>(self.trail), view.get::<Participant>(self.participant));
        // What the right will be found by is known beforehand, and is looked up now: so all comes in one load.
        let staff = StaffId::new(view.actor().as_uuid());
        let member = Membership::by_team_and_staff(self.team, staff);
        let _ = (view.find_by(&member), view.is_impartial_to(self.participant));
        let (trail, participant) = (trail?, participant?);
        let permit = view.may(trail)?;
        Ok(permit.answer((trail.clone(), participant.clone())))
    }
}
