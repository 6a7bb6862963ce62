use super::samples::{employer, fjellvik, nordlys};
use super::*;
use crate::domain::contact_person::samples::contact_at;
use crate::domain::day_of::DayOf;
use crate::domain::samples::{by_spurv, day};
use crate::domain::thing::Thing;

fn number(text: &str) -> OrganisationNumber {
    OrganisationNumber::parse(text).expect("a number")
}

fn named(name: &str) -> EmployerDetails {
    EmployerDetails::named(Line::parse(name).expect("a name"))
}

#[test]
fn a_correction_keeps_id_and_number_and_tells_what_was_before() {
    // given the bakery, when its name is corrected
    let place = Line::parse("SANDVIKA").ok();
    let details = EmployerDetails { place: place.clone(), ..named("FJELLVIK BAKERI OG KONDITORI AS") };
    let (corrected, fact) = fjellvik().correct(details.clone()).expect("corrected");
    // then it is the same one, and the fact has all that was known before
    assert_eq!((corrected.id(), corrected.organisation_number()), (fjellvik().id(), fjellvik().organisation_number()));
    assert_eq!((corrected.details(), corrected.place()), (&details, place.as_ref()));
    assert!(matches!(fact, Fact::EmployerCorrected { before: Some(before), .. } if *before == *fjellvik().details()));
    assert_eq!(corrected.correct(details), Err(Rejection::NothingChanges));
}

#[test]
fn c2_a_sub_unit_names_its_legal_unit_and_never_itself() {
    // given the bakery's shop, a sub-unit of the bakery
    let of =
        |number_of: &str| EmployerDetails { unit: Some(EmployerUnit::SubUnitOf(number(number_of))), ..named("BUTIKK") };
    let by = by_spurv("2022-06-01");
    let register = |details| Employer::register(nordlys().id(), Some(number("311002171")), details, &by);
    let (shop, _) = register(of("311002007")).expect("registered");
    assert_eq!(shop.details().unit.as_ref().and_then(EmployerUnit::legal_unit), Some(&number("311002007")));
    // then neither registering, correcting nor numbering makes it its own legal unit
    assert_eq!(register(of("311002171")), Err(Rejection::OwnLegalUnit));
    assert_eq!(shop.clone().correct(of("311002171")), Err(Rejection::OwnLegalUnit));
    assert_eq!(shop.state_number(number("311002007")), Err(Rejection::OwnLegalUnit));
}

#[test]
fn who_has_no_number_is_known_by_name_until_one_is_stated() {
    let (stated, fact) = employer(1, None, "GRØNN SKILT").state_number(number("311002341")).expect("stated");
    assert_eq!(stated.organisation_number(), Some(&number("311002341")));
    assert!(matches!(fact, Fact::OrganisationNumberStated { before: None, .. }));
    assert_eq!(stated.state_number(number("311002341")), Err(Rejection::NothingChanges));
}

#[test]
fn what_an_employer_has_said_holds_through_its_last_day() {
    // given an employer that is not to be contacted until the end of August
    let wish = DoNotContact { reason: DoNotContactReason::LayingOff, until: Some(day("2022-08-31")) };
    let preferences = EmployerPreferences { do_not_contact: Some(wish), ..EmployerPreferences::default() };
    let (told, fact) = fjellvik().prefer(preferences, None, &by_spurv("2022-06-20")).expect("noted");
    assert_eq!(fact.code(), "employer_preferences_set");
    // then it holds on that day and not on the next
    let wish = told.preferences().and_then(|it| it.do_not_contact).expect("a wish");
    assert!(wish.holds_on(day("2022-08-31")) && !wish.holds_on(day("2022-09-01")));
    // and the same is not said twice, nor for a time that has gone by
    assert_eq!(told.prefer(preferences, None, &by_spurv("2022-06-20")), Err(Rejection::NothingChanges));
    let late = fjellvik().prefer(preferences, None, &by_spurv("2022-09-01"));
    assert_eq!(late, Err(Rejection::DateBefore { day: DayOf::DoNotContact, earliest: day("2022-09-01") }));
}

#[test]
fn i14_it_is_contacted_only_through_a_present_contact_person_of_its_own() {
    let through = |person: &crate::domain::ContactPerson| EmployerPreferences {
        only_through: Some(person.id()),
        ..EmployerPreferences::default()
    };
    let by = by_spurv("2022-09-01");
    let (own, elsewhere) = (contact_at(&fjellvik()), contact_at(&nordlys()));
    let refused = fjellvik().prefer(through(&elsewhere), Some(&elsewhere), &by);
    assert_eq!(refused, Err(Rejection::BelongsElsewhere { what: Thing::ContactPerson }));
    let (told, _) = fjellvik().prefer(through(&own), Some(&own), &by).expect("noted");
    // one who is forgotten is no longer named
    assert_eq!(told.through_instead(own.id(), None).preferences().and_then(|it| it.only_through), None);
    let (former, _) = own.mark_former(day("2022-08-31"), &by).expect("former");
    let refused = fjellvik().prefer(through(&former), Some(&former), &by);
    assert_eq!(refused, Err(Rejection::AlreadyEnded { what: Thing::ContactPerson, on: day("2022-08-31") }));
}

