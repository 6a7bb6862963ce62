//! Tests of corrections.

use super::super::Milestone;
use super::super::samples::{ended, opening, referred, referred_by_method, started};
use super::*;
use crate::domain::end_reason::{EndReason, OtherEnding, WorkEnding};
use crate::domain::method::Method;
use crate::domain::phase::Phase;
use crate::domain::samples::{by_spurv, day};

fn why() -> Text<500> {
    Text::parse("Feil dato").expect("a text")
}

#[test]
fn row_20_a_corrected_start_takes_the_phase_along_and_says_what_it_was() {
    // given a trail that was started on 2 June and moved on the 10th
    let trail = started("2022-05-27", "2022-06-02");
    let (trail, _) = trail.move_to(Phase::JobDevelopment, day("2022-06-10"), &by_spurv("2022-06-10")).expect("moved");
    // when the start is corrected
    let by = by_spurv("2022-06-20");
    let (trail, fact) = trail.correct_start(day("2022-06-08"), why(), Corrector::Case, &by).expect("corrected");
    // then the clock and the history follow, and who registered it first still stands
    assert_eq!(trail.started_on(), Some(day("2022-06-08")));
    assert_eq!(trail.phase_on(day("2022-06-07")), Some(Phase::Referred));
    assert_eq!(trail.start().map(Milestone::authorship), Some(&by_spurv("2022-06-02")));
    assert_eq!(trail.corrected(), Some(&by));
    assert!(matches!(fact, Fact::StartCorrected { before, .. } if before == day("2022-06-02")));
}

#[test]
fn row_20_a_corrected_start_takes_along_only_what_the_meeting_lifted() {
    // given a trail that was moved on the day of its start, as somebody noted a day later
    let trail = started("2022-05-27", "2022-06-02");
    let (trail, _) = trail.move_to(Phase::JobDevelopment, day("2022-06-02"), &by_spurv("2022-06-03")).expect("moved");
    // when the start is corrected
    let by = by_spurv("2022-06-20");
    let (trail, _) = trail.correct_start(day("2022-05-30"), why(), Corrector::Case, &by).expect("corrected");
    // then the move stays on its day
    assert_eq!(trail.phase_on(day("2022-06-01")), Some(Phase::Mapping));
    assert_eq!(trail.phase_on(day("2022-06-02")), Some(Phase::JobDevelopment));
}

#[test]
fn i10_row_20_the_start_of_a_reopened_trail_takes_along_the_phase_before_the_reopening() {
    // given a trail that was ended, and opened again
    let (trail, _) = ended().reopen(Phase::Working, why(), &by_spurv("2023-03-10")).expect("reopened");
    // when its start is corrected, then the history before the re-opening follows
    let by = by_spurv("2023-03-11");
    let (trail, _) = trail.correct_start(day("2022-06-08"), why(), Corrector::Case, &by).expect("corrected");
    assert_eq!(trail.phase_on(day("2022-06-07")), Some(Phase::Referred));
    assert_eq!(trail.phase_on(day("2022-06-08")), Some(Phase::Mapping));
}

#[test]
fn i5_row_20_a_corrected_start_never_turns_the_history_round() {
    // given a trail that was lifted on the day of a move, since the meeting was told of after it
    let (trail, _) = referred_by_method(Method::SupportedEmployment, "2022-05-27")
        .move_to(Phase::InitialContact, day("2022-06-05"), &by_spurv("2022-06-05"))
        .expect("moved");
    let (trail, _) = trail.hold_start_up_meeting(day("2022-06-02"), &by_spurv("2022-06-06")).expect("started");
    let by = by_spurv("2022-06-20");
    let correct = |on| trail.clone().correct_start(day(on), why(), Corrector::Case, &by).expect("corrected").0;
    // when the true day lies after the move, then the phase is reached on it, and before it on the day of the move
    let (later, earlier) = (correct("2022-06-08"), correct("2022-05-30"));
    assert_eq!(later.phase_on(day("2022-06-07")), Some(Phase::InitialContact));
    assert_eq!(later.phase_on(day("2022-06-08")), Some(Phase::CareerMapping));
    assert_eq!(
        (earlier.started_on(), earlier.phase_on(day("2022-06-04"))),
        (Some(day("2022-05-30")), Some(Phase::Referred))
    );
    assert_eq!(earlier.phase_on(day("2022-06-05")), Some(Phase::CareerMapping));
}

