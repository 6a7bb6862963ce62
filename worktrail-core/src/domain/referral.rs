//! Referrals as they are received: a record of their own, from the first wish to work to an answer (S23, S25).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::day_of::DayOf;
use super::entries::{Entries, chooses};
use super::fact::Fact;
use super::id::{ParticipantId, ReferralId, TeamId, TrailId};
use super::kept::{Kept, NotKept, kept};
use super::moment::Authorship;
use super::participant::Participant;
use super::rejection::Rejection;
use super::team::Team;
use super::text::{Line, Text};
use super::thing::Thing;
use super::trail::{Referral, ReferralSource, Trail, TrailAudience};

coded! {
    /// What kind of unit refers (S102).
    pub enum UnitKind {
        /// A treatment team in mental health or addiction care.
        TreatmentTeam = "treatment_team", "Behandlingsteam", "Treatment team";
        /// A Nav office.
        NavOffice = "nav_office", "Nav-kontor", "Nav office";
        /// A municipal service.
        Municipality = "municipality", "Kommunal tjeneste", "Municipal service";
        /// None: the participant came by themself.
        Themself = "themself", "Deltakeren selv", "The participant themself";
        /// Another one.
        Other = "other", "Annen enhet", "Another unit";
    }
}

/// The unit that refers (S102): by its id in the host's register where it has one, and by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferringUnit {
    /// Its id in the host's register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register_id: Option<Line<80>>,
    /// Its name.
    pub name: Line<120>,
    /// What kind of unit it is.
    pub kind: UnitKind,
}

/// A referral as it comes in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewReferral {
    /// The day on which it was received.
    pub received_on: NaiveDate,
    /// Who took the step (`DB7`).
    pub source: ReferralSource,
    /// The unit that refers; none where a counsellor or the participant took the step (`DB7`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<ReferringUnit>,
    /// The counsellor, by name, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counsellor: Option<Line<120>>,
    /// The wish to work, in the person's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wish: Option<Text<2000>>,
}

coded! {
    /// Why a referral leads to no trail. A base for the host's own list (`DA9`).
    pub silent enum ReferralClosing {
        /// The person does not want to work now.
        NoWish = "no_wish", "Ønsker ikke jobb nå", "Does not want to work now";
        /// The person lives outside the team's area.
        OtherArea = "other_area", "Bor utenfor teamets område", "Lives outside the team's area";
        /// The person does not belong to the target group of the measure.
        OtherGroup = "other_group", "Ikke i tiltakets målgruppe", "Not in the measure's target group";
        /// The person is helped by somebody else.
        HelpedElsewhere = "helped_elsewhere", "Får hjelp fra andre", "Is helped by somebody else";
        /// The person found work.
        FoundWork = "found_work", "Har fått jobb", "Found work";
        /// Nobody could reach the person.
        NotReached = "not_reached", "Ikke oppnådd kontakt", "Could not be reached";
        /// The person, or whoever referred, withdrew it.
        Withdrawn = "withdrawn", "Trukket tilbake", "Withdrawn";
        /// Not ready for work, somebody thought; raises the zero-exclusion flag.
        Readiness = "readiness", "Ikke klar for arbeid", "Not ready for work";
        /// Symptoms; raises the flag.
        Symptoms = "symptoms", "Symptomer", "Symptoms";
        /// Substance use; raises the flag.
        SubstanceUse = "substance_use", "Rusbruk", "Substance use";
        /// Violence, past or feared; raises the flag.
        Violence = "violence", "Vold", "Violence";
        /// Cognition; raises the flag.
        Cognition = "cognition", "Kognitive vansker", "Cognition";
        /// Does not follow the treatment; raises the flag.
        NonAdherence = "non_adherence", "Følger ikke behandlingen", "Non-adherence to treatment";
        /// Appearance; raises the flag.
        Appearance = "appearance", "Framtoning", "Appearance";
    }
}

impl ReferralClosing {
    /// Whether the supervisor is to look at it: the wish to work is enough, and nobody is excluded for these (S25).
    #[must_use]
    pub const fn raises_zero_exclusion_flag(self) -> bool {
        matches!(
            self,
            Self::Readiness
                | Self::Symptoms
                | Self::SubstanceUse
                | Self::Violence
                | Self::Cognition
                | Self::NonAdherence
                | Self::Appearance
        )
    }

    /// Whether it was withdrawn rather than declined.
    #[must_use]
    pub const fn is_withdrawal(self) -> bool {
        matches!(self, Self::NoWish | Self::FoundWork | Self::Withdrawn)
    }
}

coded! {
    /// Where a referral stands.
    pub silent enum ReferralDecision {
        /// Nobody has decided: it is on the waiting list.
        Waiting = "waiting", "Venter", "Waiting";
        /// A trail was opened.
        Accepted = "accepted", "Godtatt", "Accepted";
        /// The team said no.
        Declined = "declined", "Avslått", "Declined";
        /// The person, or whoever referred, withdrew it.
        Withdrawn = "withdrawn", "Trukket", "Withdrawn";
    }
}

