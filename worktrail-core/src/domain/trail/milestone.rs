//! The two dates that the clock runs between: the start-up meeting and the first employer contact.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Trail;
use crate::domain::day_of::DayOf;
use crate::domain::fact::Fact;
use crate::domain::moment::Authorship;
use crate::domain::phase::PhaseChange;
use crate::domain::rejection::Rejection;

/// A day that something happened on, and who said so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    on: NaiveDate,
    authorship: Authorship,
}

impl Milestone {
    /// The day, in the host's zone.
    #[must_use]
    pub const fn on(&self) -> NaiveDate {
        self.on
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }

    /// The same on another day.
    pub(super) const fn moved_to(self, on: NaiveDate) -> Self {
        Self { on, authorship: self.authorship }
    }
}

impl Trail {
    /// The start-up meeting was held: the trail has started, and is lifted out of the phases of intake if it is still there (I7, of
    /// transition).
    ///
    /// An employer may have been met before: both true dates are kept (`DB1`). Who moved on before the meeting was told of is
    /// lifted on the day of that move, so that the history stays in order (I5, of state).
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`], [`Rejection::AlreadyStarted`]; [`Rejection::DateInFuture`] for a day after the act,
    /// [`Rejection::DateBefore`] for one before the referral.
    pub fn hold_start_up_meeting(mut self, on: NaiveDate, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        self.must_be_open()?;
        if let Some(started) = self.started_on() {
            return Err(Rejection::AlreadyStarted { on: started });
        }
        let day = DayOf::StartUpMeeting;
        Rejection::all(day.faults(on, Some(self.referral.referred_on), by))?;

        let lifted_to = self.method.is_intake(self.phase()).then_some(self.method.phase_after_start());
        let lifted_on = on.max(self.last_change_on());
        self.moves.extend(lifted_to.map(|to| PhaseChange::new(to, lifted_on, *by)));
        self.start = Some(Milestone { on, authorship: *by });
        let fact = Fact::StartUpMeetingHeld { trail: self.id, on, lifted_to };
        Ok((self, fact))
    }

    /// The earliest day on which an employer was met face to face, after a contact was corrected: the clock follows from
    /// the contacts as they are now (`DC1`).
    ///
    /// Nothing happens, and there is no fact, when it is the day that is known.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10).
    pub fn settle_employer_contact(
        mut self,
        earliest: Option<NaiveDate>,
        by: &Authorship,
    ) -> Result<(Self, Option<Fact>), Rejection> {
        self.must_be_open()?;
        let fact = match (self.first_employer_contact.as_ref().map(Milestone::on), earliest) {
            (known, earliest) if known == earliest => None,
            (Some(before), on) => Some(Fact::FirstEmployerContactCorrected { trail: self.id, before, on }),
            (None, on) => on.map(|on| Fact::FirstEmployerContactNoted { trail: self.id, on }),
        };
        if fact.is_some() {
            self.first_employer_contact = earliest.map(|on| Milestone { on, authorship: *by });
        }
        Ok((self, fact))
    }

    /// An employer was met face to face about ordinary work: the earliest such day is kept (`DC1`).
    ///
    /// A day before the start is no fault (`DB1`). Nothing happens, and there is no fact, when an earlier day is known.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`]; [`Rejection::DateInFuture`] for a day after the act.
    pub fn note_employer_contact(mut self, on: NaiveDate, by: &Authorship) -> Result<(Self, Option<Fact>), Rejection> {
        self.must_be_open()?;
        Rejection::all(DayOf::EmployerContact.faults(on, None, by))?;

        if self.first_employer_contact.as_ref().is_some_and(|known| known.on <= on) {
            return Ok((self, None));
        }
        self.first_employer_contact = Some(Milestone { on, authorship: *by });
        let fact = Fact::FirstEmployerContactNoted { trail: self.id, on };
        Ok((self, Some(fact)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{ended, referred, referred_by_method, started};
    use super::*;
    use crate::domain::method::Method;
    use crate::domain::phase::Phase;
    use crate::domain::samples::{by_spurv, day};

    #[test]
    fn i7_the_start_up_meeting_lifts_a_referred_trail_to_mapping() {
        // given a trail referred on 27 May
        let trail = referred("2022-05-27");
        // when the start-up meeting is held
        let (trail, fact) = trail.hold_start_up_meeting(day("2022-06-02"), &by_spurv("2022-06-03")).expect("started");
        // then it has started and is mapped
        assert_eq!(trail.started_on(), Some(day("2022-06-02")));
        assert_eq!(trail.phase(), Phase::Mapping);
        assert!(matches!(fact, Fact::StartUpMeetingHeld { lifted_to: Some(Phase::Mapping), .. }));
    }

    #[test]
    fn i7_a_trail_that_moved_on_keeps_its_phase_and_still_gets_its_true_start() {
        let (trail, _) = referred("2022-05-27")
            .move_to(Phase::JobDevelopment, day("2022-06-05"), &by_spurv("2022-06-05"))
            .expect("moved");
        let (trail, _) = trail.hold_start_up_meeting(day("2022-06-02"), &by_spurv("2022-06-06")).expect("started");
        assert_eq!(trail.phase(), Phase::JobDevelopment);
        assert_eq!(trail.started_on(), Some(day("2022-06-02")));
    }

    #[test]
    fn i5_i7_a_meeting_told_of_after_a_later_move_lifts_the_trail_on_the_day_of_that_move() {
        // given Supported Employment, referred on 27 May, with the initial contact from 5 June on
        let (trail, _) = referred_by_method(Method::SupportedEmployment, "2022-05-27")
            .move_to(Phase::InitialContact, day("2022-06-05"), &by_spurv("2022-06-05"))
            .expect("moved");
        // when the start-up meeting of 2 June is told of
        let (trail, _) = trail.hold_start_up_meeting(day("2022-06-02"), &by_spurv("2022-06-06")).expect("started");
        // then the start has its true day, and the history is in order
        assert_eq!(trail.started_on(), Some(day("2022-06-02")));
        let steps: Vec<_> = trail.phase_history().iter().map(|step| (step.to(), step.on())).collect();
        let (referred, moved) = (day("2022-05-27"), day("2022-06-05"));
        let expected = [(Phase::Referred, referred), (Phase::InitialContact, moved), (Phase::CareerMapping, moved)];
        assert_eq!(steps, expected);
        assert_eq!(trail.phase_on(day("2022-06-04")), Some(Phase::Referred));
        assert_eq!(trail.phase_on(moved), Some(Phase::CareerMapping));
    }

    #[test]
    fn i7_a_trail_starts_once() {
        let trail = started("2022-05-27", "2022-06-02");
        let refused = trail.hold_start_up_meeting(day("2022-06-03"), &by_spurv("2022-06-03"));
        assert_eq!(refused.unwrap_err(), Rejection::AlreadyStarted { on: day("2022-06-02") });
    }

    #[test]
    fn the_meeting_is_neither_ahead_nor_before_the_referral() {
        let ahead = referred("2022-05-27").hold_start_up_meeting(day("2022-06-02"), &by_spurv("2022-06-01"));
        assert_eq!(ahead.unwrap_err(), Rejection::DateInFuture { day: DayOf::StartUpMeeting });
        let early = referred("2022-05-27").hold_start_up_meeting(day("2022-05-26"), &by_spurv("2022-06-01"));
        let earliest = day("2022-05-27");
        assert_eq!(early.unwrap_err(), Rejection::DateBefore { day: DayOf::StartUpMeeting, earliest });
    }

    #[test]
    fn dc1_the_earliest_contact_is_kept() {
        // given a contact on 21 June
        let by = by_spurv("2022-06-30");
        let (trail, fact) =
            started("2022-05-27", "2022-06-02").note_employer_contact(day("2022-06-21"), &by).expect("noted");
        assert!(fact.is_some());
        // when a later and then an earlier one are noted
        let (trail, later) = trail.note_employer_contact(day("2022-06-28"), &by).expect("noted");
        let (trail, earlier) = trail.note_employer_contact(day("2022-06-01"), &by).expect("noted");
        // then the earliest stands, even though it lies before the start (DB1)
        assert!(later.is_none() && earlier.is_some());
        assert_eq!(trail.first_employer_contact().map(Milestone::on), Some(day("2022-06-01")));
    }

    #[test]
    fn i10_dc1_a_contact_is_not_noted_ahead_nor_on_an_ended_trail() {
        let by = by_spurv("2022-06-20");
        let ahead = started("2022-05-27", "2022-06-02").note_employer_contact(day("2022-06-21"), &by);
        assert_eq!(ahead.unwrap_err(), Rejection::DateInFuture { day: DayOf::EmployerContact });
        let (frozen, by) = (Rejection::TrailEnded { trail: ended().id() }, by_spurv("2023-03-01"));
        assert_eq!(ended().note_employer_contact(day("2022-06-21"), &by).unwrap_err(), frozen);
        assert_eq!(ended().settle_employer_contact(Some(day("2022-06-21")), &by).unwrap_err(), frozen);
    }

    #[test]
    fn dc1_a_corrected_contact_sets_the_clock_anew() {
        // given a contact on 21 June that was a phone call in truth
        let by = by_spurv("2022-06-30");
        let (trail, _) =
            started("2022-05-27", "2022-06-02").note_employer_contact(day("2022-06-21"), &by).expect("noted");
        // when the earliest that is left is later, then the clock waits for that one
        let (trail, fact) = trail.settle_employer_contact(Some(day("2022-06-28")), &by).expect("settled");
        assert_eq!(trail.first_employer_contact().map(Milestone::on), Some(day("2022-06-28")));
        let (before, on) = (day("2022-06-21"), Some(day("2022-06-28")));
        assert_eq!(fact, Some(Fact::FirstEmployerContactCorrected { trail: trail.id(), before, on }));
        let (trail, fact) = trail.settle_employer_contact(on, &by).expect("settled");
        assert_eq!(fact, None, "that is the day that is known");
        // and when none is left, it counts again
        let (trail, fact) = trail.settle_employer_contact(None, &by).expect("settled");
        assert!(trail.first_employer_contact().is_none() && fact.is_some());
        let (trail, fact) = trail.settle_employer_contact(None, &by).expect("settled");
        assert_eq!(fact, None);
        let (_, fact) = trail.settle_employer_contact(on, &by).expect("settled");
        assert_eq!(fact.map(|fact| fact.code()), Some("first_employer_contact_noted"));
    }
}
