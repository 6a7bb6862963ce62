//! Employers as records.

use std::ops::Bound;

use crate::class::Class;
use crate::domain::{
    Employer, EmployerId, EmployerUnit, Industry, Line, Municipality, OrganisationNumber, Thing, search_key,
};
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField, Unique};
use crate::store::{Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Record, StoreError, Value};

/// The schema line of the kind. The keys are there to be found by, and absent of what was merged into another.
pub(crate) static EMPLOYER: KindSchema = KindSchema::new("employer")
    .fields(&[
        Field::new("organisation_number", FieldType::Text, Class::Ordinary),
        Field::new("name", FieldType::Text, Class::Ordinary),
        Field::new("name_key", FieldType::Text, Class::Ordinary),
        Field::new("alias_key", FieldType::Text, Class::Ordinary),
        Field::new("municipality_key", FieldType::Text, Class::Ordinary),
        Field::new("industry", FieldType::Text, Class::Ordinary),
        Field::new("legal_unit", FieldType::Text, Class::Ordinary),
        Field::new("municipality_number", FieldType::Text, Class::Ordinary),
    ])
    .indexes(&[
        IndexSchema::unique("organisation_number", &["organisation_number"]),
        IndexSchema::shared("by_name", &["name_key"]),
        IndexSchema::shared("by_alias", &["alias_key"]),
        IndexSchema::shared("by_municipality", &["municipality_key", "name_key"]),
        IndexSchema::shared("by_industry", &["industry", "name_key"]),
        IndexSchema::shared("by_legal_unit", &["legal_unit", "name_key"]),
        IndexSchema::shared("by_municipality_number", &["municipality_number", "name_key"]),
    ])
    .projection(2);

impl Recorded for Employer {
    type Id = EmployerId;

    const KIND: Kind = Kind::of(&EMPLOYER);
    const THING: Thing = Thing::Employer;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Nobody,
        Retention::WhileInUse,
        "Finne arbeidsgivere igjen og vite hvem en jobb eller kontakt gjelder",
        "To find employers again and to know whom a job or contact is with",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Organisation),
        StoredField::new(
            "organisation_number",
            Class::Ordinary,
            SeenBy::Organisation,
            "Organisasjonsnummer",
            "Organisation number",
        ),
        StoredField::new("name", Class::Ordinary, SeenBy::Organisation, "Navn", "Name"),
        StoredField::new("alias", Class::Ordinary, SeenBy::Organisation, "Kjent som", "Known as"),
        StoredField::new("place", Class::Ordinary, SeenBy::Organisation, "Poststed", "Postal place"),
        StoredField::new("municipality", Class::Ordinary, SeenBy::Organisation, "Kommune", "Municipality"),
        StoredField::new(
            "municipality_number",
            Class::Ordinary,
            SeenBy::Organisation,
            "Kommunenummer",
            "Municipality number",
        ),
        StoredField::new("unit", Class::Ordinary, SeenBy::Organisation, "Enhetstype", "Kind of unit"),
        StoredField::new("unit.sub_unit_of", Class::Ordinary, SeenBy::Organisation, "Hovedenhet", "Legal unit"),
        StoredField::new(
            "industry.scheme",
            Class::Ordinary,
            SeenBy::Organisation,
            "Næringsstandard",
            "Industry scheme",
        ),
        StoredField::new("industry.version", Class::Ordinary, SeenBy::Organisation, "Versjon", "Version"),
        StoredField::new("industry.code", Class::Ordinary, SeenBy::Organisation, "Næringskode", "Industry code"),
        StoredField::new("website", Class::Ordinary, SeenBy::Organisation, "Nettsted", "Website"),
        StoredField::new("phone", Class::Ordinary, SeenBy::Organisation, "Telefon", "Phone"),
        StoredField::new("email", Class::Ordinary, SeenBy::Organisation, "E-post", "E-mail"),
        StoredField::by("registered.by", SeenBy::Nobody),
        StoredField::at("registered.at", SeenBy::Nobody),
        StoredField::new(
            "preferences.do_not_contact.reason",
            Class::Ordinary,
            SeenBy::Organisation,
            "Hvorfor den ikke skal kontaktes",
            "Why it is not to be contacted",
        ),
        StoredField::new(
            "preferences.do_not_contact.until",
            Class::Ordinary,
            SeenBy::Organisation,
            "Skal ikke kontaktes til og med",
            "Not to be contacted until",
        ),
        StoredField::new(
            "preferences.only_through",
            Class::Ordinary,
            SeenBy::Organisation,
            "Kontaktes bare gjennom",
            "Contacted only through",
        ),
        StoredField::new("preferences.visits", Class::Ordinary, SeenBy::Organisation, "Besøk", "Visits"),
        StoredField::new("warning.terms.about", Class::Ordinary, SeenBy::Organisation, "Varsel", "Warning"),
        StoredField::new("warning.terms.note", Class::ThirdParty, SeenBy::Organisation, "Merknad", "Note"),
        StoredField::new(
            "warning.terms.until",
            Class::Ordinary,
            SeenBy::Organisation,
            "Vises til og med",
            "Shown until",
        ),
        StoredField::by("warning.authorship.by", SeenBy::Organisation),
        StoredField::at("warning.authorship.at", SeenBy::Organisation),
        StoredField::new("merged.into", Class::Ordinary, SeenBy::Organisation, "Slått sammen med", "Merged into"),
        StoredField::by("merged.authorship.by", SeenBy::Nobody),
        StoredField::at("merged.authorship.at", SeenBy::Nobody),
        StoredField::new(
            "absorbed[]",
            Class::Ordinary,
            SeenBy::Organisation,
            "Tidligere dubletter",
            "Former duplicates",
        ),
    ];

    fn id(&self) -> EmployerId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        let record = record.with("name", self.name().as_str());
        if self.merged_into().is_some() {
            return record;
        }
        let details = self.details();
        record
            .with_optional("organisation_number", self.organisation_number().map(OrganisationNumber::as_str))
            .with("name_key", search_key(self.name().as_str()))
            .with_optional("alias_key", self.alias().map(Line::as_str).map(search_key))
            .with_optional("municipality_key", self.municipality().map(Line::as_str).map(search_key))
            .with_optional("industry", details.industry.as_ref().map(Industry::code))
            .with_optional("municipality_number", details.municipality_number.map(|it| it.to_string()))
            .with_optional(
                "legal_unit",
                details.unit.as_ref().and_then(EmployerUnit::legal_unit).map(OrganisationNumber::as_str),
            )
    }
}

