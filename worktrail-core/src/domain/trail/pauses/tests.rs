//! Tests of paused periods.

use chrono::Days;
use proptest::prelude::*;

use super::super::samples::{ended, started};
use super::*;
use crate::domain::samples::{by_spurv, day};

fn terms(first: &str, last: Option<&str>) -> PauseTerms {
    let period = Period::new(day(first), last.map(day)).expect("a period");
    PauseTerms { period, reason: PauseReason::Travel, note: None, follow_up_on: Some(day("2022-12-01")) }
}

fn paused(first: &str, last: Option<&str>) -> Trail {
    let trail = started("2022-05-27", "2022-06-02");
    trail.pause(terms(first, last), &by_spurv("2022-07-01")).expect("paused").0
}

#[test]
fn i12_a_pause_holds_on_its_last_day_and_not_after_it() {
    // given a pause from 1 to 31 August
    let trail = paused("2022-08-01", Some("2022-08-31"));
    // then it is derived from the day
    assert!(trail.paused_on(day("2022-07-31")).is_none());
    assert!(trail.paused_on(day("2022-08-01")).is_some());
    assert!(trail.paused_on(day("2022-08-31")).is_some());
    assert!(trail.paused_on(day("2022-09-01")).is_none());
    assert_eq!(trail.paused_until(), Some(day("2022-08-31")));
}

#[test]
fn i12_an_open_end_takes_a_follow_up_that_lies_ahead() {
    let by = by_spurv("2022-07-01");
    let without = PauseTerms { follow_up_on: None, ..terms("2022-08-01", None) };
    let trail = started("2022-05-27", "2022-06-02");
    assert_eq!(trail.clone().pause(without.clone(), &by).unwrap_err(), Rejection::FollowUpMissing);
    let today = PauseTerms { follow_up_on: Some(day("2022-07-01")), ..without.clone() };
    let not_ahead = Rejection::DateNotAhead { day: DayOf::PauseFollowUp };
    assert_eq!(trail.clone().pause(today, &by).unwrap_err(), not_ahead);
    let note = Text::parse("Ring søsteren").ok();
    let ahead = PauseTerms { follow_up_on: Some(day("2022-07-02")), note: note.clone(), ..without };
    let (trail, _) = trail.pause(ahead, &by).expect("paused");
    assert_eq!(trail.paused_until(), Some(day("9999-12-31")));
    assert_eq!(trail.pauses()[0].note(), note.as_ref());
}

#[test]
fn i12_row_33_several_pauses_and_none_with_a_day_in_common() {
    // given a pause in August
    let trail = paused("2022-08-01", Some("2022-08-31"));
    // when another begins on its last day, and before the referral's day, then all is said at once
    let by = by_spurv("2022-07-01");
    let early = trail.clone().pause(terms("2022-05-01", Some("2022-08-01")), &by).unwrap_err();
    let before = Rejection::DateBefore { day: DayOf::PauseStart, earliest: day("2022-05-27") };
    assert_eq!(early, Rejection::Form(vec![Rejection::PauseOverlaps { first: day("2022-08-01") }, before]));
    // when one begins the day after it, and one before it, then all are kept in order
    let (trail, _) = trail.pause(terms("2022-09-01", None), &by).expect("paused");
    let (trail, fact) = trail.pause(terms("2022-06-10", Some("2022-06-12")), &by).expect("of days past");
    let on_the_referral = trail.clone().pause(terms("2022-05-27", Some("2022-05-27")), &by);
    assert!(on_the_referral.is_ok());
    let firsts: Vec<_> = trail.pauses().iter().map(|pause| pause.period().first()).collect();
    assert_eq!(firsts, ["2022-06-10", "2022-08-01", "2022-09-01"].map(day));
    assert!(matches!(fact, Fact::TrailPaused { .. }));
}

#[test]
fn i12_a_planned_pause_is_changed_or_removed() {
    let (by, trail) = (by_spurv("2022-07-31"), paused("2022-08-01", Some("2022-08-31")));
    let (moved, _) = trail.clone().revise_pause(day("2022-08-01"), terms("2022-08-15", None), &by).expect("moved");
    assert_eq!(moved.pauses().len(), 1);
    assert_eq!(moved.paused_until(), Some(day("9999-12-31")));
    let (removed, _) = trail.remove_pause(day("2022-08-01"), &by).expect("removed");
    assert_eq!((removed.pauses().len(), removed.paused_until()), (0, None));
}

#[test]
fn i12_an_ongoing_pause_is_ended_or_extended_and_keeps_its_first_day() {
    // given a pause that began today
    let (by, first) = (by_spurv("2022-08-01"), day("2022-08-01"));
    let trail = paused("2022-08-01", Some("2022-08-31"));
    // when it is moved or removed, then not
    let begun = Rejection::PauseHasBegun { on: first };
    assert_eq!(trail.clone().remove_pause(first, &by).unwrap_err(), begun);
    assert_eq!(trail.clone().revise_pause(first, terms("2022-08-02", None), &by).unwrap_err(), begun);
    // when it is ended at once or extended, then it is
    let (ended, _) = trail.clone().revise_pause(first, terms("2022-08-01", Some("2022-08-01")), &by).expect("ended");
    assert_eq!(ended.paused_until(), Some(first));
    let (extended, fact) = trail.revise_pause(first, terms("2022-08-01", Some("2022-10-31")), &by).expect("extended");
    assert_eq!(extended.paused_until(), Some(day("2022-10-31")));
    assert!(matches!(fact, Fact::PauseRevised { before, .. } if before.last() == Some(day("2022-08-31"))));
}

