//! Merging two participants who are one person (S30).

use serde::{Deserialize, Serialize};

use super::participant::may_be_found;
use super::{Command, Decided, OwnRules, World, trails_of};
use crate::access::Right;
use crate::domain::{Line, Participant, ParticipantId, Rejection, Team, TeamId, Thing};

/// Merges a participant into another: they are one person who was registered twice.
///
/// From then on the kept one is found by the numbers of both. What is held about the merged one stays where it is, and
/// says who stands for it: trails keep their history, and are the kept one's to read. Both have the stronger protection of
/// the two from then on (`DA4`). The merged one must not have an open trail; the one who has it is kept.
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
        let (kept, merged) = (world.get::<Participant>(self.kept), world.get::<Participant>(self.merged));
        let (kept, merged) = (kept?, merged?);
        let (found, other_found) = (may_be_found(world, team, kept), may_be_found(world, team, merged));
        if !(found? && other_found?) {
            return Err(Rejection::NotFound { what: Thing::Participant }.into());
        }
        let trails = trails_of(world, merged)?;
        let open = trails.iter().find(|trail| !trail.is_ended());
        if let Some(open) = open.filter(|_| self.kept != self.merged) {
            return Err(Rejection::TrailStillOpen { trail: open.id() }.into());
        }
        let (kept, merged) = (kept.clone(), merged.clone());
        let (kept, merged, [of_kept, of_merged]) = kept.merge(merged, self.reason.clone(), &world.authorship())?;
        let decision = of_kept.into_iter().fold(permit.reply(()), |decision, fact| decision.tell(&kept, fact));
        let decision = of_merged.into_iter().fold(decision, |decision, fact| decision.tell(&merged, fact));
        Ok(decision.save(kept).save(merged))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["kept", "merged"], |_| {
            let itself = (self.kept == self.merged).then_some(Rejection::NothingChanges);
            itself.into_iter().collect()
        });
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::super::samples::{
        ask_where_open, change_protection, merge_participants, open, receive_referral, reopen_trail, state_birth_date,
        trail_id,
    };
    use super::super::scene::{decide, elsewhere, everyday, free, other_team, person, specialist, supervisor, told};
    use super::super::{AskWhereOpen, ChangeProtection, Picture, ReleaseTrails};
    use super::*;
    use crate::access::{Actor, Purpose};
    use crate::desk::spy::desk;
    use crate::domain::samples::{by_spurv, participant_id, team};
    use crate::domain::{
        AddressProtection, FactSource, NationalId, NewParticipant, Participant, Protection, Role, StaffId,
        StaffShielding,
    };
    use crate::question::ReadTrail;
    use crate::record::samples::{self, id};
    use crate::store::CommandId;

    #[test]
    fn s30_a_supervisor_merges_two_who_are_one_and_both_histories_say_so() {
        let decision = decide(&everyday().picture(), &supervisor(), &merge_participants()).unwrap();
        assert_eq!(told(&decision), ["participants_merged", "participants_merged"]);
        assert_eq!(decision.saved().len(), 2);
        let refused = decide(&everyday().picture(), &specialist(), &merge_participants()).unwrap_err();
        assert_eq!(refused, Rejection::NotAllowed { right: "correct_identity" });
    }

    #[test]
    fn da4_da3_who_is_merged_with_somebody_protected_is_protected_at_every_exit() {
        // given somebody unprotected with an open trail and a known residence in the other team, and the same person
        // registered once more, with a confidential address, under another number
        let by = by_spurv("2022-06-01");
        let (open, trail) = elsewhere();
        let (open, _) = open.state_residence(samples::residence(), FactSource::Register, &by).unwrap();
        let protection = Protection::new(AddressProtection::Confidential, StaffShielding::None);
        let national_id = NationalId::parse("15819010045").ok();
        let new = NewParticipant { national_id: national_id.clone(), protection, ..samples::new_participant() };
        let (graded, _) = Participant::register(ParticipantId::new(id(0x1E1)), new, &by).unwrap();
        let who = StaffId::new(id(0x5E2));
        let scene = everyday().with(&open).with(&graded).with_member(who, &other_team(), Role::Supervisor);
        let (desk, theirs) = (desk(scene.store()), Actor::staff(who, [Role::Supervisor], Purpose::Supervision));
        // when the other team's supervisor merges the two
        let merge = MergeParticipants {
            team: other_team().id(),
            kept: open.id(),
            merged: graded.id(),
            reason: samples::line(),
        };
        block_on(desk.run(&theirs, CommandId::new(id(0xC1)), &merge)).unwrap();
        // then our team is not told by either number where the trail is open
        for number in [open.national_id().cloned(), national_id] {
            let ask = AskWhereOpen { number: number.unwrap().into(), ..ask_where_open() };
            let told = block_on(desk.run(&specialist(), CommandId::new(id(0xC2)), &ask)).unwrap_err();
            assert_eq!(told.rejection(), Some(&Rejection::CannotOpenHere));
        }
        // and where they live is shown to nobody
        let file = block_on(desk.ask(&theirs, &ReadTrail { trail: trail.id() })).unwrap();
        assert_eq!(file.participant.unwrap().residence(), None);
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
        let withheld = ParticipantId::new(id(0x105));
        for merged in [elsewhere().0.id(), withheld] {
            let command = MergeParticipants { merged, ..merge_participants() };
            assert_eq!(decide(&everyday().picture(), &supervisor(), &command).unwrap_err(), missing);
        }
    }

    #[test]
    fn s30_for_whoever_was_merged_nothing_is_begun_and_nothing_changed() {
        let kept = ParticipantId::new(id(0x1F0));
        let merged = |who: ParticipantId| -> Picture {
            let (reason, by) = (merge_participants().reason, by_spurv("2022-08-01"));
            let (kept, merged, _) = person(kept).merge(person(who), reason, &by).unwrap();
            everyday().with(&kept).with(&merged).picture()
        };
        let (ended, withheld) = [0x104, 0x105].map(|it| ParticipantId::new(id(it))).into();
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
