//! Looking things up: any number of keys, a tenant's head and all about a person, in one statement.
//!
//! The statement has a branch for each kind, unique index and other table that is asked for. Where one thing of each
//! sort is looked up, it is a parameter of its own; otherwise all that a branch looks for is one list. So the text
//! depends on what sorts of things are asked for and not on how many, and is prepared once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sqlx::postgres::{PgConnection, PgRow};
use uuid::Uuid;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    CommandId, Entries, Head, Index, Key, Kind, Position, Receipt, RecordKey, Revision, Stored, StoredRecord,
    StoredStamp, Subject, Tenant, Value,
};

use crate::columns::{Cell, Columns, column_type, present, record_columns};
use crate::error::Fault;
use crate::home::{Home, Statement, index_columns, named_index};
use crate::rows::{Form, Rows};
use crate::time::Instant;

/// What to look up.
pub(crate) struct Fetch<'a> {
    tenant: &'a Tenant,
    keys: Vec<&'a Key>,
    parents: BTreeMap<Kind, Vec<Uuid>>,
    head: Asked,
    about: Option<Subject>,
}

/// What is asked of the tenant's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Nothing,
    /// Where it stands; and of each record that is looked up by its key, at which revision its parent is.
    Place,
    /// Where it stands, and that it was not lost.
    PlaceOrLoss,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// An answer for each key, in their order.
    pub(crate) keys: Vec<Option<Stored>>,
    /// Parents that are there, each at its revision.
    pub(crate) parents: BTreeMap<RecordKey, Revision>,
    /// Where the tenant's history stands, when it was asked for.
    pub(crate) head: Head,
    /// Every record about the person, when they were asked for.
    pub(crate) about: Vec<StoredRecord>,
}

/// A branch of the statement: where it looks, what for, and for which of the keys.
enum Branch {
    Ids(Kind, Vec<Uuid>, Vec<usize>),
    Unique(Index, Vec<Vec<Value>>, Vec<usize>),
    Stamps(Vec<Uuid>, Vec<usize>),
    /// Whether records are there, and at which revision.
    Parents(Kind, Vec<Uuid>),
    Head,
    /// A tenant whose head was lost must not begin its history anew: a row when there is history without a head.
    Headless,
    About(Kind, Subject),
}

impl<'a> Fetch<'a> {
    pub(crate) fn of(tenant: &'a Tenant, keys: impl IntoIterator<Item = &'a Key>) -> Self {
        let keys = keys.into_iter().collect();
        Self { tenant, keys, parents: BTreeMap::new(), head: Asked::Nothing, about: None }
    }

    /// Asks of these no more than whether they are there, and at which revision.
    pub(crate) fn with_parents(mut self, parents: &BTreeSet<RecordKey>) -> Self {
        for parent in parents {
            self.parents.entry(parent.kind()).or_default().push(parent.id());
        }
        self
    }

    /// Asks for the tenant's head too, to write over it: one that was lost is noticed.
    pub(crate) fn with_head(mut self) -> Self {
        self.head = Asked::PlaceOrLoss;
        self
    }

    /// Asks at which head all this was found, and where the parents of what is looked up by its key are: whoever decides
    /// over a record may be about to save it.
    pub(crate) fn with_place_of_head(mut self) -> Self {
        self.head = Asked::Place;
        self
    }

    /// Asks for every record about a person too.
    pub(crate) fn about(mut self, subject: Option<Subject>) -> Self {
        self.about = subject;
        self
    }

    pub(crate) async fn run(self, home: &Home, connection: &mut PgConnection) -> Result<Found, Fault> {
        let branches = self.branches();
        let mut found = Found { keys: vec![None; self.keys.len()], ..Found::default() };
        if branches.is_empty() {
            return Ok(found);
        }
        let rows = self.text(home, &branches).fetch_all(home, connection).await?;
        for row in &rows {
            self.read(&branches, row, &mut found)?;
        }
        Ok(found)
    }

    fn read(&self, branches: &[Branch], row: &PgRow, found: &mut Found) -> Result<(), Fault> {
        let mut columns = Columns::from(row, 0);
        let place = usize::try_from(present(columns.number()?)?).unwrap_or(usize::MAX);
        // Ordinality begins with one.
        let slot = usize::try_from(present(columns.number()?)?).unwrap_or(usize::MAX).wrapping_sub(1);
        let branch = branches.get(place).ok_or_else(|| Fault::corrupt("a row of no branch"))?;
        branch.read(self.tenant, slot, columns, found)
    }

    /// The statement of these branches.
    fn text(&self, home: &Home, branches: &[Branch]) -> Statement {
        let mut statement = Statement::default();
        // The first parameter, in every branch.
        statement.bind(self.tenant);
        let form = Form::of(branches.iter().map(Branch::rows));
        for (place, branch) in branches.iter().enumerate() {
            statement.push(if place == 0 { "" } else { " UNION ALL " });
            branch.write(home, place, self.head, form, &mut statement);
        }
        statement
    }

    /// The statement, to look at how the engine would run it.
    #[cfg(test)]
    pub(crate) fn statement(&self, home: &Home) -> Statement {
        self.text(home, &self.branches())
    }

