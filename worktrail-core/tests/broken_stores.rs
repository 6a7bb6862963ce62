//! Stores that are broken on purpose, each in one way: the conformance suite must reject every one, by a check that
//! is named here. A check that no broken store fails would prove nothing.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use worktrail_core::conformance::{Harness, HarnessError, expect};
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    Batch, BatchBuilder, Body, Digest, Expect, Grouping, Guard, Happening, IndexRange, JournalPage, JournalRange, Key,
    Limit, MemoryStore, Order, PageRequest, Position, Receipt, Record, RecordKey, Revision, Stamp, Store, StoreError,
    StoreErrorKind, StoreInfo, Stored, StoredPage, StoredRecord, Subject, Tally, Tenant, UniqueKey, Value, Write,
};

/// What is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    LostGuards,
    LostExpectations,
    ExpectationCheckedTooEarly,
    TellsWhatWasRefused,
    SavesHalfOfWhatWasRefused,
    StampsWhatWasRefused,
    ForgetsWhatWasRefused,
    CountsWhatWasRefused,
    StampIgnored,
    FingerprintIgnored,
    RowByRow,
    UniqueNotEnforced,
    OrphansAdmitted,
    SubjectMayChange,
    JournalSkips,
    JournalHasGaps,
    JournalAboutEverybody,
    PageRepeats,
    PageSkips,
    CursorNotBound,
    OrderIgnoresCase,
    BoundSlipsGoingDown,
    CountOff,
    CountsAbsentValues,
    ForgettingMissesUnique,
    ForgettingMissesCount,
    ForgettingKeepsDetails,
    ForgettingKeepsFingerprint,
    ForgettingMovesNoParent,
    TenantsMixed,
    StaleReads,
    ChildRevisionStandsStill,
    AnswersSorted,
    TextTrimmed,
    ReadsHalf,
    TornWhenDropped,
    LastCommitLost,
}

/// A memory store with a fault.
#[derive(Debug)]
struct Broken {
    inner: MemoryStore,
    fault: Fault,
    /// As it was before the last commit.
    earlier: Mutex<MemoryStore>,
    /// As it was before the last forgetting.
    remembered: Mutex<MemoryStore>,
}

/// Makes stores with a fault, and remembers the last one.
struct Workshop(Fault, Mutex<Option<Arc<Broken>>>);

impl Workshop {
    fn of(fault: Fault) -> Self {
        Self(fault, Mutex::default())
    }
}

#[async_trait]
impl Harness for Workshop {
    async fn fresh(&self) -> Result<Arc<dyn Store>, HarnessError> {
        let store = Arc::new(Broken::of(MemoryStore::new(), self.0));
        *self.1.lock().unwrap() = Some(Arc::clone(&store));
        Ok(store)
    }

    async fn reopen(&self, store: Arc<dyn Store>) -> Result<Arc<dyn Store>, HarnessError> {
        if self.0 == Fault::LastCommitLost {
            let held = self.1.lock().unwrap().take().ok_or("no store was made")?;
            let earlier = held.earlier.lock().unwrap().snapshot();
            return Ok(Arc::new(Broken::of(earlier, self.0)));
        }
        Ok(store)
    }
}

/// The parts of a batch, to be put together in another way.
struct Parts {
    tenant: Tenant,
    guards: Vec<Guard>,
    writes: Vec<Write>,
    happenings: Vec<Happening>,
    stamp: Option<Stamp>,
    forget: Option<Subject>,
}

impl Parts {
    fn of(batch: &Batch) -> Self {
        Self {
            tenant: batch.tenant().clone(),
            guards: batch.guards().to_vec(),
            writes: batch.writes().to_vec(),
            happenings: batch.happenings().to_vec(),
            stamp: batch.stamp().cloned(),
            forget: batch.forget(),
        }
    }

    fn nothing_of(batch: &Batch) -> Self {
        Self { guards: vec![], writes: vec![], happenings: vec![], stamp: None, forget: None, ..Self::of(batch) }
    }

