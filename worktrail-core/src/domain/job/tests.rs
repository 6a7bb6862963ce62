//! Tests of the rules about jobs.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::samples::{job_from, new_job};
use super::*;
use crate::domain::education::samples::{education_from, vocational};
use crate::domain::experience::{ExperienceKind, Remark};
use crate::domain::hours::HoursBand;
use crate::domain::method::Method;
use crate::domain::samples::{by_spurv, day};
use crate::domain::subsidy::{Subsidy, SubsidyKind};
use crate::domain::trail::samples::{ended, other_trail, started, started_by_method};

fn register(trail: &Trail, new: NewJob) -> Result<Job, Rejection> {
    Job::register(JobId::new(Uuid::from_u128(2)), trail, new, &by_spurv("2022-08-01")).map(|(job, _)| job)
}

#[test]
fn i13_an_employer_unless_self_employed() {
    let trail = started("2022-05-27", "2022-06-02");
    let alone = |form| NewJob { employment: Employment::SelfEmployed, ..new_job(form, "2022-08-15") };
    assert!(register(&trail, alone(EmploymentForm::SelfEmployed)).is_ok());
    let form = EmploymentForm::Permanent;
    assert_eq!(register(&trail, alone(form)).unwrap_err(), Rejection::FormNeedsEmployer { form });
    let form = EmploymentForm::SelfEmployed;
    let refused = register(&trail, new_job(form, "2022-08-15"));
    assert_eq!(refused.unwrap_err(), Rejection::FormHasNoEmployer { form });
}

#[test]
fn i13_a_job_does_not_end_before_it_begins_and_ends_once() {
    // given a job from 15 August
    let job = job_from(&started("2022-05-27", "2022-06-02"), EmploymentForm::Permanent, "2022-08-15");
    let by = by_spurv("2022-10-01");
    // when it is ended a day too early, it is refused
    let early = job.clone().end(day("2022-08-14"), JobEndReason::Resigned, &by);
    let earliest = day("2022-08-15");
    assert_eq!(early.unwrap_err(), Rejection::DateBefore { day: DayOf::JobEnd, earliest });
    // and so it is, by that alone, on a day outside the years, and on the one that stands for an open end
    for outside in ["-0001-12-31", "9999-12-31"] {
        let never = job.clone().end(day(outside), JobEndReason::Resigned, &by);
        assert_eq!(never.unwrap_err(), Rejection::DateOutOfRange { day: DayOf::JobEnd });
    }
    // and it ends once
    let (job, _) = job.end(day("2022-10-31"), JobEndReason::Resigned, &by).expect("ended");
    assert_eq!(job.period().last(), Some(day("2022-10-31")));
    let twice = job.end(day("2022-10-30"), JobEndReason::Other, &by).unwrap_err();
    assert_eq!(twice, Rejection::AlreadyEnded { what: Thing::Job, on: day("2022-10-31") });
}

#[test]
fn the_status_follows_from_the_dates_with_the_last_day_included() {
    let job = job_from(&started("2022-05-27", "2022-06-02"), EmploymentForm::Temporary, "2022-08-15");
    let (job, _) = job.end(day("2022-10-31"), JobEndReason::TimeOver, &by_spurv("2022-10-01")).expect("ended");
    assert_eq!(job.status_on(day("2022-08-14")), JobStatus::Planned);
    assert_eq!(job.status_on(day("2022-08-15")), JobStatus::Ongoing);
    assert_eq!(job.status_on(day("2022-10-31")), JobStatus::Ongoing);
    assert_eq!(job.status_on(day("2022-11-01")), JobStatus::Completed);
}

#[test]
fn db9_work_training_is_asked_for_its_reason_and_is_no_job() {
    let trail = started("2022-05-27", "2022-06-02");
    let form = EmploymentForm::WorkTraining;
    let unexplained = NewJob { training_reason: None, ..new_job(form, "2022-08-15") };
    assert_eq!(register(&trail, unexplained).unwrap_err(), Rejection::TrainingWithoutReason);
    let training = register(&trail, new_job(form, "2022-08-15")).expect("registered");
    assert!(!training.counts_as_job());
    // and the reason is kept with training, and not with a job
    let reason = training.training_reason().cloned();
    assert!(reason.is_some());
    let job = NewJob { training_reason: reason, ..new_job(EmploymentForm::Permanent, "2022-08-15") };
    assert_eq!(register(&trail, job).expect("registered").training_reason(), None);
    // other methods do not ask for it
    let other = started_by_method(Method::SupportedEmployment, "2022-05-27", "2022-06-02");
    let unexplained = NewJob { training_reason: None, ..new_job(form, "2022-08-15") };
    assert!(register(&other, unexplained).is_ok());
}

