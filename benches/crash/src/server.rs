//! C10: the server is killed, with all its processes, while a writer is at work; then it is started again, and the writer
//! goes on with those of its lanes that were not told of it.

use std::time::Duration;

use postgres_server::{Fault, Server};

use crate::figures::Figures;
use crate::kill::after;
use crate::postgres::{Postgres, lead};
use crate::promises::Promises;
use crate::setting::{Obstacle, Setting, run};
use crate::writer::{Task, Writer};

/// Starts a server for one test.
///
/// # Errors
/// [`Obstacle::Missing`] when this machine has none.
pub fn start() -> Result<Server, Obstacle> {
    Server::start().map_err(obstacle)
}

fn obstacle(fault: Fault) -> Obstacle {
    match fault {
        Fault::NotInstalled | Fault::NobodyToRunAs => Obstacle::Missing(fault.to_string()),
        fault => Obstacle::System(std::io::Error::other(fault)),
    }
}

/// Kills the server this often.
///
/// # Errors
/// What keeps the trials from being made.
pub fn server_kills(setting: &Setting, trials: u64) -> Result<Figures, Obstacle> {
    let mut server = start()?;
    let directory = setting.directory()?;
    lead(directory.path(), &server.url())?;
    let (mut figures, mut promises) = (Figures::default(), Promises::default());
    for trial in 0..trials {
        let task = Task { home: directory.path().to_owned(), first: promises.next(), count: None };
        let writer = Writer::start(&setting.program, &Postgres, &task)?;
        let mut chance = setting.chance("C10", trial);
        std::thread::sleep(Duration::from_millis(chance.u64(150..600)));
        server.kill().map_err(obstacle)?;
        server.start_again().map_err(obstacle)?;
        std::thread::sleep(Duration::from_millis(chance.u64(20..200)));
        let heard = writer.stop()?;
        let acknowledged = u64::try_from(heard.done.len()).unwrap_or_default();
        promises.add(heard);
        let mut of_trial = run(after(&Postgres, &task, &mut promises))?;
        of_trial.acknowledged = acknowledged;
        figures.add(of_trial);
    }
    Ok(figures)
}
