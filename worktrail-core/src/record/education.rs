//! Educations as records.

use chrono::NaiveDate;

use crate::class::Class;
use crate::domain::{Education, EducationId, StaffId, Thing};
use crate::record::trail::TRAIL;
use crate::record::whose::{Shelf, not_over, started_in};
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Record, StoreError, Subject};

/// The schema line of the kind.
pub(crate) static EDUCATION: KindSchema = KindSchema::new("education")
    .child_of(&TRAIL)
    .fields(&[
        Field::new("audience", FieldType::Text, Class::Address),
        Field::new("team", FieldType::Id, Class::Ordinary),
        Field::new("owner", FieldType::Id, Class::Ordinary),
        Field::new("track", FieldType::Text, Class::Ordinary),
        Field::new("starts_on", FieldType::Day, Class::Ordinary),
        Field::new("ends_on", FieldType::Day, Class::Ordinary),
    ])
    .indexes(&[
        IndexSchema::shared("by_last_day", &["audience", "team", "ends_on"]),
        IndexSchema::shared("by_first_day", &["audience", "team", "starts_on"]),
        IndexSchema::shared("own_by_last_day", &["audience", "team", "owner", "ends_on"]),
        IndexSchema::shared("own_by_first_day", &["audience", "team", "owner", "starts_on"]),
    ]);

impl Recorded for Education {
    type Id = EducationId;

    const KIND: Kind = Kind::of(&EDUCATION);
    const THING: Thing = Thing::Education;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Støtte deltakeren i utdanningen, og vise hva jobbsporet førte til",
        "To support the participant in the education, and to show what the trail led to",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("trail", Class::Ordinary, SeenBy::Case, "Jobbspor", "Trail"),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new("whose.audience", Class::Address, SeenBy::Case, "Vises for", "Shown to"),
        StoredField::new("whose.team", Class::Ordinary, SeenBy::Case, "Team", "Team"),
        StoredField::new("whose.owner", Class::Ordinary, SeenBy::Case, "Eier", "Owner"),
        StoredField::new("terms.title", Class::Personal, SeenBy::Case, "Tittel", "Title"),
        StoredField::new("terms.track", Class::Ordinary, SeenBy::Case, "Utdanningsløp", "Track"),
        StoredField::new("terms.form", Class::Ordinary, SeenBy::Case, "Studieform", "Form of study"),
        StoredField::new("terms.period.first", Class::Ordinary, SeenBy::Case, "Første dag", "First day"),
        StoredField::new("terms.period.last", Class::Ordinary, SeenBy::Case, "Siste dag", "Last day"),
        StoredField::new("terms.level", Class::Ordinary, SeenBy::Case, "Nivå", "Level"),
        StoredField::new("terms.programme", Class::Ordinary, SeenBy::Case, "Utdanningsprogram", "Programme"),
        StoredField::new("terms.subject", Class::Personal, SeenBy::Case, "Enkeltfag", "Subject"),
        StoredField::new("terms.course", Class::Personal, SeenBy::Case, "Kurs", "Course"),
        StoredField::new("terms.institution", Class::Personal, SeenBy::Case, "Utdanningsinstitusjon", "Institution"),
        StoredField::new(
            "terms.contact",
            Class::ThirdParty,
            SeenBy::Case,
            "Kontakt ved institusjonen",
            "Contact at the institution",
        ),
        StoredField::new("terms.description", Class::Health, SeenBy::Case, "Beskrivelse", "Description"),
        StoredField::new(
            "terms.support_plan",
            Class::Health,
            SeenBy::Case,
            "Utdanningsstøtteplan",
            "Education support plan",
        ),
        StoredField::by("registered.by", SeenBy::Case),
        StoredField::at("registered.at", SeenBy::Case),
        StoredField::by("aborted.by", SeenBy::Case),
        StoredField::at("aborted.at", SeenBy::Case),
        StoredField::new("planned_last", Class::Ordinary, SeenBy::Case, "Planlagt siste dag", "Planned last day"),
        StoredField::new("experiences.worked.text", Class::Health, SeenBy::Case, "Hva fungerte", "What worked"),
        StoredField::by("experiences.worked.authorship.by", SeenBy::Case),
        StoredField::at("experiences.worked.authorship.at", SeenBy::Case),
        StoredField::new(
            "experiences.did_not_work.text",
            Class::Health,
            SeenBy::Case,
            "Hva fungerte ikke",
            "What did not work",
        ),
        StoredField::by("experiences.did_not_work.authorship.by", SeenBy::Case),
        StoredField::at("experiences.did_not_work.authorship.at", SeenBy::Case),
    ];

    fn id(&self) -> EducationId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        let (terms, whose) = (self.terms(), self.whose());
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.trail().as_uuid())
            .with("audience", whose.audience().code())
            .with("team", whose.team().as_uuid())
            .with("owner", whose.owner().as_uuid())
            .with("track", terms.track.code())
            .with("starts_on", terms.period.first())
            .with("ends_on", terms.period.last_or_max())
    }
}

impl Education {
    /// The educations of a team, or of one owner in it, that its staff may see and that are not over on a day: by their
    /// last day.
    pub(crate) fn not_over(
        shelf: impl Into<Shelf>,
        owner: Option<StaffId>,
        on: NaiveDate,
    ) -> Result<IndexRange, StoreError> {
        not_over(Self::KIND, shelf.into(), owner, on)
    }

    /// The educations of a team, or of one owner in it, that its staff may see and that started from a day to another: by
    /// their first day.
    pub(crate) fn started_in(
        shelf: impl Into<Shelf>,
        owner: Option<StaffId>,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<IndexRange, StoreError> {
        started_in(Self::KIND, shelf.into(), owner, (from, to))
    }
}
