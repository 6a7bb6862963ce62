//! What concerns whoever asks: a member of staff's teams, a participant's trails and wishes.

use chrono::{DateTime, NaiveDate, Utc};

use super::view::Page;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::{ParticipantThemself, StaffThemself, all_of, trails_of};
use crate::domain::{
    Line, Membership, MembershipId, Method, Participant, ParticipantId, Period, Phase, Role, StaffId, Team, TeamId,
    Trail, TrailId, Wishes,
};
use crate::store::PageRequest;

/// One's own memberships of teams that are not over: those of today, and those that lie ahead, by their last day. There
/// is no way to ask for somebody else's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnTeams {
    /// Which page.
    pub page: PageRequest,
}

/// A membership of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnTeam {
    /// The membership.
    pub membership: MembershipId,
    /// The team.
    pub team: TeamId,
    /// Its name.
    pub name: Line<120>,
    /// In which role.
    pub role: Role,
    /// From when to when: it carries rights on these days.
    pub period: Period,
}

/// A participant's own trails, the last one first; an ended one for a year (`I23`). There is no way to ask for somebody else's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnTrails;

/// A trail of one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnTrail {
    /// The trail.
    pub trail: TrailId,
    /// Its method.
    pub method: Method,
    /// Its phase.
    pub phase: Phase,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// Its last day.
    pub ended_on: Option<NaiveDate>,
    /// Its owner.
    pub owner: StaffId,
}

/// A participant's own wishes, every version by its number (`DA6`), with a trail or without. There is no way to ask for
/// somebody else's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnWishes;

impl Question for OwnTeams {
    type Answer = Page<OwnTeam>;

    const RIGHT: Right = Right::SeeOwnTeams;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let themself = StaffId::new(view.actor().as_uuid());
        let permit = view.may(&StaffThemself(themself))?;
        let page = view.page::<Membership>(Membership::not_over(themself, view.today()), &self.page)?;
        // All teams are asked for before the first is needed, so that they come in one load.
        let teams: Vec<_> = page.items.iter().map(|membership| view.get::<Team>(membership.team())).collect();
        let mut items = Vec::with_capacity(teams.len());
        for (membership, team) in page.items.into_iter().zip(teams) {
            items.push(OwnTeam::of(membership, team?));
        }
        Ok(permit.answer(Page { items, next: page.next }))
    }
}

impl OwnTeam {
    fn of(membership: &Membership, team: &Team) -> Self {
        Self {
            membership: membership.id(),
            team: team.id(),
            name: team.name().clone(),
            role: membership.role(),
            period: membership.period(),
        }
    }
}

impl Question for OwnTrails {
    type Answer = Vec<OwnTrail>;

    const RIGHT: Right = Right::ReadTrail;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let themself = ParticipantId::new(view.actor().as_uuid());
        let registered = view.find::<Participant>(themself)?;
        let permit = view.may(&ParticipantThemself(themself))?;
        let mut trails = match registered {
            Some(participant) => trails_of(view, participant)?,
            None => Vec::new(),
        };
        trails.retain(|trail| trail.open_to_participant_until().is_none_or(|last| view.today() <= last));
        trails.sort_by_key(|trail| std::cmp::Reverse((trail.opened().at().instant(), trail.id())));
        Ok(permit.answer(trails.into_iter().map(OwnTrail::of).collect()))
    }
}

impl OwnTrail {
    fn of(trail: &Trail) -> Self {
        Self {
            trail: trail.id(),
            method: trail.method(),
            phase: trail.phase(),
            opened_at: trail.opened().at().instant(),
            ended_on: trail.ending().map(|ending| ending.on),
            owner: trail.owner(),
        }
    }
}

impl Question for OwnWishes {
    type Answer = Vec<Wishes>;

    const RIGHT: Right = Right::ReadTrail;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let themself = ParticipantId::new(view.actor().as_uuid());
        let registered = view.find::<Participant>(themself)?;
        let permit = view.may(&ParticipantThemself(themself))?;
        let mut wishes: Vec<Wishes> = match registered {
            Some(participant) => all_of::<Wishes>(view, participant)?.into_iter().cloned().collect(),
            None => Vec::new(),
        };
        wishes.sort_by_key(|it| (it.version(), it.id()));
        Ok(permit.answer(wishes))
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::access::{Actor, Purpose};
    use crate::command::samples::trail_id;
    use crate::command::scene::{everyday, free, member, other_team, our_team, specialist};
    use crate::desk::spy::desk;
    use crate::domain::samples::{by_spurv, day, participant_id, spurv};
    use crate::domain::{EndReason, Ending, OtherEnding, Rejection, Thing};
    use crate::record::samples::{self, id};
    use crate::store::Limit;

    fn first() -> OwnTeams {
        OwnTeams { page: PageRequest::first(Limit::MAX) }
    }

    #[test]
    fn a_member_of_staff_sees_their_own_memberships_that_are_not_over() {
        // given somebody who was in one team until yesterday, and is in the other from today's month on
        let who = StaffId::new(id(0x5F1));
        let until_yesterday = Period::between(day("2022-01-01"), day("2022-08-31")).unwrap();
        let until_today = Period::between(day("2022-01-01"), day("2022-09-01")).unwrap();
        let over = member(who, &our_team(), Role::Specialist, until_yesterday);
        let present = member(who, &other_team(), Role::Supervisor, until_today);
        let desk = desk(everyday().with(&over).with(&present).store());
        let actor = Actor::staff(who, [Role::Specialist], Purpose::FollowUp);
        // when they ask, in whichever role
        let seen = block_on(desk.ask(&actor, &first())).unwrap();
        // then they see the one that is not over, and nobody else's
        let team = OwnTeam {
            membership: present.id(),
            team: other_team().id(),
            name: other_team().name().clone(),
            role: Role::Supervisor,
            period: until_today,
        };
        assert_eq!((seen.items, seen.next), (vec![team], None));
        let others = block_on(desk.ask(&specialist(), &first())).unwrap();
        assert_eq!(others.items.iter().map(|it| it.team).collect::<Vec<_>>(), [our_team().id()]);
    }

