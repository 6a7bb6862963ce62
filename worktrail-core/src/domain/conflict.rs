//! Declared conflicts of interest: nobody opens, owns, reads or follows their own or a relative's case.

use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::fact::Fact;
use super::id::{ConflictId, ParticipantId, StaffId};
use super::kept::kept;
use super::moment::Authorship;
use super::rejection::Rejection;
use super::text::Text;
use super::thing::Thing;

coded! {
    /// What ties a member of staff to a participant.
    pub silent enum Tie {
        /// They are the same person.
        Themself = "self", "Egen sak", "Own case";
        /// They are close relatives, or live together.
        CloseRelative = "close_relative", "Nær familie", "Close relative";
        /// They are friends, or at odds.
        Friend = "friend", "Venn eller uvenn", "Friend or adversary";
        /// Something else gives reason to doubt.
        Other = "other", "Annen særlig grunn", "Other particular reason";
    }
}

/// That a member of staff is not impartial towards a participant (*habilitet*), as they declared themselves.
///
/// While it stands, the participant's case is not there to them, in whatever role (of state; rights and lists ask for it).
/// There is one for each participant and member of staff. It is lifted by somebody else, with a reason, and can be
/// declared again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    id: ConflictId,
    participant: ParticipantId,
    staff: StaffId,
    tie: Tie,
    declared: Authorship,
    lifted: Option<Lifted>,
}

/// Why a conflict was lifted, by whom and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifted {
    #[serde(deserialize_with = "kept")]
    reason: Text<500>,
    authorship: Authorship,
}

impl Lifted {
    /// Why.
    #[must_use]
    pub const fn reason(&self) -> &Text<500> {
        &self.reason
    }

    /// By whom, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }
}

impl Conflict {
    /// Declares a conflict.
    #[must_use]
    pub fn declare(
        id: ConflictId,
        participant: ParticipantId,
        staff: StaffId,
        tie: Tie,
        by: &Authorship,
    ) -> (Self, Fact) {
        let fact = Fact::ConflictDeclared { conflict: id, participant, staff, tie };
        (Self { id, participant, staff, tie, declared: *by, lifted: None }, fact)
    }

    /// Declares one again that was lifted.
    ///
    /// # Errors
    /// [`Rejection::AlreadyExists`] while it stands.
    pub fn declare_again(self, tie: Tie, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        if self.stands() {
            return Err(Rejection::AlreadyExists { what: Thing::Conflict });
        }
        Ok(Self::declare(self.id, self.participant, self.staff, tie, by))
    }

    /// Lifts it: never by the one who declared it (of transition).
    ///
    /// # Errors
    /// [`Rejection::ByAnother`]; [`Rejection::AlreadyEnded`] when it was lifted.
    pub fn lift(mut self, reason: Text<500>, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        if by.by() == self.staff.into() {
            return Err(Rejection::ByAnother);
        }
        if let Some(lifted) = &self.lifted {
            return Err(Rejection::AlreadyEnded { what: Thing::Conflict, on: lifted.authorship.day() });
        }
        let fact = Fact::ConflictLifted {
            conflict: self.id,
            participant: self.participant,
            staff: self.staff,
            reason: reason.clone(),
        };
        self.lifted = Some(Lifted { reason, authorship: *by });
        Ok((self, fact))
    }

    /// Whether it stands: it was not lifted.
    #[must_use]
    pub const fn stands(&self) -> bool {
        self.lifted.is_none()
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> ConflictId {
        self.id
    }

    /// Towards whom.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// Whose.
    #[must_use]
    pub const fn staff(&self) -> StaffId {
        self.staff
    }

    /// What ties them.
    #[must_use]
    pub const fn tie(&self) -> Tie {
        self.tie
    }

    /// Who declared it, and when.
    #[must_use]
    pub const fn declared(&self) -> &Authorship {
        &self.declared
    }

    /// Why, by whom and when it was lifted.
    #[must_use]
    pub const fn lifted(&self) -> Option<&Lifted> {
        self.lifted.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::samples::{by_spurv, morning, participant_id, ravn, spurv};

    #[test]
    fn a_conflict_stands_until_somebody_else_lifts_it_with_a_reason() {
        // given SPURV, who declared that the participant is a relative
        let id = ConflictId::new(Uuid::from_u128(1));
        let by = by_spurv("2022-06-01");
        let (conflict, fact) = Conflict::declare(id, participant_id(), spurv(), Tie::CloseRelative, &by);
        assert_eq!((conflict.stands(), fact.code()), (true, "conflict_declared"));
        let again = conflict.clone().declare_again(Tie::Friend, &by);
        assert_eq!(again, Err(Rejection::AlreadyExists { what: Thing::Conflict }));
        // when they would lift it themself, then it is refused
        let reason = || Text::parse("Meldt ved en feil").expect("a text");
        assert_eq!(conflict.clone().lift(reason(), &by), Err(Rejection::ByAnother));
        // when another does, then it does not stand, and is not lifted twice
        let by_ravn = Authorship::new(ravn(), morning("2022-06-02"));
        let (lifted, _) = conflict.lift(reason(), &by_ravn).expect("lifted");
        assert!(!lifted.stands() && lifted.lifted().is_some());
        let twice = lifted.clone().lift(reason(), &by_ravn).unwrap_err();
        assert_eq!(twice, Rejection::AlreadyEnded { what: Thing::Conflict, on: by_ravn.day() });
        // and it can be declared again
        assert!(lifted.declare_again(Tie::Friend, &by).expect("declared").0.stands());
    }

    #[test]
    fn what_ties_them_is_not_shown() {
        assert_eq!(format!("{:?}", Tie::CloseRelative), "Tie(…)");
    }
}
