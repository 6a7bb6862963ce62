//! Tests: who is found, by number and by name, and who is not.

use pollster::block_on;

use super::*;
use crate::access::Actor;
use crate::command::samples::{
    change_national_id, change_protection, correct_name, end_trail, merge_participants, note_number, open,
    state_residence, trail_id,
};
use crate::command::scene::{Scene, elsewhere, everyday, free, other_team, specialist, supervisor};
use crate::command::{ChangeProtection, Command, ForgetParticipant, OpenTrail, ReleaseTrails, StateResidence};
use crate::desk::Error;
use crate::desk::spy::desk;
use crate::domain::samples::{by_spurv, participant_id, team};
use crate::domain::{
    AddressProtection, BirthDate, FactCode, NewParticipant, OtherNumber, Protection, StaffShielding, TrailId,
};
use crate::question::{OwnTrails, ReadTrail, TrailHistory};
use crate::record::samples::{self, id};
use crate::store::{CommandId, Limit, MemoryStore};

fn run<C: Command>(world: &MemoryStore, actor: &Actor, number: u128, command: &C) {
    block_on(desk(world).run(actor, CommandId::new(id(0xE00 + number)), command)).expect(C::NAME);
}

fn named(world: &MemoryStore, beginning: &str) -> Vec<ParticipantId> {
    let mut found: Vec<_> = named_in(world, team(), &specialist(), beginning).into_iter().map(|card| card.id).collect();
    found.sort_unstable();
    found
}

/// The participant's namesakes who have an open trail in the team, by id.
fn namesakes() -> [ParticipantId; 3] {
    [0x106, 0x10D, 0x10E].map(|number| ParticipantId::new(id(number)))
}

/// The participant and their namesakes.
fn all_named() -> Vec<ParticipantId> {
    [participant_id()].into_iter().chain(namesakes()).collect()
}

fn named_in(world: &MemoryStore, team: TeamId, actor: &Actor, beginning: &str) -> Vec<ParticipantCard> {
    let beginning = NameBeginning::parse(beginning).unwrap();
    let question = FindByName { team, beginning, page: PageRequest::first(Limit::MAX) };
    block_on(desk(world).ask(actor, &question)).unwrap().items
}

fn numbered(world: &MemoryStore, number: impl Into<PersonNumber>) -> Option<ParticipantId> {
    let question = FindParticipant { team: team(), number: number.into() };
    block_on(desk(world).ask(&specialist(), &question)).unwrap().map(|card| card.id)
}

fn national(text: &str) -> NationalId {
    NationalId::parse(text).unwrap()
}

#[test]
fn s77_a_participant_is_found_by_the_beginning_of_any_name_among_the_teams_own() {
    // given some with an open trail in the team and one in the other team, all of one name
    let world = everyday().store();
    // when the team asks for the beginning of any of the names, in any case
    for beginning in ["kanari", "KANARIF", "kanarigul kanarifugl", "kanarifugl kanari"] {
        // then its own are found, once each, and nobody else's
        assert_eq!(named(&world, beginning), all_named(), "{beginning}");
    }
    assert_eq!(named(&world, "anari"), []);
    assert_eq!(named(&world, "kanarix"), []);
}

#[test]
fn s77_pages_go_through_all_of_them() {
    let world = everyday().store();
    let mut page = PageRequest::first(Limit::new(1));
    let mut found = Vec::new();
    loop {
        let question = FindByName { team: team(), beginning: NameBeginning::parse("kanarif").unwrap(), page };
        let answer = block_on(desk(&world).ask(&specialist(), &question)).unwrap();
        found.extend(answer.items.into_iter().map(|card| card.id));
        match answer.next {
            Some(next) => page = PageRequest::after(Limit::new(1), next),
            None => break,
        }
    }
    found.sort_unstable();
    assert_eq!(found, all_named());
}

