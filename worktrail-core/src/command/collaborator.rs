//! Commands about collaborators.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Command, Decided, OwnRules, Permit, Stop, World};
use crate::access::Right;
use crate::domain::{Collaborator, CollaboratorDetails, CollaboratorId, DayOf, Rejection, Thing, Trail, TrailId};

/// Registers a collaborator of a trail; by name only with their own consent (row 30).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RegisterCollaborator {
    /// The id of the collaborator.
    pub collaborator: CollaboratorId,
    /// The trail.
    pub trail: TrailId,
    /// What is known of them.
    pub details: CollaboratorDetails,
}

impl Command for RegisterCollaborator {
    type Reply = CollaboratorId;

    const NAME: &'static str = "register_collaborator";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<CollaboratorId> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        world.is_new::<Collaborator>(self.collaborator)?;
        let (collaborator, fact) =
            Collaborator::register(self.collaborator, trail, self.details.clone(), &world.authorship())?;
        Ok(permit.reply(self.collaborator).tell(&collaborator, fact).save(collaborator))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["details"], |by| self.details.faults(by));
    }
}

/// Says anew what is known of a collaborator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct ReviseCollaborator {
    /// The collaborator.
    pub collaborator: CollaboratorId,
    /// The trail.
    pub trail: TrailId,
    /// What is known of them.
    pub details: CollaboratorDetails,
}

impl Command for ReviseCollaborator {
    type Reply = ();

    const NAME: &'static str = "revise_collaborator";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, trail, collaborator) = of_trail(world, self.trail, self.collaborator)?;
        let (collaborator, fact) = collaborator.clone().revise(trail, self.details.clone(), &world.authorship())?;
        Ok(permit.reply(()).tell(&collaborator, fact).save(collaborator))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["details"], |by| self.details.faults(by));
    }
}

/// Marks a collaborator as a former one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct MarkCollaboratorFormer {
    /// The collaborator.
    pub collaborator: CollaboratorId,
    /// The trail.
    pub trail: TrailId,
    /// Their last day.
    pub on: NaiveDate,
}

impl Command for MarkCollaboratorFormer {
    type Reply = ();

    const NAME: &'static str = "mark_collaborator_former";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, _, collaborator) = of_trail(world, self.trail, self.collaborator)?;
        let (collaborator, fact) = collaborator.clone().mark_former(self.on, &world.authorship())?;
        Ok(permit.reply(()).tell(&collaborator, fact).save(collaborator))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("on", DayOf::CollaboratorLeft, self.on);
    }
}

/// A collaborator withdrew their consent: name and contact points go, also from an ended trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct UnnameCollaborator {
    /// The collaborator.
    pub collaborator: CollaboratorId,
    /// The trail.
    pub trail: TrailId,
}

impl Command for UnnameCollaborator {
    type Reply = ();

    const NAME: &'static str = "unname_collaborator";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, _, collaborator) = of_trail(world, self.trail, self.collaborator)?;
        let (collaborator, fact) = collaborator.clone().withdraw_name(&world.authorship())?;
        Ok(permit.reply(()).tell(&collaborator, fact).save(collaborator))
    }
}

/// A trail that one may follow, and its collaborator.
fn of_trail<'w>(
    world: &World<'w>,
    trail: TrailId,
    id: CollaboratorId,
) -> Result<(Permit, &'w Trail, &'w Collaborator), Stop> {
    let found = world.find::<Collaborator>(id);
    let trail = world.get::<Trail>(trail)?;
    let permit = world.may(trail)?;
    let missing = Rejection::NotFound { what: Thing::Collaborator };
    let collaborator = found?.filter(|it| it.trail() == trail.id()).ok_or(missing)?;
    Ok((permit, trail, collaborator))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{fresh_trail_id, register_collaborator, trail_id};
    use super::super::scene::{decide, everyday, now, specialist, told};
    use super::*;
    use crate::record::samples;

    #[test]
    fn row_30_a_collaborator_is_registered_revised_unnamed_and_former() {
        let (picture, collaborator, trail) = (everyday().picture(), samples::collaborator().id(), trail_id());
        let decided = |facts: Result<_, _>| facts.unwrap();
        assert_eq!(
            told(&decided(decide(&picture, &specialist(), &register_collaborator()))),
            ["collaborator_registered"]
        );
        let details = CollaboratorDetails { organisation: None, ..samples::collaborator_details() };
        let revise = ReviseCollaborator { collaborator, trail, details };
        assert_eq!(told(&decide(&picture, &specialist(), &revise).unwrap()), ["collaborator_revised"]);
        let former = MarkCollaboratorFormer { collaborator, trail, on: now().day() };
        assert_eq!(told(&decide(&picture, &specialist(), &former).unwrap()), ["collaborator_left"]);
        let unname = UnnameCollaborator { collaborator, trail };
        assert_eq!(told(&decide(&picture, &specialist(), &unname).unwrap()), ["collaborator_unnamed"]);
        // and a name goes from an ended trail too
        let ended = everyday().with(&samples::trail()).picture();
        assert!(decide(&ended, &specialist(), &unname).is_ok());
        let foreign = UnnameCollaborator { trail: fresh_trail_id(), ..unname };
        let missing = Rejection::NotFound { what: Thing::Collaborator };
        assert_eq!(decide(&picture, &specialist(), &foreign).unwrap_err(), missing);
    }
}
