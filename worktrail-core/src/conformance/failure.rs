//! What a check found wrong.

use std::error::Error;
use std::fmt;
use std::panic::Location;

use crate::store::{NotTenant, Receipt, StoreError, StoreErrorKind};

/// The sentences of the store contract, as the [store module](crate::store) numbers them.
const SENTENCES: [&str; 14] = [
    "a batch is atomic",
    "a batch is a set",
    "the tenant leads everything",
    "a stamp makes a command once",
    "three outcomes, and never half of one",
    "journal order is commit order",
    "what is read is what was written",
    "queries walk declared indexes",
    "forgetting is real",
    "a child needs its parent",
    "no clock, no ids, and bounds that every store keeps",
    "durable means durable",
    "read your writes",
    "a watcher is told",
];

/// What went wrong: which check, which sentence of the contract, what was looked at, what was expected and found.
///
/// The records of the suite are made up, so a failure may show them.
pub struct Failure {
    check: &'static str,
    sentence: u8,
    what: String,
    expected: String,
    found: String,
    place: &'static Location<'static>,
}

impl Failure {
    #[track_caller]
    pub(crate) fn new(what: impl Into<String>, expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self {
            check: "",
            sentence: 0,
            what: what.into(),
            expected: expected.into(),
            found: found.into(),
            place: Location::caller(),
        }
    }

    pub(crate) fn named(self, check: &'static str, sentence: u8) -> Self {
        Self { check, sentence, ..self }
    }

    pub(crate) fn during(mut self, circumstance: &str) -> Self {
        self.what = format!("{circumstance}: {}", self.what);
        self
    }

    /// The name of the check.
    #[must_use]
    pub const fn check(&self) -> &'static str {
        self.check
    }

    /// The sentence of the contract that the check is about, by its number; zero when it is about all of them.
    #[must_use]
    pub const fn sentence(&self) -> u8 {
        self.sentence
    }

    /// What was looked at.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    /// What the contract asks for.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// What the store did.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} ({})", self.check, self.place)?;
        if let Some(words) = usize::from(self.sentence).checked_sub(1).and_then(|place| SENTENCES.get(place)) {
            writeln!(f, "  contract: {}. {words}", self.sentence)?;
        }
        writeln!(f, "  what:     {}", self.what)?;
        writeln!(f, "  expected: {}", self.expected)?;
        write!(f, "  found:    {}", self.found)
    }
}

/// The same as `Display`: a test that returns a failure prints it so.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f)?;
        fmt::Display::fmt(self, f)
    }
}

impl Error for Failure {}

impl From<StoreError> for Failure {
    #[track_caller]
    fn from(error: StoreError) -> Self {
        Self::new("a call that the contract admits", "an answer", error.to_string())
    }
}

impl From<NotTenant> for Failure {
    #[track_caller]
    fn from(error: NotTenant) -> Self {
        Self::new("a tenant's name", "a tenant", error.to_string())
    }
}

impl From<Box<dyn Error + Send + Sync>> for Failure {
    #[track_caller]
    fn from(error: Box<dyn Error + Send + Sync>) -> Self {
        Self::new("the harness", "a store", error.to_string())
    }
}

/// Something is so.
#[track_caller]
pub(crate) fn holds(what: &str, so: bool) -> Result<(), Failure> {
    if so { Ok(()) } else { Err(Failure::new(what, "that it is so", "it is not")) }
}

/// Two things are the same.
#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "a check reads as a sentence when it can pass what a call gave")]
pub(crate) fn same<T: PartialEq + fmt::Debug>(what: &str, found: T, expected: T) -> Result<(), Failure> {
    if found == expected {
        return Ok(());
    }
    let (expected, found) = (short(&expected), short(&found));
    let found = if expected == found { format!("{found}, which differs in what Debug withholds") } else { found };
    Err(Failure::new(what, expected, found))
}

/// Something is there.
#[track_caller]
pub(crate) fn there<T>(what: &str, found: Option<T>) -> Result<T, Failure> {
    match found {
        Some(found) => Ok(found),
        None => Err(Failure::new(what, "that it is there", "nothing")),
    }
}

/// A call was refused, and for this reason.
#[track_caller]
pub(crate) fn refused<T: fmt::Debug>(
    kind: StoreErrorKind,
    what: &str,
    outcome: Result<T, StoreError>,
) -> Result<(), Failure> {
    match outcome {
        Err(error) if error.kind() == kind => Ok(()),
        Err(error) => Err(Failure::new(what, format!("{kind:?}"), error.to_string())),
        Ok(answer) => Err(Failure::new(what, format!("{kind:?}"), format!("accepted: {}", short(&answer)))),
    }
}

/// The kind of an outcome, to compare two.
pub(crate) fn sort(outcome: &Result<Receipt, StoreError>) -> Result<&Receipt, StoreErrorKind> {
    outcome.as_ref().map_err(StoreError::kind)
}

/// A value as text, cut where nobody reads on.
fn short(value: &impl fmt::Debug) -> String {
    let mut text = format!("{value:?}");
    if let Some((cut, _)) = text.char_indices().nth(600) {
        text.truncate(cut);
        text.push('…');
    }
    text
}
