//! The rules of trails and of what is written on them.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;
use worktrail_core::domain::{Formality, NarrativeRevision, Pause, Phase, PhaseChange, RecruitmentPeriod, Trail};

use super::{Everything, that};

pub(super) fn whoever_a_trail_is_about_is_there_and_all_of_it_is_about_them(kept: &Everything) -> Result<(), String> {
    for trail in kept.trails.values() {
        that(kept.participants.contains_key(&trail.participant().into()), trail)?;
        let team = kept.teams.get(&trail.team().into());
        that(team.is_some_and(|team| team.method() == trail.method()), trail)?;
        that(kept.staff.contains_key(&trail.owner().into()), trail)?;
    }
    let about = |trail: Uuid| kept.trail_of(trail).map(Trail::participant);
    for it in kept.openness.values() {
        that(about(it.trail().into()) == Some(it.participant()), it)?;
    }
    for it in kept.sub_goals.values() {
        that(about(it.trail().into()) == Some(it.participant()), it)?;
    }
    for it in kept.narratives.values() {
        that(about(it.trail().into()) == Some(it.participant()), it)?;
    }
    for it in kept.former_texts.values() {
        that(about(it.trail().into()) == Some(it.participant()), it)?;
    }
    for it in kept.employer_contacts.values() {
        that(about(it.trail().into()) == Some(it.participant()), it)?;
    }
    for it in kept.jobs.values() {
        that(about(it.trail().into()) == Some(it.participant()), it)?;
    }
    Ok(())
}

pub(super) fn nobody_has_two_open_trails(kept: &Everything) -> Result<(), String> {
    let mut having = BTreeSet::new();
    let mut open = kept.trails.values().filter(|trail| !trail.is_ended());
    open.try_for_each(|trail| that(having.insert(trail.participant()), trail))
}

/// A guardian's consent is asked for by the age that was known at the opening, which may be corrected later: that part
/// is of transition.
pub(super) fn what_must_be_attested_for_a_trail_is(kept: &Everything) -> Result<(), String> {
    for trail in kept.trails.values() {
        that(trail.referral().referred_on <= trail.opened().day(), trail)?;
        let attested = |formality: Formality| {
            let mut theirs = kept.attestations.values().filter(|it| it.participant() == trail.participant());
            theirs.any(|it| formality.is_met_by(it.kind()))
        };
        that(attested(Formality::RightPerson) && attested(Formality::RightsInformation), trail)?;
    }
    Ok(())
}

pub(super) fn a_trail_goes_through_phases_of_its_method_in_order(kept: &Everything) -> Result<(), String> {
    for trail in kept.trails.values() {
        let history = trail.phase_history();
        that(history.first().map(PhaseChange::to) == Some(trail.method().first_phase()), trail)?;
        that(history.iter().all(|change| trail.method().has_phase(change.to())), trail)?;
        that(history.is_sorted_by_key(PhaseChange::on), trail)?;
        that(history.windows(2).all(|two| two.first().map(PhaseChange::to) != two.last().map(PhaseChange::to)), trail)?;
    }
    Ok(())
}

pub(super) fn a_trail_that_started_has_left_its_first_phase(kept: &Everything) -> Result<(), String> {
    for trail in kept.trails.values() {
        let Some(started) = trail.started_on() else { continue };
        that(trail.phase() != trail.method().first_phase() && started >= trail.referral().referred_on, trail)?;
    }
    Ok(())
}

pub(super) fn a_trail_is_ended_or_not_and_nothing_of_it_comes_later(kept: &Everything) -> Result<(), String> {
    for trail in kept.trails.values() {
        that(trail.is_ended() == (trail.phase() == Phase::Ended), trail)?;
        that(trail.is_ended() == trail.open_for().is_none() && trail.is_ended() == trail.ended().is_some(), trail)?;
        let Some(ending) = trail.ending() else { continue };
        that(trail.started_on().is_none_or(|on| on <= ending.on), trail)?;
        let mut jobs = kept.jobs.values().filter(|job| job.trail() == trail.id());
        that(jobs.all(|job| job.period().first() <= ending.on), trail)?;
    }
    Ok(())
}

