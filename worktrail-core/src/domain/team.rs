//! Teams.

use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::entries::{Entries, chooses};
use super::fact::Fact;
use super::id::{OfficeId, TeamId};
use super::kept::kept;
use super::method::Method;
use super::moment::Authorship;
use super::office::Office;
use super::programme_variant::ProgrammeVariant;
use super::rejection::Rejection;
use super::text::Line;
use super::trail::TrailAudience;

coded! {
    /// Whether a team may help people who are strictly protected (`DA4`). It is settled when the team is founded, so that
    /// what its trails are shown to never changes with it.
    #[derive(Default)]
    pub enum Clearance {
        /// An ordinary team.
        #[default]
        Ordinary = "ordinary", "Vanlig team", "Ordinary team";
        /// Cleared for people who are strictly protected.
        Cleared = "cleared", "Klarert for strengt fortrolig adresse", "Cleared for strict protection";
    }
}

impl Clearance {
    /// Whether it is the ordinary one.
    #[must_use]
    pub const fn is_ordinary(&self) -> bool {
        matches!(self, Self::Ordinary)
    }

    /// Whom the trails of such a team are shown to from their opening on.
    #[must_use]
    pub const fn audience(self) -> TrailAudience {
        match self {
            Self::Ordinary => TrailAudience::Team,
            Self::Cleared => TrailAudience::Cleared,
        }
    }
}

/// A team that works by one method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    id: TeamId,
    #[serde(deserialize_with = "kept")]
    name: Line<120>,
    method: Method,
    registered: Authorship,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    office: Option<OfficeId>,
    #[serde(default, skip_serializing_if = "Clearance::is_ordinary")]
    clearance: Clearance,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    variant: Option<ProgrammeVariant>,
    #[serde(default, skip_serializing_if = "Entries::is_empty", deserialize_with = "kept")]
    entries: Entries,
}

chooses!(Team);

/// What is told about a new team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTeam {
    /// Its name.
    pub name: Line<120>,
    /// The method that it works by.
    pub method: Method,
}

impl Team {
    /// Registers a team.
    #[must_use]
    pub fn register(id: TeamId, new: NewTeam, by: &Authorship) -> (Self, Fact) {
        let fact = Fact::TeamRegistered { team: id, name: new.name.clone(), method: new.method };
        let team = Self {
            id,
            name: new.name,
            method: new.method,
            registered: *by,
            office: None,
            clearance: Clearance::Ordinary,
            variant: None,
            entries: Entries::default(),
        };
        (team, fact)
    }

    /// Registers a team that is cleared for people who are strictly protected (`DA4`).
    #[must_use]
    pub fn register_cleared(id: TeamId, new: NewTeam, by: &Authorship) -> (Self, [Fact; 2]) {
        let (team, registered) = Self::register(id, new, by);
        (Self { clearance: Clearance::Cleared, ..team }, [registered, Fact::TeamCleared { team: id }])
    }

    /// Gives it another name.
    ///
    /// # Errors
    /// [`Rejection::NothingChanges`].
    pub fn rename(mut self, name: Line<120>) -> Result<(Self, Fact), Rejection> {
        if name == self.name {
            return Err(Rejection::NothingChanges);
        }
        let fact = Fact::TeamRenamed { team: self.id, from: self.name, to: name.clone() };
        self.name = name;
        Ok((self, fact))
    }

    /// Places it in an office, or in none.
    ///
    /// # Errors
    /// [`Rejection::NothingChanges`].
    pub fn place_in(mut self, office: Option<&Office>) -> Result<(Self, Fact), Rejection> {
        let (from, to) = (self.office, office.map(Office::id));
        if from == to {
            return Err(Rejection::NothingChanges);
        }
        self.office = to;
        let fact = Fact::TeamPlaced { team: self.id, from, to };
        Ok((self, fact))
    }

