//! The person that a trail is for.

use serde::{Deserialize, Serialize};

use super::birth_date::BirthDate;
use super::email::EmailAddress;
use super::fact::Fact;
use super::id::{ParticipantId, TeamId};
use super::kept::kept;
use super::language_tag::LanguageTag;
use super::moment::Authorship;
use super::national_id::NationalId;
use super::person_name::PersonName;
use super::phone::PhoneNumber;
use super::protection::Protection;
use super::rejection::Rejection;
use residence::Living;

mod correction;
mod language;
mod merging;
mod number;
mod residence;
mod sms;
mod stated;

pub use correction::Correction;
pub use residence::Residence;
pub use sms::SmsStance;
pub use stated::{Datum, FactSource, Stated};

/// A participant: who somebody is, how to reach them, how they are protected.
///
/// Of each datum it knows from where it is, who wrote it down and when ([`Participant::stated`]).
///
/// # Examples
/// ```
/// use worktrail_core::domain::{
///     Authorship, Moment, NationalId, NewParticipant, Participant, ParticipantId, PersonName, Protection, StaffId,
/// };
///
/// # let uuid = "00000000-0000-0000-0000-000000000001".parse().expect("a uuid");
/// let by = Authorship::new(StaffId::new(uuid), Moment::parse("2022-05-31T09:00:00+02:00").expect("a moment"));
/// let new = NewParticipant {
///     name: PersonName::new("LUN", "SKILPADDE").expect("a name"),
///     national_id: Some(NationalId::parse("15819010037").expect("an id")),
///     birth_date: None,
///     phone: None,
///     email: None,
///     protection: Protection::default(),
/// };
/// let (participant, fact) = Participant::register(ParticipantId::new(uuid), new, &by)?;
/// assert_eq!(participant.name().full(), "LUN SKILPADDE");
/// assert_eq!(fact.code(), "participant_registered");
/// # Ok::<(), worktrail_core::domain::Rejection>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    id: ParticipantId,
    #[serde(deserialize_with = "kept")]
    name: PersonName,
    #[serde(default, deserialize_with = "kept", skip_serializing_if = "Option::is_none")]
    national_id: Option<NationalId>,
    #[serde(default, deserialize_with = "kept", skip_serializing_if = "Option::is_none")]
    birth_date: Option<BirthDate>,
    #[serde(default, deserialize_with = "kept", skip_serializing_if = "Option::is_none")]
    phone: Option<PhoneNumber>,
    #[serde(default, deserialize_with = "kept", skip_serializing_if = "Option::is_none")]
    email: Option<EmailAddress>,
    protection: Protection,
    registered: Authorship,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    registering_team: Option<TeamId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    residence: Option<Living>,
    #[serde(default, deserialize_with = "kept", skip_serializing_if = "Option::is_none")]
    language: Option<LanguageTag>,
    #[serde(default, skip_serializing_if = "SmsStance::is_unreserved")]
    sms: SmsStance,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    stated: Vec<Stated>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    merged_into: Option<ParticipantId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    merged: Vec<ParticipantId>,
}

/// What is known of a participant who is to be registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewParticipant {
    /// The name.
    pub name: PersonName,
    /// The national id, where there is one.
    #[serde(default)]
    pub national_id: Option<NationalId>,
    /// The birth date, from a register or the person; a trail asks for it (`DC7`).
    #[serde(default)]
    pub birth_date: Option<BirthDate>,
    /// The phone number.
    #[serde(default)]
    pub phone: Option<PhoneNumber>,
    /// The e-mail address.
    #[serde(default)]
    pub email: Option<EmailAddress>,
    /// How the person is protected.
    #[serde(default)]
    pub protection: Protection,
}

impl Participant {
    /// Registers a participant.
    ///
    /// # Errors
    /// [`Rejection::BirthDateToCome`] when the birth date is after the day of the act (a rule of transition).
    pub fn register(
        id: ParticipantId,
        new: NewParticipant,
        authorship: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        let NewParticipant { name, national_id, birth_date, phone, email, protection } = new;
        not_to_come(birth_date, authorship)?;
        let fact = Fact::ParticipantRegistered { participant: id, name: name.clone(), protection };
        let participant = Self {
            id,
            name,
            national_id,
            birth_date,
            phone,
            email,
            protection,
            registered: *authorship,
            registering_team: None,
            residence: None,
            language: None,
            sms: SmsStance::default(),
            stated: Vec::new(),
            merged_into: None,
            merged: Vec::new(),
        };
        Ok((participant, fact))
    }

