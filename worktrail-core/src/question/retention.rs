//! What is due for retention.

use chrono::{Days, NaiveDate};

use super::view::Page;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::all_of_person;
use crate::domain::{LegalHold, RetentionDue, RetentionPolicy, TeamId, Trail, TrailId};
use crate::store::PageRequest;

/// The ended trails of a team for which something is due today by the default policy, the longest ended first (S16,
/// `I23`). What is held by law is for whoever carries it out: the policy answers for a hold as well.
///
/// What counts from the person's last trail counts from the last one that the team may see: a later day would tell it of
/// another team's (`DA3`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueForRetention {
    /// The team.
    pub team: TeamId,
    /// Which page.
    pub page: PageRequest,
}

/// A trail for which something is due. It names nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetentionLine {
    /// The trail.
    pub trail: TrailId,
    /// Its last day.
    pub ended_on: NaiveDate,
    /// What is due, and since when.
    pub due: Vec<RetentionDue>,
}

impl Question for DueForRetention {
    type Answer = Page<RetentionLine>;

    const RIGHT: Right = Right::OverseeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let policy = RetentionPolicy::default();
        let days = Days::new(policy.earliest_after_days().unwrap_or_default().into());
        let today = view.today();
        let last = today.checked_sub_days(days).unwrap_or(today);
        let page = view.page::<Trail>(Trail::ended_by(at, last), &self.page);
        let (team, permit) = right?;
        let page = page?;
        // All are asked for before the first is needed, so that they come in one load.
        let of_person: Vec<_> =
            page.items.iter().map(|trail| all_of_person::<Trail>(view, trail.participant())).collect();
        let mut items = Vec::with_capacity(of_person.len());
        for (trail, trails) in page.items.into_iter().zip(of_person) {
            let Some(ended_on) = trail.ending().map(|ending| ending.on) else { continue };
            let mut trails = trails?;
            trails.retain(|it| it.team() == self.team && it.audience() == team.clearance().audience());
            let due = policy.due(trail, &trails, LegalHold::None, today);
            items.push(RetentionLine { trail: trail.id(), ended_on, due });
        }
        Ok(permit.answer(Page { items, next: page.next }))
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::access::Purpose;
    use crate::command::samples::ended_trail_id;
    use crate::command::scene::{Scene, everyday, other_team, person, specialist, supervisor};
    use crate::desk::Desk;
    use crate::domain::samples::{by_spurv, day, morning, spurv, team};
    use crate::domain::{Participant, ParticipantId, RetentionAction};
    use crate::record::samples::{self, id};
    use crate::store::Limit;

    fn due_on(on: &'static str) -> Vec<RetentionLine> {
        due_in(everyday(), on)
    }

    fn due_in(scene: Scene, on: &'static str) -> Vec<RetentionLine> {
        let desk = Desk::new(scene.store(), move || morning(on), || id(0x1_0000));
        let question = DueForRetention { team: team(), page: PageRequest::first(Limit::MAX) };
        assert!(block_on(desk.ask(&specialist(), &question)).is_err(), "not the specialist's");
        block_on(desk.ask(&supervisor().acting_for(Purpose::Supervision), &question)).unwrap().items
    }

    #[test]
    fn s16_what_is_due_for_retention_is_asked_for_by_the_day() {
        // Given a trail that ended on 1 August 2022, then it is due for the archive 373 days later, and not before
        assert_eq!(due_on("2023-08-08"), []);
        let due = vec![RetentionDue { action: RetentionAction::Archive, since: day("2023-08-09") }];
        let line = RetentionLine { trail: ended_trail_id(), ended_on: day("2022-08-01"), due };
        assert_eq!(due_on("2023-08-09"), [line]);
    }

    #[test]
    fn s16_da3_a_review_is_due_after_the_last_trail_that_the_team_may_see() {
        // Given a trail that ended on 1 August 2022, then a review is due five years later
        let has_review = |scene| {
            let due = due_in(scene, "2027-08-01").into_iter().find(|line| line.trail == ended_trail_id()).unwrap().due;
            due.iter().any(|it| it.action == RetentionAction::Review)
        };
        assert!(has_review(everyday()));
        // and another trail of the same person puts it off when it is the team's, and not withheld from it
        let another = samples::opened_trail(TrailId::new(id(0x3E1)), spurv(), &person(ParticipantId::new(id(0x104))));
        assert!(!has_review(everyday().with(&another)));
        assert!(has_review(everyday().with(&another.clone().withhold().0)));
        let (elsewhere, _) = another.hand_over(&other_team(), spurv()).unwrap();
        assert!(has_review(everyday().with(&elsewhere)));
    }

    #[test]
    fn i23_s30_a_review_is_due_after_the_last_trail_of_the_one_person() {
        // Given two who are one person: of one an ended trail, of the other an open one
        let has_review = |scene: Scene| {
            let due = due_in(scene, "2027-08-01").into_iter().find(|line| line.trail == ended_trail_id()).unwrap().due;
            due.iter().any(|it| it.action == RetentionAction::Review)
        };
        let [former, other] = [0x104, 0x1FD].map(|number| person(ParticipantId::new(id(number))));
        let open = samples::opened_trail(TrailId::new(id(0x3E1)), spurv(), &other);
        let scene = || everyday().with(&open);
        assert!(has_review(scene().with(&other)), "two persons");
        // when they are merged, either way, then the open trail puts the review of the ended one off
        let merged = |kept: &Participant, merged: &Participant| {
            let (kept, merged, _) =
                kept.clone().merge(merged.clone(), samples::line(), &by_spurv("2022-08-21")).unwrap();
            scene().with(&kept).with(&merged)
        };
        assert!(!has_review(merged(&other, &former)));
        assert!(!has_review(merged(&former, &other)));
    }
}
