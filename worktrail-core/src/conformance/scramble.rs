//! Random batches and questions over few ids and few values, so that they often collide.

use std::ops::Bound;

use super::failure::Failure;
use super::office::Office;
use super::specimen::{at, bare, command, details, id, key, saying, stamp, subject, told, value};
use crate::record::SCHEMA;
use crate::simulation::Dice;
use crate::store::{
    BatchBuilder, CommandId, Expect, FieldType, Grouping, Guard, Index, IndexRange, JournalRange, Key, Kind, Limit,
    Order, Position, Record, RecordKey, Revision, StoreError, UniqueKey, Value,
};

const IDS: u64 = 6;
const VALUES: u64 = 3;
const SUBJECTS: u64 = 3;
const COMMANDS: u64 = 40;

/// A question, asked of two stores.
#[derive(Debug, Clone)]
pub(super) enum Question {
    Get(Vec<Key>),
    Walk(IndexRange, u16),
    Count(IndexRange, Grouping),
    Journal(JournalRange, Position, Limit),
}

/// What makes batches and questions.
#[derive(Debug)]
pub(super) struct Scramble {
    pub(super) dice: Dice,
    kinds: Vec<Kind>,
}

impl Scramble {
    pub(super) fn new(seed: u64) -> Self {
        Self { dice: Dice::new(seed), kinds: SCHEMA.kinds().collect() }
    }

    /// A kind; the roots more often, since the rest stands on them.
    fn kind(&mut self) -> Option<Kind> {
        let kind = *self.dice.pick(&self.kinds)?;
        if self.dice.happens(350) { kind.parent().or(Some(kind)) } else { Some(kind) }
    }

    fn value(&mut self, holds: FieldType) -> Value {
        value(holds, self.dice.below(VALUES))
    }

    /// A key, more often than not one that is there.
    async fn key(&mut self, office: &Office<'_>) -> Result<Option<RecordKey>, Failure> {
        let Some(mut kind) = self.kind() else { return Ok(None) };
        while let Some(parent) = kind.parent().filter(|_| self.dice.happens(900)) {
            if office.total(&IndexRange::all(parent)).await? > 0 {
                break;
            }
            kind = parent;
        }
        if self.dice.happens(400) {
            let there = office.ids(&IndexRange::all(kind)).await?;
            if let Some(id) = self.dice.pick(&there) {
                return Ok(Some(RecordKey::new(kind, *id)));
            }
        }
        Ok(Some(key(kind, self.dice.below(IDS))))
    }

    fn unique(&mut self) -> Result<Option<UniqueKey>, StoreError> {
        let all: Vec<Index> = self.kinds.iter().flat_map(|kind| kind.unique_indexes().collect::<Vec<_>>()).collect();
        let Some(index) = self.dice.pick(&all).copied() else { return Ok(None) };
        let values = index.types().into_iter().map(|holds| self.value(holds)).collect();
        UniqueKey::new(index, values).map(Some)
    }

    /// What may be expected of a record: mostly what is so.
    async fn expect(&mut self, office: &Office<'_>, key: RecordKey) -> Result<Expect, Failure> {
        if self.dice.happens(450) {
            return Ok(Expect::Any);
        }
        let found = office.record(key).await?.map(|stored| stored.revision());
        Ok(match found {
            _ if self.dice.happens(100) => Expect::At(Revision::new(self.dice.below(20))),
            _ if self.dice.happens(50) => Expect::Absent,
            Some(revision) => Expect::At(revision),
            None => Expect::Absent,
        })
    }

