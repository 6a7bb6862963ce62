//! Merging two participants who are one person (S30).

use serde::{Deserialize, Serialize};

use super::participant::may_be_found;
use super::{Command, Decided, PersonInTeam, World};
use crate::access::Right;
use crate::domain::{Line, ParticipantId, Rejection, Team, TeamId, Thing};

/// Merges a participant into another: they are one person who was registered twice.
///
/// From then on the kept one is found by the numbers of both. What is held about the merged one stays where it is, and
/// says who stands for it: trails keep their history, and are the kept one's to read. The merged one must not have an open
/// trail; the one who has it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct MergeParticipants {
    /// The team whose supervisor does it.
    pub team: TeamId,
    /// Who stands for both from now on.
    pub kept: ParticipantId,
    /// Who is merged.
    pub merged: ParticipantId,
    /// Why they are held to be one.
    pub reason: Line<300>,
}

impl Command for MergeParticipants {
    type Reply = ();

    const NAME: &'static str = "merge_participants";
    const RIGHT: Right = Right::CorrectIdentity;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let team = world.get::<Team>(self.team)?;
        let permit = world.may(team)?;
        let kept = PersonInTeam::find(world, self.kept, self.team);
        let merged = PersonInTeam::find(world, self.merged, self.team);
        let (kept, merged) = (kept?, merged?);
        let found = may_be_found(world, team, kept.participant());
        let other_found = may_be_found(world, team, merged.participant());
        if !(found? && other_found?) {
            return Err(Rejection::NotFound { what: Thing::Participant }.into());
        }
        let open = merged.trails().iter().find(|trail| !trail.is_ended());
        if let Some(open) = open.filter(|_| self.kept != self.merged) {
            return Err(Rejection::TrailStillOpen { trail: open.id() }.into());
        }
        let (kept, merged, [told, of_merged]) =
            kept.participant().clone().merge(merged.participant().clone(), self.reason.clone())?;
        Ok(permit.reply(()).tell(&kept, told).tell(&merged, of_merged).save(kept).save(merged))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{
        change_protection, merge_participants, open, receive_referral, reopen_trail, state_birth_date, trail_id,
    };
    use super::super::scene::{decide, elsewhere, everyday, free, person, specialist, supervisor, told};
    use super::super::{ChangeProtection, Picture, ReleaseTrails};
    use super::*;
    use crate::domain::samples::{participant_id, team};

    #[test]
    fn s30_a_supervisor_merges_two_who_are_one_and_both_histories_say_so() {
        let decision = decide(&everyday().picture(), &supervisor(), &merge_participants()).unwrap();
        assert_eq!(told(&decision), ["participants_merged", "participants_merged"]);
        assert_eq!(decision.saved().len(), 2);
        let refused = decide(&everyday().picture(), &specialist(), &merge_participants()).unwrap_err();
        assert_eq!(refused, Rejection::NotAllowed { right: "correct_identity" });
    }

    #[test]
    fn s30_i2_whoever_has_the_open_trail_is_kept() {
        let command = MergeParticipants { kept: free(), merged: participant_id(), ..merge_participants() };
        let open = Rejection::TrailStillOpen { trail: trail_id() };
        assert_eq!(decide(&everyday().picture(), &supervisor(), &command).unwrap_err(), open);
    }

    #[test]
    fn s30_da3_somebody_whom_the_team_may_not_find_is_not_there() {
        let missing = Rejection::NotFound { what: Thing::Participant };
        let withheld = ParticipantId::new(crate::record::samples::id(0x105));
        for merged in [elsewhere().0.id(), withheld] {
            let command = MergeParticipants { merged, ..merge_participants() };
            assert_eq!(decide(&everyday().picture(), &supervisor(), &command).unwrap_err(), missing);
        }
    }

    #[test]
    fn s30_for_whoever_was_merged_nothing_is_begun_and_nothing_changed() {
        let kept = ParticipantId::new(crate::record::samples::id(0x1F0));
        let merged = |who: ParticipantId| -> Picture {
            let (kept, merged, _) = person(kept).merge(person(who), merge_participants().reason).unwrap();
            everyday().with(&kept).with(&merged).picture()
        };
        let (ended, withheld) = [0x104, 0x105].map(|it| ParticipantId::new(crate::record::samples::id(it))).into();
        let protect = ChangeProtection { participant: free(), ..change_protection() };
        let release = ReleaseTrails { participant: withheld, team: team() };
        let by = supervisor();
        let refusals = [
            decide(&merged(free()), &specialist(), &open()).unwrap_err(),
            decide(&merged(free()), &by, &receive_referral()).unwrap_err(),
            decide(&merged(free()), &by, &state_birth_date()).unwrap_err(),
            decide(&merged(free()), &by, &protect).unwrap_err(),
            decide(&merged(withheld), &by, &release).unwrap_err(),
            decide(&merged(ended), &by, &reopen_trail()).unwrap_err(),
        ];
        assert_eq!(refusals, [(); 6].map(|()| Rejection::MergedInto { into: kept }));
    }
}
