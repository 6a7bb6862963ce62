//! Questions of every kind, asked about what the state offers, by pages to the last one.

use std::any::type_name;

use chrono::{Days, NaiveDate};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use uuid::Uuid;
use worktrail_core::access::{Actor, Right};
use worktrail_core::desk::{Desk, Error};
use worktrail_core::domain::{
    EmployerId, GuidanceOn, Line, ListName, Method, NameBeginning, NationalId, OrganisationNumber, ParticipantId,
    Phase, Topic, TrailId,
};
use worktrail_core::question::{
    Appointments, BeforeContact, ContactPersonsToInform, CoveredTrails, DueForRetention, DueUntil,
    EducationsStartedSince, EmployerContacts, EmployerDuplicates, EmployerSearch, EndingChecklist, ExcludedReferrals,
    FindByName, FindEmployer, FindEmployers, FindParticipant, FindStaff, GeneralContacts, HeldAbout, JobsAtEmployer,
    JobsStartedSince, LeftTrails, MemberConflicts, NarrativeRevisions, OfferedChoices, OfficeTeams, OfficesBelow,
    OngoingEducations, OngoingJobs, OwnConflicts, OwnEducationsStartedSince, OwnJobsStartedSince, OwnOngoingEducations,
    OwnOngoingJobs, OwnTeams, OwnTrails, OwnWishes, OwnerPortfolio, Page, PausedInPortfolio, PausedInTeam, Portfolio,
    PortfolioPhases, PresentNotice, ProbableDuplicates, Question, ReadCareerProfile, ReadConsentStanding, ReadEmployer,
    ReadGuidance, ReadMembership, ReadShared, ReadTrail, SharedOf, TeamDueUntil, TeamEmployerContacts, TeamFigures,
    TeamMembers, TeamPhases, TeamPortfolio, TeamTransfers, TeamWithoutStart, TrailCovers, TrailHistory, TrailTransfers,
    TransferWay, WaitingList, WaitingTransfers, WithoutStart, ZeroExclusionFlags,
};
use worktrail_core::simulation::Dice;
use worktrail_core::store::{Limit, PageRequest, Position};

use crate::drawn::{self, Matter, Offer};

/// How long a page is: short, so that there are cursors.
const PAGE: Limit = Limit::new(2);

/// A question that was asked.
#[derive(Debug)]
pub(crate) struct Asked {
    /// The code of the role in which it was asked.
    pub(crate) role: &'static str,
    pub(crate) answer: Answer,
}

/// What a question came to.
#[derive(Debug)]
pub(crate) enum Answer {
    /// It was answered, in so many pages: one for what has no pages.
    Pages(u64),
    /// It was refused, with this code.
    Refused(&'static str),
}

/// Asks the question of a name, about something that is drawn, by somebody who is.
///
/// # Errors
/// A question that is not known here, and what goes wrong without anybody's fault.
pub(crate) async fn ask(
    name: &'static str,
    right: Right,
    desk: &Desk<'_>,
    dice: &mut Dice,
    today: NaiveDate,
    offer: &Offer,
) -> Result<Asked, String> {
    let matter = drawn::matter(right, dice, today, offer);
    let role = matter.role;
    let mut clerk = Clerk { name, right, desk, dice, today, matter };
    let answer = match clerk.ask_about_people_and_trails().await {
        Some(answer) => Some(answer),
        None => clerk.ask_about_teams_and_employers().await,
    };
    let answer = answer.unwrap_or_else(|| Err("nobody knows how to ask it".to_owned()));
    let answer = answer.map_err(|fault| format!("{name} about {:?}: {fault}", clerk.matter))?;
    Ok(Asked { role, answer })
}

/// Whoever asks.
struct Clerk<'c> {
    name: &'static str,
    right: Right,
    desk: &'c Desk<'c>,
    dice: &'c mut Dice,
    today: NaiveDate,
    matter: Matter,
}

/// What comes of a question; nothing when there is none of the name.
type Told = Option<Result<Answer, String>>;

