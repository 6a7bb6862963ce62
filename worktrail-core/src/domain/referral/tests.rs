//! Tests of received referrals.

use super::*;
use crate::domain::method::Method;
use crate::domain::protection::{AddressProtection, Protection, StaffShielding};
use crate::domain::samples::{by_spurv, day, team};
use crate::domain::team::NewTeam;
use crate::domain::trail::samples::{person_born, referred, somebody_else};
use uuid::Uuid;

fn new(on: &str) -> NewReferral {
    NewReferral {
        received_on: day(on),
        source: ReferralSource::TreatmentTeam,
        unit: Some(ReferringUnit {
            register_id: Line::parse("RESH 12").ok(),
            name: Line::parse("Team Salesforce").expect("a name"),
            kind: UnitKind::TreatmentTeam,
        }),
        counsellor: Line::parse("MILD ORRE").ok(),
        wish: None,
    }
}

fn received(on: &str) -> ReceivedReferral {
    let person = person_born(Some("1985-12-08"), Protection::default());
    let id = ReferralId::new(Uuid::from_u128(0xF_0001));
    ReceivedReferral::receive(id, &person, &ordinary_team(), new(on), &by_spurv(on)).expect("received").0
}

fn new_team() -> NewTeam {
    NewTeam { name: Line::parse("KANARI").expect("a name"), method: Method::Ips }
}

fn ordinary_team() -> Team {
    Team::register(team(), new_team(), &by_spurv("2022-01-03")).0
}

#[test]
fn s23_a_referral_waits_until_it_is_decided_and_is_decided_once() {
    // given a referral
    let referral = received("2022-05-27");
    assert_eq!((referral.decision(), referral.waiting_since()), (ReferralDecision::Waiting, Some(day("2022-05-27"))));
    // when it is declined
    let by = by_spurv("2022-06-03");
    let (closed, fact) = referral.close(day("2022-06-03"), ReferralClosing::OtherArea, None, &by).expect("closed");
    // then it waits no more, and is not decided again
    assert_eq!((closed.decision(), closed.waiting_since()), (ReferralDecision::Declined, None));
    assert!(matches!(fact, Fact::ReferralClosed { .. }));
    let on = day("2022-06-03");
    let again = closed.clone().close(on, ReferralClosing::Withdrawn, None, &by).unwrap_err();
    assert_eq!(again, Rejection::AlreadyEnded { what: Thing::Referral, on });
    assert_eq!(closed.accept(&referred("2022-05-27"), &by).unwrap_err(), again);
}

#[test]
fn s23_who_withdraws_was_not_declined() {
    use ReferralClosing::{FoundWork, NoWish, Withdrawn};
    let by = by_spurv("2022-06-03");
    for reason in ReferralClosing::ALL {
        let (closed, _) = received("2022-05-27").close(day("2022-06-03"), reason, None, &by).expect("closed");
        let withdrawn = matches!(reason, NoWish | FoundWork | Withdrawn);
        let expected = if withdrawn { ReferralDecision::Withdrawn } else { ReferralDecision::Declined };
        assert_eq!(closed.decision(), expected, "{}", reason.code());
    }
}

#[test]
fn db7_a_referral_without_a_unit_names_a_counsellor_or_comes_from_the_participant() {
    let person = person_born(Some("1985-12-08"), Protection::default());
    let receive = |counsellor: Option<&str>, source| {
        let counsellor = counsellor.and_then(|name| Line::parse(name).ok());
        let new = NewReferral { unit: None, counsellor, source, ..new("2022-05-27") };
        let (id, by) = (ReferralId::new(Uuid::from_u128(0xF_0001)), by_spurv("2022-05-27"));
        ReceivedReferral::receive(id, &person, &ordinary_team(), new, &by).map(|(it, _)| it)
    };
    let own = receive(None, ReferralSource::Own).expect("received");
    assert_eq!(own.received().opening().unit, None);
    assert!(receive(Some("MILD ORRE"), ReferralSource::Counsellor).is_ok());
    assert_eq!(receive(None, ReferralSource::TreatmentTeam), Err(Rejection::ReferrerMissing));
    // and it is kept as it was received
    let json = serde_json::to_string(&own).expect("json");
    assert!(!json.contains("unit"));
    assert_eq!(serde_json::from_str::<ReceivedReferral>(&json).expect("kept"), own);
}

