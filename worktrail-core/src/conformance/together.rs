//! Many futures in one: side by side, or dropped half-way.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;

/// A future that waits with others.
pub(crate) type Pending<'f, T> = Pin<Box<dyn Future<Output = T> + Send + 'f>>;

/// Runs futures side by side and gives their outputs in their order. Each wake polls all that are left, beginning
/// one further on than the last time, so that none always comes first.
pub(crate) async fn together<'f, F>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output>
where
    F: Future<Output: Send> + Send + 'f,
{
    let mut pending: Vec<(usize, Pending<'f, F::Output>)> = Vec::new();
    for (place, future) in futures.into_iter().enumerate() {
        pending.push((place, Box::pin(future)));
    }
    let mut done: Vec<(usize, F::Output)> = Vec::with_capacity(pending.len());
    poll_fn(|context| {
        pending.retain_mut(|(place, future)| match future.as_mut().poll(context) {
            Poll::Ready(output) => {
                done.push((*place, output));
                false
            }
            Poll::Pending => true,
        });
        if !pending.is_empty() {
            pending.rotate_left(1);
            return Poll::Pending;
        }
        Poll::Ready(())
    })
    .await;
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, output)| output).collect()
}

/// Lets the others go first, once.
pub(crate) async fn pause() {
    let mut waited = false;
    poll_fn(|context| {
        if waited {
            return Poll::Ready(());
        }
        waited = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Polls a future so many times and drops it, unless it is done before: what becomes of a caller that goes away.
pub(crate) async fn dropped_after<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}
