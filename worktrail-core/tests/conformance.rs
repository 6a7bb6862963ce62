//! The memory store keeps the contract.

mod memory {
    use std::sync::Arc;

    use async_trait::async_trait;
    use worktrail_core::conformance::{Harness, HarnessError, Runs, checks, conformance_suite, differential, run_all};
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
