//! Tests of the rules about education.

use proptest::prelude::*;

use super::samples::{education_from, terms, vocational};
use super::*;
use crate::domain::id::JobId;
use crate::domain::job::samples::new_job;
use crate::domain::job::{EmploymentForm, InEducation, NewJob};
use crate::domain::samples::{by_spurv, day};
use crate::domain::trail::Ending;
use crate::domain::trail::samples::{ended, other_trail, started};
use crate::domain::{EndReason, WorkEnding};

fn trail() -> Trail {
    started("2022-05-27", "2022-06-02")
}

fn refused(terms: EducationTerms) -> Rejection {
    let id = EducationId::new(uuid::Uuid::from_u128(1));
    Education::register(id, &trail(), terms, &by_spurv("2022-08-01")).expect_err("refused")
}

#[test]
fn row_94_an_education_needs_no_end_and_its_status_follows_from_its_days() {
    // given an education with an open end
    let education = education_from(&trail(), terms("2022-08-15"));
    assert_eq!(education.status_on(day("2022-08-14")), EducationStatus::Planned);
    assert_eq!(education.status_on(day("2022-08-15")), EducationStatus::Ongoing);
    assert_eq!(education.status_on(day("2040-01-01")), EducationStatus::Ongoing);
    // when it gets an end, then it is over on the day after
    let period = Period::between(day("2022-08-15"), day("2022-12-20")).expect("a period");
    let (education, fact) =
        education.correct(&trail(), EducationTerms { period, ..terms("2022-08-15") }).expect("corrected");
    assert_eq!(education.status_on(day("2022-12-20")), EducationStatus::Ongoing);
    assert_eq!(education.status_on(day("2022-12-21")), EducationStatus::Completed);
    assert!(
        matches!(fact, Fact::EducationCorrected { period: now, period_before, .. } if now == period && period_before.is_open())
    );
}

#[test]
fn row_94_what_was_broken_off_is_not_completed() {
    let education = education_from(&trail(), terms("2022-08-15"));
    let by = by_spurv("2022-10-01");
    let ahead = education.clone().abort(day("2022-10-02"), &by).unwrap_err();
    assert_eq!(ahead, Rejection::DateInFuture { day: DayOf::EducationAborted });
    let early = education.clone().abort(day("2022-08-14"), &by).unwrap_err();
    let earliest = day("2022-08-15");
    assert_eq!(early, Rejection::DateBefore { day: DayOf::EducationAborted, earliest });
    let (education, _) = education.abort(day("2022-09-30"), &by).expect("broken off");
    assert_eq!(education.status_on(day("2022-09-30")), EducationStatus::Ongoing);
    assert_eq!(education.status_on(day("2022-10-01")), EducationStatus::Aborted);
    assert_eq!(education.aborted(), Some(&by));
    let ended = Rejection::AlreadyEnded { what: Thing::Education, on: day("2022-09-30") };
    assert_eq!(education.clone().abort(day("2022-09-30"), &by).unwrap_err(), ended);
    assert_eq!(education.clone().correct(&trail(), terms("2022-08-15")).unwrap_err(), ended);
    let same = education.terms().clone();
    assert_eq!(education.correct(&trail(), same).unwrap_err(), Rejection::NothingChanges);
}

#[test]
fn row_95_the_form_is_one_of_the_track_and_a_trade_has_a_vocational_programme() {
    // given both faults at once, then both are told
    let (track, form) = (EducationTrack::Vocational, StudyForm::FullTime);
    let wrong = EducationTerms { track, programme: Some(Programme::General), ..terms("2022-08-15") };
    let faults = vec![Rejection::StudyFormNotOfTrack { track, form }, Rejection::ProgrammeNotVocational];
    assert_eq!(refused(wrong), Rejection::Form(faults));
    let unnamed = EducationTerms { programme: None, ..vocational("2022-08-15") };
    assert_eq!(refused(unnamed), Rejection::ProgrammeNotVocational);
    let (track, form) = (EducationTrack::Ordinary, StudyForm::ZeroPlusFour);
    assert_eq!(refused(EducationTerms { form, ..terms("2022-08-15") }), Rejection::StudyFormNotOfTrack { track, form });
}

#[test]
fn every_form_is_one_of_a_track_and_an_apprenticeship_one_of_both() {
    for form in StudyForm::ALL {
        let tracks = EducationTrack::ALL.into_iter().filter(|track| form.is_of(*track)).count();
        assert_eq!(tracks, if form == StudyForm::Apprentice { 2 } else { 1 }, "{form:?}");
    }
    assert_eq!(Programme::ALL.into_iter().filter(|programme| programme.is_vocational()).count(), 10);
}

