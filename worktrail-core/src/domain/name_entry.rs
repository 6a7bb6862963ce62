//! The list of names: where participants stand who are found by the beginning of any of their names (S77).

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use uuid::{Builder, Uuid};

use super::id::{NameEntryId, ParticipantId, TeamId};
use super::kept::{Kept, NotKept, kept, kept_text};
use super::participant::Participant;
use super::person_name::PersonName;
use super::redacted::{Quiet, redacted_debug, text_door};
use super::trail::Trail;

/// A place in the list of names: a participant's whole name, turned so that it begins with one of its words, for the team
/// that has their open trail.
///
/// Who has no open trail has no place in it, and nobody whose trail is withheld: such a person is found by number, or not
/// at all (`DA3`, `DA4`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameEntry {
    id: NameEntryId,
    participant: ParticipantId,
    team: TeamId,
    #[serde(deserialize_with = "kept")]
    text: Turned,
}

/// A name in the form in which names are compared.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Turned(String);

/// The beginning of a name, as somebody types it: at least two letters.
///
/// Case does not matter, nor does it matter how letters with marks are composed, how many spaces there are, or whether
/// there is a hyphen.
///
/// # Examples
/// ```
/// use worktrail_core::domain::{NameBeginning, NotNameBeginning};
///
/// assert_eq!(NameBeginning::parse("  Absurd   BRA")?, NameBeginning::parse("absurd bra")?);
/// assert_eq!(NameBeginning::parse("A\u{30a}se-Lun")?, NameBeginning::parse("åse lun")?);
/// assert_eq!(NameBeginning::parse("a"), Err(NotNameBeginning::Short));
/// # Ok::<(), NotNameBeginning>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "Quiet")]
pub struct NameBeginning(String);

/// Why a text is not the beginning of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotNameBeginning {
    /// It has fewer than two characters: that would be leafing through everybody.
    #[error("the beginning of a name has at least two characters")]
    Short,
    /// It is longer than any name.
    #[error("the beginning of a name has at most 120 characters")]
    Long,
    /// It holds a control character.
    #[error("the beginning of a name holds no control character")]
    ControlCharacter,
}

/// The most words of a name that it is found by.
const MOST_WORDS: usize = 16;
/// The most characters that are compared.
const MOST_CHARACTERS: usize = 120;

impl NameEntry {
    /// The places of a participant in the list of names, for the trail they have.
    #[must_use]
    pub fn all_of(participant: &Participant, trail: &Trail) -> Vec<Self> {
        let is_shown = !trail.is_ended()
            && !trail.is_withheld()
            && !participant.protection().is_strict()
            && trail.participant() == participant.id();
        if !is_shown {
            return Vec::new();
        }
        let entry = |(place, text)| Self {
            id: NameEntryId::new(id_of(participant.id(), place)),
            participant: participant.id(),
            team: trail.team(),
            text,
        };
        (0_u8..).zip(turned(participant.name())).map(entry).collect()
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> NameEntryId {
        self.id
    }

    /// Whose name it is.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// The team that finds it.
    #[must_use]
    pub const fn team(&self) -> TeamId {
        self.team
    }

    /// The name as it is compared.
    pub(crate) fn text(&self) -> &str {
        &self.text.0
    }
}

/// The id of a participant's place in the list: always the same one, so that a change of name or team writes over it.
fn id_of(participant: ParticipantId, place: u8) -> Uuid {
    let digest = Sha256::new()
        .chain_update("worktrail name entry 1")
        .chain_update(participant.as_uuid().as_bytes())
        .chain_update([place])
        .finalize();
    let mut bytes = [0; 16];
    for (byte, from) in bytes.iter_mut().zip(digest) {
        *byte = from;
    }
    Builder::from_custom_bytes(bytes).into_uuid()
}

/// The name once for each of its words, beginning with it; no two of them the same.
fn turned(name: &PersonName) -> Vec<Turned> {
    let whole = name.compared();
    let words: Vec<_> = whole.split(' ').collect();
    let turn = |first: usize| {
        let (before, from) = words.split_at_checked(first)?;
        let text = [from, before].concat().join(" ");
        Some(Turned(text))
    };
    let mut turned: Vec<_> = (0..words.len().min(MOST_WORDS)).filter_map(turn).collect();
    turned.sort();
    turned.dedup();
    turned
}

/// A text as names are compared: composed, in lower case, words with one space between them and no hyphens, as far as
/// names are compared.
pub(super) fn compared(text: &str) -> String {
    let lower = text.nfc().collect::<String>().to_lowercase();
    // Once more: a lower-case letter may be composed of others than its capital.
    let composed: String = lower.nfc().collect();
    let words = composed.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").chars().take(MOST_CHARACTERS).collect()
}

impl NameBeginning {
    /// Takes what somebody typed.
    ///
    /// # Errors
    /// [`NotNameBeginning`] says what is wrong, without the name.
    pub fn parse(text: &str) -> Result<Self, NotNameBeginning> {
        // Bounded before it is read: a text of any size is refused at once.
        if text.chars().nth(MOST_CHARACTERS).is_some() {
            return Err(NotNameBeginning::Long);
        }
        if text.chars().any(|c| c.is_control() && !c.is_whitespace()) {
            return Err(NotNameBeginning::ControlCharacter);
        }
        let compared = compared(text);
        if compared.chars().nth(1).is_some() { Ok(Self(compared)) } else { Err(NotNameBeginning::Short) }
    }

