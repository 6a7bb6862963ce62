//! Checking a half-filled command, without doing anything.

use serde_json::Value as Json;

use super::Desk;
use super::error::{Error, stopped};
use super::run::{MOST_LOADS, decide};
use crate::access::Actor;
use crate::command::{Command, Draft, Picture, read_draft};
use crate::domain::{Authorship, Rejection};
use crate::store::StoreError;

/// What is missing in a draft of a command, and what is wrong with it so far.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Checked {
    /// What is missing, by place: `new.name.family`, `lines.1.employer`.
    pub missing: Vec<String>,
    /// What cannot be read, by place, without what stands there; the draft itself is the place without a name.
    pub unreadable: Vec<String>,
    /// What it would be refused for, all faults at once: of a draft that is whole, what its decision says; of one that is
    /// not, what the rules say that look at nothing but fields that are there.
    pub refused: Option<Rejection>,
}

impl Checked {
    /// Whether the draft would be accepted now.
    #[must_use]
    pub const fn is_ready(&self) -> bool {
        self.missing.is_empty() && self.unreadable.is_empty() && self.refused.is_none()
    }
}

impl Desk<'_> {
    /// Checks a draft of a command for an actor: all that is missing, all that cannot be read, and all that rules refuse
    /// so far; once it is whole, what its decision would refuse (S107). Nothing is written, and no command id is used up.
    ///
    /// What is told of a half-filled draft depends on the draft and the moment alone, and nothing is looked up for it;
    /// what is told of a whole draft is what [`run`](Desk::run) would answer now.
    ///
    /// # Examples
    /// ```
    /// # use uuid::Uuid;
    /// # use worktrail_core::access::{Actor, Purpose};
    /// # use worktrail_core::command::RegisterEmployer;
    /// # use worktrail_core::desk::Desk;
    /// # use worktrail_core::domain::{Moment, Role, StaffId};
    /// # use worktrail_core::store::MemoryStore;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # pollster::block_on(async {
    /// # let now = Moment::parse("2026-03-10T09:00:00+01:00")?;
    /// # let desk = Desk::new(MemoryStore::new(), move || now, Uuid::now_v7);
    /// # let spurv = Actor::staff(StaffId::new(Uuid::now_v7()), [Role::Specialist], Purpose::FollowUp);
    /// let draft = serde_json::json!({
    ///     "employer": Uuid::now_v7(),
    ///     "organisation_number": "311 002 008",
    ///     "details": { "place": "Fjellvik" },
    /// });
    /// let checked = desk.check::<RegisterEmployer>(&spurv, &draft).await?;
    /// assert_eq!(checked.missing, ["details.name", "team"]);
    /// assert_eq!(checked.unreadable, ["organisation_number"]); // the check digit does not fit
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Rejected`] when no role of the actor carries the right for what they act for, [`Error::Store`] when the store fails.
    pub async fn check<C: Command>(&self, actor: &Actor, draft: &Json) -> Result<Checked, Error> {
        actor.may_use(C::RIGHT)?;
        let draft = read_draft::<C>(draft);
        let refused = match draft.whole() {
            Some(command) => self.refusal(actor, command).await?,
            None => draft.refusal_so_far(Authorship::new(actor.id(), self.clock.now())),
        };
        let Draft { missing, unreadable, .. } = draft;
        Ok(Checked { missing, unreadable, refused })
    }

    async fn refusal<C: Command>(&self, actor: &Actor, command: &C) -> Result<Option<Rejection>, Error> {
        let (now, mut picture) = (self.clock.now(), Picture::default());
        for _ in 0..MOST_LOADS {
            let (outcome, notes) = decide(command, &picture, actor, now, None);
            if notes.lacking.is_empty() {
                return match outcome.map_err(stopped) {
                    Ok(_) => Ok(None),
                    Err(Error::Rejected(rejection)) => Ok(Some(rejection)),
                    Err(error) => Err(error),
                };
            }
            self.load(&mut picture, notes.lacking, None).await?;
        }
        Err(StoreError::misuse("a decision asks for more and more").into())
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;
    use serde_json::json;

    use super::*;
    use crate::command::samples::{Over, Visit, every_command, register_job};
    use crate::command::scene::{Relation, everyday, scene, specialist, supervisor};
    use crate::command::{
        MergeParticipants, MoveTo, OpenTrail, RegisterJob, RegisterRound, SetEmployerPreferences, StateWishes,
    };
    use crate::desk::spy::{Spy, desk};
    use crate::domain::{DayOf, EmploymentForm, Formality, Phase, Role, WishPart};
    use crate::record::samples::id;
    use crate::store::CommandId;

    #[test]
    fn s107_a_draft_is_checked_field_by_field_and_then_by_its_rules() {
        // given a wizard for a job, filled step by step
        let desk = desk(everyday().store());
        let check = |draft: &Json| block_on(desk.check::<RegisterJob>(&specialist(), draft)).unwrap();
        let mut draft = json!({});
        assert!(check(&draft).missing.len() > 3 && !check(&draft).is_ready());
        // when all is filled, but with a form of employment that has no employer
        draft = serde_json::to_value(register_job()).unwrap();
        draft["form"] = EmploymentForm::SelfEmployed.code().into();
        // then the rule is told
        let refused = Rejection::FormHasNoEmployer { form: EmploymentForm::SelfEmployed };
        let checked = check(&draft);
        assert_eq!((checked.missing.len(), checked.unreadable.len(), checked.refused), (0, 0, Some(refused)));
        // and when nothing is wrong, it is ready
        assert!(check(&serde_json::to_value(register_job()).unwrap()).is_ready());
    }

    #[test]
    fn s107_all_faults_of_a_whole_draft_come_at_once() {
        let desk = desk(everyday().store());
        let mut command = crate::command::samples::set_employer_preferences();
        command.preferences.only_through = Some(crate::record::samples::contact_person().id());
        let wish = command.preferences.do_not_contact.as_mut().unwrap();
        wish.until = Some(crate::domain::samples::day("2022-08-31"));
        let draft = serde_json::to_value(command).unwrap();
        let checked = block_on(desk.check::<SetEmployerPreferences>(&specialist(), &draft)).unwrap();
        let Some(Rejection::Form(faults)) = checked.refused else { panic!("{checked:?}") };
        let codes: Vec<_> = faults.iter().map(Rejection::code).collect();
        assert_eq!(codes, ["date_before", "already_ended"]);
        assert!(matches!(faults.first(), Some(Rejection::DateBefore { day: DayOf::DoNotContact, .. })));
    }

    struct Same;

    impl Visit for Same {
        fn visit<C: Command + std::fmt::Debug>(&mut self, _: Over, command: &C) {
            let draft = serde_json::to_value(command).unwrap();
            for role in [Role::Specialist, Role::Supervisor, Role::Participant] {
                let actor = Relation::Owner.actor(Some(role));
                let store = scene(Some(role), Relation::Owner).store();
                let before = format!("{store:?}");
                let spy = Spy::on(store.clone());
                let checked = block_on(desk(spy.clone()).check::<C>(&actor, &draft));
                // nothing is written: the store is byte for byte what it was
                assert_eq!(format!("{store:?}"), before, "{}", C::NAME);
                // and what is told is what running it answers
                let ran = block_on(desk(&store).run(&actor, CommandId::new(id(0xC0)), command));
                let refused = |error: Error| error.rejection().cloned().expect("a refusal");
                match (checked, ran) {
                    (Ok(checked), Ok(_)) => assert!(checked.is_ready(), "{}: {checked:?}", C::NAME),
                    (Ok(checked), Err(error)) => assert_eq!(checked.refused, Some(refused(error)), "{}", C::NAME),
                    (Err(checked), Err(ran)) => assert_eq!(refused(checked), refused(ran), "{}", C::NAME),
                    (checked, ran) => panic!("{}: {checked:?}, and running it {}", C::NAME, ran.is_ok()),
                }
            }
        }
    }

    /// Each command is accepted from one of these.
    const STANDINGS: [(Role, Relation); 3] = [
        (Role::Specialist, Relation::Owner),
        (Role::Supervisor, Relation::Owner),
        (Role::UserSupport, Relation::Appointed),
    ];

    /// Puts a day to come into each place of a command that holds a day.
    #[derive(Default)]
    struct DaysToCome {
        told: usize,
    }

    impl DaysToCome {
        const DAYS: [&'static str; 2] = ["2999-01-01", "+10000-01-01"];

        /// The places of a value that hold a day.
        fn days(value: &Json, path: &str, found: &mut Vec<String>) {
            match value {
                Json::Object(fields) => {
                    for (name, value) in fields {
                        Self::days(value, &format!("{path}/{name}"), found);
                    }
                }
                Json::Array(items) => {
                    for (at, item) in items.iter().enumerate() {
                        Self::days(item, &format!("{path}/{at}"), found);
                    }
                }
                Json::String(text) if text.parse::<chrono::NaiveDate>().is_ok() => found.push(path.to_owned()),
                _ => {}
            }
        }

        /// Those of the faults that look at a day and at nothing else.
        fn of_days(refused: Option<&Rejection>) -> Vec<Rejection> {
            match refused {
                Some(Rejection::Form(faults)) => faults.iter().flat_map(|fault| Self::of_days(Some(fault))).collect(),
                Some(Rejection::AtLine { fault, .. }) => Self::of_days(Some(fault)),
                Some(
                    fault @ (Rejection::DateInFuture { .. }
                    | Rejection::DateOutOfRange { .. }
                    | Rejection::BirthDateToCome { .. }),
                ) => vec![fault.clone()],
                _ => Vec::new(),
            }
        }
    }

    impl Visit for DaysToCome {
        fn visit<C: Command + std::fmt::Debug>(&mut self, _: Over, command: &C) {
            let written = serde_json::to_value(command).unwrap();
            let mut places = Vec::new();
            Self::days(&written, "", &mut places);
            for (role, relation) in STANDINGS {
                let (actor, store) = (relation.actor(Some(role)), scene(Some(role), relation).store());
                let desk = desk(&store);
                let check = |draft: &Json| block_on(desk.check::<C>(&actor, draft));
                if !check(&written).is_ok_and(|checked| checked.is_ready()) {
                    continue;
                }
                for (place, day) in places.iter().flat_map(|place| Self::DAYS.map(|day| (place, day))) {
                    let mut draft = written.clone();
                    *draft.pointer_mut(place).unwrap() = day.into();
                    // What the decision says of the day of a whole draft …
                    let expected = Self::of_days(check(&draft).unwrap().refused.as_ref());
                    // … is told just so while any other field is still missing.
                    for name in written.as_object().unwrap().keys() {
                        let mut half = draft.as_object().unwrap().clone();
                        half.remove(name);
                        let half = check(&Json::Object(half)).unwrap();
                        if place.split('/').nth(1) == Some(name) || half.missing != [name.as_str()] {
                            continue;
                        }
                        let said = Self::of_days(half.refused.as_ref());
                        assert_eq!(said, expected, "{} {place} without {name}", C::NAME);
                        self.told += usize::from(!expected.is_empty());
                    }
                }
                return;
            }
        }
    }

    #[test]
    fn s107_what_is_wrong_with_a_day_is_told_of_a_half_filled_command_too() {
        let mut days = DaysToCome::default();
        every_command(&mut days);
        assert!(days.told > 100, "{}", days.told);
    }

    #[test]
    fn s107_rules_are_told_while_something_is_still_missing_and_only_those_that_can_be() {
        // given a wizard for wishes: hours that contradict each other, and no trail or id yet
        let desk = desk(everyday().store());
        let draft = json!({ "terms": { "hours_from": 30, "hours_to": 20 } });
        let checked = block_on(desk.check::<StateWishes>(&specialist(), &draft)).unwrap();
        assert_eq!(checked.missing, ["wishes"]);
        assert_eq!(checked.refused, Some(Rejection::WishContradicts { part: WishPart::Hours }));
        // when what a rule looks at is unreadable itself, then the rule says nothing
        let draft = json!({ "terms": { "hours_from": "KANARI", "hours_to": 20 } });
        let checked = block_on(desk.check::<StateWishes>(&specialist(), &draft)).unwrap();
        assert_eq!((checked.unreadable, checked.refused), (vec!["terms.hours_from".to_owned()], None));
        // and of several rules all are told
        let draft = json!({
            "workplace": "self_employed", "form": "permanent", "period": { "first": "2022-08-15" },
            "details": { "subsidies": [{ "kind": "wage", "period": { "first": "2021-01-01", "last": "2021-02-01" } }] },
        });
        let checked = block_on(desk.check::<RegisterJob>(&specialist(), &draft)).unwrap();
        let Some(Rejection::Form(faults)) = checked.refused else { panic!("{checked:?}") };
        let codes: Vec<_> = faults.iter().map(Rejection::code).collect();
        assert_eq!(codes, ["form_needs_employer", "subsidy_outside_job"]);
    }

    #[test]
    fn s107_what_a_form_can_know_by_itself_is_told_while_nothing_else_is_chosen() {
        let desk = desk(everyday().store());
        let same = "c0de0000-0000-4000-8000-000000000001";
        // given an opening of which only the attestations stand, and they lack the rights information
        let attested = json!({ "attestations": [{ "attestation": same, "kind": { "kind": "right_person" } }] });
        let checked = block_on(desk.check::<OpenTrail>(&specialist(), &attested)).unwrap();
        let formality = Formality::RightsInformation;
        assert_eq!(checked.refused, Some(Rejection::AttestationMissing { formality }));
        // a move into the last phase, a round without lines, and a merger of one with themself
        let ended = block_on(desk.check::<MoveTo>(&specialist(), &json!({ "phase": "ended" }))).unwrap();
        assert_eq!(ended.refused, Some(Rejection::PhaseNotByMove { phase: Phase::Ended }));
        let round = block_on(desk.check::<RegisterRound>(&specialist(), &json!({ "lines": [] }))).unwrap();
        assert!(matches!(round.refused, Some(Rejection::LinesOutOfBounds { .. })), "{round:?}");
        let oneself = json!({ "kept": same, "merged": same });
        let merged = block_on(desk.check::<MergeParticipants>(&supervisor(), &oneself)).unwrap();
        assert_eq!(merged.refused, Some(Rejection::NothingChanges));
    }

    #[test]
    fn s107_a_check_writes_nothing_and_tells_what_running_it_would() {
        every_command(&mut Same);
    }

    #[test]
    fn who_may_not_do_it_is_told_nothing_of_the_draft() {
        let refused = block_on(desk(everyday().store()).check::<RegisterJob>(&supervisor(), &json!({}))).unwrap_err();
        assert_eq!(refused.rejection(), Some(&Rejection::NotAllowed { right: "follow_trail" }));
    }
}