pub(super) fn no_text_is_lost(kept: &Everything) -> Result<(), String> {
    for narrative in kept.narratives.values() {
        let method = kept.trail_of(narrative.trail()).map(Trail::method);
        that(method.is_some_and(|method| narrative.topic().belongs_to(method)), narrative)?;
        let former = kept.former_texts.values().filter(|it| it.narrative() == narrative.id());
        let numbers: BTreeSet<u32> = former.clone().map(NarrativeRevision::number).collect();
        that(numbers.iter().copied().eq(1..narrative.number()), narrative)?;
        that(former.clone().count() == numbers.len(), narrative)?;
        that(former.clone().all(|it| it.topic() == narrative.topic() && it.trail() == narrative.trail()), narrative)?;
    }
    let all = |it: &NarrativeRevision| kept.narratives.contains_key(&it.narrative().into());
    kept.former_texts.values().try_for_each(|it| that(all(it), it))
}

pub(super) fn the_trails_of_the_strictly_protected_are_withheld(kept: &Everything) -> Result<(), String> {
    for trail in kept.trails.values() {
        let participant = kept.participants.get(&trail.participant().into());
        let strict = participant.is_some_and(|participant| participant.protection().is_strict());
        that(!strict || trail.is_withheld(), trail)?;
    }
    Ok(())
}

pub(super) fn agreements_on_openness_follow_one_another(kept: &Everything) -> Result<(), String> {
    let mut versions: BTreeMap<_, BTreeSet<u32>> = BTreeMap::new();
    for agreement in kept.openness.values() {
        that(versions.entry(agreement.trail()).or_default().insert(agreement.version()), agreement)?;
        let terms = agreement.terms();
        that(terms.may_contact.is_disjoint(&terms.must_not_contact), agreement)?;
    }
    versions.into_iter().try_for_each(|(trail, versions)| that((1..).zip(&versions).all(|(n, it)| n == *it), trail))
}

pub(super) fn a_trail_is_paused_once_at_a_time(kept: &Everything) -> Result<(), String> {
    for trail in kept.trails.values() {
        let periods: Vec<_> = trail.pauses().iter().map(Pause::period).collect();
        let pairs = periods
            .iter()
            .enumerate()
            .flat_map(|(place, one)| periods.iter().skip(place + 1).map(move |two| (one, two)));
        for (one, two) in pairs {
            that(!one.overlaps(*two), trail)?;
        }
    }
    Ok(())
}

pub(super) fn a_trail_is_in_the_programme_once_at_a_time(kept: &Everything) -> Result<(), String> {
    for trail in kept.trails.values() {
        let periods = trail.recruitment();
        that(periods.iter().all(|it| it.last().is_none_or(|last| it.first() <= last)), trail)?;
        let in_order = |two: &[RecruitmentPeriod]| matches!(two, [one, next] if one.last().is_some_and(|last| last < next.first()));
        that(periods.windows(2).all(in_order), trail)?;
    }
    Ok(())
}

pub(super) fn the_versions_of_a_plan_follow_one_another(kept: &Everything) -> Result<(), String> {
    let mut versions: BTreeMap<_, BTreeSet<u32>> = BTreeMap::new();
    for version in kept.plans.values() {
        that(kept.trail_of(version.trail()).is_some() && !version.texts().is_empty(), version)?;
        let of_plan = versions.entry((version.trail(), version.terms().plan)).or_default();
        that(of_plan.insert(version.version()), version)?;
    }
    versions.into_iter().try_for_each(|(plan, versions)| that((1..).zip(&versions).all(|(n, it)| n == *it), plan))
}

pub(super) fn a_variant_is_of_the_method(kept: &Everything) -> Result<(), String> {
    for trail in kept.trails.values() {
        that(trail.variant().is_none_or(|variant| variant.method() == trail.method()), trail)?;
    }
    for team in kept.teams.values() {
        that(team.variant().is_none_or(|variant| variant.method() == team.method()), team)?;
    }
    Ok(())
}