    fn branches(&self) -> Vec<Branch> {
        let mut ids: BTreeMap<Kind, (Vec<Uuid>, Vec<usize>)> = BTreeMap::new();
        let mut unique: BTreeMap<Index, (Vec<Vec<Value>>, Vec<usize>)> = BTreeMap::new();
        let mut stamps: (Vec<Uuid>, Vec<usize>) = Default::default();
        for (place, key) in self.keys.iter().enumerate() {
            match key {
                Key::Record(key) => add(ids.entry(key.kind()).or_default(), key.id(), place),
                Key::Unique(key) => add(unique.entry(key.index()).or_default(), key.values().to_vec(), place),
                Key::Stamp(id) => add(&mut stamps, id.id(), place),
            }
        }
        let mut branches: Vec<Branch> = ids.into_iter().map(|(kind, (ids, at))| Branch::Ids(kind, ids, at)).collect();
        branches.extend(unique.into_iter().map(|(index, (values, at))| Branch::Unique(index, values, at)));
        if !stamps.0.is_empty() {
            branches.push(Branch::Stamps(stamps.0, stamps.1));
        }
        branches.extend(self.parents.iter().map(|(kind, ids)| Branch::Parents(*kind, ids.clone())));
        if let Some(subject) = self.about {
            branches.extend(SCHEMA.kinds().map(|kind| Branch::About(kind, subject)));
        }
        match self.head {
            Asked::Nothing => {}
            Asked::Place => branches.push(Branch::Head),
            Asked::PlaceOrLoss => branches.extend([Branch::Head, Branch::Headless]),
        }
        branches
    }
}

fn add<T>((what, places): &mut (Vec<T>, Vec<usize>), one: T, place: usize) {
    what.push(one);
    places.push(place);
}

/// What stamps, parents and heads have in place of a record's columns, so that all rows have the same shape. After a record's
/// columns come a fingerprint and a parent's revision.
const STAMP: &str = "r.id, r.revision, r.first_entry, NULL::uuid, NULL::uuid, r.last_entry, r.reply, r.digest, \
    NULL::text[], NULL::bigint[], NULL::date[], ARRAY[r.at], NULL::uuid[], r.fingerprint, NULL::bigint";
const PARENT: &str = "r.id, r.revision, NULL::bigint, NULL::uuid, NULL::uuid, NULL::bigint, NULL::bytea, \
    NULL::bytea, NULL::text[], NULL::bigint[], NULL::date[], NULL::timestamptz[], NULL::uuid[], NULL::bytea, NULL::bigint";
const HEAD: &str = "NULL::uuid, r.revision, r.position, NULL::uuid, NULL::uuid, NULL::bigint, NULL::bytea, r.hash, \
    NULL::text[], NULL::bigint[], NULL::date[], NULL::timestamptz[], NULL::uuid[], NULL::bytea, NULL::bigint";
const NOTHING: &str = "NULL::uuid, NULL::bigint, NULL::bigint, NULL::uuid, NULL::uuid, NULL::bigint, NULL::bytea, \
    NULL::bytea, NULL::text[], NULL::bigint[], NULL::date[], NULL::timestamptz[], NULL::uuid[], NULL::bytea, NULL::bigint";

impl Branch {
    /// For how many rows it looks.
    fn rows(&self) -> usize {
        match self {
            Self::Ids(_, ids, _) | Self::Stamps(ids, _) | Self::Parents(_, ids) => ids.len(),
            Self::Unique(_, values, _) => values.len(),
            Self::Head | Self::Headless | Self::About(..) => 1,
        }
    }

