//! The trail: one participant's way from referral to work.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use super::entries::{Entries, chooses};
use super::id::{ParticipantId, StaffId, TeamId, TrailId};
use super::kept::kept;
use super::method::Method;
use super::moment::{Authorship, Moment};
use super::phase::{Phase, PhaseChange};
use super::programme_variant::ProgrammeVariant;
use super::rejection::Rejection;
use super::thing::Thing;

mod advice;
mod audience;
mod clock;
mod correction;
mod ending;
mod exclusion;
mod goal;
mod milestone;
mod open_matters;
mod opening;
mod ownership;
mod pauses;
mod phases;
mod recruitment;
mod reopening;
mod returning;
#[cfg(test)]
pub(crate) mod samples;
mod search;
mod variant;
mod whose;

pub use advice::Advice;
pub use audience::{ShownTo, TrailAudience};
pub use clock::{ContactTiming, DAYS_TO_EMPLOYER_CONTACT, EmployerContactClock};
pub use correction::{Corrector, DAYS_TO_CORRECT_ENDING, EndingCorrection};
pub use ending::Ending;
pub use exclusion::ExclusionNote;
pub use goal::{GoalKind, MainGoal};
pub use milestone::Milestone;
pub use open_matters::{Around, OpenMatter};
pub use opening::{AGE_OF_MAJORITY, Formality, Opening, Referral, ReferralSource, YOUNGEST_AGE};
pub use whose::Whose;

pub use pauses::{Pause, PauseReason, PauseState, PauseTerms};
pub use phases::PhaseStay;
pub use recruitment::{LeavingCorrection, RecruitmentOutcome, RecruitmentPeriod, RecruitmentStatus};
pub use reopening::Reopening;

use ending::Ended;
use goal::GoalSet;

/// A trail: referral, phases, milestones, main goal and ending of one participant in one method.
///
/// A trail has exactly one participant and one method, and no act changes either (I1, of state). It is opened by
/// [`Trail::open`]; every other act consumes it and gives the trail as it is afterwards with the fact, or a refusal.
/// Its phase is not kept beside its ending: a trail is in [`Phase::Ended`] exactly when it has an ending, so the two
/// cannot disagree (I9, of state).
///
/// # Examples
/// ```
/// use worktrail_core::domain::{
///     Attestation, AttestationId, AttestationKind, Authorship, BirthDate, Channel, Clearance, Line, Method, Moment,
///     NewParticipant, Opening, Participant, ParticipantId, PersonName, Phase, Protection, Referral, ReferralSource, StaffId, TeamId,
///     Trail, TrailId,
/// };
/// use worktrail_core::label::Language;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let uuid = "00000000-0000-0000-0000-000000000001".parse()?;
/// let spurv = StaffId::new(uuid);
/// let by = Authorship::new(spurv, Moment::parse("2022-05-31T09:00:00+02:00")?);
/// let person = NewParticipant {
///     name: PersonName::new("ABSURD", "BRANNHYDRANT")?,
///     national_id: None,
///     birth_date: Some(BirthDate::parse("1985-12-08")?),
///     phone: None,
///     email: None,
///     protection: Protection::default(),
/// };
/// let (person, _) = Participant::register(ParticipantId::new(uuid), person, &by)?;
/// let informed = AttestationKind::RightsInformation {
///     notice: Line::parse("rights")?,
///     version: Line::parse("v2022-05")?,
///     language: Language::Norwegian,
///     channel: Channel::InPerson,
/// };
/// let (right, _) = Attestation::make(AttestationId::new(uuid), person.id(), AttestationKind::RightPerson, &by);
/// let (informed, _) = Attestation::make(AttestationId::new(uuid), person.id(), informed, &by);
/// let referral = Referral {
///     referred_on: Moment::parse("2022-05-27T12:00:00+02:00")?.day(),
///     unit: Some(Line::parse("Team Salesforce")?),
///     counsellor: None,
///     source: ReferralSource::TreatmentTeam,
///     wish: None,
/// };
/// let (team, clearance) = (TeamId::new(uuid), Clearance::Ordinary);
/// let opening = Opening { method: Method::Ips, referral, team, clearance, owner: spurv };
///
/// let (trail, fact) = Trail::open(TrailId::new(uuid), opening, &person, &[&right, &informed], &by)?;
/// assert_eq!((trail.phase(), fact.code()), (Phase::Referred, "trail_opened"));
///
/// let by = Authorship::new(spurv, Moment::parse("2022-06-02T11:00:00+02:00")?);
/// let (trail, _) = trail.hold_start_up_meeting(by.day(), &by)?;
/// assert_eq!(trail.phase(), Phase::Mapping);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trail {
    id: TrailId,
    participant: ParticipantId,
    method: Method,
    team: TeamId,
    owner: StaffId,
    audience: TrailAudience,
    opened: Authorship,
    #[serde(deserialize_with = "kept")]
    referral: Referral,
    #[serde(deserialize_with = "moves")]
    moves: Vec<PhaseChange>,
    start: Option<Milestone>,
    first_employer_contact: Option<Milestone>,
    #[serde(default, deserialize_with = "kept")]
    main_goal: Option<GoalSet>,
    ending: Option<Ended>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pauses: Vec<Pause>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    recruitment: Vec<RecruitmentPeriod>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "kept")]
    exclusion: Option<ExclusionNote>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    reopenings: Vec<Reopening>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    corrected: Option<Authorship>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    follows: Option<TrailId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    variant: Option<ProgrammeVariant>,
    #[serde(default, skip_serializing_if = "Entries::is_empty", deserialize_with = "kept")]
    entries: Entries,
}

