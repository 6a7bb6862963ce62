//! A store whose faults come from a seed: what a program over a store is tested with.
//!
//! [`SimStore`] is a store in memory that now and then refuses, hesitates, loses an answer, does what it was told
//! after its caller has given up, answers from the past, or goes down. Which call is struck by what follows from a
//! [`Plan`] alone, so a run can be repeated by its seed; [`SimLayer`] lays the same faults over any other store.
//! Nothing here needs a runtime, a thread or a clock: a store that hesitates wakes its caller at once.
//!
//! ```
//! # use worktrail_core::simulation::{Fault, Plan, SimStore};
//! # use worktrail_core::store::{Key, CommandId, Store, StoreErrorKind, Tenant};
//! # async fn example() {
//! let store = SimStore::new(Plan::calm(7).at(2, Fault::Crash));
//! let nothing: [Key; 0] = [];
//! assert!(store.get(&Tenant::default(), &nothing).await.is_ok());
//! assert!(store.get(&Tenant::default(), &nothing).await.is_err()); // the second call: it goes down
//! assert!(store.get(&Tenant::default(), &nothing).await.is_err()); // and stays down
//! store.sim().restart();
//! assert!(store.get(&Tenant::default(), &nothing).await.is_ok());
//! assert_eq!(store.sim().injected().get(&Fault::Crash), Some(&1));
//! # }
//! # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
//! # assert!(std::pin::pin!(example()).poll(&mut context).is_ready());
//! ```

mod clock;
mod dice;
mod layer;
mod plan;
mod store;
mod trace;

pub use clock::SimClock;
pub use dice::Dice;
pub use layer::SimLayer;
pub use plan::{Fault, Plan};
pub use store::SimStore;
pub use trace::{Event, Verb};
