//! Commands about contact persons, who are data subjects too.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Command, Decided, OwnRules, Stop, World};
use crate::access::Right;
use crate::domain::{
    Channel, ContactPerson, ContactPersonDetails, ContactPersonId, DayOf, Employer, EmployerId, Fact, Rejection, Team,
    TeamId, Thing,
};

/// Registers a contact person at an employer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RegisterContactPerson {
    /// The id of the contact person.
    pub contact_person: ContactPersonId,
    /// The employer.
    pub employer: EmployerId,
    /// The team that registers.
    pub team: TeamId,
    /// Who it is.
    pub details: ContactPersonDetails,
}

impl Command for RegisterContactPerson {
    type Reply = ContactPersonId;

    const NAME: &'static str = "register_contact_person";
    const RIGHT: Right = Right::KeepEmployers;

    fn decide(&self, world: &World<'_>) -> Decided<ContactPersonId> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let employer = world.get::<Employer>(self.employer);
        let id_is_new = world.is_new::<ContactPerson>(self.contact_person);
        let employer = employer?;
        id_is_new?;
        let (id, by) = (self.contact_person, world.authorship());
        let (person, fact) = ContactPerson::register(id, employer, self.details.clone(), &by)?;
        Ok(permit.reply(self.contact_person).tell(&person, fact).save(person))
    }
}

/// Corrects what is known of a contact person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct CorrectContactPerson {
    /// The contact person.
    pub contact_person: ContactPersonId,
    /// The team that corrects.
    pub team: TeamId,
    /// All that is known from now on.
    pub details: ContactPersonDetails,
}

impl Command for CorrectContactPerson {
    type Reply = ();

    const NAME: &'static str = "correct_contact_person";
    const RIGHT: Right = Right::KeepEmployers;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let person = world.get::<ContactPerson>(self.contact_person)?.clone();
        let (person, fact) = person.correct(self.details.clone())?;
        Ok(permit.reply(()).tell(&person, fact).save(person))
    }
}

/// Marks a contact person as a former one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct MarkContactPersonFormer {
    /// The contact person.
    pub contact_person: ContactPersonId,
    /// The team that marks.
    pub team: TeamId,
    /// The day from which they are a former one.
    pub on: NaiveDate,
}

impl Command for MarkContactPersonFormer {
    type Reply = ();

    const NAME: &'static str = "mark_contact_person_former";
    const RIGHT: Right = Right::KeepEmployers;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let person = world.get::<ContactPerson>(self.contact_person)?.clone();
        let (person, fact) = person.mark_former(self.on, &world.authorship())?;
        Ok(permit.reply(()).tell(&person, fact).save(person))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("on", DayOf::ContactPersonLeft, self.on);
    }
}

/// Notes that a contact person was told that their data are kept (GDPR art. 14).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct InformContactPerson {
    /// The contact person.
    pub contact_person: ContactPersonId,
    /// The team that informed.
    pub team: TeamId,
    /// The day.
    pub on: NaiveDate,
    /// How.
    pub channel: Channel,
}

impl Command for InformContactPerson {
    type Reply = ();

    const NAME: &'static str = "inform_contact_person";
    const RIGHT: Right = Right::KeepEmployers;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let person = world.get::<ContactPerson>(self.contact_person)?.clone();
        let (person, fact) = person.inform(self.on, self.channel, &world.authorship())?;
        Ok(permit.reply(()).tell(&person, fact).save(person))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("on", DayOf::ContactPersonInformed, self.on);
    }
}

/// Merges two records of one contact person (S30): one is kept and goes by both ids, the other is forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct MergeContactPersons {
    /// The record that is kept.
    pub contact_person: ContactPersonId,
    /// The one that goes.
    pub duplicate: ContactPersonId,
    /// The team whose supervisor does it.
    pub team: TeamId,
}

impl Command for MergeContactPersons {
    type Reply = ();

    const NAME: &'static str = "merge_contact_persons";
    const RIGHT: Right = Right::CurateEmployers;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let person = world.get::<ContactPerson>(self.contact_person);
        let duplicate = world.get::<ContactPerson>(self.duplicate);
        let (person, duplicate) = (person?, duplicate?);
        let employer = current(world, person.employer())?;
        let (person, merged) = person.clone().absorb(duplicate, employer)?;
        let employer = employer.clone().through_instead(duplicate.id(), Some(person.id()));
        let decision = permit.reply(()).tell(&person, merged);
        Ok(decision.forget(duplicate, forgotten(duplicate)).save(person).save(employer))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["contact_person", "duplicate"], |_| {
            let itself = (self.contact_person == self.duplicate)
                .then_some(Rejection::NotADuplicate { what: Thing::ContactPerson });
            itself.into_iter().collect()
        });
    }
}

/// Forgets a contact person (GDPR art. 17): their record goes; contacts and jobs keep the bare id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct ForgetContactPerson {
    /// The contact person.
    pub contact_person: ContactPersonId,
    /// The team whose supervisor does it.
    pub team: TeamId,
}

impl Command for ForgetContactPerson {
    type Reply = ();

    const NAME: &'static str = "forget_contact_person";
    const RIGHT: Right = Right::CurateEmployers;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let person = world.get::<ContactPerson>(self.contact_person)?;
        let employer = current(world, person.employer())?.clone().through_instead(person.id(), None);
        Ok(permit.reply(()).forget(person, forgotten(person)).save(employer))
    }
}

