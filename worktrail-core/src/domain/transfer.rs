//! Transfers: a trail comes to another specialist, who has a say in it. Never an ending (`DB10`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::day_of::DayOf;
use super::fact::Fact;
use super::id::{ParticipantId, StaffId, TeamId, TrailId, TransferId};
use super::kept::{Kept, NotKept, kept};
use super::moment::Authorship;
use super::rejection::Rejection;
use super::team::Team;
use super::text::Text;
use super::thing::Thing;
use super::trail::{Trail, TrailAudience};

#[cfg(test)]
mod tests;

/// How many days a specialist has to answer an assignment (policy, row 9).
pub const DAYS_TO_ANSWER: u16 = 14;

/// Whose a trail is: a specialist's, in a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ownership {
    /// The team.
    pub team: TeamId,
    /// The specialist.
    pub owner: StaffId,
}

coded! {
    /// What a specialist is asked to say yes to.
    pub enum TransferKind {
        /// To take over a trail, which stays where it is until then (I21).
        Handover = "handover", "Overføring", "Handover";
        /// To keep a trail that somebody else opened for them, which is theirs meanwhile (S105).
        Assignment = "assignment", "Tildeling", "Assignment";
    }
}

coded! {
    /// Where a transfer stands on a day.
    pub enum TransferStatus {
        /// It waits for an answer.
        Proposed = "proposed", "Venter på svar", "Waiting for an answer";
        /// Accepted.
        Accepted = "accepted", "Godtatt", "Accepted";
        /// Returned, with a reason.
        Returned = "returned", "Returnert", "Returned";
        /// Withdrawn before it was answered.
        Withdrawn = "withdrawn", "Trukket tilbake", "Withdrawn";
        /// Nobody answered in time.
        Lapsed = "lapsed", "Utløpt", "Lapsed";
        /// The trail ended, or came to somebody else, before it was answered.
        Overtaken = "overtaken", "Bortfalt", "Overtaken";
    }
}

/// A transfer of a trail, proposed by somebody and answered by the specialist whom it comes to.
///
/// It waits for an answer exactly until it has one or its last day is over; no second one of the same trail waits
/// meanwhile, which a store sees to by [`Transfer::open_for`] (I21, of state).
///
/// # Examples
/// ```
/// # use worktrail_core::domain::{
/// #     Attestation, AttestationId, AttestationKind, BirthDate, Channel, Line, NewParticipant, NewTeam, Opening,
/// #     Participant, ParticipantId, PersonName, Protection, Referral, ReferralSource, TeamId, TrailId,
/// # };
/// # use worktrail_core::label::Language;
/// use worktrail_core::domain::{
///     Authorship, Method, Moment, StaffId, Team, Text, Trail, Transfer, TransferId, TransferStatus, TransferTerms,
/// };
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let uuid = "00000000-0000-0000-0000-000000000001".parse()?;
/// let (spurv, orre) = (StaffId::new(uuid), StaffId::new("00000000-0000-0000-0000-000000000002".parse()?));
/// let by = Authorship::new(spurv, Moment::parse("2022-06-10T09:00:00+02:00")?);
/// # let person = NewParticipant {
/// #     name: PersonName::new("ABSURD", "BRANNHYDRANT")?,
/// #     national_id: None,
/// #     birth_date: Some(BirthDate::parse("1985-12-08")?),
/// #     phone: None,
/// #     email: None,
/// #     protection: Protection::default(),
/// # };
/// # let (person, _) = Participant::register(ParticipantId::new(uuid), person, &by)?;
/// # let informed = AttestationKind::RightsInformation {
/// #     notice: Line::parse("rights")?,
/// #     version: Line::parse("v2022-05")?,
/// #     language: Language::Norwegian,
/// #     channel: Channel::InPerson,
/// # };
/// # let (right, _) = Attestation::make(AttestationId::new(uuid), person.id(), AttestationKind::RightPerson, &by);
/// # let (informed, _) = Attestation::make(AttestationId::new(uuid), person.id(), informed, &by);
/// # let referral = Referral {
/// #     referred_on: by.day(),
/// #     unit: Some(Line::parse("Team Salesforce")?),
/// #     counsellor: None,
/// #     source: ReferralSource::TreatmentTeam,
/// #     wish: None,
/// # };
/// # let new = NewTeam { name: Line::parse("IPS Bærum")?, method: Method::Ips };
/// # let (team, _) = Team::register(TeamId::new(uuid), new, &by);
/// # let (method, clearance) = (team.method(), team.clearance());
/// # let opening = Opening { method, referral, team: team.id(), clearance, owner: spurv };
/// # let (trail, _) = Trail::open(TrailId::new(uuid), opening, &person, &[&right, &informed], &by)?;
/// // SPURV proposes a trail of hers to ORRE, in the same team.
/// let terms = TransferTerms { note: None, reason: None, answer_by: Moment::parse("2022-06-20T09:00:00+02:00")?.day() };
/// let (transfer, _) = Transfer::propose(TransferId::new(uuid), &trail, (&team, orre), terms, &by)?;
/// assert_eq!(transfer.status_on(by.day()), TransferStatus::Proposed);
///
/// // He accepts, and it is his.
/// let by = Authorship::new(orre, Moment::parse("2022-06-11T09:00:00+02:00")?);
/// let (transfer, _) = transfer.accept(&by)?;
/// let (trail, fact) = trail.hand_over(&team, transfer.to().owner)?;
/// assert_eq!((trail.owner(), fact.code()), (orre, "trail_handed_over"));
/// assert_eq!(transfer.open_for(), None);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    id: TransferId,
    trail: TrailId,
    participant: ParticipantId,
    kind: TransferKind,
    from: Ownership,
    to: Ownership,
    #[serde(deserialize_with = "kept")]
    terms: TransferTerms,
    proposed: Authorship,
    audience: TrailAudience,
    closing: Option<TransferClosing>,
}

