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

/// How many rows one statement takes, from the most on: few sizes, so that each is prepared once. What an engine of
/// rows does costs less than the way to its thread and back.
const ROWS: [usize; 4] = [64, 16, 4, 1];

impl Script {
    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    fn push(&mut self, text: impl Into<Cow<'static, str>>, cells: Vec<Cell>) {
        self.pieces.push((text.into(), cells));
    }

    /// Adds rows of one sort, in their order, with the text for so many of them.
    fn push_rows(&mut self, rows: Vec<Vec<Cell>>, text: impl Fn(usize) -> String) {
        let mut left = rows.len();
        let mut rows = rows.into_iter();
        for size in ROWS {
            while left >= size {
                let cells = rows.by_ref().take(size).flatten().collect();
                self.push(text(size), cells);
                left -= size;
            }
        }
    }

    /// Marks a tenant's batch as torn until the last statement of its effect has run.
    pub(crate) fn tear(&mut self, tenant: &Tenant) {
        self.push(TORN, vec![tenant.into()]);
    }

    /// Adds what writes an effect.
    pub(crate) fn add(&mut self, tenant: &Tenant, effect: Effect) {
        self.save(tenant, &effect);
        let mut bumped: BTreeMap<Kind, Vec<Vec<Cell>>> = BTreeMap::new();
        for (key, revision) in effect.bumped {
            let cells = vec![revision.number().into(), tenant.into(), key.id().into()];
            bumped.entry(key.kind()).or_default().push(cells);
        }
        for (kind, rows) in bumped {
            let bump = TEXTS.of(kind).bump;
            self.push_rows(rows, |rows| vec![bump; rows].join("; "));
        }
        if let Some(subject) = effect.forgotten {
            self.forget(tenant, subject);
        }
        let entries = effect.entries.iter().map(|entry| entry_cells(tenant, entry)).collect();
        self.push_rows(entries, |rows| with_rows(ENTRY, ENTRY_WIDTH, rows));
        let stamps = effect.stamps.iter().map(|stamp| stamp_cells(tenant, stamp)).collect();
        self.push_rows(stamps, |rows| with_rows(STAMP, STAMP_WIDTH, rows));
        if let Some(head) = effect.head {
            let cells =
                vec![tenant.into(), head.revision.number().into(), head.position.number().into(), head.hash.into()];
            self.push(HEAD, cells);
        }
    }

