//! What must be true when all is quiet, read from the engine itself.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use uuid::Uuid;
use worktrail_core::desk::Desk;
use worktrail_core::domain::{Moment, NameEntry, Participant, Trail};
use worktrail_core::record::{Recorded as _, from_record, key_of, to_record};
use worktrail_core::store::{
    CommandId, Entries, Entry, JournalRange, Key, Limit, MemoryStore, Position, Record, RecordKey, Revision,
    Store as _, Stored, StoredRecord, StoredStamp, Subject, Tenant,
};

use crate::model::{Fate, Intent};
use crate::rules::Everything;
use crate::states::records;

/// The answer of a future over a store that never waits.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("a store in memory never waits"),
    }
}

/// The stamp of a command, as the engine has it.
pub(crate) fn stamp(engine: &MemoryStore, id: CommandId) -> Option<StoredStamp> {
    let found = now(engine.get(&Tenant::default(), &[Key::Stamp(id)])).expect("memory");
    found.into_iter().next().flatten().and_then(Stored::into_stamp)
}

/// All that the engine holds, with what the clerks remember beside it.
struct Audit<'a> {
    intents: &'a [Intent],
    records: BTreeMap<RecordKey, StoredRecord>,
    journal: Vec<Entry>,
    stamps: BTreeMap<CommandId, StoredStamp>,
}

/// How old the answers of a store may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reads {
    /// Whatever was acknowledged before is seen, as the contract says.
    Current,
    /// Some answers are from before: more than the contract allows. The children of a record are then guarded by a
    /// revision that may be younger than they are, which is all that is lost.
    Stale,
}

/// Compares what the engine holds with itself, and with what the clerks were told.
pub(crate) fn audit(engine: &MemoryStore, intents: &[Intent], reads: Reads) -> Result<(), String> {
    let desk = Desk::new(engine, || Moment::parse("2026-03-10T12:00:00Z").expect("a moment"), Uuid::nil);
    now(desk.verify()).map_err(|error| format!("the desk's own verification fails: {error}"))?;
    let ids = intents.iter().flat_map(|intent| intent.ids.iter().copied());
    let audit = Audit {
        intents,
        records: now(records(engine)).map_err(|error| error.to_string())?,
        journal: journal(engine),
        stamps: ids.filter_map(|id| Some((id, stamp(engine, id)?))).collect(),
    };
    audit.every_intent_is_as_it_was_answered()?;
    audit.every_commit_is_a_command()?;
    audit.every_entry_is_its_commands()?;
    audit.every_record_is_as_it_was_told()?;
    audit.nothing_was_overwritten()?;
    audit.nothing_happened_after_the_end(reads)?;
    if reads == Reads::Current {
        audit.the_list_of_names_is_that_of_the_open_trails()?;
        audit.nothing_was_left_behind()?;
        audit.nothing_was_overlooked()?;
        let mut kept = Everything::default();
        kept.see(&audit.records)?;
        kept.keeps_the_rules()?;
    }
    audit.the_forgotten_are_forgotten()
}

fn journal(engine: &MemoryStore) -> Vec<Entry> {
    let (mut entries, mut after): (Vec<Entry>, _) = (Vec::new(), Position::START);
    loop {
        let page =
            now(engine.journal(&Tenant::default(), JournalRange::Everything, after, Limit::MAX)).expect("memory");
        let Some(last) = page.entries.last() else { return entries };
        after = last.position();
        entries.extend(page.entries);
    }
}