#[test]
fn row_90_every_form_but_work_training_counts_as_a_job() {
    for form in EmploymentForm::ALL {
        assert_eq!(form.is_job(), form != EmploymentForm::WorkTraining, "{form:?}");
    }
}

#[test]
fn i10_no_job_is_registered_on_an_ended_trail() {
    let trail = ended();
    let refused = register(&trail, new_job(EmploymentForm::Permanent, "2022-08-15"));
    assert_eq!(refused.unwrap_err(), Rejection::TrailEnded { trail: trail.id() });
}

#[test]
fn a_kept_job_reads_back_as_it_was() {
    let details = JobDetails { position: Text::parse("Steker brød").ok(), ..JobDetails::default() };
    let new = NewJob { details: details.clone(), ..new_job(EmploymentForm::WorkTraining, "2022-08-15") };
    let job = register(&started("2022-05-27", "2022-06-02"), new).expect("registered");
    assert_eq!(job.details(), &details);
    // with what did not work alone, and with what worked
    let (text, by) = (Text::parse("Mye støy").expect("a text"), by_spurv("2022-09-01"));
    let (loud, _) = job.clone().note_experience(ExperienceKind::DidNotWork, text, &by).expect("noted");
    let text = Text::parse("Faste oppgaver").expect("a text");
    let (steady, _) = job.clone().note_experience(ExperienceKind::Worked, text, &by).expect("noted");
    for job in [job, loud, steady] {
        let json = serde_json::to_string(&job).expect("json");
        assert_eq!(serde_json::from_str::<Job>(&json).expect("a job"), job);
    }
}

proptest::proptest! {
    #[test]
    fn i13_no_job_ends_before_it_begins_whatever_is_tried(offsets in proptest::collection::vec(-400_i64..400, 1..6)) {
        let trail = started("2022-05-27", "2022-06-02");
        let mut job = job_from(&trail, EmploymentForm::Permanent, "2022-08-15");
        for offset in offsets {
            let on = day("2022-08-15") + chrono::TimeDelta::days(offset);
            job = job.clone().end(on, JobEndReason::ALL[0], &by_spurv("2022-09-01")).map_or(job, |(ended, _)| ended);
            proptest::prop_assert!(job.period().last_or_max() >= job.period().first());
            proptest::prop_assert_eq!(job.ending().is_some(), !job.period().is_open());
            proptest::prop_assert_eq!(job.employment().employer().is_none(), job.form() == EmploymentForm::SelfEmployed);
        }
    }
}

#[test]
fn row_95_a_job_in_an_education_is_of_the_same_trail_and_has_an_employer() {
    // given vocational training on a trail and on another
    let trail = started("2022-05-27", "2022-06-02");
    let ours = InEducation::of(&education_from(&trail, vocational("2022-08-01")));
    let theirs = InEducation::of(&education_from(&other_trail(), vocational("2022-08-01")));
    let form = EmploymentForm::Apprentice;
    let apprentice = |education| NewJob { education: Some(education), ..new_job(form, "2022-08-15") };
    // then an apprentice job belongs to the one, and not to the other
    let job = register(&trail, apprentice(ours)).expect("registered");
    assert_eq!(job.education(), Some(ours.education()));
    let elsewhere = Rejection::BelongsElsewhere { what: Thing::Education };
    assert_eq!(register(&trail, apprentice(theirs)).unwrap_err(), elsewhere);
    // and nobody is their own apprentice
    let form = EmploymentForm::SelfEmployed;
    let alone = NewJob { employment: Employment::SelfEmployed, form, ..apprentice(ours) };
    assert_eq!(register(&trail, alone).unwrap_err(), Rejection::FormNeedsEmployer { form });
}

