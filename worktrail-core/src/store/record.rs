//! Records: what a store keeps.

use std::fmt;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::StoreError;
use super::digest::{Digest, DigestWriter};
use super::schema::Kind;
use super::tenant::Tenant;
use super::value::Value;

/// The key of a record: its kind and its id. An id is never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordKey {
    kind: Kind,
    id: Uuid,
}

impl RecordKey {
    /// The key of a record.
    #[must_use]
    pub const fn new(kind: Kind, id: Uuid) -> Self {
        Self { kind, id }
    }

    /// The kind.
    #[must_use]
    pub const fn kind(self) -> Kind {
        self.kind
    }

    /// The id.
    #[must_use]
    pub const fn id(self) -> Uuid {
        self.id
    }
}

/// The person that a record or a journal entry is about, and whom forgetting goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Subject(Uuid);

impl Subject {
    /// The subject of this id.
    #[must_use]
    pub const fn new(id: Uuid) -> Self {
        Self(id)
    }

    /// The id.
    #[must_use]
    pub const fn id(self) -> Uuid {
        self.0
    }
}

/// A point in a tenant's history: how many batches had been accepted. A record's revision is that of the batch
/// that wrote it, so it never comes twice, not even for a record that was removed and made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(u64);

impl Revision {
    /// The revision of this number.
    #[must_use]
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The one after it.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// What a record says, as bytes in a versioned form. Shared, so that a batch can be sent again without a copy.
#[derive(Clone, PartialEq, Eq)]
pub struct Body {
    version: u16,
    bytes: Arc<[u8]>,
}

impl Body {
    /// The longest body, in bytes.
    pub const MAX_BYTES: usize = 1 << 20;

    /// A body in a version of its form.
    #[must_use]
    pub fn new(version: u16, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { version, bytes: bytes.into() }
    }

    /// The version of its form.
    #[must_use]
    pub const fn version(&self) -> u16 {
        self.version
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body(version {}, {} bytes)", self.version, self.bytes.len())
    }
}

/// A record as it is written: key, whom it is about, where it belongs, typed fields, body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    key: RecordKey,
    subject: Option<Subject>,
    parent: Option<Uuid>,
    fields: Vec<Option<Value>>,
    body: Body,
    extent: Extent,
}

/// How much of a record is taken down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    Whole,
    /// Whom it is about and where it belongs, and no fields.
    Belonging,
}

impl Record {
    /// A record without subject, parent and fields.
    #[must_use]
    pub fn new(key: RecordKey, body: Body) -> Self {
        let fields = vec![None; key.kind().fields().len()];
        Self { key, subject: None, parent: None, fields, body, extent: Extent::Whole }
    }

    /// Whom the record described is about, and where it belongs: asked of each record that is told of, so its fields are
    /// not made for it.
    pub(crate) fn belonging(key: RecordKey, describe: impl FnOnce(Self) -> Self) -> (Option<Uuid>, Option<Subject>) {
        static NOTHING: LazyLock<Arc<[u8]>> = LazyLock::new(|| Arc::from([]));
        let (fields, body) = (Vec::new(), Body::new(0, Arc::clone(&NOTHING)));
        let outline = Self { key, subject: None, parent: None, fields, body, extent: Extent::Belonging };
        let described = describe(outline);
        (described.parent_key().map(RecordKey::id), described.subject)
    }

    /// Says whom it is about.
    #[must_use]
    pub fn about(mut self, subject: impl Into<Option<Subject>>) -> Self {
        self.subject = subject.into();
        self
    }

    /// Says which record it belongs to; its kind is the one that the schema names.
    #[must_use]
    pub fn under(mut self, parent: impl Into<Option<Uuid>>) -> Self {
        self.parent = parent.into();
        self
    }

