//! The memory store keeps the contract, and so does a store over the judge.

mod judged;

mod memory {
    use std::sync::Arc;

    use async_trait::async_trait;
    use worktrail_core::conformance::{
        Harness, HarnessError, Runs, Tier, checks, conformance_suite, differential, run_all,
    };
    use worktrail_core::store::{MemoryStore, Store};

    struct Memory;

    #[async_trait]
    impl Harness for Memory {
        async fn fresh(&self) -> Result<Arc<dyn Store>, HarnessError> {
            Ok(Arc::new(MemoryStore::new()))
        }

        async fn reopen(&self, store: Arc<dyn Store>) -> Result<Arc<dyn Store>, HarnessError> {
            Ok(store)
        }
    }

    conformance_suite!(Memory, pollster::block_on);

    #[test]
    fn the_report_counts_what_it_ran() {
        let report = pollster::block_on(run_all(&Memory));
        println!("{report}");
        assert!(report.is_clean());
        assert_eq!(report.checks, checks().len());
        assert!(Tier::ALL.iter().all(|tier| report.scores.contains_key(tier)));
        assert_eq!(report.scores.values().map(|score| score.passed).sum::<usize>(), checks().len());
        assert!(report.steps > 10_000, "{report}");
    }

    /// Were nearly everything refused, or nothing, the differential suite would compare little.
    #[test]
    fn random_work_looks_into_every_corner() {
        let outcomes = pollster::block_on(differential(&Memory, Runs::default())).unwrap();
        println!("{outcomes}");
        let refused = outcomes.conflicts + outcomes.not_unique + outcomes.reused + outcomes.misuses;
        assert!(outcomes.accepted > refused / 2, "{outcomes}");
        let corners = [
            outcomes.forgotten,
            outcomes.replayed,
            outcomes.conflicts,
            outcomes.not_unique,
            outcomes.reused,
            outcomes.misuses,
        ];
        assert!(corners.iter().all(|corner| *corner >= 30), "{outcomes}");
    }
}

mod over_the_judge {
    use std::sync::{Arc, Mutex, PoisonError};

    use async_trait::async_trait;
    use worktrail_core::conformance::{Harness, HarnessError, Runs, conformance_suite, differential, expect};
    use worktrail_core::store::Store;

    use crate::judged::Judged;

    /// Remembers the last store that it made.
    #[derive(Default)]
    struct Bench(Mutex<Option<Arc<Judged>>>);

    #[async_trait]
    impl Harness for Bench {
        async fn fresh(&self) -> Result<Arc<dyn Store>, HarnessError> {
            let store = Arc::new(Judged::default());
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&store));
            Ok(store)
        }

        async fn reopen(&self, store: Arc<dyn Store>) -> Result<Arc<dyn Store>, HarnessError> {
            Ok(store)
        }
    }

    conformance_suite!(Bench::default(), pollster::block_on);

    /// Were each batch judged alone, the races would say nothing of groups.
    #[test]
    fn batches_are_judged_in_groups() {
        let bench = Bench::default();
        pollster::block_on(expect("one_writer_gets_a_unique_value", &bench)).unwrap();
        let store = bench.0.lock().unwrap().take().unwrap();
        assert_eq!(store.largest_group(), 8);
    }

    #[test]
    fn other_seeds_than_the_usual_agree_too() {
        let runs = Runs { first_seed: 10_000, seeds: 60, ..Runs::default() };
        pollster::block_on(differential(&Bench::default(), runs)).unwrap();
    }
}
