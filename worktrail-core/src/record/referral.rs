//! Received referrals as records.

use crate::class::Class;
use crate::domain::{ReceivedReferral, ReferralId, Thing};
use crate::record::participant::PARTICIPANT;
use crate::record::whose::{Shelf, shown_to};
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Order, Record, StoreError, Subject};

/// The schema line of the kind.
pub(crate) static REFERRAL: KindSchema = KindSchema::new("referral")
    .child_of(&PARTICIPANT)
    .fields(&[
        Field::new("audience", FieldType::Text, Class::Address),
        Field::new("team", FieldType::Id, Class::Ordinary),
        Field::new("waiting_since", FieldType::Day, Class::Ordinary),
        Field::new("zero_exclusion_on", FieldType::Day, Class::Health),
    ])
    .indexes(&[
        IndexSchema::shared("waiting", &["audience", "team", "waiting_since"]),
        IndexSchema::shared("zero_exclusion", &["audience", "team", "zero_exclusion_on"]),
    ]);

impl Recorded for ReceivedReferral {
    type Id = ReferralId;

    const KIND: Kind = Kind::of(&REFERRAL);
    const THING: Thing = Thing::Referral;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Svare på henvisningen, vite hvem som venter, og se at ingen blir ekskludert",
        "To answer the referral, to know who waits, and to see that nobody is excluded",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new("team", Class::Ordinary, SeenBy::Case, "Team", "Team"),
        StoredField::new(
            "audience",
            Class::Address,
            SeenBy::Case,
            "Hvem henvisningen vises for",
            "Whom the referral is shown to",
        ),
        StoredField::new("received.received_on", Class::Ordinary, SeenBy::Case, "Mottatt dato", "Received on"),
        StoredField::new("received.source", Class::Ordinary, SeenBy::Case, "Henvist fra", "Source of the referral"),
        StoredField::new(
            "received.unit.register_id",
            Class::Ordinary,
            SeenBy::Case,
            "Enhetens id i registeret",
            "The unit's id in the register",
        ),
        StoredField::new("received.unit.name", Class::ThirdParty, SeenBy::Case, "Henvisende enhet", "Referring unit"),
        StoredField::new("received.unit.kind", Class::Ordinary, SeenBy::Case, "Type enhet", "Kind of unit"),
        StoredField::new("received.counsellor", Class::ThirdParty, SeenBy::Case, "Veileder", "Counsellor"),
        StoredField::new(
            "received.wish",
            Class::Health,
            SeenBy::Case,
            "Ønske om arbeid, med egne ord",
            "The wish to work, in the person's words",
        ),
        StoredField::by("registered.by", SeenBy::Case),
        StoredField::at("registered.at", SeenBy::Case),
        StoredField::new("outcome.trail", Class::Ordinary, SeenBy::Case, "Jobbspor", "Trail"),
        StoredField::new("outcome.on", Class::Ordinary, SeenBy::Case, "Avgjort dato", "Decided on"),
        StoredField::new(
            "outcome.reason",
            Class::Health,
            SeenBy::Case,
            "Hvorfor det ikke ble jobbspor",
            "Why there was no trail",
        ),
        StoredField::new("outcome.note", Class::Health, SeenBy::Case, "Mer om årsaken", "More about why"),
        StoredField::by("outcome.authorship.by", SeenBy::Case),
        StoredField::at("outcome.authorship.at", SeenBy::Case),
        StoredField::new("reply.sent_on", Class::Ordinary, SeenBy::Case, "Svar sendt dato", "Reply sent on"),
        StoredField::by("reply.authorship.by", SeenBy::Case),
        StoredField::at("reply.authorship.at", SeenBy::Case),
        StoredField::new(
            "entries.referral_sources",
            Class::Ordinary,
            SeenBy::Case,
            "Henvist fra, etter egen liste",
            "Source of the referral, of the list of one's own",
        ),
        StoredField::new(
            "entries.referral_closings",
            Class::Health,
            SeenBy::Case,
            "Hvorfor det ikke ble jobbspor, etter egen liste",
            "Why there was no trail, of the list of one's own",
        ),
    ];

    fn id(&self) -> ReferralId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.participant().as_uuid())
            .with("audience", self.audience().code())
            .with("team", self.team().as_uuid())
            .with_optional("waiting_since", self.waiting_since())
            .with_optional("zero_exclusion_on", self.zero_exclusion_on())
    }
}

impl ReceivedReferral {
    /// The undecided referrals of a team that its staff may see, the one that has waited longest first (row 13).
    pub(crate) fn waiting(shelf: impl Into<Shelf>) -> Result<IndexRange, StoreError> {
        shown_to(Self::KIND, "waiting", shelf.into(), None)
    }

    /// Those whose closing raised the zero-exclusion flag, the last one first (S25).
    pub(crate) fn zero_exclusions(shelf: impl Into<Shelf>) -> Result<IndexRange, StoreError> {
        Ok(shown_to(Self::KIND, "zero_exclusion", shelf.into(), None)?.ordered(Order::Descending))
    }
}
