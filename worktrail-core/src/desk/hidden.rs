//! What a range holds of people towards whom whoever asks declared a conflict of interest, it does not hold for them.
//!
//! What somebody may see is a range, and who sees a team's trails goes by its index. A conflict is between two people and
//! leads no index, so here, and only here, something is left out of a range: in the one place that every page and every
//! count comes through, so that the answer is the one that would be given if the hidden had never been there. Pages are
//! full, cursors stand after what is shown, counts are right. Whoever declared nothing pays one look into an index.

use std::collections::{BTreeMap, BTreeSet};

use super::Desk;
use crate::access::Actor;
use crate::domain::{Conflict, Participant, ParticipantId, StaffId};
use crate::record::{Recorded, from_record, key_of};
use crate::store::{
    Grouping, IndexRange, Key, Limit, PageRequest, StoreError, Stored, StoredPage, StoredRecord, Subject, Tally, Value,
};

/// The people who are hidden from whoever asks.
#[derive(Debug, Default)]
pub(super) struct Hidden(BTreeSet<Subject>);

impl Hidden {
    /// Whether it is nobody.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A declared conflict is nobody's case: who declared it may look it up.
    fn holds(&self, stored: &StoredRecord) -> bool {
        let record = stored.record();
        record.key().kind() != Conflict::KIND && record.subject().is_some_and(|subject| self.0.contains(&subject))
    }
}

fn subject(person: ParticipantId) -> Subject {
    Subject::new(person.as_uuid())
}

impl Desk<'_> {
    /// The people towards whom somebody declared a conflict that stands.
    pub(super) async fn hidden_from(&self, actor: &Actor) -> Result<Hidden, StoreError> {
        let range = Conflict::standing(StaffId::new(actor.id().as_uuid()))?;
        let mut request = PageRequest::first(Limit::MAX);
        let mut hidden = Hidden::default();
        loop {
            let page = self.store.scan(&self.tenant, &range, &request).await?;
            hidden.0.extend(page.records.iter().filter_map(|stored| stored.record().subject()));
            match page.next {
                Some(cursor) => request = PageRequest::after(Limit::MAX, cursor),
                None => break,
            }
        }
        // Who was merged, and the one who stands for both, are one person.
        let kept = self.people(&hidden.0).await?;
        hidden.0.extend(kept.iter().filter_map(Participant::merged_into).map(subject));
        let merged = self.people(&hidden.0).await?;
        hidden.0.extend(merged.iter().flat_map(Participant::merged).copied().map(subject));
        Ok(hidden)
    }

    /// Whether somebody has never declared a conflict, not even one that was lifted.
    pub(super) async fn has_no_conflict(&self, actor: &Actor) -> Result<bool, StoreError> {
        let range = Conflict::declared_by(StaffId::new(actor.id().as_uuid()))?;
        let page = self.store.scan(&self.tenant, &range, &PageRequest::first(Limit::new(1))).await?;
        Ok(page.records.is_empty())
    }

    async fn people(&self, subjects: &BTreeSet<Subject>) -> Result<Vec<Participant>, StoreError> {
        if subjects.is_empty() {
            return Ok(Vec::new());
        }
        let key = |it: &Subject| Key::Record(key_of::<Participant>(ParticipantId::new(it.id())));
        let found = self.store.get(&self.tenant, &subjects.iter().map(key).collect::<Vec<_>>()).await?;
        let records = found.into_iter().flatten().filter_map(Stored::into_record);
        records.map(|stored| from_record(stored.record())).collect()
    }

    /// A page of a range without the hidden.
    pub(super) async fn page_without(
        &self,
        hidden: &Hidden,
        range: &IndexRange,
        request: &PageRequest,
    ) -> Result<StoredPage, StoreError> {
        if hidden.0.is_empty() {
            return self.store.scan(&self.tenant, range, request).await;
        }
        let mut page = self.filled(hidden, range, request.clone()).await?;
        if let Some(cursor) = page.next.take() {
            // There is a next page only if it shows something.
            let rest = PageRequest::after(Limit::new(1), cursor.clone());
            let more = !self.filled(hidden, range, rest).await?.records.is_empty();
            page.next = more.then_some(cursor);
        }
        Ok(page)
    }

    /// As many records as were asked for, as far as there are so many that are not hidden.
    async fn filled(
        &self,
        hidden: &Hidden,
        range: &IndexRange,
        mut request: PageRequest,
    ) -> Result<StoredPage, StoreError> {
        let wanted = request.limit().get();
        let mut records = Vec::new();
        loop {
            let page = self.store.scan(&self.tenant, range, &request).await?;
            records.extend(page.records.into_iter().filter(|stored| !hidden.holds(stored)));
            let missing = u16::try_from(wanted.saturating_sub(records.len())).unwrap_or(u16::MAX);
            match page.next {
                Some(cursor) if missing > 0 => request = PageRequest::after(Limit::new(missing), cursor),
                next => return Ok(StoredPage { records, next }),
            }
        }
    }

    /// The counts of a range without the hidden: by walking it, when somebody is.
    pub(super) async fn count_without(
        &self,
        hidden: &Hidden,
        range: &IndexRange,
        by: Grouping,
    ) -> Result<Vec<Tally>, StoreError> {
        if hidden.0.is_empty() {
            return self.store.count(&self.tenant, range, by).await;
        }
        let mut counts: BTreeMap<Option<Value>, u64> = match by {
            Grouping::Whole => BTreeMap::from([(None, 0)]),
            Grouping::NextField => BTreeMap::new(),
        };
        let mut request = PageRequest::first(Limit::MAX);
        loop {
            let page = self.filled(hidden, range, request).await?;
            for stored in &page.records {
                let values = range.index().values_of(stored.record()).unwrap_or_default();
                let next = values.get(range.equal().len()).filter(|_| by == Grouping::NextField).cloned();
                *counts.entry(next).or_default() += 1;
            }
            match page.next {
                Some(cursor) => request = PageRequest::after(Limit::MAX, cursor),
                None => return Ok(counts.into_iter().map(|(value, count)| Tally { value, count }).collect()),
            }
        }
    }
}
