//! The floor of sled: the same keys and values, one batch, one flush and one fsync for each group.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use ::sled::{Batch, Config, Db, Mode};
use async_trait::async_trait;
use tokio::sync::Mutex;
use uuid::Uuid;
use worktrail_core::store::Tenant;

use crate::Outcome;
use crate::office::{Case, Office, new_id};
use crate::stopwatch::Stopwatch;
use crate::subject::{Rate, Subject, Turns, Work};

/// Bare batches on a copy of our directory, with our settings.
#[derive(Debug)]
pub struct Floor {
    db: Mutex<Db>,
    log: File,
    office: Office,
    turns: Turns,
    group: usize,
    /// The last position of the journal when it was opened.
    last: u64,
    like: Like,
}

/// The values that an act wrote, to write ones of their sizes.
#[derive(Debug)]
struct Like {
    trail: Vec<u8>,
    participant: Vec<u8>,
    entry: Vec<u8>,
    stamp: Vec<u8>,
    head: Vec<u8>,
}

impl Floor {
    /// On a copy of a directory in which the first act of the office was the last change, in groups of this size.
    ///
    /// # Errors
    /// What the engine says.
    pub fn open(directory: &Path, office: Office, group: usize, cache: u64) -> Outcome<Self> {
        let config = Config::new().path(directory).mode(Mode::LowSpace).segment_size(1 << 24);
        let db = config.cache_capacity(cache).flush_every_ms(Some(40)).open()?;
        let log = File::options().write(true).open(directory.join("db"))?;
        let case = office.case_at(0);
        let first_of = |space: &[u8]| Outcome::Ok(db.scan_prefix(key(space, &[])).next().ok_or("nothing to be like")??);
        let (last, entry) = db.scan_prefix(key(b"j", &[])).next_back().ok_or("an empty journal")??;
        let like = Like {
            trail: at(&db, &record("trail", case.trail().as_uuid()))?,
            participant: at(&db, &record("participant", case.participant().as_uuid()))?,
            entry: entry.to_vec(),
            stamp: first_of(b"s")?.1.to_vec(),
            head: first_of(b"h")?.1.to_vec(),
        };
        let last = last.last_chunk().copied().map(u64::from_be_bytes).ok_or("an entry without a position")?;
        Ok(Self { db: Mutex::new(db), log, office, turns: Turns::default(), group, last, like })
    }

    /// One group.
    fn write(&self, db: &Db) -> Outcome {
        let mut batch = Batch::default();
        for _ in 0..self.group {
            let turn = self.turns.next();
            let (case, phase) = (self.office.case_at(turn), self.office.phase_at(turn).code());
            let before = match turn.checked_sub(self.office.trails()) {
                Some(former) => self.office.phase_at(former).code(),
                None => "mapping",
            };
            let position = (self.last + 1 + turn).to_be_bytes();
            for place in self.places(case, before) {
                batch.remove(place);
            }
            for place in self.places(case, phase) {
                batch.insert(place, &[]);
            }
            batch.insert(record("trail", case.trail().as_uuid()), self.like.trail.as_slice());
            batch.insert(record("participant", case.participant().as_uuid()), self.like.participant.as_slice());
            batch.insert(key(b"j", &[&position]), self.like.entry.as_slice());
            batch.insert(key(b"p", &[case.participant().as_uuid().as_bytes(), &position]), &[]);
            batch.insert(key(b"s", &[new_id().as_bytes()]), self.like.stamp.as_slice());
            batch.insert(b"\0count", &position);
        }
        batch.insert(key(b"h", &[]), self.like.head.as_slice());
        db.apply_batch(batch)?;
        db.flush()?;
        Ok(self.log.sync_all()?)
    }

    /// Where a trail stands in the indexes that its phase is part of.
    fn places(&self, case: Case, phase: &str) -> [Vec<u8>; 2] {
        let opened = (self.office.now().instant().timestamp_micros() ^ i64::MIN).to_be_bytes();
        let [team, owner, trail] = [case.team().as_uuid(), case.owner().as_uuid(), case.trail().as_uuid()];
        let [team, owner, trail] = [&team, &owner, &trail].map(Uuid::as_bytes);
        let phase = [phase.as_bytes(), &[0]].concat();
        [
            key(b"i", &[b"trail\0by_owner\0team\0", team, owner, &phase, &opened, trail]),
            key(b"i", &[b"trail\0by_team\0team\0", team, &phase, &opened, trail]),
        ]
    }
}

/// A key in a space of our tenant.
fn key(space: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let tenant = Tenant::default();
    [&[tenant.as_str().as_bytes(), &[0], space], parts].concat().concat()
}

fn record(kind: &str, id: Uuid) -> Vec<u8> {
    key(b"r", &[kind.as_bytes(), &[0], id.as_bytes()])
}

fn at(db: &Db, key: &[u8]) -> Outcome<Vec<u8>> {
    Ok(db.get(key)?.ok_or("no such record")?.to_vec())
}

#[async_trait]
impl Subject for Floor {
    fn name(&self) -> String {
        format!("sled's floor, {} together", self.group)
    }

    fn durability(&self) -> String {
        "survives a power cut (fsync=full)".to_owned()
    }

    async fn slice(&self, work: Work, _callers: usize, length: Duration) -> Outcome<Rate> {
        if work != Work::Act {
            return Err("a floor is under acts only".into());
        }
        let db = self.db.lock().await;
        let watch = Stopwatch::start();
        let mut pieces = 0;
        while watch.passed() < length {
            // Nobody else wants this thread meanwhile.
            tokio::task::block_in_place(|| self.write(&db))?;
            pieces += self.group as u64;
        }
        Ok(Rate { pieces, took: watch.passed() })
    }
}