#[test]
fn row_91_subsidies_are_looked_at_with_the_job() {
    let period = Period::between(day("2022-07-01"), day("2022-07-31")).expect("a period");
    let subsidies = BTreeSet::from([Subsidy { kind: SubsidyKind::Wage, period }]);
    let details = JobDetails { subsidies, ..JobDetails::default() };
    let new = NewJob { details, ..new_job(EmploymentForm::Permanent, "2022-08-15") };
    let refused = register(&started("2022-05-27", "2022-06-02"), new).unwrap_err();
    assert_eq!(refused, Rejection::SubsidyOutsideJob { from: day("2022-07-01") });
}

#[test]
fn a_correction_keeps_what_came_later_and_tells_what_stood_before() {
    // given a job with an experience
    let trail = started("2022-05-27", "2022-06-02");
    let job = job_from(&trail, EmploymentForm::Permanent, "2022-08-15");
    let text = Text::parse("Faste oppgaver").expect("a text");
    let (job, _) = job.note_experience(ExperienceKind::Worked, text, &by_spurv("2022-09-01")).expect("noted");
    // when its form was wrong
    let by = by_spurv("2022-10-02");
    let told = new_job(EmploymentForm::Temporary, "2022-08-15");
    let (job, fact) = job.correct(&trail, told.clone(), &by).expect("corrected");
    // then the experience stays, and the fact tells both forms
    assert!(job.experiences().of(ExperienceKind::Worked).is_some());
    let (was, is) = (EmploymentForm::Permanent, EmploymentForm::Temporary);
    assert!(matches!(fact, Fact::JobCorrected { form_before, form, .. } if form_before == was && form == is));
    // and the same is not corrected twice
    assert_eq!(job.clone().correct(&trail, told.clone(), &by).unwrap_err(), Rejection::NothingChanges);
    // nor does a correction move the last day of a job that has ended
    let (job, _) = job.end(day("2022-10-31"), JobEndReason::Resigned, &by_spurv("2022-10-01")).expect("ended");
    let refused = Rejection::AlreadyEnded { what: Thing::Job, on: day("2022-10-31") };
    assert_eq!(job.clone().correct(&trail, told, &by).unwrap_err(), refused);
    // but what else was wrong is put right
    let period = Period::between(day("2022-08-16"), day("2022-10-31")).expect("a period");
    let later = NewJob { period, ..new_job(EmploymentForm::Temporary, "2022-08-15") };
    assert_eq!(job.correct(&trail, later, &by).expect("corrected").0.period(), period);
}

#[test]
fn a_correction_keeps_the_whole_course_of_the_job() {
    // given a job in which everything has happened that may
    let (trail, by) = (started("2022-05-27", "2022-06-02"), by_spurv("2022-11-02"));
    let job = job_from(&trail, EmploymentForm::Permanent, "2022-08-15");
    let hours = HoursPerWeek::from_tenths(300).expect("hours");
    let (job, _) = job.change_hours(&trail, hours, day("2022-09-01"), &by).expect("changed");
    let given_by = Line::parse("MILD ORRE").expect("a name");
    let (job, _) = job.give_reference(day("2022-10-01"), given_by, None, &by).expect("given");
    let (job, _) = job.confirm(day("2022-10-15"), &by).expect("confirmed");
    let plan = Text::parse("Ring en gang i måneden").expect("a plan");
    let (job, _) = job.step_down(&trail, day("2022-10-16"), plan, &by).expect("stepped down");
    let (job, _) = job.decline_support(&trail, day("2022-10-20"), &by).expect("declined");
    let (job, _) = job.end(day("2022-10-31"), JobEndReason::Resigned, &by).expect("ended");
    // when its title was wrong
    let title = Line::parse("Konditor").expect("a title");
    let told = NewJob { title, period: job.period(), ..new_job(EmploymentForm::Permanent, "2022-08-15") };
    let (corrected, _) = job.clone().correct(&trail, told, &by).expect("corrected");
    // then nothing else is another
    assert_eq!(Job { title: job.title.clone(), ..corrected }, job);
}

