//! What accepted batches come to, as one statement.
//!
//! Its first part moves the tenant's head, if that still stands where the batches were judged; every other part takes
//! its rows from the first, so that all of it happens or nothing.
//!
//! The head says what other stores did. Plain SQL moves no head, so each row that is changed or removed must still be the
//! one that was read, at its revision: the last part counts them, and where one is missing it fails, and with it the whole
//! statement.

use std::collections::BTreeMap;

use sqlx::Row as _;
use sqlx::postgres::PgConnection;
use uuid::Uuid;
use worktrail_core::store::judge::Effect;
use worktrail_core::store::{
    Capacity, CommandId, Entry, Head, Kind, RecordKey, Revision, Stored, StoredRecord, StoredStamp, Subject, Tenant,
};

use crate::columns::{Cell, column_type};
use crate::error::Fault;
use crate::fetch::Found;
use crate::home::{Home, Statement};
use crate::rows::{Form, Rows};

/// Whether a statement found the head where it was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Saved {
    /// It did, and all is written.
    All,
    /// Somebody else moved it, and nothing is written.
    Nothing,
}

/// What batches were judged over.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) head: Head,
    /// The records that were there.
    pub(crate) records: BTreeMap<RecordKey, Revision>,
}

impl From<&Found> for Seen {
    fn from(found: &Found) -> Self {
        let looked_up = found.keys.iter().flatten().filter_map(|stored| match stored {
            Stored::Record(record) => Some(record),
            Stored::Stamp(_) => None,
        });
        let records = looked_up.chain(&found.about).map(|it| (it.record().key(), it.revision()));
        let records = records.chain(found.parents.iter().map(|(key, revision)| (*key, *revision))).collect();
        Self { head: found.head.clone(), records }
    }
}

/// Writes what was judged.
pub(crate) async fn save(
    home: &Home,
    connection: &mut PgConnection,
    tenant: &Tenant,
    over: &Seen,
    effect: &Effect,
) -> Result<Saved, Fault> {
    let Some(statement) = statement(home, tenant, over, effect) else { return Ok(Saved::All) };
    let row = statement.fetch_one(home, connection).await?;
    Ok(if row.try_get::<i64, _>(0)? == 1 { Saved::All } else { Saved::Nothing })
}

/// None for an effect of which there is nothing to write.
pub(crate) fn statement(home: &Home, tenant: &Tenant, over: &Seen, effect: &Effect) -> Option<Statement> {
    let head = effect.head.as_ref()?;
    let mut removed: BTreeMap<Kind, Vec<Uuid>> = BTreeMap::new();
    let mut made: BTreeMap<Kind, Vec<&StoredRecord>> = BTreeMap::new();
    let mut changed: BTreeMap<Kind, Vec<&StoredRecord>> = BTreeMap::new();
    for (key, stored) in &effect.saved {
        let stays = over.records.contains_key(key) && !effect.removed.contains(key);
        if stays { &mut changed } else { &mut made }.entry(key.kind()).or_default().push(stored);
    }
    for key in &effect.removed {
        removed.entry(key.kind()).or_default().push(key.id());
    }
    let mut bumped: BTreeMap<Kind, Vec<(Uuid, Revision)>> = BTreeMap::new();
    for (key, revision) in &effect.bumped {
        bumped.entry(key.kind()).or_default().push((key.id(), *revision));
    }
    let beside = [effect.entries.len(), effect.stamps.len()].into_iter().filter(|rows| *rows > 0);
    let written = changed.values().chain(made.values()).map(Vec::len);
    let others = removed.values().map(Vec::len).chain(bumped.values().map(Vec::len));
    let form = Form::of(written.chain(others).chain(beside));
    let mut script = Script::begin(home, tenant, over, head, form);
    for (kind, ids) in &removed {
        script.remove(*kind, ids);
    }
    for (kind, records) in &changed {
        script.change(tenant, *kind, records, removed.contains_key(kind));
    }
    for (kind, records) in &made {
        script.make(tenant, *kind, records, removed.contains_key(kind));
    }
    for (kind, parents) in &bumped {
        script.bump(*kind, parents);
    }
    if let Some(subject) = effect.forgotten {
        script.forget(subject);
    }
    if !effect.entries.is_empty() {
        script.tell(tenant, &effect.entries);
    }
    if !effect.stamps.is_empty() {
        script.stamp(tenant, &effect.stamps);
    }
    Some(script.end())
}

