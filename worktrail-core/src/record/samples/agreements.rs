//! Samples of what people agree on and are told: notices, capacity, documents, confirmations, benefits.

use std::collections::BTreeSet;

use super::{consent_terms, id, line, name, narrative, ongoing_jobs, open_trail, openness_terms, participant, text};
use crate::domain::samples::{by_spurv, day, participant_id, team};
use crate::domain::{
    ActorId, Attestation, AttestationId, AttestationKind, BenefitsCounselling, BenefitsCounsellingId, BenefitsOutcome,
    BenefitsQualification, BenefitsTrigger, CapacityAssessment, CapacityAssessmentId, CapacityFinding, CapacityOutcome,
    Confirmation, ConfirmationId, ConfirmationStance, Confirmed, ConfirmingParty, Consent, ConsentClass, ConsentGiver,
    ConsentId, ConsentMatter, ConsentPurpose, ConsentTerms, DefaultNotice, Document, DocumentId, DocumentKind,
    DocumentReference, GuardianKind, Guardianship, GuardianshipId, GuardianshipTerms, Guideline, InBothLanguages, Line,
    Mandate, NewBenefitsCounselling, NewConfirmation, NewNotice, Notice, NoticeId, NoticeParts, OpennessAgreement,
    OpennessId, OpennessTerms, Period, Recipient, Signature, Text, TextHash, Topic,
};

/// The attestations that came with the documents themselves.
pub(crate) fn attestations_on_paper() -> [Attestation; 2] {
    let reference = Some(document(DocumentKind::ConsentForm));
    let guardian = AttestationKind::GuardianConsent { document: line(), reference: reference.clone() };
    let mut number = 0x13;
    [guardian, AttestationKind::OwnConsent { reference }].map(|kind| {
        number += 1;
        Attestation::make(AttestationId::new(id(number)), participant_id(), kind, &by_spurv("2022-05-31")).0
    })
}

/// A document that somebody signed.
pub(crate) fn document(kind: DocumentKind) -> DocumentReference {
    DocumentReference {
        kind,
        version: Some(line()),
        signature: Some(Signature { by: line(), on: day("2022-05-30") }),
        archive: line(),
        digest: TextHash::of(b"KANARI"),
    }
}

/// A matter that is one purpose.
fn matter() -> ConsentMatter {
    ConsentMatter::Partly { purposes: BTreeSet::from([ConsentPurpose::ShareFromTreatment]) }
}

/// What was found, with everything.
pub(crate) fn capacity_finding() -> CapacityFinding {
    CapacityFinding {
        matter: matter(),
        outcome: CapacityOutcome::Lacking,
        assessed_by: line(),
        assessed_on: day("2022-06-01"),
        reasons: text(),
        next_review: Some(day("2022-12-01")),
        document: Some(document(DocumentKind::Other)),
    }
}

/// The assessment that capacity is lacking for sharing from treatment.
pub(crate) fn capacity_assessment() -> CapacityAssessment {
    let (id, by) = (CapacityAssessmentId::new(id(0x28)), by_spurv("2022-06-01"));
    CapacityAssessment::record(id, participant_id(), capacity_finding(), &by).expect("recorded").0
}

/// What a guardian consents to within the mandate, on paper, for sharing from treatment.
pub(crate) fn consent_terms_by_mandate() -> ConsentTerms {
    let mandate = Mandate {
        matter: matter(),
        period: Period::between(day("2022-01-01"), day("2022-12-31")).expect("a period"),
        guardian: line(),
        document: document(DocumentKind::Mandate),
    };
    ConsentTerms {
        purpose: ConsentPurpose::ShareFromTreatment,
        recipients: vec![Recipient::EmploymentTeam { team: team() }],
        classes: vec![ConsentClass::Health],
        given_by: ConsentGiver::Guardian,
        document: Some(document(DocumentKind::ConsentForm)),
        mandate: Some(mandate),
        guideline: Some(Guideline { title: line(), version: line(), text_hash: TextHash::of(b"KANARI") }),
        ..consent_terms()
    }
}

/// A consent that a guardian gave within the mandate.
pub(crate) fn consent_by_mandate() -> Consent {
    let (id, by) = (ConsentId::new(id(0x21)), by_spurv("2022-06-02"));
    Consent::give(id, &participant(), consent_terms_by_mandate(), &[&capacity_assessment()], &by).expect("given").0
}

