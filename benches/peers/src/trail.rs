//! A trail as an aggregate of events, as big as ours, and its line in a list.

use cqrs_es::event_sink::EventSink;
use cqrs_es::{Aggregate, DomainEvent, EventEnvelope, View};
use serde::{Deserialize, Serialize};

/// A trail, as its events made it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Trail {
    owner: String,
    team: String,
    wish: String,
    goal: String,
    phase: String,
    since: String,
}

/// What may be asked of a trail.
#[derive(Debug)]
pub(crate) enum Act {
    MoveTo { phase: String, on: String },
}

/// What happened to a trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Event {
    Opened { owner: String, team: String, wish: String, goal: String, phase: String, on: String },
    PhaseChanged { from: String, to: String, on: String },
}

/// Why a trail does not move.
#[derive(Debug, thiserror::Error)]
#[error("nothing changes")]
pub(crate) struct NothingChanges;

impl DomainEvent for Event {
    fn event_type(&self) -> String {
        match self {
            Self::Opened { .. } => "opened".to_owned(),
            Self::PhaseChanged { .. } => "phase_changed".to_owned(),
        }
    }

    fn event_version(&self) -> String {
        "1.0".to_owned()
    }
}

impl Aggregate for Trail {
    type Command = Act;
    type Error = NothingChanges;
    type Event = Event;
    type Services = ();

    const TYPE: &'static str = "trail";

    async fn handle(&mut self, command: Act, (): &(), sink: &EventSink<Self>) -> Result<(), NothingChanges> {
        let Act::MoveTo { phase, on } = command;
        if phase == self.phase || on < self.since {
            return Err(NothingChanges);
        }
        let event = Event::PhaseChanged { from: self.phase.clone(), to: phase, on };
        sink.write(event, self).await;
        Ok(())
    }

    fn apply(&mut self, event: Event) {
        match event {
            Event::Opened { owner, team, wish, goal, phase, on } => {
                *self = Self { owner, team, wish, goal, phase, since: on };
            }
            Event::PhaseChanged { to, on, .. } => (self.phase, self.since) = (to, on),
        }
    }
}

/// A trail's line in the portfolio.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Line {
    owner: String,
    team: String,
    phase: String,
    since: String,
}

impl Line {
    pub(crate) fn see(&mut self, event: &Event) {
        match event {
            Event::Opened { owner, team, phase, on, .. } => {
                *self = Self { owner: owner.clone(), team: team.clone(), phase: phase.clone(), since: on.clone() };
            }
            Event::PhaseChanged { to, on, .. } => {
                self.phase.clone_from(to);
                self.since.clone_from(on);
            }
        }
    }
}

impl View<Trail> for Line {
    fn update(&mut self, event: &EventEnvelope<Trail>) {
        self.see(&event.payload);
    }
}

/// The first event of every trail.
pub(crate) fn opened() -> Event {
    Event::Opened {
        owner: "00000001-0000-0000-0000-000000000001".to_owned(),
        team: "00000002-0000-0000-0000-000000000001".to_owned(),
        wish: "Jeg vil jobbe i et bakeri eller på et lager, helst nær der jeg bor. ".repeat(6),
        goal: "En fast stilling på minst 50 prosent som lagermedarbeider innen et år. ".repeat(4),
        phase: "mapping".to_owned(),
        on: "2026-03-10".to_owned(),
    }
}

/// The id of a trail, by its number.
pub(crate) fn id(number: u64) -> String {
    format!("{number:032x}")
}
