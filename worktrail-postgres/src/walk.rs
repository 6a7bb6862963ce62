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
use crate::home::{Home, Statement, index_columns};

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
    let mut statement = walk(home, &columns, tenant, range, after)?;
    let limit = statement.bind(page.limit().get() as u64 + 1);
    statement.push(format!(" ORDER BY {} LIMIT {limit}", order(range)));
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
fn count_statement(home: &Home, tenant: &Tenant, range: &IndexRange, by: Option<&str>) -> Option<Statement> {
    match by {
        None => walk(home, "count(*)", tenant, range, None),
        Some(column) => {
            let column = format!("r.\"{column}\"");
            let mut statement = walk(home, &format!("count(*), {column}"), tenant, range, None)?;
            statement.push(format!(" GROUP BY {column} ORDER BY {column}"));
            Some(statement)
        }
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

/// What is selected of the rows of a range; none for a walk that cannot meet a record.
fn walk(home: &Home, what: &str, tenant: &Tenant, range: &IndexRange, after: Option<&Place>) -> Option<Statement> {
    let index = range.index();
    if matches!(index.path(), Path::Children) && index.kind().parent().is_none() {
        return None;
    }
    let mut statement = Statement::new(format!("SELECT {what} FROM {} AS r WHERE", home.table(index.kind())));
    let tenant = statement.bind(tenant);
    statement.push(format!(" r.tenant = {tenant}"));
    let columns = index_columns(index);
    for (column, value) in columns.iter().zip(range.equal()) {
        let place = statement.bind(value);
        statement.push(format!(" AND r.\"{column}\" = {place}"));
    }
    // What makes a partial index usable, said for every column.
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
        after.values.iter().skip(range.equal().len()).map(|value| statement.bind(value)).collect();
    places.push(statement.bind(after.id));
    statement.push(format!(" AND ({}) {sign} ({})", rest(range).join(", "), places.join(", ")));
}