#[test]
fn s78_a_hit_tells_namesakes_apart_and_masks_the_number() {
    // given an unprotected person whose residence is known
    let world = unprotected().store();
    run(&world, &specialist(), 1, &state_residence());
    let [card] = &named_in(&world, team(), &specialist(), "kanari")[..] else { panic!("one hit") };
    // then name, birth year, place and municipality are shown, and of the number only its end
    assert_eq!((&card.name, card.birth_year), (&samples::name(), Some(1985)));
    assert_eq!((&card.place, card.municipality), (&samples::residence().place, samples::residence().municipality));
    assert_eq!(card.masked_number.as_deref(), Some("*********18"));
}

/// The world in which the participant has no protection, and nobody else of the team an open trail.
fn unprotected() -> Scene {
    let new = NewParticipant { protection: Protection::default(), ..samples::new_participant() };
    let (person, _) = Participant::register(participant_id(), new, &by_spurv("2022-05-31")).unwrap();
    let trail = samples::open_trail();
    let entries = NameEntry::all_of(&person, &trail);
    let scene = Scene::empty()
        .with(&crate::command::scene::our_team())
        .with_member(
            crate::domain::samples::spurv(),
            &crate::command::scene::our_team(),
            crate::domain::Role::Specialist,
        )
        .with_member(
            crate::domain::samples::ravn(),
            &crate::command::scene::our_team(),
            crate::domain::Role::Supervisor,
        )
        .with(&person)
        .with(&trail);
    entries.iter().fold(scene, Scene::with)
}

#[test]
fn i3_da4_a_residence_is_withheld_at_every_exit_under_any_protection_and_comes_back() {
    for (number, protection) in [
        Protection::new(AddressProtection::Confidential, StaffShielding::None),
        Protection::new(AddressProtection::Ungraded, StaffShielding::OwnStaff),
        Protection::new(AddressProtection::Confidential, StaffShielding::OwnStaff),
    ]
    .into_iter()
    .enumerate()
    {
        // given a residence that is shown, and a protection that withholds it and leaves the person where they are
        let world = unprotected().store();
        run(&world, &specialist(), 1, &state_residence());
        let change = |protection| ChangeProtection { participant: participant_id(), team: team(), protection };
        run(&world, &supervisor(), 2, &change(protection));
        // then neither a hit nor the case file shows it
        let [card] = &named_in(&world, team(), &specialist(), "kanari")[..] else { panic!("one hit: {number}") };
        assert_eq!((&card.place, card.municipality), (&None, None));
        let file = block_on(desk(&world).ask(&specialist(), &ReadTrail { trail: trail_id() })).unwrap();
        let shown = file.participant.unwrap();
        let exit = serde_json::to_string(&shown).unwrap();
        assert!(shown.residence().is_none() && !exit.contains("synger") && !exit.contains("3201"), "{number}");
        // and when it falls, it is there again
        run(&world, &supervisor(), 3, &change(Protection::default()));
        assert_eq!(named_in(&world, team(), &specialist(), "kanari")[0].place, samples::residence().place);
    }
}

#[test]
fn s77_the_list_of_names_follows_name_ending_and_forgetting() {
    let world = everyday().store();
    // when the name is corrected, then the former one finds nobody
    run(&world, &specialist(), 1, &correct_name());
    assert_eq!(named(&world, "sang"), [participant_id()]);
    assert_eq!(named(&world, "kanarifugl"), namesakes());
    // when the trail ends, then neither does the new one, and the number does
    run(&world, &specialist(), 2, &end_trail());
    assert_eq!(named(&world, "sang"), []);
    assert_eq!(numbered(&world, NationalId::DEMONSTRATION), Some(participant_id()));
    // when a trail is opened again, then they are found again, and forgotten they are not
    run(&world, &specialist(), 3, &OpenTrail { participant: participant_id(), ..open() });
    assert_eq!(named(&world, "sanger kan"), [participant_id()]);
    let ending = crate::command::EndTrail { trail: open().trail, ..end_trail() };
    run(&world, &specialist(), 4, &ending);
    run(&world, &supervisor(), 5, &ForgetParticipant { participant: participant_id(), team: team() });
    assert_eq!(named(&world, "sang"), []);
    block_on(desk(&world).verify()).unwrap();
}

