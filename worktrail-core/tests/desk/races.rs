//! Commands that meet: the phantom both ways, and many callers at once.

use pollster::block_on;
use worktrail_core::desk::Error;
use worktrail_core::domain::{JobId, Rejection};
use worktrail_core::question::ReadTrail;
use worktrail_core::store::Replay;

use crate::cast::{
    command, day, desk, done, end, id, job, office, office_with_a_trail, open, person, refusal, spurv, to_working,
    trail,
};
use crate::stores::{Doctored, Watched, join};

#[test]
fn a_job_is_not_registered_on_a_trail_that_ends_meanwhile() {
    // Given a job that was decided on; when the trail ends before it is committed, then the job is refused.
    let store = office_with_a_trail();
    let meanwhile = store.clone();
    let watched = Watched::over(store.clone()).before_commit(1, move || {
        done(&desk(&meanwhile), &spurv(), command(2), &end(1, "2022-08-31"));
    });
    let refused = refusal(block_on(desk(&watched).run(&spurv(), command(1), &job(1, "2022-08-01"))));
    assert_eq!(refused, Rejection::TrailEnded { trail: trail(1) });
    assert_eq!(watched.commits(), 1);
    let file = block_on(desk(&store).ask(&spurv(), &ReadTrail { trail: trail(1) })).unwrap();
    assert!(file.jobs.is_empty() && file.trail.is_ended());
}

#[test]
fn a_trail_does_not_end_before_a_job_that_is_registered_meanwhile() {
    // Given an ending that was decided on; when a later job is registered first, then the ending is refused. Nothing
    // but the trail's child revision tells of that job.
    let store = office_with_a_trail();
    let meanwhile = store.clone();
    let watched = Watched::over(store.clone()).before_commit(1, move || {
        done(&desk(&meanwhile), &spurv(), command(2), &job(1, "2022-10-01"));
    });
    let refused = refusal(block_on(desk(&watched).run(&spurv(), command(1), &end(1, "2022-08-31"))));
    let later = Rejection::JobStartsAfterEnding { job: JobId::new(id(0x50)), from: day("2022-10-01") };
    assert_eq!(refused, later);
    let file = block_on(desk(&store).ask(&spurv(), &ReadTrail { trail: trail(1) })).unwrap();
    assert!(file.jobs.len() == 1 && !file.trail.is_ended());
}

#[test]
fn a_job_that_fits_the_ending_is_no_obstacle() {
    let store = office_with_a_trail();
    let meanwhile = store.clone();
    let watched = Watched::over(store).before_commit(1, move || {
        done(&desk(&meanwhile), &spurv(), command(2), &job(1, "2022-08-01"));
    });
    done(&desk(&watched), &spurv(), command(1), &end(1, "2022-08-31"));
    assert_eq!(watched.commits(), 2, "decided anew, and accepted");
}

#[test]
fn of_thirty_two_callers_who_open_a_trail_for_one_person_one_does() {
    let store = office();
    let polite = Doctored::polite(store.clone());
    let desk = desk(&polite);
    let commands: Vec<_> = (1..=32).map(|number| open(number, person(1))).collect();
    let actor = spurv();
    let calls = commands.iter().zip(1..).map(|(open, number)| desk.run(&actor, command(number), open));
    let outcomes = join(calls.collect());
    let opened: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).collect();
    assert_eq!(opened.len(), 1);
    for refused in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
        assert!(matches!(refused, Error::Rejected(Rejection::CannotOpenHere)), "{refused:?}");
    }
    // And only that one is there.
    let there = (1..=32).filter(|number| block_on(desk.ask(&actor, &ReadTrail { trail: trail(*number) })).is_ok());
    assert_eq!(there.map(trail).collect::<Vec<_>>(), [opened[0].reply]);
}

#[test]
fn of_thirty_two_callers_with_the_same_command_each_gets_the_one_answer() {
    let store = office_with_a_trail();
    let polite = Doctored::polite(store.clone());
    let desk = desk(&polite);
    let before = crate::runs::told(&store);
    let (actor, moved) = (spurv(), to_working(1));
    let outcomes = join((0..32).map(|_| desk.run(&actor, command(1), &moved)).collect());
    let receipts: Vec<_> = outcomes.into_iter().map(|outcome| outcome.unwrap().receipt).collect();
    assert_eq!(receipts.iter().filter(|receipt| receipt.replay() == Replay::First).count(), 1);
    assert!(receipts.windows(2).all(|pair| pair[0].entries() == pair[1].entries()));
    assert_eq!(crate::runs::told(&store), before + 1);
}

#[test]
fn of_thirty_two_different_changes_to_one_trail_none_is_lost() {
    // Sub-goals are children of their own, so none of them conflicts; phases would.
    use worktrail_core::command::SetSubGoal;
    use worktrail_core::domain::{Responsible, SubGoalId, SubGoalTerms, Text};

    let store = office_with_a_trail();
    let polite = Doctored::polite(store.clone());
    let desk = desk(&polite);
    let set = |number: u128| SetSubGoal {
        sub_goal: SubGoalId::new(id(0x500 + number)),
        trail: trail(1),
        terms: SubGoalTerms { text: Text::parse("Bake brød").unwrap(), responsible: Responsible::Both, due: None },
    };
    let commands: Vec<_> = (1..=32).map(set).collect();
    let actor = spurv();
    let calls = commands.iter().zip(1..).map(|(set, number)| desk.run(&actor, command(number), set));
    assert!(join(calls.collect()).iter().all(Result::is_ok));
    let file = block_on(desk.ask(&actor, &ReadTrail { trail: trail(1) })).unwrap();
    assert_eq!(file.sub_goals.len(), 32);
    block_on(desk.verify()).unwrap();
}
