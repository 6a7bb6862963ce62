//! The office around the example: somebody who does things that are worth telling.

use uuid::Uuid;
use worktrail_core::access::{Actor, Purpose};
use worktrail_core::command::{FoundTeam, RegisterEmployer, RegisterStaff};
use worktrail_core::desk::{Clock, Desk};
use worktrail_core::domain::{EmployerDetails, Method, Moment, NewStaff, NewTeam, PersonName, Role, StaffId, TeamId};
use worktrail_core::store::CommandId;

/// Something that can go wrong in an example.
type Told = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// Employers of the example, by number and name; all invented.
const EMPLOYERS: [(&str, &str); 4] = [
    ("311002007", "FJELLVIK BAKERI AS"),
    ("311002171", "NORDLYS LOGISTIKK AS"),
    ("311002341", "BLÅKLOKKE HAGESENTER AS"),
    ("311002511", "TIDEVANN KAFE AS"),
];

/// KLOK RAVN and the team.
pub(crate) struct Office {
    ravn: StaffId,
    team: TeamId,
}

/// The host's clock; here it stands still.
pub(crate) fn clock() -> Result<impl Clock, Box<dyn std::error::Error + Send + Sync>> {
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
        Self { ravn: new_id().into(), team: new_id().into() }
    }

    /// KLOK RAVN founds a team.
    pub(crate) async fn open(&self, desk: &Desk<'_>) -> Told {
        let new = NewStaff { name: PersonName::new("KLOK", "RAVN")?, host_identity: "klok.ravn".parse()? };
        desk.run(&self.supervisor(), command_id(), &RegisterStaff { staff: self.ravn, new }).await?;
        let new = NewTeam { name: "IPS Nordlys".parse()?, method: Method::Ips };
        let found = FoundTeam { team: self.team, membership: new_id().into(), new };
        desk.run(&self.supervisor(), command_id(), &found).await?;
        Ok(())
    }

    /// KLOK RAVN registers four employers.
    pub(crate) async fn register_employers(&self, desk: &Desk<'_>) -> Told {
        for (number, name) in EMPLOYERS {
            let register = RegisterEmployer {
                employer: new_id().into(),
                team: self.team,
                organisation_number: Some(number.parse()?),
                details: EmployerDetails::named(name.parse()?),
            };
            desk.run(&self.supervisor(), command_id(), &register).await?;
        }
        Ok(())
    }

    fn supervisor(&self) -> Actor {
        Actor::staff(self.ravn, [Role::Supervisor], Purpose::Supervision)
    }
}

fn command_id() -> CommandId {
    CommandId::new(new_id())
}
