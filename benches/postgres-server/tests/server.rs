//! That a server comes, survives being killed, and goes without a trace.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use postgres_server::{ADDRESS, Server};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};

fn listens(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).is_ok()
}

fn postmaster(directory: &Path) -> Pid {
    let text = fs::read_to_string(directory.join("data/postmaster.pid")).unwrap();
    Pid::from_raw(text.lines().next().unwrap().parse().unwrap()).unwrap()
}

#[test]
fn a_server_comes_is_killed_comes_again_and_goes() {
    let mut server = Server::start_with([("max_connections", "7")]).unwrap();
    let (port, url, directory) = (server.port(), server.url(), server.directory().to_owned());
    assert!(url.contains(&format!("@127.0.0.1:{port}/")) && url.contains(server.password()));
    assert!(listens(port));
    let first = postmaster(&directory);

    server.kill().unwrap();
    assert!(!listens(port));
    assert!(test_kill_process(first).is_err());
    assert_eq!(
        fs::read_to_string(directory.join("data/postmaster.opts")).unwrap().matches("max_connections=7").count(),
        1
    );
    server.start_again().unwrap();
    assert!(listens(port));
    assert_eq!(server.url(), url);
    assert_ne!(postmaster(&directory), first);
    let log = fs::read_to_string(directory.join("log")).unwrap();
    assert!(log.contains("automatic recovery in progress"), "the server was stopped and not killed: {log}");

    server.stop().unwrap();
    assert!(!listens(port));
    server.start_again().unwrap();
    let last = postmaster(&directory);
    drop(server);
    assert!(!listens(port) && !directory.exists());
    assert!(test_kill_process(last).is_err());
}

#[test]
fn what_the_server_says_when_it_gives_up_is_said_again() {
    let fault = Server::start_with([("max_connections", "many")]).unwrap_err();
    assert!(fault.to_string().contains("max_connections"), "{fault}");
}

/// In a mount namespace, where the system allows one, with the folders of PostgreSQL hidden.
#[test]
fn a_machine_without_postgresql_is_told_in_one_sentence() {
    let hide = "mkdir -p /usr/lib/postgresql && mount -t tmpfs tmpfs /usr/lib/postgresql";
    let namespace = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script, env!("CARGO_BIN_EXE_with-postgres")]);
        command
    };
    if !namespace(hide).output().is_ok_and(|output| output.status.success()) {
        println!("NOT RUN: this system allows no mount namespace, so PostgreSQL could not be hidden");
        return;
    }
    let output = namespace(&format!("{hide} && PATH=/nowhere exec \"$0\" true")).output().unwrap();
    assert_eq!(output.status.code(), Some(125));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.starts_with("with-postgres: no PostgreSQL was found: install Debian's package `postgresql`"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
}

/// The program, with a place of its own for what it makes.
fn with_postgres(place: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_with-postgres"));
    command.env("TMPDIR", place).env_remove(ADDRESS);
    command
}

/// A directory that whoever the server runs as may enter.
fn place() -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt as _;
    let place = tempfile::tempdir().unwrap();
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o755)).unwrap();
    place
}

fn left_in(place: &Path) -> Vec<PathBuf> {
    fs::read_dir(place).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_command_finds_its_server_and_its_outcome_is_handed_on() {
    let place = place();
    for (script, code) in [("exit 0", 0), ("exit 7", 7), ("kill -KILL $$", 137)] {
        let script = format!("echo ${ADDRESS}; {script}");
        let output = with_postgres(place.path()).args(["sh", "-c", &script]).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{script}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stdout.starts_with(b"postgres://worktrail:"));
        assert_eq!(left_in(place.path()), Vec::<PathBuf>::new());
    }
    let output = with_postgres(place.path()).arg("no-such-command-at-all").output().unwrap();
    assert_eq!(output.status.code(), Some(125));
    assert_eq!(left_in(place.path()), Vec::<PathBuf>::new());
}

#[test]
fn an_interrupted_command_leaves_no_server() {
    let place = place();
    for signal in [Signal::INT, Signal::TERM] {
        let mut command = with_postgres(place.path());
        let mut child =
            command.args(["sh", "-c", "echo begun; exec sleep 600"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
        assert_eq!(said, "begun\n");
        let server = postmaster(&left_in(place.path())[0]);
        kill_process(Pid::from_child(&child), signal).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(128 + signal.as_raw()));
        assert_eq!(left_in(place.path()), Vec::<PathBuf>::new());
        assert!(test_kill_process(server).is_err());
    }
}
