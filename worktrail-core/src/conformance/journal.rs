//! Sentence 6: journal order is commit order.

use super::failure::{Failure, holds, same, there};
use super::office::Office;
use super::specimen::{Cast, command, details, id, instant, key, specimen, stamp, subject, told};
use crate::store::{
    Batch, Capacity, Details, Entry, Expect, Guard, Happening, JournalRange, Limit, Position, RecordKey, Store,
    StoreErrorKind,
};

/// Positions are 1, 2, 3 … in the order of the commits, and the receipt says which.
pub(super) async fn positions_have_no_gaps(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    let mut last = 0;
    for entries in [1, 3, 0, 2, 0, 0, 5] {
        let about = |n| told(key(person, entries), n);
        let batch = (1..=entries).fold(office.batch(), |batch, n| batch.tell(about(n)));
        let receipt = office.commit(batch).await?;
        let found = receipt.entries().map(|it| (it.first.number(), it.last.number()));
        same("the positions of a commit", found, (entries > 0).then_some((last + 1, last + entries)))?;
        last += entries;
    }
    let codes: Vec<String> = office.journal().await?.iter().map(|entry| entry.code().to_owned()).collect();
    let told = [1, 3, 2, 5].into_iter().flat_map(|entries| (1..=entries).map(|n| format!("specimen.{n}")));
    same("the codes in order", codes, told.collect())
}

/// Each entry carries the hash of the one before, from the first on.
pub(super) async fn the_chain_holds_from_the_start(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    for n in 1..=5 {
        let batch = office.batch().tell(told(key(person, n), n).of(subject(n)).with(details("x")));
        office.commit(batch.tell(told(key(person, n), n))).await?;
        let refused = office.batch().guard(Guard::Record(key(person, n), Expect::At(crate::store::Revision::new(99))));
        super::failure::refused(StoreErrorKind::Conflict, "a refusal in between", office.commit(refused).await)?;
    }
    let journal = office.journal().await?;
    same("the length of the journal", journal.len(), 10)?;
    let again = office.journal().await?;
    same("the journal read again", again, journal)
}

/// An entry says what was told: code, record, person, actor, purpose, role, time, details and their seal.
pub(super) async fn an_entry_says_what_was_told(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, trail, .. }) = (Office::main(store), Cast::new()?);
    let personal = details("what was said");
    let capacity = Capacity::new("purpose").in_role("role");
    let full = Happening::new("full.entry", key(trail, 3), id(42), instant(77)).of(subject(5));
    let full = full.acting(capacity.clone()).with(personal.clone());
    let plain = Happening::new("plain.entry", key(person, 4), id(43), instant(78));
    office.commit(office.batch().tell(full).tell(plain).stamp(stamp(9, "tell"))).await?;
    let mut journal = office.journal().await?.into_iter();
    let (full, plain) = (there("the first entry", journal.next())?, there("the second entry", journal.next())?);
    let parts = |entry: &Entry| (entry.code().to_owned(), entry.about(), entry.subject(), entry.actor(), entry.at());
    let expected = ("full.entry".to_owned(), key(trail, 3), Some(subject(5)), id(42), instant(77));
    same("an entry with everything", parts(&full), expected)?;
    same("its details", full.details(), Some(&personal))?;
    same("its seal", full.seal(), Some(personal.seal()))?;
    same("its command", full.command(), Some(command(9)))?;
    same("what it was done for, and in which role", full.capacity(), Some(&capacity))?;
    let expected = ("plain.entry".to_owned(), key(person, 4), None, id(43), instant(78));
    same("an entry with nothing personal", parts(&plain), expected)?;
    same("its details", (plain.details(), plain.seal()), (None, None))?;
    same("what it was done for", plain.capacity(), None)
}

/// A reader that goes page by page, from wherever it stands, gets every entry once.
pub(super) async fn the_journal_comes_in_pages(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    for n in 1..=6 {
        office.commit((0..n).fold(office.batch(), |batch, m| batch.tell(told(key(person, n), m)))).await?;
    }
    let whole = office.journal().await?;
    same("the length of the journal", whole.len(), 21)?;
    for limit in [1, 2, 3, 7, 20, 21, 22] {
        let paged = office.entries(JournalRange::Everything, limit).await?;
        same(&format!("the journal by pages of {limit}"), &paged, &whole)?;
    }
    for (after, number) in (0..=21).zip(0_u64..) {
        let read = store.journal(&office.tenant, JournalRange::Everything, Position::new(number), Limit::new(4));
        let page = read.await?;
        let expected: Vec<Entry> = whole.iter().skip(after).take(4).cloned().collect();
        same("a page from the middle", page.entries, expected)?;
        same("the last position of the journal beside a page", page.head, Position::new(21))?;
    }
    Ok(())
}

