//! Commands about trails: opening, start, phases, goal, ending.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::finding::{relist, trails_of};
use super::followers::Followers;
use super::{Bounds, Command, Decided, Place, Return, Stop, Surroundings, World};
use crate::access::Right;
use crate::domain::{
    Attestation, AttestationId, AttestationKind, Conflict, EndReason, Ending, ExclusionNote, Fact, MainGoal,
    Membership, Method, NameEntry, Opening, Participant, ParticipantId, Phase, Presence, ReceivedReferral, Referral,
    ReferralId, Rejection, Role, StaffId, Team, TeamId, Thing, Trail, TrailId, Transfer, TransferId,
};

impl Place for Trail {
    fn bounds(&self) -> Bounds {
        Bounds {
            thing: Thing::Trail,
            person: Some(self.participant()),
            owner: Some(self.owner()),
            team: Some(self.team()),
            audience: self.audience(),
        }
    }

    fn covered(&self) -> Option<TrailId> {
        (!self.is_ended()).then_some(self.id())
    }

    fn open_to_participant_until(&self) -> Option<NaiveDate> {
        Self::open_to_participant_until(self)
    }
}

/// Something attested together with an act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attested {
    /// The id of the attestation.
    pub attestation: AttestationId,
    /// What is attested.
    pub kind: AttestationKind,
}

/// Opens a trail for a participant who has no open one (`I2`).
///
/// An owner who is not the one who acts is asked whether they keep it (S105): see [`AcceptTransfer`](super::AcceptTransfer).
///
/// Whatever stands in the way of a person whose trail cannot be opened, the answer is the same (`DA3`): an open trail,
/// strict protection, or trails that were withheld and not released since, unless the team is a cleared one (`DA4`); and a
/// conflict of interest that the one who acts has declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct OpenTrail {
    /// The id of the trail.
    pub trail: TrailId,
    /// For whom.
    pub participant: ParticipantId,
    /// In which team.
    pub team: TeamId,
    /// Who will own it: the one who acts, when left out.
    pub owner: Option<StaffId>,
    /// By which method.
    pub method: Method,
    /// What led to it.
    pub referral: Referral,
    /// What is attested: the right person, the rights information, a guardian's consent (`I4`, `DC7`).
    pub attestations: Vec<Attested>,
    /// The received referral that it accepts (S25); `referral` then repeats its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_referral: Option<ReferralId>,
    /// The ended trail that it follows, when somebody comes back (`DB4`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns: Option<Return>,
}

impl Command for OpenTrail {
    type Reply = TrailId;

    const NAME: &'static str = "open_trail";
    const RIGHT: Right = Right::OpenTrail;

