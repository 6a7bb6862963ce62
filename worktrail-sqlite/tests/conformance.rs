//! The contract's own checks, for the store on a file and for the host's transaction.

mod harness;

mod pooled {
    use worktrail_core::conformance::conformance_suite;

    use crate::harness::Pooled;

    conformance_suite!(Pooled::with_readers(2), #[tokio::test]);
}

mod single {
    use worktrail_core::conformance::conformance_suite;

    use crate::harness::Pooled;

    conformance_suite!(Pooled::with_readers(0), #[tokio::test]);
}

mod enlisted {
    use worktrail_core::conformance::conformance_suite;

    use crate::harness::Enlisted;

    conformance_suite!(Enlisted::default(), #[tokio::test]);
}
