//! Commands that put a trail right: corrections and re-opening, each with its reason.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::finding::{relist, trails_of};
use super::followers::Followers;
use super::host_list::{must_offer, tell_choice};
use super::{Command, Decided, OwnRules, World};
use crate::access::Right;
use crate::domain::{
    BaseValue, Corrector, DayOf, EndReason, Ending, EndingCorrection, EntryCode, ExclusionNote, Fact, Job, ListName,
    NameEntry, Participant, Phase, Referral, Rejection, Text, Trail, TrailAudience, TrailId,
};

/// Corrects the day of the start-up meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct CorrectStart {
    /// The trail.
    pub trail: TrailId,
    /// The true day.
    pub on: NaiveDate,
    /// Why.
    pub reason: Text<500>,
}

impl Command for CorrectStart {
    type Reply = ();

    const NAME: &'static str = "correct_start";
    const RIGHT: Right = Right::CorrectTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let corrector = Corrector::of(permit.role());
        let (trail, fact) =
            trail.clone().correct_start(self.on, self.reason.clone(), corrector, &world.authorship())?;
        Ok(permit.reply(()).tell(&trail, fact).save(trail))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("on", DayOf::StartUpMeeting, self.on);
    }
}

/// Corrects the referral that a trail was opened with: its day, unit, counsellor, source or wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct CorrectReferral {
    /// The trail.
    pub trail: TrailId,
    /// What it is from now on.
    pub referral: Referral,
    /// Why.
    pub reason: Text<500>,
    /// The entry of the organisation's own list that the source goes by (`DA9`); by itself it is not corrected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_entry: Option<EntryCode>,
}

impl Command for CorrectReferral {
    type Reply = ();

    const NAME: &'static str = "correct_referral";
    const RIGHT: Right = Right::CorrectTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let corrector = Corrector::of(permit.role());
        let (referral, reason) = (self.referral.clone(), self.reason.clone());
        let source = referral.source;
        let offered = must_offer(world, BaseValue::ReferralSources(source), self.source_entry.as_ref());
        // What was chosen while it was offered stands.
        if (trail.referral().source, trail.entry(ListName::ReferralSources)) != (source, self.source_entry.as_ref()) {
            offered?;
        }
        let (trail, fact) = trail.clone().correct_referral(referral, reason, corrector, &world.authorship())?;
        let (trail, chosen) = trail.choose(ListName::ReferralSources, self.source_entry.clone());
        Ok(tell_choice(permit.reply(()).tell(&trail, fact), &trail, chosen).save(trail))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["referral"], |by| self.referral.faults(by));
    }
}

/// Corrects the ending of a trail: within 30 days of its registration, afterwards by user support only (`I10`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct CorrectEnding {
    /// The trail.
    pub trail: TrailId,
    /// The true last day.
    pub on: NaiveDate,
    /// The true end reason.
    pub end_reason: EndReason,
    /// What is said about the zero-exclusion flag, when the end reason raises it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclusion: Option<ExclusionNote>,
    /// Why it is corrected.
    pub reason: Text<500>,
    /// The entry of the organisation's own list that the end reason goes by (`DA9`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryCode>,
}

impl Command for CorrectEnding {
    type Reply = ();

    const NAME: &'static str = "correct_ending";
    const RIGHT: Right = Right::CorrectTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let jobs = world.children::<Job, Trail>(self.trail);
        let offered = must_offer(world, BaseValue::EndReasons(self.end_reason), self.entry.as_ref());
        let (corrector, by) = (Corrector::of(permit.role()), world.authorship());
        let correction = EndingCorrection {
            ending: Ending { on: self.on, reason: self.end_reason },
            entry: self.entry.clone(),
            exclusion: self.exclusion.clone(),
            reason: self.reason.clone(),
        };
        let jobs = jobs?;
        // What was chosen while it was offered stands.
        let list = ListName::EndReasons;
        let stood = (trail.ending().map(|ending| ending.reason), trail.entry(list));
        if stood != (Some(self.end_reason), self.entry.as_ref()) {
            offered?;
        }
        let (corrected, fact) = trail.clone().correct_ending(correction, &jobs, corrector, &by)?;
        let entry = corrected.entry(list).cloned();
        let chosen = (trail.entry(list) != entry.as_ref()).then_some(Fact::ListEntryChosen {
            list,
            entry,
            trail: Some(self.trail),
        });
        Ok(tell_choice(permit.reply(()).tell(&corrected, fact), &corrected, chosen).save(corrected))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("on", DayOf::Ending, self.on);
        rules.over(&["end_reason", "exclusion"], |_| {
            ExclusionNote::must_answer(self.end_reason, self.exclusion.as_ref()).err().into_iter().collect()
        });
        if let Some(note) = &self.exclusion {
            rules.planned("exclusion.help_again_on", DayOf::HelpAgain, note.help_again_on);
        }
    }
}

/// Opens an ended trail again (`I10`). The person may have no other open trail (`I2`), nor be strictly protected; the
/// answer is the same for both (`DA3`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct ReopenTrail {
    /// The trail.
    pub trail: TrailId,
    /// The phase from now on.
    pub phase: Phase,
    /// Why.
    pub reason: Text<500>,
}

