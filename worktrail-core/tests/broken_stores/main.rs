//! Stores that are broken on purpose, each in one way: the conformance suite must reject every one, by a check that
//! is named here. A check that no broken store fails would prove nothing.

mod parts;
mod store;
mod watching;

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use worktrail_core::conformance::{Harness, HarnessError, expect};
use worktrail_core::store::{MemoryStore, Store};

use store::{Broken, Fault, held};

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
        *held(&self.1) = Some(Arc::clone(&store));
        Ok(store)
    }

    async fn reopen(&self, store: Arc<dyn Store>) -> Result<Arc<dyn Store>, HarnessError> {
        if self.0 == Fault::LastCommitLost {
            let last = held(&self.1).take().ok_or("no store was made")?;
            return Ok(Arc::new(Broken::of(last.earlier(), self.0)));
        }
        Ok(store)
    }
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
    a_store_that_loses_the_purpose: PurposeLost by an_entry_says_what_was_told;
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
    a_store_whose_pages_lag_behind: StalePages by nobody_sees_an_older_state_after_a_newer_one;
    a_store_whose_child_revision_stands_still: ChildRevisionStandsStill by a_saved_child_moves_the_child_revision;
    a_store_that_sorts_its_answers: AnswersSorted by answers_stand_in_the_order_of_the_keys;
    a_store_that_trims_text: TextTrimmed by texts_are_kept;
    a_store_that_reads_half_a_batch: ReadsHalf by nobody_sees_half_a_batch;
    a_store_that_tears_when_dropped: TornWhenDropped by a_dropped_commit_is_done_or_not;
    a_store_that_loses_its_last_commit: LastCommitLost by opening_again_keeps_everything;
    a_store_that_wakes_nobody: WatcherNeverWoken by a_watcher_is_woken_by_a_commit;
    a_store_whose_followers_sleep: WatcherNeverWoken by a_follower_who_watches_misses_nothing;
    a_store_that_looks_before_it_listens: WatcherLooksTooEarly by a_watcher_misses_nothing_on_its_way_to_waiting;
    a_store_that_wakes_for_anything: WatcherWokenByAnything by a_watcher_is_not_answered_before_its_time;
    a_store_that_wakes_too_early: WatcherWokenByAnything by a_watcher_waits_for_its_own_position;
    a_store_that_keeps_who_went_away: WatcherLeavesItsWaker by a_dropped_watcher_leaves_nothing;
    a_store_that_wakes_one_watcher: OneWatcherOnly by every_watcher_is_woken;
    a_store_that_tells_of_one_entry: WatcherToldOfOneOnly by a_watcher_hears_at_once_of_what_is_there;
    a_store_whose_watchers_mix_tenants: TenantsMixed by a_watcher_of_another_tenant_waits_on;
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
