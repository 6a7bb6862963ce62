//! Examples: a few records with what belongs to them, for the tests that a store has beside the suite.
//!
//! ```
//! use worktrail_core::conformance::examples::{batch, find, kind_of, team, team_key};
//! use worktrail_core::store::{Expect, MemoryStore, Store as _, StoreErrorKind};
//!
//! # pollster::block_on(async {
//! let store = MemoryStore::new();
//! let founding = || batch().put(team(1, "Nord"), Expect::Absent).build();
//! store.commit(founding()?).await?;
//! assert_eq!(find(&store, team_key(1)).await?.map(|it| it.record().clone()), Some(team(1, "Nord")));
//! assert_eq!(kind_of(&store.commit(founding()?).await), Some(StoreErrorKind::Conflict));
//! # Ok::<(), worktrail_core::store::StoreError>(())
//! # }).unwrap();
//! ```

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::domain::{Participant, Team, Trail};
use crate::record::Recorded as _;
use crate::store::{
    Batch, BatchBuilder, Body, CommandId, Details, Digest, Happening, Key, Record, RecordKey, Salt, Stamp, Store,
    StoreError, StoreErrorKind, Stored, StoredRecord, Subject, Tenant,
};

/// The id of this number.
#[must_use]
pub const fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// When everything happens.
#[must_use]
pub const fn at() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH
}

/// A team, whose name is unique. Its name is also its body.
#[must_use]
pub fn team(number: u128, name: &str) -> Record {
    Record::new(team_key(number), Body::new(1, name.as_bytes())).with("name", name).with("method", "ips")
}

/// The key of a team.
#[must_use]
pub const fn team_key(number: u128) -> RecordKey {
    RecordKey::new(Team::KIND, id(number))
}

/// A participant, about whom it is.
#[must_use]
pub fn participant(number: u128, national_id: &str, body: &[u8]) -> Record {
    let key = RecordKey::new(Participant::KIND, id(number));
    Record::new(key, Body::new(1, body)).about(Subject::new(id(number))).with("national_id", national_id)
}

/// A trail under a participant.
#[must_use]
pub fn trail(number: u128, participant: u128, body: &[u8]) -> Record {
    let key = RecordKey::new(Trail::KIND, id(number));
    Record::new(key, Body::new(1, body)).about(Subject::new(id(participant))).under(id(participant))
}

/// A batch of the tenant that there is where nobody names one.
pub fn batch() -> BatchBuilder {
    Batch::of(Tenant::default())
}

/// Something that happened to a record.
#[must_use]
pub fn told(about: RecordKey) -> Happening {
    Happening::new("test.told", about, id(7), at())
}

/// Details that say this.
#[must_use]
pub fn details(text: &str) -> Details {
    Details::new(Salt::new([7; 16]), text.as_bytes())
}

/// The stamp of a command with this number, and with a fingerprint for what it says.
#[must_use]
pub fn stamp(number: u128, says: u8) -> Stamp {
    Stamp::new(CommandId::new(id(number)), Digest::new([says; 32]), b"reply".as_slice(), at())
}

/// Looks up a record.
///
/// # Errors
/// What the store says.
pub async fn find(store: &dyn Store, key: RecordKey) -> Result<Option<StoredRecord>, StoreError> {
    let found = store.get(&Tenant::default(), &[Key::Record(key)]).await?;
    Ok(found.into_iter().flatten().find_map(Stored::into_record))
}

/// What went wrong, if anything did.
#[must_use]
pub fn kind_of<T>(outcome: &Result<T, StoreError>) -> Option<StoreErrorKind> {
    outcome.as_ref().err().map(StoreError::kind)
}
