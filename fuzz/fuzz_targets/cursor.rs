//! A cursor that no page gave, over the whole of any kind.
#![no_main]

use libfuzzer_sys::fuzz_target;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{Cursor, IndexRange, Limit, PageRequest, StoreErrorKind, Tenant};

fuzz_target!(|text: &str| {
    for kind in SCHEMA.kinds() {
        let page = PageRequest::after(Limit::MAX, Cursor::from_text(text));
        if let Err(error) = page.place(&Tenant::default(), &IndexRange::all(kind)) {
            assert_eq!(error.kind(), StoreErrorKind::InvalidCursor);
        }
    }
});
