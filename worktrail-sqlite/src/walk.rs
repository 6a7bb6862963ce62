//! Walking an index: pages and counts, each one statement over one index.

#[cfg(test)]
mod plans;

use std::ops::Bound;

use sqlx::sqlite::{SqliteConnection, SqliteRow};
use worktrail_core::store::{
    Grouping, Index, IndexRange, Order, PageRequest, Path, Place, StoredPage, Tally, Tenant, Uniqueness, Value,
};

use crate::columns::{Cell, Columns, index_columns, index_name, present, statement, table};
use crate::error::Fault;
use crate::record::{record, record_columns};

/// A page of a range, after a place that its cursor gave.
pub(crate) async fn scan(
    connection: &mut SqliteConnection,
    tenant: &Tenant,
    range: &IndexRange,
    page: &PageRequest,
    after: Option<&Place>,
) -> Result<StoredPage, Fault> {
    let kind = range.index().kind();
    let Some((text, cells)) = scan_statement(tenant, range, page, after) else {
        return Ok(StoredPage::cut(tenant, range, page.limit(), Vec::new()));
    };
    let rows = statement(text, cells).fetch_all(connection).await?;
    let records = rows.iter().map(|row| record(&mut Columns::from(row, 0), tenant, kind)).collect::<Result<_, _>>()?;
    Ok(StoredPage::cut(tenant, range, page.limit(), records))
}

/// None when no record can be in the range.
fn scan_statement(
    tenant: &Tenant,
    range: &IndexRange,
    page: &PageRequest,
    after: Option<&Place>,
) -> Option<(String, Vec<Cell>)> {
    let Walk { terms, mut cells } = Walk::of(tenant, range, after)?;
    let columns = record_columns(range.index().kind());
    let (source, order) = (source(range.index()), order(range));
    cells.push(Cell::from(page.limit().get() as u64 + 1));
    // A bare parameter would have the statement prepared anew each time, for the planner to know the limit: a tenth of
    // what a page costs. The index is named, so there is nothing to plan.
    Some((format!("SELECT {columns} FROM {source} WHERE {terms} ORDER BY {order} LIMIT ? + 0"), cells))
}

/// How many records a range has.
pub(crate) async fn count(
    connection: &mut SqliteConnection,
    tenant: &Tenant,
    range: &IndexRange,
    by: Grouping,
) -> Result<Vec<Tally>, Fault> {
    let next = range.equal().len();
    let grouped = match by {
        Grouping::Whole => None,
        Grouping::NextField => {
            let column = index_columns(range.index()).into_iter().zip(range.index().types()).nth(next);
            Some(column.ok_or_else(|| Fault::misuse("no value of the index follows the equal ones"))?)
        }
    };
    let Some((text, cells)) = count_statement(tenant, range, grouped.map(|(column, _)| column)) else {
        let none = grouped.is_none().then_some(Tally { value: None, count: 0 });
        return Ok(none.into_iter().collect());
    };
    let rows = statement(text, cells).fetch_all(connection).await?;
    let tally = |row: &SqliteRow| {
        let mut columns = Columns::from(row, 0);
        let count = present(columns.number()?)?;
        let value = grouped.map(|(_, of)| columns.value(of).and_then(present)).transpose()?;
        Ok(Tally { value, count })
    };
    rows.iter().map(tally).collect()
}

/// None when no record can be in the range.
fn count_statement(tenant: &Tenant, range: &IndexRange, by: Option<&str>) -> Option<(String, Vec<Cell>)> {
    let Walk { terms, cells } = Walk::of(tenant, range, None)?;
    let source = source(range.index());
    let text = match by {
        None => format!("SELECT count(*) FROM {source} WHERE {terms}"),
        Some(column) => {
            let column = format!("r.\"{column}\"");
            format!("SELECT count(*), {column} FROM {source} WHERE {terms} GROUP BY {column} ORDER BY {column}")
        }
    };
    Some((text, cells))
}

