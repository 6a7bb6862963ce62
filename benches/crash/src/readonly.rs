//! C7: a file system that became read-only, and a directory without the right to write.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use worktrail_core::store::{StoreError, StoreErrorKind};

use crate::audit::audit;
use crate::candidate::{Candidate, Opening};
use crate::errand::{Errand, Room};
use crate::figures::Figures;
use crate::promises::{Promises, Said};
use crate::setting::{Obstacle, Setting, files_in};
use crate::writer::commit;

/// How much is there before.
const BEFORE: u64 = 10;

/// Tries one of both.
///
/// # Errors
/// What keeps the trials from being made.
pub fn refusals(setting: &Setting, candidate: &dyn Candidate, how: How) -> Result<Figures, Obstacle> {
    let directory = setting.directory()?;
    let place = directory.path().to_string_lossy();
    let words = ["refusals", candidate.name(), how.name(), &place];
    Errand { words: &words, room: how.room(), limit: Duration::from_mins(1) }.figures(setting)
}

/// How a place comes to be read-only, and writable again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The file system is remounted.
    Remounted,
    /// The rights to write are taken away.
    Unwritable,
}

impl How {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Remounted, Self::Unwritable];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Remounted => "remounted read-only",
            Self::Unwritable => "unwritable",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.name() == name)
    }

    const fn room(self) -> Room {
        match self {
            Self::Remounted => Room::SmallDisk(64),
            Self::Unwritable => Room::Unprivileged,
        }
    }

    fn turn(self, place: &Path, writing: Writing) -> std::io::Result<()> {
        match self {
            Self::Remounted => {
                let option = if writing == Writing::Allowed { "remount,rw" } else { "remount,ro" };
                let status = Command::new("mount").args(["-o", option]).arg(place).status()?;
                if status.success() { Ok(()) } else { Err(std::io::Error::other(format!("mount: {status}"))) }
            }
            Self::Unwritable => {
                let (directory, file) = if writing == Writing::Allowed { (0o755, 0o644) } else { (0o555, 0o444) };
                for home in [place.to_owned(), place.join("store"), place.join("empty")] {
                    std::fs::set_permissions(home, Permissions::from_mode(directory))?;
                }
                files_in(place)
                    .into_iter()
                    .try_for_each(|it| std::fs::set_permissions(it, Permissions::from_mode(file)))
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    Allowed,
    Forbidden,
}

/// What the errand does.
///
/// # Errors
/// What keeps the trials from being made; what the store says where it could be written.
pub async fn refuse(candidate: &dyn Candidate, how: How, place: &Path) -> Result<Figures, Obstacle> {
    let (home, empty) = (place.join("store"), place.join("empty"));
    std::fs::create_dir(&home)?;
    std::fs::create_dir(&empty)?;
    let mut promises = Promises::default();
    let store = candidate.open(&home, Opening::Create).await?;
    for number in 1..=BEFORE {
        promises.hear(Said::Sent(number));
        promises.hear(Said::Done(number, commit(&*store, number).await?.revision().number()));
    }
    store.close().await;
    drop(store);

    how.turn(place, Writing::Forbidden)?;
    let mut figures = Figures { trials: 3, ..Figures::default() };
    let before = files_in(place);
    let made = candidate.open(&empty, Opening::Create).await.map(drop);
    expect_read_only("making a store", &made, &mut figures);
    match candidate.open(&home, Opening::Existing).await {
        Ok(store) => {
            figures.note(format!("{how:?}: opens for reading"));
            figures.add(audit(&*store, &mut promises).await?);
            expect_read_only("a commit", &commit(&*store, BEFORE + 1).await.map(drop), &mut figures);
            store.close().await;
        }
        refused => expect_read_only("opening", &refused.map(drop), &mut figures),
    }
    if files_in(place) != before {
        figures.fault("files came or went");
    }

    how.turn(place, Writing::Allowed)?;
    let store = candidate.open(&home, Opening::Existing).await?;
    figures.add(audit(&*store, &mut promises).await?);
    commit(&*store, BEFORE + 1).await?;
    store.check().await?;
    store.close().await;
    Ok(figures)
}

fn expect_read_only(what: &str, outcome: &Result<(), StoreError>, figures: &mut Figures) {
    match outcome {
        Err(error) if error.kind() == StoreErrorKind::ReadOnly => {}
        Err(error) => figures.fault(format!("{what} was refused as {error}")),
        Ok(()) => figures.fault(format!("{what} was not refused")),
    }
}