    fn decide(&self, world: &World<'_>) -> Decided<TrailId> {
        let team = world.get::<Team>(self.team)?;
        let permit = world.may(team)?;
        let owner = self.owner.unwrap_or_else(|| StaffId::new(world.actor().as_uuid()));
        let participant = world.get::<Participant>(self.participant);
        let open = world.find_by(&Trail::open_of(self.participant));
        let listed = world.children::<NameEntry, Participant>(self.participant);
        let id_is_new = world.is_new::<Trail>(self.trail);
        let assignment = TransferId::new(self.trail.as_uuid());
        let assignment_is_new = world.is_new::<Transfer>(assignment);
        let ownership = may_own(world, self.team, owner, self.participant);
        let impartial = world.is_impartial_to(self.participant);
        let received = self.by_referral.map(|id| world.find::<ReceivedReferral>(id)).transpose();
        let former = self.returns.as_ref().map(|returns| returns.look_up(world)).transpose();
        // All are looked up before the first is needed, so that they come in one load.
        let attestations_are_new: Vec<_> =
            self.attestations.iter().map(|it| world.is_new::<Attestation>(it.attestation)).collect();
        let (participant, open, impartial) = (participant?, open?, impartial?);
        let trails = trails_of(world, participant)?;
        let (received, former) = (received?, former?);
        id_is_new?;
        assignment_is_new?;
        ownership?;
        attestations_are_new.into_iter().collect::<Result<(), Stop>>()?;
        let ids: BTreeSet<_> = self.attestations.iter().map(|it| it.attestation).collect();
        if ids.len() < self.attestations.len() {
            return Err(Rejection::AlreadyExists { what: Thing::Attestation }.into());
        }
        // One answer in one place: what would be refused for another reason must not be told apart by that reason.
        let is_withheld = participant.protection().is_strict() || trails.iter().any(|trail| trail.is_withheld());
        let has_open = open.is_some() || trails.iter().any(|trail| !trail.is_ended());
        if has_open || !impartial || is_withheld && team.clearance().is_ordinary() {
            return Err(Rejection::CannotOpenHere.into());
        }
        participant.must_stand_for_themself()?;
        if team.method() != self.method {
            return Err(Rejection::NotTheTeamsMethod { method: self.method }.into());
        }
        let by = world.authorship();
        let attestations: Vec<_> = self
            .attestations
            .iter()
            .map(|it| Attestation::make(it.attestation, self.participant, it.kind.clone(), &by))
            .collect();
        let made: Vec<&Attestation> = attestations.iter().map(|(attestation, _)| attestation).collect();
        let (method, clearance) = (self.method, team.clearance());
        let opening = Opening { method, referral: self.referral.clone(), team: self.team, clearance, owner };
        let (mut trail, opened) = Trail::open(self.trail, opening, participant, &made, &by)?;
        let decision = relist(permit.reply(self.trail), &listed?, participant, Some(&trail));
        let mut decision = decision.tell(&trail, opened);
        if let Some(variant) = team.variant() {
            let set;
            (trail, set) = trail.set_variant(Some(variant))?;
            decision = decision.tell(&trail, set);
        }
        // The same records, whoever becomes the owner (`DB13`), and the question whether they keep it: it has the trail's id.
        if let Some((asked, fact)) = Transfer::assign(assignment, &trail, &by) {
            decision = decision.tell(&asked, fact).save(asked);
        }
        if let Some(received) = received {
            let theirs = received.filter(|it| (it.participant(), it.team()) == (self.participant, self.team));
            let received = theirs.ok_or(Rejection::NotFound { what: Thing::Referral })?;
            let (received, accepted) = received.clone().accept(&trail, &by)?;
            decision = decision.tell(&received, accepted).save(received);
        }
        let (trail, mut decision) = match (&self.returns, former) {
            (Some(returns), Some(former)) => returns.take_along(former, trail, decision, &by)?,
            _ => (trail, decision),
        };
        decision = decision.save(trail);
        for (attestation, fact) in attestations {
            decision = decision.tell(&attestation, fact).save(attestation);
        }
        Ok(decision)
    }
}

/// Attests something later on: that the participant was informed of a new version of the notice, for instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Attest {
    /// The trail.
    pub trail: TrailId,
    /// What is attested.
    pub attested: Attested,
}

impl Command for Attest {
    type Reply = AttestationId;

    const NAME: &'static str = "attest";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<AttestationId> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        trail.must_be_open()?;
        let Attested { attestation: id, kind } = &self.attested;
        world.is_new::<Attestation>(*id)?;
        let (attestation, fact) = Attestation::make(*id, trail.participant(), kind.clone(), &world.authorship());
        Ok(permit.reply(*id).tell(&attestation, fact).save(attestation))
    }
}

/// Holds the start-up meeting: the day on which the clock of `DC1` begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct HoldStartUpMeeting {
    /// The trail.
    pub trail: TrailId,
    /// The day.
    pub on: NaiveDate,
}

impl Command for HoldStartUpMeeting {
    type Reply = ();

    const NAME: &'static str = "hold_start_up_meeting";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let (trail, fact) = trail.clone().hold_start_up_meeting(self.on, &world.authorship())?;
        Ok(permit.reply(()).tell(&trail, fact).save(trail))
    }
}

/// Moves a trail to another phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct MoveTo {
    /// The trail.
    pub trail: TrailId,
    /// The phase.
    pub phase: Phase,
    /// The first day in it.
    pub on: NaiveDate,
}

impl Command for MoveTo {
    type Reply = ();

