//! The memory store keeps the contract.

mod memory {
    use std::sync::Arc;

    use async_trait::async_trait;
    use worktrail_core::conformance::{Harness, HarnessError, conformance_suite};
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
}
