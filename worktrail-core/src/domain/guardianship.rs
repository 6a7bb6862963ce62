//! Guardianships: who may speak for a participant, from when to when, and by which paper (`DC7`, S175).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::birth_date::BirthDate;
use super::coded::coded;
use super::day_of::DayOf;
use super::document_reference::DocumentReference;
use super::fact::Fact;
use super::id::{ActorId, GuardianshipId, ParticipantId};
use super::kept::{Kept, NotKept, kept};
use super::moment::Authorship;
use super::participant::Participant;
use super::period::Period;
use super::person_name::PersonName;
use super::rejection::Rejection;
use super::thing::Thing;
use super::trail::AGE_OF_MAJORITY;

coded! {
    /// What makes somebody a guardian.
    pub silent enum GuardianKind {
        /// A parent of somebody under age.
        Parent = "parent", "Forelder", "Parent";
        /// The guardian of somebody under age (*verge for mindreårig*).
        OfMinor = "of_minor", "Verge for mindreårig", "Guardian of a minor";
        /// The appointed guardian of somebody of age, within a mandate (*oppnevnt verge*).
        Appointed = "appointed", "Oppnevnt verge", "Appointed guardian";
    }
}

impl GuardianKind {
    /// Whether it ends when the person comes of age.
    #[must_use]
    pub const fn is_of_minor(self) -> bool {
        matches!(self, Self::Parent | Self::OfMinor)
    }
}

/// Who is a participant's guardian.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardianshipTerms {
    /// Their name.
    pub name: PersonName,
    /// What makes them one.
    pub kind: GuardianKind,
    /// From when to when, the last day included.
    pub period: Period,
    /// As whom they act here themself; none for somebody who does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acts_as: Option<ActorId>,
    /// The paper that shows it (S31).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentReference>,
}

impl GuardianshipTerms {
    /// What is wrong with them, whoever the participant is.
    pub(crate) fn faults(&self, by: &Authorship) -> Vec<Rejection> {
        let mut faults = DayOf::Guardianship.faults_of_plan(self.period.first());
        faults.extend(self.document.iter().flat_map(|document| document.faults(by)));
        faults
    }
}

/// That somebody is a participant's guardian: dated and authored, ended and never overwritten.
///
/// It counts between its days, until it is ended, and that of a minor until the eighteenth birthday (`DC7`, of state).
/// While it counts, whoever acts as the guardian gives and takes back consents in the guardian's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guardianship {
    id: GuardianshipId,
    participant: ParticipantId,
    #[serde(deserialize_with = "kept")]
    terms: GuardianshipTerms,
    registered: Authorship,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended: Option<GuardianshipEnd>,
}

/// When a guardianship ended before its time, and who said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardianshipEnd {
    /// Its last day.
    pub on: NaiveDate,
    /// Who said so, and when.
    pub authorship: Authorship,
}

impl Guardianship {
    /// Registers that somebody is a participant's guardian.
    ///
    /// # Errors
    /// All at once: [`Rejection::BirthDateUnknown`], since the age decides; [`Rejection::OfAge`] for the guardian of a minor
    /// whose participant is of age on the day of the act; [`Rejection::DateInFuture`] for a paper signed on a day to come;
    /// [`Rejection::DateOutOfRange`]; [`Rejection::ByAnother`] for a participant as their own guardian, and for whoever
    /// registers it: nobody gives themself the say.
    pub fn register(
        id: GuardianshipId,
        participant: &Participant,
        terms: GuardianshipTerms,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        let mut faults = terms.faults(by);
        match participant.birth_date().map(|born| born.age_on(by.day())) {
            None => faults.push(Rejection::BirthDateUnknown),
            Some(age) if terms.kind.is_of_minor() && age >= AGE_OF_MAJORITY => faults.push(Rejection::OfAge),
            Some(_) => {}
        }
        if terms.acts_as.is_some_and(|acting| acting == participant.id().into() || acting == by.by()) {
            faults.push(Rejection::ByAnother);
        }
        Rejection::all(faults)?;
        let (participant, kind) = (participant.id(), terms.kind);
        let fact = Fact::GuardianshipRegistered { guardianship: id, participant, kind, period: terms.period };
        Ok((Self { id, participant, terms, registered: *by, ended: None }, fact))
    }

