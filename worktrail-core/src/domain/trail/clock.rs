//! The one clock: how soon after the start an employer was met (`DC1`).

use chrono::NaiveDate;

use super::{Milestone, Trail};
use crate::domain::coded::coded;
use crate::label::Label;

/// An employer contact within this many days of the start is in time (`DC1`): 30 counts, 31 does not.
pub const DAYS_TO_EMPLOYER_CONTACT: u32 = 30;

coded! {
    /// Whether the first employer contact came before the start or after it (`DB1`).
    pub enum ContactTiming {
        /// Before the start-up meeting: counts as 0 days.
        BeforeStart = "before_start", "Før oppstart", "Before start";
        /// On the day of the start-up meeting or later.
        AfterStart = "after_start", "Etter oppstart", "After start";
    }
}

/// What the clock shows on a day: whole calendar days in the host's zone, from the first held start-up meeting to the
/// first face-to-face contact with an employer about ordinary work (`DC1`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EmployerContactClock {
    /// The start-up meeting was not held yet: not in the clock, but waiting.
    NotStarted {
        /// Days since the referral.
        waited: u32,
    },
    /// No employer was met yet.
    Counting {
        /// Days since the start.
        days: u32,
    },
    /// An employer was met.
    Met {
        /// Days from the start to the contact; 0 when it came before the start.
        days: u32,
        /// Before or after the start.
        timing: ContactTiming,
    },
}

impl EmployerContactClock {
    /// The stable code of what it shows.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotStarted { .. } => "not_started",
            Self::Counting { .. } => "counting",
            Self::Met { .. } => "met",
        }
    }

    /// What a person reads beside the days.
    #[must_use]
    pub const fn label(self) -> Label {
        match self {
            Self::NotStarted { .. } => Label::new("Venter på oppstart", "Waiting for the start"),
            Self::Counting { .. } => Label::new("Arbeidsgiver ikke møtt ennå", "No employer met yet"),
            Self::Met { .. } => Label::new("Arbeidsgiver møtt", "Employer met"),
        }
    }

    /// Whether an employer was met in at most 30 days. A clock that still counts is not within them yet.
    #[must_use]
    pub const fn within_thirty(self) -> bool {
        matches!(self, Self::Met { days, .. } if days <= DAYS_TO_EMPLOYER_CONTACT)
    }

    /// Whether the 30 days have passed without an employer having been met in them.
    #[must_use]
    pub const fn is_late(self) -> bool {
        match self {
            Self::NotStarted { .. } => false,
            Self::Counting { days } | Self::Met { days, .. } => days > DAYS_TO_EMPLOYER_CONTACT,
        }
    }
}

impl Trail {
    /// What the clock shows at the end of a day; what happened later is not known yet.
    ///
    /// On an ended trail it stands still from the ending on.
    #[must_use]
    pub fn clock(&self, as_of: NaiveDate) -> EmployerContactClock {
        let until = self.ending().map_or(as_of, |ending| ending.on.min(as_of));
        let known = |milestone: Option<&Milestone>| milestone.map(Milestone::on).filter(|on| *on <= until);

        let Some(started) = known(self.start()) else {
            return EmployerContactClock::NotStarted { waited: days_between(self.referral.referred_on, until) };
        };
        let Some(met) = known(self.first_employer_contact()) else {
            return EmployerContactClock::Counting { days: days_between(started, until) };
        };
        let timing = if met < started { ContactTiming::BeforeStart } else { ContactTiming::AfterStart };
        EmployerContactClock::Met { days: days_between(started, met), timing }
    }
}

