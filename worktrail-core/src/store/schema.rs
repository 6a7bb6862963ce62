//! The record schema: which kinds there are, their parents, fields and indexes.
//!
//! It is the one list that every store follows. A SQL store makes a table per kind from it, a key-value store
//! makes index keys; neither knows what a trail is.

use std::cmp::Ordering;
use std::fmt;

use super::record::Record;
use super::value::Value;
use crate::class::Class;

/// A list of kinds.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    kinds: &'static [&'static KindSchema],
}

/// What is to be known of one kind of record.
#[derive(Debug, Clone, Copy)]
pub struct KindSchema {
    name: &'static str,
    parent: Option<&'static KindSchema>,
    fields: &'static [Field],
    indexes: &'static [IndexSchema],
    projection: u16,
}

/// A typed field beside the body, so that it can be queried.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    name: &'static str,
    holds: FieldType,
    class: Class,
}

/// The type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldType {
    /// UTF-8 text, ordered by its bytes.
    Text,
    /// A 64-bit whole number.
    Integer,
    /// A calendar day.
    Day,
    /// A point in time to the microsecond.
    Instant,
    /// A UUID, ordered by its bytes.
    Id,
}

/// An index over some of a kind's fields, in order.
///
/// A record stands in an index when it has all of the index's fields; that is all there is to *partial*.
#[derive(Debug, Clone, Copy)]
pub struct IndexSchema {
    name: &'static str,
    fields: &'static [&'static str],
    uniqueness: Uniqueness,
}

/// Whether two records may stand at the same place of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uniqueness {
    /// At most one record of a tenant holds a value.
    Unique,
    /// Any number may.
    Shared,
}

impl Schema {
    /// A schema of these kinds.
    #[must_use]
    pub const fn new(kinds: &'static [&'static KindSchema]) -> Self {
        Self { kinds }
    }

    /// Every kind, in the order of the list.
    pub fn kinds(&self) -> impl ExactSizeIterator<Item = Kind> + use<> {
        self.kinds.iter().copied().map(Kind)
    }

    /// The kind of this name.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<Kind> {
        self.kinds().find(|kind| kind.name() == name)
    }

    /// What is wrong with the list, in words for the one who wrote it: a name twice, an index over a field that
    /// is not there, a parent that is no kind. Empty when all is well.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (place, kind) in self.kinds().enumerate() {
            let name = kind.name();
            if self.kinds().take(place).any(|other| other == kind) {
                faults.push(format!("{name}: the kind is there twice"));
            }
            if kind.parent().is_some_and(|parent| !self.kinds().any(|other| other == parent)) {
                faults.push(format!("{name}: its parent is no kind of this schema"));
            }
            for (place, field) in kind.fields().iter().enumerate() {
                if kind.fields().iter().take(place).any(|other| other.name == field.name) {
                    faults.push(format!("{name}.{}: the field is there twice", field.name));
                }
            }
            for (place, index) in kind.0.indexes.iter().enumerate() {
                let taken = [kind.all().name(), kind.children().name()].contains(&index.name);
                if taken || kind.0.indexes.iter().take(place).any(|other| other.name == index.name) {
                    faults.push(format!("{name}.{}: the index is there twice", index.name));
                }
                if index.fields.is_empty() {
                    faults.push(format!("{name}.{}: an index without fields", index.name));
                }
                for field in index.fields {
                    if kind.field(field).is_none() {
                        faults.push(format!("{name}.{}: no field {field}", index.name));
                    }
                }
            }
        }
        faults
    }
}

impl KindSchema {
    /// A kind without parent, fields and indexes.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, parent: None, fields: &[], indexes: &[], projection: 1 }
    }

    /// Says that each record of this kind belongs to one record of the kind `parent`, which must be there when a child
    /// is saved. A parent that is removed does not take its children along: that is for whoever removes it.
    ///
    /// Saving or removing a child bumps its parent's child revision, so a decision that looked at "all children
    /// of" needs only that number to be safe.
    #[must_use]
    pub const fn child_of(self, parent: &'static Self) -> Self {
        Self { parent: Some(parent), ..self }
    }

    /// The typed fields, in the order in which a record lists its values.
    #[must_use]
    pub const fn fields(self, fields: &'static [Field]) -> Self {
        Self { fields, ..self }
    }

    /// The indexes that queries may walk.
    #[must_use]
    pub const fn indexes(self, indexes: &'static [IndexSchema]) -> Self {
        Self { indexes, ..self }
    }

    /// The number of the way in which the fields follow from the body: 1 at first, and one more whenever a body that was
    /// stored before comes to have other fields. A store makes the fields of its old records anew by it.
    #[must_use]
    pub const fn projection(self, projection: u16) -> Self {
        Self { projection, ..self }
    }
}

impl Field {
    /// A field of a name, a type and a class.
    #[must_use]
    pub const fn new(name: &'static str, field_type: FieldType, class: Class) -> Self {
        Self { name, holds: field_type, class }
    }

    /// Its name: a column's name in a SQL store.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Its type.
    #[must_use]
    pub const fn field_type(&self) -> FieldType {
        self.holds
    }

    /// How sensitive it is.
    #[must_use]
    pub const fn class(&self) -> Class {
        self.class
    }
}

