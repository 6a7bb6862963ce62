use proptest::prelude::*;

use super::*;
use crate::domain::samples::{assessment, brannhydrant, by_spurv, day, document, finding, participant_id, spurv, team};
use crate::domain::{ConsentMatter, DayOf, DocumentKind, EmployerId, NewParticipant, Period, Signature};

fn person(born: Option<&str>) -> Participant {
    let birth_date = born.map(|born| BirthDate::parse(born).expect("a date"));
    let new = NewParticipant { birth_date, ..brannhydrant() };
    Participant::register(participant_id(), new, &by_spurv("2026-01-05")).expect("registered").0
}

fn trail_id() -> TrailId {
    TrailId::new(uuid::Uuid::from_u128(0x30))
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
        document: None,
        mandate: None,
        guideline: None,
    }
}

fn id() -> ConsentId {
    ConsentId::new(uuid::Uuid::from_u128(0xC_0001))
}

fn at(time: &str) -> Moment {
    Moment::parse(&format!("2026-09-15T{time}:00+02:00")).expect("a moment")
}

fn give(born: &str, terms: ConsentTerms, assessments: &[&CapacityAssessment]) -> Result<Consent, Rejection> {
    Consent::give(id(), &person(Some(born)), terms, assessments, &by_spurv("2026-09-01")).map(|(consent, _)| consent)
}

fn given(born: &str, given_by: ConsentGiver) -> Consent {
    give(born, terms(given_by), &[]).expect("given")
}

/// A guardian's mandate for a purpose in September 2026.
fn mandate(purpose: ConsentPurpose) -> Mandate {
    Mandate {
        matter: ConsentMatter::Partly { purposes: [purpose].into() },
        period: Period::between(day("2026-09-01"), day("2026-09-30")).expect("a period"),
        guardian: Line::parse("VARSOM BEVER").expect("a line"),
        document: document(DocumentKind::Mandate),
    }
}

/// What the treatment may tell the team.
fn from_treatment(given_by: ConsentGiver) -> ConsentTerms {
    ConsentTerms {
        purpose: ConsentPurpose::ShareFromTreatment,
        recipients: vec![Recipient::EmploymentTeam { team: team() }],
        classes: vec![ConsentClass::Health],
        guideline: Some(Guideline {
            title: Line::parse("Deling av opplysninger").expect("a line"),
            version: Line::parse("2").expect("a line"),
            text_hash: TextHash::of(b"guideline"),
        }),
        ..terms(given_by)
    }
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
    let (consent, fact) = consent.withdraw(trail_id(), Channel::Digital, &one).expect("withdrawn");
    assert!(allows_name(&consent, at("12:59")));
    assert!(!allows_name(&consent, at("13:00")));
    assert_eq!(fact.code(), "consent_withdrawn");
    assert_eq!(consent.withdrawn().map(Withdrawal::authorship), Some(&one));
    let again = consent.withdraw(trail_id(), Channel::Digital, &one);
    assert_eq!(again, Err(Rejection::ConsentWithdrawn { on: day("2026-09-15") }));
}

#[test]
fn it_cannot_be_withdrawn_before_it_was_given() {
    let consent = given("1990-01-15", ConsentGiver::Participant);
    assert!(!allows_name(&consent, by_spurv("2026-08-31").at()));
    let refused = consent.withdraw(trail_id(), Channel::Phone, &by_spurv("2026-08-31"));
    assert_eq!(refused, Err(Rejection::BeforeConsent { given: day("2026-09-01") }));
}

#[test]
fn all_faults_are_told_at_once() {
    let terms = ConsentTerms { recipients: vec![], classes: vec![], ..terms(ConsentGiver::Participant) };
    let faults = vec![Rejection::ConsentWithoutRecipient, Rejection::ConsentWithoutClass, Rejection::BirthDateUnknown];
    let refused = Consent::give(id(), &person(None), terms, &[], &by_spurv("2026-09-01"));
    assert_eq!(refused.map(|_| ()), Err(Rejection::Form(faults)));
}