    fn together(self) -> Batch {
        let mut batch = self.guards.into_iter().fold(Batch::of(self.tenant), BatchBuilder::guard);
        for write in self.writes {
            batch = match write {
                Write::Put(record, expect) => batch.put(record, expect),
                Write::Remove { key, parent, expect } => batch.remove(key, parent, expect),
            };
        }
        batch = self.happenings.into_iter().fold(batch, BatchBuilder::tell);
        batch = self.stamp.into_iter().fold(batch, BatchBuilder::stamp);
        batch = self.forget.into_iter().fold(batch, BatchBuilder::forget);
        batch.build().unwrap()
    }

    fn map_puts(mut self, change: impl Fn(Record) -> Record) -> Self {
        for write in &mut self.writes {
            if let Write::Put(record, _) = write {
                *record = change(record.clone());
            }
        }
        self
    }

    fn expecting_anything(mut self) -> Self {
        for write in &mut self.writes {
            match write {
                Write::Put(_, expect) | Write::Remove { expect, .. } => *expect = Expect::Any,
            }
        }
        self
    }
}

/// A record with other fields.
fn with_fields(record: &Record, change: impl Fn(&Option<Value>) -> Option<Value>) -> Record {
    let fields = record.fields().iter().map(change).collect();
    Record::from_parts(record.key(), record.subject(), record.parent(), fields, record.body().clone())
}

fn has_unique_index(record: &Record) -> bool {
    !UniqueKey::held_by(record).is_empty()
}

/// Lets others go first, once.
async fn pause() {
    let mut waited = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut waited, true) {
            return std::task::Poll::Ready(());
        }
        context.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
}

impl Broken {
    fn of(inner: MemoryStore, fault: Fault) -> Self {
        let (earlier, remembered) = (Mutex::new(inner.snapshot()), Mutex::new(inner.snapshot()));
        Self { inner, fault, earlier, remembered }
    }

    fn tenant(&self, tenant: &Tenant) -> Tenant {
        if self.fault == Fault::TenantsMixed { Tenant::default() } else { tenant.clone() }
    }

    fn remembered(&self) -> MemoryStore {
        self.remembered.lock().unwrap().clone()
    }

    /// What the fault makes of a batch before it is done.
    async fn spoiled(&self, batch: &Batch) -> Batch {
        let mut parts = Parts::of(batch);
        match self.fault {
            Fault::LostGuards => parts.guards.clear(),
            Fault::LostExpectations => parts = parts.expecting_anything(),
            Fault::ExpectationCheckedTooEarly => {
                let keys: Vec<Key> = batch.writes().iter().map(|write| Key::Record(write.key())).collect();
                let found = self.inner.get(batch.tenant(), &keys).await.unwrap();
                let holds = found.into_iter().zip(batch.writes()).all(|(found, write)| match write.expect() {
                    Expect::Any => true,
                    Expect::Absent => found.is_none(),
                    Expect::At(at) => found.and_then(Stored::into_record).is_some_and(|it| it.revision() == at),
                });
                pause().await;
                if holds {
                    parts = parts.expecting_anything();
                }
            }
            Fault::StampIgnored => parts.stamp = None,
            Fault::FingerprintIgnored => {
                parts.stamp =
                    parts.stamp.map(|it| Stamp::new(it.id(), Digest::default(), it.reply().to_vec(), it.at()));
            }
            Fault::JournalHasGaps if batch.happenings().len() > 1 => {
                let kind = SCHEMA.kinds().next().unwrap();
                let hidden = RecordKey::new(kind, HIDDEN);
                parts.happenings.insert(0, Happening::new("hidden", hidden, HIDDEN, chrono::DateTime::UNIX_EPOCH));
            }
            Fault::TenantsMixed => parts.tenant = Tenant::default(),
            Fault::TextTrimmed => {
                parts = parts.map_puts(|record| {
                    with_fields(&record, |value| match value {
                        Some(Value::Text(text)) => Some(Value::from(text.trim_end())),
                        other => other.clone(),
                    })
                });
            }
            _ => {}
        }
        parts.together()
    }

