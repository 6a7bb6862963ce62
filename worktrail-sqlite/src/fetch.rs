//! Looking things up: any number of keys, a tenant's head and all about a person, in one statement.
//!
//! The statement has a branch for each kind, unique index and other table that is asked for. Where one thing of each
//! sort is looked up, it is a parameter of its own; otherwise all that a branch looks for is one list. So the text
//! depends on what sorts of things are asked for and not on how many, and is prepared once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sqlx::Row as _;
use sqlx::sqlite::SqliteConnection;
use uuid::Uuid;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    CommandId, Digest, Entries, Head, Index, Key, Kind, Position, Receipt, RecordKey, Revision, Stored, StoredRecord,
    StoredStamp, Subject, Tenant, Value,
};

use crate::columns::{Cell, Columns, from_json, id_list, index_columns, present, statement, value_list};
use crate::error::Fault;
use crate::record::{RECORD_WIDTH, record, record_columns};

/// What to look up.
pub(crate) struct Fetch<'a> {
    tenant: &'a Tenant,
    keys: Vec<&'a Key>,
    parents: BTreeMap<Kind, Vec<Uuid>>,
    head: bool,
    about: Option<Subject>,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// An answer for each key, in their order.
    pub(crate) keys: Vec<Option<Stored>>,
    /// Those of the parents that are there.
    pub(crate) parents: Vec<RecordKey>,
    /// Where the tenant's history stands, when it was asked for.
    pub(crate) head: Head,
    /// Every record about the person, when they were asked for.
    pub(crate) about: Vec<StoredRecord>,
}

/// How the branches look for things.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Each for one: what somebody alone asks for, without a list that the engine has to take apart.
    Each,
    /// For what stands in a list.
    Listed,
}

/// A branch of the statement: where it looks, what for, and for which of the keys.
enum Branch {
    Ids(Kind, Vec<Uuid>, Vec<usize>),
    Unique(Index, Vec<Vec<Value>>, Vec<usize>),
    Stamps(Vec<Uuid>, Vec<usize>),
    /// Whether records are there.
    Parents(Kind, Vec<Uuid>),
    Head,
    About(Kind, Subject),
}

impl<'a> Fetch<'a> {
    pub(crate) fn of(tenant: &'a Tenant, keys: impl IntoIterator<Item = &'a Key>) -> Self {
        Self { tenant, keys: keys.into_iter().collect(), parents: BTreeMap::new(), head: false, about: None }
    }

    /// Asks of these no more than whether they are there.
    pub(crate) fn with_parents(mut self, parents: BTreeSet<RecordKey>) -> Self {
        for parent in parents {
            self.parents.entry(parent.kind()).or_default().push(parent.id());
        }
        self
    }

    /// Asks for the tenant's head too.
    pub(crate) fn with_head(mut self) -> Self {
        self.head = true;
        self
    }

    /// Asks for every record about a person too.
    pub(crate) fn about(mut self, subject: Option<Subject>) -> Self {
        self.about = subject;
        self
    }

    /// Runs it, after another statement in the same text if one is given.
    pub(crate) async fn run(self, connection: &mut SqliteConnection, before: &'static str) -> Result<Found, Fault> {
        let branches = self.branches();
        let (text, cells) = self.text(&branches, before);
        let rows = statement(text, cells).fetch_all(&mut *connection).await?;
        let mut found = Found { keys: vec![None; self.keys.len()], ..Found::default() };
        for row in &rows {
            let branch = usize::try_from(row.try_get::<i64, _>(0)?).ok().and_then(|place| branches.get(place));
            let slot = usize::try_from(row.try_get::<i64, _>(1)?).unwrap_or(usize::MAX);
            let columns = Columns::from(row, 2);
            branch.ok_or_else(|| Fault::corrupt("a row of no branch"))?.read(self.tenant, slot, columns, &mut found)?;
        }
        if self.head && found.head == Head::default() {
            without_history(connection, self.tenant).await?;
        }
        Ok(found)
    }