#[test]
fn i10_row_20_the_start_that_followed_a_reopening_takes_its_phase_along() {
    // given a trail that ended before it had started, and was opened again and started
    let ending = Ending { on: day("2022-06-01"), reason: EndReason::Other(OtherEnding::MovedAway) };
    let waiting = referred_by_method(Method::SupportedEmployment, "2022-05-27");
    let (trail, _) = waiting.end(ending, &[], &by_spurv("2022-06-01")).expect("ended");
    let (trail, _) = trail.reopen(Phase::InitialContact, why(), &by_spurv("2022-06-10")).expect("reopened");
    let (trail, _) = trail.hold_start_up_meeting(day("2022-06-12"), &by_spurv("2022-06-12")).expect("started");
    // when its start is corrected, then the phase after the re-opening follows
    let by = by_spurv("2022-06-20");
    let (trail, _) = trail.correct_start(day("2022-06-15"), why(), Corrector::Case, &by).expect("corrected");
    assert_eq!(trail.phase_on(day("2022-06-14")), Some(Phase::InitialContact));
    assert_eq!(trail.phase_on(day("2022-06-15")), Some(Phase::CareerMapping));
}

#[test]
fn row_20_a_corrected_start_stays_between_referral_and_what_followed() {
    let by = by_spurv("2022-06-20");
    let trail = started("2022-05-27", "2022-06-02");
    let (trail, _) = trail.move_to(Phase::JobDevelopment, day("2022-06-10"), &by_spurv("2022-06-10")).expect("moved");
    let correct = |on| trail.clone().correct_start(day(on), why(), Corrector::Case, &by).map(|_| ());
    let (start, earliest) = (DayOf::StartUpMeeting, day("2022-05-27"));
    assert_eq!(correct("2022-05-26"), Err(Rejection::DateBefore { day: start, earliest }));
    assert_eq!(correct("2022-06-11"), Err(Rejection::DateAfter { day: start, latest: day("2022-06-10") }));
    assert_eq!(correct("2022-06-02"), Err(Rejection::NothingChanges));
    assert!(correct("2022-06-10").is_ok() && correct("2022-05-27").is_ok());
    let waiting = referred("2022-05-27").correct_start(day("2022-06-01"), why(), Corrector::Case, &by);
    assert_eq!(waiting.unwrap_err(), Rejection::NotStarted);
}

#[test]
fn i10_a_referral_is_corrected_but_not_to_after_what_followed() {
    let by = by_spurv("2022-06-20");
    let trail = started("2022-05-27", "2022-06-02");
    let referral = |on: &str| opening(on).referral;
    let (corrected, fact) =
        trail.clone().correct_referral(referral("2022-05-20"), why(), Corrector::Case, &by).expect("corrected");
    assert_eq!(corrected.phase_on(day("2022-05-20")), Some(Phase::Referred));
    assert!(matches!(fact, Fact::ReferralCorrected { before, .. } if before.referred_on == day("2022-05-27")));
    // not to after the opening
    let late = corrected.clone().correct_referral(referral("2022-05-28"), why(), Corrector::Case, &by);
    let latest = day("2022-05-27");
    assert_eq!(late.unwrap_err(), Rejection::DateAfter { day: DayOf::Referral, latest });
    let on_the_day = corrected.clone().correct_referral(referral("2022-05-27"), why(), Corrector::Case, &by);
    assert_eq!(on_the_day.expect("corrected").0.referral().referred_on, latest);
    // nor to after a start that was before it
    let (early, _) = corrected.correct_start(day("2022-05-24"), why(), Corrector::Case, &by).expect("corrected");
    let late = early.correct_referral(referral("2022-05-25"), why(), Corrector::Case, &by);
    assert_eq!(late.unwrap_err(), Rejection::DateAfter { day: DayOf::Referral, latest: day("2022-05-24") });
    let nobodys = Referral { unit: None, counsellor: None, ..referral("2022-05-20") };
    let nobody = trail.clone().correct_referral(nobodys, why(), Corrector::Case, &by);
    assert_eq!(nobody.unwrap_err(), Rejection::ReferrerMissing, "DB7");
    let same = trail.correct_referral(referral("2022-05-27"), why(), Corrector::Case, &by);
    assert_eq!(same.unwrap_err(), Rejection::NothingChanges);
}

