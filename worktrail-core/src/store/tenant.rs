//! The organisation that everything belongs to.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// An organisation: the unit of order, of keys and of moving house. Every key, index, unique rule, cursor and
/// journal belongs to one, and no call sees two.
///
/// A host with one organisation never has to name it: [`Tenant::default`] is `main`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tenant(String);

/// A tenant's name was not 1 to 64 of `a–z`, `0–9`, `-` and `_`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a tenant's name is 1 to 64 of a–z, 0–9, '-' and '_'")]
pub struct NotTenant;

impl Tenant {
    /// Reads a name.
    ///
    /// # Errors
    /// [`NotTenant`] when it is not 1 to 64 of `a–z`, `0–9`, `-` and `_`.
    pub fn parse(name: &str) -> Result<Self, NotTenant> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_';
        if (1..=64).contains(&name.len()) && name.bytes().all(fits) {
            Ok(Self(name.to_owned()))
        } else {
            Err(NotTenant)
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Tenant {
    fn default() -> Self {
        Self("main".to_owned())
    }
}

impl fmt::Display for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Tenant {
    type Error = NotTenant;

    fn try_from(name: String) -> Result<Self, NotTenant> {
        Self::parse(&name)
    }
}

impl From<Tenant> for String {
    fn from(tenant: Tenant) -> Self {
        tenant.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_short_names_are_tenants() {
        assert_eq!(Tenant::parse("baerum-2").unwrap().as_str(), "baerum-2");
        for name in ["", "Bærum", "a b", "a'b", "\0", &"a".repeat(65)] {
            assert_eq!(Tenant::parse(name), Err(NotTenant));
        }
    }
}