impl Command for ReopenTrail {
    type Reply = ();

    const NAME: &'static str = "reopen_trail";
    const RIGHT: Right = Right::ReopenTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let participant = world.get::<Participant>(trail.participant());
        let open = world.find_by(&Trail::open_of(trail.participant()));
        let listed = world.children::<NameEntry, Participant>(trail.participant());
        let followers = Followers::of(world, self.trail);
        let (participant, open, listed) = (participant?, open?, listed?);
        participant.must_stand_for_themself()?;
        let trails = trails_of(world, participant)?;
        let has_another = trails.iter().any(|it| !it.is_ended() && it.id() != self.trail);
        let is_withheld = participant.protection().is_strict() && trail.audience() != TrailAudience::Cleared;
        if is_withheld || has_another || open.is_some_and(|open| open.id() != self.trail) {
            return Err(Rejection::CannotOpenHere.into());
        }
        let (trail, fact) = trail.clone().reopen(self.phase, self.reason.clone(), &world.authorship())?;
        let decision = relist(permit.reply(()), &listed, participant, Some(&trail));
        Ok(followers.follow(world, &trail, decision.tell(&trail, fact))?.save(trail))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{correct_ending, correct_referral, correct_start, ended_trail_id, reopen_trail};
    use super::super::scene::{Scene, decide, everyday, our_team, person, specialist, supervisor, told, user_support};
    use super::*;
    use crate::access::Actor;
    use crate::command::samples::fresh_trail_id;
    use crate::domain::samples::{by_spurv, day, spurv};
    use crate::domain::{OtherEnding, ParticipantId, Thing};
    use crate::record::samples::{self, id};

    #[test]
    fn row_20_start_and_referral_are_corrected_by_owner_supervisor_and_user_support() {
        let picture = everyday().picture();
        for actor in [specialist(), supervisor(), user_support()] {
            assert_eq!(told(&decide(&picture, &actor, &correct_start()).unwrap()), ["start_corrected"]);
            assert_eq!(told(&decide(&picture, &actor, &correct_referral()).unwrap()), ["referral_corrected"]);
        }
    }

    /// The ended trail of the scene, ended so long ago that its window is over.
    fn long_ended() -> Scene {
        let person = person(ParticipantId::new(id(0x104)));
        let trail = samples::opened_trail(ended_trail_id(), spurv(), &person);
        let ending = Ending { on: day("2022-07-31"), reason: EndReason::Other(OtherEnding::MovedAway) };
        let (trail, _) = trail.end(ending, &[], &by_spurv("2022-07-31")).unwrap();
        everyday().with(&trail)
    }

    #[test]
    fn row_42_the_window_is_thirty_days_and_user_support_has_none() {
        let correct = |scene: Scene, actor: &Actor| decide(&scene.picture(), actor, &correct_ending()).map(|_| ());
        assert_eq!(correct(everyday(), &specialist()), Ok(()));
        let over = Rejection::CorrectionWindowOver { until: day("2022-08-30") };
        assert_eq!(correct(long_ended(), &specialist()), Err(over.clone()));
        assert_eq!(correct(long_ended(), &supervisor()), Err(over));
        assert_eq!(correct(long_ended(), &user_support()), Ok(()));
    }

    #[test]
    fn row_43_an_ended_trail_is_reopened_by_a_supervisor_or_user_support() {
        let picture = everyday().picture();
        for actor in [supervisor(), user_support()] {
            assert_eq!(told(&decide(&picture, &actor, &reopen_trail()).unwrap()), ["trail_reopened"]);
        }
        let owner = decide(&picture, &specialist(), &reopen_trail()).unwrap_err();
        assert_eq!(owner, Rejection::NotAllowed { right: Right::ReopenTrail.code() });
        let open = ReopenTrail { trail: fresh_trail_id(), ..reopen_trail() };
        assert_eq!(decide(&picture, &supervisor(), &open).unwrap_err(), Rejection::StillOpen { what: Thing::Trail });
    }

    #[test]
    fn i2_da3_a_trail_is_not_reopened_beside_another_nor_under_strict_protection() {
        use crate::domain::{AddressProtection, Protection, StaffShielding};

        // given a person who has another open trail, wherever it is
        let person = person(ParticipantId::new(id(0x104)));
        let other = samples::opened_trail(TrailId::new(id(0x3F)), spurv(), &person);
        let beside = everyday().with(&our_team()).with(&other).picture();
        assert_eq!(decide(&beside, &supervisor(), &reopen_trail()).unwrap_err(), Rejection::CannotOpenHere);
        // or one who is strictly protected, then the answer is the same
        let strict = Protection::new(AddressProtection::StrictlyConfidential, StaffShielding::None);
        let (protected, _) = person.change_protection(strict, &by_spurv("2022-08-20")).unwrap();
        let strictly = everyday().with(&protected).picture();
        assert_eq!(decide(&strictly, &supervisor(), &reopen_trail()).unwrap_err(), Rejection::CannotOpenHere);
    }
}
