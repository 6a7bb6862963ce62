//! Hints: how one process tells another that a tenant's journal has something new.
//!
//! A hint is a notification of PostgreSQL's, sent after the commit and apart from it. It may be lost, late, repeated or
//! false: whoever hears one looks, and whoever watches looks now and then without one.

mod hearing;
mod telling;

pub(crate) use hearing::Hearing;
pub(crate) use telling::Telling;

use std::sync::Arc;

use worktrail_core::store::{Bell, Tenant};

use crate::home::Home;

/// Whether hints are sent, and listened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hints {
    Used,
    Unused,
}

/// Who is to know that a journal may have something new.
#[derive(Debug)]
pub(crate) struct News {
    /// Those who watch in this process.
    pub(crate) bell: Arc<Bell>,
    /// The other processes.
    pub(crate) telling: Arc<Telling>,
}

impl News {
    pub(crate) fn spread(&self, tenant: &Tenant) {
        self.bell.ring(tenant);
        self.telling.tell(tenant);
    }
}

/// The most bytes that PostgreSQL lets a channel's name have.
const LONGEST_NAME: usize = 63;

/// The channel of a schema. Schemas whose long names begin alike share one, and hear of each other's news for nothing.
fn channel(home: &Home) -> String {
    format!("worktrail_{}", home.schema()).chars().take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::home::Sending;

    #[test]
    fn every_schema_has_a_channel_that_the_engine_takes() {
        let of = |schema: &str| channel(&Home::new(schema, Sending::Prepared));
        assert_eq!(of("ips"), "worktrail_ips");
        assert_eq!(of(&"a".repeat(63)).len(), 63);
    }
}