    /// Says which variant of its method it works by, or that it is none (S101, of transition). The trails that it has
    /// stay as they are; those that are opened from now on begin with it.
    ///
    /// # Errors
    /// [`Rejection::VariantNotOfMethod`]; [`Rejection::NothingChanges`].
    pub fn set_variant(mut self, variant: Option<ProgrammeVariant>) -> Result<(Self, Fact), Rejection> {
        variant.map_or(Ok(()), |variant| variant.must_be_of(self.method))?;
        let from = std::mem::replace(&mut self.variant, variant);
        if from == variant {
            return Err(Rejection::NothingChanges);
        }
        let fact = Fact::TeamVariantSet { team: self.id, from, to: variant };
        Ok((self, fact))
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> TeamId {
        self.id
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &Line<120> {
        &self.name
    }

    /// The method that it works by.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The office that it is placed in.
    #[must_use]
    pub const fn office(&self) -> Option<OfficeId> {
        self.office
    }

    /// Whether it is cleared for people who are strictly protected (`DA4`).
    #[must_use]
    pub const fn clearance(&self) -> Clearance {
        self.clearance
    }

    /// The variant of its method that it works by (S101).
    #[must_use]
    pub const fn variant(&self) -> Option<ProgrammeVariant> {
        self.variant
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn registered(&self) -> &Authorship {
        &self.registered
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::office::NewOffice;
    use crate::domain::samples::{by_spurv, team};

    fn new() -> NewTeam {
        NewTeam { name: Line::parse("IPS Nordlys").expect("a name"), method: Method::Ips }
    }

    #[test]
    fn a_team_is_renamed_and_placed_in_an_office() {
        let by = by_spurv("2022-01-03");
        let (team, _) = Team::register(team(), new(), &by);
        let vest = NewOffice { name: Line::parse("Vest").expect("a name"), host_identity: None };
        let (office, _) = Office::found(OfficeId::new(Uuid::from_u128(2)), vest, &[], &by).expect("founded");
        let (placed, fact) = team.clone().place_in(Some(&office)).expect("placed");
        assert_eq!((placed.office(), fact.code()), (Some(office.id()), "team_placed"));
        assert_eq!(placed.clone().place_in(Some(&office)), Err(Rejection::NothingChanges));
        assert_eq!(placed.place_in(None).map(|(team, _)| team.office()), Ok(None));
        let name: Line<120> = Line::parse("IPS Fjellvik").expect("a name");
        let (renamed, fact) = team.rename(name.clone()).expect("renamed");
        assert_eq!((renamed.name(), fact.code()), (&name, "team_renamed"));
        assert_eq!(renamed.rename(name), Err(Rejection::NothingChanges));
    }

    #[test]
    fn s101_a_team_works_by_a_variant_of_its_own_method() {
        let by = by_spurv("2022-01-03");
        let young = Some(ProgrammeVariant::IpsUng);
        let (ips, _) = Team::register(team(), new(), &by);
        let (set, fact) = ips.clone().set_variant(young).expect("set");
        assert_eq!((set.variant(), fact.code()), (young, "team_variant_set"));
        assert_eq!(set.clone().set_variant(young), Err(Rejection::NothingChanges));
        assert_eq!(set.set_variant(None).map(|(team, _)| team), Ok(ips));
        let method = Method::CustomizedEmployment;
        let (customized, _) = Team::register(team(), NewTeam { method, ..new() }, &by);
        let refused = Rejection::VariantNotOfMethod { method, variant: ProgrammeVariant::IpsUng };
        assert_eq!(customized.set_variant(young), Err(refused));
    }

    #[test]
    fn da4_a_team_is_cleared_from_its_founding_or_not_at_all() {
        let by = by_spurv("2022-01-03");
        let (ordinary, _) = Team::register(team(), new(), &by);
        let (cleared, facts) = Team::register_cleared(team(), new(), &by);
        assert_eq!((ordinary.clearance(), cleared.clearance()), (Clearance::Ordinary, Clearance::Cleared));
        assert_eq!(facts.map(|fact| fact.code()), ["team_registered", "team_cleared"]);
        assert_eq!(cleared.clearance().audience(), TrailAudience::Cleared);
        // and no act on a team changes it
        let name: Line<120> = Line::parse("IPS Fjellvik").expect("a name");
        for team in [ordinary.clone(), cleared] {
            let (renamed, _) = team.clone().rename(name.clone()).expect("renamed");
            let (varied, _) = renamed.set_variant(Some(ProgrammeVariant::IpsUng)).expect("set");
            assert_eq!(varied.clearance(), team.clearance());
        }
        // and what was stored before there were cleared teams is an ordinary one
        let json = serde_json::to_string(&ordinary).expect("json");
        assert!(!json.contains("clearance"));
    }
}
