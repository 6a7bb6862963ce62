use uuid::Uuid;

use super::*;
use crate::domain::contact_person::samples::contact_at;
use crate::domain::employer::samples::{employer, fjellvik, nordlys};
use crate::domain::samples::{by_spurv, day};
use crate::domain::trail::samples::{ended, started};

fn visit() -> NewEmployerContact {
    NewEmployerContact {
        on: day("2022-06-21"),
        way: ContactWay::InPerson,
        held_by: ContactHeldBy::Specialist,
        met: EmployerMet::DecisionMaker,
        about: ContactAbout::OrdinaryWork,
        summary: Text::parse("Trenger folk til høsten").ok(),
        wishes: Some(WishesFollowed::Followed),
    }
}

fn register(new: NewEmployerContact, person: Option<&ContactPerson>) -> Result<EmployerContact, Rejection> {
    let id = EmployerContactId::new(Uuid::from_u128(1));
    let trail = started("2022-05-27", "2022-06-02");
    EmployerContact::register(id, &trail, &fjellvik(), person, new, &by_spurv("2022-06-21")).map(|(contact, _)| contact)
}

#[test]
fn dc1_a_face_to_face_contact_about_ordinary_work_counts_whoever_held_it() {
    for held_by in ContactHeldBy::ALL {
        let contact = register(NewEmployerContact { held_by, ..visit() }, None).expect("registered");
        assert!(contact.starts_the_clock());
    }
}

#[test]
fn dc1_a_school_a_phone_call_work_training_and_an_attempt_do_not() {
    for new in [
        NewEmployerContact { about: ContactAbout::Education, ..visit() },
        NewEmployerContact { about: ContactAbout::WorkTraining, ..visit() },
        NewEmployerContact { way: ContactWay::Phone, ..visit() },
        NewEmployerContact { way: ContactWay::Video, ..visit() },
        NewEmployerContact { met: EmployerMet::Nobody, ..visit() },
    ] {
        assert!(!register(new, None).expect("registered").starts_the_clock());
    }
}

#[test]
fn a_contact_is_not_registered_ahead_and_may_lie_before_the_start() {
    let ahead = register(NewEmployerContact { on: day("2022-06-22"), ..visit() }, None);
    assert_eq!(ahead.unwrap_err(), Rejection::DateInFuture { day: DayOf::EmployerContact });
    assert!(register(NewEmployerContact { on: day("2022-06-01"), ..visit() }, None).is_ok());
}

#[test]
fn i14_the_person_met_belongs_to_the_employer_and_was_met() {
    let elsewhere = Rejection::BelongsElsewhere { what: Thing::ContactPerson };
    let refused = register(visit(), Some(&contact_at(&nordlys())));
    assert_eq!(refused.unwrap_err(), elsewhere);
    let refused = register(NewEmployerContact { met: EmployerMet::Nobody, ..visit() }, Some(&contact_at(&fjellvik())));
    assert_eq!(refused.unwrap_err(), Rejection::NobodyMet);
    let contact = register(visit(), Some(&contact_at(&fjellvik()))).expect("registered");
    assert_eq!(contact.contact_person(), Some(contact_at(&fjellvik()).id()));
}

#[test]
fn the_phase_of_the_day_is_kept_and_none_before_the_referral() {
    let on = |on: &str| register(NewEmployerContact { on: day(on), ..visit() }, None).expect("registered").phase();
    assert_eq!(on("2022-06-21"), Some(Phase::Mapping));
    assert_eq!(on("2022-06-01"), Some(Phase::Referred));
    assert_eq!(on("2022-05-26"), None);
}

#[test]
fn a_correction_tells_what_was_before_and_keeps_the_rules() {
    // given a visit that was a phone call in truth
    let trail = started("2022-05-27", "2022-06-02");
    let contact = register(visit(), Some(&contact_at(&fjellvik()))).expect("registered");
    let call = NewEmployerContact { way: ContactWay::Phone, ..visit() };
    let by = by_spurv("2022-06-22");
    let correct =
        |contact: EmployerContact, employer: &Employer, new| contact.correct(&trail, employer, None, new, &by);
    // when it is corrected, then the history has the visit
    let (corrected, fact) = correct(contact.clone(), &fjellvik(), call.clone()).expect("corrected");
    assert_eq!((corrected.told(), corrected.contact_person(), corrected.corrected()), (call.clone(), None, Some(&by)));
    assert!(matches!(fact, Fact::EmployerContactCorrected { before, .. } if *before == visit()));
    // and all of it may have been wrong
    let other = NewEmployerContact {
        on: day("2022-06-01"),
        way: ContactWay::Video,
        held_by: ContactHeldBy::Participant,
        met: EmployerMet::Nobody,
        about: ContactAbout::WorkTraining,
        summary: None,
        wishes: None,
    };
    let (all, _) = correct(contact.clone(), &fjellvik(), other.clone()).expect("corrected");
    assert_eq!((all.told(), all.phase(), all.on()), (other, Some(Phase::Referred), day("2022-06-01")));
    // that nobody was met with is a correction too
    let (alone, _) = correct(contact.clone(), &fjellvik(), visit()).expect("corrected");
    assert_eq!((alone.told(), alone.contact_person()), (visit(), None));
    assert_eq!((alone.summary(), alone.wishes()), (visit().summary.as_ref(), visit().wishes));
    // and a correction to the same, of another employer's, or to a day ahead is refused
    assert_eq!(correct(corrected, &fjellvik(), call.clone()).unwrap_err(), Rejection::NothingChanges);
    let elsewhere = Rejection::BelongsElsewhere { what: Thing::EmployerContact };
    assert_eq!(correct(contact.clone(), &nordlys(), call).unwrap_err(), elsewhere);
    let ahead = correct(contact, &fjellvik(), NewEmployerContact { on: day("2022-06-23"), ..visit() });
    assert_eq!(ahead.unwrap_err(), Rejection::DateInFuture { day: DayOf::EmployerContact });
}

#[test]
fn i10_an_ended_trail_takes_no_contact_and_no_correction_of_one() {
    let (trail, by) = (ended(), by_spurv("2023-03-01"));
    let frozen = Rejection::TrailEnded { trail: trail.id() };
    let id = EmployerContactId::new(Uuid::from_u128(1));
    let late = EmployerContact::register(id, &trail, &fjellvik(), None, visit(), &by);
    assert_eq!(late.unwrap_err(), frozen);
    let call = NewEmployerContact { way: ContactWay::Phone, ..visit() };
    let corrected = register(visit(), None).expect("registered").correct(&trail, &fjellvik(), None, call, &by);
    assert_eq!(corrected.unwrap_err(), frozen);
}

#[test]
fn da4_a_contact_is_shown_to_whom_its_trail_is() {
    let (withheld, _) = started("2022-05-27", "2022-06-02").withhold();
    let contact = register(visit(), None).expect("registered");
    assert_ne!(contact.shown_to(), Some(&withheld.shown_to()));
    assert_eq!(contact.follow(&withheld).shown_to(), Some(&withheld.shown_to()));
}

#[test]
fn s30_a_duplicate_takes_no_new_contact() {
    let by = by_spurv("2022-06-21");
    let (kept, merged, _) = employer(7, None, "FJELLVIK").absorb(fjellvik(), &by).expect("merged");
    let trail = started("2022-05-27", "2022-06-02");
    let id = EmployerContactId::new(Uuid::from_u128(1));
    let refused = EmployerContact::register(id, &trail, &merged, None, visit(), &by);
    assert_eq!(refused.unwrap_err(), Rejection::EmployerMerged { into: kept.id() });
}
