//! The tree of offices.

use super::view::Page;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::domain::{Line, Office, OfficeId};
use crate::store::PageRequest;

/// The offices that lie right below an office, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficesBelow {
    /// The office.
    pub office: OfficeId,
    /// Which page.
    pub page: PageRequest,
}

/// An office.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OfficeLine {
    /// Which one.
    pub office: OfficeId,
    /// Its name.
    pub name: Line<120>,
    /// Which unit it is to the host, if it is one.
    pub host_identity: Option<Line<80>>,
}

impl Question for OfficesBelow {
    type Answer = Page<OfficeLine>;

    const RIGHT: Right = Right::SeeTeams;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let permit = view.may(view.get::<Office>(self.office)?)?;
        let page = view.page::<Office>(Office::below(self.office), &self.page)?;
        Ok(permit.answer(page.map(|office| OfficeLine {
            office: office.id(),
            name: office.name().clone(),
            host_identity: office.host_identity().cloned(),
        })))
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::access::Actor;
    use crate::command::scene::{everyday, office, other_office, purpose_of, region, user_support};
    use crate::desk::spy::desk;
    use crate::domain::samples::ravn;
    use crate::domain::{Rejection, Role, Thing};
    use crate::store::Limit;

    #[test]
    fn the_office_tree_is_walked_from_the_top_by_those_who_are_over_it() {
        let desk = desk(everyday().store());
        let ask = |actor: &Actor, office| {
            let page = block_on(desk.ask(actor, &OfficesBelow { office, page: PageRequest::first(Limit::MAX) }))?;
            Ok::<_, crate::desk::Error>(page.items.into_iter().map(|it| it.office).collect::<Vec<_>>())
        };
        let mut below = ask(&user_support(), region().id()).unwrap();
        below.sort();
        assert_eq!(below, [office().id()]);
        assert_eq!(ask(&user_support(), office().id()).unwrap(), []);
        // a line manager sees what lies below their own office, and no other
        let manager = Actor::staff(ravn(), [Role::LineManager], purpose_of(Role::LineManager));
        assert_eq!(ask(&manager, other_office().id()).unwrap(), []);
        let refused = ask(&manager, region().id()).unwrap_err();
        assert_eq!(refused.rejection(), Some(&Rejection::NotFound { what: Thing::Office }));
    }
}
