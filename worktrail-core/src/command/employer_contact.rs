//! Commands about contacts with employers for a participant.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Command, Decided, Decision, Halt, OwnRules, Stop, World};
use crate::access::Right;
use crate::domain::{
    Authorship, ContactAbout, ContactPerson, ContactPersonId, DayOf, Employer, EmployerContact, EmployerContactId,
    EmployerId, EmployerMet, Fact, NewEmployerContact, OpennessAgreement, Rejection, Thing, Trail, TrailId,
};

/// The most lines of a round.
pub(super) const MOST_LINES: usize = 50;

/// Registers a contact with an employer for a trail. The first one face to face about ordinary work stops the clock
/// (`DC1`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RegisterEmployerContact {
    /// The id of the contact.
    pub employer_contact: EmployerContactId,
    /// The trail.
    pub trail: TrailId,
    /// The employer.
    pub employer: EmployerId,
    /// Who was met, if known by name.
    pub contact_person: Option<ContactPersonId>,
    /// When, how, with whom, about what.
    pub new: NewEmployerContact,
}

/// Registers a round of contacts for a trail at once (S61): several employers visited on one day. All faults of all lines
/// come at once, and one fault keeps every line out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RegisterRound {
    /// The trail.
    pub trail: TrailId,
    /// The contacts: at least one, at most 50.
    pub lines: Vec<RoundLine>,
}

/// A line of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundLine {
    /// The id of the contact.
    pub employer_contact: EmployerContactId,
    /// The employer.
    pub employer: EmployerId,
    /// Who was met, if known by name.
    #[serde(default)]
    pub contact_person: Option<ContactPersonId>,
    /// When, how, with whom, about what.
    pub new: NewEmployerContact,
}

/// Corrects a contact with an employer; the clock is set anew by what the contacts say now (`DC1`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct CorrectEmployerContact {
    /// The contact.
    pub employer_contact: EmployerContactId,
    /// Its trail.
    pub trail: TrailId,
    /// Who was met, if known by name.
    pub contact_person: Option<ContactPersonId>,
    /// When, how, with whom, about what, from now on.
    pub new: NewEmployerContact,
}

/// Judges what is told of a meeting with an employer, at places that begin so: its day is not to come, and whoever names
/// a contact person has met somebody.
pub(super) fn judge_meeting(
    rules: &mut OwnRules<'_>,
    place: &str,
    (on, met): (NaiveDate, EmployerMet),
    contact_person: Option<ContactPersonId>,
) {
    rules.happened(&format!("{place}new.on"), DayOf::EmployerContact, on);
    rules.over(&[&format!("{place}contact_person"), &format!("{place}new.met")], |_| {
        let is_nobody = contact_person.is_some() && met == EmployerMet::Nobody;
        is_nobody.then_some(Rejection::NobodyMet).into_iter().collect()
    });
}

impl Command for RegisterEmployerContact {
    type Reply = EmployerContactId;

    const NAME: &'static str = "register_employer_contact";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<EmployerContactId> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let line = RoundLine {
            employer_contact: self.employer_contact,
            employer: self.employer,
            contact_person: self.contact_person,
            new: self.new.clone(),
        };
        let (contact, registered) = line.registered(world, trail)?;
        let decision = permit.reply(self.employer_contact).tell(&contact, registered);
        let first = first_day([&contact]);
        noted(decision.save(contact), trail, first, &world.authorship())
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        judge_meeting(rules, "", (self.new.on, self.new.met), self.contact_person);
    }
}

impl Command for RegisterRound {
    type Reply = Vec<EmployerContactId>;

    const NAME: &'static str = "register_round";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<Self::Reply> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        trail.must_be_open()?;
        let lines = self.lines.iter().map(|line| (line.employer_contact, line.registered(world, trail)));
        let registered = every_line(lines.collect(), Thing::EmployerContact)?;
        let mut decision = permit.reply(self.lines.iter().map(|line| line.employer_contact).collect());
        let first = first_day(registered.iter().map(|(contact, _)| contact));
        for (contact, fact) in registered {
            decision = decision.tell(&contact, fact).save(contact);
        }
        noted(decision, trail, first, &world.authorship())
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        let ids: Vec<_> = self.lines.iter().map(|line| line.employer_contact).collect();
        rules.over(&["lines"], |_| faults_of_lines(&ids, Thing::EmployerContact));
        for (number, line) in self.lines.iter().enumerate() {
            judge_meeting(rules, &format!("lines.{number}."), (line.new.on, line.new.met), line.contact_person);
        }
    }
}

