//! What happened: one fact for every accepted act, with the details that a history shows.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::attestation::AttestationKind;
use super::birth_date::BirthDate;
use super::coded::coded;
use super::consent::{ConsentGiver, ConsentPurpose};
use super::email::EmailAddress;
use super::employer_contact::{ContactAbout, ContactWay, EmployerMet};
use super::end_reason::EndReason;
use super::id::{
    AttestationId, ConsentId, ContactPersonId, EmployerContactId, EmployerId, JobId, MembershipId, NarrativeId,
    OpennessId, ParticipantId, StaffId, SubGoalId, TeamId, TrailId,
};
use super::job::{EmploymentForm, JobEndReason};
use super::kept::kept;
use super::method::Method;
use super::openness::OpennessStance;
use super::organisation_number::OrganisationNumber;
use super::period::Period;
use super::person_name::PersonName;
use super::phase::Phase;
use super::phone::PhoneNumber;
use super::protection::Protection;
use super::role::Role;
use super::sub_goal::{Responsible, SubGoalOutcome, SubGoalProgress};
use super::text::{Line, Text};
use super::topic::Topic;
use super::trail::GoalKind;

/// Makes [`Fact`] and [`FactCode`] from one table, so that the two cannot drift apart.
macro_rules! facts {
    ($(
        $(#[$meta:meta])*
        $name:ident = $code:literal, $nb:literal, $en:literal {
            $( $(#[$field_meta:meta])* $field:ident: $type:ty, )*
        }
    )+) => {
        /// What happened. A fact may hold personal values; they are silent in `Debug`, and its code and label remain
        /// when they are forgotten.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "fact")]
        pub enum Fact {
            $(
                $(#[$meta])*
                #[serde(rename = $code)]
                $name { $( $(#[$field_meta])* $field: $type, )* },
            )+
        }

        impl Fact {
            /// Which kind of fact it is.
            #[must_use]
            pub const fn kind(&self) -> FactCode {
                match self { $( Self::$name { .. } => FactCode::$name, )+ }
            }
        }

        coded! {
            /// The kinds of fact: what is left of a fact whose personal part was forgotten.
            pub enum FactCode { $( $(#[$meta])* $name = $code, $nb, $en; )+ }
        }
    };
}

// One entry for each fact: documentation, name, code, labels, details. A personal value is read with
// `#[serde(deserialize_with = "kept")]`, since a history is a store too.
facts! {
    /// A participant was registered.
    ParticipantRegistered = "participant_registered", "Deltaker registrert", "Participant registered" {
        /// Who.
        participant: ParticipantId,
        /// By which name.
        #[serde(deserialize_with = "kept")]
        name: PersonName,
        /// With which protection.
        protection: Protection,
    }
    /// A participant's contact points were corrected.
    ContactPointsCorrected = "contact_points_corrected", "Kontaktopplysninger rettet", "Contact points corrected" {
        /// Whose.
        participant: ParticipantId,
        /// The phone number until now.
        #[serde(default, deserialize_with = "kept")]
        phone_before: Option<PhoneNumber>,
        /// The phone number from now on.
        #[serde(default, deserialize_with = "kept")]
        phone: Option<PhoneNumber>,
        /// The e-mail address until now.
        #[serde(default, deserialize_with = "kept")]
        email_before: Option<EmailAddress>,
        /// The e-mail address from now on.
        #[serde(default, deserialize_with = "kept")]
        email: Option<EmailAddress>,
    }
    /// A participant's birth date was stated.
    BirthDateStated = "birth_date_stated", "Fødselsdato oppgitt", "Birth date stated" {
        /// Whose.
        participant: ParticipantId,
        /// The birth date until now.
        #[serde(default, deserialize_with = "kept")]
        before: Option<BirthDate>,
        /// The birth date from now on.
        #[serde(deserialize_with = "kept")]
        birth_date: BirthDate,
    }
    /// A participant's protection was changed.
    ProtectionChanged = "protection_changed", "Skjerming endret", "Protection changed" {
        /// Whose.
        participant: ParticipantId,
        /// The protection until now.
        from: Protection,
        /// The protection from now on.
        to: Protection,
    }
    /// Something was attested about a participant.
    Attested = "attested", "Bekreftet", "Attested" {
        /// The attestation.
        attestation: AttestationId,
        /// About whom.
        participant: ParticipantId,
        /// What.
        #[serde(deserialize_with = "kept")]
        kind: AttestationKind,
    }
    /// A consent was given.
    ConsentGiven = "consent_given", "Samtykke gitt", "Consent given" {
        /// The consent.
        consent: ConsentId,
        /// Whose data it is about.
        participant: ParticipantId,
        /// What for.
        purpose: ConsentPurpose,
        /// Who gave it.
        given_by: ConsentGiver,
    }
    /// A consent was withdrawn.
    ConsentWithdrawn = "consent_withdrawn", "Samtykke trukket tilbake", "Consent withdrawn" {
        /// The consent.
        consent: ConsentId,
        /// Whose data it is about.
        participant: ParticipantId,
        /// What for.
        purpose: ConsentPurpose,
    }
    /// A trail was opened.
    TrailOpened = "trail_opened", "Jobbspor åpnet", "Trail opened" {
        /// The trail.
        trail: TrailId,
        /// For whom.
        participant: ParticipantId,
        /// By which method.
        method: Method,
        /// In which team.
        team: TeamId,
        /// Owned by whom.
        owner: StaffId,
        /// The day of the referral.
        referred_on: NaiveDate,
        /// Who referred.
        #[serde(deserialize_with = "kept")]
        unit: Line<120>,
    }
    /// The start-up meeting was held.
    StartUpMeetingHeld = "start_up_meeting_held", "Oppstartsmøte holdt", "Start-up meeting held" {
        /// The trail.
        trail: TrailId,
        /// The day.
        on: NaiveDate,
        /// The phase that it lifted the trail to.
        lifted_to: Option<Phase>,
    }
    /// A trail moved to another phase.
    PhaseChanged = "phase_changed", "Fase endret", "Phase changed" {
        /// The trail.
        trail: TrailId,
        /// The phase until then.
        from: Phase,
        /// The phase from then on.
        to: Phase,
        /// The first day in it.
        on: NaiveDate,
    }
    /// The earliest face-to-face contact with an employer was noted.
    FirstEmployerContactNoted =
        "first_employer_contact_noted", "Første arbeidsgiverkontakt notert", "First employer contact noted" {
        /// The trail.
        trail: TrailId,
        /// The day.
        on: NaiveDate,
    }
    /// The main goal was set.
    MainGoalSet = "main_goal_set", "Hovedmål satt", "Main goal set" {
        /// The trail.
        trail: TrailId,
        /// What it aims at.
        kind: GoalKind,
        /// The participant's own description.
        #[serde(deserialize_with = "kept")]
        description: Text<4000>,
    }
    /// A trail was ended.
    TrailEnded = "trail_ended", "Jobbspor avsluttet", "Trail ended" {
        /// The trail.
        trail: TrailId,
        /// The phase until then.
        from: Phase,
        /// The last day.
        on: NaiveDate,
        /// Why.
        reason: EndReason,
    }
    /// A trail was withheld from all staff, since its participant is strictly protected.
    TrailWithheld = "trail_withheld", "Jobbspor tilbakeholdt", "Trail withheld" {
        /// The trail.
        trail: TrailId,
    }
    /// A withheld trail is shown to its team again.
    TrailReleased = "trail_released", "Jobbspor vist igjen", "Trail released" {
        /// The trail.
        trail: TrailId,
    }
    /// A participant was forgotten.
    ParticipantForgotten = "participant_forgotten", "Deltaker slettet", "Participant forgotten" {
        /// Who.
        participant: ParticipantId,
    }
    /// A sub-goal was set.
    SubGoalSet = "sub_goal_set", "Delmål satt", "Sub-goal set" {
        /// The sub-goal.
        sub_goal: SubGoalId,
        /// Its trail.
        trail: TrailId,
        /// The step.
        #[serde(deserialize_with = "kept")]
        text: Text<2000>,
        /// Who takes it.
        responsible: Responsible,
        /// By when.
        due: Option<NaiveDate>,
    }
    /// A sub-goal was said anew.
    SubGoalRevised = "sub_goal_revised", "Delmål endret", "Sub-goal revised" {
        /// The sub-goal.
        sub_goal: SubGoalId,
        /// Its trail.
        trail: TrailId,
        /// The step.
        #[serde(deserialize_with = "kept")]
        text: Text<2000>,
        /// Who takes it.
        responsible: Responsible,
        /// By when.
        due: Option<NaiveDate>,
    }
    /// It was told how far a sub-goal has come.
    SubGoalProgressed = "sub_goal_progressed", "Framdrift i delmål", "Sub-goal progressed" {
        /// The sub-goal.
        sub_goal: SubGoalId,
        /// Its trail.
        trail: TrailId,
        /// How far.
        progress: SubGoalProgress,
    }
    /// A sub-goal was closed.
    SubGoalClosed = "sub_goal_closed", "Delmål avsluttet", "Sub-goal closed" {
        /// The sub-goal.
        sub_goal: SubGoalId,
        /// Its trail.
        trail: TrailId,
        /// How.
        outcome: SubGoalOutcome,
        /// The day.
        on: NaiveDate,
    }
    /// A sub-goal was opened again.
    SubGoalReopened = "sub_goal_reopened", "Delmål gjenåpnet", "Sub-goal reopened" {
        /// The sub-goal.
        sub_goal: SubGoalId,
        /// Its trail.
        trail: TrailId,
    }
    /// A narrative was written; the words stay in the narrative.
    NarrativeWritten = "narrative_written", "Tekst skrevet", "Text written" {
        /// The narrative.
        narrative: NarrativeId,
        /// Its trail.
        trail: TrailId,
        /// What it is about.
        topic: Topic,
        /// Which revision, from 1.
        revision: u32,
    }
    /// An openness agreement was made.
    OpennessAgreed = "openness_agreed", "Åpenhet avtalt", "Disclosure agreed" {
        /// The agreement.
        openness: OpennessId,
        /// Its trail.
        trail: TrailId,
        /// Which version.
        version: u32,
        /// What the participant chose.
        stance: OpennessStance,
    }
    /// An openness agreement was withdrawn.
    OpennessWithdrawn = "openness_withdrawn", "Åpenhet trukket tilbake", "Disclosure withdrawn" {
        /// The agreement.
        openness: OpennessId,
        /// Its trail.
        trail: TrailId,
        /// Which version.
        version: u32,
    }
    /// An employer was registered.
    EmployerRegistered = "employer_registered", "Arbeidsgiver registrert", "Employer registered" {
        /// The employer.
        employer: EmployerId,
        /// Its number.
        #[serde(deserialize_with = "kept")]
        organisation_number: OrganisationNumber,
        /// Its name.
        #[serde(deserialize_with = "kept")]
        name: Line<200>,
    }
    /// What is known of an employer was corrected.
    EmployerCorrected = "employer_corrected", "Arbeidsgiver rettet", "Employer corrected" {
        /// The employer.
        employer: EmployerId,
        /// Its name from now on.
        #[serde(deserialize_with = "kept")]
        name: Line<200>,
    }
    /// A contact person was registered.
    ContactPersonRegistered = "contact_person_registered", "Kontaktperson registrert", "Contact person registered" {
        /// The contact person.
        contact_person: ContactPersonId,
        /// At which employer.
        employer: EmployerId,
        /// By which name.
        #[serde(deserialize_with = "kept")]
        name: PersonName,
    }
    /// What is known of a contact person was corrected.
    ContactPersonCorrected = "contact_person_corrected", "Kontaktperson rettet", "Contact person corrected" {
        /// The contact person.
        contact_person: ContactPersonId,
        /// At which employer.
        employer: EmployerId,
    }
    /// A contact person became a former one.
    ContactPersonLeft = "contact_person_left", "Kontaktperson sluttet", "Contact person left" {
        /// The contact person.
        contact_person: ContactPersonId,
        /// At which employer.
        employer: EmployerId,
        /// The day.
        on: NaiveDate,
    }
    /// A contact with an employer was registered.
    EmployerContactRegistered =
        "employer_contact_registered", "Arbeidsgiverkontakt registrert", "Employer contact registered" {
        /// The contact.
        employer_contact: EmployerContactId,
        /// For which trail.
        trail: TrailId,
        /// With which employer.
        employer: EmployerId,
        /// The day.
        on: NaiveDate,
        /// The way.
        way: ContactWay,
        /// Who was met.
        met: EmployerMet,
        /// What it was about.
        about: ContactAbout,
    }
    /// A job was registered.
    JobRegistered = "job_registered", "Jobb registrert", "Job registered" {
        /// The job.
        job: JobId,
        /// Its trail.
        trail: TrailId,
        /// With which employer.
        employer: Option<EmployerId>,
        /// Its title.
        #[serde(deserialize_with = "kept")]
        title: Line<120>,
        /// The form of employment.
        form: EmploymentForm,
        /// From when, and to when if known.
        period: Period,
    }
    /// A job was ended.
    JobEnded = "job_ended", "Jobb avsluttet", "Job ended" {
        /// The job.
        job: JobId,
        /// Its trail.
        trail: TrailId,
        /// Its last day.
        on: NaiveDate,
        /// Why.
        reason: JobEndReason,
    }
    /// A member of staff was registered.
    StaffRegistered = "staff_registered", "Ansatt registrert", "Member of staff registered" {
        /// The member of staff.
        staff: StaffId,
        /// By which name.
        #[serde(deserialize_with = "kept")]
        name: PersonName,
    }
    /// A team was registered.
    TeamRegistered = "team_registered", "Team registrert", "Team registered" {
        /// The team.
        team: TeamId,
        /// Its name.
        #[serde(deserialize_with = "kept")]
        name: Line<120>,
        /// The method that it works by.
        method: Method,
    }
    /// A membership of a team began.
    MembershipBegun = "membership_begun", "Medlemskap begynt", "Membership begun" {
        /// The membership.
        membership: MembershipId,
        /// Of which team.
        team: TeamId,
        /// Whose.
        staff: StaffId,
        /// In which role.
        role: Role,
        /// From when, and to when if known.
        period: Period,
    }
    /// A membership of a team was ended.
    MembershipEnded = "membership_ended", "Medlemskap avsluttet", "Membership ended" {
        /// The membership.
        membership: MembershipId,
        /// Of which team.
        team: TeamId,
        /// Whose.
        staff: StaffId,
        /// Its last day.
        on: NaiveDate,
    }
}

impl Fact {
    /// The stable code of its kind, the same as in serde.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.kind().code()
    }

    /// What a person reads.
    #[must_use]
    pub const fn label(&self) -> crate::label::Label {
        self.kind().label()
    }
}

impl FactCode {
    /// The kind with this code, if there is one.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::from_code(code)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_its_own_and_reads_back() {
        let codes: BTreeSet<_> = FactCode::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes.len(), FactCode::ALL.len());
        for kind in FactCode::ALL {
            assert_eq!(FactCode::parse(kind.code()), Some(kind));
        }
        assert_eq!(FactCode::parse("nothing"), None);
    }

    #[test]
    fn a_stored_fact_outlives_todays_grammar_and_stays_silent() {
        let stored = serde_json::json!({
            "fact": "contact_points_corrected",
            "participant": "00000000-0000-0000-0000-000000000001",
            "phone_before": "+47 ring meg",
            "email": "spurv@localhost",
        });
        let fact: Fact = serde_json::from_value(stored).expect("kept");
        assert_eq!(fact.kind(), FactCode::ContactPointsCorrected);
        let shown = format!("{fact:?}");
        assert!(!shown.contains("ring") && !shown.contains("spurv"), "{shown}");
    }
}