#[test]
fn dc7_below_eighteen_a_guardian_consents_and_the_guardians_own_lapses() {
    // Given MODIG HUMLE, 17 until 2026-12-31, when she consents alone, then it is refused; when a guardian does, then
    // it lapses on her birthday; when both do, then it stays.
    let alone = give("2008-12-31", terms(ConsentGiver::Participant), &[]);
    assert_eq!(alone, Err(Rejection::GuardianMustConsent));
    let guardian = given("2008-12-31", ConsentGiver::Guardian);
    assert_eq!(guardian.age_when_given(), 17);
    assert_eq!(guardian.lapses_on(), Some(day("2026-12-31")));
    assert!(allows_name(&guardian, Moment::parse("2026-12-30T23:59:59+01:00").expect("a moment")));
    assert!(!allows_name(&guardian, Moment::parse("2026-12-31T00:00:00+01:00").expect("a moment")));
    assert_eq!(given("2008-12-31", ConsentGiver::Both).lapses_on(), None);
    assert_eq!(given("1990-01-15", ConsentGiver::Both).lapses_on(), None);
}

#[test]
fn a_consent_survives_the_round_trip_and_shows_no_birth_date() {
    let (consent, _) = given("2008-12-31", ConsentGiver::Guardian)
        .withdraw(trail_id(), Channel::Letter, &by_spurv("2026-09-02"))
        .expect("withdrawn");
    let json = serde_json::to_string(&consent).expect("json");
    assert_eq!(serde_json::from_str::<Consent>(&json).expect("kept"), consent);
    assert!(!format!("{consent:?}").contains("2008"));
}

#[test]
fn c4_health_takes_both_below_eighteen_and_somebody_of_age_consents_in_person() {
    // Given MODIG HUMLE, 17, when only a guardian consents to health, then she is asked too
    let health = |given_by| ConsentTerms { classes: vec![ConsentClass::Name, ConsentClass::Health], ..terms(given_by) };
    let minor = |given_by| give("2008-12-31", health(given_by), &[]);
    assert_eq!(minor(ConsentGiver::Guardian), Err(Rejection::PersonMustConsent));
    assert_eq!(minor(ConsentGiver::Participant), Err(Rejection::GuardianMustConsent));
    assert!(minor(ConsentGiver::Both).is_ok());
    // and of age, nobody else consents for her, mandate or not, while her capacity is presumed
    let adult = |mandate| give("1990-01-15", ConsentTerms { mandate, ..terms(ConsentGiver::Guardian) }, &[]);
    assert_eq!(adult(None), Err(Rejection::PersonMustConsent));
    assert_eq!(adult(Some(mandate(ConsentPurpose::IntroduceToEmployer))), Err(Rejection::PersonMustConsent));
}

#[test]
fn s171_sharing_from_treatment_is_the_persons_own_names_who_is_told_and_is_about_health() {
    // Given somebody of 17: what the treatment tells, she decides alone
    let consent = give("2008-12-31", from_treatment(ConsentGiver::Participant), &[]).expect("given");
    let ours = Recipient::EmploymentTeam { team: team() };
    assert!(consent.allows(ConsentPurpose::ShareFromTreatment, &ours, ConsentClass::Health, at("12:00")));
    assert!(consent.guideline().is_some_and(|it| it.version.as_str() == "2"));
    let by_guardian = give("2008-12-31", from_treatment(ConsentGiver::Guardian), &[]);
    assert_eq!(by_guardian, Err(Rejection::PersonMustConsent));
    // When no guideline is named, nobody in particular is told, and more than health, then all is refused at once
    let vague = ConsentTerms {
        recipients: vec![Recipient::Counsellor],
        classes: vec![ConsentClass::Health, ConsentClass::Name],
        guideline: None,
        ..from_treatment(ConsentGiver::Participant)
    };
    let purpose = ConsentPurpose::ShareFromTreatment;
    let faults =
        vec![Rejection::ClassNotOfPurpose { purpose }, Rejection::RecipientUnnamed, Rejection::GuidelineMissing];
    assert_eq!(give("1990-01-15", vague, &[]), Err(Rejection::Form(faults)));
}

