//! Tests of the lists of jobs and educations.

use pollster::block_on;

use super::*;
use crate::access::Actor;
use crate::command::samples::{change_protection, employer_id, end_job, newcomer};
use crate::command::scene::{Scene, everyday, member, our_team, specialist, supervisor};
use crate::command::{ChangeProtection, Command, EndJob, ReleaseTrails};
use crate::desk::spy::desk;
use crate::domain::samples::{by_spurv, day, participant_id, spurv, team};
use crate::domain::{Employment, NewJob, Protection, Role};
use crate::question::{EducationsStartedSince, OngoingEducations, OwnEducationsStartedSince, OwnOngoingEducations};
use crate::record::samples::{self, id};
use crate::store::{CommandId, Limit, MemoryStore};

/// A job of the open trail from a day to a day.
fn job(number: u128, first: &str, last: Option<&str>) -> Job {
    let new = NewJob {
        employment: Employment::at(&samples::employer(), None).unwrap(),
        title: samples::line(),
        form: EmploymentForm::Permanent,
        hours: None,
        period: Period::new(day(first), last.map(day)).unwrap(),
        training_reason: None,
        education: None,
        details: crate::domain::JobDetails::default(),
    };
    let by = by_spurv("2022-08-15");
    Job::register(JobId::new(id(number)), &samples::open_trail_of(spurv()), new, &by).unwrap().0
}

/// Beside the work training of the scene, 15 August to the end of the year: one that is over, one that began on the day
/// of the scene, and one that is planned.
fn world() -> Scene {
    everyday().with(&job(0x1C1, "2022-08-01", Some("2022-08-31"))).with(&job(0x1C2, "2022-09-01", None)).with(&job(
        0x1C3,
        "2022-09-02",
        Some("2022-09-30"),
    ))
}

fn page() -> PageRequest {
    PageRequest::first(Limit::MAX)
}

fn asked<Q: Question<Answer = Page<JobLine>>>(
    store: &MemoryStore,
    who: &Actor,
    question: &Q,
) -> Vec<(JobId, JobStatus)> {
    let page = block_on(desk(store).ask(who, question)).unwrap();
    page.items.iter().map(|line| (line.job, line.status)).collect()
}

fn run<C: Command>(store: &MemoryStore, who: &Actor, number: u128, command: &C) {
    block_on(desk(store).run(who, CommandId::new(id(number)), command)).unwrap();
}

fn number(number: u128) -> JobId {
    JobId::new(id(number))
}

const SCENE: u128 = 0x1B1;

#[test]
fn s88_jobs_that_are_not_over_on_a_day_come_by_their_last_day() {
    let store = world().store();
    let on = |on| OngoingJobs { team: team(), on: day(on), page: page() };
    let (ongoing, planned) = (JobStatus::Ongoing, JobStatus::Planned);
    // The last day is in, the day after is out.
    let all = [(0x1C1, ongoing), (0x1C3, planned), (SCENE, ongoing), (0x1C2, planned)];
    assert_eq!(asked(&store, &supervisor(), &on("2022-08-31")), all.map(|(job, status)| (number(job), status)));
    let all = [(0x1C3, planned), (SCENE, ongoing), (0x1C2, ongoing)];
    assert_eq!(asked(&store, &supervisor(), &on("2022-09-01")), all.map(|(job, status)| (number(job), status)));
    // One at a time they are the same.
    let mut request = PageRequest::first(Limit::new(1));
    let mut seen = Vec::new();
    loop {
        let question = OngoingJobs { page: request, ..on("2022-09-01") };
        let page = block_on(desk(&store).ask(&supervisor(), &question)).unwrap();
        seen.extend(page.items.iter().map(|line| line.job));
        let Some(next) = page.next else { break };
        request = PageRequest::after(Limit::new(1), next);
    }
    assert_eq!(seen, [0x1C3, SCENE, 0x1C2].map(number));
}

#[test]
fn s88_jobs_started_since_a_day_are_those_that_have_started() {
    let store = world().store();
    let since = |since| JobsStartedSince { team: team(), since: day(since), page: page() };
    let jobs =
        |since_on| asked(&store, &supervisor(), &since(since_on)).into_iter().map(|(job, _)| job).collect::<Vec<_>>();
    // Today is in, tomorrow is not.
    assert_eq!(jobs("2022-08-01"), [0x1C1, SCENE, 0x1C2].map(number));
    assert_eq!(jobs("2022-08-02"), [SCENE, 0x1C2].map(number));
    assert_eq!(jobs("2022-09-02"), []);
}

