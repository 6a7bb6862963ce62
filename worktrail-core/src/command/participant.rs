//! Commands about participants.

use serde::{Deserialize, Serialize};

use super::finding::{all_of, relist, trails_of, who_has};
use super::followers::Followers;
use super::{Command, Decided, OwnRules, PersonInTeam, Stop, World};
use crate::access::Right;
use crate::domain::{
    BirthDate, EmailAddress, Fact, FactSource, NameEntry, NewParticipant, Participant, ParticipantId, PhoneNumber,
    Protection, ReceivedReferral, Rejection, Team, TeamId, Thing, Trail, TrailAudience, TrailId,
};

/// Registers a participant: once for each national id, which nobody else has or had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RegisterParticipant {
    /// The id of the participant.
    pub participant: ParticipantId,
    /// The team that registers.
    pub team: TeamId,
    /// Who it is.
    pub new: NewParticipant,
    /// From where it is known (S15).
    #[serde(default, skip_serializing_if = "FactSource::is_other")]
    pub source: FactSource,
}

impl Command for RegisterParticipant {
    type Reply = ParticipantId;

    const NAME: &'static str = "register_participant";
    const RIGHT: Right = Right::RegisterParticipant;

    fn decide(&self, world: &World<'_>) -> Decided<ParticipantId> {
        let team = world.get::<Team>(self.team)?;
        let permit = world.may(team)?;
        let id_is_new = world.is_new::<Participant>(self.participant);
        let known = match &self.new.national_id {
            Some(number) => who_has(world, &number.clone().into()),
            None => Ok(None),
        };
        id_is_new?;
        if let Some(known) = known? {
            return Err(known_already(world, team, known)?.into());
        }
        let (participant, fact) = Participant::register(self.participant, self.new.clone(), &world.authorship())?;
        let participant = participant.registered_from(self.source).registered_in(self.team);
        Ok(permit.reply(self.participant).tell(&participant, fact).save(participant))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["new.birth_date"], |by| {
            self.new.birth_date.and_then(|born| born.must_not_be_to_come(by).err()).into_iter().collect()
        });
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
    /// From where they are known.
    #[serde(default, skip_serializing_if = "FactSource::is_other")]
    pub source: FactSource,
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
        let (phone, email) = (self.phone.clone(), self.email.clone());
        let (participant, fact) = participant.correct_contact_points(phone, email, self.source, &world.authorship())?;
        Ok(permit.reply(()).tell(&participant, fact).save(participant))
    }
}

/// States the birth date of a participant who was registered without one or with a wrong one, so that a trail can be
/// opened (`DC7`). A team that may not find the person may not state it either; and while a trail is open, it stays what
/// the trail was opened with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct StateBirthDate {
    /// The participant.
    pub participant: ParticipantId,
    /// The team that states it.
    pub team: TeamId,
    /// The birth date from now on.
    pub birth_date: BirthDate,
    /// From where it is known.
    #[serde(default, skip_serializing_if = "FactSource::is_other")]
    pub source: FactSource,
}

impl Command for StateBirthDate {
    type Reply = ();

    const NAME: &'static str = "state_birth_date";
    const RIGHT: Right = Right::RegisterParticipant;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let team = world.get::<Team>(self.team)?;
        let permit = world.may(team)?;
        let participant = world.get::<Participant>(self.participant)?;
        participant.must_stand_for_themself()?;
        let trails = world.children::<Trail, Participant>(self.participant)?;
        // One answer for whoever is not there, is not to be found, or has an open trail.
        if !may_be_found(world, team, participant)? || trails.iter().any(|trail| !trail.is_ended()) {
            return Err(Rejection::NotFound { what: Thing::Participant }.into());
        }
        let (participant, fact) =
            participant.clone().state_birth_date(self.birth_date, self.source, &world.authorship())?;
        Ok(permit.reply(()).tell(&participant, fact).save(participant))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["birth_date"], |by| self.birth_date.must_not_be_to_come(by).err().into_iter().collect());
    }
}