    /// What the fault does after a refusal.
    async fn after_refusal(&self, batch: &Batch, error: StoreError) -> Result<Receipt, StoreError> {
        let parts = Parts::of(batch);
        let mut rest = Parts::nothing_of(batch);
        match (self.fault, error.kind()) {
            (Fault::TellsWhatWasRefused, _) => rest.happenings = parts.happenings,
            (Fault::StampsWhatWasRefused, StoreErrorKind::Conflict) => rest.stamp = parts.stamp,
            (Fault::ForgetsWhatWasRefused, _) => rest.forget = parts.forget,
            (Fault::CountsWhatWasRefused, _) => {}
            (Fault::SavesHalfOfWhatWasRefused, _) => {
                rest.writes = parts.expecting_anything().writes.into_iter().take(1).collect();
            }
            (Fault::UniqueNotEnforced, StoreErrorKind::NotUnique) => {
                let bare =
                    |record: Record| if has_unique_index(&record) { with_fields(&record, |_| None) } else { record };
                return self.inner.commit(parts.map_puts(bare).together()).await;
            }
            (Fault::OrphansAdmitted, StoreErrorKind::Conflict) => {
                let parents = parts.writes.iter().filter_map(Write::parent);
                let parents: std::collections::BTreeSet<RecordKey> = parents.collect();
                for parent in parents.into_iter().filter(|parent| parent.kind().parent().is_none()) {
                    let made = Record::new(parent, Body::new(1, []));
                    let made = Batch::of(parts.tenant.clone()).put(made, Expect::Absent).build()?;
                    let _there = self.inner.commit(made).await;
                }
                return self.inner.commit(parts.together()).await;
            }
            (Fault::SubjectMayChange, StoreErrorKind::Misuse) => {
                let mut receipt = Err(error);
                for write in &parts.writes {
                    let Write::Put(record, _) = write else { continue };
                    let former = self.inner.get(&parts.tenant, &[Key::Record(record.key())]).await?;
                    let former = former.into_iter().flatten().find_map(Stored::into_record);
                    let same_parent = former.is_none_or(|it| it.record().parent() == record.parent());
                    if same_parent && record.parent().is_none() {
                        let gone = Batch::of(parts.tenant.clone()).remove(record.key(), None, Expect::Any).build()?;
                        self.inner.commit(gone).await?;
                        receipt = self.inner.commit(Parts::of(batch).expecting_anything().together()).await;
                    }
                }
                return receipt;
            }
            _ => return Err(error),
        }
        let _done = self.inner.commit(rest.together()).await;
        Err(error)
    }

    /// One write after the other, each a batch of its own but for the first.
    async fn row_by_row(&self, batch: &Batch) -> Result<Receipt, StoreError> {
        let mut first = Parts::of(batch);
        let writes = std::mem::take(&mut first.writes);
        let mut writes = writes.into_iter();
        first.writes.extend(writes.next());
        let receipt = self.inner.commit(first.together()).await?;
        for write in writes {
            pause().await;
            let next = Parts { writes: vec![write], ..Parts::nothing_of(batch) };
            self.inner.commit(next.together()).await?;
        }
        Ok(receipt)
    }
}

const HIDDEN: uuid::Uuid = uuid::Uuid::max();