/// What a transfer is proposed with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferTerms {
    /// What the new owner has to know.
    pub note: Option<Text<4000>>,
    /// Why the trail is to come to somebody else.
    pub reason: Option<Text<500>>,
    /// The last day on which it can be answered.
    pub answer_by: NaiveDate,
}

impl TransferTerms {
    /// What is wrong with them, whatever trail they are of.
    pub(crate) fn faults(&self, by: &Authorship) -> Vec<Rejection> {
        DayOf::TransferAnswer.faults_of_end(self.answer_by, by)
    }
}

/// How a transfer was closed, by whom and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferClosing {
    status: TransferStatus,
    #[serde(default, deserialize_with = "kept")]
    reason: Option<Text<500>>,
    authorship: Authorship,
}

impl TransferClosing {
    /// How.
    #[must_use]
    pub const fn status(&self) -> TransferStatus {
        self.status
    }

    /// Why, when it was returned.
    #[must_use]
    pub const fn reason(&self) -> Option<&Text<500>> {
        self.reason.as_ref()
    }

    /// By whom, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }
}

#[derive(Deserialize)]
pub(crate) struct KeptTerms {
    #[serde(default, deserialize_with = "kept")]
    note: Option<Text<4000>>,
    #[serde(default, deserialize_with = "kept")]
    reason: Option<Text<500>>,
    answer_by: NaiveDate,
}

impl Kept for TransferTerms {
    type Form = KeptTerms;

    fn from_kept(form: KeptTerms) -> Result<Self, NotKept> {
        let KeptTerms { note, reason, answer_by } = form;
        Ok(Self { note, reason, answer_by })
    }
}

impl Transfer {
    /// Proposes that a trail come to a specialist of a team (I21, `DB6`, row 46), of transition.
    ///
    /// That the specialist is a present member of the team is for the command, which has looked it up.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10: a transfer is never an ending, nor comes after it);
    /// [`Rejection::NotTheTeamsMethod`] (I1); [`Rejection::NothingChanges`] when the trail is theirs already;
    /// [`Rejection::DateBefore`] when the last day to answer is before the act; [`Rejection::DateOutOfRange`].
    pub fn propose(
        id: TransferId,
        trail: &Trail,
        to: (&Team, StaffId),
        terms: TransferTerms,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open()?;
        let (team, owner) = to;
        let to = Ownership { team: team.id(), owner };
        let mut faults = terms.faults(by);
        if team.method() != trail.method() {
            faults.push(Rejection::NotTheTeamsMethod { method: trail.method() });
        }
        if to == trail.ownership() {
            faults.push(Rejection::NothingChanges);
        }
        Rejection::all(faults)?;
        Ok(Self::waiting(id, trail, TransferKind::Handover, (trail.ownership(), to), terms, by))
    }

    /// Asks the owner of a trail that somebody else has just opened for them whether they keep it (S105, row 9). There is
    /// nothing to ask when one opens it for oneself.
    #[must_use]
    pub fn assign(id: TransferId, trail: &Trail, by: &Authorship) -> Option<(Self, Fact)> {
        let to = trail.ownership();
        let from = Ownership { owner: StaffId::new(by.by().as_uuid()), ..to };
        let last = by.day().checked_add_days(chrono::Days::new(DAYS_TO_ANSWER.into()));
        let terms = TransferTerms { note: None, reason: None, answer_by: last.unwrap_or(by.day()) };
        (from != to).then(|| Self::waiting(id, trail, TransferKind::Assignment, (from, to), terms, by))
    }

    fn waiting(
        id: TransferId,
        trail: &Trail,
        kind: TransferKind,
        (from, to): (Ownership, Ownership),
        terms: TransferTerms,
        by: &Authorship,
    ) -> (Self, Fact) {
        let (trail, participant, audience) = (trail.id(), trail.participant(), trail.audience());
        let fact = Fact::TransferProposed { transfer: id, trail, kind, from, to, answer_by: terms.answer_by };
        (Self { id, trail, participant, kind, from, to, terms, proposed: *by, audience, closing: None }, fact)
    }

