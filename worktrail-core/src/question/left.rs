//! What leavers leave behind: open trails whose owner is a specialist of the team no more.

use chrono::NaiveDate;

use super::portfolio::{PortfolioLine, lines_of};
use super::{Answered, Question, View};
use crate::access::Right;
use crate::domain::{Membership, Phase, Role, StaffId, Team, TeamId, Trail};
use crate::store::{Grouping, Limit, PageRequest, Tally, Value};

/// The open trails of a team whose owner is no present specialist of it (row 49): they wait for the supervisor to give them
/// to somebody, and nobody but the participant and the supervisors reads them until then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftTrails {
    /// The team.
    pub team: TeamId,
}

/// What somebody left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeftBehind {
    /// Whose trails they are.
    pub owner: StaffId,
    /// Their role in the team.
    pub role: Role,
    /// Their last day in the team, if there is one.
    pub last_day: Option<NaiveDate>,
    /// The trails.
    pub trails: Vec<PortfolioLine>,
}

impl Question for LeftTrails {
    type Answer = Vec<LeftBehind>;

    const RIGHT: Right = Right::SeeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, _) = view.over_team(self.team);
        let members = view.children::<Membership, Team>(self.team);
        let (team, permit) = right?;
        let members = members?;
        let is_present = |it: &Membership| it.role() == Role::Specialist && it.is_active_on(view.today());
        let left: Vec<_> = members.into_iter().filter(|it| !is_present(it)).collect();
        // Counted first, all in one go, so that pages are read only of those who left something.
        let of = |member: &Membership, phase| Trail::of_owner(team, member.staff(), phase);
        let counts: Vec<_> = left.iter().map(|it| view.count(of(it, None), Grouping::NextField)).collect();
        let mut wanted = Vec::new();
        for (member, tallies) in left.into_iter().zip(counts) {
            let tallies = tallies?;
            let phases = team.method().phases().iter().filter(|phase| **phase != Phase::Ended && has(tallies, **phase));
            let pages: Vec<_> = phases
                .map(|phase| view.page::<Trail>(of(member, Some(*phase)), &PageRequest::first(Limit::MAX)))
                .collect();
            wanted.push((member, pages));
        }
        let mut answer = Vec::new();
        for (member, pages) in wanted {
            let mut trails = Vec::new();
            for page in pages {
                trails.extend(page?.items);
            }
            if !trails.is_empty() {
                answer.push((member, trails));
            }
        }
        let lines: Vec<_> = answer.iter().map(|(_, trails)| lines_of(view, trails)).collect();
        let mut behind = Vec::with_capacity(answer.len());
        for ((member, _), trails) in answer.into_iter().zip(lines) {
            let (owner, role, last_day) = (member.staff(), member.role(), member.period().last());
            behind.push(LeftBehind { owner, role, last_day, trails: trails? });
        }
        Ok(permit.answer(behind))
    }
}

fn has(tallies: &[Tally], phase: Phase) -> bool {
    tallies.iter().any(|tally| tally.value == Some(Value::from(phase.code())))
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::access::{Actor, Purpose};
    use crate::command::samples::{fresh_trail_id, reassign_trail, trail_id};
    use crate::command::scene::{Scene, everyday, member, our_team, supervisor};
    use crate::command::{EndMembership, ReassignTrail};
    use crate::desk::spy::desk;
    use crate::domain::samples::{day, spurv, team};
    use crate::domain::{Period, TransferId};
    use crate::record::samples::id;
    use crate::store::CommandId;

    fn spurv_until(last: &str) -> Scene {
        let period = Period::between(day("2022-01-01"), day(last)).unwrap();
        everyday().with(&member(spurv(), &our_team(), Role::Specialist, period))
    }

    #[test]
    fn row_49_i21_what_a_leaver_leaves_behind_is_there_until_the_supervisor_gives_it_to_somebody() {
        let left = |store| block_on(desk(store).ask(&supervisor(), &LeftTrails { team: team() })).unwrap();
        // given an owner on their last day, then nothing is left behind
        assert_eq!(left(spurv_until("2022-09-01").store()), []);
        // when the day is over, then their open trails are: not the ended one, nor the withheld one (DA4)
        let store = spurv_until("2022-08-31").store();
        let behind = left(store.clone());
        let [of_spurv] = &behind[..] else { panic!("one leaver: {behind:?}") };
        assert_eq!((of_spurv.owner, of_spurv.last_day), (spurv(), Some(day("2022-08-31"))));
        let mut trails: Vec<_> = of_spurv.trails.iter().map(|line| line.trail).collect();
        trails.sort();
        assert_eq!(trails, [trail_id(), fresh_trail_id()]);
        // and the leaver reads none of them, and the supervisor gives them to somebody without asking the owner
        let leaver = Actor::staff(spurv(), [Role::Specialist], Purpose::FollowUp);
        let read = block_on(desk(&store).ask(&leaver, &crate::question::ReadTrail { trail: trail_id() }));
        assert!(read.is_err());
        let mut number = 0xD9A;
        for trail in trails {
            number += 1;
            let command = ReassignTrail { transfer: TransferId::new(id(number)), trail, ..reassign_trail() };
            block_on(desk(&store).run(&supervisor(), CommandId::new(id(number)), &command)).unwrap();
        }
        assert_eq!(left(store), []);
    }

    #[test]
    fn row_49_who_changes_role_leaves_their_trails_behind_too() {
        let period = Period::from(day("2022-01-01")).unwrap();
        let scene = everyday().with(&member(spurv(), &our_team(), Role::Supervisor, period));
        let behind = block_on(desk(scene.store()).ask(&supervisor(), &LeftTrails { team: team() })).unwrap();
        let left: Vec<_> = behind.iter().map(|it| (it.owner, it.role, it.last_day, it.trails.len())).collect();
        assert_eq!(left, [(spurv(), Role::Supervisor, None, 2)]);
    }

    #[test]
    fn row_49_a_membership_is_ended_whatever_is_left_open() {
        let membership = member(spurv(), &our_team(), Role::Specialist, Period::from(day("2022-01-01")).unwrap()).id();
        let end = EndMembership { membership, team: team(), on: day("2022-08-31") };
        let store = everyday().store();
        block_on(desk(&store).run(&supervisor(), CommandId::new(id(0xC1)), &end)).unwrap();
        let behind = block_on(desk(&store).ask(&supervisor(), &LeftTrails { team: team() })).unwrap();
        assert_eq!(behind.iter().map(|it| it.trails.len()).sum::<usize>(), 2);
    }
}
