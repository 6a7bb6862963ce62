//! What is kept, about whom, why and until when: the basis of a record of processing (GDPR art. 30).

use super::stored_field::StoredField;
use crate::domain::Thing;
use crate::domain::coded::coded;
use crate::label::Label;

coded! {
    /// Whom the records of a kind are about.
    pub enum Concerns {
        /// A participant.
        Participant = "participant", "Deltakeren", "The participant";
        /// A contact person, who is a data subject too.
        ContactPerson = "contact_person", "Kontaktpersonen", "The contact person";
        /// A member of staff.
        Staff = "staff", "Den ansatte", "The member of staff";
        /// No person.
        Nobody = "nobody", "Ingen person", "No person";
    }
}

coded! {
    /// How long the records of a kind are meant to be kept: what the time is counted from, how long, and what then
    /// (`I23`). Nothing is deleted by itself.
    pub enum Retention {
        /// With the participant's trails.
        AfterTrail = "after_trail",
            "Deltakeren har innsyn i 365 dager etter at jobbsporet er avsluttet; deretter arkiveres det, så slettes det",
            "The participant reads it for 365 days after the trail ends; then it is archived, then deleted";
        /// For as long as somebody is a contact.
        WhileContact = "while_contact",
            "Så lenge personen er kontakt hos arbeidsgiveren, eller noe som er bevart viser til den; deretter slettes det",
            "While the person is a contact at the employer, or something that is kept names them; then deleted";
        /// For as long as it is used.
        WhileInUse = "while_in_use",
            "Så lenge det er i bruk, eller noe som er bevart viser til det; deretter slettes det",
            "While it is in use, or something that is kept names it; then deleted";
    }
}

/// Why the records of a kind are kept, about whom, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keeping {
    concerns: Concerns,
    purpose: Label,
    retention: Retention,
}

impl Keeping {
    /// About whom, until when, and why, in Norwegian and in English.
    #[must_use]
    pub const fn new(concerns: Concerns, retention: Retention, norwegian: &'static str, english: &'static str) -> Self {
        Self { concerns, purpose: Label::new(norwegian, english), retention }
    }

    /// Whom the records are about.
    #[must_use]
    pub const fn concerns(&self) -> Concerns {
        self.concerns
    }

    /// Why they are kept.
    #[must_use]
    pub const fn purpose(&self) -> Label {
        self.purpose
    }

    /// Until when.
    #[must_use]
    pub const fn retention(&self) -> Retention {
        self.retention
    }
}

/// A kind of record: what it is called, why it is kept, and everything that stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredKind {
    name: &'static str,
    thing: Thing,
    keeping: Keeping,
    fields: &'static [StoredField],
}

impl StoredKind {
    pub(super) const fn new(
        name: &'static str,
        thing: Thing,
        keeping: Keeping,
        fields: &'static [StoredField],
    ) -> Self {
        Self { name, thing, keeping, fields }
    }

    /// Its name in the schema.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Its name for people.
    #[must_use]
    pub const fn thing(&self) -> Thing {
        self.thing
    }

    /// Why it is kept, about whom, and until when.
    #[must_use]
    pub const fn keeping(&self) -> Keeping {
        self.keeping
    }

    /// Everything that stands in its stored form.
    #[must_use]
    pub const fn fields(&self) -> &'static [StoredField] {
        self.fields
    }

    /// What stands at a path.
    #[must_use]
    pub fn field(&self, path: &str) -> Option<&'static StoredField> {
        self.fields.iter().find(|field| field.path() == path)
    }
}
