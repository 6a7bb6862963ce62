use super::*;
use crate::access::{Actor, Purpose};
use crate::command::World;
use crate::command::samples::{ended_trail_id, trail_id, withheld_trail_id};
use crate::command::scene::{Scene, everyday, now};
use crate::domain::samples::{by_spurv, participant_id, team};
use crate::domain::{
    ActorId, CapacityAssessment, CapacityAssessmentId, Channel, Consent, ConsentId, ConsentMatter, ConsentTerms, Line,
    NarrativeId, Recipient, Role,
};
use crate::question::{Answer, Views};
use crate::record::samples::{self, id};

fn actor(role: Role, recipient: Recipient) -> Actor {
    Actor::recipient(ActorId::new(id(0x5C0)), role, recipient, Purpose::FollowUp)
}

fn counsellor() -> Actor {
    actor(Role::Counsellor, Recipient::Counsellor)
}

fn clinician() -> Actor {
    actor(Role::TreatmentTeamMember, Recipient::TreatmentTeam { name: samples::line() })
}

/// A consent of the participant's to the counsellor.
fn consent(number: u128, classes: Vec<ConsentClass>) -> Consent {
    let terms = ConsentTerms { recipients: vec![Recipient::Counsellor], classes, ..samples::consent_terms() };
    let (id, by) = (ConsentId::new(id(number)), by_spurv("2022-06-03"));
    Consent::give(id, &samples::participant(), terms, &[], &by).unwrap().0
}

/// A text on a topic of the trail.
fn text(number: u128, topic: Topic) -> Narrative {
    let id = NarrativeId::new(id(number));
    Narrative::write(id, &samples::open_trail(), topic, samples::text(), &by_spurv("2022-06-20")).unwrap().0
}

/// The scene with texts of every class.
fn world() -> Scene {
    everyday()
        .with(&samples::narrative())
        .with(&text(0x5C2, Topic::CareerPriorities))
        .with(&text(0x5C3, Topic::AccommodationNeeds))
        .with(&text(0x5C4, Topic::WorkHistory))
        .with(&text(0x5C5, Topic::NoShowPlan))
        .with(&text(0x5C6, Topic::CulturalBackground))
}

fn ask(scene: Scene, actor: &Actor, of: SharedOf) -> Result<SharedCase, Rejection> {
    let (picture, views) = (scene.picture(), Views::default());
    let view = View::new(World::new(&picture, actor, ReadShared::RIGHT, now()), &views);
    let answer = ReadShared { of }.answer(&view).map(Answer::into_inner);
    answer.map_err(|stop| stop.rejection().expect("a refusal: nothing is lacking in a whole picture"))
}

fn here() -> SharedOf {
    SharedOf::Trail(trail_id())
}

fn topics(shared: &SharedCase) -> Vec<Topic> {
    shared.texts.iter().map(|text| text.topic).collect()
}

#[test]
fn s4_a_recipient_sees_exactly_what_the_consent_names() {
    // Given a consent to name and health for counsellor and treatment team
    for actor in [counsellor(), clinician()] {
        for of in [here(), SharedOf::Participant(participant_id())] {
            let shared = ask(world(), &actor, of).unwrap();
            // then they see the name and what is written about health, and nothing else
            assert_eq!(shared.name, Some(samples::name()));
            assert_eq!(topics(&shared), [Topic::Health]);
            assert!(shared.phone.is_none() && shared.email.is_none() && shared.birth_date.is_none());
            assert!(shared.participation.is_none() && shared.main_goal.is_none());
            let purpose = ConsentPurpose::CooperateWithTreatment;
            let granted = [(purpose, ConsentClass::Name), (purpose, ConsentClass::Health)];
            assert_eq!(shared.granted, BTreeSet::from(granted));
        }
    }
}

