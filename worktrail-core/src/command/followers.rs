//! The records of a trail that are shown to whom the trail is shown to.

use super::{Decision, Stop, World};
use crate::domain::{Education, Fact, Job, Trail, TrailId};

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

    /// Lets them follow the trail as it is from now on. What was told of the trail is told of each, since a record stands
    /// as the last entry about it says.
    pub(super) fn follow<R>(self, trail: &Trail, told: &Fact, mut decision: Decision<R>) -> Decision<R> {
        for job in self.jobs {
            let job = job.clone().follow(trail);
            decision = decision.tell(&job, told.clone()).save(job);
        }
        for education in self.educations {
            let education = education.clone().follow(trail);
            decision = decision.tell(&education, told.clone()).save(education);
        }
        decision
    }
}
