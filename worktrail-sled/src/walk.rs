//! Walking indexes: pages and counts.

use std::collections::BTreeMap;
use std::ops::Bound;

use worktrail_core::store::{
    Grouping, IndexRange, Limit, Order, Path, Place, RecordKey, StoredPage, StoredRecord, Tally, Tenant, Value,
};

use crate::engine::Engine;
use crate::error::Fault;
use crate::fetch::{misses_a_record, record_at};
use crate::form;
use crate::key::{KeyBytes, KeyReader};
use crate::long::Long;

/// A page of a range.
pub(crate) fn scan(
    engine: &Engine,
    tenant: &Tenant,
    range: &IndexRange,
    limit: Limit,
    after: Option<&Place>,
) -> Result<StoredPage, Fault> {
    let (first, end) = bounds(tenant, range, after);
    let mut records = Vec::new();
    // One more than asked for tells whether there is a next page.
    for step in engine.walk(first.as_ref(), end.as_ref(), range.order()).take(limit.get() + 1) {
        let (place, value) = step?;
        records.push(match range.index().path() {
            Path::All => whole(engine, tenant, range, &place, value)?,
            Path::Children | Path::Declared(_) => record_at(engine, tenant, range.index(), &place)?.stored,
        });
    }
    Ok(StoredPage::cut(tenant, range, limit, records))
}

/// The record that stands at its own key.
fn whole(
    engine: &Engine,
    tenant: &Tenant,
    range: &IndexRange,
    place: &[u8],
    value: sled::IVec,
) -> Result<StoredRecord, Fault> {
    let id = KeyReader::new(place).and_then(|(_, _, reader)| reader.last_id()).ok_or_else(misses_a_record)?;
    let key = RecordKey::new(range.index().kind(), id);
    let long = Long::read(engine, tenant, &KeyBytes::record(tenant, key), value)?;
    form::read_record(tenant, key, long.bytes())
}

/// How many records a range has.
pub(crate) fn count(engine: &Engine, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, Fault> {
    let (first, end) = bounds(tenant, range, None);
    let walk = engine.walk(first.as_ref(), end.as_ref(), Order::Ascending);
    if by == Grouping::Whole {
        let count = walk.map(|step| step.map(|_| 1)).sum::<Result<u64, Fault>>()?;
        return Ok(vec![Tally { value: None, count }]);
    }
    let Some(holds) = range.index().types().get(range.equal().len()).copied() else {
        return Err(Fault::misuse("no value of the index follows the equal ones"));
    };
    let equal = KeyBytes::index(tenant, range.index()).values(range.equal());
    let mut tallies: BTreeMap<Value, u64> = BTreeMap::new();
    for step in walk {
        let value = KeyReader::after(&step?.0, &equal).and_then(|mut reader| reader.value(holds));
        *tallies.entry(value.ok_or_else(misses_a_record)?).or_default() += 1;
    }
    Ok(tallies.into_iter().map(|(value, count)| Tally { value: Some(value), count }).collect())
}

/// The keys of a range after a place: the first, and the first behind it.
fn bounds(tenant: &Tenant, range: &IndexRange, after: Option<&Place>) -> (KeyBytes, KeyBytes) {
    let equal = KeyBytes::index(tenant, range.index()).values(range.equal());
    let at = |value: &Value| equal.clone().value(value);
    let first = match range.from() {
        Bound::Unbounded => equal.clone(),
        Bound::Included(value) => at(value),
        Bound::Excluded(value) => at(value).after_all(),
    };
    let end = match range.to() {
        Bound::Unbounded => equal.clone().after_all(),
        Bound::Included(value) => at(value).after_all(),
        Bound::Excluded(value) => at(value),
    };
    let Some(after) = after.map(|place| KeyBytes::place(tenant, range.index(), place)) else { return (first, end) };
    match range.order() {
        Order::Ascending => (first.max(after.next()), end),
        Order::Descending => (first, end.min(after)),
    }
}