    /// Replaces both contact points; none takes one away.
    ///
    /// # Errors
    /// [`Rejection::NothingChanges`] when both are the present ones.
    pub fn correct_contact_points(
        mut self,
        phone: Option<PhoneNumber>,
        email: Option<EmailAddress>,
        source: FactSource,
        authorship: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        if (&self.phone, &self.email) == (&phone, &email) {
            return Err(Rejection::NothingChanges);
        }
        let fact = Fact::ContactPointsCorrected {
            participant: self.id,
            phone_before: std::mem::replace(&mut self.phone, phone.clone()),
            phone,
            email_before: std::mem::replace(&mut self.email, email.clone()),
            email,
        };
        self.state(Datum::ContactPoints, source, authorship);
        Ok((self, fact))
    }

    /// States the birth date, for the first time or anew.
    ///
    /// # Errors
    /// [`Rejection::BirthDateToCome`] when it is after the day of the act, [`Rejection::NothingChanges`] when it is the
    /// present one.
    pub fn state_birth_date(
        mut self,
        birth_date: BirthDate,
        source: FactSource,
        authorship: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        not_to_come(Some(birth_date), authorship)?;
        if self.birth_date == Some(birth_date) {
            return Err(Rejection::NothingChanges);
        }
        let before = self.birth_date.replace(birth_date);
        self.state(Datum::BirthDate, source, authorship);
        let fact = Fact::BirthDateStated { participant: self.id, before, birth_date };
        Ok((self, fact))
    }

    /// Changes the protection, up or down; who may see the person follows from it (`DA4`).
    ///
    /// # Errors
    /// [`Rejection::NothingChanges`] when it is the present one.
    pub fn change_protection(mut self, to: Protection, authorship: &Authorship) -> Result<(Self, Fact), Rejection> {
        let fact = self.protect(to, authorship).ok_or(Rejection::NothingChanges)?;
        Ok((self, fact))
    }