    /// Says yes: the trail is theirs from now on, if it was not already (I21).
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`] when it was closed or has lapsed.
    pub fn accept(self, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        self.must_wait_on(by.day())?;
        let fact = Fact::TransferAccepted { transfer: self.id, trail: self.trail };
        Ok((self.closed(TransferStatus::Accepted, None, by), fact))
    }

    /// Says no, with the reason (I21).
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`] when it was closed or has lapsed.
    pub fn give_back(self, reason: Text<500>, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        self.must_wait_on(by.day())?;
        let fact = Fact::TransferReturned { transfer: self.id, trail: self.trail, reason: reason.clone() };
        Ok((self.closed(TransferStatus::Returned, Some(reason), by), fact))
    }

    /// Takes it back before it is answered; the trail stays where it is.
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`] when it was closed or has lapsed.
    pub fn withdraw(self, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        self.must_wait_on(by.day())?;
        let fact = Fact::TransferClosed { transfer: self.id, trail: self.trail, status: TransferStatus::Withdrawn };
        Ok((self.closed(TransferStatus::Withdrawn, None, by), fact))
    }

    /// Closes what nobody answered, so that another one can be proposed, or because the trail ends or has come to
    /// somebody else: nothing waits at a trail that nobody can take over (I10).
    #[must_use]
    pub fn leave_behind(self, by: &Authorship) -> (Self, Fact) {
        let lapsed = self.status_on(by.day()) == TransferStatus::Lapsed;
        let status = if lapsed { TransferStatus::Lapsed } else { TransferStatus::Overtaken };
        let fact = Fact::TransferClosed { transfer: self.id, trail: self.trail, status };
        (self.closed(status, None, by), fact)
    }

    /// Whether the trail is still where the transfer found it.
    #[must_use]
    pub fn fits(&self, trail: &Trail) -> bool {
        let expected = match self.kind {
            TransferKind::Handover => self.from,
            TransferKind::Assignment => self.to,
        };
        !trail.is_ended() && trail.ownership() == expected
    }

    /// The same transfer, shown to whom its trail is shown (`DA4`).
    #[must_use]
    pub fn shown_like(self, trail: &Trail) -> Self {
        Self { audience: trail.audience(), ..self }
    }

    fn closed(self, status: TransferStatus, reason: Option<Text<500>>, by: &Authorship) -> Self {
        Self { closing: Some(TransferClosing { status, reason, authorship: *by }), ..self }
    }

    /// Whether it waits for an answer on a day.
    #[must_use]
    pub fn waits_on(&self, day: NaiveDate) -> bool {
        self.status_on(day) == TransferStatus::Proposed
    }

    fn must_wait_on(&self, day: NaiveDate) -> Result<(), Rejection> {
        let ended = |on| Err(Rejection::AlreadyEnded { what: Thing::Transfer, on });
        match &self.closing {
            Some(closing) => ended(closing.authorship.day()),
            None if self.terms.answer_by < day => ended(self.terms.answer_by),
            None => Ok(()),
        }
    }

    /// Where it stands on a day.
    #[must_use]
    pub fn status_on(&self, day: NaiveDate) -> TransferStatus {
        match &self.closing {
            Some(closing) => closing.status,
            None if self.terms.answer_by < day => TransferStatus::Lapsed,
            None => TransferStatus::Proposed,
        }
    }

    /// The trail for which no second transfer may be open: present until it is closed.
    #[must_use]
    pub const fn open_for(&self) -> Option<TrailId> {
        if self.closing.is_none() { Some(self.trail) } else { None }
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> TransferId {
        self.id
    }

    /// The trail.
    #[must_use]
    pub const fn trail(&self) -> TrailId {
        self.trail
    }

    /// The participant whom it concerns.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// What the specialist is asked.
    #[must_use]
    pub const fn kind(&self) -> TransferKind {
        self.kind
    }

    /// Whose the trail was; of an assignment, who opened it.
    #[must_use]
    pub const fn from(&self) -> Ownership {
        self.from
    }

    /// Whose it is to be.
    #[must_use]
    pub const fn to(&self) -> Ownership {
        self.to
    }

    /// What it was proposed with.
    #[must_use]
    pub const fn terms(&self) -> &TransferTerms {
        &self.terms
    }

    /// Who proposed it, and when.
    #[must_use]
    pub const fn proposed(&self) -> &Authorship {
        &self.proposed
    }

    /// Whom it is shown to, like its trail.
    #[must_use]
    pub const fn audience(&self) -> TrailAudience {
        self.audience
    }

    /// How it was closed.
    #[must_use]
    pub const fn closing(&self) -> Option<&TransferClosing> {
        self.closing.as_ref()
    }
}
