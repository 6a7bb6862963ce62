//! Step 1: a commit as a file. What the judge made of a batch, as JSON under a line that carries its digest.
//!
//! Nothing is decided here. Each `…Form` mirrors a value of the contract; the way back goes through the `read` of
//! that value, which checks the digest that was written beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use worktrail_core::store::judge::Effect;
use worktrail_core::store::{
    Body, Capacity, CommandId, Details, Digest, DigestWriter, Entries, Entry, Happening, Head, Position, Receipt,
    Record, RecordKey, Revision, Salt, Schema, StoreError, StoreErrorKind, StoredRecord, StoredStamp, Subject, Tenant,
    Value,
};

const FIRST_WORDS: &str = "own-store 1 ";

/// The bytes of a file.
pub(crate) fn write(tenant: &Tenant, effect: &Effect) -> Result<Vec<u8>, StoreError> {
    let json = serde_json::to_string_pretty(&CommitForm::of(tenant, effect)).map_err(|cause| {
        StoreError::new(StoreErrorKind::Other, "a commit cannot be written as JSON").caused_by(cause)
    })?;
    Ok(format!("{FIRST_WORDS}{}\n{json}\n", digest(&json)).into_bytes())
}

/// What a file says, checked.
pub(crate) fn read(bytes: &[u8], schema: Schema) -> Result<(Tenant, Effect), StoreError> {
    let text = str::from_utf8(bytes).map_err(|_| damaged())?;
    let (first, json) = text.split_once('\n').ok_or_else(damaged)?;
    if first.starts_with("own-store ") && !first.starts_with(FIRST_WORDS) {
        return Err(StoreError::new(StoreErrorKind::SchemaOutdated, "a file was written in another form than this"));
    }
    let given = first.strip_prefix(FIRST_WORDS).ok_or_else(damaged)?;
    if json.strip_suffix('\n').is_none_or(|json| given != digest(json)) {
        return Err(damaged());
    }
    let form: CommitForm = serde_json::from_str(json).map_err(|_| damaged())?;
    form.effect(schema)
}

fn digest(json: &str) -> String {
    DigestWriter::new("own-store file 1").bytes(json.as_bytes()).finish().to_string()
}

fn damaged() -> StoreError {
    StoreError::corrupt("a file is not what was written")
}

/// Bytes that a person can read if they are text: `text:…`, else `hex:…`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
struct Bytes(Vec<u8>);

impl Bytes {
    fn of(digest: &Digest) -> Self {
        Self(digest.as_bytes().to_vec())
    }

    fn digest(&self) -> Result<Digest, StoreError> {
        Digest::from_slice(&self.0).ok_or_else(damaged)
    }
}

impl From<Bytes> for String {
    fn from(bytes: Bytes) -> Self {
        match str::from_utf8(&bytes.0) {
            Ok(text) if !text.contains(char::is_control) => format!("text:{text}"),
            _ => bytes.0.iter().fold("hex:".to_owned(), |mut hex, byte| {
                let _ = write!(hex, "{byte:02x}"); // writing to a string cannot fail
                hex
            }),
        }
    }
}

impl TryFrom<String> for Bytes {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if let Some(text) = text.strip_prefix("text:") {
            return Ok(Self(text.as_bytes().to_vec()));
        }
        let pairs = text.strip_prefix("hex:").ok_or("neither text nor hex")?.as_bytes().chunks(2);
        let byte = |pair| str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok());
        pairs.map(byte).collect::<Option<_>>().map(Self).ok_or("not hex")
    }
}

/// A record's key: the name of its kind, and its id.
type KeyForm = (String, Uuid);

fn key_form(key: RecordKey) -> KeyForm {
    (key.kind().name().to_owned(), key.id())
}

fn key(schema: Schema, (kind, id): &KeyForm) -> Result<RecordKey, StoreError> {
    let kind = schema.kind(kind).ok_or_else(|| {
        StoreError::new(StoreErrorKind::SchemaOutdated, "a file holds a kind of record that this program does not know")
    })?;
    Ok(RecordKey::new(kind, *id))
}

#[derive(Serialize, Deserialize)]
struct CommitForm {
    tenant: Tenant,
    revision: Revision,
    position: Position,
    hash: Bytes,
    forgotten: Option<Subject>,
    removed: Vec<KeyForm>,
    saved: Vec<RecordForm>,
    bumped: Vec<(KeyForm, Revision)>,
    entries: Vec<EntryForm>,
    stamps: Vec<StampForm>,
}

impl CommitForm {
    fn of(tenant: &Tenant, effect: &Effect) -> Self {
        let head = effect.head.clone().unwrap_or_default();
        Self {
            tenant: tenant.clone(),
            revision: head.revision,
            position: head.position,
            hash: Bytes::of(&head.hash),
            forgotten: effect.forgotten,
            removed: effect.removed.iter().copied().map(key_form).collect(),
            saved: effect.saved.values().map(|stored| RecordForm::of(tenant, stored)).collect(),
            bumped: effect.bumped.iter().map(|(key, revision)| (key_form(*key), *revision)).collect(),
            entries: effect.entries.iter().map(|entry| EntryForm::of(tenant, entry)).collect(),
            stamps: effect.stamps.iter().map(|stamp| StampForm::of(tenant, stamp)).collect(),
        }
    }

