use pollster::block_on;

use super::*;
use crate::command::samples::{employer_id, merge_contact_persons, merge_employers, register_employer};
use crate::command::scene::{Scene, everyday, specialist, supervisor};
use crate::command::{CorrectEmployer, RegisterEmployer};
use crate::desk::Desk;
use crate::desk::spy::desk;
use crate::domain::EmployerUnit;
use crate::domain::samples::{by_spurv, day, team};
use crate::record::samples::{self, id};
use crate::store::CommandId;

fn line<const MAX: usize>(text: &str) -> Line<MAX> {
    Line::parse(text).unwrap()
}

fn found(desk: &Desk<'_>, by: EmployerSearch) -> Vec<EmployerId> {
    let page = PageRequest::first(Limit::MAX);
    let page = block_on(desk.ask(&specialist(), &FindEmployers { team: team(), by, page })).unwrap();
    page.items.into_iter().map(|hit| hit.id).collect()
}

/// FJELLVIK and its shop, and NORDLYS.
fn three() -> Scene {
    let named = |number: u128, name: &str, unit, municipality: &str| {
        let details = EmployerDetails {
            unit,
            municipality: Some(line(municipality)),
            municipality_number: Municipality::parse(if municipality == "Asker" { "3203/2024" } else { "3201/2024" })
                .ok(),
            alias: Some(line(&format!("Kjære {name}"))),
            industry: crate::domain::Industry::new(crate::domain::IndustryScheme::Sn2007, "2009", "10.710").ok(),
            ..EmployerDetails::named(line(name))
        };
        Employer::register(EmployerId::new(id(number)), None, details, &by_spurv("2022-06-20")).unwrap().0
    };
    let shop = Some(EmployerUnit::SubUnitOf(OrganisationNumber::parse("311002007").unwrap()));
    everyday()
        .with(&named(1, "FJELLVIK BAKERI AS", None, "Bærum"))
        .with(&named(2, "Fjellvik  butikk", shop, "Asker"))
        .with(&named(3, "NORDLYS LOGISTIKK AS", None, "BÆRUM"))
}

#[test]
fn an_employer_is_found_by_its_number_with_its_contact_persons() {
    // given an employer with a contact person who has left
    let desk = desk(everyday().store());
    let find = |number| block_on(desk.ask(&specialist(), &FindEmployer { team: team(), number })).unwrap();
    // when a team asks for its number
    let found = find(samples::organisation_number()).unwrap();
    // then it is found by what a job is registered with; and another number is nobody's
    let (employer, person) = (samples::employer(), samples::contact_person());
    assert_eq!((found.id, &found.details), (employer.id(), employer.details()));
    let shown = found.contact_persons.first().unwrap();
    assert_eq!((shown.id, &shown.name, shown.role.as_ref()), (person.id(), person.name(), person.role()));
    assert_eq!(shown.left_on, Some(day("2022-12-31")));
    assert_eq!(find(OrganisationNumber::parse("311002104").unwrap()), None);
    let read = block_on(desk.ask(&specialist(), &ReadEmployer { team: team(), employer: employer.id() })).unwrap();
    assert_eq!(read, found);
}

#[test]
fn s78_employers_are_found_by_the_beginning_of_name_or_alias() {
    let desk = desk(three().store());
    let [bakery, shop, nordlys] = [1, 2, 3].map(|number| EmployerId::new(id(number)));
    assert_eq!(found(&desk, EmployerSearch::Name(line("fjell"))), [bakery, shop]);
    assert_eq!(found(&desk, EmployerSearch::Name(line("Fjellvik bu"))), [shop]);
    assert_eq!(found(&desk, EmployerSearch::Name(line("vik"))), []);
    assert_eq!(found(&desk, EmployerSearch::Alias(line("kjære nord"))), [nordlys]);
}

