//! Shared by the tests: the invented cast, days and moments.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{
    Attestation, AttestationId, AttestationKind, Authorship, BirthDate, CapacityAssessment, CapacityAssessmentId,
    CapacityFinding, CapacityOutcome, Channel, ConsentMatter, ConsentPurpose, DocumentKind, DocumentReference,
    EmailAddress, Employer, EmployerDetails, EmployerId, Employment, EmploymentForm, Job, JobId, Line, Moment,
    NationalId, NewJob, NewParticipant, OrganisationNumber, ParticipantId, Period, PersonName, PhoneNumber, Protection,
    Signature, StaffId, TeamId, Text, TextHash, Trail,
};
use crate::label::Language;

/// A day, written `2022-05-31`.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Nine in the morning of a day, in summer time.
pub(crate) fn morning(text: &str) -> Moment {
    Moment::parse(&format!("{text}T09:00:00+02:00")).expect("a moment")
}

/// KVIKK SPURV, specialist.
pub(crate) fn spurv() -> StaffId {
    StaffId::new(Uuid::from_u128(0x5_0001))
}

/// KLOK RAVN, supervisor.
pub(crate) fn ravn() -> StaffId {
    StaffId::new(Uuid::from_u128(0x5_0002))
}

/// A team.
pub(crate) fn team() -> TeamId {
    TeamId::new(Uuid::from_u128(0x7_0001))
}

/// A participant.
pub(crate) fn participant_id() -> ParticipantId {
    ParticipantId::new(Uuid::from_u128(0x1_0001))
}

/// KVIKK SPURV acts on the morning of a day.
pub(crate) fn by_spurv(text: &str) -> Authorship {
    Authorship::new(spurv(), morning(text))
}

/// ABSURD BRANNHYDRANT, as registered.
pub(crate) fn brannhydrant() -> NewParticipant {
    NewParticipant {
        name: PersonName::new("ABSURD", "BRANNHYDRANT").expect("a name"),
        national_id: Some(NationalId::DEMONSTRATION),
        birth_date: Some(BirthDate::parse("1985-12-08").expect("a date")),
        phone: Some(PhoneNumber::parse("00000017").expect("a phone number")),
        email: Some(EmailAddress::parse("absurd@example.com").expect("an address")),
        protection: Protection::default(),
    }
}

/// The attestation that the person is the right one.
pub(crate) fn right_person() -> AttestationKind {
    AttestationKind::RightPerson
}

/// The attestation that the person was informed by the notice of May 2022.
pub(crate) fn rights_information() -> AttestationKind {
    AttestationKind::RightsInformation {
        notice: Line::parse("rights").expect("a line"),
        version: Line::parse("v2022-05").expect("a line"),
        language: Language::Norwegian,
        channel: Channel::InPerson,
    }
}

/// The attestation that a guardian consents.
pub(crate) fn guardian_consent() -> AttestationKind {
    AttestationKind::GuardianConsent { document: Line::parse("arkiv 2026/17").expect("a line"), reference: None }
}

/// The attestation that the participant, of age by now, consents.
pub(crate) fn own_consent() -> AttestationKind {
    AttestationKind::OwnConsent { reference: Some(document(DocumentKind::ConsentForm)) }
}

/// What GRUNDIG UGLE, clinician, found about some purposes on a day.
pub(crate) fn finding(
    purposes: impl IntoIterator<Item = ConsentPurpose>,
    outcome: CapacityOutcome,
    on: &str,
) -> CapacityFinding {
    CapacityFinding {
        matter: ConsentMatter::Partly { purposes: purposes.into_iter().collect() },
        outcome,
        assessed_by: Line::parse("GRUNDIG UGLE").expect("a line"),
        assessed_on: day(on),
        reasons: Text::parse("Forstår ikke følgene").expect("a text"),
        next_review: day(on).checked_add_months(chrono::Months::new(6)),
        document: None,
    }
}

/// The assessment of a finding about [`participant_id`], recorded on its day.
pub(crate) fn assessment(number: u128, finding: &CapacityFinding) -> CapacityAssessment {
    let by = Authorship::new(spurv(), morning(&finding.assessed_on.to_string()));
    let id = CapacityAssessmentId::new(Uuid::from_u128(0xCA_0000 + number));
    CapacityAssessment::record(id, participant_id(), finding.clone(), &by).expect("recorded").0
}

/// A document that SOLID HUMLE signed.
pub(crate) fn document(kind: DocumentKind) -> DocumentReference {
    DocumentReference {
        kind,
        version: Line::parse("2").ok(),
        signature: Some(Signature { by: Line::parse("SOLID HUMLE").expect("a line"), on: day("2022-05-30") }),
        archive: Line::parse("arkiv 2022/17").expect("a line"),
        digest: TextHash::of(b"plan"),
    }
}

/// Work training at an employer in a period, which is no job (`DB9`).
pub(crate) fn work_training(trail: &Trail, period: Period) -> Job {
    let number = OrganisationNumber::parse("311002007").expect("a number");
    let name = Line::parse("Nordlys bakeri").expect("a line");
    let details = EmployerDetails::named(name);
    let by = by_spurv("2022-06-20");
    let id = EmployerId::new(Uuid::from_u128(0xE_0001));
    let (employer, _) = Employer::register(id, Some(number), details, &by).expect("registered");
    let new = NewJob {
        employment: Employment::at(&employer, None).expect("theirs"),
        title: Line::parse("Baker").expect("a line"),
        form: EmploymentForm::WorkTraining,
        hours: None,
        period,
        training_reason: Text::parse("Vil prøve").ok(),
        education: None,
        details: crate::domain::JobDetails::default(),
    };
    Job::register(JobId::new(Uuid::from_u128(0x10B)), trail, new, &by).expect("registered").0
}

/// An attestation about [`participant_id`], by KVIKK SPURV on a day.
pub(crate) fn attestation(kind: AttestationKind, on: &str) -> Attestation {
    let id = AttestationId::new(Uuid::from_u128(0xA_0001));
    Attestation::make(id, participant_id(), kind, &by_spurv(on)).0
}
