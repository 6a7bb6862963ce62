//! By hand on sled: a tree for each table and index, a transaction over those that an act touches, then sled's flush and
//! an fsync of its log. sled blocks, so each piece of work is a task for threads that may.

use std::collections::BTreeMap;
use std::fs::File;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ::sled::transaction::{ConflictableTransactionError, TransactionError};
use ::sled::{Config, Db, Transactional as _, Tree};
use async_trait::async_trait;
use uuid::Uuid;
use worktrail_core::domain::{Participant, Trail};
use worktrail_core::record::{Recorded, to_record};
use worktrail_core::store::{Index, Kind, Record, Value};

use super::{Moved, moved, rows};
use crate::Outcome;
use crate::desk::shown;
use crate::import::TOGETHER;
use crate::intake::Intake;
use crate::office::{Office, new_id, staff, team_of_staff};
use crate::subject::{Rate, Subject, Turns, Work, together};

/// Trees with the same rows, and an index for each of ours.
#[derive(Debug, Clone)]
pub struct ByHand(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    db: Db,
    /// The log, to be synced: on Linux, sled's own flush promises nothing.
    log: File,
    records: BTreeMap<Kind, Tree>,
    indexes: BTreeMap<Index, Tree>,
    facts: Tree,
    facts_of_a_subject: Tree,
    commands: Tree,
    memberships: Tree,
    conflicts: Tree,
    office: Office,
    acts: Turns,
    looks: Turns,
}

/// A key of a tree, and what it is set to; nothing where it is removed.
type Change<'t> = (&'t Tree, Vec<u8>, Option<Vec<u8>>);

impl ByHand {
    /// Makes the trees in a new directory.
    ///
    /// # Errors
    /// What the engine says.
    pub fn create(directory: &Path, office: Office, cache: u64) -> Outcome<Self> {
        let db = Config::new().path(directory).cache_capacity(cache).open()?;
        let log = File::options().write(true).open(directory.join("db"))?;
        let (mut records, mut indexes) = (BTreeMap::new(), BTreeMap::new());
        for kind in [Participant::KIND, Trail::KIND] {
            records.insert(kind, db.open_tree(kind.name())?);
            for index in kind.indexes().chain([kind.children()]) {
                indexes.insert(index, db.open_tree(format!("{} {}", kind.name(), index.name()))?);
            }
        }
        let tree = |name| db.open_tree(name);
        let (facts, facts_of_a_subject, commands) = (tree("fact")?, tree("fact subject")?, tree("command")?);
        let (memberships, conflicts) = (tree("membership")?, tree("conflict")?);
        let (acts, looks) = (Turns::default(), Turns::default());
        let shared = Shared {
            db,
            log,
            records,
            indexes,
            facts,
            facts_of_a_subject,
            commands,
            memberships,
            conflicts,
            office,
            acts,
            looks,
        };
        Ok(Self(Arc::new(shared)))
    }

    async fn blocking(&self, work: impl FnOnce(&Shared) -> Outcome + Send + 'static) -> Outcome {
        let shared = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || work(&shared)).await?
    }

    async fn piece(self, work: Work) -> Outcome {
        let shared = &self.0;
        let turn = if work == Work::Act { shared.acts.next() } else { shared.looks.next() };
        self.blocking(move |shared| match work {
            Work::Act => shared.act(turn),
            Work::Open => shared.open(turn),
            Work::Portfolio => shared.portfolio(turn),
            Work::Counts => shared.counts(turn),
            Work::Follow => shared.follow(turn),
        })
        .await
    }
}

impl Shared {
    fn records(&self, kind: Kind) -> Outcome<&Tree> {
        self.records.get(&kind).ok_or_else(|| "a kind without a tree".into())
    }

    /// Where a record stands in each index of its kind.
    fn places(&self, record: &Record) -> BTreeMap<Index, Vec<u8>> {
        let of_its_kind = self.indexes.keys().filter(|index| index.kind() == record.key().kind());
        of_its_kind.filter_map(|index| Some((*index, place(&index.values_of(record)?, record.key().id())))).collect()
    }