    /// Gives a field its value. A name that the schema does not list is found by the batch.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        if self.extent == Extent::Belonging {
            return self;
        }
        match self.key.kind().field(field).and_then(|place| self.fields.get_mut(place)) {
            Some(slot) => *slot = Some(value.into()),
            None => self.fields.push(None),
        }
        self
    }

    /// Gives a field its value, if there is one.
    #[must_use]
    pub fn with_optional(self, field: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(field, value),
            None => self,
        }
    }

    /// A record from all that a store holds of it.
    #[must_use]
    pub fn from_parts(
        key: RecordKey,
        subject: Option<Subject>,
        parent: Option<Uuid>,
        fields: Vec<Option<Value>>,
        body: Body,
    ) -> Self {
        Self { key, subject, parent, fields, body, extent: Extent::Whole }
    }

    /// Its key.
    #[must_use]
    pub const fn key(&self) -> RecordKey {
        self.key
    }

    /// Whom it is about.
    #[must_use]
    pub const fn subject(&self) -> Option<Subject> {
        self.subject
    }

    /// The id of the record it belongs to.
    #[must_use]
    pub const fn parent(&self) -> Option<Uuid> {
        self.parent
    }

    /// The key of the record it belongs to.
    #[must_use]
    pub fn parent_key(&self) -> Option<RecordKey> {
        Some(RecordKey::new(self.key.kind().parent()?, self.parent?))
    }

    /// Its field values, in the schema's order.
    #[must_use]
    pub fn fields(&self) -> &[Option<Value>] {
        &self.fields
    }

    /// One field's value.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.key.kind().field(name).and_then(|place| self.fields.get(place)).and_then(Option::as_ref)
    }

    /// Its body.
    #[must_use]
    pub const fn body(&self) -> &Body {
        &self.body
    }

    /// Checks it against its kind and the bounds that every engine shares.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        let kind = self.key.kind();
        if self.fields.len() != kind.fields().len() {
            return Err(StoreError::misuse("a record has a field that its kind does not list"));
        }
        if kind.parent().is_some() != self.parent.is_some() {
            return Err(StoreError::misuse("a record has a parent exactly when its kind has one"));
        }
        if self.body.bytes().len() > Body::MAX_BYTES {
            return Err(StoreError::misuse("a body is longer than Body::MAX_BYTES"));
        }
        for (field, value) in kind.fields().iter().zip(&self.fields) {
            let Some(value) = value else { continue };
            value.check()?;
            if value.field_type() != field.field_type() {
                return Err(StoreError::misuse("a field's value is not of the field's type"));
            }
        }
        Ok(())
    }
}

/// A record as a store gives it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRecord {
    record: Record,
    revision: Revision,
    children: Revision,
}

impl StoredRecord {
    /// A record that was just written.
    #[must_use]
    pub const fn new(record: Record, revision: Revision, children: Revision) -> Self {
        Self { record, revision, children }
    }

    /// A record read back from an engine, checked against the digest that lies beside it.
    ///
    /// # Errors
    /// `Corrupt` when the digest does not fit: the bytes are not those that were written.
    pub fn read(
        tenant: &Tenant,
        record: Record,
        revision: Revision,
        children: Revision,
        digest: &[u8],
    ) -> Result<Self, StoreError> {
        let stored = Self { record, revision, children };
        if stored.digest(tenant).as_bytes() == digest {
            Ok(stored)
        } else {
            Err(StoreError::corrupt("a record does not fit its digest"))
        }
    }

    /// The record.
    #[must_use]
    pub const fn record(&self) -> &Record {
        &self.record
    }

    /// Its revision: that of the batch that wrote it.
    #[must_use]
    pub const fn revision(&self) -> Revision {
        self.revision
    }

    /// Its child revision: that of the last batch that saved or removed a child of it, zero when none did.
    #[must_use]
    pub const fn children(&self) -> Revision {
        self.children
    }

    /// The same record after a child of it was saved or removed.
    #[must_use]
    pub fn bumped(mut self, revision: Revision) -> Self {
        self.children = revision;
        self
    }

    /// The digest over all that was written: tenant, key, revision, subject, parent, fields and body. The child
    /// revision stands outside: it is bookkeeping, and moves without the record being written.
    #[must_use]
    pub fn digest(&self, tenant: &Tenant) -> Digest {
        let Record { key, subject, parent, fields, body, extent: _ } = &self.record;
        let mut writer = DigestWriter::new("worktrail record 1")
            .bytes(tenant.as_str().as_bytes())
            .bytes(key.kind().name().as_bytes())
            .bytes(key.id().as_bytes())
            .number(self.revision.number())
            .optional(subject.as_ref().map(|subject| subject.id().into_bytes()).as_ref().map(<[u8; 16]>::as_slice))
            .optional(parent.as_ref().map(|parent| parent.as_bytes().as_slice()))
            .number(u64::from(body.version()))
            .bytes(body.bytes());
        for (field, value) in key.kind().fields().iter().zip(fields) {
            if let Some(value) = value {
                writer = digest_value(writer.bytes(field.name().as_bytes()), value);
            }
        }
        writer.finish()
    }
}

/// Only fields that are present are written, each with its name: a field that is added to a kind later leaves the
/// digests of older records as they are.
fn digest_value(writer: DigestWriter, value: &Value) -> DigestWriter {
    match value {
        Value::Text(text) => writer.number(1).bytes(text.as_bytes()),
        Value::Integer(number) => writer.number(2).bytes(&number.to_be_bytes()),
        Value::Day(day) => writer.number(3).bytes(day.to_string().as_bytes()),
        Value::Instant(at) => writer.number(4).bytes(&at.timestamp_micros().to_be_bytes()),
        Value::Id(id) => writer.number(5).bytes(id.as_bytes()),
    }
}
