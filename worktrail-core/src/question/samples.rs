//! For tests: a question of every kind, answered in the [scene](crate::command::scene) to whoever has the right.

use std::fmt::Debug;

use super::{
    FindEmployer, FindParticipant, FindStaff, NarrativeRevisions, OfficeTeams, OwnTeams, OwnTrails, Portfolio,
    PortfolioPhases, Question, ReadTrail, TeamFigures, TeamMembers, TeamPhases, TeamPortfolio, TrailHistory,
};
use crate::command::samples::{Over, newcomer, trail_id};
use crate::command::scene::{office, staff};
use crate::domain::samples::team;
use crate::domain::{NationalId, OfficeId, TeamId, Topic, TrailId};
use crate::record::samples::{id, organisation_number};
use crate::store::{Limit, PageRequest};

/// What is done with a question of every kind.
pub(crate) trait Visit {
    /// Does it with one: where its right is asked for, and the same over something that is not there.
    fn question<Q: Question>(&mut self, name: &'static str, over: Over, there: &Q, nowhere: &Q)
    where
        Q::Answer: PartialEq + Debug;
}

/// Visits a question of every kind; its pages are short, so that there are cursors.
pub(crate) fn every_question(visit: &mut impl Visit) {
    let (no_trail, no_team) = (TrailId::new(id(0xFFFF)), TeamId::new(id(0xFFFF)));
    let page = PageRequest::first(Limit::new(2));
    let find = |team| FindParticipant { team, number: NationalId::DEMONSTRATION };
    let own = |team| Portfolio { team, phase: None, page: page.clone() };
    let whole = |team| TeamPortfolio { team, phase: None, page: page.clone() };
    let read = |trail| ReadTrail { trail };
    let history = |trail| TrailHistory { trail };
    let former = |trail| NarrativeRevisions { trail, topic: Topic::Health, page: page.clone() };
    visit.question("find_participant", Over::Team, &find(team()), &find(no_team));
    let employer = |team| FindEmployer { team, number: organisation_number() };
    visit.question("find_employer", Over::Team, &employer(team()), &employer(no_team));
    // Of whoever asks there is only one: what is there is what is nowhere.
    let teams = OwnTeams { page: page.clone() };
    visit.question("own_teams", Over::Themself, &teams, &teams);
    visit.question("own_trails", Over::Themself, &OwnTrails, &OwnTrails);
    visit.question("read_trail", Over::Trail, &read(trail_id()), &read(no_trail));
    visit.question("trail_history", Over::Trail, &history(trail_id()), &history(no_trail));
    visit.question("narrative_revisions", Over::Trail, &former(trail_id()), &former(no_trail));
    visit.question("portfolio", Over::Team, &own(team()), &own(no_team));
    visit.question("team_portfolio", Over::Team, &whole(team()), &whole(no_team));
    let (there, nowhere) = (PortfolioPhases { team: team() }, PortfolioPhases { team: no_team });
    visit.question("portfolio_phases", Over::Team, &there, &nowhere);
    let (there, nowhere) = (TeamPhases { team: team() }, TeamPhases { team: no_team });
    visit.question("team_phases", Over::Team, &there, &nowhere);
    let (there, nowhere) = (TeamFigures { team: team() }, TeamFigures { team: no_team });
    visit.question("team_figures", Over::Team, &there, &nowhere);
    let teams = |office| OfficeTeams { office, page: page.clone() };
    visit.question("office_teams", Over::Office, &teams(office().id()), &teams(OfficeId::new(id(0xFFFF))));
    let members = |team| TeamMembers { team, page: page.clone() };
    visit.question("team_members", Over::Team, &members(team()), &members(no_team));
    let staff = |team| FindStaff { team, identity: staff(newcomer()).host_identity().clone() };
    visit.question("find_staff", Over::Team, &staff(team()), &staff(no_team));
}
