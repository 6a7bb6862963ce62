//! Confirmations: who shares the understanding of a goal, a need or a plan, and who does not.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::fact::Fact;
use super::id::{ConfirmationId, ParticipantId, TrailId};
use super::kept::kept;
use super::moment::{Authorship, Moment};
use super::narrative::Narrative;
use super::rejection::Rejection;
use super::role::Role;
use super::text::Text;
use super::topic::Topic;
use super::trail::Trail;

/// Somebody's word on a version of the main goal or of a text (S35). It is never changed: who thinks otherwise says so
/// anew, and another version asks everybody again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    id: ConfirmationId,
    trail: TrailId,
    participant: ParticipantId,
    of: Confirmed,
    party: ConfirmingParty,
    stance: ConfirmationStance,
    #[serde(default, deserialize_with = "kept")]
    words: Option<Text<2000>>,
    made: Authorship,
}

/// What is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewConfirmation {
    /// Of which version of what.
    pub of: Confirmed,
    /// Whose word it is.
    pub party: ConfirmingParty,
    /// Whether they confirm.
    pub stance: ConfirmationStance,
    /// In their words; asked for from whoever differs.
    pub words: Option<Text<2000>>,
}

impl NewConfirmation {
    /// What is wrong with it, whatever it is of: whoever differs says how.
    pub(crate) fn faults(&self) -> Vec<Rejection> {
        let is_silent = self.stance == ConfirmationStance::Differs && self.words.is_none();
        is_silent.then_some(Rejection::DifferenceWithoutWords).into_iter().collect()
    }
}

/// What is confirmed, in which version. A plan is its texts: each is confirmed by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Confirmed {
    /// The main goal.
    MainGoal {
        /// As it was set at this moment.
        set_at: Moment,
    },
    /// A text: a need, or a part of a plan.
    Text {
        /// The topic.
        topic: Topic,
        /// The revision, from 1.
        revision: u32,
    },
}

coded! {
    /// Whose understanding is asked for.
    pub enum ConfirmingParty {
        /// The participant.
        Participant = "participant", "Deltaker", "Participant";
        /// The employment specialist.
        Specialist = "specialist", "Jobbspesialist", "Employment specialist";
        /// The treatment team.
        TreatmentTeam = "treatment_team", "Behandlingsteam", "Treatment team";
        /// The Nav counsellor.
        Counsellor = "counsellor", "Nav-veileder", "Nav counsellor";
    }
}

coded! {
    /// Whether somebody confirms.
    pub enum ConfirmationStance {
        /// They share it.
        Confirms = "confirms", "Enig", "Confirms";
        /// They see it otherwise.
        Differs = "differs", "Ser det annerledes", "Differs";
    }
}

impl ConfirmingParty {
    /// Whether a role gives this party's word: each its own, and the specialist also what the others said when they met.
    /// Who wrote it down stands beside it.
    #[must_use]
    pub const fn is_voiced_by(self, role: Role) -> bool {
        match role {
            Role::Specialist => true,
            Role::Participant => matches!(self, Self::Participant),
            Role::TreatmentTeamMember => matches!(self, Self::TreatmentTeam),
            Role::Counsellor => matches!(self, Self::Counsellor),
            _ => false,
        }
    }
}

impl Confirmation {
    /// Takes somebody's word.
    ///
    /// Rules of transition: the trail is open (I10), the version is the present one, and whoever differs says how.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`]; or a [`Rejection`] for each rule broken, all at once: [`Rejection::NotThePresentVersion`],
    /// [`Rejection::DifferenceWithoutWords`].
    pub fn make(
        id: ConfirmationId,
        trail: &Trail,
        new: NewConfirmation,
        text: Option<&Narrative>,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open()?;
        let mut faults = new.faults();
        let NewConfirmation { of, party, stance, words } = new;
        if Confirmed::present(of, trail, text) != Some(of) {
            faults.push(Rejection::NotThePresentVersion);
        }
        Rejection::all(faults)?;
        let fact = Fact::ConfirmationMade { confirmation: id, trail: trail.id(), of, party, stance };
        let participant = trail.participant();
        Ok((Self { id, trail: trail.id(), participant, of, party, stance, words, made: *by }, fact))
    }

    /// The word of each party on a version: the newest one. Who is not there has not been asked, or has not answered.
    #[must_use]
    pub fn on<'a>(confirmations: &[&'a Self], of: Confirmed) -> BTreeMap<ConfirmingParty, &'a Self> {
        let mut said: Vec<&'a Self> = confirmations.iter().copied().filter(|it| it.of == of).collect();
        said.sort_by_key(|it| (it.made.at(), it.id));
        said.into_iter().map(|it| (it.party, it)).collect()
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> ConfirmationId {
        self.id
    }

    /// The trail.
    #[must_use]
    pub const fn trail(&self) -> TrailId {
        self.trail
    }

    /// The participant whom it concerns.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// Of which version of what.
    #[must_use]
    pub const fn of(&self) -> Confirmed {
        self.of
    }

    /// Whose word it is.
    #[must_use]
    pub const fn party(&self) -> ConfirmingParty {
        self.party
    }

    /// Whether they confirm.
    #[must_use]
    pub const fn stance(&self) -> ConfirmationStance {
        self.stance
    }

    /// In their words.
    #[must_use]
    pub const fn words(&self) -> Option<&Text<2000>> {
        self.words.as_ref()
    }

    /// Who wrote it down, and when.
    #[must_use]
    pub const fn made(&self) -> &Authorship {
        &self.made
    }
}

impl Confirmed {
    /// The topic of a text; none for the main goal.
    #[must_use]
    pub const fn topic(self) -> Option<Topic> {
        match self {
            Self::MainGoal { .. } => None,
            Self::Text { topic, .. } => Some(topic),
        }
    }

