//! What follows a trail: its children whose indexes say whose the trail is, or to whom it is shown.

use super::{Decided, Decision, Stop, World};
use crate::domain::{Cover, Education, EmployerContact, Job, Trail, TrailId, Transfer};
use crate::record::Recorded;

/// The children of a trail that must be saved with it when it comes to another owner or team, is withheld or released, or
/// ends. Other children have nothing of the trail in their indexes, and stay as they are.
///
/// They are looked up with [`of`](Self::of) before anything is unwrapped, so that they come in the same load, and added to
/// the decision with [`follow`](Self::follow). A kind whose index has the team, the owner or the audience of its trail is a
/// field here.
#[derive(Debug)]
pub(crate) struct Followers<'w> {
    transfers: Result<Vec<&'w Transfer>, Stop>,
    covers: Result<Vec<&'w Cover>, Stop>,
    contacts: Result<Vec<&'w EmployerContact>, Stop>,
    jobs: Result<Vec<&'w Job>, Stop>,
    educations: Result<Vec<&'w Education>, Stop>,
}

impl<'w> Followers<'w> {
    /// Looks them up.
    pub(crate) fn of(world: &World<'w>, trail: TrailId) -> Self {
        Self {
            transfers: world.children::<Transfer, Trail>(trail),
            covers: world.children::<Cover, Trail>(trail),
            contacts: world.children::<EmployerContact, Trail>(trail),
            jobs: world.children::<Job, Trail>(trail),
            educations: world.children::<Education, Trail>(trail),
        }
    }

    /// Adds what they become to a decision about their trail, which is given as it is afterwards. What the decision saves
    /// already is left to it.
    ///
    /// # Errors
    /// They have to be loaded first.
    pub(crate) fn follow<R>(self, world: &World<'_>, trail: &Trail, mut decision: Decision<R>) -> Decided<R> {
        let (transfers, covers, contacts) = (self.transfers?, self.covers?, self.contacts?);
        let (jobs, educations, by) = (self.jobs?, self.educations?, world.authorship());
        for contact in contacts {
            decision = moved_along(contact, contact.clone().follow(trail), decision);
        }
        for job in jobs {
            decision = moved_along(job, job.clone().follow(trail), decision);
        }
        for education in educations {
            decision = moved_along(education, education.clone().follow(trail), decision);
        }
        for transfer in transfers {
            if decision.saves(transfer) {
                continue;
            }
            let moved = transfer.clone().shown_like(trail);
            if transfer.closing().is_none() && !transfer.fits(trail) {
                let (transfer, fact) = moved.leave_behind(&by);
                decision = decision.tell(&transfer, fact).save(transfer);
            } else if moved != *transfer {
                decision = decision.save(moved);
            }
        }
        for cover in covers {
            let moved = cover.clone().shown_like(trail);
            let has_moved = cover.covered_for() != trail.owner() || cover.team() != trail.team();
            let is_for_nobody = trail.is_ended() || has_moved;
            match moved.clone().end(&by) {
                // One that is over already needs no ending.
                Ok((cover, fact)) if is_for_nobody => decision = decision.tell(&cover, fact).save(cover),
                _ if moved != *cover => decision = decision.save(moved),
                _ => {}
            }
        }
        Ok(decision)
    }
}

/// Saves a child as it is now, unless nothing of it changed or the decision saves it already.
fn moved_along<T: Recorded + PartialEq, R>(before: &T, now: T, decision: Decision<R>) -> Decision<R> {
    if now == *before || decision.saves(before) { decision } else { decision.save(now) }
}
