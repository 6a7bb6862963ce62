//! What ties the domain to a store: each kind of record with its schema line, its fields and its stored form.
//!
//! A file here is a kind. It is the only place that knows both what a trail is and what a store keeps of it. To add a
//! field to a record, touch the domain type, its file here, and the migrations of the SQL stores.

mod inventory;
mod judgement;
mod recorded;
mod stored_field;

pub(crate) mod appointment;
pub(crate) mod attestation;
pub(crate) mod benefits_counselling;
pub(crate) mod capacity_assessment;
pub(crate) mod collaborator;
pub(crate) mod confirmation;
pub(crate) mod conflict;
pub(crate) mod consent;
pub(crate) mod contact_person;
pub(crate) mod cover;
pub(crate) mod document;
pub(crate) mod education;
pub(crate) mod employer;
pub(crate) mod employer_agreement;
pub(crate) mod employer_contact;
pub(crate) mod general_contact;
pub(crate) mod guardianship;
pub(crate) mod guidance;
pub(crate) mod held_number;
pub(crate) mod host_list;
pub(crate) mod job;
pub(crate) mod membership;
pub(crate) mod name_entry;
pub(crate) mod narrative;
pub(crate) mod narrative_revision;
pub(crate) mod notice;
pub(crate) mod office;
pub(crate) mod openness;
pub(crate) mod participant;
pub(crate) mod plan_version;
pub(crate) mod referral;
pub(crate) mod staff;
pub(crate) mod sub_goal;
pub(crate) mod support_contact;
pub(crate) mod team;
pub(crate) mod trail;
pub(crate) mod transfer;
pub(crate) mod whose;
pub(crate) mod wishes;

#[cfg(test)]
mod data_page;
#[cfg(test)]
mod fields;
#[cfg(test)]
mod golden;
#[cfg(test)]
pub(crate) mod samples;

pub use inventory::{Concerns, Keeping, Retention, StoredKind};
pub use judgement::{JUDGEMENTS, Judgement};
pub(crate) use recorded::{Decoded, Decoder, belonging_of, decode, subject_of};
pub use recorded::{Recorded, Unique, from_record, key_of, to_record};
pub use stored_field::{SeenBy, StoredField};

use std::ops::Bound;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain;
use crate::store::{IndexRange, Kind, Record, Schema, StoreError, Value};

/// Makes the list of kinds, and what goes by kind, from one table.
macro_rules! kinds {
    ($($schema:path => $type:ty,)+) => {
        /// Every kind of record that the library keeps: the one list that every store follows.
        pub static SCHEMA: Schema = Schema::new(&[$(&$schema),+]);

        /// A record with its typed fields made anew from its body: what verification compares with, and what a new
        /// index over old records needs.
        ///
        /// # Errors
        /// `SchemaOutdated` when a newer program wrote the record, `Corrupt` when it cannot be read.
        pub fn reproject(record: &Record) -> Result<Record, StoreError> {
            $(
                if record.key().kind() == <$type as Recorded>::KIND {
                    return recorded::again::<$type>(record);
                }
            )+
            Err(StoreError::corrupt("a record is of no kind of this schema"))
        }

        /// Every kind with what is kept of it, why, and who sees it: what `docs/data.md` is made from.
        #[must_use]
        pub fn inventory() -> Vec<StoredKind> {
            vec![$(StoredKind::new(
                <$type as Recorded>::KIND.name(),
                <$type as Recorded>::THING,
                <$type as Recorded>::KEEPING,
                <$type as Recorded>::FIELDS,
            )),+]
        }
    };
}

kinds! {
    participant::PARTICIPANT => domain::Participant,
    held_number::HELD_NUMBER => domain::HeldNumber,
    name_entry::NAME_ENTRY => domain::NameEntry,
    attestation::ATTESTATION => domain::Attestation,
    consent::CONSENT => domain::Consent,
    capacity_assessment::CAPACITY_ASSESSMENT => domain::CapacityAssessment,
    notice::NOTICE => domain::Notice,
    referral::REFERRAL => domain::ReceivedReferral,
    trail::TRAIL => domain::Trail,
    transfer::TRANSFER => domain::Transfer,
    cover::COVER => domain::Cover,
    wishes::WISHES => domain::Wishes,
    collaborator::COLLABORATOR => domain::Collaborator,
    plan_version::PLAN_VERSION => domain::PlanVersion,
    openness::OPENNESS => domain::OpennessAgreement,
    sub_goal::SUB_GOAL => domain::SubGoal,
    narrative::NARRATIVE => domain::Narrative,
    narrative_revision::NARRATIVE_REVISION => domain::NarrativeRevision,
    document::DOCUMENT => domain::Document,
    benefits_counselling::BENEFITS_COUNSELLING => domain::BenefitsCounselling,
    confirmation::CONFIRMATION => domain::Confirmation,
    employer_contact::EMPLOYER_CONTACT => domain::EmployerContact,
    job::JOB => domain::Job,
    education::EDUCATION => domain::Education,
    support_contact::SUPPORT_CONTACT => domain::SupportContact,
    employer_agreement::EMPLOYER_AGREEMENT => domain::EmployerAgreement,
    employer::EMPLOYER => domain::Employer,
    contact_person::CONTACT_PERSON => domain::ContactPerson,
    general_contact::GENERAL_CONTACT => domain::GeneralContact,
    staff::STAFF => domain::Staff,
    team::TEAM => domain::Team,
    membership::MEMBERSHIP => domain::Membership,
    office::OFFICE => domain::Office,
    appointment::APPOINTMENT => domain::Appointment,
    conflict::CONFLICT => domain::Conflict,
    host_list::HOST_LIST => domain::HostList,
    guardianship::GUARDIANSHIP => domain::Guardianship,
    guidance::GUIDANCE => domain::Guidance,
}

/// What staff may see by an index that ends in a day: all from that day on.
fn shown_from(
    kind: Kind,
    index: &'static str,
    shelf: whose::Shelf,
    of: &[Uuid],
    on: NaiveDate,
) -> Result<IndexRange, StoreError> {
    let index = kind.index(index).ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
    let equal = shelf.values().into_iter().chain(of.iter().map(|id| Value::Id(*id))).collect();
    IndexRange::new(index, equal)?.between(Bound::Included(Value::Day(on)), Bound::Unbounded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_has_no_faults() {
        assert_eq!(SCHEMA.faults(), Vec::<String>::new());
    }
}
