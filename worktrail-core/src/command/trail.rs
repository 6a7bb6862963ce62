//! Commands about trails: opening, start, phases, goal, ending.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Bounds, Command, Decided, Place, Stop, World};
use crate::access::Right;
use crate::domain::{
    Attestation, AttestationId, AttestationKind, EndReason, Ending, Job, MainGoal, Membership, Method, Opening,
    Participant, ParticipantId, Phase, Referral, Rejection, Role, StaffId, Team, TeamId, Thing, Trail, TrailId,
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
/// Whatever stands in the way of a person whose trail cannot be opened, the answer is the same (`DA3`): an open trail,
/// strict protection, or trails that were withheld and not released since (`DA4`).
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
        let trails = world.children::<Trail, Participant>(self.participant);
        let id_is_new = world.is_new::<Trail>(self.trail);
        let ownership = may_own(world, self.team, owner);
        // All are looked up before the first is needed, so that they come in one load.
        let attestations_are_new: Vec<_> =
            self.attestations.iter().map(|it| world.is_new::<Attestation>(it.attestation)).collect();
        let (participant, open, trails) = (participant?, open?, trails?);
        id_is_new?;
        ownership?;
        attestations_are_new.into_iter().collect::<Result<(), Stop>>()?;
        let ids: BTreeSet<_> = self.attestations.iter().map(|it| it.attestation).collect();
        if ids.len() < self.attestations.len() {
            return Err(Rejection::AlreadyExists { what: Thing::Attestation }.into());
        }
        // One answer in one place: what would be refused for another reason must not be told apart by that reason.
        let is_withheld = participant.protection().is_strict() || trails.iter().any(|trail| trail.is_withheld());
        if open.is_some() || is_withheld {
            return Err(Rejection::CannotOpenHere.into());
        }
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
        let opening = Opening { method: self.method, referral: self.referral.clone(), team: self.team, owner };
        let (trail, opened) = Trail::open(self.trail, opening, participant, &made, &by)?;
        let mut decision = permit.reply(self.trail).tell(&trail, opened).save(trail);
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
    type Reply = Phase;

    const NAME: &'static str = "hold_start_up_meeting";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<Phase> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let (trail, fact) = trail.clone().hold_start_up_meeting(self.on, &world.authorship())?;
        Ok(permit.reply(trail.phase()).tell(&trail, fact).save(trail))
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

/// Ends a trail, with its reason: one act, and nothing half-way (`I9`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct EndTrail {
    /// The trail.
    pub trail: TrailId,
    /// Its last day.
    pub on: NaiveDate,
    /// Why.
    pub reason: EndReason,
}

impl Command for EndTrail {
    type Reply = ();

    const NAME: &'static str = "end_trail";
    const RIGHT: Right = Right::EndTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let jobs = world.children::<Job, Trail>(self.trail)?;
        let ending = Ending { on: self.on, reason: self.reason };
        let (trail, fact) = trail.clone().end(ending, &jobs, &world.authorship())?;
        Ok(permit.reply(()).tell(&trail, fact).save(trail))
    }
}

/// An owner is a present specialist of the trail's team.
fn may_own(world: &World<'_>, team: TeamId, owner: StaffId) -> Result<(), Stop> {
    let membership = world.find_by(&Membership::by_team_and_staff(team, owner))?;
    if membership.is_some_and(|it| it.role() == Role::Specialist && it.is_active_on(world.today())) {
        Ok(())
    } else {
        Err(Rejection::NotFound { what: Thing::Membership }.into())
    }
}
