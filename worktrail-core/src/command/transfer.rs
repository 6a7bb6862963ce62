//! Commands about transfers: a trail comes to another specialist, who has a say in it.

use serde::{Deserialize, Serialize};

use super::finding::relist;
use super::followers::Followers;
use super::trail::{can_own, may_own};
use super::{Bounds, Command, Decided, Decision, OwnRules, Permit, Place, Stop, World};
use crate::access::Right;
use crate::domain::{
    Fact, NameEntry, Ownership, Participant, Rejection, Role, Team, Text, Thing, Trail, TrailAudience, TrailId,
    Transfer, TransferId, TransferKind, TransferTerms,
};

#[cfg(test)]
mod tests;

impl Place for Transfer {
    /// Of whom it waits for an answer: to nobody else in their team, nor to whom it comes from, is it theirs to answer.
    fn bounds(&self) -> Bounds {
        Bounds {
            thing: Thing::Transfer,
            person: Some(self.participant()),
            owner: Some(self.to().owner),
            team: Some(self.to().team),
            audience: self.audience(),
        }
    }
}

/// Proposes a trail to a present specialist of a team, one's own or another one (`I21`, `DB6`). Until it is accepted the
/// trail stays where it is, and the receiving team sees nothing of it but the proposal. To an ordinary team a cleared one is
/// not there (`DA4`): user support gives it the trail, see [`ReassignTrail`]. A cleared team proposes none to an ordinary one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct ProposeTransfer {
    /// The id of the transfer.
    pub transfer: TransferId,
    /// The trail.
    pub trail: TrailId,
    /// To whom, in which team.
    pub to: Ownership,
    /// What they have to know, and until when they can answer.
    pub terms: TransferTerms,
}

impl Command for ProposeTransfer {
    type Reply = TransferId;

    const NAME: &'static str = "propose_transfer";
    const RIGHT: Right = Right::ProposeTransfer;

    fn decide(&self, world: &World<'_>) -> Decided<TransferId> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let proposal = Proposal::look(world, self.transfer, trail, self.to);
        proposal.must_be_the_only_one(world)?;
        proposal.must_ask_somebody_who_sees_it()?;
        let decision = proposal.leave_the_former_behind(world, permit.reply(self.transfer));
        let (transfer, proposed) = proposal.made(world, &self.terms)?;
        Ok(decision.tell(&transfer, proposed).save(transfer))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["terms.answer_by"], |by| self.terms.faults(by));
    }
}

/// Takes a proposal back that was not answered yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct WithdrawTransfer {
    /// The transfer.
    pub transfer: TransferId,
    /// Its trail.
    pub trail: TrailId,
}

impl Command for WithdrawTransfer {
    type Reply = ();

    const NAME: &'static str = "withdraw_transfer";
    const RIGHT: Right = Right::ProposeTransfer;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail);
        let transfer = world.find::<Transfer>(self.transfer);
        let permit = world.may(trail?)?;
        let missing = Rejection::NotFound { what: Thing::Transfer };
        let transfer = transfer?.filter(|it| it.trail() == self.trail).ok_or(missing)?;
        let (transfer, fact) = transfer.clone().withdraw(&world.authorship())?;
        Ok(permit.reply(()).tell(&transfer, fact).save(transfer))
    }
}

/// Accepts a transfer: the trail, with all that hangs on it, is one's own from now on (`I21`). Who covered it for the former
/// owner does so no more. What says *the specialist* means the present one: the responsibility for open sub-goals follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct AcceptTransfer {
    /// The transfer.
    pub transfer: TransferId,
}

impl Command for AcceptTransfer {
    type Reply = TrailId;

    const NAME: &'static str = "accept_transfer";
    const RIGHT: Right = Right::AnswerTransfer;

    fn decide(&self, world: &World<'_>) -> Decided<TrailId> {
        let (permit, transfer) = answerable(world, self.transfer)?;
        let trail = world.get::<Trail>(transfer.trail());
        let followers = Followers::of(world, transfer.trail());
        // A supervisor may answer too, and the specialist may have left since.
        let is_present = may_own(world, transfer.to().team, transfer.to().owner, transfer.participant());
        let trail = trail?;
        trail.must_be_open()?;
        let to = transfer.to();
        let (transfer, accepted) = transfer.clone().accept(&world.authorship())?;
        let decision = permit.reply(trail.id()).tell(&transfer, accepted);
        if transfer.kind() == TransferKind::Assignment {
            return Ok(decision.save(transfer));
        }
        is_present?;
        hand_over(world, (trail, to), transfer, followers, decision)
    }
}

