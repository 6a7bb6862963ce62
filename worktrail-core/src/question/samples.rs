//! For tests: a question of every kind, answered in the [scene](crate::command::scene) to whoever has the right.

use std::fmt::Debug;

use super::{
    Appointments, BeforeContact, ContactPersonsToInform, CoveredTrails, DueForRetention, DueUntil,
    EducationsStartedSince, EmployerContacts, EmployerDuplicates, EmployerSearch, EndingChecklist, ExcludedReferrals,
    FindByName, FindEmployer, FindEmployers, FindParticipant, FindStaff, GeneralContacts, HeldAbout, JobsAtEmployer,
    JobsStartedSince, LeftTrails, MemberConflicts, NarrativeRevisions, OfferedChoices, OfficeTeams, OfficesBelow,
    OngoingEducations, OngoingJobs, OwnConflicts, OwnEducationsStartedSince, OwnJobsStartedSince, OwnOngoingEducations,
    OwnOngoingJobs, OwnTeams, OwnTrails, OwnWishes, OwnerPortfolio, PausedInPortfolio, PausedInTeam, Portfolio,
    PortfolioPhases, PresentNotice, ProbableDuplicates, Question, ReadCareerProfile, ReadConsentStanding, ReadEmployer,
    ReadGuidance, ReadMembership, ReadShared, ReadTrail, SharedOf, TeamDueUntil, TeamEmployerContacts, TeamFigures,
    TeamMembers, TeamPhases, TeamPortfolio, TeamTransfers, TeamWithoutStart, TrailCovers, TrailHistory, TrailTransfers,
    TransferWay, WaitingList, WaitingTransfers, WithoutStart, ZeroExclusionFlags,
};
use crate::command::samples::{Over, deputy, employer_id, newcomer, trail_id};
use crate::command::scene::{now, office, other_office, staff};
use crate::domain::samples::{day, participant_id, spurv, team};
use crate::domain::{GuidanceOn, ListName, Method, NameBeginning, NationalId, OfficeId, TeamId, Topic, TrailId};
use crate::record::samples::{self, id, organisation_number};
use crate::store::{Limit, PageRequest, Position};

