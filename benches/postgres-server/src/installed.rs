//! Where PostgreSQL's programs lie.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The folder that has both `initdb` and `postgres`: on the `PATH`, as `pg_config` says, or the newest of Debian's.
pub(crate) fn programs() -> Option<PathBuf> {
    folders().find(|folder| ["initdb", "postgres"].iter().all(|program| folder.join(program).is_file()))
}

/// One of the other programs.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    folders().map(|folder| folder.join(name)).find(|program| program.is_file())
}

fn folders() -> impl Iterator<Item = PathBuf> {
    let on_the_path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&on_the_path).collect::<Vec<_>>();
    folders.into_iter().chain(as_configured()).chain(debians())
}

fn as_configured() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    Some(PathBuf::from(String::from_utf8(output.stdout).ok()?.trim()))
}

fn debians() -> Vec<PathBuf> {
    let version = |folder: &PathBuf| folder.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path());
    let mut versions: Vec<PathBuf> = versions.filter(|folder| version(folder).is_some()).collect();
    versions.sort_by_key(version);
    versions.into_iter().rev().map(|folder| folder.join("bin")).collect()
}
