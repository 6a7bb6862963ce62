//! Keys: bytes whose order is the order of the contract.
//!
//! Every key begins with its tenant and a space within it, so that no walk comes from one tenant into another. What
//! follows is fixed in length, or text that ends with a zero byte, which neither names nor texts hold: no key part is the
//! beginning of another, and text comes in the order of its bytes.

use chrono::{DateTime, Datelike as _, NaiveDate};
use uuid::Uuid;
use worktrail_core::store::{
    CommandId, FieldType, Index, Kind, Place, Position, RecordKey, Subject, Tenant, UniqueKey, Value,
};

/// What stands under a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Space {
    /// Records by subject: subject, kind, id.
    About,
    /// Where the tenant's history stands.
    Head,
    /// Places in indexes: kind, index, values, id.
    Index,
    /// The journal: position.
    Journal,
    /// What did not fit into one value: its key, and a number.
    More,
    /// Journal positions by subject: subject, position.
    Mentions,
    /// Records: kind, id.
    Record,
    /// Command stamps: command.
    Stamp,
}

/// The key of what the whole database says of itself. No tenant's name begins with a zero byte.
pub(crate) const SELF: &[u8] = b"\0worktrail";
/// The key of the number of changes that were made.
pub(crate) const COUNT: &[u8] = b"\0count";

/// Whether a key belongs to no tenant.
pub(crate) fn is_of_the_whole(key: &[u8]) -> bool {
    [SELF, COUNT].contains(&key)
}

impl Space {
    const ALL: [Self; 8] =
        [Self::About, Self::Head, Self::Index, Self::Journal, Self::More, Self::Mentions, Self::Record, Self::Stamp];

    const fn byte(self) -> u8 {
        match self {
            Self::About => b'a',
            Self::Head => b'h',
            Self::Index => b'i',
            Self::Journal => b'j',
            Self::More => b'm',
            Self::Mentions => b'p',
            Self::Record => b'r',
            Self::Stamp => b's',
        }
    }
}

/// A key that is being written. It has no `Debug`: keys hold names.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct KeyBytes(Vec<u8>);

impl AsRef<[u8]> for KeyBytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl KeyBytes {
    fn of(tenant: &Tenant, space: Space) -> Self {
        let mut key = Vec::with_capacity(96);
        key.extend_from_slice(tenant.as_str().as_bytes());
        key.extend_from_slice(&[0, space.byte()]);
        Self(key)
    }

    pub(crate) fn head(tenant: &Tenant) -> Self {
        Self::of(tenant, Space::Head)
    }

    pub(crate) fn record(tenant: &Tenant, key: RecordKey) -> Self {
        Self::of(tenant, Space::Record).name(key.kind().name()).id(key.id())
    }

    pub(crate) fn stamp(tenant: &Tenant, id: CommandId) -> Self {
        Self::of(tenant, Space::Stamp).id(id.id())
    }

    pub(crate) fn entry(tenant: &Tenant, position: Position) -> Self {
        Self::of(tenant, Space::Journal).number(position.number())
    }

    pub(crate) fn mention(tenant: &Tenant, subject: Subject, position: Position) -> Self {
        Self::of(tenant, Space::Mentions).id(subject.id()).number(position.number())
    }

    pub(crate) fn about(tenant: &Tenant, subject: Subject, key: RecordKey) -> Self {
        Self::all_about(tenant, subject).name(key.kind().name()).id(key.id())
    }

    /// How all keys of records about a person begin.
    pub(crate) fn all_about(tenant: &Tenant, subject: Subject) -> Self {
        Self::of(tenant, Space::About).id(subject.id())
    }

    /// How all keys of a space begin.
    pub(crate) fn all(tenant: &Tenant, space: Space) -> Self {
        Self::of(tenant, space)
    }

    /// How all keys of an index begin. The index over all records is the records themselves.
    pub(crate) fn index(tenant: &Tenant, index: Index) -> Self {
        let kind = index.kind();
        if index == kind.all() {
            return Self::of(tenant, Space::Record).name(kind.name());
        }
        Self::of(tenant, Space::Index).name(kind.name()).name(index.name())
    }

    /// A record's place in an index.
    pub(crate) fn place(tenant: &Tenant, index: Index, place: &Place) -> Self {
        Self::index(tenant, index).values(&place.values).id(place.id)
    }

    /// How the key of a unique value's place begins.
    pub(crate) fn unique(tenant: &Tenant, unique: &UniqueKey) -> Self {
        Self::index(tenant, unique.index()).values(unique.values())
    }

    /// Where a piece of a long value stands.
    pub(crate) fn more(&self, tenant: &Tenant, piece: u16) -> Self {
        let mut key = Self::of(tenant, Space::More);
        key.0.extend_from_slice(self.within(tenant));
        key.0.extend_from_slice(&piece.to_be_bytes());
        key
    }

