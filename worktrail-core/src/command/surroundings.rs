//! What stands around a trail, as far as its ending asks for it.

use super::{Stop, World};
use crate::domain::{Around, Consent, Job, OpennessAgreement, Participant, SubGoal, Trail};

/// What stands around a trail, as far as its ending asks for it.
pub(crate) struct Surroundings<'w> {
    pub(crate) jobs: Vec<&'w Job>,
    sub_goals: Vec<&'w SubGoal>,
    consents: Vec<&'w Consent>,
    openness: Vec<&'w OpennessAgreement>,
}

impl<'w> Surroundings<'w> {
    pub(crate) fn of(trail: &Trail, world: &World<'w>) -> Result<Self, Stop> {
        let jobs = world.children::<Job, Trail>(trail.id());
        let sub_goals = world.children::<SubGoal, Trail>(trail.id());
        let consents = world.children::<Consent, Participant>(trail.participant());
        let openness = world.children::<OpennessAgreement, Trail>(trail.id());
        Ok(Self { jobs: jobs?, sub_goals: sub_goals?, consents: consents?, openness: openness? })
    }

    pub(crate) fn around(&self) -> Around<'_> {
        let Self { jobs, sub_goals, consents, openness } = self;
        Around { jobs, sub_goals, consents, openness }
    }
}
