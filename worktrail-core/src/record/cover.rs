//! Covers as records.

use chrono::NaiveDate;
use uuid::Builder;

use crate::class::Class;
use crate::domain::{Cover, CoverId, StaffId, Thing, TrailId};
use crate::record::trail::TRAIL;
use crate::record::whose::Shelf;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{
    DigestWriter, Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Record, StoreError, Subject,
};

/// The schema line of the kind.
pub(crate) static COVER: KindSchema = KindSchema::new("cover")
    .child_of(&TRAIL)
    .fields(&[
        Field::new("audience", FieldType::Text, Class::Address),
        Field::new("team", FieldType::Id, Class::Ordinary),
        Field::new("staff", FieldType::Id, Class::Ordinary),
        Field::new("extent", FieldType::Text, Class::Ordinary),
        Field::new("first_day", FieldType::Day, Class::Ordinary),
        Field::new("open_until", FieldType::Day, Class::Ordinary),
    ])
    .indexes(&[IndexSchema::shared("by_staff", &["audience", "team", "staff", "open_until"])]);

impl Recorded for Cover {
    type Id = CoverId;

    const KIND: Kind = Kind::of(&COVER);
    const THING: Thing = Thing::Cover;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "La andre følge opp mens jobbspesialisten er borte, og vite hvem som hadde tilgang",
        "To let others follow up while the specialist is away, and to know who had access",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("trail", Class::Ordinary, SeenBy::Case, "Jobbspor", "Trail"),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new("team", Class::Ordinary, SeenBy::Case, "Vikarens team", "Team of who covers"),
        StoredField::new("staff", Class::Ordinary, SeenBy::Case, "Vikar", "Who covers"),
        StoredField::new("covered_for", Class::Ordinary, SeenBy::Case, "Vikar for", "Covered for"),
        StoredField::new("terms.extent", Class::Ordinary, SeenBy::Case, "Omfang", "Extent"),
        StoredField::new("terms.period.first", Class::Ordinary, SeenBy::Case, "Fra og med", "From"),
        StoredField::new("terms.period.last", Class::Ordinary, SeenBy::Case, "Til og med", "To"),
        StoredField::new("terms.reason", Class::Ordinary, SeenBy::Case, "Grunn", "Reason"),
        StoredField::by("given.by", SeenBy::Case),
        StoredField::at("given.at", SeenBy::Case),
        StoredField::new("audience", Class::Address, SeenBy::Nobody, "Vises for", "Shown to"),
        StoredField::by("ended.by", SeenBy::Case),
        StoredField::at("ended.at", SeenBy::Case),
        StoredField::new(
            "former[].covered_for",
            Class::Ordinary,
            SeenBy::Case,
            "Tidligere vikar for",
            "Formerly covered for",
        ),
        StoredField::new("former[].terms.extent", Class::Ordinary, SeenBy::Case, "Tidligere omfang", "Former extent"),
        StoredField::new(
            "former[].terms.period.first",
            Class::Ordinary,
            SeenBy::Case,
            "Tidligere fra og med",
            "Formerly from",
        ),
        StoredField::new(
            "former[].terms.period.last",
            Class::Ordinary,
            SeenBy::Case,
            "Tidligere til og med",
            "Formerly to",
        ),
        StoredField::new("former[].terms.reason", Class::Ordinary, SeenBy::Case, "Tidligere grunn", "Former reason"),
        StoredField::by("former[].given.by", SeenBy::Case),
        StoredField::at("former[].given.at", SeenBy::Case),
        StoredField::by("former[].ended.by", SeenBy::Case),
        StoredField::at("former[].ended.at", SeenBy::Case),
    ];

    fn id(&self) -> CoverId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        let open_until = self.ended().is_none().then_some(self.terms().period.last_or_max());
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.trail().as_uuid())
            .with("audience", self.audience().code())
            .with("team", self.team().as_uuid())
            .with("staff", self.staff().as_uuid())
            .with("extent", self.terms().extent.code())
            .with("first_day", self.terms().period.first())
            .with_optional("open_until", open_until)
    }
}

impl Cover {
    /// The id of the cover of a trail by a member of staff. It follows from the two, so that there is one for each pair,
    /// and whether somebody covers a trail is one look-up.
    ///
    /// ```
    /// use worktrail_core::domain::{Cover, StaffId, TrailId};
    ///
    /// let uuid = |number| uuid::Uuid::from_u128(number);
    /// let id = Cover::id_of(TrailId::new(uuid(1)), StaffId::new(uuid(2)));
    /// assert_eq!(id, Cover::id_of(TrailId::new(uuid(1)), StaffId::new(uuid(2))));
    /// assert_ne!(id, Cover::id_of(TrailId::new(uuid(1)), StaffId::new(uuid(3))));
    /// ```
    #[must_use]
    pub fn id_of(trail: TrailId, staff: StaffId) -> CoverId {
        let digest = DigestWriter::new("worktrail cover 1")
            .bytes(trail.as_uuid().as_bytes())
            .bytes(staff.as_uuid().as_bytes())
            .finish();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest.as_bytes()[..16]);
        CoverId::new(Builder::from_custom_bytes(bytes).into_uuid())
    }

    /// The covers that a member of a team has which are not over on a day, by their last day.
    pub(crate) fn not_over(shelf: impl Into<Shelf>, staff: StaffId, on: NaiveDate) -> Result<IndexRange, StoreError> {
        super::shown_from(Self::KIND, "by_staff", shelf.into(), &[staff.as_uuid()], on)
    }
}
