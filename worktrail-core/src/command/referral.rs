//! Commands about referrals. One is accepted by [`OpenTrail`](super::OpenTrail), which names it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::finding::trails_of;
use super::host_list::{must_offer, tell_choice};
use super::{Command, Decided, OwnRules, Permit, Stop, World};
use crate::access::Right;
use crate::domain::{
    BaseValue, DayOf, EntryCode, ListName, NewReferral, Participant, ParticipantId, ReceivedReferral, ReferralClosing,
    ReferralId, Rejection, Team, TeamId, Text, Thing, Trail,
};

/// Receives a referral of a registered person (S23). For somebody who has an open trail, and but in a cleared team (`DA4`) is
/// strictly protected or whose trails are withheld, the answer is the same (`DA3`), and to whoever declared a conflict of
/// interest with the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct ReceiveReferral {
    /// The id of the referral.
    pub referral: ReferralId,
    /// About whom.
    pub participant: ParticipantId,
    /// By which team.
    pub team: TeamId,
    /// What came in.
    pub new: NewReferral,
    /// The entry of the organisation's own list that the source goes by (`DA9`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_entry: Option<EntryCode>,
}

impl Command for ReceiveReferral {
    type Reply = ReferralId;

    const NAME: &'static str = "receive_referral";
    const RIGHT: Right = Right::ReceiveReferrals;

    fn decide(&self, world: &World<'_>) -> Decided<ReferralId> {
        let team = world.get::<Team>(self.team)?;
        let permit = world.may(team)?;
        let participant = world.get::<Participant>(self.participant);
        let open = world.find_by(&Trail::open_of(self.participant));
        let id_is_new = world.is_new::<ReceivedReferral>(self.referral);
        let impartial = world.is_impartial_to(self.participant);
        let offered = must_offer(world, BaseValue::ReferralSources(self.new.source), self.source_entry.as_ref());
        let (participant, open, impartial) = (participant?, open?, impartial?);
        let trails = trails_of(world, participant)?;
        id_is_new?;
        let has_open = open.is_some() || trails.iter().any(|trail| !trail.is_ended());
        let is_withheld = participant.protection().is_strict() || trails.iter().any(|trail| trail.is_withheld());
        // One answer in one place, and first: who stands for somebody is for those to know who may open their trail.
        if has_open || !impartial || is_withheld && team.clearance().is_ordinary() {
            return Err(Rejection::CannotOpenHere.into());
        }
        participant.must_stand_for_themself()?;
        let (referral, fact) =
            ReceivedReferral::receive(self.referral, participant, team, self.new.clone(), &world.authorship())?;
        offered?;
        let (referral, chosen) = referral.choose(ListName::ReferralSources, self.source_entry.clone());
        let decision = permit.reply(self.referral).tell(&referral, fact);
        Ok(tell_choice(decision, &referral, chosen).save(referral))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["new"], |by| self.new.opening().faults(by));
    }
}

/// Closes a referral without a trail: declined, or withdrawn by whoever made it (S25).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct CloseReferral {
    /// The referral.
    pub referral: ReferralId,
    /// The team that received it.
    pub team: TeamId,
    /// The day.
    pub on: NaiveDate,
    /// Why.
    pub reason: ReferralClosing,
    /// More about why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text<1000>>,
    /// The entry of the organisation's own list that the reason goes by (`DA9`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryCode>,
}

impl Command for CloseReferral {
    type Reply = ();

    const NAME: &'static str = "close_referral";
    const RIGHT: Right = Right::ReceiveReferrals;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, referral) = of_team(world, self.team, self.referral)?;
        let (referral, fact) = referral.clone().close(self.on, self.reason, self.note.clone(), &world.authorship())?;
        must_offer(world, BaseValue::ReferralClosings(self.reason), self.entry.as_ref())?;
        let (referral, chosen) = referral.choose(ListName::ReferralClosings, self.entry.clone());
        Ok(tell_choice(permit.reply(()).tell(&referral, fact), &referral, chosen).save(referral))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("on", DayOf::ReferralDecided, self.on);
    }
}

