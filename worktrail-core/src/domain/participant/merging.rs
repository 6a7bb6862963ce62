//! Merging: two participants who were found to be one person (S30).

use super::Participant;
use crate::domain::fact::Fact;
use crate::domain::id::ParticipantId;
use crate::domain::moment::Authorship;
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

    /// Whether an id is theirs: their own, or that of somebody who was merged into them.
    #[must_use]
    pub fn stands_for(&self, id: ParticipantId) -> bool {
        self.id == id || self.merged.contains(&id)
    }

    /// Refuses when another participant stands for this one.
    ///
    /// # Errors
    /// [`Rejection::MergedInto`].
    pub fn must_stand_for_themself(&self) -> Result<(), Rejection> {
        self.merged_into.map_or(Ok(()), |into| Err(Rejection::MergedInto { into }))
    }

    /// Merges another participant into this one: each then names the other, and nothing of either is lost. What is asked
    /// for by the other's numbers is answered with this one. Both are protected from then on as the more strongly
    /// protected of them was, on each axis (`DA4`). That the other has no open trail is for the command, which has looked.
    /// The facts are those of each of the two. Of transition.
    ///
    /// # Errors
    /// [`Rejection::NothingChanges`] for a participant and themself; [`Rejection::MergedInto`] when one of them was merged
    /// into somebody before; [`Rejection::MergedAlready`] when somebody was merged into the other;
    /// [`Rejection::StrictlyProtected`] when only one of them is: trails are withheld by an act of its own.
    pub fn merge(
        mut self,
        mut other: Self,
        reason: Line<300>,
        by: &Authorship,
    ) -> Result<(Self, Self, [Vec<Fact>; 2]), Rejection> {
        if self.id == other.id {
            return Err(Rejection::NothingChanges);
        }
        // Merged once is merged for good: chains would make every look-up a walk.
        self.must_stand_for_themself()?;
        other.must_stand_for_themself()?;
        if self.protection.is_strict() != other.protection.is_strict() {
            return Err(Rejection::StrictlyProtected);
        }
        if !other.merged.is_empty() {
            return Err(Rejection::MergedAlready);
        }
        self.merged.push(other.id);
        other.merged_into = Some(self.id);
        let (kept, merged, protection) = (self.id, other.id, self.protection.stronger(other.protection));
        let facts_of = |person: &mut Self, reason| {
            let told = Fact::ParticipantsMerged { participant: person.id, kept, merged, reason };
            std::iter::once(told).chain(person.protect(protection, by)).collect()
        };
        let facts = [facts_of(&mut self, reason.clone()), facts_of(&mut other, reason)];
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

    fn by() -> Authorship {
        by_spurv("2022-06-02")
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
        assert_eq!(one.clone().merge(strict.clone(), reason(), &by()).unwrap_err(), Rejection::StrictlyProtected);
        assert_eq!(strict.merge(one, reason(), &by()).unwrap_err(), Rejection::StrictlyProtected);
    }

    #[test]
    fn da4_two_who_are_merged_are_both_protected_as_the_more_strongly_protected_was() {
        use crate::domain::protection::{AddressProtection, Protection, StaffShielding};
        let (by, at) = (by_spurv("2022-06-01"), by_spurv("2022-06-02"));
        let graded = Protection::new(AddressProtection::Confidential, StaffShielding::None);
        let shielded = Protection::new(AddressProtection::Ungraded, StaffShielding::OwnStaff);
        let both = graded.stronger(shielded);
        let protected = |number, by_what: Protection| {
            person(number).change_protection(by_what, &by).map_or(person(number), |it| it.0)
        };
        for (one, other, raised) in [
            (Protection::default(), graded, [true, false]),
            (shielded, Protection::default(), [false, true]),
            (graded, shielded, [true, true]),
            (both, both, [false, false]),
        ] {
            // given two with different protections; when they are merged
            let (kept, merged, facts) = protected(1, one).merge(protected(2, other), reason(), &at).expect("merged");
            // then neither axis of either falls, and what rose is told of whom it rose for
            let stronger = one.stronger(other);
            assert_eq!((kept.protection(), merged.protection()), (stronger, stronger));
            let told = facts.map(|facts| facts.iter().any(|fact| fact.code() == "protection_changed"));
            assert_eq!(told, raised);
        }
    }

    #[test]
    fn s30_two_are_merged_and_each_names_the_other() {
        let (kept, merged, facts) = person(1).merge(person(2), reason(), &by()).expect("merged");
        assert_eq!((kept.merged(), kept.merged_into()), (&[person(2).id()][..], None));
        assert_eq!((merged.merged_into(), merged.merged()), (Some(kept.id()), &[][..]));
        assert!(facts.iter().flatten().all(|fact| fact.code() == "participants_merged"));
        assert!(kept.stands_for(kept.id()) && kept.stands_for(merged.id()) && !merged.stands_for(kept.id()));
        let (kept, _, _) = kept.merge(person(3), reason(), &by()).expect("merged");
        assert_eq!(kept.merged(), [person(2).id(), person(3).id()]);
    }

    #[test]
    fn s30_nobody_is_merged_with_themself_or_along_a_chain() {
        assert_eq!(person(1).merge(person(1), reason(), &by()).unwrap_err(), Rejection::NothingChanges);
        let (kept, merged, _) = person(1).merge(person(2), reason(), &by()).expect("merged");
        let into = Rejection::MergedInto { into: kept.id() };
        assert_eq!(merged.clone().merge(person(3), reason(), &by()).unwrap_err(), into);
        assert_eq!(person(3).merge(merged, reason(), &by()).unwrap_err(), into);
        assert_eq!(person(3).merge(kept, reason(), &by()).unwrap_err(), Rejection::MergedAlready);
    }
}