    const NAME: &'static str = "move_to";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let (trail, fact) = trail.clone().move_to(self.phase, self.on, &world.authorship())?;
        Ok(permit.reply(()).tell(&trail, fact).save(trail))
    }
}

/// Done with this phase: moves a trail to the next one on its method's ladder (seed row 114).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct AdvancePhase {
    /// The trail.
    pub trail: TrailId,
    /// The first day in the next phase.
    pub on: NaiveDate,
}

impl Command for AdvancePhase {
    type Reply = Phase;

    const NAME: &'static str = "advance_phase";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<Phase> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let (trail, fact) = trail.clone().advance(self.on, &world.authorship())?;
        Ok(permit.reply(trail.phase()).tell(&trail, fact).save(trail))
    }
}

/// Sets the main goal of a trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct SetMainGoal {
    /// The trail.
    pub trail: TrailId,
    /// The goal.
    pub goal: MainGoal,
}

impl Command for SetMainGoal {
    type Reply = ();

    const NAME: &'static str = "set_main_goal";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let (trail, fact) = trail.clone().set_main_goal(self.goal.clone(), &world.authorship())?;
        Ok(permit.reply(()).tell(&trail, fact).save(trail))
    }
}

/// Ends a trail, with its reason: one act, and nothing half-way (`I9`). What is still open is noted (row 44);
/// [`EndingChecklist`](crate::question::EndingChecklist) shows it beforehand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct EndTrail {
    /// The trail.
    pub trail: TrailId,
    /// Its last day.
    pub on: NaiveDate,
    /// Why.
    pub reason: EndReason,
    /// The specialist's reason and a day to offer help again, when the end reason raises the zero-exclusion flag
    /// (`DB10`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclusion: Option<ExclusionNote>,
}

impl Command for EndTrail {
    type Reply = ();

    const NAME: &'static str = "end_trail";
    const RIGHT: Right = Right::EndTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let followers = Followers::of(world, self.trail);
        let surroundings = Surroundings::of(trail, world);
        let participant = world.get::<Participant>(trail.participant());
        let listed = world.children::<NameEntry, Participant>(trail.participant());
        let (surroundings, participant, listed) = (surroundings?, participant?, listed?);
        let open = trail.open_matters(surroundings.around(), self.on, world.now());
        let ending = Ending { on: self.on, reason: self.reason };
        let (trail, ended) = trail.clone().end(ending, &surroundings.jobs, &world.authorship())?;
        let (trail, raised) = trail.answer_exclusion(self.exclusion.clone())?;
        let mut decision = relist(permit.reply(()), &listed, participant, Some(&trail)).tell(&trail, ended);
        if !open.is_empty() {
            decision = decision.tell(&trail, Fact::EndingChecked { trail: self.trail, open });
        }
        if let Some(raised) = raised {
            decision = decision.tell(&trail, raised);
        }
        Ok(followers.follow(world, &trail, decision)?.save(trail))
    }
}

/// Refuses whoever [cannot own](can_own) a trail.
pub(super) fn may_own(world: &World<'_>, team: TeamId, owner: StaffId, participant: ParticipantId) -> Result<(), Stop> {
    if can_own(world, team, owner, participant)? {
        Ok(())
    } else {
        Err(Rejection::NotFound { what: Thing::Membership }.into())
    }
}

