//! Tests: the readers of one trail do not learn of another trail of the same person (`DA3`), nor of texts that are not
//! for them.

use std::fmt::Debug;
use std::sync::atomic::{AtomicU32, Ordering};

use pollster::block_on;

use super::{Actor, Purpose};
use crate::command::samples::{
    assess_capacity, attested, change_national_id, correct_contact_points, end_guardianship, end_trail, ended_trail_id,
    file_document, give_consent, merge_participants, note_number, open, receive_referral, register_guardian,
    reopen_trail, set_language, set_sms_stance, state_residence, state_wishes, trail_id, withdraw_consent,
    write_narrative,
};
use crate::command::scene::{Scene, elsewhere, everyday, other_team, person, specialist, supervisor};
use crate::command::{
    Attest, Attested, ChangeNationalId, ChangeProtection, Command, CorrectContactPoints, EndGuardianship, EndTrail,
    FileDocument, GiveConsent, MergeParticipants, NoteNumber, OpenTrail, ReceiveReferral, RegisterGuardian,
    ReopenTrail, SetLanguage, SetSmsStance, StateResidence, StateWishes, WithdrawConsent, WriteNarrative,
};
use crate::desk::Desk;
use crate::desk::spy::desk;
use crate::domain::samples::{by_spurv, participant_id};
use crate::domain::{
    AddressProtection, AttestationId, ConsentId, DocumentId, EndReason, Fact, FactCode, FactSource, Guardianship,
    GuardianshipId, HeldNumber, HeldNumberId, ListName, Moment, NarrativeId, NarrativeRevisionId, OtherEnding,
    ParticipantId, Protection, Role, StaffId, StaffShielding, Topic, TrailId,
};
use crate::question::{
    CaseFile, HeldAbout, HistoryEntry, ReadCareerProfile, ReadConsentStanding, ReadTrail, TrailHistory,
};
use crate::record::samples::{self, id};
use crate::store::{CommandId, Limit};

/// A specialist of the other team, to whom the person comes later.
fn next_specialist() -> Actor {
    Actor::staff(StaffId::new(id(0x5E1)), [Role::Specialist], Purpose::FollowUp)
}

/// The supervisor of the other team.
fn next_supervisor() -> Actor {
    Actor::staff(StaffId::new(id(0x5E2)), [Role::Supervisor], Purpose::Supervision)
}

fn run<C: Command>(desk: &Desk<'_>, actor: &Actor, number: u128, command: &C) {
    block_on(desk.run(actor, CommandId::new(id(number)), command)).expect(C::NAME);
}

fn next_trail() -> TrailId {
    TrailId::new(id(0x3E1))
}

fn read(desk: &Desk<'_>, actor: &Actor, trail: TrailId) -> (CaseFile, Vec<HistoryEntry>) {
    let file = block_on(desk.ask(actor, &ReadTrail { trail })).expect("read");
    (file, block_on(desk.ask(actor, &TrailHistory::first(trail, Limit::MAX))).expect("read").entries)
}

fn codes(history: &[HistoryEntry]) -> Vec<FactCode> {
    history.iter().filter_map(|entry| entry.code).collect()
}

/// A desk of a world with the specialist of the other team, where each act and each reading is a minute after the one before.
fn desk_by_the_minute() -> Desk<'static> {
    by_the_minute(everyday())
}

fn by_the_minute(scene: Scene) -> Desk<'static> {
    let scene = scene.with_member(StaffId::new(id(0x5E1)), &other_team(), Role::Specialist);
    let world = scene.with_member(StaffId::new(id(0x5E2)), &other_team(), Role::Supervisor).store();
    let (minute, next_id) = (AtomicU32::new(0), AtomicU32::new(1));
    let clock = move || {
        let minute = minute.fetch_add(1, Ordering::Relaxed);
        Moment::parse(&format!("2022-09-01T{:02}:{:02}:00+02:00", 10 + minute / 60, minute % 60)).unwrap()
    };
    Desk::new(world, clock, move || id(0x1_0000 + u128::from(next_id.fetch_add(1, Ordering::Relaxed))))
}

