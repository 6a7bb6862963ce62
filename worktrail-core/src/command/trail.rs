//! Commands about trails: opening, start, phases, goal, ending.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::finding::{relist, trails_of};
use super::followers::Followers;
use super::host_list::{must_offer, tell_choice};
use super::{Bounds, Command, Decided, OwnRules, Place, Return, Stop, Surroundings, World};
use crate::access::Right;
use crate::domain::{
    Attestation, AttestationId, AttestationKind, BaseValue, DayOf, EndReason, Ending, EntryCode, ExclusionNote, Fact,
    Formality, ListName, MainGoal, Membership, Method, NameEntry, Opening, Participant, ParticipantId, Phase, Presence,
    ReceivedReferral, Referral, ReferralId, Rejection, Role, StaffId, TeamId, Thing, Trail, TrailId, Transfer,
    TransferId,
};

#[cfg(test)]
mod tests;

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
    /// The entry of the organisation's own list that the source of the referral goes by (`DA9`); of a received referral
    /// that it accepts, it is the one that was chosen then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_entry: Option<EntryCode>,
}

impl Command for OpenTrail {
    type Reply = TrailId;

    const NAME: &'static str = "open_trail";
    const RIGHT: Right = Right::OpenTrail;

    fn decide(&self, world: &World<'_>) -> Decided<TrailId> {
        let team = world.team_at_work(self.team);
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
        let source = BaseValue::ReferralSources(self.referral.source);
        let offered =
            self.by_referral.map_or_else(|| must_offer(world, source, self.source_entry.as_ref()), |_| Ok(()));
        // All are looked up before the first is needed, so that they come in one load.
        let attestations_are_new: Vec<_> =
            self.attestations.iter().map(|it| world.is_new::<Attestation>(it.attestation)).collect();
        let team = team?;
        let permit = world.may(team)?;
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
        offered?;
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
            let entry = team.entry(ListName::ProgrammeVariants).cloned();
            let chosen;
            (trail, chosen) = trail.choose(ListName::ProgrammeVariants, entry);
            decision = tell_choice(decision, &trail, chosen);
        }
        // The same records, whoever becomes the owner (`DB13`), and the question whether they keep it: it has the trail's id.
        if let Some((asked, fact)) = Transfer::assign(assignment, &trail, &by) {
            decision = decision.tell(&asked, fact).save(asked);
        }
        let mut source_entry = self.source_entry.clone();
        if let Some(received) = received {
            let theirs = received.filter(|it| participant.stands_for(it.participant()) && it.is_shown_in(team));
            let received = theirs.ok_or(Rejection::NotFound { what: Thing::Referral })?;
            let (received, accepted) = received.clone().accept(participant, &trail, &by)?;
            source_entry = received.entry(ListName::ReferralSources).cloned();
            decision = decision.tell(&received, accepted).save(received);
        }
        let (trail, chosen) = trail.choose(ListName::ReferralSources, source_entry);
        decision = tell_choice(decision, &trail, chosen);
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

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["referral"], |by| self.referral.faults(by));
        rules.over(&["attestations"], |_| {
            let is_met = |it: &Formality| self.attestations.iter().any(|attested| it.is_met_by(&attested.kind));
            let missing = Formality::OF_EVERYBODY.into_iter().filter(|formality| !is_met(formality));
            missing.map(|formality| Rejection::AttestationMissing { formality }).collect()
        });
        if let Some(copy) = self.returns.as_ref().and_then(|returns| returns.copy.as_ref()) {
            rules.happened("returns.copy.agreed_on", DayOf::CopyAgreed, copy.agreed_on);
        }
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

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("on", DayOf::StartUpMeeting, self.on);
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

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["phase"], |_| {
            let by_ending = (self.phase == Phase::Ended).then_some(Rejection::PhaseNotByMove { phase: self.phase });
            by_ending.into_iter().collect()
        });
        rules.happened("on", DayOf::PhaseChange, self.on);
    }
}

/// Done with this phase: moves a trail to the next one on its method's ladder (S114).
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

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("on", DayOf::PhaseChange, self.on);
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
    /// The entry of the organisation's own list that the end reason goes by (`DA9`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryCode>,
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
        let offered = must_offer(world, BaseValue::EndReasons(self.reason), self.entry.as_ref());
        let (surroundings, participant, listed) = (surroundings?, participant?, listed?);
        offered?;
        let open = trail.open_matters(surroundings.around(), self.on, world.now());
        let ending = Ending { on: self.on, reason: self.reason };
        let (trail, ended) = trail.clone().end(ending, &surroundings.jobs, &world.authorship())?;
        let (trail, raised) = trail.answer_exclusion(self.exclusion.clone())?;
        let (trail, chosen) = trail.choose(ListName::EndReasons, self.entry.clone());
        let mut decision = relist(permit.reply(()), &listed, participant, Some(&trail)).tell(&trail, ended);
        decision = tell_choice(decision, &trail, chosen);
        if !open.is_empty() {
            decision = decision.tell(&trail, Fact::EndingChecked { trail: self.trail, open });
        }
        if let Some(raised) = raised {
            decision = decision.tell(&trail, raised);
        }
        Ok(followers.follow(world, &trail, decision)?.save(trail))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("on", DayOf::Ending, self.on);
        rules.over(&["reason", "exclusion"], |_| {
            ExclusionNote::must_answer(self.reason, self.exclusion.as_ref()).err().into_iter().collect()
        });
        if let Some(note) = &self.exclusion {
            rules.planned("exclusion.help_again_on", DayOf::HelpAgain, note.help_again_on);
        }
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
    let impartial = world.is_impartial(staff, participant);
    let (membership, impartial) = (membership?, impartial?);
    let present = |it: &Membership| it.role() == Role::Specialist && it.presence_on(world.today()) == Presence::Present;
    Ok(membership.is_some_and(present) && impartial)
}