    /// A record: where it was, its parent and subject mostly stay.
    async fn record(&mut self, office: &Office<'_>, key: RecordKey) -> Result<Record, Failure> {
        let kind = key.kind();
        let former = office.record(key).await?.filter(|_| !self.dice.happens(40));
        let (parent, about) = if let Some(stored) = former {
            (stored.record().parent(), stored.record().subject())
        } else {
            let mut parent = None;
            if let Some(kind) = kind.parent() {
                let there = office.ids(&IndexRange::all(kind)).await?;
                let some = self.dice.below(IDS);
                parent = Some(self.dice.pick(&there).copied().unwrap_or_else(|| id(some)));
            }
            (parent, self.dice.happens(600).then(|| subject(self.dice.below(SUBJECTS))))
        };
        let body = self.dice.below(1_000).to_string();
        let mut record = saying(&bare(kind, 0), body.as_bytes());
        for field in kind.fields() {
            if !self.dice.happens(150) {
                record = record.with(field.name(), self.value(field.field_type()));
            }
        }
        for index in kind.unique_indexes() {
            // Unique values are drawn from more, or hardly anything would be accepted.
            if self.dice.happens(750) {
                let wide = index.types().into_iter().map(|holds| value(holds, self.dice.below(40))).collect::<Vec<_>>();
                record = at(record, index, wide);
            }
        }
        let fields = record.fields().to_vec();
        Ok(Record::from_parts(key, about, parent, fields, record.body().clone()))
    }

    async fn guard(&mut self, office: &Office<'_>) -> Result<Option<Guard>, Failure> {
        let Some(key) = self.key(office).await? else { return Ok(None) };
        let wrong = self.dice.happens(200);
        Ok(match self.dice.below(4) {
            0 => Some(Guard::Record(key, self.expect(office, key).await?)),
            1 => {
                let found = office.record(key).await?.filter(|_| !wrong);
                let children = found.map_or(Revision::new(self.dice.below(9)), |stored| stored.children());
                Some(Guard::Children(key, children))
            }
            2 => {
                let Some(unique) = self.unique()? else { return Ok(None) };
                let holder = office.holder(unique.clone()).await?.filter(|_| !wrong);
                Some(Guard::HeldBy(unique, holder.unwrap_or(key)))
            }
            _ => self.unique()?.map(Guard::Free),
        })
    }

    /// A batch, built by looking at how things stand.
    pub(super) async fn batch(&mut self, office: &Office<'_>) -> Result<BatchBuilder, Failure> {
        let mut batch = office.batch();
        let forgets = self.dice.happens(40).then(|| subject(self.dice.below(SUBJECTS)));
        let writes = if self.dice.happens(100) { self.dice.below(12) } else { 1 + self.dice.below(3) };
        for _ in 0..writes {
            let Some(key) = self.key(office).await? else { continue };
            let expect = self.expect(office, key).await?;
            if self.dice.happens(150) && expect != Expect::Absent {
                let there = office.record(key).await?.and_then(|stored| stored.record().parent());
                let parent = key.kind().parent().map(|_| there.unwrap_or_else(|| id(self.dice.below(IDS))));
                batch = batch.remove(key, parent, expect);
            } else {
                let record = self.record(office, key).await?;
                batch = batch.put(record, expect);
            }
        }
        if self.dice.happens(100) {
            batch = self.swap(office, batch).await?;
        }
        if self.dice.happens(200) {
            batch = self.guard(office).await?.into_iter().fold(batch, BatchBuilder::guard);
        }
        for _ in 0..self.dice.below(3) {
            let Some(about) = self.key(office).await? else { continue };
            let who = self.dice.happens(700).then(|| subject(self.dice.below(SUBJECTS)));
            let mut happening = told(about, self.dice.below(1_000)).of(who);
            if self.dice.happens(500) && (forgets.is_none() || forgets != who) {
                happening = happening.with(details(&self.dice.below(1_000).to_string()));
            }
            batch = batch.tell(happening);
        }
        if self.dice.happens(500) {
            let text = self.dice.below(2).to_string();
            batch = batch.stamp(stamp(self.dice.below(COMMANDS), &text));
        }
        Ok(forgets.into_iter().fold(batch, BatchBuilder::forget))
    }

