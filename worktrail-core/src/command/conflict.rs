//! Commands about declared conflicts of interest.

use serde::{Deserialize, Serialize};

use super::{Bounds, Command, Decided, Place, World};
use crate::access::Right;
use crate::domain::{
    Conflict, ConflictId, Membership, Participant, ParticipantId, Rejection, Staff, StaffId, Team, TeamId, Text, Thing,
    Tie, TrailAudience,
};

/// Whoever acts, as a member of staff: no membership bears it out.
pub(crate) struct StaffThemself(pub(crate) StaffId);

impl Place for StaffThemself {
    fn bounds(&self) -> Bounds {
        let owner = Some(self.0);
        Bounds { thing: Thing::Membership, person: None, owner, team: None, audience: TrailAudience::Team }
    }
}

/// Declares that one is not impartial towards a participant (*habilitet*): from then on the participant and their trails
/// are not there to the one who declared it, in any role and any list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct DeclareConflict {
    /// The id of the conflict, if it is the first one with this participant.
    pub conflict: ConflictId,
    /// Towards whom.
    pub participant: ParticipantId,
    /// What ties them.
    pub tie: Tie,
}

impl Command for DeclareConflict {
    type Reply = ConflictId;

    const NAME: &'static str = "declare_conflict";
    const RIGHT: Right = Right::DeclareConflict;

    fn decide(&self, world: &World<'_>) -> Decided<ConflictId> {
        let staff = StaffId::new(world.actor().as_uuid());
        let permit = world.may(&StaffThemself(staff))?;
        let participant = world.get::<Participant>(self.participant);
        let own = world.find::<Staff>(staff);
        let id_is_new = world.is_new::<Conflict>(self.conflict);
        let present = world.find_by(&Conflict::between(self.participant, staff));
        let (participant, by) = (participant?.id(), world.authorship());
        let (conflict, fact) = if let Some(former) = present? {
            former.clone().declare_again(self.tie, &by)?
        } else {
            id_is_new?;
            Conflict::declare(self.conflict, participant, staff, self.tie, &by)
        };
        let decision = permit.reply(conflict.id()).tell(&conflict, fact).save(conflict);
        // Their own record is saved anew, as it is: whatever is decided on its revision knows of no conflict yet.
        Ok(match own? {
            Some(own) => decision.save(own.clone()),
            None => decision,
        })
    }
}

/// Lifts the conflict that a member of one's team declared, with a reason. Nobody lifts their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct LiftConflict {
    /// Towards whom.
    pub participant: ParticipantId,
    /// Whose.
    pub staff: StaffId,
    /// A team that they belong to.
    pub team: TeamId,
    /// Why.
    pub reason: Text<500>,
}

impl Command for LiftConflict {
    type Reply = ();

    const NAME: &'static str = "lift_conflict";
    const RIGHT: Right = Right::LiftConflict;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let impartial = world.is_impartial_to(self.participant);
        let conflict = world.find_by(&Conflict::between(self.participant, self.staff));
        let membership = world.find_by(&Membership::by_team_and_staff(self.team, self.staff));
        let (impartial, conflict, membership) = (impartial?, conflict?, membership?);
        // Whoever declared a conflict with the same person lifts none of others; their own they are told apart.
        let own = world.actor() == self.staff.into();
        let member = membership.is_some_and(|it| it.is_active_on(world.today()));
        let conflict = conflict.filter(|_| member && (impartial || own));
        let conflict = conflict.ok_or(Rejection::NotFound { what: Thing::Conflict })?;
        let (conflict, fact) = conflict.clone().lift(self.reason.clone(), &world.authorship())?;
        Ok(permit.reply(()).tell(&conflict, fact).save(conflict))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{declare_conflict, lift_conflict, newcomer};
    use super::super::scene::{decide, everyday, partial, specialist, supervisor, told};
    use super::*;
    use crate::domain::samples::{participant_id, ravn, spurv};
    use crate::record::samples::id;

    #[test]
    fn a_conflict_is_declared_once_with_each_participant() {
        let picture = everyday().picture();
        let command = declare_conflict();
        assert_eq!(told(&decide(&picture, &specialist(), &command).unwrap()), ["conflict_declared"]);
        let again = everyday().with(&partial(spurv(), command.participant)).picture();
        let exists = Rejection::AlreadyExists { what: Thing::Conflict };
        assert_eq!(decide(&again, &specialist(), &command).unwrap_err(), exists);
        let nobody = DeclareConflict { participant: ParticipantId::new(id(0xEE)), ..command };
        let missing = Rejection::NotFound { what: Thing::Participant };
        assert_eq!(decide(&picture, &specialist(), &nobody).unwrap_err(), missing);
    }

    #[test]
    fn a_conflict_is_lifted_by_an_impartial_supervisor_of_the_one_who_declared_it() {
        let command = lift_conflict();
        let decision = decide(&everyday().picture(), &supervisor(), &command);
        assert_eq!(told(&decision.unwrap()), ["conflict_lifted"]);
        // given a supervisor who declared one too, then there is none to them but their own, which is another's to lift
        let missing = Rejection::NotFound { what: Thing::Conflict };
        let both = || everyday().with(&partial(ravn(), command.participant)).picture();
        assert_eq!(decide(&both(), &supervisor(), &command).unwrap_err(), missing);
        let own = LiftConflict { staff: ravn(), ..command.clone() };
        assert_eq!(decide(&both(), &supervisor(), &own).unwrap_err(), Rejection::ByAnother);
        // and of somebody who is no member, or has none, there is none
        let stranger = everyday().with(&partial(newcomer(), command.participant)).picture();
        let theirs = LiftConflict { staff: newcomer(), ..command.clone() };
        assert_eq!(decide(&stranger, &supervisor(), &theirs).unwrap_err(), missing);
        let none = LiftConflict { participant: participant_id(), ..command };
        assert_eq!(decide(&everyday().picture(), &supervisor(), &none).unwrap_err(), missing);
    }
}
