//! Jobs as records.

use chrono::NaiveDate;

use crate::class::Class;
use crate::domain::{EmployerId, Job, JobId, StaffId, Thing};
use crate::record::trail::TRAIL;
use crate::record::whose::{Shelf, not_over, shown_to, started_in};
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Record, StoreError, Subject};

/// The schema line of the kind.
pub(crate) static JOB: KindSchema = KindSchema::new("job")
    .child_of(&TRAIL)
    .fields(&[
        Field::new("employer", FieldType::Id, Class::Ordinary),
        Field::new("form", FieldType::Text, Class::Ordinary),
        Field::new("starts_on", FieldType::Day, Class::Ordinary),
        Field::new("ends_on", FieldType::Day, Class::Ordinary),
        Field::new("audience", FieldType::Text, Class::Address),
        Field::new("team", FieldType::Id, Class::Ordinary),
        Field::new("owner", FieldType::Id, Class::Ordinary),
    ])
    .indexes(&[
        IndexSchema::shared("by_last_day", &["audience", "team", "ends_on"]),
        IndexSchema::shared("by_first_day", &["audience", "team", "starts_on"]),
        IndexSchema::shared("by_employer", &["audience", "team", "employer", "starts_on"]),
        IndexSchema::shared("own_by_last_day", &["audience", "team", "owner", "ends_on"]),
        IndexSchema::shared("own_by_first_day", &["audience", "team", "owner", "starts_on"]),
    ]);

impl Recorded for Job {
    type Id = JobId;

