//! The notice that tells a participant of their rights: five parts, in both languages, in versions.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::attestation::{Attestation, AttestationKind};
use super::coded::coded;
use super::day_of::DayOf;
use super::fact::Fact;
use super::id::NoticeId;
use super::kept::{Kept, NotKept, kept};
use super::moment::Authorship;
use super::rejection::Rejection;
use super::text::{Line, Text};
use super::text_hash::TextHash;
use crate::label::Language;

mod default;

pub use default::{Controller, DefaultNotice};

/// A published version of a notice. It is never changed: other words are another version, and make information due
/// again (S80).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    id: NoticeId,
    #[serde(deserialize_with = "kept")]
    name: Line<80>,
    #[serde(deserialize_with = "kept")]
    version: Line<40>,
    valid_from: NaiveDate,
    #[serde(deserialize_with = "kept")]
    parts: NoticeParts,
    published: Authorship,
}

/// What is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewNotice {
    /// Which notice: what an attestation names.
    pub name: Line<80>,
    /// Which version of it.
    pub version: Line<40>,
    /// The first day on which it is the one that people are informed by.
    pub valid_from: NaiveDate,
    /// What it says.
    pub parts: NoticeParts,
}

/// The five parts of a notice: there are neither more nor fewer, and none is empty (S80a–e, of state).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeParts {
    /// The controller's name and contact (S80a).
    pub controller: InBothLanguages,
    /// What the data are for (S80b).
    pub purposes: InBothLanguages,
    /// From whom data are collected besides the participant, and which (S80c).
    pub sources: InBothLanguages,
    /// Whether data are disclosed, and to whom (S80d).
    pub disclosure: InBothLanguages,
    /// The right to access, correction and erasure (S80e).
    pub rights: InBothLanguages,
}

/// A text in the two languages of the library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InBothLanguages {
    /// Norwegian, Bokmål.
    pub nb: Text<4000>,
    /// English.
    pub en: Text<4000>,
}

coded! {
    /// The five parts of a notice, in the order in which they are read.
    pub enum NoticePart {
        /// Who answers for the data (S80a).
        Controller = "controller", "Navn og kontaktinformasjon på behandlingsansvarlig", "Controller's name and contact";
        /// What for (S80b).
        Purposes = "purposes", "Formålet med behandlingen", "Purposes";
        /// From whom else, and what (S80c).
        Sources = "sources", "Hva som innhentes fra andre, og fra hvem", "What is collected from others, and from whom";
        /// To whom (S80d).
        Disclosure = "disclosure", "Om opplysningene blir utlevert, og til hvem", "Whether data are disclosed, and to whom";
        /// The participant's rights (S80e).
        Rights = "rights", "Rett til innsyn, retting og sletting", "Right to access, correction and erasure";
    }
}

/// How a participant stands to a notice on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Information<'a> {
    /// The version that people are informed by on that day.
    pub present: &'a Notice,
    /// The newest attestation that the participant was informed by this notice, whatever the version.
    pub newest: Option<&'a Attestation>,
    /// The day since which information is due; none for somebody who was informed by the present version.
    pub due_since: Option<NaiveDate>,
}

impl Notice {
    /// Publishes a version.
    ///
    /// Rule of transition: it is valid from the day of the act at the earliest, so that nobody becomes due backwards.
    /// That a name has a version once, and one version a first day, is for the store, as unique values.
    ///
    /// # Errors
    /// [`Rejection::DateBefore`], [`Rejection::DateOutOfRange`].
    pub fn publish(id: NoticeId, new: NewNotice, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        Rejection::all(DayOf::NoticeValidFrom.faults_of_end(new.valid_from, by))?;
        let NewNotice { name, version, valid_from, parts } = new;
        let fact = Fact::NoticePublished { notice: id, name: name.clone(), version: version.clone(), valid_from };
        Ok((Self { id, name, version, valid_from, parts, published: *by }, fact))
    }

