//! Conflicts of interest that stand.

use chrono::NaiveDate;

use super::view::Page;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::{StaffThemself, Stop, all_of};
use crate::domain::{
    Conflict, ConflictId, Membership, Participant, ParticipantId, ReceivedReferral, Rejection, StaffId, Team, TeamId,
    Thing, Tie, Trail, TrailAudience,
};
use crate::store::{Limit, PageRequest};

/// The conflicts of interest that one declared oneself and that stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnConflicts {
    /// Which page.
    pub page: PageRequest,
}

/// The conflicts of interest of a present member of a team that stand, for whoever may lift them: with those people whom
/// the team registered, received a referral of or had a trail with (`DA3`, `DA4`), and towards whom whoever asks is impartial
/// themself. They are looked for among the first thousand that the member declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberConflicts {
    /// The team.
    pub team: TeamId,
    /// Whose.
    pub staff: StaffId,
}

/// A conflict of interest that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConflictLine {
    /// Which one.
    pub conflict: ConflictId,
    /// Towards whom.
    pub participant: ParticipantId,
    /// What ties them.
    pub tie: Tie,
    /// On which day it was declared.
    pub declared_on: NaiveDate,
}

impl ConflictLine {
    fn of(conflict: &Conflict) -> Self {
        Self {
            conflict: conflict.id(),
            participant: conflict.participant(),
            tie: conflict.tie(),
            declared_on: conflict.declared().day(),
        }
    }
}

impl Question for OwnConflicts {
    type Answer = Page<ConflictLine>;

    const RIGHT: Right = Right::DeclareConflict;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let themself = StaffId::new(view.actor().as_uuid());
        let permit = view.may(&StaffThemself(themself))?;
        let page = view.page::<Conflict>(Conflict::standing(themself), &self.page)?;
        Ok(permit.answer(page.map(ConflictLine::of)))
    }
}

impl Question for MemberConflicts {
    type Answer = Vec<ConflictLine>;

    const RIGHT: Right = Right::LiftConflict;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let team = view.get::<Team>(self.team)?;
        let permit = view.may(team)?;
        let membership = view.find_by(&Membership::by_team_and_staff(self.team, self.staff))?;
        if !membership.is_some_and(|it| it.is_active_on(view.today())) {
            return Err(Rejection::NotFound { what: Thing::Membership }.into());
        }
        let page = PageRequest::first(Limit::MAX);
        let conflicts = view.page::<Conflict>(Conflict::standing(self.staff), &page)?.items;
        // All are looked for before the first answer is needed, so that they come in one load.
        let people: Vec<_> = conflicts.iter().map(|it| view.get::<Participant>(it.participant())).collect();
        let people = people.into_iter().collect::<Result<Vec<_>, Stop>>()?;
        let known: Vec<_> = people.into_iter().map(|person| is_known_to(view, team, person)).collect();
        let known = known.into_iter().collect::<Result<Vec<bool>, Stop>>()?;
        let told = conflicts.into_iter().zip(known).filter(|(_, is_known)| *is_known);
        Ok(permit.answer(told.map(|(conflict, _)| ConflictLine::of(conflict)).collect()))
    }
}

