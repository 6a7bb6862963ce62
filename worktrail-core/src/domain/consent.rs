//! Consent: what a participant lets be shared, with whom, for what, until it is withdrawn.

mod ledger;
mod policy;
mod terms;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use self::ledger::ConsentLedger;
pub use self::policy::{Consenter, HEALTH_MAJORITY};
pub use self::terms::{ConsentClass, ConsentGiver, ConsentPurpose, ConsentTerms, Guideline};
use super::birth_date::BirthDate;
use super::capacity::{CapacityAssessment, CapacityOutcome, Mandate};
use super::channel::Channel;
use super::document_reference::DocumentReference;
use super::fact::Fact;
use super::id::{CapacityAssessmentId, ConsentId, ParticipantId, TrailId};
use super::kept::kept;
use super::moment::{Authorship, Moment};
use super::participant::Participant;
use super::recipient::Recipient;
use super::rejection::Rejection;
use super::text::Line;
use super::text_hash::TextHash;

/// A consent of a participant, for one purpose. It is never overwritten: withdrawing adds to it, and whoever wants
/// other terms gives a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    id: ConsentId,
    participant: ParticipantId,
    purpose: ConsentPurpose,
    #[serde(deserialize_with = "kept")]
    recipients: Vec<Recipient>,
    classes: Vec<ConsentClass>,
    #[serde(deserialize_with = "kept")]
    text_version: Line<40>,
    #[serde(deserialize_with = "kept")]
    text_hash: TextHash,
    given_by: ConsentGiver,
    channel: Channel,
    /// As it was known then: age and lapse follow from it.
    #[serde(deserialize_with = "kept")]
    birth_date: BirthDate,
    given: Authorship,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    withdrawn: Option<Withdrawal>,
    #[serde(default, skip_serializing_if = "CapacityGround::is_presumed")]
    capacity: CapacityGround,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "kept")]
    document: Option<DocumentReference>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "kept")]
    mandate: Option<Mandate>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "kept")]
    guideline: Option<Guideline>,
}

/// On what a consent's giver was taken to have the capacity to give it (S175).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "ground", rename_all = "snake_case")]
pub enum CapacityGround {
    /// Nobody has assessed it: it is presumed.
    #[default]
    Presumed,
    /// It was assessed: by whom, when, for which matter, with which outcome and next review stands in the assessment.
    Assessed {
        /// Which one was in force.
        assessment: CapacityAssessmentId,
    },
}

impl CapacityGround {
    const fn is_presumed(&self) -> bool {
        matches!(self, Self::Presumed)
    }
}

/// How a consent was withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    channel: Channel,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    trail: Option<TrailId>,
    authorship: Authorship,
}

impl Consent {
    /// The age from which a person consents alone (C4, policy): before it, a guardian consents too, and what a guardian
    /// alone gave lapses at it (`DC7`).
    pub const OWN_FROM_AGE: u16 = policy::OWN_FROM_AGE;

    /// Records a consent that was given.
    ///
    /// Rules of transition: at least one recipient and one class; only classes of the purpose; the birth date known; given
    /// by whoever must consent to each class at that age (C4); by a guardian within the mandate where capacity for the
    /// purpose was found lacking, and for nobody else of age (S175). Sharing from treatment also names who is told, and
    /// the guideline (S171).
    ///
    /// # Errors
    /// A [`Rejection`] for each rule broken, all at once: [`Rejection::ConsentWithoutRecipient`],
    /// [`Rejection::ConsentWithoutClass`], [`Rejection::ClassNotOfPurpose`], [`Rejection::RecipientUnnamed`],
    /// [`Rejection::GuidelineMissing`], [`Rejection::BirthDateUnknown`], [`Rejection::GuardianMustConsent`],
    /// [`Rejection::PersonMustConsent`], [`Rejection::OutsideMandate`].
    pub fn give(
        id: ConsentId,
        participant: &Participant,
        terms: ConsentTerms,
        assessments: &[&CapacityAssessment],
        authorship: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        let on = authorship.day();
        let finding = CapacityAssessment::in_force(assessments, terms.purpose, on);
        let lacking = finding.is_some_and(|it| it.finding().outcome == CapacityOutcome::Lacking);
        let mut faults = terms.faults(authorship);
        let birth_date = participant.birth_date().ok_or(Rejection::BirthDateUnknown);
        match &birth_date {
            Ok(born) => faults.extend(terms.faults_of_giver(born.age_on(on), lacking, on)),
            Err(unknown) => faults.push(unknown.clone()),
        }
        Rejection::all(faults)?;
        let birth_date = birth_date?;
        let ConsentTerms { purpose, mut recipients, mut classes, text_version, text_hash, given_by, channel, .. } =
            terms;
        recipients.sort();
        recipients.dedup();
        classes.sort();
        classes.dedup();
        let participant = participant.id();
        let fact = Fact::ConsentGiven { consent: id, participant, purpose, given_by };
        let consent = Self {
            id,
            participant,
            purpose,
            recipients,
            classes,
            text_version,
            text_hash,
            given_by,
            channel,
            birth_date,
            given: *authorship,
            withdrawn: None,
            capacity: finding.map_or(CapacityGround::Presumed, |it| CapacityGround::Assessed { assessment: it.id() }),
            document: terms.document,
            mandate: terms.mandate,
            guideline: terms.guideline,
        };
        Ok((consent, fact))
    }

