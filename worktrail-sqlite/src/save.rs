//! What accepted batches come to, as statements.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use sqlx::sqlite::SqliteConnection;
use uuid::Uuid;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::judge::Effect;
use worktrail_core::store::{Capacity, CommandId, Entry, Kind, Record, StoredRecord, StoredStamp, Subject, Tenant};

use crate::columns::{Cell, id_list, statement, table};
use crate::error::Fault;

/// Statements with their parameters, in order.
#[derive(Default)]
pub(crate) struct Script {
    pieces: Vec<(Cow<'static, str>, Vec<Cell>)>,
}

/// The most statements that are sent as one text. A single command has about six, and commands of one sort have the
/// same ones, so their text is prepared once; a group of many commands is sent statement by statement instead, each
/// of a small number of texts.
const TOGETHER: usize = 12;

impl Script {
    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    fn push(&mut self, text: impl Into<Cow<'static, str>>, cells: Vec<Cell>) {
        self.pieces.push((text.into(), cells));
    }

    /// Marks a tenant's batch as torn until the last statement of its effect has run.
    pub(crate) fn tear(&mut self, tenant: &Tenant) {
        self.push(TORN, vec![tenant.into()]);
    }

    /// Adds what writes an effect.
    pub(crate) fn add(&mut self, tenant: &Tenant, effect: Effect) {
        let mut removed: BTreeMap<Kind, Vec<Uuid>> = BTreeMap::new();
        for key in effect.removed {
            removed.entry(key.kind()).or_default().push(key.id());
        }
        for (kind, ids) in removed {
            self.push(TEXTS.of(kind).delete, vec![tenant.into(), id_list(&ids)]);
        }
        for stored in effect.saved.values() {
            self.push(TEXTS.of(stored.record().key().kind()).upsert, record_cells(tenant, stored));
        }
        for (key, revision) in effect.bumped {
            self.push(TEXTS.of(key.kind()).bump, vec![revision.number().into(), tenant.into(), key.id().into()]);
        }
        if let Some(subject) = effect.forgotten {
            self.forget(tenant, subject);
        }
        for entry in &effect.entries {
            self.push(ENTRY, entry_cells(tenant, entry));
        }
        for stamp in &effect.stamps {
            self.push(STAMP, stamp_cells(tenant, stamp));
        }
        if let Some(head) = effect.head {
            let cells =
                vec![tenant.into(), head.revision.number().into(), head.position.number().into(), head.hash.into()];
            self.push(HEAD, cells);
        }
    }

    fn forget(&mut self, tenant: &Tenant, subject: Subject) {
        let cells = || vec![tenant.into(), tenant.into(), subject.id().into()];
        self.push(FORGET_STAMPS, cells());
        self.push(FORGET_ENTRIES, vec![tenant.into(), subject.id().into()]);
    }