    /// What is compared.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

redacted_debug!(NameBeginning, Turned);
text_door!(NameBeginning, NotNameBeginning);

impl Kept for Turned {
    type Form = Quiet;

    fn from_kept(form: Quiet) -> Result<Self, NotKept> {
        kept_text(form).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::trail::samples::started;
    use super::*;
    use crate::domain::samples::{brannhydrant, by_spurv, day, participant_id};
    use crate::domain::{
        AddressProtection, EndReason, Ending, NewParticipant, OtherEnding, Protection, StaffShielding,
    };

    fn named(name: PersonName, protection: Protection) -> Participant {
        let new = NewParticipant { name, protection, ..brannhydrant() };
        Participant::register(participant_id(), new, &by_spurv("2022-05-31")).expect("registered").0
    }

    fn open_trail() -> Trail {
        started("2022-05-27", "2022-06-02")
    }

    fn texts(name: PersonName) -> Vec<String> {
        let entries = NameEntry::all_of(&named(name, Protection::default()), &open_trail());
        entries.iter().map(|entry| entry.text().to_owned()).collect()
    }

    #[test]
    fn s77_a_name_stands_in_the_list_once_for_each_of_its_words() {
        let name = PersonName::new("ABSURD", "BRANNHYDRANT").expect("a name");
        assert_eq!(texts(name.clone()), ["absurd brannhydrant", "brannhydrant absurd"]);
        let name = name.with_middle("LUN-RASK").expect("a name");
        let all = [
            "absurd lun rask brannhydrant",
            "brannhydrant absurd lun rask",
            "lun rask brannhydrant absurd",
            "rask brannhydrant absurd lun",
        ];
        assert_eq!(texts(name), all);
        assert_eq!(texts(PersonName::new("LUN", "LUN").expect("a name")), ["lun lun"]);
    }

    #[test]
    fn s77_the_same_place_keeps_its_id_whatever_the_name_is() {
        let ids = |name| {
            let entries = NameEntry::all_of(&named(name, Protection::default()), &open_trail());
            entries.iter().map(NameEntry::id).collect::<Vec<_>>()
        };
        let before = ids(PersonName::new("ABSURD", "BRANNHYDRANT").expect("a name"));
        assert_eq!(before, ids(PersonName::new("LUN", "SKILPADDE").expect("a name")));
        assert_ne!(before[0], before[1]);
    }

    #[test]
    fn da3_da4_who_has_no_open_trail_or_a_withheld_one_has_no_place() {
        let name = PersonName::new("ABSURD", "BRANNHYDRANT").expect("a name");
        let (person, open) = (named(name, Protection::default()), open_trail());
        assert_eq!(NameEntry::all_of(&person, &open).len(), 2);
        let ending = Ending { on: day("2022-09-01"), reason: EndReason::Other(OtherEnding::MovedAway) };
        let (ended, _) = open.clone().end(ending, &[], &by_spurv("2022-09-01")).expect("ended");
        assert_eq!(NameEntry::all_of(&person, &ended), []);
        assert_eq!(NameEntry::all_of(&person, &open.clone().withhold().0), []);
        let strict = Protection::new(AddressProtection::StrictlyConfidential, StaffShielding::None);
        assert_eq!(NameEntry::all_of(&named(person.name().clone(), strict), &open), []);
    }

    #[test]
    fn what_is_no_beginning_of_a_name_is_refused() {
        for (text, fault) in [
            ("", NotNameBeginning::Short),
            (" - ", NotNameBeginning::Short),
            ("å", NotNameBeginning::Short),
            ("lu\0n", NotNameBeginning::ControlCharacter),
        ] {
            assert_eq!(NameBeginning::parse(text), Err(fault), "{text:?}");
        }
        assert_eq!(NameBeginning::parse(&"ab".repeat(61)), Err(NotNameBeginning::Long));
        assert_eq!(NameBeginning::parse(&"7".repeat(10_000_000)), Err(NotNameBeginning::Long));
    }

    proptest! {
        #[test]
        fn comparing_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = compared(&text);
            prop_assert_eq!(compared(&once), once.trim_end());
        }

        #[test]
        fn a_name_is_found_by_the_beginning_of_any_of_its_words(
            words in proptest::collection::vec("[A-ZÆØÅa-zæøå]{1,9}", 1..6),
            word in 0_usize..6,
            length in 2_usize..30,
        ) {
            let word = word % words.len();
            let name = PersonName::new("", &words.join(" ")).expect("a name");
            let typed: String = words[word..].join(" ").chars().take(length).collect();
            if let Ok(beginning) = NameBeginning::parse(&typed) {
                prop_assert!(turned(&name).iter().any(|turned| turned.0.starts_with(beginning.as_str())));
            }
        }
    }
}