    #[test]
    fn a_participant_sees_their_own_trails_the_last_one_first() {
        // given a participant with an open trail and one that ended before it
        let ending = Ending { on: day("2022-08-01"), reason: EndReason::Other(OtherEnding::MovedAway) };
        let former = samples::opened_trail(TrailId::new(id(0x2F)), spurv(), &samples::participant());
        let (former, _) = former.end(ending, &[], &by_spurv("2022-08-01")).unwrap();
        let desk = desk(everyday().with(&former).store());
        // when they ask
        let own = |who| block_on(desk.ask(&Actor::participant(who), &OwnTrails)).unwrap();
        let seen = own(participant_id());
        // then both are there; and of somebody without a trail, or not registered, there is none
        let shown: Vec<_> = seen.iter().map(|it| (it.trail, it.phase, it.ended_on)).collect();
        let ended_on = Some(day("2022-08-01"));
        assert_eq!(shown, [(trail_id(), Phase::Working, None), (former.id(), Phase::Ended, ended_on)]);
        assert!(seen.iter().all(|it| it.owner == spurv() && it.method == Method::Ips));
        assert_eq!(own(free()), []);
        assert_eq!(own(ParticipantId::new(id(0xEE))), []);
    }

    #[test]
    fn da6_wishes_stated_without_a_trail_are_read_on_the_first_one() {
        use crate::command::StateWishes;
        use crate::command::samples::{open, state_wishes};
        use crate::question::ReadTrail;
        use crate::store::CommandId;
        let desk = desk(everyday().store());
        let own = |who| block_on(desk.ask(&Actor::participant(who), &OwnWishes)).unwrap();
        // given somebody without a trail
        let opening = open();
        assert_eq!((opening.participant, own(free())), (free(), vec![]));
        // when they state their wishes, then they read them, and nobody else does
        let stated = StateWishes { trail: None, ..state_wishes() };
        block_on(desk.run(&Actor::participant(free()), CommandId::new(id(1)), &stated)).unwrap();
        let wishes = own(free());
        assert_eq!(wishes.iter().map(|it| (it.version(), it.is_in_own_words())).collect::<Vec<_>>(), [(1, true)]);
        assert_eq!(own(participant_id()), []);
        let refused = block_on(desk.ask(&specialist(), &OwnWishes)).unwrap_err();
        assert_eq!(refused.rejection(), Some(&Rejection::NotFound { what: Thing::Trail }));
        // and when a trail is opened for them, then its staff read them there
        block_on(desk.run(&specialist(), CommandId::new(id(2)), &opening)).unwrap();
        let file = block_on(desk.ask(&specialist(), &ReadTrail { trail: opening.trail })).unwrap();
        assert_eq!((file.wishes, own(free())), (wishes.clone(), wishes));
    }

    #[test]
    fn row_55_a_participant_reads_an_ended_trail_for_a_year_and_can_still_withdraw_after_it() {
        use crate::command::WithdrawConsent;
        use crate::command::samples::ended_trail_id;
        use crate::desk::Desk;
        use crate::domain::samples::morning;
        use crate::domain::{Channel, Consent, ConsentId};
        use crate::question::ReadTrail;
        use crate::store::CommandId;
        // Given a trail that ended on 1 August 2022, and a consent that its participant gave
        let who = ParticipantId::new(id(0x104));
        let by = by_spurv("2022-06-02");
        let person = crate::command::scene::person(who);
        let (consent, _) =
            Consent::give(ConsentId::new(id(0x2F1)), &person, samples::consent_terms(), &[], &by).unwrap();
        let actor = Actor::participant(who);
        let read = |on: &'static str| {
            let desk = Desk::new(everyday().with(&consent).store(), move || morning(on), || id(0x1_0000));
            let own = block_on(desk.ask(&actor, &OwnTrails)).unwrap().len();
            let file = block_on(desk.ask(&actor, &ReadTrail { trail: ended_trail_id() })).map(|_| ());
            let withdraw = WithdrawConsent { consent: consent.id(), trail: ended_trail_id(), channel: Channel::Letter };
            assert!(block_on(desk.run(&actor, CommandId::new(id(0xC1)), &withdraw)).is_ok());
            (own, file.map_err(|error| error.rejection().cloned()))
        };
        // then they read it on the last day of a year, and not on the next
        assert_eq!(read("2023-08-01"), (1, Ok(())));
        assert_eq!(read("2023-08-02"), (0, Err(Some(Rejection::NotFound { what: Thing::Trail }))));
    }

    #[test]
    fn the_trail_that_was_opened_last_comes_first_whatever_its_id() {
        // given a trail that was opened a day after the others, under the least id
        let later = samples::opened_trail(TrailId::new(id(0x01)), spurv(), &samples::participant());
        let mut json = serde_json::to_value(&later).unwrap();
        json["opened"]["at"] = "2022-06-01T09:00:00+02:00".into();
        json["ending"] = serde_json::to_value(samples::trail()).unwrap()["ending"].clone();
        let later: Trail = serde_json::from_value(json).unwrap();
        let desk = desk(everyday().with(&later).store());
        // when its participant asks, then it comes first
        let seen = block_on(desk.ask(&Actor::participant(participant_id()), &OwnTrails)).unwrap();
        assert_eq!(seen.iter().map(|it| it.trail).collect::<Vec<_>>(), [later.id(), trail_id()]);
    }
}
