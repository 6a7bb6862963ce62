//! A file system in a file, whose power can be cut: what was not synced to it is gone.
//!
//! The cut is the file system's own `shutdown` without flushing its log, as `xfs_io` asks for it of ext4 and XFS alike;
//! afterwards every call fails, and mounting again recovers what had reached the device.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::setting::Obstacle;

/// The file systems that are cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileSystem {
    /// ext4 with its defaults.
    Ext4,
    /// XFS with its defaults.
    Xfs,
}

impl FileSystem {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ext4 => "ext4",
            Self::Xfs => "xfs",
        }
    }

    /// The smallest that its tools make.
    const fn megabytes(self) -> u64 {
        match self {
            Self::Ext4 => 256,
            Self::Xfs => 320,
        }
    }
}

/// A file system that is mounted; it is unmounted when it is dropped.
#[derive(Debug)]
pub struct Disk {
    file_system: FileSystem,
    image: PathBuf,
    mount: PathBuf,
}

impl Disk {
    /// Makes one in a directory, and mounts it.
    ///
    /// # Errors
    /// [`Obstacle::Missing`] when this machine lacks a tool, or does not let us mount; what the tools say.
    pub fn make(directory: &Path, file_system: FileSystem) -> Result<Self, Obstacle> {
        let disk = Self { file_system, image: directory.join("disk.img"), mount: directory.join("disk") };
        File::create(&disk.image)?.set_len(file_system.megabytes() << 20)?;
        std::fs::create_dir(&disk.mount)?;
        let make = format!("mkfs.{}", file_system.name());
        tool(Command::new(&make).arg("-q").arg(&disk.image))?;
        // That it is there is seen before the first cut, not at it.
        tool(Command::new("xfs_io").arg("-V"))?;
        disk.mount().map_err(|error| Obstacle::Missing(format!("no loop mount: {error}")))?;
        Ok(disk)
    }

    /// Where it is mounted.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.mount
    }

    /// Makes what was done so far survive a cut.
    ///
    /// # Errors
    /// What the system says.
    pub fn sync(&self) -> io::Result<()> {
        File::open(&self.mount)?.sync_all()
    }

    /// Cuts its power.
    ///
    /// # Errors
    /// What the tool says.
    pub fn cut(&self) -> io::Result<()> {
        succeed(Command::new("xfs_io").args(["-x", "-c", "shutdown"]).arg(&self.mount))
    }

    /// Mounts what had reached the device, as after a power cut: a copy of it. The file system that was cut off lives on
    /// for as long as any mount namespace of this machine still has it, and mounting its own image would find it.
    ///
    /// # Errors
    /// What the tools say.
    pub fn mount_again(&mut self) -> io::Result<()> {
        self.unmount()?;
        let copy = self.image.with_extension("copy");
        succeed(Command::new("cp").arg("--sparse=always").args([&self.image, &copy]))?;
        // Under the same name, and yet another file.
        std::fs::rename(copy, &self.image)?;
        self.mount()
    }

    fn mount(&self) -> io::Result<()> {
        let options = match self.file_system {
            FileSystem::Ext4 => "loop",
            // The copy has the id of the one that was cut off.
            FileSystem::Xfs => "loop,nouuid",
        };
        succeed(Command::new("mount").args(["-o", options]).args([&self.image, &self.mount]))
    }

    /// Unmounts it. Whoever had files open is given a moment to let go of them.
    fn unmount(&self) -> io::Result<()> {
        const TRIES: u32 = 100;
        let mut tries = 0;
        loop {
            tries += 1;
            match succeed(Command::new("umount").arg(&self.mount)) {
                Err(_) if tries < TRIES => std::thread::sleep(Duration::from_millis(20)),
                outcome => return outcome,
            }
        }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // One that cannot be unmounted now is unmounted when the last file on it is closed.
        if succeed(Command::new("umount").arg(&self.mount)).is_err() {
            let _ = succeed(Command::new("umount").arg("-l").arg(&self.mount));
        }
    }
}

fn tool(command: &mut Command) -> Result<(), Obstacle> {
    let name = command.get_program().to_string_lossy().into_owned();
    succeed(command).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Obstacle::Missing(format!("{name} is not installed")),
        _ => Obstacle::System(io::Error::other(format!("{name}: {error}"))),
    })
}

fn succeed(command: &mut Command) -> io::Result<()> {
    let output = command.stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(());
    }
    Err(io::Error::other(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_that_fails_is_not_missing() {
        assert!(matches!(tool(&mut Command::new("no-such-tool-as-this")), Err(Obstacle::Missing(_))));
        assert!(matches!(tool(&mut Command::new("false")), Err(Obstacle::System(_))));
        assert!(tool(&mut Command::new("true")).is_ok());
    }
}
