use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::samples::{by_spurv, day, participant_id, rights_information};
use crate::domain::{AttestationId, Channel, EmailAddress, PhoneNumber};

fn controller() -> Controller {
    Controller {
        name: Line::parse("Fjellbekken arbeidsstøtte").expect("a line"),
        email: EmailAddress::parse("personvern@example.com").expect("an address"),
        phone: Some(PhoneNumber::parse("00000017").expect("a number")),
    }
}

fn name() -> Line<80> {
    Line::parse(DefaultNotice::NAME).expect("a line")
}

/// The versions 1, 2, … of the notice, valid from these days.
fn versions(days: &[&str]) -> Vec<Notice> {
    (1_u32..)
        .zip(days)
        .map(|(number, from)| {
            let new = NewNotice {
                version: Line::parse(&number.to_string()).expect("a line"),
                ..DefaultNotice::of(&controller(), day(from)).expect("a notice")
            };
            let id = NoticeId::new(Uuid::from_u128(number.into()));
            Notice::publish(id, new, &by_spurv(from)).expect("published").0
        })
        .collect()
}

/// That the participant was informed by a version on a day.
fn informed(version: &str, on: &str) -> Attestation {
    let kind = AttestationKind::RightsInformation {
        notice: name(),
        version: Line::parse(version).expect("a line"),
        language: Language::Norwegian,
        channel: Channel::InPerson,
    };
    Attestation::make(AttestationId::new(Uuid::from_u128(9)), participant_id(), kind, &by_spurv(on)).0
}

fn due_since(notices: &[Notice], attestations: &[Attestation], on: &str) -> Option<NaiveDate> {
    let (notices, attestations): (Vec<_>, Vec<_>) = (notices.iter().collect(), attestations.iter().collect());
    Notice::information(&name(), &notices, &attestations, day(on)).expect("a present version").due_since
}

#[test]
fn s80a_the_default_notice_names_the_controller_and_how_to_reach_them() {
    let new = DefaultNotice::of(&controller(), day("2026-12-01")).expect("a notice");
    for language in [Language::Norwegian, Language::English] {
        let text = new.parts.part(NoticePart::Controller).in_language(language).as_str();
        for said in ["Fjellbekken arbeidsstøtte", "personvern@example.com", controller().phone.expect("one").as_str()]
        {
            assert!(text.contains(said), "{said} is not in {language:?}");
        }
    }
}

#[test]
fn s80b_to_s80e_the_default_notice_has_five_parts_in_both_languages() {
    // Given the default notice, when it is published, then it shows five parts under their headings in either language.
    let new = DefaultNotice::of(&controller(), day("2026-12-01")).expect("a notice");
    let (notice, fact) = Notice::publish(NoticeId::new(Uuid::from_u128(1)), new, &by_spurv("2026-11-20")).expect("one");
    assert_eq!((fact.code(), NoticePart::ALL.len()), ("notice_published", 5));
    for (language, words) in [
        (Language::Norwegian, ["beholde vanlig arbeid", "Den som henviste deg", "sagt ja til hvem", "rettet"]),
        (Language::English, ["keep ordinary work", "Whoever referred you", "agreed to who", "corrected"]),
    ] {
        let text = notice.text(language);
        assert_eq!(text.split("\n\n").count(), 5);
        for part in NoticePart::ALL {
            assert!(text.contains(part.label().in_language(language)), "{part:?}");
        }
        assert!(words.into_iter().all(|words| text.contains(words)));
    }
    // and its words are proved for each language by itself
    assert_ne!(notice.text_hash(Language::Norwegian), notice.text_hash(Language::English));
    assert_eq!(notice.text_hash(Language::English), TextHash::of(notice.text(Language::English).as_bytes()));
}

#[test]
fn s80_a_part_that_is_missing_or_empty_is_no_notice() {
    let new = DefaultNotice::of(&controller(), day("2026-12-01")).expect("a notice");
    let sound = serde_json::to_value(&new).expect("json");
    for part in NoticePart::ALL {
        let mut missing = sound.clone();
        missing["parts"].as_object_mut().expect("parts").remove(part.code());
        assert!(serde_json::from_value::<NewNotice>(missing).is_err(), "{part:?}");
        let mut empty = sound.clone();
        empty["parts"][part.code()]["en"] = " ".into();
        assert!(serde_json::from_value::<NewNotice>(empty).is_err(), "{part:?}");
    }
}

