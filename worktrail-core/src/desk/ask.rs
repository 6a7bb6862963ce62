//! Asking a question: load, answer.

use super::Desk;
use super::error::{Error, stopped};
use super::hidden::Hidden;
use crate::access::Actor;
use crate::command::{Family, Notes, Picture, Stop, World};
use crate::domain::Moment;
use crate::question::{Answered, Beyond, LoadedPage, Piece, Question, View, Views};
use crate::record::{Decoder, SCHEMA};
use crate::store::{
    Entry, IndexRange, JournalRange, Key, Limit, Position, RecordKey, StoreError, Stored, StoredRecord, Subject,
};

/// How many loads one answer may take.
const MOST_LOADS: usize = 32;
/// How often a question is asked anew because it was refused otherwise before.
const MOST_REFUSALS: usize = 64;

impl Desk<'_> {
    /// Answers a question for an actor, from what is kept now: everything that was acknowledged before is seen. What is
    /// acknowledged while it is answered may be seen in one part of the answer and not in another.
    ///
    /// # Errors
    /// [`Error::Rejected`] when the actor has no right to the answer, [`Error::Conflict`] when it was refused otherwise
    /// again and again, [`Error::Store`] when the store fails.
    pub async fn ask<Q: Question>(&self, actor: &Actor, question: &Q) -> Result<Q::Answer, Error> {
        actor.may_use(Q::RIGHT)?;
        let mut refused = None;
        for _ in 0..MOST_REFUSALS {
            let (outcome, loads) = self.answer(actor, question).await?;
            match outcome.map_err(stopped) {
                // What several loads showed may never have been at one moment: somebody was forgotten in between, and
                // is missed. A refusal counts when it is given twice.
                Err(Error::Rejected(rejection)) if loads > 1 && refused.as_ref() != Some(&rejection) => {
                    refused = Some(rejection);
                }
                outcome => return outcome,
            }
        }
        Err(Error::Conflict)
    }

    /// Answers once, from a picture of its own; with the number of loads that it took.
    async fn answer<Q: Question>(
        &self,
        actor: &Actor,
        question: &Q,
    ) -> Result<(Result<Q::Answer, Stop>, usize), StoreError> {
        let now = self.clock.now();
        let (mut picture, mut views) = (Picture::default(), Views::default());
        for loads in 0..MOST_LOADS {
            let (outcome, notes, beyond) = answer(question, &picture, &views, actor, now);
            if notes.lacking.is_empty() && beyond.is_empty() {
                return Ok((outcome.map(crate::question::Answer::into_inner), loads));
            }
            self.load(&mut picture, notes.lacking, None).await?;
            if !beyond.is_empty() {
                let hidden = self.hidden_from(actor).await?;
                for wanted in beyond {
                    self.load_beyond(&mut views, &hidden, wanted).await?;
                }
            }
        }
        Err(StoreError::misuse("a question asks for more and more"))
    }

    async fn load_beyond(&self, views: &mut Views, hidden: &Hidden, wanted: Beyond) -> Result<(), StoreError> {
        match wanted {
            Beyond::Page(range, request, decoder) => {
                let page = self.page_without(hidden, &range, &request).await?;
                let values: Result<Vec<_>, _> =
                    page.records.iter().map(|stored| in_range(&range, stored, decoder)).collect();
                views.pages.push(LoadedPage { range, request, values: values?, next: page.next });
            }
            Beyond::Count(range, by) => {
                let tallies = self.count_without(hidden, &range, by).await?;
                views.counts.push(((range, by), tallies));
            }
            Beyond::History(subject) => {
                let entries = self.entries(subject).await?;
                views.histories.push((subject, entries));
            }
            Beyond::Tree(root) => {
                let pieces = self.tree(root).await?;
                views.trees.push((root, pieces));
            }
        }
        Ok(())
    }

    /// A record and all that hangs below it: whatever kind of the schema has a parent is found by that.
    async fn tree(&self, root: RecordKey) -> Result<Vec<Piece>, StoreError> {
        let found = self.store.get(&self.tenant, &[Key::Record(root)]).await?;
        let mut pieces: Vec<Piece> =
            found.into_iter().flatten().filter_map(Stored::into_record).map(|stored| piece(&stored)).collect();
        let mut next = 0;
        while let Some(parent) = pieces.get(next).map(|piece| piece.key) {
            for kind in SCHEMA.kinds().filter(|kind| kind.parent() == Some(parent.kind())) {
                pieces.extend(self.children(Family { parent, kind }).await?.iter().map(piece));
            }
            next += 1;
        }
        Ok(pieces)
    }

    async fn entries(&self, subject: Subject) -> Result<Vec<Entry>, StoreError> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let after = entries.last().map_or(Position::START, Entry::position);
            let page = self.store.journal(&self.tenant, JournalRange::About(subject), after, Limit::MAX).await?;
            let last = page.entries.len() < Limit::MAX.get();
            entries.extend(page.entries);
            if last {
                return Ok(entries);
            }
        }
    }
}

fn piece(stored: &StoredRecord) -> Piece {
    Piece { key: stored.record().key(), bytes: stored.record().body().bytes().len() }
}

/// A record that a range gave must really stand in it.
fn in_range(range: &IndexRange, stored: &StoredRecord, decoder: Decoder) -> Result<crate::record::Decoded, StoreError> {
    let values = range.index().values_of(stored.record());
    if values.is_some_and(|values| range.contains(&values)) {
        decoder(stored.record())
    } else {
        Err(StoreError::corrupt("a record stands where it does not belong"))
    }
}

/// Answers over what was loaded. Not a future: a view never lives across an await.
fn answer<Q: Question>(
    question: &Q,
    picture: &Picture,
    views: &Views,
    actor: &Actor,
    now: Moment,
) -> (Answered<Q::Answer>, Notes, Vec<Beyond>) {
    let view = View::new(World::new(picture, actor, Q::RIGHT, now), views);
    let outcome = question.answer(&view);
    let (notes, beyond) = view.into_notes();
    (outcome, notes, beyond)
}