    const KIND: Kind = Kind::of(&JOB);
    const THING: Thing = Thing::Job;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Støtte deltakeren i jobben, og vise hva jobbsporet førte til",
        "To support the participant in the job, and to show what the trail led to",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("trail", Class::Ordinary, SeenBy::Case, "Jobbspor", "Trail"),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new(
            "employment.with",
            Class::Ordinary,
            SeenBy::Case,
            "Ansatt eller selvstendig",
            "Employed or self-employed",
        ),
        StoredField::new("employment.employer", Class::Ordinary, SeenBy::Case, "Arbeidsgiver", "Employer"),
        StoredField::new("employment.contact", Class::Ordinary, SeenBy::Case, "Kontaktperson", "Contact person"),
        StoredField::new("title", Class::Personal, SeenBy::Case, "Stilling", "Job title"),
        StoredField::new("form", Class::Ordinary, SeenBy::Case, "Ansettelsesform", "Form of employment"),
        StoredField::new("hours", Class::Ordinary, SeenBy::Case, "Timer per uke", "Hours per week"),
        StoredField::new("period.first", Class::Ordinary, SeenBy::Case, "Første dag", "First day"),
        StoredField::new("period.last", Class::Ordinary, SeenBy::Case, "Siste dag", "Last day"),
        StoredField::new(
            "training_reason",
            Class::Health,
            SeenBy::Case,
            "Begrunnelse for arbeidstrening",
            "Reason for the work training",
        ),
        StoredField::by("registered.by", SeenBy::Case),
        StoredField::at("registered.at", SeenBy::Case),
        StoredField::new("ending.reason", Class::Health, SeenBy::Case, "Sluttårsak", "End reason"),
        StoredField::by("ending.authorship.by", SeenBy::Case),
        StoredField::at("ending.authorship.at", SeenBy::Case),
        StoredField::new(
            "ending.loss.learned_on",
            Class::Ordinary,
            SeenBy::Case,
            "Tapt arbeid kjent",
            "Loss learned of on",
        ),
        StoredField::new(
            "ending.loss.help_offered_on",
            Class::Ordinary,
            SeenBy::Case,
            "Hjelp tilbudt",
            "Help offered on",
        ),
        StoredField::new("ending.planned_last", Class::Ordinary, SeenBy::Case, "Avtalt siste dag", "Agreed last day"),
        StoredField::new("whose.audience", Class::Address, SeenBy::Case, "Vises for", "Shown to"),
        StoredField::new("whose.team", Class::Ordinary, SeenBy::Case, "Team", "Team"),
        StoredField::new("whose.owner", Class::Ordinary, SeenBy::Case, "Eier", "Owner"),
        StoredField::new("education", Class::Ordinary, SeenBy::Case, "Utdanning", "Education"),
        StoredField::new(
            "details.occupation.scheme",
            Class::Ordinary,
            SeenBy::Case,
            "Yrkeskodeverk",
            "Classification of occupations",
        ),
        StoredField::new(
            "details.occupation.version",
            Class::Ordinary,
            SeenBy::Case,
            "Versjon av kodeverket",
            "Version of the classification",
        ),
        StoredField::new("details.occupation.code", Class::Personal, SeenBy::Case, "Yrkeskode", "Occupation code"),
        StoredField::new("details.occupation.label", Class::Personal, SeenBy::Case, "Yrke", "Occupation"),
        StoredField::new("details.pay", Class::Finance, SeenBy::Case, "Lønn", "Pay"),
        StoredField::new(
            "details.access",
            Class::Health,
            SeenBy::Case,
            "Hvem som kunne fått jobben",
            "Who could have had the job",
        ),
        StoredField::new(
            "details.position",
            Class::Personal,
            SeenBy::Case,
            "Stillingsbeskrivelse",
            "Position description",
        ),
        StoredField::new("details.support_plan", Class::Health, SeenBy::Case, "Jobbstøtteplan", "Job support plan"),
        StoredField::new("details.subsidies[].kind", Class::Personal, SeenBy::Case, "Tilskudd", "Subsidy"),
        StoredField::new(
            "details.subsidies[].period.first",
            Class::Ordinary,
            SeenBy::Case,
            "Tilskudd fra",
            "Subsidy from",
        ),
        StoredField::new(
            "details.subsidies[].period.last",
            Class::Ordinary,
            SeenBy::Case,
            "Tilskudd til",
            "Subsidy to",
        ),
        StoredField::new("hours_changes[].hours", Class::Ordinary, SeenBy::Case, "Endret timetall", "Changed hours"),
        StoredField::new("hours_changes[].from", Class::Ordinary, SeenBy::Case, "Endret fra", "Changed from"),
        StoredField::by("hours_changes[].authorship.by", SeenBy::Case),
        StoredField::at("hours_changes[].authorship.at", SeenBy::Case),
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
        StoredField::new("references[].on", Class::Ordinary, SeenBy::Case, "Referanse gitt", "Reference given on"),
        StoredField::new("references[].given_by", Class::ThirdParty, SeenBy::Case, "Referanse fra", "Reference by"),
        StoredField::new(
            "references[].words",
            Class::Personal,
            SeenBy::Case,
            "Referansens ordlyd",
            "Words of the reference",
        ),
        StoredField::by("references[].authorship.by", SeenBy::Case),
        StoredField::at("references[].authorship.at", SeenBy::Case),
        StoredField::new("confirmed.on", Class::Ordinary, SeenBy::Case, "Bekreftet i jobb", "Confirmed in the job on"),
        StoredField::by("confirmed.authorship.by", SeenBy::Case),
        StoredField::at("confirmed.authorship.at", SeenBy::Case),
        StoredField::new("step_down.on", Class::Ordinary, SeenBy::Case, "Nedtrapping fra", "Step-down from"),
        StoredField::new("step_down.plan", Class::Health, SeenBy::Case, "Plan som gjenstår", "Plan that remains"),
        StoredField::by("step_down.authorship.by", SeenBy::Case),
        StoredField::at("step_down.authorship.at", SeenBy::Case),
        StoredField::new("declined.on", Class::Ordinary, SeenBy::Case, "Støtte avslått", "Support declined on"),
        StoredField::by("declined.authorship.by", SeenBy::Case),
        StoredField::at("declined.authorship.at", SeenBy::Case),
    ];

    fn id(&self) -> JobId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.trail().as_uuid())
            .with_optional("employer", self.employment().employer().map(EmployerId::as_uuid))
            .with("form", self.form().code())
            .with("starts_on", self.period().first())
            .with("ends_on", self.period().last_or_max())
            .with_optional("audience", self.whose().map(|whose| whose.audience().code()))
            .with_optional("team", self.whose().map(|whose| whose.team().as_uuid()))
            .with_optional("owner", self.whose().map(|whose| whose.owner().as_uuid()))
    }
}

impl Job {
    /// The jobs of a team, or of one owner in it, that its staff may see and that are not over on a day: by their
    /// last day.
    pub(crate) fn not_over(
        shelf: impl Into<Shelf>,
        owner: Option<StaffId>,
        on: NaiveDate,
    ) -> Result<IndexRange, StoreError> {
        not_over(Self::KIND, shelf.into(), owner, on)
    }

    /// The jobs of a team, or of one owner in it, that its staff may see and that started from a day to another: by
    /// their first day.
    pub(crate) fn started_in(
        shelf: impl Into<Shelf>,
        owner: Option<StaffId>,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<IndexRange, StoreError> {
        started_in(Self::KIND, shelf.into(), owner, (from, to))
    }

    /// The jobs of a team at an employer that its staff may see: by their first day.
    pub(crate) fn at_employer(shelf: impl Into<Shelf>, employer: EmployerId) -> Result<IndexRange, StoreError> {
        shown_to(Self::KIND, "by_employer", shelf.into(), Some(employer.into()))
    }
}
