//! Agreements with employers as records.

use crate::class::Class;
use crate::domain::{EmployerAgreement, EmployerAgreementId, Thing};
use crate::record::trail::TRAIL;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Field, FieldType, Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static EMPLOYER_AGREEMENT: KindSchema = KindSchema::new("employer_agreement").child_of(&TRAIL).fields(&[
    Field::new("employer", FieldType::Id, Class::Ordinary),
    Field::new("agreed_on", FieldType::Day, Class::Ordinary),
    Field::new("starts_on", FieldType::Day, Class::Ordinary),
    Field::new("ends_on", FieldType::Day, Class::Ordinary),
]);

impl Recorded for EmployerAgreement {
    type Id = EmployerAgreementId;

    const KIND: Kind = Kind::of(&EMPLOYER_AGREEMENT);
    const THING: Thing = Thing::EmployerAgreement;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Vite hva som er avtalt med arbeidsgiver, og hvem som støtter hvem",
        "To know what was agreed on with an employer, and who supports whom",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("trail", Class::Ordinary, SeenBy::Case, "Jobbspor", "Trail"),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new("employer", Class::Ordinary, SeenBy::Case, "Arbeidsgiver", "Employer"),
        StoredField::new("contact_person", Class::Ordinary, SeenBy::Case, "Kontaktperson", "Contact person"),
        StoredField::new("openness", Class::Ordinary, SeenBy::Case, "Åpenhetsavtale", "Disclosure agreement"),
        StoredField::new("terms.agreed_on", Class::Ordinary, SeenBy::Case, "Avtalt dato", "Agreed on"),
        StoredField::new("terms.period.first", Class::Ordinary, SeenBy::Case, "Første dag", "First day"),
        StoredField::new("terms.period.last", Class::Ordinary, SeenBy::Case, "Siste dag", "Last day"),
        StoredField::new("terms.hours", Class::Ordinary, SeenBy::Case, "Timer per uke", "Hours per week"),
        StoredField::new("terms.tasks", Class::Personal, SeenBy::Case, "Oppgaver", "Tasks"),
        StoredField::new("terms.accommodations", Class::Health, SeenBy::Case, "Tilrettelegging", "Accommodations"),
        StoredField::new("terms.mentor", Class::ThirdParty, SeenBy::Case, "Mentor", "Mentor"),
        StoredField::new("terms.support", Class::Health, SeenBy::Case, "Hvem støtter hvem", "Who supports whom"),
        StoredField::new("terms.subsidies[].kind", Class::Personal, SeenBy::Case, "Tilskudd", "Subsidy"),
        StoredField::new(
            "terms.subsidies[].period.first",
            Class::Ordinary,
            SeenBy::Case,
            "Tilskudd fra",
            "Subsidy from",
        ),
        StoredField::new("terms.subsidies[].period.last", Class::Ordinary, SeenBy::Case, "Tilskudd til", "Subsidy to"),
        StoredField::by("registered.by", SeenBy::Case),
        StoredField::at("registered.at", SeenBy::Case),
    ];

    fn id(&self) -> EmployerAgreementId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        let terms = self.terms();
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.trail().as_uuid())
            .with("employer", self.employer().as_uuid())
            .with("agreed_on", terms.agreed_on)
            .with("starts_on", terms.period.first())
            .with("ends_on", terms.period.last_or_max())
    }
}