/// Opens the next trail of the participant in the other team, with attestations and a consent of its own.
fn open_the_next_one(desk: &Desk<'_>) {
    let attestations: Vec<_> = attested()
        .into_iter()
        .zip(0x1_E1..)
        .map(|(it, number)| Attested { attestation: AttestationId::new(id(number)), ..it })
        .collect();
    let open = OpenTrail {
        trail: next_trail(),
        participant: participant_id(),
        team: other_team().id(),
        owner: Some(StaffId::new(id(0x5E1))),
        attestations,
        ..open()
    };
    run(desk, &next_specialist(), 0xF1, &open);
    let consent = GiveConsent { consent: ConsentId::new(id(0x2E1)), trail: next_trail(), ..give_consent() };
    run(desk, &next_specialist(), 0xF2, &consent);
}

#[test]
fn the_staff_of_an_ended_trail_do_not_learn_of_the_next_one() {
    // Given a trail that has ended, and a new one of the same person in another team, with attestations and a consent.
    let desk = desk_by_the_minute();
    run(&desk, &specialist(), 0xF0, &end_trail());
    let before = read(&desk, &specialist(), trail_id());
    open_the_next_one(&desk);
    // Then the staff of the first one read what they read before.
    let after = read(&desk, &specialist(), trail_id());
    assert_eq!(after.0.attestations, before.0.attestations);
    assert_eq!(after.0.consents, before.0.consents);
    assert_eq!(codes(&after.1), codes(&before.1));
    // S13: each says what for, and in which role.
    assert!(after.1.iter().all(|it| (it.purpose, it.role) == (Some(Purpose::FollowUp), Some(Role::Specialist))));
    // And the new ones read their own, and the consents that were given before.
    let (file, history) = read(&desk, &next_specialist(), next_trail());
    assert_eq!(file.attestations.len(), before.0.attestations.len() + 3);
    assert_eq!(file.consents.len(), before.0.consents.len() + 1);
    let own = [FactCode::TrailOpened, FactCode::Attested, FactCode::Attested, FactCode::Attested];
    assert_eq!(codes(&history), [&own[..], &[FactCode::ConsentGiven]].concat());
    // And the participant reads everything.
    let (file, _) = read(&desk, &Actor::participant(participant_id()), trail_id());
    assert_eq!(file.consents.len(), before.0.consents.len() + 1);
}

/// All that is told of a trail to one who may read it.
fn all_told(desk: &Desk<'_>, actor: &Actor, trail: TrailId) -> impl PartialEq + Debug + use<> {
    let (file, history) = read(desk, actor, trail);
    let notice = samples::notice().name().clone();
    let standing = block_on(desk.ask(actor, &ReadConsentStanding { trail, notice })).expect("read");
    let held = block_on(desk.ask(actor, &HeldAbout { trail })).expect("read");
    let profile = block_on(desk.ask(actor, &ReadCareerProfile { trail })).expect("read");
    (file, history, standing, held, profile)
}

#[test]
fn da3_what_is_said_of_a_person_on_the_next_trail_is_not_told_on_the_ended_one() {
    // Given a trail that has ended, and the next one in another team
    let desk = desk_by_the_minute();
    let (first, next, trail) = (specialist(), next_specialist(), next_trail());
    run(&desk, &first, 0xF0, &end_trail());
    let before = all_told(&desk, &first, trail_id());
    open_the_next_one(&desk);
    // when everything is said anew there of who they are, how they are reached and protected, and who speaks for them
    run(&desk, &next, 0xD0, &CorrectContactPoints { trail, ..correct_contact_points() });
    run(&desk, &next, 0xD1, &NoteNumber { trail, ..note_number() });
    run(&desk, &next_supervisor(), 0xD2, &ChangeNationalId { trail, ..change_national_id() });
    run(&desk, &next, 0xD3, &StateResidence { trail, ..state_residence() });
    run(&desk, &next, 0xD4, &SetLanguage { trail, ..set_language() });
    run(&desk, &next, 0xD5, &SetSmsStance { trail, ..set_sms_stance() });
    run(&desk, &next, 0xD6, &EndGuardianship { trail, ..end_guardianship() });
    run(&desk, &next, 0xD7, &StateWishes { trail: Some(trail), ..state_wishes() });
    let protection = Protection::new(AddressProtection::Confidential, StaffShielding::None);
    let protect = ChangeProtection { participant: participant_id(), team: other_team().id(), protection };
    run(&desk, &next_supervisor(), 0xD8, &protect);
    // then the staff of the ended one are told what they were told before, and the participant of it all
    assert_eq!(all_told(&desk, &first, trail_id()), before);
    let (file, _) = read(&desk, &Actor::participant(participant_id()), trail_id());
    let numbers = [note_number().held_number, change_national_id().former];
    assert!(numbers.iter().all(|number| file.held_numbers.iter().any(|it| it.id() == *number)));
    assert_eq!(file.participant.expect("theirs").protection(), protection);
    // and when it is opened again, its staff are told who the person is by now, and that they have a guardian no more
    run(&desk, &next, 0xD9, &EndTrail { trail, ..end_trail() });
    run(&desk, &supervisor(), 0xDA, &ReopenTrail { trail: trail_id(), ..reopen_trail() });
    let (file, _) = read(&desk, &first, trail_id());
    assert_eq!(file.participant.expect("open").protection(), protection);
}

