//! What a commit knows from the look-ups of its command: whatever somebody else does between the two, through another
//! store or with plain SQL, comes to what it would come to if the commit looked for itself.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod between;
mod common;

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use between::Between;
use common::{batch, find, id, kind_of, names_seen, options, participant, run, stamp, team, team_key, trail};
use worktrail_core::store::judge::needs;
use worktrail_core::store::{
    Batch, Expect, Guard, Key, Replay, Revision, Store as _, StoreErrorKind, Subject, Tenant, UniqueKey,
};
use worktrail_postgres::{PostgresOptions, PostgresStore};

/// Two stores of a schema with two teams, of which the first was counted and has prepared its texts.
async fn opened() -> (String, Between, PostgresStore, PostgresStore) {
    let (schema, between, store) = Between::opened(PostgresOptions::without_hints).await;
    let first = batch().put(team(1, "Nord"), Expect::Absent).put(team(2, "Vest"), Expect::Absent);
    store.commit(first.build().unwrap()).await.unwrap();
    let other = PostgresStore::connect(options(&schema)).await.unwrap();
    (schema, between, store, other)
}

/// Looks up what a batch needs, as a desk does before it decides.
async fn look_up(store: &PostgresStore, batch: &Batch) {
    let keys: Vec<Key> = needs([batch]).keys.into_iter().collect();
    store.get(&Tenant::default(), &keys).await.unwrap();
}

fn renaming(number: u128, name: &str, expect: Expect, command: u128) -> Batch {
    batch().put(team(number, name), expect).stamp(stamp(command, 1)).build().unwrap()
}

fn at(revision: u64) -> Expect {
    Expect::At(Revision::new(revision))
}

