//! Where a paper is that somebody signed: the bytes are the host's, the library knows which they are.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::day_of::DayOf;
use super::kept::{Kept, NotKept, kept};
use super::moment::Authorship;
use super::rejection::Rejection;
use super::text::Line;
use super::text_hash::TextHash;

/// A document that the host keeps (S31): which one, by whom it was signed, where the original is, and the digest that
/// shows whether a file is the one that was meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentReference {
    /// What it is.
    pub kind: DocumentKind,
    /// Which version of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Line<40>>,
    /// Who signed it, and when; none for what takes no signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
    /// Where the original is: the id in the host's archive.
    pub archive: Line<200>,
    /// The digest of its bytes.
    pub digest: TextHash,
}

/// Who signed a document, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Who, by name.
    pub by: Line<120>,
    /// On which day.
    pub on: NaiveDate,
}

coded! {
    /// What a document is.
    pub enum DocumentKind {
        /// A signed consent.
        ConsentForm = "consent_form", "Samtykkeskjema", "Consent form";
        /// A plan: job development, job support.
        Plan = "plan", "Plan", "Plan";
        /// A curriculum vitae.
        Cv = "cv", "CV", "CV";
        /// A certificate or reference.
        Certificate = "certificate", "Attest eller vitnemål", "Certificate";
        /// A guardian's mandate.
        Mandate = "mandate", "Vergefullmakt", "Guardian's mandate";
        /// Anything else.
        Other = "other", "Annet", "Other";
    }
}

impl DocumentReference {
    /// What is wrong with it at an act: nobody has signed on a day to come.
    pub(crate) fn faults(&self, by: &Authorship) -> Vec<Rejection> {
        self.signature.as_ref().map_or_else(Vec::new, |it| DayOf::DocumentSigned.faults(it.on, None, by))
    }

    /// Whether these bytes are the document that was meant.
    #[must_use]
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        self.digest == TextHash::of(bytes)
    }
}

/// [`DocumentReference`] as a store gives it back.
#[derive(Deserialize)]
pub(crate) struct KeptReference {
    kind: DocumentKind,
    #[serde(default, deserialize_with = "kept")]
    version: Option<Line<40>>,
    #[serde(default, deserialize_with = "kept")]
    signature: Option<Signature>,
    #[serde(deserialize_with = "kept")]
    archive: Line<200>,
    #[serde(deserialize_with = "kept")]
    digest: TextHash,
}

impl Kept for DocumentReference {
    type Form = KeptReference;

    fn from_kept(form: KeptReference) -> Result<Self, NotKept> {
        let KeptReference { kind, version, signature, archive, digest } = form;
        Ok(Self { kind, version, signature, archive, digest })
    }
}

#[derive(Deserialize)]
pub(crate) struct KeptSignature {
    #[serde(deserialize_with = "kept")]
    by: Line<120>,
    on: NaiveDate,
}

impl Kept for Signature {
    type Form = KeptSignature;

    fn from_kept(form: KeptSignature) -> Result<Self, NotKept> {
        Ok(Self { by: form.by, on: form.on })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{by_spurv, day, document};

    #[test]
    fn s31_a_document_is_told_by_its_bytes() {
        let reference = document(DocumentKind::Plan);
        assert!(reference.is_of(b"plan"));
        assert!(!reference.is_of(b"plan, changed"));
    }

    #[test]
    fn s31_nobody_has_signed_on_a_day_to_come() {
        let reference = document(DocumentKind::ConsentForm);
        assert_eq!(reference.signature.as_ref().map(|it| it.on), Some(day("2022-05-30")));
        assert_eq!(reference.faults(&by_spurv("2022-05-30")), []);
        let ahead = [Rejection::DateInFuture { day: DayOf::DocumentSigned }];
        assert_eq!(reference.faults(&by_spurv("2022-05-29")), ahead);
    }

    #[test]
    fn a_reference_survives_the_round_trip_and_shows_nobody() {
        let reference = document(DocumentKind::Certificate);
        let json = serde_json::to_string(&reference).expect("json");
        assert_eq!(serde_json::from_str::<DocumentReference>(&json).expect("one"), reference);
        let kept = DocumentReference::from_kept(serde_json::from_str(&json).expect("kept"));
        assert_eq!(kept.as_ref(), Ok(&reference));
        assert!(!format!("{reference:?}").contains("HUMLE"));
    }
}
