//! Making the fields of a kind's records anew: what a new indexed field needs for records that are older than it.

use std::fmt::Write as _;

use sqlx::postgres::PgConnection;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{Kind, Record, StoreError, StoredRecord, Subject, Tenant};

use crate::columns::{Cell, Columns, column_type, present, record_columns};
use crate::error::Fault;
use crate::home::{Home, Statement};

/// How many records are done in one transaction.
const PAGE: usize = 200;

/// Does the next page of a kind, and notes in the ledger how far it came.
pub(super) async fn page(
    home: &Home,
    connection: &mut PgConnection,
    step: u64,
    kind: &'static str,
    with: fn(&Record) -> Result<Record, StoreError>,
) -> Result<(), Fault> {
    let kind = SCHEMA.kind(kind).ok_or_else(|| Fault::misuse("a step re-projects a kind that is not there"))?;
    let mut last = None;
    let records = next(home, connection, step, kind).await?;
    for (tenant, stored) in &records {
        let record = with(stored.record())?;
        if !is_the_same(stored.record(), &record) {
            return Err(Fault::misuse("a step made another record of a record"));
        }
        let anew = StoredRecord::new(record, stored.revision(), stored.children());
        rewrite(home, connection, tenant, &anew).await?;
        last = Some((tenant, anew.record().key().id()));
    }
    let (tenant, id) = last.map_or((Cell::Text(None), Cell::Id(None)), |(tenant, id)| (tenant.into(), id.into()));
    let mut note = Statement::default();
    let (tenant, id, step) = (note.bind(tenant), note.bind(id), note.bind(step));
    note.push(format!(
        "UPDATE {} SET done = {}, tenant = coalesce({tenant}, tenant), id = coalesce({id}, id) WHERE step = {step}",
        home.named("worktrail_migration"),
        records.len() < PAGE,
    ));
    note.fetch_all(home, connection).await?;
    Ok(())
}

/// Whether nothing but fields differs, and those fit the kind. A record that was about nobody may now be about somebody.
fn is_the_same(before: &Record, after: &Record) -> bool {
    let types = |record: &Record| {
        let fields = before.key().kind().fields();
        record.fields().len() == fields.len()
            && fields
                .iter()
                .zip(record.fields())
                .all(|(field, value)| value.as_ref().is_none_or(|value| value.field_type() == field.field_type()))
    };
    before.key() == after.key()
        && (before.subject().is_none() || before.subject() == after.subject())
        && before.parent() == after.parent()
        && before.body() == after.body()
        && types(after)
}

/// The records after the place that the ledger notes. They are held until the transaction ends: somebody may be at work
/// who needs no new columns.
async fn next(
    home: &Home,
    connection: &mut PgConnection,
    step: u64,
    kind: Kind,
) -> Result<Vec<(Tenant, StoredRecord)>, Fault> {
    let mut statement = Statement::default();
    let step = statement.bind(step);
    statement.push(format!(
        "SELECT r.tenant, {} FROM {} AS r, {} AS m WHERE m.step = {step} \
         AND (r.tenant, r.id) > (coalesce(m.tenant, ''), coalesce(m.id, '00000000-0000-0000-0000-000000000000'::uuid)) \
         ORDER BY r.tenant, r.id LIMIT {PAGE} FOR UPDATE OF r",
        record_columns(kind),
        home.table(kind),
        home.named("worktrail_migration"),
    ));
    let rows = statement.fetch_all(home, connection).await?;
    let read = |row| {
        let tenant: String = present(Columns::from(row, 0).take()?)?;
        let tenant = Tenant::parse(&tenant).map_err(|_| Fault::corrupt("a tenant's name"))?;
        let stored = Columns::from(row, 1).record(&tenant, kind)?;
        Ok((tenant, stored))
    };
    rows.iter().map(read).collect()
}

async fn rewrite(
    home: &Home,
    connection: &mut PgConnection,
    tenant: &Tenant,
    anew: &StoredRecord,
) -> Result<(), Fault> {
    let record = anew.record();
    let kind = record.key().kind();
    let mut statement = Statement::default();
    let mut text = format!("UPDATE {} SET ", home.table(kind));
    for (field, value) in kind.fields().iter().zip(record.fields()) {
        // Cast, since an absent value has no type of its own.
        let place = statement.bind(Cell::optional(field.field_type(), value.as_ref()));
        let _ = write!(text, "\"{}\" = {place}::{}, ", field.name(), column_type(field.field_type()));
    }
    let subject = statement.bind(Cell::Id(record.subject().map(Subject::id)));
    let digest = statement.bind(anew.digest(tenant));
    let (tenant, id) = (statement.bind(tenant), statement.bind(record.key().id()));
    statement.push(text);
    statement.push(format!("subject = {subject}, digest = {digest} WHERE tenant = {tenant} AND id = {id}"));
    statement.fetch_all(home, connection).await?;
    Ok(())
}
