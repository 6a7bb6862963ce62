//! Tests of covers: what they open, and what ends them.

use pollster::block_on;

use super::super::samples::{change_protection, colleague, correct_start, give_cover, trail_id};
use super::super::scene::{Scene, decide, everyday, member, our_team, partial, specialist, supervisor, told};
use super::*;
use crate::access::{Actor, Purpose};
use crate::command::{EndTrail, MoveTo, ProposeTransfer};
use crate::desk::Desk;
use crate::desk::spy::desk;
use crate::domain::samples::{by_spurv, day, spurv, team};
use crate::domain::{AbsenceReason, CoverExtent, EndReason, Ending, OtherEnding, Ownership, Period, Phase, TransferId};
use crate::question::{CoveredTrails, EndingChecklist, ReadTrail, TrailCovers};
use crate::record::samples::{self, id};
use crate::store::{CommandId, Limit, PageRequest};

fn stand_in() -> Actor {
    Actor::staff(colleague(), [Role::Specialist], Purpose::FollowUp)
}

fn scene(extent: CoverExtent) -> Scene {
    everyday().with(&samples::given_cover(&samples::open_trail(), colleague(), extent))
}

fn reads(desk: &Desk<'_>) -> bool {
    block_on(desk.ask(&stand_in(), &ReadTrail { trail: trail_id() })).is_ok()
}

/// Whether the stand-in has a right that is the owner's.
fn stands_for_owner(desk: &Desk<'_>) -> bool {
    block_on(desk.ask(&stand_in(), &EndingChecklist { trail: trail_id(), on: day("2022-09-01") })).is_ok()
}

fn covered(desk: &Desk<'_>) -> usize {
    let page = PageRequest::first(Limit::MAX);
    block_on(desk.ask(&stand_in(), &CoveredTrails { team: team(), page })).expect("answered").items.len()
}

fn run<C: Command>(desk: &Desk<'_>, actor: &Actor, number: u128, command: &C) -> Result<(), Rejection> {
    let done = block_on(desk.run(actor, CommandId::new(id(number)), command));
    done.map(|_| ()).map_err(|error| error.rejection().cloned().expect("a refusal"))
}

fn move_on() -> MoveTo {
    MoveTo { trail: trail_id(), phase: Phase::StepDown, on: day("2022-09-01") }
}

fn end() -> EndTrail {
    EndTrail {
        trail: trail_id(),
        on: day("2022-09-01"),
        reason: EndReason::Other(OtherEnding::MovedAway),
        exclusion: None,
        entry: None,
    }
}

#[test]
fn da16_a_cover_carries_as_far_as_it_says() {
    let missing = Rejection::NotFound { what: Thing::Trail };
    let hand_on = ProposeTransfer {
        transfer: TransferId::new(id(0xD99)),
        trail: trail_id(),
        to: Ownership { team: team(), owner: colleague() },
        terms: samples::transfer_terms(),
    };
    for (extent, ends) in [(CoverExtent::Read, false), (CoverExtent::Follow, false), (CoverExtent::Owner, true)] {
        let picture = || scene(extent).picture();
        // What every specialist of the team may needs none; what is the owner's takes the widest.
        assert!(reads(&desk(scene(extent).store())), "{extent:?}");
        assert!(decide(&picture(), &stand_in(), &move_on()).is_ok(), "{extent:?}");
        let ended = decide(&picture(), &stand_in(), &end()).map(|_| ());
        assert_eq!(ended, if ends { Ok(()) } else { Err(missing.clone()) }, "{extent:?}");
        // and nobody who covers hands the trail on, or the cover
        assert_eq!(decide(&picture(), &stand_in(), &hand_on).unwrap_err(), missing);
        assert_eq!(decide(&picture(), &stand_in(), &give_cover()).unwrap_err(), missing);
    }
}

#[test]
fn da16_row_51_a_cover_counts_while_the_person_is_a_present_specialist_of_the_team() {
    let until = |role, last| {
        let period = Period::between(day("2022-01-01"), day(last)).unwrap();
        desk(scene(CoverExtent::Owner).with(&member(colleague(), &our_team(), role, period)).store())
    };
    assert!(stands_for_owner(&until(Role::Specialist, "2022-09-01")));
    assert!(!stands_for_owner(&until(Role::Specialist, "2022-08-31")), "the membership is over");
    assert!(!stands_for_owner(&until(Role::Supervisor, "2022-09-01")), "in another role");
}

#[test]
fn da16_a_cover_is_over_with_the_trail_and_when_it_comes_to_somebody_else() {
    let world = desk(scene(CoverExtent::Owner).store());
    assert_eq!((stands_for_owner(&world), covered(&world)), (true, 1));
    run(&world, &specialist(), 1, &end()).unwrap();
    assert_eq!((stands_for_owner(&world), covered(&world)), (false, 0));
    let covers = block_on(world.ask(&specialist(), &TrailCovers { trail: trail_id() })).unwrap();
    assert!(covers.iter().all(|cover| cover.ended().is_some()), "and it says so");
    // given a cover for somebody whose trail it is no more, then it counts for nothing even while it lasts
    let theirs =
        samples::given_cover(&samples::open_trail_of(StaffId::new(id(0x5EE))), colleague(), CoverExtent::Owner);
    assert!(!stands_for_owner(&desk(everyday().with(&theirs).store())));
}

