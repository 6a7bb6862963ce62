//! Questions: what people want to know. A value, and a pure answer over what is kept.
//!
//! A question looks at the store like a command does, and may walk ranges besides: a [`View`] is a
//! [`World`](crate::command::World) with pages, counts and histories. What an actor may see is a range, never a
//! filter afterwards, so pages are full, counts are right, and nothing is learnt from what was left out.

mod case_file;
mod employer;
mod history;
mod narrative_revisions;
mod own;
mod participant;
mod portfolio;
mod view;

pub use case_file::{CaseFile, ReadTrail};
pub use employer::{ContactPersonCard, EmployerCard, FindEmployer};
pub use history::{HistoryEntry, TrailHistory};
pub use narrative_revisions::NarrativeRevisions;
pub use own::{OwnTeam, OwnTeams, OwnTrail, OwnTrails};
pub use participant::{FindParticipant, ParticipantCard};
pub use portfolio::{PhaseCount, Portfolio, PortfolioLine, PortfolioPhases, TeamPhases, TeamPortfolio};

pub(crate) use view::{Beyond, LoadedPage, Views};
pub use view::{Page, View};

use crate::access::Right;
use crate::command::{Permit, Stop};

/// Every question by name, with the right that it takes.
pub const QUESTIONS: &[(&str, Right)] = &[
    ("find_participant", FindParticipant::RIGHT),
    ("find_employer", FindEmployer::RIGHT),
    ("own_teams", OwnTeams::RIGHT),
    ("own_trails", OwnTrails::RIGHT),
    ("read_trail", ReadTrail::RIGHT),
    ("trail_history", TrailHistory::RIGHT),
    ("narrative_revisions", NarrativeRevisions::RIGHT),
    ("portfolio", Portfolio::RIGHT),
    ("portfolio_phases", PortfolioPhases::RIGHT),
    ("team_portfolio", TeamPortfolio::RIGHT),
    ("team_phases", TeamPhases::RIGHT),
];

/// Something that somebody wants to know.
pub trait Question: Send + Sync {
    /// What is answered.
    type Answer: Send;

    /// The right that it takes.
    const RIGHT: Right;

    /// Answers, or says why not.
    ///
    /// # Errors
    /// A [`Rejection`](crate::domain::Rejection), or the note that something has to be loaded first.
    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer>;
}

/// What a question comes to: an answer, or why not.
pub type Answered<A> = Result<Answer<A>, Stop>;

/// An answer that somebody with the right to it asked for: only a [`Permit`] gives one.
#[derive(Debug)]
#[must_use]
pub struct Answer<A>(A);

impl<A> Answer<A> {
    /// What is answered.
    pub fn into_inner(self) -> A {
        self.0
    }
}

impl Permit {
    /// The answer to a question.
    pub const fn answer<A>(self, answer: A) -> Answer<A> {
        Answer(answer)
    }
}
