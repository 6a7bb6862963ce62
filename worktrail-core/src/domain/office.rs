//! Offices: the tree that teams are placed in.

use serde::{Deserialize, Serialize};

use super::fact::Fact;
use super::id::OfficeId;
use super::kept::kept;
use super::moment::Authorship;
use super::rejection::Rejection;
use super::text::Line;

/// A place in the organisation: a region, an office, a unit of one. Teams are placed in it, and who is appointed to an
/// office has a say over the teams of all that lies below.
///
/// # Examples
/// ```
/// use uuid::Uuid;
/// use worktrail_core::domain::{Authorship, Line, Moment, NewOffice, Office, OfficeId, StaffId};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let by = Authorship::new(StaffId::new(Uuid::from_u128(1)), Moment::parse("2022-05-31T09:00:00+02:00")?);
/// let new = |name: &str| Line::parse(name).map(|name| NewOffice { name, host_identity: None });
/// let (region, _) = Office::found(OfficeId::new(Uuid::from_u128(2)), new("Vest")?, &[], &by)?;
/// let (place, _) = Office::found(OfficeId::new(Uuid::from_u128(3)), new("Fjellvik")?, &[&region], &by)?;
/// assert_eq!(place.parent(), Some(region.id()));
/// // An office does not lie below itself.
/// assert!(region.move_under(&[&place]).is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    id: OfficeId,
    #[serde(deserialize_with = "kept")]
    name: Line<120>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "kept")]
    host_identity: Option<Line<80>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent: Option<OfficeId>,
    founded: Authorship,
}

/// What is told about a new office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewOffice {
    /// Its name.
    pub name: Line<120>,
    /// Which one it is to the host's register of units, if the host has one.
    pub host_identity: Option<Line<80>>,
}

impl Office {
    /// How many levels the tree has at most: who has a say over a team is found by walking up.
    pub const MOST_LEVELS: usize = 12;

    /// Founds an office under the first of `above`: its parent, the parent's parent, and so on; with none it is a root.
    ///
    /// That a host identity is one office's is for the store, as a unique value.
    ///
    /// # Errors
    /// [`Rejection::OfficeTooDeep`].
    pub fn found(id: OfficeId, new: NewOffice, above: &[&Self], by: &Authorship) -> Result<(Self, Fact), Rejection> {
        must_not_be_too_deep(above)?;
        let parent = above.first().map(|parent| parent.id);
        let fact = Fact::OfficeFounded { office: id, name: new.name.clone(), parent };
        Ok((Self { id, name: new.name, host_identity: new.host_identity, parent, founded: *by }, fact))
    }

    /// Moves it, with all that lies below, under the first of `above`; with none it becomes a root.
    ///
    /// The tree has no cycles (of state): an office is not moved under itself or what lies below it.
    ///
    /// # Errors
    /// [`Rejection::OfficeBelowItself`], [`Rejection::OfficeTooDeep`], [`Rejection::NothingChanges`].
    pub fn move_under(mut self, above: &[&Self]) -> Result<(Self, Fact), Rejection> {
        if above.iter().any(|office| office.id == self.id || office.parent == Some(self.id)) {
            return Err(Rejection::OfficeBelowItself { office: self.id });
        }
        must_not_be_too_deep(above)?;
        let (from, to) = (self.parent, above.first().map(|parent| parent.id));
        if from == to {
            return Err(Rejection::NothingChanges);
        }
        self.parent = to;
        let fact = Fact::OfficeMoved { office: self.id, from, to };
        Ok((self, fact))
    }

