//! What a good developer writes by hand with sqlx for the same rows: no library, no layer, no digests.

pub mod postgres;
pub mod sled;
pub mod sqlite;

use worktrail_core::domain::{Authorship, Phase, Trail};
use worktrail_core::record::to_record;
use worktrail_core::store::Record;

use crate::Outcome;
use crate::import::somebody;
use crate::office::{Case, Office};

/// A participant and their trail as rows.
pub(crate) fn rows(office: &Office, number: u64) -> Outcome<[Record; 2]> {
    let (participant, trail) = somebody(office, Case::new(number))?;
    Ok([to_record(&participant)?, to_record(&trail)?])
}

/// What an act writes of a trail that was read.
pub(crate) struct Moved {
    pub(crate) before: Trail,
    pub(crate) after: Trail,
    pub(crate) phase: Phase,
    pub(crate) body: Vec<u8>,
    pub(crate) code: &'static str,
    pub(crate) details: Vec<u8>,
}

/// Decodes, decides, encodes: what is no matter of the database.
pub(crate) fn moved(office: &Office, turn: u64, body: &[u8]) -> Outcome<Moved> {
    let before: Trail = serde_json::from_slice(body)?;
    let by = Authorship::new(office.case_at(turn).owner(), office.now());
    let act = office.move_at(turn);
    let (after, fact) = before.clone().move_to(act.phase, act.on, &by)?;
    let (body, details) = (serde_json::to_vec(&after)?, serde_json::to_vec(&fact)?);
    Ok(Moved { phase: after.phase(), before, after, body, code: fact.code(), details })
}
