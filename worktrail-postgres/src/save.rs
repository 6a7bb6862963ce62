//! What accepted batches come to, as one statement.
//!
//! Its first part moves the tenant's head, if that still stands where the batches were judged; every other part takes
//! its rows from the first, so that all of it happens or nothing. Rows come as lists, a parameter for each column,
//! whatever their number.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::Row as _;
use sqlx::postgres::PgConnection;
use uuid::Uuid;
use worktrail_core::store::judge::Effect;
use worktrail_core::store::{
    Capacity, CommandId, Digest, Entry, Head, Kind, Revision, StoredRecord, StoredStamp, Subject, Tenant,
};

use crate::columns::{Cell, bounded, column_type};
use crate::error::Fault;
use crate::home::{Home, Statement};

/// Whether a statement found the head where it was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Saved {
    /// It did, and all is written.
    All,
    /// Somebody else moved it, and nothing is written.
    Nothing,
}

/// Writes an effect that was judged over a head.
pub(crate) async fn save(
    home: &Home,
    connection: &mut PgConnection,
    tenant: &Tenant,
    over: &Head,
    effect: Effect,
) -> Result<Saved, Fault> {
    let Some(statement) = statement(home, tenant, over, effect) else { return Ok(Saved::All) };
    let row = statement.fetch_one(home, connection).await?;
    Ok(if row.try_get::<i64, _>(0)? == 1 { Saved::All } else { Saved::Nothing })
}