    fn act(&self, turn: u64) -> Outcome {
        let case = self.office.case_at(turn);
        let (trails, key) = (self.records(Trail::KIND)?, case.trail().as_uuid().into_bytes());
        let read = trails.get(key)?.ok_or("no such trail")?;
        let (revision, body) = revised(&read)?;
        let Moved { before, after, body, code, details, .. } = moved(&self.office, turn, body)?;
        let (before, after) = (to_record(&before)?, to_record(&after)?);
        let (left, entered) = (self.places(&before), self.places(&after));
        let (command, position) = (new_id().into_bytes(), self.db.generate_id()?.to_be_bytes());
        let subject = [case.participant().as_uuid().as_bytes(), position.as_slice()].concat();
        let fact = [code.as_bytes(), &key, case.owner().as_uuid().as_bytes(), &command, &details].concat();
        let mut changes: Vec<Change<'_>> = vec![
            (trails, key.to_vec(), Some(revised_to(revision + 1, &body))),
            (&self.facts, position.to_vec(), Some(fact)),
            (&self.facts_of_a_subject, subject, Some(Vec::new())),
            (&self.commands, command.to_vec(), Some(b"null".to_vec())),
        ];
        for (index, tree) in &self.indexes {
            let (before, after) = (left.get(index), entered.get(index));
            if before != after {
                changes.extend(before.map(|place| (tree, place.clone(), None)));
                changes.extend(after.map(|place| (tree, place.clone(), Some(Vec::new()))));
            }
        }
        let trees: Vec<&Tree> = changes.iter().map(|(tree, ..)| *tree).collect();
        let written = trees.as_slice().transaction(|trees| {
            let trail = trees.first().map_or(Ok(None), |trails| trails.get(key))?;
            if trail.as_ref() != Some(&read) {
                return Err(ConflictableTransactionError::Abort("somebody else was first"));
            }
            for (tree, (_, key, value)) in trees.iter().zip(&changes) {
                match value {
                    Some(value) => tree.insert(key.as_slice(), value.as_slice())?,
                    None => tree.remove(key.as_slice())?,
                };
            }
            Ok(())
        });
        written.map_err(|error| match error {
            TransactionError::Abort(why) => why.to_owned(),
            TransactionError::Storage(error) => error.to_string(),
        })?;
        self.sync()
    }

    fn sync(&self) -> Outcome {
        self.db.flush()?;
        Ok(self.log.sync_all()?)
    }

    fn may_see(&self, turn: u64) -> Outcome {
        let case = self.office.case_at(turn);
        let (team, owner, participant) = (case.team().as_uuid(), case.owner().as_uuid(), case.participant().as_uuid());
        let works_there = self.memberships.contains_key([team.into_bytes(), owner.into_bytes()].concat())?;
        let shut_out = self.conflicts.contains_key([owner.into_bytes(), participant.into_bytes()].concat())?;
        if works_there && !shut_out { Ok(()) } else { Err("somebody who may not see".into()) }
    }

    fn with_participant(&self, trail: Uuid, participant: Uuid) -> Outcome<(Trail, Participant)> {
        let trail = self.records(Trail::KIND)?.get(trail.as_bytes())?.ok_or("no such trail")?;
        let participant = self.records(Participant::KIND)?.get(participant.as_bytes())?.ok_or("no such participant")?;
        Ok((serde_json::from_slice(revised(&trail)?.1)?, serde_json::from_slice(revised(&participant)?.1)?))
    }

    fn open(&self, turn: u64) -> Outcome {
        let case = self.office.case_at(turn);
        self.may_see(turn)?;
        self.with_participant(case.trail().as_uuid(), case.participant().as_uuid())?;
        Ok(())
    }

    /// The places in an index of trails that begin so.
    fn walk(&self, index: &str, beginning: &[u8]) -> Outcome<::sled::Iter> {
        let index = Trail::KIND.indexes().find(|it| it.name() == index).ok_or("no such index")?;
        let tree = self.indexes.get(&index).ok_or("an index without a tree")?;
        Ok(tree.scan_prefix(beginning))
    }

    fn portfolio(&self, turn: u64) -> Outcome {
        let case = self.office.case_at(turn);
        self.may_see(turn)?;
        let beginning =
            [Value::Text("team".to_owned()), Value::Id(case.team().as_uuid()), Value::Id(case.owner().as_uuid())];
        let mut lines = 0;
        for place in self.walk("by_owner", &values_as_bytes(&beginning))?.keys().take(20) {
            let trail = last_id(&place?)?;
            let read = self.records(Trail::KIND)?.get(trail.as_bytes())?.ok_or("no such trail")?;
            let trail: Trail = serde_json::from_slice(revised(&read)?.1)?;
            let participant = self.records(Participant::KIND)?.get(trail.participant().as_uuid().as_bytes())?;
            let participant = participant.ok_or("no such participant")?;
            let _: Participant = serde_json::from_slice(revised(&participant)?.1)?;
            lines += 1;
        }
        shown(lines, case, &self.office)
    }

    fn counts(&self, turn: u64) -> Outcome {
        let case = self.office.case_at(turn);
        self.may_see(turn)?;
        let beginning = values_as_bytes(&[Value::Text("team".to_owned()), Value::Id(case.team().as_uuid())]);
        let mut counts: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
        for place in self.walk("by_team", &beginning)?.keys() {
            let place = place?;
            let phase = place.get(beginning.len()..).and_then(|rest| rest.split(|byte| *byte == 0).next());
            *counts.entry(phase.unwrap_or_default().to_vec()).or_default() += 1;
        }
        if counts.is_empty() { Err("a team without trails".into()) } else { Ok(()) }
    }

    fn follow(&self, turn: u64) -> Outcome {
        let after = (turn * 100) % (2 * self.office.trails());
        for fact in self.facts.range(after.to_be_bytes()..).take(100) {
            fact?;
        }
        Ok(())
    }

    fn bring_in(&self, numbers: Range<u64>) -> Outcome {
        let mut batches: BTreeMap<Vec<u8>, (&Tree, ::sled::Batch)> = BTreeMap::new();
        for number in numbers {
            for record in rows(&self.office, number)? {
                let tree = self.records(record.key().kind())?;
                let batch = &mut batches.entry(tree.name().to_vec()).or_insert((tree, ::sled::Batch::default())).1;
                batch.insert(record.key().id().as_bytes(), revised_to(1, record.body().bytes()));
                for (index, place) in self.places(&record) {
                    let tree = self.indexes.get(&index).ok_or("an index without a tree")?;
                    let batch = &mut batches.entry(tree.name().to_vec()).or_insert((tree, ::sled::Batch::default())).1;
                    batch.insert(place, &[]);
                }
            }
        }
        let (trees, batches): (Vec<&Tree>, Vec<::sled::Batch>) = batches.into_values().unzip();
        let written: Result<(), TransactionError> = trees.as_slice().transaction(|trees| {
            for (tree, batch) in trees.iter().zip(&batches) {
                tree.apply_batch(batch)?;
            }
            Ok(())
        });
        written?;
        self.sync()
    }
}

