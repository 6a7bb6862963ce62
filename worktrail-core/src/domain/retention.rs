//! How long an ended trail is kept, as data: what the time is counted from, how long, and what then (`I23`, S16).

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::trail::Trail;

/// The days after the last day of a trail on which its participant still reads it (`I23`, policy).
pub const PARTICIPANT_ACCESS_DAYS: u32 = 365;

/// The days after the last day of a trail on which it is ready for the archive (policy).
pub const ARCHIVE_AFTER_DAYS: u32 = 373;

/// The days after the last day of a person's last trail on which somebody looks at whether anything must still be kept
/// (policy): five years.
pub const REVIEW_AFTER_DAYS: u32 = 1_826;

/// What is done with ended trails, and when. It says what is due; carrying it out is an act of its own.
///
/// The default archives and asks for a review, and never erases by itself: whether a law requires keeping is for the
/// controller to say, by rules of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionPolicy {
    /// The rules; each stands by itself.
    pub rules: Vec<RetentionRule>,
}

/// One rule: so long after that, this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionRule {
    /// What the time is counted from.
    pub anchor: RetentionAnchor,
    /// How many days after it.
    pub after_days: u32,
    /// What then.
    pub action: RetentionAction,
}

coded! {
    /// What the time is counted from.
    pub enum RetentionAnchor {
        /// The last day of the trail.
        TrailEnded = "trail_ended", "Jobbsporet ble avsluttet", "The trail ended";
        /// The last day of the person's last trail, once none is open.
        LastTrailEnded = "last_trail_ended", "Personens siste jobbspor ble avsluttet", "The person's last trail ended";
    }
}

coded! {
    /// What is done when the time has come.
    pub enum RetentionAction {
        /// It goes to the archive.
        Archive = "archive", "Arkiveres", "Archive";
        /// Somebody looks at whether it must still be kept.
        Review = "review", "Vurderes", "Review";
        /// What tells who it is about goes.
        Anonymise = "anonymise", "Anonymiseres", "Anonymise";
        /// All of it goes.
        Erase = "erase", "Slettes", "Erase";
    }
}

/// Whether something must be kept whatever the rules say: a complaint, a supervisory case, a court.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "hold", rename_all = "snake_case")]
pub enum LegalHold {
    /// Nothing holds it.
    #[default]
    None,
    /// It is held until further notice.
    UntilLifted,
    /// It is held to the end of a day.
    Until {
        /// The last day.
        last: NaiveDate,
    },
}

/// Something that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RetentionDue {
    /// What.
    pub action: RetentionAction,
    /// Since when.
    pub since: NaiveDate,
}

impl Default for RetentionPolicy {
    fn default() -> Self {
        let rule = |anchor, after_days, action| RetentionRule { anchor, after_days, action };
        Self {
            rules: vec![
                rule(RetentionAnchor::TrailEnded, ARCHIVE_AFTER_DAYS, RetentionAction::Archive),
                rule(RetentionAnchor::LastTrailEnded, REVIEW_AFTER_DAYS, RetentionAction::Review),
            ],
        }
    }
}

impl RetentionPolicy {
    /// What is due for a trail on a day, by the rules (`I23`): nothing while it is open. A legal hold stops what cannot
    /// be undone, and nothing else.
    ///
    /// `trails` are all trails of the same person.
    #[must_use]
    pub fn due(&self, trail: &Trail, trails: &[&Trail], hold: LegalHold, on: NaiveDate) -> Vec<RetentionDue> {
        let Some(ended) = trail.ending().map(|ending| ending.on) else { return Vec::new() };
        let last = || {
            let ends: Option<Vec<_>> = trails.iter().map(|trail| trail.ending().map(|ending| ending.on)).collect();
            ends.map(|ends| ends.into_iter().fold(ended, NaiveDate::max))
        };
        let due = self.rules.iter().filter_map(|rule| {
            let anchor = match rule.anchor {
                RetentionAnchor::TrailEnded => Some(ended),
                RetentionAnchor::LastTrailEnded => last(),
            };
            let since = anchor?.checked_add_days(Days::new(rule.after_days.into()))?;
            Some(RetentionDue { action: rule.action, since })
        });
        due.filter(|due| due.since <= on && !(due.action.is_final() && hold.holds_on(on))).collect()
    }

    /// The fewest days after an ending on which anything is due.
    #[must_use]
    pub fn earliest_after_days(&self) -> Option<u32> {
        self.rules.iter().map(|rule| rule.after_days).min()
    }
}

impl RetentionAction {
    /// Whether it cannot be undone.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Anonymise | Self::Erase)
    }
}

impl LegalHold {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(self, on: NaiveDate) -> bool {
        match self {
            Self::None => false,
            Self::UntilLifted => true,
            Self::Until { last } => on <= last,
        }
    }
}

