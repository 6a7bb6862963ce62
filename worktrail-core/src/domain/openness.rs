//! Openness: what employers may be told, by whom they may be contacted, and that neither is ever required.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::day_of::DayOf;
use super::employer::Employer;
use super::fact::Fact;
use super::id::{EmployerId, OpennessId, ParticipantId, TrailId};
use super::kept::{Kept, NotKept, kept};
use super::moment::{Authorship, Moment};
use super::rejection::Rejection;
use super::text::{Line, Text};
use super::thing::Thing;
use super::trail::Trail;

mod renewal;

pub use renewal::{OPENNESS_MONTHS, OPENNESS_MONTHS_WITHOUT_JOB};

/// An openness (disclosure) agreement of a trail, one of its versions.
///
/// A new agreement is a new record with the next version; none is overwritten. Its terms answer the four parts of item
/// 13 of IPS-25.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpennessAgreement {
    id: OpennessId,
    trail: TrailId,
    participant: ParticipantId,
    version: u32,
    #[serde(deserialize_with = "kept")]
    terms: OpennessTerms,
    agreed: Authorship,
    withdrawn: Option<Authorship>,
}

/// What was agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpennessTerms {
    /// The day of the agreement.
    pub agreed_on: NaiveDate,
    /// Part 1: openness is never required, and this is what the participant chose.
    pub stance: OpennessStance,
    /// The employers that may be contacted under [`OpennessStance::NamedEmployers`].
    pub may_contact: BTreeSet<EmployerId>,
    /// The employers that must not be contacted, whatever the stance.
    pub must_not_contact: BTreeSet<EmployerId>,
    /// Part 2: what speaks for openness.
    pub advantages: Option<Text<4000>>,
    /// Part 2: what speaks against it.
    pub drawbacks: Option<Text<4000>>,
    /// Part 3: the words that may be said.
    pub may_share: Option<Text<4000>>,
    /// Part 3: what must not be told.
    pub must_not_share: Option<Text<4000>>,
    /// Part 4: the days on which it was talked about.
    pub occasions: BTreeSet<NaiveDate>,
    /// The places of education that may be contacted under [`OpennessStance::NamedEmployers`].
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub may_contact_institutions: BTreeSet<Line<120>>,
    /// The places of education that must not be contacted, whatever the stance.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub must_not_contact_institutions: BTreeSet<Line<120>>,
}

coded! {
    /// How open the participant has chosen to be. Each is a full answer: openness is never required.
    pub enum OpennessStance {
        /// No employer is contacted on the participant's behalf.
        NotOpen = "not_open", "Arbeidsgivere kontaktes ikke", "Employers are not contacted";
        /// Employers that the participant has named may be contacted.
        NamedEmployers = "named_employers",
            "Navngitte arbeidsgivere kan kontaktes", "Named employers may be contacted";
        /// Employers may be contacted, except those named as not.
        Open = "open", "Arbeidsgivere kan kontaktes", "Employers may be contacted";
    }
}

coded! {
    /// The four parts of item 13 of IPS-25.
    pub enum OpennessPart {
        /// Openness is not required to get help.
        NeverRequired = "never_required", "Åpenhet kreves aldri", "Disclosure is never required";
        /// Advantages and drawbacks were discussed.
        ForAndAgainst = "for_and_against", "Fordeler og ulemper er drøftet", "Advantages and drawbacks were discussed";
        /// The exact words were agreed on.
        ExactWords = "exact_words", "Ordene er avtalt", "The words were agreed on";
        /// It was talked about on two occasions or more.
        TwoOccasions = "two_occasions", "Drøftet minst to ganger", "Discussed on at least two occasions";
    }
}

#[derive(Deserialize)]
pub(crate) struct KeptTerms {
    agreed_on: NaiveDate,
    stance: OpennessStance,
    may_contact: BTreeSet<EmployerId>,
    must_not_contact: BTreeSet<EmployerId>,
    #[serde(default, deserialize_with = "kept")]
    advantages: Option<Text<4000>>,
    #[serde(default, deserialize_with = "kept")]
    drawbacks: Option<Text<4000>>,
    #[serde(default, deserialize_with = "kept")]
    may_share: Option<Text<4000>>,
    #[serde(default, deserialize_with = "kept")]
    must_not_share: Option<Text<4000>>,
    occasions: BTreeSet<NaiveDate>,
    #[serde(default, deserialize_with = "kept")]
    may_contact_institutions: BTreeSet<Line<120>>,
    #[serde(default, deserialize_with = "kept")]
    must_not_contact_institutions: BTreeSet<Line<120>>,
}

impl Kept for OpennessTerms {
    type Form = KeptTerms;

