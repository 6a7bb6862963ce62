//! What leavers leave behind: open trails whose owner is a specialist of the team no more.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::portfolio::{PortfolioLine, lines_of};
use super::view::Page;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::Stop;
use crate::domain::{Membership, Role, StaffId, Team, TeamId, Trail};
use crate::store::{Grouping, PageRequest, Tally, Value};

/// Who owns open trails of a team and is no present specialist of it (row 49), by their last day: the trails wait for the
/// supervisor to give them to somebody, and nobody but the participant and the supervisors reads them until then.
///
/// A page is one of the team's memberships, of which those are told that left something: it may be shorter than it was
/// asked for. The last page ends with those whose membership was taken back, however many it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftTrails {
    /// The team.
    pub team: TeamId,
    /// Which page.
    pub page: PageRequest,
}

/// What somebody left behind; which trails they are says [`OwnerPortfolio`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeftBehind {
    /// Whose trails they are.
    pub owner: StaffId,
    /// Their role in the team; none once their membership was taken back.
    pub role: Option<Role>,
    /// Their last day in the team, if there is one.
    pub last_day: Option<NaiveDate>,
    /// How many trails.
    pub trails: u64,
}

/// The open trails of one owner in a team, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerPortfolio {
    /// The team.
    pub team: TeamId,
    /// The owner.
    pub owner: StaffId,
    /// Which page.
    pub page: PageRequest,
}

impl Question for LeftTrails {
    type Answer = Page<LeftBehind>;

    const RIGHT: Right = Right::SeeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let page = view.page::<Membership>(Membership::ever_of_team(self.team), &self.page);
        let owners = view.count(Trail::open_by_owner(at), Grouping::NextField);
        let (_, permit) = right?;
        let (page, mut owners) = (page?, open_of_each(owners?));
        let mut items = Vec::new();
        for member in page.items {
            let trails = owners.remove(&member.staff());
            let is_present = member.role() == Role::Specialist && member.is_active_on(view.today());
            if let Some(trails) = trails.filter(|_| !is_present) {
                let (owner, role, last_day) = (member.staff(), Some(member.role()), member.period().last());
                items.push(LeftBehind { owner, role, last_day, trails });
            }
        }
        if page.next.is_none() {
            items.extend(without_membership(view, self.team, owners)?);
        }
        Ok(permit.answer(Page { items, next: page.next }))
    }
}

/// How many open trails each owner has.
fn open_of_each(tallies: &[Tally]) -> BTreeMap<StaffId, u64> {
    let owner = |tally: &Tally| match tally.value {
        Some(Value::Id(owner)) => Some((StaffId::new(owner), tally.count)),
        _ => None,
    };
    tallies.iter().filter_map(owner).collect()
}

/// Of some owners, those who have no membership of the team any more: no page of memberships tells of them.
fn without_membership(view: &View<'_>, team: TeamId, owners: BTreeMap<StaffId, u64>) -> Result<Vec<LeftBehind>, Stop> {
    // All are looked up before the first is needed, so that they come in one load.
    let found = |(owner, trails)| (owner, trails, view.find_by(&Membership::by_team_and_staff(team, owner)));
    let looked_up: Vec<_> = owners.into_iter().map(found).collect();
    let mut left = Vec::new();
    for (owner, trails, membership) in looked_up {
        if membership?.is_none() {
            left.push(LeftBehind { owner, role: None, last_day: None, trails });
        }
    }
    Ok(left)
}

impl Question for OwnerPortfolio {
    type Answer = Page<PortfolioLine>;

    const RIGHT: Right = Right::SeeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let team = view.get::<Team>(self.team)?;
        let permit = view.may(team)?;
        let page = view.page::<Trail>(Trail::open_of_owner(team, self.owner), &self.page)?;
        Ok(permit.answer(Page { items: lines_of(view, &page.items)?, next: page.next }))
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::access::{Actor, Purpose};
    use crate::command::samples::{
        admit_member, enrolled_trail_id, fresh_trail_id, newcomer, reassign_trail, supported_trail_id, trail_id,
    };
    use crate::command::scene::{Scene, everyday, free, member, our_team, person, supervisor};
    use crate::command::{AdmitMember, EndMembership, ReassignTrail};
    use crate::desk::spy::desk;
    use crate::domain::samples::{day, spurv, team};
    use crate::domain::{Ownership, Period, TrailId, TransferId};
    use crate::record::samples::{self, id};
    use crate::store::{CommandId, Limit};

    fn left_trails() -> LeftTrails {
        LeftTrails { team: team(), page: PageRequest::first(Limit::MAX) }
    }

    fn spurv_until(last: &str) -> Scene {
        let period = Period::between(day("2022-01-01"), day(last)).unwrap();
        everyday().with(&member(spurv(), &our_team(), Role::Specialist, period))
    }

