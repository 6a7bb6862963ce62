//! An organisation's own list over a closed one (`DA9`).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::coded::coded;
use super::end_reason::EndReason;
use super::entry_code::EntryCode;
use super::fact::Fact;
use super::id::HostListId;
use super::kept::kept;
use super::moment::Authorship;
use super::programme_variant::ProgrammeVariant;
use super::referral::ReferralClosing;
use super::rejection::Rejection;
use super::text::Line;
use super::thing::Thing;
use super::topic::Topic;
use super::trail::ReferralSource;
use crate::label::Label;

/// The most entries of a list, those that are out of use included.
pub const MOST_LIST_ENTRIES: usize = 300;

coded! {
    /// The closed lists over which an organisation may have a list of its own (`DA9`).
    pub enum ListName {
        /// What is written about.
        Topics = "topics", "Tema", "Topics";
        /// Why a trail ends.
        EndReasons = "end_reasons", "Sluttårsaker", "End reasons";
        /// Variants of a method.
        ProgrammeVariants = "programme_variants", "Programvarianter", "Programme variants";
        /// Who took the step.
        ReferralSources = "referral_sources", "Kilder til henvisning", "Referral sources";
        /// Why a referral leads to no trail.
        ReferralClosings = "referral_closings", "Grunner til avslag på henvisning", "Reasons to close a referral";
    }
}

/// A value of a closed list: what rules and statistics go by, whatever a host calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "list", content = "value", rename_all = "snake_case")]
pub enum BaseValue {
    /// A topic.
    Topics(Topic),
    /// An end reason.
    EndReasons(EndReason),
    /// A variant of a method.
    ProgrammeVariants(ProgrammeVariant),
    /// A source of referrals.
    ReferralSources(ReferralSource),
    /// A reason to close a referral.
    ReferralClosings(ReferralClosing),
}

/// An entry as a host states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewListEntry {
    /// Its code, for ever.
    pub code: EntryCode,
    /// The value that it stands for.
    pub base: BaseValue,
    /// What a person reads, in Norwegian.
    pub nb: Line<120>,
    /// What a person reads, in English.
    pub en: Line<120>,
}

/// A host's list as it is stated: whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostListTerms {
    /// The entries in use, in the order in which they are shown.
    pub entries: Vec<NewListEntry>,
    /// The values that are not offered by themselves; an entry may still stand for one.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub closed: BTreeSet<BaseValue>,
}

/// An organisation's own list over a closed one: it adds entries that each stand for a value, and closes values.
///
/// There is one for each list. Rules and statistics go by the value; what an entry stands for never changes, and none is
/// removed, since something that is kept may name it (`DA9`, of state).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostList {
    id: HostListId,
    list: ListName,
    entries: Vec<ListEntry>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    closed: BTreeSet<BaseValue>,
    set: Authorship,
}

/// An entry of a host's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListEntry {
    #[serde(deserialize_with = "kept")]
    code: EntryCode,
    base: BaseValue,
    #[serde(deserialize_with = "kept")]
    nb: Line<120>,
    #[serde(deserialize_with = "kept")]
    en: Line<120>,
    added: Authorship,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retired: Option<Authorship>,
}

/// What is offered where a value of a list is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListChoice {
    /// The value.
    pub base: BaseValue,
    /// The host's entry that stands for it; none for the value itself.
    pub entry: Option<EntryCode>,
    /// What a person reads, in Norwegian.
    pub nb: String,
    /// What a person reads, in English.
    pub en: String,
}

impl BaseValue {
    /// Every value of a list, in the order in which it is shown.
    #[must_use]
    pub fn all_of(list: ListName) -> Vec<Self> {
        match list {
            ListName::Topics => Topic::ALL.map(Self::Topics).into(),
            ListName::EndReasons => EndReason::ALL.map(Self::EndReasons).into(),
            ListName::ProgrammeVariants => ProgrammeVariant::ALL.map(Self::ProgrammeVariants).into(),
            ListName::ReferralSources => ReferralSource::ALL.map(Self::ReferralSources).into(),
            ListName::ReferralClosings => ReferralClosing::ALL.map(Self::ReferralClosings).into(),
        }
    }

