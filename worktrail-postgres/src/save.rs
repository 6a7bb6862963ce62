//! What accepted batches come to, as one statement.
//!
//! Its first part moves the tenant's head, if that still stands where the batches were judged; every other part takes
//! its rows from the first, so that all of it happens or nothing. Rows come as lists, a parameter for each column,
//! whatever their number.
//!
//! The head says what other stores did. Plain SQL moves no head, so each row that is changed or removed must still be the
//! one that was read, at its revision: the last part counts them, and where one is missing it fails, and with it the whole
//! statement.

mod rows;

use std::collections::BTreeMap;

use sqlx::Row as _;
use sqlx::postgres::PgConnection;
use uuid::Uuid;
use worktrail_core::store::judge::Effect;
use worktrail_core::store::{
    Capacity, CommandId, Entry, Head, Kind, RecordKey, Revision, Stored, StoredRecord, StoredStamp, Subject, Tenant,
};

use crate::columns::{Cell, bounded};
use crate::error::Fault;
use crate::fetch::Found;
use crate::home::{Home, Statement};
use rows::Rows;

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
    let mut script = Script::begin(home, tenant, over, effect.head.as_ref()?);
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
    statement: Statement,
    /// What must hold of the parts when they are done.
    checks: Vec<String>,
}

/// That a row is the one that was read: of records, a list's rows `u` say at which revision they were `seen`, if they were.
const AS_SEEN: &str = " AND (u.seen IS NULL OR f.revision = u.seen)";

/// Where rows lie that a list names, as rows `n`.
struct Search<'t> {
    table: &'t str,
    /// Rows `u` with an `id`.
    list: &'t str,
    /// What must hold of a row beside its key.
    term: &'t str,
    /// What beside the place is asked for.
    beside: &'t str,
    /// What must be done before.
    first: &'t str,
}