    /// Two records of a kind that swap what they say.
    async fn swap(&mut self, office: &Office<'_>, batch: BatchBuilder) -> Result<BatchBuilder, Failure> {
        let Some(kind) = self.kind() else { return Ok(batch) };
        let there = office.walk(&IndexRange::all(kind), 1_000).await?;
        let (Some(one), Some(other)) = (self.dice.pick(&there).cloned(), self.dice.pick(&there).cloned()) else {
            return Ok(batch);
        };
        let with = |record: &Record, other: &Record| {
            let fields = other.fields().to_vec();
            Record::from_parts(record.key(), record.subject(), record.parent(), fields, other.body().clone())
        };
        let (one, other) = (one.record(), other.record());
        Ok(batch.put(with(one, other), Expect::Any).put(with(other, one), Expect::Any))
    }

    /// A range, more often than not by values that somebody has.
    async fn range(&mut self, office: &Office<'_>) -> Result<Option<IndexRange>, Failure> {
        let Some(kind) = self.kind() else { return Ok(None) };
        let indexes = kind.indexes().chain([kind.all()]).chain(kind.parent().map(|_| kind.children()));
        let indexes: Vec<Index> = indexes.collect();
        let Some(index) = self.dice.pick(&indexes).copied() else { return Ok(None) };
        let there = office.walk(&IndexRange::new(index, Vec::new())?, 1_000).await?;
        let types = index.types();
        let most = u64::try_from(types.len()).unwrap_or_default();
        let length = usize::try_from(self.dice.below(most + 1)).unwrap_or_default();
        let mut somebody = || self.dice.pick(&there).and_then(|stored| index.values_of(stored.record()));
        let (model, low, high) = (somebody(), somebody(), somebody());
        let equal = match model {
            Some(values) if !self.dice.happens(200) => values.into_iter().take(length).collect(),
            _ => types.iter().take(length).map(|holds| self.value(*holds)).collect(),
        };
        let mut range = IndexRange::new(index, equal)?;
        if let Some(holds) = types.get(length).copied().filter(|_| self.dice.happens(500)) {
            let from = self.bound(low.and_then(|values| values.get(length).cloned()), holds);
            let to = self.bound(high.and_then(|values| values.get(length).cloned()), holds);
            range = range.between(from, to)?;
        }
        let order = if self.dice.happens(500) { Order::Ascending } else { Order::Descending };
        Ok(Some(range.ordered(order)))
    }

    fn bound(&mut self, somebody: Option<Value>, holds: FieldType) -> Bound<Value> {
        let value = somebody.unwrap_or_else(|| self.value(holds));
        match self.dice.below(3) {
            0 => Bound::Unbounded,
            1 => Bound::Included(value),
            _ => Bound::Excluded(value),
        }
    }

    /// A question.
    pub(super) async fn question(&mut self, office: &Office<'_>) -> Result<Option<Question>, Failure> {
        Ok(match self.dice.below(4) {
            0 => {
                let mut keys = Vec::new();
                for _ in 0..self.dice.below(9) {
                    match self.dice.below(3) {
                        0 => keys.push(Key::Stamp(command(self.dice.below(COMMANDS)))),
                        1 => keys.extend(self.unique()?.map(Key::Unique)),
                        _ => keys.extend(self.key(office).await?.map(Key::Record)),
                    }
                }
                Some(Question::Get(keys))
            }
            1 => {
                let limit = u16::try_from(1 + self.dice.below(5)).unwrap_or(1);
                self.range(office).await?.map(|range| Question::Walk(range, limit))
            }
            2 => {
                let by = if self.dice.happens(400) { Grouping::Whole } else { Grouping::NextField };
                self.range(office).await?.map(|range| Question::Count(range, by))
            }
            _ => {
                let about = JournalRange::About(subject(self.dice.below(SUBJECTS)));
                let range = if self.dice.happens(500) { JournalRange::Everything } else { about };
                let after = Position::new(self.dice.below(60));
                let limit = Limit::new(u16::try_from(self.dice.below(20)).unwrap_or(1));
                Some(Question::Journal(range, after, limit))
            }
        })
    }

    /// The commands whose stamps may be there.
    pub(super) fn commands() -> Vec<CommandId> {
        (0..COMMANDS).map(command).collect()
    }
}
