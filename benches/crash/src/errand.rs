//! Errands: what this program does in a process of its own, watched, so that a panic or a hang is counted and not shared.

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use crate::figures::Figures;
use crate::setting::{Obstacle, Setting};

/// An errand: the words it is called with, where it runs, and how long it may take.
#[derive(Debug, Clone)]
pub struct Errand<'e> {
    /// The words after `child`.
    pub words: &'e [&'e str],
    /// Where it runs.
    pub room: Room,
    /// After which it counts as hung.
    pub limit: Duration,
}

/// Where an errand runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// As we do.
    Here,
    /// With a file system of this many megabytes of its own, which lies where its last word says.
    SmallDisk(u32),
    /// Without the rights of a superuser.
    Unprivileged,
}

/// How an errand ended.
#[derive(Debug)]
pub enum Ending {
    /// With figures.
    Figures(Figures),
    /// It took too long, and was killed.
    Hung,
    /// It stopped without figures: what it said last.
    Broke(String),
}

impl Errand<'_> {
    /// Runs it.
    ///
    /// # Errors
    /// [`Obstacle::Missing`] when this machine does not give it the room; what the system says.
    pub fn run(&self, setting: &Setting) -> Result<Ending, Obstacle> {
        let mut command = self.command(&setting.program)?;
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let Some(output) = watched(command.spawn()?, self.limit)? else { return Ok(Ending::Hung) };
        let said = String::from_utf8_lossy(&output.stdout);
        match said.lines().last().map(serde_json::from_str) {
            Some(Ok(figures)) if output.status.success() => Ok(Ending::Figures(figures)),
            _ => {
                let complaint = String::from_utf8_lossy(&output.stderr);
                Ok(Ending::Broke(format!("{}: {}", output.status, complaint.lines().next().unwrap_or_default())))
            }
        }
    }

    /// Its figures; anything else is a fault of the trial.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub fn figures(&self, setting: &Setting) -> Result<Figures, Obstacle> {
        let mut figures = Figures { trials: 1, ..Figures::default() };
        match self.run(setting)? {
            Ending::Figures(figures) => return Ok(figures),
            Ending::Hung => figures.fault(format!("hung for {} s", self.limit.as_secs())),
            Ending::Broke(how) => figures.fault(format!("broke: {how}")),
        }
        Ok(figures)
    }

    fn command(&self, program: &Path) -> Result<Command, Obstacle> {
        let mut command = match self.room {
            Room::Here => Command::new(program),
            Room::SmallDisk(megabytes) => {
                possible(namespace("true").arg("-"), "no mount namespaces")?;
                let mount = format!(
                    "eval place=\\${{$#}}; mount -t tmpfs -o size={megabytes}m tmpfs \"$place\" && exec \"$0\" \"$@\""
                );
                let mut command = namespace(&mount);
                command.arg(program);
                command
            }
            Room::Unprivileged if has_no_rights() => Command::new(program),
            Room::Unprivileged => {
                let setpriv = || {
                    let mut command = Command::new("setpriv");
                    command.args(["--bounding-set", "-all", "--inh-caps", "-all"]);
                    command
                };
                possible(setpriv().arg("true"), "no setpriv")?;
                let mut command = setpriv();
                command.arg(program);
                command
            }
        };
        command.arg("child").args(self.words);
        Ok(command)
    }
}

/// Whether this process has none of a superuser's rights to begin with.
fn has_no_rights() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let rights = status.lines().find_map(|line| line.strip_prefix("CapEff:"));
    rights.is_some_and(|rights| rights.trim().bytes().all(|digit| digit == b'0'))
}

/// A shell that may mount what only it sees.
fn namespace(script: &str) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script]);
    command
}

fn possible(probe: &mut Command, otherwise: &str) -> Result<(), Obstacle> {
    match probe.stdin(Stdio::null()).output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let complaint = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            Err(Obstacle::Missing(format!("{otherwise} on this machine: {complaint}")))
        }
        Err(error) => Err(Obstacle::Missing(format!("{otherwise} on this machine: {error}"))),
    }
}

/// Waits for a process, not longer than this; then it is killed, and there is no output.
fn watched(mut child: Child, limit: Duration) -> Result<Option<Output>, Obstacle> {
    const STEP: Duration = Duration::from_millis(2);
    let (output, errors) = (drained(child.stdout.take()), drained(child.stderr.take()));
    let mut waited = Duration::ZERO;
    let status = loop {
        match child.try_wait()? {
            Some(status) => break status,
            None if waited >= limit => {
                child.kill()?;
                child.wait()?;
                return Ok(None);
            }
            None => std::thread::sleep(STEP),
        }
        waited += STEP;
    };
    let read = |pipe: std::thread::JoinHandle<Vec<u8>>| pipe.join().unwrap_or_default();
    Ok(Some(Output { status, stdout: read(output), stderr: read(errors) }))
}

/// Reads a pipe to its end, beside, so that whoever writes into it never waits.
fn drained(pipe: Option<impl std::io::Read + Send + 'static>) -> std::thread::JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            // What was read before a fault is what there is.
            let _ = pipe.read_to_end(&mut bytes);
        }
        bytes
    })
}
