//! The contract's own checks, for the store with connections of its own, behind a transaction pooler's rules, and in the
//! host's transaction.

mod common;
mod harness;

mod pooled {
    use worktrail_core::conformance::conformance_suite;

    use crate::harness::Pooled;

    conformance_suite!(Pooled::with(|options| options), #[tokio::test]);
}

/// With nothing kept in a connection, and one connection each way.
mod unnamed {
    use worktrail_core::conformance::conformance_suite;

    use crate::harness::Pooled;

    conformance_suite!(
        Pooled::with(|options| options.behind_transaction_pooler().connections(1, 1)),
        #[tokio::test]
    );
}

mod enlisted {
    use worktrail_core::conformance::conformance_suite;

    use crate::harness::Enlisted;

    conformance_suite!(Enlisted::default(), #[tokio::test]);
}