/// How many trips commits take that wait together.
async fn trips_of(between: &Between, store: &PostgresStore, batches: Vec<Batch>) -> usize {
    between.trips();
    let mut commits: Vec<_> = batches.into_iter().map(|batch| Box::pin(store.commit(batch))).collect();
    poll_fn(|context| {
        commits.retain_mut(|commit| match commit.as_mut().poll(context) {
            Poll::Ready(outcome) => outcome.is_err(),
            Poll::Pending => true,
        });
        if commits.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    between.trips()
}

/// On a machine that is busy elsewhere what was looked up may be let go of before it is needed: so there are several
/// rounds, of which the best counts.
#[tokio::test]
async fn a_commit_after_its_look_ups_is_one_trip_and_otherwise_two() {
    const ROUNDS: u128 = 10;
    let (_schema, between, store, _other) = opened().await;
    let make = |round: u128, number: u128| {
        let number = round * 10 + number;
        renaming(number, &format!("{number}"), Expect::Absent, number)
    };
    let (mut all_known, mut half_known, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        let batches: Vec<Batch> = (0..5).map(|number| make(round, number)).collect();
        let keys: Vec<Key> = needs(&batches).keys.into_iter().collect();
        store.get(&Tenant::default(), &keys).await.unwrap();
        all_known.push(trips_of(&between, &store, batches).await);

        let batches: Vec<Batch> = (5..10).map(|number| make(round, number)).collect();
        let keys: Vec<Key> = needs(&batches[1..]).keys.into_iter().collect();
        store.get(&Tenant::default(), &keys).await.unwrap();
        half_known.push(trips_of(&between, &store, batches).await);

        // A record that keeps its name holds it, and no other does: the name is not looked up.
        let command = 1_000 + round;
        let keys = [Key::Record(team_key(round * 10)), Key::Stamp(stamp(command, 1).id())];
        store.get(&Tenant::default(), &keys).await.unwrap();
        let batches = vec![renaming(round * 10, &format!("{}", round * 10), Expect::Any, command)];
        changed.push(trips_of(&between, &store, batches).await);
    }
    assert_eq!(all_known.iter().min(), Some(&1), "{all_known:?}");
    assert_eq!(half_known.iter().min(), Some(&2), "{half_known:?}");
    assert_eq!(changed.iter().min(), Some(&1), "{changed:?}");
}

/// Of the parent no more is needed than that it is there, which comes with the look-up of its child.
#[tokio::test]
async fn a_child_is_saved_in_one_trip_after_a_look_up_that_did_not_name_its_parent() {
    let (_schema, between, store, other) = opened().await;
    let made = batch().put(participant(7, "10000000000", b"person"), Expect::Absent);
    let made = store.commit(made.put(trail(8, 7, b"trail"), Expect::Absent).build().unwrap()).await.unwrap();
    let (mut trips, mut at) = (Vec::new(), made.revision());
    for command in 1..=10 {
        let keys = [Key::Record(trail(8, 7, b"").key()), Key::Stamp(stamp(command, 1).id())];
        store.get(&Tenant::default(), &keys).await.unwrap();
        let put = batch().put(trail(8, 7, b"changed"), Expect::At(at)).stamp(stamp(command, 1)).build().unwrap();
        trips.push(trips_of(&between, &store, vec![put]).await);
        let child = find(&store, trail(8, 7, b"").key()).await.unwrap().unwrap();
        let parent = find(&store, participant(7, "", b"").key()).await.unwrap().unwrap();
        assert!(child.revision() > at && parent.revision() == made.revision());
        assert_eq!(parent.children(), child.revision(), "its child revision moves all the same");
        at = child.revision();
    }
    assert_eq!(trips.iter().min(), Some(&1), "{trips:?}");
    // And when the parent goes in between, the child is not saved.
    let keys = [Key::Record(trail(8, 7, b"").key()), Key::Stamp(stamp(11, 1).id())];
    store.get(&Tenant::default(), &keys).await.unwrap();
    let removal = batch().remove(participant(7, "", b"").key(), None, Expect::Any).build().unwrap();
    other.commit(removal).await.unwrap();
    let late = batch().put(trail(8, 7, b"late"), Expect::At(at)).stamp(stamp(11, 1)).build().unwrap();
    assert_eq!(kind_of(&store.commit(late).await), Some(StoreErrorKind::Conflict));
}

#[tokio::test]
async fn what_another_store_changed_since_is_a_conflict() {
    let (schema, _between, store, other) = opened().await;
    let ours = renaming(1, "Ours", at(1), 1);
    look_up(&store, &ours).await;
    other.commit(renaming(1, "Theirs", at(1), 2)).await.unwrap();
    assert_eq!(kind_of(&store.commit(ours).await), Some(StoreErrorKind::Conflict));
    assert_eq!(names_seen(&schema).await, ["Theirs", "Vest"]);
}

#[tokio::test]
async fn what_another_store_does_elsewhere_is_in_nobodys_way() {
    let (schema, _between, store, other) = opened().await;
    let ours = renaming(1, "Ours", at(1), 1);
    look_up(&store, &ours).await;
    other.commit(renaming(2, "Theirs", at(1), 2)).await.unwrap();
    assert_eq!(store.commit(ours).await.unwrap().revision(), Revision::new(3));
    assert_eq!(names_seen(&schema).await, ["Ours", "Theirs"]);
}

#[tokio::test]
async fn what_was_looked_at_and_is_not_written_must_be_so_still() {
    let holder = UniqueKey::held_by(&team(2, "Vest")).remove(0);
    let free = UniqueKey::held_by(&team(3, "Sør")).remove(0);
    let cases = [
        (Guard::Record(team_key(2), at(1)), renaming(2, "Øst", at(1), 11)),
        (Guard::HeldBy(holder, team_key(2)), renaming(2, "Øst", at(1), 11)),
        (Guard::Free(free), renaming(2, "Sør", at(1), 11)),
        (Guard::Record(team_key(3), Expect::Absent), renaming(3, "Midt", Expect::Absent, 11)),
    ];
    for (guard, change) in cases {
        let (schema, _between, store, other) = opened().await;
        let ours = batch().guard(guard.clone()).put(team(1, "Ours"), at(1)).stamp(stamp(1, 1)).build().unwrap();
        look_up(&store, &ours).await;
        other.commit(change).await.unwrap();
        assert_eq!(kind_of(&store.commit(ours).await), Some(StoreErrorKind::Conflict), "{guard:?}");
        assert!(names_seen(&schema).await.contains(&"Nord".to_owned()));
    }
}

/// A refusal over what is known would be one over what may be over.
#[tokio::test]
async fn nothing_is_refused_by_what_was_known_before() {
    let (schema, _between, store, other) = opened().await;
    // Looked up at its first revision; whoever commits heard of the second.
    let ours = renaming(1, "Ours", at(2), 1);
    look_up(&store, &ours).await;
    other.commit(renaming(1, "Theirs", at(1), 2)).await.unwrap();
    store.commit(ours).await.unwrap();
    // A name that was taken when it was looked up, and is free by now.
    let take = renaming(1, "Vest", Expect::Any, 3);
    look_up(&store, &take).await;
    other.commit(renaming(2, "Øst", Expect::Any, 4)).await.unwrap();
    store.commit(take).await.unwrap();
    assert_eq!(names_seen(&schema).await, ["Vest", "Øst"]);
}

#[tokio::test]
async fn a_command_that_another_store_did_since_is_not_done_again() {
    let (_schema, _between, store, other) = opened().await;
    let command = renaming(1, "Sør", Expect::Any, 1);
    look_up(&store, &command).await;
    let first = other.commit(command.clone()).await.unwrap();
    let again = store.commit(command.clone()).await.unwrap();
    assert_eq!((again.replay(), again.revision()), (Replay::Again, first.revision()));
    // And one that this store did itself.
    look_up(&store, &command).await;
    assert_eq!(store.commit(command).await.unwrap().replay(), Replay::Again);
    let mine = renaming(2, "Øst", Expect::Any, 2);
    look_up(&store, &mine).await;
    store.commit(mine.clone()).await.unwrap();
    assert_eq!(store.commit(mine).await.unwrap().replay(), Replay::Again);
}

#[tokio::test]
async fn nothing_is_written_of_a_person_who_was_forgotten_since() {
    let (_schema, _between, store, other) = opened().await;
    for (number, forgetting) in [(5, &store), (6, &other)] {
        let number_on_paper = format!("{number}");
        let person = participant(number, &number_on_paper, b"person");
        store.commit(batch().put(person.clone(), Expect::Absent).build().unwrap()).await.unwrap();
        let child = trail(number + 10, number, b"trail");
        let ours = batch().put(child.clone(), Expect::Absent).stamp(stamp(number, 1)).build().unwrap();
        look_up(&store, &ours).await;
        forgetting.commit(batch().forget(Subject::new(id(number))).build().unwrap()).await.unwrap();
        assert_eq!(kind_of(&store.commit(ours).await), Some(StoreErrorKind::Conflict), "under nobody");
        assert!(find(&store, child.key()).await.unwrap().is_none());
        assert!(find(&store, person.key()).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_row_that_plain_sql_takes_away_does_not_come_back() {
    let deletions = ["DELETE FROM worktrail_team", "UPDATE worktrail_team SET id = gen_random_uuid()"];
    for (number, text) in deletions.into_iter().enumerate() {
        let (schema, between, store, _other) = opened().await;
        let ours = renaming(1, "Sør", at(1), 1);
        look_up(&store, &ours).await;
        between.trips();
        assert_eq!(between.hints(), 0, "what is sent apart would be taken for a trip");
        // The text is prepared, and then it is run.
        let meanwhile = between.before_trip(2, || run(&schema, text));
        let (outcome, ()) = tokio::join!(store.commit(ours), meanwhile);
        assert_eq!(kind_of(&outcome), Some(StoreErrorKind::Conflict), "{text}");
        assert_eq!(names_seen(&schema).await.len(), number * 2, "{text}");
    }
}

#[tokio::test]
async fn a_row_that_plain_sql_changes_is_damaged_and_one_that_it_made_is_in_the_way() {
    let (schema, _between, store, _other) = opened().await;
    let ours = renaming(1, "Sør", Expect::Any, 1);
    look_up(&store, &ours).await;
    run(&schema, "UPDATE worktrail_team SET revision = 77").await;
    assert_eq!(kind_of(&store.commit(ours).await), Some(StoreErrorKind::Corrupt));
    run(&schema, "UPDATE worktrail_team SET revision = 1").await;

    let make = renaming(3, "Sør", Expect::Absent, 2);
    // A tenant that was mistaken is not trusted for a while, unless nothing is left of it.
    let store = PostgresStore::connect(options(&schema)).await.unwrap();
    look_up(&store, &make).await;
    let twin = format!(
        "INSERT INTO worktrail_team (tenant, id, revision, children, name, method, body_version, body, digest) \
         SELECT tenant, '{}', revision, children, 'Øst', method, body_version, body, digest FROM worktrail_team \
         WHERE name = 'Nord'",
        id(3),
    );
    run(&schema, &twin).await;
    assert_eq!(kind_of(&store.commit(make).await), Some(StoreErrorKind::Corrupt));
    assert_eq!(names_seen(&schema).await, ["Nord", "Vest", "Øst"]);
}

/// The head is put back to where it was, as by a restored backup: its number is the same, its history is not.
#[tokio::test]
async fn a_head_of_another_history_is_another_head() {
    let (schema, _between, store, _other) = opened().await;
    let ours = renaming(1, "Sør", Expect::Any, 1);
    look_up(&store, &ours).await;
    run(&schema, "UPDATE worktrail_head SET hash = sha256('another')").await;
    run(&schema, "DELETE FROM worktrail_team WHERE name = 'Nord'").await;
    // It looks again, and finds nothing to change: so it is made.
    store.commit(ours).await.unwrap();
    assert_eq!(names_seen(&schema).await, ["Sør", "Vest"]);
}

/// Two that wait together, of which one is refused: each has its answer.
#[tokio::test]
async fn in_a_group_one_is_done_and_one_is_refused() {
    let (schema, _between, store, _other) = opened().await;
    let (good, bad) = (renaming(1, "Sør", at(1), 1), renaming(2, "Sør", at(1), 2));
    look_up(&store, &good).await;
    look_up(&store, &bad).await;
    let (mut one, mut other) = (pin!(store.commit(good)), pin!(store.commit(bad)));
    poll_fn(|context| {
        assert!(one.as_mut().poll(context).is_pending() && other.as_mut().poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
    let (one, other) = tokio::join!(one, other);
    one.unwrap();
    assert_eq!(kind_of(&other), Some(StoreErrorKind::NotUnique));
    assert_eq!(names_seen(&schema).await, ["Sør", "Vest"]);
}
