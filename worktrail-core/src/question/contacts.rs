//! Contacts with an employer, what speaks against the next one, and contact persons who are to be informed.

use chrono::NaiveDate;

use super::employer::ContactPersonCard;
use super::view::Page;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::Stop;
use crate::domain::{
    ContactAbout, ContactAdvice, ContactPerson, ContactPersonId, ContactWay, Employer, EmployerContact,
    EmployerContactId, EmployerId, EmployerMet, GeneralContact, OpennessAgreement, ParticipantId, PersonName, StaffId,
    TeamId, Trail, TrailId, contact_advice,
};
use crate::store::PageRequest;

/// The general contacts with an employer, the last first: those of every team (S34). Contacts for a participant are not
/// among them, and nothing tells how many there are (`DA8`). Those with a duplicate that was merged into the employer are
/// asked for by the duplicate's id, which stands on the employer's card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneralContacts {
    /// The team that asks.
    pub team: TeamId,
    /// The employer.
    pub employer: EmployerId,
    /// Which page.
    pub page: PageRequest,
}

/// The contacts with an employer for one's own trails in a team, the last first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmployerContacts {
    /// The team.
    pub team: TeamId,
    /// The employer.
    pub employer: EmployerId,
    /// Which page.
    pub page: PageRequest,
}

/// The contacts with an employer for a team's trails, the last first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamEmployerContacts {
    /// The team.
    pub team: TeamId,
    /// The employer.
    pub employer: EmployerId,
    /// Which page.
    pub page: PageRequest,
}

/// What speaks against contacting an employer on a participant's behalf now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BeforeContact {
    /// The trail.
    pub trail: TrailId,
    /// The employer.
    pub employer: EmployerId,
    /// Through whom, if somebody is meant.
    pub through: Option<ContactPersonId>,
}

/// The contact persons who are to be informed by a day that their data are kept (GDPR art. 14), the most urgent first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactPersonsToInform {
    /// The team that asks.
    pub team: TeamId,
    /// The day.
    pub until: NaiveDate,
    /// Which page.
    pub page: PageRequest,
}

/// A line of contacts: no national id, no birth date, no narrative (S14).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EmployerContactLine {
    /// The contact.
    pub employer_contact: EmployerContactId,
    /// For which trail.
    pub trail: TrailId,
    /// For whom.
    pub participant: ParticipantId,
    /// Their name.
    pub name: PersonName,
    /// The day.
    pub on: NaiveDate,
    /// The way.
    pub way: ContactWay,
    /// Who was met.
    pub met: EmployerMet,
    /// What it was about.
    pub about: ContactAbout,
}

/// A contact person who is to be informed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ToInform {
    /// At which employer.
    pub employer: EmployerId,
    /// Who.
    pub contact_person: ContactPersonCard,
    /// The last day for it.
    pub by: NaiveDate,
}

impl Question for GeneralContacts {
    type Answer = Page<GeneralContact>;

    const RIGHT: Right = Right::KeepEmployers;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, _) = view.over_team(self.team);
        let page = view.page::<GeneralContact>(GeneralContact::with_employer(self.employer), &self.page);
        let (_, permit) = right?;
        let page = page?;
        Ok(permit.answer(Page { items: page.items.into_iter().cloned().collect(), next: page.next }))
    }
}

impl Question for EmployerContacts {
    type Answer = Page<EmployerContactLine>;

    const RIGHT: Right = Right::SeePortfolio;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let page =
            view.page(EmployerContact::of_owner(at, StaffId::new(view.actor().as_uuid()), self.employer), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(lines(view, page?)?))
    }
}

impl Question for TeamEmployerContacts {
    type Answer = Page<EmployerContactLine>;

    const RIGHT: Right = Right::SeeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let page = view.page(EmployerContact::of_team(at, self.employer), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(lines(view, page?)?))
    }
}

impl Question for BeforeContact {
    type Answer = Vec<ContactAdvice>;

    const RIGHT: Right = Right::FollowTrail;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (trail, employer) = (view.get::<Trail>(self.trail), view.get::<Employer>(self.employer));
        let right = view.may(trail?);
        let agreements = view.children::<OpennessAgreement, Trail>(self.trail);
        let permit = right?;
        Ok(permit.answer(contact_advice(employer?, self.through, &agreements?, view.now())))
    }
}

impl Question for ContactPersonsToInform {
    type Answer = Page<ToInform>;

    const RIGHT: Right = Right::KeepEmployers;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, _) = view.over_team(self.team);
        let page = view.page::<ContactPerson>(ContactPerson::to_inform(self.until), &self.page);
        let (_, permit) = right?;
        let page = page?;
        let to_inform = |person: &ContactPerson| {
            let by = person.inform_by()?;
            Some(ToInform { employer: person.employer(), contact_person: ContactPersonCard::of(person), by })
        };
        Ok(permit.answer(Page { items: page.items.into_iter().filter_map(to_inform).collect(), next: page.next }))
    }
}