#[test]
fn a_warning_is_shown_through_its_last_day_and_can_be_taken_down() {
    let terms = WarningTerms { about: WarningAbout::LackingSupport, note: None, until: day("2022-12-31") };
    let by = by_spurv("2022-06-20");
    let (warned, _) = fjellvik().warn(Some(terms.clone()), &by).expect("warned");
    assert!(warned.warning_on(day("2022-12-31")).is_some() && warned.warning_on(day("2023-01-01")).is_none());
    assert_eq!(warned.clone().warn(Some(terms.clone()), &by), Err(Rejection::NothingChanges));
    let (clean, _) = warned.warn(None, &by).expect("taken down");
    assert!(clean.warning_on(day("2022-06-20")).is_none());
    let late = fjellvik().warn(Some(terms), &by_spurv("2023-01-01"));
    assert_eq!(late, Err(Rejection::DateBefore { day: DayOf::WarningUntil, earliest: day("2023-01-01") }));
}

#[test]
fn s30_a_duplicate_lends_its_number_and_takes_nothing_new() {
    // given the bakery without a number, and once more with it
    let by = by_spurv("2022-06-20");
    let (kept, duplicate, fact) = employer(1, None, "FJELLVIK").absorb(fjellvik(), &by).expect("merged");
    // then the kept one has the number and goes by both ids
    assert_eq!(kept.organisation_number(), fjellvik().organisation_number());
    assert!(kept.goes_by(kept.id()) && kept.goes_by(fjellvik().id()) && !kept.goes_by(nordlys().id()));
    assert_eq!(fact, Fact::EmployersMerged { employer: kept.id(), duplicate: fjellvik().id() });
    assert_eq!(duplicate.merged(), Some(&by));
    // and nothing new is done to the duplicate
    let merged = Rejection::EmployerMerged { into: kept.id() };
    let preferences = EmployerPreferences { visits: Some(VisitWish::Welcome), ..EmployerPreferences::default() };
    assert_eq!(duplicate.clone().correct(named("FJELL")).unwrap_err(), merged);
    assert_eq!(duplicate.clone().state_number(number("311002341")).unwrap_err(), merged);
    assert_eq!(duplicate.clone().prefer(preferences, None, &by).unwrap_err(), merged);
    assert_eq!(duplicate.clone().warn(None, &by).unwrap_err(), merged);
    assert_eq!(duplicate.clone().absorb(nordlys(), &by).unwrap_err(), merged);
    assert_eq!(employer(2, None, "ENDA EN").absorb(duplicate, &by).unwrap_err(), merged);
    // a duplicate's duplicates come along
    let (third, _, _) = employer(3, None, "FJELLVIK BAKERI").absorb(kept, &by).expect("merged");
    assert!(third.goes_by(fjellvik().id()));
}

#[test]
fn s30_two_numbers_are_two_units() {
    let refused = Rejection::NotADuplicate { what: Thing::Employer };
    assert_eq!(fjellvik().absorb(nordlys(), &by_spurv("2022-06-20")).unwrap_err(), refused);
    let nameless = employer(1, None, "FJELLVIK");
    assert_eq!(nameless.clone().absorb(nameless, &by_spurv("2022-06-20")).unwrap_err(), refused);
}

#[test]
fn a_stored_employer_loads_though_its_values_break_todays_rules() {
    // given a stored employer whose number fails the control digit, and whose industry has no such form
    let details = EmployerDetails {
        industry: Industry::new(IndustryScheme::Sn2007, "2009", "10.710").ok(),
        unit: Some(EmployerUnit::SubUnitOf(number("311002171"))),
        ..fjellvik().details().clone()
    };
    let (employer, _) = fjellvik().correct(details).expect("corrected");
    let json = serde_json::to_string(&employer).expect("json");
    assert_eq!(serde_json::from_str::<Employer>(&json).expect("an employer"), employer);
    let json = json.replace("311002007", "311002008").replace("311002171", "311002172").replace("10.710", "1-0");
    // then the record is read, and the same number in a command is refused
    assert!(serde_json::from_str::<Employer>(&json).is_ok());
    assert!(serde_json::from_str::<OrganisationNumber>("\"311002008\"").is_err());
    assert!(serde_json::from_str::<EmployerUnit>("{\"sub_unit_of\":\"311002172\"}").is_err());
}

proptest::proptest! {
    #[test]
    fn no_sequence_of_acts_makes_a_sub_unit_its_own_legal_unit(picks in proptest::collection::vec((0..3_usize, 0..3_usize), 0..12)) {
        // Given three numbers, when units and numbers are stated in any order
        let numbers = ["311002007", "311002171", "311002341"].map(number);
        let mut employer = fjellvik();
        for (act, pick) in picks {
            let wanted = numbers.get(pick).cloned().expect("a number");
            let before = employer.clone();
            let unit = Some(EmployerUnit::SubUnitOf(wanted.clone()));
            let after = match act {
                0 => employer.correct(EmployerDetails { unit, ..named("FJELLVIK") }),
                1 => employer.correct(named("FJELLVIK")),
                _ => employer.state_number(wanted),
            };
            employer = after.map_or(before, |(employer, _)| employer);
            // then no state is its own legal unit
            let legal_unit = employer.details().unit.as_ref().and_then(EmployerUnit::legal_unit);
            proptest::prop_assert!(legal_unit.is_none() || legal_unit != employer.organisation_number());
        }
    }
}
