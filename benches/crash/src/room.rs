//! C5 and C6: there is no room left, at every point of a script; then there is room again, and the same store goes on.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use worktrail_core::store::{StoreError, StoreErrorKind};

use crate::audit::audit;
use crate::candidate::{Candidate, Opened, Opening};
use crate::errand::{Errand, Room};
use crate::figures::Figures;
use crate::numbered::batch;
use crate::promises::{Failed, Promises, Said};
use crate::setting::{Obstacle, Setting};

/// How long the script is, and how much is there before it.
const SCRIPT: u64 = 20;
const BEFORE: u64 = 6;
/// What a file system gives room by.
const BLOCK: u64 = 4_096;
/// How large the disk is. An engine that takes room in advance must fit in it.
const MEGABYTES: u32 = 64;

/// Runs the script with room for 0, `step`, 2 × `step` … blocks, until there was room for all of it.
///
/// # Errors
/// What keeps the trials from being made.
pub fn budgets(setting: &Setting, candidate: &dyn Candidate, step: u64) -> Result<Figures, Obstacle> {
    let directory = setting.directory()?;
    let place = directory.path().to_string_lossy();
    let step = step.to_string();
    let words = ["budgets", candidate.name(), &step, &place];
    Errand { words: &words, room: Room::SmallDisk(MEGABYTES), limit: Duration::from_mins(30) }.figures(setting)
}

/// What the errand does, on a small disk.
///
/// # Errors
/// What keeps the trials from being made.
pub async fn fill(candidate: &dyn Candidate, step: u64, disk: &Path) -> Result<Figures, Obstacle> {
    let (mut figures, mut opened_again) = (Figures::default(), 0);
    let mut room = 0;
    loop {
        let home = disk.join("store");
        std::fs::create_dir(&home)?;
        let trial = Trial { candidate, home: &home, ballast: &disk.join("ballast") };
        let came = trial.run(room * BLOCK).await?;
        figures.add(came.figures);
        opened_again += u64::from(came.goes_on == GoesOn::AfterOpeningAgain);
        std::fs::remove_dir_all(&home)?;
        if came.refused == 0 {
            figures.note(format!("{room} blocks were room enough; before that, every {step} blocks were tried"));
            figures.note(format!("after {opened_again} trials the store had to be opened again"));
            return Ok(figures);
        }
        room += step;
    }
}

struct Trial<'t> {
    candidate: &'t dyn Candidate,
    home: &'t Path,
    ballast: &'t Path,
}

struct Came {
    figures: Figures,
    refused: u64,
    goes_on: GoesOn,
}

/// Whether the store itself goes on when there is room again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GoesOn {
    AsItIs,
    AfterOpeningAgain,
}

impl Trial<'_> {
    async fn run(&self, room: u64) -> Result<Came, Obstacle> {
        let mut promises = Promises::default();
        let mut store = self.candidate.open(self.home, Opening::Create).await?;
        for number in 1..=BEFORE {
            send(&*store, number, &mut promises).await?;
        }
        let mut figures = Figures { trials: 1, ..Figures::default() };
        self.leave(room)?;
        let mut refused = 0;
        for number in BEFORE + 1..=BEFORE + SCRIPT {
            if let Err(error) = send(&*store, number, &mut promises).await {
                refused += 1;
                if !may_be_said_of_a_full_disk(error.kind()) {
                    figures.fault(format!("with room for {room} bytes: {error}"));
                }
            }
        }
        std::fs::remove_file(self.ballast)?;
        // What was refused is sent once more, to the same store.
        let again: Vec<u64> = std::mem::take(&mut promises.refused).into_iter().collect();
        let mut goes_on = GoesOn::AsItIs;
        for number in again.iter().copied().chain([BEFORE + SCRIPT + 1]) {
            match send(&*store, number, &mut promises).await {
                Err(error) if error.kind() == StoreErrorKind::Poisoned && goes_on == GoesOn::AsItIs => {
                    goes_on = GoesOn::AfterOpeningAgain;
                    promises.refused.remove(&number);
                    store.close().await;
                    store = self.candidate.open(self.home, Opening::Existing).await?;
                    send(&*store, number, &mut promises).await?;
                }
                outcome => outcome?,
            }
        }
        figures.add(Figures { trials: 0, ..audit(&*store, &mut promises).await? });
        store.close().await;
        let store = self.candidate.open(self.home, Opening::Existing).await?;
        let seen_anew = audit(&*store, &mut promises).await?;
        store.check().await?;
        store.close().await;
        figures.add(Figures { trials: 0, acknowledged: 0, ..seen_anew });
        Ok(Came { figures, refused, goes_on })
    }

    /// Fills the disk but for this many bytes.
    fn leave(&self, room: u64) -> std::io::Result<()> {
        let mut ballast = File::create(self.ballast)?;
        let block = vec![1; usize::try_from(BLOCK).unwrap_or_default()];
        while ballast.write_all(&block).is_ok() {}
        let length = ballast.metadata()?.len();
        ballast.set_len(length.saturating_sub(room))
    }
}

async fn send(store: &dyn Opened, number: u64, promises: &mut Promises) -> Result<(), StoreError> {
    promises.hear(Said::Sent(number));
    match store.commit(batch(number)?).await {
        Ok(receipt) => promises.hear(Said::Done(number, receipt.revision().number())),
        Err(error) => {
            promises.hear(Said::Failed(number, Failed::of(error.kind())));
            return Err(error);
        }
    }
    Ok(())
}

/// Refused for want of room, unknown, or a store that has stopped: all else would mislead a caller.
const fn may_be_said_of_a_full_disk(kind: StoreErrorKind) -> bool {
    matches!(kind, StoreErrorKind::Full | StoreErrorKind::Unknown | StoreErrorKind::Poisoned)
}
