//! Values longer than sled can keep safely, in pieces.
//!
//! A value begins with the number of its further pieces, each under a key of its own.

use sled::IVec;
use worktrail_core::store::Tenant;

use crate::engine::{Changes, Engine, LONGEST_VALUE};
use crate::error::Fault;
use crate::key::KeyBytes;

/// The bytes of the number of further pieces.
const COUNT: usize = 2;

/// A value that was read. It has no `Debug`: it is what is stored.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Long {
    pub(crate) bytes: Vec<u8>,
    pub(crate) pieces: Pieces,
}

/// How many further pieces a value has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Pieces(u16);

impl Pieces {
    pub(crate) fn number(self) -> u64 {
        self.0.into()
    }
}

impl Long {
    /// The value of a key.
    pub(crate) fn get(engine: &Engine, tenant: &Tenant, key: &KeyBytes) -> Result<Option<Self>, Fault> {
        engine.get(key.as_ref())?.map(|first| Self::read(engine, tenant, key, &first)).transpose()
    }

    /// The value of a key whose first piece was read.
    pub(crate) fn read(engine: &Engine, tenant: &Tenant, key: &KeyBytes, first: &IVec) -> Result<Self, Fault> {
        let missing = || Fault::corrupt("a piece of a long value is missing");
        let (count, first) = first.split_first_chunk::<COUNT>().ok_or_else(missing)?;
        let pieces = u16::from_be_bytes(*count);
        let mut bytes = first.to_vec();
        for piece in 0..pieces {
            bytes.extend_from_slice(&engine.get(key.more(tenant, piece).as_ref())?.ok_or_else(missing)?);
        }
        Ok(Self { bytes, pieces: Pieces(pieces) })
    }

    /// Sets a key to a value, in place of one of so many pieces.
    pub(crate) fn put(
        changes: &mut Changes,
        tenant: &Tenant,
        key: &KeyBytes,
        bytes: &[u8],
        former: Pieces,
    ) -> Result<(), Fault> {
        let (first, rest) = bytes.split_at(bytes.len().min(LONGEST_VALUE - COUNT));
        let rest = rest.chunks(LONGEST_VALUE);
        let count = u16::try_from(rest.len()).map_err(|_| Fault::misuse("a value is too long"))?;
        changes.put(key, [&count.to_be_bytes(), first].concat())?;
        for (piece, bytes) in (0..).zip(rest) {
            changes.put(key.more(tenant, piece), bytes)?;
        }
        for piece in count..former.0 {
            changes.remove(key.more(tenant, piece));
        }
        Ok(())
    }

    /// Removes a key whose value has so many pieces.
    pub(crate) fn remove(changes: &mut Changes, tenant: &Tenant, key: &KeyBytes, former: Pieces) {
        changes.remove(key);
        for piece in 0..former.0 {
            changes.remove(key.more(tenant, piece));
        }
    }
}
