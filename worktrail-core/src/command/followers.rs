//! The records of a trail that are shown to whom the trail is shown to.

use super::{Decision, Stop, World};
use crate::domain::{Education, Job, Trail, TrailId};

/// The jobs and educations of a trail: they carry whom they are shown to, and whose they are, since they are found by
/// indexes of their own.
///
/// Every decision that changes audience, team or owner of a trail looks them up and lets them follow: strict protection
/// and release do so, and so must a transfer.
#[derive(Debug)]
pub(super) struct Followers<'w> {
    jobs: Vec<&'w Job>,
    educations: Vec<&'w Education>,
}

impl<'w> Followers<'w> {
    /// Those of a trail.
    pub(super) fn of(world: &World<'w>, trail: TrailId) -> Result<Self, Stop> {
        let jobs = world.children::<Job, Trail>(trail);
        let educations = world.children::<Education, Trail>(trail);
        Ok(Self { jobs: jobs?, educations: educations? })
    }

    /// Those of several trails, in one load.
    pub(super) fn of_each(world: &World<'w>, trails: &[&Trail]) -> Result<Vec<Self>, Stop> {
        let found: Vec<_> = trails.iter().map(|trail| Self::of(world, trail.id())).collect();
        found.into_iter().collect()
    }

    /// Lets them follow the trail as it is from now on.
    pub(super) fn follow<R>(self, trail: &Trail, decision: Decision<R>) -> Decision<R> {
        let decision = self.jobs.into_iter().fold(decision, |decision, job| decision.save(job.clone().follow(trail)));
        self.educations.into_iter().fold(decision, |decision, education| decision.save(education.clone().follow(trail)))
    }
}
