//! Sentence 8: keyset pages, and cursors bound to their question.

use std::collections::BTreeSet;
use std::ops::Bound;

use super::failure::{Failure, holds, refused, same, there};
use super::office::Office;
use super::specimen::{Cast, at, id, key, lineage, specimen, value, widest};
use crate::store::{
    Cursor, Expect, Index, IndexRange, Limit, Order, PageRequest, Place, Store, StoreErrorKind, StoredRecord, Value,
};

/// Records in the widest shared index, three to a place.
async fn crowded(office: &Office<'_>, many: u64) -> Result<Index, Failure> {
    let index = widest()?;
    for n in 1..=many {
        let parents = lineage(index.kind(), n).into_iter().filter(|record| record.key().kind() != index.kind());
        let last = index.types().len() - 1;
        let values = index.types().into_iter().enumerate();
        let values: Vec<Value> =
            values.map(|(place, holds)| value(holds, if place == last { n * 7 % many / 3 } else { 1 })).collect();
        office.save(parents.chain([at(specimen(index.kind(), n), index, values)])).await?;
    }
    Ok(index)
}

/// The ways to ask for the crowd: whole, by equal values, between bounds, by id; up and down.
fn questions(index: Index) -> Result<Vec<IndexRange>, Failure> {
    let types = index.types();
    let (last, first) = there("the values of an index", types.split_last())?;
    let (last, equal) = (*last, first.iter().map(|holds| value(*holds, 1)).collect());
    let by_equal = IndexRange::new(index, equal)?;
    let bounded = by_equal.clone();
    let bounded = bounded.between(Bound::Included(value(last, 2)), Bound::Excluded(value(last, 6)))?;
    let ranges = [IndexRange::new(index, Vec::new())?, by_equal, bounded, IndexRange::all(index.kind())];
    let orders = [Order::Ascending, Order::Descending];
    Ok(ranges.iter().flat_map(|range| orders.map(|order| range.clone().ordered(order))).collect())
}

/// Pages of every length come to the same walk: nothing twice, nothing left out, the order kept.
pub(super) async fn pages_come_to_the_whole(store: &dyn Store) -> Result<(), Failure> {
    let office = Office::main(store);
    let index = crowded(&office, 25).await?;
    for range in questions(index)? {
        let whole = office.walk(&range, 1_000).await?;
        let place = |stored: &StoredRecord| {
            let values = range.index().values_of(stored.record()).unwrap_or_default();
            Place { values, id: stored.record().key().id() }
        };
        let ordered = whole.windows(2).all(|pair| match pair {
            [one, next] => place(next).comes_after(&place(one), range.order()),
            _ => false,
        });
        holds("a page in one piece is in order", ordered)?;
        for limit in [1, 2, 3, 5, 24, 25, 26] {
            let paged = office.walk(&range, limit).await?;
            let ids = |found: &[StoredRecord]| found.iter().map(|it| it.record().key().id()).collect::<Vec<_>>();
            same(&format!("{:?} by pages of {limit}", range.index()), ids(&paged), ids(&whole))?;
        }
    }
    Ok(())
}

/// A page that ends with the range says so; a page that does not says where to go on.
pub(super) async fn the_last_page_says_so(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    let range = IndexRange::all(person);
    let page = office.page(&range, &PageRequest::first(Limit::new(1))).await?;
    same("a page of nothing", (page.records.len(), page.next), (0, None))?;
    office.save((1..=4).map(|n| specimen(person, n))).await?;
    for (limit, more) in [(1, true), (3, true), (4, false), (5, false), (u16::MAX, false)] {
        let page = office.page(&range, &PageRequest::first(Limit::new(limit))).await?;
        same(&format!("whether a page of {limit} has a next"), page.next.is_some(), more)?;
    }
    Ok(())
}

/// Records that come and go between two pages neither hide others nor bring them twice.
pub(super) async fn pages_stand_firm_while_records_move(store: &dyn Store) -> Result<(), Failure> {
    for order in [Order::Ascending, Order::Descending] {
        let name = format!("{order:?}").to_lowercase();
        let (office, Cast { person, .. }) = (Office::of(store, &name)?, Cast::new()?);
        office.save((1..=30).map(|n| specimen(person, n * 10))).await?;
        let range = IndexRange::all(person).ordered(order);
        let (mut seen, mut request) = (Vec::new(), PageRequest::first(Limit::new(4)));
        let mut removed = BTreeSet::new();
        for round in 0..40_u64 {
            let page = office.page(&range, &request).await?;
            let ids: Vec<_> = page.records.iter().map(|stored| stored.record().key().id()).collect();
            let last = ids.last().copied();
            seen.extend(ids);
            let Some(next) = page.next else { break };
            request = PageRequest::after(Limit::new(4), next);
            let last = there("the last id of a page", last)?;
            // The one the cursor stands on goes, one comes before it and one after it.
            let gone = crate::store::RecordKey::new(person, last);
            office.commit(office.batch().remove(gone, None, Expect::Any)).await?;
            removed.insert(last);
            office.save([specimen(person, round * 10 + 1), specimen(person, 291 - round * 10)]).await?;
        }
        let distinct: BTreeSet<_> = seen.iter().copied().collect();
        same("how many records came, and how many of them different", seen.len(), distinct.len())?;
        let stayed = (1..=30).map(|n| id(n * 10)).filter(|id| !removed.contains(id));
        let missing: Vec<_> = stayed.filter(|id| !distinct.contains(id)).collect();
        same("records that were there all the while and did not come", missing, Vec::new())?;
        let ordered = seen.is_sorted_by(|one, next| if order == Order::Ascending { one < next } else { one > next });
        holds("the pages are in order", ordered)?;
    }
    Ok(())
}