#[test]
fn da11_a_pause_that_is_over_is_kept_as_it_was() {
    let (by, trail) = (by_spurv("2022-09-01"), paused("2022-08-01", Some("2022-08-31")));
    let revised = trail.clone().revise_pause(day("2022-08-01"), terms("2022-08-01", None), &by);
    assert_eq!(revised.unwrap_err(), Rejection::AlreadyEnded { what: Thing::Pause, on: day("2022-08-31") });
    assert!(trail.clone().remove_pause(day("2022-08-01"), &by).is_err());
    assert_eq!(trail.pauses().len(), 1);
    let nowhere = trail.remove_pause(day("2022-08-02"), &by);
    assert_eq!(nowhere.unwrap_err(), Rejection::NotFound { what: Thing::Pause });
}

#[test]
fn i10_an_ended_trail_takes_no_pause_and_is_paused_no_more() {
    let frozen = Rejection::TrailEnded { trail: ended().id() };
    assert_eq!(ended().pause(terms("2022-08-01", None), &by_spurv("2022-07-01")).unwrap_err(), frozen);
    // given a trail that ended within a pause, then the pause goes on until the last day and no longer
    let ending = *ended().ending().expect("an ending");
    let by = by_spurv("2023-02-28");
    let (trail, _) = paused("2022-08-01", None).end(ending, &[], &by).expect("ended");
    for (on, is_paused) in [("2022-08-01", true), ("2023-02-28", true), ("2023-03-01", false)] {
        assert_eq!(trail.paused_on(day(on)).is_some(), is_paused, "{on}");
    }
    // and it is neither said anew nor removed
    let first = day("2022-08-01");
    let shorter = trail.clone().revise_pause(first, terms("2022-08-01", Some("2023-02-28")), &by);
    assert_eq!(shorter.unwrap_err(), frozen);
    let (planned, _) = paused("2023-08-01", None).end(ending, &[], &by).expect("ended");
    assert_eq!(planned.remove_pause(day("2023-08-01"), &by).unwrap_err(), frozen);
}

#[test]
fn a_follow_up_lies_within_the_years() {
    let never = PauseTerms { follow_up_on: Some(day("+10000-01-01")), ..terms("2022-08-01", None) };
    let refused = started("2022-05-27", "2022-06-02").pause(never, &by_spurv("2022-07-01"));
    assert_eq!(refused.unwrap_err(), Rejection::DateOutOfRange { day: DayOf::PauseFollowUp });
}

#[derive(Debug, Clone)]
enum Act {
    Pause(u64, Option<u64>),
    Revise(u64, u64, Option<u64>),
    Remove(u64),
}

fn acts() -> impl Strategy<Value = Vec<(u64, Act)>> {
    let length = || proptest::option::of(0..10_u64);
    let act = prop_oneof![
        (0..40_u64, length()).prop_map(|(first, length)| Act::Pause(first, length)),
        (0..40_u64, 0..40_u64, length()).prop_map(|(of, first, length)| Act::Revise(of, first, length)),
        (0..40_u64).prop_map(Act::Remove),
    ];
    proptest::collection::vec((0..40_u64, act), 0..16)
}

proptest! {
    #[test]
    fn i12_no_two_pauses_ever_have_a_day_in_common(acts in acts()) {
        let on = |days: u64| day("2022-06-02") + Days::new(days);
        let terms = |first: u64, length: Option<u64>| PauseTerms {
            period: Period::new(on(first), length.map(|length| on(first + length))).expect("a period"),
            reason: PauseReason::Other,
            note: None,
            follow_up_on: Some(day("2023-01-01")),
        };
        let mut trail = started("2022-05-27", "2022-06-02");
        for (today, act) in acts {
            let by = by_spurv(&on(today).to_string());
            let over = trail.pauses().iter().filter(|it| it.state_on(on(today)) == PauseState::Over).cloned();
            let over: Vec<_> = over.collect();
            let after = match act {
                Act::Pause(first, length) => trail.clone().pause(terms(first, length), &by),
                Act::Revise(of, first, length) => trail.clone().revise_pause(on(of), terms(first, length), &by),
                Act::Remove(of) => trail.clone().remove_pause(on(of), &by),
            };
            trail = after.map_or(trail, |(trail, _)| trail);
            // none overlap, they stand in order, and what was over is still there
            prop_assert!(trail.pauses().windows(2).all(|pair| pair[0].period().last_or_max() < pair[1].period().first()));
            prop_assert!(over.iter().all(|pause| trail.pauses().contains(pause)));
            let json = serde_json::to_string(&trail).expect("json");
            prop_assert_eq!(&serde_json::from_str::<Trail>(&json).expect("a trail"), &trail);
        }
    }
}
