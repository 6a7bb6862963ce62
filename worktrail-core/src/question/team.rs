//! Teams and the people in them.

use super::view::Page;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::domain::{
    Line, Membership, MembershipId, Method, Office, OfficeId, PersonName, Phase, Position, Presence, Rejection, Role,
    Staff, StaffId, Team, TeamId, Thing, Trail,
};
use crate::store::{Grouping, PageRequest, Tally, Value};

/// The teams that are placed in an office, by name. A cleared one is not there (`DA4`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeTeams {
    /// The office.
    pub office: OfficeId,
    /// Which page.
    pub page: PageRequest,
}

/// A team of an office.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OfficeTeam {
    /// The team.
    pub team: TeamId,
    /// Its name.
    pub name: Line<120>,
    /// The method that it works by.
    pub method: Method,
}

/// A team's memberships that are not over, by their last day, with how each member stands today and how many open trails
/// they own in the team (S105: to whom a trail is given).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamMembers {
    /// The team.
    pub team: TeamId,
    /// Which page.
    pub page: PageRequest,
}

/// A member of a team.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TeamMember {
    /// The membership.
    pub membership: MembershipId,
    /// Who.
    pub staff: StaffId,
    /// Their name.
    pub name: PersonName,
    /// In which role.
    pub role: Role,
    /// The post today.
    pub position: Position,
    /// How they stand to the team today.
    pub presence: Presence,
    /// How many open trails they own in the team.
    pub caseload: u64,
}

/// Finds a member of staff by who they are to the host, to admit them to a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindStaff {
    /// The team that asks.
    pub team: TeamId,
    /// Who they are to the host.
    pub identity: Line<80>,
}

/// Reads a membership, whole: its terms, posts and absences, and by them the working time that was scheduled
/// ([`Membership::scheduled_minutes`], `DC4`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadMembership {
    /// The team.
    pub team: TeamId,
    /// Whose.
    pub staff: StaffId,
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StaffCard {
    /// Who.
    pub staff: StaffId,
    /// Their name.
    pub name: PersonName,
}

impl Question for OfficeTeams {
    type Answer = Page<OfficeTeam>;

    const RIGHT: Right = Right::SeeTeams;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let right = view.get::<Office>(self.office).and_then(|office| view.may(office));
        let page = view.page::<Team>(Team::in_office(self.office), &self.page);
        let permit = right?;
        let page = page?;
        let items = page.items.into_iter().map(|team| OfficeTeam {
            team: team.id(),
            name: team.name().clone(),
            method: team.method(),
        });
        Ok(permit.answer(Page { items: items.collect(), next: page.next }))
    }
}

impl Question for TeamMembers {
    type Answer = Page<TeamMember>;

    const RIGHT: Right = Right::SeeMembers;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, _) = view.over_team(self.team);
        let page = view.page::<Membership>(Membership::of_team(self.team, view.today()), &self.page);
        let (team, permit) = right?;
        let page = page?;
        // All are asked for before the first is needed, so that they come in one load.
        let staff: Vec<_> = page.items.iter().map(|it| view.get::<Staff>(it.staff())).collect();
        let caseloads: Vec<_> = page
            .items
            .iter()
            .map(|it| view.count(Trail::of_owner(team, it.staff(), None), Grouping::NextField))
            .collect();
        let mut items = Vec::with_capacity(staff.len());
        for ((membership, staff), caseload) in page.items.into_iter().zip(staff).zip(caseloads) {
            items.push(TeamMember {
                membership: membership.id(),
                staff: membership.staff(),
                name: staff?.name().clone(),
                role: membership.role(),
                position: membership.position_on(view.today()),
                presence: membership.presence_on(view.today()),
                caseload: open(caseload?),
            });
        }
        Ok(permit.answer(Page { items, next: page.next }))
    }
}

impl Question for FindStaff {
    type Answer = Option<StaffCard>;

    const RIGHT: Right = Right::ManageMembers;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, _) = view.over_team(self.team);
        let found = view.find_by(&Staff::by_identity(&self.identity));
        let (_, permit) = right?;
        Ok(permit.answer(found?.map(|staff| StaffCard { staff: staff.id(), name: staff.name().clone() })))
    }
}

impl Question for ReadMembership {
    type Answer = Membership;

    const RIGHT: Right = Right::ManageMembers;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let permit = view.may(view.get::<Team>(self.team)?)?;
        let found = view.find_by(&Membership::by_team_and_staff(self.team, self.staff))?;
        Ok(permit.answer(found.ok_or(Rejection::NotFound { what: Thing::Membership })?.clone()))
    }
}