#[test]
fn i13_a_corrected_period_holds_what_was_noted_of_the_job_and_a_job_that_has_begun_does_not_vanish() {
    // given a job of which one thing was noted, each in its way; on 1 October
    let (trail, by) = (started("2022-05-27", "2022-06-02"), by_spurv("2022-10-01"));
    let job = || job_from(&trail, EmploymentForm::Permanent, "2022-08-15");
    let (on, hours) = (day("2022-09-01"), HoursPerWeek::from_tenths(300).expect("hours"));
    let (orre, text) = (Line::parse("MILD ORRE").expect("a name"), Text::parse("Ring sjeldnere").expect("a text"));
    let long_text = Text::parse("Faste oppgaver").expect("a text");
    let noted = [
        job().confirm(on, &by),
        job().give_reference(on, orre, None, &by),
        job().change_hours(&trail, hours, on, &by),
        job().step_down(&trail, on, text, &by),
        job().note_experience(ExperienceKind::DidNotWork, long_text.clone(), &by_spurv("2022-09-01")),
    ];
    let from = |first: &str| new_job(EmploymentForm::Permanent, first);
    for (job, fact) in noted.map(|noted| noted.expect("noted")) {
        // when its first day would lie after that, then it is refused, also with the day ahead
        let late = Rejection::DateAfter { day: DayOf::JobStart, latest: on };
        for first in ["2022-09-02", "2022-12-01"] {
            assert_eq!(job.clone().correct(&trail, from(first), &by).unwrap_err(), late, "{}", fact.code());
        }
        // and on that day it may have begun
        assert!(job.clone().correct(&trail, from("2022-09-01"), &by).is_ok(), "{}", fact.code());
    }
    // nor does its last day lie before the one on which it was found to be going on
    let (confirmed, _) = job().confirm(on, &by).expect("confirmed");
    let until = |last: &str| NewJob {
        period: Period::between(day("2022-08-15"), day(last)).expect("a period"),
        ..from("2022-08-15")
    };
    let early = Rejection::DateBefore { day: DayOf::JobEnd, earliest: on };
    assert_eq!(confirmed.clone().correct(&trail, until("2022-08-31"), &by).unwrap_err(), early);
    assert!(confirmed.clone().correct(&trail, until("2022-09-01"), &by).is_ok());
    // and one that was kept so is not withdrawn
    let kept = Job { period: from("2022-12-01").period, ..confirmed };
    assert_eq!(kept.withdraw(&trail, &by).unwrap_err(), Rejection::HasBegun { what: Thing::Job, on });
}

#[test]
fn i13_what_was_planned_or_written_of_a_job_before_it_began_holds_nothing_back() {
    // given a job from 1 December, with other hours from January, and something that worked on the way to it
    let (trail, by) = (started("2022-05-27", "2022-06-02"), by_spurv("2022-10-01"));
    let hours = HoursPerWeek::from_tenths(300).expect("hours");
    let text = Text::parse("Prøvedag").expect("a text");
    let job = job_from(&trail, EmploymentForm::Permanent, "2022-12-01");
    let (job, _) = job.change_hours(&trail, hours, day("2023-01-01"), &by).expect("changed");
    let (job, _) = job.note_experience(ExperienceKind::Worked, text, &by).expect("noted");
    // then it is put off, and withdrawn
    let later = new_job(EmploymentForm::Permanent, "2023-02-01");
    assert!(job.clone().correct(&trail, later, &by).is_ok());
    assert!(job.withdraw(&trail, &by).is_ok());
    // but not once it is lost
    let lost = LostWork {
        ended_on: day("2022-12-01"),
        learned_on: day("2022-10-01"),
        reason: JobEndReason::LaidOff,
        help_offered_on: None,
    };
    let (lost, _) = job.lose(lost, &by).expect("lost");
    let ended = Rejection::AlreadyEnded { what: Thing::Job, on: day("2022-12-01") };
    assert_eq!(lost.withdraw(&trail, &by).unwrap_err(), ended);
}

#[test]
fn a_correction_to_what_is_told_changes_nothing_though_the_trail_went_to_others() {
    let trail = started("2022-05-27", "2022-06-02");
    let told = new_job(EmploymentForm::Permanent, "2022-08-15");
    let job = register(&trail, told.clone()).expect("registered");
    let (withheld, _) = trail.withhold();
    assert_eq!(job.correct(&withheld, told, &by_spurv("2022-09-01")).unwrap_err(), Rejection::NothingChanges);
}