impl Audit<'_> {
    /// Acknowledged: done, once, as it was answered. Refused: not done. Unknown: done once or not at all.
    fn every_intent_is_as_it_was_answered(&self) -> Result<(), String> {
        for intent in self.intents {
            let stamps: Vec<_> = intent.ids.iter().filter_map(|id| self.stamps.get(id)).collect();
            let fault = match (intent.fate(), stamps.as_slice()) {
                (_, [_, _, ..]) => "was done twice",
                (Fate::Done(_), []) => "was acknowledged and lost",
                (Fate::Done(receipt), [stamp]) if receipt != *stamp.receipt() => {
                    "was answered otherwise than it stands"
                }
                (Fate::Undone, [_]) => "was refused and done",
                (Fate::Done(_) | Fate::Open, [_]) | (Fate::Undone | Fate::Open, []) => continue,
            };
            return Err(format!("{fault}: {}", intent.story()));
        }
        Ok(())
    }

    /// Every accepted batch is the commit of one command: revisions 1, 2, 3 … without gaps.
    fn every_commit_is_a_command(&self) -> Result<(), String> {
        let revisions: BTreeSet<u64> = self.stamps.values().map(|it| it.receipt().revision().number()).collect();
        let highest = self.records.values().map(|it| it.revision().max(it.children()).number()).max().unwrap_or(0);
        let last = revisions.last().copied().unwrap_or(0).max(highest);
        if revisions.len() != self.stamps.len() || !(1..=last).eq(revisions) {
            return Err("there are commits that are no command's, or two commands in one".to_owned());
        }
        Ok(())
    }

    /// Every entry is of a command that was sent, and a command's entries are those that its receipt names.
    fn every_entry_is_its_commands(&self) -> Result<(), String> {
        let mut told: BTreeMap<CommandId, Entries> = BTreeMap::new();
        for entry in &self.journal {
            let command = entry.command().filter(|id| self.stamps.contains_key(id));
            let command = command.ok_or_else(|| format!("entry {:?} is of no command", entry.position()))?;
            let here = entry.position();
            let span = told.entry(command).or_insert(Entries { first: here, last: here });
            if here > span.last && here != span.last.next() {
                return Err(format!("the entries of {command:?} are torn apart"));
            }
            span.last = here;
        }
        for (id, stamp) in &self.stamps {
            if stamp.receipt().entries() != told.get(id).copied() {
                return Err(format!("the entries of {id:?} are not those of its receipt"));
            }
        }
        Ok(())
    }

    /// A record stands at the revision of the last command that told of it, and what was told of stands. A former text
    /// stands at that of the command that told of the next one.
    fn every_record_is_as_it_was_told(&self) -> Result<(), String> {
        let forgotten = self.forgotten();
        let mut last: BTreeMap<RecordKey, &Entry> = BTreeMap::new();
        last.extend(self.journal.iter().map(|entry| (entry.about(), entry)));
        for (key, entry) in &last {
            let command = entry.command().and_then(|id| self.stamps.get(&id));
            let revision = command.map(|stamp| stamp.receipt().revision());
            let gone = entry.subject().and_then(|it| forgotten.get(&it)).is_some_and(|at| entry.position() <= *at);
            let found = self.records.get(key).map(StoredRecord::revision);
            let followed = found.is_some_and(|found| Some(found) > revision && self.followed_at(*key, found));
            if found != revision.filter(|_| !gone) && !followed {
                return Err(format!("{key:?} is not as {} at {:?} told", entry.code(), entry.position()));
            }
        }
        for (key, stored) in self.records.iter().filter(|(key, _)| !last.contains_key(key)) {
            // The list of names is told of by nobody: it is compared with what it is made from.
            if key.kind() == NameEntry::KIND {
                continue;
            }
            let told_at = match key.kind().name() {
                "narrative_revision" => self.kept_at(stored.record()),
                "held_number" => self.changed_at(stored.record()),
                _ => None,
            };
            if told_at != Some(stored.revision()) {
                return Err(format!("{key:?} was never told of"));
            }
        }
        Ok(())
    }

    /// The revision of the command that told of the number after a former one.
    fn changed_at(&self, former: &Record) -> Option<Revision> {
        let held = former.key().id().to_string();
        let told = self.journal.iter().find(|entry| {
            let kept = || entry.details().map(|details| json(details.bytes())["former"] == held.as_str());
            Some(entry.about()) == former.parent_key() && entry.code() == "national_id_changed" && kept() == Some(true)
        })?;
        Some(self.stamps.get(&told.command()?)?.receipt().revision())
    }

    /// Whether a command of this revision told where a record's trail went, to whom it is shown, or that it ended: what
    /// follows the trail is saved with it, under its entry, unless it is so already. What a move overlooked in an answer
    /// from before follows with the next one.
    fn followed_at(&self, key: RecordKey, revision: Revision) -> bool {
        let parent = self.records.get(&key).and_then(|stored| stored.record().parent_key());
        let mut moves = self.journal.iter().filter(|entry| {
            let codes = ["trail_handed_over", "audience_changed", "trail_ended", "trail_reopened"];
            Some(entry.about()) == parent && codes.contains(&entry.code())
        });
        let at = |entry: &Entry| Some(self.stamps.get(&entry.command()?)?.receipt().revision());
        moves.any(|entry| at(entry) == Some(revision))
    }

    /// The lists of contacts, jobs and education go by whose the trail is and to whom it is shown: nothing of it was left
    /// with a former owner or team, or with those from whom it is withheld.
    fn nothing_was_left_behind(&self) -> Result<(), String> {
        for stored in self.records.values() {
            let record = stored.record();
            if !matches!(record.key().kind().name(), "employer_contact" | "job" | "education") {
                continue;
            }
            let Some(trail) = record.parent_key().and_then(|key| self.records.get(&key)) else { continue };
            let moves = ["audience", "team", "owner"];
            if let Some(field) = moves.iter().find(|name| record.field(name) != trail.record().field(name)) {
                return Err(format!("{:?} has not the {field} of its trail", record.key()));
            }
        }
        Ok(())
    }

    /// The list of names holds whoever has an open trail that is shown, by the name they have now, and nobody else (S77).
    fn the_list_of_names_is_that_of_the_open_trails(&self) -> Result<(), String> {
        let unreadable = |error| format!("a record cannot be read: {error}");
        let mut listed = BTreeMap::new();
        for stored in self.records.values().filter(|stored| stored.record().key().kind() == Trail::KIND) {
            let trail: Trail = from_record(stored.record()).map_err(unreadable)?;
            let Some(person) = self.records.get(&key_of::<Participant>(trail.participant())) else { continue };
            for entry in NameEntry::all_of(&from_record(person.record()).map_err(unreadable)?, &trail) {
                listed.insert(entry.key(), to_record(&entry).map_err(unreadable)?);
            }
        }
        let kept = self.records.iter().filter(|(key, _)| key.kind() == NameEntry::KIND);
        let kept: BTreeMap<_, _> = kept.map(|(key, stored)| (*key, stored.record().clone())).collect();
        if kept == listed { Ok(()) } else { Err(format!("the list has {} of {} places", kept.len(), listed.len())) }
    }

    /// The revision of the command that told of the text after a former one.
    fn kept_at(&self, former: &Record) -> Option<Revision> {
        let next = json(former.body().bytes())["number"].as_u64()? + 1;
        let told = self.journal.iter().find(|entry| {
            let number = || entry.details().and_then(|details| json(details.bytes())["revision"].as_u64());
            Some(entry.about()) == former.parent_key() && entry.code() == "narrative_written" && number() == Some(next)
        })?;
        Some(self.stamps.get(&told.command()?)?.receipt().revision())
    }

    /// Each text and each move that was told is still kept: nobody wrote over what somebody else had done.
    fn nothing_was_overwritten(&self) -> Result<(), String> {
        for (key, stored) in &self.records {
            let kept = match key.kind().name() {
                "trail" => json(stored.record().body().bytes())["moves"].as_array().map_or(0, Vec::len),
                "narrative" => 1 + self.records.values().filter(|it| it.record().parent_key() == Some(*key)).count(),
                _ => continue,
            };
            let told = self.journal.iter().filter(|entry| entry.about() == *key && adds(entry)).count();
            if kept != told {
                return Err(format!("{key:?} holds {kept} of {told} texts or moves"));
            }
        }
        Ok(())
    }

    /// A trail that has ended is frozen (I10), whoever was at work when it ended. What ends with it is told in the same
    /// act, which overlooks a child now and then when answers are from before.
    fn nothing_happened_after_the_end(&self, reads: Reads) -> Result<(), String> {
        for ended in self.journal.iter().filter(|entry| entry.code() == "trail_ended") {
            let trail = ended.about().id();
            let children = self.records.values().filter(|it| it.record().parent() == Some(trail));
            for key in children.map(|stored| stored.record().key()) {
                let later =
                    self.journal.iter().filter(|entry| entry.about() == key && entry.position() > ended.position());
                for entry in later.filter(|entry| entry.command() != ended.command()) {
                    let overlooked = matches!(entry.code(), "transfer_closed" | "cover_ended") && reads == Reads::Stale;
                    // What is known of the person's work may still be added (DB8), openness be withdrawn, and whom the
                    // trail is shown to change (DA4).
                    let of_work = matches!(
                        entry.code(),
                        "job_ended"
                            | "tenure_confirmed"
                            | "job_experience_noted"
                            | "job_reference_given"
                            | "education_aborted"
                            | "education_experience_noted"
                    );
                    let may = of_work || matches!(entry.code(), "openness_withdrawn" | "audience_changed");
                    if !may && !overlooked {
                        return Err(format!("{} happened on {trail} after its end", entry.code()));
                    }
                }
            }
        }
        Ok(())
    }

    /// No trail has ended before a job of its own begins (I9), and no two of its agreements are of one version: who
    /// looked at all children of a trail has seen all of them.
    fn nothing_was_overlooked(&self) -> Result<(), String> {
        let mut versions = BTreeSet::new();
        for stored in self.records.values() {
            let record = stored.record();
            let Some(trail) = record.parent_key().and_then(|key| self.records.get(&key)) else { continue };
            let ended = trail.record().field("ended_on");
            if record.key().kind().name() == "job" && ended.is_some_and(|on| record.field("starts_on") > Some(on)) {
                return Err(format!("{:?} begins after the end of its trail", record.key()));
            }
            let version = json(record.body().bytes())["version"].as_u64();
            if record.key().kind().name() == "openness" && !versions.insert((record.parent(), version)) {
                return Err(format!("{:?} is the second agreement of its version", record.key()));
            }
        }
        Ok(())
    }

    /// What was told of a person before they were forgotten has lost its details, and their records are gone.
    fn the_forgotten_are_forgotten(&self) -> Result<(), String> {
        for (subject, at) in self.forgotten() {
            let before = self.journal.iter().filter(|it| it.subject() == Some(subject) && it.position() <= at);
            if before.clone().any(|entry| entry.details().is_some()) {
                return Err("the journal still holds details of a forgotten person".to_owned());
            }
            let commands: BTreeSet<_> = before.filter(|it| it.position() < at).filter_map(Entry::command).collect();
            if self.stamps.iter().any(|(id, stamp)| commands.contains(id) && stamp.fingerprint().is_some()) {
                return Err("a stamp still holds the fingerprint of a forgotten person's command".to_owned());
            }
        }
        Ok(())
    }

    /// Who was forgotten, and at which entry last.
    fn forgotten(&self) -> BTreeMap<Subject, Position> {
        let told = self.journal.iter().filter(|entry| entry.code() == "participant_forgotten");
        told.filter_map(|entry| Some((entry.subject()?, entry.position()))).collect()
    }
}

/// Whether an entry tells of one more text, or one more move.
fn adds(entry: &Entry) -> bool {
    let lifts = |entry: &Entry| entry.details().is_some_and(|details| !json(details.bytes())["lifted_to"].is_null());
    match entry.code() {
        "narrative_written" | "phase_changed" => true,
        "start_up_meeting_held" => lifts(entry),
        _ => false,
    }
}

fn json(bytes: &[u8]) -> serde_json::Value {
    serde_json::from_slice(bytes).expect("JSON")
}
