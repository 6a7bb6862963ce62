//! The server's processes, by their ids.

use std::process::Command;

use rustix::io::Errno;
use rustix::process::{Pid, Signal, kill_process};

use crate::Fault;

/// Sends a signal. A process that is gone already needs none.
pub(crate) fn send(to: Pid, signal: Signal) -> Result<(), Fault> {
    match kill_process(to, signal) {
        Ok(()) | Err(Errno::SRCH) => Ok(()),
        Err(error) => Err(Fault::System("a signal to the server", error.into())),
    }
}

/// The processes that this one made and that are left.
pub(crate) fn children_of(parent: Pid) -> Result<Vec<Pid>, Fault> {
    let wanted = parent.as_raw_nonzero().get();
    Ok(all()?.into_iter().filter(|process| process.parent == wanted).filter_map(|it| Pid::from_raw(it.id)).collect())
}

/// Whether a process still runs, and is not only waited for.
pub(crate) fn is_alive(id: Pid) -> bool {
    let id = id.as_raw_nonzero().get();
    all().is_ok_and(|all| all.iter().any(|process| process.id == id && process.state != 'Z'))
}

struct Process {
    id: i32,
    parent: i32,
    state: char,
}

fn all() -> Result<Vec<Process>, Fault> {
    let listed = Command::new("ps").args(["-A", "-o", "pid=,ppid=,state="]).output();
    let listed = listed.map_err(|error| Fault::System("running ps", error))?;
    let text = String::from_utf8_lossy(&listed.stdout);
    let process = |line: &str| {
        let mut fields = line.split_whitespace();
        let (id, parent, state) = (fields.next()?, fields.next()?, fields.next()?);
        Some(Process { id: id.parse().ok()?, parent: parent.parse().ok()?, state: state.chars().next()? })
    };
    Ok(text.lines().filter_map(process).collect())
}
