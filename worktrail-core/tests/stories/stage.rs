//! The stage of a story: a desk whose clock is set by hand, and the cast.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use uuid::Uuid;
use worktrail_core::access::{Actor, Purpose};
use worktrail_core::command::{
    AdmitMember, Attested, Command, FoundTeam, RegisterEmployer, RegisterParticipant, RegisterStaff, StateResidence,
};
use worktrail_core::desk::{Desk, Error};
use worktrail_core::domain::{
    AttestationId, AttestationKind, BirthDate, Channel, ContactAbout, ContactHeldBy, ContactWay, EmployerDetails,
    EmployerId, EmployerMet, FactSource, Line, MembershipId, Method, Moment, Municipality, NationalId,
    NewEmployerContact, NewParticipant, NewStaff, NewTeam, OrganisationNumber, ParticipantId, Period, PersonName,
    Protection, Rejection, Residence, Role, StaffId, TeamId, TrailId,
};
use worktrail_core::label::Language;
use worktrail_core::question::{FindParticipant, ParticipantCard};
use worktrail_core::store::{CommandId, JournalRange, Limit, PageRequest, Position, Store, Tenant};

pub(crate) fn id(number: u128) -> Uuid {
    Uuid::from_u128(0xC0DE_0000_0000_4000_8000_0000_0000_0000 + number)
}

pub(crate) fn line<const MAX: usize>(text: &str) -> Line<MAX> {
    Line::parse(text).unwrap()
}

pub(crate) fn number(text: &str) -> NationalId {
    NationalId::parse(text).unwrap()
}

pub(crate) fn whole() -> PageRequest {
    PageRequest::first(Limit::MAX)
}

/// KLOK RAVN, supervisor of both teams.
pub(crate) fn ravn() -> Actor {
    Actor::staff(StaffId::new(id(1)), [Role::Supervisor], Purpose::Supervision)
}

/// KVIKK SPURV, specialist in Asker.
pub(crate) fn spurv() -> Actor {
    Actor::staff(StaffId::new(id(2)), [Role::Specialist], Purpose::FollowUp)
}

/// SINDIG ELG, specialist in Bærum.
pub(crate) fn elg() -> Actor {
    Actor::staff(StaffId::new(id(3)), [Role::Specialist], Purpose::FollowUp)
}

pub(crate) fn asker() -> TeamId {
    TeamId::new(id(0x10))
}

pub(crate) fn bærum() -> TeamId {
    TeamId::new(id(0x11))
}

/// A story on its stage: a desk whose clock is set by hand.
pub(crate) struct Stage<'s> {
    pub(crate) desk: Desk<'s>,
    store: &'s dyn Store,
    now: &'s Mutex<Moment>,
    commands: AtomicU64,
}

impl<'s> Stage<'s> {
    /// A desk over a store, whose clock shows what `now` holds.
    pub(crate) fn over(store: &'s dyn Store, now: &'s Mutex<Moment>) -> Self {
        let next = AtomicU64::new(1);
        let clock = move || *now.lock().unwrap();
        let ids = move || id(0x100_0000 + u128::from(next.fetch_add(1, Ordering::Relaxed)));
        Self { desk: Desk::new(store, clock, ids), store, now, commands: AtomicU64::new(1) }
    }

    /// The two offices with their people, present from a day on.
    pub(crate) async fn offices(&self, since: &str) {
        for (number, name) in [(1, ("KLOK", "RAVN")), (2, ("KVIKK", "SPURV")), (3, ("SINDIG", "ELG"))] {
            let new = NewStaff { name: PersonName::new(name.0, name.1).unwrap(), host_identity: line(name.1) };
            self.done(&ravn(), &RegisterStaff { staff: StaffId::new(id(number)), new }).await;
        }
        for (team, name, specialist, number) in [(asker(), "Asker", 2, 0x20), (bærum(), "Bærum", 3, 0x22)] {
            let new = NewTeam { name: line(name), method: Method::Ips };
            self.done(&ravn(), &FoundTeam { team, membership: MembershipId::new(id(number)), new }).await;
            let admit = AdmitMember {
                membership: MembershipId::new(id(number + 1)),
                team,
                staff: StaffId::new(id(specialist)),
                role: Role::Specialist,
                period: Period::from(since.parse().unwrap()).unwrap(),
            };
            self.done(&ravn(), &admit).await;
        }
    }

