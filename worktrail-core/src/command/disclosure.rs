//! The one answer that says where a trail is open (`DA3`).

use serde::{Deserialize, Serialize};

use super::finding::{trails_of, who_has};
use super::{Attested, Command, Decided, World};
use crate::access::Right;
use crate::domain::{
    Attestation, Fact, Formality, PersonNumber, Protection, Rejection, Team, TeamId, Trail, TrailAudience,
};

/// Asks which team has a person's open trail, so that the one who cannot open one knows whom to call (`DA3`).
///
/// That there is a trail is health data. It is told only of a person without any protection, whose trails are shown, to
/// somebody who may open trails, has declared no conflict of interest with the person, and attests in the same command that
/// this is the right one; and that it was told is kept, as a disclosure. In every other case the answer is the one that opening a trail gets: also when there is no
/// trail, or no such person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct AskWhereOpen {
    /// The team that asks.
    pub team: TeamId,
    /// A number of the person, present or former.
    pub number: PersonNumber,
    /// That this is the right person.
    pub attested: Attested,
}

impl Command for AskWhereOpen {
    type Reply = TeamId;

    const NAME: &'static str = "ask_where_open";
    const RIGHT: Right = Right::OpenTrail;

    fn decide(&self, world: &World<'_>) -> Decided<TeamId> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let formality = Formality::RightPerson;
        if !formality.is_met_by(&self.attested.kind) {
            return Err(Rejection::AttestationMissing { formality }.into());
        }
        let person = who_has(world, &self.number);
        world.is_new::<Attestation>(self.attested.attestation)?;
        let Some(person) = person? else { return Err(Rejection::CannotOpenHere.into()) };
        let impartial = world.is_impartial_to(person.id());
        let trails = trails_of(world, person)?;
        // A cleared team is never named (`DA4`).
        let is_open_elsewhere =
            |trail: &&&Trail| !trail.is_ended() && trail.team() != self.team && trail.audience() == TrailAudience::Team;
        let is_shown = person.protection() == Protection::default() && !trails.iter().any(|trail| trail.is_withheld());
        let is_told = impartial? && is_shown;
        let Some(open) = trails.iter().find(is_open_elsewhere).filter(|_| is_told) else {
            return Err(Rejection::CannotOpenHere.into());
        };
        let Attested { attestation, kind } = self.attested.clone();
        let (attestation, attested) = Attestation::make(attestation, person.id(), kind, &world.authorship());
        let disclosed = Fact::WhereOpenDisclosed { participant: person.id(), asked_by: self.team, named: open.team() };
        let decision = permit.reply(open.team()).tell(&attestation, attested).tell(person, disclosed);
        Ok(decision.save(attestation))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::ask_where_open;
    use super::super::scene::{
        Scene, cleared_team, decide, elsewhere, everyday, other_team, partial, specialist, told,
    };
    use super::*;
    use crate::access::{Actor, Purpose};
    use crate::domain::samples::{by_spurv, day, spurv};
    use crate::domain::{
        AddressProtection, EndReason, Ending, NationalId, OtherEnding, Role, StaffId, StaffShielding, TrailId,
    };
    use crate::record::samples::{self, id};

    fn refused(scene: Scene, command: &AskWhereOpen) -> Rejection {
        decide(&scene.picture(), &specialist(), command).unwrap_err()
    }

    #[test]
    fn da3_of_an_unprotected_person_the_team_is_told_and_that_it_was_told_is_kept() {
        // given a person with an open trail in the other team; when somebody who has the right person asks
        let decision = decide(&everyday().picture(), &specialist(), &ask_where_open()).unwrap();
        // then they learn whom to ask, and the disclosure is told with the attestation
        assert_eq!(*decision.reply(), other_team().id());
        assert_eq!((told(&decision), decision.saved().len()), (vec!["attested", "where_open_disclosed"], 1));
    }

    #[test]
    fn da3_every_other_case_is_answered_alike() {
        let (person, trail) = elsewhere();
        let graded = |address, staff| {
            let protection = Protection::new(address, staff);
            let (person, _) = person.clone().change_protection(protection, &by_spurv("2022-06-01")).unwrap();
            everyday().with(&person)
        };
        let unknown = NationalId::parse("55819010047").unwrap();
        let here = AskWhereOpen { number: NationalId::DEMONSTRATION.into(), ..ask_where_open() };
        let nobody = AskWhereOpen { number: unknown.into(), ..ask_where_open() };
        let answers = [
            refused(graded(AddressProtection::Confidential, StaffShielding::None), &ask_where_open()),
            refused(graded(AddressProtection::StrictlyConfidential, StaffShielding::None), &ask_where_open()),
            refused(graded(AddressProtection::Ungraded, StaffShielding::OwnStaff), &ask_where_open()),
            refused(everyday().with(&trail.withhold().0), &ask_where_open()),
            refused(everyday().with(&partial(spurv(), person.id())), &ask_where_open()),
            refused(everyday(), &here),
            refused(everyday(), &nobody),
        ];
        assert!(answers.iter().all(|answer| *answer == Rejection::CannotOpenHere), "{answers:?}");
    }

    #[test]
    fn da3_da4_of_somebody_with_a_trail_that_was_not_released_nothing_is_told() {
        // given a person with an open trail in the other team, and an ended one that is withheld still
        let (person, _) = elsewhere();
        let ending = Ending { on: day("2022-07-01"), reason: EndReason::Other(OtherEnding::MovedAway) };
        let former = samples::opened_trail(TrailId::new(id(0x37)), spurv(), &person);
        let (former, _) = former.end(ending, &[], &by_spurv("2022-07-01")).unwrap();
        assert!(decide(&everyday().with(&former).picture(), &specialist(), &ask_where_open()).is_ok());
        // then nothing is told of the open one either
        let scene = everyday().with(&former.withhold().0);
        assert_eq!(refused(scene, &ask_where_open()), Rejection::CannotOpenHere);
    }

    #[test]
    fn da4_a_cleared_team_is_never_named() {
        // given a person without any protection whose open trail is a cleared team's, then the answer is as if there were none
        let cleared = cleared_team();
        let (_, trail) = elsewhere();
        let (trail, _) = trail.hand_over(&cleared, spurv()).unwrap();
        let scene = everyday().with(&cleared).with(&trail);
        assert_eq!(refused(scene, &ask_where_open()), Rejection::CannotOpenHere);
    }

    #[test]
    fn da3_a_team_is_not_told_of_its_own_trail() {
        // given the team that has the open trail itself: it finds it by number, without a disclosure
        let who = StaffId::new(id(0x5EE));
        let scene = everyday().with_member(who, &other_team(), Role::Specialist);
        let actor = Actor::staff(who, [Role::Specialist], Purpose::FollowUp);
        let own = AskWhereOpen { team: other_team().id(), ..ask_where_open() };
        assert_eq!(decide(&scene.picture(), &actor, &own).unwrap_err(), Rejection::CannotOpenHere);
    }

    #[test]
    fn da3_without_the_attestation_nothing_is_told() {
        let [_, informed, _] = samples::attestations();
        let attested = Attested { kind: informed.kind().clone(), ..ask_where_open().attested };
        let missing = Rejection::AttestationMissing { formality: Formality::RightPerson };
        assert_eq!(refused(everyday(), &AskWhereOpen { attested, ..ask_where_open() }), missing);
    }
}
