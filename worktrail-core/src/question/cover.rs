//! Covers: the trails that one covers, and who covers a trail.

use super::portfolio::{PortfolioLine, lines_of};
use super::view::Page;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::domain::{Cover, CoverTerms, StaffId, TeamId, Trail, TrailId};
use crate::store::PageRequest;

/// The trails of a team that one covers oneself, today or on a day ahead, by the last day of the cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoveredTrails {
    /// The team.
    pub team: TeamId,
    /// Which page.
    pub page: PageRequest,
}

/// Everybody who covers a trail, or has covered it, by id, with the former terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrailCovers {
    /// The trail.
    pub trail: TrailId,
}

/// A trail that one covers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CoveredTrail {
    /// How far, from when to when, and why.
    pub terms: CoverTerms,
    /// The trail, as in a portfolio.
    pub trail: PortfolioLine,
}

impl Question for CoveredTrails {
    type Answer = Page<CoveredTrail>;

    const RIGHT: Right = Right::SeePortfolio;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let themself = StaffId::new(view.actor().as_uuid());
        let page = view.page::<Cover>(Cover::not_over(at, themself, view.today()), &self.page);
        let (_, permit) = right?;
        let page = page?;
        // All trails are asked for before the first is needed, so that they come in one load.
        let trails: Vec<_> = page.items.iter().map(|cover| view.get::<Trail>(cover.trail())).collect();
        let trails = trails.into_iter().collect::<Result<Vec<_>, _>>()?;
        let lines = lines_of(view, &trails)?;
        let terms = page.items.into_iter().map(Cover::terms);
        let items = terms.zip(lines).map(|(terms, trail)| CoveredTrail { terms, trail }).collect();
        Ok(permit.answer(Page { items, next: page.next }))
    }
}

impl Question for TrailCovers {
    type Answer = Vec<Cover>;

    const RIGHT: Right = Right::ReadTrail;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let trail = view.get::<Trail>(self.trail)?;
        let right = view.may(trail);
        let covers = view.children::<Cover, Trail>(self.trail);
        let permit = right?;
        Ok(permit.answer(covers?.into_iter().cloned().collect()))
    }
}