impl Employer {
    /// The employer with this number.
    #[must_use]
    pub fn by_number(number: &OrganisationNumber) -> Unique<Self> {
        Unique::new("organisation_number", vec![number.as_str().into()])
    }

    /// The employers whose name begins so.
    pub(crate) fn named(beginning: &str) -> Result<IndexRange, StoreError> {
        Self::beginning("by_name", &search_key(beginning))
    }

    /// The employers of exactly this name.
    pub(crate) fn namesakes(name: &Line<200>) -> Result<IndexRange, StoreError> {
        Self::range("by_name", vec![search_key(name.as_str()).into()])
    }

    /// The employers that are commonly called something that begins so.
    pub(crate) fn called(beginning: &str) -> Result<IndexRange, StoreError> {
        Self::beginning("by_alias", &search_key(beginning))
    }

    /// The employers of a municipality, by name.
    pub(crate) fn in_municipality(municipality: &str) -> Result<IndexRange, StoreError> {
        Self::range("by_municipality", vec![search_key(municipality).into()])
    }

    /// The employers of a municipality by its number and code list, by name.
    pub(crate) fn in_municipality_numbered(municipality: Municipality) -> Result<IndexRange, StoreError> {
        Self::range("by_municipality_number", vec![municipality.to_string().into()])
    }

    /// The employers whose industry code begins so.
    pub(crate) fn in_industry(beginning: &str) -> Result<IndexRange, StoreError> {
        Self::beginning("by_industry", beginning)
    }

    /// The sub-units of a legal unit, by name.
    pub(crate) fn sub_units(legal_unit: &OrganisationNumber) -> Result<IndexRange, StoreError> {
        Self::range("by_legal_unit", vec![legal_unit.as_str().into()])
    }

    fn range(index: &'static str, equal: Vec<Value>) -> Result<IndexRange, StoreError> {
        let index = Self::KIND.index(index).ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
        IndexRange::new(index, equal)
    }

    /// What begins with a text: from the text itself to just before the last text that could follow it.
    fn beginning(index: &'static str, text: &str) -> Result<IndexRange, StoreError> {
        let end = format!("{text}{}", char::MAX);
        Self::range(index, Vec::new())?.between(Bound::Included(text.into()), Bound::Excluded(end.into()))
    }
}