#[test]
fn hours_change_from_a_day_on() {
    // given a job of 20 hours
    let trail = started("2022-05-27", "2022-06-02");
    let job = job_from(&trail, EmploymentForm::Permanent, "2022-08-15");
    let (hours, by) = (|tenths| HoursPerWeek::from_tenths(tenths).expect("hours"), by_spurv("2022-09-01"));
    // when they are 30 from October on, and 10 from September on
    let (job, _) = job.change_hours(&trail, hours(300), day("2022-10-01"), &by).expect("changed");
    let (job, _) = job.change_hours(&trail, hours(100), day("2022-09-01"), &by).expect("changed");
    // then each day has its own
    let on = |text| job.hours_on(day(text)).map(HoursPerWeek::tenths);
    assert_eq!(["2022-08-31", "2022-09-30", "2022-10-01"].map(on), [Some(200), Some(100), Some(300)]);
    assert_eq!(job.hours_band_on(day("2022-10-01")), Some(HoursBand::From30));
    // by their days, beside those of the start
    let days: Vec<_> = job.hours_changes().iter().map(HoursChange::from).collect();
    assert_eq!((days, job.hours()), (["2022-09-01", "2022-10-01"].map(day).into(), Some(hours(200))));
    // and the same again changes nothing, nor does a day before the job have hours
    let same = job.clone().change_hours(&trail, hours(100), day("2022-09-15"), &by);
    assert_eq!(same.unwrap_err(), Rejection::NothingChanges);
    let early = job.clone().change_hours(&trail, hours(100), day("2022-08-14"), &by).unwrap_err();
    assert_eq!(early, Rejection::DateBefore { day: DayOf::HoursChange, earliest: day("2022-08-15") });
    assert!(job.change_hours(&trail, hours(100), day("2022-08-15"), &by).is_ok());
}

#[test]
fn db8_after_the_trails_end_tenure_references_and_experiences_are_added_and_nothing_else() {
    // given a job on a trail that has ended since
    let (trail, by) = (ended(), by_spurv("2023-06-01"));
    let job = job_from(&started("2022-05-27", "2022-06-02"), EmploymentForm::Permanent, "2022-08-15");
    // then what is known of the work is still added, with its day and its author
    let (job, _) = job.confirm(day("2023-05-31"), &by).expect("confirmed");
    let given_by = Line::parse("MILD ORRE").expect("a name");
    let words = Text::parse("Møter presis").ok();
    for on in ["2022-08-14", "2023-06-02"] {
        let fault = match job.clone().give_reference(day(on), given_by.clone(), None, &by).unwrap_err() {
            Rejection::DateBefore { day, .. } | Rejection::DateInFuture { day } => Some(day),
            _ => None,
        };
        assert_eq!(fault, Some(DayOf::Reference), "{on}");
    }
    let (job, _) = job.give_reference(day("2023-05-30"), given_by, words.clone(), &by).expect("given");
    assert_eq!(job.references().first().and_then(JobReference::words), words.as_ref());
    let text = Text::parse("Faste oppgaver").expect("a text");
    let (job, _) = job.note_experience(ExperienceKind::DidNotWork, text.clone(), &by).expect("noted");
    let (job, _) = job.note_experience(ExperienceKind::Worked, text.clone(), &by).expect("noted");
    for kind in ExperienceKind::ALL {
        assert_eq!(job.experiences().of(kind).map(Remark::text), Some(&text), "{}", kind.code());
    }
    assert_eq!(job.confirmed_on(), Some(day("2023-05-31")));
    assert_eq!(
        job.references().first().map(|it| (it.on(), it.authorship().day())),
        Some((day("2023-05-30"), by.day()))
    );
    assert!(job.clone().end(day("2023-05-31"), JobEndReason::TimeOver, &by).is_ok());
    // and nothing else is
    let frozen = Rejection::TrailEnded { trail: trail.id() };
    let told = new_job(EmploymentForm::Temporary, "2022-08-15");
    assert_eq!(job.clone().correct(&trail, told, &by).unwrap_err(), frozen);
    let hours = HoursPerWeek::from_tenths(100).expect("hours");
    assert_eq!(job.clone().change_hours(&trail, hours, day("2023-01-01"), &by).unwrap_err(), frozen);
    let plan = Text::parse("Ring en gang i måneden").expect("a plan");
    assert_eq!(job.clone().step_down(&trail, day("2023-02-01"), plan, &by).unwrap_err(), frozen);
    assert_eq!(job.decline_support(&trail, day("2023-02-01"), &by).unwrap_err(), frozen);
}