/// The table with the index that is walked. It is named, so that no statistics can lead the engine elsewhere.
fn source(index: Index) -> String {
    let table = table(index.kind());
    match index.path() {
        // The index that the engine makes for the primary key.
        Path::All => format!("{table} AS r INDEXED BY sqlite_autoindex_{table}_1"),
        _ => format!("{table} AS r INDEXED BY {}", index_name(index)),
    }
}

/// The columns in which places of a range differ. Within a unique index no two records do so by id alone.
fn order(range: &IndexRange) -> String {
    let direction = match range.order() {
        Order::Ascending => "",
        Order::Descending => " DESC",
    };
    let mut columns = rest(range);
    if range.index().uniqueness() == Uniqueness::Unique && columns.len() > 1 {
        columns.pop();
    }
    columns.into_iter().map(|column| column + direction).collect::<Vec<_>>().join(", ")
}

/// The columns after the equal ones, and the id.
fn rest(range: &IndexRange) -> Vec<String> {
    let columns = index_columns(range.index()).into_iter().skip(range.equal().len());
    columns.chain(["id"]).map(|column| format!("r.\"{column}\"")).collect()
}

/// The terms of a walk, with their parameters.
struct Walk {
    terms: String,
    cells: Vec<Cell>,
}

impl Walk {
    /// None for a walk that cannot meet a record.
    fn of(tenant: &Tenant, range: &IndexRange, after: Option<&Place>) -> Option<Self> {
        let index = range.index();
        if matches!(index.path(), Path::Children) && index.kind().parent().is_none() {
            return None;
        }
        let columns = index_columns(index);
        let mut walk = Self { terms: "r.tenant = ?".to_owned(), cells: vec![tenant.into()] };
        for (column, value) in columns.iter().zip(range.equal()) {
            walk.add(format!("r.\"{column}\" = ?"), [value.into()]);
        }
        // What makes a partial index usable, said for every column.
        for column in columns.iter().skip(range.equal().len()) {
            walk.add(format!("r.\"{column}\" IS NOT NULL"), []);
        }
        // A place in the range is as good a bound as the one on its side, and closer: with both, the engine might
        // begin at the farther one and read again what earlier pages gave.
        let (from, to) = match (after, range.order()) {
            (None, _) => (range.from(), range.to()),
            (Some(_), Order::Ascending) => (&Bound::Unbounded, range.to()),
            (Some(_), Order::Descending) => (range.from(), &Bound::Unbounded),
        };
        if let Some(next) = columns.get(range.equal().len()) {
            walk.bound(next, from, [">=", ">"]);
            walk.bound(next, to, ["<=", "<"]);
        }
        if let Some(after) = after {
            walk.begin(range, after);
        }
        Some(walk)
    }

    fn add(&mut self, term: impl AsRef<str>, cells: impl IntoIterator<Item = Cell>) {
        self.terms.push_str(" AND ");
        self.terms.push_str(term.as_ref());
        self.cells.extend(cells);
    }

    fn bound(&mut self, column: &str, bound: &Bound<Value>, [included, excluded]: [&str; 2]) {
        match bound {
            Bound::Unbounded => {}
            Bound::Included(value) => self.add(format!("r.\"{column}\" {included} ?"), [value.into()]),
            Bound::Excluded(value) => self.add(format!("r.\"{column}\" {excluded} ?"), [value.into()]),
        }
    }

    /// Begins after a place, by one comparison of rows that the index can seek.
    fn begin(&mut self, range: &IndexRange, after: &Place) {
        let columns = rest(range);
        let sign = match range.order() {
            Order::Ascending => ">",
            Order::Descending => "<",
        };
        let values = after.values.iter().skip(range.equal().len()).map(Cell::from);
        let cells: Vec<Cell> = values.chain([Cell::from(after.id)]).collect();
        let places = vec!["?"; columns.len()].join(", ");
        self.add(format!("({}) {sign} ({places})", columns.join(", ")), cells);
    }
}