#[test]
fn s80_a_version_is_not_published_backwards() {
    let new = DefaultNotice::of(&controller(), day("2026-11-19")).expect("a notice");
    let refused = Notice::publish(NoticeId::new(Uuid::from_u128(1)), new, &by_spurv("2026-11-20"));
    let expected = Rejection::DateBefore { day: DayOf::NoticeValidFrom, earliest: day("2026-11-20") };
    assert_eq!(refused.map(|_| ()), Err(expected));
}

#[test]
fn s80_a_new_version_makes_information_due_from_its_first_day() {
    // Given versions of January, June and December, and somebody informed by the first in February
    let notices = versions(&["2026-01-01", "2026-06-01", "2026-12-01"]);
    let told = [informed("1", "2026-02-01")];
    // then they are up to date until the second comes, due since then, and still since then when the third comes
    assert_eq!(due_since(&notices, &told, "2026-05-31"), None);
    assert_eq!(due_since(&notices, &told, "2026-06-01"), Some(day("2026-06-01")));
    assert_eq!(due_since(&notices, &told, "2026-12-01"), Some(day("2026-06-01")));
    // and informed again, no longer; the older attestation does not take the newer one's place
    let again = [informed("2", "2026-06-10"), informed("1", "2026-02-01")];
    assert_eq!(due_since(&notices, &again, "2026-06-10"), None);
    assert_eq!(due_since(&notices, &again, "2026-06-09"), Some(day("2026-06-01")), "not before it was said");
    // and told of the third ahead of its day, not due on it
    assert_eq!(due_since(&notices, &[informed("3", "2026-11-30")], "2026-12-01"), None);
}

#[test]
fn s80_who_was_never_informed_is_due_and_without_a_notice_nobody_is() {
    let notices = versions(&["2026-01-01", "2026-06-01"]);
    assert_eq!(due_since(&notices, &[], "2026-07-01"), Some(day("2026-06-01")));
    // A notice that was not published here says nothing of this one, nor does another attestation.
    let foreign = informed("v0", "2026-02-01");
    assert_eq!(due_since(&notices, &[foreign], "2026-07-01"), Some(day("2026-06-01")));
    let listed: Vec<_> = notices.iter().collect();
    assert_eq!(Notice::information(&name(), &listed, &[], day("2025-12-31")), None);
    let other = Line::parse("contact_persons").expect("a line");
    assert_eq!(Notice::information(&other, &listed, &[], day("2026-07-01")), None);
}

#[test]
fn what_a_notice_attests_is_found_again() {
    let notices = versions(&["2026-01-01"]);
    let notice = notices.first().expect("one");
    let kind = notice.informed(Language::English, Channel::Digital);
    assert_eq!(kind.notice(), Some((&name(), notice.version())));
    assert!(rights_information().notice().is_some_and(|(notice, _)| *notice == name()));
    assert_eq!(AttestationKind::RightPerson.notice(), None);
}

proptest! {
    /// Of state: on every day, information is due exactly when the newest attestation names no version from the present
    /// one on, and never since a day to come.
    #[test]
    fn s80_due_or_informed_by_the_present(told in 0_u32..5, days in 0_u64..400) {
        let notices = versions(&["2026-01-01", "2026-06-01", "2026-12-01"]);
        let on = day("2026-01-01") + chrono::Days::new(days);
        let attestations = if told == 0 { vec![] } else { vec![informed(&told.to_string(), "2026-01-01")] };
        let since = due_since(&notices, &attestations, &on.to_string());
        let present = notices.iter().filter(|notice| notice.valid_from() <= on).count();
        let is_told = (1..=3).contains(&told) && usize::try_from(told).expect("few") >= present;
        prop_assert_eq!(since.is_none(), is_told);
        prop_assert!(since.is_none_or(|since| since <= on));
    }
}
