//! What is particular to a store of files: reopening, damage, torn writes, failed writes, forgotten bytes.
#![expect(clippy::unwrap_used, reason = "the helpers of tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use own_store::FolderStore;
use uuid::Uuid;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    Batch, Body, CommandId, Details, Digest, Expect, Happening, JournalRange, Key, Limit, Position, Receipt, Record,
    RecordKey, Replay, Salt, Stamp, Store as _, StoreError, StoreErrorKind, StoredRecord, Subject, Tenant, Value,
};

/// A folder of this test's own, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("own-store-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }

    fn open(&self) -> Result<FolderStore, StoreError> {
        FolderStore::open(&self.0, SCHEMA)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Every file with its bytes.
    fn bytes(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let files = fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| path.is_file()).map(|path| (path.clone(), fs::read(path).unwrap())).collect()
    }

    fn holds(&self, text: &str) -> bool {
        self.bytes().values().any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("this store never waits"),
    }
}

const PERSON: Subject = Subject::new(Uuid::from_u128(7));

fn key(kind: &str, id: u128) -> RecordKey {
    RecordKey::new(SCHEMA.kind(kind).unwrap(), Uuid::from_u128(id))
}

fn participant(national_id: &str, body: &str) -> Record {
    let record = Record::new(key("participant", 7), Body::new(1, body.as_bytes()));
    record.about(PERSON).with("national_id", national_id).with("audience", "team-1")
}

fn team(id: u128, body: &[u8]) -> Record {
    Record::new(key("team", id), Body::new(1, body))
}

fn told(code: &str, about: RecordKey) -> Happening {
    Happening::new(code, about, Uuid::from_u128(99), chrono::DateTime::UNIX_EPOCH)
}

fn stamp(id: u128) -> Stamp {
    Stamp::new(CommandId::new(Uuid::from_u128(id)), Digest::new([9; 32]), *b"reply", chrono::DateTime::UNIX_EPOCH)
}

fn save(store: &FolderStore, record: Record) -> Result<Receipt, StoreError> {
    let about = record.key();
    ready(store.commit(Batch::of(Tenant::default()).put(record, Expect::Any).tell(told("saved", about)).build()?))
}

fn find(store: &FolderStore, key: RecordKey) -> Option<StoredRecord> {
    ready(store.get(&Tenant::default(), &[Key::Record(key)])).unwrap().remove(0)?.into_record()
}

fn kind<T>(outcome: Result<T, StoreError>) -> StoreErrorKind {
    outcome.err().expect("an error").kind()
}

/// Three commits: a person with details and a stamp, the person again, a team whose body is no text.
fn filled(folder: &Folder) -> FolderStore {
    let store = folder.open().unwrap();
    let details = Details::new(Salt::new([5; 16]), *b"MARKED-DETAILS");
    let first = Batch::of(Tenant::default())
        .put(participant("MARKED-ID", "MARKED-BODY"), Expect::Absent)
        .tell(told("referred", key("participant", 7)).of(PERSON).with(details))
        .stamp(stamp(1));
    ready(store.commit(first.build().unwrap())).unwrap();
    save(&store, participant("MARKED-ID-2", "MARKED-BODY-2")).unwrap();
    save(&store, team(1, b"\xff\x00\x01")).unwrap();
    store
}

#[test]
fn a_second_opening_reads_what_the_first_wrote() {
    let folder = Folder::new("reopen");
    let store = filled(&folder);
    let before = (find(&store, key("participant", 7)), find(&store, key("team", 1)));
    assert!(before.0.is_some() && before.1.is_some());
    drop(store);
    let store = folder.open().unwrap();
    assert_eq!((find(&store, key("participant", 7)), find(&store, key("team", 1))), before);
    let page = ready(store.journal(&Tenant::default(), JournalRange::Everything, Position::START, Limit::MAX)).unwrap();
    assert_eq!(page.entries.len(), 3);
    assert_eq!(page.entries[0].details().unwrap().bytes(), b"MARKED-DETAILS");
    let again = Batch::of(Tenant::default()).put(team(2, b"x"), Expect::Any).stamp(stamp(1)).build().unwrap();
    assert_eq!(ready(store.commit(again)).unwrap().replay(), Replay::Again);
    assert!(find(&store, key("team", 2)).is_none());
}

#[test]
fn a_second_opening_at_the_same_time_is_refused() {
    let folder = Folder::new("lock");
    let store = folder.open().unwrap();
    assert_eq!(kind(folder.open()), StoreErrorKind::AlreadyOpen);
    drop(store);
    folder.open().unwrap();
}

#[test]
fn damage_is_an_error_and_changes_nothing() {
    let folder = Folder::new("damage");
    drop(filled(&folder));
    fs::write(folder.file("00000004.tmp"), "torn").unwrap();
    let whole = folder.bytes();
    let mut tried = 0;
    for number in 1..=3 {
        let path = folder.file(&format!("{number:08}.json"));
        let bytes = whole[&path].clone();
        let cut = (0..bytes.len()).step_by(97).map(|length| bytes[..length].to_vec());
        let flipped = (0..bytes.len() * 8).step_by(61).map(|bit| {
            let mut bytes = bytes.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            bytes
        });
        let longer = [bytes.clone(), b"\n".to_vec()].concat();
        for damaged in cut.chain(flipped).chain([longer]) {
            fs::write(&path, &damaged).unwrap();
            let before = folder.bytes();
            let found = kind(folder.open());
            // A flip in the first line can also look like the mark of another form.
            assert!(matches!(found, StoreErrorKind::Corrupt | StoreErrorKind::SchemaOutdated), "{found}");
            assert!(found == StoreErrorKind::Corrupt || damaged[..12] != bytes[..12]);
            assert_eq!(folder.bytes(), before);
            tried += 1;
        }
        fs::write(&path, bytes).unwrap();
    }
    assert!(tried > 300, "{tried} damages");
    folder.open().unwrap();
}

