//! Where a participant lives, withheld when the protection says so (`I3`).

use serde::{Deserialize, Serialize};

use super::{Datum, FactSource, Participant};
use crate::domain::fact::Fact;
use crate::domain::kept::{Kept, NotKept, kept};
use crate::domain::moment::Authorship;
use crate::domain::municipality::Municipality;
use crate::domain::redacted::redacted_debug;
use crate::domain::rejection::Rejection;
use crate::domain::text::{Line, Text};

/// Where somebody lives, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Residence {
    /// The postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Text<300>>,
    /// The postal place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Line<80>>,
    /// The municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<Municipality>,
}

/// A residence as it is kept: only [`Participant::residence`] shows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Living(#[serde(deserialize_with = "kept")] Residence);

// That somebody's residence is known tells nothing; what it is may be withheld.
redacted_debug!(Living);

#[derive(Deserialize)]
pub(crate) struct KeptResidence {
    #[serde(default, deserialize_with = "kept")]
    address: Option<Text<300>>,
    #[serde(default, deserialize_with = "kept")]
    place: Option<Line<80>>,
    #[serde(default)]
    municipality: Option<Municipality>,
}

impl Kept for Residence {
    type Form = KeptResidence;

    fn from_kept(form: KeptResidence) -> Result<Self, NotKept> {
        let KeptResidence { address, place, municipality } = form;
        Ok(Self { address, place, municipality })
    }
}

impl Participant {
    /// Where the participant lives; none while the protection withholds it, at any grade of the address and of own staff
    /// (`I3`, of state). It is kept all the same, and shown again when the protection falls.
    #[must_use]
    pub fn residence(&self) -> Option<&Residence> {
        self.residence.as_ref().map(|Living(residence)| residence).filter(|_| !self.protection.withholds_address())
    }

    /// The participant as they leave the library: without what the protection withholds, and without which team registered
    /// them, which is another one's to know than whoever helps them now (`DA3`).
    ///
    /// Every answer holds this and not the record.
    #[must_use]
    pub fn shown(&self) -> Self {
        let mut shown = Self { registering_team: None, ..self.clone() };
        if shown.protection.withholds_address() {
            shown.residence = None;
        }
        shown
    }

    /// States where the participant lives; a residence without anything in it takes it away. The fact says that it was
    /// stated and not what: histories are read by others than addresses are. Of transition.
    ///
    /// # Errors
    /// [`Rejection::NothingChanges`] when it is the present one.
    pub fn state_residence(
        mut self,
        residence: Residence,
        source: FactSource,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        let living = (residence != Residence::default()).then_some(Living(residence));
        if self.residence == living {
            return Err(Rejection::NothingChanges);
        }
        self.residence = living;
        self.state(Datum::Residence, source, by);
        let fact = Fact::ResidenceStated { participant: self.id, source };
        Ok((self, fact))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{brannhydrant, by_spurv, participant_id};
    use crate::domain::{AddressProtection, Protection, StaffShielding};

    fn bærum() -> Residence {
        Residence {
            address: Text::parse("Kanariveien 7").ok(),
            place: Line::parse("SANDVIKA").ok(),
            municipality: Municipality::parse("3201/2024").ok(),
        }
    }

    fn living_in(residence: Residence) -> Participant {
        let by = by_spurv("2022-06-01");
        let (person, _) = Participant::register(participant_id(), brannhydrant(), &by).expect("registered");
        person.state_residence(residence, FactSource::Register, &by).expect("stated").0
    }

    #[test]
    fn i3_a_residence_is_withheld_at_every_grade_and_of_own_staff_and_comes_back() {
        let by = by_spurv("2022-06-02");
        for address in AddressProtection::ALL {
            for staff in StaffShielding::ALL {
                // given somebody whose residence is known, under every protection
                let protection = Protection::new(address, staff);
                let person = living_in(bærum());
                let person = person.clone().change_protection(protection, &by).map_or(person, |(changed, _)| changed);
                // then it is shown only without any
                let withheld = protection != Protection::default();
                assert_eq!(person.residence().is_none(), withheld, "{}", address.code());
                let shown = serde_json::to_string(&person.shown()).expect("json");
                assert_eq!(shown.contains("Kanariveien") || shown.contains("3201"), !withheld);
                // and when the protection falls, then it is there again
                let risen = person.clone().change_protection(Protection::default(), &by);
                assert_eq!(risen.map_or(person, |(open, _)| open).residence(), Some(&bærum()));
            }
        }
    }

    #[test]
    fn the_fact_does_not_say_where() {
        let by = by_spurv("2022-06-02");
        let (person, fact) = living_in(Residence { place: Line::parse("ASKER").ok(), ..bærum() })
            .state_residence(bærum(), FactSource::Participant, &by)
            .expect("stated");
        let told = serde_json::to_string(&fact).expect("json");
        assert!(!told.contains("SANDVIKA") && !told.contains("Kanari"), "{told}");
        let again = person.clone().state_residence(bærum(), FactSource::Register, &by);
        assert_eq!(again, Err(Rejection::NothingChanges));
        let (person, _) = person.state_residence(Residence::default(), FactSource::Participant, &by).expect("away");
        assert_eq!(person.residence(), None);
        assert!(!format!("{:?}", living_in(bærum())).contains("SANDVIKA"));
    }
}