#[test]
fn s175_where_capacity_is_lacking_only_a_guardian_within_the_mandate_consents() {
    // Given a finding of August that capacity is lacking for introductions to employers
    let purpose = ConsentPurpose::IntroduceToEmployer;
    let lacking = assessment(1, &finding([purpose], CapacityOutcome::Lacking, "2026-08-20"));
    let with = |given_by, mandate| give("1990-01-15", ConsentTerms { mandate, ..terms(given_by) }, &[&lacking]);
    // then neither the person nor a guardian outside the mandate consents
    assert_eq!(with(ConsentGiver::Participant, None), Err(Rejection::GuardianMustConsent));
    assert_eq!(with(ConsentGiver::Guardian, None), Err(Rejection::OutsideMandate));
    let other = mandate(ConsentPurpose::InvolveNetwork);
    assert_eq!(with(ConsentGiver::Both, Some(other)), Err(Rejection::OutsideMandate));
    // and within it, the consent says which assessment, and lapses with the mandate
    let consent = with(ConsentGiver::Guardian, Some(mandate(purpose))).expect("given");
    assert_eq!(consent.capacity(), CapacityGround::Assessed { assessment: lacking.id() });
    assert_eq!(consent.lapses_on(), Some(day("2026-10-01")));
    // also for somebody who comes of age that day
    let terms = ConsentTerms { mandate: Some(mandate(purpose)), ..terms(ConsentGiver::Guardian) };
    let of_age = give("2008-09-01", terms, &[&lacking]).expect("given");
    assert_eq!((of_age.age_when_given(), of_age.lapses_on()), (18, Some(day("2026-10-01"))));
    assert_eq!(of_age.mandate(), Some(&mandate(purpose)));
    assert_eq!(given("1990-01-15", ConsentGiver::Participant).capacity(), CapacityGround::Presumed);
}

#[test]
fn s175_the_ledger_says_no_from_the_day_on_which_capacity_is_found_lacking() {
    // Given a consent of 1 September, and a finding of 15 September
    let purpose = ConsentPurpose::IntroduceToEmployer;
    let consent = given("1990-01-15", ConsentGiver::Participant);
    let lacking = assessment(1, &finding([purpose], CapacityOutcome::Lacking, "2026-09-15"));
    let (consents, found) = ([&consent], [&lacking]);
    let ledger = ConsentLedger::of(&consents, &found);
    let allows =
        |ledger: &ConsentLedger<'_>, at| ledger.allows(purpose, &Recipient::MarketTeam, ConsentClass::Name, at);
    assert!(allows(&ledger, by_spurv("2026-09-14").at()));
    assert!(!allows(&ledger, at("00:00")));
    assert!(ledger.granted(&Recipient::MarketTeam, at("12:00")).is_empty());
    // and what a guardian gives within the mandate counts
    let terms = ConsentTerms { mandate: Some(mandate(purpose)), ..terms(ConsentGiver::Guardian) };
    let by = Authorship::new(spurv(), at("09:00"));
    let (guarded, _) = Consent::give(id(), &person(Some("1990-01-15")), terms, &found, &by).expect("given");
    let consents = [&consent, &guarded];
    let ledger = ConsentLedger::of(&consents, &found);
    assert!(allows(&ledger, at("12:00")));
    assert_eq!(ledger.granted(&Recipient::MarketTeam, at("12:00")).len(), 2);
    assert!(!allows(&ledger, by_spurv("2026-10-01").at()), "the mandate is over");
}

#[test]
fn s31_a_signed_consent_was_signed_by_the_day_of_the_act() {
    let signature = Some(Signature { by: Line::parse("SOLID HUMLE").expect("a line"), on: day("2026-09-02") });
    let document = Some(DocumentReference { signature, ..document(DocumentKind::ConsentForm) });
    let refused = give("1990-01-15", ConsentTerms { document, ..terms(ConsentGiver::Participant) }, &[]);
    assert_eq!(refused, Err(Rejection::DateInFuture { day: DayOf::DocumentSigned }));
}

#[test]
fn s31_the_signed_consent_is_kept_with_it() {
    let document = Some(document(DocumentKind::ConsentForm));
    let signed = ConsentTerms { document: document.clone(), ..terms(ConsentGiver::Participant) };
    assert_eq!(give("1990-01-15", signed, &[]).expect("given").document(), document.as_ref());
}

