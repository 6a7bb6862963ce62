//! Organisations' own lists as records.

use crate::class::Class;
use crate::domain::{HostList, HostListId, Thing};
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Field, FieldType, IndexSchema, Kind, KindSchema, Record};

/// The schema line of the kind.
pub(crate) static HOST_LIST: KindSchema = KindSchema::new("host_list")
    .fields(&[Field::new("list", FieldType::Text, Class::Ordinary)])
    .indexes(&[IndexSchema::unique("list", &["list"])]);

impl Recorded for HostList {
    type Id = HostListId;

    const KIND: Kind = Kind::of(&HOST_LIST);
    const THING: Thing = Thing::HostList;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Nobody,
        Retention::WhileInUse,
        "La organisasjonen bruke sine egne ord over de lukkede listene",
        "To let the organisation use words of its own over the closed lists",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Organisation),
        StoredField::new("list", Class::Ordinary, SeenBy::Organisation, "Liste", "List"),
        StoredField::new("entries[].code", Class::Ordinary, SeenBy::Organisation, "Kode", "Code"),
        StoredField::new(
            "entries[].base.list",
            Class::Ordinary,
            SeenBy::Organisation,
            "Verdiens liste",
            "Value's list",
        ),
        StoredField::new("entries[].base.value", Class::Ordinary, SeenBy::Organisation, "Står for", "Stands for"),
        StoredField::new("entries[].nb", Class::Ordinary, SeenBy::Organisation, "Norsk navn", "Norwegian label"),
        StoredField::new("entries[].en", Class::Ordinary, SeenBy::Organisation, "Engelsk navn", "English label"),
        StoredField::by("entries[].added.by", SeenBy::Nobody),
        StoredField::at("entries[].added.at", SeenBy::Nobody),
        StoredField::by("entries[].retired.by", SeenBy::Nobody),
        StoredField::at("entries[].retired.at", SeenBy::Nobody),
        StoredField::new(
            "closed[].list",
            Class::Ordinary,
            SeenBy::Organisation,
            "Lukket verdis liste",
            "Closed value's list",
        ),
        StoredField::new("closed[].value", Class::Ordinary, SeenBy::Organisation, "Lukket verdi", "Closed value"),
        StoredField::by("set.by", SeenBy::Nobody),
        StoredField::at("set.at", SeenBy::Nobody),
    ];

    fn id(&self) -> HostListId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record.with("list", self.list().code())
    }
}
