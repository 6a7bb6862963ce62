//! Collaborators as records.

use crate::class::Class;
use crate::domain::{Collaborator, CollaboratorId, Thing};
use crate::record::trail::TRAIL;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static COLLABORATOR: KindSchema = KindSchema::new("collaborator").child_of(&TRAIL);

impl Recorded for Collaborator {
    type Id = CollaboratorId;

    const KIND: Kind = Kind::of(&COLLABORATOR);
    const THING: Thing = Thing::Collaborator;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Vite hvem som arbeider sammen med deltakeren, med navn bare når de selv har samtykket",
        "To know who works together for the participant, by name only with their own consent",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("trail", Class::Ordinary, SeenBy::Case, "Jobbspor", "Trail"),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new("details.role", Class::ThirdParty, SeenBy::Case, "Rolle", "Role"),
        StoredField::new("details.organisation", Class::ThirdParty, SeenBy::Case, "Virksomhet", "Organisation"),
        StoredField::new("details.named.name.given", Class::ThirdParty, SeenBy::Case, "Fornavn", "Given name"),
        StoredField::new("details.named.name.middle", Class::ThirdParty, SeenBy::Case, "Mellomnavn", "Middle name"),
        StoredField::new("details.named.name.family", Class::ThirdParty, SeenBy::Case, "Etternavn", "Family name"),
        StoredField::new("details.named.phone", Class::ThirdParty, SeenBy::Case, "Telefon", "Phone"),
        StoredField::new("details.named.email", Class::ThirdParty, SeenBy::Case, "E-post", "E-mail"),
        StoredField::new(
            "details.named.consented_on",
            Class::Ordinary,
            SeenBy::Case,
            "Eget samtykke gitt",
            "Own consent given on",
        ),
        StoredField::new(
            "details.named.channel",
            Class::Ordinary,
            SeenBy::Case,
            "Hvordan samtykket ble gitt",
            "How the consent was given",
        ),
        StoredField::by("said.by", SeenBy::Case),
        StoredField::at("said.at", SeenBy::Case),
        StoredField::new("left_on", Class::Ordinary, SeenBy::Case, "Sluttet dato", "Left on"),
    ];

    fn id(&self) -> CollaboratorId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record.about(Subject::new(self.participant().as_uuid())).under(self.trail().as_uuid())
    }
}