impl Command for CorrectEmployerContact {
    type Reply = ();

    const NAME: &'static str = "correct_employer_contact";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let all = world.children::<EmployerContact, Trail>(self.trail);
        let openness = openness_towards(world, self.trail, &self.new);
        let person = self.contact_person.map(|id| world.get::<ContactPerson>(id)).transpose();
        let all = all?;
        let missing = Rejection::NotFound { what: Thing::EmployerContact };
        let contact = all.iter().find(|contact| contact.id() == self.employer_contact).ok_or(missing)?;
        let employer = super::contact_person::current(world, contact.employer());
        let (employer, person, by) = (employer?, person?, world.authorship());
        let openness = openness?;
        let (contact, fact) = (*contact).clone().correct(trail, employer, person, &openness, self.new.clone(), &by)?;
        let others = all.into_iter().filter(|other| other.id() != contact.id());
        let (trail, settled) = trail.clone().settle_employer_contact(first_day(others.chain([&contact])), &by)?;
        let decision = permit.reply(()).tell(&contact, fact).save(contact);
        Ok(match settled {
            Some(settled) => decision.tell(&trail, settled).save(trail),
            None => decision,
        })
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        judge_meeting(rules, "", (self.new.on, self.new.met), self.contact_person);
    }
}

impl RoundLine {
    fn registered(&self, world: &World<'_>, trail: &Trail) -> Result<(EmployerContact, Fact), Stop> {
        let employer = world.get::<Employer>(self.employer);
        let person = self.contact_person.map(|id| world.get::<ContactPerson>(id)).transpose();
        let openness = openness_towards(world, trail.id(), &self.new);
        world.is_new::<EmployerContact>(self.employer_contact)?;
        let (employer, person, openness, by) = (employer?, person?, openness?, world.authorship());
        let (id, new) = (self.employer_contact, self.new.clone());
        Ok(EmployerContact::register(id, trail, employer, person, &openness, new, &by)?)
    }
}

/// The trail's agreements on openness, where a contact takes one (S128): others are not looked at, so that they do not get
/// into each other's way.
fn openness_towards<'w>(
    world: &World<'w>,
    trail: TrailId,
    new: &NewEmployerContact,
) -> Result<Vec<&'w OpennessAgreement>, Stop> {
    match new.about {
        ContactAbout::FormerWork => world.children::<OpennessAgreement, Trail>(trail),
        _ => Ok(Vec::new()),
    }
}

/// The earliest day of a contact that the clock waits for (`DC1`).
fn first_day<'c>(contacts: impl IntoIterator<Item = &'c EmployerContact>) -> Option<NaiveDate> {
    contacts.into_iter().filter(|contact| contact.starts_the_clock()).map(EmployerContact::on).min()
}

/// The decision, with the trail's first contact noted where one counts and is the earliest.
fn noted<R>(decision: Decision<R>, trail: &Trail, first: Option<NaiveDate>, by: &Authorship) -> Decided<R> {
    let Some(first) = first else { return Ok(decision) };
    let (trail, fact) = trail.clone().note_employer_contact(first, by)?;
    Ok(match fact {
        Some(fact) => decision.tell(&trail, fact).save(trail),
        None => decision,
    })
}

/// What every line came to, or the faults of all lines at once. No id stands in two lines.
pub(super) fn every_line<I: Copy + Ord, T>(lines: Vec<(I, Result<T, Stop>)>, what: Thing) -> Result<Vec<T>, Stop> {
    let ids: Vec<_> = lines.iter().map(|(id, _)| *id).collect();
    let mut faults = faults_of_lines(&ids, what);
    if faults.contains(&OUT_OF_BOUNDS) {
        return Err(OUT_OF_BOUNDS.into());
    }
    let mut done = Vec::with_capacity(lines.len());
    for (place, (_, outcome)) in lines.into_iter().enumerate() {
        match outcome.map_err(Stop::into_halt) {
            Ok(line) => done.push(line),
            Err(Halt::Rejected(refused)) => faults.push(Rejection::at_line(place, refused)),
            // Everything has been asked for by now, and comes in one load.
            Err(halt) => return Err(Stop::new(halt)),
        }
    }
    faults.sort_by_key(|fault| match fault {
        Rejection::AtLine { line, .. } => *line,
        _ => 0,
    });
    Rejection::all(faults)?;
    Ok(done)
}

