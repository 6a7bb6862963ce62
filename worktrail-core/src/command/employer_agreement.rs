//! Commands about agreements with employers.

use serde::{Deserialize, Serialize};

use super::{Command, Decided, OwnRules, World};
use crate::access::Right;
use crate::domain::{
    ContactPerson, ContactPersonId, DayOf, Employer, EmployerAgreement, EmployerAgreementId, EmployerAgreementTerms,
    EmployerId, OpennessAgreement, Trail, TrailId, subsidy_faults,
};

/// Registers an agreement with an employer, as far as the participant's openness allows it (S39).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct AgreeWithEmployer {
    /// The id of the agreement.
    pub employer_agreement: EmployerAgreementId,
    /// The trail.
    pub trail: TrailId,
    /// The employer.
    pub employer: EmployerId,
    /// Whom to turn to there.
    pub contact_person: Option<ContactPersonId>,
    /// What was agreed.
    pub terms: EmployerAgreementTerms,
}

impl Command for AgreeWithEmployer {
    type Reply = EmployerAgreementId;

    const NAME: &'static str = "agree_with_employer";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<EmployerAgreementId> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let id_is_new = world.is_new::<EmployerAgreement>(self.employer_agreement);
        let employer = world.get::<Employer>(self.employer);
        let person = self.contact_person.map(|person| world.get::<ContactPerson>(person)).transpose();
        let openness = world.children::<OpennessAgreement, Trail>(self.trail)?;
        id_is_new?;
        let (id, by) = (self.employer_agreement, world.authorship());
        let (agreement, fact) =
            EmployerAgreement::register(id, trail, employer?, person?, &openness, self.terms.clone(), &by)?;
        Ok(permit.reply(id).tell(&agreement, fact).save(agreement))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        let terms = &self.terms;
        rules.happened("terms.agreed_on", DayOf::EmployerAgreement, terms.agreed_on);
        rules.over(&["terms.subsidies", "terms.period"], |_| subsidy_faults(&terms.subsidies, terms.period));
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::agree_with_employer;
    use super::super::scene::{decide, everyday, specialist, told};
    use super::*;
    use crate::domain::{Rejection, Thing};
    use crate::record::samples;

    #[test]
    fn s39_an_agreement_obeys_the_newest_openness() {
        let decision = decide(&everyday().picture(), &specialist(), &agree_with_employer()).unwrap();
        assert_eq!(told(&decision), ["employer_agreed"]);
        let withdrawn = everyday().with(&samples::openness()).picture();
        let refused = decide(&withdrawn, &specialist(), &agree_with_employer()).unwrap_err();
        assert_eq!(refused, Rejection::NotOpenTo { employer: samples::employer().id() });
    }

    #[test]
    fn an_id_is_used_once_and_the_employer_is_there() {
        let taken = everyday().with(&samples::employer_agreement()).picture();
        let again =
            AgreeWithEmployer { employer_agreement: samples::employer_agreement().id(), ..agree_with_employer() };
        let exists = Rejection::AlreadyExists { what: Thing::EmployerAgreement };
        assert_eq!(decide(&taken, &specialist(), &again).unwrap_err(), exists);
        let nowhere = AgreeWithEmployer { employer: EmployerId::new(samples::id(0xEE)), ..agree_with_employer() };
        let missing = Rejection::NotFound { what: Thing::Employer };
        assert_eq!(decide(&everyday().picture(), &specialist(), &nowhere).unwrap_err(), missing);
    }
}