    /// Gives it another name.
    ///
    /// # Errors
    /// [`Rejection::NothingChanges`].
    pub fn rename(mut self, name: Line<120>) -> Result<(Self, Fact), Rejection> {
        if name == self.name {
            return Err(Rejection::NothingChanges);
        }
        let fact = Fact::OfficeRenamed { office: self.id, from: self.name, to: name.clone() };
        self.name = name;
        Ok((self, fact))
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> OfficeId {
        self.id
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &Line<120> {
        &self.name
    }

    /// Which one it is to the host's register of units.
    #[must_use]
    pub const fn host_identity(&self) -> Option<&Line<80>> {
        self.host_identity.as_ref()
    }

    /// The office right above it; none for a root.
    #[must_use]
    pub const fn parent(&self) -> Option<OfficeId> {
        self.parent
    }

    /// Who founded it, and when.
    #[must_use]
    pub const fn founded(&self) -> &Authorship {
        &self.founded
    }
}

fn must_not_be_too_deep(above: &[&Office]) -> Result<(), Rejection> {
    if above.len() < Office::MOST_LEVELS { Ok(()) } else { Err(Rejection::OfficeTooDeep { most: Office::MOST_LEVELS }) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::domain::samples::by_spurv;

    fn office_id(number: usize) -> OfficeId {
        OfficeId::new(Uuid::from_u128(number as u128))
    }

    fn found(number: usize, above: &[&Office]) -> Result<Office, Rejection> {
        let new = NewOffice { name: Line::parse("KANARI").expect("a line"), host_identity: None };
        Office::found(office_id(number), new, above, &by_spurv("2022-01-01")).map(|(office, _)| office)
    }

    #[test]
    fn an_office_does_not_lie_below_itself() {
        // given a region, an office in it, and a unit of the office
        let region = found(1, &[]).expect("founded");
        let office = found(2, &[&region]).expect("founded");
        let unit = found(3, &[&office, &region]).expect("founded");
        // when the region is moved under itself or what lies below, then it is refused
        let below = Err(Rejection::OfficeBelowItself { office: region.id() });
        for above in [&[&region][..], &[&office, &region], &[&unit, &office, &region]] {
            assert_eq!(region.clone().move_under(above), below);
        }
        // and the unit is moved to the region, and to the root, but not to where it is
        let (moved, fact) = unit.clone().move_under(&[&region]).expect("moved");
        assert_eq!((moved.parent(), fact.code()), (Some(region.id()), "office_moved"));
        assert_eq!(unit.clone().move_under(&[]).map(|(root, _)| root.parent()), Ok(None));
        assert_eq!(unit.move_under(&[&office, &region]), Err(Rejection::NothingChanges));
    }

    #[test]
    fn the_tree_has_twelve_levels() {
        let mut above: Vec<Office> = Vec::new();
        for number in 0..Office::MOST_LEVELS {
            let next = found(number, &above.iter().collect::<Vec<_>>()).expect("founded");
            above.insert(0, next);
        }
        let above: Vec<_> = above.iter().collect();
        assert_eq!(found(99, &above), Err(Rejection::OfficeTooDeep { most: 12 }));
        let root = found(99, &[]).expect("founded");
        assert_eq!(root.move_under(&above), Err(Rejection::OfficeTooDeep { most: 12 }));
    }

    /// What lies above an office, its parent first.
    fn above(offices: &[Office], of: Option<OfficeId>) -> Vec<&Office> {
        let find = |id: OfficeId| offices.iter().find(|office| office.id() == id);
        std::iter::successors(of.and_then(find), |office| office.parent().and_then(find)).take(99).collect()
    }

    proptest! {
        #[test]
        fn whatever_is_moved_the_tree_has_no_cycle(moves in proptest::collection::vec((0_usize..6, 0_usize..7), 0..40)) {
            let mut offices: Vec<_> = (0..6).map(|number| found(number, &[]).expect("founded")).collect();
            for (which, to) in moves {
                let parent = (to < 6).then(|| office_id(to));
                let over = above(&offices, parent);
                let Some(office) = offices.get(which).cloned() else { continue };
                if let Ok((moved, _)) = office.move_under(&over) {
                    offices[which] = moved;
                }
                for office in &offices {
                    prop_assert!(above(&offices, Some(office.id())).len() <= 6);
                }
            }
        }
    }
}
