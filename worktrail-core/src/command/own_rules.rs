//! What is wrong with a command by itself, also while it is half filled (S107).

use chrono::NaiveDate;

use crate::domain::{Authorship, DayOf, Rejection};

/// Judges the rules that look at nothing but a command's own fields and at who acts when: what a form can tell while it
/// is being filled.
///
/// Each rule names the places that it looks at, as a draft is checked by: `new.on`, `lines.1.new.on`. It counts only
/// where nothing there, above or below, is missing or unreadable.
#[derive(Debug)]
pub struct OwnRules<'d> {
    by: Authorship,
    gaps: &'d [String],
    faults: Vec<Rejection>,
}

impl<'d> OwnRules<'d> {
    /// Rules for an act, and the places of a draft where something is missing or unreadable.
    pub(crate) const fn new(by: Authorship, gaps: &'d [String]) -> Self {
        Self { by, gaps, faults: Vec::new() }
    }

    /// Judges a rule that looks at these places.
    pub fn over(&mut self, places: &[&str], rule: impl FnOnce(&Authorship) -> Vec<Rejection>) {
        let is_whole = |place: &&str| self.gaps.iter().all(|gap| !is_within(gap, place) && !is_within(place, gap));
        if places.iter().all(is_whole) {
            self.faults.extend(rule(&self.by));
        }
    }

    /// Judges the day, at a place, of something that has happened: it is not to come.
    pub fn happened(&mut self, place: &str, day: DayOf, on: NaiveDate) {
        self.over(&[place], |by| day.faults(on, None, by));
    }

    /// Judges the day, at a place, of something that may lie ahead.
    pub fn planned(&mut self, place: &str, day: DayOf, on: NaiveDate) {
        self.over(&[place], |_| day.faults_of_plan(on));
    }

    /// The refusal, if anything is wrong.
    pub(crate) fn refusal(self) -> Option<Rejection> {
        Rejection::all(self.faults).err()
    }
}

/// Whether a place is another one, or lies below it.
fn is_within(place: &str, other: &str) -> bool {
    place.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{by_spurv, day};

    #[test]
    fn s107_a_rule_counts_where_nothing_that_it_looks_at_is_missing() {
        let ahead = || vec![Rejection::DateInFuture { day: DayOf::EmployerContact }];
        let told = |gaps: &[&str], places: &[&str]| {
            let gaps: Vec<_> = gaps.iter().map(ToString::to_string).collect();
            let mut rules = OwnRules::new(by_spurv("2022-06-01"), &gaps);
            rules.over(places, |_| ahead());
            rules.refusal()
        };
        let refused = Some(Rejection::DateInFuture { day: DayOf::EmployerContact });
        assert_eq!(told(&[], &["new.on"]), refused);
        assert_eq!(told(&["trail", "new.way", "new.on_time"], &["new.on"]), refused);
        for gap in ["new.on", "new", "new.on.year"] {
            assert_eq!(told(&["trail", gap], &["new.on"]), None, "{gap}");
        }
        assert_eq!(told(&["new.met"], &["new.on", "new.met"]), None);
    }

    #[test]
    fn a_day_that_has_happened_is_not_to_come_and_a_planned_one_may_be() {
        let mut rules = OwnRules::new(by_spurv("2022-06-01"), &[]);
        rules.happened("on", DayOf::Reference, day("2022-06-02"));
        rules.planned("due", DayOf::SubGoalDue, day("2022-06-02"));
        rules.planned("due", DayOf::SubGoalDue, day("+10000-01-01"));
        let faults = vec![
            Rejection::DateInFuture { day: DayOf::Reference },
            Rejection::DateOutOfRange { day: DayOf::SubGoalDue },
        ];
        assert_eq!(rules.refusal(), Some(Rejection::Form(faults)));
    }
}
