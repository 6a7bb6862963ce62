//! C8: bits flip, blocks become zeros, files end early. What was damaged is noticed; nothing comes back as something else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::time::Duration;

use fastrand::Rng;
use worktrail_core::store::{
    Entry, Head, JournalRange, Key, Limit, Position, Record, RecordKey, Store, StoreError, StoreErrorKind, Stored,
    StoredRecord, StoredStamp, Tenant,
};

use crate::audit::all_of;
use crate::candidate::{Candidate, Opened, Opening};
use crate::errand::{Ending, Errand, Room};
use crate::figures::Figures;
use crate::numbered::{
    TENANTS, command, happenings, instant, kinds, number_of, own_records, read_slot, reply, slot_record, tenant,
};
use crate::setting::{Obstacle, Setting, bytes_in, files_in, run};
use crate::writer::commit;

/// How many batches lie in the store that is damaged.
pub const BATCHES: u64 = 120;
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
/// refused as damaged, a fault for each that came back as something else. What is answered as not there, without a word of
/// damage, may be more than the engine can know of: then the store's own check must refuse, whatever else was noticed.
///
/// # Errors
/// None in practice: what the store says is what is looked at.
pub async fn read(candidate: &dyn Candidate, home: &Path) -> Result<Figures, Obstacle> {
    match candidate.open(home, Opening::Existing).await {
        Err(error) => {
            let mut reading = Reading::default();
            reading.refused("opening", &error);
            Ok(reading.end())
        }
        Ok(store) => {
            let figures = read_all(&*store).await;
            store.close().await;
            figures
        }
    }
}

/// Reads all of a store in which the batches from 1 to [`BATCHES`] were kept.
///
/// # Errors
/// None in practice: what the store says is what is looked at.
pub async fn read_all(store: &dyn Opened) -> Result<Figures, Obstacle> {
    let mut reading = Reading::default();
    for number in 1..=BATCHES {
        reading.one(store, number).await?;
    }
    for lane in 0..TENANTS {
        let slots = slots(lane)?;
        for record in slots.values() {
            reading.record(store, &tenant(lane)?, record).await;
        }
        reading.walks(store, lane, slots).await?;
    }
    reading.journals(store).await?;
    if let Err(error) = store.check().await {
        reading.checked = Checked::Refused;
        reading.refused("check", &error);
    }
    Ok(reading.end())
}

/// The records of a tenant that are written over, as the last batch left each.
fn slots(lane: u64) -> Result<BTreeMap<RecordKey, Record>, StoreError> {
    let mut slots = BTreeMap::new();
    for number in (1..=BATCHES).filter(|number| number % TENANTS == lane) {
        let record = slot_record(number)?;
        slots.insert(record.key(), record);
    }
    Ok(slots)
}

#[derive(Default)]
struct Reading {
    figures: Figures,
    /// What was answered as not there.
    missing: u64,
    checked: Checked,
}

/// What the store's own check said.
#[derive(Default, PartialEq, Eq)]
enum Checked {
    /// That all is well; or it was not asked, since the store did not open.
    #[default]
    Content,
    /// That something is not.
    Refused,
}

impl Reading {
    fn end(mut self) -> Figures {
        if self.missing > 0 && self.checked == Checked::Content {
            self.figures.fault(format!("{} things are missing, and the check did not notice", self.missing));
        }
        Figures { trials: 1, ..self.figures }
    }

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
            self.record(store, &tenant, &record).await;
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

    async fn record(&mut self, store: &dyn Store, tenant: &Tenant, written: &Record) {
        match store.get(tenant, &[Key::Record(written.key())]).await {
            Err(error) => self.refused("a record", &error),
            Ok(found) => match found.into_iter().flatten().next().and_then(Stored::into_record) {
                Some(found) => self.compare(written, &found),
                None => self.missing += 1,
            },
        }
    }

    fn compare(&mut self, written: &Record, found: &StoredRecord) {
        if found.record() != written {
            self.figures.fault(match read_slot(found.record()) {
                Some(number) => format!("a record came back as batch {number} had left it, and was written over since"),
                None => "a record came back as something else".to_owned(),
            });
        }
    }

    async fn walks(
        &mut self,
        store: &dyn Store,
        lane: u64,
        slots: BTreeMap<RecordKey, Record>,
    ) -> Result<(), StoreError> {
        let tenant = tenant(lane)?;
        let mut written = slots;
        for number in (1..=BATCHES).filter(|number| number % TENANTS == lane) {
            written.extend(own_records(number)?.map(|record| (record.key(), record)));
        }
        for kind in kinds()? {
            let found = match all_of(store, &tenant, kind).await {
                Ok(found) => found,
                Err(error) => {
                    self.refused("a walk", &error);
                    continue;
                }
            };
            let seen: BTreeSet<RecordKey> = found.iter().map(|found| found.record().key()).collect();
            let missing = written.keys().filter(|key| key.kind() == kind && !seen.contains(*key)).count();
            self.missing += u64::try_from(missing).unwrap_or_default();
            for found in &found {
                self.walked(&written, found);
            }
        }
        Ok(())
    }

    /// A record that a walk gave is one that a batch wrote.
    fn walked(&mut self, written: &BTreeMap<RecordKey, Record>, found: &StoredRecord) {
        match written.get(&found.record().key()) {
            Some(written) => self.compare(written, found),
            None => self.figures.fault("a walk gave a record that nobody wrote"),
        }
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
    stamp.receipt().reply() == reply(number) && stamp.at() == instant(number)
}