    /// The list that it is a value of.
    #[must_use]
    pub const fn list(self) -> ListName {
        match self {
            Self::Topics(_) => ListName::Topics,
            Self::EndReasons(_) => ListName::EndReasons,
            Self::ProgrammeVariants(_) => ListName::ProgrammeVariants,
            Self::ReferralSources(_) => ListName::ReferralSources,
            Self::ReferralClosings(_) => ListName::ReferralClosings,
        }
    }

    /// Its stable code within the list.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Topics(value) => value.code(),
            Self::EndReasons(value) => value.code(),
            Self::ProgrammeVariants(value) => value.code(),
            Self::ReferralSources(value) => value.code(),
            Self::ReferralClosings(value) => value.code(),
        }
    }

    /// What a person reads.
    #[must_use]
    pub const fn label(self) -> Label {
        match self {
            Self::Topics(value) => value.label(),
            Self::EndReasons(value) => value.label(),
            Self::ProgrammeVariants(value) => value.label(),
            Self::ReferralSources(value) => value.label(),
            Self::ReferralClosings(value) => value.label(),
        }
    }
}

impl HostListId {
    /// The id of the one list of this name.
    #[must_use]
    pub const fn of(list: ListName) -> Self {
        let number = match list {
            ListName::Topics => 1,
            ListName::EndReasons => 2,
            ListName::ProgrammeVariants => 3,
            ListName::ReferralSources => 4,
            ListName::ReferralClosings => 5,
        };
        Self::new(Uuid::from_u128(0x686f_7374_6c69_8374_8000_0000_0000_0000 + number))
    }
}

impl HostList {
    /// States a list, for the first time or anew: an entry that is not stated any more goes out of use, and one that comes
    /// back is in use again. What was chosen before stays as it is.
    ///
    /// # Errors
    /// All at once: [`Rejection::NotOfList`] for values of another list; [`Rejection::AlreadyExists`] for a code that stands
    /// twice, or is one of the list itself; [`Rejection::EntryStandsFor`] for an entry that stood for another value;
    /// [`Rejection::NothingOffered`] when nothing could be chosen any more; [`Rejection::ListTooLong`].
    /// [`Rejection::NothingChanges`].
    pub fn state(
        former: Option<&Self>,
        list: ListName,
        terms: HostListTerms,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        let known = former.map_or(&[][..], Self::entries);
        Rejection::all(terms.faults(list, known))?;
        let HostListTerms { entries: stated, closed } = terms;
        let left_out = known.iter().filter(|entry| stated.iter().all(|it| it.code != entry.code));
        let left_out: Vec<_> = left_out.map(|entry| entry.clone().retire(by)).collect();
        let entries = stated.into_iter().map(|new| ListEntry::of(new, known, by)).chain(left_out).collect();
        let stated = Self { id: HostListId::of(list), list, entries, closed, set: *by };
        if former.is_some_and(|it| it.entries == stated.entries && it.closed == stated.closed) {
            return Err(Rejection::NothingChanges);
        }
        let fact = Fact::HostListStated { list, offered: u32::try_from(stated.choices().len()).unwrap_or(u32::MAX) };
        Ok((stated, fact))
    }

    /// Refuses what the organisation does not offer: a closed value by itself, an entry that is out of use or unknown, or
    /// one that stands for another value (`DA9`, of transition). Without a list of its own it offers every value.
    ///
    /// # Errors
    /// [`Rejection::NotOffered`].
    pub fn must_offer(list: Option<&Self>, value: BaseValue, entry: Option<&EntryCode>) -> Result<(), Rejection> {
        let offers = match (list, entry) {
            (None, entry) => entry.is_none(),
            (Some(list), None) => !list.closed.contains(&value),
            (Some(list), Some(code)) => list.entry(code).is_some_and(|it| it.base == value && it.is_in_use()),
        };
        if offers { Ok(()) } else { Err(Rejection::NotOffered { list: value.list() }) }
    }

    /// What is offered of a list: the values that are not closed, each with the entries that stand for it after it.
    #[must_use]
    pub fn offered(list: Option<&Self>, name: ListName) -> Vec<ListChoice> {
        list.map_or_else(|| BaseValue::all_of(name).into_iter().map(ListChoice::of).collect(), Self::choices)
    }