    fn from_kept(form: KeptTerms) -> Result<Self, NotKept> {
        Ok(Self {
            agreed_on: form.agreed_on,
            stance: form.stance,
            may_contact: form.may_contact,
            must_not_contact: form.must_not_contact,
            advantages: form.advantages,
            drawbacks: form.drawbacks,
            may_share: form.may_share,
            must_not_share: form.must_not_share,
            occasions: form.occasions,
            may_contact_institutions: form.may_contact_institutions,
            must_not_contact_institutions: form.must_not_contact_institutions,
        })
    }
}

impl OpennessTerms {
    /// The parts of item 13 of IPS-25 that these terms answer.
    ///
    /// The first always is: no stance is required of anybody.
    #[must_use]
    pub fn parts(&self) -> Vec<OpennessPart> {
        let answered = |part: &OpennessPart| match part {
            OpennessPart::NeverRequired => true,
            OpennessPart::ForAndAgainst => self.advantages.is_some() && self.drawbacks.is_some(),
            OpennessPart::ExactWords => self.may_share.is_some() && self.must_not_share.is_some(),
            OpennessPart::TwoOccasions => self.occasions.len() >= 2,
        };
        OpennessPart::ALL.into_iter().filter(answered).collect()
    }

    /// Whether the stance takes in an employer, if nothing else forbids it.
    fn takes_in(&self, employer: EmployerId) -> bool {
        match self.stance {
            OpennessStance::NotOpen => false,
            OpennessStance::NamedEmployers => self.may_contact.contains(&employer),
            OpennessStance::Open => true,
        }
    }

    /// Whether an employer must not be contacted: a no to a duplicate that was merged into it is a no to it.
    pub(super) fn forbid(&self, employer: &Employer) -> bool {
        employer.ids().any(|id| self.must_not_contact.contains(&id))
    }

    /// Whether the stance takes an employer in, by any of its ids, and nothing forbids it.
    fn allow(&self, employer: &Employer) -> bool {
        employer.ids().any(|id| self.takes_in(id)) && !self.forbid(employer)
    }

    /// What is wrong with them, whatever trail they are of.
    pub(crate) fn faults(&self, by: &Authorship) -> Vec<Rejection> {
        let mut faults = DayOf::OpennessAgreed.faults(self.agreed_on, None, by);
        faults.extend(self.occasions.iter().flat_map(|on| DayOf::OpennessOccasion.faults(*on, None, by)));
        let both = self.may_contact.intersection(&self.must_not_contact);
        faults.extend(both.map(|employer| Rejection::OpennessContradicts { employer: *employer }));
        if !self.may_contact_institutions.is_disjoint(&self.must_not_contact_institutions) {
            faults.push(Rejection::OpennessContradictsItself);
        }
        faults
    }
}

