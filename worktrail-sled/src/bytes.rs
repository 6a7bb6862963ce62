//! Writing values as bytes, and reading them back.

use uuid::Uuid;
use worktrail_core::store::Digest;

/// Writes values one after the other. It has no `Debug`, nor has what reads them: they are what is stored.
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    /// Begins with a number that says what follows.
    pub(crate) fn new(form: u8) -> Self {
        Self::with_capacity(128).raw(&[form])
    }

    /// Begins with nothing.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    pub(crate) fn raw(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    pub(crate) fn number(self, number: u64) -> Self {
        self.raw(&number.to_be_bytes())
    }

    pub(crate) fn signed(self, number: i64) -> Self {
        self.raw(&number.to_be_bytes())
    }

    pub(crate) fn id(self, id: Uuid) -> Self {
        self.raw(id.as_bytes())
    }

    /// Bytes of any length, with that length.
    pub(crate) fn bytes(self, bytes: &[u8]) -> Self {
        self.number(bytes.len() as u64).raw(bytes)
    }

    pub(crate) fn optional<T>(self, value: Option<T>, write: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            None => self.raw(&[0]),
            Some(value) => write(self.raw(&[1]), value),
        }
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Reads what [`Writer`] wrote. Whatever does not fit gives nothing.
pub(crate) struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    /// Begins to read what begins with `form`.
    pub(crate) fn new(bytes: &'b [u8], form: u8) -> Option<Self> {
        bytes.strip_prefix(&[form]).map(Self)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (array, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*array)
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub(crate) fn number(&mut self) -> Option<u64> {
        self.array().map(u64::from_be_bytes)
    }

    pub(crate) fn signed(&mut self) -> Option<i64> {
        self.array().map(i64::from_be_bytes)
    }

    pub(crate) fn id(&mut self) -> Option<Uuid> {
        self.array().map(Uuid::from_bytes)
    }

    pub(crate) fn digest(&mut self) -> Option<Digest> {
        self.array().map(Digest::new)
    }

    pub(crate) fn bytes(&mut self) -> Option<&'b [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    pub(crate) fn text(&mut self) -> Option<&'b str> {
        str::from_utf8(self.bytes()?).ok()
    }

    /// A value that may be absent. The outer nothing is what does not fit.
    #[expect(clippy::option_option, reason = "what does not fit is something else than what is absent")]
    pub(crate) fn optional<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.byte()? {
            0 => Some(None),
            1 => read(self).map(Some),
            _ => None,
        }
    }

    /// `value`, when nothing is left.
    pub(crate) fn finish<T>(self, value: T) -> Option<T> {
        self.0.is_empty().then_some(value)
    }
}
