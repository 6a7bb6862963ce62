//! Sub-goals: the steps towards the main goal.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::day_of::DayOf;
use super::fact::Fact;
use super::id::{ParticipantId, SubGoalId, TrailId};
use super::kept::kept;
use super::moment::Authorship;
use super::rejection::Rejection;
use super::text::Text;
use super::thing::Thing;
use super::trail::Trail;

/// A sub-goal of a trail.
///
/// It is closed exactly when it has a closing with its day (I18, of state).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubGoal {
    id: SubGoalId,
    trail: TrailId,
    participant: ParticipantId,
    #[serde(deserialize_with = "kept")]
    text: Text<2000>,
    responsible: Responsible,
    due: Option<NaiveDate>,
    progress: SubGoalProgress,
    set: Authorship,
    closing: Option<Closing>,
}

/// What a sub-goal says: the step, who takes it, and by when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubGoalTerms {
    /// The step.
    pub text: Text<2000>,
    /// Who is responsible for it.
    pub responsible: Responsible,
    /// The day by which it is due, if there is one.
    pub due: Option<NaiveDate>,
}

coded! {
    /// Who is responsible for a sub-goal (row 79).
    pub enum Responsible {
        /// The participant.
        Participant = "participant", "Deltaker", "Participant";
        /// The employment specialist.
        Specialist = "specialist", "Jobbspesialist", "Employment specialist";
        /// Both together.
        Both = "both", "Sammen", "Together";
        /// Somebody else, named by role in the text.
        SomebodyElse = "somebody_else", "Andre", "Somebody else";
    }
}

coded! {
    /// How far an open sub-goal has come (row 79).
    pub enum SubGoalProgress {
        /// Not begun.
        NotBegun = "not_begun", "Ikke påbegynt", "Not begun";
        /// Under way.
        UnderWay = "under_way", "I gang", "Under way";
        /// Nearly there.
        NearlyThere = "nearly_there", "Nesten i mål", "Nearly there";
    }
}

coded! {
    /// Where a sub-goal stands.
    pub enum SubGoalStatus {
        /// Open.
        Open = "open", "Åpent", "Open";
        /// Completed.
        Completed = "completed", "Fullført", "Completed";
        /// No longer applicable.
        NotApplicable = "not_applicable", "Ikke aktuelt", "Not applicable";
    }
}

coded! {
    /// How a sub-goal is closed.
    pub enum SubGoalOutcome {
        /// Completed.
        Completed = "completed", "Fullført", "Completed";
        /// No longer applicable.
        NotApplicable = "not_applicable", "Ikke aktuelt", "Not applicable";
    }
}

/// The closing of a sub-goal: how, on which day, and who said so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    outcome: SubGoalOutcome,
    on: NaiveDate,
    authorship: Authorship,
}

impl Closing {
    /// How it was closed.
    #[must_use]
    pub const fn outcome(&self) -> SubGoalOutcome {
        self.outcome
    }

    /// On which day.
    #[must_use]
    pub const fn on(&self) -> NaiveDate {
        self.on
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }
}

impl SubGoal {
    /// Sets a sub-goal; it may be due in the past.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::DateOutOfRange`].
    pub fn set(id: SubGoalId, trail: &Trail, terms: SubGoalTerms, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open()?;
        must_have_years(&terms)?;
        let SubGoalTerms { text, responsible, due } = terms;
        let fact = Fact::SubGoalSet { sub_goal: id, trail: trail.id(), text: text.clone(), responsible, due };
        let progress = SubGoalProgress::NotBegun;
        let participant = trail.participant();
        let goal =
            Self { id, trail: trail.id(), participant, text, responsible, due, progress, set: *by, closing: None };
        Ok((goal, fact))
    }

    /// Says it anew: another text, another due day, somebody else responsible. The former stays in the history.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10), [`Rejection::BelongsElsewhere`], [`Rejection::AlreadyEnded`] when it is
    /// closed, [`Rejection::DateOutOfRange`].
    pub fn revise(mut self, trail: &Trail, terms: SubGoalTerms, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        self.must_be_open(trail)?;
        must_have_years(&terms)?;
        let SubGoalTerms { text, responsible, due } = terms;
        let fact = Fact::SubGoalRevised { sub_goal: self.id, trail: self.trail, text: text.clone(), responsible, due };
        self.text = text;
        self.responsible = responsible;
        self.due = due;
        self.set = *by;
        Ok((self, fact))
    }

