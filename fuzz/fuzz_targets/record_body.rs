//! The body of any kind of record: the first byte says which, the second the version of its form.
#![no_main]

use libfuzzer_sys::fuzz_target;
use uuid::Uuid;
use worktrail_core::record::{SCHEMA, reproject};
use worktrail_core::store::{Body, Record, RecordKey, StoreErrorKind};

fuzz_target!(|data: &[u8]| {
    let [which, form, body @ ..] = data else { return };
    let count = SCHEMA.kinds().count();
    let kind = SCHEMA.kinds().nth(usize::from(*which) % count).expect("a kind");
    let record = Record::new(RecordKey::new(kind, Uuid::nil()), Body::new(u16::from(*form), body));
    if let Err(error) = reproject(&record) {
        assert!(matches!(error.kind(), StoreErrorKind::Corrupt | StoreErrorKind::SchemaOutdated));
    }
});
