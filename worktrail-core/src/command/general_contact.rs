//! Commands about contacts with employers for no particular participant.

use serde::{Deserialize, Serialize};

use super::employer_contact::{every_line, faults_of_lines, judge_meeting};
use super::{Command, Decided, OwnRules, Stop, World};
use crate::access::Right;
use crate::domain::{
    ContactPerson, ContactPersonId, Employer, EmployerId, Fact, GeneralContact, GeneralContactId, NewGeneralContact,
    Team, TeamId, Thing,
};

/// Registers general contacts, one or a round of them (S61). All faults of all lines come at once, and one fault keeps
/// every line out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RegisterGeneralContacts {
    /// The team that held them.
    pub team: TeamId,
    /// The contacts: at least one, at most 50.
    pub lines: Vec<GeneralContactLine>,
}

/// A general contact of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GeneralContactLine {
    /// The id of the contact.
    pub general_contact: GeneralContactId,
    /// The employer.
    pub employer: EmployerId,
    /// Who was met, if known by name.
    #[serde(default)]
    pub contact_person: Option<ContactPersonId>,
    /// When, how, with whom, what for.
    pub new: NewGeneralContact,
}

impl Command for RegisterGeneralContacts {
    type Reply = Vec<GeneralContactId>;

    const NAME: &'static str = "register_general_contacts";
    const RIGHT: Right = Right::KeepEmployers;

    fn decide(&self, world: &World<'_>) -> Decided<Self::Reply> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let lines = self.lines.iter().map(|line| (line.general_contact, line.registered(world, self.team)));
        let registered = every_line(lines.collect(), Thing::GeneralContact)?;
        let mut decision = permit.reply(self.lines.iter().map(|line| line.general_contact).collect());
        for (contact, fact) in registered {
            decision = decision.tell(&contact, fact).save(contact);
        }
        Ok(decision)
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        let ids: Vec<_> = self.lines.iter().map(|line| line.general_contact).collect();
        rules.over(&["lines"], |_| faults_of_lines(&ids, Thing::GeneralContact));
        for (number, line) in self.lines.iter().enumerate() {
            judge_meeting(rules, &format!("lines.{number}."), (line.new.on, line.new.met), line.contact_person);
        }
    }
}

impl GeneralContactLine {
    fn registered(&self, world: &World<'_>, team: TeamId) -> Result<(GeneralContact, Fact), Stop> {
        let employer = world.get::<Employer>(self.employer);
        let person = self.contact_person.map(|id| world.get::<ContactPerson>(id)).transpose();
        world.is_new::<GeneralContact>(self.general_contact)?;
        let (employer, person, by) = (employer?, person?, world.authorship());
        Ok(GeneralContact::register(self.general_contact, team, employer, person, self.new.clone(), &by)?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::register_general_contacts;
    use super::super::scene::{decide, everyday, specialist, told};
    use super::*;
    use crate::domain::samples::day;
    use crate::domain::{DayOf, Rejection};
    use crate::record::samples::id;

    /// A round of as many lines, each with an id of its own.
    fn round(lines: u128) -> RegisterGeneralContacts {
        let command = register_general_contacts();
        let line = command.lines.first().expect("a line").clone();
        let numbered =
            |number| GeneralContactLine { general_contact: GeneralContactId::new(id(0x900 + number)), ..line.clone() };
        RegisterGeneralContacts { lines: (0..lines).map(numbered).collect(), ..command }
    }

    #[test]
    fn s61_seven_companies_on_one_day_are_one_command() {
        let decision = decide(&everyday().picture(), &specialist(), &round(7)).unwrap();
        assert_eq!((told(&decision), decision.saved().len()), (vec!["general_contact_registered"; 7], 7));
        assert_eq!(decision.reply().len(), 7);
    }

    #[test]
    fn s61_the_faults_of_all_lines_come_at_once_and_keep_every_line_out() {
        // given three lines: an employer that is not there, a day ahead, and the first line's id again
        let mut command = round(3);
        let [first, second, third] = &mut command.lines[..] else { panic!("three lines") };
        first.employer = EmployerId::new(id(0xEE));
        second.new.on = day("2022-09-02");
        third.general_contact = first.general_contact;
        let at = |line, fault| Rejection::AtLine { line, fault: Box::new(fault) };
        let faults = vec![
            at(1, Rejection::NotFound { what: Thing::Employer }),
            at(2, Rejection::DateInFuture { day: DayOf::EmployerContact }),
            at(3, Rejection::AlreadyExists { what: Thing::GeneralContact }),
        ];
        assert_eq!(decide(&everyday().picture(), &specialist(), &command).unwrap_err(), Rejection::Form(faults));
    }

    #[test]
    fn s61_a_round_has_between_one_and_fifty_lines() {
        let picture = everyday().picture();
        assert!(decide(&picture, &specialist(), &round(50)).is_ok());
        for lines in [0, 51] {
            let refused = decide(&picture, &specialist(), &round(lines)).unwrap_err();
            assert_eq!(refused, Rejection::LinesOutOfBounds { most: 50 });
        }
    }
}