/// Returns a transfer, with the reason. What was proposed stays where it is. What was assigned goes back to whoever opened it,
/// when they are a present specialist of the team; otherwise it stays until a supervisor gives it to somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct ReturnTransfer {
    /// The transfer.
    pub transfer: TransferId,
    /// Why.
    pub reason: Text<500>,
}

impl Command for ReturnTransfer {
    type Reply = TrailId;

    const NAME: &'static str = "return_transfer";
    const RIGHT: Right = Right::AnswerTransfer;

    fn decide(&self, world: &World<'_>) -> Decided<TrailId> {
        let (permit, transfer) = answerable(world, self.transfer)?;
        let from = transfer.from();
        let trail = world.get::<Trail>(transfer.trail());
        let followers = Followers::of(world, transfer.trail());
        let can_go_back = can_own(world, from.team, from.owner, transfer.participant());
        let trail = trail?;
        let goes_back = transfer.kind() == TransferKind::Assignment && can_go_back?;
        trail.must_be_open()?;
        let (transfer, returned) = transfer.clone().give_back(self.reason.clone(), &world.authorship())?;
        let decision = permit.reply(trail.id()).tell(&transfer, returned);
        if goes_back {
            hand_over(world, (trail, from), transfer, followers, decision)
        } else {
            Ok(decision.save(transfer))
        }
    }
}

/// Gives a trail to a present specialist in one act, without asking: a supervisor of both teams may, also when the owner has
/// left, and whatever is proposed; user support may with a reason (`DB6`, I21), and so gives a cleared team a trail of an
/// ordinary one, or a withheld one (`DA4`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct ReassignTrail {
    /// The id of the transfer.
    pub transfer: TransferId,
    /// The trail.
    pub trail: TrailId,
    /// To whom, in which team.
    pub to: Ownership,
    /// What they have to know, and why.
    pub terms: TransferTerms,
}

impl Command for ReassignTrail {
    type Reply = TransferId;

    const NAME: &'static str = "reassign_trail";
    const RIGHT: Right = Right::ReassignTrail;

    fn decide(&self, world: &World<'_>) -> Decided<TransferId> {
        let trail = world.get::<Trail>(self.trail);
        let team = world.get::<Team>(self.to.team);
        let trail = trail?;
        let permit = world.may(trail)?;
        let team = team?;
        let by_support = permit.role() == Some(Role::UserSupport);
        // Nobody has a withheld trail, and only a cleared team may be given it, which is nobody's else to know. What is given
        // to a cleared team by user support, who has no say in it, is out of their sight from then on.
        match (trail.is_withheld(), team.clearance().is_ordinary()) {
            (true, true) => return Err(Rejection::NotFound { what: Thing::Trail }.into()),
            (true, false) => {}
            (false, false) if by_support => {}
            (false, _) => drop(world.may(team)?),
        }
        let followers = Followers::of(world, self.trail);
        let proposal = Proposal::look(world, self.transfer, trail, self.to);
        if by_support && self.terms.reason.is_none() {
            return Err(Rejection::SupportWithoutReason.into());
        }
        let (transfer, proposed) = proposal.made(world, &self.terms)?;
        let decision = permit.reply(self.transfer).tell(&transfer, proposed);
        let (transfer, accepted) = transfer.accept(&world.authorship())?;
        let decision = decision.tell(&transfer, accepted);
        hand_over(world, (trail, self.to), transfer, followers, decision)
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["terms.answer_by"], |by| self.terms.faults(by));
    }
}

/// A transfer that is the actor's to answer. To an ordinary team one of somebody strictly protected is not there, also when
/// the protection rose after a cleared team proposed it: nobody would see the trail (`DA4`).
fn answerable<'w>(world: &World<'w>, id: TransferId) -> Result<(Permit, &'w Transfer), Stop> {
    let transfer = world.get::<Transfer>(id)?;
    let permit = world.may(transfer)?;
    let team = world.get::<Team>(transfer.to().team);
    let participant = world.get::<Participant>(transfer.participant())?;
    if participant.protection().is_strict() && team?.clearance().is_ordinary() {
        return Err(Rejection::NotFound { what: Thing::Transfer }.into());
    }
    Ok((permit, transfer))
}