#[test]
fn s88_ones_own_are_those_of_ones_own_trails() {
    let present = Period::from(day("2022-01-01")).unwrap();
    let store = world().with(&member(newcomer(), &our_team(), Role::Specialist, present)).store();
    let newcomer = Actor::staff(newcomer(), [Role::Specialist], crate::access::Purpose::FollowUp);
    let ongoing = OwnOngoingJobs { team: team(), on: day("2022-09-01"), page: page() };
    let started = OwnJobsStartedSince { team: team(), since: day("2022-08-01"), page: page() };
    assert_eq!((asked(&store, &specialist(), &ongoing).len(), asked(&store, &newcomer, &ongoing).len()), (3, 0));
    assert_eq!((asked(&store, &specialist(), &started).len(), asked(&store, &newcomer, &started).len()), (3, 0));
}

#[test]
fn an_employers_jobs_come_by_their_first_day() {
    let store = world().store();
    let at = |employer| JobsAtEmployer { team: team(), employer, page: page() };
    let there: Vec<_> = asked(&store, &supervisor(), &at(employer_id())).into_iter().map(|(job, _)| job).collect();
    assert_eq!(there, [0x1C1, SCENE, 0x1C2, 0x1C3].map(number));
    assert_eq!(asked(&store, &supervisor(), &at(EmployerId::new(id(0xEE)))), []);
}

/// How many lines each list of the team and of the owner has.
fn listed(store: &MemoryStore) -> [usize; 9] {
    let (team, on, since) = (team(), day("2022-09-01"), day("2022-08-01"));
    let educations = |page: Page<crate::question::EducationLine>| page.items.len();
    let desk = desk(store);
    [
        asked(store, &supervisor(), &OngoingJobs { team, on, page: page() }).len(),
        asked(store, &specialist(), &OwnOngoingJobs { team, on, page: page() }).len(),
        asked(store, &supervisor(), &JobsStartedSince { team, since, page: page() }).len(),
        asked(store, &specialist(), &OwnJobsStartedSince { team, since, page: page() }).len(),
        asked(store, &supervisor(), &JobsAtEmployer { team, employer: employer_id(), page: page() }).len(),
        educations(block_on(desk.ask(&supervisor(), &OngoingEducations { team, on, page: page() })).unwrap()),
        educations(block_on(desk.ask(&specialist(), &OwnOngoingEducations { team, on, page: page() })).unwrap()),
        educations(block_on(desk.ask(&supervisor(), &EducationsStartedSince { team, since, page: page() })).unwrap()),
        educations(
            block_on(desk.ask(&specialist(), &OwnEducationsStartedSince { team, since, page: page() })).unwrap(),
        ),
    ]
}

#[test]
fn da4_a_withheld_trails_jobs_and_educations_are_in_no_list_until_it_is_released() {
    let store = everyday().store();
    assert_eq!(listed(&store), [1; 9]);
    run(&store, &supervisor(), 0xD0, &change_protection());
    assert_eq!(listed(&store), [0; 9]);
    // When the grade falls nothing comes back by itself.
    run(&store, &supervisor(), 0xD1, &ChangeProtection { protection: Protection::default(), ..change_protection() });
    assert_eq!(listed(&store), [0; 9]);
    run(&store, &supervisor(), 0xD2, &ReleaseTrails { participant: participant_id(), team: team() });
    assert_eq!(listed(&store), [1; 9]);
}

#[test]
fn a_job_that_was_kept_before_there_were_lists_stands_in_them_from_its_next_act_on() {
    // given a job as it was kept then, beside the one of the scene
    let mut json = serde_json::to_value(job(0x1C4, "2022-08-15", None)).unwrap();
    json.as_object_mut().unwrap().remove("whose");
    let kept: Job = serde_json::from_value(json).unwrap();
    let store = everyday().with(&kept).store();
    let ongoing = OngoingJobs { team: team(), on: day("2022-08-20"), page: page() };
    let listed = || asked(&store, &supervisor(), &ongoing).into_iter().map(|(job, _)| job).collect::<Vec<_>>();
    assert_eq!(listed(), [number(SCENE)]);
    // when something is done about it
    run(&store, &specialist(), 0xD3, &EndJob { job: kept.id(), ..end_job() });
    // then it is listed
    assert_eq!(listed(), [kept.id(), number(SCENE)]);
}