#[test]
fn i10_db8_an_ended_trail_takes_no_education_and_still_takes_what_became_of_one() {
    let (trail, by) = (ended(), by_spurv("2023-03-10"));
    let frozen = Rejection::TrailEnded { trail: trail.id() };
    let id = EducationId::new(uuid::Uuid::from_u128(1));
    let refused = Education::register(id, &trail, terms("2022-08-15"), &by);
    assert_eq!(refused.unwrap_err(), frozen);
    let education = education_from(&started("2022-05-27", "2022-06-02"), terms("2022-08-15"));
    assert_eq!(education.clone().correct(&trail, vocational("2022-08-15")).unwrap_err(), frozen);
    let text = Text::parse("Rolige lesesaler").expect("a text");
    let (education, _) = education.note_experience(ExperienceKind::Worked, text.clone(), &by).expect("noted");
    let again = education.clone().note_experience(ExperienceKind::Worked, text, &by).unwrap_err();
    assert_eq!(again, Rejection::NothingChanges);
    assert_eq!(education.experiences().of(ExperienceKind::Worked).map(|it| it.authorship().day()), Some(by.day()));
    assert!(education.abort(day("2023-03-10"), &by).is_ok());
}

#[test]
fn i10_an_education_of_which_something_was_written_while_it_lasted_began_no_later() {
    // given an education in which something worked on 1 September
    let education = education_from(&trail(), terms("2022-08-15"));
    let text = || Text::parse("Rolige lesesaler").expect("a text");
    let noted = |on| education.clone().note_experience(ExperienceKind::Worked, text(), &by_spurv(on)).expect("noted").0;
    let correct = |on, first| noted(on).correct(&trail(), terms(first)).map(|_| ());
    // when its first day would lie after that, then it is refused
    let late = Rejection::DateAfter { day: DayOf::EducationStart, latest: day("2022-09-01") };
    assert_eq!(correct("2022-09-01", "2022-12-01"), Err(late));
    // but not on that day, nor for what was written before it was to begin
    assert_eq!(correct("2022-09-01", "2022-09-01"), Ok(()));
    assert_eq!(correct("2022-08-14", "2022-12-01"), Ok(()));
}

#[test]
fn another_trails_education_is_not_corrected() {
    let education = education_from(&trail(), terms("2022-08-15"));
    let elsewhere = Rejection::BelongsElsewhere { what: Thing::Education };
    assert_eq!(education.correct(&other_trail(), vocational("2022-08-15")).unwrap_err(), elsewhere);
}

#[test]
fn it_follows_its_trail() {
    let (withheld, _) = trail().withhold();
    let education = education_from(&trail(), terms("2022-08-15")).follow(&withheld);
    assert_eq!(education.whose(), Whose::of(&withheld));
}

proptest! {
    #[test]
    fn the_status_only_ever_moves_forward(length in 0_i64..200, broken in proptest::option::of(0_i64..200), first in -5_i64..250) {
        let begin = day("2022-08-15");
        let period = Period::between(begin, begin + chrono::TimeDelta::days(length)).expect("a period");
        let mut education = education_from(&trail(), EducationTerms { period, ..terms("2022-08-15") });
        if let Some(after) = broken {
            education = education.abort(begin + chrono::TimeDelta::days(after), &by_spurv("2024-01-01")).expect("broken off").0;
        }
        let (one, next) = (begin + chrono::TimeDelta::days(first), begin + chrono::TimeDelta::days(first + 1));
        prop_assert!(education.status_on(one) <= education.status_on(next));
        prop_assert_eq!(education.status_on(one) == EducationStatus::Ongoing, education.terms().period.contains(one));
    }
}

#[test]
fn i10_a_wrong_breaking_off_is_corrected_with_a_reason_and_what_it_was_is_told() {
    // given an education that was broken off on 31 October
    let trail = started("2022-05-27", "2022-06-02");
    let education = education_from(&trail, terms("2022-08-15"));
    let (aborted, _) = education.abort(day("2022-10-31"), &by_spurv("2022-11-01")).expect("broken off");
    let correct = |education: &Education, on: Option<&str>| {
        let reason = Text::parse("Feil dato").expect("a text");
        education.clone().correct_ending(&trail, on.map(day), reason, Corrector::Case, &by_spurv("2022-11-20"))
    };
    // when the day is corrected, then the history has what it was
    let (corrected, fact) = correct(&aborted, Some("2022-11-14")).expect("corrected");
    assert_eq!((corrected.terms().period.last(), corrected.aborted()), (Some(day("2022-11-14")), aborted.aborted()));
    assert!(matches!(fact, Fact::EducationEndingCorrected { before, .. } if before == day("2022-10-31")));
    // and one that was not broken off goes on
    let (going_on, _) = correct(&aborted, None).expect("corrected");
    assert_eq!((going_on.terms().period.last(), going_on.aborted()), (None, None));
    assert_eq!(correct(&going_on, None).unwrap_err(), Rejection::StillOpen { what: Thing::Education });
    // and it is as true as the first
    let day_of = DayOf::EducationAborted;
    assert_eq!(correct(&aborted, Some("2022-10-31")).unwrap_err(), Rejection::NothingChanges);
    assert_eq!(correct(&aborted, Some("2022-11-21")).unwrap_err(), Rejection::DateInFuture { day: day_of });
    let early = Rejection::DateBefore { day: day_of, earliest: day("2022-08-15") };
    assert_eq!(correct(&aborted, Some("2022-08-14")).unwrap_err(), early);
}

