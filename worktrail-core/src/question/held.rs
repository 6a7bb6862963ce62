//! What is held about one person, in figures.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::case_file::is_for;
use super::elsewhere::Elsewhere;
use super::history::{self, concerns};
use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::{Stop, all_of_person};
use crate::domain::{Confirmation, Confirmed, Conflict, Document, Narrative, Participant, Role, Thing, Trail, TrailId};
use crate::record::{Recorded, inventory, key_of};
use crate::store::{Entry, Kind, RecordKey};

/// Asks what is held about the participant of a trail: how many records of which kinds, how old, how much (S30).
///
/// The participant is told of everything that is held about them but that somebody declared to be partial towards them:
/// that is a member of staff's own matter, and no answer tells the participant of it. Staff are told of the trail, what
/// belongs to it, and while it is open the participant's own record: more would tell whether there is another trail
/// (`DA3`). Of texts, and of what is about them, they are told of those that they may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldAbout {
    /// The trail.
    pub trail: TrailId,
}

/// What is held about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Held {
    /// The records, by kind; kinds of which there is none are left out.
    pub records: Vec<HeldRecords>,
    /// The entries of the journal.
    pub journal: HeldSpan,
}

/// The records of a kind that are held about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HeldRecords {
    /// The kind, by its name in the schema.
    pub kind: &'static str,
    /// The kind, for people.
    pub thing: Thing,
    /// How many and how much; when the journal first and last told of them.
    pub span: HeldSpan,
}

/// How many, how much, how old.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct HeldSpan {
    /// How many.
    pub count: u64,
    /// How many bytes of content.
    pub bytes: u64,
    /// When the journal first told of it.
    pub oldest: Option<DateTime<Utc>>,
    /// When it last did.
    pub newest: Option<DateTime<Utc>>,
}

impl HeldSpan {
    fn add(&mut self, bytes: usize) {
        self.count = self.count.saturating_add(1);
        self.bytes = self.bytes.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
    }

    fn told(&mut self, at: DateTime<Utc>) {
        self.oldest = Some(self.oldest.map_or(at, |oldest| oldest.min(at)));
        self.newest = Some(self.newest.map_or(at, |newest| newest.max(at)));
    }
}

impl Question for HeldAbout {
    type Answer = Held;

    const RIGHT: Right = Right::ReadTrail;

    fn answer(&self, view: &View<'_>) -> Answered<Held> {
        let trail = view.get::<Trail>(self.trail)?;
        let permit = view.may(trail)?;
        let person = key_of::<Participant>(trail.participant());
        let themself = permit.role() == Some(Role::Participant);
        let root = if themself { person } else { key_of::<Trail>(self.trail) };
        let (tree, own, entries) = (view.tree(root), view.tree(person), view.whole_history(trail.participant()));
        let unread = if themself { Ok(BTreeSet::new()) } else { unread(view, self.trail, permit.role()) };
        let trails = all_of_person::<Trail>(view, trail.participant());
        let (tree, entries, unread) = (tree?, entries?, unread?);
        let elsewhere = Elsewhere::than(trail, trails?, permit.role());
        // To staff, the participant's own record and nothing else below it.
        let own = own?.iter().take(usize::from(!themself && elsewhere.knows_the_person()));

        let mut records: BTreeMap<Kind, HeldSpan> = BTreeMap::new();
        let is_told = |key: RecordKey| key.kind() != Conflict::KIND;
        for piece in own.chain(tree).filter(|piece| is_told(piece.key) && !unread.contains(&piece.key)) {
            records.entry(piece.key.kind()).or_default().add(piece.bytes);
        }
        let mut journal = HeldSpan::default();
        let mut note = |entry: &Entry| {
            journal.add(entry.details().map_or(0, |details| details.bytes().len()));
            journal.told(entry.at());
            if let Some(span) = records.get_mut(&entry.about().kind()) {
                span.told(entry.at());
            }
        };
        if themself {
            entries.into_iter().filter(|entry| is_told(entry.about())).for_each(&mut note);
        } else {
            let told =
                |entry: &&Entry| concerns(entry, self.trail, &elsewhere) && history::is_for(entry, permit.role());
            entries.into_iter().filter(told).for_each(&mut note);
        }

        let kinds = inventory().into_iter();
        let of = |kind: &'static str| records.iter().find(|(held, _)| held.name() == kind).map(|(_, span)| *span);
        let records = kinds
            .filter_map(|kind| Some(HeldRecords { kind: kind.name(), thing: kind.thing(), span: of(kind.name())? }));
        Ok(permit.answer(Held { records: records.collect(), journal }))
    }
}

