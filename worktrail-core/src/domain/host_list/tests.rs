//! Tests of hosts' lists.

use super::*;
use crate::domain::OtherEnding;
use crate::domain::samples::by_spurv;

const MOVED: BaseValue = BaseValue::EndReasons(EndReason::Other(OtherEnding::MovedAway));
const ILL: BaseValue = BaseValue::EndReasons(EndReason::Other(OtherEnding::Illness));

fn code(code: &str) -> EntryCode {
    EntryCode::parse(code).expect("a code")
}

fn entry(text: &str, base: BaseValue) -> NewListEntry {
    let line = Line::parse(text).expect("a line");
    NewListEntry { code: code(text), base, nb: line.clone(), en: line }
}

fn terms(entries: &[(&str, BaseValue)], closed: &[BaseValue]) -> HostListTerms {
    let entries = entries.iter().map(|(text, base)| entry(text, *base)).collect();
    HostListTerms { entries, closed: closed.iter().copied().collect() }
}

fn state(former: Option<&HostList>, terms: HostListTerms) -> Result<HostList, Rejection> {
    HostList::state(former, ListName::EndReasons, terms, &by_spurv("2022-06-01")).map(|(list, _)| list)
}

#[test]
fn da9_a_host_adds_entries_and_closes_values_and_each_stands_for_one_value() {
    // given a list that calls moving away by two names, and takes the one of the base away
    let list = state(None, terms(&[("to_oslo", MOVED), ("abroad", MOVED)], &[MOVED])).expect("stated");
    // when something is chosen, then the value is what it was, and the name the host's
    let offer = |value, entry: Option<&str>| HostList::must_offer(Some(&list), value, entry.map(code).as_ref());
    let refused = Err(Rejection::NotOffered { list: ListName::EndReasons });
    assert_eq!(offer(MOVED, Some("to_oslo")), Ok(()));
    assert_eq!(offer(MOVED, None), refused, "closed by itself");
    assert_eq!(offer(ILL, Some("to_oslo")), refused, "stands for another value");
    assert_eq!(offer(ILL, None), Ok(()));
    assert_eq!(offer(MOVED, Some("by_train")), refused, "unknown");
    // and what is offered is every other value, and the two names in the place of the one
    let offered = HostList::offered(Some(&list), ListName::EndReasons);
    assert_eq!(offered.len(), EndReason::ALL.len() + 1);
    let named: Vec<_> = offered.iter().filter(|it| it.base == MOVED).map(|it| it.nb.as_str()).collect();
    assert_eq!(named, ["to_oslo", "abroad"]);
}

#[test]
fn da9_without_a_list_of_its_own_an_organisation_offers_every_value_and_no_entry() {
    for name in ListName::ALL {
        let all = BaseValue::all_of(name);
        assert_eq!(HostList::offered(None, name).len(), all.len());
        for value in all {
            assert_eq!(value.list(), name);
            assert_eq!(HostList::must_offer(None, value, None), Ok(()));
            assert!(HostList::must_offer(None, value, Some(&code("a"))).is_err());
        }
    }
}

#[test]
fn da9_an_entry_that_is_stated_no_more_goes_out_of_use_and_is_kept() {
    let first = state(None, terms(&[("to_oslo", MOVED)], &[])).expect("stated");
    let by = by_spurv("2022-07-01");
    let (next, _) = HostList::state(Some(&first), ListName::EndReasons, terms(&[], &[]), &by).expect("stated");
    let kept = next.entry(&code("to_oslo")).expect("kept");
    assert_eq!((kept.is_in_use(), kept.retired(), kept.base()), (false, Some(&by), MOVED));
    assert!(HostList::must_offer(Some(&next), MOVED, Some(&code("to_oslo"))).is_err());
    // and when it comes back, it is the same one
    let back = state(Some(&next), terms(&[("to_oslo", MOVED)], &[])).expect("stated");
    let entry = back.entry(&code("to_oslo")).expect("there");
    assert_eq!((entry.is_in_use(), entry.added()), (true, &by_spurv("2022-06-01")));
    assert_eq!(state(Some(&back), terms(&[("to_oslo", MOVED)], &[])), Err(Rejection::NothingChanges));
}

#[test]
fn da9_what_is_wrong_with_a_list_is_said_all_at_once() {
    let first = state(None, terms(&[("to_oslo", MOVED)], &[])).expect("stated");
    let list = ListName::EndReasons;
    let topic = BaseValue::Topics(Topic::Health);
    let wrong = terms(&[("to_oslo", ILL), ("a", topic), ("a", MOVED)], &[]);
    let faults = Rejection::Form(vec![
        Rejection::NotOfList { list },
        Rejection::AlreadyExists { what: Thing::ListEntry },
        Rejection::EntryStandsFor { list },
    ]);
    assert_eq!(state(Some(&first), wrong), Err(faults));
    let taken = terms(&[("other_illness", ILL)], &[]);
    assert_eq!(state(None, taken), Err(Rejection::AlreadyExists { what: Thing::ListEntry }), "a code of the base");
    let nothing = terms(&[], &BaseValue::all_of(list));
    assert_eq!(state(None, nothing), Err(Rejection::NothingOffered { list }));
    let codes: Vec<String> = (0..=MOST_LIST_ENTRIES).map(|number| format!("e{number}")).collect();
    let long: Vec<_> = codes.iter().map(|code| (code.as_str(), MOVED)).collect();
    let too_long = Rejection::ListTooLong { max: MOST_LIST_ENTRIES };
    assert_eq!(state(None, terms(&long, &[])), Err(too_long.clone()));
    let full = state(None, terms(&long[1..], &[])).expect("stated");
    assert_eq!(state(Some(&full), terms(&long[..1], &[])), Err(too_long), "those out of use count");
}

#[test]
fn da9_no_value_shares_its_code_and_every_list_has_its_own_id() {
    let ids: BTreeSet<_> = ListName::ALL.into_iter().map(HostListId::of).collect();
    assert_eq!(ids.len(), ListName::ALL.len());
    for value in ListName::ALL.into_iter().flat_map(BaseValue::all_of) {
        let json = serde_json::json!({ "list": value.list().code(), "value": value.code() });
        assert_eq!(serde_json::from_value::<BaseValue>(json).expect("a value"), value);
    }
}