/// Changes a participant's protection, and that of whoever was merged into them: they are one person. When it becomes
/// strict, their trails are withheld from all staff at once (`DA4`); when it falls they stay so until [`ReleaseTrails`] says
/// otherwise.
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
        let listed = world.children::<NameEntry, Participant>(self.participant);
        let person = PersonInTeam::find(world, self.participant, self.team)?;
        let permit = world.may(&person)?;
        person.participant().must_stand_for_themself()?;
        let referrals = all_of::<ReceivedReferral>(world, person.participant());
        let merged = person.participant().merged().iter().map(|merged| world.find::<Participant>(*merged));
        let merged: Vec<_> = merged.collect::<Result<_, _>>()?;
        let (listed, referrals) = (listed?, referrals?);
        let by = world.authorship();
        let (participant, fact) = person.participant().clone().change_protection(self.protection, &by)?;
        let followers: Vec<_> = person.trails().iter().map(|trail| Followers::of(world, trail.id())).collect();
        let mut decision = permit.reply(()).tell(&participant, fact);
        for merged in merged.into_iter().flatten().filter(|it| it.protection() != self.protection) {
            let (merged, fact) = merged.clone().change_protection(self.protection, &by)?;
            decision = decision.tell(&merged, fact).save(merged);
        }
        if self.protection.is_strict() {
            decision = relist(decision, &listed, &participant, None);
            let shown = person.trails().iter().zip(followers).filter(|(trail, _)| trail.is_taken_by_protection());
            for (trail, followers) in shown {
                let (trail, fact) = Trail::clone(trail).withhold();
                decision = followers.follow(world, &trail, decision.tell(&trail, fact))?.save(trail);
            }
            for referral in referrals.into_iter().filter(|it| it.is_taken_by_protection()) {
                let (referral, fact) = referral.clone().withhold();
                decision = decision.tell(&referral, fact).save(referral);
            }
        }
        Ok(decision.save(participant))
    }
}

/// Releases a participant's withheld trails to the staff of their teams, once the protection is no longer strict
/// (`DA4`: back only by an explicit act): those of every team, and whether there were any is not told (`DA3`).
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
        let listed = world.children::<NameEntry, Participant>(self.participant);
        let person = PersonInTeam::find(world, self.participant, self.team)?;
        let permit = world.may(&person)?;
        let mut referrals = all_of::<ReceivedReferral>(world, person.participant())?;
        person.participant().must_stand_for_themself()?;
        let listed = listed?;
        let withheld: Vec<_> = person.trails().iter().copied().filter(|trail| trail.is_withheld()).collect();
        referrals.retain(|referral| referral.audience() == TrailAudience::Withheld);
        if person.participant().protection().is_strict() {
            return Err(Rejection::StrictlyProtected.into());
        }
        let followers: Vec<_> = withheld.iter().map(|trail| Followers::of(world, trail.id())).collect();
        let mut decision = permit.reply(());
        for (trail, followers) in withheld.into_iter().zip(followers) {
            let (trail, fact) = trail.clone().release(person.participant())?;
            if !trail.is_ended() {
                decision = relist(decision, &listed, person.participant(), Some(&trail));
            }
            decision = followers.follow(world, &trail, decision.tell(&trail, fact))?.save(trail);
        }
        for referral in referrals {
            let (referral, fact) = referral.clone().release(person.participant())?;
            decision = decision.tell(&referral, fact).save(referral);
        }
        Ok(decision)
    }
}

/// Forgets a participant whose trails have all ended: all that is held of them goes (GDPR art. 17). Whoever was merged into
/// them is forgotten first.
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
        let person = PersonInTeam::find(world, self.participant, self.team)?;
        let permit = world.may(&person)?;
        let merged = person.participant().merged();
        let merged: Vec<_> = merged.iter().map(|merged| world.find::<Participant>(*merged)).collect();
        for merged in merged {
            if let Some(merged) = merged? {
                return Err(Rejection::MergedStillHeld { participant: merged.id() }.into());
            }
        }
        if let Some(open) = person.trails().iter().find(|trail| !trail.is_ended()) {
            return Err(Rejection::TrailStillOpen { trail: open.id() }.into());
        }
        let fact = Fact::ParticipantForgotten { participant: self.participant };
        Ok(permit.reply(()).forget(person.participant(), fact))
    }
}

/// What a team is told of a person who is registered: that they are, if it may find them; otherwise only that nothing
/// can be opened here (`DA3`).
pub(super) fn known_already(world: &World<'_>, team: &Team, known: &Participant) -> Result<Rejection, Stop> {
    let found = may_be_found(world, team, known)?;
    Ok(if found { Rejection::AlreadyExists { what: Thing::Participant } } else { Rejection::CannotOpenHere })
}

/// Whether a team may learn that a person is registered: not while they are strictly protected, not before all their
/// trails were released again, unless it is a cleared team (`DA4`); not while they have an open trail in another team
/// (`DA3`); and not by somebody who declared a conflict of interest. Finding and registering go by this one rule, so that
/// the two answers together tell no more than each.
pub(crate) fn may_be_found(world: &World<'_>, team: &Team, person: &Participant) -> Result<bool, Stop> {
    let impartial = world.is_impartial_to(person.id());
    let trails = trails_of(world, person)?;
    let elsewhere = trails.iter().any(|trail| !trail.is_ended() && trail.team() != team.id());
    let withheld = person.protection().is_strict() || trails.iter().any(|trail| trail.is_withheld());
    Ok(impartial? && !elsewhere && !(withheld && team.clearance().is_ordinary()))
}

#[cfg(test)]
mod tests;
