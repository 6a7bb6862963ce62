//! C10: the server is killed, with all its processes, while a writer is at work; then it is started again, and the writer
//! goes on with those of its lanes that were not told of it.

use std::time::Duration;

use postgres_server::{Fault, Server};

use crate::candidate::Candidate;
use crate::figures::Figures;
use crate::kill::after;
use crate::postgres::lead;
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

/// Starts the server that tests share, or none where this machine has none: those tests are not run, and say so.
///
/// # Errors
/// What keeps a server that is there from starting: that is no reason to leave tests out.
pub fn start_if_there() -> Result<Option<Server>, Obstacle> {
    if_there(Server::start())
}

fn if_there<T>(started: Result<T, Fault>) -> Result<Option<T>, Obstacle> {
    match started.map_err(obstacle) {
        Ok(server) => Ok(Some(server)),
        Err(Obstacle::Missing(_)) => Ok(None),
        Err(obstacle) => Err(obstacle),
    }
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
pub fn server_kills(setting: &Setting, candidate: &dyn Candidate, trials: u64) -> Result<Figures, Obstacle> {
    let mut server = start()?;
    let directory = setting.directory()?;
    lead(directory.path(), &server.url())?;
    let (mut figures, mut promises) = (Figures::default(), Promises::default());
    for trial in 0..trials {
        let task = Task { home: directory.path().to_owned(), first: promises.next(), count: None };
        let writer = Writer::start(&setting.program, candidate, &task)?;
        let mut chance = setting.chance("C10", trial);
        std::thread::sleep(Duration::from_millis(chance.u64(150..600)));
        server.kill().map_err(obstacle)?;
        server.start_again().map_err(obstacle)?;
        std::thread::sleep(Duration::from_millis(chance.u64(20..200)));
        let heard = writer.stop()?;
        figures.add(promised(candidate, &task, &mut promises, heard)?);
    }
    Ok(figures)
}

/// The same with a control, on a server that is slow to write what nobody waits for. Each kill has a store of its own:
/// what is gone would be missed again.
///
/// # Errors
/// What keeps the trials from being made.
pub fn server_kills_of_control(setting: &Setting, control: &dyn Candidate, trials: u64) -> Result<Figures, Obstacle> {
    let mut server = Server::start_with([("wal_writer_delay", "10s")]).map_err(obstacle)?;
    let mut figures = Figures::default();
    for trial in 0..trials {
        let directory = setting.directory()?;
        lead(directory.path(), &server.url())?;
        let task = Task { home: directory.path().to_owned(), first: 0, count: None };
        let writer = Writer::start(&setting.program, control, &task)?.wait_until_open()?;
        std::thread::sleep(Duration::from_millis(setting.chance("C10", trial).u64(50..400)));
        server.kill().map_err(obstacle)?;
        // What a server would acknowledge that has lost something is no loss of its own.
        let heard = writer.stop()?;
        server.start_again().map_err(obstacle)?;
        figures.add(promised(control, &task, &mut Promises::default(), heard)?);
    }
    Ok(figures)
}

/// What is there of all that was promised, with what was heard last.
fn promised(
    candidate: &dyn Candidate,
    task: &Task,
    promises: &mut Promises,
    heard: Promises,
) -> Result<Figures, Obstacle> {
    let acknowledged = u64::try_from(heard.done.len()).unwrap_or_default();
    promises.add(heard);
    let figures = run(after(candidate, task, promises))?;
    Ok(Figures { acknowledged, ..figures })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_server_that_is_not_there_is_done_without() {
        assert_eq!(if_there(Ok(1)).unwrap(), Some(1));
        for fault in [Fault::NotInstalled, Fault::NobodyToRunAs] {
            assert_eq!(if_there::<u8>(Err(fault)).unwrap(), None);
        }
        let gave_up = Fault::GaveUp { program: "initdb", said: "no room".to_owned() };
        assert!(matches!(if_there::<u8>(Err(gave_up)), Err(Obstacle::System(_))));
    }
}
