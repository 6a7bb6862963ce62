//! Shared by the tests: the invented cast, days and moments.

use chrono::NaiveDate;
use uuid::Uuid;

use super::id::{ParticipantId, StaffId, TeamId};
use super::moment::{Authorship, Moment};

/// A day, written `2022-05-31`.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Nine in the morning of a day, in summer time.
pub(crate) fn morning(text: &str) -> Moment {
    Moment::parse(&format!("{text}T09:00:00+02:00")).expect("a moment")
}

/// KVIKK SPURV, specialist.
pub(crate) fn spurv() -> StaffId {
    StaffId::new(Uuid::from_u128(0x5_0001))
}

/// KLOK RAVN, supervisor.
pub(crate) fn ravn() -> StaffId {
    StaffId::new(Uuid::from_u128(0x5_0002))
}

/// A team.
pub(crate) fn team() -> TeamId {
    TeamId::new(Uuid::from_u128(0x7_0001))
}

/// A participant.
pub(crate) fn participant_id() -> ParticipantId {
    ParticipantId::new(Uuid::from_u128(0x1_0001))
}

/// KVIKK SPURV acts on the morning of a day.
pub(crate) fn by_spurv(text: &str) -> Authorship {
    Authorship::new(spurv(), morning(text))
}