/// Who the appointed guardian is, with everything.
pub(crate) fn guardianship_terms() -> GuardianshipTerms {
    GuardianshipTerms {
        name: name(),
        kind: GuardianKind::Appointed,
        period: Period::between(day("2022-01-01"), day("2022-12-31")).expect("a period"),
        acts_as: Some(ActorId::new(id(0x5C5))),
        document: Some(document(DocumentKind::Mandate)),
    }
}

/// The guardianship of somebody who acts.
pub(crate) fn guardianship() -> Guardianship {
    let (id, by) = (GuardianshipId::new(id(0x1D0)), by_spurv("2022-06-01"));
    Guardianship::register(id, &participant(), guardianship_terms(), &by).expect("registered").0
}

/// The same after it ended.
pub(crate) fn ended_guardianship() -> Guardianship {
    guardianship().end(day("2022-07-31"), &by_spurv("2022-08-01")).expect("ended").0
}

/// The notice that people are informed by.
pub(crate) fn new_notice(version: &str, from: &str) -> NewNotice {
    let text = || InBothLanguages {
        nb: Text::parse("Du har rett til innsyn.").expect("a text"),
        en: Text::parse("You have the right to access.").expect("a text"),
    };
    NewNotice {
        name: Line::parse(DefaultNotice::NAME).expect("a line"),
        version: Line::parse(version).expect("a line"),
        valid_from: day(from),
        parts: NoticeParts {
            controller: text(),
            purposes: text(),
            sources: text(),
            disclosure: text(),
            rights: text(),
        },
    }
}

pub(crate) fn notice() -> Notice {
    let (id, by) = (NoticeId::new(id(0x18)), by_spurv("2022-05-01"));
    Notice::publish(id, new_notice("v2022-05", "2022-05-01"), &by).expect("published").0
}

/// An agreement on places of education too.
pub(crate) fn openness_with_institutions() -> OpennessAgreement {
    let terms = OpennessTerms {
        may_contact_institutions: BTreeSet::from([line()]),
        must_not_contact_institutions: BTreeSet::from([Line::parse("KANARI skole").expect("a line")]),
        ..openness_terms()
    };
    let (id, by) = (OpennessId::new(id(0x42)), by_spurv("2022-06-10"));
    OpennessAgreement::agree(id, &open_trail(), 2, terms, &by).expect("agreed").0
}

/// The paper behind the text about health.
pub(crate) fn filed_document() -> Document {
    let (id, by) = (DocumentId::new(id(0x68)), by_spurv("2022-06-21"));
    Document::file(id, &open_trail(), document(DocumentKind::Plan), Some(&narrative()), &by).expect("filed").0
}

/// The main goal, as it was set.
pub(crate) fn goal_as_set() -> Confirmed {
    Confirmed::MainGoal { set_at: by_spurv("2022-06-21").at() }
}

/// A word on the goal, and one on the text about health.
pub(crate) fn confirmations() -> [Confirmation; 2] {
    let (narrative, by) = (narrative(), by_spurv("2022-06-22"));
    let of_text = Confirmed::Text { topic: Topic::Health, revision: narrative.number() };
    let mut number = 0x6C;
    [goal_as_set(), of_text].map(|of| {
        number += 1;
        let (party, stance) = (ConfirmingParty::TreatmentTeam, ConfirmationStance::Differs);
        let new = NewConfirmation { of, party, stance, words: Some(text()) };
        let id = ConfirmationId::new(id(number));
        Confirmation::make(id, &open_trail(), new, Some(&narrative), &by).expect("made").0
    })
}

/// A talk about benefits.
pub(crate) fn new_benefits_counselling() -> NewBenefitsCounselling {
    NewBenefitsCounselling {
        on: day("2022-08-14"),
        trigger: BenefitsTrigger::BeforeStart,
        outcome: BenefitsOutcome::Declined,
        adviser: line(),
        qualification: BenefitsQualification::TrainedAdviser,
    }
}

/// The talk about the work training.
pub(crate) fn benefits_counselling() -> BenefitsCounselling {
    let [job, _] = ongoing_jobs();
    let (id, by) = (BenefitsCounsellingId::new(id(0x1C1)), by_spurv("2022-08-15"));
    BenefitsCounselling::register(id, &open_trail(), Some(&job), new_benefits_counselling(), &by).expect("registered").0
}
