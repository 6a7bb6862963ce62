//! Following the journal as an outbox.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Desk;
use super::error::Error;
use crate::access::{Actor, Purpose, Right};
use crate::command::Organisation;
use crate::domain::{ActorId, FactCode, Role};
use crate::question::{Answered, Question, View};
use crate::store::{Capacity, CommandId, Entry, JournalRange, Limit, Position};

/// That something happened, without anything personal: what a program needs to know to go and look.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Notice {
    /// Its place in the journal: continue after it.
    pub position: Position,
    /// What happened; none for a fact that this program does not know yet.
    pub fact: Option<FactCode>,
    /// The kind of record it happened to.
    pub kind: &'static str,
    /// The id of that record.
    pub id: Uuid,
    /// Who did it.
    pub actor: ActorId,
    /// What for (S13); none for what was told before it was recorded, or by a newer program.
    pub purpose: Option<Purpose>,
    /// In which role; none for the host program as well.
    pub role: Option<Role>,
    /// When.
    pub at: DateTime<Utc>,
    /// The command that it came from.
    pub command: Option<CommandId>,
}

impl Desk<'_> {
    /// What happened after a position, in commit order, without gaps: the journal as an outbox.
    ///
    /// A program that remembers the last position it dealt with misses nothing and needs no other queue.
    ///
    /// # Errors
    /// [`Error::Rejected`] unless the actor may follow the journal: the host program, and an appointed auditor;
    /// [`Error::Store`].
    pub async fn follow(&self, actor: &Actor, after: Position, limit: Limit) -> Result<Vec<Notice>, Error> {
        self.ask(actor, &MayFollow).await?;
        let page = self.store.journal(&self.tenant, JournalRange::Everything, after, limit).await?;
        Ok(page.entries.iter().map(notice).collect())
    }

    /// Waits until something has happened after a position, and gives the last position by then. It is the same on
    /// every store, and answers at once when something has happened already.
    ///
    /// There is no bound on the waiting but the caller's own: dropping the future costs nothing, so a bound is a timeout
    /// of the host's runtime around it. Follow with [`follow`](Self::follow), from the same position.
    ///
    /// # Errors
    /// [`Error::Rejected`] as [`follow`](Self::follow), also when the right ended while the actor waited;
    /// [`Error::Store`], of the sort `Misuse` inside a transaction of the host's, where there is nothing to wait for.
    ///
    /// # Examples
    /// ```
    /// # use worktrail_core::access::Actor;
    /// # use worktrail_core::desk::{Desk, Error};
    /// # use worktrail_core::store::{Limit, Position};
    /// async fn deliver_for_ever(desk: &Desk<'_>, program: &Actor, mut last: Position) -> Result<(), Error> {
    ///     loop {
    ///         desk.watch(program, last).await?;
    ///         for notice in desk.follow(program, last, Limit::MAX).await? {
    ///             // … deliver it, and remember the position together with that …
    ///             last = notice.position;
    ///         }
    ///     }
    /// }
    /// ```
    pub async fn watch(&self, actor: &Actor, after: Position) -> Result<Position, Error> {
        self.ask(actor, &MayFollow).await?;
        let head = self.store.watch(&self.tenant, after).await?;
        self.ask(actor, &MayFollow).await?;
        Ok(head)
    }
}

/// Whether somebody may follow the journal: nothing else is answered.
struct MayFollow;

impl Question for MayFollow {
    type Answer = ();

    const RIGHT: Right = Right::FollowJournal;

    fn answer(&self, view: &View<'_>) -> Answered<()> {
        Ok(view.may(&Organisation)?.answer(()))
    }
}

fn notice(entry: &Entry) -> Notice {
    Notice {
        position: entry.position(),
        fact: FactCode::parse(entry.code()),
        kind: entry.about().kind().name(),
        id: entry.about().id(),
        actor: ActorId::new(entry.actor()),
        purpose: entry.capacity().and_then(|capacity| Purpose::from_code(capacity.purpose())),
        role: entry.capacity().and_then(Capacity::role).and_then(Role::from_code),
        at: entry.at(),
        command: entry.command(),
    }
}
