//! Full samples of organisations' own lists, and of what was chosen from them.

use super::{eventful_trail, id, line, referrals, text, young_team};
use crate::domain::samples::{by_spurv, day};
use crate::domain::{
    BaseValue, EndReason, Ending, EntryCode, Guidance, GuidanceOn, GuidanceTerms, HostList, HostListTerms, Line,
    ListName, Narrative, NarrativeId, NewListEntry, OtherEnding, Phase, ReceivedReferral, Team, Topic, Trail,
};

/// A marked code of an entry.
pub(crate) fn entry_code() -> EntryCode {
    EntryCode::parse("kanari").expect("a code")
}

/// A value of each list, for which the marked entry stands.
pub(crate) fn base_value(list: ListName) -> BaseValue {
    match list {
        ListName::EndReasons => BaseValue::EndReasons(EndReason::Other(OtherEnding::Illness)),
        ListName::Topics => BaseValue::Topics(Topic::Interests),
        _ => BaseValue::all_of(list).into_iter().next_back().expect("a value"),
    }
}

/// A list with one entry, which takes the place of its value.
pub(crate) fn host_list_terms(list: ListName) -> HostListTerms {
    let base = base_value(list);
    let entries = vec![NewListEntry { code: entry_code(), base, nb: line(), en: line() }];
    HostListTerms { entries, closed: [base].into() }
}

/// A list as it was stated.
pub(crate) fn host_list_of(list: ListName) -> HostList {
    HostList::state(None, list, host_list_terms(list), &by_spurv("2022-01-01")).expect("stated").0
}

/// A list whose only entry went out of use.
pub(crate) fn host_list() -> HostList {
    let (list, by) = (ListName::EndReasons, by_spurv("2022-02-01"));
    let terms = HostListTerms { entries: Vec::new(), ..host_list_terms(list) };
    HostList::state(Some(&host_list_of(list)), list, terms, &by).expect("stated").0
}

/// What the organisation tells at a command.
pub(crate) fn guidance_terms() -> GuidanceTerms {
    GuidanceTerms { nb: text(), en: text(), link: Some(line()) }
}

/// Guidance at a command, as it was stated.
pub(crate) fn guidance() -> Guidance {
    let on = GuidanceOn::Command(Line::parse("kanari").expect("a line"));
    Guidance::state(None, on, Some(guidance_terms()), &by_spurv("2022-02-01")).expect("stated").0
}

/// A trail with an entry for each value that was chosen, now and before it was opened again.
pub(crate) fn named_trail() -> Trail {
    let name = |trail: Trail| {
        let lists = [ListName::EndReasons, ListName::ProgrammeVariants, ListName::ReferralSources];
        lists.into_iter().fold(trail, |trail, list| trail.choose(list, Some(entry_code())).0)
    };
    let (trail, _) =
        name(eventful_trail()).reopen(Phase::FindingJob, text(), &by_spurv("2023-06-10")).expect("reopened");
    let ending = Ending { on: day("2023-07-31"), reason: EndReason::Other(OtherEnding::MovedAway) };
    name(trail.end(ending, &[], &by_spurv("2023-07-31")).expect("ended").0)
}

/// A referral with an entry for its source and for why it led to no trail.
pub(crate) fn named_referral() -> ReceivedReferral {
    let [closed, _] = referrals();
    let (referral, _) = closed.choose(ListName::ReferralSources, Some(entry_code()));
    referral.choose(ListName::ReferralClosings, Some(entry_code())).0
}

/// A team with an entry for its variant.
pub(crate) fn named_team() -> Team {
    young_team().choose(ListName::ProgrammeVariants, Some(entry_code())).0
}

/// A text on a topic that the organisation has a name of its own for.
pub(crate) fn named_narrative() -> Narrative {
    let (trail, by) = (super::open_trail(), by_spurv("2022-06-20"));
    let id = NarrativeId::new(id(0x63));
    let (narrative, _) = Narrative::write(id, &trail, Topic::Interests, text(), &by).expect("written");
    narrative.choose(ListName::Topics, Some(entry_code())).0
}
