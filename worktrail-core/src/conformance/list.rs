//! The list of checks: the one place where each stands, with the sentence that it is about.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use super::failure::holds;
use super::{
    Failure, Harness, atomic, bounds, concurrency, counts, differential, dropped, durable, family, fidelity,
    forgetting, guards, journal, order, pages, stamps, tenants, unique, watch,
};
use crate::store::Store;

type Running<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'a>>;

/// What sort of check it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// About one sentence of the contract.
    Named,
    /// Random batches and questions, beside the memory store.
    Differential,
    /// Many at once.
    Concurrency,
}

impl Tier {
    /// Every tier.
    pub const ALL: [Self; 3] = [Self::Named, Self::Differential, Self::Concurrency];

    /// The tier of the checks that stand in this module.
    fn of(module: &str) -> Self {
        match module {
            "differential" => Self::Differential,
            "concurrency" => Self::Concurrency,
            _ => Self::Named,
        }
    }
}

/// A check of the suite.
#[derive(Clone, Copy)]
pub struct Check {
    name: &'static str,
    module: &'static str,
    sentence: u8,
    run: Run,
}

#[derive(Clone, Copy)]
enum Run {
    /// On one fresh store.
    Store(for<'a> fn(&'a dyn Store) -> Running<'a>),
    /// With a harness, for what opens stores itself.
    Harness(for<'a> fn(&'a dyn Harness) -> Running<'a>),
}

impl Check {
    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The sentence of the contract that it is about; zero when it is about all of them.
    #[must_use]
    pub const fn sentence(&self) -> u8 {
        self.sentence
    }

    /// What sort of check it is.
    #[must_use]
    pub fn tier(&self) -> Tier {
        Tier::of(self.module)
    }

    /// Runs it on a fresh store.
    ///
    /// # Errors
    /// What the store did against the contract.
    pub async fn run(&self, harness: &dyn Harness) -> Result<(), Failure> {
        let outcome = match self.run {
            Run::Store(run) => match harness.fresh().await {
                Ok(store) => run(&*store).await,
                Err(error) => Err(error.into()),
            },
            Run::Harness(run) => run(harness).await,
        };
        outcome.map_err(|failure| failure.named(self.name, self.sentence))
    }
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Check({})", self.name)
    }
}

/// Every check, in the order of the contract's sentences.
#[must_use]
pub fn checks() -> &'static [Check] {
    CHECKS
}

/// Runs the check of this name.
///
/// # Errors
/// What the store did against the contract, or that there is no such check.
pub async fn expect(name: &str, harness: &dyn Harness) -> Result<(), Failure> {
    match CHECKS.iter().find(|check| check.name == name) {
        Some(check) => check.run(harness).await,
        None => holds(&format!("a check of the name {name}"), false),
    }
}

