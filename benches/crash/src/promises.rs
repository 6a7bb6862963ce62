//! What a writer said, on a pipe outside of what is broken: which batches it sent, and what it was answered.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::BufRead;
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};

use worktrail_core::store::StoreErrorKind;

/// Something that a writer says, as a line of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// The store is open.
    Open,
    /// It is not: somebody else has it.
    AlreadyOpen,
    /// A batch is about to be sent.
    Sent(u64),
    /// A batch was acknowledged, at this revision of its tenant.
    Done(u64, u64),
    /// A batch was refused, or its answer was lost.
    Failed(u64, Failed),
}

/// Whether a writer came to have its store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// It has it open.
    Admitted,
    /// Somebody else has it, and only one may.
    AlreadyOpen,
}

/// How a commit failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failed {
    /// It was refused: nothing of it may be there.
    Refused,
    /// Its outcome is unknown.
    Unknown,
    /// The store was held too long by somebody else: refused, and not what a caller should see.
    Busy,
}

impl Failed {
    /// The sort of failure that an error is.
    #[must_use]
    pub const fn of(kind: StoreErrorKind) -> Self {
        match kind {
            StoreErrorKind::Unknown => Self::Unknown,
            StoreErrorKind::Busy => Self::Busy,
            _ => Self::Refused,
        }
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str("open"),
            Self::AlreadyOpen => f.write_str("already-open"),
            Self::Sent(number) => write!(f, "sent {number}"),
            Self::Done(number, revision) => write!(f, "done {number} {revision}"),
            Self::Failed(number, Failed::Refused) => write!(f, "refused {number}"),
            Self::Failed(number, Failed::Unknown) => write!(f, "unknown {number}"),
            Self::Failed(number, Failed::Busy) => write!(f, "busy {number}"),
        }
    }
}

/// A line that no writer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a line that no writer says")]
pub struct NotSaid;

impl FromStr for Said {
    type Err = NotSaid;

    fn from_str(line: &str) -> Result<Self, NotSaid> {
        let mut words = line.split(' ');
        let verb = words.next().ok_or(NotSaid)?;
        let mut number = || words.next().ok_or(NotSaid)?.parse::<u64>().map_err(|_| NotSaid);
        Ok(match verb {
            "open" => Self::Open,
            "already-open" => Self::AlreadyOpen,
            "sent" => Self::Sent(number()?),
            "done" => Self::Done(number()?, number()?),
            "refused" => Self::Failed(number()?, Failed::Refused),
            "unknown" => Self::Failed(number()?, Failed::Unknown),
            "busy" => Self::Failed(number()?, Failed::Busy),
            _ => return Err(NotSaid),
        })
    }
}

/// What a store has promised: what was sent to it, and what it answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Promises {
    /// Every batch that was sent.
    pub sent: BTreeSet<u64>,
    /// Those that were acknowledged, each with its tenant's revision.
    pub done: BTreeMap<u64, u64>,
    /// Those that were refused.
    pub refused: BTreeSet<u64>,
    /// Those that were refused because somebody held the store too long.
    pub busy: BTreeSet<u64>,
}

impl Promises {
    /// Notes what was said.
    pub fn hear(&mut self, said: Said) {
        match said {
            Said::Open | Said::AlreadyOpen | Said::Failed(_, Failed::Unknown) => {}
            Said::Sent(number) => {
                self.sent.insert(number);
            }
            Said::Done(number, revision) => {
                self.done.insert(number, revision);
            }
            Said::Failed(number, Failed::Refused) => {
                self.refused.insert(number);
            }
            Said::Failed(number, Failed::Busy) => {
                self.refused.insert(number);
                self.busy.insert(number);
            }
        }
    }

    /// Listens to a writer until it says no more. Once `cut` is set, acknowledgements come too late to count: a commit
    /// whose sync was under way when the power went may still return, and be gone. What was sent counts all the same.
    ///
    /// The last line may be half a line, when its writer was killed; nothing is made of it.
    #[must_use]
    pub fn listen(writer: impl BufRead, cut: &AtomicBool, admitted: impl Fn(Admission)) -> Self {
        let mut promises = Self::default();
        for line in writer.lines().map_while(Result::ok) {
            let late = cut.load(Ordering::SeqCst);
            match line.parse() {
                Ok(Said::Open) => admitted(Admission::Admitted),
                Ok(Said::AlreadyOpen) => admitted(Admission::AlreadyOpen),
                Ok(said @ Said::Sent(_)) => promises.hear(said),
                Ok(said) if !late => promises.hear(said),
                _ => {}
            }
        }
        promises
    }

    /// The first number that was not sent yet.
    #[must_use]
    pub fn next(&self) -> u64 {
        self.sent.last().map_or(1, |last| last + 1)
    }

    /// Those that were neither acknowledged nor refused.
    pub fn open(&self) -> impl Iterator<Item = u64> + '_ {
        self.sent.iter().copied().filter(|number| !self.done.contains_key(number) && !self.refused.contains(number))
    }

    /// Adds what another writer heard.
    pub fn add(&mut self, other: Self) {
        self.sent.extend(other.sent);
        self.done.extend(other.done);
        self.refused.extend(other.refused);
        self.busy.extend(other.busy);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_heard() {
        let all = [
            Said::Open,
            Said::AlreadyOpen,
            Said::Sent(7),
            Said::Done(7, 3),
            Said::Failed(8, Failed::Refused),
            Said::Failed(9, Failed::Unknown),
            Said::Failed(10, Failed::Busy),
        ];
        for said in all {
            assert_eq!(said.to_string().parse(), Ok(said));
        }
        assert_eq!("done 7".parse::<Said>(), Err(NotSaid));
    }

    #[test]
    fn an_acknowledgement_after_the_cut_does_not_count() {
        let text = "open\nsent 1\ndone 1 1\nsent 2\n";
        let heard = |cut| Promises::listen(text.as_bytes(), &AtomicBool::new(cut), |_| {});
        assert_eq!((heard(false).done.len(), heard(false).open().collect::<Vec<_>>()), (1, vec![2]));
        assert_eq!((heard(true).done.len(), heard(true).open().collect::<Vec<_>>()), (0, vec![1, 2]));
    }
}
