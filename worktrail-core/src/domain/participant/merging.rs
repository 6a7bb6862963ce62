//! Merging: two participants who were found to be one person (S30).

use super::Participant;
use crate::domain::fact::Fact;
use crate::domain::id::ParticipantId;
use crate::domain::rejection::Rejection;
use crate::domain::text::Line;

impl Participant {
    /// The participant who stands for this one since the two were merged.
    #[must_use]
    pub const fn merged_into(&self) -> Option<ParticipantId> {
        self.merged_into
    }

    /// The participants who were merged into this one, in the order of their merging.
    #[must_use]
    pub fn merged(&self) -> &[ParticipantId] {
        &self.merged
    }

    /// Refuses when another participant stands for this one.
    ///
    /// # Errors
    /// [`Rejection::MergedInto`].
    pub fn must_stand_for_themself(&self) -> Result<(), Rejection> {
        self.merged_into.map_or(Ok(()), |into| Err(Rejection::MergedInto { into }))
    }

    /// Merges another participant into this one: each then names the other, and nothing of either is lost. What is asked
    /// for by the other's numbers is answered with this one. That the other has no open trail is for the command,
    /// which has looked. Of transition.
    ///
    /// # Errors
    /// [`Rejection::NothingChanges`] for a participant and themself; [`Rejection::MergedInto`] when one of them was merged
    /// into somebody before; [`Rejection::MergedAlready`] when somebody was merged into the other;
    /// [`Rejection::StrictlyProtected`] when only one of them is.
    pub fn merge(mut self, mut other: Self, reason: Line<300>) -> Result<(Self, Self, [Fact; 2]), Rejection> {
        if self.id == other.id {
            return Err(Rejection::NothingChanges);
        }
        // Merged once is merged for good: chains would make every look-up a walk.
        self.must_stand_for_themself()?;
        other.must_stand_for_themself()?;
        // The one who stands for both has one protection: neither may lose theirs by it (`DA4`).
        if self.protection.is_strict() != other.protection.is_strict() {
            return Err(Rejection::StrictlyProtected);
        }
        if !other.merged.is_empty() {
            return Err(Rejection::MergedAlready);
        }
        self.merged.push(other.id);
        other.merged_into = Some(self.id);
        let (kept, merged) = (self.id, other.id);
        let facts = [
            Fact::ParticipantsMerged { participant: kept, kept, merged, reason: reason.clone() },
            Fact::ParticipantsMerged { participant: merged, kept, merged, reason },
        ];
        Ok((self, other, facts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{brannhydrant, by_spurv};
    use crate::domain::{NewParticipant, Participant};

    fn person(number: u128) -> Participant {
        let new = NewParticipant { national_id: None, ..brannhydrant() };
        let id = ParticipantId::new(uuid::Uuid::from_u128(number));
        Participant::register(id, new, &by_spurv("2022-05-31")).expect("registered").0
    }

    fn reason() -> Line<300> {
        Line::parse("Registrert to ganger").expect("a line")
    }

    #[test]
    fn da4_nobody_loses_their_protection_by_a_merge() {
        use crate::domain::protection::{AddressProtection, Protection, StaffShielding};
        let strict = Protection::new(AddressProtection::StrictlyConfidential, StaffShielding::None);
        let (one, other) = (person(1), person(2));
        let (strict, _) = other.change_protection(strict, &by_spurv("2022-06-01")).expect("changed");
        assert_eq!(one.clone().merge(strict.clone(), reason()).unwrap_err(), Rejection::StrictlyProtected);
        assert_eq!(strict.merge(one, reason()).unwrap_err(), Rejection::StrictlyProtected);
    }

    #[test]
    fn s30_two_are_merged_and_each_names_the_other() {
        let (kept, merged, facts) = person(1).merge(person(2), reason()).expect("merged");
        assert_eq!((kept.merged(), kept.merged_into()), (&[person(2).id()][..], None));
        assert_eq!((merged.merged_into(), merged.merged()), (Some(kept.id()), &[][..]));
        assert!(facts.iter().all(|fact| fact.code() == "participants_merged"));
        let (kept, _, _) = kept.merge(person(3), reason()).expect("merged");
        assert_eq!(kept.merged(), [person(2).id(), person(3).id()]);
    }

    #[test]
    fn s30_nobody_is_merged_with_themself_or_along_a_chain() {
        assert_eq!(person(1).merge(person(1), reason()).unwrap_err(), Rejection::NothingChanges);
        let (kept, merged, _) = person(1).merge(person(2), reason()).expect("merged");
        let into = Rejection::MergedInto { into: kept.id() };
        assert_eq!(merged.clone().merge(person(3), reason()).unwrap_err(), into);
        assert_eq!(person(3).merge(merged, reason()).unwrap_err(), into);
        assert_eq!(person(3).merge(kept, reason()).unwrap_err(), Rejection::MergedAlready);
    }
}