chooses!(Trail, trail => Some(trail.id));

impl Trail {
    /// Its id.
    #[must_use]
    pub const fn id(&self) -> TrailId {
        self.id
    }

    /// The participant whom it is about (I1).
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// The participant for whom no second trail may be open: present exactly while this one has not ended (I2).
    ///
    /// A store holds it as a unique value.
    #[must_use]
    pub const fn open_for(&self) -> Option<ParticipantId> {
        if self.is_ended() { None } else { Some(self.participant) }
    }

    /// Its method, fixed for its life (I1).
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The team that it belongs to.
    #[must_use]
    pub const fn team(&self) -> TeamId {
        self.team
    }

    /// The specialist who owns it.
    #[must_use]
    pub const fn owner(&self) -> StaffId {
        self.owner
    }

    /// Who opened it, and when.
    #[must_use]
    pub const fn opened(&self) -> &Authorship {
        &self.opened
    }

    /// When something was last registered on the trail itself: its opening, a phase, a milestone, the goal, a pause, the
    /// recruitment programme, a correction, its ending or a re-opening (S131, of state). What hangs below it has authors
    /// and days of its own; who owns it and whom it is shown to are in its history.
    #[must_use]
    pub fn changed_at(&self) -> Moment {
        let moves =
            self.moves.iter().chain(self.reopenings.iter().flat_map(Reopening::moves)).map(PhaseChange::authorship);
        let milestones = self.start.iter().chain(&self.first_employer_contact).map(Milestone::authorship);
        let periods = self.pauses.iter().map(Pause::authorship);
        let programme = self.recruitment.iter().flat_map(RecruitmentPeriod::registered);
        let reopenings = self.reopenings.iter().map(Reopening::authorship);
        let acts = moves.chain(milestones).chain(periods).chain(programme).chain(reopenings);
        let last = acts.chain(self.main_goal_set()).chain(self.ended()).chain(self.corrected());
        last.map(Authorship::at).fold(self.opened.at(), std::cmp::max)
    }

    /// The referral that led to it.
    #[must_use]
    pub const fn referral(&self) -> &Referral {
        &self.referral
    }

    /// The phase that it is in.
    #[must_use]
    pub fn phase(&self) -> Phase {
        if self.is_ended() {
            return Phase::Ended;
        }
        self.moves.last().map_or(self.method.first_phase(), PhaseChange::to)
    }

    /// Whether it has ended.
    #[must_use]
    pub const fn is_ended(&self) -> bool {
        self.ending.is_some()
    }

    /// The day of the start-up meeting, once it was held.
    #[must_use]
    pub fn started_on(&self) -> Option<NaiveDate> {
        self.start.as_ref().map(Milestone::on)
    }

    /// The start-up meeting with who registered it.
    #[must_use]
    pub const fn start(&self) -> Option<&Milestone> {
        self.start.as_ref()
    }

    /// The earliest face-to-face contact with an employer about ordinary work (`DC1`).
    #[must_use]
    pub const fn first_employer_contact(&self) -> Option<&Milestone> {
        self.first_employer_contact.as_ref()
    }

    /// The main goal, once it is set.
    #[must_use]
    pub fn main_goal(&self) -> Option<&MainGoal> {
        self.main_goal.as_ref().map(GoalSet::goal)
    }

    /// Who set the present main goal, and when.
    #[must_use]
    pub fn main_goal_set(&self) -> Option<&Authorship> {
        self.main_goal.as_ref().map(GoalSet::authorship)
    }

    /// How it ended.
    #[must_use]
    pub fn ending(&self) -> Option<&Ending> {
        self.ending.as_ref().map(Ended::ending)
    }

    /// Who ended it, and when.
    #[must_use]
    pub fn ended(&self) -> Option<&Authorship> {
        self.ending.as_ref().map(Ended::authorship)
    }

    /// Who last corrected it, and when; what it was is in the history.
    #[must_use]
    pub const fn corrected(&self) -> Option<&Authorship> {
        self.corrected.as_ref()
    }

    /// The ended trail that this one returns after (`DB4`).
    #[must_use]
    pub const fn follows(&self) -> Option<TrailId> {
        self.follows
    }

    /// Refuses when the trail has ended: phase, ending and all that hangs on them are frozen (I10, of transition).
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`].
    pub fn must_be_open(&self) -> Result<(), Rejection> {
        if self.is_ended() { Err(Rejection::TrailEnded { trail: self.id }) } else { Ok(()) }
    }

    /// Refuses a change of a child when the trail has ended (I10) or is another one's.
    pub(super) fn must_be_open_for(&self, parent: TrailId, child: Thing) -> Result<(), Rejection> {
        if parent != self.id {
            return Err(Rejection::BelongsElsewhere { what: child });
        }
        self.must_be_open()
    }
}

/// Reads the moves between the first phase and the ending; a move into [`Phase::Ended`] would contradict I9.
fn moves<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<PhaseChange>, D::Error> {
    let moves = Vec::<PhaseChange>::deserialize(deserializer)?;
    if moves.iter().any(|change| change.to() == Phase::Ended) {
        return Err(serde::de::Error::custom("a stored move leads into the ending"));
    }
    Ok(moves)
}