    /// How a participant stands to the notice of a name on a day: by which version people are informed, when the
    /// participant last was, and since when it is due (S80). None while no version is valid.
    ///
    /// Who was informed by an older version is due since the first one after it; who was never informed, or by a version
    /// that was not published here, since the present one. Who was told of a version ahead of its day is not due when
    /// the day comes.
    #[must_use]
    pub fn information<'a>(
        name: &Line<80>,
        notices: &[&'a Self],
        attestations: &[&'a Attestation],
        on: NaiveDate,
    ) -> Option<Information<'a>> {
        let mut versions: Vec<&'a Self> = notices.iter().copied().filter(|notice| notice.name == *name).collect();
        versions.sort_by_key(|notice| (notice.valid_from, notice.id));
        let present = versions.iter().copied().rfind(|notice| notice.valid_from <= on)?;
        let newest = attestations
            .iter()
            .copied()
            .filter(|it| it.made().day() <= on && it.kind().notice().is_some_and(|(notice, _)| notice == name))
            .max_by_key(|it| (it.made().at(), it.id()));
        let told = newest.and_then(|it| it.kind().notice()).map(|(_, version)| version);
        let known = versions.iter().position(|notice| told == Some(&notice.version));
        let due_since = match known {
            Some(known) => versions.iter().skip(known + 1).find(|notice| notice.valid_from <= on),
            None => Some(&present),
        };
        Some(Information { present, newest, due_since: due_since.map(|notice| notice.valid_from) })
    }

    /// What it says in a language, as it is shown: the five parts under their headings.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let part = |part: NoticePart| {
            format!("{}\n{}", part.label().in_language(language), self.parts.part(part).in_language(language).as_str())
        };
        NoticePart::ALL.map(part).join("\n\n")
    }

    /// The proof of its words in a language.
    #[must_use]
    pub fn text_hash(&self, language: Language) -> TextHash {
        TextHash::of(self.text(language).as_bytes())
    }

    /// That somebody was informed by it: what an attestation says.
    #[must_use]
    pub fn informed(&self, language: Language, channel: super::channel::Channel) -> AttestationKind {
        let (notice, version) = (self.name.clone(), self.version.clone());
        AttestationKind::RightsInformation { notice, version, language, channel }
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> NoticeId {
        self.id
    }

    /// Which notice it is a version of.
    #[must_use]
    pub const fn name(&self) -> &Line<80> {
        &self.name
    }

    /// Which version it is.
    #[must_use]
    pub const fn version(&self) -> &Line<40> {
        &self.version
    }

    /// The first day on which people are informed by it.
    #[must_use]
    pub const fn valid_from(&self) -> NaiveDate {
        self.valid_from
    }

    /// What it says.
    #[must_use]
    pub const fn parts(&self) -> &NoticeParts {
        &self.parts
    }

    /// Who published it, and when.
    #[must_use]
    pub const fn published(&self) -> &Authorship {
        &self.published
    }
}

impl NoticeParts {
    /// One of the parts.
    #[must_use]
    pub const fn part(&self, part: NoticePart) -> &InBothLanguages {
        match part {
            NoticePart::Controller => &self.controller,
            NoticePart::Purposes => &self.purposes,
            NoticePart::Sources => &self.sources,
            NoticePart::Disclosure => &self.disclosure,
            NoticePart::Rights => &self.rights,
        }
    }
}

impl InBothLanguages {
    /// The text in one language.
    #[must_use]
    pub const fn in_language(&self, language: Language) -> &Text<4000> {
        match language {
            Language::Norwegian => &self.nb,
            Language::English => &self.en,
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct KeptParts {
    #[serde(deserialize_with = "kept")]
    controller: InBothLanguages,
    #[serde(deserialize_with = "kept")]
    purposes: InBothLanguages,
    #[serde(deserialize_with = "kept")]
    sources: InBothLanguages,
    #[serde(deserialize_with = "kept")]
    disclosure: InBothLanguages,
    #[serde(deserialize_with = "kept")]
    rights: InBothLanguages,
}

impl Kept for NoticeParts {
    type Form = KeptParts;

    fn from_kept(form: KeptParts) -> Result<Self, NotKept> {
        let KeptParts { controller, purposes, sources, disclosure, rights } = form;
        Ok(Self { controller, purposes, sources, disclosure, rights })
    }
}

#[derive(Deserialize)]
pub(crate) struct KeptTexts {
    #[serde(deserialize_with = "kept")]
    nb: Text<4000>,
    #[serde(deserialize_with = "kept")]
    en: Text<4000>,
}

impl Kept for InBothLanguages {
    type Form = KeptTexts;

    fn from_kept(form: KeptTexts) -> Result<Self, NotKept> {
        Ok(Self { nb: form.nb, en: form.en })
    }
}

#[cfg(test)]
mod tests;