#[test]
fn s77_da4_the_strictly_protected_are_never_found_by_name_until_they_are_released() {
    let world = everyday().store();
    run(&world, &supervisor(), 1, &change_protection());
    assert_eq!(named(&world, "kanari"), namesakes());
    // when the grade falls, then they are not back by that
    let protection = Protection::default();
    run(&world, &supervisor(), 2, &ChangeProtection { protection, ..change_protection() });
    assert_eq!(named(&world, "kanari"), namesakes());
    // but by the explicit act
    run(&world, &supervisor(), 3, &ReleaseTrails { participant: participant_id(), team: team() });
    assert_eq!(named(&world, "kanari"), all_named());
}

#[test]
fn s77_da3_what_another_team_has_changes_nothing_of_what_is_found() {
    // given two worlds that differ in what the other team has
    let (person, _) = elsewhere();
    let other = NewParticipant { national_id: None, ..samples::new_participant() };
    let (other, _) = Participant::register(person.id(), other, &by_spurv("2022-05-31")).unwrap();
    let ask = |world: &MemoryStore| {
        let question = FindByName {
            team: team(),
            beginning: NameBeginning::parse("kanari").unwrap(),
            page: PageRequest::first(Limit::new(2)),
        };
        block_on(desk(world).ask(&specialist(), &question)).unwrap()
    };
    assert_eq!(ask(&everyday().store()), ask(&everyday().with(&other).store()));
    // and the other team's place in the list is its own
    let stranger = named_in(&everyday().store(), team(), &specialist(), "kanari");
    assert!(stranger.iter().all(|card| card.id != person.id()));
    assert_ne!(other_team().id(), team());
}

#[test]
fn a_former_and_a_foreign_number_find_the_person_like_the_present_one() {
    let world = everyday().store();
    run(&world, &supervisor(), 1, &change_national_id());
    run(&world, &specialist(), 2, &note_number());
    for number in [
        NationalId::DEMONSTRATION.into(),
        PersonNumber::from(change_national_id().number),
        PersonNumber::from(note_number().number),
    ] {
        assert_eq!(numbered(&world, number), Some(participant_id()));
    }
    let other = OtherNumber::new(note_number().number.scheme().clone(), "KANARI-8").unwrap();
    assert_eq!(numbered(&world, other), None);
    let file = block_on(desk(&world).ask(&specialist(), &ReadTrail { trail: trail_id() })).unwrap();
    let noted = [change_national_id().former, note_number().held_number];
    let held = |number| file.held_numbers.iter().any(|it| it.id() == number);
    assert!(noted.into_iter().all(held), "and both are in the case file");
    let history = block_on(desk(&world).ask(&specialist(), &TrailHistory::first(trail_id(), Limit::MAX))).unwrap();
    let told: Vec<_> = history.entries.iter().filter_map(|entry| entry.code).collect();
    assert_eq!(told, [FactCode::NationalIdChanged, FactCode::NumberNoted], "and in the history");
}

#[test]
fn s30_whoever_has_the_same_name_and_birth_date_is_a_probable_duplicate_as_far_as_the_team_may_find_them() {
    let alike = |scene: Scene| {
        let question = ProbableDuplicates { team: team(), participant: participant_id() };
        let found = block_on(desk(scene.store()).ask(&supervisor(), &question)).unwrap();
        found.into_iter().map(|card| card.id).collect::<Vec<_>>()
    };
    // given namesakes: without a trail, with an ended, a withheld and an open one, and one in the other team
    let findable = [0x102, 0x104, 0x106, 0x107, 0x10D, 0x10E].map(|number| ParticipantId::new(id(number)));
    // then those are told whom the team may find
    assert_eq!(alike(everyday()), findable);
    // and nobody who was born on another day, or without a known one
    for birth_date in [BirthDate::parse("1985-12-09").ok(), None] {
        let new = NewParticipant { national_id: None, birth_date, ..samples::new_participant() };
        let (other, _) = Participant::register(free(), new, &by_spurv("2022-05-31")).unwrap();
        assert_eq!(alike(everyday().with(&other)), findable[1..]);
    }
    let withheld = ProbableDuplicates { team: team(), participant: ParticipantId::new(id(0x105)) };
    let refused = block_on(desk(everyday().store()).ask(&supervisor(), &withheld)).unwrap_err();
    assert_eq!(refused.rejection(), Some(&Rejection::NotFound { what: Thing::Participant }));
}