#[test]
fn da3_a_consent_that_is_withdrawn_elsewhere_counts_no_more_and_nobody_is_named() {
    // Given a consent of a trail that has ended, and the next one in another team
    let desk = desk_by_the_minute();
    let (first, next, trail) = (specialist(), next_specialist(), next_trail());
    run(&desk, &first, 0xF0, &end_trail());
    open_the_next_one(&desk);
    // when it is withdrawn there
    run(&desk, &next, 0xD0, &WithdrawConsent { trail, ..withdraw_consent() });
    let told = |reader: &Actor, trail| codes(&read(&desk, reader, trail).1).contains(&FactCode::ConsentWithdrawn);
    assert_eq!((told(&first, trail_id()), told(&next, trail)), (false, true));
    // then the staff of the ended one are told that it was, and not by whom it was recorded; and the others are
    let recorded = |reader: &Actor, trail| {
        let (file, _) = read(&desk, reader, trail);
        let consent = file.consents.iter().find(|it| it.id() == withdraw_consent().consent).cloned();
        let withdrawal = consent.and_then(|it| it.withdrawn().copied()).expect("withdrawn");
        (withdrawal.authorship().by(), withdrawal.trail())
    };
    assert_eq!(recorded(&first, trail_id()), (participant_id().into(), None));
    assert_eq!(recorded(&next, trail), (next.id(), Some(trail)));
    assert_eq!(recorded(&Actor::participant(participant_id()), trail_id()), (next.id(), Some(trail)));
}

#[test]
fn da3_a_consent_that_is_withdrawn_on_an_ended_trail_is_told_alike_whatever_is_open_elsewhere() {
    // Given a trail that has ended, with the next one in another team or without
    let [without, with] = [0, 1].map(|next| {
        let desk = desk_by_the_minute();
        run(&desk, &specialist(), 0xF0, &end_trail());
        for _ in 0..next {
            open_the_next_one(&desk);
        }
        // when a consent is withdrawn on the ended one, then who did it and that it was done stand there
        run(&desk, &specialist(), 0xD0, &withdraw_consent());
        let (file, history) = read(&desk, &specialist(), trail_id());
        let consent = file.consents.into_iter().find(|it| it.id() == withdraw_consent().consent).expect("told");
        let by = consent.withdrawn().expect("withdrawn").authorship().by();
        (by, codes(&history))
    });
    assert_eq!(without, with);
    assert_eq!((without.0, without.1.last()), (specialist().id(), Some(&FactCode::ConsentWithdrawn)));
}

#[test]
fn da3_what_another_team_says_before_it_opens_a_trail_is_not_told_on_the_ended_one() {
    // Given a trail that has ended
    let desk = desk_by_the_minute();
    run(&desk, &specialist(), 0xF0, &end_trail());
    let before = all_told(&desk, &specialist(), trail_id());
    // when another team that received a referral of the person protects them, before there is a trail
    let (participant, team) = (participant_id(), other_team().id());
    let referral = ReceiveReferral { participant, team, ..receive_referral() };
    run(&desk, &next_supervisor(), 0xF1, &referral);
    let protection = Protection::new(AddressProtection::Confidential, StaffShielding::None);
    let protect = ChangeProtection { participant, team, protection };
    run(&desk, &next_supervisor(), 0xD8, &protect);
    // then the staff of the ended one are told what they were told before, and the participant of it all
    assert_eq!(all_told(&desk, &specialist(), trail_id()), before);
    let (_, history) = read(&desk, &Actor::participant(participant_id()), trail_id());
    assert!(codes(&history).contains(&FactCode::ProtectionChanged));
}