    /// Runs them all, and `ending` after them.
    pub(crate) async fn run(self, connection: &mut SqliteConnection, ending: &'static str) -> Result<(), Fault> {
        if self.pieces.len() <= TOGETHER {
            let mut text = String::new();
            let mut cells = Vec::new();
            for (piece, parameters) in self.pieces {
                text.push_str(&piece);
                text.push_str("; ");
                cells.extend(parameters);
            }
            text.push_str(ending);
            statement(text, cells).execute(connection).await?;
            return Ok(());
        }
        for (piece, cells) in self.pieces {
            statement(piece, cells).execute(&mut *connection).await?;
        }
        statement(ending, []).execute(connection).await?;
        Ok(())
    }
}

/// Comes last, and takes the mark of a torn batch away.
const HEAD: &str = "INSERT INTO worktrail_head (tenant, revision, position, hash) VALUES (?, ?, ?, ?) \
    ON CONFLICT (tenant) DO UPDATE SET revision = excluded.revision, position = excluded.position, \
    hash = excluded.hash, torn = 0";

const TORN: &str = "INSERT INTO worktrail_head (tenant, revision, position, hash, torn) VALUES (?, 0, 0, zeroblob(32), 1) \
    ON CONFLICT (tenant) DO UPDATE SET torn = 1";

const STAMP: &str = "INSERT INTO worktrail_stamp \
    (tenant, id, revision, first_entry, last_entry, at, fingerprint, reply, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

const ENTRY: &str = "INSERT INTO worktrail_journal \
    (tenant, position, previous, command, code, kind, id, subject, actor, at, purpose, role, seal, salt, details, hash) \
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

const FORGET_STAMPS: &str = "UPDATE worktrail_stamp SET fingerprint = NULL WHERE tenant = ? AND id IN \
    (SELECT command FROM worktrail_journal WHERE tenant = ? AND subject = ? AND command IS NOT NULL)";

const FORGET_ENTRIES: &str =
    "UPDATE worktrail_journal SET salt = NULL, details = NULL WHERE tenant = ? AND subject = ?";

/// The texts of each kind's table.
struct Texts(BTreeMap<&'static str, KindTexts>);

struct KindTexts {
    upsert: String,
    delete: String,
    bump: String,
}

static TEXTS: LazyLock<Texts> =
    LazyLock::new(|| Texts(SCHEMA.kinds().map(|kind| (kind.name(), KindTexts::new(kind))).collect()));

/// The texts of one kind, for as long as the program runs.
#[derive(Clone, Copy)]
struct Borrowed {
    upsert: &'static str,
    delete: &'static str,
    bump: &'static str,
}

impl Texts {
    /// A kind of another schema has no table, and no text: SQLite refuses it, and nothing is written.
    fn of(&'static self, kind: Kind) -> Borrowed {
        const NO_SUCH: &str = "SELECT the kind is not of the schema";
        match self.0.get(kind.name()) {
            Some(texts) => Borrowed { upsert: &texts.upsert, delete: &texts.delete, bump: &texts.bump },
            None => Borrowed { upsert: NO_SUCH, delete: NO_SUCH, bump: NO_SUCH },
        }
    }
}

impl KindTexts {
    fn new(kind: Kind) -> Self {
        let table = table(kind);
        let (mut named, mut places, mut set) = (String::new(), String::new(), String::new());
        for field in kind.fields() {
            let name = field.name();
            let _ = write!(named, ", \"{name}\"");
            let _ = write!(set, ", \"{name}\" = excluded.\"{name}\"");
            places.push_str(", ?");
        }
        Self {
            upsert: format!(
                "INSERT INTO {table} (tenant, id, revision, children, subject, parent, body_version, body, digest\
                 {named}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?{places}) ON CONFLICT (tenant, id) DO UPDATE SET \
                 revision = excluded.revision, children = excluded.children, \
                 body_version = excluded.body_version, body = excluded.body, digest = excluded.digest{set}"
            ),
            delete: format!("DELETE FROM {table} WHERE tenant = ? AND id IN (SELECT unhex(value) FROM json_each(?))"),
            bump: format!("UPDATE {table} SET children = ? WHERE tenant = ? AND id = ?"),
        }
    }
}

fn record_cells(tenant: &Tenant, stored: &StoredRecord) -> Vec<Cell> {
    let record: &Record = stored.record();
    let mut cells = vec![
        tenant.into(),
        record.key().id().into(),
        stored.revision().number().into(),
        stored.children().number().into(),
        record.subject().map(Subject::id).into(),
        record.parent().into(),
        Cell::Integer(record.body().version().into()),
        record.body().bytes().into(),
        stored.digest(tenant).into(),
    ];
    cells.extend(record.fields().iter().map(|field| Cell::from(field.as_ref())));
    cells
}

fn entry_cells(tenant: &Tenant, entry: &Entry) -> Vec<Cell> {
    let about = entry.about();
    let salt = entry.details().map(|details| Cell::from(details.salt().as_bytes().as_slice()));
    vec![
        tenant.into(),
        entry.position().number().into(),
        entry.previous().into(),
        entry.command().map(CommandId::id).into(),
        Cell::Text(entry.code().to_owned()),
        Cell::Text(about.kind().name().to_owned()),
        about.id().into(),
        entry.subject().map(Subject::id).into(),
        entry.actor().into(),
        entry.at().into(),
        entry.capacity().map(|capacity| Cell::Text(capacity.purpose().to_owned())).into(),
        entry.capacity().and_then(Capacity::role).map(|role| Cell::Text(role.to_owned())).into(),
        entry.seal().into(),
        salt.into(),
        entry.details().map(|details| Cell::from(details.bytes())).into(),
        entry.hash(tenant).into(),
    ]
}

fn stamp_cells(tenant: &Tenant, stamp: &StoredStamp) -> Vec<Cell> {
    let receipt = stamp.receipt();
    vec![
        tenant.into(),
        stamp.id().id().into(),
        receipt.revision().number().into(),
        receipt.entries().map(|entries| entries.first.number()).into(),
        receipt.entries().map(|entries| entries.last.number()).into(),
        stamp.at().into(),
        stamp.fingerprint().into(),
        receipt.reply().into(),
        stamp.digest(tenant).into(),
    ]
}
