use proptest::prelude::*;

use super::*;
use crate::domain::samples::{brannhydrant, by_spurv, day, participant_id, spurv};
use crate::domain::{EmployerId, NewParticipant};

fn person(born: Option<&str>) -> Participant {
    let birth_date = born.map(|born| BirthDate::parse(born).expect("a date"));
    let new = NewParticipant { birth_date, ..brannhydrant() };
    Participant::register(participant_id(), new, &by_spurv("2026-01-05")).expect("registered").0
}

fn nordlys() -> Recipient {
    Recipient::Employer { employer: EmployerId::new(uuid::Uuid::from_u128(0xE_0002)) }
}

fn terms(given_by: ConsentGiver) -> ConsentTerms {
    ConsentTerms {
        purpose: ConsentPurpose::IntroduceToEmployer,
        recipients: vec![nordlys(), Recipient::MarketTeam, nordlys()],
        classes: vec![ConsentClass::Phone, ConsentClass::Name],
        text_version: Line::parse("v3").expect("a line"),
        text_hash: TextHash::parse(&"0a".repeat(32)).expect("a hash"),
        given_by,
        channel: Channel::InPerson,
    }
}

fn id() -> ConsentId {
    ConsentId::new(uuid::Uuid::from_u128(0xC_0001))
}

fn at(time: &str) -> Moment {
    Moment::parse(&format!("2026-09-15T{time}:00+02:00")).expect("a moment")
}

fn given(born: &str, given_by: ConsentGiver) -> Consent {
    Consent::give(id(), &person(Some(born)), terms(given_by), &by_spurv("2026-09-01")).expect("given").0
}

fn allows_name(consent: &Consent, at: Moment) -> bool {
    consent.allows(ConsentPurpose::IntroduceToEmployer, &Recipient::MarketTeam, ConsentClass::Name, at)
}

#[test]
fn a_consent_allows_what_it_names_and_nothing_else() {
    // Given name and phone for the market team and NORDLYS, when anything else is asked for, then it is not allowed.
    let consent = given("1990-01-15", ConsentGiver::Participant);
    let noon = at("12:00");
    assert!(allows_name(&consent, noon));
    assert!(consent.allows(ConsentPurpose::IntroduceToEmployer, &nordlys(), ConsentClass::Phone, noon));
    let team = Recipient::MarketTeam;
    assert!(!consent.allows(ConsentPurpose::IntroduceToEmployer, &team, ConsentClass::BirthDate, noon));
    assert!(!consent.allows(ConsentPurpose::ShowInterest, &team, ConsentClass::Name, noon));
    assert!(!consent.allows(ConsentPurpose::IntroduceToEmployer, &Recipient::Counsellor, ConsentClass::Name, noon));
    assert_eq!(consent.recipients().len(), 2);
}

#[test]
fn withdrawn_at_one_is_gone_at_one() {
    // Given a consent, when it is withdrawn at 13:00, then it allows until then, and cannot be withdrawn again.
    let consent = given("1990-01-15", ConsentGiver::Participant);
    let one = Authorship::new(participant_id(), at("13:00"));
    let (consent, fact) = consent.withdraw(Channel::Digital, &one).expect("withdrawn");
    assert!(allows_name(&consent, at("12:59")));
    assert!(!allows_name(&consent, at("13:00")));
    assert_eq!(fact.code(), "consent_withdrawn");
    assert_eq!(consent.withdrawn().map(Withdrawal::authorship), Some(&one));
    let again = consent.withdraw(Channel::Digital, &one);
    assert_eq!(again, Err(Rejection::ConsentWithdrawn { on: day("2026-09-15") }));
}

#[test]
fn it_cannot_be_withdrawn_before_it_was_given() {
    let consent = given("1990-01-15", ConsentGiver::Participant);
    assert!(!allows_name(&consent, by_spurv("2026-08-31").at()));
    let refused = consent.withdraw(Channel::Phone, &by_spurv("2026-08-31"));
    assert_eq!(refused, Err(Rejection::BeforeConsent { given: day("2026-09-01") }));
}

#[test]
fn all_faults_are_told_at_once() {
    let terms = ConsentTerms { recipients: vec![], classes: vec![], ..terms(ConsentGiver::Participant) };
    let faults = vec![Rejection::ConsentWithoutRecipient, Rejection::ConsentWithoutClass, Rejection::BirthDateUnknown];
    let refused = Consent::give(id(), &person(None), terms, &by_spurv("2026-09-01"));
    assert_eq!(refused.map(|_| ()), Err(Rejection::Form(faults)));
}

#[test]
fn below_eighteen_a_guardian_consents_and_the_guardians_own_lapses() {
    // Given MODIG HUMLE, 17 until 2026-12-31, when she consents alone, then it is refused; when a guardian does, then
    // it lapses on her birthday; when both do, then it stays.
    let alone =
        Consent::give(id(), &person(Some("2008-12-31")), terms(ConsentGiver::Participant), &by_spurv("2026-09-01"));
    assert_eq!(alone.map(|_| ()), Err(Rejection::GuardianMustConsent));
    let guardian = given("2008-12-31", ConsentGiver::Guardian);
    assert_eq!(guardian.age_when_given(), 17);
    assert_eq!(guardian.lapses_on(), Some(day("2026-12-31")));
    assert!(allows_name(&guardian, Moment::parse("2026-12-30T23:59:59+01:00").expect("a moment")));
    assert!(!allows_name(&guardian, Moment::parse("2026-12-31T00:00:00+01:00").expect("a moment")));
    assert_eq!(given("2008-12-31", ConsentGiver::Both).lapses_on(), None);
    assert_eq!(given("1990-01-15", ConsentGiver::Guardian).lapses_on(), None);
}

#[test]
fn a_consent_survives_the_round_trip_and_shows_no_birth_date() {
    let (consent, _) = given("2008-12-31", ConsentGiver::Guardian)
        .withdraw(Channel::Letter, &by_spurv("2026-09-02"))
        .expect("withdrawn");
    let json = serde_json::to_string(&consent).expect("json");
    assert_eq!(serde_json::from_str::<Consent>(&json).expect("kept"), consent);
    assert!(!format!("{consent:?}").contains("2008"));
}

proptest! {
    #[test]
    fn a_withdrawn_consent_never_allows_again(given_at in 0_i64..1000, withdrawn_at in 0_i64..1000, asked_at in 0_i64..1000) {
        let moment = |minutes: i64| {
            let time = at("00:00").local() + chrono::TimeDelta::minutes(minutes);
            Moment::new(time).expect("a moment")
        };
        let author = |minutes| Authorship::new(spurv(), moment(minutes));
        let person = person(Some("1990-01-15"));
        let (consent, _) =
            Consent::give(id(), &person, terms(ConsentGiver::Participant), &author(given_at)).expect("given");
        match consent.clone().withdraw(Channel::Phone, &author(withdrawn_at)) {
            Ok((withdrawn, _)) => {
                let expected = given_at <= asked_at && asked_at < withdrawn_at;
                prop_assert_eq!(allows_name(&withdrawn, moment(asked_at)), expected);
            }
            Err(_) => prop_assert!(withdrawn_at < given_at),
        }
    }
}