/// A referral as it was received by a team, with what became of it.
///
/// It is decided once: a decision is an opened trail or a coded reason, never both (S23, of state).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedReferral {
    id: ReferralId,
    participant: ParticipantId,
    team: TeamId,
    audience: TrailAudience,
    #[serde(deserialize_with = "kept")]
    received: NewReferral,
    registered: Authorship,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outcome: Option<Outcome>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reply: Option<Reply>,
    #[serde(default, skip_serializing_if = "Entries::is_empty", deserialize_with = "kept")]
    entries: Entries,
}

chooses!(ReceivedReferral);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum Outcome {
    Opened {
        trail: TrailId,
        authorship: Authorship,
    },
    Closed {
        on: NaiveDate,
        reason: ReferralClosing,
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "kept")]
        note: Option<Text<1000>>,
        authorship: Authorship,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Reply {
    sent_on: NaiveDate,
    authorship: Authorship,
}

#[derive(Deserialize)]
pub(crate) struct KeptNewReferral {
    received_on: NaiveDate,
    source: ReferralSource,
    unit: Option<KeptUnit>,
    #[serde(default, deserialize_with = "kept")]
    counsellor: Option<Line<120>>,
    #[serde(default, deserialize_with = "kept")]
    wish: Option<Text<2000>>,
}

#[derive(Deserialize)]
struct KeptUnit {
    #[serde(default, deserialize_with = "kept")]
    register_id: Option<Line<80>>,
    #[serde(deserialize_with = "kept")]
    name: Line<120>,
    kind: UnitKind,
}

impl Kept for NewReferral {
    type Form = KeptNewReferral;

    fn from_kept(form: KeptNewReferral) -> Result<Self, NotKept> {
        let KeptNewReferral { received_on, source, unit, counsellor, wish } = form;
        let unit = unit.map(|KeptUnit { register_id, name, kind }| ReferringUnit { register_id, name, kind });
        Ok(Self { received_on, source, unit, counsellor, wish })
    }
}

impl NewReferral {
    /// What a trail is opened with that is opened by this referral (S25).
    #[must_use]
    pub fn opening(&self) -> Referral {
        Referral {
            referred_on: self.received_on,
            unit: self.unit.as_ref().map(|unit| unit.name.clone()),
            counsellor: self.counsellor.clone(),
            source: self.source,
            wish: self.wish.clone(),
        }
    }
}

impl ReceivedReferral {
    /// Receives a referral in a team, and shows it to whom the team's trails are shown. Of a strictly protected person it
    /// tells nothing (`DA3`), unless the team is a cleared one (`DA4`).
    ///
    /// # Errors
    /// [`Rejection::CannotOpenHere`]; [`Rejection::DateInFuture`], [`Rejection::ReferrerMissing`] (`DB7`).
    pub fn receive(
        id: ReferralId,
        participant: &Participant,
        team: &Team,
        new: NewReferral,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        if participant.protection().is_strict() && team.clearance().is_ordinary() {
            return Err(Rejection::CannotOpenHere);
        }
        Rejection::all(new.opening().faults(by))?;
        let (participant, team, audience) = (participant.id(), team.id(), team.clearance().audience());
        let fact = Fact::ReferralReceived { referral: id, participant, team, on: new.received_on, source: new.source };
        let (outcome, reply, entries) = (None, None, Entries::default());
        Ok((Self { id, participant, team, audience, received: new, registered: *by, outcome, reply, entries }, fact))
    }