    /// The present version of the same thing, if there is one.
    fn present(of: Self, trail: &Trail, text: Option<&Narrative>) -> Option<Self> {
        match of {
            Self::MainGoal { .. } => trail.main_goal_set().map(|set| Self::MainGoal { set_at: set.at() }),
            Self::Text { topic, .. } => {
                let text = text.filter(|text| text.trail() == trail.id() && text.topic() == topic);
                text.map(|text| Self::Text { topic, revision: text.number() })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::trail::samples::{ended, started};
    use super::*;
    use crate::domain::samples::{by_spurv, morning};
    use crate::domain::{GoalKind, MainGoal, NarrativeId, NarrativeText};

    fn trail() -> Trail {
        let goal = MainGoal { kind: GoalKind::Work, description: Text::parse("Jobbe i bakeri").expect("a text") };
        started("2022-05-31", "2022-06-02").set_main_goal(goal, &by_spurv("2022-06-10")).expect("set").0
    }

    fn goal() -> Confirmed {
        Confirmed::MainGoal { set_at: morning("2022-06-10") }
    }

    fn confirm(
        number: u128,
        of: Confirmed,
        party: ConfirmingParty,
        text: Option<&Narrative>,
    ) -> Result<Confirmation, Rejection> {
        let new = NewConfirmation { of, party, stance: ConfirmationStance::Confirms, words: None };
        let (id, by) = (ConfirmationId::new(Uuid::from_u128(number)), by_spurv("2022-06-12"));
        Confirmation::make(id, &trail(), new, text, &by).map(|(confirmation, _)| confirmation)
    }

    fn differs(number: u128, words: Option<&str>) -> Result<Confirmation, Rejection> {
        let words = words.map(|words| Text::parse(words).expect("a text"));
        let (party, stance) = (ConfirmingParty::TreatmentTeam, ConfirmationStance::Differs);
        let (id, by) = (ConfirmationId::new(Uuid::from_u128(number)), by_spurv("2022-06-13"));
        let new = NewConfirmation { of: goal(), party, stance, words };
        Confirmation::make(id, &trail(), new, None, &by).map(|(confirmation, _)| confirmation)
    }

    #[test]
    fn s35_the_newest_word_of_each_party_on_a_version_is_shown() {
        // Given a goal that the participant and the treatment team confirmed, and the latter then saw otherwise
        let participant = confirm(1, goal(), ConfirmingParty::Participant, None).expect("made");
        let earlier = confirm(2, goal(), ConfirmingParty::TreatmentTeam, None).expect("made");
        let later = differs(3, Some("Først etter sommeren")).expect("made");
        let all = [&later, &participant, &earlier];
        let said: Vec<_> = Confirmation::on(&all, goal()).into_iter().map(|(party, it)| (party, it.stance())).collect();
        let expected = [
            (ConfirmingParty::Participant, ConfirmationStance::Confirms),
            (ConfirmingParty::TreatmentTeam, ConfirmationStance::Differs),
        ];
        assert_eq!(said, expected);
        assert_eq!(later.words().map(Text::as_str), Some("Først etter sommeren"));
        // and of another version nobody has said anything
        let next = Confirmed::MainGoal { set_at: morning("2022-06-20") };
        assert!(Confirmation::on(&all, next).is_empty());
    }

    #[test]
    fn s35_only_the_present_version_is_confirmed() {
        let text = NarrativeText::parse("Deltid fra høsten").expect("a text");
        let (topic, id) = (Topic::JobSearchFramework, NarrativeId::new(Uuid::from_u128(1)));
        let (plan, _) = Narrative::write(id, &trail(), topic, text, &by_spurv("2022-06-11")).expect("written");
        let of = |revision| Confirmed::Text { topic, revision };
        let party = ConfirmingParty::Counsellor;
        assert!(confirm(1, of(1), party, Some(&plan)).is_ok());
        for (of, text) in [
            (of(2), Some(&plan)),
            (of(1), None),
            (Confirmed::Text { topic: Topic::Geography, revision: 1 }, Some(&plan)),
            (Confirmed::MainGoal { set_at: morning("2022-06-09") }, None),
        ] {
            assert_eq!(confirm(1, of, party, text), Err(Rejection::NotThePresentVersion), "{of:?}");
        }
    }

    #[test]
    fn s35_whoever_differs_says_how_and_nothing_is_confirmed_on_an_ended_trail() {
        assert_eq!(differs(1, None), Err(Rejection::DifferenceWithoutWords));
        let ended = ended();
        let new = NewConfirmation {
            of: goal(),
            party: ConfirmingParty::Specialist,
            stance: ConfirmationStance::Confirms,
            words: None,
        };
        let id = ConfirmationId::new(Uuid::from_u128(1));
        let refused = Confirmation::make(id, &ended, new, None, &by_spurv("2023-06-12"));
        assert_eq!(refused.map(|_| ()), Err(Rejection::TrailEnded { trail: ended.id() }));
    }

    #[test]
    fn s35_each_gives_their_own_word_and_the_specialist_writes_down_what_was_said() {
        let own = [
            (Role::Participant, ConfirmingParty::Participant),
            (Role::TreatmentTeamMember, ConfirmingParty::TreatmentTeam),
            (Role::Counsellor, ConfirmingParty::Counsellor),
        ];
        for party in ConfirmingParty::ALL {
            assert!(party.is_voiced_by(Role::Specialist));
            for (role, theirs) in own {
                assert_eq!(party.is_voiced_by(role), party == theirs, "{role:?} {party:?}");
            }
            assert!(!party.is_voiced_by(Role::Supervisor));
        }
    }
}
