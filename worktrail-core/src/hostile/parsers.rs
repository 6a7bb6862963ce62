//! The parsers of domain values.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Debug;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{SEED, Said, inputs, texts};
use crate::domain::{
    BirthDate, EmailAddress, EntryCode, HoursPerWeek, LanguageTag, Line, Moment, Municipality, NameBeginning,
    NationalId, NumberScheme, Occupation, OccupationScheme, OrganisationNumber, OtherNumber, PersonName, PhoneNumber,
    Text, TextHash, TimeOfDay,
};
use crate::simulation::Dice;
use crate::store::Tenant;

/// Lets a parser read many hostile texts.
fn attack<T, E>(file: &'static str, parse: impl Fn(&str) -> Result<T, E>) -> &'static str
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
    E: Error,
{
    let (mut dice, mut said, mut taken) = (Dice::new(SEED), Said::default(), 0_usize);
    for _ in 0..inputs(100_000) {
        let text = texts::text(&mut dice);
        match parse(&text) {
            Err(error) => said.of(&error),
            // What one door takes, the other takes too, and it is no longer than what came in.
            Ok(value) => {
                let written = serde_json::to_string(&value).expect("written");
                assert_eq!(serde_json::from_str::<T>(&written).ok(), Some(value), "{file}: {text:?}");
                assert!(written.len() <= 2 * text.len() + 64, "{file}: {text:?}");
                taken += 1;
            }
        }
    }
    said.assert_few_words(file, 16);
    assert!(taken > 0 && !said.0.is_empty(), "{file}: {taken} were taken");
    file
}

#[test]
fn every_parser_takes_hostile_input_and_answers_in_few_words() {
    let attacked: BTreeSet<_> = [
        attack("domain/birth_date.rs", BirthDate::parse),
        attack("domain/email.rs", EmailAddress::parse),
        attack("domain/entry_code.rs", EntryCode::parse),
        attack("domain/hours.rs", HoursPerWeek::parse),
        attack("domain/language_tag.rs", LanguageTag::parse),
        attack("domain/moment.rs", Moment::parse),
        attack("domain/municipality.rs", Municipality::parse),
        attack("domain/name_entry.rs", NameBeginning::parse),
        attack("domain/national_id.rs", NationalId::parse),
        attack("domain/organisation_number.rs", OrganisationNumber::parse),
        attack("domain/person_number.rs", NumberScheme::parse),
        attack("domain/phone.rs", PhoneNumber::parse),
        attack("domain/text.rs", Line::<40>::parse),
        attack("domain/text.rs", Text::<12>::parse),
        attack("domain/text_hash.rs", TextHash::parse),
        attack("domain/weekday_times.rs", TimeOfDay::parse),
        attack("store/tenant.rs", Tenant::parse),
    ]
    .into();
    attack("domain/person_name.rs", |text| PersonName::new(text, text));
    attack("domain/person_name.rs", |text| PersonName::new("KANARI", "FUGL")?.with_middle(text));
    attack("domain/person_number.rs", |text| OtherNumber::new(NumberScheme::parse("duf")?, text));
    let version = || Line::parse("33").expect("a version");
    for scheme in OccupationScheme::ALL {
        attack("domain/occupation.rs", |text| Occupation::new(scheme, version(), text, None));
    }
    // A parser that is not in the list is found by how all of them are written.
    let mut parsers = BTreeSet::new();
    find_parsers(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut parsers);
    let parsers: BTreeSet<_> = parsers.iter().map(String::as_str).collect();
    assert_eq!(parsers, attacked, "files with a parser, and parsers that are attacked");
}

/// The files that have a `parse` which says why not.
fn find_parsers(folder: &Path, found: &mut BTreeSet<String>) {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            find_parsers(&path, found);
        } else {
            let source = std::fs::read_to_string(&path).expect("a source");
            if source.contains(") -> Result<Self, Not") && source.contains(CALLED) {
                let inside = path.strip_prefix(&sources).expect("inside");
                found.insert(inside.to_string_lossy().replace('\\', "/"));
            }
        }
    }
}

/// How a parser is written, so that this line is none.
const CALLED: &str = concat!("pub fn ", "parse(");