/// The parts of the statement. The tenant is its first parameter.
struct Script<'s> {
    home: &'s Home,
    over: &'s Seen,
    form: Form,
    statement: Statement,
    /// What must hold of the parts when they are done.
    checks: Vec<String>,
}

/// Where rows lie that a list names.
struct Search<'t> {
    table: &'t str,
    /// Rows `u` with an `id`.
    list: &'t str,
    /// What must hold of a row `f` beside its key.
    term: &'t str,
    /// What beside the place is asked for.
    beside: &'t str,
    /// What must be done before.
    first: &'t str,
}

impl Search<'_> {
    /// As rows `n`: each row is looked up by its key, and written where it lies. Marked `OFFSET 0`, this leaves the planner
    /// no other way, whatever the statistics say.
    fn text(&self) -> String {
        let Self { table, list, term, beside, first } = self;
        format!(
            "(SELECT f.place{beside} FROM moved, {list}, LATERAL (SELECT f.ctid AS place FROM {table} AS f \
             WHERE f.tenant = $1 AND f.id = u.id{term} OFFSET 0) AS f{first} \
             OFFSET 0) AS n"
        )
    }
}

impl<'s> Script<'s> {
    fn begin(home: &'s Home, tenant: &Tenant, over: &'s Seen, head: &Head, form: Form) -> Self {
        let mut statement = Statement::default();
        statement.bind(tenant);
        let [revision, position] = [head.revision.number(), head.position.number()].map(|it| statement.bind(it));
        let hash = statement.bind(head.hash);
        let before = statement.bind(over.head.revision.number());
        let table = home.named("worktrail_head");
        let text = if over.head.revision == Revision::default() {
            format!(
                "WITH moved AS (INSERT INTO {table} AS r (tenant, revision, position, hash) \
                 VALUES ($1, {revision}, {position}, {hash}) ON CONFLICT (tenant) DO UPDATE SET \
                 revision = excluded.revision, position = excluded.position, hash = excluded.hash \
                 WHERE r.revision = {before} RETURNING 1)"
            )
        } else {
            format!(
                "WITH moved AS (UPDATE {table} SET revision = {revision}, position = {position}, hash = {hash} \
                 WHERE tenant = $1 AND revision = {before} AND hash = {told} RETURNING 1)",
                told = statement.bind(over.head.hash),
            )
        };
        statement.push(text);
        Self { home, over, form, statement, checks: Vec::new() }
    }

    /// How many heads were moved; a division by zero where a check does not hold.
    fn end(mut self) -> Statement {
        if self.checks.is_empty() {
            self.statement.push(" SELECT count(*) FROM moved");
        } else {
            let checks = self.checks.join(" AND ");
            self.statement.push(format!(
                " SELECT CASE WHEN m.heads = 0 THEN 0 ELSE 1 / CASE WHEN {checks} THEN 1 ELSE 0 END END::bigint \
                 FROM (SELECT count(*) AS heads FROM moved) AS m"
            ));
        }
        self.statement
    }

    /// Adds the revisions at which records were read; none where a record was not looked at. Says how many were.
    fn seen(&self, rows: &mut Rows, kind: Kind, ids: impl Iterator<Item = Uuid>) -> usize {
        let seen: Vec<_> = ids.map(|id| self.over.records.get(&RecordKey::new(kind, id))).collect();
        let looked_at = seen.iter().flatten().count();
        rows.numbers("seen", seen.into_iter().map(|revision| revision.map(|revision| revision.number())));
        looked_at
    }

    /// That a part met as many rows as were looked at; its rows say `seen`.
    fn must_meet(&mut self, part: &str, rows: usize) {
        let rows = self.statement.bind(u64::try_from(rows).unwrap_or(u64::MAX));
        self.checks.push(format!("(SELECT count(seen) FROM {part}) = {rows}"));
    }

    /// What names the rows `n` of a table that are to be written: those that are there, at the revision at which they were
    /// `seen`, if they were, once a term holds that may be empty.
    fn found(&mut self, table: &str, rows: Rows, first: &str) -> String {
        let list = rows.source(&mut self.statement, self.form, "u");
        let (first, term) = (after(" WHERE ", first), " AND (u.seen IS NULL OR f.revision = u.seen)");
        Search { table, list: &list, term, beside: ", u.*", first: &first }.text()
    }

