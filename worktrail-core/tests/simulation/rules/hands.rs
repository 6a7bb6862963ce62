//! The rules of what changes hands: transfers, covers, and persons who turn out to be one.

use std::collections::BTreeSet;

use worktrail_core::domain::{NameEntry, Trail};

use super::{Everything, that};

pub(super) fn a_transfer_waits_once_at_a_trail_that_is_where_it_found_it(kept: &Everything) -> Result<(), String> {
    let mut waiting = BTreeSet::new();
    for transfer in kept.transfers.values() {
        let trail = kept.trail_of(transfer.trail());
        that(trail.is_some_and(|trail| trail.participant() == transfer.participant()), transfer)?;
        let Some(open) = transfer.open_for() else { continue };
        that(waiting.insert(open) && trail.is_some_and(|trail| transfer.fits(trail)), transfer)?;
    }
    Ok(())
}

pub(super) fn somebody_covers_a_trail_once_and_has_an_end(kept: &Everything) -> Result<(), String> {
    let mut covering = BTreeSet::new();
    for cover in kept.covers.values() {
        that(covering.insert((cover.trail(), cover.staff())), cover)?;
        let trail = kept.trail_of(cover.trail());
        that(trail.is_some_and(|trail| trail.participant() == cover.participant()), cover)?;
        that(cover.terms().period.last().is_some() && cover.staff() != cover.covered_for(), cover)?;
        // One that was over when the trail ended needed no ending.
        let last = cover.terms().period.last();
        let over = |trail: &Trail| trail.ended().is_none_or(|ended| last < Some(ended.day()));
        that(cover.ended().is_some() || trail.is_some_and(over), cover)?;
    }
    Ok(())
}

pub(super) fn what_follows_a_trail_is_shown_to_whom_it_is_shown(kept: &Everything) -> Result<(), String> {
    for transfer in kept.transfers.values().filter(|it| it.open_for().is_some()) {
        let trail = kept.trail_of(transfer.trail());
        that(trail.is_some_and(|trail| trail.audience() == transfer.audience()), transfer)?;
    }
    for cover in kept.covers.values().filter(|it| it.ended().is_none()) {
        that(kept.trail_of(cover.trail()).is_some_and(|trail| trail.audience() == cover.audience()), cover)?;
    }
    Ok(())
}

pub(super) fn the_list_of_names_is_that_of_the_open_trails(kept: &Everything) -> Result<(), String> {
    let mut listed = 0;
    for trail in kept.trails.values() {
        let Some(participant) = kept.participants.get(&trail.participant().into()) else { continue };
        for entry in NameEntry::all_of(participant, trail) {
            that(kept.names.get(&entry.id().into()) == Some(&entry), trail)?;
            listed += 1;
        }
    }
    that(listed == kept.names.len(), "a name that nobody has")
}

pub(super) fn whoever_was_merged_has_somebody_who_stands_for_them(kept: &Everything) -> Result<(), String> {
    for participant in kept.participants.values() {
        if let Some(into) = participant.merged_into() {
            let stands = kept.participants.get(&into.into());
            that(stands.is_some_and(|it| it.merged().contains(&participant.id())), participant)?;
            that(participant.merged().is_empty(), participant)?;
            let mut open = kept.trails.values().filter(|trail| !trail.is_ended());
            that(open.all(|trail| trail.participant() != participant.id()), participant)?;
        }
    }
    let mut held = kept.held_numbers.values();
    held.try_for_each(|number| that(kept.participants.contains_key(&number.participant().into()), number))
}
