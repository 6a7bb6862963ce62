//! Commands about employers.

use serde::{Deserialize, Serialize};

use super::{Command, Decided, OwnRules, World};
use crate::access::Right;
use crate::domain::{
    ContactPerson, DayOf, Employer, EmployerDetails, EmployerId, EmployerPreferences, OrganisationNumber, Rejection,
    Team, TeamId, Thing, WarningTerms,
};

/// Registers an employer: once for each organisation number. One without a number is registered by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RegisterEmployer {
    /// The id of the employer.
    pub employer: EmployerId,
    /// The team that registers.
    pub team: TeamId,
    /// Its number, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation_number: Option<OrganisationNumber>,
    /// What it is called and where it is.
    pub details: EmployerDetails,
}

impl Command for RegisterEmployer {
    type Reply = EmployerId;

    const NAME: &'static str = "register_employer";
    const RIGHT: Right = Right::KeepEmployers;

    fn decide(&self, world: &World<'_>) -> Decided<EmployerId> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let id_is_new = world.is_new::<Employer>(self.employer);
        let known = match &self.organisation_number {
            Some(number) => world.find_by(&Employer::by_number(number)),
            None => Ok(None),
        };
        id_is_new?;
        if known?.is_some() {
            return Err(Rejection::AlreadyExists { what: Thing::Employer }.into());
        }
        let (number, by) = (self.organisation_number.clone(), world.authorship());
        let (employer, fact) = Employer::register(self.employer, number, self.details.clone(), &by)?;
        Ok(permit.reply(self.employer).tell(&employer, fact).save(employer))
    }
}

/// Corrects what is known of an employer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct CorrectEmployer {
    /// The employer.
    pub employer: EmployerId,
    /// The team that corrects.
    pub team: TeamId,
    /// All that is known of it from now on.
    pub details: EmployerDetails,
}

impl Command for CorrectEmployer {
    type Reply = ();

    const NAME: &'static str = "correct_employer";
    const RIGHT: Right = Right::KeepEmployers;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let (employer, fact) = world.get::<Employer>(self.employer)?.clone().correct(self.details.clone())?;
        Ok(permit.reply(()).tell(&employer, fact).save(employer))
    }
}

/// States the organisation number of an employer that was registered without one or with a wrong one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct StateOrganisationNumber {
    /// The employer.
    pub employer: EmployerId,
    /// The team that states it.
    pub team: TeamId,
    /// The number from now on.
    pub organisation_number: OrganisationNumber,
}

impl Command for StateOrganisationNumber {
    type Reply = ();

    const NAME: &'static str = "state_organisation_number";
    const RIGHT: Right = Right::KeepEmployers;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let employer = world.get::<Employer>(self.employer);
        let holder = world.find_by(&Employer::by_number(&self.organisation_number));
        let (employer, holder) = (employer?, holder?);
        if holder.is_some_and(|holder| holder.id() != self.employer) {
            return Err(Rejection::AlreadyExists { what: Thing::Employer }.into());
        }
        let (employer, fact) = employer.clone().state_number(self.organisation_number.clone())?;
        Ok(permit.reply(()).tell(&employer, fact).save(employer))
    }
}

/// Notes what an employer has said about being contacted, instead of what it said before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct SetEmployerPreferences {
    /// The employer.
    pub employer: EmployerId,
    /// The team that notes it.
    pub team: TeamId,
    /// What it has said.
    pub preferences: EmployerPreferences,
}

impl Command for SetEmployerPreferences {
    type Reply = ();

    const NAME: &'static str = "set_employer_preferences";
    const RIGHT: Right = Right::KeepEmployers;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let employer = world.get::<Employer>(self.employer);
        let person = self.preferences.only_through.map(|id| world.get::<ContactPerson>(id)).transpose();
        let by = world.authorship();
        let (employer, fact) = employer?.clone().prefer(self.preferences, person?, &by)?;
        Ok(permit.reply(()).tell(&employer, fact).save(employer))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["preferences.do_not_contact"], |by| self.preferences.faults(by));
    }
}

/// Puts a warning on an employer, or takes the present one down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct WarnOfEmployer {
    /// The employer.
    pub employer: EmployerId,
    /// The team that warns.
    pub team: TeamId,
    /// What the warning says; none takes the present one down.
    pub warning: Option<WarningTerms>,
}

impl Command for WarnOfEmployer {
    type Reply = ();

    const NAME: &'static str = "warn_of_employer";
    const RIGHT: Right = Right::KeepEmployers;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let employer = world.get::<Employer>(self.employer)?.clone();
        let (employer, fact) = employer.warn(self.warning.clone(), &world.authorship())?;
        Ok(permit.reply(()).tell(&employer, fact).save(employer))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        if let Some(warning) = &self.warning {
            rules.over(&["warning.until"], |by| DayOf::WarningUntil.faults_of_end(warning.until, by));
        }
    }
}

