//! Around the ending: what is still open before it, and which endings raised the zero-exclusion flag.

use chrono::NaiveDate;

use super::view::Page;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::Surroundings;
use crate::domain::{EndReason, OpenMatter, Participant, ParticipantId, PersonName, StaffId, TeamId, Trail, TrailId};
use crate::store::PageRequest;

/// What would still be open if an open trail ended on a day (row 44).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndingChecklist {
    /// The trail.
    pub trail: TrailId,
    /// The last day that it would have.
    pub on: NaiveDate,
}

impl Question for EndingChecklist {
    type Answer = Vec<OpenMatter>;

    const RIGHT: Right = Right::EndTrail;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let trail = view.get::<Trail>(self.trail)?;
        let right = view.may(trail);
        let surroundings = Surroundings::of(trail, view);
        let permit = right?;
        // What is open around an ended one is another trail's (DA3).
        trail.must_be_open()?;
        let surroundings = surroundings?;
        Ok(permit.answer(trail.open_matters(surroundings.around(), self.on, view.now())))
    }
}

/// The trails of a team whose ending raised the zero-exclusion flag, the last one first: for its supervisor to look at
/// (`DB10`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZeroExclusionFlags {
    /// The team.
    pub team: TeamId,
    /// Which page.
    pub page: PageRequest,
}

/// An ending that raised the flag.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FlaggedEnding {
    /// The trail.
    pub trail: TrailId,
    /// Whose it was.
    pub participant: ParticipantId,
    /// Their name.
    pub name: PersonName,
    /// Its owner.
    pub owner: StaffId,
    /// Its last day.
    pub ended_on: NaiveDate,
    /// Why it ended.
    pub reason: EndReason,
    /// When help is offered again. What the specialist said stands on the trail: a page of trails carries no words (S14).
    pub help_again_on: Option<NaiveDate>,
}

impl Question for ZeroExclusionFlags {
    type Answer = Page<FlaggedEnding>;

    const RIGHT: Right = Right::OverseeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let page = view.page(Trail::zero_exclusions(at), &self.page);
        let (_, permit) = right?;
        let page = view.with_people(page?, Trail::participant)?;
        let flagged = |(trail, participant): (&Trail, &Participant)| {
            let ending = trail.ending()?;
            Some(FlaggedEnding {
                trail: trail.id(),
                participant: participant.id(),
                name: participant.name().clone(),
                owner: trail.owner(),
                ended_on: ending.on,
                reason: ending.reason,
                help_again_on: trail.exclusion().map(|note| note.help_again_on),
            })
        };
        Ok(permit.answer(Page { items: page.items.into_iter().filter_map(flagged).collect(), next: page.next }))
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::command::samples::{end_trail, ended_trail_id, trail_id};
    use crate::command::scene::{everyday, now, specialist, supervisor};
    use crate::desk::spy::desk;
    use crate::domain::Rejection;
    use crate::domain::samples::team;
    use crate::record::samples::id;
    use crate::store::{CommandId, Limit};

    #[test]
    fn row_44_the_checklist_names_what_is_open_before_the_ending() {
        let desk = desk(everyday().store());
        let ask = EndingChecklist { trail: trail_id(), on: now().day() };
        let open = block_on(desk.ask(&specialist(), &ask)).unwrap();
        let expected = [
            OpenMatter::JobOngoing,
            OpenMatter::SubGoalOpen,
            OpenMatter::PauseNotOver,
            OpenMatter::ConsentInForce,
            OpenMatter::OpennessInForce,
        ];
        assert_eq!(open, expected);
    }

    #[test]
    fn da3_an_ended_trail_has_no_checklist() {
        // given a trail that has ended, whose participant may have consented to something on another one since
        let ask = EndingChecklist { trail: ended_trail_id(), on: now().day() };
        let refused = block_on(desk(everyday().store()).ask(&specialist(), &ask)).unwrap_err();
        assert_eq!(refused.rejection(), Some(&Rejection::TrailEnded { trail: ended_trail_id() }));
    }

    #[test]
    fn db10_the_supervisor_sees_the_endings_that_raised_the_flag_the_last_one_first() {
        // given a trail that ended by illness a month ago, and one that ends so today
        let desk = desk(everyday().store());
        block_on(desk.run(&specialist(), CommandId::new(id(0xE0)), &end_trail())).unwrap();
        let ask = ZeroExclusionFlags { team: team(), page: PageRequest::first(Limit::MAX) };
        // when the supervisor asks, then both are there, with the day on which help is offered again
        let seen = block_on(desk.ask(&supervisor(), &ask)).unwrap().items;
        assert_eq!(seen.iter().map(|it| it.trail).collect::<Vec<_>>(), [trail_id(), ended_trail_id()]);
        // (S14) and nothing of what the specialist said, who wrote it as one writes of somebody's health
        let FlaggedEnding { help_again_on, reason, trail: _, participant: _, name: _, owner: _, ended_on: _ } =
            seen[0].clone();
        assert_eq!((help_again_on, reason), (end_trail().exclusion.map(|it| it.help_again_on), end_trail().reason));
        assert!(block_on(desk.ask(&specialist(), &ask)).is_err(), "it is for the supervisor");
    }
}