    /// The key without its tenant.
    fn within(&self, tenant: &Tenant) -> &[u8] {
        self.0.get(tenant.as_str().len() + 1..).unwrap_or_default()
    }

    fn name(mut self, name: &str) -> Self {
        self.0.extend_from_slice(name.as_bytes());
        self.0.push(0);
        self
    }

    fn id(mut self, id: Uuid) -> Self {
        self.0.extend_from_slice(id.as_bytes());
        self
    }

    fn number(mut self, number: u64) -> Self {
        self.0.extend_from_slice(&number.to_be_bytes());
        self
    }

    pub(crate) fn values(self, values: &[Value]) -> Self {
        values.iter().fold(self, Self::value)
    }

    pub(crate) fn value(mut self, value: &Value) -> Self {
        match value {
            Value::Text(text) => return self.name(text),
            Value::Integer(number) => self.0.extend_from_slice(&ordered(*number)),
            Value::Day(day) => self.0.extend_from_slice(&ordered(day.num_days_from_ce().into())),
            Value::Instant(at) => self.0.extend_from_slice(&ordered(at.timestamp_micros())),
            Value::Id(id) => return self.id(*id),
        }
        self
    }

    /// The least key after this one.
    pub(crate) fn next(mut self) -> Self {
        self.0.push(0);
        self
    }

    /// The least key after all that begin with this one.
    pub(crate) fn after_all(mut self) -> Self {
        while let Some(last) = self.0.pop() {
            if let Some(next) = last.checked_add(1) {
                self.0.push(next);
                break;
            }
        }
        self
    }
}

/// A signed number, so that its bytes have its order.
const fn ordered(number: i64) -> [u8; 8] {
    (number ^ i64::MIN).to_be_bytes()
}

/// Reads what [`KeyBytes`] wrote, from left to right.
#[derive(Clone, Copy)]
pub(crate) struct KeyReader<'k>(&'k [u8]);

impl<'k> KeyReader<'k> {
    /// Reads a key after its tenant and space.
    pub(crate) fn new(key: &'k [u8]) -> Option<(Tenant, Space, Self)> {
        let mut reader = Self(key);
        let tenant = Tenant::parse(reader.name()?).ok()?;
        let ([space], rest) = reader.0.split_at_checked(1)? else { return None };
        let space = Space::ALL.into_iter().find(|it| it.byte() == *space)?;
        Some((tenant, space, Self(rest)))
    }

    /// Goes on after a beginning that the key has.
    pub(crate) fn after(key: &'k [u8], beginning: &KeyBytes) -> Option<Self> {
        key.strip_prefix(beginning.as_ref()).map(Self)
    }

    pub(crate) fn name(&mut self) -> Option<&'k str> {
        let end = self.0.iter().position(|byte| *byte == 0)?;
        let (name, rest) = self.0.split_at_checked(end)?;
        self.0 = rest.get(1..)?;
        str::from_utf8(name).ok()
    }

    pub(crate) fn id(&mut self) -> Option<Uuid> {
        self.array().map(Uuid::from_bytes)
    }

    pub(crate) fn number(&mut self) -> Option<u64> {
        self.array().map(u64::from_be_bytes)
    }

    pub(crate) fn value(&mut self, holds: FieldType) -> Option<Value> {
        Some(match holds {
            FieldType::Text => Value::Text(self.name()?.to_owned()),
            FieldType::Integer => Value::Integer(self.signed()?),
            FieldType::Day => Value::Day(NaiveDate::from_num_days_from_ce_opt(self.signed()?.try_into().ok()?)?),
            FieldType::Instant => Value::Instant(DateTime::from_timestamp_micros(self.signed()?)?),
            FieldType::Id => Value::Id(self.id()?),
        })
    }

    /// The id at the end, whatever comes before it.
    pub(crate) fn last_id(self) -> Option<Uuid> {
        self.0.last_chunk().copied().map(Uuid::from_bytes)
    }

    /// Whether nothing is left.
    #[cfg(test)]
    pub(crate) const fn is_read(self) -> bool {
        self.0.is_empty()
    }

    /// A record's key: its kind's name, and its id.
    pub(crate) fn record(&mut self, kind: impl FnOnce(&str) -> Option<Kind>) -> Option<RecordKey> {
        let kind = kind(self.name()?)?;
        Some(RecordKey::new(kind, self.id()?))
    }

    fn signed(&mut self) -> Option<i64> {
        self.array().map(|bytes| i64::from_be_bytes(bytes) ^ i64::MIN)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (array, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*array)
    }
}

#[cfg(test)]
mod tests;