/// Whether a person, towards whom whoever asks is impartial, is one whom a team registered, had a referral of or a trail
/// with, now or before. What other teams have of them makes no difference (`DA3`); what is withheld from the team is not
/// there (`DA4`).
fn is_known_to(view: &View<'_>, team: &Team, person: &Participant) -> Result<bool, Stop> {
    let impartial = view.is_impartial_to(person.id());
    let (trails, referrals) = (all_of::<Trail>(view, person), all_of::<ReceivedReferral>(view, person));
    let (impartial, trails, referrals) = (impartial?, trails?, referrals?);
    let trails = trails.iter().filter(|it| it.team() == team.id()).map(|it| it.audience());
    let referrals = referrals.iter().filter(|it| it.team() == team.id()).map(|it| it.audience());
    let theirs: Vec<_> = trails.chain(referrals).collect();
    let is_theirs = !theirs.is_empty() || person.registering_team() == Some(team.id());
    let is_withheld = person.protection().is_strict() || theirs.contains(&TrailAudience::Withheld);
    Ok(impartial && is_theirs && !(is_withheld && team.clearance().is_ordinary()))
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::access::Actor;
    use crate::command::samples::{deputy, newcomer};
    use crate::command::scene::{Scene, elsewhere, everyday, partial, purpose_of, specialist, supervisor};
    use crate::desk::spy::desk;
    use crate::domain::Role;
    use crate::domain::samples::{participant_id, ravn, spurv, team};
    use crate::record::samples::id;

    fn of_spurv(scene: Scene) -> Vec<ParticipantId> {
        let ask = MemberConflicts { team: team(), staff: spurv() };
        let told = block_on(desk(scene.store()).ask(&supervisor(), &ask)).unwrap();
        told.into_iter().map(|it| it.participant).collect()
    }

    #[test]
    fn whoever_may_lift_a_conflict_sees_that_it_stands_with_people_of_the_team() {
        // given a member's conflicts with the team's participant, with one of another team, and with one who is withheld
        let (other, withheld) = (elsewhere().0.id(), ParticipantId::new(id(0x105)));
        let people = [participant_id(), other, withheld];
        let scene = || people.into_iter().fold(everyday(), |scene, it| scene.with(&partial(spurv(), it)));
        // then the supervisor is told of the first
        assert_eq!(of_spurv(scene()), [participant_id()]);
        // and who has a conflict with the same person is not, nor of their own, which is not theirs to lift
        assert_eq!(of_spurv(scene().with(&partial(ravn(), participant_id()))), []);
        let own = MemberConflicts { team: team(), staff: ravn() };
        let scene = everyday().with(&partial(ravn(), participant_id()));
        assert_eq!(block_on(desk(scene.store()).ask(&supervisor(), &own)).unwrap(), []);
        // and of one who is no member there is nothing to see
        let stranger = MemberConflicts { team: team(), staff: newcomer() };
        let refused = block_on(desk(everyday().store()).ask(&supervisor(), &stranger)).unwrap_err();
        assert_eq!(refused.rejection(), Some(&Rejection::NotFound { what: Thing::Membership }));
    }

    #[test]
    fn da3_a_conflict_with_somebody_of_the_team_is_told_whatever_trail_they_have_elsewhere() {
        // given a member's conflict with somebody whose trail in the team has ended
        let former = ParticipantId::new(id(0x104));
        let scene = || everyday().with(&partial(spurv(), former));
        assert_eq!(of_spurv(scene()), [former]);
        // when they get a trail in another team, then it is told as before
        let mut trail = serde_json::to_value(elsewhere().1).unwrap();
        trail["id"] = id(0x3E9).to_string().into();
        trail["participant"] = former.to_string().into();
        let trail: Trail = serde_json::from_value(trail).unwrap();
        assert!(!trail.is_ended());
        assert_eq!(of_spurv(scene().with(&trail)), [former]);
    }

    #[test]
    fn one_sees_ones_own_conflicts_though_the_participants_are_not_there_to_one() {
        let (person, store) =
            (ParticipantId::new(id(0x107)), everyday().with(&partial(deputy(), participant_id())).store());
        let own = |actor: &Actor| {
            let (mut all, mut page) = (Vec::new(), Some(PageRequest::first(Limit::new(1))));
            while let Some(next) = page {
                let asked = block_on(desk(&store).ask(actor, &OwnConflicts { page: next })).unwrap();
                all.extend(asked.items.into_iter().map(|it| it.participant));
                page = asked.next.map(|cursor| PageRequest::after(Limit::new(1), cursor));
            }
            all.sort();
            all
        };
        let mut expected = [person, participant_id()];
        expected.sort();
        assert_eq!(own(&Actor::staff(deputy(), [Role::Specialist], purpose_of(Role::Specialist))), expected);
        assert_eq!(own(&specialist()), []);
    }
}