/// Says that the reply to a referral was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct AnswerReferral {
    /// The referral.
    pub referral: ReferralId,
    /// The team that received it.
    pub team: TeamId,
    /// The day.
    pub on: NaiveDate,
}

impl Command for AnswerReferral {
    type Reply = ();

    const NAME: &'static str = "answer_referral";
    const RIGHT: Right = Right::ReceiveReferrals;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, referral) = of_team(world, self.team, self.referral)?;
        let (referral, fact) = referral.clone().send_reply(self.on, &world.authorship())?;
        Ok(permit.reply(()).tell(&referral, fact).save(referral))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("on", DayOf::ReferralReply, self.on);
    }
}

/// A referral that a team received and may see; one that is withheld is not there (`DA4`), nor one of somebody with whom
/// the actor declared a conflict of interest.
fn of_team<'w>(world: &World<'w>, team: TeamId, id: ReferralId) -> Result<(Permit, &'w ReceivedReferral), Stop> {
    let team = world.get::<Team>(team)?;
    let permit = world.may(team)?;
    let referral = world.find::<ReceivedReferral>(id)?;
    let missing = Rejection::NotFound { what: Thing::Referral };
    let referral = referral.filter(|it| it.is_shown_in(team)).ok_or_else(|| missing.clone())?;
    if world.is_impartial_to(referral.participant())? { Ok((permit, referral)) } else { Err(missing.into()) }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::super::samples::{close_referral, open, receive_referral, waiting_referral};
    use super::super::scene::{
        Scene, decide, everyday, free, now, other_team, partial, person, specialist, supervisor, told,
    };
    use super::super::{ChangeProtection, OpenTrail, ReleaseTrails};
    use super::*;
    use crate::command::samples::{change_protection, end_trail, ended_trail_id};
    use crate::desk::spy::desk;
    use crate::domain::samples::{by_spurv, day, participant_id, spurv, team};
    use crate::domain::{EndReason, Ending, Fact, OtherEnding, Protection, TrailId};
    use crate::question::ReadTrail;
    use crate::record::samples::{self, id};
    use crate::store::CommandId;

    #[test]
    fn s23_a_referral_is_received_closed_and_answered() {
        let picture = everyday().picture();
        assert_eq!(told(&decide(&picture, &specialist(), &receive_referral()).unwrap()), ["referral_received"]);
        assert_eq!(told(&decide(&picture, &specialist(), &close_referral()).unwrap()), ["referral_closed"]);
        let reply = AnswerReferral { referral: samples::closed_referral().id(), team: team(), on: now().day() };
        let answered = everyday().with(&samples::closed_referral()).picture();
        assert_eq!(told(&decide(&answered, &specialist(), &reply).unwrap()), ["referral_answered"]);
        let elsewhere = CloseReferral { team: other_team().id(), ..close_referral() };
        let theirs = decide(&picture, &specialist(), &elsewhere).unwrap_err();
        assert_eq!(theirs, Rejection::NotFound { what: Thing::Team });
    }

    #[test]
    fn s25_the_trail_that_names_a_referral_accepts_it_in_the_same_decision() {
        // given a referral that waits, and a trail opened by it
        let waiting = waiting_referral();
        let command = OpenTrail { by_referral: Some(waiting.id()), referral: waiting.received().opening(), ..open() };
        let decision = decide(&everyday().picture(), &specialist(), &command).unwrap();
        // then both are told
        assert!(told(&decision).contains(&"referral_accepted") && told(&decision).contains(&"trail_opened"));
        let accepted = |fact: &Fact| matches!(fact, Fact::ReferralAccepted { trail, .. } if *trail == command.trail);
        assert!(decision.facts().any(accepted));
        // and one that is closed, or another person's, opens none
        let (closed, _) =
            waiting.clone().close(now().day(), ReferralClosing::OtherArea, None, &by_spurv("2022-09-01")).unwrap();
        let refused = decide(&everyday().with(&closed).picture(), &specialist(), &command).unwrap_err();
        assert_eq!(refused, Rejection::AlreadyEnded { what: Thing::Referral, on: now().day() });
        let missing = OpenTrail { by_referral: Some(ReferralId::new(id(0xEE))), ..command };
        let refused = decide(&everyday().picture(), &specialist(), &missing).unwrap_err();
        assert_eq!(refused, Rejection::NotFound { what: Thing::Referral });
    }

    #[test]
    fn da3_a_referral_for_whoever_has_a_trail_is_answered_like_one_for_the_strictly_protected() {
        let refused = |participant| {
            let command = ReceiveReferral { participant, ..receive_referral() };
            decide(&everyday().picture(), &specialist(), &command).unwrap_err()
        };
        assert_eq!(refused(participant_id()), Rejection::CannotOpenHere);
        assert_eq!(refused(ParticipantId::new(id(0x105))), Rejection::CannotOpenHere, "withheld");
        let partial = everyday().with(&partial(spurv(), receive_referral().participant)).picture();
        let own = decide(&partial, &specialist(), &receive_referral()).unwrap_err();
        assert_eq!(own, Rejection::CannotOpenHere, "of somebody close");
        let hidden = decide(&partial, &specialist(), &close_referral()).unwrap_err();
        assert_eq!(hidden, Rejection::NotFound { what: Thing::Referral }, "and theirs is not there");
        let ended = decide(&everyday().picture(), &specialist(), &end_trail());
        assert!(ended.is_ok(), "and after the ending a referral may come again");
    }

    #[test]
    fn s30_da3_of_two_who_are_one_the_trails_of_both_count_and_a_referral_names_the_one_who_stands_for_them() {
        // given somebody without a trail into whom another one was merged, who has an open or a withheld one
        let (kept, merged, _) = person(free())
            .merge(person(ParticipantId::new(id(0x1E1))), samples::line(), &by_spurv("2022-06-10"))
            .unwrap();
        let trail = samples::opened_trail(TrailId::new(id(0x3E1)), spurv(), &merged);
        let refused =
            |scene: Scene, command: ReceiveReferral| decide(&scene.picture(), &specialist(), &command).unwrap_err();
        let scene = || everyday().with(&kept).with(&merged);
        assert!(decide(&scene().picture(), &specialist(), &receive_referral()).is_ok());
        let (ended, _) = trail.clone().end(ending(), &[], &by_spurv("2022-08-02")).unwrap();
        assert!(decide(&scene().with(&ended).picture(), &specialist(), &receive_referral()).is_ok());
        for trail in [trail, ended.withhold().0] {
            assert_eq!(refused(scene().with(&trail), receive_referral()), Rejection::CannotOpenHere);
        }
        // and one that names the merged one is told who stands for them
        let of_merged = || ReceiveReferral { participant: merged.id(), ..receive_referral() };
        assert_eq!(refused(scene(), of_merged()), Rejection::MergedInto { into: kept.id() });
        // but not to whoever declared a conflict of interest with either, nor when they are strictly protected
        let close = partial(spurv(), kept.id());
        assert_eq!(refused(scene().with(&close), of_merged()), Rejection::CannotOpenHere);
        let (strict, _) =
            merged.clone().change_protection(change_protection().protection, &by_spurv("2022-08-20")).unwrap();
        assert_eq!(refused(scene().with(&strict), of_merged()), Rejection::CannotOpenHere);
    }

    #[test]
    fn s30_s25_a_referral_of_whoever_was_merged_opens_the_trail_of_the_one_who_stands_for_them() {
        // given a referral that waits, and its person merged into somebody without a trail since
        let waiting = waiting_referral();
        let stands = person(ParticipantId::new(id(0x1E1)));
        let (kept, merged, _) = stands.merge(person(free()), samples::line(), &by_spurv("2022-06-10")).unwrap();
        let scene = || everyday().with(&kept).with(&merged);
        let referral = waiting.received().opening();
        let command = OpenTrail { participant: kept.id(), by_referral: Some(waiting.id()), referral, ..open() };
        // when the trail is opened for the one who stands for both
        let desk = desk(scene().store());
        block_on(desk.run(&specialist(), CommandId::new(id(0xD0)), &command)).unwrap();
        // then the referral is accepted by it, and waits no more
        let file = block_on(desk.ask(&specialist(), &ReadTrail { trail: command.trail })).unwrap();
        assert_eq!(file.referral.map(|it| (it.id(), it.waiting_since())), Some((waiting.id(), None)));
        // and one of somebody else's is not there
        let other = OpenTrail { participant: ParticipantId::new(id(0x1E2)), ..command };
        let picture = scene().with(&person(other.participant)).picture();
        let refused = decide(&picture, &specialist(), &other).unwrap_err();
        assert_eq!(refused, Rejection::NotFound { what: Thing::Referral });
    }

    #[test]
    fn da4_a_trail_is_opened_by_no_referral_that_is_withheld() {
        // given a referral of somebody who was strictly protected, and is no longer; it was not released since
        let (withheld, _) = waiting_referral().withhold();
        let referral = withheld.received().opening();
        let command = OpenTrail { by_referral: Some(withheld.id()), referral, ..open() };
        assert!(decide(&everyday().picture(), &specialist(), &command).is_ok());
        // then it is not there to open a trail by
        let refused = decide(&everyday().with(&withheld).picture(), &specialist(), &command).unwrap_err();
        assert_eq!(refused, Rejection::NotFound { what: Thing::Referral });
    }

    #[test]
    fn da4_a_referral_is_withheld_with_the_trails_and_released_with_them() {
        // given a person with an ended trail and a new referral
        let (past, returning) = (ended_trail_id(), person(ParticipantId::new(id(0x104))));
        let referral = samples::referral_of(0xF4, &returning);
        let close = CloseReferral { referral: referral.id(), ..close_referral() };
        let strict = ChangeProtection { participant: returning.id(), ..change_protection() };
        let picture = everyday().with(&referral).picture();
        // when the protection becomes strict, then it is withheld at once
        let decision = decide(&picture, &supervisor(), &strict).unwrap();
        assert!(told(&decision).contains(&"referral_audience_changed"));
        let (trail, _) =
            samples::opened_trail(past, spurv(), &returning).end(ending(), &[], &by_spurv("2022-08-02")).unwrap();
        let (trail, _) = trail.withhold();
        let (protected, _) = returning.change_protection(strict.protection, &by_spurv("2022-08-20")).unwrap();
        let withheld = || everyday().with(&protected).with(&trail).with(&referral.clone().withhold().0);
        let refused = decide(&withheld().picture(), &specialist(), &close).unwrap_err();
        assert_eq!(refused, Rejection::NotFound { what: Thing::Referral });
        // and when it falls it comes back by the explicit act
        let fallen = ChangeProtection { protection: Protection::default(), ..strict };
        assert!(
            !told(&decide(&withheld().picture(), &supervisor(), &fallen).unwrap())
                .contains(&"referral_audience_changed")
        );
        let (unprotected, _) = protected.clone().change_protection(fallen.protection, &by_spurv("2022-08-21")).unwrap();
        let release = ReleaseTrails { participant: protected.id(), team: team() };
        let released = decide(&withheld().with(&unprotected).picture(), &supervisor(), &release).unwrap();
        assert_eq!(told(&released), ["audience_changed", "referral_audience_changed"]);
    }

    fn ending() -> Ending {
        Ending { on: day("2022-08-01"), reason: EndReason::Other(OtherEnding::MovedAway) }
    }
}
