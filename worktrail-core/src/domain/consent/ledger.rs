//! All consents of a person together: what may be given, to whom, for what.

use std::collections::BTreeSet;

use super::{Consent, ConsentClass, ConsentPurpose};
use crate::domain::capacity::CapacityAssessment;
use crate::domain::moment::Moment;
use crate::domain::recipient::Recipient;

/// The consents of a person, and what was found about their capacity to give them.
///
/// # Examples
/// ```
/// use worktrail_core::domain::{ConsentClass, ConsentLedger, ConsentPurpose, Moment, Recipient};
///
/// // Nobody has consented to anything: nothing may be given to anybody.
/// let ledger = ConsentLedger::of(&[], &[]);
/// let now = Moment::parse("2026-09-15T12:00:00+02:00")?;
/// let purpose = ConsentPurpose::CooperateWithTreatment;
/// assert!(!ledger.allows(purpose, &Recipient::Counsellor, ConsentClass::Name, now));
/// # Ok::<(), worktrail_core::domain::NotMoment>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ConsentLedger<'a> {
    consents: &'a [&'a Consent],
    assessments: &'a [&'a CapacityAssessment],
}

impl<'a> ConsentLedger<'a> {
    /// The ledger of one person: all their consents, and all assessments of their capacity.
    #[must_use]
    pub const fn of(consents: &'a [&'a Consent], assessments: &'a [&'a CapacityAssessment]) -> Self {
        Self { consents, assessments }
    }

    /// Whether a recipient may be given a class of data for a purpose at a moment: a consent in force names all three,
    /// and capacity for the purpose was not found lacking, or a guardian gave it within the mandate (S175).
    #[must_use]
    pub fn allows(&self, purpose: ConsentPurpose, recipient: &Recipient, class: ConsentClass, at: Moment) -> bool {
        self.counting(at).any(|consent| consent.allows(purpose, recipient, class, at))
    }

    /// Everything that a recipient may be given at a moment, and for what.
    #[must_use]
    pub fn granted(&self, recipient: &Recipient, at: Moment) -> BTreeSet<(ConsentPurpose, ConsentClass)> {
        self.counting(at)
            .filter(|consent| consent.is_in_force(at) && consent.recipients().contains(recipient))
            .flat_map(|consent| consent.classes().iter().map(|class| (consent.purpose(), *class)))
            .collect()
    }

    /// The consents that the person's capacity does not stand in the way of.
    fn counting(&self, at: Moment) -> impl Iterator<Item = &'a Consent> {
        self.consents.iter().copied().filter(move |consent| {
            let on = at.day();
            consent.is_guarded_on(on) || !CapacityAssessment::is_lacking(self.assessments, consent.purpose(), on)
        })
    }
}
