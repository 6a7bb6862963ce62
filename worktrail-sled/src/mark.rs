//! How many changes were acknowledged, kept apart from sled.
//!
//! sled takes damage in the middle of its log for an unfinished write at its end: it opens with an older state, and says
//! nothing. So each set of changes is counted inside sled, and the count is written to a file of our own *after* the log
//! was synced. That file is not synced each time: what it says was in the log at some time, so a log that says less has
//! lost something.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use worktrail_core::store::DigestWriter;

use crate::error::Fault;

/// Counts are written in turn to two places in blocks of their own, so that one is whole when the power goes.
const BLOCK: u64 = 4_096;
const LENGTH: usize = 40;

/// The file with the count.
#[derive(Debug)]
pub(crate) struct Mark(File);

impl Mark {
    /// Makes the file.
    pub(crate) fn create(path: &Path) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mark = Self(options.open(path)?);
        mark.write(0)
    }

    /// Opens the file, and reads the count.
    pub(crate) fn open(path: &Path) -> Result<(Self, u64), Fault> {
        let missing = |_| Fault::corrupt("the count of what was acknowledged is missing");
        let mark = Self(OpenOptions::new().read(true).write(true).open(path).map_err(missing)?);
        let count = [0, 1].into_iter().filter_map(|place| mark.read(place)).max();
        let count = count.ok_or_else(|| Fault::corrupt("the count of what was acknowledged is damaged"))?;
        Ok((mark, count))
    }

    /// Writes the count.
    pub(crate) fn write(&self, count: u64) -> io::Result<()> {
        let mut file = &self.0;
        file.seek(SeekFrom::Start(count % 2 * BLOCK))?;
        file.write_all(&form(count))
    }

    fn read(&self, place: u64) -> Option<u64> {
        let mut bytes = [0; LENGTH];
        let mut file = &self.0;
        file.seek(SeekFrom::Start(place * BLOCK)).ok()?;
        file.read_exact(&mut bytes).ok()?;
        let count = u64::from_be_bytes(*bytes.first_chunk()?);
        (bytes == form(count) && count % 2 == place).then_some(count)
    }
}

fn form(count: u64) -> [u8; LENGTH] {
    let digest = DigestWriter::new("worktrail-sled mark").number(count).finish();
    let mut form = [0; LENGTH];
    let (number, rest) = form.split_at_mut(8);
    number.copy_from_slice(&count.to_be_bytes());
    rest.copy_from_slice(digest.as_bytes());
    form
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_last_whole_count_is_read() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("mark");
        Mark::create(&path).unwrap();
        for count in 2..6 {
            Mark::open(&path).unwrap().0.write(count).unwrap();
            assert_eq!(Mark::open(&path).unwrap().1, count);
        }
        // 4 stands in the first block, 5 in the second.
        let whole = fs::read(&path).unwrap();
        for (place, left) in [(0, Some(5)), (4_096, Some(4))] {
            for bit in 0..LENGTH * 8 {
                let mut torn = whole.clone();
                torn[place + bit / 8] ^= 1 << (bit % 8);
                fs::write(&path, &torn).unwrap();
                assert_eq!(Mark::open(&path).ok().map(|(_, count)| count), left);
            }
        }
        fs::write(&path, vec![0; whole.len()]).unwrap();
        assert_eq!(Mark::open(&path).unwrap_err(), Fault::corrupt("the count of what was acknowledged is damaged"));
        fs::remove_file(&path).unwrap();
        assert_eq!(Mark::open(&path).unwrap_err(), Fault::corrupt("the count of what was acknowledged is missing"));
    }
}