#[test]
fn s175_a_guardian_speaks_for_a_minor_and_within_a_mandate_and_the_person_alone_never_counts_as_guarded() {
    // Given MODIG HUMLE, 17 until 2026-12-31: what a guardian gave is guarded until she is of age
    let (before, of_age) = (day("2026-12-30"), day("2026-12-31"));
    for given_by in [ConsentGiver::Guardian, ConsentGiver::Both] {
        let consent = given("2008-12-31", given_by);
        assert!(consent.is_guarded_on(before) && !consent.is_guarded_on(of_age), "{}", given_by.code());
    }
    // and what she gave alone is not, young as she is
    let own = give("2008-12-31", from_treatment(ConsentGiver::Participant), &[]).expect("given");
    assert!(!own.is_guarded_on(before));
    // and for somebody of age, a guardian speaks within the mandate
    let purpose = ConsentPurpose::IntroduceToEmployer;
    let lacking = assessment(1, &finding([purpose], CapacityOutcome::Lacking, "2026-08-20"));
    let terms = ConsentTerms { mandate: Some(mandate(purpose)), ..terms(ConsentGiver::Guardian) };
    let consent = give("1990-01-15", terms, &[&lacking]).expect("given");
    assert!(consent.is_guarded_on(day("2026-09-30")) && !consent.is_guarded_on(day("2026-10-01")));
}

#[test]
fn s175_on_what_capacity_a_consent_rests_is_kept_and_a_presumption_leaves_no_trace() {
    let purpose = ConsentPurpose::IntroduceToEmployer;
    let found = assessment(1, &finding([purpose], CapacityOutcome::Present, "2026-08-20"));
    let consent = give("1990-01-15", terms(ConsentGiver::Participant), &[&found]).expect("given");
    let json = serde_json::to_string(&consent).expect("json");
    let kept: Consent = serde_json::from_str(&json).expect("kept");
    assert_eq!(kept.capacity(), CapacityGround::Assessed { assessment: found.id() });
    let presumed = serde_json::to_string(&given("1990-01-15", ConsentGiver::Participant)).expect("json");
    assert!(!presumed.contains("capacity"), "{presumed}");
}

/// One consent of the property tests: what it names, when it is given, and when it is withdrawn.
#[derive(Debug, Clone)]
struct Drawn {
    purpose: ConsentPurpose,
    recipient: Recipient,
    class: ConsentClass,
    given: i64,
    withdrawn: Option<i64>,
}

const PURPOSES: [ConsentPurpose; 2] = [ConsentPurpose::ShowInterest, ConsentPurpose::InvolveNetwork];
const RECIPIENTS: [Recipient; 2] = [Recipient::MarketTeam, Recipient::Counsellor];
const CLASSES: [ConsentClass; 2] = [ConsentClass::Name, ConsentClass::Health];

fn drawn() -> impl Strategy<Value = Drawn> {
    let named = (prop::sample::select(&PURPOSES), prop::sample::select(&RECIPIENTS), prop::sample::select(&CLASSES));
    (named, 0_i64..60, proptest::option::of(0_i64..60)).prop_map(|((purpose, recipient, class), given, after)| Drawn {
        purpose,
        recipient,
        class,
        given,
        withdrawn: after.map(|days| given + days),
    })
}

/// Noon of a day after 1 September 2026.
fn noon(days: i64) -> Moment {
    let first = Moment::parse("2026-09-01T12:00:00+02:00").expect("a moment").local();
    Moment::new(first + chrono::TimeDelta::days(days)).expect("a moment")
}