/// Whether somebody can own a trail of a team: a present specialist of it (S105), a member who is not away today, and who
/// has declared no conflict of interest with the participant. Whichever of these it is not, the answer is the same.
pub(super) fn can_own(
    world: &World<'_>,
    team: TeamId,
    staff: StaffId,
    participant: ParticipantId,
) -> Result<bool, Stop> {
    let membership = world.find_by(&Membership::by_team_and_staff(team, staff));
    let conflict = world.find_by(&Conflict::between(participant, staff));
    let (membership, conflict) = (membership?, conflict?);
    let present = |it: &Membership| it.role() == Role::Specialist && it.presence_on(world.today()) == Presence::Present;
    Ok(membership.is_some_and(present) && !conflict.is_some_and(Conflict::stands))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{attested, end_trail, fresh_trail_id, newcomer, open, trail_id};
    use super::super::scene::{
        Scene, decide, everyday, free, member, now, our_team, person, specialist, supervisor, told,
    };
    use super::*;
    use crate::domain::samples::{by_spurv, day, participant_id, ravn, spurv};
    use crate::domain::{
        AddressProtection, BirthDate, DayOf, Formality, GoalKind, NewParticipant, OpenMatter, OtherEnding, Period,
        Protection, StaffShielding, TransferKind,
    };
    use crate::record::samples::{self, id};

    fn refused<C: Command>(scene: Scene, command: &C) -> Rejection
    where
        C::Reply: std::fmt::Debug,
    {
        decide(&scene.picture(), &specialist(), command).unwrap_err()
    }

    /// The places that an open trail has in the list of names, one for each word of the name.
    const NAMES: usize = 3;

    /// The participant without a trail, with another birth date and protection.
    fn free_but(born: Option<&str>, protection: Protection) -> Participant {
        let birth_date = born.map(|born| BirthDate::parse(born).unwrap());
        let new = NewParticipant { birth_date, protection, national_id: None, ..samples::new_participant() };
        Participant::register(free(), new, &by_spurv("2022-05-31")).unwrap().0
    }

    #[test]
    fn a_trail_is_opened_with_its_attestations() {
        let decision = decide(&everyday().picture(), &specialist(), &open()).unwrap();
        assert_eq!(told(&decision), ["trail_opened", "attested", "attested", "attested"]);
        // the trail, its attestations, and the places in the list of names
        assert_eq!((*decision.reply(), decision.saved().len()), (open().trail, 4 + NAMES));
    }

    #[test]
    fn i1_a_trail_is_opened_by_the_method_of_its_team() {
        let method = Method::SupportedEmployment;
        let other = OpenTrail { method, ..open() };
        assert_eq!(refused(everyday(), &other), Rejection::NotTheTeamsMethod { method });
    }

    #[test]
    fn s105_row_9_an_owner_who_did_not_open_the_trail_is_asked() {
        // given a supervisor who opens a trail for a specialist; the specialist opens one for themself
        let (picture, own) = (everyday().picture(), OpenTrail { owner: None, ..open() });
        let assigned = decide(&picture, &supervisor(), &open()).unwrap();
        // then the trail is the specialist's at once, with the same records (DB13), and the question beside them
        let told_of =
            |decision| told::<TrailId>(decision).into_iter().filter(|it| *it != "transfer_proposed").collect();
        let own = decide(&picture, &specialist(), &own).unwrap();
        let (of_own, of_assigned): (Vec<_>, Vec<_>) = (told_of(&own), told_of(&assigned));
        assert_eq!(of_own, of_assigned);
        assert_eq!((own.saved().len(), assigned.saved().len()), (4 + NAMES, 5 + NAMES));
        let asked = assigned.facts().find_map(|fact| match fact {
            Fact::TransferProposed { kind, from, to, answer_by, .. } => Some((*kind, from.owner, to.owner, *answer_by)),
            _ => None,
        });
        assert_eq!(asked, Some((TransferKind::Assignment, ravn(), spurv(), day("2022-09-15"))));
    }

    #[test]
    fn the_owner_is_who_acts_unless_somebody_is_named() {
        let owner_of = |actor, owner| {
            let decision = decide(&everyday().picture(), &actor, &OpenTrail { owner, ..open() })?;
            let owner = decision.facts().find_map(|fact| match fact {
                Fact::TrailOpened { owner, .. } => Some(*owner),
                _ => None,
            });
            Ok(owner)
        };
        let no_specialist = Err(Rejection::NotFound { what: Thing::Membership });
        assert_eq!(owner_of(specialist(), None), Ok(Some(spurv())));
        assert_eq!(owner_of(supervisor(), Some(spurv())), Ok(Some(spurv())));
        assert_eq!(owner_of(supervisor(), None), no_specialist, "a supervisor owns none");
        assert_eq!(owner_of(specialist(), Some(ravn())), no_specialist);
        assert_eq!(owner_of(specialist(), Some(newcomer())), no_specialist, "somebody without a membership");
    }

    #[test]
    fn who_was_a_specialist_of_the_team_until_yesterday_owns_none() {
        let until = |last: &str| Period::between(day("2022-01-01"), day(last)).unwrap();
        let scene = |last: &str| everyday().with(&member(newcomer(), &our_team(), Role::Specialist, until(last)));
        let command = OpenTrail { owner: Some(newcomer()), ..open() };
        assert_eq!(refused(scene("2022-08-31"), &command), Rejection::NotFound { what: Thing::Membership });
        assert!(decide(&scene("2022-09-01").picture(), &specialist(), &command).is_ok());
    }

    #[test]
    fn i2_da3_the_answer_is_the_same_for_a_trail_here_elsewhere_and_strict_protection() {
        let strict = Protection::new(AddressProtection::StrictlyConfidentialAbroad, StaffShielding::None);
        let here = OpenTrail { participant: participant_id(), ..open() };
        // Given somebody whose trail is withheld: to this team it might as well be another's.
        let elsewhere = OpenTrail { participant: ParticipantId::new(id(0x105)), ..open() };
        let answers = [
            refused(everyday(), &here),
            refused(everyday(), &elsewhere),
            refused(everyday().with(&free_but(Some("1985-12-08"), strict)), &open()),
            refused(everyday().with(&free_but(None, strict)), &OpenTrail { attestations: vec![], ..open() }),
        ];
        assert!(answers.iter().all(|answer| *answer == Rejection::CannotOpenHere), "{answers:?}");
    }

    #[test]
    fn i2_s30_an_open_trail_of_whoever_was_merged_counts_too() {
        // given somebody who stands for another one, and that one's trail is open
        let (kept, merged, _) = person(free()).merge(samples::participant(), samples::line()).unwrap();
        let scene = everyday().with(&kept).with(&merged);
        assert_eq!(refused(scene, &open()), Rejection::CannotOpenHere);
    }

    #[test]
    fn i4_dc7_every_fault_is_named_at_once() {
        let referral = Referral { referred_on: day("2022-09-02"), ..samples::referral() };
        let command = OpenTrail { referral, attestations: vec![], ..open() };
        let scene = everyday().with(&free_but(Some("2005-01-15"), Protection::default()));
        let missing = |formality| Rejection::AttestationMissing { formality };
        let faults = vec![
            Rejection::DateInFuture { day: DayOf::Referral },
            missing(Formality::RightPerson),
            missing(Formality::RightsInformation),
            missing(Formality::GuardianConsent),
        ];
        assert_eq!(refused(scene, &command), Rejection::Form(faults));
    }

    #[test]
    fn dc7_a_minor_takes_a_guardian_and_a_child_is_refused() {
        let born = |born| everyday().with(&free_but(Some(born), Protection::default()));
        assert!(decide(&born("2005-01-15").picture(), &specialist(), &open()).is_ok());
        let without = OpenTrail { attestations: attested().into_iter().take(2).collect(), ..open() };
        let guardian = Rejection::AttestationMissing { formality: Formality::GuardianConsent };
        assert_eq!(refused(born("2005-01-15"), &without), guardian);
        assert_eq!(refused(born("2006-09-02"), &open()), Rejection::TooYoung { youngest: 16 });
    }

    #[test]
    fn ids_are_used_once() {
        let exists = |what| Rejection::AlreadyExists { what };
        let trail = OpenTrail { trail: trail_id(), ..open() };
        assert_eq!(refused(everyday(), &trail), exists(Thing::Trail));
        let mut twice = open();
        twice.attestations[1].attestation = twice.attestations[0].attestation;
        assert_eq!(refused(everyday(), &twice), exists(Thing::Attestation), "within the command");
        let [taken, ..] = samples::attestations();
        let mut again = open();
        again.attestations[0].attestation = taken.id();
        assert_eq!(refused(everyday().with(&taken), &again), exists(Thing::Attestation));
        let attest = Attest { trail: trail_id(), attested: again.attestations.remove(0) };
        assert_eq!(refused(everyday().with(&taken), &attest), exists(Thing::Attestation));
        let missing = OpenTrail { participant: ParticipantId::new(id(0xEE)), ..open() };
        assert_eq!(refused(everyday(), &missing), Rejection::NotFound { what: Thing::Participant });
    }

    #[test]
    fn a_trail_starts_once_and_leaves_its_first_phase() {
        let command = HoldStartUpMeeting { trail: fresh_trail_id(), on: now().day() };
        let decision = decide(&everyday().picture(), &specialist(), &command).unwrap();
        assert_eq!(told(&decision), ["start_up_meeting_held"]);
        let lifted = |fact: &Fact| matches!(fact, Fact::StartUpMeetingHeld { lifted_to: Some(Phase::Mapping), .. });
        assert!(decision.facts().any(lifted));
        let again = HoldStartUpMeeting { trail: trail_id(), on: now().day() };
        assert_eq!(refused(everyday(), &again), Rejection::AlreadyStarted { on: day("2022-06-02") });
    }

    #[test]
    fn a_trail_moves_and_has_a_goal_until_it_ends() {
        let moved = MoveTo { trail: trail_id(), phase: Phase::StepDown, on: now().day() };
        let goal = |kind| SetMainGoal { trail: trail_id(), goal: MainGoal { kind, ..samples::main_goal() } };
        let picture = everyday().picture();
        assert_eq!(told(&decide(&picture, &specialist(), &moved).unwrap()), ["phase_changed"]);
        assert_eq!(told(&decide(&picture, &specialist(), &goal(GoalKind::Education)).unwrap()), ["main_goal_set"]);
        let advanced = AdvancePhase { trail: trail_id(), on: now().day() };
        assert_eq!(*decide(&picture, &specialist(), &advanced).unwrap().reply(), Phase::StepDown, "S114");
        let same = MoveTo { phase: Phase::Working, ..moved.clone() };
        assert_eq!(refused(everyday(), &same), Rejection::NothingChanges);
        let kind = GoalKind::WorkViaVocationalTraining;
        let not_ips = Rejection::GoalNotOfMethod { method: Method::Ips, goal: kind };
        assert_eq!(refused(everyday(), &goal(kind)), not_ips);
        let ended = || everyday().with(&samples::trail());
        let frozen = Rejection::TrailEnded { trail: trail_id() };
        assert_eq!(refused(ended(), &moved), frozen);
        assert_eq!(refused(ended(), &goal(GoalKind::Work)), frozen);
        assert_eq!(refused(ended(), &end_trail()), frozen);
    }

    #[test]
    fn i9_a_trail_does_not_end_before_one_of_its_jobs_begins() {
        let decision = decide(&everyday().picture(), &specialist(), &end_trail()).unwrap();
        // What waited for an answer, and who covered it, are over with it (I10, DA16).
        assert_eq!(
            told(&decision),
            ["trail_ended", "ending_checked", "zero_exclusion_raised", "transfer_closed", "cover_ended"]
        );
        let open =
            |fact: &Fact| matches!(fact, Fact::EndingChecked { open, .. } if open.contains(&OpenMatter::JobOngoing));
        assert!(decision.facts().any(open), "row 44: what is open is noted");
        let unanswered = EndTrail { exclusion: None, ..end_trail() };
        assert_eq!(refused(everyday(), &unanswered), Rejection::ExclusionUnanswered, "DB10");
        // Given an ending on the day before the job begins; the phase was moved that day too.
        let [job, _] = samples::ongoing_jobs();
        let trail = samples::opened_trail(trail_id(), spurv(), &samples::participant());
        let reason = EndReason::Other(OtherEnding::MovedAway);
        let early = EndTrail { on: day("2022-08-14"), reason, trail: trail_id(), exclusion: None };
        let late = Rejection::JobStartsAfterEnding { job: job.id(), from: day("2022-08-15") };
        assert_eq!(refused(everyday().with(&trail), &early), late);
        let on_the_day = EndTrail { on: day("2022-08-15"), ..early };
        assert!(decide(&everyday().with(&trail).picture(), &specialist(), &on_the_day).is_ok());
        assert_ne!(person(free()).id(), trail.participant());
    }
}
