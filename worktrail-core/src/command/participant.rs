//! Commands about participants.

use serde::{Deserialize, Serialize};

use super::{Command, Decided, Stop, World};
use crate::access::Right;
use crate::domain::{
    EmailAddress, Fact, NewParticipant, Participant, ParticipantId, PhoneNumber, Protection, Rejection, Team, TeamId,
    Thing, Trail, TrailId,
};

/// Registers a participant: once for each national id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RegisterParticipant {
    /// The id of the participant.
    pub participant: ParticipantId,
    /// The team that registers.
    pub team: TeamId,
    /// Who it is.
    pub new: NewParticipant,
}

impl Command for RegisterParticipant {
    type Reply = ParticipantId;

    const NAME: &'static str = "register_participant";
    const RIGHT: Right = Right::RegisterParticipant;

    fn decide(&self, world: &World<'_>) -> Decided<ParticipantId> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let id_is_new = world.is_new::<Participant>(self.participant);
        let known = match &self.new.national_id {
            Some(number) => world.find_by(&Participant::by_national_id(number)),
            None => Ok(None),
        };
        id_is_new?;
        if let Some(known) = known? {
            return Err(known_already(world, self.team, known)?.into());
        }
        let (participant, fact) = Participant::register(self.participant, self.new.clone(), &world.authorship())?;
        Ok(permit.reply(self.participant).tell(&participant, fact).save(participant))
    }
}

/// Corrects how the participant of a trail is reached. An ended trail gives no say over the person any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct CorrectContactPoints {
    /// The trail.
    pub trail: TrailId,
    /// The phone number from now on.
    pub phone: Option<PhoneNumber>,
    /// The e-mail address from now on.
    pub email: Option<EmailAddress>,
}

impl Command for CorrectContactPoints {
    type Reply = ();

    const NAME: &'static str = "correct_contact_points";
    const RIGHT: Right = Right::CorrectParticipant;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        trail.must_be_open()?;
        let participant = world.get::<Participant>(trail.participant())?.clone();
        let (participant, fact) =
            participant.correct_contact_points(self.phone.clone(), self.email.clone(), &world.authorship())?;
        Ok(permit.reply(()).tell(&participant, fact).save(participant))
    }
}

/// Changes a participant's protection. When it becomes strict, their trails are withheld from all staff at once
/// (`DA4`); when it falls they stay so until [`ReleaseTrails`] says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct ChangeProtection {
    /// The participant.
    pub participant: ParticipantId,
    /// The team whose supervisor does it.
    pub team: TeamId,
    /// The protection from now on.
    pub protection: Protection,
}

impl Command for ChangeProtection {
    type Reply = ();

    const NAME: &'static str = "change_protection";
    const RIGHT: Right = Right::ProtectParticipant;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let participant = world.get::<Participant>(self.participant);
        let trails = world.children::<Trail, Participant>(self.participant);
        let (participant, trails) = (participant?, trails?);
        concerns_team(&trails, self.team)?;
        let by = world.authorship();
        let (participant, fact) = participant.clone().change_protection(self.protection, &by)?;
        let mut decision = permit.reply(()).tell(&participant, fact);
        if self.protection.is_strict() {
            for trail in trails.into_iter().filter(|trail| !trail.is_withheld()) {
                let (trail, fact) = trail.clone().withhold();
                decision = decision.tell(&trail, fact).save(trail);
            }
        }
        Ok(decision.save(participant))
    }
}

/// Releases a participant's withheld trails to the staff of their teams, once the protection is no longer strict
/// (`DA4`: back only by an explicit act).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct ReleaseTrails {
    /// The participant.
    pub participant: ParticipantId,
    /// The team whose supervisor does it.
    pub team: TeamId,
}

impl Command for ReleaseTrails {
    type Reply = ();

    const NAME: &'static str = "release_trails";
    const RIGHT: Right = Right::ProtectParticipant;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let participant = world.get::<Participant>(self.participant);
        let trails = world.children::<Trail, Participant>(self.participant);
        let (participant, trails) = (participant?, trails?);
        concerns_team(&trails, self.team)?;
        let withheld: Vec<_> = trails.into_iter().filter(|trail| trail.is_withheld()).collect();
        if withheld.is_empty() {
            return Err(Rejection::NothingChanges.into());
        }
        let mut decision = permit.reply(());
        for trail in withheld {
            let (trail, fact) = trail.clone().release(participant)?;
            decision = decision.tell(&trail, fact).save(trail);
        }
        Ok(decision)
    }
}

/// Forgets a participant whose trails have all ended: all that is held of them goes (GDPR art. 17).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct ForgetParticipant {
    /// The participant.
    pub participant: ParticipantId,
    /// The team whose supervisor does it.
    pub team: TeamId,
}

impl Command for ForgetParticipant {
    type Reply = ();

    const NAME: &'static str = "forget_participant";
    const RIGHT: Right = Right::ForgetParticipant;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let participant = world.get::<Participant>(self.participant);
        let trails = world.children::<Trail, Participant>(self.participant);
        let (participant, trails) = (participant?, trails?);
        concerns_team(&trails, self.team)?;
        if let Some(open) = trails.iter().find(|trail| !trail.is_ended()) {
            return Err(Rejection::TrailStillOpen { trail: open.id() }.into());
        }
        let fact = Fact::ParticipantForgotten { participant: participant.id() };
        Ok(permit.reply(()).forget(participant.id(), fact))
    }
}

/// What a team is told of a person who is registered: that they are, if it may find them; otherwise only that nothing
/// can be opened here (`DA3`).
fn known_already(world: &World<'_>, team: TeamId, known: &Participant) -> Result<Rejection, Stop> {
    let found = may_be_found(world, team, known)?;
    Ok(if found { Rejection::AlreadyExists { what: Thing::Participant } } else { Rejection::CannotOpenHere })
}

/// Whether a team may learn that a person is registered: not while they are strictly protected, not before all their
/// trails were released again (`DA4`), and not while they have an open trail in another team (`DA3`). Finding and
/// registering go by this one rule, so that the two answers together tell no more than each.
pub(crate) fn may_be_found(world: &World<'_>, team: TeamId, person: &Participant) -> Result<bool, Stop> {
    let trails = world.children::<Trail, Participant>(person.id())?;
    let elsewhere = |trail: &&Trail| !trail.is_ended() && trail.team() != team;
    Ok(!person.protection().is_strict() && !trails.iter().any(|trail| trail.is_withheld() || elsewhere(trail)))
}

/// A participant is the matter of the team that has their open trail; while none is open, of every team that had one;
/// before the first, of any. To other teams the participant is not there.
fn concerns_team(trails: &[&Trail], team: TeamId) -> Result<(), Stop> {
    let concerns = match trails.iter().find(|trail| !trail.is_ended()) {
        Some(open) => open.team() == team,
        None => trails.is_empty() || trails.iter().any(|trail| trail.team() == team),
    };
    if concerns { Ok(()) } else { Err(Rejection::NotFound { what: Thing::Participant }.into()) }
}
