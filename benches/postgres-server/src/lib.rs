//! A PostgreSQL of its own for a test run: started in an empty directory, killed at will, removed afterwards.
//!
//! ```no_run
//! # fn main() -> Result<(), postgres_server::Fault> {
//! let mut server = postgres_server::Server::start()?;
//! assert!(server.url().starts_with("postgres://"));
//! server.kill()?; // as a power cut would, but for what the system had not yet written
//! server.start_again()?; // on the same data, at the same address
//! server.stop()?; // as an orderly shutdown; dropping does it too, and removes everything
//! # Ok(())
//! # }
//! ```
//!
//! It needs PostgreSQL's programs (found on the `PATH`, by `pg_config`, or where Debian has them) and a Unix. It listens
//! on the loopback interface and on a socket in its directory, for one user with a password drawn for it.
//!
//! The program `with-postgres COMMAND…` starts one for a command, which finds its address in [`ADDRESS`].

mod installed;
mod owner;
mod pooler;
mod processes;

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal};
use tempfile::TempDir;
use thiserror::Error;

use crate::owner::Owner;

pub use pooler::Pooler;

/// The variable in which a test run finds the address of its server.
pub const ADDRESS: &str = "WORKTRAIL_POSTGRES";

/// Why there is no server.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Fault {
    /// PostgreSQL's programs were not found.
    #[error(
        "no PostgreSQL was found: install Debian's package `postgresql`, or put the folder of `initdb` and `postgres` \
         on the PATH"
    )]
    NotInstalled,
    /// PgBouncer was not found.
    #[error("no PgBouncer was found: install Debian's package `pgbouncer`")]
    NoPooler,
    /// It was started by root, and there is nobody to run it as.
    #[error("PostgreSQL does not run as root, and there is neither a user `postgres` nor a user `nobody`")]
    NobodyToRunAs,
    /// One of PostgreSQL's programs gave up.
    #[error("{program} gave up: {said}")]
    GaveUp {
        /// Which.
        program: &'static str,
        /// What it said.
        said: String,
    },
    /// The system refused something.
    #[error("{0}: {1}")]
    System(&'static str, #[source] io::Error),
}

/// A running server, which ends and is removed when it is dropped.
#[derive(Debug)]
pub struct Server {
    programs: PathBuf,
    owner: Option<Owner>,
    settings: Vec<(String, String)>,
    password: String,
    port: u16,
    postmaster: Option<Child>,
    /// Last, so that it goes after the server has.
    directory: TempDir,
}

/// How often is looked whether the server is ready or gone, and how many times before giving up: one minute.
const LOOK: Duration = Duration::from_millis(20);
const LOOKS: u32 = 3_000;

impl Server {
    /// Makes a server with the engine's own settings.
    ///
    /// # Errors
    /// Any [`Fault`].
    pub fn start() -> Result<Self, Fault> {
        Self::start_with([])
    }