    /// Sets the protection; the fact is there when that changes it.
    fn protect(&mut self, to: Protection, authorship: &Authorship) -> Option<Fact> {
        let from = std::mem::replace(&mut self.protection, to);
        if from == to {
            return None;
        }
        self.state(Datum::Protection, FactSource::Register, authorship);
        Some(Fact::ProtectionChanged { participant: self.id, from, to })
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> ParticipantId {
        self.id
    }

    /// The name.
    #[must_use]
    pub const fn name(&self) -> &PersonName {
        &self.name
    }

    /// The national id, where it is known.
    #[must_use]
    pub const fn national_id(&self) -> Option<&NationalId> {
        self.national_id.as_ref()
    }

    /// The birth date, where it is known.
    #[must_use]
    pub const fn birth_date(&self) -> Option<BirthDate> {
        self.birth_date
    }

    /// The phone number, where it is known.
    #[must_use]
    pub const fn phone(&self) -> Option<&PhoneNumber> {
        self.phone.as_ref()
    }

    /// The e-mail address, where it is known.
    #[must_use]
    pub const fn email(&self) -> Option<&EmailAddress> {
        self.email.as_ref()
    }

    /// How the person is protected.
    #[must_use]
    pub const fn protection(&self) -> Protection {
        self.protection
    }

    /// Notes the team that registers the participant: they are its matter until a trail says otherwise.
    #[must_use]
    pub const fn registered_in(mut self, team: TeamId) -> Self {
        self.registering_team = Some(team);
        self
    }

    /// The team that registered the participant, where that is known.
    #[must_use]
    pub const fn registering_team(&self) -> Option<TeamId> {
        self.registering_team
    }

    /// Who registered the participant, and when.
    #[must_use]
    pub const fn registered(&self) -> &Authorship {
        &self.registered
    }
}

fn not_to_come(birth_date: Option<BirthDate>, authorship: &Authorship) -> Result<(), Rejection> {
    birth_date.map_or(Ok(()), |born| born.must_not_be_to_come(authorship))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{brannhydrant, by_spurv, day, participant_id};
    use crate::domain::{AddressProtection, StaffShielding};

    #[test]
    fn a_birth_date_to_come_is_refused() {
        // Given a birth date of the next day, when the person is registered, then it is refused; on its day it is not.
        let new =
            NewParticipant { birth_date: Some(BirthDate::new(day("2022-06-01")).expect("a date")), ..brannhydrant() };
        let refused = Participant::register(participant_id(), new.clone(), &by_spurv("2022-05-31"));
        assert_eq!(refused, Err(Rejection::BirthDateToCome { act: day("2022-05-31") }));
        assert!(Participant::register(participant_id(), new, &by_spurv("2022-06-01")).is_ok());
        // nor is it stated later
        let (known, _) =
            Participant::register(participant_id(), brannhydrant(), &by_spurv("2022-05-31")).expect("registered");
        let tomorrow = BirthDate::new(day("2022-06-01")).expect("a date");
        let stated = known.state_birth_date(tomorrow, FactSource::Register, &by_spurv("2022-05-31"));
        assert_eq!(stated, Err(Rejection::BirthDateToCome { act: day("2022-05-31") }));
    }

    #[test]
    fn a_correction_tells_both_values_and_an_empty_one_is_refused() {
        let by = by_spurv("2022-05-31");
        let (participant, _) = Participant::register(participant_id(), brannhydrant(), &by).expect("registered");
        let phone = PhoneNumber::parse("00000018").ok();
        let before = participant.phone().cloned();
        let email = participant.email().cloned();
        let (participant, fact) = participant
            .correct_contact_points(phone.clone(), email.clone(), FactSource::Participant, &by)
            .expect("corrected");
        assert_eq!(participant.phone(), phone.as_ref());
        let told = matches!(fact, Fact::ContactPointsCorrected { phone_before, .. } if phone_before == before);
        assert!(told);
        assert_eq!(
            participant.correct_contact_points(phone, email, FactSource::Participant, &by),
            Err(Rejection::NothingChanges)
        );
    }

    #[test]
    fn a_birth_date_can_be_stated_later() {
        let by = by_spurv("2022-05-31");
        let new = NewParticipant { birth_date: None, ..brannhydrant() };
        let (participant, _) = Participant::register(participant_id(), new, &by).expect("registered");
        let born = BirthDate::parse("1985-12-08").expect("a date");
        let (participant, _) = participant.state_birth_date(born, FactSource::Register, &by).expect("stated");
        assert_eq!(participant.birth_date(), Some(born));
        assert_eq!(participant.state_birth_date(born, FactSource::Register, &by), Err(Rejection::NothingChanges));
    }

    #[test]
    fn protection_changes_with_a_fact() {
        let by = by_spurv("2022-05-31");
        let (participant, _) = Participant::register(participant_id(), brannhydrant(), &by).expect("registered");
        let strict = Protection::new(AddressProtection::StrictlyConfidential, StaffShielding::None);
        let (participant, fact) = participant.change_protection(strict, &by).expect("changed");
        assert!(participant.protection().is_strict());
        assert_eq!(
            fact,
            Fact::ProtectionChanged { participant: participant_id(), from: Protection::default(), to: strict }
        );
        assert_eq!(participant.change_protection(strict, &by), Err(Rejection::NothingChanges));
    }

    #[test]
    fn a_stored_participant_outlives_todays_grammar_and_a_command_does_not() {
        // Given a participant stored with values that today's rules refuse, when it is read, then it loads unchanged,
        // and the same text in a value of a command is refused.
        let by = by_spurv("2022-05-31");
        let (participant, _) = Participant::register(participant_id(), brannhydrant(), &by).expect("registered");
        let mut stored = serde_json::to_value(&participant).expect("json");
        stored["phone"] = "+47 ring meg".into();
        stored["national_id"] = "48128549319".into();
        stored["email"] = "spurv@localhost".into();
        stored["birth_date"] = "1849-12-31".into();
        stored["name"]["family"] = "".into();
        let loaded: Participant = serde_json::from_value(stored.clone()).expect("kept");
        assert_eq!(loaded.phone().map(PhoneNumber::as_str), Some("+47 ring meg"));
        assert_eq!(serde_json::to_value(&loaded).expect("json"), stored);
        assert!(serde_json::from_value::<PhoneNumber>(stored["phone"].clone()).is_err());
        for field in ["phone", "national_id", "email", "birth_date", "name"] {
            let mut command = serde_json::to_value(brannhydrant()).expect("json");
            command[field] = stored[field].clone();
            assert!(serde_json::from_value::<NewParticipant>(command).is_err(), "{field}");
        }
    }

    #[test]
    fn debug_shows_nothing_of_the_person() {
        let (participant, fact) =
            Participant::register(participant_id(), brannhydrant(), &by_spurv("2022-05-31")).expect("registered");
        let shown = format!("{participant:?} {fact:?} {:?}", brannhydrant());
        for secret in ["ABSURD", "BRANNHYDRANT", "4812", "00000017", "absurd@", "1985"] {
            assert!(!shown.contains(secret), "{secret}");
        }
    }
}
