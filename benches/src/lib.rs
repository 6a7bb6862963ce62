//! Nothing but a place for the benchmarks: `cargo bench -p benches`.