#[test]
fn s4_each_class_opens_its_own_part() {
    let with = |class| {
        let withdrawn = samples::consent();
        let shared = ask(world().with(&withdrawn).with(&consent(0x5C1, vec![class])), &counsellor(), here()).unwrap();
        let parts = [
            shared.name.is_some(),
            shared.phone.is_some(),
            shared.email.is_some(),
            shared.birth_date.is_some(),
            shared.participation.is_some(),
            shared.main_goal.is_some(),
        ];
        (parts.map(u8::from), topics(&shared))
    };
    for (class, parts, texts) in [
        (ConsentClass::Name, [1, 0, 0, 0, 0, 0], vec![]),
        (ConsentClass::Phone, [0, 1, 0, 0, 0, 0], vec![]),
        (ConsentClass::Email, [0, 0, 1, 0, 0, 0], vec![]),
        (ConsentClass::BirthDate, [0, 0, 0, 1, 0, 0], vec![]),
        (ConsentClass::Participation, [0, 0, 0, 0, 1, 0], vec![]),
        (ConsentClass::Wishes, [0, 0, 0, 0, 0, 1], vec![Topic::CareerPriorities]),
        (ConsentClass::SupportNeeds, [0; 6], vec![Topic::RoutinesAroundWork, Topic::AccommodationNeeds]),
        (ConsentClass::Background, [0; 6], vec![Topic::WorkHistory]),
        (ConsentClass::Health, [0; 6], vec![Topic::Health]),
    ] {
        assert_eq!(with(class), (parts, texts), "{class:?}");
    }
}

#[test]
fn s4_da7_without_a_consent_in_force_the_trail_is_not_there_byte_for_byte() {
    // Given a trail that is nowhere
    let nowhere = ask(world(), &counsellor(), SharedOf::Trail(TrailId::new(id(0xFFFF)))).unwrap_err();
    let bytes = |refused: &Rejection| serde_json::to_vec(refused).unwrap();
    let lacking = crate::domain::CapacityFinding { matter: ConsentMatter::Wholly, ..samples::capacity_finding() };
    let assessment = CapacityAssessmentId::new(id(0x5C7));
    let (lacking, _) =
        CapacityAssessment::record(assessment, participant_id(), lacking, &by_spurv("2022-06-10")).unwrap();
    let later = samples::given_consent().withdraw(trail_id(), Channel::Phone, &by_spurv("2022-09-01")).unwrap().0;
    let (withheld, _) = samples::open_trail().withhold();
    let other_team = Recipient::TreatmentTeam { name: Line::parse("KANARI to").unwrap() };
    // then the same is said where the consent was withdrawn in June or at this very moment, where capacity was found
    // lacking, of a withheld trail and an ended one, to another unit, to a role that is not the recipient's, to a
    // recipient in no such role, and to somebody whom the host knows as no recipient
    let cases = [
        (world().with(&samples::consent()), counsellor(), here()),
        (world().with(&later), counsellor(), here()),
        (world().with(&lacking), counsellor(), here()),
        (world().with(&withheld), counsellor(), here()),
        (world(), counsellor(), SharedOf::Trail(ended_trail_id())),
        (world(), counsellor(), SharedOf::Trail(withheld_trail_id())),
        (world(), counsellor(), SharedOf::Participant(ParticipantId::new(id(0xFFFF)))),
        (world().with(&withheld), counsellor(), SharedOf::Participant(participant_id())),
        (world(), actor(Role::TreatmentTeamMember, other_team), here()),
        (world(), actor(Role::TreatmentTeamMember, Recipient::Counsellor), here()),
        (world(), actor(Role::Counsellor, Recipient::EmploymentTeam { team: team() }), here()),
        (world(), Actor::other(ActorId::new(id(0x5C0)), Role::Counsellor, Purpose::FollowUp), here()),
    ];
    for (number, (world, actor, of)) in cases.into_iter().enumerate() {
        assert_eq!(bytes(&ask(world, &actor, of).unwrap_err()), bytes(&nowhere), "case {number}");
    }
}

#[test]
fn s4_sharing_ends_with_the_trail() {
    // Given the trail ended today, with the consent still in force
    let ending = crate::domain::Ending {
        on: crate::domain::samples::day("2022-09-01"),
        reason: crate::domain::EndReason::Other(crate::domain::OtherEnding::MovedAway),
    };
    let (ended, _) = samples::open_trail().end(ending, &[], &by_spurv("2022-09-01")).unwrap();
    let refused = ask(world().with(&ended), &counsellor(), here()).unwrap_err();
    assert_eq!(refused, Rejection::NotFound { what: Thing::Trail });
}