impl Clerk<'_> {
    async fn ask_about_people_and_trails(&mut self) -> Told {
        let (team, trail) = (self.id("team"), self.id("trail"));
        let (participant, employer): (ParticipantId, EmployerId) = (self.id("participant"), self.id("employer"));
        let (until, since) = (self.ahead(), self.ago());
        Some(match self.name {
            "find_participant" => {
                let known = self.matter.get::<NationalId>("national_id");
                self.one(&FindParticipant { team, number: known.unwrap_or_else(number).into() }).await
            }
            "find_by_name" => self.pages(|page| FindByName { team, beginning: beginning(), page }).await,
            "probable_duplicates" => self.one(&ProbableDuplicates { team, participant }).await,
            "own_trails" => self.one(&OwnTrails).await,
            "own_wishes" => self.one(&OwnWishes).await,
            "read_trail" => self.one(&ReadTrail { trail }).await,
            "read_career_profile" => self.one(&ReadCareerProfile { trail }).await,
            "read_shared" => {
                let of =
                    if self.dice.happens(500) { SharedOf::Trail(trail) } else { SharedOf::Participant(participant) };
                self.one(&ReadShared { of }).await
            }
            "read_consent_standing" => self.one(&ReadConsentStanding { trail, notice: notice() }).await,
            "trail_history" => self.history(trail).await,
            "held_about" => self.one(&HeldAbout { trail }).await,
            "narrative_revisions" => {
                let topic = self.one_of(&Topic::ALL);
                let topic = self.matter.get("topic").unwrap_or(topic);
                self.pages(|page| NarrativeRevisions { trail, topic, entry: None, page }).await
            }
            "trail_transfers" => self.one(&TrailTransfers { trail }).await,
            "trail_covers" => self.one(&TrailCovers { trail }).await,
            "before_contact" => {
                let through = self.matter.get("contact_person");
                self.one(&BeforeContact { trail, employer, through }).await
            }
            "ending_checklist" => self.one(&EndingChecklist { trail, on: self.today }).await,
            "portfolio" => {
                let phase = self.some_phase();
                self.pages(|page| Portfolio { team, phase, page }).await
            }
            "team_portfolio" => {
                let phase = self.some_phase();
                self.pages(|page| TeamPortfolio { team, phase, page }).await
            }
            "portfolio_phases" => self.one(&PortfolioPhases { team }).await,
            "team_phases" => self.one(&TeamPhases { team }).await,
            "team_figures" => self.one(&TeamFigures { team }).await,
            "owner_portfolio" => {
                let owner = self.id("owner");
                self.pages(|page| OwnerPortfolio { team, owner, page }).await
            }
            "covered_trails" => self.pages(|page| CoveredTrails { team, page }).await,
            "left_trails" => self.pages(|page| LeftTrails { team, page }).await,
            "waiting_transfers" => self.pages(|page| WaitingTransfers { team, page }).await,
            "team_transfers" => {
                let way = self.one_of(&[TransferWay::Incoming, TransferWay::Outgoing]);
                self.pages(|page| TeamTransfers { team, way, page }).await
            }
            "due_for_retention" => self.pages(|page| DueForRetention { team, page }).await,
            "due_until" => self.pages(|page| DueUntil { team, until, notice: notice(), page }).await,
            "team_due_until" => self.pages(|page| TeamDueUntil { team, until, notice: notice(), page }).await,
            "without_start" => self.pages(|page| WithoutStart { team, page }).await,
            "team_without_start" => self.pages(|page| TeamWithoutStart { team, page }).await,
            "paused_in_portfolio" => self.pages(|page| PausedInPortfolio { team, page }).await,
            "paused_in_team" => self.pages(|page| PausedInTeam { team, page }).await,
            "waiting_list" => self.pages(|page| WaitingList { team, page }).await,
            "excluded_referrals" => self.pages(|page| ExcludedReferrals { team, page }).await,
            "zero_exclusion_flags" => self.pages(|page| ZeroExclusionFlags { team, page }).await,
            "jobs_started_since" => self.pages(|page| JobsStartedSince { team, since, page }).await,
            "own_jobs_started_since" => self.pages(|page| OwnJobsStartedSince { team, since, page }).await,
            "educations_started_since" => self.pages(|page| EducationsStartedSince { team, since, page }).await,
            "own_educations_started_since" => self.pages(|page| OwnEducationsStartedSince { team, since, page }).await,
            _ => return None,
        })
    }

    async fn ask_about_teams_and_employers(&mut self) -> Told {
        let (team, staff, employer) = (self.id("team"), self.id("staff"), self.id("employer"));
        let (on, until) = (self.ago(), self.ahead());
        Some(match self.name {
            "own_teams" => self.pages(|page| OwnTeams { page }).await,
            "own_conflicts" => self.pages(|page| OwnConflicts { page }).await,
            "office_teams" => {
                let office = self.id("office");
                self.pages(|page| OfficeTeams { office, page }).await
            }
            "offices_below" => {
                let office = self.id("office");
                self.pages(|page| OfficesBelow { office, page }).await
            }
            "appointments" => {
                let office = self.matter.get("office").filter(|_| self.dice.happens(500));
                self.pages(|page| Appointments { office, page }).await
            }
            "team_members" => self.pages(|page| TeamMembers { team, page }).await,
            "find_staff" => {
                let identity = line(&format!("host-{}", self.dice.below(10)));
                self.one(&FindStaff { team, identity }).await
            }
            "read_membership" => self.one(&ReadMembership { team, staff }).await,
            "member_conflicts" => self.one(&MemberConflicts { team, staff }).await,
            "present_notice" => self.one(&PresentNotice { team, name: notice() }).await,
            "offered_choices" => {
                let list = self.one_of(&ListName::ALL);
                self.one(&OfferedChoices { team, list }).await
            }
            "read_guidance" => {
                let method = self.one_of(&Method::ALL);
                let on = self.one_of(&[GuidanceOn::Command(line("open_trail")), GuidanceOn::Method(method)]);
                self.one(&ReadGuidance { team, on }).await
            }
            "find_employer" => {
                let number = self.organisation_number();
                self.one(&FindEmployer { team, number }).await
            }
            "read_employer" => self.one(&ReadEmployer { team, employer }).await,
            "find_employers" => {
                let by = self.search();
                self.pages(|page| FindEmployers { team, by: by.clone(), page }).await
            }
            "employer_duplicates" => self.one(&EmployerDuplicates { team, employer }).await,
            "general_contacts" => self.pages(|page| GeneralContacts { team, employer, page }).await,
            "employer_contacts" => self.pages(|page| EmployerContacts { team, employer, page }).await,
            "team_employer_contacts" => self.pages(|page| TeamEmployerContacts { team, employer, page }).await,
            "contact_persons_to_inform" => self.pages(|page| ContactPersonsToInform { team, until, page }).await,
            "jobs_at_employer" => self.pages(|page| JobsAtEmployer { team, employer, page }).await,
            "ongoing_jobs" => self.pages(|page| OngoingJobs { team, on, page }).await,
            "own_ongoing_jobs" => self.pages(|page| OwnOngoingJobs { team, on, page }).await,
            "ongoing_educations" => self.pages(|page| OngoingEducations { team, on, page }).await,
            "own_ongoing_educations" => self.pages(|page| OwnOngoingEducations { team, on, page }).await,
            _ => return None,
        })
    }

    /// A question that has no pages.
    async fn one<Q: Question>(&self, question: &Q) -> Result<Answer, String> {
        self.put(question).await.map(|answer| answer.map_or_else(Answer::Refused, |_| Answer::Pages(1)))
    }

    /// A question by short pages, from the first to the last.
    async fn pages<Q: Question<Answer = Page<T>>, T: Send>(
        &self,
        question: impl Fn(PageRequest) -> Q,
    ) -> Result<Answer, String> {
        let (mut page, mut pages) = (PageRequest::first(PAGE), 0);
        loop {
            match self.put(&question(page)).await? {
                Ok(answer) => {
                    pages += 1;
                    let Some(cursor) = answer.next else { return Ok(Answer::Pages(pages)) };
                    page = PageRequest::after(PAGE, cursor);
                }
                Err(code) if pages == 0 => return Ok(Answer::Refused(code)),
                Err(code) => return Err(format!("page {pages} is answered and the next is refused: {code}")),
            }
        }
    }

    /// The same for what happened, whose pages go on after a place in the journal.
    async fn history(&self, trail: TrailId) -> Result<Answer, String> {
        let (mut after, mut pages) = (Position::START, 0);
        loop {
            match self.put(&TrailHistory { trail, after, limit: PAGE }).await? {
                Ok(answer) => {
                    pages += 1;
                    let Some(next) = answer.next else { return Ok(Answer::Pages(pages)) };
                    after = next;
                }
                Err(code) if pages == 0 => return Ok(Answer::Refused(code)),
                Err(code) => return Err(format!("page {pages} is answered and the next is refused: {code}")),
            }
        }
    }

    /// Puts a question at the desk: the answer, or the code of the refusal.
    async fn put<Q: Question>(&self, question: &Q) -> Result<Result<Q::Answer, &'static str>, String> {
        if Q::RIGHT != self.right || !is_named::<Q>(self.name) {
            return Err(format!("it is another question: {}", type_name::<Q>()));
        }
        let actor: &Actor = &self.matter.actor;
        match self.desk.ask(actor, question).await {
            Ok(answer) => Ok(Ok(answer)),
            Err(Error::Rejected(rejection)) => Ok(Err(rejection.code())),
            Err(error) => Err(format!("an error that nobody caused: {error}")),
        }
    }
}