#[test]
fn da3_s30_what_is_done_about_the_one_who_stands_for_both_is_not_told_on_the_merged_ones_trail() {
    // Given somebody with an ended trail and a guardian, who has an open trail in another team under another number
    let merged = person(ParticipantId::new(id(0x104)));
    let (guardian, by) = (GuardianshipId::new(id(0x1D9)), by_spurv("2022-06-01"));
    let (guardianship, _) =
        Guardianship::register(guardian, &merged, samples::guardianship_terms(), &by).expect("registered");
    let (kept, trail) = elsewhere();
    // with a number that was noted long before
    let (number, other) = (HeldNumberId::new(id(0x1DA)), samples::other_number());
    let (number, _) =
        HeldNumber::note(number, kept.id(), other, None, FactSource::Participant, &by_spurv("2022-01-03"));
    let desk = by_the_minute(everyday().with(&guardianship).with(&number));
    let before = all_told(&desk, &specialist(), ended_trail_id());
    // when that team finds out, protects the one person, and ends the guardianship
    let (team, theirs) = (other_team().id(), next_supervisor());
    let merge = MergeParticipants { team, kept: kept.id(), merged: merged.id(), ..merge_participants() };
    run(&desk, &theirs, 0xD0, &merge);
    let protection = Protection::new(AddressProtection::Confidential, StaffShielding::None);
    run(&desk, &theirs, 0xD1, &ChangeProtection { participant: kept.id(), team, protection });
    let end = EndGuardianship { guardianship: guardian, trail: trail.id(), ..end_guardianship() };
    run(&desk, &theirs, 0xD2, &end);
    // then the staff of the ended one are told what they were told before
    assert_eq!(all_told(&desk, &specialist(), ended_trail_id()), before);
    // and the other team has all that was done about the kept one in its history; the merge protected them too
    let (file, history) = read(&desk, &theirs, trail.id());
    let protected = [FactCode::ProtectionChanged; 2];
    assert_eq!(codes(&history), [&[FactCode::ParticipantsMerged], &protected[..]].concat());
    assert_eq!(file.held_numbers.iter().map(HeldNumber::id).collect::<Vec<_>>(), [number.id()]);
    assert_eq!(file.guardianships.iter().map(|it| it.ended().is_some()).collect::<Vec<_>>(), [true]);
}

#[test]
fn da3_a_history_comes_in_full_pages_whatever_lies_between_its_entries() {
    // Given a trail that ended, with all that was done on the next one after it, and that was opened again
    let desk = desk_by_the_minute();
    run(&desk, &specialist(), 0xF0, &end_trail());
    open_the_next_one(&desk);
    run(&desk, &next_specialist(), 0xF3, &EndTrail { trail: next_trail(), ..end_trail() });
    run(&desk, &supervisor(), 0xF4, &ReopenTrail { trail: trail_id(), ..reopen_trail() });
    run(&desk, &specialist(), 0xF5, &correct_contact_points());
    let (_, whole) = read(&desk, &specialist(), trail_id());
    let told = codes(&whole);
    assert!(
        told.starts_with(&[FactCode::TrailEnded]) && told.ends_with(&[FactCode::ContactPointsCorrected]),
        "{told:?}"
    );
    // when it is read by pages of each length, then they are full, come to the whole, and end with it
    for limit in 1..=4 {
        let (mut pages, mut next) = (Vec::new(), Some(TrailHistory::first(trail_id(), Limit::new(limit))));
        while let Some(asked) = next {
            let page = block_on(desk.ask(&specialist(), &asked)).expect("read");
            assert!(page.next.is_none() || page.entries.len() == usize::from(limit));
            next = page.next.map(|after| TrailHistory { after, ..asked });
            pages.push(page.entries);
        }
        assert_eq!((pages.concat(), pages.len()), (whole.clone(), whole.len().div_ceil(usize::from(limit))));
    }
}

