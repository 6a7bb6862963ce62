//! On what a run ran: without it no figure means anything.

use std::fmt;
use std::path::Path;

use serde::Serialize;

use crate::Outcome;
use crate::figures::Figures;
use crate::probe;

/// The machine, and how fast its disk flushes.
#[derive(Debug, Clone, Serialize)]
pub struct Machine {
    /// How many processors this program may use.
    pub processors: usize,
    /// The processor's model.
    pub model: String,
    /// The kernel's release.
    pub kernel: String,
    /// The memory, in mebibytes.
    pub memory: u64,
    /// The file system of the directory in which the run works.
    pub file_system: String,
    /// How long a flush takes, in microseconds.
    pub flush: Figures,
    /// How many programs wanted the processor in the minute before the run.
    pub load: String,
}

impl Machine {
    /// Looks around.
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub fn around(directory: &Path) -> Outcome<Self> {
        let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        let after = |text: String, key: &str| {
            let line = text.lines().find(|line| line.starts_with(key)).map(str::to_owned);
            line.and_then(|line| line.split_once(':').map(|(_, value)| value.trim().to_owned())).unwrap_or_default()
        };
        let memory = after(read("/proc/meminfo"), "MemTotal");
        Ok(Self {
            processors: std::thread::available_parallelism()?.get(),
            model: after(read("/proc/cpuinfo"), "model name"),
            kernel: read("/proc/sys/kernel/osrelease").trim().to_owned(),
            memory: memory.split_whitespace().next().and_then(|it| it.parse::<u64>().ok()).unwrap_or_default() / 1_024,
            file_system: file_system(directory, &read("/proc/mounts")),
            flush: probe::flush(directory)?,
            load: read("/proc/loadavg").split_whitespace().next().unwrap_or_default().to_owned(),
        })
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { processors, model, kernel, memory, file_system, flush, load } = self;
        writeln!(f, "{processors} processors ({model}), {memory} MiB, Linux {kernel}, {file_system}")?;
        writeln!(f, "a flush takes {:.0} µs ({:.0} to {:.0})", flush.median, flush.lower, flush.upper)?;
        writeln!(f, "load before the run: {load}")
    }
}

/// The type of the file system that is mounted closest above a directory.
fn file_system(directory: &Path, mounts: &str) -> String {
    let directory = directory.canonicalize().unwrap_or_else(|_| directory.to_owned());
    let mounted = mounts.lines().filter_map(|line| {
        let mut fields = line.split_whitespace().skip(1);
        Some((fields.next()?, fields.next()?))
    });
    let above = mounted.filter(|(at, _)| directory.starts_with(at)).max_by_key(|(at, _)| at.len());
    above.map_or_else(String::new, |(_, of)| of.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_mount_counts() {
        let mounts = "a / ext4 rw\nb /proc proc rw\nc /no xfs rw\n";
        assert_eq!(file_system(Path::new("/proc/nowhere"), mounts), "proc");
        assert_eq!(file_system(Path::new("/nothing/here"), mounts), "ext4");
    }
}