#[async_trait]
impl Store for Broken {
    fn info(&self) -> StoreInfo {
        self.inner.info()
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        *self.earlier.lock().unwrap() = self.inner.snapshot();
        if batch.forget().is_some() {
            *self.remembered.lock().unwrap() = self.inner.snapshot();
        }
        let batch = self.spoiled(&batch).await;
        if self.fault == Fault::RowByRow && batch.writes().len() > 1 {
            return self.row_by_row(&batch).await;
        }
        if self.fault == Fault::TornWhenDropped && batch.stamp().is_some() {
            let first = Parts { happenings: vec![], stamp: None, ..Parts::of(&batch) };
            self.inner.commit(first.together()).await?;
            pause().await;
            let rest = Parts { guards: vec![], writes: vec![], forget: None, ..Parts::of(&batch) };
            return self.inner.commit(rest.together()).await;
        }
        match self.inner.commit(batch.clone()).await {
            Ok(receipt) => Ok(receipt),
            Err(error) => self.after_refusal(&batch, error).await,
        }
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        let tenant = &self.tenant(tenant);
        let mut found = self.inner.get(tenant, keys).await?;
        let remembered = self.remembered().get(tenant, keys).await?;
        match self.fault {
            Fault::StaleReads => {
                let earlier = self.earlier.lock().unwrap().clone();
                return earlier.get(tenant, keys).await;
            }
            Fault::ReadsHalf => {
                found.clear();
                for key in keys {
                    found.extend(self.inner.get(tenant, std::slice::from_ref(key)).await?);
                    pause().await;
                }
            }
            Fault::AnswersSorted => {
                let mut sorted = keys.to_vec();
                sorted.sort();
                return self.inner.get(tenant, &sorted).await;
            }
            Fault::ForgettingMissesUnique => {
                for ((key, found), was) in keys.iter().zip(&mut found).zip(remembered) {
                    if matches!(key, Key::Unique(_)) && found.is_none() {
                        *found = was;
                    }
                }
            }
            Fault::ForgettingKeepsFingerprint => {
                for (found, was) in found.iter_mut().zip(remembered) {
                    if matches!(found, Some(Stored::Stamp(_))) && was.is_some() {
                        *found = was;
                    }
                }
            }
            Fault::ForgettingMovesNoParent => {
                for (found, was) in found.iter_mut().zip(remembered) {
                    if let (Some(Stored::Record(now)), Some(Stored::Record(then))) = (&found, &was)
                        && now.revision() == then.revision()
                    {
                        *found = was;
                    }
                }
            }
            Fault::ChildRevisionStandsStill => {
                for found in &mut found {
                    if let Some(Stored::Record(stored)) = found {
                        *stored = StoredRecord::new(stored.record().clone(), stored.revision(), Revision::default());
                    }
                }
            }
            _ => {}
        }
        Ok(found)
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        let tenant = &self.tenant(tenant);
        let begins = page.place(tenant, range).is_ok_and(|place| place.is_none());
        let mut range = range.clone();
        if self.fault == Fault::BoundSlipsGoingDown
            && range.order() == Order::Descending
            && let std::ops::Bound::Excluded(from) = range.from().clone()
        {
            let to = range.to().clone();
            range = range.between(std::ops::Bound::Included(from), to)?;
        }
        let mut found = match self.inner.scan(tenant, &range, page).await {
            Err(error) if self.fault == Fault::CursorNotBound && error.kind() == StoreErrorKind::InvalidCursor => {
                return self.inner.scan(tenant, &range, &PageRequest::first(page.limit())).await;
            }
            outcome => outcome?,
        };
        match self.fault {
            Fault::PageRepeats if !begins => {
                let first = self.inner.scan(tenant, &range, &PageRequest::first(Limit::new(1))).await?.records;
                found.records.splice(0..0, first);
                found.records.truncate(page.limit().get());
            }
            Fault::PageSkips if !begins && found.next.is_none() => {
                found.records.pop();
            }
            Fault::OrderIgnoresCase => {
                let place = |stored: &StoredRecord| format!("{:?}", lowered(&range, stored));
                found.records.sort_by_key(place);
            }
            _ => {}
        }
        Ok(found)
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        let tenant = &self.tenant(tenant);
        let mut tallies = self.inner.count(tenant, range, by).await?;
        match self.fault {
            Fault::CountOff => tallies.iter_mut().filter(|tally| tally.count > 2).for_each(|tally| tally.count += 1),
            Fault::CountsAbsentValues if range.equal().is_empty() && by == Grouping::Whole => {
                return self.inner.count(tenant, &IndexRange::all(range.index().kind()), by).await;
            }
            Fault::ForgettingMissesCount => return self.remembered().count(tenant, range, by).await,
            _ => {}
        }
        Ok(tallies)
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        let tenant = &self.tenant(tenant);
        let (mut range, mut after) = (range, after);
        match self.fault {
            Fault::JournalSkips if after != Position::START => after = after.next(),
            Fault::JournalAboutEverybody => range = JournalRange::Everything,
            _ => {}
        }
        let mut page = self.inner.journal(tenant, range, after, limit).await?;
        match self.fault {
            Fault::JournalHasGaps => page.entries.retain(|entry| entry.actor() != HIDDEN),
            Fault::ForgettingKeepsDetails => {
                let was = self.remembered().journal(tenant, range, after, limit).await?.entries;
                for (entry, was) in page.entries.iter_mut().zip(was) {
                    *entry = was;
                }
            }
            _ => {}
        }
        Ok(page)
    }
}

