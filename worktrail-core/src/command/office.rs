//! Commands about offices and where teams are placed in them.

use serde::{Deserialize, Serialize};

use super::{Bounds, Command, Decided, Organisation, Place, Stop, World};
use crate::access::Right;
use crate::domain::{Line, NewOffice, Office, OfficeId, Rejection, Team, TeamId, Thing, TrailAudience};

impl Place for Office {
    fn bounds(&self) -> Bounds {
        Bounds { thing: Thing::Office, person: None, owner: None, team: None, audience: TrailAudience::Team }
    }

    fn office(&self) -> Option<OfficeId> {
        Some(self.id())
    }
}

/// Founds an office: a root, or under another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct FoundOffice {
    /// The id of the office.
    pub office: OfficeId,
    /// The office right above it.
    pub parent: Option<OfficeId>,
    /// The office.
    pub new: NewOffice,
}

impl Command for FoundOffice {
    type Reply = OfficeId;

    const NAME: &'static str = "found_office";
    const RIGHT: Right = Right::ManageOffices;

    fn decide(&self, world: &World<'_>) -> Decided<OfficeId> {
        let permit = world.may(&Organisation)?;
        let id_is_new = world.is_new::<Office>(self.office);
        let namesake = match &self.new.host_identity {
            Some(identity) => world.find_by(&Office::by_identity(identity)),
            None => Ok(None),
        };
        let above = up_from(world, self.parent);
        id_is_new?;
        if namesake?.is_some() {
            return Err(Rejection::AlreadyExists { what: Thing::Office }.into());
        }
        let (office, fact) = Office::found(self.office, self.new.clone(), &above?, &world.authorship())?;
        Ok(permit.reply(self.office).tell(&office, fact).save(office))
    }
}

/// Gives an office another name; its place in the tree and what it is to the host's register stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RenameOffice {
    /// The office.
    pub office: OfficeId,
    /// Its name from now on.
    pub name: Line<120>,
}

impl Command for RenameOffice {
    type Reply = ();

    const NAME: &'static str = "rename_office";
    const RIGHT: Right = Right::ManageOffices;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(&Organisation)?;
        let office = world.get::<Office>(self.office)?;
        let (office, fact) = office.clone().rename(self.name.clone())?;
        Ok(permit.reply(()).tell(&office, fact).save(office))
    }
}

/// Moves an office, with all that lies below it, under another one, or makes it a root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct MoveOffice {
    /// The office.
    pub office: OfficeId,
    /// The office right above it from now on.
    pub parent: Option<OfficeId>,
}

impl Command for MoveOffice {
    type Reply = ();

    const NAME: &'static str = "move_office";
    const RIGHT: Right = Right::ManageOffices;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(&Organisation)?;
        let office = world.get::<Office>(self.office);
        let above = up_from(world, self.parent);
        let (office, fact) = office?.clone().move_under(&above?)?;
        Ok(permit.reply(()).tell(&office, fact).save(office))
    }
}

/// Places a team in an office, or in none. Who leads an office has a say over the teams of all that lies below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct PlaceTeam {
    /// The team.
    pub team: TeamId,
    /// The office.
    pub office: Option<OfficeId>,
}

impl Command for PlaceTeam {
    type Reply = ();

    const NAME: &'static str = "place_team";
    const RIGHT: Right = Right::ManageOffices;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(&Organisation)?;
        let team = world.get::<Team>(self.team);
        let office = self.office.map(|office| world.get::<Office>(office)).transpose();
        let (team, fact) = team?.clone().place_in(office?)?;
        Ok(permit.reply(()).tell(&team, fact).save(team))
    }
}

/// An office and those above it, from the lowest up; nothing for none.
fn up_from<'w>(world: &World<'w>, lowest: Option<OfficeId>) -> Result<Vec<&'w Office>, Stop> {
    let mut offices = Vec::new();
    let mut next = lowest;
    while let Some(id) = next.filter(|_| offices.len() <= Office::MOST_LEVELS) {
        let office = world.get::<Office>(id)?;
        next = office.parent();
        offices.push(office);
    }
    Ok(offices)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{found_office, move_office, place_team, rename_office};
    use super::super::scene::{decide, everyday, office, our_team, region, told, user_support};
    use super::*;
    use crate::record::samples::id;

    #[test]
    fn an_office_is_founded_once_for_each_identity_and_under_one_that_is_there() {
        let picture = everyday().picture();
        let command = found_office();
        assert_eq!(told(&decide(&picture, &user_support(), &command).unwrap()), ["office_founded"]);
        let exists = Rejection::AlreadyExists { what: Thing::Office };
        let host_identity = region().host_identity().cloned();
        let namesake = FoundOffice { new: NewOffice { host_identity, ..command.new.clone() }, ..command.clone() };
        assert_eq!(decide(&picture, &user_support(), &namesake).unwrap_err(), exists);
        let again = FoundOffice { office: office().id(), ..command.clone() };
        assert_eq!(decide(&picture, &user_support(), &again).unwrap_err(), exists);
        let nowhere = FoundOffice { parent: Some(OfficeId::new(id(0xEE))), ..command };
        let missing = Rejection::NotFound { what: Thing::Office };
        assert_eq!(decide(&picture, &user_support(), &nowhere).unwrap_err(), missing);
    }

    #[test]
    fn an_office_is_moved_but_not_below_itself() {
        let picture = everyday().picture();
        assert_eq!(told(&decide(&picture, &user_support(), &move_office()).unwrap()), ["office_moved"]);
        // given the office in the region, when the region is moved under the office, then it is refused
        let cycle = MoveOffice { office: region().id(), parent: Some(office().id()) };
        let refused = decide(&picture, &user_support(), &cycle).unwrap_err();
        assert_eq!(refused, Rejection::OfficeBelowItself { office: region().id() });
    }

    #[test]
    fn an_office_is_renamed_and_stays_where_it_is() {
        let picture = everyday().picture();
        assert_eq!(told(&decide(&picture, &user_support(), &rename_office()).unwrap()), ["office_renamed"]);
        let same = RenameOffice { name: office().name().clone(), ..rename_office() };
        assert_eq!(decide(&picture, &user_support(), &same).unwrap_err(), Rejection::NothingChanges);
        let (renamed, _) = office().rename(rename_office().name).unwrap();
        assert_eq!((renamed.parent(), renamed.host_identity()), (office().parent(), office().host_identity()));
    }

    #[test]
    fn a_team_is_placed_in_an_office_that_is_there() {
        let picture = everyday().picture();
        assert_eq!(told(&decide(&picture, &user_support(), &place_team()).unwrap()), ["team_placed"]);
        let same = PlaceTeam { team: our_team().id(), office: our_team().office() };
        assert_eq!(decide(&picture, &user_support(), &same).unwrap_err(), Rejection::NothingChanges);
        let nowhere = PlaceTeam { office: Some(OfficeId::new(id(0xEE))), ..place_team() };
        let missing = Rejection::NotFound { what: Thing::Office };
        assert_eq!(decide(&picture, &user_support(), &nowhere).unwrap_err(), missing);
    }
}
