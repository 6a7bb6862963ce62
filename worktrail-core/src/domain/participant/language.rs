//! The language that a participant wants to be spoken and written to in.

use super::{Datum, FactSource, Participant};
use crate::domain::fact::Fact;
use crate::domain::language_tag::LanguageTag;
use crate::domain::moment::Authorship;
use crate::domain::rejection::Rejection;

impl Participant {
    /// The language, where it is known.
    #[must_use]
    pub const fn language(&self) -> Option<&LanguageTag> {
        self.language.as_ref()
    }

    /// Sets the language; none takes it away. Of transition.
    ///
    /// # Errors
    /// [`Rejection::NothingChanges`] when it is the present one.
    pub fn set_language(
        mut self,
        language: Option<LanguageTag>,
        source: FactSource,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        if self.language == language {
            return Err(Rejection::NothingChanges);
        }
        self.language.clone_from(&language);
        self.state(Datum::Language, source, by);
        let fact = Fact::LanguageSet { participant: self.id, language };
        Ok((self, fact))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{brannhydrant, by_spurv, participant_id};

    #[test]
    fn a_language_is_set_and_taken_away() {
        let by = by_spurv("2022-06-01");
        let (person, _) = Participant::register(participant_id(), brannhydrant(), &by).expect("registered");
        let tag = LanguageTag::parse("so").ok();
        let (person, _) = person.set_language(tag.clone(), FactSource::Participant, &by).expect("set");
        assert_eq!(person.language(), tag.as_ref());
        let again = person.clone().set_language(tag, FactSource::Register, &by);
        assert_eq!(again, Err(Rejection::NothingChanges));
        let (person, fact) = person.set_language(None, FactSource::Participant, &by).expect("taken away");
        assert_eq!((person.language(), fact.code()), (None, "language_set"));
    }
}
