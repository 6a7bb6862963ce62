//! An organisation's own guidance: what it tells whoever is unsure of a routine (S81, S106).

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Builder;

use super::fact::Fact;
use super::id::GuidanceId;
use super::kept::{Kept, NotKept, kept};
use super::method::Method;
use super::moment::Authorship;
use super::phase::Phase;
use super::rejection::Rejection;
use super::text::{Line, Text};
use super::topic::Topic;

/// What guidance is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "what", content = "which", rename_all = "snake_case")]
pub enum GuidanceOn {
    /// A method.
    Method(Method),
    /// A phase.
    Phase(Phase),
    /// A topic.
    Topic(Topic),
    /// A command by its name, the library's or the host's own.
    Command(Line<60>),
}

/// What an organisation tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuidanceTerms {
    /// What a person reads, in Norwegian.
    pub nb: Text<2000>,
    /// What a person reads, in English.
    pub en: Text<2000>,
    /// Where there is more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Line<300>>,
}

/// An organisation's own guidance on one thing: it takes the place of the library's for as long as it stands.
///
/// There is one on each thing, under an id that follows from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guidance {
    id: GuidanceId,
    #[serde(deserialize_with = "kept")]
    on: GuidanceOn,
    /// None after it was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "kept")]
    terms: Option<GuidanceTerms>,
    stated: Authorship,
}

#[derive(Deserialize)]
#[serde(tag = "what", content = "which", rename_all = "snake_case")]
pub(crate) enum KeptGuidanceOn {
    Method(Method),
    Phase(Phase),
    Topic(Topic),
    Command(#[serde(deserialize_with = "kept")] Line<60>),
}

impl Kept for GuidanceOn {
    type Form = KeptGuidanceOn;

    fn from_kept(form: KeptGuidanceOn) -> Result<Self, NotKept> {
        Ok(match form {
            KeptGuidanceOn::Method(method) => Self::Method(method),
            KeptGuidanceOn::Phase(phase) => Self::Phase(phase),
            KeptGuidanceOn::Topic(topic) => Self::Topic(topic),
            KeptGuidanceOn::Command(name) => Self::Command(name),
        })
    }
}

#[derive(Deserialize)]
pub(crate) struct KeptGuidanceTerms {
    #[serde(deserialize_with = "kept")]
    nb: Text<2000>,
    #[serde(deserialize_with = "kept")]
    en: Text<2000>,
    #[serde(default, deserialize_with = "kept")]
    link: Option<Line<300>>,
}

impl Kept for GuidanceTerms {
    type Form = KeptGuidanceTerms;

    fn from_kept(form: KeptGuidanceTerms) -> Result<Self, NotKept> {
        let KeptGuidanceTerms { nb, en, link } = form;
        Ok(Self { nb, en, link })
    }
}

impl GuidanceOn {
    /// The kind of thing, and its stable code.
    #[must_use]
    pub fn code(&self) -> (&'static str, &str) {
        match self {
            Self::Method(method) => ("method", method.code()),
            Self::Phase(phase) => ("phase", phase.code()),
            Self::Topic(topic) => ("topic", topic.code()),
            Self::Command(name) => ("command", name.as_str()),
        }
    }
}

impl GuidanceId {
    /// The id of the one guidance on a thing.
    #[must_use]
    pub fn of(on: &GuidanceOn) -> Self {
        let (what, which) = on.code();
        let digest = Sha256::new().chain_update("worktrail guidance 1 ").chain_update(what).chain_update(" ");
        let mut bytes = [0; 16];
        for (byte, from) in bytes.iter_mut().zip(digest.chain_update(which).finalize()) {
            *byte = from;
        }
        Self::new(Builder::from_custom_bytes(bytes).into_uuid())
    }
}

impl Guidance {
    /// States guidance on a thing for the first time or anew, or withdraws it, so that the library's stands again.
    ///
    /// # Errors
    /// [`Rejection::NothingChanges`].
    pub fn state(
        former: Option<&Self>,
        on: GuidanceOn,
        terms: Option<GuidanceTerms>,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        if former.and_then(Self::terms) == terms.as_ref() {
            return Err(Rejection::NothingChanges);
        }
        let fact = match terms {
            Some(_) => Fact::GuidanceStated { on: on.clone() },
            None => Fact::GuidanceWithdrawn { on: on.clone() },
        };
        Ok((Self { id: GuidanceId::of(&on), on, terms, stated: *by }, fact))
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> GuidanceId {
        self.id
    }

    /// What it is about.
    #[must_use]
    pub const fn on(&self) -> &GuidanceOn {
        &self.on
    }

    /// What it says; none after it was withdrawn.
    #[must_use]
    pub const fn terms(&self) -> Option<&GuidanceTerms> {
        self.terms.as_ref()
    }

    /// Who stated or withdrew it last, and when.
    #[must_use]
    pub const fn stated(&self) -> &Authorship {
        &self.stated
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::by_spurv;

    fn terms(nb: &str) -> GuidanceTerms {
        let en = Text::parse("Ask your supervisor.").expect("a text");
        GuidanceTerms { nb: Text::parse(nb).expect("a text"), en, link: None }
    }

    #[test]
    fn s81_an_organisation_states_its_own_guidance_changes_it_and_takes_it_back() {
        let (on, by) = (GuidanceOn::Phase(Phase::Mapping), by_spurv("2022-06-01"));
        // given nothing, there is nothing to take back
        assert_eq!(Guidance::state(None, on.clone(), None, &by), Err(Rejection::NothingChanges));
        // when it is stated, then it stands, and the same again changes nothing
        let (stated, fact) = Guidance::state(None, on.clone(), Some(terms("Spør veilederen.")), &by).expect("stated");
        assert_eq!((stated.terms(), fact.code()), (Some(&terms("Spør veilederen.")), "guidance_stated"));
        let again = Guidance::state(Some(&stated), on.clone(), Some(terms("Spør veilederen.")), &by);
        assert_eq!(again, Err(Rejection::NothingChanges));
        assert!(Guidance::state(Some(&stated), on.clone(), Some(terms("Spør teamet.")), &by).is_ok());
        // and when it is withdrawn, then nothing stands, under the same id
        let (withdrawn, fact) = Guidance::state(Some(&stated), on, None, &by).expect("withdrawn");
        assert_eq!((withdrawn.id(), withdrawn.terms(), fact.code()), (stated.id(), None, "guidance_withdrawn"));
    }

    #[test]
    fn each_thing_has_an_id_of_its_own() {
        let command = |name: &str| GuidanceOn::Command(Line::parse(name).expect("a line"));
        let things = [
            GuidanceOn::Phase(Phase::Mapping),
            GuidanceOn::Method(Method::Ips),
            GuidanceOn::Topic(Topic::Health),
            command("health"),
            command("open_trail"),
        ];
        let ids: std::collections::BTreeSet<_> = things.iter().map(GuidanceId::of).collect();
        assert_eq!(ids.len(), things.len());
    }
}