/// What of a trail the reader may not read: texts on topics whose audience they do not belong to, with what stood there before,
/// and the documents and confirmations of such texts.
fn unread(view: &View<'_>, trail: TrailId, role: Option<Role>) -> Result<BTreeSet<RecordKey>, Stop> {
    let narratives = view.children::<Narrative, Trail>(trail);
    let documents = view.children::<Document, Trail>(trail);
    let confirmations = view.children::<Confirmation, Trail>(trail);
    let narratives = narratives?.into_iter().filter(|it| !is_for(it.topic(), role));
    let texts: Vec<_> = narratives.map(|it| view.tree(it.key())).collect();
    let documents = documents?.into_iter().filter(|it| it.of().is_some_and(|of| !is_for(of.topic, role)));
    let is_unread = |of: Confirmed| of.topic().is_some_and(|topic| !is_for(topic, role));
    let confirmations = confirmations?.into_iter().filter(|it| is_unread(it.of()));
    let mut unread: BTreeSet<_> = documents.map(Recorded::key).chain(confirmations.map(Recorded::key)).collect();
    for text in texts {
        unread.extend(text?.iter().map(|piece| piece.key));
    }
    Ok(unread)
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::access::Actor;
    use crate::command::samples::{confirm, file_document, register_employer_contact, trail_id, write_narrative};
    use crate::command::scene::{Scene, everyday, now, specialist, supervisor};
    use crate::command::{Confirm, FileDocument, WriteNarrative};
    use crate::desk::spy::desk;
    use crate::domain::samples::{by_spurv, participant_id, spurv};
    use crate::domain::{EndReason, Ending, NarrativeText, NewConfirmation, OtherEnding, Topic};
    use crate::record::samples::{self, Visit, every_kind, id};
    use crate::record::{Recorded, subject_of};
    use crate::store::{CommandId, MemoryStore};

    fn held(store: &MemoryStore, actor: &Actor) -> Held {
        block_on(desk(store).ask(actor, &HeldAbout { trail: trail_id() })).unwrap()
    }

    fn counts(held: &Held) -> Vec<(&'static str, u64)> {
        held.records.iter().map(|records| (records.kind, records.span.count)).collect()
    }

    /// The scene, with one more trail of the same person, ended long ago.
    fn with_another_trail() -> Scene {
        let other = samples::opened_trail(TrailId::new(id(0x3C)), spurv(), &samples::participant());
        let ending = Ending { on: now().day(), reason: EndReason::Other(OtherEnding::MovedAway) };
        everyday().with(&other.end(ending, &[], &by_spurv("2022-09-01")).unwrap().0)
    }

    #[test]
    fn s30_the_participant_is_told_of_every_record_and_when_the_journal_told_of_it() {
        // given a trail with what belongs to it, and a text written today
        let store = everyday().store();
        block_on(desk(&store).run(&specialist(), CommandId::new(id(1)), &write_narrative())).unwrap();
        let held = held(&store, &Actor::participant(participant_id()));
        let expected = [
            ("participant", 1),
            ("held_number", 1),
            ("name_entry", 3),
            ("consent", 1),
            ("referral", 1),
            ("trail", 1),
            ("transfer", 1),
            ("cover", 1),
            ("collaborator", 1),
            ("openness", 1),
            ("sub_goal", 2),
            ("narrative", 2),
            ("employer_contact", 1),
            ("job", 1),
            ("education", 1),
            ("guardianship", 1),
        ];
        assert_eq!(counts(&held), expected);
        let narrative = held.records.iter().find(|records| records.kind == "narrative").unwrap();
        assert_eq!((narrative.span.oldest, narrative.span.newest), (Some(now().instant()), Some(now().instant())));
        assert_eq!((narrative.thing, narrative.span.bytes > 100), (Thing::Narrative, true));
        assert_eq!((held.journal.count, held.journal.newest), (1, Some(now().instant())));
    }

    #[test]
    fn da3_what_staff_are_told_does_not_depend_on_another_trail() {
        let actors = [specialist(), supervisor()];
        for actor in &actors {
            let (one, two) = (held(&everyday().store(), actor), held(&with_another_trail().store(), actor));
            assert_eq!(one, two);
            assert!(counts(&one).contains(&("trail", 1)) && !counts(&one).iter().any(|(kind, _)| *kind == "consent"));
        }
        let themself = Actor::participant(participant_id());
        assert!(counts(&held(&with_another_trail().store(), &themself)).contains(&("trail", 2)));
    }

    #[test]
    fn s30_texts_and_what_is_about_them_are_counted_for_those_who_may_read_them() {
        let store = everyday().store();
        let run = |number: u128, command: &WriteNarrative| {
            block_on(desk(&store).run(&specialist(), CommandId::new(id(number)), command)).map(|_| ()).unwrap();
        };
        let before = held(&store, &supervisor());
        // given a text about health, written twice, with the participant's word on it
        run(0xD1, &write_narrative());
        run(0xD2, &WriteNarrative { text: NarrativeText::parse("KANARI igjen").unwrap(), ..write_narrative() });
        let of = Confirmed::Text { topic: Topic::Health, revision: 2 };
        let confirm = Confirm { new: NewConfirmation { of, ..confirm().new }, ..confirm() };
        block_on(desk(&store).run(&specialist(), CommandId::new(id(0xD3)), &confirm)).unwrap();
        // then to the supervisor, who may not read it, there is as much as before
        assert_eq!(held(&store, &supervisor()), before);
        // and when it is filed as a document, that is not told either
        let file = FileDocument { topic: Some(Topic::Health), ..file_document() };
        block_on(desk(&store).run(&specialist(), CommandId::new(id(0xD4)), &file)).unwrap();
        assert_eq!(held(&store, &supervisor()), before);
        // and to the specialist, who may read it, all of it is there
        let (texts, all) = (["narrative_revision", "document", "confirmation"], counts(&held(&store, &specialist())));
        assert!(texts.iter().all(|kind| all.contains(&(*kind, 1))), "{all:?}");
    }

    #[test]
    fn s30_bytes_and_days_grow_with_what_is_done() {
        let store = everyday().store();
        let before = held(&store, &specialist());
        block_on(desk(&store).run(&specialist(), CommandId::new(id(1)), &register_employer_contact())).unwrap();
        let after = held(&store, &specialist());
        let contacts = |held: &Held| held.records.iter().find(|it| it.kind == "employer_contact").unwrap().span;
        assert_eq!((contacts(&before).count, contacts(&after).count), (1, 2));
        assert!(contacts(&after).bytes > contacts(&before).bytes && after.journal.count > before.journal.count);
    }

    #[test]
    fn whatever_is_about_a_participant_hangs_below_them() {
        struct Below;
        impl Visit for Below {
            fn visit<T: Recorded>(&mut self, value: &T) {
                let people = [samples::participant(), samples::merged_participant()].map(|it| it.id().as_uuid());
                let about = subject_of(value).is_some_and(|subject| people.contains(&subject.id()));
                let mut above = std::iter::successors(Some(T::KIND), |kind| kind.parent());
                let below = above.any(|kind| kind == Participant::KIND);
                assert_eq!(about, below, "{}: what is held would be told without it", T::KIND.name());
            }
        }
        every_kind(&mut Below);
    }
}
