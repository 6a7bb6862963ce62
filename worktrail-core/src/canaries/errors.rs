//! The errors: parsers fed with marked input, damaged records, refusals.

use std::error::Error;

use pollster::block_on;

use super::{assert_silent, mark_in, told};
use crate::command::scene::everyday;
use crate::desk::Error as DeskError;
use crate::domain::{
    BirthDate, EmailAddress, HoursPerWeek, Line, Moment, NationalId, OrganisationNumber, PersonName, PhoneNumber,
    Rejection, Text, TextHash,
};
use crate::record::samples::{Visit, every_kind};
use crate::record::{Recorded, from_record, reproject, to_record};
use crate::store::{Body, Cursor, IndexRange, Kind, Limit, PageRequest, Record, Revision, Store, StoredRecord, Tenant};

/// Inputs that no parser of the library takes, each with a mark.
const HOSTILE: [&str; 12] = [
    "KANARI\0",
    "KANARI\nKANARI",
    "KANARI@@example.com",
    "kanari@",
    "48128549319",
    "481285 4931",
    "481285493188",
    "+47 481285",
    "0000091",
    "1985-13-41",
    "1985",
    "kanari@example.com, 48128549319 1985-12-08",
];

fn refused<T, E: Error + 'static>(parse: impl Fn(&str) -> Result<T, E>) -> usize {
    let refused: Vec<_> = HOSTILE.into_iter().filter_map(|text| parse(text).err()).collect();
    for error in &refused {
        assert_silent(std::any::type_name::<E>(), &told(error));
    }
    refused.len()
}

#[test]
fn no_parser_repeats_what_it_refuses() {
    assert_eq!(refused(NationalId::parse), 12);
    assert_eq!(refused(OrganisationNumber::parse), 12);
    assert_eq!(refused(BirthDate::parse), 12);
    assert_eq!(refused(Moment::parse), 12);
    assert_eq!(refused(TextHash::parse), 12);
    assert_eq!(refused(Tenant::parse), 7);
    assert_eq!(refused(HoursPerWeek::parse), 12);
    assert!(refused(EmailAddress::parse) >= 11);
    assert!(refused(PhoneNumber::parse) >= 9);
    assert_eq!(refused(Text::<3>::parse), 12);
    assert_eq!(refused(Line::<3>::parse), 12);
    assert!(refused(|text| PersonName::new(text, text)) >= 2);
}

/// Reads every kind from a damaged body and from one of another kind.
struct Damaged;

impl Visit for Damaged {
    fn visit<T: Recorded>(&mut self, value: &T) {
        let bytes = to_record(value).unwrap().body().bytes().to_vec();
        let text = String::from_utf8(bytes.clone()).unwrap();
        let cut = bytes[..bytes.len() / 2].to_vec();
        let mistaken = br#""KANARI 48128549318""#.to_vec();
        let foreign = br#"{"id":"KANARI","KANARI":48128549318,"name":"KANARI","kind":"KANARI"}"#.to_vec();
        let other_id = text.replacen(r#"{"id":""#, r#"{"id":"KANARI"#, 1).into_bytes();
        for body in [cut, mistaken, foreign, other_id] {
            let record = Record::new(value.key(), Body::new(T::FORM, body));
            for error in [from_record::<T>(&record).map(|_| ()), reproject(&record).map(|_| ())] {
                assert_silent(T::KIND.name(), &told(&error.unwrap_err()));
            }
        }
        let stored = StoredRecord::new(to_record(value).unwrap(), Revision::new(1), Revision::default());
        let wrong = StoredRecord::read(
            &Tenant::default(),
            stored.record().clone(),
            Revision::new(2),
            Revision::default(),
            stored.digest(&Tenant::default()).as_bytes(),
        );
        assert_silent(T::KIND.name(), &told(&wrong.unwrap_err()));
    }
}

#[test]
fn no_error_about_a_damaged_record_repeats_it() {
    every_kind(&mut Damaged);
}

#[test]
fn no_error_about_a_cursor_or_a_key_repeats_it() {
    let participants: Kind = crate::record::SCHEMA.kind("participant").unwrap();
    let store = everyday().store();
    for text in HOSTILE {
        let page = PageRequest::after(Limit::MAX, Cursor::from_text(text));
        let error = block_on(store.scan(&Tenant::default(), &IndexRange::all(participants), &page)).unwrap_err();
        assert_silent("a cursor", &told(&error));
        let unique = participants.index("national_id").unwrap();
        let values = vec![text.into(), text.into()];
        assert_silent("a key", &told(&crate::store::UniqueKey::new(unique, values.clone()).unwrap_err()));
        assert_silent("a range", &told(&IndexRange::new(unique, values).unwrap_err()));
    }
}

#[test]
fn errors_of_the_desk_are_silent_and_refusals_are_what_they_say() {
    let rejection = Rejection::NothingChanges;
    for error in [DeskError::Rejected(rejection), DeskError::Conflict, crate::store::StoreError::corrupt("a").into()] {
        assert_eq!(mark_in(&told(&error)), None);
    }
}
