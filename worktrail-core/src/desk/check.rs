//! Checking a half-filled command, without doing anything.

use serde_json::Value as Json;

use super::Desk;
use super::error::{Error, stopped};
use super::run::{MOST_LOADS, decide};
use crate::access::Actor;
use crate::command::{Command, Draft, Picture, read_draft};
use crate::domain::Rejection;
use crate::store::StoreError;

/// What is missing in a draft of a command, and what is wrong with it so far.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Checked {
    /// What is missing, by place: `new.name.family`, `lines.1.employer`.
    pub missing: Vec<String>,
    /// What cannot be read, by place, without what stands there; the draft itself is the place without a name.
    pub unreadable: Vec<String>,
    /// What its decision would refuse it for, all faults at once; told of a draft that is whole.
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
    /// Checks a draft of a command for an actor: all that is missing, all that cannot be read, and once it is whole, what
    /// its decision would refuse (S107). Nothing is written, and no command id is used up.
    ///
    /// What is told of the fields depends on the draft alone; what is told of a whole draft is what
    /// [`run`](Desk::run) would answer now.
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
        let Draft { command, missing, unreadable } = read_draft::<C>(draft);
        let refused = match command {
            Some(command) => self.refusal(actor, &command).await?,
            None => None,
        };
        Ok(Checked { missing, unreadable, refused })
    }

    async fn refusal<C: Command>(&self, actor: &Actor, command: &C) -> Result<Option<Rejection>, Error> {
        let (now, mut picture) = (self.clock.now(), Picture::default());
        for _ in 0..MOST_LOADS {
            let (outcome, notes) = decide(command, &picture, actor, now);
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
    use crate::command::{RegisterJob, SetEmployerPreferences};
    use crate::desk::spy::{Spy, desk};
    use crate::domain::{DayOf, EmploymentForm, Role};
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
