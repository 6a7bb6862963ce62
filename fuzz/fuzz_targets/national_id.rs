//! National ids: what is taken is taken again, and its masked form does not hold it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use worktrail_core::domain::NationalId;

fuzz_target!(|text: &str| {
    if let Ok(number) = NationalId::parse(text) {
        assert_eq!(NationalId::parse(number.as_str()).as_ref(), Ok(&number));
        assert!(!number.masked().contains(number.as_str()));
    }
});
