//! What happened: one fact for every accepted act, with the details that a history shows.

/// Makes [`Fact`] and [`FactCode`] from one table, so that the two cannot drift apart.
macro_rules! facts {
    ($(
        $(#[$meta:meta])*
        $name:ident = $code:literal, $nb:literal, $en:literal {
            $( $(#[$field_meta:meta])* $field:ident: $type:ty, )*
        }
    )+) => {
        /// What happened. A fact may hold personal values; they are silent in `Debug`, and its code and label remain
        /// when they are forgotten.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "fact")]
        pub enum Fact {
            $(
                $(#[$meta])*
                #[serde(rename = $code)]
                $name { $( $(#[$field_meta])* $field: $type, )* },
            )+
        }

        impl Fact {
            /// Which kind of fact it is.
            #[must_use]
            pub const fn kind(&self) -> FactCode {
                match self { $( Self::$name { .. } => FactCode::$name, )+ }
            }
        }

        coded! {
            /// The kinds of fact: what is left of a fact whose personal part was forgotten.
            pub enum FactCode { $( $(#[$meta])* $name = $code, $nb, $en; )+ }
        }
    };
}

mod table;

pub use table::{Fact, FactCode};

impl Fact {
    /// The stable code of its kind, the same as in serde.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.kind().code()
    }

    /// What a person reads.
    #[must_use]
    pub const fn label(&self) -> crate::label::Label {
        self.kind().label()
    }
}

impl FactCode {
    /// The kind with this code, if there is one.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::from_code(code)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_its_own_and_reads_back() {
        let codes: BTreeSet<_> = FactCode::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes.len(), FactCode::ALL.len());
        for kind in FactCode::ALL {
            assert_eq!(FactCode::parse(kind.code()), Some(kind));
        }
        assert_eq!(FactCode::parse("nothing"), None);
    }

    #[test]
    fn a_stored_fact_outlives_todays_grammar_and_stays_silent() {
        let stored = serde_json::json!({
            "fact": "contact_points_corrected",
            "participant": "00000000-0000-0000-0000-000000000001",
            "phone_before": "+47 ring meg",
            "email": "spurv@localhost",
        });
        let fact: Fact = serde_json::from_value(stored).expect("kept");
        assert_eq!(fact.kind(), FactCode::ContactPointsCorrected);
        let shown = format!("{fact:?}");
        assert!(!shown.contains("ring") && !shown.contains("spurv"), "{shown}");
    }
}
