//! Making the fields of a kind's records anew: what a new indexed field needs for records that are older than it.

use std::fmt::Write as _;

use sqlx::sqlite::SqliteConnection;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{Kind, Record, StoreError, StoredRecord, Tenant};

use crate::columns::{Cell, Columns, present, statement, table};
use crate::error::Fault;
use crate::record::{record, record_columns};

/// How many records are done in one transaction.
const PAGE: i64 = 200;

/// Does the next page of a kind, and notes in the ledger how far it came.
pub(super) async fn page(
    connection: &mut SqliteConnection,
    step: u64,
    kind: &'static str,
    with: fn(&Record) -> Result<Record, StoreError>,
) -> Result<(), Fault> {
    let kind = SCHEMA.kind(kind).ok_or_else(|| Fault::misuse("a step re-projects a kind that is not there"))?;
    let mut last = None;
    let records = next(connection, step, kind).await?;
    for (tenant, stored) in &records {
        let record = with(stored.record())?;
        if !is_the_same(stored.record(), &record) {
            return Err(Fault::misuse("a step made another record of a record"));
        }
        let anew = StoredRecord::new(record, stored.revision(), stored.children());
        rewrite(connection, tenant, &anew).await?;
        last = Some((tenant, anew.record().key().id()));
    }
    let full = i64::try_from(records.len()).is_ok_and(|read| read == PAGE);
    let (tenant, id) = last.map_or((Cell::Null, Cell::Null), |(tenant, id)| (tenant.into(), id.into()));
    let done = Cell::Integer(i64::from(!full));
    let text = "UPDATE worktrail_migration SET done = ?, tenant = coalesce(?, tenant), id = coalesce(?, id) \
        WHERE step = ?";
    let cells = [done, tenant, id, step.into()];
    statement(text, cells).execute(connection).await?;
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

/// The records after the place that the ledger notes.
async fn next(connection: &mut SqliteConnection, step: u64, kind: Kind) -> Result<Vec<(Tenant, StoredRecord)>, Fault> {
    let text = format!(
        "SELECT r.tenant, {} FROM {} AS r, worktrail_migration AS m WHERE m.step = ? \
         AND (r.tenant, r.id) > (coalesce(m.tenant, ''), coalesce(m.id, x'')) ORDER BY r.tenant, r.id LIMIT ?",
        record_columns(kind),
        table(kind)
    );
    let rows = statement(text, [step.into(), Cell::Integer(PAGE)]).fetch_all(connection).await?;
    let read = |row| {
        let tenant = present(Columns::from(row, 0).text()?)?;
        let tenant = Tenant::parse(&tenant).map_err(|_| Fault::corrupt("a tenant's name"))?;
        let stored = record(&mut Columns::from(row, 1), &tenant, kind)?;
        Ok((tenant, stored))
    };
    rows.iter().map(read).collect()
}

async fn rewrite(connection: &mut SqliteConnection, tenant: &Tenant, anew: &StoredRecord) -> Result<(), Fault> {
    let record = anew.record();
    let kind = record.key().kind();
    let mut text = format!("UPDATE {} SET ", table(kind));
    for field in kind.fields() {
        let _ = write!(text, "\"{}\" = ?, ", field.name());
    }
    text.push_str("subject = ?, digest = ? WHERE tenant = ? AND id = ?");
    let fields = record.fields().iter().map(|field| Cell::from(field.as_ref()));
    let subject = record.subject().map_or(Cell::Null, |subject| subject.id().into());
    let cells = fields.chain([subject, anew.digest(tenant).into(), tenant.into(), record.key().id().into()]);
    statement(text, cells).execute(connection).await?;
    Ok(())
}