#[test]
fn employers_are_found_by_municipality_industry_and_legal_unit() {
    let desk = desk(three().store());
    let [bakery, shop, nordlys] = [1, 2, 3].map(|number| EmployerId::new(id(number)));
    let numbered = |text: &str| found(&desk, EmployerSearch::MunicipalityNumber(Municipality::parse(text).unwrap()));
    assert_eq!(numbered("3201/2024"), [bakery, nordlys]);
    // A number means a municipality only with its list.
    assert_eq!([numbered("3203/2024"), numbered("3201/2020")], [vec![shop], vec![]]);
    assert_eq!(found(&desk, EmployerSearch::Municipality(line("bærum"))), [bakery, nordlys]);
    assert_eq!(found(&desk, EmployerSearch::Industry(line("10"))), [bakery, shop, nordlys]);
    assert_eq!(found(&desk, EmployerSearch::Industry(line("11"))), []);
    let legal_unit = OrganisationNumber::parse("311002007").unwrap();
    assert_eq!(found(&desk, EmployerSearch::SubUnitsOf(legal_unit)), [shop]);
}

#[test]
fn pages_of_hits_follow_each_other() {
    let desk = desk(three().store());
    let ask = |page| {
        let by = EmployerSearch::Name(line("fjellvik"));
        block_on(desk.ask(&specialist(), &FindEmployers { team: team(), by, page })).unwrap()
    };
    let first = ask(PageRequest::first(Limit::new(1)));
    let second = ask(PageRequest::after(Limit::new(1), first.next.unwrap()));
    assert_eq!(second.items.first().map(|hit| hit.id), Some(EmployerId::new(id(2))));
    assert!(second.next.is_none());
}

#[test]
fn s30_probable_duplicates_are_shown_until_they_are_merged() {
    // given an employer that is there twice, once without a number, and a contact person who is there twice
    let desk = desk(everyday().store());
    let ask = || {
        let question = EmployerDuplicates { team: team(), employer: employer_id() };
        block_on(desk.ask(&specialist(), &question)).unwrap()
    };
    let duplicates = ask();
    assert_eq!(duplicates.employers.len(), 1);
    let [pair] = &duplicates.contact_persons[..] else { panic!("one pair: {duplicates:?}") };
    assert_eq!(pair.len(), 2);
    // when a supervisor merges them
    block_on(desk.run(&supervisor(), CommandId::new(id(1)), &merge_employers())).unwrap();
    block_on(desk.run(&supervisor(), CommandId::new(id(2)), &merge_contact_persons())).unwrap();
    // then nothing is there twice, the merged one is not found by name, and its card says where it went
    assert_eq!(ask(), AlikeEmployers { employers: Vec::new(), contact_persons: Vec::new() });
    assert_eq!(found(&desk, EmployerSearch::Name(line("kanari"))), [employer_id()]);
    let merged = ReadEmployer { team: team(), employer: merge_employers().duplicate };
    assert_eq!(block_on(desk.ask(&specialist(), &merged)).unwrap().merged_into, Some(employer_id()));
}

#[test]
fn s30_two_with_numbers_are_two_units_and_no_duplicates() {
    let desk = desk(everyday().store());
    let register = RegisterEmployer { details: samples::employer_details(), ..register_employer() };
    block_on(desk.run(&specialist(), CommandId::new(id(1)), &register)).unwrap();
    let question = EmployerDuplicates { team: team(), employer: employer_id() };
    let duplicates = block_on(desk.ask(&specialist(), &question)).unwrap();
    assert!(duplicates.employers.iter().all(|hit| hit.number.is_none()));
}

#[test]
fn a_corrected_employer_is_found_by_its_new_name_only() {
    let desk = desk(three().store());
    let details = EmployerDetails::named(line("TIDEVANN KAFE AS"));
    let employer = EmployerId::new(id(1));
    block_on(desk.run(&specialist(), CommandId::new(id(9)), &CorrectEmployer { employer, team: team(), details }))
        .unwrap();
    assert_eq!(found(&desk, EmployerSearch::Name(line("tidevann"))), [employer]);
    assert_eq!(found(&desk, EmployerSearch::Name(line("fjellvik"))), [EmployerId::new(id(2))]);
}
