//! Variants of a method: programmes for some of its participants (S101).

use super::coded::coded;
use super::method::Method;
use super::rejection::Rejection;

coded! {
    /// A variant of a method. A base for the host's own list (`DA9`); not to be confused with the recruitment programme.
    pub enum ProgrammeVariant {
        /// IPS for young people, with a fidelity scale of its own (IPS-Y).
        IpsUng = "ips_ung", "IPS Ung", "IPS for young people (IPS-Y)";
    }
}

impl ProgrammeVariant {
    /// The method that it is a variant of.
    #[must_use]
    pub const fn method(self) -> Method {
        match self {
            Self::IpsUng => Method::Ips,
        }
    }

    /// Refuses a variant of another method (S101, of state: neither a team nor a trail has one).
    pub(super) fn must_be_of(self, method: Method) -> Result<(), Rejection> {
        if self.method() == method { Ok(()) } else { Err(Rejection::VariantNotOfMethod { method, variant: self }) }
    }
}