    /// Removes records, and saves others: new ones whole, and of those that are there what differs, since each column
    /// that is named costs its indexes.
    fn save(&mut self, tenant: &Tenant, effect: &Effect) {
        let mut removed: BTreeMap<Kind, Vec<Uuid>> = BTreeMap::new();
        for key in &effect.removed {
            removed.entry(key.kind()).or_default().push(key.id());
        }
        for (kind, ids) in removed {
            self.push(TEXTS.of(kind).delete, vec![tenant.into(), id_list(&ids)]);
        }
        let mut saved: BTreeMap<(Kind, Vec<usize>), Vec<Vec<Cell>>> = BTreeMap::new();
        for (key, stored) in &effect.saved {
            let before = effect.before.get(key).filter(|_| !effect.removed.contains(key));
            let fields = differing(before, stored.record());
            saved.entry((key.kind(), fields)).or_default().push(record_cells(tenant, stored));
        }
        for ((kind, fields), rows) in saved {
            let width = FIXED_WIDTH + kind.fields().len();
            let on_conflict = on_conflict(kind, &fields);
            self.push_rows(rows, |rows| with_rows(TEXTS.of(kind).insert, width, rows) + &on_conflict);
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
    (tenant, id, revision, first_entry, last_entry, at, fingerprint, reply, digest) VALUES ";
const STAMP_WIDTH: usize = 9;

const ENTRY: &str = "INSERT INTO worktrail_journal \
    (tenant, position, previous, command, code, kind, id, subject, actor, at, purpose, role, seal, salt, details, hash) \
    VALUES ";
const ENTRY_WIDTH: usize = 16;

const FORGET_STAMPS: &str = "UPDATE worktrail_stamp SET fingerprint = NULL WHERE tenant = ? AND id IN \
    (SELECT command FROM worktrail_journal WHERE tenant = ? AND subject = ? AND command IS NOT NULL)";

const FORGET_ENTRIES: &str =
    "UPDATE worktrail_journal SET salt = NULL, details = NULL WHERE tenant = ? AND subject = ?";

/// The texts of each kind's table.
struct Texts(BTreeMap<&'static str, KindTexts>);

struct KindTexts {
    insert: String,
    delete: String,
    bump: String,
}

static TEXTS: LazyLock<Texts> =
    LazyLock::new(|| Texts(SCHEMA.kinds().map(|kind| (kind.name(), KindTexts::new(kind))).collect()));

/// The texts of one kind, for as long as the program runs.
#[derive(Clone, Copy)]
struct Borrowed {
    insert: &'static str,
    delete: &'static str,
    bump: &'static str,
}

impl Texts {
    /// A kind of another schema has no table, and no text: SQLite refuses it, and nothing is written.
    fn of(&'static self, kind: Kind) -> Borrowed {
        const NO_SUCH: &str = "SELECT the kind is not of the schema";
        match self.0.get(kind.name()) {
            Some(KindTexts { insert, delete, bump }) => Borrowed { insert, delete, bump },
            None => Borrowed { insert: NO_SUCH, delete: NO_SUCH, bump: NO_SUCH },
        }
    }
}

impl KindTexts {
    fn new(kind: Kind) -> Self {
        let table = table(kind);
        let named = kind.fields().iter().fold(String::new(), |named, field| named + ", \"" + field.name() + "\"");
        Self {
            insert: format!(
                "INSERT INTO {table} (tenant, id, revision, children, subject, parent, body_version, body, digest\
                 {named}) VALUES "
            ),
            delete: format!("DELETE FROM {table} WHERE tenant = ? AND id IN (SELECT unhex(value) FROM json_each(?))"),
            bump: format!("UPDATE {table} SET children = ? WHERE tenant = ? AND id = ?"),
        }
    }
}

/// A text that ends in rows of so many places.
fn with_rows(text: &str, width: usize, rows: usize) -> String {
    let row = format!("({})", vec!["?"; width].join(", "));
    format!("{text}{}", vec![row.as_str(); rows].join(", "))
}

/// What is done with a record that is there: of its fields, those at these places are changed.
fn on_conflict(kind: Kind, fields: &[usize]) -> String {
    let mut text =
        " ON CONFLICT (tenant, id) DO UPDATE SET revision = excluded.revision, children = excluded.children, \
        body_version = excluded.body_version, body = excluded.body, digest = excluded.digest"
            .to_owned();
    for field in fields.iter().filter_map(|place| kind.fields().get(*place)) {
        let _ = write!(text, ", \"{0}\" = excluded.\"{0}\"", field.name());
    }
    text
}

/// The places of the fields in which a record differs from what it was; all of them when nothing is known of before.
fn differing(before: Option<&Record>, after: &Record) -> Vec<usize> {
    let was = |place: usize| before.and_then(|before| before.fields().get(place));
    let places = after.fields().iter().enumerate();
    places.filter(|(place, value)| was(*place) != Some(*value)).map(|(place, _)| place).collect()
}

/// How many columns [`record_cells`] gives beside the fields.
const FIXED_WIDTH: usize = 9;

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

#[cfg(test)]
mod tests {
    use sqlx::sqlite::SqliteConnectOptions;
    use sqlx::{ConnectOptions as _, Row as _};
    use worktrail_core::store::{Body, RecordKey, Revision};

    use super::*;

    fn record(number: u128, name: &str) -> Record {
        let key = RecordKey::new(SCHEMA.kind("team").unwrap(), Uuid::from_u128(number));
        Record::new(key, Body::new(1, *b"{}")).with("name", name).with("method", "ips")
    }

    /// What saving so many teams comes to that are there already, with another name.
    fn renamed(many: u128) -> Effect {
        let mut effect = Effect::default();
        for number in 0..many {
            let (before, after) = (record(number, "Nord"), record(number, "Sør"));
            effect.before.insert(before.key(), before);
            effect.saved.insert(after.key(), StoredRecord::new(after, Revision::new(2), Revision::default()));
        }
        effect
    }

    fn script(effect: Effect) -> Script {
        let mut script = Script::default();
        script.add(&Tenant::default(), effect);
        script
    }

    #[test]
    fn many_rows_are_a_few_statements() {
        let statements = |many| script(renamed(many)).pieces.len();
        assert_eq!([1, 3, 4, 16, 64, 85, 256].map(statements), [1, 3, 1, 1, 1, 4, 4]);
    }

    #[test]
    fn only_what_differs_is_named() {
        let text = |effect| script(effect).pieces.remove(0).0.into_owned();
        let changed = |effect: Effect| text(effect).split_once("DO UPDATE SET ").unwrap().1.to_owned();
        let always = "revision = excluded.revision, children = excluded.children, \
            body_version = excluded.body_version, body = excluded.body, digest = excluded.digest";
        assert_eq!(changed(renamed(1)), format!("{always}, \"name\" = excluded.\"name\""));
        // Of a record that leaves and comes again, or that nothing is known of, everything is written.
        let whole = changed(Effect { before: BTreeMap::new(), ..renamed(1) });
        assert!(SCHEMA.kind("team").unwrap().fields().iter().all(|field| whole.contains(field.name())), "{whole}");
        let (key, again) = (record(0, "").key(), renamed(1));
        let script = script(Effect { removed: [key].into(), ..again });
        assert!(script.pieces[0].0.starts_with("DELETE") && script.pieces[1].0.ends_with(&whole));
    }

    #[tokio::test]
    async fn what_is_written_by_id_searches_for_it() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("plans.db");
        crate::migrate(&crate::SqliteOptions::file(&file)).await.unwrap();
        let mut connection = SqliteConnectOptions::new().filename(file).connect().await.unwrap();
        for kind in SCHEMA.kinds() {
            let texts = TEXTS.of(kind);
            for text in [texts.bump, texts.delete] {
                let rows =
                    statement(format!("EXPLAIN QUERY PLAN {text}"), []).fetch_all(&mut connection).await.unwrap();
                let first: String = rows[0].get(3);
                assert!(first.starts_with("SEARCH") && first.contains("(tenant=? AND id=?)"), "{text}: {first}");
            }
        }
    }
}