    /// Makes a server with some settings changed, such as `("fsync", "off")`.
    ///
    /// # Errors
    /// Any [`Fault`].
    pub fn start_with<'s>(settings: impl IntoIterator<Item = (&'s str, &'s str)>) -> Result<Self, Fault> {
        let programs = installed::programs().ok_or(Fault::NotInstalled)?;
        let owner = Owner::to_run_as()?;
        let directory = tempfile::Builder::new()
            .prefix("worktrail-postgres-")
            .tempdir()
            .map_err(|error| Fault::System("a directory for the server", error))?;
        if let Some(owner) = &owner {
            owner.give(directory.path())?;
        }
        let settings = settings.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let mut server = Self { programs, owner, settings, password: drawn()?, port: 0, postmaster: None, directory };
        server.make_cluster()?;
        // Another program may take a port that was free a moment ago.
        let mut outcome = Ok(());
        for _ in 0..5 {
            server.port = free_port()?;
            outcome = server.start_again();
            if outcome.is_ok() {
                break;
            }
            server.kill()?;
        }
        outcome.map(|()| server)
    }

    /// Its address, with user and password, as a connection URL. It stays the same after [`kill`](Self::kill) and
    /// [`start_again`](Self::start_again).
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://worktrail:{}@127.0.0.1:{}/postgres", self.password, self.port)
    }

    /// Its port on the loopback interface.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The password of its user, `worktrail`.
    #[must_use]
    pub fn password(&self) -> &str {
        &self.password
    }

    /// The directory with its data (`data`), its log (`log`) and its socket.
    #[must_use]
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Ends every process of the server at once, by `SIGKILL`. Does nothing when it is not running.
    ///
    /// # Errors
    /// [`Fault::System`] when they do not go.
    pub fn kill(&mut self) -> Result<(), Fault> {
        let Some(mut postmaster) = self.postmaster.take() else { return Ok(()) };
        let id = Pid::from_child(&postmaster);
        // Stopped first, so that it makes no new ones.
        processes::send(id, Signal::STOP)?;
        let workers = processes::children_of(id).unwrap_or_default();
        for worker in &workers {
            processes::send(*worker, Signal::KILL)?;
        }
        processes::send(id, Signal::KILL)?;
        postmaster.wait().map_err(|error| Fault::System("waiting for the server", error))?;
        // The data may not be opened again while one of them still holds it.
        wait_until(|| Ok(!workers.iter().any(|worker| processes::is_alive(*worker))))
    }

    /// Starts it again after [`kill`](Self::kill) or [`stop`](Self::stop), on the same data and at the same address,
    /// and waits until it is ready. Does nothing when it is running.
    ///
    /// # Errors
    /// [`Fault::GaveUp`] with the end of its log; [`Fault::System`].
    pub fn start_again(&mut self) -> Result<(), Fault> {
        if self.postmaster.is_some() {
            return Ok(());
        }
        let log = File::options().create(true).append(true).open(self.directory().join("log"));
        let log = log.map_err(|error| Fault::System("the server's log", error))?;
        let mut command = self.program("postgres");
        command.arg("-D").arg(self.data()).arg("-k").arg(self.directory());
        command.args(["-c", "listen_addresses=127.0.0.1", "-c", &format!("port={}", self.port)]);
        for (name, value) in &self.settings {
            command.arg("-c").arg(format!("{name}={value}"));
        }
        // A group of its own, so that an interrupted command line does not stop the server before the command.
        let postmaster = command.process_group(0).stderr(log).spawn();
        let postmaster = postmaster.map_err(|error| Fault::System("starting the server", error))?;
        let id = postmaster.id().to_string();
        self.postmaster = Some(postmaster);
        wait_until(|| {
            if let Some(postmaster) = &mut self.postmaster
                && let Ok(Some(_)) = postmaster.try_wait()
            {
                self.postmaster = None;
                return Err(Fault::GaveUp { program: "postgres", said: self.end_of_log() });
            }
            // Its first line is the process, its eighth what the process is doing.
            let state = fs::read_to_string(self.data().join("postmaster.pid")).unwrap_or_default();
            let mut lines = state.lines().map(str::trim);
            Ok(lines.next() == Some(&id) && lines.nth(6) == Some("ready"))
        })
    }

    /// Stops it, without waiting for those who are connected. Does nothing when it is not running.
    ///
    /// # Errors
    /// [`Fault::System`] when it does not end.
    pub fn stop(&mut self) -> Result<(), Fault> {
        let Some(mut postmaster) = self.postmaster.take() else { return Ok(()) };
        processes::send(Pid::from_child(&postmaster), Signal::INT)?;
        wait_until(|| {
            let ended = postmaster.try_wait().map_err(|error| Fault::System("waiting for the server", error))?;
            Ok(ended.is_some())
        })
    }

    fn data(&self) -> PathBuf {
        self.directory().join("data")
    }

    fn make_cluster(&self) -> Result<(), Fault> {
        let secret = self.directory().join("password");
        fs::write(&secret, &self.password).map_err(|error| Fault::System("the server's password", error))?;
        if let Some(owner) = &self.owner {
            owner.give(&secret)?;
        }
        let mut command = self.program("initdb");
        command.arg("-D").arg(self.data()).arg("--pwfile").arg(&secret);
        command.args(["--username=worktrail", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]);
        let output = command.output().map_err(|error| Fault::System("running initdb", error))?;
        if output.status.success() {
            return Ok(());
        }
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        Err(Fault::GaveUp { program: "initdb", said })
    }

    /// One of PostgreSQL's programs, with nothing of this process's own settings for it.
    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.current_dir(self.directory()).stdin(Stdio::null()).stdout(Stdio::null());
        for (variable, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PG")) {
            command.env_remove(variable);
        }
        if let Some(owner) = &self.owner {
            owner.run(&mut command);
        }
        command
    }

    fn end_of_log(&self) -> String {
        let log = fs::read(self.directory().join("log")).unwrap_or_default();
        let text = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = text.lines().collect();
        lines.get(lines.len().saturating_sub(10)..).unwrap_or_default().join("\n")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Whatever does not stop is killed, so that nothing is left behind.
        if let Some(id) = self.postmaster.as_ref().map(Pid::from_child)
            && self.stop().is_err()
        {
            let _ = processes::send(id, Signal::QUIT);
        }
    }
}

fn wait_until(mut is_so: impl FnMut() -> Result<bool, Fault>) -> Result<(), Fault> {
    for _ in 0..LOOKS {
        if is_so()? {
            return Ok(());
        }
        thread::sleep(LOOK);
    }
    Err(Fault::System("waiting for the server", io::ErrorKind::TimedOut.into()))
}

fn free_port() -> Result<u16, Fault> {
    let address = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    Ok(address.map_err(|error| Fault::System("a free port", error))?.port())
}

/// 32 digits that nobody has: a password, so that nobody else on the machine can use the server to act as its owner; or
/// the name of something that a test has for itself.
///
/// # Errors
/// [`Fault::System`] when the system gives no random bytes.
pub fn drawn() -> Result<String, Fault> {
    let mut bytes = [0; 16];
    let drawn = File::open("/dev/urandom").and_then(|mut random| random.read_exact(&mut bytes));
    drawn.map_err(|error| Fault::System("random bytes", error))?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}

/// One of PostgreSQL's programs, such as `psql`.
///
/// # Errors
/// [`Fault::NotInstalled`].
pub fn program(name: &str) -> Result<PathBuf, Fault> {
    installed::program(name).ok_or(Fault::NotInstalled)
}

/// The address of the server that this test run has.
///
/// # Panics
/// When it has none: a test that needs a server fails, and is not left out.
#[must_use]
pub fn of_the_run() -> String {
    let Some(address) = std::env::var_os(ADDRESS) else {
        panic!(
            "this test needs a PostgreSQL server: run it under `with-postgres` (cargo run -p postgres-server -- cargo \
             test …), or set {ADDRESS} to the URL of one"
        )
    };
    address.to_string_lossy().into_owned()
}