/// A record as it is kept: its revision, and its body.
fn revised_to(revision: u64, body: &[u8]) -> Vec<u8> {
    [&revision.to_be_bytes(), body].concat()
}

fn revised(bytes: &[u8]) -> Outcome<(u64, &[u8])> {
    let (revision, body) = bytes.split_first_chunk().ok_or("a record that is cut off")?;
    Ok((u64::from_be_bytes(*revision), body))
}

/// Values and an id, so that their bytes come in the order of the values.
fn place(values: &[Value], id: Uuid) -> Vec<u8> {
    let mut bytes = values_as_bytes(values);
    bytes.extend_from_slice(id.as_bytes());
    bytes
}

fn values_as_bytes(values: &[Value]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for value in values {
        match value {
            Value::Text(text) => bytes.extend([text.as_bytes(), &[0]].concat()),
            Value::Integer(number) => bytes.extend((number ^ i64::MIN).to_be_bytes()),
            Value::Day(day) => bytes.extend([day.to_string().as_bytes(), &[0]].concat()),
            Value::Instant(at) => bytes.extend((at.timestamp_micros() ^ i64::MIN).to_be_bytes()),
            Value::Id(id) => bytes.extend(id.as_bytes()),
        }
    }
    bytes
}

fn last_id(place: &[u8]) -> Outcome<Uuid> {
    let (_, id) = place.split_last_chunk::<16>().ok_or("a place that is cut off")?;
    Ok(Uuid::from_bytes(*id))
}

#[async_trait]
impl Intake for ByHand {
    async fn teams(&self) -> Outcome {
        self.blocking(|shared| {
            let mut batch = ::sled::Batch::default();
            for member in 0..shared.office.staff() {
                let (team, staff) = (team_of_staff(member).as_uuid(), staff(member).as_uuid());
                batch.insert([team.into_bytes(), staff.into_bytes()].concat(), &[]);
            }
            shared.memberships.apply_batch(batch)?;
            shared.sync()
        })
        .await
    }

    async fn trails(&self, numbers: Range<u64>) -> Outcome {
        let mut first = numbers.start;
        while first < numbers.end {
            let next = (first + TOGETHER).min(numbers.end);
            self.blocking(move |shared| shared.bring_in(first..next)).await?;
            first = next;
        }
        Ok(())
    }
}

#[async_trait]
impl Subject for ByHand {
    fn name(&self) -> String {
        "by hand on sled".to_owned()
    }

    fn durability(&self) -> String {
        "survives a power cut (fsync=full)".to_owned()
    }

    async fn slice(&self, work: Work, callers: usize, length: Duration) -> Outcome<Rate> {
        let theirs = self.clone();
        together(callers, length, move || theirs.clone().piece(work)).await
    }
}
