//! C8: bits flip, blocks become zeros, files end early. What was damaged is noticed; nothing comes back as something else.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::time::Duration;

use fastrand::Rng;
use worktrail_core::store::{
    Entry, Head, JournalRange, Key, Limit, Position, Record, RecordKey, Store, StoreError, StoreErrorKind, Stored,
    StoredRecord, StoredStamp,
};

use crate::audit::all_of;
use crate::candidate::{Candidate, Opening};
use crate::errand::{Ending, Errand, Room};
use crate::figures::Figures;
use crate::numbered::{TENANTS, command, happenings, instant, kinds, number_of, own_records, read_slot, tenant};
use crate::setting::{Obstacle, Setting, bytes_in, files_in, run};
use crate::writer::commit;

/// How many batches lie in the store that is damaged.
const BATCHES: u64 = 120;
/// How long a reader may take before it counts as hung.
const LIMIT: Duration = Duration::from_secs(8);

/// Damages copies of a store this often.
///
/// # Errors
/// What keeps the trials from being made.
pub fn alterations(setting: &Setting, candidate: &dyn Candidate, trials: u64) -> Result<Figures, Obstacle> {
    let whole = setting.directory()?;
    run(async {
        let store = candidate.open(whole.path(), Opening::Create).await?;
        for number in 1..=BATCHES {
            commit(&*store, number).await?;
        }
        store.close().await;
        Ok(())
    })?;
    let mut figures = unharmed(setting, candidate, whole.path())?;
    let (mut noticed, mut without_effect) = (0, 0);
    for trial in 0..trials {
        let directory = setting.directory()?;
        copy(whole.path(), directory.path())?;
        let damage = damage(directory.path(), &mut setting.chance("C8", trial))?;
        let place = directory.path().to_string_lossy();
        let words = ["read", candidate.name(), &place];
        let mut of_trial = Figures { trials: 1, ..Figures::default() };
        match (Errand { words: &words, room: Room::Here, limit: LIMIT }).run(setting)? {
            Ending::Figures(read) if !read.faults.is_empty() => {
                of_trial.faults = read.faults.iter().map(|fault| format!("{damage}: {fault}")).collect();
            }
            Ending::Figures(read) if read.notes.is_empty() => without_effect += 1,
            Ending::Figures(_) => noticed += 1,
            Ending::Hung => of_trial.fault(format!("{damage}: hung")),
            Ending::Broke(how) => of_trial.fault(format!("{damage}: {how}")),
        }
        figures.add(of_trial);
    }
    figures
        .note(format!("{noticed} alterations noticed, {without_effect} met nothing that is kept, none passed as good"));
    Ok(figures)
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let within = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            std::fs::create_dir(&within)?;
            copy(&entry.path(), &within)?;
        } else {
            std::fs::copy(entry.path(), within)?;
        }
    }
    Ok(())
}

/// That a copy which nobody damaged is read without a word: else every alteration would seem to be noticed.
fn unharmed(setting: &Setting, candidate: &dyn Candidate, whole: &Path) -> Result<Figures, Obstacle> {
    let directory = setting.directory()?;
    copy(whole, directory.path())?;
    let place = directory.path().to_string_lossy();
    let words = ["read", candidate.name(), &place];
    let mut figures = Errand { words: &words, room: Room::Here, limit: LIMIT }.figures(setting)?;
    for note in std::mem::take(&mut figures.notes) {
        figures.fault(format!("an unharmed copy: {note}"));
    }
    Ok(Figures { trials: 0, ..figures })
}