    /// The statement of these branches, with its parameters.
    fn text(&self, branches: &[Branch], before: &str) -> (String, Vec<Cell>) {
        let width = branches.iter().map(Branch::width).max().unwrap_or(0);
        let form = if branches.iter().all(Branch::is_for_one) { Form::Each } else { Form::Listed };
        let mut text = String::with_capacity(before.len() + 512 * branches.len());
        text.push_str(before);
        let mut cells = Vec::new();
        for (place, branch) in branches.iter().enumerate() {
            text.push_str(if place == 0 { "" } else { " UNION ALL " });
            branch.write(place, width, form, &mut text);
            branch.bind(self.tenant, form, &mut cells);
        }
        (text, cells)
    }

    /// The statement, to look at how the engine would run it.
    #[cfg(test)]
    pub(crate) fn statement(&self) -> (String, Vec<Cell>) {
        self.text(&self.branches(), "")
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
        // Never empty: a statement without branches would not be one.
        if self.head || branches.is_empty() {
            branches.push(Branch::Head);
        }
        branches
    }
}

fn add<T>((what, places): &mut (Vec<T>, Vec<usize>), one: T, place: usize) {
    what.push(one);
    places.push(place);
}

const STAMP: &str = "r.revision, r.first_entry, r.last_entry, r.at, r.fingerprint, r.reply, r.digest";
const STAMP_WIDTH: usize = 7;
/// That there is a row: its key's index says it.
const PARENT: &str = "1";
const PARENT_WIDTH: usize = 1;
const HEAD: &str = "r.revision, r.position, r.hash, r.torn";
const HEAD_WIDTH: usize = 4;

impl Branch {
    fn width(&self) -> usize {
        match self {
            Self::Ids(..) | Self::About(..) | Self::Unique(..) => RECORD_WIDTH,
            Self::Stamps(..) => STAMP_WIDTH,
            Self::Parents(..) => PARENT_WIDTH,
            Self::Head => HEAD_WIDTH,
        }
    }

    fn is_for_one(&self) -> bool {
        match self {
            Self::Ids(_, ids, _) | Self::Stamps(ids, _) | Self::Parents(_, ids) => ids.len() == 1,
            Self::Unique(_, values, _) => values.len() == 1,
            Self::Head | Self::About(..) => true,
        }
    }

    fn write(&self, place: usize, width: usize, form: Form, text: &mut String) {
        let of = |kind: Kind| (record_columns(kind), "worktrail_", kind.name());
        let (columns, table, name) = match self {
            Self::Ids(kind, ..) | Self::About(kind, _) => of(*kind),
            Self::Unique(index, ..) => of(index.kind()),
            Self::Stamps(..) => (STAMP, "worktrail_stamp", ""),
            Self::Parents(kind, _) => (PARENT, "worktrail_", kind.name()),
            Self::Head => (HEAD, "worktrail_head", ""),
        };
        let listed = form == Form::Listed && !matches!(self, Self::Head | Self::About(..));
        let _ = write!(text, "SELECT {place}, {}, {columns}", if listed { "k.key" } else { "0" });
        for _ in self.width()..width {
            text.push_str(", NULL");
        }
        text.push_str(if listed { " FROM json_each(?) AS k CROSS JOIN " } else { " FROM " });
        for piece in [table, name, " AS r WHERE r.tenant = ?"] {
            text.push_str(piece);
        }
        match self {
            Self::Ids(..) | Self::Stamps(..) | Self::Parents(..) => {
                text.push_str(if listed { " AND r.id = unhex(k.value)" } else { " AND r.id = ?" });
            }
            Self::Unique(index, ..) => {
                for (place, (column, of)) in index_columns(*index).into_iter().zip(index.types()).enumerate() {
                    let value = if listed { from_json(of, place) } else { "?".to_owned() };
                    let _ = write!(text, " AND r.\"{column}\" = {value}");
                }
            }
            Self::About(..) => text.push_str(" AND r.subject = ?"),
            Self::Head => {}
        }
    }