/// None for an effect of which there is nothing to write.
pub(crate) fn statement(home: &Home, tenant: &Tenant, over: &Head, effect: Effect) -> Option<Statement> {
    let head = effect.head?;
    let mut script = Script::begin(home, tenant, over, &head);
    let mut removed: BTreeMap<Kind, Vec<Uuid>> = BTreeMap::new();
    for key in effect.removed {
        removed.entry(key.kind()).or_default().push(key.id());
    }
    let mut saved: BTreeMap<Kind, Vec<StoredRecord>> = BTreeMap::new();
    for stored in effect.saved.into_values() {
        saved.entry(stored.record().key().kind()).or_default().push(stored);
    }
    let mut bumped: BTreeMap<Kind, Vec<(Uuid, Revision)>> = BTreeMap::new();
    for (key, revision) in effect.bumped {
        bumped.entry(key.kind()).or_default().push((key.id(), revision));
    }
    for (kind, ids) in &removed {
        script.remove(*kind, ids);
    }
    for (kind, records) in &saved {
        script.save(tenant, *kind, records, removed.contains_key(kind));
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
struct Script<'h> {
    home: &'h Home,
    statement: Statement,
}

impl<'h> Script<'h> {
    fn begin(home: &'h Home, tenant: &Tenant, over: &Head, head: &Head) -> Self {
        let mut statement = Statement::default();
        statement.bind(tenant);
        let [revision, position] = [head.revision.number(), head.position.number()].map(|it| statement.bind(it));
        let hash = statement.bind(head.hash);
        let before = statement.bind(over.revision.number());
        let table = home.named("worktrail_head");
        let text = if over.revision == Revision::default() {
            format!(
                "WITH moved AS (INSERT INTO {table} AS r (tenant, revision, position, hash) \
                 VALUES ($1, {revision}, {position}, {hash}) ON CONFLICT (tenant) DO UPDATE SET \
                 revision = excluded.revision, position = excluded.position, hash = excluded.hash \
                 WHERE r.revision = {before} RETURNING 1)"
            )
        } else {
            format!(
                "WITH moved AS (UPDATE {table} SET revision = {revision}, position = {position}, hash = {hash} \
                 WHERE tenant = $1 AND revision = {before} RETURNING 1)"
            )
        };
        statement.push(text);
        Self { home, statement }
    }

    fn end(mut self) -> Statement {
        self.statement.push(" SELECT count(*) FROM moved");
        self.statement
    }

    fn remove(&mut self, kind: Kind, ids: &[Uuid]) {
        let ids = self.statement.bind(Cell::Ids(ids.iter().copied().map(Some).collect()));
        let found = Self::found(&self.home.table(kind), &format!("unnest({ids}::uuid[]) AS u (id)"), "");
        self.statement.push(format!(
            ", removed_{} AS (DELETE FROM {} AS r USING {found} WHERE r.ctid = n.place RETURNING 1)",
            kind.name(),
            self.home.table(kind),
        ));
    }

    /// Where rows of a table lie whose ids a list has, as rows `n`: each is looked up by its key, and written where it
    /// lies. Marked `OFFSET 0`, this leaves the planner no other way, whatever the statistics say.
    fn found(table: &str, list: &str, beside: &str) -> String {
        format!(
            "(SELECT f.place{beside} FROM moved, {list}, LATERAL \
             (SELECT f.ctid AS place FROM {table} AS f WHERE f.tenant = $1 AND f.id = u.id OFFSET 0) AS f OFFSET 0) AS n"
        )
    }

    /// Saves records. Those of the kind that leave do so first, since the engine judges unique indexes row by row: they
    /// are counted before the first row comes.
    fn save(&mut self, tenant: &Tenant, kind: Kind, records: &[StoredRecord], after_removed: bool) {
        let mut rows = Rows::default();
        rows.ids(&mut self.statement, "id", records.iter().map(|it| Some(it.record().key().id())));
        rows.numbers(&mut self.statement, "revision", records.iter().map(|it| Some(it.revision().number())));
        rows.numbers(&mut self.statement, "children", records.iter().map(|it| Some(it.children().number())));
        rows.ids(&mut self.statement, "subject", records.iter().map(|it| it.record().subject().map(Subject::id)));
        rows.ids(&mut self.statement, "parent", records.iter().map(|it| it.record().parent()));
        let versions = records.iter().map(|it| Some(u64::from(it.record().body().version())));
        rows.numbers(&mut self.statement, "body_version", versions);
        rows.blobs(&mut self.statement, "body", records.iter().map(|it| Some(it.record().body().bytes())));
        rows.digests(&mut self.statement, "digest", records.iter().map(|it| Some(it.digest(tenant))));
        for (place, field) in kind.fields().iter().enumerate() {
            let values = records.iter().map(|it| it.record().fields().get(place).and_then(Option::as_ref));
            let cell = Cell::list(field.field_type(), values);
            rows.add(&mut self.statement, &format!("\"{}\"", field.name()), cell, column_type(field.field_type()));
        }
        let changes: Vec<String> = rows
            .names
            .iter()
            .filter(|name| !["id", "subject", "parent"].contains(&name.as_str()))
            .map(|name| format!("{name} = excluded.{name}"))
            .collect();
        let first = if after_removed {
            format!(" WHERE (SELECT count(*) FROM removed_{}) >= 0", kind.name())
        } else {
            String::new()
        };
        let insert = rows.insert_into(&self.home.table(kind));
        self.statement.push(format!(
            ", saved_{} AS ({insert}{first} ON CONFLICT (tenant, id) DO UPDATE SET {} RETURNING 1)",
            kind.name(),
            changes.join(", "),
        ));
    }

    fn bump(&mut self, kind: Kind, parents: &[(Uuid, Revision)]) {
        let ids = self.statement.bind(Cell::Ids(parents.iter().map(|(id, _)| Some(*id)).collect()));
        let revisions = parents.iter().map(|(_, revision)| Some(bounded(revision.number()))).collect();
        let revisions = self.statement.bind(Cell::Numbers(revisions));
        let list = format!("unnest({ids}::uuid[], {revisions}::bigint[]) AS u (id, children)");
        let found = Self::found(&self.home.table(kind), &list, ", u.children");
        self.statement.push(format!(
            ", bumped_{} AS (UPDATE {} AS r SET children = n.children FROM {found} WHERE r.ctid = n.place RETURNING 1)",
            kind.name(),
            self.home.table(kind),
        ));
    }

    /// Empties what was personal. The new entries and stamps are not seen by it: a statement sees what was there when it
    /// began.
    fn forget(&mut self, subject: Subject) {
        let subject = self.statement.bind(subject.id());
        let [journal, stamp] = ["worktrail_journal", "worktrail_stamp"].map(|table| self.home.named(table));
        let told = format!(
            "(SELECT DISTINCT j.command AS id FROM {journal} AS j WHERE j.tenant = $1 AND j.subject = {subject}) AS u"
        );
        let found = Self::found(&stamp, &told, "");
        self.statement.push(format!(
            ", forgotten_stamps AS (UPDATE {stamp} AS r SET fingerprint = NULL FROM {found} \
             WHERE r.ctid = n.place RETURNING 1), \
             forgotten_entries AS (UPDATE {journal} AS r SET salt = NULL, details = NULL FROM moved \
             WHERE r.tenant = $1 AND r.subject = {subject} RETURNING 1)"
        ));
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

/// Rows of a table beside their tenant: a list for each column.
#[derive(Default)]
struct Rows {
    names: Vec<String>,
    lists: Vec<String>,
}

impl Rows {
    fn add(&mut self, to: &mut Statement, name: &str, cell: Cell, of: &str) {
        self.names.push(name.to_owned());
        self.lists.push(format!("{}::{of}[]", to.bind(cell)));
    }

    fn ids(&mut self, to: &mut Statement, name: &str, values: impl Iterator<Item = Option<Uuid>>) {
        self.add(to, name, Cell::Ids(values.collect()), "uuid");
    }

    fn numbers(&mut self, to: &mut Statement, name: &str, values: impl Iterator<Item = Option<u64>>) {
        self.add(to, name, Cell::Numbers(values.map(|value| value.map(bounded)).collect()), "bigint");
    }

    fn texts<'v>(&mut self, to: &mut Statement, name: &str, values: impl Iterator<Item = Option<&'v str>>) {
        self.add(to, name, Cell::Texts(values.map(|value| value.map(str::to_owned)).collect()), "text");
    }

    fn instants(&mut self, to: &mut Statement, name: &str, values: impl Iterator<Item = DateTime<Utc>>) {
        self.add(to, name, Cell::Instants(values.map(Some).collect()), "timestamptz");
    }

    fn blobs<'v>(&mut self, to: &mut Statement, name: &str, values: impl Iterator<Item = Option<&'v [u8]>>) {
        self.add(to, name, Cell::Blobs(values.map(|value| value.map(<[u8]>::to_vec)).collect()), "bytea");
    }

    fn digests(&mut self, to: &mut Statement, name: &str, values: impl Iterator<Item = Option<Digest>>) {
        let values = values.map(|value| value.map(|digest| digest.as_bytes().to_vec()));
        self.add(to, name, Cell::Blobs(values.collect()), "bytea");
    }

    fn insert_into(&self, table: &str) -> String {
        let (names, lists) = (self.names.join(", "), self.lists.join(", "));
        format!("INSERT INTO {table} (tenant, {names}) SELECT $1, n.* FROM moved, unnest({lists}) AS n ({names})")
    }
}