/// Merges a duplicate into an employer (S30). What was made with the duplicate keeps its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct MergeEmployers {
    /// The employer that is kept.
    pub employer: EmployerId,
    /// The one that is merged into it.
    pub duplicate: EmployerId,
    /// The team whose supervisor does it.
    pub team: TeamId,
}

impl Command for MergeEmployers {
    type Reply = ();

    const NAME: &'static str = "merge_employers";
    const RIGHT: Right = Right::CurateEmployers;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let employer = world.get::<Employer>(self.employer);
        let duplicate = world.get::<Employer>(self.duplicate);
        let (employer, duplicate) = (employer?.clone(), duplicate?.clone());
        let (employer, duplicate, fact) = employer.absorb(duplicate, &world.authorship())?;
        let decision = permit.reply(()).tell(&employer, fact.clone()).tell(&duplicate, fact);
        Ok(decision.save(employer).save(duplicate))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["employer", "duplicate"], |_| {
            let itself =
                (self.employer == self.duplicate).then_some(Rejection::NotADuplicate { what: Thing::Employer });
            itself.into_iter().collect()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{
        duplicate_employer_id, employer_id, merge_employers, register_employer, set_employer_preferences,
        state_organisation_number, warn_of_employer,
    };
    use super::super::scene::{decide, everyday, specialist, supervisor, told};
    use super::*;
    use crate::record::samples;

    #[test]
    fn an_employer_is_registered_once_for_each_number() {
        let picture = everyday().picture();
        assert_eq!(told(&decide(&picture, &supervisor(), &register_employer()).unwrap()), ["employer_registered"]);
        let exists = Rejection::AlreadyExists { what: Thing::Employer };
        let organisation_number = Some(samples::organisation_number());
        let known = RegisterEmployer { organisation_number, ..register_employer() };
        assert_eq!(decide(&picture, &specialist(), &known).unwrap_err(), exists);
        let same_id = RegisterEmployer { employer: employer_id(), ..register_employer() };
        assert_eq!(decide(&picture, &specialist(), &same_id).unwrap_err(), exists);
    }

    #[test]
    fn an_employer_without_a_number_gets_the_one_that_nobody_has() {
        let picture = everyday().picture();
        let nameless = RegisterEmployer { organisation_number: None, ..register_employer() };
        assert_eq!(told(&decide(&picture, &specialist(), &nameless).unwrap()), ["employer_registered"]);
        let command = state_organisation_number();
        assert_eq!(told(&decide(&picture, &specialist(), &command).unwrap()), ["organisation_number_stated"]);
        let organisation_number = samples::organisation_number();
        let taken = StateOrganisationNumber { organisation_number, ..command };
        let exists = Rejection::AlreadyExists { what: Thing::Employer };
        assert_eq!(decide(&picture, &specialist(), &taken).unwrap_err(), exists);
    }

    #[test]
    fn preferences_and_warnings_are_noted_and_only_a_known_contact_person_is_named() {
        let picture = everyday().picture();
        let (preferences, warning) = (set_employer_preferences(), warn_of_employer());
        assert_eq!(told(&decide(&picture, &specialist(), &preferences).unwrap()), ["employer_preferences_set"]);
        assert_eq!(told(&decide(&picture, &specialist(), &warning).unwrap()), ["employer_warning_set"]);
        let unknown = crate::domain::ContactPersonId::new(samples::id(0xEE));
        let preferences = EmployerPreferences { only_through: Some(unknown), ..preferences.preferences };
        let command = SetEmployerPreferences { preferences, ..set_employer_preferences() };
        let missing = Rejection::NotFound { what: Thing::ContactPerson };
        assert_eq!(decide(&picture, &specialist(), &command).unwrap_err(), missing);
    }

    #[test]
    fn s30_a_supervisor_merges_a_duplicate_and_a_specialist_does_not() {
        let picture = everyday().picture();
        let decision = decide(&picture, &supervisor(), &merge_employers()).unwrap();
        assert_eq!((told(&decision), decision.saved().len()), (vec!["employers_merged"; 2], 2));
        let refused = Rejection::NotAllowed { right: "curate_employers" };
        assert_eq!(decide(&picture, &specialist(), &merge_employers()).unwrap_err(), refused);
        let itself = MergeEmployers { employer: duplicate_employer_id(), ..merge_employers() };
        let refused = Rejection::NotADuplicate { what: Thing::Employer };
        assert_eq!(decide(&picture, &supervisor(), &itself).unwrap_err(), refused);
    }
}