    /// Withdraws the consent, as easily as it was given; it counts from the next reading on.
    ///
    /// # Errors
    /// [`Rejection::ConsentWithdrawn`] when it is withdrawn already, [`Rejection::BeforeConsent`] when the act is before
    /// it was given.
    pub fn withdraw(
        mut self,
        trail: TrailId,
        channel: Channel,
        authorship: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        if let Some(withdrawal) = self.withdrawn {
            return Err(Rejection::ConsentWithdrawn { on: withdrawal.authorship.day() });
        }
        if authorship.at() < self.given.at() {
            return Err(Rejection::BeforeConsent { given: self.given.day() });
        }
        self.withdrawn = Some(Withdrawal { channel, trail: Some(trail), authorship: *authorship });
        let (consent, participant, purpose) = (self.id, self.participant, self.purpose);
        let fact = Fact::ConsentWithdrawn { consent, participant, trail: Some(trail), purpose };
        Ok((self, fact))
    }

    /// The consent as withdrawn by the participant, whoever recorded it: to those who are not told of the trail on which
    /// that was recorded (`DA3`). That it no longer counts is told to all.
    pub(crate) fn withdrawn_in_own_name(mut self) -> Self {
        let by = self.participant;
        self.withdrawn = self.withdrawn.map(|withdrawal| {
            let authorship = Authorship::new(by, withdrawal.authorship.at());
            Withdrawal { authorship, trail: None, ..withdrawal }
        });
        self
    }

    /// Whether a recipient may be given a class of data for a purpose at a moment.
    #[must_use]
    pub fn allows(&self, purpose: ConsentPurpose, recipient: &Recipient, class: ConsentClass, at: Moment) -> bool {
        self.is_in_force(at)
            && self.purpose == purpose
            && self.recipients.contains(recipient)
            && self.classes.contains(&class)
    }

    /// Whether it is given, not withdrawn and not lapsed at a moment: derived from its dates.
    #[must_use]
    pub fn is_in_force(&self, at: Moment) -> bool {
        self.given.at() <= at
            && self.withdrawn.is_none_or(|withdrawal| at < withdrawal.authorship.at())
            && self.lapses_on().is_none_or(|day| at.day() < day)
    }

    /// The first day on which it no longer counts: a guardian alone gave it, and the person consents alone from then on
    /// (`DC7`), or the guardian's mandate is over (S175); none for any other.
    #[must_use]
    pub fn lapses_on(&self) -> Option<NaiveDate> {
        if self.given_by != ConsentGiver::Guardian {
            return None;
        }
        let alone_from = self.purpose.alone_from();
        if self.age_when_given() < alone_from {
            return self.birth_date.reaches(alone_from);
        }
        self.mandate.as_ref()?.period.last()?.succ_opt()
    }

    /// Whether a guardian who may speak for the person on a day gave it, alone or with the person: a parent of somebody
    /// under age, or a guardian within the mandate (S175).
    #[must_use]
    pub fn is_guarded_on(&self, on: NaiveDate) -> bool {
        let under_age = self.birth_date.age_on(on) < Self::OWN_FROM_AGE;
        let within_mandate = || self.mandate.as_ref().is_some_and(|mandate| mandate.covers(self.purpose, on));
        self.given_by != ConsentGiver::Participant && (under_age || within_mandate())
    }

    /// Whether it rests on a guardian's word too on a day, so that a guardian may take it back: a guardian gave it alone; or
    /// both gave it together and the person's own word would not be enough, by age (C4) or by the guardian's mandate (S175).
    #[must_use]
    pub fn rests_on_guardian(&self, on: NaiveDate) -> bool {
        let age = self.birth_date.age_on(on);
        let is_the_persons = |class: &ConsentClass| self.purpose.consenter(*class, age) == Consenter::Participant;
        match self.given_by {
            ConsentGiver::Participant => false,
            ConsentGiver::Guardian => true,
            ConsentGiver::Both => {
                let mandate = self.mandate.as_ref().is_some_and(|mandate| mandate.covers(self.purpose, on));
                mandate || !self.classes.iter().all(is_the_persons)
            }
        }
    }

