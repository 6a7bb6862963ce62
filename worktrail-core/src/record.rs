//! What ties the domain to a store: each kind of record with its schema line, its fields and its stored form.
//!
//! A file here is a kind. It is the only place that knows both what a trail is and what a store keeps of it.

pub(crate) mod attestation;
pub(crate) mod consent;
pub(crate) mod contact_person;
pub(crate) mod employer;
pub(crate) mod employer_contact;
pub(crate) mod job;
pub(crate) mod membership;
pub(crate) mod narrative;
pub(crate) mod openness;
pub(crate) mod participant;
pub(crate) mod staff;
pub(crate) mod sub_goal;
pub(crate) mod team;
pub(crate) mod trail;

use crate::store::Schema;

/// Every kind of record that the library keeps: the one list that every store follows.
pub static SCHEMA: Schema = Schema::new(&[
    &participant::PARTICIPANT,
    &attestation::ATTESTATION,
    &consent::CONSENT,
    &trail::TRAIL,
    &openness::OPENNESS,
    &sub_goal::SUB_GOAL,
    &narrative::NARRATIVE,
    &employer_contact::EMPLOYER_CONTACT,
    &job::JOB,
    &employer::EMPLOYER,
    &contact_person::CONTACT_PERSON,
    &staff::STAFF,
    &team::TEAM,
    &membership::MEMBERSHIP,
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_has_no_faults() {
        assert_eq!(SCHEMA.faults(), Vec::<String>::new());
    }
}