/// One test per check, for a store that a harness makes.
///
/// Takes the harness as an expression, and how a test is run: an attribute that makes an `async fn` a test, such as
/// `#[tokio::test]`, or the path of a function that runs a future to its end.
#[macro_export]
macro_rules! conformance_suite {
    ($harness:expr, # $attribute:tt) => {
        $crate::__conformance_checks! { [$crate::__conformance_async_tests] ($harness) $attribute }
    };
    ($harness:expr, $block_on:path) => {
        $crate::__conformance_checks! { [$crate::__conformance_block_on_tests] ($harness) ($block_on) }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __conformance_async_tests {
    ($harness:tt $attribute:tt $($sentence:literal $over:ident $module:ident :: $name:ident;)*) => {$(
        # $attribute
        async fn $name() -> Result<(), $crate::conformance::Failure> {
            $crate::conformance::expect(stringify!($name), &$harness).await
        }
    )*};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __conformance_block_on_tests {
    ($harness:tt ($block_on:path) $($sentence:literal $over:ident $module:ident :: $name:ident;)*) => {$(
        #[test]
        fn $name() -> Result<(), $crate::conformance::Failure> {
            $block_on($crate::conformance::expect(stringify!($name), &$harness))
        }
    )*};
}

macro_rules! run {
    (store $check:path) => {
        Run::Store(|store| Box::pin($check(store)))
    };
    (harness $check:path) => {
        Run::Harness(|harness| Box::pin($check(harness)))
    };
}

macro_rules! table {
    ($($sentence:literal $over:ident $module:ident :: $name:ident;)*) => {
        &[$(Check { name: stringify!($name), module: stringify!($module), sentence: $sentence, run: run!($over $module::$name) }),*]
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __conformance_checks {
    ([$($then:tt)*] $($with:tt)*) => { $($then)*! { $($with)*
        1 store atomic::a_refused_batch_changes_no_record;
        1 store atomic::a_refused_batch_changes_no_index;
        1 store atomic::a_refused_batch_changes_no_entry;
        1 store atomic::a_refused_batch_changes_no_stamp;
        1 store atomic::a_refused_batch_uses_no_number;
        1 store atomic::a_refused_batch_can_be_sent_again;
        1 store atomic::an_accepted_batch_does_all_of_it;
        2 store guards::a_guard_of_absence_holds_and_fails;
        2 store guards::a_guard_of_a_revision_holds_and_fails;
        2 store guards::a_guard_of_anything_holds;
        2 store guards::a_guard_of_a_unique_value_holds_and_fails;
        2 store guards::a_guard_of_children_holds_and_fails;
        2 store guards::an_expectation_holds_and_fails;
        2 store guards::a_guard_looks_at_the_state_before;
        2 store guards::every_guard_counts;
        2 store guards::a_batch_may_do_nothing;
        2 store guards::the_order_of_writes_means_nothing;
        2 store guards::a_revision_never_comes_twice;
        2 store guards::a_batch_moves_only_what_it_writes;
        2 store unique::two_records_swap_a_unique_value;
        2 store unique::records_pass_unique_values_round;
        2 store unique::a_unique_value_is_freed_and_taken_in_one_batch;
        2 store unique::a_taken_unique_value_is_refused;
        2 store unique::a_record_keeps_its_unique_value;
        2 store unique::a_removed_record_frees_its_unique_value;
        2 store unique::absent_values_are_never_taken;
        2 store unique::every_unique_index_is_enforced;
        2 store unique::texts_that_look_alike_are_different;
        3 store tenants::tenants_share_ids_and_unique_values;
        3 store tenants::guards_do_not_look_at_another_tenant;
        3 store tenants::tenants_have_their_own_history;
        3 store tenants::stamps_belong_to_a_tenant;
        3 store tenants::a_cursor_belongs_to_a_tenant;
        3 store tenants::forgetting_stays_in_its_tenant;
        4 store stamps::a_repeated_command_gives_its_first_receipt;
        4 store stamps::a_repeated_command_writes_nothing;
        4 store stamps::a_reused_command_id_is_refused;
        4 store stamps::a_refused_command_leaves_no_stamp;
        4 store stamps::a_stamp_can_be_read;
        4 store stamps::a_command_without_effect_is_stamped;
        4 store stamps::a_reply_comes_back_whole;
        4 store stamps::an_entry_names_its_command;
        5 harness dropped::a_dropped_commit_is_done_or_not;
        5 harness dropped::many_dropped_commits_leave_a_whole_history;
        5 harness dropped::a_dropped_reader_harms_nobody;
        6 store journal::positions_have_no_gaps;
        6 store journal::the_chain_holds_from_the_start;
        6 store journal::an_entry_says_what_was_told;
        6 store journal::the_journal_comes_in_pages;
        6 store journal::the_journal_ends;
        6 store journal::the_journal_about_a_person;
        6 store journal::an_entry_outlives_its_record;
        6 store journal::entries_keep_their_extremes;
        6 store journal::the_longest_story_is_told_in_one_batch;
        7 store fidelity::every_kind_is_kept;
        7 store fidelity::a_field_comes_and_goes;
        7 store fidelity::texts_are_kept;
        7 store fidelity::numbers_are_kept;
        7 store fidelity::days_are_kept;
        7 store fidelity::instants_are_kept;
        7 store fidelity::ids_are_kept;
        7 store fidelity::keys_of_every_shape_are_kept;
        7 store fidelity::bodies_are_kept;
        7 store fidelity::long_bodies_come_together;
        7 store fidelity::a_record_is_replaced_whole;
        8 store order::every_index_is_in_order;
        8 store order::every_index_finds_by_its_first_values;
        8 store order::bounds_are_kept_to;
        8 store order::a_range_between_reversed_bounds_is_empty;
        8 store order::text_is_ordered_by_its_bytes;
        8 store order::equal_values_are_ordered_by_id;
        8 store order::an_index_leaves_out_absent_values;
        8 store order::children_are_found_by_their_parent;
        8 store order::a_range_keeps_to_its_kind;
        8 store pages::pages_come_to_the_whole;
        8 store pages::the_last_page_says_so;
        8 store pages::pages_stand_firm_while_records_move;
        8 store pages::a_cursor_belongs_to_its_question;
        8 store pages::a_damaged_cursor_is_refused;
        8 store pages::a_forged_cursor_shows_nothing_else;
        8 store pages::the_longest_page_is_whole;
        8 store counts::a_count_is_the_length_of_the_walk;
        8 store counts::tallies_are_those_of_the_walk;
        8 store counts::a_count_keeps_to_its_bounds;
        8 store counts::absent_values_are_not_counted;
        8 store counts::a_count_by_nothing_is_misuse;
        8 store counts::texts_are_counted_apart;
        8 store counts::a_count_follows_changes;
        9 store forgetting::a_forgotten_person_is_not_found_by_key;
        9 store forgetting::a_forgotten_person_holds_no_unique_value;
        9 store forgetting::a_forgotten_person_is_in_no_index;
        9 store forgetting::a_forgotten_person_leaves_no_details;
        9 store forgetting::a_forgotten_person_leaves_no_fingerprint;
        9 store forgetting::others_are_not_forgotten;
        9 store forgetting::the_forgetting_itself_is_told;
        9 store forgetting::forgetting_moves_the_parents_that_stay;
        9 store forgetting::a_batch_writes_around_what_it_forgets;
        9 store forgetting::a_refused_batch_forgets_nobody;
        9 store forgetting::a_person_may_be_forgotten_again;
        9 store forgetting::a_person_of_many_records_is_forgotten;
        10 store family::a_child_without_parent_is_refused;
        10 store family::a_parent_may_come_with_its_child;
        10 store family::a_parent_may_not_go_with_its_child_coming;
        10 store family::a_parent_may_go_with_its_child;
        10 store family::a_saved_child_moves_the_child_revision;
        10 store family::a_removed_child_moves_the_child_revision;
        10 store family::a_grandchild_moves_only_its_parent;
        10 store family::a_saved_parent_keeps_its_child_revision;
        10 store family::a_record_keeps_its_parent;
        10 store family::a_record_keeps_its_subject;
        10 store family::a_look_at_children_loses_to_a_new_child;
        10 store family::a_new_child_loses_to_a_changed_parent;
        11 store bounds::the_greatest_batch_is_written;
        11 store bounds::the_most_guards_are_looked_at;
        11 store bounds::what_is_beyond_the_bounds_is_misuse;
        11 store bounds::answers_stand_in_the_order_of_the_keys;
        11 store bounds::thousands_of_keys_are_looked_up;
        11 store bounds::values_need_no_quoting;
        12 harness durable::opening_again_keeps_everything;
        12 harness durable::opening_again_goes_on;
        12 harness durable::opening_again_remembers_nobody;
        12 harness durable::a_store_says_what_it_is;
        12 harness durable::a_fresh_store_is_empty;
        13 store durable::a_commit_is_seen_at_once;
        13 store durable::a_commit_is_seen_by_many_readers;
        14 store watch::a_watcher_hears_at_once_of_what_is_there;
        14 store watch::a_watcher_is_woken_by_a_commit;
        14 store watch::a_watcher_misses_nothing_on_its_way_to_waiting;
        14 store watch::every_watcher_is_woken;
        14 store watch::a_watcher_waits_for_its_own_position;
        14 store watch::a_watcher_is_not_answered_before_its_time;
        14 store watch::a_watcher_of_another_tenant_waits_on;
        14 store watch::a_dropped_watcher_leaves_nothing;
        0 harness differential::random_work_is_as_in_memory;
        1 store concurrency::nobody_sees_half_a_batch;
        2 store concurrency::no_update_is_lost;
        2 store concurrency::one_writer_wins_a_revision;
        2 store concurrency::one_writer_makes_a_record;
        2 store concurrency::one_writer_gets_a_unique_value;
        3 store concurrency::tenants_write_side_by_side;
        4 store concurrency::a_command_sent_at_once_is_done_once;
        6 store concurrency::a_tailer_misses_nothing;
        10 store concurrency::a_parent_ends_or_gets_a_child;
        13 store concurrency::nobody_sees_an_older_state_after_a_newer_one;
        14 store concurrency::a_follower_who_watches_misses_nothing;
    } };
}

static CHECKS: &[Check] = crate::__conformance_checks! { [table] };

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_check_has_a_name_of_its_own() {
        let names: BTreeSet<_> = CHECKS.iter().map(Check::name).collect();
        assert_eq!(names.len(), CHECKS.len());
    }

    #[test]
    fn every_tier_has_checks() {
        let many = |tier| CHECKS.iter().filter(|check| check.tier() == tier).count();
        assert_eq!(many(Tier::Differential), 1);
        assert!(many(Tier::Concurrency) > 9 && many(Tier::Named) > 100);
    }
}
