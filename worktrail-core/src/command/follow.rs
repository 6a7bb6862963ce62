//! What belongs to a trail follows it: it is shown to whom the trail is shown to.

use super::{Decided, Decision, World};
use crate::domain::{EmployerContact, Trail};

/// Saves what belongs to trails that are shown to others than before, shown to the same. Whatever carries a
/// [`ShownTo`](crate::domain::ShownTo) is listed here; its own entry in the journal is the trail's.
pub(super) fn follow<R>(world: &World<'_>, mut decision: Decision<R>, trails: &[Trail]) -> Decided<R> {
    // All families are asked for before the first is needed, so that they come in one load.
    let families: Vec<_> = trails.iter().map(|trail| world.children::<EmployerContact, Trail>(trail.id())).collect();
    for (trail, contacts) in trails.iter().zip(families) {
        for contact in contacts? {
            decision = decision.save(contact.clone().follow(trail));
        }
    }
    Ok(decision)
}
