//! Consent: what a participant lets be shared, with whom, for what, until it is withdrawn.

mod terms;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use self::terms::{ConsentClass, ConsentGiver, ConsentPurpose, ConsentTerms};
use super::birth_date::BirthDate;
use super::channel::Channel;
use super::fact::Fact;
use super::id::{ConsentId, ParticipantId};
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
}

/// How a consent was withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    channel: Channel,
    authorship: Authorship,
}

impl Consent {
    /// The age from which a person consents alone (C4, policy): before it, a guardian consents too, and what a guardian
    /// alone gave lapses at it (`DC7`).
    pub const OWN_FROM_AGE: u16 = 18;

    /// Records a consent that was given.
    ///
    /// Rules of transition: at least one recipient and one class; the birth date known; a guardian's word below
    /// [`Self::OWN_FROM_AGE`].
    ///
    /// # Errors
    /// A [`Rejection`] for each rule broken, all at once: [`Rejection::ConsentWithoutRecipient`],
    /// [`Rejection::ConsentWithoutClass`], [`Rejection::BirthDateUnknown`], [`Rejection::GuardianMustConsent`].
    pub fn give(
        id: ConsentId,
        participant: &Participant,
        terms: ConsentTerms,
        authorship: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        let ConsentTerms { purpose, mut recipients, mut classes, text_version, text_hash, given_by, channel } = terms;
        let mut faults = Vec::new();
        if recipients.is_empty() {
            faults.push(Rejection::ConsentWithoutRecipient);
        }
        if classes.is_empty() {
            faults.push(Rejection::ConsentWithoutClass);
        }
        let birth_date = of_age_or_guarded(participant.birth_date(), given_by, authorship.day())
            .inspect_err(|fault| faults.push(fault.clone()));
        Rejection::all(faults)?;
        let birth_date = birth_date?;
        recipients.sort();
        recipients.dedup();
        classes.sort();
        classes.dedup();
        let participant = participant.id();
        let fact = Fact::ConsentGiven { consent: id, participant, purpose, given_by };
        let given = *authorship;
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
            given,
            withdrawn: None,
        };
        Ok((consent, fact))
    }

    /// Withdraws the consent, as easily as it was given; it counts from the next reading on.
    ///
    /// # Errors
    /// [`Rejection::ConsentWithdrawn`] when it is withdrawn already, [`Rejection::BeforeConsent`] when the act is before
    /// it was given.
    pub fn withdraw(mut self, channel: Channel, authorship: &Authorship) -> Result<(Self, Fact), Rejection> {
        if let Some(withdrawal) = self.withdrawn {
            return Err(Rejection::ConsentWithdrawn { on: withdrawal.authorship.day() });
        }
        if authorship.at() < self.given.at() {
            return Err(Rejection::BeforeConsent { given: self.given.day() });
        }
        self.withdrawn = Some(Withdrawal { channel, authorship: *authorship });
        let fact = Fact::ConsentWithdrawn { consent: self.id, participant: self.participant, purpose: self.purpose };
        Ok((self, fact))
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

    /// The first day on which it no longer counts, since only a guardian gave it and the person consents alone from
    /// then on; none for any other.
    #[must_use]
    pub fn lapses_on(&self) -> Option<NaiveDate> {
        let was_minor = self.birth_date.age_on(self.given.day()) < Self::OWN_FROM_AGE;
        if was_minor && self.given_by == ConsentGiver::Guardian {
            self.birth_date.reaches(Self::OWN_FROM_AGE)
        } else {
            None
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

    /// Who recorded it, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }
}

fn of_age_or_guarded(born: Option<BirthDate>, given_by: ConsentGiver, on: NaiveDate) -> Result<BirthDate, Rejection> {
    let born = born.ok_or(Rejection::BirthDateUnknown)?;
    if given_by == ConsentGiver::Participant && born.age_on(on) < Consent::OWN_FROM_AGE {
        return Err(Rejection::GuardianMustConsent);
    }
    Ok(born)
}

#[cfg(test)]
mod tests;
