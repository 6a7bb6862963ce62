//! A PgBouncer in transaction mode before a server.

use std::fs;
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal};
use tempfile::TempDir;

use crate::owner::Owner;
use crate::{Fault, free_port, processes, wait_until};

/// A running PgBouncer, which ends and is removed when it is dropped.
#[derive(Debug)]
pub struct Pooler {
    process: Child,
    url: String,
    /// Last, so that it goes after the process has.
    _directory: TempDir,
}

impl Pooler {
    /// Where Debian and others have the program; none where it is not installed.
    #[must_use]
    pub fn program() -> Option<PathBuf> {
        let on_the_path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::env::split_paths(&on_the_path).chain(["/usr/sbin".into()]);
        folders.map(|folder| folder.join("pgbouncer")).find(|program| program.is_file())
    }

    /// Starts one before the server at this address, with so many connections to it for all who come: it hands each
    /// transaction to any of them.
    ///
    /// # Errors
    /// [`Fault::NoPooler`] where it is not installed; [`Fault::System`].
    pub fn before(url: &str, connections: u32) -> Result<Self, Fault> {
        let program = Self::program().ok_or(Fault::NoPooler)?;
        let owner = Owner::to_run_as()?;
        let system = |what| move |error| Fault::System(what, error);
        let directory = tempfile::tempdir().map_err(system("a directory for the pooler"))?;
        let parts: Vec<&str> = url.split(['/', ':', '@']).filter(|part| !part.is_empty()).collect();
        let [_, user, password, host, port, database] = parts.as_slice() else {
            return Err(Fault::System("the server's address", std::io::ErrorKind::InvalidInput.into()));
        };
        let (file, users, own) = (directory.path().join("ini"), directory.path().join("users"), free_port()?);
        let text = format!(
            "[databases]\n{database} = host={host} port={port} dbname={database}\n[pgbouncer]\n\
             listen_addr = 127.0.0.1\nlisten_port = {own}\nunix_socket_dir =\npool_mode = transaction\n\
             default_pool_size = {connections}\nmax_client_conn = 200\nauth_type = scram-sha-256\nauth_file = {}\n",
            users.display()
        );
        fs::write(&file, text).map_err(system("the pooler's settings"))?;
        fs::write(&users, format!("\"{user}\" \"{password}\"\n")).map_err(system("the pooler's users"))?;
        let mut command = Command::new(program);
        if let Some(owner) = &owner {
            for path in [directory.path(), &file, &users] {
                owner.give(path)?;
            }
            owner.run(&mut command);
        }
        command.arg("-q").arg(&file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let process = command.spawn().map_err(system("starting the pooler"))?;
        let url = format!("postgres://{user}:{password}@127.0.0.1:{own}/{database}");
        let mut pooler = Self { process, url, _directory: directory };
        wait_until(|| {
            if pooler.process.try_wait().map_err(system("waiting for the pooler"))?.is_some() {
                return Err(Fault::GaveUp { program: "pgbouncer", said: "it ended at once".to_owned() });
            }
            Ok(TcpStream::connect(("127.0.0.1", own)).is_ok())
        })?;
        Ok(pooler)
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = processes::send(Pid::from_child(&self.process), Signal::TERM);
        let _ = self.process.wait();
    }
}