#[test]
fn row_98_a_job_is_confirmed_on_days_that_it_has_and_never_backwards() {
    let (job, by) = (
        job_from(&started("2022-05-27", "2022-06-02"), EmploymentForm::Permanent, "2022-08-15"),
        by_spurv("2022-11-20"),
    );
    let (day_of, earliest) = (DayOf::TenureConfirmed, day("2022-08-15"));
    let early = job.clone().confirm(day("2022-08-14"), &by).unwrap_err();
    assert_eq!(early, Rejection::DateBefore { day: day_of, earliest });
    let ahead = job.clone().confirm(day("2022-11-21"), &by).unwrap_err();
    assert_eq!(ahead, Rejection::DateInFuture { day: day_of });
    let (job, _) = job.confirm(day("2022-11-13"), &by).expect("confirmed");
    let back = job.clone().confirm(day("2022-11-12"), &by).unwrap_err();
    assert_eq!(back, Rejection::DateBefore { day: day_of, earliest: day("2022-11-13") });
    assert_eq!(job.clone().confirm(day("2022-11-13"), &by).unwrap_err(), Rejection::NothingChanges);
    let (job, _) = job.end(day("2022-11-15"), JobEndReason::TimeOver, &by).expect("ended");
    let over = Rejection::AlreadyEnded { what: Thing::Job, on: day("2022-11-15") };
    assert_eq!(job.clone().confirm(day("2022-11-16"), &by).unwrap_err(), over);
    assert!(job.confirm(day("2022-11-15"), &by).is_ok());
}

#[test]
fn s42_support_is_stepped_down_with_the_plan_that_remains_and_declined_once() {
    let (trail, by) = (started("2022-05-27", "2022-06-02"), by_spurv("2022-11-02"));
    let job = job_from(&trail, EmploymentForm::Permanent, "2022-08-15");
    let plan: Text<4000> = Text::parse("Ring en gang i måneden").expect("a plan");
    let early = job.clone().step_down(&trail, day("2022-08-14"), plan.clone(), &by).unwrap_err();
    assert_eq!(early, Rejection::DateBefore { day: DayOf::StepDown, earliest: day("2022-08-15") });
    let (job, _) = job.step_down(&trail, day("2022-11-01"), plan.clone(), &by).expect("stepped down");
    assert_eq!(job.support_step_down().map(|it| (it.on(), it.plan().clone())), Some((day("2022-11-01"), plan)));
    let ahead = job.clone().decline_support(&trail, day("2022-11-03"), &by).unwrap_err();
    assert_eq!(ahead, Rejection::DateInFuture { day: DayOf::SupportDeclined });
    let (job, _) = job.decline_support(&trail, day("2022-11-02"), &by).expect("declined");
    assert_eq!(job.decline_support(&trail, day("2022-11-02"), &by).unwrap_err(), Rejection::NothingChanges);
}

#[test]
fn a_job_follows_its_trail_to_whom_it_is_shown() {
    let trail = started("2022-05-27", "2022-06-02");
    let job = job_from(&trail, EmploymentForm::Permanent, "2022-08-15");
    assert_eq!(job.whose(), Some(Whose::of(&trail)));
    let (withheld, _) = trail.withhold();
    assert_eq!(job.follow(&withheld).whose(), Some(Whose::of(&withheld)));
}

#[test]
fn db8_the_same_reference_is_kept_once() {
    let by = by_spurv("2023-06-01");
    let job = job_from(&started("2022-05-27", "2022-06-02"), EmploymentForm::Permanent, "2022-08-15");
    let give = |job: &Job, on: &str, name: &str, words: &str| {
        let (name, words) = (Line::parse(name).expect("a name"), Text::parse(words).ok());
        job.clone().give_reference(day(on), name, words, &by).map(|(job, _)| job)
    };
    // given a reference, when it is sent again, also in another command, then it is the same one
    let job = give(&job, "2023-05-30", "MILD ORRE", "Møter presis").expect("given");
    assert_eq!(give(&job, "2023-05-30", "MILD ORRE", "Møter presis"), Err(Rejection::NothingChanges));
    // and another day, another giver or other words are another one
    for (on, name, words) in [
        ("2023-05-31", "MILD ORRE", "Møter presis"),
        ("2023-05-30", "GLAD BEVER", "Møter presis"),
        ("2023-05-30", "MILD ORRE", "Blid"),
    ] {
        assert_eq!(give(&job, on, name, words).map(|job| job.references().len()), Ok(2), "{on} {name} {words}");
    }
}