impl Trail {
    /// The last day on which its participant reads it (`I23`, row 55): a year after it ended. None while it is open.
    #[must_use]
    pub fn open_to_participant_until(&self) -> Option<NaiveDate> {
        self.ending()?.on.checked_add_days(Days::new(PARTICIPANT_ACCESS_DAYS.into()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::trail::samples::{ended, started};
    use super::*;
    use crate::domain::samples::{by_spurv, day};
    use crate::domain::{EndReason, Ending, OtherEnding};

    fn ended_on(on: NaiveDate) -> Trail {
        let ending = Ending { on, reason: EndReason::Other(OtherEnding::MovedAway) };
        started("2022-05-31", "2022-06-02").end(ending, &[], &by_spurv(&on.to_string())).expect("ended").0
    }

    /// The default, and erasure six years after the last trail.
    fn with_erasure() -> RetentionPolicy {
        let mut policy = RetentionPolicy::default();
        let (anchor, action) = (RetentionAnchor::LastTrailEnded, RetentionAction::Erase);
        policy.rules.push(RetentionRule { anchor, after_days: 2_192, action });
        policy
    }

    fn due(trail: &Trail, others: &[&Trail], hold: LegalHold, on: &str) -> Vec<RetentionAction> {
        let trails: Vec<_> = [&[trail], others].concat();
        with_erasure().due(trail, &trails, hold, day(on)).into_iter().map(|due| due.action).collect()
    }

    #[test]
    fn i23_an_ended_trail_is_archived_then_reviewed_and_erased_only_by_a_rule_of_the_hosts() {
        use RetentionAction::{Archive, Erase, Review};
        // Given a trail that ended on 31 December 2022
        let trail = ended_on(day("2022-12-31"));
        let at = |on| due(&trail, &[], LegalHold::None, on);
        assert_eq!(at("2024-01-07"), []);
        assert_eq!(at("2024-01-08"), [Archive], "373 days after it");
        assert_eq!(at("2027-12-31"), [Archive, Review]);
        assert_eq!(at("2028-12-31"), [Archive, Review, Erase]);
        let since = with_erasure().due(&trail, &[&trail], LegalHold::None, day("2024-06-01"));
        assert_eq!(since, [RetentionDue { action: Archive, since: day("2024-01-08") }]);
        assert!(RetentionPolicy::default().rules.iter().all(|rule| !rule.action.is_final()));
    }

    #[test]
    fn i23_nothing_is_due_while_open_and_what_hangs_on_the_last_trail_waits_for_it() {
        let (open, past) = (started("2022-05-31", "2022-06-02"), ended_on(day("2022-12-31")));
        assert_eq!(due(&open, &[], LegalHold::None, "2099-01-01"), []);
        assert_eq!(due(&past, &[&open], LegalHold::None, "2099-01-01"), [RetentionAction::Archive]);
        let later = ended_on(day("2025-12-31"));
        let at = |on| due(&past, &[&later], LegalHold::None, on).len();
        assert_eq!((at("2030-12-30"), at("2030-12-31")), (1, 2));
    }

    #[test]
    fn s16_a_legal_hold_stops_what_cannot_be_undone_and_nothing_else() {
        use RetentionAction::{Archive, Review};
        let trail = ended_on(day("2022-12-31"));
        assert_eq!(due(&trail, &[], LegalHold::UntilLifted, "2030-01-01"), [Archive, Review]);
        let last = day("2030-01-01");
        assert_eq!(due(&trail, &[], LegalHold::Until { last }, "2030-01-01").len(), 2);
        assert_eq!(due(&trail, &[], LegalHold::Until { last }, "2030-01-02").len(), 3);
    }

    #[test]
    fn row_55_the_participant_reads_an_ended_trail_for_a_year() {
        assert_eq!(ended_on(day("2022-08-01")).open_to_participant_until(), Some(day("2023-08-01")));
        assert_eq!(started("2022-05-31", "2022-06-02").open_to_participant_until(), None);
        assert!(ended().open_to_participant_until().is_some());
    }

    proptest! {
        /// Of state: what is due stays due, and nothing is due before its days are over.
        #[test]
        fn i23_what_is_due_stays_due(after in 0_u64..4_000, more in 0_u64..1_000) {
            let trail = ended_on(day("2022-12-31"));
            let on = day("2022-12-31") + Days::new(after);
            let policy = with_erasure();
            let now = policy.due(&trail, &[&trail], LegalHold::None, on);
            let later = policy.due(&trail, &[&trail], LegalHold::None, on + Days::new(more));
            prop_assert!(now.iter().all(|due| due.since <= on && later.contains(due)));
            prop_assert_eq!(now.is_empty(), after < u64::from(ARCHIVE_AFTER_DAYS));
        }
    }
}