#[test]
fn s30_who_was_merged_is_found_read_and_forgotten_through_the_one_who_stands_for_both() {
    // given somebody with an ended trail and a number, who turns out to be the participant
    let merged = ParticipantId::new(id(0x104));
    let new = NewParticipant { national_id: Some(national("55819010047")), ..samples::new_participant() };
    let (person, _) = Participant::register(merged, new, &by_spurv("2022-05-31")).unwrap();
    let world = everyday().with(&person).store();
    run(&world, &supervisor(), 1, &crate::command::MergeParticipants { merged, ..merge_participants() });
    // then the number of either finds the one, who is nobody's duplicate any more
    assert_eq!(numbered(&world, national("55819010047")), Some(participant_id()));
    assert_eq!(numbered(&world, NationalId::DEMONSTRATION), Some(participant_id()));
    let question = ProbableDuplicates { team: team(), participant: participant_id() };
    let alike = block_on(desk(&world).ask(&supervisor(), &question)).unwrap();
    assert!(alike.iter().all(|card| card.id != merged));
    // and the participant has both trails, and reads the one of before
    let themself = Actor::participant(participant_id());
    let own = block_on(desk(&world).ask(&themself, &OwnTrails)).unwrap();
    assert_eq!(own.len(), 2);
    let former = crate::command::samples::ended_trail_id();
    let file = block_on(desk(&world).ask(&themself, &ReadTrail { trail: former })).unwrap();
    assert_eq!(file.participant.unwrap().merged_into(), Some(participant_id()));
    // and no trail is opened for the merged one
    let again = OpenTrail { participant: merged, trail: TrailId::new(id(0x3F0)), ..open() };
    let refused = block_on(desk(&world).run(&specialist(), CommandId::new(id(0xE20)), &again)).unwrap_err();
    assert!(matches!(refused, Error::Rejected(Rejection::MergedInto { into }) if into == participant_id()));
    // when the one becomes strictly protected, then the trails of both are withheld
    run(&world, &supervisor(), 2, &change_protection());
    let read = block_on(desk(&world).ask(&specialist(), &ReadTrail { trail: former })).unwrap_err();
    assert_eq!(read.rejection(), Some(&Rejection::NotFound { what: Thing::Trail }));
}

#[test]
fn s30_whoever_was_merged_is_forgotten_first() {
    let (kept, merged) = (ParticipantId::new(id(0x104)), free());
    let world = everyday().store();
    run(&world, &supervisor(), 1, &crate::command::MergeParticipants { kept, merged, ..merge_participants() });
    let forget = |participant| ForgetParticipant { participant, team: team() };
    let refused = block_on(desk(&world).run(&supervisor(), CommandId::new(id(0xE21)), &forget(kept))).unwrap_err();
    assert_eq!(refused.rejection(), Some(&Rejection::MergedStillHeld { participant: merged }));
    run(&world, &supervisor(), 2, &forget(merged));
    run(&world, &supervisor(), 3, &forget(kept));
    block_on(desk(&world).verify()).unwrap();
}

#[test]
fn a_residence_is_taken_away() {
    let world = unprotected().store();
    run(&world, &specialist(), 1, &state_residence());
    run(
        &world,
        &specialist(),
        2,
        &StateResidence { residence: crate::domain::Residence::default(), ..state_residence() },
    );
    assert_eq!(named_in(&world, team(), &specialist(), "kanari")[0].place, None);
}
