//! Numbers that a participant has or had beside the present national id.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::fact::Fact;
use super::id::{HeldNumberId, ParticipantId};
use super::kept::kept;
use super::moment::Authorship;
use super::national_id::NationalId;
use super::participant::FactSource;
use super::period::Period;
use super::person_number::{OtherNumber, PersonNumber};
use super::text::Line;

/// A number of a participant: a former national id, or another country's. The present national id stands on the
/// participant.
///
/// A store holds scheme and number as a unique value, so that each number finds one person at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldNumber {
    id: HeldNumberId,
    participant: ParticipantId,
    #[serde(deserialize_with = "kept")]
    number: PersonNumber,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<NaiveDate>,
    source: FactSource,
    authorship: Authorship,
}

impl HeldNumber {
    /// A national id that a participant had until a day.
    pub(super) fn until(
        id: HeldNumberId,
        participant: ParticipantId,
        number: NationalId,
        until: Option<NaiveDate>,
        source: FactSource,
        by: &Authorship,
    ) -> Self {
        Self { id, participant, number: number.into(), from: None, until, source, authorship: *by }
    }

    /// Notes another country's or register's number of a participant, with its days where they are known. That nobody
    /// else has it is for the command, which has looked it up.
    #[must_use]
    pub fn note(
        id: HeldNumberId,
        participant: ParticipantId,
        number: OtherNumber,
        period: Option<Period>,
        source: FactSource,
        by: &Authorship,
    ) -> (Self, Fact) {
        let fact = Fact::NumberNoted { held_number: id, participant, scheme: number.scheme().clone(), source };
        let (from, until) = (period.map(Period::first), period.and_then(Period::last));
        (Self { id, participant, number: number.into(), from, until, source, authorship: *by }, fact)
    }

    /// That it was never theirs: the record goes, so that whose it is can be found by it.
    #[must_use]
    pub fn withdraw(&self, reason: Line<300>) -> Fact {
        Fact::NumberWithdrawn { held_number: self.id, participant: self.participant, reason }
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> HeldNumberId {
        self.id
    }

    /// Whose it is.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// The number.
    #[must_use]
    pub const fn number(&self) -> &PersonNumber {
        &self.number
    }

    /// The first day on which it was theirs, where it is known.
    #[must_use]
    pub const fn from_day(&self) -> Option<NaiveDate> {
        self.from
    }

    /// The last day on which it was theirs; none while it still is, or where it is not known.
    #[must_use]
    pub const fn until_day(&self) -> Option<NaiveDate> {
        self.until
    }

    /// From where it is known.
    #[must_use]
    pub const fn source(&self) -> FactSource {
        self.source
    }

    /// Who noted it, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::NumberScheme;
    use crate::domain::samples::{by_spurv, day, participant_id};

    #[test]
    fn a_foreign_number_is_noted_with_its_days_and_told_by_its_scheme() {
        let id = HeldNumberId::new(uuid::Uuid::from_u128(7));
        let number = OtherNumber::new(NumberScheme::parse("duf").expect("a scheme"), "201012345678").expect("a number");
        let note = |period| {
            HeldNumber::note(
                id,
                participant_id(),
                number.clone(),
                period,
                FactSource::Register,
                &by_spurv("2022-06-01"),
            )
        };
        let (held, fact) = note(Period::between(day("2010-02-01"), day("2022-01-31")).ok());
        assert_eq!((held.from_day(), held.until_day()), (Some(day("2010-02-01")), Some(day("2022-01-31"))));
        assert_eq!(held.source(), FactSource::Register);
        let told = serde_json::to_string(&fact).expect("json");
        assert!(told.contains("duf") && !told.contains("2010123"), "{told}");
        assert_eq!(note(None).0.until_day(), None);
    }
}