    /// Accepts it by the trail that it opens for the person, or for the one who stands for them (S30): part of the same act
    /// (S25, of transition).
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`] when it is decided; [`Rejection::BelongsElsewhere`] when the trail is another
    /// person's or team's; [`Rejection::ReferralDiffers`] when the trail was opened with other words.
    pub fn accept(
        mut self,
        participant: &Participant,
        trail: &Trail,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        self.must_wait()?;
        let is_theirs = participant.id() == trail.participant() && participant.stands_for(self.participant);
        if !is_theirs || self.team != trail.team() {
            return Err(Rejection::BelongsElsewhere { what: Thing::Referral });
        }
        if *trail.referral() != self.received.opening() {
            return Err(Rejection::ReferralDiffers);
        }
        self.outcome = Some(Outcome::Opened { trail: trail.id(), authorship: *by });
        let fact = Fact::ReferralAccepted { referral: self.id, trail: trail.id() };
        Ok((self, fact))
    }

    /// Closes it without a trail: declined or withdrawn, always with a reason (S25, of transition).
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`] when it is decided; [`Rejection::DateInFuture`], [`Rejection::DateBefore`] for a day
    /// before it was received.
    pub fn close(
        mut self,
        on: NaiveDate,
        reason: ReferralClosing,
        note: Option<Text<1000>>,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        self.must_wait()?;
        Rejection::all(DayOf::ReferralDecided.faults(on, Some(self.received.received_on), by))?;
        self.outcome = Some(Outcome::Closed { on, reason, note: note.clone(), authorship: *by });
        let fact = Fact::ReferralClosed { referral: self.id, on, reason, note };
        Ok((self, fact))
    }

    /// The reply was sent to whoever referred.
    ///
    /// # Errors
    /// [`Rejection::StillOpen`] before it is decided; [`Rejection::AlreadyEnded`] when it was sent already;
    /// [`Rejection::DateInFuture`], [`Rejection::DateBefore`] for a day before the decision.
    pub fn send_reply(mut self, on: NaiveDate, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        let what = Thing::Referral;
        let Some(decided) = self.decided_on() else { return Err(Rejection::StillOpen { what }) };
        if let Some(sent) = self.reply_sent_on() {
            return Err(Rejection::AlreadyEnded { what, on: sent });
        }
        Rejection::all(DayOf::ReferralReply.faults(on, Some(decided), by))?;
        self.reply = Some(Reply { sent_on: on, authorship: *by });
        let fact = Fact::ReferralAnswered { referral: self.id, on };
        Ok((self, fact))
    }

    /// Whether it is a team's, and its staff may see it: one that is withheld is nobody's (`DA4`).
    #[must_use]
    pub fn is_shown_in(&self, team: &Team) -> bool {
        (self.team, self.audience) == (team.id(), team.clearance().audience())
    }

    /// Whether the person's becoming strictly protected takes it from those who see it now: a cleared team keeps it.
    #[must_use]
    pub fn is_taken_by_protection(&self) -> bool {
        self.audience == TrailAudience::Team
    }

    /// Withholds it from all staff: at once when the person becomes strictly protected (`DA4`).
    #[must_use]
    pub fn withhold(mut self) -> (Self, Fact) {
        self.audience = TrailAudience::Withheld;
        let fact = Fact::ReferralAudienceChanged { referral: self.id, to: self.audience };
        (self, fact)
    }

    /// Shows it to its team again, by an explicit act (`DA4`).
    ///
    /// # Errors
    /// [`Rejection::StrictlyProtected`] while the person still is.
    pub fn release(mut self, participant: &Participant) -> Result<(Self, Fact), Rejection> {
        if participant.protection().is_strict() {
            return Err(Rejection::StrictlyProtected);
        }
        self.audience = TrailAudience::Team;
        let fact = Fact::ReferralAudienceChanged { referral: self.id, to: self.audience };
        Ok((self, fact))
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> ReferralId {
        self.id
    }

    /// About whom.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// The team that received it.
    #[must_use]
    pub const fn team(&self) -> TeamId {
        self.team
    }

    /// Whom it is shown to.
    #[must_use]
    pub const fn audience(&self) -> TrailAudience {
        self.audience
    }

    /// What was received.
    #[must_use]
    pub const fn received(&self) -> &NewReferral {
        &self.received
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn registered(&self) -> &Authorship {
        &self.registered
    }

    /// Where it stands.
    #[must_use]
    pub const fn decision(&self) -> ReferralDecision {
        match &self.outcome {
            None => ReferralDecision::Waiting,
            Some(Outcome::Opened { .. }) => ReferralDecision::Accepted,
            Some(Outcome::Closed { reason, .. }) if reason.is_withdrawal() => ReferralDecision::Withdrawn,
            Some(Outcome::Closed { .. }) => ReferralDecision::Declined,
        }
    }

    /// The day of the decision.
    #[must_use]
    pub fn decided_on(&self) -> Option<NaiveDate> {
        match self.outcome.as_ref()? {
            Outcome::Opened { authorship, .. } => Some(authorship.day()),
            Outcome::Closed { on, .. } => Some(*on),
        }
    }

    /// The trail that it opened.
    #[must_use]
    pub const fn trail(&self) -> Option<TrailId> {
        match self.outcome {
            Some(Outcome::Opened { trail, .. }) => Some(trail),
            _ => None,
        }
    }

    /// Why it led to no trail.
    #[must_use]
    pub const fn closing(&self) -> Option<ReferralClosing> {
        match self.outcome {
            Some(Outcome::Closed { reason, .. }) => Some(reason),
            _ => None,
        }
    }

    /// The day on which the reply was sent.
    #[must_use]
    pub fn reply_sent_on(&self) -> Option<NaiveDate> {
        self.reply.as_ref().map(|reply| reply.sent_on)
    }

    /// The day since which it waits, until it is decided: what the waiting list is ordered by.
    #[must_use]
    pub const fn waiting_since(&self) -> Option<NaiveDate> {
        match self.outcome {
            None => Some(self.received.received_on),
            Some(_) => None,
        }
    }

    /// The day of a decision whose reason raises the zero-exclusion flag: what an index holds.
    #[must_use]
    pub fn zero_exclusion_on(&self) -> Option<NaiveDate> {
        self.closing().filter(|reason| reason.raises_zero_exclusion_flag()).and(self.decided_on())
    }

    fn must_wait(&self) -> Result<(), Rejection> {
        match self.decided_on() {
            Some(on) => Err(Rejection::AlreadyEnded { what: Thing::Referral, on }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