fn lines(view: &View<'_>, page: Page<&EmployerContact>) -> Result<Page<EmployerContactLine>, Stop> {
    let page = view.with_people(page, EmployerContact::participant)?;
    Ok(page.map(|(contact, participant)| EmployerContactLine {
        employer_contact: contact.id(),
        trail: contact.trail(),
        participant: participant.id(),
        name: participant.name().clone(),
        on: contact.on(),
        way: contact.way(),
        met: contact.met(),
        about: contact.about(),
    }))
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::access::{Actor, Purpose};
    use crate::command::ReleaseTrails;
    use crate::command::samples::{
        change_protection, employer_id, inform_contact_person, newcomer, register_general_contacts, trail_id,
    };
    use crate::command::scene::{everyday, other_team, specialist, supervisor};
    use crate::desk::Desk;
    use crate::desk::spy::desk;
    use crate::domain::samples::{day, participant_id, team};
    use crate::domain::{Protection, Role};
    use crate::record::samples::{self, id};
    use crate::store::{CommandId, Limit};

    fn page() -> PageRequest {
        PageRequest::first(Limit::MAX)
    }

    fn own(desk: &Desk<'_>) -> usize {
        let question = EmployerContacts { team: team(), employer: employer_id(), page: page() };
        block_on(desk.ask(&specialist(), &question)).unwrap().items.len()
    }

    fn teams(desk: &Desk<'_>) -> usize {
        let question = TeamEmployerContacts { team: team(), employer: employer_id(), page: page() };
        block_on(desk.ask(&supervisor(), &question)).unwrap().items.len()
    }

    #[test]
    fn da8_contacts_for_a_trail_are_shown_to_its_staff_and_not_among_the_general_ones() {
        // given one contact with an employer for a trail
        let desk = desk(everyday().store());
        assert_eq!((own(&desk), teams(&desk)), (1, 1));
        // then the employer's side has none, and counts none, until there is a general one
        let general = GeneralContacts { team: team(), employer: employer_id(), page: page() };
        let card = super::super::ReadEmployer { team: team(), employer: employer_id() };
        let counted = || block_on(desk.ask(&specialist(), &card)).unwrap().general_contacts;
        assert_eq!((block_on(desk.ask(&specialist(), &general)).unwrap().items.len(), counted()), (0, 0));
        block_on(desk.run(&specialist(), CommandId::new(id(1)), &register_general_contacts())).unwrap();
        assert_eq!((block_on(desk.ask(&supervisor(), &general)).unwrap().items.len(), counted()), (1, 1));
    }

    #[test]
    fn row_103_s34_a_general_contact_is_seen_by_another_team_and_one_for_a_trail_is_not() {
        // given a specialist of the other team, and a general contact that ours held beside one for a trail
        let (who, their) = (newcomer(), other_team());
        let desk = desk(everyday().with_member(who, &their, Role::Specialist).store());
        let elsewhere = Actor::staff(who, [Role::Specialist], Purpose::FollowUp);
        block_on(desk.run(&specialist(), CommandId::new(id(1)), &register_general_contacts())).unwrap();
        // when they ask, then the general one is there with the team that held it, and the other is not
        let (team, employer) = (their.id(), employer_id());
        let general = block_on(desk.ask(&elsewhere, &GeneralContacts { team, employer, page: page() })).unwrap().items;
        assert_eq!(general.iter().map(GeneralContact::team).collect::<Vec<_>>(), [crate::domain::samples::team()]);
        let card = super::super::ReadEmployer { team, employer };
        assert_eq!(block_on(desk.ask(&elsewhere, &card)).unwrap().general_contacts, 1);
        let own = EmployerContacts { team, employer, page: page() };
        assert_eq!(block_on(desk.ask(&elsewhere, &own)).unwrap().items, []);
        let teams = TeamEmployerContacts { team, employer, page: page() };
        assert_eq!(block_on(desk.ask(&elsewhere, &teams)).unwrap().items, []);
    }

    #[test]
    fn da4_contacts_follow_their_trail_out_of_every_list_and_back() {
        // given a contact for a trail, when the protection becomes strict
        let desk = desk(everyday().store());
        block_on(desk.run(&supervisor(), CommandId::new(id(1)), &change_protection())).unwrap();
        // then no list of staff has it
        assert_eq!((own(&desk), teams(&desk)), (0, 0));
        // and it is back only when the trail is released
        let fallen = crate::command::ChangeProtection { protection: Protection::default(), ..change_protection() };
        block_on(desk.run(&supervisor(), CommandId::new(id(2)), &fallen)).unwrap();
        assert_eq!((own(&desk), teams(&desk)), (0, 0));
        let release = ReleaseTrails { participant: participant_id(), team: team() };
        block_on(desk.run(&supervisor(), CommandId::new(id(3)), &release)).unwrap();
        assert_eq!((own(&desk), teams(&desk)), (1, 1));
    }

    #[test]
    fn what_speaks_against_a_contact_is_told_before() {
        let desk = desk(everyday().store());
        let ask = |employer| {
            let question = BeforeContact { trail: trail_id(), employer, through: None };
            block_on(desk.ask(&specialist(), &question)).unwrap()
        };
        assert_eq!(ask(employer_id()), []);
        assert_eq!(ask(samples::duplicate_employer().id()), [ContactAdvice::NotAgreed]);
    }

    #[test]
    fn art_14_who_was_not_informed_within_a_month_is_listed_until_they_are() {
        let desk = desk(everyday().store());
        let listed = |until: &str| {
            let question = ContactPersonsToInform { team: team(), until: day(until), page: page() };
            block_on(desk.ask(&specialist(), &question)).unwrap().items.len()
        };
        assert_eq!((listed("2022-07-19"), listed("2022-07-20")), (0, 2));
        block_on(desk.run(&specialist(), CommandId::new(id(1)), &inform_contact_person())).unwrap();
        assert_eq!(listed("2022-07-20"), 1);
    }
}