impl Search<'_> {
    /// Each row is looked up by its key, and written where it lies. Marked `OFFSET 0`, this leaves the planner no other
    /// way, whatever the statistics say.
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
    fn begin(home: &'s Home, tenant: &Tenant, over: &'s Seen, head: &Head) -> Self {
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
        Self { home, over, statement, checks: Vec::new() }
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

    /// The revisions at which records were read, as a list; none where a record was not looked at.
    fn seen(&mut self, kind: Kind, ids: impl Iterator<Item = Uuid>) -> (String, usize) {
        let seen: Vec<_> = ids.map(|id| self.over.records.get(&RecordKey::new(kind, id))).collect();
        let looked_at = seen.iter().flatten().count();
        let seen = seen.into_iter().map(|revision| revision.map(|revision| bounded(revision.number()))).collect();
        (self.statement.bind(Cell::Numbers(seen)), looked_at)
    }

    /// That a part met as many rows as were looked at; its rows say `seen`.
    fn must_meet(&mut self, part: &str, rows: usize) {
        let rows = self.statement.bind(u64::try_from(rows).unwrap_or(u64::MAX));
        self.checks.push(format!("(SELECT count(seen) FROM {part}) = {rows}"));
    }

    fn remove(&mut self, kind: Kind, ids: &[Uuid]) {
        let (seen, looked_at) = self.seen(kind, ids.iter().copied());
        let ids = self.statement.bind(Cell::Ids(ids.iter().copied().map(Some).collect()));
        let (table, part) = (self.home.table(kind), format!("removed_{}", kind.name()));
        let list = format!("unnest({ids}::uuid[], {seen}::bigint[]) AS u (id, seen)");
        let found = Search { table: &table, list: &list, term: AS_SEEN, beside: ", u.seen", first: "" }.text();
        self.statement.push(format!(
            ", {part} AS (DELETE FROM {table} AS r USING {found} WHERE r.ctid = n.place RETURNING n.seen)"
        ));
        self.must_meet(&part, looked_at);
    }

    /// Changes records that are there. Those of the kind that leave do so first, since the engine judges unique indexes
    /// row by row: they are counted before the first row is found.
    fn change(&mut self, tenant: &Tenant, kind: Kind, records: &[&StoredRecord], after_removed: bool) {
        let mut rows = Rows::of_records(&mut self.statement, tenant, kind, records);
        let (seen, looked_at) = self.seen(kind, records.iter().map(|it| it.record().key().id()));
        rows.names.push("seen".to_owned());
        rows.lists.push(format!("{seen}::bigint[]"));
        let (names, lists) = (rows.names.join(", "), rows.lists.join(", "));
        let (table, part) = (self.home.table(kind), format!("changed_{}", kind.name()));
        let list = format!("unnest({lists}) AS u ({names})");
        let first = if after_removed { after_removed_of(kind) } else { String::new() };
        let found = Search { table: &table, list: &list, term: AS_SEEN, beside: ", u.*", first: &first }.text();
        let changes = rows.names.iter().filter(|name| !["id", "seen"].contains(&name.as_str()));
        let changes: Vec<String> = changes.map(|name| format!("{name} = n.{name}")).collect();
        self.statement.push(format!(
            ", {part} AS (UPDATE {table} AS r SET {} FROM {found} WHERE r.ctid = n.place RETURNING n.seen)",
            changes.join(", "),
        ));
        self.must_meet(&part, looked_at);
    }

    /// Makes records that are not there. One that came meanwhile is in their way.
    fn make(&mut self, tenant: &Tenant, kind: Kind, records: &[&StoredRecord], after_removed: bool) {
        let rows = Rows::of_records(&mut self.statement, tenant, kind, records);
        let insert = rows.insert_into(&self.home.table(kind));
        let first = if after_removed { after_removed_of(kind) } else { String::new() };
        self.statement.push(format!(", made_{} AS ({insert}{first} RETURNING 1)", kind.name()));
    }

    fn bump(&mut self, kind: Kind, parents: &[(Uuid, Revision)]) {
        let (seen, looked_at) = self.seen(kind, parents.iter().map(|(id, _)| *id));
        let ids = self.statement.bind(Cell::Ids(parents.iter().map(|(id, _)| Some(*id)).collect()));
        let revisions = parents.iter().map(|(_, revision)| Some(bounded(revision.number()))).collect();
        let revisions = self.statement.bind(Cell::Numbers(revisions));
        let (table, part) = (self.home.table(kind), format!("bumped_{}", kind.name()));
        let list = format!("unnest({ids}::uuid[], {revisions}::bigint[], {seen}::bigint[]) AS u (id, children, seen)");
        let found =
            Search { table: &table, list: &list, term: AS_SEEN, beside: ", u.children, u.seen", first: "" }.text();
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
        let to = &mut self.statement;
        let mut rows = Rows::default();
        rows.numbers(to, "position", entries.iter().map(|it| Some(it.position().number())));
        rows.digests(to, "previous", entries.iter().map(|it| Some(it.previous())));
        rows.ids(to, "command", entries.iter().map(|it| it.command().map(CommandId::id)));
        rows.texts(to, "code", entries.iter().map(|it| Some(it.code())));
        rows.texts(to, "kind", entries.iter().map(|it| Some(it.about().kind().name())));
        rows.ids(to, "id", entries.iter().map(|it| Some(it.about().id())));
        rows.ids(to, "subject", entries.iter().map(|it| it.subject().map(Subject::id)));
        rows.ids(to, "actor", entries.iter().map(|it| Some(it.actor())));
        rows.instants(to, "at", entries.iter().map(Entry::at));
        rows.texts(to, "purpose", entries.iter().map(|it| it.capacity().map(Capacity::purpose)));
        rows.texts(to, "role", entries.iter().map(|it| it.capacity().and_then(Capacity::role)));
        rows.digests(to, "seal", entries.iter().map(Entry::seal));
        let salts = entries.iter().map(|it| Some(it.details()?.salt().as_bytes().to_vec())).collect();
        rows.add(to, "salt", Cell::Blobs(salts), "bytea");
        rows.blobs(to, "details", entries.iter().map(|it| Some(it.details()?.bytes())));
        rows.digests(to, "hash", entries.iter().map(|it| Some(it.hash(tenant))));
        let insert = rows.insert_into(&self.home.named("worktrail_journal"));
        self.statement.push(format!(", told AS ({insert} RETURNING 1)"));
    }

    fn stamp(&mut self, tenant: &Tenant, stamps: &[StoredStamp]) {
        let to = &mut self.statement;
        let mut rows = Rows::default();
        rows.ids(to, "id", stamps.iter().map(|it| Some(it.id().id())));
        rows.numbers(to, "revision", stamps.iter().map(|it| Some(it.receipt().revision().number())));
        let entries = |it: &StoredStamp| it.receipt().entries();
        rows.numbers(to, "first_entry", stamps.iter().map(|it| entries(it).map(|entries| entries.first.number())));
        rows.numbers(to, "last_entry", stamps.iter().map(|it| entries(it).map(|entries| entries.last.number())));
        rows.instants(to, "at", stamps.iter().map(StoredStamp::at));
        rows.digests(to, "fingerprint", stamps.iter().map(StoredStamp::fingerprint));
        rows.blobs(to, "reply", stamps.iter().map(|it| Some(it.receipt().reply())));
        rows.digests(to, "digest", stamps.iter().map(|it| Some(it.digest(tenant))));
        let insert = rows.insert_into(&self.home.named("worktrail_stamp"));
        self.statement.push(format!(", stamped AS ({insert} RETURNING 1)"));
    }
}

/// A term that holds when those of the kind that leave have left.
fn after_removed_of(kind: Kind) -> String {
    format!(" WHERE (SELECT count(*) FROM removed_{}) >= 0", kind.name())
}
