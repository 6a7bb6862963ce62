//! Walking an index: pages and counts, each one statement over one index.

#[cfg(test)]
mod plans;

use std::ops::Bound;

use sqlx::postgres::{PgConnection, PgRow};
use worktrail_core::store::{
    Grouping, IndexRange, Order, PageRequest, Path, Place, StoredPage, Tally, Tenant, Uniqueness, Value,
};

use crate::columns::{Columns, present, record_columns};
use crate::error::Fault;
use crate::home::{Home, Statement, index_columns, named_index};

/// A page of a range, after a place that its cursor gave.
pub(crate) async fn scan(
    home: &Home,
    connection: &mut PgConnection,
    tenant: &Tenant,
    range: &IndexRange,
    page: &PageRequest,
    after: Option<&Place>,
) -> Result<StoredPage, Fault> {
    let kind = range.index().kind();
    let Some(statement) = scan_statement(home, tenant, range, page, after) else {
        return Ok(StoredPage::cut(tenant, range, page.limit(), Vec::new()));
    };
    let rows = statement.fetch_all(home, connection).await?;
    let records = rows.iter().map(|row| Columns::from(row, 0).record(tenant, kind)).collect::<Result<_, _>>()?;
    Ok(StoredPage::cut(tenant, range, page.limit(), records))
}

/// None when no record can be in the range.
fn scan_statement(
    home: &Home,
    tenant: &Tenant,
    range: &IndexRange,
    page: &PageRequest,
    after: Option<&Place>,
) -> Option<Statement> {
    let columns = record_columns(range.index().kind());
    let mut statement = walk(home, &format!("SELECT {columns}"), tenant, range, after)?;
    let limit = statement.bind(page.limit().get() as u64 + 1);
    if let Some(order) = order(range) {
        statement.push(format!(" ORDER BY {order}"));
    }
    statement.push(format!(" LIMIT {limit}"));
    Some(statement)
}

/// How many records a range has.
pub(crate) async fn count(
    home: &Home,
    connection: &mut PgConnection,
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
    let Some(statement) = count_statement(home, tenant, range, grouped.map(|(column, _)| column)) else {
        let none = grouped.is_none().then_some(Tally { value: None, count: 0 });
        return Ok(none.into_iter().collect());
    };
    let rows = statement.fetch_all(home, connection).await?;
    let tally = |row: &PgRow| {
        let mut columns = Columns::from(row, 0);
        let count = present(columns.number()?)?;
        let value = grouped.map(|(_, of)| columns.value(of).and_then(present)).transpose()?;
        Ok(Tally { value, count })
    };
    rows.iter().map(tally).collect()
}

/// None when no record can be in the range.
///
/// What is counted is asked for in the order of its index, though nobody needs it so: then no other index will do.
fn count_statement(home: &Home, tenant: &Tenant, range: &IndexRange, by: Option<&str>) -> Option<Statement> {
    let column = by.map(|column| format!("r.\"{column}\""));
    let mut statement = match &column {
        None => walk(home, "SELECT count(*) FROM (SELECT", tenant, range, None)?,
        Some(column) => walk(home, &format!("SELECT count(*), {column} FROM (SELECT {column}"), tenant, range, None)?,
    };
    if let Some(order) = order(&range.clone().ordered(Order::Ascending)) {
        statement.push(format!(" ORDER BY {order}"));
    }
    statement.push(") AS r");
    if let Some(column) = column {
        statement.push(format!(" GROUP BY {column} ORDER BY {column}"));
    }
    Some(statement)
}

/// The columns in which places of a range differ. Within a unique index no two records do so by id alone; so one of whose
/// values all are given needs no order, and asking for one would lead the planner to another index.
fn order(range: &IndexRange) -> Option<String> {
    let direction = match range.order() {
        Order::Ascending => "",
        Order::Descending => " DESC",
    };
    let mut columns = rest(range);
    if range.index().uniqueness() == Uniqueness::Unique {
        columns.pop();
    }
    let columns: Vec<String> = columns.into_iter().map(|column| column + direction).collect();
    (!columns.is_empty()).then(|| columns.join(", "))
}

/// The columns after the equal ones, and the id.
fn rest(range: &IndexRange) -> Vec<String> {
    let columns = index_columns(range.index()).into_iter().skip(range.equal().len());
    columns.chain(["id"]).map(|column| format!("r.\"{column}\"")).collect()
}

/// What is said of the rows of a range; none for a walk that cannot meet a record.
fn walk(home: &Home, what: &str, tenant: &Tenant, range: &IndexRange, after: Option<&Place>) -> Option<Statement> {
    let index = range.index();
    if matches!(index.path(), Path::Children) && index.kind().parent().is_none() {
        return None;
    }
    let mut statement = Statement::new(format!("{what} FROM {} AS r WHERE", home.table(index.kind())));
    let tenant = statement.bind(tenant);
    statement.push(format!(" r.tenant = {tenant}"));
    let columns = index_columns(index);
    for (column, value) in columns.iter().zip(range.equal()) {
        let place = statement.bind(value);
        statement.push(format!(" AND r.\"{column}\" = {place}"));
    }
    // What makes the index usable, and others not.
    if !matches!(index.path(), Path::All) {
        statement.push(format!(" AND r.{}", named_index(index)));
    }
    for column in columns.iter().skip(range.equal().len()) {
        statement.push(format!(" AND r.\"{column}\" IS NOT NULL"));
    }
    // A place in the range is as good a bound as the one on its side, and closer: with both, the engine might begin at
    // the farther one and read again what earlier pages gave.
    let (from, to) = match (after, range.order()) {
        (None, _) => (range.from(), range.to()),
        (Some(_), Order::Ascending) => (&Bound::Unbounded, range.to()),
        (Some(_), Order::Descending) => (range.from(), &Bound::Unbounded),
    };
    if let Some(next) = columns.get(range.equal().len()) {
        bound(&mut statement, next, from, [">=", ">"]);
        bound(&mut statement, next, to, ["<=", "<"]);
    }
    if let Some(after) = after {
        begin(&mut statement, range, after);
    }
    Some(statement)
}

fn bound(statement: &mut Statement, column: &str, bound: &Bound<Value>, [included, excluded]: [&str; 2]) {
    let (value, sign) = match bound {
        Bound::Unbounded => return,
        Bound::Included(value) => (value, included),
        Bound::Excluded(value) => (value, excluded),
    };
    let place = statement.bind(value);
    statement.push(format!(" AND r.\"{column}\" {sign} {place}"));
}

/// Begins after a place, by one comparison of rows that the index can seek.
fn begin(statement: &mut Statement, range: &IndexRange, after: &Place) {
    let sign = match range.order() {
        Order::Ascending => ">",
        Order::Descending => "<",
    };
    let mut places: Vec<String> =
        after.values.iter().skip(range.equal().len()).map(|value| statement.bind(value).to_string()).collect();
    places.push(statement.bind(after.id).to_string());
    statement.push(format!(" AND ({}) {sign} ({})", rest(range).join(", "), places.join(", ")));
}
