//! What speaks against contacting an employer: told before, and never a refusal afterwards.

use super::coded::coded;
use super::employer::{Employer, VisitWish};
use super::id::ContactPersonId;
use super::moment::Moment;
use super::openness::OpennessAgreement;

coded! {
    /// Something that speaks against contacting an employer on a participant's behalf.
    pub enum ContactAdvice {
        /// The employer is not to be contacted.
        DoNotContact = "do_not_contact", "Arbeidsgiveren skal ikke kontaktes", "The employer is not to be contacted";
        /// The employer wants to be contacted through one person.
        OnlyThrough = "only_through",
            "Arbeidsgiveren vil kontaktes gjennom en bestemt person", "The employer wants to be contacted through one person";
        /// The employer does not want visits, or only by appointment.
        Visits = "visits", "Arbeidsgiveren tar ikke imot uanmeldt besøk", "The employer takes no unannounced visits";
        /// The participant has not agreed that this employer is contacted.
        NotAgreed = "not_agreed",
            "Deltakeren har ikke avtalt at arbeidsgiveren kontaktes", "The participant has not agreed that it is contacted";
        /// The participant has said that this employer must not be contacted.
        MustNot = "must_not",
            "Deltakeren vil ikke at arbeidsgiveren kontaktes", "The participant does not want it to be contacted";
    }
}

/// What speaks against contacting an employer at a moment, through a person if one is meant: what the employer has said,
/// and what the participant has agreed to by the agreement that counts then
/// ([`present`](OpennessAgreement::present)); a no to a duplicate that was merged into the employer is a no.
#[must_use]
pub fn contact_advice(
    employer: &Employer,
    through: Option<ContactPersonId>,
    agreements: &[&OpennessAgreement],
    at: Moment,
) -> Vec<ContactAdvice> {
    let wishes = employer.preferences().copied().unwrap_or_default();
    let mut advice = Vec::new();
    if wishes.do_not_contact.is_some_and(|wish| wish.holds_on(at.day())) {
        advice.push(ContactAdvice::DoNotContact);
    }
    if wishes.only_through.is_some() && wishes.only_through != through {
        advice.push(ContactAdvice::OnlyThrough);
    }
    if matches!(wishes.visits, Some(VisitWish::ByAppointment | VisitWish::NotWanted)) {
        advice.push(ContactAdvice::Visits);
    }
    let present = OpennessAgreement::present(agreements, at);
    if present.is_some_and(|it| it.terms().forbid(employer)) {
        advice.push(ContactAdvice::MustNot);
    } else if !present.is_some_and(|it| it.allows_contact(employer, at)) {
        advice.push(ContactAdvice::NotAgreed);
    }
    advice
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use uuid::Uuid;

    use super::*;
    use crate::domain::contact_person::samples::contact_at;
    use crate::domain::employer::samples::{employer, fjellvik, nordlys};
    use crate::domain::employer::{DoNotContact, DoNotContactReason, EmployerPreferences};
    use crate::domain::samples::{by_spurv, day, morning};
    use crate::domain::trail::samples::started;
    use crate::domain::{OpennessId, OpennessStance, OpennessTerms};

    /// Story 7: NORDLYS may be contacted, FJELLVIK not.
    fn agreement(version: u32, stance: OpennessStance) -> OpennessAgreement {
        let terms = OpennessTerms {
            agreed_on: day("2022-06-10"),
            stance,
            may_contact: BTreeSet::from([nordlys().id()]),
            must_not_contact: BTreeSet::from([fjellvik().id()]),
            may_contact_institutions: BTreeSet::new(),
            must_not_contact_institutions: BTreeSet::new(),
            advantages: None,
            drawbacks: None,
            may_share: None,
            must_not_share: None,
            occasions: BTreeSet::new(),
        };
        let (id, trail) = (OpennessId::new(Uuid::from_u128(1)), started("2022-05-27", "2022-06-02"));
        OpennessAgreement::agree(id, &trail, version, terms, &by_spurv("2022-06-10")).expect("agreed").0
    }

    fn advice(employer: &Employer, agreements: &[&OpennessAgreement]) -> Vec<ContactAdvice> {
        contact_advice(employer, None, agreements, morning("2022-06-20"))
    }

    #[test]
    fn story_7_what_the_participant_has_agreed_to_is_told_and_withdrawing_it_too() {
        let named = agreement(1, OpennessStance::NamedEmployers);
        assert_eq!(advice(&nordlys(), &[&named]), []);
        assert_eq!(advice(&fjellvik(), &[&named]), [ContactAdvice::MustNot]);
        assert_eq!(advice(&employer(9, None, "TIDEVANN KAFE"), &[&named]), [ContactAdvice::NotAgreed]);
        assert_eq!(advice(&nordlys(), &[]), [ContactAdvice::NotAgreed]);
        let (withdrawn, _) = named.clone().withdraw(&by_spurv("2022-06-15")).expect("withdrawn");
        assert_eq!(advice(&nordlys(), &[&withdrawn]), [ContactAdvice::NotAgreed]);
        // the newest counts
        assert_eq!(advice(&nordlys(), &[&named, &agreement(2, OpennessStance::NotOpen)]), [ContactAdvice::NotAgreed]);
        // and an older one does not come back when it is withdrawn
        let newer = agreement(2, OpennessStance::NamedEmployers);
        let (withdrawn, _) = newer.withdraw(&by_spurv("2022-06-15")).expect("withdrawn");
        assert_eq!(advice(&nordlys(), &[&named, &withdrawn]), [ContactAdvice::NotAgreed]);
    }

    #[test]
    fn s30_a_no_to_a_duplicate_is_a_no_to_whom_it_was_merged_into() {
        let (kept, _, _) = employer(9, None, "FJELLVIK").absorb(fjellvik(), &by_spurv("2022-06-11")).expect("merged");
        assert_eq!(advice(&kept, &[&agreement(1, OpennessStance::Open)]), [ContactAdvice::MustNot]);
    }

    #[test]
    fn what_the_employer_has_said_is_told() {
        let named = agreement(1, OpennessStance::NamedEmployers);
        let person = contact_at(&nordlys());
        let preferences = EmployerPreferences {
            do_not_contact: Some(DoNotContact {
                reason: DoNotContactReason::AskedNotTo,
                until: Some(day("2022-06-20")),
            }),
            only_through: Some(person.id()),
            visits: Some(VisitWish::ByAppointment),
        };
        let (told, _) = nordlys().prefer(preferences, Some(&person), &by_spurv("2022-06-15")).expect("noted");
        let all = [ContactAdvice::DoNotContact, ContactAdvice::OnlyThrough, ContactAdvice::Visits];
        assert_eq!(advice(&told, &[&named]), all);
        let through = contact_advice(&told, Some(person.id()), &[&named], morning("2022-06-21"));
        assert_eq!(through, [ContactAdvice::Visits]);
    }
}
