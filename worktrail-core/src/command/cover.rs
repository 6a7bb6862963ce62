//! Commands about covers: somebody stands in for the owner of a trail.

use serde::{Deserialize, Serialize};

use super::trail::{can_own, may_own};
use super::{Command, Decided, OwnRules, Stop, World};
use crate::access::Right;
use crate::domain::{Cover, CoverTerms, Membership, Rejection, Role, StaffId, Team, Thing, Trail, TrailId};

#[cfg(test)]
mod tests;

/// Who stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StandIn {
    /// A present specialist of the trail's team.
    Specialist {
        /// Who.
        staff: StaffId,
    },
    /// Every specialist of the trail's team who is present today and has declared no conflict of interest, but the owner.
    Team,
}

/// Lets others stand in for the owner of a trail, from a day to a day (`DA16`, row 50). The owner may, and the supervisor.
/// Given again, the new terms count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct GiveCover {
    /// The trail.
    pub trail: TrailId,
    /// Who stands in.
    pub stand_in: StandIn,
    /// How far, from when to when, and why.
    pub terms: CoverTerms,
}

impl Command for GiveCover {
    type Reply = Vec<StaffId>;

    const NAME: &'static str = "give_cover";
    const RIGHT: Right = Right::GiveCover;

    fn decide(&self, world: &World<'_>) -> Decided<Vec<StaffId>> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let staff = self.staff(world, trail)?;
        // All are looked up before the first is needed, so that they come in one load.
        let former: Vec<_> = staff.iter().map(|staff| world.find::<Cover>(Cover::id_of(self.trail, *staff))).collect();
        let by = world.authorship();
        let mut decision = permit.reply(staff.clone());
        for (staff, former) in staff.into_iter().zip(former) {
            let (cover, fact) = match former? {
                Some(former) => former.clone().give_anew(trail, self.terms, &by)?,
                None => Cover::give(Cover::id_of(self.trail, staff), trail, staff, self.terms, &by)?,
            };
            decision = decision.tell(&cover, fact).save(cover);
        }
        Ok(decision)
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["terms.period"], |by| self.terms.faults(by));
    }
}

impl GiveCover {
    fn staff(&self, world: &World<'_>, trail: &Trail) -> Result<Vec<StaffId>, Stop> {
        match self.stand_in {
            StandIn::Specialist { staff } => {
                may_own(world, trail.team(), staff, trail.participant())?;
                Ok(vec![staff])
            }
            StandIn::Team => {
                let members = world.children::<Membership, Team>(trail.team())?;
                let specialists = members.into_iter().filter(|it| it.role() == Role::Specialist).map(Membership::staff);
                let others = specialists.filter(|staff| *staff != trail.owner());
                let can =
                    |staff| can_own(world, trail.team(), staff, trail.participant()).map(|can| can.then_some(staff));
                // All are looked up before the first is needed, so that they come in one load.
                let can: Vec<_> = others.map(can).collect();
                let others = can.into_iter().filter_map(Result::transpose).collect::<Result<Vec<_>, _>>()?;
                if others.is_empty() { Err(Rejection::NotFound { what: Thing::Membership }.into()) } else { Ok(others) }
            }
        }
    }
}

/// Ends a cover at once, before its last day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct EndCover {
    /// The trail.
    pub trail: TrailId,
    /// Who covers it.
    pub staff: StaffId,
}

impl Command for EndCover {
    type Reply = ();

    const NAME: &'static str = "end_cover";
    const RIGHT: Right = Right::GiveCover;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail);
        let cover = world.get::<Cover>(Cover::id_of(self.trail, self.staff));
        let permit = world.may(trail?)?;
        let (cover, fact) = cover?.clone().end(&world.authorship())?;
        Ok(permit.reply(()).tell(&cover, fact).save(cover))
    }
}