    fn effect(self, schema: Schema) -> Result<(Tenant, Effect), StoreError> {
        let tenant = &self.tenant;
        let saved = self.saved.into_iter().map(|form| form.read(tenant, schema));
        let bumped = self.bumped.iter().map(|(form, revision)| Ok((key(schema, form)?, *revision)));
        let effect = Effect {
            head: Some(Head { revision: self.revision, position: self.position, hash: self.hash.digest()? }),
            forgotten: self.forgotten,
            removed: self.removed.iter().map(|form| key(schema, form)).collect::<Result<BTreeSet<_>, _>>()?,
            saved: saved.map(|stored| stored.map(|it| (it.record().key(), it))).collect::<Result<_, _>>()?,
            bumped: bumped.collect::<Result<BTreeMap<_, _>, StoreError>>()?,
            entries: self.entries.into_iter().map(|form| form.read(tenant, schema)).collect::<Result<_, _>>()?,
            stamps: self.stamps.into_iter().map(|form| form.read(tenant)).collect::<Result<_, _>>()?,
            // What was there before is not part of the form: it is replayed over what is there.
            ..Effect::default()
        };
        Ok((self.tenant, effect))
    }
}

#[derive(Serialize, Deserialize)]
struct RecordForm {
    key: KeyForm,
    subject: Option<Subject>,
    parent: Option<Uuid>,
    fields: BTreeMap<String, Value>,
    version: u16,
    body: Bytes,
    revision: Revision,
    children: Revision,
    digest: Bytes,
}

impl RecordForm {
    fn of(tenant: &Tenant, stored: &StoredRecord) -> Self {
        let record = stored.record();
        let fields = record.key().kind().fields().iter().zip(record.fields());
        Self {
            key: key_form(record.key()),
            subject: record.subject(),
            parent: record.parent(),
            fields: fields.filter_map(|(field, value)| Some((field.name().to_owned(), value.clone()?))).collect(),
            version: record.body().version(),
            body: Bytes(record.body().bytes().to_vec()),
            revision: stored.revision(),
            children: stored.children(),
            digest: Bytes::of(&stored.digest(tenant)),
        }
    }

    fn read(self, tenant: &Tenant, schema: Schema) -> Result<StoredRecord, StoreError> {
        let bare = Record::new(key(schema, &self.key)?, Body::new(self.version, self.body.0));
        let fields = self.fields.into_iter();
        let record =
            fields.fold(bare.about(self.subject).under(self.parent), |it, (name, value)| it.with(&name, value));
        StoredRecord::read(tenant, record, self.revision, self.children, &self.digest.0)
    }
}

#[derive(Serialize, Deserialize)]
struct EntryForm {
    position: Position,
    code: String,
    about: KeyForm,
    subject: Option<Subject>,
    actor: Uuid,
    /// What for, and in which role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    capacity: Option<(String, Option<String>)>,
    at: DateTime<Utc>,
    command: Option<CommandId>,
    /// The salt, and the personal part. Forgetting takes both.
    details: Option<(Bytes, Bytes)>,
    /// The digest of the details, which stays.
    seal: Option<Bytes>,
    previous: Bytes,
    hash: Bytes,
}

impl EntryForm {
    fn of(tenant: &Tenant, entry: &Entry) -> Self {
        let details = entry.details().map(|it| (Bytes(it.salt().as_bytes().to_vec()), Bytes(it.bytes().to_vec())));
        Self {
            position: entry.position(),
            code: entry.code().to_owned(),
            about: key_form(entry.about()),
            subject: entry.subject(),
            actor: entry.actor(),
            capacity: entry.capacity().map(|it| (it.purpose().to_owned(), it.role().map(str::to_owned))),
            at: entry.at(),
            command: entry.command(),
            details,
            seal: entry.seal().as_ref().map(Bytes::of),
            previous: Bytes::of(&entry.previous()),
            hash: Bytes::of(&entry.hash(tenant)),
        }
    }

    fn read(self, tenant: &Tenant, schema: Schema) -> Result<Entry, StoreError> {
        let mut told = Happening::new(self.code, key(schema, &self.about)?, self.actor, self.at).of(self.subject);
        if let Some((purpose, role)) = self.capacity {
            let capacity = Capacity::new(purpose);
            told = told.acting(match role {
                Some(role) => capacity.in_role(role),
                None => capacity,
            });
        }
        if let Some((salt, details)) = self.details {
            told = told.with(Details::new(Salt::new(salt.0.try_into().map_err(|_| damaged())?), details.0));
        }
        let seal = self.seal.map(|seal| seal.digest()).transpose()?;
        Entry::read(tenant, self.position, self.previous.digest()?, self.command, seal, told, &self.hash.0)
    }
}

#[derive(Serialize, Deserialize)]
struct StampForm {
    id: CommandId,
    fingerprint: Option<Bytes>,
    revision: Revision,
    entries: Option<(Position, Position)>,
    reply: Bytes,
    at: DateTime<Utc>,
    digest: Bytes,
}

impl StampForm {
    fn of(tenant: &Tenant, stamp: &StoredStamp) -> Self {
        let receipt = stamp.receipt();
        Self {
            id: stamp.id(),
            fingerprint: stamp.fingerprint().as_ref().map(Bytes::of),
            revision: receipt.revision(),
            entries: receipt.entries().map(|entries| (entries.first, entries.last)),
            reply: Bytes(receipt.reply().to_vec()),
            at: stamp.at(),
            digest: Bytes::of(&stamp.digest(tenant)),
        }
    }

    fn read(self, tenant: &Tenant) -> Result<StoredStamp, StoreError> {
        let fingerprint = self.fingerprint.map(|it| it.digest()).transpose()?;
        let entries = self.entries.map(|(first, last)| Entries { first, last });
        let receipt = Receipt::new(self.revision, entries, self.reply.0.into());
        StoredStamp::read(tenant, self.id, fingerprint, receipt, self.at, &self.digest.0)
    }
}
