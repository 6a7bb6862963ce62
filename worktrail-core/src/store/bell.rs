//! A bell: what a store rings when a journal has something new, and what those who watch the journal wait for.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

use super::tenant::Tenant;

/// What a store rings after a commit, so that [`Store::watch`](super::Store::watch) need not look all the time.
///
/// It needs no runtime, keeps nothing for a tenant that nobody waits for, and nothing of one who went away. A stroke
/// says only that it is worth looking; whoever hears it looks, and waits again if there was nothing:
///
/// ```
/// use worktrail_core::store::{Bell, Position, Tenant};
///
/// async fn watch(bell: &Bell, head: impl Fn() -> Position, tenant: &Tenant, after: Position) -> Position {
///     loop {
///         let strokes = bell.strokes(); // before looking: a commit that comes in between is not missed
///         let head = head();
///         if head > after {
///             return head;
///         }
///         bell.rung(tenant, strokes).await;
///     }
/// }
/// ```
#[derive(Debug, Default)]
pub struct Bell {
    inside: Mutex<Inside>,
}

/// How often a bell had been rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strokes(u64);

#[derive(Debug, Default)]
struct Inside {
    strokes: u64,
    tickets: u64,
    waiting: BTreeMap<Tenant, BTreeMap<u64, Waker>>,
}

impl Bell {
    /// A bell that nobody waits for.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How often it has been rung so far.
    #[must_use]
    pub fn strokes(&self) -> Strokes {
        Strokes(self.inside().strokes)
    }

    /// Wakes those who wait for news of a tenant. To be called when the news can be read.
    pub fn ring(&self, tenant: &Tenant) {
        let woken = {
            let mut inside = self.inside();
            inside.strokes += 1;
            inside.waiting.remove(tenant)
        };
        // Out of the lock: what a waker does is not ours to know.
        woken.into_iter().flatten().for_each(|(_, waker)| waker.wake());
    }

    /// Wakes everybody: whose news it is, is not known, or the store has ended.
    pub fn ring_all(&self) {
        let woken = {
            let mut inside = self.inside();
            inside.strokes += 1;
            std::mem::take(&mut inside.waiting)
        };
        woken.into_values().flatten().for_each(|(_, waker)| waker.wake());
    }

    /// Waits until it is rung for a tenant. Comes back at once when it was rung for anybody since those strokes.
    pub async fn rung(&self, tenant: &Tenant, since: Strokes) {
        let mut place = Place { bell: self, tenant, ticket: None };
        poll_fn(|context| place.poll(since, context.waker())).await;
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        // A counter and a list of wakers: there is nothing that a panic could leave half-done.
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of somebody who waits, given up when they go away.
struct Place<'b> {
    bell: &'b Bell,
    tenant: &'b Tenant,
    ticket: Option<u64>,
}

impl Place<'_> {
    fn poll(&mut self, since: Strokes, waker: &Waker) -> Poll<()> {
        let mut inside = self.bell.inside();
        if inside.strokes != since.0 {
            return Poll::Ready(());
        }
        let ticket = *self.ticket.get_or_insert_with(|| {
            inside.tickets += 1;
            inside.tickets
        });
        inside.waiting.entry(self.tenant.clone()).or_default().insert(ticket, waker.clone());
        Poll::Pending
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let Some(ticket) = self.ticket else { return };
        let mut inside = self.bell.inside();
        if let Some(waiting) = inside.waiting.get_mut(self.tenant) {
            waiting.remove(&ticket);
            if waiting.is_empty() {
                inside.waiting.remove(self.tenant);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::{Context, Wake};

    use super::*;

    #[derive(Default)]
    struct Ear(AtomicUsize);

    impl Wake for Ear {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    #[test]
    fn a_stroke_wakes_those_of_its_tenant() {
        let (bell, ear) = (Bell::new(), Arc::new(Ear::default()));
        let [one, other] = ["one", "other"].map(|name| Tenant::parse(name).unwrap());
        let waker = Waker::from(Arc::clone(&ear));
        let mut waiting = pin!(bell.rung(&one, bell.strokes()));
        assert!(waiting.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        bell.ring(&other);
        assert_eq!(ear.0.load(Ordering::SeqCst), 0);
        bell.ring(&one);
        assert_eq!(ear.0.load(Ordering::SeqCst), 1);
        assert!(waiting.as_mut().poll(&mut Context::from_waker(&waker)).is_ready());
    }

    #[test]
    fn a_stroke_before_the_wait_is_not_missed() {
        let (bell, tenant) = (Bell::new(), Tenant::default());
        let before = bell.strokes();
        bell.ring(&tenant);
        let mut waiting = pin!(bell.rung(&tenant, before));
        assert!(waiting.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready());
    }

    #[test]
    fn a_stroke_for_all_wakes_all() {
        let (bell, ear) = (Bell::new(), Arc::new(Ear::default()));
        let tenants = ["one", "other"].map(|name| Tenant::parse(name).unwrap());
        let waker = Waker::from(Arc::clone(&ear));
        let mut waiting = tenants.iter().map(|tenant| Box::pin(bell.rung(tenant, bell.strokes()))).collect::<Vec<_>>();
        for waiting in &mut waiting {
            assert!(waiting.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        }
        bell.ring_all();
        assert_eq!(ear.0.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn nothing_is_left_of_those_who_went_away() {
        let (bell, ear, tenant) = (Bell::new(), Arc::new(Ear::default()), Tenant::default());
        let waker = Waker::from(Arc::clone(&ear));
        {
            let mut waiting = pin!(bell.rung(&tenant, bell.strokes()));
            for _ in 0..3 {
                assert!(waiting.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
            }
            assert_eq!(bell.inside().waiting.len(), 1);
        }
        drop(waker);
        assert_eq!((bell.inside().waiting.len(), Arc::strong_count(&ear)), (0, 1));
    }
}
