//! The contract's own checks.

mod harness;

use harness::Directories;
use worktrail_core::conformance::conformance_suite;

conformance_suite!(Directories::default(), #[tokio::test]);