    /// The person's age in whole years when it was given.
    #[must_use]
    pub fn age_when_given(&self) -> u16 {
        self.birth_date.age_on(self.given.day())
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> ConsentId {
        self.id
    }

    /// Whose data it is about.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// What for.
    #[must_use]
    pub const fn purpose(&self) -> ConsentPurpose {
        self.purpose
    }

    /// Who may be given something: at least one, sorted.
    #[must_use]
    pub fn recipients(&self) -> &[Recipient] {
        &self.recipients
    }

    /// What may be given: at least one class, sorted.
    #[must_use]
    pub fn classes(&self) -> &[ConsentClass] {
        &self.classes
    }

    /// The version of the text that was agreed to.
    #[must_use]
    pub const fn text_version(&self) -> &Line<40> {
        &self.text_version
    }

    /// The hash of the text that was agreed to.
    #[must_use]
    pub const fn text_hash(&self) -> &TextHash {
        &self.text_hash
    }

    /// Who gave it.
    #[must_use]
    pub const fn given_by(&self) -> ConsentGiver {
        self.given_by
    }

    /// In which way it was given.
    #[must_use]
    pub const fn channel(&self) -> Channel {
        self.channel
    }

    /// Who recorded it, and when it was given.
    #[must_use]
    pub const fn given(&self) -> &Authorship {
        &self.given
    }

    /// On what the giver was taken to have the capacity to give it.
    #[must_use]
    pub const fn capacity(&self) -> CapacityGround {
        self.capacity
    }

    /// The consent as it was signed.
    #[must_use]
    pub const fn document(&self) -> Option<&DocumentReference> {
        self.document.as_ref()
    }

    /// The mandate by which a guardian gave it.
    #[must_use]
    pub const fn mandate(&self) -> Option<&Mandate> {
        self.mandate.as_ref()
    }

    /// The guideline for sharing from treatment.
    #[must_use]
    pub const fn guideline(&self) -> Option<&Guideline> {
        self.guideline.as_ref()
    }

    /// Its withdrawal, if it was withdrawn.
    #[must_use]
    pub const fn withdrawn(&self) -> Option<&Withdrawal> {
        self.withdrawn.as_ref()
    }
}

impl Withdrawal {
    /// In which way it was withdrawn.
    #[must_use]
    pub const fn channel(&self) -> Channel {
        self.channel
    }

    /// The trail on which it was recorded; none for one from before that was kept, and to those who are not told of it.
    #[must_use]
    pub const fn trail(&self) -> Option<TrailId> {
        self.trail
    }

    /// Who recorded it, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }
}

impl ConsentTerms {
    /// What is wrong with the terms, whoever gives them.
    pub(crate) fn faults(&self, by: &Authorship) -> Vec<Rejection> {
        let mut faults = Vec::new();
        if self.recipients.is_empty() {
            faults.push(Rejection::ConsentWithoutRecipient);
        }
        if self.classes.is_empty() {
            faults.push(Rejection::ConsentWithoutClass);
        }
        let of_purpose = self.purpose.classes();
        if self.classes.iter().any(|class| !of_purpose.contains(class)) {
            faults.push(Rejection::ClassNotOfPurpose { purpose: self.purpose });
        }
        if self.purpose == ConsentPurpose::ShareFromTreatment {
            if !self.recipients.iter().all(Recipient::is_named) {
                faults.push(Rejection::RecipientUnnamed);
            }
            if self.guideline.is_none() {
                faults.push(Rejection::GuidelineMissing);
            }
        }
        let documents = self.document.iter().chain(self.mandate.as_ref().map(|mandate| &mandate.document));
        faults.extend(documents.flat_map(|document| document.faults(by)));
        faults
    }

    /// What is wrong with who gives them, for somebody of an age whose capacity for the purpose may be lacking.
    fn faults_of_giver(&self, age: u16, lacking: bool, on: NaiveDate) -> Vec<Rejection> {
        let of_age = age >= Consent::OWN_FROM_AGE;
        if lacking && self.given_by == ConsentGiver::Participant {
            return vec![Rejection::GuardianMustConsent];
        }
        if lacking && of_age {
            let within = self.mandate.as_ref().is_some_and(|mandate| mandate.covers(self.purpose, on));
            return if within { Vec::new() } else { vec![Rejection::OutsideMandate] };
        }
        let satisfied = |class: &ConsentClass| self.purpose.consenter(*class, age).is_satisfied_by(self.given_by);
        if lacking || self.classes.iter().all(satisfied) {
            return Vec::new();
        }
        match self.given_by {
            ConsentGiver::Participant => vec![Rejection::GuardianMustConsent],
            ConsentGiver::Guardian | ConsentGiver::Both => vec![Rejection::PersonMustConsent],
        }
    }
}

#[cfg(test)]
mod tests;