    fn bind(&self, tenant: &Tenant, form: Form, cells: &mut Vec<Cell>) {
        match self {
            Self::Ids(_, ids, _) | Self::Stamps(ids, _) | Self::Parents(_, ids) => match form {
                Form::Each => {
                    cells.push(tenant.into());
                    cells.extend(ids.iter().map(|id| Cell::from(*id)));
                }
                Form::Listed => cells.extend([id_list(ids), tenant.into()]),
            },
            Self::Unique(_, values, _) => match form {
                Form::Each => {
                    cells.push(tenant.into());
                    cells.extend(values.iter().flatten().map(Cell::from));
                }
                Form::Listed => cells.extend([value_list(values), tenant.into()]),
            },
            Self::Head => cells.push(tenant.into()),
            Self::About(_, subject) => cells.extend([tenant.into(), subject.id().into()]),
        }
    }

    fn read(&self, tenant: &Tenant, slot: usize, mut columns: Columns<'_>, found: &mut Found) -> Result<(), Fault> {
        let (stored, places) = match self {
            Self::Ids(kind, _, places) => (Stored::Record(record(&mut columns, tenant, *kind)?), places),
            Self::Unique(index, _, places) => (Stored::Record(record(&mut columns, tenant, index.kind())?), places),
            Self::Stamps(ids, places) => {
                let id = ids.get(slot).ok_or_else(|| Fault::corrupt("a stamp that nobody asked for"))?;
                (Stored::Stamp(stamp(tenant, CommandId::new(*id), columns)?), places)
            }
            Self::Parents(kind, ids) => {
                found.parents.extend(ids.get(slot).map(|id| RecordKey::new(*kind, *id)));
                return Ok(());
            }
            Self::Head => {
                found.head = head(columns)?;
                return Ok(());
            }
            Self::About(kind, _) => {
                found.about.push(record(&mut columns, tenant, *kind)?);
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
    let head = Head {
        revision: Revision::new(present(columns.number()?)?),
        position: Position::new(present(columns.number()?)?),
        hash: present(columns.digest()?)?,
    };
    // A host that committed although `finish` failed.
    if present(columns.number()?)? == 0 { Ok(head) } else { Err(Fault::corrupt("half a batch was committed")) }
}

/// That a tenant without a head is a new one: one whose head was lost must not begin its history anew.
async fn without_history(connection: &mut SqliteConnection, tenant: &Tenant) -> Result<(), Fault> {
    const TEXT: &str = "SELECT EXISTS (SELECT 1 FROM worktrail_journal WHERE tenant = ?) \
        OR EXISTS (SELECT 1 FROM worktrail_stamp WHERE tenant = ?)";
    let row = statement(TEXT, [tenant.into(), tenant.into()]).fetch_one(connection).await?;
    if row.try_get::<i64, _>(0)? == 0 { Ok(()) } else { Err(Fault::corrupt("a tenant's head was lost")) }
}

fn stamp(tenant: &Tenant, id: CommandId, mut columns: Columns<'_>) -> Result<StoredStamp, Fault> {
    let revision = Revision::new(present(columns.number()?)?);
    let first = columns.number()?.map(Position::new);
    let last = columns.number()?.map(Position::new);
    let at = present(columns.instant()?)?;
    let fingerprint: Option<Digest> = columns.digest()?;
    let reply = present(columns.blob()?)?;
    let digest = present(columns.blob()?)?;
    let entries = first.zip(last).map(|(first, last)| Entries { first, last });
    let receipt = Receipt::new(revision, entries, reply.into());
    Ok(StoredStamp::read(tenant, id, fingerprint, receipt, at, digest)?)
}
