//! The main goal of a trail.

use serde::{Deserialize, Serialize};

use super::Trail;
use crate::domain::coded::coded;
use crate::domain::fact::Fact;
use crate::domain::kept::{Kept, NotKept, kept};
use crate::domain::method::Method;
use crate::domain::moment::Authorship;
use crate::domain::rejection::Rejection;
use crate::domain::text::Text;

coded! {
    /// What a main goal aims at.
    pub enum GoalKind {
        /// Ordinary work.
        Work = "work", "Jobb", "Work";
        /// Ordinary work by way of vocational training.
        WorkViaVocationalTraining = "work_via_vocational_training",
            "Arbeid via fag- og yrkesopplæring", "Work via vocational training";
        /// Ordinary education.
        Education = "education", "Utdanning", "Education";
    }
}

/// The main goal: what it aims at, in the participant's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MainGoal {
    /// What it aims at.
    pub kind: GoalKind,
    /// The participant's own description.
    pub description: Text<4000>,
}

/// A main goal with who set it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct GoalSet {
    #[serde(flatten)]
    goal: MainGoal,
    authorship: Authorship,
}

impl GoalSet {
    pub(super) const fn goal(&self) -> &MainGoal {
        &self.goal
    }

    pub(super) const fn authorship(&self) -> &Authorship {
        &self.authorship
    }
}

#[derive(Deserialize)]
pub(crate) struct KeptGoalSet {
    kind: GoalKind,
    #[serde(deserialize_with = "kept")]
    description: Text<4000>,
    authorship: Authorship,
}

impl Kept for GoalSet {
    type Form = KeptGoalSet;

    fn from_kept(form: KeptGoalSet) -> Result<Self, NotKept> {
        let goal = MainGoal { kind: form.kind, description: form.description };
        Ok(Self { goal, authorship: form.authorship })
    }
}

impl Method {
    /// The kinds of main goal that a trail of this method may have.
    #[must_use]
    pub const fn goals(self) -> &'static [GoalKind] {
        match self {
            Self::Ips => &[GoalKind::Work, GoalKind::Education],
            Self::SupportedEmployment => &[GoalKind::Work, GoalKind::WorkViaVocationalTraining],
            Self::CustomizedEmployment => &GoalKind::ALL,
        }
    }
}

impl Trail {
    /// Sets the main goal, the first or a new one; the former stays in the history.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::GoalNotOfMethod`].
    pub fn set_main_goal(mut self, goal: MainGoal, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        self.must_be_open()?;
        if !self.method.goals().contains(&goal.kind) {
            return Err(Rejection::GoalNotOfMethod { method: self.method, goal: goal.kind });
        }
        let fact = Fact::MainGoalSet { trail: self.id, kind: goal.kind, description: goal.description.clone() };
        self.main_goal = Some(GoalSet { goal, authorship: *by });
        Ok((self, fact))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::referred;
    use super::*;
    use crate::domain::samples::by_spurv;

    fn goal(kind: GoalKind) -> MainGoal {
        MainGoal { kind, description: Text::parse("Jobbe i bakeri").expect("a text") }
    }

    #[test]
    fn a_goal_is_set_and_may_be_set_anew() {
        let (trail, _) =
            referred("2022-05-27").set_main_goal(goal(GoalKind::Work), &by_spurv("2022-06-02")).expect("set");
        let (trail, _) = trail.set_main_goal(goal(GoalKind::Education), &by_spurv("2022-06-09")).expect("set anew");
        assert_eq!(trail.main_goal().map(|goal| goal.kind), Some(GoalKind::Education));
        assert_eq!(trail.main_goal_set(), Some(&by_spurv("2022-06-09")));
    }

    #[test]
    fn a_goal_that_the_method_does_not_know_is_refused() {
        let kind = GoalKind::WorkViaVocationalTraining;
        let refused = referred("2022-05-27").set_main_goal(goal(kind), &by_spurv("2022-06-02"));
        assert_eq!(refused.unwrap_err(), Rejection::GoalNotOfMethod { method: Method::Ips, goal: kind });
    }

    #[test]
    fn a_kept_goal_may_be_longer_than_a_new_one() {
        let (trail, _) =
            referred("2022-05-27").set_main_goal(goal(GoalKind::Work), &by_spurv("2022-06-02")).expect("set");
        let long = "b".repeat(4001);
        let stored = serde_json::to_string(&trail).expect("json").replace("Jobbe i bakeri", &long);
        let read: Trail = serde_json::from_str(&stored).expect("a kept trail");
        assert_eq!(read.main_goal().map(|goal| goal.description.as_str().len()), Some(4001));
        let body = format!("{{\"kind\":\"work\",\"description\":\"{long}\"}}");
        assert!(serde_json::from_str::<MainGoal>(&body).is_err());
    }
}
