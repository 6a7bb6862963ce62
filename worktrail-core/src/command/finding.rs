//! Who a number is of, which trails a person has, and the list of names.

use super::{Decision, Stop, World};
use crate::domain::{HeldNumber, NameEntry, Participant, ParticipantId, PersonNumber, TeamId, Trail};
use crate::record::Recorded;

/// Who has or had a number: the one look-up rule. A present national id, a former one and another country's lead to the
/// same person; and from somebody who was merged to the one who stands for both.
pub(crate) fn who_has<'w>(world: &World<'w>, number: &PersonNumber) -> Result<Option<&'w Participant>, Stop> {
    let present = match number {
        PersonNumber::Norwegian(id) => world.find_by(&Participant::by_national_id(id)),
        PersonNumber::Other(_) => Ok(None),
    };
    let held = world.find_by(&HeldNumber::by_number(number));
    let person = match (present?, held?) {
        (Some(person), _) => Some(person),
        (None, Some(held)) => world.find::<Participant>(held.participant())?,
        (None, None) => None,
    };
    match person.and_then(Participant::merged_into) {
        Some(kept) => world.find::<Participant>(kept),
        None => Ok(person),
    }
}

/// All trails of a person: also those of whoever was merged into them, which stay where they are.
pub(crate) fn trails_of<'w>(world: &World<'w>, person: &Participant) -> Result<Vec<&'w Trail>, Stop> {
    all_of::<Trail>(world, person)
}

/// One person under all the ids that they have: whoever stands for them, and which teams registered them under one of those.
pub(super) struct OnePerson<'w> {
    pub(super) stands: &'w Participant,
    pub(super) registering_teams: Vec<TeamId>,
}

/// The one person that somebody is.
pub(super) fn one_person<'w>(world: &World<'w>, person: &'w Participant) -> Result<OnePerson<'w>, Stop> {
    let kept = person.merged_into().map(|kept| world.find::<Participant>(kept)).transpose()?;
    let stands = kept.flatten().unwrap_or(person);
    let merged: Vec<_> = stands.merged().iter().map(|merged| world.find::<Participant>(*merged)).collect();
    let merged = merged.into_iter().collect::<Result<Vec<_>, Stop>>()?;
    let all = merged.into_iter().flatten().chain([stands]);
    Ok(OnePerson { stands, registering_teams: all.filter_map(Participant::registering_team).collect() })
}

/// All records of a kind that belong to a person, by an id of theirs: their own, or that of somebody who was merged into
/// them. Where nobody was, they come in the load that brings the person.
pub(crate) fn all_of_person<'w, T: Recorded>(world: &World<'w>, person: ParticipantId) -> Result<Vec<&'w T>, Stop> {
    let own = world.children::<T, Participant>(person);
    let person = world.get::<Participant>(person)?;
    own?;
    match person.merged_into() {
        Some(kept) => all_of(world, world.get::<Participant>(kept)?),
        None => all_of(world, person),
    }
}

/// All records of a kind that belong to a person: also those of whoever was merged into them.
pub(crate) fn all_of<'w, T: Recorded>(world: &World<'w>, person: &Participant) -> Result<Vec<&'w T>, Stop> {
    let own = world.children::<T, Participant>(person.id());
    let there: Vec<_> = person.merged().iter().map(|merged| world.find::<Participant>(*merged)).collect();
    let mut all = own?;
    let mut families = Vec::with_capacity(there.len());
    for merged in there {
        // Whoever was forgotten since has none.
        if let Some(merged) = merged? {
            families.push(world.children::<T, Participant>(merged.id()));
        }
    }
    for family in families {
        all.extend(family?);
    }
    Ok(all)
}

/// Keeps the list of names (S77): the participant's places in it become those of the name and the trail as they are now.
///
/// Every command belongs here that opens, ends, withholds, releases or moves a trail, or changes a name; it looks up the
/// entries that there were as the participant's children, and passes them on.
pub(crate) fn relist<R>(
    decision: Decision<R>,
    before: &[&NameEntry],
    participant: &Participant,
    trail: Option<&Trail>,
) -> Decision<R> {
    let now = trail.map_or_else(Vec::new, |trail| NameEntry::all_of(participant, trail));
    let gone = before.iter().filter(|entry| now.iter().all(|kept| kept.id() != entry.id()));
    let decision = gone.fold(decision, |decision, entry| decision.remove(*entry));
    let changed = now.iter().filter(|entry| !before.contains(entry));
    changed.cloned().fold(decision, Decision::save)
}
