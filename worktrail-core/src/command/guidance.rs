//! Guidance at a command: the library's, and what an organisation puts in its place (S81, S106).

mod table;

use serde::{Deserialize, Serialize};

pub use table::{COMMAND_GUIDANCE, command_guidance};

use super::{Command, Decided, Organisation, World};
use crate::access::Right;
use crate::domain::{Guidance, GuidanceId, GuidanceOn, GuidanceTerms};

/// States the organisation's own guidance on a method, phase, topic or command, or takes it back (S81).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct StateGuidance {
    /// What it is about.
    pub on: GuidanceOn,
    /// What it says from now on; none for the library's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<GuidanceTerms>,
}

impl Command for StateGuidance {
    type Reply = GuidanceId;

    const NAME: &'static str = "state_guidance";
    const RIGHT: Right = Right::KeepLists;

    fn decide(&self, world: &World<'_>) -> Decided<GuidanceId> {
        let permit = world.may(&Organisation)?;
        let former = world.find::<Guidance>(GuidanceId::of(&self.on))?;
        let (guidance, fact) = Guidance::state(former, self.on.clone(), self.terms.clone(), &world.authorship())?;
        Ok(permit.reply(guidance.id()).tell(&guidance, fact).save(guidance))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::COMMANDS;
    use super::super::samples::state_guidance;
    use super::super::scene::{Relation, decide, everyday, specialist, told, user_support};
    use super::*;
    use crate::domain::Rejection;

    #[test]
    fn s106_every_command_has_guidance_in_both_languages_and_nothing_else_has() {
        let commands: BTreeSet<_> = COMMANDS.iter().map(|(name, _)| *name).collect();
        let guided: BTreeSet<_> = COMMAND_GUIDANCE.iter().map(|(name, _)| *name).collect();
        assert_eq!(commands.difference(&guided).collect::<Vec<_>>(), Vec::<&&str>::new(), "without guidance");
        assert_eq!(guided.difference(&commands).collect::<Vec<_>>(), Vec::<&&str>::new(), "no commands");
        assert_eq!(guided.len(), COMMAND_GUIDANCE.len(), "a command has guidance twice");
        for (name, guidance) in COMMAND_GUIDANCE {
            let is_sentence = |text: &str| text.len() > 20 && text.ends_with('.');
            assert!(is_sentence(guidance.nb) && is_sentence(guidance.en) && guidance.nb != guidance.en, "{name}");
            assert_eq!(command_guidance(name), Some(*guidance));
        }
        assert_eq!(command_guidance("brew_coffee"), None);
    }

    #[test]
    fn s81_user_support_and_the_host_program_state_guidance_and_nobody_else() {
        let picture = everyday().picture();
        for actor in [user_support(), Relation::Nobody.actor(None)] {
            assert_eq!(told(&decide(&picture, &actor, &state_guidance()).unwrap()), ["guidance_stated"]);
        }
        let refused = decide(&picture, &specialist(), &state_guidance()).unwrap_err();
        assert_eq!(refused, Rejection::NotAllowed { right: Right::KeepLists.code() });
        // and what nobody stated is not taken back
        let nothing = StateGuidance { terms: None, ..state_guidance() };
        assert_eq!(decide(&picture, &user_support(), &nothing).unwrap_err(), Rejection::NothingChanges);
    }
}
