//! The rules of consents, of teams, and of what is there once.

use std::collections::BTreeSet;

use worktrail_core::domain::{Absence, Consent, ConsentGiver, Period};

use super::{Everything, that};

pub(super) fn somebody_is_in_a_team_once_at_a_time(kept: &Everything) -> Result<(), String> {
    let mut members = BTreeSet::new();
    for membership in kept.memberships.values() {
        that(members.insert((membership.team(), membership.staff())), membership)?;
        that(kept.teams.contains_key(&membership.team().into()), membership)?;
        that(kept.staff.contains_key(&membership.staff().into()), membership)?;
        let former = membership.former().iter().map(|term| (term.role(), term.period()));
        let terms: Vec<_> = former.chain([(membership.role(), membership.period())]).collect();
        that(terms.iter().all(|(role, _)| role.is_held_by_staff()), membership)?;
        let last = |term: &Period| term.last_or_max();
        that(terms.windows(2).all(|two| matches!(two, [(_, a), (_, b)] if last(a) < b.first())), membership)?;
    }
    Ok(())
}

pub(super) fn nobody_is_absent_twice_on_a_day(kept: &Everything) -> Result<(), String> {
    for membership in kept.memberships.values() {
        let periods: Vec<_> = membership.absences().iter().map(Absence::period).collect();
        let in_order = |two: &[Period]| matches!(two, [one, next] if one.last_or_max() < next.first());
        that(periods.windows(2).all(in_order), membership)?;
    }
    Ok(())
}

pub(super) fn nobody_is_their_own_guardian_nor_gives_themself_the_say(kept: &Everything) -> Result<(), String> {
    for guardianship in kept.guardianships.values() {
        let participant = guardianship.participant();
        that(kept.participants.contains_key(&participant.into()), guardianship)?;
        let barred = [participant.into(), guardianship.registered().by()];
        that(guardianship.terms().acts_as.is_none_or(|acting| !barred.contains(&acting)), guardianship)?;
    }
    Ok(())
}

pub(super) fn a_collaborator_is_of_the_trail_and_of_its_participant(kept: &Everything) -> Result<(), String> {
    for collaborator in kept.collaborators.values() {
        let trail = kept.trail_of(collaborator.trail());
        that(trail.is_some_and(|trail| trail.participant() == collaborator.participant()), collaborator)?;
    }
    Ok(())
}

pub(super) fn consent_is_given_by_whoever_may(kept: &Everything) -> Result<(), String> {
    for consent in kept.consents.values() {
        that(kept.participants.contains_key(&consent.participant().into()), consent)?;
        that(!consent.recipients().is_empty() && !consent.classes().is_empty(), consent)?;
        let of_age = consent.age_when_given() >= Consent::OWN_FROM_AGE;
        that(of_age || consent.given_by() != ConsentGiver::Participant, consent)?;
        let withdrawn = consent.withdrawn().map(|withdrawal| withdrawal.authorship().at());
        that(withdrawn.is_none_or(|at| consent.given().at() <= at), consent)?;
    }
    Ok(())
}

pub(super) fn nothing_is_there_twice(kept: &Everything) -> Result<(), String> {
    let (mut people, mut employers, mut identities, mut topics) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for participant in kept.participants.values() {
        that(participant.national_id().is_none_or(|number| people.insert(number.as_str())), participant)?;
    }
    for employer in kept.employers.values().filter(|employer| employer.merged_into().is_none()) {
        that(employer.organisation_number().is_none_or(|number| employers.insert(number.as_str())), employer)?;
    }
    for staff in kept.staff.values() {
        that(identities.insert(staff.host_identity().as_str()), staff)?;
    }
    for narrative in kept.narratives.values() {
        that(topics.insert((narrative.trail(), narrative.topic())), narrative)?;
    }
    Ok(())
}