impl OpennessAgreement {
    /// Makes an agreement, the `version`-th of the trail.
    ///
    /// Fewer than two occasions are no fault; the fidelity scale counts them, see [`OpennessTerms::parts`].
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::DateInFuture`] for a day after the act,
    /// [`Rejection::OpennessContradicts`] for an employer that may and must not be contacted,
    /// [`Rejection::OpennessContradictsItself`] for such a place of education.
    pub fn agree(
        id: OpennessId,
        trail: &Trail,
        version: u32,
        terms: OpennessTerms,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open()?;
        Rejection::all(terms.faults(by))?;
        let fact = Fact::OpennessAgreed { openness: id, trail: trail.id(), version, stance: terms.stance };
        let participant = trail.participant();
        Ok((Self { id, trail: trail.id(), participant, version, terms, agreed: *by, withdrawn: None }, fact))
    }

    /// Withdraws it, from the moment of the act on; possible on an ended trail too.
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`] when it is withdrawn.
    pub fn withdraw(mut self, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        if let Some(withdrawn) = &self.withdrawn {
            return Err(Rejection::AlreadyEnded { what: Thing::Openness, on: withdrawn.day() });
        }
        self.withdrawn = Some(*by);
        let fact = Fact::OpennessWithdrawn { openness: self.id, trail: self.trail, version: self.version };
        Ok((self, fact))
    }

    /// Whether it is in force at a moment: made, and not withdrawn.
    ///
    /// That a later version has taken its place is for whoever looks at all of them.
    #[must_use]
    pub fn is_in_force_at(&self, at: Moment) -> bool {
        self.agreed.at() <= at && self.withdrawn.is_none_or(|withdrawn| at < withdrawn.at())
    }

    /// Whether an employer may be contacted on the participant's behalf at a moment. What was said of a duplicate that was
    /// merged into it is said of it.
    #[must_use]
    pub fn allows_contact(&self, employer: &Employer, at: Moment) -> bool {
        self.terms.allow(employer) && self.is_in_force_at(at)
    }

    /// Whether a place of education may be contacted on the participant's behalf at a moment.
    #[must_use]
    pub fn allows_institution(&self, institution: &Line<120>, at: Moment) -> bool {
        let allowed = match self.terms.stance {
            OpennessStance::NotOpen => false,
            OpennessStance::NamedEmployers => self.terms.may_contact_institutions.contains(institution),
            OpennessStance::Open => true,
        };
        allowed && !self.terms.must_not_contact_institutions.contains(institution) && self.is_in_force_at(at)
    }

    /// The one of a trail's agreements that speaks: the newest version.
    #[must_use]
    pub fn newest<'a>(agreements: &[&'a Self]) -> Option<&'a Self> {
        agreements.iter().copied().max_by_key(|agreement| agreement.version)
    }

    /// Refuses unless contact with an employer was agreed to on a day: by the newest of the agreements of that day or
    /// before, if it was not withdrawn until then. A no to a duplicate that was merged into the employer is a no to it.
    pub(super) fn must_have_allowed(agreements: &[&Self], employer: &Employer, on: NaiveDate) -> Result<(), Rejection> {
        let made = agreements.iter().filter(|agreement| agreement.terms.agreed_on <= on);
        let stood = made
            .max_by_key(|agreement| agreement.version)
            .filter(|agreement| agreement.withdrawn.is_none_or(|withdrawn| on < withdrawn.day()));
        if stood.is_some_and(|agreement| agreement.terms.allow(employer)) {
            Ok(())
        } else {
            Err(Rejection::NotOpenTo { employer: employer.id() })
        }
    }

    /// Refuses when the newest agreement does not allow contact with an employer at the moment of the act, or there is
    /// none.
    pub(super) fn must_allow<'a>(
        agreements: &[&'a Self],
        employer: &Employer,
        by: &Authorship,
    ) -> Result<&'a Self, Rejection> {
        Self::newest(agreements)
            .filter(|agreement| agreement.allows_contact(employer, by.at()))
            .ok_or(Rejection::NotOpenTo { employer: employer.id() })
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> OpennessId {
        self.id
    }

    /// The trail that it belongs to.
    #[must_use]
    pub const fn trail(&self) -> TrailId {
        self.trail
    }

    /// The participant whom it concerns.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// Which version of the trail's agreement it is.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// What was agreed.
    #[must_use]
    pub const fn terms(&self) -> &OpennessTerms {
        &self.terms
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn agreed(&self) -> &Authorship {
        &self.agreed
    }

    /// Who withdrew it, and when.
    #[must_use]
    pub const fn withdrawn(&self) -> Option<&Authorship> {
        self.withdrawn.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::trail::samples::started;
    use super::*;
    use crate::domain::samples::{by_spurv, day, spurv};

    pub(super) const NORDLYS: EmployerId = EmployerId::new(Uuid::from_u128(1));
    const TIDEVANN: EmployerId = EmployerId::new(Uuid::from_u128(2));
    const FJELLVIK: EmployerId = EmployerId::new(Uuid::from_u128(3));
    const BLÅKLOKKE: EmployerId = EmployerId::new(Uuid::from_u128(4));

    /// Story 7: NORDLYS and TIDEVANN may be contacted, FJELLVIK not.
    pub(super) fn terms() -> OpennessTerms {
        OpennessTerms {
            agreed_on: day("2026-09-01"),
            stance: OpennessStance::NamedEmployers,
            may_contact: BTreeSet::from([NORDLYS, TIDEVANN]),
            must_not_contact: BTreeSet::from([FJELLVIK]),
            advantages: None,
            drawbacks: None,
            may_share: Text::parse("Trenger pauser").ok(),
            must_not_share: Text::parse("Diagnose, ytelser").ok(),
            occasions: BTreeSet::from([day("2026-08-20"), day("2026-09-01")]),
            may_contact_institutions: BTreeSet::new(),
            must_not_contact_institutions: BTreeSet::new(),
        }
    }

    /// The employer of an id.
    pub(super) fn employer(id: EmployerId) -> Employer {
        crate::domain::employer::samples::employer(Uuid::from(id).as_u128(), None, "NORDLYS")
    }

    pub(super) fn agree(terms: OpennessTerms) -> Result<OpennessAgreement, Rejection> {
        let id = OpennessId::new(Uuid::from_u128(1));
        let trail = started("2026-08-01", "2026-08-10");
        OpennessAgreement::agree(id, &trail, 1, terms, &by_spurv("2026-09-01")).map(|(agreement, _)| agreement)
    }

    pub(super) fn at(text: &str) -> Moment {
        Moment::parse(text).expect("a moment")
    }

    #[test]
    fn i10_nothing_is_agreed_on_an_ended_trail_and_what_was_agreed_can_still_be_withdrawn() {
        // Given an agreement, and a trail that has ended
        let agreement = agree(terms()).expect("agreed");
        let trail = crate::domain::trail::samples::ended();
        let by = by_spurv("2026-09-02");
        // When somebody agrees on it, then it is refused
        let id = OpennessId::new(Uuid::from_u128(2));
        let refused = OpennessAgreement::agree(id, &trail, 2, terms(), &by);
        assert_eq!(refused, Err(Rejection::TrailEnded { trail: trail.id() }));
        // and withdrawing, which asks for no trail, is as easy as ever
        assert!(agreement.withdraw(&by).is_ok());
    }

    #[test]
    fn only_the_named_employers_may_be_contacted() {
        let agreement = agree(terms()).expect("agreed");
        let now = at("2026-09-15T10:00:00+02:00");
        assert!(
            agreement.allows_contact(&employer(NORDLYS), now) && agreement.allows_contact(&employer(TIDEVANN), now)
        );
        assert!(
            !agreement.allows_contact(&employer(FJELLVIK), now) && !agreement.allows_contact(&employer(BLÅKLOKKE), now)
        );
        // whoever is open to all may still leave one out
        let agreement = agree(OpennessTerms { stance: OpennessStance::Open, ..terms() }).expect("agreed");
        assert!(
            agreement.allows_contact(&employer(BLÅKLOKKE), now) && !agreement.allows_contact(&employer(FJELLVIK), now)
        );
    }

    #[test]
    fn s30_what_was_said_of_a_duplicate_is_said_of_whom_it_was_merged_into() {
        // given an employer that NORDLYS was merged into, and one that FJELLVIK was merged into
        let (now, by) = (at("2026-09-15T10:00:00+02:00"), by_spurv("2026-09-02"));
        let kept = |duplicate| employer(BLÅKLOKKE).absorb(employer(duplicate), &by).expect("merged").0;
        // then a yes to the duplicate is one to it, and a no is a no, also where all others may be contacted
        let named = agree(terms()).expect("agreed");
        assert!(named.allows_contact(&kept(NORDLYS), now) && !named.allows_contact(&kept(FJELLVIK), now));
        let open = agree(OpennessTerms { stance: OpennessStance::Open, ..terms() }).expect("agreed");
        assert!(open.allows_contact(&kept(TIDEVANN), now) && !open.allows_contact(&kept(FJELLVIK), now));
    }

    #[test]
    fn what_is_withdrawn_at_one_is_not_in_force_at_one() {
        // given an agreement, withdrawn on 15 September at 13:00
        let by = Authorship::new(spurv(), at("2026-09-15T13:00:00+02:00"));
        let (agreement, _) = agree(terms()).expect("agreed").withdraw(&by).expect("withdrawn");
        // then it held until then, and cannot be withdrawn twice
        assert!(agreement.allows_contact(&employer(NORDLYS), at("2026-09-15T12:59:59+02:00")));
        assert!(!agreement.allows_contact(&employer(NORDLYS), at("2026-09-15T13:00:00+02:00")));
        let on = day("2026-09-15");
        let twice = agreement.withdraw(&by).unwrap_err();
        assert_eq!(twice, Rejection::AlreadyEnded { what: Thing::Openness, on });
    }

    #[test]
    fn the_parts_of_item_13_are_counted_and_not_required() {
        let parts = terms().parts();
        assert_eq!(parts, [OpennessPart::NeverRequired, OpennessPart::ExactWords, OpennessPart::TwoOccasions]);
        // and half of a part is none
        let half = OpennessTerms {
            advantages: Text::parse("Tilrettelegging fra første dag").ok(),
            must_not_share: None,
            occasions: BTreeSet::from([day("2026-09-01")]),
            ..terms()
        };
        assert_eq!(half.parts(), [OpennessPart::NeverRequired]);
        let other_half = OpennessTerms { advantages: None, drawbacks: Text::parse("Fordommer").ok(), ..half };
        assert_eq!(other_half.parts(), [OpennessPart::NeverRequired]);
    }

    #[test]
    fn an_employer_that_may_and_must_not_be_contacted_is_refused() {
        let contradictory = OpennessTerms { must_not_contact: BTreeSet::from([NORDLYS]), ..terms() };
        assert_eq!(agree(contradictory).unwrap_err(), Rejection::OpennessContradicts { employer: NORDLYS });
        let ahead = OpennessTerms { occasions: BTreeSet::from([day("2026-09-02")]), ..terms() };
        assert_eq!(agree(ahead).unwrap_err(), Rejection::DateInFuture { day: DayOf::OpennessOccasion });
    }
}