    /// What is looked up row by row is marked `OFFSET 0`, which the planner does not look through: so each row is found
    /// by its index, whatever the statistics say.
    fn write(&self, home: &Home, place: usize, head: Asked, form: Form, statement: &mut Statement) {
        let mut rows = Rows::default();
        match self {
            Self::Ids(kind, ids, _) => {
                rows.ids("id", ids.iter().copied().map(Some));
                let list = rows.numbered(statement, form, "k");
                let parent = match kind.parent().filter(|_| head == Asked::Place) {
                    Some(parent) => format!(
                        "(SELECT p.revision FROM {} AS p WHERE p.tenant = $1 AND p.id = r.parent)",
                        home.table(parent)
                    ),
                    None => "NULL::bigint".to_owned(),
                };
                statement.push(format!(
                    "SELECT {place}::bigint, k.slot, {}, NULL::bytea, {parent} \
                     FROM {list} CROSS JOIN LATERAL \
                     (SELECT * FROM {} AS r WHERE r.tenant = $1 AND r.id = k.id OFFSET 0) AS r",
                    record_columns(*kind),
                    home.table(*kind),
                ));
            }
            Self::Unique(index, values, _) => {
                let mut terms = String::new();
                for (place, (column, of)) in index_columns(*index).into_iter().zip(index.types()).enumerate() {
                    let cell = Cell::list(of, values.iter().map(|row| row.get(place)));
                    rows.add(format!("v{place}"), cell, column_type(of));
                    let _ = write!(terms, " AND r.\"{column}\" = k.v{place}");
                }
                let list = rows.numbered(statement, form, "k");
                statement.push(format!(
                    "SELECT {place}::bigint, k.slot, {}, NULL::bytea, NULL::bigint \
                     FROM {list} CROSS JOIN LATERAL \
                     (SELECT * FROM {} AS r WHERE r.tenant = $1 AND r.{}{terms} OFFSET 0) AS r",
                    record_columns(index.kind()),
                    home.table(index.kind()),
                    named_index(*index),
                ));
            }
            Self::Stamps(ids, _) => {
                rows.ids("id", ids.iter().copied().map(Some));
                let list = rows.numbered(statement, form, "k");
                statement.push(format!(
                    "SELECT {place}::bigint, k.slot, {STAMP} \
                     FROM {list} CROSS JOIN LATERAL \
                     (SELECT * FROM {} AS r WHERE r.tenant = $1 AND r.id = k.id OFFSET 0) AS r",
                    home.named("worktrail_stamp"),
                ));
            }
            Self::Parents(kind, ids) => {
                rows.ids("id", ids.iter().copied().map(Some));
                let list = rows.numbered(statement, form, "k");
                statement.push(format!(
                    "SELECT {place}::bigint, k.slot, {PARENT} \
                     FROM {list} CROSS JOIN LATERAL \
                     (SELECT * FROM {} AS r WHERE r.tenant = $1 AND r.id = k.id OFFSET 0) AS r",
                    home.table(*kind),
                ));
            }
            Self::Head => statement.push(format!(
                "SELECT {place}::bigint, 1::bigint, {HEAD} FROM {} AS r WHERE r.tenant = $1",
                home.named("worktrail_head")
            )),
            Self::Headless => {
                let there = |table| format!("EXISTS (SELECT 1 FROM {} AS r WHERE r.tenant = $1)", home.named(table));
                statement.push(format!(
                    "SELECT {place}::bigint, 1::bigint, {NOTHING} WHERE NOT {} AND ({} OR {})",
                    there("worktrail_head"),
                    there("worktrail_journal"),
                    there("worktrail_stamp"),
                ));
            }
            Self::About(kind, subject) => {
                let subject = statement.bind(subject.id());
                statement.push(format!(
                    "SELECT {place}::bigint, 1::bigint, {}, NULL::bytea, NULL::bigint FROM {} AS r \
                     WHERE r.tenant = $1 AND r.subject = {subject}",
                    record_columns(*kind),
                    home.table(*kind),
                ));
            }
        }
    }

    fn read(&self, tenant: &Tenant, slot: usize, mut columns: Columns<'_>, found: &mut Found) -> Result<(), Fault> {
        let (stored, places) = match self {
            Self::Ids(kind, _, places) => {
                let stored = columns.record(tenant, *kind)?;
                columns.skip(1);
                let parent = stored.record().parent_key().zip(columns.number()?.map(Revision::new));
                found.parents.extend(parent);
                (Stored::Record(stored), places)
            }
            Self::Unique(index, _, places) => (Stored::Record(columns.record(tenant, index.kind())?), places),
            Self::Stamps(_, places) => (Stored::Stamp(stamp(tenant, columns)?), places),
            Self::Parents(kind, _) => {
                let (id, revision) = (present(columns.take()?)?, present(columns.number()?)?);
                found.parents.insert(RecordKey::new(*kind, id), Revision::new(revision));
                return Ok(());
            }
            Self::Head => {
                found.head = head(columns)?;
                return Ok(());
            }
            Self::Headless => return Err(Fault::corrupt("a tenant's head was lost")),
            Self::About(kind, _) => {
                found.about.push(columns.record(tenant, *kind)?);
                return Ok(());
            }
        };
        if let Some(answer) = places.get(slot).and_then(|place| found.keys.get_mut(*place)) {
            *answer = Some(stored);
        }
        Ok(())
    }
}

fn head(mut columns: Columns<'_>) -> Result<Head, Fault> {
    columns.skip(1);
    let (revision, position) = (present(columns.number()?)?, present(columns.number()?)?);
    columns.skip(4);
    let hash = present(columns.digest()?)?;
    Ok(Head { revision: Revision::new(revision), position: Position::new(position), hash })
}

fn stamp(tenant: &Tenant, mut columns: Columns<'_>) -> Result<StoredStamp, Fault> {
    let id = CommandId::new(present(columns.take()?)?);
    let revision = Revision::new(present(columns.number()?)?);
    let first = columns.number()?.map(Position::new);
    columns.skip(2);
    let last = columns.number()?.map(Position::new);
    let reply = present(columns.take::<&[u8]>()?)?;
    let digest = present(columns.take::<&[u8]>()?)?;
    columns.skip(3);
    let at: Vec<Instant> = present(columns.take()?)?;
    let Instant(at) = present(at.first().copied())?;
    columns.skip(1);
    let fingerprint = columns.digest()?;
    let entries = first.zip(last).map(|(first, last)| Entries { first, last });
    let receipt = Receipt::new(revision, entries, reply.into());
    Ok(StoredStamp::read(tenant, id, fingerprint, receipt, at, digest)?)
}