/// Alters something somewhere: every byte of the store is as likely to be met. Says what it did.
fn damage(directory: &Path, random: &mut Rng) -> io::Result<String> {
    let mut place = random.u64(..bytes_in(directory).max(1));
    for path in files_in(directory) {
        let length = path.metadata()?.len();
        if place >= length {
            place -= length;
            continue;
        }
        let file = OpenOptions::new().read(true).write(true).open(&path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return Ok(match random.u8(..10) {
            0..6 => format!("{name}: bit {} of byte {place} flipped", flip(&file, place, random.u8(..8))?),
            6..9 => {
                let block = place / 4_096 * 4_096;
                let zeros = vec![0; usize::try_from(4_096.min(length - block)).unwrap_or_default()];
                file.write_all_at(&zeros, block)?;
                format!("{name}: block at {block} zeroed")
            }
            _ => {
                file.set_len(place)?;
                format!("{name}: cut from {length} to {place} bytes")
            }
        });
    }
    Err(io::Error::other("the store has no files"))
}

fn flip(file: &File, place: u64, bit: u8) -> io::Result<u8> {
    let mut byte = [0];
    file.read_exact_at(&mut byte, place)?;
    file.write_all_at(&byte.map(|byte| byte ^ (1 << bit)), place)?;
    Ok(bit)
}

/// What the errand does: reads all that was kept, one by one and in walks, and compares. A note for each thing that was
/// refused as damaged, a fault for each that came back as something else, or that nobody noticed to be missing.
///
/// # Errors
/// None in practice: what the store says is what is looked at.
pub async fn read(candidate: &dyn Candidate, home: &Path) -> Result<Figures, Obstacle> {
    let mut reading = Reading { figures: Figures { trials: 1, ..Figures::default() }, missing: 0 };
    match candidate.open(home, Opening::Existing).await {
        Err(error) => reading.refused("opening", &error),
        Ok(store) => {
            for number in 1..=BATCHES {
                reading.one(&*store, number).await?;
            }
            reading.walks(&*store).await?;
            reading.journals(&*store).await?;
            if let Err(error) = store.check().await {
                reading.refused("check", &error);
            }
            store.close().await;
        }
    }
    if reading.missing > 0 && reading.figures.notes.is_empty() {
        reading.figures.fault(format!("{} things are missing, and nobody noticed", reading.missing));
    }
    Ok(reading.figures)
}

struct Reading {
    figures: Figures,
    missing: u64,
}

impl Reading {
    /// Refused as damaged is what should be; so is a store that stops, and whatever keeps a file from being opened.
    fn refused(&mut self, what: &str, error: &StoreError) {
        match error.kind() {
            StoreErrorKind::Misuse | StoreErrorKind::Conflict | StoreErrorKind::NotUnique => {
                self.figures.fault(format!("{what}: {error}"));
            }
            _ => self.figures.note(format!("{what}: {error}")),
        }
    }

    async fn one(&mut self, store: &dyn Store, number: u64) -> Result<(), StoreError> {
        let tenant = tenant(number)?;
        for record in own_records(number)? {
            match store.get(&tenant, &[Key::Record(record.key())]).await {
                Err(error) => self.refused("a record", &error),
                Ok(found) => match found.into_iter().flatten().next().and_then(Stored::into_record) {
                    Some(found) => self.compare(&record, &found),
                    None => self.missing += 1,
                },
            }
        }
        match store.get(&tenant, &[Key::Stamp(command(number))]).await {
            Err(error) => self.refused("a stamp", &error),
            Ok(found) => match found.into_iter().flatten().next().and_then(Stored::into_stamp) {
                Some(stamp) if !is_stamp_of(&stamp, number) => self.figures.fault("a stamp came back as another"),
                Some(_) => {}
                None => self.missing += 1,
            },
        }
        Ok(())
    }

    fn compare(&mut self, written: &Record, found: &StoredRecord) {
        if found.record() != written {
            self.figures.fault("a record came back as something else");
        }
    }

    async fn walks(&mut self, store: &dyn Store) -> Result<(), StoreError> {
        for lane in 0..TENANTS {
            let tenant = tenant(lane)?;
            for kind in kinds()? {
                let records = match all_of(store, &tenant, kind).await {
                    Ok(records) => records,
                    Err(error) => {
                        self.refused("a walk", &error);
                        continue;
                    }
                };
                let seen: BTreeSet<RecordKey> = records.iter().map(|found| found.record().key()).collect();
                for found in &records {
                    self.walked(found)?;
                }
                let numbers = (1..=BATCHES).filter(|number| number % TENANTS == lane);
                for number in numbers {
                    let own = own_records(number)?;
                    let wanted = own.iter().filter(|record| record.key().kind() == kind);
                    self.missing += u64::from(wanted.into_iter().any(|record| !seen.contains(&record.key())));
                }
            }
        }
        Ok(())
    }

    /// A record that a walk gave is one that a batch wrote.
    fn walked(&mut self, found: &StoredRecord) -> Result<(), StoreError> {
        let number = u64::try_from(found.record().key().id().as_u128()).unwrap_or_default();
        if read_slot(found.record()).is_some() {
            return Ok(());
        }
        match own_records(number)?.iter().find(|record| record.key() == found.record().key()) {
            Some(written) => self.compare(written, found),
            None => self.figures.fault("a walk gave a record that nobody wrote"),
        }
        Ok(())
    }

    async fn journals(&mut self, store: &dyn Store) -> Result<(), StoreError> {
        for lane in 0..TENANTS {
            match store.journal(&tenant(lane)?, JournalRange::Everything, Position::START, Limit::MAX).await {
                Err(error) => self.refused("the journal", &error),
                Ok(page) => {
                    let wanted: Vec<u64> =
                        (1..=BATCHES).filter(|number| number % TENANTS == lane).flat_map(|it| [it; 2]).collect();
                    let found: Vec<u64> =
                        page.entries.iter().filter_map(|entry| entry.command().and_then(number_of)).collect();
                    for (place, entry) in page.entries.iter().enumerate() {
                        let number = entry.command().and_then(number_of).unwrap_or_default();
                        let [first, second] = happenings(number, instant(number))?;
                        let told = if place % 2 == 0 { first } else { second };
                        let anew = Entry::after(&Head::default(), entry.command(), told);
                        if (entry.code(), entry.details(), entry.at()) != (anew.code(), anew.details(), anew.at()) {
                            self.figures.fault("an entry came back as something else");
                        }
                    }
                    self.missing += u64::from(found != wanted);
                }
            }
        }
        Ok(())
    }
}

fn is_stamp_of(stamp: &StoredStamp, number: u64) -> bool {
    stamp.receipt().reply() == format!("reply {number}").as_bytes() && stamp.at() == instant(number)
}