#[test]
fn files_that_change_places_or_go_are_noticed() {
    let folder = Folder::new("places");
    drop(filled(&folder));
    let (two, three) = (folder.file("00000002.json"), folder.file("00000003.json"));
    let (second, third) = (fs::read(&two).unwrap(), fs::read(&three).unwrap());
    fs::write(&two, &third).unwrap();
    fs::write(&three, &second).unwrap();
    assert_eq!(kind(folder.open()), StoreErrorKind::Corrupt);
    fs::write(&three, &third).unwrap();
    fs::remove_file(&two).unwrap();
    assert_eq!(kind(folder.open()), StoreErrorKind::Corrupt);
    fs::write(&two, &second).unwrap();
    folder.open().unwrap();
}

#[test]
fn a_folder_of_something_else_is_left_alone() {
    let folder = Folder::new("else");
    fs::create_dir_all(&folder.0).unwrap();
    fs::write(folder.file("letter.txt"), "dear").unwrap();
    let before = folder.bytes();
    assert_eq!(kind(folder.open()), StoreErrorKind::Misuse);
    assert_eq!(folder.bytes(), before);
}

#[test]
fn a_torn_write_is_ignored_and_swept_up() {
    let folder = Folder::new("torn");
    drop(filled(&folder));
    let before = folder.bytes();
    fs::write(folder.file("00000004.tmp"), "own-store 1 half a li").unwrap();
    fs::write(folder.file("00000001.tmp"), "").unwrap();
    save(&folder.open().unwrap(), team(2, b"{}")).unwrap();
    let mut after = folder.bytes();
    assert!(after.remove(&folder.file("00000004.json")).is_some());
    assert_eq!(after, before);
}

#[test]
fn a_write_that_fails_changes_nothing_and_the_store_goes_on() {
    for obstacle in ["00000004.tmp", "00000004.json"] {
        let folder = Folder::new(&format!("full-{}", Path::new(obstacle).extension().unwrap().display()));
        let store = filled(&folder);
        let before = folder.bytes();
        fs::create_dir(folder.file(obstacle)).unwrap();
        assert_eq!(kind(save(&store, team(2, b"{}"))), StoreErrorKind::Other);
        assert_eq!(folder.bytes(), before);
        assert!(find(&store, key("team", 2)).is_none());
        fs::remove_dir(folder.file(obstacle)).unwrap();
        assert_eq!(save(&store, team(2, b"{}")).unwrap().revision().number(), 4);
        drop(store);
        assert!(find(&folder.open().unwrap(), key("team", 2)).is_some());
    }
}

fn forget(store: &FolderStore) -> Result<Receipt, StoreError> {
    let batch = Batch::of(Tenant::default()).forget(PERSON).tell(told("forgotten", key("participant", 7)).of(PERSON));
    ready(store.commit(batch.build()?))
}

/// What is personal in [`filled`]: fields, bodies, details, the salt of the details, the fingerprint of the stamp.
const PERSONAL: [&str; 6] = ["MARKED-ID", "MARKED-ID-2", "MARKED-BODY", "MARKED-DETAILS", "hex:0505", "hex:0909"];

#[test]
fn forgetting_leaves_no_byte_and_spares_the_rest() {
    let folder = Folder::new("forget");
    let store = filled(&folder);
    let other = Tenant::parse("other").unwrap();
    let elsewhere = Batch::of(other.clone()).put(participant("ELSEWHERE", "{}"), Expect::Absent).build().unwrap();
    ready(store.commit(elsewhere)).unwrap();
    for text in PERSONAL {
        assert!(folder.holds(text), "{text} is not there to be forgotten");
    }
    forget(&store).unwrap();
    for text in PERSONAL {
        assert!(!folder.holds(text), "{text} is still there");
    }
    assert!(folder.holds("ELSEWHERE"));
    drop(store);
    let store = folder.open().unwrap();
    assert!(find(&store, key("participant", 7)).is_none() && find(&store, key("team", 1)).is_some());
    assert!(ready(store.get(&other, &[Key::Record(key("participant", 7))])).unwrap()[0].is_some());
    let page = ready(store.journal(&Tenant::default(), JournalRange::Everything, Position::START, Limit::MAX)).unwrap();
    assert_eq!(page.entries[0].code(), "referred");
    assert!(page.entries.iter().all(|entry| entry.details().is_none()));
    // The same person may come back, and what is then told of them stays.
    save(&store, participant("BACK", "{}")).unwrap();
    drop(store);
    let back = find(&folder.open().unwrap(), key("participant", 7)).unwrap();
    assert_eq!(back.record().field("national_id"), Some(&Value::from("BACK")));
}

#[test]
fn forgetting_that_was_cut_short_is_finished_at_the_next_opening() {
    let folder = Folder::new("cut");
    let store = filled(&folder);
    fs::create_dir(folder.file("00000002.tmp")).unwrap(); // the second file cannot be written again
    assert_eq!(kind(forget(&store)), StoreErrorKind::Unknown);
    assert_eq!(kind(save(&store, team(2, b"{}"))), StoreErrorKind::Poisoned);
    assert_eq!(kind(ready(store.get(&Tenant::default(), &[]))), StoreErrorKind::Poisoned);
    drop(store);
    fs::remove_dir(folder.file("00000002.tmp")).unwrap();
    assert!(folder.holds("MARKED-ID-2"));
    let store = folder.open().unwrap();
    assert!(!folder.holds("MARKED"));
    assert!(find(&store, key("participant", 7)).is_none());
    save(&store, team(2, b"{}")).unwrap();
}