impl IndexSchema {
    /// An index in which any number of records may share a value.
    #[must_use]
    pub const fn shared(name: &'static str, fields: &'static [&'static str]) -> Self {
        Self { name, fields, uniqueness: Uniqueness::Shared }
    }

    /// An index in which a value belongs to at most one record of the tenant.
    #[must_use]
    pub const fn unique(name: &'static str, fields: &'static [&'static str]) -> Self {
        Self { name, fields, uniqueness: Uniqueness::Unique }
    }

    /// Its name within the kind.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The names of its fields, in order.
    #[must_use]
    pub const fn fields(&self) -> &'static [&'static str] {
        self.fields
    }

    /// Whether two records may share a value.
    #[must_use]
    pub const fn uniqueness(&self) -> Uniqueness {
        self.uniqueness
    }
}

/// A kind of a schema: a handle that is cheap to copy and compares by name.
#[derive(Clone, Copy)]
pub struct Kind(&'static KindSchema);

impl Kind {
    /// The handle of a kind.
    #[must_use]
    pub const fn of(schema: &'static KindSchema) -> Self {
        Self(schema)
    }

    /// Its name: a table's name in a SQL store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// Its parent's kind.
    #[must_use]
    pub const fn parent(self) -> Option<Self> {
        match self.0.parent {
            Some(parent) => Some(Self(parent)),
            None => None,
        }
    }

    /// Its fields, in order.
    #[must_use]
    pub const fn fields(self) -> &'static [Field] {
        self.0.fields
    }

    /// The number of the way in which its fields follow from its body.
    #[must_use]
    pub const fn projection(self) -> u16 {
        self.0.projection
    }

    /// The place of a field in [`fields`](Self::fields).
    #[must_use]
    pub fn field(self, name: &str) -> Option<usize> {
        self.0.fields.iter().position(|field| field.name == name)
    }

    /// The index that holds every record of the kind, by id.
    #[must_use]
    pub const fn all(self) -> Index {
        Index { kind: self, path: Path::All }
    }

    /// The index of a parent's children, by parent and id. Empty for a kind without parent.
    #[must_use]
    pub const fn children(self) -> Index {
        Index { kind: self, path: Path::Children }
    }

    /// A declared index.
    #[must_use]
    pub fn index(self, name: &str) -> Option<Index> {
        self.indexes().find(|index| index.name() == name)
    }

    /// Every declared index.
    pub fn indexes(self) -> impl Iterator<Item = Index> {
        self.0.indexes.iter().map(move |index| Index { kind: self, path: Path::Declared(index) })
    }

    /// The declared indexes that are unique.
    pub fn unique_indexes(self) -> impl Iterator<Item = Index> {
        self.indexes().filter(|index| index.uniqueness() == Uniqueness::Unique)
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0) || self.0.name == other.0.name
    }
}

impl Eq for Kind {}

impl PartialOrd for Kind {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Kind {
    fn cmp(&self, other: &Self) -> Ordering {
        // Keys of one kind are what is compared most.
        if std::ptr::eq(self.0, other.0) { Ordering::Equal } else { self.0.name.cmp(other.0.name) }
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name)
    }
}

/// An index of a kind: a handle that is cheap to copy and compares by name.
#[derive(Clone, Copy)]
pub struct Index {
    kind: Kind,
    path: Path,
}

/// What an index walks.
#[derive(Debug, Clone, Copy)]
pub enum Path {
    /// Every record of the kind, by id.
    All,
    /// The children of a parent, by parent and id.
    Children,
    /// A declared index, by its fields and id.
    Declared(&'static IndexSchema),
}

impl Index {
    /// The kind it is over.
    #[must_use]
    pub const fn kind(self) -> Kind {
        self.kind
    }

    /// What it walks.
    #[must_use]
    pub const fn path(self) -> Path {
        self.path
    }

    /// Its name: unique within the kind.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self.path {
            Path::All => "all",
            Path::Children => "children",
            Path::Declared(schema) => schema.name,
        }
    }

    /// Whether two records may share a value.
    #[must_use]
    pub const fn uniqueness(self) -> Uniqueness {
        match self.path {
            Path::All | Path::Children => Uniqueness::Shared,
            Path::Declared(schema) => schema.uniqueness,
        }
    }

    /// The types of the values that lead it, before the id.
    #[must_use]
    pub fn types(self) -> Vec<FieldType> {
        self.field_types().collect()
    }

    pub(crate) fn field_types(self) -> impl Iterator<Item = FieldType> {
        let parent = matches!(self.path, Path::Children).then_some(FieldType::Id);
        let declared = match self.path {
            Path::All | Path::Children => &[],
            Path::Declared(schema) => schema.fields,
        };
        let fields = declared.iter().filter_map(move |name| self.kind.fields().get(self.kind.field(name)?));
        parent.into_iter().chain(fields.map(Field::field_type))
    }

    /// Where a record stands in it: its values before the id, or nowhere when one of them is absent.
    #[must_use]
    pub fn values_of(self, record: &Record) -> Option<Vec<Value>> {
        match self.path {
            Path::All => Some(Vec::new()),
            Path::Children => record.parent().map(|parent| vec![Value::Id(parent)]),
            Path::Declared(schema) => schema.fields.iter().map(|name| record.field(name).cloned()).collect(),
        }
    }
}

impl PartialEq for Index {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.name() == other.name()
    }
}

impl Eq for Index {}

impl PartialOrd for Index {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Index {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.kind, self.name()).cmp(&(other.kind, other.name()))
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.kind.name(), self.name())
    }
}