#[test]
fn s25_accepting_is_the_trail_that_it_opens() {
    let by = by_spurv("2022-05-31");
    let (accepted, _) = received("2022-05-27").accept(&referred("2022-05-27"), &by).expect("accepted");
    assert_eq!(accepted.trail(), Some(referred("2022-05-27").id()));
    assert_eq!((accepted.decision(), accepted.decided_on()), (ReferralDecision::Accepted, Some(day("2022-05-31"))));
    let other_words = received("2022-05-26").accept(&referred("2022-05-27"), &by);
    assert_eq!(other_words.unwrap_err(), Rejection::ReferralDiffers);
    // and it is the same person's trail, in the same team
    let somebody_elses = ReceivedReferral { participant: somebody_else().id(), ..received("2022-05-27") };
    let refused = somebody_elses.accept(&referred("2022-05-27"), &by).unwrap_err();
    assert_eq!(refused, Rejection::BelongsElsewhere { what: Thing::Referral });
}

#[test]
fn s25_seven_reasons_raise_the_zero_exclusion_flag() {
    let raised: Vec<_> = ReferralClosing::ALL.into_iter().filter(|it| it.raises_zero_exclusion_flag()).collect();
    assert_eq!(raised.len(), 7);
    let on = day("2022-06-03");
    for reason in ReferralClosing::ALL {
        let (closed, _) = received("2022-05-27").close(on, reason, None, &by_spurv("2022-06-03")).expect("closed");
        assert_eq!(closed.zero_exclusion_on(), raised.contains(&reason).then_some(on));
        assert!(!(reason.is_withdrawal() && reason.raises_zero_exclusion_flag()));
    }
}

#[test]
fn s23_the_decision_follows_the_receipt_and_the_reply_the_decision() {
    let by = by_spurv("2022-06-10");
    let early = received("2022-05-27").close(day("2022-05-26"), ReferralClosing::NoWish, None, &by);
    let earliest = day("2022-05-27");
    assert_eq!(early.unwrap_err(), Rejection::DateBefore { day: DayOf::ReferralDecided, earliest });
    let waiting = received("2022-05-27").send_reply(day("2022-06-10"), &by);
    assert_eq!(waiting.unwrap_err(), Rejection::StillOpen { what: Thing::Referral });
    let (closed, _) = received("2022-05-27").close(day("2022-06-03"), ReferralClosing::NoWish, None, &by).expect("");
    let early = closed.clone().send_reply(day("2022-06-02"), &by);
    let earliest = day("2022-06-03");
    assert_eq!(early.unwrap_err(), Rejection::DateBefore { day: DayOf::ReferralReply, earliest });
    let (sent, _) = closed.send_reply(day("2022-06-03"), &by).expect("sent");
    assert_eq!(sent.reply_sent_on(), Some(day("2022-06-03")));
    assert!(matches!(sent.send_reply(day("2022-06-04"), &by), Err(Rejection::AlreadyEnded { .. })));
}

#[test]
fn da3_da4_of_a_strictly_protected_person_a_referral_is_received_by_a_cleared_team_only() {
    let strict = Protection::new(AddressProtection::StrictlyConfidential, StaffShielding::None);
    let person = person_born(None, strict);
    let id = ReferralId::new(Uuid::from_u128(0xF_0001));
    let receive =
        |team: &Team| ReceivedReferral::receive(id, &person, team, new("2022-05-27"), &by_spurv("2022-05-27"));
    assert_eq!(receive(&ordinary_team()).unwrap_err(), Rejection::CannotOpenHere);
    let (cleared, _) = Team::register_cleared(team(), new_team(), &by_spurv("2022-01-03"));
    let (there, _) = receive(&cleared).expect("received");
    assert!(there.is_shown_in(&cleared) && !there.is_shown_in(&ordinary_team()) && !there.is_taken_by_protection());
    // and of one who becomes so it is withheld, and released when it has fallen
    let (withheld, _) = received("2022-05-27").withhold();
    assert!(received("2022-05-27").is_shown_in(&ordinary_team()) && !withheld.is_shown_in(&ordinary_team()));
    assert_eq!(withheld.clone().release(&person).unwrap_err(), Rejection::StrictlyProtected);
    let free = person_born(None, Protection::default());
    assert_eq!(withheld.release(&free).expect("released").0.audience(), TrailAudience::Team);
}
