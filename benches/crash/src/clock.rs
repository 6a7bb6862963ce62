//! C9: a clock that jumps. A store has none of its own: order comes from the sequence, and instants are kept as given.

use chrono::{DateTime, TimeDelta, Utc};
use worktrail_core::store::{JournalRange, Key, Limit, Position, Store, StoreError, Stored};

use crate::candidate::{Candidate, Opening};
use crate::figures::Figures;
use crate::numbered::{TENANTS, batch_at, command, instant, number_of, tenant};
use crate::setting::{Obstacle, Setting, run};

/// How many commits a jump is seen by.
const COMMITS: u64 = 60;

/// How far the clock is off at a commit, in seconds.
type Jump = (&'static str, fn(u64) -> i64);

const YEAR: i64 = 365 * 86_400;
const JUMPS: [Jump; 5] = [
    ("a year back in the middle", |number| if number > COMMITS / 2 { -YEAR } else { 0 }),
    ("a year ahead in the middle", |number| if number > COMMITS / 2 { YEAR } else { 0 }),
    ("to and fro", |number| if number % 3 == 0 { -YEAR } else { YEAR }),
    ("standing still", |number| -i64::try_from(number).unwrap_or_default()),
    ("running backwards", |number| -10 * i64::try_from(number).unwrap_or_default()),
];

/// Commits under each jump, and reads back.
///
/// # Errors
/// What keeps the trials from being made; what the store says.
pub fn jumps(setting: &Setting, candidate: &dyn Candidate) -> Result<Figures, Obstacle> {
    let mut figures = Figures::default();
    for jump in JUMPS {
        let directory = setting.home(candidate)?;
        figures.add(run(async {
            let store = candidate.open(directory.path(), Opening::Create).await?;
            let figures = under(&*store, jump).await?;
            store.close().await;
            Ok(figures)
        })?);
    }
    Ok(figures)
}

async fn under(store: &dyn Store, (name, off): Jump) -> Result<Figures, StoreError> {
    let at = |number: u64| instant(number) + TimeDelta::seconds(off(number));
    let mut figures = Figures { trials: 1, acknowledged: COMMITS, ..Figures::default() };
    for number in 1..=COMMITS {
        store.commit(batch_at(number, at(number))?).await?;
    }
    for lane in 0..TENANTS {
        let tenant = tenant(lane)?;
        let page = store.journal(&tenant, JournalRange::Everything, Position::START, Limit::MAX).await?;
        let told: Vec<(Option<u64>, DateTime<Utc>)> =
            page.entries.iter().map(|entry| (entry.command().and_then(number_of), entry.at())).collect();
        let numbers = (1..=COMMITS).filter(|number| number % TENANTS == lane);
        let wanted: Vec<_> = numbers.clone().flat_map(|number| [(Some(number), at(number)); 2]).collect();
        if told != wanted {
            figures.fault(format!("{name}: the journal is not in the order of the commits"));
        }
        for number in numbers {
            let found = store.get(&tenant, &[Key::Stamp(command(number))]).await?.into_iter().flatten().next();
            if found.and_then(Stored::into_stamp).is_none_or(|stamp| stamp.at() != at(number)) {
                figures.fault(format!("{name}: a stamp has another instant than it was given"));
            }
        }
    }
    Ok(figures)
}