fn other(on: &str) -> Ending {
    Ending { on: day(on), reason: EndReason::Other(OtherEnding::MovedAway) }
}

fn corrected(ending: Ending, exclusion: Option<ExclusionNote>) -> EndingCorrection {
    EndingCorrection { ending, entry: None, exclusion, reason: why() }
}

#[test]
fn row_42_an_ending_is_corrected_for_thirty_days_and_then_by_user_support_only() {
    // given a trail that was ended on 28 February, registered that day
    let correct = |who, on: &str| ended().correct_ending(corrected(other("2023-02-27"), None), &[], who, &by_spurv(on));
    // then the thirtieth day is within the window
    let (trail, fact) = correct(Corrector::Case, "2023-03-30").expect("corrected");
    assert_eq!(trail.ending(), Some(&other("2023-02-27")));
    assert_eq!(trail.correctable_until(), Some(day("2023-03-30")), "the window is not lengthened");
    let before = EndReason::Work(WorkEnding::WithoutWageSubsidy);
    assert!(matches!(fact, Fact::EndingCorrected { reason_before, .. } if reason_before == before));
    // and the thirty-first is not, but for user support
    let over = Rejection::CorrectionWindowOver { until: day("2023-03-30") };
    assert_eq!(correct(Corrector::Case, "2023-03-31").unwrap_err(), over);
    assert!(correct(Corrector::Support, "2024-01-01").is_ok());
}

#[test]
fn i10_a_corrected_ending_keeps_the_rules_of_the_ending() {
    let by = by_spurv("2023-03-01");
    let correct = |ending, note| ended().correct_ending(corrected(ending, note), &[], Corrector::Case, &by).map(|_| ());
    let earliest = day("2022-06-02");
    assert_eq!(correct(other("2022-06-01"), None), Err(Rejection::DateBefore { day: DayOf::Ending, earliest }));
    let ill = Ending { reason: EndReason::Other(OtherEnding::Illness), ..other("2023-02-28") };
    assert_eq!(correct(ill, None), Err(Rejection::ExclusionUnanswered));
    let same = Ending { on: day("2023-02-28"), reason: EndReason::Work(WorkEnding::WithoutWageSubsidy) };
    assert_eq!(correct(same, None), Err(Rejection::NothingChanges));
    let trail = started("2022-05-27", "2022-06-02");
    let open = trail.correct_ending(corrected(same, None), &[], Corrector::Case, &by);
    assert_eq!(open.unwrap_err(), Rejection::StillOpen { what: Thing::Trail });
}

#[test]
fn da9_what_an_ending_is_called_is_corrected_as_well_and_a_reopened_trail_keeps_it() {
    let (by, list) = (by_spurv("2023-03-01"), ListName::EndReasons);
    let code = EntryCode::parse("at_the_zoo").ok();
    let same = Ending { on: day("2023-02-28"), reason: EndReason::Work(WorkEnding::WithoutWageSubsidy) };
    let named = EndingCorrection { entry: code.clone(), ..corrected(same, None) };
    let (trail, fact) = ended().correct_ending(named, &[], Corrector::Case, &by).expect("corrected");
    assert_eq!((trail.entry(list), fact.code()), (code.as_ref(), "ending_corrected"));
    let (open, _) = trail.reopen(Phase::Mapping, why(), &by).expect("reopened");
    assert_eq!((open.entry(list), open.reopenings()[0].entry()), (None, code.as_ref()));
}

#[test]
fn i10_start_and_referral_are_frozen_after_the_window_too() {
    let late = by_spurv("2023-03-31");
    let over = Rejection::CorrectionWindowOver { until: day("2023-03-30") };
    let start = ended().correct_start(day("2022-06-01"), why(), Corrector::Case, &late);
    assert_eq!(start.unwrap_err(), over);
    let referral = ended().correct_referral(opening("2022-05-20").referral, why(), Corrector::Case, &late);
    assert_eq!(referral.unwrap_err(), over);
    assert_eq!(Corrector::of(Some(Role::UserSupport)), Corrector::Support);
    assert_eq!(Corrector::of(Some(Role::Supervisor)), Corrector::Case);
}
