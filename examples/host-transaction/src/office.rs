//! The office around the example: a team, a specialist, a participant, and what they do.

use uuid::Uuid;
use worktrail_core::access::{Actor, Purpose};
use worktrail_core::command::{AdmitMember, Attested, FoundTeam, OpenTrail, RegisterParticipant, RegisterStaff};
use worktrail_core::desk::{Clock, Desk};
use worktrail_core::domain::{
    AttestationId, AttestationKind, BirthDate, Channel, FactSource, Method, Moment, NationalId, NewParticipant,
    NewStaff, NewTeam, ParticipantId, Period, PersonName, Protection, Referral, ReferralSource, Role, StaffId, TeamId,
    TrailId,
};
use worktrail_core::label::Language;
use worktrail_core::store::CommandId;

/// Something that can go wrong in an example.
type Told = Result<(), Box<dyn std::error::Error>>;

/// Who is there, by id.
pub(crate) struct Office {
    ravn: StaffId,
    spurv: StaffId,
    team: TeamId,
    participant: ParticipantId,
    pub(crate) trail: TrailId,
}

/// The host's clock; here it stands still.
pub(crate) fn clock() -> Result<impl Clock, Box<dyn std::error::Error>> {
    let now = Moment::parse("2026-03-10T09:00:00+01:00")?;
    Ok(move || now)
}

/// The host's ids.
#[expect(clippy::disallowed_methods, reason = "this is the host's side of the port")]
pub(crate) fn new_id() -> Uuid {
    Uuid::now_v7()
}

impl Office {
    /// With ids of its own.
    pub(crate) fn new() -> Self {
        Self {
            ravn: new_id().into(),
            spurv: new_id().into(),
            team: new_id().into(),
            participant: new_id().into(),
            trail: new_id().into(),
        }
    }

    /// KVIKK SPURV, specialist.
    pub(crate) fn specialist(&self) -> Actor {
        Actor::staff(self.spurv, [Role::Specialist], Purpose::FollowUp)
    }

    /// KLOK RAVN founds the team and admits KVIKK SPURV, who registers RASK TREFNING.
    pub(crate) async fn open(&self, desk: &Desk<'_>) -> Told {
        let ravn = Actor::staff(self.ravn, [Role::Supervisor], Purpose::Supervision);
        for (staff, given, family) in [(self.ravn, "KLOK", "RAVN"), (self.spurv, "KVIKK", "SPURV")] {
            let new = NewStaff { name: PersonName::new(given, family)?, host_identity: family.parse()? };
            desk.run(&ravn, command_id(), &RegisterStaff { staff, new }).await?;
        }
        let new = NewTeam { name: "IPS Nordlys".parse()?, method: Method::Ips };
        let found = FoundTeam { team: self.team, membership: new_id().into(), new };
        desk.run(&ravn, command_id(), &found).await?;
        let admit = AdmitMember {
            membership: new_id().into(),
            team: self.team,
            staff: self.spurv,
            role: Role::Specialist,
            period: Period::from(clock()?.now().day())?,
        };
        desk.run(&ravn, command_id(), &admit).await?;
        let new = NewParticipant {
            name: PersonName::new("RASK", "TREFNING")?,
            national_id: Some(NationalId::parse("15419010046")?),
            birth_date: Some(BirthDate::parse("1990-01-15")?),
            phone: None,
            email: None,
            protection: Protection::default(),
        };
        let register = RegisterParticipant {
            participant: self.participant,
            team: self.team,
            new,
            source: FactSource::Participant,
        };
        desk.run(&self.specialist(), command_id(), &register).await?;
        Ok(())
    }

    /// KVIKK SPURV opens the trail, at whichever desk: the office's own, or one within a transaction.
    pub(crate) async fn open_trail(&self, desk: &Desk<'_>) -> Told {
        let informed = AttestationKind::RightsInformation {
            notice: "rights".parse()?,
            version: "v2026-01".parse()?,
            language: Language::Norwegian,
            channel: Channel::InPerson,
        };
        let attest = |kind| Attested { attestation: AttestationId::new(new_id()), kind };
        let open = OpenTrail {
            trail: self.trail,
            participant: self.participant,
            team: self.team,
            owner: None,
            method: Method::Ips,
            referral: Referral {
                referred_on: clock()?.now().day(),
                unit: Some("Team Nordlys".parse()?),
                counsellor: None,
                source: ReferralSource::TreatmentTeam,
                wish: None,
            },
            attestations: vec![attest(AttestationKind::RightPerson), attest(informed)],
            by_referral: None,
            returns: None,
            source_entry: None,
        };
        desk.run(&self.specialist(), command_id(), &open).await?;
        Ok(())
    }
}

fn command_id() -> CommandId {
    CommandId::new(new_id())
}