    pub(crate) fn at(&self, moment: &str) {
        *self.now.lock().unwrap() = Moment::parse(moment).unwrap();
    }

    pub(crate) fn command(&self) -> CommandId {
        CommandId::new(id(0x1_0000 + u128::from(self.commands.fetch_add(1, Ordering::Relaxed))))
    }

    pub(crate) async fn done<C: Command>(&self, actor: &Actor, command: &C) -> C::Reply {
        let done = self.desk.run(actor, self.command(), command).await;
        done.unwrap_or_else(|error| panic!("{}: {error:?}", C::NAME)).reply
    }

    /// The refusal, and that nothing was written.
    pub(crate) async fn refused<C: Command>(&self, actor: &Actor, command: &C) -> Rejection {
        let before = self.told().await;
        let refused = match self.desk.run(actor, self.command(), command).await {
            Err(Error::Rejected(rejection)) => rejection,
            Err(error) => panic!("{}: {error:?}", C::NAME),
            Ok(_) => panic!("{} was accepted", C::NAME),
        };
        assert_eq!(self.told().await, before, "{} wrote something", C::NAME);
        refused
    }

    /// How much the journal tells.
    pub(crate) async fn told(&self) -> usize {
        let (mut told, mut after) = (0, Position::START);
        loop {
            let page =
                self.store.journal(&Tenant::default(), JournalRange::Everything, after, Limit::MAX).await.unwrap();
            let Some(last) = page.entries.last() else { return told };
            told += page.entries.len();
            after = last.position();
        }
    }

    pub(crate) async fn card(&self, actor: &Actor, team: TeamId, text: &str) -> Option<ParticipantCard> {
        self.desk.ask(actor, &FindParticipant { team, number: number(text).into() }).await.unwrap()
    }

    pub(crate) async fn found(&self, actor: &Actor, team: TeamId, text: &str) -> Option<ParticipantId> {
        self.card(actor, team, text).await.map(|card| card.id)
    }
}

pub(crate) fn register(
    person: u128,
    team: TeamId,
    name: (&str, &str),
    national_id: &str,
    born: &str,
) -> RegisterParticipant {
    let new = NewParticipant {
        name: PersonName::new(name.0, name.1).unwrap(),
        national_id: Some(number(national_id)),
        birth_date: BirthDate::parse(born).ok(),
        phone: None,
        email: None,
        protection: Protection::default(),
    };
    RegisterParticipant { participant: ParticipantId::new(id(person)), team, new, source: FactSource::Other }
}

/// That it is the right person, and that they were informed of their rights by a version of the notice, in person.
pub(crate) fn attested(trail: u128, version: &str) -> Vec<Attested> {
    let informed = AttestationKind::RightsInformation {
        notice: line("rights"),
        version: line(version),
        language: Language::Norwegian,
        channel: Channel::InPerson,
    };
    let kinds = [AttestationKind::RightPerson, informed].into_iter().zip(1..);
    let attested =
        |(kind, place): (_, u128)| Attested { attestation: AttestationId::new(id(trail * 0x100 + place)), kind };
    kinds.map(attested).collect()
}

/// Where the participant of a trail lives, by the register.
pub(crate) fn living_in(trail: u128, place: &str, municipality: &str) -> StateResidence {
    let municipality = Municipality::parse(municipality).ok();
    let residence = Residence { address: None, place: Some(line(place)), municipality };
    StateResidence { trail: TrailId::new(id(trail)), residence, source: FactSource::Register }
}

/// An employer, registered by the team in Asker.
pub(crate) fn employer(employer: u128, organisation_number: &str, name: &str) -> RegisterEmployer {
    RegisterEmployer {
        employer: EmployerId::new(id(employer)),
        team: asker(),
        organisation_number: OrganisationNumber::parse(organisation_number).ok(),
        details: EmployerDetails::named(line(name)),
    }
}

/// A contact face to face, with somebody who decides, about ordinary work.
pub(crate) fn met(on: &str, held_by: ContactHeldBy) -> NewEmployerContact {
    NewEmployerContact {
        on: on.parse().unwrap(),
        way: ContactWay::InPerson,
        held_by,
        met: EmployerMet::DecisionMaker,
        about: ContactAbout::OrdinaryWork,
        summary: None,
        wishes: None,
    }
}
