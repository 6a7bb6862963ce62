//! `with-postgres COMMAND…`: runs a command with a PostgreSQL of its own, whose address it finds in
//! `WORKTRAIL_POSTGRES`, and removes the server afterwards, however the command ends.

use std::ffi::OsString;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, ExitCode, ExitStatus};
use std::thread;

use postgres_server::{ADDRESS, Server};
use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// A test run has many stores at once, each with connections of its own: more than the engine's hundred.
const ROOM: [(&str, &str); 1] = [("max_connections", "500")];

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let Some(program) = arguments.next() else {
        eprintln!("with-postgres: say which command to run: with-postgres COMMAND [ARGUMENT…]");
        return ExitCode::from(2);
    };
    match run(program, arguments) {
        Ok(status) => ExitCode::from(code(status)),
        Err(fault) => {
            eprintln!("with-postgres: {fault}");
            ExitCode::from(125)
        }
    }
}

fn run(program: OsString, arguments: impl Iterator<Item = OsString>) -> Result<ExitStatus, Box<dyn std::error::Error>> {
    // From here on an interruption ends the command, and so the server, and not this program before them.
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM])?;
    let server = Server::start_with(ROOM)?;
    let mut child = Command::new(program).args(arguments).env(ADDRESS, server.url()).spawn()?;
    let id = Pid::from_child(&child);
    let handle = signals.handle();
    let passing_on = thread::spawn(move || {
        for signal in signals.forever() {
            if let Some(signal) = Signal::from_named_raw(signal) {
                let _ = kill_process(id, signal);
            }
        }
    });
    let status = child.wait();
    handle.close();
    let _ = passing_on.join();
    Ok(status?)
}

/// What a shell would make of it.
fn code(status: ExitStatus) -> u8 {
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}