/// What is done with a question of every kind.
pub(crate) trait Visit {
    /// Does it with one: where its right is asked for, and the same over something that is not there.
    fn question<Q: Question>(&mut self, name: &'static str, over: Over, there: &Q, nowhere: &Q)
    where
        Q::Answer: PartialEq + Debug;
}

/// Visits a question of every kind; its pages are short, so that there are cursors.
pub(crate) fn every_question(visit: &mut impl Visit) {
    every_question_about_cases(visit);
    every_question_about_people_and_teams(visit);
    every_question_about_employers(visit);
    every_question_about_what_is_due(visit);
    every_question_about_work_and_endings(visit);
}

fn every_question_about_cases(visit: &mut impl Visit) {
    let (no_trail, no_team) = (TrailId::new(id(0xFFFF)), TeamId::new(id(0xFFFF)));
    let page = PageRequest::first(Limit::new(2));
    let find = |team| FindParticipant { team, number: NationalId::DEMONSTRATION.into() };
    let own = |team| Portfolio { team, phase: None, page: page.clone() };
    let whole = |team| TeamPortfolio { team, phase: None, page: page.clone() };
    let read = |trail| ReadTrail { trail };
    let history = |trail| TrailHistory { trail, after: Position::START, limit: Limit::new(2) };
    let former = |trail| NarrativeRevisions { trail, topic: Topic::Health, page: page.clone(), entry: None };
    visit.question("find_participant", Over::Team, &find(team()), &find(no_team));
    let employer = |team| FindEmployer { team, number: organisation_number() };
    visit.question("find_employer", Over::Team, &employer(team()), &employer(no_team));
    // Of whoever asks there is only one: what is there is what is nowhere.
    let teams = OwnTeams { page: page.clone() };
    visit.question("own_teams", Over::Themself, &teams, &teams);
    visit.question("own_trails", Over::Themself, &OwnTrails, &OwnTrails);
    visit.question("own_wishes", Over::Themself, &OwnWishes, &OwnWishes);
    visit.question("read_trail", Over::Trail, &read(trail_id()), &read(no_trail));
    let profile = |trail| ReadCareerProfile { trail };
    visit.question("read_career_profile", Over::Trail, &profile(trail_id()), &profile(no_trail));
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
}

fn every_question_about_people_and_teams(visit: &mut impl Visit) {
    let (no_trail, no_team) = (TrailId::new(id(0xFFFF)), TeamId::new(id(0xFFFF)));
    let page = PageRequest::first(Limit::new(2));
    let teams = |office| OfficeTeams { office, page: page.clone() };
    visit.question("office_teams", Over::Office, &teams(office().id()), &teams(OfficeId::new(id(0xFFFF))));
    let members = |team| TeamMembers { team, page: page.clone() };
    visit.question("team_members", Over::Team, &members(team()), &members(no_team));
    let beginning = NameBeginning::parse("kan").unwrap();
    let by_name = |team| FindByName { team, beginning: beginning.clone(), page: page.clone() };
    visit.question("find_by_name", Over::Team, &by_name(team()), &by_name(no_team));
    let alike = |team| ProbableDuplicates { team, participant: participant_id() };
    visit.question("probable_duplicates", Over::Team, &alike(team()), &alike(no_team));
    let notice = |team| PresentNotice { team, name: samples::notice().name().clone() };
    let standing = |trail| ReadConsentStanding { trail, notice: samples::notice().name().clone() };
    visit.question("present_notice", Over::Team, &notice(team()), &notice(no_team));
    let offered = |team| OfferedChoices { team, list: ListName::EndReasons };
    visit.question("offered_choices", Over::Team, &offered(team()), &offered(no_team));
    let guidance = |team| ReadGuidance { team, on: GuidanceOn::Method(Method::Ips) };
    visit.question("read_guidance", Over::Team, &guidance(team()), &guidance(no_team));
    visit.question("read_consent_standing", Over::Trail, &standing(trail_id()), &standing(no_trail));
    let shared = |trail| ReadShared { of: SharedOf::Trail(trail) };
    visit.question("read_shared", Over::Trail, &shared(trail_id()), &shared(no_trail));
    let due = |team| DueForRetention { team, page: page.clone() };
    visit.question("due_for_retention", Over::Team, &due(team()), &due(no_team));
    let waiting = |team| WaitingTransfers { team, page: page.clone() };
    visit.question("waiting_transfers", Over::Team, &waiting(team()), &waiting(no_team));
    let transfers = |team| TeamTransfers { team, way: TransferWay::Outgoing, page: page.clone() };
    visit.question("team_transfers", Over::Team, &transfers(team()), &transfers(no_team));
    let transfers = |trail| TrailTransfers { trail };
    visit.question("trail_transfers", Over::Trail, &transfers(trail_id()), &transfers(no_trail));
    let covered = |team| CoveredTrails { team, page: page.clone() };
    visit.question("covered_trails", Over::Team, &covered(team()), &covered(no_team));
    let covers = |trail| TrailCovers { trail };
    visit.question("trail_covers", Over::Trail, &covers(trail_id()), &covers(no_trail));
    let left = |team| LeftTrails { team, page: page.clone() };
    visit.question("left_trails", Over::Team, &left(team()), &left(no_team));
    let owned = |team| OwnerPortfolio { team, owner: spurv(), page: page.clone() };
    visit.question("owner_portfolio", Over::Team, &owned(team()), &owned(no_team));
    let conflicts = OwnConflicts { page: page.clone() };
    visit.question("own_conflicts", Over::Themself, &conflicts, &conflicts);
    let conflicts = |team| MemberConflicts { team, staff: deputy() };
    visit.question("member_conflicts", Over::Team, &conflicts(team()), &conflicts(no_team));
    let membership = |team| ReadMembership { team, staff: deputy() };
    visit.question("read_membership", Over::Team, &membership(team()), &membership(no_team));
    let appointments = Appointments { office: Some(other_office().id()), page: page.clone() };
    visit.question("appointments", Over::Organisation, &appointments, &appointments);
    let below = |office| OfficesBelow { office, page: page.clone() };
    visit.question("offices_below", Over::Office, &below(office().id()), &below(OfficeId::new(id(0xFFFF))));
}

fn every_question_about_employers(visit: &mut impl Visit) {
    let (no_trail, no_team) = (TrailId::new(id(0xFFFF)), TeamId::new(id(0xFFFF)));
    let page = PageRequest::first(Limit::new(2));
    let number = employer_id();
    let card = |team| ReadEmployer { team, employer: number };
    visit.question("read_employer", Over::Team, &card(team()), &card(no_team));
    let by = || EmployerSearch::SubUnitsOf(organisation_number());
    let search = |team| FindEmployers { team, by: by(), page: page.clone() };
    visit.question("find_employers", Over::Team, &search(team()), &search(no_team));
    let twice = |team| EmployerDuplicates { team, employer: number };
    visit.question("employer_duplicates", Over::Team, &twice(team()), &twice(no_team));
    let general = |team| GeneralContacts { team, employer: number, page: page.clone() };
    visit.question("general_contacts", Over::Team, &general(team()), &general(no_team));
    let own_contacts = |team| EmployerContacts { team, employer: number, page: page.clone() };
    visit.question("employer_contacts", Over::Team, &own_contacts(team()), &own_contacts(no_team));
    let team_contacts = |team| TeamEmployerContacts { team, employer: number, page: page.clone() };
    visit.question("team_employer_contacts", Over::Team, &team_contacts(team()), &team_contacts(no_team));
    let before = |trail| BeforeContact { trail, employer: number, through: None };
    visit.question("before_contact", Over::Trail, &before(trail_id()), &before(no_trail));
    let inform = |team| ContactPersonsToInform { team, until: day("2022-09-01"), page: page.clone() };
    visit.question("contact_persons_to_inform", Over::Team, &inform(team()), &inform(no_team));
}

fn every_question_about_what_is_due(visit: &mut impl Visit) {
    let (no_trail, no_team) = (TrailId::new(id(0xFFFF)), TeamId::new(id(0xFFFF)));
    let page = PageRequest::first(Limit::new(2));
    let held = |trail| HeldAbout { trail };
    visit.question("held_about", Over::Trail, &held(trail_id()), &held(no_trail));
    let (until, notice) = (day("2022-09-01"), samples::notice().name().clone());
    let due = |team| DueUntil { team, until, notice: notice.clone(), page: page.clone() };
    visit.question("due_until", Over::Team, &due(team()), &due(no_team));
    let due = |team| TeamDueUntil { team, until, notice: notice.clone(), page: page.clone() };
    visit.question("team_due_until", Over::Team, &due(team()), &due(no_team));
    let waiting = |team| WithoutStart { team, page: page.clone() };
    visit.question("without_start", Over::Team, &waiting(team()), &waiting(no_team));
    let waiting = |team| TeamWithoutStart { team, page: page.clone() };
    visit.question("team_without_start", Over::Team, &waiting(team()), &waiting(no_team));
}

fn every_question_about_work_and_endings(visit: &mut impl Visit) {
    let (no_trail, no_team) = (TrailId::new(id(0xFFFF)), TeamId::new(id(0xFFFF)));
    let page = PageRequest::first(Limit::new(2));
    let (on, since) = (day("2022-09-01"), day("2022-08-01"));
    let ask = |team| OngoingJobs { team, on, page: page.clone() };
    visit.question("ongoing_jobs", Over::Team, &ask(team()), &ask(no_team));
    let ask = |team| OwnOngoingJobs { team, on, page: page.clone() };
    visit.question("own_ongoing_jobs", Over::Team, &ask(team()), &ask(no_team));
    let ask = |team| JobsStartedSince { team, since, page: page.clone() };
    visit.question("jobs_started_since", Over::Team, &ask(team()), &ask(no_team));
    let ask = |team| OwnJobsStartedSince { team, since, page: page.clone() };
    visit.question("own_jobs_started_since", Over::Team, &ask(team()), &ask(no_team));
    let ask = |team| OngoingEducations { team, on, page: page.clone() };
    visit.question("ongoing_educations", Over::Team, &ask(team()), &ask(no_team));
    let ask = |team| OwnOngoingEducations { team, on, page: page.clone() };
    visit.question("own_ongoing_educations", Over::Team, &ask(team()), &ask(no_team));
    let ask = |team| EducationsStartedSince { team, since, page: page.clone() };
    visit.question("educations_started_since", Over::Team, &ask(team()), &ask(no_team));
    let ask = |team| OwnEducationsStartedSince { team, since, page: page.clone() };
    visit.question("own_educations_started_since", Over::Team, &ask(team()), &ask(no_team));
    let ask = |team| JobsAtEmployer { team, employer: employer_id(), page: page.clone() };
    visit.question("jobs_at_employer", Over::Team, &ask(team()), &ask(no_team));
    let ask = |team| PausedInPortfolio { team, page: page.clone() };
    visit.question("paused_in_portfolio", Over::Team, &ask(team()), &ask(no_team));
    let ask = |team| PausedInTeam { team, page: page.clone() };
    visit.question("paused_in_team", Over::Team, &ask(team()), &ask(no_team));
    let ask = |team| ZeroExclusionFlags { team, page: page.clone() };
    visit.question("zero_exclusion_flags", Over::Team, &ask(team()), &ask(no_team));
    let ask = |team| WaitingList { team, page: page.clone() };
    visit.question("waiting_list", Over::Team, &ask(team()), &ask(no_team));
    let ask = |team| ExcludedReferrals { team, page: page.clone() };
    visit.question("excluded_referrals", Over::Team, &ask(team()), &ask(no_team));
    let checklist = |trail| EndingChecklist { trail, on: now().day() };
    visit.question("ending_checklist", Over::Trail, &checklist(trail_id()), &checklist(no_trail));
    let staff = |team| FindStaff { team, identity: staff(newcomer()).host_identity().clone() };
    visit.question("find_staff", Over::Team, &staff(team()), &staff(no_team));
}
