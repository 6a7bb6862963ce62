//! Collaborators: those who work with the specialist for a participant (row 30).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::channel::Channel;
use super::day_of::DayOf;
use super::email::EmailAddress;
use super::fact::Fact;
use super::id::{CollaboratorId, ParticipantId, TrailId};
use super::kept::{Kept, NotKept, kept};
use super::moment::Authorship;
use super::person_name::PersonName;
use super::phone::PhoneNumber;
use super::rejection::Rejection;
use super::text::Line;
use super::thing::Thing;
use super::trail::Trail;

/// What is known of a collaborator: role and organisation always, who it is only with their own consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollaboratorDetails {
    /// In which role they work along: clinician, counsellor, sister.
    pub role: Line<120>,
    /// Where they work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Line<120>>,
    /// Who they are, once they agreed to be named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub named: Option<NamedCollaborator>,
}

/// A collaborator by name. There is no way to write a name without the consent of whoever bears it: the two are one
/// value (row 30, of state).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedCollaborator {
    /// Their name.
    pub name: PersonName,
    /// Their phone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneNumber>,
    /// Their e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// The day on which they consented.
    pub consented_on: NaiveDate,
    /// How they consented.
    pub channel: Channel,
}

#[derive(Deserialize)]
pub(crate) struct KeptDetails {
    #[serde(deserialize_with = "kept")]
    role: Line<120>,
    #[serde(default, deserialize_with = "kept")]
    organisation: Option<Line<120>>,
    named: Option<KeptNamed>,
}

#[derive(Deserialize)]
struct KeptNamed {
    #[serde(deserialize_with = "kept")]
    name: PersonName,
    #[serde(default, deserialize_with = "kept")]
    phone: Option<PhoneNumber>,
    #[serde(default, deserialize_with = "kept")]
    email: Option<EmailAddress>,
    consented_on: NaiveDate,
    channel: Channel,
}

impl Kept for CollaboratorDetails {
    type Form = KeptDetails;

    fn from_kept(form: KeptDetails) -> Result<Self, NotKept> {
        let named = form.named.map(|form| {
            let KeptNamed { name, phone, email, consented_on, channel } = form;
            NamedCollaborator { name, phone, email, consented_on, channel }
        });
        Ok(Self { role: form.role, organisation: form.organisation, named })
    }
}

/// A collaborator of a trail. Facts name none of them: what they withdraw is not to live on in the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collaborator {
    id: CollaboratorId,
    trail: TrailId,
    participant: ParticipantId,
    #[serde(deserialize_with = "kept")]
    details: CollaboratorDetails,
    said: Authorship,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    left_on: Option<NaiveDate>,
}

impl Collaborator {
    /// Registers a collaborator of a trail.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::DateInFuture`] for a consent after the act.
    pub fn register(
        id: CollaboratorId,
        trail: &Trail,
        details: CollaboratorDetails,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open()?;
        must_have_consented(&details, by)?;
        let fact = Fact::CollaboratorRegistered { collaborator: id, trail: trail.id() };
        let participant = trail.participant();
        Ok((Self { id, trail: trail.id(), participant, details, said: *by, left_on: None }, fact))
    }

    /// Says anew what is known of them.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10), [`Rejection::BelongsElsewhere`], [`Rejection::NothingChanges`];
    /// [`Rejection::DateInFuture`] for a consent after the act.
    pub fn revise(
        mut self,
        trail: &Trail,
        details: CollaboratorDetails,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open_for(self.trail, Thing::Collaborator)?;
        if self.details == details {
            return Err(Rejection::NothingChanges);
        }
        must_have_consented(&details, by)?;
        self.details = details;
        self.said = *by;
        let fact = Fact::CollaboratorRevised { collaborator: self.id, trail: self.trail };
        Ok((self, fact))
    }