/// Past the end there is nothing, however far past.
pub(super) async fn the_journal_ends(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    office.commit(office.batch().tell(told(key(person, 1), 1))).await?;
    for after in [1, 2, 1_000, u64::from(u32::MAX), i64::MAX.unsigned_abs(), u64::MAX] {
        for range in [JournalRange::Everything, JournalRange::About(subject(1))] {
            let page = store.journal(&office.tenant, range, Position::new(after), Limit::MAX).await?;
            same("entries past the end", page.entries, Vec::new())?;
            same("the last position, asked past the end", page.head, Position::new(1))?;
        }
    }
    Ok(())
}

/// The journal about a person has their entries, all of them and no others, at their positions in the whole.
pub(super) async fn the_journal_about_a_person(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    for n in 0..12 {
        let about = (n % 4 != 3).then(|| subject(n % 4));
        office.commit(office.batch().tell(told(key(person, n), n).of(about).with(details("said")))).await?;
    }
    let whole = office.journal().await?;
    for wanted in (0..5).map(subject) {
        let expected: Vec<Entry> = whole.iter().filter(|it| it.subject() == Some(wanted)).cloned().collect();
        for limit in [1, 2, 3, 4, 100] {
            let found = office.entries(JournalRange::About(wanted), limit).await?;
            same("the entries about a person", &found, &expected)?;
        }
    }
    let page = store.journal(&office.tenant, JournalRange::About(subject(1)), Position::new(5), Limit::MAX).await?;
    let places: Vec<u64> = page.entries.iter().map(|entry| entry.position().number()).collect();
    same("the entries about a person after a position", places, vec![6, 10])?;
    same("the last position of the whole journal", page.head, Position::new(12))
}

/// An entry may be about a record that is not there, and outlives the one it is about.
pub(super) async fn an_entry_outlives_its_record(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    office.commit(office.batch().tell(told(key(person, 9), 1))).await?;
    office.commit(office.batch().put(specimen(person, 1), Expect::Any).tell(told(key(person, 1), 2))).await?;
    office.commit(office.batch().remove(key(person, 1), None, Expect::Any)).await?;
    let about: Vec<RecordKey> = office.journal().await?.iter().map(Entry::about).collect();
    same("what the entries are about", about, vec![key(person, 9), key(person, 1)])
}

/// Codes and details of every admitted length come back.
pub(super) async fn entries_keep_their_extremes(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    let every: Vec<u8> = (0..=u8::MAX).collect();
    let longest: Vec<u8> = every.iter().copied().cycle().take(Details::MAX_BYTES).collect();
    let codes = ["x".to_owned(), "å".repeat(Happening::MAX_CODE / 2), "' ; -- %_\\\"\n".to_owned()];
    let times = ["0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"];
    let ids = [uuid::Uuid::nil(), uuid::Uuid::max(), id(1)];
    let salt = |byte| crate::store::Salt::new([byte; 16]);
    let all = [Details::new(salt(0), []), Details::new(salt(0xff), every), Details::new(salt(1), longest)];
    let mut batch = office.batch();
    let (mut expected, mut capacities) = (Vec::new(), Vec::new());
    for (((code, time), actor), details) in codes.into_iter().zip(times).zip(ids).zip(all) {
        let at = chrono::DateTime::parse_from_rfc3339(time).ok().map(|at| at.to_utc()).unwrap_or_default();
        let about = RecordKey::new(person, actor);
        let subject = crate::store::Subject::new(actor);
        let capacity = Capacity::new(code.clone()).in_role(code.clone());
        expected.push((code.clone(), about, Some(subject), actor, at, Some(details.clone())));
        capacities.push(Some(capacity.clone()));
        batch = batch.tell(Happening::new(code.clone(), about, actor, at).of(subject).acting(capacity).with(details));
    }
    office.commit(batch).await?;
    let parts = |entry: &Entry| {
        (entry.code().to_owned(), entry.about(), entry.subject(), entry.actor(), entry.at(), entry.details().cloned())
    };
    let journal = office.journal().await?;
    same("entries at the bounds", journal.iter().map(parts).collect(), expected)?;
    same("their purposes and roles", journal.iter().map(|entry| entry.capacity().cloned()).collect(), capacities)
}

/// As many entries as a batch may tell, told in one.
pub(super) async fn the_longest_story_is_told_in_one_batch(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    let most = u64::try_from(Batch::MAX_HAPPENINGS).unwrap_or_default();
    office.commit((1..=most).fold(office.batch(), |batch, n| batch.tell(told(key(person, n), n)))).await?;
    let journal = office.journal().await?;
    same("the entries of the longest batch", journal.len(), Batch::MAX_HAPPENINGS)?;
    holds("they stand in their order", (1..).zip(&journal).all(|(n, entry)| entry.about() == key(person, n)))
}