const OUT_OF_BOUNDS: Rejection = Rejection::LinesOutOfBounds { most: MOST_LINES };

/// What is wrong with lines by their number and ids: too few or too many, or an id that stands in two.
pub(super) fn faults_of_lines<I: Copy + Ord>(ids: &[I], what: Thing) -> Vec<Rejection> {
    if ids.is_empty() || ids.len() > MOST_LINES {
        return vec![OUT_OF_BOUNDS];
    }
    let mut seen = BTreeSet::new();
    let again = ids.iter().enumerate().filter(|(_, id)| !seen.insert(**id));
    again.map(|(place, _)| Rejection::at_line(place, Rejection::AlreadyExists { what })).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{
        correct_employer_contact, employer_id, fresh_trail_id, register_employer, register_employer_contact,
        register_round, trail_id,
    };
    use super::super::scene::{decide, everyday, specialist, told};
    use super::*;
    use crate::domain::samples::{by_spurv, day};
    use crate::domain::{ContactWay, EmployerMet, Rejection, Thing};
    use crate::record::samples;

    /// A contact for a trail that has none yet.
    fn first(new: NewEmployerContact) -> Vec<&'static str> {
        let command = RegisterEmployerContact {
            trail: fresh_trail_id(),
            contact_person: None,
            new,
            ..register_employer_contact()
        };
        told(&decide(&everyday().picture(), &specialist(), &command).unwrap())
    }

    #[test]
    fn dc1_the_clock_stops_for_a_meeting_in_person_about_ordinary_work_with_somebody() {
        let met = samples::new_employer_contact();
        let (registered, noted) = ("employer_contact_registered", "first_employer_contact_noted");
        assert_eq!(first(met.clone()), [registered, noted]);
        let support = NewEmployerContact { about: ContactAbout::JobSupport, ..met.clone() };
        assert_eq!(first(support), [registered, noted]);
        for other in [
            NewEmployerContact { way: ContactWay::Phone, ..met.clone() },
            NewEmployerContact { about: ContactAbout::WorkTraining, ..met.clone() },
            NewEmployerContact { about: ContactAbout::Education, ..met.clone() },
            NewEmployerContact { met: EmployerMet::Nobody, ..met.clone() },
        ] {
            assert_eq!(first(other), [registered]);
        }
    }

    #[test]
    fn dc1_only_an_earlier_meeting_moves_the_clock() {
        let picture = everyday().picture();
        let on = |on: &str| {
            let new = NewEmployerContact { on: day(on), ..samples::new_employer_contact() };
            let command = RegisterEmployerContact { new, ..register_employer_contact() };
            decide(&picture, &specialist(), &command).map(|decision| (told(&decision).len(), decision.saved().len()))
        };
        // Given a trail whose first meeting was on 21 June.
        assert_eq!(on("2022-06-22"), Ok((1, 1)));
        assert_eq!(on("2022-06-20"), Ok((2, 2)));
    }

    #[test]
    fn who_is_named_was_met_and_works_there() {
        let nobody = NewEmployerContact { met: EmployerMet::Nobody, ..samples::new_employer_contact() };
        let command = RegisterEmployerContact { new: nobody, ..register_employer_contact() };
        assert_eq!(decide(&everyday().picture(), &specialist(), &command).unwrap_err(), Rejection::NobodyMet);
        let other = register_employer();
        let (elsewhere, _) =
            Employer::register(other.employer, other.organisation_number, other.details, &by_spurv("2022-06-01"))
                .unwrap();
        let picture = everyday().with(&elsewhere).picture();
        let command = RegisterEmployerContact { employer: elsewhere.id(), ..register_employer_contact() };
        let refused = Rejection::BelongsElsewhere { what: Thing::ContactPerson };
        assert_eq!(decide(&picture, &specialist(), &command).unwrap_err(), refused);
        assert_ne!(elsewhere.id(), employer_id());
    }

    #[test]
    fn an_ended_trail_takes_none() {
        let ended = everyday().with(&samples::trail()).picture();
        let refused = Rejection::TrailEnded { trail: trail_id() };
        assert_eq!(decide(&ended, &specialist(), &register_employer_contact()).unwrap_err(), refused);
        // Of a round that is said once, and not of each line.
        assert_eq!(decide(&ended, &specialist(), &register_round()).unwrap_err(), refused);
    }

    #[test]
    fn s128_the_openness_of_the_trail_admits_a_talk_with_a_former_employer_and_a_round_of_them() {
        // given a trail whose openness, since 10 June, names the employer
        let picture = everyday().picture();
        let about = |on: &str| NewEmployerContact {
            about: ContactAbout::FormerWork,
            on: day(on),
            ..samples::new_employer_contact()
        };
        let command = |on: &str| RegisterEmployerContact { new: about(on), ..register_employer_contact() };
        // then it is contacted about former work from that day on, which the clock does not wait for
        let registered = decide(&picture, &specialist(), &command("2022-06-10")).unwrap();
        assert_eq!(told(&registered), ["employer_contact_registered"]);
        let not_open = Rejection::NotOpenTo { employer: employer_id() };
        assert_eq!(decide(&picture, &specialist(), &command("2022-06-09")).unwrap_err(), not_open);
        // the same holds of a line of a round, of a correction, and of a trail without openness
        let mut round = register_round();
        for line in &mut round.lines {
            line.new = about("2022-06-10");
        }
        assert!(decide(&picture, &specialist(), &round).is_ok());
        round.trail = fresh_trail_id();
        let faults = [1, 2].map(|line| Rejection::AtLine { line, fault: Box::new(not_open.clone()) });
        assert_eq!(decide(&picture, &specialist(), &round).unwrap_err(), Rejection::Form(faults.to_vec()));
        let correct = CorrectEmployerContact { new: about("2022-06-09"), ..correct_employer_contact() };
        assert_eq!(decide(&picture, &specialist(), &correct).unwrap_err(), not_open);
    }

    #[test]
    fn s61_a_round_for_a_trail_notes_the_first_day_that_counts() {
        // given a round of two days for a trail without a contact, the later line first
        let mut command = register_round();
        command.trail = fresh_trail_id();
        let [later, earlier] = &mut command.lines[..] else { panic!("two lines") };
        (later.new.on, earlier.new.on) = (day("2022-06-28"), day("2022-06-24"));
        let decision = decide(&everyday().picture(), &specialist(), &command).unwrap();
        // then both are registered, and the earlier day is the one that the clock stops at
        let registered = "employer_contact_registered";
        assert_eq!(told(&decision), [registered, registered, "first_employer_contact_noted"]);
        let noted = Fact::FirstEmployerContactNoted { trail: fresh_trail_id(), on: day("2022-06-24") };
        assert_eq!(decision.facts().last(), Some(&noted));
    }

    #[test]
    fn dc1_a_corrected_contact_sets_the_clock_by_what_is_left() {
        // given a trail with one visit, on 21 June, that is corrected to a phone call
        let picture = everyday().picture();
        let mut command = correct_employer_contact();
        command.new.way = ContactWay::Phone;
        let decision = decide(&picture, &specialist(), &command).unwrap();
        let corrected = "employer_contact_corrected";
        assert_eq!(told(&decision), [corrected, "first_employer_contact_corrected"]);
        // or to have been about something else that counts: then the clock stands
        let mut command = correct_employer_contact();
        command.new.about = ContactAbout::JobSupport;
        assert_eq!(told(&decide(&picture, &specialist(), &command).unwrap()), [corrected]);
        // and another trail's contact is not there
        let foreign = CorrectEmployerContact { trail: fresh_trail_id(), ..command };
        let missing = Rejection::NotFound { what: Thing::EmployerContact };
        assert_eq!(decide(&picture, &specialist(), &foreign).unwrap_err(), missing);
    }
}