    /// Says how far it has come.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10), [`Rejection::BelongsElsewhere`], [`Rejection::AlreadyEnded`] when it is
    /// closed.
    pub fn report_progress(mut self, trail: &Trail, progress: SubGoalProgress) -> Result<(Self, Fact), Rejection> {
        self.must_be_open(trail)?;
        self.progress = progress;
        let fact = Fact::SubGoalProgressed { sub_goal: self.id, trail: self.trail, progress };
        Ok((self, fact))
    }

    /// Closes it, with a day (I18, of transition).
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10), [`Rejection::BelongsElsewhere`], [`Rejection::AlreadyEnded`] when it is
    /// closed, [`Rejection::DateInFuture`], [`Rejection::DateOutOfRange`].
    pub fn close(
        mut self,
        trail: &Trail,
        outcome: SubGoalOutcome,
        on: NaiveDate,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        self.must_be_open(trail)?;
        Rejection::all(DayOf::SubGoalClosed.faults(on, None, by))?;
        self.closing = Some(Closing { outcome, on, authorship: *by });
        let fact = Fact::SubGoalClosed { sub_goal: self.id, trail: self.trail, outcome, on };
        Ok((self, fact))
    }

    /// Opens it again.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10), [`Rejection::BelongsElsewhere`], [`Rejection::StillOpen`].
    pub fn reopen(mut self, trail: &Trail) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open_for(self.trail, Thing::SubGoal)?;
        if self.closing.take().is_none() {
            return Err(Rejection::StillOpen { what: Thing::SubGoal });
        }
        let fact = Fact::SubGoalReopened { sub_goal: self.id, trail: self.trail };
        Ok((self, fact))
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> SubGoalId {
        self.id
    }

    /// The trail that it belongs to.
    #[must_use]
    pub const fn trail(&self) -> TrailId {
        self.trail
    }

    /// The participant whom it concerns.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// The step.
    #[must_use]
    pub const fn text(&self) -> &Text<2000> {
        &self.text
    }

    /// Who is responsible.
    #[must_use]
    pub const fn responsible(&self) -> Responsible {
        self.responsible
    }

    /// The day by which it is due.
    #[must_use]
    pub const fn due(&self) -> Option<NaiveDate> {
        self.due
    }

    /// How far it has come.
    #[must_use]
    pub const fn progress(&self) -> SubGoalProgress {
        self.progress
    }

    /// Where it stands.
    #[must_use]
    pub fn status(&self) -> SubGoalStatus {
        match self.closing.as_ref().map(Closing::outcome) {
            None => SubGoalStatus::Open,
            Some(SubGoalOutcome::Completed) => SubGoalStatus::Completed,
            Some(SubGoalOutcome::NotApplicable) => SubGoalStatus::NotApplicable,
        }
    }

    /// Whether it is open and its due day has passed.
    #[must_use]
    pub fn is_overdue_on(&self, day: NaiveDate) -> bool {
        self.closing.is_none() && self.due.is_some_and(|due| due < day)
    }

    /// Its closing.
    #[must_use]
    pub const fn closing(&self) -> Option<&Closing> {
        self.closing.as_ref()
    }

    /// Who last set its words, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.set
    }

    fn must_be_open(&self, trail: &Trail) -> Result<(), Rejection> {
        trail.must_be_open_for(self.trail, Thing::SubGoal)?;
        match &self.closing {
            Some(closing) => Err(Rejection::AlreadyEnded { what: Thing::SubGoal, on: closing.on }),
            None => Ok(()),
        }
    }
}

