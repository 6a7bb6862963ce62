//! What a person reads: every value that is shown has a Norwegian and an English label.

#[cfg(test)]
mod dictionary;

/// A label in the two languages of the library.
///
/// Each enum keeps its labels in one table, its `label` method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// Norwegian, Bokmål.
    pub nb: &'static str,
    /// English.
    pub en: &'static str,
}

/// The language that a label is read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// Norwegian, Bokmål.
    #[default]
    Norwegian,
    /// English.
    English,
}

impl Label {
    /// Makes a label from its Norwegian and its English form.
    #[must_use]
    pub const fn new(nb: &'static str, en: &'static str) -> Self {
        Self { nb, en }
    }

    /// The form in one language.
    ///
    /// ```
    /// use worktrail_core::label::{Label, Language};
    ///
    /// let label = Label::new("Jobbspor", "Trail");
    /// assert_eq!(label.in_language(Language::English), "Trail");
    /// ```
    #[must_use]
    pub const fn in_language(&self, language: Language) -> &'static str {
        match language {
            Language::Norwegian => self.nb,
            Language::English => self.en,
        }
    }
}
