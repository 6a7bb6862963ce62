//! Values longer than sled can keep safely, in pieces.
//!
//! A value begins with the number of its further pieces, each under a key of its own.

use std::borrow::Cow;

use sled::IVec;
use worktrail_core::store::Tenant;

use crate::bytes::Writer;
use crate::engine::{Changes, Engine, LONGEST_VALUE};
use crate::error::Fault;
use crate::key::KeyBytes;

/// The bytes of the number of further pieces.
const COUNT: usize = 2;

/// A value that was read. It has no `Debug`: it is what is stored.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Long {
    /// With the number of pieces, as it stands there; one of several pieces is put together after it.
    value: IVec,
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

/// Begins to write a value that may be long.
pub(crate) fn writer(form: u8, length: usize) -> Writer {
    Writer::with_capacity(COUNT + length).raw(&[0; COUNT]).raw(&[form])
}

impl Long {
    /// The value of a key.
    pub(crate) fn get(engine: &Engine, tenant: &Tenant, key: &KeyBytes) -> Result<Option<Self>, Fault> {
        engine.get(key.as_ref())?.map(|first| Self::read(engine, tenant, key, first)).transpose()
    }

    /// The value of a key whose first piece was read.
    pub(crate) fn read(engine: &Engine, tenant: &Tenant, key: &KeyBytes, first: IVec) -> Result<Self, Fault> {
        let missing = || Fault::corrupt("a piece of a long value is missing");
        let pieces = first.first_chunk().copied().map(u16::from_be_bytes).ok_or_else(missing)?;
        if pieces == 0 {
            return Ok(Self { value: first, pieces: Pieces(0) });
        }
        let mut value = first.to_vec();
        for piece in 0..pieces {
            value.extend_from_slice(&engine.get(key.more(tenant, piece).as_ref())?.ok_or_else(missing)?);
        }
        Ok(Self { value: value.into(), pieces: Pieces(pieces) })
    }

    /// What was written after [`writer`] began it.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.value.get(COUNT..).unwrap_or_default()
    }

    /// The same with other bytes at a place, to be written again.
    pub(crate) fn with(&self, place: usize, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut value = self.value.to_vec();
        value.get_mut(COUNT + place..)?.get_mut(..bytes.len())?.copy_from_slice(bytes);
        Some(value)
    }

    /// Sets a key to a value that [`writer`] began, in place of one of so many pieces.
    pub(crate) fn put(
        changes: &mut Changes,
        tenant: &Tenant,
        key: &KeyBytes,
        value: &[u8],
        former: Pieces,
    ) -> Result<(), Fault> {
        let (first, rest) = value.split_at(value.len().min(LONGEST_VALUE));
        let rest = rest.chunks(LONGEST_VALUE);
        let count = u16::try_from(rest.len()).map_err(|_| Fault::misuse("a value is too long"))?;
        let mut first = Cow::Borrowed(first);
        if !first.starts_with(&count.to_be_bytes()) {
            let place = first.to_mut().first_chunk_mut::<COUNT>();
            *place.ok_or_else(|| Fault::misuse("a value without a number of pieces"))? = count.to_be_bytes();
        }
        changes.put(key, &first)?;
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
