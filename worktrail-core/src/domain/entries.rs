//! Which entries of the organisation's own lists were chosen for a record (`DA9`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::entry_code::EntryCode;
use super::fact::Fact;
use super::host_list::ListName;
use super::id::TrailId;
use super::kept::{Kept, NotKept};

/// The entries that were chosen beside the values they stand for, at most one of each list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Entries(BTreeMap<ListName, EntryCode>);

impl Entries {
    /// Whether none was chosen.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The one of a list.
    pub(super) fn of(&self, list: ListName) -> Option<&EntryCode> {
        self.0.get(&list)
    }

    /// Chooses another one, or none, for what is told of a trail or of none; the fact is there when that changes something.
    pub(super) fn choose(&mut self, list: ListName, entry: Option<EntryCode>, trail: Option<TrailId>) -> Option<Fact> {
        let before = match &entry {
            Some(code) => self.0.insert(list, code.clone()),
            None => self.0.remove(&list),
        };
        (before != entry).then_some(Fact::ListEntryChosen { list, entry, trail })
    }
}

impl Kept for Entries {
    type Form = BTreeMap<ListName, <EntryCode as Kept>::Form>;

    fn from_kept(form: Self::Form) -> Result<Self, NotKept> {
        let entries = form.into_iter().map(|(list, code)| Ok((list, EntryCode::from_kept(code)?)));
        entries.collect::<Result<_, _>>().map(Self)
    }
}

/// Gives a record that has `entries` the two acts about them. Of which trail's history a choice is part, if it is, is said of
/// the record.
macro_rules! chooses {
    ($name:ident) => {
        chooses!($name, _ => None);
    };
    ($name:ident, $record:pat => $trail:expr) => {
        impl $name {
            /// The entry of the organisation's own list that was chosen, beside the value that it stands for (`DA9`).
            #[must_use]
            pub fn entry(&self, list: $crate::domain::ListName) -> Option<&$crate::domain::EntryCode> {
                self.entries.of(list)
            }

            /// Chooses an entry of the organisation's own list, or none. That it is offered is for whoever has the list: see
            /// [`HostList::must_offer`](crate::domain::HostList::must_offer). The fact is there when that changes something.
            #[must_use]
            pub fn choose(
                mut self,
                list: $crate::domain::ListName,
                entry: Option<$crate::domain::EntryCode>,
            ) -> (Self, Option<$crate::domain::Fact>) {
                let $record = &self;
                let trail = $trail;
                let fact = self.entries.choose(list, entry, trail);
                (self, fact)
            }
        }
    };
}

pub(super) use chooses;
