//! Who is away when, and what that leaves of the scheduled hours (`DC4`).

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::Membership;
use crate::domain::coded::coded;
use crate::domain::day_of::DayOf;
use crate::domain::fact::Fact;
use crate::domain::hours::HoursPerWeek;
use crate::domain::moment::Authorship;
use crate::domain::period::Period;
use crate::domain::rejection::Rejection;
use crate::domain::thing::Thing;

coded! {
    /// Why a member of staff is away: no more than a colleague needs to know, and never why somebody is ill.
    pub enum AbsenceReason {
        /// On holiday.
        Holiday = "holiday", "Ferie", "Holiday";
        /// On leave.
        Leave = "leave", "Permisjon", "Leave";
        /// Away for another reason, illness among them.
        Absence = "absence", "Fravær", "Absence";
    }
}

coded! {
    /// How a member stands to a team on a day.
    pub enum Presence {
        /// A member, and there.
        Present = "present", "Til stede", "Present";
        /// A member, and away.
        Absent = "absent", "Fraværende", "Absent";
        /// The membership has not begun.
        Ahead = "ahead", "Begynner senere", "Still to come";
        /// The membership is over.
        Over = "over", "Sluttet", "Left";
    }
}

/// A stretch of days on which a member is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    period: Period,
    reason: AbsenceReason,
    authorship: Authorship,
}

impl Absence {
    /// From its first day to its last.
    #[must_use]
    pub const fn period(&self) -> Period {
        self.period
    }

    /// Why.
    #[must_use]
    pub const fn reason(&self) -> AbsenceReason {
        self.reason
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }
}

impl Membership {
    /// Registers an absence, which may lie ahead or behind. No two absences share a day (of state).
    ///
    /// # Errors
    /// [`Rejection::AbsencesOverlap`]; [`Rejection::AlreadyEnded`] when it begins after the last day.
    pub fn be_absent(
        mut self,
        period: Period,
        reason: AbsenceReason,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        let last = self.period.last_or_max();
        if period.first() > last {
            return Err(Rejection::AlreadyEnded { what: Thing::Membership, on: last });
        }
        if let Some(other) = self.absences.iter().find(|absence| absence.period.overlaps(period)) {
            return Err(Rejection::AbsencesOverlap { from: other.period.first() });
        }
        let place = self.absences.partition_point(|absence| absence.period.first() < period.first());
        self.absences.insert(place, Absence { period, reason, authorship: *by });
        let Self { id: membership, team, staff, .. } = self;
        Ok((self, Fact::AbsenceRegistered { membership, team, staff, period, reason }))
    }

    /// Comes back on a day of an absence: it ends the day before, and is gone when it would have begun that day.
    ///
    /// # Errors
    /// [`Rejection::NotAbsent`] when no absence holds the day.
    pub fn come_back(mut self, on: NaiveDate) -> Result<(Self, Fact), Rejection> {
        let day = DayOf::Return;
        Rejection::all(day.faults_of_plan(on))?;
        let place = self.absences.iter().position(|absence| absence.period.contains(on));
        let absence = place.map(|place| self.absences.remove(place)).ok_or(Rejection::NotAbsent { on })?;
        if let Some(shorter) = on.pred_opt().and_then(|last| absence.period.ending_on(last).ok()) {
            let place = self.absences.partition_point(|it| it.period.first() < shorter.first());
            self.absences.insert(place, Absence { period: shorter, ..absence });
        }
        let Self { id: membership, team, staff, .. } = self;
        Ok((self, Fact::AbsenceEnded { membership, team, staff, on }))
    }

    /// The absences, by their first day.
    #[must_use]
    pub fn absences(&self) -> &[Absence] {
        &self.absences
    }

    /// How the member stands to the team on a day, derived from its present term and the absences.
    #[must_use]
    pub fn presence_on(&self, day: NaiveDate) -> Presence {
        if day < self.period.first() {
            Presence::Ahead
        } else if day > self.period.last_or_max() {
            Presence::Over
        } else if self.absences.iter().any(|absence| absence.period.contains(day)) {
            Presence::Absent
        } else {
            Presence::Present
        }
    }

    /// The scheduled working time within a period, in minutes, from the share of a post less absences (`DC4`): what time in
    /// the community is measured against. None when the period's end is open.
    ///
    /// A week's hours are spread evenly over Monday to Friday. Public holidays are not known here and count as working
    /// days, for everybody alike.
    #[must_use]
    pub fn scheduled_minutes(&self, within: Period, full_time: HoursPerWeek) -> Option<u64> {
        let last = within.last()?;
        let is_member =
            |day: NaiveDate| self.period.contains(day) || self.former.iter().any(|term| term.period().contains(day));
        let percent: u64 = within
            .first()
            .iter_days()
            .take_while(|day| *day <= last)
            .filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
            .filter(|day| is_member(*day) && !self.absences.iter().any(|absence| absence.period.contains(*day)))
            .map(|day| u64::from(self.position_on(day).share.percent()))
            .sum();
        // A tenth of an hour a week is six minutes over five days, and the percentages are hundredths.
        Some(percent * u64::from(full_time.tenths()) * 6 / 500)
    }
}
