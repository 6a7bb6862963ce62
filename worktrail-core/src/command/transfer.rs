//! Commands about transfers: a trail comes to another specialist, who has a say in it.

use serde::{Deserialize, Serialize};

use super::finding::relist;
use super::followers::Followers;
use super::trail::{can_own, may_own};
use super::{Bounds, Command, Decided, Decision, Place, Stop, World};
use crate::access::Right;
use crate::domain::{
    NameEntry, Ownership, Participant, Rejection, Role, Team, Text, Thing, Trail, TrailId, Transfer, TransferId,
    TransferKind, TransferTerms,
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
/// trail stays where it is, and the receiving team sees nothing of it but the proposal.
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
        let (transfer, decision) = proposal.made(world, &self.terms, permit.reply(self.transfer))?;
        Ok(decision.save(transfer))
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
        let transfer = world.get::<Transfer>(self.transfer)?;
        let permit = world.may(transfer)?;
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
        hand_over(world, trail, to, followers, decision.save(transfer))
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
        let transfer = world.get::<Transfer>(self.transfer)?;
        let permit = world.may(transfer)?;
        let from = transfer.from();
        let trail = world.get::<Trail>(transfer.trail());
        let followers = Followers::of(world, transfer.trail());
        let can_go_back = can_own(world, from.team, from.owner, transfer.participant());
        let trail = trail?;
        let goes_back = transfer.kind() == TransferKind::Assignment && can_go_back?;
        trail.must_be_open()?;
        let (transfer, returned) = transfer.clone().give_back(self.reason.clone(), &world.authorship())?;
        let decision = permit.reply(trail.id()).tell(&transfer, returned).save(transfer);
        if goes_back { hand_over(world, trail, from, followers, decision) } else { Ok(decision) }
    }
}

/// Gives a trail to a present specialist in one act, without asking: a supervisor of both teams may, also when the owner has
/// left, and whatever is proposed; user support may with a reason (`DB6`, I21), and so gives a withheld trail to a cleared
/// team (`DA4`).
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
        // Nobody has a withheld trail, and only a cleared team may be given it, which is nobody's else to know.
        match (trail.is_withheld(), team.clearance().is_ordinary()) {
            (false, _) => drop(world.may(team)?),
            (true, true) => return Err(Rejection::NotFound { what: Thing::Trail }.into()),
            (true, false) => {}
        }
        let followers = Followers::of(world, self.trail);
        let proposal = Proposal::look(world, self.transfer, trail, self.to);
        if permit.role() == Some(Role::UserSupport) && self.terms.reason.is_none() {
            return Err(Rejection::SupportWithoutReason.into());
        }
        let (transfer, decision) = proposal.made(world, &self.terms, permit.reply(self.transfer))?;
        let (transfer, accepted) = transfer.accept(&world.authorship())?;
        let decision = decision.tell(&transfer, accepted).save(transfer);
        hand_over(world, trail, self.to, followers, decision)
    }
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

    /// The proposal, and the decision with what it tells. Another one that is open is left behind.
    fn made<R>(
        self,
        world: &World<'_>,
        terms: &TransferTerms,
        mut decision: Decision<R>,
    ) -> Result<(Transfer, Decision<R>), Stop> {
        let by = world.authorship();
        let (team, open, participant) = (self.team?, self.open?, self.participant?);
        // An ordinary team could not see it (`DA4`).
        if participant.protection().is_strict() && team.clearance().is_ordinary() {
            return Err(Rejection::StrictlyProtected.into());
        }
        self.id_is_new?;
        self.may_own?;
        if let Some(open) = open {
            let (left, fact) = open.clone().leave_behind(&by);
            decision = decision.tell(&left, fact).save(left);
        }
        let to = (team, self.to.owner);
        let (transfer, proposed) = Transfer::propose(self.id, self.trail, to, terms.clone(), &by)?;
        let decision = decision.tell(&transfer, proposed);
        Ok((transfer, decision))
    }
}

fn hand_over<R>(
    world: &World<'_>,
    trail: &Trail,
    to: Ownership,
    followers: Followers<'_>,
    decision: Decision<R>,
) -> Decided<R> {
    let team = world.get::<Team>(to.team);
    let participant = world.get::<Participant>(trail.participant());
    let listed = world.children::<NameEntry, Participant>(trail.participant());
    let (participant, listed) = (participant?, listed?);
    let (trail, fact) = trail.clone().hand_over(team?, to.owner)?;
    let decision = relist(decision.tell(&trail, fact), &listed, participant, Some(&trail));
    let decision = followers.follow(world, &trail, decision)?;
    Ok(decision.save(trail))
}