/// The texts of a record's place, in small letters.
fn lowered(range: &IndexRange, stored: &StoredRecord) -> Vec<String> {
    let values = range.index().values_of(stored.record()).unwrap_or_default();
    let texts = values.into_iter().map(|value| match value {
        Value::Text(text) => text.to_lowercase(),
        other => format!("{other:?}"),
    });
    texts.collect()
}

macro_rules! rejected {
    ($($name:ident: $fault:ident by $check:ident;)*) => {
        $(#[test]
        fn $name() {
            let check = stringify!($check);
            pollster::block_on(expect(check, &Workshop::of(Fault::None))).unwrap();
            let failure = pollster::block_on(expect(check, &Workshop::of(Fault::$fault))).unwrap_err();
            println!("{failure}");
            assert_eq!(failure.check(), check);
        })*

        /// The faults above, to be counted.
        const FAULTS: &[Fault] = &[$(Fault::$fault),*];
    };
}

rejected! {
    a_store_that_loses_guards: LostGuards by every_guard_counts;
    a_store_that_loses_guards_on_children: LostGuards by a_look_at_children_loses_to_a_new_child;
    a_store_that_loses_guards_on_unique_values: LostGuards by a_guard_of_a_unique_value_holds_and_fails;
    a_store_that_loses_expectations: LostExpectations by an_expectation_holds_and_fails;
    a_store_that_checks_before_it_locks: ExpectationCheckedTooEarly by no_update_is_lost;
    a_store_that_lets_two_win: ExpectationCheckedTooEarly by one_writer_wins_a_revision;
    a_store_that_tells_what_it_refused: TellsWhatWasRefused by a_refused_batch_changes_no_entry;
    a_store_that_saves_half_of_what_it_refused: SavesHalfOfWhatWasRefused by a_refused_batch_changes_no_record;
    a_store_that_indexes_half_of_what_it_refused: SavesHalfOfWhatWasRefused by a_refused_batch_changes_no_index;
    a_store_that_stamps_what_it_refused: StampsWhatWasRefused by a_refused_command_leaves_no_stamp;
    a_store_that_forgets_what_it_refused: ForgetsWhatWasRefused by a_refused_batch_forgets_nobody;
    a_store_that_counts_what_it_refused: CountsWhatWasRefused by a_refused_batch_uses_no_number;
    a_store_that_ignores_stamps: StampIgnored by a_repeated_command_gives_its_first_receipt;
    a_store_that_does_a_race_twice: StampIgnored by a_command_sent_at_once_is_done_once;
    a_store_that_ignores_fingerprints: FingerprintIgnored by a_reused_command_id_is_refused;
    a_store_that_writes_row_by_row: RowByRow by two_records_swap_a_unique_value;
    a_store_that_shows_rows: RowByRow by nobody_sees_half_a_batch;
    a_store_that_enforces_no_unique_value: UniqueNotEnforced by a_taken_unique_value_is_refused;
    a_store_that_admits_orphans: OrphansAdmitted by a_child_without_parent_is_refused;
    a_store_that_changes_subjects: SubjectMayChange by a_record_keeps_its_subject;
    a_store_whose_journal_skips: JournalSkips by the_journal_comes_in_pages;
    a_store_whose_tailer_misses_entries: JournalSkips by a_tailer_misses_nothing;
    a_store_whose_journal_has_gaps: JournalHasGaps by positions_have_no_gaps;
    a_store_whose_journal_is_about_everybody: JournalAboutEverybody by the_journal_about_a_person;
    a_store_whose_pages_repeat: PageRepeats by pages_come_to_the_whole;
    a_store_whose_pages_skip: PageSkips by pages_come_to_the_whole;
    a_store_whose_cursors_are_not_bound: CursorNotBound by a_cursor_belongs_to_its_question;
    a_store_that_takes_any_cursor: CursorNotBound by a_damaged_cursor_is_refused;
    a_store_that_takes_another_tenants_cursor: CursorNotBound by a_cursor_belongs_to_a_tenant;
    a_store_that_orders_without_case: OrderIgnoresCase by text_is_ordered_by_its_bytes;
    a_store_whose_bound_slips_going_down: BoundSlipsGoingDown by bounds_are_kept_to;
    a_store_whose_bound_slips: BoundSlipsGoingDown by random_work_is_as_in_memory;
    a_store_that_counts_one_too_many: CountOff by a_count_is_the_length_of_the_walk;
    a_store_that_counts_absent_values: CountsAbsentValues by absent_values_are_not_counted;
    a_store_that_forgets_all_but_unique_values: ForgettingMissesUnique by a_forgotten_person_holds_no_unique_value;
    a_store_that_forgets_all_but_counts: ForgettingMissesCount by a_forgotten_person_is_in_no_index;
    a_store_that_forgets_all_but_details: ForgettingKeepsDetails by a_forgotten_person_leaves_no_details;
    a_store_that_forgets_all_but_fingerprints: ForgettingKeepsFingerprint by a_forgotten_person_leaves_no_fingerprint;
    a_store_that_forgets_and_moves_no_parent: ForgettingMovesNoParent by forgetting_moves_the_parents_that_stay;
    a_store_that_mixes_tenants: TenantsMixed by tenants_share_ids_and_unique_values;
    a_store_that_mixes_histories: TenantsMixed by tenants_have_their_own_history;
    a_store_that_reads_what_was: StaleReads by a_commit_is_seen_at_once;
    a_store_whose_child_revision_stands_still: ChildRevisionStandsStill by a_saved_child_moves_the_child_revision;
    a_store_that_sorts_its_answers: AnswersSorted by answers_stand_in_the_order_of_the_keys;
    a_store_that_trims_text: TextTrimmed by texts_are_kept;
    a_store_that_reads_half_a_batch: ReadsHalf by nobody_sees_half_a_batch;
    a_store_that_tears_when_dropped: TornWhenDropped by a_dropped_commit_is_done_or_not;
    a_store_that_loses_its_last_commit: LastCommitLost by opening_again_keeps_everything;
}

#[test]
fn there_are_enough_broken_stores() {
    let mut different: Vec<String> = FAULTS.iter().map(|fault| format!("{fault:?}")).collect();
    different.sort();
    different.dedup();
    println!("{} broken stores, {} rejections", different.len(), FAULTS.len());
    assert!(different.len() >= 30);
}

/// A name that is no check is not passed over.
#[test]
fn a_check_that_does_not_exist_fails() {
    assert!(pollster::block_on(expect("no such check", &Workshop::of(Fault::None))).is_err());
}