/// What stands in the fields of a question.
impl Clerk<'_> {
    /// The id of what a question is about, or of nothing.
    fn id<T: DeserializeOwned>(&mut self, field: &str) -> T {
        let nothing = Uuid::from_u128(self.dice.wide());
        let known = self.matter.get(field);
        known.unwrap_or_else(|| serde_json::from_value(Json::from(nothing.to_string())).expect("an id"))
    }

    fn one_of<T: Clone, const N: usize>(&mut self, items: &[T; N]) -> T {
        self.dice.pick(items).cloned().expect("some")
    }

    fn some_phase(&mut self) -> Option<Phase> {
        let phase = self.one_of(&Phase::ALL);
        self.dice.happens(500).then_some(phase)
    }

    /// A day up to two months ago.
    fn ago(&mut self) -> NaiveDate {
        self.today.checked_sub_days(Days::new(self.dice.below(60))).expect("a day")
    }

    /// A day up to a year ahead.
    fn ahead(&mut self) -> NaiveDate {
        self.today.checked_add_days(Days::new(self.dice.below(365))).expect("a day")
    }

    fn organisation_number(&self) -> OrganisationNumber {
        let known = self.matter.get("organisation_number");
        known.unwrap_or_else(|| OrganisationNumber::parse("311002104").expect("a number"))
    }

    fn search(&mut self) -> EmployerSearch {
        let number = self.organisation_number();
        let municipality = "3201/2024".parse().expect("a municipality");
        self.one_of(&[
            EmployerSearch::Name(line("KAN")),
            EmployerSearch::Alias(line("KAN")),
            EmployerSearch::Municipality(line("KANARI synger")),
            EmployerSearch::MunicipalityNumber(municipality),
            EmployerSearch::Industry(line("78")),
            EmployerSearch::SubUnitsOf(number),
        ])
    }
}

/// Whether the type of a question is named as its name says.
fn is_named<Q>(name: &str) -> bool {
    let of_type = type_name::<Q>().rsplit("::").next().unwrap_or_default();
    of_type.eq_ignore_ascii_case(&name.replace('_', ""))
}

/// An invented number of the synthetic series.
fn number() -> NationalId {
    NationalId::parse("15819010029").expect("a number")
}

fn beginning() -> NameBeginning {
    NameBeginning::parse("kan").expect("the beginning of a name")
}

/// The name of the notice that is published.
fn notice() -> Line<80> {
    line("rights")
}

fn line<const N: usize>(text: &str) -> Line<N> {
    text.parse().expect("a line")
}