#[test]
fn a_history_goes_on_after_as_many_entries_as_a_store_gives_at_once() {
    // Given a person about whom a thousand and one things were told
    let desk = desk(everyday().store());
    let all = Limit::MAX.get() + 1;
    for (email, number) in [Some(samples::email()), None].into_iter().cycle().zip(0xF000..).take(all) {
        run(&desk, &specialist(), number, &CorrectContactPoints { email, ..correct_contact_points() });
    }
    // when the history is read, then the first page says that there is more, and the second one has it
    let first = block_on(desk.ask(&specialist(), &TrailHistory::first(trail_id(), Limit::MAX))).expect("read");
    assert_eq!(first.entries.len(), Limit::MAX.get());
    let asked = TrailHistory { after: first.next.expect("more"), ..TrailHistory::first(trail_id(), Limit::MAX) };
    let second = block_on(desk.ask(&specialist(), &asked)).expect("read");
    assert_eq!((second.entries.len(), second.next), (1, None));
}

#[test]
fn the_staff_of_a_trail_do_not_learn_of_another_one_that_was_opened_again() {
    // Given a trail that ended, the next one, which ended too, and the first one opened again.
    let desk = desk_by_the_minute();
    let (first, next) = (specialist(), next_specialist());
    run(&desk, &first, 0xF0, &end_trail());
    open_the_next_one(&desk);
    run(&desk, &next, 0xF3, &EndTrail { trail: next_trail(), ..end_trail() });
    run(&desk, &supervisor(), 0xF4, &ReopenTrail { trail: trail_id(), ..reopen_trail() });
    let standing = |actor: &Actor, trail| {
        let notice = samples::notice().name().clone();
        block_on(desk.ask(actor, &ReadConsentStanding { trail, notice })).expect("read")
    };
    let [of_first, of_next] = [(&first, trail_id()), (&next, next_trail())].map(|(who, trail)| read(&desk, who, trail));
    let before = standing(&next, next_trail());
    // When somebody attests, consents and assesses on the first one
    let attested = Attested { attestation: AttestationId::new(id(0x1_EE)), ..attested().remove(1) };
    run(&desk, &first, 0xF5, &Attest { trail: trail_id(), attested });
    run(&desk, &first, 0xF6, &GiveConsent { consent: ConsentId::new(id(0x2EE)), ..give_consent() });
    run(&desk, &first, 0xF7, &assess_capacity());
    run(&desk, &first, 0xF8, &state_wishes());
    // Then to the staff of the next one nothing has changed
    let (file, history) = read(&desk, &next, next_trail());
    assert_eq!((&file, codes(&history)), (&of_next.0, codes(&of_next.1)));
    assert_eq!(standing(&next, next_trail()), before);
    // and the staff of the first one have it all, and nothing of the next one.
    let (file, history) = read(&desk, &first, trail_id());
    assert_eq!(file.attestations.len() - of_first.0.attestations.len(), 1);
    assert_eq!(file.consents.len() - of_first.0.consents.len(), 1);
    assert_eq!(file.assessments.len() - of_first.0.assessments.len(), 1);
    assert_eq!(file.wishes.len() - of_first.0.wishes.len(), 1);
    assert_eq!(history.len() - of_first.1.len(), 4);
    assert!(file.consents.iter().all(|consent| consent.id() != ConsentId::new(id(0x2E1))));
}

