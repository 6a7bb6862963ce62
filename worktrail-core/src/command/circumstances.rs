//! Commands about how a participant lives and is reached: residence, language, text messages.

use serde::{Deserialize, Serialize};

use super::{Command, Decided, World};
use crate::access::Right;
use crate::domain::{FactSource, LanguageTag, Participant, Residence, SmsStance, Trail, TrailId};

/// States where the participant of an open trail lives; a residence without anything in it takes it away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct StateResidence {
    /// The trail.
    pub trail: TrailId,
    /// The residence from now on.
    pub residence: Residence,
    /// From where it is known.
    #[serde(default, skip_serializing_if = "FactSource::is_other")]
    pub source: FactSource,
}

impl Command for StateResidence {
    type Reply = ();

    const NAME: &'static str = "state_residence";
    const RIGHT: Right = Right::CorrectParticipant;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        trail.must_be_open()?;
        let participant = world.get::<Participant>(trail.participant())?.clone();
        let (participant, fact) =
            participant.state_residence(self.residence.clone(), self.source, &world.authorship())?;
        Ok(permit.reply(()).tell(&participant, fact).save(participant))
    }
}

/// Sets the language that the participant of an open trail wants to be spoken and written to in; none takes it away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct SetLanguage {
    /// The trail.
    pub trail: TrailId,
    /// The language from now on.
    pub language: Option<LanguageTag>,
    /// From where it is known.
    #[serde(default, skip_serializing_if = "FactSource::is_other")]
    pub source: FactSource,
}

impl Command for SetLanguage {
    type Reply = ();

    const NAME: &'static str = "set_language";
    const RIGHT: Right = Right::CorrectParticipant;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        trail.must_be_open()?;
        let participant = world.get::<Participant>(trail.participant())?.clone();
        let (participant, fact) = participant.set_language(self.language.clone(), self.source, &world.authorship())?;
        Ok(permit.reply(()).tell(&participant, fact).save(participant))
    }
}

/// Reserves the participant of an open trail against text messages, or lifts the reservation (`I26`). The participant
/// does it themself too (S2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct SetSmsStance {
    /// The trail.
    pub trail: TrailId,
    /// The stance from now on.
    pub to: SmsStance,
    /// From where it is known.
    #[serde(default, skip_serializing_if = "FactSource::is_other")]
    pub source: FactSource,
}

impl Command for SetSmsStance {
    type Reply = ();

    const NAME: &'static str = "set_sms_stance";
    const RIGHT: Right = Right::ChooseChannels;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        trail.must_be_open()?;
        let participant = world.get::<Participant>(trail.participant())?.clone();
        let (participant, fact) = participant.set_sms_stance(self.to, self.source, &world.authorship())?;
        Ok(permit.reply(()).tell(&participant, fact).save(participant))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{ended_trail_id, set_language, set_sms_stance, state_residence};
    use super::super::scene::{decide, everyday, specialist, told};
    use super::*;
    use crate::access::Actor;
    use crate::domain::Rejection;
    use crate::domain::samples::participant_id;

    #[test]
    fn s15_residence_and_language_are_stated_on_an_open_trail() {
        let picture = everyday().picture();
        let residence = decide(&picture, &specialist(), &state_residence()).unwrap();
        assert_eq!(told(&residence), ["residence_stated"]);
        assert_eq!(told(&decide(&picture, &specialist(), &set_language()).unwrap()), ["language_set"]);
        let trail = ended_trail_id();
        let ended = decide(&picture, &specialist(), &StateResidence { trail, ..state_residence() });
        assert_eq!(ended.unwrap_err(), Rejection::TrailEnded { trail });
        let ended = decide(&picture, &specialist(), &SetLanguage { trail, ..set_language() });
        assert_eq!(ended.unwrap_err(), Rejection::TrailEnded { trail });
    }

    #[test]
    fn s2_i26_the_participant_reserves_themself_and_so_does_the_specialist_for_them() {
        let picture = everyday().picture();
        for actor in [Actor::participant(participant_id()), specialist()] {
            assert_eq!(told(&decide(&picture, &actor, &set_sms_stance()).unwrap()), ["sms_stance_set"]);
        }
        let same = SetSmsStance { to: SmsStance::Unreserved, ..set_sms_stance() };
        assert_eq!(decide(&picture, &specialist(), &same).unwrap_err(), Rejection::NothingChanges);
        let trail = ended_trail_id();
        let ended = decide(&picture, &specialist(), &SetSmsStance { trail, ..set_sms_stance() });
        assert_eq!(ended.unwrap_err(), Rejection::TrailEnded { trail });
    }
}
