//! Subsidies that go with a job.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::period::Period;
use super::rejection::Rejection;

coded! {
    /// A subsidy from Nav that goes with a job.
    pub silent enum SubsidyKind {
        /// A part of the wage is refunded.
        Wage = "wage", "Lønnstilskudd", "Wage subsidy";
        /// What the employer spends on including somebody.
        Inclusion = "inclusion", "Inkluderingstilskudd", "Inclusion subsidy";
        /// A colleague's time as a mentor.
        Mentor = "mentor", "Mentortilskudd", "Mentor subsidy";
    }
}

/// A subsidy, and from when to when it is granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Subsidy {
    /// Which.
    pub kind: SubsidyKind,
    /// From its first day to its last.
    pub period: Period,
}

/// What is wrong with subsidies of a job: one that shares no day with the job, or two of a kind on the same day. A rule
/// of transition: when the job ends early, what was granted stays as it was granted.
pub(crate) fn subsidy_faults(subsidies: &BTreeSet<Subsidy>, job: Period) -> Vec<Rejection> {
    let outside = |subsidy: &&Subsidy| !subsidy.period.overlaps(job);
    let mut faults: Vec<_> = subsidies
        .iter()
        .filter(outside)
        .map(|subsidy| Rejection::SubsidyOutsideJob { from: subsidy.period.first() })
        .collect();
    for kind in SubsidyKind::ALL {
        let of_kind: Vec<_> = subsidies.iter().filter(|subsidy| subsidy.kind == kind).collect();
        // The set is in the order of the days, so two that overlap have neighbours that do.
        let neighbours = of_kind.iter().zip(of_kind.iter().skip(1));
        let twice = neighbours.filter(|(one, next)| one.period.overlaps(next.period));
        faults.extend(twice.map(|(_, next)| Rejection::SubsidyTwice { from: next.period.first() }));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::day;

    fn period(first: &str, last: &str) -> Period {
        Period::between(day(first), day(last)).expect("a period")
    }

    fn of(granted: &[(SubsidyKind, &str, &str)]) -> Vec<Rejection> {
        let granted = granted.iter().map(|(kind, first, last)| Subsidy { kind: *kind, period: period(first, last) });
        subsidy_faults(&granted.collect(), period("2022-08-15", "2022-12-31"))
    }

    #[test]
    fn row_91_subsidies_have_periods_that_share_a_day_with_the_job() {
        // Given a job from 15 August; then a subsidy may begin before it, and touch it on one day.
        assert_eq!(of(&[(SubsidyKind::Wage, "2022-08-01", "2022-08-15")]), []);
        let from = day("2022-08-01");
        assert_eq!(of(&[(SubsidyKind::Wage, "2022-08-01", "2022-08-14")]), [Rejection::SubsidyOutsideJob { from }]);
    }

    #[test]
    fn row_91_several_kinds_go_together_and_two_of_a_kind_do_not() {
        let (wage, mentor) = (SubsidyKind::Wage, SubsidyKind::Mentor);
        let first = (wage, "2022-08-15", "2022-09-30");
        assert_eq!(of(&[first, (mentor, "2022-08-15", "2022-09-30"), (wage, "2022-10-01", "2022-12-31")]), []);
        let twice = of(&[first, (wage, "2022-09-30", "2022-12-31")]);
        assert_eq!(twice, [Rejection::SubsidyTwice { from: day("2022-09-30") }]);
    }
}
