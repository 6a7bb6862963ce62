//! Commands about paused periods.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Command, Decided, OwnRules, World};
use crate::access::Right;
use crate::domain::{PauseTerms, Trail, TrailId};

/// Pauses a trail: now, later, or for days that have passed (`I12`, `DA11`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct PauseTrail {
    /// The trail.
    pub trail: TrailId,
    /// From when to when, why, and when somebody looks in.
    pub terms: PauseTerms,
}

impl Command for PauseTrail {
    type Reply = ();

    const NAME: &'static str = "pause_trail";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let (trail, fact) = trail.clone().pause(self.terms.clone(), &world.authorship())?;
        Ok(permit.reply(()).tell(&trail, fact).save(trail))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["terms.period", "terms.follow_up_on"], |by| self.terms.faults(by));
    }
}

/// Says a pause anew: moves one that is planned, ends or extends one that goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RevisePause {
    /// The trail.
    pub trail: TrailId,
    /// The first day of the pause, which names it.
    pub first: NaiveDate,
    /// What it is from now on.
    pub terms: PauseTerms,
}

impl Command for RevisePause {
    type Reply = ();

    const NAME: &'static str = "revise_pause";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let (trail, fact) = trail.clone().revise_pause(self.first, self.terms.clone(), &world.authorship())?;
        Ok(permit.reply(()).tell(&trail, fact).save(trail))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["terms.period", "terms.follow_up_on"], |by| self.terms.faults(by));
    }
}

/// Removes a pause that has not begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RemovePause {
    /// The trail.
    pub trail: TrailId,
    /// The first day of the pause, which names it.
    pub first: NaiveDate,
}

impl Command for RemovePause {
    type Reply = ();

    const NAME: &'static str = "remove_pause";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let (trail, fact) = trail.clone().remove_pause(self.first, &world.authorship())?;
        Ok(permit.reply(()).tell(&trail, fact).save(trail))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{pause_trail, planned_pause, trail_id};
    use super::super::scene::{decide, everyday, specialist, told};
    use super::*;
    use crate::domain::{Rejection, Thing};
    use crate::record::samples;

    #[test]
    fn row_33_a_pause_is_set_moved_and_removed() {
        // given a trail with a pause that is planned
        let (picture, first) = (everyday().picture(), planned_pause().period.first());
        // then another is set, and the planned one is moved or removed
        assert_eq!(told(&decide(&picture, &specialist(), &pause_trail()).unwrap()), ["trail_paused"]);
        let revise = RevisePause { trail: trail_id(), first, terms: planned_pause() };
        assert_eq!(told(&decide(&picture, &specialist(), &revise).unwrap()), ["pause_revised"]);
        let remove = RemovePause { trail: trail_id(), first };
        assert_eq!(told(&decide(&picture, &specialist(), &remove).unwrap()), ["pause_removed"]);
    }

    #[test]
    fn i12_pauses_do_not_overlap_and_an_ended_trail_has_none_to_change() {
        let (picture, first) = (everyday().picture(), planned_pause().period.first());
        let twice = PauseTrail { terms: planned_pause(), ..pause_trail() };
        assert_eq!(decide(&picture, &specialist(), &twice).unwrap_err(), Rejection::PauseOverlaps { first });
        let nowhere = RemovePause { trail: trail_id(), first: first.succ_opt().unwrap() };
        let missing = Rejection::NotFound { what: Thing::Pause };
        assert_eq!(decide(&picture, &specialist(), &nowhere).unwrap_err(), missing);
        let ended = everyday().with(&samples::trail()).picture();
        let frozen = Rejection::TrailEnded { trail: trail_id() };
        assert_eq!(decide(&ended, &specialist(), &pause_trail()).unwrap_err(), frozen);
    }
}