#[test]
fn da16_on_an_ended_trail_a_cover_that_nobody_ended_counts_for_nothing() {
    let world = scene(CoverExtent::Owner);
    assert!(decide(&world.picture(), &stand_in(), &correct_start()).is_ok());
    let EndTrail { on, reason, .. } = end();
    let (ended, _) = samples::open_trail().end(Ending { on, reason }, &[], &by_spurv("2022-09-01")).unwrap();
    let picture = scene(CoverExtent::Owner).with(&ended).picture();
    let refused = decide(&picture, &stand_in(), &correct_start()).unwrap_err();
    assert_eq!(refused, Rejection::NotFound { what: Thing::Trail });
    assert!(decide(&picture, &specialist(), &correct_start()).is_ok(), "the owner corrects it still");
}

#[test]
fn da16_the_owner_gives_it_and_the_supervisor_and_it_is_ended_at_once() {
    let world = desk(scene(CoverExtent::Owner).store());
    assert!(stands_for_owner(&world));
    run(&world, &supervisor(), 1, &EndCover { trail: trail_id(), staff: colleague() }).unwrap();
    assert_eq!((stands_for_owner(&world), covered(&world)), (false, 0));
    let again = run(&world, &specialist(), 2, &EndCover { trail: trail_id(), staff: colleague() });
    assert_eq!(again.unwrap_err(), Rejection::AlreadyEnded { what: Thing::Cover, on: day("2022-09-01") });
    // when it is given anew, then the same one counts
    run(&world, &specialist(), 3, &give_cover()).unwrap();
    assert_eq!((stands_for_owner(&world), covered(&world)), (true, 1));
    run(&world, &stand_in(), 4, &end()).unwrap();
    let covers = block_on(world.ask(&specialist(), &TrailCovers { trail: trail_id() })).unwrap();
    assert_eq!(covers.iter().map(|cover| cover.former().len()).collect::<Vec<_>>(), [1]);
}

#[test]
fn row_50_a_team_covers_by_each_of_its_present_specialists() {
    let more = StaffId::new(id(0x506));
    let left = StaffId::new(id(0x507));
    let until = Period::between(day("2022-01-01"), day("2022-08-31")).unwrap();
    let world = || {
        let scene = everyday().with_member(more, &our_team(), Role::Specialist);
        scene.with(&member(left, &our_team(), Role::Specialist, until)).picture()
    };
    let whole = GiveCover { stand_in: StandIn::Team, ..give_cover() };
    let decision = decide(&world(), &specialist(), &whole).unwrap();
    let mut who = decision.reply().clone();
    who.sort();
    assert_eq!(who, [colleague(), more]);
    assert_eq!(told(&decision), ["cover_given", "cover_given"]);
    // and not by whom the team has no present specialist in, nor by the owner themself
    let by = |staff| GiveCover { stand_in: StandIn::Specialist { staff }, ..give_cover() };
    let missing = Rejection::NotFound { what: Thing::Membership };
    assert_eq!(decide(&world(), &specialist(), &by(left)).unwrap_err(), missing);
    assert_eq!(decide(&world(), &specialist(), &by(spurv())).unwrap_err(), Rejection::NothingChanges);
}

#[test]
fn row_50_a_team_does_not_cover_by_who_is_away_or_has_a_conflict_of_interest() {
    // given two specialists of the team beside the owner and a colleague, one away and one with a conflict
    let (absent, relative) = (StaffId::new(id(0x506)), StaffId::new(id(0x507)));
    let away = Period::between(day("2022-08-30"), day("2022-09-01")).unwrap();
    let always = Period::from(day("2022-01-01")).unwrap();
    let membership = member(absent, &our_team(), Role::Specialist, always);
    let (membership, _) = membership.be_absent(away, AbsenceReason::Leave, &by_spurv("2022-08-30")).unwrap();
    let conflict = partial(relative, samples::participant().id());
    let scene = everyday().with(&membership).with_member(relative, &our_team(), Role::Specialist).with(&conflict);
    // when the team covers, then neither of them does, as neither would alone
    let picture = scene.picture();
    let whole = GiveCover { stand_in: StandIn::Team, ..give_cover() };
    assert_eq!(decide(&picture, &specialist(), &whole).unwrap().reply(), &[colleague()]);
    let missing = Rejection::NotFound { what: Thing::Membership };
    for staff in [absent, relative] {
        let alone = GiveCover { stand_in: StandIn::Specialist { staff }, ..give_cover() };
        assert_eq!(decide(&picture, &specialist(), &alone).unwrap_err(), missing);
    }
}

#[test]
fn da4_a_cover_opens_no_withheld_trail() {
    let world = desk(scene(CoverExtent::Owner).store());
    run(&world, &supervisor(), 1, &change_protection()).unwrap();
    assert_eq!((reads(&world), stands_for_owner(&world), covered(&world)), (false, false, 0));
}