/// Whole calendar days from one day to another, 0 when the second comes first.
pub(super) fn days_between(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from((to - from).num_days()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{ended, referred, started};
    use super::*;
    use crate::domain::samples::{by_spurv, day};

    fn met(trail: Trail, on: &str) -> Trail {
        trail.note_employer_contact(day(on), &by_spurv("2026-04-24")).expect("noted").0
    }

    /// Story 3: all but E started on Tuesday 10 March 2026; summer time begins on the 29th.
    fn cases() -> [Trail; 5] {
        let start = || started("2026-03-01", "2026-03-10");
        [
            met(start(), "2026-04-09"),
            met(start(), "2026-04-10"),
            start(),
            met(start(), "2026-03-02"),
            referred("2026-02-01"),
        ]
    }

    #[test]
    fn dc1_thirty_days_are_within_thirty_and_thirty_one_are_not() {
        let [a, b, ..] = cases().map(|trail| trail.clock(day("2026-04-24")));
        assert_eq!(a, EmployerContactClock::Met { days: 30, timing: ContactTiming::AfterStart });
        assert!(a.within_thirty() && !a.is_late());
        assert_eq!(b, EmployerContactClock::Met { days: 31, timing: ContactTiming::AfterStart });
        assert!(!b.within_thirty() && b.is_late());
        let codes = cases().map(|trail| trail.clock(day("2026-04-24")).code());
        assert_eq!(codes, ["met", "met", "counting", "met", "not_started"]);
    }

    #[test]
    fn dc1_an_open_case_counts_with_its_days_so_far() {
        let [_, _, c, ..] = cases().map(|trail| trail.clock(day("2026-04-24")));
        assert_eq!(c, EmployerContactClock::Counting { days: 45 });
    }

    #[test]
    fn db1_a_contact_before_the_start_is_zero_days_and_marked() {
        let [_, _, _, d, _] = cases().map(|trail| trail.clock(day("2026-04-24")));
        assert_eq!(d, EmployerContactClock::Met { days: 0, timing: ContactTiming::BeforeStart });
        assert!(d.within_thirty());
    }

    #[test]
    fn dc1_who_never_started_waits_and_is_not_in_the_clock() {
        let [.., e] = cases().map(|trail| trail.clock(day("2026-04-24")));
        assert_eq!(e, EmployerContactClock::NotStarted { waited: 82 });
        assert!(!e.within_thirty() && !e.is_late());
    }

    #[test]
    fn story_1_nineteen_days_from_the_start_to_the_bakery() {
        let trail = started("2022-05-27", "2022-06-02");
        let (trail, _) = trail.note_employer_contact(day("2022-06-21"), &by_spurv("2022-06-21")).expect("noted");
        let met = EmployerContactClock::Met { days: 19, timing: ContactTiming::AfterStart };
        assert_eq!(trail.clock(day("2022-12-31")), met);
    }

    #[test]
    fn the_clock_stands_still_from_the_ending_on() {
        let trail = ended();
        assert_eq!(trail.clock(day("2023-03-31")), trail.clock(day("2023-02-28")));
        assert_eq!(trail.clock(day("2022-06-12")), EmployerContactClock::Counting { days: 10 });
    }

    #[test]
    fn within_thirty_are_two_of_four_and_an_earlier_day_knows_only_what_was() {
        let within = cases().iter().filter(|trail| trail.clock(day("2026-04-24")).within_thirty()).count();
        assert_eq!(within, 2);
        let [a, b, c, d, _] = cases().map(|trail| trail.clock(day("2026-04-01")));
        for open in [a, b, c] {
            assert_eq!(open, EmployerContactClock::Counting { days: 22 });
        }
        assert_eq!(d, EmployerContactClock::Met { days: 0, timing: ContactTiming::BeforeStart });
    }

    proptest::proptest! {
        #[test]
        fn dc1_the_clock_counts_up_until_the_contact_and_stands_still_after_it(gap in -60_i64..90, later in 0_i64..90) {
            // Given a start on 10 March 2026 and a contact so many days from it
            let start = day("2026-03-10");
            let contact = start + chrono::TimeDelta::days(gap);
            let by = by_spurv("2026-12-01");
            let (trail, _) = started("2026-01-01", "2026-03-10").note_employer_contact(contact, &by).expect("noted");
            // When the clock is read later, then it shows the whole days in between, and zero for one before the start
            let known = start.max(contact) + chrono::TimeDelta::days(later);
            let expected = u32::try_from(gap.max(0)).expect("days");
            match trail.clock(known) {
                EmployerContactClock::Met { days, timing } => {
                    proptest::prop_assert_eq!(days, expected);
                    proptest::prop_assert_eq!(timing == ContactTiming::BeforeStart, gap < 0);
                }
                other => proptest::prop_assert!(false, "{:?}", other),
            }
            proptest::prop_assert_eq!(trail.clock(known).within_thirty(), gap <= 30);
            // and when it is read before a contact that lies ahead, it counts the days so far
            if gap > 0 {
                let before = contact - chrono::TimeDelta::days(1);
                let days = u32::try_from(gap - 1).expect("days");
                proptest::prop_assert_eq!(trail.clock(before), EmployerContactClock::Counting { days });
            }
        }
    }
}
