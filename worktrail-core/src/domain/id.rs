//! Ids: one type for each thing that is kept, all of them UUIDs that the host draws.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($( $(#[$meta:meta])* $name:ident; )+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Makes the id; it is drawn outside, by an id source.
            #[must_use]
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// The UUID itself.
            #[must_use]
            pub const fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )+};
}

ids! {
    /// A participant.
    ParticipantId;
    /// A number that a participant has or had beside the present national id.
    HeldNumberId;
    /// A place in the list of names by which participants are found.
    NameEntryId;
    /// An attestation about a participant.
    AttestationId;
    /// A consent of a participant.
    ConsentId;
    /// A guardianship of a participant.
    GuardianshipId;
    /// A finding about the capacity of a participant to consent.
    CapacityAssessmentId;
    /// A published version of a notice.
    NoticeId;
    /// An organisation's own list over a closed one.
    HostListId;
    /// An organisation's own guidance on one thing.
    GuidanceId;
    /// A document of a trail.
    DocumentId;
    /// A confirmation of a goal or a text.
    ConfirmationId;
    /// A talk about benefits.
    BenefitsCounsellingId;
    /// An openness agreement of a trail.
    OpennessId;
    /// A trail.
    TrailId;
    /// A transfer of a trail.
    TransferId;
    /// A cover of a trail.
    CoverId;
    /// A referral, as it was received.
    ReferralId;
    /// A sub-goal of a trail.
    SubGoalId;
    /// A narrative of a trail.
    NarrativeId;
    /// A former text of a narrative.
    NarrativeRevisionId;
    /// A collaborator of a trail.
    CollaboratorId;
    /// A version of a plan of a trail.
    PlanVersionId;
    /// A version of a participant's wishes.
    WishesId;
    /// An employer.
    EmployerId;
    /// A contact person at an employer: a person.
    ContactPersonId;
    /// An employer contact: an event.
    EmployerContactId;
    /// A contact with an employer for no particular participant.
    GeneralContactId;
    /// A job of a trail.
    JobId;
    /// An education of a trail.
    EducationId;
    /// A support contact of a trail.
    SupportContactId;
    /// An employer agreement of a trail.
    EmployerAgreementId;
    /// A member of staff.
    StaffId;
    /// A team.
    TeamId;
    /// A membership of a team.
    MembershipId;
    /// An office.
    OfficeId;
    /// An appointment to a role beyond a team.
    AppointmentId;
    /// A declared conflict of interest.
    ConflictId;
    /// Anyone who acts, staff and participants in one id space.
    ActorId;
}

impl From<StaffId> for ActorId {
    fn from(id: StaffId) -> Self {
        Self(id.0)
    }
}

impl From<ParticipantId> for ActorId {
    fn from(id: ParticipantId) -> Self {
        Self(id.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{participant_id, ravn, team};

    #[test]
    fn an_id_is_written_as_its_uuid() {
        let id = TrailId::new(Uuid::from_u128(7));
        assert_eq!(serde_json::to_string(&id).expect("json"), "\"00000000-0000-0000-0000-000000000007\"");
        assert_eq!(format!("{id:?}"), "TrailId(00000000-0000-0000-0000-000000000007)");
        assert_eq!(id.to_string(), "00000000-0000-0000-0000-000000000007");
    }

    #[test]
    fn staff_and_participants_act_in_one_id_space() {
        assert_eq!(ActorId::from(ravn()).as_uuid(), ravn().as_uuid());
        assert_eq!(ActorId::from(participant_id()).as_uuid(), participant_id().as_uuid());
        assert_ne!(ActorId::from(ravn()), ActorId::from(participant_id()));
    }

    #[test]
    fn an_id_is_a_uuid_and_back() {
        assert_eq!(TeamId::from(Uuid::from(team())), team());
    }
}
