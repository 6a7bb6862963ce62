//! Organisations' own lists over the closed ones (`DA9`).

use serde::{Deserialize, Serialize};

use super::{Command, Decided, Decision, Organisation, OwnRules, Stop, World};
use crate::access::Right;
use crate::domain::{BaseValue, EntryCode, Fact, HostList, HostListId, HostListTerms, ListName};
use crate::record::Recorded;

/// States the organisation's own list over a closed one, whole: which entries stand for which values, and which values are
/// not offered by themselves (`DA9`). What is not stated any more goes out of use; what was chosen before stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct StateHostList {
    /// Over which list.
    pub list: ListName,
    /// What it says from now on.
    pub terms: HostListTerms,
}

impl Command for StateHostList {
    type Reply = HostListId;

    const NAME: &'static str = "state_host_list";
    const RIGHT: Right = Right::KeepLists;

    fn decide(&self, world: &World<'_>) -> Decided<HostListId> {
        let permit = world.may(&Organisation)?;
        let former = world.find::<HostList>(HostListId::of(self.list))?;
        let (list, fact) = HostList::state(former, self.list, self.terms.clone(), &world.authorship())?;
        Ok(permit.reply(list.id()).tell(&list, fact).save(list))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["list", "terms"], |_| self.terms.faults(self.list, &[]));
    }
}

/// Refuses what the organisation does not offer (`DA9`). Ask before unwrapping, so that its list comes in the same load.
pub(super) fn must_offer(world: &World<'_>, value: BaseValue, entry: Option<&EntryCode>) -> Result<(), Stop> {
    let list = world.find::<HostList>(HostListId::of(value.list()))?;
    Ok(HostList::must_offer(list, value, entry)?)
}