    #[test]
    fn row_49_i21_what_a_leaver_leaves_behind_is_there_until_the_supervisor_gives_it_to_somebody() {
        let left = |store| block_on(desk(store).ask(&supervisor(), &left_trails())).unwrap().items;
        // given an owner on their last day, then nothing is left behind
        assert_eq!(left(spurv_until("2022-09-01").store()), []);
        // when the day is over, then their open trails are: not the ended one, nor the withheld one (DA4)
        let store = spurv_until("2022-08-31").store();
        let behind = left(store.clone());
        let [of_spurv] = &behind[..] else { panic!("one leaver: {behind:?}") };
        assert_eq!((of_spurv.owner, of_spurv.last_day), (spurv(), Some(day("2022-08-31"))));
        let first = OwnerPortfolio { team: team(), owner: spurv(), page: PageRequest::first(Limit::new(1)) };
        let page = block_on(desk(&store).ask(&supervisor(), &first)).unwrap();
        let rest = PageRequest::after(Limit::MAX, page.next.clone().unwrap());
        let rest = block_on(desk(&store).ask(&supervisor(), &OwnerPortfolio { page: rest, ..first })).unwrap();
        let mut trails: Vec<_> = page.items.into_iter().chain(rest.items).map(|line| line.trail).collect();
        trails.sort();
        let all = [trail_id(), fresh_trail_id(), supported_trail_id(), enrolled_trail_id()];
        assert_eq!((of_spurv.trails, &trails[..]), (4, &all[..]), "of whatever method");
        // and the leaver reads none of them, and the supervisor gives them to somebody without asking the owner
        let leaver = Actor::staff(spurv(), [Role::Specialist], Purpose::FollowUp);
        let read = block_on(desk(&store).ask(&leaver, &crate::question::ReadTrail { trail: trail_id() }));
        assert!(read.is_err());
        let mut number = 0xD9A;
        for trail in [trail_id(), fresh_trail_id()] {
            number += 1;
            let command = ReassignTrail { transfer: TransferId::new(id(number)), trail, ..reassign_trail() };
            block_on(desk(&store).run(&supervisor(), CommandId::new(id(number)), &command)).unwrap();
        }
        // and the two of another method, which no specialist of this team can own, are still there
        assert_eq!(left(store).iter().map(|it| it.trails).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn row_49_who_changes_role_leaves_their_trails_behind_too() {
        let period = Period::from(day("2022-01-01")).unwrap();
        let scene = everyday().with(&member(spurv(), &our_team(), Role::Supervisor, period));
        let behind = block_on(desk(scene.store()).ask(&supervisor(), &left_trails())).unwrap().items;
        let left: Vec<_> = behind.iter().map(|it| (it.owner, it.role, it.last_day, it.trails)).collect();
        assert_eq!(left, [(spurv(), Some(Role::Supervisor), None, 4)]);
    }

    #[test]
    fn row_49_whose_membership_was_taken_back_leaves_their_trails_behind_too() {
        // given somebody who was admitted today, and was given a trail
        let desk = desk(everyday().store());
        let admitted = admit_member();
        let give = ReassignTrail { to: Ownership { owner: admitted.staff, team: team() }, ..reassign_trail() };
        block_on(desk.run(&supervisor(), CommandId::new(id(0xC1)), &admitted)).unwrap();
        block_on(desk.run(&supervisor(), CommandId::new(id(0xC2)), &give)).unwrap();
        let left = |limit| {
            let mut pages = vec![PageRequest::first(limit)];
            let mut items = Vec::new();
            while let Some(page) = pages.pop() {
                let asked = block_on(desk.ask(&supervisor(), &LeftTrails { team: team(), page })).unwrap();
                pages.extend(asked.next.map(|cursor| PageRequest::after(limit, cursor)));
                items.extend(asked.items.into_iter().map(|it| (it.owner, it.role, it.last_day, it.trails)));
            }
            items
        };
        assert_eq!(left(Limit::MAX), []);
        // when the membership is taken back, so that nothing of it is left
        let end = EndMembership { membership: admitted.membership, team: team(), on: day("2022-08-31") };
        block_on(desk.run(&supervisor(), CommandId::new(id(0xC3)), &end)).unwrap();
        // then the trail waits for the supervisor, once, however many come in a page
        for limit in [Limit::MAX, Limit::new(1)] {
            assert_eq!(left(limit), [(admitted.staff, None, None, 1)]);
        }
    }

    #[test]
    fn row_49_a_membership_is_ended_whatever_is_left_open() {
        let membership = member(spurv(), &our_team(), Role::Specialist, Period::from(day("2022-01-01")).unwrap()).id();
        let end = EndMembership { membership, team: team(), on: day("2022-08-31") };
        let store = everyday().store();
        block_on(desk(&store).run(&supervisor(), CommandId::new(id(0xC1)), &end)).unwrap();
        let behind = block_on(desk(&store).ask(&supervisor(), &left_trails())).unwrap().items;
        assert_eq!(behind.iter().map(|it| it.trails).sum::<u64>(), 4);
    }

    #[test]
    fn row_49_what_is_left_behind_comes_in_pages() {
        // given two who left something, and a page that holds one membership
        let period = Period::from(day("2022-01-01")).unwrap();
        let scene = everyday().with(&member(spurv(), &our_team(), Role::Supervisor, period));
        let store = scene.with(&samples::opened_trail(TrailId::new(id(0x3E1)), newcomer(), &person(free()))).store();
        let member = AdmitMember { staff: newcomer(), role: Role::Supervisor, ..admit_member() };
        block_on(desk(&store).run(&supervisor(), CommandId::new(id(0xC1)), &member)).unwrap();
        // when they are asked for to the last page, then each is there once
        let (mut owners, mut page) = (Vec::new(), Some(PageRequest::first(Limit::new(1))));
        while let Some(next) = page {
            let asked = block_on(desk(&store).ask(&supervisor(), &LeftTrails { team: team(), page: next })).unwrap();
            assert!(asked.items.len() <= 1);
            owners.extend(asked.items.into_iter().map(|it| (it.owner, it.trails)));
            page = asked.next.map(|cursor| PageRequest::after(Limit::new(1), cursor));
        }
        owners.sort();
        let mut expected = [(spurv(), 4), (newcomer(), 1)];
        expected.sort();
        assert_eq!(owners, expected);
    }
}