/// A proposal in the making: all that it takes, looked up before the first of it is needed.
#[derive(Debug)]
struct Proposal<'w> {
    id: TransferId,
    trail: &'w Trail,
    to: Ownership,
    id_is_new: Result<(), Stop>,
    team: Result<&'w Team, Stop>,
    participant: Result<&'w Participant, Stop>,
    may_own: Result<(), Stop>,
    open: Result<Option<&'w Transfer>, Stop>,
}

impl<'w> Proposal<'w> {
    fn look(world: &World<'w>, id: TransferId, trail: &'w Trail, to: Ownership) -> Self {
        Self {
            id,
            trail,
            to,
            id_is_new: world.is_new::<Transfer>(id),
            team: world.get::<Team>(to.team),
            participant: world.get::<Participant>(trail.participant()),
            may_own: may_own(world, to.team, to.owner, trail.participant()),
            open: world.find_by(&Transfer::open_of(trail.id())),
        }
    }

    /// That no other proposal waits for an answer (I21). An assignment does not count: to propose the trail to somebody else
    /// is an answer.
    fn must_be_the_only_one(&self, world: &World<'_>) -> Result<(), Stop> {
        match &self.open {
            Ok(Some(open)) if open.kind() == TransferKind::Handover && open.waits_on(world.today()) => {
                Err(Rejection::AlreadyExists { what: Thing::Transfer }.into())
            }
            _ => Ok(()),
        }
    }

    /// That an ordinary team names no cleared one, whose name and members are its own to know: the answer is that of a team
    /// that is not there (`DA4`). Nor does a cleared team ask an ordinary one, whose lists could not show what waits: the
    /// trail is given in one act, by a supervisor of both.
    fn must_ask_somebody_who_sees_it(&self) -> Result<(), Stop> {
        let Ok(team) = &self.team else { return Ok(()) };
        match (self.trail.audience(), team.clearance().is_ordinary()) {
            (TrailAudience::Team, false) => Err(Rejection::NotFound { what: Thing::Team }.into()),
            (TrailAudience::Cleared, true) => Err(Rejection::NotFromClearedTeam.into()),
            _ => Ok(()),
        }
    }

    /// Leaves the one behind that is open: it has lapsed, or is an assignment.
    fn leave_the_former_behind<R>(&self, world: &World<'_>, decision: Decision<R>) -> Decision<R> {
        match &self.open {
            Ok(Some(open)) => {
                let (left, fact) = Transfer::clone(open).leave_behind(&world.authorship());
                decision.tell(&left, fact).save(left)
            }
            _ => decision,
        }
    }

    /// The proposal.
    fn made(self, world: &World<'_>, terms: &TransferTerms) -> Result<(Transfer, Fact), Stop> {
        let (team, participant) = (self.team?, self.participant?);
        self.open?;
        // An ordinary team could not see it (`DA4`).
        if participant.protection().is_strict() && team.clearance().is_ordinary() {
            return Err(Rejection::StrictlyProtected.into());
        }
        self.id_is_new?;
        self.may_own?;
        Ok(Transfer::propose(self.id, self.trail, (team, self.to.owner), terms.clone(), &world.authorship())?)
    }
}

/// Hands a trail over by a transfer that was answered, which is shown to whom the trail is shown from then on.
fn hand_over<R>(
    world: &World<'_>,
    (trail, to): (&Trail, Ownership),
    transfer: Transfer,
    followers: Followers<'_>,
    decision: Decision<R>,
) -> Decided<R> {
    let team = world.get::<Team>(to.team);
    let participant = world.get::<Participant>(trail.participant());
    let listed = world.children::<NameEntry, Participant>(trail.participant());
    let (participant, listed) = (participant?, listed?);
    let (trail, fact) = trail.clone().hand_over(team?, to.owner)?;
    let decision = decision.save(transfer.shown_like(&trail));
    let decision = relist(decision.tell(&trail, fact), &listed, participant, Some(&trail));
    let decision = followers.follow(world, &trail, decision)?;
    Ok(decision.save(trail))
}