fn forgotten(person: &ContactPerson) -> Fact {
    Fact::ContactPersonForgotten { contact_person: person.id(), employer: person.employer() }
}

/// The employer of an id, or the one that it was merged into.
pub(super) fn current<'w>(world: &World<'w>, id: EmployerId) -> Result<&'w Employer, Stop> {
    let mut employer = world.get::<Employer>(id)?;
    while let Some(into) = employer.merged_into() {
        employer = world.get::<Employer>(into)?;
    }
    Ok(employer)
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::super::samples::{
        correct_contact_person, duplicate_person_id, employer_id, forget_contact_person, inform_contact_person,
        mark_contact_person_former, merge_contact_persons, register_contact_person, set_employer_preferences,
    };
    use super::super::scene::{decide, everyday, specialist, supervisor, told};
    use super::*;
    use crate::desk::spy::desk;
    use crate::domain::{Rejection, Thing};
    use crate::record::samples::id;
    use crate::record::{SCHEMA, key_of};
    use crate::store::{
        CommandId, IndexRange, JournalRange, Key, Limit, MemoryStore, PageRequest, Position, Store, Tenant,
    };

    #[test]
    fn a_contact_person_belongs_to_an_employer_that_is_there() {
        let picture = everyday().picture();
        let command = register_contact_person();
        assert_eq!(told(&decide(&picture, &specialist(), &command).unwrap()), ["contact_person_registered"]);
        let nowhere = RegisterContactPerson { employer: EmployerId::new(id(0xEE)), ..command };
        let missing = Rejection::NotFound { what: Thing::Employer };
        assert_eq!(decide(&picture, &specialist(), &nowhere).unwrap_err(), missing);
    }

    #[test]
    fn a_contact_person_is_corrected_informed_and_marked_as_former() {
        let picture = everyday().picture();
        let one = |decision: Result<super::super::Decision<()>, Rejection>| told(&decision.unwrap());
        let by = specialist();
        assert_eq!(one(decide(&picture, &by, &correct_contact_person())), ["contact_person_corrected"]);
        assert_eq!(one(decide(&picture, &by, &inform_contact_person())), ["contact_person_informed"]);
        assert_eq!(one(decide(&picture, &by, &mark_contact_person_former())), ["contact_person_left"]);
    }

    /// All that a store holds, as text.
    fn bytes(store: &MemoryStore) -> String {
        let tenant = Tenant::default();
        let page = PageRequest::first(Limit::MAX);
        let mut all = String::new();
        for kind in SCHEMA.kinds() {
            for stored in block_on(store.scan(&tenant, &IndexRange::all(kind), &page)).unwrap().records {
                all.push_str(&String::from_utf8_lossy(stored.record().body().bytes()));
            }
        }
        for entry in
            block_on(store.journal(&tenant, JournalRange::Everything, Position::START, Limit::MAX)).unwrap().entries
        {
            all.push_str(
                &entry.details().map(|it| String::from_utf8_lossy(it.bytes()).into_owned()).unwrap_or_default(),
            );
        }
        all
    }

    #[test]
    fn art_17_a_forgotten_contact_person_leaves_an_id_and_no_name() {
        // given somebody registered by a name of their own, through whom alone an employer is contacted
        let store = everyday().store();
        let desk = desk(&store);
        let mut command = register_contact_person();
        command.details.name = crate::domain::PersonName::new("FREMMED", "FLAGGERMUS").unwrap();
        let contact_person = command.contact_person;
        block_on(desk.run(&specialist(), CommandId::new(id(1)), &command)).unwrap();
        let mut wish = set_employer_preferences();
        wish.preferences.only_through = Some(contact_person);
        block_on(desk.run(&specialist(), CommandId::new(id(2)), &wish)).unwrap();
        assert!(bytes(&store).contains("FLAGGERMUS"));
        // when they are forgotten
        let forget = ForgetContactPerson { contact_person, ..forget_contact_person() };
        block_on(desk.run(&supervisor(), CommandId::new(id(3)), &forget)).unwrap();
        // then no record and no entry has the name, and nobody is contacted through them
        assert!(!bytes(&store).contains("FLAGGERMUS"));
        let keys =
            [Key::Record(key_of::<ContactPerson>(contact_person)), Key::Record(key_of::<Employer>(employer_id()))];
        let found = block_on(store.get(&Tenant::default(), &keys)).unwrap();
        let [person, employer] = &found[..] else { panic!("two answers") };
        assert!(person.is_none());
        let employer = employer.clone().and_then(crate::store::Stored::into_record).unwrap();
        let employer: Employer = crate::record::from_record(employer.record()).unwrap();
        assert_eq!(employer.preferences().and_then(|it| it.only_through), None);
        assert!(block_on(desk.verify()).is_ok());
    }

    #[test]
    fn s30_a_merged_contact_person_goes_by_both_ids_and_the_duplicate_is_forgotten() {
        let picture = everyday().picture();
        let decision = decide(&picture, &supervisor(), &merge_contact_persons()).unwrap();
        assert_eq!(told(&decision), ["contact_persons_merged", "contact_person_forgotten"]);
        assert!(decision.forgotten().is_some_and(|subject| subject.id() == duplicate_person_id().as_uuid()));
        let refused = Rejection::NotAllowed { right: "curate_employers" };
        assert_eq!(decide(&picture, &specialist(), &merge_contact_persons()).unwrap_err(), refused);
    }
}