fn must_have_years(terms: &SubGoalTerms) -> Result<(), Rejection> {
    Rejection::all(terms.due.map_or_else(Vec::new, |due| DayOf::SubGoalDue.faults_of_plan(due)))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::trail::samples::{ended, other_trail, started};
    use super::*;
    use crate::domain::samples::{by_spurv, day};

    fn terms() -> SubGoalTerms {
        let text = Text::parse("Skrive CV").expect("a text");
        SubGoalTerms { text, responsible: Responsible::Both, due: Some(day("2022-06-20")) }
    }

    fn set_on(trail: &Trail) -> SubGoal {
        let id = SubGoalId::new(Uuid::from_u128(1));
        SubGoal::set(id, trail, terms(), &by_spurv("2022-06-03")).expect("set").0
    }

    #[test]
    fn i18_a_sub_goal_is_closed_with_a_day_and_may_be_opened_again() {
        // given an open sub-goal that is due
        let trail = started("2022-05-27", "2022-06-02");
        let goal = set_on(&trail);
        assert_eq!(goal.status(), SubGoalStatus::Open);
        assert!(goal.is_overdue_on(day("2022-06-21")) && !goal.is_overdue_on(day("2022-06-20")));
        // when it is completed
        let by = by_spurv("2022-06-22");
        let (goal, _) = goal.close(&trail, SubGoalOutcome::Completed, day("2022-06-21"), &by).expect("closed");
        // then it has its day, is not overdue, and cannot be closed twice
        assert_eq!(goal.status(), SubGoalStatus::Completed);
        assert_eq!(goal.closing().map(Closing::on), Some(day("2022-06-21")));
        assert!(!goal.is_overdue_on(day("2022-06-30")));
        let twice = goal.clone().close(&trail, SubGoalOutcome::NotApplicable, day("2022-06-22"), &by);
        let closed = Rejection::AlreadyEnded { what: Thing::SubGoal, on: day("2022-06-21") };
        assert_eq!(twice.unwrap_err(), closed);
        let (goal, _) = goal.reopen(&trail).expect("open again");
        assert_eq!(goal.status(), SubGoalStatus::Open);
        assert_eq!(goal.reopen(&trail).unwrap_err(), Rejection::StillOpen { what: Thing::SubGoal });
    }

    #[test]
    fn progress_and_words_change_while_it_is_open() {
        let trail = started("2022-05-27", "2022-06-02");
        let (goal, _) = set_on(&trail).report_progress(&trail, SubGoalProgress::UnderWay).expect("reported");
        let terms = SubGoalTerms { due: None, ..terms() };
        let (goal, _) = goal.revise(&trail, terms, &by_spurv("2022-06-10")).expect("revised");
        assert_eq!((goal.progress(), goal.due()), (SubGoalProgress::UnderWay, None));
        assert_eq!(goal.authorship(), &by_spurv("2022-06-10"));
    }

    #[test]
    fn a_sub_goal_is_due_within_the_years() {
        let trail = started("2022-05-27", "2022-06-02");
        let never = SubGoalTerms { due: Some(day("+10000-01-01")), ..terms() };
        let out_of_range = Rejection::DateOutOfRange { day: DayOf::SubGoalDue };
        let (id, by) = (SubGoalId::new(Uuid::from_u128(1)), by_spurv("2022-06-03"));
        assert_eq!(SubGoal::set(id, &trail, never.clone(), &by).unwrap_err(), out_of_range);
        assert_eq!(set_on(&trail).revise(&trail, never, &by).unwrap_err(), out_of_range);
    }

    #[test]
    fn i10_i18_a_sub_goal_of_an_ended_trail_stays_as_it_was_and_none_is_closed_ahead() {
        let (trail, by) = (started("2022-05-27", "2022-06-02"), by_spurv("2022-06-22"));
        let ahead = set_on(&trail).close(&trail, SubGoalOutcome::Completed, day("2022-06-23"), &by).unwrap_err();
        assert_eq!(ahead, Rejection::DateInFuture { day: DayOf::SubGoalClosed });
        let (ended, goal) = (ended(), set_on(&trail));
        let frozen = Rejection::TrailEnded { trail: ended.id() };
        let (closed, _) =
            goal.clone().close(&trail, SubGoalOutcome::Completed, day("2022-06-21"), &by).expect("closed");
        assert_eq!(goal.clone().revise(&ended, terms(), &by).unwrap_err(), frozen);
        assert_eq!(goal.report_progress(&ended, SubGoalProgress::UnderWay).unwrap_err(), frozen);
        assert_eq!(closed.reopen(&ended).unwrap_err(), frozen);
    }

    #[test]
    fn another_trails_sub_goal_is_not_touched() {
        let goal = set_on(&started("2022-05-27", "2022-06-02"));
        let refused = goal.report_progress(&other_trail(), SubGoalProgress::UnderWay);
        assert_eq!(refused.unwrap_err(), Rejection::BelongsElsewhere { what: Thing::SubGoal });
    }
}
