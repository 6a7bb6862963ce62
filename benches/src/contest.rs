//! The comparisons of one engine: ours against everybody else, line by line of the report.

use crate::Outcome;
use crate::desk::Ours;
use crate::figures::Figures;
use crate::goal::{Against, Engine, at_least};
use crate::pair::{Effort, Pair, compare};
use crate::peer::Peer;
use crate::report::{Line, Report};
use crate::subject::{Subject, Work};

/// How many callers act at once.
pub(crate) const CALLERS: [usize; 4] = [1, 8, 64, 256];

/// Our side of one engine, and where its lines are written down.
pub(crate) struct Contest<'c> {
    pub(crate) engine: Engine,
    pub(crate) ours: &'c Ours,
    /// How long the way to the engine and back takes, in microseconds.
    pub(crate) round_trip: Figures,
    pub(crate) effort: Effort,
    pub(crate) report: &'c mut Report,
}

impl Contest<'_> {
    /// Compares one piece of work.
    pub(crate) async fn meet(&mut self, against: Against, them: &dyn Subject, work: Work, callers: usize) -> Outcome {
        let pair = compare(self.ours, them, work, callers, self.effort).await?;
        let goal = at_least(self.engine, against, work, callers);
        self.write_down(against, them, work.name(), callers, pair, goal);
        Ok(())
    }

    /// Compares a specialist's day with code written by hand: acts, and these pieces of work alone and together.
    pub(crate) async fn by_hand(&mut self, them: &dyn Subject, looks: &[Work]) -> Outcome {
        self.begin(them).await?;
        for callers in CALLERS {
            self.meet(Against::ByHand, them, Work::Act, callers).await?;
        }
        for work in looks {
            for callers in [1, 64] {
                self.meet(Against::ByHand, them, *work, callers).await?;
            }
        }
        Ok(())
    }

    /// Lets both sides do about two acts for each member of staff: a desk asks in more rounds of whoever it has not seen act
    /// yet, and what is compared is any day but the first.
    async fn begin(&self, them: &dyn Subject) -> Outcome {
        for side in [self.ours as &dyn Subject, them] {
            let mut acts = 0;
            while acts < 2 * self.ours.staff() {
                acts += side.slice(Work::Act, 64, self.effort.turn).await?.pieces;
            }
        }
        Ok(())
    }

    /// Compares acts with a peer, if there is one.
    pub(crate) async fn peer(&mut self, peer: Outcome<Peer>) -> Outcome {
        match peer {
            Ok(peer) => {
                for callers in [1, 64] {
                    self.meet(Against::Peer, &peer, Work::Act, callers).await?;
                }
            }
            Err(error) => {
                self.report.left_out.push(format!("the peer on {}: {error}", self.engine.name()));
            }
        }
        Ok(())
    }

    /// Compares ours with ours: what comes out beside one is noise.
    pub(crate) async fn itself(&mut self) -> Outcome {
        let ours = self.ours;
        self.meet(Against::Itself, ours, Work::Act, 64).await
    }

    /// Writes down how many trails a second each side took in.
    pub(crate) fn imported(&mut self, them: &dyn Subject, pair: Pair) {
        self.write_down(Against::ByHand, them, "import", 1, pair, None);
    }

    fn write_down(
        &mut self,
        against: Against,
        them: &dyn Subject,
        work: &'static str,
        callers: usize,
        pair: Pair,
        goal: Option<f64>,
    ) {
        self.report.lines.push(Line {
            engine: self.engine,
            work,
            callers,
            against,
            them: them.name(),
            our_durability: self.ours.durability(),
            their_durability: them.durability(),
            round_trip: self.round_trip,
            pair,
            goal,
        });
    }
}