    /// Ends it on a last day. One that has not begun is taken back on the day of the act, and never counts.
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`]; [`Rejection::DateInFuture`], [`Rejection::DateBefore`] for a day before its first.
    pub fn end(mut self, on: NaiveDate, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        if let Some(ended) = self.ended {
            return Err(Rejection::AlreadyEnded { what: Thing::Guardianship, on: ended.on });
        }
        let earliest = self.terms.period.first().min(by.day());
        Rejection::all(DayOf::Guardianship.faults(on, Some(earliest), by))?;
        self.ended = Some(GuardianshipEnd { on, authorship: *by });
        let fact = Fact::GuardianshipEnded { guardianship: self.id, participant: self.participant, on };
        Ok((self, fact))
    }

    /// The guardianship as it was before it ended: to those who are not told of the trail on which that was said (`DA3`).
    pub(crate) fn not_ended(self) -> Self {
        Self { ended: None, ..self }
    }

    /// Whether it counts on a day, for somebody born then: between its days, and that of a minor before the eighteenth
    /// birthday. Whose birth date is unknown has no guardian as a minor.
    #[must_use]
    pub fn counts_on(&self, day: NaiveDate, born: Option<BirthDate>) -> bool {
        let is_minor = || born.is_some_and(|born| born.age_on(day) < AGE_OF_MAJORITY);
        let has_ended = self.ended.is_some_and(|ended| ended.on < day);
        self.terms.period.contains(day) && !has_ended && (!self.terms.kind.is_of_minor() || is_minor())
    }

    /// As whom the guardian acts, until it is ended: what a store holds as a unique value beside the participant.
    #[must_use]
    pub fn acting(&self) -> Option<ActorId> {
        self.terms.acts_as.filter(|_| self.ended.is_none())
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> GuardianshipId {
        self.id
    }

    /// Whose guardian it is.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// Who the guardian is.
    #[must_use]
    pub const fn terms(&self) -> &GuardianshipTerms {
        &self.terms
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn registered(&self) -> &Authorship {
        &self.registered
    }

    /// When it ended before its time.
    #[must_use]
    pub const fn ended(&self) -> Option<&GuardianshipEnd> {
        self.ended.as_ref()
    }
}

#[derive(Deserialize)]
pub(crate) struct KeptTerms {
    #[serde(deserialize_with = "kept")]
    name: PersonName,
    kind: GuardianKind,
    period: Period,
    acts_as: Option<ActorId>,
    #[serde(default, deserialize_with = "kept")]
    document: Option<DocumentReference>,
}

impl Kept for GuardianshipTerms {
    type Form = KeptTerms;

    fn from_kept(form: KeptTerms) -> Result<Self, NotKept> {
        let KeptTerms { name, kind, period, acts_as, document } = form;
        Ok(Self { name, kind, period, acts_as, document })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::protection::Protection;
    use crate::domain::samples::{by_spurv, day};
    use crate::domain::trail::samples::person_born;

    fn terms(kind: GuardianKind) -> GuardianshipTerms {
        let name = PersonName::new("MILD", "ORRE").expect("a name");
        let period = Period::from(day("2022-06-01")).expect("a period");
        let acts_as = Some(ActorId::new(Uuid::from_u128(9)));
        GuardianshipTerms { name, kind, period, acts_as, document: None }
    }

    fn register(born: Option<&str>, kind: GuardianKind) -> Result<Guardianship, Rejection> {
        let (id, person) = (GuardianshipId::new(Uuid::from_u128(1)), person_born(born, Protection::default()));
        Guardianship::register(id, &person, terms(kind), &by_spurv("2022-06-01")).map(|(it, _)| it)
    }

    #[test]
    fn dc7_a_guardian_of_a_minor_counts_until_the_eighteenth_birthday() {
        // given somebody who comes of age on 31 December
        let born = BirthDate::parse("2004-12-31").ok();
        let guardianship = register(Some("2004-12-31"), GuardianKind::Parent).expect("registered");
        // then the parent counts from the first day until the day before
        let counts = |on: &str| guardianship.counts_on(day(on), born);
        assert_eq!(
            [counts("2022-05-31"), counts("2022-06-01"), counts("2022-12-30"), counts("2022-12-31")],
            [false, true, true, false]
        );
        assert!(!guardianship.counts_on(day("2022-06-01"), None), "who has no birth date is asked for it");
        // and nobody becomes the parent of somebody of age here, who may have an appointed guardian
        assert_eq!(register(Some("1985-12-08"), GuardianKind::OfMinor), Err(Rejection::OfAge));
        let appointed = register(Some("1985-12-08"), GuardianKind::Appointed).expect("registered");
        assert!(appointed.counts_on(day("2040-01-01"), BirthDate::parse("1985-12-08").ok()));
        assert_eq!(register(None, GuardianKind::Appointed), Err(Rejection::BirthDateUnknown));
    }

    #[test]
    fn s175_a_guardianship_is_ended_once_and_frees_the_place() {
        let guardianship = register(Some("1985-12-08"), GuardianKind::Appointed).expect("registered");
        assert!(guardianship.acting().is_some());
        let early = guardianship.clone().end(day("2022-05-31"), &by_spurv("2022-07-01")).unwrap_err();
        assert_eq!(early, Rejection::DateBefore { day: DayOf::Guardianship, earliest: day("2022-06-01") });
        let (ended, _) = guardianship.end(day("2022-06-30"), &by_spurv("2022-07-01")).expect("ended");
        let counts = |on: &str| ended.counts_on(day(on), None);
        assert_eq!([counts("2022-06-30"), counts("2022-07-01")], [true, false]);
        assert_eq!(ended.acting(), None);
        let twice = ended.end(day("2022-06-30"), &by_spurv("2022-07-01")).unwrap_err();
        assert_eq!(twice, Rejection::AlreadyEnded { what: Thing::Guardianship, on: day("2022-06-30") });
    }

    #[test]
    fn s175_a_guardianship_that_has_not_begun_is_taken_back_and_never_counts() {
        // given an appointed guardian from 1 June on, and a mistake that is noticed the day before
        let guardianship = register(Some("1985-12-08"), GuardianKind::Appointed).expect("registered");
        let end = |on: &str| guardianship.clone().end(day(on), &by_spurv("2022-05-31"));
        // then it is ended on that day, neither before nor after it
        assert_eq!(end("2022-06-01"), Err(Rejection::DateInFuture { day: DayOf::Guardianship }));
        let earliest = day("2022-05-31");
        assert_eq!(end("2022-05-30"), Err(Rejection::DateBefore { day: DayOf::Guardianship, earliest }));
        let (taken_back, _) = end("2022-05-31").expect("taken back");
        // and there is no day on which it counts
        let counts = |on: &str| taken_back.counts_on(day(on), None);
        assert_eq!(["2022-05-31", "2022-06-01", "2022-06-02"].map(counts), [false; 3]);
        assert_eq!(taken_back.acting(), None);
    }

    #[test]
    fn nobody_is_their_own_guardian_nor_makes_themself_one() {
        let person = person_born(Some("1985-12-08"), Protection::default());
        let by = by_spurv("2022-06-01");
        for acting in [person.id().into(), by.by()] {
            let own = GuardianshipTerms { acts_as: Some(acting), ..terms(GuardianKind::Appointed) };
            let id = GuardianshipId::new(Uuid::from_u128(1));
            assert_eq!(Guardianship::register(id, &person, own, &by), Err(Rejection::ByAnother));
        }
    }
}