    /// Marks them as a former one.
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`]; [`Rejection::DateInFuture`].
    pub fn mark_former(mut self, on: NaiveDate, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        if let Some(left) = self.left_on {
            return Err(Rejection::AlreadyEnded { what: Thing::Collaborator, on: left });
        }
        Rejection::all(DayOf::CollaboratorLeft.faults(on, None, by))?;
        self.left_on = Some(on);
        let fact = Fact::CollaboratorLeft { collaborator: self.id, trail: self.trail, on };
        Ok((self, fact))
    }

    /// They withdrew their consent: name and contact points go at once, also from an ended trail; role and organisation
    /// stay.
    ///
    /// # Errors
    /// [`Rejection::NothingChanges`] when they are not named.
    pub fn withdraw_name(mut self, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        if self.details.named.take().is_none() {
            return Err(Rejection::NothingChanges);
        }
        self.said = *by;
        let fact = Fact::CollaboratorUnnamed { collaborator: self.id, trail: self.trail };
        Ok((self, fact))
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> CollaboratorId {
        self.id
    }

    /// The trail.
    #[must_use]
    pub const fn trail(&self) -> TrailId {
        self.trail
    }

    /// The participant whom it concerns.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// What is known of them.
    #[must_use]
    pub const fn details(&self) -> &CollaboratorDetails {
        &self.details
    }

    /// Who said so last, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.said
    }

    /// The day on which they became a former one.
    #[must_use]
    pub const fn left_on(&self) -> Option<NaiveDate> {
        self.left_on
    }
}

fn must_have_consented(details: &CollaboratorDetails, by: &Authorship) -> Result<(), Rejection> {
    let day = |named: &NamedCollaborator| DayOf::CollaboratorConsent.faults(named.consented_on, None, by);
    Rejection::all(details.named.as_ref().map_or_else(Vec::new, day))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::trail::samples::{ended, other_trail, started};
    use super::*;
    use crate::domain::samples::{by_spurv, day};

    fn details(consented_on: Option<&str>) -> CollaboratorDetails {
        let named = consented_on.map(|on| NamedCollaborator {
            name: PersonName::new("MILD", "ORRE").expect("a name"),
            phone: None,
            email: None,
            consented_on: day(on),
            channel: Channel::Phone,
        });
        CollaboratorDetails { role: Line::parse("Behandler").expect("a role"), organisation: None, named }
    }

    fn registered(details: CollaboratorDetails) -> Result<Collaborator, Rejection> {
        let (id, trail) = (CollaboratorId::new(Uuid::from_u128(1)), started("2022-05-27", "2022-06-02"));
        Collaborator::register(id, &trail, details, &by_spurv("2022-06-10")).map(|(it, _)| it)
    }

    #[test]
    fn row_30_no_name_without_the_consent_of_whoever_bears_it() {
        // a name that comes without its consent cannot even be read
        let bare = r#"{"role":"Behandler","named":{"name":{"given":"MILD","family":"ORRE"}}}"#;
        assert!(serde_json::from_str::<CollaboratorDetails>(bare).is_err());
        assert!(serde_json::from_str::<CollaboratorDetails>(r#"{"role":"Behandler"}"#).is_ok());
        // and a consent that is still to come is none
        let ahead = registered(details(Some("2022-06-11"))).unwrap_err();
        assert_eq!(ahead, Rejection::DateInFuture { day: DayOf::CollaboratorConsent });
        assert!(registered(details(Some("2022-06-10"))).is_ok());
    }

    #[test]
    fn row_30_a_withdrawn_name_is_gone_and_the_role_stays() {
        let by = by_spurv("2023-03-10");
        let (unnamed, _) =
            registered(details(Some("2022-06-10"))).expect("registered").withdraw_name(&by).expect("gone");
        assert_eq!(unnamed.details(), &details(None));
        assert!(!serde_json::to_string(&unnamed).expect("json").contains("ORRE"));
        assert_eq!(unnamed.withdraw_name(&by).unwrap_err(), Rejection::NothingChanges);
    }

    #[test]
    fn row_30_a_collaborator_is_revised_and_becomes_a_former_one() {
        let trail = started("2022-05-27", "2022-06-02");
        let by = by_spurv("2022-06-20");
        let known = registered(details(None)).expect("registered");
        let (revised, _) = known.clone().revise(&trail, details(Some("2022-06-15")), &by).expect("revised");
        assert!(revised.details().named.is_some());
        assert_eq!(known.clone().revise(&trail, details(None), &by).unwrap_err(), Rejection::NothingChanges);
        let elsewhere = known.clone().revise(&other_trail(), details(Some("2022-06-15")), &by);
        assert_eq!(elsewhere.unwrap_err(), Rejection::BelongsElsewhere { what: Thing::Collaborator });
        let frozen = known.clone().revise(&ended(), details(Some("2022-06-15")), &by).unwrap_err();
        assert_eq!(frozen, Rejection::TrailEnded { trail: ended().id() });
        let id = CollaboratorId::new(Uuid::from_u128(2));
        let late = Collaborator::register(id, &ended(), details(None), &by_spurv("2023-03-01"));
        assert_eq!(late.unwrap_err(), frozen);
        // with a name only once its bearer has consented, and as a former one from a day that was
        let ahead = known.clone().revise(&trail, details(Some("2022-06-21")), &by).unwrap_err();
        assert_eq!(ahead, Rejection::DateInFuture { day: DayOf::CollaboratorConsent });
        let ahead = known.clone().mark_former(day("2022-06-21"), &by).unwrap_err();
        assert_eq!(ahead, Rejection::DateInFuture { day: DayOf::CollaboratorLeft });
        let (former, _) = known.mark_former(day("2022-06-20"), &by).expect("former");
        assert_eq!(former.left_on(), Some(day("2022-06-20")));
        assert!(matches!(former.mark_former(day("2022-06-20"), &by), Err(Rejection::AlreadyEnded { .. })));
    }
}
