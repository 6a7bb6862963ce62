//! E-mail addresses.

use serde::Deserialize;
use thiserror::Error;

use super::kept::{Kept, NotKept, kept_text};
use super::redacted::{Quiet, redacted_debug, text_door};

/// An e-mail address: what a mailbox at a public domain looks like, its domain in lower case.
///
/// Quoted local parts and addresses of a bare machine are not accepted, although the mail standard has them.
///
/// # Examples
/// ```
/// use worktrail_core::domain::EmailAddress;
///
/// assert_eq!(EmailAddress::parse(" Lun.Skilpadde@Example.COM ")?.as_str(), "Lun.Skilpadde@example.com");
/// # Ok::<(), worktrail_core::domain::NotEmailAddress>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "Quiet")]
pub struct EmailAddress(String);

/// Why a text is not an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotEmailAddress {
    /// It is longer than 254 bytes, or the part before the `@` than 64.
    #[error("an e-mail address has at most 254 bytes, 64 of them before the @")]
    TooLong,
    /// It has no `@`, or more than one.
    #[error("an e-mail address has one @")]
    At,
    /// The part before the `@` is none.
    #[error("the part before the @ is none")]
    Local,
    /// The part after the `@` is no domain.
    #[error("the part after the @ is no domain")]
    Domain,
}

impl EmailAddress {
    /// Reads an e-mail address.
    ///
    /// # Errors
    /// [`NotEmailAddress`] says what is wrong, without the address.
    pub fn parse(text: &str) -> Result<Self, NotEmailAddress> {
        let text = text.trim();
        if text.len() > 254 {
            return Err(NotEmailAddress::TooLong);
        }
        let (local, domain) = text.split_once('@').ok_or(NotEmailAddress::At)?;
        if domain.contains('@') {
            return Err(NotEmailAddress::At);
        }
        if local.len() > 64 {
            return Err(NotEmailAddress::TooLong);
        }
        if !local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(may_stand_in_atom)) {
            return Err(NotEmailAddress::Local);
        }
        let domain = domain.to_lowercase();
        if !domain.contains('.') || !domain.split('.').all(is_domain_label) {
            return Err(NotEmailAddress::Domain);
        }
        let address = format!("{local}@{domain}");
        // A few letters grow when they become lower case.
        if address.len() > 254 { Err(NotEmailAddress::TooLong) } else { Ok(Self(address)) }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

redacted_debug!(EmailAddress);
text_door!(EmailAddress, NotEmailAddress);

impl Kept for EmailAddress {
    type Form = Quiet;

    fn from_kept(form: Quiet) -> Result<Self, NotKept> {
        kept_text(form).map(Self)
    }
}

fn may_stand_in_atom(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c)
}

fn is_domain_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|c| c.is_alphanumeric() || c == '-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_addresses_are_read() {
        for text in ["spurv@example.com", "kvikk.spurv+ips@mail.example.com", "våken.ugle@blåklokke.example"] {
            assert_eq!(EmailAddress::parse(text).expect(text).as_str(), text);
        }
    }

    #[test]
    fn each_fault_has_its_own_error() {
        use NotEmailAddress::{At, Domain, Local, TooLong};
        let faults = [
            ("", At),
            ("spurv", At),
            ("spurv@example@example.com", At),
            ("@example.com", Local),
            ("kvikk..spurv@example.com", Local),
            ("kvikk spurv@example.com", Local),
            ("spurv\0@example.com", Local),
            ("spurv@example", Domain),
            ("spurv@-example.com", Domain),
            ("spurv@example..com", Domain),
            ("spurv@exa_mple.com", Domain),
        ];
        for (text, fault) in faults {
            assert_eq!(EmailAddress::parse(text), Err(fault), "{text:?}");
        }
        assert_eq!(EmailAddress::parse(&format!("{}@example.com", "a".repeat(65))), Err(TooLong));
        assert_eq!(EmailAddress::parse(&"a".repeat(255)), Err(TooLong));
    }

    #[test]
    fn an_address_is_as_long_as_mail_takes_it_and_no_longer() {
        let address = |last: usize| {
            let labels = [("a", 63), ("b", 63), ("c", last)].map(|(letter, times)| letter.repeat(times));
            format!("{}@{}", "k".repeat(64), labels.join("."))
        };
        assert_eq!(EmailAddress::parse(&address(61)).map(|it| it.as_str().len()), Ok(254));
        assert_eq!(EmailAddress::parse(&address(62)), Err(NotEmailAddress::TooLong));
        // Ⱥ takes a byte more when it is small
        let grows = format!("{}@{}", "k".repeat(64), ["Ⱥ".repeat(21).as_str(); 4].join("."));
        assert!(grows.len() < 254);
        assert_eq!(EmailAddress::parse(&grows), Err(NotEmailAddress::TooLong));
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_accepted_again_unchanged(text in "\\PC{1,9}@\\PC{1,9}\\.[A-Z]{2}|[a-z.]{1,9}@[A-Z.-]{1,9}") {
            if let Ok(once) = EmailAddress::parse(&text) {
                prop_assert_eq!(EmailAddress::parse(once.as_str()), Ok(once));
            }
        }
    }
}