/// How many of the trails that were counted by phase have not ended.
fn open(by_phase: &[Tally]) -> u64 {
    let ended = Some(Value::from(Phase::Ended.code()));
    by_phase.iter().filter(|tally| tally.value != ended).map(|tally| tally.count).sum()
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::command::samples::{deputy, newcomer, set_position};
    use crate::command::scene::{
        deputys_membership, everyday, now, office, our_team, region, staff, supervisor, user_support,
    };
    use crate::desk::spy::desk;
    use crate::domain::samples::{by_spurv, day, ravn, spurv, team};
    use crate::domain::{AbsenceReason, HoursPerWeek, Period};
    use crate::store::Limit;

    fn first() -> PageRequest {
        PageRequest::first(Limit::MAX)
    }

    #[test]
    fn the_teams_of_an_office_are_those_placed_in_it() {
        let desk = desk(everyday().store());
        let teams = |office| {
            let page = block_on(desk.ask(&user_support(), &OfficeTeams { office, page: first() })).unwrap();
            page.items.into_iter().map(|it| it.team).collect::<Vec<_>>()
        };
        assert_eq!(teams(office().id()), [our_team().id()]);
        assert_eq!(teams(region().id()), [], "what lies below is asked for by itself");
    }

    #[test]
    fn s105_a_teams_members_are_shown_with_presence_post_and_caseload() {
        // given a deputy who works 60 per cent and is away today
        let (share, today) = (set_position().position, now().day());
        let (part, _) = deputys_membership().set_position(share, day("2022-08-01"), &by_spurv("2022-08-01")).unwrap();
        let away = Period::between(today, today).unwrap();
        let (away, _) = part.be_absent(away, AbsenceReason::Absence, &by_spurv("2022-08-01")).unwrap();
        let desk = desk(everyday().with(&away).store());
        // when the supervisor asks for the members
        let page = block_on(desk.ask(&supervisor(), &TeamMembers { team: team(), page: first() })).unwrap();
        let shown = |who: StaffId| {
            let member = page.items.iter().find(|it| it.staff == who).unwrap();
            (member.role, member.presence, member.position.share.percent(), member.caseload)
        };
        // then each stands there: SPURV with the four trails that have not ended and are not withheld
        assert_eq!(page.items.len(), 3);
        assert_eq!(shown(spurv()), (Role::Specialist, Presence::Present, 100, 4));
        assert_eq!(shown(ravn()), (Role::Supervisor, Presence::Present, 100, 0));
        assert_eq!(shown(deputy()), (Role::Specialist, Presence::Absent, 60, 0));
    }

    #[test]
    fn dc4_da16_a_membership_is_read_with_its_terms_posts_and_absences_by_those_who_manage_it() {
        // given a deputy on leave, who works 60 per cent since August
        let (share, on) = (set_position().position, day("2022-08-01"));
        let (part, _) = deputys_membership().set_position(share, on, &by_spurv("2022-08-01")).unwrap();
        let desk = desk(everyday().with(&part).store());
        let read = |staff| block_on(desk.ask(&supervisor(), &ReadMembership { team: team(), staff }));
        // when the supervisor reads the membership, then all of it is there, and what was scheduled follows from it
        let membership = read(deputy()).unwrap();
        assert_eq!((membership.positions().len(), membership.absences().len()), (1, 1));
        let week = Period::between(day("2022-08-01"), day("2022-08-07")).unwrap();
        let full_time = HoursPerWeek::parse("37.5").unwrap();
        assert_eq!(membership.scheduled_minutes(week, full_time), part.scheduled_minutes(week, full_time));
        // and of who is no member there is none
        let missing = Rejection::NotFound { what: Thing::Membership };
        assert_eq!(read(newcomer()).unwrap_err().rejection(), Some(&missing));
    }

    #[test]
    fn a_member_of_staff_is_found_by_who_they_are_to_the_host() {
        let desk = desk(everyday().store());
        let find = |identity: &Line<80>| {
            let question = FindStaff { team: team(), identity: identity.clone() };
            block_on(desk.ask(&supervisor(), &question)).unwrap().map(|card| card.staff)
        };
        assert_eq!(find(staff(spurv()).host_identity()), Some(spurv()));
        assert_eq!(find(&Line::parse("nobody").unwrap()), None);
    }
}