proptest! {
    /// Of state: the ledger says yes exactly when a consent in force names purpose, recipient and class, and capacity for
    /// the purpose is not found lacking on that day. Withdrawn is no from that moment; nothing else makes a yes.
    #[test]
    fn s175_the_ledger_says_yes_only_for_what_a_consent_in_force_names(
        drawn in proptest::collection::vec(drawn(), 0..6),
        lacking in proptest::option::of((prop::sample::select(&PURPOSES), 0_i64..90)),
        asked in (prop::sample::select(&PURPOSES), prop::sample::select(&RECIPIENTS), prop::sample::select(&CLASSES)),
        on in 0_i64..120,
    ) {
        let author = |days| Authorship::new(spurv(), noon(days));
        let adult = person(Some("1990-01-15"));
        let consents: Vec<Consent> = drawn.iter().map(|it| {
            let terms = ConsentTerms {
                purpose: it.purpose,
                recipients: vec![it.recipient.clone()],
                classes: vec![it.class],
                ..terms(ConsentGiver::Participant)
            };
            let (consent, _) = Consent::give(id(), &adult, terms, &[], &author(it.given)).expect("given");
            match it.withdrawn {
                Some(days) => consent.withdraw(trail_id(), Channel::Phone, &author(days)).expect("withdrawn").0,
                None => consent,
            }
        }).collect();
        let found = lacking.map(|(purpose, days)| {
            assessment(1, &finding([purpose], CapacityOutcome::Lacking, &noon(days).day().to_string()))
        });
        let (consents, found): (Vec<_>, Vec<_>) = (consents.iter().collect(), found.iter().collect());
        let ledger = ConsentLedger::of(&consents, &found);
        let (purpose, recipient, class) = asked;
        let named = drawn.iter().any(|it| {
            (it.purpose, &it.recipient, it.class) == (purpose, &recipient, class)
                && it.given <= on
                && it.withdrawn.is_none_or(|withdrawn| on < withdrawn)
        });
        let lacks = lacking.is_some_and(|(about, days)| about == purpose && days <= on);
        prop_assert_eq!(ledger.allows(purpose, &recipient, class, noon(on)), named && !lacks);
        let granted = ledger.granted(&recipient, noon(on)).contains(&(purpose, class));
        prop_assert_eq!(granted, named && !lacks, "the list agrees with the question");
    }


    #[test]
    fn a_withdrawn_consent_never_allows_again(given_at in 0_i64..1000, withdrawn_at in 0_i64..1000, asked_at in 0_i64..1000) {
        let moment = |minutes: i64| {
            let time = at("00:00").local() + chrono::TimeDelta::minutes(minutes);
            Moment::new(time).expect("a moment")
        };
        let author = |minutes| Authorship::new(spurv(), moment(minutes));
        let person = person(Some("1990-01-15"));
        let (consent, _) =
            Consent::give(id(), &person, terms(ConsentGiver::Participant), &[], &author(given_at)).expect("given");
        match consent.clone().withdraw(trail_id(), Channel::Phone, &author(withdrawn_at)) {
            Ok((withdrawn, _)) => {
                let expected = given_at <= asked_at && asked_at < withdrawn_at;
                prop_assert_eq!(allows_name(&withdrawn, moment(asked_at)), expected);
            }
            Err(_) => prop_assert!(withdrawn_at < given_at),
        }
    }
}

#[test]
fn c4_dc7_a_guardian_takes_back_what_rests_on_their_word_too() {
    let health = |given_by| ConsentTerms { classes: vec![ConsentClass::Health], ..terms(given_by) };
    let rests = |born, terms, on: &str| give(born, terms, &[]).expect("given").rests_on_guardian(day(on));
    // given somebody of seventeen on 1 September, for whom both must consent to health being shared
    let minor = "2008-12-31";
    assert!(rests(minor, health(ConsentGiver::Both), "2026-12-30"));
    // then what they gave together is the person's alone from the eighteenth birthday on
    assert!(!rests(minor, health(ConsentGiver::Both), "2026-12-31"));
    // and from sixteen on what the treatment tells, which the person decides
    assert!(!rests(minor, from_treatment(ConsentGiver::Both), "2026-09-01"));
    assert!(!rests(minor, from_treatment(ConsentGiver::Participant), "2026-09-01"));
    // and a guardian's own word is always theirs to take back
    assert!(rests(minor, terms(ConsentGiver::Guardian), "2026-09-01"));
    // and of somebody of age what they gave with a guardian, for as long as the mandate counts
    let purpose = ConsentPurpose::IntroduceToEmployer;
    let within = ConsentTerms { mandate: Some(mandate(purpose)), ..terms(ConsentGiver::Both) };
    assert!(rests("1990-01-15", within.clone(), "2026-09-30"));
    assert!(!rests("1990-01-15", within, "2026-10-01"));
    assert!(!rests("1990-01-15", terms(ConsentGiver::Both), "2026-09-01"));
}