/// Tells which entry was chosen, when that changed something.
pub(super) fn tell_choice<R, T: Recorded>(decision: Decision<R>, about: &T, chosen: Option<Fact>) -> Decision<R> {
    match chosen {
        Some(fact) => decision.tell(about, fact),
        None => decision,
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{
        close_referral, correct_ending, correct_referral, end_trail, ended_trail_id, open, receive_referral,
        set_team_variant, set_trail_variant, state_host_list, write_narrative,
    };
    use super::super::scene::{Relation, Scene, decide, everyday, person, specialist, supervisor, told, user_support};
    use super::super::{
        CloseReferral, CorrectEnding, CorrectReferral, EndTrail, OpenTrail, ReceiveReferral, SetTeamVariant,
        SetTrailVariant, WriteNarrative,
    };
    use super::*;
    use crate::access::Actor;
    use crate::domain::samples::{by_spurv, day, spurv};
    use crate::domain::{EndReason, Ending, OtherEnding, ParticipantId, Rejection, Topic};
    use crate::record::samples::{self, entry_code, host_list_of, id};

    /// What is refused with the value alone and done with the entry that stands for it, where the value is closed.
    fn by_its_entry_only<C: Command>(list: ListName, actor: &Actor, bare: &C, named: &C)
    where
        C::Reply: std::fmt::Debug,
    {
        let scene = || with(list);
        let refused = decide(&scene().picture(), actor, bare).unwrap_err();
        assert_eq!(refused, Rejection::NotOffered { list }, "{}", C::NAME);
        let done = decide(&scene().picture(), actor, named).unwrap();
        assert!(told(&done).contains(&"list_entry_chosen"), "{}: {:?}", C::NAME, told(&done));
        // Without a list of one's own it is the other way round.
        assert!(decide(&everyday().picture(), actor, bare).is_ok(), "{}", C::NAME);
        let unknown = decide(&everyday().picture(), actor, named).unwrap_err();
        assert_eq!(unknown, Rejection::NotOffered { list }, "{}", C::NAME);
    }

    fn with(list: ListName) -> Scene {
        everyday().with(&host_list_of(list))
    }

    #[test]
    fn da9_a_list_is_stated_by_user_support_and_the_host_program() {
        let program = Relation::Nobody.actor(None);
        for actor in [user_support(), program] {
            let stated = decide(&everyday().picture(), &actor, &state_host_list()).unwrap();
            assert_eq!(told(&stated), ["host_list_stated"]);
        }
        let again = decide(&with(ListName::EndReasons).picture(), &user_support(), &state_host_list());
        assert_eq!(again.unwrap_err(), Rejection::NothingChanges);
    }

    #[test]
    fn da9_whatever_is_chosen_goes_by_the_organisations_list() {
        let (entry, illness) = (Some(entry_code()), EndReason::Other(OtherEnding::Illness));
        let exclusion = Some(samples::exclusion_note());
        let bare = EndTrail { reason: illness, exclusion: exclusion.clone(), ..end_trail() };
        by_its_entry_only(
            ListName::EndReasons,
            &specialist(),
            &bare,
            &EndTrail { entry: entry.clone(), ..bare.clone() },
        );
        let bare = CloseReferral { reason: crate::domain::ReferralClosing::Appearance, ..close_referral() };
        let named = CloseReferral { entry: entry.clone(), ..bare.clone() };
        by_its_entry_only(ListName::ReferralClosings, &specialist(), &bare, &named);
        let BaseValue::ReferralSources(source) = samples::base_value(ListName::ReferralSources) else { panic!() };
        let mut bare = receive_referral();
        bare.new.source = source;
        let named = ReceiveReferral { source_entry: entry.clone(), ..bare.clone() };
        by_its_entry_only(ListName::ReferralSources, &specialist(), &bare, &named);
        let mut bare = OpenTrail { owner: None, ..open() };
        bare.referral.source = source;
        let named = OpenTrail { source_entry: entry.clone(), ..bare.clone() };
        by_its_entry_only(ListName::ReferralSources, &specialist(), &bare, &named);
        let list = ListName::ProgrammeVariants;
        let named = SetTeamVariant { entry: entry.clone(), ..set_team_variant() };
        by_its_entry_only(list, &supervisor(), &set_team_variant(), &named);
        let named = SetTrailVariant { entry: entry.clone(), ..set_trail_variant() };
        by_its_entry_only(list, &specialist(), &set_trail_variant(), &named);
        let bare = WriteNarrative { topic: Topic::Interests, ..write_narrative() };
        by_its_entry_only(ListName::Topics, &specialist(), &bare, &WriteNarrative { entry, ..bare.clone() });
    }

    #[test]
    fn da9_a_correction_chooses_what_is_offered_and_what_stood_stands() {
        let not_offered = |list| Rejection::NotOffered { list };
        // given a trail that ended because the participant moved, where illness is not offered by itself
        let list = ListName::EndReasons;
        let ending = Ending { on: day("2022-08-01"), reason: EndReason::Other(OtherEnding::MovedAway) };
        let past = samples::opened_trail(ended_trail_id(), spurv(), &person(ParticipantId::new(id(0x104))));
        let past = past.end(ending, &[], &by_spurv("2022-08-02")).unwrap().0;
        let picture = with(list).with(&past).picture();
        // when the ending is corrected to illness, then it takes the entry that stands for it
        let named = CorrectEnding { entry: Some(entry_code()), ..correct_ending() };
        assert_eq!(decide(&picture, &specialist(), &correct_ending()).unwrap_err(), not_offered(list));
        assert!(decide(&picture, &specialist(), &named).is_ok());
        // and where illness stood before, it stands
        assert!(decide(&with(list).picture(), &specialist(), &correct_ending()).is_ok());

        // and so it is with the source of a referral
        let list = ListName::ReferralSources;
        let BaseValue::ReferralSources(source) = samples::base_value(list) else { panic!() };
        let mut bare = correct_referral();
        assert!(decide(&with(list).picture(), &specialist(), &bare).is_ok());
        bare.referral.source = source;
        let named = CorrectReferral { source_entry: Some(entry_code()), ..bare.clone() };
        assert_eq!(decide(&with(list).picture(), &specialist(), &bare).unwrap_err(), not_offered(list));
        assert!(decide(&with(list).picture(), &specialist(), &named).is_ok());
    }
}