    fn remove(&mut self, kind: Kind, ids: &[Uuid]) {
        let mut rows = Rows::default();
        rows.ids("id", ids.iter().copied().map(Some));
        let looked_at = self.seen(&mut rows, kind, ids.iter().copied());
        let (table, part) = (self.home.table(kind), format!("removed_{}", kind.name()));
        let found = self.found(&table, rows, "");
        self.statement.push(format!(
            ", {part} AS (DELETE FROM {table} AS r USING {found} WHERE r.ctid = n.place RETURNING n.seen)"
        ));
        self.must_meet(&part, looked_at);
    }

    /// Changes records that are there. Those of the kind that leave do so first, since the engine judges unique indexes
    /// row by row: they are counted before the first row is found.
    fn change(&mut self, tenant: &Tenant, kind: Kind, records: &[&StoredRecord], after_removed: bool) {
        let mut rows = rows_of_records(tenant, kind, records);
        let changes = rows.names().iter().filter(|name| name.as_ref() != "id");
        let changes: Vec<String> = changes.map(|name| format!("{name} = n.{name}")).collect();
        let looked_at = self.seen(&mut rows, kind, records.iter().map(|it| it.record().key().id()));
        let (table, part) = (self.home.table(kind), format!("changed_{}", kind.name()));
        let first = if after_removed { after_removed_of(kind) } else { String::new() };
        let found = self.found(&table, rows, &first);
        self.statement.push(format!(
            ", {part} AS (UPDATE {table} AS r SET {} FROM {found} WHERE r.ctid = n.place RETURNING n.seen)",
            changes.join(", "),
        ));
        self.must_meet(&part, looked_at);
    }

    /// Makes records that are not there. One that came meanwhile is in their way.
    fn make(&mut self, tenant: &Tenant, kind: Kind, records: &[&StoredRecord], after_removed: bool) {
        let insert = self.insert_into(&self.home.table(kind), rows_of_records(tenant, kind, records));
        let first = if after_removed { after_removed_of(kind) } else { String::new() };
        self.statement.push(format!(", made_{} AS ({insert}{} RETURNING 1)", kind.name(), after(" WHERE ", &first)));
    }

    fn insert_into(&mut self, table: &str, rows: Rows) -> String {
        let names = rows.names().join(", ");
        let list = rows.source(&mut self.statement, self.form, "n");
        format!("INSERT INTO {table} (tenant, {names}) SELECT $1, n.* FROM moved, {list}")
    }

    fn bump(&mut self, kind: Kind, parents: &[(Uuid, Revision)]) {
        let mut rows = Rows::default();
        rows.ids("id", parents.iter().map(|(id, _)| Some(*id)));
        rows.numbers("children", parents.iter().map(|(_, revision)| Some(revision.number())));
        let looked_at = self.seen(&mut rows, kind, parents.iter().map(|(id, _)| *id));
        let (table, part) = (self.home.table(kind), format!("bumped_{}", kind.name()));
        let found = self.found(&table, rows, "");
        self.statement.push(format!(
            ", {part} AS (UPDATE {table} AS r SET children = n.children FROM {found} WHERE r.ctid = n.place \
             RETURNING n.seen)"
        ));
        self.must_meet(&part, looked_at);
    }

    /// Empties what was personal. The new entries and stamps are not seen by it: a statement sees what was there when it
    /// began.
    fn forget(&mut self, subject: Subject) {
        let subject = self.statement.bind(subject.id());
        let [journal, stamp] = ["worktrail_journal", "worktrail_stamp"].map(|table| self.home.named(table));
        let told = format!(
            "(SELECT DISTINCT j.command AS id FROM {journal} AS j WHERE j.tenant = $1 AND j.subject = {subject}) AS u"
        );
        let found = Search { table: &stamp, list: &told, term: "", beside: "", first: "" }.text();
        self.statement.push(format!(
            ", stamps_found AS MATERIALIZED (SELECT n.place FROM {found}), \
             forgotten_stamps AS (UPDATE {stamp} AS r SET fingerprint = NULL FROM stamps_found AS n \
             WHERE r.ctid = n.place RETURNING 1), \
             forgotten_entries AS (UPDATE {journal} AS r SET salt = NULL, details = NULL FROM moved \
             WHERE r.tenant = $1 AND r.subject = {subject} RETURNING 1)"
        ));
        self.checks.push("(SELECT count(*) FROM forgotten_stamps) = (SELECT count(*) FROM stamps_found)".to_owned());
    }

