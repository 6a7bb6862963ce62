//! What somebody in the town picks: a day, a thing to work on, who does it.

use chrono::{Days, NaiveDate};
use uuid::Uuid;
use worktrail_core::access::{Actor, Purpose};
use worktrail_core::domain::{EmployerId, ParticipantId, Role, StaffId, Text, TrailId};

use super::{Town, specialist};

impl Town {
    pub(super) fn id(&mut self) -> Uuid {
        Uuid::from_u128(self.dice.wide())
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.clock.now().date_naive()
    }

    pub(super) fn days_ago(&mut self, most: u64) -> NaiveDate {
        let days = Days::new(self.dice.below(most));
        self.today().checked_sub_days(days).expect("a day")
    }

    pub(super) fn words<const N: usize>(&mut self) -> Text<N> {
        Text::parse(&format!("Ord nummer {}", self.dice.below(1_000_000))).expect("a text")
    }

    pub(super) fn one_of<T: Copy>(&mut self, items: &[T]) -> T {
        *self.dice.pick(items).expect("something to pick from")
    }

    /// One of the latest, so that people work on the same things.
    pub(super) fn recent<T: Copy>(&mut self, items: &[T]) -> Option<T> {
        self.dice.pick(items.last_chunk::<4>().map_or(items, <[T; 4]>::as_slice)).copied()
    }

    pub(super) fn participant(&mut self) -> Option<ParticipantId> {
        self.recent(&self.participants.clone())
    }

    pub(super) fn employer(&mut self) -> Option<EmployerId> {
        self.recent(&self.employers.clone())
    }

    pub(super) fn trail(&mut self) -> Option<(TrailId, StaffId)> {
        self.recent(&self.trails.clone())
    }

    pub(super) fn anybody(&mut self) -> Actor {
        specialist(self.one_of(&self.specialists.clone()))
    }

    pub(super) fn supervisor(&self) -> Actor {
        Actor::staff(self.supervisor, [Role::Supervisor], Purpose::Supervision)
    }
}