#[test]
fn i10_what_was_not_broken_off_ends_on_the_day_that_was_told() {
    // given an education until 20 June, that was broken off by mistake
    let period = Period::between(day("2022-06-10"), day("2023-06-20")).expect("a period");
    let trail = started("2022-05-27", "2022-06-02");
    let education = || education_from(&trail, EducationTerms { period, ..terms("2022-06-10") });
    let aborted = |on| education().abort(day(on), &by_spurv(on)).expect("broken off").0;
    let correct = |education: Education, on: Option<&str>, act| {
        let reason = Text::parse("Feil").expect("a text");
        education.correct_ending(&trail, on.map(day), reason, Corrector::Case, &by_spurv(act)).expect("corrected").0
    };
    // when that is corrected, also after another day was, then it is as it was
    let later = correct(aborted("2022-08-31"), Some("2022-09-15"), "2022-09-20");
    assert_eq!(later.planned_last(), period.last());
    assert_eq!(correct(later, None, "2022-09-20"), education());
    // but not to a day before its first, as that was corrected meanwhile: then the end is open
    let longer = Period::between(day("2023-07-01"), day("2023-08-31")).expect("a period");
    let moved = EducationTerms { period: longer, ..terms("2022-06-10") };
    let (moved, _) = aborted("2023-08-31").correct(&trail, moved).expect("corrected");
    assert_eq!(correct(moved, None, "2023-08-31").terms().period.last(), None);
}

#[test]
fn i10_on_an_ended_trail_a_breaking_off_is_corrected_within_the_window() {
    // given an education that was broken off, on a trail that has ended since
    let trail = started("2022-05-27", "2022-06-02");
    let education = education_from(&trail, terms("2022-08-15"));
    let (aborted, _) = education.abort(day("2022-10-31"), &by_spurv("2022-11-01")).expect("broken off");
    let ending = Ending { on: day("2022-11-30"), reason: EndReason::Work(WorkEnding::WithoutWageSubsidy) };
    let (ended, _) = trail.end(ending, &[], &by_spurv("2022-11-30")).expect("ended");
    let correct = |trail: &Trail, who, on: &str| {
        let reason = Text::parse("Feil dato").expect("a text");
        aborted.clone().correct_ending(trail, None, reason, who, &by_spurv(on)).map(|_| ())
    };
    // then it is corrected for as long as the trail is, and by user support for ever
    assert_eq!(correct(&ended, Corrector::Case, "2022-12-30"), Ok(()));
    let over = Rejection::CorrectionWindowOver { until: day("2022-12-30") };
    assert_eq!(correct(&ended, Corrector::Case, "2022-12-31"), Err(over));
    assert_eq!(correct(&ended, Corrector::Support, "2022-12-31"), Ok(()));
    let elsewhere = Rejection::BelongsElsewhere { what: Thing::Education };
    assert_eq!(correct(&other_trail(), Corrector::Case, "2022-12-01"), Err(elsewhere));
}

#[test]
fn i10_an_education_that_has_not_begun_is_withdrawn_unless_a_job_is_a_part_of_it() {
    let trail = started("2022-05-27", "2022-06-02");
    let education = education_from(&trail, vocational("2022-08-15"));
    let fact = education.withdraw(&trail, &[], &by_spurv("2022-08-14")).expect("withdrawn");
    assert_eq!(fact.code(), "education_withdrawn");
    let begun = education.withdraw(&trail, &[], &by_spurv("2022-08-15")).unwrap_err();
    assert_eq!(begun, Rejection::HasBegun { what: Thing::Education, on: day("2022-08-15") });
    let frozen = Rejection::TrailEnded { trail: ended().id() };
    assert_eq!(education.withdraw(&ended(), &[], &by_spurv("2022-08-14")).unwrap_err(), frozen);
    // and not while an apprentice's job names it
    let part = Some(InEducation::of(&education));
    let new = NewJob { education: part, ..new_job(EmploymentForm::Apprentice, "2022-08-15") };
    let (job, _) =
        Job::register(JobId::new(uuid::Uuid::from_u128(2)), &trail, new, &by_spurv("2022-08-01")).expect("registered");
    let held = Rejection::EducationHasJob { job: job.id() };
    assert_eq!(education.withdraw(&trail, &[&job], &by_spurv("2022-08-14")).unwrap_err(), held);
}