#[test]
fn dc7_da3_the_staff_of_an_open_trail_know_every_guardian_whose_word_counts_on_it() {
    // Given a trail that ended, and a guardian who was registered on the next one
    let desk = desk_by_the_minute();
    let (first, next) = (specialist(), next_specialist());
    run(&desk, &first, 0xF0, &end_trail());
    open_the_next_one(&desk);
    let register = RegisterGuardian { trail: next_trail(), ..register_guardian() };
    run(&desk, &next, 0xF3, &register);
    let is_shown = |actor: &Actor, trail| {
        let (file, _) = read(&desk, actor, trail);
        file.guardianships.iter().any(|it| it.id() == register.guardianship)
    };
    assert_eq!([is_shown(&first, trail_id()), is_shown(&next, next_trail())], [false, true]);
    // when the next one has ended too, and the first is opened again, then its staff know who speaks for the participant
    run(&desk, &next, 0xF4, &EndTrail { trail: next_trail(), ..end_trail() });
    run(&desk, &supervisor(), 0xF5, &ReopenTrail { trail: trail_id(), ..reopen_trail() });
    assert_eq!([is_shown(&first, trail_id()), is_shown(&next, next_trail())], [true, true]);
    // and end it; from then on it is the next one's again
    let guardianship = register.guardianship;
    run(&desk, &first, 0xF6, &EndGuardianship { guardianship, ..end_guardianship() });
    assert_eq!([is_shown(&first, trail_id()), is_shown(&next, next_trail())], [false, true]);
}

#[test]
fn dc7_da9_guardians_and_what_was_chosen_from_ones_own_lists_stand_in_the_history() {
    // Given lists of the organisation's own over end reasons and topics
    let [reasons, topics] = [ListName::EndReasons, ListName::Topics].map(samples::host_list_of);
    let desk = desk(everyday().with(&reasons).with(&topics).store());
    // when a guardian is registered and ended, a text is begun by an entry of the one, and the trail ended by one of the other
    run(&desk, &specialist(), 0xF0, &register_guardian());
    run(&desk, &specialist(), 0xF1, &end_guardianship());
    let entry = Some(samples::entry_code());
    run(
        &desk,
        &specialist(),
        0xF2,
        &WriteNarrative { topic: Topic::Interests, entry: entry.clone(), ..write_narrative() },
    );
    let reason = EndReason::Other(OtherEnding::Illness);
    let exclusion = Some(samples::exclusion_note());
    run(&desk, &specialist(), 0xF3, &EndTrail { reason, exclusion, entry: entry.clone(), ..end_trail() });
    // then the history tells of all but of the text's entry, which is not for every reader
    let (_, history) = read(&desk, &specialist(), trail_id());
    let told = codes(&history);
    assert!(told.contains(&FactCode::GuardianshipRegistered) && told.contains(&FactCode::GuardianshipEnded));
    let chosen: Vec<_> = history.into_iter().filter(|it| it.code == Some(FactCode::ListEntryChosen)).collect();
    let fact = Fact::ListEntryChosen { list: ListName::EndReasons, entry, trail: Some(trail_id()) };
    assert_eq!(chosen.into_iter().map(|it| it.fact).collect::<Vec<_>>(), [Some(fact)]);
}

#[test]
fn that_there_is_a_text_or_its_original_is_told_to_those_who_may_read_it() {
    // Given a text about health, and one that is for staff.
    let desk = desk(everyday().store());
    for (number, topic) in [(0xF3, Topic::Health), (0xF4, Topic::NoShowPlan)] {
        let write = WriteNarrative {
            narrative: NarrativeId::new(id(0x6_000 + number)),
            former: NarrativeRevisionId::new(id(0x7_000 + number)),
            trail: trail_id(),
            topic,
            text: samples::text(),
            entry: None,
        };
        run(&desk, &specialist(), number, &write);
        let document = DocumentId::new(id(0x8_000 + number));
        run(&desk, &specialist(), number + 0x10, &FileDocument { document, topic: Some(topic), ..file_document() });
    }
    let topics = |actor: &Actor| -> Vec<Topic> {
        let (file, history) = read(&desk, actor, trail_id());
        let told = history.into_iter().filter_map(|entry| match entry.fact {
            Some(Fact::NarrativeWritten { topic, .. }) => Some(topic),
            Some(Fact::DocumentFiled { topic, .. }) => topic,
            _ => None,
        });
        let told: Vec<_> = told.collect();
        let readable: Vec<_> = file.narratives.iter().map(crate::domain::Narrative::topic).collect();
        assert!(told.iter().all(|topic| readable.contains(topic)));
        told
    };
    assert_eq!(topics(&specialist()), [Topic::Health, Topic::Health, Topic::NoShowPlan, Topic::NoShowPlan]);
    assert_eq!(topics(&supervisor()), [Topic::NoShowPlan; 2]);
    assert_eq!(topics(&Actor::participant(participant_id())), [Topic::Health; 2]);
}