    fn tell(&mut self, tenant: &Tenant, entries: &[Entry]) {
        let mut rows = Rows::default();
        rows.numbers("position", entries.iter().map(|it| Some(it.position().number())));
        rows.digests("previous", entries.iter().map(|it| Some(it.previous())));
        rows.ids("command", entries.iter().map(|it| it.command().map(CommandId::id)));
        rows.texts("code", entries.iter().map(|it| Some(it.code())));
        rows.texts("kind", entries.iter().map(|it| Some(it.about().kind().name())));
        rows.ids("id", entries.iter().map(|it| Some(it.about().id())));
        rows.ids("subject", entries.iter().map(|it| it.subject().map(Subject::id)));
        rows.ids("actor", entries.iter().map(|it| Some(it.actor())));
        rows.instants("at", entries.iter().map(Entry::at));
        rows.texts("purpose", entries.iter().map(|it| it.capacity().map(Capacity::purpose)));
        rows.texts("role", entries.iter().map(|it| it.capacity().and_then(Capacity::role)));
        rows.digests("seal", entries.iter().map(Entry::seal));
        let salts = entries.iter().map(|it| Some(it.details()?.salt().as_bytes().to_vec())).collect();
        rows.add("salt", Cell::Blobs(salts), "bytea");
        rows.blobs("details", entries.iter().map(|it| Some(it.details()?.bytes())));
        rows.digests("hash", entries.iter().map(|it| Some(it.hash(tenant))));
        let insert = self.insert_into(&self.home.named("worktrail_journal"), rows);
        self.statement.push(format!(", told AS ({insert} RETURNING 1)"));
    }

    fn stamp(&mut self, tenant: &Tenant, stamps: &[StoredStamp]) {
        let mut rows = Rows::default();
        rows.ids("id", stamps.iter().map(|it| Some(it.id().id())));
        rows.numbers("revision", stamps.iter().map(|it| Some(it.receipt().revision().number())));
        let entries = |it: &StoredStamp| it.receipt().entries();
        rows.numbers("first_entry", stamps.iter().map(|it| entries(it).map(|entries| entries.first.number())));
        rows.numbers("last_entry", stamps.iter().map(|it| entries(it).map(|entries| entries.last.number())));
        rows.instants("at", stamps.iter().map(StoredStamp::at));
        rows.digests("fingerprint", stamps.iter().map(StoredStamp::fingerprint));
        rows.blobs("reply", stamps.iter().map(|it| Some(it.receipt().reply())));
        rows.digests("digest", stamps.iter().map(|it| Some(it.digest(tenant))));
        let insert = self.insert_into(&self.home.named("worktrail_stamp"), rows);
        self.statement.push(format!(", stamped AS ({insert} RETURNING 1)"));
    }
}

/// The rows of records of a kind, beside their tenant.
fn rows_of_records(tenant: &Tenant, kind: Kind, records: &[&StoredRecord]) -> Rows {
    let mut rows = Rows::default();
    rows.ids("id", records.iter().map(|it| Some(it.record().key().id())));
    rows.numbers("revision", records.iter().map(|it| Some(it.revision().number())));
    rows.numbers("children", records.iter().map(|it| Some(it.children().number())));
    rows.ids("subject", records.iter().map(|it| it.record().subject().map(Subject::id)));
    rows.ids("parent", records.iter().map(|it| it.record().parent()));
    rows.numbers("body_version", records.iter().map(|it| Some(u64::from(it.record().body().version()))));
    rows.blobs("body", records.iter().map(|it| Some(it.record().body().bytes())));
    rows.digests("digest", records.iter().map(|it| Some(it.digest(tenant))));
    for (place, field) in kind.fields().iter().enumerate() {
        let values = records.iter().map(|it| it.record().fields().get(place).and_then(Option::as_ref));
        let cell = Cell::list(field.field_type(), values);
        rows.add(format!("\"{}\"", field.name()), cell, column_type(field.field_type()));
    }
    rows
}

/// A term after a word; nothing when there is no term.
fn after(word: &str, term: &str) -> String {
    if term.is_empty() { String::new() } else { format!("{word}{term}") }
}

/// A term that holds when those of the kind that leave have left.
fn after_removed_of(kind: Kind) -> String {
    format!("(SELECT count(*) FROM removed_{}) >= 0", kind.name())
}