    fn choices(&self) -> Vec<ListChoice> {
        let of_value = |value: BaseValue| {
            let itself = (!self.closed.contains(&value)).then(|| ListChoice::of(value));
            let entries = self.entries.iter().filter(move |it| it.base == value && it.is_in_use());
            itself.into_iter().chain(entries.map(ListEntry::choice))
        };
        BaseValue::all_of(self.list).into_iter().flat_map(of_value).collect()
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> HostListId {
        self.id
    }

    /// Which list it is over.
    #[must_use]
    pub const fn list(&self) -> ListName {
        self.list
    }

    /// Every entry there ever was.
    #[must_use]
    pub fn entries(&self) -> &[ListEntry] {
        &self.entries
    }

    /// The entry with a code.
    #[must_use]
    pub fn entry(&self, code: &EntryCode) -> Option<&ListEntry> {
        self.entries.iter().find(|entry| entry.code == *code)
    }

    /// The values that are not offered by themselves.
    #[must_use]
    pub const fn closed(&self) -> &BTreeSet<BaseValue> {
        &self.closed
    }

    /// Who stated it last, and when.
    #[must_use]
    pub const fn stated(&self) -> &Authorship {
        &self.set
    }
}

impl HostListTerms {
    /// What is wrong with them, beside the entries that are known.
    pub(crate) fn faults(&self, list: ListName, known: &[ListEntry]) -> Vec<Rejection> {
        let mut faults = Vec::new();
        let values = self.entries.iter().map(|entry| entry.base).chain(self.closed.iter().copied());
        if values.into_iter().any(|value| value.list() != list) {
            faults.push(Rejection::NotOfList { list });
        }
        let all = BaseValue::all_of(list);
        let mut codes: BTreeSet<&str> = all.iter().map(|value| value.code()).collect();
        if !self.entries.iter().all(|entry| codes.insert(entry.code.as_str())) {
            faults.push(Rejection::AlreadyExists { what: Thing::ListEntry });
        }
        let before = |entry: &NewListEntry| known.iter().find(|it| it.code == entry.code).map(|it| it.base);
        if self.entries.iter().any(|entry| before(entry).is_some_and(|base| base != entry.base)) {
            faults.push(Rejection::EntryStandsFor { list });
        }
        if self.entries.is_empty() && all.iter().all(|value| self.closed.contains(value)) {
            faults.push(Rejection::NothingOffered { list });
        }
        let left_out = known.iter().filter(|entry| self.entries.iter().all(|it| it.code != entry.code)).count();
        if self.entries.len() + left_out > MOST_LIST_ENTRIES {
            faults.push(Rejection::ListTooLong { max: MOST_LIST_ENTRIES });
        }
        faults
    }
}

impl ListEntry {
    fn of(new: NewListEntry, known: &[Self], by: &Authorship) -> Self {
        let NewListEntry { code, base, nb, en } = new;
        let added = known.iter().find(|entry| entry.code == code).map_or(*by, |entry| entry.added);
        Self { code, base, nb, en, added, retired: None }
    }

    fn retire(self, by: &Authorship) -> Self {
        Self { retired: self.retired.or(Some(*by)), ..self }
    }

    pub(super) fn choice(&self) -> ListChoice {
        let (nb, en) = (self.nb.as_str().to_owned(), self.en.as_str().to_owned());
        ListChoice { base: self.base, entry: Some(self.code.clone()), nb, en }
    }

    /// Its code.
    #[must_use]
    pub const fn code(&self) -> &EntryCode {
        &self.code
    }

    /// The value that it stands for.
    #[must_use]
    pub const fn base(&self) -> BaseValue {
        self.base
    }

    /// What a person reads, in Norwegian.
    #[must_use]
    pub const fn nb(&self) -> &Line<120> {
        &self.nb
    }

    /// What a person reads, in English.
    #[must_use]
    pub const fn en(&self) -> &Line<120> {
        &self.en
    }

    /// Who added it, and when.
    #[must_use]
    pub const fn added(&self) -> &Authorship {
        &self.added
    }

    /// Who took it out of use, and when.
    #[must_use]
    pub const fn retired(&self) -> Option<&Authorship> {
        self.retired.as_ref()
    }

    /// Whether it can be chosen.
    #[must_use]
    pub const fn is_in_use(&self) -> bool {
        self.retired.is_none()
    }
}

impl ListChoice {
    pub(super) fn of(base: BaseValue) -> Self {
        let label = base.label();
        Self { base, entry: None, nb: label.nb.to_owned(), en: label.en.to_owned() }
    }
}

#[cfg(test)]
mod tests;
