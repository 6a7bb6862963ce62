//! Text messages, and the reservation against them (`I26`).

use super::{Datum, FactSource, Participant};
use crate::domain::coded::coded;
use crate::domain::fact::Fact;
use crate::domain::moment::Authorship;
use crate::domain::phone::PhoneNumber;
use crate::domain::rejection::Rejection;

coded! {
    /// Whether a participant takes text messages.
    #[derive(Default)]
    pub enum SmsStance {
        /// Nothing was said against it.
        #[default]
        Unreserved = "unreserved", "Ikke reservert mot SMS", "Takes text messages";
        /// The participant has reserved themself.
        Reserved = "reserved", "Reservert mot SMS", "Reserved against text messages";
    }
}

impl SmsStance {
    /// Whether nothing was said against text messages.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a field by reference")]
    pub(crate) fn is_unreserved(&self) -> bool {
        *self == Self::Unreserved
    }
}

impl Participant {
    /// Whether the participant takes text messages.
    #[must_use]
    pub const fn sms(&self) -> SmsStance {
        self.sms
    }

    /// The number to send a text message to: none when the participant is reserved or has no number (`I26`, of state).
    #[must_use]
    pub fn texted_at(&self) -> Option<&PhoneNumber> {
        self.phone.as_ref().filter(|_| self.sms == SmsStance::Unreserved)
    }

    /// Reserves the participant against text messages, or lifts the reservation. Of transition.
    ///
    /// # Errors
    /// [`Rejection::NothingChanges`] when it is so already.
    pub fn set_sms_stance(
        mut self,
        to: SmsStance,
        source: FactSource,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        if self.sms == to {
            return Err(Rejection::NothingChanges);
        }
        self.sms = to;
        self.state(Datum::Sms, source, by);
        let fact = Fact::SmsStanceSet { participant: self.id, to };
        Ok((self, fact))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::NewParticipant;
    use crate::domain::samples::{brannhydrant, by_spurv, participant_id};

    #[test]
    fn i26_nobody_is_texted_who_is_reserved_or_has_no_number() {
        let by = by_spurv("2022-06-01");
        let person = |phone| {
            let new = NewParticipant { phone, ..brannhydrant() };
            Participant::register(participant_id(), new, &by).expect("registered").0
        };
        // given somebody with a number and somebody without
        let reachable = person(brannhydrant().phone);
        assert!(reachable.texted_at().is_some());
        assert_eq!(person(None).texted_at(), None);
        // when they reserve themself, then there is no number to text, and the number stays
        let set = |person: Participant, to| person.set_sms_stance(to, FactSource::Participant, &by);
        let (reserved, fact) = set(reachable, SmsStance::Reserved).expect("reserved");
        assert_eq!((reserved.texted_at(), fact.code()), (None, "sms_stance_set"));
        assert_eq!(reserved.sms(), SmsStance::Reserved);
        assert!(reserved.phone().is_some());
        assert_eq!(set(reserved.clone(), SmsStance::Reserved), Err(Rejection::NothingChanges));
        // when it is lifted, then there is one again
        let (lifted, _) = set(reserved, SmsStance::Unreserved).expect("lifted");
        assert!(lifted.texted_at().is_some());
    }
}