/// A cursor of one question is refused by another, but serves for a page of any length.
pub(super) async fn a_cursor_belongs_to_its_question(store: &dyn Store) -> Result<(), Failure> {
    let office = Office::main(store);
    let index = crowded(&office, 12).await?;
    let questions = questions(index)?;
    for (place, range) in questions.iter().enumerate() {
        let page = office.page(range, &PageRequest::first(Limit::new(2))).await?;
        let cursor = there("a cursor", page.next)?;
        for (other, question) in questions.iter().enumerate() {
            let request = PageRequest::after(Limit::new(3), cursor.clone());
            let outcome = office.page(question, &request).await;
            if place == other {
                outcome.map_err(|error| Failure::from(error).during("a cursor with a page of another length"))?;
            } else {
                let what = format!("a cursor of {range:?} for {question:?}");
                refused(StoreErrorKind::InvalidCursor, &what, outcome)?;
            }
        }
    }
    Ok(())
}

/// A damaged, shortened, lengthened or made-up cursor is refused.
pub(super) async fn a_damaged_cursor_is_refused(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    office.save((1..=5).map(|n| specimen(person, n))).await?;
    let range = IndexRange::all(person);
    let page = office.page(&range, &PageRequest::first(Limit::new(2))).await?;
    let good = there("a cursor", page.next)?.as_str().to_owned();
    let mut bad: Vec<String> = (0..good.len()).filter_map(|end| good.get(..end)).map(str::to_owned).collect();
    for place in 0..good.len() {
        let mut bytes = good.clone().into_bytes();
        if let Some(byte) = bytes.get_mut(place) {
            *byte = if *byte == b'A' { b'B' } else { b'A' };
        }
        bad.push(String::from_utf8_lossy(&bytes).into_owned());
    }
    bad.extend(["A", "=", " ", "\0", "å", "' or 1=1 --", "{}", "null", "////", "😀"].map(|it| format!("{good}{it}")));
    bad.extend(["=", " ", "\0", "å", "' or 1=1 --", "{}", "null", "-1", "AAAA", "😀"].map(str::to_owned));
    bad.extend(["A".repeat(100_000), good.repeat(2), format!(" {good}"), good.to_uppercase() + "x"]);
    for text in bad.into_iter().filter(|text| *text != good) {
        let what = format!("a damaged cursor of {} bytes", text.len());
        let request = PageRequest::after(Limit::new(2), Cursor::from_text(text));
        refused(StoreErrorKind::InvalidCursor, &what, office.page(&range, &request).await)?;
    }
    office.page(&range, &PageRequest::after(Limit::new(2), Cursor::from_text(good))).await?;
    Ok(())
}

/// A cursor that somebody made by hand, to a place outside its range, shows nothing outside it.
pub(super) async fn a_forged_cursor_shows_nothing_else(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    office.save((1..=8).map(|n| cast.person(n, &format!("{n}")))).await?;
    let whole = IndexRange::new(cast.number, Vec::new())?;
    let range = whole.between(Bound::Included(Value::from("3")), Bound::Excluded(Value::from("6")))?;
    for order in [Order::Ascending, Order::Descending] {
        let range = range.clone().ordered(order);
        for text in ["", "0", "2", "3", "5", "6", "9", "4\0", "\u{10ffff}"] {
            let place = Place { values: vec![Value::from(text)], id: id(1) };
            let cursor = Cursor::at(&office.tenant, &range, &place);
            match office.page(&range, &PageRequest::after(Limit::MAX, cursor)).await {
                Ok(page) => {
                    let inside = |it: &StoredRecord| range.index().values_of(it.record());
                    let inside = |it: &StoredRecord| inside(it).is_some_and(|values| range.contains(&values));
                    holds("a forged cursor shows records of its range only", page.records.iter().all(inside))?;
                }
                Err(error) => same("why a forged cursor is refused", error.kind(), StoreErrorKind::InvalidCursor)?,
            }
        }
    }
    Ok(())
}

/// A page of the greatest length.
pub(super) async fn the_longest_page_is_whole(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    for hundred in 0..11 {
        office.save((1..=100).map(|n| specimen(person, hundred * 100 + n))).await?;
    }
    let page = office.page(&IndexRange::all(person), &PageRequest::first(Limit::MAX)).await?;
    same("the longest page", page.records.len(), Limit::MAX.get())?;
    holds("it begins at the first", page.records.first().is_some_and(|it| it.record().key() == key(person, 1)))?;
    same("all of it", office.total(&IndexRange::all(person)).await?, 1_100)?;
    same("a walk by short pages", office.walk(&IndexRange::all(person), 99).await?.len(), 1_100)
}
