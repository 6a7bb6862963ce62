//! Commands about programme variants (S101).

use serde::{Deserialize, Serialize};

use super::host_list::{must_offer, tell_choice};
use super::{Command, Decided, Stop, World};
use crate::access::Right;
use crate::domain::{BaseValue, EntryCode, ListName, ProgrammeVariant, Rejection, Team, TeamId, Trail, TrailId};

/// Says which variant of its method a team works by, or that it is none. Trails that are opened from now on begin with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct SetTeamVariant {
    /// The team.
    pub team: TeamId,
    /// Its variant from now on.
    pub variant: Option<ProgrammeVariant>,
    /// The entry of the organisation's own list that the variant goes by (`DA9`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryCode>,
}

/// Says which variant of its method a trail follows, or that it is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct SetTrailVariant {
    /// The trail.
    pub trail: TrailId,
    /// Its variant from now on.
    pub variant: Option<ProgrammeVariant>,
    /// The entry of the organisation's own list that the variant goes by (`DA9`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryCode>,
}

impl Command for SetTeamVariant {
    type Reply = ();

    const NAME: &'static str = "set_team_variant";
    const RIGHT: Right = Right::ManageMembers;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let team = world.get::<Team>(self.team)?;
        let permit = world.may(team)?;
        must_offer_variant(world, self.variant, self.entry.as_ref())?;
        let (named, chosen) = team.clone().choose(ListName::ProgrammeVariants, self.entry.clone());
        let decision = permit.reply(());
        let (team, decision) = match named.clone().set_variant(self.variant) {
            Err(Rejection::NothingChanges) if chosen.is_some() => (named, decision),
            set => {
                let (team, fact) = set?;
                let decision = decision.tell(&team, fact);
                (team, decision)
            }
        };
        Ok(tell_choice(decision, &team, chosen).save(team))
    }
}

impl Command for SetTrailVariant {
    type Reply = ();

    const NAME: &'static str = "set_trail_variant";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        must_offer_variant(world, self.variant, self.entry.as_ref())?;
        let (named, chosen) = trail.clone().choose(ListName::ProgrammeVariants, self.entry.clone());
        let decision = permit.reply(());
        let (trail, decision) = match named.clone().set_variant(self.variant) {
            Err(Rejection::NothingChanges) if chosen.is_some() => (named, decision),
            set => {
                let (trail, fact) = set?;
                let decision = decision.tell(&trail, fact);
                (trail, decision)
            }
        };
        Ok(tell_choice(decision, &trail, chosen).save(trail))
    }
}

/// Refuses a variant that the organisation does not offer, and an entry without one (`DA9`).
fn must_offer_variant(
    world: &World<'_>,
    variant: Option<ProgrammeVariant>,
    entry: Option<&EntryCode>,
) -> Result<(), Stop> {
    match variant {
        Some(variant) => must_offer(world, BaseValue::ProgrammeVariants(variant), entry),
        None if entry.is_some() => Err(Rejection::NotOffered { list: ListName::ProgrammeVariants }.into()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{open, set_team_variant, set_trail_variant, trail_id};
    use super::super::scene::{decide, everyday, our_team, specialist, supervisor, told};
    use super::super::{OpenTrail, Picture};
    use super::*;
    use crate::domain::Fact;

    #[test]
    fn s101_a_trail_begins_with_the_variant_of_its_team() {
        // given a team that works by IPS Ung
        let picture = everyday().picture();
        let set = decide(&picture, &supervisor(), &set_team_variant()).unwrap();
        assert_eq!(told(&set), ["team_variant_set"]);
        let (team, _) = our_team().set_variant(Some(ProgrammeVariant::IpsUng)).unwrap();
        let own = OpenTrail { owner: None, ..open() };
        // when a trail is opened in it, then the trail follows the variant, and in another team it follows none
        let variants = |picture: Picture| {
            let opened = decide(&picture, &specialist(), &own).unwrap();
            opened
                .facts()
                .filter_map(|fact| match fact {
                    Fact::TrailVariantSet { trail, from: None, to } => Some((*trail, *to)),
                    _ => None,
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(variants(everyday().with(&team).picture()), [(own.trail, Some(ProgrammeVariant::IpsUng))]);
        assert_eq!(variants(picture), []);
    }

    #[test]
    fn s101_whoever_follows_a_trail_sets_its_variant() {
        let decision = decide(&everyday().picture(), &specialist(), &set_trail_variant()).unwrap();
        assert_eq!(told(&decision), ["trail_variant_set"]);
        assert_eq!(set_trail_variant().trail, trail_id());
    }
}
