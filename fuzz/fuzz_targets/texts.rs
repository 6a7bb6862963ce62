//! The other parsers: what is taken is not longer than what came in.
#![no_main]

use libfuzzer_sys::fuzz_target;
use worktrail_core::domain::{
    BirthDate, EmailAddress, HoursPerWeek, LanguageTag, Line, Moment, Municipality, NameBeginning, NumberScheme,
    OrganisationNumber, OtherNumber, PersonName, PhoneNumber, Text, TextHash, TimeOfDay,
};
use worktrail_core::store::Tenant;

fuzz_target!(|text: &str| {
    let _ = BirthDate::parse(text);
    let _ = EmailAddress::parse(text);
    let _ = HoursPerWeek::parse(text);
    let _ = LanguageTag::parse(text);
    let _ = Moment::parse(text);
    let _ = Municipality::parse(text);
    let _ = NameBeginning::parse(text);
    let _ = NumberScheme::parse(text).map(|scheme| OtherNumber::new(scheme, text));
    let _ = OrganisationNumber::parse(text);
    let _ = PersonName::new(text, text);
    let _ = PhoneNumber::parse(text);
    let _ = Tenant::parse(text);
    let _ = TextHash::parse(text);
    let _ = TimeOfDay::parse(text);
    if let Ok(line) = Line::<80>::parse(text) {
        assert!(line.as_str().len() <= text.len() && line.as_str().chars().count() <= 80);
    }
    if let Ok(taken) = Text::<80>::parse(text) {
        assert!(taken.as_str().len() <= text.len() && taken.as_str().chars().count() <= 80);
    }
});
