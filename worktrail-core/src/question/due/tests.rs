//! Tests of what falls due, over the scene.

use std::collections::BTreeSet;

use pollster::block_on;

use super::*;
use crate::command::HoldStartUpMeeting;
use crate::command::samples::{change_protection, close_sub_goal, fresh_trail_id, planned_pause, trail_id};
use crate::command::scene::{everyday, specialist, supervisor};
use crate::desk::Desk;
use crate::desk::spy::{Spy, desk};
use crate::domain::samples::{by_spurv, day, finding, participant_id, team};
use crate::domain::{CapacityAssessmentId, CapacityOutcome, ConsentPurpose, DueKind, PauseTerms, Period};
use crate::record::samples::{self, id};
use crate::store::{CommandId, Limit};

fn page() -> PageRequest {
    PageRequest::first(Limit::MAX)
}

/// A notice of which no version was published.
fn no_notice() -> Line<80> {
    Line::parse("none").unwrap()
}

/// What is due on the trails of the scene, for their owner; and the same for the supervisor.
fn kinds(desk: &Desk<'_>, until: &str) -> [Vec<(TrailId, DueKind)>; 2] {
    let (team, until, notice) = (team(), day(until), no_notice());
    let own = DueUntil { team, until, notice: notice.clone(), page: page() };
    let own = block_on(desk.ask(&specialist(), &own)).unwrap();
    let whole = block_on(desk.ask(&supervisor(), &TeamDueUntil { team, until, notice, page: page() })).unwrap();
    [own, whole]
        .map(|page| page.items.iter().flat_map(|line| line.due.iter().map(|due| (line.trail, due.kind))).collect())
}

#[test]
fn what_falls_due_up_to_a_day_is_told_by_day_until_it_is_done() {
    // given a trail with a sub-goal due on the first of July and openness agreed on the tenth of June
    let desk = desk(everyday().store());
    let (sub_goal, openness) = ((trail_id(), DueKind::SubGoal), (trail_id(), DueKind::Openness));
    assert_eq!(kinds(&desk, "2022-06-30"), [vec![], vec![]]);
    assert_eq!(kinds(&desk, "2022-07-01"), [vec![sub_goal], vec![sub_goal]]);
    let last = "2023-01-31";
    // and two that wait for an answer in September, and outreach in a pause
    let later = [
        openness,
        (trail_id(), DueKind::TransferAnswer),
        (trail_id(), DueKind::PauseFollowUp),
        (fresh_trail_id(), DueKind::TransferAnswer),
    ];
    let all: Vec<_> = [sub_goal].into_iter().chain(later).collect();
    assert_eq!(kinds(&desk, last), [all.clone(), all]);
    // when the sub-goal is closed, then it is due no more
    block_on(desk.run(&specialist(), CommandId::new(id(1)), &close_sub_goal())).unwrap();
    assert_eq!(kinds(&desk, last), [later.to_vec(), later.to_vec()]);
}

#[test]
fn db5_who_is_paused_stays_in_the_list_with_the_next_outreach() {
    let period = Period::between(day("2022-08-20"), day("2022-11-30")).unwrap();
    let terms = PauseTerms { period, ..planned_pause() };
    let (paused, _) = samples::open_trail().pause(terms, &by_spurv("2022-08-15")).unwrap();
    let [own, whole] = kinds(&desk(everyday().with(&paused).store()), "2023-01-31");
    for kind in [DueKind::SubGoal, DueKind::PauseFollowUp] {
        assert!(own.contains(&(trail_id(), kind)) && whole.contains(&(trail_id(), kind)), "{kind:?}: {own:?}");
    }
}

#[test]
fn what_falls_due_is_taken_from_each_of_its_sources() {
    // given a lost job, a job to come, a finding about capacity, and nobody informed by the notice that is published
    let job = samples::lost_job();
    let finding = finding([ConsentPurpose::CooperateWithTreatment], CapacityOutcome::Lacking, "2022-03-10");
    let number = CapacityAssessmentId::new(id(2));
    let by = by_spurv("2022-03-10");
    let (assessment, _) = CapacityAssessment::record(number, participant_id(), finding, &by).unwrap();
    let scene = everyday().with(&ongoing_job()).with(&job).with(&assessment);
    let notice = samples::notice();
    let asked = DueUntil { team: team(), until: day("2023-01-31"), notice: notice.name().clone(), page: page() };
    let answer = block_on(desk(scene.store()).ask(&specialist(), &asked)).unwrap();
    let line = answer.items.into_iter().find(|line| line.trail == trail_id()).unwrap();
    let told: BTreeSet<_> = line.due.iter().map(|due| (due.kind, due.of)).collect();
    // then each is there with what it follows from
    for (kind, of) in [
        (DueKind::Information, notice.id().as_uuid()),
        (DueKind::CapacityReview, assessment.id().as_uuid()),
        (DueKind::BenefitsCounselling, ongoing_job().id().as_uuid()),
        (DueKind::FollowAlong, ongoing_job().id().as_uuid()),
        (DueKind::StillInJob, ongoing_job().id().as_uuid()),
        (DueKind::LostWork, job.id().as_uuid()),
    ] {
        assert!(told.contains(&(kind, Some(of))), "{kind:?}");
    }
    // and all of it by day
    assert!(line.due.is_sorted_by_key(|due| due.on));
}

/// A job on the trail of the scene that goes on.
fn ongoing_job() -> Job {
    let [_, own] = samples::ongoing_jobs();
    own
}

#[test]
fn what_falls_due_on_many_trails_takes_no_more_loads_than_on_one() {
    let loads = |limit| {
        let spy = Spy::on(everyday().store());
        let page = PageRequest::first(limit);
        let asked = DueUntil { team: team(), until: day("2023-01-31"), notice: no_notice(), page };
        let items = block_on(desk(spy.clone()).ask(&specialist(), &asked)).unwrap().items.len();
        // each load gets what it lacks by one list of keys
        (items, spy.take().iter().filter(|note| note.starts_with('[')).count())
    };
    let ((one, loads_of_one), (many, loads_of_many)) = (loads(Limit::new(1)), loads(Limit::MAX));
    assert!(one < many, "{one} {many}");
    assert_eq!(loads_of_one, loads_of_many);
}

#[test]
fn da4_nothing_is_due_on_a_trail_that_is_withheld() {
    let desk = desk(everyday().store());
    block_on(desk.run(&supervisor(), CommandId::new(id(1)), &change_protection())).unwrap();
    let of_another = vec![(fresh_trail_id(), DueKind::TransferAnswer)];
    assert_eq!(kinds(&desk, "2023-01-31"), [of_another.clone(), of_another]);
}

#[test]
fn s93_a_trail_waits_for_its_start_until_it_is_held() {
    let desk = desk(everyday().store());
    let lists = || {
        let own = block_on(desk.ask(&specialist(), &WithoutStart { team: team(), page: page() })).unwrap();
        let whole = block_on(desk.ask(&supervisor(), &TeamWithoutStart { team: team(), page: page() })).unwrap();
        [own, whole].map(|page| page.items.iter().map(|line| (line.trail, line.since)).collect::<Vec<_>>())
    };
    // given one trail that was opened only; the ended one waits for nothing
    let waiting = vec![(fresh_trail_id(), day("2022-05-27"))];
    assert_eq!(lists(), [waiting.clone(), waiting]);
    let hold = HoldStartUpMeeting { trail: fresh_trail_id(), on: day("2022-09-01") };
    block_on(desk.run(&specialist(), CommandId::new(id(1)), &hold)).unwrap();
    assert_eq!(lists(), [vec![], vec![]]);
}
